"""Every code that a person may see has a Chinese word, and one word everywhere."""

import csv
import io
import re
from datetime import date
from typing import Any

import pandas as pd
import pytest
import sqlglot
from sqlglot import exp
from typer.testing import CliRunner

import analysis
from analysis.briefing.lists import COLUMNS, metric_rows
from analysis.cli import app
from analysis.ledgers import LEDGERS
from analysis.settings import Settings
from analysis.warehouse.sql_files import Query, get_metric, metrics, relations
from analysis.wording.codes import words_of
from analysis.wording.values import value_text
from dashboards.downloads.tables import as_csv
from dashboards.parts.grid import worded

AS_OF = date(2023, 11, 15)
CODE = re.compile(r"[a-z]+(_[a-z0-9]+)*")
#: Names of fields, which mean something by their ledger alone: ``labels.field_label``.
NAMES_OF_FIELDS = {("findings", "field")}
#: «met 达标» in the comment of a metric.
EXPLAINED = re.compile("\\b([a-z][a-z_]*) ([\u4e00-\u9fff]+)")


def codes_in(column: pd.Series) -> set[str]:
    """The values of a column that look like codes."""
    return {v for v in column.dropna() if isinstance(v, str) and CODE.fullmatch(v)}


def literals_of(query: Query) -> set[str]:
    """The codes that a query puts into its rows: constants that it gives, not that it compares."""
    given = (exp.Alias, exp.Select, exp.If, exp.Case, exp.Array, exp.Coalesce, exp.Paren)
    tree = sqlglot.parse_one(re.sub(r"\$(\w+)", r"DATE '2023-11-15'", query.sql), read="duckdb")
    constants = (each for each in tree.find_all(exp.Literal) if each.is_string)
    return {
        each.this
        for each in constants
        if CODE.fullmatch(each.this) and isinstance(each.parent, given) and not is_asked(each)
    }


def is_asked(constant: exp.Literal) -> bool:
    """Whether a constant stands behind WHEN: what is compared, not what is given."""
    parent = constant.parent
    return isinstance(parent, exp.If) and parent.this is constant


def test_what_is_compared_is_no_code_that_a_query_gives() -> None:
    sql = "SELECT CASE kind WHEN 'asked' THEN 'given' ELSE 'other' END AS a, 'named' AS b"
    sql += " FROM items WHERE state = 'compared' AND kind IN ('listed')"
    assert literals_of(Query("x", "", "", "", {}, "", sql)) == {"given", "other", "named"}


@pytest.mark.parametrize("name", [*metrics(), *relations()])
def test_every_code_that_a_query_gives_has_a_word(name: str) -> None:
    query = (metrics() | relations())[name]
    columns = query.columns or dict.fromkeys(re.findall(r"\w+", query.sql))
    known = {code for column in columns for code in words_of(column, query.name)}
    # It turns its reasons into columns of their names; a code of any other is a word of a row.
    reasons = set(columns) if name == "suspect_closure" else set()
    missing = literals_of(query) - known - reasons
    assert not missing, f"{name}: a word for each in analysis/wording/codes.py"


