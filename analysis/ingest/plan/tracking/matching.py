"""Which measure of a plan a row speaks of: by its number, else by its words.

Units shorten texts, type them anew with a slip, give numbers or leave them out. A number of the
plan's (5-1, 自查1) counts where the words do not speak against it; words count where a number is
missing or plainly another's. In doubt a row is a measure of its own: too many, never too few.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise
from typing import Any

from analysis.ingest.plan.document import bare
from analysis.ingest.versions.identity.spelling import plain_words

#: Two texts that share this much are one, typed twice.
ONE_TEXT = 0.85
#: Under a line's number, this much: the number holds little together.
LIKE = 0.6
#: Under one number, a shortened text has this much of its signs in the whole one, in their order.
SHORTENED = 0.5
#: Without a number, nearly all of them, and so many at least.
CUT_OUT, ENOUGH = 0.9, 6
#: How much likelier than the next a measure must be.
CLEARLY = 0.1
#: So many measures are compared sign by sign; they share the most pairs of signs.
COMPARED = 5
TWO_NUMBERS = re.compile(r"(\d+)-(\d+)")
NUMERALS = re.compile(r"\d+|[一二三四五六七八九十]+(?=[季月次份家场个期])")


@dataclass(slots=True)
class Said:
    """A row of a submission: its number and words as they are compared, and where it stands."""

    position: int
    number: str
    text: str
    unit: str
    row: dict[str, Any]


@dataclass(slots=True)
class Measure:
    """A measure as known so far.

    ``rank`` is that of the row that gave its words, ``is_stated`` whether the plan itself has it.
    """

    name: str
    number: str
    text: str
    unit: str
    rank: int
    row: dict[str, Any]
    is_stated: bool = False
    has_due: bool = False
    is_over: bool = False


@dataclass(slots=True)
class Measures:
    """The measures of one plan, found by number, by text and by likeness."""

    all: list[Measure] = field(default_factory=list)
    _numbers: dict[str, list[int]] = field(default_factory=dict)
    _texts: dict[str, list[int]] = field(default_factory=dict)
    _pairs: dict[str, list[int]] = field(default_factory=dict)
    _through: dict[str, int] | None = None

    @classmethod
    def of(cls, measures: Iterable[Measure]) -> "Measures":
        """Measures to be found."""
        made = cls()
        for measure in measures:
            made.add(measure)
        return made

    def add(self, measure: Measure) -> None:
        """Take in a new measure."""
        self.all.append(measure)
        self._enter(len(self.all) - 1, measure)

    def renew(self, measure: Measure) -> None:
        """Find a measure by its new number and text as well; the old ones stay good."""
        self._enter(next(i for i, each in enumerate(self.all) if each is measure), measure)

    def numbered(self, number: str) -> list[Measure]:
        """The measures of a number."""
        return [self.all[i] for i in self._numbers.get(number, ())] if number else []

    def numbered_through(self, number: str) -> Measure | None:
        """The measure that a plan numbers so where its numbers run through: 6 is 4-6 where the
        fourth measure has 6 and 7, the fifth 8; none of a plan in which each begins with 1.
        """
        if self._through is None:
            self._through = self._numbers_through()
        place = self._through.get(number)
        return None if place is None else self.all[place]

    def worded(self, text: str) -> list[Measure]:
        """The measures of exactly this text."""
        return [self.all[i] for i in self._texts.get(text, ())] if text else []

    def like(self, text: str) -> list[Measure]:
        """The measures whose texts share most with this one, the likest first."""
        shared = Counter(i for pair in set(_pairs(text)) for i in self._pairs.get(pair, ()))
        most = sorted(shared.items(), key=lambda pair: (-pair[1], pair[0]))[:COMPARED]
        return [self.all[i] for i, _ in most]

    def _numbers_through(self) -> dict[str, int]:
        found: dict[str, int] = {}
        heads: list[int] = []
        for i, each in enumerate(self.all):
            parts = TWO_NUMBERS.fullmatch(each.number)
            if parts and each.is_stated:
                heads.append(int(parts[1]))
                if found.setdefault(parts[2], i) != i:
                    return {}
        is_running = len({*heads}) > 1 and {*found} == {str(n) for n in range(1, len(found) + 1)}
        return found if is_running else {}

    def _enter(self, i: int, measure: Measure) -> None:
        self._through = None
        for index, keys in (
            (self._numbers, [measure.number]),
            (self._texts, [measure.text]),
            (self._pairs, set(_pairs(measure.text))),
        ):
            for key in filter(None, keys):
                entries = index.setdefault(key, [])
                if i not in entries[-1:]:
                    entries.append(i)


def _pairs(text: str) -> Iterable[str]:
    return map("".join, pairwise(text))


def is_firm(number: str) -> bool:
    """Whether a number can be a plan's own; 3 is a line's."""
    return bool(number) and not number.isdigit()


def words_of_measure(row: dict[str, Any]) -> str:
    """The text of the thing to track, as it is compared."""
    return _bare(row.get("sub_measure") or row.get("measure") or "")


@lru_cache(maxsize=20_000)
def _bare(text: str) -> str:
    return bare(text)


@lru_cache(maxsize=50_000)
def likeness(one: str, other: str) -> float:
    """How much two bare texts share, 0 to 1."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


