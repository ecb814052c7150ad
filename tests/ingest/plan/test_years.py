"""Which year a day without one belongs to in a plan: the document says, or the day it came."""

import os
import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from analysis.ingest.pipeline import Report, ingest
from analysis.ingest.plan import Plan, apply_rules, read_plan
from analysis.ingest.plan.figures import Years, figures_of
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse

#: 模拟数据: a plan of an invented county in which no year stands.
LINES = """甲县文旅局文件
表现形式2:会议要求笼统;1月至8月发生各类事故(不含交通)12起、死亡8人。
整改措施(4):会议要明确时限要求。
细化措施:
(4-1):推行挂牌责任制。
时序进度:9月30日前,全部进入工作状态,10月15日为第一个工作节点,以后每15天为一个工作节点,(4-1)项1月31日前完成。
自查问题:监管有差距。
工作措施1:落实到人。
责任单位:县文旅局
责任人:张三局长
完成时限:10月30日前完成。
工作措施2:常抓不懈。
责任单位:县文旅局
完成时限:长期坚持。""".splitlines()

Ask = Callable[[str], list[tuple[Any, ...]]]


def plan_of(lines: list[str], received: date | None = None) -> Plan:
    plan = read_plan(lines, received)
    assert plan
    return plan


def due(plan: Plan) -> dict[str, date | None]:
    return {item.number: item.due_on for item in plan.items}


@pytest.mark.parametrize(
    "line",
    [
        "甲文旅发〔2023〕7号",
        "甲文旅函〔2023〕7号",
        "2023年9月28日",
        "二〇二三年九月二十八日",
        "2023-9-28",
    ],
)
def test_the_year_of_the_document_stands_above_the_day_it_came(line: str) -> None:
    plan = plan_of([*LINES, line], date(2025, 3, 1))
    assert due(plan)["自查1"] == date(2023, 10, 30)
    assert plan.figures[0].end == date(2023, 8, 31)


def test_the_number_of_another_document_gives_no_year() -> None:
    cited = "按照乙安办〔2019〕5号通知办理。"
    assert due(plan_of([*LINES, cited], date(2023, 9, 28)))["自查1"] == date(2023, 10, 30)


@pytest.mark.parametrize(
    "sentence",
    [
        "2021年以来,全县发生多起事故。",
        "按照乙安办发〔2019〕5号文件",
        "根据省安委会2021年部署,制定本方案。",
        "自2021年3月1日",
    ],
)
def test_a_year_inside_a_sentence_is_not_the_plans(sentence: str) -> None:
    lines = [LINES[0], sentence, *LINES[1:]]
    assert due(plan_of(lines, date(2023, 9, 28)))["自查1"] == date(2023, 10, 30)
    assert due(plan_of(lines))["自查1"] is None


def test_a_title_gives_the_year_and_the_day_of_issue_stands_above_it() -> None:
    titled = [LINES[0], "甲县2022年文化旅游安全整改方案", *LINES[1:]]
    assert due(plan_of(titled, date(2025, 3, 1)))["自查1"] == date(2022, 10, 30)
    issued = [*titled, "甲县人民政府办公室", "2023年9月28日印发"]
    assert due(plan_of(issued, date(2025, 3, 1)))["自查1"] == date(2023, 10, 30)


def test_days_count_from_the_day_of_issue() -> None:
    """«1月31日» in a plan of September is next year's; of the year alone it is that year's."""
    assert due(plan_of([*LINES, "2023年9月28日"]))["4-1"] == date(2024, 1, 31)
    assert due(plan_of([*LINES, "甲文旅发〔2023〕7号"]))["4-1"] == date(2023, 1, 31)


def test_an_old_plan_that_is_read_today_is_no_error(
    home: Settings, report_of: Callable[[], Report], ask: Ask
) -> None:
    path = home.raw / "2026-11-02" / "方案.txt"
    path.parent.mkdir()
    path.write_text("\n".join([*LINES, "2021年9月28日"]), encoding="utf-8")
    report_of()
    assert ask(DUE) == [(date(2021, 10, 30),)]
    assert ask("SELECT message FROM quality WHERE rule = 'date_far'") == []


