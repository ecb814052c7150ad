"""A blank cell says nothing: a record keeps what was known until a word takes it back."""

from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.ingest.findings import Place, Places
from analysis.ingest.versions.history import chain
from analysis.ingest.versions.merging import withdrawn_cells
from analysis.ingest.versions.merging.deadlines import is_same_deadline
from analysis.ingest.versions.merging.overlay import merge
from analysis.ingest.versions.merging.telling import findings_of
from analysis.ingest.versions.merging.withdrawal import is_withdrawal
from analysis.ledgers import LEDGERS
from tests.depth import some

HAZARD, MEASURE = LEDGERS["hazard"], LEDGERS["measure"]
#: The columns of every sheet here: each submission has a column for the person.
PLACES = Places(Place(f"s{day}", "台账", {"person": "H", "due_on": "I"}) for day in range(1, 9))


def days(*said: dict[str, Any], ledger: Any = HAZARD) -> pd.DataFrame:
    """Rows on one hazard, a submission and a day of October each."""
    rows = []
    for day, row in enumerate(said, start=1):
        where = {"submission_id": f"s{day}", "sheet": "台账", "row_no": 5, "position": day}
        number = {"hazard_no": "1", "site": "宾馆", "description": "灭火器过期", "sender": "甲局"}
        known = {"known_from": date(2023, 10, day)}
        rows.append(dict.fromkeys(ledger.columns) | where | number | known | row)
    return pd.DataFrame(rows, dtype=object)


def last(*said: dict[str, Any], withdrawn: Any = frozenset()) -> dict[str, Any]:
    """The version in force after these rows."""
    versions = chain(days(*said), HAZARD, PLACES, withdrawn=withdrawn).versions
    (row,) = versions[versions["known_to"].isna()].to_dict("records")
    return row  # type: ignore[return-value]


def told(*said: dict[str, Any], rule: str) -> list[tuple[str, str | None]]:
    """Severity and cell of each finding of a rule."""
    findings = chain(days(*said), HAZARD, PLACES).findings
    return [(each.severity, each.cell) for each in findings if each.rule == rule]


def october(day: int) -> date:
    return date(2023, 10, day)


def due(text: str | None, day: date | None, **more: Any) -> dict[str, Any]:
    return {"due_text": text, "due_on": day} | more


DECEMBER = due("12月20日", date(2023, 12, 20))


def test_what_a_row_leaves_out_stays() -> None:
    full = {"person": "某甲", "measure": "更换", "level": "一般", "level_text": "一般隐患"}
    assert full.items() <= last(full, {"status": "in_progress"}).items()


def test_what_a_row_says_replaces_what_was_known() -> None:
    assert last({"person": "某甲"}, {"person": "某乙"})["person"] == "某乙"


def test_a_blank_cell_in_a_column_that_there_is_is_told_with_its_cell() -> None:
    assert told({"person": "某甲"}, {"person": None}, rule="blank_kept") == [("info", "H5")]


def test_a_column_that_is_not_there_is_told_of_by_nobody() -> None:
    assert told({"measure": "更换"}, {"measure": None}, rule="blank_kept") == []


def test_a_row_that_says_nothing_new_is_a_repetition() -> None:
    chained = chain(days({"person": "某甲"}, {"person": None}), HAZARD, PLACES)
    assert (len(chained.versions), len(chained.repeated)) == (1, 1)


def test_a_word_takes_back_what_was_known() -> None:
    assert last({"person": "某甲"}, {"person": "取消"})["person"] is None
    assert last({"person": "某甲"}, {"person": "取消"}, {"person": None})["person"] is None


def test_what_there_is_to_be_done_goes_with_its_row_alone_and_this_is_told() -> None:
    rows = days({"description": "通道堵塞"}, {"description": "取消"}).assign(
        name="H-1", item_id="H-1"
    )
    merged = merge(rows, HAZARD)
    assert merged.rows["description"].tolist() == ["通道堵塞", "通道堵塞"]
    places = Places(Place(f"s{day}", "台账", {"description": "C"}) for day in (1, 2))
    (finding,) = findings_of(rows, merged, HAZARD, places)
    assert (finding.rule, finding.cell) == ("blank_kept", "C5")
    assert finding.message == (
        "C5 格写“取消”，不能只撤销隐患描述，沿用以前的“通道堵塞”；"
        "要撤销这一条的，请把状态写为“撤销”"
    )


def test_a_word_in_a_cell_of_days_takes_the_day_back() -> None:
    unread = Place("s2", "台账").finding(
        "unreadable", "error", "不是日期", row_no=5, field="supervised_on", value="撤销"
    )
    listed = {"supervised_on": october(1)}
    assert last(listed, {}, withdrawn=withdrawn_cells([unread]))["supervised_on"] is None
    assert last(listed, {})["supervised_on"] == october(1)


@pytest.mark.parametrize(
    ("words", "is_one"),
    [
        ("取消", True), ("撤销", True), ("取消期限", True), ("已取消", True), ("取消原期限", True),
        ("作废", True), ("撤销该条", True), ("取消该处违规用电", False), ("无", False), ("", False),
        ("已撤销挂牌督办", False), (None, False),
    ],
)  # fmt: skip
def test_only_a_whole_cell_of_such_a_word_takes_back(words: str | None, is_one: bool) -> None:
    assert is_withdrawal(words) is is_one


# How far it has come.


def test_blank_progress_stays() -> None:
    done = {"status": "done", "status_text": "已整改", "done_on": october(9)}
    assert done.items() <= last(done, {"status": "done", "status_text": "已整改"}).items()
    assert done.items() <= last(done, {}).items()


