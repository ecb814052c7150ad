"""What goes over the wire: files packed once and kept for ever, pages packed, no secret packed."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import flask
import pytest
import requests

from analysis.settings import Settings
from dashboards.serving.page_cache import PATH, page_request
from dashboards.wire import program_files
from dashboards.wire.packing import pack, pack_answers
from dashboards.wire.program_files import FOR_EVER, ProgramFiles, offer_program_files
from tests.dashboards.people import served

PACKED, PLAIN = {"Accept-Encoding": "gzip"}, {"Accept-Encoding": "identity"}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An empty home's dashboard, by a real socket."""
    with served(Settings(home=tmp_path_factory.mktemp("home"))) as address:
        yield address


def files_of(address: str) -> list[str]:
    """The scripts and styles that the first document asks for."""
    document = requests.get(f"{address}/", timeout=60).text
    return re.findall(r'(?:src|href)="(/[^"]+)"', document)


@pytest.mark.slow
def test_the_first_document_asks_for_packed_files_that_are_kept_for_ever(address: str) -> None:
    files = files_of(address)
    assert any("yanpan.css?h=" in each for each in files)
    for each in files:
        first = requests.get(address + each, headers=PACKED, timeout=60)
        again = requests.get(address + each, headers=PACKED, timeout=60)
        plain = requests.get(address + each, headers=PLAIN, timeout=60)
        assert first.headers["Content-Encoding"] == again.headers["Content-Encoding"] == "gzip"
        assert {first.headers["Cache-Control"], again.headers["Cache-Control"]} == {FOR_EVER}
        assert "Content-Encoding" not in plain.headers
        assert first.content == again.content == plain.content
        mark = {"If-None-Match": again.headers["ETag"]}
        same = requests.get(address + each, headers=PACKED | mark, timeout=60)
        assert (same.status_code, same.content) == (304, b"")


def test_what_is_shown_before_the_scripts_run_is_chinese(address: str) -> None:
    document = requests.get(f"{address}/", timeout=60).text
    assert "正在读取…" in document
    assert "Loading..." not in document


def test_no_library_of_graphs_or_lists_is_among_them(address: str) -> None:
    names = " ".join(files_of(address))
    assert "plotly" not in names
    assert "dash_ag_grid" not in names
    assert "dash_mantine_components" in names


def test_nothing_is_fetched_for_browsers_of_2016_nor_for_a_table_that_no_page_has(
    address: str,
) -> None:
    names = " ".join(files_of(address))
    assert "polyfill" not in names
    assert "dash_table" not in names
    assert "01-async.js" in names


def test_what_the_libraries_need_of_the_polyfill_is_what_stands_for_it(address: str) -> None:
    """A machine of states is stepped by these four; a library that needs more wants the whole."""
    machines = 0
    for each in files_of(address):
        text = requests.get(address + each, headers=PLAIN, timeout=60).text
        found = re.findall(r"regeneratorRuntime\.wrap\(function\((\w)\)\{(.*?)\},\w\)", text)
        assert len(found) == text.count("regeneratorRuntime.wrap(")
        for state, steps in found:
            assert set(re.findall(rf"\b{state}\.(\w+)", steps)) <= {"prev", "next", "sent", "stop"}
        machines += len(found)
    assert machines == 3  # of Dash's renderer, its components, those of Mantine


@pytest.mark.parametrize(
    "name",
    ["os/os.py", "dash/__init__.py", "dash_ag_grid/package-info.json", "dash_ag_grid/%2e%2e/x.js",
     "dash/dcc/x.v1_0m1.js"],
)  # fmt: skip
def test_a_file_that_no_component_has_is_not_found(address: str, name: str) -> None:
    for headers in (PACKED, PLAIN):
        answer = requests.get(
            f"{address}/_dash-component-suites/{name}", headers=headers, timeout=60
        )
        assert (answer.status_code, answer.text) == (404, "没有这个页面。")


def test_pages_are_packed_and_forms_with_a_token_are_not(address: str) -> None:
    asked = requests.post(
        address + PATH, data=page_request(""), timeout=60,
        headers=PACKED | {"Content-Type": "application/json"},
    )  # fmt: skip
    form = requests.get(f"{address}/send", headers=PACKED, timeout=60)
    assert asked.headers["Content-Encoding"] == "gzip"
    assert 'name="csrf_token"' in form.text
    assert "Content-Encoding" not in form.headers


@pytest.fixture
def server(tmp_path: Path) -> flask.Flask:
    """A server with one asset."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "a.css").write_text("p {}" * 1000, encoding="utf-8")
    server = flask.Flask(__name__, static_folder=tmp_path / "assets", static_url_path="/assets")
    pack_answers(server)
    offer_program_files(server, ProgramFiles(tmp_path / "assets"))
    return server


def test_a_file_is_packed_once_and_lasts_under_its_own_mark_alone(
    server: flask.Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    packings: list[int] = []

    def counted(body: bytes) -> bytes:
        packings.append(len(body))
        return pack(body)

    monkeypatch.setattr(program_files, "pack", counted)
    with server.test_request_context():
        named = flask.render_template_string("{{ asset('a.css') }}")
    client = server.test_client()
    lasting = [
        client.get(path, headers=PACKED).headers["Cache-Control"] == FOR_EVER
        for path in (named, named, "/assets/a.css", "/assets/a.css?h=0")
    ]
    assert lasting == [True, True, False, False]
    assert gzip.decompress(client.get(named, headers=PACKED).data) == b"p {}" * 1000
    assert packings == [4000]
    assert client.get("/assets/b.css", headers=PACKED).status_code == 404


def test_guessed_versions_of_a_file_take_no_memory() -> None:
    files = ProgramFiles(Path("nowhere"))
    for version in range(5):
        files.keep(f"/_dash-component-suites/a/b.v{version}m1.js", b"x", "text/javascript")
    assert len(files._kept) == 1


def test_a_page_opened_again_is_not_sent_again_unless_it_may_be_in_no_cache() -> None:
    server = flask.Flask(__name__)
    pack_answers(server)
    server.add_url_rule("/open", "open", lambda: "甲" * 1000)
    server.add_url_rule(
        "/secret", "secret", lambda: ("甲" * 1000, {"Cache-Control": "no-store"})
    )  # fmt: skip
    client = server.test_client()
    first = client.get("/open", headers=PACKED)
    again = client.get("/open", headers=PACKED | {"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, again.data) == (200, 304, b"")
    secret = client.get("/secret", headers=PACKED)
    assert "ETag" not in secret.headers
    assert secret.headers["Cache-Control"] == "no-store"
