"""What one measure's text says: its numbers, its pieces, its labels. 模拟数据."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.ingest.measures.enumerators import mark_at, without_mark
from analysis.ingest.measures.folding import bracketed, folded
from analysis.ingest.measures.labels import label_of, role_of
from analysis.ingest.measures.splitting import split
from analysis.ledgers.labels import Role

HAN = st.text(alphabet="整改排查制度台账演练开展落实检查消防场所", min_size=3, max_size=20)
#: How the numbers of a list are written, by class.
FORMS = {
    "ring": lambda n: "①②③④⑤⑥⑦⑧⑨"[n - 1], "bracket": lambda n: f"（{n}）",
    "number": lambda n: f"{n}.", "han_is": lambda n: "一二三四五六七八九"[n - 1] + "是",
    "han_bracket": lambda n: f"（{'一二三四五六七八九'[n - 1]}）",
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        ("一、压实责任", "han", "1"),
        ("（二）开展排查", "han_bracket", "2"),
        ("3．更换设施", "number", "3"),
        ("4、制定办法", "number", "4"),
        ("（5）印发清单", "bracket", "5"),
        ("⑥组织演练", "ring", "6"),
        ("七是通报", "han_is", "7"),
        ("(5-1)：学习", "path1", "5-1"),
        ("5.2 例会", "path1", "5-2"),
        ("● 1.建档", "number", "1"),
        ("1.6月20日前完成", "number", "1"),
    ],
)
def test_a_number_in_front_of_a_text_has_a_class(text: str, kind: str, number: str) -> None:
    mark = mark_at(text)
    assert mark
    assert (mark.kind, mark.written) == (kind, number)


@pytest.mark.parametrize(
    "text",
    ["1.5万人参加", "2024.6.30", "1-4月发生", "(5-3)项11月", "12个场所", "2024年底前", "一是否"],
)
def test_figures_days_and_references_are_no_numbers_of_a_list(text: str) -> None:
    assert mark_at(text) is None


@given(st.sampled_from(sorted(FORMS)), st.lists(HAN, min_size=2, max_size=9))
def test_a_list_is_split_at_consecutive_numbers_of_one_class(kind: str, texts: list[str]) -> None:
    joined = "".join(f"{FORMS[kind](n)}{text}。" for n, text in enumerate(texts, 1))
    pieces = split(joined)
    assert [piece.text for piece in pieces] == [f"{text}。" for text in texts]
    assert [piece.mark.written for piece in pieces if piece.mark] == [
        str(n) for n in range(1, len(texts) + 1)
    ]


@given(st.lists(HAN, min_size=2, max_size=6))
def test_semicolons_alone_split_nothing(texts: list[str]) -> None:
    assert [piece.text for piece in split("；".join(texts))] == ["；".join(texts)]


def test_what_leads_a_list_in_is_the_parent_of_its_pieces() -> None:
    pieces = split("开展整治：（1）排查台账。（2）更换设施，①换灯；②换线。")
    assert [(piece.text, piece.parents) for piece in pieces] == [
        ("排查台账。", ("开展整治：",)),
        ("换灯；", ("开展整治：", "更换设施，")),
        ("换线。", ("开展整治：", "更换设施，")),
    ]


@given(st.text(max_size=60))
def test_folding_keeps_every_place(text: str) -> None:
    assert len(folded(text)) == len(text) == len(bracketed(text))
    assert "①" not in text or "①" in folded(text)


@given(st.sampled_from(sorted(FORMS)), st.integers(1, 9), HAN)
def test_a_number_is_taken_off_and_the_text_stays(kind: str, number: int, text: str) -> None:
    assert without_mark(f"{FORMS[kind](number)}{text}") == text


@pytest.mark.parametrize(
    ("role", "words"),
    [
        (Role.DUE, "时限 整改时限 完成时限 办结时限 时序进度 整改完成时间 时间安排 计划完成时间"),
        (Role.LEAD, "责任单位 牵头部门 承办单位 责任科室 责任股室 主责单位 责任分工 整改责任单位"),
        (Role.SUPPORT, "配合单位 协办部门 配合 参与单位"),
        (Role.OVERSEER, "督导单位 验收单位 督办领导 验收人"),
        (Role.PERSON, "责任人 整改负责人 第一责任人 经办人"),
        (Role.LEADER, "责任领导 分管领导 包联领导 牵头县领导"),
        (Role.MEASURE, "整改措施 工作举措 重点任务 具体内容 整改措施及责任分工"),
        (Role.DETAIL, "细化措施 任务分解"),
        (Role.PROBLEM, "存在问题 反馈问题 自查发现问题 问题表述 隐患描述"),
        (Role.MANIFESTATION, "表现形式 具体表现"),
        (Role.PROGRESS, "整改进展 完成情况"),
        (Role.CONTEXT, "检查时间 备注 联系人 问题类别"),
    ],
)
def test_a_label_is_known_by_its_head_and_the_words_in_front(role: Role, words: str) -> None:
    assert {word: role_of(word) for word in words.split()} == dict.fromkeys(words.split(), role)


def test_labels_as_offices_write_them() -> None:
    corpus = Path(__file__).with_name("label_corpus.txt").read_text(encoding="utf-8")
    lines = [line.split(": ") for line in corpus.splitlines() if not line.startswith("#")]
    said = {word: role for role, words in lines for word in words.split()}
    assert {word: str(role_of(word)) for word in said} == said


def test_a_label_may_have_a_number_a_remark_or_blanks() -> None:
    found = [
        label_of(text) for text in ("整改措施(5)", "表现形式3", "牵头单位(分管负责人)", "责 任 人")
    ]
    assert [(each.role, each.number) for each in found if each] == [
        (Role.MEASURE, "5"), (Role.MANIFESTATION, "3"), (Role.LEAD, ""), (Role.PERSON, ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("牵头（责任）单位", Role.LEAD), ("完成(整改)时限", Role.DUE),
        ("配合（协办）单位", Role.SUPPORT), ("（责任）单位", None), ("关于（整改）的通知", None),
    ],
)  # fmt: skip
def test_the_other_word_for_the_same_may_stand_within_a_label(text: str, role: Role | None) -> None:
    found = label_of(text)
    assert (found.role if found else None) == role


@pytest.mark.parametrize("text", ["县文化和旅游局", "2024年底", "现将有关事项通知如下", "做到"])
def test_names_and_sentences_are_no_labels(text: str) -> None:
    assert label_of(text) is None


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("a(b)c", " (b) "),
        ("a(b", "   "),
        ("a)b", "   "),
        ("(a[b)c]", "(a[b)  "),  # what a closing bracket passes over is closed by nothing
        ("(a(b)c)", "(a(b)c)"),
        ("《a》“b”", "《a》“b”"),
    ],
)
def test_what_stands_in_brackets(text: str, inside: str) -> None:
    assert (
        "".join(c if c_in else " " for c, c_in in zip(text, bracketed(text), strict=True)) == inside
    )
