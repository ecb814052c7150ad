"""Whatever ledgers, names and queries hold, no command lets a terminal obey it."""

import ast
import csv
import io
import json
import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from analysis.accounts import AuditLog
from analysis.cli import app, main
from analysis.ingest.pipeline import ingest
from analysis.notebook import load_ipython_extension
from analysis.settings import Settings
from analysis.wording.characters import escaped, for_terminal
from analysis.wording.tables import as_csv, as_json, as_table
from dashboards.downloads.tables import rows_as_csv
from dashboards.serving.logs import JsonLines

ROOT = Path(__file__).parents[1]
#: Clears the screen, names the window, turns red, rings, begins the line anew, turns the order.
ODD = "甲\x1b[2J\x1b]0;w\x07\x9b31m\x07\x1b\r乙\u202e"
SQL = (
    "'甲' || chr(27) || '[2J' || chr(27) || ']0;w' || chr(7) || chr(155) || '31m' || chr(7) "
    "|| chr(27) || chr(13) || '乙' || chr(8238)"
)
HEADER = ["隐患编号", "场所名称", "隐患描述", "责任单位", "检查日期", "整改期限", "整改状态"]


def is_harmless(printed: str) -> bool:
    return all(char.isprintable() or char == "\n" for char in printed)


def run(home: Settings, *words: str) -> str:
    done = CliRunner().invoke(app, ["--home", str(home.home), *words])
    assert done.exit_code == 0, done.output
    return str(done.output)


@pytest.fixture
def hostile(home: Settings, write_sheet: Callable[..., Path]) -> Settings:
    """A home where a cell, a name of a file and a line of the log are as bad as they can be."""
    folder = home.raw / "2023-10-15"
    folder.mkdir()
    row = ["1", "甲\x9b校", "通\x1b[31m道", "县教\x1b育局", "2023-10-01", "2023-11-01", "整改中"]
    name = "隐患台账.csv" if os.name == "nt" else "隐患\x1b[2J\r台账.csv"
    (folder / name).write_text(f"{','.join(HEADER)}\n{','.join(row)}\n", encoding="utf-8")
    ingest(home)
    AuditLog(home.audit_log).add("登录失败", ODD, address=ODD)
    return home


@pytest.mark.parametrize("format", ["table", "csv", "json"])
def test_the_rows_of_a_query(hostile: Settings, format: str) -> None:
    for query in (f"SELECT {SQL} AS v", "FROM submission", "FROM hazard"):
        printed = run(hostile, "sql", query, "--format", format)
        assert is_harmless(printed), query
    assert "甲" in run(hostile, "sql", f"SELECT {SQL} AS v", "--format", format)


@pytest.mark.parametrize("write", [as_table, as_csv, as_json])
def test_a_column_may_be_called_after_a_cell(write: Callable[..., str]) -> None:
    assert is_harmless(write([ODD, "=1"], [{ODD: ODD, "=1": "=1"}]))
    assert next(csv.reader(io.StringIO(as_csv(["=1"], [])))) == ["'=1"]


def test_a_program_reads_back_from_json_what_there_was(hostile: Settings) -> None:
    (row,) = json.loads(run(hostile, "sql", f"SELECT {SQL} AS v", "--format", "json"))
    assert row == {"v": ODD}


def test_a_formula_behind_what_is_no_text_is_guarded(hostile: Settings) -> None:
    for before in ("chr(27) || '[2J'", "chr(8203)", "chr(155) || '2J'"):
        printed = run(hostile, "sql", f"SELECT {before} || '=1+1' AS v", "--format", "csv")
        assert list(csv.reader(io.StringIO(printed))) == [["v"], ["'=1+1"]]
        text = rows_as_csv(["\x1b[2J=v"], [["\u200b=1+1"]])
        assert list(csv.reader(io.StringIO(text))) == [["'=v"], ["'=1+1"]]


@pytest.mark.parametrize("format", ["table", "csv", "json"])
@pytest.mark.parametrize(
    "words",
    [
        ["check"], ["metric", "overdue", "--as-of", "2023-11-15"], ["user", "log"],
        ["alerts", "--as-of", "2023-11-15"], ["ingest"], ["risk", "--as-of", "2023-11-15"],
        ["metric", "--publications"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_what_the_other_commands_say(hostile: Settings, words: list[str], format: str) -> None:
    assert is_harmless(run(hostile, *words, "--format", format))


def test_why_something_was_refused(
    hostile: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--home", str(hostile.home), "sql", f"SELECT error({SQL})"]
    monkeypatch.setattr(sys, "argv", ["yanpan", *words])
    with pytest.raises(SystemExit):
        main()
    told = capsys.readouterr().err
    assert told.strip()
    assert is_harmless(told)


def test_a_line_of_the_log_of_the_server() -> None:
    line = JsonLines().format(logging.LogRecord("x", 20, "x", 1, "%s", (ODD,), None))
    assert is_harmless(line)
    assert json.loads(line)["said"] == ODD


def test_a_refusal_in_a_notebook(hostile: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    class Shell:
        def __init__(self) -> None:
            self.user_ns = {"HOME": hostile.home}

        def register_magic_function(self, magic: Callable[[str, str], object], *about: str) -> None:
            self.ask = magic

    shell = Shell()
    load_ipython_extension(shell)  # type: ignore[arg-type]
    shell.ask("", f"SELECT error({SQL})")
    told = capsys.readouterr().out
    assert told.strip()
    assert is_harmless(told)


def test_every_command_prints_by_the_one_way() -> None:
    """``say`` of parts.py; a prompt tells nothing of a ledger's."""
    others = []
    for path in sorted((ROOT / "analysis" / "cli").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {
                "print", "typer.echo", "typer.secho", "click.echo", "sys.stdout.write",
                "sys.stderr.write", "rich.print",
            }:  # fmt: skip
                others.append(f"{path.name}:{ast.unparse(node)}")
    assert others == ["parts.py:typer.echo(for_terminal(str(text)), err=err)"]


@pytest.mark.parametrize(
    "code", [*range(0x20), *range(0x7F, 0xA0), 0xD800, 0xFFFE, 0x1FFFF, 0x202E]
)
def test_each_character_that_is_none(code: int) -> None:
    char = chr(code)
    assert is_harmless(for_terminal(f"甲{char}乙").replace("\t", ""))
    line = escaped(json.dumps({"x": f"甲{char}乙"}, ensure_ascii=False))
    assert is_harmless(line)
    assert json.loads(line) == {"x": f"甲{char}乙"}
