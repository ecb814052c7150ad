"""What a unit tells otherwise of what it did counts once the office has said so: 模拟数据."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from tests.ingest.answering import ask, settle

Write = Callable[..., Path]
HEADER = [
    "检查编号", "检查日期", "检查类型", "被检查单位", "检查人员", "发现隐患数", "重大隐患数",
    "检查结果", "公示日期",
]  # fmt: skip


def visit(
    kind: str = "双随机抽查", found: str = "5", major: str = "2", published: str = ""
) -> list[str]:
    """甲局's visit of 9 October, to be published within 20 working days, by 6 November."""
    return ["1", "2023-10-09", kind, "某宾馆", "某甲、某乙", found, major, "责令改正", published]


def upload(write_sheet: Write, day: str, *visits: list[str]) -> None:
    """As the account of 甲局 sends it."""
    rows = [["甲局安全检查台账"], ["填报单位：甲局"], HEADER, *visits]
    write_sheet(f"{day}/甲局/001_台账.xlsx", rows)


def counted(home: Settings, known_on: str = "2023-12-31") -> list[tuple[Any, ...]]:
    sql = (
        "SELECT kind, hazards_found, major_hazards_found, strftime(published_on, '%m-%d') "
        f"FROM inspections(DATE '2023-12-31', known_on := DATE '{known_on}')"
    )
    return ask(home, sql)


def asked(home: Settings) -> list[tuple[Any, ...]]:
    return ask(home, "SELECT question, doubt_key FROM doubt WHERE rule = 'revising'")


def test_a_visit_that_is_told_of_otherwise_counts_as_it_was_until_the_office_agrees(
    home: Settings, write_sheet: Write
) -> None:
    upload(write_sheet, "2023-11-01", visit(published="2023-11-20"))
    upload(write_sheet, "2023-11-25", visit(found="3", major="0", published="2023-11-03"))
    ingest(home)
    assert counted(home) == [("双随机抽查", 5, 2, "11-20")]
    told = asked(home)
    visited = "检查“某宾馆 2023-10-09 双随机抽查 某甲、某乙”报送改为："
    assert sorted(question for question, _ in told) == [
        f"{visited}公示日期“2023-11-20”→“2023-11-03”，是否属实",
        f"{visited}发现隐患数“5”→“3”，是否属实",
        f"{visited}重大隐患数“2”→“0”，是否属实",
    ]
    (key,) = [key for question, key in told if "“5”→“3”" in question]
    settle(home, key, ("granted", "2023-12-01"))
    assert counted(home) == [("双随机抽查", 3, 2, "11-20")]  # each by itself
    assert counted(home, "2023-11-30") == [("双随机抽查", 5, 2, "11-20")]


@pytest.mark.parametrize("kind", ["双·随机抽查", "双 随机抽查", "双（随机）抽查", "双随机抽查。"])
def test_another_mark_makes_no_other_kind_of_a_visit(
    home: Settings, write_sheet: Write, kind: str
) -> None:
    """What was to be published still is, though nobody is asked about a mark."""
    upload(write_sheet, "2023-11-01", visit())
    upload(write_sheet, "2023-11-25", visit(kind=kind))
    ingest(home)
    assert counted(home) == [("双随机抽查", 5, 2, None)]


def test_an_answer_is_about_what_counted_then(home: Settings, write_sheet: Write) -> None:
    """3 instead of 5 is agreed to; then the office says 8, and its unit 3 once more."""
    upload(write_sheet, "2023-11-01", visit())
    upload(write_sheet, "2023-11-10", visit(found="3"))
    ingest(home)
    ((_, key),) = asked(home)
    settle(home, key, ("granted", "2023-11-12"))
    rows = [["甲局安全检查台账"], ["填报单位：甲局"], HEADER, visit(found="8")]
    write_sheet("2023-11-20/台账.xlsx", rows)
    upload(write_sheet, "2023-11-25", visit(found="3"))
    ingest(home)
    assert counted(home) == [("双随机抽查", 8, 2, None)]


