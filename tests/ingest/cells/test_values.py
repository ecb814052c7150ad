"""Cells are read for what they are; what cannot be read is told and never guessed."""

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.ingest.cells.changes import places_of
from analysis.ingest.cells.values import parse_column
from analysis.ledgers import LEDGERS, Field

BASE = date(2023, 10, 31)
HAZARD = LEDGERS["hazard"]


def read(field: Field, cell: Any, header_unit: str = "") -> tuple[Any, bool]:
    """The value, and whether the cell was readable."""
    (value,), problems = parse_column([cell], field, BASE, header_unit)
    return value, not problems


@pytest.mark.parametrize(
    "cell",
    [
        date(2023, 10, 15), datetime(2023, 10, 15, 8, 30), "2023-10-15", "2023.10.15", "2023/10/15",
        "2023年10月15日", "2023年10月15号", " 2023 年 10 月 15 日 ", "２０２３．１０．１５",
        "2023-10-15 08:30:00", "20231015", 45214, 45214.0, "10月15日", "23.10.15", "10.15",
        "2023、10、15", "2023。10。15", "10/15/2023", "15/10/2023", "十月十五日", 20231015, 10.15,
        "二〇二三年十月十五日", "二零二三年十月十五日", "2023年10月15日（星期日）", "1015",
        "45214.5",
        "2023-10-15T08:30:00", "10月13日至15日", "9月28日—10月15日", "10-15",
    ],
)  # fmt: skip
def test_fifteen_october_is_read_however_it_is_written(cell: Any) -> None:
    assert read(HAZARD["found_on"], cell) == (date(2023, 10, 15), True)


@pytest.mark.parametrize(
    "cell",
    ["2023-02-30", "2月30日", "十月", "去年", 15, 99999, "2023-13-01", "已整改", "0023-10-15",
     "10月15日至13日"],
)  # fmt: skip
def test_what_is_no_day_is_null_and_told(cell: Any) -> None:
    assert read(HAZARD["found_on"], cell) == (None, False)


@pytest.mark.parametrize("cell", [None, "", "  ", "—", "/", "无", "N/A"])
def test_an_empty_cell_is_null_without_a_finding(cell: Any) -> None:
    assert read(HAZARD["found_on"], cell) == (None, True)


def test_a_past_event_without_a_year_never_lies_far_in_the_future() -> None:
    assert read(HAZARD["found_on"], "12月20日")[0] == date(2022, 12, 20)


@pytest.mark.parametrize(
    ("cell", "header_unit", "expected"),
    [
        (3.5, "万元", 3.5), ("35000", "元", 3.5), (35000, "元", 3.5), ("3.5万元", "", 3.5),
        ("3.5万", "元", 3.5), ("35,000元", "", 3.5), ("12", "", 12.0),
    ],
)  # fmt: skip
def test_money_is_carried_to_ten_thousands(cell: Any, header_unit: str, expected: float) -> None:
    assert read(HAZARD["fund_10k"], cell, header_unit) == (pytest.approx(expected), True)


@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        (9.3, "float_ambiguous"),  # 9.30 loses its nought as a number
        (10.1, "float_ambiguous"), ("3/4/2023", "day_month_ambiguous"),
        ("2014917日", "lost_chars"), ("2018年1026", "lost_chars"),
    ],
)  # fmt: skip
def test_what_may_be_two_days_is_neither(cell: Any, rule: str) -> None:
    (value,), (problem,) = parse_column([cell], HAZARD["found_on"], BASE)
    assert (value, problem.rule) == (None, rule)


@pytest.mark.parametrize(
    ("cell", "number_format", "day"),
    [(9.3, "0.00", date(2023, 9, 30)), (2.3, "General", date(2023, 2, 3))],
)
def test_a_number_is_a_day_where_its_format_or_the_calendar_says_which(
    cell: float, number_format: str, day: date
) -> None:
    (value,), _ = parse_column([cell], HAZARD["found_on"], BASE, "", lambda _: number_format)
    assert value == day


@pytest.mark.parametrize("cell", ["未完成", "进行中", "未整改"])
def test_not_done_is_no_day_and_no_fault(cell: str) -> None:
    assert read(HAZARD["done_on"], cell) == (None, True)


