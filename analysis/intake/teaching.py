"""What nobody could read → lines for ``learned.toml``, ready but for a person's yes."""

import json
from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches

import duckdb

from analysis.ledgers import LEDGERS, Ledger
from analysis.ledgers.grammar import sentence_of
from analysis.warehouse.engine import fetch_rows

#: Of the newest submissions of each sender: what is old has been mended or will not be.
UNREAD = """
WITH sent AS (
    SELECT *, received_on = max(received_on) OVER (PARTITION BY unit, ledger) AS is_newest
    FROM submission WHERE ledger IS NOT NULL AND withdrawn_on IS NULL
)
SELECT DISTINCT s.ledger, q.rule, q.field, q.value
FROM quality AS q JOIN sent AS s USING (submission_id)
WHERE s.is_newest AND q.value IS NOT NULL AND q.rule IN ('unclaimed_column', 'unreadable')
ORDER BY ALL
"""
#: How headers stand in one finding.
BETWEEN = "｜"
#: Texts this near to a known one are proposed as it.
NEAR_HEADER, NEAR_WORD = 0.5, 0.4
#: A longer cell is prose, and no word.
LONGEST_WORD = 12


def proposals(con: duckdb.DuckDBPyConnection, by: str, on: date) -> list[str]:
    """A line of ``learned.toml`` for each header and each word of a code that was not read.

    Where nothing is near, the line is a comment that names what may be filled in. ``by`` and
    ``on`` are who teaches it and when.
    """
    lines: dict[str, None] = {}
    for name, rule, field, value in fetch_rows(con, UNREAD)[1]:
        ledger = LEDGERS[name]
        found = (
            _headers(ledger, value) if rule == "unclaimed_column" else _word(ledger, field, value)
        )
        for place, said, guess in found:
            lines.setdefault(_line(f"{name}.{place}", said, guess, by, on))
    return list(lines)


def _headers(ledger: Ledger, value: str) -> Iterator[tuple[str, str, str]]:
    """Each unclaimed header with the field that it may be of; pictures and notes are of none."""
    known = {header: field.name for field in ledger for header in field.headers}
    for header in value.split(BETWEEN):
        words = sentence_of(header)
        if words and "OTHER" in words[-1]:
            continue
        near = get_close_matches(header, known, n=1, cutoff=NEAR_HEADER)
        yield (f"{known[near[0]]}.headers" if near else "字段.headers"), header, ""


def _word(ledger: Ledger, name: str, value: str) -> Iterator[tuple[str, str, str]]:
    """A word of a code with the value that it may stand for."""
    codes = next((field.codes for field in ledger if field.name == name), None)
    if codes and len(value) <= LONGEST_WORD:
        near = get_close_matches(value, codes.words, n=1, cutoff=NEAR_WORD)
        yield f"{name}.words", value, codes.words[near[0]] if near else "|".join(codes.labels)


def _line(place: str, said: str, value: str, by: str, on: date) -> str:
    quoted = json.dumps(said, ensure_ascii=False)
    what = f'value = "{value}", ' if value else ""
    line = f"{place}.{quoted} = {{ {what}by = {json.dumps(by, ensure_ascii=False)}, on = {on} }}"
    return f"# {line}" if "字段" in place or "|" in value else line
