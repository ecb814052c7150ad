"""A file is read for what it is, whatever it is called; what cannot be read is one clear line."""

import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from openpyxl import Workbook

from analysis.errors import SourceError
from analysis.ingest.files.kinds import opened
from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse

pytestmark = pytest.mark.slow

HEADER = ["隐患编号", "场所名称", "隐患描述", "发现日期"]
ROWS = [["1", "宾馆", "灭火器过期", "2023-10-01"], ["2", "影院", "通道堵塞", "2023-10-02"]]


def ask(home: Settings, sql: str) -> list[tuple[Any, ...]]:
    with open_warehouse(home.warehouse) as con:
        return fetch_rows(con, sql)[1]


def put(home: Settings, name: str) -> Path:
    path = home.raw / "2023-10-15" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def save_docx(path: Path, *blocks: str | Sequence[Sequence[str]]) -> None:
    """A document of paragraphs and tables, in this order."""
    document = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        table = document.add_table(len(block), len(block[0]))
        for row, cells in zip(table.rows, block, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    document.save(str(path))


@pytest.mark.parametrize(
    ("name", "encoding", "delimiter"),
    [
        ("a.csv", "utf-8", ","), ("a.csv", "utf-8-sig", ","), ("a.csv", "gb18030", ","),
        ("a.csv", "utf-8", ";"), ("a.tsv", "utf-8", "\t"), ("a.txt", "gb18030", "\t"),
        ("a.csv", "utf-16", "\t"), ("a.xls", "utf-8", "\t"),
    ],
)  # fmt: skip
def test_text_of_any_encoding_and_delimiter(
    home: Settings, name: str, encoding: str, delimiter: str
) -> None:
    text = "\n".join(delimiter.join(cells) for cells in (HEADER, *ROWS))
    put(home, name).write_text(text, encoding=encoding)
    assert ingest(home).rows_loaded == 2
    assert ask(home, "SELECT site FROM hazard ORDER BY 1") == [("宾馆",), ("影院",)]


def test_an_old_workbook(home: Settings) -> None:
    source = Path(__file__).parents[2] / "files" / "模拟数据_旧版台账.xls"
    put(home, source.name).write_bytes(source.read_bytes())
    ingest(home)
    assert ask(home, "SELECT site, found_on, due_on, item_id FROM hazard") == [
        ("模拟水库景区", date(2023, 10, 8), date(2023, 10, 31), "H-县水利局-1")
    ]


def test_a_workbook_called_xls(home: Settings) -> None:
    book = Workbook()
    for row in (HEADER, *ROWS):
        book.worksheets[0].append(row)
    book.save(put(home, "a.xlsx"))
    put(home, "a.xlsx").rename(put(home, "a.xls"))
    assert ingest(home).rows_loaded == 2


def test_a_web_page_called_xls(home: Settings) -> None:
    cells = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in (HEADER, *ROWS)
    )
    put(home, "a.xls").write_text(
        f"<html><body><table><tr><td colspan=4>隐患台账</td></tr>{cells}</table></body></html>",
        encoding="utf-8",
    )
    assert ingest(home).rows_loaded == 2
    assert ask(home, "SELECT rule FROM quality WHERE rule = 'file_renamed'") == [("file_renamed",)]


def test_a_ledger_in_a_document_goes_on_in_the_next_table(home: Settings) -> None:
    save_docx(
        put(home, "a.docx"),
        "隐患台账", "填报单位：甲局    截至2023年10月15日",
        [HEADER, ROWS[0]],
        "（续表）",
        [ROWS[1]],
        [HEADER, ["3", "书店", "电线老化", "2023-10-03"]],
    )  # fmt: skip
    report = ingest(home)
    assert (report.rows_loaded, report.rows_ignored, report.rows_rejected) == (3, 2, 0)
    found = ask(home, "SELECT item_id, sheet, row_no FROM hazard ORDER BY 1")
    assert found == [
        ("H-甲局-1", "表格1", 2), ("H-甲局-2", "表格2", 1), ("H-甲局-3", "表格3", 2),
    ]  # fmt: skip


