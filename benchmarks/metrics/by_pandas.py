"""``completion`` as an analyst would write it in pandas, over the hazards alone.

Reckons with all that the metric does: versions, extensions, withdrawn and standing items,
signatures of acceptance; on rows that are in memory already.
"""

from datetime import date
from typing import Any

import pandas as pd

COLUMNS = (
    "item_id", "known_from", "known_to", "found_on", "first_known_on", "said_done_since", "due_on",
    "said_done_as_of", "said_open_until", "extended_due_on", "done_on", "accepted_on",
    "accepted_by", "closed_on", "closure", "status", "rect_type",
    "unit", "township", "site_kind", "category", "level", "supervised", "supervised_on",
)  # fmt: skip
DIMENSIONS = (
    "unit", "township", "site_kind", "category", "rect_type", "level", "supervised",
)  # fmt: skip
SAYS_DONE = ("done", "done_onspot", "pending_accept", "closed")
SAYS_OPEN = ("not_started", "in_progress", "blocked", "rejected", "transferred")
#: Claims of a ledger that close nothing.
CLAIMED = ("claimed", "self")
COUNTS = ("total", "done", "closed", "due", "on_time", "late", "overdue", "undated_done")


def completion(hazards: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Rows of ``completion`` but for the dimension kind: dimension, member and the counts."""
    items = _judged(hazards[hazards["known_to"].isna()], pd.Timestamp(as_of))
    whole = items[list(COUNTS)].sum().to_frame().T.assign(dimension="all", member="all")
    each = [whole]
    for dimension in DIMENSIONS:
        summed = items.groupby(items[dimension].fillna("未填"))[list(COUNTS)].sum()
        each.append(summed.rename_axis("member").reset_index().assign(dimension=dimension))
    return pd.concat(each, ignore_index=True)[["dimension", "member", *COUNTS]]


def _judged(rows: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    known = rows["first_known_on"].fillna(rows["known_from"])
    opened = rows["found_on"].where(rows["found_on"] <= known, known)
    says_open, due = rows["status"].isin(SAYS_OPEN), rows["extended_due_on"].fillna(rows["due_on"])
    is_signed = rows["accepted_on"].notna() & rows["accepted_by"].notna() & ~says_open
    is_signed &= ~rows["closure"].isin(CLAIMED)
    closed_from = rows[["accepted_on", "closed_on"]].max(axis=1).where(is_signed)
    says_done = rows["status"].isin(SAYS_DONE)
    reported_on = rows["said_done_since"].fillna(rows["known_from"])
    told_on = rows["said_done_as_of"].fillna(reported_on)
    found_on = rows["accepted_on"].where(closed_from.notna())
    done_from = pd.concat([found_on, reported_on.where(says_done)], axis=1).min(axis=1)
    done_from = rows["done_on"].where(rows["done_on"].notna(), done_from).where(~says_open)
    done_from = pd.concat([done_from, closed_from], axis=1).min(axis=1)
    done_by = pd.concat([found_on, told_on.where(says_done)], axis=1).min(axis=1)
    is_done, is_closed = done_from <= day, closed_from <= day
    is_due = due < day
    is_dated = rows["done_on"].notna()
    in_time = (is_dated & (done_from <= due)) | (~is_dated & (done_by <= due))
    late = is_dated & (done_from > due)
    late |= ~is_dated & (done_by > due) & (rows["said_open_until"] >= due)
    counts: dict[str, Any] = {
        "total": True, "done": is_done, "closed": is_closed,
        "on_time": is_due & is_done & in_time, "late": is_due & is_done & late,
        "overdue": is_due & ~is_done, "undated_done": is_due & is_done & ~in_time & ~late,
    }  # fmt: skip
    counts["due"] = counts["on_time"] | counts["late"] | counts["overdue"]
    listed = rows["supervised"].fillna(False).astype(bool)
    listed &= (rows["supervised_on"] <= day) | rows["supervised_on"].isna()
    judged = rows.assign(**counts, supervised=listed.map({True: "是", False: "否"}))
    standing = (rows["rect_type"] == "长期坚持") & due.isna()
    return judged[(opened <= day) & (rows["status"] != "void") & ~standing].astype(
        dict.fromkeys(COUNTS, "int64")
    )