@pytest.mark.parametrize(
    ("cell", "number"),
    [("约5000元", 0.5), ("3万元左右", 3.0), ("近百元", 0.01), ("二十余元", 0.002)],
)
def test_about_so_much_is_read_with_a_remark(cell: str, number: float) -> None:
    (value,), (problem,) = parse_column([cell], HAZARD["fund_10k"], BASE)
    assert (value, problem.rule, problem.is_unread) == (
        pytest.approx(number), "approximate", False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "status"),
    [("50%", "in_progress"), ("100%", "done"), (0.5, "in_progress"), ("0%", "not_started"),
     ("已完成，待验收", "pending_accept"), ("√", "done"), ("×", "not_started"),
     ("未销号", "not_started")],
)  # fmt: skip
def test_progress_in_per_cent_is_a_status(cell: Any, status: str) -> None:
    assert read(HAZARD["status"], cell) == (status, True)


@pytest.mark.parametrize("cell", [1e308, float("inf"), "99999999999999999999", 2.5, "不详", True])
def test_what_is_no_sensible_count_is_null_and_told(cell: Any) -> None:
    assert read(LEDGERS["accident"]["deaths"], cell) == (None, False)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("已整改", "done"), ("√", "done"), ("整改完毕", "done"), ("已销号", "closed"),
        ("基本完成", "in_progress"), ("阶段性完成", "in_progress"), ("逾期未整改", "not_started"),
        ("现场整改", "done_onspot"), ("停业", "suspended"), ("停业整顿", "in_progress"),
            ("误报", "void"), ("1.0", None),
    ],
)  # fmt: skip
def test_status_words_are_read_by_the_code_list(cell: str, expected: str | None) -> None:
    assert read(HAZARD["status"], cell)[0] == expected


@pytest.mark.parametrize(
    ("cell", "expected"), [("较大", "一般"), ("重点", "一般"), ("重大隐患", "重大")]
)
def test_only_what_is_called_major_is_major(cell: str, expected: str) -> None:
    assert read(HAZARD["level"], cell) == (expected, True)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("是", True), ("√", True), ("否", False), ("×", False), (True, True), (1.0, True)],
)
def test_yes_and_no(cell: Any, expected: bool) -> None:
    assert read(HAZARD["supervised"], cell) == (expected, True)


@pytest.mark.parametrize(("cell", "expected"), [(13900000000.0, "13900000000"), ("0001", "0001")])
def test_numbers_that_are_names_stay_as_they_are(cell: Any, expected: str) -> None:
    assert read(HAZARD["hazard_no"], cell) == (expected, True)


STYLES = (
    "{0:%Y-%m-%d}",
    "{0:%Y.%m.%d}",
    "{0.year}年{0.month}月{0.day}日",
    "{0:%Y/%m/%d}",
    "{0:%Y%m%d}",
)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.sampled_from(STYLES))
def test_every_day_survives_every_style(day: date, style: str) -> None:
    assert read(HAZARD["found_on"], style.format(day)) == (day, True)


ANYTHING = st.one_of(
    st.text(), st.floats(), st.integers(), st.booleans(), st.none(), st.datetimes(), st.times()
)


@given(st.lists(ANYTHING, max_size=8), st.sampled_from(HAZARD.fields))
def test_no_cell_whatever_breaks_the_reading_or_shifts_the_rows(
    cells: list[Any], field: Field
) -> None:
    values, problems = parse_column(cells, field, BASE)
    assert len(values) == len(cells)
    assert all(values[p.position] is None for p in problems if p.is_unread)


@pytest.mark.parametrize(
    "text", ["#N/A", "#REF!", "#NAME?", "#DIV/0!", "#VALUE!", "Err:502", "####"]
)
@pytest.mark.parametrize(
    "name",
    ["description", "unit", "found_on", "due_on", "status", "fund_10k", "supervised", "level"],
)
def test_what_a_formula_failed_to_give_is_told_with_its_text(name: str, text: str) -> None:
    cells = ["" if name == "supervised" else "—", text]
    values, (problem,) = parse_column(cells, HAZARD[name], BASE)
    assert values == [None, None]
    assert (problem.position, problem.text, problem.rule) == (1, text, "unreadable")
    assert "公式" in problem.message


