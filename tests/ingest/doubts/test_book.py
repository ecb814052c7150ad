"""A doubt is kept with both its places; it is a finding only while nobody has settled it."""

import json
from datetime import date
from typing import Any

import pandas as pd

from analysis.ingest.doubts.book import Book, answers_of
from analysis.ingest.doubts.confirmations import Confirmation, Confirmations
from analysis.ingest.doubts.doubt import Answer, Doubt, Side
from analysis.ingest.findings import Place, Places

D1, D2 = date(2023, 11, 1), date(2023, 11, 5)
PLACES = Places([Place("s1", "表", {"site": "B"}), Place("s2", "表")])
PATHS = {"s1": "2023-11-01/甲.xlsx", "s2": "2023-11-01/乙.xlsx"}
ITEMS = pd.DataFrame(
    [("s1", "表", 3, "H-甲局-1")], columns=["submission_id", "sheet", "row_no", "item_id"]
)
ANSWERS = (Answer("two", "两条"), Answer("same", "同一条"))
DOUBT = Doubt(
    "R31", ("H-甲局-1", "H-甲局-2"), "疑似同一条",
    Side("s1", "表", 3, "site", "宾馆"), Side("s2", "表", 4, "site", "宾馆北楼", "H-甲局-2"),
    ANSWERS, D1,
)  # fmt: skip


def book(*entries: Confirmation) -> Book:
    return Book([DOUBT, DOUBT], Confirmations(entries), PLACES, PATHS, ITEMS)


def settled(answer: str | None = "same", on: date = D2, number: int = 1) -> Confirmation:
    return Confirmation(number, DOUBT.key, answer, "某甲", on, "看过现场")


def row(table: pd.DataFrame) -> dict[Any, Any]:
    (only,) = table.to_dict("records")
    return only


def test_an_open_doubt_has_both_places_and_is_a_finding_at_the_first() -> None:
    kept = row(book().doubt_table())
    assert (kept["path"], kept["cell"], kept["item_id"]) == (PATHS["s1"], "B3", "H-甲局-1")
    assert (kept["other_path"], kept["other_cell"], kept["other_row_no"]) == (PATHS["s2"], None, 4)
    assert (kept["default_answer"], kept["answer"], kept["known_from"]) == ("two", None, D1)
    assert [each["code"] for each in json.loads(kept["answers"])] == ["two", "same"]
    (finding,) = book().findings()
    assert (finding.severity, finding.rule, finding.cell) == ("doubt", "R31", "B3")
    assert finding.doubt_key == DOUBT.key
    for named in ("2023-11-01/乙.xlsx", "第 4 行", "宾馆北楼", "暂按“两条”", DOUBT.key):
        assert named in finding.message


def test_what_is_settled_is_kept_and_not_asked_again() -> None:
    kept = row(book(settled()).doubt_table())
    assert (kept["answer"], kept["answered_by"], kept["answered_on"]) == ("same", "某甲", D2)
    assert book(settled()).findings() == []


def test_what_is_taken_back_is_asked_again() -> None:
    again = book(settled(), settled(None, date(2023, 11, 9), 2))
    assert row(again.doubt_table())["answer"] is None
    assert len(again.findings()) == 1
    assert again.confirmation_table()["answer"].tolist() == ["same", None]


def test_every_entry_is_kept_and_says_whether_its_doubt_is_there() -> None:
    gone = Confirmation(2, "gone", "same", "某乙", D2, "看过")
    table = book(settled(), gone).confirmation_table()
    assert table["has_doubt"].tolist() == [True, False]
    assert table["answered_by"].tolist() == ["某甲", "某乙"]


def test_the_answers_of_each_doubt_can_be_asked_of_the_table() -> None:
    assert answers_of(book().doubt_table()) == {DOUBT.key: ["two", "same"]}
    assert answers_of(Book([], Confirmations(), PLACES, PATHS, ITEMS).doubt_table()) == {}
