"""What a unit says of an item that frees it counts once the office has said so: 模拟数据."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from analysis.ingest.pipeline import ingest
from analysis.ingest.received import register
from analysis.settings import Settings
from tests.ingest.answering import ask, settle

Write = Callable[..., Path]
HEADER = [
    "隐患编号", "场所名称", "隐患描述", "发现日期", "整改期限", "延期至", "隐患等级", "责任人",
    "整改状态", "整改完成日期", "是否挂牌督办", "挂牌日期",
]  # fmt: skip
OVERDUE, LATER = "2023-11-25", "2023-12-20"


def row(
    status: str = "整改中", due: str = "2023-10-31", extended: str = "", level: str = "一般",
    done: str = "", listed: str = "", listed_on: str = "",
) -> list[str]:  # fmt: skip
    return [
        "1", "某宾馆", "灭火器过期", "2023-10-01", due, extended, level, "某甲", status, done,
        listed, listed_on,
    ]  # fmt: skip


def sheet(rows: Iterable[list[str]]) -> list[list[str]]:
    return [["甲局隐患台账"], ["填报单位：甲局"], HEADER, *rows]


def upload(write_sheet: Write, day: str, *rows: list[str]) -> None:
    """As the account of 甲局 sends it."""
    write_sheet(f"{day}/甲局/001_台账.xlsx", sheet(rows))


def upload_in_turn(write_sheet: Write, day: str, *rows: list[str]) -> None:
    """A file each, one after the other on one day, as the account of 甲局 sends them."""
    for number, said in enumerate(rows, 1):
        write_sheet(f"{day}/甲局/{number:03}_台账.xlsx", sheet([said]))


def put_in(write_sheet: Write, day: str, *rows: list[str]) -> None:
    """As the office itself takes it in."""
    write_sheet(f"{day}/甲局.xlsx", sheet(rows))


def found_and_told(
    home: Settings, write_sheet: Write, day: date, found: list[str], told: list[str]
) -> None:
    """What the office puts in, and what 甲局 says of it a minute later on the same day."""
    put_in(write_sheet, str(day), found)
    upload(write_sheet, str(day), told)
    for minute, path in enumerate((f"{day}/甲局.xlsx", f"{day}/甲局/001_台账.xlsx")):
        register(home.raw, [path], day, datetime(day.year, day.month, day.day, 9, minute))
    ingest(home)


def sent(home: Settings, write_sheet: Write, *later: list[str]) -> None:
    """An open hazard, due on 31 October, and from 6 November on what 甲局 says of it then."""
    upload(write_sheet, "2023-10-10", row())
    upload(write_sheet, "2023-11-06", *later)
    ingest(home)


def answer(home: Settings, *entries: tuple[str, str]) -> None:
    ((key,),) = ask(home, "SELECT doubt_key FROM doubt")
    settle(home, key, *entries)


def seen(home: Settings, as_of: str = OVERDUE, known_on: str | None = None) -> tuple[Any, ...]:
    """State, deadline in force and what is claimed."""
    known = f", known_on := DATE '{known_on}'" if known_on else ""
    sql = f"SELECT state, strftime(due_on, '%m-%d'), relief FROM items(DATE '{as_of}'{known})"
    (found,) = ask(home, sql)
    return found


def questions(home: Settings) -> list[tuple[Any, ...]]:
    return ask(home, "SELECT rule, text, known_to IS NULL FROM doubt ORDER BY known_from, rule")


def test_a_hazard_that_its_unit_calls_none_is_late_until_the_office_agrees(
    home: Settings, write_sheet: Write
) -> None:
    sent(home, write_sheet, row("误报"))
    assert seen(home) == ("overdue", "10-31", "void")
    assert questions(home) == [("voiding", "误报", True)]
    answer(home, ("granted", "2023-11-20"))
    assert seen(home) == ("void", "10-31", None)
    assert seen(home, "2023-11-19", "2023-11-19") == ("overdue", "10-31", "void")


def test_what_the_office_denies_is_asked_no_more_and_counts_as_before(
    home: Settings, write_sheet: Write
) -> None:
    sent(home, write_sheet, row("无需整改"))
    answer(home, ("denied", "2023-11-20"))
    assert seen(home) == ("overdue", "10-31", None)
    assert ask(home, "FROM quality WHERE severity = 'doubt'") == []
    answer(home, ("granted", "2023-11-20"), ("撤回", "2023-11-22"))
    assert [seen(home, f"2023-11-{day}", f"2023-11-{day}")[0] for day in (21, 23)] == [
        "void", "overdue",
    ]  # fmt: skip


def test_an_extension_counts_from_the_day_on_which_it_is_granted(
    home: Settings, write_sheet: Write
) -> None:
    sent(home, write_sheet, row(extended="2023-12-10"))
    assert seen(home) == ("overdue", "10-31", "later")
    answer(home, ("granted", "2023-11-20"))
    assert seen(home) == ("open", "12-10", None)
    assert seen(home, "2023-11-19", "2023-11-19") == ("overdue", "10-31", "later")


def test_a_deadline_that_its_unit_writes_anew_is_an_extension_too(
    home: Settings, write_sheet: Write
) -> None:
    sent(home, write_sheet, row(due="2023-12-10"))
    assert seen(home) == ("overdue", "10-31", "later")
    answer(home, ("granted", "2023-11-20"))
    days = "SELECT strftime(first_due_on, '%m-%d'), strftime(due_on, '%m-%d') FROM items(DATE '{}')"
    assert ask(home, days.format(OVERDUE)) == [("10-31", "12-10")]
    upload(write_sheet, "2023-12-06", row(due="2023-12-10"))
    ingest(home)
    assert ask(home, days.format(LATER)) == [("10-31", "12-10")]
    assert seen(home, LATER) == ("overdue", "12-10", None)


def test_an_extension_in_the_first_row_is_asked_about_and_a_first_deadline_is_not(
    home: Settings, write_sheet: Write
) -> None:
    upload(write_sheet, "2023-11-06", row(extended="2023-12-10"))
    ingest(home)
    assert seen(home) == ("overdue", "10-31", "later")
    upload(write_sheet, "2023-11-06", row(due="", extended="2023-12-10"))
    ingest(home)
    assert seen(home) == ("open", "12-10", None)


def test_an_earlier_deadline_counts_at_once_and_so_does_one_that_counted_before(
    home: Settings, write_sheet: Write
) -> None:
    sent(home, write_sheet, row(due="2023-10-20"))
    assert seen(home) == ("overdue", "10-20", None)
    upload(write_sheet, "2023-11-20", row(due="2023-10-31"))
    ingest(home)
    assert seen(home) == ("overdue", "10-31", None)
    assert questions(home) == []


@pytest.mark.parametrize(
    ("first", "earlier", "back", "asked"),
    [
        (row(due=LATER), row(due="2023-11-09"), row(due=LATER), True),  # overdue on the 20th
        (row(due=LATER), row(due="2023-11-20"), row(due=LATER), False),  # it has not passed
        (row(due=LATER), row(due="2023-11-09"), row(due="2023-11-19"), False),  # late by both
        (row(due=LATER), row(due="2023-11-09"), row(due="2023-11-20"), True),  # due today
        (row(), row(due="2023-10-20"), row("已整改", done="2023-10-20"), False),
        (row(), row(due="2023-10-20"), row("已整改", done="2023-10-31"), True),  # late till then
        (row(), row(due="2023-10-20"), row("已整改", done="2023-11-01"), False),  # late by both
        (row(), row(due="2023-10-20"), row("已整改"), True),
    ],
)
def test_but_nothing_that_was_late_is_on_time_by_going_back(
    home: Settings, write_sheet: Write, first: list[str], earlier: list[str], back: list[str],
    asked: bool,
) -> None:  # fmt: skip
    for day, said in (("10-10", first), ("10-19", earlier), ("11-20", back)):
        upload(write_sheet, f"2023-{day}", said)
    ingest(home)
    assert ("extension" in [rule for rule, *_ in questions(home)]) is asked


def test_a_deadline_that_is_taken_away_still_holds(home: Settings, write_sheet: Write) -> None:
    sent(home, write_sheet, row(due="取消"))
    assert seen(home) == ("overdue", "10-31", "undated")
    answer(home, ("granted", "2023-11-20"))
    assert seen(home)[1:] == (None, None)


def test_a_major_hazard_does_not_become_an_ordinary_one_by_its_unit(
    home: Settings, write_sheet: Write
) -> None:
    upload(write_sheet, "2023-10-10", row(level="重大"))
    upload(write_sheet, "2023-11-06", row(level="一般"))
    ingest(home)
    level = f"SELECT level, relief FROM items(DATE '{OVERDUE}')"
    assert ask(home, level) == [("重大", "lowered")]
    assert ask(home, f"SELECT count(*) FROM supervision(DATE '{OVERDUE}')") == [(1,)]
    answer(home, ("granted", "2023-11-20"))
    assert ask(home, level) == [("一般", None)]


@pytest.mark.parametrize("level", ["取消", "删除"])
def test_a_major_hazard_does_not_lose_its_level_by_its_unit(
    home: Settings, write_sheet: Write, level: str
) -> None:
    upload(write_sheet, "2023-10-10", row(level="重大"))
    upload(write_sheet, "2023-11-06", row("误报", level=level))
    ingest(home)
    found = ask(home, f"SELECT level, state, relief FROM items(DATE '{OVERDUE}')")
    assert found == [("重大", "overdue", "void")]
    assert [rule for rule, *_ in questions(home)] == ["lowering", "voiding"]
    ((asked, cell),) = ask(home, "SELECT question, cell FROM doubt WHERE rule = 'lowering'")
    assert (asked, cell) == (f"报送由重大改为“{level}”，是否同意", "G4")


def test_a_slip_is_put_right_on_its_day_but_not_that_a_hazard_was_major(
    home: Settings, write_sheet: Write
) -> None:
    upload_in_turn(write_sheet, "2023-10-10", row(level="重大"), row("误报", due="2024-10-31"))
    ingest(home)
    assert titles(home)[0][1] == "重大"
    assert seen(home)[:2] == ("overdue", "10-31")
    assert [rule for rule, *_ in questions(home)] == ["extension", "lowering", "voiding"]


def test_what_the_office_put_in_is_not_put_right_by_the_unit_the_same_day(
    home: Settings, write_sheet: Write
) -> None:
    told = row("误报", due="2024-10-31")
    found_and_told(home, write_sheet, date(2023, 10, 10), row(), told)
    assert seen(home) == ("overdue", "10-31", "later")
    assert [rule for rule, *_ in questions(home)] == ["extension", "voiding"]


def test_a_slip_in_a_deadline_is_put_right_on_its_day(home: Settings, write_sheet: Write) -> None:
    upload_in_turn(write_sheet, "2023-10-10", row(due="2023-10-31"), row(due="2023-12-31"))
    ingest(home)
    assert seen(home) == ("open", "12-31", None)
    assert questions(home) == []


@pytest.mark.parametrize(
    ("first", "second", "rule"),
    [
        (row(), row("误报"), "voiding"),
        (row(due="2023-10-09"), row(due="2023-12-31"), "extension"),
        (row(), row(due="取消"), "extension"),
        (row("已整改", done="2023-11-08"), row("已整改", done="2023-10-30"), "redating"),
    ],
)
def test_nothing_else_is_put_right_on_its_day_unasked(
    home: Settings, write_sheet: Write, first: list[str], second: list[str], rule: str
) -> None:
    """It was late, or stood in the figures, between the two files of one day."""
    upload_in_turn(write_sheet, "2023-11-10", first, second)
    ingest(home)
    assert [asked for asked, *_ in questions(home)] == [rule]


def test_what_is_put_right_on_its_day_is_asked_about_no_more(
    home: Settings, write_sheet: Write
) -> None:
    upload_in_turn(write_sheet, "2023-10-10", row("整改中"), row("误报"), row("整改中"))
    ingest(home)
    assert (seen(home), questions(home)) == (("overdue", "10-31", None), [])


def described(text: str, level: str = "重大") -> list[str]:
    said = row(level=level)
    return [*said[:2], text, *said[3:]]


def titles(home: Settings, known_on: str = OVERDUE) -> list[tuple[Any, ...]]:
    known = f"DATE '{OVERDUE}', known_on := DATE '{known_on}'"
    return ask(home, f"SELECT title, level, relief FROM items({known})")


def test_a_major_hazard_is_what_it_was_until_the_office_has_read_its_new_words(
    home: Settings, write_sheet: Write
) -> None:
    """Both are asked, level and words; whoever reads the one question reads the old words."""
    upload(write_sheet, "2023-10-10", described("玻璃观景台钢索断丝"))
    upload(write_sheet, "2023-11-06", described("玻璃观景台需要保洁", level="一般"))
    ingest(home)
    assert titles(home) == [("某宾馆：玻璃观景台钢索断丝", "重大", "reworded")]
    asked = ask(home, "SELECT rule, question FROM doubt ORDER BY rule")
    assert asked == [
        ("lowering", "报送由重大改为“一般”，是否同意"),
        (
            "rewording",
            "重大隐患“某宾馆：玻璃观景台钢索断丝”报送改写为“某宾馆：玻璃观景台需要保洁”，是否同意",
        ),
    ]


def test_a_major_hazard_stays_in_its_township(home: Settings, write_sheet: Write) -> None:
    """What was blank is filled in; then it is what it is."""
    said = described("玻璃观景台钢索断丝")
    for day, town in (("10-10", ""), ("10-26", "东河镇"), ("11-06", "西岭镇")):
        rows = [["甲局隐患台账"], ["填报单位：甲局"], [*HEADER, "所属乡镇"], [*said, town]]
        write_sheet(f"2023-{day}/甲局/001_台账.xlsx", rows)
    ingest(home)
    assert ask(home, f"SELECT township, relief FROM items(DATE '{OVERDUE}')") == [
        ("东河镇", "reworded")
    ]
    ((question,),) = ask(home, "SELECT question FROM doubt")
    assert question.startswith(
        "重大隐患“东河镇 某宾馆：玻璃观景台钢索断丝”报送改写为“西岭镇 某宾馆"
    )


def test_words_that_the_office_agrees_to_count_from_its_answer_on(
    home: Settings, write_sheet: Write
) -> None:
    upload(write_sheet, "2023-10-10", described("玻璃观景台钢索断丝"))
    upload(write_sheet, "2023-11-06", described("玻璃观景台承重钢索断丝，已封闭"))
    ingest(home)
    answer(home, ("granted", "2023-11-20"))
    assert titles(home, "2023-11-19") == [("某宾馆：玻璃观景台钢索断丝", "重大", "reworded")]
    assert titles(home) == [("某宾馆：玻璃观景台承重钢索断丝，已封闭", "重大", None)]


def test_other_words_than_those_agreed_to_are_asked_about_anew(
    home: Settings, write_sheet: Write
) -> None:
    upload(write_sheet, "2023-10-10", described("玻璃观景台钢索断丝"))
    upload(write_sheet, "2023-11-06", described("玻璃观景台钢索"))
    ingest(home)
    answer(home, ("granted", "2023-11-07"))
    upload(write_sheet, "2023-11-16", described("玻璃观景台保洁"))
    ingest(home)
    assert titles(home) == [("某宾馆：玻璃观景台钢索", "重大", "reworded")]
    assert len(questions(home)) == 2


@pytest.mark.parametrize(
    ("first", "later"),
    [
        (described("玻璃观景台钢索断丝"), described("玻璃观景台，钢索断丝。")),  # the same words
        (described("灭火器过期", level="一般"), described("灭火器过期3具", level="一般")),
    ],
)
def test_other_marks_and_hazards_that_are_not_major_are_not_asked_about(
    home: Settings, write_sheet: Write, first: list[str], later: list[str]
) -> None:
    upload(write_sheet, "2023-10-10", first)
    upload(write_sheet, "2023-11-06", later)
    ingest(home)
    assert questions(home) == []


def test_the_office_itself_words_a_major_hazard_anew(home: Settings, write_sheet: Write) -> None:
    upload(write_sheet, "2023-10-10", described("玻璃观景台钢索断丝"))
    put_in(write_sheet, "2023-11-06", described("玻璃观景台承重钢索断丝"))
    ingest(home)
    assert titles(home) == [("某宾馆：玻璃观景台承重钢索断丝", "重大", None)]
    assert questions(home) == []


LISTED = f"SELECT standing_text, relief FROM supervision(DATE '{OVERDUE}')"


def test_a_unit_does_not_list_its_own_hazard(home: Settings, write_sheet: Write) -> None:
    upload(write_sheet, "2023-10-10", row(level="重大"))
    upload(write_sheet, "2023-11-06", row(level="重大", listed="是", listed_on="2023-10-05"))
    ingest(home)
    assert ask(home, LISTED) == [("应挂未挂", "listed")]
    answer(home, ("granted", "2023-11-20"))
    assert ask(home, LISTED) == [("督办中", None)]


def test_a_unit_does_not_take_its_hazard_off_the_list(home: Settings, write_sheet: Write) -> None:
    put_in(write_sheet, "2023-10-10", row(listed="是"))
    upload(write_sheet, "2023-11-06", row(listed="否"))
    ingest(home)
    assert ask(home, LISTED) == [("督办中", "unlisted")]


def test_what_was_sent_back_is_not_done_by_being_called_none(
    home: Settings, write_sheet: Write
) -> None:
    upload(write_sheet, "2023-10-10", row("已完成"))
    ingest(home)
    ((item_id,),) = ask(home, "SELECT item_id FROM items(DATE '2023-11-25')")
    header = ["事项编号", "动作", "验收日期", "验收人", "登记人"]
    write_sheet(
        "2023-10-20/验收销号台账.xlsx",
        [["验收销号台账"], header, [item_id, "退回重改", "2023-10-20", "某乙", "某丙"]],
    )
    upload(write_sheet, "2023-11-06", row("误报"))
    ingest(home)
    assert seen(home) == ("overdue", "10-31", "void")


def test_what_was_done_late_stays_so_when_it_is_called_none(
    home: Settings, write_sheet: Write
) -> None:
    upload(write_sheet, "2023-11-06", row("已完成", done="2023-11-03"))
    upload(write_sheet, "2023-11-16", row("误报"))
    ingest(home)
    told = f"SELECT state, days_late, relief FROM items(DATE '{OVERDUE}')"
    assert ask(home, told) == [("accepting", 3, "void")]


def test_what_goes_on_and_is_called_none_on_one_day_goes_on(
    home: Settings, write_sheet: Write
) -> None:
    upload(write_sheet, "2023-10-10", row("已完成"))
    upload(write_sheet, "2023-11-06", row("整改中"))
    write_sheet("2023-11-06/甲局/002_台账.xlsx", sheet([row("误报")]))
    ingest(home)
    assert seen(home) == ("overdue", "10-31", "void")


def test_what_the_office_takes_in_is_its_word_but_for_a_major_hazard(
    home: Settings, write_sheet: Write
) -> None:
    put_in(write_sheet, "2023-10-10", row())
    put_in(write_sheet, "2023-11-06", row("误报", extended="2023-12-10"))
    ingest(home)
    assert (seen(home), questions(home)) == (("void", "12-10", None), [])
    put_in(write_sheet, "2023-10-10", row(level="重大"))
    put_in(write_sheet, "2023-11-06", row("误报", extended="2023-12-10", level="重大"))
    ingest(home)
    assert seen(home) == ("open", "12-10", "void")


def test_a_question_ends_when_the_unit_takes_it_back_and_asks_anew_later(
    home: Settings, write_sheet: Write
) -> None:
    sent(home, write_sheet, row("误报"))
    upload(write_sheet, "2023-11-20", row("整改中"))
    upload(write_sheet, "2023-12-06", row("误报"))
    ingest(home)
    assert questions(home) == [("voiding", "误报", False), ("voiding", "误报", True)]


def test_the_same_words_sent_again_are_the_same_question(
    home: Settings, write_sheet: Write
) -> None:
    sent(home, write_sheet, row(extended="2023-12-10"))
    upload(write_sheet, "2023-11-20", row("基本完成", extended="2023-12-10"))
    ingest(home)
    assert questions(home) == [("extension", "2023-12-10", True)]
    assert seen(home) == ("overdue", "10-31", "later")


def test_a_row_put_right_on_its_own_day_frees_nobody(home: Settings, write_sheet: Write) -> None:
    upload(write_sheet, "2023-10-10", row(due="2023-10-13"))
    write_sheet("2023-10-10/甲局/002_台账.xlsx", sheet([row()]))
    ingest(home)
    assert seen(home) == ("overdue", "10-31", None)


def test_a_deadline_that_the_office_put_right_is_its_own(
    home: Settings, write_sheet: Write
) -> None:
    upload(write_sheet, "2023-10-10", row())
    (home.raw / "corrections.toml").write_text(
        '[[correction]]\nledger = "hazard"\nmatch = { description = "灭火器过期" }\n'
        'field = "due_on"\nvalue = "2023-12-10"\nreason = "批复"\ntold = "某甲"\n'
        'status = "待更正"\non = 2023-10-20\n',
        encoding="utf-8",
    )
    ingest(home)
    assert seen(home) == ("open", "12-10", None)
    text = (home.raw / "corrections.toml").read_text(encoding="utf-8")
    (home.raw / "corrections.toml").write_text(text.replace("待更正", "已更正"), encoding="utf-8")
    upload(write_sheet, "2023-11-06", row("整改中", due="2023-12-10"))
    ingest(home)
    assert (seen(home), questions(home)) == (("open", "12-10", None), [])


def test_what_has_been_accepted_is_asked_nothing(home: Settings, write_sheet: Write) -> None:
    upload(write_sheet, "2023-10-10", row("已完成"))
    upload(write_sheet, "2023-11-06", row("误报"))
    header = ["事项编号", "动作", "验收日期", "验收人", "销号日期"]
    ingest(home)
    ((item_id,),) = ask(home, "SELECT item_id FROM items(DATE '2023-11-25')")
    write_sheet(
        "2023-10-20/验收销号台账.xlsx",
        [["验收销号台账"], header, [item_id, "验收", "2023-10-20", "某乙", "2023-10-20"]],
    )
    ingest(home)
    assert seen(home) == ("closed", "10-31", None)
    assert questions(home) == []


def done_days(home: Settings, as_of: str = OVERDUE) -> list[tuple[Any, ...]]:
    """Day of completion, punctuality and what is claimed."""
    sql = "SELECT strftime(done_on, '%m-%d'), punctuality, relief"
    return ask(home, f"{sql} FROM items(DATE '{as_of}')")


def told_done(home: Settings, write_sheet: Write, *days: str) -> None:
    """Due on 31 October; reported by 甲局 every few days with another day of completion."""
    for number, done in enumerate(days):
        status = "整改中" if done == "open" else "已整改"
        upload(write_sheet, f"2023-11-{10 + number}", row(status, done=done.replace("open", "")))
    ingest(home)


def test_a_late_completion_that_its_unit_dates_earlier_stays_late_until_the_office_agrees(
    home: Settings, write_sheet: Write
) -> None:
    told_done(home, write_sheet, "2023-11-08", "2023-10-30")
    assert done_days(home) == [("11-08", "late", "redated")]
    answer(home, ("granted", "2023-11-20"))
    assert done_days(home) == [("10-30", "in_time", None)]
    assert done_days(home, "2023-11-19") == [("10-30", "in_time", None)]
    known = "SELECT punctuality FROM items(DATE '2023-11-19', known_on := DATE '2023-11-19')"
    assert ask(home, known) == [("late",)]


def test_nor_is_it_freed_by_telling_it_open_in_between_or_by_striking_its_day(
    home: Settings, write_sheet: Write
) -> None:
    told_done(home, write_sheet, "2023-11-08", "open", "2023-10-30", "取消")
    assert done_days(home)[0][:2] == ("11-08", "late")


def test_a_later_day_a_day_in_time_and_a_slip_of_the_same_day_are_nobodys_question(
    home: Settings, write_sheet: Write
) -> None:
    told_done(home, write_sheet, "2023-11-08", "2023-11-09")
    assert done_days(home) == [("11-09", "late", None)]
    upload(write_sheet, "2023-11-20", row("整改中"))
    upload(write_sheet, "2023-11-22", row("已整改", done="2023-11-21"))
    ingest(home)
    assert done_days(home) == [("11-21", "late", None)]
    assert questions(home) == []


def test_done_in_time_while_its_own_list_said_it_was_not_is_asked_about(
    home: Settings, write_sheet: Write
) -> None:
    told_done(home, write_sheet, "open")  # of 10 November, due on 31 October
    upload(write_sheet, "2023-11-20", row("已整改", done="2023-10-20"))
    ingest(home)
    assert done_days(home) == [("11-20", "late", "backdated")]
    ((_, text, _),) = ask(home, "SELECT rule, question, known_to FROM doubt")
    assert text == (
        "报送的完成日期为“2023-10-20”（期限 2023-10-31），而 2023-11-10 报送时仍未完成，是否属实"
    )
    answer(home, ("granted", "2023-11-21"))
    assert done_days(home) == [("10-20", "in_time", None)]


def test_a_list_that_says_so_again_in_the_same_words_is_a_list(
    home: Settings, write_sheet: Write
) -> None:
    """The row of 10 October comes again in November: it adds nothing, and says that it is open."""
    put_in(write_sheet, "2023-10-10", row())
    put_in(write_sheet, "2023-11-15", row())
    upload(write_sheet, "2023-11-20", row("已整改", done="2023-10-20"))
    ingest(home)
    assert done_days(home) == [("11-20", "late", "backdated")]


def test_it_is_not_freed_by_saying_so_once_more(home: Settings, write_sheet: Write) -> None:
    told_done(home, write_sheet, "open")
    upload(write_sheet, "2023-11-20", row("已整改", done="2023-10-20"))
    upload(write_sheet, "2023-11-22", row("已整改", done="2023-10-20", listed="否"))
    ingest(home)
    assert [each[1:] for each in done_days(home)] == [("late", "backdated")]


@pytest.mark.parametrize("again", [row("已整改", done="2023-10-20", level="重大"), None])
def test_nor_by_saying_so_twice_on_one_day(
    home: Settings, write_sheet: Write, again: list[str] | None
) -> None:
    """Another person stands in the second file, or nothing else than in the first."""
    told_done(home, write_sheet, "open")
    done = row("已整改", done="2023-10-20")
    other = [*done[:7], "某乙", *done[8:]] if again is None else again
    upload_in_turn(write_sheet, "2023-11-20", done, other)
    ingest(home)
    assert [each[1:] for each in done_days(home)] == [("late", "backdated")]
    answer(home, ("denied", "2023-11-20"))
    assert [each[1:] for each in done_days(home)] == [("late", None)]


@pytest.mark.parametrize(
    ("done", "found"),
    [("2023-11-03", ("late", "backdated")), ("2023-11-04", ("in_time", None))],  # 17, 16 days
)
def test_nor_by_saying_on_one_day_that_it_is_open_and_then_that_it_was_done_long_ago(
    home: Settings, write_sheet: Write, done: str, found: tuple[str, str | None]
) -> None:
    """First told of on 20 November, after its deadline of 10 November, as open."""
    said = row(due="2023-11-10"), row("已整改", due="2023-11-10", done=done)
    upload_in_turn(write_sheet, "2023-11-20", *said)
    ingest(home)
    assert [each[1:] for each in done_days(home)] == [found]


def test_what_was_open_on_the_day_is_not_done_as_it_was_found(
    home: Settings, write_sheet: Write
) -> None:
    """A rectification on the spot without a day, told of after the same item was told of as open:
    done on the day of its report, after its deadline.
    """
    said = row(due="2023-11-10"), row("现场整改", due="2023-11-10")
    upload_in_turn(write_sheet, "2023-11-20", *said)
    ingest(home)
    assert done_days(home) == [("11-20", "late", None)]


def test_what_is_put_right_to_open_the_same_day_is_open(home: Settings, write_sheet: Write) -> None:
    """It was said to be done in time; the second file of the day says that it is not done."""
    said = row("已整改", due="2023-11-10", done="2023-11-03"), row(due="2023-11-10")
    upload_in_turn(write_sheet, "2023-11-20", *said)
    ingest(home)
    assert seen(home)[0] == "overdue"
    assert [rule for rule, *_ in questions(home)] == []


def test_nor_by_an_earlier_deadline_that_is_put_back_the_same_day(
    home: Settings, write_sheet: Write
) -> None:
    """With the deadline of 10 October it is done late on 20 October; then 31 October is back."""
    told_done(home, write_sheet, "open")
    done = {"status": "已整改", "done": "2023-10-20"}
    earlier, back = (row(due=due, **done) for due in ("2023-10-10", "2023-10-31"))
    upload_in_turn(write_sheet, "2023-11-20", earlier, back)
    ingest(home)
    assert [each[1:] for each in done_days(home)] == [("late", "later")]
    assert [rule for rule, *_ in questions(home)] == ["extension", "redating"]


def test_nor_by_a_later_deadline_that_the_office_grants(home: Settings, write_sheet: Write) -> None:
    """Two questions: whether it may wait until 10 November, and whether it was done on the 2nd."""
    told_done(home, write_sheet, "open")
    upload(write_sheet, "2023-11-29", row())
    upload(write_sheet, "2023-11-30", row("已整改", due="2023-11-10", done="2023-11-02"))
    ingest(home)
    asked = ask(home, "SELECT rule, question, doubt_key FROM doubt ORDER BY rule")
    assert [rule for rule, *_ in asked] == ["extension", "redating"]
    assert asked[0][1] == (
        "期限 2023-10-31 报送改为 2023-11-10（报送的完成日期为 2023-11-02），是否批准"
    )
    settle(home, asked[0][2], ("granted", "2023-12-01"))
    assert [each[1:] for each in done_days(home, LATER)] == [("late", "backdated")]


def test_the_offices_list_of_the_day_says_that_it_is_open(
    home: Settings, write_sheet: Write
) -> None:
    """The office lists it as open on 10 November; its unit says the same day that it was done."""
    done = row("已整改", done="2023-10-20")
    found_and_told(home, write_sheet, date(2023, 11, 10), row(), done)
    assert [each[1:] for each in done_days(home)] == [("late", "backdated")]


def test_a_list_of_a_half_month_ago_may_not_have_known(home: Settings, write_sheet: Write) -> None:
    told_done(home, write_sheet, "open")
    upload(write_sheet, "2023-11-20", row("已整改", done="2023-10-25"))
    ingest(home)
    assert done_days(home) == [("10-25", "in_time", None)]
    assert questions(home) == []


def test_nor_is_a_major_hazard_of_another_kind_by_its_units_word(
    home: Settings, write_sheet: Write
) -> None:
    head = [*HEADER, "隐患类别"]
    rows = [[*row(level="重大"), kind] for kind in ("重大隐患情形", "制度管理")]
    for number, each in enumerate(rows):
        write_sheet(f"2023-11-0{number + 1}/甲局/001_台账.xlsx", [["填报单位：甲局"], head, each])
    ingest(home)
    sql = "SELECT category, relief FROM items(DATE '2023-11-25')"
    assert ask(home, sql) == [("重大隐患情形", "reworded")]
    ((text,),) = ask(home, "SELECT question FROM doubt WHERE rule = 'rewording'")
    assert text == (
        "重大隐患“某宾馆：灭火器过期”报送改写，隐患类别“重大隐患情形”→“制度管理”，是否同意"
    )


def tell_of_another(write_sheet: Write, day: str, done: str) -> None:
    """甲局's second hazard, found on 1 October and due on the 31st, is first told of as done."""
    hazard = ["2", "某景区", "护栏松动", *row("已整改", done=done)[3:]]
    upload(write_sheet, day, row(), hazard)


