"""One register of units, as it was known on each day."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.ingest.doubts.doubt import Side
from analysis.ingest.units.mentions import mentions_in
from analysis.ingest.units.register import Register
from analysis.ingest.units.state import Mention

OCTOBER, NOVEMBER, DECEMBER = date(2023, 10, 16), date(2023, 11, 20), date(2023, 12, 1)


def mention(day: date, text: str, source: Any = "ledger", *aliases: str) -> Mention:
    return Mention(day, text, source, Side("b", "台账", 3, "unit", text), aliases)


def register(*mentions: Mention, region: str = "兴县", settled: Any = None) -> Register:
    return Register(mentions, region, settled)


def test_plan_roster_and_ledger_name_one_unit_and_the_roster_names_it_best() -> None:
    units = register(
        mention(OCTOBER, "教育局", "plan"),
        mention(OCTOBER, "兴县教育局"),
        mention(NOVEMBER, "县教育局", "roster"),
    )
    names = ["教育局", "县教育局", "兴县教育局", "吕梁市兴县教育局"]
    assert [units.unit(name) for name in names] == ["县教育局"] * 4
    assert [units.unit_then(name, OCTOBER) for name in names] == ["教育局"] * 4


def test_without_roster_and_plan_the_first_way_of_writing_stays() -> None:
    units = register(
        mention(OCTOBER, "文旅局"), mention(OCTOBER, "县文旅局"),
        mention(NOVEMBER, "兴县文化和旅游局"),
    )  # fmt: skip
    assert units.unit("文旅局") == "县文旅局"  # of one day, the longest
    assert units.renamed_on("文旅局") == []


def test_an_alias_counts_from_the_day_of_its_roster() -> None:
    units = register(
        mention(OCTOBER, "教体股"),
        mention(OCTOBER, "县教育局"),
        mention(NOVEMBER, "县教育局", "roster", "教体股"),
    )
    assert units.unit_then("教体股", OCTOBER) == "教体股"
    assert units.unit_then("教体股", NOVEMBER) == "县教育局"
    assert units.renamed_on("教体股") == [NOVEMBER]
    assert units.renamed_on("县教育局") == []


def test_an_alias_that_is_another_units_name_stays_that_units() -> None:
    units = register(
        mention(OCTOBER, "县文旅局", "roster", "文物局", "文管所"),
        mention(OCTOBER, "县文物局", "roster"),
        mention(NOVEMBER, "县住建局", "roster", "文管所"),
    )
    assert units.unit("文物局") == "县文物局"
    assert units.unit("文管所") == "县文旅局"


def test_an_alias_that_a_second_unit_claims_stays_the_firsts_until_it_is_settled() -> None:
    """The first one's figures were shown with it: they move when somebody says so, on his day."""
    said = [
        mention(OCTOBER, "县文旅局", "roster", "文管所"),
        mention(NOVEMBER, "县住建局", "roster", "文管所"),
    ]
    units = register(*said)
    (doubt,) = units.doubts
    assert (doubt.rule, doubt.known_from) == ("alias_claimed_twice", NOVEMBER)
    assert [answer.code for answer in doubt.answers] == ["县文旅局", "县住建局", "都不是"]
    assert doubt.other is not None
    assert [(each.field, each.text) for each in (doubt.one, doubt.other)] == [
        ("aliases", "文管所")
    ] * 2
    assert units.unit("文管所") == "县文旅局"
    for answer, unit in (("县住建局", "县住建局"), ("都不是", "文管所"), ("县文旅局", "县文旅局")):
        settled = register(*said, settled={doubt.key: [(DECEMBER, answer)]})
        assert settled.unit_then("文管所", NOVEMBER) == "县文旅局"
        assert settled.unit("文管所") == unit
        assert [each.key for each in settled.doubts] == [doubt.key]
    taken_back = {doubt.key: [(NOVEMBER, "都不是"), (DECEMBER, None)]}
    assert register(*said, settled=taken_back).unit("文管所") == "县文旅局"


