"""预警: rules over the metrics, each with the clause it serves, its evidence and what to do.

A rule says what is the case on a day; what was raised before, noted or done is in the alert book.
The steps are the plan's own ladder: 提示 → 预警 → 督办函 → 约谈警示 → 挂牌督办 → 移交.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pandas as pd

from analysis.errors import YanpanError
from analysis.judgement.holidays import coming
from analysis.wording.deadlines import chinese_day, chinese_month_day, half_month, text_of
from analysis.wording.labels import numbered, plan_number
from analysis.wording.values import UNNAMED, listed

STEPS = ("提示", "预警", "督办函", "约谈警示", "挂牌督办", "移交")
#: The step on which a unit is written to.
LETTER = "督办函"
#: A red or orange site that nobody has seen for so long is alerted of before holidays and floods.
UNSEEN_DAYS = 60
#: The metric ``due_soon`` lists what is due within so many days.
NEAR_DAYS = 7
#: Names that a message lists before «等».
NAMED = 3


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: from which number on it speaks (``at``: days, or reasons), and what then is due."""

    name: str
    title: str
    step: str
    act: str
    clause: str
    at: int = 0
    on: bool = True


RULES = {
    rule.name: rule
    for rule in (
        Rule("due_soon", "7日内到期", "提示", "提醒责任单位按期完成", "按时完成问题整改销号", 7),
        Rule("overdue_1", "逾期1至14天", "预警",
             "通报责任单位，限期说明原因", "跟踪督办，定期调度", 1),
        Rule("overdue_15", "逾期15至29天", "督办函",
             "向责任单位发督办函", "跟踪督办，定期调度", 15),
        Rule("overdue_30", "逾期满30天", "约谈警示",
             "发督办函，提请约谈责任单位负责人", "约谈警示", 30),
        Rule("node_missed", "上一节点有欠账", "预警",
             "按节点调度，逐项明确完成时间", "按节点完成定量任务", 1),
        Rule("report_late", "缺报半月报的单位", "预警",
             "催报，连续缺报的提请通报", "每半月报送整改情况", 1),
        Rule("duty_short", "定量履职不足的单位", "督办函",
             "补足并说明原因", "每月、每季度至少 1 次"),
        Rule("major_unfiled", "未销号的重大隐患满3天未立案", "督办函",
             "督促立案查处", "判定、立案、督改、销案、建档", 3),
        Rule("major_unlisted", "未销号的重大隐患满3天未挂牌", "挂牌督办",
             "提请挂牌督办", "未销号重大隐患应全部挂牌督办", 3),
        Rule("recurrence", "近90天屡查屡犯", "约谈警示",
             "约谈场所负责人，回头看", "同类问题两次以上", 90),
        Rule("suspect_closure", "销号疑点2处以上", "预警", "组织回头看核实", "严防虚假整改", 2),
        Rule("refused", "台账写有拒不整改", "移交",
             "核实后建议移交执法部门", "拒不整改的报市级执纪监督专班"),
        Rule("shirked", "台账写有推诿扯皮", "移交",
             "核实后建议移交纪检监察机关", "推诿整改的报市级执纪监督专班"),
        Rule("faked", "台账写有虚假整改", "移交",
             "核实后建议移交纪检监察机关", "虚假整改的报市级执纪监督专班"),
        Rule("accident_rise", "事故上升超出偶然", "约谈警示", "分析研判，专题部署", "事故形势分析"),
        Rule("ahead", "节假日、汛期前未查", "提示", "节前汛前查到位", "重要时段风险防范", 15),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Alert:
    """Something that is the case: whose it is, what it is about, and the rows that show it."""

    key: str
    rule: str
    step: str
    title: str
    unit: str
    message: str
    act: str
    clause: str
    evidence: tuple[str, ...] = ()
    item_id: str | None = None


#: Of ``Facts``: metrics by name.
METRICS = (
    "due_soon", "overdue", "node_progress", "report_punctuality", "duty_compliance", "recurrence",
    "suspect_closure", "accident_yoy",
)  # fmt: skip


def relations(rules: Mapping[str, Rule]) -> dict[str, tuple[str, str]]:
    """Of ``Facts``: relations by name, each with the part of it that these rules look at."""
    # The metric due_soon ends with the seven days of the 口径; what is due later is read only
    # where an office wants to know of it sooner.
    is_sooner = rules["due_soon"].at > NEAR_DAYS
    return {
        "due_later": ("items", "due_later" if is_sooner else "none"),
        "major": ("items", "major_open"),
        "conduct": ("items", "conduct_told"),
        "nodes": ("nodes", ""),
        "inspections": ("inspections", "dated"),
    }


@dataclass(frozen=True, slots=True)
class Facts:
    """Rows of the metrics and relations of a day (``METRICS``, ``relations``).

    ``high_sites`` are the rows of the roll whose colour is 橙 or 红.
    """

    due_soon: pd.DataFrame
    due_later: pd.DataFrame
    overdue: pd.DataFrame
    node_progress: pd.DataFrame
    report_punctuality: pd.DataFrame
    duty_compliance: pd.DataFrame
    major: pd.DataFrame
    conduct: pd.DataFrame
    recurrence: pd.DataFrame
    suspect_closure: pd.DataFrame
    accident_yoy: pd.DataFrame
    nodes: pd.DataFrame
    high_sites: pd.DataFrame
    inspections: pd.DataFrame


def configured(changes: Mapping[str, Any]) -> dict[str, Rule]:
    """The rules with what an office has set of them, as ``analysis.settings`` has checked it.

    Raises:
        YanpanError: a step of 逾期 is not later than the one before, so that one never speaks.

    """
    rules = dict(RULES)
    for name, change in changes.items():
        rules[name] = replace(rules[name], **change)
        rules[name] = replace(rules[name], title=_titled(rules[name]))
    steps = [rule for name, rule in rules.items() if name.startswith("overdue") and rule.on]
    for rule, after in zip(steps, [*steps[1:], None], strict=True):
        span = f"满{rule.at}天" if after is None else f"{rule.at}至{after.at - 1}天"
        rules[rule.name] = replace(rule, title=f"逾期{span}")
    if any(after.at <= before.at for before, after in pairwise(steps)):
        now = "、".join(f"{rule.name} 为 {rule.at}" for rule in steps)
        raise YanpanError(
            f"yanpan.toml 的 alerts 中，逾期各档的 at 应一档比一档大，现在 {now} 天。"
        )
    return rules


def letter_days(rules: Mapping[str, Rule]) -> int:
    """From how many days of lateness on a unit is written to: the ladder's step of the 督办函."""
    least = STEPS.index(LETTER)
    late = (rule for name, rule in rules.items() if name.startswith("overdue") and rule.on)
    return min((rule.at for rule in late if STEPS.index(rule.step) >= least), default=1)


def is_written_of(alert: Alert) -> bool:
    """Whether the unit of an alert is written to: it stands on the step of the 督办函.

    What is late for longer stands higher, and stays in the letter.
    """
    if alert.rule.startswith("overdue"):
        return STEPS.index(alert.step) >= STEPS.index(LETTER)
    return alert.step == LETTER


def written_to(alerts: Iterable[Alert]) -> set[str]:
    """The units that a letter is due to."""
    return {alert.unit for alert in alerts if is_written_of(alert)} - {UNNAMED}


#: The titles of rules that name their number.
TITLES = {
    "due_soon": "{}日内到期",
    "recurrence": "近{}天屡查屡犯",
    "major_unfiled": "未销号的重大隐患满{}天未立案",
    "major_unlisted": "未销号的重大隐患满{}天未挂牌",
    "suspect_closure": "销号疑点{}处以上",
}  # fmt: skip


def _titled(rule: Rule) -> str:
    """The title with the number that an office has set, so that words and counts agree."""
    return TITLES[rule.name].format(rule.at) if rule.name in TITLES else rule.title


def evaluate(
    facts: Facts, as_of: date, rules: Mapping[str, Rule], season: tuple[str, str],
) -> tuple[list[Alert], list[str]]:  # fmt: skip
    """All alerts of a day, the highest step first, and what could not be looked at."""
    found: list[Alert] = [*_overdue(facts, rules)]
    for name, look in LOOKS.items():
        if rules[name].on:
            found += look(facts, as_of, rules[name])
    unknown: list[str] = []
    if rules["ahead"].on:
        alerts, unknown = _ahead(facts, as_of, rules["ahead"], season)
        found += alerts
    return sorted(found, key=lambda a: (-STEPS.index(a.step), a.unit, a.key)), unknown


def _alert(
    rule: Rule, subject: str, unit: Any, message: str, evidence: Iterable[str] = (),
    item_id: str | None = None,
) -> Alert:  # fmt: skip
    return Alert(
        f"{rule.name}/{subject}", rule.name, rule.step, rule.title, _said(unit) or UNNAMED,
        message, rule.act, rule.clause, tuple(evidence), item_id,
    )  # fmt: skip


def _due_soon(facts: Facts, as_of: date, rule: Rule) -> Iterable[Alert]:
    soon, later = (rows[rows["days_left"] <= rule.at] for rows in (facts.due_soon, facts.due_later))
    for row in (*soon.to_dict("records"), *later.to_dict("records")):
        subject = f"{row['item_id']}/{_day(row['due_on'])}"
        message = f"{row['title']}：{text_of(row, 'due_on')} 到期，还有 {row['days_left']} 天"
        yield _alert(rule, subject, row["unit"], message, [_source(row)], row["item_id"])


def _overdue(facts: Facts, rules: Mapping[str, Rule]) -> Iterable[Alert]:
    """Each item by the highest of the thresholds that it has reached."""
    steps = sorted(
        (r for name, r in rules.items() if name.startswith("overdue") and r.on),
        key=lambda r: -r.at,
    )
    for row in facts.overdue.to_dict("records"):
        reached = next((rule for rule in steps if row["days_late"] >= rule.at), None)
        if reached:
            subject = f"{row['item_id']}/{_day(row['due_on'])}"
            message = f"{row['title']}：{text_of(row, 'due_on')} 到期，已逾期 {row['days_late']} 天"
            yield _alert(reached, subject, row["unit"], message, [_source(row)], row["item_id"])


def _node_missed(facts: Facts, as_of: date, rule: Rule) -> Iterable[Alert]:
    """What a unit owes at the last node that has passed, of each plan."""
    nodes = facts.nodes
    past = nodes[nodes["node_on"] <= pd.Timestamp(as_of - timedelta(days=rule.at))]
    latest = past.loc[past.groupby(["region", "calendar_no"], dropna=False)["node_on"].idxmax()]
    whose = _plans_of(latest) if nodes["calendar_no"].nunique() > 1 else {}
    rows = facts.node_progress
    last = rows[rows["unit"].ne("全部") & rows["node_on"].isin(latest["node_on"])]
    for row in last[last["owed"] > 0].to_dict("records"):
        message = f"{_day(row['node_on'])} 节点应完成 {row['planned']} 项，还欠 {row['owed']} 项"
        node = f"{whose.get(row['node_on'], '')}{chinese_month_day(row['node_on'])}节点"
        evidence = [node, f"欠{row['owed']}项"]
        yield _alert(rule, f"{row['unit']}/{_day(row['node_on'])}", row["unit"], message, evidence)


def _plans_of(nodes: pd.DataFrame) -> Mapping[Any, str]:
    """Of which plan a node is, where plans have calendars of their own."""
    plans = zip(nodes["node_on"], nodes["plan"].map(plan_number), strict=True)
    told: dict[Any, list[str]] = {}
    for day, plan in plans:
        told.setdefault(day, []).append(plan)
    return {day: "、".join(dict.fromkeys(names)) for day, names in told.items()}


def _report_late(facts: Facts, as_of: date, rule: Rule) -> Iterable[Alert]:
    """One alert a unit, for all the half months that it owes; a new one once it has caught up."""
    rows = facts.report_punctuality
    late = rows[rows["state"].eq("missing") & (rows["days_late"] >= rule.at)]
    for unit, owed in late.sort_values("period_start").groupby("unit", dropna=False):
        first = owed.iloc[0]
        spans = listed(map(_span, owed.to_dict("records")), NAMED, "期")
        message = f"缺报半月报 {len(owed)} 期：{spans}；最早的应于 {_day(first['due_on'])} 报送"
        message += f"，已迟 {first['days_late']} 天"
        subject = f"{_said(unit)}/{_day(first['period_start'])}"
        evidence = [half_month(day, as_of.year) for day in owed["period_start"]]
        yield _alert(rule, subject, unit, message, evidence)


def _duty_short(facts: Facts, as_of: date, rule: Rule) -> Iterable[Alert]:
    """One alert a unit, for all that it fell short of."""
    rows = facts.duty_compliance
    short = rows[rows["state"].eq("short")]
    for unit, owed in short.sort_values(["period_start", "sub_no"]).groupby("unit", dropna=False):
        told = [
            f"{numbered(row)} {str(row['requirement']).rstrip('。；')}（{_told_span(row)}）"
            f"要求{row['required']:g}、完成{row['done']:g}、缺{row['missing']:g}"
            for row in owed.to_dict("records")
        ]
        first = owed.iloc[0]
        subject = f"{_said(unit)}/{first['sub_no']}/{_day(first['period_start'])}"
        yield _alert(rule, subject, unit, "；".join(told))


def _span(row: Mapping[Any, Any]) -> str:
    return f"{_day(row['period_start'])} 至 {_day(row['period_end'])}"


def _told_span(row: Mapping[Any, Any]) -> str:
    return f"{chinese_day(row['period_start'])}至{chinese_day(row['period_end'])}"


def _major_unfiled(facts: Facts, as_of: date, rule: Rule) -> Iterable[Alert]:
    # a later ledger may tell of a day that is still to come: on the day described it was not filed
    is_filed = pd.to_datetime(facts.major["filed_on"]) <= pd.Timestamp(as_of)
    rows = facts.major[~facts.major["is_closed"] & ~is_filed]
    return _major(rows, as_of, rule, "还没有立案")


def _major_unlisted(facts: Facts, as_of: date, rule: Rule) -> Iterable[Alert]:
    rows = facts.major[~facts.major["is_closed"] & ~facts.major["supervised"]]
    return _major(rows, as_of, rule, "还没有挂牌督办")


def _major(rows: pd.DataFrame, as_of: date, rule: Rule, what: str) -> Iterable[Alert]:
    old = rows[rows["opened_on"] <= pd.Timestamp(as_of - timedelta(days=rule.at))]
    for row in old.to_dict("records"):
        message = f"“{row['title']}”{chinese_day(row['opened_on'])}发现，{what}"
        yield _alert(rule, row["item_id"], row["unit"], message, [_source(row)], row["item_id"])


def _recurrence(facts: Facts, as_of: date, rule: Rule) -> Iterable[Alert]:
    """Found again within so many days before ``as_of``; what came back long ago is history."""
    rows = facts.recurrence
    new = rows[rows["opened_on"] >= pd.Timestamp(as_of - timedelta(days=rule.at))]
    for row in new.to_dict("records"):
        message = f"{row['title']}：同类隐患完成后 {row['days_between']} 天又查出"
        evidence = [_source(row), f"前一条 {row['first_item_id']}"]
        yield _alert(rule, row["item_id"], row["unit"], message, evidence, row["item_id"])


def _suspect_closure(facts: Facts, as_of: date, rule: Rule) -> Iterable[Alert]:
    rows = facts.suspect_closure
    for row in rows[rows["reasons"] >= rule.at].to_dict("records"):
        message = f"{row['title']}：报为完成，有 {row['reasons']} 处疑点，请核查"
        yield _alert(rule, row["item_id"], row["unit"], message, [_source(row)], row["item_id"])


def _conduct(facts: Facts, as_of: date, rule: Rule) -> Iterable[Alert]:
    """What a ledger says of how somebody went about it: its words, to be looked into."""
    rows = facts.conduct[facts.conduct["conduct"].eq(rule.name)]
    for row in rows.to_dict("records"):
        message = f"{row['title']}：台账写有“{row['conduct_words']}”，尚未核实"
        yield _alert(rule, row["item_id"], row["unit"], message, [_source(row)], row["item_id"])


def _accident_rise(facts: Facts, as_of: date, rule: Rule) -> Iterable[Alert]:
    rows = facts.accident_yoy
    rows = rows[rows["source"].eq("records") & rows["period"].eq("year")]
    from analysis.judgement.compare import compare_counts  # scipy.stats takes a second to load

    for row in rows.dropna(subset=["accidents", "accidents_prev"]).to_dict("records"):
        now, before = int(row["accidents"]), int(row["accidents_prev"])
        if now > before and compare_counts(now, before).is_beyond_chance:
            message = (
                f"{row['region']}今年以来事故 {now} 起，上年同期 {before} 起，上升超出偶然波动"
            )
            yield _alert(rule, f"{row['region']}/{_day(row['period_start'])}", "", message)


def _ahead(
    facts: Facts, as_of: date, rule: Rule, season: tuple[str, str]
) -> tuple[list[Alert], list[str]]:
    spans, unknown = coming(as_of, rule.at, season)
    unseen = _unseen(facts, as_of)
    alerts = []
    for span in spans:
        for unit, sites in unseen.groupby(unseen["unit"].fillna("")):
            names = "、".join(sites["site"].head(NAMED)) + ("等" if len(sites) > NAMED else "")
            message = (
                f"{span.name}（{span.start} 起）前，红色、橙色场所 {len(sites)} 家"
                f"满 {UNSEEN_DAYS} 天未检查：{names}"
            )
            alerts.append(_alert(rule, f"{span.name}/{span.start}/{unit}", unit, message,
                                 sites["site"].tolist()))  # fmt: skip
    return alerts, unknown


def _unseen(facts: Facts, as_of: date) -> pd.DataFrame:
    sites = facts.high_sites
    last = facts.inspections.groupby("site")["inspected_on"].max().to_dict()
    seen = pd.to_datetime(pd.Series([last.get(site) for site in sites["site"]], index=sites.index))
    fresh = seen > pd.Timestamp(as_of - timedelta(days=UNSEEN_DAYS))
    return sites[~fresh]


#: Each rule that looks at one kind of rows.
LOOKS: Mapping[str, Callable[[Facts, date, Rule], Iterable[Alert]]] = {
    "due_soon": _due_soon, "node_missed": _node_missed, "report_late": _report_late,
    "duty_short": _duty_short, "major_unfiled": _major_unfiled, "major_unlisted": _major_unlisted,
    "recurrence": _recurrence, "suspect_closure": _suspect_closure,
    "refused": _conduct, "shirked": _conduct, "faked": _conduct,
    "accident_rise": _accident_rise,
}  # fmt: skip


def _day(day: Any) -> str:
    return f"{day:%Y-%m-%d}" if not pd.isna(day) else "未填"


def _said(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _source(row: Mapping[Any, Any]) -> str:
    return f"{row['path']} {row['sheet']} 第 {row['row_no']} 行"
