"""Requests that once broke something and belong to no other file here, each over a real socket."""

import csv
import io
import os
import re
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
import requests

from analysis.accounts import Accounts, AuditLog, Role
from analysis.adhoc import queries
from analysis.ingest.pipeline import ingest
from analysis.reports import package
from analysis.settings import Settings
from dashboards.downloads import materials
from dashboards.serving.page_cache import head_request, page_request
from tests.conftest import YANPAN
from tests.dashboards.people import (
    HAZARDS,
    PASSWORD,
    Caller,
    Visitor,
    count_pages,
    make_county,
    query_body,
    served,
    write,
)
from tests.depth import DEEP

pytestmark = pytest.mark.slow

DAY = "as_of=2023-11-15"
DONE = "H-县教育局-3"
PDF = b"%PDF-1.7 \xe6\xa8\xa1\xe6\x8b\x9f"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, quick_passwords: None) -> Settings:
    """A county of this file's own, where one item is answered for by 李某 and another is bad."""
    settings = make_county(tmp_path_factory.mktemp("county"))
    bad = [HAZARDS[0]]
    bad.append(["7", "丁校\ufffe", "学校", "＝1+1", "县教育局", "李某", "2023-11-01", "2023-10-01",
                "J1", "整改中", ""])  # fmt: skip
    bad.append(["8", "戊校", "学校", "\n=2+2", "县教育局", "李某", "2023-11-01", "2023-10-01", "J1",
                "已完成整改", "2023-10-20"])  # fmt: skip
    path = settings.raw / "2023-10-16" / "隐患台账.csv"
    path.parent.mkdir()
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(bad)
    ingest(settings)
    accounts = Accounts(settings.accounts)
    accounts.add("甲领导", Role.LEADER, PASSWORD, person="甲某")
    accounts.add("乙领导", Role.LEADER, PASSWORD, person="乙某")
    accounts.add("office2", Role.OFFICE, PASSWORD, person="周　九（主任）")
    return settings


@pytest.fixture(scope="module")
def at(place: Settings) -> Iterator[str]:
    with served(place) as at:
        yield at


def logged_in(at: str, name: str) -> Caller:
    caller = Caller(at)
    caller.headers["Cookie"] = caller.log_in(name).headers["Set-Cookie"].partition(";")[0]
    return caller


def send(caller: Caller, path: str, evidence: tuple[str, bytes], **form: str) -> requests.Response:
    """A form with a file, as it stands on the page of reports."""
    page = caller.page("/send")
    kept = str(page.headers.get("Set-Cookie", caller.headers["Cookie"])).partition(";")[0]
    return caller.request(
        "POST", caller.at + path, data={"csrf_token": Visitor.token_in(page.text), **form},
        files={"evidence": evidence}, headers={"Cookie": kept}, allow_redirects=False, timeout=60,
    )  # fmt: skip


def accept(caller: Caller, item: str, by: str, evidence: tuple[str, bytes]) -> requests.Response:
    return send(
        caller, "/acceptance/item", evidence, id=item, do="accept", accepted_on="2023-10-25",
        accepted_by=by, closed_on="2023-10-26",
    )  # fmt: skip


def test_a_bad_character_in_one_cell_stops_no_page_and_no_document(
    at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package, "_pictures", lambda *_: ({}, []))  # nobody looks at them here
    monkeypatch.setattr(materials, "_made", package.pack)
    leader = logged_in(at, "leader")
    page = leader.ask(page_request(f"?{DAY}", "/overdue"))
    assert page.status_code == 200
    assert "丁校" in page.text
    assert "\ufffe" not in page.text
    answer = leader.get(f"{at}/materials.zip?{DAY}&kind_of=monthly", timeout=180)
    assert answer.status_code == 200
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        books = [name for name in packed.namelist() if name.endswith(".xlsx")]
        book = openpyxl.load_workbook(io.BytesIO(packed.read(books[0])))
        cells = [str(c.value) for sheet in book for row in sheet.iter_rows() for c in row]
    assert any("丁校" in each for each in cells)
    assert not any("\ufffe" in each for each in cells)


def test_no_cell_of_a_csv_is_a_formula(at: str) -> None:
    text = logged_in(at, "leader").page(f"/data/overdue.csv?{DAY}").content.decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert any("＝1+1" in cell for cell in cells)
    assert not any(re.match(r"[\s\x00-\x1f]*[=＝+＋@＠]", cell) for cell in cells)


def test_two_leaders_at_one_address_each_see_their_own_name(at: str) -> None:
    for name, own, other in (("甲领导", "甲某", "乙某"), ("乙领导", "乙某", "甲某")) * 2:
        visitor = logged_in(at, name)
        above, page = visitor.ask(head_request(f"?{DAY}")), visitor.ask(page_request(f"?{DAY}"))
        assert above.status_code == page.status_code == 200
        assert own in above.text
        assert other not in above.text + page.text


