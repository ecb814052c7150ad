"""One run after another: what is kept, what is read again, who may write, what a kill leaves."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from filelock import FileLock
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from openpyxl import Workbook

from analysis.errors import WarehouseError
from analysis.ingest import pool
from analysis.ingest.pipeline import ingest
from analysis.ledgers import LEDGERS
from analysis.settings import Settings
from analysis.warehouse.engine import fetch, open_warehouse
from analysis.warehouse.publications import KEPT, publications
from analysis.warehouse.publish import roll_back
from tests.conftest import RAW
from tests.depth import some

pytestmark = pytest.mark.slow

Write = Callable[..., Path]
HEADER = ["隐患编号", "场所名称", "隐患描述", "发现日期", "责任单位"]
ROW = ["1", "宾馆", "灭火器过期", "2023-10-01", "甲局"]


def tables(home: Settings) -> dict[str, pd.DataFrame]:
    """Every table of the warehouse, its rows in an order of their own."""
    with open_warehouse(home.warehouse) as con:
        return {name: fetch(con, f"FROM {name} ORDER BY ALL") for name in LEDGERS}


def assert_same(one: dict[str, pd.DataFrame], other: dict[str, pd.DataFrame]) -> None:
    for name, table in one.items():
        pd.testing.assert_frame_equal(table, other[name], obj=name)


def names_read(home: Settings) -> list[str]:
    """Ingest; the names of the files that were read, rather than taken off the shelf."""
    seen: list[str] = []
    ingest(home, on_progress=lambda done, total, rows, name: seen.append(name))
    return [name for name in seen if name]


def test_only_a_changed_file_is_read_again(home: Settings, write_sheet: Write) -> None:
    write_sheet("2023-10-15/a.xlsx", [HEADER, ROW])
    write_sheet("2023-10-15/b.xlsx", [HEADER, ["2", "影院", *ROW[2:]]])
    ingest(home)
    before = tables(home)
    assert names_read(home) == []
    assert_same(before, tables(home))
    write_sheet("2023-10-15/b.xlsx", [HEADER, ["2", "书店", *ROW[2:]]])
    assert names_read(home) == ["b.xlsx"]


def test_other_settings_read_everything_again(home: Settings, write_sheet: Write) -> None:
    write_sheet("2023-10-15/a.xlsx", [["点位", *HEADER[2:]], ROW[1:]])
    ingest(home)
    taught = home.model_copy(update={"headers": {"hazard": {"site": ["点位"]}}})
    assert names_read(taught) == ["a.xlsx"]


def test_a_damaged_shelf_is_as_good_as_none(home: Settings, write_sheet: Write) -> None:
    write_sheet("2023-10-15/a.xlsx", [HEADER, ROW])
    ingest(home)
    home.warehouse.with_name("reading.sqlite").write_bytes(b"nonsense" * 999)
    assert ingest(home).rows_loaded == 1


def test_two_processes_read_what_one_does(home: Settings) -> None:
    for folder in RAW.glob("2023-1[01]-*"):
        shutil.copytree(folder, home.raw / folder.name)
    ingest(home, workers=1)
    alone = tables(home)
    home.warehouse.with_name("reading.sqlite").unlink()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pool, "WORTH_A_PROCESS", 0)
        ingest(home, workers=2)
    assert_same(alone, tables(home))


def write_delivery(raw: Path, day: int, sender: str, rows: list[list[str]]) -> Path:
    book = Workbook()
    book.worksheets[0].append([f"填报单位：{sender}"])
    for row in ([*HEADER[:4], "整改状态"], *rows):
        book.worksheets[0].append(row)
    path = raw / f"2023-10-{day:02}" / f"隐患台账_{sender}.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


LINE = st.tuples(
    st.sampled_from(["1", "2", "3", ""]),
    st.just("宾馆"),
    st.sampled_from(["灭火器过期", "灭火器过期未更换", "安全出口上锁"]),
    st.just("2023-10-01"),
    st.sampled_from(["整改中", "已整改", "已销号"]),
).map(list)
DELIVERIES = st.dictionaries(
    st.tuples(st.integers(1, 4), st.sampled_from(["甲局", "乙局"])),
    st.lists(LINE, max_size=3),
    min_size=2,
    max_size=5,
)


@given(DELIVERIES, st.randoms(use_true_random=False))
@examples(max_examples=some(15), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_file_by_file_in_any_order_is_the_same_as_from_scratch(
    tmp_path: Path, said: dict[tuple[int, str], list[list[str]]], order: random.Random
) -> None:
    """Row for row: names, versions, findings and rejects do not depend on the order of arrival."""
    for home in (tmp_path / "once", tmp_path / "each"):
        shutil.rmtree(home, ignore_errors=True)
        (home / "data" / "raw").mkdir(parents=True)
    once, each = Settings(home=tmp_path / "once"), Settings(home=tmp_path / "each")
    files = [
        write_delivery(once.raw, day, sender, rows) for (day, sender), rows in sorted(said.items())
    ]
    ingest(once)
    order.shuffle(files)
    for file in files:
        target = each.raw / file.relative_to(once.raw)
        target.parent.mkdir(exist_ok=True)
        shutil.copy2(file, target)
        ingest(each)
    assert_same(tables(once), tables(each))


def test_a_second_writer_is_turned_away(home: Settings, write_sheet: Write) -> None:
    write_sheet("2023-10-15/a.xlsx", [HEADER, ROW])
    ingest(home)
    with (
        FileLock(home.warehouse.parent / ".ingest.lock"),
        pytest.raises(WarehouseError, match="另一个 yanpan ingest 正在"),
    ):
        ingest(home)
    assert ingest(home).rows_loaded == 1


def test_the_last_ten_publications_are_kept_and_one_is_put_back(
    home: Settings, write_sheet: Write
) -> None:
    for number in range(KEPT + 2):
        write_sheet(f"2023-10-15/{number}.xlsx", [HEADER, [str(number), f"宾馆{number}", *ROW[2:]]])
        ingest(home)
    assert len(publications(home.warehouse)) == KEPT

    def hazards() -> int:
        return len(tables(home)["hazard"])

    assert hazards() == KEPT + 2
    roll_back(home.warehouse)
    assert hazards() == KEPT + 1
    roll_back(home.warehouse)
    assert hazards() == KEPT
    ingest(home)
    assert hazards() == KEPT + 2


def test_a_run_that_changes_nothing_takes_no_place_among_the_publications(
    home: Settings, write_sheet: Write
) -> None:
    write_sheet("2023-10-15/a.xlsx", [HEADER, ROW])
    for _ in range(3):
        ingest(home)
    assert len(publications(home.warehouse)) == 1
    with pytest.raises(WarehouseError, match="没有更早的发布"):
        roll_back(home.warehouse)
