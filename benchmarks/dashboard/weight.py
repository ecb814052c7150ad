"""What the first page weighs on the wire, as the browser's own network events tell; see ``run.py``.

Cold is a browser that never was here, warm the same one that opens the page again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from benchmarks.dashboard.browser import LONGEST_MS, Look, chromium

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

#: At most so many bytes, headers with them.
MOST_COLD, MOST_WARM = 1_000_000, 30_000
#: A page is whole when nothing has come for so long.
QUIET_MS = 1_500


@dataclass(frozen=True, slots=True)
class Weight:
    """Bytes of all answers that came over the network: in a new browser, and once more in it."""

    cold: int
    warm: int


def weigh(shown: Mapping[str, Look]) -> dict[str, Weight]:
    """Open each page twice in a browser of its own.

    Raises:
        YanpanError: there is no browser here, or nothing to drive it.

    """
    weights = {}
    with chromium() as browser:
        for name, look in shown.items():
            context = browser.new_context(viewport={"width": 1366, "height": 768})
            context.set_default_timeout(LONGEST_MS)
            weights[name] = Weight(_bytes(context, look), _bytes(context, look))
            context.close()
    return weights


def _bytes(context: "BrowserContext", look: Look) -> int:
    tab = context.new_page()
    events = context.new_cdp_session(tab)
    events.send("Network.enable")
    came: list[int] = []

    def note(event: dict[str, Any]) -> None:
        came.append(int(event["encodedDataLength"]))

    events.on("Network.loadingFinished", note)
    tab.goto(look.address, wait_until="commit")
    for part in look.stands:
        tab.wait_for_selector(part, state="attached")
    seen = -1
    while len(came) > seen:
        seen = len(came)
        tab.wait_for_timeout(QUIET_MS)
    tab.close()
    return sum(came)


def rows_of(weights: Mapping[str, Weight], own: str) -> list[dict[str, Any]]:
    """Both weights of our page, in kilobytes, beside those of each of the others."""
    mine = weights[own]
    return [
        {
            "情形": f"首页，{state}，经网络收到", "千字节": round(value / 1000, 1), "要求": limit,
            "相比千字节": "；".join(
                f"{name} {round(getattr(each, of) / 1000, 1)}"
                for name, each in weights.items() if name != own
            ),
        }
        for state, of, value, limit in (
            ("第一次打开", "cold", mine.cold, f"≤ {MOST_COLD // 1000} 千字节"),
            ("再打开", "warm", mine.warm, f"≤ {MOST_WARM // 1000} 千字节"),
        )
    ]  # fmt: skip
