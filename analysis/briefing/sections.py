"""The four sections of a 形势研判报告 as sentences, each from figures that it names.

A sentence that the data do not carry is an empty text and is left out. Each function takes rows of
metrics (columns as in their SQL files) and can be checked by hand.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

import pandas as pd

from analysis.briefing.changes import (
    accident_sentence,
    against,
    change_of_count,
    change_of_rate,
    named,
    percent,
)
from analysis.briefing.figures import Figures
from analysis.briefing.reminders import LONG_LATE_BAND
from analysis.briefing.stamp import chinese_day
from analysis.judgement.alerts import STEPS, Alert
from analysis.judgement.compare import compare_counts, in_words
from analysis.judgement.site_risk.scorecard import COLOURS
from analysis.ledgers import ITEM_KIND
from analysis.warehouse.sql_files import get_metric

Row = Mapping[str, Any]
#: What a ledger that leaves a member blank is called by the metrics, and their total.
UNSAID, ALL = "未填", "全部"
#: How many units, sites or categories a sentence names.
NAMED = 3
#: How many sites the judgement of risk tells of one by one.
SITES = 5
#: How many reasons it gives of each.
REASONS = 3


def sections(figures: Figures) -> list[tuple[str, list[str]]]:
    """Headings with their paragraphs; a section about which nothing can be said says so."""
    return [
        ("总体情况", overall_situation(figures)),
        ("主要问题", problems(figures) or ["台账中没有需要提请会议研究的问题。"]),
        ("风险研判", risks(figures) or ["没有场所名录和隐患台账，无从研判。"]),
        ("下步措施", next_steps(figures)),
    ]


def overall_situation(figures: Figures) -> list[str]:
    """What is done, by kind, by node; major hazards, reports, duties, inspections, accidents."""
    span = figures.period.before
    return said(
        f"截至{chinese_day(figures.scope.as_of)}，"
        + completion_sentence(figures.now, figures.before, span),
        kinds_sentence(figures["completion"]),
        major_sentence(figures.now),
        node_sentence(figures["node_progress"], pd.Timestamp(figures.scope.as_of)),
        reports_sentence(figures["report_punctuality"]),
        duties_sentence(figures["duty_compliance"]),
        inspections_sentence(figures["inspection_coverage"], figures["inspection_yield"]),
        accidents_sentence(figures["accident_yoy"]),
    )


def completion_sentence(now: Row, before: Row, span: str) -> str:
    """Totals, rates and what is late, each with its change since the time before."""
    if not now["total"]:
        return "没有列入统计的整改事项" + _aside(now) + "。"
    parts = [
        f"列入统计的整改事项{now['total']}项{_aside(now)}",
        f"已完成{now['done']}项，整改完成率{percent(now['completion_rate'])}"
        + _rate_change(now, before, "completion_rate", span),
        f"已销号{now['closed']}项，销号率{percent(now['closure_rate'])}"
        + _rate_change(now, before, "closure_rate", span),
    ]
    if now["due"]:
        parts.append(
            f"已到期{now['due']}项中按期完成{now['on_time']}项，"
            f"按期完成率{percent(now['on_time_rate'])}"
        )
    late = f"逾期未完成{now['overdue']}项" if now["overdue"] else "没有逾期事项"
    if before["total"]:
        late += against(span, change_of_count(now["overdue"] - before["overdue"], "项"))
    parts.append(late)
    if now["due_soon"]:
        parts.append(f"7日内到期{now['due_soon']}项")
    return "；".join(parts) + "。"


def kinds_sentence(completion: pd.DataFrame) -> str:
    """三清单、隐患、议定事项 apart, where there is more than one kind."""
    kinds = completion[completion["dimension"].eq("kind") & completion["total"].gt(0)]
    if len(kinds) < 2:
        return ""
    return "其中：" + "；".join(
        f"{ITEM_KIND.labels[row['member']]}{row['total']}项，完成{row['done']}项"
        f"（{percent(row['completion_rate'])}），逾期{row['overdue']}项"
        for row in kinds.to_dict("records")
    ) + "。"  # fmt: skip


def major_sentence(now: Row) -> str:
    """重大隐患: struck off, open, and of these on the list of supervision."""
    if not now["major_total"]:
        return "没有重大隐患。"
    words = f"重大隐患共{now['major_total']}条，已销号{now['major_closed']}条"
    if not now["major_open"]:
        return words + "，全部销号。"
    words += f"，未销号{now['major_open']}条，其中已挂牌督办{now['major_supervised']}条"
    missing = now["major_open"] - now["major_supervised"]
    return words + (f"、应挂未挂{missing}条。" if missing else "。")


def node_sentence(progress: pd.DataFrame, as_of: pd.Timestamp) -> str:
    """The last working node with all before it, and what the next one wants."""
    rows = progress[progress["unit"].eq(ALL)]
    past = past_nodes(progress, as_of)
    coming = rows[rows["node_on"] > as_of].head(1)
    words = []
    if past["planned"].sum():
        last = past.iloc[-1]
        when = "首个工作节点以前" if pd.isna(last["node_on"]) else (
            f"到最近的工作节点（{last['node_on'].month}月{last['node_on'].day}日）"
        )  # fmt: skip
        planned, done = int(past["planned"].sum()), int(past["done"].sum())
        owed = f"，欠{planned - done}项" if planned > done else "，没有欠账"
        words.append(f"{when}累计应完成{planned}项，已完成{done}项{owed}")
    for row in coming.to_dict("records"):
        words.append(
            f"下一节点（{row['node_on'].month}月{row['node_on'].day}日）应完成{row['planned']}项，"
            f"已完成{row['done']}项"
        )
    return "；".join(words) + "。" if words else ""


def past_nodes(progress: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """The nodes in all up to a day, with what fell due before the first."""
    rows = progress[progress["unit"].eq(ALL)]
    return rows[rows["node_no"].eq(0) | (rows["node_on"] <= as_of)]


def reports_sentence(reports: pd.DataFrame) -> str:
    """The newest half month whose reports are all due: who was in time, late, missing."""
    pending = reports[reports["state"].eq("pending")]["period_start"]
    past = reports[~reports["period_start"].isin(pending)]
    last = past[past["period_start"] == past["period_start"].max()]
    if last.empty:
        return ""
    span = f"{_day(last['period_start'].iloc[0])}至{_day(last['period_end'].iloc[0])}"
    counts = last["state"].value_counts()
    missing = last[last["state"].eq("missing")]["unit"]
    words = f"半月报（{span}）应报{len(last)}家，按期{counts.get('in_time', 0)}家"
    words += f"，迟报{counts['late']}家" if counts.get("late") else ""
    words += f"，缺报{len(missing)}家（{named(missing, NAMED)}）" if len(missing) else ""
    return words + "。"


def duties_sentence(duties: pd.DataFrame) -> str:
    """定量履职: periods that were met, fell short, are running."""
    judged = duties[duties["state"].isin(["met", "short"])]
    if judged.empty:
        return ""
    short = judged[judged["state"].eq("short")]
    words = f"定量履职要求到期{len(judged)}项次，达标{len(judged) - len(short)}项次"
    if short.empty:
        return words + "，全部达标。"
    units = named(short["unit"].dropna().drop_duplicates(), NAMED)
    return words + f"，不足{len(short)}项次" + (f"（{units}）" if units else "") + "。"


def inspections_sentence(coverage: pd.DataFrame, found: pd.DataFrame) -> str:
    """This year's visits, the sites that they reached, what they found."""
    reached, visits = (rows[rows["dimension"].eq("all")] for rows in (coverage, found))
    if visits.empty or not visits["visits"].iloc[0]:
        return ""
    row = visits.iloc[0]
    words = f"今年以来检查{row['visits']}家次"
    if len(reached) and reached["sites"].iloc[0]:
        each = reached.iloc[0]
        words += f"，检查过名录场所{each['inspected']}家、占{percent(each['coverage_rate'])}"
    words += f"，发现隐患{_whole(row['hazards_found'])}条"
    return words + f"，其中重大隐患{_whole(row['major_found'])}条。"


