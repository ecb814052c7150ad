"""Ledgers as units make them, written without a look at this program: what they say is read.

Each batch was measured once before anything was mended after it; what it showed was then mended.
"""

import pytest

from tests.ingest.ledgers_made_blind import BATCHES, Score, score, truths


@pytest.mark.slow
@pytest.mark.parametrize("batch", sorted(path.name for path in BATCHES.iterdir()))
def test_what_ledgers_of_strangers_say_is_read(batch: str) -> None:
    total = Score()
    for truth in truths(batch):
        score(truth, total)
    shown = "\n".join(total.faults)
    assert total.ghosts == 0, shown
    assert total.found >= 0.99 * total.records, shown
    assert total.field_recall >= 0.95, shown
