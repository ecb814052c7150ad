"""What the tests of the dashboard share: a small county with accounts, its server, a browser."""

from collections.abc import Iterator

import flask
import pytest
from playwright.sync_api import Browser, sync_playwright

from analysis.settings import Settings
from dashboards.app import create_app
from tests.dashboards.people import make_county

ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-quic",
)  # fmt: skip


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
def browser(chromium: str) -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()
