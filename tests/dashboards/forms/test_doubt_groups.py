"""待核实 in groups: a file's flood is one, settled in one act, and buries nothing: 模拟数据."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import flask
import pytest

from analysis.accounts import AuditLog
from analysis.ingest.assembly.eras import together
from analysis.ingest.pipeline import ingest
from analysis.ledgers.codes import RULE
from analysis.settings import Settings
from analysis.warehouse.client import Warehouse
from dashboards.forms import doubts as page
from dashboards.forms.doubt_groups import Asking, Listed, alike, groups_of
from dashboards.serving.data import Data
from tests.dashboards.people import Visitor, make_county

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("no_answers_left")]

HEAD = "隐患编号,场所名称,隐患描述,责任单位,责任人,整改期限,发现日期,整改状态\n"
FIRE = "县消防救援大队"
CHECK = f"2023-11-01/{FIRE}/001_检查.csv"
OTHER = f"2023-11-02/{FIRE}/001_复查.csv"
GROUP = {"kind": "row_of_another", "sender": FIRE}
OF_FIRE = f"/doubts?kind=row_of_another&sender={FIRE}"


def put(settings: Settings, path: str, *rows: str) -> None:
    file = settings.raw / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")


def theirs(number: int) -> str:
    unit = "县水利局" if number % 2 else "县文旅局"
    return f"{number},模拟{number}馆,通道堵塞{number},{unit},某乙,2023-12-01,2023-10-01,整改中"


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """A unit that calls a site shut, and another that sends seven rows of others in two files."""
    settings = make_county(tmp_path_factory.mktemp("county"))
    shut = "9,丁校,配电箱没有上锁,县教育局,某甲,2023-11-01,2023-10-01,已停业"
    put(settings, "2023-11-03/县教育局/001_隐患.csv", shut)
    put(settings, CHECK, *(theirs(n) for n in range(1, 6)))
    put(settings, OTHER, *(theirs(n) for n in range(6, 8)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(together, "MOST_ALONE", 10)
        ingest(settings)
        yield settings


def entries(county: Settings) -> list[dict[str, Any]]:
    file = county.raw / "confirmations.toml"
    if not file.exists():
        return []
    found: list[dict[str, Any]] = tomllib.loads(file.read_text("utf-8"))["confirmation"]
    return found


def shown(visitor: Visitor, path: str) -> str:
    return str(visitor.get(path).get_data(True))


def marks(text: str) -> list[str]:
    return re.findall(r'name="ticked" value="([^"]+)"', text)


def stamp(text: str) -> str:
    return str(re.findall(r'name="stamp" value="([^"]+)"', text)[0])


def settle_all(visitor: Visitor, answer: str, **more: str) -> Any:
    path = "/doubts?" + "&".join(f"{k}={v}" for k, v in {**GROUP, **more}.items() if k != "why")
    said = {"which": "all", "answer": answer, "why": "不是本单位的", **GROUP, **more}
    return visitor.post("/doubts", path, stamp=stamp(shown(visitor, path)), **said)


def test_a_flood_is_one_line_behind_what_a_unit_claims_of_its_own(office: Visitor) -> None:
    text = shown(office, "/doubts")
    assert "待定的疑问（8 个）" in text
    assert text.index("丁校") < text.index(f"其他单位的事项 · {FIRE}（7 个）")
    assert "来自 2 个文件，最早的 2023-11-01 起" in text
    assert text.count('<section class="panel" id="') == 1  # the claim, whole
    assert "模拟1馆" not in text


def test_a_group_stands_on_pages_and_by_file(
    office: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "PER_PAGE", 4)
    first, second = shown(office, OF_FIRE), shown(office, f"{OF_FIRE}&page=2")
    assert [len(marks(text)) for text in (first, second)] == [4, 3]
    assert "第 2 页，共 2 页" in second
    assert "定这一组全部 7 个" in first
    alone = shown(office, f"{OF_FIRE}&file={OTHER}")
    assert len(marks(alone)) == 2
    assert "定这一组全部 2 个" in alone
    # What goes on differently from row to row is cut where it does.
    assert "收入，按县……" in alone


def test_only_what_is_shown_is_asked_for(office: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    doubts = Warehouse.doubts

    def counted(self: Warehouse, keys: Any, scope: Any) -> Any:
        asked.append(len(keys))
        return doubts(self, keys, scope)

    monkeypatch.setattr(Data, "doubts", lambda self, *about: self.answer(counted, *about))
    monkeypatch.setattr(page, "PER_PAGE", 2)
    shown(office, "/doubts")
    shown(office, OF_FIRE)
    assert asked == [1, 2]


def test_a_whole_group_is_answered_in_one_act_and_taken_back_in_one(
    office: Visitor, county: Settings
) -> None:
    assert settle_all(office, "leave").status_code == 302
    found = entries(county)
    assert len({each["doubt"] for each in found}) == len(found) == 7
    assert {(e["answer"], e["by"], e["why"]) for e in found} == {
        ("leave", "周九（office）", "不是本单位的")
    }
    last = [*AuditLog(county.audit_log).lines()][-1]
    assert (last["event"], last["kind"], last["sender"], last["doubts"], last["entries"]) == (
        "一起核实疑问", "row_of_another", FIRE, 7, "1–7"
    )  # fmt: skip
    text = shown(office, "/doubts")
    assert "已记为“不收，不计入”" in text or "待定的疑问（1 个）" in text
    assert f"其他单位的事项 · {FIRE}（7 个）" in shown(office, "/doubts?settled=1")
    assert settle_all(office, "撤回", settled="1").status_code == 302
    assert [each["answer"] for each in entries(county)[7:]] == ["撤回"] * 7
    assert "待定的疑问（8 个）" in shown(office, "/doubts")


def test_an_answered_group_counts_as_each_answered_alone(office: Visitor, county: Settings) -> None:
    settle_all(office, "take", file=OTHER)
    ingest(county)
    with Warehouse(county.warehouse).connection.cursor() as con:
        sql = "SELECT site, unit FROM hazard WHERE site LIKE '模拟%' ORDER BY site"
        assert con.execute(sql).fetchall() == [("模拟6馆", "县文旅局"), ("模拟7馆", "县水利局")]


def test_those_that_are_ticked_are_answered_and_no_others(
    office: Visitor, county: Settings
) -> None:
    ticked = marks(shown(office, OF_FIRE))[1:3]
    said = {"which": "ticked", "answer": "take", "why": "核对过", **GROUP}
    assert office.post("/doubts", OF_FIRE, ticked=ticked, **said).status_code == 302
    assert [f"{each['doubt']}.0" for each in entries(county)] == ticked


@pytest.mark.parametrize(
    ("more", "status", "said"),
    [
        ({"ticked": []}, 400, "请勾选要一起定的疑问"),
        ({"ticked": ["000000000000.0"]}, 400, "没有这个疑问"),
        ({"why": " "}, 400, "一起定的，请写理由"),
        ({"answer": "confirmed"}, 400, "请选这些疑问共有的一个答案"),
        ({"answer": "撤回"}, 400, "没有答案可以撤回"),
        ({"which": "all", "stamp": "0"}, 409, "这一组在您看过以后变了"),
        ({"csrf_token": "x"}, 400, ""),
    ],
)
def test_what_cannot_be_settles_nothing(
    office: Visitor, county: Settings, more: dict[str, Any], status: int, said: str
) -> None:
    ticked = marks(shown(office, OF_FIRE))[:2]
    form = {"which": "ticked", "answer": "leave", "why": "核对过", "ticked": ticked, **GROUP}
    refused = office.post("/doubts", OF_FIRE, **(form | more))
    assert (refused.status_code, said in refused.get_data(True)) == (status, True)
    assert entries(county) == []


def test_a_group_of_which_another_answered_one_is_left_alone(
    office: Visitor, server: flask.Flask, county: Settings
) -> None:
    before = stamp(shown(office, OF_FIRE))
    ticked = marks(shown(office, OF_FIRE))
    second = Visitor(server.test_client())
    second.log_in("second")
    form = {"answer": "take", "why": "核对过", **GROUP}
    second.post("/doubts", OF_FIRE, which="ticked", ticked=ticked[:1], **form)
    late = office.post("/doubts", OF_FIRE, which="all", stamp=before, **form)
    assert (late.status_code, "这一组在您看过以后变了" in late.get_data(True)) == (409, True)
    late = office.post("/doubts", OF_FIRE, which="ticked", ticked=ticked, **form)
    assert (late.status_code, "郑十（second）已于" in late.get_data(True)) == (409, True)
    assert len(entries(county)) == 1


@pytest.mark.parametrize("name", ["leader", "education", "inspector"])
def test_others_neither_see_groups_nor_settle_them(
    server: flask.Flask, county: Settings, name: str
) -> None:
    visitor = Visitor(server.test_client())
    visitor.log_in(name)
    form = {"which": "all", "answer": "take", "why": "我的", "stamp": "0", **GROUP}
    for each in (visitor.get(OF_FIRE), visitor.post("/doubts", "/account", **form)):
        assert each.status_code == 403
    assert entries(county) == []


def test_a_kind_that_there_is_not_is_no_page(office: Visitor) -> None:
    assert office.get("/doubts?kind=nothing&sender=x").status_code == 404
    assert "这一组没有待定的了" in shown(office, "/doubts?kind=row_of_another&sender=x")


def test_names_of_senders_and_files_are_text(
    office: Visitor, county: Settings, tmp_path: Path
) -> None:
    assert "<script" not in shown(office, "/doubts?kind=row_of_another&sender=<script>")
    assert "<script" not in shown(office, f"{OF_FIRE}&file=<script>")


def test_answers_are_told_from_each_other_where_their_labels_are_not() -> None:
    take = [(("leave", "不收"), ("take", f"收入，按{unit}的计入")) for unit in ("甲局", "乙局")]
    assert alike(take) == {"leave": "不收", "take": "收入，按……"}
    last = [(("one", f"后一份是：{n}"), ("other", f"后一份是：{n}天")) for n in (1, 2)]
    assert alike(last) == {"one": "各条的第 1 个答案", "other": "各条的第 2 个答案"}
    assert alike([(("a", "甲"), ("b", "乙")), (("b", "乙"), ("c", "丙"))]) == {"b": "乙"}
    assert alike([(("a", "甲"),), (("b", "乙"),)]) == {}
    assert alike([(("a", "甲"),), (("a", "乙"),)]) == {"a": "甲／乙"}


def test_what_units_claim_of_their_own_items_comes_first_whatever_its_kind() -> None:
    """By a property of the kind: the page knows none of them by name."""
    claims = [
        "lowering", "suspended", "voiding", "extension", "rewording", "redating", "listing",
        "handing", "revising",
    ]  # fmt: skip
    kinds = ["row_of_another", "same_or_not", *claims]
    listed = [
        Asking(Listed(str(n), kind, "甲局", "a.csv", date(2023, 10, 1 + n), (), None), 0, None)
        for n, kind in enumerate(kinds)
    ]
    found = [group.rule for group in groups_of(listed)]
    assert set(found[:9]) == {*claims} == {*RULE.claims}
    assert found[9:] == ["same_or_not", "row_of_another"]
