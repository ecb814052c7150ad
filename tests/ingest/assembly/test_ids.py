"""What rows were called is kept for the next era; what was handed over, by its receiver's name."""

from datetime import date

import pandas as pd

from analysis.ingest.assembly.eras.ids import Ids
from analysis.ingest.versions.identity.joining import HANDED_OVER
from analysis.ingest.versions.identity.naming import Alias
from analysis.ledgers import LEDGERS

HAZARD = LEDGERS["hazard"]
DAY = date(2023, 11, 20)
ROWS = pd.DataFrame(
    [("s1", 4, "甲局", "H-甲局-1"), ("s2", 4, "乙局", "H-甲局-1"), ("s2", 5, "乙局", "H-乙局-8")],
    columns=["submission_id", "row_no", "sender", "name"],
)


def called(*aliases: Alias) -> list[str | None]:
    """How the rows are called in the next era."""
    ids = Ids()
    ids.note(ids.onto(ROWS, HAZARD), HAZARD, aliases)
    return ids.onto(ROWS, HAZARD)["called"].tolist()


def test_a_row_is_called_as_before() -> None:
    assert called() == ["H-甲局-1", "H-甲局-1", "H-乙局-8"]


def test_what_was_handed_over_is_called_as_its_receiver_called_it() -> None:
    """Else the rows of two senders claim one id, and the one who comes second gets another."""
    handed = Alias("H-乙局-1", "H-甲局-1", DAY, HANDED_OVER)
    assert called(handed) == ["H-甲局-1", "H-乙局-1", "H-乙局-8"]
    assert called(Alias("H-乙局-1", "H-甲局-1", DAY, "编号变动")) == called()


def test_a_name_with_hyphens_is_the_units_too() -> None:
    handed = Alias("H-乙局-A-1", "H-甲局-1", DAY, HANDED_OVER)
    assert called(handed)[1] == "H-乙局-A-1"
