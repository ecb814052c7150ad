"""报送 in the browser's words: upload, look, confirm; and those who try it otherwise."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import flask
import pytest

from analysis.accounts import AuditLog
from analysis.ingest.pipeline import ingest, new_files
from analysis.intake import drafts
from analysis.settings import Settings
from dashboards.app import create_app
from dashboards.forms.submission import Refusals
from tests.dashboards.people import BASE, HAZARDS, Visitor, write

pytestmark = pytest.mark.slow

HEAD, MINE, THEIRS, DONE = HAZARDS


@pytest.fixture(scope="module")
def people(server: flask.Flask) -> dict[str, Visitor]:
    found = {name: Visitor(server.test_client()) for name in ("office", "education", "transport")}
    for name, visitor in found.items():
        visitor.log_in(name)
    return found


@pytest.fixture(autouse=True)
def nothing_new(county: Settings) -> Iterator[None]:
    """Each test begins with what is published, and leaves nothing behind."""
    yield
    for path in new_files(county):
        path.unlink()


def ledger(tmp_path: Path, *rows: list[Any]) -> bytes:
    return write(tmp_path / "upload.xlsx", [HEAD, *rows]).read_bytes()


def upload(visitor: Visitor, content: bytes, name: str = "台账.xlsx", **more: str) -> Any:
    return visitor.post("/send", "/send", file=(io.BytesIO(content), name), **more)


def test_a_unit_sends_its_ledger_in(
    people: dict[str, Visitor], county: Settings, tmp_path: Path
) -> None:
    education = people["education"]
    changed = [*MINE[:-2], "已完成整改", "2023-11-10"]
    answer = upload(education, ledger(tmp_path, changed, DONE))
    assert answer.status_code == 302
    check = answer.headers["Location"]
    page = education.get(check).get_data(True)
    assert "与上次不同 1 项" in page
    assert "2023-11-10" in page
    assert new_files(county) == []
    assert education.post(check, check, do="confirm").headers["Location"] == "/send"
    (landed,) = new_files(county)
    assert landed.name == "001_台账.xlsx"
    assert landed.parent.name == "县教育局"
    page = education.get("/send").get_data(True)
    assert "已收到，存为" in page
    assert "等待计入" in page
    assert "001_台账.xlsx" not in people["transport"].get("/send").get_data(True)
    event = [line["event"] for line in AuditLog(county.audit_log).lines()][-1]
    assert event == "报送"
    ingest(county)
    assert "已计入：入库 1 行，重复 1 行" in education.get("/send").get_data(True)
    # Taken away again, so that the next test finds the county as it was.
    landed.unlink()
    ingest(county)


@pytest.mark.parametrize(
    ("day", "period"),
    [("2023-11-10", "2023-10-16 至 2023-10-31"), ("2023-10-20", "2023-10-01 至 2023-10-15")],
)
def test_who_has_reported_is_told_for_the_day_of_the_address(
    committed: Settings, day: str, period: str
) -> None:
    visitor = Visitor(create_app(committed).server.test_client())
    assert f"半月报：{period}" in visitor.get(f"/send?as_of={day}").get_data(True)


def test_a_confirmation_is_not_taken_twice(
    people: dict[str, Visitor], county: Settings, tmp_path: Path
) -> None:
    education = people["education"]
    check = upload(education, ledger(tmp_path, MINE)).headers["Location"]
    token = education.token(check)
    statuses = [
        education.client.post(
            check, data={"csrf_token": token, "do": "confirm"}, base_url=BASE
        ).status_code
        for _ in range(3)
    ]
    assert statuses == [302, 400, 400]
    assert len(new_files(county)) == 1


def test_anothers_upload_can_neither_be_seen_nor_confirmed(
    people: dict[str, Visitor], county: Settings, tmp_path: Path
) -> None:
    check = upload(people["education"], ledger(tmp_path, MINE)).headers["Location"]
    for name in ("transport", "office"):
        other = people[name]
        assert "甲校" not in other.get(check).get_data(True)
        assert other.post(check, "/send", do="confirm").status_code == 400
        assert other.post(check, "/send", do="drop").status_code == 400
    assert new_files(county) == []
    assert people["education"].get(check).status_code == 200


def test_an_upload_displaced_by_later_ones_says_so_and_anothers_stays(
    people: dict[str, Visitor], county: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafts, "MOST_DRAFTS", 2)
    others = upload(people["transport"], ledger(tmp_path, THEIRS)).headers["Location"]
    first, *_ = [
        upload(people["education"], ledger(tmp_path, MINE)).headers["Location"] for _ in range(3)
    ]
    page = people["education"].get(first)
    assert (page.status_code, "被后来的上传挤掉" in page.get_data(True)) == (404, True)
    assert people["transport"].get(others).status_code in {200, 202}


def test_a_withdrawn_upload_is_gone(
    people: dict[str, Visitor], county: Settings, tmp_path: Path
) -> None:
    education = people["education"]
    check = upload(education, ledger(tmp_path, MINE)).headers["Location"]
    assert education.post(check, check, do="drop").status_code == 302
    assert education.get(check).status_code == 404
    assert new_files(county) == []


def test_what_the_form_says_of_the_unit_counts_for_the_office_alone(
    people: dict[str, Visitor], county: Settings, tmp_path: Path
) -> None:
    forged = upload(people["education"], ledger(tmp_path, MINE), unit="县交通运输局")
    assert "县教育局" in people["education"].get(forged.headers["Location"]).get_data(True)
    sent = upload(people["office"], ledger(tmp_path, THEIRS), unit="县交通运输局")
    people["office"].post(sent.headers["Location"], sent.headers["Location"], do="confirm")
    assert [path.parent.name for path in new_files(county)] == ["县交通运输局"]
    escaped = upload(people["office"], ledger(tmp_path, THEIRS), unit="../../etc")
    assert "专班办公室" in people["office"].get(escaped.headers["Location"]).get_data(True)


def test_anothers_rows_wait_and_what_they_are_of_is_not_told(
    people: dict[str, Visitor], county: Settings, tmp_path: Path
) -> None:
    education = people["education"]
    check = upload(education, ledger(tmp_path, MINE, THEIRS)).headers["Location"]
    page = education.get(check).get_data(True)
    assert "有 1 行不是县教育局已有的事项" in page
    assert "H-县交通运输局" not in page  # that the other unit has it is nobody's business
    assert education.post(check, check, do="confirm").status_code == 302
    assert len(new_files(county)) == 1


def test_a_ledger_in_the_name_of_another_cannot_be_confirmed_even_without_the_button(
    people: dict[str, Visitor], county: Settings, tmp_path: Path
) -> None:
    education = people["education"]
    path = write(tmp_path / "upload.xlsx", [["填报单位：县交通运输局"], HEAD, THEIRS])
    check = upload(education, path.read_bytes()).headers["Location"]
    page = education.get(check).get_data(True)
    assert "不是县教育局" in page
    assert 'value="confirm"' not in page
    answer = education.post(check, check, do="confirm")
    assert answer.status_code == 400
    assert new_files(county) == []


@pytest.fixture
def sent(people: dict[str, Visitor], county: Settings, tmp_path: Path) -> Iterator[str]:
    """A file of 县教育局's that was just confirmed, by its path; gone after, with its note."""
    education = people["education"]
    register = county.raw / "received.toml"
    before = register.read_bytes() if register.exists() else b""
    changed = [*MINE[:-2], "已完成整改", "2023-11-10"]
    check = upload(education, ledger(tmp_path, changed, DONE)).headers["Location"]
    education.post(check, check, do="confirm")
    (landed,) = new_files(county)
    yield landed.relative_to(county.raw).as_posix()
    landed.unlink()
    register.write_bytes(before)


