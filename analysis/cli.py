"""``yanpan``: the one door that knows every room; each is imported when its command runs."""

import os
import sys
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from analysis.errors import YanpanError

if TYPE_CHECKING:
    from analysis.ingest.pipeline import Report
    from analysis.settings import Settings
    from analysis.warehouse.catalog import Scope

app = typer.Typer(
    name="yanpan",
    help="研判台：把各单位报送的台账变成可信的数字和一块看板。",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Format(StrEnum):
    """How a table is printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


#: Findings that ``yanpan check`` prints; the workbook holds them all.
SHOWN = 30


class State:
    """What the options in front of the command say."""

    home: Path | None = None


def _read_day(text: str | date) -> date:
    if isinstance(text, date):
        return text
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"“{text}”不是日期，请写成 2023-11-15 的样子") from None


Home = Annotated[
    Path | None, typer.Option("--home", help="放 data/ 和 yanpan.toml 的目录，默认当前目录。")
]
AsOf = Annotated[
    date | None,
    typer.Option("--as-of", parser=_read_day, metavar="日期", help="数字所描述的那一天。"),
]
KnownOn = Annotated[
    date | None,
    typer.Option(
        "--known-on", parser=_read_day, metavar="日期", help="只计入这一天以前收到的报送。"
    ),
]
OutputFormat = Annotated[Format, typer.Option("--format", help="输出格式。")]


@app.callback()
def options(home: Home = None) -> None:
    """研判台：把各单位报送的台账变成可信的数字和一块看板。"""
    State.home = home


@app.command(epilog="例：yanpan demo --out data/raw")
def demo(
    out: Annotated[Path | None, typer.Option(help="写到哪个目录，默认 data/raw。")] = None,
    until: Annotated[
        date | None, typer.Option(parser=_read_day, metavar="日期", help="模拟到哪一天。")
    ] = None,
    seed: Annotated[int | None, typer.Option(help="随机数种子，相同则内容相同。")] = None,
    home: Home = None,
) -> None:
    """写出一年的模拟台账，文件名和标题都带“模拟数据”。"""
    from analysis.demo import SEED, UNTIL, write_demo

    folder = out or _settings(home).raw
    written = write_demo(folder, until or UNTIL, SEED if seed is None else seed)
    typer.echo(f"已写出 {len(written)} 个模拟台账到 {folder}")


@app.command(epilog="例：yanpan ingest 收件/ --received 2023-10-15")
def ingest(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="要收入的文件或目录；不写则重读 data/raw。")
    ] = None,
    received: Annotated[
        date | None,
        typer.Option(parser=_read_day, metavar="日期", help="专班办公室收到这些文件的日期。"),
    ] = None,
    rollback: Annotated[
        bool, typer.Option("--rollback", help="不读取台账，恢复上一次发布的数据仓库。")
    ] = False,
    format: OutputFormat = Format.TABLE,
    home: Home = None,
) -> None:
    """读取 data/raw 中的全部台账，核对、入库，发布数据仓库。"""
    if rollback:
        return _roll_back(_settings(home))
    report = _ingest(_settings(home), paths or [], received)
    if format is Format.TABLE:
        _say_report(report)
    else:
        from analysis.tables import as_csv, as_json_object

        row = report_row(report)
        typer.echo(as_csv(list(row), [row]) if format is Format.CSV else as_json_object(row))
    for failure in report.failures:
        typer.echo(failure, err=True)


@app.command(epilog="例：yanpan check --unit 县文化和旅游局")
def check(
    unit: Annotated[list[str] | None, typer.Option(help="只看这个填报单位，可以多次给出。")] = None,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="质量报告写到哪里，默认 data/processed。")
    ] = None,
    format: OutputFormat = Format.TABLE,
    home: Home = None,
) -> None:
    """逐单位、逐行说明台账的问题和办法，并写出质量报告.xlsx。"""
    from analysis.reports.quality import findings, summary, told, write_quality_report
    from analysis.warehouse.engine import open_warehouse

    settings = _settings(home)
    path = out or settings.warehouse.with_name("质量报告.xlsx")
    with open_warehouse(settings.warehouse) as con:
        rows = findings(con, unit or [])
        by_unit = [row for row in summary(con) if not unit or row["填报单位"] in unit]
        write_quality_report(con, path)
    if format is not Format.TABLE:
        return _print_rows(rows, format)
    _print_rows(by_unit, format)
    urgent = [row for row in rows if row["严重程度"] != "提示"]
    if urgent:
        typer.echo(told(urgent[:SHOWN]))
    if len(urgent) > SHOWN:
        typer.echo(f"……另有 {len(urgent) - SHOWN} 个问题，见质量报告。")
    typer.echo(f"质量报告：{path}")


@app.command(epilog="例：yanpan template hazard -o 隐患台账.xlsx")
def template(
    ledger: Annotated[str, typer.Argument(help="哪一种台账，如 hazard、measure、inspection。")],
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="写到哪里，默认当前目录下的“某某台账.xlsx”。")
    ] = None,
) -> None:
    """写出一份空白台账，带下拉选项、日期检查和填表说明。"""
    from analysis.ledgers import LEDGERS
    from analysis.reports.templates import write_template

    path = out or Path(f"{LEDGERS[ledger].label if ledger in LEDGERS else ledger}台账.xlsx")
    write_template(ledger, path)
    typer.echo(f"已写出 {path}")


@app.command(epilog="例：yanpan serve --port 8050")
def serve(
    host: Annotated[str | None, typer.Option(help="监听地址，默认 127.0.0.1。")] = None,
    port: Annotated[int | None, typer.Option(help="端口，默认 8050。")] = None,
    home: Home = None,
) -> None:
    """打开看板；还没有数据仓库时先读取 data/raw。"""
    settings = _settings(home)
    changed = {"host": host or settings.host, "port": settings.port if port is None else port}
    settings = settings.model_copy(update=changed)
    if not settings.warehouse.exists():
        _say_report(_ingest(settings, [], None))
    from dashboards.app import serve as serve_dashboard

    serve_dashboard(settings, typer.echo)


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
    from analysis.warehouse.engine import LONGEST_S, MOST_ROWS, fetch_some, open_warehouse

    with open_warehouse(_settings(home).warehouse) as con:
        answer = fetch_some(con, query, rows or MOST_ROWS, seconds or LONGEST_S)
    found = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    _print_rows(found, format, answer.columns)
    if answer.is_cut:
        typer.echo(f"只列出前 {len(answer.rows)} 行，后面还有；用 --rows 可以多列。", err=True)


@app.command(epilog="例：yanpan metric completion --as-of 2023-11-15 --where unit=县文化和旅游局")
def metric(
    name: Annotated[str | None, typer.Argument(help="指标的名称；不写则列出全部。")] = None,
    list_all: Annotated[bool, typer.Option("--list", help="列出全部指标。")] = False,
    as_of: AsOf = None,
    known_on: KnownOn = None,
    since: Annotated[
        date | None,
        typer.Option(parser=_read_day, metavar="日期", help="看变化的指标（since）从哪一天起。"),
    ] = None,
    where: Annotated[
        list[str] | None,
        typer.Option(
            metavar="列=值", help="只算符合的，可以多次给出；同一列给几次，符合其一即可。"
        ),
    ] = None,
    kind: Annotated[
        list[str] | None, typer.Option(help="只算这类事项：measure、hazard、decision。")
    ] = None,
    unit: Annotated[list[str] | None, typer.Option(help="只算这个责任单位，可以多次给出。")] = None,
    township: Annotated[list[str] | None, typer.Option(help="只算这个乡镇。")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="只说明口径，不计算。")] = False,
    format: OutputFormat = Format.TABLE,
    home: Home = None,
) -> None:
    """按统一口径计算一个指标。"""
    from analysis.warehouse.catalog import get_metric, metrics, must_narrow, scoped_sql
    from analysis.warehouse.engine import fetch_rows, open_warehouse

    if name is None or list_all:
        found = [{"名称": m.name, "标题": m.title, "一行": m.grain} for m in metrics().values()]
        return _print_rows(found, format)
    query = get_metric(name)
    if explain:
        return _explain(query)
    settings = _settings(home)
    filters = _filters(where or [], {"kind": kind, "unit": unit, "township": township})
    with open_warehouse(settings.warehouse) as con:
        scope = replace(_scope(con, settings, as_of, known_on, filters), since=since)
        must_narrow(query, scope)
        columns, rows = fetch_rows(con, *scoped_sql(query, scope))
    if format is Format.TABLE:
        typer.echo(f"{query.title}    截至 {scope.as_of}")
        labels = {name: query.label(name) for name in columns}
        shown = [_shown_row(columns, row, labels) for row in rows]
        return _print_rows(shown, format, list(labels.values()))
    return _print_rows([dict(zip(columns, row, strict=True)) for row in rows], format, columns)


@app.command(epilog="例：yanpan bench metrics --size 100000 --size 1000000")
def bench(
    what: Annotated[
        str, typer.Argument(help="测什么：ingest 读台账，metrics 算指标，dashboard 看板。")
    ] = "ingest",
    rounds: Annotated[int, typer.Option(min=1, help="测几轮，取最好的一轮。")] = 3,
    size: Annotated[
        list[int] | None,
        typer.Option(min=100, help="metrics、dashboard：多少条隐患，可以多次给出。"),
    ] = None,
    format: OutputFormat = Format.TABLE,
) -> None:
    """测速：读台账是 calamine 单独取数的几倍，算指标是手写查询的几倍，看板是最简页面的几倍。"""

    def say(line: str) -> None:
        typer.echo(line, err=True)

    match what:
        case "ingest":
            from analysis.bench.ingest import bench_ingest

            rows = bench_ingest(rounds, say)
        case "metrics":
            from analysis.bench.metrics import SIZES, bench_metrics

            rows = bench_metrics(rounds, say, size or SIZES)
        case "dashboard":
            from dashboards.bench import SIZE, bench_dashboard

            rows = bench_dashboard(rounds, say, size[0] if size else SIZE)
        case _:
            raise typer.BadParameter(
                f"没有“{what}”这一项，可填：ingest、metrics、dashboard", param_hint="what"
            )
    _print_rows(rows, format)


def report_row(report: "Report") -> dict[str, Any]:
    """What ``yanpan ingest --format json`` prints: all but the failures, which go to stderr."""
    row = asdict(report)
    del row["failures"]
    return row


def main() -> None:
    """Run the command; a person sees one line, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    try:
        app()
    except YanpanError as error:
        typer.echo(str(error), err=True)
        sys.exit(1)
    except Exception as error:
        if os.environ.get("YANPAN_DEBUG"):
            raise
        typer.echo(
            f"程序出错：{type(error).__name__}: {error}"
            "（设环境变量 YANPAN_DEBUG=1 再运行可看到详情）",
            err=True,
        )
        sys.exit(1)


def _settings(home: Path | None) -> "Settings":
    from analysis.settings import load_settings

    return load_settings(home or State.home)


def _filters(where: list[str], given: dict[str, list[str] | None]) -> dict[str, list[str]]:
    """«unit=甲局» and the short options → the values that each column may have."""
    filters = {column: list(values) for column, values in given.items() if values}
    for said in where:
        column, sign, value = said.partition("=")
        if not sign or not value:
            raise typer.BadParameter(
                f"“{said}”请写成 列=值，如 unit=县教育局", param_hint="--where"
            )
        filters.setdefault(column.strip(), []).append(value.strip())
    return filters


def _scope(
    con: Any,
    settings: "Settings",
    as_of: date | None,
    known_on: date | None,
    filters: dict[str, list[str]],
) -> "Scope":
    """The scope asked for; without a day, today, or the newest submission's where that is old."""
    from analysis.warehouse.catalog import Scope, described_day

    if as_of is None:
        as_of, is_stale = described_day(con, date.today(), settings.stale_after_days)
        if is_stale:
            typer.echo(
                f"最近一次报送已超过 {settings.stale_after_days} 天，按该日 {as_of} 计算。",
                err=True,
            )
    return Scope(as_of, known_on, filters)


def _ingest(settings: "Settings", paths: list[Path], received: date | None) -> "Report":
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from analysis.ingest.pipeline import default_workers
    from analysis.ingest.pipeline import ingest as run

    columns = (
        TextColumn("读取台账"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rows]} 行  {task.description}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None, rows=0)

        def show(done: int, total: int, rows: int, name: str) -> None:
            progress.update(task, completed=done, total=total, rows=rows, description=name)

        return run(settings, paths, received, show, default_workers())


