"""A real standalone cluster on loopback: a master, two workers, one of them killed amid a job."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from analysis.warehouse.counties.engines import open_engine
from analysis.warehouse.counties.parquet import export_parquet
from analysis.warehouse.engine import fetch_rows, open_warehouse
from analysis.warehouse.scope import Scope, scoped_sql, standalone_sql
from analysis.warehouse.sql_files import get_metric
from benchmarks.metrics.run import make_warehouse
from tests.depth import only_deep
from tests.setup_machine import has_java
from tests.warehouse.counties.test_exports import typed

pytestmark = [
    pytest.mark.slow,
    only_deep,  # the loss of a worker is for Spark to mend; that it gives the same is test_spark's
    pytest.mark.skipif(sys.platform == "win32", reason="process groups are POSIX"),
]
pyspark = pytest.importorskip("pyspark")
if not has_java() and not os.environ.get("CI"):
    pytest.skip("no Java on this machine", allow_module_level=True)

from analysis.warehouse.counties import spark as spark_engine  # noqa: E402 - needs the extra

LONGEST_S = 120.0
SCOPE = Scope(date(2023, 11, 15))


def wait_until(happened: Callable[[], bool], what: str) -> None:
    """Look again and again, for as long as a slow machine may need."""
    for _ in range(int(LONGEST_S / 0.05)):
        if happened():
            return
        threading.Event().wait(0.05)
    raise AssertionError(f"waited {LONGEST_S:g} s in vain: {what}")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[Any]]]:
    """The master's address, and the processes of the two workers."""
    folder = tmp_path_factory.mktemp("cluster")
    spark_engine._find_java()
    home = Path(pyspark.__file__).parent
    environment = os.environ | {
        "SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_NO_DAEMONIZE": "1",
        "SPARK_WORKER_DIR": str(folder), "LC_ALL": "C.UTF-8",
    }  # fmt: skip

    def start(kind: str, *arguments: str) -> subprocess.Popen[bytes]:
        log = stack.enter_context((folder / f"{kind}-{len(list(folder.iterdir()))}.log").open("wb"))
        process = subprocess.Popen(
            [str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{kind}", *arguments],
            env=environment, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
        stack.callback(end, process)
        return process

    with ExitStack() as stack:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        start("master.Master", "--host", "127.0.0.1", "--port", str(port), "--webui-port", "0")
        wait_until(lambda: answers(port), "the master")
        address = f"spark://127.0.0.1:{port}"
        workers = [
            start("worker.Worker", "--host", "127.0.0.1", "--cores", "1", "--memory", "1g",
                  "--webui-port", "0", address)
            for _ in range(2)
        ]  # fmt: skip
        yield address, workers


def answers(port: int) -> bool:
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0


def end(process: subprocess.Popen[bytes]) -> None:
    """Kill a process with all that it started."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    finally:
        process.wait()


def test_a_worker_killed_amid_a_job_changes_nothing(
    cluster: tuple[str, list[Any]], tmp_path: Path
) -> None:
    address, workers = cluster
    make_warehouse(tmp_path / "warehouse.duckdb", 300_000)
    export_parquet(tmp_path / "warehouse.duckdb", tmp_path / "out", "本县", "本县")
    engine = open_engine("spark", address, "1g")
    try:
        shown = engine.show(engine.exports(str(tmp_path / "out")))
        tracker = engine._session.sparkContext._jsc.sc().statusTracker()  # type: ignore[attr-defined]

        def executors() -> list[Any]:
            """Those of the workers; the first is the driver itself."""
            return list(tracker.getExecutorInfos())[1:]

        wait_until(lambda: len(executors()) == 2, "both executors")
        names = ("completion", "overview")
        with ThreadPoolExecutor(1) as pool:
            for name in names:
                asked = standalone_sql(get_metric(name), SCOPE)
                job = pool.submit(shown.rows, *asked)
                if name == names[0]:
                    wait_until(
                        lambda: all(each.numRunningTasks() > 0 for each in executors()),
                        "tasks on both executors",
                    )
                    assert not job.done()
                    end(workers[0])
                with open_warehouse(tmp_path / "warehouse.duckdb") as con:
                    columns, rows = fetch_rows(con, *scoped_sql(get_metric(name), SCOPE))
                got = job.result(LONGEST_S)
                assert (got[0], typed(got[1])) == (columns, typed(rows)), name
        wait_until(lambda: len(executors()) == 1, "the loss of an executor")
    finally:
        engine.close()
