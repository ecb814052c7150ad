"""Behind a real nginx, set up as docs/部署.md says: TLS ends there, addresses and names go through.

The one in Debian's package is used; where there is none, the tests are skipped.
"""

import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from analysis.accounts import Accounts, AuditLog, Role
from analysis.settings import Settings
from dashboards.access import login
from tests.dashboards.access.test_oidc import Provider
from tests.dashboards.access.test_oidc import provider as provider
from tests.dashboards.people import PASSWORD, Visitor, served

ROOT = Path(__file__).parents[3]
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
NAME = "yanpan.example"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(NGINX is None, reason="no nginx"),
    pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl"),
]
#: What is around the server of docs/部署.md, so that it runs as anybody in a folder of its own.
AROUND = """
daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;
events {{ }}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
{server}
}}
"""


def told_server(folder: Path, port: int, behind: str) -> str:
    """The server of docs/部署.md, with the places of this test put in."""
    text = (ROOT / "docs" / "部署.md").read_text(encoding="utf-8")
    found = re.search(r"```nginx\n(.*?)```", text, re.DOTALL)
    assert found
    server = found.group(1)
    for said, put in (
        ("listen 443 ssl", f"listen 127.0.0.1:{port} ssl"), ("yanpan.xx.gov.cn", NAME),
        ("/etc/ssl/yanpan.pem", f"{folder}/cert.pem"), ("/etc/ssl/yanpan.key", f"{folder}/key.pem"),
        ("http://127.0.0.1:8050", behind),
    ):  # fmt: skip
        assert said in server, said
        server = server.replace(said, put)
    return server