def test_without_one_a_day_lies_near_the_day_on_which_the_plan_came() -> None:
    plan = plan_of(LINES, date(2023, 9, 28))
    assert due(plan) == {
        "4-1": date(2024, 1, 31), "自查1": date(2023, 10, 30), "自查2": None,
    }  # fmt: skip
    clause = plan.items[0].clause
    assert (clause.start_on, clause.first_node_on) == (date(2023, 9, 30), date(2023, 10, 15))
    assert (plan.figures[0].start, plan.figures[0].end) == (date(2023, 1, 1), date(2023, 8, 31))


def test_a_figure_speaks_of_months_that_are_over() -> None:
    assert plan_of(LINES, date(2024, 1, 15)).figures[0].end == date(2023, 8, 31)
    assert plan_of(LINES, date(2023, 8, 28)).figures[0].end == date(2023, 8, 31)


def test_where_neither_gives_a_year_the_days_stay_open_and_are_told() -> None:
    plan = plan_of(LINES)
    assert due(plan) == {"4-1": None, "自查1": None, "自查2": None}
    clause = plan.items[0].clause
    assert (clause.start_on, clause.first_node_on, clause.node_days) == (None, None, 15)
    assert plan.items[2].clause.is_ongoing
    assert (plan.figures[0].start, plan.figures[0].end) == (None, None)
    told = [(f.rule, f.line, f.value) for f in apply_rules(plan) if "没有年份" in f.message]
    assert told == [
        ("unreadable", 2, "1月至8月"),
        ("deadline_without_base", 6, LINES[5].removeprefix("时序进度:")),
        ("deadline_without_base", 11, "10月30日前完成。"),
    ]
    r10 = [f.message for f in apply_rules(plan) if f.rule == "R10"]
    assert [re.match(r"\S+", message).group() for message in r10] == ["自查2"]  # type: ignore[union-attr]


def test_a_day_that_does_not_exist_is_told_and_the_rest_is_read() -> None:
    lines = [*LINES, "2023年9月28日"]
    lines[10] = "完成时限:2月30日前完成。"
    lines[1] = lines[1].replace("1月至8月", "1月至13月")
    plan = plan_of(lines)
    assert due(plan) == {"4-1": date(2024, 1, 31), "自查1": None, "自查2": None}
    assert (plan.figures[0].accidents, plan.figures[0].end) == (12, None)
    told = [(f.line, f.message) for f in apply_rules(plan) if f.rule == "unreadable"]
    assert [row for row, _ in told] == [2, 11]
    assert all("没有这一天" in message for _, message in told)


@pytest.fixture
def ask(home: Settings) -> Ask:
    def ask(sql: str) -> list[tuple[Any, ...]]:
        with open_warehouse(home.warehouse) as con:
            return fetch_rows(con, sql)[1]

    return ask


DUE = "SELECT due_on FROM measure WHERE sub_no = '自查1'"


def test_the_same_file_is_read_the_same_way_on_any_day(
    home: Settings, report_of: Callable[[], Report], ask: Ask
) -> None:
    """The reading is kept by the file's hash: what it depends on stands in its key."""
    path = home.raw / "2023-09-28" / "方案.txt"
    path.parent.mkdir()
    path.write_text("\n".join(LINES), encoding="utf-8")
    report_of()
    assert ask(DUE) == [(date(2023, 10, 30),)]
    path.parent.rename(home.raw / "2024-09-28")
    report_of()
    assert ask(DUE) == [(date(2024, 10, 30),)]
    ingest(home, received=None, paths=[])
    assert ask(DUE) == [(date(2024, 10, 30),)]


