"""What inspections say of hazards, inspectors and townships is held against what is known."""

from typing import Any

import pytest

from analysis.ingest.findings import Places
from analysis.ingest.rules import inspections
from tests.ingest.rules.test_across_ledgers import tables

SENT = [{"submission_id": "s0", "unit": "甲局"}, {"submission_id": "s1", "unit": "乙局"}]


def counted(visits: list[dict[str, Any]], hazards: list[dict[str, Any]]) -> list[tuple[int, str]]:
    made = tables(inspection=visits, hazard=hazards, submission=SENT)
    found = inspections.hazards_of_inspections(made, Places())
    return [(each.row_no or 0, each.message.partition("隐患台账中")[2][:5]) for each in found]


def visit(unit: str, batch: str, site: str, hazards: int = 1) -> dict[str, Any]:
    return {
        "inspection_no": "1", "unit": unit, "submission_id": batch, "site": site,
        "hazards_found": hazards,
    }  # fmt: skip


def hazard(batch: str, site: str, unit: str | None = None) -> dict[str, Any]:
    return {"inspection_no": "1", "submission_id": batch, "site": site, "unit": unit}


def test_two_units_number_one_are_two_inspections_each_with_its_hazards() -> None:
    mine, theirs = visit("甲局", "s0", "宾馆"), visit("乙局", "s1", "影院")
    each_its_own = [hazard("s0", "宾馆"), hazard("s1", "影院")]
    assert counted([mine, theirs], each_its_own) == []
    assert counted([mine, theirs], [*each_its_own, hazard("s1", "影院")]) == [(5, "有 2 条")]


def test_a_hazard_of_another_unit_and_another_site_is_not_of_this_inspection() -> None:
    mine = visit("甲局", "s0", "宾馆")
    assert counted([mine], [hazard("s0", "宾馆"), hazard("s1", "影院", "乙局")]) == []


def test_who_answers_for_the_site_may_report_the_hazard() -> None:
    mine = visit("甲局", "s0", "宾馆")
    assert counted([mine], [hazard("s1", "县城宾馆", "乙局")]) == []
    assert counted([mine], [hazard("s1", "影院", "甲局")]) == []


def test_who_never_writes_a_number_beside_a_hazard_has_not_counted_wrongly() -> None:
    mine = visit("甲局", "s0", "宾馆", 2)
    theirs = [visit("乙局", "s1", "影院"), hazard("s1", "影院")]
    unnumbered = {"submission_id": "s0", "site": "宾馆"}
    assert counted([mine, theirs[0]], [theirs[1], unnumbered]) == []


@pytest.mark.parametrize(
    ("kind", "inspectors", "is_alone"),
    [
        ("双随机抽查", "某甲", True),
        ("部门联合双随机", "某甲 ", True),
        ("双随机抽查", "某甲、", True),
        ("双随机抽查", "某甲、某乙", False),
        ("双随机抽查", "某甲 某乙", False),
        ("双随机抽查", "李某、李某", False),
        ("双随机抽查", "某甲等2人", False),
        ("双随机抽查", "某甲等", False),
        ("双随机抽查", "执法一组", False),
        ("双随机抽查", None, False),
        ("日常检查", "某甲", False),
        (None, "某甲", False),
    ],
)
def test_an_inspector_alone_in_a_random_draw(
    kind: str | None, inspectors: str | None, is_alone: bool
) -> None:
    made = tables(inspection=[{"kind": kind, "inspectors": inspectors}])
    found = inspections.lone_inspectors(made, Places())
    assert [each.rule for each in found] == ["R26"] * is_alone


@pytest.mark.parametrize(
    ("visit", "is_own"),
    [
        ({"unit": "东河镇人民政府", "township": "东河镇"}, True),
        ({"unit": "东河镇", "township": "东河"}, True),
        ({"unit": "县东河镇安监站", "township": "东河镇"}, True),
        ({"unit": "西山乡", "township": "东河镇"}, False),
        ({"unit": "东河镇、西山乡", "township": "东河镇"}, False),
        ({"unit": "县文旅局", "township": "东河镇"}, False),
        ({"unit": "县文旅局", "township": "东河镇", "inspectors": "东河镇 某甲、某乙"}, True),
        ({"unit": "县文旅局", "township": "东河镇", "inspectors": "西山乡某甲"}, False),
        ({"unit": "东河镇", "township": None, "site": "宾馆"}, True),
        ({"unit": "东河镇", "township": None, "site": "影院"}, False),
        ({"unit": "东河镇", "township": "东河镇", "kind": "日常检查"}, False),
        ({"unit": None, "township": "东河镇"}, False),
    ],
)
def test_a_cross_check_in_the_inspectors_own_township(visit: dict[str, Any], is_own: bool) -> None:
    register = [{"site": "宾馆", "township": "东河镇"}]
    made = tables(inspection=[{"kind": "交叉互检"} | visit], site=register)
    found = inspections.own_townships(made, Places())
    assert [each.rule for each in found] == ["R27"] * is_own
