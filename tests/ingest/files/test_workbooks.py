"""What calamine leaves out of a workbook is put in its place; far cells are not laid out."""

import resource
import sys
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from analysis.ingest.files.kinds import opened, read_contents
from analysis.ingest.files.sheets import FAR_ROWS, apart
from analysis.ingest.files.sheets import Sheet as Cells
from analysis.ingest.files.workbooks.worksheet_xml import _holds
from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse
from tests.depth import some
from tests.ingest.files.reading import HEADER, sheets_of, told

FIRST = ["Y-1", "甲宾馆", "灭火器过期", date(2023, 10, 1), date(2023, 10, 31)]
SECOND = ["Y-2", "乙影院", "通道堵塞", "2023-10-02", "2023-10-30"]
Change = Callable[[Any], None]


def save(path: Path, *changes: tuple[str, Any], rows: int = 2) -> Path:
    """A ledger of two rows, in which cells are changed."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (HEADER, FIRST, SECOND)[: rows + 1]:
        sheet.append(row)
    for place, value in changes:
        sheet[place] = value
    book.save(path)
    return path


def rewrite(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """Put into the XML of a workbook what no library would write."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts[part])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=DATE(2023,11,5)", date(2023, 11, 5)),
        ("=D2+30", date(2023, 10, 31)),
        ("=$B$3", "乙影院"),
        ('="整改中"', "整改中"),
        ("=5", 5.0),
    ],
)
def test_a_formula_that_can_only_mean_one_thing_is_worked_out_and_told(
    tmp_path: Path, formula: str, value: Any
) -> None:
    (sheet,) = sheets_of(save(tmp_path / "a.xlsx", ("E2", formula)))
    assert sheet.cells[1][4] == value
    assert told(sheet) == [(1, 4, "formula_worked_out")]


@pytest.mark.parametrize(
    "formula",
    ["=TODAY()", "=D3+30", '=IF(D2>0,"整改中","")', "=DATE(2023,6,31)", "=E2", "=Z9", "=A1&B1"],
)
def test_any_other_formula_stands_as_its_text_and_is_an_error(tmp_path: Path, formula: str) -> None:
    (sheet,) = sheets_of(save(tmp_path / "a.xlsx", ("E2", formula)))
    assert sheet.cells[1][4] == formula
    assert told(sheet) == [(1, 4, "formula_unread")]


def test_formulas_of_rows_to_come_are_one_line_and_no_rows(tmp_path: Path) -> None:
    (sheet,) = sheets_of(
        save(tmp_path / "a.xlsx", *[(f"A{row}", "=ROW()-1") for row in range(4, 60)])
    )
    assert [row[0] for row in sheet.cells] == ["隐患编号", "Y-1", "Y-2"]
    ((row, _, rule),) = told(sheet)
    assert (row, rule) == (3, "formula_unread")
    assert "56 格：A4、A5" in sheet.notes[0].message


