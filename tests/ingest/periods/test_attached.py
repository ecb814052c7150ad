"""A list that names no unit is that of the one report of its day which says it attaches one."""

from datetime import date

import pytest

from analysis.ingest.periods.attached import Evidence, Mark, Paper, attached
from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from tests.ingest.answering import ask

DAY, NEXT = date(2023, 10, 17), date(2023, 11, 17)


def report(unit: str, says: str, day: date = DAY) -> Paper:
    return Paper(f"r{unit}", f"{unit}半月报.xlsx", day, unit, lambda: [says])


def ledger(
    file: str, unit: str | None = None, day: date = DAY, marks: tuple[Mark, ...] = ()
) -> Paper:
    return Paper(file, file, day, unit, marks=lambda: {*marks})


def whose(reports: list[Paper], ledgers: list[Paper]) -> dict[str, str]:
    return {key: told.unit for key, told in attached(reports, ledgers).items()}


@pytest.mark.parametrize(
    ("says", "is_evident"),
    [
        ("附台账", True), ("隐患台账附后", True), ("台账见附件", True), ("另附隐患整改清单", True),
        ("台账按月另报", False), ("本期不附台账", False), ("未附台账", False),
        ("附近场所检查6家，台账未报", False), ("", False),
    ],
)  # fmt: skip
def test_a_report_says_that_its_ledger_is_attached(says: str, is_evident: bool) -> None:
    found = whose([report("甲镇", says)], [ledger("导出.csv")])
    assert found == ({"导出.csv": "甲镇"} if is_evident else {})


def test_it_is_evident_only_where_it_can_mean_one_thing() -> None:
    mine, other = report("甲镇", "附台账"), report("乙镇", "附台账")
    assert whose([mine, other], [ledger("导出.csv")]) == {}
    assert whose([mine], [ledger("导出.csv"), ledger("导出(1).csv")]) == {}
    assert whose([report("甲镇", "附台账", NEXT)], [ledger("导出.csv")]) == {}
    assert whose([mine], [ledger("导出.csv"), ledger("甲镇台账.xlsx", "甲镇")]) == {}
    # who has sent his lacks none
    sent = ledger("乙镇台账.xlsx", "乙镇")
    assert whose([mine, other], [ledger("导出.csv"), sent]) == {"导出.csv": "甲镇"}


def test_who_says_nothing_may_have_sent_it_too_unless_his_lists_are_known() -> None:
    mine, silent = report("甲镇", "附台账"), report("乙镇", "检查6家")
    assert whose([mine, silent], [ledger("导出.csv")]) == {}
    apart = report("乙镇", "台账按月另报")
    assert whose([mine, apart], [ledger("导出.csv")]) == {"导出.csv": "甲镇"}
    before = ledger("乙镇台账.xlsx", "乙镇", date(2023, 9, 1))
    assert whose([mine, silent], [ledger("导出.csv"), before]) == {"导出.csv": "甲镇"}


def test_a_ledger_that_came_some_days_before_its_report_is_the_one_that_this_attaches() -> None:
    mine, yesterday = report("甲镇", "附台账"), ledger("甲镇.xlsx", "甲镇", date(2023, 10, 16))
    assert whose([mine], [yesterday, ledger("导出.csv")]) == {}


def test_the_next_export_goes_on_with_the_numbers_of_the_one_before() -> None:
    one, two = ("JZ-1", date(2023, 10, 8)), ("JZ-2", date(2023, 11, 8))
    first = ledger("一.csv", marks=(one,))
    again = ledger("二.csv", day=NEXT, marks=(one, two))
    strange = ledger("三.csv", day=NEXT, marks=(("JZ-1", date(2023, 10, 9)),))
    found = attached([report("甲镇", "附台账")], [first, again, strange])
    assert found == {
        "一.csv": Evidence("甲镇", "甲镇半月报.xlsx"),
        "二.csv": Evidence("甲镇", "一.csv", goes_on=True),
    }


LIST = (
    "隐患编号,场所名称,隐患描述,发现日期,整改期限,整改状态\n"
    "JZ-1,望江亭,护栏松动,2023-10-08,2023-10-30,整改中\n"
)
REPORT = "报送单位,报告期,检查家次,发现隐患,已整改,备注\n{},10月1日-10月15日,6,1,0,{}\n"


def send(home: Settings, name: str, text: str) -> None:
    (home.raw / "2023-10-17").mkdir(exist_ok=True, parents=True)
    (home.raw / "2023-10-17" / name).write_text(text, encoding="utf-8")


def test_the_hazards_are_that_units_and_it_is_told_why(home: Settings) -> None:
    send(home, "甲镇半月报.csv", REPORT.format("甲镇人民政府", "附台账"))
    send(home, "乙镇半月报.csv", REPORT.format("乙镇人民政府", "台账按月另报"))
    send(home, "隐患台账导出.csv", LIST)
    ingest(home)
    assert ask(home, "SELECT unit FROM items(DATE '2023-10-20')") == [("甲镇人民政府",)]
    told = ask(
        home, "SELECT message FROM quality WHERE rule = 'unit_from_sender' ORDER BY severity"
    )
    assert told[-1][0].startswith(
        "没有写明是哪个单位的台账；同日收到的“甲镇半月报.csv”写明附台账而没有台账"
    )


def test_where_two_may_be_meant_the_hazards_are_nobodys(home: Settings) -> None:
    send(home, "甲镇半月报.csv", REPORT.format("甲镇人民政府", "附台账"))
    send(home, "乙镇半月报.csv", REPORT.format("乙镇人民政府", "附台账"))
    send(home, "隐患台账导出.csv", LIST)
    ingest(home)
    assert ask(home, "SELECT unit FROM items(DATE '2023-10-20')") == [(None,)]
