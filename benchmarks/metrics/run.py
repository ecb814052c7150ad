"""``yanpan bench metrics``: each metric beside a query written by hand for the same answer.

The queries by hand are those of ``by_hand.py``. Both run in turn on the same warehouse of invented
hazards, and must give the same rows; the median of several rounds counts. How cost grows with rows
is the slope of time over rows, both as logarithms: 1 is linear.
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
from analysis.warehouse.engine import READ_ONLY
from analysis.warehouse.publish import lay_out
from analysis.warehouse.sql_files import metrics
from benchmarks.metrics.by_hand import BY_HAND, SAME
from benchmarks.metrics.hand_parts import AS_OF
from benchmarks.timing import middle, ratio, spread

SIZES = (100_000, 1_000_000, 10_000_000)
#: What the first page asks for, beside one reading of all items for each of them.
TOGETHER = ("overview", "completion", "overdue")
SCAN = f"SELECT max(COLUMNS(*)) FROM items({AS_OF})"  # noqa: S608 - a constant
#: A growth below this is linear but for noise.
LINEAR = 1.1

#: Invented hazards: one in ten open, a third waiting for acceptance, five to a site, one in a
#: hundred copied from the one before, some void, without end, extended or done without a day;
#: each sent on one of twenty days.
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
    CASE WHEN i % 50 = 1 THEN '长期坚持' ELSE '限期整改' END AS rect_type,
    CASE WHEN i % 50 <> 1 THEN found_on + 20 END AS due_on,
    CASE WHEN i % 40 = 2 THEN due_on + 30 END AS extended_due_on, i % 50 = 0 AS supervised,
    CASE
        WHEN i % 100 = 3 THEN 'void' WHEN i % 10 = 0 THEN 'in_progress'
        WHEN i % 3 = 0 THEN 'done' ELSE 'closed'
    END AS status,
    CASE
        WHEN status IN ('done', 'closed') AND i % 60 <> 4 THEN found_on + CAST(i % 24 AS INTEGER)
    END AS done_on,
    CASE WHEN status = 'closed' THEN done_on + 3 END AS accepted_on,
    CASE WHEN status = 'closed' THEN '验收人' || (i % 50) END AS accepted_by,
    accepted_on AS closed_on,
    CASE
        WHEN status <> 'closed' THEN NULL WHEN i % 33 = 0 THEN 'record'
        WHEN i % 13 = 0 THEN 'claimed' WHEN i % 17 = 0 THEN 'self' ELSE 'ledger'
    END AS closure,
    '本县' AS region, 's' || (i % 100) AS submission_id,
    '台账' AS sheet, i AS row_no, DATE '2023-01-15' + CAST(i % 20 AS INTEGER) * 15 AS known_from,
    CASE WHEN i % 20 IN (7, 9) THEN known_from - 15 END AS first_known_on,
    CASE
        WHEN i % 20 IN (7, 9) AND status IN ('done', 'closed') THEN known_from
    END AS said_done_since,
    CASE WHEN said_done_since IS NOT NULL THEN known_from - 15 END AS said_open_until
FROM range({rows}) AS numbers (i)
"""
#: One hazard in ten was sent before, as not yet done, half of them for an earlier day.
PAST = """
INSERT INTO hazard BY NAME
SELECT * REPLACE (
    'in_progress' AS status, NULL AS done_on, NULL AS accepted_on, NULL AS accepted_by,
    CASE WHEN row_no % 20 = 7 THEN due_on - 10 ELSE due_on END AS due_on, NULL AS extended_due_on,
    NULL AS closed_on, NULL AS closure, NULL AS said_done_since, NULL AS said_open_until,
    known_from - 15 AS known_from, known_from AS known_to
)
FROM hazard WHERE row_no % 20 IN (7, 9)
"""
#: A measure that was withdrawn: it gives the calendar of nodes, and counts nowhere.
PLAN = """
INSERT INTO measure BY NAME
SELECT 'M-1-1' AS item_id, '1-1' AS sub_no, '模拟措施' AS sub_measure, 'void' AS status,
    DATE '2023-10-15' AS first_node_on, 15 AS node_days, DATE '2023-12-29' AS due_on,
    '本县' AS region, 's0' AS submission_id, '清单' AS sheet, 4 AS row_no,
    DATE '2023-09-30' AS known_from
"""
#: The calendar of its nodes, which runs to the last deadline of all.
CALENDAR = """
INSERT INTO node_calendar BY NAME
SELECT '本县' AS region, DATE '2023-10-15' AS first_node_on, 15 AS node_days,
    max(coalesce(extended_due_on, due_on)) AS last_due_on, DATE '2023-01-15' AS known_from
FROM hazard WHERE status <> 'void'
"""
#: Half-monthly reports of all units, whose totals are mostly not those of the ledger.
REPORTS = """
INSERT INTO half_month BY NAME
SELECT '模拟单位' || (i % 26) AS unit, start_on AS period_start,
    CASE
        WHEN day(start_on) = 1 THEN start_on + 14 ELSE last_day(start_on)
    END AS period_end,
    period_end + 5 AS due_on, period_end + 3 AS submitted_on, i AS hazards_found,
    i AS hazards_done, 1 AS major_found, 0 AS major_closed, '本县' AS region,
    's1' AS submission_id, '半月报' AS sheet, i AS row_no, DATE '2023-11-01' AS known_from
FROM (
    SELECT i, CAST(
        DATE '2023-01-01' + INTERVAL (i // 52) MONTH + INTERVAL (i // 26 % 2 * 15) DAY AS DATE
    ) AS start_on
    FROM range(26 * 20) AS numbers (i)
)
"""
SUBMISSIONS = """
INSERT INTO submission BY NAME
SELECT 's' || i AS submission_id, '模拟数据_' || i || '.xlsx' AS path, '台账' AS sheet,
    'hazard' AS ledger, '模拟单位' || (i % 26) AS unit, DATE '2023-11-01' AS received_on,
    TRUE AS is_simulated
FROM range(100) AS numbers (i)
"""


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of a metric in each round, and of what it is set beside where there is such."""

    metric: list[float]
    by_hand: list[float] | None


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
                scan = _times(con, [SCAN], rounds)[SCAN]
            each = [timings[name][size].metric for name in TOGETHER]
            timings.setdefault("、".join(TOGETHER), {})[size] = Timing(
                [sum(times) for times in zip(*each, strict=True)],
                [seconds * len(TOGETHER) for seconds in scan],
            )
    return [_row(name, timing) for name, timing in timings.items()]


def make_warehouse(path: Path, rows: int) -> None:
    """Publish a warehouse of so many invented hazards, made by the engine itself."""
    with duckdb.connect() as con:
        lay_out(con, path)
        con.execute(HAZARDS.format(rows=rows))
        con.execute(PAST)
        for rest in (PLAN, CALENDAR, REPORTS, SUBMISSIONS):
            con.execute(rest)
        con.execute("CHECKPOINT part")


def _time(con: duckdb.DuckDBPyConnection, name: str, rounds: int) -> Timing:
    own, by_hand = f"FROM {name}({AS_OF})", BY_HAND.get(name)
    if by_hand:
        _must_agree(con, name, own, by_hand)
    times = _times(con, [sql for sql in (own, by_hand) if sql], rounds)
    return Timing(times[own], times[by_hand] if by_hand else None)


def _times(
    con: duckdb.DuckDBPyConnection, queries: Sequence[str], rounds: int
) -> dict[str, list[float]]:
    """The seconds of each query in each round, asked in turn; the first asking is not counted."""
    times: dict[str, list[float]] = {sql: [] for sql in queries}
    for number in range(rounds + 1):
        for sql in queries:
            started = time.perf_counter()
            # The answer is made whole and stays in the engine: handing it over is no part of it.
            con.execute(f"CREATE OR REPLACE TEMP TABLE answer AS {sql}")
            if number:
                times[sql].append(time.perf_counter() - started)
    return times


def _must_agree(con: duckdb.DuckDBPyConnection, name: str, own: str, by_hand: str) -> None:
    columns = SAME[name]
    kept = "WHERE dimension <> 'kind'" if name in {"completion", "close_times"} else ""
    ours, theirs = f"SELECT {columns} {own} {kept}", f"({by_hand})"
    if con.execute(f"FROM ({ours}) EXCEPT ALL FROM {theirs} LIMIT 1").fetchall():
        raise YanpanError(f"{name} 和手写的查询结果不同，测速没有意义。")
    if con.execute(f"FROM {theirs} EXCEPT ALL FROM ({ours}) LIMIT 1").fetchall():
        raise YanpanError(f"{name} 和手写的查询结果不同，测速没有意义。")


def _row(name: str, timing: dict[int, Timing]) -> dict[str, Any]:
    row: dict[str, Any] = {"指标": name}
    for size, each in timing.items():
        row[f"{size:,} 条，秒"] = middle(each.metric)
        row[f"{size:,} 条，最短–最长"] = spread(each.metric)
        row[f"{size:,} 条，手写的几倍"] = ratio(each.metric, each.by_hand or [])
    row["增长指数"] = growth([(size, middle(each.metric)) for size, each in timing.items()])
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
