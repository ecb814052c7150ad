"""Scope → SQL: the days and filters of a question, and the query narrowed to them."""

import re
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from difflib import get_close_matches
from typing import Any

from analysis.errors import MemberError, QueryError
from analysis.ledgers import ITEM_KIND, LEDGERS
from analysis.warehouse.sql_files import (
    BEFORE,
    SINCE,
    SINCE_DAYS,
    Query,
    nearest,
    own_sql,
    relations,
    source_sql,
    unnamed,
    with_sources,
)
from analysis.wording.labels import ITEM_LABELS


@dataclass(frozen=True, slots=True)
class Scope:
    """Which rows a question is about: the day, what was known, and filters on ``items``.

    ``filters`` maps a column of ``items`` to the values that it may have; a metric is narrowed
    by those that all it counts has (see ``narrowing``). ``since`` is the day from which changes
    are told.
    """

    as_of: date
    known_on: date | None = None
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    since: date | None = None

    def __hash__(self) -> int:
        """Answers are kept by the scope that was asked; a mapping has no hash of its own."""
        filters = frozenset((column, tuple(values)) for column, values in self.filters.items())
        return hash((self.as_of, self.known_on, filters, self.since))


#: By what the blanks of a column are asked for: what is not filled in, and what cannot be.
BLANKS = UNSAID, NOT_APPLICABLE = ("未填", "不适用")
#: Columns of items that hazards alone have, measures alone, and those that decisions alone lack.
_OF_HAZARDS = frozenset({"township", "site_kind", "category", "level"})
_OF_MEASURES = frozenset({"plan"})
_NOT_OF_DECISIONS = frozenset({"rect_type"})
#: What stands between a county and a name within it.
REGION_MARK = "·"
#: Columns by which ``items`` may be narrowed; names from outside never reach the SQL.
FILTERS = frozenset(
    {"kind", "unit", "township", "site_kind", "category", "rect_type", "level", "region", "plan"}
)


#: Which of them each relation has. Others are read whole: who sent a finding, or held a meeting,
#: is not whose item or duty it is.
NARROWED: Mapping[str, frozenset[str]] = {
    "items": FILTERS,
    "inspections": frozenset({"unit", "township", "site_kind", "region"}),
    "sites": frozenset({"unit", "township", "site_kind", "region"}),
    "requirements": frozenset({"unit", "region", "plan"}),
    "reports": frozenset({"unit", "region"}),
    "report_periods": frozenset({"region"}),
    "units": frozenset({"unit", "region"}),
    "submissions": frozenset({"unit"}),
    "acts": frozenset({"unit", "region"}),
    "targets": frozenset({"region"}),
    "meetings": frozenset({"region"}),
    "accidents": frozenset({"region"}),
    "accident_totals": frozenset({"region"}),
}


#: Items that completion counts, and those of them whose deadline has passed and that were in time,
#: late, or are overdue: of the others nobody can say.
_COUNTED = "NOT is_void AND NOT standing AND NOT is_suspended"
_DUE = (
    f"{_COUNTED} AND due_on < CAST($as_of AS DATE) "
    "AND (is_overdue OR punctuality IN ('in_time', 'late'))"
)


