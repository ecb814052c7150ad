"""The plan's deadline clause, and the usual ways of writing a single deadline."""

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.ingest.cells.deadlines import Clause, parse_clause

BASE = date(2023, 9, 30)
CLAUSE = (
    "9月30日前，全部进入工作状态，10月15日为第一个工作节点，以后每15天为一个工作节点，"
    "按节点完成定量任务，(5-3)项11月20日前完成"
)


def test_the_clause_gives_start_nodes_and_the_deadline_of_one_measure_only() -> None:
    assert parse_clause(CLAUSE, BASE) == Clause(
        start_on=date(2023, 9, 30),
        first_node_on=date(2023, 10, 15),
        node_days=15,
        due_on=None,
        due_by_number={"5-3": date(2023, 11, 20)},
    )


@pytest.mark.parametrize(
    ("number", "due_on"), [("5-1", None), ("5-2", None), ("5-3", date(2023, 11, 20)), (None, None)]
)
def test_due_for_one_measure(number: str | None, due_on: date | None) -> None:
    assert parse_clause(CLAUSE, BASE).due_for(number) == due_on


@pytest.mark.parametrize(
    "clause",
    [
        CLAUSE.replace("(", "（").replace(")", "）"),
        CLAUSE.replace("，", ","),
        CLAUSE.replace("，", "， "),
        CLAUSE.replace("9月30日前", "９月３０日前"),
        CLAUSE.replace("，(5-3)", "；\n(5-3)"),
        CLAUSE.replace("(5-3)项", "5-3项"),
    ],
)
def test_brackets_commas_spaces_and_full_width_digits_do_not_matter(clause: str) -> None:
    assert parse_clause(clause, BASE) == parse_clause(CLAUSE, BASE)


def test_several_measures_may_have_deadlines_of_their_own() -> None:
    clause = parse_clause("(5-1)、(5-2)项10月20日前完成，(5-3)项11月20日前完成", BASE)
    assert clause.due_by_number == {
        "5-1": date(2023, 10, 20),
        "5-2": date(2023, 10, 20),
        "5-3": date(2023, 11, 20),
    }


def test_the_deadline_of_a_later_measure_may_be_an_earlier_day() -> None:
    clause = parse_clause("(2-1)项11月20日前完成，(2-2)项12月31日前，(2-3)项12月20日前完成", BASE)
    assert clause.due_by_number == {
        "2-1": date(2023, 11, 20), "2-2": date(2023, 12, 31), "2-3": date(2023, 12, 20),
    }  # fmt: skip
    assert clause.left == ""
    # Of one matter, an earlier day after a later one has no year that is sure.
    assert parse_clause("(2-2)项12月31日前完成初检，12月20日前完成复检", BASE).left
    assert parse_clause("12月31日前完成初检，12月20日前完成复检", BASE).left


@pytest.mark.parametrize(
    ("text", "due_on"),
    [
        ("10月30日前完成", date(2023, 10, 30)),
        ("2023年9月30日前", date(2023, 9, 30)),
        ("10月底前", date(2023, 10, 31)),
        ("2024年2月底前完成", date(2024, 2, 29)),
        ("2023-10-30前", date(2023, 10, 30)),
        ("9月15日—10月20日", date(2023, 10, 20)),
        ("10月15日至20日", date(2023, 10, 20)),
        ("9-11月", date(2023, 11, 30)),
        ("2023年10月至11月", date(2023, 11, 30)),
        ("10月中旬", date(2023, 10, 20)),
        ("11月下旬前", date(2023, 11, 30)),
        ("10月份", date(2023, 10, 31)),
        ("202310", date(2023, 10, 31)),
        ("2023-10", date(2023, 10, 31)),
        ("第四季度", date(2023, 12, 31)),
        ("Q4", date(2023, 12, 31)),
        ("一季度末", date(2024, 3, 31)),
        ("上半年", date(2024, 6, 30)),
        ("2023年上半年", date(2023, 6, 30)),
        ("年底前", date(2023, 12, 31)),
        ("明年3月底前", date(2024, 3, 31)),
        ("本月底", date(2023, 9, 30)),
        ("当月底前", date(2023, 9, 30)),
        ("下月底前", date(2023, 10, 31)),
        ("十月三十日", date(2023, 10, 30)),
        ("十一月卅日", date(2023, 11, 30)),
        ("二〇二三年九月三十日", date(2023, 9, 30)),
        ("23.10.30", date(2023, 10, 30)),
        ("10.30前", date(2023, 10, 30)),
        ("20231030", date(2023, 10, 30)),
        ("2023。10。30", date(2023, 10, 30)),
        ("国庆节前", date(2023, 9, 30)),
        ("春节前", date(2024, 2, 9)),
        ("2024年4月4日（清明节）前", date(2024, 4, 4)),
        ("2024年中秋节前", date(2024, 9, 16)),
        ("汛期前", date(2024, 5, 31)),
        ("2024年底前，并长期坚持", date(2024, 12, 31)),
        ("限期整改(至2023-10-30)", date(2023, 10, 30)),
        ("长期", None),
        ("每月25日前", None),
        ("每季度至少召开1次", None),
        ("尽快", None),
    ],
)
def test_a_single_deadline_holds_for_all(text: str, due_on: date | None) -> None:
    assert parse_clause(text, BASE).due_on == due_on


