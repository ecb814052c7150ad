"""Rows of a plan's table are set right on the page, by the office alone, and stay so. 模拟数据."""

import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from analysis.accounts import AuditLog
from analysis.ingest.pipeline import ingest
from analysis.ingest.plan.taught import PLAN_READINGS, read_taught
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse
from tests.dashboards.people import PASSWORD, Visitor, served
from tests.ingest.plan.test_rows_told import BODY, ROWS, SHORT, document, workbook

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("no_readings_left")]

#: Rows as their file numbers them: in a workbook the title is the first, in a document none is.
BOATS, PATROL = 5, 6
TABLE = 1


def upload(visitor: Visitor, path: Path) -> str:
    answer = visitor.post("/send", "/send", file=(io.BytesIO(path.read_bytes()), path.name))
    return str(answer.headers["Location"])


def row_of(page: str, number: int, part: int = TABLE) -> str:
    return page.split(f'<li id="L{part}-{number}"')[1].split("</li>")[0]


def table_of(page: str) -> int:
    """The part in which the table is, of a page with the row of boats."""
    (part,) = re.findall(r'<li id="L(\d)-\d+"[^\0]{0,300}?配齐救生衣', page)
    return int(part)


def test_a_unit_is_shown_the_rows_and_sets_nothing_right(
    people: dict[str, Visitor], county: Settings, tmp_path: Path
) -> None:
    education = people["education"]
    check = upload(education, document(tmp_path / "清单.docx", ROWS))
    assert "县交通运输局" in row_of(education.get(check).get_data(True), BOATS)
    assert "/line/" not in education.get(check).get_data(True)
    form = f"{check}/part/1/line/{BOATS}"
    assert education.get(form).status_code == 403
    said = {"do": "牵头单位", "item": "0", "value": "县教育局", "why": "试试"}
    assert education.post(form, check, **said).status_code == 403
    assert not (county.raw / PLAN_READINGS).exists()


def test_a_row_set_right_is_taken_back(
    people: dict[str, Visitor], county: Settings, tmp_path: Path
) -> None:
    office = people["office"]
    check = upload(office, document(tmp_path / "清单.docx", ROWS))
    form = f"{check}/part/1/line/{PATROL}"
    assert f'href="{form}" aria-label="改表格1第 {PATROL} 行"' in office.get(check).get_data(True)
    answer = office.post(form, form, do="role", value="措施", why="合并的一行也是措施")
    assert answer.headers["Location"] == f"{check}#L1-{PATROL}"
    row = row_of(office.get(check).get_data(True), PATROL)
    assert all(said in row for said in ("is-measure", "县应急管理局", "专班办公室改定"))
    assert list(AuditLog(county.audit_log).lines())[-1].items() >= {
        "event": "改定读法", "table": "表格1", "line": PATROL, "what": "角色", "value": "措施",
    }.items()  # fmt: skip
    assert "合并的一行也是措施" in office.get(form).get_data(True)
    office.post(form, form, do="back", entry="1", why="看错了")
    assert "is-heading" in row_of(office.get(check).get_data(True), PATROL)


@pytest.mark.parametrize("form", ["清单.xlsx", "清单.docx"])
def test_what_is_set_right_counts_in_this_submission_and_the_next(
    people: dict[str, Visitor], county: Settings, tmp_path: Path, form: str
) -> None:
    office, make = people["office"], workbook if form.endswith("xlsx") else document
    path = make(tmp_path / form, ROWS)
    check = upload(office, path)
    part = table_of(office.get(check).get_data(True))
    above = 1 if make is workbook else 0
    boats, patrol = (
        f"{check}/part/{part}/line/{n + above}" if part else f"{check}/line/{n + above}"
        for n in (BOATS, PATROL)
    )
    said = {"do": "牵头单位", "item": "0", "value": "县水利局", "why": "船归水利局管"}
    assert office.post(boats, boats, **said).status_code == 302
    assert office.post(patrol, patrol, do="role", value="措施", why="漏读").status_code == 302
    again = make(tmp_path / f"再报_{form}", [ROWS[0], ROWS[1], [], *ROWS[2:]])
    for sent in (check, upload(office, again)):
        page = office.get(sent).get_data(True)
        assert page.count("专班办公室改定</small>") == page.count("专班办公室改定</span>") == 1
        assert office.post(sent, sent, do="confirm").status_code == 302
        ingest(county)
        with open_warehouse(county.warehouse) as con:
            asked = (
                "SELECT unit FROM measure WHERE sub_measure SIMILAR TO '配齐.*|.*巡查' ORDER BY 1"
            )
            rows = fetch_rows(con, asked)[1]
        assert set(rows) == {("县应急管理局",), ("县水利局",)}
        for left in county.raw.rglob(f"*{form}"):
            left.unlink()
    ingest(county)
    assert [each.value for each in read_taught(county.raw).entries] == ["县水利局", "措施"]