#: Relation → the parts of it that are asked for by name, and the condition on a row of each. Who
#: reads frames (pages, documents, rules) names a part; no condition comes from elsewhere.
PARTS: Mapping[str, Mapping[str, str]] = {
    "items": {
        "not_void": "NOT is_void",
        "hazards": "kind = 'hazard' AND NOT is_void",
        "open_hazards_at_sites":
            "kind = 'hazard' AND NOT is_closed AND NOT is_void AND site IS NOT NULL",
        "major_open": "kind = 'hazard' AND level = '重大' AND NOT is_void AND NOT is_closed",
        "conduct_told": "conduct IS NOT NULL AND NOT is_closed AND NOT is_void",
        "supervised_open": "supervised AND NOT is_closed AND NOT is_void",
        "standing": "standing AND NOT is_void",
        "suspension_claimed": "suspension = 'claimed' AND NOT is_closed AND NOT is_void",
        "done": "is_done AND NOT is_void",
        "unfinished_with_deadline": "NOT is_done AND NOT is_void AND due_on IS NOT NULL",
        "counted": _COUNTED,
        "counted_not_done": f"{_COUNTED} AND NOT is_done",
        "counted_not_closed": f"{_COUNTED} AND NOT is_closed",
        "past_deadline": _DUE,
        "past_deadline_not_on_time":
            f"{_DUE} AND punctuality IS DISTINCT FROM 'in_time'",
        "overdue": f"{_COUNTED} AND is_overdue",
        "due_soon":
            f"{_COUNTED} AND (state = 'due_soon' OR state = 'suspended' AND days_left <= 7)",
        "due_later":
            "days_left IS NOT NULL AND (state = 'open' OR "
            "state = 'suspended' AND NOT is_suspended AND days_left > 7)",
        "due_today":
            "due_on = CAST($as_of AS DATE) AND NOT standing AND NOT is_void",
        "none": "FALSE",
        "accepting": "state = 'accepting'",
        "accepted_here": "item_id IN (SELECT item_id FROM acceptance)",
    },
    "inspections": {"dated": "inspected_on IS NOT NULL"},
}  # fmt: skip


#: Relations whose rows stand in no one row of a file, hence in no file's order.
_WITHOUT_PLACE = frozenset(
    {
        "in_doubt",
        "meetings",
        "nodes",
        "received",
        "report_periods",
        "requirements",
        "submissions",
        "units",
        "versions",
        "workdays",
    }
)  # fmt: skip


#: Metrics whose relations mean different units by «unit»: who inspects and who answers for a site.
NO_UNIT = frozenset({"inspection_coverage", "campaign_progress"})


#: A SELECT and the values to bind.
Asked = tuple[str, dict[str, Any]]


def scoped_sql(query: Query, scope: Scope) -> tuple[str, dict[str, Any]]:
    """The metric with its relations narrowed to the scope, and the values to bind.

    Raises:
        QueryError: a filter names a column by which nothing can be narrowed.

    """
    chosen = _chosen(query, scope)
    parameters: dict[str, Any] = chosen | {
        "as_of": scope.as_of, "known_on": scope.known_on, "since": scope.since,
    }  # fmt: skip
    sources = {name: source_sql(name) + _where(name, chosen) for name in query.reads}
    sql = with_sources(query.sql.replace("$since", SINCE), sources, query.reread)
    return sql, {name: value for name, value in parameters.items() if f"${name}" in sql}


#: What a county calls its own accidents, and the totals of others that it was told, is its.
_CALLED = {"scope_region": f"split_part(region, '{REGION_MARK}', 1)"}


def _chosen(query: Query, scope: Scope) -> dict[str, Any]:
    """The values to which the filters of a scope narrow a metric, by the names that are bound.

    Raises:
        QueryError: a filter names a column by which nothing can be narrowed.

    """
    values: dict[str, Any] = {}
    for column, wanted in scope.filters.items():
        if column not in FILTERS:
            raise QueryError(f"不能按 {column} 筛选；可以筛选的有：{'、'.join(sorted(FILTERS))}。")
        if column in narrowing(query):
            values[f"scope_{column}"] = list(wanted)
    return values


def _where(name: str, chosen: Mapping[str, Any]) -> str:
    """The condition on one relation; none where it is read whole."""
    relation = name.removesuffix(BEFORE)
    if relation not in NARROWED or not chosen:
        return ""
    conditions = [
        f"{_said(relation, bound, values)} IN (SELECT unnest(${bound}))"
        for bound, values in chosen.items()
    ]
    return f" WHERE {' AND '.join(conditions)}"