@pytest.mark.parametrize(
    ("told", "done", "asked"),
    [
        ("2024-02-01", "2023-10-20", ["redating"]),  # 104 days later
        ("2024-01-21", "2023-10-20", ["redating"]),  # 93 days
        ("2024-01-20", "2023-10-20", []),  # a quarter of 92 days
        ("2024-02-01", "2023-10-26", []),  # the list of 11 November may not have known
        ("2024-02-01", "2023-10-25", ["redating"]),  # that of 11 November is 17 days later
        ("2024-03-01", "2023-11-02", []),  # late by its own word
    ],
)
def test_what_its_unit_tells_a_quarter_late_having_reported_in_between_is_asked_about(
    home: Settings, write_sheet: Write, told: str, done: str, asked: list[str]
) -> None:
    upload(write_sheet, "2023-11-11", row("已整改", done="2023-10-25"))
    tell_of_another(write_sheet, told, done)
    ingest(home)
    assert [rule for rule, *_ in questions(home) if rule != "reopened"] == asked


@pytest.mark.parametrize(
    ("days", "done", "asked"),
    [
        (("2024-02-01", "2024-02-10"), "2023-10-31", ["redating"]),
        (("2024-02-01", "2024-02-01"), "2023-10-31", ["redating"]),
        (("2023-11-06", "2024-02-10"), "2023-10-31", ["redating"]),
        (("2023-11-06", "2024-01-20"), "2023-10-20", []),  # a quarter of 92 days
        (("2024-02-01", "2024-02-10"), "2023-11-20", []),  # late by its own word
    ],
)
def test_a_day_that_is_filled_in_later_claims_what_it_would_have_claimed_at_once(
    home: Settings, write_sheet: Write, days: tuple[str, str], done: str, asked: list[str]
) -> None:
    """Done without a day first, which is in no rate; then with one in time."""
    upload(write_sheet, "2023-10-20", row())
    for number, (day, said) in enumerate(zip(days, ("", done), strict=True), 1):
        write_sheet(f"{day}/甲局/{number:03}_台账.xlsx", sheet([row("已整改", done=said)]))
    ingest(home)
    assert [rule for rule, *_ in questions(home)] == asked
    sql = "SELECT punctuality FROM items(DATE '2024-03-01')"
    is_in_time = not asked and done <= "2023-10-31"
    assert (ask(home, sql) == [("in_time",)]) == is_in_time


