"""What is taken into data/raw, and on which day it came."""

import errno
import os
import shutil
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from analysis.errors import SourceError, WarehouseError
from analysis.ingest.pipeline import ingest
from analysis.ingest.received import (
    Receipt,
    read_receipts,
    read_register,
    take_in,
    title_day,
    title_sender,
)
from analysis.ingest.versions.corrections import read_corrections
from analysis.settings import Settings
from analysis.warehouse import publications, publish

Write = Callable[..., Path]
HEADER = ["隐患编号", "场所名称", "隐患描述", "发现日期", "责任单位"]
ROW = ["1", "宾馆", "灭火器过期", "2023-10-01", "甲局"]
DAY = date(2023, 10, 15)
FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def everything_below(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_register_and_corrections_that_notepad_saved_are_read(home: Settings, mark: str) -> None:
    text = f'{mark}"甲/台账.xlsx" = 2023-10-15\n'
    (home.raw / "received.toml").write_text(text, encoding="utf-8")
    assert read_register(home.raw) == {"甲/台账.xlsx": DAY}
    (home.raw / "corrections.toml").write_text(f"{mark}# 还没有\n", encoding="utf-8")
    assert read_corrections(home.raw) == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('"台账.xlsx" = "2023-10-15"', "“台账.xlsx”的收到日期“2023-10-15”不是日期"),
        ('"台账.xlsx" = { on = "2023-10-15" }', "“台账.xlsx”的收到日期“2023-10-15”不是日期"),
        ('"台账.xlsx" = { number = true }', "“台账.xlsx”的“number = True”读不懂"),
        ('"台账.xlsx" = { seq = 3 }', "“台账.xlsx”的“seq = 3”读不懂"),
        ('"台账.xlsx" = 2023-10-15T08:00:00', "不是日期"),
        ('"台账.xlsx" : 2023-10-15', "第 1 行"),
    ],
)
def test_a_register_that_says_no_day_is_one_line(home: Settings, text: str, says: str) -> None:
    (home.raw / "received.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=says) as told:
        read_register(home.raw)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("隐患台账 填报单位（盖章）：县教育局 2023年10月15日", "县教育局"),
        ("隐患台账 填报：白沙湾旅游区管委会　2023年10月15日", "白沙湾旅游区管委会"),
        ("隐患台账 填报：甲某　审核：乙某", None),
        ("隐患台账 填报：甲某　报送部门：县文旅局", "县文旅局"),
        ("隐患台账", None),
    ],
)
def test_a_subtitle_names_its_sender(title: str, unit: str | None) -> None:
    assert title_sender(title) == unit


T1, T2 = datetime(2023, 10, 15, 9, 0), datetime(2023, 10, 16, 9, 30, 0, 250)


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("某镇隐患清单（2023年9月以来）", None),
        ("某镇隐患清单（2023年9月1日至今）", None),
        ("某镇2023年9月以来隐患清单 截至2023年12月16日", date(2023, 12, 16)),
        ("某镇2023年9月隐患清单", date(2023, 9, 30)),
    ],
)
def test_since_when_a_list_goes_back_is_no_day_of_it(title: str, day: date | None) -> None:
    assert title_day(title) == day


def test_what_is_taken_in_gets_its_moment_and_the_next_number(
    home: Settings, tmp_path: Path
) -> None:
    (home.raw / "received.toml").write_text('"旧.csv" = 2023-10-01\n', encoding="utf-8")
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.csv").write_text(name, encoding="utf-8")
    take_in([tmp_path / "b.csv"], home.raw, None, T1)
    take_in([tmp_path / "a.csv", tmp_path / "c.csv"], home.raw, DAY, T2)
    assert read_receipts(home.raw) == {
        "旧.csv": Receipt(on=date(2023, 10, 1)),  # as the first edition wrote it
        "b.csv": Receipt(at=T1, number=1),
        "2023-10-15/a.csv": Receipt(DAY, T2, 2),
        "2023-10-15/c.csv": Receipt(DAY, T2, 3),
    }
    assert read_register(home.raw).keys() == {"旧.csv", "2023-10-15/a.csv", "2023-10-15/c.csv"}


