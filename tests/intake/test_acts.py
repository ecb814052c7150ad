"""Which act may follow which, and on what days an acceptance may be: no file is read."""

import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis.errors import YanpanError
from analysis.ingest.versions.closing.acts import ACCEPT, REJECT, WITHDRAW
from analysis.ingest.versions.closing.rule import ClosingRule
from analysis.intake import acceptance
from analysis.intake.acceptance import (
    _FIELDS,
    Act,
    _act,
    _must_follow,
    _record_of,
    accept,
    acts_on,
    reject,
)
from analysis.settings import Settings

ITEM: dict[str, Any] = {
    "item_id": "H-1", "person": "赵某", "state": "accepting", "is_suspended": False,
    "done_on": datetime(2023, 10, 20), "suspended_on": None, "level": "一般", "returned_on": None,
}  # fmt: skip


def act(kind: str, who: str, minute: int = 0, day: str = "2023-10-25") -> Act:
    at = f"2023-10-25T10:{minute:02}:00+08:00"
    return Act("H-1", kind, who, at, accepted_on=day, accepted_by="钱某", closed_on=day)


def follows(new: Act, *before: Act, returned_on: datetime | None = None) -> str:
    """Why an act may not follow; nothing where it may."""
    try:
        _must_follow(new, before, ClosingRule(), ITEM | {"returned_on": returned_on})
    except YanpanError as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    ("new", "who", "before", "why"),
    [
        (ACCEPT, "甲", "", ""),
        (REJECT, "甲", "", ""),
        (WITHDRAW, "甲", "", "没有有效的验收"),
        (ACCEPT, "乙", ACCEPT, "已由 甲 于 .* 登记验收"),
        (WITHDRAW, "甲", ACCEPT, "不能自己撤回"),
        (WITHDRAW, "乙", ACCEPT, ""),
        (REJECT, "甲", ACCEPT, "不能自己退回"),
        (REJECT, "乙", ACCEPT, ""),
        (ACCEPT, "乙", REJECT, "刚被退回重改"),
        (REJECT, "乙", REJECT, "已由 甲 于 .* 登记退回"),
        (WITHDRAW, "乙", REJECT, "没有有效的验收"),
    ],
)
def test_which_act_may_follow_which(new: str, who: str, before: str, why: str) -> None:
    found = follows(act(new, who, 1), *([act(before, "甲")] if before else []))
    assert re.search(why, found) if why else found == ""


def test_after_a_withdrawal_it_may_be_accepted_again() -> None:
    withdrawn = [act(ACCEPT, "甲"), act(WITHDRAW, "乙", 1)]
    assert follows(act(ACCEPT, "甲", 2), *withdrawn) == ""


@pytest.mark.parametrize(("returned", "is_known"), [(25, True), (24, False), (None, False)])
def test_a_return_that_the_figures_know_of_stands_in_nobodys_way(
    returned: int | None, is_known: bool
) -> None:
    known = datetime(2023, 10, returned) if returned else None
    for kind in (ACCEPT, REJECT):
        found = follows(act(kind, "乙", 1), act(REJECT, "甲"), returned_on=known)
        assert (found == "") == is_known


