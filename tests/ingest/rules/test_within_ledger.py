"""Rules on the rows of one ledger, each at its edge: the day before, the day, the day after."""

from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest

from analysis.ingest.findings import Place, Places
from analysis.ingest.rules.within_ledger import FAR, check
from analysis.ledgers import LEDGERS

SENT = date(2023, 10, 15)
PLACE = {"submission_id": "s1", "sheet": "台账", "row_no": 4, "known_from": SENT}
#: One row of each ledger in which no rule finds anything.
FLAWLESS: dict[str, dict[str, Any]] = {
    "hazard": {
        "hazard_no": "1", "site": "宾馆", "description": "灭火器过期", "unit": "甲局",
        "person": "赵某", "found_on": date(2023, 10, 1), "due_on": date(2023, 10, 20),
        "due_text": "10月20日前", "status": "in_progress", "status_text": "整改中",
    },
    "measure": {
        "list_kind": "反馈问题", "problem": "站位不高", "sub_no": "5-1", "measure": "开会",
        "sub_measure": "每月开会", "unit": "甲局", "person": "赵某",
        "due_on": date(2023, 10, 20), "due_text": "10月20日前", "status": "in_progress",
    },
    "decision": {
        "meeting": "例会", "held_on": date(2023, 10, 1), "task": "排查", "unit": "甲局",
        "person": "赵某", "due_on": date(2023, 10, 20), "status": "in_progress",
    },
    "half_month": {
        "unit": "甲局", "period_start": date(2023, 10, 1), "period_end": date(2023, 10, 15),
        "visits": 3, "sites_inspected": 3, "hazards_found": 1,
    },
}  # fmt: skip


def frame_of(ledger: str, **changed: Any) -> pd.DataFrame:
    row = dict.fromkeys(LEDGERS[ledger].columns) | PLACE | FLAWLESS[ledger] | changed
    return pd.DataFrame([row], columns=LEDGERS[ledger].columns, dtype=object)


def faults(ledger: str = "hazard", **changed: Any) -> list[tuple[str, str, str]]:
    """Rule, field and severity of what is found in the flawless row with some cells changed."""
    found = check(frame_of(ledger, **changed), LEDGERS[ledger], set(), Places())
    return [(each.rule, each.field, each.severity) for each in found]


@pytest.mark.parametrize("ledger", FLAWLESS)
def test_nothing_is_found_in_a_flawless_row(ledger: str) -> None:
    assert faults(ledger) == []


@pytest.mark.parametrize(
    ("ledger", "field"),
    [
        ("hazard", "unit"), ("hazard", "person"), ("hazard", "found_on"), ("hazard", "site"),
        ("decision", "held_on"), ("half_month", "period_start"),
    ],
)  # fmt: skip
def test_what_a_record_needs_is_missing(ledger: str, field: str) -> None:
    assert faults(ledger, **{field: None}) == [("missing", field, "warning")]


@pytest.mark.parametrize(
    ("due_text", "rect_type", "is_missing"),
    [
        (None, None, True), (None, "限期整改", True),
        ("尽快", None, False), (None, "长期坚持", False),
    ],
)  # fmt: skip
def test_a_deadline_is_missing_unless_its_cell_or_the_kind_speaks(
    due_text: str | None, rect_type: str | None, is_missing: bool
) -> None:
    found = faults("measure", due_on=None, due_text=due_text, rect_type=rect_type)
    assert found == [("missing", "due_on", "warning")] * is_missing


def test_a_cell_that_could_not_be_read_is_not_missing_as_well() -> None:
    frame = frame_of("hazard", found_on=None)
    assert check(frame, LEDGERS["hazard"], {("s1", 4, "found_on")}, Places()) == []
    assert len(check(frame, LEDGERS["hazard"], {("s1", 5, "found_on")}, Places())) == 1
    both = frame_of("measure", rect_type="长期坚持")
    assert check(both, LEDGERS["measure"], {("s1", 4, "rect_type")}, Places()) == []


@pytest.mark.parametrize(
    ("unit", "is_vague"),
    [
        ("各成员单位", True), ("有关部门", True), ("各乡（镇）", True), ("相关单位", True),
        ("各县直有关单位", True), ("各文化市场经营单位", False), ("县安委会成员单位", True),
        ("甲局", False), ("各界书店", False),
    ],
)  # fmt: skip
def test_a_unit_that_is_everybody_is_nobody(unit: str, is_vague: bool) -> None:
    assert faults(unit=unit) == [("vague_unit", "unit", "warning")] * is_vague


def test_a_ledger_without_a_responsible_person_has_no_vague_units() -> None:
    assert faults("half_month", unit="各成员单位") == []


@pytest.mark.parametrize(
    ("accepted_on", "accepted_by", "field"),
    [
        (None, None, "status"), (None, "钱七", "accepted_on"),
        (date(2023, 10, 12), None, "accepted_by"), (date(2023, 10, 12), "钱七", None),
    ],
)  # fmt: skip
def test_a_closure_needs_both_day_and_signature(
    accepted_on: date | None, accepted_by: str | None, field: str | None
) -> None:
    acceptance = {"accepted_on": accepted_on, "accepted_by": accepted_by}
    frame = frame_of("hazard", status="closed", **acceptance)
    found = check(frame, LEDGERS["hazard"], set(), Places())
    expected = [("unsigned_closure", field)] if field else []
    assert [(each.rule, each.field) for each in found] == expected
    assert frame["status"].tolist() == ["pending_accept" if field else "closed"]


