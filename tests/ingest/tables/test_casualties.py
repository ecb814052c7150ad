"""A list of accidents with the dead and the hurt in one column."""

from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from tests.ingest.answering import ask

Write = Callable[..., Path]
TITLE = ["2023年第三季度涉旅安全事故（事件）统计表"]


def read(home: Settings, write_sheet: Write, header: str, *cells: str) -> list[tuple[object, ...]]:
    """Deaths and injuries of each accident of a list whose column of both is headed so."""
    head = ["序号", "时间", "地点", "事故类型", "简要经过", header, "处理情况"]
    rows = [[n, f"2023年8月{n}日15时", "望江亭", "跌落", "游客滑倒", cell, "已结案"]
            for n, cell in enumerate(cells, start=1)]  # fmt: skip
    write_sheet("2023-10-10/事故清单（模拟数据）.xlsx", [TITLE, head, *rows], ["A1:G1"])
    ingest(home)
    return ask(home, "SELECT deaths, minor_injuries FROM accident ORDER BY occurred_on")


@pytest.mark.parametrize(
    ("header", "cell", "deaths", "hurt"),
    [
        ("死亡/受伤", "0/1", 0, 1), ("死亡、受伤（人）", "1、2", 1, 2),
        ("伤亡（死/伤）", "1/3", 1, 3),
        ("伤亡情况", "死亡1人，受伤2人", 1, 2), ("伤亡情况", "1死2伤", 1, 2),
        ("伤亡人数", "无人员伤亡", 0, 0), ("受伤/死亡", "2/1", 1, 2),
    ],
)  # fmt: skip
def test_both_numbers_are_read(
    home: Settings, write_sheet: Write, header: str, cell: str, deaths: int, hurt: int
) -> None:
    assert read(home, write_sheet, header, cell) == [(deaths, hurt)]


def test_the_next_list_under_the_same_header_is_read_as_well(
    home: Settings, write_sheet: Write
) -> None:
    read(home, write_sheet, "死亡/受伤", "0/1")
    head = ["序号", "时间", "地点", "事故类型", "简要经过", "死亡/受伤", "处理情况"]
    row = [1, "2023年10月3日", "渡口", "火情", "短路冒烟", "0/0", "已处置"]
    total = ["合计", "", "", "", "1起", "0/0", ""]
    write_sheet("2024-01-10/事故清单（模拟数据）.xlsx", [TITLE, head, row, total], ["A1:G1"])
    ingest(home)
    sql = "SELECT deaths, minor_injuries FROM accident ORDER BY occurred_on"
    assert ask(home, sql) == [(0, 1), (0, 0)]


def test_what_nobody_can_tell_is_told_and_not_guessed(home: Settings, write_sheet: Write) -> None:
    found = read(home, write_sheet, "伤亡情况", "无伤亡", "1/2", "死亡1人，重伤2人")
    assert found == [(0, 0), (None, None), (None, None)]
    told = ask(home, "SELECT value FROM quality WHERE message LIKE '%分不清%' ORDER BY value")
    assert told == [("1/2",), ("死亡1人，重伤2人",)]


def test_a_list_that_no_title_calls_one_of_accidents_is_none(
    home: Settings, write_sheet: Write
) -> None:
    head = ["序号", "时间", "地点", "类型", "死亡/受伤"]
    rows = [["动物统计表"], head, [1, "2023年8月1日", "动物园", "猴", "0/1"]]
    write_sheet("2023-10-10/统计（模拟数据）.xlsx", rows, ["A1:E1"])
    ingest(home)
    assert ask(home, "SELECT * FROM accident") == []
