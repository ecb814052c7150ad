"""All figures that a meeting is told, read once: page, document, slide and sheet agree by it."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any, Protocol

import pandas as pd

from analysis.briefing.comparison import PERIODS, Comparison, compared_with
from analysis.judgement.alerts import METRICS as ALERT_METRICS
from analysis.judgement.alerts import Alert, Facts, configured, evaluate, relations
from analysis.judgement.site_risk.ranking import Foresight, Ranking, foresee, with_chances
from analysis.judgement.site_risk.scorecard import high_sites, rank_sites
from analysis.settings import Settings
from analysis.warehouse.client import Provenance
from analysis.warehouse.scope import Scope, narrowing
from analysis.warehouse.sql_files import get_metric

METRICS = (
    "overview", "completion", "node_progress", "overdue", "ageing", "due_soon", "supervision",
    "hazard_mix", "hazard_flow", "recurrence", "suspect_closure", "accident_yoy",
    "report_punctuality", "duty_compliance", "vanished", "deadline_slip", "inspection_coverage",
    "inspection_yield", "close_times", "clarity", "site_responsibility", "campaign_progress",
    "meetings_held", "self_reports", "instruments", "warnings_issued", "good_practice",
)  # fmt: skip


#: Metrics that may be long: of each the most urgent, which stand first, are enough for a page.
LONG = frozenset({"due_soon", "overdue", "recurrence", "suspect_closure"})


class Source(Protocol):
    """What documents and statements ask of a ``Warehouse``, or of the pages' memory of one."""

    def metric(self, name: str, scope: Scope, /) -> pd.DataFrame:
        """A metric over the scope."""
        ...

    def first_rows(self, name: str, scope: Scope, most: int, /) -> tuple[pd.DataFrame, int]:
        """The first rows of a metric, and how many there are."""
        ...

    def first_rows_per_group(self, name: str, scope: Scope, by: str, most: int, /) -> pd.DataFrame:
        """The first rows of each value of a column, with how many each has."""
        ...

    def relation(self, name: str, scope: Scope, /, *, part: str = "") -> pd.DataFrame:
        """Rows of a relation, or of a part of it."""
        ...

    def measures(self, scope: Scope, /) -> pd.DataFrame:
        """Detailed measures with what stands above each."""
        ...

    def photos_of_items(self, scope: Scope, /) -> pd.DataFrame:
        """Photos of items, for who wants them."""
        ...

    def provenance(self, scope: Scope, /) -> Provenance:
        """What the figures rest on."""
        ...

    def meetings(self, scope: Scope, /) -> pd.DataFrame:
        """The meetings on record, by kind and day."""
        ...

    def received(self, scope: Scope, /) -> frozenset[str]:
        """The ledgers of which anything was received."""
        ...


