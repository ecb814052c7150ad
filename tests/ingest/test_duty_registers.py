"""Registers of duties, and rosters of units, as offices keep them are read whole."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse
from tests.ingest.duty_registers import REGISTERS, Register
from tests.ingest.duty_registers_others import REGISTERS as OTHERS


def ask(home: Settings, sql: str) -> list[Any]:
    with open_warehouse(home.warehouse) as con:
        return fetch_rows(con, sql)[1]


@pytest.mark.parametrize("register", [*REGISTERS, *OTHERS], ids=lambda each: each.name)
def test_every_record_of_a_register_is_read(
    home: Settings, write_sheet: Callable[..., Path], register: Register
) -> None:
    write_sheet(f"2023-12-25/{register.name}.xlsx", register.rows)
    ingest(home)
    columns = ", ".join(register.columns)
    read = ask(home, f"SELECT {columns} FROM {register.ledger}")
    assert sorted(map(str, read)) == sorted(map(str, register.records))
    assert ask(home, "SELECT rows_rejected FROM submission") == [(0,)]
    counts = "rows_read - rows_loaded - rows_duplicate - rows_ignored"
    assert ask(home, f"SELECT {counts} FROM submission") == [(0,)]


TWELVE = next(each for each in REGISTERS if each.name == "述职情况统计表")


def test_of_who_has_not_done_it_no_day_and_no_subject_are_missed(
    home: Settings, write_sheet: Callable[..., Path]
) -> None:
    write_sheet("2023-12-25/述职.xlsx", TWELVE.rows)
    ingest(home)
    assert ask(home, "SELECT count(*) FROM quality WHERE rule = 'missing'") == [(0,)]


def test_who_has_done_it_and_no_day_is_given_is_told(
    home: Settings, write_sheet: Callable[..., Path]
) -> None:
    rows = [["述职情况统计表"], TWELVE.rows[1], [1, "某甲", "副局长", "是", "", ""]]
    write_sheet("2023-12-25/述职.xlsx", [*rows, [2, "某乙", "副局长", "否", "", ""]])
    ingest(home)
    sql = "SELECT row_no, field FROM quality WHERE rule = 'missing'"
    assert ask(home, sql) == [(3, "held_on")]


def test_a_month_without_its_year_is_the_latest_that_had_begun(
    home: Settings, write_sheet: Callable[..., Path]
) -> None:
    head = ["序号", "会议类型", "11月", "12月", "1月"]
    write_sheet("2024-01-20/会议.xlsx", [["专班例会召开次数统计"], head, [1, "例会", 1, 2, ""]])
    ingest(home)
    read = ask(home, "SELECT CAST(period_start AS VARCHAR), quantity FROM duty ORDER BY 1")
    assert read == [("2023-11-01", 1.0), ("2023-12-01", 2.0)]  # of January nothing is said yet


def test_a_blank_cell_in_a_column_of_kinds_is_missing_whatever_the_title_says(
    home: Settings, write_sheet: Callable[..., Path]
) -> None:
    head = ["履职类型", "单位", "开展日期", "主题"]
    rows = [["例会", "县教育局", "2023-11-08", "部署"], ["", "县教育局", "2023-11-09", "别的"]]
    write_sheet("2023-12-25/履职.xlsx", [["安全生产例会履职台账"], head, *rows])
    ingest(home)
    assert ask(home, "SELECT kind FROM duty ORDER BY row_no") == [("例会",), (None,)]
    sql = "SELECT row_no FROM quality WHERE rule = 'missing' AND field = 'kind'"
    assert ask(home, sql) == [(4,)]


def test_a_title_that_only_sounds_like_it_makes_no_register_of_a_list_of_hazards(
    home: Settings, write_sheet: Callable[..., Path]
) -> None:
    head = ["序号", "单位", "问题描述", "发现时间", "整改期限", "责任人", "整改状态"]
    row = [1, "县教育局", "灭火器过期", "2023-10-08", "2023-10-31", "某甲", "整改中"]
    for n, title in enumerate(("约谈问题整改台账", "培训机构隐患台账", "曝光问题整改清单")):
        write_sheet(f"2023-12-25/{n}.xlsx", [[title], head, row])
    ingest(home)
    assert ask(home, "SELECT DISTINCT ledger FROM submission") == [("hazard",)]
