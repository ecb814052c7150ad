"""One recognised sheet → its typed rows, its rejected rows and its first findings."""

import re
import unicodedata
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from operator import itemgetter
from typing import Any

from analysis.ingest.cells.blanks import is_empty, says_none
from analysis.ingest.cells.codes.choices import SAYS_NO_STATE
from analysis.ingest.cells.periods import PERIOD_HEADER
from analysis.ingest.cells.values import (
    EMPTY,
    Problem,
    as_text,
    formats_of,
    parse_column,
    texts_of,
)
from analysis.ingest.files.sheets import Grid, Sheet, column_letters
from analysis.ingest.findings import Finding, Place
from analysis.ingest.headers.columns import Column
from analysis.ingest.headers.counts import counted_in, one_for_each, without_counts
from analysis.ingest.tables.context import PERIOD_TEXT, FieldOf, lent
from analysis.ingest.tables.filling.deadlines import (
    add_rect_type,
    by_anchors,
    by_own_brackets,
    by_own_words,
    is_deadline,
    spread_clauses,
)
from analysis.ingest.tables.filling.ditto import without_ditto
from analysis.ingest.tables.filling.implied import (
    add_implied,
    add_standing_in,
    add_start,
    add_titled,
)
from analysis.ingest.tables.filling.pasted import number_pasted_as_first
from analysis.ingest.tables.filling.periods import PERIOD, add_months, spread_periods
from analysis.ingest.tables.filling.printed import keep_as_printed, shares_in_per_cent
from analysis.ingest.tables.filling.shared import share_deadline
from analysis.ingest.tables.filling.units import (
    fill_in_sender,
    name_persons_first,
    part_units,
    person_is_no_unit,
)
from analysis.ingest.tables.filling.words.extensions import tell_extensions
from analysis.ingest.tables.filling.words.told import add_state_of_days, add_told
from analysis.ingest.tables.joint.places import part_places
from analysis.ingest.tables.layout import Layout
from analysis.ingest.tables.measures import (
    LIST_KINDS,
    SELF_CHECK,
    expand,
    number_measures,
    number_typed,
    split_measures,
)
from analysis.ingest.tables.records import (
    Records,
    extras_of,
    member,
    reject,
    with_unread,
)
from analysis.ingest.tables.rows import RowKind
from analysis.ingest.tables.shapes.one_hazard import one_hazard_each
from analysis.ingest.tables.shapes.plans.columns import with_leaders
from analysis.ingest.tables.shapes.plans.several_measures import (
    in_their_stage,
    spread,
    told_elsewhere,
)
from analysis.ledgers import Ledger
from analysis.ledgers.hazard import HAZARD
from analysis.ledgers.measure import MEASURE
from analysis.wording.names import names_of

#: Why rows above the recognised table that have a header of their own are not loaded.
STRAY = "同一张工作表里还有另一张表，这一张没有读取；请把两张表分到两个工作表后重新报送"
#: What makes a row of items a record though it does not say of what: so many of these.
TELLING_KINDS = frozenset({"unit", "date", "deadline", "code"})
ENOUGH = 3
#: What yes and no say under a header that asks for more than completion.
ANSWERS = {
    header: {"是": yes, "√": yes, "否": no, "×": no}
    for header, yes, no in (
        ("销号", "已销号", "未销号"), ("已销号", "已销号", "未销号"), ("闭环", "已闭环", "未整改"),
        ("验收", "已验收", "待验收"), ("验收通过", "已验收", "待验收"),
    )
}  # fmt: skip
#: What yes and no say under a header that asks for the verdict of an acceptance.
VERDICTS = {"是": "合格", "√": "合格", "否": "不合格", "×": "不合格"}
VERDICT_ASKED = re.compile(
    r"^(?:验收|复查)?(?:是否|能否)(?!.*(?:退回|撤|重改|不))|(?:合格|通过)与否$"
)
#: Headers of a status under which units write what they have done: 整改进展, 进展情况.
PROSE_ASKED = re.compile(r"进展|进度|情况|动态|近况")
#: Words, and no number, sign or letter alone.
WORDS = re.compile(r"[\u4e00-\u9fff、，,。；;\s]{2,}")
#: The unit of measure that a subtitle gives for the whole table.
TABLE_UNIT = re.compile(r"(?:^|[\s(])单位:\s*(?:[^\s]*、)?(万元|元)")


