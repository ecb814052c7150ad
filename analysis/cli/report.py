"""``yanpan report``: the documents of the monthly and of the quarterly meeting."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from analysis.cli.parts import (
    AsOf,
    Force,
    Home,
    KnownOn,
    app,
    read_day,
    read_filters,
    say,
    settings_of,
    warehouse_and_scope,
)
from analysis.errors import YanpanError


class Kind(StrEnum):
    """Which meeting the documents are for."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


class Images(StrEnum):
    """How the charts are written."""

    PNG = "png"
    SVG = "svg"
    NONE = "none"


@app.command(epilog="例：yanpan report quarterly --as-of 2023-12-31 --out 例会材料")
def report(
    kind: Annotated[Kind, typer.Argument(help="monthly 月度形势研判会，quarterly 季度例会。")],
    out: Annotated[
        Path | None,
        typer.Option("--out", help="写到哪个目录；不写则每次一个新目录“会议材料_日期”。"),
    ] = None,
    where: Annotated[
        list[str] | None, typer.Option(metavar="列=值", help="只写符合的，可以多次给出。")
    ] = None,
    images: Annotated[
        Images, typer.Option(help="图片：png 两倍大小、svg 矢量、none 不写。")
    ] = Images.PNG,
    pictures: Annotated[
        bool, typer.Option("--pictures", help="附件里加一张“照片”：事项整改前后的照片，缩小的。")
    ] = False,
    since: Annotated[
        date | None,
        typer.Option(
            "--since",
            parser=read_day,
            metavar="日期",
            help="变化与哪一天相比；不给则为至少 7 天前的上一次会议，没有记载的为上月（季）末。",
        ),
    ] = None,
    force: Force = False,
    as_of: AsOf = None,
    known_on: KnownOn = None,
    home: Home = None,
) -> None:
    """写出会议材料：形势研判报告、例会汇报、附件、图片和各单位的督办函。"""
    from analysis.overwriting import folder_asked, new_folder
    from analysis.reports.package import write_package

    folder = folder_asked(out) if out else None
    settings = settings_of(home)
    if pictures and settings.rollup:
        raise YanpanError("这里是各县的汇总（设置了 rollup），照片在各县；请去掉 --pictures。")
    filters = read_filters(where or [], {})
    with warehouse_and_scope(settings, as_of, known_on, filters, since) as (warehouse, scope):
        # Without a name each run has a folder of its own: the last one's papers may be edited.
        folder = folder or new_folder(Path(f"会议材料_{scope.as_of}"))
        written = write_package(
            warehouse, settings, scope, kind.value, folder, images.value, force, pictures
        )
    for path in written.files:
        say(path)
    for line in (*written.notes, *written.missing):
        say(line, err=True)
    if written.missing:
        raise typer.Exit(1)
