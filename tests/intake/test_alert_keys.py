"""An alert of an item goes on under the item's present id, its key with it."""

import pytest

from analysis.intake.alert_book import _of_present_item
from analysis.judgement.alerts import Alert


def alert(key: str, item_id: str | None) -> Alert:
    fields = dict.fromkeys(Alert.__dataclass_fields__, "")
    return Alert(**fields | {"rule": "overdue", "key": key, "item_id": item_id})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("key", "item_id", "is_now"),
    [
        ("overdue/1", "1", ("overdue/9", "9")),
        ("overdue/1/2023-10-01", "1", ("overdue/9/2023-10-01", "9")),
        ("overdue/12", "1", ("overdue/12", "9")),
        ("overdue/甲局", "1", ("overdue/甲局", "9")),
        ("overdue/2", "2", ("overdue/2", "2")),
        ("overdue/甲局", None, ("overdue/甲局", None)),
    ],
)
def test_the_key_of_an_alert_follows_its_item(
    key: str, item_id: str | None, is_now: tuple[str, str | None]
) -> None:
    found = _of_present_item(alert(key, item_id), {"1": "9"})
    assert (found.key, found.item_id) == is_now
