"""A page that could only say what is wrong is not kept; what stands in a page says nothing."""

import json
from pathlib import Path
from typing import Any

import duckdb
import flask
import pytest

from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from dashboards.app import create_app, page
from dashboards.serving.data import Data
from dashboards.serving.page_cache import (
    FAILED,
    PATH,
    PageMemory,
    mark_failed,
    page_request,
    remember_pages,
)
from tests.dashboards.people import BASE, HAZARDS, count_pages, write

#: How a notice looks in the answer that a page is.
MARK = '"className":"notice"'
DAY = "?as_of=2023-11-15"


JSON = {"Content-Type": "application/json"}


def ask_twice(body: str, *, fails: bool) -> int:
    """How often a page of that body is put together when two ask for it."""
    server, made = flask.Flask("pages"), []
    remember_pages(
        server, PageMemory(), lambda: "a publication", lambda: ("a share", None),
        lambda path, search: (path, search),
    )  # fmt: skip

    @server.post(PATH)
    def page() -> flask.Response:
        made.append(body)
        if fails:
            mark_failed()
        return flask.Response(body, mimetype="application/json")

    client = server.test_client()
    for _ in range(2):
        answer = client.post(PATH, data=page_request(DAY), headers=JSON)
        assert answer.get_data(True) == body
        assert (FAILED in answer.headers) is fails
    return len(made)


@pytest.mark.parametrize("body", ["{}", "{" + MARK + "}", json.dumps({"cell": MARK})])
def test_a_page_is_kept_whatever_stands_in_it(body: str) -> None:
    assert ask_twice(body, fails=False) == 1


@pytest.mark.parametrize("body", ["{}", "{" + MARK + "}"])
def test_a_page_that_failed_is_put_together_again_whatever_stands_in_it(body: str) -> None:
    assert ask_twice(body, fails=True) == 2


def answers(settings: Settings, path: str = "/overdue") -> list[str]:
    """What a server answers to two who ask for the same page."""
    client = create_app(settings).server.test_client()
    asked: dict[str, Any] = {"data": page_request(DAY, path), "headers": JSON, "base_url": BASE}
    return [client.post(PATH, **asked).get_data(True) for _ in range(2)]


@pytest.mark.slow
def test_a_site_of_any_name_does_not_have_its_pages_made_again_and_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(home=tmp_path)
    header, first, *_ = HAZARDS
    write(settings.raw / "2023-10-15" / "隐患.xlsx", [header, [first[0], MARK, *first[2:]]])
    ingest(settings)
    made = count_pages(monkeypatch)
    first_answer, second = answers(settings)
    assert json.dumps(MARK)[1:-1] in first_answer
    assert first_answer == second
    assert len(made) == 1


@pytest.mark.slow
def test_a_page_whose_figures_cannot_be_had_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(home=tmp_path)
    write(settings.raw / "2023-10-15" / "隐患.xlsx", HAZARDS)
    ingest(settings)
    with duckdb.connect(str(settings.warehouse)) as con:  # as an older program might have left it
        con.execute("DROP TABLE hazard")
    made = count_pages(monkeypatch)
    for answer in answers(settings):
        assert "查询不能运行" in json.dumps(json.loads(answer), ensure_ascii=False)
    assert len(made) == 2


@pytest.mark.slow
def test_the_log_of_a_page_that_failed_does_not_tell_what_was_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    home = Settings(home=tmp_path)
    write(home.raw / "2023-10-15" / "隐患.xlsx", HAZARDS)
    ingest(home)

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("dashboards.pages.overdue.content", fail)
    page(Data(home), "/overdue", f"{DAY}&x=某甲")
    (record,) = [each for each in caplog.records if "failed" in each.getMessage()]
    assert record.getMessage() == "page /overdue failed"
