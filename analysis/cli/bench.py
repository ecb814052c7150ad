"""``yanpan bench``: the benchmarks of a checkout; an installed wheel has none."""

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from analysis.cli.parts import Format, OutputFormat, app, print_rows, say
from analysis.errors import YanpanError


@app.command(epilog="例：yanpan bench metrics --size 100000 --size 1000000")
def bench(
    what: Annotated[
        str,
        typer.Argument(
            help="测什么：ingest 读台账，metrics 算指标，engines 各引擎，dashboard 看板，"
            "report 会议材料，start 命令启动，load 多人同时看和报送。"
        ),
    ] = "ingest",
    rounds: Annotated[int, typer.Option(min=1, help="测几轮，取中位数。")] = 5,
    size: Annotated[
        list[int] | None,
        typer.Option(
            min=100, help="ingest 多少行，metrics、engines、dashboard 多少条隐患，可以多次给出。"
        ),
    ] = None,
    minutes: Annotated[
        float | None, typer.Option(min=0.05, help="load：同时看和报送多少分钟，默认五分钟。")
    ] = None,
    peers: Annotated[
        str | None,
        typer.Option(help="dashboard：装有 streamlit 和 vizro 的另一个 Python，与它们同时测。"),
    ] = None,
    format: OutputFormat = Format.TABLE,
) -> None:
    """测速：读台账、算指标、看板、会议材料各要多久，是别的做法的几倍。"""
    _find_benchmarks()
    from benchmarks.timing import machine

    def tell(line: str) -> None:
        say(line, err=True)

    match what:
        case "ingest":
            from benchmarks.ingest import SIZE as ROWS
            from benchmarks.ingest import bench_ingest

            rows = bench_ingest(rounds, tell, size[0] if size else ROWS)
        case "metrics":
            from benchmarks.metrics.run import SIZES, bench_metrics

            rows = bench_metrics(rounds, tell, size or SIZES)
        case "engines":
            from benchmarks.metrics.engines import SIZES as ENGINE_SIZES
            from benchmarks.metrics.engines import bench_engines

            rows = bench_engines(rounds, tell, size or ENGINE_SIZES)
        case "start":
            from benchmarks.start import bench_start

            rows = bench_start(rounds, tell)
        case "dashboard":
            from benchmarks.dashboard.run import SIZE, VIEWERS, bench_dashboard

            rows = bench_dashboard(rounds, tell, size[0] if size else SIZE, VIEWERS, peers)
        case "report":
            from benchmarks.report import bench_report

            rows = bench_report(rounds, tell)
        case "load":
            from benchmarks.load import MINUTES, bench_load

            rows = bench_load(tell, minutes or MINUTES)
        case _:
            raise typer.BadParameter(
                f"没有“{what}”这一项，可填：ingest、metrics、engines、dashboard、report、"
                "start、load",
                param_hint="what",
            )
    print_rows(rows, format)
    say(f"{rounds} 轮；{machine()}", err=format is not Format.TABLE)


def _find_benchmarks() -> None:
    """Make ``benchmarks`` importable where it stands beside ``analysis``.

    Raises:
        YanpanError: this installation has no benchmarks.

    """
    root = Path(__file__).parents[2]
    if (root / "benchmarks").is_dir() and str(root) not in sys.path:
        sys.path.append(str(root))
    if not find_spec("benchmarks"):
        raise YanpanError("安装包里没有测速程序：请在研判台的源码目录里运行 yanpan bench。")
