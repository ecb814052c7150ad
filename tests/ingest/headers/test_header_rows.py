"""A corpus of header rows: each sheet is of its ledger, and each column of its field or unread."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from analysis.ingest.files.sheets import Sheet
from analysis.ingest.headers.columns import claim_by_values
from analysis.ingest.headers.vocabulary import Vocabulary
from analysis.ingest.tables.layout import recognise
from analysis.ledgers import LEDGERS

VOCABULARY = Vocabulary()
RECEIVED = date(2023, 10, 31)
#: The field of a column that no field claims, and the ledger of a sheet that is of none.
NONE = "-"


@dataclass(frozen=True)
class HeaderRow:
    """One line of the corpus: the ledger, and what each column may be."""

    ledger: str
    title: str
    headers: tuple[str, ...]
    fields: tuple[frozenset[str], ...]


def corpus(name: str) -> list[HeaderRow]:
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")
    return [parsed(line) for line in text.splitlines() if line and not line.startswith("#")]


def parsed(line: str) -> HeaderRow:
    ledger, *cells = line.split(" | ")
    title = cells.pop(0).strip("《》") if cells[0].startswith("《") else ""
    pairs = [cell.strip().replace("\\n", "\n").partition(">") for cell in cells]
    return HeaderRow(
        ledger,
        title,
        tuple(header for header, _, _ in pairs),
        tuple(frozenset((fields or NONE).split("/")) for _, _, fields in pairs),
    )


def sheet_of(row: HeaderRow) -> Sheet:
    """The header with its parts below each other; one that is shorter is merged down."""
    paths = [header.split("→") for header in row.headers]
    height = max(map(len, paths))
    rows = [[path[min(level, len(path) - 1)] for path in paths] for level in range(height)]
    title = [[row.title, *[""] * (len(paths) - 1)]] if row.title else []
    return Sheet("Sheet1", [*title, *rows])


def verdicts(row: HeaderRow) -> Iterator[tuple[str, str]]:
    """Each column as «right», «unread» or «wrong», and what was made of it."""
    layout = recognise(sheet_of(row), VOCABULARY)
    name = layout.ledger.name if layout else NONE
    found = [NONE] * len(row.headers)
    if layout:
        columns = claim_by_values(VOCABULARY, layout.ledger, layout.headers, [], RECEIVED)
        found = [column.field.name if column.field else NONE for column in columns]
    for header, field, allowed in zip(row.headers, found, row.fields, strict=True):
        told = f"{header} → {name}.{field}, not {row.ledger}.{'/'.join(sorted(allowed))}"
        if name not in {row.ledger, NONE} and (field != NONE or allowed != {NONE}):
            yield "wrong", told
        elif field in allowed and name == row.ledger:
            yield "right", told
        elif field == NONE:
            yield ("right" if allowed == {NONE} else "unread"), told
        else:
            yield "wrong", told


def report(rows: list[HeaderRow]) -> tuple[Counter[str], list[str]]:
    told = [each for row in rows for each in verdicts(row)]
    return Counter(verdict for verdict, _ in told), [
        f"{verdict}: {text}" for verdict, text in told if verdict != "right"
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        "header_rows.txt",
        "header_rows_blind.txt",
        "header_rows_blind2.txt",
        "header_rows_blind3.txt",
        "header_rows_blind4.txt",
    ],
)
def test_nearly_every_column_is_right_and_none_is_wrong(name: str) -> None:
    counts, others = report(corpus(name))
    assert counts["wrong"] == 0, "\n".join(others)
    assert counts["right"] >= 0.95 * counts.total(), "\n".join(others)


def test_the_corpus_is_large_and_says_only_fields_that_there_are() -> None:
    rows = corpus("header_rows.txt")
    assert len(rows) >= 150
    known = {f"{name}.{field.name}" for name, ledger in LEDGERS.items() for field in ledger}
    told = {f"{row.ledger}.{field}" for row in rows for fields in row.fields for field in fields}
    assert {each for each in told if not each.endswith(NONE)} <= known
