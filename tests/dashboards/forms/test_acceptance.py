"""验收销号 in the browser's words: on evidence, never alone, never of what is not done."""

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import flask
import pytest

from analysis.accounts import Accounts, AuditLog, Role
from analysis.errors import YanpanError
from analysis.ingest.pipeline import ingest, new_files
from analysis.intake.acceptance import acts_on, evidence_path
from analysis.settings import Settings
from dashboards.app import create_app
from tests.dashboards.people import HAZARDS, PASSWORD, Visitor, write

pytestmark = pytest.mark.slow

DONE, OPEN = "H-县教育局-3", "H-县教育局-1"
PDF = b"%PDF-1.7 \xe6\xa8\xa1\xe6\x8b\x9f"


#: Second accounts: of who records in the office, and of who answers for the items.
SECOND = {"office2": "周　九（主任）", "zhang": "张三"}


@pytest.fixture(scope="module")
def people(server: flask.Flask, county: Settings) -> dict[str, Visitor]:
    for name, person in SECOND.items():
        Accounts(county.accounts).add(name, Role.OFFICE, PASSWORD, person=person)
    found = {}
    for name in ("office", "second", "leader", "education", "transport", *SECOND):
        found[name] = Visitor(server.test_client())
        found[name].log_in(name)
    return found


@pytest.fixture(autouse=True)
def as_before(county: Settings) -> Iterator[None]:
    yield
    left = list(county.raw.glob("*/验收销号/*.csv"))
    for path in left:
        path.unlink()
    if left:
        ingest(county)


def record(visitor: Visitor, item: str = DONE, **changed: Any) -> Any:
    form = {
        "id": item, "do": "accept", "accepted_on": "2023-10-25", "accepted_by": "钱七",
        "closed_on": "2023-10-26", "evidence": (io.BytesIO(PDF), "验收单.pdf"),
    } | changed  # fmt: skip
    return visitor.post("/acceptance/item", "/send", **form)


def take_back(visitor: Visitor, reason: str = "复查发现没有换") -> Any:
    return visitor.post(
        "/acceptance/item", "/send", id=DONE, do="withdraw", reason=reason
    )  # fmt: skip


def send_back(visitor: Visitor, **changed: Any) -> Any:
    form = {
        "id": DONE, "do": "reject", "checked_on": "2023-11-01", "checked_by": "郑十",
        "reason": "插座仍然破损", "rework_due_on": "2023-11-30",
    } | changed  # fmt: skip
    return visitor.post("/acceptance/item", "/send", **form)


def state(county: Settings, people: dict[str, Visitor]) -> str:
    if new_files(county):
        ingest(county)
    text = people["office"].get(f"/acceptance/item?id={DONE}").get_data(True)
    return text.split("现在是 <strong>")[1].split("<")[0]


def test_an_item_is_accepted_taken_back_and_accepted_again(
    people: dict[str, Visitor], county: Settings
) -> None:
    assert "丙校" in people["office"].get("/acceptance").get_data(True)
    assert state(county, people) == "待验收"
    assert record(people["office"]).status_code == 302
    assert state(county, people) == "已销号"
    (act,) = acts_on(county, DONE)
    assert (act.recorded_by, act.accepted_on, act.accepted_by, act.closed_on) == (
        "office", "2023-10-25", "钱七", "2023-10-26",
    )  # fmt: skip
    kept = evidence_path(county, act.evidence_sha256)
    assert kept
    assert kept.read_bytes() == PDF
    refused = take_back(people["office"])
    assert refused.status_code == 400
    assert "不能自己撤回" in refused.get_data(True)
    assert take_back(people["second"]).status_code == 302
    assert state(county, people) == "待验收"
    assert record(people["second"]).status_code == 302
    assert state(county, people) == "已销号"
    events = [line["event"] for line in AuditLog(county.audit_log).lines()]
    assert [e for e in events if "验收" in e] == ["验收销号", "撤回验收", "验收销号"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"item": OPEN}, "现在是“逾期”"),
        ({"item": "H-没有"}, "没有这条事项"),
        ({"accepted_on": ""}, "请填写验收日期"),
        ({"accepted_on": "2099-01-01"}, "还没有到"),
        ({"accepted_on": "2023-10-01"}, "早于整改完成日期"),
        ({"closed_on": "2023-10-24"}, "不能早于验收日期"),
        ({"accepted_by": " "}, "请填写验收人"),
        ({"accepted_by": "张三"}, "不能自己验收"),
        ({"accepted_by": "张 三（局长）"}, "不能自己验收"),
        ({"accepted_by": "李四、副局长张三"}, "不能自己验收"),
        ({"accepted_by": "zhang"}, "不能自己验收"),
        ({"accepted_by": "本人"}, "不能自己验收"),
        ({"accepted_by": "=1+1"}, "不能以"),
        ({"evidence": (io.BytesIO(), "")}, "请附上验收的依据文件"),
        ({"evidence": (io.BytesIO(b"MZ"), "验收单.pdf")}, "和它的类型不符"),
        ({"evidence": (io.BytesIO(b"<html>"), "验收单.html")}, "只收"),
        (
            {"evidence": (io.BytesIO(b"PK\x03\x04junk vbaProject.bin"), "验收单.docx")},
            "和它的类型不符",
        ),
        ({"evidence": (io.BytesIO(b"\x89PNG\r\n\x1a\nx"), "照片.png")}, "不是完好的"),
    ],
)
def test_what_cannot_be_accepted_is_refused(
    people: dict[str, Visitor], county: Settings, changed: dict[str, Any], said: str
) -> None:
    answer = record(people["office"], **changed)
    assert answer.status_code in {400, 404}
    assert said in answer.get_data(True)
    assert list(county.raw.glob("*/验收销号/*.csv")) == []


