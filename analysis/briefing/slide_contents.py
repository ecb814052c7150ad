"""What the 例会汇报 says: one statement a slide, and what shows it, each from named figures."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from analysis.briefing import plots
from analysis.briefing.figures import Figures
from analysis.briefing.lists import Rows, items_rows, metric_rows, site_rows, titled
from analysis.briefing.plots import Plot
from analysis.briefing.sections import next_steps, problems, requests
from analysis.briefing.statements import Statement, statement
from analysis.briefing.statements.books import last_decisions
from analysis.briefing.statements.headline import Card, card
from analysis.briefing.statements.statement import sentences
from analysis.charts.wall import Wall, arrange
from analysis.judgement.alerts import STEPS
from analysis.judgement.site_risk.scorecard import COLOURS
from analysis.warehouse.sql_files import get_metric

#: Rows of a table, and points of a list, that can be read from the back of the room.
MOST_ROWS, MOST_POINTS = 7, 6
#: Where the four colours come from: no one metric has them.
RANKING = "四色取高不取低，场所排序和理由见附件.xlsx"


@dataclass(frozen=True, slots=True)
class Slide:
    """One message as the title; below it cards, a plot, a wall, a table or points; where from."""

    message: str
    source: str
    cards: Sequence[Card] = ()
    plot: Plot | None = None
    wall: Wall | None = None
    rows: Rows = field(default_factory=list)
    points: Sequence[str] = ()
    note: str = ""
    #: What the meeting is asked to decide.
    request: str = ""

    @property
    def is_bare(self) -> bool:
        """Whether it has a title and nothing below it but a note."""
        is_drawn = self.wall or (self.plot and not self.plot.is_empty)
        return not (is_drawn or self.cards or self.rows or self.points or self.request)


def slides(figures: Figures) -> list[Slide]:
    """All slides that have something to show, in the order of the meeting.

    What has a sentence and nothing to show stands with others of its kind, before what is to be
    done.
    """
    told = _of_subjects(figures)
    bare = [sentences([slide.message, slide.note]) for slide in told if slide.is_bare]
    rest = [
        Slide("其他方面", "各指标口径见附件.xlsx", points=bare[at : at + MOST_POINTS])
        for at in range(0, len(bare), MOST_POINTS)
    ]
    ending = [each for each in (steps(figures), asked(figures)) if each]
    return [*(slide for slide in told if not slide.is_bare), *rest, *ending]


def _of_subjects(figures: Figures) -> list[Slide]:
    """One slide a subject that has something to say."""
    told = [
        overall(figures), changes(figures), main_problems(figures), nodes(figures),
        wall(figures), units(figures),
        late(figures), longest(figures), major(figures), risk(figures), sites(figures),
        mix(figures), accidents(figures), inspections(figures), campaigns(figures),
        responsibility(figures), reports(figures), duties(figures), decisions(figures),
    ]  # fmt: skip
    return [slide for slide in told if slide and slide.message]


def overall(figures: Figures) -> Slide:
    """How much is done, and how much is late."""
    said = statement(figures, "overall")
    return _slide(said, cards=[card(each, figures.comparison) for each in said.numbers])


def changes(figures: Figures) -> Slide:
    """What happened since the day compared with."""
    said = statement(figures, "changes")
    return _slide(said, cards=[card(each, figures.comparison) for each in said.numbers])


def main_problems(figures: Figures) -> Slide | None:
    """What ought to be zero and is not."""
    points = problems(figures)
    message = f"主要问题{len(points)}个方面"
    if not points:
        return None
    note = cut(len(points[:MOST_POINTS]), len(points), "个方面", "报告")
    return Slide(message, "各指标口径见附件.xlsx", points=points[:MOST_POINTS], note=note)


def nodes(figures: Figures) -> Slide:
    """Progress by working node."""
    plot = plots.nodes_plot(figures["node_progress"], figures.scope.as_of)
    return _slide(statement(figures, "nodes"), plot=plot)


def wall(figures: Figures) -> Slide | None:
    """Every item as a square, by unit and deadline."""
    items = figures["item_wall"]
    if items.empty:
        return None
    drawn = arrange(items, figures.scope.as_of)
    return Slide(
        f"事项墙：按单位和期限排开，共{drawn.items}项（撤销的不在内）",
        _source("item_wall"),
        wall=drawn,
        note=sentences([statement(figures, "overall").caveat]),
    )


def units(figures: Figures) -> Slide:
    """Which units have most to do."""
    return _slide(statement(figures, "units"), plot=plots.completion_plot(figures["completion"]))


def late(figures: Figures) -> Slide:
    """How late what is late is."""
    return _slide(statement(figures, "overdue"), plot=plots.ageing_plot(figures["ageing"]))


def longest(figures: Figures) -> Slide | None:
    """The items that are late the longest."""
    rows = figures["overdue"]
    if rows.empty:
        return None
    first = rows.head(MOST_ROWS)
    first = first.assign(title=[titled(row) for row in first.to_dict("records")])
    told = metric_rows("overdue", first, ("title", "unit", "person", "due_on", "days_late"))
    said = statement(figures, "overdue")
    return Slide(
        said.details[-1], _source("overdue"), rows=told, note=cut(len(told), len(rows), "项")
    )


def major(figures: Figures) -> Slide:
    """Major hazards that are open, and whether they are on the list."""
    rows = figures["supervision"]
    rows = rows[rows["standing_text"].ne("已摘牌")]
    columns = ("title", "unit", "person", "standing_text", "due_on", "state", "days_late")
    said = statement(figures, "major")
    told = metric_rows("supervision", rows.head(_rows_beside(said, len(rows))), columns)
    return _slide(said, rows=told, cut=cut(len(told), len(rows), "条"))


def risk(figures: Figures) -> Slide:
    """Where the red and orange sites are."""
    said = statement(figures, "risk")
    if not said.details:
        return _slide(said, source=RANKING)
    ranked = figures.ranking.sites
    note = said.details[0]
    if ranked["colour"].isna().all():  # not one that is known to be red
        told = _sites_told(ranked)
        told_of = sentences([note, cut(len(told), len(ranked), "家")])
        return _slide(said, rows=told, source=RANKING, cut=told_of)
    return _slide(said, plot=plots.colours_plot(ranked), source=RANKING, cut=sentences([note]))


def sites(figures: Figures) -> Slide | None:
    """The sites to look at first."""
    if "site" not in figures.received:
        return None
    ranked = figures.ranking.sites
    high = ranked[ranked["colour"].isin(COLOURS[2:])]
    if high.empty:
        return None
    told = _sites_told(high)
    return Slide(
        f"应先检查{high.iloc[0]['site']}等红色、橙色场所", RANKING, rows=told,
        note=cut(len(told), len(high), "家"),
    )  # fmt: skip


def _sites_told(ranked: pd.DataFrame) -> Rows:
    """The first sites of a ranking, as many as fit with their reasons."""
    return [
        {name: row[name] for name in ("场所", "监管单位", "四色", "理由")}
        for row in site_rows(ranked.head(MOST_ROWS - 2))
    ]


def mix(figures: Figures) -> Slide:
    """The categories with most hazards."""
    return _slide(statement(figures, "mix"), plot=plots.mix_plot(figures["hazard_mix"]))


def accidents(figures: Figures) -> Slide:
    """This year's accidents against last year's."""
    said = statement(figures, "accidents")
    plot = plots.accidents_plot(figures["accident_yoy"])
    points = said.details if plot.is_empty else ()
    if len(points) > 1:
        return _slide(said, plot=plot, points=points)
    return _slide(said, cut=sentences(points), plot=plot)  # one line has no page to itself


def inspections(figures: Figures) -> Slide:
    """How many sites of each township were inspected."""
    rows = figures["inspection_coverage"]
    return _slide(statement(figures, "inspections"), plot=plots.inspections_plot(rows))


def campaigns(figures: Figures) -> Slide:
    """What each campaign found, and how much of it is done."""
    rows = figures["campaign_progress"]
    return _slide(statement(figures, "campaigns"), plot=plots.campaigns_plot(rows))


def responsibility(figures: Figures) -> Slide:
    """Of how many sites of each township somebody answers by name."""
    rows = figures["site_responsibility"]
    return _slide(statement(figures, "responsibility"), plot=plots.responsibility_plot(rows))


def reports(figures: Figures) -> Slide:
    """How the half-month reports of the last periods came."""
    rows = figures["report_punctuality"]
    return _slide(statement(figures, "reports"), plot=plots.reports_plot(rows))


def duties(figures: Figures) -> Slide:
    """Which duties in numbers were met."""
    plot = plots.duties_plot(figures["duty_compliance"], figures.scope.as_of)
    return _slide(statement(figures, "duties"), plot=plot)


def decisions(figures: Figures) -> Slide:
    """What the last meeting decided, and what became of it."""
    rows = last_decisions(figures)
    said = statement(figures, "decisions")
    columns = ("title", "unit", "person", "due_on", "state")
    told = items_rows(rows.head(_rows_beside(said, len(rows))), columns)
    return _slide(said, rows=told, cut=cut(len(told), len(rows), "项"))


def steps(figures: Figures) -> Slide:
    """What is to be done, the heaviest first."""
    points = next_steps(figures)
    note = cut(len(points[:MOST_POINTS]), len(points), "条", "报告")
    ladder = f"按预警的阶梯排列：{'、'.join(reversed(STEPS))}"
    return Slide("下步措施", ladder, points=points[:MOST_POINTS], note=note)


def asked(figures: Figures) -> Slide | None:
    """What the meeting is asked to decide, in the order of the first screen and of the report."""
    points = requests(figures)
    if not points:
        return None
    note = cut(len(points[:MOST_POINTS]), len(points), "件", "报告")
    message = f"提请会议研究{len(points)}件事"
    return Slide(message, "各指标口径见附件.xlsx", points=points[:MOST_POINTS], note=note)


def _rows_beside(said: Statement, total: int) -> int:
    """How many rows a table has room for; what is asked takes that of one, unless the one is all
    that would be left out: then the table has smaller type.
    """
    return total if total <= MOST_ROWS else MOST_ROWS - bool(said.request)


def cut(shown: int, total: int, unit: str, where: str = "附件.xlsx") -> str:
    """What a list leaves out, said; nothing where it is whole."""
    return f"共{total}{unit}，列出前{shown}{unit}，全部见{where}" if total > shown else ""


def _slide(said: Statement, cut: str = "", source: str = "", **shown: Any) -> Slide:
    """A slide of a statement: its claim, what shows it, its change and what it leaves open."""
    plot = shown.get("plot")
    note = sentences([said.note, cut, plot.left if plot else ""])
    source = source or _source(said.metric)
    return Slide(said.claim, source, note=note, request=said.request, **shown)


def _source(metric: str) -> str:
    query: Any = get_metric(metric)
    return f"指标：{query.title}"
