"""A known error is corrected as declared, from its day on; an entry that does not fit is named."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from analysis.errors import SourceError
from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse

pytestmark = pytest.mark.slow

Write = Callable[..., Path]
HEADER = ["隐患编号", "场所名称", "隐患描述", "发现日期", "整改期限"]
ROW = ["1", "宾馆", "灭火器过期", "2023-10-01", "2032-10-31"]
ENTRY = """
[[correction]]
ledger = "hazard"
match = { item_id = "H-甲局-1" }
field = "due_on"
value = "2023-10-31"
reason = "年份笔误"
told = "甲局联络员"
status = "待更正"
on = 2023-10-20
"""
TITLE = ["填报单位：甲局"]


def ask(home: Settings, sql: str) -> list[tuple[Any, ...]]:
    with open_warehouse(home.warehouse) as con:
        return fetch_rows(con, sql)[1]


def declare(home: Settings, text: str = ENTRY) -> None:
    (home.raw / "corrections.toml").write_text(text, encoding="utf-8")


VERSIONS = "SELECT due_on, known_from, known_to FROM hazard ORDER BY known_from"


def test_a_correction_holds_from_its_day_and_leaves_the_past_as_it_was_shown(
    home: Settings, write_sheet: Write
) -> None:
    write_sheet("2023-10-15/a.xlsx", [TITLE, HEADER, ROW], merge=["A1:E1"])
    declare(home)
    report = ingest(home)
    assert report.rows_loaded == 1
    assert ask(home, VERSIONS) == [
        (date(2032, 10, 31), date(2023, 10, 15), date(2023, 10, 20)),
        (date(2023, 10, 31), date(2023, 10, 20), None),
    ]
    ((message, item),) = ask(home, "SELECT message, item_id FROM quality WHERE rule = 'corrected'")
    assert item == "H-甲局-1"
    assert "年份笔误" in message
    assert "甲局联络员" in message


def test_the_same_wrong_value_sent_again_stays_corrected(
    home: Settings, write_sheet: Write
) -> None:
    for day in ("2023-10-15", "2023-10-31"):
        write_sheet(f"{day}/a.xlsx", [TITLE, HEADER, ROW], merge=["A1:E1"])
    declare(home)
    ingest(home)
    assert ask(home, "SELECT due_on FROM hazard WHERE known_to IS NULL") == [(date(2023, 10, 31),)]


def test_an_entry_whose_source_has_been_mended_is_an_error_that_names_it(
    home: Settings, write_sheet: Write
) -> None:
    write_sheet("2023-10-15/a.xlsx", [TITLE, HEADER, ROW], merge=["A1:E1"])
    write_sheet("2023-10-31/a.xlsx", [TITLE, HEADER, [*ROW[:4], "2023-10-31"]], merge=["A1:E1"])
    declare(home)
    with pytest.raises(SourceError, match=r"第 1 条.*来源已经更正"):
        ingest(home)
    declare(home, ENTRY.replace("待更正", "已更正"))
    ingest(home)
    assert ask(home, VERSIONS) == [
        (date(2032, 10, 31), date(2023, 10, 15), date(2023, 10, 20)),
        (date(2023, 10, 31), date(2023, 10, 20), date(2023, 10, 31)),
        (date(2023, 10, 31), date(2023, 10, 31), None),
    ]


@pytest.mark.parametrize(
    ("wrong", "right", "says"),
    [
        ("H-甲局-1", "H-甲局-9", "没有匹配到任何记录"),
        ('"due_on"', '"nothing"', "字段“nothing”不在"),
        ('"hazard"', '"hazards"', "hazards”不存在"),
        ('"2023-10-31"', '"2023-02-30"', "没有这一天"),
        ('reason = "年份笔误"', "", "缺少 reason"),
        ("2023-10-20", '"昨天"', "应为日期"),
        ("[[correction]]", "[[correction", "行“[[correction”不合写法"),
        ("[[correction]]", "[correction]", "单独一行 [[correction]] 开头"),
    ],
)
def test_an_entry_that_does_not_fit_is_an_error_that_names_it(
    home: Settings, write_sheet: Write, wrong: str, right: str, says: str
) -> None:
    write_sheet("2023-10-15/a.xlsx", [TITLE, HEADER, ROW], merge=["A1:E1"])
    declare(home, ENTRY.replace(wrong, right, 1))
    with pytest.raises(SourceError, match=re.escape(says)):
        ingest(home)


def test_a_row_may_be_named_by_its_place(home: Settings, write_sheet: Write) -> None:
    write_sheet("2023-10-15/a.xlsx", [HEADER, ROW, ["2", "影院", "x", "2023-10-01", ""]])
    place = '{ path = "2023-10-15/a.xlsx", row_no = 3 }'
    declare(home, ENTRY.replace('{ item_id = "H-甲局-1" }', place))
    ingest(home)
    found = ask(home, "SELECT hazard_no FROM hazard WHERE due_on = DATE '2023-10-31'")
    assert found == [("2",)]


def test_a_corrected_percentage_has_the_decimals_of_the_correction(
    home: Settings, write_sheet: Write
) -> None:
    """33.30 is wrong of 24 against 18; 33.3, which says less, is not."""
    header = [
        "地区",
        "统计起始日",
        "统计截止日",
        "事故起数",
        "死亡人数",
        "上年同期起数",
        "起数同比",
    ]
    totals = ["甲市", "2022-01-01", "2022-12-31", 24, 0, 18, "34.30"]
    write_sheet("2023-10-15/a.xlsx", [["事故统计台账"], header, totals])
    declare(
        home,
        """
[[correction]]
ledger = "accident_stat"
match = { region = "甲市" }
field = "accidents_yoy_printed"
value = "33.3"
reason = "笔误"
told = "县应急局"
status = "待更正"
on = 2023-10-20
""",
    )
    ingest(home)
    columns = "accidents_yoy_text, accidents_agree"
    sql = f"SELECT {columns} FROM accident_yoy(DATE '2023-10-31', known_on := {{}})"
    assert ask(home, sql.format("DATE '2023-10-16'")) == [("34.30", False)]
    assert ask(home, sql.format("NULL")) == [(None, True)]
