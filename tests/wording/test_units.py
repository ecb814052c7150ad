"""A cell of units says who leads and who supports, however it is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.wording.units import units_of, without_blanks

#: What a cell says, who leads, who supports.
CELLS = [
    ("县公安局", "县公安局", ()),
    ("县公安局、县消防救援大队", "县公安局", ("县消防救援大队",)),
    ("县教育局,县公安局;县住建局", "县教育局", ("县公安局", "县住建局")),
    ("县公安局/县住建局", "县公安局", ("县住建局",)),
    ("县公安局 县住建局", "县公安局", ("县住建局",)),
    ("县公安局\n县消防大队", "县公安局", ("县消防大队",)),
    ("甲镇、乙乡、丙街道", "甲镇", ("乙乡", "丙街道")),
    ("牵头：县住建局 配合：县应急局", "县住建局", ("县应急局",)),
    ("牵头单位：县文旅局 配合单位：县公安局、县住建局", "县文旅局", ("县公安局", "县住建局")),
    ("配合单位：县住建局；牵头单位：县公安局", "县公安局", ("县住建局",)),
    ("责任单位县公安局，配合单位县住建局", "县公安局", ("县住建局",)),
    ("县公安局（牵头）、县消防大队（配合）", "县公安局", ("县消防大队",)),
    ("县消防大队（配合）、县公安局（牵头）", "县公安局", ("县消防大队",)),
    ("县文旅局牵头，县公安局配合", "县文旅局", ("县公安局",)),
    ("县文旅局会同县公安局", "县文旅局", ("县公安局",)),
    ("县公安局和县消防大队", "县公安局", ("县消防大队",)),
    ("甲镇和乙镇", "甲镇", ("乙镇",)),
    ("县公安局等5个部门", "县公安局", ("等5个部门",)),
    # who oversees neither leads nor supports
    ("责任单位：县公安局；督办单位：县应急局", "县公安局", ()),
    # signs, blanks and 和 within one name
    ("县文化和旅游局", "县文化和旅游局", ()),
    ("县发展和改革局", "县发展和改革局", ()),
    ("县文化和\n旅游局", "县文化和旅游局", ()),
    ("县 公 安 局", "县公安局", ()),
    ("文化、广电和旅游局", "文化、广电和旅游局", ()),
    ("某甲镇党委、政府", "某甲镇党委政府", ()),
    ("甲镇和平社区", "甲镇和平社区", ()),
    ("由县文旅局牵头", "县文旅局", ()),
    ("各责任单位", "各责任单位", ()),
    ("", "", ()),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "lead", "supporters"), CELLS)
def test_who_leads_and_who_supports(cell: str, lead: str, supporters: tuple[str, ...]) -> None:
    units = units_of(cell)
    assert (units.lead, units.supporters) == (lead, supporters)


@pytest.mark.parametrize(
    ("cell", "unit", "person"),
    [
        ("县文化和旅游局（局长）", "县文化和旅游局", "局长"),
        ("县文化和旅游局(赵某)", "县文化和旅游局", "赵某"),
        ("成员单位（分管负责人）", "成员单位", None),  # the form's own placeholder
        ("县民政局（盖章）", "县民政局", None),
        ("县发改局（县粮食局）", "县发改局（县粮食局）", None),  # a second name plate
        ("县公安局（某甲）、县住建局（某乙）", "县公安局", "某甲"),
        ("县文化和旅游局", "县文化和旅游局", None),
    ],
)
def test_a_person_behind_a_unit_is_taken_out(cell: str, unit: str, person: str | None) -> None:
    units = units_of(cell)
    assert (units.lead, units.person) == (unit, person)


NAMES = st.sampled_from([
    "县公安局", "县文化和旅游局", "县发展和改革局", "县消防救援大队", "县委宣传部", "某甲镇",
    "某乙街道", "县融媒体中心", "县第一中学", "某丙旅游有限公司", "县卫生健康和体育局",
    "县人民政府办公室",
])  # fmt: skip


@pytest.mark.slow
@given(
    st.lists(NAMES, min_size=1, max_size=5, unique=True),
    st.sampled_from(["、", "，", ",", "；", ";", " ", "\n", "　", "/", "和"]),
)
def test_the_first_leads_and_no_name_is_cut(names: list[str], sign: str) -> None:
    units = units_of(sign.join(names))
    assert [units.lead, *units.supporters] == names


@given(st.text(alphabet="县公安局委和、 （）牵头配合：等政府镇某甲\n", max_size=20))
def test_any_cell_has_a_lead_or_says_nothing(text: str) -> None:
    units = units_of(text)
    assert units.lead or not text.strip("、 \n：（）配合牵头")
    assert without_blanks(without_blanks(text)) == without_blanks(text)
