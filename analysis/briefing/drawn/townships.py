"""Each township, or county of a roll-up, with its sites by colour and what is not done there."""

from collections import Counter
from collections.abc import Collection

import pandas as pd

from analysis.briefing.figures import Figures
from analysis.briefing.statements.work import UNSAID
from analysis.charts.first_screen.tiles import LEVELS, UNGRADED
from analysis.charts.first_screen.township_map import Ring
from analysis.errors import SettingsError

#: What ``completion`` calls the township of items that have none: measures, decisions.
NOT_APPLICABLE = "不适用"


def townships(figures: Figures) -> pd.DataFrame:
    """``member``, a column a colour and 未评定 (家), ``unfinished`` and ``overdue`` (项).

    What is not done is ``total − done`` of ``completion``, so without what stands apart from the
    rates. Sites and hazards whose township nobody wrote have a row of their own, 未填, while
    anything is to be told of them.
    """
    owed = _owed(figures).drop(NOT_APPLICABLE, errors="ignore")
    rows = _coloured(figures, "township", owed)
    is_told = rows.drop(columns="member").any(axis="columns")
    return rows[is_told | rows["member"].ne(UNSAID)].reset_index(drop=True)


def regions(figures: Figures) -> pd.DataFrame:
    """The counties of a roll-up as ``townships``, those with most overdue on top."""
    items = figures["item_wall"]
    items = items[items["is_counted"] & ~items["is_done"]]
    late = items["items"].where(items["is_overdue"], 0)
    owed = pd.DataFrame({"unfinished": items["items"], "overdue": late})
    owed = owed.groupby(items["region"].fillna(UNSAID)).sum()
    rows = _coloured(figures, "region", owed)
    return rows.sort_values(
        ["overdue", "unfinished", "member"], ascending=[False, False, True], ignore_index=True
    )


def _coloured(figures: Figures, by: str, owed: pd.DataFrame) -> pd.DataFrame:
    """The sites of each member of a dimension by colour, beside what is owed there."""
    sites = figures.ranking.sites
    colour = sites["colour"].where(sites["colour"].isin(list(LEVELS)), UNGRADED)
    counts = pd.crosstab(sites[by].fillna(UNSAID), colour)
    names = counts.index.union(owed.index).rename("member")
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


def outlines(figures: Figures, names: Collection[str]) -> dict[str, list[Ring]]:
    """Township → the rings of its shape on the office's own map; nothing where it has no map.

    Maps call the field of the name as they like: it is the one in which most townships are found.
    A shape that is none of them keeps the name that this field gives it.

    Raises:
        SettingsError: no shape has the name of a township.

    """
    shapes = figures.settings.shapes
    fields = Counter(
        field for shape in shapes for field, name in shape.names.items() if name in names
    )
    if shapes and not fields:
        raise SettingsError(
            f"{figures.settings.township_map} 里没有一个图形是台账里的乡镇，"
            f"请把图形的名称写成与台账一致（如 {min(names, default='城关镇')}）。"
        )
    found: dict[str, list[Ring]] = {}
    for shape in shapes:
        (field, _), *_ = fields.most_common(1)
        name = shape.names.get(field) or next(iter(shape.names.values()))
        found.setdefault(name, []).extend(shape.rings)
    return found


def _owed(figures: Figures) -> pd.DataFrame:
    rows = figures["completion"]
    rows = rows[rows["dimension"].eq("township")].set_index("member")
    return pd.DataFrame({"unfinished": rows["total"] - rows["done"], "overdue": rows["overdue"]})
