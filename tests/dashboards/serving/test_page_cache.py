"""The pages that are kept: nobody gets another's, and of a request only its address stays."""

import json
from typing import Any

import flask
import pytest

from analysis.accounts import Accounts, Role
from analysis.settings import Settings
from dashboards import app as application
from dashboards.app import REFRESHER, create_app
from dashboards.parts import wall
from dashboards.serving.page_cache import PageMemory, head_request, page_request
from tests.dashboards.people import PASSWORD, Visitor, count_pages, make_county

pytestmark = pytest.mark.slow

DAY = "?as_of=2023-11-15"


class Kept:
    """A county's server, what it keeps of pages, and how often it put one together."""

    def __init__(self, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
        self.server: flask.Flask = create_app(settings).server
        self.memory: PageMemory = self.server.extensions[REFRESHER]._memory
        self._made = count_pages(monkeypatch)

    @property
    def made(self) -> int:
        return len(self._made)

    def reader(self, name: str) -> Visitor:
        visitor = Visitor(self.server.test_client())
        assert visitor.log_in(name).status_code == 302
        return visitor


@pytest.fixture(scope="module")
def two_leaders(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = make_county(tmp_path_factory.mktemp("two-leaders"))
    accounts = Accounts(settings.accounts)
    for name, person in (("first", "李某"), ("other", "王某")):
        accounts.add(name, Role.LEADER, PASSWORD, person=person)
    return settings


@pytest.fixture
def kept(two_leaders: Settings, monkeypatch: pytest.MonkeyPatch) -> Kept:
    return Kept(two_leaders, monkeypatch)


def asked(visitor: Visitor, search: str = DAY, **more: Any) -> str:
    answer = visitor.ask(json.loads(page_request(search)) | more)
    assert answer.status_code == 200
    text: str = json.dumps(answer.get_json(), ensure_ascii=False)
    return text


def test_two_leaders_at_one_address_each_see_their_own_name(kept: Kept) -> None:
    first, other = kept.reader("first"), kept.reader("other")
    for visitor, own, others in ((first, "李某", "王某"), (other, "王某", "李某")) * 2:
        above = visitor.ask(head_request(DAY)).get_data(as_text=True)
        assert own in above
        assert others not in above + asked(visitor)
    assert kept.made == 2  # a page is nobody else's, and put together once for each


def test_a_header_is_put_together_once_for_each_reader_and_header_that_is_shown(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    once = application.head
    monkeypatch.setattr(application, "head", lambda *said: [made.append(""), once(*said)][1])
    first, other = kept.reader("first"), kept.reader("other")
    shown = None
    for number in (1, 2):  # none is there yet, then the one that was sent
        answers = [visitor.ask(head_request(DAY, "/", shown)) for visitor in (first, first, other)]
        assert answers[0].get_data() == answers[1].get_data() != b""
        assert len(made) == 2 * number
        shown = shown or answers[0].get_json()["response"]["shell-head-shown"]["data"]
    assert first.ask(head_request(DAY, "/", shown)).get_json()["response"] == {}
    for odd in ("x" * 16, shown + "x", "y" * 30_000):  # whatever else a caller says is not kept
        first.ask(head_request(DAY, "/", odd))
        first.ask(head_request(DAY, "/", odd))
    assert len(made) == 10


def test_a_drawing_is_drawn_once_for_each_reader_and_room_whatever_else_is_asked(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    once = wall.wall_html
    monkeypatch.setattr(wall, "wall_html", lambda *said: [drawn.append(""), once(*said)][1])
    first, other = kept.reader("first"), kept.reader("other")
    walls = [visitor.get(f"/wall{DAY}&h=300").get_data() for visitor in (first, first, other)]
    assert walls[0] == walls[1] == walls[2]
    assert len(drawn) == 2
    for junk in ("&x=1", f"&x={'x' * 1000}", "&unit=&kind=all"):
        assert first.get(f"/wall{DAY}&h=300{junk}").get_data() == walls[0]
    assert len(drawn) == 2
    assert first.get(f"/wall{DAY}&h=200").status_code == 200
    assert len(drawn) == 3
    assert first.get("/wall?as_of=gestern").status_code == 400


def test_a_kept_drawing_is_sent_once_to_a_browser_that_keeps_it(two_leaders: Settings) -> None:
    """Without a login a browser asks whether its own is still the one; figures behind one it keeps
    nowhere.
    """
    server = create_app(two_leaders.model_copy(update={"login": False})).server
    for _ in range(2):  # drawn, and from memory
        browser = server.test_client()
        packed = {"Accept-Encoding": "gzip", "Host": "127.0.0.1"}
        sent = browser.get(f"/wall{DAY}&h=300", headers=packed)
        assert sent.status_code == 200
        mark = {"If-None-Match": sent.headers["ETag"]}
        assert browser.get(f"/wall{DAY}&h=300", headers=packed | mark).status_code == 304


def test_a_new_password_begins_anew(kept: Kept, two_leaders: Settings) -> None:
    first = kept.reader("first")
    before = asked(first)
    Accounts(two_leaders.accounts).set_password("first", PASSWORD + "x")
    again = Visitor(kept.server.test_client())
    again.log_in("first", PASSWORD + "x")
    assert asked(again) == before
    assert kept.made == 2
    Accounts(two_leaders.accounts).set_password("first", PASSWORD)


def test_what_says_nothing_is_no_other_page(kept: Kept) -> None:
    first = kept.reader("first")
    page = asked(first)
    for search in (DAY + "&junk=1", "?junk=%00&as_of=2023-11-15&kind=all", DAY + "&unit="):
        assert asked(first, search) == page
    assert kept.made == 1


def test_of_a_request_only_its_address_is_kept(kept: Kept) -> None:
    first = kept.reader("first")
    asked(first, DAY, junk="x" * 30_000)
    asked(first, DAY + "&unit=" + "甲" * 100 + "&junk=" + "y" * 30_000)
    (share,) = {of for of, _ in kept.memory._asked}
    held = repr(list(kept.memory._asked.items())) + repr(list(kept.memory._pages))
    assert "xxxx" not in held
    assert "yyyy" not in held
    assert len(held) < 20_000
    assert len(kept.memory.recent(share)) == 2


def test_a_request_that_is_larger_than_any_page_makes_is_refused(kept: Kept) -> None:
    first = kept.reader("first")
    large = json.loads(page_request(DAY)) | {"junk": "x" * (64 * 1024)}
    refused = first.ask(large)
    assert refused.status_code == 413
    assert "32 MB" not in refused.get_data(True)
    assert kept.made == 0


@pytest.mark.parametrize(
    ("path", "search"),
    [([], DAY), ({}, DAY), (None, DAY), (1, DAY), ("/" + "x" * 60_000, DAY), ("/", ["x"]),
     ("/", 1), ("/", {"as_of": "2023-11-15"}), ("/", "?" + "a=1&" * 9_999),
     ("/", DAY + "&unit=\ud800")],
)  # fmt: skip
def test_forged_addresses_are_not_kept(kept: Kept, path: Any, search: Any) -> None:
    first = kept.reader("first")
    body = json.loads(page_request(DAY))
    body["inputs"][0]["value"], body["inputs"][1]["value"] = path, search
    is_text = "\ud800" not in str(search) and isinstance(path, str | None)
    is_text = is_text and isinstance(search, str)
    assert first.ask(body).status_code == (200 if is_text else 400)
    assert len(repr(list(kept.memory._asked.items()))) < 2_000
