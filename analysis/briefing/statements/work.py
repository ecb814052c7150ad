"""Rectification as a whole: how much is done, what changed, nodes, units, what is late."""

from typing import Any

import pandas as pd

from analysis.briefing.changes import percent
from analysis.briefing.figures import Figures
from analysis.briefing.statements.absent import ITEM_LEDGERS, has_any, missed
from analysis.briefing.statements.headline import (
    Headline,
    Indicator,
    compared_words,
    headlines,
    since_words,
)
from analysis.briefing.statements.statement import Statement, sentences
from analysis.charts.shown import node_note, worst_first
from analysis.ledgers import ITEM_KIND
from analysis.ledgers.codes import CHANGE, SHUT_SEEN_WITHIN
from analysis.wording.deadlines import chinese_day, chinese_month_day
from analysis.wording.labels import plan_number
from analysis.wording.values import UNNAMED, listed

#: The total among the units of a metric.
ALL = "全部"
#: What a ledger that leaves a member blank is called by the metrics.
UNSAID = "未填"
#: How many units a sentence names.
NAMED = 3
#: Indicators that speak of hazards alone.
OF_HAZARDS = frozenset({"major_open", "supervised_open"})
#: Late by so many days, a unit is to be called in (the step of the ladder in docs/预警.md); from
#: this band of ``ageing`` on.
LONG_LATE_DAYS, LONG_LATE_BAND = 30, 5
LONG_LATE = f"逾期满{LONG_LATE_DAYS}天"
#: After so many days without any submission a half month has passed of which nothing is known.
SILENT_DAYS = 16
#: After so many without any of items, while other ledgers came, it is told that none came of them.
HIDDEN_DAYS = 7
#: Changes that a meeting should ask about, the worst first; then those that are as they should be.
WORSE = ("overdue", "reopened", "vanished", "later", "cancelled", "backdated")
BETTER = ("done", "closed", "found", "registered", "earlier", "void")


def overall(figures: Figures) -> Statement:
    """How much is done, and how much is late."""
    if not has_any(ITEM_LEDGERS, figures.received):
        claim = f"{missed(ITEM_LEDGERS, figures.received)}，没有可以统计的事项"
        return Statement("overall", claim, metric="overview")
    now = figures.now
    caveat = missed(ITEM_LEDGERS, figures.received)
    if not now["total"]:
        claim = "没有列入统计的整改事项" + _aside(now)
        return Statement("overall", claim, caveat=caveat, metric="overview")
    claim = (
        f"应整改{now['total']}项，已完成{now['done']}项"
        f"（{percent(now['completion_rate'], now['total'])}），"
        + (f"逾期{now['overdue']}项" if now["overdue"] else "没有逾期")
    )
    before, shown = figures.before, figures.shown_before
    unreceived = OF_HAZARDS if "hazard" not in figures.received_before else ()
    numbers = headlines(
        now, before if before["total"] else None, shown if shown["total"] else None, unreceived
    )
    if "hazard" not in figures.received:
        numbers = [each for each in numbers if each.indicator.column not in OF_HAZARDS]
    details = (
        _aside(now).strip("（）"),
        due_words(now),
        shut_words(figures),
        relief_words(now),
        silence_words(figures),
        kinds_words(figures["completion"]),
    )
    return Statement(
        "overall", claim, tuple(filter(None, details)), tuple(numbers),
        since_words(figures.comparison, numbers), compared_words(figures.comparison, numbers),
        caveat=caveat, metric="overview",
    )  # fmt: skip


def due_words(now: Any) -> str:
    """What became of the items whose deadline has passed; its parts add up to all of them."""
    apart = [
        f"{label}{now[name]}项"
        for name, label in (("suspended_due", "停业关停"), ("undated_done", "完成时间不明"))
        if now[name]
    ]
    aside = f"期限已过而单列的：{'、'.join(apart)}" if apart else ""
    if not now["due"]:
        return aside
    words = (
        f"已到期可判的{now['due']}项中，按期完成{now['on_time']}项，逾期完成{now['late']}项，"
        f"逾期未完成{now['overdue']}项"
    )
    return f"{words}；{aside}" if aside else words