def test_and_counts_as_done_in_time_once_the_office_agrees(
    home: Settings, write_sheet: Write
) -> None:
    upload(write_sheet, "2023-11-11", row())
    tell_of_another(write_sheet, "2024-02-01", "2023-10-20")
    ingest(home)
    ((text, key),) = ask(home, "SELECT question, doubt_key FROM doubt")
    assert text == (
        "报送的完成日期为“2023-10-20”（期限 2023-10-31），超过一个季度才报，"
        "其间的报送（2023-11-11）没有报过完成，是否属实"
    )
    sql = (
        "SELECT strftime(done_on, '%m-%d'), punctuality FROM items(DATE '2024-03-01') "
        "WHERE site = '某景区'"
    )
    assert ask(home, sql) == [("02-01", "late")]
    settle(home, key, ("granted", "2024-02-10"))
    assert ask(home, sql) == [("10-20", "in_time")]


def test_who_never_reported_before_tells_of_the_past_unasked(
    home: Settings, write_sheet: Write
) -> None:
    tell_of_another(write_sheet, "2024-02-01", "2023-10-20")
    ingest(home)
    assert questions(home) == []


def test_nor_is_asked_what_the_office_sends(home: Settings, write_sheet: Write) -> None:
    upload(write_sheet, "2023-11-11", row())
    put_in(write_sheet, "2024-02-01", row("已整改", done="2023-10-20"))
    ingest(home)
    assert questions(home) == []


