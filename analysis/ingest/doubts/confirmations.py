"""data/raw/confirmations.toml: how a person settled a doubt, by whom, from which day on, and why.

An entry holds from its own day: figures of days before it stay as they were shown. It is never
edited; another entry of a later day, or further down on the same day, takes its place, and one
whose answer is «撤回» opens the question again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

from analysis.errors import SourceError
from analysis.settings.toml_file import read_entries
from analysis.wording.characters import without_odd

CONFIRMATIONS = "confirmations.toml"
NEEDED = ("doubt", "answer", "by", "on", "why")
#: The answer that takes the one before back.
TAKEN_BACK = "撤回"


@dataclass(frozen=True, slots=True)
class Confirmation:
    """One entry; ``doubt`` is the key of a doubt, ``answer`` a code of its answers, or None where
    the entry takes the answer before it back.
    """

    number: int
    doubt: str
    answer: str | None
    by: str
    on: date
    why: str

    @property
    def name(self) -> str:
        """How a person finds the entry."""
        return f"data/raw/{CONFIRMATIONS} 第 {self.number} 条（doubt = {self.doubt}）"


@dataclass(frozen=True, slots=True)
class Confirmations:
    """All entries: for each doubt, the answer in force on a day."""

    entries: Sequence[Confirmation] = ()
    _by_doubt: Mapping[str, Sequence[Confirmation]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        ordered = sorted(self.entries, key=attrgetter("doubt", "on", "number"))
        groups = groupby(ordered, key=attrgetter("doubt"))
        object.__setattr__(self, "_by_doubt", {key: tuple(each) for key, each in groups})

    def last(self, doubt: str) -> Confirmation | None:
        """The entry that decides, once its day has come; None where there is none."""
        return next(reversed(self._by_doubt.get(doubt, ())), None)

    def answer(self, doubt: str, day: date) -> str | None:
        """The code of the answer in force on a day; None while the question is open."""
        begun = [answer for since, answer in self.days(doubt) if since <= day]
        return begun[-1] if begun else None

    @property
    def settled(self) -> Mapping[str, list[tuple[date, str | None]]]:
        """Doubt → each day from which another answer stands."""
        return {doubt: self.days(doubt) for doubt in self._by_doubt}

    def days(self, doubt: str) -> list[tuple[date, str | None]]:
        """Each day from which another answer stands, the first first; None: taken back."""
        return [(entry.on, entry.answer) for entry in self.of(doubt)]

    def of(self, doubt: str) -> list[Confirmation]:
        """The entries on a doubt that came to hold, the first first: the last of each day."""
        return list({entry.on: entry for entry in self._by_doubt.get(doubt, ())}.values())


def read_confirmations(raw: Path) -> Confirmations:
    """Read what was settled; nothing where there is no such file.

    Raises:
        SourceError: the file is not TOML, or an entry is incomplete or impossible.

    """
    entries = read_entries(raw / CONFIRMATIONS, "confirmation")
    return Confirmations(tuple(_entry(number, each) for number, each in enumerate(entries, 1)))


def must_be_answers(confirmations: Confirmations, codes: Mapping[str, Sequence[str]]) -> None:
    """Refuse an entry whose answer its doubt does not have: it would count as something else.

    ``codes`` gives the codes of the answers of each doubt.

    Raises:
        SourceError: one line that names the entry and the answers that there are.

    """
    for entry in confirmations.entries:
        allowed = codes.get(entry.doubt)
        if allowed and entry.answer is not None and entry.answer not in allowed:
            raise SourceError(
                f"{entry.name}的 answer“{entry.answer}”不是这个疑问的答案，"
                f"可填：{'、'.join((*allowed, TAKEN_BACK))}。"
            )


def unmatched(confirmations: Confirmations, keys: Iterable[str]) -> list[str]:
    """A line for each entry whose doubt there is not; the files may have been mended since.

    ``keys`` are those of all doubts of the run, settled ones among them.
    """
    known = set(keys)
    return [
        f"{entry.name}：没有这个疑问，来源可能已经更正；不影响数字，请核对编号，或删去这一条。"
        for entry in confirmations.entries
        if entry.doubt not in known
    ]


def _entry(number: int, entry: Mapping[str, Any]) -> Confirmation:
    where = f"data/raw/{CONFIRMATIONS} 第 {number} 条"
    lacking = [name for name in NEEDED if entry.get(name) in (None, "")]
    if lacking:
        raise SourceError(f"{where}缺少 {'、'.join(lacking)}，请补上。")
    if unknown := sorted(entry.keys() - set(NEEDED)):
        raise SourceError(f"{where}的“{unknown[0]}”不认识，可写：{'、'.join(NEEDED)}。")
    if type(entry["on"]) is not date:
        raise SourceError(f"{where}的 on 应为日期，如 on = 2023-11-02（不加引号）。")
    texts = {name: entry[name] for name in NEEDED if name != "on"}
    for name, value in texts.items():
        if not isinstance(value, str) or not without_odd(value).strip():
            raise SourceError(f"{where}的 {name} 应为文字，写在半角引号里。")
    doubt, answer, by, why = (without_odd(value).strip() for value in texts.values())
    return Confirmation(
        number, doubt, None if answer == TAKEN_BACK else answer, by, entry["on"], why
    )
