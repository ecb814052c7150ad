"""Behind a reverse proxy, over real sockets: who is let in, who is counted, who stands in the log.

The test sends what a proxy sends; the program sees it as waitress hands it on.
"""

from collections.abc import Iterator

import pytest

from analysis.accounts import AuditLog
from analysis.settings import Settings
from dashboards.access import login
from dashboards.access.proxies import PROXY_HEADERS
from tests.dashboards.people import Caller, served

pytestmark = pytest.mark.slow

NAME = "yanpan.example"


def addresses(county: Settings, last: int) -> list[str]:
    return [str(line["address"]) for line in AuditLog(county.audit_log).lines()][-last:]


@pytest.fixture(scope="module")
def without_login(county: Settings) -> Iterator[str]:
    with served(county.model_copy(update={"login": False})) as at:
        yield at


@pytest.fixture(scope="module")
def behind_one(county: Settings) -> Iterator[str]:
    """With accounts, one proxy in front that takes HTTPS off, as docs/部署.md sets it up."""
    with served(county.model_copy(update={"proxies": 1, "https": True, "hosts": [NAME]})) as at:
        yield at


def test_without_accounts_nobody_is_let_in_through_a_proxy(without_login: str) -> None:
    assert Caller(without_login).page("/").status_code == 200
    for name in PROXY_HEADERS:
        for host in ("127.0.0.1", NAME):
            refused = Caller(without_login, Host=host, **{name: "10.0.0.9"}).page("/")
            assert refused.status_code == 403, name
            assert "login = true" in refused.text


def through(at: str, client: str) -> Caller:
    return Caller(at, Host=NAME, X_Forwarded_For=client, X_Forwarded_Proto="https")


def test_each_address_has_its_own_limit_and_its_own_line_in_the_log(
    county: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(login, "LOGIN_LIMIT", "3 per minute")
    with served(county.model_copy(update={"proxies": 1, "https": True, "hosts": [NAME]})) as at:
        noisy = through(at, "10.0.0.1")
        codes = [noisy.log_in("nobody", "wrong").status_code for _ in range(4)]
        assert codes == [401, 401, 401, 429]
        others = [through(at, f"10.0.1.{n}").log_in("nobody", "wrong") for n in range(4)]
        assert [each.status_code for each in others] == [401] * 4
        assert through(at, "10.0.0.2").log_in("leader").status_code == 302
    noted = ["10.0.0.1"] * 3 + [f"10.0.1.{n}" for n in range(4)] + ["10.0.0.2"]
    assert addresses(county, 8) == noted


@pytest.mark.parametrize(
    ("sent", "noted"),
    [
        ("6.6.6.6, 10.0.0.3", "10.0.0.3"),  # the first the caller wrote himself
        ("6.6.6.6, <script>", "127.0.0.1"),
        ("10.0.0.4:51234", "10.0.0.4"),
        ("2001:db8::7", "2001:db8::7"),
        ("[2001:db8::7]:443", "2001:db8::7"),
        ("fe80::1%<b>", "fe80::1"),
        ("x" * 5000, "127.0.0.1"),
        ("", "127.0.0.1"),
    ],
)
def test_the_last_proxys_word_counts_where_it_is_an_address(
    behind_one: str, county: Settings, sent: str, noted: str
) -> None:
    assert through(behind_one, sent).log_in("leader").status_code == 302
    assert addresses(county, 1) == [noted]


def test_who_is_reached_over_https_answers_as_such(behind_one: str) -> None:
    answer = through(behind_one, "10.0.0.5").log_in("leader")
    assert "Secure" in answer.headers["Set-Cookie"]
    assert "Strict-Transport-Security" in answer.headers


def test_only_names_of_our_own_are_answered_whoever_says_them(behind_one: str) -> None:
    for wrong in ("evil.example", "[x", "[::1", NAME + ".evil.example"):
        assert Caller(behind_one, Host=wrong).page("/login").status_code == 400, wrong
        forwarded = Caller(behind_one, Host=NAME, X_Forwarded_Host=wrong)
        assert forwarded.page("/login").status_code == 400, wrong
    assert Caller(behind_one, Host="x", X_Forwarded_Host=NAME).page("/login").status_code == 200


def test_without_proxies_nothing_of_them_is_believed(county: Settings) -> None:
    with served(county) as at:
        caller = Caller(at, X_Forwarded_For="10.0.0.6", X_Forwarded_Host="evil.example")
        assert caller.log_in("leader").status_code == 302
    assert addresses(county, 1) == ["127.0.0.1"]


def test_two_proxies_in_a_row(county: Settings) -> None:
    with served(county.model_copy(update={"proxies": 2, "hosts": [NAME]})) as at:
        client = Caller(at, X_Forwarded_For="6.6.6.6, 10.0.0.7, 192.168.1.1")
        assert client.log_in("leader").status_code == 302
    assert addresses(county, 1) == ["10.0.0.7"]
