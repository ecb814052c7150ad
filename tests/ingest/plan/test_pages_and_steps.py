"""Tables that go on over a page, who makes what, steps that name who and by when. 模拟数据."""

from datetime import date

import pytest

from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse
from tests.ingest.files.test_files import save_docx

HEADER = ["序号", "重点任务", "具体措施", "牵头领导", "牵头单位", "责任单位", "完成时限"]


@pytest.mark.parametrize("caption", ["（续表）", "续表1：", "表1（续）", "二、公共服务"])
def test_a_table_on_the_next_page_is_of_the_same_ledger(home: Settings, caption: str) -> None:
    folder = home.raw / "2024-03-01"
    folder.mkdir(parents=True)
    save_docx(
        folder / "分解表.docx",
        "甲县迎检重点任务分解表（模拟数据）",
        [HEADER, ["1", "体制", "编制旅游规划并报审", "甲某", "甲局", "乙局", "5月底"]],
        caption,
        [HEADER, ["2", "服务", "开通2条公交专线", "乙某", "丙局", "丁局", "6月底"]],
    )
    ingest(home)
    with open_warehouse(home.warehouse) as con:
        rows = fetch_rows(con, "SELECT unit, person, due_on FROM measure ORDER BY unit")[1]
    assert rows == [
        ("丙局", "乙某", date(2024, 6, 30)),
        ("甲局", "甲某", date(2024, 5, 31)),
    ]
