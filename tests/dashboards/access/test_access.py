"""Who gets what: every route for every role, and what happens to those who try other ways."""

import json
import sqlite3
from contextlib import closing
from typing import Any
from urllib.parse import urlencode

import flask
import pytest
from itsdangerous import URLSafeTimedSerializer

from analysis.accounts import Accounts, AuditLog
from analysis.errors import YanpanError
from analysis.settings import Settings
from dashboards.access.session import local
from dashboards.app import create_app
from dashboards.serving.page_cache import page_request
from tests.dashboards.people import BASE, PASSWORD, PEOPLE, Visitor

pytestmark = pytest.mark.slow

DAY = "as_of=2023-11-15"
#: By then what is late is late enough for a letter.
LATE = "as_of=2023-11-30"


@pytest.fixture
def visitor(server: flask.Flask) -> Visitor:
    return Visitor(server.test_client())


@pytest.fixture(scope="module")
def visitors(server: flask.Flask) -> dict[str, Visitor]:
    """Everybody, logged in; and nobody."""
    found = {name: Visitor(server.test_client()) for name in [*PEOPLE, "nobody"]}
    for name in PEOPLE:
        assert found[name].log_in(name).status_code == 302
    return found


#: Path → who may read it (200); whoever is not named is refused.
EVERYBODY = ("office", "leader", "education", "transport", "inspector")
READ = {
    "/": EVERYBODY,
    "/progress": EVERYBODY,  # the frame alone; what stands in it is asked for by callbacks
    "/account": EVERYBODY,
    "/send": ("office", "education", "transport"),
    f"/send/{'x' * 22}": (),
    f"/send/{'x' * 22}/line/1": (),
    f"/send/{'x' * 22}/part/1/line/1": (),
    f"/send/{'x' * 22}/labels": (),
    "/send/withdraw": (),  # of nothing that was sent
    "/acceptance": ("office",),
    "/acceptance/item?id=nothing": (),
    "/acceptance/item?id=H-县教育局-3": ("office",),
    "/evidence/0": (),
    "/photo/0.jpg": (),
    "/alerts": ("office",),
    "/doubts": ("office",),
    "/_dash-layout": EVERYBODY,
    "/_dash-dependencies": EVERYBODY,
    "/_favicon.ico": EVERYBODY,
    f"/data/overdue.csv?{DAY}": EVERYBODY,
    f"/data/site_ranking.csv?{DAY}": EVERYBODY,
    "/data/nothing.csv": (),
    f"/wall?{DAY}": EVERYBODY,
    f"/first/lines?{DAY}": EVERYBODY,
    f"/first/townships?{DAY}": EVERYBODY,
    "/first/nothing": (),
    f"/decide?ask=overdue&{DAY}": ("office",),
    f"/letter.docx?unit=县教育局&{LATE}": ("office", "leader", "education"),
    f"/letter.docx?unit=县交通运输局&{LATE}": ("office", "leader", "transport"),
    "/materials.zip?kind_of=weekly": (),
    "/manual": EVERYBODY,
    "/manual/口径": EVERYBODY,
    "/manual/overview.png": EVERYBODY,
    "/manual/nothing": (),
    "/nothing": (),
    "/healthz": (*EVERYBODY, "nobody"),
    "/login": (*EVERYBODY, "nobody"),
    "/assets/yanpan.css": (*EVERYBODY, "nobody"),
}


@pytest.mark.parametrize("path", READ)
@pytest.mark.parametrize("name", [*EVERYBODY, "nobody"])
def test_every_route_for_every_role(visitors: dict[str, Visitor], name: str, path: str) -> None:
    status = visitors[name].get(path).status_code
    if name in READ[path]:
        assert status == 200
    elif name == "nobody":
        assert status == (401 if path.startswith("/_") else 302)
    else:
        assert status in {400, 403, 404}  # 400: his share has no such unit


