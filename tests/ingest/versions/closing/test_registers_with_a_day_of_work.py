"""A register that also says when the work was done, under a header that may be a deadline."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse

Write = Callable[..., Path]
LEDGER = ["序号", "场所", "隐患内容", "隐患级别", "责任人", "整改期限", "整改状态", "完成日期"]
DONE, SEEN = "2023-10-10", "2023-10-22"


@pytest.fixture
def county(home: Settings, write_sheet: Write) -> Settings:
    """A township with two major hazards, both reported done."""
    rows = [
        [1, "河口漂流站", "救生衣破损2件", "重大", "张某", "2023-10-20", "已完成", DONE],
        [2, "河口客栈", "疏散通道堵塞", "重大", "张某", "2023-10-20", "已完成", DONE],
    ]
    write_sheet("2023-10-15/河口镇隐患台账.xlsx", [["填报单位：河口镇"], LEDGER, *rows])
    return home


def asked(home: Settings, sql: str) -> list[tuple[Any, ...]]:
    with open_warehouse(home.warehouse) as con:
        return fetch_rows(con, sql)[1]


def sites(home: Settings) -> list[tuple[str, str]]:
    return asked(home, "SELECT site, state FROM items(DATE '2023-11-01') ORDER BY site DESC")


def ledger(home: Settings) -> str:
    ((name,),) = asked(home, "SELECT ledger FROM submission WHERE path LIKE '2023-10-24%'")
    return str(name)


@pytest.mark.parametrize("place", ["隐患地点", "场所", "地点", "点位"])
@pytest.mark.parametrize("work", ["整改完成时间", "完成时间", "完成日期", "整改时间"])
def test_a_register_closes_the_hazard_of_its_site_and_words_and_makes_none(
    county: Settings, write_sheet: Write, place: str, work: str
) -> None:
    head = ["序号", "责任单位", place, "隐患内容", work, "验收时间", "验收组长", "验收结论"]
    row = [1, "河口镇", "河口漂流站", "救生衣破损2件", DONE, SEEN, "钱某", "通过，准予销号"]
    title = "专班办公室重大隐患验收销号登记表"
    write_sheet("2023-10-24/登记.xlsx", [[title], head, row, ["登记人：专班办公室 舒某"]])
    ingest(county)
    assert ledger(county) == "acceptance"
    assert sites(county) == [("河口漂流站", "closed"), ("河口客栈", "accepting")]


HEAD = ["序号", "责任单位", "场所", "隐患内容", "整改完成时间", "验收时间", "验收人", "验收结论"]
NEW = [1, "河口镇", "河口渡口", "跳板断裂", "2023-10-30", SEEN, "钱某", "通过"]
WAITS = [2, "河口镇", "河口茶园", "边坡开裂", "2023-10-30", "", "", ""]


@pytest.mark.parametrize(
    ("title", "rows"),
    [("河口镇隐患整改台账", [NEW]), ("河口镇重大隐患验收销号登记表", [NEW, WAITS])],
    ids=["title of hazards", "one still waits"],
)
def test_a_list_of_hazards_with_what_became_of_them_stays_one(
    county: Settings, write_sheet: Write, title: str, rows: Sequence[Sequence[Any]]
) -> None:
    write_sheet("2023-10-24/河口镇.xlsx", [[title], HEAD, *rows])
    ingest(county)
    assert ledger(county) == "hazard"
    assert len(sites(county)) == 2 + len(rows)
