"""``yanpan bench engines``: one SQL file on DuckDB, on DuckDB over Parquet, on Spark; and pandas.

The hazards are those of ``bench metrics``, exported; up to a million in one county, beyond that so
many counties of a million each. Every engine must give the same rows. Spark is this machine's
(``local[*]``), its start not counted; pandas has its rows in memory already, its loading not
counted, and stops at a million, beyond which its objects no longer fit.
"""

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from analysis.errors import YanpanError
from analysis.warehouse.counties.engines import Shown, open_engine
from analysis.warehouse.counties.parquet import export_parquet, list_path
from analysis.warehouse.engine import READ_ONLY
from analysis.warehouse.scope import Scope, standalone_sql
from analysis.warehouse.sql_files import Query, get_metric
from benchmarks.metrics import by_pandas
from benchmarks.metrics.run import growth, make_warehouse
from benchmarks.timing import middle, ratio, seconds_of, spread

SIZES = (100_000, 1_000_000, 10_000_000)
#: Sums over all items, and a list of some: what a roll-up asks of everything.
SUMS = ("overview", "completion", "clarity")
METRICS = (*SUMS, "since")
#: Beyond so many hazards the list is too long to be handed to anybody.
LISTED = 10_000_000
#: The hazards of one county in the larger sizes; beyond it no warehouse and no pandas.
COUNTY = 1_000_000
MEMORY = "1500MB"
#: What the ratios are to.
PARQUET = "DuckDB，Parquet"

DAY = date(2023, 11, 15)

Ask = Callable[[], Any]


def bench_engines(
    rounds: int, say: Callable[[str], None], sizes: Sequence[int] = SIZES
) -> list[dict[str, Any]]:
    """Medians of each metric on each engine at each size, ratios to DuckDB over Parquet.

    Raises:
        YanpanError: two engines do not give the same rows.

    """
    timings: dict[tuple[str, str], dict[int, list[float]]] = {}
    for size in sizes:
        with TemporaryDirectory(prefix="yanpan-bench-") as folder:
            say(f"准备数据：{size:,} 条隐患")
            county, exports = _make(Path(folder), size)
            with _shown(exports) as shown:
                for name in METRICS if size <= LISTED else SUMS:
                    say(f"{size:,} 条：{name}")
                    asks = _asks(shown, county if size <= COUNTY else None, name)
                    for engine, times in _time(asks, rounds).items():
                        timings.setdefault((name, engine), {})[size] = times
    return [_row(name, engine, timings) for name, engine in timings]


def _make(folder: Path, size: int) -> tuple[Path, Path]:
    """A county's warehouse, and the exports of as many such counties as make the size."""
    warehouse, exports = folder / "warehouse.duckdb", folder / "exports"
    make_warehouse(warehouse, min(size, COUNTY))
    export_parquet(warehouse, exports, "模拟县1", "本县")
    for number in range(2, size // COUNTY + 1):
        _copy(exports, "模拟县1", f"模拟县{number}")
    return warehouse, exports


def _copy(exports: Path, one: str, other: str) -> None:
    """Another county with the rows of the first, files of its own."""
    for path in exports.glob(f"*/region={one}"):
        shutil.copytree(path, path.with_name(f"region={other}"))
    said = list_path(exports, one).read_text("utf-8").replace(one, other)
    list_path(exports, other).write_text(said, "utf-8")


@contextmanager
def _shown(exports: Path) -> Iterator[dict[str, Shown]]:
    """Label → the exports as an engine shows them."""
    engines = {PARQUET: open_engine("duckdb", memory=MEMORY)}
    if find_spec("pyspark"):
        engines["Spark 本机"] = open_engine("spark", memory="4g")
    try:
        yield {label: each.show(each.exports(str(exports))) for label, each in engines.items()}
    finally:
        for each in engines.values():
            each.close()


def _asks(shown: Mapping[str, Shown], warehouse: Path | None, name: str) -> dict[str, Ask]:
    """Label → what asks an engine for a metric; what they answer is the same."""
    query, scope = get_metric(name), Scope(DAY)
    asked = standalone_sql(query, scope)
    asks: dict[str, Ask] = {label: partial(each.rows, *asked) for label, each in shown.items()}
    _must_agree(name, asks)
    return asks | (_in_memory(warehouse, query, scope) if warehouse else {})


def _time(asks: Mapping[str, Ask], rounds: int) -> dict[str, list[float]]:
    """Seconds of every round, each engine in its turn."""
    times: dict[str, list[float]] = {label: [] for label in asks}
    for _ in range(rounds):
        for label, ask in asks.items():
            times[label].append(seconds_of(ask))
    return times


def _must_agree(name: str, asks: Mapping[str, Ask]) -> None:
    answers = [ask() for ask in asks.values()]
    if any(answer != answers[0] for answer in answers):
        raise YanpanError(f"{name}：两个引擎的结果不同，测速没有意义。")


def _in_memory(warehouse: Path, query: Query, scope: Scope) -> dict[str, Ask]:
    """The same on the warehouse file, and by pandas where somebody has written it."""
    con = duckdb.connect(str(warehouse), read_only=True, config=READ_ONLY)
    sql = f"FROM {query.name}(DATE '{scope.as_of}')"
    asks: dict[str, Ask] = {"DuckDB，仓库": lambda: con.cursor().execute(sql).fetchall()}
    if query.name == "completion":
        hazards = con.sql(f"SELECT {', '.join(by_pandas.COLUMNS)} FROM hazard").df()  # noqa: S608
        _must_be_completion(by_pandas.completion(hazards, scope.as_of), con.sql(sql).fetchall())
        asks["pandas，已在内存"] = lambda: by_pandas.completion(hazards, scope.as_of)
    return asks


def _must_be_completion(found: Any, rows: Sequence[tuple[Any, ...]]) -> None:
    expected = {tuple(row[:8]) for row in rows if row[0] != "kind"}
    if {tuple(row) for row in found.itertuples(index=False)} != expected:
        raise YanpanError("completion：pandas 的结果不同，测速没有意义。")


def _row(
    name: str, engine: str, timings: Mapping[tuple[str, str], Mapping[int, list[float]]]
) -> dict[str, Any]:
    row: dict[str, Any] = {"指标": name, "引擎": engine}
    times, base = timings[name, engine], timings[name, PARQUET]
    for size in base:
        own = times.get(size)
        row[f"{size:,} 条，秒"] = middle(own) if own else None
        row[f"{size:,} 条，最短–最长"] = spread(own) if own else None
        row[f"{size:,} 条，倍"] = ratio(own, base[size]) if own else None
    row["增长指数"] = growth([(size, middle(each)) for size, each in times.items()])
    return row