def test_no_route_is_forgotten(server: flask.Flask) -> None:
    """A route that is not in the table above, nor among those that change something, is new."""
    known = {
        path.partition("?")[0]
        .replace("x" * 22, "<token>")
        .replace("/line/1", "/line/<int:number>")
        .replace("/part/1", "/part/<int:part>")
        .replace("/evidence/0", "/evidence/<sha256>")
        .replace("/photo/0", "/photo/<sha256>")
        .replace("/first/nothing", "/first/<name>")
        .replace("/manual/nothing", "/manual/<name>")
        for path in READ
    }
    rules = {str(rule) for rule in server.url_map.iter_rules() if "GET" in (rule.methods or ())}
    said = {rule for rule in rules if rule in known}
    left = rules - said - {
        "/<path:path>",  # the frame of every page: / and /progress stand for it
        "/data/<name>.csv", "/letter.docx", "/materials.zip",  # in the table with what is asked
        "/static/<path:filename>", "/assets/<path:filename>", "/_reload-hash",
        "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>",
    }  # fmt: skip
    assert left == set()


def test_nothing_but_the_login_is_open(server: flask.Flask) -> None:
    nobody = Visitor(server.test_client())
    for rule in server.url_map.iter_rules():
        path = str(rule)
        for part in ("<path:path>", "<path:filename>", "<name>", "<string:package_name>",
                     "<path:fingerprinted_path>", "<token>", "<sha256>", "<item_id>",
                     "<int:number>"):  # fmt: skip
            path = path.replace(part, "1" if "int" in part else "x")
        status = nobody.get(path).status_code
        if path in {"/login", "/healthz"}:
            assert status == 200
        elif path.startswith("/assets/"):
            assert status == 404
        else:
            assert status in {302, 401, 405}, path
            assert status != 302 or "/login" in nobody.get(path).headers["Location"]
    assert nobody.ask(json.loads(page_request("?" + DAY))).status_code == 401


#: What an account finds of 逾期 hazards: 甲校 is 县教育局's and of 赵六's inspection.
OWN = {
    "office": {"甲校", "乙站"}, "leader": {"甲校", "乙站"}, "education": {"甲校"},
    "transport": {"乙站"}, "inspector": {"甲校"},
}  # fmt: skip


@pytest.mark.parametrize("name", OWN)
@pytest.mark.parametrize("asked", ["", "&unit=县教育局", "&unit=县交通运输局", "&unit=' OR 1=1"])
def test_whoever_is_asked_for_the_rows_are_the_accounts_own(
    visitors: dict[str, Visitor], name: str, asked: str
) -> None:
    text = visitors[name].get(f"/data/overdue.csv?{DAY}{asked}").get_data(True)
    narrowed = {"县教育局": {"甲校"}, "县交通运输局": {"乙站"}, "": OWN[name]}
    expected = OWN[name] & narrowed.get(asked.partition("=")[2], set())
    assert {site for site in ("甲校", "乙站") if site in text} == expected


INJECTIONS = (
    "' OR 1=1 --", "'; DROP TABLE hazard; --", "1 UNION SELECT * FROM hazard", "%00", "{{7*7}}",
)  # fmt: skip
INPUTS = (
    "as_of", "known_on", "kind", "unit", "township", "site_kind", "category", "level", "meeting",
    "kind_of", "x",
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value"),
    [
        # each input with one of them and one input with each, since all are bound by one way
        *((name, INJECTIONS[n % len(INJECTIONS)]) for n, name in enumerate(INPUTS[1:])),
        *((INPUTS[0], value) for value in INJECTIONS),
    ],
)
def test_sql_in_any_input_is_a_value_that_nothing_has(
    visitors: dict[str, Visitor], name: str, value: str
) -> None:
    education = visitors["education"]
    asked = {"as_of": "2023-11-15"} | {name: value}
    for path in ("/data/overdue.csv", "/data/completion.csv", "/letter.docx"):
        answer = education.get(path, query_string=asked)
        assert answer.status_code in {200, 400, 404}
        assert "乙站" not in answer.get_data(True)
    for path in ("/", "/overdue"):
        text = shown(education, path, f"?{urlencode(asked)}")
        assert "出错了" not in text
        assert "乙站" not in text
    assert "甲校" in education.get(f"/data/overdue.csv?{DAY}").get_data(True)  # all still there


@pytest.mark.parametrize("value", INJECTIONS)
def test_sql_in_any_form_is_a_value_that_nothing_has(server: flask.Flask, value: str) -> None:
    visitor = Visitor(server.test_client())
    assert visitor.log_in(value, value).status_code == 401
    visitor.log_in("office")
    assert visitor.get("/acceptance", query_string={"unit": value}).status_code == 200
    assert visitor.get("/acceptance/item", query_string={"id": value}).status_code == 404
    answer = visitor.post("/acceptance/item", "/send", id=value, do="withdraw", reason="x")
    assert answer.status_code in {400, 404}
    assert visitor.get(f"/data/{value}.csv").status_code in {200, 404}