def shut_words(figures: Figures) -> str:
    """What is told as shut down and nobody has looked at yet: it counts as if it were not.

    What nobody has looked at for ``SHUT_SEEN_WITHIN`` ought to have been by then.
    """
    claimed = int(figures.now["suspended"] - figures.now["suspended_apart"])
    if not claimed:
        return ""
    rows = figures.source.relation("items", figures.scope, part="suspension_claimed")
    long = pd.Timestamp(figures.scope.as_of) - pd.Timedelta(days=SHUT_SEEN_WITHIN)
    old = int((pd.to_datetime(rows["suspended_on"]) <= long).sum())
    words = f"报停业待核实{claimed}项，核实以前照常统计"
    return words + (f"，其中报来满{SHUT_SEEN_WITHIN}天还没有核实的{old}项" if old else "")


def relief_words(now: Any) -> str:
    """What units would be freed of, and that the office has not agreed to."""
    claimed = int(now["relieved"])
    return f"报撤销、延期、降级、挂牌等待核实{claimed}项，核实以前照原样统计" if claimed else ""


def silence_words(figures: Figures) -> str:
    """That nothing has come for more than a half month, after which each unit is to report: what
    was done since is in no number.
    """
    facts, as_of = figures.facts, figures.scope.as_of
    if facts.newest_on is None:
        return ""
    if (as_of - facts.newest_on).days >= SILENT_DAYS:
        newest = chinese_day(facts.newest_on)
        return f"最近一次报送在{newest}，其后没有收到报送，此后的整改没有计入"
    # what else came since hides that of the items themselves nothing did
    items = facts.items_on
    if items is None or items >= facts.newest_on or (as_of - items).days < HIDDEN_DAYS:
        return ""
    words = f"事项和验收最近一次报送在{chinese_day(items)}"
    return f"{words}，此后的整改没有计入，其后到期的按没有完成统计"


def kinds_words(completion: pd.DataFrame) -> str:
    """三清单、隐患、议定事项 apart, where there is more than one kind."""
    kinds = completion[completion["dimension"].eq("kind") & completion["total"].gt(0)]
    if len(kinds) < 2:
        return ""
    return "其中：" + "；".join(
        f"{ITEM_KIND.labels[row['member']]}{row['total']}项，完成{row['done']}项"
        f"（{percent(row['completion_rate'], row['total'])}），逾期{row['overdue']}项"
        for row in kinds.to_dict("records")
    )


def changes(figures: Figures) -> Statement:
    """What happened since the day compared with: what got worse first."""
    if not has_any(ITEM_LEDGERS, figures.received):
        return Statement("changes", missed(ITEM_LEDGERS, figures.received), metric="since")
    name, counts = figures.comparison.name, figures.change_counts
    order = [*WORSE, *BETTER, *(code for code in counts if code not in {*WORSE, *BETTER})]
    numbers = [
        Headline(
            Indicator(code, CHANGE.labels[code], is_claimed=True), counts[code], None, None, None
        )
        for code in order
        if counts.get(code)
    ]
    against = f"与{name}当时所知相比"
    if not numbers:
        return Statement("changes", f"{against}没有变化", metric="since")
    claim = f"{against}：{'，'.join(number.in_words for number in numbers)}"
    apart = figures.standing_found
    caveats = [
        figures.comparison.why,
        f"新发现的{apart}项是长期坚持（无期限），不计入事项总数" if apart else "",
        late_news(figures),
        "一项有几种变化的各计一次" if len(numbers) > 1 else "",
    ]
    caveat = "。".join(filter(None, caveats))
    return Statement("changes", claim, numbers=tuple(numbers), caveat=caveat, metric="since")


#: Changes that do not tell what was so already and only became known later from what is new.
UNSPLIT = {"overdue": "逾期", "closed": "销号"}


def late_news(figures: Figures) -> str:
    """Of changes that are not told apart: how much of them was so on the day compared with."""
    shown, known = figures.shown_before, figures.before
    told = {
        code: f"{words}当时所知{shown[code]}项、补报后{known[code]}项"
        for code, words in UNSPLIT.items()
        if figures.change_counts.get(code) and known[code] > shown[code]
    }
    if not told:
        return ""
    labels = "、".join(CHANGE.labels[code] for code in told)
    return f"{labels}含补报的：{figures.comparison.short}{'，'.join(told.values())}"


