"""``yanpan``: the one door that knows every room; each is imported when its command runs."""

import os
import sys

import typer

from analysis.cli import (
    alerts,
    backup,
    bench,
    config,
    draw,
    exports,
    figures,
    init,
    ledgers,
    plan,
    report,
    risk,
    user,
    withdraw,
)
from analysis.cli.parts import Home, State, app, say
from analysis.errors import YanpanError

__all__ = [
    "alerts", "app", "backup", "bench", "config", "draw", "exports", "figures", "init", "ledgers",
    "main", "plan", "report", "risk", "user", "withdraw",
]  # fmt: skip


#: Commands that write into the home alone: ledgers, accounts, logs are for nobody else on the
#: machine. What others write (papers, exports, templates) is meant to be passed on.
OF_THE_HOME = frozenset({"alerts", "backup", "ingest", "restore", "serve", "user", "withdraw"})


@app.callback()
def options(context: typer.Context, home: Home = None) -> None:
    """研判台：把各单位报送的台账变成可信的数字和一块看板。"""
    State.home = home
    if context.invoked_subcommand in OF_THE_HOME:
        os.umask(0o077)


def main() -> None:
    """Run the command; a person sees one line, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A name of a file may hold bytes that are no text.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        app()
    except YanpanError as error:
        say(error, err=True)
        sys.exit(1)
    except Exception as error:
        if os.environ.get("YANPAN_DEBUG"):
            raise
        say(
            f"程序出错：{type(error).__name__}: {error}"
            "（设环境变量 YANPAN_DEBUG=1 再运行可看到详情）",
            err=True,
        )
        sys.exit(1)
