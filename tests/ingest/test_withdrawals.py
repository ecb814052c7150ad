"""撤回报送: a file that was taken back counts up to its day, and no more from that day on."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from analysis.errors import SourceError
from analysis.ingest.assembly.eras.withdrawals import (
    Withdrawal,
    note_withdrawal,
    read_withdrawals,
    without_file,
)
from analysis.ingest.pipeline import ingest
from analysis.ingest.received import register
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse

HEAD = "隐患编号,场所名称,隐患描述,责任单位,责任人,整改期限,发现日期,整改状态,完成日期\n"
FIRE = "1,甲校,灭火器过期,县教育局,某甲,2023-12-01,2023-10-01"
DOOR = "2,乙校,疏散门上锁,县教育局,某甲,2023-12-01,2023-10-01"
OPEN, DONE = "整改中,", "已完成整改,2023-10-30"
PATHS = {
    "一": "2023-10-15/县教育局/001_一.csv",
    "二": "2023-11-01/县教育局/001_二.csv",
    "三": "2023-11-15/县教育局/001_三.csv",
}


def day(text: str) -> date:
    return date.fromisoformat(f"2023-{text}")


def send(home: Settings, name: str, *rows: str) -> str:
    path = home.raw / PATHS.get(name, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    return path.relative_to(home.raw).as_posix()


def withdraw(home: Settings, name: str, on: str, by: str = "edu", reason: str = "报错了") -> None:
    note_withdrawal(home.raw, Withdrawal(PATHS.get(name, name), day(on), by, reason))


def ask(home: Settings, sql: str, **given: Any) -> list[tuple[Any, ...]]:
    with open_warehouse(home.warehouse) as con:
        return fetch_rows(con, sql, given or None)[1]


def states(home: Settings, known_on: str, as_of: str = "") -> dict[str, str]:
    """Item → its state on a day, by what was known on another."""
    sql = "SELECT item_id, state FROM items($as_of, known_on := $known_on)"
    rows = ask(home, sql, as_of=day(as_of or known_on), known_on=day(known_on))
    return {item.removeprefix("H-县教育局-"): state for item, state in rows}


def test_a_file_counts_until_it_is_taken_back_and_no_more_from_that_day_on(home: Settings) -> None:
    send(home, "一", f"{FIRE},{OPEN}")
    send(home, "二", f"{FIRE},{DONE}", f"{DOOR},{OPEN}")
    withdraw(home, "二", "11-05")
    ingest(home)
    assert states(home, "10-20") == {"1": "open"}
    assert states(home, "11-04") == {"1": "accepting", "2": "open"}  # as it was shown
    assert states(home, "11-05") == {"1": "open"}
    assert states(home, "11-04", as_of="11-30") == {"1": "accepting", "2": "due_soon"}
    # What is the same before and after is one version, with the day on which it came.
    sql = "SELECT status, known_from, known_to FROM hazard WHERE item_id LIKE '%-1' ORDER BY 2"
    assert ask(home, sql) == [
        ("in_progress", day("10-15"), day("11-01")),
        ("done", day("11-01"), day("11-05")),
        ("in_progress", day("11-05"), None),
    ]


def test_it_stays_on_record_with_who_took_it_back_and_why(home: Settings) -> None:
    send(home, "一", f"{FIRE},{OPEN}")
    send(home, "二", f"{FIRE},{DONE}", f"{DOOR},{OPEN}")
    withdraw(home, "二", "11-05")
    ingest(home)
    sql = "SELECT path, rows_read, rows_loaded, withdrawn_on FROM submission ORDER BY path"
    assert ask(home, sql) == [(PATHS["一"], 2, 1, None), (PATHS["二"], 3, 2, day("11-05"))]
    sql = "SELECT severity, message, known_from FROM quality WHERE rule = 'submission_withdrawn'"
    ((severity, message, since),) = ask(home, sql)
    assert (severity, since) == ("info", day("11-05"))
    assert "2023-11-05 撤回（edu；报错了）" in message
    assert (home.raw / PATHS["二"]).is_file()


def test_the_first_file_taken_back_leaves_its_items_their_ids(home: Settings) -> None:
    """The fault of number 1 has another number in the second file; its id is that of the first."""
    send(home, "一", f"{FIRE},{OPEN}")
    send(home, "二", f"7{FIRE[1:]},{DONE}")
    ingest(home)
    assert states(home, "11-10") == {"1": "accepting"}
    withdraw(home, "一", "11-10")
    ingest(home)
    assert states(home, "11-09") == {"1": "accepting"}
    assert states(home, "11-10") == {"1": "accepting"}
    sql = "SELECT alias, item_id FROM item_alias WHERE known_to IS NULL"
    assert ask(home, sql) == [("H-县教育局-7", "H-县教育局-1")]
    assert states(home, "10-20") == {"1": "open"}


def test_a_middle_one_and_then_the_last_one_taken_back(home: Settings) -> None:
    send(home, "一", f"{FIRE},{OPEN}")
    send(home, "二", f"{FIRE},{DONE}")
    send(home, "三", f"{FIRE},已销号,2023-10-30", f"{DOOR},{OPEN}")
    ingest(home)
    before = {known: states(home, known) for known in ("10-20", "11-10", "11-19")}
    withdraw(home, "二", "11-20")
    withdraw(home, "三", "11-25")
    ingest(home)
    assert {known: states(home, known) for known in before} == before
    assert states(home, "11-22") == {"1": "accepting", "2": "open"}
    assert states(home, "11-25") == {"1": "due_soon"}


def test_taken_back_on_the_day_on_which_it_came_it_counts_on_no_day(home: Settings) -> None:
    send(home, "一", f"{FIRE},{OPEN}")
    send(home, "二", f"{FIRE},{DONE}", f"{DOOR},{OPEN}")
    withdraw(home, "二", "11-01")
    ingest(home)
    for known in ("10-20", "11-01", "11-05"):
        assert states(home, known) == {"1": "open"}
    # No row is lost: each stands as a version of no day.
    sql = "SELECT count(*) FROM hazard WHERE known_from = known_to AND known_from = $on"
    assert ask(home, sql, on=day("11-01")) == [(2,)]


def test_the_file_that_is_sent_again_goes_on_with_its_items(home: Settings) -> None:
    rows = (f"{FIRE},{OPEN}", f"{DOOR},{OPEN}")
    send(home, "一", *rows)
    withdraw(home, "一", "10-20")
    send(home, "二", *rows)
    ingest(home)
    assert states(home, "10-19") == {"1": "open", "2": "open"}
    assert states(home, "10-25") == {}
    assert states(home, "11-01") == {"1": "open", "2": "open"}
    sql = "SELECT rows_loaded, rows_duplicate FROM submission ORDER BY received_on"
    assert ask(home, sql) == [(2, 0), (2, 0)]


def test_a_number_of_a_wrong_file_is_not_given_to_another_item(home: Settings) -> None:
    """What was published under an id stays what it was; the right file's row has its own."""
    send(home, "一", "1,丙站,电线老化裸露,县教育局,某甲,2023-12-01,2023-09-01,整改中,")
    withdraw(home, "一", "10-20")
    send(home, "二", f"{FIRE},{OPEN}")
    ingest(home)
    assert states(home, "10-19") == {"1": "open"}
    assert states(home, "11-01") == {"1~2": "open"}
    assert ask(home, "SELECT count(*) FROM doubt WHERE known_to IS NULL") == [(0,)]


