"""Notes on what is left blank. 模拟数据."""

from datetime import date

import pytest

from analysis.ingest.files.sheets import Sheet
from analysis.ingest.measures.blanks import said_of_blanks
from analysis.ingest.plan import read_plan
from analysis.ingest.tables.shapes import with_blanks_filled
from analysis.ledgers.labels import Role

LEAD, DUE, PERSON = Role.LEAD, Role.DUE, Role.PERSON


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("说明：1.责任单位栏空白的，由县教育局负责。2.时限栏空白的，均于10月31日前完成。",
         {LEAD: "县教育局", DUE: "10月31日前"}),
        ("未明确牵头单位的由县应急局牵头，县消防大队配合",
         {LEAD: "县应急局", Role.SUPPORT: "县消防大队"}),
        ("注：未单独注明牵头单位的，牵头单位均为县教育局", {LEAD: "县教育局"}),
        ("除单独注明外，责任人均为县水利局副局长黄某某。", {PERSON: "黄某某（县水利局副局长）"}),
        ("（未注明责任单位的任务均由县专班办公室牵头）", {LEAD: "县专班办公室"}),
        ("注：其余各项由县住建局负责，12月底前完成。", {LEAD: "县住建局", DUE: "12月底前"}),
        ("整改时限未注明的，按立行立改对待", {DUE: "立行立改"}),
        ("注：第3项由甲局负责，其余由乙局负责", {}),
        ("对未明确责任单位的问题，要及时研究", {}),
        ("各单位未按要求填写时限的，予以通报", {}),
        ("牵头单位栏为空的，与上一行相同", {}),
        ("其余问题由各部门抓好整改", {}),
    ],
)  # fmt: skip
def test_what_a_note_says_of_blanks(text: str, said: dict[Role, str]) -> None:
    assert said_of_blanks(text).texts == said


def test_blank_cells_of_a_list_are_filled_by_its_note() -> None:
    rows = [
        ["序号", "整改措施", "责任单位", "责任人", "完成时限"],
        ["1", "更换摄像头", "县市场监管局", "韦某", "9月20日前"],
        ["2", "公开账目", "", "", ""],
        ["填表人：某甲", "", "", "审核人：某乙", ""],
        ["说明：责任单位栏空白的，由县教育局负责；时限未注明的，均于10月底前完成", "", "", "", ""],
    ]
    (filled,) = with_blanks_filled([Sheet("清单", rows)], [])
    assert filled.cells[2] == ["2", "公开账目", "县教育局", "", "10月底前"]
    assert [*filled.cells[:2], *filled.cells[3:]] == [*rows[:2], *rows[3:]]


def test_measures_of_a_text_are_told_by_its_note_what_they_leave_out() -> None:
    text = """甲县校园安全问题整改方案
二、整改措施
1.更换食堂摄像头21个。（责任单位：县市场监管局；时限：2024年9月20日前）
2.公开伙食费账目。（责任人：陆某）
注：未注明责任单位的，均由县教育局负责；未注明时限的，均于2024年10月31日前完成。
"""
    plan = read_plan(text.splitlines(), date(2024, 9, 1))
    assert plan is not None
    assert [(item.unit, item.due_on) for item in plan.items] == [
        ("县市场监管局", date(2024, 9, 20)),
        ("县教育局", date(2024, 10, 31)),
    ]
