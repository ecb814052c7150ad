"""What a killed run left in the temporary folder goes; what somebody uses, or made, stays."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from analysis.ingest.pipeline import ingest
from analysis.leftovers import clear_leftovers
from analysis.settings import Settings

pytestmark = pytest.mark.skipif(not Path("/proc").is_dir(), reason="the system has no /proc")
LATER = 7200.0


def left(folder: Path, name: str, *files: str, mode: int = 0o700) -> Path:
    path = folder / name
    path.mkdir(mode=mode)
    path.chmod(mode)
    for file in files:
        (path / file).write_bytes(b"x")
    return path


def cleared(folder: Path, later: float = LATER) -> list[str]:
    return sorted(path.name for path in clear_leftovers(folder, time.time() + later))


def test_copies_of_killed_runs_go(tmp_path: Path) -> None:
    left(tmp_path, "yanpan-open-ab12cd34", "empty.duckdb")
    left(tmp_path, "yanpan-spill-ab12cd34", "x.tmp")
    left(tmp_path, "yanpan-ab12cd34", "warehouse.duckdb", "warehouse.duckdb.wal")
    left(tmp_path, "yanpan-ab12cd35", "in.doc", "profile")
    assert len(cleared(tmp_path)) == 4
    assert list(tmp_path.iterdir()) == []


def test_what_is_new_stays(tmp_path: Path) -> None:
    left(tmp_path, "yanpan-open-ab12cd34", "empty.duckdb")
    assert cleared(tmp_path, later=3000) == []


def test_what_is_somebody_elses_stays(tmp_path: Path) -> None:
    left(tmp_path, "yanpan-mydata12", "台账.xlsx")  # a person's own folder
    left(tmp_path, "yanpan-open-ab12cd35", mode=0o755)
    left(tmp_path, "yanpan-open-AB", "x")
    (tmp_path / "yanpan-open-ab12cd36").symlink_to(left(tmp_path, "away", "x"))
    assert cleared(tmp_path) == []


def test_what_is_open_stays(tmp_path: Path) -> None:
    path = left(tmp_path, "yanpan-ab12cd34", "warehouse.duckdb")
    with (path / "warehouse.duckdb").open("rb"):
        assert cleared(tmp_path) == []
    assert cleared(tmp_path) == ["yanpan-ab12cd34"]


@pytest.mark.slow
def test_a_server_that_was_killed_leaves_nothing_for_good(home: Settings, tmp_path: Path) -> None:
    (home.raw / "隐患台账.csv").write_text("隐患编号,隐患描述\n1,灭火器过期\n", encoding="utf-8")
    ingest(home)
    shutil.rmtree(tmp_path / "t", ignore_errors=True)
    (tmp_path / "t").mkdir()
    code = (
        "import sys, time; from pathlib import Path; from analysis.settings import load_settings;"
        "from dashboards.serving.data import Data; data = Data(load_settings(Path(sys.argv[1])));"
        "data.described_day(); print('ready', flush=True); time.sleep(60)"
    )
    server = subprocess.Popen(
        [sys.executable, "-c", code, str(home.home)], stdout=subprocess.PIPE,
        env=os.environ | {"TMPDIR": str(tmp_path / "t")},
    )  # fmt: skip
    assert server.stdout
    assert server.stdout.readline() == b"ready\n"
    assert cleared(tmp_path / "t") == []  # it is in use
    server.send_signal(signal.SIGKILL)
    server.wait()
    assert len(cleared(tmp_path / "t")) == 1
