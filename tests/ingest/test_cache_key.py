"""The key under which a reading is kept covers every module and package that reading imports."""

import ast
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from analysis.ingest.cache import READERS, program_files
from tests.conftest import ROOT


def module_file(name: str) -> Path | None:
    path = ROOT.joinpath(*name.split("."))
    files = (path / "__init__.py", path.with_suffix(".py"))
    return next((file for file in files if file.exists()), None)


def imports_of(file: Path) -> set[str]:
    """Names of the modules that a file may import, anywhere in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def reached_from(start: str) -> tuple[set[Path], set[str]]:
    """Files of the program and packages of others that a module leads to."""
    files: set[Path] = set()
    others: set[str] = set()
    waiting = {start}
    while waiting:
        name = waiting.pop()
        if not name.startswith("analysis"):
            others.add(name.split(".")[0])
        elif (file := module_file(name)) and file not in files:
            files.add(file)
            waiting |= imports_of(file)
    return files, others - sys.stdlib_module_names


@pytest.mark.slow
def test_a_change_of_whatever_reads_a_file_has_it_read_again() -> None:
    files, others = reached_from("analysis.ingest.read_file")
    assert ROOT / "analysis" / "ingest" / "cells" / "values.py" in files
    assert files - set(program_files()) == set()
    packages = packages_distributions()
    assert {packages[name][0].replace("_", "-") for name in others} == set(READERS)
