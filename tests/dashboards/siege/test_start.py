"""What a dashboard for others needs to start, and what a page elsewhere cannot have it do."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from analysis.accounts import Accounts, Role
from analysis.errors import YanpanError
from analysis.settings import Settings
from dashboards.access.guards import OWN_PAGES_ALONE
from dashboards.app import create_app
from tests.conftest import YANPAN
from tests.dashboards.people import PASSWORD, Caller, served

on_posix = pytest.mark.skipif(os.name != "posix", reason="modes of files")
DAY = "as_of=2023-11-15"


@pytest.fixture
def office(home: Settings) -> Settings:
    Accounts(home.accounts).add("leader", Role.LEADER, PASSWORD)
    return home.model_copy(update={"login": True})


@pytest.mark.parametrize(
    "reached",
    [
        {"host": "0.0.0.0"}, {"host": "192.168.1.5"}, {"proxies": 1}, {"https": True},
    ],
    ids=str,
)  # fmt: skip
def test_whoever_is_reached_by_others_says_by_which_names(
    office: Settings, reached: dict[str, Any]
) -> None:
    with pytest.raises(YanpanError, match=r"写进 yanpan.toml 的 hosts") as told:
        create_app(office.model_copy(update=reached))
    assert "\n" not in str(told.value)
    create_app(office.model_copy(update={**reached, "hosts": ["yanpan.example"]}))


def test_on_its_own_machine_it_needs_none(office: Settings) -> None:
    create_app(office)
    create_app(office.model_copy(update={"login": False}))


@on_posix
@pytest.mark.parametrize(
    ("key", "mode", "told"),
    [(b"x" * 32, 0o666, "chmod 600"), (b"x" * 32, 0o640, "chmod 600"), (b"x", 0o600, "太短"),
     (b"", 0o600, "太短"), (b"x" * 31, 0o600, "太短")],
)  # fmt: skip
def test_a_key_that_is_no_secret_is_refused(
    office: Settings, key: bytes, mode: int, told: str
) -> None:
    office.secret.write_bytes(key)
    office.secret.chmod(mode)
    with pytest.raises(YanpanError, match=told) as said:
        create_app(office)
    assert "\n" not in str(said.value)
    office.secret.unlink()
    create_app(office)
    assert office.secret.stat().st_size == 32


@on_posix
@pytest.mark.slow
def test_what_is_read_and_logged_is_for_nobody_else_on_the_machine(home: Settings) -> None:
    ledger = home.home / "来件" / "隐患台账.csv"
    ledger.parent.mkdir()
    ledger.write_text("隐患编号,场所名称,隐患描述\n1,甲校,灭火器过期\n", encoding="utf-8")
    environment = os.environ | {"YANPAN_HOME": str(home.home)}
    for command in (
        ["ingest", str(ledger)],
        ["user", "add", "office", "--role", "office", "--generate"],
    ):
        subprocess.run(
            [*YANPAN, *command], check=True, env=environment, umask=0o022, capture_output=True
        )
    written = [path for path in (home.home / "data").rglob("*") if path.is_file()]
    assert {path.name for path in written} >= {"warehouse.duckdb", "audit.jsonl"}
    assert [path for path in written if path.stat().st_mode & 0o077] == []


@pytest.fixture(scope="module")
def caller(county: Settings) -> Iterator[Caller]:
    with served(county) as at:
        caller = Caller(at)
        caller.headers["Cookie"] = caller.log_in("leader").headers["Set-Cookie"].partition(";")[0]
        yield caller


@pytest.mark.slow
@pytest.mark.parametrize("path", OWN_PAGES_ALONE)
@pytest.mark.parametrize("site", ["cross-site", "same-site", "x"])
def test_a_page_elsewhere_begins_no_download(caller: Caller, path: str, site: str) -> None:
    answer = caller.get(f"{caller.at}{path}", headers={"Sec-Fetch-Site": site}, timeout=30)
    assert answer.status_code == 403
    assert "请先打开看板" in answer.text


@pytest.mark.slow
@pytest.mark.parametrize(
    "headers", [{}, {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}]
)
def test_our_own_pages_an_address_typed_and_a_script_of_ones_own_do(
    caller: Caller, headers: dict[str, str]
) -> None:
    answer = caller.get(f"{caller.at}/data/overdue.csv?{DAY}", headers=headers, timeout=30)
    assert answer.status_code == 200


@pytest.mark.slow
def test_a_link_elsewhere_leads_to_a_page(caller: Caller) -> None:
    answer = caller.get(
        f"{caller.at}/overdue", headers={"Sec-Fetch-Site": "cross-site"}, timeout=30
    )
    assert answer.status_code == 200
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in answer.headers["Permissions-Policy"]


@pytest.mark.slow
def test_another_name_is_not_answered(caller: Caller, tmp_path: Path) -> None:
    for name in ("evil.example", "127.0.0.1.evil.example", ""):
        answer = Caller(caller.at, Host=name).page("/login")
        assert answer.status_code == 400
        assert "hosts" in answer.text or not name
