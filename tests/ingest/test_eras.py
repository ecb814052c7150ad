"""From the day on which files are taken back, what is known is what is known without them."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.ingest.assembly.assemble import Tables, assemble
from analysis.ingest.assembly.eras.splicing import Part, spliced
from analysis.ingest.assembly.eras.withdrawals import Withdrawal
from analysis.ingest.assembly.terms import Terms
from analysis.ingest.read_file import Desk, Submission, read_file
from analysis.ingest.received import file_hash
from analysis.ingest.versions.spans import end_of, in_force
from tests.depth import DEEP

HEAD = "隐患编号,场所名称,隐患描述,责任单位,整改期限,发现日期,整改状态\n"
UNITS = ("县教育局", "县交通运输局")
FAULTS = ("灭火器过期", "疏散门上锁", "电线老化裸露", "应急灯不亮")
FIRST, GONE = date(2023, 10, 10), date(2023, 12, 1)
#: Its number, which of the faults, whether it is done: a row of a unit's ledger.
ROW = st.tuples(st.integers(1, 3), st.integers(0, 3), st.booleans())
#: Who sends, how many days after the file before, which rows.
FILE = st.tuples(
    st.sampled_from(UNITS),
    st.integers(0, 9),
    st.lists(ROW, min_size=1, max_size=3, unique_by=(lambda row: row[0], lambda row: row[1])),
)
#: What is not the same where a file never came: the ids, and since when a version is known.
APART = {"item_id", "known_from", "known_to", "first_known_on", "said_done_since"}


def written(folder: Path, files: Sequence[Any]) -> list[tuple[str, str]]:
    """The files below data/raw: whose each is, and where it lies."""
    paths, day = [], FIRST
    for number, (unit, days, rows) in enumerate(files):
        day += timedelta(days=days)
        path = folder / str(day) / unit / f"{number + 1:03}_台账.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = [
            f"{n},{unit}{fault}号楼,{FAULTS[fault]},{unit},2023-12-20,2023-10-01,"
            f"{'已完成整改' if done else '整改中'}"
            for n, fault, done in rows
        ]
        path.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
        paths.append((unit, path.relative_to(folder).as_posix()))
    return paths


def read(folder: Path, paths: Sequence[str]) -> list[Submission]:
    desk = Desk(folder, "本县")
    found = [read_file(folder / path, file_hash(folder / path), desk) for path in paths]
    return [each for sheets in found for each in sheets]


def said(table: pd.DataFrame) -> list[tuple[str, ...]]:
    """What the hazards in force say, apart from their ids and days."""
    columns = [name for name in table if name not in APART]
    return sorted(tuple(map(str, row)) for row in in_force(table)[columns].itertuples(index=False))


def shown(tables: Tables, day: date) -> set[tuple[str, str, str]]:
    """Item, submission and status of each hazard as known on a day."""
    rows = tables["hazard"].to_dict("records")
    return {
        (row["item_id"], row["submission_id"], row["status"])
        for row in rows
        if row["known_from"] <= day < end_of(row["known_to"])
    }


@pytest.mark.slow
@settings(
    max_examples=40 if DEEP else 6, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(files=st.lists(FILE, min_size=2, max_size=6))
def test_the_last_file_of_everybody_taken_back(
    tmp_path_factory: pytest.TempPathFactory, files: Sequence[Any]
) -> None:
    folder = tmp_path_factory.mktemp("raw")
    paths = written(folder, files)
    last = {path: Withdrawal(path, GONE, "某甲", "报错了") for path in dict(paths).values()}
    everything = read(folder, [path for _, path in paths])
    rest = read(folder, [path for _, path in paths if path not in last])
    never, before = assemble(rest), assemble(everything)
    after = assemble(everything, terms=Terms(withdrawn=last))
    assert said(after["hazard"]) == said(never["hazard"])
    # No day before it shows anything else, neither states nor ids.
    for days in range(60):
        day = FIRST + timedelta(days=days)
        if day < GONE:
            assert shown(after, day) == shown(before, day)
    # An item that goes on has the id that it had.
    had = {(item, batch) for day in range(60) for item, batch, _ in
           shown(before, FIRST + timedelta(days=day))}  # fmt: skip
    kept = {(item, batch) for item, batch, _ in shown(after, GONE)}
    batches = {batch for _, batch in had}
    items = {item for item, _ in had}
    assert all(item in items for item, batch in kept if batch in batches)


@pytest.mark.slow
def test_the_order_in_which_files_are_read_changes_nothing(tmp_path: Path) -> None:
    files = [
        (UNITS[0], 0, [(1, 0, False), (2, 1, False)]),
        (UNITS[1], 3, [(1, 2, False)]),
        (UNITS[0], 5, [(1, 0, True)]),
    ]
    paths = [path for _, path in written(tmp_path, files)]
    terms = Terms(withdrawn={paths[2]: Withdrawal(paths[2], GONE, "某甲", "报错了")})
    one, other = (
        assemble(read(tmp_path, order), terms=terms) for order in (paths, paths[::-1])
    )  # fmt: skip
    for name in one:
        assert one[name].astype(str).equals(other[name].astype(str)), name


def table(*rows: tuple[str, str, int, int | None]) -> pd.DataFrame:
    """Versions by item, text, first day and end; days of October."""
    days = [date(2023, 10, d) for *_, d, _ in rows]
    ends = [end and date(2023, 10, end) for *_, end in rows]
    return pd.DataFrame(
        {
            "item_id": [item for item, *_ in rows], "text": [text for _, text, *_ in rows],
            "known_from": days, "known_to": ends,
        },
        dtype=object,
    )  # fmt: skip


def test_what_is_the_same_on_both_sides_of_a_day_is_one_row() -> None:
    before = table(("1", "甲", 1, 10), ("1", "乙", 10, None), ("2", "丙", 5, None))
    after = table(("1", "甲", 1, None), ("2", "丙", 5, 25), ("2", "丁", 25, None))
    parts = [
        Part(before, date.min, date(2023, 10, 20)), Part(after, date(2023, 10, 20), date.max)
    ]  # fmt: skip
    expected = table(
        ("1", "甲", 1, 10), ("2", "丙", 5, 25), ("1", "乙", 10, 20), ("1", "甲", 20, None),
        ("2", "丁", 25, None),
    )  # fmt: skip
    pd.testing.assert_frame_equal(spliced(parts), expected)
