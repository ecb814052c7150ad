"""The commands around the ledgers: demo, ingest, check, template."""

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from analysis.cli.parts import (
    AsOf,
    Force,
    Format,
    Home,
    KnownOn,
    OutputFormat,
    app,
    print_rows,
    read_day,
    say,
    settings_of,
    warehouse_and_scope,
)

if TYPE_CHECKING:
    from analysis.ingest.pipeline import Report
    from analysis.settings import Settings

#: Findings that ``yanpan check`` prints; the workbook holds them all.
SHOWN = 30
#: So many doubts of a kind and a sender.
SHOWN_OF_EACH = 3


@app.command(epilog="例：yanpan demo --out data/raw")
def demo(
    out: Annotated[Path | None, typer.Option(help="写到哪个目录，默认 data/raw。")] = None,
    until: Annotated[
        date | None, typer.Option(parser=read_day, metavar="日期", help="模拟到哪一天。")
    ] = None,
    seed: Annotated[int | None, typer.Option(help="随机数种子，相同则内容相同。")] = None,
    force: Force = False,
    home: Home = None,
) -> None:
    """写出一个虚构的县到某一天为止的模拟台账，文件名和标题都带“模拟数据”。"""
    from analysis.demo import SEED, UNTIL, write_demo
    from analysis.overwriting import folder_asked

    folder = folder_asked(out) if out else settings_of(home).raw
    written = write_demo(folder, until or UNTIL, SEED if seed is None else seed, force=force)
    say(f"已写出 {len(written)} 个模拟台账到 {folder}")


@app.command(epilog="例：yanpan ingest 收件/ --received 2023-10-15")
def ingest(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="要收入的文件或目录；不写则重读 data/raw。")
    ] = None,
    received: Annotated[
        date | None,
        typer.Option(parser=read_day, metavar="日期", help="专班办公室收到这些文件的日期。"),
    ] = None,
    rollback: Annotated[
        bool, typer.Option("--rollback", help="不读取台账，恢复上一次发布的数据仓库。")
    ] = False,
    allow_empty: Annotated[
        bool, typer.Option("--allow-empty", help="data/raw 里没有台账也发布（各项都是零）。")
    ] = False,
    allow_fewer: Annotated[
        bool, typer.Option("--allow-fewer", help="入库的行比上一次发布少一半以上也发布。")
    ] = False,
    format: OutputFormat = Format.TABLE,
    home: Home = None,
) -> None:
    """读取 data/raw 中的全部台账，核对、入库，发布数据仓库。"""
    from analysis.leftovers import clear_leftovers

    clear_leftovers()
    if rollback:
        return _roll_back(settings_of(home))
    report = run_ingest(
        settings_of(home), paths or [], received, allow_empty=allow_empty, allow_fewer=allow_fewer
    )
    if format is Format.TABLE:
        say_report(report)
    else:
        from analysis.wording.tables import as_csv, as_json_object

        row = report_row(report)
        say(as_csv(list(row), [row]) if format is Format.CSV else as_json_object(row))
    for line in (*report.failures, *report.fewer, *report.notices):
        say(line, err=True)


@app.command(epilog="例：yanpan check --unit 县文化和旅游局；yanpan check --warehouse")
def check(
    unit: Annotated[list[str] | None, typer.Option(help="只看这个填报单位，可以多次给出。")] = None,
    warehouse: Annotated[
        bool,
        typer.Option(
            "--warehouse", help="检验已发布的数据仓库：每张表、每个指标应当成立的是否成立。"
        ),
    ] = False,
    as_of: AsOf = None,
    known_on: KnownOn = None,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="质量报告写到哪里，默认 data/processed。")
    ] = None,
    force: Force = False,
    format: OutputFormat = Format.TABLE,
    home: Home = None,
) -> None:
    """列出待定的疑问，逐单位、逐行说明台账的问题和办法，并写出质量报告.xlsx。

    带 --warehouse 只检验数据仓库：有不成立的，一项一行，退出码为 1。
    """
    if warehouse:
        return _check_warehouse(settings_of(home), as_of, known_on, format)
    if as_of or known_on:
        raise typer.BadParameter("--as-of、--known-on 只和 --warehouse 一起用")
    from analysis.ingest.readings import closing_of
    from analysis.ingest.versions.closing.earlier import closed_in, to_be_changed
    from analysis.intake.guard.quota import kept_on_disk, near_bounds
    from analysis.intake.signers import proposed_signers
    from analysis.intake.teaching import proposals
    from analysis.overwriting import keep_if_edited, must_be_free, note_as_written, with_suffix
    from analysis.reports.quality import (
        entry_to_write,
        few_of_each,
        findings,
        open_doubts,
        summary,
        told,
        write_quality_report,
    )
    from analysis.warehouse.engine import open_warehouse

    settings = settings_of(home)
    path = with_suffix(out, ".xlsx") if out else settings.warehouse.with_name("质量报告.xlsx")
    must_be_free([path], force or out is None)
    with open_warehouse(settings.warehouse) as con:
        rows = findings(con, unit or [], as_of=date.today())
        doubts = open_doubts(con, unit or [])
        by_unit = [row for row in summary(con) if not unit or row["填报单位"] in unit]
        lines = proposals(con, settings.office, date.today())
        closings = to_be_changed(closed_in(con), closing_of(settings))
        signers = proposed_signers(con, settings)
        if out is None and (kept := keep_if_edited(path)):
            say(f"上一份可能有人改过，留在 {kept}", err=True)
        write_quality_report(con, path, date.today())
    if not out:
        note_as_written(path)
    if format is not Format.TABLE:
        return print_rows(rows, format)
    if doubts:
        say(
            f"待定的疑问 {len(doubts)} 个。核对以后把条目补全，加到 data/raw/confirmations.toml：\n"
        )
        few, more = few_of_each(doubts, SHOWN_OF_EACH)
        say("\n\n".join(entry_to_write(row, date.today()) for row in few[:SHOWN]) + "\n")
        for line in more[:SHOWN]:
            say(line)
    if len(doubts) > SHOWN:
        say(f"……全部 {len(doubts)} 个疑问见质量报告。")
    print_rows(by_unit, format)
    urgent = [row for row in rows if row["严重程度"] not in {"疑问", "提示"}]
    if urgent:
        say(told(urgent[:SHOWN]))
    if len(urgent) > SHOWN:
        say(f"……另有 {len(urgent) - SHOWN} 个问题，见质量报告。")
    if lines:
        say("不认识的表头和词语：核对以后加到 learned.toml，下次就认识（# 开头的先补全）：")
        say("\n".join(lines[:SHOWN]))
    if len(lines) > SHOWN:
        say(f"……另有 {len(lines) - SHOWN} 行。")
    full = near_bounds(settings, kept_on_disk(settings).values())
    for line in (*closings, *signers, *full):
        say(line)
    say(f"质量报告：{path}")


