"""Rules across tables: two places that say different things about the same matter."""

from collections.abc import Mapping

import pandas as pd

from analysis.ingest.cells.blanks import is_null
from analysis.ingest.findings import Finding, Places
from analysis.ingest.rules.inspections import (
    hazards_of_inspections,
    lone_inspectors,
    own_townships,
)
from analysis.ingest.rules.percentages import printed_percentages

Tables = Mapping[str, pd.DataFrame]


def crosscheck(tables: Tables, places: Places) -> list[Finding]:
    """Apply every rule to ``tables``, the rows in force with all of ``submission``; each finding
    names both places.
    """
    return [finding for rule in RULES for finding in rule(tables, places)]


def counts_within_counts(tables: Tables, places: Places) -> list[Finding]:
    """R18, R32: a part is not larger than its whole; sites are not more than visits."""
    found = []
    for table, part, whole in PARTS:
        for row in tables[table].to_dict("records"):
            less, more = row[part], row[whole]
            if not is_null(less) and not is_null(more) and less > more:
                message = (
                    f"{LABELS[part]} {less:g} 大于{LABELS[whole]} {more:g}，请核对"
                    "（家与家次、部分与合计不要混用）"
                )
                found.append(places.finding(row, part, "R32", "error", message, f"{less:g}"))
    return found


def twice_reported(tables: Tables, places: Places) -> list[Finding]:
    """R31: one hazard in the ledgers of two units, at the same site, day and in the same words."""
    hazards = tables["hazard"]
    if hazards["submission_id"].nunique() < 2:
        return []
    same = ["site", "found_on", "description"]
    known = hazards[same].notna().all(axis=1)
    is_twin = known & hazards[same].duplicated(keep=False) & ~hazards["status"].eq("void")
    twins = hazards[is_twin]
    found = []
    for _, group in twins.groupby(same, sort=True):
        if group["item_id"].nunique() < 2 or group["submission_id"].nunique() < 2:
            continue
        # Told of the later one; an id without a number is a hash, and in no order.
        came = group["first_known_on"].fillna(group["known_from"]).sort_values(kind="stable")
        rows = group.loc[came.index].to_dict("records")
        first = rows[0]["item_id"]
        where = _where(group[group["item_id"] == first])
        for row in rows[1:]:
            message = (
                f"与 {first}{where}"
                "场所、日期、内容都相同，疑为重复上报；目前按两条统计，确属重复的请把一条报为“重复”"
            )
            value = row["description"]
            found.append(places.finding(row, "description", "R31", "warning", message, value))
    return found


PARTS = (
    ("inspection", "major_hazards_found", "hazards_found"),
    ("half_month", "major_found", "hazards_found"),
    ("half_month", "sites_inspected", "visits"),
)
LABELS = {
    "major_hazards_found": "重大隐患数", "hazards_found": "发现隐患数", "major_found": "重大隐患数",
    "sites_inspected": "检查家数", "visits": "检查家次",
}  # fmt: skip

RULES = (
    hazards_of_inspections, lone_inspectors, own_townships, printed_percentages,
    counts_within_counts, twice_reported,
)  # fmt: skip


def _where(rows: pd.DataFrame) -> str:
    if rows.empty:
        return ""
    first = rows.iloc[0]
    return f"（工作表“{first['sheet']}”第 {'、'.join(map(str, rows['row_no'].head(5)))} 行）"
