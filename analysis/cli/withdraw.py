"""``yanpan withdraw``: the office takes back what was received."""

from pathlib import Path
from typing import Annotated

import typer

from analysis.cli.parts import Home, app, say, settings_of


@app.command(epilog="例：yanpan withdraw 2023-11-01/县教育局/001_台账.xlsx --reason 报成了上一期的")
def withdraw(
    path: Annotated[Path, typer.Argument(help="要撤回的文件：它在 data/raw 下的路径。")],
    reason: Annotated[str, typer.Option(help="为什么撤回；记入 received.toml 和数据质量。")],
    by: Annotated[str, typer.Option(help="谁撤回的，默认专班办公室。")] = "",
    home: Home = None,
) -> None:
    """撤回一份报送：文件留着，从今天起不再计入，以前的数字不变。"""
    from analysis.intake.withdrawal import found_path
    from analysis.intake.withdrawal import withdraw as take_back

    settings = settings_of(home)
    done = take_back(settings, found_path(settings, path), by, reason)
    say(f"已撤回 {done.path}，自 {done.on} 起不再计入；没有开着看板的，运行 yanpan ingest 后更新。")
