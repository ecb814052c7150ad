"""A character that is none costs a finding, and no row, no paper and no terminal."""

import os
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from openpyxl import load_workbook
from typer.testing import CliRunner

from analysis.cli import app
from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse
from analysis.wording.characters import file_name, odd_in, without_odd
from tests.ingest.plan.test_plan import LINES

HEADER = ["隐患编号", "场所名称", "隐患描述", "发现日期", "责任单位", "责任人", "整改期限"]
ROW = ["1", "甲宾馆", "灭火器过期", "2023-10-01", "甲局", "赵某", "2023-10-20"]
#: One of each kind, and where each kind begins and ends.
ODD = [0x00, 0x01, 0x08, 0x0B, 0x0C, 0x0E, 0x1B, 0x1F, 0x7F, 0x80, 0x85, 0x9B, 0x9F, 0xD800, 0xDFFF,
       0xFDD0, 0xFDEF, 0xFFFE, 0xFFFF, 0x1FFFE, 0x1FFFF, 0x10FFFF]  # fmt: skip
#: Neighbours of these, and what is unusual and still text.
TEXT = [0x09, 0x0A, 0x0D, 0x20, 0x7E, 0xA0, 0x2010, 0x2028, 0x3000, 0xD7FF, 0xE000, 0xFDCF, 0xFDF0,
        0xFFFD, 0x10000, 0x1FFFD, 0x20000, 0x10FFFD]  # fmt: skip
#: What nobody sees, and what turns the order of what is seen.
UNSEEN = [0xAD, 0x61C, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF]
TURNING = [0x202A, 0x202E, 0x2066, 0x2069]


def rows(home: Settings, sql: str) -> list[tuple[object, ...]]:
    with open_warehouse(home.warehouse) as con:
        return fetch_rows(con, sql)[1]


def write_csv(home: Settings, *lines: list[str], name: str = "a.csv") -> Path:
    path = home.raw / "2023-10-15" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(map(",".join, lines)), encoding="utf-8")
    return path


@pytest.mark.parametrize("code", ODD)
def test_what_is_no_text_goes(code: int) -> None:
    assert without_odd(f"灭火{chr(code)}器\n过期") == "灭火器\n过期"
    assert odd_in(f"灭火{chr(code)}器{chr(code)}") == [f"U+{code:04X}"]


@pytest.mark.parametrize("code", TEXT)
def test_what_is_text_stays(code: int) -> None:
    assert without_odd(f"灭火{chr(code)}器") == f"灭火{chr(code)}器"
    assert odd_in(f"灭火{chr(code)}器") == []


@pytest.mark.parametrize("code", UNSEEN)
def test_what_nobody_sees_goes_without_a_word(code: int) -> None:
    assert without_odd(f"灭火{chr(code)}器") == "灭火器"
    assert odd_in(f"灭火{chr(code)}器") == []


@pytest.mark.parametrize("code", TURNING)
def test_what_turns_the_order_of_a_text_goes_and_is_told(code: int) -> None:
    assert without_odd(f"灭火{chr(code)}器") == "灭火器"
    assert odd_in(f"灭火{chr(code)}器") == [f"U+{code:04X}"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("\x1b[31m红\x1b[0m字", "红字"), ("\x9b2J清屏", "清屏"), ("\x1b]0;标题\x07正文", "正文"),
        ("\x1b]8;;a\x1b\\链接", "链接"), ("三\x1b[1", "三[1"), ("第\x1b3条", "第3条"),
    ],
)  # fmt: skip
def test_what_a_terminal_would_obey_goes_whole(text: str, kept: str) -> None:
    assert without_odd(text) == kept
    assert odd_in(text)


def test_a_picture_of_several_keeps_what_joins_them() -> None:
    family = "\U0001f468\u200d\U0001f469"
    assert without_odd(family) == family


def test_a_header_with_a_blank_of_no_width_is_that_header(home: Settings) -> None:
    heads = [f"{head[:2]}\u200b{head[2:]}\ufeff" for head in HEADER]
    write_csv(home, heads, ROW)
    assert ingest(home).rows_loaded == 1
    assert rows(home, "SELECT rule FROM quality WHERE rule = 'odd_characters'") == []


@given(st.text(st.characters()))
def test_what_stays_may_stand_in_xml_and_nothing_is_taken_twice(text: str) -> None:
    kept = without_odd(text)
    assert without_odd(kept) == kept
    assert odd_in(kept) == []
    etree.Element("a").text = kept


@pytest.mark.parametrize("column", range(len(ROW)))
def test_one_bad_character_loses_no_row_and_points_at_its_cell(home: Settings, column: int) -> None:
    bad = [cell[:1] + "\ufffe" + cell[1:] if n == column else cell for n, cell in enumerate(ROW)]
    write_csv(home, HEADER, bad, ["2", "乙影院", *ROW[2:]])
    report = ingest(home)
    assert (report.rows_loaded, report.rows_rejected) == (2, 0)
    sql = "SELECT hazard_no, site, description, found_on::VARCHAR, unit, person, due_on::VARCHAR "
    assert rows(home, f"{sql} FROM hazard ORDER BY row_no")[0] == tuple(ROW)
    found = rows(home, "SELECT cell, severity, message FROM quality WHERE rule = 'odd_characters'")
    ((cell, severity, message),) = found
    assert (cell, severity) == ("ABCDEFG"[column] + "2", "warning")
    assert "U+FFFE" in str(message)


