"""Gists and outcomes ↔ bytes, as they stand on the shelf: numbers and JSON, never code."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import date
from functools import partial
from typing import Any, NoReturn

from analysis.ingest.assembly.gist import Gist, Meeting, gist_of
from analysis.ingest.assembly.groups.outcome import Columns, Outcome
from analysis.ingest.cache import OUTCOME, Shelf
from analysis.ingest.doubts.doubt import Answer, Doubt, Side
from analysis.ingest.findings import Finding
from analysis.ingest.packing import (
    Blocks,
    closed,
    day_of,
    opened,
    packed_columns,
    unpack,
    unpacked_columns,
    with_columns,
    without_rows,
    written,
)
from analysis.ingest.read_file import Submission
from analysis.ingest.tables.records import Records
from analysis.ingest.units.spelling import Spelled
from analysis.ingest.units.state import Mention
from analysis.ingest.versions.identity.naming import Alias

#: What follows the name of a column that holds how its units were written.
_WRITTEN = "\x1fwritten"
#: So many versions are held until they are packed.
MOST_UNPACKED = 200_000
#: One of more versions than this is followed anew: to keep it takes as much memory as its ledger.
MOST_KEPT = 500_000
#: Types of which no value stands for nothing in a frame.
_NEVER_NOTHING = frozenset({str, int, bool, date, type(None), Spelled})


class OnTheShelf(dict[str, list[Any]]):
    """Stands for columns that were left on the shelf: whoever asks for one has to fetch them."""

    def _refuse(self, *_: object) -> NoReturn:
        raise AssertionError("the rows of this sheet are on the shelf")

    __getitem__ = get = keys = values = items = __iter__ = __len__ = __contains__ = _refuse


def pack_gists(submissions: Iterable[Submission]) -> bytes:
    """All of a file's submissions but their rows."""
    numbers: list[bytes] = []
    head = [(*without_rows(each), _said(gist_of(each), numbers)) for each in submissions]
    return closed(head, numbers)


def unpack_gists(kept: bytes, body: Callable[[], bytes]) -> list[Submission]:
    """The submissions of a file; ``body`` fetches their rows, each time that they are asked for."""
    head, blocks = opened(kept)
    found: list[Submission] = []
    for place, (facts, rest, said) in enumerate(head):
        submission = with_columns(facts, rest, OnTheShelf())
        submission.gist = _gist(said, blocks)
        submission.load = _loader(body, place)
        found.append(submission)
    return found


def _loader(body: Callable[[], bytes], place: int) -> Callable[[], Records]:
    return lambda: unpack(body())[place].records


def _said(gist: Gist, numbers: list[bytes]) -> dict[str, Any]:
    meeting = gist.meeting()
    numbers += [meeting.places, meeting.words, meeting.days]
    mentions = [asdict(each) | {"day": each.day.isoformat()} for each in gist.mentions]
    return {
        "records": gist.records, "lines": gist.lines, "owners": gist.owners,
        "mentions": mentions, "sizes": [len(meeting.places), len(meeting.words), len(meeting.days)],
        "handed_on": meeting.handed_on,
    }  # fmt: skip


def _gist(said: Mapping[str, Any], blocks: Blocks) -> Gist:
    places, words, days = (bytes(blocks.take(size)) for size in said["sizes"])
    return Gist(
        said["records"], said["lines"], tuple(said["owners"]),
        tuple(_mention(each) for each in said["mentions"]),
        partial(Meeting, places, words, days, tuple(said["handed_on"])),
    )  # fmt: skip


def _mention(said: Mapping[str, Any]) -> Mention:
    return Mention(
        _day(said["day"]), said["text"], said["source"], Side(**said["side"]),
        tuple(said["aliases"]),
    )  # fmt: skip


