"""会议材料 for a browser: made beside the pages, within a time, one package after the other."""

import tempfile
from pathlib import Path

import flask
import pytest

from analysis.confined import Bounds
from analysis.reports import package
from dashboards.downloads import materials
from tests.dashboards.people import Visitor

pytestmark = pytest.mark.slow
ADDRESS = "/materials.zip?as_of=2023-11-15&kind_of=monthly"


@pytest.fixture(scope="module")
def leader(server: flask.Flask) -> Visitor:
    visitor = Visitor(server.test_client())
    visitor.log_in("leader")
    return visitor


def test_papers_are_made_in_a_process_of_their_own(
    leader: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def not_here(*asked: object) -> int:
        pytest.fail("made by the process that serves pages")

    monkeypatch.setattr(package, "write_package", not_here)
    answer = leader.get(ADDRESS)
    assert answer.status_code == 200
    assert answer.data.startswith(b"PK")


def test_papers_that_take_too_long_are_given_up_and_leave_nothing_behind(
    leader: Visitor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(materials, "BOUNDS", Bounds(memory=None, seconds=0.01))
    answer = leader.get(ADDRESS)
    assert answer.status_code == 503
    assert "会议材料没有做完，已停止：超过 0.01 秒没有结束" in answer.text
    assert not list(tmp_path.glob("yanpan-papers-*"))


def test_who_comes_while_papers_are_made_is_told_so(leader: Visitor) -> None:
    with materials._alone():
        answer = leader.get(ADDRESS)
    assert answer.status_code == 429
    assert answer.text == "会议材料正在做另一份，请过一分钟再下载。"
