"""Every notebook runs from top to bottom, says what it does in Chinese, and keeps no output."""

import re
import shutil
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from analysis.settings import Settings
from tests.conftest import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
NAMES = [path.stem for path in NOTEBOOKS]


def test_there_are_six_in_their_order() -> None:
    assert [name[:2] for name in NAMES] == ["01", "02", "03", "04", "05", "06"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=NAMES)
def test_a_notebook_keeps_no_output_and_names_its_parameters(path: Path) -> None:
    book = nbformat.read(path, as_version=4)
    code = [cell for cell in book.cells if cell.cell_type == "code"]
    assert not any(cell.outputs or cell.execution_count for cell in code)
    tagged = [cell for cell in book.cells if "parameters" in cell.metadata.get("tags", [])]
    assert [re.findall(r"^(\w+) =", cell.source, re.MULTILINE) for cell in tagged] == [
        ["HOME", "AS_OF"]
    ]
    prose = "".join(cell.source for cell in book.cells if cell.cell_type == "markdown")
    assert len(re.findall(r"[\u4e00-\u9fff]", prose)) > 100


@pytest.mark.parametrize("path", NOTEBOOKS, ids=NAMES)
def test_no_notebook_defines_what_belongs_in_the_package(path: Path) -> None:
    book = nbformat.read(path, as_version=4)
    source = "\n".join(cell.source for cell in book.cells if cell.cell_type == "code")
    assert not re.search(r"^\s*(def|class) ", source, re.MULTILINE)


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=NAMES)
def test_a_notebook_runs(path: Path, committed: Settings, tmp_path: Path) -> None:
    shutil.copytree(committed.home / "data", tmp_path / "data")
    book = nbformat.read(path, as_version=4)
    at = next(n for n, c in enumerate(book.cells) if "parameters" in c.metadata.get("tags", []))
    # As papermill does it: a cell of values after the one tagged «parameters».
    book.cells.insert(at + 1, nbformat.v4.new_code_cell(f"HOME = {str(tmp_path)!r}"))
    done = NotebookClient(book, timeout=300, kernel_name="python3").execute()
    printed = "".join(
        output.get("text", "")
        for cell in done.cells
        if cell.cell_type == "code"
        for output in cell.outputs
    )
    if path.stem.startswith("06"):
        assert "只能查询" in printed
        assert "不能访问文件或网络" in printed
