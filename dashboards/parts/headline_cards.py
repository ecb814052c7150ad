"""The eight headline numbers as cards with what they cover, for which the first screen is full."""

from typing import Any

from dash import html

from analysis.briefing.changes import NO_BEFORE
from analysis.briefing.figures import Figures
from analysis.briefing.statements import statement
from analysis.briefing.statements.headline import Card, Headline, card
from analysis.briefing.statements.statement import sentences
from analysis.warehouse.sql_files import get_metric
from dashboards.parts.shell import definition, rows_of


def claims(figures: Figures) -> list[Any]:
    """What the screens of the meeting say first, and what the cards below are compared with."""
    overall, major = statement(figures, "overall"), statement(figures, "major")
    words = f"{overall.claim}；{major.claim}。"
    aside = [detail for detail in overall.details if "单列" in detail]
    note = sentences([overall.note, *aside])
    return [
        html.P(words, className="lead"),
        html.Div([html.Span(note), definition(get_metric("overview"))], className="strip"),
    ]


def cards(figures: Figures) -> Any:
    """The headline figures with their change since the day compared with."""
    numbers = statement(figures, "overall").numbers
    drawn = [_card(number, card(number, figures.comparison)) for number in numbers]
    return html.Div(drawn, className="cards")


def _card(number: Headline, said: Card) -> Any:
    is_bad = number.indicator.column == "overdue" and bool(number.value)
    return html.Div(
        html.Button(
            [
                html.Span(said.label, className="card-label"),
                html.Span(
                    [
                        html.Span(number.value_words, className=f"card-value{' bad' * is_bad}"),
                        html.Span(number.parts_words, className="card-parts"),
                    ]
                ),
                html.Span(said.change or NO_BEFORE, className=f"card-change {said.meaning}"),
            ],
            className="card number",
            title="点开看明细",
            **rows_of(number.indicator.column),
        ),
        id=f"card-{number.indicator.column}",
    )