@pytest.mark.parametrize(
    ("submitted", "due_on"),
    [
        ("2023-01-05", "2023-01-20"),
        ("2023-03-31", "2024-01-20"),  # 295 days ahead
        ("2023-03-26", "2024-01-20"),  # 300 days ahead
        ("2023-03-25", "2023-01-20"),  # 301 days: it has passed, or so it seems
        ("2024-01-21", "2024-01-20"),
        ("2023-12-20", "2024-01-20"),  # eleven months back: next January is meant
    ],
)
def test_a_day_without_a_year_is_the_first_from_the_anchor_on_within_300_days(
    submitted: str, due_on: str
) -> None:
    clause = parse_clause("1月20日前完成", date.fromisoformat(submitted))
    assert clause.due_on == date.fromisoformat(due_on)
    assert clause.is_doubtful == (clause.due_on < date.fromisoformat(submitted))


def test_a_day_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(ValueError, match="2月30日"):
        parse_clause("2月30日前完成", BASE)


@given(st.dates(date(2023, 7, 28), date(2024, 7, 26)), st.integers(1, 60))
def test_any_clause_comes_out_as_it_was_written(due_on: date, node_days: int) -> None:
    text = (
        f"9月30日前，全部进入工作状态，10月15日为第一个工作节点，以后每{node_days}天为一个工作节点，"
        f"(7-2)项{due_on.month}月{due_on.day}日前完成"
    )
    clause = parse_clause(text, BASE)
    assert (clause.node_days, clause.due_for("7-2"), clause.due_for("7-1")) == (
        node_days,
        due_on,
        None,
    )


@pytest.mark.parametrize(
    ("text", "due_on"),
    [
        ("立行立改", date(2023, 9, 28)),  # on the day on which it was found, a Thursday
        ("3日内", date(2023, 10, 1)),
        ("一周内", date(2023, 10, 5)),
        ("5", date(2023, 10, 3)),
        ("15天", date(2023, 10, 13)),
        ("一个月内", date(2023, 10, 28)),
        # The holiday of 2023 ran from 29 September to 6 October; 7 and 8 October were worked.
        ("2个工作日内", date(2023, 10, 8)),
        ("2023年10月30日前", date(2023, 10, 30)),
    ],
)
def test_a_relative_deadline_counts_from_the_day_of_discovery(text: str, due_on: date) -> None:
    assert parse_clause(text, BASE).due_for(None, date(2023, 9, 28)) == due_on


def test_a_relative_deadline_without_a_day_to_count_from_is_none() -> None:
    assert parse_clause("3日内", BASE).due_for(None, None) is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("立行立改，长期坚持", (0, True, False, "")),
        ("长期坚持", (None, True, False, "")),
        ("每半月", (None, False, False, "每半月")),
        ("视资金到位情况", (None, False, True, "")),
    ],
)
def test_what_is_no_date_is_read_as_what_it_is(
    text: str, says: tuple[int | None, bool, bool, str]
) -> None:
    clause = parse_clause(text, BASE)
    assert (
        clause.days_after, clause.is_ongoing, clause.is_vague, clause.recurring,
    ) == says  # fmt: skip


MONTHS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")


