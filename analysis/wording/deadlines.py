"""A row's days and state as they are shown: with a mark where there is something to confirm."""

from datetime import date
from typing import Any, Protocol

from analysis.ledgers.codes import RELIEF, STATE, SUSPENSION
from analysis.wording.codes import words_of
from analysis.wording.values import cell_value, is_nothing, value_text

#: Beside a deadline that was written for another number and counts here until somebody confirms it.
TO_CONFIRM = "（待确认）"
#: Beside the day on which something was first reported done, where no ledger says when it was done.
AS_REPORTED = "（按首次报告）"
#: The column of items, and of metrics of items, that says so of both deadlines. Where it is true
#: the deadline in force is the first one.
IS_PROVISIONAL = "due_is_provisional"
#: What is due within so many days is due soon (口径 of the state ``due_soon``).
NEAR_DAYS = 7
#: Column → the column that says that its day bears a mark, and the mark.
MARKS = {
    "due_on": (IS_PROVISIONAL, TO_CONFIRM),
    "first_due_on": (IS_PROVISIONAL, TO_CONFIRM),
    "done_on": ("done_as_reported", AS_REPORTED),
}


class Row(Protocol):
    """A row by column: a dict, or a row of a frame."""

    def __getitem__(self, column: Any, /) -> Any:
        """The value of a column that is there."""
        ...

    def get(self, column: Any, /) -> Any:
        """The value of a column, or None."""
        ...


def marked(text: str, is_so: Any, mark: str = TO_CONFIRM) -> str:
    """A day as text, with the mark where it is so; no day has none."""
    is_marked = bool(text) and not is_nothing(is_so) and bool(is_so)
    return text + mark if is_marked else text


def _with_mark(row: Row, column: str, text: str) -> str:
    if column not in MARKS:
        return text
    flag, mark = MARKS[column]
    return marked(text, row.get(flag), mark)


def cell_of(row: Row, column: str, table: str = "") -> Any:
    """What ``cell_value`` gives of a column of a row; of a day with a mark its text."""
    if is_state(column, table):
        return state_text(row)
    if column in MARKS:
        text = value_text(row[column])
        if (told := _with_mark(row, column, text)) != text:
            return told
    return cell_value(row[column], column, table)


def text_of(row: Row, column: str, table: str = "") -> str:
    """What ``value_text`` gives of a column of a row, a day with its mark."""
    if is_state(column, table):
        return state_text(row)
    return _with_mark(row, column, value_text(row[column], column, table))


def is_state(column: str, table: str) -> bool:
    """Whether a column holds the state of an item; reports, duties, meetings have their own."""
    return column == "state" and words_of(column, table) is STATE.labels


def counted_state(row: Row) -> str:
    """The state as which an item is counted: one told as shut is late all the same, or due soon,
    until the office has looked.

    ``days_late``, ``suspension``, ``due_on`` and ``days_left`` tell of it; a metric may lack them.
    """
    state = str(row["state"])
    if state != "suspended":
        return state
    if not is_nothing(row.get("days_late")):
        return "overdue"
    if row.get("suspension") != "claimed":
        return state
    if is_nothing(row.get("due_on")):
        return "undated"
    left = row.get("days_left")
    return state if is_nothing(left) else "due_soon" if int(left) <= NEAR_DAYS else "open"


def state_text(row: Row) -> str:
    """The state in words, so that who counts rows by it gets the number that is told:
    «逾期（报停业待核实）».
    """
    counted = counted_state(row)
    word = STATE.labels.get(counted, counted)
    claims = claims_of(row)
    if counted == "suspended" and row.get("suspension") == "claimed":
        return claims[1:-1]
    return f"{word}{claims}"


def claims_of(row: Row) -> str:
    """What is told of an item and does not count until the office has looked, in brackets:
    «（报停业待核实）», «（报延期待核实）»; empty where there is nothing.
    """
    told = [SUSPENSION.labels["claimed"]] if row.get("suspension") == "claimed" else []
    relief = row.get("relief")
    told += [] if is_nothing(relief) else [RELIEF.labels[str(relief)]]
    return f"（{'、'.join(told)}）" if told else ""


#: All that may stand behind a state in brackets.
EVERY_CLAIM = (
    "",
    *(
        claims_of({"suspension": suspension, "relief": relief})
        for suspension in (None, "claimed") for relief in (None, *RELIEF.labels)
        if suspension or relief
    ),
)  # fmt: skip


def chinese_day(day: date) -> str:
    """2023年11月15日."""
    return f"{day.year}年{chinese_month_day(day)}"


def half_month(start: date, of_year: int | None = None) -> str:
    """11月上半月, by its first day; with its year where that is another than ``of_year``."""
    year = f"{start.year}年" if of_year and start.year != of_year else ""
    return f"{year}{start.month}月{'上' if start.day == 1 else '下'}半月"


def chinese_month_day(day: date) -> str:
    """11月15日, where the year goes without saying."""
    return f"{day.month}月{day.day}日"
