"""会议模式: one message a screen, in large type, for a projector; ← → to move, Esc to leave."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from dash import dcc, html

from analysis.briefing import plots
from analysis.briefing.figures import Figures
from analysis.briefing.plots import Plot
from analysis.briefing.statements import statement
from analysis.briefing.statements.books import last_decisions
from analysis.briefing.statements.headline import Card, card
from analysis.charts.bands import ageing
from analysis.charts.completion import completion
from analysis.charts.flow import hazard_flow
from analysis.charts.nodes import node_progress
from analysis.charts.records import records_yoy
from analysis.charts.sites import four_colours
from analysis.charts.stacked import stacked
from analysis.charts.theme import GRAPH_CONFIG
from analysis.warehouse.scope import Scope
from analysis.wording.deadlines import chinese_day, counted_state, state_text
from dashboards.downloads.manual import LABEL as MANUAL
from dashboards.downloads.manual import PATH
from dashboards.serving.data import Data

#: What can be read from eight metres.
TYPE = 28
MOST_LINES = 8
#: A screen: its one message, and what shows it.
Screen = tuple[str, Any]


def content(data: Data, scope: Scope) -> Any:
    """All screens of the meeting in the order of ``yanpan.toml``, the first one shown."""
    names, figures = data.settings.meeting, Figures(data, data.settings, scope)
    facts = data.provenance(scope)
    stamp = f"截至 {chinese_day(scope.as_of)} · 计入报送 {facts.submissions} 批"
    if scope.filters:
        stamp += " · " + "、".join(value for values in scope.filters.values() for value in values)
    marks = [html.Strong("含模拟数据", className="simulated")] if facts.is_simulated else []
    manual = html.A(MANUAL, href=PATH, className="help", target="_blank", rel="noopener")
    screens = []
    told = [screen for name in names if (screen := SCREENS[name](figures)) is not None]
    for number, (message, body) in enumerate(told, start=1):
        at = [manual, html.Span(f"{number} / {len(told)}", className="at")]
        foot = [html.Span(stamp), *marks, *at]
        screens.append(
            html.Section(
                [html.H1(message), html.Div(body, className="screen-body"), html.Footer(foot)],
                className="screen on" if number == 1 else "screen",
            )
        )
    return html.Main(screens, id="meeting", tabIndex=-1)


def overall(figures: Figures) -> Screen:
    """How much is done, and how much is late."""
    return _cards(figures, "overall")


def changes(figures: Figures) -> Screen:
    """What happened since the day compared with."""
    return _cards(figures, "changes")


def nodes(figures: Figures) -> Screen:
    """Progress by node."""
    rows, as_of = figures["node_progress"], figures.scope.as_of
    rows = rows[rows["unit"] == "全部"]
    return _told(figures, "nodes", _chart("meeting-nodes", node_progress(rows, as_of)))


def units(figures: Figures) -> Screen:
    """Which units have most overdue."""
    rows = figures["completion"]
    figure = completion(rows[rows["dimension"] == "unit"], 10).update_layout(margin={"r": 150})
    return _told(figures, "units", _chart("meeting-units", figure))


def late(figures: Figures) -> Screen:
    """The items that are late the longest."""
    said = statement(figures, "overdue")
    if not said.count:
        return said.claim, html.P(said.note, className="big-words")
    bands = figures["ageing"]
    bands = bands[(bands["basis"] == "late") & (bands["unit"] != "全部")]
    return _told(figures, "overdue", _chart("meeting-late", ageing(bands, 10)))


def major(figures: Figures) -> Screen:
    """Major hazards on their way to the file."""
    rows = figures["hazard_flow"]
    return _told(
        figures, "major", _chart("meeting-major", hazard_flow(rows[rows["level"] == "重大"]))
    )


def risk(figures: Figures) -> Screen:
    """Where the red and orange sites are."""
    said = statement(figures, "risk")
    if not said.details:
        return _told(figures, "risk", html.Div())
    chart = _chart("meeting-risk", four_colours(figures.ranking.sites, "township"))
    return _told(figures, "risk", chart, f"{said.details[0]}。")


def accidents(figures: Figures) -> Screen:
    """This year's accidents against last year's, the county's own."""
    rows = figures["accident_yoy"]
    own = rows[(rows["source"] == "records") & (rows["period"] == "year")]
    return _told(figures, "accidents", _chart("meeting-accidents", records_yoy(own)))