@pytest.fixture
def accepted(home: Settings, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Accept the item, its evidence kept; why not, or nothing."""
    monkeypatch.setattr(acceptance, "_keep_evidence", lambda *_: ("图.png", "0" * 64))

    def ask(on: str, closed: str = "", by: str = "钱某", **item: Any) -> str:
        try:
            accept(home, ITEM | item, "office", on, by, closed, None)
        except YanpanError as error:
            return str(error)
        return ""

    return ask


@pytest.mark.parametrize(
    ("on", "closed", "why"),
    [
        ("2023-10-20", "", ""),
        ("2023-10-19", "", "早于整改完成日期"),
        ("2023-10-20", "2023-10-20", ""),
        ("2023-10-21", "2023-10-20", "销号日期不能早于验收日期"),
        ("2023-10-20", "2023-10-21", ""),
    ],
)
def test_it_is_accepted_when_it_is_done_and_struck_off_then_or_later(
    accepted: Any, on: str, closed: str, why: str
) -> None:
    found = accepted(on, closed)
    assert why in found if why else found == ""


@pytest.mark.parametrize(
    ("item", "why"),
    [
        ({"state": "open"}, "只能验收"),
        ({"state": "suspended", "is_suspended": True, "suspended_on": datetime(2023, 10, 21)},
         "早于报告停业的日期"),
        ({"state": "suspended", "is_suspended": True, "suspended_on": datetime(2023, 10, 20)}, ""),
        ({"person": "钱某"}, "不能自己验收"),
        ({"person": "office"}, "不能自己登记"),
    ],
)  # fmt: skip
def test_what_is_neither_done_nor_shut_and_what_is_ones_own_is_not_accepted(
    accepted: Any, item: dict[str, Any], why: str
) -> None:
    found = accepted("2023-10-20", **item)
    assert why in found if why else found == ""


@pytest.mark.parametrize(
    ("checked", "again", "why"),
    [
        ("2023-10-19", "2023-10-30", "早于整改完成日期"),
        ("2023-10-20", "2023-10-30", ""),
        ("2023-10-20", "2023-10-19", "重改期限不能早于复查日期"),
        ("2023-10-20", "2023-10-20", ""),
    ],
)
def test_it_is_sent_back_when_it_is_done_or_later_to_be_done_again_then_or_later(
    tmp_path: Path, checked: str, again: str, why: str
) -> None:
    settings = Settings(home=tmp_path)
    if why:
        with pytest.raises(YanpanError, match=why):
            reject(settings, ITEM, "office", checked, "钱某", "仍有破损", again)
        return
    reject(settings, ITEM, "office", checked, "钱某", "仍有破损", again)
    (act,) = acts_on(settings, "H-1")
    assert (act.act, act.accepted_on, act.rework_due_on) == (REJECT, checked, again)


def test_what_a_register_of_the_office_leaves_blank_is_nothing_and_a_day_has_no_clock(
    tmp_path: Path,
) -> None:
    row = {
        "path": "2023-10-25/验收登记.xlsx", "item_id": "H-1", "act": ACCEPT, "recorded_by": None,
        "accepted_on": datetime(2023, 10, 25), "accepted_by": "钱某", "closed_on": pd.NaT,
        "reason": float("nan"),
    }  # fmt: skip
    (act,) = acts_on(Settings(home=tmp_path), "H-1", published=[row])
    assert act == Act("H-1", ACCEPT, "", "", accepted_on="2023-10-25", accepted_by="钱某")


def test_an_act_is_known_from_the_day_on_which_it_was_recorded() -> None:
    made = Act("H-1", ACCEPT, "甲", "2023-10-25 10:00:00.000001", accepted_on="2023-10-20")
    assert _record_of(made)["known_from"] == date(2023, 10, 25)
    unrecorded = Act("H-1", ACCEPT, "", "", accepted_on="2023-10-20")  # of a ledger of the office's
    assert _record_of(unrecorded)["known_from"] == date(2023, 10, 20)


def test_a_heading_of_before_is_read_where_that_of_today_is_blank() -> None:
    field = next(each for each in _FIELDS if len(each.headers) > 1 and each.name == "accepted_by")
    today, before, *_ = field.headers
    assert _act({today: "", before: "某甲"}).accepted_by == "某甲"
    assert _act({today: "某乙", before: "某甲"}).accepted_by == "某乙"


def test_the_time_of_an_act_is_that_of_its_landing(
    home: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of two that come at one moment the one that lands last counts last, whoever asked first."""
    waiting: list[Any] = []
    times = iter(["2023-10-25 10:00:00", "2023-10-25 10:00:01"])
    monkeypatch.setattr(acceptance, "_keep_evidence", lambda *_: ("图.png", "0" * 64))
    monkeypatch.setattr(acceptance, "record", lambda *said: waiting.append(said[-1]))
    monkeypatch.setattr(acceptance, "_now", lambda: next(times))
    accept(home, ITEM, "甲", "2023-10-25", "钱某", "", None)
    reject(home, ITEM, "乙", "2023-10-25", "孙某", "没有改", "2023-11-01")
    second, first = (made(home.raw).decode() for made in reversed(waiting))
    assert "2023-10-25 10:00:00" in second
    assert "2023-10-25 10:00:01" in first
