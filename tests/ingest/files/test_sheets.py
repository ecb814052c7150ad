"""Columns are named as a spreadsheet names them; what few sheets have is looked for once."""

from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest

from analysis.ingest.files.sheets import (
    LONGEST_TEXT,
    RARE,
    Sheet,
    column_letters,
    looked_through,
    rows_with,
    with_text_alone,
)
from analysis.ingest.pipeline import Report
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse
from tests.ingest.files.reading import sheets_of


@pytest.mark.parametrize(
    ("index", "letters"),
    [
        (0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA"),
        (16_383, "XFD"), (18_277, "ZZZ"), (18_278, "AAAA"),
    ],
)  # fmt: skip
def test_letters_of_columns(index: int, letters: str) -> None:
    assert column_letters(index) == letters


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
def test_a_text_longer_than_a_cell_can_be_is_cut_and_told(tmp_path: Path, name: str) -> None:
    path, whole, long = tmp_path / name, "长" * LONGEST_TEXT, "长" * (LONGEST_TEXT + 1)
    if name == "a.csv":
        path.write_text(f"甲,乙,丙\n1,{whole},{long}\n", encoding="utf-8")
    else:  # openpyxl itself cuts what is too long
        book = openpyxl.Workbook()
        for row in (["甲", "乙", "丙"], ["1", whole, "@@"]):
            book.worksheets[0].append(row)
        book.save(tmp_path / "made.xlsx")
        with ZipFile(tmp_path / "made.xlsx") as made, ZipFile(path, "w", ZIP_DEFLATED) as spoilt:
            for part in made.namelist():
                spoilt.writestr(part, made.read(part).replace(b"@@", long.encode()))
    (sheet,) = sheets_of(path)
    assert sheet.cells[1] == ["1", whole, whole]
    (note,) = sheet.notes
    assert (note.row, note.column, note.rule) == (1, 2, "unreadable")
    assert note.message.startswith("有 32768 个字，一格最多 32767 个")


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


def test_what_is_rare_in_a_file_is_looked_for_once_and_found_in_all_of_its_sheets() -> None:
    plain, marked = Sheet("一", [["甲局", 1], ["乙局", 2.5]]), Sheet("二", [["▲", None]])
    (one,) = looked_through([plain])
    assert one.rare == frozenset()
    first, second = looked_through([plain, marked])
    # The two may be one table over two pages.
    assert first.rare == second.rare == {"sign"}
    assert [number for number, _ in rows_with("sign", second)] == [0]
    assert not list(rows_with("photo", second))


def test_what_comes_together_when_a_sign_is_taken_out_is_still_looked_for() -> None:
    (sheet,) = looked_through([Sheet("一", [["\u200b▲"]])])
    assert sheet.rare == frozenset(RARE)
    assert [number for number, _ in rows_with("sign", with_text_alone(sheet))] == [0]


def test_rows_far_down_have_their_numbers() -> None:
    rows = [["甲局"]] * 450 + [["▲"]] + [["乙局"]] * 50
    assert [number for number, _ in rows_with("sign", Sheet("一", rows))] == [450]
