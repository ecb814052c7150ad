"""The page that shows a plan beside its reading: what it lists, and what it leaves out."""

import pytest

from analysis.ingest.beside.view import Beside, LineRead, LineRole, Part
from analysis.intake.plans.page import MOST_NAMED, _jumps, _legend, _part, no_link, where


def lines(role: LineRole, count: int) -> tuple[LineRead, ...]:
    return tuple(LineRead(number, role, "某句") for number in range(1, count + 1))


@pytest.mark.parametrize(
    ("count", "more"), [(1, ""), (MOST_NAMED, ""), (MOST_NAMED + 1, f" 等 {MOST_NAMED + 1} 行")]
)
def test_what_was_not_understood_is_listed_up_to_forty_lines(count: int, more: str) -> None:
    shown = _jumps(Beside("方案.docx", parts=(Part("正文", lines(LineRole.UNREAD, count)),)))
    assert shown.count("<a ") == min(count, MOST_NAMED)
    assert shown.endswith(f"第 {min(count, MOST_NAMED)} 行</a>{more}</p>")


def test_where_all_was_understood_there_is_no_list() -> None:
    assert _jumps(Beside("方案.docx", parts=(Part("正文", lines(LineRole.BODY, 3)),))) == ""


def test_a_line_of_a_table_is_named_by_its_table() -> None:
    (line,) = lines(LineRole.UNREAD, 1)
    assert where(Part("附表1", (line,), is_table=True), line) == "附表1第 1 行"
    assert where(Part("正文", (line,)), line) == "第 1 行"


def test_the_legend_counts_each_role_that_there_is_and_empty_lines_apart() -> None:
    parts = (
        Part("正文", lines(LineRole.MEASURE, 2) + lines(LineRole.BLANK, 3)),
        Part("附表1", lines(LineRole.MEASURE, 1), is_table=True),
    )
    shown = _legend(Beside("方案.docx", parts=parts))
    assert shown.count("<li") == 2
    assert f"{LineRole.MEASURE} 3" in shown
    assert "空行 3，不列" in shown
    assert "空行" not in _legend(Beside("方案.docx", parts=parts[1:]))


@pytest.mark.parametrize("is_plan", [True, False])
def test_a_plans_lines_stand_under_what_is_left_and_what_is_right(is_plan: bool) -> None:
    shown = "".join(_part(Part("正文", lines(LineRole.MEASURE, 1)), 1, no_link, is_plan=is_plan))
    assert "某句" in shown
    assert "has-items" not in shown  # by which «只看措施» knows its lines: here none is read
    assert ("<span>原文</span><span>读到什么</span>" in shown) is is_plan


@pytest.mark.parametrize("is_plan", [True, False])
def test_a_line_has_its_role_and_its_link_where_it_is_of_a_plan(is_plan: bool) -> None:
    (line,) = lines(LineRole.MEASURE, 1)

    def link(number: int, of: LineRead) -> str:
        return "/put-right?x=1&y=2"

    shown = "".join(_part(Part("正文", (line,)), 1, link, is_plan=is_plan))
    assert (f'<span class="bl-role">{LineRole.MEASURE}</span>' in shown) is is_plan
    assert ('href="/put-right?x=1&amp;y=2" aria-label="改第 1 行">改</a>' in shown) is is_plan