def accidents_sentence(yoy: pd.DataFrame) -> str:
    """This year so far by the ledger; of what was published the newest period."""
    own = yoy[yoy["source"].eq("records") & yoy["period"].eq("year")]
    told = yoy[yoy["source"].eq("published") & yoy["accidents"].notna()]
    newest = told[told["period_end"] == told["period_end"].max()].head(NAMED)
    words = [accident_sentence(row) for _, row in own.iterrows()]
    words += [f"公布的统计：{accident_sentence(row)}" for _, row in newest.iterrows()]
    return "".join(words)


def problems(figures: Figures) -> list[str]:
    """What ought to be zero and is not, the weightiest first; each with its number."""
    told = said(
        late_problem(figures["overdue"], figures["ageing"]),
        unlisted_problem(figures["supervision"]),
        vanished_problem(figures["vanished"]),
        slip_problem(figures["deadline_slip"]),
        recurrence_problem(figures["recurrence"], figures.period.start),
        suspect_problem(figures["suspect_closure"]),
        clarity_problem(figures["clarity"]),
    )
    return [f"{number}.{words}" for number, words in enumerate(told, start=1)]


def late_problem(overdue: pd.DataFrame, ageing: pd.DataFrame) -> str:
    """What is late, whose it is, since when the longest."""
    if overdue.empty:
        return ""
    units = overdue["unit"].nunique()
    bands = ageing[ageing["basis"].eq("late") & ageing["unit"].eq(ALL)]
    long = int(bands[bands["band_no"] >= LONG_LATE_BAND]["items"].sum())
    first = overdue.iloc[0]
    words = f"逾期未完成{len(overdue)}项" + (f"，涉及{units}个单位" if units else "")
    words += f"{'，较多的是' if units > NAMED else '：'}{_counted(overdue['unit'], '项')}。"
    words += f"逾期30天以上{long}项，" if long else ""
    return words + f"最长的是{_whose(first)}“{first['title']}”，逾期{first['days_late']}天。"


