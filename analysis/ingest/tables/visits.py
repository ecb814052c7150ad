"""A record of visits whose rows look like hazards: who was inspected, who went, what was seen.

Who inspects writes a line for each visit, also «未发现问题», and of what was put right on the spot.
A list of hazards has none of these, and says by when, or how far, or whose each one is.
What it found at other units' places is theirs to list: each such line is told of.
"""

import re
import unicodedata
from collections.abc import Iterator

from analysis.ingest.cells.blanks import is_null
from analysis.ingest.files.sheets import Sheet, column_letters
from analysis.ingest.findings import Finding, Place
from analysis.ingest.headers.vocabulary import Vocabulary, claim_by_words
from analysis.ingest.tables.layout import Layout, recognise
from analysis.ingest.tables.records import Records
from analysis.ingest.tables.rows import RowKind, folded
from analysis.ledgers.grammar import says
from analysis.ledgers.hazard import HAZARD
from analysis.ledgers.inspection import INSPECTION

#: What makes a line one of a visit, and what one of a hazard that lives on.
_OF_VISIT = frozenset({"inspected_on", "site", "inspectors"})
_OF_LIFE = frozenset(
    {"due_on", "extended_due_on", "status", "done_on", "accepted_on", "accepted_by", "closed_on",
     "person", "unit", "level", "hazard_no"}
)  # fmt: skip
_ON_THE_SPOT = re.compile(r"(?:当场|现场|当即|当日)(?:已)?(?:整改|改正|纠正|处理|消除|撤除|清理)")
_NOTHING_FOUND = re.compile(
    r"(?:经|检查|督查|时|现场|本次|均|暂时?|当日|[,，])*(?:[未没无](?:有)?(?:查出|检查出|发现)?(?:明显|重大|安全|突出|消防)*"
    r"(?:问题|隐患|异常|不符合项?|违法行为)(?:隐患)?|(?:检查)?(?:一切)?(?:正常|合格|符合要求|良好))[。.]?"
)


def as_visits(sheet: Sheet, layout: Layout, vocabulary: Vocabulary) -> Layout | None:
    """The layout of a table of hazards as one of inspections, where it is that; else None."""
    if layout.ledger is not HAZARD or layout.doubt or vocabulary.only:
        return None
    visits = claim_by_words(vocabulary, INSPECTION, layout.headers)
    hazards = claim_by_words(vocabulary, HAZARD, layout.headers)
    if not visits.keys() >= _OF_VISIT or _OF_LIFE & hazards.keys():
        return None
    column = hazards.get(HAZARD.wording)
    if column is None or not any(found_nothing(text) for text in _cells(sheet, layout, column[0])):
        return None
    return recognise(sheet, vocabulary.read_as(INSPECTION.name))


def left_to_list(sheet: Sheet, layout: Layout, records: Records, place: Place) -> Iterator[Finding]:
    """A line for each thing that a record of visits found and that was not put right there: it is
    no row of hazards here, and may stand in no other file.
    """
    if layout.ledger is not INSPECTION or "hazards_found" in records.letters:
        return
    letters = (column_letters(sheet.first_column + n) for n in range(len(layout.headers)))
    heads = dict(zip(letters, (each.last for each in layout.headers), strict=True))
    if not says(heads.get(records.letters.get("result", ""), ""), "HAZARD"):
        return
    names = ("row_no", "site", "result", "action")
    for row_no, site, result, action in zip(*map(records.get, names), strict=True):
        said = "" if is_null(result) else str(result)
        done = f"{said}{'' if is_null(action) else action}"
        if not said or found_nothing(said) or _ON_THE_SPOT.search(done):
            continue
        message = (
            f"检查发现“{'' if is_null(site) else site}：{said[:40]}”，检查记录不作为隐患登记；"
            "责任单位的隐患台账里已有的不用办，没有的请责任单位列入台账"
        )
        yield place.finding("found_not_listed", "info", message, row_no=row_no, field="result")


def found_nothing(text: str) -> bool:
    """Whether what somebody wrote of a visit says that all was well, and no more."""
    return bool(_NOTHING_FOUND.fullmatch(unicodedata.normalize("NFKC", text).strip()))


def _cells(sheet: Sheet, layout: Layout, column: int) -> list[str]:
    rows = zip(sheet.cells, layout.kinds, strict=True)
    return [folded(row[column]) for row, kind in rows if kind is RowKind.DATA]
