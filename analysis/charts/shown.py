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
            parts.append(f"图中节点{words}到期{planned}项，已完成{done}项，未完成{owed}项。")
    return "".join(parts)


def task_note(progress: pd.DataFrame) -> str:
    """Which measures no node can ask anything of, in words; nothing where there are none."""
    idle = int(progress["without_task"].max()) if len(progress) else 0
    return f"另有{idle}项措施没有期限也没有写明数量，各节点均为无定量任务。" if idle else ""
