"""The plan is received, then what is sent on it: figures on every day before and after.

模拟数据, apart from the real plan, which is read where it lies beside the checkout.
"""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse

REAL = Path(__file__).parents[5] / "shared" / "plan" / "方案.txt"
HAS_PLAN = pytest.mark.skipif(not REAL.exists(), reason="the plan does not lie beside the checkout")
Write = Callable[..., Path]

#: 模拟数据: a plan with two measures under one clause, and one that the office found.
PLAN = """甲文旅发〔2023〕7号
关于印发《甲县安全生产政治监督反馈问题整改方案》的通知
表现形式2:会议要求笼统。
整改措施(4):会议要明确时限要求,责任要落实到人。
细化措施:
(4-1):每季度召开1次安全生产例会,分析形势,研究解决具体问题。
(4-2):制定出台安全生产会议制度,明确责任分工。
时序进度:9月30日前,全部进入工作状态,10月15日为第一个工作节点,以后每15天为一个工作节点,(4-2)项10月31日前完成。
自查问题:监管有差距。
工作措施1:推行挂牌责任制,落实到人。
责任单位:县文旅局
责任人:某甲局长
完成时限:10月30日前完成。
2023年9月20日"""
HEAD = ["编号", "细化措施", "牵头单位", "责任人", "完成时限", "整改状态", "完成日期"]


def put(home: Settings, text: str, name: str) -> None:
    path = home.raw / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def ask(home: Settings, sql: str) -> list[tuple[Any, ...]]:
    ingest(home)
    with open_warehouse(home.warehouse) as con:
        return fetch_rows(con, sql)[1]


def rows(home: Settings, sql: str) -> list[tuple[Any, ...]]:
    """Ask what has been published."""
    with open_warehouse(home.warehouse) as con:
        return fetch_rows(con, sql)[1]


def report(write_sheet: Write, name: str, *progress: list[Any], title: str = "进展情况") -> None:
    write_sheet(name, [[title], ["填报单位：县文旅局"], HEAD, *progress])


def test_a_progress_report_keeps_the_nodes_on_every_day(home: Settings, write_sheet: Write) -> None:
    put(home, PLAN, "2023-09-25/方案.txt")
    due = {"4-1": None, "4-2": date(2023, 10, 31), "自查1": date(2023, 10, 30)}
    assert dict(ask(home, "SELECT sub_no, due_on FROM measure")) == due
    report(
        write_sheet, "2023-11-01/进展.xlsx",
        ["4-2", "出台会议制度", "县文旅局", "某甲", "", "已整改", "2023-10-30"],
        ["4-1", "每季度召开例会", "县文旅局", "某甲", "", "整改中", ""],
    )  # fmt: skip
    ingest(home)
    assert dict(rows(home, "SELECT sub_no, due_on FROM measure WHERE known_to IS NULL")) == due
    for day in range(60):
        on = date(2023, 9, 26) + timedelta(days=day)
        planned = rows(home, f"SELECT max(planned_total) FROM node_progress(DATE '{on}')")
        assert planned == [(2,)], on
    assert rows(home, "SELECT total, done, on_time FROM overview(DATE '2023-11-02')") == [(3, 1, 1)]
    before = "SELECT done FROM overview(DATE '2023-11-02', known_on := DATE '2023-10-31')"
    assert rows(home, before) == [(0,)]


def test_a_template_row_with_a_blank_deadline_stays_in_the_rates(
    home: Settings, write_sheet: Write
) -> None:
    put(home, PLAN, "2023-09-25/方案.txt")
    done = ["自查1", "推行挂牌责任制", "县文旅局", "某甲", None, "已整改", "2023-10-28"]
    report(write_sheet, "2023-11-01/进展.xlsx", done)
    assert ask(home, "SELECT state, due_on FROM items(DATE '2023-11-02', NULL) WHERE is_done") == [
        ("accepting", date(2023, 10, 30))
    ]
    kept = rows(home, "SELECT cell, severity FROM quality WHERE rule = 'blank_kept'")
    assert kept == [("E4", "info")]


