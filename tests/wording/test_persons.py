"""Persons are compared as persons, whatever stands around their names."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.wording.persons import are_same, is_himself, may_be_same, named_among, persons_of

CELLS = [
    ("王某", ("王某",)),
    ("王 某（局长）", ("王某",)),
    ("王　某", ("王某",)),
    ("王 小 某", ("王小某",)),
    ("张 某 李 某", ("张某", "李某")),
    ("王某、李某", ("王某", "李某")),
    ("王某（局长、组长），李某", ("王某", "李某")),
    ("王某（分管副局长）李某", ("王某", "李某")),
    ("王某和李某", ("王某", "李某")),
    ("局长王某", ("王某",)),
    ("党组书记、局长王某", ("王某",)),
    ("县文旅局副局长王某", ("王某",)),
    ("县文旅局王某", ("王某",)),
    ("县教育局（王某）", ("王某",)),
    ("组长：王某 副组长：李某", ("王某", "李某")),
    ("王某 13900000000", ("王某",)),
    ("王某 2023.10.20", ("王某",)),
    ("王某（签字）", ("王某",)),
    ("王某签字", ("王某",)),
    ("王某同志\n李某", ("王某", "李某")),
    ("欧阳 某", ("欧阳某",)),
    ("王某县文旅局党组书记、局长", ("王某",)),
    ("王某县委常委、副县长", ("王某",)),
    ("王局长", ("王",)),
    ("局长", ()),
    ("专班办公室", ("专班办公室",)),
    ("检查员1 检查员2", ("检查员1", "检查员2")),
    ("ｌｉｕ", ("liu",)),
    ("", ()),
    (None, ()),
    (7, ()),
]
SURNAMES, GIVEN = "赵钱孙李周吴郑", "甲乙丙丁某"
NAMES = st.builds(
    "".join, st.tuples(st.sampled_from(SURNAMES), st.text(GIVEN, min_size=1, max_size=2))
)
#: How a name is written by those who do not write it alone.
DRESSED = st.sampled_from([
    "{}", " {} ", "{}（局长）", "{}(副局长)", "{}【组长】", "{}局长", "{}副主任", "副县长{}",
    "局长：{}", "县文旅局{}", "甲镇人民政府副镇长{}", "{}（签字）", "{}签字", "{}13900000000",
    "{} 2023年10月20日", "{}\u200b", "（{}）",
])  # fmt: skip


@pytest.mark.parametrize(("cell", "persons"), CELLS)
def test_a_cell_is_the_persons_that_it_names(cell: Any, persons: tuple[str, ...]) -> None:
    assert persons_of(cell) == persons


@given(NAMES, DRESSED)
def test_what_stands_around_a_name_is_no_part_of_it(name: str, dressed: str) -> None:
    assert persons_of(dressed.format(name)) == (name,)
    padded = dressed.format(f"{name[0]}　{name[1:]}")
    assert persons_of(padded) == (name,)


@given(st.lists(NAMES, min_size=1, max_size=3, unique=True), DRESSED, st.sampled_from("、，；/\n"))
def test_a_list_is_parted_whatever_stands_between(
    names: list[str], dressed: str, sign: str
) -> None:
    assert persons_of(sign.join(map(dressed.format, names))) == tuple(names)


@given(st.text(max_size=40))
def test_any_text_at_all_has_persons_or_none(text: str) -> None:
    assert all(name and name == name.strip() for name in persons_of(text))


@pytest.mark.parametrize(
    ("one", "other", "same", "may_be"),
    [
        ("王 某（局长）", "王某", True, True),
        ("王某、李某", "李某副局长", True, True),
        ("王某", "李某", False, False),
        ("王局长", "王某", False, True),
        ("欧阳主任", "欧阳某", False, True),
        ("王某", "王某某", False, False),
        ("局长", "王某", False, False),
        (None, None, False, False),
    ],
)
def test_two_texts_name_one_person_or_may(one: Any, other: Any, same: bool, may_be: bool) -> None:
    assert are_same(one, other) is same
    assert may_be_same(one, other) is may_be


@pytest.mark.parametrize(
    ("signature", "person", "is_he"),
    [
        ("本人", "王某", True),
        ("（本人）", "王某", True),
        ("王某、李某", "王某", True),
        ("李某", "王某、李某", True),
        ("李某", "王某", False),
        ("李某", None, False),
        (None, "王某", False),
        ("王\ufe00某", "王某", True),  # a chosen form of the sign, which nobody sees
        ("王\u034f某", "王某", True),
        ("王1某", "王某", True),
        ("王·某", "王某", True),
        ("王_某*", "王某", True),
        ("1", "2", False),
    ],
)
def test_who_signs_for_himself(signature: Any, person: Any, is_he: bool) -> None:
    assert is_himself(signature, person) is is_he


def test_only_a_whole_name_is_among_those_who_may_sign() -> None:
    signers = ["赵某（组长）", "钱某"]
    assert named_among("组长 赵 某、李某", signers) == ("赵某",)
    assert named_among("赵组长", signers) == ()
