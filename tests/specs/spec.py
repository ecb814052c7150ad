"""What a spec of a relation or a metric is, and the values that its drawings hold."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from tests.tables import day

#: What a drawing shows where there is no value.
BLANK = "-"
#: What it shows for a space within a cell.
GAP = "␣"


@dataclass(frozen=True, slots=True)
class Spec:
    """A relation or metric over drawn tables, and all rows that it must answer with.

    ``tables`` maps a ledger (for a relation) or a relation (for a metric) to its drawing: columns
    in the first line, «-» is no value, days are «10-15» of 2023. ``expected`` are drawings that
    stand beside one another: each has all rows, in their order, and some of the columns.
    """

    name: str
    title: str
    tables: Mapping[str, str]
    expected: str | tuple[str, ...]
    as_of: str = "11-15"
    known_on: str | None = None
    #: Values of columns that are the same in all rows, and are not drawn.
    same: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def expected_columns(self) -> tuple[str, ...]:
        """The columns of the result that are drawn."""
        return tuple(name for drawing in self.drawings for name in cells_of(drawing)[0])

    @property
    def drawings(self) -> tuple[str, ...]:
        """The drawings of the result, side by side."""
        return (self.expected,) if isinstance(self.expected, str) else self.expected

    def expected_rows(self) -> list[dict[str, str]]:
        """The rows of the result as they are drawn; none where only the columns are."""
        parts = [rows_of(drawing) for drawing in self.drawings]
        return [
            {name: text for part in row for name, text in part.items()}
            for row in zip(*parts, strict=True)
        ]


def cells_of(drawing: str) -> list[list[str]]:
    """A drawing's lines, each as its cells: the columns first."""
    lines = drawing.strip().splitlines()
    return [[cell.replace(GAP, " ") for cell in line.split()] for line in lines]


def rows_of(drawing: str) -> list[dict[str, str]]:
    """A drawing's rows by column, as text."""
    head, *lines = cells_of(drawing)
    return [dict(zip(head, line, strict=True)) for line in lines]


def value_of(text: str, sql_type: str) -> Any:
    """What a cell of a drawing stands for in a column of that type; rates may be «2/3»."""
    if text == BLANK:
        return None
    match sql_type.partition("(")[0]:
        case "DATE":
            return day(text)
        case "BOOLEAN":
            return {"yes": True, "no": False}[text]
        case "VARCHAR":
            return text
        case "DOUBLE" | "DECIMAL":
            return float(Fraction(text))
        case _:
            return int(text)


def shown(value: Any) -> str:
    """A value as a drawing has it, for a message that shows both."""
    if value is None:
        return BLANK
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
