"""All figures of one package of documents, read once: documents, slides and sheets agree by it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Protocol

import pandas as pd

from analysis.judgement.alerts import METRICS as ALERT_METRICS
from analysis.judgement.alerts import Alert, Facts, configured, evaluate, relations
from analysis.judgement.site_risk.ranking import Foresight, Ranking, foresee, with_chances
from analysis.judgement.site_risk.scorecard import rank_sites
from analysis.settings import Settings
from analysis.warehouse.client import Provenance
from analysis.warehouse.scope import Scope

METRICS = (
    "overview", "completion", "node_progress", "overdue", "ageing", "due_soon", "supervision",
    "hazard_mix", "hazard_flow", "recurrence", "suspect_closure", "accident_yoy",
    "report_punctuality", "duty_compliance", "vanished", "deadline_slip", "inspection_coverage",
    "inspection_yield", "close_times", "clarity",
)  # fmt: skip


class Source(Protocol):
    """What documents ask of a ``Warehouse``, or of the pages' memory of one."""

    def metric(self, name: str, scope: Scope, /) -> pd.DataFrame:
        """A metric over the scope."""
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


@dataclass(frozen=True, slots=True)
class Period:
    """What a package looks back on: «月度», and what the time before is called."""

    name: str
    before: str
    start: date

    @property
    def last_day_before(self) -> date:
        """The day that figures are compared with."""
        return self.start - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Figures:
    """A scope, its period and every row that the documents tell of; ``figures["overdue"]``."""

    period: Period
    scope: Scope
    facts: Provenance
    settings: Settings
    metrics: Mapping[str, pd.DataFrame]
    before: Mapping[str, Any]
    sites: pd.DataFrame
    ranking: Ranking
    measures: pd.DataFrame
    items: pd.DataFrame
    alerts: tuple[Alert, ...]
    unknown: tuple[str, ...]
    #: Of the items, where they are asked for; as ``Warehouse.photos_of_items`` gives them.
    photos: pd.DataFrame | None = None

    def __getitem__(self, metric: str) -> pd.DataFrame:
        """The rows of a metric."""
        return self.metrics[metric]

    @property
    def now(self) -> Mapping[str, Any]:
        """The row of ``overview``."""
        return only_row(self["overview"])


def period_of(kind: str, as_of: date) -> Period:
    """The month or the quarter that a day lies in; ``kind`` is monthly or quarterly."""
    if kind == "monthly":
        return Period("月度", "上月末", as_of.replace(day=1))
    first = (as_of.month - 1) // 3 * 3 + 1
    return Period("季度", "上季末", date(as_of.year, first, 1))


def gather(
    source: Source, settings: Settings, scope: Scope, kind: str, with_photos: bool = False
) -> Figures:
    """Read all that a package tells."""
    period = period_of(kind, scope.as_of)
    earlier = replace(scope, as_of=period.last_day_before)
    rules = configured(settings.alerts)
    kept = relations(rules)
    metrics = {name: source.metric(name, scope) for name in METRICS}
    facts = Facts(
        **{name: metrics[name] for name in ALERT_METRICS},
        **{name: source.relation(of, scope, part=part) for name, (of, part) in kept.items()},
    )
    alerts, unknown = evaluate(facts, scope.as_of, rules, settings.flood_season)
    return Figures(
        period, scope, source.provenance(scope), settings, metrics,
        only_row(source.metric("overview", earlier)), source.relation("sites", scope),
        ranked(source, settings, scope), source.measures(scope),
        source.relation("items", scope, part="not_void"), tuple(alerts), tuple(unknown),
        source.photos_of_items(scope) if with_photos else None,
    )  # fmt: skip


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
