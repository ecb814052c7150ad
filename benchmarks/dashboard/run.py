"""``yanpan bench dashboard``: the first page, a change of filter, many viewers at once.

The dashboard runs as ``yanpan serve`` runs it, on a warehouse of invented hazards; beside it runs
the least that Dash can show, one chart and one grid. A change of filter is set beside the time
that its queries alone take on an open connection.
"""

import http.client
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

from analysis.errors import YanpanError
from analysis.settings import Settings
from analysis.warehouse.client import Warehouse
from benchmarks.dashboard.browser import ONE_ROW, Look, look_at
from benchmarks.dashboard.peers import ALIKE, PEERS, peer
from benchmarks.dashboard.weight import rows_of, weigh
from benchmarks.metrics.run import make_warehouse
from benchmarks.timing import ratio, seconds_of
from dashboards.app import page
from dashboards.serving import page_cache
from dashboards.serving.data import Data

DAY = date(2023, 11, 15)
SIZE, VIEWERS, LOOKS = 1_000_000, 200, 5
#: So many different scopes are asked for by the viewers, each with its own filters.
SCOPES = 20
LEAST = "最简单的 Dash 页面"
#: Beside whom the first page, and a filter, have a limit.
LIMITS = {LEAST: ("≤ 0.7 倍", "—"), ALIKE: ("—", "≤ 1.0 倍")}
BARE = """
import sys
import dash, dash_ag_grid, plotly.graph_objects as go, waitress
from dash import Input, Output, dcc, html
app = dash.Dash(__name__, serve_locally=True, suppress_callback_exceptions=True)
units = [f"模拟单位{n}" for n in range(26)]
app.layout = html.Div([dcc.Location(id="at", refresh=False), dcc.Dropdown(units, id="unit"),
    html.Div(id="page")])
@app.callback(Output("page", "children"), Input("at", "search"), Input("unit", "value"))
def show(search, unit):
    chosen = [unit] if unit else units
    figure = go.Figure(go.Bar(y=chosen, x=list(range(len(chosen))), orientation="h"),
        {"template": "none"})
    rows = [{"a": n, "b": f"row {n}"} for n in range(1000)]
    return [dcc.Graph(figure=figure), dash_ag_grid.AgGrid(
        rowData=rows, columnDefs=[{"field": "a"}, {"field": "b"}])]
server = waitress.create_server(app.server, host="127.0.0.1", port=0, threads=8)
print(f"http://127.0.0.1:{server.effective_port}/", flush=True)
server.run()
"""


