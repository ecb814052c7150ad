"""Submissions ↔ bytes: how what was read goes from process to process, and onto the shelf.

Numbers and JSON, never code. A ledger repeats few words in many rows, so a column of texts or days
is kept as its distinct values and, row by row, which of them: a tenth of the bytes, and each value
is made once on the other side.
"""

from array import array
from collections.abc import Iterable, Iterator
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
    # A day that is no day of its column would come back as a text: it is refused, not written.
    described = [_described(each, numbers) for each in submissions]
    head = orjson.dumps(described, option=orjson.OPT_PASSTHROUGH_DATETIME)
    return b"".join([len(head).to_bytes(_LENGTH_BYTES, "little"), head, *numbers])


def unpack(body: bytes) -> list[Submission]:
    """Submissions out of bytes, equal to those that were packed."""
    begin = _LENGTH_BYTES + int.from_bytes(body[:_LENGTH_BYTES], "little")
    view = memoryview(body)
    blocks = _Blocks(view[begin:])
    read = orjson.loads(view[_LENGTH_BYTES:begin])
    return [_submission(facts, rest, columns, blocks) for facts, rest, columns in read]


class _Blocks:
    """The bytes behind the head, taken piece by piece."""

    def __init__(self, view: memoryview) -> None:
        self._view = view

    def take(self, size: int) -> memoryview:
        piece, self._view = self._view[:size], self._view[size:]
        return piece


def _described(submission: Submission, numbers: list[bytes]) -> tuple[Any, ...]:
    """Facts, records without their columns, columns; the columns' numbers go to ``numbers``."""
    records = submission.records
    rest = {name: getattr(records, name) for name in Records.__slots__ if name != "columns"}
    columns = {name: _column(values, numbers) for name, values in records.columns.items()}
    facts = {name: _written(value) for name, value in submission.facts.items()}
    return facts, rest, columns


def _written(fact: Any) -> Any:
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
    return list(map(_written, places)), types == {date}, width, len(numbers[-1])


def _submission(
    facts: dict[str, Any], rest: dict[str, Any], columns: dict[str, list[Any]], blocks: _Blocks
) -> Submission:
    for name in _DAYS_OF_A_SUBMISSION & facts.keys():
        facts[name] = _day(facts[name])
    rest["findings"] = [Finding(**each) for each in rest["findings"]]
    rest["rejects"] = [Reject(**each) for each in rest["rejects"]]
    rest["pictures"] = [Picture(**each) for each in rest["pictures"]]
    read = {name: list(_values(blocks, *column)) for name, column in columns.items()}
    return Submission(facts, Records(read, **rest))


def _values(
    blocks: _Blocks, values: list[Any], are_days: bool = False, width: str = "", size: int = 0
) -> Iterator[Any]:
    if not width:
        return iter(values)
    if are_days:
        values = list(map(_day, values))
    numbers = array(width)
    numbers.frombytes(blocks.take(size))
    return map(values.__getitem__, numbers)


@lru_cache(maxsize=10_000)
def _day(text: str | None) -> date | None:
    """A day out of its text; the ledgers of a year name a few hundred."""
    return None if text is None else date.fromisoformat(text)
