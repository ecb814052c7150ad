"""Words of state as ledgers use them → the status, by themselves and within prose."""

import contextlib
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.ingest.cells.codes.states import ContradictionError, state_of
from analysis.ingest.cells.values import parse_column
from analysis.ledgers import LEDGERS
from analysis.ledgers.codes import FINISHED, STATUS

BASE = date(2023, 10, 31)
FIELD = LEDGERS["hazard"]["status"]

#: Words that ledgers, notices and public systems use for the state of a hazard.
WORDS = {
    "done": "已完成 整改完成 已整改到位 已全部整改到位 按期整改完成 逾期整改完成 整改已完成 "
    "隐患已消除 已整治完毕 全部整改完成 完成整改 问题已解决 已按要求整改到位 "
    "经复查已整改到位 已处理 100%",
    "done_onspot": "现场已整改 现场整改完成 当场整改到位 立行立改已完成 当场改正 现场处置 即查即改 "
    "已当场整改完毕",
    "closed": "已销号 已整改销号 已验收销号 已完成整改并通过验收 复查合格 已闭环 已办结 复查通过 "
    "同意销号 已摘牌",
    "pending_accept": "整改完成待验收 已整改待复查 已整改，申请验收 已上报待验收 已完成，未验收 "
    "待销号 已完成，正在组织验收",
    "not_started": "未整改 尚未整改 未完成 未启动 拒不整改 推诿 逾期未整改 未动工 待整改 "
    "仍未整改 拒绝整改",
    "in_progress": "整改中 正在整改 正在办理 超期整改中 有序推进 已立案 已下达整改通知书 "
    "责令限期整改 基本完成 部分完成 已完成80% 预计10月底完成 计划11月完成 尚未全部完成 "
    "已制定整改方案 施工中 已启动 挂牌督办 大部分已完成 已约谈 "
    # what an authority orders is enforcement, not an end of the work
    "停业整顿 责令停产停业 停产停业整顿 责令停业整改 已查封 临时查封 停业整改中",
    "suspended": "已停业 已关停 自行停业 暂停营业 已歇业 依法关闭 已注销 已取缔",
    "transferred": "已移送 移送公安机关 移交县住建局 已转办",
    "rejected": "验收不合格 复查不合格 未通过验收 退回整改 整改不到位 虚假整改",
    "blocked": "资金未到位 受阻 无法整改 待资金到位后整改",
    "ongoing": "长期坚持 常态化管理 已完成并长期坚持",
    "void": "误报 无需整改 不属于隐患",
}
TABLE = [(word, state) for state, words in WORDS.items() for word in words.split()]


def read(cell: Any, header_unit: str = "") -> tuple[Any, str]:
    """The value, and the severity that a finding would have; empty without one."""
    (value,), problems = parse_column([cell], FIELD, BASE, header_unit)
    if not problems:
        return value, ""
    return value, "error" if problems[0].is_unread else "warning"


def test_the_table_is_long_enough_to_mean_something() -> None:
    assert len(TABLE) >= 80
    assert set(WORDS) == set(STATUS.labels)


@pytest.mark.parametrize(("word", "state"), TABLE)
def test_a_word_of_state_is_read_as_what_it_means(word: str, state: str) -> None:
    assert read(word) == (state, "")


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("已更换灭火器2具，整改完成", "done"),
        ("10月12日已整改", "done"),
        ("已将堆放的杂物清走，隐患整改完毕", "done"),
        ("消防设施正在安装，预计11月完成", "in_progress"),
        ("已完成方案设计，正在施工", "in_progress"),
        ("已整改3处，剩余2处正在整改", "in_progress"),
        ("管理规程已制定印发，该项已完成。", "done"),
        ("名册已下发，此项整改任务已全部完成", "done"),
        ("规程已下发，该项未完成", "in_progress"),
        ("已落实整改责任人", "in_progress"),
        ("已换8部，剩余1部停用待换", "in_progress"),  # the rest alone is out of use
        ("整改中，其余2家已停业", "in_progress"),
        ("已抽检3台，共7台", "in_progress"),
        ("尚未完成，正在推进", "in_progress"),
        ("护栏已安装约八成，尚未完工", "in_progress"),
        ("隐患已整改2处，其余尚未完工", "in_progress"),
        ("因资金未到位，尚未整改", "blocked"),
        ("拒不整改，已责令停业整顿", "not_started"),
        ("正在整改，已责令停产停业整顿", "in_progress"),
        ("已责令停业整顿，场所已关停", "suspended"),
        # a device that nobody may use is no business that is shut
        ("已停用", "in_progress"),
        ("已责令停用，正在采购配件", "in_progress"),
        ("已停止使用该扶梯，正在询价", "in_progress"),
        ("停用期间自行停业", "suspended"),
        ("已装好3户，剩余1户停业", "in_progress"),
        ("因装修自行停业，尚未整改", "suspended"),
        ("门店已关闭", "suspended"),  # and a hazard that is «已关闭» is struck off
        ("隐患已关闭", "closed"),
        ("已整改，县局复查合格", "closed"),
        ("已完成整改，计划11月验收", "pending_accept"),
        ("整改前：未装漏电保护器；整改后：已加装并整改到位", "done"),
        ("整改前：已停用；整改后：正在更换", "in_progress"),
    ],
)
def test_prose_is_read_by_its_words(text: str, state: str) -> None:
    assert read(text) == (state, "")