def _said(relation: str, bound: str, values: Iterable[str]) -> str:
    """What is compared: the column, or where its blanks are asked for a word in their place."""
    column = _CALLED.get(bound, bound.removeprefix("scope_"))
    if not set(values) & set(BLANKS):
        return column
    blank = f"'{UNSAID}'"
    if relation == "items" and column in _OF_HAZARDS:
        blank = f"CASE WHEN kind = 'hazard' THEN '{UNSAID}' ELSE '{NOT_APPLICABLE}' END"
    if relation == "items" and column in _OF_MEASURES:
        blank = f"CASE WHEN kind = 'measure' THEN '{UNSAID}' ELSE '{NOT_APPLICABLE}' END"
    if relation == "items" and column in _NOT_OF_DECISIONS:
        blank = f"CASE WHEN kind = 'decision' THEN '{NOT_APPLICABLE}' ELSE '{UNSAID}' END"
    return f"coalesce({column}, {blank})"


def standalone_sql(
    query: Query, scope: Scope, held: Container[str] = ()
) -> tuple[str, dict[str, Any]]:
    """The metric over the tables alone, narrowed to the scope, and the values to bind.

    What any engine can run that has the tables, without a macro: each relation's own SELECT stands
    in front, but for those that are ``held`` as tables of their names already; with these, the
    scope has no filters.

    Raises:
        QueryError: a filter names a column by which nothing can be narrowed.

    """
    chosen = _chosen(query, scope)
    since = scope.since or scope.as_of - timedelta(days=SINCE_DAYS)
    values = chosen | {
        "as_of": scope.as_of, "known_on": scope.known_on, "since": since,
        f"as_of{BEFORE}": since, f"known_on{BEFORE}": min(since, scope.known_on or since),
    }  # fmt: skip
    sources = {
        name: f"SELECT * FROM ({own_sql(name)}){_where(name, chosen)}"  # noqa: S608 - files of ours
        if _where(name, chosen)
        else own_sql(name)
        for name in query.reads
        if name not in held
    }
    sql = with_sources(query.sql, sources, query.reread)
    return sql, {name: value for name, value in values.items() if re.search(rf"\${name}\b", sql)}


#: The names that are shown of units, by what is written of them.
_SHOWN_NAMES = unnamed("""
    SELECT written, unit FROM unit_name
    WHERE in_force(unit_name) AND written IN (SELECT unnest($written))
""")


def names_sql(scope: Scope) -> Asked | None:
    """What gives the units of a scope's filter by the names that are shown, for ``by_shown_names``;
    None where it has no such filter.
    """
    if "unit" not in scope.filters:
        return None
    sql, values = standalone_sql(_SHOWN_NAMES, replace(scope, filters={}))
    return sql, values | {"written": list(scope.filters["unit"])}


def by_shown_names(scope: Scope, names: Iterable[tuple[Any, ...]]) -> Scope:
    """The scope with each unit by the name that is shown: 兴县水利局 is 县水利局.

    ``names`` are the rows of ``names_sql``; a name that none of them has stays as it is.
    """
    shown = {name: unit for name, unit, *_ in names}
    units = list(dict.fromkeys(shown.get(unit, unit) for unit in scope.filters["unit"]))
    return replace(scope, filters={**scope.filters, "unit": units})


def part_of(name: str, part: str = "") -> Query:
    """A relation's rows, or a part of them, in the order of their files.

    Raises:
        QueryError: there is no such relation or part.

    """
    if name not in relations():
        raise QueryError(f"没有名为 {name} 的关系，{nearest(name, relations())}")
    parts = {"": "TRUE", **PARTS.get(name, {})}
    if part not in parts:
        raise QueryError(f"{name} 没有名为 {part} 的部分，{nearest(part, PARTS.get(name, {}))}")
    order = "ALL" if name in _WITHOUT_PLACE else "path, sheet, row_no"
    return unnamed(f"FROM {name} WHERE {parts[part]} ORDER BY {order}", name)


