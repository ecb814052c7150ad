"""A plan is read for what it lays down, and told where it contradicts itself."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest

from analysis.ingest.pipeline import ingest
from analysis.ingest.plan import Plan, apply_rules, read_plan
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse

REAL = Path(__file__).parents[4] / "shared" / "plan" / "方案.txt"

#: 模拟数据: a plan of an invented county, with one slip of each kind.
LINES = """甲县文旅局文件
甲文旅发〔2023〕7号
各乡(镇)人民政府,县专班成员单位:
问题共3条,其中共性问题2条,个性问题0条,现分解如下:
表现形式2:会议要求笼统;2022年发生各类事故(不含交通)12起、死亡8人,分别同比上升20%、60%。
整改措施(4):会议要明确时限要求,每月至少召开1次安全生产例会。
细化措施:
(4-1):每季度召开1次安全生产例会,分析形势。
(4-2):进一步提升研判能力水平。
时序进度:9月30日前,全部进入工作状态,10月15日为第一个工作节点,以后每15天为一个工作节点,按节点完成定量任务,(4-2)项10月31日前完成。
自查问题:监管有差距。
工作措施1:推行挂牌责任制,落
实到人。
责任单位:县文旅局
责任人:张三局长
完成时限:10月30日前完成。
对我市形势要定期研判,各乡(镇)建立台账;验收合格由组长签字后销号。
副组长:张三县文旅局局长
成员:县教育局、县公安局分管负责人
每半月报送一次。""".splitlines()
ANNEX = [
    [
        "主要问题",
        "表现形式",
        "整改措施",
        "细化措施",
        "整改类别",
        "牵头单位(分管负责人)",
        "配合单位(分管负责人)",
        "完成时限",
    ],
    [
        "主要问题(一):站位不高",
        "表现形式1:会议要求笼统;2022年发生各类事故(不含交通)12起、死亡8人,分别同比上升20%、60%。",
        "整改措施4:会议要明确时限要求,每月至少召开1次安全生产例会。",
        "细化措施4-1:每季度召开1次安全生产例会,分析形势。细化措施4-2:进一步提升研判",
        "长期坚持",
        "县文旅局",
        "成员单位(分管负责人)",
        "(4-3)项10月31日前完成。",
    ],
    ["", "", "", "能力水平。", "", "", "", ""],
    ["自查问题", "整改措施", "整改类别", "牵头单位(负责人)", "配合单位(负责人)", "完成时限"],
    [
        "自查问题:监管有差距。",
        "整改措施1:推行挂牌责任制,落实到人。",
        "限期整改",
        "县文旅局(张三局长)",
        "成员单位(分管负责人) 10月30日前完成",
    ],
]
LINES += ["\t".join(cells) for cells in ANNEX]


@pytest.fixture
def plan() -> Plan:
    found = read_plan(LINES)
    assert found
    return found


def test_the_measures_of_the_body_with_their_own_deadlines(plan: Plan) -> None:
    assert [(item.number, item.parent, item.due_on) for item in plan.items] == [
        ("4-1", "4", None), ("4-2", "4", date(2023, 10, 31)), ("自查1", "", date(2023, 10, 30)),
    ]  # fmt: skip
    assert plan.items[2].text == "推行挂牌责任制,落实到人。"  # cut by a page's end


def test_figures_and_organisation(plan: Plan) -> None:
    (figure,) = plan.figures
    assert (figure.accidents, figure.deaths, figure.accidents_yoy, figure.note) == (
        12, 8, 20.0, "不含交通",
    )  # fmt: skip
    assert (figure.start, figure.end) == (date(2022, 1, 1), date(2022, 12, 31))
    assert plan.members == ["县教育局", "县公安局"]
    assert (plan.doc_no, plan.year) == ("甲文旅发〔2023〕7号", 2023)


def test_the_annex_is_put_together_again(plan: Plan) -> None:
    first, second = plan.annex
    assert [(sub.number, sub.text) for sub in first.subs] == [
        ("4-1", "每季度召开1次安全生产例会,分析形势。"), ("4-2", "进一步提升研判能力水平。"),
    ]  # fmt: skip
    assert (second.cells["support_units"], second.cells["due_text"]) == (
        "成员单位(分管负责人)", "10月30日前完成",
    )  # fmt: skip


def test_a_column_of_an_annex_that_nobody_knows_moves_none_of_the_others() -> None:
    header = ["序号", *ANNEX[0][2:6], "责任人", *ANNEX[0][6:]]
    row = ["1", "整改措施4:开好会议。", "(4-1)每季度召开1次安全生产例会。", "长期坚持", "县文旅局",
           "某甲", "县教育局", "10月31日前"]  # fmt: skip
    plan = read_plan([*LINES[:10], "附件", "\t".join(header), "\t".join(row)])
    assert plan
    assert plan.annex[0].cells == {
        "measure": "整改措施4:开好会议。", "sub_measure": "(4-1)每季度召开1次安全生产例会。",
        "rect_type": "长期坚持", "unit": "县文旅局", "person": "某甲",
        "support_units": "县教育局", "due_text": "10月31日前", "problem": "",
    }  # fmt: skip
    # a column of persons names who answers
    assert not [f for f in apply_rules(plan) if f.rule == "R14" and "没有写负责人" in f.message]


@pytest.mark.parametrize(
    ("rule", "line", "says"),
    [
        ("R01", 22, "编号为 1，正文第 5 行同一内容的编号为 2"),
        ("R02", 22, "指向（4-3），没有这一条细化措施；疑为（4-2）"),
        ("R05", 6, "第 6 行（4）为每月，第 8 行（4-1）为每季度"),
        ("R06", 9, "又限 2023-10-31 完成"),
        ("R07", 10, "第 20 行信息报送每半月一次"),
        ("R08", 12, "只差一天"),
        ("R09", 9, "4-2 没有定量目标"),
        ("R10", 9, "没有可衡量的标准"),
        ("R11", 6, "明确时限"),
        ("R12", 17, "我市"),
        ("R14", 3, "第 17 行要求乡镇建立台账、限期整改，而附件责任清单中没有乡镇"),
        ("R14", 22, "没有点名单位"),
        ("R18", 4, "共 3 条，共性 2 条加个性 0 条"),
        ("R19", 12, "“张三”同时是副组长"),
        ("R30", 12, "被分页切断，已与第 13 行接上"),
        ("R30", 22, "被分页切断，已与第 23 行接上"),
        ("R30", 25, "只有 5 格，表头有 6 格"),
    ],
)
def test_each_contradiction_is_told_with_both_places(
    plan: Plan, rule: str, line: int, says: str
) -> None:
    told = [f.message for f in apply_rules(plan) if (f.rule, f.line) == (rule, line)]
    assert any(says in message for message in told), told


def test_a_plan_without_a_slip_has_no_finding_of_that_kind() -> None:
    lines = [
        *LINES[:3], "问题共3条,其中共性问题2条,个性问题1条,现分解如下:", *LINES[4:7],
        "(4-1):每月召开1次安全生产例会,研究时限要求。", *LINES[8:16],
    ]  # fmt: skip
    plan = read_plan([line.replace("我市", "我县") for line in lines])
    assert plan
    assert {"R01", "R02", "R05", "R11", "R12", "R18"}.isdisjoint(
        found.rule for found in apply_rules(plan)
    )


def ask(home: Settings, sql: str) -> list[tuple[Any, ...]]:
    with open_warehouse(home.warehouse) as con:
        return fetch_rows(con, sql)[1]


@pytest.mark.parametrize("name", ["方案.txt", "方案.docx"])
def test_a_plan_in_the_folder_becomes_measures_figures_and_units(home: Settings, name: str) -> None:
    path = home.raw / "2023-09-28" / name
    path.parent.mkdir()
    if name.endswith("txt"):
        path.write_text("\n".join(LINES), encoding="utf-8")
    else:
        save_as_document(path)
    report = ingest(home)
    assert report.rows_read == len(LINES) + 2
    assert ask(home, "SELECT sub_no, rect_type, unit, person, due_on FROM measure ORDER BY 1") == [
        ("4-1", "长期坚持", "县文旅局", None, None),
        ("4-2", "长期坚持", "县文旅局", None, date(2023, 10, 31)),
        ("自查1", "限期整改", "县文旅局", "张三局长", date(2023, 10, 30)),
    ]
    assert ask(home, "SELECT accidents, deaths_yoy_printed FROM accident_stat") == [(12, 60.0)]
    assert ask(home, "SELECT unit FROM unit ORDER BY 1") == [("县公安局",), ("县教育局",)]


def save_as_document(path: Path) -> None:
    """The same plan as a docx: paragraphs, and the annex as tables."""
    document = docx.Document()
    for line in LINES[:20]:
        document.add_paragraph(line)
    for rows in (LINES[20:23], LINES[23:]):
        cells = [line.split("\t") for line in rows]
        table = document.add_table(len(cells), len(cells[0]))
        for row, texts in zip(table.rows, cells, strict=True):
            for cell, text in zip(row.cells, texts, strict=False):
                cell.text = text
    document.save(str(path))


def test_a_text_that_is_no_plan_is_none(write_sheet: Callable[..., Path]) -> None:
    assert read_plan(["关于开展检查的通知", "请各单位认真落实。"]) is None


#: The contradictions of the first grade in the real plan, by rule and the lines that show them.
GRADE_A = {
    "X02": ("R01", 189), "X03": ("R04", 183), "X04": ("R02", 183), "X05": ("R05", 61),
    "X06": ("R06", 37), "X07": ("R06", 75), "X08": ("R07", 39), "X10": ("R09", 49),
    "X11": ("R10", 51), "X12": ("R11", 61), "X15": ("R12", 61), "X18": ("R14", 9),
    "X28": ("R30", 43), "X29": ("R30", 189), "X30": ("R30", 194), "X34": ("R16", 41),
    "X37": ("R19", 75), "X39": ("R14", 183), "X40": ("R14", 194),
}  # fmt: skip
#: Every other finding on it, by the contradiction of a lower grade that it is.
LOWER = {
    "R01": "X01", "R03": "X03 X20 X21 X24", "R08": "X09", "R12": "X13 X14 X16", "R13": "X17",
    "R16": "X34", "R29": "X21 X22 X23 X24 X25 X26", "R30": "X27 X28 X30",
}  # fmt: skip


@pytest.mark.skipif(not REAL.exists(), reason="the real plan is not at hand")
def test_every_contradiction_of_the_first_grade_is_found_in_the_real_plan() -> None:
    plan = read_plan(REAL.read_text(encoding="utf-8").splitlines())
    assert plan
    found = apply_rules(plan)
    places = {(each.rule, each.line) for each in found}
    assert {x for x, place in GRADE_A.items() if place not in places} == set()
    told = {"signers_named"}  # no contradiction, but who may sign
    known = {rule for rule, _ in GRADE_A.values()} | LOWER.keys() | told
    assert {each.rule for each in found} <= known


@pytest.mark.skipif(not REAL.exists(), reason="the real plan is not at hand")
def test_the_real_plan_gives_its_twelve_measures() -> None:
    plan = read_plan(REAL.read_text(encoding="utf-8").splitlines())
    assert plan
    assert len(plan.items) == 12
    assert {item.number: item.due_on for item in plan.items if item.due_on} == {
        "5-3": date(2023, 11, 20), "18-2": date(2023, 10, 31), "43-2": date(2023, 11, 20),
        "自查1": date(2023, 10, 30), "自查2": date(2023, 10, 30), "自查3": date(2023, 11, 20),
        "自查4": date(2023, 12, 20),
    }  # fmt: skip
    assert len(plan.members) == 26
    assert [(each.accidents, each.deaths) for each in plan.figures] == [(24, 31), (9, 11), (8, 18)]
