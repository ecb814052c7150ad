"""The published warehouse, asked: the one list of questions that everything asks by.

A notebook, a command, a document and a page that ask the same question of the same ``Scope`` get
the same rows, since they call the same method. How a question is put as SQL stands here, in the
SQL files and in ``scope.py``, and nowhere above.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from analysis.errors import QueryError
from analysis.ledgers import LEDGERS
from analysis.warehouse import ahead
from analysis.warehouse.engine import (
    LONGEST_S,
    MOST_ROWS,
    Answer,
    fetch,
    fetch_rows,
    fetch_some,
    has_names,
    names_of_unit,
    open_warehouse,
    table_names,
)
from analysis.warehouse.scope import (
    Asked,
    Scope,
    by_shown_names,
    day_shown,
    members_sql,
    must_be_members,
    must_narrow,
    names_sql,
    part_of,
    scoped_sql,
)
from analysis.warehouse.sql_files import Query, get_metric, nearest, unnamed
from analysis.wording.values import written_day

#: A doubt of which a share has both sides, and that no later submission has made idle.
STILL_ASKED = "doubt.question IS NOT NULL AND doubt.known_to IS NULL"


#: The ledgers of items, and of the acts that close them.
_OF_ITEMS = ", ".join(
    f"'{name}'" for name, each in LEDGERS.items() if each.is_item or each.is_act_on_items
)


@dataclass(frozen=True, slots=True)
class Provenance:
    """What the figures of a scope rest on.

    ``items_on`` is the newest day on which anything came of items or of what closes them: a
    register of meetings that came later says nothing of what was put right meanwhile.
    """

    submissions: int
    newest_on: date | None
    is_simulated: bool
    items_on: date | None = None


class Warehouse:
    """A published warehouse, open for reading, and the questions that it answers.

    Threads may ask at once: each question has a cursor of its own, for a connection is busy until
    its answer has been read. ``connection`` is DuckDB's own, for whatever else that can do.
    """

    def __init__(self, path: Path) -> None:
        """Open the file.

        Raises:
            WarehouseError: there is none, or it cannot be opened.

        """
        self.connection = open_warehouse(path)

    def metric(
        self,
        /,
        name: str,
        as_of: Scope | date | str,
        known_on: date | str | None = None,
        since: date | str | None = None,
        **filters: str | Sequence[str],
    ) -> pd.DataFrame:
        """A metric of a scope or on a day; columns as in its SQL file, days as ``datetime64``.

        A day may be followed by filters: ``unit="县教育局"``, ``level=["重大", "一般"]``. All of
        them must narrow the metric; those of a scope, which pages share, narrow what they can.

        Raises:
            QueryError: there is no such metric, filter or day.

        """
        query, scope = get_metric(name), read_scope(as_of, known_on, since, filters)
        if scope is not as_of:
            must_narrow(query, scope)
        return self._fetch(*self._metric_sql(query, scope))

    def metric_rows(self, name: str, scope: Scope) -> tuple[list[str], list[tuple[Any, ...]]]:
        """A metric's columns and rows as Python values: a frame has no whole number beside NULL."""
        with self.connection.cursor() as con:
            return fetch_rows(con, *self._metric_sql(get_metric(name), scope))

    def first_rows(self, name: str, scope: Scope, most: int) -> tuple[pd.DataFrame, int]:
        """The first rows of a metric, and how many there are in all."""
        sql, values = self._metric_sql(get_metric(name), scope)
        rows = self._fetch(f"{sql}\nLIMIT {most:d}", values)
        if len(rows) < most:
            return rows, len(rows)
        total = self._fetch(f"SELECT count(*) AS n FROM (\n{sql}\n)", values)  # noqa: S608
        return rows, int(total["n"].iloc[0])

    def first_rows_per_group(self, name: str, scope: Scope, by: str, most: int) -> pd.DataFrame:
        """The first rows of each value of the column ``by``, ``in_all`` saying how many it has."""
        query = get_metric(name)
        if by not in query.columns:
            raise QueryError(f"{name} 没有名为 {by} 的列，{nearest(by, query.columns)}")
        sql, values = self._metric_sql(query, scope)
        return self._fetch(
            f"""
            SELECT *, count(*) OVER (PARTITION BY {by}) AS in_all
            FROM (\n{sql}\n)
            QUALIFY row_number() OVER (PARTITION BY {by} ORDER BY unit, item_id) <= {most:d}
            ORDER BY {by}, unit, item_id
            """,  # noqa: S608 - a metric, its column and a number
            values,
        )

    def relation(
        self,
        name: str,
        as_of: Scope | date | str,
        known_on: date | str | None = None,
        part: str = "",
    ) -> pd.DataFrame:
        """The rows of a relation (``items``, ``sites``, ``inspections`` …), in the order of files.

        ``part`` names those that are wanted, where it is not all; see ``PARTS``.

        Raises:
            QueryError: there is no such relation, part or day.

        """
        return self._fetch(*self._scoped(part_of(name, part), read_scope(as_of, known_on)))

    def items(self, scope: Scope, part: str = "") -> pd.DataFrame:
        """The items of a scope; columns of the relation ``items``."""
        return self.relation("items", scope, part=part)

    def items_due(self, scope: Scope, after: date | None, until: date | None) -> pd.DataFrame:
        """The items due after a day and up to another; without the latter those without a deadline.

        Columns of the relation ``items``, without what was withdrawn.
        """
        sql = """
            FROM items
            WHERE NOT is_void AND CASE
                WHEN $until IS NULL THEN due_on IS NULL
                ELSE due_on <= $until AND coalesce(due_on > $after, TRUE)
            END
            ORDER BY path, sheet, row_no
        """
        sql, values = self._scoped(unnamed(sql, "items"), scope)
        return self._fetch(sql, values | {"after": after, "until": until})

    def item(self, item_id: str, scope: Scope) -> pd.DataFrame:
        """One item, or none; columns of the relation ``items``.

        ``item_id`` may also be one of its aliases, as known in the scope: an old link leads to it.
        """
        return self._of_item("FROM items WHERE item_id = $item_id", "items", item_id, scope)

    def versions(self, item_id: str, scope: Scope) -> pd.DataFrame:
        """One item's versions, the first first: columns of ``versions``, path and received_on."""
        sql = """
            SELECT versions.*, submission.path, submission.received_on
            FROM versions
            LEFT JOIN submission ON versions.submission_id = submission.submission_id
            WHERE versions.item_id = $item_id
            ORDER BY versions.known_from
        """
        return self._of_item(sql, "versions", item_id, scope)

    def aliases(self, item_id: str, scope: Scope) -> list[str]:
        """The other ids of an item, as known in the scope."""
        sql = "SELECT alias FROM item_alias WHERE item_id = $item_id AND in_force(item_alias)"
        found: list[str] = []
        waiting = [item_id]
        while waiting:
            new = self._ids(f"{sql} ORDER BY alias", waiting.pop(), scope)
            waiting += [each for each in new if each not in found]
            found += [each for each in new if each not in found]
        return found

    def present_ids(self, scope: Scope) -> dict[str, str]:
        """Every other id of an item → the id of the item, as known in the scope."""
        sql = "SELECT alias, item_id FROM item_alias WHERE in_force(item_alias) ORDER BY ALL"
        sql, values = scoped_sql(unnamed(sql), scope)
        with self.connection.cursor() as con:
            if "item_alias" not in table_names(con):
                return {}
            steps = dict(reversed(fetch_rows(con, sql, values)[1]))
        found: dict[str, str] = {}
        for alias in steps:
            seen, name = {alias}, alias
            while (further := steps.get(name)) is not None and further not in seen:
                seen.add(further)
                name = further
            found[alias] = name
        return found

    def members(self, column: str) -> frozenset[str]:
        """All names that a column by which can be narrowed ever had, in whatever ledger."""
        with self.connection.cursor() as con:
            present: dict[str, list[str]] = {}
            sql = "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal"
            for table, name in fetch_rows(con, sql)[1]:
                present.setdefault(table, []).append(name)
            asked = members_sql(column, present)
            rows = fetch_rows(con, asked)[1] if asked else []
        return frozenset(name for (name,) in rows if name)

    def must_have(self, scope: Scope) -> None:
        """See to it that what a scope is narrowed to is somebody's.

        Raises:
            MemberError: no ledger has such a unit, township …; the likest is told.

        """
        for column, values in scope.filters.items():
            must_be_members(column, values, self.members(column))

    def measures(self, scope: Scope) -> pd.DataFrame:
        """The plans' detailed measures, with problem, manifestation and measure above each.

        They stand in the order in which their plan laid them down, wherever a unit last spoke of
        them.
        """
        sql = """
            SELECT items.*, measure.problem, measure.manifestation, measure.measure,
                measure.start_on,
                coalesce(measure.sub_no, measure.measure_no) AS sub_no
            FROM items
            INNER JOIN measure ON items.item_id = measure.item_id AND in_force(measure)
            INNER JOIN (
                SELECT item_id, min(known_from) AS laid_down_on,
                    arg_min(sheet, known_from) AS sheet, arg_min(row_no, known_from) AS line
                FROM measure
                GROUP BY item_id
            ) AS plan ON items.item_id = plan.item_id
            ORDER BY plan.laid_down_on, measure.plan, plan.sheet, plan.line, items.item_id
        """
        return self._fetch(*self._scoped(unnamed(sql, "items"), scope))

    def last_submissions(self, unit: str, most: int) -> pd.DataFrame:
        """The files that came last, the newest first; of one unit, or of all where none is named.

        Columns: ``path``, ``unit``, ``received_on``, ``withdrawn_on``, ``rows_loaded``,
        ``rows_duplicate``, ``rows_rejected``.
        """
        sql = """
            SELECT path, max(unit) AS unit, received_on, max(withdrawn_on) AS withdrawn_on,
                CAST(sum(rows_loaded) AS BIGINT) AS rows_loaded,
                CAST(sum(rows_duplicate) AS BIGINT) AS rows_duplicate,
                CAST(sum(rows_rejected) AS BIGINT) AS rows_rejected
            FROM submission
            WHERE $unit = '' OR list_contains($units, unit)
            GROUP BY path, received_on
            ORDER BY received_on DESC, path DESC
            LIMIT $most
        """
        with self.connection.cursor() as con:
            units = names_of_unit(con, unit)
        return self._fetch(sql, {"unit": unit, "units": units, "most": most})

    def acts(self, item_ids: Sequence[str]) -> pd.DataFrame:
        """What the office recorded of an item, by any of its ids: the ledger ``acceptance`` with
        the ``path`` of each row.
        """
        sql = """
            SELECT acceptance.*, submission.path
            FROM acceptance
            LEFT JOIN submission ON acceptance.submission_id = submission.submission_id
            WHERE list_contains($ids, acceptance.item_id) AND acceptance.known_to IS NULL
            ORDER BY acceptance.known_from, acceptance.row_no
        """
        return self._fetch(sql, {"ids": [*item_ids]})

    def open_doubts(self) -> pd.DataFrame:
        """The doubts that nobody had settled when the figures were published, without their items.

        Columns of the table ``doubt``; see ``doubts``.
        """
        with self.connection.cursor() as con:
            if "doubt" not in table_names(con):
                return pd.DataFrame(columns=LEDGERS["doubt"].columns)
            return fetch(con, f"FROM doubt WHERE {STILL_ASKED} AND answer IS NULL ORDER BY ALL")

    def doubt_list(self) -> pd.DataFrame:
        """Every doubt that is still asked, settled or not, the oldest first, as lists need it.

        Columns: doubt_key, rule, sender, path, known_from, answers (JSON), answer. There may be
        tens of thousands; what is shown of one is asked by ``doubts``.
        """
        columns = ["doubt_key", "rule", "sender", "path", "known_from", "answers", "answer"]
        sql = f"""
            SELECT doubt.doubt_key, doubt.rule, sent.unit AS sender, doubt.path, doubt.known_from,
                doubt.answers, doubt.answer
            FROM doubt
            LEFT JOIN submission AS sent ON doubt.submission_id = sent.submission_id
            WHERE {STILL_ASKED}
            ORDER BY doubt.known_from, doubt.path, doubt.sheet, doubt.row_no, doubt.doubt_key
        """  # noqa: S608
        with self.connection.cursor() as con:
            if "doubt" not in table_names(con):
                return pd.DataFrame(columns=columns)
            return fetch(con, sql)

    def doubts(self, keys: Sequence[str], scope: Scope) -> pd.DataFrame:
        """A few doubts, by their keys: both sides of each, in no order.

        Columns of the table ``doubt``, and of each side the sender, ledger, and of its item the
        title, site and 责任单位. Whoever sees one side alone has no question; an older program
        published none.
        """
        sql = f"""WITH asked AS (
                FROM doubt WHERE {STILL_ASKED} AND doubt_key IN (SELECT unnest($keys))
            ),
            spoken_of AS (
                FROM items WHERE item_id IN (
                    SELECT item_id FROM asked UNION ALL SELECT other_item_id FROM asked
                )
            )
            SELECT doubt.*, sent.unit AS sender, sent.ledger, one.title, one.site, one.unit,
                other_sent.unit AS other_sender, other_sent.ledger AS other_ledger,
                other.title AS other_title, other.site AS other_site, other.unit AS other_unit
            FROM asked AS doubt
            LEFT JOIN submission AS sent ON doubt.submission_id = sent.submission_id
            LEFT JOIN submission AS other_sent
                ON doubt.other_submission_id = other_sent.submission_id
            LEFT JOIN spoken_of AS one ON doubt.item_id = one.item_id
            LEFT JOIN spoken_of AS other ON doubt.other_item_id = other.item_id
        """  # noqa: S608
        with self.connection.cursor() as con:
            if "doubt" not in table_names(con):
                return pd.DataFrame(columns=LEDGERS["doubt"].columns)
            asked, values = self._scoped(unnamed(sql, "items"), scope)
            return fetch(con, asked, {**values, "keys": [*keys]})

    def has_evidence(self, sha256: str) -> bool:
        """Whether an acceptance rests on a file of that hash."""
        sql = "SELECT count(*) AS n FROM acceptance WHERE evidence_sha256 = $sha256"
        return bool(self._fetch(sql, {"sha256": sha256})["n"].iloc[0])

    def photos(self, item_id: str, scope: Scope) -> pd.DataFrame:
        """The photos of an item that had been received, the newest first.

        Columns of the ledger ``picture``, and ``source``, the file that it came in; ``known_to``
        where another had replaced it by then.
        """
        sql = """
            SELECT
                picture.* REPLACE (
                    CASE WHEN was_received(picture.known_to) THEN picture.known_to END AS known_to
                ),
                submission.path AS source
            FROM picture
            LEFT JOIN submission ON picture.submission_id = submission.submission_id
            WHERE picture.item_id = $item_id AND was_received(picture.known_from)
            ORDER BY picture.known_from DESC, picture.sheet, picture.row_no, picture.cell
        """
        sql, values = self._scoped(unnamed(sql), scope)
        return self._of_photos(sql, values | {"item_id": self._meant(item_id, scope)})

    def photos_of_items(self, scope: Scope) -> pd.DataFrame:
        """The photos in force of a scope's items, the newest of an item first.

        Columns: ``item_id``, ``title``, ``unit``, ``state``, ``stage``, ``path``, ``known_from``.
        """
        sql = """
            SELECT items.item_id, items.title, items.unit, items.state, items.suspension,
                items.due_on, items.days_left, items.days_late,
                picture.stage, picture.path, picture.known_from
            FROM items
            INNER JOIN picture ON items.item_id = picture.item_id AND in_force(picture)
            WHERE NOT items.is_void
            ORDER BY items.unit, items.item_id, picture.known_from DESC, picture.cell
        """
        return self._of_photos(*self._scoped(unnamed(sql, "items"), scope))

    def photo_path(self, sha256: str) -> str | None:
        """Where a photo lies, relative to ``data/processed``; None where no row here shows it."""
        sql = "SELECT path FROM picture WHERE sha256 = $sha256 LIMIT 1"
        return next(iter(self._of_photos(sql, {"sha256": sha256})["path"]), None)

    def provenance(self, scope: Scope) -> Provenance:
        """The submissions that count for a scope, and whether any row of it is simulated."""
        sql = f"""
            WITH counted AS (
                SELECT * FROM submission
                WHERE ledger IS NOT NULL AND was_received(received_on)
                    AND NOT coalesce(was_received(withdrawn_on), FALSE)
            )
            SELECT
                (SELECT count(*) FROM counted) AS submissions,
                (SELECT max(received_on) FROM counted) AS newest_on,
                (SELECT max(received_on) FROM counted WHERE ledger IN
                    ({_OF_ITEMS})) AS items_on,
                coalesce((SELECT bool_or(is_simulated) FROM items), FALSE) AS has_items,
                coalesce((SELECT bool_or(is_simulated) FROM accidents), FALSE) AS has_accidents
        """  # noqa: S608 - names are ours
        row = self._fetch(*self._scoped(unnamed(sql, "items", "accidents"), scope)).iloc[0]
        return Provenance(
            int(row["submissions"]), _day(row["newest_on"]),
            bool(row["has_items"] or row["has_accidents"]), _day(row["items_on"]),
        )  # fmt: skip

    def meetings(self, scope: Scope) -> pd.DataFrame:
        """The meetings of the 专班 on record up to a day: ``kind`` 形势研判会 or 例会, ``held_on``.

        They stand among the duties, or are known by what they decided. Whatever else a scope is
        narrowed to, they are those of its county; the counties of a roll-up have none in common.
        """
        sql = """
            SELECT DISTINCT kind, held_on
            FROM meetings
            WHERE held_on IS NOT NULL AND ($region IS NULL OR region = $region)
            ORDER BY held_on, kind
        """
        chosen = scope.filters.get("region", ())
        if self.regions() and len(chosen) != 1:
            return pd.DataFrame({"kind": [], "held_on": pd.to_datetime([])})
        region = chosen[0] if len(chosen) == 1 else None
        sql, values = self._scoped(unnamed(sql, "meetings"), replace(scope, filters={}))
        return self._fetch(sql, values | {"region": region})

    def received(self, scope: Scope) -> frozenset[str]:
        """The ledgers of which anything at all had been received, by their names.

        A ledger that was received and says that there is nothing is received. Figures of a day
        count what became known later, so only the day up to which the scope knows matters.
        """
        with self.connection.cursor() as con:
            present = table_names(con)
        rows = " UNION ALL ".join(
            f"(SELECT '{name}' AS ledger FROM {name} WHERE in_force({name}) LIMIT 1)"  # noqa: S608
            for name, ledger in LEDGERS.items()
            if ledger.is_received and name in present
        )
        sql = f"""
            SELECT ledger FROM submission
            WHERE ledger IS NOT NULL AND was_received(received_on)
                AND NOT coalesce(was_received(withdrawn_on), FALSE)
            UNION {rows}
        """  # noqa: S608
        return frozenset(self._fetch(*self._scoped(unnamed(sql), scope))["ledger"])

    def described_day(self, today: date, stale_after_days: int) -> tuple[date, bool]:
        """The day that figures describe where none is given, and whether it lies back.

        It is ``today``, unless the newest submission is older than ``stale_after_days``. A file
        that is no ledger says nothing about how recent the figures are.
        """
        # By name: a publication of an older program has no such column.
        sql = """
            SELECT max(received_on) AS day
            FROM (
                SELECT * FROM submission
                UNION ALL BY NAME
                SELECT CAST(NULL AS DATE) AS withdrawn_on WHERE FALSE
            )
            WHERE ledger IS NOT NULL AND withdrawn_on IS NULL
        """
        return day_shown(_day(self._fetch(sql)["day"].iloc[0]), today, stale_after_days)

    def regions(self) -> list[str]:
        """The counties of a roll-up; none where it is a county's own warehouse."""
        return sorted(self._days_ahead.regions) if self._days_ahead else []

    def regions_side_by_side(self) -> tuple[pd.DataFrame, date]:
        """The counties of a roll-up and the day for which; see ``ahead``."""
        with self.connection.cursor() as con:
            return ahead.regions_side_by_side(con)

    def ask(self, sql: str, rows: int = MOST_ROWS, seconds: float = LONGEST_S) -> Answer:
        """One query that a person wrote: at most so many rows, for at most so many seconds.

        Raises:
            QueryError: it does more than read, is wrong, or took too long.

        """
        return fetch_some(self.connection, sql, rows, seconds)

    def sql(self, query: str, **how: Any) -> duckdb.DuckDBPyRelation:
        """What a query gives, as DuckDB's relation: ``wh.sql("FROM 隐患").df()``."""
        return self.connection.sql(query, **how)

    def execute(self, query: str, parameters: Any = None) -> duckdb.DuckDBPyConnection:
        """Run a query; its rows are fetched from the connection that is returned."""
        return self.connection.execute(query, parameters)

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A second connection to the same publication, for a thread of its own."""
        return self.connection.cursor()

    def close(self) -> None:
        """Let the file go."""
        self.connection.close()

    def __enter__(self) -> "Warehouse":
        return self

    def __exit__(self, *about: object) -> None:
        self.close()

    @cached_property
    def _days_ahead(self) -> ahead.Days | None:
        """The days of which a roll-up has the answers; looked up once, for it costs as much."""
        with self.connection.cursor() as con:
            return ahead.days_ahead(con)

    def _metric_sql(self, query: Query, scope: Scope) -> Asked:
        """What gives a metric's rows: what was worked out ahead, else its SQL over the scope."""
        scope = self._by_shown_names(scope)
        kept = self._days_ahead and ahead.ahead_sql(self._days_ahead, query, scope)
        return kept or scoped_sql(query, scope)

    def _scoped(self, query: Query, scope: Scope) -> Asked:
        return scoped_sql(query, self._by_shown_names(scope))

    def _by_shown_names(self, scope: Scope) -> Scope:
        asked = names_sql(scope)
        if asked is None:
            return scope
        with self.connection.cursor() as con:
            return by_shown_names(scope, fetch_rows(con, *asked)[1]) if has_names(con) else scope

    def _of_item(self, sql: str, reads: str, item_id: str, scope: Scope) -> pd.DataFrame:
        sql, values = self._scoped(unnamed(sql, reads), scope)
        return self._fetch(sql, values | {"item_id": self._meant(item_id, scope)})

    def _meant(self, item_id: str, scope: Scope) -> str:
        """The item that an id stands for on the day up to which the scope knows."""
        sql = "SELECT item_id FROM item_alias WHERE alias = $item_id AND in_force(item_alias)"
        seen = {item_id}
        while (others := self._ids(sql, item_id, scope)) and others[0] not in seen:
            item_id = others[0]
            seen.add(item_id)
        return item_id

    def _ids(self, sql: str, item_id: str, scope: Scope) -> list[str]:
        """Ids out of the table of aliases; none where an older program published, without it."""
        sql, values = scoped_sql(unnamed(sql), scope)
        with self.connection.cursor() as con:
            if "item_alias" not in table_names(con):
                return []
            return [name for (name,) in fetch_rows(con, sql, values | {"item_id": item_id})[1]]

    def _of_photos(self, sql: str, values: dict[str, Any]) -> pd.DataFrame:
        """Rows of a question about photos; none where an older program published, without them."""
        with self.connection.cursor() as con:
            if "picture" not in table_names(con):
                return pd.DataFrame(columns=[*LEDGERS["picture"].columns, "title", "unit", "state"])
            return fetch(con, sql, values)

    def _fetch(self, sql: str, values: dict[str, Any] | None = None) -> pd.DataFrame:
        with self.connection.cursor() as con:
            return fetch(con, sql, values)


def read_scope(
    as_of: Scope | date | str,
    known_on: date | str | None = None,
    since: date | str | None = None,
    filters: dict[str, str | Sequence[str]] | None = None,
) -> Scope:
    """A scope as a notebook writes it: days such as «2023-11-15», one value or several.

    Raises:
        QueryError: what should be a day is none, or a scope is given days and filters beside.

    """
    if isinstance(as_of, Scope):
        if known_on or since or filters:
            raise QueryError("Scope 里已有日期和筛选，不能再另外给出。")
        return as_of
    wanted = {
        column: [values] if isinstance(values, str) else list(values)
        for column, values in (filters or {}).items()
    }
    return Scope(
        read_day(as_of),
        None if known_on is None else read_day(known_on),
        wanted,
        None if since is None else read_day(since),
    )


def read_day(text: date | str) -> date:
    """A day, also one written as «2023-11-15».

    Raises:
        QueryError: it is none.

    """
    if isinstance(text, date):
        return text
    try:
        return written_day(text)
    except ValueError:
        raise QueryError(f"“{text}”不是日期，请写成 2023-11-15 的样子") from None


def _day(value: Any) -> date | None:
    """A day of a frame; None where there is none."""
    return None if pd.isna(value) else value.date()
