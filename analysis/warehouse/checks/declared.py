"""A declared line → tests: each a SELECT of the rows that should not be there.

The line is a list, divided by ；:

    一行                        exactly one row
    唯一 a、b                   no two rows have the same a and b
    历次 a、b                   the versions of each a and b follow one another, the last is open
    非空 a、b                   no row lacks one of them
    取值 a、b                   what is filled in is one of the column's codes
    引用 a → t.b、u.c           each a is a b of t or a c of u
    合计 a、b，CONDITION，按 c  the rows of CONDITION are the sums of the others, for each c
    各维度 a、b，按 c           each dimension adds up to the dimension «all», for each c
    成立 WORDS：CONDITION       holds of every row; nothing is said of rows where it is unknown

Each but the sums may end in « 当 CONDITION»: of those rows alone.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from analysis.ledgers import LEDGERS, Ledger
from analysis.warehouse.sql_files import Query, metrics, relations
from analysis.wording.codes import words_of

#: What a table's rows are called in the SQL of a test.
ROWS = "tested"


@dataclass(frozen=True, slots=True)
class DataTest:
    """One thing that must hold of a ledger's table, a relation or a metric."""

    table: str
    #: As declared, or what it says where it has words of its own.
    text: str
    #: What a failing row is shown with.
    columns: tuple[str, ...]
    #: A SELECT of the failing rows out of ``ROWS``.
    failing_sql: str
    #: Whether it says what one row is.
    is_grain: bool = False


def declared() -> dict[str, tuple[DataTest, ...]]:
    """All tests, by what they are about: ledgers, relations, metrics."""
    names = chain(LEDGERS, relations(), metrics())
    return {name: declared_for(name) for name in names}


def declared_for(name: str) -> tuple[DataTest, ...]:
    """The tests of a ledger, relation or metric: those declared, and those of its columns.

    Raises:
        ValueError: a declared line cannot be read.

    """
    line, derived = _line_of(name)
    parts = [part.strip() for part in line.split("；") if part.strip()]
    tests = list(chain.from_iterable(_read(name, part) for part in [*parts, *derived]))
    grain = next((test.columns for test in tests if test.is_grain), ())
    return tuple(
        DataTest(
            each.table, each.text, tuple(dict.fromkeys((*grain, *each.columns))),
            each.failing_sql, each.is_grain,
        )
        for each in tests
    )  # fmt: skip


def _line_of(name: str) -> tuple[str, list[str]]:
    """What is declared of a name, and what follows from its columns."""
    if name in LEDGERS:
        ledger: Ledger = LEDGERS[name]
        coded = "、".join(field.name for field in ledger if field.codes)
        return ledger.tests, [f"取值 {coded}"] if coded else []
    query: Query = relations().get(name) or metrics()[name]
    rates = [column for column in query.columns if column.endswith("_rate")]
    return query.tests, [
        f"成立 {query.label(rate)}在 0 到 1 之间：{rate} BETWEEN 0 AND 1" for rate in rates
    ]


def _read(table: str, text: str) -> Iterator[DataTest]:
    """The tests of one part of a line."""
    stated, _, only = text.partition(" 当 ")
    kind, _, rest = stated.partition(" ")
    rows = f"(SELECT * FROM {ROWS} WHERE {only})" if only else ROWS  # noqa: S608 - texts of ours
    match kind:
        case "一行":
            yield DataTest(table, text, (), f"SELECT 1 FROM {ROWS} HAVING count(*) <> 1", True)  # noqa: S608
        case "唯一":
            columns = _names(rest)
            listed = ", ".join(columns)
            twice = f"SELECT {listed} FROM {rows} GROUP BY {listed} HAVING count(*) > 1"  # noqa: S608
            yield DataTest(table, text, columns, twice, True)
        case "历次":
            yield _versions(table, text, _names(rest))
        case "非空":
            columns = _names(rest)
            blank = " OR ".join(f"{column} IS NULL" for column in columns)
            yield DataTest(table, text, columns, f"SELECT * FROM {rows} WHERE {blank}")  # noqa: S608
        case "取值":
            yield from (_accepted(table, column, rows) for column in _names(rest))
        case "引用":
            yield _reference(table, text, rest, rows)
        case "合计":
            yield from _sums(table, rest)
        case "各维度":
            yield from _dimensions(table, rest)
        case "成立":
            words, _, condition = rest.partition("：")
            yield _holds(table, words, condition, rows)
        case _:
            raise ValueError(f"{table}: cannot read the test «{text}»")


