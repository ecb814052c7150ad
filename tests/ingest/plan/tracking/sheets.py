"""Submissions of measures drawn in a test → their records; 模拟数据, no plan of a real county."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from analysis.ingest.doubts.doubt import Doubt
from analysis.ingest.findings import Finding, Places
from analysis.ingest.plan.tracking import Source, Tracking
from analysis.ingest.versions.history import chain
from analysis.ledgers.measure import MEASURE

#: Three measures under 整改措施 5, two of them without an end, and one that the office found.
STUDY = "党组理论学习中心组每月至少跟进学习安全生产论述1次，强化理论武装"
MEETING = "每季度至少召开1次安全生产例会，分析研判形势，研究解决具体问题"
REPORT = "专题开展行业领域防范化解重大风险调研，形成调研报告2份"
BOARDS = "健全完善文旅领域分类分级管控和隐患排查治理双重预防机制"
CLAUSE = "9月30日前全部进入工作状态，10月15日为第一个工作节点，以后每15天为一个工作节点"


def october(day: int) -> date:
    return date(2023, 10, day)


DUE = date(2023, 11, 20)


@dataclass(slots=True)
class Sheet:
    """A sheet as it came on a day of October 2023."""

    day: int
    rows: list[dict[str, Any]]
    title: str = ""
    number: str = ""
    is_body: bool = False
    issued_on: date | None = None
    sender: str = "甲局"
    name: str = "台账"
    half_month_line: int = 0

    def source(self, place: int) -> Source:
        return Source(
            f"s{place}", self.name, self.title, self.number, self.issued_on,
            october(self.day), self.is_body, self.sender, half_month_line=self.half_month_line,
        )  # fmt: skip


@dataclass(slots=True)
class Told:
    """What became of the sheets: versions in force by item, findings, doubts, plans."""

    items: dict[str, dict[str, Any]]
    versions: pd.DataFrame
    findings: list[Finding]
    doubts: list[Doubt] = field(default_factory=list)
    plans: list[dict[str, Any]] = field(default_factory=list)

    def rules(self, *names: str) -> list[tuple[str, str]]:
        return [(each.rule, each.severity) for each in self.findings if each.rule in names]

    def column(self, name: str) -> dict[str, Any]:
        return {item: row[name] for item, row in self.items.items()}


def track(*sheets: Sheet) -> Told:
    """Follow the measures of some sheets."""
    rows = []
    sources = []
    for place, sheet in enumerate(sorted(sheets, key=lambda each: each.day), start=1):
        sources.append(sheet.source(place))
        for number, row in enumerate(sheet.rows, start=5):
            where = {"submission_id": f"s{place}", "sheet": sheet.name, "row_no": number}
            base = dict.fromkeys(MEASURE.columns) | where | {"region": "甲县"}
            known = {"known_from": october(sheet.day), "position": place, "sender": sheet.sender}
            rows.append(base | {"unit": "甲局"} | known | row)
    tracking = Tracking(sources, Places())
    table = pd.DataFrame(rows, dtype=object)
    chained = chain(table, MEASURE, Places(), name=tracking)
    versions = chained.versions
    last = versions[versions["known_to"].isna()].to_dict("records")
    last.sort(key=lambda row: str(row["item_id"]))
    plans = tracking.register.table(["plan_id", "number", "title", "issued_on", "known_to"])
    return Told(
        {row["item_id"]: row for row in last},  # type: ignore[misc]
        versions,
        chained.findings,
        tracking.doubts,
        plans.to_dict("records"),  # type: ignore[arg-type]
    )


def measure(sub_no: str | None, sub_measure: str | None, **more: Any) -> dict[str, Any]:
    return {"sub_no": sub_no, "sub_measure": sub_measure} | more


def body(day: int = 1, **more: Any) -> Sheet:
    """The body of the plan 甲文旅发〔2023〕7号."""
    said = {"problem": "责任不落实", "due_text": f"{CLAUSE}，(5-3)项11月20日前完成"}
    nodes = {"start_on": date(2023, 9, 30), "first_node_on": october(15), "node_days": 15}
    fed_back = said | nodes | {"measure": "整改措施（5）：会议要有实招", "measure_no": "5"}
    rows = [
        measure("5-1", STUDY, frequency="每月", **fed_back),
        measure("5-2", MEETING, frequency="每季度", **fed_back),
        measure("5-3", REPORT, due_on=DUE, **fed_back),
        measure("自查2", BOARDS, due_text="10月30日前完成", due_on=october(30)),
    ]
    return Sheet(
        day, rows, "甲文旅发〔2023〕7号 关于印发《甲县安全生产政治监督反馈问题整改方案》的通知",
        "甲文旅发〔2023〕7号", True, **more,
    )  # fmt: skip


def annex(day: int = 2, title: str = "甲县安全生产政治监督反馈问题整改三清单") -> Sheet:
    """The 三清单 of the same plan as a file of its own, with the slips that such a file has."""
    listed = {"problem": "责任不落实", "rect_type": "长期坚持"}
    above = {"measure": "整改措施5：会议要有实招", "measure_no": "5"}
    slip = BOARDS.replace("完善", "晚上")
    rows = [
        measure("5-1", STUDY, frequency="每月", **above, **listed),
        measure("5-2", MEETING, frequency="每季度", **listed),
        measure("5-3", REPORT, **listed),
        measure("自查2", slip, due_text="10月30日前", due_on=october(30), **listed),
    ]
    return Sheet(day, rows, title, name="三清单")


def progress(day: int, *rows: dict[str, Any], title: str = "整改措施进展情况") -> Sheet:
    """A ledger of progress, with shortened texts."""
    return Sheet(day, list(rows), title)