def test_an_alias_that_two_lines_of_a_roster_claim_is_nobodys_until_it_is_settled() -> None:
    """Counted apart it is seen; nothing of it is in anybody's figures."""
    said = [
        mention(OCTOBER, "文管所"),
        mention(NOVEMBER, "县文旅局", "roster", "文管所"),
        mention(NOVEMBER, "县住建局", "roster", "县文管所"),
        mention(DECEMBER, "县教育局", "roster", "文管所"),
    ]
    units = register(*said[:3])
    (doubt,) = units.doubts
    assert [answer.code for answer in doubt.answers] == ["都不是", "县文旅局", "县住建局"]
    assert units.unit("文管所") == "文管所"
    given = register(*said, settled={doubt.key: [(DECEMBER, "县住建局")]})
    assert given.unit("兴县文管所") == "县住建局"
    third = [each for each in given.doubts if each.key != doubt.key]
    assert [each.known_from for each in third] == [DECEMBER]  # beside the first of them


def test_a_line_of_its_own_goes_before_an_alias_and_is_asked_about() -> None:
    said = [
        mention(OCTOBER, "县文旅局", "roster", "文物局"), mention(OCTOBER, "县文物局", "roster"),
    ]  # fmt: skip
    units = register(*said)
    (doubt,) = units.doubts
    assert [answer.code for answer in doubt.answers] == ["县文物局", "县文旅局"]
    assert units.unit("文物局") == "县文物局"
    assert register(*said, settled={doubt.key: [(NOVEMBER, "县文旅局")]}).unit("县文物局") == (
        "县文旅局"
    )


OF_OCTOBER = [mention(OCTOBER, name, "roster") for name in ("县渔业局", "县盐务局", "县教育局")]
OF_NOVEMBER = mention(NOVEMBER, "县海洋局", "roster", "县渔业局", "县盐务局")


def test_units_that_the_next_whole_roster_has_under_anothers_name_are_that_unit() -> None:
    """机构改革: nobody has to be asked, and what was known before stays as it was."""
    units = register(*OF_OCTOBER, OF_NOVEMBER, mention(NOVEMBER, "县教育局", "roster"))
    assert [units.unit(name) for name in ("县渔业局", "县盐务局")] == ["县海洋局"] * 2
    assert units.unit_then("县渔业局", OCTOBER) == "县渔业局"
    assert units.renamed_on("县盐务局") == [NOVEMBER]
    assert units.doubts == []


def test_a_roster_of_some_lines_takes_no_unit_off_the_list() -> None:
    units = register(*OF_OCTOBER, OF_NOVEMBER)
    assert [units.unit(name) for name in ("县渔业局", "县盐务局")] == ["县渔业局", "县盐务局"]
    assert len(units.doubts) == 2


def test_a_name_that_any_roster_calls_former_is_that_unit() -> None:
    """A list of one line says so too: it speaks of that unit, and takes nobody off."""
    line = mention(NOVEMBER, "县度假区管委会", "roster", "县景区管委会")
    units = register(
        mention(OCTOBER, "县景区管委会", "roster", "景管委"),
        mention(OCTOBER, "县文旅局", "roster"),
        mention(OCTOBER, "县林草局", "roster"),
        replace(line, aliases=("县景区管委会", "景管委"), former=("县景区管委会",)),
    )
    assert units.doubts == []
    for name in ("县景区管委会", "景管委", "县度假区管委会"):
        assert units.unit(name) == "县度假区管委会"
    assert units.unit_then("景管委", OCTOBER) == "县景区管委会"
    assert units.renamed_on("县景区管委会") == [NOVEMBER]


@pytest.mark.parametrize(
    ("alias", "name", "is_former"),
    [
        ("甲景区管委会（原名）", "甲景区管委会", True),
        ("甲景区管委会(更名前)", "甲景区管委会", True),
        ("曾用名：甲景区管委会", "甲景区管委会", True),
        ("（原名：甲景区管委会）", "甲景区管委会", True),
        ("原甲景区管委会", "甲景区管委会", True),
        ("景区管委会", "景区管委会", False),
        ("原州区景区管委会", "原州区景区管委会", False),
        ("县委（县政府）", "县委（县政府）", False),
    ],
)
def test_a_roster_says_which_names_are_former(alias: str, name: str, is_former: bool) -> None:
    facts = {
        "ledger": "unit", "unit": None, "sheet": "名录", "submission_id": "b",
        "received_on": NOVEMBER,
    }  # fmt: skip
    columns: dict[str, list[Any]] = {"unit": ["甲度假区管委会"], "aliases": [alias], "row_no": [4]}
    (said,) = mentions_in(facts, columns)
    assert said.aliases == (name,)
    assert said.former == ((name,) if is_former else ())


