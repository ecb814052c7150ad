"""Something called «analysis» beside a notebook: one line says what is in the way."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.conftest import ROOT

IMPORT = "from yanpan import charts, ingest, metric, open_warehouse"


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Python in a folder, with the program installed where it looks last."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip


@pytest.fixture(params=["analysis/__init__.py", "analysis.py"])
def in_the_way(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """An analyst's own module of that name; what of it Python finds."""
    own = tmp_path / request.param
    own.parent.mkdir(exist_ok=True)
    own.write_text("def mean(values): return sum(values) / len(values)\n", encoding="utf-8")
    return own.parent if own.name == "__init__.py" else own


@pytest.mark.slow
def test_without_one_the_second_name_is_the_public_face(tmp_path: Path) -> None:
    code = f"{IMPORT}\nimport analysis, yanpan\n" + "\n".join(
        f"assert yanpan.{name} is analysis.{name}"
        for name in ("charts", "ingest", "metric", "open_warehouse")
    )
    assert run(tmp_path, "-c", code).stderr == ""


def test_one_line_names_what_is_in_the_way_and_what_to_do(in_the_way: Path) -> None:
    done = run(in_the_way.parent, "-c", IMPORT)
    assert done.returncode == 1
    line = done.stderr.splitlines()[-1]
    assert f"“{in_the_way}”" in line
    assert "请把它改名或移走" in line
    assert "重新启动" in line


def test_so_it_is_where_the_other_one_was_imported_already(in_the_way: Path) -> None:
    done = run(in_the_way.parent, "-c", f"import analysis\n{IMPORT}")
    assert f"“{in_the_way}”" in done.stderr.splitlines()[-1]


def test_a_mere_folder_of_that_name_is_told_of_where_it_is_found_first(tmp_path: Path) -> None:
    """Installed by ``pip install -e``, the program is looked for after every folder."""
    (tmp_path / "analysis").mkdir()
    loading = (
        "from importlib.util import module_from_spec, spec_from_file_location\n"
        f"spec = spec_from_file_location('yanpan', {str(ROOT / 'yanpan.py')!r})\n"
        "spec.loader.exec_module(module_from_spec(spec))"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", loading],
        cwd=tmp_path, env={"PYTHONUTF8": "1"}, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    assert f"“{tmp_path / 'analysis'}”" in done.stderr.splitlines()[-1]


@pytest.mark.parametrize("line", [IMPORT, "%load_ext yanpan", "import yanpan as y"])
def test_a_notebook_shows_that_line_and_no_traceback(in_the_way: Path, line: str) -> None:
    done = run(in_the_way.parent, "-m", "IPython", "--no-banner", "--colors=NoColor", "-c", line)
    (shown,) = (done.stdout + done.stderr).strip().splitlines()
    assert f"“{in_the_way}”" in shown


@pytest.mark.slow
def test_cells_of_sql_come_by_the_second_name_too(tmp_path: Path) -> None:
    code = "%load_ext yanpan\nprint('sql' in get_ipython().magics_manager.magics['cell'])"
    assert run(tmp_path, "-m", "IPython", "--no-banner", "-c", code).stdout.strip() == "True"


def test_the_command_runs_in_such_a_folder(in_the_way: Path, tmp_path: Path) -> None:
    """What pip puts among the scripts searches beside itself, not in the working folder."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    module, function = project["scripts"]["yanpan"].split(":")
    script = tmp_path / "bin" / "yanpan"
    script.parent.mkdir()
    script.write_text(f"from {module} import {function}\n{function}()\n", encoding="utf-8")
    done = run(in_the_way.parent, str(script), "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert "研判台" in done.stdout
