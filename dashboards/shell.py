"""What stands around every page: brand, day, scope, the stamp of what was counted."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from analysis.charts.theme import GRAPH_CONFIG
from analysis.settings import Settings
from analysis.warehouse.catalog import Provenance, Query
from dashboards.scope import KINDS, Address

LOCATION = "shell-location"
DAY_PICKER = "shell-day"
KIND_SWITCH = "shell-kind"


def frame(content: Any) -> Any:
    """The outermost element: theme, Chinese calendar, page."""
    return dmc.MantineProvider(
        dmc.DatesProvider(
            html.Div([dcc.Location(id=LOCATION, refresh=False), content]),
            settings={"locale": "zh-cn", "firstDayOfWeek": 1},
        ),
        forceColorScheme="light",
        theme={"fontFamily": "var(--yanpan-font)", "primaryColor": "indigo"},
    )


def header(address: Address, shown_day: date) -> Any:
    """Brand on the left, scope and day on the right."""
    return html.Header(
        [
            html.Div(
                [html.H1("研判台"), html.Span("文化旅游安全整改与风险研判", className="tagline")],
                className="brand",
            ),
            html.Div(
                [
                    dmc.SegmentedControl(
                        id=KIND_SWITCH,
                        value=address.kind,
                        data=[{"value": value, "label": label} for value, label in KINDS.items()],
                        size="sm",
                    ),
                    html.Span("截至", className="picker-label"),
                    dmc.DatePickerInput(
                        id=DAY_PICKER,
                        value=shown_day.isoformat(),
                        valueFormat="YYYY年M月D日",
                        monthLabelFormat="YYYY年M月",
                        yearLabelFormat="YYYY年",
                        ariaLabels={"previousMonth": "上一月", "nextMonth": "下一月"},
                        size="sm",
                        w=160,
                        popoverProps={"position": "bottom-end"},
                        **{"aria-label": "数字所描述的那一天"},
                    ),
                ],
                className="controls",
            ),
        ],
        className="shell-header",
    )


def stamp(
    shown_day: date, known_on: date | None, facts: Provenance, is_stale: bool, settings: Settings
) -> Any:
    """The day, the submissions counted, 模拟数据 where it applies."""
    words = [f"截至 {chinese_day(shown_day)}", f"计入报送 {facts.submissions} 批"]
    if facts.newest_on:
        words.append(f"最近一次 {chinese_day(facts.newest_on)}")
    if known_on:
        words.append(f"只计 {chinese_day(known_on)} 以前收到的")
    if is_stale:
        words.append(f"最近报送已超过 {settings.stale_after_days} 天，默认显示该日")
    badges = [html.Strong("含模拟数据", className="simulated")] if facts.is_simulated else []
    return html.Div([html.Span(" · ".join(words)), *badges], className="stamp")


def panel(title: str, children: Sequence[Any], query: Query, class_name: str = "") -> Any:
    """A white card with its title and, one click away, the definition behind its figures."""
    return html.Section(
        [html.Div([html.H2(title), definition(query)], className="panel-head"), *children],
        className=f"panel {class_name}",
    )


def graph(graph_id: str, figure: Any) -> Any:
    """A chart that fills the height which the style sheet gives it."""
    chart = dcc.Graph(id=graph_id, figure=figure, config=GRAPH_CONFIG)
    return html.Div(chart, className="chart")


def definition(query: Query) -> Any:
    """A button that opens title, definition and clause of a metric."""
    return dmc.Popover(
        [
            dmc.PopoverTarget(html.Button("口径", className="definition-button")),
            dmc.PopoverDropdown(
                [
                    html.H3(query.title),
                    html.P(query.definition),
                    html.P(f"依据：{query.clause}"),
                    html.P(f"指标名称：{query.name}", className="muted"),
                ],
                className="definition",
            ),
        ],
        width=380,
        position="bottom-end",
        withArrow=True,
        shadow="md",
    )


def notice(message: str) -> Any:
    """A page that can only say what is wrong and what to do."""
    return html.Main(html.Div([html.H1("研判台"), html.P(message)], className="notice"))


def chinese_day(day: date) -> str:
    """2023年11月15日."""
    return f"{day.year}年{day.month}月{day.day}日"
