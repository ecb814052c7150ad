"""A later submission replaces what it says anew, repeats what it repeats, and loses nothing."""

from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.ingest.findings import Finding, Places
from analysis.ingest.versions import history
from analysis.ledgers import LEDGERS
from tests.depth import some

HAZARD = LEDGERS["hazard"]


def rows(*said: dict[str, Any]) -> pd.DataFrame:
    """Hazard rows; ``day`` is the day of October on which the submission was received."""
    made = []
    for number, row in enumerate(said):
        row = {"sender": "甲局", "description": "灭火器过期", "site": "宾馆"} | row
        day = row.pop("day")
        where = {"submission_id": f"{day}-{row['sender']}", "sheet": "台账", "row_no": number + 4}
        base = dict.fromkeys(HAZARD.columns) | where | {"known_from": date(2023, 10, day)}
        made.append(base | {"position": day} | row)
    return pd.DataFrame(made, dtype=object)


def chain(table: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, list[Finding]]:
    chained = history.chain(table, HAZARD, Places())
    return chained.versions, chained.repeated, chained.findings


def versions(table: pd.DataFrame) -> list[tuple[str, str | None, int, int | None]]:
    """Item, location, and the days of October from and to which a version holds."""
    kept, _, _ = chain(table)
    return [
        (row.item_id, row.location, row.known_from.day, row.known_to.day if row.known_to else None)
        for row in kept.itertuples()
    ]


def test_a_changed_row_closes_the_version_before_it() -> None:
    table = rows(
        {"day": 15, "hazard_no": "1", "location": "一层"},
        {"day": 31, "hazard_no": "1", "location": "一层东侧"},
    )
    assert versions(table) == [("H-甲局-1", "一层", 15, 31), ("H-甲局-1", "一层东侧", 31, None)]


def test_an_unchanged_row_is_a_duplicate() -> None:
    table = rows({"day": 15, "hazard_no": "1"}, {"day": 31, "hazard_no": "1"})
    kept, repeated, _ = chain(table)
    assert (len(kept), repeated["submission_id"].tolist()) == (1, ["31-甲局"])


def test_a_row_left_out_later_stays_current() -> None:
    table = rows(
        {"day": 15, "hazard_no": "1"},
        {"day": 15, "hazard_no": "2", "site": "影院"},
        {"day": 31, "hazard_no": "1", "location": "二层"},
    )
    assert ("H-甲局-2", None, 15, None) in versions(table)


def test_without_numbers_place_day_and_words_make_the_item() -> None:
    table = rows({"day": 15, "status": "in_progress"}, {"day": 31, "status": "done"})
    names = {item for item, *_ in versions(table)}
    assert len(names) == 1


def test_two_units_may_use_the_same_number() -> None:
    table = rows({"day": 15, "hazard_no": "1"}, {"day": 15, "hazard_no": "1", "sender": "乙局"})
    assert {item for item, *_ in versions(table)} == {"H-甲局-1", "H-乙局-1"}


def test_one_number_on_two_rows_of_a_sheet_keeps_both_and_says_so() -> None:
    table = rows(
        {"day": 15, "hazard_no": "1"},
        {"day": 15, "hazard_no": "1", "site": "影院", "description": "通道堵塞"},
    )
    kept, _, clashes = chain(table)
    assert kept["item_id"].tolist() == ["H-甲局-1", "H-甲局-1~2"]
    assert [clash.rule for clash in clashes] == ["number_repeated"]


def test_a_number_reused_for_another_hazard_does_not_swallow_the_first() -> None:
    table = rows(
        {"day": 15, "hazard_no": "1"},
        {"day": 31, "hazard_no": "1", "site": "影院", "description": "通道堵塞"},
    )
    assert [(item, known_to) for item, _, _, known_to in versions(table)] == [
        ("H-甲局-1", None),
        ("H-甲局-1~2", None),
    ]


def test_another_hazard_of_the_same_site_does_not_replace_the_first_by_its_number() -> None:
    table = rows(
        {"day": 15, "hazard_no": "1", "description": "灭火器过期"},
        {"day": 31, "hazard_no": "1", "description": "安全出口上锁"},
    )
    assert [known_to for *_, known_to in versions(table)] == [None, None]


def test_a_small_change_of_wording_is_the_same_hazard() -> None:
    table = rows(
        {"day": 15, "hazard_no": "1", "description": "一层灭火器过期未更换"},
        {"day": 31, "hazard_no": "1", "description": "一层的灭火器过期，未及时更换"},
        {"day": 31, "hazard_no": "1", "description": "灭火器过期", "sender": "乙局"},
    )
    assert [(item, known_to) for item, _, _, known_to in versions(table)] == [
        ("H-甲局-1", 31),
        ("H-甲局-1", None),
        ("H-乙局-1", None),
    ]


ROW = st.fixed_dictionaries(
    {
        "day": st.integers(1, 5),
        "hazard_no": st.sampled_from(["1", "2", None]),
        "site": st.sampled_from(["宾馆", "影院"]),
        "location": st.sampled_from(["一层", "二层", None]),
        "description": st.sampled_from(["灭火器过期", "安全出口上锁"]),
        "sender": st.sampled_from(["甲局", "乙局"]),
    }
)


@pytest.mark.slow
@given(st.lists(ROW, min_size=1, max_size=12))
def test_every_row_is_kept_or_a_duplicate_and_each_item_has_one_current_version(
    said: list[dict[str, Any]],
) -> None:
    kept, repeated, _ = chain(rows(*said))
    assert len(kept) + len(repeated) == len(said)
    assert set(kept.loc[kept["known_to"].isna(), "item_id"]) == set(kept["item_id"])
    assert kept.loc[kept["known_to"].isna(), "item_id"].is_unique


@pytest.mark.slow
@given(st.lists(ROW, min_size=1, max_size=12))
def test_no_hazard_ever_received_is_without_a_current_version(said: list[dict[str, Any]]) -> None:
    """Whatever numbers they bear, what was reported at a site stands in the figures."""
    kept, _, _ = chain(rows(*said))
    current = kept[kept["known_to"].isna()]
    pairs = {(row["sender"], row["site"], row["description"]) for row in said}
    assert pairs == set(
        current[["sender", "site", "description"]].itertuples(index=False, name=None)
    )


@pytest.mark.slow
@settings(max_examples=some(40))
@given(st.lists(ROW, min_size=1, max_size=10), st.randoms())
def test_the_order_in_which_submissions_are_read_does_not_matter(
    said: list[dict[str, Any]], random: Any
) -> None:
    table = rows(*said)
    order = list(range(len(said)))
    random.shuffle(order)
    pd.testing.assert_frame_equal(
        chain(table)[0].reset_index(drop=True),
        chain(table.iloc[order])[0].reset_index(drop=True),
    )