def nodes(figures: Figures) -> Statement:
    """The last working node with all before it, and what the next one wants."""
    if "measure" not in figures.received:
        return Statement(
            "nodes",
            f"{missed(['measure'], figures.received)}，没有工作节点",
            metric="node_progress",
        )
    as_of = pd.Timestamp(figures.scope.as_of)
    rows = figures["node_progress"]
    past = past_nodes(rows, as_of)
    coming = rows[rows["unit"].eq(ALL) & (rows["node_on"] > as_of)].head(1)
    details = [
        f"下一节点（{chinese_month_day(row['node_on'])}）应完成{row['planned']}项，"
        f"已完成{row['done']}项"
        for row in coming.to_dict("records")
    ]
    details += calendar_words(figures)
    if not past["planned"].sum():
        return Statement("nodes", "还没有到期的工作节点", tuple(details), metric="node_progress")
    last = past.iloc[-1]
    when = (
        "首个工作节点以前"
        if pd.isna(last["node_on"])
        else f"到工作节点（{chinese_month_day(last['node_on'])}）"
    )
    planned, done = int(past["planned"].sum()), int(past["done"].sum())
    owed = int(past["owed"].sum())
    claim = f"{_of_all_kinds(figures)}{when}累计应完成{planned}项，已完成{done}项，" + (
        f"还欠{owed}项" if owed else "没有欠账"
    )
    shut = int(past["suspended_due"].sum())
    claim += f"，停业关停{shut}项单列" if shut else ""
    return Statement(
        "nodes", claim, tuple(details), count=owed,
        caveat=sentences([*_of_other_days(figures, planned), undrawn(figures)]),
        metric="node_progress",
    )  # fmt: skip


def calendar_words(figures: Figures) -> list[str]:
    """The last and the next node of each plan, where plans have calendars of their own."""
    rows = figures.source.relation("nodes", figures.scope)
    if rows["calendar_no"].nunique() < 2 or rows["region"].nunique(dropna=False) > 1:
        return []
    as_of = pd.Timestamp(figures.scope.as_of)
    told = []
    for _, own in rows.sort_values(["calendar_no", "node_on"]).groupby("calendar_no"):
        is_past = own["node_on"] <= as_of
        last, coming = own[is_past]["node_on"], own[~is_past]["node_on"]
        days = [_last_node(last.max(), as_of)] if len(last) else []
        days += [f"下一个是{chinese_month_day(coming.min())}"] if len(coming) else []
        told.append(f"{plan_number(own['plan'].iloc[0])}{'、'.join(days)}")
    return [f"各方案的节点分别排定：{'；'.join(told)}"]


def _last_node(day: pd.Timestamp, as_of: pd.Timestamp) -> str:
    """That of today is not over: what fell short at the last node is of the one before."""
    said = chinese_month_day(day)
    return f"今天（{said}）是节点" if day == as_of else f"最近的是{said}"


def _of_all_kinds(figures: Figures) -> str:
    """That nodes count more than the measures of the plan, where there is more."""
    rows = figures["completion"]
    several = rows["dimension"].eq("kind") & rows["total"].gt(0)
    return "各类事项合计，" if several.sum() > 1 else ""


def _of_other_days(figures: Figures, planned: int) -> list[str]:
    """Why what the nodes asked so far is not all whose deadline has passed, where it is not."""
    now = figures.now
    passed = int(now["due"] + now["suspended_due"] + now["undated_done"])
    today, asked = _due_today(figures)
    told = []
    if (later := passed - (planned - asked)) > 0:
        told.append(f"期限已过的共{passed}项，其中{later}项归入其后的节点")
    if rest := today - asked:
        apart = (
            f"今日到期的{today}项中{asked}项计入该节点、{rest}项"
            if asked
            else f"今日到期的{rest}项"
        )
        told.append(f"{apart}归入其后的节点，次日起才算期限已过")
    elif asked:
        told.append(f"累计应完成的{planned}项中{asked}项今日到期，次日起才算期限已过")
    return told


