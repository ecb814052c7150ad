"""Logins under attack, over a real socket."""

import statistics
import threading
import time
from collections import Counter
from collections.abc import Iterator

import pytest

from analysis.settings import Settings
from dashboards.access import login
from tests.dashboards.people import Caller, served

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def at(county: Settings) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(login, "LOGIN_LIMIT", "10000 per minute")
        with served(county.model_copy(update={"proxies": 1, "hosts": ["127.0.0.1"]})) as at:
            yield at


def test_a_copied_cookie_ends_with_the_log_out(at: str) -> None:
    owner, thief = Caller(at), Caller(at)
    cookie = owner.log_in("leader").headers["Set-Cookie"].partition(";")[0]
    for caller in (owner, thief):
        caller.headers["Cookie"] = cookie
        assert caller.page("/account").status_code == 200
    assert owner.post_form("/logout", "/account").status_code == 302
    for caller in (owner, thief):
        refused = caller.page("/account")
        assert (refused.status_code, refused.headers["Location"][:6]) == (302, "/login")
        assert caller.ask("{}").status_code == 401


def test_a_known_and_an_unknown_account_are_refused_alike_and_about_as_fast(at: str) -> None:
    answers: dict[str, list[tuple[int, str]]] = {"transport": [], "nobody-such": []}
    seconds: dict[str, list[float]] = {"transport": [], "nobody-such": []}
    for name, told in answers.items():
        for _ in range(7):
            begun = time.perf_counter()
            answer = Caller(at, X_Forwarded_For="10.0.0.66").log_in(name, "wrong")
            seconds[name].append(time.perf_counter() - begun)
            told.append((answer.status_code, alert(answer.text)))
    assert answers["transport"] == answers["nobody-such"]
    assert "以后再试" in answers["transport"][-1][1]
    known, unknown = (statistics.median(each) for each in seconds.values())
    assert abs(known - unknown) < 0.1 + max(known, unknown) / 2
    # The owner sits elsewhere, and is let in meanwhile.
    assert Caller(at, X_Forwarded_For="10.0.0.7").log_in("transport").status_code == 302


def alert(page: str) -> str:
    """What the login page says is wrong; the minute apart, which may have ended between two."""
    said = page.partition('role="alert">')[2].partition("<")[0]
    return "密码错的次数太多，以后再试" if "次数太多" in said else said


def test_seventy_logins_at_once_are_seventy_sessions(at: str) -> None:
    codes: Counter[int] = Counter()
    few = threading.Semaphore(12)

    def log_in(number: int) -> None:
        with few:
            answer = Caller(at, X_Forwarded_For=f"10.1.0.{number}").log_in("leader")
            codes[answer.status_code] += 1

    threads = [threading.Thread(target=log_in, args=(n,)) for n in range(70)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert codes == {302: 70}
