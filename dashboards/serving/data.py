"""Where pages get their figures: metrics for a scope, kept until the next publication."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import lru_cache
from threading import BoundedSemaphore
from typing import Any

import pandas as pd

from analysis.errors import QueryError, WarehouseError
from analysis.intake.publisher import failure
from analysis.settings import Settings
from analysis.warehouse import questions
from analysis.warehouse.counties import rollup
from analysis.warehouse.engine import Answer, fetch_some
from analysis.warehouse.questions import Provenance
from analysis.warehouse.scope import Asked, Scope
from analysis.warehouse.share import WHOLE, Share
from dashboards.serving.publication_copies import Content, Copies

CACHE_SIZE = 1_024
#: A table on a page holds so many rows and says how many there are; its data file holds all.
MOST = 1_000
#: So many queries that people wrote run at once, that pages have room beside them; the next waits.
MOST_QUERIES = 2
LONGEST_QUEUE_S = 10.0
#: How a metric calls the member of a dimension that ledgers leave blank.
UNSAID = "未填"
#: What a chart sums up of many members, which is no member itself.
FOLDED = re.compile(r"^其余\d+[个类]$")
#: A scope as something that can be a key.
ScopeKey = tuple[date, date | None, date | None, tuple[tuple[str, tuple[str, ...]], ...]]


class Data:
    """The published warehouse as pages see it.

    It reads its own copy of each publication, so that the file can be replaced at any time, on
    Windows too; answers are kept for as long as the publication stands. The frames handed out are
    shared: nobody changes them.
    """

    def __init__(self, settings: Settings, share: Callable[[], Share] = lambda: WHOLE) -> None:
        """Nothing is read before the first question; ``share`` says whose rows the asker sees."""
        self.settings = settings
        self._share = share
        self._queries = BoundedSemaphore(MOST_QUERIES)
        self.copies = Copies(settings.warehouse)
        self._answer = lru_cache(CACHE_SIZE)(self._ask)

    def metric(self, name: str, scope: Scope) -> pd.DataFrame:
        """A metric over the scope; columns as in its SQL file."""
        frame: pd.DataFrame = self._cached("metric", name, scope)
        return frame

    def head(self, name: str, scope: Scope, most: int = MOST) -> tuple[pd.DataFrame, int]:
        """The first rows of a metric, and how many there are: a page shows no more."""
        found: tuple[pd.DataFrame, int] = self._cached("head", name, scope, most)
        return found

    def samples(self, name: str, scope: Scope, by: str, most: int) -> pd.DataFrame:
        """The first rows of each kind in a metric, ``in_all`` saying how many there are of it."""
        frame: pd.DataFrame = self._cached("samples", name, scope, (by, most))
        return frame

    def row(self, name: str, scope: Scope) -> dict[str, Any]:
        """The one row of a metric that has one, by column."""
        frame = self.metric(name, scope)
        return dict(zip(frame.columns, next(frame.itertuples(index=False)), strict=True))

    def relation(self, name: str, scope: Scope, where: str = "TRUE") -> pd.DataFrame:
        """The rows of a relation in the scope, those of ``where`` alone: a condition of ours."""
        frame: pd.DataFrame = self._cached("relation", name, scope, where)
        return frame

    def items(self, scope: Scope, where: str = "TRUE") -> pd.DataFrame:
        """Items of the scope, in the order of their files; columns of the relation ``items``."""
        return self.relation("items", scope, where)

    def item(self, item_id: str, scope: Scope) -> pd.DataFrame:
        """One item, or none; columns of the relation ``items``."""
        frame: pd.DataFrame = self._cached("item", item_id, scope)
        return frame

    def measures(self, scope: Scope) -> pd.DataFrame:
        """The plan's detailed measures with what stands above each; columns of ``items`` first."""
        frame: pd.DataFrame = self._cached("measures", "", scope)
        return frame

    def history(self, item_id: str, scope: Scope) -> pd.DataFrame:
        """All versions of one item that were known, the first first."""
        frame: pd.DataFrame = self._cached("history", item_id, replace(scope, filters={}))
        return frame

    def last_submissions(self, unit: str, most: int) -> pd.DataFrame:
        """The files that came last, of one unit or of all; see ``questions``."""
        frame: pd.DataFrame = self._cached("submissions", unit, Scope(date.today()), most)
        return frame

    def has_evidence(self, sha256: str) -> bool:
        """Whether an acceptance that the asker sees rests on a file of that hash."""
        found: bool = self._cached("evidence", sha256, Scope(date.today()))
        return found

    def choices(self, scope: Scope) -> dict[str, list[str]]:
        """Column → the values by which items can be narrowed, whatever is chosen now."""
        region = {n: v for n, v in scope.filters.items() if n == rollup.REGION}
        rows = self.metric("completion", replace(scope, filters=region))
        rows = rows[rows["member"] != UNSAID]
        members = rows.groupby("dimension")["member"]
        regions: list[str] = self._cached("regions", "", Scope(date.min))
        return {str(name): sorted(group) for name, group in members} | {rollup.REGION: regions}

    def regions(self) -> tuple[pd.DataFrame, date]:
        """The regions of a roll-up side by side, and the day for which; see ``rollup.compared``."""
        found: tuple[pd.DataFrame, date] = self._cached("compared", "", Scope(date.min))
        return found

    def publication(self) -> str | None:
        """A name of what the asker is served now; None where there is nothing."""
        try:
            return str(self.copies.content(self._share()))
        except WarehouseError:
            return None

    def shown(self) -> str | None:
        """A name of all that a page rests on: what is published, whose it is, the alert book."""
        published, book = self.publication(), self.settings.alert_book
        written = book.stat() if book.exists() else None
        said = (self._share(), self.trouble(), written and (written.st_mtime_ns, written.st_size))
        return published and f"{published}-{said}"

    def trouble(self) -> str | None:
        """Why the figures are not the newest, where they are not."""
        return self.copies.trouble or failure(self.settings)

    def ask(self, sql: str) -> Answer:
        """One query that a person wrote, within the limits of the engine.

        Raises:
            YanpanError: it does not read, is wrong, or takes too long.

        """
        if not self._queries.acquire(timeout=LONGEST_QUEUE_S):
            raise QueryError("正在进行的即席查询太多，请过一会儿再试。")
        try:
            with self.copies.current(self._share()).cursor() as con:
                return fetch_some(con, sql)
        finally:
            self._queries.release()

    def provenance(self, scope: Scope) -> Provenance:
        """What the figures of the scope rest on."""
        found: Provenance = self._cached("provenance", "", scope)
        return found

    def previous_node(self, scope: Scope) -> Scope | None:
        """The same scope on the last working node before its day."""
        day = self._cached("node", "", scope)
        return replace(scope, as_of=day) if day else None

    def described_day(self) -> tuple[date, bool]:
        """The day shown where none is asked for, and whether it lies back for staleness."""
        stale = self.settings.stale_after_days
        found: tuple[date, bool] = self._cached("day", "", Scope(date.today()), stale)
        return found

    def _cached(self, what: str, name: str, scope: Scope, more: Any = None) -> Any:
        filters = tuple(sorted((column, tuple(v)) for column, v in scope.filters.items()))
        key: ScopeKey = (scope.as_of, scope.known_on, scope.since, filters)
        share = self._share()
        return self._answer(self.copies.content(share), share, what, name, key, more)

    def _ask(
        self, content: Content, share: Share, what: str, name: str, key: ScopeKey, more: Any
    ) -> Any:
        with self.copies.current(share).cursor() as con:
            return question(what, name, key, more, bool(self.settings.rollup))(con)


