"""A home without figures says what to do, and an address of nothing is a 404 with a way back."""

import json
from pathlib import Path

import flask
import pytest

from analysis.settings import Settings
from dashboards.app import create_app, head
from dashboards.serving.data import Data
from dashboards.serving.page_cache import FAILED, PATH, page_request


def shown(settings: Settings) -> tuple[str, flask.Response]:
    """The first page of a home, as a browser gets it."""
    answer = create_app(settings).server.test_client().post(
        PATH, data=page_request(""), content_type="application/json"
    )  # fmt: skip
    return json.dumps(answer.get_json(), ensure_ascii=False), answer


def test_an_empty_home_says_where_ledgers_go_and_is_not_kept(tmp_path: Path) -> None:
    text, answer = shown(Settings(home=tmp_path))
    for says in (
        "还没有台账",
        str(tmp_path / "data" / "raw"),
        "yanpan init 演示 --demo",
        "/manual",
    ):
        assert says in text
    assert FAILED in answer.headers


def test_the_header_follows_from_page_to_page_where_there_are_no_figures(tmp_path: Path) -> None:
    data = Data(Settings(home=tmp_path))
    (first, one), (second, other) = (head(data, path, "") for path in ("/", "/progress"))
    assert one != other
    assert "整改进度" not in str(first)
    assert "整改进度" in str(second)


@pytest.mark.slow
def test_ledgers_that_are_being_read_are_waited_for(tmp_path: Path) -> None:
    ledger = tmp_path / "data" / "raw" / "2023-11-15" / "甲.csv"
    ledger.parent.mkdir(parents=True)
    ledger.write_text("隐患编号\n1\n", encoding="utf-8")
    text, _ = shown(Settings(home=tmp_path))
    assert "台账已经放好，正在读" in text
    assert "还没有台账" not in text


@pytest.mark.parametrize("path", ["/nothing", "/progress/nothing", "/index.html", "/.env"])
def test_an_address_of_nothing_is_a_404_with_a_way_back(tmp_path: Path, path: str) -> None:
    answer = create_app(Settings(home=tmp_path)).server.test_client().get(path)
    assert answer.status_code == 404
    assert 'href="/"' in answer.text
    assert 'href="/manual"' in answer.text