@pytest.mark.parametrize("query", metrics().values(), ids=lambda q: q.name)
def test_the_words_in_a_metric_s_own_comment_are_those_that_are_shown(query: Query) -> None:
    for column, text in query.columns.items():
        words = words_of(column, query.name)
        assert words or "代码" not in text, column
        assert dict(EXPLAINED.findall(text)).items() <= words.items(), column


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(metrics()))
def test_every_code_in_the_rows_of_a_metric_has_a_word(committed: Settings, name: str) -> None:
    with analysis.open_warehouse(committed.home) as warehouse:
        rows = warehouse.metric(name, AS_OF)
    for column in map(str, rows):
        assert codes_in(rows[column]) <= words_of(column, name).keys(), column


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(relations()))
def test_every_code_in_the_rows_of_a_relation_has_a_word(committed: Settings, name: str) -> None:
    with analysis.open_warehouse(committed.home) as warehouse:
        rows = warehouse.sql(f"FROM {name}(DATE '{AS_OF}')").df()
    if rows.empty:
        pytest.skip("data/raw holds nothing of it; its constants are looked at above")
    for column in map(str, rows):
        if (name, column) not in NAMES_OF_FIELDS:
            assert codes_in(rows[column]) <= words_of(column, name).keys(), column


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(metrics()))
def test_no_code_reaches_a_person(committed: Settings, name: str) -> None:
    query = get_metric(name)
    with analysis.open_warehouse(committed.home) as warehouse:
        rows = warehouse.metric(name, AS_OF)

    def is_code(cell: Any) -> bool:
        return isinstance(cell, bool) or bool(CODE.fullmatch(str(cell).lower()))

    file = csv.reader(io.StringIO(as_csv(query, rows)))
    assert not [cell for line in file for cell in line if cell and is_code(cell)]
    printed = CliRunner().invoke(
        app, ["metric", name, "--as-of", str(AS_OF), "--home", str(committed.home)]
    )
    assert printed.exit_code == 0
    assert not [word for word in printed.stdout.split() if is_code(word)]
    grid = worded(rows, name).astype(object)
    shown = [cell for column in map(str, grid) for cell in grid[column].dropna()]
    assert not [cell for cell in shown if is_code(cell)]
    if name in COLUMNS:
        annex = [cell for row in metric_rows(name, rows) for cell in row.values()]
        assert not [cell for cell in annex if cell is not None and is_code(cell)]


@pytest.mark.slow
def test_a_file_for_programs_keeps_the_codes(committed: Settings) -> None:
    told = CliRunner().invoke(
        app, ["metric", "report_punctuality", "--as-of", "2023-11-30", "--format", "csv",
              "--home", str(committed.home)],
    )  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(told.stdout)))
    assert {row["state"] for row in rows} == {"in_time", "late", "missing", "pending"}
    assert {row["zero_report"] for row in rows} == {"true", "false", ""}  # of a report not come


def test_one_state_has_one_word_wherever_it_is_shown() -> None:
    rows = pd.DataFrame(
        {"plan_no": [None], "sub_no": ["5-1"], "requirement": ["学习"], "unit": ["甲局"],
         "frequency": ["每月"], "period_start": [AS_OF], "period_end": [AS_OF],
         "required": [1.0], "done": [0.0],
         "missing": [1.0], "state": ["short"]}
    )  # fmt: skip
    query = get_metric("duty_compliance")
    assert as_csv(query, rows).strip().endswith("不足")
    assert worded(rows, query.name)["state"][0] == "不足"
    assert metric_rows(query.name, rows)[0]["情形"] == "不足"
    assert value_text("short", "state", query.name) == "不足"


def test_a_column_that_holds_what_somebody_wrote_holds_no_codes() -> None:
    assert words_of("kind", "items")["hazard"] == "隐患"
    for table in ("inspection", "inspections", "accident", "accidents", "duties"):
        assert "hazard" not in words_of("kind", table)
    assert words_of("source", "accident_yoy")["records"] == "台账"
    assert not words_of("source", "items")


@pytest.mark.parametrize("ledger", LEDGERS.values(), ids=lambda each: each.name)
def test_a_ledger_s_codes_are_those_of_its_fields(ledger: Any) -> None:
    for field in ledger:
        if field.codes:
            assert words_of(field.name, ledger.name) == field.codes.labels


def test_what_kind_of_ledger_was_sent_is_said_in_the_view_too(committed: Settings) -> None:
    with analysis.open_warehouse(committed.home) as warehouse:
        kinds = warehouse.sql('SELECT DISTINCT "台账类型" FROM 报送批次').fetchall()
    assert ("隐患",) in kinds
    assert ("hazard",) not in kinds
