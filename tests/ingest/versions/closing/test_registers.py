"""验收销号登记表 as offices make it: which sheets are one, and which hazard each row is of."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse

Write = Callable[..., Path]
LEDGER = [
    "序号", "隐患编号", "场所", "隐患内容", "隐患级别", "责任人", "整改期限", "整改状态",
    "完成日期",
]  # fmt: skip
REGISTER = [
    "序号", "单位", "隐患编号", "场所", "隐患内容", "验收日期", "验收人", "销号日期", "验收结论",
    "重改期限", "备注",
]  # fmt: skip
ABOVE = [["河口镇安全隐患整改台账"], ["填报单位：河口镇"], LEDGER]
TITLE = "某县文旅安全专班验收销号登记表"


def hazard(
    no: int, number: str, site: str, words: str, status: str = "已完成", done: str = "2023-10-10",
    due: str = "2023-10-20",
) -> list[Any]:  # fmt: skip
    return [no, number, site, words, "重大", "张某", due, status, done]


def act(
    verdict: str = "合格", *, unit: str = "河口镇", number: str = "", site: str = "河口漂流站",
    words: str = "救生衣破损2件", again: str = "", remark: str = "", on: str = "2023-10-22",
) -> list[Any]:  # fmt: skip
    return [1, unit, number, site, words, on, "钱某", "", verdict, again, remark]


@pytest.fixture
def county(home: Settings, write_sheet: Write) -> Settings:
    """A township's ledger of four hazards, all reported done on 10 October."""
    rows = [
        hazard(1, "A-1", "河口漂流站", "救生衣破损2件"),
        hazard(2, "A-2", "河口客栈", "疏散通道堵塞"),
        hazard(3, "A-3", "河口客栈", "配电箱未上锁"),
        hazard(4, "A-4", "河口客栈", "配电箱未上锁"),
    ]
    write_sheet(
        "2023-10-15/河口镇隐患台账.xlsx",
        [*ABOVE, *rows],
    )
    return home


def asked(home: Settings, sql: str) -> list[tuple[Any, ...]]:
    with open_warehouse(home.warehouse) as con:
        return fetch_rows(con, sql)[1]


def closed(home: Settings) -> list[str]:
    """The units' numbers of the hazards that are closed; each hazard is there once."""
    sql = (
        "SELECT hazard_no, is_closed FROM items(DATE '2023-11-01') "
        "JOIN (SELECT DISTINCT item_id, hazard_no FROM hazard) USING (item_id)"
    )
    rows = asked(home, sql)
    assert sorted(number for number, _ in rows) == ["A-1", "A-2", "A-3", "A-4"]
    return sorted(number for number, is_closed in rows if is_closed)


def told(home: Settings) -> list[tuple[int, str]]:
    return asked(home, "SELECT row_no, message FROM quality WHERE rule = 'acceptance_void'")


def test_a_row_without_a_number_closes_the_hazard_of_its_site_and_words(
    county: Settings, write_sheet: Write
) -> None:
    write_sheet("2023-10-24/验收.xlsx", [[TITLE], REGISTER, act()])
    ingest(county)
    assert closed(county) == ["A-1"]


@pytest.mark.parametrize(
    "row",
    [
        act(words="救生衣破损两件。"),
        act(unit=""),
        act(site="河口漂流站（上码头）"),
        act(site="", words="救生衣破损2件"),
        act(number="A-1", site="", words=""),
        act(number="a－1", words="救生衣有破的"),
        act(number="9", words="救生衣破损2件"),
    ],
    ids=["numeral", "no unit", "site", "no site", "number alone", "own words", "other number"],
)
def test_it_is_found_as_a_careful_clerk_would(
    county: Settings, write_sheet: Write, row: list[Any]
) -> None:
    write_sheet("2023-10-24/验收.xlsx", [[TITLE], REGISTER, row])
    ingest(county)
    assert (closed(county), told(county)) == (["A-1"], [])


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (act(site="河口客栈", words="配电箱未上锁"), "有 2 条事项是这样写的"),
        (act(words="救生衣破损3件"), "没有这条事项"),
        (act(site="河口客栈", words="救生衣破损2件"), "没有这条事项"),
        (act(unit="上游镇"), "没有这条事项"),
        (act(unit="", site=""), "没有这条事项"),
        (act(words=""), "没有写明是哪一条事项"),
        (act(number="A-2", site="河口客栈", words="配电箱未上锁"), "却是"),
    ],
    ids=[
        "two",
        "quantity",
        "other site",
        "other unit",
        "words alone",
        "site alone",
        "contradiction",
    ],
)
def test_in_doubt_nothing_closes_and_the_row_is_told(
    county: Settings, write_sheet: Write, row: list[Any], why: str
) -> None:
    write_sheet("2023-10-24/验收.xlsx", [[TITLE], REGISTER, row])
    ingest(county)
    assert closed(county) == []
    ((row_no, message),) = told(county)
    assert row_no == 3
    assert why in message


