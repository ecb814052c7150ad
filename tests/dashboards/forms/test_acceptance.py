"""验收销号 in the browser's words: on evidence, never alone, never of what is not done."""

import io
from collections.abc import Iterator
from typing import Any

import flask
import pytest

from analysis.accounts import AuditLog
from analysis.errors import YanpanError
from analysis.ingest.pipeline import ingest, new_files
from analysis.intake.acceptance import acts_on, evidence_path
from analysis.settings import Settings
from dashboards.app import create_app
from tests.dashboards.people import Visitor

pytestmark = pytest.mark.slow

DONE, OPEN = "H-县教育局-3", "H-县教育局-1"
PDF = b"%PDF-1.7 \xe6\xa8\xa1\xe6\x8b\x9f"


@pytest.fixture(scope="module")
def people(server: flask.Flask) -> dict[str, Visitor]:
    found = {}
    for name in ("office", "second", "leader", "education", "transport"):
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
    return visitor.post("/acceptance/item", f"/acceptance/item?id={DONE}", **form)


def take_back(visitor: Visitor, reason: str = "复查发现没有换") -> Any:
    return visitor.post(
        "/acceptance/item", "/send", id=DONE, do="withdraw", reason=reason
    )  # fmt: skip


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
        ({"accepted_by": "=1+1"}, "不能以"),
        ({"evidence": (io.BytesIO(), "")}, "请附上验收的依据文件"),
        ({"evidence": (io.BytesIO(b"MZ"), "验收单.pdf")}, "和它的类型不符"),
        ({"evidence": (io.BytesIO(b"<html>"), "验收单.html")}, "只收"),
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
