"""Value → what stands for it in a table, a file or a sentence: one rule for all of them.

``cell_value`` keeps types (a grid sorts by numbers, Excel adds them up), ``value_text`` is text.
Both use numpy's and pandas' values without importing either, which a short command would wait for.
"""

import math
import re
from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from analysis.wording.codes import words_of

#: What a person sees in a printed table where there is no value.
NOTHING = "—"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
#: Of larger whole numbers what reads JSON, a browser above all, rounds the last digits.
LARGEST_EXACT = 2**53
#: Whose an item is must never be blank.
WHOSE = ("unit", "person")
UNNAMED = "未明确"
#: Of fewer, a share is said in whole per cent.
FEW = 100


def written_day(text: str) -> date:
    """A day as everybody is asked to write it, 2023-11-15, and no other way.

    Raises:
        ValueError: it is none; Python's own reading takes 20231115 and 2023-W46-3 as well.

    """
    if not _DAY.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat(text)


def is_nothing(value: Any) -> bool:
    """Whether there is no value: None, or what numpy and pandas put for it."""
    if isinstance(value, float):
        return math.isnan(value)
    return value is None or type(value).__name__ in {"NAType", "NaTType"}


def cell_value(value: Any, column: str = "", table: str = "") -> Any:
    """A value as a cell holds it: words for codes, 是 and 否, days, numbers; None for nothing.

    ``table`` is the metric, relation or ledger of the column; without a column nothing is taken
    for a code.
    """
    if is_nothing(value):
        return None
    if type(value).__module__ == "numpy":
        value = value.tolist()
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, str):
        return words_of(column, table).get(value, value)
    if isinstance(value, datetime):
        return value.date() if value.time() == time.min else value
    if isinstance(value, float) and value.is_integer() and not is_rate(column):
        return int(value) if abs(value) <= LARGEST_EXACT else value
    if isinstance(value, list | tuple | set):
        return "；".join(value_text(each) for each in value)
    return value if isinstance(value, int | float | Decimal | date) else str(value)


def value_text(value: Any, column: str = "", table: str = "") -> str:
    """A value as a person reads it: rates in per cent, 同比 with two decimals; "" for nothing."""
    cell = cell_value(value, column, table)
    if isinstance(cell, float | int | Decimal):
        if is_rate(column):
            return per_cent(cell)
        if column.endswith("_yoy"):
            return fixed(cell)
    if isinstance(cell, float):
        return _number(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds")
    return "" if cell is None else str(cell)


def rounded(value: float | Decimal, places: int = 2) -> Decimal:
    """四舍五入, as Excel shows it: half of the last place goes up, also where it is half exactly.

    A share of two counts that is half exactly has few decimals: fifteen digits hold them all and
    leave out what binary adds.
    """
    return _exact(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def fixed(value: float | Decimal, places: int = 2) -> str:
    """A number with so many decimals."""
    return f"{rounded(value, places):f}"


def share(rate: float | Decimal, of: float | None = None) -> str:
    """A rate of so many in per cent; of fewer than a hundred a decimal would say too much."""
    return per_cent(rate, share_places(of))


def share_places(of: float | None) -> int:
    """With how many decimals a rate of so many is said."""
    return 2 if of is None or of >= FEW else 0


def per_cent(rate: float | Decimal, places: int = 2) -> str:
    """A rate of 0–1 in per cent."""
    return f"{fixed(_exact(rate) * 100, places)}%"


def _exact(value: float | Decimal) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(f"{float(value):.15g}")


def is_rate(column: str) -> bool:
    """Whether a column holds rates, from 0 to 1."""
    return column.endswith("_rate")


def _number(value: float) -> str:
    """Four decimals at most; of a number below a tenth four digits that count."""
    if 0 < abs(value) < 0.1:
        return f"{value:.4g}"
    return f"{value:.4f}".rstrip("0").rstrip(".")


def listed(names: Iterable[Any], most: int, unit: str) -> str:
    """The first names; where the list is cut, «等» and how many there are: «甲、乙、丙等5家»."""
    each = [str(name) for name in names]
    return "、".join(each[:most]) + (f"等{len(each)}{unit}" if len(each) > most else "")
