"""Nothing received is not zero: what an empty or shrunken data/raw may not do to good figures."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from analysis.cli import app
from analysis.errors import SourceError, WarehouseError, YanpanError
from analysis.ingest.pipeline import ingest
from analysis.ingest.shrinking import fewer_rows
from analysis.settings import Settings
from analysis.warehouse.engine import fetch, open_warehouse

Write = Callable[..., Path]
HEADER = ["隐患编号", "场所名称", "隐患描述", "发现日期", "责任单位"]
VISIT = ["检查编号", "检查日期", "检查类型", "被检查场所", "检查单位"]


def hazards(rows: int, first: int = 1) -> list[list[str]]:
    return [
        HEADER,
        *(
            [str(n), f"宾馆{n}", "灭火器过期", "2023-10-01", "甲局"]
            for n in range(first, first + rows)
        ),
    ]


def visits(rows: int) -> list[list[str]]:
    return [
        VISIT, *([f"J{n}", "2023-10-01", "双随机", f"宾馆{n}", "甲局"] for n in range(1, rows + 1)),
    ]  # fmt: skip


def total(home: Settings) -> int:
    with open_warehouse(home.warehouse) as con:
        return int(fetch(con, "FROM overview(DATE '2023-11-15')")["total"][0])


def test_an_empty_folder_leaves_the_figures_as_they_are(home: Settings, write_sheet: Write) -> None:
    write_sheet("2023-10-15/a.xlsx", hazards(4))
    ingest(home)
    published = home.warehouse.read_bytes()
    aside = home.raw.rename(home.home / "aside")  # a share that is not mounted
    for what in ("不存在", "里没有一个台账文件"):
        with pytest.raises(SourceError, match=what) as told:
            ingest(home)
        assert str(home.raw) in str(told.value)
        assert "--allow-empty" in str(told.value)
        assert "\n" not in str(told.value)
        assert home.warehouse.read_bytes() == published
        home.raw.mkdir(exist_ok=True)
    for left in (
        ".gitkeep", "README.md", "received.toml", "~$a.xlsx", ".a.xlsx.part", "Thumbs.db",
        "desktop.ini", ".DS_Store", ".~lock.a.xlsx#", "~WRL0001.tmp",
    ):  # fmt: skip
        (home.raw / left).touch()
    with pytest.raises(SourceError, match="里没有一个台账文件"):
        ingest(home)
    shutil.rmtree(home.raw)
    aside.rename(home.raw)
    ingest(home)
    assert total(home) == 4


def test_what_comes_in_beside_files_out_of_sight_waits(home: Settings, write_sheet: Write) -> None:
    write_sheet("2023-10-15/a.xlsx", hazards(4))
    ingest(home)
    aside = home.raw.rename(home.home / "aside")
    new = home.home / "收件"
    new.mkdir()
    shutil.copy(aside / "2023-10-15" / "a.xlsx", new / "b.xlsx")
    with pytest.raises(SourceError, match="--allow-empty"):
        ingest(home, [new])
    assert not home.raw.exists()


def test_a_home_that_is_none_is_not_littered(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="--home"):
        ingest(Settings(home=tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_the_first_files_may_come_into_an_empty_folder(home: Settings, tmp_path: Path) -> None:
    new = tmp_path / "收件"
    new.mkdir()
    with pytest.raises(SourceError, match="里没有一个台账文件"):
        ingest(home, [new])  # nothing in there either
    (new / "a.csv").write_text("\n".join(map(",".join, hazards(2))), encoding="utf-8")
    assert ingest(home, [new]).rows_loaded == 2


def test_whoever_really_begins_anew_says_so(home: Settings, write_sheet: Write) -> None:
    path = write_sheet("2023-10-15/a.xlsx", hazards(4))
    ingest(home)
    path.unlink()
    assert ingest(home, allow_empty=True).rows_read == 0
    assert total(home) == 0


@pytest.mark.parametrize(
    ("rows", "is_published"), [(5, True), (4, False), (1, False), (10, True), (11, True)]
)
def test_rows_that_fall_by_more_than_half_are_not_published(
    home: Settings, write_sheet: Write, rows: int, is_published: bool
) -> None:
    write_sheet("2023-10-15/a.xlsx", hazards(10))
    ingest(home)
    write_sheet("2023-10-15/a.xlsx", hazards(rows))
    if is_published:
        ingest(home)
        assert total(home) == rows
        return
    with pytest.raises(WarehouseError, match=f"入库 {rows} 行，上一次发布是 10 行") as told:
        ingest(home)
    assert f"隐患 10→{rows} 行" in str(told.value)
    assert "--allow-fewer" in str(told.value)
    assert total(home) == 10
    ingest(home, allow_fewer=True)
    assert total(home) == rows


def test_files_that_can_no_longer_be_read_are_fewer_rows_too(
    home: Settings, write_sheet: Write
) -> None:
    path = write_sheet("2023-10-15/a.xlsx", hazards(3))
    ingest(home)
    path.write_bytes(b"no workbook")
    with pytest.raises(WarehouseError, match="入库 0 行，上一次发布是 3 行"):
        ingest(home, allow_empty=True)  # there is a file: it is not empty
    assert total(home) == 3


def test_a_ledger_that_falls_while_others_grow_is_published_and_told(
    home: Settings, write_sheet: Write
) -> None:
    gone = write_sheet("2023-10-15/a.xlsx", hazards(4))
    write_sheet("2023-10-15/b.xlsx", visits(5))
    assert ingest(home).fewer == ()
    gone.unlink()
    write_sheet("2023-10-15/b.xlsx", visits(9))
    (line,) = ingest(home).fewer
    assert "隐患 4→0 行" in line
    assert "检查" not in line


def test_a_ledger_that_the_program_no_longer_knows_is_told_by_its_name() -> None:
    (line,) = fewer_rows({"hazard": 4, "permit": 5}, {"hazard": 4})
    assert "permit 5→0 行" in line
    assert "隐患" not in line


def test_a_broken_publication_is_measured_by_the_one_that_was_kept(
    home: Settings, write_sheet: Write
) -> None:
    write_sheet("2023-10-15/a.xlsx", hazards(10))
    ingest(home)
    home.warehouse.write_bytes(b"broken" * 1000)
    write_sheet("2023-10-15/a.xlsx", hazards(1))
    with pytest.raises(WarehouseError, match="上一次发布是 10 行"):
        ingest(home)


def test_a_folder_that_cannot_be_looked_into_is_told(
    home: Settings, write_sheet: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_sheet("2023-10-15/a.xlsx", hazards(10))
    write_sheet("2023-10-16/b.xlsx", hazards(2, first=11))
    scandir = os.scandir

    def denied(path: str) -> object:
        if str(path).endswith("2023-10-16"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", denied)
    with pytest.raises(SourceError, match="2023-10-16 打不开"):
        ingest(home)


def test_the_command_says_it_in_one_line(home: Settings, write_sheet: Write) -> None:
    write_sheet("2023-10-15/a.xlsx", hazards(4))
    run = CliRunner()
    assert run.invoke(app, ["--home", str(home.home), "ingest"]).exit_code == 0
    write_sheet("2023-10-15/a.xlsx", hazards(1))
    refused = run.invoke(app, ["--home", str(home.home), "ingest"])
    assert isinstance(refused.exception, YanpanError)
    done = run.invoke(app, ["--home", str(home.home), "ingest", "--allow-fewer"])
    assert done.exit_code == 0
    assert "隐患 4→1 行" in done.stderr
    (home.raw / "2023-10-15" / "a.xlsx").unlink()
    assert isinstance(run.invoke(app, ["--home", str(home.home), "ingest"]).exception, YanpanError)
    emptied = run.invoke(app, ["--home", str(home.home), "ingest", "--allow-empty"])
    assert emptied.exit_code == 0


def test_a_database_that_is_none_of_ours_stops_nothing(home: Settings, write_sheet: Write) -> None:
    write_sheet("2023-10-15/a.xlsx", hazards(2))
    home.warehouse.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(home.warehouse)) as con:
        con.execute("CREATE TABLE other (a INTEGER)")
    assert ingest(home).rows_loaded == 2
