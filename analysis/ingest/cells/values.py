"""Cells → typed values: one parser a kind, each distinct cell parsed once."""

import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any

from analysis.ingest.cells.changes import MOST_PLACES, amount, says_no_base, shown
from analysis.ingest.cells.codes.choices import read_boolean, read_code
from analysis.ingest.cells.dates import (
    CENTURY,
    Column,
    DoubtError,
    NoSuchDayError,
    Noted,
    Order,
    UnreadableError,
    ahead,
    chinese_number,
    days_of_years,
    from_serial,
    month_and_day,
    order_of,
    parse_date,
)
from analysis.ingest.cells.deadlines import Clause, parse_clause
from analysis.ingest.cells.lunar import OFFICE_DAYS
from analysis.ledgers import Field
from analysis.ledgers.codes import FINISHED, RECT_TYPE, STATUS
from analysis.ledgers.fields import Kind
from analysis.wording.units import without_blanks

#: What units write into a cell that has nothing to say.
EMPTY = frozenset(
    {"", "-", "--", "—", "——", "/", "\\", "无", "N/A", "n/a", "NA", "暂无", "\\N", "null"}
)
#: What a spreadsheet shows where a formula has failed, or a column is too narrow.
ERRORS = frozenset(
    {"#N/A", "#REF!", "#NAME?", "#DIV/0!", "#VALUE!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!",
     "#FIELD!", "#BLOCKED!", "#CONNECT!", "#BUSY!", "#UNKNOWN!", "#GETTING_DATA", "#EXTERNAL!"}
    | {f"Err:{number}" for number in range(501, 540)}
    | {"#" * number for number in range(3, 60)}
)  # fmt: skip
ERROR_MESSAGE = "是公式出错或没有算出的结果，不是内容；请改正公式，或直接填写内容"
#: Distinct cells of one kind of column that are remembered from file to file.
REMEMBERED = 5_000
#: No count or amount in these ledgers comes near it; what is not smaller is a slip.
LARGEST = 1e12

NUMBER = re.compile(
    r"^(约|大约|近|共|共计|合计|总计|不足|不到|超过|逾)?(?:人民币|¥|￥|RMB)?"
    r"([-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+|[零一二两三四五六七八九十百千]+)"
    r"(余|多|来)?(十万|百万|千万|万|千|百|亿)?(余|多)?"
    r"(元|起|人次|人|条|项|处|家次|家|次|份|天|日|%|个|场|名|户|件|例|宗|批|支|座|台|套|具|间|所|辆|期)?"
    r"(整|左右|上下|余|多|以上|以内)?$"
)
SCALE = {"亿": 1e8, "千万": 1e7, "百万": 1e6, "十万": 1e5, "万": 1e4, "千": 1e3, "百": 1e2}
ABOUT = frozenset(
    {"约", "大约", "近", "不足", "不到", "超过", "逾", "左右", "上下", "余", "多", "以上", "以内"}
)
#: By what else than its own unit a column may be counted, where that is not all one.
OWN_MEASURES = {
    "万元": {"元"},
    "人": {"人", "名", "个"},
    "起": {"起", "件", "例", "宗", "次", "个"},
}
#: How most deadlines are written; the grammar of clauses is for the others.
PLAIN_DEADLINE = re.compile(
    r"^\s*(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})[日号]?(?:之?前|止)?(?:完成)?[。]?\s*$"
)
#: Status words in a date column that say no more than «there is no day».
NO_DAY = frozenset(
    word for word, value in STATUS.words.items() if value in {"not_started", "in_progress"}
) - {"限期整改", "限时整改", "0", "0%"}


@dataclass(frozen=True, slots=True)
class Problem:
    """One cell that needs a word: its position in the column, its text, what is wrong.

    ``is_unread`` says that nothing was read from it; otherwise the value stands with a remark.
    """

    position: int
    text: str
    message: str
    rule: str = "unreadable"
    is_unread: bool = True


def parse_column(
    cells: Sequence[Any],
    field: Field,
    base: date,
    header_unit: str = "",
    number_format: Callable[[int], str] | None = None,
) -> tuple[list[Any], list[Problem]]:
    """Read one column; an unreadable cell becomes None and a problem, never a lost row.

    ``base`` is the day of the submission; ``header_unit`` the unit in the header's brackets;
    ``number_format`` gives the format of the cell at a position, asked for only where a number
    stands for a day or a percentage.
    """
    if field.kind in {"text", "json"}:
        return _texts(cells)
    types = set(map(type, cells))
    if field.kind == "number" and field.unit != "%" and types <= {int, float, str}:
        numbers = _bare_numbers(cells, field.unit, header_unit)
        if numbers is not None:
            return numbers, []
    order = order_of(cells) if field.kind in {"date", "deadline"} and str in types else None
    parse = _parser(field, base, header_unit, order)
    formats = formats_of(cells, field, number_format)
    if formats:
        keys, read = _read_each_once(
            list(zip(cells, formats, strict=True)), lambda pair: _attempt(parse, *pair)
        )
    else:
        keys, read = _read_each_once(
            cells,
            lambda cell: _attempt(parse, cell, ""),
            _readings(field, base, header_unit, order),
        )
    remarks = {key: rest for key, (_, *rest) in read.items() if rest[0]}
    problems = [
        Problem(position, as_text(cells[position]) or "", *remarks[key])
        for position, key in enumerate(keys if remarks else ())
        if key in remarks
    ]
    values = {key: value for key, (value, *_) in read.items()}
    return list(map(values.__getitem__, keys)), problems


