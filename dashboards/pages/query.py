"""即席查询: one read-only SQL query, the tables to ask, the rows, and the rows as a file."""

import hashlib
from typing import Any

import dash
import pandas as pd
from dash import Input, Output, State, dcc, html

from analysis.adhoc.queries import LONGEST_OF_A_UNIT_S, MOST_A_MINUTE, TOO_OFTEN
from analysis.errors import QueryError, YanpanError
from analysis.ledgers import LEDGERS
from analysis.warehouse.engine import LONGEST_S, MOST_ROWS, Answer
from analysis.warehouse.scope import Scope
from analysis.warehouse.sql_files import get_metric, metrics, relations
from dashboards.access.rights import sees_all
from dashboards.access.session import current_account, log
from dashboards.downloads.tables import rows_as_csv
from dashboards.parts import grid
from dashboards.serving.data import Data

PATH, TITLE = "/query", "即席查询"
TEXT, RUN, SAVE, RESULT, FILE = (f"query-{n}" for n in ("text", "run", "save", "result", "file"))
#: Rows that the grid shows; the file holds as many as the command line would list.
SHOWN = 2_000
NOTE = "只能查询，不能改动；一次一条，最多 {rows} 行、{seconds:g} 秒。"


def _note() -> str:
    seconds = LONGEST_S if sees_all(current_account()) else LONGEST_OF_A_UNIT_S
    return NOTE.format(rows=MOST_ROWS, seconds=seconds)


def content(data: Data, scope: Scope) -> Any:
    """The page's body for a scope."""
    example = f"FROM completion(DATE '{scope.as_of}')\nWHERE dimension = 'unit'"
    return html.Main(
        [
            html.Div([_asking(example), _tables(scope)], className="two wide-left"),
            html.Section(html.Div(id=RESULT), className="panel"),
            dcc.Download(id=FILE),
        ]
    )


def register(app: dash.Dash, data: Data) -> None:
    """The two callbacks of the page: run and show, run and save."""

    @app.callback(
        Output(RESULT, "children"), Input(RUN, "n_clicks"), State(TEXT, "value"),
        prevent_initial_call=True,
    )  # fmt: skip
    def run(clicks: int | None, text: str | None) -> Any:
        return answer(data, text or "") if clicks else dash.no_update

    @app.callback(
        Output(FILE, "data"), Output(RESULT, "children", allow_duplicate=True),
        Input(SAVE, "n_clicks"), State(TEXT, "value"), prevent_initial_call=True,
    )  # fmt: skip
    def save(clicks: int | None, text: str | None) -> Any:
        return saved(data, text or "") if clicks else (dash.no_update, dash.no_update)


def answer(data: Data, text: str) -> Any:
    """The rows of a query as a grid, or what is wrong with it."""
    try:
        found = _ask(data, text)
    except YanpanError as error:
        return _refused(error)
    rows = pd.DataFrame(
        found.rows[:SHOWN], columns=list(map(str, range(len(found.columns)))), dtype=object
    )
    shown = grid.worded(rows)
    columns = [
        grid.text_column(str(n), name, minWidth=110, flex=1, tooltipField=str(n))
        for n, name in enumerate(found.columns)
    ]
    more = "（后面还有）" if found.is_cut else ""
    note = f"共 {len(found.rows)} 行{more}" + (
        f"，列出前 {SHOWN} 行" if len(found.rows) > SHOWN else ""
    )
    table = grid.html_grid("query-rows", grid.records(shown), columns, is_items=False)
    return [html.P(f"{note}。", className="note"), html.Div(table, className="grid tall")]


def saved(data: Data, text: str) -> tuple[Any, Any]:
    """The rows of a query as a file, or what is wrong with it where the rows would stand."""
    try:
        found = _ask(data, text)
    except YanpanError as error:
        return dash.no_update, _refused(error)
    log("导出", what="查询结果", rows=len(found.rows), **_about(text))
    csv = rows_as_csv(found.columns, found.rows)
    file = {"content": "\ufeff" + csv, "filename": "查询结果.csv", "type": "text/csv"}
    return file, dash.no_update


def _ask(data: Data, text: str) -> Answer:
    """Run a query, after it has been noted who asks: one that ends badly is on record too."""
    account = current_account()
    who = account.name if account else ""
    if (count := data.count_query(who)) > MOST_A_MINUTE:
        if count == MOST_A_MINUTE + 1:  # one line for all that follow
            log("即席查询", what=f"一分钟超过 {MOST_A_MINUTE} 次，其余不运行、不逐条记")
        raise QueryError(TOO_OFTEN)
    log("即席查询", **_about(text))
    return data.ask(text, who, leaves_one=not sees_all(account))


def _about(text: str) -> dict[str, Any]:
    """What the log holds of a query: that it was this one, and nothing that stands in it."""
    digest = hashlib.sha256(text.encode(errors="replace")).hexdigest()
    return {"characters": len(text), "sha256": digest}


def _refused(error: YanpanError) -> Any:
    return html.P(str(error), className="query-error", role="alert")


def _asking(example: str) -> Any:
    return html.Section(
        [
            html.H2(html.Label("查询语句（只读 SQL）", htmlFor=TEXT)),
            dcc.Textarea(
                id=TEXT, value=example, spellCheck=False, className="query-text",
               
            ),
            html.Div(
                [
                    html.Button("查询", id=RUN, className="primary"),
                    html.Button("下载结果", id=SAVE, className="secondary"),
                    html.Span(_note(), className="note"),
                ],
                className="query-buttons",
            ),
        ],
        className="panel",
    )  # fmt: skip


def _tables(scope: Scope) -> Any:
    """What can be asked: metrics, relations, tables, each with its title and columns."""
    asked = f"(DATE '{scope.as_of}')"
    groups: tuple[tuple[str, list[tuple[str, str, list[str]]]], ...] = (
        (
            "指标",
            [(f"{n}{asked}", get_metric(n).title, list(get_metric(n).columns)) for n in metrics()],
        ),
        ("按日取的明细", [(f"{n}{asked}", each.title, []) for n, each in relations().items()]),
        (
            "台账（含全部历史）",
            [(n, each.label, list(each.columns)) for n, each in LEDGERS.items()],
        ),
    )
    return html.Section(
        [
            html.Div(html.H2("可以查询的表"), className="panel-head"),
            html.Div(
                [
                    html.Details(
                        [
                            html.Summary(f"{label}（{len(tables)}）"),
                            *(
                                html.Details(
                                    [
                                        html.Summary([html.Code(name), f"　{title}"]),
                                        html.P("、".join(columns), className="note"),
                                    ],
                                    className="branch",
                                )
                                for name, title, columns in tables
                            ),
                        ],
                        open=label == "指标",
                    )
                    for label, tables in groups
                ],
                className="tree",
            ),
        ],
        className="panel",
    )
