"""A small form of ``make torture``: some mutants and some kills, in every run of the tests."""

import os
import random

import pytest

from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from tests.depth import DEEP
from tests.torture import batches
from tests.torture.files import WRITERS
from tests.torture.grids import HEADERS
from tests.torture.kills import kill_runs
from tests.torture.mutants import fingerprint, mutant
from tests.torture.others import wrong_in

ROW = [
    "", "2023-10-01", "模拟宾馆", "宾馆", "灭火器过期", "消防设施", "一般", "甲局", "赵某",
    "2023-12-01", "整改中", 1000, "",
]  # fmt: skip


@pytest.mark.slow
def test_a_number_is_the_same_mutant_every_time() -> None:
    for number in range(12):  # each kind of file twice
        assert mutant(number) == mutant(number)
    assert len({fingerprint(mutant(number)) for number in range(60)}) > 50


@pytest.mark.parametrize("suffix", [suffix for suffix in WRITERS if suffix != ".xls"])
def test_a_ledger_to_which_nothing_was_done_is_sound(home: Settings, suffix: str) -> None:
    grid = [["台账（模拟数据）"], HEADERS["hazard"], *[[*ROW] for _ in range(3)]]
    for number, row in enumerate(grid[2:]):
        row[0] = f"Y-{number}"
    draw = random.Random(1)  # noqa: S311 - a torture, no secret
    path = home.raw / "2023-10-15" / f"模拟数据{suffix}"
    path.parent.mkdir()
    path.write_bytes(WRITERS[suffix](grid, draw))
    assert ingest(home).rows_loaded == 3


@pytest.mark.slow
def test_mutants_of_every_kind_are_read_or_told_and_every_row_is_accounted_for() -> None:
    assert batches.faults_of(range(36 if DEEP else 18)) == []


@pytest.mark.slow
def test_the_mutant_that_takes_a_run_down_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "_run", lambda home, mutants: _fail_at_five(mutants))
    (fault,) = batches.faults_of(range(8))
    assert fault.numbers == (5,)
    assert fault.message.startswith("程序出错（ZeroDivisionError")


def _fail_at_five(mutants: list[object]) -> list[batches.Fault]:
    if any(each.number == 5 for each in mutants):  # type: ignore[attr-defined]
        raise ZeroDivisionError
    return []


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
def test_a_killed_run_leaves_the_old_figures_or_the_new_and_needs_no_cleaning(
    home: Settings,
) -> None:
    kills = kill_runs(home, times=8 if DEEP else 3)
    assert kills.killed
    assert kills.between == ()
    assert kills.left == ()


def test_an_error_or_a_loss_under_load_is_told_and_slowness_is_not() -> None:
    quick: dict[str, object] = {
        "情形": "看页面",
        "九十五分位毫秒": 12,
        "出错": 0,
        "确认后丢失": None,
    }
    assert wrong_in([quick, quick | {"九十五分位毫秒": 9000}]) == []
    assert wrong_in([quick | {"出错": 2}]) == ["看页面：出错 2"]
    assert wrong_in([quick | {"情形": "报送", "确认后丢失": 1}]) == ["报送：确认后丢失 1"]