def pack_outcome(outcome: Outcome) -> bytes:
    """What became of a group of submissions."""
    numbers: list[bytes] = []
    head = {
        "versions": packed_columns(dict(_spelled_out(outcome.versions)), numbers),
        "repeated": packed_columns(outcome.repeated, numbers),
        "duplicates": outcome.duplicates,
        "dated": packed_columns(outcome.dated, numbers),
        "not_done": packed_columns(outcome.not_done, numbers),
        "findings": [_plain(each) for each in outcome.findings],
        "doubts": [_plain(each) for each in outcome.doubts],
        "aliases": [_plain(each) for each in outcome.aliases],
    }
    return closed(head, numbers)


def unpack_outcome(kept: bytes) -> Outcome:
    """The outcome, equal to that which was packed."""
    head, blocks = opened(kept)
    return Outcome(
        _as_spelled(unpacked_columns(head["versions"], blocks)),
        unpacked_columns(head["repeated"], blocks),
        head["duplicates"],
        unpacked_columns(head["dated"], blocks),
        unpacked_columns(head["not_done"], blocks),
        [Finding(**_with_days(each)) for each in head["findings"]],
        [_doubt(each) for each in head["doubts"]],
        [Alias(**_with_days(each)) for each in head["aliases"]],
    )


def _spelled_out(versions: Columns) -> Iterator[tuple[str, list[Any]]]:
    """The columns; behind one of units that were renamed how each was written."""
    for name, values in versions.items():
        types = set(map(type, values))  # most columns are looked through no further
        # What stands for nothing in a frame is None, once it is written and read again.
        is_whole = types <= _NEVER_NOTHING
        yield name, values if is_whole else [None if each != each else each for each in values]
        if Spelled in types:
            said = [value.written if type(value) is Spelled else None for value in values]
            yield name + _WRITTEN, said


def _as_spelled(columns: dict[str, list[Any]]) -> dict[str, list[Any]]:
    for name in [each for each in columns if each.endswith(_WRITTEN)]:
        said = columns.pop(name)
        known: dict[tuple[str, str], Spelled] = {}
        of = name.removesuffix(_WRITTEN)
        columns[of] = [
            unit if text is None else known.setdefault((unit, text), Spelled(unit, text))
            for unit, text in zip(columns[of], said, strict=True)
        ]
    return columns


def _plain(each: Finding | Doubt | Alias) -> dict[str, Any]:
    return {name: written(value) for name, value in asdict(each).items()}


def _with_days(said: Mapping[str, Any]) -> dict[str, Any]:
    days = ("known_from", "known_to")
    return {name: day_of(value) if name in days else value for name, value in said.items()}


def _day(text: str) -> Any:
    return day_of(text)


def _doubt(said: Mapping[str, Any]) -> Doubt:
    return Doubt(
        said["rule"], tuple(said["subject"]), said["question"], Side(**said["one"]),
        said["other"] and Side(**said["other"]),
        tuple(Answer(**each) for each in said["answers"]), _day(said["known_from"]),
    )  # fmt: skip


class Recollection:
    """What is on the shelf of the outcomes of earlier runs, and those that are to go there.

    ``used`` are the keys of all outcomes of this run. New ones are packed when all is published,
    as far as they are few: many would be held twice until then.
    """

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self.used: set[str] = set()
        self._packed: dict[str, bytes] = {}
        self._unpacked: dict[str, Outcome] = {}
        self._rows = 0

    def recall(self, key: str) -> Outcome | None:
        """The outcome under a key, if there is one."""
        self.used.add(key)
        kept = self._shelf.find([key], OUTCOME).get(key)
        return unpack_outcome(kept) if kept else None

    def keep(self, key: str, outcome: Outcome) -> None:
        """Remember an outcome."""
        rows = len(next(iter(outcome.versions.values()), ()))
        if rows > MOST_KEPT:
            return
        if self._rows + rows > MOST_UNPACKED:
            self._packed[key] = pack_outcome(outcome)
        else:
            self._rows += rows
            self._unpacked[key] = outcome

    def new(self) -> Iterator[tuple[str, bytes]]:
        """What the shelf lacks."""
        yield from self._packed.items()
        for key, outcome in self._unpacked.items():
            yield key, pack_outcome(outcome)
