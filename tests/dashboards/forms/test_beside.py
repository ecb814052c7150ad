"""A plan is uploaded, shown line by line beside its reading, and set right by the office alone."""

import io
import re
from pathlib import Path
from typing import Any

import docx
import pytest

from analysis.accounts import AuditLog
from analysis.ingest.pipeline import ingest
from analysis.ingest.plan.taught import PLAN_READINGS, read_taught
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse
from tests.conftest import ROOT
from tests.dashboards.people import Caller, Visitor, served
from tests.ingest.files.test_other_documents import pdf

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("no_readings_left")]

PLAN = (ROOT / "tests/files/模拟数据_对照/夜游整改方案.txt").read_text(encoding="utf-8")
#: The line with a label that nobody knows, and the one with a unit that answers.
UNREAD, LED = 25, 28


def upload(visitor: Visitor, text: str = PLAN, name: str = "方案.txt") -> str:
    answer = visitor.post("/send", "/send", file=(io.BytesIO(text.encode()), name))
    return str(answer.headers["Location"])


def line_of(page: str, number: int) -> str:
    return page.split(f'<li id="L0-{number}"')[1].split("</li>")[0]


def test_every_line_is_shown_with_its_role(people: dict[str, Visitor]) -> None:
    page = people["education"].get(upload(people["education"])).get_data(True)
    filled = [n for n, line in enumerate(PLAN.splitlines(), 1) if line.strip()]
    assert [int(n) for n in re.findall(r'<li id="L0-(\d+)"', page)] == filled
    assert "没有读懂" in line_of(page, UNREAD)
    assert "云水湖景区公司" in line_of(page, LED)
    assert "没有读懂 6 行" in page


def test_a_unit_is_shown_the_reading_and_sets_nothing_right(
    people: dict[str, Visitor], county: Settings
) -> None:
    education = people["education"]
    check = upload(education)
    assert "/line/" not in education.get(check).get_data(True)
    assert education.get(f"{check}/line/{UNREAD}").status_code == 403
    fields = {"do": "role", "value": "措施", "why": "试试"}
    assert education.post(f"{check}/line/{UNREAD}", check, **fields).status_code == 403
    assert not (county.raw / PLAN_READINGS).exists()


def test_the_office_sets_a_line_right_and_takes_it_back(
    people: dict[str, Visitor], county: Settings
) -> None:
    office = people["office"]
    check = upload(office)
    form = f"{check}/line/{UNREAD}"
    said = {"do": "role", "value": "措施", "why": "第二个问题的措施"}
    assert office.post(form, form, **said).status_code == 302
    line = line_of(office.get(check).get_data(True), UNREAD)
    assert "is-measure" in line
    assert "县公安局" in line
    assert "专班办公室改定" in line
    (entry,) = read_taught(county.raw).entries
    assert (entry.value, entry.by, entry.why) == ("措施", "周九", "第二个问题的措施")
    assert [each["event"] for each in AuditLog(county.audit_log).lines()][-1] == "改定读法"
    office.post(form, form, do="back", entry="1", why="看错了")
    assert "没有读懂" in line_of(office.get(check).get_data(True), UNREAD)


def test_a_field_set_right_counts_once_the_plan_is_confirmed(
    people: dict[str, Visitor], county: Settings
) -> None:
    office = people["office"]
    check = upload(office)
    form = f"{check}/line/{LED}"
    said = {"do": "牵头单位", "item": "1", "value": "县水利局", "why": "景区公司归水利局管"}
    assert office.post(form, form, **said).status_code == 302
    assert office.post(check, check, do="confirm").status_code == 302
    ingest(county)
    with open_warehouse(county.warehouse) as con:
        rows = fetch_rows(con, "SELECT unit FROM measure WHERE sub_measure LIKE '配齐救生衣%'")[1]
    assert rows == [("县水利局",)]
    for path in county.raw.rglob("*方案.txt"):
        path.unlink()
    ingest(county)


