"""预警登记 by browser: entered once, taken note of, done, each with who and when."""

from datetime import date
from typing import Any

import flask
import pytest

from analysis.ingest.pipeline import ingest
from analysis.intake.alert_book import DONE, NOTED, AlertBook
from analysis.settings import Settings
from dashboards.app import create_app
from tests.dashboards.people import HAZARDS, Visitor, make_county, write

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Two hazards of the county are overdue when the last ledger comes in."""
    settings = make_county(tmp_path_factory.mktemp("county"))
    write(settings.raw / "2023-11-20" / "隐患台账.xlsx", HAZARDS)
    ingest(settings)
    return settings


def mark(visitor: Visitor, **fields: Any) -> Any:
    return visitor.post("/alerts", "/alerts", **fields)


def test_an_alert_is_entered_noted_and_done(server: flask.Flask, county: Settings) -> None:
    office, book = Visitor(server.test_client()), AlertBook(county.alert_book)
    office.log_in("office")
    assert "登记新的" in office.get("/alerts").get_data(True)
    assert mark(office, do="raise").status_code == 302
    entered = len(book.entries())
    assert entered > 0
    assert mark(office, do="raise").status_code == 302
    assert len(book.entries()) == entered
    mark(office, do=NOTED, number="1", remark="已电话提醒")
    mark(office, do=DONE, number="1", remark="<b>已换</b>")
    entry = book.entries()[0]
    today = str(date.today())
    assert (entry.state, entry.by, entry.on, entry.remark) == (DONE, "周九", today, "<b>已换</b>")
    page = office.get("/alerts").get_data(True)
    assert "<b>已换" not in page


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"do": DONE, "number": "999"}, "没有 999 号"),
        ({"do": "raised", "number": "1"}, "记为知悉或办结"),
        ({"do": DONE, "number": "1 OR 1=1"}, "记为知悉或办结"),
        ({"do": NOTED, "number": "2", "remark": "长" * 201}, "最多写"),
    ],
)
def test_what_cannot_be_is_refused(server: flask.Flask, fields: dict[str, str], said: str) -> None:
    office = Visitor(server.test_client())
    office.log_in("office")
    answer = mark(office, **fields)
    assert answer.status_code == 400
    assert said in answer.get_data(True)


def test_on_ones_own_machine_whoever_it_is_says_so(county: Settings) -> None:
    client = create_app(county.model_copy(update={"login": False})).server.test_client()
    visitor, book = Visitor(client), AlertBook(county.alert_book)
    mark(visitor, do="raise")
    number = next(e.number for e in book.entries() if e.state != DONE)
    assert "请写明是谁" in mark(visitor, do=NOTED, number=str(number)).get_data(True)
    assert mark(visitor, do=NOTED, number=str(number), by="王某").status_code == 302
    assert next(e for e in book.entries() if e.number == number).by == "王某"