def test_cells_merged_in_a_document_are_filled(home: Settings) -> None:
    document = docx.Document()
    table = document.add_table(3, 4)
    for row, cells in zip(table.rows, (HEADER, *ROWS), strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    table.cell(1, 3).merge(table.cell(2, 3)).text = "2023-10-01"
    document.save(str(put(home, "a.docx")))
    ingest(home)
    assert ask(home, "SELECT DISTINCT found_on FROM hazard") == [(date(2023, 10, 1),)]


def test_hidden_sheets_and_rows_are_read_and_told(home: Settings) -> None:
    book = Workbook()
    visible = book.worksheets[0]
    for row in (HEADER, ["1", "宾馆", "灭火器过期", "2023-10-01", "新"]):
        visible.append(row)
    visible.row_dimensions[2].hidden = True
    hidden = book.create_sheet("旧稿")
    for row in ([*HEADER, "隐患部位"], [*ROWS[0], "一层"]):
        hidden.append(row)
    hidden.sheet_state = "hidden"
    book.save(put(home, "a.xlsx"))
    ingest(home)
    rules = {rule for (rule,) in ask(home, "SELECT rule FROM quality")}
    assert {"hidden_sheet", "hidden_rows"} <= rules
    # What is visible is the later word; of the place it says nothing.
    assert ask(home, "SELECT location FROM hazard WHERE known_to IS NULL") == [("一层",)]
    assert ask(home, "SELECT count(*) FROM hazard WHERE known_to IS NULL") == [(1,)]


def test_cells_strewn_over_a_whole_sheet_are_one_line(home: Settings) -> None:
    book = Workbook()
    for step in range(180):
        book.worksheets[0].cell(1 + 900 * step, 1 + 90 * step, "字")
    book.save(put(home, "a.xlsx"))
    (line,) = ingest(home).failures
    assert "161101 行 16111 列" in line


@pytest.mark.parametrize("name", ["弹.xlsx", "弹.docx"])
def test_a_zip_bomb_is_one_line(home: Settings, name: str) -> None:
    part = "xl/worksheets/sheet1.xml" if name.endswith("xlsx") else "word/document.xml"
    with (
        zipfile.ZipFile(put(home, name), "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open(part, "w", force_zip64=True) as file,
    ):
        for _ in range(1100):
            file.write(b" " * (1 << 20))
    (line,) = ingest(home).failures
    assert "解压后" in line


def test_a_locked_workbook_is_one_line(home: Settings) -> None:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    put(home, "密.xlsx").write_bytes(head + "EncryptedPackage".encode("utf-16-le") + b"\0" * 900)
    put(home, "旧.doc").write_bytes(head + "WordDocument".encode("utf-16-le") + b"\0" * 900)
    locked, old = sorted(ingest(home).failures)
    assert "有密码" in locked
    assert "另存为 docx" in old


def test_truncated_files_are_one_line_each(home: Settings) -> None:
    save_docx(put(home, "a.docx"), [HEADER, *ROWS])
    whole = put(home, "a.docx").read_bytes()
    put(home, "a.docx").write_bytes(whole[: len(whole) // 2])
    (line,) = ingest(home).failures
    assert "不是完好的 Word 文件" in line


def test_nine_point_three_is_read_by_its_format(home: Settings) -> None:
    book = Workbook()
    for row in ([*HEADER[:3], "发现日期"], ["1", "宾馆", "x", 9.3], ["2", "影院", "y", 9.3]):
        book.worksheets[0].append(row)
    book.worksheets[0]["D2"].number_format = "0.00"
    book.save(put(home, "a.xlsx"))
    ingest(home)
    found = ask(home, "SELECT hazard_no, found_on FROM hazard ORDER BY 1")
    assert found == [("1", date(2023, 9, 30)), ("2", None)]
    assert ask(home, "SELECT row_no, cell FROM quality WHERE rule = 'float_ambiguous'") == [
        (3, "D3")
    ]


def test_an_unsupported_file_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "图.png").write_bytes(b"\x89PNG\r\n")
    with pytest.raises(SourceError, match="请另存为 xlsx"), opened(tmp_path / "图.png"):
        pass


@pytest.mark.parametrize("name", ["通知.docx", "通知.txt"])
def test_a_document_without_a_table_is_accounted_for(home: Settings, name: str) -> None:
    if name.endswith("docx"):
        save_docx(put(home, name), "关于开展检查的通知", "请各单位认真落实。")
    else:
        put(home, name).write_text("关于开展检查的通知", encoding="utf-8")
    report = ingest(home)
    assert report.files == 1
    assert "没有台账表格" in report.failures[0]


def test_a_ledger_behind_a_plan_is_read_as_well(home: Settings) -> None:
    save_docx(
        put(home, "方案.docx"),
        "整改措施(5)：开会。", "(5-1)：每月开会1次。", "时序进度：10月31日前完成。",
        [HEADER, *ROWS],
    )  # fmt: skip
    ingest(home)
    assert ask(home, "SELECT sub_no FROM measure") == [("5-1",)]
    assert ask(home, "SELECT site FROM hazard ORDER BY 1") == [("宾馆",), ("影院",)]


def test_a_sparse_row_above_another_table_stays_with_its_own(home: Settings) -> None:
    book = Workbook()
    for row in (
        HEADER,
        ROWS[0],
        ["2", "影院"],
        ["检查情况汇总表"],
        [*HEADER, "责任人"],
        ["3", "书店"],
    ):
        book.worksheets[0].append(row)
    book.save(put(home, "a.xlsx"))
    report = ingest(home)
    assert (report.rows_loaded, report.rows_ignored) == (3, 3)


@pytest.mark.parametrize(
    ("number", "number_format"),
    [(-106751991169.0, "yyyy-mm-dd"), (2147483647, "yyyy-mm-dd"), (2147483647, "[h]:mm:ss")],
)
def test_a_number_that_is_no_day_in_a_date_cell_costs_that_cell_only(
    home: Settings, number: float, number_format: str
) -> None:
    book = Workbook()
    for row in (HEADER, [*ROWS[0][:3], number], ROWS[1]):
        book.worksheets[0].append(row)
    book.worksheets[0]["D2"].number_format = number_format
    book.save(put(home, "a.xlsx"))
    assert ingest(home).rows_loaded == 2
    assert ask(home, "SELECT cell FROM quality WHERE field = 'found_on'") == [("D2",)]
