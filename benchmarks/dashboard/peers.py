"""The same charts from the same file, as other tools show them; see ``bench.py``.

Each peer runs under a Python of its own that has it (``yanpan bench dashboard --peers``), since
none is a dependency of this project. All answers are worked out once and kept by the peer.
"""

import socket
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from analysis.errors import YanpanError
from benchmarks.dashboard.browser import Look

READ = """
import sys
import duckdb, plotly.express as px
con = duckdb.connect(sys.argv[1], read_only=True)
def units():
    return con.sql("SELECT * RENAME (member AS unit) FROM completion(DATE '2023-11-15') "
                   "WHERE dimension = 'unit'").df()
def late():
    return con.sql("FROM overdue(DATE '2023-11-15') LIMIT 1000").df()
def of(rows, unit):
    return rows[rows["unit"] == unit] if unit else rows
def chart(rows):
    return px.bar(rows, x="total", y="unit", color="overdue", orientation="h")
"""
DASH = """
import dash, dash_ag_grid
from dash import Input, Output, dcc, html
bars, shown = units(), late().astype(str)
app = dash.Dash(__name__, serve_locally=True)
app.layout = html.Div([dcc.Dropdown(sorted(bars["unit"]), id="unit"), html.Div(id="page")])
@app.callback(Output("page", "children"), Input("unit", "value"))
def show(unit):
    return [dcc.Graph(figure=chart(of(bars, unit))), dash_ag_grid.AgGrid(
        rowData=of(shown, unit).to_dict("records"), columnDefs=[{"field": n} for n in shown])]
app.run(host="127.0.0.1", port=int(sys.argv[2]), debug=False)
"""
STREAMLIT = """
import streamlit as st
units, late = st.cache_data(units), st.cache_data(late)
unit = st.selectbox("unit", sorted(units()["unit"]), index=None)
st.plotly_chart(chart(of(units(), unit)))
st.dataframe(of(late(), unit))
"""
VIZRO = """
import vizro.models as vm
from vizro import Vizro
from vizro.models.types import capture
from vizro.tables import dash_ag_grid
@capture("graph")
def bars(data_frame):
    return chart(data_frame)
page = vm.Page(title="peer", components=[
    vm.Graph(figure=bars(data_frame=units())),
    vm.Table(figure=dash_ag_grid(data_frame=late()))],
    controls=[vm.Filter(column="unit", selector=vm.Dropdown(multi=False))])
Vizro().build(vm.Dashboard(pages=[page])).run(host="127.0.0.1", port=int(sys.argv[2]), debug=False)
"""
#: The peer that needs nothing but what this project has.
ALIKE = "Dash，同样的图和清单"
#: What is started, with what of Python before its script, and how its page is looked at.
PEERS: Mapping[str, tuple[str, Sequence[str], Mapping[str, Any]]] = {
    ALIKE: (DASH, (), {}),
    "Streamlit": (
        STREAMLIT,
        ("-m", "streamlit", "run", "--server.headless", "true",
         "--browser.gatherUsageStats", "false", "--server.address", "127.0.0.1", "--server.port"),
        {"stands": (".main-svg", "[data-testid=stDataFrame] canvas"),
         "chooser": "[data-testid=stSelectbox] input"},
    ),
    "Vizro": (VIZRO, (), {"chooser": ".dash-dropdown"}),
}  # fmt: skip
LONGEST_S = 60.0


@contextmanager
def peer(python: str, name: str, warehouse: Path, folder: Path) -> Iterator[Look]:
    """A peer that shows the warehouse, and how it is looked at.

    Raises:
        YanpanError: it does not start.

    """
    script, before, how = PEERS[name]
    path = folder / f"{len(list(folder.iterdir()))}.py"
    path.write_text(READ + script, encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    words = [*before, port, str(path), "--", str(warehouse)]
    if not before:
        words = [str(path), str(warehouse), port]
    with subprocess.Popen(  # noqa: S603 - named by whoever measures
        [python, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            _await(int(port), lambda: process.poll() is None, name)
            yield Look(f"http://127.0.0.1:{port}/", **how)
        finally:
            process.terminate()


def _await(port: int, is_alive: Callable[[], bool], name: str) -> None:
    never = threading.Event()
    for _ in range(int(LONGEST_S / 0.2)):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        if not is_alive():
            break
        never.wait(0.2)
    raise YanpanError(f"{name} 没有起来；--peers 指的 Python 里要装有 duckdb、streamlit、vizro。")
