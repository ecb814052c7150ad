"""A half-year's usual second submissions, from files to figures: 漏报, receipts, duties."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from analysis.ingest.pipeline import ingest
from analysis.reports.quality import findings
from analysis.settings import Settings, load_settings
from analysis.warehouse.engine import fetch_rows, open_warehouse

pytestmark = pytest.mark.slow

Write = Callable[..., Path]
HEAD = [
    "隐患编号",
    "场所名称",
    "隐患描述",
    "责任单位",
    "责任人",
    "整改期限",
    "发现日期",
    "整改状态",
]
REPORT = ["报送单位", "期次起", "期次止", "零报告", "检查家次", "发现隐患数", "进展情况"]
MEASURE = ["细化措施编号", "细化措施", "牵头单位", "责任人", "完成时限", "整改状态"]


def hazards(*numbers: int) -> list[list[Any]]:
    common = ["县教育局", "某甲", "2023-12-01", "2023-09-01", "整改中"]
    return [HEAD, *([str(n), f"甲校{n}", f"第{n}间灭火器过期", *common] for n in numbers)]


def ask(home: Settings, sql: str) -> list[tuple[Any, ...]]:
    with open_warehouse(home.warehouse) as con:
        return fetch_rows(con, sql)[1]


def missing(home: Settings, as_of: str, known_on: str = "") -> list[str]:
    known = f", known_on := DATE '{known_on}'" if known_on else ""
    rows = ask(home, f"SELECT item_id FROM vanished(DATE '{as_of}'{known}) ORDER BY 1")
    return [item_id.rpartition("-")[2] for (item_id,) in rows]


def test_what_is_left_out_is_listed_from_the_day_after_the_due_day_until_it_is_found(
    home: Settings, write_sheet: Write
) -> None:
    write_sheet("2023-10-16/县教育局.xlsx", hazards(1, 2, 3))
    write_sheet("2023-10-31/县教育局.xlsx", hazards(1, 2))
    write_sheet("2023-11-15/县教育局.xlsx", hazards(1, 2))
    write_sheet("2023-11-30/县教育局.xlsx", hazards(1, 2, 3))
    ingest(home)
    days = ("2023-11-02", "2023-11-03", "2023-11-20", "2023-11-29", "2023-11-30")
    assert [missing(home, day) for day in days] == [[], ["3"], ["3"], ["3"], []]
    # What was shown before the last ledger came is shown again.
    assert missing(home, "2023-12-31", known_on="2023-11-29") == ["3"]
    assert missing(home, "2023-12-31", known_on="2023-11-02") == []


@pytest.mark.parametrize(
    ("note", "is_part"),
    [
        ("注：本表只填本期新增和进展有变化的隐患，以往上报且无变化的不再重复填报。", True),
        ("注：请勿只报新增，要报全部未销号的隐患。", False),
        ("注：只填写有变化的栏，无变化的栏不填。", False),
        ("注：仅列新增隐患", True),
        ("注：已报过没有变化的，不再填报", True),
        ("注：本表填写全部隐患，新增的用红色标出。", False),
        ("注：整改时限未注明年份的为当年。", False),
    ],
)
def test_a_note_may_say_that_a_list_holds_only_what_is_new(
    home: Settings, write_sheet: Write, note: str, is_part: bool
) -> None:
    write_sheet("2023-10-16/县教育局.xlsx", [["隐患台账"], *hazards(1, 2, 3)])
    write_sheet("2023-10-31/县教育局.xlsx", [["隐患台账"], *hazards(1, 2), [note]])
    ingest(home)
    assert missing(home, "2023-11-03") == ([] if is_part else ["3"])


@pytest.mark.parametrize(
    ("note", "is_whole"),
    [
        ("注：已复查销号的不再列出；其余未整改完的全部列入。", True),
        ("说明：未销号的隐患均在表内", True),
        ("注：未整改完的不一定全部列入。", False),
        ("注：以前各期已复查销号的不再列出。", False),
    ],
)
def test_a_note_may_say_that_all_that_is_open_is_listed(
    home: Settings, write_sheet: Write, note: str, is_whole: bool
) -> None:
    """Else one row of four is news of one hazard."""
    write_sheet("2023-10-16/县教育局.xlsx", [["隐患台账"], *hazards(1, 2, 3, 4)])
    write_sheet("2023-10-31/县教育局.xlsx", [["隐患台账"], *hazards(1), [note]])
    ingest(home)
    assert missing(home, "2023-11-03") == (["2", "3", "4"] if is_whole else [])


@pytest.mark.parametrize("title", ["隐患清单（2023年9月以来）", "隐患清单（2023年9月1日至今）"])
def test_from_when_on_a_list_goes_is_not_its_half_month(
    home: Settings, write_sheet: Write, title: str
) -> None:
    write_sheet("2023-10-31/县教育局.xlsx", [[title], *hazards(1, 2, 3)])
    write_sheet("2023-11-15/县教育局.xlsx", [[title], *hazards(1, 2)])
    ingest(home)
    assert missing(home, "2023-11-20") == ["3"]


@pytest.mark.parametrize(
    ("level", "signed", "is_told"),
    [
        ("一般", "某乙", False),
        ("一般", "某甲", True),  # who answers for it cannot accept it
        ("一般", "", True),
        ("重大", "某乙", True),  # the office alone closes it
    ],
)
def test_what_its_unit_accepted_may_be_left_out(
    home: Settings, write_sheet: Write, level: str, signed: str, is_told: bool
) -> None:
    head = [*HEAD, "隐患等级", "整改完成日期", "验收人", "验收日期"]
    rows = [head, *([*row, "一般", "", "", ""] for row in hazards(1, 2)[1:])]
    third = [*hazards(3)[1][:-1], "已整改", level, "2023-10-08", signed, "2023-10-10"]
    write_sheet("2023-10-16/县教育局.xlsx", [*rows, third])
    write_sheet("2023-10-31/县教育局.xlsx", rows)
    ingest(home)
    told = ask(home, "SELECT item_id FROM quality WHERE rule = 'vanished'")
    assert told == [("H-县教育局-3",)] * is_told
    assert missing(home, "2023-11-20") == ["3"] * is_told


def test_it_stands_in_every_later_quality_report(home: Settings, write_sheet: Write) -> None:
    write_sheet("2023-10-16/县教育局.xlsx", [["填报单位：县教育局"], *hazards(1, 2, 3)])
    write_sheet("2023-10-31/县教育局.xlsx", [["填报单位：县教育局"], *hazards(1, 2)])
    write_sheet("2023-11-15/县教育局.xlsx", [["填报单位：县教育局"], *hazards(1, 2)])
    ingest(home)

    def told(day: date) -> list[str]:
        with open_warehouse(home.warehouse) as con:
            rows = findings(con, ["县教育局"], as_of=day)
        return [row["事项编号"] for row in rows if row["规则"] == "未销号而消失"]

    assert told(date(2023, 11, 2)) == []
    assert told(date(2023, 11, 3)) == told(date(2023, 12, 20)) == ["H-县教育局-3"]
    write_sheet("2023-12-15/县教育局.xlsx", [["填报单位：县教育局"], *hazards(1, 2, 3)])
    ingest(home)
    assert told(date(2023, 12, 20)) == []


def report(*cells: Any) -> list[list[Any]]:
    return [["填报单位：县教育局"], REPORT, ["县教育局", *cells]]


def punctuality(home: Settings, as_of: str) -> list[tuple[str, str, str]]:
    rows = ask(
        home,
        "SELECT period_start, due_on, submitted_on, state "
        f"FROM report_punctuality(DATE '{as_of}') ORDER BY 1",
    )
    return [(str(due), str(sent), state) for _, due, sent, state in rows]


def test_a_report_without_its_day_is_reported_when_it_was_received(
    home: Settings, write_sheet: Write
) -> None:
    first = ("2023-10-01", "2023-10-15", "是", 0, 0, "无")
    second = ("2023-10-16", "2023-10-31", "否", 3, 1, "正常")
    write_sheet("2023-10-16/县教育局/001_半月报.xlsx", report(*first))
    write_sheet("2023-11-06/县教育局.xlsx", report(*second))
    ingest(home)
    assert punctuality(home, "2023-11-16") == [
        ("2023-10-17", "2023-10-16", "in_time"),
        ("2023-11-02", "2023-11-06", "late"),
        ("2023-11-17", "None", "pending"),
    ]
    # 2 December is a Saturday: the report on 16–30 November is due on Monday.
    assert punctuality(home, "2023-12-04")[3] == ("2023-12-04", "None", "pending")
    assert punctuality(home, "2023-12-05")[3] == ("2023-12-04", "None", "missing")


def test_an_office_that_does_not_move_its_due_days(home: Settings, write_sheet: Write) -> None:
    toml = "report_grace_days = 3\nreport_due_on_workdays = false\n"
    (home.home / "yanpan.toml").write_text(toml, encoding="utf-8")
    said = report("2023-10-16", "2023-10-31", "是", 0, 0, "无")
    write_sheet("2023-11-03/县教育局/001_半月报.xlsx", said)
    ingest(load_settings(home.home))
    # 18 November is a Saturday, and stays the due day.
    assert punctuality(home, "2023-11-16") == [
        ("2023-11-03", "2023-11-03", "in_time"),
        ("2023-11-18", "None", "pending"),
    ]
    assert punctuality(home, "2023-11-19")[1] == ("2023-11-18", "None", "missing")


def test_a_plan_that_is_sent_again_keeps_its_start_and_one_known_later_changes_no_day_before(
    home: Settings, write_sheet: Write
) -> None:
    study = "党组每月至少开展1次安全生产专题学习"
    for day, person in (("2023-10-09", "某甲"), ("2023-12-05", "某乙")):
        row = ["5-1", study, "县教育局", person, "长期坚持", "整改中"]
        write_sheet(f"{day}/整改措施台账.xlsx", [["整改措施台账"], MEASURE, row])
    ingest(home)
    sql = "SELECT period_start::VARCHAR, state FROM duty_compliance(DATE '2023-12-31') ORDER BY 1"
    assert ask(home, sql) == [
        ("2023-11-01", "short"), ("2023-12-01", "running"),
    ]  # fmt: skip


def test_two_units_number_one_in_the_offices_list_are_two_inspections(
    home: Settings, write_sheet: Write
) -> None:
    head = ["检查编号", "检查日期", "检查类型", "被检查单位", "检查单位", "检查人员", "公示日期"]
    rows = [
        ["1", "2023-10-09", "双随机抽查", "甲校", "县教育局", "某甲、某乙", "2023-10-12"],
        ["1", "2023-10-10", "双随机抽查", "乙站", "县交通运输局", "某丙", "2023-10-09"],
    ]
    write_sheet("2023-10-16/检查台账.xlsx", [["填报单位：专班办公室"], head, *rows])
    ingest(home)
    assert ask(home, "SELECT count(*) FROM inspections(DATE '2023-10-20')") == [(2,)]
    found = ask(home, "SELECT rule, row_no FROM quality WHERE rule <> 'missing' ORDER BY rule")
    assert found == [("R26", 4), ("date_order", 4)]
