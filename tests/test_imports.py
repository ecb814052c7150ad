"""Imports run one way; a file that wants to import upward is in the wrong room."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
#: Room → the rooms that it may import from, beside itself.
GROUND = {
    "analysis.engine_faults", "analysis.errors", "analysis.ledgers", "analysis.settings",
    "analysis.stores", "analysis.wording",
}  # fmt: skip
MAY_IMPORT = {
    "analysis.errors": set(),
    "analysis.engine_faults": set(),
    "analysis.ledgers": set(),
    "analysis.wording": {"analysis.errors", "analysis.ledgers"},
    "analysis.settings": {"analysis.errors"},
    "analysis.stores": {"analysis.errors"},
    "analysis.accounts": {"analysis.errors", "analysis.stores"},
    "analysis.overwriting": {"analysis.errors", "analysis.wording"},
    "analysis.notebook": {
        "analysis.errors", "analysis.settings", "analysis.warehouse", "analysis.wording",
    },
    "analysis.reference": {"analysis.charts", "analysis.ledgers", "analysis.warehouse"},
    "analysis.demo": {"analysis.errors", "analysis.overwriting"},
    "analysis.charts": {"analysis.wording"},
    "analysis.warehouse": GROUND,
    "analysis.adhoc": {"analysis.confined", "analysis.errors", "analysis.warehouse"},
    "analysis.confined": {"analysis.errors"},
    "analysis.leftovers": set(),
    "analysis.new_home": {"analysis.errors", "analysis.overwriting", "analysis.settings"},
    "analysis.ingest": GROUND | {"analysis.accounts", "analysis.confined", "analysis.warehouse"},
    "analysis.judgement": GROUND,
    "analysis.briefing": GROUND | {"analysis.charts", "analysis.judgement", "analysis.warehouse"},
    "analysis.reports": GROUND | {
        "analysis.briefing", "analysis.charts", "analysis.judgement", "analysis.overwriting",
        "analysis.warehouse",
    },
    "analysis.intake": GROUND | {
        "analysis.accounts", "analysis.confined", "analysis.ingest", "analysis.judgement",
        "analysis.warehouse",
    },
    "analysis.backup": GROUND | {
        "analysis.accounts", "analysis.ingest", "analysis.intake", "analysis.overwriting",
        "analysis.warehouse",
    },
}  # fmt: skip
#: A room with rooms of its own → which of them each may import from.
WITHIN = {
    "analysis.ingest": {
        "findings": {"cells"},
        "files": {"findings", "cells"},
        "pictures": {"findings", "files", "cells"},
        "cells": set(),
        "headers": {"files", "cells"},
        "measures": {"cells"},
        "tables": {"findings", "files", "pictures", "cells", "headers", "measures"},
        "letters": {"findings", "cells", "tables", "units"},
        "doubts": {"findings", "cells"},
        "units": {"findings", "cells", "doubts"},
        "periods": {"findings", "cells"},
        "versions": {"findings", "cells", "doubts", "units", "periods"},
        "rules": {"findings", "cells"},
        "plan": {"findings", "cells", "doubts", "measures", "tables", "units", "versions"},
        "half_month": {
            "findings",
            "files",
            "cells",
            "headers",
            "tables",
            "periods",
            "units",
            "versions",
        },
    },
    "analysis.reports": {"office": set()},
    # what is right is known from what was sent, never from how it was written down
    "analysis.demo": {"truth": {"life", "plans", "sending", "world"}},
    "dashboards": {
        "access": set(),
        "wire": set(),
        "serving": {"access", "wire"},
        "parts": {"access", "serving"},
        "downloads": {"access", "serving", "parts"},
        "forms": {"access", "serving", "parts"},
        "pages": {"access", "serving", "parts", "downloads"},
    },
}
#: Room → the inner room that stands on it, and is unknown to it.
BUILT_ON = {"analysis.warehouse": "counties", "analysis.judgement": "site_risk"}
#: Rooms that are lists of like things, where one more is no clutter.
LISTS = {"analysis/charts", "analysis/cli", "analysis/ledgers", "dashboards/pages"}
MOST_MODULES = 9
MODULES = sorted(
    path
    for package in ("analysis", "dashboards", "benchmarks")
    for path in (ROOT / package).rglob("*.py")
)


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


NAMES = {module_name(path): path for path in MODULES}


def imported(path: Path) -> set[str]:
    """Modules of this project that a file imports, anywhere in it."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            full = {f"{node.module}.{alias.name}" for alias in node.names}
            names |= {name if name in NAMES else node.module for name in full}
    return names & set(NAMES)


