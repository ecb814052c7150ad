"""A definition that has changed says since when, wherever it is shown."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from analysis.ingest.assembly.assemble import assemble
from analysis.judgement.alerts import RULES
from analysis.warehouse.publications import publications
from analysis.warehouse.publish import drafting, with_definitions
from analysis.warehouse.sql_files import (
    Query,
    comment_of,
    get_metric,
    metrics,
    read_query,
    relations,
)
from dashboards.parts.shell import definition
from tests.conftest import ROOT

SQL = """\
-- 逾期 · late
-- 一行：合计，恒有一行
-- 口径：期限早于当日而没有完成；
--   当日到期不算。
-- 口径变更：2026-12-01 起，停业关停的不算；
--   此前算在内。
-- 口径变更：2027-03-01 起，当日到期不算。
-- 列：
--   late 逾期（项）
-- 依据：跟踪督办
SELECT count(*) AS late FROM items WHERE is_overdue
"""
CHANGES = (
    "2026-12-01 起，停业关停的不算；此前算在内。",
    "2027-03-01 起，当日到期不算。",
)
FULL = (
    "期限早于当日而没有完成；当日到期不算。口径变更（所注是改用的日期，以前的截至日也一律按新口径计算）："
    f"{CHANGES[0]}{CHANGES[1]}"
)


@pytest.fixture
def late(tmp_path: Path) -> Query:
    file = tmp_path / "late.sql"
    file.write_text(SQL, encoding="utf-8")
    return read_query(file, ("items",))


def test_each_change_is_read_from_the_opening_comment(late: Query) -> None:
    assert late.changes == CHANGES
    assert late.definition == "期限早于当日而没有完成；当日到期不算。"
    assert (late.columns, late.clause) == ({"late": "逾期（项）"}, "跟踪督办")
    assert late.full_definition == FULL
    unchanged = get_metric("site_responsibility")
    assert unchanged.full_definition == unchanged.definition


def test_what_is_said_of_a_change_holds_for_days_before_it() -> None:
    """A paper of 2023 lists by the definition of 2026: no note may say that it does not."""
    said = get_metric("overdue").spoken_definition
    assert "以前的截至日也一律按新口径计算" in said
    assert said.index("以前的截至日") < said.index("2026-12-01 起")


def test_a_paper_of_a_day_says_nothing_of_changes_after_it(late: Query) -> None:
    """2023年的函里不写2026年的口径变更."""
    assert late.definition_on(date(2026, 11, 30)) == late.definition
    in_december = late.definition_on(date(2026, 12, 1))
    assert (CHANGES[0] in in_december, CHANGES[1] in in_december) == (True, False)
    for query in metrics().values():
        assert query.definition_on(date(2023, 10, 31)) in query.spoken_definition


def test_no_basis_cites_a_measure_of_one_plan_by_number_or_day() -> None:
    """各县的方案不同：编号、日期只从本县自己的方案里来."""
    cited = r"措施 ?\d|\d+-\d|\d+ ?月 ?\d+ ?日"
    told = {query.name: query.clause for query in metrics().values()}
    assert [name for name, words in told.items() if re.search(cited, words)] == []
    assert [rule.name for rule in RULES.values() if re.search(cited, rule.clause)] == []
    assert "9月30日" not in get_metric("node_progress").definition


def test_it_stands_in_the_panel_of_a_page_and_in_the_published_file(late: Query) -> None:
    assert FULL in str(definition(late))
    assert comment_of(late) == f"逾期。一行：合计，恒有一行。{FULL}"


def test_no_definition_is_shown_without_its_changes() -> None:
    """Pages and documents ask for ``spoken_definition``, commands for ``full_definition``."""
    for room in ("analysis", "dashboards"):
        for path in (ROOT / room).rglob("*.py"):
            shown = re.findall(r"\w+\.definition\b", path.read_text(encoding="utf-8"))
            assert set(shown) <= {"self.definition"}, path


@pytest.mark.parametrize("query", metrics().values())
def test_what_a_page_says_of_a_metric_names_no_code(query: Query) -> None:
    """The one name that stands is that of those who found how to estimate."""
    said = query.spoken_definition.replace("Kaplan–Meier", "")
    assert not re.search(r"[A-Za-z_$]{2,}", said)
    assert len(said) > len(query.full_definition) * 0.7


@pytest.mark.parametrize("query", [*metrics().values(), *relations().values()])
def test_a_definition_is_whole_sentences_and_a_change_begins_with_its_day(query: Query) -> None:
    assert query.definition.endswith("。")
    for change in query.changes:
        assert re.match(r"\d{4}-\d{2}-\d{2} 起", change), change
        assert change.endswith("。")


def test_the_same_files_by_another_definition_are_another_publication(late: Query) -> None:
    same = with_definitions("files", [late])
    assert same == with_definitions("files", [late])
    others = (
        replace(late, changes=()), replace(late, sql="SELECT 0 AS late"), replace(late, title="迟"),
    )  # fmt: skip
    digests = {with_definitions("files", [other]) for other in others}
    assert len(digests | {same, with_definitions("other files", [late])}) == 5


@pytest.mark.slow
def test_a_kept_publication_is_named_by_its_files_and_definitions(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    with drafting(path) as draft:
        for name, table in assemble([]).items():
            draft.write(name, table)
        draft.publish("files")
    (kept,) = publications(path)
    digest = with_definitions("files", [*relations().values(), *metrics().values()])
    assert kept.name.endswith(f"_{digest[:12]}.duckdb")
