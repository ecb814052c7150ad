"""Registers of duties that the office keeps beside its 履职台账, as it lays them out. 模拟数据."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from analysis.demo.sending import MARK, OFFICE, Columns, Row, Sending
from analysis.demo.world import LEAD_UNIT, TOWNSHIPS, Site

#: The twelve whose 述职 the plan asks for, and on which day of December those did it who did.
LEADERS = "赵钱孙李周吴郑王冯陈褚卫"
REPORTED_ON = {"赵": 4, "孙": 4, "李": 5, "吴": 6, "郑": 12, "卫": 12}


def make_registers(year: int, sites: Sequence[Site]) -> Iterator[Sending]:
    """Registers of 述职, 约谈, 曝光, 现场办公, 互检 and 经验做法, each with its own columns."""
    yield _talks(year)
    yield _exposures(year, sites)
    yield _on_site(year)
    yield _cross_checks(year)
    yield _practice(year)
    yield _self_reports(year)


def _register(
    day: date, name: str, title: str, columns: Columns, rows: Sequence[dict[str, Any]],
    of_all: dict[str, Any],
) -> Sending:  # fmt: skip
    return Sending(
        day, name, "duty", OFFICE, OFFICE, f"{title}（{MARK}）", (("序号", None), *columns),
        [Row(f"{name} {n}", facts) for n, facts in enumerate(rows)], day, of_all=of_all,
    )  # fmt: skip


def _talks(year: int) -> Sending:
    rows = [
        {"held_on": date(year, 11, 8), "target": "县水利局、县教育局", "subject": "整改进度滞后"},
        {"held_on": date(year, 11, 20), "target": "县商务局", "subject": "半月报数字前后不一"},
        {"held_on": date(year, 12, 4), "target": "县水利局", "subject": "约谈后仍有逾期"},
    ]
    rows = [row | {"unit": OFFICE} for row in rows]
    columns: Columns = (
        ("约谈时间", "held_on"), ("约谈单位", "unit"), ("被约谈单位", "target"),
        ("约谈事由", "subject"),
    )  # fmt: skip
    return _register(
        date(year, 12, 5), "约谈登记表", "安全生产约谈登记表", columns, rows, {"kind": "约谈警示"}
    )


def _exposures(year: int, sites: Sequence[Site]) -> Sending:
    rows = [
        {"held_on": date(year, 11, 28 + n), "target": site.site, "unit": LEAD_UNIT,
         "subject": "安全出口上锁"}
        for n, site in enumerate(sites[30:32])
    ]  # fmt: skip
    columns: Columns = (
        ("曝光日期", "held_on"), ("曝光对象", "target"), ("曝光内容", "subject"),
        ("实施单位", "unit"), ("曝光媒体", None),
    )  # fmt: skip
    return _register(
        date(year, 12, 6), "媒体曝光台账", "媒体曝光情况台账", columns, rows, {"kind": "媒体曝光"}
    )


def _on_site(year: int) -> Sending:
    rows = [
        {"held_on": date(year, 11, 3), "unit": LEAD_UNIT, "subject": "临崖护栏资金来源"},
        {"held_on": date(year, 12, 14), "unit": OFFICE, "subject": "老旧民宿消防改造"},
    ]
    columns: Columns = (
        ("办公时间", "held_on"), ("组织单位", "unit"), ("研究解决的问题", "subject"),
    )  # fmt: skip
    return _register(
        date(year, 12, 15), "现场办公记录", "现场办公会记录表", columns, rows, {"kind": "现场办公"}
    )


def _cross_checks(year: int) -> Sending:
    """Each township checks the next; one was put down for itself by mistake."""
    pairs = [*pairwise(TOWNSHIPS[:6]), (TOWNSHIPS[6], TOWNSHIPS[6])]
    rows = [
        {"unit": f"{checks}人民政府", "target": f"{checked}人民政府",
         "held_on": date(year, 11, 13 + n), "subject": "重大事故隐患"}
        for n, (checks, checked) in enumerate(pairs)
    ]  # fmt: skip
    columns: Columns = (
        ("检查方", "unit"), ("被检查方", "target"), ("互检时间", "held_on"),
        ("检查重点", "subject"),
    )  # fmt: skip
    return _register(
        date(year, 11, 20), "交叉互检安排", "重大事故隐患交叉互检安排表", columns, rows,
        {"kind": "交叉互检"},
    )  # fmt: skip


def _practice(year: int) -> Sending:
    rows = [
        {"unit": "县公安局", "subject": "民宿夜间巡查联户制", "submitted_on": date(year, 12, 1)},
        {"unit": "县教育局", "subject": "研学线路安全清单", "submitted_on": date(year, 12, 8)},
    ]
    columns: Columns = (
        ("报送单位", "unit"), ("经验做法名称", "subject"), ("报送时间", "submitted_on"),
    )  # fmt: skip
    return _register(
        date(year, 12, 12), "经验做法汇总", "经验做法汇总表", columns, rows, {"kind": "经验总结"}
    )


def _self_reports(year: int) -> Sending:
    rows = [
        {"person": f"{name}某", "is_held": name in REPORTED_ON,
         "held_on": date(year, 12, REPORTED_ON[name]) if name in REPORTED_ON else None}
        for name in LEADERS
    ]  # fmt: skip
    columns: Columns = (
        ("姓名", "person"),
        ("职务", None),
        ("是否述职", "is_held"),
        ("述职时间", "held_on"),
    )
    return _register(
        date(year, 12, 20), "述职情况统计表", f"专班班子成员{year}年度述职情况统计表", columns,
        rows, {"kind": "述职", "period_start": date(year, 1, 1)},
    )  # fmt: skip
