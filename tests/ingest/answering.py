"""The office answers a doubt, and what the warehouse says then."""

from typing import Any

from analysis.ingest.doubts.confirmations import CONFIRMATIONS
from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse


def ask(home: Settings, sql: str, **given: Any) -> list[tuple[Any, ...]]:
    """The rows of a query of what is published."""
    with open_warehouse(home.warehouse) as con:
        return fetch_rows(con, sql, given or None)[1]


def settle(home: Settings, doubt: str, *entries: tuple[str, str]) -> None:
    """Answer a doubt with these entries alone, each a code and the day from which it holds, and
    publish.
    """
    text = "\n".join(
        f'[[confirmation]]\ndoubt = "{doubt}"\nanswer = "{answer}"\nby = "某乙"\non = {on}\n'
        'why = "核对过"\n'
        for answer, on in entries
    )
    (home.raw / CONFIRMATIONS).write_text(text, encoding="utf-8")
    ingest(home)
