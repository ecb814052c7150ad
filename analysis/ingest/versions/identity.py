"""Which rows of all submissions speak of the same record: by number, else by what they say.

A number alone is not enough: units use one twice, and let a whole list slip by a line. So a
row's words must agree with the record's before its number counts, and a row whose words are
those of a known record is that record where its number has plainly slipped. In doubt two
records stand where there may be one: too many in the figures, never too few.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from typing import Any

import pandas as pd

from analysis.ingest.cells.blanks import is_null
from analysis.ingest.findings import Finding, Places
from analysis.ledgers import Ledger

#: Two texts under one number that share this much are one text reworded.
LIKE = 0.6
#: Without a number to hold them together, texts must share more.
VERY_LIKE = 0.75
NOISE = str.maketrans("", "", " \t\r\n\u3000，。；、,.;:：（）()")
NUMERALS = re.compile(r"[\d一二三四五六七八九十]+|东|南|西|北|左|右|上|下|前|后|男|女")

Row = dict[str, Any]


@dataclass(slots=True)
class _Record:
    """A record as last seen: its name, its number, its words, the row that said them."""

    name: str
    number: tuple[str, ...] | None
    words: tuple[str, ...]
    row: Row


def identify(
    rows: pd.DataFrame, ledger: Ledger, said: Sequence[str], places: Places
) -> tuple[list[str], list[Finding]]:
    """Name each row: the same name for all rows about one record.

    ``rows`` is in order of receipt and has the ledger's columns, ``sender``; ``said`` are the
    columns that make up what a row says. Returns the names and the findings on numbers.
    """
    names = [""] * len(rows)
    findings: list[Finding] = []
    scopes: dict[str, list[int]] = {}
    senders = rows["sender"].tolist() if ledger.numbered_by == "sender" else [""] * len(rows)
    for position, sender in enumerate(senders):
        scopes.setdefault(sender, []).append(position)
    numbers = _joined(rows, ledger.key, "-", str)
    batches = rows["submission_id"].tolist()
    needed = [
        name
        for name in dict.fromkeys(
            (*said, "submission_id", "sheet", "row_no", "sender", "region",
             *ledger.key, *ledger.fingerprint, *ledger.guard)
        )
        if name in rows
    ]  # fmt: skip

    @cache
    def guards() -> list[str | None]:
        """What each row says in the fields by which a number is trusted."""
        return _joined(rows, ledger.guard or ledger.key, "\x1f", words_of, keep=True)

    for scope, positions in scopes.items():
        if _is_orderly(positions, numbers, batches, guards):
            for position in positions:
                names[position] = _name(ledger, scope, numbers[position] or "")
        else:
            records: list[Row] = rows.iloc[positions][needed].to_dict("records")  # type: ignore[assignment]
            members = list(zip(positions, records, strict=True))
            findings += _follow(members, ledger, said, names, places)
    return names, findings


def words_of(value: Any) -> str:
    """A value as it is compared: without white space and punctuation."""
    return "" if is_null(value) else str(value).translate(NOISE)


def _name(ledger: Ledger, scope: str, number: str) -> str:
    return f"{ledger.prefix}-{scope}-{number}" if scope else f"{ledger.prefix}-{number}"


def _joined(
    rows: pd.DataFrame,
    names: Sequence[str],
    between: str,
    spell: Callable[[Any], str],
    keep: bool = False,
) -> list[str | None]:
    """Columns joined row by row; None where one is empty, unless ``keep``, or there is none."""
    if not names:
        return [None] * len(rows)
    columns = []
    for name in names:
        values = rows[name].tolist()
        spelled = {value: spell(value) for value in set(values) if not is_null(value)}
        columns.append([spelled.get(value) for value in values])
    return [
        None if not keep and None in parts else between.join(part or "" for part in parts)
        for parts in zip(*columns, strict=True)
    ]


def _is_orderly(
    positions: Sequence[int],
    numbers: Sequence[str | None],
    batches: Sequence[str],
    guards: Callable[[], Sequence[str | None]],
) -> bool:
    """Whether every row has a number that means one thing, and every thing one number."""
    mine = [numbers[position] for position in positions]
    if None in mine:
        return False
    distinct = set(mine)
    if len({batches[position] for position in positions}) == 1:
        return len(distinct) == len(mine)
    if len({(batches[position], numbers[position]) for position in positions}) < len(mine):
        return False
    said = [guards()[position] for position in positions]
    pairs = set(zip(mine, said, strict=True))
    return len(pairs) == len(distinct) == len(set(said))


def _follow(
    members: Sequence[tuple[int, Row]],
    ledger: Ledger,
    said: Sequence[str],
    names: list[str],
    places: Places,
) -> list[Finding]:
    """Go through the submissions of one scope in order, and name their rows."""
    known: dict[str, _Record] = {}
    findings: list[Finding] = []
    for batch in _batches(members):
        groups = _distinct(batch, said)
        leaders = [positions[0] for positions in groups]
        fresh = [_fresh(row, ledger) for _, row in leaders]
        found = _match(fresh, known, ledger)
        for positions, record, before in zip(groups, fresh, found, strict=True):
            if before is None:
                findings += _enter(record, known, ledger, places)
            else:
                findings += _renumbered(record, before, ledger, places)
                record.name = before.name
                known[record.name] = record
            for position, _ in positions:
                names[position] = record.name
    return findings


def _batches(members: Iterable[tuple[int, Row]]) -> Iterator[list[tuple[int, Row]]]:
    """The rows of one submission after the other."""
    batches: dict[str, list[tuple[int, Row]]] = {}
    for position, row in members:
        batches.setdefault(row["submission_id"], []).append((position, row))
    yield from batches.values()


def _distinct(batch: Sequence[tuple[int, Row]], said: Sequence[str]) -> list[list[tuple[int, Row]]]:
    """Rows of one submission, those that say exactly the same taken together."""
    groups: dict[tuple[Any, ...], list[tuple[int, Row]]] = {}
    for position, row in batch:
        content = tuple(None if is_null(row[name]) else row[name] for name in said)
        groups.setdefault(content, []).append((position, row))
    return list(groups.values())


def _fresh(row: Row, ledger: Ledger) -> _Record:
    numbers = [row[name] for name in ledger.key]
    number = None if not numbers or any(map(is_null, numbers)) else tuple(map(str, numbers))
    words = tuple(words_of(row[name]) for name in ledger.fingerprint)
    return _Record("", number, words, row)


def _match(
    fresh: Sequence[_Record], known: Mapping[str, _Record], ledger: Ledger
) -> list[_Record | None]:
    """For each new row the known record that it speaks of; each record at most once."""
    found: list[_Record | None] = [None] * len(fresh)
    left = dict(known)
    used = {record.number for record in fresh if record.number}
    known_numbers = {record.number for record in known.values() if record.number}
    is_renumbered = not known_numbers & used

    def has_slipped(new: _Record, old: _Record) -> bool:
        """Whether a difference of numbers is plainly a slip of the list: one is another's now."""
        if new.number is None or old.number is None or new.number == old.number:
            return True
        return old.number in used or new.number in known_numbers

    def take(candidates: Callable[[_Record], Iterable[_Record]]) -> None:
        for index, record in enumerate(fresh):
            if found[index] is None:
                match = next((old for old in candidates(record) if old.name in left), None)
                if match:
                    found[index] = match
                    del left[match.name]

    by_number = _index(known.values(), lambda record: record.number)
    by_words = _index(known.values(), lambda record: record.words)
    take(
        lambda new: (
            old for old in by_number.get(new.number, ()) if new.number and old.words == new.words
        )
    )
    take(
        lambda new: (
            old
            for old in by_words.get(new.words, ())
            if any(new.words) and (is_renumbered or has_slipped(new, old))
        )
    )
    take(
        lambda new: (
            old
            for old in by_number.get(new.number, ())
            if new.number and _may_be_one(new.row, old.row, ledger)
        )
    )
    if ledger.wording:
        places = _index(left.values(), lambda record: _place(record, ledger))
        take(lambda new: _reworded(new, places.get(_place(new, ledger), ()), ledger, has_slipped))
    return found


