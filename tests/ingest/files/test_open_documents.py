"""An ods is read with its merged cells, repetitions and hidden parts; its far end costs nothing."""

import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest

from analysis.errors import SourceError
from analysis.ingest.files.kinds import opened, read_contents
from tests.ingest.files.reading import sheets_of, told

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "style")
)
HIDDEN = (
    '<office:automatic-styles><style:style style:name="h" style:family="table">'
    '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
)


def cell(text: str, about: str = "") -> str:
    value = 'office:value-type="string"' if "value-type" not in about else ""
    return f"<table:table-cell {value} {about}><text:p>{text}</text:p></table:table-cell>"


def row(*cells: str, about: str = "") -> str:
    return f"<table:table-row {about}>{''.join(cells)}</table:table-row>"


def table(*rows: str, about: str = 'table:name="台账"') -> str:
    return f"<table:table {about}>{''.join(rows)}</table:table>"


def save(folder: Path, *tables: str) -> Path:
    path = folder / "a.ods"
    body = f"<office:body><office:spreadsheet>{''.join(tables)}</office:spreadsheet></office:body>"
    content = f"<office:document-content {SPACES}>{HIDDEN}{body}</office:document-content>"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return path


def test_a_merged_cell_holds_for_all_that_it_covers(tmp_path: Path) -> None:
    merged = cell("甲宾馆", 'table:number-rows-spanned="2" table:number-columns-spanned="1"')
    path = save(
        tmp_path, table(row(merged, cell("门")), row("<table:covered-table-cell/>", cell("窗")))
    )
    (sheet,) = sheets_of(path)
    assert sheet.filled == [["甲宾馆", "门"], ["甲宾馆", "窗"]]


@pytest.mark.parametrize(
    ("about", "text", "value"),
    [
        ('office:value-type="float" office:value="3"', "3", 3.0),
        ('office:value-type="date" office:date-value="2023-10-01"', "10月1日", date(2023, 10, 1)),
        ('office:value-type="date" office:date-value="2023-10-01T08:30:00"', "x",
         datetime(2023, 10, 1, 8, 30)),
        ('office:value-type="boolean" office:boolean-value="true"', "TRUE", True),
        ('office:value-type="float" office:value="0"', "#N/A", "#N/A"),
        ('office:value-type="date" office:date-value="30000-01-01"', "30000年", "30000年"),
        ('office:value-type="time" office:time-value="PT8H"', "8:00", "8:00"),
    ],
)  # fmt: skip
def test_values_of_every_kind(tmp_path: Path, about: str, text: str, value: object) -> None:
    (sheet,) = sheets_of(save(tmp_path, table(row(cell(text, about)))))
    assert sheet.cells == [[value]]
    assert type(sheet.cells[0][0]) is type(value)


def test_a_percentage_has_the_format_of_one(tmp_path: Path) -> None:
    about = 'office:value-type="percentage" office:value="0.5"'
    with opened(save(tmp_path, table(row(cell("a"), cell("50%", about))))) as file:
        (sheet,) = read_contents(file).sheets
        assert sheet.number_format is not None
        assert [sheet.number_format(0, n) for n in (0, 1)] == ["General", "0%"]


def test_repeated_cells_and_rows_and_a_far_end(tmp_path: Path) -> None:
    path = save(
        tmp_path,
        table(
            row(cell("字", 'table:number-columns-repeated="3"'),
                about='table:number-rows-repeated="2"'),
            row('<table:table-cell table:number-columns-repeated="16384"/>',
                about='table:number-rows-repeated="1048573"'),
            row(cell("尾")),
        ),
    )  # fmt: skip
    first, last = sheets_of(path)
    assert first.cells == [["字"] * 3] * 2
    assert (last.first_row, told(last)) == (1_048_575, [(1_048_575, 0, "far_cell")])


def test_blanks_breaks_and_notes_of_a_text(tmp_path: Path) -> None:
    text = '甲<text:s text:c="2"/>乙<text:line-break/><text:span>丙</text:span>'
    note = "<office:annotation><text:p>批注</text:p></office:annotation>"
    path = save(
        tmp_path,
        table(
            row(
                f"<table:table-cell>{note}<text:p>{text}</text:p><text:p>丁</text:p></table:table-cell>"
            )
        ),
    )
    (sheet,) = sheets_of(path)
    assert sheet.cells == [["甲  乙\n丙\n丁"]]


def test_hidden_sheets_come_first_and_hidden_rows_are_told(tmp_path: Path) -> None:
    hidden = table(row(cell("旧")), about='table:name="旧稿" table:style-name="h"')
    shown = table(row(cell("新")), row(cell("次"), about='table:visibility="filter"'))
    first, second = sheets_of(save(tmp_path, shown, hidden))
    assert (first.name, first.is_hidden, second.is_hidden) == ("旧稿", True, False)
    assert [rule for rule, _ in second.remarks] == ["hidden_rows"]
    assert "第 2 行" in second.remarks[0][1]


def test_a_formula_without_a_value_is_told(tmp_path: Path) -> None:
    day = cell("x", 'office:value-type="date" office:date-value="2023-10-01"')
    formulas = [
        f'<table:table-cell table:formula="of:={text}"/>' for text in ("[.A1]+30", "TODAY()")
    ]
    (sheet,) = sheets_of(save(tmp_path, table(row(day, *formulas))))
    assert sheet.cells == [[date(2023, 10, 1), date(2023, 10, 31), "=TODAY()"]]
    assert told(sheet) == [(0, 1, "formula_worked_out"), (0, 2, "formula_unread")]


@pytest.mark.slow
def test_a_rectangle_that_no_ledger_has_is_one_line(tmp_path: Path) -> None:
    rows = row(
        cell("字", 'table:number-columns-repeated="16384"'),
        about='table:number-rows-repeated="9999"',
    )
    with pytest.raises(SourceError, match="9999 行 16384 列"):
        sheets_of(save(tmp_path, table(rows)))
