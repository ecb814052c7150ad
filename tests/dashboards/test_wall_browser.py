"""The 事项墙 in a real Chromium: pointed at, walked through by keys, clicked, narrowed, played."""

import json
from collections.abc import Iterator
from datetime import date

import pandas as pd
import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from analysis.settings import Settings
from analysis.warehouse.engine import open_warehouse
from dashboards.serving.page_cache import OUTPUT, PATH
from tests.dashboards.test_browser import barriers, serving, settled, watched

pytestmark = [pytest.mark.slow, pytest.mark.browser]

DAY = "2023-11-15"


@pytest.fixture(scope="module")
def address(committed: Settings) -> Iterator[str]:
    """The dashboard on the committed ledgers."""
    with serving(committed) as address:
        yield address


@pytest.fixture
def page(person: BrowserContext, address: str) -> Iterator[Page]:
    with watched(person, address) as page:
        page.goto(f"{address}/?as_of={DAY}")
        expect(page.locator(".wall .sq[data-id]").first).to_be_visible()
        yield page


def hung(settings: Settings, day: str, known_on: str | None = None) -> pd.DataFrame:
    """The rows of the metric."""
    with open_warehouse(settings.warehouse) as con:
        return con.execute(
            "FROM item_wall(CAST($day AS DATE), known_on := CAST($known_on AS DATE))",
            {"day": day, "known_on": known_on},
        ).df()


def cell(page: Page, at: int = 0) -> Locator:
    return page.locator(".wall-cell").nth(at)


def test_a_square_tells_what_it_is_where_it_is_pointed_at(page: Page) -> None:
    square = page.locator(".wall .sq[data-id]").first
    square.hover()
    words = square.get_attribute("aria-label") or ""
    assert words.startswith("逾期")
    tip = page.locator(".wall-tip")
    expect(tip).to_be_visible()
    expect(tip.locator("div")).to_have_text(words.split("｜"))


def test_every_item_of_the_day_is_on_the_wall(page: Page, committed: Settings) -> None:
    rows = hung(committed, DAY)
    total, _, finished = page.locator(".wall-finished").inner_text().partition("。")
    assert total.startswith(f"共{rows['items'].sum()}项")
    squares = page.locator(".wall .sq[data-id]").count()
    # «✓ 30»: finished items of a cell, a number where the screen has no room for their squares
    folded = sum(
        int(text.split()[-1]) for text in page.locator(".wall-cell text").all_text_contents()
    )
    lines = int(finished.partition("的")[2].partition("项")[0])
    assert squares + folded + lines == rows["items"].sum()
    late = page.locator(".wall .sq:is(.late-1, .late-2, .late-3)").count()
    assert late == rows.loc[rows["is_overdue"], "items"].sum()


def test_a_click_on_a_square_opens_its_item_also_twice(page: Page) -> None:
    square = page.locator(".wall .sq[data-id]").first
    title = (square.get_attribute("aria-label") or "").split("｜")[1]
    for _ in range(2):
        square.click()
        expect(page.get_by_role("dialog").locator("h3")).to_have_text(title)
        page.get_by_role("button", name="关闭", exact=True).click()
        expect(page.get_by_role("dialog")).not_to_be_visible()


