"""延期 and 移交 as rows of the office's register: what each changes, and whose word is none."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse

Write = Callable[..., Path]
LEDGER = ["序号", "场所", "隐患内容", "责任单位", "责任人", "整改期限", "整改状态"]
HEAD = ["单位", "场所", "隐患内容", "验收动作", "延期至", "移交单位", "验收日期", "经办人"]
TITLE = "专班验收销号登记表"
OWN = ["河口镇", "河口客栈", "通道堵塞"]


@pytest.fixture
def county(home: Settings, write_sheet: Write) -> Settings:
    rows = [
        [1, "河口客栈", "通道堵塞", "河口镇", "张某", "2023-10-20", "整改中"],
        [2, "上游电站", "闸门漏水", "上游镇", "李某", "2023-10-20", "整改中"],
    ]
    write_sheet("2023-10-15/隐患台账.xlsx", [["全县隐患台账"], LEDGER, *rows])
    return home


def asked(home: Settings, sql: str) -> list[tuple[Any, ...]]:
    with open_warehouse(home.warehouse) as con:
        return fetch_rows(con, sql)[1]


def state(home: Settings) -> tuple[Any, ...]:
    sql = (
        "SELECT CAST(due_on AS VARCHAR), state, unit FROM items(DATE '2023-11-01') "
        "WHERE title LIKE '%通道堵塞'"
    )
    (row,) = asked(home, sql)
    return row


def enter(write_sheet: Write, home: Settings, *cells: Any, above: Sequence[Any] = (TITLE,)) -> None:
    write_sheet("2023-10-24/登记.xlsx", [[each] for each in above] + [HEAD, [*OWN, *cells]])
    ingest(home)


AS_IT_WAS = ("2023-10-20", "overdue", "河口镇")


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("同意延期", "2023-11-20", "", "2023-10-24"), ("2023-11-20", "open", "河口镇")),
        (("准予延期", "2023-11-20", "", ""), ("2023-11-20", "open", "河口镇")),
        (("同意延期至11月20日", "2023-11-20", "", ""), ("2023-11-20", "open", "河口镇")),
        (("移交", "", "上游镇", "2023-10-24"), ("2023-10-20", "overdue", "上游镇")),
        (("不同意延期", "", "", "2023-10-24"), AS_IT_WAS),
        (("同意延期", "", "", "2023-10-24"), AS_IT_WAS),
        (("同意延期", "2023-10-18", "", "2023-10-24"), AS_IT_WAS),
        (("移交", "", "下游镇", "2023-10-24"), AS_IT_WAS),
    ],
    ids=["granted", "no day of it", "in words", "moved", "refused", "no day", "earlier", "nobody"],
)
def test_a_row_of_the_register_changes_what_it_says_and_closes_nothing(
    county: Settings, write_sheet: Write, cells: Sequence[str], expected: tuple[str, ...]
) -> None:
    enter(write_sheet, county, *cells, "钱某")
    assert state(county) == expected


def test_a_unit_s_own_register_grants_it_nothing(county: Settings, write_sheet: Write) -> None:
    above = (TITLE, "填报单位：河口镇")
    enter(write_sheet, county, "同意延期", "2023-11-20", "", "2023-10-24", "张某", above=above)
    assert state(county) == AS_IT_WAS
    told = asked(county, "SELECT message FROM quality WHERE rule = 'acceptance_void'")
    assert told == [("责任单位、接收单位自己报的延期、移交不算，没有生效；请由专班登记",)]