def read_records(
    sheet: Sheet,
    layout: Layout,
    columns: Sequence[Column],
    place: Place,
    base: date,
    region: str,
    field_of: FieldOf = lambda label, value: None,
    sender: str | None = None,
    told_on: date | None = None,
) -> Records:
    """Read the data rows of a sheet; ``base`` is the day of the submission, ``told_on`` that of
    which it tells, where its title names one: from it deadlines without a year are counted.

    ``place`` names the sheet, without the columns of its fields: these are known here.
    ``field_of`` tells which field a label in the lines around the table stands for; ``sender`` is
    who sent it, as the lines above it say.
    """
    ledger = layout.ledger
    counted = counted_in(columns, ledger, layout.title, base)
    columns = without_counts(columns, counted) if counted else columns
    grid = sheet.filled
    numbers = [n for n, kind in enumerate(layout.kinds) if kind is RowKind.DATA]
    again = told_elsewhere(grid, numbers, columns) if ledger is MEASURE else []
    numbers = [n for n in numbers if n not in again]
    if ledger is HAZARD:
        numbers = [n for n in numbers if not _found_none(grid[n], columns)]
    headers = {column.index: column.header for column in columns}
    rows = without_ditto([grid[number] for number in numbers], headers)
    is_part: list[bool] = []
    if ledger is MEASURE:  # a cell may list several, each to be tracked by itself
        rows = with_leaders(rows, columns)
        rows = in_their_stage(sheet, layout.kinds, rows, numbers, columns)
        shared = dict(zip(numbers, share_deadline(sheet, columns, numbers), strict=True))
        rows, numbers, is_part = spread(rows, numbers, columns)
        is_part = [part or shared[n] for part, n in zip(is_part, numbers, strict=True)]
    elif ledger is HAZARD:
        rows, numbers = one_hazard_each(sheet, rows, numbers, columns, told_on or base)
    stray = [n for n, kind in enumerate(layout.kinds) if kind is RowKind.STRAY]
    letters = {
        column.field.name: column_letters(
            sheet.first_column + sheet.parts_of.get(column.index, column.index)
        )
        for column in columns
        # In a form each value stands in a column of its own row.
        if column.field and RowKind.FORM not in layout.kinds
        if sheet.joined_from is None or column.index < sheet.joined_from
    }
    place = replace(place, letters=letters)
    records = Records(
        {"row_no": [sheet.first_row + number + 1 for number in numbers]},
        [reject(place, sheet.first_row + n + 1, STRAY, sheet.cells[n]) for n in stray],
        _about_columns(columns, layout, place, {each.column for each in sheet.photos}),
        len(grid) - len(set(numbers)) - len(stray),
        letters,
    )
    unit = _table_unit(layout.title)
    told_on = told_on or base
    unread: list[dict[int, str]] = []
    # Deadlines last: a day without a year is counted from what the row says elsewhere.
    for column in sorted(columns, key=is_deadline):
        day = told_on if is_deadline(column) else base
        unread.append(
            _read_column(
                records, place, sheet, rows, numbers, column, day, unit, ledger.deadline_from
            )
        )
    shares_in_per_cent(records, ledger, place)
    around = lent(sheet, layout.kinds, ledger, layout.title, field_of, layout.told)
    _lend(records, around, ledger, numbers, base)
    titles = (layout.title, sheet.heading)
    spread_periods(records, ledger, rows, columns, titles, base, numbers, around)
    add_months(records, ledger, rows, columns, base, titles)
    add_implied(records, columns, ledger)
    part_places(records, columns, ledger)
    add_standing_in(records, columns, ledger)
    add_start(records, rows, columns, base)
    if ledger.is_item:
        add_state_of_days(records, rows, columns)
    add_titled(records, ledger, f"{sheet.name} {layout.title}", rows, columns)
    records.columns["extra"] = with_unread(extras_of(rows, columns), unread)
    records.findings += _doubts(sheet, layout, place)
    records.findings += _of_told_elsewhere(sheet, again, place)
    fill_in_sender(records, ledger, sender)
    if counted:
        by_number = dict(zip(records.columns["row_no"], rows, strict=True))
        records.columns = one_for_each(records.columns, rows, counted, ledger, base)
        rows = [by_number[row_no] for row_no in records.columns["row_no"]]
    _reject_anchorless(records, place, ledger, rows)
    if ledger is MEASURE:  # the 三清单 alone name several measures in one cell, and number them
        for number, kind in zip(numbers, _list_kinds(rows, columns), strict=True):
            around[number] = around.get(number, {}) | ({"list_kind": kind} if kind else {})
        _number_measures(records, sheet, layout, around)
    spread_clauses(records, place, ledger, base, told_on, f"{layout.title} {sheet.heading}")
    person_is_no_unit(records, place, ledger, sender)
    part_units(records, place, ledger)
    name_persons_first(records)
    add_rect_type(records, ledger)
    if ledger is MEASURE:
        by_own_brackets(records, is_part, told_on)
        by_own_words(records, is_part, told_on)
        records.findings = list(dict.fromkeys(records.findings))  # told once for a row of several
    add_told(records, place, ledger, base)
    tell_extensions(records, place, ledger, base)
    number_pasted_as_first(records, place, ledger)
    if any(each.name == "region" for each in ledger):
        records.columns["region"] = [said or region for said in records.get("region")]
    records.columns = {
        name: values
        for name, values in records.columns.items()
        if name == "row_no" or not is_empty(values)
    }
    return records