def _index(records: Iterable[_Record], key: Callable[[_Record], Any]) -> dict[Any, list[_Record]]:
    index: dict[Any, list[_Record]] = {}
    for record in records:
        index.setdefault(key(record), []).append(record)
    return index


def _may_be_one(new: Row, old: Row, ledger: Ledger) -> bool:
    """Whether two rows under one number may be one.

    Every guard agrees, or is empty; what is put in other words must be of the same day as well,
    since a number that is used again for much the same fault is another fault.
    """
    if all(_agree(new[name], old[name], exactly=True) for name in ledger.guard):
        return True
    days = [name for name in ledger.fingerprint if ledger[name].kind == "date"]
    return all(_agree(new[name], old[name]) for name in (*ledger.guard, *days))


def _agree(one: Any, other: Any, exactly: bool = False) -> bool:
    if is_null(one) or is_null(other):
        return True
    if not isinstance(one, str):
        return bool(one == other)
    first, second = words_of(one), words_of(other)
    if exactly or first == second:
        return first == second
    places, others = set(NUMERALS.findall(first)), set(NUMERALS.findall(second))
    if not (places <= others or others <= places):
        return False  # 一层 and 二层 are two places, however alike the words
    if first in second or second in first:
        return True
    return SequenceMatcher(None, first, second, autojunk=False).ratio() >= LIKE