def test_a_taught_label_is_read_in_the_next_plan_of_the_form(people: dict[str, Visitor]) -> None:
    office = people["office"]
    check = upload(office)
    assert "4 个问题，4 条措施" in office.get(check).get_data(True)
    form = f"{check}/labels"
    said = {"do": "label", "label": "破题之策", "value": "措施", "why": "本县用语"}
    assert office.post(f"{check}/line/0", form, **said).status_code == 302
    other = PLAN.replace("古街", "新街").replace("17号", "18号")
    page = people["education"].get(upload(people["education"], other)).get_data(True)
    assert "4 个问题，6 条措施" in page


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"do": "role", "value": "措施", "why": " "}, "请写明理由"),
        ({"do": "role", "value": "<b>", "why": "x"}, "不认识"),
        ({"do": "完成期限", "item": "0", "value": "等着吧", "why": "x"}, "读不懂"),
        ({"do": "牵头单位", "item": "99", "value": "甲局", "why": "x"}, "请选一项"),
        ({"do": "back", "entry": "7", "why": "x"}, "没有这一条"),
        ({"do": "label", "label": "策", "value": "措施", "why": "x"}, "2 至 16 个字"),
        ({"do": "rm -rf", "why": "x"}, "请选一项"),
    ],
)
def test_what_cannot_be_is_told_and_changes_nothing(
    people: dict[str, Visitor], county: Settings, said: dict[str, str], told: str
) -> None:
    office = people["office"]
    form = f"{upload(office)}/line/{LED}"
    answer = office.post(form, form, **said)
    assert answer.status_code == 400
    assert told in answer.get_data(True)
    assert not (county.raw / PLAN_READINGS).exists()


def test_what_a_plan_says_is_never_part_of_the_page(people: dict[str, Visitor]) -> None:
    hostile = PLAN.replace("古街7家", "<script>alert(1)</script>古街7家").replace(
        "救生衣，", "救生衣“<img src=x onerror=y>”，"
    )
    office = people["office"]
    check = upload(office, hostile)
    pages = [office.get(path).get_data(True) for path in (check, f"{check}/line/17")]
    for page in pages:
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "&lt;script&gt;" in page


def test_what_is_no_plan_says_why(people: dict[str, Visitor]) -> None:
    page = (
        people["office"].get(upload(people["office"], "今天天气好。\n出门散步。\n")).get_data(True)
    )
    assert "不是方案：通篇没有措施" in page


@pytest.mark.parametrize("name", ["方案.html", "方案.docx", "方案.pdf"])
def test_a_plan_comes_in_any_form(people: dict[str, Visitor], tmp_path: Path, name: str) -> None:
    answer = people["office"].post(
        "/send", "/send", file=(io.BytesIO(as_form(PLAN, tmp_path / name)), name)
    )
    page = people["office"].get(answer.headers["Location"]).get_data(True)
    assert "4 个问题" in page
    assert "县交通运输局" in page


def as_form(text: str, path: Path) -> bytes:
    """A plan as a web page, a Word document or a PDF."""
    if path.suffix == ".html":
        lines = "".join(f"<p>{line}</p>" for line in text.splitlines())
        return f"<!doctype html><html><meta charset='utf-8'><body>{lines}</body></html>".encode()
    if path.suffix == ".docx":
        document = docx.Document()
        for line in text.splitlines():
            document.add_paragraph(line)
        document.save(str(path))
        return path.read_bytes()
    return pdf(path, *(line for line in text.splitlines() if line)).read_bytes()


def test_over_a_real_socket_the_office_reads_and_sets_right(county: Settings) -> None:
    with served(county) as at:
        callers: dict[str, Any] = {name: Caller(at) for name in ("office", "education")}
        for name, caller in callers.items():
            cookie = caller.log_in(name).headers["Set-Cookie"].partition(";")[0]
            caller.headers["Cookie"] = cookie
        office, education = callers["office"], callers["education"]
        check = sent(office, at)
        form = f"{check}/line/{UNREAD}"
        assert "没有读懂" in line_of(office.page(check).text, UNREAD)
        assert education.page(form).status_code == 403
        answer = office.post_form(form, form, do="role", value="措施", why="漏读")
        assert answer.status_code == 302
        assert "is-measure" in line_of(office.page(check).text, UNREAD)


def sent(caller: Caller, at: str) -> str:
    page = caller.page("/send")
    kept = str(page.headers.get("Set-Cookie", caller.headers["Cookie"])).partition(";")[0]
    answer = caller.request(
        "POST", f"{at}/send", headers={"Cookie": kept},
        data={"csrf_token": Visitor.token_in(page.text)},
        files={"file": ("方案.txt", PLAN.encode())}, allow_redirects=False, timeout=60,
    )  # fmt: skip
    return str(answer.headers["Location"])