def _found_none(row: Sequence[Any], columns: Sequence[Column]) -> bool:
    """Whether a visit found nothing, «未发现问题»: no hazard. A bare 无 is a cell left out."""
    texts = (row[c.index] for c in columns if c.field and c.field.name == HAZARD.wording)
    return any(type(text) is str and text not in EMPTY and says_none(text) for text in texts)


def _about_columns(
    columns: Sequence[Column], layout: Layout, place: Place, pictured: Container[int | None]
) -> list[Finding]:
    """What the headers leave to say: unclaimed and doubtful columns, another ledger that fits."""
    spare = [
        column.header
        for column in columns
        if not (column.field or column.is_sequence or column.doubt or column.index in pictured)
        and column.header not in {"", "备注"}
        and not (PERIOD_HEADER.search(column.header) and PERIOD[0] in layout.ledger.columns)
    ]
    findings = [
        place.finding(
            *(("header_guessed", "info") if column.field else ("header_ambiguous", "warning")),
            column.doubt,
            value=column.header,
        )
        for column in columns
        if column.doubt
    ]
    if spare:
        headers = "、".join(spare)
        message = f"这些列没有对应的字段，已原样保存在“其他列”：{headers}"
        # A header may hold a 、 of its own.
        value = "｜".join(spare)
        findings.append(place.finding("unclaimed_column", "info", message, value=value))
    if layout.rivals:
        message = f"表头也像别的台账（{'、'.join(layout.rivals)}），按“{layout.ledger.label}”读取"
        findings.append(place.finding("ledger_ambiguous", "info", message))
    return findings


def _table_unit(title: str) -> str:
    match = TABLE_UNIT.search(unicodedata.normalize("NFKC", title))
    return match.group(1) if match else ""