def test_a_day_of_closure_says_closed_whatever_the_status_says() -> None:
    frame = frame_of("hazard", status="done", closed_on=date(2023, 10, 12))
    (found,) = check(frame, LEDGERS["hazard"], set(), Places())
    assert (found.rule, found.severity) == ("unsigned_closure", "error")
    assert frame["status"].tolist() == ["done"]  # it claims no closure that is to be taken back


@pytest.mark.parametrize("has_both", [True, False])
def test_the_one_column_of_days_beside_a_signature_is_that_of_acceptance(has_both: bool) -> None:
    signed = {"accepted_by": "钱七", "closed_on": date(2023, 10, 12)}
    frame = frame_of("hazard", status="closed", **signed)
    letters = {"accepted_on": "J"} if has_both else {}
    places = Places([Place(frame.at[0, "submission_id"], "台账", letters)])
    found = check(frame, LEDGERS["hazard"], set(), places)
    assert [each.field for each in found] == ["accepted_on"] * has_both
    assert frame["status"].tolist() == ["pending_accept" if has_both else "closed"]


def test_what_was_done_on_the_spot_was_done_when_it_was_found() -> None:
    frame = frame_of("hazard", status="done_onspot")
    (found,) = check(frame, LEDGERS["hazard"], set(), Places())
    assert (found.rule, found.field, found.severity) == ("done_on_inferred", "done_on", "info")
    assert frame["done_on"].tolist() == [None]  # no cell of the ledger's
    dated = frame_of("hazard", status="done_onspot", done_on=date(2023, 10, 2))
    assert check(dated, LEDGERS["hazard"], set(), Places()) == []
    assert dated["done_on"].tolist() == [date(2023, 10, 2)]


@pytest.mark.parametrize(
    ("ledger", "earlier", "later", "more"),
    [
        ("hazard", "found_on", "done_on", {"status": "done"}),
        ("decision", "held_on", "done_on", {"status": "done"}),
        ("hazard", "found_on", "due_on", {}),
        ("hazard", "done_on", "accepted_on", {"status": "closed", "accepted_by": "钱七"}),
        (
            "hazard", "accepted_on", "closed_on",
            {"status": "closed", "accepted_by": "钱七", "done_on": date(2023, 10, 2)},
        ),
        ("half_month", "period_start", "period_end", {}),
    ],
)  # fmt: skip
def test_a_later_step_is_of_the_same_day_or_after(
    ledger: str, earlier: str, later: str, more: dict[str, Any]
) -> None:
    day = date(2023, 10, 3)
    for offset, fault in ((-1, [("date_order", later, "error")]), (0, []), (1, [])):
        days = {earlier: day, later: day + timedelta(days=offset)}
        assert faults(ledger, **(more | days)) == fault, offset


@pytest.mark.parametrize("sign", [-1, 1])
def test_a_deadline_three_years_from_its_submission_is_near_and_a_day_more_is_far(
    sign: int,
) -> None:
    assert FAR == 1098
    found_on = None if sign < 0 else date(2023, 10, 1)
    missing = [("missing", "found_on", "warning")] * (sign < 0)
    far = [("date_far", "due_on", "error")]
    for days, fault in ((1097, []), (1098, []), (1099, far)):
        due_on = SENT + timedelta(days=sign * days)
        assert faults(found_on=found_on, due_on=due_on) == missing + fault, days


@pytest.mark.parametrize("field", ["found_on", "done_on", "accepted_on", "closed_on"])
def test_nothing_has_happened_after_the_day_of_its_submission(field: str) -> None:
    """Years ahead is a slip of the year, and one finding is enough."""
    acceptance = {"accepted_on": date(2023, 10, 12), "accepted_by": "钱七"}
    more = {"status": "closed", "due_on": None, "due_text": "尽快", **acceptance}
    near, far = ("date_in_future", field, "error"), ("date_far", field, "error")
    for days, fault in ((-1, []), (0, []), (1, [near]), (FAR, [near]), (FAR + 1, [far])):
        found = faults(**(more | {field: SENT + timedelta(days=days)}))
        assert [each for each in found if each[0] != "date_order"] == fault, days


def test_a_deadline_may_lie_ahead() -> None:
    assert faults(due_on=SENT + timedelta(days=1)) == []


@pytest.mark.parametrize(
    ("status", "done_on", "is_wrong"),
    [
        ("not_started", True, True), ("in_progress", True, True), ("rejected", True, True),
        ("blocked", True, True), ("done", True, False), ("in_progress", False, False),
        ("transferred", True, True), ("ongoing", True, False),
    ],
)  # fmt: skip
def test_a_day_of_completion_beside_an_unfinished_status(
    status: str, done_on: bool, is_wrong: bool
) -> None:
    found = faults(status=status, done_on=date(2023, 10, 10) if done_on else None)
    assert found == [("done_but_open", "done_on", "error")] * is_wrong


@pytest.mark.parametrize(
    ("rect_type", "due_on", "is_told"),
    [
        ("长期坚持", date(2023, 10, 20), True), ("长期坚持", None, False),
        ("限期整改", date(2023, 10, 20), False),
    ],
)  # fmt: skip
def test_a_standing_task_with_an_end(rect_type: str, due_on: date | None, is_told: bool) -> None:
    found = faults("measure", rect_type=rect_type, due_on=due_on)
    assert found == [("R06", "rect_type", "info")] * is_told


def test_an_empty_ledger_has_no_finding() -> None:
    assert check(frame_of("hazard").iloc[:0], LEDGERS["hazard"], set(), Places()) == []


def test_days_that_a_ledger_without_items_gives_are_not_measured_from_its_submission() -> None:
    """A register may hold days of any age."""
    long_ago = date(1999, 1, 1)
    assert faults("half_month", period_start=long_ago, period_end=long_ago) == []
