"""Words that say that rectification was refused, shirked or faked, and words that only name it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.ingest.assembly.conduct import LONGEST_WORDS, conduct_in
from analysis.ledgers.codes import CONDUCT


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("业主拒不整改", "refused", "业主拒不整改"),
        ("已下达通知，企业拒绝配合检查，正在协调", "refused", "企业拒绝配合检查"),
        ("该场所抗拒执法", "refused", "该场所抗拒执法"),
        ("整改中；两家单位相互推诿", "shirked", "两家单位相互推诿"),
        ("物业与产权方扯皮，进度滞后", "shirked", "物业与产权方扯皮"),
        ("复查发现虚假整改", "faked", "复查发现虚假整改"),
        ("虚假整改", "faked", "虚假整改"),
        ("照片造假，已退回", "faked", "照片造假"),
        ("负责人弄虚作假的行为已通报", "faked", "负责人弄虚作假的行为已通报"),
        ("套用照片冒充整改后", "faked", "套用照片冒充整改后"),
    ],
)
def test_what_is_said_to_have_happened_is_read(text: str, code: str, words: str) -> None:
    assert conduct_in(text) == (code, words)


@pytest.mark.parametrize(
    "text",
    [
        "未发现虚假整改",
        "没有推诿扯皮现象",
        "严防虚假整改、虚假销号",
        "坚决杜绝推诿扯皮",
        "对拒不整改的依法查处",
        "拒不整改的，移交执法部门",
        "凡弄虚作假一律追责",
        "如有拒不整改情况及时上报",
        "有无虚假整改：无",
        "整改中",
        "已推进，计划下周完成",
        "假期值班表未上墙",
        "推拉门损坏",
        "节假日期间整改",
        "",
    ],
)
def test_what_only_names_it_says_nothing(text: str) -> None:
    assert conduct_in(text) is None


@given(st.text(alphabet="业主拒不整改推诿虚假未对的，。 1", max_size=200))
def test_the_words_stand_in_the_text_and_are_short(text: str) -> None:
    found = conduct_in(text)
    if found:
        assert found.code in CONDUCT.labels
        assert found.words in text
        assert 0 < len(found.words) <= LONGEST_WORDS