def copy(number: str, site: str = "某宾馆", **others: str) -> list[str]:
    """The hazard of ``row`` under another number."""
    return [number, site, *row(**others)[2:]]


@pytest.mark.parametrize(
    ("others", "told"),
    [
        (
            [copy("9", level="一般", due="2023-12-31")],
            "（相同的另有“H-甲局-9”（一般隐患，期限 2023-12-31，整改中））",
        ),
        (
            [copy("9", level="", due="", status="已整改", site="某 宾馆有限公司")],
            "（相同的另有“H-甲局-9”（没有期限，已整改））",
        ),
        ([copy("9", site="某饭店")], "（没有场所和描述相同的另一条）"),
        ([copy("9", status="误报")], "（没有场所和描述相同的另一条）"),
        (
            [copy(str(number)) for number in (6, 7, 8, 9)],
            "（相同的另有“H-甲局-6”（一般隐患，期限 2023-10-31，整改中）、"
            "“H-甲局-7”（一般隐患，期限 2023-10-31，整改中）、"
            "“H-甲局-8”（一般隐患，期限 2023-10-31，整改中），共 4 条）",
        ),
    ],
)
def test_who_calls_an_item_a_copy_is_asked_with_the_one_that_stays_in_sight(
    home: Settings, write_sheet: Write, others: list[list[str]], told: str
) -> None:
    upload(write_sheet, "2023-10-10", row(level="重大"), *others)
    upload(write_sheet, "2023-11-06", row("重复上报", level="重大"), *others)
    ingest(home)
    ((text,),) = ask(home, "SELECT question FROM doubt WHERE rule = 'voiding'")
    assert text == (f"重大隐患，期限 2023-10-31，报送为“重复上报”{told}，不再整改，是否属实")