@pytest.mark.parametrize(
    ("title", "head"),
    [
        ("隐患验收销号台账", ["单位", "场所名称", "问题描述", "验收时间", "验收人员", "验收意见"]),
        ("销号登记", ["单位", "场所", "隐患描述", "复查日期", "复查人", "复查结果"]),
        ("十月份", ["责任单位", "被检查单位", "存在问题", "验收日期", "验收人", "验收结论"]),
        ("验收记录", ["编号", "所属单位", "场所", "隐患内容", "验收日期", "验收人", "销号日期"]),
    ],
)  # fmt: skip
def test_a_register_is_known_by_its_title_or_by_its_verdicts(
    county: Settings, write_sheet: Write, title: str, head: Sequence[str]
) -> None:
    site, words, day = "河口漂流站", "救生衣破损2件", "2023-10-22"
    said = {
        "检": site, "单": "河口镇", "场": site, "述": words, "题": words, "容": words,
        "人": "钱某", "结": "合格", "意": "同意销号", "日": day, "时": day,
    }  # fmt: skip
    row = [next((said[sign] for sign in said if sign in name), "1") for name in head]
    write_sheet("2023-10-24/文件.xlsx", [[title], list(head), row])
    ingest(county)
    assert asked(county, "SELECT ledger FROM submission ORDER BY received_on") == [
        ("hazard",),
        ("acceptance",),
    ]
    assert closed(county) == ["A-1"]


@pytest.mark.parametrize("title", ["河口镇隐患销号台账", "河口镇已销号隐患验收登记表"])
def test_a_ledger_of_what_was_found_and_is_due_stays_one_of_hazards(
    home: Settings, write_sheet: Write, title: str
) -> None:
    head = ["序号", "场所", "隐患内容", "发现日期", "整改期限", "验收日期", "验收人", "销号日期"]
    row = [
        1,
        "河口客栈",
        "通道堵塞",
        "2023-10-01",
        "2023-10-20",
        "2023-10-18",
        "钱某",
        "2023-10-19",
    ]
    write_sheet("2023-10-24/销号台账.xlsx", [[title], head, row])
    ingest(home)
    assert asked(home, "SELECT ledger FROM submission") == [("hazard",)]


def test_who_looked_again_and_found_it_mended_reports_a_hazard(
    home: Settings, write_sheet: Write
) -> None:
    head = ["序号", "场所", "隐患内容", "复查日期", "复查人", "复查结果"]
    row = [1, "河口客栈", "通道堵塞", "2023-10-18", "钱某", "已整改"]
    write_sheet("2023-10-24/复查.xlsx", [["十月复查情况"], head, row])
    ingest(home)
    assert asked(home, "SELECT ledger FROM submission") == [("hazard",)]


@pytest.mark.parametrize(
    "verdict", ["基本合格", "原则同意，待复验", "上次不合格，本次合格", "待验收", ""]
)
def test_what_is_no_verdict_closes_nothing_and_is_told(
    county: Settings, write_sheet: Write, verdict: str
) -> None:
    rows = [act(verdict), act(site="河口客栈", words="疏散通道堵塞")]
    write_sheet("2023-10-24/验收.xlsx", [[TITLE], REGISTER, *rows])
    ingest(county)
    assert closed(county) == ["A-2"]
    assert (3,) in asked(
        county, "SELECT row_no FROM quality WHERE field = 'act' AND severity = 'error'"
    )


