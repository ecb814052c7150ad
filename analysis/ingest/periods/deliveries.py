"""What each sender delivered of a ledger, for which half month, and whether it says to be a part.

A title, a sheet or a file that speaks of 新增 lists what is new and says nothing of the rest; so
does one of what has changed alone: 往期隐患整改情况（有变化的填）.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Any

import pandas as pd

from analysis.ingest.cells.periods import period_of
from analysis.ingest.findings import PROSE
from analysis.ingest.periods.half_months import Calendar, HalfMonth, belongs_to
from analysis.ingest.periods.month_sheets import newest_of_book

NO_REPORTS: Mapping[str, str] = {}
#: What lists only some rows says so: the new ones, or those that were done.
_PART = re.compile(
    r"新增|增量|新发现|新排查|新查出|补充|补报|追加|有变[化动]的?[才再需须请]?[填报列]|"
    r"[无没]有?变[化动]的?不[再用需]?|[只仅][填报列][^,，。;；]{0,6}变[化动]|"
    r"(?:已|完成)(?:整改|销号)[^中未]{0,8}(?:清单|名单|目录)"
)
#: With these a list speaks of the old ones as well: 新增及存量, 含新增.
_WHOLE = re.compile(r"存量|全部|全量|汇总|累计|总台账|一本账|含新增|动态更新")
#: A sentence of a report above its list, «新发现隐患1处。累计发现4处。», is no title of it.
_SENTENCE = re.compile(r"\S*。\S*")
#: A list that says to leave out nothing that is open: 全部, 未销号及本期销号; not 已完成（全部）.
_ALL = re.compile(r"全部(?!门|完成|整改|销号|[已为是属])|全量|存量|一本账")
_OPEN_AND_DONE = re.compile(r"未(?:销号|整改完?|完成)的?(?:和|及|与|以及|、)(?:本|已)")
_DONE_ALONE = re.compile(r"(?<!未)(?:已|完成)(?:整改|销号|完成)")
#: What is sent in the place of an earlier list says so: （更正）, 订正版.
_CORRECTION = re.compile(r"更正|订正|勘误|修[订正]版|(?:重|补)报.{0,4}替换|替换")


@dataclass(frozen=True, slots=True)
class Delivery:
    """One sheet of a ledger from one sender, however many rows it has.

    ``path`` is its file, ``stated_on`` the day for which it speaks: the 截至 that it gives, else
    its receipt. ``is_part``: it says itself that it does not hold the whole list; ``is_whole``:
    that all that is open stands in it; ``is_correction``: that it stands in the place of one sent
    before.
    """

    submission_id: str
    sheet: str
    path: str
    sender: str
    received_on: date
    half_month: HalfMonth
    stated_on: date
    is_part: bool = False
    is_correction: bool = False
    is_whole: bool = False


def deliveries_of(
    submissions: Iterable[Mapping[str, Any]],
    rows: pd.DataFrame,
    calendar: Calendar,
    reports: Mapping[str, str] = NO_REPORTS,
) -> list[Delivery]:
    """The deliveries that submissions of one ledger make, in order of receipt.

    ``submissions`` are their facts in the order in which they came; ``rows`` are all rows of the
    ledger with ``submission_id`` and ``sender``: a sheet with rows of several senders is a
    delivery of each; they have the ``name`` of each row's record. ``reports`` gives for a file the
    title of the half-monthly report in it: a list that names no time of its own is of that.
    """
    senders: dict[str, set[str]] = {}
    pairs = rows[["submission_id", "sender"]].drop_duplicates()
    for submission_id, sender in pairs.itertuples(index=False):
        senders.setdefault(submission_id, set()).add(sender)
    submissions = list(submissions)

    def records(facts: Mapping[str, Any]) -> frozenset[str]:
        return frozenset(rows.loc[rows["submission_id"] == facts["submission_id"], "name"])

    newest = newest_of_book(submissions, records)
    found: list[Delivery] = []
    for sheet in submissions:
        # a sheet of an earlier month is sent anew with its book
        facts = dict(sheet) | {
            name: newest.get(sheet["submission_id"], sheet)[name] for name in ("title", "period_on")
        }
        title, stated_on, received_on = (
            facts["title"] or "",
            facts["period_on"],
            facts["received_on"],
        )
        is_of_report = stated_on is None and period_of(title, received_on) is None
        of = reports.get(facts["path"], title) if is_of_report else title
        half_month = belongs_to(received_on, calendar, of, stated_on)
        day = min(stated_on or received_on, received_on)
        is_told = facts["sheet"] == PROSE  # single hazards in the sentences of a report
        named = title, facts["sheet"], PurePosixPath(facts["path"]).stem
        found += [
            Delivery(
                facts["submission_id"], facts["sheet"], facts["path"], sender, received_on,
                half_month, day, is_told or says_part(*named), any(map(_CORRECTION.search, named)),
                says_whole(*named),
            )
            for sender in sorted(senders.get(facts["submission_id"], {facts["unit"] or ""}))
        ]  # fmt: skip
    return sorted(found, key=lambda each: each.received_on)


def says_part(*texts: str) -> bool:
    """Whether the title, the sheet's or the file's name says that only some rows are listed."""
    titles = [_SENTENCE.sub("", text) for text in texts]
    return any(_PART.search(text) and not _WHOLE.search(text) for text in titles)


def says_whole(*texts: str) -> bool:
    """Whether the title, the sheet's or the file's name says that nothing open is left out."""
    titles = [_SENTENCE.sub("", text) for text in texts]
    is_whole = any(
        _OPEN_AND_DONE.search(text) or (_ALL.search(text) and not _DONE_ALONE.search(text))
        for text in titles
    )
    return is_whole and not says_part(*texts)
