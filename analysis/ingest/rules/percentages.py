"""R15: a printed 同比 must follow from the counts, at the precision at which it was printed.

Bulletins print none, one or two decimals and round or cut them off. A percentage that does not
follow is explained where something simple does: a sign, a wrong denominator, a revised base.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from analysis.ingest.cells.blanks import is_null
from analysis.ingest.cells.changes import Change, places_of, shown
from analysis.ingest.findings import Finding, Places

#: The counts, with what a person calls them and by what they are counted.
MEASURES = {"accidents": ("起数", "起"), "deaths": ("死亡人数", "人")}
#: What is printed in place of a percentage where there was nothing the year before.
FROM_NOTHING = 100


def printed_percentages(tables: Mapping[str, Any], places: Places) -> list[Finding]:
    """What is wrong, or cannot be told, of the percentages of published totals."""
    return [
        places.finding(row, f"{name}_yoy_printed", "R15", severity, message, shown_as)
        for row in tables["accident_stat"].to_dict("records")
        for name in MEASURES
        for shown_as, severity, message in _remarks(row, name)
    ]


def change_of(row: Mapping[Any, Any], name: str) -> Change | None:
    """The printed change of one measure; without its text, its decimals are those that it has."""
    percent, places = row[f"{name}_yoy_printed"], row[f"{name}_yoy_places"]
    if is_null(percent):
        return None
    return Change(percent, places_of(shown(percent)) if is_null(places) else int(places))


def _remarks(row: Mapping[Any, Any], name: str) -> Iterator[tuple[str, str, str]]:
    change, now, before = change_of(row, name), row[name], row[f"{name}_prev"]
    if change is None or is_null(now):
        return
    label, unit = MEASURES[name]
    text = row[f"{name}_yoy_text"]
    said = f"{shown(change.percent)}%" if is_null(text) else str(text)
    if is_null(before):
        remark = _without_base(int(now), change, unit)
    else:
        remark = _with_base(int(now), int(before), change, unit) or _wrong(row, name, change)
    if remark:
        severity, why = remark
        yield said, severity, f"{label}同比填报“{said}”，{why}"


def _without_base(now: int, change: Change, unit: str) -> tuple[str, str] | None:
    least, most = change.bases(now)
    if least == most:
        return None
    if most is None or least < most:
        some = "许多" if most is None else f"{most - least + 1} 个"
        return "info", (
            f"由本期 {now} 倒推，有{some}整数都能得出，上年同期数无法唯一还原；请补报上年同期数"
        )
    if change.percent == FROM_NOTHING and now > 0:
        return "info", (
            f"本期 {now}，没有整数的上年同期数能得出，多半是上年同期为 0；"
            f"上年同期为 0 的只报增减数：增加 {now} {unit}；请补报上年同期数"
        )
    return "error", f"本期 {now}，没有任何整数的上年同期数能得出；请核对"


def _with_base(now: int, before: int, change: Change, unit: str) -> tuple[str, str] | None:
    """What is to be said where nothing was before; None elsewhere."""
    if before != 0 or now == 0 or change.percent not in {FROM_NOTHING, FROM_NOTHING * now}:
        return None
    return "info", f"上年同期为 0，没有百分比，只报增减数：增加 {now} {unit}"


def _wrong(row: Mapping[Any, Any], name: str, change: Change) -> tuple[str, str] | None:
    """Why a percentage is not that of its two counts; None where it is."""
    now, before = int(row[name]), int(row[f"{name}_prev"])
    if change.follows(now, before):
        return None
    slip = next(_slips(row, name, change), "")
    if slip:
        return "error", f"{slip}；按计算值统计，请核对"
    for other in (before - 1, before + 1):
        if other > 0 and change.follows(now, other):
            return "warning", (
                f"与上年同期 {other} 相符，而填报的上年同期是 {before}，差一{MEASURES[name][1]}，"
                "多半是上年数有修订而百分比没有重算；按计算值统计，请核对"
            )
    real = f"{(now - before) / before * 100:.2f}%" if before else "没有同比"
    return "error", f"由本期 {now}、上年同期 {before} 计算应为 {real}；按计算值统计，请核对"


def _slips(row: Mapping[Any, Any], name: str, change: Change) -> Iterator[str]:
    """The slips of the pen that give a percentage."""
    now, before = int(row[name]), int(row[f"{name}_prev"])
    if Change(-change.percent, change.places).follows(now, before):
        yield f"本期 {now}、上年同期 {before}，升降写反了"
    if Change(change.percent * 100, change.places - 2).follows(now, before):
        yield f"是小数，百分数应为 {change.percent * 100:g}%"
    if now and Change(-change.percent, change.places).follows(before, now):
        yield f"是以本期 {now} 为分母算的，应以上年同期 {before} 为分母"
    (twin,) = MEASURES.keys() - {name}
    theirs = row[twin], row[f"{twin}_prev"]
    is_known = not any(map(is_null, theirs))
    # 0 % is that of any two equal counts
    if is_known and change.units and change.follows(*map(int, theirs)):
        yield f"与{MEASURES[twin][0]}的同比相符，疑填错了列"
