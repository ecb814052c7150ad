"""What the 例会汇报 says: one message a slide, and what shows it, each from named figures."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from analysis.briefing import plots
from analysis.briefing.changes import (
    NO_BEFORE,
    accident_sentence,
    against,
    change_of_count,
    change_of_rate,
    count,
    percent,
)
from analysis.briefing.figures import Figures
from analysis.briefing.headline import headlines
from analysis.briefing.lists import Rows, metric_rows, site_rows
from analysis.briefing.plots import Plot
from analysis.briefing.sections import next_steps, past_nodes, problems
from analysis.warehouse.sql_files import get_metric

#: Rows of a table, and points of a list, that can be read from the back of the room.
MOST_ROWS, MOST_POINTS = 8, 6


@dataclass(frozen=True, slots=True)
class Card:
    """One number: what it is, the number, its change, and whether that is good news."""

    label: str
    value: str
    change: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Slide:
    """One message as the title; below it cards, a plot, a table or points; where it comes from."""

    message: str
    source: str
    cards: Sequence[Card] = ()
    plot: Plot | None = None
    rows: Rows = field(default_factory=list)
    points: Sequence[str] = ()
    note: str = ""


def slides(figures: Figures) -> list[Slide]:
    """All slides that have something to say, in the order of the meeting."""
    told = [
        overall(figures), main_problems(figures), nodes(figures), units(figures), late(figures),
        longest(figures), major(figures), risk(figures), sites(figures), mix(figures),
        accidents(figures), steps(figures),
    ]  # fmt: skip
    return [slide for slide in told if slide]


def overall(figures: Figures) -> Slide:
    """How much is done, and how much is late."""
    now, span = figures.now, figures.period.before
    message = (
        f"应整改{now['total']}项，已完成{now['done']}项（{percent(now['completion_rate'])}），"
        + (f"逾期{now['overdue']}项" if now["overdue"] else "没有逾期")
        if now["total"]
        else "没有应整改的事项"
    )
    before = figures.before if figures.before["total"] else None
    cards = [
        Card(
            each.indicator.label,
            percent(each.value) if each.indicator.is_rate else count(each.value),
            _since(
                span,
                change_of_rate(each.change)
                if each.indicator.is_rate
                else change_of_count(each.change, each.indicator.unit),
            ),
            each.meaning,
        )
        for each in headlines(now, before)
    ]
    return Slide(message, _source("overview"), cards=cards)


def main_problems(figures: Figures) -> Slide | None:
    """What ought to be zero and is not."""
    points = problems(figures)
    message = f"需要研究的问题{len(points)}个方面"
    return Slide(message, "各指标口径见附件", points=points[:MOST_POINTS]) if points else None


def nodes(figures: Figures) -> Slide | None:
    """Progress by working node."""
    rows = figures["node_progress"]
    plot = plots.nodes_plot(rows, figures.scope.as_of)
    if plot.is_empty:
        return None
    past = past_nodes(rows, pd.Timestamp(figures.scope.as_of))
    due, done = int(past["planned"].sum()), int(past["done"].sum())
    message = (
        f"到上一工作节点应完成{due}项，已完成{done}项，"
        + (f"还欠{due - done}项" if due > done else "没有欠账")
        if due
        else "还没有到期的工作节点"
    )
    return Slide(message, _source("node_progress"), plot=plot)


def units(figures: Figures) -> Slide | None:
    """Which units have most to do."""
    plot = plots.completion_plot(figures["completion"])
    if plot.is_empty:
        return None
    rows = figures["completion"]
    late = rows[rows["dimension"].eq("unit") & rows["overdue"].gt(0)]
    late = late.sort_values(["overdue", "total"], ascending=False)
    named = "、".join(
        f"{row['member']}{row['overdue']}项" for row in late.head(3).to_dict("records")
    )
    message = f"{len(late)}个单位有逾期：{named}" if len(late) else "没有单位逾期"
    return Slide(message + ("等" if len(late) > 3 else ""), _source("completion"), plot=plot)


def late(figures: Figures) -> Slide | None:
    """How late what is late is."""
    plot, rows = plots.ageing_plot(figures["ageing"]), figures["overdue"]
    if rows.empty:
        return None
    message = f"逾期{len(rows)}项，最长{rows['days_late'].max()}天"
    return Slide(message, _source("ageing"), plot=plot)


def longest(figures: Figures) -> Slide | None:
    """The items that are late the longest."""
    rows = figures["overdue"]
    if rows.empty:
        return None
    first = rows.iloc[0]
    unit = "" if pd.isna(first["unit"]) else first["unit"]
    columns = ("title", "unit", "person", "due_on", "days_late")
    told = metric_rows("overdue", rows.head(MOST_ROWS), columns)
    return Slide(
        f"逾期最久的是{unit}的事项，已{first['days_late']}天", _source("overdue"),
        rows=told, note=cut(len(told), len(rows), "项"),
    )  # fmt: skip


def major(figures: Figures) -> Slide | None:
    """Major hazards that are open, and whether they are on the list."""
    now, rows = figures.now, figures["supervision"]
    if not now["major_total"]:
        return None
    message = f"重大隐患{now['major_total']}条，未销号{now['major_open']}条"
    message += f"，其中已挂牌{now['major_supervised']}条" if now["major_open"] else "，全部销号"
    rows = rows[rows["standing_text"].ne("已摘牌")]
    columns = ("title", "unit", "person", "standing_text", "due_on", "days_late")
    told = metric_rows("supervision", rows.head(MOST_ROWS), columns)
    return Slide(message, _source("supervision"), rows=told, note=cut(len(told), len(rows), "条"))


def risk(figures: Figures) -> Slide | None:
    """Where the red and orange sites are."""
    ranked = figures.ranking.sites
    if ranked.empty:
        return None
    source = "场所四色（取高不取低）"
    if ranked["colour"].isna().all():  # not one that is known to be red
        told = _sites_told(ranked)
        message = f"有隐患的场所{len(ranked)}家，没有场所名录的评定，分不出四色"
        return Slide(message, source, rows=told, note=cut(len(told), len(ranked), "家"))
    red, orange = (int(ranked["colour"].eq(level).sum()) for level in ("红", "橙"))
    message = f"场所{len(ranked)}家，红色{red}家，橙色{orange}家"
    return Slide(
        message, source, plot=plots.colours_plot(ranked),
        note=cut(plots.MOST, ranked["township"].nunique(dropna=False), "个乡镇"),
    )  # fmt: skip


def sites(figures: Figures) -> Slide | None:
    """The sites to look at first."""
    ranked = figures.ranking.sites
    high = ranked[ranked["colour"].isin(["红", "橙"])]
    if high.empty:
        return None
    told = _sites_told(high)
    return Slide(
        f"应先检查{high.iloc[0]['site']}等红色、橙色场所", "场所排序（yanpan risk）", rows=told,
        note=cut(len(told), len(high), "家"),
    )  # fmt: skip


def _sites_told(ranked: pd.DataFrame) -> Rows:
    """The first sites of a ranking, as many as fit with their reasons."""
    return [
        {name: row[name] for name in ("场所", "监管单位", "四色", "理由")}
        for row in site_rows(ranked.head(MOST_ROWS - 2))
    ]


def mix(figures: Figures) -> Slide | None:
    """The categories with most hazards."""
    rows = figures["hazard_mix"]
    rows = rows[rows["dimension"].eq("category")]
    plot = plots.mix_plot(figures["hazard_mix"])
    if plot.is_empty:
        return None
    first = rows.iloc[0]
    message = f"隐患最多的是{first['member']}，{first['items']}条，占{percent(first['share_rate'])}"
    return Slide(message, _source("hazard_mix"), plot=plot, note=cut(plots.MOST, len(rows), "类"))


def accidents(figures: Figures) -> Slide | None:
    """This year's accidents against last year's."""
    rows = figures["accident_yoy"]
    own = rows[rows["source"].eq("records") & rows["period"].eq("year")]
    if own.empty:
        return None
    message = accident_sentence(own.iloc[0]).rstrip("。")
    return Slide(message, _source("accident_yoy"), plot=plots.accidents_plot(rows))


def steps(figures: Figures) -> Slide:
    """What is to be done, the heaviest first."""
    return Slide("下步措施", "预警规则见 yanpan.toml", points=next_steps(figures)[:MOST_POINTS])


def cut(shown: int, total: int, unit: str) -> str:
    """What a list leaves out, said; nothing where it is whole."""
    return f"共{total}{unit}，列出前{shown}{unit}，全部见附件" if total > shown else ""


def _since(span: str, change: str) -> str:
    """A change as a card tells it; nothing where there was nothing to compare with."""
    return "" if change == NO_BEFORE else against(span, change).removeprefix("，")


def _source(metric: str) -> str:
    query: Any = get_metric(metric)
    return f"指标：{query.title}"
