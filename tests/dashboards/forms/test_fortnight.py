"""A fortnight of sending, correcting, closing, returning and taking back in a real Chromium.

模拟数据. Two accounts play it, the unit's (县教育局) and the office's; the figures at its end are
counted by hand.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from tests.dashboards.days import Calendar, calendar
from tests.dashboards.people import HAZARDS, PASSWORD, served, there, write

pytestmark = [pytest.mark.slow, pytest.mark.browser]

HEAD, *_ = HAZARDS
OPEN, DONE = "整改中", "已完成整改"
#: Number → place, fault, found on, deadline. The county has 1 and 3 already, and 2 of another unit.
PLAN = {
    "1": ("甲校", "灭火器过期", "2023-10-01", "2023-11-01"),
    "3": ("丙校", "插座破损", "2023-10-02", "2023-12-01"),
    "4": ("丁校", "实验室通风柜停用", "2023-10-25", "2023-11-10"),
    "5": ("戊校", "食堂燃气报警器没有接电", "2023-10-25", "2023-11-10"),
    "6": ("己校", "操场看台栏杆松动", "2023-10-25", "2023-11-18"),
}


def rows(**done: str) -> list[list[Any]]:
    """The unit's whole list, what is done with its day: ``n3="2023-10-20"``."""
    found = [HEAD]
    for number, (site, fault, found_on, due_on) in PLAN.items():
        day = done.get(f"n{number}", "")
        found.append([number, site, "学校", fault, "县教育局", "张三", due_on, found_on, "",
                      DONE if day else OPEN, day])  # fmt: skip
    return found


@dataclass
class Fortnight:
    """The county, its dashboard and a browser on a day; who acts is whoever is logged in."""

    county: Settings
    address: str
    page: Page
    calendar: Calendar
    folder: Path

    def on(self, day: int, account: str) -> None:
        """Somebody sits down at the dashboard on a day of November."""
        self.calendar.today = date(2023, 11, day)
        self.page.context.clear_cookies()
        self.page.goto(f"{self.address}/send")
        self.page.get_by_label("账号").fill(account)
        self.page.get_by_label("密码").fill(PASSWORD)
        self.page.get_by_role("button", name="登录").click()
        expect(there(self.page.get_by_role("heading", name="最近收到的文件"))).to_be_visible()

    def send(self, name: str, table: list[list[Any]]) -> None:
        self.page.goto(f"{self.address}/send")
        path = write(self.folder / name, table)
        self.page.locator("input[type=file]").set_input_files(path)
        self.page.get_by_role("button", name="上传并核对").click()
        self.page.get_by_role("button", name="确认报送").click()
        expect(there(self.page.get_by_role("status"))).to_contain_text("已收到")

    def take_back(self, name: str, reason: str) -> None:
        self.page.goto(f"{self.address}/send")
        self.page.locator("tr", has_text=name).get_by_role("button").click()
        self.page.get_by_label("撤回原因").fill(reason)
        self.page.get_by_role("button", name="确认撤回").click()
        expect(there(self.page.get_by_role("status"))).to_contain_text("已撤回")

    def publish(self) -> None:
        """What the publisher does meanwhile."""
        ingest(self.county)

    def open_item(self, number: str, state: str) -> None:
        self.page.goto(f"{self.address}/acceptance/item?id=H-县教育局-{number}")
        expect(there(self.page.get_by_text(f"现在是 {state}"))).to_be_visible()

    def accept(self, number: str, accepted_on: str, signer: str) -> None:
        self.open_item(number, "待验收")
        evidence = self.folder / "验收单.pdf"
        evidence.write_bytes(b"%PDF-1.7")
        self.page.get_by_label("验收日期").fill(accepted_on)
        self.page.get_by_label("销号日期").fill(accepted_on)
        self.page.get_by_label("验收人").fill(signer)
        self.page.locator("input[type=file]").set_input_files(evidence)
        self.page.get_by_role("button", name="登记").click()
        expect(there(self.page.get_by_role("status"))).to_contain_text("已登记")

    def send_back(self, number: str, checked_on: str, reason: str, due_on: str) -> None:
        self.open_item(number, "待验收")
        self.page.get_by_label("复查日期").fill(checked_on)
        self.page.get_by_label("复查人").fill("郑十")
        self.page.get_by_label("重改期限").fill(due_on)
        self.page.get_by_label("退回原因").fill(reason)
        self.page.get_by_role("button", name="退回").click()
        expect(there(self.page.get_by_role("status"))).to_contain_text("已登记")

    def expect_cards(self, query: str = "", **cards: str) -> None:
        self.page.goto(f"{self.address}/progress{query}")
        for name, text in cards.items():
            expect(there(self.page.locator(f"#card-{name} .card-value"))).to_have_text(text)


