"""What is declared of tables, relations and metrics holds, and is noticed where it does not."""

import re
import shutil
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import duckdb
import pytest

from analysis.demo import write_demo
from analysis.ingest.pipeline import ingest
from analysis.ledgers import LEDGERS
from analysis.settings import Settings
from analysis.warehouse.checks import DataTest, Failure, declared, declared_for, failures, running
from analysis.warehouse.checks.declared import ROWS, _read
from analysis.warehouse.engine import open_warehouse
from analysis.warehouse.sql_files import metrics, relations
from tests.depth import DEEP, only_deep
from tests.tables import drawn

DAY = date(2023, 12, 31)


def failing(path: Path, as_of: date = DAY, known_on: date | None = None) -> list[Failure]:
    with open_warehouse(path) as con:
        return failures(con, as_of, known_on)


@pytest.mark.parametrize("name", [*LEDGERS, *relations(), *metrics()])
def test_everything_says_what_one_row_is(name: str) -> None:
    assert [test for test in declared_for(name) if test.is_grain], "declare 唯一, 历次 or 一行"


def test_every_column_of_codes_has_its_accepted_values() -> None:
    for ledger in LEDGERS.values():
        told = {test.text for test in declared_for(ledger.name)}
        assert {f"取值 {field.name}" for field in ledger if field.codes} <= told


def test_every_rate_is_one() -> None:
    for name, query in metrics().items():
        rates = [column for column in query.columns if column.endswith("_rate")]
        told = [test for test in declared_for(name) if "在 0 到 1 之间" in test.text]
        assert len(told) == len(rates), name


@pytest.mark.parametrize(
    ("as_of", "known_on"),
    [
        pytest.param(date(2023, 10, 20), None, marks=only_deep),
        (date(2023, 11, 15), date(2023, 11, 1)),
        (date(2024, 1, 31), None), (date(2022, 1, 1), None),
    ],
)  # fmt: skip
def test_all_of_it_holds_on_the_committed_ledgers(
    committed: Settings, as_of: date, known_on: date | None
) -> None:
    assert [each.line for each in failing(committed.warehouse, as_of, known_on)] == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", [7, pytest.param(11, marks=only_deep)])
def test_all_of_it_holds_on_other_counties(tmp_path: Path, seed: int) -> None:
    until = date(2024, 2, 29) if DEEP else date(2023, 11, 15)
    write_demo(tmp_path / "data" / "raw", until, seed)
    settings = Settings(home=tmp_path)
    ingest(settings)
    for as_of in (date(2023, 11, 15), date(2024, 3, 1)) if DEEP else (date(2023, 11, 16),):
        assert [each.line for each in failing(settings.warehouse, as_of)] == []


@pytest.fixture(scope="module")
def sound(committed: Settings) -> Path:
    return committed.warehouse


