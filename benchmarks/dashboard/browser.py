"""The first page in a browser and a filter on it, ours beside others'; see ``bench.py``."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from shutil import which
from typing import TYPE_CHECKING

from analysis.errors import YanpanError
from benchmarks.timing import seconds_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "msedge")
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-quic",
)  # fmt: skip
LONGEST_MS = 60_000
#: The unit that is chosen, one of those that are invented, near the head of any list of them.
CHOSEN = "模拟单位10"
#: The chart has one bar, and it is this unit's.
ONE_BAR = """([chart, unit]) => {
    const ticks = [...document.querySelectorAll(chart + ' .ytick')];
    const said = ticks.map(tick => tick.textContent.trim()).filter(text => text);
    return said.length === 1 && said[0].startsWith(unit);
}"""
#: The wall has one row, and it is this unit's; so is the page around it.
ONE_ROW = """([chart, unit]) => {
    const rows = [...document.querySelectorAll(chart + ' .wall-row')];
    const scope = document.querySelector(chart).dataset.search;
    const page = new URLSearchParams(scope).get('unit');
    return rows.length === 1 && rows[0].dataset.member === unit && page === unit;
}"""


@dataclass(frozen=True, slots=True)
class Look:
    """A page with a chart of units and a list, and how it is seen to stand and to be narrowed.

    ``stands`` are the marks of a page that is there, ``chart`` is the chart with a bar a unit,
    ``chooser`` what opens the list of units, ``option`` one of that list, ``panel`` what opens the
    panel of the chooser where it stands in one; all are selectors. ``is_narrowed`` tells of the
    chart and the unit whether the page is narrowed.
    """

    address: str
    stands: Sequence[str] = (".main-svg", ".ag-row")
    chart: str = ""
    chooser: str = "#unit"
    panel: str = ""
    is_narrowed: str = ONE_BAR
    option: str = f"role=option[name='{CHOSEN}']"


@dataclass(frozen=True, slots=True)
class Seen:
    """Seconds of each round: until the page stands, until it is narrowed to one unit."""

    first: list[float] = field(default_factory=list)
    narrowed: list[float] = field(default_factory=list)


def look_at(shown: Mapping[str, Look], rounds: int) -> dict[str, Seen]:
    """Open each page in a browser that has seen none of them, then choose a unit on it.

    The pages take turns within a round; a round before them, uncounted, fills the servers'
    memories.

    Raises:
        YanpanError: there is no browser here, or nothing to drive it.

    """
    seen = {name: Seen() for name in shown}
    with chromium() as browser:
        for number in range(rounds + 1):
            for name, look in shown.items():
                context = browser.new_context(viewport={"width": 1366, "height": 768})
                context.set_default_timeout(LONGEST_MS)
                first, narrowed = _look(context.new_page(), look)
                if number:
                    seen[name].first.append(first)
                    seen[name].narrowed.append(narrowed)
                context.close()
    return seen


@contextmanager
def chromium() -> "Iterator[Browser]":
    """A browser of this machine's.

    Raises:
        YanpanError: there is none, or nothing to drive it.

    """
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        raise YanpanError("测首页需要测试的依赖：pip install -r requirements-test.lock") from error
    found = next(filter(None, map(which, CHROMIUMS)), None)
    if found is None:
        raise YanpanError("测首页需要 Chromium、Chrome 或 Edge，本机没有找到。")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()


def _look(tab: "Page", look: Look) -> tuple[float, float]:
    def opened() -> None:
        tab.goto(look.address, wait_until="commit")
        for part in look.stands:
            tab.wait_for_selector(part, state="attached")

    def narrowed() -> None:
        tab.click(look.option)
        tab.wait_for_function(look.is_narrowed, arg=[look.chart, CHOSEN])

    first = seconds_of(opened)
    if look.panel:
        tab.click(look.panel)
    tab.click(look.chooser)
    tab.wait_for_selector(look.option)
    return first, seconds_of(narrowed)
