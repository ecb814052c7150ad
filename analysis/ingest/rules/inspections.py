"""What inspections say that cannot be, or should not: their hazards, who inspected, and where.

The number of an inspection is its unit's: two units' 检查编号 1 are two inspections.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.ingest.cells.blanks import is_null
from analysis.ingest.findings import Finding, Places
from analysis.wording.names import names_of

Tables = Mapping[str, pd.DataFrame]
Row = Mapping[Any, Any]

RANDOM, ACROSS = re.compile("双随机"), re.compile("互检|互查|交叉")
#: «某甲等3人» are not one; 执法一组 is a group, whoever is in it.
_SEVERAL = re.compile(r"等|[2-9二两三四五六七八九十]\s*[人名]|[组队局所科室办委院站会]$")
_BETWEEN = re.compile(r"[、，,;；/／|｜\r\n\t]+")
_TOWNSHIP = re.compile(r"[\u4e00-\u9fff]{1,8}?(?:镇|乡|街道)")
_ENDS = re.compile(r"(?:(?:镇|乡|街道)?(?:人民政府|政府|办事处|党工委)?)$")


def hazards_of_inspections(tables: Tables, places: Places) -> list[Finding]:
    """R18: an inspection that counts three hazards while the ledger holds two."""
    visits = tables["inspection"]
    visits = visits[visits["inspection_no"].notna()]
    hazards = tables["hazard"]
    named = hazards[hazards["inspection_no"].notna()]
    if visits.empty or named.empty or not visits["hazards_found"].notna().any():
        return []
    senders = _senders(tables["submission"])
    visited = _by_number(visits, "site", "unit", "hazards_found")
    held: dict[int, list[Row]] = {}
    citing: set[Any] = set()
    for number, rows in _by_number(named, "site", "unit").items():
        for row in rows:
            citing.add(_sender(row, senders))
            for visit in _visits_of(row, visited.get(number, ()), senders):
                held.setdefault(id(visit), []).append(row)
    found = []
    for visit in (visit for same in visited.values() for visit in same):
        its = held.get(id(visit), [])
        # Who never writes a number beside a hazard has not counted wrongly.
        cites = bool(its) or None in citing or _sender(visit, senders) in citing
        if is_null(visit["hazards_found"]) or not cites or len(its) == visit["hazards_found"]:
            continue
        message = (
            f"检查记录 {visit['inspection_no']} 填报发现隐患 {visit['hazards_found']} 条，"
            f"隐患台账中有 {len(its)} 条{_where(its)}；隐患数按台账统计，请两处核对一致"
        )
        value = visit["hazards_found"]
        found.append(places.finding(visit, "hazards_found", "R18", "error", message, value))
    return found


def lone_inspectors(tables: Tables, places: Places) -> list[Finding]:
    """R26: 双随机 is done by two inspectors at least."""
    message = "双随机抽查须有两名以上检查人员，这里只写了 1 人；请核对，写全检查人员"
    return [
        places.finding(row, "inspectors", "R26", "warning", message, row["inspectors"])
        for row in _of_kind(tables["inspection"], RANDOM)
        if _is_one(row["inspectors"])
    ]


def own_townships(tables: Tables, places: Places) -> list[Finding]:
    """R27: 交叉互检 is done by others than those of the township."""
    sites = tables["site"]
    known = dict(zip(sites["site"], sites["township"], strict=True))
    found = []
    for row in _of_kind(tables["inspection"], ACROSS):
        township = row["township"] if not is_null(row["township"]) else known.get(row["site"])
        who = next((row[n] for n in ("unit", "inspectors") if _is_only_of(row[n], township)), None)
        if who is not None:
            message = (
                f"交叉互检应由别的乡镇、单位检查，这里检查方“{who}”就是被检查方所在的{township}；"
                "不是互检的请改检查类型"
            )
            found.append(places.finding(row, "unit", "R27", "warning", message, who))
    return found


def _is_one(inspectors: Any) -> bool:
    """Whether a cell names one person; two of one name are two."""
    if len(names_of(inspectors)) != 1 or _SEVERAL.search(inspectors):
        return False
    return sum(bool(part.strip()) for part in _BETWEEN.split(inspectors)) == 1


def _of_kind(visits: pd.DataFrame, kind: re.Pattern[str]) -> Iterable[Row]:
    words = {text for text in set(visits["kind"]) if isinstance(text, str) and kind.search(text)}
    rows: Iterable[Row] = visits[visits["kind"].isin(words)].to_dict("records")
    return rows


def _is_only_of(who: Any, township: Any) -> bool:
    """Whether those who inspect are of a township, and of no other one beside it."""
    if is_null(who) or is_null(township):
        return False
    stem = _ENDS.sub("", str(township))
    named = {_ENDS.sub("", each) for each in _TOWNSHIP.findall(str(who))}
    return bool(stem) and bool(named) and all(each.endswith(stem) for each in named)


def _senders(submissions: pd.DataFrame) -> dict[Any, Any]:
    """Submission → who sent it; its file where nobody is named."""
    return dict(zip(submissions["submission_id"], submissions["unit"], strict=True))


def _sender(row: Row, senders: Mapping[Any, Any]) -> Any:
    sender = senders.get(row["submission_id"])
    sender = row["unit"] if is_null(sender) else sender
    return None if is_null(sender) else sender


def _by_number(rows: pd.DataFrame, *columns: str) -> dict[Any, list[Row]]:
    needed = ["inspection_no", "submission_id", "sheet", "row_no", *columns]
    found: dict[Any, list[Row]] = {}
    for row in rows[needed].to_dict("records"):
        found.setdefault(row["inspection_no"], []).append(row)
    return found


def _visits_of(hazard: Row, visits: Sequence[Row], senders: Mapping[Any, Any]) -> list[Row]:
    """The inspections of one number of which a hazard is: those that agree with it the most."""
    scored = [(_agreement(hazard, visit, senders), visit) for visit in visits]
    best = max((score for score, _ in scored), default=-1)
    return [visit for score, visit in scored if score == best >= 0]


def _agreement(hazard: Row, visit: Row, senders: Mapping[Any, Any]) -> int:
    """How much speaks for it that a hazard was found by an inspection; -1: it is another's."""
    pairs = (
        (hazard["site"], visit["site"]),
        (_sender(hazard, senders), _sender(visit, senders)),
        (hazard["unit"], visit["unit"]),
    )
    known = [None if is_null(a) or is_null(b) else a in b or b in a for a, b in pairs]
    weights = [weight for same, weight in zip(known, (4, 2, 1), strict=True) if same]
    return -1 if not weights and known[:2] == [False, False] else sum(weights)


def _where(rows: Sequence[Row]) -> str:
    if not rows:
        return ""
    numbers = "、".join(str(row["row_no"]) for row in rows[:5])
    return f"（工作表“{rows[0]['sheet']}”第 {numbers} 行）"