@pytest.fixture
def broken(sound: Path, tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A copy of the warehouse to be spoilt."""
    path = tmp_path / "warehouse.duckdb"
    shutil.copyfile(sound, path)
    with duckdb.connect(str(path)) as con:
        yield con


#: What somebody or something might do to the tables, and a test that notices it.
SPOILT = [
    ("INSERT INTO hazard SELECT * FROM hazard LIMIT 1", "hazard", "历次 item_id"),
    ("INSERT INTO hazard SELECT * FROM hazard LIMIT 1", "items", "唯一 item_id"),
    ("UPDATE hazard SET known_to = NULL", "hazard", "历次 item_id"),
    ("UPDATE hazard SET status = 'erledigt' WHERE known_to IS NULL", "hazard", "取值 status"),
    ("UPDATE hazard SET item_id = NULL", "hazard", "非空 item_id、known_from"),
    ("UPDATE quality SET rule = 'R99'", "quality", "取值 rule"),
    (
        "DELETE FROM submission WHERE ledger = 'hazard'",
        "hazard",
        "引用 submission_id → submission.submission_id",
    ),
    ("UPDATE submission SET rows_read = rows_read + 1", "submission", "读取的行一行不少"),
    ("UPDATE submission SET rows_rejected = 1, rows_read = rows_read + 1", "submission",
     "退回的行逐行可查"),
    ("INSERT INTO unit_name SELECT * FROM unit_name LIMIT 1", "unit_name", "历次 written"),
    ("INSERT INTO workday SELECT * FROM workday LIMIT 1", "workday", "唯一 region、day"),
]  # fmt: skip


def tell_of(table: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run the tests of one table alone; that all are run is seen where all of them hold."""
    told = {table: declared()[table]}
    monkeypatch.setattr(running, "declared", lambda: told)


def test_every_declared_test_is_run(committed: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    run: list[str] = []

    def none_fails(_con: object, name: str, tests: Sequence[DataTest], *_days: object) -> list[int]:
        run.extend(f"{name} {test.text}" for test in tests)
        return [0] * len(tests)

    monkeypatch.setattr(running, "_failing", none_fails)
    assert failing(committed.warehouse) == []
    assert run == [f"{name} {test.text}" for name, tests in declared().items() for test in tests]


@pytest.mark.parametrize(("spoil", "table", "text"), SPOILT)
def test_what_is_spoilt_is_noticed(
    broken: duckdb.DuckDBPyConnection, spoil: str, table: str, text: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    tell_of(table, monkeypatch)
    broken.execute(spoil)
    assert (table, text) in {(e.test.table, e.test.text) for e in failures(broken, DAY)}


def test_a_failure_is_one_line_with_its_count_and_three_examples(
    broken: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell_of("submission", monkeypatch)
    broken.execute("UPDATE submission SET rows_read = rows_read + 1 WHERE rows_loaded > 0")
    ((number,),) = broken.execute(
        "SELECT count(*) FROM submission WHERE rows_loaded > 0"
    ).fetchall()
    line = next(e.line for e in failures(broken, DAY) if e.test.table == "submission")
    assert line.startswith(
        f"报送批次（submission）：读取的行一行不少，{number} 处不成立，如 报送批次 "
    )
    assert line.count("；") == 2
    assert "\n" not in line


def verdict(text: str, drawing: str) -> list[bool]:
    """Whether each test of a declared part holds of drawn rows."""
    with duckdb.connect() as con:
        con.register(ROWS, drawn(drawing))
        return [not con.execute(test.failing_sql).fetchall() for test in _read("completion", text)]


@pytest.mark.parametrize(
    ("text", "drawing", "holds"),
    [
        ("一行", "a\n1", [True]),
        ("一行", "a\n1\n1", [False]),
        ("唯一 a、b", "a b\n1 1\n1 2", [True]),
        ("唯一 a、b", "a b\n1 1\n1 1", [False]),
        ("唯一 a", "a b\n- 1\n- 2", [False]),  # what is blank twice is twice the same
        ("唯一 a 当 b = 1", "a b\n1 1\n1 2", [True]),
        ("非空 a、b", "a b\n1 1\n1 -", [False]),
        ("取值 dimension", "dimension\nall\nunit", [True]),
        ("取值 dimension", "dimension\nall\nunits", [False]),
        ("成立 小于：a < b", "a b\n1 2\n1 -", [True]),  # unknown is not false
        ("成立 小于：a < b", "a b\n2 2", [False]),
        ("成立 小于：a < b 当 a = 1", "a b\n1 2\n3 2", [True]),
        ("合计 a，u = '全部'", "u a\n全部 3\n甲局 1\n乙局 2", [True]),
        ("合计 a，u = '全部'", "u a\n全部 4\n甲局 1\n乙局 2", [False]),
        ("合计 a，u = '全部'，按 b", "u a b\n全部 1 1\n甲局 1 1\n全部 2 2\n甲局 1 2", [False]),
        ("各维度 a", "dimension a\nall 3\nunit 1\nunit 2", [True]),
        ("各维度 a", "dimension a\nall 3\nunit 1\nunit 1", [False]),
        ("各维度 a，按 b", "dimension a b\nall 1 1\nunit 1 1\nall 2 2\nunit 2 2", [True]),
        ("各维度 a，按 b", "dimension a b\nall 1 1\nunit 2 1\nall 2 2\nunit 1 2", [False]),
        ("合计 a，u = '全部'，按 b", "u a b\n全部 1 1\n甲局 1 1\n全部 2 2\n甲局 2 2", [True]),
        ("历次 a", "a known_from known_to\n1 10-01 10-05\n1 10-05 -", [True]),
        ("历次 a", "a known_from known_to\n1 10-01 10-06\n1 10-05 -", [False]),
        ("历次 a", "a known_from known_to\n1 10-01 -\n1 10-05 -", [False]),
        ("历次 a", "a known_from known_to\n1 10-05 10-05\n1 10-05 -", [True]),
    ],
)
def test_each_kind_of_test_on_a_drawn_table(text: str, drawing: str, holds: list[bool]) -> None:
    assert verdict(text, drawing) == holds


def test_a_line_that_cannot_be_read_is_a_fault_of_ours() -> None:
    with pytest.raises(ValueError, match="cannot read"):
        list(_read("hazard", "唯一性 item_id"))


def test_no_two_tests_of_a_table_say_the_same() -> None:
    for name, tests in declared().items():
        texts = [test.text for test in tests]
        assert len(texts) == len(set(texts)), name


def test_what_people_read_is_in_chinese() -> None:
    texts = [test.text for tests in declared().values() for test in tests]
    assert [text for text in texts if not re.search("[一-鿿]", text)] == []


def test_tables_are_asked_without_days_and_metrics_with_those_that_they_take() -> None:
    day = date(2023, 11, 15)
    with duckdb.connect() as con:
        con.execute("CREATE TABLE hazard AS SELECT 1 AS n")
        con.execute("CREATE MACRO overview(as_of, known_on := NULL) AS TABLE SELECT as_of AS day")
        assert running._ask(con, "hazard", f"SELECT n FROM {ROWS}", day, None) == [{"n": 1}]
        assert running._ask(con, "overview", f"SELECT day FROM {ROWS}", day, None) == [{"day": day}]
