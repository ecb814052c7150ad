"""Spellings of units as counties write them: one unit, two, or a doubt."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.ingest.units.likeness import may_be_one, traits
from analysis.ingest.units.names import Home, home_of, read_name

HERE = Path(__file__).parent
SAME, OTHER, DOUBT = "同", "异", "疑"
Pair = tuple[str, str, str, str]


def pairs(name: str) -> list[Pair]:
    """The verdict, the two spellings, the region of the office."""
    found, region = [], "兴县"
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            region = line[1:]
        elif line and not line.startswith("#"):
            verdict, one, other = line.split("|") if "|" in line else line.split(" ")
            found.append((verdict, one, other, region))
    return found


def verdict(one: str, other: str, region: str) -> str:
    home = home_of(region, (one, other))
    first, second = read_name(one, home), read_name(other, home)
    if first == second:
        return SAME
    return DOUBT if may_be_one(first, second) else OTHER


@pytest.mark.parametrize("name", ["pairs.txt", "pairs_blind.txt"])
def test_every_pair_is_one_unit_two_or_a_doubt(name: str) -> None:
    corpus = pairs(name)
    wrong = [pair for pair in corpus if verdict(pair[1], pair[2], pair[3]) != pair[0]]
    assert wrong == []
    assert min(Counter(each[0] for each in corpus).values()) >= 10


@pytest.mark.parametrize("name", ["pairs.txt", "pairs_blind.txt"])
def test_a_doubt_is_found_by_what_both_names_share(name: str) -> None:
    for said, one, other, region in pairs(name):
        home = home_of(region, (one, other))
        first, second = read_name(one, home), read_name(other, home)
        assert said != DOUBT or traits(first) & traits(second), (one, other)


STEMS = st.sampled_from([
    "教育局", "文旅局", "公安局", "发展和改革局", "城市管理局", "民政局", "融媒体中心", "委宣传部",
    "政府办公室", "消防救援大队", "第一中学",
])  # fmt: skip


@given(STEMS, st.sampled_from(["", "县", "本县", "兴县", "吕梁市兴县", "山西省吕梁市兴县"]))
def test_the_own_region_in_front_changes_nothing(stem: str, prefix: str) -> None:
    home = Home("兴县", "吕梁市")
    assert read_name(prefix + stem, home) == read_name(stem, home)


@given(STEMS, st.sampled_from(["市", "省", "临县", "岚县", "离石区", "孝义市", "太原市", "吕梁市"]))
def test_another_region_in_front_is_another_unit(stem: str, prefix: str) -> None:
    home = Home("兴县", "吕梁市")
    assert read_name(prefix + stem, home) != read_name(stem, home)
    assert not may_be_one(read_name(prefix + stem, home), read_name(stem, home))


ORGANS = st.sampled_from([
    "教育局", "文旅局", "发展和改革局", "融媒体中心", "委宣传部", "政府办公室", "消防救援大队",
    "人民政府", "风景区管委会", "度假区管理委员会",
])  # fmt: skip


@given(ORGANS, st.sampled_from(["东湖", "东湖县", "县", "江城市东湖县"]))
def test_the_countys_name_alone_in_front_of_an_organ_changes_nothing(
    organ: str, prefix: str
) -> None:
    home = Home("东湖县", "江城市")
    assert read_name(prefix + organ, home) == read_name(organ, home)


@given(ORGANS, st.sampled_from(["西湖", "东湖区", "东湖镇", "东湖街道", "湖", "东"]))
def test_any_other_name_in_front_of_an_organ_is_another_unit(organ: str, prefix: str) -> None:
    home = Home("东湖县", "江城市")
    assert read_name(prefix + organ, home) != read_name(organ, home)


@given(st.text(max_size=12), st.sampled_from(["兴县", "本县", "汾阳市", "离石区", ""]))
def test_any_text_is_a_name_and_no_two_names_are_made_of_nothing(text: str, region: str) -> None:
    name = read_name(text, home_of(region))
    assert bool(name.text) == bool(text.strip()) or not name.text


@pytest.mark.parametrize(
    ("region", "seen", "home"),
    [
        ("兴县", (), Home("兴县", "")),
        ("山西省吕梁市兴县", (), Home("兴县", "吕梁市")),
        ("汾阳市", (), Home("汾阳市", "", "市")),
        ("吕梁市离石区", (), Home("离石区", "吕梁市", "区")),
        ("兴县", ("吕梁市兴县教育局",), Home("兴县", "吕梁市")),
        # the setting says nothing: the one county that units are named after
        ("本县", ("兴县教育局", "县公安局", "本县医院"), Home("兴县", "")),
        ("本县", ("兴县教育局", "岚县教育局"), Home("", "")),
        ("本县", ("县公安局",), Home("", "")),
    ],
)  # fmt: skip
def test_the_office_is_of_the_region_that_is_set_or_that_units_are_named_after(
    region: str, seen: tuple[str, ...], home: Home
) -> None:
    assert home_of(region, seen) == home


@pytest.mark.parametrize(
    ("home", "stem"),
    [
        (Home("东湖县"), "东湖"),
        (Home("汾阳市", "吕梁市", "市"), "汾阳"),
        (Home("长阳土家族自治县"), "长阳"),
        (Home("兴县"), ""),  # one character begins any word: 兴隆街道
        (Home("南昌县", "南昌市"), ""),  # 南昌教育局 may be the city's
        (Home(), ""),
    ],
)
def test_a_countys_name_stands_without_its_ending_where_it_is_a_word(home: Home, stem: str) -> None:
    assert home.stem == stem