def test_arrow_keys_walk_from_cell_to_cell_and_into_one(page: Page) -> None:
    page.locator('.wall [tabindex="0"]').focus()
    here = page.locator(".wall :focus")
    expect(here).to_have_class("wall-row")  # one stop for the tabulator, the first unit
    first = cell(page).get_attribute("aria-label") or ""
    page.keyboard.press("ArrowRight")
    expect(here).to_have_attribute("aria-label", first)
    page.keyboard.press("ArrowUp")
    expect(here).to_have_class("wall-col")
    page.keyboard.press("ArrowDown")
    expect(here).to_have_attribute("aria-label", first)
    page.keyboard.press("ArrowRight")
    several = cell(page, 1).get_attribute("aria-label") or ""
    expect(here).to_have_attribute("aria-label", several)
    page.keyboard.press(" ")
    squares = cell(page, 1).locator(".sq[data-id]")
    expect(squares.nth(0)).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(squares.nth(1)).to_be_focused()
    page.keyboard.press("Escape")
    expect(cell(page, 1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").locator("h3")).to_have_text(several)


def test_a_unit_narrows_every_figure_and_once_more_lets_all_in(page: Page, address: str) -> None:
    row = page.locator(".wall-row").nth(1)
    name = row.get_attribute("data-member") or ""
    row.click()
    expect(page.locator(".wall-row")).to_have_count(1)
    assert f"unit={name}" in page.evaluate("decodeURIComponent(location.search)")
    expect(page.locator("#shell-unit")).to_have_value(name)
    page.locator(".wall-row").click()
    expect(page.locator(".wall-row").nth(1)).to_be_visible()
    assert "unit" not in page.evaluate("location.search")


def test_drawings_of_a_new_scope_are_asked_for_once_and_do_not_wait_for_its_page(
    page: Page,
) -> None:
    """The page is held back until its drawings have been answered."""
    asked: list[str] = []
    page.on("request", lambda sent: asked.append(sent.url) if "unit=" in sent.url else None)

    def after_the_drawings(route: Route) -> None:
        # it is asked for first, and goes on when all the others have been answered
        if json.loads(route.request.post_data or "{}").get("output") == OUTPUT:
            for name in ("/wall?", "/first/lines?", "/first/measures?"):
                page.wait_for_function(
                    "name => performance.getEntriesByType('resource')"
                    ".some(each => each.name.includes(name) && each.name.includes('unit='))",
                    arg=name,
                )
        route.continue_()

    page.route(f"**{PATH}", after_the_drawings)
    page.locator(".wall-row").nth(1).click()
    expect(page.locator(".wall-row")).to_have_count(1)
    for name in ("/wall?", "/first/lines?", "/first/measures?"):
        assert sum(name in url for url in asked) == 1, asked


def test_the_head_of_a_column_lists_what_is_due_there(page: Page, committed: Settings) -> None:
    rows = hung(committed, DAY)
    due = rows.loc[rows["column_on"] == pd.Timestamp("2023-11-29"), "items"].sum()
    page.get_by_role("button", name="11月29日前的事项，列出").click()
    drawer = page.get_by_role("dialog")
    expect(drawer.locator("h3")).to_have_text("11月29日前的事项")
    expect(drawer.locator(".note")).to_have_text(f"{due} 项；点一行看事项全貌。")
    drawer.locator(".ag-row").first.click()
    expect(drawer.get_by_role("heading", name="历次报送")).to_be_visible()


def test_rows_and_colours_are_chosen_by_a_button(page: Page) -> None:
    page.get_by_role("button", name="乡镇", exact=True).click()
    expect(page.locator('.wall-row[data-member="城关镇"]')).to_be_visible()
    page.get_by_role("button", name="四色", exact=True).click()
    letter = page.locator(".wall .letter").first
    expect(letter).to_be_visible()
    assert letter.text_content() in {"红", "橙", "黄", "蓝"}


def test_what_changed_alone_is_lit(page: Page) -> None:
    page.get_by_role("button", name="只亮变化的").click()
    expect(page.locator(".wall.only-lit")).to_be_visible()
    lit = page.locator(".wall .sq.lit").count()
    assert lit > 0
    assert (
        page.locator(".wall .sq:not(.lit)").first.evaluate("s => getComputedStyle(s).opacity")
        == "0.18"
    )


def test_the_slider_shows_a_day_as_it_was_known_then(page: Page, committed: Settings) -> None:
    slider = page.locator(".wall-slider")
    stops = json.loads(slider.get_attribute("data-stops") or "")
    day, words = next(stop for stop in stops if "工作节点" in stop[1])
    slider.fill(str(stops.index([day, words])))
    expect(page.locator(".wall-day")).to_have_text(words)
    rows = hung(committed, day, day)
    expect(page.get_by_role("group", name=f"事项墙，{rows['items'].sum()}项")).to_be_visible()
    late = page.locator(".wall .sq:is(.late-1, .late-2, .late-3)")
    expect(late).to_have_count(int(rows.loc[rows["is_overdue"], "items"].sum()))
    assert date.fromisoformat(day) < date.fromisoformat(DAY)


def test_it_plays_to_the_day_and_then_stands(page: Page, committed: Settings) -> None:
    slider = page.locator(".wall-slider")
    last = int(slider.get_attribute("max") or "")
    slider.fill(str(last - 1))
    page.locator(".wall-play").click()
    expect(page.locator(".wall-play")).to_have_text("❚❚")
    expect(slider).to_have_value(str(last))
    expect(page.locator(".wall-play")).to_have_text("▶")
    total = hung(committed, DAY)["items"].sum()
    expect(page.get_by_role("group", name=f"事项墙，{total}项")).to_be_visible()


def test_on_a_telephone_the_names_stay_where_the_wall_is_scrolled(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.reload()
    expect(page.locator(".wall .sq[data-id]").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    name = page.locator(".wall-row").first
    name.scroll_into_view_if_needed()
    box = page.locator(".wall-scroll")
    before = name.bounding_box()
    box.evaluate("box => { box.scrollLeft = 600; }")
    assert box.evaluate("box => box.scrollLeft") == 600
    assert name.bounding_box() == before


def test_the_wall_bars_nobody(page: Page) -> None:
    settled(page)
    assert barriers(page) == []
    page.get_by_role("button", name="四色", exact=True).click()
    expect(page.locator(".wall .letter").first).to_be_visible()
    page.get_by_role("button", name="换成深色或浅色").click()
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
    assert barriers(page, runOnly=["color-contrast"]) == []