def test_what_its_copy_said_later_is_not_told_of_the_day_of_the_question(
    home: Settings, write_sheet: Write
) -> None:
    upload(write_sheet, "2023-10-10", row(), copy("9"))
    upload(write_sheet, "2023-11-06", row("重复上报"), copy("9"))
    upload(write_sheet, "2023-11-20", row("重复上报"), copy("9", status="已整改"))
    ingest(home)
    ((text,),) = ask(home, "SELECT question FROM doubt WHERE rule = 'voiding'")
    assert "“H-甲局-9”（一般隐患，期限 2023-10-31，整改中）" in text


@pytest.mark.parametrize("status", ["", "—", "见备注", "停业"])
def test_a_day_of_completion_beside_no_word_of_it_is_asked_about_as_well(
    home: Settings, write_sheet: Write, status: str
) -> None:
    told_done(home, write_sheet, "open")  # of 10 November, due on 31 October
    upload(write_sheet, "2023-11-20", row(status, done="2023-10-20"))
    ingest(home)
    assert done_days(home) == [(None, None, "backdated")]
    sql = "SELECT doubt_key, answers FROM doubt WHERE rule = 'redating'"
    ((key, answers),) = ask(home, sql)
    assert "不属实，仍按没有完成" in answers
    settle(home, key, ("granted", "2023-11-21"))
    assert done_days(home) == [("10-20", "in_time", None)]


def test_nor_is_a_late_day_made_earlier_by_leaving_the_word_out(
    home: Settings, write_sheet: Write
) -> None:
    told_done(home, write_sheet, "2023-11-08")
    upload(write_sheet, "2023-11-20", row("见备注", done="2023-10-20"))
    ingest(home)
    assert [each[1:] for each in done_days(home)] == [("late", "redated")]


