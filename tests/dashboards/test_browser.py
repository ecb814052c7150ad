"""A real Chromium opens the page, changes the day, and sees what the metric's SQL gives."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from openpyxl import Workbook
from playwright.sync_api import BrowserContext, Locator, Page, expect

from analysis.briefing.changes import accident_sentence
from analysis.demo import SEED, UNTIL
from analysis.demo.life import make_life
from analysis.demo.truth import METRICS, Knowledge
from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from analysis.warehouse.engine import fetch, open_warehouse
from analysis.wording.values import share
from dashboards.app import GROUPS, pages
from dashboards.serving.address import Address
from dashboards.serving.data import Data
from tests.conftest import ROOT
from tests.dashboards.people import strike_until, there
from tests.dashboards.test_app import OWN_PAGES
from tests.depth import DEEP

#: A metric by its name, for the scope of a test.
Metric = Callable[[str], pd.DataFrame]

pytestmark = [pytest.mark.slow, pytest.mark.browser]

#: The demonstration's items on 15 November, and the printed plan's seven with a deadline.
LIFE = Knowledge(make_life(UNTIL, SEED), UNTIL)
(DEMO,) = METRICS["overview"](LIFE, date(2023, 11, 15))
(FARMING,) = (
    row
    for row in METRICS["completion"](LIFE, date(2023, 11, 15))
    if row["member"] == "县农业农村局"
)
TOTAL = f"应整改{DEMO['total'] + 7}项"

#: The middle of the widest bar of the townships, where a person would click.
WIDEST_BAR = """(() => {
    const bars = [...document.querySelectorAll('#risk-townships .bars .point path')]
        .map(bar => bar.getBoundingClientRect());
    const widest = bars.reduce((a, b) => b.width > a.width ? b : a);
    return [widest.x + widest.width / 2, widest.y + widest.height / 2];
})()"""


#: Where the dark is looked at too; the colours are those of the tokens, whose contrast has a test.
DARKENED = ("/", "/risk", "/overdue")


@pytest.fixture(scope="module")
def address(committed: Settings) -> Iterator[str]:
    """The dashboard on the committed ledgers."""
    with serving(committed) as address:
        yield address


#: The program, whose publisher takes no rest after a publication, nor before it looks for the next,
#: and stands behind nobody: nobody else reads meanwhile.
UNRESTING = (
    "from analysis.intake import publisher; "
    "publisher.PAUSE_TIMES, publisher.LOOK_EVERY_S, publisher.NICENESS = 0.0, 0.1, 0; "
    "from analysis.cli import main; main()"
)


@contextmanager
def serving(settings: Settings) -> Iterator[str]:
    """The dashboard as ``yanpan serve`` serves it, on a free port that it names itself."""
    command = [sys.executable, "-c", UNRESTING, "serve", "--port", "0"]
    command += ["--home", str(settings.home)]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, encoding="utf-8", env=environment
    ) as server:
        assert server.stdout
        said = server.stdout.readline()
        assert said.startswith("看板已就绪：http://127.0.0.1:"), said
        yield said.split("：")[1].split("/ ")[0]
        server.terminate()


@pytest.fixture
def page(person: BrowserContext, address: str) -> Iterator[Page]:
    """A page that fails the test on any error in the console or any request to elsewhere."""
    with watched(person, address) as page:
        yield page


@pytest.fixture(scope="module", params=OWN_PAGES)
def opened(person: BrowserContext, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Each page of the dashboard in its turn, opened once and looked at by several tests."""
    with watched(person, address) as page:
        page.goto(f"{address}{request.param}?as_of=2023-11-15")
        yield page


@contextmanager
def watched(person: BrowserContext, address: str) -> Iterator[Page]:
    page = person.new_page()
    page.set_viewport_size({"width": 1366, "height": 768})
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    own = (address, "data:", "blob:")
    page.on("request", lambda r: None if r.url.startswith(own) else faults.append(r.url))
    yield page
    page.evaluate("localStorage.clear()")
    page.close()
    assert faults == []


