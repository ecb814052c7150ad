"""Accounts that do their worst with ad-hoc SQL: what once took memory, the disk, or a thread.

``yanpan bench load`` has them at it beside readers and senders; ``make torture`` asks each alone.
"""

import json
from collections.abc import Callable, Mapping

_DOUBLINGS = ", ".join(
    f"a{n} AS (SELECT t||t AS t FROM a{n - 1 if n else ''})"  # noqa: S608 - of numbers alone
    for n in range(21)
)
#: Each by a way of its own: memory that the engine does not count, functions that hear no
#: interrupt, results without an end, space put aside, a file beside the copy.
QUERIES = (
    "SELECT damerau_levenshtein(repeat('a',28000), repeat('b',28000))",
    "SELECT repeat('x',10000000) FROM range(200)",
    "SELECT levenshtein(repeat('a',700000), repeat('b',700000))",
    "SELECT lpad('x',2000000000,'y')",
    f"WITH a AS (SELECT repeat('x',1000) AS t), {_DOUBLINGS} SELECT length(t), t FROM a20",  # noqa: S608
    "SELECT count(*) FROM (SELECT DISTINCT hash(range), hash(range+1) FROM range(400000000))",
    "EXPLAIN ANALYZE COPY (SELECT repeat('x',10000) FROM range(400000)) "
    "TO 'warehouse.duckdb.wal.recovery' (FORMAT csv)",
    "SELECT * FROM range(10000000) a, range(10000000) b ORDER BY hash(a.range)",
)
#: What is asked beside one of them, by the same account; it is to be refused at once.
ENDLESS = "SELECT count(*) FROM range(10000000000000)"
SIDE_BY_SIDE = 4

#: Status, headers and body of a request: method, path, body, kind.
Ask = Callable[[str, str, bytes, str], tuple[int, Mapping[str, str], bytes]]


def callback(sql: str) -> bytes:
    """What a browser sends when somebody has a query run."""
    body = {
        "output": "query-result.children",
        "outputs": {"id": "query-result", "property": "children"},
        "inputs": [{"id": "query-run", "property": "n_clicks", "value": 1}],
        "state": [{"id": "query-text", "property": "value", "value": sql}],
        "changedPropIds": ["query-run.n_clicks"],
    }
    return json.dumps(body).encode()


def ask_sql(ask: Ask, sql: str) -> str:
    """Have a query run; what is wrong with the answer: all but a refusal in words is."""
    status, _, content = ask("POST", "/_dash-update-component", callback(sql), "application/json")
    if status != 200:
        return f"查询 {sql[:30]}：{status}"
    return "" if b"query-error" in content else f"查询 {sql[:30]}：没有被拒绝"
