"""``yanpan bench load``: a county at work: many read, some send in, a few do their worst with
ad-hoc SQL, and then the power goes.

The dashboard runs as ``yanpan serve`` runs it, with accounts, on a demonstration year.
Viewers open pages; units upload, look, and confirm; accounts of units ask for what is meant to take
memory, disk and threads, several queries at once, without a pause. In a second part the server is
killed with everything it began, in the midst of uploads, and begun again. What was confirmed must
be there, as it was sent, and be counted.
"""

import hashlib
import http.client
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

from analysis.accounts import Accounts, AuditLog, Role, Sessions
from analysis.errors import YanpanError
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse
from benchmarks.attack import ENDLESS, QUERIES, SIDE_BY_SIDE, ask_sql
from dashboards.access.session import NUMBER
from dashboards.app import create_app
from dashboards.forms.readings import ASKS_AGAIN_S
from dashboards.serving import page_cache

VIEWERS, UPLOADERS, ATTACKERS, MINUTES, WORKERS = 200, 20, 5, 5.0, 1
#: A person reads a page for so long, and fills in the next ledger in so long; seconds.
READS, FILLS = (3.0, 9.0), (10.0, 30.0)
#: The server is killed so long after the uploads of the second part begin; seconds.
KILLED_AFTER = 30.0
PUBLISHED_WITHIN = 300.0
PAGES = ("/", "/progress", "/overdue", "/duties", "/quality")
DAY = "?as_of=2023-11-15"
#: What stands in a page, and in its header.
HOLDS = (b'"stamp"', b"header-line")
HEADER = (
    "隐患编号,检查日期,场所名称,业态,隐患描述,隐患类别,隐患等级,责任单位,责任人,整改期限,整改状态"
)
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass
class Tally:
    """What happened, from all threads."""

    reads: list[float] = field(default_factory=list)
    sends: list[float] = field(default_factory=list)
    attacks: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    #: Hashes of the ledgers.
    confirmed: set[str] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, kind: str, seconds: float, error: str) -> None:
        """One request."""
        with self.lock:
            {"read": self.reads, "send": self.sends, "attack": self.attacks}[kind].append(seconds)
            if error:
                self.errors.append(error)


@dataclass
class Person:
    """An account with its cookie, as a browser would hold it."""

    host: str
    unit: str
    cookie: str

    def ask(
        self, method: str, path: str, body: bytes | None = None, kind: str = ""
    ) -> tuple[int, Mapping[str, str], bytes]:
        """Status, headers and body; status 0 where nobody answers."""
        connection = http.client.HTTPConnection(self.host, timeout=120)
        try:
            headers = {"Cookie": f"yanpan={self.cookie}"} | ({"Content-Type": kind} if kind else {})
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            content = answer.read()
        except OSError:
            return 0, {}, b""
        finally:
            connection.close()
        for said in answer.headers.get_all("Set-Cookie") or ():
            if said.startswith("yanpan="):
                self.cookie = said.partition("=")[2].partition(";")[0]
        return answer.status, dict(answer.headers), content

    def token(self, path: str) -> str:
        """The token that the form on a page bears."""
        found = TOKEN.search(self.ask("GET", path)[2].decode())
        return found.group(1) if found else ""


