"""A real Chromium settles a group of doubts, as a person would: 模拟数据."""

import tomllib
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from tests.dashboards.forms.test_browser_forms import log_in, must_be_accessible
from tests.dashboards.forms.test_doubt_groups import CHECK, FIRE, put, theirs
from tests.dashboards.people import make_county
from tests.dashboards.test_browser import serving

pytestmark = [pytest.mark.slow, pytest.mark.browser]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = make_county(tmp_path_factory.mktemp("county"))
    (settings.home / "yanpan.toml").write_text("login = true\n", encoding="utf-8")
    put(settings, CHECK, *(theirs(n) for n in range(1, 6)))
    ingest(settings)
    return settings


@pytest.fixture(scope="module")
def address(county: Settings) -> Iterator[str]:
    with serving(county) as address:
        yield address


@pytest.fixture
def page(person: BrowserContext) -> Iterator[Page]:
    person.clear_cookies()
    page = person.new_page()
    yield page
    page.close()


def test_some_are_ticked_and_settled_and_then_all_that_are_left(
    page: Page, address: str, county: Settings
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}/doubts")
    log_in(page, "office")
    expect(page.get_by_role("heading", name=f"其他单位的事项 · {FIRE}（5 个）")).to_be_visible()
    must_be_accessible(page)
    page.get_by_role("link", name="逐条看、一起定").click()
    must_be_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    for n in (0, 1):
        page.get_by_role("checkbox").nth(n).check()
    together = page.locator("#together")
    together.get_by_label("不收，不计入").check()
    together.get_by_label("理由").fill("与责任单位核对过")
    together.get_by_role("button", name="定下面勾选的").click()
    expect(page.get_by_role("status")).to_contain_text("2 个已记为“不收，不计入”")
    together.get_by_label("收入").check()
    # Without a reason nothing is sent: it stands for all of them.
    together.get_by_role("button", name="定这一组全部 3 个").click()
    expect(page.get_by_role("button", name="定这一组全部 3 个")).to_be_visible()
    together.get_by_label("理由").fill("核对过")
    together.get_by_role("button", name="定这一组全部 3 个").click()
    expect(page.get_by_text("这一组没有待定的了。")).to_be_visible()
    entries = tomllib.loads((county.raw / "confirmations.toml").read_text("utf-8"))["confirmation"]
    assert [each["answer"] for each in entries] == ["leave"] * 2 + ["take"] * 3