def settled(page: Page) -> None:
    """Wait until the page's figures are there, each chart and each grid with its rows."""
    expect(there(page.locator("main:not(.skeleton)"))).to_be_visible()
    for chart in page.locator("main .chart").all():
        expect(chart.locator(".main-svg").first).to_be_attached()
    for grid in page.locator("main .grid").all():
        grid.scroll_into_view_if_needed()
        expect(grid.locator(".ag-header-cell").first).to_be_attached()
        expect(grid.locator(".ag-row, .ag-overlay-no-rows-center").first).to_be_attached()


def overview(settings: Settings, day: date) -> dict[str, float]:
    with open_warehouse(settings.warehouse) as con:
        return fetch(con, "FROM overview($day)", {"day": day}).iloc[0].to_dict()


def expect_figures(page: Page, settings: Settings, day: date) -> None:
    """The numbers show what the metric's macro gives for the day."""
    row = overview(settings, day)
    shown = {
        "completion_rate": f"{row['completion_rate']:.2%}",
        "on_time_rate": f"{row['on_time_rate']:.2%}",
        "overdue": f"{row['overdue']:.0f}",
        "due_soon": f"{row['due_soon']:.0f}",
        "major_open": f"{row['major_open']:.0f}",
    }
    for column, text in shown.items():
        expect(number(page, column).locator(".kpi-value")).to_have_text(text)
    parts = f"{row['done']:.0f}/{row['total']:.0f}"
    expect(number(page, "completion_rate").locator(".kpi-parts")).to_have_text(parts)


def number(page: Page, column: str) -> Locator:
    """One of the six numbers of the first screen."""
    return page.locator(f".kpi[data-column={column}]")


def counted(page: Page) -> Locator:
    """How many are done of how many."""
    return number(page, "completion_rate").locator(".kpi-parts")


def test_changing_the_day_changes_the_figures_to_what_the_sql_gives(
    page: Page, address: str, committed: Settings
) -> None:
    page.goto(f"{address}/")
    there(number(page, "overdue").locator(".kpi-value"))
    expect_figures(page, committed, UNTIL)
    page.locator("#shell-as_of").click()
    for _ in range(3):  # from January back to October
        page.get_by_role("button", name="上一月").click()
    page.get_by_role("button", name="20 10月 2023", exact=True).click()
    expect(page).to_have_url(f"{address}/?as_of=2023-10-20")
    expect_figures(page, committed, date(2023, 10, 20))


def test_the_address_holds_the_state(page: Page, address: str, committed: Settings) -> None:
    page.goto(f"{address}/?as_of=2023-10-20")
    there(number(page, "overdue").locator(".kpi-value"))
    expect_figures(page, committed, date(2023, 10, 20))
    page.locator("summary.scope-button").click()
    page.locator(".controls").get_by_text("三清单", exact=True).click()
    expect(page).to_have_url(f"{address}/?as_of=2023-10-20&kind=measure")
    with open_warehouse(committed.warehouse) as con:
        sql = "FROM completion($day) WHERE dimension = 'kind' AND member = 'measure'"
        row = fetch(con, sql, {"day": date(2023, 10, 20)}).iloc[0]
    expect(counted(page)).to_have_text(f"{row['done']:.0f}/{row['total']:.0f}")
    page.go_back()
    expect_figures(page, committed, date(2023, 10, 20))


@pytest.mark.parametrize("size", [(1920, 1080), (1366, 768)])
def test_nothing_is_wider_than_the_screen_or_cut_in_a_card(
    page: Page, address: str, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"{address}/?as_of=2023-11-15")
    settled(page)
    expect(page.locator(".wall .sq[data-id]").first).to_be_attached()
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    cut = """
        [...document.querySelectorAll('.kpi, .panel, .asks, .claim, .group, .shell-header')]
            .filter(e => e.scrollWidth > e.clientWidth).length
    """
    assert page.evaluate(cut) == 0