def test_the_plan_sent_again_in_january_changes_no_record(home: Settings) -> None:
    put(home, PLAN, "2023-09-25/方案.txt")
    once = ask(home, "SELECT item_id, due_on, start_on, first_node_on FROM measure ORDER BY ALL")
    put(home, PLAN.replace("\n", "\n\n"), "2024-01-05/方案.txt")
    again = "SELECT item_id, due_on, start_on, first_node_on FROM measure ORDER BY ALL"
    assert ask(home, again) == once
    assert rows(home, "SELECT rows_duplicate FROM submission WHERE path LIKE '2024%'") == [(3,)]


def test_the_plan_stands_in_a_table_of_its_own(home: Settings) -> None:
    put(home, PLAN, "2023-09-25/方案.txt")
    assert ask(home, "SELECT plan_id, number, title, issued_on, known_to FROM plan") == [
        ("甲文旅发〔2023〕7号", "甲文旅发〔2023〕7号", "甲县安全生产政治监督反馈问题整改方案",
         date(2023, 9, 20), None),
    ]  # fmt: skip
    assert rows(home, "SELECT DISTINCT plan FROM measure") == [("甲文旅发〔2023〕7号",)]


def test_a_deadline_of_the_body_for_nobody_is_provisional(home: Settings) -> None:
    put(home, PLAN.replace("(4-2)项", "(4-3)项"), "2023-09-25/方案.txt")
    given = ask(home, "SELECT sub_no, due_on, due_is_provisional FROM measure ORDER BY sub_no")
    assert given[1] == ("4-2", date(2023, 10, 31), True)
    told = rows(home, "SELECT value, severity FROM quality WHERE rule = 'R02' ORDER BY severity")
    assert [severity for _, severity in told] == ["doubt", "error"]
    assert told[1][0] == "4-3"
    assert rows(home, "SELECT count(*) FROM doubt WHERE rule = 'R02'") == [(1,)]


@pytest.mark.parametrize(
    ("answer", "then"),
    [
        ("4-2", [("4-1", None, None), ("4-2", date(2023, 10, 31), None)]),
        ("4-1", [("4-1", date(2023, 10, 31), None), ("4-2", None, None)]),
        ("都不是", [("4-1", None, None), ("4-2", None, None)]),
        ("撤回", [("4-1", None, None), ("4-2", date(2023, 10, 31), True)]),
    ],
)
def test_a_person_says_whose_deadline_it_is_from_his_day_on(
    home: Settings, answer: str, then: list[tuple[Any, ...]]
) -> None:
    put(home, PLAN.replace("(4-2)项", "(4-3)项"), "2023-09-25/方案.txt")
    ((key,),) = ask(home, "SELECT doubt_key FROM doubt WHERE rule = 'R02'")
    entry = f'doubt = "{key}"\nanswer = "{answer}"\nby = "某甲"\non = 2023-10-05\nwhy = "核实"\n'
    put(home, f"[[confirmation]]\n{entry}", "confirmations.toml")
    wanted = "SELECT sub_no, due_on, due_is_provisional FROM measure"
    of_two = "sub_no LIKE '4-%' AND known_to IS NULL ORDER BY sub_no"
    assert ask(home, f"{wanted} WHERE {of_two}") == then
    before = "sub_no = '4-2' AND known_from = DATE '2023-09-25'"
    assert rows(home, f"{wanted} WHERE {before}") == [("4-2", date(2023, 10, 31), True)]


def test_two_calendars_in_two_files_of_a_plan_are_told(home: Settings, write_sheet: Write) -> None:
    """The body asks for reports every half month, the list that came apart for nodes."""
    clause = PLAN.index("时序进度"), PLAN.index("自查问题")
    body = PLAN[: clause[0]] + PLAN[clause[1] :]
    put(
        home,
        body.replace("\n2023年", "\n各单位每半月报送一次进展情况。\n2023年"),
        "2023-09-25/方案.txt",
    )
    when = "9月30日前全部进入工作状态，10月15日为第一个工作节点，以后每15天为一个工作节点"
    head = ["主要问题", "整改措施", "细化措施", "牵头单位", "完成时限"]
    row = [
        "会议要求笼统",
        "会议要明确时限",
        "（4-2）制定出台安全生产会议制度，明确责任分工",
        "县文旅局",
        when,
    ]
    write_sheet("2023-09-26/三清单.xlsx", [["甲县整改三清单"], head, row])
    ((severity, message),) = ask(home, "SELECT severity, message FROM quality WHERE rule = 'R07'")
    assert severity == "warning"
    assert "三清单第 3 行工作节点每 15 天一个，方案正文第 13 行信息报送每半月一次" in message


