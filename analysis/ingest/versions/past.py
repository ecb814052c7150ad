"""What the versions and reports before a version say of its item: kept with the version, so that no
question about an item has to read all that was ever sent.

An item that is reported done without a day was done after the last report that says it was not,
and by the first that says it was. Which day a report speaks for is not the day on which it came. A
report that repeats what was known makes no version, and is evidence all the same: so ``Evidence``
has every row that says «not done».
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from analysis.ingest.cells.blanks import is_null
from analysis.ingest.doubts.confirmations import Confirmations
from analysis.ingest.doubts.doubt import Doubt
from analysis.ingest.doubts.suspensions import CLAIMED, Claim, as_answered, claims
from analysis.ingest.versions.spans import ever_known, set_from
from analysis.ledgers import Ledger
from analysis.ledgers.codes import FINISHED, UNFINISHED
from analysis.ledgers.fields import PAST

ON_THE_SPOT, SUSPENDED = "done_onspot", "suspended"
#: What a row says that speaks of an item as not done; 停业 is a stop of the work and not its end.
SAYS_OPEN = frozenset({*UNFINISHED, SUSPENDED})
PLACE = ("submission_id", "sheet", "row_no")
#: What is asked of a version or a row; a ledger may lack some of it.
ASKED = ("item_id", *PLACE, "known_from", "status", "returned_on")

#: Where a row stands: submission, sheet, line.
Line = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What reports say, beside the versions that they made.

    ``days`` gives for each submission the day that it speaks for, where that is not its receipt.
    ``not_done`` are the rows that say so, of acts those that lack the day of which each should
    tell: ``item_id``, place, ``known_from``. ``senders`` give for each submission of a ledger who
    sent it, ``reports`` for each sender on which day each of his came and for which it speaks;
    ``stale`` are those that claim to be older than they may.
    """

    days: Mapping[str, date] = field(default_factory=dict)
    not_done: pd.DataFrame = field(default_factory=pd.DataFrame)
    senders: Mapping[str, str] = field(default_factory=dict)
    reports: Mapping[str, Sequence[tuple[date, date]]] = field(default_factory=dict)
    stale: Collection[str] = frozenset()

    def open_on(self, submission_id: str | None, received: date) -> date:
        """The day for which a report speaks where it tells against its sender: that of its receipt,
        where it claims an old one.
        """
        is_stale = submission_id in self.stale
        return received if is_stale else self.spoken_for(submission_id, received)

    def spoken_for(self, submission_id: str | None, received: date) -> date:
        """The day for which a report speaks, none after its receipt."""
        return min(self.days.get(submission_id or "", received), received)

    def heard(self, submission_id: str | None, before: date) -> Iterator[date]:
        """The days for which those submissions of one's sender speak that came before a day."""
        sent = self.reports.get(self.senders.get(submission_id or "", ""), ())
        return (spoken for received, spoken in sent if received < before)


NO_EVIDENCE = Evidence()


def says_done(row: Mapping[Any, Any]) -> bool:
    """Whether a row says that its item is done: by its status, or by a day of completion beside a
    status that does not say otherwise, as the relation ``received`` has it.
    """
    status = row.get("status")
    return status in FINISHED or not (status in UNFINISHED or is_null(row.get("done_on")))


def which_say_done(rows: pd.DataFrame) -> pd.Series:
    """``says_done`` of each row, a column of truths."""
    status = rows["status"]
    by_day = rows["done_on"].notna() if "done_on" in rows else pd.Series(False, rows.index)
    return status.isin(FINISHED) | (by_day & ~status.isin(UNFINISHED))


@dataclass(slots=True)
class _Run:
    """What holds from version to version of one item while it is said to be done, or shut."""

    first: date
    is_first_onspot: bool
    done_since: date | None = None
    done_as_of: date | None = None
    open_until: date | None = None
    suspended_since: date | None = None


def not_done(rows: pd.DataFrame, is_carried: Iterable[bool]) -> pd.DataFrame:
    """The rows whose own word is that their item is not done: ``item_id``, place, ``known_from``.

    ``is_carried`` tells of which rows the status was taken over from an earlier one: a blank cell
    says nothing.
    """
    says = rows["status"].isin(SAYS_OPEN) & ~pd.Series([*is_carried], rows.index, dtype=bool)
    return rows.loc[says, ["item_id", *PLACE, "known_from"]]


def with_past(versions: pd.DataFrame, evidence: Evidence = NO_EVIDENCE) -> pd.DataFrame:
    """Versions with the columns of ``PAST``: what those before them say.

    A version that is the only one of its item has no days before its own: what it says itself
    stands in the columns, ``first_known_on`` and ``said_done_since`` stay empty.
    """
    sent_again = versions["item_id"].isin(versions.loc[versions["known_to"].notna(), "item_id"])
    columns = _of_single(versions, evidence)
    if sent_again.any():
        several = _of_several(ever_known(versions[sent_again]), evidence)
        nothing = (None,) * len(PAST)
        indices = versions.index.tolist()
        for place in np.flatnonzero(sent_again):
            for column, value in zip(columns, several.get(indices[place], nothing), strict=True):
                column[place] = value
    told = {
        each.name: pd.Series(values, index=versions.index, dtype=object)
        for each, values in zip(PAST, columns, strict=True)
    }
    return versions.assign(**told)


