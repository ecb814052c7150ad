"""What a question may name, on which day it is, and what is told where a name is none."""

import pickle
from datetime import date

import duckdb
import pytest

from analysis.errors import MemberError, QueryError
from analysis.ledgers import LEDGERS
from analysis.warehouse.checks.running import label_of, title_of
from analysis.warehouse.engine import (
    Answer,
    fetch_some,
    has_names,
    names_of_unit,
    unit_in_force,
)
from analysis.warehouse.scope import (
    Scope,
    day_shown,
    members_sql,
    must_be_members,
    must_narrow,
    names_sql,
    read_column,
    read_member,
    standalone_sql,
)
from analysis.warehouse.sql_files import get_metric

TODAY = date(2023, 11, 15)


@pytest.mark.parametrize(
    ("newest", "shown"),
    [
        (None, (TODAY, False)),
        (date(2023, 11, 5), (TODAY, False)),  # ten days old, which is not too old
        (date(2023, 11, 4), (date(2023, 11, 4), True)),
        (date(2023, 12, 1), (TODAY, False)),
    ],
)
def test_the_day_shown_is_today_unless_the_newest_is_old(
    newest: date | None, shown: tuple[date, bool]
) -> None:
    assert day_shown(newest, TODAY, 10) == shown


def test_a_value_that_no_row_has_is_told_with_the_nearest_or_with_what_there_is() -> None:
    units = ["县教育局", "县交通运输局"]
    must_be_members("unit", ["县教育局", "未填", "不适用"], units)
    must_be_members("unit", ["随便"], [])  # nothing is known of them
    must_be_members("kind", ["hazard"], units)
    with pytest.raises(MemberError, match="没有名为“县教育”的责任单位，是不是 县教育局？"):
        must_be_members("unit", ["县教育"], units)
    with pytest.raises(MemberError, match="有的是：县交通运输局、县教育局。"):
        must_be_members("unit", ["XYZ"], units)
    many = [f"单位{n:02}" for n in range(11)]
    with pytest.raises(MemberError, match="单位09等。"):
        must_be_members("unit", ["XYZ"], many)
    with pytest.raises(MemberError, match="单位09。"):
        must_be_members("unit", ["XYZ"], many[:10])


def test_a_filter_that_does_nothing_is_told_with_those_that_do() -> None:
    must_narrow(get_metric("overdue"), Scope(TODAY, filters={"unit": ["甲局"]}))
    with pytest.raises(QueryError, match="accident_yoy 不能按 unit 筛选；可以筛选的：region。"):
        must_narrow(get_metric("accident_yoy"), Scope(TODAY, filters={"unit": ["甲局"]}))
    with pytest.raises(QueryError, match="可以筛选的：unit。"):
        must_narrow(get_metric("submission_quality"), Scope(TODAY, filters={"level": ["重大"]}))


def test_members_are_asked_of_every_table_that_has_the_column() -> None:
    asked = members_sql("township", {"hazard": ["township"], "measure": ["unit"]})
    assert asked == "SELECT DISTINCT member FROM (SELECT township AS member FROM hazard)"
    assert members_sql("township", {"measure": ["unit"]}) is None
    names = members_sql("unit", {"unit_name": ["written", "unit"]})
    assert names is not None
    assert "SELECT written FROM unit_name UNION ALL SELECT unit FROM unit_name" in names


def test_what_people_call_a_column_or_a_kind_is_understood() -> None:
    assert [read_column(name) for name in ("单位", "unit", "隐患等级", "别的")] == [
        "unit", "unit", "level", "别的",
    ]  # fmt: skip
    assert (read_member("kind", "隐患"), read_member("unit", "隐患")) == ("hazard", "隐患")


def test_any_engine_is_asked_relations_alone_those_it_holds_by_name() -> None:
    scope = Scope(TODAY, filters={"unit": ["甲局"]})
    narrowed, values = standalone_sql(get_metric("overdue"), scope)
    whole, days = standalone_sql(get_metric("overdue"), Scope(TODAY))
    held, _ = standalone_sql(get_metric("overdue"), Scope(TODAY), held=["items"])
    assert "WHERE unit IN (SELECT unnest($scope_unit))" in narrowed
    assert values == {"as_of": TODAY, "known_on": None, "scope_unit": ["甲局"]}
    assert "scope_unit" not in whole
    assert days == {"as_of": TODAY, "known_on": None}
    assert "WITH items AS" not in held
    assert whole.startswith("WITH items AS (WITH")  # as it is, nothing around it