@pytest.fixture
def fortnight(county: Settings, person: BrowserContext, tmp_path: Path) -> Iterator[Fortnight]:
    """The dashboard on 1 November; any error of a page fails the test."""
    with calendar(date(2023, 11, 1)) as today, served(county) as address:
        page = person.new_page()
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        yield Fortnight(county, address, page, today, tmp_path)
        page.close()
        assert faults == []


def test_a_fortnight_of_two_accounts_ends_in_the_figures_counted_by_hand(
    fortnight: Fortnight,
) -> None:
    play = fortnight
    page = play.page
    done_before = {"n3": "2023-10-20"}

    # 1 November: the list, with a slip in a deadline; put right the same day.
    play.on(1, "education")
    slip = rows(**done_before)
    slip[3][6] = "2023-12-10"
    play.send("隐患台账.xlsx", slip)
    play.send("隐患台账（更正）.xlsx", rows(**done_before))
    play.publish()
    play.expect_cards(total="5", completion_rate="20%")
    expect(page.get_by_text("2023-12-10")).to_have_count(0)

    # 3 November: 4 and 5 are reported done.
    play.on(3, "education")
    both = done_before | {"n4": "2023-11-02", "n5": "2023-11-02"}
    play.send("隐患台账.xlsx", rows(**both))
    play.publish()
    play.expect_cards(completion_rate="60%", closure_rate="0%")

    # 5 November: the office accepts 4 and sends 5 back.
    play.on(5, "office")
    play.accept("4", "2023-11-04", "钱七")
    play.send_back("5", "2023-11-04", "报警器仍然没有接电", "2023-11-08")
    play.publish()
    play.open_item("4", "已销号")
    play.open_item("5", "临期")
    expect(page.get_by_text("报警器仍然没有接电")).to_be_visible()
    expect(page.get_by_role("cell", name="2023-11-08", exact=True)).to_be_visible()
    play.expect_cards(completion_rate="33%", closure_rate="17%")  # of six: 3 and 4; 4

    # 8 November: 5 is done again.
    play.on(8, "education")
    again = both | {"n5": "2023-11-07"}
    play.send("隐患台账.xlsx", rows(**again))
    play.publish()
    play.expect_cards(completion_rate="60%", closure_rate="20%")

    # 10 November: a list of October is sent by mistake, and taken back by the unit itself.
    play.on(10, "education")
    play.send("十月的台账.xlsx", rows())
    play.take_back("十月的台账.xlsx", "发成了十月的")
    play.publish()
    play.expect_cards(completion_rate="60%", closure_rate="20%")

    # 12 November: 6 is reported done, which it is not; the office takes that back the next day.
    play.on(12, "education")
    play.send("隐患台账.xlsx", rows(**again, n6="2023-11-11"))
    play.publish()
    play.expect_cards(completion_rate="80%")
    page.goto(f"{play.address}/send")
    expect(page.get_by_role("button", name="撤回 2023-11-12", exact=False)).to_have_count(0)
    play.on(13, "office")
    play.open_item("6", "待验收")
    play.take_back("2023-11-12/县教育局", "单位来电：6号还没有整改")
    play.publish()
    play.open_item("6", "临期")

    # 14 November, counted by hand. Of six items 3, 4, 5 are done and 4 is closed. Due before today
    # are 1, 2, 4, 5: 1 and 2 are late, 4 and 5 were done by their first deadline. 6 is due on 18th.
    play.on(14, "office")
    play.expect_cards(
        total="6", completion_rate="50%", closure_rate="17%", on_time_rate="50%",
        overdue="2", due_soon="1", major_open="0", supervised_open="0",
    )  # fmt: skip
    play.open_item("4", "已销号")
    play.open_item("5", "待验收")
    # What was shown on the 12th comes out again, with what was known then: 3, 4, 5 and 6 of six.
    play.expect_cards("?as_of=2023-11-12&known_on=2023-11-12", completion_rate="67%")
    # The unit has five of them: all but 2.
    play.on(14, "education")
    expect(page.get_by_text("撤回（office：单位来电：6号还没有整改）")).to_be_visible()
    expect(page.get_by_text("撤回（education：发成了十月的）")).to_be_visible()
    play.expect_cards(
        total="5", completion_rate="60%", closure_rate="20%", on_time_rate="67%",
        overdue="1", due_soon="1",
    )  # fmt: skip
