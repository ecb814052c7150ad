"""What stands around every page: brand, day, scope, the stamp of what was counted."""

import re
from collections.abc import Sequence
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from analysis.briefing.stamp import NARROWED_BY, SIMULATED, chosen_words, stamp_words
from analysis.charts.theme import GRAPH_CONFIG
from analysis.ledgers import ITEM_KIND
from analysis.settings import Settings
from analysis.warehouse.client import Provenance
from analysis.warehouse.scope import Scope, narrowing
from analysis.warehouse.sql_files import Query
from dashboards.serving.address import LOCATION, PUBLICATION, Address

DRAWER = "shell-drawer"
#: What stands above the page; the mark of what stands there; that it follows the address.
HEAD, HEAD_SHOWN, HEAD_FOLLOWS = "shell-head", "shell-head-shown", "shell-head-follows"
#: Which publication the page shows, and the clock by which it is looked whether there is a newer.
CLOCK = "shell-clock"
LOOK_EVERY_S = 20
PICTURES = {"png": "图片", "svg": "矢量图"}
#: The kind of id of a chart whose bars narrow the scope.
DRILL = "drill"
#: What a click leaves for the server: the item that is to be opened, the cell of the wall that is
#: to be listed, the number whose rows are. Behind each is how often something was opened, after a
#: mark: the same may be opened again.
OPENED, LISTED, ROWS = "opened-item", "listed-cell", "opened-rows"


def frame(content: Any, publication: str | None) -> Any:
    """The outermost element: theme, Chinese calendar, page, and the drawer for one item."""
    drawer = dmc.Drawer(
        id=DRAWER, position="right", size="min(680px, 100%)", opened=False,
        closeButtonProps={"aria-label": "关闭"},
    )  # fmt: skip
    return dmc.MantineProvider(
        dmc.DatesProvider(
            html.Div(
                [
                    dcc.Location(id=LOCATION, refresh=False),
                    dcc.Store(id=PUBLICATION, data=publication),
                    dcc.Interval(id=CLOCK, interval=LOOK_EVERY_S * 1000),
                    *map(dcc.Store, (HEAD_SHOWN, HEAD_FOLLOWS, OPENED, LISTED, ROWS)),
                    html.Div(html.Div(className="header-line"), id=HEAD, className="shell-header"),
                    content,
                    drawer,
                ]
            ),
            settings={"locale": "zh-cn", "firstDayOfWeek": 1},
        ),
        defaultColorScheme="light",
        theme={"fontFamily": "var(--yanpan-font)", "primaryColor": "indigo"},
    )


def page_heading(title: str, path: str) -> list[Any]:
    """What a page is called, for who does not see where he is; the first page has its claim."""
    name: dict[str, Any] = {"data-title": title}
    return [html.H1(title, className="unseen", **name)] if path != "/" else []


def trouble(words: str | None) -> list[Any]:
    """A line over the page where it does not show the newest publication."""
    return [html.P(words, className="trouble", role="alert")] if words else []


def stamp(
    scope: Scope, facts: Provenance, is_stale: bool, settings: Settings, more: Any = None,
    lacking: str = "", chosen_chips: Sequence[Any] = (),
) -> Any:  # fmt: skip
    """The day, the submissions counted, 模拟数据 where it applies; pictures say the same.

    ``chosen_chips`` stand in front; ``lacking`` says which ledgers nobody has sent yet: that a page
    shows none is then no zero.
    """
    words = [*stamp_words(scope, facts), *filter(None, [lacking])]
    if is_stale:
        words.append(f"各单位超过 {settings.stale_after_days} 天没有报送，默认显示最后收到的那天")
    badges = [html.Strong(SIMULATED, className="simulated")] if facts.is_simulated else []
    chosen = [chosen_words(scope)] if scope.filters else []
    simulated = [SIMULATED] if facts.is_simulated else []
    return html.Section(
        [*chosen_chips, html.Span(" · ".join(words)), *badges, more],
        className="stamp",
        **{"aria-label": "数据截至", "data-scope": " · ".join([*words, *chosen, *simulated])},
    )


