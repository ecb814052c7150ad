"""What the tests of the dashboard share: a small county with accounts, its server, a browser."""

from collections.abc import Iterator

import flask
import pytest
from playwright.sync_api import BrowserContext, expect, sync_playwright

from analysis.settings import Settings
from benchmarks.dashboard.browser import ARGUMENTS
from dashboards.app import create_app
from tests.dashboards.people import make_county

#: How long a slow machine may take over anything on a page.
WAIT_MS = 30_000
expect.set_options(timeout=WAIT_MS)


@pytest.fixture(scope="module", autouse=True)
def _quick(quick_passwords: None) -> None:
    """Nearly every test logs somebody in."""


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Ledgers, a warehouse, an account a role; each module has its own."""
    return make_county(tmp_path_factory.mktemp("county"))


@pytest.fixture(scope="module")
def server(county: Settings) -> flask.Flask:
    """The dashboard of the county."""
    server: flask.Flask = create_app(county).server
    return server


@pytest.fixture(scope="module")
def person(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    """One person's headless Chromium, with a profile on disk: it keeps the program's own files
    from page to page, and what it compiled of them.
    """
    with sync_playwright() as playwright:
        person = playwright.chromium.launch_persistent_context(
            tmp_path_factory.mktemp("profile"), executable_path=chromium, args=ARGUMENTS
        )
        person.set_default_timeout(WAIT_MS)
        yield person
        person.close()