@pytest.mark.parametrize(
    ("text", "name", "former"),
    [
        ("甲度假区管委会（原甲景区管委会）", "甲度假区管委会", ("甲景区管委会",)),
        ("县文旅局（原县文化局、县旅游局）", "县文旅局", ("县文化局", "县旅游局")),
        ("县发改局（原发展和改革局）", "县发改局", ("发展和改革局",)),
        ("县文旅局（原址办公）", "县文旅局（原址办公）", ()),
    ],
)
def test_the_name_itself_may_say_what_it_was(text: str, name: str, former: tuple[str, ...]) -> None:
    facts = {
        "ledger": "unit", "unit": None, "sheet": "名录", "submission_id": "b",
        "received_on": NOVEMBER,
    }  # fmt: skip
    (said,) = mentions_in(facts, {"unit": [text], "row_no": [4]})
    assert (said.text, said.former) == (name, former)


@pytest.mark.parametrize(
    ("remark", "former"),
    [
        ("2024年1月1日起更名，原甲县旅游局", ("甲县旅游局",)),
        ("原名称：县旅游局", ("县旅游局",)),
        ("由县旅游局更名而来", ("县旅游局",)),
        ("2024年3月由原县旅游局更名", ("县旅游局",)),
        ("县旅游局更名为县文旅局", ("县旅游局",)),
        ("联络员有变动（更名前为县旅游局）", ("县旅游局",)),
        ("县旅游局更名为县体育局", ()),
        ("原由县旅游局代报", ()),
        ("原县旅游局办公楼", ()),
        ("原联络员李某", ()),
        ("综合监管，只报措施进展", ()),
    ],
)
def test_a_remark_of_a_roster_says_what_a_unit_was(remark: str, former: tuple[str, ...]) -> None:
    facts = {
        "ledger": "unit", "unit": None, "sheet": "名录", "submission_id": "b",
        "received_on": NOVEMBER,
    }  # fmt: skip
    extra = json.dumps({"备注": remark}, ensure_ascii=False)
    (said,) = mentions_in(facts, {"unit": ["县文旅局"], "extra": [extra], "row_no": [4]})
    assert (said.text, said.aliases, said.former) == ("县文旅局", former, former)


def test_a_unit_that_is_listed_again_is_one_again() -> None:
    again = [mention(DECEMBER, name, "roster") for name in ("县海洋局", "县盐务局", "县教育局")]
    units = register(*OF_OCTOBER, OF_NOVEMBER, mention(NOVEMBER, "县教育局", "roster"), *again)
    assert units.unit_then("县盐务局", NOVEMBER) == "县海洋局"
    assert [units.unit(name) for name in ("县渔业局", "县盐务局")] == ["县海洋局", "县盐务局"]


def test_a_roster_sent_again_or_a_units_own_name_as_alias_is_no_doubt() -> None:
    units = register(
        mention(OCTOBER, "县文旅局", "roster", "文旅局", "文管所"),
        mention(NOVEMBER, "兴县文旅局", "roster", "文管所"),
    )
    assert units.doubts == []
    assert units.unit("文管所") == "兴县文旅局"


def test_city_county_and_another_county_are_three() -> None:
    names = ["市教育局", "县教育局", "临县教育局"]
    units = register(*(mention(OCTOBER, name) for name in names))
    assert [units.unit(name) for name in names] == names
    assert [units.region_prefix(name) for name in names] == ["市", None, "临县"]
    assert units.doubts == []


def test_what_may_be_one_is_a_doubt_and_two_units_until_it_is_settled() -> None:
    said = [mention(OCTOBER, "县卫健委"), mention(NOVEMBER, "县卫体局")]
    units = register(*said)
    (doubt,) = units.doubts
    assert (doubt.rule, doubt.known_from) == ("unit_may_be_one", NOVEMBER)
    assert [answer.code for answer in doubt.answers] == ["two", "one"]
    assert (doubt.one.text, doubt.other and doubt.other.text) == ("县卫健委", "县卫体局")
    assert units.unit("县卫体局") == "县卫体局"
    settled = {doubt.key: [(DECEMBER, "one")]}
    later = register(*said, settled=settled)
    assert later.unit_then("县卫体局", NOVEMBER) == "县卫体局"
    assert later.unit_then("县卫体局", DECEMBER) == "县卫健委"
    assert [each.key for each in later.doubts] == [doubt.key]  # the answer answers something
    taken_back = {doubt.key: [(NOVEMBER, "one"), (DECEMBER, None)]}
    assert register(*said, settled=taken_back).unit("县卫体局") == "县卫体局"


