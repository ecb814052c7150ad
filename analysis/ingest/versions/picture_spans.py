"""The photos of an item through time: what was sent again is one photo, what was changed ends.

Like a cell of a ledger: a row of a later day with other photos in the same column replaces those
before it, a later row without any says nothing about them.
"""

from collections.abc import Hashable
from typing import Any

import pandas as pd

from analysis.ledgers import LEDGERS

#: Where a photo stands; the item of that row is the photo's.
PLACE = ["submission_id", "sheet", "row_no"]


def picture_versions(pictures: pd.DataFrame, items: pd.DataFrame) -> pd.DataFrame:
    """One row for each photo of an item, with the days on which it was known.

    ``pictures`` has the columns of the ledger ``picture``, in the order of receipt, without items;
    ``items`` has PLACE and ``item_id``, for all rows that are items. A row of several items gives
    its photos to each. Photos of no item are all kept as they were sent.
    """
    columns = LEDGERS["picture"].columns
    if pictures.empty:
        return pictures[columns]
    of_photos = items[items["submission_id"].isin(set(pictures["submission_id"]))]
    named = pictures.drop(columns="item_id").merge(
        of_photos[[*PLACE, "item_id"]].drop_duplicates(), on=PLACE, how="left"
    )
    rows: list[dict[Any, Any]] = []
    showing: dict[Hashable, dict[str, dict[Any, Any]]] = {}
    for row, sent in _deliveries(named):
        current = showing.setdefault(row, {}) if row else {}
        day = sent[0]["known_from"]
        for sha256 in current.keys() - {each["sha256"] for each in sent}:
            # Two rows of one day show the item from two sides: neither replaces the other.
            if current[sha256]["known_from"] < day:
                current.pop(sha256)["known_to"] = day
        for each in sent:
            if each["sha256"] not in current:
                rows.append(each)
            if row:
                current.setdefault(each["sha256"], each)
    return pd.DataFrame(rows, columns=columns, dtype=object)


def _deliveries(named: pd.DataFrame) -> list[tuple[Hashable, list[dict[Any, Any]]]]:
    """The photos that one row sent for one item in one column, with what they are replaced by.

    The column is that of the header, so that a ledger with one column more replaces the same ones.
    """
    sent: dict[Hashable, tuple[Hashable, list[dict[Any, Any]]]] = {}
    for row in named.astype(object).where(named.notna(), None).to_dict("records"):
        item = (row["item_id"], row["stage"] or row["header"]) if row["item_id"] else None
        delivery = (*(row[name] for name in PLACE), item)
        sent.setdefault(delivery, (item, []))[1].append(row)
    return list(sent.values())
