"""The charts of documents as data: categories and series that Word, WPS and Excel draw themselves.

One plot is drawn alike in slides, report and annex, and stays editable in all of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from analysis.charts import tokens
from analysis.charts.shown import FIRST_LATE_BAND, drawn_nodes, fold_rest, late_bands, node_parts
from analysis.judgement.site_risk.scorecard import COLOURS
from analysis.wording.deadlines import chinese_month_day, half_month
from analysis.wording.labels import numbered

#: The total among the units of a metric.
ALL = "全部"
#: Bars that can be read on a page.
MOST = 12


@dataclass(frozen=True, slots=True)
class Plot:
    """One chart: ``series`` is name → one value a category; lying bars, or columns.

    With ``is_share`` all bars are of one length, and their parts are shares of it.
    """

    title: str
    metric: str
    categories: tuple[str, ...]
    series: Mapping[str, tuple[float, ...]]
    colours: tuple[tokens.Part, ...]
    is_lying: bool = True
    is_stacked: bool = True
    is_share: bool = False
    #: What is not drawn, in words: «列出12个乡镇，共15个»; empty where nothing is.
    left: str = ""

    @property
    def full_title(self) -> str:
        """The title, with what is not drawn."""
        return f"{self.title}　{self.left}" if self.left else self.title

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(any(values) for values in self.series.values())


def completion_plot(completion: pd.DataFrame) -> Plot:
    """What each unit has closed, done, open and late; those with most overdue first."""
    rows = fold_rest(completion[completion["dimension"].eq("unit")], MOST)
    parts = {
        "已销号": (rows["closed"], "closed"),
        "待验收": (rows["done"] - rows["closed"], "accepting"),
        "整改中": (rows["total"] - rows["done"] - rows["overdue"], "open"),
        "逾期": (rows["overdue"], "overdue"),
    }
    return Plot(
        "各单位整改完成情况（项）", "completion", tuple(rows["member"]),
        {name: _whole(values) for name, (values, _) in parts.items()},
        tuple(tokens.PARTS[state] for _, state in parts.values()), is_share=True,
    )  # fmt: skip


def nodes_plot(progress: pd.DataFrame, as_of: date) -> Plot:
    """What each working node asked and how it was done; the parts add up to what was asked."""
    rows = drawn_nodes(progress[progress["unit"].eq(ALL)], as_of)
    past = rows["node_on"] <= pd.Timestamp(as_of)
    parts = node_parts(rows, past)
    return Plot(
        "各工作节点完成情况（项）", "node_progress",
        tuple(chinese_month_day(day) for day in rows["node_on"]),
        {name: _whole(values) for name, (values, _) in parts.items()},
        tuple(tokens.PARTS[state] for _, state in parts.values()), is_lying=False,
    )  # fmt: skip


def ageing_plot(ageing: pd.DataFrame) -> Plot:
    """What each unit is late with, by how long; those with most first, the rest in one bar."""
    unfinished = ageing[ageing["basis"].eq("late") & ageing["unit"].ne(ALL)]
    late = unfinished[unfinished["band_no"].ge(FIRST_LATE_BAND)]
    table = late_bands(unfinished[unfinished["unit"].isin(late["unit"])], MOST)
    names = late.drop_duplicates("band_no").set_index("band_no")["band"].sort_index()
    return Plot(
        "各单位逾期时长（项）", "ageing", tuple(map(str, table.index)),
        {str(band): _whole(table[no]) for no, band in names.items()},
        tuple(tokens.PARTS[tokens.LATENESS[int(number) - 1]] for number in names.index),
    )  # fmt: skip


def mix_plot(mix: pd.DataFrame) -> Plot:
    """Hazards by category, those that are not done apart."""
    members = mix[mix["dimension"].eq("category")]
    rows = members.head(MOST)
    return Plot(
        "隐患类别（条）", "hazard_mix", tuple(rows["member"]),
        {"未完成": _whole(rows["open_items"]),
         "已完成": _whole(rows["items"] - rows["open_items"])},
        (tokens.PARTS["overdue"], tokens.PARTS["closed"]), left=_left(len(members), "类"),
    )  # fmt: skip


def colours_plot(sites: pd.DataFrame) -> Plot:
    """Sites of each township by colour; columns of the ranking."""
    named = sites.assign(township=sites["township"].fillna("未填"))
    table = named.groupby(["township", "colour"]).size().unstack(fill_value=0)
    table = table.reindex(columns=list(COLOURS[::-1]), fill_value=0)
    table = table.sort_values(list(COLOURS[::-1]), ascending=False, kind="stable").head(MOST)
    return Plot(
        "各乡镇四色场所（家）", "site_responsibility", tuple(map(str, table.index)),
        {f"{colour}色": _whole(table[colour]) for colour in COLOURS[::-1]},
        tuple(tokens.RISK_PARTS[colour] for colour in COLOURS[::-1]),
        left=_left(named["township"].nunique(), "个乡镇"),
    )  # fmt: skip


def accidents_plot(yoy: pd.DataFrame) -> Plot:
    """Accidents and deaths of this year so far beside last year's, by the ledger."""
    rows = yoy[yoy["source"].eq("records") & yoy["period"].eq("year")]
    rows = rows.dropna(subset=["accidents", "accidents_prev"]).head(MOST // 2)
    several = len(rows) > 1
    names, now, before = [], [], []
    for row in rows.to_dict("records"):
        for column, label in (("accidents", "事故（起）"), ("deaths", "死亡（人）")):
            names.append(f"{row['region'] if several else ''}{label}")
            now.append(float(row[column] or 0))
            before.append(0.0 if pd.isna(row[f"{column}_prev"]) else float(row[f"{column}_prev"]))
    return Plot(
        "今年以来事故与上年同期", "accident_yoy", tuple(names),
        {"上年同期": tuple(before), "今年以来": tuple(now)},
        (tokens.PARTS["last_year"], tokens.PARTS["this_year"]), is_lying=False, is_stacked=False,
    )  # fmt: skip


def inspections_plot(coverage: pd.DataFrame) -> Plot:
    """Sites of each township that were inspected this year, and that were not.

    Nothing is drawn where not one was: the ledger of this year may not have come.
    """
    rows = _members(coverage, "township", "sites")
    rows = rows if rows["inspected"].sum() else rows.head(0)
    return Plot(
        "各乡镇名录场所检查情况（家）", "inspection_coverage", tuple(rows["member"]),
        {"已检查": _whole(rows["inspected"]), "未检查": _whole(rows["sites"] - rows["inspected"])},
        (tokens.PARTS["closed"], tokens.PARTS["open"]), left=_left_members(coverage),
    )  # fmt: skip


def responsibility_plot(sites: pd.DataFrame) -> Plot:
    """Sites of each township with somebody who answers for them, and without."""
    rows = _members(sites, "township", "sites")
    named = rows["with_person"]
    return Plot(
        "各乡镇场所挂牌责任人（家）", "site_responsibility", tuple(rows["member"]),
        {"有责任人": _whole(named), "没有责任人": _whole(rows["sites"] - named)},
        (tokens.PARTS["closed"], tokens.PARTS["overdue"]), left=_left_members(sites),
    )  # fmt: skip


def campaigns_plot(campaigns: pd.DataFrame) -> Plot:
    """Hazards that each campaign found: done, late, open; those with most first."""
    rows = campaigns.sort_values(["hazards", "campaign"], ascending=[False, True]).head(MOST)
    counted = rows["hazards"] - rows["apart"]
    parts = {
        "已完成": (rows["done"], "closed"),
        "未到期": (counted - rows["done"] - rows["overdue"], "open"),
        "逾期": (rows["overdue"], "overdue"),
        "单列": (rows["apart"], "standing"),
    }
    return Plot(
        "各专项行动发现隐患（条）", "campaign_progress", tuple(rows["campaign"]),
        {name: _whole(values) for name, (values, _) in parts.items()},
        tuple(tokens.PARTS[state] for _, state in parts.values()),
        left=_left(len(campaigns), "个专项行动"),
    )  # fmt: skip


def reports_plot(punctuality: pd.DataFrame) -> Plot:
    """How many reports of each of the last half months came in time, late, not at all."""
    starts = sorted(punctuality["period_start"].unique())[-MOST // 2 :]
    table = punctuality.groupby(["period_start", "state"]).size().unstack(fill_value=0)
    states = {"按期": ("in_time", "closed"), "迟报": ("late", "due_soon"),
              "缺报": ("missing", "overdue"), "未到期": ("pending", "open")}  # fmt: skip
    table = table.reindex(index=starts, columns=[code for code, _ in states.values()], fill_value=0)
    return Plot(
        "半月报报送（家）", "report_punctuality", tuple(map(half_month, table.index)),
        {name: _whole(table[code]) for name, (code, _) in states.items()},
        tuple(tokens.PARTS[colour] for _, colour in states.values()),
    )  # fmt: skip


def duties_plot(duties: pd.DataFrame, as_of: date) -> Plot:
    """Of each duty in numbers, how many periods that are over were met and fell short."""
    ended = duties[duties["period_end"] < pd.Timestamp(as_of)]
    ended = ended[ended["state"].isin(["met", "short"])]
    often = ended["frequency"].map(lambda words: "" if pd.isna(words) else f"（{words}）")
    numbers = pd.Series([numbered(row) for row in ended.to_dict("records")], ended.index, str)
    names = numbers + " " + ended["duty_kind"].astype(str) + often
    table = ended.groupby([names, "state"]).size().unstack(fill_value=0)
    of_all = len(table)
    table = table.reindex(columns=["met", "short"], fill_value=0).head(MOST)
    return Plot(
        "定量履职（项次）", "duty_compliance", tuple(table.index),
        {"达标": _whole(table["met"]), "不足": _whole(table["short"])},
        (tokens.PARTS["closed"], tokens.PARTS["overdue"]), left=_left(of_all, "类要求"),
    )  # fmt: skip


def _left(of_all: int, unit: str) -> str:
    """What a plot of the first ``MOST`` leaves out, in words."""
    return f"列出前{MOST}{unit}，共{of_all}{unit}" if of_all > MOST else ""


def _left_members(rows: pd.DataFrame) -> str:
    return _left(int(rows["dimension"].eq("township").sum()), "个乡镇")


def _members(rows: pd.DataFrame, dimension: str, by: str) -> pd.DataFrame:
    """The largest members of a dimension."""
    mine = rows[rows["dimension"].eq(dimension)]
    return mine.sort_values([by, "member"], ascending=[False, True], kind="stable").head(MOST)


def _whole(values: pd.Series) -> tuple[float, ...]:
    return tuple(float(value) for value in values)
