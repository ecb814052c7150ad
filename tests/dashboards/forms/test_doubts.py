"""待核实 by browser: 报停业 and a likely pair are settled where the office looks: 模拟数据."""

import html
import re
import tomllib
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import flask
import pytest

from analysis.accounts import Accounts, AuditLog
from analysis.ingest.pipeline import ingest
from analysis.intake.publisher import waiting_since
from analysis.intake.typed.settling import has_unpublished_answers
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse
from analysis.warehouse.scope import Scope
from dashboards.access.session import acting
from dashboards.app import create_app
from dashboards.forms import doubts as page
from dashboards.pages import item, quality
from dashboards.parts.doubt_links import doubts_of_item, how_many_to_settle
from dashboards.serving.data import Data
from tests.dashboards.people import Visitor, make_county, write

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("no_answers_left")]

HEADER = [
    "隐患编号", "场所名称", "隐患描述", "隐患部位", "责任单位", "责任人", "发现日期", "整改期限",
    "整改状态",
]  # fmt: skip
SHUT = "SELECT doubt_key, item_id FROM doubt WHERE rule = 'suspended'"
TODAY = str(date.today())


def row(number: str, text: str, place: str, status: str = "整改中") -> list[str]:
    due = ["2023-10-01", "2023-11-01"]
    return [number, "丁校", text, place, "县教育局", "某甲", *due, status]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A site that is called shut, and two 观景台 with numbers where one without was before."""
    settings = make_county(tmp_path_factory.mktemp("county"))
    (settings.raw / "2023-10-15" / "隐患台账.xlsx").unlink()
    shut = row("1", "<b>配电箱</b>没有上锁", "门厅", "已停业")
    for day, places in (("2023-10-20", ["观景台"]), ("2023-11-05", ["1号观景台", "2号观景台"])):
        rows = [row(str(n), "未设限载牌", place) for n, place in enumerate(places, 2)]
        write(settings.raw / day / "教育局.xlsx", [["填报单位：县教育局"], HEADER, shut, *rows])
    ingest(settings)
    return settings


def ask(county: Settings, sql: str) -> list[tuple[Any, ...]]:
    with open_warehouse(county.warehouse) as con:
        return fetch_rows(con, sql)[1]


def key_of(county: Settings, rule: str) -> str:
    sql = f"SELECT doubt_key FROM doubt WHERE rule = '{rule}' ORDER BY question"
    (key,) = ask(county, sql)[0]
    return str(key)


def answer(visitor: Visitor, key: str, code: str, seen: int = 0, **more: str) -> Any:
    said = {"doubt": key, "answer": code, "seen": str(seen), **more}
    return visitor.post("/doubts", "/doubts", **said)


def entries(county: Settings) -> list[dict[str, Any]]:
    file = county.raw / "confirmations.toml"
    found: list[dict[str, Any]] = tomllib.loads(file.read_text("utf-8"))["confirmation"]
    return found


def test_a_confirmed_suspension_leaves_the_list_and_the_rates(
    office: Visitor, county: Settings
) -> None:
    key, before = key_of(county, "suspended"), waiting_since(county)
    shown = office.get("/doubts").get_data(True)
    assert shown.index("停业待核实") < shown.index("疑似同一条")
    assert "待定的疑问（3 个）" in shown
    assert all(text in shown for text in ("丁校", "县教育局", "2023-10-20/教育局.xlsx", "已停业"))
    overdue = "SELECT overdue FROM overview(DATE '2023-11-20')"
    ((late,),) = ask(county, overdue)
    assert answer(office, key, "confirmed", why="到现场看过").status_code == 302
    assert entries(county) == [
        {"doubt": key, "answer": "confirmed", "by": "周九（office）", "on": date.today(),
         "why": "到现场看过"}
    ]  # fmt: skip
    assert waiting_since(county) > before
    assert has_unpublished_answers(county)  # whoever died now would find it at the next start
    assert "等待计入" in office.get("/doubts?settled=1").get_data(True)
    assert "待定的疑问（2 个）" in office.get("/doubts").get_data(True)
    ingest(county)
    assert not has_unpublished_answers(county)
    assert ask(county, overdue) == [(late - 1,)]
    assert "等待计入" not in office.get("/doubts?settled=1").get_data(True)
    last = [*AuditLog(county.audit_log).lines()][-1]
    assert (last["event"], last["answer"]) == ("核实疑问", "confirmed")


def test_a_pair_that_is_one_is_counted_once_until_that_is_taken_back(
    office: Visitor, county: Settings
) -> None:
    key = key_of(county, "same_or_not")
    total = "SELECT total FROM overview(DATE '2023-11-20')"
    ((two,),) = ask(county, total)
    answer(office, key, "same")
    ingest(county)
    on_today = f"SELECT total FROM overview(DATE '{TODAY}')"
    assert ask(county, on_today) == [(two - 1,)]
    assert "撤回，重新待定" in office.get(f"/doubts?doubt={key}").get_data(True)
    assert answer(office, key, "撤回", seen=1, why="看错了").status_code == 302
    ingest(county)
    assert ask(county, on_today) == [(two,)]
    assert [each["answer"] for each in entries(county)] == ["same", "撤回"]


def test_what_the_office_wrote_by_hand_stays_as_it_is(office: Visitor, county: Settings) -> None:
    by_hand = "\ufeff# 手写的\r\n[[confirmation]]\r\nwhy = '旧'\r\ndoubt = 'x'\r\nby = '某'\r\n"
    by_hand += "answer = 'same'\r\non = 2023-11-01 # 完"
    file = county.raw / "confirmations.toml"
    file.write_bytes(by_hand.encode())
    assert answer(office, key_of(county, "suspended"), "denied").status_code == 302
    written = file.read_bytes().decode()
    assert written.startswith(by_hand + "\r\n\r\n[[confirmation]]\r\n")
    assert written.count("\n") == written.count("\r\n")
    assert entries_of(written)[1]["why"] == "网页登记，没有写理由"


def entries_of(text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads(text.removeprefix("\ufeff"))["confirmation"]
    return found


@pytest.mark.parametrize("by_hand", ["confirmation = []\n", "[[confirmation]]\ndoubt = 'x'\n"])
def test_a_file_that_takes_no_entry_is_left_alone_and_said_so(
    office: Visitor, county: Settings, by_hand: str
) -> None:
    file = county.raw / "confirmations.toml"
    file.write_text(by_hand)
    refused = answer(office, key_of(county, "suspended"), "denied")
    assert refused.status_code == 400
    assert "confirmations.toml" in refused.get_data(True)
    assert file.read_text() == by_hand
    file.unlink()


def test_who_answers_second_is_told_what_the_first_answered(
    office: Visitor, server: flask.Flask, county: Settings
) -> None:
    second, key = Visitor(server.test_client()), key_of(county, "suspended")
    second.log_in("second")
    answer(office, key, "denied")
    late = answer(second, key, "confirmed")
    assert late.status_code == 409
    assert "周九（office）已于" in late.get_data(True)
    assert answer(second, key, "confirmed", seen=1).status_code == 302
    assert [each["answer"] for each in entries(county)] == ["denied", "confirmed"]


def test_answers_at_the_same_moment_are_both_kept(server: flask.Flask, county: Settings) -> None:
    both = {key_of(county, "suspended"): "denied", key_of(county, "same_or_not"): "different"}
    visitors = [Visitor(server.test_client()) for _ in both]
    for name, visitor in zip(("office", "second"), visitors, strict=True):
        visitor.log_in(name)
    with ThreadPoolExecutor(2) as pool:
        done = [*pool.map(answer, visitors, both, both.values())]
    assert [each.status_code for each in done] == [302, 302]
    assert {each["doubt"]: each["answer"] for each in entries(county)} == both


@pytest.mark.parametrize(
    ("more", "status", "said"),
    [
        ({"doubt": "000000000000"}, 404, "没有这个疑问"),
        ({"answer": "maybe"}, 400, "请选这个疑问的一个答案"),
        ({"answer": "撤回"}, 400, "没有答案可以撤回"),
        ({"why": "长" * 201}, 400, "理由最多"),
    ],
)
def test_what_cannot_be_is_refused(
    office: Visitor, county: Settings, more: dict[str, str], status: int, said: str
) -> None:
    form = {"doubt": key_of(county, "suspended"), "answer": "denied", "seen": "0"} | more
    refused = office.post("/doubts", "/doubts", **form)
    assert (refused.status_code, said in refused.get_data(True)) == (status, True)
    assert not (county.raw / "confirmations.toml").exists()


@pytest.mark.parametrize("name", ["leader", "education", "inspector"])
def test_others_neither_see_nor_settle(server: flask.Flask, county: Settings, name: str) -> None:
    visitor = Visitor(server.test_client())
    visitor.log_in(name)
    refused = visitor.post(
        "/doubts", "/account", doubt=key_of(county, "suspended"), answer="denied"
    )
    for each in (visitor.get("/doubts"), refused):
        assert each.status_code == 403
        assert "没有这个权限" in each.get_data(True)
    assert not (county.raw / "confirmations.toml").exists()


def test_what_a_ledger_says_is_text_on_the_page(office: Visitor) -> None:
    shown = office.get("/doubts").get_data(True)
    assert "<b>配电箱" not in shown
    assert "<b>配电箱</b>没有上锁" in html.unescape(shown)


def test_a_long_list_stands_on_pages(office: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "GROUPS_PER_PAGE", 1)
    shown = [office.get(f"/doubts?page={n}").get_data(True) for n in (1, 2, 3)]
    ids = [re.findall(r'<section class="panel" id="(\w+)"', each) for each in shown]
    assert [len(each) for each in ids] == [1, 2, 2]  # there is no third: the last again
    assert ids[1] == ids[2]
    assert "第 2 页，共 2 页" in shown[1]


def test_where_nothing_is_in_doubt_one_line_says_so(
    server: flask.Flask, tmp_path_factory: pytest.TempPathFactory
) -> None:
    calm = make_county(tmp_path_factory.mktemp("calm")).model_copy(update={"login": False})
    shown = create_app(calm).server.test_client().get("/doubts", base_url="http://127.0.0.1")
    assert "没有待定的疑问" in shown.get_data(True)


def test_on_ones_own_machine_whoever_it_is_says_so(county: Settings) -> None:
    open_to_all = county.model_copy(update={"login": False})
    visitor, key = (
        Visitor(create_app(open_to_all).server.test_client()),
        key_of(county, "suspended"),
    )
    assert "请写明是谁" in answer(visitor, key, "denied").get_data(True)
    assert answer(visitor, key, "denied", by="王某").status_code == 302
    assert entries(county)[0]["by"] == "王某"


def test_the_pages_that_tell_of_doubts_lead_the_office_to_them(county: Settings) -> None:
    data, (key, item_id) = Data(county), ask(county, SHUT)[0]
    scope = Scope(date(2023, 11, 20))
    assert "待定的疑问 3 个" in str(quality.content(data, scope))
    assert f"/doubts?doubt={key}" in str(item.content(data, scope, item_id))
    with acting(Accounts(county.accounts).get("leader")):
        assert how_many_to_settle(data) == []
        assert doubts_of_item(data, item_id) == []


def test_without_figures_nobody_is_told_that_nothing_is_in_doubt(home: Settings) -> None:
    shown = create_app(home).server.test_client().get("/doubts", base_url="http://127.0.0.1")
    assert shown.status_code == 503
    assert "没有待定的疑问" not in shown.get_data(True)