def unlisted_problem(supervision: pd.DataFrame) -> str:
    """Major hazards that ought to be on the list and are not."""
    rows = supervision[supervision["standing_text"].eq("应挂未挂")]
    if rows.empty:
        return ""
    units = _counted(rows["unit"], "条")
    return f"未销号的重大隐患中{len(rows)}条应当挂牌督办而没有挂牌：{units}。"


def vanished_problem(vanished: pd.DataFrame) -> str:
    """Items that a later submission left out."""
    if vanished.empty:
        return ""
    units = _counted(vanished["unit"], "项")
    return f"有{len(vanished)}项没有销号的事项在后来报送的台账中不见了：{units}，仍按未销号统计。"


def slip_problem(slips: pd.DataFrame) -> str:
    """Deadlines moved back, those without approval apart."""
    rows = slips[slips["due_on"].isna() | slips["days_moved"].gt(0)]
    if rows.empty:
        return ""
    own = rows[~rows["is_approved"].fillna(False).astype(bool)]
    words = f"期限推迟或取消{len(rows)}项"
    return words + (f"，其中{len(own)}项没有延期审批记录。" if len(own) else "，均填写了延期期限。")


def recurrence_problem(rows: pd.DataFrame, start: Any) -> str:
    """Sites where the same came back since the period began."""
    new = rows[rows["opened_on"] >= pd.Timestamp(start)]
    if new.empty:
        return ""
    sites = _counted(new["site"], "次")
    return f"屡查屡犯{len(new)}条（{chinese_day(start)}以来发现）：{sites}。"


def suspect_problem(rows: pd.DataFrame) -> str:
    """Closures with reasons for doubt: to be looked at, not judged."""
    if rows.empty:
        return ""
    several = int((rows["reasons"] >= 2).sum())
    words = f"报为完成的事项中{len(rows)}项有疑点"
    words += f"，其中{several}项有两处以上" if several else ""
    return words + "，须核查，疑点不等于结论。"


def clarity_problem(rows: pd.DataFrame) -> str:
    """Items without person, unit or deadline."""
    row = rows[rows["unit"].eq(ALL)].iloc[0]
    if row["clear"] == row["items"]:
        return ""
    lacking = [
        f"{words}{row['items'] - row[name]}项"
        for name, words in (
            ("with_unit", "没有责任单位的"), ("with_person", "没有责任人的"),
            ("with_deadline", "没有时限的"),
        )
        if row[name] < row["items"]
    ]  # fmt: skip
    return f"任务、责任、时限不明确的{row['items'] - row['clear']}项：{'，'.join(lacking)}。"


def risks(figures: Figures) -> list[str]:
    """Where risk sits: colours, sites, kinds of hazards, accidents beyond chance."""
    told = said(
        colours_sentence(figures.ranking.sites),
        sites_sentence(figures.ranking.sites),
        mix_sentence(figures["hazard_mix"], "category", "隐患类别较多的是"),
        mix_sentence(figures["hazard_mix"], "township", "隐患较多的乡镇是"),
        chance_sentence(figures["accident_yoy"]),
    )
    return [f"{number}.{words}" for number, words in enumerate(told, start=1)]


def colours_sentence(sites: pd.DataFrame) -> str:
    """Sites by colour."""
    if sites.empty:
        return ""
    counts = sites["colour"].value_counts()
    parts = [f"{colour}色{counts[colour]}家" for colour in COLOURS[::-1] if counts.get(colour)]
    unsaid = len(sites) - sum(int(counts.get(colour, 0)) for colour in COLOURS)
    parts += [f"未评定{unsaid}家"] if unsaid else []
    return f"场所{len(sites)}家，按名录评定、可能性×严重性和检出概率取高：{'，'.join(parts)}。"