def bench_load(
    say: Callable[[str], None], minutes: float = MINUTES, viewers: int = VIEWERS,
    uploaders: int = UPLOADERS, attackers: int = ATTACKERS,
) -> list[dict[str, Any]]:  # fmt: skip
    """Both parts; a row for reading, for sending in, for the queries, for the kill.

    Raises:
        YanpanError: the server does not start.

    """
    if not hasattr(os, "killpg"):
        raise YanpanError("这一项要在 Linux 或 macOS 上测：Windows 不能连同子进程一起杀掉。")
    with TemporaryDirectory(prefix="yanpan-bench-") as folder:
        settings = _county(Path(folder), say)
        people = _people(settings)
        tally = Tally()
        with _serving(settings) as (host, _):
            say("当天第一次打开各页")
            _open_all(settings, people, host)
            say(
                f"{viewers} 人看、{uploaders} 个单位报送、{attackers} 个账号乱写查询，"
                f"{minutes:g} 分钟"
            )
            until = time.monotonic() + minutes * 60
            _run(settings, people, host, tally, until, viewers, uploaders, attackers)
            say("等待计入")
            _wait_published(settings, tally.confirmed)
        lost = _lost(settings, tally.confirmed)
        rows = [
            _row("看页面", tally.reads, tally, ("看",), "九十五分位 < 500 毫秒，不出错"),
            _row(
                "报送（上传、核对、确认各一次）",
                tally.sends,
                tally,
                ("上传", "核对", "确认"),
                "九十五分位 < 3 秒，不出错，不丢失",
                lost,
            ),
            _row("乱写的查询", tally.attacks, tally, ("查询",), "都被拒绝或结束，不出错"),
        ]
        say("报送中杀掉服务")
        rows.append(_killed(settings, people, uploaders, say))
        return rows


def _killed(
    settings: Settings, people: list[tuple[str, str]], uploaders: int, say: Callable[[str], None]
) -> dict[str, Any]:
    tally = Tally()
    with _serving(settings) as (host, server):
        threading.Timer(KILLED_AFTER, os.killpg, (server.pid, signal.SIGKILL)).start()
        until = time.monotonic() + KILLED_AFTER + 3
        _run(settings, people, host, tally, until, 0, uploaders, 0, (0, 0.5))
    say("重新启动，等待计入")
    with _serving(settings):
        _wait_published(settings, tally.confirmed)
    lost = _lost(settings, tally.confirmed)
    told = len(list(AuditLog(settings.audit_log).lines()))
    return {
        "情形": f"报送中杀掉服务再启动（审计日志 {told} 条，链完整）",
        "次数": len(tally.confirmed), "中位毫秒": None, "九十五分位毫秒": None, "最长毫秒": None,
        "出错": None, "确认后丢失": lost, "要求": "确认过的一个不丢",
    }  # fmt: skip