@given(
    st.dates(date(2023, 7, 28), date(2024, 7, 26)),
    st.sampled_from(
        ["{m}月{d}日前", "{m}月{d}号之前完成", "{y}年{m}月{d}日", "{y}.{m}.{d}前", "{m}.{d}",
         "{c}月{d}日前", "限期整改（至{y}-{m}-{d}）", "{y}年{m}月{d}日前，并长期坚持"]
    ),
)  # fmt: skip
def test_any_day_is_read_from_any_way_of_naming_it(day: date, style: str) -> None:
    text = style.format(y=day.year, m=day.month, d=day.day, c=MONTHS[day.month - 1])
    assert parse_clause(text, BASE).due_on == day


SIGNS = "每月日前底旬年季度天内工作节点（）5-3项、，0123456789一二十半立行改长期"


@given(st.text(SIGNS, max_size=20))
def test_no_text_whatever_breaks_the_grammar(text: str) -> None:
    with contextlib.suppress(ValueError):  # a day that does not exist
        parse_clause(text, BASE)


FOUND = date(2023, 10, 1)


@pytest.mark.parametrize(
    ("text", "due_on"),
    [
        ("半年内", date(2024, 4, 1)), ("1年内", date(2024, 10, 1)), ("两年内", date(2025, 10, 1)),
        ("三个月内", date(2024, 1, 1)), ("3个月", date(2024, 1, 1)), ("半月内", date(2023, 10, 16)),
        ("24小时内", date(2023, 10, 2)), ("48小时", date(2023, 10, 3)), ("当日", FOUND),
        ("第一时间", FOUND), ("立即", FOUND), ("立行立改，3日内完成", date(2023, 10, 4)),
        ("自发现之日起15日内", date(2023, 10, 16)), ("起30日内", date(2023, 10, 31)),
        # The holiday ran to 6 October; the weekend of 7 and 8 October was worked.
        ("自接到通知之日起10个工作日内", date(2023, 10, 18)), ("3至5日内", date(2023, 10, 6)),
        ("30日内完成整改，45日内复查", date(2023, 10, 31)),
        ("30日内完成整改并复查", date(2023, 10, 31)),
        ("2023年10月15日起30日内", date(2023, 11, 14)),
        ("自2023年10月15日起3个月内", date(2024, 1, 15)),
    ],
)  # fmt: skip
def test_a_period_counts_from_the_record_or_from_the_day_that_it_names(
    text: str, due_on: date
) -> None:
    assert parse_clause(text, BASE).due_for(None, FOUND) == due_on


@pytest.mark.parametrize(
    ("text", "due_on"),
    [
        ("月底前", date(2023, 10, 31)), ("31日前", date(2023, 10, 31)),
        ("25日前", date(2023, 10, 25)),
        ("下月10日前", date(2023, 11, 10)), ("本季度末", date(2023, 12, 31)),
        ("下季度末", date(2024, 3, 31)), ("年底前", date(2023, 12, 31)),
        ("明年一季度", date(2024, 3, 31)), ("次年3月底前", date(2024, 3, 31)),
        ("下周五前", date(2023, 10, 6)), ("1月底前", date(2024, 1, 31)),
        ("10月20日前", date(2023, 10, 20)), ("主汛期来临前", date(2024, 5, 31)),
    ],
)  # fmt: skip
@pytest.mark.parametrize("submitted", [date(2023, 10, 15), date(2024, 2, 1), date(2024, 9, 30)])
def test_a_ledger_that_is_sent_again_later_does_not_move_its_deadlines(
    text: str, due_on: date, submitted: date
) -> None:
    assert parse_clause(text, submitted).due_for(None, FOUND) == due_on