def relation_sql(name: str, scope: Scope) -> tuple[str, dict[str, Any]]:
    """A relation's rows on the day of a scope, over the tables alone; also one «_before» it."""
    return standalone_sql(unnamed(f"FROM {name}", name), scope)


def narrowing(query: Query) -> frozenset[str]:
    """The columns by which all that a query counts can be narrowed alike; most often all."""
    each = [NARROWED[name] for name in query.reads if name in NARROWED]
    common = frozenset.intersection(*each) if each else frozenset()
    return common - {"unit"} if query.name in NO_UNIT else common


def must_narrow(query: Query, scope: Scope) -> None:
    """See to it that every filter of a scope does something.

    Raises:
        QueryError: the metric cannot be narrowed by one of them, and would not be.

    """
    useless = [name for name in scope.filters if name in FILTERS and name not in narrowing(query)]
    if useless:
        can = "、".join(sorted(narrowing(query))) or "没有"
        raise QueryError(f"{query.name} 不能按 {'、'.join(useless)} 筛选；可以筛选的：{can}。")


def day_shown(newest: date | None, today: date, stale_after_days: int) -> tuple[date, bool]:
    """The day described where none is given, the newest submission being of that day."""
    if newest is None or newest >= today - timedelta(days=stale_after_days):
        return today, False
    return newest, True


#: What people call the columns by which can be narrowed, beside their labels.
_ALSO = {"单位": "unit", "种类": "kind", "事项种类": "kind", "所属方案": "plan",
         "场所类别": "site_kind", "隐患类别": "category", "隐患等级": "level",
         "整改类别": "rect_type"}  # fmt: skip
#: The column of a name; a column's own name is one.
COLUMNS: Mapping[str, str] = (
    {name: name for name in FILTERS} | {ITEM_LABELS[name]: name for name in FILTERS} | _ALSO
)
#: So many are told where none is like what was asked for.
MOST_TOLD = 10


def members_sql(column: str, present: Mapping[str, Collection[str]]) -> str | None:
    """A SELECT of all names that a column ever had; None where no table has it.

    ``present`` are the columns of each table, which an older program may have made.
    """
    tables = [
        name for name, ledger in LEDGERS.items()
        if ledger.is_received and column in present.get(name, ())
    ]  # fmt: skip
    found = [f"SELECT {column} AS member FROM {name}" for name in tables]  # noqa: S608 - names of ours
    if column == "unit":
        found += [
            f"SELECT {name} FROM unit_name"  # noqa: S608 - names of ours
            for name in ("written", "unit") if name in present.get("unit_name", ())
        ]  # fmt: skip
    return f"SELECT DISTINCT member FROM ({' UNION ALL '.join(found)})" if found else None  # noqa: S608


def must_be_members(column: str, values: Iterable[str], known: Collection[str]) -> None:
    """See to it that each value is one of a column's members, or stands for its blanks.

    Where nothing is known of a column, nothing is wrong either.

    Raises:
        MemberError: one is not; the message suggests the nearest.

    """
    names = ITEM_KIND.labels if column == "kind" else known
    for value in values:
        if not names or value in names or value in BLANKS:
            continue
        label = ITEM_LABELS.get(column, column)
        near = get_close_matches(value, sorted(names), n=1, cutoff=0.4)
        told = "、".join(sorted(names)[:MOST_TOLD]) + ("等" if len(names) > MOST_TOLD else "")
        hint = f"是不是 {near[0]}？" if near else f"有的是：{told}。"
        raise MemberError(f"没有名为“{value[:30]}”的{label}，{hint}")


def read_column(name: str) -> str:
    """The column that a name means; the name itself where it means none."""
    return COLUMNS.get(name, name)


def read_member(column: str, value: str) -> str:
    """What a value is called in the tables: 隐患 is the kind hazard."""
    codes = {label: code for code, label in ITEM_KIND.labels.items()} if column == "kind" else {}
    return codes.get(value, value)
