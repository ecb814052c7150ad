"""What is shown of an upload: the columns in which a row says something."""

import pandas as pd

from analysis.intake.readback import _rows
from analysis.ledgers import LEDGERS


def test_a_column_that_no_row_fills_is_not_shown() -> None:
    hazard = LEDGERS["hazard"]
    row = dict.fromkeys(hazard.columns) | {
        "submission_id": "a", "row_no": 4, "site": "甲宾馆", "description": "灭火器过期",
    }  # fmt: skip
    tables = {name: pd.DataFrame(columns=each.columns) for name, each in LEDGERS.items()}
    tables["hazard"] = pd.DataFrame([row, row | {"row_no": 5, "site": None}], dtype=object)
    (shown,) = _rows(tables, ["a"])
    assert shown.heads == ["行", hazard["site"].label, hazard["description"].label]
    assert [values[:2] for values in shown.rows] == [["4", "甲宾馆"], ["5", ""]]
    assert shown.total == 2
