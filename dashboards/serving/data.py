"""Where pages get their figures: the warehouse's answers, kept until the next publication."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import lru_cache, wraps
from hashlib import sha256
from typing import Any, Concatenate, ParamSpec, TypeVar

from analysis.adhoc.queries import Queries
from analysis.charts.shown import FOLDED
from analysis.errors import WarehouseError
from analysis.intake.publisher import failure
from analysis.settings import Settings
from analysis.warehouse.ahead import REGION
from analysis.warehouse.client import Warehouse
from analysis.warehouse.engine import Answer
from analysis.warehouse.scope import NOT_APPLICABLE, UNSAID, Scope, must_be_members
from analysis.warehouse.share import WHOLE, Share
from dashboards.serving.publication_copies import Content, Copies, Copy

CACHE_SIZE = 1_024
#: Rows of a table on a page, which says how many there are; its data file holds all.
ROWS_SHOWN = 1_000

P = ParamSpec("P")
T = TypeVar("T")


def kept(question: Callable[Concatenate[Warehouse, P], T]) -> Callable[Concatenate["Data", P], T]:
    """A question to the warehouse as pages ask it: of the asker's share, each answer kept."""

    @wraps(question)
    def ask(data: "Data", /, *arguments: P.args, **named: P.kwargs) -> T:
        return data.answer(question, *arguments, **named)

    return ask


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
        self._queries = Queries()
        self.copies = Copies(settings.warehouse)
        self._kept = lru_cache(CACHE_SIZE)(self._ask)

    metric = kept(Warehouse.metric)
    first_rows = kept(Warehouse.first_rows)
    first_rows_per_group = kept(Warehouse.first_rows_per_group)
    relation = kept(Warehouse.relation)
    items = kept(Warehouse.items)
    items_due = kept(Warehouse.items_due)
    item = kept(Warehouse.item)
    versions = kept(Warehouse.versions)
    aliases = kept(Warehouse.aliases)
    acts = kept(Warehouse.acts)
    doubts = kept(Warehouse.doubts)
    open_doubts = kept(Warehouse.open_doubts)
    present_ids = kept(Warehouse.present_ids)
    measures = kept(Warehouse.measures)
    members = kept(Warehouse.members)
    last_submissions = kept(Warehouse.last_submissions)
    photos = kept(Warehouse.photos)
    photos_of_items = kept(Warehouse.photos_of_items)
    has_evidence = kept(Warehouse.has_evidence)
    provenance = kept(Warehouse.provenance)
    meetings = kept(Warehouse.meetings)
    received = kept(Warehouse.received)
    regions = kept(Warehouse.regions)
    regions_side_by_side = kept(Warehouse.regions_side_by_side)

    def described_day(self) -> tuple[date, bool]:
        """The day shown where none is asked for, and whether it lies back for staleness.

        It is one for all accounts: a unit that has not reported for long must not be shown the day
        of its last report, on which nothing of it was overdue yet.
        """
        stale = self.settings.stale_after_days
        return self._answer_of(WHOLE, Warehouse.described_day, date.today(), stale)

    def row(self, name: str, scope: Scope) -> dict[str, Any]:
        """The one row of a metric that has one, by column."""
        frame = self.metric(name, scope)
        return dict(zip(frame.columns, next(frame.itertuples(index=False)), strict=True))

    def choices(self, scope: Scope) -> dict[str, list[str]]:
        """Column → the values by which items can be narrowed, whatever is chosen now."""
        region = {n: v for n, v in scope.filters.items() if n == REGION}
        rows = self.metric("completion", replace(scope, filters=region))
        rows = rows[~rows["member"].isin([UNSAID, NOT_APPLICABLE])]
        members = rows.groupby("dimension")["member"]
        own = {str(name): sorted(group) for name, group in members}
        return own | {REGION: self.regions(), "plan": sorted(self.members("plan"))}

    def must_have(self, scope: Scope) -> None:
        """See to it that what a scope is narrowed to is somebody's.

        Raises:
            MemberError: no ledger that the asker sees has such a unit, township …; the likest is
                told.

        """
        for column, values in scope.filters.items():
            must_be_members(column, values, self.members(column))

    def ask(self, sql: str, who: str = "", leaves_one: bool = False) -> Answer:
        """One query that a person wrote, on his share, in a process of its own.

        Whoever ``leaves_one`` never takes the last place there is.

        Raises:
            YanpanError: it is one too many now, does not read, is wrong, or takes too much.

        """
        copy = self.copy()  # held, so that its file stays where it is
        return self._queries.ask(who, copy.path, sql, leaves_one=leaves_one)

    def count_query(self, who: str) -> int:
        """How many queries somebody has asked for within a minute, with this one."""
        return self._queries.count(who)

    def warehouse(self) -> Warehouse:
        """The asker's share of what is published now, to be asked as often as it is held.

        For what must be of one publication: nothing is kept, and nothing newer comes between.
        """
        return self.copy().warehouse

    def copy(self) -> Copy:
        """The file of the asker's share as published now; it lies there for as long as it is held.

        For another process that is to read it.
        """
        return self.copies.current(self._share())

    def publication(self) -> str | None:
        """A name of what the asker is served now, which tells nothing of where it lies; None where
        there is nothing.
        """
        try:
            return sha256(repr(self.copies.content(self._share())).encode()).hexdigest()[:16]
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

    def answer(
        self, question: Callable[Concatenate[Warehouse, P], T], /,
        *arguments: P.args, **named: P.kwargs,
    ) -> T:  # fmt: skip
        """The answer to a question, from memory where it was asked of the same rows before."""
        return self._answer_of(self._share(), question, *arguments, **named)

    def _answer_of(
        self, share: Share, question: Callable[Concatenate[Warehouse, P], T], /,
        *arguments: P.args, **named: P.kwargs,
    ) -> T:  # fmt: skip
        """The answer to a question of a share's rows."""
        content = self.copies.content(share)
        answer: T = self._kept(content, share, question, arguments, *named.items())
        return answer

    def _ask(
        self, content: Content, share: Share, question: Callable[..., Any],
        arguments: tuple[Any, ...], *named: tuple[str, Any],
    ) -> Any:  # fmt: skip
        return question(self.copies.current(share).warehouse, *arguments, **dict(named))


def is_member(name: str) -> bool:
    """Whether a chart's name is that of a unit, township … by which items can be narrowed."""
    return name not in {UNSAID, NOT_APPLICABLE} and not FOLDED.match(name)
