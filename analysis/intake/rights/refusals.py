"""Why a file cannot be confirmed by who sends it: it is another's, the office's, or too much."""

from collections.abc import Mapping, Sequence

import duckdb

from analysis.ingest.read_file import Submission
from analysis.ingest.units.register import Register
from analysis.intake.rights.refused_sheets import names_another
from analysis.ledgers import LEDGERS
from analysis.warehouse.engine import fetch_rows, names_of_unit

#: So many items and records a unit may bring anew on a day, or as many as it has.
MOST_NEW = 3_000
_ITEMS = tuple(ledger for ledger in LEDGERS.values() if ledger.is_item)
#: Of a row of what was the sender's own and is another's now.
_HANDED_ON = (
    "以前是本单位的，后来由别的单位报送，已按移交记在它的名下；"
    "请去掉这一行再报送其余的，没有移交的请告诉专班办公室。"
)


def refusals_of(unit: str, new: Sequence[Submission], register: Register) -> list[str]:
    """Why a file cannot be taken in from a unit at all; empty ``unit``: from the office."""
    ledgers = {each.facts["ledger"] for each in new} - {None}
    unreadable = [
        finding.message
        for each in new
        for finding in each.records.findings
        if finding.rule in {"file_unreadable", "file_unsupported"}
    ]
    if unreadable:
        return unreadable
    if not ledgers:
        return ["没有认出台账：表头不属于任何已知台账，请对照模板核对表头。"]
    if not unit:
        return []
    refusals = [
        f"“{LEDGERS[name].label}”由专班办公室管理，不能由单位报送；请从文件中去掉这张表。"
        for name in sorted(ledgers)
        if not LEDGERS[name].is_sent_by_units
    ]
    return refusals + [
        f"工作表“{each.facts['sheet']}”写明填报单位是“{each.facts['unit']}”，不是{unit}。"
        for each in new
        if names_another(each, unit, register)
    ]


def of_others(
    con: duckdb.DuckDBPyConnection, unit: str, rows_of: Mapping[str, tuple[str, int]]
) -> list[str]:
    """The rows of a unit's upload that are another's by what is published: item → sheet and line.

    Whose they are is not told; that one was the sender's own is.
    """
    found: set[tuple[str, int, bool]] = set()
    units = names_of_unit(con, unit)
    for ledger in _ITEMS:
        owner = ledger.owner_column
        _, rows = fetch_rows(
            con,
            f"SELECT item_id, bool_or(list_contains($units, {owner})) FROM {ledger.name} "  # noqa: S608
            f"WHERE list_contains($ids, item_id) GROUP BY item_id "
            f"HAVING bool_or(known_to IS NULL AND NOT list_contains($units, {owner}))",
            {"units": units, "ids": list(rows_of)},
        )
        found |= {(*rows_of[item_id], bool(was_own)) for item_id, was_own in rows}
    return [
        f"工作表“{sheet}”第 {row_no} 行"
        + (_HANDED_ON if was_own else f"不是本单位的事项，不能由{unit}报送。")
        for sheet, row_no, was_own in sorted(found)[:5]
    ]


def too_many_new(new: int, known: int) -> list[str]:
    """Why a unit's file is too long: on one day it may double what it has, or bring a few thousand.

    Invented rows without end would make every rate of the county mean nothing, and every page long.
    """
    if new <= max(MOST_NEW, known):
        return []
    return [
        f"连同这一份，今天新增的事项、检查、履职有 {new} 条，超过一天最多的 {MOST_NEW} 条；"
        "确有这么多的（如补录往年台账），请把文件交专班办公室收入。"
    ]