@pytest.mark.parametrize(
    ("row", "due", "reason"),
    [
        (act("不合格，退回重改", again="2023-11-05", remark="仍有破损"), "2023-11-05", "仍有破损"),
        (act("不合格", remark="重改期限：2023-11-05"), "2023-11-05", None),
        (act("退回重改，限11月5日前改好", remark="仍有破损"), "2023-11-05", "仍有破损"),
        (
            act("不合格", remark="仍有破损，11月5日前改好，11月8日前复验"),
            None,
            "仍有破损，改好，复验",
        ),
        (act("未通过"), None, None),
    ],
)
def test_a_return_has_its_new_deadline_and_reason_wherever_they_stand(
    county: Settings, write_sheet: Write, row: list[Any], due: str | None, reason: str | None
) -> None:
    write_sheet("2023-10-24/验收.xlsx", [[TITLE], REGISTER, row])
    ingest(county)
    ((item_id, rework_due_on, why),) = asked(
        county, "SELECT item_id, rework_due_on, reason FROM acceptance"
    )
    assert (rework_due_on and str(rework_due_on), why) == (due, reason)
    ((state, due_on),) = asked(
        county, f"SELECT state, due_on FROM items(DATE '2023-11-01') WHERE item_id = '{item_id}'"
    )
    assert (state, due_on) == ("overdue", date(2023, 10, 20))


def test_a_unit_that_writes_the_new_deadline_over_the_first_is_late_by_the_first(
    county: Settings, write_sheet: Write
) -> None:
    write_sheet("2023-10-24/验收.xlsx", [[TITLE], REGISTER, act("不合格", again="2023-11-05")])
    rows = [hazard(1, "A-1", "河口漂流站", "救生衣破损2件", "整改中", "", "2023-11-05")]
    write_sheet(
        "2023-10-28/河口镇隐患台账.xlsx",
        [*ABOVE, *rows],
    )
    ingest(county)
    sql = (
        "SELECT state, due_on, rework_due_on FROM items(DATE '2023-11-01') "
        "WHERE rework_due_on IS NOT NULL"
    )
    assert asked(county, sql) == [("overdue", date(2023, 10, 20), date(2023, 11, 5))]


def test_a_register_that_says_nothing_of_who_recorded_it_may_send_back_what_it_accepted(
    county: Settings, write_sheet: Write
) -> None:
    write_sheet("2023-10-24/验收.xlsx", [[TITLE], REGISTER, act()])
    write_sheet(
        "2023-10-30/验收.xlsx", [[TITLE], REGISTER, act("复查不合格，退回", on="2023-10-29")]
    )
    ingest(county)
    assert (closed(county), told(county)) == ([], [])


@pytest.mark.parametrize(
    ("verdict", "struck_off", "on", "by"),
    [
        ("资料齐全，现场验收通过（钱某、邹某）", "2023-10-22", "2023-10-22", "钱某、邹某"),
        ("应该站申请，专班办验收通过（钱某）", "2023-10-22", "2023-10-22", "钱某"),
        ("10月20日经钱某验收合格，同意销号", "2023-10-22", "2023-10-20", "钱某"),
        ("现场验收通过（钱某）", "", None, "钱某"),  # on which day?
        ("现场验收通过（见照片）", "2023-10-22", "2023-10-22", None),  # and who?
        ("应该站申请，拟验收（钱某）", "2023-10-22", None, None),
    ],
)
def test_a_register_without_columns_for_it_says_in_its_verdict_who_accepted(
    county: Settings, write_sheet: Write, verdict: str, struck_off: str, on: str, by: str
) -> None:
    head = ["序号", "单位", "场所", "隐患内容", "验收情况", "销号日期"]
    row = [1, "河口镇", "河口漂流站", "救生衣破损2件", verdict, struck_off]
    write_sheet("2023-10-24/销号.xlsx", [["隐患销号登记"], head, row])
    ingest(county)
    assert closed(county) == (["A-1"] if on and by else [])
    ((day, signer),) = asked(county, "SELECT accepted_on, accepted_by FROM acceptance")
    assert (day and str(day), signer) == (on, by)