def test_an_acceptance_is_recorded_once_even_before_it_is_published(
    people: dict[str, Visitor], county: Settings
) -> None:
    assert record(people["office"]).status_code == 302
    again = record(people["second"])
    assert again.status_code == 400
    assert "登记" in again.get_data(True)
    assert len(acts_on(county, DONE)) == 1


def test_who_answers_for_an_item_records_no_acceptance_of_it(
    people: dict[str, Visitor], county: Settings
) -> None:
    answer = record(people["zhang"])
    assert answer.status_code == 400
    assert "您是这条事项的责任人" in answer.get_data(True)


def test_a_second_account_is_the_same_person(people: dict[str, Visitor], county: Settings) -> None:
    record(people["office"])
    taken = take_back(people["office2"])
    assert taken.status_code == 400
    assert "换一个账号也不行" in taken.get_data(True)
    returned = send_back(people["office2"])
    assert returned.status_code == 400
    assert "换一个账号也不行" in returned.get_data(True)
    ingest(county)
    page = people["office2"].get(f"/acceptance/item?id={DONE}").get_data(True)
    assert "这次验收是您登记的" in page
    assert len(acts_on(county, DONE)) == 1


def test_what_was_accepted_is_sent_back_done_again_and_accepted(
    people: dict[str, Visitor], county: Settings, tmp_path: Path
) -> None:
    record(people["office"])
    ingest(county)
    assert send_back(people["second"]).status_code == 302
    assert state(county, people) == "逾期"
    page = people["office"].get(f"/acceptance/item?id={DONE}").get_data(True)
    assert "插座仍然破损" in page
    assert "2023-11-30" in page
    assert "只有“待验收”的事项可以登记验收" in page
    refused = record(people["office"])
    assert refused.status_code == 400
    assert "现在是“逾期”" in refused.get_data(True)
    again = [*HAZARDS[3][:-1], "2023-11-20"]
    # Taken in by the front door, so that it is on record that it came after the return.
    ingest(county, [write(tmp_path / "县教育局_重改.xlsx", [HAZARDS[0], again])])
    (path,) = county.raw.rglob("县教育局_重改.xlsx")
    try:
        assert state(county, people) == "待验收"
        early = record(people["office"])
        assert "早于整改完成日期 2023-11-20" in early.get_data(True)
        done = {"accepted_on": "2023-11-25", "closed_on": "2023-11-25"}
        assert record(people["office"], **done).status_code == 302
        assert state(county, people) == "已销号"
    finally:
        path.unlink()
    events = [line["event"] for line in AuditLog(county.audit_log).lines()]
    assert [e for e in events if e in {"验收销号", "退回重改"}][-3:] == [
        "验收销号", "退回重改", "验收销号",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"id": OPEN}, "只能退回报了完成的事项"),
        ({"reason": " "}, "请填写退回原因"),
        ({"rework_due_on": ""}, "请填写重改期限"),
        ({"rework_due_on": "2023-10-30"}, "重改期限不能早于复查日期"),
        ({"checked_on": "2023-10-19"}, "早于整改完成日期"),
        ({"checked_on": "2099-01-01"}, "还没有到"),
        ({"checked_by": ""}, "请填写复查人"),
    ],
)
def test_what_cannot_be_sent_back_is_refused(
    people: dict[str, Visitor], county: Settings, changed: dict[str, Any], said: str
) -> None:
    answer = send_back(people["office"], **changed)
    assert answer.status_code == 400
    assert said in answer.get_data(True)
    assert acts_on(county, DONE) == []


