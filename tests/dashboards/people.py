"""A small county for the tests of access: two units with a hazard each, and an account a role."""

import json
import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import requests
from playwright.sync_api import Locator, Page

from analysis.accounts import Accounts, Role
from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from dashboards import app as application
from dashboards.app import create_app
from dashboards.server import make_waitress

PASSWORD = "correct-horse-7"
PUBLISHED_WITHIN_S = 180.0
BASE = "http://127.0.0.1"
HAZARDS = [
    ["隐患编号", "场所名称", "业态", "隐患描述", "责任单位", "责任人", "整改期限", "检查日期",
     "检查编号", "整改状态", "完成日期"],
    ["1", "甲校", "学校", "灭火器过期", "县教育局", "张三", "2023-11-01", "2023-10-01", "J1",
     "整改中", ""],
    ["2", "乙站", "车站", "通道堵塞", "县交通运输局", "李四", "2023-11-01", "2023-10-01", "J2",
     "整改中", ""],
    ["3", "丙校", "学校", "插座破损", "县教育局", "张三", "2023-12-01", "2023-10-02", "J1",
     "已完成整改", "2023-10-20"],
]  # fmt: skip
INSPECTIONS = [
    ["检查编号", "检查日期", "检查类型", "被检查场所", "检查单位", "检查人员", "检查结果"],
    ["J1", "2023-10-01", "双随机", "甲校", "县教育局", "王五、赵六", "有隐患"],
    ["J2", "2023-10-01", "双随机", "乙站", "县交通运输局", "吴十", "有隐患"],
]
UNITS = [
    ["单位名称", "单位性质", "联络员", "联系电话"],
    ["县教育局", "成员单位", "钱七", "13912345678"],
    ["县交通运输局", "成员单位", "孙八", "13812345678"],
]
#: Role of a test → how its account is made.
PEOPLE: dict[str, tuple[Role, str, str]] = {
    "office": (Role.OFFICE, "", "周九"),
    "second": (Role.OFFICE, "", "郑十"),
    "leader": (Role.LEADER, "", ""),
    "education": (Role.UNIT, "县教育局", ""),
    "transport": (Role.UNIT, "县交通运输局", ""),
    "inspector": (Role.INSPECTOR, "", "赵六"),
}