def test_a_correction_of_a_half_month_is_the_offices_word(
    home: Settings, write_sheet: Write
) -> None:
    for day, found in (("2023-10-18", "12"), ("2023-10-25", "12")):
        said = ["甲局", "2023-10-01", "2023-10-15", "8" if day < "2023-10-20" else "9", found]
        write_sheet(
            f"{day}/甲局/001_台账.xlsx", [["甲局半月报"], ["填报单位：甲局"], REPORTS, said]
        )
    (home.raw / "corrections.toml").write_text(
        '[[correction]]\nledger = "half_month"\n'
        'match = { unit = "甲局", period_start = "2023-10-01" }\n'
        'field = "hazards_found"\nvalue = "9"\nreason = "核对"\ntold = "甲局联络员"\n'
        'status = "待更正"\non = 2023-10-26\n',
        encoding="utf-8",
    )
    ingest(home)
    sql = "SELECT hazards_found FROM half_month WHERE known_to IS NULL"
    assert ask(home, sql) == [(9,)]
    assert [question for question, _ in asked(home)] == [
        "半月报“甲局 2023-10-01”报送改为：检查家次“8”→“9”，是否属实"
    ]


def test_what_the_office_denies_is_asked_no_more_and_counts_as_before(
    home: Settings, write_sheet: Write
) -> None:
    upload(write_sheet, "2023-11-01", visit())
    upload(write_sheet, "2023-11-25", visit(major="0"))
    ingest(home)
    ((_, key),) = asked(home)
    settle(home, key, ("denied", "2023-12-01"))
    upload(write_sheet, "2023-12-10", visit(major="0"))  # told once more
    ingest(home)
    assert counted(home) == [("双随机抽查", 5, 2, None)]
    assert ask(home, "FROM quality WHERE severity = 'doubt'") == []


@pytest.mark.parametrize(
    ("received", "question"), [("2023-11-18", False), ("2023-11-19", True)]
)  # 16 days later, and 17
def test_a_day_of_which_a_list_since_then_tells_nothing_is_asked_about(
    home: Settings, write_sheet: Write, received: str, question: bool
) -> None:
    """Published on 2 November by what is told on the 25th; the same list came twice before."""
    upload(write_sheet, "2023-10-10", visit())
    upload(write_sheet, received, visit())
    upload(write_sheet, "2023-11-25", visit(published="2023-11-02"))
    ingest(home)
    assert bool(asked(home)) is question
    assert [day for *_, day in counted(home)] == [None if question else "11-02"]


def test_what_was_blank_is_filled_in_unasked(home: Settings, write_sheet: Write) -> None:
    upload(write_sheet, "2023-10-10", visit(major=""))
    upload(write_sheet, "2023-10-25", visit(major="1", published="2023-10-20"))
    ingest(home)
    assert counted(home) == [("双随机抽查", 5, 1, "10-20")]
    assert asked(home) == []


@pytest.mark.parametrize(
    ("column", "label"), [(1, "检查日期"), (5, "发现隐患数"), (6, "重大隐患数"), (8, "公示日期")]
)
def test_what_is_taken_away_is_asked_about(
    home: Settings, write_sheet: Write, column: int, label: str
) -> None:
    told = visit(published="2023-11-20")
    upload(write_sheet, "2023-11-01", told)
    upload(write_sheet, "2023-11-25", [*told[:column], "取消", *told[column + 1 :]])
    ingest(home)
    assert counted(home) == [("双随机抽查", 5, 2, "11-20")]
    ((question, _),) = asked(home)
    assert f"报送改为：{label}“{told[column]}”→“空白”，是否属实" in question


def test_on_the_day_of_its_first_list_too(home: Settings, write_sheet: Write) -> None:
    rows = [["甲局安全检查台账"], ["填报单位：甲局"], HEADER]
    write_sheet("2023-11-25/甲局/001_台账.xlsx", [*rows, visit()])
    write_sheet("2023-11-25/甲局/002_台账.xlsx", [*rows, visit(published="2023-10-20")])
    ingest(home)
    assert [day for *_, day in counted(home)] == [None]
    assert len(asked(home)) == 1


