"""A county with a register of units and a ledger of hazards (模拟数据), into which letters come."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse

Write = Callable[..., Path]
Send = Callable[..., None]
OFFICE = "沙湾县文化旅游安全专班办公室"
LEDGER = [
    "序号", "场所", "隐患内容", "责任单位", "隐患级别", "责任人", "发现日期", "整改期限",
    "整改状态", "完成日期",
]  # fmt: skip
UNITS = ["沙湾县教育局", "沙湾县水利局", "柳泉乡人民政府", "沙湾县体育公司"]


def hazard(site: str, words: str, unit: str, **other: str) -> list[Any]:
    said = {"level": "一般", "due": "2023-10-31", "status": "整改中", "done": ""} | other
    return [
        1, site, words, unit, said["level"], "张某", "2023-10-08", said["due"], said["status"],
        said["done"],
    ]  # fmt: skip


HAZARDS = [
    hazard("县少年宫", "三楼舞蹈室疏散门上锁", "县教育局"),
    hazard("县少年宫", "配电箱箱体未接地", "县教育局"),
    hazard("柳泉水库观景台", "护栏立柱锈蚀断裂", "县水利局", level="重大"),
    hazard("柳泉水库", "泄洪警报器失灵", "县水利局"),
    hazard("柳泉滑雪场", "魔毯急停按钮失效", "柳泉乡", status="已整改", done="2023-10-12"),
]


@pytest.fixture
def county(home: Settings, write_sheet: Write) -> Settings:
    roster = [[n, unit, "是", "李某"] for n, unit in enumerate(UNITS, 1)]
    head = ["序号", "单位", "是否报送半月报", "联络员"]
    write_sheet("2023-10-01/成员单位名单.xlsx", [["成员单位名单"], head, *roster])
    write_sheet("2023-10-15/隐患台账.xlsx", [["沙湾县隐患整改台账"], LEDGER, *HAZARDS])
    return home


@pytest.fixture
def send(county: Settings) -> Send:
    """Lay a letter into data/raw and read all."""

    def sent(
        title: str, *body: str, to: str = "沙湾县教育局", by: str = OFFICE,
        on: str = "2023年10月24日", path: str = "2023-10-24/来件.txt", behind: str = "",
    ) -> None:  # fmt: skip
        lines = [title, *([f"{to}："] if to else []), *body, by, on, *([behind] if behind else [])]
        file = county.raw / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join(lines), encoding="utf-8")
        ingest(county)

    return sent


def asked(home: Settings, sql: str) -> list[tuple[Any, ...]]:
    with open_warehouse(home.warehouse) as con:
        return fetch_rows(con, sql)[1]


def state_of(home: Settings, words: str, day: str = "2023-11-05") -> tuple[str, str, str]:
    """Of the one hazard whose title has these words: due day, state, unit."""
    sql = (
        "SELECT CAST(due_on AS VARCHAR), state, unit "
        f"FROM items(DATE '{day}') WHERE title LIKE '%{words}%'"
    )
    ((due, state, unit),) = asked(home, sql)
    return due, state, unit


def told(home: Settings) -> list[str]:
    """What is told of decisions that have no effect."""
    sql = "SELECT message FROM quality WHERE rule IN ('letter_open', 'acceptance_void')"
    return [message for (message,) in asked(home, sql)]


def as_before(home: Settings) -> bool:
    """Whether every hazard has the deadline, the unit and the number of versions that it had."""
    sql = (
        "SELECT count(*), count(DISTINCT item_id), count(extended_due_on) FROM hazard "
        "WHERE due_on = DATE '2023-10-31'"
    )
    owners = asked(home, "SELECT unit, count(*) FROM hazard GROUP BY ALL ORDER BY ALL")
    expected = [("柳泉乡人民政府", 1), ("沙湾县教育局", 2), ("沙湾县水利局", 2)]
    return asked(home, sql) == [(5, 5, 0)] and owners == expected
