"""A unit's letter that sets right a day of its own ledger, in a county with hazards (模拟数据)."""

import pytest

from analysis.ingest.letters import read_slips
from analysis.settings import Settings
from tests.ingest.letters.conftest import Send, as_before, asked, state_of

TITLE = "关于10月上半月隐患台账有关日期的更正说明"
DOOR, BOX = "舞蹈室疏散门", "配电箱"
SAID = (
    "我局报送的台账中，“县少年宫　三楼舞蹈室疏散门上锁”一条，"
    "整改时限误填为2023年10月31日，应为2023年11月20日，请以本说明为准。"
)
UNIT = {"by": "沙湾县教育局", "to": "县专班办公室"}


@pytest.mark.parametrize(
    "body",
    [
        SAID,
        SAID.replace("误填为", "错写成").replace("应为", "现更正为"),
        "因工作疏忽，“县少年宫三楼舞蹈室疏散门上锁”的整改期限误录为10月31日，应是2023年11月20日。",
    ],
)
def test_a_unit_sets_right_the_deadline_of_the_hazard_that_it_names(
    county: Settings, send: Send, body: str
) -> None:
    send(TITLE, body, **UNIT)
    assert state_of(county, DOOR) == ("2023-11-20", "open", "沙湾县教育局")
    assert state_of(county, BOX) == ("2023-10-31", "overdue", "沙湾县教育局")
    assert asked(county, "SELECT count(DISTINCT item_id) FROM hazard") == [(5,)]
    assert asked(county, "SELECT message FROM quality WHERE rule = 'vanished'") == []


@pytest.mark.parametrize(
    ("title", "body", "by"),
    [
        ("关于县少年宫隐患延期的申请", SAID, "沙湾县教育局"),
        (TITLE, SAID.replace("请以本说明为准", "可否照此更正，请批示"), "沙湾县教育局"),
        (TITLE, SAID, "沙湾县水利局"),
        (TITLE, SAID.replace("三楼舞蹈室疏散门上锁", "天台护栏缺失"), "沙湾县教育局"),
        (TITLE, SAID.replace("误填为2023年10月31日，应为", "由2023年10月31日延至"), "沙湾县教育局"),
    ],
    ids=["asks", "asks in it", "of another unit", "no such hazard", "not a slip"],
)
def test_what_is_no_correction_of_its_own_row_changes_nothing(
    county: Settings, send: Send, title: str, body: str, by: str
) -> None:
    send(title, body, by=by, to="县专班办公室")
    assert as_before(county)
    sql = (
        "SELECT count(*) FROM quality JOIN submission USING (submission_id) "
        "WHERE path LIKE '%来件%'"
    )
    ((count,),) = asked(county, sql)
    assert count  # it is told


@pytest.mark.parametrize(
    ("line", "row"),
    [
        (
            "“某馆疏散门上锁”一条，完成时间误填为10月3日，应为10月13日。",
            ["某馆疏散门上锁", "", "10月13日"],
        ),
        ("“某馆疏散门上锁”一条，整改期限误填为10月3日。", None),
        (
            "“某馆疏散门上锁”整改期限误填为10月3日，应为10月13日；"
            "“某馆配电箱未接地”整改期限误填为10月4日，应为10月14日。",
            None,  # two in one line
        ),
    ],
)
def test_a_line_names_one_hazard_one_column_and_the_right_day(
    line: str, row: list[str] | None
) -> None:
    read = read_slips([TITLE, "县专班办公室：", line, "某县教育局", "2023年10月24日"])
    assert (read.cells[1:] if read else None) == ([row] if row else None)
