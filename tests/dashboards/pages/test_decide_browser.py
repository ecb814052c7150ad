"""An ask becomes a decision in a real Chromium: opened, filled in, recorded, counted."""

from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from analysis.warehouse.client import Warehouse
from analysis.warehouse.scope import Scope
from tests.dashboards.people import PASSWORD, served

pytestmark = [pytest.mark.slow, pytest.mark.browser]

DAY = "2023-12-15"


@pytest.fixture
def page(person: BrowserContext, county: Settings) -> Iterator[Page]:
    with served(county) as address:
        page = person.new_page()
        page.goto(f"{address}/?as_of={DAY}")
        page.locator("[name=name]").fill("office")
        page.locator("[name=password]").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        yield page
        person.clear_cookies()
        page.close()


def test_what_the_meeting_is_asked_opens_its_items_and_becomes_a_decision(
    page: Page, county: Settings
) -> None:
    ask = page.locator(".asks li").first
    expect(ask).to_contain_text("逾期满30天的2项，是否约谈责任单位负责人")
    ask.get_by_role("button").click()
    drawer = page.get_by_role("dialog")
    expect(drawer.locator(".ag-row")).to_have_count(2)
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()

    ask.get_by_role("link", name="记为议定事项").click()
    window = page.get_by_role("dialog", name="记为议定事项")
    expect(window.locator("[name=task]")).to_have_value(
        "逾期满30天的2项逐项明确责任人和完成时限，约谈责任单位负责人"
    )
    window.locator("[name=unit]").fill("县教育局")
    window.locator("[name=person]").fill("@张三")
    window.get_by_role("button", name="登记").click()
    expect(window.get_by_role("alert")).to_contain_text("责任人不能以")
    window.locator("[name=person]").fill("张三")
    window.get_by_role("button", name="登记").click()
    expect(window.get_by_role("status")).to_contain_text("专班办公室/001_议定事项.csv")
    page.keyboard.press("Escape")
    expect(window).to_have_count(0)

    ingest(county)
    with Warehouse(county.warehouse) as warehouse:
        items = warehouse.items(Scope(date.today()), "not_void")
    (decided,) = items[items["kind"] == "decision"].to_dict("records")
    assert (decided["unit"], decided["person"]) == ("县教育局", "张三")
