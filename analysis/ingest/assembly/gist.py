"""What matters of a sheet beyond its own rows: how many there are, whose, of which place and day.

All that the run of a new file needs to know of the sheets that it does not touch. It is kept beside
the rows, so that these stay on the shelf.
"""

import hashlib
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from typing import Any
from zlib import crc32

from analysis.ingest.cells.blanks import is_empty
from analysis.ingest.read_file import Submission
from analysis.ingest.tables.records import OFFICE_NAME
from analysis.ingest.units.mentions import mentions_in
from analysis.ingest.units.state import Mention
from analysis.ingest.versions.identity.likeness.fields import (
    day_field,
    rows_with_remark,
    strict_fields,
)
from analysis.ingest.versions.identity.spelling import site_name
from analysis.ledgers import LEDGERS, Ledger


@dataclass(frozen=True, slots=True)
class Meeting:
    """By what rows of two senders may be found to be of one thing.

    ``places`` has for each row of an item with a site and a day a number of 64 bits that stands for
    these two, ``words`` one of 32 for all else by which it is known; ``days`` has the ordinal of
    each day, of 32 bits; ``handed_on`` are the days of those that speak of 移交.
    """

    places: bytes = b""
    words: bytes = b""
    days: bytes = b""
    handed_on: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Gist:
    """What a sheet says as a whole.

    ``records`` and ``lines`` count its records and the rows that they come from; ``owners`` are
    the units that its rows name, None among them where one names none. ``meeting`` is worked out
    when it is asked for: where one sender's ledgers are all there are, nobody asks.
    """

    records: int = 0
    lines: int = 0
    owners: tuple[str | None, ...] = ()
    mentions: tuple[Mention, ...] = ()
    meeting: Callable[[], Meeting] = Meeting

    def is_its_senders(self, submission: Submission, ledger: Ledger, sender: str) -> bool:
        """Whether rows that name no unit are their sender's own: not the office's, which lists
        what is others', nor items whose column of units was left blank.
        """
        if not ledger.is_of_sender or not self.records or OFFICE_NAME in sender:
            return False
        is_left_blank = ledger.is_item and ledger.owner_column in submission.records.letters
        return not is_left_blank and self.owners == (None,)


def gist_of(submission: Submission) -> Gist:
    """The gist of a sheet: that which was kept, else out of its rows."""
    if submission.gist is None:
        submission.gist = _gist(submission)
    gist: Gist = submission.gist
    return gist


def _gist(submission: Submission) -> Gist:
    records, ledger = submission.records, LEDGERS.get(submission.facts["ledger"] or "")
    mentions = tuple(mentions_in(submission.facts, records.columns))
    if ledger is None or not len(records):
        return Gist(len(records), records.rows, mentions=mentions)
    owners = records.get(ledger.owner_column) if ledger.owner_column else ()
    distinct = (None,) if is_empty(owners) else tuple(dict.fromkeys(owners))
    return Gist(
        len(records), records.rows, distinct, mentions,
        cache(partial(_meeting, records.columns, ledger))
        if goes_from_unit_to_unit(ledger)
        else Meeting,
    )  # fmt: skip


def goes_from_unit_to_unit(ledger: Ledger) -> bool:
    """Whether a record of one sender's may turn out to be another's: 移交."""
    return bool(ledger.wording) and ledger.numbered_by == "sender"


def _meeting(columns: Mapping[str, Sequence[Any]], ledger: Ledger) -> Meeting:
    count = len(columns["row_no"])
    nothing = [None] * count
    days: Sequence[date | None] = columns.get(day_field(ledger) or "") or nothing
    sites = [columns.get(name) or nothing for name in strict_fields(ledger)]
    each_site = list(zip(*sites, strict=True)) if sites else [()] * count
    folded = {site: site_name(site) for site in set(each_site)}
    numbers = {
        (day, site): _number(day.toordinal(), folded[site])
        for day, site in set(zip(days, each_site, strict=True))
        if day and folded[site]
    }
    known_by = [columns.get(name) or nothing for name in _known_by(ledger)]
    places, words = array("Q"), array("I")
    for day, site, *said in zip(days, each_site, *known_by, strict=True):
        if (day, site) in numbers:
            places.append(numbers[day, site])
            words.append(crc32("\x1f".join(map(str, said)).encode()))
    dated = array("I", sorted({day.toordinal() for day, _ in numbers})).tobytes()
    said = rows_with_remark(lambda name: columns.get(name) or (), ledger)
    handed_on = sorted({day.toordinal() for day in (days[n] for n in said) if day})
    return Meeting(places.tobytes(), words.tobytes(), dated, tuple(handed_on))


def _known_by(ledger: Ledger) -> tuple[str, ...]:
    """Every field by which a row is known to be of a record that was there before."""
    return tuple(dict.fromkeys((*ledger.key, *ledger.fingerprint, *ledger.guard)))


def _number(day: int, site: str) -> int:
    """One number for a site and a day; that two have one costs time and changes nothing."""
    digest = hashlib.blake2b(f"{day}\x1f{site}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little")