def upload_as_of(write_sheet: Write, day: str, title: str, said: list[str]) -> None:
    rows = sheet([said])
    rows[0] = [f"甲局隐患台账（截至{title}）"]
    write_sheet(f"{day}/甲局/001_台账.xlsx", rows)


def test_a_title_of_long_ago_does_not_make_a_list_one_that_did_not_know(
    home: Settings, write_sheet: Write
) -> None:
    """Received as open on 20 November, after its deadline, whatever day its list claims."""
    upload_as_of(write_sheet, "2023-11-20", "2023年10月2日", row())
    upload(write_sheet, "2023-11-25", row("已整改", done="2023-10-30"))
    ingest(home)
    assert [each[1:] for each in done_days(home)] == [("late", "backdated")]


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("2023年10月30日", "late"),  # a day before the list of 31 October, which says «not done»
        ("2023年10月14日", "late"),  # the same, and 17 days before its receipt
    ],
)
def test_nor_one_that_knew_in_time(
    home: Settings, write_sheet: Write, title: str, found: str
) -> None:
    upload(write_sheet, "2023-10-31", row())
    upload_as_of(write_sheet, "2023-11-10", title, row("已整改"))
    ingest(home)
    assert [each[1] for each in done_days(home)] == [found]


@pytest.mark.parametrize(
    ("received", "found"), [("2023-11-16", "in_time"), ("2023-11-17", "undated")]
)
def test_a_list_speaks_for_a_day_at_most_a_half_month_before_its_receipt(
    home: Settings, write_sheet: Write, received: str, found: str
) -> None:
    upload(write_sheet, "2023-10-10", row())
    upload_as_of(write_sheet, received, "2023年10月31日", row("已整改"))
    ingest(home)
    assert [each[1] for each in done_days(home)] == [found]


def test_a_deadline_of_the_offices_is_no_slip_of_its_unit(
    home: Settings, write_sheet: Write
) -> None:
    """All of one day: the office registers it, its unit puts it off, and puts it off once more."""
    put_in(write_sheet, "2023-10-10", row())
    told = [row(due="2023-12-31"), row(due="2024-12-31")]
    upload_in_turn(write_sheet, "2023-10-10", *told)
    paths = ["2023-10-10/甲局.xlsx", *(f"2023-10-10/甲局/{n:03}_台账.xlsx" for n in (1, 2))]
    for minute, path in enumerate(paths):
        register(home.raw, [path], date(2023, 10, 10), datetime(2023, 10, 10, 9, minute))
    ingest(home)
    assert seen(home) == ("overdue", "10-31", "later")


SEVERAL = ["隐患编号", "场所名称", "隐患描述", "隐患类别", "发现日期", "整改期限", "整改状态"]
FIRST = ["1", "某宾馆", "灭火器过期", "消防", "2023-10-01", "2023-10-31", "已整改"]
AGAIN = ["2", "某宾馆", "灭火器没有压力", "消防", "2023-10-20", "2023-11-30", "整改中"]


def upload_several(write_sheet: Write, day: str, *rows: list[str]) -> None:
    said = [["甲局隐患台账"], ["填报单位：甲局"], SEVERAL, *rows]
    write_sheet(f"{day}/甲局/001_台账.xlsx", said)


def changed(said: list[str], **others: str) -> list[str]:
    names = {"site": 1, "description": 2, "category": 3, "found": 4}
    for name, value in others.items():
        said = [*said[: names[name]], value, *said[names[name] + 1 :]]
    return said


@pytest.mark.parametrize(
    ("others", "told"),
    [
        ({"category": "制度"}, "隐患类别“消防”→“制度”"),
        ({"found": "2023-09-20"}, "发现日期“2023-10-20”→“2023-09-20”"),
    ],
)
def test_one_of_several_hazards_of_a_kind_at_a_site_stays_one_until_the_office_agrees(
    home: Settings, write_sheet: Write, others: dict[str, str], told: str
) -> None:
    upload_several(write_sheet, "2023-10-15", FIRST)
    upload_several(write_sheet, "2023-10-25", FIRST, AGAIN)
    upload_several(write_sheet, "2023-11-06", FIRST, changed(AGAIN, **others))
    ingest(home)
    pairs = f"SELECT item_id FROM recurrence(DATE '{OVERDUE}')"
    assert ask(home, pairs) == [("H-甲局-2",)]
    ((question, key),) = ask(home, "SELECT question, doubt_key FROM doubt")
    assert question == (
        f"隐患“某宾馆：灭火器没有压力”报送改写，{told}（同场所同类别另有隐患，改后可能不再算屡查屡犯），"
        "是否同意"
    )
    settle(home, key, ("granted", "2023-11-20"))
    assert ask(home, pairs) == []


@pytest.mark.parametrize(
    "others",
    [
        {"description": "灭火器没有压力，已送检"},
        {"site": "某 宾馆"},
        {"site": "某宾馆有限公司"},
        {},
    ],
)
def test_other_words_of_a_lesser_hazard_are_not_asked_about(
    home: Settings, write_sheet: Write, others: dict[str, str]
) -> None:
    upload_several(write_sheet, "2023-10-25", FIRST, AGAIN)
    upload_several(write_sheet, "2023-11-06", FIRST, changed(AGAIN, **others))
    ingest(home)
    assert questions(home) == []


def test_nor_is_another_kind_of_the_only_one_of_its_site(
    home: Settings, write_sheet: Write
) -> None:
    upload_several(write_sheet, "2023-10-25", FIRST, changed(AGAIN, site="某饭店"))
    upload_several(write_sheet, "2023-11-06", FIRST, changed(AGAIN, site="某饭店", category="制度"))
    ingest(home)
    assert questions(home) == []


def test_a_deadline_comes_back_to_none_from_before_the_office_set_another(
    home: Settings, write_sheet: Write
) -> None:
    upload(write_sheet, "2023-10-10", row(due="2023-12-20"))
    put_in(write_sheet, "2023-10-20", row(due="2023-10-31"))
    upload(write_sheet, "2023-11-06", row(due="2023-12-20"))
    ingest(home)
    assert seen(home) == ("overdue", "10-31", "later")
    assert [rule for rule, *_ in questions(home)] == ["extension"]


@pytest.mark.parametrize(("told", "asked"), [("2024-01-30", False), ("2024-01-31", True)])
def test_so_is_what_was_known_as_open_and_of_which_nothing_was_heard_since(
    home: Settings, write_sheet: Write, told: str, asked: bool
) -> None:
    """Open on 10 October, done on the 30th by what is told 92 or 93 days after it."""
    upload(write_sheet, "2023-10-10", row())
    upload(write_sheet, told, row("已整改", done="2023-10-30"))
    ingest(home)
    found = [question for (question,) in ask(home, "SELECT question FROM doubt")]
    text = (
        "报送的完成日期为“2023-10-30”（期限 2023-10-31），超过一个季度才报，此前没有报过完成，"
        "是否属实"
    )
    assert found == ([text] if asked else [])


def test_what_was_granted_from_one_deadline_is_not_granted_from_another(
    home: Settings, write_sheet: Write
) -> None:
    """The office agrees to 20 December instead of 31 October, and later sets 15 November itself."""
    sent(home, write_sheet, row(due=LATER))
    answer(home, ("granted", "2023-11-07"))
    put_in(write_sheet, "2023-11-10", row(due="2023-11-15"))
    upload(write_sheet, "2023-11-20", row(due=LATER))
    ingest(home)
    assert seen(home) == ("overdue", "11-15", "later")