BUTTON = 'aria-label="撤回 {}"'


def test_a_unit_takes_back_what_is_not_published_yet(
    people: dict[str, Visitor], county: Settings, sent: str
) -> None:
    education, form = people["education"], f"/send/withdraw?path={sent}"
    assert BUTTON.format(sent) in education.get("/send").get_data(True)
    assert "确认撤回" in education.get(form).get_data(True)
    assert people["transport"].get(form).status_code == 404  # another's is as one that is not there
    answer = people["transport"].post("/send/withdraw", "/send", path=sent)
    assert (answer.status_code, "没有收到过" in answer.get_data(True)) == (400, True)
    answer = education.post("/send/withdraw", form, path=sent, reason="报成了<b>上一期</b>的")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/send")
    page = education.get("/send").get_data(True)
    assert "已撤回" in page
    assert "（education：报成了&lt;b&gt;上一期&lt;/b&gt;的）" in page
    assert BUTTON.format(sent) not in page
    assert sent not in people["transport"].get("/send").get_data(True)
    line = list(AuditLog(county.audit_log).lines())[-1]
    assert (line["event"], line["who"], line["path"]) == ("撤回报送", "education", sent)
    assert education.post("/send/withdraw", form, path=sent).status_code == 400


def test_what_is_published_the_office_takes_back_with_a_reason(
    people: dict[str, Visitor], county: Settings, sent: str
) -> None:
    education, office = people["education"], people["office"]
    form = f"/send/withdraw?path={sent}"
    ingest(county)
    assert BUTTON.format(sent) not in education.get("/send").get_data(True)
    answer = education.post("/send/withdraw", form, path=sent)
    assert answer.status_code == 400
    assert "已经计入发布的数字，不能自己撤回" in answer.get_data(True)
    assert BUTTON.format(sent) in office.get("/send").get_data(True)
    answer = office.post("/send/withdraw", form, path=sent, reason=" ")
    assert answer.status_code == 400
    assert "请写明撤回的原因" in answer.get_data(True)
    assert office.post("/send/withdraw", form, path=sent, reason="单位来电").status_code == 302
    ingest(county)
    assert "撤回（office：单位来电）" in education.get("/send").get_data(True)