#: 模拟数据: a second plan with a measure 4-2 of its own.
OTHER = """甲文旅发〔2023〕12号
关于印发《甲县岁末年初隐患整治方案》的通知
表现形式1:设施老旧。
整改措施(4):设施要更新。
细化措施:
(4-1):更换各场所老旧灭火器材。
(4-2):更新应急广播和疏散指示设备。
时序进度:(4-1)项11月30日前完成,(4-2)项12月10日前完成。
2023年10月8日"""
FIRST, SECOND = "甲文旅发〔2023〕7号", "甲文旅发〔2023〕12号"
DONE = "SELECT item_id FROM items(DATE '{}', known_on := DATE '{}') WHERE is_done ORDER BY 1"


def of_two_plans(home: Settings, write_sheet: Write, *answers: tuple[str, str]) -> str:
    """A ledger of 1 November that says «4-2 已整改» and not of which plan; the doubt's key."""
    put(home, PLAN, "2023-09-25/方案.txt")
    put(home, OTHER, "2023-10-10/方案.txt")
    row = ["4-2", None, "县文旅局", "某甲", "", "已整改", "2023-10-30"]
    report(write_sheet, "2023-11-01/进展.xlsx", row)
    report(write_sheet, "2023-11-20/4-1.xlsx", ["4-1", "更换灭火器材", "县文旅局", "某甲", "",
                                               "整改中", ""])  # fmt: skip
    ((key,),) = ask(home, "SELECT doubt_key FROM doubt WHERE rule = 'plan_unclear'")
    entries = [
        f'[[confirmation]]\ndoubt = "{key}"\nanswer = "{answer}"\nby = "某甲"\non = {on}\n'
        'why = "核实"\n'
        for on, answer in answers
    ]
    put(home, "\n".join(entries), "confirmations.toml")
    ingest(home)
    return str(key)


def done_on(home: Settings, day: str) -> list[str]:
    return [item for (item,) in rows(home, DONE.format("2023-12-20", day))]


def test_of_which_plan_a_ledger_is_holds_from_the_day_on_which_it_is_settled(
    home: Settings, write_sheet: Write
) -> None:
    of_two_plans(home, write_sheet, ("2023-11-10", FIRST))
    assert done_on(home, "2023-10-31") == []
    assert done_on(home, "2023-11-01") == done_on(home, "2023-11-09") == ["M-2023.12-4-2"]
    assert done_on(home, "2023-11-10") == done_on(home, "2023-12-20") == ["M-4-2"]
    assert rows(home, "SELECT rule FROM quality WHERE rule = 'plan_unclear'") == []
    counted = "SELECT sum(rows_loaded), sum(rows_duplicate) FROM submission"
    assert rows(home, counted) == [(7, 0)]  # 3 and 2 of the plans, 2 of the ledgers
    # What the answer does not touch is one version still.
    untouched = "SELECT count(*) FROM measure WHERE item_id = '{}'"
    counts = [rows(home, untouched.format(item))[0][0] for item in ("M-4-1", "M-2023.12-4-1")]
    assert counts == [1, 2]


def test_an_answer_that_is_taken_back_or_says_what_was_counted_changes_nothing(
    home: Settings, write_sheet: Write
) -> None:
    of_two_plans(
        home, write_sheet, ("2023-11-05", SECOND), ("2023-11-10", FIRST), ("2023-11-15", "撤回")
    )
    days = ("2023-11-04", "2023-11-05", "2023-11-10", "2023-11-14", "2023-11-15")
    second, first = ["M-2023.12-4-2"], ["M-4-2"]
    assert [done_on(home, day) for day in days] == [second, second, first, first, second]
    assert len(rows(home, "SELECT 1 FROM quality WHERE rule = 'plan_unclear'")) == 1


