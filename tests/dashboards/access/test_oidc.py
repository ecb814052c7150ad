"""Login by a provider: a small one of our own in a thread, spoken to over HTTP as any other."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import flask
import pytest
import requests
from joserfc import jwt
from joserfc.jwk import RSAKey

from analysis.accounts import Accounts, Role
from analysis.errors import YanpanError
from analysis.settings import Settings
from dashboards.app import create_app
from tests.dashboards.people import BASE, PASSWORD, Visitor, served

pytestmark = pytest.mark.slow

KEY = RSAKey.generate_key(2048, {"kid": "k1"})


class Provider(HTTPServer):
    """Says of everybody that he is ``name``."""

    name = "leader"
    subject = "1"
    nonce = ""
    challenge = ""
    key = KEY


class Answers(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        issuer = f"http://127.0.0.1:{self.server.server_port}"
        if self.path.endswith("openid-configuration"):
            self.say(
                {
                    "issuer": issuer, "authorization_endpoint": f"{issuer}/authorize",
                    "token_endpoint": f"{issuer}/token", "jwks_uri": f"{issuer}/keys",
                    "id_token_signing_alg_values_supported": ["RS256"],
                }
            )  # fmt: skip
        else:
            self.say({"keys": [KEY.as_dict(private=False)]})

    def do_POST(self) -> None:
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        digest = hashlib.sha256(sent["code_verifier"][0].encode()).digest()
        assert base64.urlsafe_b64encode(digest).decode().rstrip("=") == self.server.challenge
        now = int(time.time())
        claims = {
            "iss": f"http://127.0.0.1:{self.server.server_port}", "sub": self.server.subject,
            "aud": "yanpan", "iat": now, "exp": now + 60, "nonce": self.server.nonce,
            "preferred_username": self.server.name,
        }  # fmt: skip
        token = jwt.encode({"alg": "RS256", "kid": "k1"}, claims, self.server.key)
        self.say({"access_token": "x", "token_type": "Bearer", "id_token": token})

    def say(self, what: Any) -> None:
        body = json.dumps(what).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *about: Any) -> None:
        """Nothing on stderr."""


@pytest.fixture
def provider() -> Iterator[Provider]:
    server = Provider(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def office(home: Settings, provider: Provider) -> Settings:
    Accounts(home.accounts).add("leader", Role.LEADER, PASSWORD)
    told = {
        "login": True, "oidc_issuer": f"http://127.0.0.1:{provider.server_port}",
        "oidc_client_id": "yanpan", "oidc_client_secret": "s",
    }  # fmt: skip
    return home.model_copy(update=told)


def go(office: Settings, provider: Provider, **forged: str) -> tuple[Visitor, Any]:
    """Begin a login, let the provider send the visitor back, and tell where he ends."""
    visitor = Visitor(create_app(office).server.test_client())
    away = visitor.get("/oidc?next=/overdue").headers["Location"]
    asked = {name: values[0] for name, values in parse_qs(urlsplit(away).query).items()}
    assert asked["code_challenge_method"] == "S256"
    provider.nonce, provider.challenge = asked["nonce"], asked["code_challenge"]
    back = {"code": "c", "state": asked["state"]} | forged
    answer = visitor.client.get("/oidc/back", query_string=back, base_url=BASE)
    return visitor, answer


def test_whom_the_provider_knows_and_we_do_is_let_in(office: Settings, provider: Provider) -> None:
    visitor, answer = go(office, provider)
    assert answer.headers["Location"] == "/overdue"
    assert "领导" in visitor.get("/account").get_data(True)


def test_whom_we_do_not_know_is_not(office: Settings, provider: Provider) -> None:
    provider.name = "somebody"
    visitor, answer = go(office, provider)
    assert answer.status_code == 403
    assert visitor.get("/account").status_code == 302
    provider.name = "leader"
    Accounts(office.accounts).set_disabled("leader", True)
    Accounts(office.accounts).add("other", Role.LEADER, PASSWORD)
    assert go(office, provider)[1].status_code == 403


def test_an_account_is_of_whoever_first_came_with_its_name(
    office: Settings, provider: Provider
) -> None:
    assert go(office, provider)[1].status_code == 302
    provider.subject = "2"  # another person takes the name
    visitor, answer = go(office, provider)
    assert answer.status_code == 403
    assert visitor.get("/account").status_code == 302
    provider.subject, provider.name = "1", "renamed"  # the first is called otherwise
    visitor, answer = go(office, provider)
    assert answer.status_code == 302
    assert "leader" in visitor.get("/account").get_data(True)
    Accounts(office.accounts).unbind("leader")
    provider.subject, provider.name = "2", "leader"
    assert go(office, provider)[1].status_code == 302
    provider.subject, provider.name = "1", "renamed"
    assert go(office, provider)[1].status_code == 403


@pytest.mark.parametrize("forged", [{"state": "x"}, {"error": "access_denied"}])
def test_an_answer_that_is_not_the_providers_to_us_is_refused(
    office: Settings, provider: Provider, forged: dict[str, str]
) -> None:
    visitor, answer = go(office, provider, **forged)
    assert answer.status_code == 401
    assert visitor.get("/account").status_code == 302


def test_a_token_signed_by_another_key_is_refused(office: Settings, provider: Provider) -> None:
    provider.key = RSAKey.generate_key(2048, {"kid": "k1"})
    visitor, answer = go(office, provider)
    assert answer.status_code == 401
    assert visitor.get("/account").status_code == 302


def test_a_token_of_another_login_is_refused(office: Settings, provider: Provider) -> None:
    visitor = Visitor(create_app(office).server.test_client())
    away = visitor.get("/oidc").headers["Location"]
    asked = {name: values[0] for name, values in parse_qs(urlsplit(away).query).items()}
    provider.nonce, provider.challenge = "of another login", asked["code_challenge"]
    answer = visitor.client.get(
        "/oidc/back", query_string={"code": "c", "state": asked["state"]}, base_url=BASE
    )
    assert answer.status_code == 401


def test_a_provider_that_is_down_is_one_line(office: Settings) -> None:
    down = office.model_copy(update={"oidc_issuer": "http://127.0.0.1:9"})
    answer = Visitor(create_app(down).server.test_client()).get("/oidc")
    assert answer.status_code == 502
    assert "用账号密码登录" in answer.get_data(True)


def test_behind_a_proxy_the_provider_sends_back_to_the_address_that_people_use(
    office: Settings,
) -> None:
    name = "yanpan.example"
    seen = office.model_copy(update={"proxies": 1, "https": True, "hosts": [name]})
    said = {"Host": name, "X-Forwarded-For": "10.0.0.1", "Connection": "close"}
    with served(seen) as at:
        for more in ({}, {"X-Forwarded-Proto": "https", "X-Forwarded-Host": name}):
            answer = requests.get(
                f"{at}/oidc", headers=said | more, allow_redirects=False, timeout=30
            )
            asked = parse_qs(urlsplit(answer.headers["Location"]).query)
            assert asked["redirect_uri"] == [f"https://{name}/oidc/back"]


def test_without_a_provider_there_is_no_such_route(office: Settings) -> None:
    server: flask.Flask = create_app(office.model_copy(update={"oidc_issuer": ""})).server
    assert "oidc_begin" not in server.view_functions
    with pytest.raises(YanpanError, match="oidc_client_id"):
        create_app(office.model_copy(update={"oidc_client_id": ""}))
