"""Rows of metrics as the lists of a document: Chinese headings, words for codes, plain values."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.briefing.figures import Figures
from analysis.charts.shown import worst_first
from analysis.charts.wall import DONE_STATES
from analysis.warehouse.sql_files import Query, get_metric, metrics
from analysis.wording.deadlines import cell_of, chinese_month_day, claims_of
from analysis.wording.labels import ITEM_LABELS, SITE_LABELS, plan_number
from analysis.wording.values import UNNAMED, WHOSE

Rows = list[dict[str, Any]]
#: The columns of each list, by the metric whose rows they are.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "overdue": (
        "kind", "title", "unit", "person", "level", "due_on", "days_late", "suspension",
        "relief",
    ),
    "due_soon": ("kind", "title", "unit", "person", "level", "due_on", "days_left"),
    "supervision": (
        "title", "unit", "person", "level", "standing_text", "supervised_on", "due_on", "state",
        "days_late", "done_late",
    ),
    "completion": (
        "member", "total", "done", "closed", "due", "on_time", "overdue", "completion_rate",
        "closure_rate", "on_time_rate",
    ),
    "node_progress": (
        "unit", "node_no", "node_on", "planned", "begun", "on_time", "late", "undated_done",
        "suspended_due", "owed", "planned_total", "done_total", "completion_rate",
    ),
    "suspect_closure": (
        "kind", "title", "unit", "person", "level", "done_on", "accepted_by", "no_acceptance",
        "self_accepted", "same_day_major", "bunched", "recurred", "reopened", "copied", "reasons",
    ),
    "report_punctuality": (
        "unit", "period_start", "period_end", "due_on", "submitted_on", "state", "days_late",
        "zero_report",
    ),
    "duty_compliance": (
        "plan_no", "sub_no", "requirement", "unit", "frequency", "period_start", "period_end",
        "required", "done", "missing", "state",
    ),
    "vanished": (
        "kind", "title", "unit", "person", "level", "state", "due_on", "days_late",
        "missing_since", "missing_in",
    ),
    "deadline_slip": (
        "kind", "title", "unit", "person", "slip", "first_due_on", "due_on", "days_moved",
        "moves", "moved_on", "is_approved",
    ),
    "recurrence": (
        "site", "township", "category", "unit", "title", "level", "opened_on", "first_done_on",
        "days_between",
    ),
    "accident_yoy": (
        "source", "period", "region", "industry", "period_start", "period_end", "accidents",
        "accidents_prev", "accidents_yoy", "deaths", "deaths_prev", "deaths_yoy", "covered_until",
    ),
}  # fmt: skip
#: How late something was done, beside how late it is that is not done yet.
DONE_LATE = "done_late"
MEASURES = (
    "plan", "sub_no", "problem", "manifestation", "measure", "content", "rect_type", "unit",
    "person", "due_on", "state", "done_on", "days_late", "done_late",
)  # fmt: skip
HAZARDS = (
    "title", "township", "category", "level", "unit", "person", "opened_on", "due_on",
    "state", "done_on", "closed_on", "closure", "days_late", "done_late",
)  # fmt: skip
DECISIONS = (
    "title", "unit", "person", "opened_on", "due_on", "state", "done_on", "closed_on", "days_late",
    "done_late",
)  # fmt: skip
UNCLEAR = ("kind", "title", "unit", "person", "due_on", "state")
SITES = (
    "site", "township", "site_kind", "unit", "person", "colour", "basis", "rated", "open_major",
    "overdue",
    "last_inspected_on", "reasons",
)  # fmt: skip


def metric_rows(
    name: str, rows: pd.DataFrame, columns: Sequence[str] = (), with_source: bool = False
) -> Rows:
    """Rows of a metric under the short names that its file gives its columns.

    ``with_source`` adds file, sheet and row as one column.
    """
    query = get_metric(name)
    labels = {column: query.label(column) for column in columns or COLUMNS[name]}
    return labelled(rows, labels, name, with_source)


def unit_rows(completion: pd.DataFrame) -> Rows:
    """Completion by unit, those with most overdue first."""
    rows = worst_first(completion[completion["dimension"].eq("unit")])
    told = metric_rows("completion", rows)
    return [{"责任单位": row.pop("成员")} | row for row in told]


def node_rows(progress: pd.DataFrame) -> Rows:
    """Working nodes in all, then those of each unit."""
    total = progress["unit"].eq("全部")
    return metric_rows("node_progress", pd.concat([progress[total], progress[~total]]))


def measure_rows(measures: pd.DataFrame) -> Rows:
    """The 三清单 with the state of each detailed measure."""
    return labelled(measures, {name: ITEM_LABELS[name] for name in MEASURES}, "items", True)


def hazard_rows(items: pd.DataFrame) -> Rows:
    """All hazards with their state."""
    hazards = items[items["kind"].eq("hazard")]
    return labelled(hazards, {name: ITEM_LABELS[name] for name in HAZARDS}, "items", True)


def decision_rows(items: pd.DataFrame) -> Rows:
    """All decisions of meetings with their state."""
    rows = items[items["kind"].eq("decision")]
    return labelled(rows, {name: ITEM_LABELS[name] for name in DECISIONS}, "items", True)


#: What an item may lack, as ``clarity`` counts it.
LACKING = {"has_named_unit": "责任单位", "has_named_person": "责任人", "has_due": "时限"}


def unclear_rows(items: pd.DataFrame) -> Rows:
    """Items that lack a named unit, a named person or a deadline, and which of them."""
    has_due = items["due_on"].notna() | items["standing"].astype(bool)
    told = items.assign(has_due=has_due)[list(LACKING)].astype(bool)
    rows = items[~told.all(axis=1)]
    lines = labelled(rows, {name: ITEM_LABELS[name] for name in UNCLEAR}, "items", True)
    for line, (_, has) in zip(lines, told.loc[rows.index].iterrows(), strict=True):
        line["没有写明"] = "、".join(label for name, label in LACKING.items() if not has[name])
    return lines


def items_rows(items: pd.DataFrame, columns: Sequence[str]) -> Rows:
    """Items under the labels of their columns."""
    return labelled(items, {name: ITEM_LABELS[name] for name in columns}, "items", False)


def site_rows(ranking: pd.DataFrame) -> Rows:
    """The ranking of sites, the one to look at first on top."""
    told = labelled(ranking, {name: SITE_LABELS[name] for name in SITES}, "", False)
    return [{"次序": number} | row for number, row in enumerate(told, start=1)]


def definition_rows(figures: Figures, names: Iterable[str] = ()) -> Rows:
    """Title, 口径 and basis of metrics; of all where none are named.

    What a definition changes after the day described is for those who compare with what was printed
    before, and nobody has printed anything of a day that was still to come.
    """
    return [
        {
            "指标": query.title,
            "口径": query.definition_on(figures.scope.as_of),
            "依据": basis(query, figures),
        }
        for query in (get_metric(name) for name in names or sorted(metrics()))
    ]


def basis(query: Query, figures: Figures) -> str:
    """What a metric serves, with the measures of the home's own plans that ask for it.

    Measures have their numbers from a plan: one that is not in the home is not cited.
    """
    if query.measures == ("节点",):
        own = _calendars(figures)
    elif query.measures == ("定量",):
        own = _numbers(figures.measures[figures.measures["quantity"].notna()])
    else:
        text = figures.measures["content"].fillna("")
        asks = text.map(lambda words: any(each in words for each in query.measures))
        own = _numbers(figures.measures[asks.astype(bool)])
    return query.clause + (f"（本县方案：{own}）" if own else "")


def _numbers(measures: pd.DataFrame) -> str:
    """«〔2023〕6号 4-1、4-3；〔2023〕9号 1-1»; of one plan alone its number is said as well."""
    told = []
    for plan, rows in measures.groupby(measures["plan"].fillna(""), sort=False):
        numbers = "、".join(dict.fromkeys(rows["sub_no"].dropna()))
        told.append(f"{plan_number(plan)} {numbers}".strip())
    return "；".join(each for each in told if each)


def _calendars(figures: Figures) -> str:
    """From when each plan is to be at work, and its nodes, as the plan itself lays them down."""
    nodes = figures.source.relation("nodes", figures.scope)
    starts = figures.measures.groupby(figures.measures["plan"].fillna(""))["start_on"].min()
    told = []
    for plan, rows in nodes.groupby(nodes["plan"].fillna(""), sort=False):
        first, days = rows["node_on"].min(), int(rows["node_days"].iloc[0])
        start = starts.get(plan)
        begun = "" if start is None or pd.isna(start) else f"{chinese_month_day(start)}启动，"
        words = f"{begun}{chinese_month_day(first)}为第一个工作节点，以后每{days}天一个"
        told.append(f"{plan_number(plan)}{words}")
    return "；".join(told)


def labelled(rows: pd.DataFrame, labels: Mapping[str, str], table: str, with_source: bool) -> Rows:
    """Rows of a metric or relation as dicts under their labels; nothing as None."""
    lines = []
    if {"state", "days_late"} <= set(rows) and DONE_LATE not in rows:
        rows = told_apart(rows)
    for row in rows.to_dict("records"):
        line = {label: _cell(row, str(name), table) for name, label in labels.items()}
        if with_source:
            line["来源"] = f"{row['path']} {row['sheet']} 第{int(row['row_no'])}行"
        lines.append(line)
    return lines


def titled(row: Mapping[Any, Any]) -> str:
    """An item of the metric ``overdue`` with its marks: whatever its unit says, it is late."""
    return f"{row['title']}{claims_of(row)}"


def told_apart(rows: pd.DataFrame) -> pd.DataFrame:
    """Days of lateness of what is not done, and of what was done late, each in a column."""
    is_done = rows["state"].isin(DONE_STATES)
    return rows.assign(
        **{DONE_LATE: rows["days_late"].where(is_done)}, days_late=rows["days_late"].mask(is_done)
    )


def overdue_rows(figures: Figures) -> Rows:
    """All that is late, the longest first."""
    return metric_rows("overdue", figures["overdue"], with_source=True)


def _cell(row: Mapping[Any, Any], column: str, table: str) -> Any:
    cell = cell_of(row, column, table)
    return UNNAMED if cell is None and column in WHOSE else cell