def use_office_days(rest: Iterable[date], work: Iterable[date]) -> None:
    """Count working days by what an office has added to the calendar, from now on.

    A process reads for one office at a time. What was read by another calendar is forgotten.
    """
    days = {**dict.fromkeys(rest, False), **dict.fromkeys(work, True)}
    if days != OFFICE_DAYS:
        OFFICE_DAYS.clear()
        OFFICE_DAYS.update(days)
        parse_clause.cache_clear()
        _readings.cache_clear()


def formats_of(
    cells: Sequence[Any], field: Field, number_format: Callable[[int], str] | None
) -> list[str]:
    """The formats of a column's cells, "" where a cell's says nothing; none at all where no
    cell of it needs one: for a number may be a month and a day, 9.30, or a share, 0.05.
    """
    is_share = field.unit == "%"
    if number_format is None or not (is_share or field.kind in {"date", "deadline"}):
        return []
    asks = [_is_number(cell) if is_share else _is_small(cell) for cell in cells]
    if not any(asks):
        return []
    return [number_format(n) if ask else "" for n, ask in enumerate(asks)]


def _bare_numbers(
    cells: Sequence[int | float | str], unit: str, header_unit: str
) -> list[float | None] | None:
    """A column of nothing but numbers and blanks; None where any cell asks for a closer look."""
    if not {cell for cell in cells if type(cell) is str} <= {""}:
        return None
    numbers = [None if cell == "" else float(cell) for cell in cells]
    if not all(number is None or 0 <= number < LARGEST for number in numbers):
        return None
    if unit == "万元" and header_unit == "元":
        return [None if number is None else number / 10_000 for number in numbers]
    return numbers


@lru_cache(maxsize=256)
def _readings(field: Field, base: date, header_unit: str, order: Order) -> dict[Any, Any]:
    """What cells of such columns were read as in the files before: ledgers say the same again."""
    return {}


def _read_each_once(
    cells: Sequence[Any], read: Callable[[Any], Any], known: dict[Any, Any] | None = None
) -> tuple[Sequence[Any], dict[Any, Any]]:
    """A key for each cell, and what each distinct one is read as.

    ``known`` is what was read before, and is added to while it is small. 1 and True are equal
    and not the same; only where a column mixes them does the type count.
    """
    if bool in set(map(type, cells)):
        keys = [(type(cell), cell) for cell in cells]
        return keys, {key: read(key[1]) for key in set(keys)}
    distinct = set(cells)
    if known is None or len(known) + len(distinct) > REMEMBERED:
        return cells, {cell: read(cell) for cell in distinct}
    for cell in distinct - known.keys():
        known[cell] = read(cell)
    return cells, {cell: known[cell] for cell in distinct}


def texts_of(cells: Sequence[Any]) -> list[str | None]:
    """Cells as a person reads them; a column of nothing but text goes the short way."""
    return _each_read(cells, as_text, {""})


def _texts(cells: Sequence[Any]) -> tuple[list[str | None], list[Problem]]:
    """Texts as they stand; what a formula failed to give is none."""
    texts = _each_read(cells, _clean, EMPTY)
    if ERRORS.isdisjoint(texts):
        return texts, []
    failed = [position for position, text in enumerate(texts) if text in ERRORS]
    problems = [Problem(n, texts[n] or "", ERROR_MESSAGE) for n in failed]
    for position in failed:
        texts[position] = None
    return texts, problems


def _each_read(
    cells: Sequence[Any], read: Callable[[Any], str | None], empty: Set[str]
) -> list[str | None]:
    """What ``read`` makes of each cell; text is only stripped, and None where it says nothing."""
    if set(map(type, cells)) == {str}:
        texts: list[str | None] = list(map(str.strip, cells))
        if empty.isdisjoint(texts):
            return texts
        return [None if text in empty else text for text in texts]
    keys, known = _read_each_once(cells, read)
    return list(map(known.__getitem__, keys))


