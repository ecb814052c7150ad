"""Whether a cell or a column says nothing."""

from collections.abc import Sequence
from typing import Any


def is_null(value: Any) -> bool:
    """Whether a cell of a table is empty."""
    return value is None or value != value


def text_or_none(value: Any) -> str | None:
    """A cell of a table as text; None where it is empty."""
    return None if is_null(value) else str(value)


def is_empty(values: Sequence[Any]) -> bool:
    """Whether a column holds nothing but None."""
    return not values or (values[0] is None and values.count(None) == len(values))
