"""A list that names no unit is that of the one report of its day which says it attaches one."""

from dataclasses import replace
from datetime import date

import pytest

from analysis.ingest.periods.attached import Evidence, Mark, Paper, Sums, attached, sums_said
from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from tests.ingest.answering import ask

DAY, NEXT = date(2023, 10, 17), date(2023, 11, 17)


def report(unit: str, says: str, day: date = DAY, sums: Sums | None = None) -> Paper:
    return Paper(f"r{unit}", f"{unit}半月报.xlsx", day, unit, lambda: [says], sums=lambda: sums)


def ledger(
    file: str, unit: str | None = None, day: date = DAY, marks: tuple[Mark, ...] = (),
    sums: Sums | None = None,
) -> Paper:  # fmt: skip
    return Paper(file, file, day, unit, marks=lambda: {*marks}, sums=lambda: sums)


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


@pytest.mark.parametrize(
    ("others", "whose_it_is"),
    [
        ([], "甲局"),
        ([report("乙局", "", sums=(5, 2))], "甲局"),  # it has other hazards
        ([report("乙局", "台账按月另报", sums=(3, 2))], "甲局"),
        ([report("乙局", "", sums=(3, 2))], None),
        ([report("乙局", "")], None),  # who knows
        ([report("乙局", "", NEXT)], "甲局"),
    ],
)
def test_a_report_without_a_ledger_has_the_sums_of_the_list(
    others: list[Paper], whose_it_is: str | None
) -> None:
    found = whose([report("甲局", "", sums=(3, 2)), *others], [ledger("设备.csv", sums=(3, 2))])
    assert found.get("设备.csv") == whose_it_is


def test_the_sums_of_the_sheets_of_one_file_count_together() -> None:
    mine = report("甲局", "", sums=(3, 2))
    sheets = [replace(ledger("设备.csv", sums=each), key=str(each)) for each in ((2, 2), (1, 0))]
    assert {*whose([mine], sheets).values()} == {"甲局"}
    assert whose([mine], [ledger("一.csv", sums=(2, 2)), ledger("二.csv", sums=(1, 0))]) == {}


@pytest.mark.parametrize(
    ("given", "listed"), [((3, 2), (3, 1)), ((3, 2), (2, 2)), ((0, 0), (0, 0)), (None, (3, 2))]
)
def test_other_sums_or_none_at_all_are_no_evidence(given: Sums | None, listed: Sums) -> None:
    assert whose([report("甲局", "", sums=given)], [ledger("设备.csv", sums=listed)]) == {}
    mine = ledger("甲局台账.xlsx", "甲局")
    found = whose([report("甲局", "", sums=(3, 2))], [mine, ledger("设备.csv", sums=(3, 2))])
    assert found == {}  # it has its own


@pytest.mark.parametrize(
    ("cells", "sums"),
    [
        ({"累计发现": "3", "累计整改": "2", "未整改": "1"}, (3, 2)),
        ({"累计隐患数（处）": "3.0", "尚未整改": "1"}, (3, 2)),
        ({"累计排查隐患": "3", "累计完成整改数": "2", "出动人数": "9"}, (3, 2)),
        ({"累计发现": "3", "累计整改": "2", "未整改": "2"}, None),
        ({"累计发现": "3"}, None),
        ({"累计检查": "12", "累计整改": "2"}, None),
        ({"累计发现": "3", "累计整改率": "67%"}, None),
    ],
)
def test_the_sums_that_a_report_gives(cells: dict[str, str], sums: Sums | None) -> None:
    assert sums_said(cells) == sums


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


DEVICES = (
    "序号,使用单位,问题描述,等级,发现日期,整改截止,整改人,状态,整改日期,\n"
    "1,望江亭,1号电梯未检,一般,2023-10-08,2023-10-30,某甲,已整改,2023-10-12,\n"
    "2,望江亭,2号电梯未检,一般,2023-10-08,2023-10-30,某甲,未整改,,\n"
)
SUMS = "填报单位,统计时段,检查场所,发现隐患,整改完成,累计发现,累计整改,未整改\n{}\n"


@pytest.mark.parametrize(("sums", "unit"), [("2,1,1", "县乙局"), ("2,0,2", None)])
def test_a_report_of_the_same_sums_tells_whose_an_unsigned_list_is(
    home: Settings, sums: str, unit: str | None
) -> None:
    send(home, "县乙局半月报.csv", SUMS.format(f"县乙局,10月1日-10月15日,6,2,1,{sums}"))
    send(home, "设备隐患台账（全部，截至10月15日）.csv", DEVICES)
    ingest(home)
    assert ask(home, "SELECT unit FROM items(DATE '2023-10-20')") == [(unit,), (unit,)]
    told = ask(home, "SELECT message FROM quality WHERE message LIKE '%累计发现数、整改数%'")
    assert len(told) == bool(unit)