def test_a_file_that_is_read_again_keeps_its_number_and_no_number_is_given_twice(
    home: Settings, tmp_path: Path
) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.csv").write_text(name, encoding="utf-8")
    take_in([tmp_path / "a.csv"], home.raw, None, T1)
    (home.raw / "a.csv").unlink()  # what is taken away was received all the same
    take_in([tmp_path / "b.csv"], home.raw, None, T2)
    take_in([home.raw / "b.csv"], home.raw, DAY, T2)
    assert read_receipts(home.raw) == {
        "a.csv": Receipt(at=T1, number=1),
        "b.csv": Receipt(DAY, T2, 2),
    }


def test_what_programs_leave_in_a_folder_is_not_taken_in(home: Settings, tmp_path: Path) -> None:
    sent = tmp_path / "收件"
    sent.mkdir()
    for name in ("台账.csv", "Thumbs.db", "desktop.ini", "a.TMP", "~$台账.xlsx", ".DS_Store",
                 ".~lock.台账.xlsx#"):  # fmt: skip
        (sent / name).write_text("x", encoding="utf-8")
    take_in([sent], home.raw, None)
    take_in(sorted(sent.iterdir()), home.raw, None)  # as a shell names them for *
    assert everything_below(home.raw) == {"台账.csv", "received.toml"}


@pytest.mark.parametrize("at", ["台账.csv", "received.toml"])
def test_a_disk_that_is_full_while_files_come_in_says_so_and_keeps_no_half_file(
    home: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    sent = tmp_path / "台账.csv"
    sent.write_text("隐患编号\n", encoding="utf-8")

    def write_half(*arguments: Any, **_: Any) -> None:
        Path(arguments[-1] if at == "台账.csv" else arguments[0]).write_bytes(b"ha")
        raise FULL

    monkeypatch.setattr(
        *((shutil, "copyfile") if at == "台账.csv" else (Path, "write_text")), write_half
    )
    with pytest.raises(SourceError) as told:
        take_in([sent], home.raw, DAY)
    assert str(told.value).startswith(f"{at} 收不进 {home.raw}")
    assert "（No space left on device），没有发布，原有数字不变；请检查磁盘空间" in str(told.value)
    assert everything_below(home.raw) <= {"2023-10-15/台账.csv"}
    monkeypatch.undo()
    take_in([sent], home.raw, DAY)
    assert read_register(home.raw) == {"2023-10-15/台账.csv": DAY}


@pytest.mark.parametrize(
    ("room", "name", "error"),
    [
        (publish, "lay_out", FULL),
        (publish, "_insert", duckdb.TransactionException("Failed to commit: No space left")),
        (publish, "_finish", duckdb.IOException("Checkpoint failed: No space left")),
        (publications.shutil, "copyfile", FULL),
        (publish, "put_in_place", FULL),
    ],
)  # fmt: skip
def test_a_disk_that_is_full_at_any_step_leaves_what_is_published_and_no_half_file(
    home: Settings, write_sheet: Write, monkeypatch: pytest.MonkeyPatch, room: Any, name: str,
    error: Exception,
) -> None:  # fmt: skip
    write_sheet("2023-10-15/a.xlsx", [HEADER, ROW])
    ingest(home)
    processed = home.warehouse.parent
    before, content = everything_below(processed), home.warehouse.read_bytes()
    write_sheet("2023-10-15/b.xlsx", [HEADER, ["2", "影院", *ROW[2:]]])

    def write_half(*arguments: Any) -> None:
        if isinstance(arguments[-1], Path) and name == "copyfile":
            arguments[-1].write_bytes(b"ha")
        raise error

    monkeypatch.setattr(room, name, write_half)
    with pytest.raises(WarehouseError, match=r"原有的没有改动；请检查磁盘空间和权限：.*No space"):
        ingest(home)
    monkeypatch.undo()
    assert everything_below(processed) == before
    assert home.warehouse.read_bytes() == content
    assert ingest(home).rows_loaded == 2
