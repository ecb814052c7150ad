"""Cells → typed values: one parser a kind, each distinct cell parsed once."""

import math
import re
import unicodedata
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from analysis.ingest.deadlines import FULL_DATE, Clause, existing_days, parse_clause
from analysis.ledgers import Field
from analysis.ledgers.codes import NO, RECT_TYPE, YES
from analysis.ledgers.fields import Kind

#: What units write into a cell that has nothing to say.
EMPTY = frozenset({"", "-", "--", "—", "——", "/", "\\", "无", "N/A", "n/a", "NA", "暂无"})
#: Excel's day numbers from 2000 to 2040; anything else in a date cell is not a day.
SERIALS = range(36526, 51502)
EXCEL_EPOCH = date(1899, 12, 30)
#: An event dated this far after its report is a slip of the day; further, of last year.
SLACK = timedelta(days=31)
#: No count or amount in these ledgers comes near it; what is not smaller is a slip.
LARGEST = 1e12

MONTH_DAY = re.compile(r"^(\d{1,2})月(\d{1,2})[日号]$")
COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
NUMBER = re.compile(r"^([-+]?\d[\d,]*\.?\d*)(万)?(元|起|人|条|项|家次|家|次|份|天|%|万元)?$")
UNIT_PERSON = re.compile(r"^(.+?)\s*[（(]([^（）()]*)[）)]$")
#: The form's own placeholder, left standing where a name belongs.
PLACEHOLDERS = frozenset({"分管负责人", "负责人", "主要负责人", "姓名"})


class UnreadableError(ValueError):
    """A cell whose text is not of its column's kind; the message says what is wanted."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One cell that could not be read: its position in the column, its text, what is wrong."""

    position: int
    text: str
    message: str


def parse_column(
    cells: Iterable[Any], field: Field, base: date, header_unit: str = ""
) -> tuple[list[Any], list[Problem]]:
    """Read one column; an unreadable cell becomes None and a problem, never a lost row.

    ``base`` is the day of the submission; ``header_unit`` the unit in the header's brackets.
    """
    parse = _parser(field, base, header_unit)
    seen: dict[tuple[type, Hashable], tuple[Any, str]] = {}
    values: list[Any] = []
    problems: list[Problem] = []
    for position, cell in enumerate(cells):
        key = (type(cell), cell)
        if key not in seen:
            seen[key] = _attempt(parse, cell)
        value, message = seen[key]
        values.append(value)
        if message:
            problems.append(Problem(position, as_text(cell) or "", message))
    return values, problems


def as_text(cell: Any) -> str | None:
    """A cell as a person reads it: no “.0” behind whole numbers, dates as 2023-10-15."""
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return None
    if isinstance(cell, datetime) and cell.time() == time():
        cell = cell.date()
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = str(cell).strip().strip("\u3000")
    return text or None


def split_unit(text: str) -> tuple[str, str | None]:
    """«单位（负责人）» → unit and person; a placeholder is no person."""
    match = UNIT_PERSON.match(text)
    if not match:
        return text, None
    unit, person = match.group(1).strip(), match.group(2).strip()
    return unit, None if person in PLACEHOLDERS or not person else person


def parse_date(cell: Any, base: date) -> date:
    """A day, from a date cell, Excel's day number or the usual ways of writing it.

    Raises:
        UnreadableError: not a day, or one that does not exist.

    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if type(cell) in {int, float} and SERIALS.start <= cell < SERIALS.stop:
        return EXCEL_EPOCH + timedelta(days=int(cell))
    text = _fold(cell)
    try:
        if match := FULL_DATE.match(text) or COMPACT.match(text):
            return date(*map(int, match.groups()))
        if match := MONTH_DAY.match(text):
            return _past(int(match.group(1)), int(match.group(2)), base)
    except ValueError:
        raise UnreadableError("没有这一天，请核对日期") from None
    raise UnreadableError("不是日期，请写成 2023-10-15 的样子")


def _past(month: int, day: int, base: date) -> date:
    """A day that has happened: the latest one not far behind the submission's day."""
    found = existing_days(month, day, (base.year, base.year - 1))
    return next((each for each in found if each <= base + SLACK), found[-1])


