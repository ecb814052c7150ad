"""Half-years lived by files: a county's units send, and the truth was kept by hand beside them.

Each world is a folder of ``tests/files/模拟数据_半年``: ``raw/<day of receipt>/<files>`` and
``truth.json``, written by somebody who had not seen this program. ``still_wrong.txt`` names what
is known to be wrong, one line each, until it is mended. The units' files are all that a world has:
that the office accepted a 重大 hazard, which alone closes it, is a register made of the truth.
"""

import csv
import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import partial
from pathlib import Path
from typing import Any

import duckdb

from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse

WORLDS = Path(__file__).parents[1] / "files" / "模拟数据_半年"
#: What a hazard of the truth and one of the figures share at least, of two: words and site.
LIKE_ENOUGH = 0.9
ITEMS = """
    SELECT item_id, kind, title, unit, due_on, is_done, done_on, is_closed, is_overdue, opened_on,
        (SELECT list(DISTINCT concat_ws('：', site, description)) FROM hazard
        WHERE hazard.item_id = items.item_id AND known_from <= $day)
    FROM items($day, known_on := $day) AS items WHERE NOT is_void
"""

Truth = dict[str, Any]
Ask = Callable[..., list[tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class Item:
    """An item as the figures have it on a day; ``wordings`` are all that it was called by then."""

    item_id: str
    kind: str
    title: str
    unit: str
    due_on: date | None
    done: bool
    done_on: date | None
    closed: bool
    overdue: bool
    opened_on: date
    wordings: list[str] | None = None


def truth_of(world: str) -> Truth:
    """What really happened in a world."""
    read: Truth = json.loads((WORLDS / world / "truth.json").read_text(encoding="utf-8"))
    return read


def still_wrong(world: str) -> list[str]:
    """The faults that are known, the first words of each line up to its reason."""
    path = WORLDS / world / "still_wrong.txt"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [line.partition("  #")[0] for line in lines if line]


def live(world: str, home: Path) -> Settings:
    """Ingest the files of a world's units in a home of its region."""
    shutil.copytree(WORLDS / world / "raw", home / "data" / "raw")
    settings = Settings(home=home, region=truth_of(world)["region"])
    ingest(settings)
    return settings


def closed_majors(truth: Truth) -> Iterator[tuple[str, Truth]]:
    """Each major hazard with each day on which the truth has it closed."""
    for each in truth["hazards"]:
        if each["level"] == "重大":
            yield from ((day, each) for day, then in each["by_day"].items() if then["closed"])


def accept_majors(settings: Settings, truth: Truth) -> None:
    """The office's register of acceptances of major hazards, and an ingest: what the ledgers say of
    day and signature, received on the first day on which the truth has each closed.
    """
    first: dict[str, tuple[str, Truth]] = {}
    for day, each in sorted(closed_majors(truth), key=lambda pair: pair[0]):
        first.setdefault(each["key"], (day, each))
    rows: dict[str, list[list[str]]] = {}
    with open_warehouse(settings.warehouse) as con:
        ask = partial(_ask, con)
        for day, each in first.values():
            items = [Item(*row) for row in ask(ITEMS, day=date.fromisoformat(day))]
            item = max(items, key=lambda item: _likeness(item, each))
            sql = (
                "SELECT accepted_on, accepted_by FROM hazard WHERE item_id = $item "
                "AND accepted_on IS NOT NULL ORDER BY known_from LIMIT 1"
            )
            ((on, by),) = ask(sql, item=item.item_id)
            rows.setdefault(day, []).append([item.item_id, "验收销号", on, by, "周某"])
    for day, acts in rows.items():
        path = settings.raw / day / "专班验收销号登记.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(
                [["事项编号", "验收动作", "验收日期", "验收人", "经办人"], *acts]
            )
    ingest(settings)


def faults(settings: Settings, truth: Truth) -> list[str]:
    """Every figure that differs from the truth, one line each."""
    with open_warehouse(settings.warehouse) as con:
        ask = partial(_ask, con)
        found = [fault for day in truth["days"] for fault in _on_day(ask, truth, day)]
        return [*found, *_reports(ask, truth), *_units(ask, truth)]


def _ask(con: duckdb.DuckDBPyConnection, sql: str, **values: Any) -> list[tuple[Any, ...]]:
    return fetch_rows(con, sql, values)[1]


def _on_day(ask: Ask, truth: Truth, text: str) -> Iterator[str]:
    day = date.fromisoformat(text)
    items = [Item(*row) for row in ask(ITEMS, day=day)]
    hazards = [item for item in items if item.kind == "hazard"]
    measures = [item for item in items if item.kind == "measure"]
    counted = {"hazards": hazards, "measures": measures}
    for name, members in counted.items():
        wanted = truth["counts"].get(text, {})
        yield from _counts(text, members, wanted, (name, f"{name}_done", f"{name}_overdue"))
    for unit, wanted in truth["by_unit"].get(text, {}).items():
        mine = [item for item in hazards if item.unit == unit]
        yield from _counts(f"{text} {unit}", mine, wanted, ("hazards", "done", "overdue"))
    missing = ask("SELECT item_id FROM vanished($day, known_on := $day)", day=day)
    yield from _hazards(text, hazards, {item_id for (item_id,) in missing}, truth)
    yield from _measures(text, measures, truth)


def _counts(
    where: str, members: list[Item], wanted: dict[str, int], names: tuple[str, str, str]
) -> Iterator[str]:
    got = (len(members), sum(i.done for i in members), sum(i.overdue for i in members))
    yield from _differences(where, dict(zip(names, got, strict=True)), wanted)


def _hazards(text: str, hazards: list[Item], missing: set[str], truth: Truth) -> Iterator[str]:
    known = [each for each in truth["hazards"] if text in each["by_day"]]
    found = _pairs(hazards, known)
    for n, each in enumerate(known):
        wanted, item = each["by_day"][text], found.get(n)
        if item is None:
            yield f"{text} {each['key']}: not there"
            continue
        got = {
            "unit": item.unit, "due_on": _text(item.due_on), "done": item.done,
            "done_on": _text(item.done_on), "closed": item.closed, "overdue": item.overdue,
            "missing": item.item_id in missing,
        }  # fmt: skip
        yield from _differences(f"{text} {each['key']}", got, wanted)
    left = [item for item in hazards if item not in found.values()]
    yield from (f"{text} {item.title}: one too many" for item in left)


def _pairs(hazards: list[Item], known: list[Truth]) -> dict[int, Item]:
    """For each hazard of the truth, by its place, the item that is it: the likest pairs first, so
    that none takes another's for want of its own.
    """
    alike = [
        (likeness, n, at)
        for n, each in enumerate(known)
        for at, item in enumerate(hazards)
        if (likeness := _likeness(item, each)) >= LIKE_ENOUGH
    ]
    found: dict[int, Item] = {}
    taken: set[int] = set()
    for _, n, at in sorted(alike, key=lambda pair: (-pair[0], *pair[1:])):
        if n not in found and at not in taken:
            found[n] = hazards[at]
            taken.add(at)
    return found


def _measures(text: str, measures: list[Item], truth: Truth) -> Iterator[str]:
    by_number = {item.item_id.removeprefix("M-"): item for item in measures}
    for each in truth["measures"]:
        wanted = each["by_day"].get(text)
        if wanted is None:
            continue
        # a number that runs through the plan is no number of ours: its words say which it is
        item = by_number.get(str(each["no"])) or _worded(measures, each["text"])
        if item is None:
            yield f"{text} {each['no']}: not there"
            continue
        got = {
            "unit": item.unit, "due_on": _text(item.due_on), "done": item.done,
            "done_on": _text(item.done_on), "overdue": item.overdue,
        }  # fmt: skip
        said = {"unit": each["unit"], "due_on": each["due_on"], **wanted}
        yield from _differences(f"{text} {each['no']}", got, said)


def _reports(ask: Ask, truth: Truth) -> Iterator[str]:
    sql = "SELECT unit, period_start, state FROM report_punctuality($day)"
    rows = ask(sql, day=date.fromisoformat(truth["days"][-1]))
    got = {(unit, str(start)): state for unit, start, state in rows}
    wanted = {(each["unit"], each["period_start"]): each["state"] for each in truth["reports"]}
    for place in sorted(got.keys() | wanted.keys()):
        if got.get(place) != wanted.get(place):
            yield f"report {' '.join(place)}: {got.get(place)}, not {wanted.get(place)}"


def _units(ask: Ask, truth: Truth) -> Iterator[str]:
    day = date.fromisoformat(truth["days"][-1])
    got = [unit for (unit,) in ask("SELECT unit FROM units($day)", day=day)]
    for unit in sorted({*got} ^ {*truth["units"]}):
        yield f"unit {unit}: {got.count(unit)}, not {truth['units'].count(unit)}"


def _differences(where: str, got: dict[str, Any], wanted: dict[str, Any]) -> Iterator[str]:
    for name, value in got.items():
        # That a thing is done without a day says nothing of the day that is taken for it.
        is_open = name == "done_on" and wanted.get(name) is None
        if name in wanted and not is_open and value != wanted[name]:
            yield f"{where} {name}: {value}, not {wanted[name]}"


def _likeness(item: Item, hazard: Truth) -> float:
    theirs, site = _plain(hazard["key"]), _plain(hazard["site"])[:4]
    # Of two at one site in the same words, the one that was found on the day.
    found = 1 if str(item.opened_on) == hazard["found_on"] else 0.9
    # The truth has the first words; a ledger may put them otherwise later.
    wordings = map(_plain, (item.title, *(item.wordings or ())))
    return max(
        SequenceMatcher(None, theirs, mine, autojunk=False).ratio() + (site in mine) * found
        for mine in wordings
    )


def _worded(measures: list[Item], text: str) -> Item | None:
    """The measure whose words have those of the truth, nearly all of them in their order."""
    words = _plain(text)
    shares = [
        sum(block.size for block in SequenceMatcher(None, title, words).get_matching_blocks())
        for title in (_plain(item.title) for item in measures)
    ]
    best = max(shares, default=0)
    return measures[shares.index(best)] if best >= LIKE_ENOUGH * len(words) else None


def _plain(text: str | None) -> str:
    return re.sub(r"[\s（）()，。、；：·]", "", text or "")


def _text(day: date | None) -> str | None:
    return None if day is None else str(day)
