"""``yanpan bench metrics``: each metric beside a query written by hand for the same answer.

Both run in turn on the same warehouse of invented hazards, and must give the same rows; the best
of several rounds counts. How cost grows with rows is the slope of time over rows, both as
logarithms: 1 is linear.
"""

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from analysis.errors import YanpanError
from analysis.warehouse.catalog import metrics
from analysis.warehouse.engine import READ_ONLY
from analysis.warehouse.publish import lay_out

AS_OF = "DATE '2023-11-15'"
SIZES = (100_000, 1_000_000, 10_000_000)
#: A growth below this is linear but for noise.
LINEAR = 1.1

#: Invented hazards: one in ten open, a third waiting for acceptance, five to a site, one in a
#: hundred copied from the one before, each sent on one of twenty days.
HAZARDS = """
INSERT INTO hazard BY NAME
SELECT
    'H-' || i AS item_id, 'YH' || i AS hazard_no,
    DATE '2022-11-15' + CAST(i * 7919 % 360 AS INTEGER) AS found_on,
    ['双随机', '专项检查', '交叉互检'][1 + i % 3] AS source,
    '模拟场所' || (i % (1 + {rows} // 5)) AS site, ['宾馆', '网吧', '景区'][1 + i % 3] AS site_kind,
    '模拟乡镇' || (i % 13) AS township,
    '灭火器压力不足，编号' || (i - i % 100 // 99) || '，需要立即更换' AS description,
    ['消防设施', '疏散通道', '用电用火', '燃气'][1 + i // 7 % 4] AS category,
    CASE WHEN i % 33 = 0 THEN '重大' ELSE '一般' END AS level, '模拟单位' || (i % 26) AS unit,
    CASE WHEN i % 20 <> 0 THEN '责任人' || (i % 300) END AS person, '更换并登记' AS measure,
    '限期整改' AS rect_type, found_on + 20 AS due_on, i % 50 = 0 AS supervised,
    CASE
        WHEN i % 10 = 0 THEN 'in_progress' WHEN i % 3 = 0 THEN 'done' ELSE 'closed'
    END AS status,
    CASE WHEN i % 10 <> 0 THEN found_on + CAST(i % 24 AS INTEGER) END AS done_on,
    CASE WHEN status = 'closed' THEN done_on + 3 END AS accepted_on,
    CASE WHEN status = 'closed' THEN '验收人' || (i % 50) END AS accepted_by,
    accepted_on AS closed_on, '本县' AS region, 's' || (i % 100) AS submission_id,
    '台账' AS sheet, i AS row_no, DATE '2023-01-15' + CAST(i % 20 AS INTEGER) * 15 AS known_from
FROM range({rows}) AS numbers (i)
"""
SUBMISSIONS = """
INSERT INTO submission BY NAME
SELECT 's' || i AS submission_id, '模拟数据_' || i || '.xlsx' AS path, '台账' AS sheet,
    'hazard' AS ledger, '模拟单位' || (i % 26) AS unit, DATE '2023-11-01' AS received_on,
    TRUE AS is_simulated
FROM range(100) AS numbers (i)
"""

