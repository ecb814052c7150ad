"""What a ledger says of how somebody went about it is told with each version of an item."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse

HEAD = [
    "隐患编号", "场所名称", "隐患描述", "发现日期", "整改期限", "责任单位", "责任人", "整改状态",
    "备注",
]  # fmt: skip


def row(number: str, status: str, remark: str = "") -> list[Any]:
    about = [number, "清风旅馆", f"灭火器过期{number}", "2023-10-08", "2023-10-31", "县商务局"]
    return [*about, "某甲", status, remark]


def test_it_is_known_from_the_report_that_says_it_until_one_that_does_not(
    home: Settings, write_sheet: Callable[..., Path]
) -> None:
    write_sheet("2023-11-02/隐患.xlsx", [HEAD, row("Y-1", "整改中"), row("Y-2", "整改中")])
    second = [row("Y-1", "未整改，业主拒不整改"), row("Y-2", "整改中", "两家单位相互推诿")]
    write_sheet("2023-11-16/隐患.xlsx", [HEAD, *second])
    third = [row("Y-1", "已整改"), row("Y-2", "整改中，未发现虚假整改")]
    write_sheet("2023-12-01/隐患.xlsx", [HEAD, *third])
    ingest(home)
    told: dict[str, list[Any]] = {}
    with open_warehouse(home.warehouse) as con:
        for known in ("2023-11-10", "2023-11-20", "2023-12-02"):
            sql = f"""
                SELECT conduct, conduct_words
                FROM items(DATE '2023-12-02', known_on := DATE '{known}') ORDER BY title
            """
            told[known] = fetch_rows(con, sql)[1]
    assert told["2023-11-10"] == [(None, None), (None, None)]
    assert told["2023-11-20"] == [("refused", "业主拒不整改"), ("shirked", "两家单位相互推诿")]
    assert told["2023-12-02"][0] == (None, None)