PAGES = {
    "/": EVERYBODY, "/overdue": EVERYBODY,
    "/query": EVERYBODY,
    "/progress": ("office", "leader", "education", "transport"),
    "/duties": ("office", "leader", "education", "transport"),
    "/quality": ("office", "leader", "education", "transport"),
    "/inspections": ("office", "leader", "inspector"),
    "/risk": ("office", "leader"), "/accidents": ("office", "leader"),
}  # fmt: skip


def shown(visitor: Visitor, path: str, search: str) -> str:
    answer = visitor.ask(json.loads(page_request(search, path)))
    assert answer.status_code == 200
    return str(answer.get_data(True))


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("name", OWN)
def test_a_page_shows_an_account_its_own(
    visitors: dict[str, Visitor], name: str, path: str
) -> None:
    text = shown(visitors[name], path, f"?{DAY}&unit=县交通运输局")
    if name not in PAGES[path]:
        assert "没有这个页面" in text
        return
    assert "没有这个页面" not in text
    text = shown(visitors[name], path, f"?{DAY}")
    others = {"education": ("乙站", "孙八"), "transport": ("甲校", "钱七"), "inspector": ("乙站",)}
    for word in others.get(name, ()):
        assert word not in text


def test_a_page_kept_in_memory_for_one_is_not_shown_to_another(
    visitors: dict[str, Visitor],
) -> None:
    for name in ("office", "education", "transport", "office"):
        text = shown(visitors[name], "/overdue", f"?{DAY}")
        assert {site for site in ("甲校", "乙站") if site in text} == OWN[name]


def query(visitor: Visitor, sql: str) -> str:
    body = {
        "output": "query-result.children",
        "outputs": {"id": "query-result", "property": "children"},
        "inputs": [{"id": "query-run", "property": "n_clicks", "value": 1}],
        "state": [{"id": "query-text", "property": "value", "value": sql}],
        "changedPropIds": ["query-run.n_clicks"],
    }  # fmt: skip
    return str(visitor.ask(body).get_data(True))


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT site FROM hazard WHERE unit = '县交通运输局'",
        "SELECT site FROM 隐患",
        "FROM items(DATE '2023-11-15')",
        "FROM hazard UNION ALL FROM hazard",
        "SELECT site FROM whole.hazard",
        "SELECT * FROM read_csv('/etc/passwd')",
        "ATTACH 'x.duckdb'",
        "SELECT site FROM hazard; DROP TABLE hazard",
        "COPY hazard TO 'x.csv'",
        "SET enable_external_access = true",
        "SELECT current_setting('temp_directory')",
        "FROM duckdb_databases()",
    ],
)
def test_no_query_of_a_units_reaches_the_rows_of_another(
    visitors: dict[str, Visitor], sql: str
) -> None:
    text = query(visitors["education"], sql)
    assert "乙站" not in text
    assert "root:" not in text


def test_an_item_of_anothers_cannot_be_opened(visitors: dict[str, Visitor]) -> None:
    items = query(visitors["office"], "SELECT item_id FROM hazard WHERE site = '乙站'")
    (item_id,) = {part for part in json.loads(json.dumps(items)).split('"') if "H-" in part}
    body = {
        "output": "..shell-drawer.children...shell-drawer.title...shell-drawer.opened..",
        "outputs": [
            {"id": "shell-drawer", "property": name} for name in ("children", "title", "opened")
        ],
        "inputs": [
            [{"id": {"type": "items", "page": "x"}, "property": "selectedRows",
              "value": [{"item_id": item_id}]}]
        ],
        "state": [{"id": "shell-location", "property": "search", "value": f"?{DAY}"}],
        "changedPropIds": ['{"page":"x","type":"items"}.selectedRows'],
    }  # fmt: skip
    assert "乙站" in visitors["office"].ask(body).get_data(True)
    assert "乙站" not in visitors["education"].ask(body).get_data(True)


@pytest.mark.parametrize("name", ["leader", "education"])
def test_telephone_numbers_are_for_the_office(visitors: dict[str, Visitor], name: str) -> None:
    sql = "SELECT phone FROM unit WHERE unit = '县教育局'"
    assert "13912345678" in query(visitors["office"], sql)
    assert "5678" in query(visitors[name], sql)
    assert "1391234" not in query(visitors[name], sql)


