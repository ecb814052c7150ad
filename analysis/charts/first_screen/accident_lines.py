"""Accidents per month, a panel a region: this year's line and last year's, and what chance makes.

The frames:

- ``months``, one row a region and month of the year: ``region``; ``month_start``; ``accidents`` and
  ``accidents_prev``, missing where nobody has counted – which is no zero;
- ``totals``, one row a region and period: ``region``; ``period`` «1月1日—11月15日（台账）»;
  ``accidents``, ``accidents_prev``, ``deaths``, ``deaths_prev``, missing where unknown; ``chance``,
  what the test of two counts says in words.
"""

from collections.abc import Sequence

import pandas as pd

STYLE = ""


def draw(months: pd.DataFrame, totals: pd.DataFrame, regions: Sequence[str] = ()) -> str:
    """A panel each of ``regions`` in this order, those without any data saying so."""
    raise NotImplementedError
