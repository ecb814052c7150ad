"""Plans made by people who knew neither this program nor its tests, with what they lay down beside
them, and how much of it is read.

Each document has ``NAME.truth.json``: the day of receipt, the ledgers in which its items may stand,
and the items with words, lead, person, and every day and kind that a careful clerk would accept.
Units are equal where the grammar of their names says so, as 县住建局 and 甲县住房和城乡建设局.
A hazard is one record with all that is done about it: the measures of one are found together.
"""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from analysis.ingest.pipeline import ingest
from analysis.ingest.units.names import Home, home_of, read_name
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse

BATCHES = Path(__file__).parents[1] / "files" / "模拟数据_方案"
#: So much of the words must agree, and no row may hold more than one item and a little.
ALIKE, LONGEST = 0.8, 1.5
READ = """
    SELECT 'measure' AS ledger, coalesce(sub_measure, measure) AS words, unit, person, due_on,
        rect_type FROM measure WHERE known_to IS NULL
    UNION ALL
    SELECT 'decision', task, unit, person, due_on, NULL FROM decision WHERE known_to IS NULL
    UNION ALL
    SELECT 'hazard', coalesce(measure, description), unit, person, due_on, rect_type
    FROM hazard WHERE known_to IS NULL
"""

Row = tuple[str, str, str | None, str | None, date | None, str | None]


@dataclass
class Score:
    """How many items there are, were read, found and right in all; what was not, line by line."""

    items: int = 0
    read: int = 0
    found: int = 0
    whole: int = 0
    faults: list[str] = field(default_factory=list)


def truths(batch: str) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The documents of a batch with what they lay down."""
    for path in sorted((BATCHES / batch).glob("*.truth.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        yield path.with_name(truth["file"]), truth


def score(document: Path, truth: dict[str, Any], home: Path, total: Score) -> None:
    """Take a document in at an empty home and add to the total what was read of it."""
    folder = home / "data" / "raw" / truth["received"]
    folder.mkdir(parents=True)
    (folder / document.name).write_bytes(document.read_bytes())
    settings = Settings(home=home)
    ingest(settings)
    with open_warehouse(settings.warehouse) as con:
        rows: list[Row] = [row for row in fetch_rows(con, READ)[1] if row[0] in truth["ledger"]]
    items = truth["items"]
    if {row[0] for row in rows} == {"hazard"}:
        items = _of_hazards(items)
    county = home_of("", [row[2] for row in rows if row[2]])
    total.items += len(truth["items"])
    total.read += len(rows) + len(truth["items"]) - len(items)
    for item in items:
        likest = max(rows, key=lambda row: _likeness(item["measure"], row[1]), default=None)
        if likest is None or _likeness(item["measure"], likest[1]) < ALIKE:
            total.faults.append(f"{document.name}: not read: {item['measure_head']}")
            continue
        rows.remove(likest)
        total.found += item.get("count", 1)
        wrong = list(_wrong(item, likest, truth["ledger"], county))
        total.whole += 0 if wrong else item.get("count", 1)
        total.faults += [f"{document.name} {item['measure_head']}: {each}" for each in wrong]
    total.faults += [f"{document.name}: no item: {row[1]}" for row in rows]


def _of_hazards(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The measures of each hazard as one item, due with the last of them."""
    made: dict[str, dict[str, Any]] = {}
    for item in items:
        name = item["problem"] or item["measure"]
        one = made.setdefault(name, item | {"measure": "", "count": 0, "due_on": [], "kind": []})
        one["measure"] += item["measure"]
        one["count"] += 1
        one["kind"] += item["kind"]
        one["due_on"] += item["due_on"]
    for one in made.values():
        last = max(filter(None, one["due_on"]), default=None)
        one["due_on"] = [last] if one["count"] > 1 else one["due_on"]
    return list(made.values())


def _is_unit(said: str | None, wanted: str | None, county: Home) -> bool:
    if not said or not wanted or _plain(said) == _plain(wanted):
        return _plain(said) == _plain(wanted)
    return read_name(said, county) == read_name(wanted, county)


def _wrong(item: dict[str, Any], row: Row, ledgers: list[str], county: Home) -> Iterator[str]:
    _, _, unit, person, due_on, kind = row
    if not _is_unit(unit, item["lead"], county):
        yield f"lead {unit}, not {item['lead']}"
    if not _plain(person).startswith(_plain(item["person"])) or bool(person) != bool(
        item["person"]
    ):
        yield f"person {person}, not {item['person']}"
    if (due_on.isoformat() if due_on else None) not in item["due_on"]:
        yield f"due {due_on}, not {item['due_on']}"
    kind = kind or ("限期整改" if due_on else None)
    if "decision" not in ledgers and kind not in item["kind"]:
        yield f"kind {kind}, not {item['kind']}"


def _likeness(wanted: str, read: str | None) -> float:
    one, other = _plain(wanted), _plain(read)
    if not other or len(other) > LONGEST * len(one) + 12:
        return 0.0
    head = min(20, len(one), len(other))
    starts = head >= 8 and len(other) >= 0.6 * len(one) and one[:head] == other[:head]
    return 1.0 if starts else SequenceMatcher(None, one, other, autojunk=False).ratio()


def _plain(text: str | None) -> str:
    """A text without signs, widths, and the number in front."""
    folded = unicodedata.normalize("NFKC", text or "")
    folded = re.sub(
        r"^\s*(?:[(（]?[\d一二三四五六七八九十]+[)）、.．]|[一二三四五六七八九十]是)", "", folded
    )
    return re.sub(r"[\W_]", "", folded)
