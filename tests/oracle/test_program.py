"""The program's figures are those of the oracle, on invented worlds.

Ten worlds in the suite, each on three of its days; ``make oracle`` asks
every day of a hundred. What the two do not say of each other is named here:

- ``vanished``, ``suspect_closure``, ``report_reconciliation`` and ``submission_quality`` are not
  of the oracle: they tell of files (an item left out, a row refused), and worlds send whole lists.
- Columns that are not compared stand in ``NOT_COMPARED`` of ``comparison.py``.
- Worlds with ``hard=True`` (what the words leave open) are not compared.
- Differences on worlds 0 to 26 were looked at when ``Rules`` were set; later ones are the trial.
- The roster is titled 成员单位名录: one called 单位名录, with a 单位类别, is read as one of sites.
- One switch of ``Rules`` is for a fault, not a choice: ``ended_suspension_is_shown``. Of a day
  within a confirmed suspension, asked after its end was reported, the words say that it shows the
  item as it was; the program goes by the newest status: it is overdue again on that day.
"""

import os
from pathlib import Path

import pytest

from tests.oracle.comparison import Tally, compare, publish
from tests.oracle.worlds import world

pytestmark = pytest.mark.slow

WORLDS = int(os.environ.get("ORACLE_WORLDS", "10"))
#: Of a world's days, so many in the suite; all where more worlds are asked for.
DAYS = 3 if WORLDS <= 10 else None


@pytest.mark.parametrize("seed", range(WORLDS))
def test_the_program_says_what_the_oracle_says(seed: int, tmp_path: Path) -> None:
    story, tally = world(seed), Tally()
    step = max(1, len(story.queries) // DAYS) if DAYS else 1
    story.queries = story.queries[seed % step :: step]
    with publish(story, tmp_path) as con:
        compare(story, con, tally)
    assert sum(tally.values.values()) > 1000
    assert not tally.differing, "\n".join(line for lines in tally.shown.values() for line in lines)
