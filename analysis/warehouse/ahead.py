"""What a roll-up of counties has worked out ahead: every metric of one day, region by region."""

from dataclasses import dataclass
from datetime import date

import duckdb
import pandas as pd

from analysis.warehouse.engine import fetch, fetch_rows, table_names
from analysis.warehouse.scope import Asked, Scope, narrowing
from analysis.warehouse.sql_files import Query

#: Which day was worked out ahead, and what lies in the roll-up region by region.
ROLLUP_TABLE = "rollup"
#: In front of the name of a metric worked out ahead.
AHEAD_PREFIX = "ahead_"
#: The column that says whose row it is, and what stands there for all regions together.
REGION, ALL_REGIONS = "region", "全部"


@dataclass(frozen=True, slots=True)
class Days:
    """The day that was worked out, the one from which its changes are, and for which regions."""

    as_of: date
    since: date | None
    regions: frozenset[str]


def days_ahead(con: duckdb.DuckDBPyConnection) -> Days | None:
    """The days of a roll-up; None where it is a county's own warehouse, or an account's share."""
    if ROLLUP_TABLE not in table_names(con):
        return None
    _, rows = fetch_rows(con, f"SELECT as_of, since, region FROM {ROLLUP_TABLE}")  # noqa: S608
    if not rows:
        return None
    return Days(rows[0][0], rows[0][1], frozenset(region for *_, region in rows))


def ahead_sql(days: Days, query: Query, scope: Scope) -> Asked | None:
    """What asks for a metric's rows where they were worked out for just this scope.

    None where they were not: for another day, a region that is none, with other filters than the
    region, or where the metric does not follow the region.
    """
    region = scope.filters.get(REGION, (ALL_REGIONS,))
    is_other = set(scope.filters) - {REGION} or len(region) != 1 or scope.known_on
    if is_other or (REGION in scope.filters and REGION not in narrowing(query)):
        return None
    if not set(region) <= days.regions | {ALL_REGIONS}:
        return None
    if scope.as_of != days.as_of or ("$since" in query.sql and scope.since != days.since):
        return None
    kept = ", ".join(f'"{kept}" AS "{name}"' for name, kept in columns_ahead(query).items())
    return (
        f"SELECT {kept} FROM {AHEAD_PREFIX}{query.name} WHERE region = $region ORDER BY row_order",  # noqa: S608
        {"region": region[0]},
    )


def columns_ahead(query: Query) -> dict[str, str]:
    """A metric's columns, and what each is called in its table of what was worked out ahead."""
    return dict(zip(query.columns, with_region(list(query.columns))[1:], strict=True))


def with_region(columns: list[str]) -> list[str]:
    """The columns with the region in front of them; no name stands twice."""
    return [REGION, *(f"{name}_1" if name == REGION else name for name in columns)]


def regions_side_by_side(con: duckdb.DuckDBPyConnection) -> tuple[pd.DataFrame, date]:
    """The regions of a roll-up as worked out for its day, and that day.

    Columns: region, newest, those of ``overview``, not_listed (major hazards that should be listed
    for supervision and are not), vanished, reports_missing, accidents, accidents_prev,
    accidents_yoy (this year's counted accidents, those of the county's own name alone).

    Raises:
        QueryError: the warehouse is no roll-up.

    """
    sql = f"""
        SELECT
            {ROLLUP_TABLE}.region, {ROLLUP_TABLE}.newest, {ROLLUP_TABLE}.as_of AS made_for,
            overview.* EXCLUDE (as_of, region, row_order),
            overview.major_open - overview.major_supervised AS not_listed,
            coalesce(lost.items, 0) AS vanished,
            coalesce(owing.reports, 0) AS reports_missing,
            accidents.accidents, accidents.accidents_prev, accidents.accidents_yoy
        FROM {ROLLUP_TABLE}
        INNER JOIN {AHEAD_PREFIX}overview AS overview USING (region)
        LEFT JOIN (
            SELECT region, count(*) AS items FROM {AHEAD_PREFIX}vanished GROUP BY region
        ) AS lost USING (region)
        LEFT JOIN (
            SELECT region, count(*) AS reports FROM {AHEAD_PREFIX}report_punctuality
            WHERE state = 'missing' GROUP BY region
        ) AS owing USING (region)
        LEFT JOIN (
            SELECT * FROM {AHEAD_PREFIX}accident_yoy
            WHERE source = 'records' AND period = 'year' AND region_1 = region
        ) AS accidents USING (region)
        ORDER BY overview.overdue DESC, {ROLLUP_TABLE}.region
    """  # noqa: S608 - tables of ours
    rows = fetch(con, sql)
    return rows.drop(columns="made_for"), rows["made_for"].iloc[0].date()