def test_what_was_left_out_of_a_file_is_missing_until_it_is_taken_back(home: Settings) -> None:
    ladder = f"3,丁校,梯子缺档,县教育局,某甲,2023-12-01,2023-10-01,{OPEN}"
    send(home, "一", f"{FIRE},{OPEN}", f"{DOOR},{OPEN}", ladder)
    send(home, "2023-10-31/县教育局/001_漏.csv", f"{FIRE},{OPEN}", ladder)
    withdraw(home, "2023-10-31/县教育局/001_漏.csv", "11-10")
    ingest(home)
    sql = "SELECT item_id FROM vanished($day, known_on := $day)"
    assert ask(home, sql, day=day("11-09")) == [("H-县教育局-2",)]
    assert ask(home, sql, day=day("11-10")) == []


def test_a_report_that_was_taken_back_is_missing_until_it_is_sent_again(home: Settings) -> None:
    head = "填报单位,期次起,期次止,检查家次,发现隐患\n"
    reports = {
        "2023-10-16/县教育局/001_半月报一.csv": "县教育局",
        "2023-10-16/县交通运输局/001_半月报.csv": "县交通运输局",
        "2023-11-02/县教育局/001_半月报二.csv": "县教育局",
    }
    texts = {path: f"{head}{unit},2023-10-01,2023-10-15,3,1\n" for path, unit in reports.items()}
    texts["2023-10-01/成员单位名录.csv"] = (
        "单位名称,单位性质,联络员\n县教育局,成员单位,某甲\n县交通运输局,成员单位,某乙\n"
    )
    for path, text in texts.items():
        (home.raw / path).parent.mkdir(parents=True, exist_ok=True)
        (home.raw / path).write_text(text, encoding="utf-8")
    withdraw(home, "2023-10-16/县教育局/001_半月报一.csv", "10-25")
    ingest(home)
    sql = (
        "SELECT state FROM report_punctuality($day, known_on := $day) "
        "WHERE unit = '县教育局' AND period_start = DATE '2023-10-01'"
    )
    found = [ask(home, sql, day=day(on)) for on in ("10-20", "10-25", "11-02")]
    assert found == [[("in_time",)], [("missing",)], [("late",)]]


