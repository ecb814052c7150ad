"""Which rows a chart shows of many, and what it sums up; pages and documents alike."""

from datetime import date

import pandas as pd

PARTS = ("total", "done", "closed", "overdue")


def fold_rest(members: pd.DataFrame, most: int) -> pd.DataFrame:
    """The first ``most`` members by overdue, then by what is open; the others added up."""
    ordered = members.assign(open=members["total"] - members["done"]).sort_values(
        ["overdue", "open", "total", "member"], ascending=[False, False, False, True]
    )
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
