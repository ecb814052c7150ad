"""``yanpan export``: the warehouse for other engines, and metrics over what counties exported."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from analysis.cli.parts import (
    Format,
    Home,
    OutputFormat,
    app,
    print_rows,
    say,
    settings_of,
    told_day,
)
from analysis.errors import YanpanError

if TYPE_CHECKING:
    from analysis.settings import Settings
    from analysis.warehouse.counties.exports import Exports
    from analysis.warehouse.scope import Scope
    from analysis.warehouse.sql_files import Query

export = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
app.add_typer(
    export, name="export", help="把数据仓库导出为别的程序能读的格式。",
    epilog="例：yanpan export parquet --out /mnt/汇总",
)  # fmt: skip

#: What a county is called that has not said its name.
UNNAMED = "本县"

Data = Annotated[
    str | None,
    typer.Option(
        metavar="目录", help="用这个目录里各县的导出（yanpan export parquet），不用本机的仓库。"
    ),
]
EngineName = Annotated[
    str | None, typer.Option("--engine", help="用哪个引擎算导出：duckdb（默认）或 spark。")
]
Master = Annotated[
    str | None,
    typer.Option(metavar="地址", help="Spark 集群的地址，如 spark://主机:7077；不写则用本机。"),
]
Memory = Annotated[
    str | None,
    typer.Option(metavar="大小", help="算导出时最多用多少内存，如 4GB；放不下的用磁盘。"),
]


@export.command(epilog="例：yanpan export parquet --out /mnt/汇总 --region 某市甲县")
def parquet(
    out: Annotated[Path, typer.Option(help="导出到哪个目录；各县可以导出到同一个目录。")],
    region: Annotated[
        str | None, typer.Option(help="本县的全称，默认用 yanpan.toml 里的 region。")
    ] = None,
    format: OutputFormat = Format.TABLE,
    home: Home = None,
) -> None:
    """把数据仓库的各表导出为 Parquet，按地区和收到的年份分开；再次导出替换上一次的。"""
    from analysis.ledgers import LEDGERS
    from analysis.overwriting import folder_asked
    from analysis.warehouse.counties.parquet import export_parquet

    folder_asked(out)
    settings = settings_of(home)
    if settings.rollup:
        raise YanpanError("这里是各县的汇总（设置了 rollup），不再导出；请用各县的导出。")
    name = (region or settings.region).strip()
    if not name:
        raise typer.BadParameter("地区不能是空的", param_hint="--region")
    done = export_parquet(settings.warehouse, out, name, settings.region)
    print_rows(
        [{"表": LEDGERS[table].label, "行数": rows} for table, rows in done.rows.items()], format
    )
    hint = "要和别的县汇总，请在 yanpan.toml 里写明 region（如 某市甲县），或用 --region。"
    say(
        f"“{name}”已导出到 {out}：{done.files} 个文件，{done.bytes:,} 字节。"
        f"{hint if name == UNNAMED else ''}",
        err=True,
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """Which exports are asked, of what engine, and whether region by region."""

    folder: str
    engine: str
    master: str | None
    memory: str | None
    regions: list[str]
    by_region: bool


def ask_exports(
    asked: Asked, settings: "Settings", query: "Query", scope: "Scope"
) -> "tuple[Scope, list[str], list[tuple[Any, ...]]]":
    """The scope, column names and rows of a metric over exports.

    Where the scope has no day (``date.min``), it is given the one that is shown by default.
    """
    from analysis.warehouse.counties.engines import open_engine
    from analysis.warehouse.counties.rollup import by_region, in_all

    engine = open_engine(asked.engine, asked.master, asked.memory)
    try:
        exports = engine.exports(asked.folder)
        if asked.regions:
            exports = exports.only(asked.regions)
        if scope.as_of == date.min:
            scope = replace(scope, as_of=_day(exports, settings))
        ask = by_region if asked.by_region else in_all
        return scope, *ask(engine, exports, query, scope)
    finally:
        engine.close()


def absolute(data: str) -> str:
    """A folder as the caller meant it, whatever folder the program goes on in."""
    from analysis.warehouse.counties.exports import local_folder

    here = local_folder(data)
    return data if here is None else str(here.resolve())


def gather_exports(
    settings: "Settings", engine: str, master: str | None, memory: str | None
) -> None:
    """Publish the roll-up of the settings' exports, unless it is published already."""
    from analysis.warehouse.counties.engines import open_engine
    from dashboards.serving.roll_up import gather

    opened = open_engine(engine, master, memory)
    try:
        gather(settings, opened, lambda line: say(line, err=True))
    finally:
        opened.close()


def _day(exports: "Exports", settings: "Settings") -> date:
    from analysis.warehouse.scope import day_shown

    shown = day_shown(exports.newest, date.today(), settings.stale_after_days)
    return told_day(settings, *shown)


def read_asked(
    data: str | None, engine: str | None, master: str | None, memory: str | None,
    region: list[str] | None, by: str | None,
) -> Asked | None:  # fmt: skip
    """What was asked of exports; None where the home's own warehouse is meant."""
    if data is None:
        if engine or master or memory or region or by:
            raise YanpanError(
                "--engine、--master、--memory、--region、--by 要和 --data 一起用：先用 "
                "yanpan export parquet 导出，再用 --data 指明导出的目录。"
            )
        return None
    if by not in (None, "region"):
        raise typer.BadParameter("只能写 region（按地区）", param_hint="--by")
    return Asked(data, engine or "duckdb", master, memory, region or [], by is not None)
