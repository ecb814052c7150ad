"""Each line of a plan has one role, and nothing that was not understood has another. 模拟数据."""

import pytest

from analysis.ingest.plan import apply_rules, read_plan
from analysis.ingest.plan.lines import LineRole, roles_of
from tests.conftest import ROOT

STRANGE = ROOT / "tests/files/模拟数据_对照/夜游整改方案.txt"
#: Each line behind its role.
SMALL = """标题：甲县文旅安全整改方案
空行：
标题：一、存在问题及整改措施
问题：1.古街民宿疏散通道堵塞。
措施：整改措施：（1）逐户下发通知书，6月30日前清理完毕；
措施：（2）建立“一户一档”。
责任：牵头单位：县消防救援大队
责任：责任人：某甲
期限：整改时限：2024年7月31日前
目标：整改目标：隐患清零。
问题：2.剧本娱乐场所未登记。
措施：整改措施：摸底登记。（县文化和旅游局牵头，8月底前完成）
没有读懂：锦囊妙计：由县公安局配合，对场所摸底登记。
没有读懂：以上第1、2项由县文化和旅游局负总责。
要求：二、工作要求
要求：（一）加强领导。主要负责人亲自抓。
文头落款：2024年6月20日"""


def parted(text: str) -> tuple[list[str], list[str]]:
    pairs = [line.partition("：") for line in text.splitlines()]
    return [role for role, _, _ in pairs], [line for _, _, line in pairs]


def test_each_line_has_the_role_that_a_reader_sees() -> None:
    roles, lines = parted(SMALL)
    plan = read_plan(lines)
    assert plan
    found = roles_of(plan)
    assert [str(found[n]) for n in range(1, len(lines) + 1)] == roles


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("一、督办事项", "标题"), ("一、整改任务及措施：", "标题"), ("（一）整改内容", "标题"),
        ("整改措施：", "措施"),
    ],
)  # fmt: skip
def test_a_heading_over_measures_is_none_itself(heading: str, role: str) -> None:
    lines = [
        "甲县文旅安全整改方案", heading, "1.清理通道。", "2.更换线路。", "牵头单位：县文化和旅游局",
        "2024年6月20日",
    ]  # fmt: skip
    plan = read_plan(lines)
    assert plan
    assert [item.line for item in plan.items] == [3, 4]
    assert str(roles_of(plan)[2]) == role


def test_a_line_that_was_not_understood_is_a_finding_with_its_number() -> None:
    _, lines = parted(SMALL)
    plan = read_plan(lines)
    assert plan
    told = [each.line for each in apply_rules(plan) if each.rule == "line_unread"]
    unread = [n for n, role in roles_of(plan).items() if role is LineRole.UNREAD]
    assert told == unread == [13, 14]


@pytest.mark.parametrize("lines", [STRANGE.read_text(encoding="utf-8").splitlines()])
def test_every_line_has_exactly_one_role_and_measures_stand_on_lines_of_measures(
    lines: list[str],
) -> None:
    plan = read_plan(lines)
    assert plan
    found = roles_of(plan)
    assert list(found) == list(range(1, len(lines) + 1))
    assert {found[item.line] for item in plan.items} == {LineRole.MEASURE}
    assert [n for n, role in found.items() if role is LineRole.UNREAD] == [18, 23, 25, 29, 32, 33]


def test_the_page_number_and_the_rows_of_the_annex_have_roles_of_their_own() -> None:
    _, lines = parted(SMALL)
    rows = [
        "序号\t整改措施\t责任单位\t完成时限",
        "1\t建立“一户一档”。\t县消防救援大队\t2024年7月31日前",
    ]
    plan = read_plan([*lines[:14], "- 2 -", *lines[14:], "附件", *rows])
    assert plan
    found = roles_of(plan)
    assert found[15] is LineRole.PAGE
    assert found[len(found) - 1] is LineRole.HEADER
