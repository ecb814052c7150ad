"""What a meeting decides on the spot: recorded like a ledger, read like one, lost by none."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from analysis.errors import YanpanError
from analysis.ingest.pipeline import ingest
from analysis.intake.typed.decisions import Decision, decide
from analysis.settings import Settings
from analysis.warehouse.client import Warehouse
from analysis.warehouse.scope import Scope

TODAY = date.today()
ASKED = Decision(
    "形势研判会", str(TODAY), "应挂未挂的1条重大隐患挂牌督办", "县教育局", "张某",
    str(TODAY + timedelta(days=15)),
)  # fmt: skip
EARLIER = [
    ["议定事项（模拟数据）"],
    ["会议名称", "会议日期", "议定事项", "责任单位", "责任人", "完成时限", "办理状态"],
    ["形势研判会", "2023-10-10", "补齐应急照明", "县水利局", "李某", "2023-10-31", "未完成"],
    ["形势研判会", "2023-10-10", "公示挂牌责任人", "县文旅局", "王某", "2023-10-31", "未完成"],
]


@pytest.mark.slow
def test_what_is_decided_is_an_item_beside_those_decided_before(
    home: Settings, write_sheet: Callable[..., Path]
) -> None:
    write_sheet("2023-10-12/议定事项.xlsx", EARLIER)
    done = decide(home, ASKED)
    assert done.path == f"{TODAY}/专班办公室/001_议定事项.csv"
    ingest(home)
    with Warehouse(home.warehouse) as warehouse:
        scope = Scope(TODAY)
        items = warehouse.items(scope, "not_void").sort_values("opened_on")
        assert items["kind"].tolist() == ["decision"] * 3
        assert (items["unit"].iloc[-1], items["person"].iloc[-1]) == ("县教育局", "张某")
        assert items["due_on"].iloc[-1].date() == TODAY + timedelta(days=15)
        assert warehouse.metric("vanished", scope).empty


@pytest.mark.slow
def test_what_several_units_are_to_do_is_one_item_each_and_nothing_replaces_another(
    home: Settings, write_sheet: Callable[..., Path]
) -> None:
    """Also where its words are nearly those of an earlier one; a list of all goes on with each."""
    units = ["县教育局", "县水利局", "县文旅局"]
    for unit in units:
        decide(home, replace(ASKED, unit=unit))
    decide(home, replace(ASKED, task=f"{ASKED.task}，并约谈责任人"))
    ingest(home)

    def of_units() -> list[tuple[str, str]]:
        with Warehouse(home.warehouse) as warehouse:
            items = warehouse.items(Scope(TODAY), "not_void")
        return sorted(zip(items["item_id"], items["unit"], strict=True))

    before = of_units()
    assert sorted(unit for _, unit in before) == sorted([*units, "县教育局"])
    write_sheet(
        f"{TODAY}/议定事项.xlsx",
        [*EARLIER[:2], *(
            ["形势研判会", str(TODAY), ASKED.task, unit, "张某", ASKED.due_on, "未完成"]
            for unit in reversed(units)
        )],
    )  # fmt: skip
    ingest(home)
    assert of_units() == before


def test_the_same_is_not_recorded_twice(home: Settings) -> None:
    decide(home, ASKED)
    with pytest.raises(YanpanError, match="同样的议定事项今天已经登记"):
        decide(home, ASKED)
    assert decide(home, replace(ASKED, person="李某")).path.endswith("002_议定事项.csv")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"task": " "}, "请填写议定事项"), ({"unit": ""}, "请填写责任单位"),
        ({"person": "=1+1"}, "责任人不能以 = "), ({"meeting": "长" * 201}, "最多 200 字"),
        ({"due_on": "15日"}, "请填写完成时限"),
        ({"due_on": str(TODAY - timedelta(days=1))}, "早于会议日期"),
        ({"due_on": "2999-01-01"}, "请核对年份"),
        ({"held_on": str(TODAY + timedelta(days=1))}, "还没有到"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_one_line(
    home: Settings, wrong: dict[str, str], told: str
) -> None:
    with pytest.raises(YanpanError, match=told):
        decide(home, replace(ASKED, **wrong))
    assert not [*home.raw.rglob("*.csv")]
