"""Units in a ledger's rows: the one name by which rows are matched, and what was shown when."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from analysis.ingest.cells.blanks import is_null
from analysis.ingest.units.register import Register
from analysis.ledgers.unit import UNIT
from analysis.wording.units import units_of

#: What a roster's row that leaves it out does not take back.
_KEPT = tuple(field.name for field in UNIT if field.header and field.name not in {"unit", "region"})


#: The kind of unit that has to report, as UNIT_KIND has it.
MEMBERS = "成员单位"
_TOWNSHIP = re.compile(r"(?:乡|镇|街道)(?:人民政府|政府|办事处)?$")


class Spelled(str):
    """A unit's name as it is finally known, which remembers how its row wrote it.

    Equal to that name, so that rows of one unit match; what it was called before is asked of the
    register by ``written``.
    """

    __slots__ = ("written",)
    written: str

    def __new__(cls, unit: str, written: str) -> "Spelled":
        """The name ``unit`` of a row that says ``written``."""
        name = super().__new__(cls, unit)
        name.written = written
        return name


def spelled(texts: Sequence[str | None], register: Register) -> list[str | None]:
    """A column of units by their one name; plain text where no day has changed it."""
    known: dict[str, str] = {}
    for text in set(filter(None, texts)):
        unit = register.unit(text)
        known[text] = Spelled(unit, text) if register.renamed_on(text) else unit
    return [known[text] if text else None for text in texts]


def written(unit: str) -> str:
    """How a row wrote its unit."""
    return unit.written if isinstance(unit, Spelled) else unit


def sender_named(said: str) -> str:
    """The unit that a subtitle names as sender: the first where it names several."""
    return units_of(said).lead


def shown_on(register: Register) -> Callable[[Any, date], Any]:
    """What a cell of a unit shows on a day."""

    def shown(unit: Any, day: date) -> Any:
        return register.unit_then(unit.written, day) if isinstance(unit, Spelled) else unit

    return shown


def with_kinds(columns: Mapping[str, list[Any]], title: str) -> Mapping[str, Sequence[Any]]:
    """The columns of a register; one whose title is that of the members lists members.

    Of a township in it the title does not say so much: whether it is a member, and has to report,
    is what the plan's list says, or that it has begun to.
    """
    if MEMBERS not in title or "unit_kind" in columns:
        return columns
    kinds = [None if _TOWNSHIP.search(unit or "") else MEMBERS for unit in columns["unit"]]
    return {**columns, "unit_kind": kinds}


def filled_in(rows: pd.DataFrame, register: Register) -> pd.DataFrame:
    """The rows of the register of units, each with what earlier ones said and it leaves blank.

    So the plan's list takes nothing from a roster. Fills ``region_prefix``.
    """
    before: dict[str, dict[str, Any]] = {}
    columns: Mapping[str, list[Any]] = {name: rows[name].tolist() for name in _KEPT}
    for n, unit in enumerate(rows["unit"]):
        said = before.setdefault(unit, {}) if unit else {}
        for name, values in columns.items():
            if is_null(values[n]):
                values[n] = said.get(name)
            else:
                said[name] = values[n]
    prefixes = [register.region_prefix(written(unit)) if unit else None for unit in rows["unit"]]
    named = {**columns, "region_prefix": prefixes}
    return rows.assign(
        **{name: pd.Series(cells, index=rows.index, dtype=object) for name, cells in named.items()}
    )
