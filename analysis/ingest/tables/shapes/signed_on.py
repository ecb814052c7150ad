"""Who accepted and on which day in one cell, «韩某 11月15日», → a column for each.

A header names both (验收人/验收日期, 验收人及日期), or one alone, or neither (验收情况): then the
other one has no column of its own, and of the cells that may be signatures most must say both. A
cell that says something else, above all that the work was found wanting, is no signature: under
the header of one alone it says that one, else it stays as it is.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from analysis.ingest.cells.codes.acts import act_of
from analysis.ingest.cells.values import EMPTY, as_text, parse_column
from analysis.ingest.files.sheets import Sheet
from analysis.ingest.headers.vocabulary import Header, Vocabulary
from analysis.ingest.tables.layout import Layout
from analysis.ingest.tables.records import OFFICE_NAME
from analysis.ingest.tables.rows import RowKind
from analysis.ingest.tables.shapes.torn import Half, Torn, as_original, with_both
from analysis.ledgers import Field
from analysis.ledgers.grammar import says
from analysis.wording.persons.nobody import names_person
from analysis.wording.units import is_whole

SIGNER = "accepted_by"
#: The days that are signed, the likeliest first.
DAYS = ("accepted_on", "closed_on")
#: Between the halves of a header, or nothing where the first ends with its noun.
JOINER = re.compile(r"以及|及其|[及和与兼暨/、,，;；+&|\-]|(?<=[人员])(?=.)|(?<=日期|时间)(?=.)")
#: What a header is about, which its second half leaves out: 验收人及日期.
ABOUT = re.compile(r"^(?:整改)?(?:验收|复查|复核|核查|复验|核验|销号)")
#: A header that names neither, and its cells may say both: 销号情况, 复查验收.
NEITHER = re.compile(
    r"(?:情况|意见|结果|结论|签字|签名|记录)$"
    r"|^(?:整改)?(?:(?:验收|复查|复核|核查|复验|核验|销号)[及和与、/]?)+$"
)
#: That nobody has signed yet.
NOBODY = re.compile(
    r"^(?:还|尚|暂|仍)?(?:未|没有?|待|等待)(?:组织|申请)?(?:验收|复查|复核|核查|复验|核验|销号)$"
)
#: A header with more signs than these is prose; a cell with more tells a story.
LONGEST_HEADER, LONGEST = 20, 60
#: A header that stands for one of the two as surely as this.
SURE = 0.6
#: So many of a column's cells must say both, where its header does not.
MOSTLY = 0.5
DAY = re.compile(
    r"(?:(?:\d{4}|\d{2})\s*[年./-]\s*)?(?:\d{1,2}|十[一二]?|[一二三四五六七八九])\s*[月./-]\s*"
    r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[日号]?(?![\d.])(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?"
    r"|(?<!\d)20\d{6}(?!\d)"
)
#: What a signature says beside the name: that it was found good, and who wrote what.
AROUND = re.compile(
    r"(?:经|由|于)|(?:已|现场)?(?:组织)?(?:验收|复查|复核|核查|复验|销号|签字)"
    r"(?:人员?|时间|日期)?(?:合格|通过|同意|销号|完毕|确认|符合要求)*|(?:人员?|时间|日期)?[::]|合格|通过|属实|同意|确认"
)
EDGES = " \t\n\r\u3000,，、;；。.:：/|-—~()"
#: What tells of the work, and signs nothing.
NO_SIGNATURE = re.compile(r"整改|完成|未|待|不|退回|需|正在|隐患|问题|计划|拟|申请|预计")
#: Any day: only whether a text can be read counts here.
ANY_DAY = date(2024, 1, 1)


@dataclass(frozen=True, slots=True)
class _Joint:
    """A column that may say both: its halves, and whether its header says that it does."""

    signer: Half
    day: Half
    is_named: bool
    #: Whether its header is of the one alone.
    is_signer: bool = False
    is_day: bool = False
    #: Whether the column is something else as well (验收情况), which it stays.
    stays: bool = False


def signed_apart(sheet: Sheet, layout: Layout, vocabulary: Vocabulary) -> tuple[Sheet, Layout]:
    """The sheet with a column of its own for the signer and for the day, behind all others."""
    names = layout.ledger.columns
    if layout.doubt or SIGNER not in names or DAYS[0] not in names:
        return sheet, layout
    rows = [number for number, kind in enumerate(layout.kinds) if kind is RowKind.DATA]
    signers, days = (_columns(vocabulary, layout, each) for each in ((SIGNER,), DAYS))
    for column, header in enumerate(layout.headers):
        has_signer, has_day = bool(signers - {column}), bool(days - {column})
        if has_signer and has_day:
            continue
        joint = _joint(vocabulary, layout, header, has_signer, has_day)
        if joint is None:
            continue
        cells = {n: _text(sheet.filled[n][column]) for n in rows}
        texts = {n: text for n, text in cells.items() if text and not NOBODY.match(text)}
        torn = {n: found for n, text in texts.items() if (found := _torn(text, joint.day.field))}
        both = sum(each.is_two for each in torn.values())
        signable = sum(not _denies(text) for text in texts.values())
        if not torn or not (joint.is_named or both > MOSTLY * signable):
            continue
        if joint.stays:
            return _beside(sheet, layout, column, joint, torn)
        if joint.is_signer or joint.is_day:
            layout = as_original(layout, column, layout.headers[column].last)
            ones = {n: _as_one(text, joint) for n, text in texts.items() if not _denies(text)}
            torn = ones | torn
        left = {n: text for n, text in texts.items() if n not in torn}
        return with_both(sheet, layout, column, (joint.signer, joint.day), torn, left, _has_day)
    return sheet, layout


def _denies(text: str) -> bool:
    """Whether a cell tells of the work, or that it was found wanting."""
    plain = unicodedata.normalize("NFKC", text)
    return bool(NO_SIGNATURE.search(plain)) or act_of(re.sub(r"\s", "", plain)) == "reject"


def _as_one(text: str, joint: _Joint) -> Torn:
    """A cell that is not torn apart, as what its header says that it is."""
    return Torn(text) if joint.is_signer else Torn("", text)


def _columns(vocabulary: Vocabulary, layout: Layout, names: tuple[str, ...]) -> set[int]:
    """The columns whose headers stand for one of some fields."""
    headers = enumerate(layout.headers)
    return {n for n, header in headers if _field(vocabulary, layout, header, names)}


def _joint(
    vocabulary: Vocabulary, layout: Layout, header: Header, has_signer: bool, has_day: bool
) -> _Joint | None:
    """What a header says of who signed and when; None where it is of something else.

    ``has_signer`` and ``has_day`` tell of the other columns.
    """
    if len(header.path) > LONGEST_HEADER or vocabulary.own_field(layout.ledger, header):
        return None
    for one, other in _halves(header):
        for signer, day in ((one, other), (other, one)):
            fields = _named(vocabulary, layout, signer, day)
            if fields and not (has_signer or has_day):
                return _Joint(Half(signer, fields[0]), Half(day, fields[1]), is_named=True)
    halves = _half(layout.ledger[SIGNER]), _half(layout.ledger[DAYS[0]])
    if not has_day and _field(vocabulary, layout, header, (SIGNER,)):
        return _Joint(*halves, is_named=False, is_signer=True)
    if not has_signer and (field := _field(vocabulary, layout, header, DAYS)):
        return _Joint(halves[0], _half(field), is_named=False, is_day=True)
    is_signed = says(header.path, "ACCEPT") or says(header.path, "CLOSE")
    is_about = is_signed and bool(NEITHER.search(header.last))
    if is_about and not has_signer and not has_day:
        return _Joint(*halves, is_named=False, stays=True)
    return None


def _halves(header: Header) -> Iterator[tuple[str, str]]:
    """The ways to cut a header in two: at a sign, 及, brackets; both may be about one thing."""
    pairs = [(header.last, header.unit)] if header.unit else []
    if both := JOINER.search(header.unit):  # 验收（人、日期）
        parts = header.unit[: both.start()], header.unit[both.end() :]
        pairs.append((header.last + parts[0], header.last + parts[1]))
    for match in JOINER.finditer(header.last):
        pairs.append((header.last[: match.start()], header.last[match.end() :]))
    for one, other in pairs:
        about = ABOUT.search(header.last) or ABOUT.search(header.above)
        yield one, other
        if about:
            yield _about(one, about.group()), _about(other, about.group())


def _half(field: Field) -> Half:
    return Half(field.label, field)


def _about(text: str, about: str) -> str:
    return text if ABOUT.search(text) else about + text


def _named(
    vocabulary: Vocabulary, layout: Layout, signer: str, day: str
) -> tuple[Field, Field] | None:
    """The fields of a signer and of a day that two words head."""
    one = _field(vocabulary, layout, Header(signer, signer, ""), (SIGNER,))
    other = _field(vocabulary, layout, Header(day, day, ""), DAYS)
    return (one, other) if one and other else None


def _field(
    vocabulary: Vocabulary, layout: Layout, header: Header, names: tuple[str, ...]
) -> Field | None:
    """The field of some that a header stands for surely."""
    if not header.last:
        return None
    claims = vocabulary.claims_of(layout.ledger, header)
    sure = {each.field.name: each.field for each in claims if each.weight >= SURE}
    return next((sure[name] for name in names if name in sure), None)


def _text(cell: Any) -> str:
    text = as_text(cell) or ""
    return "" if text in EMPTY else text


@lru_cache(maxsize=5_000)
def _torn(text: str, field: Field) -> Torn | None:
    """A cell as its signer and its day, one of which may be missing; None where it says more."""
    plain = unicodedata.normalize("NFKC", text)
    if len(plain) > LONGEST or _denies(text):
        return None
    days = list(DAY.finditer(plain))
    if len(days) > 1:
        return None
    day = days[0].group().strip() if days else ""
    rest = (plain[: days[0].start()] + " " + plain[days[0].end() :]) if days else plain
    if re.search(r"\d", rest) or (day and not _reads(day, field)):
        return None
    rest = re.sub(r"\(\s*\)", " ", AROUND.sub(" ", rest))
    signer = re.sub(r"[\s,;]+", "、", rest.strip(EDGES))
    signer = re.sub(r"、{2,}", "、", signer).strip("、" + EDGES)
    is_office = OFFICE_NAME in signer and is_whole(signer)  # whose persons its register names
    if signer and not is_office and not names_person(signer):
        return None
    return Torn(signer, day) if signer or day else None


def _has_day(text: str) -> bool:
    return bool(DAY.search(unicodedata.normalize("NFKC", text)))


def _reads(text: str, field: Field) -> bool:
    values, problems = parse_column([text], field, ANY_DAY)
    return values[0] is not None and not any(each.is_unread for each in problems)


def _beside(
    sheet: Sheet, layout: Layout, column: int, joint: _Joint, torn: dict[int, Torn]
) -> tuple[Sheet, Layout]:
    """The sheet with both columns, and the one that they come out of as it was."""
    before = layout.headers[column]
    kept = {n: sheet.filled[n][column] for n in torn}
    wide, found = with_both(sheet, layout, column, (joint.signer, joint.day), torn, {})
    for number, cell in kept.items():
        wide.cells[number][column] = cell
    found.headers[column] = before
    return wide, found