def test_the_same_ledger_sent_again_after_the_answer_is_of_the_plan_that_was_settled(
    home: Settings, write_sheet: Write
) -> None:
    report(write_sheet, "2023-11-16/进展.xlsx",
           ["4-2", None, "县文旅局", "某甲", "", "已整改", "2023-10-31"])  # fmt: skip
    of_two_plans(home, write_sheet, ("2023-11-10", FIRST))
    said = "SELECT item_id, done_on, known_from FROM measure WHERE status = 'done' ORDER BY 3"
    assert rows(home, said) == [
        ("M-2023.12-4-2", date(2023, 10, 30), date(2023, 11, 1)),
        ("M-4-2", date(2023, 10, 30), date(2023, 11, 10)),
        ("M-4-2", date(2023, 10, 31), date(2023, 11, 16)),
    ]
    assert rows(home, "SELECT count(*) FROM doubt WHERE rule = 'plan_unclear'") == [(1,)]


@pytest.mark.parametrize(
    ("header", "numbers"),
    [
        ("编号", ["4-1", "4-2"]), ("措施编号", ["4-1", "4-2"]), ("序号", ["4-1", "4-2"]),
        ("序号（细化措施）", ["（4-1）", "（4-2）"]), ("细化措施序号", ["4－1", "4－2"]),
        ("细化措施编号", ["4—1", "4—2"]), ("整改措施编号", ["4.1", "4.2"]),
        ("编号", ["细化措施4-1", "细化措施4-2"]),
    ],
)  # fmt: skip
def test_a_number_column_joins_shortened_texts(
    home: Settings, write_sheet: Write, header: str, numbers: list[str]
) -> None:
    put(home, PLAN, "2023-09-25/方案.txt")
    texts = ["开例会", "出制度"]
    ledger = [
        [number, text, "县文旅局", "某甲", "", "已整改", "2023-10-30"]
        for number, text in zip(numbers, texts, strict=True)
    ]
    title = [["三清单进展情况"], ["填报单位：县文旅局"]]
    write_sheet("2023-11-01/进展.xlsx", [*title, [header, *HEAD[1:]], *ledger])
    assert ask(home, "SELECT sub_no, status FROM measure WHERE known_to IS NULL ORDER BY 1") == [
        ("4-1", "done"), ("4-2", "done"), ("自查1", None),
    ]  # fmt: skip


def test_numbers_in_front_of_shortened_texts_join_them(home: Settings, write_sheet: Write) -> None:
    put(home, PLAN, "2023-09-25/方案.txt")
    ledger = [
        ["1", "4-1 开例会", "县文旅局", "某甲", "", "已整改", "2023-10-30"],
        ["2", "（4-2）出制度", "县文旅局", "某甲", "", "整改中", ""],
    ]
    write_sheet("2023-11-01/进展.xlsx", [["三清单进展情况"], ["序号", *HEAD[1:]], *ledger])
    assert ask(home, "SELECT sub_no, status FROM measure WHERE known_to IS NULL ORDER BY 1") == [
        ("4-1", "done"), ("4-2", "in_progress"), ("自查1", None),
    ]  # fmt: skip


def test_a_running_number_joins_nothing(home: Settings, write_sheet: Write) -> None:
    put(home, PLAN, "2023-09-25/方案.txt")
    ledger = [
        ["1", "购置监控设备", "县文旅局", "某甲", "", "已整改", "2023-10-30"],
        ["2", "更新消防器材", "县文旅局", "某甲", "", "整改中", ""],
    ]
    write_sheet("2023-11-01/进展.xlsx", [["整改措施台账"], ["序号", *HEAD[1:]], *ledger])
    assert ask(home, "SELECT count(*) FROM measure WHERE known_to IS NULL") == [(5,)]


@HAS_PLAN
def test_the_real_plan_keeps_its_twelve_measures(home: Settings, write_sheet: Write) -> None:
    put(home, REAL.read_text(encoding="utf-8"), "2023-09-25/方案.txt")
    report(
        write_sheet, "2023-11-01/进展.xlsx",
        ["5-3", "专题调研", "兴县文化和旅游局", "某甲", "11月20日前", "整改中", ""],
        ["18-2", "强化研判", "兴县文化和旅游局", "某甲", "10月31日前", "已整改", "2023-10-30"],
    )  # fmt: skip
    whole = "SELECT count(*), count(due_on), count(problem), count(plan) FROM measure"
    assert ask(home, f"{whole} WHERE known_to IS NULL") == [(12, 7, 12, 12)]
    nodes = "SELECT count(first_node_on), count(start_on) FROM measure WHERE known_to IS NULL"
    assert rows(home, nodes) == [(8, 8)]
