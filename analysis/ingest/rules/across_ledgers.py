"""Rules across tables: two places that say different things about the same matter."""

import math
from collections.abc import Mapping

import pandas as pd

from analysis.ingest.cells.blanks import is_null
from analysis.ingest.findings import Finding, Places
from analysis.ingest.rules.inspections import (
    hazards_of_inspections,
    lone_inspectors,
    own_townships,
)

Tables = Mapping[str, pd.DataFrame]

#: A printed percentage is rounded to two places, or cut off there: both are found in print.
PLACES = 2
#: So many cases at most are tried as the base of a percentage.
LARGEST_BASE = 2000


def crosscheck(tables: Tables, places: Places) -> list[Finding]:
    """Apply every rule to ``tables``, the rows in force with all of ``submission``; each finding
    names both places.
    """
    return [finding for rule in RULES for finding in rule(tables, places)]


def printed_percentages(tables: Tables, places: Places) -> list[Finding]:
    """R15: a printed percentage must follow from the counts, or from some base of whole cases."""
    found = []
    for row in tables["accident_stat"].to_dict("records"):
        for name, label in (("accidents", "起数"), ("deaths", "死亡人数")):
            printed = row[f"{name}_yoy_printed"]
            if is_null(printed) or is_null(row[name]):
                continue
            said = _percentage_fault(row[name], row[f"{name}_prev"], printed)
            if said:
                message = f"{label}同比填报 {printed:g}%，{said}"
                field = f"{name}_yoy_printed"
                value = f"{printed:g}%"
                found.append(places.finding(row, field, "R15", "error", message, value))
    return found


def _percentage_fault(now: float, before: float | None, printed: float) -> str:
    """What is wrong with a printed percentage; nothing where it can be."""
    if before is None or before != before:
        if _has_base(now, printed):
            return ""
        return f"本期 {now:g}，没有任何整数的上年同期数能得出；请核对"
    if _follows(now, before, printed):
        return ""
    for other in (before - 1, before + 1):
        if _follows(now, other, printed):
            return (
                f"与上年同期 {other:g} 相符，而填报的上年同期是 {before:g}，差一起，"
                "多半是上年数有修订而百分比没有重算；按计算值统计，请核对"
            )
    real = f"{(now - before) / before * 100:.2f}%" if before else "没有同比"
    return f"由本期 {now:g}、上年同期 {before:g} 计算应为 {real}；按计算值统计，请核对"


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


def _has_base(now: float, printed: float) -> bool:
    """Whether some whole number of cases last year gives the printed percentage."""
    if printed <= -100:
        return now == 0
    guess = round(now / (1 + printed / 100))
    return any(
        _follows(now, base, printed)
        for base in range(max(1, guess - 1), min(guess + 2, LARGEST_BASE))
    )


def _follows(now: float, before: float, printed: float) -> bool:
    """Whether a percentage is what two counts give, rounded or cut off after two places."""
    if before <= 0:
        return False
    change = (now - before) / before * 100
    cut_off = math.trunc(change * 10**PLACES + math.copysign(1e-9, change)) / 10**PLACES
    return any(abs(each - printed) < 1e-6 for each in (round(change, PLACES), cut_off))


def _where(rows: pd.DataFrame) -> str:
    if rows.empty:
        return ""
    first = rows.iloc[0]
    return f"（工作表“{first['sheet']}”第 {'、'.join(map(str, rows['row_no'].head(5)))} 行）"
