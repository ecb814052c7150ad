"""A real Chromium logs in, sends a ledger in and records an acceptance, as a person would."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from analysis.ingest.pipeline import ingest, new_files
from analysis.settings import Settings
from tests.dashboards.people import HAZARDS, PASSWORD, make_county, write
from tests.dashboards.test_browser import WAIT_MS, serving

pytestmark = [pytest.mark.slow, pytest.mark.browser]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = make_county(tmp_path_factory.mktemp("county"))
    (settings.home / "yanpan.toml").write_text("login = true\n", encoding="utf-8")
    return settings


@pytest.fixture(scope="module")
def address(county: Settings) -> Iterator[str]:
    with serving(county) as address:
        yield address


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A visitor's page that fails the test on any error or any request to elsewhere."""
    context = browser.new_context(base_url=address)
    context.set_default_timeout(WAIT_MS)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    own = (address, "data:", "blob:")
    page.on("request", lambda r: None if r.url.startswith(own) else faults.append(r.url))
    yield page
    context.close()
    assert faults == []


def log_in(page: Page, name: str, password: str = PASSWORD) -> None:
    page.get_by_label("账号").fill(name)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()


def must_be_accessible(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_a_visitor_logs_in_and_comes_to_the_page_that_he_wanted(page: Page) -> None:
    page.goto("/overdue?as_of=2023-11-15")
    must_be_accessible(page)
    log_in(page, "education", "wrong-password")
    expect(page.get_by_role("alert")).to_have_text("账号或密码不对。")
    log_in(page, "education")
    expect(page.locator(".page-link.here")).to_have_text("逾期督办")
    expect(page.get_by_text("甲校", exact=False).first).to_be_visible()
    expect(page.get_by_text("乙站", exact=False)).to_have_count(0)
    expect(page.get_by_role("link", name="风险分布")).to_have_count(0)
    page.get_by_role("link", name="education").click()
    must_be_accessible(page)
    page.get_by_role("button", name="退出登录").click()
    page.goto("/overdue")
    expect(page.get_by_role("button", name="登录")).to_be_visible()


def test_a_unit_sends_its_ledger_in(page: Page, county: Settings, tmp_path: Path) -> None:
    row = [*HAZARDS[1][:-2], "已完成整改", "2023-11-10"]
    path = write(tmp_path / "隐患台账.xlsx", [HAZARDS[0], row, HAZARDS[3]])
    page.goto("/send")
    log_in(page, "education")
    must_be_accessible(page)
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="上传并核对").click()
    expect(page.get_by_text("与上次不同 1 项")).to_be_visible()
    must_be_accessible(page)
    assert new_files(county) == []
    page.get_by_role("button", name="确认报送").click()
    expect(page.get_by_role("status")).to_contain_text("已收到")
    expect(page.get_by_text("已收到，等待计入")).to_be_visible()
    waits = 0  # for the publisher of the server
    while not page.get_by_text("已计入：入库 1 行，重复 1 行").count():
        waits += 1
        assert waits < 60, "not published"
        page.wait_for_timeout(1000)
        page.reload()
    page.goto("/overdue?as_of=2023-11-15")
    expect(page.get_by_text("没有", exact=False).first).to_be_visible()


def test_the_office_accepts_what_is_done(page: Page, county: Settings, tmp_path: Path) -> None:
    evidence = tmp_path / "验收单.pdf"
    evidence.write_bytes(b"%PDF-1.7")
    page.goto("/acceptance")
    log_in(page, "office")
    must_be_accessible(page)
    row = page.locator("tr", has_text="丙校")
    row.get_by_role("link", name="登记验收").click()
    must_be_accessible(page)
    page.get_by_label("验收日期").fill("2023-11-01")
    page.get_by_label("销号日期").fill("2023-11-01")
    page.get_by_label("验收人").fill("钱七")
    page.locator("input[type=file]").set_input_files(evidence)
    page.get_by_role("button", name="登记").click()
    expect(page.get_by_role("status")).to_contain_text("已登记")
    expect(page.get_by_text("只能由另一人撤回")).to_be_visible()
    must_be_accessible(page)
    assert len(list(county.raw.glob("*/验收销号/001_*.csv"))) == 1


MARKUP = "<img src=x onerror=window.hit=1><script>window.hit=1</script>"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A county whose ledger has a script in every cell that may hold text."""
    settings = make_county(tmp_path_factory.mktemp("hostile"))
    (settings.home / "yanpan.toml").write_text("login = true\n", encoding="utf-8")
    head = [
        *HAZARDS[0],
        "隐患来源",
        "隐患类别",
        "所属乡镇",
        "隐患部位",
        "整改措施",
        "判定依据",
        "备注",
    ]
    dated = {"隐患编号", "整改期限", "检查日期", "完成日期", "整改状态"}
    plain = [*HAZARDS[1], *[""] * (len(head) - len(HAZARDS[0]))]
    row = [v if h in dated else f"{h}{MARKUP}" for h, v in zip(head, plain, strict=True)]
    unread = [v if h == "隐患编号" else MARKUP for h, v in zip(head, plain, strict=True)]
    unread[0] = f"9{MARKUP}"
    write(settings.raw / "2023-10-16" / "恶意.xlsx", [[f"台账{MARKUP}"], head, row, unread])
    ingest(settings)
    with serving(settings) as address:
        yield address


@pytest.mark.parametrize(
    "path", ["/", "/risk", "/progress", "/overdue", "/inspections", "/duties", "/quality", "/send"]
)
def test_a_script_in_any_cell_of_a_ledger_is_text(
    browser: Browser, hostile: str, path: str
) -> None:
    context = browser.new_context(base_url=hostile)
    context.set_default_timeout(WAIT_MS)
    page = context.new_page()
    page.goto("/login")
    log_in(page, "office")
    page.wait_for_url(f"{hostile}/**")
    page.goto(f"{path}?as_of=2023-11-15")
    expect(page.locator("main:not(.skeleton)")).to_be_visible()
    if path == "/overdue":
        page.locator(".ag-row", has_text="<img").first.click()
        expect(page.locator(".item")).to_contain_text("<img src=x")
    page.wait_for_timeout(500)
    assert page.locator("img[src='x']").count() == 0
    assert page.evaluate("window.hit") is None
    context.close()