def test_the_date_of_the_file_itself_is_no_year_until_somebody_says_when_it_came(
    home: Settings, report_of: Callable[[], Report], ask: Ask
) -> None:
    path = home.raw / "方案.txt"
    path.write_text("\n".join(LINES), encoding="utf-8")
    os.utime(path, times=(datetime(2021, 5, 1).timestamp(),) * 2)
    report_of()
    assert ask(DUE) == [(None,)]
    assert ask("SELECT accidents, period_end FROM accident_stat") == [(12, None)]
    told = ask("SELECT message FROM quality WHERE rule = 'deadline_without_base' ORDER BY row_no")
    assert "--received" in told[0][0]
    ingest(home, [path], date(2023, 9, 28))
    assert ask(DUE) == [(date(2023, 10, 30),)]
    assert ask("SELECT * FROM quality WHERE rule = 'deadline_without_base'") == []


CLOCK = re.compile(r"\b(?:date|datetime)\.(?:today|now|utcnow)\(|\btime\.time\(")
#: File → why it may know what time it is: it puts a stamp on what happens at that moment.
STAMPS = {
    "publications.py": "when it was published", "writing.py": "when the backup was made",
    "seals.py": "when a book was sealed", "leftovers.py": "whether what a killed run left is old",
    "audit.py": "when somebody did something", "drafts.py": "when an upload was received",
    "acceptance.py": "when an acceptance was recorded", "received.py": "when a file was taken in",
    "readback.py": "which rows wait today for the office's word",
    "withdrawal.py": "an example of a path, with today's day",
    "setting_right.py": "when the office set a reading right",
    "values.py": "that a day typed into a form is not ahead",
    "records.py": "on which day a record of a form lands",
    "settling.py": "from which day an answer of the office's counts",
    "quota.py": "how much a unit has sent today",
}  # fmt: skip


def test_nothing_that_reads_or_measures_looks_at_the_clock() -> None:
    root = Path(__file__).parents[3] / "analysis"
    found = {
        path.relative_to(root)
        for path in root.rglob("*.py")
        if CLOCK.search(path.read_text(encoding="utf-8"))
    }
    asked = {path for path in found if path.parts[0] not in {"cli", "bench"}}
    assert {path.name for path in asked} == STAMPS.keys()


@pytest.mark.parametrize(
    ("due", "day"),
    [
        ("2024年7月31日前", date(2024, 7, 31)),
        ("7月31日前", None),
        ("2024年7月底，9月底前", date(2024, 9, 30)),
    ],
)
def test_a_deadline_with_its_year_needs_none_from_the_document(due: str, day: date | None) -> None:
    plan = read_plan(
        ["甲县整改方案", "整改措施：", "1.清理通道。", "牵头单位：县文旅局", f"时限：{due}"]
    )
    assert plan
    assert [item.due_on for item in plan.items] == [day]
    assert [each.rule for each in plan.unread_days] == ([] if day else ["deadline_without_base"])


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2023年", (1, 1), (12, 31)), ("2023年1-8月", (1, 1), (8, 31)),
        ("2023年3至5月", (3, 1), (5, 31)), ("2023年7月", (7, 1), (7, 31)),
        ("2023年一季度", (1, 1), (3, 31)), ("2023年第二季度", (4, 1), (6, 30)),
        ("2023年三季度", (7, 1), (9, 30)), ("2023年第四季度", (10, 1), (12, 31)),
        ("2023年前三季度", (1, 1), (9, 30)), ("2023年上半年", (1, 1), (6, 30)),
        ("2023年下半年", (7, 1), (12, 31)),
    ],
)  # fmt: skip
def test_the_first_and_the_last_day_of_a_period(
    period: str, first: tuple[int, int], last: tuple[int, int]
) -> None:
    text = f"{period},全县发生生产安全事故12起,死亡3人。"
    (figure,) = figures_of([(1, text)], Years(date(2024, 2, 1), 2023), [])
    assert (figure.start, figure.end) == (date(2023, *first), date(2023, *last))
    assert (figure.accidents, figure.deaths) == (12, 3)


def test_a_month_that_is_none_leaves_the_period_open_and_is_told() -> None:
    problems: list[Any] = []
    text = "2023年3-14月,全县发生生产安全事故12起。"
    (figure,) = figures_of([(1, text)], Years(None, None), problems)
    assert (figure.start, figure.end) == (None, None)
    assert [each.rule for each in problems] == ["unreadable"]
