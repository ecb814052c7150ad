"""Which ledger a header is of, by the fields that its columns would fill."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.ingest.tables.headers import Header, Vocabulary, claim_by_words
from analysis.ledgers import LEDGERS, Ledger

#: A ledger needs so many columns; one alone may stand in any table.
FEWEST_FIELDS = 2


@dataclass(frozen=True, slots=True)
class Fit:
    """A ledger that a header may be of; the higher the score, the better."""

    ledger: Ledger
    score: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A header that may be the sheet's: its first row, its height, its words, its ledger."""

    top: int
    height: int
    headers: list[Header]
    fit: Fit


def fits(headers: Sequence[Header], vocabulary: Vocabulary) -> list[Fit]:
    """The ledgers that a header may be of."""
    key = tuple(headers)
    if key not in vocabulary.fits:
        vocabulary.fits[key] = [
            (ledger, score)
            for ledger in LEDGERS.values()
            if (score := _score(ledger, headers, vocabulary))
        ]
    return [Fit(ledger, score) for ledger, score in vocabulary.fits[key]]


def choose(candidates: Iterable[Candidate]) -> tuple[Candidate | None, tuple[str, ...]]:
    """The best of the candidates, the first where several are equal; None where there is none.

    Beside it, the names of other ledgers that the same rows would fit as well.
    """
    best: Candidate | None = None
    equals: list[Candidate] = []
    for candidate in candidates:
        if best is None or candidate.fit.score > best.fit.score:
            best, equals = candidate, []
        elif candidate.fit.score == best.fit.score:
            equals.append(candidate)
    if best is None:
        return None, ()
    rivals = [each.fit.ledger for each in equals if each.top == best.top]
    return best, tuple(ledger.name for ledger in rivals if ledger is not best.fit.ledger)


def _score(
    ledger: Ledger, headers: Sequence[Header], vocabulary: Vocabulary
) -> tuple[int, ...] | None:
    """How many fields are claimed and how many of them the ledger needs; None if it is another."""
    if not any(each.path in vocabulary.known or each.last in vocabulary.known for each in headers):
        return None
    claimed = claim_by_words(vocabulary, ledger, headers)
    if len(claimed) < FEWEST_FIELDS or claimed.isdisjoint(ledger.signature):
        return None
    return len(claimed), sum(field.name in claimed for field in ledger.required())
