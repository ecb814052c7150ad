"""The SQL files: relations and metrics, what they mean, and how one is put together.

A metric reads bare names of relations; each use puts their sources in front of it as CTEs.
"""

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path

from analysis.errors import QueryError

HERE = Path(__file__).parent


#: What every metric and relation may be asked for; ``known_on`` None means all received so far.
ARGUMENTS = ("as_of", "known_on")


#: The day from which changes are told where none is given: one working node before ``as_of``.
SINCE_DAYS = 15


SINCE = f"coalesce(CAST($since AS DATE), CAST($as_of AS DATE) - {SINCE_DAYS})"


#: A part of the opening comment that says what changed in the 口径, as «口径变更：2026-12-01 起 …»;
#: each change is one of its own.
CHANGE = "口径变更"
#: What is said before the changes of a definition: figures of days before a change are counted by
#: the new definition as well, so the day is that of the change and says nothing of ``as_of``.
CHANGES_FROM = f"{CHANGE}（所注是改用的日期，以前的截至日也一律按新口径计算）："
#: What stands between title and grain in a macro's comment.
TITLE_ENDS = "。一行："
#: A relation as it was on that day, with what was known then.
BEFORE = "_before"


#: The last day whose submissions count. Where none is named all count: a day after all others
#: stands for it, since a comparison with NULL is never true and would lose every row.
KNOWN_ON = "coalesce(CAST($known_on AS DATE), DATE '9999-12-31')"


#: What a SELECT of ours may write for a condition on ``$known_on``, and what is run in its place:
#: plain SQL, for a macro of the file could not name its database, and Spark has no macros.
CONDITIONS = {
    # was_received(submission.received_on): the day is not after $known_on
    "was_received": f"{{0}} <= {KNOWN_ON}",
    # in_force(site): the version of a row that counts: received by then, and none after it
    "in_force": f"({{0}}.known_from <= {KNOWN_ON} "
    f"AND ({{0}}.known_to IS NULL OR {{0}}.known_to > {KNOWN_ON}))",
}


#: «later 推迟»: a code of a column, in front of what it means.
_CODE = re.compile(r"(?<![A-Za-z_])[a-z][a-z_0-9]+ (?=[\u4e00-\u9fff])")


@dataclass(frozen=True, slots=True)
class Query:
    """One SQL file: its opening comment in parts, and the SELECT below it."""

    name: str
    title: str
    grain: str
    definition: str
    columns: Mapping[str, str]
    clause: str
    sql: str
    reads: tuple[str, ...] = ()
    parameters: Mapping[str, str] = field(default_factory=dict)
    #: What changed in the definition and since when, the first change first.
    changes: tuple[str, ...] = ()
    #: What must hold of its rows, as ``warehouse.checks`` reads it.
    tests: str = ""
    #: Words by which the measures of a county's own plans are found that the metric serves: what
    #: number they have there, no SQL file knows. 定量 are those that ask for a number, 节点 stands
    #: for the plans' calendars.
    measures: tuple[str, ...] = ()

    @property
    def full_definition(self) -> str:
        """The 口径, and what changed in it since when: as it is shown wherever it is."""
        changes = "".join(self.changes)
        return self.definition + (f"{CHANGES_FROM}{changes}" if changes else "")

    @property
    def spoken_definition(self) -> str:
        """The 口径 for those who read no columns: without the codes in front of what they mean."""
        return _CODE.sub("", self.full_definition)

    def definition_on(self, day: date) -> str:
        """The 口径 as papers of a day say it: without what changed after that day.

        A letter of 2023 that tells of a change in 2026 is understood by nobody who gets it.
        """
        then = (each for each in self.changes if changed_on(each) <= day)
        return replace(self, changes=tuple(then)).spoken_definition

    @property
    def reread(self) -> frozenset[str]:
        """What it reads in several places, for a few columns each.

        A CTE would be one copy of all rows with every column that any place asks for.
        """
        found = re.findall(r"\b(?:FROM|JOIN)\s+(\w+)\b(?!\.)", self.sql)
        return frozenset(name for name in self.reads if found.count(name) > 1)

    def label(self, column: str) -> str:
        """A column's short Chinese name: what stands before its unit, formula or remark.

        «状态代码» is called 状态: whoever reads a label reads words, not codes.
        """
        return re.split(r"[：（，；]| = ", self.columns[column])[0].removesuffix("代码")


def changed_on(change: str) -> date:
    """The day from which a definition changed, as the change itself begins: «2026-12-01 起，…»."""
    return date.fromisoformat(change[:10])


@cache
def relations() -> dict[str, Query]:
    """Every relation by name, one that reads another after it."""
    names = tuple(file.stem for file in (HERE / "relations").glob("*.sql"))
    found = _load("relations", names)
    return dict(sorted(found.items(), key=lambda pair: (len(pair[1].reads), pair[0])))


@cache
def metrics() -> dict[str, Query]:
    """Every metric by name."""
    return _load("metrics", tuple(name + end for name in relations() for end in ("", BEFORE)))


def get_metric(name: str) -> Query:
    """One metric.

    Raises:
        QueryError: there is none of that name; the message suggests the nearest.

    """
    if name in metrics():
        return metrics()[name]
    raise QueryError(f"没有名为 {name} 的指标，{nearest(name, metrics())}")


