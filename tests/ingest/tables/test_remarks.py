"""What a remark or a heading of a plan's table says of who leads. 模拟数据."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from analysis.ingest.read_file import Desk, Submission, read_file

DAY = date(2025, 7, 2)


def read(path: Path, *rows: list[str]) -> Submission:
    book = Workbook()
    for row in (["甲县检查反馈问题整改责任分解表"], *rows):
        book.worksheets[0].append(row)
    book.save(path)
    (table,) = read_file(path, "0" * 64, Desk(path.parent, "甲县", register={path.name: DAY}))
    return table


HEADER = ["序号", "反馈问题", "整改任务", "配合单位", "责任人", "完成时限", "备注"]


def row(number: int, remark: str = "") -> list[str]:
    return [str(number), f"问题{number}", f"清理通道{number}", "甲局", "李某", "7月31日前", remark]


def test_a_heading_in_brackets_leads_the_rows_below_and_a_remark_its_own(tmp_path: Path) -> None:
    table = read(
        tmp_path / "表.xlsx", HEADER, ["一、人员密集场所（牵头单位：县商务局）"],
        row(1), row(2, "此项由县消防救援大队牵头。"), row(3, "需报县安委办备案"),
    )  # fmt: skip
    assert table.records.get("unit") == ["县商务局", "县消防救援大队", "县商务局"]
    assert table.records.get("support_units") == ["甲局"] * 3


@pytest.mark.parametrize("remark", ["由甲局牵头", "此项由各单位研究", "甲局牵头"])
def test_a_remark_that_does_not_speak_of_its_row_leads_nothing(remark: str, tmp_path: Path) -> None:
    header = [*HEADER[:3], "牵头单位", *HEADER[4:]]
    table = read(tmp_path / "表.xlsx", header, row(1), row(2, remark))
    assert table.records.get("unit") == ["甲局", "甲局"]


def test_a_remark_stands_in_the_column_of_units_where_there_is_one(tmp_path: Path) -> None:
    header = [*HEADER[:3], "牵头单位", *HEADER[4:]]
    table = read(tmp_path / "表.xlsx", header, row(1), row(2, "该项任务由乙局负责"))
    assert table.records.get("unit") == ["甲局", "乙局"]
