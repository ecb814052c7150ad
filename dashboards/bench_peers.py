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

from analysis.errors import YanpanError

READ = """
import sys
import duckdb, plotly.express as px
con = duckdb.connect(sys.argv[1], read_only=True)
def units():
    return con.sql("FROM completion(DATE '2023-11-15') WHERE dimension = 'unit'").df()
def late():
    return con.sql("FROM overdue(DATE '2023-11-15') LIMIT 1000").df()
def chart(rows):
    return px.bar(rows, x="total", y="member", color="overdue", orientation="h")
"""
DASH = """
import dash, dash_ag_grid
from dash import dcc, html
shown = late()
app = dash.Dash(__name__, serve_locally=True)
app.layout = html.Div([dcc.Graph(figure=chart(units())), dash_ag_grid.AgGrid(
    rowData=shown.astype(str).to_dict("records"), columnDefs=[{"field": n} for n in shown])])
app.run(host="127.0.0.1", port=int(sys.argv[2]), debug=False)
"""
STREAMLIT = """
import streamlit as st
units, late = st.cache_data(units), st.cache_data(late)
st.plotly_chart(chart(units()))
st.dataframe(late())
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
    vm.Table(figure=dash_ag_grid(data_frame=late()))])
Vizro().build(vm.Dashboard(pages=[page])).run(host="127.0.0.1", port=int(sys.argv[2]), debug=False)
"""
#: What is started, with what of Python before its script, and the marks of a page that stands.
PEERS: Mapping[str, tuple[str, Sequence[str], Sequence[str]]] = {
    "Dash，同样的图和清单": (DASH, (), (".main-svg", ".ag-row")),
    "Streamlit": (
        STREAMLIT,
        ("-m", "streamlit", "run", "--server.headless", "true",
         "--browser.gatherUsageStats", "false", "--server.address", "127.0.0.1", "--server.port"),
        (".main-svg", "[data-testid=stDataFrame] canvas"),
    ),
    "Vizro": (VIZRO, (), (".main-svg", ".ag-row")),
}  # fmt: skip
LONGEST_S = 60.0


@contextmanager
def peer(python: str, name: str, warehouse: Path, folder: Path) -> Iterator[str]:
    """A peer that shows the warehouse; its address.

    Raises:
        YanpanError: it does not start.

    """
    script, before, _ = PEERS[name]
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
            yield f"http://127.0.0.1:{port}/"
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
