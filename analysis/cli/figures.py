"""The commands that show figures: serve, sql, metric."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from analysis.cli.config import must_suit_rooms
from analysis.cli.exports import (
    Data,
    EngineName,
    Master,
    Memory,
    absolute,
    ask_exports,
    gather_exports,
    read_asked,
)
from analysis.cli.ledgers import run_ingest, say_report
from analysis.cli.parts import (
    AsOf,
    Format,
    Home,
    KnownOn,
    OutputFormat,
    app,
    print_rows,
    read_day,
    read_filters,
    say,
    settings_of,
    shown_row,
    warehouse_and_scope,
)
from analysis.cli.publications import (
    must_ask_the_whole,
    print_as_published,
    print_macros,
    print_publications,
)

if TYPE_CHECKING:
    from analysis.settings import Settings

#: What stands in front where a metric is asked region by region, and what it has of its own then.
REGION_LABELS = {"region": "地区", "region_1": "台账中的地区"}


@app.command(epilog="例：yanpan serve --port 8050")
def serve(
    host: Annotated[str | None, typer.Option(help="监听地址，默认 127.0.0.1。")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="端口，默认 8050。")] = None,
    workers: Annotated[int, typer.Option(min=1, max=32, help="几个进程一起提供看板。")] = 1,
    data: Data = None,
    engine: EngineName = None,
    master: Master = None,
    memory: Memory = None,
    home: Home = None,
) -> None:
    """打开看板；还没有数据仓库时先读取 data/raw。用 --data 打开各县汇总的看板。"""
    from analysis.backup import problems_of_books
    from analysis.leftovers import clear_leftovers

    settings = settings_of(home)
    changed = {
        "host": host or settings.host, "port": settings.port if port is None else port,
        "rollup": absolute(data) if data else settings.rollup,
    }  # fmt: skip
    settings = settings.model_copy(update=changed)
    clear_leftovers()
    for line in problems_of_books(settings):
        say(line, err=True)
    must_suit_rooms(settings)
    if settings.rollup:
        gather_exports(settings, engine or "duckdb", master, memory)
    else:
        read_asked(data, engine, master, memory, None, None)
    if not settings.warehouse.exists():
        _publish_first(settings)
    from dashboards.server import serve as serve_dashboard

    serve_dashboard(settings, say, workers)


def _publish_first(settings: "Settings") -> None:
    """Publish what there is; a home without ledgers is served too, for the first to come in."""
    from analysis.ingest.readings import has_ledgers

    if has_ledgers(settings):
        say_report(run_ingest(settings, []))
    else:
        say(f"{settings.raw} 里还没有台账；放进去再运行 yanpan ingest，或在“报送”页上传。")


@app.command(epilog='例：yanpan sql "SELECT sub_no, due_on FROM measure ORDER BY 1"')
def sql(
    query: Annotated[str, typer.Argument(help="一条只读的 SQL 查询。")],
    rows: Annotated[int | None, typer.Option(min=1, help="最多列出多少行，默认一万行。")] = None,
    seconds: Annotated[
        float | None, typer.Option(min=0.01, help="最多查询多少秒，默认六十秒。")
    ] = None,
    format: OutputFormat = Format.TABLE,
    home: Home = None,
) -> None:
    """对数据仓库做一次只读查询；常用的问法见 docs/即席查询.md。"""
    from analysis.warehouse.client import Warehouse
    from analysis.warehouse.engine import LONGEST_S, MOST_ROWS

    with Warehouse(settings_of(home).warehouse) as warehouse:
        answer = warehouse.ask(query, rows or MOST_ROWS, seconds or LONGEST_S)
    found = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    print_rows(found, format, answer.columns)
    if answer.is_cut:
        say(f"只列出前 {len(answer.rows)} 行，后面还有；用 --rows 可以多列。", err=True)


@app.command(epilog="例：yanpan metric completion --as-of 2023-11-15 --where unit=县文化和旅游局")
def metric(
    name: Annotated[str | None, typer.Argument(help="指标的名称；不写则列出全部。")] = None,
    list_all: Annotated[bool, typer.Option("--list", help="列出全部指标。")] = False,
    as_of: AsOf = None,
    known_on: KnownOn = None,
    since: Annotated[
        date | None,
        typer.Option(parser=read_day, metavar="日期", help="看变化的指标（since）从哪一天起。"),
    ] = None,
    where: Annotated[
        list[str] | None,
        typer.Option(
            metavar="列=值",
            help="只算符合的，列可写中文，值写“未填”选没有填写的；可以多次给出，同一列给几次，符合其一即可。",
        ),
    ] = None,
    kind: Annotated[
        list[str] | None, typer.Option(help="只算这类事项：measure、hazard、decision。")
    ] = None,
    unit: Annotated[list[str] | None, typer.Option(help="只算这个责任单位，可以多次给出。")] = None,
    township: Annotated[list[str] | None, typer.Option(help="只算这个乡镇。")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="只说明口径，不计算。")] = False,
    publication: Annotated[
        int | None,
        typer.Option(min=1, metavar="号", help="照这一次发布的数据和当时的口径计算。"),
    ] = None,
    publications: Annotated[
        bool, typer.Option("--publications", help="列出保留着的各次发布。")
    ] = False,
    data: Data = None,
    engine: EngineName = None,
    master: Master = None,
    memory: Memory = None,
    region: Annotated[
        list[str] | None, typer.Option(help="只算导出中的这个地区，可以多次给出。")
    ] = None,
    by: Annotated[
        str | None, typer.Option(metavar="region", help="按地区各算一遍，每行前面写明地区。")
    ] = None,
    format: OutputFormat = Format.TABLE,
    home: Home = None,
) -> None:
    """按统一口径计算一个指标。"""
    from analysis.warehouse.scope import Scope, must_narrow
    from analysis.warehouse.sql_files import get_metric, metrics

    if publications:
        return print_publications(settings_of(home), format)
    if publication is not None:
        if name is None or list_all:
            return print_macros(settings_of(home), publication, format)
        must_ask_the_whole(
            where=where, kind=kind, unit=unit, township=township, data=data, engine=engine,
            master=master, memory=memory, region=region, by=by,
        )  # fmt: skip
        days = {"known_on": known_on, "since": since}
        return print_as_published(
            settings_of(home), publication, name, as_of, days, format, explain
        )
    if name is None or list_all:
        found = [{"名称": m.name, "标题": m.title, "一行": m.grain} for m in metrics().values()]
        return print_rows(found, format)
    query = get_metric(name)
    if explain:
        return _explain(query)
    settings = settings_of(home)
    filters = read_filters(where or [], {"kind": kind, "unit": unit, "township": township})
    if asked := read_asked(data, engine, master, memory, region, by):
        wanted = Scope(as_of or date.min, known_on, filters, since)
        scope, columns, rows = ask_exports(asked, settings, query, wanted)
    else:
        with warehouse_and_scope(settings, as_of, known_on, filters) as (warehouse, scope):
            scope = replace(scope, since=since)
            must_narrow(query, scope)
            warehouse.must_have(scope)
            columns, rows = warehouse.metric_rows(name, scope)
    if format is Format.TABLE:
        say(f"{query.title}    截至 {scope.as_of}")
        labels = {name: REGION_LABELS.get(name) or query.label(name) for name in columns}
        shown = [shown_row(columns, row, labels, query.name) for row in rows]
        return print_rows(shown, format, list(labels.values()))
    return print_rows([dict(zip(columns, row, strict=True)) for row in rows], format, columns)


def _explain(query: Any) -> None:
    say(f"{query.title}（{query.name}）\n一行：{query.grain}\n口径：{query.full_definition}")
    for parameter, text in query.parameters.items():
        say(f"参数：{parameter}  {text}")
    say("列：\n" + "\n".join(f"  {name}  {text}" for name, text in query.columns.items()))
    say(f"依据：{query.clause}")