def test_a_formula_that_came_to_nothing_is_a_blank_cell(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", ("E2", '=IF(A2="","x","")'))
    rewrite(path, SHEET, lambda xml: xml.replace(b'<c r="E2"', b'<c r="E2" t="str"'))
    (sheet,) = sheets_of(path)
    assert (sheet.cells[1][4], sheet.notes) == ("", ())


def test_a_picture_in_a_cell_is_no_formula_to_tell_of(tmp_path: Path) -> None:
    (sheet,) = sheets_of(save(tmp_path / "a.xlsx", ("E2", '=_xlfn.DISPIMG("ID_1",1)')))
    assert (sheet.cells[1][4], sheet.notes) == ("", ())


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!", "#NAME?", "#VALUE!"])
def test_an_error_in_a_cell_reaches_the_reader_as_its_text(tmp_path: Path, error: str) -> None:
    (sheet,) = sheets_of(save(tmp_path / "a.xlsx", ("C3", error)))
    assert sheet.cells[2] == ["Y-2", "乙影院", error, "2023-10-02", "2023-10-30"]


def test_days_of_a_workbook_that_counts_from_1904(home: Settings) -> None:
    path = home.raw / "2023-10-15" / "a.xlsx"
    path.parent.mkdir(parents=True)
    save(path, ("D2", 43_738), ("E2", 43_768), ("D3", "43738"), ("B3", 43_768))
    rewrite(
        path,
        "xl/workbook.xml",
        lambda xml: xml.replace(b"<workbookPr/>", b'<workbookPr date1904="1"/>'),
    )
    assert ingest(home).rows_loaded == 2
    with open_warehouse(home.warehouse) as con:
        sql = "SELECT found_on, due_on, site FROM hazard ORDER BY hazard_no"
        assert fetch_rows(con, sql)[1] == [
            (date(2023, 10, 1), date(2023, 10, 31), "甲宾馆"),
            (
                date(2023, 10, 1),
                date(2023, 10, 30),
                "43768",
            ),
        ]


@pytest.mark.parametrize("far", ["AD1048576", "A1048576", "XFD1048576", "XFD2"])
def test_a_stray_cell_is_told_by_its_place_and_no_row_is_lost(home: Settings, far: str) -> None:
    path = home.raw / "2023-10-15" / "a.xlsx"
    path.parent.mkdir(parents=True)
    save(path, (far, "远处"))
    report = ingest(home)
    assert report.rows_loaded == 2
    assert report.rows_read <= 4
    with open_warehouse(home.warehouse) as con:
        sql = "SELECT cell, value FROM quality WHERE rule = 'far_cell'"
        assert fetch_rows(con, sql)[1] == [(far, "远处")]


def test_rows_far_below_go_on_with_the_table(home: Settings) -> None:
    path = home.raw / "2023-10-15" / "a.xlsx"
    path.parent.mkdir(parents=True)
    below = ["Y-9", "丙书店", "电线老化", "2023-10-03", "2023-10-29"]
    save(path, *[(f"{column}500000", cell) for column, cell in zip("ABCDE", below, strict=True)])
    assert ingest(home).rows_loaded == 3
    with open_warehouse(home.warehouse) as con:
        sql = "SELECT row_no, site FROM hazard WHERE hazard_no = 'Y-9'"
        assert fetch_rows(con, sql)[1] == [(500_000, "丙书店")]


def test_borders_down_to_the_last_row_are_no_rows(tmp_path: Path) -> None:
    blank = b"".join(b'<row r="%d"><c r="AB%d" s="1"/></row>' % (n, n) for n in range(4, 150_000))
    path = rewrite(
        save(tmp_path / "a.xlsx"),
        SHEET,
        lambda xml: xml.replace(b"</sheetData>", blank + b"</sheetData>"),
    )
    (sheet,) = sheets_of(path)
    assert (len(sheet.cells), len(sheet.cells[0]), sheet.notes) == (3, 5, ())


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no such count")
def test_a_cell_in_the_last_row_costs_no_gigabyte(tmp_path: Path) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    sheets_of(save(tmp_path / "a.xlsx", ("AD1048576", "远处")))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 * 1024


def test_a_merge_that_ends_in_the_last_row_covers_the_table_alone(tmp_path: Path) -> None:
    merge = b'<mergeCells count="1"><mergeCell ref="B2:B1048576"/></mergeCells>'
    path = save(tmp_path / "a.xlsx", ("AD1048576", "远处"))
    rewrite(path, SHEET, lambda xml: xml.replace(b"</sheetData>", b"</sheetData>" + merge))
    table, _ = sheets_of(path)
    assert table.merged == [(1, 1, 2, 1)]
    assert [row[1] for row in table.filled] == ["场所名称", "甲宾馆", "甲宾馆"]


@pytest.mark.parametrize("others", [(), (("AD1048576", "远处"),)])
def test_a_duration_beyond_any_calendar_is_a_number(
    tmp_path: Path, others: tuple[tuple[str, Any], ...]
) -> None:
    book = Workbook()
    for row in (HEADER, FIRST, SECOND):
        book.worksheets[0].append(row)
    for place, value in (("D3", 1e12), *others):
        book.worksheets[0][place] = value
    book.worksheets[0]["D3"].number_format = "[h]:mm:ss"
    book.save(tmp_path / "a.xlsx")
    sheet, *_ = sheets_of(tmp_path / "a.xlsx")
    assert [row[3] for row in sheet.cells] == ["发现日期", date(2023, 10, 1), 1e12]


def test_a_format_is_found_by_its_place(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0]["B2"] = 0.5
    book.worksheets[0]["B2"].number_format = "0%"
    book.worksheets[0]["C2"] = 0.25
    book.worksheets[0]["C2"].number_format = "0.0%"
    book.save(tmp_path / "a.xlsx")
    with opened(tmp_path / "a.xlsx") as file:
        (sheet,) = read_contents(file).sheets
        assert sheet.number_format is not None
        assert [sheet.number_format(1, n) for n in (0, 1, 2)] == ["General", "0%", "0.0%"]


def test_strict_workbooks_and_those_with_prefixes_are_read_alike(tmp_path: Path) -> None:
    plain = sheets_of(save(tmp_path / "a.xlsx", ("C3", "#N/A"), ("E3", "=D2+1")))[0]

    def strict(xml: bytes) -> bytes:
        main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        return xml.replace(main, b"http://purl.oclc.org/ooxml/spreadsheetml/main")

    def prefixed(xml: bytes) -> bytes:
        return xml.replace(b"<", b"<x:").replace(b"<x:/", b"</x:").replace(b"xmlns=", b"xmlns:x=")

    for change in (strict, prefixed):
        path = rewrite(save(tmp_path / "b.xlsx", ("C3", "#N/A"), ("E3", "=D2+1")), SHEET, change)
        (sheet,) = sheets_of(path)
        assert (sheet.cells, sheet.notes) == (plain.cells, plain.notes)


@pytest.mark.slow
@settings(max_examples=some(30), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.dictionaries(
        st.tuples(
            st.integers(1, 3_000) | st.integers(1_040_000, 1_048_576),
            st.integers(1, 300) | st.integers(16_000, 16_384),
        ),
        st.text("字a1", min_size=1, max_size=3).map(lambda text: f"文{text}"),
        min_size=1,
        max_size=12,
    )
)
def test_wherever_cells_stand_each_is_read_or_told(cells: dict[tuple[int, int], str]) -> None:
    book = Workbook()
    for (row, column), text in cells.items():
        book.worksheets[0].cell(row, column, text)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        book.save(path)
        sheets = sheets_of(path)
    assert dict(_placed(sheets)) == {
        (row - 1, column - 1): text for (row, column), text in cells.items()
    }


def _placed(sheets: list[Cells]) -> Iterator[tuple[tuple[int, int], str]]:
    for sheet in sheets:
        for number, row in enumerate(sheet.cells):
            for column, cell in enumerate(row):
                if cell != "":
                    yield (sheet.first_row + number, column), cell
        for note in sheet.notes:
            assert note.column is not None
            yield (sheet.first_row + note.row, note.column), str(note.value)


def test_a_long_stretch_of_blank_rows_is_left_out_of_any_sheet() -> None:
    rows = [["a", "b", "c"], *[["", " ", ""]] * FAR_ROWS, ["d", "e", "f"], *[["", "", ""]] * 5]
    first, second = apart(Cells("表", rows))
    assert (first.cells, first.first_row) == ([["a", "b", "c"]], 0)
    assert (second.cells, second.first_row) == ([["d", "e", "f"]], FAR_ROWS + 1)
    short = Cells("表", rows[:FAR_ROWS])
    assert apart(short) == [short]


@given(st.lists(st.sampled_from([b"</f>", b"</", b"f>", b"f", b"hidden=", b"h", b"x" * 40])))
def test_a_text_is_found_by_its_rare_letter_as_it_is_by_itself(parts: list[bytes]) -> None:
    piece = b"".join(parts)
    assert _holds(piece, b"</f>", b"f") == (b"</f>" in piece)
    assert _holds(piece, b"hidden=", b"h") == (b"hidden=" in piece)


def test_a_text_is_found_behind_any_number_of_false_starts() -> None:
    assert _holds(b"f" * 10_000 + b"</f>", b"</f>", b"f")
    assert not _holds(b"f" * 10_000, b"</f>", b"f")
