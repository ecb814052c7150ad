"""Each township with its sites by colour and what is not done there."""

import pandas as pd

from analysis.briefing.figures import Figures
from analysis.briefing.statements.work import UNSAID
from analysis.charts.first_screen.tiles import LEVELS, UNGRADED

#: What ``completion`` calls the township of items that have none: measures, decisions.
NOT_APPLICABLE = "不适用"


def townships(figures: Figures) -> pd.DataFrame:
    """``township``, a column a colour and 未评定 (家), ``unfinished`` and ``overdue`` (项).

    What is not done is ``total − done`` of ``completion``, so without what stands apart from the
    rates. Sites and hazards whose township nobody wrote have a row of their own, 未填.
    """
    sites = figures.ranking.sites
    colour = sites["colour"].where(sites["colour"].isin(list(LEVELS)), UNGRADED)
    counts = pd.crosstab(sites["township"].fillna(UNSAID), colour)
    owed = _owed(figures).drop(NOT_APPLICABLE, errors="ignore")
    names = counts.index.union(owed.index).rename("township")
    counts = counts.reindex(index=names, columns=list(LEVELS), fill_value=0)
    counts.columns.name = None
    return counts.join(owed.reindex(names, fill_value=0)).reset_index()


def townships_note(figures: Figures) -> str:
    """What of the unfinished items stands on no tile, in words; nothing where all do."""
    owed = _owed(figures).to_dict("index").get(NOT_APPLICABLE)
    if not owed or not owed["unfinished"]:
        return ""
    late = f"（逾期{owed['overdue']}项）" if owed["overdue"] else ""
    return f"另有未完成{owed['unfinished']}项{late}不分乡镇，如三清单、议定事项"


def _owed(figures: Figures) -> pd.DataFrame:
    rows = figures["completion"]
    rows = rows[rows["dimension"].eq("township")].set_index("member")
    return pd.DataFrame({"unfinished": rows["total"] - rows["done"], "overdue": rows["overdue"]})