def _roll_back(settings: "Settings") -> None:
    from analysis.ingest.pipeline import sole_writer
    from analysis.warehouse.publish import roll_back

    with sole_writer(settings):
        before = roll_back(settings.warehouse)
    typer.echo(f"已恢复上一次发布的数据仓库（{before.name}）；再运行 yanpan ingest 会重新发布。")


def _say_report(report: "Report") -> None:
    typer.echo(
        f"读取 {report.files} 个文件 {report.rows_read} 行 = 入库 {report.rows_loaded}"
        f" + 重复 {report.rows_duplicate} + 略过 {report.rows_ignored}"
        f" + 退回 {report.rows_rejected}；"
        f"发现问题 {report.findings} 个；用时 {report.seconds} 秒。\n数据仓库：{report.warehouse}"
        + ("\n查看问题：yanpan check" if report.findings else "")
    )


def _explain(query: Any) -> None:
    typer.echo(f"{query.title}（{query.name}）\n一行：{query.grain}\n口径：{query.definition}")
    for parameter, text in query.parameters.items():
        typer.echo(f"参数：{parameter}  {text}")
    typer.echo("列：\n" + "\n".join(f"  {name}  {text}" for name, text in query.columns.items()))
    typer.echo(f"依据：{query.clause}")


def _shown_row(columns: list[str], row: tuple[Any, ...], labels: dict[str, str]) -> dict[str, Any]:
    """Rates as percentages; everything else as it is."""
    return {
        labels[name]: f"{value:.2%}" if name.endswith("_rate") and value is not None else value
        for name, value in zip(columns, row, strict=True)
    }


def _print_rows(
    rows: list[dict[str, Any]], format: Format, columns: list[str] | None = None
) -> None:
    from analysis.tables import as_csv, as_json, as_table

    names = columns or list(rows[0]) if rows or columns else []
    writers: dict[Format, Callable[[list[str], list[dict[str, Any]]], str]] = {
        Format.TABLE: as_table,
        Format.CSV: as_csv,
        Format.JSON: as_json,
    }
    typer.echo(writers[format](names, rows))


if __name__ == "__main__":
    main()
