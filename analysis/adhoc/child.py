"""What the process of one query does: open the warehouse, run the statement, bring its rows.

It is the only thing that happens in that process. What the bounds of a process cannot see is
bounded here: what the engine holds, what it puts aside on the disk, what the answer weighs.
"""

from pathlib import Path
from typing import Any

from analysis.confined import give_way
from analysis.warehouse.engine import Answer, fetch_some, open_warehouse

#: Of the engine: one thread, so that pages have the other cores; what does not fit into the memory
#: goes to the disk, and no more of it than that.
ENGINE: dict[str, Any] = {
    "threads": 1, "memory_limit": "512MB", "max_temp_directory_size": "1GB",
}  # fmt: skip
#: What a query leaves to everybody else: all that they can use.
NICE = 19


def run(path: Path, sql: str, rows: int, most_bytes: int) -> Answer:
    """At most ``rows`` rows of one statement; who began the process ends it when time is up.

    Raises:
        QueryError: it does more than read, is wrong, takes or brings too much.
        WarehouseError: the warehouse cannot be opened.

    """
    give_way(NICE)
    with open_warehouse(path, ENGINE) as con:
        return fetch_some(con, sql, rows, None, most_bytes)