def panel(
    title: str, children: Sequence[Any], query: Query, class_name: str = "",
    scope: Scope | None = None, file: str = "",
) -> Any:  # fmt: skip
    """A white card with its title and, one click away, definition, picture and data.

    With a ``scope`` the card offers its rows as a file, and says which filters it leaves aside;
    ``file`` names the rows where they are not those of the metric.
    """
    tools = [definition(query)]
    if scope is not None:
        tools.append(
            html.A(
                "数据", href=f"/data/{file or query.name}.csv{Address.of(scope).search()}",
                className="definition-button", title="下载数据（CSV，可用 Excel 打开）",
                download=f"{file_name(title if file else query.title, query, scope)}.csv",
            )
        )  # fmt: skip
    return html.Section(
        [
            html.Div(
                [html.H2(title), html.Div(tools, className="panel-tools")], className="panel-head"
            ),
            *children,
            *(
                [html.P(words, className="note aside")]
                if (words := left_aside(query, scope))
                else []
            ),
        ],
        className=f"panel {class_name}",
    )


def file_name(title: str, query: Query, scope: Scope) -> str:
    """What a file of rows is called: its title, its day, what it is narrowed to."""
    narrowed = [v for n, values in scope.filters.items() if n in narrowing(query) for v in values]
    parts = [
        re.sub(r"（.*", "", title),
        str(scope.as_of),
        *(ITEM_KIND.labels.get(v, v) for v in narrowed),
    ]
    return re.sub(r'[\\/:*?"<>|\s]', "", "_".join(parts))[:80]


def how_many(shown: int, total: int, unit: str = "项") -> str:
    """«21 项», or «3210 项，列出前 1000 项» where a table is cut."""
    return f"{total} {unit}" + (f"，列出前 {shown} {unit}" if shown < total else "")


def left_aside(query: Query, scope: Scope | None) -> str:
    """Which filters of the scope do not narrow a metric; nothing where all do."""
    names = [n for n in (scope.filters if scope else ()) if n not in narrowing(query)]
    return f"本图不随{'、'.join(NARROWED_BY[name] for name in names)}筛选。" if names else ""


def graph(graph_id: str, figure: Any, class_name: str = "", by: str = "") -> Any:
    """A chart that fills the height which the style sheet gives it.

    ``by`` names the columns, with commas between them, to which a click on one of its marks
    narrows the scope: the last entries of the mark's ``customdata`` are their values.
    """
    chart_id: Any = {"type": DRILL, "by": by, "graph": graph_id} if by else f"{graph_id}-chart"
    pictures = [
        html.Button(
            label, className="definition-button picture", title=f"保存为{label}（{kind.upper()}）",
            **{"data-format": kind},
        )
        for kind, label in PICTURES.items()
    ]  # fmt: skip
    return html.Div(
        [
            html.Div(pictures, className="pictures"),
            dcc.Graph(id=chart_id, figure=figure, config=GRAPH_CONFIG),
        ],
        id=graph_id,
        className=f"chart {class_name}{' drill' if by else ''}",
        **({"title": "点一下，只看这一部分；再点一下，恢复"} if by else {}),
    )


def skeleton() -> Any:
    """What stands where the page will be until its figures are there."""
    return html.Main(
        [
            html.Div([html.Div(className="card bone") for _ in range(8)], className="cards"),
            html.Div([html.Div(className="panel bone") for _ in range(3)], className="charts"),
            html.Div(className="panel bone"),
        ],
        className="skeleton", **{"aria-busy": "true", "aria-label": "正在读取"},
    )  # fmt: skip


def definition(query: Query) -> Any:
    """A button that opens title, definition, clause and SQL of a metric."""
    return unfold(
        "口径",
        [
            html.H3(query.title),
            html.P(query.spoken_definition),
            html.P(f"依据：{query.clause}"),
            html.P(f"指标名称：{query.name}", className="muted"),
            html.Details([html.Summary("计算语句"), html.Pre(query.sql, tabIndex=0)]),
        ],
        "definition-button",
    )


def unfold(label: Any, content: Any, class_name: str) -> Any:
    """A button that unfolds a card over the page; the browser's own, so the keyboard works too."""
    return html.Details(
        [html.Summary(label, className=class_name), html.Div(content, className="unfolded")],
        className="unfold",
    )


def rows_of(column: str) -> dict[str, str]:
    """What a button bears that opens the rows of a number."""
    return {"data-rows": column}


def notice(message: str) -> Any:
    """A page that can only say what is wrong and what to do."""
    return html.Main(html.Div([html.H1("研判台"), html.P(message)], className="notice"))
