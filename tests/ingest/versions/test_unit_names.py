"""One name for each unit, whatever a ledger calls it."""

import pytest

from analysis.ingest.versions.unit_names import UnitNames, own_county, unit_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("县文旅局", "文旅局"), ("县文旅局", "县文化和旅游局"), ("文旅局", "兴县文化和旅游局"),
        ("山西省吕梁市兴县应急局", "县应急管理局"), ("甲镇", "甲镇人民政府"),
        ("统战部", "县委统战部"),
    ],
)  # fmt: skip
def test_spellings_of_one_unit_are_one(one: str, other: str) -> None:
    names = UnitNames([], [one, other])
    assert names.canonical(one) == names.canonical(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("县文旅局", "市文旅局"), ("甲镇", "乙镇"), ("县教育局", "县科技局"), ("文旅局", "文物局")],
)
def test_other_units_stay_apart(one: str, other: str) -> None:
    names = UnitNames([], [one, other])
    assert names.canonical(one) != names.canonical(other)


def test_units_of_two_counties_stay_apart() -> None:
    names = UnitNames([], ["兴县文旅局", "临县文旅局", "县文旅局"])
    assert len({names.canonical(each) for each in ("兴县文旅局", "临县文旅局", "县文旅局")}) == 3


def test_the_register_has_the_last_word() -> None:
    names = UnitNames([("县文旅局", "文化局、文管所")], ["兴县文化和旅游局"])
    assert {names.canonical(each) for each in ("文化局", "文管所", "兴县文化和旅游局")} == {
        "县文旅局"
    }


def test_a_file_name_names_its_unit() -> None:
    names = UnitNames([("县文旅局", "文旅局")], ["县水利局"])
    assert names.within("隐患台账_县水利局（10月）") == "县水利局"
    assert names.within("隐患台账") is None


@pytest.mark.parametrize(
    ("name", "key"),
    [("县医院", "医院"), ("县委", "县委"), ("县局", "县局"), ("兴县文旅局", "文化和旅游局")],
)
def test_a_county_is_taken_off_where_two_signs_are_left(name: str, key: str) -> None:
    assert unit_key(name, "兴") == key


def test_a_county_is_the_offices_own_where_the_units_name_just_one() -> None:
    assert own_county(["兴县教育局", "县公安局", "本县医院"]) == "兴"
    assert own_county(["兴县教育局", "岚县教育局"]) == ""
    assert own_county(["县公安局"]) == ""


def test_a_unit_in_a_file_name_has_three_signs_at_least() -> None:
    names = UnitNames([("甲局", None), ("县乙局", None)], [])
    assert names.within("县乙局隐患台账") == "县乙局"
    assert names.within("甲局隐患台账") is None
