"""A cell of names is parted alike for the risk model, the draw, the roster and the rights."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis.ingest.files.inspector_roster import read_people
from analysis.ingest.pipeline import ingest
from analysis.judgement.site_risk.visits import visits
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse
from analysis.warehouse.share import Share, make_share
from analysis.wording.names import names_of

CELLS = [
    ("张三、李四", ("张三", "李四")),
    ("张三，张三", ("张三",)),
    ("张三/李四|王五\n赵六;钱七", ("张三", "李四", "王五", "赵六", "钱七")),
    ("张某 李某", ("张某", "李某")),
    ("张三　李四", ("张三", "李四")),
    ("张　某", ("张某",)),  # padded to the width of three
    ("张 某 李 某", ("张某", "李某")),
    ("王 建国、欧阳 某", ("王建国", "欧阳某")),
    ("张三 李 四 王五", ("张三", "李四", "王五")),
    ("阿不都·买买提 李四", ("阿不都·买买提", "李四")),
    ("𠮷某 李四", ("𠮷某", "李四")),
    ("John Smith", ("John Smith",)),
    ("John  Smith 张三", ("John Smith", "张三")),
    ("李四 （组长）", ("李四", "（组长）")),
    ("检查员1 检查员2", ("检查员1", "检查员2")),
    ("张伟A 李明B", ("张伟A", "李明B")),
    ("张某（组长） 李某（组员）", ("张某（组长）", "李某（组员）")),
    ("王某 李", ("王某", "李")),
    ("张某 等", ("张某",)),
    ("张某、李某等3人", ("张某", "李某")),
    ("、 、", ()),
    (None, ()),
    (float("nan"), ()),
]
NAMED = ["王五 赵六", "赵　六", "赵六七", "赵六、John Smith", "John Smith"]


@pytest.mark.parametrize(("text", "names"), CELLS)
def test_names_in_a_cell(text: Any, names: tuple[str, ...]) -> None:
    assert names_of(text) == names


@pytest.mark.parametrize(
    ("inspector", "seen"),
    [
        ("赵六", {"J1", "J2", "J4"}),
        ("赵　六", {"J1", "J2", "J4"}),
        ("王五", {"J1"}),
        ("John Smith", {"J4", "J5"}),
        ("John", set()),
    ],
)
def test_who_is_one_inspector_for_the_model_is_one_for_the_rights(
    home: Settings, write_sheet: Callable[..., Path], tmp_path: Path, inspector: str, seen: set[str]
) -> None:
    head = ["检查编号", "检查日期", "检查类型", "被检查场所", "检查单位", "检查人员", "检查结果"]
    rows = [
        [f"J{n}", "2023-11-01", "双随机", f"{n}号宾馆", "县教育局", names, "有隐患"]
        for n, names in enumerate(NAMED, start=1)
    ]
    write_sheet("2023-11-10/检查台账.xlsx", [head, *rows])
    ingest(home)
    share = tmp_path / "share.duckdb"
    make_share(home.warehouse, Share(inspector=inspector), share)
    with open_warehouse(share) as con:
        assert {no for (no,) in fetch_rows(con, "SELECT inspection_no FROM inspection")[1]} == seen
    with open_warehouse(home.warehouse) as con:
        table = pd.DataFrame(
            fetch_rows(con, "SELECT * FROM inspections(DATE '2023-11-15') ORDER BY site")[1],
            columns=fetch_rows(con, "SELECT * FROM inspections(DATE '2023-11-15') LIMIT 0")[0],
        )
    table["inspected_on"] = pd.to_datetime(table["inspected_on"])
    sites = pd.DataFrame(
        columns=["site", "site_kind", "township", "risk_level", "likelihood", "severity"]
    )
    made = visits(table, sites).join(table["inspection_no"])
    (name,) = names_of(inspector)
    named = made[made["inspectors"].map(lambda names: name in names)]
    assert set(named["inspection_no"]) == seen


def test_a_roster_s_names_are_parted_and_unpadded_too(tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_text("姓名,单位,回避\n赵　某,甲局,10号宾馆 2号A座\n李某 周某,乙局,\n", "utf-8")
    assert [(each["name"], each["unit"], each["recuses"]) for each in read_people(path)] == [
        ("赵某", "甲局", ("10号宾馆", "2号A座")), ("李某", "乙局", ()), ("周某", "乙局", ()),
    ]  # fmt: skip
