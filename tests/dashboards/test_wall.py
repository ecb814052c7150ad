"""What is sent for the 事项墙: for whose share, which day, and what is refused in words."""

import json
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import flask
import pytest

from analysis.charts.wall import arrange, columns_of
from analysis.errors import AddressError, MemberError
from analysis.settings import Settings
from analysis.warehouse.scope import Scope
from dashboards.app import create_app
from dashboards.pages import walled_items
from dashboards.parts.wall import stops, then
from dashboards.serving.data import Data
from tests.dashboards.people import Visitor

pytestmark = pytest.mark.slow

DAY = "as_of=2023-11-15"
NOV_15 = Scope(date(2023, 11, 15))


@pytest.fixture(scope="module")
def office(server: flask.Flask) -> Visitor:
    visitor = Visitor(server.test_client())
    visitor.log_in("office")
    return visitor


@pytest.fixture(scope="module")
def data(county: Settings) -> Data:
    return Data(county)


def test_the_page_holds_the_place_and_what_stands_there_is_asked_for(office: Visitor) -> None:
    answer = office.get(f"/wall?{DAY}")
    assert answer.mimetype == "text/html"
    text = answer.get_data(True)
    assert text.count('data-id="') == 3
    assert "逾期14天｜甲校" in text
    assert "其余" not in text  # both units are late


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("rows=person", "没有这样的分行或着色"), ("colour=sex", "没有这样的分行或着色"),
        ("rows=region", "没有这样的分行或着色"),  # a county is no roll-up
        ("stop=gestern", "2023-11-15 的样子"), ("stop=20231001", "2023-11-15 的样子"),
        ("stop=2023-11-16", "截至日以前"),
        ("stop=0001-01-01", "截至日以前"), ("unit=没有局", "没有名为“没有局”的"),
        ("as_of=x", "不是日期"),
    ],
)  # fmt: skip
def test_what_it_cannot_show_is_refused_in_words(office: Visitor, asked: str, words: str) -> None:
    answer = office.get(f"/wall?{DAY}&{asked}" if "as_of" not in asked else f"/wall?{asked}")
    assert answer.status_code == 400
    assert words in answer.get_data(True)


def test_a_unit_sees_its_own_wall(server: flask.Flask) -> None:
    unit = Visitor(server.test_client())
    unit.log_in("transport")
    text = unit.get(f"/wall?{DAY}").get_data(True)
    assert "乙站" in text
    assert "甲校" not in text


def test_a_stop_is_the_wall_of_that_day_as_it_was_known(office: Visitor, data: Data) -> None:
    of_day = then(NOV_15, date(2023, 10, 20))
    assert (of_day.as_of, of_day.known_on) == (date(2023, 10, 20), date(2023, 10, 20))
    known = Scope(date(2023, 11, 15), date(2023, 10, 16))
    assert then(known, date(2023, 10, 20)).known_on == date(2023, 10, 16)
    assert then(known, date(2023, 11, 15)) == known
    text = office.get(f"/wall?{DAY}&stop=2023-10-20").get_data(True)
    assert "wall-tools" not in text
    shown = arrange(
        data.metric("item_wall", of_day), of_day.as_of,
        columns=columns_of(data.metric("item_wall", NOV_15), NOV_15.as_of),
    )  # fmt: skip
    words = [square.words for row in shown.rows for cell in row.cells for square in cell.squares]
    assert words
    assert all(word in unescape(text) for word in words)
    before = office.get(f"/wall?{DAY}&stop=2023-10-01").get_data(True)
    assert "data-id=" not in before  # nothing had been received by then


def test_the_slider_stops_from_the_first_receipt_to_the_day(data: Data) -> None:
    found = stops(data, NOV_15)
    assert found[0] == ("2023-10-15", "10月15日 首次收到报送")
    assert found[-1] == ("2023-11-15", "11月15日 截至日")


def test_what_changed_is_lit(office: Visitor) -> None:
    text = office.get(f"/wall?{DAY}&lit=1&since=2023-10-20").get_data(True)
    assert "only-lit" in text
    assert ' lit"' in text


def asked(**how: Any) -> str:
    said = {"after": "2023-10-31", "until": "2023-11-14", "by": "unit", "member": "县教育局",
            "words": "这一格"}  # fmt: skip
    return json.dumps(said | how)


def test_a_cell_lists_its_items(data: Data) -> None:
    shown = walled_items.content(data, NOV_15, asked())
    rows = shown.children[2].children.rowData
    assert [row["title"] for row in rows] == ["甲校：灭火器过期"]
    column = walled_items.content(data, NOV_15, asked(member=None))
    assert len(column.children[2].children.rowData) == 2


@pytest.mark.parametrize(
    "said",
    [
        "", "[]", "{", "1", asked(by="person"), asked(by="unit; DROP TABLE"), asked(until=""),
        asked(after="x"), asked(after=5), asked(member=["a"]), "[" * 100_000,
    ],
)  # fmt: skip
def test_what_is_no_cell_is_refused(data: Data, said: str) -> None:
    with pytest.raises(AddressError, match="没有这一格"):
        walled_items.content(data, NOV_15, said)


def test_a_cell_of_nobody_is_refused(data: Data) -> None:
    with pytest.raises(MemberError, match="没有名为“没有局”"):
        walled_items.content(data, NOV_15, asked(member="没有局"))


def test_where_nothing_was_received_it_says_what_is_missing(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    from analysis.ingest.pipeline import ingest
    from tests.dashboards.people import UNITS, write

    write(settings.raw / "2023-10-15" / "成员单位名录.xlsx", UNITS)
    ingest(settings)
    answer = create_app(settings).server.test_client().get(f"/wall?{DAY}")
    assert answer.status_code == 200
    assert "尚未收到整改方案、隐患台账、议定事项，收到以后这里一项一格。" in answer.get_data(True)