def _parser(field: Field, base: date, header_unit: str) -> Callable[[Any], Any]:
    parsers: Mapping[Kind, Callable[[Any], Any]] = {
        "text": as_text,
        "json": as_text,
        "unit": _unit,
        "date": lambda cell: parse_date(cell, base),
        "deadline": lambda cell: _deadline(cell, base),
        "integer": _integer,
        "number": lambda cell: _number(cell, field.unit, header_unit),
        "boolean": _boolean,
        "code": lambda cell: _code(cell, field),
    }
    return parsers[field.kind]


def _attempt(parse: Callable[[Any], Any], cell: Any) -> tuple[Any, str]:
    if (as_text(cell) or "") in EMPTY:
        return None, ""
    try:
        return parse(cell), ""
    except UnreadableError as error:
        return None, str(error)


def _fold(cell: Any) -> str:
    """NFKC and without white space, but for the space between a day and its time."""
    text = unicodedata.normalize("NFKC", as_text(cell) or "").strip()
    return re.sub(r"(?<!\d)\s+|\s+(?!\d)", "", text)


def _unit(cell: Any) -> str | None:
    text = as_text(cell)
    return re.sub(r"\s", "", text) if text else None


def _deadline(cell: Any, base: date) -> date | Clause:
    """A plain day, or the clause of a text that says more than a day."""
    try:
        return parse_date(cell, base) if not MONTH_DAY.match(_fold(cell)) else _clause(cell, base)
    except UnreadableError as error:
        if "没有这一天" in str(error):
            raise
        return _clause(cell, base)


def _clause(cell: Any, base: date) -> Clause:
    if _fold(cell) in RECT_TYPE.words:
        return Clause()
    try:
        clause = parse_clause(_fold(cell), base)
    except ValueError:
        raise UnreadableError("没有这一天，请核对日期") from None
    says = (clause.start_on, clause.first_node_on, clause.due_on, *clause.due_by_number)
    if not any(says):
        raise UnreadableError("没有读出完成期限，请写明年月日，如 2023-10-31")
    return clause


def _integer(cell: Any) -> int:
    number = _number(cell, "", "")
    if not number.is_integer():
        raise UnreadableError("应为整数")
    return int(number)


def _number(cell: Any, unit: str, header_unit: str) -> float:
    """A number in the field's own unit; 元 in the header or the cell is carried to 万元."""
    if isinstance(cell, bool):
        raise UnreadableError("应为数字")
    said = header_unit
    if isinstance(cell, int | float):
        number = float(cell)
    else:
        match = NUMBER.match(_fold(cell).replace("+", ""))
        if not match:
            raise UnreadableError("应为数字，只写数，不写说明")
        number = float(match.group(1).replace(",", ""))
        said = match.group(3) or said
        number *= 10_000 if match.group(2) and unit != "万元" else 1
        said = "万元" if match.group(2) else said
    if not abs(number) < LARGEST:
        raise UnreadableError("数字过大，请核对")
    return number / 10_000 if unit == "万元" and said == "元" else number


def _boolean(cell: Any) -> bool:
    if isinstance(cell, bool):
        return cell
    text = _fold(cell).lower().removesuffix(".0")
    if text in YES:
        return True
    if text in NO:
        return False
    raise UnreadableError("应填“是”或“否”")


def _code(cell: Any, field: Field) -> str:
    if field.codes is None:
        raise TypeError(f"{field.name} has no code list")
    words = field.codes.words
    text = _fold(cell)
    for said in (text, re.sub(r"[，,。;；].*$", "", text)):
        if said in words:
            return words[said]
    raise UnreadableError("不在可选值之内，可填：" + "、".join(field.codes.labels.values()))