def test_a_status_that_goes_back_clears_the_completion() -> None:
    closed = {
        "status": "closed", "status_text": "已销号", "done_on": october(2),
        "accepted_on": october(3), "accepted_by": "某甲", "closed_on": october(3),
    }  # fmt: skip
    now = last(closed, {"status": "in_progress", "status_text": "整改中"})
    assert [now[name] for name in closed] == ["in_progress", "整改中", None, None, None, None]


def test_a_status_that_was_never_done_clears_nothing() -> None:
    claimed = {"status": "in_progress", "done_on": october(2)}
    assert last(claimed, {"status": "in_progress"})["done_on"] == october(2)


def test_a_day_of_completion_lifts_the_earlier_not_done() -> None:
    now = last({"status": "in_progress", "status_text": "整改中"}, {"done_on": october(9)})
    assert (now["status"], now["status_text"], now["done_on"]) == (None, None, october(9))


def test_words_of_a_status_that_nobody_can_read_leave_the_status() -> None:
    now = last({"status": "blocked"}, {"status_text": "等专家来看"})
    assert (now["status"], now["status_text"]) == ("blocked", "等专家来看")


# Deadlines.


def test_a_deadline_in_the_same_words_keeps_its_reading() -> None:
    """«12月20日», sent again in January, is last December's."""
    assert last(DECEMBER, due("12月20日", date(2024, 12, 20)))["due_on"] == date(2023, 12, 20)
    assert last(DECEMBER, due("12月20日前。", date(2024, 12, 20)))["due_on"] == date(2023, 12, 20)


def test_a_deadline_that_waits_to_be_confirmed_waits_until_another_is_stated() -> None:
    guess = DECEMBER | {"due_is_provisional": True}
    of = {"sub_no": "5-1", "sub_measure": "每月检查一次", "unit": "甲局"}

    def is_waiting(*rows: dict[str, Any]) -> Any:
        table = days(*(of | row for row in rows), ledger=MEASURE)
        versions = chain(table, MEASURE, PLACES).versions
        assert versions["item_id"].nunique() == 1
        return versions.iloc[-1]["due_is_provisional"]

    assert is_waiting(guess, {"person": "某甲"}) is True
    stated = due("11月1日", date(2023, 11, 1), due_is_provisional=False)
    assert is_waiting(guess, {"person": "某甲"}, stated) is False


def test_a_deadline_with_another_day_is_another_deadline() -> None:
    assert last(DECEMBER, due("12月25日", date(2023, 12, 25)))["due_on"] == date(2023, 12, 25)
    later = due("2024年12月20日", date(2024, 12, 20))
    assert last(DECEMBER, later)["due_on"] == date(2024, 12, 20)


def test_the_same_words_counted_from_another_day_are_another_deadline() -> None:
    found = due("7日内", october(7), found_on=date(2023, 9, 30))
    moved = due("7日内", october(8), found_on=october(1))
    assert last(found, moved)["due_on"] == october(8)
    assert last(found, due("7日内", october(20)))["due_on"] == october(7)


@pytest.mark.parametrize("words", ["尽快", "长期坚持", "看情况"])
def test_words_without_a_day_take_no_deadline_away(words: str) -> None:
    assert DECEMBER.items() <= last(DECEMBER, due(words, None)).items()
    assert told(DECEMBER, due(words, None), rule="blank_kept") == [("info", "I5")]


def test_a_deadline_is_cancelled_by_a_word() -> None:
    assert last(DECEMBER, due("取消期限", None))["due_on"] is None
    assert told(DECEMBER, due("取消期限", None), rule="withdrawn") == [("info", "I5")]


@pytest.mark.parametrize(
    ("text", "day", "is_same"),
    [
        ("12月20日", date(2024, 12, 20), True),
        ("12月20日前完成", date(2024, 12, 20), True),
        ("2024年12月20日", date(2024, 12, 20), False),
        ("12月21日", date(2023, 12, 21), False),
        ("十二月底前", date(2023, 12, 31), False),
    ],
)
def test_what_is_the_same_deadline(text: str, day: date, is_same: bool) -> None:
    assert is_same_deadline(text, day, "12月20日", date(2023, 12, 20)) is is_same


# The other columns.


def test_other_columns_keep_their_members() -> None:
    now = last({"extra": '{"备注": "三楼", "电话": "1"}'}, {"extra": '{"电话": "2"}'})
    assert now["extra"] == '{"备注": "三楼", "电话": "2"}'


TEXT = st.sampled_from([None, "甲", "乙"])
ROW = st.fixed_dictionaries({"person": TEXT, "measure": TEXT, "basis": TEXT})


@pytest.mark.slow
@given(st.lists(ROW, min_size=1, max_size=6))
def test_a_column_of_words_is_what_was_said_last(said: list[dict[str, Any]]) -> None:
    now = last(*said)
    for name in ("person", "measure", "basis"):
        stated = [row[name] for row in said if row[name] is not None]
        assert now[name] == (stated[-1] if stated else None)


@pytest.mark.slow
@settings(max_examples=some(30))
@given(st.lists(ROW, min_size=1, max_size=6))
def test_each_day_knows_what_was_said_by_then(said: list[dict[str, Any]]) -> None:
    """The versions known on a day are those that there would be had nothing come after it."""
    versions = chain(days(*said), HAZARD, PLACES).versions
    for day in range(1, len(said) + 1):
        then = versions[(versions["known_from"] <= october(day))]
        then = then[[end is None or end > october(day) for end in then["known_to"]]]
        assert then["person"].tolist() == [last(*said[:day])["person"]]