class Figures:
    """A scope and every row that is told of it, each read when it is first asked for.

    ``figures["overdue"]`` are the rows of a metric. ``kind`` is monthly or quarterly: what a
    package looks back on, and the meeting that its changes are told from.
    """

    def __init__(
        self, source: Source, settings: Settings, scope: Scope, kind: str = "monthly",
        with_photos: bool = False, most: int | None = None,
    ) -> None:  # fmt: skip
        """Nothing is read yet; ``with_photos`` wants those of the items, too.

        ``most`` is how many rows of a long list a page looks at for its alerts; None for all.
        """
        self.source, self.settings, self.scope, self.kind = source, settings, scope, kind
        self._with_photos, self._most = with_photos, most
        self._metrics: dict[str, pd.DataFrame] = {}

    def __getitem__(self, metric: str) -> pd.DataFrame:
        """The rows of a metric."""
        if metric not in self._metrics:
            scope = self.since_scope if metric == "since" else self.scope
            self._metrics[metric] = self._of_units(metric, self.source.metric(metric, scope))
        return self._metrics[metric]

    def _of_units(self, metric: str, rows: pd.DataFrame) -> pd.DataFrame:
        """The rows of the units of the scope, of a metric that is counted for all units alike.

        When a half month is due, and from which on, follows from all reports; whose report it is
        does not.
        """
        units = self.scope.filters.get("unit")
        if units is None or "unit" not in rows or "unit" in narrowing(get_metric(metric)):
            return rows
        return rows[rows["unit"].isin([*units])]

    def first(self, metric: str, most: int = 1) -> tuple[pd.DataFrame, int]:
        """The first rows of a metric that may be long, and how many it has in all."""
        if metric in self._metrics:
            return self._metrics[metric].head(most), len(self._metrics[metric])
        return self.source.first_rows(metric, self.scope, most)

    @property
    def period(self) -> str:
        """What the package is called: 月度 or 季度."""
        return PERIODS[self.kind]

    @cached_property
    def comparison(self) -> Comparison:
        """The day that changes are told from."""
        return compared_with(
            self.scope.as_of, self.source.meetings(self.scope), self.kind,
            self.settings.compared_with, self.scope.since,
        )  # fmt: skip

    @cached_property
    def since_scope(self) -> Scope:
        """The scope with the day from which its changes are told."""
        return replace(self.scope, since=self.comparison.day)

    @cached_property
    def now(self) -> Mapping[str, Any]:
        """The row of ``overview``."""
        return only_row(self["overview"])

    @cached_property
    def before(self) -> Mapping[str, Any]:
        """The row of ``overview`` for the day compared with, as it is known now."""
        return self._overview(replace(self.scope, as_of=self.comparison.day, since=None))

    @cached_property
    def shown_before(self) -> Mapping[str, Any]:
        """The row of ``overview`` as it was shown on the day compared with."""
        day = self.comparison.day
        known_on = min(day, self.scope.known_on or day)
        return self._overview(replace(self.scope, as_of=day, known_on=known_on, since=None))

    def _overview(self, scope: Scope) -> Mapping[str, Any]:
        return only_row(self.source.metric("overview", scope))

    @cached_property
    def change_counts(self) -> Mapping[str, int]:
        """Kind of change → how many items changed so since the day compared with."""
        rows = self.source.first_rows_per_group("since", self.since_scope, "change", 1)
        return {str(row["change"]): int(row["in_all"]) for row in rows.to_dict("records")}

    @cached_property
    def standing_found(self) -> int:
        """How many of those found since the day compared with stand apart from all rates."""
        if not self.change_counts.get("found") or not self.now["standing"]:
            return 0
        rows = self.source.relation("items", self.scope, part="standing")
        return int((rows["opened_on"] > pd.Timestamp(self.comparison.day)).sum())

    @cached_property
    def facts(self) -> Provenance:
        """What the figures rest on."""
        return self.source.provenance(self.scope)

    @cached_property
    def received(self) -> frozenset[str]:
        """The ledgers of which anything was received at all."""
        return self.source.received(self.scope)

    @cached_property
    def received_before(self) -> frozenset[str]:
        """The ledgers of which anything had been received on the day compared with."""
        day = self.comparison.day
        return self.source.received(
            replace(self.scope, as_of=day, known_on=min(day, self.scope.known_on or day))
        )

    @cached_property
    def sites(self) -> pd.DataFrame:
        """The roll of sites."""
        return self.source.relation("sites", self.scope)

    @cached_property
    def ranking(self) -> Ranking:
        """Sites in the order in which to look at them."""
        return ranked(self.source, self.settings, self.scope)

    @cached_property
    def measures(self) -> pd.DataFrame:
        """The 三清单 with what stands above each."""
        return self.source.measures(self.scope)

    @cached_property
    def items(self) -> pd.DataFrame:
        """All items but those withdrawn."""
        return self.source.relation("items", self.scope, part="not_void")

    @cached_property
    def photos(self) -> pd.DataFrame | None:
        """Photos of the items, where they are asked for."""
        return self.source.photos_of_items(self.scope) if self._with_photos else None

    @cached_property
    def _alerts(self) -> tuple[list[Alert], list[str]]:
        rules = configured(self.settings.alerts)
        kept = {
            name: self.source.relation(of, self.scope, part=part)
            for name, (of, part) in relations(rules).items()
        }
        high = high_sites(self.sites, kept["major"], self.settings.risk_bands)
        facts = Facts(**{name: self._fact(name) for name in ALERT_METRICS}, **kept, high_sites=high)
        return evaluate(facts, self.scope.as_of, rules, self.settings.flood_season)

    def _fact(self, metric: str) -> pd.DataFrame:
        if self._most is None or metric not in LONG:
            return self[metric]
        return self.first(metric, self._most)[0]

    @property
    def alerts(self) -> list[Alert]:
        """What the rules say of the day, the highest step first."""
        return self._alerts[0]

    @property
    def unknown(self) -> list[str]:
        """What the rules could not look at."""
        return self._alerts[1]


def gather(
    source: Source, settings: Settings, scope: Scope, kind: str, with_photos: bool = False
) -> Figures:
    """The figures of a package, its metrics read at once."""
    figures = Figures(source, settings, scope, kind, with_photos)
    for name in METRICS:
        figures[name]
    return figures


def ranked(
    source: Source, settings: Settings, scope: Scope, seen: Foresight | None = None
) -> Ranking:
    """Sites of the scope, and those where its hazards are, whoever answers for the site.

    ``seen`` spares learning the chances anew. A site's chance is learnt from all visits, whatever
    part of them the scope is.
    """
    hazards = source.relation("items", scope, part="open_hazards_at_sites")
    everywhere = replace(scope, filters={})
    roll = source.relation("sites", everywhere)
    here = {*source.relation("sites", scope)["site"], *hazards["site"]}
    visits = source.relation("inspections", everywhere, part="dated")
    card = rank_sites(
        roll[roll["site"].isin(here)], hazards, source.metric("recurrence", scope),
        source.metric("vanished", scope), visits, scope.as_of, settings.risk_bands,
    )  # fmt: skip
    seen = seen or foresee(visits, roll, scope.as_of)
    return with_chances(card, seen, settings.risk_chances)


def only_row(rows: pd.DataFrame) -> Mapping[str, Any]:
    """The one row of a metric that has one, by column; what is not there is None."""
    return {
        str(name): None if pd.isna(value) else value
        for name, value in rows.astype(object).iloc[0].items()
    }