def _check_warehouse(
    settings: "Settings", as_of: date | None, known_on: date | None, format: Format
) -> None:
    """Run the declared tests on the published warehouse.

    Raises:
        WarehouseError: an older program has published it, without what is to be tested.
        Exit: with 1, where a test does not hold.

    """
    from analysis.errors import WarehouseError
    from analysis.warehouse.checks import declared, failures
    from analysis.warehouse.engine import open_warehouse
    from analysis.warehouse.publish import is_of_this_program

    if not is_of_this_program(settings.warehouse):
        raise WarehouseError("数据仓库是旧版程序发布的，请先运行 yanpan ingest 重新发布，再检验。")
    with warehouse_and_scope(settings, as_of, known_on) as (_, scope):
        pass
    with open_warehouse(settings.warehouse) as con:
        found = failures(con, scope.as_of, scope.known_on)
    if format is Format.TABLE:
        for each in found:
            say(each.line)
        tests = declared()
        number = sum(map(len, tests.values()))
        told = f"其中 {len(found)} 项不成立" if found else "全部成立"
        say(f"截至 {scope.as_of} 检验 {len(tests)} 张表、关系和指标，共 {number} 项，{told}。")
    else:
        print_rows([each.row for each in found], format, ["表", "名称", "检验", "不成立", "例"])
    if found:
        raise typer.Exit(1)


@app.command(epilog="例：yanpan template hazard -o 隐患台账.xlsx")
def template(
    ledger: Annotated[str, typer.Argument(help="哪一种台账，如 hazard、measure、inspection。")],
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="写到哪里，默认当前目录下的“某某台账.xlsx”。")
    ] = None,
    force: Force = False,
) -> None:
    """写出一份空白台账，带下拉选项、日期检查和填表说明。"""
    from analysis.ledgers import LEDGERS
    from analysis.overwriting import must_be_free, with_suffix
    from analysis.reports.templates import must_be_a_template, write_template

    name = LEDGERS[ledger].label if ledger in LEDGERS else ledger
    path = with_suffix(out or Path(f"{name}台账.xlsx"), ".xlsx")
    must_be_a_template(ledger)
    must_be_free([path], force)
    write_template(ledger, path)
    say(f"已写出 {path}")


def report_row(report: "Report") -> dict[str, Any]:
    """What ``yanpan ingest --format json`` prints: all but what goes to stderr."""
    return {n: v for n, v in asdict(report).items() if n not in {"failures", "fewer", "notices"}}


def run_ingest(
    settings: "Settings", paths: list[Path], received: date | None = None, **allowed: bool
) -> "Report":
    """Ingest with a line of progress; ``allowed`` are ``allow_empty`` and ``allow_fewer``."""
    from analysis.ingest.standby import prepare

    prepare()  # before pandas: both take a second to be there

    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from analysis.ingest.pipeline import default_workers
    from analysis.ingest.pipeline import ingest as run
    from analysis.wording.characters import for_terminal

    columns = (
        TextColumn("读取台账"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rows]} 行  {task.description}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None, rows=0)

        def show(done: int, total: int, rows: int, name: str) -> None:
            progress.update(
                task, completed=done, total=total, rows=rows, description=escape(for_terminal(name))
            )

        return run(settings, paths, received, show, default_workers(), **allowed)


def _roll_back(settings: "Settings") -> None:
    from analysis.ingest.pipeline import sole_writer
    from analysis.warehouse.publish import roll_back

    with sole_writer(settings):
        before = roll_back(settings.warehouse)
    say(f"已恢复上一次发布的数据仓库（{before.name}）；再运行 yanpan ingest 会重新发布。")


def say_report(report: "Report") -> None:
    """Say what became of the rows."""
    say(
        f"读取 {report.files} 个文件 {report.rows_read} 行 = 入库 {report.rows_loaded}"
        f" + 重复 {report.rows_duplicate} + 略过 {report.rows_ignored}"
        f" + 退回 {report.rows_rejected}；"
        f"发现问题 {report.findings} 个；用时 {report.seconds} 秒。\n数据仓库：{report.warehouse}"
        + ("\n查看问题：yanpan check" if report.findings else "")
    )
