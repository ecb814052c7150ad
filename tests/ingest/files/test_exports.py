"""Web archives and XML spreadsheets, which systems send under the name of an xls."""

import quopri
from base64 import encodebytes
from datetime import date, datetime
from pathlib import Path

import pytest

from analysis.errors import SourceError
from analysis.ingest.files.kinds import opened, read_contents
from tests.ingest.files.reading import HEADER, sheets_of, told

ROW = ["1", "甲宾馆", "灭火器过期", "2023-10-01", "2023-10-31"]
SS = "urn:schemas-microsoft-com:office:spreadsheet"
XL = "urn:schemas-microsoft-com:office:excel"


def page(*rows: list[str]) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    return f"<html><table>{''.join(f'<tr>{each}</tr>' for each in cells)}</table></html>"


def archive(charset: str, way: str, *pages: str) -> bytes:
    """A web archive of pages in a charset, each written in a way of the mail."""
    write = quopri.encodestring if way == "quoted-printable" else encodebytes
    head = b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="B"\n'
    parts = [
        f"--B\nContent-Type: text/html; charset={charset}\n"
        f"Content-Transfer-Encoding: {way}\n\n".encode()
        + write(each.encode(charset))
        for each in pages
    ]
    return b"\n".join([head, *parts, b"--B--\n"])


@pytest.mark.parametrize("name", ["a.mht", "a.xls"])
@pytest.mark.parametrize("way", ["quoted-printable", "base64"])
@pytest.mark.parametrize("charset", ["utf-8", "gb2312"])
def test_the_pages_of_a_web_archive(tmp_path: Path, name: str, way: str, charset: str) -> None:
    path = tmp_path / name
    path.write_bytes(archive(charset, way, page(HEADER, ROW), page(ROW)))
    first, second = sheets_of(path)
    assert (first.cells, second.cells) == ([HEADER, ROW], [ROW])
    assert (first.name, second.name) == ("表格1", "表格2")


def test_a_web_archive_without_a_page_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "a.mht"
    path.write_bytes(b"MIME-Version: 1.0\nContent-Type: text/plain\n\nx")
    with pytest.raises(SourceError, match="没有网页正文"):
        sheets_of(path)


def xml(folder: Path, table: str, after: str = "") -> Path:
    path = folder / "a.xls"
    styles = '<Styles><Style ss:ID="p"><NumberFormat ss:Format="Percent"/></Style></Styles>'
    sheet = f'<Worksheet ss:Name="台账"><Table>{table}</Table>{after}</Worksheet>'
    body = f'<Workbook xmlns="{SS}" xmlns:ss="{SS}" xmlns:x="{XL}">{styles}{sheet}</Workbook>'
    path.write_text(f'<?xml version="1.0"?>{body}', encoding="utf-8")
    return path


def data(kind: str, text: str, about: str = "") -> str:
    name, _, value = about.partition("=")
    said = f'{name}="{value}"' if about else ""
    return f'<Cell {said}><Data ss:Type="{kind}">{text}</Data></Cell>'


def test_an_xml_spreadsheet_with_gaps_merges_and_values_of_every_kind(tmp_path: Path) -> None:
    rows = (
        f"<Row>{data('String', '甲', 'ss:MergeDown=1')}{data('Number', '2')}</Row>"
        f"<Row>{data('DateTime', '2023-10-01T00:00:00.000', 'ss:Index=3')}"
        f"{data('DateTime', '2023-10-01T08:30:00.000')}"
        f"{data('Boolean', '1')}{data('Error', '#N/A')}</Row>"
        f"<Row ss:Index='4'>{data('Number', '一')}</Row>"
    )
    (sheet,) = sheets_of(xml(tmp_path, rows))
    assert sheet.filled == [
        ["甲", 2.0, "", "", "", ""],
        ["甲", "", date(2023, 10, 1), datetime(2023, 10, 1, 8, 30), True, "#N/A"],
        [""] * 6,
        ["一", "", "", "", "", ""],
    ]


def test_its_percentages_formulas_and_hidden_sheets(tmp_path: Path) -> None:
    rows = f"<Row>{data('Number', '0.5', 'ss:StyleID=p')}<Cell ss:Formula='=RC[-1]*2'/></Row>"
    after = f'<WorksheetOptions xmlns="{XL}"><Visible>SheetHidden</Visible></WorksheetOptions>'
    with opened(xml(tmp_path, rows, after)) as file:
        (sheet,) = read_contents(file).sheets
        assert sheet.number_format is not None
        assert sheet.number_format(0, 0) == "0.00%"
    assert (sheet.cells, sheet.is_hidden) == ([[0.5, "=RC[-1]*2"]], True)
    assert told(sheet) == [(0, 1, "formula_unread")]


def test_a_cell_in_its_last_row_costs_nothing(tmp_path: Path) -> None:
    rows = f"<Row>{data('String', '甲')}</Row><Row ss:Index='1048576'>{data('String', '尾')}</Row>"
    first, last = sheets_of(xml(tmp_path, rows))
    assert (first.cells, last.first_row) == ([["甲"]], 1_048_575)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (f'<!DOCTYPE a [<!ENTITY b "c">]><Workbook xmlns="{SS}">&b;</Workbook>', "自定义的实体"),
        (f'<Workbook xmlns="{SS}"><Worksheet>', "不是完好的 XML 表格"),
    ],
)
def test_an_xml_spreadsheet_that_cannot_be_trusted_is_one_line(
    tmp_path: Path, text: str, says: str
) -> None:
    path = tmp_path / "a.xls"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=says):
        sheets_of(path)
