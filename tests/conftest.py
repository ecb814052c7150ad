"""Fixtures: a home folder to fill, the committed ledgers ingested once, ledgers drawn in a test."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from argon2 import PasswordHasher
from openpyxl import Workbook

from analysis.accounts import book
from analysis.ingest.pipeline import Report, ingest
from analysis.settings import Settings
from tests.setup_machine import browser

ROOT = Path(__file__).parents[1]
RAW = ROOT / "data" / "raw"

# The same examples on every run where a red light stops others, new ones on a desk; and no
# deadline for one example, since machines are shared and slow at times.
hypothesis.settings.register_profile("ci", derandomize=True, deadline=None)
hypothesis.settings.register_profile("desk", deadline=None)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "desk")


#: A file of tests goes to one process as a whole; the longest must not be begun last.
LONGEST = frozenset({
    "test_spark.py", "test_first_months.py", "test_browser.py", "test_browser_forms.py",
    "test_package.py", "test_renderings.py", "test_real_files.py", "test_runs.py",
})  # fmt: skip
#: Who asks for one of these reads ledgers and publishes a warehouse: a third of a second at least.
WHOLE_PIPELINE = frozenset({"home", "committed"})


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest files, else in their order; what runs the whole pipeline is slow."""
    items.sort(key=lambda item: item.path.name not in LONGEST)
    for item in items:
        if not WHOLE_PIPELINE.isdisjoint(getattr(item, "fixturenames", ())):
            item.add_marker("slow")


@pytest.fixture
def home(tmp_path: Path) -> Settings:
    """An empty home folder."""
    (tmp_path / "data" / "raw").mkdir(parents=True)
    return Settings(home=tmp_path)


@pytest.fixture
def write_sheet(home: Settings) -> Callable[..., Path]:
    """Write rows as one worksheet below data/raw; ``merge`` names ranges such as «A1:C1»."""

    def write(name: str, rows: Sequence[Sequence[Any]], merge: Sequence[str] = ()) -> Path:
        book = Workbook()
        sheet = book.worksheets[0]
        for row in rows:
            sheet.append(list(row))
        for cells in merge:
            sheet.merge_cells(cells)
        path = home.raw / name
        path.parent.mkdir(parents=True, exist_ok=True)
        book.save(path)
        return path

    return write


@pytest.fixture(scope="session")
def committed(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The ledgers of data/raw, ingested once into a folder of the tests' own."""
    folder = tmp_path_factory.mktemp("committed")
    shutil.copytree(RAW, folder / "data" / "raw")
    settings = Settings(home=folder)
    ingest(settings)
    return settings


@pytest.fixture(scope="module")
def quick_passwords() -> Iterator[None]:
    """Passwords hashed in no time, for tests that log in hundreds of times."""
    with pytest.MonkeyPatch.context() as patch:
        quick = partial(PasswordHasher, time_cost=1, memory_cost=8, parallelism=1)
        patch.setattr(book, "PasswordHasher", quick)
        yield


@pytest.fixture(scope="session")
def chromium() -> str:
    """A browser for page tests: missing on a laptop they skip, in CI they fail."""
    found = browser()
    if not found and os.environ.get("CI"):
        pytest.fail("no Chromium in CI; tests/setup_machine.py should have installed it")
    if not found:
        pytest.skip("no Chromium, Chrome or Edge on this machine")
    return found


@pytest.fixture
def report_of(home: Settings) -> Callable[[], Report]:
    """Ingest the home folder and return the run's report."""
    return lambda: ingest(home)


#: The command as a user's shell starts it.
YANPAN = [sys.executable, "-m", "analysis.cli"]
