"""Two records that are found to be one, from the day on which that is known.

Until then both stood in the figures, and whoever asks as of a day before finds both. From that day
on the one that came first goes on, with what was said last of either, and the id of the other is
an alias of it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from analysis.ingest.cells.blanks import is_null
from analysis.ingest.versions.identity.naming import Alias
from analysis.ingest.versions.spans import FOREVER, end_of

#: The answers in force on a doubt: each day from which one stands, None where it is taken back.
Settled = Callable[[str], Sequence[tuple[date, str | None]]]
#: The codes of the answers to «疑似同一条»; the first is how it counts until somebody answers.
DIFFERENT, SAME = "different", "same"
#: Why a record that another unit reports is the one that was known before.
HANDED_OVER = "移交其他单位"
#: Why two records are one.
FOUND_ONE = "经核实是同一条"


@dataclass(frozen=True, slots=True)
class Join:
    """``later`` is ``earlier`` from ``start`` on, until ``end`` where that was taken back."""

    later: str
    earlier: str
    start: date
    why: str
    end: date | None = None

    @property
    def alias(self) -> Alias:
        """The id of the later record as another name of the earlier."""
        return Alias(self.later, self.earlier, self.start, self.why, self.end)


@dataclass(frozen=True, slots=True)
class Handover:
    """An item that went to another unit: from ``day`` on ``sender`` reports it, and nobody else."""

    item_id: str
    day: date
    sender: str


def answered(later: str, earlier: str, answers: Sequence[tuple[date, str | None]]) -> list[Join]:
    """The joins that the answers to a doubt make."""
    joins: list[Join] = []
    for number, (day, answer) in enumerate(answers):
        end = answers[number + 1][0] if number + 1 < len(answers) else None
        if answer == SAME and end != day:
            joins.append(Join(later, earlier, day, FOUND_ONE, end))
    return joins


def open_spans(
    known_from: date, answers: Sequence[tuple[date, str | None]]
) -> list[tuple[date, date]]:
    """The days, half-open, on which a doubt stands unanswered."""
    spans: list[tuple[date, date]] = []
    since: date | None = known_from
    for day, answer in answers:
        if answer is None:
            since = since or max(day, known_from)
        elif since is not None:
            if day > since:
                spans.append((since, day))
            since = None
    return [*spans, (since, FOREVER)] if since is not None else spans


def joined_rows(
    rows: pd.DataFrame, is_again: Sequence[bool], joins: Sequence[Join]
) -> tuple[pd.DataFrame, pd.Series, list[Join]]:
    """The rows under the name of the record that they stand for on their day.

    ``rows`` stand in the order in which they count, with ``name`` and ``known_from``; ``is_again``
    tells those that came in no file of their day. A row is said again on the day of a join, so
    that the record which goes on says what was said last of either, and on the day on which the
    answer is taken back (``comes_back``). Returns the rows, which came in no file of their day,
    and the joins: one ends where both records stand in one submission, since two that stand
    together are two.
    """
    rows = rows.assign(is_again=list(is_again), comes_back=False)
    applied: list[Join] = []
    for join in sorted(joins, key=lambda join: (join.start, join.later, join.earlier)):
        join = _until_both_stand(rows, join)
        if join.end is None or join.end > join.start:
            rows = _apply(rows, join)
            applied.append(join)
    return rows, rows.pop("is_again").astype(bool), applied


def ended(versions: pd.DataFrame, joins: Sequence[Join]) -> pd.DataFrame:
    """The versions, in which a record that is another from a day on ends on that day."""
    by_name: dict[str, list[Join]] = {}
    for join in joins:
        by_name.setdefault(join.later, []).append(join)
    columns = (versions[name].tolist() for name in ("name", "known_from", "known_to"))
    ends: list[date | None] = []
    for name, begun, known_to in zip(*columns, strict=True):
        starts = [join.start for join in by_name.get(name, ())]
        cut = [start for start in starts if begun < start < end_of(known_to)]
        ends.append(min(cut) if cut else None if is_null(known_to) else known_to)
    return versions.assign(known_to=pd.Series(ends, index=versions.index, dtype=object))


def _until_both_stand(rows: pd.DataFrame, join: Join) -> Join:
    """The join, ended on the day of a submission that has both records beside each other."""
    since = rows[(rows["known_from"] >= join.start) & rows["name"].isin([join.later, join.earlier])]
    if join.end is not None:
        since = since[since["known_from"] < join.end]
    names = since.groupby("submission_id", sort=False)["name"].nunique()
    both = names.index[names > 1]
    if not len(both):
        return join
    return replace(join, end=min(since.loc[since["submission_id"].isin(both), "known_from"]))


def _apply(rows: pd.DataFrame, join: Join) -> pd.DataFrame:
    later, earlier = rows["name"] == join.later, rows["name"] == join.earlier
    before = rows["known_from"] < join.start
    until = rows["known_from"] < (join.end or FOREVER)
    among = (later | earlier) & before
    if join.why == HANDED_OVER and among.any():
        # of one day, what he says who has it now is the last word, whichever file came first
        last = rows.loc[among, "known_from"].iloc[-1]
        among &= later | (rows["known_from"] < last)
    said = [_said_again(rows, among, later, join.earlier, join.start)]
    if join.end is not None:
        said += [
            _said_again(rows, later & until, later, join.later, join.end, comes_back=True),
            _said_again(rows, (later | earlier) & until, later, join.earlier, join.end, earlier),
        ]
    named = rows.copy()
    named.loc[later & ~before & until, "name"] = join.earlier
    pieces = [piece for piece in said if piece is not None]
    if not pieces:
        return named
    # First of its day, as what was said before it.
    whole = pd.concat([*pieces, named], ignore_index=True)
    return whole.sort_values("known_from", kind="stable").reset_index(drop=True)


def _said_again(
    rows: pd.DataFrame, among: pd.Series, by: pd.Series, name: str, day: date,
    instead: pd.Series | None = None, comes_back: bool = False,
) -> pd.DataFrame | None:  # fmt: skip
    """The last row of ``among``, if it is one of ``by``, as said by ``name`` on a day.

    ``instead``: the last of these is what is said, where the last of all is one of ``by``.
    """
    last = rows.index[among]
    if not len(last) or not by[last[-1]]:
        return None
    if instead is not None:
        last = rows.index[instead & (rows["known_from"] < day)]
        if not len(last):
            return None
    row = rows.loc[[last[-1]]].copy()
    row["known_from"] = pd.Series([day], index=row.index, dtype=object)
    return row.assign(name=name, is_again=True, comes_back=comes_back)


def as_known(aliases: Iterable[Alias]) -> Mapping[str, list[Alias]]:
    """Alias → what it stands for, the first first."""
    found: dict[str, list[Alias]] = {}
    for each in sorted(aliases, key=lambda alias: alias.known_from):
        found.setdefault(each.alias, []).append(each)
    return found