def room(module: str, depth: int = 2) -> str:
    return ".".join(module.split(".")[:depth])


MODULES_IN = {
    folder: [path for path in MODULES if path.parent == folder]
    for folder in sorted({path.parent for path in MODULES})
}
FOLDERS = list(MODULES_IN)


@pytest.mark.parametrize("folder", FOLDERS, ids=str)
def test_a_module_imports_only_from_below(folder: Path) -> None:
    for path in MODULES_IN[folder]:
        module = module_name(path)
        if module == "analysis" or room(module) == "analysis.cli":
            continue  # the public face and the one door know every room
        for name in imported(path):
            assert room(name) != "analysis.cli", module
            if module.startswith("analysis"):
                assert room(name) in MAY_IMPORT[room(module)] | {room(module)}, (module, name)
            elif module.startswith("dashboards"):
                assert room(name, 1) != "benchmarks", module
                assert room(name) not in {"analysis.ingest", "analysis.demo"}, module


@pytest.mark.parametrize("folder", FOLDERS, ids=str)
def test_within_a_room_imports_run_one_way_too(folder: Path) -> None:
    for path in MODULES_IN[folder]:
        module = module_name(path)
        for outer, rooms in WITHIN.items():
            inner = module.removeprefix(outer + ".").split(".")[0]
            if not module.startswith(outer + ".") or inner not in rooms:
                continue
            for name in imported(path):
                if name.startswith(outer + "."):
                    other = name.removeprefix(outer + ".").split(".")[0]
                    assert other in rooms[inner] | {inner}, (module, name)


@pytest.mark.parametrize(("outer", "inner"), BUILT_ON.items())
def test_a_room_knows_nothing_of_the_inner_room_that_stands_on_it(outer: str, inner: str) -> None:
    for module, path in NAMES.items():
        if module.startswith(outer + ".") and not module.startswith(f"{outer}.{inner}"):
            assert not [n for n in imported(path) if n.startswith(f"{outer}.{inner}.")], module


@pytest.mark.slow
def test_no_modules_import_each_other_in_a_circle() -> None:
    depends = {name: imported(path) - {name} for name, path in NAMES.items() if name != "analysis"}
    while free := {name for name, needed in depends.items() if not needed & set(depends)}:
        depends = {name: needed for name, needed in depends.items() if name not in free}
    assert depends == {}


@pytest.mark.parametrize("folder", FOLDERS, ids=str)
def test_a_room_has_no_more_modules_than_a_reader_can_hold(folder: Path) -> None:
    modules = [path for path in folder.glob("*.py") if path.name != "__init__.py"]
    is_list = folder.relative_to(ROOT).as_posix() in LISTS
    assert is_list or len(modules) <= MOST_MODULES, [path.name for path in modules]


@pytest.mark.parametrize("folder", FOLDERS, ids=str)
def test_the_dashboard_and_the_rules_ask_the_warehouse_and_write_no_sql(folder: Path) -> None:
    for path in MODULES_IN[folder]:
        relative = path.relative_to(ROOT).as_posix()
        if not relative.startswith(("dashboards", "analysis/judgement", "analysis/briefing")):
            continue
        text = path.read_text(encoding="utf-8")
        assert "import duckdb" not in text, relative
        if relative != "dashboards/pages/query.py":  # shows a person how to begin
            assert not re.search(r"\b(SELECT|WHERE|AND NOT|IS (NOT )?NULL|CAST\()", text), relative


@pytest.mark.parametrize("folder", FOLDERS, ids=str)
def test_pages_and_charts_neither_read_nor_measure(folder: Path) -> None:
    for path in MODULES_IN[folder]:
        text = path.read_text(encoding="utf-8")
        relative = path.relative_to(ROOT).as_posix()
        if relative.startswith(("dashboards/pages", "analysis/charts", "analysis/judgement")):
            assert "duckdb" not in text, relative
            assert "read_csv" not in text, relative
            assert "SELECT " not in text, relative