def _holds(table: str, words: str, condition: str, rows: str = ROWS) -> DataTest:
    """Fails where the condition is false; where it is unknown, nothing is said."""
    failing = f"SELECT * FROM (SELECT *, ({condition}) AS holds FROM {rows}) WHERE NOT holds"  # noqa: S608
    columns = tuple(dict.fromkeys(re.findall(r"\b[a-z][a-z_0-9]*\b", condition)))
    return DataTest(table, words, columns, failing)


def _versions(table: str, text: str, columns: tuple[str, ...]) -> DataTest:
    """Versions that follow one another: none begins before the one before has ended."""
    order = "ORDER BY known_from, known_to NULLS LAST"
    following = f"lead(known_from) OVER (PARTITION BY {', '.join(columns)} {order})"
    condition = f"coalesce({following} >= known_to, {following} IS NULL)"
    failing = f"SELECT * FROM (SELECT *, {condition} AS holds FROM {ROWS}) WHERE NOT holds"  # noqa: S608
    return DataTest(table, text, (*columns, "known_from", "known_to"), failing, True)


def _accepted(table: str, column: str, rows: str) -> DataTest:
    codes = words_of(column, table)
    if not codes:
        raise ValueError(f"{table}: {column} has no codes")
    listed = ", ".join(f"'{code}'" for code in codes)
    failing = f"SELECT * FROM {rows} WHERE {column} NOT IN ({listed})"  # noqa: S608
    return DataTest(table, f"取值 {column}", (column,), failing)


def _reference(table: str, text: str, rest: str, rows: str) -> DataTest:
    column, _, targets = rest.partition(" → ")
    known = " UNION ALL ".join(
        f"SELECT {name} FROM {source_of(target)}"  # noqa: S608
        for target, _, name in (each.partition(".") for each in targets.split("、"))
    )
    failing = (
        f"SELECT * FROM {rows} WHERE {column} IS NOT NULL "  # noqa: S608
        f"AND {column} NOT IN (SELECT * FROM ({known}) AS known(name) WHERE name IS NOT NULL)"
    )
    return DataTest(table, text, (column,), failing)


def _sums(table: str, rest: str) -> Iterator[DataTest]:
    names, is_total, *by = rest.split("，")
    over = _window(_names(by[0].removeprefix("按 ")) if by else ())
    for column in _names(names):
        parts = f"sum(CASE WHEN {is_total} THEN 0 ELSE {column} END) {over}"
        whole = f"sum(CASE WHEN {is_total} THEN {column} END) {over}"
        yield _holds(table, f"合计等于各行相加（{column}）", f"coalesce({parts} = {whole}, FALSE)")


def _dimensions(table: str, rest: str) -> Iterator[DataTest]:
    names, *by = rest.split("，")
    groups = _names(by[0].removeprefix("按 ")) if by else ()
    for column in _names(names):
        parts = f"sum({column}) {_window(('dimension', *groups))}"
        whole = f"sum(CASE WHEN dimension = 'all' THEN {column} END) {_window(groups)}"
        yield _holds(table, f"各维度相加相同（{column}）", f"coalesce({parts} = {whole}, FALSE)")


def _window(groups: Iterable[str]) -> str:
    listed = ", ".join(groups)
    return f"OVER (PARTITION BY {listed})" if listed else "OVER ()"


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split("、"))


def source_of(name: str) -> str:
    """What a table, relation or metric is read from, on the days that are asked for."""
    return name if name in LEDGERS else f"{name}($as_of, known_on := $known_on)"