@contextmanager
def nginx(folder: Path, behind: str, more: str = "") -> Iterator[int]:
    """nginx in front of an address; gives its port. ``more`` stands in its ``location``."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
         f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}", "-keyout", folder / "key.pem",
         "-out", folder / "cert.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    server = told_server(folder, port, behind).replace("proxy_pass", f"{more} proxy_pass")
    conf = folder / "nginx.conf"
    conf.write_text(AROUND.format(folder=folder, server=server), encoding="utf-8")
    process = subprocess.Popen(
        [str(NGINX), "-c", str(conf), "-p", str(folder), "-e", str(folder / "start.log")]
    )
    try:
        _await(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(30)


def _await(port: int, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        assert process.poll() is None, "nginx does not start"
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.05)
        else:
            return
    raise AssertionError("nginx does not listen")


class Browser(requests.Session):
    """Somebody who knows the server by its name alone, and trusts its certificate.

    ``sender`` is the address of this machine's own net that he comes from.
    """

    def __init__(self, port: int, folder: Path, sender: str = "127.0.0.1") -> None:
        super().__init__()
        self.trust_env = False
        self.at = f"https://{NAME}:{port}"
        self.verify = str(folder / "cert.pem")
        self.mount("https://", Resolved(sender))

    def page(self, path: str, **headers: str) -> requests.Response:
        return self.get(self.at + path, headers=headers, allow_redirects=False, timeout=60)

    def log_in(self, name: str, password: str = PASSWORD, **headers: str) -> requests.Response:
        token = Visitor.token_in(self.page("/login").text)
        form = {"csrf_token": token, "name": name, "password": password}
        return self.post(
            f"{self.at}/login", data=form, headers=headers, allow_redirects=False, timeout=60
        )


class Resolved(requests.adapters.HTTPAdapter):
    """Finds the name on this machine; the certificate and the Host header keep the name."""

    def __init__(self, sender: str) -> None:
        self.sender = sender
        super().__init__()

    def init_poolmanager(self, *about: object, **named: object) -> None:
        named |= {"source_address": (self.sender, 0), "server_hostname": NAME}
        super().init_poolmanager(*about, **named, assert_hostname=NAME)  # type: ignore[arg-type]

    def send(self, request: requests.PreparedRequest, **how: object) -> requests.Response:  # type: ignore[override]
        url = urlsplit(str(request.url))
        request.headers["Host"] = NAME
        request.url = url._replace(netloc=f"127.0.0.1:{url.port}").geturl()
        answer = super().send(request, **how)  # type: ignore[arg-type]
        answer.url = url.geturl()  # cookies belong to the name
        return answer


@pytest.fixture(scope="module")
def behind(county: Settings) -> Settings:
    """As docs/部署.md sets it up."""
    return county.model_copy(update={"proxies": 1, "https": True, "hosts": [NAME], "login": True})


def addresses(settings: Settings, last: int) -> list[str]:
    return [str(line["address"]) for line in AuditLog(settings.audit_log).lines()][-last:]


def test_tls_ends_there_and_the_cookie_goes_over_it_alone(behind: Settings, tmp_path: Path) -> None:
    with served(behind) as at, nginx(tmp_path, at) as port:
        answer = Browser(port, tmp_path).log_in("leader")
        assert answer.status_code == 302
        assert urlsplit(answer.headers["Location"]).netloc in {"", NAME}
        assert "Secure" in answer.headers["Set-Cookie"]
        assert "max-age=" in answer.headers["Strict-Transport-Security"]


def test_each_address_has_its_own_limit_whatever_its_caller_says(
    behind: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(login, "LOGIN_LIMIT", "3 per minute")
    with served(behind) as at, nginx(tmp_path, at) as port:
        noisy = Browser(port, tmp_path, "127.0.0.11")
        codes = [
            noisy.log_in("nobody", "x", **{"X-Forwarded-For": f"6.6.6.{n}"}).status_code
            for n in range(4)
        ]
        assert codes == [401, 401, 401, 429]
        assert Browser(port, tmp_path, "127.0.0.12").log_in("leader").status_code == 302
    assert addresses(behind, 4) == ["127.0.0.11"] * 3 + ["127.0.0.12"]


def test_without_a_login_nobody_is_let_in_through_it(county: Settings, tmp_path: Path) -> None:
    with (
        served(county.model_copy(update={"login": False})) as at,
        nginx(tmp_path, at) as port,
    ):
        answer = Browser(port, tmp_path).page("/")
    assert answer.status_code == 403
    assert "login = true" in answer.text


def test_a_proxy_that_nobody_told_of_brings_its_own_address(
    county: Settings, tmp_path: Path
) -> None:
    with (
        served(county.model_copy(update={"hosts": [NAME]})) as at,
        nginx(tmp_path, at) as port,
    ):
        said = {"X-Forwarded-For": "6.6.6.6"}
        assert Browser(port, tmp_path, "127.0.0.13").log_in("leader", **said).status_code == 302
    assert addresses(county, 1) == ["127.0.0.1"]


def test_slow_callers_and_large_bodies_are_its_business_and_ours(
    behind: Settings, tmp_path: Path
) -> None:
    with served(behind) as at, nginx(tmp_path, at) as port:
        browser = Browser(port, tmp_path)
        slow = [socket.create_connection(("127.0.0.1", port)) for _ in range(130)]
        for each in slow:
            each.sendall(b"\x16\x03\x01")
        try:
            assert browser.page("/healthz").status_code == 200
        finally:
            for each in slow:
                each.close()
        large = browser.post(f"{browser.at}/send", data=b"x" * (33 << 20), timeout=60)
        assert large.status_code == 413


def test_a_login_by_a_provider_goes_round_over_https(
    home: Settings, provider: Provider, tmp_path: Path
) -> None:
    Accounts(home.accounts).add("leader", Role.LEADER, PASSWORD)
    told = {
        "login": True, "proxies": 1, "https": True, "hosts": [NAME], "oidc_client_id": "yanpan",
        "oidc_issuer": f"http://127.0.0.1:{provider.server_port}", "oidc_client_secret": "s",
    }  # fmt: skip
    with served(home.model_copy(update=told)) as at, nginx(tmp_path, at) as port:
        browser = Browser(port, tmp_path)
        away = browser.page("/oidc?next=/overdue").headers["Location"]
        asked = {name: values[0] for name, values in parse_qs(urlsplit(away).query).items()}
        assert asked["redirect_uri"] == f"https://{NAME}/oidc/back"
        provider.nonce, provider.challenge = asked["nonce"], asked["code_challenge"]
        back = browser.page(f"/oidc/back?code=c&state={asked['state']}")
        assert (back.status_code, back.headers["Location"]) == (302, "/overdue")
        assert "领导" in browser.page("/account").text