def test_the_office_puts_right_what_it_likes(home: Settings, write_sheet: Write) -> None:
    upload(write_sheet, "2023-11-01", visit())
    rows = [["甲局安全检查台账"], ["填报单位：甲局"], HEADER, visit(major="0")]
    write_sheet("2023-11-25/台账.xlsx", rows)
    ingest(home)
    assert counted(home) == [("双随机抽查", 5, 0, None)]
    assert asked(home) == []


def test_and_its_correction_of_what_a_unit_told_last_is_its_word(
    home: Settings, write_sheet: Write
) -> None:
    upload(write_sheet, "2023-11-01", visit())
    upload(write_sheet, "2023-11-25", visit(major="1"))
    (home.raw / "corrections.toml").write_text(
        '[[correction]]\nledger = "inspection"\nmatch = { inspection_no = "1" }\n'
        'field = "major_hazards_found"\nvalue = "3"\nreason = "核对记录"\ntold = "甲局联络员"\n'
        'status = "待更正"\non = 2023-11-26\n',
        encoding="utf-8",
    )
    ingest(home)
    assert counted(home) == [("双随机抽查", 5, 3, None)]


def test_nobody_joins_a_random_check_afterwards(home: Settings, write_sheet: Write) -> None:
    alone = [each.replace("某甲、某乙", "某甲") for each in visit()]
    upload(write_sheet, "2023-10-10", alone)
    upload(write_sheet, "2023-10-20", visit())
    ingest(home)
    ((question, _),) = asked(home)
    assert "检查人员“某甲”→“某甲、某乙”" in question
    sql = "SELECT DISTINCT inspectors FROM inspection WHERE known_to IS NULL"
    assert ask(home, sql) == [("某甲",)]


DUTIES = ["履职编号", "履职类型", "单位", "开展日期", "主题", "是否开展", "数量"]
REPORTS = ["单位", "期次起", "期次止", "检查家次", "发现隐患数"]


@pytest.mark.parametrize(
    ("title", "header", "first", "second", "told"),
    [
        (
            "履职台账", DUTIES, ["1", "例会", "甲局", "2023-10-09", "安全例会", "否", "1"],
            ["1", "例会", "甲局", "2023-10-09", "安全例会", "是", "1"], "是否开展“否”→“是”",
        ),
        (
            "履职台账", DUTIES, ["1", "预警信息", "甲局", "2023-10-09", "大风", "是", "1"],
            ["1", "预警信息", "甲局", "2023-10-09", "大风", "是", "99"], "数量“1”→“99”",
        ),
        (
            "半月报", REPORTS, ["甲局", "2023-10-01", "2023-10-15", "8", "12"],
            ["甲局", "2023-10-01", "2023-10-15", "8", "5"], "发现隐患数“12”→“5”",
        ),
        (  # what is compared with it would be that of other days
            "半月报", REPORTS, ["甲局", "2023-10-01", "2023-10-15", "8", "12"],
            ["甲局", "2023-10-01", "2023-10-02", "8", "12"], "期次止“2023-10-15”→“2023-10-02”",
        ),
    ],
)  # fmt: skip
def test_acts_of_duty_and_reports_as_well(
    home: Settings, write_sheet: Write, title: str, header: list[str], first: list[str],
    second: list[str], told: str,
) -> None:  # fmt: skip
    for day, said in (("2023-10-26", first), ("2023-10-28", second)):
        rows = [[f"甲局{title}"], ["填报单位：甲局"], header, said]
        write_sheet(f"{day}/甲局/001_台账.xlsx", rows)
    ingest(home)
    ((question, _),) = asked(home)
    assert f"报送改为：{told}，是否属实" in question


@pytest.mark.parametrize(("told", "is_asked"), [("2024-01-20", False), ("2024-01-21", True)])
def test_so_is_one_told_a_quarter_after_it(
    home: Settings, write_sheet: Write, told: str, is_asked: bool
) -> None:
    """Published on 20 October by what is told 92 or 93 days later; no list came in between."""
    upload(write_sheet, "2023-10-10", visit())
    upload(write_sheet, told, visit(published="2023-10-20"))
    ingest(home)
    assert bool(asked(home)) is is_asked
