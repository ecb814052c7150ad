"""期限存疑: a deadline without a year that may be of either of two.

The rule is in ``cells/dates.py``: the first such day from the anchor on, unless that is more than
300 days away. Then a person says which is meant. The same words sent again are the same question.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd

from analysis.ingest.cells.blanks import is_null
from analysis.ingest.cells.dates import FARTHEST
from analysis.ingest.cells.deadlines import parse_clause
from analysis.ingest.doubts.confirmations import Confirmations
from analysis.ingest.doubts.doubt import Answer, Doubt, Side
from analysis.ledgers import Ledger
from analysis.wording.characters import cited

RULE = "due_year"
#: A day of which the same day a year later, or earlier, is the first one within reach.
TO_THE_NEXT = timedelta(days=100)
TO_THE_LAST = timedelta(days=465)


@dataclass(frozen=True, slots=True)
class UnclearYear:
    """A deadline of a record that may be of another year; ``days`` gives the day of each answer,
    ``taken`` is the one that counts meanwhile.
    """

    doubt: Doubt
    name: str
    field: str
    text_in: str
    text: str
    taken: date
    days: Mapping[str, date]

    def meant(self, versions: pd.DataFrame) -> pd.Series:
        """Which versions say this deadline."""
        same = versions["name"].eq(self.name) & versions[self.text_in].eq(self.text)
        return same & versions[self.field].eq(self.taken)

    def decided(self, confirmations: Confirmations) -> list[tuple[date, date]]:
        """From which day on which day is the deadline, as persons decided."""
        return [
            (on, self.days.get(answer or "", self.taken))
            for on, answer in confirmations.days(self.doubt.key)
        ]


def unclear_years(
    versions: pd.DataFrame, ledger: Ledger, anchors: Mapping[str, date]
) -> Iterator[UnclearYear]:
    """The deadlines of a ledger's versions whose year is a doubt, each where it first stands.

    ``versions`` have the ``name`` of their record; ``anchors`` give the day from which deadlines
    count in each submission, where the record itself names none.
    """
    for field in ledger:
        if field.kind == "deadline" and field.text_in:
            yield from _of_field(versions, ledger, field.name, field.text_in, anchors)


def _of_field(
    versions: pd.DataFrame, ledger: Ledger, name: str, text_in: str, anchors: Mapping[str, date]
) -> Iterator[UnclearYear]:
    asked: set[tuple[str, str]] = set()
    nothing = [None] * len(versions)
    starts = versions[ledger.deadline_from].tolist() if ledger.deadline_from else nothing
    numbers = versions["sub_no"].tolist() if "sub_no" in versions else nothing
    columns = (
        *(versions[each].tolist() for each in ("name", text_in, name, "submission_id")),
        starts, numbers,
    )  # fmt: skip
    for place, (record, text, due_on, sent, start, number) in enumerate(zip(*columns, strict=True)):
        if is_null(text) or is_null(due_on) or (record, text) in asked:
            continue
        asked.add((record, text))  # what stays as it was has its year from the first time
        anchor = anchors.get(sent) if is_null(start) else start
        if anchor is None or anchor <= due_on <= anchor + FARTHEST:
            continue
        if other := _other_day(text, due_on, anchor, number):
            row = versions.iloc[place].to_dict()
            yield _unclear(row, ledger, (name, text_in), anchor, other)


def _other_day(text: str, due_on: date, anchor: date, number: str | None) -> date | None:
    """The day in the other year that the words may mean; None where they can mean one alone."""
    try:
        clause = parse_clause(text, anchor)
        if not clause.is_doubtful or clause.due_for(number) != due_on:
            return None
        base = due_on + TO_THE_NEXT if due_on < anchor else due_on - TO_THE_LAST
        other = parse_clause(text, base).due_for(number)
    except ValueError:  # 29 February is not of that year
        return None
    return other if other != due_on else None


def _unclear(
    row: dict[Any, Any], ledger: Ledger, fields: tuple[str, str], anchor: date, other: date
) -> UnclearYear:
    name, text_in = fields
    text, taken, record = row[text_in], row[name], row["name"]
    days = {str(day.year): day for day in (taken, other)}
    first, second = sorted((taken, other))
    doubt = Doubt(
        RULE, (ledger.name, record, text, anchor.isoformat()),
        f"{ledger[name].label}{cited(text)}没有写年份，从 {anchor} 算起，是 {first} 还是 {second}",
        Side(row["submission_id"], row["sheet"], row["row_no"], name, text, row.get("item_id")),
        None, tuple(Answer(year, str(day)) for year, day in days.items()), row["known_from"],
    )  # fmt: skip
    return UnclearYear(doubt, record, name, text_in, text, taken, days)
