"""The standard scorecard of sites: colour by likelihood × severity, order by what is open there.

It needs no model and no history, says its reasons in words, and never puts a site with an open
major hazard below 红.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

#: From the lowest risk to the highest.
COLOURS = ("蓝", "黄", "橙", "红")
#: A site of the two highest colours that nobody has seen for so long is a reason of its own.
UNSEEN_DAYS = 60
#: What is compared in turn among sites of one colour, the more the higher.
ORDER = ("open_major", "overdue", "vanished", "recurred", "open_items", "points")
#: What is told of a site as its ledger has it.
SAID = ("site", "region", "township", "site_kind", "unit", "person")
COLUMNS = (
    *SAID, "colour", "basis", "rated", "points",
    *ORDER[:-1], "last_inspected_on", "reasons",
)  # fmt: skip


def rank_sites(
    sites: pd.DataFrame,
    hazards: pd.DataFrame,
    recurrences: pd.DataFrame,
    vanished: pd.DataFrame,
    inspections: pd.DataFrame,
    as_of: date,
    bands: Sequence[int],
) -> pd.DataFrame:
    """Sites, the one to look at first on top; columns ``COLUMNS``.

    ``sites``, ``hazards`` (of ``items``) and ``inspections`` are rows of the relations,
    ``recurrences`` and ``vanished`` those of the metrics; ``bands`` are the least likelihood ×
    severity of 黄, 橙 and 红. A site that is on no roll but has unfinished hazards is listed as
    well; two of one name on the roll stay two, and what is told of that name counts for both.
    """
    roll = [row for row in sites.to_dict("records") if row["site"]]
    known = {row["site"] for row in roll}
    open_rows = hazards[~hazards["is_closed"] & ~hazards["is_void"] & hazards["site"].notna()]
    undone = open_rows[~open_rows["is_done"]]
    rows = {
        "open_major": open_rows[open_rows["level"].eq("重大")],
        "overdue": undone[undone["is_overdue"]],
        "vanished": open_rows[open_rows["item_id"].isin(vanished["item_id"])],
        "recurred": recurrences,
        "open_items": undone,
    }
    # of many sites a look into a frame each would take longer than all else
    counts = {name: each.groupby("site").size().to_dict() for name, each in rows.items()}
    seen = inspections.groupby("site")["inspected_on"].max().to_dict()
    strangers = open_rows[~open_rows["site"].isin(known)].drop_duplicates("site")
    told = strangers[[name for name in SAID if name in strangers]].to_dict("records")
    lines = [
        _line(row, {name: int(each.get(row["site"], 0)) for name, each in counts.items()},
              seen.get(row["site"]), as_of, bands)
        for row in (*roll, *told)
    ]  # fmt: skip
    ranked = pd.DataFrame(lines, columns=list(COLUMNS))
    keys = ranked.assign(colour=ranked["colour"].map(height))[["colour", *ORDER]]
    order = keys.assign(site=ranked["site"]).sort_values(
        ["colour", *ORDER, "site"], ascending=[*[False] * (1 + len(ORDER)), True]
    )
    return ranked.loc[order.index].reset_index(drop=True)


def height(colour: Any) -> int:
    """The place of a colour from the lowest risk up; -1 where there is none."""
    return COLOURS.index(colour) if colour in COLOURS else -1


def _line(
    row: Mapping[Any, Any], counts: Mapping[str, int], seen: Any, as_of: date, bands: Sequence[int]
) -> dict[str, Any]:
    points = _points(row)
    colour, basis = grade(row.get("risk_level"), points, counts["open_major"], bands)
    seen_on = None if pd.isna(seen) else seen
    days = None if seen_on is None else (pd.Timestamp(as_of) - seen_on).days
    return {
        **{name: row.get(name) for name in SAID},
        "colour": colour, "basis": basis, "rated": rated(row), "points": points, **counts,
        "last_inspected_on": seen_on,
        "reasons": "；".join(reasons(colour, points, counts, days, "risk_level" in row)),
    }  # fmt: skip


def rated(row: Mapping[Any, Any]) -> str | None:
    """What the roll itself says of a site (名录评定), where it says one of the four colours."""
    said = row.get("risk_level")
    return said if said in COLOURS else None


def high_sites(sites: pd.DataFrame, majors: pd.DataFrame, bands: Sequence[int]) -> pd.DataFrame:
    """The sites on the roll that are 橙 or 红, by the one definition; columns of ``sites``.

    ``majors`` are the open major hazards.
    """
    open_majors = majors["site"].value_counts()
    high = [
        not pd.isna(row["site"])
        and grade(row.get("risk_level"), _points(row), int(open_majors.get(row["site"], 0)), bands)[
            0
        ]
        in COLOURS[2:]
        for row in sites.to_dict("records")
    ]
    return sites[pd.Series(high, index=sites.index, dtype=bool)]


def _points(row: Mapping[Any, Any]) -> int | None:
    likelihood, severity = row.get("likelihood"), row.get("severity")
    if pd.isna(likelihood) or pd.isna(severity):
        return None
    return int(likelihood) * int(severity)


def grade(
    said: str | None, points: int | None, open_major: int, bands: Sequence[int]
) -> tuple[str | None, str]:
    """The colour of a site, and why: the higher of what the roll says and what the points give."""
    if open_major:
        return "红", "有未销号的重大隐患"
    by_points = None if points is None else COLOURS[sum(points >= least for least in bands)]
    said = None if pd.isna(said) else said
    if height(by_points) > height(said):
        return by_points, f"可能性×严重性={points}"
    return (said, "名录评定") if said in COLOURS else (None, "名录没有评定")


def reasons(
    colour: str | None, points: int | None, counts: Mapping[str, int], days: int | None,
    is_on_roll: bool,
) -> list[str]:  # fmt: skip
    """Why a site stands where it does, the weightiest first."""
    words = {
        "open_major": "重大隐患未销号 {} 条", "overdue": "逾期 {} 条",
        "vanished": "漏报 {} 条",
        "recurred": "有记录以来整改后 90 天内屡查屡犯 {} 条",
        "open_items": "未完成隐患 {} 条",
    }  # fmt: skip
    found = [said.format(counts[name]) for name, said in words.items() if counts[name]]
    if not is_on_roll:
        found.append("不在场所名录中")
    if points is not None:
        found.append(f"可能性×严重性 {points} 分")
    if colour in COLOURS[2:] and (days is None or days >= UNSEEN_DAYS):
        # where something was found somebody has looked: it is the ledger that tells of no visit
        found.append("没有检查记录" if days is None else f"检查台账 {days} 天没有记载")
    return found