def _is_small(cell: Any) -> bool:
    """Whether a number may be a month and a day, 9.30."""
    return type(cell) is float and cell < 13


def _is_number(cell: Any) -> bool:
    return type(cell) in {int, float} and math.isfinite(cell)


def _clean(cell: Any) -> str | None:
    text = as_text(cell)
    return None if text in EMPTY else text


def as_text(cell: Any) -> str | None:
    """A cell as a person reads it: no “.0” behind whole numbers, dates as 2023-10-15."""
    if type(cell) is str:
        return cell.strip() or None
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return None
    if isinstance(cell, datetime) and cell.time() == time():
        cell = cell.date()
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = str(cell).strip()
    return text or None


def _parser(field: Field, base: date, header_unit: str, order: Order) -> Callable[[Any, str], Any]:
    column = Column(base, order, field.name)
    parsers: Mapping[Kind, Callable[[Any, str], Any]] = {
        "unit": lambda cell, _: _unit(cell),
        "date": lambda cell, look: _event(cell, column, look),
        "deadline": lambda cell, look: _deadline(cell, column, look),
        "integer": lambda cell, _: _integer(cell, field.unit),
        "number": lambda cell, look: (
            None
            if field.unit == "%" and isinstance(cell, str) and says_no_base(cell)
            else _number(cell, field.unit, header_unit, look)
        ),
        "boolean": lambda cell, _: _boolean(cell),
        "code": lambda cell, _: _code(cell, field, header_unit),
    }
    return parsers[field.kind]


def _says_nothing(cell: Any) -> bool:
    if isinstance(cell, str):
        return cell.strip() in EMPTY
    return cell is None or cell != cell


def _attempt(
    parse: Callable[[Any, str], Any], cell: Any, number_format: str
) -> tuple[Any, str, str, bool]:
    if _says_nothing(cell):
        return None, "", "", False
    if isinstance(cell, str) and cell.strip() in ERRORS:
        return None, ERROR_MESSAGE, "unreadable", True
    try:
        value = parse(cell, number_format)
    except DoubtError as error:
        return None, str(error), error.rule, True
    except UnreadableError as error:
        return None, str(error), "unreadable", True
    if isinstance(value, Noted):
        return value.value, value.message, value.rule, False
    return value, "", "", False


def _fold(cell: Any) -> str:
    """NFKC and without white space, but for the space between a day and its time."""
    text = unicodedata.normalize("NFKC", as_text(cell) or "").strip()
    return re.sub(r"(?<!\d)\s+|\s+(?!\d)", "", text)


def _unit(cell: Any) -> str | None:
    text = as_text(cell)
    return without_blanks(text) if text else None


def _event(cell: Any, column: Column, number_format: str) -> date | Noted | None:
    """The day of something that happened; «未完成» says that there is none."""
    if isinstance(cell, str) and _fold(cell) in NO_DAY:
        return None
    try:
        found = parse_date(cell, column, number_format)
    except UnreadableError:
        if isinstance(cell, str) and STATUS.folded.get(_fold(cell)) in FINISHED:
            raise UnreadableError("写的是状态，不是日期；请填写实际日期") from None
        raise
    _plausible(found.value if isinstance(found, Noted) else found)
    return found


def _plausible(day: date) -> date:
    """A year that no ledger of this office can mean is a slip of the key."""
    if not CENTURY - 50 <= day.year <= CENTURY + 99:
        raise UnreadableError("年份不合常理，请核对")
    return day


def _deadline(cell: Any, column: Column, number_format: str) -> date | Clause | Noted:
    """A plain day, or the clause of a text that says more than a day."""
    if isinstance(cell, datetime):
        return _plausible(cell.date())
    if isinstance(cell, date):
        return _plausible(cell)
    if type(cell) in {int, float}:
        if float(cell).is_integer() and 0 < cell <= 365:
            return Clause(days_after=int(cell))
        if day := from_serial(cell):
            return day
        if 1 <= cell < 13:
            days = days_of_years(*month_and_day(cell, number_format), column.base)
            return ahead(days, column.base)
        return _day_of(parse_date(cell, column))
    return _clause(str(cell), column)


def _day_of(found: date | Noted) -> date:
    return _plausible(found.value if isinstance(found, Noted) else found)


def _clause(text: str, column: Column) -> date | Clause | Noted:
    if match := PLAIN_DEADLINE.match(text):
        try:
            return _plausible(date(*map(int, match.groups())))
        except ValueError:
            raise NoSuchDayError from None
    try:
        clause = parse_clause(text, column.base)
    except ValueError:
        raise NoSuchDayError from None
    if clause.due_on:
        _plausible(clause.due_on)
    if clause.left or clause.says_nothing:
        return _odd_deadline(text, clause, column)
    return _with_remark(clause)