def _read_column(
    records: Records,
    place: Place,
    sheet: Sheet,
    rows: Grid,
    numbers: Sequence[int],
    column: Column,
    base: date,
    table_unit: str,
    deadline_from: str,
) -> dict[int, str]:
    """Read one column; return the cells that are kept nowhere else, as members of a JSON object."""
    field = column.field
    if field is None:
        return {}
    cells = _known_by_sight(list(map(itemgetter(column.index), rows)))
    if field.kind in {"date", "deadline"}:
        cells = list(sheet.days_of(cells))
    if field is MEASURE["sub_no"]:
        cells = list(map(number_typed, cells))
    if field.name == "status" and (words := ANSWERS.get(column.header.removeprefix("是否"))):
        cells = [words.get(as_text(cell) or "", cell) for cell in cells]
    if field.name == "act" and VERDICT_ASKED.search(column.header):
        cells = [VERDICTS.get(as_text(cell) or "", cell) for cell in cells]
    look_up = sheet.number_format
    number_format = (lambda position: look_up(numbers[position], column.index)) if look_up else None
    values, problems = parse_column(
        cells,
        field,
        base,
        column.unit or (table_unit if field.unit == "万元" else ""),
        number_format,
    )
    if field.name == "status" and PROSE_ASKED.search(column.header):
        problems = list(map(_as_prose, problems))
    if field.kind == "deadline" and deadline_from:
        anchors = records.get(deadline_from)
        values, problems = by_anchors(cells, anchors, field, values, problems)
    if field.is_names:
        values = ["、".join(names_of(text)) or None for text in values]
    if field.is_gathered:
        values = _gathered(records.get(field.name), values)
    records.columns[field.name] = values
    if field.places_in:
        keep_as_printed(records, field, cells, formats_of(cells, field, number_format))
    elif field.text_in:
        records.columns[field.text_in] = texts_of(cells)
    row_numbers = records.columns["row_no"]
    records.findings += [
        place.finding(
            problem.rule, "error" if problem.is_unread else "warning",
            f"{field.label}“{problem.text}”{problem.message}",
            row_no=row_numbers[problem.position], field=field.name, value=problem.text,
        )
        for problem in problems
    ]  # fmt: skip
    if field.text_in:
        return {}
    lost = {each.position: each.text for each in problems if each.is_unread}
    return {position: member(column.header, text) for position, text in lost.items()}


def _as_prose(problem: Problem) -> Problem:
    """A cell that says no state is no slip where its column asks what was done: «钢材到场»."""
    if problem.is_unread and WORDS.fullmatch(problem.text):
        return replace(problem, message=SAYS_NO_STATE, is_unread=False)
    return problem


def _gathered(before: Sequence[str | None], texts: Sequence[str | None]) -> list[str | None]:
    """What an earlier column of the same field says, and what this one adds to it."""
    pairs = zip(before, texts, strict=True)
    return ["、".join(dict.fromkeys(filter(None, each))) or None for each in pairs]


def _known_by_sight(cells: list[Any]) -> list[Any]:
    """The cells, of which equal texts and equal days are one object.

    A column is looked up again and again until it is packed, and what is the same object need not
    be compared. Numbers stay: 1, 1.0 and True are equal, and not the same.
    """
    if not set(map(type, cells)) <= {str, date, datetime, type(None)}:
        return cells
    seen: dict[Any, Any] = {}
    return list(map(seen.setdefault, cells, cells))


def _lend(
    records: Records,
    headings: Mapping[int, Mapping[str, str]],
    ledger: Ledger,
    numbers: Sequence[int],
    base: date,
) -> None:
    """Fill what a row leaves blank from the headings above it."""
    for name in dict.fromkeys(name for said in headings.values() for name in said):
        if name == PERIOD_TEXT:
            continue
        field, own = ledger[name], records.get(name)
        texts = [
            headings.get(number, {}).get(name) if value is None else None
            for number, value in zip(numbers, own, strict=True)
        ]
        values, _ = parse_column(texts, field, base)
        records.columns[name] = [
            each if value is None else value for each, value in zip(values, own, strict=True)
        ]
        if field.text_in:
            said = records.get(field.text_in)
            records.columns[field.text_in] = [
                text or old for text, old in zip(texts, said, strict=True)
            ]


def _doubts(sheet: Sheet, layout: Layout, place: Place) -> list[Finding]:
    """Rows that were read as records, and say so little that a person should look at them."""
    kind = layout.ledger.label
    return [
        place.finding(
            "row_in_doubt", "warning",
            f"第 {row_no} 行只写了一项内容，按一条{kind}读取；如是标题或说明，请合并单元格或删去",
            row_no=row_no, value=next(filter(None, map(as_text, reversed(cells))), None),
        )
        for number in sorted(layout.doubtful)
        for row_no, cells in [(sheet.first_row + number + 1, sheet.cells[number])]
    ]  # fmt: skip


