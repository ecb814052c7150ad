"""Formulas whose value nobody has worked out: the few that are certain are, the others are told.

A workbook that a program wrote, and no spreadsheet has opened since, has formulas and no values.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from analysis.ingest.files.sheets import Grid, Note, column_letters, says_something
from analysis.ingest.files.workbooks.worksheet_xml import column_number

#: What WPS writes for a picture in a cell; it is no value at all.
PICTURE = re.compile(r"^(?:_xlfn\.)?DISPIMG\(", re.IGNORECASE)
NUMBER = re.compile(r"^[-+]?\d+(?:\.\d+)?$")
TEXT = re.compile(r'^"([^"]*)"$')
DAY = re.compile(r"^DATE\((\d{4}),(\d{1,2}),(\d{1,2})\)$", re.IGNORECASE)
OTHER_CELL = re.compile(r"^\$?([A-Z]{1,3})\$?(\d{1,7})$")
SUM = re.compile(r"^(.+?)([-+])(\d{1,5})$")
UNWORKED = "是公式而没有算出的值"
RECALCULATE = "请在表格软件里打开、重新计算并保存后再报送"
#: So many cells are named one by one where a whole row holds nothing but formulas.
NAMED = 5


def put_in(cells: Grid, first_row: int, formulas: Mapping[tuple[int, int], str]) -> list[Note]:
    """Put formulas, or their values where these are certain, into the cells; tell of each.

    ``formulas`` are by row and column of ``cells``, which begin at ``first_row`` of the sheet. A
    row with nothing but such formulas, as forms have them for rows to come, stays blank, and all
    such rows are one note.
    """
    shown = {place: text for place, text in formulas.items() if not PICTURE.match(text)}
    said = {row for row, _ in shown if row < len(cells) and says_something(cells[row])}
    notes = _in_blank_rows([place for place in shown if place[0] not in said], first_row)
    # Values first, so that no formula that was put in is taken for the value of a cell.
    values = {
        place: _value(text, cells, first_row, formulas)
        for place, text in shown.items()
        if place[0] in said
    }
    for (row, column), value in values.items():
        text = shown[row, column]
        if value is None:
            cells[row][column] = f"={text}"
            notes.append(unworked(row, column, text))
        else:
            cells[row][column] = value
            message = f"{UNWORKED}（={text}），已按公式算作 {_shown(value)}，请核对"
            notes.append(Note(row, column, "formula_worked_out", "warning", message, f"={text}"))
    return notes


def unworked(row: int, column: int, text: str) -> Note:
    """That a formula has no value, and none is certain."""
    message = f"{UNWORKED}（={text}），没有读出；{RECALCULATE}"
    return Note(row, column, "formula_unread", "error", message, f"={text}")


def _in_blank_rows(places: Sequence[tuple[int, int]], first_row: int) -> list[Note]:
    if not places:
        return []
    names = "、".join(
        f"{column_letters(column)}{first_row + row + 1}" for row, column in places[:NAMED]
    )
    rest = "等" if len(places) > NAMED else ""
    (row, column), *_ = places
    message = f"所在的行只有公式而没有算出的值（共 {len(places)} 格：{names}{rest}），当作空行；"
    return [Note(row, column, "formula_unread", "warning", message + RECALCULATE)]


def _value(text: str, cells: Grid, first_row: int, formulas: Mapping[tuple[int, int], str]) -> Any:
    """What a formula comes to where no spreadsheet could differ; else None."""
    said = text.replace(" ", "") if '"' not in text else text.strip()
    value = _term(said, cells, first_row, formulas)
    if value is None and (match := SUM.match(said)):
        return _moved(_term(match[1], cells, first_row, formulas), int(match[2] + match[3]))
    return value


def _term(said: str, cells: Grid, first_row: int, formulas: Mapping[tuple[int, int], str]) -> Any:
    if match := TEXT.match(said):
        return match[1] or None
    if NUMBER.match(said):
        return float(said)
    if match := DAY.match(said):
        return _day(*map(int, match.groups()))
    if match := OTHER_CELL.match(said):
        return _cell(match, cells, first_row, formulas)
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except (
        ValueError
    ):  # a spreadsheet carries the 31st of June on; who wrote it meant something else
        return None


def _cell(
    match: "re.Match[str]", cells: Grid, first_row: int, formulas: Mapping[tuple[int, int], str]
) -> Any:
    row, column = int(match[2]) - 1 - first_row, column_number(match[1].encode())
    if (row, column) in formulas or not 0 <= row < len(cells) or column >= len(cells[row]):
        return None
    value = cells[row][column]
    return None if value == "" else value


def _moved(value: Any, days: int) -> Any:
    if isinstance(value, date):
        try:
            return value + timedelta(days=days)
        except OverflowError:
            return None
    return value + days if type(value) in {int, float} else None


def _shown(value: Any) -> str:
    return (
        f"{value:g}"
        if isinstance(value, float)
        else str(value.date() if isinstance(value, datetime) and not value.time() else value)
    )
