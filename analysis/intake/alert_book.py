"""预警登记簿: the life of an alert: raised once, taken note of, done, each with who and when.

The book is a file to which lines are only ever added, one JSON object a line, so that nothing that
anybody did is lost; where an alert stands is read from its lines.
"""

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from filelock import FileLock

from analysis.accounts.seals import Seals, append_whole, book_lock
from analysis.errors import YanpanError
from analysis.judgement.alerts import Alert
from analysis.stores import FIRST, must_not_be_newer
from analysis.wording.codes import ALERT_STATE

RAISED, NOTED, DONE = "raised", "noted", "done"
#: No states of the book: what became of the reason, and what nobody has entered.
GONE, NOT_ENTERED = "已解除", "未登记"
#: The form of the lines that are written; a line that names none is of the first.
FORM = 1
#: Other id of an item → the id that it has now; see ``Warehouse.present_ids``.
Ids = Mapping[str, str]
AS_ENTERED: Ids = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Entry:
    """One alert of the book: its number, when it was raised, and what became of it."""

    number: int
    alert: Alert
    raised_on: str
    state: str = RAISED
    by: str = ""
    on: str = ""
    remark: str = ""


class AlertBook:
    """The book at a path; it begins empty."""

    def __init__(self, path: Path) -> None:
        """Open the book that is, or will be, at ``path``."""
        self.path = path

    def entries(self, present: Ids = AS_ENTERED) -> list[Entry]:
        """All alerts ever raised, the first first.

        Each is of the item that it is of by now: where two records were found to be one since, an
        alert of the later goes on as one of the earlier.

        Raises:
            YanpanError: a line of the book cannot be read, or is a newer program's; nothing is
                guessed.

        """
        found: dict[int, Entry] = {}
        for place, line in enumerate(self._lines(), start=1):
            try:
                said = json.loads(line)
                must_not_be_newer(said.get("form", FIRST), FORM, f"预警登记簿 {self.path.name} ")
                number = said["number"]
                if said["event"] == RAISED:
                    told = said["alert"] | {"evidence": tuple(said["alert"]["evidence"])}
                    found[number] = Entry(number, Alert(**told), said["on"])
                else:
                    was = found[number]
                    found[number] = Entry(
                        number, was.alert, was.raised_on, said["event"], said["by"], said["on"],
                        said["remark"],
                    )  # fmt: skip
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise YanpanError(
                    f"预警登记簿 {self.path} 第 {place} 行读不了，请从备份恢复。"
                ) from error
        return [
            replace(entry, alert=_of_present_item(entry.alert, present)) for entry in found.values()
        ]

    def raise_new(
        self, alerts: Iterable[Alert], day: date, present: Ids = AS_ENTERED
    ) -> list[Entry]:
        """Enter those that were never raised before, under whatever id; return them."""
        with self._alone():
            had = self.entries(present)
            known = {entry.alert.key for entry in had}
            new = [alert for alert in alerts if alert.key not in known]
            made = [
                Entry(number, alert, str(day))
                for number, alert in enumerate(new, start=len(had) + 1)
            ]
            self._add(
                {"event": RAISED, "number": e.number, "on": e.raised_on, "alert": asdict(e.alert)}
                for e in made
            )
        return made

    def mark(self, number: int, state: str, by: str, day: date, remark: str = "") -> Entry:
        """Take note of an alert, or report it done.

        Raises:
            YanpanError: there is no such alert, it is done already, or nobody is named.

        """
        if not by.strip():
            raise YanpanError("请用 --by 写明是谁。")
        with self._alone():
            entry = next((e for e in self.entries() if e.number == number), None)
            if entry is None:
                raise YanpanError(f"登记簿里没有 {number} 号预警。")
            if entry.state == DONE:
                raise YanpanError(f"{number} 号预警已由{entry.by}于 {entry.on} 办结。")
            self._add([{"event": state, "number": number, "on": str(day), "by": by,
                        "remark": remark}])  # fmt: skip
        return Entry(number, entry.alert, entry.raised_on, state, by, str(day), remark)

    def _lines(self) -> Sequence[str]:
        # A line separator (U+2028) in somebody's words ends no line of the book.
        text = self.path.read_text("utf-8") if self.path.exists() else ""
        return text.removesuffix("\n").split("\n") if text else []

    def _add(self, events: Iterable[dict[str, Any]]) -> None:
        lines = [json.dumps({"form": FORM} | event, ensure_ascii=False) + "\n" for event in events]
        if lines:
            added = [line.encode() for line in lines]
            self.path.touch()
            with self.path.open("rb") as book:
                size = book.seek(0, os.SEEK_END)
                book.seek(-min(1, size), os.SEEK_END)
                # Whoever saved the book by hand may have left the last line open.
                gap = b"" if book.read(1) in {b"", b"\n"} else b"\n"
            text = gap + b"".join(added)
            Seals(self.path.parent).announce(self.path, added, size + len(text))
            append_whole(self.path, text)

    def _alone(self) -> FileLock:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        return book_lock(self.path)


def by_key(entries: Iterable[Entry]) -> dict[str, Entry]:
    """The entry of each alert; of several, which two records had that are one, the furthest on."""
    order = (RAISED, NOTED, DONE)
    found: dict[str, Entry] = {}
    for entry in entries:
        had = found.get(entry.alert.key)
        if had is None or order.index(entry.state) > order.index(had.state):
            found[entry.alert.key] = entry
    return found


def _of_present_item(alert: Alert, present: Ids) -> Alert:
    """The alert with the item's present id, also in its key, «rule/item» or «rule/item/day»."""
    was = alert.item_id
    if was is None or was not in present:
        return alert
    now, begins = present[was], f"{alert.rule}/{was}"
    if alert.key == begins or alert.key.startswith(f"{begins}/"):
        key = f"{alert.rule}/{now}{alert.key.removeprefix(begins)}"
        return replace(alert, key=key, item_id=now)
    return replace(alert, item_id=now)


def standing(entry: Entry, current: Iterable[str]) -> str:
    """Where an alert stands, in words; one whose reason has gone is 已解除 whatever was done."""
    if entry.state != DONE and entry.alert.key not in set(current):
        return GONE
    return ALERT_STATE.labels[entry.state]