#: What somebody would write who knows these very data: no history, no void, no standing items.
_DONE = f"(h.done_on <= {AS_OF} AND h.status <> 'in_progress')"
_CLOSED = f"(h.accepted_on <= {AS_OF} AND h.accepted_by IS NOT NULL)"
_LATE = f"(h.due_on < {AS_OF} AND NOT {_DONE})"
_KNOWN = f"FROM hazard AS h WHERE least(h.found_on, h.known_from) <= {AS_OF} AND h.known_to IS NULL"
BY_HAND = {
    "overview": f"""
        SELECT count(*), count(*) FILTER (WHERE {_DONE}), count(*) FILTER (WHERE {_CLOSED}),
            count(*) FILTER (WHERE h.due_on < {AS_OF}),
            count(*) FILTER (WHERE h.due_on < {AS_OF} AND {_DONE} AND h.done_on <= h.due_on),
            count(*) FILTER (WHERE {_LATE})
        {_KNOWN}""",
    "completion": f"""
        SELECT CASE
                WHEN grouping(h.unit) = 0 THEN 'unit' WHEN grouping(h.township) = 0 THEN 'township'
                WHEN grouping(h.site_kind) = 0 THEN 'site_kind'
                WHEN grouping(h.category) = 0 THEN 'category'
                WHEN grouping(h.rect_type) = 0 THEN 'rect_type'
                WHEN grouping(h.level) = 0 THEN 'level'
                WHEN grouping(h.supervised) = 0 THEN 'supervised' ELSE 'all' END,
            count(*), count(*) FILTER (WHERE {_DONE}), count(*) FILTER (WHERE {_CLOSED}),
            count(*) FILTER (WHERE h.due_on < {AS_OF}),
            count(*) FILTER (WHERE h.due_on < {AS_OF} AND {_DONE} AND h.done_on <= h.due_on),
            count(*) FILTER (WHERE {_LATE})
        {_KNOWN}
        GROUP BY GROUPING SETS ((), (h.unit), (h.township), (h.site_kind), (h.category),
            (h.rect_type), (h.level), (h.supervised))""",
    "overdue": f"""
        SELECT h.item_id, concat_ws('：', h.site, h.description), h.unit, h.person, h.township,
            h.site, h.level, h.supervised, least(h.found_on, h.known_from), h.due_on,
            date_diff('day', h.due_on, {AS_OF}) AS days_late, s.path, h.sheet, h.row_no
        FROM hazard AS h LEFT JOIN submission AS s USING (submission_id)
        WHERE least(h.found_on, h.known_from) <= {AS_OF} AND h.known_to IS NULL AND {_LATE}
        ORDER BY days_late DESC, h.unit, h.item_id""",  # noqa: S608 - constants alone
    "due_soon": f"""
        SELECT h.item_id, concat_ws('：', h.site, h.description), h.unit, h.person, h.due_on,
            date_diff('day', {AS_OF}, h.due_on) AS days_left, s.path, h.sheet, h.row_no
        FROM hazard AS h LEFT JOIN submission AS s USING (submission_id)
        WHERE least(h.found_on, h.known_from) <= {AS_OF} AND h.known_to IS NULL AND NOT {_DONE}
            AND h.due_on BETWEEN {AS_OF} AND {AS_OF} + 7
        ORDER BY days_left, h.unit, h.item_id""",  # noqa: S608 - constants alone
    "hazard_mix": f"""
        SELECT CASE
                WHEN grouping(h.category) = 0 AND grouping(h.township) = 0 THEN 'township_category'
                WHEN grouping(h.category) = 0 AND grouping(h.site_kind) = 0
                    THEN 'site_kind_category'
                WHEN grouping(h.category) = 0 THEN 'category'
                WHEN grouping(h.level) = 0 THEN 'level'
                WHEN grouping(h.site_kind) = 0 THEN 'site_kind'
                WHEN grouping(h.township) = 0 THEN 'township' ELSE 'source' END,
            count(*), count(*) FILTER (WHERE NOT {_DONE}), count(*) FILTER (WHERE {_LATE})
        {_KNOWN}
        GROUP BY GROUPING SETS ((h.category), (h.level), (h.site_kind), (h.township), (h.source),
            (h.township, h.category), (h.site_kind, h.category))""",
    "clarity": f"""
        SELECT h.unit, count(*), count(h.person), count(h.unit), count(h.due_on),
            count(*) FILTER (
                WHERE h.person IS NOT NULL AND h.unit IS NOT NULL AND h.due_on IS NOT NULL
            )
        {_KNOWN} GROUP BY GROUPING SETS ((), (h.unit))""",
}
#: The columns of a metric that its query by hand gives, to compare the two.
SAME = {
    "overview": "total, done, closed, due, on_time, overdue",
    "completion": "dimension, total, done, closed, due, on_time, overdue",
    "overdue": "item_id, title, unit, person, township, site, level, supervised, opened_on, "
    "due_on, days_late, path, sheet, row_no",
    "due_soon": "item_id, title, unit, person, due_on, days_left, path, sheet, row_no",
    "hazard_mix": "dimension, items, open_items, overdue_items",
    "clarity": "unit, items, with_person, with_unit, with_deadline, clear",
}


