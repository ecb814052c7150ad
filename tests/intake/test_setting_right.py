"""The office sets a reading right: what an entry says, what is refused, what it leaves alone."""

from datetime import date
from pathlib import Path

import pytest

from analysis.errors import SourceError
from analysis.ingest.beside.view import ItemRead, LineRead, LineRole
from analysis.ingest.plan.taught import PLAN_READINGS
from analysis.intake.plans import setting_right
from analysis.intake.plans.setting_right import (
    FIELDS,
    LABEL_ROLES,
    LINE_ROLES,
    LONGEST_WHY,
    Entry,
    in_force,
    set_field,
    set_role,
    take_back,
    teach_label,
)
from analysis.settings import Settings

TODAY = date.today()


def readings(home: Settings) -> Path:
    return home.raw / PLAN_READINGS


def test_the_first_entry_makes_the_file_and_the_next_is_the_second(home: Settings) -> None:
    first = teach_label(home, " 牵头科室： ", LABEL_ROLES[0], "某甲", "本县的写法")
    second = teach_label(home, "协办科室", LABEL_ROLES[0], "", "同上")
    assert (first.number, first.label, second.number) == (1, "牵头科室", 2)
    assert [each.label for each in in_force(home, "", TODAY)] == ["牵头科室", "协办科室"]
    assert 'by = "某甲"' in readings(home).read_text(encoding="utf-8")


def test_what_a_person_wrote_without_an_end_of_line_stays_as_it_is(home: Settings) -> None:
    readings(home).write_text("# 本县的写法", encoding="utf-8")
    teach_label(home, "牵头科室", LABEL_ROLES[0], "某甲", "本县的写法")
    assert readings(home).read_text(encoding="utf-8").startswith("# 本县的写法\n\n[[reading]]\n")


def test_an_entry_taken_back_holds_no_more(home: Settings) -> None:
    entry = teach_label(home, "牵头科室", LABEL_ROLES[0], "某甲", "本县的写法")
    take_back(home, entry.number, "某乙", "写错了")
    assert in_force(home, "", TODAY) == []
    with pytest.raises(SourceError, match="没有这一条"):
        take_back(home, 9, "某乙", "写错了")


@pytest.mark.parametrize(
    ("why", "is_refused"),
    [("", True), (" \n ", True), ("由" * LONGEST_WHY, False), ("由" * (LONGEST_WHY + 1), True)],
)
def test_a_reason_is_given_and_is_no_essay(home: Settings, why: str, is_refused: bool) -> None:
    if is_refused:
        with pytest.raises(SourceError, match="请写明理由"):
            teach_label(home, "牵头科室", LABEL_ROLES[0], "某甲", why)
    else:
        teach_label(home, "牵头科室", LABEL_ROLES[0], "某甲", why)
    assert readings(home).exists() is not is_refused


@pytest.mark.parametrize(
    ("length", "why"),
    [(1, "2 至 16 个字"), (2, ""), (16, ""), (17, "2 至 16 个字"), (101, "请写明标签")],
)
def test_a_label_has_two_to_sixteen_letters(home: Settings, length: int, why: str) -> None:
    def teach() -> Entry:
        return teach_label(home, "标" * length, LABEL_ROLES[0], "某甲", "写法")

    if why:
        with pytest.raises(SourceError, match=why):
            teach()
    else:
        assert len(teach().label) == length


def item() -> ItemRead:
    """A measure of a document, as the page beside the reading has it."""
    return ItemRead("1", "开展检查", (), is_due=False, place=("方案.docx", "（一）开展检查。", 0))


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("2024年9月30日前", ""),
        ("长期坚持", ""),
        ("2024年9月31日前", "没有这一天"),
        ("2024年9月30日前30日内", "读不懂"),
    ],
)
def test_a_deadline_is_one_that_a_plan_could_write(home: Settings, said: str, why: str) -> None:
    if why:
        with pytest.raises(SourceError, match=why):
            set_field(home, item(), setting_right.DUE, said, "某甲", "原文漏了")
    else:
        entry = set_field(home, item(), setting_right.DUE, said, "某甲", "原文漏了")
        assert (entry.what, entry.value, entry.quote) == (setting_right.DUE, said, "开展检查")


def test_what_is_no_deadline_needs_be_none(home: Settings) -> None:
    other = next(name for name in FIELDS if name != setting_right.DUE)
    assert set_field(home, item(), other, "甲局", "某甲", "原文漏了").value == "甲局"


def test_what_is_set_of_one_document_holds_of_no_other(home: Settings) -> None:
    set_field(home, item(), setting_right.DUE, "长期坚持", "某甲", "原文漏了")
    assert [each.value for each in in_force(home, "方案.docx", TODAY)] == ["长期坚持"]
    assert in_force(home, "别的.docx", TODAY) == []


def test_a_line_that_is_no_paragraph_cannot_be_set(home: Settings) -> None:
    line = LineRead(3, LineRole.BLANK, "")
    with pytest.raises(SourceError, match="不能改"):
        set_role(home, line, LINE_ROLES[0], "某甲", "写法")
