"""A csv file loses no line: what is broken in one is told by its number, and the rest is read."""

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import SourceError
from analysis.ingest.files.text import is_table
from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse
from tests.ingest.files.reading import HEADER, sheets_of, told

HEAD = ",".join(HEADER)
GOOD = "Y-2,乙影院,通道堵塞,2023-10-02,2023-10-31"
READ = ["Y-2", "乙影院", "通道堵塞", "2023-10-02", "2023-10-31"]


def rows_of(folder: Path, text: str | bytes, name: str = "a.csv") -> list[list[str]]:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    (sheet,) = sheets_of(path)
    return sheet.cells


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        # A mark within a cell, one that is never closed, one in place of an inch.
        ('Y-1,"城关"宾馆,"门,窗",2023-10-01,2023-10-30', ["城关宾馆", "门,窗"]),
        ('Y-1,"城关宾馆,灭火器,2023-10-01,2023-10-30', ["城关宾馆", "灭火器"]),
        ('Y-1,城关宾馆,"3"寸管,2023-10-01,2023-10-30', ["城关宾馆", "3寸管"]),
    ],
)
def test_a_line_with_a_broken_mark_is_read_and_told(
    tmp_path: Path, line: str, cells: list[str]
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("\n".join([HEAD, line, GOOD, GOOD]), encoding="utf-8")
    (sheet,) = sheets_of(path)
    assert sheet.cells[1:] == [["Y-1", *cells, "2023-10-01", "2023-10-30"], READ, READ]
    assert told(sheet) == [(1, None, "broken_quotes")]


def test_a_mark_that_another_row_closes_takes_no_row(tmp_path: Path) -> None:
    lines = [HEAD, 'Y-1,"甲,门,2023-10-01,2023-10-30', 'Y-3,丙",窗,2023-10-03,2023-10-30', GOOD]
    cells = rows_of(tmp_path, "\n".join(lines))
    assert [row[0] for row in cells] == ["隐患编号", "Y-1", "Y-3", "Y-2"]


def test_a_cell_of_two_lines_is_one_cell(tmp_path: Path) -> None:
    cells = rows_of(tmp_path, f'{HEAD}\nY-1,"甲,\n一层",门,2023-10-01,2023-10-30\n{GOOD}')
    assert [row[1] for row in cells] == ["场所名称", "甲,\n一层", "乙影院"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_one_byte_that_is_none_costs_itself_alone(home: Settings, encoding: str) -> None:
    line = "Y-1,甲宾馆,一层灭火器过期未更换应当立即更换,2023-10-01,2023-10-30"
    content = "\n".join([HEAD, line, GOOD]).encode(encoding)
    mark = "火器".encode(encoding)
    path = home.raw / "2023-10-15" / "a.csv"
    path.parent.mkdir(parents=True)
    path.write_bytes(content.replace(mark, b"\xff" + mark))
    assert ingest(home).rows_loaded == 2
    with open_warehouse(home.warehouse) as con:
        sql = "SELECT description FROM hazard WHERE hazard_no = 'Y-1'"
        assert fetch_rows(con, sql)[1] == [("一层灭火器过期未更换应当立即更换",)]
        sql = "SELECT cell FROM quality WHERE rule = 'odd_characters'"
        assert fetch_rows(con, sql)[1] == [("C2",)]


def test_a_cell_of_a_million_characters_is_cut_and_the_next_row_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"{HEAD}\nY-1,甲宾馆,{'长' * 1_000_000},昨天,\n{GOOD}\n", encoding="utf-8")
    (sheet,) = sheets_of(path)
    assert sheet.cells[2] == READ
    assert told(sheet) == [(1, 2, "unreadable")]


def test_a_line_of_nothing_but_delimiters_is_no_table(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a," * 200_000, encoding="utf-8")
    with pytest.raises(SourceError, match="一行有 200001 格，没有读取"):
        sheets_of(path)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_two_bytes_a_character_with_or_without_their_mark(tmp_path: Path, encoding: str) -> None:
    assert rows_of(tmp_path, f"{HEAD}\n{GOOD}".encode(encoding)) == [HEADER, READ]


@pytest.mark.parametrize("delimiter", ["，", "；", ";", "|", "\t"])
def test_whatever_cuts_the_header_cuts_the_rows(tmp_path: Path, delimiter: str) -> None:
    text = f"{HEAD}\n{GOOD}".replace(",", delimiter)
    assert rows_of(tmp_path, text) == [HEADER, READ]


def test_commas_of_full_width_within_cells_cut_nothing(tmp_path: Path) -> None:
    line = "Y-1,甲宾馆,门，窗，灯，线，管，柜，箱，梯,2023-10-01,2023-10-30"
    assert [len(row) for row in rows_of(tmp_path, f"{HEAD}\n{line}\n{GOOD}")] == [5, 5, 5]


def test_a_line_typed_with_the_other_comma_is_cut_and_told(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"{HEAD}\n{GOOD}\n\n{GOOD.replace(',', '，')}", encoding="utf-8")
    (sheet,) = sheets_of(path)
    assert sheet.cells == [HEADER, READ, [""] * 5, READ]
    assert told(sheet) == [(3, None, "other_delimiter")]


def test_a_text_file_may_be_a_table_or_a_letter(tmp_path: Path) -> None:
    assert rows_of(tmp_path, f"{HEAD}\n{GOOD}", "a.txt") == [HEADER, READ]
    assert not is_table("各单位，请按时报送，谢谢，再见。\n第一，要快，要准。\n")
    assert not is_table(HEAD)


CELL = st.text('字a1,，"\n\t ', max_size=6)


@given(st.lists(st.lists(CELL, min_size=4, max_size=4), min_size=1, max_size=5))
def test_what_a_program_wrote_is_read_as_it_was_written(body: list[list[str]]) -> None:
    written = io.StringIO(newline="")
    csv.writer(written).writerows([["甲", "乙", "丙", "丁"], *body])
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        path.write_text(written.getvalue(), encoding="utf-8", newline="")
        cells = [cell for sheet in sheets_of(path) for row in sheet.cells for cell in row]
    assert _said(cells) == _said(["甲乙丙丁", *[cell for row in body for cell in row]])


@given(st.lists(st.text('字a1,"', min_size=1, max_size=12), min_size=1, max_size=8))
def test_whatever_the_marks_no_letter_is_lost(lines: list[str]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        path.write_text("\n".join(["甲,乙,丙", *lines]), encoding="utf-8")
        cells = [cell for sheet in sheets_of(path) for row in sheet.cells for cell in row]
    assert _said(cells) == _said(["甲乙丙", *lines])


def _said(texts: list[str]) -> str:
    """The letters of texts, in their order."""
    return "".join(char for char in "".join(texts) if char.isalnum())
