"""``yanpan init``: a new folder for an office's data, or for a demonstration."""

from pathlib import Path
from typing import Annotated

import typer

from analysis.cli.parts import app, say


@app.command(epilog="例：yanpan init 研判台数据；看演示：yanpan init 演示 --demo")
def init(
    folder: Annotated[Path, typer.Argument(metavar="目录", help="建在哪个目录，可以还没有。")],
    demo: Annotated[
        bool, typer.Option("--demo", help="放进一个虚构的县半年的模拟台账；不写则不放任何台账。")
    ] = False,
) -> None:
    """建一个数据目录：data/raw、带说明的 yanpan.toml、说明.txt；不放台账，除非 --demo。"""
    from analysis.new_home import make_home

    made = make_home(folder)
    for path in made:
        say(path)
    if demo:
        from analysis.demo import write_demo

        written = write_demo(folder / "data" / "raw")
        say(f"已写出 {len(written)} 个模拟台账到 {folder / 'data' / 'raw'}")
        say(f"下一步：yanpan --home {folder} serve 打开看板（先读取台账，约一分钟）。")
    else:
        say(
            f"下一步：改 {made[0].name}，把台账放进 {folder / 'data' / 'raw'}，"
            f"再运行 yanpan --home {folder} serve 打开看板。"
        )
