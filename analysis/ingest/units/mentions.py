"""One submission → the names of units in it, and where each stands first."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from analysis.ingest.doubts.doubt import Side
from analysis.ingest.units.names import bare_name, former_in, now_and_before
from analysis.ingest.units.state import Mention
from analysis.ledgers import LEDGERS, Ledger
from analysis.ledgers.unit import UNIT
from analysis.wording.names import names_of
from analysis.wording.units import units_of

#: What the part of a plan is called that lists its members: the plan's list, and no roster.
MEMBERS_OF_PLAN = "附件1·成员单位"

Columns = Mapping[str, Sequence[Any]]


def mentions_in(facts: Mapping[str, Any], columns: Columns) -> Iterator[Mention]:
    """The names of one sheet; ``facts`` are its birth certificate, ``columns`` its records."""
    ledger = LEDGERS.get(facts["ledger"] or "")
    if ledger is None:
        return
    if ledger is UNIT:
        yield from _listed(facts, columns)
        return
    if facts["unit"]:
        yield _mention(facts, None, "submission", units_of(facts["unit"]).lead)
    yield from _in_cells(facts, columns, ledger)


def _listed(facts: Mapping[str, Any], columns: Columns) -> Iterator[Mention]:
    units = columns.get("unit", ())
    aliases = columns.get("aliases") or [None] * len(units)
    extras = columns.get("extra") or [None] * len(units)
    source: Literal["plan", "roster"] = "plan" if facts["sheet"] == MEMBERS_OF_PLAN else "roster"
    for n, unit in enumerate(units):
        if unit:
            row_no = columns["row_no"][n]
            name, before = now_and_before(unit)
            before = (*before, *_former_told(extras[n], name))
            told = [(bare_name(text), text) for text in names_of(aliases[n])]
            former = (*before, *(bare for bare, text in told if bare != text))
            names = tuple(dict.fromkeys((*(bare for bare, _ in told), *before)))
            mention = _mention(facts, row_no, "unit", name, source, names)
            yield replace(mention, former=former) if former else mention


def _former_told(extra: str | None, name: str) -> Iterator[str]:
    """The names of before that the other columns of a line tell, as its remark does."""
    for text in json.loads(extra).values() if extra else ():
        yield from former_in(str(text), name)


def _in_cells(facts: Mapping[str, Any], columns: Columns, ledger: Ledger) -> Iterator[Mention]:
    for name in ledger.names_of("unit"):
        cells = columns.get(name, ())
        for text in dict.fromkeys(filter(None, cells)):
            yield _mention(facts, columns["row_no"][cells.index(text)], name, text)


def _mention(
    facts: Mapping[str, Any],
    row_no: int | None,
    field: str,
    text: str,
    source: Literal["ledger", "plan", "roster"] = "ledger",
    aliases: tuple[str, ...] = (),
) -> Mention:
    side = Side(facts["submission_id"], facts["sheet"], row_no, field, text)
    return Mention(facts["received_on"], text, source, side, aliases)
