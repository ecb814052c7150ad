"""What ought to be zero and is not: each with how many there are."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pandas as pd

from analysis.briefing.figures import Figures
from analysis.briefing.statements.statement import Statement
from analysis.briefing.statements.work import ALL, NAMED
from analysis.judgement.alerts import configured
from analysis.wording.deadlines import chinese_month_day
from analysis.wording.persons.nobody import NAMES_NOBODY
from analysis.wording.values import UNNAMED, listed

#: States of what is neither done nor late by the deadline in force.
NOT_LATE = ("open", "due_soon", "undated")


def unlisted(figures: Figures) -> Statement:
    """Major hazards that ought to be on the list of supervision and are not."""
    rows = figures["supervision"]
    rows = rows[rows["standing_text"].eq("应挂未挂")]
    claim = f"未销号的重大隐患中应挂未挂{len(rows)}条：{owners(rows['unit'], '条')}"
    return _concern("unlisted", claim, len(rows), "supervision")


def vanished(figures: Figures) -> Statement:
    """Items that a later submission left out."""
    rows = figures["vanished"]
    units = owners(rows["unit"], "项")
    claim = f"漏报{len(rows)}项（没有销号而在后来报送的台账中不见了）：{units}，仍按未销号统计"
    named = listed((f"“{title}”" for title in rows["title"]), NAMED, "项")
    return replace(
        _concern("vanished", claim, len(rows), "vanished"),
        details=(f"漏报的是{named}",) if len(rows) else (),
    )


def slips(figures: Figures) -> Statement:
    """Deadlines moved back, those without approval apart."""
    rows = figures["deadline_slip"]
    rows = rows[rows["due_on"].isna() | rows["days_moved"].gt(0)]
    as_of = pd.Timestamp(figures.scope.as_of)
    claim = f"报来以后期限推迟或取消的累计{len(rows)}项"
    after = int((rows["moved_on"] > as_of).sum())
    claim += f"（含{chinese_month_day(as_of)}以后才报来的{after}项）" if after else ""
    own = rows[~rows["is_approved"].fillna(False).astype(bool)]
    details = _extended_at_first(figures) if len(rows) else ()
    if own.empty:
        claim += "，均填写了延期期限"
        return replace(_concern("slips", claim, len(rows), "deadline_slip"), details=details)
    claim += f"，其中{len(own)}项没有延期审批记录，暂按改后的期限统计"
    spared = int((own["state"].isin(NOT_LATE) & (own["first_due_on"] < as_of)).sum())
    claim += f"（按首次期限已经逾期而没有列入逾期的{spared}项）" if spared else ""
    return replace(_concern("slips", claim, len(rows), "deadline_slip"), details=details)


def _extended_at_first(figures: Figures) -> tuple[str, ...]:
    """Deadlines that the first ledger gave as extended: no later one has moved them."""
    items = figures.source.relation("items", figures.scope, part="counted")
    moved = figures["deadline_slip"]["item_id"]
    at_first = items[items["due_on"].gt(items["first_due_on"]) & ~items["item_id"].isin(moved)]
    return (f"另有{len(at_first)}项首次报来就写有延期",) if len(at_first) else ()


def recurrence(figures: Figures) -> Statement:
    """Sites where the same came back within the days of the alert rule."""
    days = configured(figures.settings.alerts)["recurrence"].at
    rows = figures["recurrence"]
    start = figures.scope.as_of - timedelta(days=days)
    rows = rows[rows["opened_on"] >= pd.Timestamp(start)]
    sites = often(rows["site"])
    told = listed((f"{name}{count}条" for name, count in sites.items()), NAMED, "家")
    claim = f"近{days}天发现的屡查屡犯{len(rows)}条（整改后90天内同类再次查出的）：{told}"
    return _concern("recurrence", claim, len(rows), "recurrence")


def suspects(figures: Figures) -> Statement:
    """Closures with reasons for doubt: to be looked at, not judged."""
    rows = figures["suspect_closure"]
    several = int((rows["reasons"] >= 2).sum())
    claim = f"报过完成的事项中{len(rows)}项有疑点"
    claim += f"，其中{several}项有两处以上" if several else ""
    claim += "，须核查，疑点不等于结论"
    return _concern(
        "suspects", claim + closed_by_ledger(figures), len(rows), "suspect_closure"
    )  # fmt: skip


def closed_by_ledger(figures: Figures) -> str:
    """How much of what is closed rests on the word of the unit's own ledger alone."""
    rows = figures.source.relation("items", figures.scope, part="counted")
    closed = rows[rows["is_closed"].astype(bool)]
    own = int(closed["closure"].eq("ledger").sum())
    words = f"{own}项只由台账自报（写明验收人和日期），没有专班的验收销号记录"
    return f"；已销号的{len(closed)}项中，{words}" if own else ""


def clarity(figures: Figures) -> Statement:
    """Items without person, unit or deadline."""
    rows = figures["clarity"]
    row: Any = rows[rows["unit"].eq(ALL)].iloc[0]
    lacking = [
        f"{words}{row['items'] - row[name]}项"
        for name, words in (
            ("with_unit", "没有写明责任单位的"), ("with_person", f"{NAMES_NOBODY}的"),
            ("with_deadline", "没有时限（长期坚持的不在内）的"),
        )
        if row[name] < row["items"]
    ]  # fmt: skip
    count = int(row["items"] - row["clear"])
    claim = f"责任、时限不明确的{count}项（含已完成的）：{'，'.join(lacking)}"
    return _concern("clarity", claim, count, "clarity")


def owners(units: pd.Series, unit: str, most: int = NAMED) -> str:
    """How often each unit occurs, the most frequent first: «县教育局3项、县水利局1项等5个单位»."""
    counts = often(units.astype(object).fillna(f"责任单位{UNNAMED}"))
    return listed((f"{name}{count}{unit}" for name, count in counts.items()), most, "个单位")


def often(names: pd.Series) -> pd.Series:
    """How often each name occurs, the most frequent first, of equals by name."""
    counts: pd.Series = names.value_counts().sort_index()
    return counts.sort_values(ascending=False, kind="stable")


def _concern(subject: str, claim: str, count: Any, metric: str) -> Statement:
    return Statement(subject, claim if count else "", count=int(count), metric=metric)