@lru_cache(maxsize=50_000)
def shortening(short: str, whole: str) -> float:
    """How much of the shorter of two bare texts stands in the other, in its order, 0 to 1."""
    short, whole = sorted((short, whole), key=len)
    if not short:
        return 1.0
    blocks = SequenceMatcher(None, whole, short, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / len(short)


def _is_one(row: Said, measure: Measure) -> bool:
    """Whether the words of a row allow that it is the measure of its number."""
    if is_firm(row.number):
        return agree(row.text, measure.text)
    return not row.text or likeness(row.text, measure.text) >= LIKE


def _by_number_through(row: Said, known: Measures) -> list[Measure]:
    """The measure of a number that runs through the plan: the words must be its own, or, where
    there are none, the unit. A plan's measures and its detailed measures both have a 6.
    """
    measure = known.numbered_through(row.number)
    if measure is None:
        return []
    whose = row.unit or plain_words(row.row.get("sender"))
    is_meant = agree(row.text, measure.text) if row.text else whose == measure.unit != ""
    return [measure] if is_meant else []


def agree(one: str, other: str) -> bool:
    """Whether two texts under one number are one, in full or shortened."""
    return not one or not other or one == other or shortening(one, other) >= SHORTENED


def numerals(text: str) -> list[str]:
    """The numbers within a text: 第一季度 and 第二季度 are two things."""
    return NUMERALS.findall(text)


def match(rows: Sequence[Said], known: Measures, is_of_plan: bool) -> list[Measure | None]:
    """For each row the measure that it speaks of, each measure once; None for a new one.

    ``is_of_plan`` says that the sheet plainly follows the plan, whose numbers then count even
    where the words are others.
    """
    found: list[Measure | None] = [None] * len(rows)
    used: set[str] = set()
    texts = Counter(row.text for row in rows)

    def candidates(step: int, row: Said) -> list[Measure]:
        if step == 0:
            own = [each for each in known.numbered(row.number) if _is_one(row, each)]
            return own or _by_number_through(row, known)
        if step == 1:
            return _by_words(row, known, texts[row.text] > 1)
        if step == 2:
            return _by_likeness(row, known)
        if step == 3:
            # What the plan never stated is no measure of its numbers.
            stated = [each for each in known.numbered(row.number) if each.is_stated]
            return stated if is_of_plan and is_firm(row.number) else []
        return _cut_out(row, known)

    for step in range(5):
        for index, row in enumerate(rows):
            if found[index] is None:
                free = [each for each in candidates(step, row) if each.name not in used]
                if free:
                    found[index] = free[0]
                    used.add(free[0].name)
    return found


def shares(rows: Sequence[Said], known: Measures) -> tuple[int, int]:
    """How many rows speak of a measure of the plan, and how many use its numbers for others."""
    alike = against = 0
    for row in rows:
        numbered = known.numbered(row.number)
        if row.text and (
            any(each.text and _is_one(row, each) for each in numbered)
            or known.worded(row.text)
            or _by_likeness(row, known)
            or _cut_out(row, known)
        ):
            alike += 1
        elif numbered and row.text and is_firm(row.number):
            against += 1
    return alike, against


def _by_words(row: Said, known: Measures, is_repeated: bool) -> list[Measure]:
    """Measures of exactly the same words; of the same unit, where units have the same ones."""
    same = [each for each in known.worded(row.text) if _numbers_allow(row, each, known)]
    own = [each for each in same if not row.unit or not each.unit or row.unit == each.unit]
    return own or ([] if is_repeated or len(same) > 1 else same)


def _by_likeness(row: Said, known: Measures) -> list[Measure]:
    """Measures of the same words but for a slip of the pen, the likest first."""
    if not row.text:
        return []
    scored = [
        (likeness(row.text, each.text), each)
        for each in known.like(row.text)
        if numerals(row.text) == numerals(each.text) and _numbers_allow(row, each, known)
    ]
    found = sorted((each for each in scored if each[0] >= ONE_TEXT), key=lambda each: -each[0])
    return [each for _, each in found]


def _cut_out(row: Said, known: Measures) -> list[Measure]:
    """The one measure of which a text without a number is a part."""
    if is_firm(row.number) or len(row.text) < ENOUGH:
        return []
    scored = sorted(
        ((shortening(row.text, each.text), n, each) for n, each in enumerate(known.like(row.text))),
        key=lambda each: (-each[0], each[1]),
    )
    scored = [each for each in scored if set(numerals(row.text)) <= set(numerals(each[2].text))]
    if not scored or scored[0][0] < CUT_OUT:
        return []
    is_clear = len(scored) == 1 or scored[0][0] - scored[1][0] >= CLEARLY
    return [scored[0][2]] if is_clear else []


def _numbers_allow(row: Said, measure: Measure, known: Measures) -> bool:
    """Whether a row may be a measure of another number: its own is nobody's, or another's words."""
    if not is_firm(row.number) or not is_firm(measure.number) or row.number == measure.number:
        return True
    return not any(agree(row.text, each.text) for each in known.numbered(row.number))