def _of_told_elsewhere(sheet: Sheet, again: Sequence[int], place: Place) -> list[Finding]:
    """Rows that only point at another row for all that they lay down."""
    return [
        place.finding(
            "row_in_doubt", "info",
            f"第 {row_no} 行的措施、责任和时限都指到别的行，按同一条措施计；如是另一条，请写出措施",
            row_no=row_no,
        )
        for row_no in (sheet.first_row + number + 1 for number in again)
    ]  # fmt: skip


def _reject_anchorless(records: Records, place: Place, ledger: Ledger, rows: Grid) -> None:
    """A row without any of the fields that make it a record goes to the rejects.

    One that says when, whose and how it stands is a record all the same: what is left blank is
    found fault with elsewhere, and a hazard must not vanish over one cell. So is one that says how
    the measure of a plan's number stands: the plan has its words.
    """
    anchors = [records.get(name) for name in ledger.anchors]
    if not all(None in cells for cells in anchors):
        return
    telling = [records.get(field.name) for field in ledger if field.kind in TELLING_KINDS]
    row_nos = records.columns["row_no"]
    unread = {each.row_no for each in records.findings if each.field in ledger.anchors}
    lost = [
        position
        for position, cells in enumerate(zip(*anchors, strict=True))
        if all(cell is None for cell in cells)
        and row_nos[position] not in unread  # something stands there
        and not (ledger.is_item and sum(each[position] is not None for each in telling) >= ENOUGH)
        and not (ledger.is_planned and _is_progress(records, ledger, position))
    ]
    if not lost:
        return
    labels = "、".join(ledger[name].label for name in ledger.anchors)
    reason = f"{labels}都没有填写，无法成为一条{ledger.label}记录，请补填后重新报送"
    numbers = records.columns["row_no"]
    told = {numbers[position]: rows[position] for position in lost}
    records.rejects += [reject(place, row_no, reason, row) for row_no, row in told.items()]
    gone = set(lost)
    gone_rows = {numbers[position] for position in lost}
    records.columns = {
        name: [value for position, value in enumerate(values) if position not in gone]
        for name, values in records.columns.items()
    }
    records.findings = [each for each in records.findings if each.row_no not in gone_rows]


def _is_progress(records: Records, ledger: Ledger, position: int) -> bool:
    """Whether a row says how what a plan lays down under a number of its own stands."""
    numbers = (
        re.fullmatch(field.shape, unicodedata.normalize("NFKC", records.get(name)[position] or ""))
        for name in ledger.key
        if (field := ledger[name]).shape
    )
    progress = (records.get(field.name)[position] for field in ledger if field.role == "progress")
    return any(numbers) and any(each is not None for each in progress)


def _list_kinds(rows: Grid, columns: Sequence[Column]) -> list[str | None]:
    """Which of a plan's two lists each row says it is of, in a column such as 问题类别."""
    spare = [column.index for column in columns if not column.field]
    said = [[as_text(row[index]) or "" for index in spare] for row in rows]
    return [
        next((kind for kind in LIST_KINDS.values() for text in texts if text == kind), None)
        for texts in said
    ]


def _number_measures(
    records: Records,
    sheet: Sheet,
    layout: Layout,
    around: Mapping[int, Mapping[str, str]],
) -> None:
    """One row for each measure, and its numbers; which of the two lists it stands in.

    A cell says so, a heading, else the header, else the name of the sheet or its title.
    """
    columns = records.columns
    title = f"{sheet.name} {layout.title}"
    is_self_check = any(SELF_CHECK in header.path for header in layout.headers) or (
        SELF_CHECK in title and "反馈" not in title
    )
    said = [around.get(row_no - sheet.first_row - 1, {}) for row_no in columns["row_no"]]
    columns["list_kind"] = [each.get("list_kind", LIST_KINDS[is_self_check]) for each in said]
    pieces = split_measures(records.get("sub_measure"))
    if any(len(each) > 1 for each in pieces):
        columns.update(expand(columns, pieces))
        columns["sub_measure"] = [piece for each in pieces for piece in each]
    needed = ("list_kind", "sub_no", "measure", "sub_measure", "manifestation")
    columns.update(number_measures({name: records.get(name) for name in needed}))
