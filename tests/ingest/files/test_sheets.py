"""Columns are named as a spreadsheet names them; a text file may have more than one has."""

from collections.abc import Callable

import pytest

from analysis.ingest.files.sheets import column_letters
from analysis.ingest.pipeline import Report
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse


@pytest.mark.parametrize(
    ("index", "letters"),
    [
        (0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA"),
        (16_383, "XFD"), (18_277, "ZZZ"), (18_278, "AAAA"),
    ],
)  # fmt: skip
def test_letters_of_columns(index: int, letters: str) -> None:
    assert column_letters(index) == letters


@pytest.mark.slow
def test_a_text_file_with_more_columns_than_any_spreadsheet_is_read(
    home: Settings, report_of: Callable[[], Report]
) -> None:
    far = 20_000
    header = [*[f"列{n}" for n in range(far)], "隐患编号", "场所名称", "隐患描述", "发现日期"]
    row = [*[""] * far, "1", "宾馆", "灭火器\x03过期", "昨天"]
    lines = [",".join(header), ",".join(row)]
    (home.raw / "宽.csv").write_text("\n".join(lines), encoding="utf-8")
    assert report_of().rows_loaded == 1
    with open_warehouse(home.warehouse) as con:
        sql = "SELECT message, cell FROM quality WHERE rule = $rule"
        ((odd, odd_cell),) = fetch_rows(con, sql, {"rule": "odd_characters"})[1]
        ((_, cell),) = fetch_rows(con, sql, {"rule": "unreadable"})[1]
    assert odd.startswith("ACOI2 格里有")
    assert (odd_cell, cell) == ("ACOI2", "ACOJ2")