def test_an_acceptance_that_was_taken_back_closes_no_more(home: Settings) -> None:
    send(home, "一", f"{FIRE},{DONE}")
    path = home.raw / "2023-11-01" / "验收" / "验收销号.csv"
    path.parent.mkdir(parents=True)
    path.write_text(
        "事项编号,验收动作,验收日期,验收人,经办账号,登记时间\n"
        "H-县教育局-1,验收销号,2023-10-31,某乙,office,2023-11-01 10:00\n",
        encoding="utf-8",
    )
    withdraw(home, "2023-11-01/验收/验收销号.csv", "11-08", "office", "验收单不是这一处的")
    ingest(home)
    assert states(home, "11-07") == {"1": "closed"}
    assert states(home, "11-08") == {"1": "accepting"}


def test_a_correction_of_what_was_taken_back_stops_nothing(home: Settings) -> None:
    send(home, "一", f"{FIRE},{OPEN}")
    send(home, "二", f"{DOOR},{OPEN}")
    (home.raw / "corrections.toml").write_text(
        '[[correction]]\nledger = "hazard"\nmatch = { item_id = "H-县教育局-2" }\n'
        'field = "site"\nvalue = "丁校"\nreason = "写错"\ntold = "某甲"\nstatus = "待更正"\n'
        "on = 2023-11-03\n",
        encoding="utf-8",
    )
    withdraw(home, "二", "11-10")
    ingest(home)
    sql = "SELECT site, known_from, known_to FROM hazard WHERE item_id LIKE '%-2' ORDER BY 2"
    assert ask(home, sql) == [
        ("乙校", day("11-01"), day("11-03")),
        ("丁校", day("11-03"), day("11-10")),
    ]


def test_what_is_wrong_with_a_file_is_no_longer_told_once_it_is_taken_back(home: Settings) -> None:
    send(home, "一", f"{FIRE},{OPEN}")
    send(home, "二", "1,甲校,灭火器过期,县教育局,某甲,不晓得哪天,2023-10-01,整改中,")
    withdraw(home, "二", "11-05")
    ingest(home)
    sql = (
        "SELECT count(*) FROM findings($day, known_on := $day) "
        "WHERE path LIKE '%二.csv' AND rule <> 'submission_withdrawn'"
    )
    assert ask(home, sql, day=day("11-04"))[0][0] > 0
    assert ask(home, sql, day=day("11-05")) == [(0,)]


@pytest.mark.parametrize(
    ("event", "says"),
    [
        ('path = "a.csv"\non = 2023-11-05\nby = "edu"', "第 1 条撤回缺少 reason"),
        ('path = "a.csv"\non = "2023-11-05"\nby = "edu"\nreason = "错"', "on 应为日期"),
        ('path = "a.csv"\non = 2023-11-05\nby = 3\nreason = "错"', "by 应为文字"),
        ('path = "a.csv"\non = 2023-11-05\nby = "edu"\nreason = "错"\nwho = "x"', "“who”不认识"),
    ],
)
def test_an_event_that_says_too_little_is_one_line(home: Settings, event: str, says: str) -> None:
    (home.raw / "received.toml").write_text(f"[[withdrawn]]\n{event}\n", encoding="utf-8")
    with pytest.raises(SourceError, match=says) as told:
        read_withdrawals(home.raw)
    assert "\n" not in str(told.value)


def test_the_register_keeps_its_events_when_another_file_comes(home: Settings) -> None:
    send(home, "一", f"{FIRE},{OPEN}")
    register(home.raw, [PATHS["一"]])
    withdraw(home, "一", "11-05", reason='写了“甲"乙”\\')
    register(home.raw, ["后来的.csv"])
    (event,) = read_withdrawals(home.raw).values()
    assert (event.path, event.on, event.by) == (PATHS["一"], day("11-05"), "edu")
    assert event.reason == '写了“甲"乙”\\'


def test_an_event_whose_file_is_not_there_is_told(home: Settings) -> None:
    send(home, "一", f"{FIRE},{OPEN}")
    withdraw(home, "没有.csv", "11-05")
    report = ingest(home)
    (line,) = report.notices
    assert "没有.csv" in line
    assert states(home, "11-10") == {"1": "open"}
    assert without_file(Path(home.raw), {}) == []
