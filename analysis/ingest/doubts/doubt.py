"""A doubt: two things that stand in files, what they may mean, and how they count until settled."""

import hashlib
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two things: a row or a cell of a sheet, with its text.

    ``row_no`` is None for a whole sheet. ``item_id`` is the item that the row speaks of.
    """

    submission_id: str
    sheet: str
    row_no: int | None
    field: str
    text: str
    item_id: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One possible answer: its code in ``confirmations.toml``, and what it means, in Chinese."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """A question that a person must settle.

    ``rule`` is the kind of doubt, a code of RULE. ``subject`` is what makes the question the same
    question after the next run, whatever files came in between: ids of items, texts, never the
    name of a file. The first of ``answers`` is how things are counted until somebody settles it;
    ``known_from`` is the day from which the question stands, ``known_to`` that from which nobody
    asks it any more, whatever the answer.
    """

    rule: str
    subject: tuple[str, ...]
    question: str
    one: Side
    other: Side | None
    answers: tuple[Answer, ...]
    known_from: date
    known_to: date | None = None

    @property
    def key(self) -> str:
        """The name of the question, the same in every run: 12 hexadecimal digits."""
        text = "\x1f".join((self.rule, *self.subject))
        return hashlib.sha256(text.encode()).hexdigest()[:12]