@dataclass
class Recording(Data):
    """A warehouse that remembers what it was asked and could not answer from memory."""

    settings: Settings
    asked: list[Callable[[Warehouse], Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin like any other."""
        super().__init__(self.settings)

    def _ask(
        self, content: Any, share: Any, question: Callable[..., Any], arguments: tuple[Any, ...],
        *named: tuple[str, Any],
    ) -> Any:  # fmt: skip
        self.asked.append(lambda warehouse: question(warehouse, *arguments, **dict(named)))
        return super()._ask(content, share, question, arguments, *named)


def bench_dashboard(
    rounds: int, say: Callable[[str], None], size: int = SIZE, viewers: int = VIEWERS,
    peers: str | None = None,
) -> list[dict[str, Any]]:  # fmt: skip
    """Measure all three; one row each, in milliseconds, with what it is set beside.

    ``peers`` is a Python that has Streamlit and Vizro, which then show the same file beside us.

    Raises:
        YanpanError: a server does not start.

    """
    with TemporaryDirectory(prefix="yanpan-bench-") as folder:
        settings = Settings(home=Path(folder))
        settings.warehouse.parent.mkdir(parents=True)
        settings.raw.mkdir(parents=True)
        say(f"准备数据：{size} 条隐患")
        make_warehouse(settings.warehouse, size)
        say("筛选变化")
        rows = filter_changes(settings, rounds)
        command = [sys.executable, "-m", "analysis.cli", "serve", "--port", "0", "--home", folder]
        with served(command, "看板已就绪：") as own:
            say("首页，筛选单位")
            with ExitStack() as stack:
                at = f"{own}/?as_of={DAY}"
                shown = {
                    "own": Look(
                        at, (".wall .sq", ".kpi-line"), "#overview-wall", "#shell-unit",
                        panel="summary.scope-button", is_narrowed=ONE_ROW,
                    )
                }  # fmt: skip
                bare = stack.enter_context(served([sys.executable, "-c", BARE], "http"))
                shown[LEAST] = Look(bare)
                for name in PEERS if peers else [ALIKE]:
                    python = sys.executable if name == ALIKE else peers or ""
                    beside = peer(python, name, settings.warehouse, Path(folder))
                    shown[name] = stack.enter_context(beside)
                rows += in_browser(shown, rounds)
                say("首页的字节")
                rows += [_row_of(each) for each in rows_of(weigh(shown), "own")]
            say("筛选变化，再次")
            rows.append(seen_before(own, rounds))
            say(f"{viewers} 人同时看")
            rows.append(many_viewers(own, viewers))
        return rows


def filter_changes(settings: Settings, rounds: int) -> list[dict[str, Any]]:
    """Choosing a unit that nobody chose before, on the first page, beside its queries alone."""
    cold, alone = [], []
    data = Recording(settings)
    page(data, "/", f"?as_of={DAY}")  # the page that the filter is changed on
    for number in range(rounds):
        search = f"?as_of={DAY}&unit={quote(f'模拟单位{number}')}"
        data.asked.clear()
        cold.append(seconds_of(lambda: page(data, "/", search)))  # noqa: B023 - called at once
        asked = list(data.asked)
        with Warehouse(settings.warehouse) as warehouse:
            alone.append(seconds_of(lambda: [ask(warehouse) for ask in asked]))  # noqa: B023
    return [_row("筛选变化，首次", cold, alone, "≤ 1.5 倍（其查询单独所用的时间）")]


def seen_before(address: str, rounds: int) -> dict[str, Any]:
    """The same choice again, of the server as it is served."""
    host = address.removeprefix("http://")
    search = f"?as_of={DAY}&unit={quote('模拟单位7')}"
    _look(host, search)
    return _row(
        "筛选变化，再次", [_look(host, search)[0] for _ in range(rounds)], None, "≤ 30 毫秒"
    )


def in_browser(shown: Mapping[str, Look], rounds: int) -> list[dict[str, Any]]:
    """The first page and a filter in a browser; ``own`` is set beside each of the others."""
    seen = look_at(shown, rounds)
    own = seen.pop("own")
    rows = []
    for name, other in seen.items():
        first, narrowed = LIMITS.get(name, ("—", "—"))
        rows.append(_row(f"首页，浏览器中，相比 {name}", own.first, other.first, first))
        rows.append(
            _row(f"筛选单位，浏览器中，相比 {name}", own.narrowed, other.narrowed, narrowed)
        )
    return rows


def many_viewers(address: str, viewers: int) -> dict[str, Any]:
    """So many people who look at once, each at some scopes one after the other."""
    host = address.removeprefix("http://").rstrip("/")
    searches = [f"?as_of={DAY}&unit={quote(f'模拟单位{n}')}" for n in range(SCOPES)]
    for search in searches:
        _look(host, search)  # the day's first viewer has seen each
    with ThreadPoolExecutor(viewers) as pool:
        looks = [each for some in pool.map(lambda n: _looks(host, searches, n), range(viewers))
                 for each in some]  # fmt: skip
    times = [seconds for seconds, is_right in looks if is_right]
    errors = len(looks) - len(times)
    return _row_of(
        {
            "情形": f"{viewers} 人同时看，各看 {LOOKS} 次，次间隔约 3 秒",
            "毫秒": round(1000 * median(times)),
            "九十五分位毫秒": round(1000 * quantiles(times, n=20)[-1]),
            "出错": errors,
            "要求": "九十五分位 < 500 毫秒，不出错",
        }
    )


def _looks(host: str, searches: Sequence[str], viewer: int) -> list[tuple[float, bool]]:
    draw = random.Random(viewer)  # noqa: S311 - a simulation, no secret
    found = []
    time.sleep(draw.uniform(0, 3))
    for _ in range(LOOKS):
        found.append(_look(host, draw.choice(searches)))
        time.sleep(draw.uniform(2, 4))  # a person reads
    return found


def _look(host: str, search: str) -> tuple[float, bool]:
    """Seconds until the page's body is there, and whether it is the right one."""
    started = time.perf_counter()
    connection = http.client.HTTPConnection(host, timeout=60)
    try:
        connection.request(
            "POST", page_cache.PATH, page_cache.page_request(search),
            {"Content-Type": "application/json"},
        )  # fmt: skip
        answer = connection.getresponse()
        body = answer.read()
    except OSError:
        return time.perf_counter() - started, False
    finally:
        connection.close()
    return time.perf_counter() - started, answer.status == 200 and b"kpi-value" in body


@contextmanager
def served(command: Sequence[str], sign: str) -> Iterator[str]:
    """A server in a process of its own; its address is on the first line that bears the sign."""
    environment = os.environ | {"PYTHONUTF8": "1"}
    with subprocess.Popen(  # noqa: S603 - this very program
        command, stdout=subprocess.PIPE, text=True, encoding="utf-8", env=environment
    ) as server:
        line = server.stdout.readline() if server.stdout else ""
        if sign not in line:
            server.terminate()
            raise YanpanError("测速用的服务没有起来。")
        try:
            yield line[line.index("http") :].split("/ ")[0].strip().rstrip("/")
        finally:
            server.terminate()


def _row(
    name: str, own: Sequence[float], other: Sequence[float] | None, limit: str
) -> dict[str, Any]:
    """The medians of all rounds, in milliseconds, and the median of the ratios."""
    return _row_of(
        {
            "情形": name,
            "毫秒": round(1000 * median(own)),
            "最短–最长": f"{1000 * min(own):.0f}–{1000 * max(own):.0f}",
            "相比毫秒": round(1000 * median(other)) if other else None,
            "倍数": ratio(own, other or []),
            "要求": limit,
        }
    )


def _row_of(measured: Mapping[str, Any]) -> dict[str, Any]:
    """What was measured, with a place for what the other rows have."""
    columns = (
        "情形",
        "毫秒",
        "最短–最长",
        "相比毫秒",
        "倍数",
        "九十五分位毫秒",
        "出错",
        "千字节",
        "相比千字节",
        "要求",
    )
    return {column: measured.get(column) for column in columns}
