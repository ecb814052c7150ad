"""Value → text: how one value of a column is written for a person."""

from typing import Any

import pandas as pd

from analysis.ledgers.codes import STATUS


def value_text(value: Any, name: str = "") -> str:
    """A value as a person reads it; nothing for nothing."""
    if value is None or pd.isna(value):
        return ""
    if name == "status":
        return STATUS.labels.get(value, str(value))
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    return str(int(value)) if isinstance(value, float) else str(value)