def question(
    what: str, name: str, key: ScopeKey, more: Any, is_rollup: bool = False
) -> Callable[[Any], Any]:
    """What is asked of a connection to answer one question; a roll-up has answers worked out."""
    as_of, known_on, since, filters = key
    scope = Scope(as_of, known_on, dict(filters), since)

    def ahead(con: Any) -> Asked | None:
        return rollup.ahead_sql(con, name, scope) if is_rollup else None

    asked: dict[str, Callable[[Any], Any]] = {
        "metric": lambda con: questions.run_metric(con, name, scope, ahead(con)),
        "head": lambda con: questions.head_of_metric(con, name, scope, more, ahead(con)),
        "samples": lambda con: questions.first_rows_per_group(
            con, name, scope, more[0], more[1], ahead(con)
        ),
        "regions": rollup.regions_of,
        "compared": rollup.compared,
        "relation": lambda con: questions.list_relation(con, name, scope, more),
        "item": lambda con: questions.find_item(con, name, scope),
        "measures": lambda con: questions.list_measures(con, scope),
        "history": lambda con: questions.list_versions(con, name, scope),
        "provenance": lambda con: questions.provenance(con, scope),
        "submissions": lambda con: questions.last_submissions(con, name, more),
        "evidence": lambda con: questions.has_evidence(con, name),
        "day": lambda con: questions.described_day(con, as_of, more),
        "node": lambda con: questions.previous_node(con, scope),
    }
    return asked[what]


def is_member(name: str) -> bool:
    """Whether a chart's name is that of a unit, township … by which items can be narrowed."""
    return name != UNSAID and not FOLDED.match(name)
