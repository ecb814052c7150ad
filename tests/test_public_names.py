"""The public face is functions: a name is what it was, whatever has been imported meanwhile."""

import inspect
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

BEFORE = "import analysis; first = analysis.ingest; "
PRINTED = "from analysis import ingest; print(ingest.__class__.__name__, ingest is analysis.ingest)"


def printed(code: str, folder: Path) -> str:
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=True,
    ).stdout.strip()  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(
    "imports",
    [
        "",
        "import analysis.ingest",
        "import analysis.ingest.pipeline",
        "from analysis.ingest.pipeline import Report",
        "from analysis.ingest import pool",
        "import importlib; importlib.import_module('analysis.ingest.shrinking')",
    ],
)
def test_ingest_stays_a_function_when_its_package_is_imported(imports: str, tmp_path: Path) -> None:
    """Python makes a package an attribute of the one above when it is imported first."""
    for code in (f"{BEFORE}{imports or 'pass'}", f"{imports or 'pass'}\nimport analysis"):
        assert printed(f"{code}\n{PRINTED}", tmp_path) == "function True"


def test_the_public_face_is_functions_beside_the_charts() -> None:
    import analysis

    assert sorted(analysis.__all__) == ["charts", "ingest", "metric", "open_warehouse"]
    for name in ("ingest", "metric", "open_warehouse"):
        assert inspect.isfunction(getattr(analysis, name)), name


def test_the_face_alone_brings_none_of_the_heavy_packages(tmp_path: Path) -> None:
    heavy = "{'pandas', 'duckdb', 'plotly', 'openpyxl'}"
    code = f"import sys, analysis; print(sorted({heavy} & sys.modules.keys()))"
    assert printed(code, tmp_path) == "[]"