def test_nobody_is_asked_about_what_a_roster_says() -> None:
    side_by_side = register(
        mention(OCTOBER, "县卫健委", "roster"), mention(OCTOBER, "县卫体局", "roster")
    )
    as_alias = register(
        mention(OCTOBER, "县卫体局"), mention(NOVEMBER, "县卫健委", "roster", "卫体局")
    )
    assert side_by_side.doubts == as_alias.doubts == []


def test_a_doubt_is_the_same_question_whatever_the_spelling() -> None:
    one = register(mention(OCTOBER, "县卫健委"), mention(OCTOBER, "县卫体局"))
    other = register(
        mention(OCTOBER, "兴县卫生健康和体育局"), mention(OCTOBER, "卫生健康委员会"),
        mention(NOVEMBER, "卫体局"),
    )  # fmt: skip
    assert [each.key for each in one.doubts] == [each.key for each in other.doubts]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("隐患台账_县水利局（10月）", "县水利局"), ("兴县水利局10月", "县水利局"),
        ("市水利局台账", None), ("台账", None), ("甲局台账", None),
    ],
)  # fmt: skip
def test_a_file_name_names_its_unit(text: str, unit: str | None) -> None:
    units = register(
        mention(OCTOBER, "县水利局"), mention(OCTOBER, "水利局"), mention(OCTOBER, "甲局")
    )
    assert units.within(text) == unit


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("附件：云顶山景区隐患台账（截至3月31日）", "云顶山风景名胜区管理委员会"),
        ("云顶山风景名胜区台账", "云顶山风景名胜区管理委员会"),
        ("云顶山酒店台账", None),
        ("白沙湾景区台账", None),  # two are called so
    ],
)
def test_a_scenic_area_is_called_so_in_short(text: str, unit: str | None) -> None:
    names = ("云顶山风景名胜区管理委员会", "白沙湾旅游景区管委会", "白沙湾景区管理委员会")
    assert register(*(mention(OCTOBER, name, "roster") for name in names)).leading(text) == unit


NAMES = ["教育局", "县教育局", "兴县教育局", "教体股", "市教育局", "县教体局", "县文旅局", "文旅局"]
DAYS = st.dates(date(2023, 10, 1), date(2023, 10, 6))
MENTIONS = st.builds(
    mention, DAYS, st.sampled_from(NAMES), st.sampled_from(["ledger", "plan"])
) | st.builds(mention, DAYS, st.sampled_from(NAMES), st.just("roster"), st.sampled_from(NAMES))


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("约谈县文旅局主要负责人、县公安局王某", {"县文化和旅游局", "县公安局"}),
        ("约谈县公安局交警大队", {"县公安局交警大队"}),  # the longer name, not the one within it
        ("约谈市公安局、各单位、甲公司", set()),
        ("", set()),
    ],
)
def test_prose_names_units_in_whatever_way_they_are_written(text: str, units: set[str]) -> None:
    day = date(2023, 10, 1)
    names = ("县文化和旅游局", "县公安局", "县公安局交警大队", "各单位")
    assert register(*(mention(day, name) for name in names)).named_in(text) == units


@pytest.mark.slow
@given(st.lists(MENTIONS, max_size=8), DAYS)
def test_what_comes_later_changes_nothing_before(mentions: Sequence[Mention], day: date) -> None:
    in_order = sorted(mentions, key=lambda each: each.day)
    then = Register((each for each in in_order if each.day <= day), "兴县")
    now = Register(in_order, "兴县")
    for each in in_order:
        if each.day <= day:
            assert now.unit_then(each.text, day) == then.unit(each.text)


@given(st.lists(MENTIONS, max_size=8))
def test_a_unit_has_one_name_and_its_name_means_itself(mentions: Sequence[Mention]) -> None:
    units = Register(sorted(mentions, key=lambda each: each.day), "兴县")
    for each in mentions:
        name = units.unit(each.text)
        assert units.unit(name) == name
        if not each.text.startswith("市"):
            bare = each.text.removeprefix("兴").removeprefix("县")
            assert units.unit(f"兴县{bare}") == name