def test_a_wrong_password_and_an_unknown_name_are_answered_alike(visitor: Visitor) -> None:
    texts = []
    for name in ("leader", "nobody-at-all"):
        answer = visitor.log_in(name, "wrong-password")
        assert answer.status_code == 401
        texts.append(answer.get_data(True).replace(name, ""))
        assert "账号或密码不对" in texts[-1]
    assert len(set(texts)) <= 2


@pytest.mark.parametrize(
    ("wanted", "taken"),
    [
        ("/overdue?unit=x", "/overdue?unit=x"), ("//evil.example", "/"), ("/\\evil.example", "/"),
        ("https://evil.example", "/"), ("javascript:alert(1)", "/"), ("", "/"), ("/a\nb", "/"),
    ],
)  # fmt: skip
def test_a_login_leads_on_to_our_own_pages_alone(wanted: str, taken: str) -> None:
    assert local(wanted) == taken


def forged(server: flask.Flask, session: dict[str, Any], key: Any) -> str:
    signer = URLSafeTimedSerializer(
        key, salt="cookie-session", signer_kwargs={"key_derivation": "hmac"}
    )
    del server
    return str(signer.dumps(session))


def test_a_cookie_that_we_did_not_sign_opens_nothing(
    server: flask.Flask, county: Settings, visitor: Visitor
) -> None:
    stamp = next(a.stamp for a in Accounts(county.accounts).everyone() if a.name == "office")
    said = {"_user_id": f"{stamp}:office", "number": "x", "_fresh": True}
    for cookie in (forged(server, said, b"guess"), "x.y.z", ""):
        visitor.client.set_cookie("yanpan", cookie, domain="127.0.0.1")
        assert visitor.get("/account").status_code == 302


#: What a page asks by itself every few seconds.
CLOCK = {
    "output": "shell-publication.data",
    "outputs": {"id": "shell-publication", "property": "data"},
    "inputs": [{"id": "shell-clock", "property": "n_intervals", "value": 1}],
    "state": [
        {"id": "shell-publication", "property": "data", "value": None},
        {"id": "shell-location", "property": "search", "value": ""},
    ],
    "changedPropIds": ["shell-clock.n_intervals"],
}


def move_sessions(county: Settings, **back: float) -> None:
    """Let logins of «second», or what was last done in them, lie so many seconds further back."""
    with closing(sqlite3.connect(county.sessions)) as con, con:
        for column, seconds in back.items():
            con.execute(
                f"UPDATE session SET {column} = {column} - ? WHERE account = 'second'", (seconds,)
            )


def test_a_session_ends_after_its_hours_and_with_the_password(
    server: flask.Flask, county: Settings
) -> None:
    accounts = Accounts(county.accounts)
    for ended in ("hours", "idle", "password", "disabled", "logout"):
        visitor = Visitor(server.test_client())
        visitor.log_in("second")
        assert visitor.get("/account").status_code == 200
        if ended == "hours":
            move_sessions(county, begun=county.session_hours * 3600 + 1)
        elif ended == "idle":
            move_sessions(county, seen=county.idle_minutes * 60 - 60)
            assert visitor.get("/account").status_code == 200  # and the hour begins anew
            move_sessions(county, seen=county.idle_minutes * 60 - 60)
            visitor.ask(CLOCK)  # a page that lies open is nobody's doing
            move_sessions(county, seen=120)
        elif ended == "password":
            accounts.set_password("second", PASSWORD)
        elif ended == "disabled":
            accounts.set_disabled("second", True)
            accounts.set_disabled("second", False)
        else:
            assert visitor.post("/logout", "/account").status_code == 302
        assert visitor.get("/account").status_code == 302, ended


def test_the_cookie_is_for_us_alone(visitor: Visitor) -> None:
    cookie = visitor.log_in("leader").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Expires" in cookie


@pytest.mark.parametrize(
    "path",
    [
        "/login",
        "/account",
        "/logout",
        "/send",
        "/alerts",
        "/doubts",
        f"/send/{'x' * 22}",
        f"/send/{'x' * 22}/line/1",
        f"/send/{'x' * 22}/part/1/line/1",
    ],
)
def test_a_form_without_our_token_changes_nothing(visitors: dict[str, Visitor], path: str) -> None:
    office = visitors["office"].client
    answer = office.post(path, data={"name": "leader", "password": PASSWORD}, base_url=BASE)
    assert answer.status_code == 400
    assert "页面已经过期" in answer.get_data(True)