def test_a_row_of_an_annex_says_where_its_measure_is_set_right(
    people: dict[str, Visitor], tmp_path: Path
) -> None:
    office = people["office"]
    check = upload(office, document(tmp_path / "方案.docx", SHORT, *BODY))
    page = office.get(f"{check}/line/11").get_data(True)
    assert "这一行给出：牵头单位 县供电公司（用于 2）" in page
    assert "到那条措施所在的行" in page
    assert '<option value="" selected>请选</option>' in page  # no role of a 附表 can be chosen


@pytest.mark.parametrize("place", ["part/1/line/99", "part/9/line/1", "line/1"])
def test_what_is_no_row_cannot_be_set_right(
    people: dict[str, Visitor], county: Settings, tmp_path: Path, place: str
) -> None:
    """No such row, no such table, and a line beside a table that is no plan's."""
    office = people["office"]
    check = upload(office, document(tmp_path / "清单.docx", ROWS))
    assert office.get(f"{check}/{place}").status_code == 404
    labels = f"{check}/labels"
    answer = office.post(f"{check}/{place}", labels, do="role", value="措施", why="试试")
    assert answer.status_code == 404
    assert "不能改" in answer.get_data(True)
    assert not (county.raw / PLAN_READINGS).exists()


@pytest.mark.browser
def test_a_clerk_sets_a_unit_and_a_role_right_and_sends_again(
    person: BrowserContext, county: Settings, tmp_path: Path
) -> None:
    path = document(tmp_path / "清单.docx", ROWS)
    with served(county) as at:
        page = person.new_page()
        page.goto(f"{at}/login")
        page.fill("[name=name]", "office")
        page.fill("[name=password]", PASSWORD)
        page.click("button[type=submit]")

        def send() -> None:
            page.goto(f"{at}/send")
            page.set_input_files("input[type=file]", path)
            page.locator("form:has(input[type=file]) button[type=submit]").click()
            expect(page.locator("#L1-1")).to_be_visible()

        def correct(number: int, heading: str, name: str, chosen: str, value: str) -> None:
            page.get_by_label(f"改表格1第 {number} 行").click()
            form = page.locator("form").filter(has=page.locator(f"[name={name}]")).filter(
                has_text=heading
            )  # fmt: skip
            form.locator(f"select[name={name}]").select_option(chosen)
            if value:
                form.locator("input[name=value]").fill(value)
            form.locator("[name=why]").fill("读错了")
            form.locator("button").click()
            expect(page.locator(f"#L1-{number}")).to_be_in_viewport()

        send()
        expect(page.locator(f"#L1-{BOATS}")).to_contain_text("县交通运输局 所在列")
        correct(BOATS, "改哪一项", "do", "牵头单位", "县水利局")
        correct(PATROL, "改为", "value", "措施", "")
        send()
        expect(page.locator(f"#L1-{BOATS}")).to_contain_text("县水利局 专班办公室改定")
        expect(page.locator(f"#L1-{PATROL} .bl-role")).to_have_text("措施")
        expect(page.locator(".beside-sum")).to_contain_text("4 条措施")
        page.close()