MAJOR = [
    "隐患编号", "场所名称", "隐患描述", "发现日期", "整改期限", "隐患等级", "整改状态", "业态",
    "隐患来源", "是否挂牌督办", "挂牌日期", "立案日期", "专项行动",
]  # fmt: skip
LISTED_HAZARD = {
    "业态": "旅游民宿", "隐患来源": "检查", "是否挂牌督办": "是", "挂牌日期": "2023-10-05",
    "立案日期": "2023-10-03", "专项行动": "百日行动",
}  # fmt: skip


@pytest.mark.parametrize(
    ("others", "told"),
    [
        ({"业态": "星级饭店"}, "场所类型“旅游民宿”→“星级饭店”"),
        ({"业态": "取消"}, "场所类型“旅游民宿”→空白"),
        ({"隐患来源": "群众举报"}, "隐患来源“检查”→“群众举报”"),
        ({"挂牌日期": "2023-10-09"}, "挂牌日期“2023-10-05”→“2023-10-09”"),
        ({"挂牌日期": "取消"}, "挂牌日期“2023-10-05”→空白"),
        ({"立案日期": "2023-10-02"}, "立案日期“2023-10-03”→“2023-10-02”"),
        ({"专项行动": "取消"}, "专项行动“百日行动”→空白"),
    ],
)
def test_nor_is_anything_else_of_a_listed_major_hazard_otherwise_unasked(
    home: Settings, write_sheet: Write, others: dict[str, str], told: str
) -> None:
    first = ["1", "某宾馆", "钢索断丝", "2023-10-01", "2023-10-31", "重大", "整改中"]
    head = [["甲局隐患台账"], ["填报单位：甲局"], MAJOR]
    for day, said in (("10-10", LISTED_HAZARD), ("11-06", LISTED_HAZARD | others)):
        row_of = [*first, *said.values()]
        if day == "10-10":  # the office has listed it
            write_sheet(f"2023-{day}/台账.xlsx", [*head, row_of])
        else:
            write_sheet(f"2023-{day}/甲局/001_台账.xlsx", [*head, row_of])
    ingest(home)
    ((question,),) = ask(home, "SELECT question FROM doubt")
    assert question == f"重大隐患“某宾馆：钢索断丝”报送改写，{told}，是否同意"


def test_one_day_in_time_for_another_is_not_asked_about(home: Settings, write_sheet: Write) -> None:
    upload(write_sheet, "2023-10-25", row("已整改", done="2023-10-20"))
    upload(write_sheet, "2024-03-01", row("已整改", done="2023-10-24"))
    ingest(home)
    assert done_days(home, "2024-03-01") == [("10-24", "in_time", None)]
    assert questions(home) == []


@pytest.mark.parametrize("due", ["2023-10-31", "2023-10-05"])
def test_but_of_one_of_several_of_a_kind_it_is(
    home: Settings, write_sheet: Write, due: str
) -> None:
    """Done on the 24th it would be no 屡查屡犯 that the other one is found on the 20th, be it in
    time or late.
    """
    header = [*SEVERAL, "完成日期"]
    first = [due if each == "2023-10-31" else each for each in FIRST]
    for day, done in (("10-25", "2023-10-10"), ("11-06", "2023-10-24")):
        rows = [["甲局隐患台账"], ["填报单位：甲局"], header, [*first, done], [*AGAIN, ""]]
        write_sheet(f"2023-{day}/甲局/001_台账.xlsx", rows)
    ingest(home)
    pairs = f"SELECT item_id FROM recurrence(DATE '{OVERDUE}')"
    assert ask(home, pairs) == [("H-甲局-2",)]
    ((question, key),) = ask(home, "SELECT question, doubt_key FROM doubt")
    assert question == (
        "报送的完成日期由 2023-10-10（同场所同类别另有隐患，改后可能不再算屡查屡犯）"
        "改为“2023-10-24”，是否属实"
    )
    settle(home, key, ("granted", "2023-11-20"))
    assert ask(home, pairs) == []


def test_a_day_beside_not_done_is_no_day_on_which_it_was_done(
    home: Settings, write_sheet: Write
) -> None:
    upload(write_sheet, "2023-11-10", row("整改中", done="2023-10-20"))
    upload(write_sheet, "2023-11-20", row("已整改", done="2023-10-20"))
    ingest(home)
    assert [each[1:] for each in done_days(home)] == [("late", "backdated")]


def test_a_copy_of_the_same_day_is_told_as_well(home: Settings, write_sheet: Write) -> None:
    upload(write_sheet, "2023-10-10", row())
    upload(write_sheet, "2023-11-06", row("重复上报"), copy("9"))
    ingest(home)
    ((text,),) = ask(home, "SELECT question FROM doubt WHERE rule = 'voiding'")
    assert "相同的另有“H-甲局-9”" in text


@pytest.mark.parametrize(
    ("name", "before", "after", "told"),
    [
        (
            "专项行动", "百日行动", "取消",
            "某宾馆：灭火器没有压力”报送改写，专项行动“百日行动”→空白",
        ),
        # where nothing is written it counts in that of its inspection
        ("专项行动", "", "校园行动", "某宾馆：灭火器没有压力”报送改写，专项行动空白→“校园行动”"),
        ("检查编号", "J-1", "取消", "某宾馆：灭火器没有压力”报送改写，检查编号“J-1”→空白"),
        (
            "业态", "旅游民宿", "星级饭店",
            "某宾馆：灭火器没有压力”报送改写，场所类型“旅游民宿”→“星级饭店”",
        ),
        (
            "乡镇", "西岭镇", "城关镇",
            "西岭镇 某宾馆：灭火器没有压力”报送改写为“城关镇 某宾馆：灭火器没有压力”",
        ),
    ],
)  # fmt: skip
def test_where_and_in_which_campaign_any_hazard_counts_is_asked_about_and_no_word_of_it(
    home: Settings, write_sheet: Write, name: str, before: str, after: str, told: str
) -> None:
    header = [*SEVERAL, name]
    for day, said in (("10-25", before), ("11-06", after)):
        rows = [["甲局隐患台账"], ["填报单位：甲局"], header, [*FIRST, ""], [*AGAIN, said]]
        write_sheet(f"2023-{day}/甲局/001_台账.xlsx", rows)
    ingest(home)
    ((question,),) = ask(home, "SELECT question FROM doubt")
    assert question == f"隐患“{told}，是否同意"


SPELLED = ["隐患编号", "场所名称", "隐患描述", "隐患类别", "发现日期", "整改期限", "整改状态",
           "乡镇", "业态", "专项行动"]  # fmt: skip
PLAIN = {"场所名称": "某宾馆3号", "隐患类别": "消防", "乡镇": "西岭镇", "业态": "旅游民宿",
         "专项行动": "冬季整治"}  # fmt: skip


@pytest.mark.parametrize("level", ["", "重大"])
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("场所名称", "某宾馆（3号）"), ("场所名称", "某宾馆3号。"), ("场所名称", "某宾馆３号"),
        ("场所名称", "某宾馆-3号"), ("隐患类别", "消·防"), ("隐患类别", "消 防"),
        ("乡镇", "西岭（镇）"), ("业态", "旅游民宿。"), ("专项行动", "“冬季整治”"),
    ],
)  # fmt: skip
def test_another_mark_takes_no_hazard_out_of_a_figure(
    home: Settings, write_sheet: Write, name: str, said: str, level: str
) -> None:
    """Figures compare texts as they are: 屡查屡犯 by site, 专项行动, townships."""
    for day, words in (("10-25", PLAIN), ("11-06", {**PLAIN, name: said})):
        row = ["1", "", "灯具松动", "", "2023-10-01", "2023-10-31", "整改中", "", "", ""]
        told = [words.get(head, cell) for head, cell in zip(SPELLED, row, strict=True)]
        header, told = [*SPELLED, "隐患等级"], [*told, level]
        rows = [["甲局隐患台账"], ["填报单位：甲局"], header, told]
        write_sheet(f"2023-{day}/甲局/001_台账.xlsx", rows)
    ingest(home)
    sql = "SELECT site, category, township, site_kind, campaign FROM items(DATE '2023-11-10')"
    assert ask(home, sql) == [(*PLAIN.values(),)]
    assert questions(home) == []


