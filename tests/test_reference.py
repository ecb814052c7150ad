"""The reference pages are what the program would write now."""

import pytest

from analysis.ledgers import LEDGERS
from analysis.reference import DOCS, PAGES
from analysis.warehouse.sql_files import metrics, relations


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_up_to_date(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == PAGES[name](), "run make docs"


def test_every_table_column_and_metric_is_there() -> None:
    dictionary, definitions = (page() for page in PAGES.values())
    for ledger in LEDGERS.values():
        assert f"## {ledger.label} `{ledger.name}`" in dictionary
        assert all(f"| `{field.name}` | {field.label} |" in dictionary for field in ledger)
    assert all(f"`{name}`" in definitions for name in (*metrics(), *relations()))