def test_beside_a_file_with_a_sender_one_that_names_none_has_none(
    people: dict[str, Visitor], county: Settings, sent: str
) -> None:
    ingest(county)
    page = people["office"].get("/send").get_data(True)
    assert sent in page
    assert "<td>2023-10-15</td><td></td><td>2023-10-15/检查台账.xlsx</td>" in page


@pytest.mark.parametrize("path", ["received.toml", "../yanpan.toml", "", "2023-10-15/没有.xlsx"])
def test_what_nobody_sent_cannot_be_taken_back(people: dict[str, Visitor], path: str) -> None:
    page = people["office"].get(f"/send/withdraw?path={path}")
    assert (page.status_code, "没有收到过这份报送" in page.get_data(True)) == (404, True)
    answer = people["office"].post("/send/withdraw", "/send", path=path, reason="试试")
    assert answer.status_code == 400
    assert "没有收到过" in answer.get_data(True)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("台账.xlsm", b"x", "只收"),
        ("台账.xlsx", b"", "空的"),
        ("台账.xlsx", b"PK\x03\x04 broken", "已损坏"),
        ("../../台账.exe", b"MZ", "只收"),
    ],
)
def test_what_is_refused_is_told_in_one_line(
    people: dict[str, Visitor], county: Settings, name: str, content: bytes, said: str
) -> None:
    answer = upload(people["education"], content, name)
    assert answer.status_code == 400
    assert said in answer.get_data(True)
    assert new_files(county) == []


def test_nothing_chosen_is_told(people: dict[str, Visitor]) -> None:
    answer = people["education"].post("/send", "/send")
    assert answer.status_code == 400
    assert "请先选一个文件" in answer.get_data(True)


def test_a_name_does_not_lead_out_of_the_folder(
    people: dict[str, Visitor], county: Settings, tmp_path: Path
) -> None:
    education = people["education"]
    sent = upload(education, ledger(tmp_path, MINE), "../../../../etc/<b>x</b>.xlsx")
    check = sent.headers["Location"]
    assert "<b>x" not in education.get(check).get_data(True)
    education.post(check, check, do="confirm")
    (landed,) = new_files(county)
    assert landed.is_relative_to(county.raw)


MARKUP = "<img src=x onerror=alert(1)>\"'`{{7*7}}"


def test_markup_in_any_cell_is_text(people: dict[str, Visitor], tmp_path: Path) -> None:
    education = people["education"]
    keep = {"责任单位", "整改期限", "检查日期", "完成日期"}
    row = [
        value if head in keep else MARKUP for head, value in zip(HEAD, DONE, strict=True)
    ]  # fmt: skip
    odd = [MARKUP if head != "责任单位" else value for head, value in zip(HEAD, MINE, strict=True)]
    check = upload(education, ledger(tmp_path, row, odd)).headers["Location"]
    page = education.get(check).get_data(True)
    assert "&lt;img src=x" in page
    assert "<img" not in page
    assert "49" not in page.split("onerror")[1][:40]


def test_a_file_that_brings_its_reader_down_is_refused_and_the_next_is_read(
    people: dict[str, Visitor], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    education = people["education"]
    check = upload(education, ledger(tmp_path, MINE)).headers["Location"]
    for bound in ("LONGEST_SMALL_S", "LONGEST_ODD_S"):  # it gives way, and is no quicker then
        monkeypatch.setattr(f"dashboards.forms.readings.{bound}", 0.0001)
    refused = education.get(check)
    assert refused.status_code == 404
    assert "这个文件读不下来" in refused.get_data(True)
    monkeypatch.undo()
    assert education.get(check).status_code == 404  # remembered, and not read again
    again = upload(education, ledger(tmp_path, MINE)).headers["Location"]
    assert education.get(again).status_code == 200


def test_of_many_refusals_a_few_are_logged_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("dashboards.forms.submission.time.monotonic", lambda: now[0])
    refusals = Refusals()
    assert [refusals.is_worth_a_line("甲", 2) for _ in range(4)] == [True, True, False, False]
    assert refusals.is_worth_a_line("乙", 2)
    now[0] = 60.5
    assert [refusals.is_worth_a_line("甲", 1) for _ in range(2)] == [True, False]
