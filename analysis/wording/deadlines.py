"""A deadline as it is shown: one that a person has still to confirm says so beside the day."""

from datetime import date
from typing import Any, Protocol

from analysis.wording.values import cell_value, is_nothing, value_text

#: Beside a deadline that was written for another number and counts here until somebody confirms it.
TO_CONFIRM = "（待确认）"
#: The column of items, and of metrics of items, that says so of the other columns here. Where it
#: is true the deadline in force is the first one.
IS_PROVISIONAL = "due_is_provisional"
DEADLINES = ("due_on", "first_due_on")


class Row(Protocol):
    """A row by column: a dict, or a row of a frame."""

    def __getitem__(self, column: Any, /) -> Any:
        """The value of a column that is there."""
        ...

    def get(self, column: Any, /) -> Any:
        """The value of a column, or None."""
        ...


def marked(text: str, is_provisional: Any) -> str:
    """A day as text, with the mark where it is to be confirmed; no day has none."""
    is_marked = bool(text) and not is_nothing(is_provisional) and bool(is_provisional)
    return text + TO_CONFIRM if is_marked else text


def cell_of(row: Row, column: str, table: str = "") -> Any:
    """What ``cell_value`` gives of a column of a row; of a deadline to be confirmed its text."""
    if column in DEADLINES:
        text = value_text(row[column])
        if (told := marked(text, row.get(IS_PROVISIONAL))) != text:
            return told
    return cell_value(row[column], column, table)


def text_of(row: Row, column: str, table: str = "") -> str:
    """What ``value_text`` gives of a column of a row, a deadline with its mark."""
    text = value_text(row[column], column, table)
    return marked(text, row.get(IS_PROVISIONAL)) if column in DEADLINES else text


def chinese_day(day: date) -> str:
    """2023年11月15日."""
    return f"{day.year}年{chinese_month_day(day)}"


def chinese_month_day(day: date) -> str:
    """11月15日, where the year goes without saying."""
    return f"{day.month}月{day.day}日"