def nearest(name: str, known: Iterable[str]) -> str:
    """What may be meant by a name that is not known, as the end of a message."""
    near = difflib.get_close_matches(name, known := sorted(known), n=1)
    return f"是不是 {near[0]}？" if near else f"可用的有：{'、'.join(known)}。"


def unnamed(sql: str, *reads: str) -> Query:
    """A question that has no file of its own: a SELECT over the relations that it reads."""
    return Query("", "", "", "", {}, "", expanded(sql.strip()), reads)


def expanded(sql: str) -> str:
    """A SELECT with its ``CONDITIONS`` written out."""
    return re.sub(
        rf"\b({'|'.join(CONDITIONS)})\(([\w.]+)\)", lambda m: CONDITIONS[m[1]].format(m[2]), sql
    )


def own_sql(name: str) -> str:
    """A relation's own SELECT, with those that it reads in front."""
    if name.endswith(BEFORE):
        return re.sub(r"\$(as_of|known_on)\b", rf"$\1{BEFORE}", own_sql(name.removesuffix(BEFORE)))
    relation = relations()[name]
    return with_sources(relation.sql, {read: own_sql(read) for read in relation.reads})


def source_sql(name: str) -> str:
    """Where a relation that a query reads comes from: its macro, for the day it is wanted."""
    if name.endswith(BEFORE):
        known_on = f"least({SINCE}, coalesce(CAST($known_on AS DATE), {SINCE}))"
        return f"FROM {name.removesuffix(BEFORE)}({SINCE}, known_on := {known_on})"
    return f"FROM {name}($as_of, known_on := $known_on)"


def macro_sql(query: Query) -> str:
    """``CREATE MACRO`` for a relation or a metric, open to any DuckDB client."""
    sources = {name: source_sql(name) for name in query.reads if name not in query.reread}
    body = with_sources(_inlined(query).replace("$since", SINCE), sources)
    body = re.sub(r"\$(as_of|known_on|since)\b", r"\1", body)
    own = "".join(f", {name} := NULL" for name in query.parameters)
    return f"CREATE MACRO {query.name}(as_of, known_on := NULL{own}) AS TABLE\n{body}"


def comment_of(query: Query) -> str:
    """What the macro of a relation or a metric says of itself: title, grain, 口径."""
    return f"{query.title}{TITLE_ENDS}{query.grain}。{query.full_definition}"


def _inlined(query: Query) -> str:
    """A query's SELECT with the macros of relations that it reads again and again in place.

    A stored macro does not keep the words NOT MATERIALIZED.
    """
    sql = query.sql
    for name in query.reread:

        def call(match: re.Match[str], source: str = source_sql(name), name: str = name) -> str:
            return f"{match[1]} ({source}) AS {match[2] or name}"

        sql = re.sub(rf"\b(FROM|JOIN) {name}\b(?!\.)(?: AS (\w+))?", call, sql)
    return sql


def with_sources(sql: str, sources: Mapping[str, str], reread: frozenset[str] = frozenset()) -> str:
    """Put each source in front of a SELECT as the CTE of that name."""
    if not sources:
        return sql
    front = ",\n".join(
        f"{name} AS {'NOT MATERIALIZED ' if name in reread else ''}({source})"
        for name, source in sources.items()
    )
    if re.match(r"WITH\b", sql):
        return f"WITH {front},\n{sql.removeprefix('WITH').lstrip()}"
    return f"WITH {front}\n{sql}"


def _load(folder: str, known: tuple[str, ...]) -> dict[str, Query]:
    files = sorted((HERE / folder).glob("*.sql"))
    return {file.stem: read_query(file, known) for file in files}


def read_query(file: Path, known: tuple[str, ...]) -> Query:
    """Split a file into its opening comment and its SELECT; ``known`` are relations it may read."""
    lines = file.read_text(encoding="utf-8").splitlines()
    length = next(n for n, line in enumerate(lines) if not line.startswith("--"))
    comment = [line.removeprefix("--").rstrip() for line in lines[:length]]
    sql = expanded("\n".join(lines[length:]).strip())
    heads = ("一行", "口径", CHANGE, "参数", "列", "依据", "措施", "检验")
    parts: dict[str, list[str]] = {head: [] for head in heads}
    current = "一行"
    for line in comment[1:]:
        head, colon, rest = line.strip().partition("：")
        if colon and head in parts and not line.startswith("  "):
            current = head
            line = rest
        elif current == CHANGE and parts[CHANGE]:  # the line before goes on
            line = parts[CHANGE].pop() + line.strip()
        if line.strip():
            parts[current].append(line.strip())
    words = set(re.findall(r"\b(?:FROM|JOIN)\s+(\w+)", sql))
    return Query(
        name=file.stem,
        title=comment[0].split("·")[0].strip(),
        grain="".join(parts["一行"]),
        definition="".join(parts["口径"]),
        columns=dict(line.partition(" ")[::2] for line in parts["列"]),
        clause="".join(parts["依据"]),
        sql=sql,
        reads=tuple(name for name in known if name in words and name != file.stem),
        parameters=dict(line.partition(" ")[::2] for line in parts["参数"]),
        changes=tuple(parts[CHANGE]),
        tests="".join(parts["检验"]),
        measures=tuple("".join(parts["措施"]).split("、")) if parts["措施"] else (),
    )
