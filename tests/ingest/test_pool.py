"""One file never stops the rest: whatever its reading does, it is one finding that names it."""

import os
import threading
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from analysis.confined import Bounds, Confined, NoProcessError
from analysis.errors import SettingsError
from analysis.ingest import pool, standby
from analysis.ingest.packing import pack
from analysis.ingest.pipeline import ingest
from analysis.ingest.pool import Job, read_files
from analysis.ingest.read_file import Desk, read_file
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse

Write = Callable[..., Path]
HEADER = ["隐患编号", "场所名称", "隐患描述", "发现日期", "责任单位"]


def read_or_die(job: Job, desk: Desk) -> bytes:
    """As a file does that brings its reader down, raises, or takes too long."""
    match job.path.stem:
        case "aborts":
            os.abort()
        case "exits":
            os._exit(0)
        case "raises":
            raise KeyError("xl/没有")
        case "sleeps":
            while True:
                pass
    return pack(read_file(job.path, job.sha256, desk))


def raise_a_setting(job: Job, desk: Desk) -> bytes:
    raise SettingsError("headers 写错了")


@pytest.fixture
def hostile(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "read_packed", read_or_die)
    monkeypatch.setattr(pool, "LEAST_S", 5.0)
    monkeypatch.setattr(pool, "WORTH_A_PROCESS", 0)


def write_files(write_sheet: Write, names: Sequence[str]) -> None:
    for number, name in enumerate(names):
        row = [str(number), f"宾馆{number}", "灭火器过期", "2023-10-01", "甲局"]
        write_sheet(f"2023-10-15/{name}.xlsx", [HEADER, row])


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
def test_each_file_that_ends_its_reader_is_named_and_all_others_are_published(
    home: Settings, write_sheet: Write, hostile: None, workers: int
) -> None:
    write_files(write_sheet, ["a", "aborts", "b", "exits", "raises", "c", "sleeps", "d"])
    report = ingest(home, workers=workers)
    assert (report.files, report.rows_loaded) == (8, 4)
    ends = [
        "程序中止（",
        "程序中止（退出码 0",
        "程序出错（KeyError: 'xl/没有'）",
        "超过 5 秒没有结束",
    ]
    for name, end, line in zip(
        ("aborts", "exits", "raises", "sleeps"), ends, report.failures, strict=True
    ):
        assert line.startswith(f"{name}.xlsx：读取时{end}")
        assert line.endswith("请打开核对后另存为 xlsx 再发送，仍然不行请报告这个问题。")
    with open_warehouse(home.warehouse) as con:
        found = fetch_rows(con, "SELECT rule, severity FROM quality WHERE rule LIKE 'file%'")[1]
        sites = fetch_rows(con, "SELECT site FROM hazard ORDER BY ALL")[1]
    assert found == [("file_unreadable", "error")] * 4
    assert sites == [("宾馆0",), ("宾馆2",), ("宾馆5",), ("宾馆7",)]


def test_what_brought_its_reader_down_is_tried_again_by_the_next_run(
    home: Settings, write_sheet: Write, hostile: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(write_sheet, ["a", "raises"])
    assert ingest(home).rows_loaded == 1
    monkeypatch.undo()
    seen: list[str] = []
    assert ingest(home, on_progress=lambda *said: seen.append(said[3])).rows_loaded == 2
    assert seen == ["raises.xlsx", ""]


def test_a_fault_of_the_settings_is_none_of_a_file(
    home: Settings, write_sheet: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(write_sheet, ["a"])
    monkeypatch.setattr(pool, "read_packed", raise_a_setting)
    with pytest.raises(SettingsError, match="headers 写错了"):
        ingest(home)


def test_a_file_that_cannot_be_opened_is_told(home: Settings) -> None:
    gone = home.raw / "2023-10-15" / "甲.xlsx"
    ((_, (submission,), body),) = read_files([Job(gone, "", "", 0)], Desk(home.raw, "县"))
    (finding,) = submission.records.findings
    assert finding.message.startswith("甲.xlsx：读取时打不开（No such file or directory），")
    assert submission.facts["received_on"] == date(2023, 10, 15)
    assert body == b""


def test_a_machine_that_lets_no_process_begin_reads_all_the_same(
    home: Settings, write_sheet: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(write_sheet, ["a", "b"])
    monkeypatch.setattr(standby, "_SPARE", [])
    monkeypatch.setattr(standby, "READS", "no.such.module")
    assert ingest(home).rows_loaded == 2


def test_whoever_stops_in_the_middle_waits_for_no_file(
    home: Settings, write_sheet: Write, hostile: None
) -> None:
    write_files(write_sheet, ["a", "sleeps"])
    jobs = [Job(path, "", "", 1) for path in sorted(home.raw.rglob("*.xlsx"))]
    reading = read_files(jobs, Desk(home.raw, "县"), workers=2)
    next(reading)
    reading.close()
    assert all(each.is_idle for each in standby._SPARE)


def test_a_file_whose_process_is_ended_at_its_start_is_not_read_by_the_program_itself(
    home: Settings, write_sheet: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(write_sheet, ["a", "b"])
    jobs = [Job(path, "", "", 1) for path in sorted(home.raw.rglob("*.xlsx"))]
    is_called, is_ended, read_here = Event(), Event(), Event()

    def ended_at_its_start(confined: Confined, bounds: Bounds, *call: Any) -> Any:
        if call[2].path.stem == "a":
            return b""
        is_called.set()
        is_ended.wait()
        raise NoProcessError("读取进程起不来")

    monkeypatch.setattr(Confined, "call", ended_at_its_start)
    monkeypatch.setattr(pool, "unpack", lambda packed: [])
    monkeypatch.setattr(pool, "WORTH_A_PROCESS", 0)
    monkeypatch.setattr(pool, "_read_here", lambda *asked: read_here.set())
    reading = read_files(jobs, Desk(home.raw, "县"), workers=2)
    threads = set(threading.enumerate())
    next(reading)
    began = set(threading.enumerate()) - threads
    is_called.wait()
    reading.close()
    is_ended.set()
    for thread in began:
        thread.join()
    assert not read_here.is_set()
