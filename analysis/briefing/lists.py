"""Rows of metrics as the lists of a document: Chinese headings, words for codes, plain values."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.briefing.figures import Figures
from analysis.ledgers import ITEM_KIND
from analysis.ledgers.codes import CHANGE, RULE, SEVERITY, STATE
from analysis.warehouse.sql_files import get_metric, metrics

Rows = list[dict[str, Any]]
#: Column → code → word, wherever the column occurs.
WORDS: Mapping[str, Mapping[str, str]] = {
    "kind": ITEM_KIND.labels, "state": STATE.labels, "first_state": STATE.labels,
    "state_before": STATE.labels, "change": CHANGE.labels,
    "rule": RULE.labels, "severity": SEVERITY.labels,
}  # fmt: skip
#: Whose an item is must never be blank.
WHOSE = ("unit", "person")
UNKNOWN = "未明确"
#: The columns of each list, by the metric whose rows they are.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "overdue": ("kind", "title", "unit", "person", "level", "due_on", "days_late"),
    "due_soon": ("kind", "title", "unit", "person", "level", "due_on", "days_left"),
    "supervision": (
        "title", "unit", "person", "level", "standing_text", "supervised_on", "due_on", "state",
        "days_late",
    ),
    "completion": (
        "member", "total", "done", "closed", "due", "on_time", "overdue", "completion_rate",
        "closure_rate", "on_time_rate",
    ),
    "node_progress": (
        "unit", "node_no", "node_on", "planned", "on_time", "late", "owed", "planned_total",
        "done_total", "completion_rate",
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
        "sub_no", "requirement", "unit", "frequency", "period_start", "period_end", "required",
        "done", "missing", "state",
    ),
    "accident_yoy": (
        "source", "period", "region", "industry", "period_start", "period_end", "accidents",
        "accidents_prev", "accidents_yoy", "deaths", "deaths_prev", "deaths_yoy",
    ),
}  # fmt: skip
#: Codes that mean something else in one metric alone.
OWN_WORDS: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    "report_punctuality": {
        "state": {"in_time": "按期", "late": "迟报", "missing": "缺报", "pending": "未到期"}
    },
    "duty_compliance": {"state": {"met": "达标", "short": "不足", "running": "进行中"}},
    "accident_yoy": {
        "source": {"published": "公布", "records": "台账"},
        "period": {
            "published": "公布时段", "month": "当月", "quarter": "当季", "year": "当年累计"
        },
    },
}  # fmt: skip
#: What a list of items is called where it stands without a metric.
ITEM_LABELS = {
    "sub_no": "细化措施编号", "title": "事项", "kind": "种类", "problem": "问题",
    "manifestation": "表现", "measure": "整改措施", "content": "内容与措施", "unit": "责任单位",
    "person": "责任人", "site": "场所", "township": "乡镇", "category": "类别", "level": "等级",
    "opened_on": "发现或下达", "due_on": "期限", "done_on": "完成日期", "closed_on": "销号日期",
    "state": "状态", "days_late": "逾期天数",
}  # fmt: skip
MEASURES = (
    "problem", "manifestation", "measure", "content", "category", "unit", "person", "due_on",
    "state", "done_on", "days_late",
)  # fmt: skip
HAZARDS = (
    "title", "township", "category", "level", "unit", "person", "opened_on", "due_on",
    "state", "done_on", "closed_on", "days_late",
)  # fmt: skip
#: Headings of the ranking of sites.
SITES = {
    "site": "场所", "township": "乡镇", "site_kind": "业态", "unit": "监管单位", "person": "责任人",
    "colour": "四色", "basis": "评定依据", "open_major": "重大未销号", "overdue": "逾期",
    "last_inspected_on": "上次检查", "reasons": "理由",
}  # fmt: skip


def metric_rows(
    name: str, rows: pd.DataFrame, columns: Sequence[str] = (), with_source: bool = False
) -> Rows:
    """Rows of a metric under the short names that its file gives its columns.

    ``with_source`` adds file, sheet and row as one column.
    """
    query = get_metric(name)
    labels = {
        column: query.label(column).removesuffix("代码") for column in columns or COLUMNS[name]
    }
    return labelled(rows, labels, OWN_WORDS.get(name, {}), with_source)


def unit_rows(completion: pd.DataFrame) -> Rows:
    """Completion by unit, those with most overdue first."""
    rows = completion[completion["dimension"].eq("unit")].sort_values(
        ["overdue", "total", "member"], ascending=[False, False, True]
    )
    told = metric_rows("completion", rows)
    return [{"责任单位": row.pop("成员")} | row for row in told]


def node_rows(progress: pd.DataFrame) -> Rows:
    """Working nodes in all, then those of each unit."""
    total = progress["unit"].eq("全部")
    return metric_rows("node_progress", pd.concat([progress[total], progress[~total]]))


def measure_rows(measures: pd.DataFrame) -> Rows:
    """The 三清单 with the state of each detailed measure."""
    return labelled(measures, {name: ITEM_LABELS[name] for name in MEASURES}, {}, True)


def hazard_rows(items: pd.DataFrame) -> Rows:
    """All hazards with their state."""
    hazards = items[items["kind"].eq("hazard")]
    return labelled(hazards, {name: ITEM_LABELS[name] for name in HAZARDS}, {}, True)


def site_rows(ranking: pd.DataFrame) -> Rows:
    """The ranking of sites, the one to look at first on top."""
    told = labelled(ranking, SITES, {}, False)
    return [{"次序": number} | row for number, row in enumerate(told, start=1)]


def definition_rows(names: Iterable[str] = ()) -> Rows:
    """Title, 口径 and clause of metrics; of all where none are named."""
    return [
        {"指标": query.title, "口径": query.full_definition, "依据": query.clause}
        for query in (get_metric(name) for name in names or sorted(metrics()))
    ]


def labelled(
    rows: pd.DataFrame, labels: Mapping[str, str], own: Mapping[str, Mapping[str, str]],
    with_source: bool,
) -> Rows:  # fmt: skip
    """Rows as dicts under their labels; codes in words, days as days, nothing as None."""
    words = {**WORDS, **own}
    told = []
    for row in rows.to_dict("records"):
        line = {label: _value(name, row[name], words) for name, label in labels.items()}
        if with_source:
            line["来源"] = f"{row['path']} {row['sheet']} 第{int(row['row_no'])}行"
        told.append(line)
    return told


def overdue_rows(figures: Figures) -> Rows:
    """All that is late, the longest first."""
    return metric_rows("overdue", figures["overdue"], with_source=True)


def _value(name: str, value: Any, words: Mapping[str, Mapping[str, str]]) -> Any:
    if value is None or pd.isna(value):
        return UNKNOWN if name in WHOSE else None
    if name in words:
        return words[name].get(value, value)
    if isinstance(value, pd.Timestamp):
        return value.date()
    if isinstance(value, bool):
        return "是" if value else None
    if isinstance(value, float) and value.is_integer() and not name.endswith("_rate"):
        return int(value)
    return value
