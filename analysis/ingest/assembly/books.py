"""The system's own books: what was received, rejected, found, photographed, due."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date

import pandas as pd

from analysis.ingest.assembly.gist import Gist
from analysis.ingest.findings import Finding, Reject
from analysis.ingest.periods.due_days import DueDays
from analysis.ingest.periods.workdays import Calendar
from analysis.ingest.pictures.keeping import relative_path
from analysis.ingest.read_file import ENDS, Submission
from analysis.ledgers import LEDGERS

#: Where a row stands, and the item that it speaks of.
PLACE = ["submission_id", "sheet", "row_no", "item_id"]


def count_duplicates(versions: pd.DataFrame, repeated: pd.DataFrame) -> dict[str, int]:
    """Rows of each file that added nothing; a row of several measures does if one of them does."""
    place = ["submission_id", "row_no"]
    loaded = set(versions[place].itertuples(index=False, name=None))
    said = set(repeated[place].itertuples(index=False, name=None))
    return dict(Counter(submission_id for submission_id, _ in said - loaded))


def account(
    submissions: Iterable[Submission], gists: Mapping[str, Gist], duplicates: Mapping[str, int]
) -> pd.DataFrame:
    """The submissions with their four counts; they must add up, or nothing is published."""
    rows = []
    for each in submissions:
        facts = dict(each.facts)
        facts["rows_duplicate"] = duplicates.get(facts["submission_id"], 0)
        lines = gists[facts["submission_id"]].lines
        facts["rows_loaded"] = lines - facts["rows_duplicate"]
        if facts["rows_read"] != sum(facts[name] for name in ENDS):
            raise AssertionError(f"rows do not add up in {facts['path']}/{facts['sheet']}: {facts}")
        rows.append(facts)
    columns = LEDGERS["submission"].columns
    return pd.DataFrame({name: [row[name] for row in rows] for name in columns}, dtype=object)


def table_of(ledger: str, rows: Sequence[Finding] | Sequence[Reject]) -> pd.DataFrame:
    """Findings or rejects as the table of that name."""
    columns = LEDGERS[ledger].columns
    return pd.DataFrame(
        {name: [getattr(row, name) for row in rows] for name in columns}, dtype=object
    )


def report_periods(
    reports: pd.DataFrame, submissions: pd.DataFrame, due_days: DueDays
) -> pd.DataFrame:
    """The due days of every half month for the regions that report, from the first report on."""
    received = submissions["received_on"].tolist()
    if not received:
        return due_days.table((), date.min, date.min)
    starts = [day for day in reports["period_start"].tolist() if day is not None]
    first = min([*received, *starts])
    return due_days.table(set(reports["region"].dropna()), first, max(received))


def workdays(
    inspections: pd.DataFrame, submissions: pd.DataFrame, calendar: Calendar
) -> pd.DataFrame:
    """The working days of the regions that inspect, from the year of the first inspection on."""
    received = submissions["received_on"].tolist()
    seen = [day for day in inspections["inspected_on"].tolist() if day is not None]
    if not received or not seen:
        return calendar.table((), date.min, date.min)
    return calendar.table(set(inspections["region"].dropna()), min(seen), max(received))


def pictures(submissions: Iterable[Submission]) -> pd.DataFrame:
    """All photos as they were sent, in the order of receipt; none has an item yet."""
    rows = [
        asdict(picture)
        | {
            "submission_id": each.facts["submission_id"],
            "sheet": each.facts["sheet"],
            "path": relative_path(picture.sha256),
            "known_from": each.facts["received_on"],
        }
        for each in submissions
        for picture in each.records.pictures
    ]
    return pd.DataFrame(rows, columns=LEDGERS["picture"].columns, dtype=object)


def with_items(quality: pd.DataFrame, items: pd.DataFrame) -> pd.DataFrame:
    """Name the item of each finding that concerns the row of one, be it new or a repetition.

    A reader makes its findings before any row has an item; here the rows are known as items.
    """
    unnamed = quality[quality["item_id"].isna() & quality["row_no"].notna()]
    place = PLACE[:-1]
    items = items[items["submission_id"].isin(set(unnamed["submission_id"]))]
    named = unnamed[place].merge(items.drop_duplicates(place), on=place, how="left")["item_id"]
    quality.loc[unnamed.index, "item_id"] = named.set_axis(unnamed.index)
    return quality.assign(item_id=quality["item_id"].where(quality["item_id"].notna(), None))