def decisions(figures: Figures) -> Screen:
    """What the last meeting decided, and what became of it."""
    last = last_decisions(figures)
    lines = [
        html.Tr(
            [
                html.Td(row["title"]),
                html.Td(row["unit"] or "责任单位未明确"),
                html.Td("" if pd.isna(row["due_on"]) else f"{row['due_on']:%m月%d日}"),
                html.Td(html.Span(state_text(row), className=f"state {counted_state(row)}")),
            ]
        )
        for _, row in last.head(MOST_LINES).iterrows()
    ]
    if (rest := len(last) - len(lines)) > 0:
        lines.append(html.Tr(html.Td(f"……另有 {rest} 项", colSpan=4)))
    return _told(figures, "decisions", html.Table(html.Tbody(lines), className="big-table"))


def inspections(figures: Figures) -> Screen | None:
    """How many sites of each township were inspected."""
    return _parts(figures, "inspections", plots.inspections_plot(figures["inspection_coverage"]))


def campaigns(figures: Figures) -> Screen | None:
    """What each campaign found, and how much of it is done."""
    return _parts(figures, "campaigns", plots.campaigns_plot(figures["campaign_progress"]))


def responsibility(figures: Figures) -> Screen | None:
    """Of how many sites of each township somebody answers by name."""
    plot = plots.responsibility_plot(figures["site_responsibility"])
    return _parts(figures, "responsibility", plot)


def reports(figures: Figures) -> Screen | None:
    """How the half-month reports of the last periods came."""
    return _parts(figures, "reports", plots.reports_plot(figures["report_punctuality"]))


def duties(figures: Figures) -> Screen | None:
    """Which duties in numbers were met."""
    plot = plots.duties_plot(figures["duty_compliance"], figures.scope.as_of)
    return _parts(figures, "duties", plot)


SCREENS: dict[str, Callable[[Figures], Screen | None]] = {
    each.__name__: each
    for each in (
        overall, changes, nodes, units, late, major, risk, accidents, inspections, campaigns,
        responsibility, reports, duties, decisions,
    )
}  # fmt: skip


def _told(figures: Figures, subject: str, shown: Any, *notes: str) -> Screen:
    """A screen of a statement: its claim, what shows it, its change and what it leaves open."""
    said = statement(figures, subject)
    words = [words for words in (said.note, *notes) if words]
    told = [html.P(each, className="screen-note") for each in words]
    asked = [html.P(said.request, className="screen-ask")] if said.request else []
    return said.claim, [shown, *told, *asked]


def _parts(figures: Figures, subject: str, plot: Plot) -> Screen | None:
    """A screen with the chart that its slide has; none where there is nothing to draw and nothing
    is asked: the deck and the report have the sentence.
    """
    if plot.is_empty:
        asks = statement(figures, subject).request
        return _told(figures, subject, html.Div()) if asks else None
    figure = stacked(plot.categories, plot.series, plot.colours)
    return _told(figures, subject, _chart(f"meeting-{subject}", figure))


def _cards(figures: Figures, subject: str) -> Screen:
    numbers = statement(figures, subject).numbers
    cards = [_card(card(number, figures.comparison)) for number in numbers]
    return _told(figures, subject, html.Div(cards, className="screen-cards"))


def _card(said: Card) -> Any:
    """One figure, large, with what it is above and its change below."""
    value, _, parts = said.value.partition("（")
    return html.Div(
        [
            html.Div(said.label, className="card-label"),
            html.Div(
                [value, *([html.Span(f"（{parts}", className="card-parts")] if parts else [])],
                className="card-value",
            ),
            html.Div(said.change, className=f"card-change {said.meaning}"),
        ],
        className="card",
    )


def _chart(graph_id: str, figure: go.Figure) -> Any:
    """A chart in the type of the meeting room."""
    figure.update_layout(
        font={"size": TYPE}, legend={"font": {"size": TYPE - 2}}, uniformtext={"minsize": 16},
        hoverlabel={"font": {"size": TYPE}},
    )  # fmt: skip
    figure.update_annotations(font={"size": TYPE})
    figure.update_traces(textfont={"size": TYPE - 2}, selector={"type": "bar"})
    figure.update_traces(textfont={"size": TYPE - 2}, selector={"type": "scatter", "mode": "text"})
    return dcc.Graph(id=graph_id, figure=figure, config=GRAPH_CONFIG, className="screen-chart")
