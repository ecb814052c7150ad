"""Who answers is named, or not: words that fit anybody name nobody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.wording.persons.nobody import names_person, names_unit

NOBODY = [
    "分管领导",
    "负责人",
    "主要负责人",
    "相关负责人",
    "相关责任人",
    "有关人员",
    "待定",
    "待明确",
    "另行确定",
    "尚未明确",
    "暂缺",
    "各单位负责人",
    "各单位主要负责同志",
    "属地乡镇分管负责同志",
    "场所负责人",
    "企业法人",
    "安全生产负责人",
    "分管副县长",
    "党委书记",
    "县文旅局",
    "县文旅局分管领导",
    "县教育局局长",
    "各乡镇",
    "业主",
    "值班人员",
    "现场管理人员",
    "领导班子成员",
    "具体责任人",
    "无",
    "（待定）",
    "各村（社区）负责人",
    "行业主管部门负责人",
]
SOMEBODY = [
    "王某",
    "某甲",
    "张某（局长）",
    "县文旅局王某",
    "副县长李某",
    "王局长",
    "欧阳某",
    "李春园",
    "王小会",
    "任某某",
    "张部",
    "王某、相关负责人",
    "检查员1",
    "阿不都·买买提",
    "分管领导：周某",
    "局长赵某及相关人员",
]
NO_UNIT = [
    "各相关单位",
    "相关单位",
    "有关部门",
    "各有关部门",
    "成员单位",
    "各成员单位",
    "县专班成员单位",
    "专班各成员单位",
    "各乡镇",
    "各乡（镇）",
    "有关乡镇",
    "属地乡镇",
    "乡镇",
    "责任单位",
    "行业主管部门",
    "各行业主管部门",
    "待定",
    "另行确定",
    "兴县各有关部门",
    "各景区",
    "相关企业",
    "各单位",
    "属地政府",
    "各级党委政府",
    "主管部门",
]
UNITS = [
    "县文旅局",
    "县教育局",
    "县政府",
    "兴县人民政府",
    "县专班办公室",
    "甲镇",
    "甲镇人民政府",
    "县消防救援大队",
    "某某景区管委会",
    "甲宾馆",
    "县文旅局等有关单位",
    "县机关事务中心",
    "县公安局、各乡镇",
    "县文旅局有关科室",
    "无量寺景区管委会",
    "安全生产执法大队甲中队",
]
VAGUE = [
    "各",
    "各级",
    "相关",
    "有关",
    "分管",
    "主要",
    "单位",
    "部门",
    "乡镇",
    "领导",
    "负责人",
    "人员",
]


@pytest.mark.parametrize("text", NOBODY)
def test_a_post_a_body_or_a_later_day_is_no_person(text: str) -> None:
    assert not names_person(text)


@pytest.mark.parametrize("text", SOMEBODY)
def test_a_name_is_a_person_whatever_stands_around_it(text: str) -> None:
    assert names_person(text)


@pytest.mark.parametrize("text", NO_UNIT)
def test_bodies_of_a_kind_are_no_unit(text: str) -> None:
    assert not names_unit(text)


@pytest.mark.parametrize("text", UNITS)
def test_a_unit_is_one_that_is_called_by_its_name(text: str) -> None:
    assert names_unit(text)


@given(st.lists(st.sampled_from(VAGUE), min_size=1, max_size=5).map("".join))
def test_words_that_fit_anybody_fit_nobody_together(text: str) -> None:
    assert not names_person(text)
    assert not names_unit(text)


@given(st.sampled_from("王李张赵欧任"), st.text("春秋明华园会玉部镇甲乙", min_size=1, max_size=2))
def test_a_surname_and_a_given_name_are_somebody(surname: str, given_name: str) -> None:
    assert names_person(f"{surname}{given_name}")


def test_nothing_is_nobody() -> None:
    assert not names_person(None)
    assert not names_unit(None)
