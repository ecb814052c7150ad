"""Which rows a chart shows of many, and what it sums up; pages and documents alike."""

import re
from datetime import date

import pandas as pd

#: What is summed up of many members, which is no member itself.
FOLDED = re.compile(r"^其余\d+[个类]$")
PARTS = ("total", "done", "closed", "overdue")
#: The first band of ``ageing`` that is late; before it what is not due, undated, shut down.
FIRST_LATE_BAND = 3


def worst_first(members: pd.DataFrame) -> pd.DataFrame:
    """Members of ``completion`` in the one order of all lists and charts: most overdue first, then
    most unfinished, then by name.
    """
    ordered = members.assign(open=members["total"] - members["done"]).sort_values(
        ["overdue", "open", "member"], ascending=[False, False, True]
    )
    return ordered.drop(columns="open")


def late_bands(bands: pd.DataFrame, most: int) -> pd.DataFrame:
    """Unfinished items, a row a unit in the order of ``worst_first``, a column a ``band_no``.

    ``bands`` are rows of ``ageing`` whose basis is ``late``, without the total. Beyond ``most`` the
    rest is summed into one row that says how many units it holds.
    """
    of_units = bands.groupby("unit")["items"].sum()
    late = bands[bands["band_no"].ge(FIRST_LATE_BAND)].groupby("unit")["items"].sum()
    order = pd.DataFrame({"late": late, "all": of_units}).fillna(0).rename_axis("unit")
    order = order.sort_values(["late", "all", "unit"], ascending=[False, False, True])
    table = bands.pivot_table(
        index="unit", columns="band_no", values="items", aggfunc="sum", fill_value=0
    ).reindex(order.index)
    if len(table) <= most:
        return table
    rest = table.iloc[most - 1 :]
    folded = pd.DataFrame([rest.sum()], index=[f"其余{len(rest)}个"])
    return pd.concat([table.head(most - 1), folded])


def fold_names(names: pd.Series, weights: pd.Series, most: int, counter: str) -> pd.Series:
    """Each name as it is among the ``most`` with the greatest weight; the others are one together.

    Whoever sends a ledger decides how many townships or categories there are: what is drawn of
    them must not grow with it. ``counter`` stands behind the number of the others, «其余9类».
    """
    totals = weights.groupby(names).sum().sort_values(ascending=False, kind="stable")
    if len(totals) <= most:
        return names
    return names.where(
        names.isin(totals.index[: most - 1]), f"其余{len(totals) - most + 1}{counter}"
    )


def fold_rest(members: pd.DataFrame, most: int) -> pd.DataFrame:
    """The first ``most`` members by overdue, then by what is open; the others added up."""
    ordered = worst_first(members)
    if len(ordered) <= most:
        return ordered[["member", *PARTS]]
    top, rest = ordered.head(most - 1), ordered.iloc[most - 1 :]
    folded = {"member": f"其余{len(rest)}个"} | rest[list(PARTS)].sum().to_dict()
    return pd.concat([top, pd.DataFrame([folded])], ignore_index=True)[["member", *PARTS]]


def drawn_nodes(progress: pd.DataFrame, as_of: date, most: int = 12) -> pd.DataFrame:
    """At most so many nodes: a third of them to come, the rest the latest that are past."""
    nodes = progress[progress["node_no"] > 0]
    coming = int((nodes["node_on"] > pd.Timestamp(as_of)).sum())
    end = len(nodes) - max(0, coming - most // 3)
    return nodes.iloc[max(0, end - most) : end]


def node_parts(nodes: pd.DataFrame, is_past: pd.Series) -> dict[str, tuple[pd.Series, str]]:
    """What became of what each node asked: label → counts and the part that it is drawn as.

    The parts add up to what was asked; what is rare is there only where it is.
    """
    rare = {
        "完成时间不明": (nodes["undated_done"], "undated"),
        "停业关停": (nodes["suspended_due"], "suspended"),
    }
    return {
        "按期完成": (nodes["on_time"], "closed"),
        "逾期完成": (nodes["late"], "late_done"),
        "未完成": (nodes["owed"].where(is_past, 0), "overdue"),
        "未到节点": (nodes["owed"].where(~is_past, 0), "open"),
        **{name: part for name, part in rare.items() if part[0].sum()},
    }


def node_note(progress: pd.DataFrame, as_of: date) -> str:
    """What falls due outside the nodes that are drawn, in words; nothing where nothing does."""
    drawn = drawn_nodes(progress, as_of)["node_no"]
    rest = progress[~progress["node_no"].isin(drawn)]
    parts = []
    for words, rows in (
        ("之前", rest[rest["node_no"] < drawn.min()]),
        ("之后", rest[rest["node_no"] > drawn.max()]),
    ):
        planned, done, owed = (int(rows[name].sum()) for name in ("planned", "done", "owed"))
        if planned:
            shut = int(rows["suspended_due"].sum())
            aside = f"，停业关停{shut}项" if shut else ""
            parts.append(f"图中节点{words}到期{planned}项，已完成{done}项，未完成{owed}项{aside}。")
    return "".join(parts)


def task_note(progress: pd.DataFrame) -> str:
    """Which measures no node can ask anything of, in words; nothing where there are none."""
    idle = int(progress["without_task"].max()) if len(progress) else 0
    return f"另有{idle}项措施没有期限也没有写明数量，各节点均为无定量任务。" if idle else ""


#: Members of the chart of times: more cannot be read.
TIMED = 12


def slowest_first(members: pd.DataFrame) -> pd.DataFrame:
    """Rows of ``close_times`` for one ``until`` and one dimension, the longest median first; what
    has none yet stands before them.
    """
    return members.sort_values("median_days", ascending=False, na_position="first")


def times_notes(members: pd.DataFrame, most: int = TIMED) -> list[str]:
    """What the chart of times leaves out, and why a name may say «估计没有过半» beside 12/16."""
    ordered = slowest_first(members)
    rest = ordered["member"].iloc[most:]
    notes = []
    if len(rest):
        names = "、".join(map(str, rest))
        notes.append(f"按中位用时列出最长的{most}个，其余{len(rest)}个单位中位用时较短：{names}。")
    if ordered["median_days"].head(most).isna().any():
        notes.append("“估计没有过半”：首次报来时就已办结的不进估计，所以名后的数可以已经过半。")
    return notes


def published_notes(rows: pd.DataFrame) -> list[str]:
    """What has to be known of published percentages: bases derived, not derivable, not fitting."""
    bases = {base for column in ("accidents_base", "deaths_base") for base in rows[column]}
    is_at_odds = (rows[["accidents_agree", "deaths_agree"]] == False).any(axis=None)  # noqa: E712
    notes = {
        "* 上年同期数没有公布，由公布的同比反推得出，只有这一个整数能得出。": "derived" in bases,
        "有的只公布了同比，上年同期数无法唯一还原，只照公布的显示。": "ambiguous" in bases,
        "有公布的同比与起数、死亡人数对不上，按起数、死亡人数计算，见数据质量。": is_at_odds,
    }
    return [words for words, holds in notes.items() if holds]
