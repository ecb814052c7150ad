"""One unit's half-monthly report as a small table: a row of headers, a row of figures.

«项目 | 检查家次 | 新增隐患 | 已整改» over «本期 | 9 | 3 | 0» is no form of label and value, and no
list of units: a row «累计» beside the first, or «合计» under its parts, is no second report. Whose
it is, of which half month and when it was filled in stand in the lines around, the half month also
in the name of the sheet or the file. The table may lie on its side, its headers in a column, and
may be two, one below the other: 一、检查情况, 二、隐患情况.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from analysis.ingest.cells.dates import plain
from analysis.ingest.cells.periods import DAYS, HALF_MONTH, PERIOD_HEADER
from analysis.ingest.cells.values import EMPTY
from analysis.ingest.files.sheets import Grid, Sheet
from analysis.ingest.headers.vocabulary import Header, Vocabulary, normalise, read_headers
from analysis.ingest.tables.layout import Layout
from analysis.ingest.tables.records import OFFICE_NAME
from analysis.ingest.tables.rows import RowKind, folded
from analysis.ledgers.half_month import HALF_MONTH as REPORT
from analysis.wording.units import is_office

#: No such table is longer; so many figures make one, and so many rows may its header have.
LONGEST, FEWEST_FIGURES, TALLEST = 30, 2, 2
#: How a row of the half month itself is called, and one of another time.
OF_THE_TIME = re.compile(
    r"^(?:本半月|本期|当期|本次|本阶段|\d{1,2}月份?[上下]半月)(?!.*累计)|^(?:数量|数据|数值|数字|完成情况|填报数)$"
)
OF_ANOTHER = re.compile(
    r"累计|至今|截[至止]|以来|上期|上次|上半年|全年|去年|上年|同期|同比|环比|增减|上月|总数|存量|历史"
)
IN_ALL = re.compile(r"^(?:\d+(?:\.0)?\s)?[合总小共]\s*计$")
#: What heads the parts of one unit, be they firms: 下属企业/项目, 科室, 片区.
PARTS = re.compile(r"下[属辖]|所[属辖]|内设|二级|项目|[科股]室|部门|片区|网格|场馆|分公司|门店|村")
#: «10月上半月安全检查情况»: a report that does not call itself one; no list, no circular.
CALLED = re.compile(r"半月[^,，。；;:：|\d\s]{0,10}?(?:报(?!送)|情况|小结|总结|统计|汇报)")
OTHERS = re.compile(r"通知|通报|要求|模板|样表|样式|须知|方案|办法|制度|名录|名单|台账|清单|汇总")
#: How the names of units end with which a title begins.
_BODIES = "局|委|办|部|办公室|委员会|管委会|大队|支队|中心|政府|街道|镇|乡|公司"
NUMBERED = re.compile(r"^\d{1,3}(?:\.0)?\s")
FIGURE = re.compile(r"^\d{1,6}(?:\.0+)?\s*(?:家次|人次|户次|[家户条处项个起件次人])?$")
#: Labels of whose paper it is, and of the day on which it was filled in.
SENDER = re.compile(r"^(?:填报|报送|上报|报告|填表)(?:单位|部门)$")
FILLED_IN = re.compile(
    r"(?:填报|填表|报送|上报|制表)(?:时间|日期)\s*[:：]?\s*(\d[\d年月日./-]{2,11})"
)
#: «填报单位（盖章）：县甲局», «县甲局2023年10月上半月半月报».
SAID_BY = re.compile(
    r"(?:填报|报送|上报|报告|填表)(?:单位|部门)(?:[(（][^()（）]*[)）])?\s*[:：]\s*([^\s:：(（]{2,28})"
)
TITLED = re.compile(
    rf"^[\W\d_]*([\u4e00-\u9fff]{{1,26}}?(?:{_BODIES}))"
    r"(?=关于|\d|半月|[上下]半月|文化|文旅|旅游|安全|重大|隐患|工作)"
)
SIGNATURE = re.compile(r"[\u4e00-\u9fff]{3,26}")
#: The columns that are put beside those of the table.
UNIT, SPAN, DAY = "填报单位", "统计时段", "报送日期"
#: What they say; the table's own column of it counts before the lines around.
FIELDS = {UNIT: "unit", SPAN: "period_start", DAY: "submitted_on"}


@dataclass(frozen=True, slots=True)
class _Found:
    """Where the header is, the columns of figures, and the kinds of the rows below."""

    top: int
    height: int
    figures: frozenset[int]
    headers: list[Header]


def one_report(sheet: Sheet, file_name: str, vocabulary: Vocabulary) -> tuple[Sheet, Layout] | None:
    """The sheet with half month and day beside its row, and its layout; None where it is no such.

    ``file_name`` is without its folders: that of the day of receipt is no half month.
    """
    is_other = bool(vocabulary.only) and vocabulary.only != REPORT.name
    if not sheet.cells or len(sheet.cells) > LONGEST or sheet.joined_from or is_other:
        return None
    titles = _titles(sheet, file_name)
    is_called = any(word in text for text in titles for word in REPORT.said_in_title)
    if not is_called and not any(CALLED.search(t) and not OTHERS.search(t) for t in titles):
        return None
    return _lying(sheet, file_name, vocabulary) or _on_its_side(sheet, file_name, vocabulary)


def _titles(sheet: Sheet, file_name: str) -> list[str]:
    """What may call it a report: the names, and what stands above the first figure."""
    lines = [sheet.above, sheet.name, file_name]
    for row in sheet.cells:
        if any(isinstance(cell, int | float) for cell in row):
            break
        lines += map(folded, row)
    return lines


def _lying(sheet: Sheet, file_name: str, vocabulary: Vocabulary) -> tuple[Sheet, Layout] | None:
    tops = [*_headers(sheet, vocabulary)]
    headers = [n for n in tops if n.top == tops[0].top or not _is_of_another(sheet, n.top)]
    whole = (each for each in headers if len(each.figures) >= FEWEST_FIGURES)
    found = max(whole, key=lambda each: (len(each.figures), -each.height), default=None)
    if found is None:
        return None
    body = found.top + found.height
    end = min((each.top for each in tops if each.top >= body), default=len(sheet.cells))
    rows = [n for n in range(body, end) if _has_figures(sheet.cells[n], found)]
    title = [sheet.above, *(text for cells in sheet.cells[: found.top] for text in _lines(cells))]
    are_parts = _are_parts(found, title, vocabulary)
    labels = {n: _label(sheet.cells[n], found) for n in rows}
    row = _row_of_the_time(labels, are_parts)
    if row is not None and IN_ALL.match(labels[row]):
        parts = [n for n in rows if n != row and not OF_ANOTHER.search(labels[n])]
        row = row if not parts or _adds_up(sheet, found, row, parts) else None
    if row is None and (row := _of_all_parts(sheet, found, labels)):
        found = _without_parts(found)
    if row is None or not _are_figures(sheet.cells[row], found):
        return None
    around = [n for n in range(len(sheet.cells)) if n not in {*range(found.top, body), *rows}]
    kinds = [RowKind.BLANK if not any(map(folded, row)) else RowKind.TITLE for row in sheet.cells]
    kinds[found.top : body] = [RowKind.HEADER] * found.height
    for n in around:
        if n >= body and kinds[n] is RowKind.TITLE:
            kinds[n] = RowKind.NOTE
    for n in rows:
        kinds[n] = RowKind.DATA if n == row else RowKind.TOTAL
    said = [(n < body, _lines(sheet.cells[n])) for n in around]
    wide, more = _with_others(sheet, row, found, headers, vocabulary)
    return _as_table(wide, row, [*found.headers, *more], kinds, said, file_name, vocabulary)


def _with_others(
    sheet: Sheet, row: int, found: _Found, headers: Sequence[_Found], vocabulary: Vocabulary
) -> tuple[Sheet, list[Header]]:
    """The sheet with the figures of its other tables beside those of the first, and their headers.

    What is counted in the first already is of another time in the others.
    """
    names = {name for n in found.figures for name in _counted(found.headers[n], vocabulary)}
    values, more = [], []
    for other in headers:
        body = other.top + other.height
        is_apart = other.top > row or body < found.top
        if not is_apart or not _has_figures(sheet.cells[body], other):
            continue
        for n in sorted(other.figures):
            if names.isdisjoint(mine := _counted(other.headers[n], vocabulary)):
                names |= mine
                values.append(sheet.cells[body][n])
                more.append(other.headers[n])
    if not values:
        return sheet, []
    empty = [""] * len(values)
    cells = [[*each, *(values if n == row else empty)] for n, each in enumerate(sheet.cells)]
    return replace(sheet, cells=cells, joined_from=len(sheet.cells[0])), more


def _is_of_another(sheet: Sheet, top: int) -> bool:
    """Whether the line above a header says that its table is of another time."""
    said = set(map(folded, sheet.cells[top - 1])) - {""} if top else set()
    return len(said) == 1 and bool(OF_ANOTHER.search(said.pop()))


def _counted(header: Header, vocabulary: Vocabulary) -> set[str]:
    """The figures that a header may head."""
    return {f.name for f in vocabulary.candidates(REPORT, header) if f.kind == "integer"}


def _headers(sheet: Sheet, vocabulary: Vocabulary) -> Iterator[_Found]:
    """Every row or two that may be the header: names of figures, and no list of units."""
    for top in range(len(sheet.cells) - 1):
        for height in range(1, min(TALLEST, len(sheet.cells) - top - 1) + 1):
            rows = sheet.filled[top : top + height]
            if not all(map(_may_head, rows)):
                break
            headers = read_headers(rows)
            figures = _figures(headers, vocabulary)
            if figures and not (height > 1 and _is_of_the_paper(sheet.cells[top])):
                yield _Found(top, height, figures, headers)


def _may_head(row: Sequence[Any]) -> bool:
    texts = set(filter(None, map(folded, row)))
    return len(texts) >= FEWEST_FIGURES and not any(map(FIGURE.match, texts))


def _is_of_the_paper(row: Sequence[Any]) -> bool:
    """Whether a row says whose paper it is, or of which time: it is above the header."""
    texts = [normalise(cell) for cell in row if folded(cell)]
    return any(SENDER.match(text) or PERIOD_HEADER.search(text) for text in texts)


def _figures(headers: Sequence[Header], vocabulary: Vocabulary) -> frozenset[int]:
    return frozenset(
        n for n, header in enumerate(headers) if header.path and _counted(header, vocabulary)
    )


def _has_figures(row: Sequence[Any], found: _Found) -> bool:
    return any(FIGURE.match(folded(row[n])) for n in found.figures)


def _are_figures(row: Sequence[Any], found: _Found) -> bool:
    """Whether most of what stands under the names of figures is one, and two are: what a clerk
    adds in words, «6家（其中重点2家）», is told of its cell.
    """
    texts = [folded(row[n]) for n in found.figures]
    said = [text for text in texts if text not in EMPTY]
    figures = sum(bool(FIGURE.match(text)) for text in said)
    return figures >= FEWEST_FIGURES and 2 * figures > len(said)


def _label(row: Sequence[Any], found: _Found) -> str:
    """What a row is called, in front of its first figure."""
    return " ".join(filter(None, map(folded, row[: min(found.figures)])))


def _are_parts(found: _Found, title: Sequence[str], vocabulary: Vocabulary) -> bool | None:
    """Whether the rows are parts of one report, its townships or kinds of places; False where each
    is of a unit, None where neither header nor title tell.
    """
    before = found.headers[: min(found.figures)]
    fields = (f for header in before if header.path for f in vocabulary.candidates(REPORT, header))
    if any(field.name == "unit" for field in fields):
        return False
    unit = _unit(title)
    return True if unit and OFFICE_NAME not in unit else None


def _row_of_the_time(labels: dict[int, str], are_parts: bool | None) -> int | None:
    """The one row that tells of the half month; None where several may."""
    mine = [n for n, label in labels.items() if OF_THE_TIME.search(label)]
    if not mine:
        mine = [n for n, label in labels.items() if not OF_ANOTHER.search(label)]
        if are_parts is None:
            are_parts = not any(_is_of_one_of_several(labels[n]) for n in mine)
        if len(mine) > 1 and are_parts:
            mine = [n for n in mine if IN_ALL.match(labels[n])]
    return mine[0] if len(mine) == 1 else None


def _of_all_parts(sheet: Sheet, found: _Found, labels: dict[int, str]) -> int | None:
    """The row of sums under the parts of one unit, each figure of which is that of its parts."""
    names = [header.path for header in found.headers[: min(found.figures)]]
    sums = [n for n, label in labels.items() if IN_ALL.match(label)]
    if len(sums) != 1 or len(labels) == 1 or not any(map(PARTS.search, names)):
        return None
    (last,) = sums
    return last if _adds_up(sheet, found, last, [n for n in labels if n != last]) else None


def _adds_up(sheet: Sheet, found: _Found, last: int, parts: Sequence[int]) -> bool:
    """Whether the figures of a row of sums are those of its parts, as far as it has any."""

    def number(row: int, column: int) -> int | None:
        match = re.match(r"\d+", folded(sheet.cells[row][column]))
        return int(match.group()) if match else None

    totals = {c: total for c in found.figures if (total := number(last, c)) is not None}
    return all(total == sum(number(n, c) or 0 for n in parts) for c, total in totals.items())


def _without_parts(found: _Found) -> _Found:
    """A table of parts whose columns in front of the figures say nothing: 科室 is no unit."""
    first = min(found.figures)
    headers = [Header("", "", "") if n < first else each for n, each in enumerate(found.headers)]
    return replace(found, headers=headers)


def _is_of_one_of_several(label: str) -> bool:
    """Whether a row is of one unit of a list: it is numbered, or a unit stands in front."""
    return bool(NUMBERED.match(label)) or any(map(is_office, label.split()))


def _on_its_side(
    sheet: Sheet, file_name: str, vocabulary: Vocabulary
) -> tuple[Sheet, Layout] | None:
    """A table whose first column names the figures, under «项目 | 本期 | 累计»."""
    for top, row in enumerate(sheet.cells):
        texts = list(map(folded, row))
        columns = [n for n, text in enumerate(texts) if n and OF_THE_TIME.search(text)]
        if len(columns) != 1 or any(map(FIGURE.match, texts)):
            continue
        column = columns[0]
        rows = [
            n
            for n in range(top + 1, len(sheet.cells))
            if FIGURE.match(folded(sheet.cells[n][column]))
        ]
        # 序号 | 指标 | 单位 | 数值: the names stand in whichever column has most of them.
        named = max(
            ({n: read_headers([[sheet.cells[n][at]]])[0] for n in rows} for at in range(column)),
            key=lambda names: len(_figures(list(names.values()), vocabulary)),
        )
        if len(_figures(list(named.values()), vocabulary)) >= FEWEST_FIGURES:
            return _turned(sheet, top, column, named, file_name, vocabulary)
    return None


def _turned(
    sheet: Sheet,
    top: int,
    column: int,
    named: dict[int, Header],
    file_name: str,
    vocabulary: Vocabulary,
) -> tuple[Sheet, Layout]:
    """The figures of a column as one row, which stands in that of the first of them."""
    row = next(iter(named))
    kinds = [RowKind.FORM if any(map(folded, cells)) else RowKind.BLANK for cells in sheet.cells]
    kinds[row] = RowKind.DATA
    values = [sheet.cells[n][column] for n in named]
    empty: list[Any] = [""] * len(named)
    cells = [values if n == row else empty for n in range(len(sheet.cells))]
    said = [(n < top, _lines(c)) for n, c in enumerate(sheet.cells) if n != top and n not in named]
    turned = Sheet(
        sheet.name, [list(each) for each in cells], first_row=sheet.first_row,
        is_hidden=sheet.is_hidden, is_document=sheet.is_document, remarks=sheet.remarks,
        notes=sheet.notes, is_from_1904=sheet.is_from_1904, above=sheet.above,
    )  # fmt: skip
    return _as_table(turned, row, list(named.values()), kinds, said, file_name, vocabulary)


def _lines(row: Sequence[Any]) -> list[str]:
    """The texts of a row, a label that stands beside its value put in front of it."""
    said: list[str] = []
    for text in dict.fromkeys(filter(None, map(folded, row))):
        word = normalise(said[-1]) if said else ""
        if said and (SENDER.match(word) or PERIOD_HEADER.fullmatch(word)) and ":" not in said[-1]:
            said[-1] += f"：{text}"
        else:
            said.append(text)
    return said


def _as_table(
    sheet: Sheet,
    row: int,
    headers: list[Header],
    kinds: list[RowKind],
    said: Sequence[tuple[bool, Sequence[str]]],
    file_name: str,
    vocabulary: Vocabulary,
) -> tuple[Sheet, Layout]:
    """The table with what the lines around say of its row in columns of its own.

    ``said`` are the texts of each line, and whether it stands above the table.
    """
    lines = [text for _, texts in said for text in texts]
    above = [text for is_above, texts in said if is_above for text in texts]
    title = " ".join(dict.fromkeys(filter(None, [sheet.above, *above])))
    day = FILLED_IN.search(" ".join(lines))
    names = [sheet.above, sheet.name, file_name]
    unit = _unit([*lines, *names])
    told = {UNIT: unit, SPAN: span_of(lines, names), DAY: day and day.group(1)}
    claimed = {each.name for header in headers for each in vocabulary.candidates(REPORT, header)}
    if any(PERIOD_HEADER.search(header.path) for header in headers):
        claimed.add(FIELDS[SPAN])
    more = {name: text for name, text in told.items() if text and FIELDS[name] not in claimed}
    cells: Grid = [
        [*each, *(more.values() if n == row else [""] * len(more))]
        for n, each in enumerate(sheet.cells)
    ]
    width = sheet.joined_from or len(sheet.cells[0])
    wide = replace(sheet, cells=cells, joined_from=width if more else sheet.joined_from)
    beside = [Header(name, name, "") for name in more]
    return wide, Layout(REPORT, [*headers, *beside], kinds, title)


def _unit(texts: Sequence[str]) -> str:
    """Whose report it is: behind a label, else where a title or the file's name begins with it,
    else a line that is nothing but an office's name: a signature.
    """
    for pattern in (SAID_BY, TITLED):
        if match := next(filter(None, map(pattern.search, texts)), None):
            return match.group(1)
    return next((text for text in texts if SIGNATURE.fullmatch(text) and is_office(text)), "")


def span_of(lines: Iterable[str], names: Iterable[str]) -> str:
    """The words that name the half month: behind a label, else in a line, else in a name."""
    ordered = sorted(lines, key=lambda text: not PERIOD_HEADER.search(text))
    spans = (match for text in ordered if (match := _named(text)))
    return next(spans, "") or next(filter(None, map(_exactly, names)), "")


def _named(text: str) -> str:
    match = HALF_MONTH.search(plain(text)) or DAYS.search(plain(text))
    return match.group() if match else ""


def _exactly(text: str) -> str:
    """A half month that a name says: «2-3» in it may be anything."""
    said = plain(text)
    if match := HALF_MONTH.search(said):
        return match.group()
    for match in DAYS.finditer(said):
        _, month, first, _, last_month, last = match.groups()
        is_half = (int(first), int(last)) == (1, 15) or (int(first) == 16 and int(last) >= 28)
        if is_half and last_month in {None, month}:
            return match.group()
    return ""
