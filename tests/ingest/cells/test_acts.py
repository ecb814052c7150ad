"""What a verdict says: what was found wanting is never taken for good."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.ingest.cells.codes.acts import act_of


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("合格", "accept"), ("验收通过", "accept"), ("已整改到位,同意销号", "accept"),
        ("符合销号条件", "accept"), ("未发现问题,合格", "accept"),
        ("应业主申请,县局验收通过(张某)", "accept"), ("根据该店申请,复查合格", "accept"),
        ("经申请,验收不合格", "reject"), ("申请验收", ""), ("应申请验收通过后销号", ""),
        ("应业主申请,拟验收", ""), ("应业主申请", ""), ("经申请,待验收", ""),
        ("不合格", "reject"), ("不合格,退回重改", "reject"), ("未通过验收", "reject"),
        ("整改不到位", "reject"), ("不予销号", "reject"), ("退回重改,限5月10日前完成", "reject"),
        ("不符合销号条件", "reject"), ("部分不合格", "reject"), ("限期整改", "reject"),
        ("撤回验收", "withdraw"), ("取消销号", "withdraw"),
        ("基本合格", ""), ("待验收", ""), ("未验收", ""), ("未销号", ""), ("整改中", ""),
        ("完成80%", ""),
        ("应单位申请,现场验收通过", "accept"), ("经某局申请,专班复查不合格", "reject"),
        ("应申请销号", ""), ("申请销号", ""), ("经核查,申请销号", ""), ("经单位申请,待验收", ""),
        ("缺检测报告原件,暂不予销号", ""), ("暂不销号", ""), ("资料未齐,暂时不能销号", ""),
        ("整改不到位,暂不予销号", "reject"), ("复查不合格,暂不销号", "reject"),
        ("原则同意销号", ""), ("上次不合格,本次合格", ""), ("", ""), ("张某", ""),
    ],
)  # fmt: skip
def test_a_verdict_is_an_act_or_none(text: str, act: str) -> None:
    assert act_of(text) == act


GOOD = st.sampled_from(["合格", "通过", "达标", "符合要求", "整改到位", "同意销号"])
BAD = st.sampled_from(
    ["不合格", "未通过", "不达标", "不符合要求", "整改不到位", "不同意销号", "退回重改"]
)
OPEN = st.sampled_from(["待", "基本", "部分", "原则上", "拟", "建议", "如无问题", "暂"])
AROUND = st.sampled_from(["", "验收", "复查", "经现场查看,", "10月2日"])


@given(AROUND, GOOD, BAD)
def test_nothing_bad_is_accepted_whatever_stands_around_it(
    around: str, good: str, bad: str
) -> None:
    assert act_of(around + good) == "accept"
    assert act_of(around + bad) == "reject"
    assert act_of(f"{around}{bad},{good}") == act_of(f"{around}{good};{bad}") == ""


@given(OPEN, AROUND, GOOD)
def test_a_verdict_with_a_condition_is_none(condition: str, around: str, good: str) -> None:
    assert act_of(f"{condition}{around}{good}") == act_of(f"{around}{condition}{good}") == ""