@pytest.mark.parametrize(
    ("cell", "value"),
    [("☑已整改 □未整改", "done"), ("□已整改 ☑未整改", "not_started"),
     ("■整改中□已整改", "in_progress"),
     ("√已整改", "done"), ("已整改（√） 未整改（ ）", "done"), ("[x]已整改 [ ]未整改", "done"),
     ("☑", "done"), ("□已整改 □未整改", None), ("☑已整改 ☑未整改", None)],
)  # fmt: skip
def test_one_ticked_box_is_the_choice(cell: str, value: str | None) -> None:
    assert read(HAZARD["status"], cell) == (value, value is not None)


@pytest.mark.parametrize(
    ("cell", "value"),
    [("☑是 □否", True), ("已挂牌", True), ("未挂牌", False), ("未督办", False), ("☑", True)],
)
def test_yes_and_no_in_other_words(cell: str, value: bool) -> None:
    assert read(HAZARD["supervised"], cell) == (value, True)


def test_what_does_not_apply_is_neither_yes_nor_no() -> None:
    assert read(HAZARD["supervised"], "不涉及") == (None, True)


@pytest.mark.parametrize(
    ("cell", "value"),
    [("重大事故隐患", "重大"), ("Ⅰ级", "重大"), ("Ⅱ级", "一般"), ("非重大", "一般"),
     ("□重大 ☑一般", "一般"), ("一般隐患/一般", "一般")],
)  # fmt: skip
def test_a_level_is_one_of_two(cell: str, value: str) -> None:
    assert read(HAZARD["level"], cell) == (value, True)


def test_an_explanation_behind_a_level_is_remarked_and_what_takes_it_back_is_unread() -> None:
    assert read(HAZARD["level"], "重大隐患（消防类）") == ("重大", False)
    for text in ("一般（原重大）", "重大（一般）", "疑似重大", "一般，拟升级"):
        assert read(HAZARD["level"], text) == (None, False)


@pytest.mark.parametrize(
    ("cell", "value"),
    [("1,200", 1200.0), ("１２", 12.0), ("1.2万", 1.2), ("1千万元", 1000.0), ("1,2", None),
     ("3.5.2", None), ("5-10", None), ("3人", None), ("5%", None)],
)  # fmt: skip
def test_a_number_is_one_number_of_the_columns_unit(cell: str, value: float | None) -> None:
    assert read(HAZARD["fund_10k"], cell) == (value, value is not None)


@pytest.mark.parametrize(
    ("cell", "number_format", "value"),
    [
        (0.052, "0.0%", 5.2),
        (-0.05, "0%", -5.0),
        (5.2, "General", 5.2),
        ("-5.2%", "", -5.2),
        (1 / 3, "0.0%", 33.3),
        (100 / 3, "0.00_ ", 33.33),
        (100 / 3, "General", 33.3333),
        (-0.182, '"上升"0.0%;"下降"0.0%', -18.2),
        (18.2, '0.0"%"', 18.2),
        (200, "0.0", 200.0),
        (-2 / 11, "0.0%", -18.2),
        (2, "0%", 200.0),
    ],
)
def test_a_share_shown_in_per_cent_is_one(cell: Any, number_format: str, value: float) -> None:
    field = LEDGERS["accident_stat"]["accidents_yoy_printed"]
    (found,), _ = parse_column([cell], field, BASE, "", lambda _: number_format)
    assert found == pytest.approx(value)


def test_month_first_is_read_where_its_column_proves_it() -> None:
    column = ["10/12/2023", "10/31/2023"]
    assert parse_column(column, HAZARD["found_on"], BASE)[0] == [
        date(2023, 10, 12), date(2023, 10, 31),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "rule"),
    [("较原定10月20日推迟至11月5日", "deadline_slip"), ("11月5日左右", "approximate"),
     ("已于10月12日完成", "unreadable"), ("10月31日前由某甲负责", "unreadable")],
)  # fmt: skip
def test_a_deadline_that_says_more_than_a_day_is_told(cell: str, rule: str) -> None:
    _, (problem,) = parse_column([cell], HAZARD["due_on"], BASE)
    assert problem.rule == rule


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("↓20%", -20), ("下降12.5%", -12.5), ("↑33.3%", 33.3), ("同比增长5%", 5), ("持平", 0),
        ("-20%", -20), ("−18.2%", -18.2), ("－１８．２％", -18.2), ("+33.3", 33.3),
        ("▼ 18.2", -18.2),
        ("较上年同期下降了18.2%", -18.2), ("与去年同期持平", 0), ("（下降18.2%）", -18.2),
        ("增长-5.3%", -5.3), ("降幅5.3%", -5.3), ("同比增减率：-5.3%", -5.3), ("上升1.5倍", 150),
        ("增加1倍", 100), ("翻一番", 100), ("下降百分之18.2", -18.2), ("同比不变", 0),
        ("减少4起，下降18.2%", -18.2), ("同比增加6起（33.3%）", 33.3), ("减少4起（-18.2%）", -18.2),
        ("减少4人、18.2%", -18.2), ("上升100%（上年同期为0）", 100), ("持平（上年同期2起）", 0),
        ("不可比", None), ("无同期可比数据", None), ("上年同期为0", None),
        ("—（上年同期为零）", None),
    ],
)  # fmt: skip
def test_a_change_in_per_cent_has_the_sign_that_it_says(cell: str, value: float | None) -> None:
    field = LEDGERS["accident_stat"]["deaths_yoy_printed"]
    assert parse_column([cell], field, date(2023, 11, 1)) == ([value], [])


