"""What an upload is told of: its own rows and items, and nothing of anybody else's."""

import pytest

from analysis.intake.rights.own_items import Strangers


@pytest.mark.parametrize(
    ("batch", "item", "is_told"),
    [
        ("mine", "H-1", True),
        ("mine", None, True),
        ("mine", "H-9", False),  # what it sent may turn out to be of another's item
        ("theirs", "H-1", True),
        ("theirs", "H-9", False),
        ("theirs", None, False),
        (None, None, True),  # there is no such side
    ],
)
def test_a_finding_is_told_where_its_row_or_its_item_is_ones_own(
    batch: str | None, item: str | None, is_told: bool
) -> None:
    seen = Strangers(frozenset({"H-9"}), frozenset({"mine"}))
    row = {"submission_id": batch, "item_id": item}
    assert seen._is_told(row, "", {"H-1"}) is is_told
