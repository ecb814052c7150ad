"""Files are looked over in processes of their own, one of an account at a time."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from analysis.confined import GIBIBYTE, Bounds
from analysis.errors import SourceError
from analysis.intake.guard.apart import AT_ONCE, Inspectors
from tests.intake.test_guard import document, macros, workbook

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def inspectors() -> Inspectors:
    return Inspectors()


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(workbook())
    return path


def test_what_is_let_through_and_what_is_refused_is_as_it_is_here(
    inspectors: Inspectors, ledger: Path
) -> None:
    inspectors.inspect(ledger, "edu")
    assert inspectors.inspect_evidence("验收单.DOCX", document(), "edu") == ".docx"
    with pytest.raises(SourceError, match="类型不符"):
        inspectors.inspect_evidence("验收单.docx", macros(), "edu")


def test_one_that_takes_too_long_is_refused_and_the_next_is_looked_over(ledger: Path) -> None:
    hurried = Inspectors(Bounds(memory=GIBIBYTE, seconds=0.0))
    for _ in range(AT_ONCE + 1):  # nobody's place is lost
        with pytest.raises(SourceError, match="检查时超过 0 秒没有结束"):
            hurried.inspect(ledger, "edu")


@contextmanager
def held(inspectors: Inspectors, *accounts: str) -> Iterator[None]:
    """While files of these accounts are looked over."""
    begun, end = threading.Barrier(len(accounts) + 1), threading.Event()

    def hold(account: str) -> None:
        with inspectors._turn_of(account), inspectors._one():
            begun.wait(30)
            end.wait(30)

    threads = [threading.Thread(target=hold, args=(each,)) for each in accounts]
    for thread in threads:
        thread.start()
    begun.wait(30)
    try:
        yield
    finally:
        end.set()
        for thread in threads:
            thread.join()


def test_an_account_has_one_file_looked_over_at_a_time_and_others_have_theirs(
    inspectors: Inspectors, ledger: Path
) -> None:
    with held(inspectors, "edu"):
        with pytest.raises(SourceError, match="还在检查"):
            inspectors.inspect(ledger, "edu")
        inspectors.inspect(ledger, "agri")
    inspectors.inspect(ledger, "edu")


def test_who_waits_too_long_for_his_turn_is_told_to_come_again(ledger: Path) -> None:
    few = Inspectors(longest_wait=0.01)
    with (
        held(few, *(f"unit{n}" for n in range(AT_ONCE))),
        pytest.raises(SourceError, match="太多"),
    ):
        few.inspect(ledger, "edu")