@pytest.mark.parametrize(
    "cell", ["下降-5%", "下降2倍", "上升3起", "减少4起", "5.3个百分点", "(18.2%)"]
)
def test_a_change_that_may_be_two_things_is_left_to_a_person(cell: str) -> None:
    field = LEDGERS["accident_stat"]["deaths_yoy_printed"]
    (value,), (problem,) = parse_column([cell], field, date(2023, 11, 1))
    assert (value, problem.rule) == (None, "unreadable")


@pytest.mark.parametrize(
    ("text", "places"),
    [("33.30", 2), ("下降18.2%", 1), ("-18", 0), ("持平", 4), ("0.0", 1), ("上升1.5倍", -1),
     ("增加2倍", -2), ("基本持平", 0), ("1,200.5%", 1),
     ("减少4起，下降18.18%", 2), ("上升100.0%（上年同期为0.25）", 1)],
)  # fmt: skip
def test_a_printed_change_has_the_decimals_that_were_printed(text: str, places: int) -> None:
    assert places_of(text) == places


@given(st.integers(-99_999, 99_999), st.integers(0, 2), st.sampled_from(["", "%", "％"]))
def test_a_printed_change_is_read_in_words_as_in_signs(
    units: int, places: int, measure: str
) -> None:
    """−1820 hundredths are −18.20, 下降18.20% and a cell of −0.182 under 0.00%."""
    field = LEDGERS["accident_stat"]["deaths_yoy_printed"]
    digits = f"{abs(units) / 10**places:.{places}f}"
    word, sign = ("下降", "-") if units < 0 else ("上升", "")
    percent = units / 10**places
    cells = [f"{word}{digits}{measure}", f"{sign}{digits}{measure}", percent]
    values, problems = parse_column(cells, field, date(2023, 11, 1))
    assert (values, problems) == ([percent] * 3, [])
    assert {places_of(cell) for cell in map(str, cells[:2])} == {places}
    shares, _ = parse_column([percent / 100], field, date(2023, 11, 1), "", lambda _: "0.00%")
    assert shares == [percent]


@given(
    st.lists(
        st.one_of(
            st.integers(-(10**6), 10**13), st.floats(), st.booleans(),
            st.sampled_from(["", "-", "1200", "3万", "约5000元"]),
        )
    ),
    st.sampled_from(["", "元", "万元"]),
)  # fmt: skip
def test_a_column_of_numbers_is_read_as_its_cells_are(cells: list[Any], unit: str) -> None:
    alone = [parse_column([cell], HAZARD["fund_10k"], BASE, unit) for cell in cells]
    values, problems = parse_column(cells, HAZARD["fund_10k"], BASE, unit)
    assert values == [value for (value,), _ in alone]
    assert [(each.position, each.message) for each in problems] == [
        (n, each.message) for n, (_, told) in enumerate(alone) for each in told
    ]


@pytest.mark.parametrize("cell", [-3, -3.0, "-3", "−３", "-3条"])
def test_less_than_nothing_is_never_counted(cell: Any) -> None:
    """A unit's -100 would take a hundred found hazards from the county's; only changes may fall."""
    assert read(LEDGERS["inspection"]["hazards_found"], cell) == (None, False)
    assert read(HAZARD["fund_10k"], cell)[0] is None
