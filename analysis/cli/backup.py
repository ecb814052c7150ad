"""``yanpan backup`` and ``yanpan restore``: all that no ledger can make again."""

from pathlib import Path
from typing import Annotated

import typer

from analysis.cli.ledgers import run_ingest, say_report
from analysis.cli.parts import Force, Home, app, say, settings_of


@app.command(epilog="例：yanpan backup --out /mnt/备份盘/研判台.zip")
def backup(
    out: Annotated[
        Path | None, typer.Option(help="写到哪个文件，默认 backups/ 下以时间命名。")
    ] = None,
    force: Force = False,
    home: Home = None,
) -> None:
    """备份台账原件、账号、审计日志、预警登记簿、依据文件和设置，写成一个文件。"""
    from analysis.backup import back_up
    from analysis.overwriting import with_suffix

    made = back_up(settings_of(home), with_suffix(out, ".zip") if out else None, force)
    say(f"已备份 {made.files} 个文件，{made.size / 1024 / 1024:.1f} MB：{made.path}")
    if made.sealed_by:
        say(f"审计日志最后一条的校验值 {made.sealed_by[:16]}，请另外记下。")


@app.command(epilog="例：yanpan --home /srv/yanpan restore 研判台.zip")
def restore(
    archive: Annotated[Path, typer.Argument(metavar="文件", help="yanpan backup 写成的文件。")],
    seal: Annotated[
        str, typer.Option(metavar="校验值", help="备份时另外记下的校验值，不符的不恢复。")
    ] = "",
    home: Home = None,
) -> None:
    """把备份恢复到一个空目录，逐个文件核对，再重新读取台账、发布数据仓库。"""
    from analysis.backup import restore as put_back
    from analysis.ingest.readings import has_ledgers

    settings = settings_of(home)
    found = put_back(settings, archive, seal)
    say(f"已恢复 {found.files} 个文件，逐个核对无误。")
    if found.sealed_by:
        say(f"审计日志最后一条的校验值 {found.sealed_by[:16]}，请与备份时记下的核对。")
    if found.left_out:
        names = "、".join(found.left_out[:3])
        say(f"另有 {len(found.left_out)} 个隐藏文件或版式以外的文件没有恢复：{names}", err=True)
    settings = settings_of(home)  # those of the backup now
    if has_ledgers(settings):
        say_report(run_ingest(settings, []))
    else:
        say("备份里没有台账，没有发布数据仓库。")
