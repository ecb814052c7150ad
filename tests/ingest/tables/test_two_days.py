"""One column of two days becomes two, and nothing of it is lost or guessed."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.ingest.cells.values import EMPTY
from analysis.ingest.files.sheets import Sheet
from analysis.ingest.headers.vocabulary import Vocabulary
from analysis.ingest.pipeline import ingest
from analysis.ingest.tables.layout import Layout, recognise
from analysis.ingest.tables.shapes import parted
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse

BOTH = "检查时间及整改期限"
TWO = "10月8日查，10月25日前"


def part(header: str, *cells: str, merged: tuple[tuple[int, int, int, int], ...] = ()) -> Any:
    rows = [["甲宾馆", "灭火器过期", cell] for cell in cells]
    sheet = Sheet("一", [["场所名称", "隐患描述", header], *rows], [*merged])
    layout = recognise(sheet, Vocabulary())
    assert layout
    return parted(sheet, layout, Vocabulary())


def added(found: tuple[Sheet, Layout]) -> list[tuple[Any, ...]]:
    """The headers of the columns that were added, and their cells below them."""
    sheet, layout = found
    headers = tuple(header.path for header in layout.headers[3:])
    return [headers, *(tuple(row[3:]) for row in sheet.cells[1:])]


@pytest.mark.parametrize(
    ("cell", "found", "due"),
    [
        (TWO, "10月8日查", "10月25日前"),
        ("10月8日检查，10月25日前完成", "10月8日检查", "10月25日前完成"),
        ("10月8日查10月25日前", "10月8日查", "10月25日前"),
        ("2023.10.8-2023.10.25", "2023.10.8", "2023.10.25"),
        ("2023-10-08\n2023-10-25", "2023-10-08", "2023-10-25"),
        ("10月8日（10月25日前）", "10月8日", "10月25日前"),
        ("检查时间：10月8日 整改期限：10月25日", "检查时间：10月8日", "整改期限：10月25日"),
        # the words tell, whatever the header's order
        ("10月25日前完成，10月8日检查", "10月8日检查", "10月25日前完成"),
        # the month is said once; so many days are none of that month
        ("10月8日查，25日前", "10月8日查", "10月25日前"),
        ("10月8日查，限15日内", "10月8日查", "限15日内"),
        ("10月8日查，立行立改", "10月8日查", "立行立改"),
        ("１０月８日查，１０月２５日前", "１０月８日查", "１０月２５日前"),
        # one day alone, of which the words tell which it is
        ("10月25日前", "", "10月25日前"),
        ("10月8日查", "10月8日查", ""),
    ],
)
def test_a_cell_is_torn_where_each_field_can_read_its_part(cell: str, found: str, due: str) -> None:
    rows = added(part(BOTH, TWO, TWO, cell))
    assert rows[0] == ("检查时间", "整改期限")
    assert rows[3] == (found, due)


@pytest.mark.parametrize(
    ("header", "one", "other"),
    [
        ("检查日期/整改时限", "检查日期", "整改时限"),
        ("发现时间（整改期限）", "发现时间", "整改期限"),
        ("检查时间\n整改期限", "检查时间", "整改期限"),
        ("检查及整改时间", "检查时间", "整改时间"),
        ("排查时间和整改完成时间", "排查时间", "整改完成时间"),
    ],
)
def test_a_header_of_two_days_is_cut_between_them(header: str, one: str, other: str) -> None:
    assert added(part(header, TWO))[0] == (one, other)


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("整改期限", "10月8日至10月25日"),  # one day: its range ends with it
        ("整改期限（年月日）", TWO),  # how to write it is no second day
        ("检查时间及检查人", "10月8日，某甲"),
        ("验收时间及销号时间", "2023-10-08"),  # one day for both, as most write it
        (BOTH, "10月8日"),
    ],
)
def test_a_column_stays_whole_where_header_or_cells_say_no_two_days(header: str, cell: str) -> None:
    assert added(part(header, cell, cell))[0] == ()


@pytest.mark.parametrize("cell", ["10月8日", "自10月8日至10月25日", "10月8日检查发现，已要求整改"])
def test_a_cell_that_may_be_either_stays_and_is_told(cell: str) -> None:
    sheet, layout = part(BOTH, TWO, TWO, cell)
    assert added((sheet, layout))[3] == ("", "")
    assert [row[2] for row in sheet.cells] == [BOTH, "", "", cell]
    ((note),) = sheet.notes
    assert (note.row, note.column, note.rule, note.value) == (3, 2, "unreadable", cell)


def test_a_cell_that_is_merged_down_is_said_of_each_row() -> None:
    found = part(BOTH, TWO, "", merged=((1, 2, 2, 2),))
    assert added(found)[1:] == [("10月8日查", "10月25日前")] * 2


DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
WAYS = st.sampled_from(["%Y-%m-%d", "%Y年%m月%d日", "%Y.%m.%d", "%Y/%m/%d"])


@pytest.mark.slow
@given(DAYS, DAYS, WAYS, st.sampled_from(["，", "；", "\n", " ", "、"]), st.booleans())
def test_two_full_days_are_torn_however_they_are_written(
    one: date, other: date, way: str, sign: str, is_told: bool
) -> None:
    first, second = one.strftime(way), other.strftime(way)
    words = ("检查", "前完成") if is_told else ("", "")
    cell = f"{first}{words[0]}{sign}{second}{words[1]}"
    assert added(part(BOTH, cell))[1] == (first + words[0], second + words[1])


@pytest.mark.slow
@given(st.text(max_size=20).filter(lambda text: text.strip() not in EMPTY))
def test_no_text_is_lost(text: str) -> None:
    sheet, _ = part(BOTH, TWO, TWO, text)
    kept = "".join(str(cell) for cell in sheet.cells[3][2:])
    assert all(sign in kept for sign in text if sign.isalnum() and text.strip())


def test_a_ledger_with_such_a_column_has_both_days_and_the_cell_of_a_fault(
    home: Settings, write_sheet: Any
) -> None:
    header = ["序号", "场所名称", "隐患描述", "责任单位", "整改状态", BOTH]
    write_sheet(
        "2023-11-01/县甲局/隐患台账.xlsx",
        [
            ["隐患台账（模拟数据）"],
            header,
            [1, "甲宾馆", "灭火器过期", "县甲局", "整改中", TWO],
            [2, "乙酒店", "通道堵塞", "县甲局", "整改中", "2023年9月30日检查；11月5日前"],
            [3, "丙茶馆", "电线裸露", "县甲局", "整改中", "10月9日"],
        ],
    )
    ingest(home)
    with open_warehouse(home.warehouse) as con:
        rows = fetch_rows(con, "SELECT found_on, due_on, extra FROM hazard ORDER BY row_no")[1]
        told = fetch_rows(con, "SELECT row_no, cell, value FROM quality WHERE rule = 'unreadable'")
    assert rows == [
        (date(2023, 10, 8), date(2023, 10, 25), None),
        (date(2023, 9, 30), date(2023, 11, 5), None),
        (None, None, '{"检查时间及整改期限": "10月9日"}'),
    ]
    assert told[1] == [(5, "F5", "10月9日")]
