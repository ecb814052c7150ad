"""What the office sets right changes the next reading, from its day on, until it is taken back."""

from datetime import date
from pathlib import Path

import pytest

from analysis.errors import SourceError
from analysis.ingest.plan import Plan, read_plan
from analysis.ingest.plan.taught import PLAN_READINGS, WORD_OF, read_taught
from analysis.ingest.plan.taught.applying import word_known
from analysis.ingest.plan.taught.entries import digest, digest_of
from analysis.ledgers.labels import Role
from tests.conftest import ROOT

LINES = (
    (ROOT / "tests/files/模拟数据_对照/夜游整改方案.txt").read_text(encoding="utf-8").splitlines()
)
DAY = date(2024, 6, 25)
LABEL = """
[[reading]]
set = "标签"
label = "破题之策"
value = "{value}"
by = "某甲"
on = {on}
why = "本县用语"
"""
OF_DOCUMENT = """
[[reading]]
set = "{set}"
document = "{document}"
line = "{line}"
nth = 1
quote = "…"
value = "{value}"
by = "某甲"
on = 2024-06-25
why = "漏读"
"""


def read_with(folder: Path, *entries: str, lines: list[str] = LINES, day: date = DAY) -> Plan:
    (folder / PLAN_READINGS).write_text("".join(entries), encoding="utf-8")
    plan = read_plan(lines, day, read_taught(folder).told(day))
    assert plan
    return plan


def of_line(line: str, what: str, value: str, document: str = "") -> str:
    return OF_DOCUMENT.format(
        set=what, document=document or digest_of(LINES), line=digest(line), value=value
    )


def test_a_taught_label_is_read_from_its_day_on_and_can_be_taken_back(tmp_path: Path) -> None:
    taught = LABEL.format(value="措施", on="2024-06-25")
    back = LABEL.format(value="撤回", on="2024-07-01")
    assert len(read_with(tmp_path).items) == 4
    assert len(read_with(tmp_path, taught).items) == 6
    assert len(read_with(tmp_path, taught, day=date(2024, 6, 24)).items) == 4
    assert len(read_with(tmp_path, taught, back).items) == 6
    assert len(read_with(tmp_path, taught, back, day=date(2024, 7, 1)).items) == 4


def test_the_entry_further_down_on_a_day_counts(tmp_path: Path) -> None:
    first = LABEL.format(value="措施", on="2024-06-25")
    then = LABEL.format(value="撤回", on="2024-06-25")
    assert len(read_with(tmp_path, first, then).items) == 4
    assert len(read_with(tmp_path, first, then, first).items) == 6


def test_a_line_set_right_is_a_measure_of_that_document_alone(tmp_path: Path) -> None:
    line = LINES[28]
    assert "由县应急管理局" in line
    plan = read_with(tmp_path, of_line(line, "角色", "措施"))
    (item,) = [each for each in plan.items if each.line == 29]
    assert item.text == line
    assert str(plan.told_roles[29]) == "措施"
    other = [*LINES[:16], "1.新街7家民宿疏散通道堵塞。", *LINES[17:]]
    unchanged = read_with(tmp_path, of_line(line, "角色", "措施"), lines=other)
    assert 29 not in {each.line for each in unchanged.items}


def test_a_line_set_right_is_a_manifestation_over_what_follows(tmp_path: Path) -> None:
    lines = [
        "甲县整改方案", "一、整改措施", "通道堵塞。", "1.清理通道。", "牵头单位：县文旅局",
        "2024年6月20日",
    ]  # fmt: skip
    told = of_line("通道堵塞。", "角色", "表现形式", digest_of(lines))
    assert read_with(tmp_path, lines=lines).manifestations == []
    plan = read_with(tmp_path, told, lines=lines)
    assert [(each.text, each.line) for each in plan.manifestations] == [("通道堵塞。", 3)]
    assert str(plan.told_roles[3]) == "表现形式"


def test_a_line_is_known_by_its_text_whatever_its_number_and_blanks(tmp_path: Path) -> None:
    spaced = [LINES[0], "", *LINES[1:]]
    plan = read_with(tmp_path, of_line(LINES[28], "角色", "措施"), lines=spaced)
    assert 30 in {item.line for item in plan.items}


@pytest.mark.parametrize("role", ["正文", "要求", "标题"])
def test_a_measure_that_is_none_counts_no_more(tmp_path: Path, role: str) -> None:
    plan = read_with(tmp_path, of_line(LINES[18], "角色", role))
    assert [item.line for item in plan.items] == [20, 28, 28]


def test_a_field_set_right_says_how_it_was_got(tmp_path: Path) -> None:
    text = next(item.text for item in read_with(tmp_path).items if item.line == 28)
    entries = (
        of_line(text, "牵头单位", "县水利局"), of_line(text, "责任人", "某丙"),
        of_line(text, "完成期限", "2024年8月31日前"),
    )  # fmt: skip
    item = next(item for item in read_with(tmp_path, *entries).items if item.line == 28)
    assert (item.unit, item.person, item.due_on) == ("县水利局", "某丙", date(2024, 8, 31))
    assert {str(value.how) for value in item.values.values()} == {"专班办公室改定"}


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("[[reading]]\nset = '标签'\n", "缺少 value"),
        (LABEL.format(value="措失", on="2024-06-25"), "value“措失”不认识"),
        (LABEL.format(value="措施", on='"昨天"'), "on 应为日期"),
        (LABEL.format(value="措施", on="2024-06-25").replace("破题之策", "策"), "2 至 16 个字"),
        (of_line("x", "颜色", "红"), "set“颜色”不认识"),
        ("[other]\n", "单独一行"),
    ],
)
def test_what_cannot_be_is_one_line(tmp_path: Path, entry: str, said: str) -> None:
    (tmp_path / PLAN_READINGS).write_text(entry, encoding="utf-8")
    with pytest.raises(SourceError, match=said):
        read_taught(tmp_path)


def test_a_day_with_its_year_takes_none_from_around_it() -> None:
    lines = [
        "甲县整改方案", "一、整改措施", "1.修订预案，2023年12月底前完成，2024年3月底前演练。",
        "牵头单位：县文旅局", "2.添置设备，2025年3月底前完成。", "牵头单位：县文旅局",
        "3.检修设备。", "牵头单位：县文旅局", "完成时限：2023年3月底前", "2024年6月20日",
    ]  # fmt: skip
    plan = read_plan(lines)
    assert plan
    assert [item.due_on for item in plan.items] == [
        date(2024, 3, 31), date(2025, 3, 31), date(2023, 3, 31),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "known"),
    [
        ("破题之策", "整改措施"),
        ("破 题之策：", "整改措施"),
        ("破题之策是什么", "破题之策是什么"),
        ("牵头科室", "牵头科室"),
    ],
)
def test_a_taught_label_is_known_where_it_is_all_of_a_cell(cell: str, known: str) -> None:
    assert WORD_OF[Role.MEASURE] == "整改措施"
    assert word_known(cell, {"破题之策": Role.MEASURE}) == known