def write(path: Path, rows: list[list[Any]]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def make_county(home: Path) -> Settings:
    """Ledgers, a warehouse, and the accounts of ``PEOPLE``; a login is asked for."""
    settings = Settings(home=home, login=True)
    write(settings.raw / "2023-10-15" / "隐患台账.xlsx", HAZARDS)
    write(settings.raw / "2023-10-15" / "检查台账.xlsx", INSPECTIONS)
    write(settings.raw / "2023-10-15" / "成员单位名录.xlsx", UNITS)
    ingest(settings)
    accounts = Accounts(settings.accounts)
    for name, (role, unit, person) in PEOPLE.items():
        accounts.add(name, role, PASSWORD, unit, person)
    return settings


@dataclass
class Visitor:
    """Somebody with a browser: a test client that finds its tokens on the pages it is shown."""

    client: Any

    def get(self, path: str, **how: Any) -> Any:
        return self.client.get(path, base_url=BASE, **how)

    def token(self, path: str) -> str:
        return self.token_in(self.get(path).get_data(True))

    @staticmethod
    def token_in(page: str) -> str:
        found = re.search(r'name="csrf_token" value="([^"]+)"', page)
        return found.group(1) if found else ""

    def post(self, path: str, form: str, /, **fields: Any) -> Any:
        """Send a form that stands on the page ``form``."""
        data = {"csrf_token": self.token(form), **fields}
        return self.client.post(path, data=data, base_url=BASE)

    def log_in(self, name: str, password: str = PASSWORD) -> Any:
        return self.post("/login", "/login", name=name, password=password)

    def ask(self, body: Any) -> Any:
        """Make a callback of the dashboard's; ``body`` may be its text."""
        sent = body if isinstance(body, str) else json.dumps(body)
        return self.client.post(
            "/_dash-update-component", data=sent, content_type="application/json", base_url=BASE
        )


class Caller(requests.Session):
    """Somebody's browser over a real socket, with what proxies add to each of its requests."""

    def __init__(self, at: str, **added: str) -> None:
        super().__init__()
        self.trust_env = False
        self.at = at
        self.headers["Connection"] = "close"  # the server ends when its last caller has gone
        self.headers.update({name.replace("_", "-"): value for name, value in added.items()})

    def page(self, path: str) -> requests.Response:
        return self.request("GET", self.at + path, allow_redirects=False, timeout=30)

    def log_in(self, name: str, password: str = PASSWORD) -> requests.Response:
        page = self.page("/login")
        # A cookie for HTTPS alone, which stands between browser and proxy, not here.
        cookie = {"Cookie": page.headers["Set-Cookie"].partition(";")[0]}
        form = {"csrf_token": Visitor.token_in(page.text), "name": name, "password": password}
        return self.request(
            "POST", f"{self.at}/login", data=form, headers=cookie, allow_redirects=False,
            timeout=30,
        )  # fmt: skip

    def post_form(self, path: str, form: str, **fields: str) -> requests.Response:
        """Send a form that stands on the page ``form``."""
        page = self.page(form)
        data = {"csrf_token": Visitor.token_in(page.text), **fields}
        kept = page.headers.get("Set-Cookie", self.headers.get("Cookie", ""))
        return self.request(
            "POST", self.at + path, data=data, headers={"Cookie": str(kept).partition(";")[0]},
            allow_redirects=False, timeout=30,
        )  # fmt: skip

    def ask(self, body: Any) -> requests.Response:
        """Make a callback of the dashboard's; ``body`` may be a text that is no JSON."""
        sent = body if isinstance(body, str) else json.dumps(body)
        return self.request(
            "POST", f"{self.at}/_dash-update-component", data=sent, timeout=120,
            headers={"Content-Type": "application/json"},
        )  # fmt: skip

    def sql(self, text: str) -> str:
        """What the page 即席查询 answers to a query."""
        return self.ask(query_body(text)).text


def query_body(text: str) -> dict[str, Any]:
    """What a browser sends when somebody has a query run."""
    return {
        "output": "query-result.children",
        "outputs": {"id": "query-result", "property": "children"},
        "inputs": [{"id": "query-run", "property": "n_clicks", "value": 1}],
        "state": [{"id": "query-text", "property": "value", "value": text}],
        "changedPropIds": ["query-run.n_clicks"],
    }


@contextmanager
def served(settings: Settings) -> Iterator[str]:
    """The dashboard at a free port of this machine, as ``yanpan serve`` serves it."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = make_waitress(create_app(settings).server, listener, settings.https)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.task_dispatcher.shutdown()  # first: whoever is at work still wakes the other thread

        def end() -> None:
            # A browser keeps its connections for more requests: half a minute, were it waited for.
            for channel in server.active_channels.values():
                channel.will_close = True
            server.close()

        server.trigger.pull_trigger(end)  # in its own thread, which waits in select
        thread.join(30)


def there(shown: Locator) -> Locator:
    """What a browser shows, as soon as it does: ``expect`` alone looks a second too late."""
    shown.first.wait_for()
    return shown


def strike_until(page: Page, condition: str) -> None:
    """Make a page's clock, which strikes every twenty seconds, strike until something is so."""
    page.wait_for_function(
        f"""() => {{
            window.dash_clientside?.set_props?.('shell-clock', {{n_intervals: Date.now()}});
            return {condition};
        }}""",
        polling=500,
    )


@contextmanager
def published(settings: Settings) -> Iterator[None]:
    """What is confirmed within is published by a server in another process when this ends.

    It is looked at on the disk: a page that is asked again and again keeps the publisher waiting.
    """

    def stamp() -> int:
        return settings.warehouse.stat().st_mtime_ns

    before, ends = stamp(), time.monotonic() + PUBLISHED_WITHIN_S
    yield
    while stamp() == before:
        assert time.monotonic() < ends, "not published"
        time.sleep(0.05)


def count_pages(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the pages that are put together from now on, rather than taken from memory."""
    made: list[str] = []
    page = application.page

    def counted(data: Any, path: str, search: str) -> Any:
        made.append(path)
        return page(data, path, search)

    monkeypatch.setattr(application, "page", counted)
    return made
