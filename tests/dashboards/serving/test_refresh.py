"""After a publication readers go on as before, until their share and their pages are ready."""

import json
from pathlib import Path

import flask
import pytest

from analysis.accounts import Accounts
from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from analysis.warehouse.share import Share
from dashboards.app import REFRESHER, create_app
from dashboards.serving.page_cache import page_request
from dashboards.serving.refresh import Refresher
from tests.dashboards.people import HAZARDS, Visitor, count_pages, make_county, write

pytestmark = pytest.mark.slow

BODY = json.loads(page_request("?as_of=2023-11-15"))


class Watched:
    """A county with readers, and a count of the pages that were put together."""

    def __init__(self, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.settings: Settings = make_county(home)
        self.server: flask.Flask = create_app(self.settings).server
        self.refresher: Refresher = self.server.extensions[REFRESHER]
        self.refresher._copies.is_patient = True
        self._made = count_pages(monkeypatch)

    @property
    def made(self) -> int:
        return len(self._made)

    def reader(self, name: str) -> Visitor:
        visitor = Visitor(self.server.test_client())
        visitor.log_in(name)
        return visitor

    def publish(self, unit: str, number: str) -> None:
        row = [number, "新校", *HAZARDS[1][2:4], unit, *HAZARDS[1][5:]]
        write(self.settings.raw / "2023-10-16" / f"{number}.xlsx", [HAZARDS[0], row])
        ingest(self.settings)


@pytest.fixture
def county(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Watched:
    return Watched(tmp_path, monkeypatch)


def has_new(visitor: Visitor) -> bool:
    """Whether the first page shows the hazard that was published last."""
    return "新校" in visitor.ask(BODY).get_data(True)


def test_readers_see_a_publication_when_their_pages_are_ready(county: Watched) -> None:
    office, education = county.reader("office"), county.reader("education")
    assert not has_new(office)
    assert not has_new(education)
    county.publish("县教育局", "8")
    assert not has_new(office)
    assert not has_new(education)
    made = county.made
    county.refresher.look()
    assert county.made == made + 2  # one page for each of the two shares
    assert has_new(office)
    assert has_new(education)
    assert county.made == made + 2  # they were ready


def test_a_unit_keeps_its_pages_where_others_alone_have_changed(county: Watched) -> None:
    transport = county.reader("transport")
    before = transport.ask(BODY).get_data()
    made = county.made
    county.publish("县教育局", "8")
    county.refresher.look()
    assert transport.ask(BODY).get_data() == before
    assert county.made == made


def test_nobody_is_asked_for_who_may_no_longer_ask(county: Watched) -> None:
    education = county.reader("education")
    education.ask(BODY)
    Accounts(county.settings.accounts).set_disabled("education", True)
    county.publish("县教育局", "8")
    made = county.made
    county.refresher.look()
    assert county.made == made
    assert education.ask(BODY).status_code == 401


def test_nothing_is_due_before_anybody_asked_or_after_all_is_done(county: Watched) -> None:
    copies = county.refresher._copies
    assert copies.due() == []
    county.reader("education").ask(BODY)
    county.publish("县教育局", "8")
    assert Share(unit="县教育局", is_masked=True) in copies.due()
    county.refresher.look()
    assert copies.due() == []


def test_a_broken_publication_changes_nothing_but_says_so(county: Watched) -> None:
    education = county.reader("education")
    education.ask(BODY)
    county.settings.warehouse.write_bytes(b"no database at all" * 1000)
    county.refresher.look()
    assert "显示的是上一次发布" in education.ask(BODY).get_data(True)
