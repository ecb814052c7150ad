"""What a version keeps of those before it, and of the reports that made none."""

from datetime import date

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from analysis.ingest.versions.past import Evidence, with_past
from analysis.ledgers.codes import FINISHED
from analysis.ledgers.fields import PAST


def october(day: int) -> date:
    return date(2023, 10, day)


def sent(*statuses: str | None) -> pd.DataFrame:
    """The versions of one item, the first of 1 October, each next one two days later."""
    days = [october(1 + 2 * number) for number in range(len(statuses))]
    rows = {
        "item_id": "H-1", "known_from": days, "known_to": [*days[1:], None], "status": statuses,
        "submission_id": [f"s{day.day}" for day in days], "sheet": "台账", "row_no": 3,
        "returned_on": None,
    }  # fmt: skip
    return pd.DataFrame(rows, dtype=object)


def not_done(*received: int) -> pd.DataFrame:
    """Rows of the item that say on these days of October that it is not done."""
    rows = [
        {"item_id": "H-1", "submission_id": f"s{day}", "sheet": "台账", "row_no": 3,
         "known_from": october(day)}
        for day in received
    ]  # fmt: skip
    return pd.DataFrame(rows, dtype=object)


def past(
    versions: pd.DataFrame, *names: str, evidence: Evidence | None = None
) -> list[tuple[object, ...]]:
    """Columns of the past of each version, days by their number in October."""
    told = with_past(versions, evidence or Evidence())
    rows = zip(*(told[name] for name in names), strict=True)
    return [tuple(v.day if isinstance(v, date) else v for v in row) for row in rows]


KNOWN = ("first_known_on", "said_done_since")
DONE = ("said_done_as_of", "said_open_until")


def test_each_version_keeps_what_those_before_it_say() -> None:
    versions = sent("in_progress", "done", "closed", "rejected", "done")
    assert past(versions, *KNOWN) == [(1, None), (1, 3), (1, 3), (1, None), (1, 9)]


def test_a_version_replaced_on_its_own_day_says_nothing_of_the_past() -> None:
    versions = sent("done", "in_progress", "done")
    versions["known_from"] = [october(day) for day in (1, 1, 5)]
    versions["known_to"] = [october(1), october(5), None]
    assert past(versions, *KNOWN) == [(None, None), (1, None), (1, 5)]


def test_what_was_sent_once_has_no_days_before_its_own() -> None:
    assert past(sent("done"), *KNOWN, *DONE) == [(None, None, 1, None)]
    told = with_past(sent("in_progress"))[[each.name for each in PAST]]
    assert told.isna().all(axis=None)


@given(st.lists(st.sampled_from(["in_progress", "suspended", None, *FINISHED]), min_size=2))
def test_done_since_is_where_the_run_of_done_versions_began(statuses: list[str | None]) -> None:
    statuses = statuses[:15]
    for number, (first, since) in enumerate(past(sent(*statuses), *KNOWN)):
        runs = [
            n for n in range(number + 1) if all(s in FINISHED for s in statuses[n : number + 1])
        ]
        assert (first, since) == (1, 1 + 2 * runs[0] if runs else None)


def test_a_completion_lies_between_the_last_report_that_denies_it_and_the_first_that_tells_it() -> (
    None
):
    # Received on 1 (open), 2 (open, the same again), 3 (done as of the 2nd), 5 (done).
    evidence = Evidence({"s3": october(2), "s5": october(4)}, not_done(1, 2))
    versions = sent("in_progress", "done", "closed")
    assert past(versions, *DONE, evidence=evidence) == [(None, None), (2, 2), (2, 2)]


def test_a_report_speaks_for_no_day_after_its_receipt() -> None:
    evidence = Evidence({"s1": october(31), "s3": october(31)}, not_done(1))
    assert past(sent("in_progress", "done"), *DONE, evidence=evidence) == [(None, None), (3, 1)]


def test_what_comes_after_the_first_report_of_completion_says_nothing_of_when_it_was() -> None:
    evidence = Evidence({}, not_done(1, 4))
    assert past(sent("in_progress", "done"), *DONE, evidence=evidence)[1] == (3, 1)


def test_a_row_that_a_correction_puts_right_never_said_what_it_said() -> None:
    corrected = sent("in_progress", "done").assign(submission_id="s1")  # one row, from the 3rd on
    evidence = Evidence({"s1": october(1)}, not_done(1))
    assert past(corrected, *DONE, evidence=evidence)[1] == (1, None)


def test_the_office_that_sends_an_item_back_saw_that_it_was_not_done() -> None:
    versions = sent("done", "rejected", "done")
    versions["returned_on"] = [None, october(2), october(2)]
    assert past(versions, *DONE) == [(1, None), (None, None), (5, 2)]


def test_what_the_first_report_says_was_mended_on_the_spot_stays_so_when_it_is_accepted() -> None:
    is_onspot = ("is_onspot",)
    assert past(sent("done_onspot", "closed", "in_progress", "done_onspot"), *is_onspot) == [
        (True,), (True,), (None,), (None,),
    ]  # fmt: skip
    assert past(sent("in_progress", "done_onspot"), *is_onspot) == [(None,), (None,)]
    assert past(sent("done_onspot"), *is_onspot) == [(True,)]


def test_a_site_is_shut_since_the_first_report_that_says_so_without_a_break() -> None:
    since = ("suspended_since",)
    versions = sent("in_progress", "suspended", "suspended", "in_progress", "suspended")
    assert past(versions, *since) == [(None,), (3,), (3,), (None,), (9,)]
    assert past(sent("suspended"), *since) == [(1,)]


def test_what_was_sent_back_is_done_anew_also_where_it_was_told_the_same_day() -> None:
    versions = sent("done", "done", "done")
    versions["returned_on"] = [None, october(2), october(2)]
    assert past(versions, *DONE) == [(1, None), (3, 2), (3, 2)]