def test_a_callback_from_another_site_is_refused(visitors: dict[str, Visitor]) -> None:
    office = visitors["office"].client

    def answer(origin: str, **body: Any) -> int:
        headers = {"Origin": origin} if origin else {}
        path = "/_dash-update-component"
        return int(office.post(path, base_url=BASE, headers=headers, **body).status_code)

    # a name that only begins as ours does is another one
    for origin in ("https://evil.example", f"{BASE}.evil.example", "null"):
        assert answer(origin, json={}) == 403
    assert answer(BASE, json={}) != 403
    assert answer("", data="{}", content_type="text/plain") == 400


def test_every_answer_carries_the_headers(visitors: dict[str, Visitor]) -> None:
    for path in ("/", "/login", "/account", "/nothing.csv", f"/data/overdue.csv?{DAY}"):
        headers = visitors["office"].get(path).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "'unsafe-inline'" not in headers["Content-Security-Policy"].split("script-src")[1]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-store"


def test_a_name_that_is_markup_is_text(visitor: Visitor) -> None:
    text = visitor.log_in("<script>alert(1)</script>", "x").get_data(True)
    assert "<script>alert" not in text
    assert "&lt;script&gt;" in text


def test_one_caller_cannot_try_passwords_for_ever(county: Settings) -> None:
    visitor = Visitor(create_app(county).server.test_client())
    token = visitor.token("/login")
    statuses = [
        visitor.client.post(
            "/login", data={"csrf_token": token, "name": f"n{n}", "password": "x"}, base_url=BASE
        ).status_code
        for n in range(61)
    ]
    assert set(statuses[:60]) == {401}
    assert statuses[60] == 429


def test_the_log_tells_who_did_what(server: flask.Flask, county: Settings) -> None:
    visitor = Visitor(server.test_client())
    visitor.log_in("leader", "my-secret-typed-twice")
    visitor.log_in("my-secret-typed-as-a-name", "x")
    visitor.log_in("leader")
    visitor.get(f"/data/overdue.csv?{DAY}&unit=县教育局&x=某甲")
    lines = list(AuditLog(county.audit_log).lines())[-4:]
    assert [(line["event"], line["who"]) for line in lines] == [
        ("登录失败", "leader"), ("登录失败", "（没有这个账号）"), ("登录", "leader"),
        ("导出", "leader"),
    ]  # fmt: skip
    assert lines[-1].items() >= {"as_of": "2023-11-15", "narrowed_by": "unit"}.items()
    assert "县教育局" not in str(lines[-1])
    for nobodys_business in ("my-secret", "某甲"):
        assert nobodys_business not in county.audit_log.read_text(encoding="utf-8")


def test_a_dashboard_for_others_does_not_start_without_an_account(home: Settings) -> None:
    for more in ({"host": "0.0.0.0"}, {"host": "192.168.1.5"}, {"login": True}):
        with pytest.raises(YanpanError, match="yanpan user add"):
            create_app(home.model_copy(update=more))
    accounts = Accounts(home.accounts)
    accounts.add("office", PEOPLE["office"][0], PASSWORD)
    create_app(home.model_copy(update={"host": "0.0.0.0", "hosts": ["yanpan.example"]}))
    accounts.set_disabled("office", True)
    with pytest.raises(YanpanError, match="yanpan user add"):
        create_app(home.model_copy(update={"host": "0.0.0.0", "hosts": ["yanpan.example"]}))


def test_on_ones_own_machine_no_account_is_asked_for_but_a_proxy_brings_nobody(
    county: Settings,
) -> None:
    client = create_app(county.model_copy(update={"login": False})).server.test_client()
    assert client.get("/", base_url=BASE).status_code == 200
    forwarded = client.get("/", base_url=BASE, headers={"X-Forwarded-For": "10.0.0.9"})
    assert forwarded.status_code == 403
    assert "login = true" in forwarded.get_data(True)


def test_the_mark_of_a_publication_tells_nothing_of_its_file(
    visitors: dict[str, Visitor], county: Settings
) -> None:
    file = county.warehouse.stat()
    page = visitors["office"].get("/_dash-layout").get_data(True)
    assert not any(str(told) in page for told in (file.st_mtime_ns, file.st_size))