def _odd_deadline(text: str, clause: Clause, column: Column) -> Clause | Noted:
    """What the grammar of clauses does not know: a day in another way of writing, or nothing."""
    if RECT_TYPE.folded.get(_fold(text)):
        return clause
    try:
        return Clause(due_on=_day_of(parse_date(re.sub(r"(之?前|止)$", "", text.strip()), column)))
    except (DoubtError, NoSuchDayError):
        raise
    except UnreadableError:
        why = _why_unread(clause)
    if clause.node_days or clause.first_node_on or clause.due_by_number:
        return Noted(clause, "unreadable", why)  # the days of the others stand
    raise UnreadableError(why)


def _why_unread(clause: Clause) -> str:
    if clause.is_fact:
        return "写的是完成情况，不是期限；请填写要求完成的年月日，如 2023-10-31"
    if clause.left:
        return f"里“{clause.left}”没有读懂，期限暂空；请只写年月日，如 2023-10-31"
    return "没有读出完成期限，请写明年月日，如 2023-10-31"


def _with_remark(clause: Clause) -> Clause | Noted:
    is_dated = clause.due_on or clause.due_by_number or clause.days_after is not None
    if clause.is_vague and not is_dated and not clause.first_node_on:
        return Noted(clause, "vague_deadline", "没有明确的完成期限，请写明年月日，如 2023-10-31")
    if clause.is_moved:
        message = f"写的是推迟后的日期，按 {clause.due_on} 计；批准的延期请填“延期后期限”一列"
        return Noted(clause, "deadline_slip", message)
    if clause.is_about and is_dated:
        return Noted(clause, "approximate", "是大概的期限；请写明年月日，如 2023-10-31")
    return clause


def _integer(cell: Any, unit: str) -> int | Noted:
    found = _number(cell, unit, "")
    number = found.value if isinstance(found, Noted) else found
    if not number.is_integer():
        raise UnreadableError("应为整数")
    return (
        Noted(int(number), found.rule, found.message) if isinstance(found, Noted) else int(number)
    )


def _number(cell: Any, unit: str, header_unit: str, number_format: str = "") -> float | Noted:
    """A number in the field's own unit; 元 in the header or the cell is carried to 万元.

    0.05 shown as 5% is 5 where the field counts in per cent.
    """
    if isinstance(cell, bool):
        raise UnreadableError("应为数字")
    said, about = header_unit, False
    if isinstance(cell, int | float):
        is_bare = unit != "%" or not abs(cell) < LARGEST
        number = float(cell if is_bare else shown(cell, number_format).rstrip("%"))
    else:
        text, times = amount(str(cell)) if unit == "%" else (_fold(cell), 1.0)
        number, said, about = _spoken_number(text, unit, header_unit)
        number = round(number * times, MOST_PLACES) if unit == "%" else number
    if not abs(number) < LARGEST:
        raise UnreadableError("数字过大，请核对")
    if number < 0 and unit != "%":
        raise UnreadableError("不能是负数，请核对")
    value = number / 10_000 if unit == "万元" and said == "元" else number
    if about:
        return Noted(value, "approximate", f"是约数，按 {value:g}{unit} 计；请写准确的数")
    return value


def _spoken_number(text: str, unit: str, header_unit: str) -> tuple[float, str, bool]:
    """«约5000元», «3万», «1,200» → number, the unit that it is in, whether it is about so much."""
    match = NUMBER.match(text)
    if not match:
        raise UnreadableError("应为数字，只写数，不写说明")
    about, digits, odd, scale, more, measure, rest = match.groups()
    if measure and not _fits(measure, unit):
        raise UnreadableError(f"单位是“{measure}”，这一列应为{unit or '不带单位的数'}，请核对")
    number = (
        float(digits.replace(",", ""))
        if digits.lstrip("+-")[0] in "0123456789."
        else float(chinese_number(digits))
    )
    said = measure or header_unit
    if scale:
        number *= SCALE[scale]
        said = "元" if unit == "万元" else said
    return number, said, bool(odd or more) or not ABOUT.isdisjoint({about, rest})


def _fits(measure: str, unit: str) -> bool:
    """Whether a number of one unit may stand in a column of another: 3起 are not 3人."""
    if unit in OWN_MEASURES:
        return measure in OWN_MEASURES[unit]
    return (measure == "%") == (unit == "%") and measure != "元"


def _boolean(cell: Any) -> bool | Noted | None:
    return cell if isinstance(cell, bool) else read_boolean(_fold(cell))


def _code(cell: Any, field: Field, header_unit: str) -> str | Noted:
    if field.codes is None:
        raise TypeError(f"{field.name} has no code list")
    return read_code(cell, _fold(cell), field.codes, header_unit)