@pytest.mark.parametrize(
    ("text", "due_on"),
    [
        ("2023年5月—11月", date(2023, 11, 30)), ("2024.6-2024.9", date(2024, 9, 30)),
        ("2024.6—9", date(2024, 9, 30)), ("2023年12月20日至1月15日", date(2024, 1, 15)),
        ("2023年10月至次年3月", date(2024, 3, 31)), ("10.15-10.31", date(2023, 10, 31)),
        ("即日起至10月31日", date(2023, 10, 31)), ("“五一”前", date(2024, 4, 30)),
        ("「十一」黄金周前", date(2023, 9, 30)), ("“十四五”末", date(2025, 12, 31)),
        ("2023-10-30T16:00:00.000Z", date(2023, 10, 31)),
        ("2023年10月31日17时前", date(2023, 10, 31)), ("农历八月十五前", date(2023, 9, 29)),
        ("甲辰年七月底前", date(2024, 9, 2)), ("腊月二十三前", date(2024, 2, 2)),
        ("2023年10月31日前完成，11月5日前复查", date(2023, 10, 31)),
        ("10月31日前完成（已完成）", date(2023, 10, 31)),
        ("4月底前完成排查，9月底前完成整治", date(2024, 9, 30)),
        ("2024年底前完成，其中3月底前完成排查", date(2024, 12, 31)),
        ("滑雪场开业前，最迟不超过2023年12月15日", date(2023, 12, 15)),
    ],
)  # fmt: skip
def test_what_stands_beside_the_day_is_understood_too(text: str, due_on: date) -> None:
    clause = parse_clause(text, BASE)
    assert (clause.due_on, clause.left) == (due_on, "")


@pytest.mark.parametrize(
    ("text", "by_number", "common"),
    [
        ("①11月20日前②11月底前③长期坚持",
         {"1": date(2023, 11, 20), "2": date(2023, 11, 30)}, date(2023, 11, 30)),
        ("第①项10月25日前；第②、③项11月底前",
         {"1": date(2023, 10, 25), "2": date(2023, 11, 30), "3": date(2023, 11, 30)},
         date(2023, 11, 30)),
        ("1、2项10月底前，3项12月底前",
         {"1": date(2023, 10, 31), "2": date(2023, 10, 31), "3": date(2023, 12, 31)},
         date(2023, 12, 31)),
        ("第1项10月20日前，其余11月底前", {"1": date(2023, 10, 20)}, date(2023, 11, 30)),
    ],
)  # fmt: skip
def test_parts_have_days_of_their_own_and_the_whole_is_due_at_the_last(
    text: str, by_number: dict[str, date], common: date
) -> None:
    clause = parse_clause(text, BASE)
    assert clause.due_by_number == by_number
    assert clause.due_for(None) == common


@pytest.mark.parametrize(
    "text",
    [
        "已于10月12日完成", "10月31日未完成", "10月31日后", "原定10月20日", "2024年前", "3月内",
        "10月31日前由某甲负责", "10月15日10月20日前", "视资金情况", "即日起", "10月20日至10月5日",
        "整改完成后30日内", "11月5日前复查",
    ],
)  # fmt: skip
def test_what_says_something_else_sets_no_deadline(text: str) -> None:
    clause = parse_clause(text, BASE)
    assert (clause.due_for(None, FOUND), clause.is_ongoing) == (None, False)
    assert clause.left or clause.says_nothing


def test_a_deadline_that_was_moved_is_the_new_one_and_marked() -> None:
    clause = parse_clause("较原定10月20日推迟至11月5日", BASE)
    assert (clause.due_on, clause.is_moved) == (date(2023, 11, 5), True)


#: Signs of words that are on no harmless list, and of which no construct of the grammar is made.
STRANGE = "县乡局某甲鸡鸭鹅桌椅灯泡红绿"


@given(st.dates(date(2023, 7, 28), date(2024, 7, 26)), st.text(STRANGE, min_size=1, max_size=6))
def test_a_day_with_strange_words_is_no_deadline(day: date, words: str) -> None:
    written = f"{day.year}年{day.month}月{day.day}日"
    for text in (written + words, words + written, f"{written}前{words}"):
        clause = parse_clause(text, BASE)
        assert clause.due_on is None
        assert clause.left == words


@given(st.text(SIGNS + "①②原定推迟至已于复查起“”农历甲辰次明下周初:.-—/T", max_size=24))
def test_every_text_gives_a_clause_or_says_that_a_day_does_not_exist(text: str) -> None:
    try:
        clause = parse_clause(text, BASE)
    except ValueError:
        return
    assert not (clause.left and clause.due_on)
    due = clause.due_for(None, FOUND)
    assert due is None or isinstance(due, date)


def test_a_text_of_pages_is_left_as_it_is() -> None:
    clause = parse_clause("10月31日前完成，" * 200, BASE)
    assert clause.due_on is None
    assert clause.left.startswith("10月31日前完成，")
