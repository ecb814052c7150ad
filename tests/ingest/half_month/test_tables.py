"""Half-month reports as tables: of many units on one sheet, of one unit in one row."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse


def test_a_table_with_its_period_in_the_title_is_one_report_for_each_unit(
    home: Settings, write_sheet: Callable[..., Path]
) -> None:
    write_sheet(
        "2023-10-17/汇总（模拟数据）.xlsx",
        [
            ["成员单位半月报表（2023年10月1日—10月15日）"],
            ["序号", "单位", "检查场所数", "发现隐患数", "完成整改数", "报送人", "报送日期"],
            [1, "县甲局", 8, 4, 1, "某甲", "2023-10-16"],
            [2, "县乙局", 3, 0, 0, "某乙", None],
        ],
        ["A1:G1"],
    )
    assert ingest(home).rows_rejected == 0
    sql = """
        SELECT unit, period_start, period_end, sites_inspected, hazards_found, hazards_done
        FROM half_month ORDER BY unit
    """
    period = (date(2023, 10, 1), date(2023, 10, 15))
    with open_warehouse(home.warehouse) as con:
        found = fetch_rows(con, sql)[1]
    assert found == [("县乙局", *period, 3, 0, 0), ("县甲局", *period, 8, 4, 1)]


HEADER = ["项目", "检查家次", "出动人次", "新增隐患", "累计隐患", "已整改", "备注"]
FIRST_HALF = (date(2023, 10, 1), date(2023, 10, 15))
#: What is told of the half month, and beside it what has come together since the spring.
ROWS = [["本期", 6, 14, 4, 9, 2, None], ["累计", 60, 140, 40, 90, 20, None]]


def told(home: Settings) -> list[Any]:
    """What each report says: whose it is, when, its figures."""
    ingest(home)
    sql = """
        SELECT unit, period_start, period_end, visits, hazards_found, hazards_done
        FROM half_month ORDER BY row_no
    """
    with open_warehouse(home.warehouse) as con:
        return list(fetch_rows(con, sql)[1])


@pytest.mark.parametrize(
    "line",
    [
        ["填报单位：甲县水务局", None, None, None, "统计时段：10.1—10.15"],
        ["填报单位：甲县水务局", None, None, None, "（10月上半月）"],
        ["填报单位（盖章）：甲县水务局    报告期：2023年10月1日至2023年10月15日"],
        ["填报单位", "甲县水务局", None, "统计时间", "10月1日—15日"],
        ["报送单位：甲县水务局", "时间：2023年10月上半月"],
        ["甲县水务局10月上半月（截至10月15日）"],
    ],
    ids=["days", "bare", "whole", "cells", "label", "until"],
)
def test_a_report_in_one_row_is_read_with_the_line_above_it(
    home: Settings, write_sheet: Callable[..., Path], line: list[str | None]
) -> None:
    signed = ["填报人：某甲    填报时间：2023.10.16"]
    rows = [["安全工作半月报表"], line, HEADER, ROWS[0], [], signed]
    write_sheet("2023-10-17/报表（模拟数据）.xlsx", rows, ["A1:G1"])
    assert told(home) == [("甲县水务局", *FIRST_HALF, 6, 4, 2)]
    with open_warehouse(home.warehouse) as con:
        assert fetch_rows(con, "SELECT submitted_on FROM half_month")[1] == [(date(2023, 10, 16),)]
        sql = "SELECT count(*) FROM quality WHERE rule IN ('unreadable', 'missing')"
        assert fetch_rows(con, sql)[1] == [(0,)]


@pytest.mark.parametrize(
    ("name", "sheet", "title"),
    [
        ("水务局半月报10.1—10.15（模拟数据）", "Sheet1", "安全工作半月报表"),
        ("水务局半月报（模拟数据）", "10月上半月", "安全工作半月报表"),
        ("水务局报表（模拟数据）", "Sheet1", "甲县水务局2023年10月上半月半月报"),
    ],
    ids=["file", "sheet", "title"],
)
def test_the_half_month_is_that_of_the_title_else_of_a_name(
    home: Settings, write_sheet: Callable[..., Path], name: str, sheet: str, title: str
) -> None:
    header = ["", "检查家次", "发现隐患", "已整改"]
    said = [] if "水务局" in title else [["填报单位：甲县水务局"]]
    rows = [[title], *said, header, ["合计", 6, 4, 2]]
    path = write_sheet(f"2023-10-17/{name}.xlsx", rows, ["A1:D1"])
    book = load_workbook(path)
    book.worksheets[0].title = sheet
    book.save(path)
    assert told(home) == [("甲县水务局", *FIRST_HALF, 6, 4, 2)]


def test_who_signs_below_and_on_which_day_counts(
    home: Settings, write_sheet: Callable[..., Path]
) -> None:
    rows = [["半月报（12月下半月）"], HEADER, ROWS[0], ["填报时间：1月2日"], ["甲县水务局"]]
    write_sheet("2024-01-05/报表（模拟数据）.xlsx", rows, ["A1:G1"])
    assert [row[0] for row in told(home)] == ["甲县水务局"]
    with open_warehouse(home.warehouse) as con:
        assert fetch_rows(con, "SELECT submitted_on FROM half_month")[1] == [(date(2024, 1, 2),)]


def test_days_without_a_year_are_those_before_the_receipt(
    home: Settings, write_sheet: Callable[..., Path]
) -> None:
    line = ["填报单位：甲县水务局", None, None, "统计时段：12.16—12.31"]
    rows = [["半月报表"], line, HEADER, ["本半月", 6, 14, 4, 9, 2, ""]]
    write_sheet("2024-01-02/报表（模拟数据）.xlsx", rows, ["A1:G1"])
    assert [row[1:3] for row in told(home)] == [(date(2023, 12, 16), date(2023, 12, 31))]


def test_what_has_come_together_is_no_second_report(
    home: Settings, write_sheet: Callable[..., Path]
) -> None:
    line = ["填报单位：甲县水务局", None, "统计时段：10.1—10.15"]
    write_sheet("2023-10-17/报表（模拟数据）.xlsx", [["半月报表"], line, HEADER, *ROWS], ["A1:G1"])
    assert told(home) == [("甲县水务局", *FIRST_HALF, 6, 4, 2)]


def test_a_report_may_lie_on_its_side(home: Settings, write_sheet: Callable[..., Path]) -> None:
    rows = [
        ["甲县水务局半月报表（10月上半月）"],
        ["项目", "本期", "累计"],
        ["检查家次", 6, 60],
        ["新增隐患", 4, 40],
        ["已整改", 2, 20],
    ]
    write_sheet("2023-10-17/报表（模拟数据）.xlsx", rows, ["A1:C1"])
    assert told(home) == [("甲县水务局", *FIRST_HALF, 6, 4, 2)]


def test_on_its_side_the_names_stand_in_whichever_column_has_them(
    home: Settings, write_sheet: Callable[..., Path]
) -> None:
    rows = [
        ["甲县水务局半月报表（10月上半月）"],
        ["序号", "指标", "单位", "数值"],
        [1, "检查家次", "家次", 6],
        [2, "新增隐患", "处", 4],
        [3, "已整改", "处", 2],
    ]
    write_sheet("2023-10-17/报表（模拟数据）.xlsx", rows, ["A1:D1"])
    assert told(home) == [("甲县水务局", *FIRST_HALF, 6, 4, 2)]


def test_a_form_of_label_and_value_stays_one(
    home: Settings, write_sheet: Callable[..., Path]
) -> None:
    rows = [
        ["半月报（10月上半月）"],
        ["填报单位", "甲县水务局", "报送日期", "2023-10-16"],
        ["检查家次", 6, "发现隐患", 4],
        ["已整改", 2, "存在困难", "无"],
    ]
    write_sheet("2023-10-17/报表（模拟数据）.xlsx", rows, ["A1:D1"])
    assert told(home) == [("甲县水务局", *FIRST_HALF, 6, 4, 2)]


@pytest.mark.parametrize(
    ("title", "rows"),
    [
        ("半月报表（10月上半月）", [["甲县水务局", 6, 4, 2], ["甲县卫健局", 5, 3, 1]]),
        ("半月报表（10月上半月）", [["甲县水务局", 6, 4, 2], ["合计", 6, 4, 2]]),
    ],
    ids=["two units", "one unit and its total"],
)
def test_a_list_of_units_is_one_report_for_each(
    home: Settings, write_sheet: Callable[..., Path], title: str, rows: list[list[Any]]
) -> None:
    header = ["单位", "检查家次", "发现隐患", "已整改"]
    write_sheet("2023-10-17/汇总（模拟数据）.xlsx", [[title], header, *rows], ["A1:D1"])
    units = [(row[0], *FIRST_HALF, *row[1:]) for row in rows if row[0] != "合计"]
    assert told(home) == units


PARTS = [[1, "本部及仓库", 4, 1, 0], [2, "在建项目", 5, 1, 0]]


@pytest.mark.parametrize("header", ["下属企业/项目", "科室", "所属场馆"])
def test_the_sums_of_a_units_parts_are_its_report(
    home: Settings, write_sheet: Callable[..., Path], header: str
) -> None:
    """Be the parts firms: «甲县水运公司» under 下属企业 sends no report of its own."""
    head = ["序号", header, "检查次数", "隐患数", "整改数"]
    firm = [3, "甲县水运公司", 1, 0, 0]
    title, span = ["甲县交投公司安全生产半月报"], ["报告期：2023.10.1—2023.10.15"]
    rows = [title, span, head, *PARTS, firm, ["合计", "", 10, 2, 0]]
    write_sheet("2023-10-17/报表（模拟数据）.xlsx", rows, ["A1:E1", "A2:E2"])
    assert told(home) == [("甲县交投公司", *FIRST_HALF, 10, 2, 0)]


@pytest.mark.parametrize(
    ("header", "total"), [("下属企业", ["合计", "", 8, 2, 0]), ("单位", ["合计", "", 9, 2, 0])]
)
def test_sums_that_are_none_or_of_several_units_are_no_report(
    home: Settings, write_sheet: Callable[..., Path], header: str, total: list[Any]
) -> None:
    head = ["序号", header, "检查次数", "隐患数", "整改数"]
    rows = [["甲县交投公司安全生产半月报（2023年10月上半月）"], head, *PARTS, total]
    write_sheet("2023-10-17/报表（模拟数据）.xlsx", rows, ["A1:E1"])
    assert ("甲县交投公司", *FIRST_HALF, total[2], 2, 0) not in told(home)


def test_a_report_that_only_names_its_half_month_stands_over_the_ledger(
    home: Settings, write_sheet: Callable[..., Path]
) -> None:
    """«10月上半月安全检查情况», and below it all hazards, which are its unit's as well."""
    rows = [
        ["青山乡10月上半月安全检查情况"],
        ["检查次数", "", "参加人数", "", "发现隐患", "", "整改数"],
        [6, "", 10, "", 4, "", 2],
        [],
        ["隐患台账（全部）"],
        ["序号", "地点", "隐患", "级别", "发现时间", "整改时间要求", "责任人", "完成时间"],
        [1, "渡口", "缆绳磨损", "一般", "2023/10/8", "2023/10/20", "邓某", "未完成"],
        [2, "码头", "护栏缺失", "一般", "2023/10/9", "2023/10/20", "邓某", "已完成"],
        [3, "渔村", "电线老化", "一般", "2023/10/9", "2023/10/20", "邓某", "2023/10/12"],
    ]
    write_sheet("2023-10-17/青山（模拟数据）.xlsx", rows, ["A1:H1"])
    assert told(home) == [("青山乡", *FIRST_HALF, 6, 4, 2)]
    sql = "SELECT DISTINCT unit FROM hazard"
    with open_warehouse(home.warehouse) as con:
        assert fetch_rows(con, sql)[1] == [("青山乡",)]
        sql = "SELECT site, status, done_on FROM hazard ORDER BY row_no"
        assert fetch_rows(con, sql)[1] == [
            ("渡口", "not_started", None), ("码头", "done", None),
            ("渔村", "done", date(2023, 10, 12)),
        ]  # fmt: skip


