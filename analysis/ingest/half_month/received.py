"""The office's own list of who reported on a half month and when → a report for each unit.

Some units report on paper alone: that they did, and on which day, stands nowhere but in the
office's «2023年10月下半月半月报报送情况汇总». A unit beside 未报, or beside no day, has not
reported. A list with the units' figures is no such list: it is read as their reports, as ever.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from analysis.ingest.cells.dates import plain
from analysis.ingest.cells.periods import PERIOD_HEADER
from analysis.ingest.cells.values import EMPTY
from analysis.ingest.files.sheets import Note, Sheet
from analysis.ingest.headers.vocabulary import Header, Vocabulary, normalise, read_headers
from analysis.ingest.tables.layout import Layout
from analysis.ingest.tables.records import OFFICE_NAME
from analysis.ingest.tables.rows import TOTAL, RowKind, folded
from analysis.ingest.tables.shapes.one_report import span_of
from analysis.ledgers.half_month import HALF_MONTH as REPORT

#: No county has more units.
LONGEST = 120
CALLED = re.compile(
    r"半月.*(?:(?:报送|上报|收报|收文|收件|签收|接收|收到)[^,，。]{0,6}(?:情况|统计|登记|记录|一览|表)"
    r"|收报|签收|登记表|汇总)"
)
OTHERS = re.compile(r"通知|通报|要求|模板|样表|样式|须知|办法|制度|方案")
#: Titles of who has not reported; a bare 日期 there is that of the reminder.
OF_THE_MISSING = re.compile(r"[未漏欠缺催](?:按[时期])?报")
UNIT = re.compile(r"^(?:报送|上报|填报|成员|应报)?单位(?:名称)?$")
_SENT = "报送|上报|收到|收文|收件|签收|接收|提交|报告|实报|实际报送"
BARE_DAY = re.compile(r"日期|时间")
DAY = re.compile(rf"^(?:{_SENT})(?:日期|时间|日)$|^(?:{BARE_DAY.pattern})$")
STATE = re.compile(
    r"^(?:报送|上报|完成|收报)?(?:情况|情形|状态|与否)$|^是否(?:已|按时|按期)?(?:报送|上报)$"
)
OF_TIME = re.compile(r"按[时期]")
NOT_SENT = re.compile(r"^\W*(?:未|没有?|尚未|暂未|缺|漏|否)(?!按[时期])")
SENT = re.compile(r"^(?:是|已|按[时期]|[迟补]报|纸质|电子|√)")
A_DAY = re.compile(r"(?:\d{4}[年./-])?\d{1,2}[月./-]\d{1,2}日?")
#: How the columns by which the list is read are called, and those that would be read for others.
UNIT_NAMED, SPAN_NAMED, DAY_NAMED = "填报单位", "统计时段", "报送日期"
LEFT_OVER = "办公室登记"


@dataclass(frozen=True, slots=True)
class _Found:
    """Where the header is, and in which columns the unit, the day, and whether it reported."""

    top: int
    unit: int
    day: int | None
    state: int | None
    span: int | None
    #: Whether the state is that of its time alone: 否 under 是否按时报送 is late.
    is_of_time: bool
    #: Other units beside the first of a row.
    others: list[int]
    #: Whether a header says that its day is that of a report: 报送日期, not 日期.
    says_sent: bool
    headers: list[Header]


def read_received(
    sheet: Sheet, file_name: str, vocabulary: Vocabulary
) -> tuple[Sheet, Layout] | None:
    """The list with unit, half month and day in columns of their own; None where it is none.

    ``file_name`` is without its folders. A row of a unit that has not reported is a note.
    """
    is_other = bool(vocabulary.only) and vocabulary.only != REPORT.name
    if is_other or sheet.joined_from or len(sheet.cells) > LONGEST:
        return None
    found = _found(sheet, vocabulary)
    if found is None:
        return None
    above = [text for row in sheet.cells[: found.top] for text in map(folded, row) if text]
    titles = [sheet.above, *above, sheet.name, file_name]
    span = span_of(above, [sheet.above, sheet.name, file_name])
    is_called_so = any(CALLED.search(text) for text in titles)
    if not span or not is_called_so or any(map(OTHERS.search, titles)):
        return None
    if not found.says_sent and any(map(OF_THE_MISSING.search, titles)):
        return None
    days = dict(_days(sheet, found))
    if not days:
        return None
    kinds = [RowKind.TITLE] * found.top + [RowKind.HEADER]
    kinds += [
        RowKind.DATA if n in days else RowKind.NOTE for n in range(found.top + 1, len(sheet.cells))
    ]
    title = " ".join(filter(None, [sheet.above, *above]))
    wide, headers = _with_columns(sheet, found, days, span, vocabulary)
    told = (*_without_day(sheet, found, days), *_beside(sheet, found))
    wide = replace(wide, notes=(*sheet.notes, *told))
    return wide, Layout(REPORT, headers, kinds, title)


def _found(sheet: Sheet, vocabulary: Vocabulary) -> _Found | None:
    for top, row in enumerate(sheet.filled):
        words = {n: normalise(cell) for n, cell in enumerate(row) if folded(cell)}
        unit = _first(UNIT, words)
        day, state = _first(DAY, words), _first(STATE, words)
        if unit is None or (day is None and state is None):
            continue
        headers = read_headers([row])
        fields = (each for head in headers for each in vocabulary.candidates(REPORT, head))
        if any(each.kind == "integer" for each in fields):
            return None
        others = [n for n, word in words.items() if n > unit and UNIT.search(word)]
        is_of_time = state is not None and bool(OF_TIME.search(words[state]))
        span = _first(PERIOD_HEADER, words)
        says_sent = state is not None or day is None or not BARE_DAY.fullmatch(words[day])
        return _Found(top, unit, day, state, span, is_of_time, others, says_sent, headers)
    return None


def _first(pattern: re.Pattern[str], words: Mapping[int, str]) -> int | None:
    return next((n for n, word in words.items() if pattern.search(word)), None)


def _days(sheet: Sheet, found: _Found) -> Iterator[tuple[int, Any]]:
    """The rows of units that have reported, and the day of each as its cell has it."""
    for n in range(found.top + 1, len(sheet.cells)):
        row = sheet.filled[n]
        said = [row[column] for column in (found.day, found.state) if column is not None]
        asked = (found.day,) if found.is_of_time else (found.day, found.state)
        is_none = any(
            NOT_SENT.search(folded(row[column])) for column in asked if column is not None
        )
        if not _is_unit(row[found.unit]) or is_none:
            continue
        day = next(filter(None, map(_day, said)), None)
        if day:
            yield n, day


def _is_unit(cell: Any) -> bool:
    """Whether a row is of a unit that owes reports: no total, no header again, not the office."""
    unit = folded(cell)
    is_other = OFFICE_NAME in unit or TOTAL.match(unit) or UNIT.search(normalise(unit))
    return bool(unit) and not is_other


def _without_day(sheet: Sheet, found: _Found, days: Mapping[int, Any]) -> Iterator[Note]:
    """What is to be told of rows that say 已报, or 上午 in the place of a day, and not when."""
    for n in range(found.top + 1, len(sheet.cells)):
        row = sheet.filled[n]
        if n in days or not _is_unit(row[found.unit]):
            continue
        cells = {c: folded(row[c]) for c in (found.state, found.day) if c is not None}
        if any(map(NOT_SENT.search, cells.values())):
            continue
        for column, said in cells.items():
            if said not in EMPTY and (column == found.day or SENT.search(said)):
                message = f"写着“{said}”，读不出是哪一天报送的，没有作为报送读取；请写报送的日期"
                yield Note(n, column, "unreadable", "warning", message, said)
                break


def _beside(sheet: Sheet, found: _Found) -> Iterator[Note]:
    """What is to be told of units that stand beside another one."""
    for n in range(found.top + 1, len(sheet.cells)):
        for column in found.others:
            if _is_unit(unit := folded(sheet.filled[n][column])):
                message = f"“{unit}”与别的单位并排在一行，没有读取；请每行只写一个单位"
                yield Note(n, column, "unreadable", "warning", message, unit)


def _day(cell: Any) -> Any:
    if isinstance(cell, date):
        return cell
    days = set(A_DAY.findall(plain(folded(cell))))  # of two the office tells which counts
    return days.pop() if len(days) == 1 else None


def _with_columns(
    sheet: Sheet, found: _Found, days: Mapping[int, Any], span: str, vocabulary: Vocabulary
) -> tuple[Sheet, list[Header]]:
    """The sheet with the half month beside it, and its headers in the words of reports."""
    width = len(sheet.cells[0])
    day = width + 1 if found.day is None else found.day
    named = {found.unit: UNIT_NAMED, width: SPAN_NAMED, day: DAY_NAMED}
    headers = [
        Header(named[n], named[n], "") if n in named else _of_its_own(header, vocabulary)
        for n, header in enumerate(
            [*found.headers, *[Header("", "", "")] * (max(named) - width + 1)]
        )
    ]
    cells = []
    for n, row in enumerate(sheet.cells):
        wide = [*row, *[""] * (len(headers) - width)]
        if n in days:
            own = folded(sheet.filled[n][found.span]) if found.span is not None else ""
            wide[found.unit], wide[day] = sheet.filled[n][found.unit], days[n]
            wide[width] = span_of([own], []) or span
        cells.append(wide)
    return replace(sheet, cells=cells, joined_from=width), headers


def _of_its_own(header: Header, vocabulary: Vocabulary) -> Header:
    """A header of what the office notes: «报送情况» beside a unit is no progress of its work."""
    if header.path and vocabulary.candidates(REPORT, header):
        return Header(LEFT_OVER, LEFT_OVER, "")
    return header
