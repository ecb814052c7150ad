"""移交 as units' accounts tell it: nobody takes another's hazard from it by his own word alone."""

from datetime import date

import pytest

from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse
from tests.ingest.answering import ask, settle

HEAD = "隐患编号,场所名称,隐患描述,责任单位,责任人,整改期限,发现日期,整改状态,备注\n"
THEIRS = "J-25,甲校,三层东侧疏散通道堆放杂物,县教育局,某甲,2023-11-01,2023-10-01,整改中,"
TAKEN = (
    "T-1,甲校,三层东侧疏散通道堆放杂物,县交通局,某乙,2023-11-01,2023-10-01,已整改,由县教育局移交"
)
OTHERS = "J-26,乙校,灭火器过期,县教育局,某甲,2023-12-20,2023-10-01,整改中,"


def send(home: Settings, path: str, *rows: str) -> None:
    file = home.raw / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")


def hazards(home: Settings) -> list[tuple[str, str, bool]]:
    """Id, unit and whether it is overdue, of all at 甲校."""
    ingest(home)
    sql = "SELECT item_id, unit, is_overdue FROM items($day) WHERE site = '甲校' ORDER BY item_id"
    with open_warehouse(home.warehouse) as con:
        rows = fetch_rows(con, sql, {"day": date(2023, 12, 1)})[1]
        found = fetch_rows(con, "SELECT severity FROM quality WHERE rule = 'handover'")[1]
    assert {severity for (severity,) in found} <= {"warning" if len(rows) > 1 else "info"}
    assert len(found) == 1
    return [(str(name), str(unit), bool(late)) for name, unit, late in rows]


def test_who_says_himself_that_it_was_handed_to_him_has_one_of_his_own(home: Settings) -> None:
    send(home, "2023-10-15/县教育局/001_隐患.csv", THEIRS, OTHERS)
    send(home, "2023-10-20/县交通局/001_隐患.csv", TAKEN)
    assert hazards(home) == [
        ("H-县交通局-T-1", "县交通局", False), ("H-县教育局-J-25", "县教育局", True),
    ]  # fmt: skip


COPIED = TAKEN.replace("由县教育局移交", "")
NEW = "J-27,丙校,配电箱没有门,县教育局,某甲,2023-12-20,2023-10-20,整改中,"


@pytest.mark.parametrize(
    ("row", "later"),
    [
        # he says nothing of 移交, and the other one's list leaves it out
        (COPIED, [OTHERS]),
        # a list of what is new leaves nothing out
        (COPIED, [NEW]), (TAKEN, [NEW]),
    ],
)  # fmt: skip
def test_who_copies_a_row_does_not_get_it_by_waiting(
    home: Settings, row: str, later: list[str]
) -> None:
    send(home, "2023-10-15/县教育局/001_隐患.csv", THEIRS, OTHERS)
    send(home, "2023-10-20/县交通局/001_隐患.csv", row)
    send(home, "2023-10-25/县教育局/001_隐患.csv", *later)
    ingest(home)
    sql = "SELECT item_id, is_overdue FROM items($day) WHERE site = '甲校' ORDER BY item_id"
    with open_warehouse(home.warehouse) as con:
        found = fetch_rows(con, sql, {"day": date(2023, 12, 1)})[1]
    assert found == [("H-县交通局-T-1", False), ("H-县教育局-J-25", True)]


GIVEN = [
    # the one who gives it away says so, or no longer has it
    ("2023-10-18/县教育局/001_隐患.csv", [f"{THEIRS}已移交县交通局", OTHERS]),
    ("2023-10-25/县教育局/001_隐患.csv", [OTHERS]),
]


@pytest.mark.parametrize(("path", "rows"), GIVEN)
def test_where_two_units_say_so_the_office_is_asked(
    home: Settings, path: str, rows: list[str]
) -> None:
    """Until then each has one of its own; what was owed is owed by whom it was."""
    send(home, "2023-10-15/县教育局/001_隐患.csv", THEIRS, OTHERS)
    send(home, "2023-10-20/县交通局/001_隐患.csv", TAKEN)
    send(home, path, *rows)
    ingest(home)
    both = [("H-县交通局-T-1", "县交通局", False), ("H-县教育局-J-25", "县教育局", True)]
    assert at_school(home) == both
    ((key, question),) = ask(home, "SELECT doubt_key, question FROM doubt WHERE rule = 'handing'")
    assert question.endswith(
        "县交通局报送为自己的，不同的是“整改状态‘整改中’→‘已整改’”；是否已经移交县交通局"
    )
    settle(home, key, ("goes", "2023-11-10"))
    assert at_school(home) == [("H-县教育局-J-25", "县交通局", False)]
    assert at_school(home, "2023-11-09") == both
    settle(home, key, ("goes", "2023-11-10"), ("stays", "2023-11-12"))
    assert at_school(home) == both


def test_it_goes_where_both_said_so_on_one_day_and_the_giver_last(home: Settings) -> None:
    send(home, "2023-10-15/县教育局/001_隐患.csv", THEIRS, OTHERS)
    send(home, "2023-10-20/县交通局/001_隐患.csv", TAKEN)
    send(home, "2023-10-20/县教育局/001_隐患.csv", f"{THEIRS}已移交县交通局", OTHERS)
    ingest(home)
    ((key,),) = ask(home, "SELECT doubt_key FROM doubt WHERE rule = 'handing'")
    settle(home, key, ("goes", "2023-11-10"))
    assert at_school(home) == [("H-县教育局-J-25", "县交通局", False)]


def at_school(home: Settings, known_on: str = "2023-12-01") -> list[tuple[str, str, bool]]:
    return ask(
        home,
        "SELECT item_id, unit, is_overdue FROM items(DATE '2023-12-01', "
        f"known_on := DATE '{known_on}') WHERE site = '甲校' ORDER BY item_id",
    )


def test_by_the_word_of_the_office_it_goes(home: Settings) -> None:
    send(home, "2023-10-15/县教育局/001_隐患.csv", THEIRS, OTHERS)
    send(home, "2023-10-25/隐患_县交通局.csv", TAKEN)
    assert hazards(home) == [("H-县教育局-J-25", "县交通局", False)]