@pytest.mark.parametrize(
    "text",
    [
        "已整改，但仍有2具不足",  # done, and not
        "已整改，部分未到位",
        "规程正在制定，该项已完成",
        "规程已制定，宣传牌已完成",  # that of one thing
        "已整改但未完成",
        "已整改3处",  # of how many?
        "已抽检7台，共7台",  # and what came of it?
        "完成整改，正在施工",
        "已停业整顿，现已恢复营业",
        "已告知业主进行处置事宜",  # no state at all
        "灭火器放在一层大厅",
        "整改前：已整改过一次，裂缝宽约5毫米",  # before says nothing of now
    ],
)
def test_prose_that_says_nothing_or_two_things_is_left_with_a_warning(text: str) -> None:
    assert read(text) == (None, "warning")


@pytest.mark.parametrize("text", ["张三", "50", "A级", "☐"])
def test_what_is_no_state_is_an_error(text: str) -> None:
    assert read(text) == (None, "error")


@pytest.mark.parametrize(
    ("cell", "header_unit", "state"),
    [(0.5, "", "in_progress"), (1.0, "", "done"), ("0.8", "", "in_progress"),
     ("60", "%", "in_progress"), (100, "%", "done"), (0, "%", "not_started"),
     ("５０％", "", "in_progress"), ("完成率60%", "", "in_progress")],
)  # fmt: skip
def test_a_progress_in_numbers_is_a_state(cell: Any, header_unit: str, state: str) -> None:
    assert read(cell, header_unit) == (state, "")


@given(
    st.sampled_from(["未", "尚未", "没有", "仍未", "未能", "还未"]),
    st.sampled_from(["完成", "整改", "整改完成", "整改到位", "落实", "办结", "全部完成"]),
)
def test_what_is_denied_is_never_done(denial: str, work: str) -> None:
    with contextlib.suppress(ContradictionError):
        assert state_of(denial + work) not in FINISHED


@given(
    st.sampled_from(["预计", "计划", "力争", "拟于", "将于", "确保"]),
    st.sampled_from(["10月底", "年底前", "近期", ""]),
    st.sampled_from(["完成", "整改完成", "全部整改到位"]),
)
def test_what_is_planned_is_never_done(plan: str, when: str, work: str) -> None:
    assert state_of(plan + when + work) == "in_progress"


@given(st.text("已未整改完成到位验收销号正在部分仍不，。0123%停业拒待", max_size=16))
def test_no_text_breaks_the_reading_and_a_denial_beside_done_is_never_done(text: str) -> None:
    try:
        state = state_of(text)
    except ContradictionError:
        state = None
    assert state is None or state in STATUS.labels
    if state in {"done", "done_onspot", "closed"}:
        assert "部分" not in text


def test_a_text_of_pages_has_no_one_state() -> None:
    with pytest.raises(ContradictionError):
        state_of("已整改。" * 1000)


@pytest.mark.parametrize(
    "text",
    [
        "下周完成", "12月底前完成", "10月底前整改完毕", "将完成", "近期完成", "尽快完成",
        "11月完成", "2023年12月完成", "本月完成", "立即完成", "已整改一半", "已整改大半",
        "已整改八成",
        "已整改三分之一", "整改完成1/3", "除消火栓外均已整改", "已整改，消火栓除外", "应已整改",
        "可能已整改", "已整改？", "1处已整改", "自称整改完毕",
    ],
)  # fmt: skip
def test_what_is_to_come_in_part_or_hearsay_is_not_done(text: str) -> None:
    (status,), problems = parse_column([text], LEDGERS["hazard"]["status"], date(2023, 10, 16))
    assert status == "in_progress" or (status is None and problems)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("未完成，电工春节后到位", "not_started"), ("未整改，材料月底到位", "not_started"),
        ("未完成，厂家说下周安装到位", "not_started"), ("整改中，年后完成", "in_progress"),
        ("整改中，设备已到位", "in_progress"),
        ("未完成，已下达通知书，配件月底到位", "in_progress"),
        ("2024/11/9完成", "done"), ("9/11完成", None), ("完成2/3", None),
        ("年后完成", "in_progress"),
        ("未完成，已整改到位", None), ("未完成，昨日全部到位", None),
        ("未完成，其中2处已整改", None),
        ("未整改，已整改", None), ("已停业整顿，现已恢复营业", None),
    ],
)  # fmt: skip
def test_what_is_open_stays_so_whatever_is_to_come(text: str, state: str | None) -> None:
    """A day with its year is no share of the work; «已整改» behind «未整改» is a contradiction."""
    found = None
    with contextlib.suppress(ContradictionError):
        found = state_of(text)
    assert found == state