@pytest.mark.parametrize(("found_on", "is_asked"), [("2023-10-15", False), ("2023-10-16", True)])
def test_no_hazard_moves_to_another_half_month(
    home: Settings, write_sheet: Write, found_on: str, is_asked: bool
) -> None:
    """The report of the half month tells how many were found in it."""
    first = row()
    upload(write_sheet, "2023-10-20", first)
    upload(
        write_sheet, "2023-11-06", [found_on if each == "2023-10-01" else each for each in first]
    )
    ingest(home)
    assert [rule for rule, *_ in questions(home)] == (["rewording"] if is_asked else [])
    day = "2023-10-01" if is_asked else found_on
    assert ask(home, "SELECT CAST(opened_on AS VARCHAR) FROM items(DATE '2023-11-10')") == [(day,)]


def test_but_the_office_may_spell_as_it_likes(home: Settings, write_sheet: Write) -> None:
    upload(write_sheet, "2023-10-10", row())
    put_in(write_sheet, "2023-11-06", ["1", "某宾馆。", *row()[2:]])
    ingest(home)
    assert ask(home, "SELECT site FROM items(DATE '2023-11-10')") == [("某宾馆。",)]


def test_the_first_list_of_all_tells_of_the_past_unasked_whatever_day_it_speaks_for(
    home: Settings, write_sheet: Write
) -> None:
    """«截至1月31日», and two sheets' worth of it on one day: none of them came in between."""
    done = row("已整改", done="2023-10-20")
    upload_as_of(write_sheet, "2024-02-01", "2024年1月31日", done)
    rows = sheet([["2", "某景区", *done[2:]]])
    rows[0] = ["甲局隐患台账（截至2024年1月31日）"]
    write_sheet("2024-02-01/甲局/002_台账.xlsx", rows)
    ingest(home)
    assert questions(home) == []


@pytest.mark.parametrize(("second", "asked"), [("2024-02-17", False), ("2024-02-18", True)])
def test_a_list_that_comes_in_two_parts_is_one(
    home: Settings, write_sheet: Write, second: str, asked: bool
) -> None:
    """The other part comes 16 days later, or after that."""
    upload(write_sheet, "2024-02-01", row("已整改", done="2023-10-20"))
    rows = sheet([["2", "某景区", "护栏松动", *row("已整改", done="2023-10-20")[3:]]])
    write_sheet(f"{second}/甲局/002_台账.xlsx", rows)
    ingest(home)
    assert [rule for rule, *_ in questions(home)] == (["redating"] if asked else [])


def test_what_is_found_later_asks_nothing_of_what_was_told_before(
    home: Settings, write_sheet: Write
) -> None:
    """On 25 October it is the only one of its kind at its site: its kind is its unit's to mend."""
    other = changed(FIRST, category="制度")
    upload_several(write_sheet, "2023-10-15", FIRST)
    upload_several(write_sheet, "2023-10-25", other)
    then = f"SELECT category FROM items(DATE '{OVERDUE}', known_on := DATE '2023-10-26')"
    ingest(home)
    assert ask(home, then) == [("制度",)]
    upload_several(write_sheet, "2023-11-06", other, AGAIN)
    ingest(home)
    assert ask(home, then) == [("制度",)]
    assert questions(home) == []


def test_words_granted_once_are_not_granted_against_the_offices_later_ones(
    home: Settings, write_sheet: Write
) -> None:
    upload(write_sheet, "2023-10-10", described("玻璃观景台钢索断丝"))
    upload(write_sheet, "2023-11-06", described("玻璃观景台需要保洁"))
    ingest(home)
    answer(home, ("granted", "2023-11-07"))
    put_in(write_sheet, "2023-11-10", described("玻璃观景台钢索断丝三处"))
    upload(write_sheet, "2023-11-20", described("玻璃观景台需要保洁"))
    ingest(home)
    assert titles(home) == [("某宾馆：玻璃观景台钢索断丝三处", "重大", "reworded")]


def test_what_is_filled_in_beside_other_words_counts(home: Settings, write_sheet: Write) -> None:
    """Its words are not agreed to, its day of filing is nobody's question."""
    first = ["1", "某宾馆", "钢索断丝", "2023-10-01", "2023-10-31", "重大", "整改中", "旅游民宿"]
    head = [["甲局隐患台账"], ["填报单位：甲局"], MAJOR]
    write_sheet("2023-10-10/甲局/001_台账.xlsx", [*head, [*first, *[""] * 5]])
    told = [*first[:2], "钢索断丝两处", *first[3:], "", "", "", "2023-10-20", ""]
    write_sheet("2023-11-06/甲局/001_台账.xlsx", [*head, told])
    ingest(home)
    sql = "SELECT title, strftime(filed_on, '%m-%d') FROM items(DATE '2023-11-25')"
    assert ask(home, sql) == [("某宾馆：钢索断丝", "10-20")]


def test_a_late_completion_told_years_later_is_asked_about_as_well(
    home: Settings, write_sheet: Write
) -> None:
    """Done a day late by what is told a year after: it had been overdue all the while."""
    upload(write_sheet, "2023-10-10", row())
    upload(write_sheet, "2024-11-01", row("已整改", done="2023-11-01"))
    ingest(home)
    assert done_days(home, "2024-11-30") == [("11-01", "late", "untold")]  # of 2024
    sql = "SELECT state FROM items(DATE '2024-06-30')"
    assert ask(home, sql) == [("overdue",)]


def test_a_deadline_that_comes_after_the_work_is_asked_about(
    home: Settings, write_sheet: Write
) -> None:
    upload(write_sheet, "2023-10-10", row(due=""))
    upload(write_sheet, "2023-10-26", row("已整改", due="", done="2023-10-20"))
    upload(write_sheet, "2023-11-06", row("已整改", due="2023-10-23", done="2023-10-20"))
    ingest(home)
    assert [each[1:] for each in done_days(home)] == [(None, "later")]
    ((question,),) = ask(home, "SELECT question FROM doubt")
    assert question == ("期限 空白 报送改为 2023-10-23（报送的完成日期为 2023-10-20），是否批准")


def test_one_that_comes_before_it_is_not(home: Settings, write_sheet: Write) -> None:
    upload(write_sheet, "2023-10-10", row(due=""))
    upload(write_sheet, "2023-10-26", row(due="2023-10-31"))
    upload(write_sheet, "2023-11-06", row("已整改", done="2023-10-28"))
    ingest(home)
    assert questions(home) == []


@pytest.mark.parametrize("done", ["2023-10-20", "2023-11-01"])
def test_nor_does_it_count_once_it_is_told_again(
    home: Settings, write_sheet: Write, done: str
) -> None:
    """In time, or a day late; told again by another person, and asked about once."""
    upload(write_sheet, "2023-10-10", row())
    said = row("已整改", done=done)
    upload(write_sheet, "2024-03-01", said)
    upload(write_sheet, "2024-03-16", [*said[:7], "某乙", *said[8:]])
    ingest(home)
    assert done_days(home, "2024-03-30") == [("03-01", "late", "untold")]
    ((key,),) = ask(home, "SELECT doubt_key FROM doubt")
    settle(home, key, ("denied", "2024-03-20"))
    assert done_days(home, "2024-03-30") == [("03-01", "late", None)]
    settle(home, key, ("granted", "2024-03-20"))
    assert done_days(home, "2024-03-30")[0][0] == done[5:]


def test_nor_one_that_comes_with_it(home: Settings, write_sheet: Write) -> None:
    upload(write_sheet, "2023-10-10", row(due=""))
    upload(write_sheet, "2023-10-26", row("已整改", due="2023-10-23", done="2023-10-20"))
    ingest(home)
    assert [each[1:] for each in done_days(home)] == [(None, "later")]