def as_seen(
    versions: pd.DataFrame, ledger: Ledger, confirmations: Confirmations
) -> tuple[pd.DataFrame, list[Doubt]]:
    """Versions with ``suspension``, what persons found of sites that are called shut, each from the
    day of the answer on; and what is asked of them.
    """
    shut = set(versions.loc[versions["status"].eq(SUSPENDED), "item_id"])
    concerned = versions["item_id"].isin(shut)
    if not shut:
        return versions, []
    seen = with_past(versions[concerned]).reset_index(drop=True)
    claimed = seen["suspended_since"].notna()
    seen["suspension"] = seen["suspension"].where(~claimed, CLAIMED)
    seen = seen.assign(answer=None)
    made = [*claims(seen, ledger)]
    for mine in _answered_alike(made, confirmations):
        wanted = {(claim.item_id, claim.since) for claim in mine}
        pairs = zip(seen["item_id"], seen["suspended_since"], strict=True)
        which = pd.Series([pair in wanted for pair in pairs], index=seen.index)
        seen = set_from(seen, which, "answer", mine[0].answers(confirmations))
    asked = [claim.doubt for claim in made]
    return pd.concat([versions[~concerned], as_answered(seen)], ignore_index=True), asked


def _answered_alike(made: Iterable[Claim], confirmations: Confirmations) -> list[list[Claim]]:
    """The claims that are answered, those together of which the same was said on the same days.

    One file may claim thousands, answered in one act: each by itself would take minutes.
    """
    alike: dict[tuple[Any, ...], list[Claim]] = {}
    for claim in made:
        said = tuple((day, e.answer, e.by, e.on) for day, e in claim.answers(confirmations))
        if said:
            alike.setdefault(said, []).append(claim)
    return [*alike.values()]


def _of_single(versions: pd.DataFrame, evidence: Evidence) -> list[list[Any]]:
    """The columns of ``PAST`` as if each version were the only one of its item."""
    statuses, days = versions["status"].tolist(), versions["known_from"].tolist()
    nothing = [None] * len(versions)
    batches = versions["submission_id"].tolist() if "submission_id" in versions else nothing
    as_of = [
        evidence.spoken_for(batch, day) if status in FINISHED else None
        for status, batch, day in zip(statuses, batches, days, strict=True)
    ]
    is_onspot = [True if status == ON_THE_SPOT else None for status in statuses]
    shut = [
        day if status == SUSPENDED else None for status, day in zip(statuses, days, strict=True)
    ]
    return [[*nothing], [*nothing], as_of, [*nothing], is_onspot, shut]


def _of_several(versions: pd.DataFrame, evidence: Evidence) -> dict[Any, tuple[Any, ...]]:
    """Index → past of versions of items that have several.

    What was sent back is done anew, also where that was told on the day on which it was sent back.
    """
    sent = versions.sort_values(["item_id", "known_from"], kind="stable")
    reports = _reports(evidence, set(sent["item_id"]))
    past: dict[Any, tuple[Any, ...]] = {}
    item: str | None = None
    run = _Run(date.min, is_first_onspot=False)
    returned: list[date] = []
    for index, version in zip(sent.index, _records(sent), strict=True):
        if version["item_id"] != item:
            item, returned = version["item_id"], []
            run = _Run(version["known_from"], version["status"] == ON_THE_SPOT)
        back: Any = version.get("returned_on")
        if not is_null(back) and back not in returned:
            returned.append(back)  # whoever looked at the work that day found it wanting
            run.done_since, run.is_first_onspot = None, False
        before = reports.get(str(item), ())
        past[index] = _continued(run, version, before, returned, evidence)
    return past


def _continued(
    run: _Run, version: Mapping[str, Any], reports: Iterable[tuple[date, Line, date]],
    returned: Iterable[date], evidence: Evidence,
) -> tuple[Any, ...]:  # fmt: skip
    """The past of a version, whose item comes from ``run``; this goes on to the next."""
    day, status = version["known_from"], version["status"]
    run.suspended_since = (run.suspended_since or day) if status == SUSPENDED else None
    if status not in FINISHED:
        run.done_since = run.done_as_of = run.open_until = None
        run.is_first_onspot = False
    elif run.done_since is None:
        run.done_since = day
        spoken = evidence.spoken_for(version.get("submission_id"), day)
        own = tuple(version.get(name) for name in PLACE)
        # A row that was put right by a correction never said what it said before.
        told = [on for received, line, on in reports if received <= day and line != own]
        run.open_until = max([*told, *returned], default=None)
        # no title makes it done before the day for which the last list says that it is not
        run.done_as_of = day if told and max(told) > spoken else spoken
        if told:  # on the same day too: what was told of as open was not done as it was found
            run.is_first_onspot = False
    is_onspot = True if run.done_since and run.is_first_onspot else None
    return (
        run.first, run.done_since, run.done_as_of, run.open_until, is_onspot, run.suspended_since,
    )  # fmt: skip


def _reports(evidence: Evidence, items: set[Any]) -> dict[str, list[tuple[date, Line, date]]]:
    """Item → receipt, place and day spoken for of each row that says it is not done."""
    found: dict[str, list[tuple[date, Line, date]]] = {}
    if evidence.not_done.empty:
        return found
    rows = evidence.not_done[evidence.not_done["item_id"].isin(items)]
    columns = (rows[name].tolist() for name in ("item_id", "known_from", *PLACE))
    for item, received, *line in zip(*columns, strict=True):
        told = (received, tuple(line), evidence.spoken_for(line[0], received))
        found.setdefault(item, []).append(told)
    return found


def _records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    asked = rows[[name for name in ASKED if name in rows]]
    records: list[dict[str, Any]] = asked.to_dict("records")  # type: ignore[assignment]
    return records
