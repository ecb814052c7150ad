"""A header is modifiers and a head noun: what is said in front decides what the noun means."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.ledgers import LEDGERS
from analysis.ledgers.grammar import LONGEST, sentence_of, weight_of
from analysis.ledgers.words import CLASSES, words

HAZARD = LEDGERS["hazard"]


def fields(header: str, above: str = "") -> set[str]:
    return {field.name for field in HAZARD if weight_of(field.says, header, above)}


@pytest.mark.parametrize(
    ("header", "field"),
    [
        # what must be is a deadline
        ("限期整改时间", "due_on"), ("要求整改时间", "due_on"), ("应完成时间", "due_on"),
        ("要求完成", "due_on"),
        ("规定整改时间", "due_on"), ("责令改正期限", "due_on"), ("计划完成日期", "due_on"),
        ("整改到期日", "due_on"), ("整改时间要求", "due_on"), ("隐患治理期限", "due_on"),
        # what is, a completion
        ("整改完毕时间", "done_on"), ("实际整改日期", "done_on"), ("整改到位时间", "done_on"),
        ("整改结束时间", "done_on"),
        # other days are of what they name
        ("暗访时间", "found_on"), ("发现隐患时间", "found_on"), ("巡查日期", "found_on"),
        ("复核时间", "accepted_on"), ("销号日期", "closed_on"), ("挂牌督办时间", "supervised_on"),
        ("延期整改时限", "extended_due_on"),
        # who
        ("属地责任单位", "unit"), ("整改责任股室", "unit"), ("整改负责人", "person"),
        ("配合单位", "support_units"),
        ("复核人", "accepted_by"), ("验收人员", "accepted_by"),
        ("被查单位", "site"), ("存在隐患单位", "site"), ("酒店名称", "site"), ("受检企业", "site"),
        # what and where
        ("存在的安全隐患", "description"), ("检查发现问题", "description"),
        ("重大隐患描述", "description"), ("不合格项描述", "description"),
        ("问题描述及照片", "description"), ("隐患所在位置", "location"), ("镇街", "township"),
        ("隐患等次", "level"), ("是否重大隐患", "level"), ("隐患种类", "category"),
        ("处置措施", "measure"), ("是否已整改", "status"), ("整改落实情况", "status"),
        ("整改前/整改后", "status"), ("整改前后", "status"), ("整改后情况", "status"),
    ],
)  # fmt: skip
def test_words_in_front_decide_what_a_header_means(header: str, field: str) -> None:
    assert fields(header) == {field}


@pytest.mark.parametrize(
    "header",
    [
        "责任人电话", "整改后照片", "整改前后照片", "变更后", "隐患数量", "未完成原因",
        "整改前图片", "检查单位", "检查人员",
        "复查意见", "检查内容", "报送期限", "整改目标", "隐患个数", "下次检查时间",
        "公示日期", "备注", "文号", "驾驶员", "品名", "",
    ],
)  # fmt: skip
def test_what_is_of_something_else_says_nothing(header: str) -> None:
    assert fields(header) == set()


@pytest.mark.parametrize("header", ["整改时间", "完成时间", "整改完成日期"])
def test_a_time_of_the_work_alone_may_be_a_plan_or_a_fact(header: str) -> None:
    assert fields(header) == {"due_on", "done_on"}


@pytest.mark.parametrize(
    ("above", "header", "field"),
    [
        ("整改", "时限", "due_on"), ("验收", "日期", "accepted_on"),
        ("验收", "人员", "accepted_by"), ("整改情况", "期限", "due_on"), ("隐患", "等级", "level"),
        ("隐患基本情况", "描述", "description"), ("整改整改责任单位", "主责", "unit"),
        ("整改整改责任单位", "配合", "support_units"),
    ],
)  # fmt: skip
def test_what_stands_above_a_noun_says_more_of_it(above: str, header: str, field: str) -> None:
    assert fields(header, above) == {field}


def test_an_unknown_word_in_front_makes_a_reading_less_sure_and_behind_it_spoils_it() -> None:
    says = HAZARD["description"].says
    assert 0 < weight_of(says, "防汛隐患描述") < weight_of(says, "隐患描述")
    assert weight_of(says, "隐患描述汇编") == 0
    assert weight_of(HAZARD["done_on"].says, "培训完成时间") == 0  # of what, nobody knows


def test_every_class_that_a_phrase_names_has_words() -> None:
    for ledger in LEDGERS.values():
        for field in ledger:
            for phrase in field.says:
                named = phrase.heads.union(phrase.may, *phrase.needs)
                assert named <= CLASSES.keys(), (ledger.name, field.name)


@given(st.lists(st.sampled_from(sorted(words())), min_size=1, max_size=5).map("".join))
def test_a_header_made_of_known_words_is_cut_into_known_words(text: str) -> None:
    if len(text) <= LONGEST:
        assert all("?" not in word for word in sentence_of(text))


@given(st.text(max_size=40), st.text(max_size=20))
def test_any_text_may_be_asked(text: str, above: str) -> None:
    assert all(0 <= weight_of(field.says, text, above) <= 1 for field in HAZARD)


def test_the_grammar_needs_no_pandas() -> None:
    code = "import sys, analysis.ledgers.grammar; sys.exit('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
