"""A server that is told to stop gives up the publication at hand, and loses nothing: 模拟数据."""

import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis.intake import publisher
from analysis.intake.publisher import FAILED, Publisher, publish
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="a program written for the shell"),
]

LEDGER = "隐患编号,场所名称,隐患描述,责任单位,整改期限\n1,甲校,灭火器过期,县教育局,2023-12-01\n"
#: Begins a reader of its own, tells both numbers, and heeds no request to end, as a run that hangs.
HANGS = """#!/bin/sh
trap '' TERM
sleep 600 &
echo "$$ $!" > "{note}.part" && mv "{note}.part" "{note}"
while true; do sleep 600; done
"""


@pytest.fixture
def waiting(home: Settings) -> Settings:
    file = home.raw / "2023-10-15" / "县教育局" / "001_隐患.csv"
    file.parent.mkdir(parents=True)
    file.write_text(LEDGER, encoding="utf-8")
    return home


@pytest.fixture
def hanging(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where a run that hangs notes its processes; it takes the place of the interpreter."""
    note, program = tmp_path / "pids", tmp_path / "hangs"
    program.write_text(HANGS.format(note=note), encoding="utf-8")
    program.chmod(0o700)
    with monkeypatch.context() as patch:
        patch.setattr(publisher, "ENDED_WITHIN_S", 0.3)
        patch.setattr(sys, "executable", str(program))
        yield note


def processes(note: Path) -> list[int]:
    """The processes of the run, once it has begun."""
    end = time.monotonic() + 30
    while not note.exists():
        assert time.monotonic() < end, "the run has not begun"
        threading.Event().wait(0.01)
    return [int(each) for each in note.read_text().split()]


def is_running(process: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text()
    except OSError:
        return False


def test_stopping_ends_the_run_with_all_its_processes_and_leaves_no_failure(
    waiting: Settings, hanging: Path
) -> None:
    background = Publisher(waiting)
    background.start()
    begun = processes(hanging)
    assert all(map(is_running, begun))
    asked = time.monotonic()
    background.stop()
    assert time.monotonic() - asked < 5
    end = time.monotonic() + 5
    while any(map(is_running, begun)):
        assert time.monotonic() < end, "a process of the run goes on"
    assert not waiting.warehouse.with_name(FAILED).exists()


def test_what_was_given_up_is_published_at_the_next_start(
    waiting: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop = threading.Event()
    stop.set()
    assert not publish(waiting, stop).is_done  # ended as soon as it is looked at
    assert publish(waiting).is_done
    with open_warehouse(waiting.warehouse) as con:
        assert fetch_rows(con, "SELECT site FROM hazard")[1] == [("甲校",)]