def sites_sentence(sites: pd.DataFrame) -> str:
    """The sites to look at first, each with why."""
    first = sites[sites["colour"].isin(COLOURS[2:]) & sites["reasons"].ne("")].head(SITES)
    if first.empty:
        return ""
    told = "；".join(
        f"{row['site']}（{row['colour']}色，{'，'.join(row['reasons'].split('；')[:REASONS])}）"
        for row in first.to_dict("records")
    )
    return f"应先检查的场所：{told}。"


def mix_sentence(mix: pd.DataFrame, dimension: str, words: str) -> str:
    """The members of one dimension with most hazards."""
    rows = mix[mix["dimension"].eq(dimension) & mix["member"].ne(UNSAID) & mix["items"].gt(0)]
    if len(rows) < 2:
        return ""
    told = "、".join(
        f"{row['member']}（{row['items']}条，占{percent(row['share_rate'])}，未完成{row['open_items']}条）"
        for row in rows.head(NAMED).to_dict("records")
    )
    return f"{words}{told}。"


def chance_sentence(yoy: pd.DataFrame) -> str:
    """Whether this year's change in accidents is more than chance."""
    own = yoy[yoy["source"].eq("records") & yoy["period"].eq("year")]
    rows = own.dropna(subset=["accidents", "accidents_prev"])
    return "".join(
        f"{row['region'] or ''}今年以来事故起数："
        f"{in_words(compare_counts(int(row['accidents']), int(row['accidents_prev'])))}"
        for row in rows.to_dict("records")
        if row["accidents"] + row["accidents_prev"]
    )


def next_steps(figures: Figures) -> list[str]:
    """What the rules of the plan's own ladder ask for, the highest step first."""
    told = [steps_sentence(step, list(each)) for step, each in _by_step(figures.alerts)]
    due = due_soon_sentence(figures["due_soon"])
    words = said(*told, due) or ["按既定时限推进，没有需要加重督办的事项。"]
    return [f"{number}.{each}" for number, each in enumerate(words, start=1)]


def steps_sentence(step: str, alerts: Sequence[Alert]) -> str:
    """All alerts of one step: of which kind how many, of whom, and what is to be done."""
    order = sorted(alerts, key=lambda alert: alert.title)
    parts = []
    for title, group in groupby(order, key=lambda alert: alert.title):
        each = list(group)
        units = _counted((alert.unit for alert in each), "件")
        parts.append(f"{title}共{len(each)}件（{units}），{each[0].act}")
    return f"{step}：{'；'.join(parts)}。"


def due_soon_sentence(rows: pd.DataFrame) -> str:
    """What falls due within a week and whose it is."""
    if rows.empty:
        return ""
    units = _counted(rows["unit"], "项")
    return f"7日内到期{len(rows)}项（{units}），提前调度，确保按期完成。"


def definitions(names: Iterable[str]) -> list[tuple[str, str]]:
    """Title and 口径 of the metrics that a document rests on."""
    return [(get_metric(name).title, get_metric(name).full_definition) for name in names]


def said(*sentences: str) -> list[str]:
    """Those that say something."""
    return [sentence for sentence in sentences if sentence]


def _by_step(alerts: Iterable[Alert]) -> Iterable[tuple[str, Iterable[Alert]]]:
    def height(alert: Alert) -> int:
        return -STEPS.index(alert.step)

    key: Callable[[Alert], str] = lambda alert: alert.step  # noqa: E731
    kept = [alert for alert in alerts if alert.rule != "due_soon"]
    return groupby(sorted(kept, key=height), key=key)


def _rate_change(now: Row, before: Row, name: str, span: str) -> str:
    if now[name] is None or before[name] is None:
        return ""
    return against(span, change_of_rate(now[name] - before[name]))


def _aside(row: Row) -> str:
    parts = [
        f"{label}{row[name]}项"
        for name, label in (("standing", "长期坚持"), ("void", "撤销"))
        if row[name]
    ]
    return f"（{'、'.join(parts)}单列）" if parts else ""


def _counted(values: Iterable[Any], unit: str, blank: str = "责任单位未明确") -> str:
    """How often each value occurs, the most frequent first: «县教育局3项、县水利局1项等»."""
    counts = pd.Series(list(values), dtype=object).fillna(blank).value_counts()
    return named((f"{name}{count}{unit}" for name, count in counts.items()), NAMED)


def _whose(row: pd.Series) -> str:
    return "" if pd.isna(row["unit"]) else str(row["unit"])


def _whole(value: Any) -> int:
    return 0 if pd.isna(value) else int(value)


def _day(day: pd.Timestamp) -> str:
    return f"{day.month}月{day.day}日"
