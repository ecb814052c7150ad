"""Submissions and tables ↔ bytes: how what was read goes from process to process, and onto the
shelf.

Numbers and JSON, never code. A ledger repeats few words in many rows, so a column of texts or days
is kept as its distinct values and, row by row, which of them: a tenth of the bytes, and each value
is made once on the other side.
"""

from array import array
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

import orjson

from analysis.ingest.findings import Finding, Reject
from analysis.ingest.pictures.placing import Picture
from analysis.ingest.read_file import Submission
from analysis.ingest.tables.records import Records
from analysis.ledgers import LEDGERS

#: Facts of a submission that are days; every other fact is kept as JSON has it.
_DAYS_OF_A_SUBMISSION = frozenset(LEDGERS["submission"].names_of("date"))
#: How long the head is, in so many bytes before it.
_LENGTH_BYTES = 8
#: A column is kept as it stands where its first values hardly repeat: so many, or a tenth of all.
_SAMPLE = 1_000
#: Types of numbers by the most values that they tell apart.
_WIDTHS = (("B", 1 << 8), ("H", 1 << 16), ("I", 1 << 32))


def pack(submissions: Iterable[Submission]) -> bytes:
    """Submissions as bytes: a head in JSON, then the numbers of its columns in their order."""
    numbers: list[bytes] = []
    return closed([_described(each, numbers) for each in submissions], numbers)


def unpack(body: bytes) -> list[Submission]:
    """Submissions out of bytes, equal to those that were packed."""
    read, blocks = opened(body)
    return [_submission(facts, rest, columns, blocks) for facts, rest, columns in read]


def opened(body: bytes) -> tuple[Any, "Blocks"]:
    """What the head says, and the numbers behind it."""
    begin = _LENGTH_BYTES + int.from_bytes(body[:_LENGTH_BYTES], "little")
    view = memoryview(body)
    return orjson.loads(view[_LENGTH_BYTES:begin]), Blocks(view[begin:])


def closed(head: Any, numbers: Iterable[bytes]) -> bytes:
    """A head, and the numbers behind it, as bytes."""
    # A day that is no day of its column would come back as a text: it is refused, not written.
    text = orjson.dumps(head, option=orjson.OPT_PASSTHROUGH_DATETIME)
    return b"".join([len(text).to_bytes(_LENGTH_BYTES, "little"), text, *numbers])


class Blocks:
    """The bytes behind the head, taken piece by piece."""

    def __init__(self, view: memoryview) -> None:
        self._view = view

    def take(self, size: int) -> memoryview:
        """The next so many bytes."""
        piece, self._view = self._view[:size], self._view[size:]
        return piece


def _described(submission: Submission, numbers: list[bytes]) -> tuple[Any, ...]:
    """Facts, records without their columns, columns; the columns' numbers go to ``numbers``."""
    columns = packed_columns(submission.records.columns, numbers)
    return *without_rows(submission), columns


def without_rows(submission: Submission) -> tuple[dict[str, Any], dict[str, Any]]:
    """The facts of a submission and what its records have beside columns, as JSON has it."""
    records = submission.records
    rest = {name: getattr(records, name) for name in Records.__slots__ if name != "columns"}
    return {name: written(value) for name, value in submission.facts.items()}, rest


def packed_columns(columns: Mapping[str, list[Any]], numbers: list[bytes]) -> dict[str, Any]:
    """Columns as a head has them; their numbers go to ``numbers``."""
    return {name: _column(values, numbers) for name, values in columns.items()}


def unpacked_columns(columns: Mapping[str, Any], blocks: Blocks) -> dict[str, list[Any]]:
    """Columns out of a head, with the numbers behind it."""
    return {name: list(_values(blocks, *column)) for name, column in columns.items()}


def written(fact: Any) -> Any:
    """A day as JSON has it; everything else as it is."""
    return fact.isoformat() if type(fact) is date else fact


def _column(values: list[Any], numbers: list[bytes]) -> tuple[Any, ...]:
    """A column as it stands; else its distinct values, whether these are days, type and bytes of
    its numbers.

    1, 1.0 and True are one key of a dict: a column of numbers stays as it is.
    """
    first = values[: max(_SAMPLE, len(values) // 10)]
    if 2 * len(set(first)) > len(first) and not any(type(value) is date for value in first):
        return (values,)
    distinct = dict.fromkeys(values)
    types = set(map(type, distinct)) - {type(None)}
    if types not in ({str}, {date}):
        return (values,)
    places = {value: place for place, value in enumerate(distinct)}
    column = map(places.__getitem__, values)
    width = next(width for width, most in _WIDTHS if len(places) <= most)
    numbers.append(array(width, column).tobytes())
    return list(map(written, places)), types == {date}, width, len(numbers[-1])


def _submission(
    facts: dict[str, Any], rest: dict[str, Any], columns: dict[str, list[Any]], blocks: Blocks
) -> Submission:
    return with_columns(facts, rest, unpacked_columns(columns, blocks))


def with_columns(
    facts: dict[str, Any], rest: dict[str, Any], columns: dict[str, list[Any]]
) -> Submission:
    """A submission out of what ``without_rows`` tells of it, and its columns."""
    for name in _DAYS_OF_A_SUBMISSION & facts.keys():
        facts[name] = day_of(facts[name])
    rest["findings"] = [Finding(**each) for each in rest["findings"]]
    rest["rejects"] = [Reject(**each) for each in rest["rejects"]]
    rest["pictures"] = [Picture(**each) for each in rest["pictures"]]
    return Submission(facts, Records(columns, **rest))


def _values(
    blocks: Blocks, values: list[Any], are_days: bool = False, width: str = "", size: int = 0
) -> Iterator[Any]:
    if not width:
        return iter(values)
    if are_days:
        values = list(map(day_of, values))
    numbers = array(width)
    numbers.frombytes(blocks.take(size))
    return map(values.__getitem__, numbers)


@lru_cache(maxsize=10_000)
def day_of(text: str | None) -> date | None:
    """A day out of its text; the ledgers of a year name a few hundred."""
    return None if text is None else date.fromisoformat(text)