def _county(home: Path, say: Callable[[str], None]) -> Settings:
    say("准备数据：模拟一年的台账")
    for arguments in (
        ("--home", str(home), "demo"),
        ("--home", str(home), "ingest"),
    ):
        done = subprocess.run(  # noqa: S603 - this very program
            [sys.executable, "-m", "analysis.cli", *arguments], capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        if done.returncode:
            raise YanpanError(f"准备数据不成：{done.stderr.strip()}")
    # An hour of it is more than a unit may send in a day.
    said = "login = true\nunit_files_a_day = 100000\n"
    (home / "yanpan.toml").write_text(said, encoding="utf-8")
    return Settings(home=home, login=True)


def _people(settings: Settings) -> list[tuple[str, str]]:
    """An account for each unit and one leader: name and unit."""
    accounts = Accounts(settings.accounts)
    with open_warehouse(settings.warehouse) as con:
        _, rows = fetch_rows(con, "SELECT unit FROM unit WHERE unit_kind = '成员单位' ORDER BY 1")
    for number, (unit,) in enumerate(rows):
        accounts.add(f"u{number:02}", Role.UNIT, f"load-Test-{number}", unit=unit)
    accounts.add("boss", Role.LEADER, "load-Test-leads")
    return [("boss", ""), *((f"u{n:02}", unit) for n, (unit,) in enumerate(rows))]


def _cookies(settings: Settings, names: list[str]) -> list[str]:
    """Sessions as a login makes them: a load of logins is another measurement."""
    server = create_app(settings).server
    signer = server.session_interface.get_signing_serializer(server)
    sessions: Sessions = server.config["SESSIONS"]
    stamps = {account.name: account.stamp for account in Accounts(settings.accounts).everyone()}
    return [
        signer.dumps(
            {"_user_id": f"{stamps[n]}:{n}", NUMBER: sessions.begin(n, stamps[n]), "_fresh": True}
        )
        for n in names
    ]


def _run(
    settings: Settings, people: list[tuple[str, str]], host: str, tally: Tally, until: float,
    viewers: int, uploaders: int, attackers: int, fills: tuple[float, float] = FILLS,
) -> None:  # fmt: skip
    # Who attacks does so under his own name: those who share it would wait behind him.
    attacking, units = people[1 : attackers + 1], people[attackers + 1 :]
    reading = [people[0], *units]
    asked = [reading[n % len(reading)] for n in range(viewers)]
    asked += [units[n % len(units)] for n in range(uploaders)]
    asked += attacking
    cookies = _cookies(settings, [name for name, _ in asked])
    visitors = [Person(host, unit, c) for (_, unit), c in zip(asked, cookies, strict=True)]
    threads = [
        threading.Thread(target=_read, args=(person, tally, until, number))
        for number, person in enumerate(visitors[:viewers])
    ]
    threads += [
        threading.Thread(target=_send, args=(person, tally, until, number, fills))
        for number, person in enumerate(visitors[viewers : viewers + uploaders])
    ]
    threads += [
        threading.Thread(target=_attack, args=(person, tally, until, number + side))
        for number, person in enumerate(visitors[viewers + uploaders :])
        for side in range(SIDE_BY_SIDE)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _open_all(settings: Settings, people: list[tuple[str, str]], host: str) -> None:
    """Every account opens every page as often as there are workers that may be asked."""
    cookies = _cookies(settings, [name for name, _ in people])
    visitors = [Person(host, unit, c) for (_, unit), c in zip(people, cookies, strict=True)]
    with ThreadPoolExecutor(WORKERS * 2) as pool:
        for _ in range(WORKERS * 2):
            list(pool.map(lambda person: [_look(person, path) for path in PAGES], visitors))


def _look(person: Person, path: str) -> str:
    """Ask for a page and its header, as a browser does; what is wrong with the answers, if anything
    is.
    """
    asked = (page_cache.page_request(DAY, path), page_cache.head_request(DAY, path))
    for body, holds in zip(asked, HOLDS, strict=True):
        status, headers, content = person.ask(
            "POST", page_cache.PATH, body.encode(), "application/json"
        )
        if status != 200 or holds not in content or page_cache.FAILED in headers:
            return f"看 {path}：{status}"
    return ""


def _read(person: Person, tally: Tally, until: float, seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311 - a simulation, no secret
    time.sleep(draw.uniform(*READS))
    while time.monotonic() < until:
        path = draw.choice(PAGES)
        started = time.perf_counter()
        error = _look(person, path)
        tally.note("read", time.perf_counter() - started, error)
        time.sleep(draw.uniform(*READS))


def _attack(person: Person, tally: Tally, until: float, number: int) -> None:
    """One after the other without a pause; an account has several of these at once."""
    asking = Person(person.host, person.unit, person.cookie)
    while time.monotonic() < until:
        sql = ENDLESS if number % 2 else QUERIES[number // 2 % len(QUERIES)]
        number += SIDE_BY_SIDE + 1
        started = time.perf_counter()
        error = ask_sql(asking.ask, sql)
        tally.note("attack", time.perf_counter() - started, error)


def _send(
    person: Person, tally: Tally, until: float, seed: int, fills: tuple[float, float]
) -> None:
    draw = random.Random(1000 + seed)  # noqa: S311 - a simulation, no secret
    time.sleep(draw.uniform(*fills))
    while time.monotonic() < until:
        name = f"L{seed:02}-{os.getpid()}-{int(time.time() * 1000)}"
        ledger = (
            f"{HEADER}\n{name},2023-11-10,模拟场所{seed},宾馆,模拟隐患{name},消防设施,一般,"
            f"{person.unit},模拟某,2023-12-10,整改中\n"
        ).encode()
        started = time.perf_counter()
        error = _send_one(person, tally, ledger)
        tally.note("send", time.perf_counter() - started, error)
        time.sleep(draw.uniform(*fills))


def _send_one(person: Person, tally: Tally, ledger: bytes) -> str:
    token = person.token("/send")
    body, kind = _multipart(token, ledger)
    status, headers, _ = person.ask("POST", "/send", body, kind)
    if status != 302:
        return f"上传：{status}"
    check = headers["Location"]
    status, _, page = person.ask("GET", check)
    while status == 202:  # still being read: the page asks again by itself
        time.sleep(ASKS_AGAIN_S)
        status, _, page = person.ask("GET", check)
    if status != 200 or 'value="confirm"' not in page.decode():
        return f"核对：{status}"
    form = f"csrf_token={quote(token)}&do=confirm".encode()
    status, _, _ = person.ask("POST", check, form, "application/x-www-form-urlencoded")
    if status != 302:
        return f"确认：{status}"
    with tally.lock:
        tally.confirmed.add(hashlib.sha256(ledger).hexdigest())
    return ""


def _multipart(token: str, ledger: bytes) -> tuple[bytes, str]:
    edge = "yanpan-load"
    parts = (
        f'--{edge}\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{token}\r\n'
        f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="load.csv"\r\n'
        "Content-Type: text/csv\r\n\r\n"
    ).encode()
    return parts + ledger + f"\r\n--{edge}--\r\n".encode(), f"multipart/form-data; boundary={edge}"


@contextmanager
def _serving(settings: Settings) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    """The server, in a group of its own so that it can be killed with all it began."""
    command = [
        sys.executable, "-m", "analysis.cli", "--home", str(settings.home), "serve", "--port", "0",
        "--workers", str(WORKERS),
    ]  # fmt: skip
    with (
        (settings.home / "serve.log").open("a", encoding="utf-8") as log,
        subprocess.Popen(  # noqa: S603 - this very program
            command, stdout=subprocess.PIPE, stderr=log, text=True, encoding="utf-8",
            start_new_session=True, env=os.environ | {"PYTHONUTF8": "1"},
        ) as server,
    ):  # fmt: skip
        line = server.stdout.readline() if server.stdout else ""
        if "http" not in line:
            server.terminate()
            raise YanpanError("测速用的服务没有起来。")
        host = line[line.index("http://") + 7 :].partition("/")[0]
        _wait_ready(host)
        try:
            yield host, server
        finally:
            server.terminate()


def _wait_ready(host: str) -> None:
    for _ in range(600):
        if Person(host, "", "").ask("GET", "/healthz")[0] == 200:
            return
        time.sleep(0.1)
    raise YanpanError("测速用的服务没有起来。")


def _published(settings: Settings) -> set[str]:
    with open_warehouse(settings.warehouse) as con:
        _, rows = fetch_rows(con, "SELECT DISTINCT sha256 FROM submission WHERE rows_loaded > 0")
    return {sha256 for (sha256,) in rows}


def _wait_published(settings: Settings, confirmed: set[str]) -> None:
    until = time.monotonic() + PUBLISHED_WITHIN
    while time.monotonic() < until and not confirmed <= _published(settings):
        time.sleep(1)


def _lost(settings: Settings, confirmed: set[str]) -> int:
    """Confirmed uploads that do not lie in ``data/raw`` as they were sent, or do not count."""
    kept = {
        hashlib.sha256(path.read_bytes()).hexdigest() for path in settings.raw.rglob("*_load.csv")
    }
    return len(confirmed - (kept & _published(settings)))


def _row(
    name: str,
    times: list[float],
    tally: Tally,
    kinds: tuple[str, ...],
    limit: str,
    lost: int | None = None,
) -> dict[str, Any]:
    row: dict[str, Any] = {
        "情形": name, "次数": len(times), "中位毫秒": None, "九十五分位毫秒": None,
        "最长毫秒": None, "要求": "没有测到：时间太短，请用 --minutes 加长",
        "出错": sum(error.startswith(kinds) for error in tally.errors), "确认后丢失": lost,
    }  # fmt: skip
    if not times:
        return row
    cut = quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
    return row | {
        "中位毫秒": round(1000 * median(times)), "九十五分位毫秒": round(1000 * cut),
        "最长毫秒": round(1000 * max(times)), "要求": limit,
    }  # fmt: skip
