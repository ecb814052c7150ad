"""The first screen without a browser: groups, chips, asks, and what the drawings are sent."""

import json
from datetime import date
from typing import Any
from urllib.parse import quote

import flask
import pytest

from analysis.settings import Settings
from dashboards.app import GROUPS, page, pages
from dashboards.parts.frame import navigation, scope_control
from dashboards.serving.address import Address
from dashboards.serving.data import Data
from dashboards.serving.page_cache import head_request, page_request
from tests.dashboards.people import Visitor
from tests.dashboards.test_app import words

DAY = "as_of=2023-11-15"
UNIT = quote("县交通局")
NOV_15 = Address(date(2023, 11, 15))
TWO = {"整改": {"/progress": "整改进度", "/overdue": "逾期督办"}, "风险": {"/risk": "风险分布"}}


def links(component: Any, kind: str) -> list[tuple[str, str, str]]:
    """Words, address and aria-current of the links of a class, in their order."""
    found = []
    for each in component._traverse():
        if kind in str(getattr(each, "className", "")).split():
            current = getattr(each, "aria-current", "")
            found.append((words(each).replace("\n", ""), each.href, current))
    return found


def test_five_groups_hold_every_page_there_was() -> None:
    """What somebody kept as a bookmark leads where it led."""
    assert list(GROUPS) == ["总览", "风险", "整改", "事故与检查", "履职与数据"]
    assert {*pages()} == {
        "/", "/regions", "/risk", "/progress", "/overdue", "/accidents", "/inspections",
        "/duties", "/quality", "/query",
    }  # fmt: skip


def test_a_group_leads_to_its_first_page_and_its_pages_stand_below() -> None:
    header = navigation.header(TWO, "/overdue", NOV_15)
    assert links(header, "group") == [
        ("整改", f"/progress?{DAY}", "true"), ("风险", f"/risk?{DAY}", ""),
    ]  # fmt: skip
    assert links(header, "page-link") == [
        ("整改进度", f"/progress?{DAY}", ""), ("逾期督办", f"/overdue?{DAY}", "page"),
    ]  # fmt: skip
    alone = navigation.header(TWO, "/risk", NOV_15)
    assert links(alone, "page-link") == []
    assert links(alone, "group")[1][2] == "page"


def test_what_is_chosen_stands_as_chips_each_a_link_without_it() -> None:
    address = Address(date(2023, 11, 15), date(2023, 11, 1), None, "hazard", {"unit": "县交通局"})
    (row,) = scope_control.chips(address)
    kept = f"{DAY}&known_on=2023-11-01"
    assert links(row, "chip") == [
        ("种类：隐患×", f"?{kept}&unit={UNIT}", ""),
        ("责任单位：县交通局×", f"?{kept}&kind=hazard", ""),
        ("报送截至：2023年11月1日×", f"?{DAY}&kind=hazard&unit={UNIT}", ""),
    ]  # fmt: skip
    assert links(row, "clear") == [("全部去掉", f"?{DAY}", "")]
    assert scope_control.chips(NOV_15) == []


@pytest.mark.slow
def test_an_ask_tells_what_whose_and_by_when(committed: Settings) -> None:
    shown = words(page(Data(committed), "/", f"?{DAY}")).splitlines()
    at = shown.index("请会议研究")
    assert shown[at + 1].startswith("逾期满30天的")
    assert shown[at + 2].startswith("县文化和旅游局")
    assert shown[at + 3 : at + 5] == ["11月29日前", "议定"]
    assert shown[at:].count("议定") == 3


@pytest.mark.slow
def test_the_form_of_a_decision_has_the_day_and_the_deadline_of_the_page(
    server: flask.Flask,
) -> None:
    office = Visitor(server.test_client())
    office.log_in("office")
    form = office.get("/decide?as_of=2023-12-15&ask=overdue").get_data(True)
    assert 'name="held_on" value="2023-12-15"' in form
    assert 'name="due_on" value="2023-12-30"' in form
    # of several units nobody's name is put down, and all are told
    assert 'name="unit" value=""' in form
    assert "涉及县交通运输局1项等2个单位" in form
    assert 'name="held_on" value="2023-12-15"' in office.get("/decide?as_of=2023-12-15").text


@pytest.mark.slow
def test_who_may_not_record_has_no_such_button(server: flask.Flask) -> None:
    for name, may in (("office", True), ("leader", False), ("education", False)):
        visitor = Visitor(server.test_client())
        visitor.log_in(name)
        shown = visitor.ask(json.loads(page_request("?as_of=2023-12-15", "/"))).get_data(True)
        assert "请会议研究" in shown
        assert ("decide-link" in shown) is may
        # nor does he see a group of which he may open no page
        above = visitor.ask(head_request("?as_of=2023-12-15")).get_data(as_text=True)
        assert ("事故与检查" in above) is (name != "education")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("asked", "status", "told"),
    [
        ("lines?as_of=2023-11-15", 200, ".spark"),
        ("measures?as_of=2023-11-15&w=700&h=200", 200, "整改方案"),
        ("accidents?as_of=2023-11-15&w=x&h=-1", 200, "无数据"),
        ("townships?as_of=2023-11-15&w=99999999999", 200, "未填"),
        ("townships?as_of=gestern", 400, "不是日期"),
        ("townships?as_of=2023-11-15&unit=没有局", 400, "没有名为“没有局”的"),
        ("etwas?as_of=2023-11-15", 404, "没有这幅图"),
    ],
)
def test_a_drawing_is_sent_or_refused_in_words(
    server: flask.Flask, asked: str, status: int, told: str
) -> None:
    office = Visitor(server.test_client())
    office.log_in("office")
    answer = office.get(f"/first/{asked}")
    assert answer.status_code == status
    assert told in answer.get_data(True)


@pytest.mark.slow
def test_what_stands_above_the_page_is_sent_anew_only_where_a_browser_cannot_set_it_right(
    server: flask.Flask,
) -> None:
    """A unit chosen is shown by the controls themselves; another day, or page, has other words."""
    office = Visitor(server.test_client())
    office.log_in("office")

    def answered(search: str, path: str = "/", shown: str | None = None) -> Any:
        return office.ask(head_request(search, path, shown)).get_json(silent=True)

    mark = answered(f"?{DAY}")["response"]["shell-head-shown"]["data"]
    unit = quote("县教育局")
    assert answered(f"?{DAY}&unit={unit}&kind=hazard", shown=mark)["response"] == {}
    assert answered(f"?{DAY}&since=2023-10-16", shown=mark)["response"] == {}
    for search, path in ((f"?{DAY}", "/overdue"), ("?as_of=2023-11-16", "/")):
        assert answered(search, path, mark)["response"]["shell-head"]["children"]
    above = answered(f"?{DAY}&meeting=1", shown=mark)["response"]
    assert above["shell-head"]["children"] == []  # a meeting has the whole screen