@pytest.mark.parametrize("numbered", [True, False])
def test_so_is_one_in_which_more_stands_between_the_unit_and_its_figures(
    home: Settings, write_sheet: Callable[..., Path], numbered: bool
) -> None:
    """The office's list of all units, with a day and a mark beside each, is no one report."""
    header = ["序号", "报送单位", "报送日期", "是否零报告", "检查家次", "发现隐患", "已整改"]
    rows: list[list[Any]] = [
        [n, unit, "2023/10/16", "否", *figures]
        for n, unit, figures in ((1, "城关镇", (6, 4, 2)), (2, "甲县水务局", (5, 3, 1)))
    ]
    rows.append(["合计", "", "", "", 11, 7, 3])
    if not numbered:
        header, rows = (
            header[1:],
            [[row[0] if row[0] == "合计" else row[1], *row[2:]] for row in rows],
        )
    title = ["半月报汇总表（2023年10月上半月）"]
    write_sheet("2023-10-17/汇总（模拟数据）.xlsx", [title, header, *rows])
    assert told(home) == [
        ("城关镇", *FIRST_HALF, 6, 4, 2), ("甲县水务局", *FIRST_HALF, 5, 3, 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("title", "header", "names", "units"),
    [
        # whatever its units are called, a total beside them is none of them
        ("半月报（10月上半月）", "单位", ["县图书馆", "县博物馆"], ["县博物馆", "县图书馆"]),
        # parts of one unit's report
        ("甲县水务局半月报（10月上半月）", "乡镇", ["东湖镇", "西山乡"], ["甲县水务局"]),
        ("甲县水务局半月报（10月上半月）", "场所类别", ["旅馆", "游乐场"], ["甲县水务局"]),
    ],
    ids=["units", "townships", "kinds"],
)
def test_a_total_is_the_report_only_where_the_rows_are_its_parts(
    home: Settings, write_sheet: Callable[..., Path],
    title: str, header: str, names: list[str], units: list[str],
) -> None:  # fmt: skip
    parts = [[name, 3, 2, 1] for name in names]
    rows = [[title], [header, "检查家次", "发现隐患", "已整改"], *parts, ["合计", 6, 4, 2]]
    write_sheet("2023-10-17/报表（模拟数据）.xlsx", rows, ["A1:D1"])
    one = (6, 4, 2) if len(units) == 1 else (3, 2, 1)
    assert sorted(told(home)) == [(unit, *FIRST_HALF, *one) for unit in units]


def test_two_tables_one_below_the_other_are_one_report(
    home: Settings, write_sheet: Callable[..., Path]
) -> None:
    rows = [
        ["甲县水务局半月报（10月上半月）"],
        ["一、检查情况"], ["检查家次", "出动人次"], [6, 14],
        ["二、隐患情况"], ["发现隐患", "已整改"], [4, 2],
        ["三、累计情况"], ["检查家次", "重大隐患"], [60, 5],
    ]  # fmt: skip
    write_sheet("2023-10-17/报表（模拟数据）.xlsx", rows, ["A1:B1"])
    assert told(home) == [("甲县水务局", *FIRST_HALF, 6, 4, 2)]
    with open_warehouse(home.warehouse) as con:
        assert fetch_rows(con, "SELECT major_found FROM half_month")[1] == [(None,)]


def test_a_figure_with_words_behind_it_is_told_and_the_others_are_read(
    home: Settings, write_sheet: Callable[..., Path]
) -> None:
    title = ["甲县水务局半月报（10月上半月）"]
    row = ["本期", "6家（其中重点2家）", 14, 4, 9, 2, None]
    write_sheet("2023-10-17/报表（模拟数据）.xlsx", [title, HEADER, row], ["A1:G1"])
    assert told(home) == [("甲县水务局", *FIRST_HALF, None, 4, 2)]
    with open_warehouse(home.warehouse) as con:
        sql = "SELECT field FROM quality WHERE rule = 'unreadable'"
        assert fetch_rows(con, sql)[1] == [("visits",)]


def test_a_report_that_goes_on_as_a_list_of_all_periods_is_one_for_each(
    home: Settings, write_sheet: Callable[..., Path]
) -> None:
    """What was reported in time is so still where the next paper repeats it."""
    header = ["单位", "时段", "检查（次）", "人次", "隐患数", "已改", "在改"]
    rows = [
        ["甲县水务局", "2023.10.1-2023.10.15", 6, 13, 4, 2, 2],
        ["甲县水务局", "2023.10.16-2023.10.31", 5, 11, 0, 2, 0],
    ]
    for day, part in (("2023-10-17", rows[:1]), ("2023-11-02", rows)):
        write_sheet(f"{day}/甲县水务局半月报（模拟数据）.xlsx", [header, *part])
    second = (date(2023, 10, 16), date(2023, 10, 31))
    assert told(home) == [
        ("甲县水务局", *FIRST_HALF, 6, 4, 2), ("甲县水务局", *second, 5, 0, 2),
    ]  # fmt: skip
    with open_warehouse(home.warehouse) as con:
        days = fetch_rows(con, "SELECT reported_on FROM half_month ORDER BY period_start")[1]
    assert days == [(date(2023, 10, 17),), (date(2023, 11, 2),)]


def test_what_the_row_says_in_columns_of_its_own_counts(
    home: Settings, write_sheet: Callable[..., Path]
) -> None:
    """As the template has it: the names of file and title say nothing beside it."""
    header = ["报送单位", "期次起", "期次止", "报送日期", "检查家次", "发现隐患数", "整改完成数"]
    row = ["甲县水务局", "2023-10-01", "2023-10-15", "2023-10-16", 6, 4, 2]
    signed = ["填报时间：2023.10.17"]
    rows = [["甲县卫健局代报半月报（10月下半月）"], header, row, signed]
    write_sheet("2023-10-17/10月下半月（模拟数据）.xlsx", rows, ["A1:G1"])
    assert told(home) == [("甲县水务局", *FIRST_HALF, 6, 4, 2)]
    with open_warehouse(home.warehouse) as con:
        assert fetch_rows(con, "SELECT submitted_on FROM half_month")[1] == [(date(2023, 10, 16),)]


def test_a_table_that_no_title_calls_a_report_is_none(
    home: Settings, write_sheet: Callable[..., Path]
) -> None:
    rows = [["宾馆检查统计"], ["项目", "检查家次", "发现隐患", "已整改"], ["本期", 6, 4, 2]]
    write_sheet("2023-10-17/统计（模拟数据）.xlsx", rows, ["A1:D1"])
    assert told(home) == []
