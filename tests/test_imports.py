"""Imports run one way; a file that wants to import upward is in the wrong room."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
#: Room → the rooms that it may import from, beside itself.
MAY_IMPORT = {
    "analysis.errors": set(),
    "analysis.ledgers": set(),
    "analysis.settings": {"analysis.errors"},
    "analysis.accounts": {"analysis.errors"},
    "analysis.tables": {"analysis.characters"},
    "analysis.notebook": {"analysis.errors", "analysis.settings", "analysis.warehouse"},
    "analysis.reference": {"analysis.ledgers", "analysis.warehouse"},
    "analysis.characters": set(),
    "analysis.overwriting": {"analysis.characters", "analysis.errors"},
    "analysis.demo": {"analysis.overwriting"},
    "analysis.bench": {
        "analysis.errors", "analysis.ingest", "analysis.reports", "analysis.settings",
        "analysis.warehouse",
    },
    "analysis.charts": set(),
    "analysis.warehouse": {
        "analysis.characters", "analysis.errors", "analysis.ledgers", "analysis.settings",
    },
    "analysis.judgement": {"analysis.errors", "analysis.ledgers", "analysis.warehouse"},
    "analysis.ingest": {
        "analysis.characters", "analysis.errors", "analysis.ledgers", "analysis.settings",
        "analysis.warehouse",
    },
    "analysis.backup": {
        "analysis.accounts", "analysis.characters", "analysis.errors", "analysis.ingest",
        "analysis.intake", "analysis.overwriting", "analysis.settings", "analysis.warehouse",
    },
    "analysis.intake": {
        "analysis.errors", "analysis.ingest", "analysis.ledgers", "analysis.settings",
        "analysis.warehouse",
    },
    "analysis.reports": {
        "analysis.characters", "analysis.errors", "analysis.ledgers", "analysis.overwriting",
        "analysis.settings", "analysis.tables", "analysis.warehouse", "analysis.judgement",
        "analysis.charts",
    },
}  # fmt: skip
MODULES = sorted(
    path for package in ("analysis", "dashboards") for path in (ROOT / package).rglob("*.py")
)


def imported(path: Path) -> set[str]:
    """Modules of this project that a file imports, anywhere in it."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return {name for name in names if name.split(".")[0] in {"analysis", "dashboards"}}


def room(module: str) -> str:
    return ".".join(module.split(".")[:2])


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_from_below(path: Path) -> None:
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    if module == "analysis" or room(module) == "analysis.cli":
        return  # the public face and the one door know every room
    for name in imported(path):
        if module.startswith("analysis"):
            assert room(name) in MAY_IMPORT[room(module)] | {room(module)}, name
        else:
            assert room(name) != "analysis.cli"
            assert not name.startswith("analysis.ingest")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_pages_and_charts_neither_read_nor_measure(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    relative = path.relative_to(ROOT).as_posix()
    if relative.startswith(("dashboards/pages", "analysis/charts", "analysis/judgement")):
        assert "duckdb" not in text
        assert "read_csv" not in text
        assert "SELECT " not in text
