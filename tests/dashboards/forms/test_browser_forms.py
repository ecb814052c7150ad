"""A real Chromium logs in, sends a ledger in and records an acceptance, as a person would."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from analysis.ingest.pipeline import new_files
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse
from tests.dashboards.people import (
    HAZARDS,
    PASSWORD,
    make_county,
    published,
    strike_until,
    there,
    write,
)
from tests.dashboards.test_browser import HOSTILE, serving

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
def page(person: BrowserContext, address: str) -> Iterator[Page]:
    """A visitor's page that fails the test on any error or any request to elsewhere."""
    person.clear_cookies()
    page = person.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    own = (address, "data:", "blob:")
    page.on("request", lambda r: None if r.url.startswith(own) else faults.append(r.url))
    yield page
    page.close()
    assert faults == []


def log_in(page: Page, name: str, password: str = PASSWORD) -> None:
    page.get_by_label("账号").fill(name)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()


def reload_until(page: Page, words: str) -> None:
    """What is published is shown by every thread of the server within moments."""
    for _ in range(600):
        if page.get_by_text(words).count():
            return
        page.wait_for_timeout(200)
        page.reload()
    pytest.fail(f"never {words}")


def must_be_accessible(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_a_login_that_has_ended_leaves_no_figures_on_the_screen(
    page: Page, address: str, county: Settings
) -> None:
    page.goto(f"{address}/overdue?as_of=2023-11-15")
    log_in(page, "education")
    expect(there(page.locator(".stamp"))).to_be_visible()
    county.sessions.unlink()
    # Nobody does anything: the page asks by itself what is published, and is told.
    strike_until(page, "location.pathname === '/login'")
    expect(page).to_have_url(f"{address}/login?next=%2Foverdue%3Fas_of%3D2023-11-15")


def test_a_visitor_logs_in_and_comes_to_the_page_that_he_wanted(page: Page, address: str) -> None:
    page.goto(f"{address}/overdue?as_of=2023-11-15")
    must_be_accessible(page)
    log_in(page, "education", "wrong-password")
    expect(page.get_by_role("alert")).to_have_text("账号或密码不对。")
    log_in(page, "education")
    expect(there(page.locator(".page-link.here"))).to_have_text("逾期督办")
    expect(page.get_by_text("甲校", exact=False).first).to_be_visible()
    expect(page.get_by_text("乙站", exact=False)).to_have_count(0)
    expect(page.get_by_role("link", name="风险", exact=True)).to_have_count(0)
    page.locator("summary", has_text="education").click()
    page.get_by_role("link", name="我的账号").click()
    must_be_accessible(page)
    page.get_by_role("button", name="退出登录").click()
    page.goto(f"{address}/overdue")
    expect(page.get_by_role("button", name="登录")).to_be_visible()


def test_a_unit_sends_its_ledger_in(
    page: Page, address: str, county: Settings, tmp_path: Path
) -> None:
    row = [*HAZARDS[1][:-2], "已完成整改", "2023-11-10"]
    path = write(tmp_path / "隐患台账.xlsx", [HAZARDS[0], row, HAZARDS[3]])
    page.goto(f"{address}/send")
    log_in(page, "education")
    must_be_accessible(page)
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="上传并核对").click()
    expect(there(page.get_by_text("与上次不同 1 项"))).to_be_visible()
    must_be_accessible(page)
    assert new_files(county) == []
    with published(county):
        page.get_by_role("button", name="确认报送").click()
        expect(there(page.get_by_role("status"))).to_contain_text("已收到")
        expect(page.get_by_text("已收到，等待计入")).to_be_visible()
    reload_until(page, "已计入：入库 1 行，重复 1 行")
    page.goto(f"{address}/overdue?as_of=2023-11-15")
    expect(page.get_by_text("没有", exact=False).first).to_be_visible()


def log_out(page: Page, address: str) -> None:
    page.goto(f"{address}/account")
    page.get_by_role("button", name="退出登录").click()


