"""An act names its item by id, or by the unit's own number, with unit and site as needed."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis.ingest.findings import Places
from analysis.ingest.pipeline import ingest
from analysis.ingest.versions.closing.naming import named
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse

Write = Callable[..., Path]


def hazard(item_id: str, number: str, unit: str, site: str, day: int = 1) -> dict[str, Any]:
    return {
        "item_id": item_id, "hazard_no": number, "unit": unit, "site": site, "sender": unit,
        "known_from": date(2023, 10, day),
    }  # fmt: skip


HAZARDS = [
    hazard("H-甲局-1", "1", "甲局", "宾馆"),
    hazard("H-乙局-1", "1", "乙局", "影城"),
    hazard("H-甲局-7", "A-7", "甲局", "宾馆"),
    hazard("H-甲局-7#2", "A-7", "甲局", "浴场"),
    hazard("H-丙局-9", "9", "丙局", "剧院", day=20),
]


@pytest.mark.parametrize(
    ("row", "meant"),
    [
        ({"item_id": "H-甲局-1"}, "H-甲局-1"),
        ({"item_id": "M-5-1"}, "M-5-1"),
        ({"unit": "甲局", "hazard_no": "1"}, "H-甲局-1"),
        ({"unit": "甲局", "hazard_no": "１ "}, "H-甲局-1"),
        ({"unit": "甲局", "item_id": "1"}, "H-甲局-1"),
        ({"hazard_no": "H-乙局-1"}, "H-乙局-1"),
        ({"hazard_no": "1"}, "2 条"),
        ({"unit": "甲局", "hazard_no": "A－7"}, "2 条"),
        ({"unit": "甲局", "hazard_no": "a-7", "site": "浴场"}, "H-甲局-7#2"),
        ({"unit": "甲局", "hazard_no": "A7"}, "没有这条事项"),
        ({"unit": "丙局", "hazard_no": "1"}, "没有这条事项"),
        ({"unit": "丙局", "hazard_no": "9"}, "H-丙局-9"),  # its ledger came after the act
        ({"unit": "甲局"}, "没有写明是哪一条事项"),
    ],
)
def test_an_act_is_on_the_one_item_meant_or_told(row: dict[str, str], meant: str) -> None:
    act = {
        "submission_id": "a", "sheet": "验收", "row_no": 2, "item_id": None, "unit": None,
        "hazard_no": None, "site": None, "description": None, "known_from": date(2023, 10, 10),
    } | row  # fmt: skip
    acts = pd.DataFrame([act], dtype=object)
    known = {each["item_id"] for each in HAZARDS} | {"M-5-1"}
    table, findings = named(acts, pd.DataFrame(HAZARDS, dtype=object), known, Places())
    if meant.startswith(("H-", "M-")):
        assert (table["item_id"].tolist(), findings) == ([meant], [])
    else:
        (found,) = findings
        assert (found.rule, found.row_no) == ("acceptance_void", 2)
        assert meant in found.message


@pytest.mark.parametrize(
    ("item_id", "meant"),
    [
        ("H-县甲-1", "H-甲局-1"),
        ("H-县甲-2", None),  # no such number
        ("H-县丁-1", None),  # no name of a unit
        ("H-县甲", None),
        ("县甲-1", None),
        ("M-县甲-1", None),
        ("H-县-甲-1", "H-甲局-1"),  # a dash in a name
    ],
)
def test_an_id_may_have_another_of_the_names_of_its_unit(item_id: str, meant: str | None) -> None:
    act = {
        "submission_id": "a", "sheet": "验收", "row_no": 2, "item_id": item_id, "unit": None,
        "hazard_no": None, "site": None, "description": None, "known_from": date(2023, 10, 10),
    }  # fmt: skip
    units = {"甲局": "甲局", "县甲": "甲局", "县-甲": "甲局", "乙局": "乙局"}
    known = {each["item_id"] for each in HAZARDS}
    acts, faults = named(
        pd.DataFrame([act], dtype=object), pd.DataFrame(HAZARDS, dtype=object), known, Places(),
        units.get,
    )  # fmt: skip
    assert acts["item_id"].tolist() == [meant or item_id]
    assert bool(faults) is (meant is None)


def test_a_register_without_ids_closes_and_one_that_means_nothing_names_its_row(
    home: Settings, write_sheet: Write
) -> None:
    head = [
        "隐患编号",
        "场所名称",
        "隐患描述",
        "责任单位",
        "责任人",
        "整改期限",
        "检查日期",
        "状态",
    ]
    rows = [[n, f"甲校{n}", "灭火器过期", "县教育局", "张某", "2023-12-01", "2023-09-01", "已整改"]
            for n in (1, 2)]  # fmt: skip
    write_sheet("2023-10-15/县教育局.xlsx", [head, *rows])
    acts = ["责任单位", "隐患编号", "验收动作", "验收日期", "验收人", "经办人"]
    write_sheet(
        "2023-10-22/验收销号登记.xlsx",
        [
            acts,
            ["县教育局", "1", "验收销号", "2023-10-20", "钱某", "周某"],
            ["县教育局", "8", "验收销号", "2023-10-20", "钱某", "周某"],
        ],
    )
    report = ingest(home)
    assert report.rows_rejected == 0
    with open_warehouse(home.warehouse) as con:
        states = fetch_rows(
            con, "SELECT item_id, state FROM items(DATE '2023-11-01', NULL) ORDER BY item_id"
        )[1]
        told = fetch_rows(con, "SELECT row_no FROM quality WHERE rule = 'acceptance_void'")[1]
        acts_on = fetch_rows(con, "SELECT item_id FROM acceptance ORDER BY row_no")[1]
    assert states == [("H-县教育局-1", "closed"), ("H-县教育局-2", "accepting")]
    assert told == [(3,)]
    assert acts_on == [("H-县教育局-1",), (None,)]


def test_a_unit_closes_nothing_by_a_register_of_its_own(home: Settings, write_sheet: Write) -> None:
    head = [
        "隐患编号",
        "场所名称",
        "隐患描述",
        "责任单位",
        "责任人",
        "整改期限",
        "检查日期",
        "状态",
    ]
    row = ["1", "甲校", "灭火器过期", "县教育局", "张某", "2023-12-01", "2023-09-01", "已整改"]
    write_sheet("2023-10-15/县教育局/台账.xlsx", [head, row])
    acts = ["责任单位", "隐患编号", "验收动作", "验收日期", "验收人"]
    act = ["县教育局", "1", "验收销号", "2023-10-20", "钱某"]
    write_sheet("2023-10-22/县教育局/验收销号.xlsx", [["填报单位：县教育局"], acts, act])
    ingest(home)
    with open_warehouse(home.warehouse) as con:
        (state,) = fetch_rows(con, "SELECT state FROM items(DATE '2023-11-01', NULL)")[1]
        told = fetch_rows(con, "SELECT message FROM quality WHERE rule = 'acceptance_void'")[1]
    assert state == ("accepting",)
    assert "责任单位自己报的" in told[0][0]