def test_junk_in_a_request_for_a_page_makes_and_keeps_no_other_page(
    at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, leader = count_pages(monkeypatch), logged_in(at, "leader")
    body = page_request("?as_of=2023-11-14")
    assert leader.ask(body[:-1] + f', "junk": "{"x" * (28 << 20)}"}}').status_code == 413
    for number in range(20):
        junk = body[:-1] + f', "junk": "{number}{"x" * 50_000}"}}'
        assert leader.ask(junk).status_code in {200, 400}
    assert leader.ask(body).status_code == 200
    assert len(made) == 1


@pytest.mark.parametrize("by", ["李 某", "李某（局长）", "钱某、李某", "李　某 局长"])
def test_who_answers_for_an_item_accepts_it_under_no_spelling(at: str, by: str) -> None:
    answer = accept(logged_in(at, "office"), "H-县教育局-8", by, ("验收单.pdf", PDF))
    assert answer.status_code == 400
    assert "责任人" in answer.text


def test_what_one_account_of_a_person_recorded_his_other_does_not_take_back(
    at: str, place: Settings
) -> None:
    assert accept(logged_in(at, "office"), DONE, "钱七", ("单.pdf", PDF)).status_code == 302
    ingest(place)
    form = {"id": DONE, "do": "withdraw", "reason": "复查"}
    refused = logged_in(at, "office2").post_form("/acceptance/item", "/send", **form)
    assert refused.status_code == 400
    assert "不能自己撤回" in refused.text
    assert logged_in(at, "second").post_form("/acceptance/item", "/send", **form).status_code == 302


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("验收单.docx", b"PK\x03\x04junk vbaProject.bin"), ("验收单.docx", PDF),
        ("照片.jpg", b"\xff\xd8\xffjunk"), ("验收单.pdf", b"%PDF-1.7 /OpenAction /JavaScript"),
        ("验收单.exe", b"MZ"),
    ],
)  # fmt: skip
def test_evidence_is_what_it_says(at: str, place: Settings, name: str, content: bytes) -> None:
    answer = accept(logged_in(at, "office"), DONE, "钱七", (name, content))
    assert answer.status_code == 400
    assert not any(name in str(line) for line in AuditLog(place.audit_log).lines())


@pytest.mark.parametrize(
    "path",
    ["/data/regions.csv", "/data/x.csv", f"/data/duckdb_settings.csv?{DAY}"],
)
def test_what_there_is_not_is_refused_in_chinese_and_names_no_path(
    at: str, place: Settings, path: str
) -> None:
    answer = logged_in(at, "leader").page(path)
    assert answer.status_code in {400, 404}
    assert not answer.text.isascii()
    for inner in (str(place.home), str(Path.home()), "Traceback", "duckdb.", "Error:"):
        assert inner not in answer.text


@pytest.mark.parametrize("text", ["SELECT lpad('x',2000000000,'y')", "FROM range(10000000000000)"])
def test_what_brings_or_takes_too_much_is_refused(
    at: str, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not DEEP:  # half the memory is full in half the time
        monkeypatch.setattr(queries, "MOST_MEMORY", queries.MOST_MEMORY // 2)
    answer = logged_in(at, "education").ask(query_body(text))
    assert answer.status_code == 200
    assert "query-error" in answer.text or "后面还有" in answer.text


def test_a_log_that_was_cut_is_told_when_the_server_starts(home: Settings) -> None:
    Accounts(home.accounts).add("leader", Role.LEADER, PASSWORD)
    for number in range(5):
        AuditLog(home.audit_log).add("登录", f"账号{number}")
    write(home.raw / "2023-10-15" / "隐患台账.xlsx", HAZARDS)
    ingest(home)
    kept = home.audit_log.read_bytes().splitlines(keepends=True)[:2]
    home.audit_log.write_bytes(b"".join(kept))
    with subprocess.Popen(
        [*YANPAN, "--home", str(home.home), "serve", "--port", "0"], stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True, encoding="utf-8", env=os.environ | {"PYTHONUTF8": "1"},
    ) as server:  # fmt: skip
        assert server.stdout
        assert "看板已就绪" in server.stdout.readline()
        server.terminate()
        _, told = server.communicate(timeout=60)
    assert "审计日志少了 3 条" in told


@pytest.mark.parametrize("password", ["1234567890", "qwertyuiop", "password12"])
def test_a_password_that_everybody_tries_is_not_taken(home: Settings, password: str) -> None:
    done = subprocess.run(
        [*YANPAN, "--home", str(home.home), "user", "add", "县领导", "--role", "leader"],
        input=f"{password}\n{password}\n", capture_output=True, text=True, encoding="utf-8",
        env=os.environ | {"PYTHONUTF8": "1"},
    )  # fmt: skip
    assert done.returncode == 1
    assert "密码太容易猜" in done.stderr
    assert Accounts(home.accounts).everyone() == []