def test_a_unit_sends_the_office_takes_back_and_the_unit_sends_again(
    page: Page, address: str, county: Settings, tmp_path: Path
) -> None:
    new = ["4", "丁校", "学校", "门锁坏了", "县教育局", "张三", "2023-12-01", "2023-10-02", "J1",
           "整改中", ""]  # fmt: skip
    rows = [HAZARDS[0], HAZARDS[1], HAZARDS[3]]
    slip = write(tmp_path / "报错的.xlsx", [*rows, [*new[:3], "门锁坏了三处", *new[4:]]])
    right = write(tmp_path / "改好的.xlsx", [*rows, new])

    def send(path: Path) -> None:
        page.locator("input[type=file]").set_input_files(path)
        page.get_by_role("button", name="上传并核对").click()
        page.get_by_role("button", name="确认报送").click()
        expect(there(page.get_by_role("status"))).to_contain_text("已收到")

    page.goto(f"{address}/send")
    log_in(page, "education")
    send(slip)
    log_out(page, address)
    page.goto(f"{address}/send")
    log_in(page, "office")
    page.locator("tr", has_text="报错的.xlsx").get_by_role("button").click()
    must_be_accessible(page)
    page.get_by_label("撤回原因").fill("单位来电")
    page.get_by_role("button", name="确认撤回").click()
    expect(there(page.get_by_role("status"))).to_contain_text("已撤回")
    must_be_accessible(page)
    log_out(page, address)
    page.goto(f"{address}/send")
    log_in(page, "education")
    expect(page.get_by_text("撤回（office：单位来电）")).to_be_visible()
    expect(page.get_by_label("报错的.xlsx", exact=False)).to_have_count(0)  # no button any more
    send(right)
    waits = 0  # for the publisher of the server, which may still be at what came before
    while "已计入" not in page.locator("tr", has_text="改好的.xlsx").inner_text():
        waits += 1
        assert waits < 180, "not published"
        page.wait_for_timeout(1000)
        page.reload()
    with open_warehouse(county.warehouse) as con:
        sql = "SELECT description FROM hazard WHERE site = '丁校' AND known_to IS NULL"
        assert fetch_rows(con, sql)[1] == [("门锁坏了",)]


def test_the_office_accepts_what_is_done(
    page: Page, address: str, county: Settings, tmp_path: Path
) -> None:
    evidence = tmp_path / "验收单.pdf"
    evidence.write_bytes(b"%PDF-1.7")
    page.goto(f"{address}/acceptance")
    log_in(page, "office")
    row = page.locator("tr", has_text="丙校")
    expect(there(row)).to_be_visible()  # it is looked at once it is there, not while it comes
    must_be_accessible(page)
    row.get_by_role("link", name="登记验收").click()
    expect(page.get_by_label("验收日期")).to_be_visible()
    must_be_accessible(page)
    page.get_by_label("验收日期").fill("2023-11-01")
    page.get_by_label("销号日期").fill("2023-11-01")
    page.get_by_label("验收人").fill("钱七")
    page.locator("input[type=file]").set_input_files(evidence)
    page.get_by_role("button", name="登记").click()
    expect(there(page.get_by_role("status"))).to_contain_text("已登记")
    expect(page.get_by_text("只能由另一人撤回")).to_be_visible()
    must_be_accessible(page)
    assert len(list(county.raw.glob("*/验收销号/001_*.csv"))) == 1


def test_two_roles_accept_send_back_do_again_and_accept(
    page: Page, address: str, county: Settings, tmp_path: Path
) -> None:
    """The office accepted 丙校; a second person sends it back, the unit does it again."""
    item = f"{address}/acceptance/item?id=H-县教育局-3"
    evidence = tmp_path / "验收单.pdf"
    evidence.write_bytes(b"%PDF-1.7")

    def as_account(name: str, path: str) -> None:
        page.context.clear_cookies()
        page.goto(path)
        log_in(page, name)

    def entered() -> None:
        expect(there(page.get_by_role("status"))).to_contain_text("已登记")

    as_account("second", item)
    reload_until(page, "现在是 已销号")
    page.get_by_label("复查日期").fill("2023-11-05")
    page.get_by_label("复查人").fill("郑十")
    page.get_by_label("重改期限").fill("2023-11-30")
    page.get_by_label("退回原因").fill("插座仍然破损")
    must_be_accessible(page)
    with published(county):
        page.get_by_role("button", name="退回").click()
        entered()
    reload_until(page, "现在是 逾期")
    expect(page.get_by_text("插座仍然破损")).to_be_visible()

    row = [*HAZARDS[3][:-1], "2023-11-20"]
    ledger = write(tmp_path / "重改台账.xlsx", [HAZARDS[0], row])
    as_account("education", f"{address}/send")
    page.locator("input[type=file]").set_input_files(ledger)
    page.get_by_role("button", name="上传并核对").click()
    with published(county):
        page.get_by_role("button", name="确认报送").click()
        expect(there(page.get_by_role("status"))).to_contain_text("已收到")

    as_account("office", item)
    reload_until(page, "现在是 待验收")
    page.get_by_label("验收日期").fill("2023-11-25")
    page.get_by_label("销号日期").fill("2023-11-25")
    page.get_by_label("验收人").fill("钱七")
    page.locator("input[type=file]").set_input_files(evidence)
    with published(county):
        page.get_by_role("button", name="登记").click()
        entered()
    reload_until(page, "现在是 已销号")
    must_be_accessible(page)


def test_a_script_in_a_file_that_is_sent_in_is_text(
    page: Page, address: str, tmp_path: Path
) -> None:
    """What is said of a file before it is confirmed repeats its words, and runs none of them."""
    row = [f"{cell}{HOSTILE}" for cell in HAZARDS[1]]
    path = write(tmp_path / "隐患台账.xlsx", [HAZARDS[0], row, HAZARDS[3]])
    page.goto(f"{address}/send")
    log_in(page, "education")
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="上传并核对").click()
    expect(page.get_by_text("<script>").first).to_be_visible()
    assert page.locator("img[src='x']").count() == 0
    assert page.evaluate("window.harmed") is None