def _place(record: _Record, ledger: Ledger) -> tuple[str, ...]:
    """All that identifies a record but for the words that may be reworded."""
    return tuple(
        words
        for name, words in zip(ledger.fingerprint, record.words, strict=True)
        if name != ledger.wording
    )


def _reworded(
    new: _Record,
    olds: Iterable[_Record],
    ledger: Ledger,
    has_slipped: Callable[[_Record, _Record], bool],
) -> list[_Record]:
    """Known records of the same place and day whose words are much the same, the likest first."""
    mine = words_of(new.row[ledger.wording])
    scored = []
    for old in olds:
        theirs = words_of(old.row[ledger.wording])
        if not mine or not theirs or not has_slipped(new, old):
            continue
        if NUMERALS.findall(mine) != NUMERALS.findall(theirs):
            continue
        likeness = SequenceMatcher(None, mine, theirs, autojunk=False).ratio()
        if likeness >= VERY_LIKE:
            scored.append((-likeness, old.name, old))
    return [old for _, _, old in sorted(scored, key=lambda each: each[:2])]


def _enter(
    record: _Record, known: dict[str, _Record], ledger: Ledger, places: Places
) -> list[Finding]:
    """Give a new record its name for good."""
    base = _base_name(record, ledger)
    name, copies = base, 1
    while name in known:
        copies += 1
        name = f"{base}~{copies}"
    record.name = name
    known[name] = record
    return [_repeated(record, ledger, places)] if copies > 1 else []


def _base_name(record: _Record, ledger: Ledger) -> str:
    sender = str(record.row["sender"])
    if record.number:
        scope = sender if ledger.numbered_by == "sender" else ""
        return _name(ledger, scope, "-".join(record.number))
    identity = [words_of(record.row.get("region")), sender, *record.words]
    digest = hashlib.sha256("\x1f".join(identity).encode()).hexdigest()
    return f"{ledger.prefix}-#{digest[:10]}"


def _repeated(record: _Record, ledger: Ledger, places: Places) -> Finding:
    fields = ledger.key if record.number else ledger.fingerprint
    number = "、".join(str(record.row[name]) for name in fields)
    message = f"“{number}”重复使用而内容不同，两条都已入库；请改用不同的编号"
    return places.finding(record.row, fields[0], "number_repeated", "error", message, number)


def _renumbered(record: _Record, before: _Record, ledger: Ledger, places: Places) -> list[Finding]:
    if record.number == before.number or record.number is None or before.number is None:
        return []
    old, new = "-".join(before.number), "-".join(record.number)
    message = f"编号由“{old}”变为“{new}”而内容相同，按同一条跟踪；请固定编号，不要随行号变动"
    return [places.finding(record.row, ledger.key[0], "renumbered", "warning", message, new)]
