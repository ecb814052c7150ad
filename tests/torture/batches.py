"""Mutants in a home, beside a sound ledger: what a run makes of them, and whether it adds up."""

import csv
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import YanpanError
from analysis.ingest.pipeline import Report, ingest
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse
from tests.torture.mutants import Mutant, mutant

SOUND = [
    ["隐患编号", "检查日期", "场所名称", "隐患描述", "责任单位", "整改期限", "整改状态"],
    *(
        [f"完好-{n}", "2023-10-01", f"场所{n}", f"隐患{n}", "完好局", "2023-12-01", "整改中"]
        for n in range(5)
    ),
]  # fmt: skip
#: The words of a finding that a file ended its reader with, whatever it did: a fault of ours.
FAULTS = ("程序出错", "程序中止", "被系统结束", "内存超过", "没有结束")
_UNBALANCED = """
    SELECT path, sheet FROM submission
    WHERE rows_read <> rows_loaded + rows_duplicate + rows_ignored + rows_rejected
"""


@dataclass(frozen=True, slots=True)
class Fault:
    """What went wrong, and with which mutants."""

    numbers: tuple[int, ...]
    message: str


def torture(numbers: Sequence[int], size: int) -> Iterator[tuple[int, list[Fault]]]:
    """Ingest the mutants batch by batch: how many were done, and the faults of each batch.

    A run that fails is taken apart until it is known which mutant does it.
    """
    for start in range(0, len(numbers), size):
        batch = numbers[start : start + size]
        yield len(batch), faults_of(batch)


def faults_of(numbers: Sequence[int]) -> list[Fault]:
    """The faults of one run over some mutants; where the run itself fails, of each half."""
    with tempfile.TemporaryDirectory(prefix="yanpan-torture-") as folder:
        try:
            return _run(Settings(home=Path(folder)), [mutant(number) for number in numbers])
        except (YanpanError, AssertionError) as error:
            fault = Fault(tuple(numbers), f"{type(error).__name__}: {error}")
        except Exception as error:
            fault = Fault(tuple(numbers), f"程序出错（{type(error).__name__}: {error}）")
    if len(numbers) == 1:
        return [fault]
    middle = len(numbers) // 2
    # Two that fail only together are told together.
    return [*faults_of(numbers[:middle]), *faults_of(numbers[middle:])] or [fault]


def _run(settings: Settings, mutants: Sequence[Mutant]) -> list[Fault]:
    folder = settings.raw / "2023-10-15"
    folder.mkdir(parents=True)
    with (folder / "完好.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(SOUND)
    for each in mutants:
        (folder / each.name).write_bytes(each.content)
    report = ingest(settings, workers=2)
    with open_warehouse(settings.warehouse) as con:
        unbalanced = fetch_rows(con, _UNBALANCED)[1]
        sound = fetch_rows(
            con,
            "SELECT count(*), count(DISTINCT site) FROM hazard "
            "WHERE known_to IS NULL AND unit = '完好局' AND hazard_no LIKE '完好-%'",
        )[1]
        ((known,),) = fetch_rows(con, "SELECT count(DISTINCT path) FROM submission")[1]
    if sound != [(5, 5)]:
        raise AssertionError(f"the sound ledger has {sound} of 5 rows")
    if known != len(mutants) + 1:
        raise AssertionError(f"{known} files are told of {len(mutants) + 1}")
    _must_add_up(report)
    numbers = {each.name: each.number for each in mutants}
    faults = [Fault((_number(path, numbers),), f"{sheet} 不平") for path, sheet in unbalanced]
    return faults + [
        Fault((_number(line, numbers),), line)
        for line in report.failures
        if any(word in line for word in FAULTS)
    ]


def _must_add_up(report: Report) -> None:
    ends = report.rows_loaded + report.rows_duplicate + report.rows_ignored + report.rows_rejected
    if report.rows_read != ends:
        raise AssertionError(f"{report.rows_read} rows read, {ends} told")


def _number(text: str, numbers: dict[str, int]) -> int:
    return next((number for name, number in numbers.items() if name in text), -1)