def test_headers_titles_and_names_of_sheets_are_read_around_them(
    home: Settings, write_sheet: Callable[..., Path]
) -> None:
    heads = [f"{head[:2]}\x7f{head[2:]}" for head in HEADER]
    path = write_sheet("2023-10-15/a.xlsx", [["填报单位：甲\x85局"], heads, ROW])
    spoil(path, "Sheet", "台&#xFFFE;账")
    assert ingest(home).rows_loaded == 1
    assert rows(home, "SELECT sheet, unit FROM submission") == [("台账", "甲局")]


def spoil(path: Path, old: str, new: str) -> None:
    """Put into the XML of a workbook what no library would write."""
    parts = {}
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            parts[name] = archive.read(name)
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
        f'name="{old}"'.encode(), f'name="{new}"'.encode()
    )
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def test_what_differs_by_such_a_character_alone_is_one_hazard(home: Settings) -> None:
    write_csv(home, HEADER, ROW)
    again = [f"{cell}\x00" for cell in ROW]
    path = write_csv(home, HEADER, again, name="b.csv")
    path.parent.rename(path.parent.with_name("2023-10-31"))
    write_csv(home, HEADER, ROW)
    assert ingest(home).rows_read == 6
    assert rows(home, "SELECT count(DISTINCT item_id) FROM hazard") == [(1,)]


def test_lines_of_a_plan_are_read_around_them_too(home: Settings) -> None:
    path = home.raw / "2023-09-25" / "方案.txt"
    path.parent.mkdir(parents=True)
    path.write_text("\n".join(LINES), encoding="utf-8")
    ingest(home)
    before = rows(home, "SELECT sub_no, sub_measure, due_on FROM measure ORDER BY ALL")
    assert before
    path.write_text("\n".join(f"{line[:3]}\x1b{line[3:]}" for line in LINES), encoding="utf-8")
    ingest(home)
    assert rows(home, "SELECT sub_no, sub_measure, due_on FROM measure ORDER BY ALL") == before
    found = rows(home, "SELECT count(*) FROM quality WHERE rule = 'odd_characters'")
    assert found == [(len(LINES),)]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
def test_names_of_files_that_are_no_text_stop_nothing(home: Settings) -> None:
    folder = os.fsencode(home.raw / "2023-10-15")
    os.makedirs(folder)
    for number, name in enumerate(
        (
            "隐患台账.csv".encode("gb18030"),
            b"\xff.csv",
            b"a\x1b[31m.csv",
            "b\ufffe.csv".encode(),
            b"c\nd.csv",
            b"no\xfftable.pdf",
        )
    ):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write("\n".join(map(",".join, ([*HEADER], [str(number), *ROW[1:]]))))
    first = ingest(home, received=None)
    assert first.rows_loaded == 5
    names = {Path(str(name)).name for (name,) in rows(home, "SELECT DISTINCT path FROM submission")}
    assert {"隐患台账.csv", "%DCFF.csv", "a%1B[31m.csv", "b%FFFE.csv"} <= names
    assert ingest(home).rows_loaded == 5
    for words in (["check"], ["sql", "FROM submission"], ["ingest"]):
        answer = CliRunner().invoke(app, ["--home", str(home.home), *words])
        assert answer.exit_code == 0, answer.output
        assert "\x1b[31m" not in answer.output


@pytest.mark.slow
def test_the_papers_of_the_county_are_made(home: Settings, tmp_path: Path) -> None:
    bad = [f"{cell[:1]}\ufffe\x1b[2J{cell[1:]}" for cell in ROW]
    write_csv(home, HEADER, bad)
    office = home.model_copy(update={"office": "专班\ufffe办公室", "body": "专\x01班"})
    ingest(office)
    for words in (["check"], ["metric", "overdue", "--as-of", "2023-11-15"], ["sql", "FROM hazard"],
                  ["report", "monthly", "--as-of", "2023-11-15", "--images", "none", "--out",
                   str(tmp_path / "材料")]):  # fmt: skip
        answer = CliRunner().invoke(
            app, ["--home", str(home.home), *words],
            env={"YANPAN_OFFICE": office.office, "YANPAN_BODY": office.body},
        )  # fmt: skip
        assert answer.exit_code == 0, answer.output
        assert "\x1b" not in answer.output
    load_workbook(home.warehouse.with_name("质量报告.xlsx"))
    assert {path.suffix for path in (tmp_path / "材料").rglob("*.*")} == {".docx", ".pptx", ".xlsx"}


def test_a_non_character_as_excel_keeps_it_in_a_cell(
    home: Settings, write_sheet: Callable[..., Path]
) -> None:
    bad = [ROW[0], ROW[1], "灭火_xFFFE_器_xFFFF_过期_x_FFFE", *ROW[3:]]
    write_sheet("2023-10-15/a.xlsx", [HEADER, bad])
    ingest(home)
    assert rows(home, "SELECT description FROM hazard") == [("灭火器过期_x_FFFE",)]
    ((message,),) = rows(home, "SELECT message FROM quality WHERE rule = 'odd_characters'")
    assert "U+FFFE、U+FFFF" in str(message)


def test_a_name_that_is_text_stays_and_what_is_none_is_told_apart() -> None:
    assert file_name("2023-10-15/隐患台账.xlsx") == "2023-10-15/隐患台账.xlsx"
    assert len({file_name(f"a{odd}.csv") for odd in "\x01\x02\ufffe\uffff\udcff\udcfe"}) == 6