def test_a_return_is_recorded_once_even_before_it_is_published(
    people: dict[str, Visitor], county: Settings
) -> None:
    assert send_back(people["office"]).status_code == 302
    assert "登记退回" in send_back(people["second"]).get_data(True)
    assert "刚被退回重改" in record(people["second"]).get_data(True)
    assert len(acts_on(county, DONE)) == 1


def test_where_signers_are_confirmed_only_they_sign(
    people: dict[str, Visitor], county: Settings
) -> None:
    confirmed = county.model_copy(update={"acceptance": {"signers": ["孙某（组长）"]}})
    client = Visitor(create_app(confirmed).server.test_client())
    client.log_in("office")
    page = client.get(f"/acceptance/item?id={DONE}").get_data(True)
    assert '<option value="孙某（组长）">' in page
    refused = record(client)
    assert refused.status_code == 400
    assert "不是确认过的签字人" in refused.get_data(True)
    assert record(client, accepted_by="组长 孙 某").status_code == 302


def test_what_a_register_of_the_office_says_is_seen_and_taken_back_in_the_browser(
    people: dict[str, Visitor], county: Settings
) -> None:
    head = ["责任单位", "隐患编号", "验收动作", "验收日期", "验收人", "经办人"]
    act = ["县教育局", "3", "验收销号", "2023-10-25", "钱七", "吴某"]
    path = write(county.raw / date.today().isoformat() / "验收销号登记.xlsx", [head, act])
    try:
        assert state(county, people) == "已销号"
        page = people["office"].get(f"/acceptance/item?id={DONE}").get_data(True)
        assert "钱七" in page
        assert take_back(people["office"]).status_code == 302
        assert state(county, people) == "待验收"
    finally:
        path.unlink()


def test_there_is_nothing_to_take_back_where_nothing_stands(people: dict[str, Visitor]) -> None:
    answer = take_back(people["second"])
    assert answer.status_code == 400
    assert "没有有效的验收" in answer.get_data(True)


@pytest.mark.parametrize("name", ["leader", "education", "transport"])
def test_others_can_neither_accept_nor_look(people: dict[str, Visitor], name: str) -> None:
    visitor = people[name]
    form = "/send" if name != "leader" else "/account"
    for path in ("/acceptance", f"/acceptance/item?id={DONE}"):
        assert visitor.get(path).status_code == 403
    forged = visitor.post("/acceptance/item", form, id=DONE, do="accept", accepted_by="钱七")
    assert forged.status_code == 403


def test_evidence_is_for_those_whose_item_it_is(
    people: dict[str, Visitor], county: Settings
) -> None:
    record(people["office"])
    (act,) = acts_on(county, DONE)
    ingest(county)
    path = f"/evidence/{act.evidence_sha256}"
    statuses = {name: people[name].get(path).status_code for name in people}
    assert statuses == {
        "office": 200, "second": 200, "leader": 200, "education": 200, "transport": 404,
        "office2": 200, "zhang": 200,
    }  # fmt: skip
    answer = people["education"].get(path)
    assert "attachment" in answer.headers["Content-Disposition"]
    for forged in ("../secret.key", "..%2fsecret.key", "..%5csecret.key"):
        assert county.secret.read_bytes() not in people["office"].get(f"/evidence/{forged}").data
    for forged in ("..secret.key", "x" * 64, "*" * 64, "0" * 64):
        assert people["office"].get(f"/evidence/{forged}").status_code == 404


def test_a_county_without_a_warehouse_says_so(home: Settings) -> None:
    client = create_app(home).server.test_client()
    answer = client.get("/acceptance", base_url="http://127.0.0.1")
    assert answer.status_code == 503
    assert "请先运行 yanpan ingest" in answer.get_data(True)
    assert client.get("/send", base_url="http://127.0.0.1").status_code == 200


def test_without_accounts_nobody_can_be_told_apart(county: Settings) -> None:
    client = create_app(county.model_copy(update={"login": False})).server.test_client()
    answer = record(Visitor(client))
    assert answer.status_code == 403
    assert "login = true" in answer.get_data(True)


def test_a_full_disk_is_one_line(county: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    from analysis.intake.acceptance import withdraw

    def full(*about: object, **more: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.mkdir", full)
    with pytest.raises(YanpanError, match="写不进磁盘"):
        withdraw(county, DONE, "second", "原因")
