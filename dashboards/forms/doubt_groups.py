"""Doubts in groups of one kind and one sender, so that one file's flood is one line of the list.

A list may hold tens of thousands. What groups are made of is read once a publication, and what is
shown of a doubt (items, places, texts) is asked for those of one page alone.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256
from itertools import takewhile
from typing import TypeVar

from analysis.intake.typed.settling import Asked, Confirmations
from analysis.ledgers.codes import RULE
from analysis.warehouse.client import Warehouse

T = TypeVar("T")
#: A group of so few stands whole on the first page; of a larger one it says how many there are.
WHOLE = 3
#: Labels that begin alike for so many signs are cut there; of others so many are named.
LEAST_ALIKE, MOST_LABELS = 3, 3


@dataclass(frozen=True, slots=True)
class Listed:
    """A doubt as far as lists need it; ``answers`` are (code, label), ``counted`` the answer that
    the published figures rest on.
    """

    key: str
    rule: str
    sender: str
    path: str
    since: date
    answers: tuple[tuple[str, str], ...]
    counted: str | None


@dataclass(frozen=True, slots=True)
class Asking:
    """A listed doubt with the number of the entry that decides it, and its answer; 0 and None where
    there is none.
    """

    listed: Listed
    seen: int
    answer: str | None

    @property
    def mark(self) -> str:
        """The doubt, and what whoever answers it has seen of it."""
        return f"{self.listed.key}.{self.seen}"

    @property
    def as_asked(self) -> Asked:
        """The doubt as it is answered."""
        return Asked(self.listed.key, tuple(code for code, _ in self.listed.answers), self.seen)


@dataclass(frozen=True)
class Group:
    """Doubts of a kind and a sender, open ones or settled ones, those of a file beside each other.

    ``path`` is a file where only its doubts are meant.
    """

    rule: str
    sender: str
    asked: Sequence[Asking]
    path: str = ""

    @property
    def label(self) -> str:
        """Its kind, in words."""
        return RULE.labels[self.rule]

    @property
    def name(self) -> str:
        """Whose it is, in words."""
        return self.sender or "没有写明填报单位"

    @property
    def place(self) -> dict[str, str]:
        """What an address says of it."""
        return {"kind": self.rule, "sender": self.sender} | (
            {"file": self.path} if self.path else {}
        )

    @cached_property
    def stamp(self) -> str:
        """A name of all that is in it, and of what was seen of each."""
        marks = "\n".join(sorted(each.mark for each in self.asked))
        return sha256(marks.encode()).hexdigest()[:16]

    @cached_property
    def files(self) -> list[tuple[str, int]]:
        """Each file with the number of its doubts, the one that came first before the others."""
        return list(Counter(each.listed.path for each in self.asked).items())

    @property
    def since(self) -> date:
        """The day from which the oldest stands."""
        return min(each.listed.since for each in self.asked)

    @cached_property
    def answers(self) -> dict[str, str]:
        """Code → label of the answers that all of them have."""
        return alike([each.listed.answers for each in self.asked])


def listed_in(warehouse: Warehouse) -> tuple[Listed, ...]:
    """All doubts that are still asked, the oldest first."""
    rows = warehouse.doubt_list()
    rows = rows.astype(object).where(rows.notna(), None)
    answers = {text: _answers(text) for text in set(rows["answers"])}
    return tuple(
        Listed(
            row["doubt_key"], row["rule"], row["sender"] or "", row["path"] or "",
            date.fromisoformat(str(row["known_from"])[:10]), answers[row["answers"]],
            row["answer"],
        )
        for row in rows.to_dict("records")
    )  # fmt: skip


def with_entries(listed: Iterable[Listed], given: Confirmations) -> list[Asking]:
    """The doubts as they stand now, whatever is published."""
    entries = ((each, given.last(each.key)) for each in listed)
    return [
        Asking(each, entry.number if entry else 0, entry.answer if entry else None)
        for each, entry in entries
    ]


def groups_of(asked: Iterable[Asking]) -> list[Group]:
    """The groups, in the order in which a person should look at them.

    Claims of units on their own items first: by these a hazard may go out of sight. Then by kind,
    and of a kind the one that has waited longest. However many a sender has of a kind, it is one
    group, and hides none of another's.
    """
    found: dict[tuple[str, str], list[Asking]] = {}
    for each in asked:
        found.setdefault((each.listed.rule, each.listed.sender), []).append(each)
    groups = [Group(*key, _by_file(mine)) for key, mine in found.items()]
    order = {rule: place for place, rule in enumerate(RULE.labels)}
    return sorted(
        groups,
        key=lambda group: (
            group.rule not in RULE.claims, order[group.rule], group.since, group.sender
        ),
    )  # fmt: skip


def group_of(asked: Iterable[Asking], place: Mapping[str, str]) -> Group:
    """The group that an address names, which may have nothing in it by now."""
    rule, sender, path = (place.get(name, "") for name in ("kind", "sender", "file"))
    mine = [
        each
        for each in asked
        if (each.listed.rule, each.listed.sender) == (rule, sender)
        and path in ("", each.listed.path)
    ]
    return Group(rule, sender, _by_file(mine), path)


def alike(answers: Sequence[Sequence[tuple[str, str]]]) -> dict[str, str]:
    """Code → label of the answers that all have.

    Labels that go on differently («收入，按甲局的计入», «收入，按乙局的计入») are cut where they
    part; where that tells the answers from each other no more, their number does.
    """
    first = [code for code, _ in answers[0]] if answers else []
    every = [dict(each) for each in dict.fromkeys(map(tuple, answers))]
    codes = [code for code in first if all(code in each for each in every)]
    labels = {code: _common([each[code] for each in every]) for code in codes}
    if len(set(labels.values())) < len(labels) or not all(labels.values()):
        return {code: f"各条的第 {n} 个答案" for n, code in enumerate(codes, 1)}
    return labels


@dataclass(frozen=True, slots=True)
class Pages:
    """Which page is shown, and of how many."""

    number: int
    number_of_all: int


def paged(whole: Sequence[T], number: int, size: int) -> tuple[list[T], Pages]:
    """What stands on the page of that number, or on the nearest that there is."""
    pages = max(1, -(-len(whole) // size))
    number = min(max(1, number), pages)
    return [*whole[(number - 1) * size : number * size]], Pages(number, pages)


def _common(labels: Sequence[str]) -> str:
    """One label for all: they are the same, begin alike, or are few; else none."""
    different = [*dict.fromkeys(labels)]
    if len(different) == 1:
        return labels[0]
    alike = takewhile(lambda signs: len(set(signs)) == 1, zip(*labels, strict=False))
    begins = "".join(signs[0] for signs in alike)
    if len(begins) >= LEAST_ALIKE:
        return f"{begins}……"
    return "／".join(different) if len(different) <= MOST_LABELS else ""


def _by_file(asked: Iterable[Asking]) -> list[Asking]:
    """The doubts of each file beside each other, in the order in which they stand."""
    files: dict[str, list[Asking]] = {}
    for each in asked:
        files.setdefault(each.listed.path, []).append(each)
    return [each for mine in files.values() for each in mine]


def _answers(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((each["code"], each["label"]) for each in json.loads(text))