def test_changes_are_told_since_fifteen_days_before_with_what_was_known_then() -> None:
    _, values = standalone_sql(get_metric("since"), Scope(TODAY))
    _, early = standalone_sql(get_metric("since"), Scope(TODAY, known_on=date(2023, 10, 1)))
    then = date(2023, 10, 31)
    assert [values[name] for name in ("since", "as_of_before", "known_on_before")] == [then] * 3
    assert early["known_on_before"] == date(2023, 10, 1)
    _, asked = standalone_sql(get_metric("since"), Scope(TODAY, since=date(2023, 11, 1)))
    assert asked["as_of_before"] == date(2023, 11, 1)


def test_names_of_units_are_asked_where_a_scope_names_some() -> None:
    assert names_sql(Scope(TODAY, filters={"level": ["重大"]})) is None
    asked = names_sql(Scope(TODAY, filters={"unit": ["甲局"], "level": ["重大"]}))
    assert asked is not None
    assert asked[1] == {"known_on": None, "written": ["甲局"]}


def test_a_relation_that_is_read_twice_is_known() -> None:
    assert get_metric("recurrence").reread == {"items"}
    assert get_metric("overview").reread == frozenset()


def test_what_fails_is_called_as_people_call_it() -> None:
    assert title_of("hazard") == LEDGERS["hazard"].label
    assert title_of("overview") == get_metric("overview").title
    assert label_of("hazard", "found_on") == LEDGERS["hazard"]["found_on"].label
    assert label_of("hazard", "nothing") == "nothing"
    assert label_of("overview", "total") == get_metric("overview").label("total")
    assert label_of("items", "due_on") == "期限"
    assert label_of("nodes", "node_on") == "node_on"


def test_an_answer_is_cut_where_there_are_more_rows_and_refused_where_it_is_too_large() -> None:
    asked = "SELECT 1 AS n UNION ALL SELECT 2 ORDER BY n"
    with duckdb.connect() as con:
        assert fetch_some(con, asked, rows=1) == Answer(["n"], [(1,)], True)
        assert fetch_some(con, asked, rows=2) == Answer(["n"], [(1,), (2,)], False)
        size = len(pickle.dumps([(1,), (2,)], protocol=5))
        assert fetch_some(con, asked, rows=2, most_bytes=size).rows == [(1,), (2,)]
        with pytest.raises(QueryError, match="查询结果太大"):
            fetch_some(con, asked, rows=2, most_bytes=size - 1)


NAMES = """
CREATE TABLE unit_name (written VARCHAR, unit VARCHAR, known_to DATE);
INSERT INTO unit_name VALUES
    ('文旅局', '文化局', DATE '2023-10-01'), ('文旅局', '县文旅局', NULL),
    ('文化局', '县文旅局', NULL), ('县文旅局', '县文旅局', NULL), ('体育局', '体育局', NULL)
"""


def test_a_unit_is_known_by_its_name_now_and_by_those_that_it_had() -> None:
    with duckdb.connect() as con:
        assert names_of_unit(con, "文旅局") == ["文旅局"]  # an older program has no names
        con.execute(NAMES)
        assert unit_in_force(con, " 文 旅 局 ") == "县文旅局"
        assert unit_in_force(con, "别的局") == "别的局"
        assert names_of_unit(con, "文旅局") == ["县文旅局", "文化局"]
        assert names_of_unit(con, "体育局") == ["体育局"]
        con.execute("ATTACH ':memory:' AS other")
        assert has_names(con)
        assert not has_names(con, "other.")
        assert names_of_unit(con, "文旅局", "other.") == ["文旅局"]
        con.execute("CREATE TABLE other.unit_name AS FROM unit_name WHERE unit = '体育局'")
        assert names_of_unit(con, "体育局", "other.") == ["体育局"]
