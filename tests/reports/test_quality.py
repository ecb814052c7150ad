"""The quality report leads a unit to the cell that is wrong, and says what to do."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pytest
from openpyxl import load_workbook

from analysis.ingest.pipeline import ingest
from analysis.reports import quality
from analysis.reports.quality import (
    entry_to_write,
    few_of_each,
    findings,
    open_doubts,
    summary,
    told,
    write_quality_report,
)
from analysis.settings import Settings
from analysis.warehouse.engine import open_warehouse

pytestmark = pytest.mark.slow

Write = Callable[..., Path]
HEADER = ["隐患编号", "场所名称", "隐患描述", "发现日期", "责任单位", "责任人", "整改期限"]
BAD = ["1", "宾馆", "灭火器过期", "2023-02-30", "甲局", "", "10月底前"]


def send(home: Settings, write_sheet: Write) -> None:
    for day in ("2023-10-15", "2023-10-31"):
        write_sheet(f"{day}/a.xlsx", [["填报单位：甲局"], HEADER, BAD], merge=["A1:G1"])
    write_sheet("2023-10-15/b.xlsx", [["品名", "单价", "数量"], ["笔", 1, 2]])
    ingest(home)


def test_what_a_unit_can_still_mend_is_in_its_newest_submission(
    home: Settings, write_sheet: Write
) -> None:
    send(home, write_sheet)
    with open_warehouse(home.warehouse) as con:
        rows = findings(con, ["甲局"])
    assert [(row["文件"], row["单元格"], row["字段"], row["严重程度"]) for row in rows] == [
        # Without a day of finding, the year of «10月底前» is a guess.
        ("2023-10-31/a.xlsx", "G3", "整改期限", "警告"),
        ("2023-10-31/a.xlsx", "D3", "发现日期", "错误"),
        ("2023-10-31/a.xlsx", "F3", "责任人", "警告"),
    ]
    assert told(rows[1:2]) == (
        "[错误] 2023-10-31/a.xlsx，工作表“Sheet”，第 3 行，D3 格："
        "发现日期“2023-02-30”没有这一天，请核对日期"
    )


def test_the_summary_counts_every_row_by_its_end(home: Settings, write_sheet: Write) -> None:
    send(home, write_sheet)
    with open_warehouse(home.warehouse) as con:
        by_unit = {row["填报单位"]: row for row in summary(con)}
    row = by_unit["甲局"]
    assert row["读取行数"] == row["入库"] + row["重复"] + row["略过"] + row["退回"] == 6
    assert (row["错误"], row["警告"]) == (2, 4)
    assert by_unit["（未写填报单位）"]["退回"] == 2


def test_an_open_doubt_comes_with_the_entry_that_settles_it(
    home: Settings, write_sheet: Write
) -> None:
    for name, due in (("a", "2023-10-31"), ("b", "2023-11-15\n前")):
        row = ["1", "宾馆", "灭火器过期", "2023-10-01", "甲局", "某甲", due]
        write_sheet(f"2023-10-15/{name}.xlsx", [["填报单位：甲局"], HEADER, row], merge=["A1:G1"])
    ingest(home)
    with open_warehouse(home.warehouse) as con:
        (row,) = open_doubts(con, ["甲局"])
        assert open_doubts(con, ["乙局"]) == []
    entry = entry_to_write(row, date(2023, 10, 20))
    for named in ("2023-10-15/a.xlsx", "2023-10-15/b.xlsx", "G3 格", "one（", "other（"):
        assert named in entry
    filled = entry.replace('answer = ""', 'answer = "other"').replace('= ""', '= "某甲"')
    (home.raw / "confirmations.toml").write_text(filled, encoding="utf-8")
    assert ingest(home).notices == ()
    with open_warehouse(home.warehouse) as con:
        assert open_doubts(con) == []


def test_a_doubt_is_one_of_the_units_of_both_its_sides(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = '[{"code": "one", "label": "是一件"}]'
    row = {
        "种类": "same_or_not", "填报单位": "甲局", "另一处填报单位": "乙局", "可选答案": answers,
        "暂按": "one",
    }  # fmt: skip
    monkeypatch.setattr(quality, "_rows", lambda *asked: [row])
    with duckdb.connect() as con:
        con.execute("CREATE TABLE doubt (number VARCHAR)")
        found = [len(open_doubts(con, units)) for units in ([], ["甲局"], ["乙局"], ["丙局"])]
    assert found == [1, 1, 1, 0]


def test_of_a_flood_a_few_are_told_and_how_many_more_there_are() -> None:
    claim = {"种类": "停业待核实", "填报单位": "乙局", "疑问编号": "0"}
    flood = [{"种类": "其他单位的事项", "填报单位": "甲局", "疑问编号": str(n)} for n in (1, 2, 3)]
    few, more = few_of_each([*flood, claim], 2)
    assert [row["疑问编号"] for row in few] == ["1", "2", "0"]
    assert more == ["其他单位的事项：甲局另有 1 个；一样的在看板的“待核实”页可以一次定。"]


def test_the_workbook_holds_text_as_text(home: Settings, tmp_path: Path) -> None:
    folder = home.raw / "2023-10-15"
    folder.mkdir()
    lines = [HEADER, ["1", "=1+1", "@SUM(A1)", "=cmd|' /C calc'!A0", "甲局", "=2", ""]]
    text = "\n".join(",".join(line) for line in lines)
    (folder / "a.csv").write_text(text, encoding="utf-8")
    ingest(home)
    path = tmp_path / "质量报告.xlsx"
    with open_warehouse(home.warehouse) as con:
        write_quality_report(con, path)
    book = load_workbook(path)
    assert book.sheetnames == [
        "各单位汇总", "待定的疑问", "问题清单", "退回行", "历次报送", "以往报送的问题",
    ]  # fmt: skip
    cells = [cell for row in book["问题清单"].iter_rows() for cell in row]
    assert "=cmd|' /C calc'!A0" in [cell.value for cell in cells]
    assert all(cell.data_type != "f" for cell in cells)