def test_no_serious_barrier_to_anybody(opened: Page) -> None:
    """axe-core finds nothing serious or critical: names, contrast, keyboard, landmarks.

    In the dark, the words are as readable.
    """
    opened.set_viewport_size({"width": 1366, "height": 768})
    settled(opened)
    assert barriers(opened) == []
    if DEEP or urlsplit(opened.url).path in DARKENED:
        opened.get_by_role("button", name="换成深色或浅色").click()
        expect(opened.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
        assert barriers(opened, runOnly=["color-contrast"]) == []


def test_no_serious_barrier_at_the_meeting(page: Page, address: str) -> None:
    page.goto(f"{address}/?meeting=1&as_of=2023-11-15")
    settled(page)
    assert barriers(page) == []


def barriers(page: Page, **options: Any) -> list[tuple[str, str]]:
    """Rule and place of what axe-core finds that is serious or critical."""
    found = Axe().run(page, options={"resultTypes": ["violations"], **options})
    return [
        (each["id"], node["html"])
        for each in found.response["violations"] if each["impact"] in {"serious", "critical"}
        for node in each["nodes"]
    ]  # fmt: skip


def test_every_page_stands_on_every_screen(opened: Page) -> None:
    path = urlsplit(opened.url).path
    group = next(name for name, modules in GROUPS.items() if pages_of(modules) & {path})
    title = pages()[path].TITLE if len(pages_of(GROUPS[group]) & {*OWN_PAGES}) > 1 else ""
    expect(opened.locator("main .panel:not(.bone)").first).to_be_visible()
    named = f"{pages()[path].TITLE} · 研判台"
    expect(opened).to_have_title("研判台" if path == "/" else named)
    for width in (1920, 1366, 390):
        opened.set_viewport_size({"width": width, "height": 844})
        expect(opened.locator(".group.here")).to_have_text(group)
        expect(opened.locator(".page-link.here")).to_have_text([title] if title else [])
        expect(opened.get_by_text("含模拟数据")).to_be_visible()
        # As wide as its content: nothing lies beyond the edge.
        expect(opened.locator("html")).to_have_js_property("scrollWidth", width)


def pages_of(modules: Sequence[str]) -> set[str]:
    """The paths of a group's pages."""
    return {path for path, module in pages().items() if module.__name__.split(".")[-1] in modules}


def level_counts(metric: Metric) -> str:
    rows = metric("completion")
    row = rows[(rows["dimension"] == "level") & (rows["member"] == "一般")].iloc[0]
    return f"一般　{row['done']}/{row['total']}"


def coverage(metric: Metric) -> str:
    rows = metric("inspection_coverage")
    row = rows[(rows["dimension"] == "risk_level") & (rows["member"] == "蓝")].iloc[0]
    return f"{share(row['coverage_rate'], row['sites'])}　{row['inspected']}/{row['sites']}"


def this_year(metric: Metric) -> str:
    rows = metric("accident_yoy")
    own = rows[(rows["source"] == "records") & (rows["period"] == "year")]
    return accident_sentence(own.iloc[0])


def disagreements(metric: Metric) -> str:
    rows = metric("report_reconciliation")
    apart = int((rows["difference"].fillna(0) != 0).sum())
    return f"半月报与台账不一致（{apart} 处，共核对 {len(rows)} 处）"


def late(metric: Metric) -> str:
    return f"{metric('overview')['overdue'].iloc[0]}项逾期没有完成"


#: Page → words on it that hold figures of a metric, or words where it holds none.
FIGURES: dict[str, Callable[[Metric], str]] = {
    "/": late,
    "/query": lambda metric: "查询语句（只读 SQL）",
    "/risk": lambda metric: f"屡查屡犯（有记录以来，{len(metric('recurrence'))} 条）",
    "/progress": level_counts,
    "/overdue": lambda metric: f"逾期事项（{len(metric('overdue'))} 项）",
    "/accidents": this_year,
    "/inspections": coverage,
    "/duties": disagreements,
    "/quality": lambda metric: f"销号疑点（{len(metric('suspect_closure'))} 项）",
}


def test_each_page_shows_what_its_metric_gives_filtered_or_not(
    opened: Page, address: str, committed: Settings
) -> None:
    path = urlsplit(opened.url).path
    said, data = FIGURES[path], Data(committed)
    for chosen in ({}, {"unit": "县文化和旅游局"}):
        asked = Address(date(2023, 11, 15), chosen=chosen)
        scope = asked.scope(date(2023, 11, 15))
        if chosen:
            opened.goto(f"{address}{path}{asked.search()}")
        figures = said(lambda name, scope=scope: data.metric(name, scope))
        expect(there(opened.locator("main:not(.skeleton)"))).to_contain_text(figures)


def test_a_bar_narrows_the_page_and_a_second_click_widens_it(page: Page, address: str) -> None:
    page.goto(f"{address}/risk?as_of=2023-11-15")
    page.locator("#risk-townships .bars path").first.wait_for(state="attached")

    def click_a_bar() -> None:
        page.mouse.click(*page.evaluate(WIDEST_BAR))

    click_a_bar()
    expect(page.locator("#shell-township")).not_to_have_value("")
    assert "township=" in page.url
    expect(page.locator("#risk-townships .ytick")).to_have_count(1)
    click_a_bar()
    expect(page.locator("#shell-township")).to_have_value("")


def test_a_number_opens_its_rows_and_a_row_its_item(page: Page, address: str) -> None:
    page.goto(f"{address}/?as_of=2023-11-15")
    number(page, "overdue").click()
    drawer = page.get_by_role("dialog")
    expect(
        drawer.get_by_role("heading", name=f"逾期未完成：{DEMO['overdue'] + 3} 项")
    ).to_be_visible()
    drawer.locator(".ag-cell").first.click()
    expect(drawer.get_by_role("heading", name="历次报送")).to_be_visible()


def test_what_is_published_anew_is_shown_without_a_reload(
    person: BrowserContext, tmp_path: Path
) -> None:
    home = Settings(home=tmp_path)
    add_hazards(home, "2023-10-15", 1)
    ingest(home)
    with serving(home) as address:
        page = person.new_page()
        page.goto(f"{address}/?as_of=2023-11-15")
        expect(counted(page)).to_have_text("0/1")
        add_hazards(home, "2023-10-31", 3)
        ingest(home)
        strike_until(
            page,
            "document.querySelector('.kpi[data-column=completion_rate] .kpi-parts')"
            "?.textContent === '0/3'",
        )
        page.close()


def add_hazards(home: Settings, received: str, count: int) -> None:
    """A unit's ledger of so many hazards, received on that day."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["填报单位：县教育局（模拟数据）"])
    sheet.append(["隐患编号", "场所名称", "隐患描述", "责任单位", "整改期限", "检查日期"])
    for number in range(1, count + 1):
        sheet.append([f"Y{number}", f"场所{number}", f"灭火器过期{number}", "县教育局",
                      "2023-12-01", "2023-09-01"])  # fmt: skip
    folder = home.raw / received
    folder.mkdir(parents=True)
    book.save(folder / "模拟数据_隐患台账_县教育局.xlsx")


def test_the_letter_to_a_unit_is_saved(page: Page, address: str) -> None:
    page.goto(f"{address}/overdue?as_of=2023-11-15")
    with page.expect_download() as letter:
        page.get_by_title("下载给县文化和旅游局的督办函").click()
    assert letter.value.suggested_filename == "督办函_县文化和旅游局_2023-11-15.docx"


def test_the_scope_goes_along_from_page_to_page(page: Page, address: str) -> None:
    page.goto(f"{address}/?as_of=2023-11-15")
    page.locator("summary.scope-button").click()
    page.locator("#shell-unit").click()
    page.get_by_role("option", name="县农业农村局").click()
    expect(counted(page)).to_have_text(f"{FARMING['done']}/{FARMING['total']}")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="整改", exact=True).click()
    page.get_by_role("link", name="逾期督办").click()
    expect(page.get_by_role("heading", name=f"逾期事项（{FARMING['overdue']} 项）")).to_be_visible()
    expect(page.locator("#shell-unit")).to_have_value("县农业农村局")
    assert "as_of=2023-11-15&unit=" in page.url


def test_a_row_opens_its_item_with_its_history_and_its_source(page: Page, address: str) -> None:
    page.goto(f"{address}/overdue?as_of=2023-11-15")
    page.locator(".ag-cell", has_text="南坪乡旅游民宿7号").first.click()
    drawer = page.get_by_role("dialog")
    expect(drawer.get_by_role("heading", name="历次报送")).to_be_visible()
    expect(drawer.get_by_text("模拟数据_隐患台账_县文化和旅游局.xlsx").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()


def test_the_meeting_is_led_by_keys(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto(f"{address}/?as_of=2023-11-15")
    page.get_by_role("link", name="会议模式").click()
    expect(page.get_by_role("heading", name=TOTAL)).to_be_visible()
    expect(page.locator("#meeting-units .main-svg").first).to_be_attached()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("heading", name="与10月10日形势研判会当时所知相比")).to_be_visible()
    expect(page.get_by_role("heading", name=TOTAL)).to_be_hidden()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("heading", name=TOTAL)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".kpis")).to_be_visible()
    assert page.url == f"{address}/?as_of=2023-11-15"


def test_a_query_is_asked_and_a_forbidden_one_refused(page: Page, address: str) -> None:
    page.goto(f"{address}/query?as_of=2023-11-15")
    page.get_by_role("button", name="查询", exact=True).click()
    expect(page.locator(".ag-cell", has_text="县交通局")).to_be_visible()
    page.locator("#query-text").fill("DELETE FROM hazard")
    page.get_by_role("button", name="查询", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("只能查询")


HOSTILE = "<script>window.harmed = 1</script><img src=x onerror='window.harmed = 1'>"


def test_text_from_a_ledger_is_never_markup(person: BrowserContext, tmp_path: Path) -> None:
    """Hostile words in every text of a ledger are shown as words, on every page."""
    home = Settings(home=tmp_path)
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append([f"台账{HOSTILE}"])
    free = ["场所名称", "所属乡镇", "业态", "隐患描述", "隐患类别", "责任单位", "责任人",
            "隐患来源", "隐患部位", "整改措施", "判定依据", "备注"]  # fmt: skip
    sheet.append(["隐患编号", "隐患等级", "整改期限", "检查日期", "整改状态", *free])
    dated = ["重大", "2023-10-01", "2023-09-01", "整改中"]
    for number, text in enumerate((HOSTILE, "很长" * 500, "=1+1", "@SUM(A1)"), start=1):
        sheet.append([f"{number}", *dated, *(f"{text}{number}" for _ in free)])
    sheet.append([f"9{HOSTILE}", *[HOSTILE] * 4, *[HOSTILE] * len(free)])  # days that are none
    (home.raw / "2023-10-15").mkdir(parents=True)
    book.save(home.raw / "2023-10-15" / "模拟数据_隐患台账.xlsx")
    ingest(home)
    with serving(home) as address:
        page = person.new_page()
        for path in OWN_PAGES:
            page.goto(f"{address}{path}?as_of=2023-11-15")
            settled(page)
            if path == "/overdue":
                page.locator(".ag-cell", has_text="<script>").first.click()
                expect(page.get_by_role("dialog").get_by_text(HOSTILE).first).to_be_visible()
            assert page.locator("img[src='x']").count() == 0
            assert page.evaluate("window.harmed") is None
        page.close()


def test_a_panels_data_and_picture_are_saved(page: Page, address: str) -> None:
    page.goto(f"{address}/overdue?as_of=2023-11-15")
    expect(page.locator("#overdue-ageing .main-svg").first).to_be_visible()
    with page.expect_download() as data:
        page.get_by_role("link", name="数据", exact=True).first.click()
    assert data.value.suggested_filename.endswith("2023-11-15.csv")
    page.locator(".chart").first.hover()
    with page.expect_download() as picture:
        page.get_by_role("button", name="图片").first.click()
    assert picture.value.suggested_filename.endswith(".png")
    assert picture.value.path().read_bytes().startswith(b"\x89PNG")


def test_the_definition_is_one_click_away(page: Page, address: str) -> None:
    page.goto(f"{address}/?as_of=2023-11-15")
    page.locator(".panel").first.get_by_text("口径", exact=True).click()
    expect(page.get_by_text("指标名称：item_wall")).to_be_visible()


def test_every_label_is_chinese(page: Page, address: str) -> None:
    """No run of Latin letters is shown, but for file names among the sources."""
    page.goto(f"{address}/?as_of=2023-11-15")
    settled(page)
    expect(page.locator(".wall-legend")).to_be_visible()
    shown = page.evaluate(
        "[...document.querySelectorAll('h1, h2, .kpi, .stamp, .asks, .changes, .note,"
        " .later text, .controls, .days, .wall-tools, .wall-legend, .wall text')]"
        ".map(e => e.innerText ?? e.textContent)"
    )
    latin = [text for text in shown if any(c.isascii() and c.isalpha() for c in text)]
    assert latin == []