@dataclass(frozen=True, slots=True)
class Timing:
    """Best seconds of a metric and of the query by hand, where there is one."""

    metric: float
    by_hand: float | None


def bench_metrics(
    rounds: int, say: Callable[[str], None], sizes: Sequence[int] = SIZES
) -> list[dict[str, Any]]:
    """Measure every metric at every size; one row a metric, with seconds, ratios and growth.

    Raises:
        YanpanError: a metric and its query by hand do not give the same rows.

    """
    timings: dict[str, dict[int, Timing]] = {name: {} for name in metrics()}
    for size in sizes:
        with TemporaryDirectory(prefix="yanpan-bench-") as folder:
            path = Path(folder) / "warehouse.duckdb"
            say(f"准备数据：{size} 条隐患")
            make_warehouse(path, size)
            with duckdb.connect(str(path), read_only=True, config=READ_ONLY) as con:
                for name in metrics():
                    say(f"{size} 条：{name}")
                    timings[name][size] = _time(con, name, rounds)
    return [_row(name, timing) for name, timing in timings.items()]


def make_warehouse(path: Path, rows: int) -> None:
    """Publish a warehouse of so many invented hazards, made by the engine itself."""
    with duckdb.connect() as con:
        lay_out(con, path)
        con.execute(HAZARDS.format(rows=rows))
        con.execute(SUBMISSIONS)
        con.execute("CHECKPOINT part")


def _time(con: duckdb.DuckDBPyConnection, name: str, rounds: int) -> Timing:
    own, by_hand = f"FROM {name}({AS_OF})", BY_HAND.get(name)
    if by_hand:
        _must_agree(con, name, own, by_hand)
    best: dict[str, float] = {}
    for _ in range(rounds):
        for sql in filter(None, (own, by_hand)):
            started = time.perf_counter()
            # The answer is made whole and stays in the engine: handing it over is no part of it.
            con.execute(f"CREATE OR REPLACE TEMP TABLE answer AS {sql}")
            best[sql] = min(best.get(sql, math.inf), time.perf_counter() - started)
    return Timing(best[own], best[by_hand] if by_hand else None)


def _must_agree(con: duckdb.DuckDBPyConnection, name: str, own: str, by_hand: str) -> None:
    columns = SAME[name]
    if name == "clarity":
        columns = columns.replace("unit,", "nullif(unit, '全部') AS unit,", 1)
    kept = "WHERE dimension <> 'kind'" if name == "completion" else ""
    ours, theirs = f"SELECT {columns} {own} {kept}", f"({by_hand})"
    if con.execute(f"FROM ({ours}) EXCEPT ALL FROM {theirs} LIMIT 1").fetchall():
        raise YanpanError(f"{name} 和手写的查询结果不同，测速没有意义。")
    if con.execute(f"FROM {theirs} EXCEPT ALL FROM ({ours}) LIMIT 1").fetchall():
        raise YanpanError(f"{name} 和手写的查询结果不同，测速没有意义。")


def _row(name: str, timing: dict[int, Timing]) -> dict[str, Any]:
    row: dict[str, Any] = {"指标": name}
    for size, each in timing.items():
        row[f"{size:,} 条，秒"] = round(each.metric, 3)
        row[f"{size:,} 条，手写的几倍"] = (
            round(each.metric / each.by_hand, 2) if each.by_hand else None
        )
    row["增长指数"] = growth([(size, each.metric) for size, each in timing.items()])
    return row


def growth(points: Sequence[tuple[int, float]]) -> float | None:
    """The slope of log time over log rows, by least squares; None for a single size."""
    if len(points) < 2:
        return None
    logs = [(math.log(rows), math.log(seconds)) for rows, seconds in points]
    mean_x = sum(x for x, _ in logs) / len(logs)
    mean_y = sum(y for _, y in logs) / len(logs)
    over = sum((x - mean_x) * (y - mean_y) for x, y in logs)
    return round(over / sum((x - mean_x) ** 2 for x, _ in logs), 2)