def _due_today(figures: Figures) -> tuple[int, int]:
    """How many items are due on the day itself, and how many of them a node of that day asks for.

    Each plan has a calendar of its own: of what is due today, only what goes by a calendar that
    has a node today stands among what the nodes asked so far.
    """
    nodes = figures.source.relation("nodes", figures.scope)
    if not nodes["node_on"].eq(pd.Timestamp(figures.scope.as_of)).any():
        return 0, 0
    items = figures.source.relation("items", figures.scope, part="due_today")
    calendars = {
        (_text(row["region"]), _text(row["plan"])): row["calendar_no"]
        for row in nodes.to_dict("records")
    }
    today = nodes[nodes["node_on"].eq(pd.Timestamp(figures.scope.as_of))]
    asking = {(_text(row["region"]), row["calendar_no"]) for row in today.to_dict("records")}
    asked = 0
    for row in items.to_dict("records"):
        # a hazard or decision, and a measure of a plan without nodes, go by the first calendar
        region, plan = _text(row["region"]), _text(row["plan"])
        number = calendars.get((region, plan), 1) if row["kind"] == "measure" else 1
        asked += (region, number) in asking
    return len(items), asked


def _text(value: Any) -> str:
    return "" if pd.isna(value) else str(value)


def undrawn(figures: Figures) -> str:
    """What the chart of the nodes leaves out, in words."""
    rows = figures["node_progress"]
    return node_note(rows[rows["unit"].eq(ALL)], figures.scope.as_of)


def past_nodes(progress: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """The nodes in all up to a day, with what fell due before the first."""
    rows = progress[progress["unit"].eq(ALL)]
    return rows[rows["node_no"].eq(0) | (rows["node_on"] <= as_of)]


def units(figures: Figures) -> Statement:
    """Which units have most overdue."""
    if not has_any(ITEM_LEDGERS, figures.received):
        return Statement("units", missed(ITEM_LEDGERS, figures.received), metric="completion")
    rows = figures["completion"]
    rows = rows[rows["dimension"].eq("unit")]
    late = worst_first(rows[rows["overdue"].gt(0)])
    if late.empty:
        return Statement("units", "没有单位有逾期事项", metric="completion")
    named = late[late["member"].ne(UNSAID)]
    told = listed(
        (f"{row['member']}{row['overdue']}项" for row in named.to_dict("records")), NAMED, "个单位"
    )
    nobody = int(late[late["member"].eq(UNSAID)]["overdue"].sum())
    parts = [f"有逾期事项的：{told}"] if told else []
    parts += [f"责任单位未明确的逾期{nobody}项"] if nobody else []
    return Statement("units", "；".join(parts), count=len(named), metric="completion")


def overdue(figures: Figures) -> Statement:
    """What is late, whose the longest is, and how much of it for 30 days or more."""
    if not has_any(ITEM_LEDGERS, figures.received):
        claim = f"{missed(ITEM_LEDGERS, figures.received)}，无从统计逾期"
        return Statement("overdue", claim, metric="overdue")
    total = int(figures.now["overdue"])
    if not total:
        return Statement(
            "overdue",
            "没有逾期事项",
            caveat=missed(ITEM_LEDGERS, figures.received),
            metric="overdue",
        )
    rows, _ = figures.first("overdue")
    first = rows.iloc[0]
    long = long_late(figures["ageing"])
    claim = f"逾期未完成{total}项，最长的逾期{first['days_late']}天"
    claim += f"，{LONG_LATE}的{long}项" if long else ""
    details = (
        units(figures).claim,
        f"最长的是{_unit(first['unit'])}“{first['title']}”",
    )
    ask = f"{LONG_LATE}的{long}项，是否约谈责任单位负责人" if long else ""
    return Statement("overdue", claim, details, ask=ask, count=total, metric="overdue")


def coming(figures: Figures) -> Statement:
    """What falls due within a week."""
    total = int(figures.now["due_soon"])
    if not total:
        return Statement("due_soon", "没有7日内到期的事项", metric="due_soon")
    claim, ask = f"7日内到期{total}项", f"7日内到期的{total}项，有没有需要会议协调的"
    return Statement("due_soon", claim, ask=ask, count=total, metric="due_soon")


def long_late(ageing: pd.DataFrame) -> int:
    """How many items are late by 30 days or more."""
    bands = ageing[ageing["basis"].eq("late") & ageing["unit"].eq(ALL)]
    return int(bands[bands["band_no"] >= LONG_LATE_BAND]["items"].sum())


def _aside(row: Any) -> str:
    labels = {"standing": "长期坚持（无期限）", "suspended_apart": "停业关停", "void": "撤销"}
    parts = [f"{label}{row[name]}项" for name, label in labels.items() if row[name]]
    return f"（{'、'.join(parts)}单列）" if parts else ""


def _unit(name: Any) -> str:
    return f"责任单位{UNNAMED}的" if pd.isna(name) else str(name)
