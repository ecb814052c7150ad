"""What a command writes into a home is for its owner alone, whatever umask it was started with."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, YANPAN
from tests.test_cli import yanpan

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes"),
]


def run(home: Path, *words: str) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", 'umask 022; exec "$@"', "sh", *YANPAN, "--home", str(home), *words],
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}, capture_output=True,
        text=True, cwd=home, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def open_to_others(home: Path) -> list[str]:
    """What another account of the machine could read or write below ``data``."""
    return sorted(
        path.relative_to(home).as_posix()
        for path in (home / "data").rglob("*")
        if path.stat().st_mode & 0o077 and path.is_file()
    )


def test_a_home_has_no_file_that_others_can_read(tmp_path: Path) -> None:
    home, sent = tmp_path / "县", tmp_path / "收件"
    home.mkdir()
    sent.mkdir()
    ledger = sent / "县教育局_隐患台账.csv"
    ledger.write_text(
        "隐患编号,场所名称,隐患描述,责任单位,整改期限,检查日期\n"
        "1,甲校,灭火器过期,县教育局,2023-12-01,2023-09-01\n", "utf-8"
    )  # fmt: skip
    ledger.chmod(0o644)
    run(home, "ingest", str(ledger), "--received", "2023-10-15")
    for words in (  # the first began a process, as a shell does; a start takes a second
        ("user", "add", "周主任", "--role", "office", "--generate"),
        ("alerts", "--as-of", "2023-12-20"), ("ingest",), ("backup",),
    ):  # fmt: skip
        done = yanpan(*words, home=home)
        assert done.returncode == 0, done.stderr
    assert {"audit.jsonl", "seal.key", "accounts.sqlite"} <= {
        path.name for path in (home / "data").iterdir()
    }
    assert open_to_others(home) == []
    assert [path for path in (home / "backups").iterdir() if path.stat().st_mode & 0o077] == []
    assert ledger.stat().st_mode & 0o777 == 0o644  # his own file is left alone
