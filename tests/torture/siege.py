"""The large attacks on a server: what each may take of memory, disk and the others' time.

The small ones are in ``tests/dashboards/siege``, in every run of the tests. Here the server is a
process of its own, as ``yanpan serve`` begins it, and what it takes is read from the system.
"""

import os
import re
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from benchmarks.attack import QUERIES
from dashboards.serving.page_cache import page_request
from tests.conftest import YANPAN
from tests.dashboards.people import HAZARDS, Caller, make_county

#: Memory of the server with its processes beyond what it has at rest, and what may lie on the disk:
#: what a query puts aside, and the file itself.
MOST_MEMORY, MOST_DISK = 4 << 30, 3 << 29
#: A page that is kept and the health of the server, while another account does its worst; seconds.
LONGEST_S = 5.0


def besiege(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Each attack by name, with what was wrong while it went on."""
    make_county(folder)
    (folder / "yanpan.toml").write_text("login = true\n", encoding="utf-8")
    with _serving(folder) as (at, process):
        watch = _Watch(at, process, folder)
        unit = logged_in(at, "education")
        for sql in QUERIES:
            yield f"即席查询 {sql[:40]}…", watch.during(lambda sql=sql: _ask(unit, sql))
        yield "十六条一起的查询", watch.during(lambda: _sixteen(unit))
        yield "一千五百个慢连接", watch.during(lambda: _slow(at, 1_500))
        yield "600 MB 的登录", watch.during(lambda: _large_login(at))
        yield "二百万行的台账", watch.during(lambda: _slow_upload(at, unit))


def logged_in(at: str, name: str) -> Caller:
    """A caller with the cookie of an account."""
    caller = Caller(at)
    caller.headers["Cookie"] = caller.log_in(name).headers["Set-Cookie"].partition(";")[0]
    return caller


@contextmanager
def _serving(home: Path) -> Iterator[tuple[str, int]]:
    aside = home / "aside"
    aside.mkdir()
    process = subprocess.Popen(
        [*YANPAN, "--home", str(home), "serve", "--port", "0"], stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True, env=os.environ | {"TMPDIR": str(aside)},
    )  # fmt: skip
    try:
        assert process.stdout
        found = next(filter(None, (re.search(r"http://\S+[^/\s]", t) for t in process.stdout)))
        yield found.group(0), process.pid
    finally:
        process.terminate()
        process.wait(60)


class _Watch:
    """One who reads meanwhile, and what the server takes."""

    def __init__(self, at: str, process: int, folder: Path) -> None:
        self.at, self.process, self.folder = at, process, folder
        self.leader = logged_in(at, "leader")
        self.page()
        self.rest = _memory(process)

    def page(self) -> float:
        """Seconds that a kept page and the health take together."""
        begun = time.monotonic()
        for answer in (
            self.leader.page("/healthz"), self.leader.ask(page_request("?as_of=2023-11-15")),
        ):  # fmt: skip
            if answer.status_code != 200:
                return float("inf")
        return time.monotonic() - begun

    def during(self, attack: Callable[[], list[str]]) -> list[str]:
        """What is wrong while an attack goes on: its own finding, others' time, memory, disk."""
        faults: list[str] = []
        before = _disk(self.folder)
        running = threading.Thread(target=lambda: faults.extend(attack()))
        running.start()
        seconds = memory = disk = 0.0
        while running.is_alive():
            seconds = max(seconds, self.page())
            memory = max(memory, _memory(self.process) - self.rest)
            disk = max(disk, _disk(self.folder) - before)
            running.join(0.5)
        for found, most, words in (
            (seconds, LONGEST_S, "别人等了 {:.1f} 秒"),
            (memory, MOST_MEMORY, "内存多用 {:.0f} 字节"),
            (disk, MOST_DISK, "磁盘多用 {:.0f} 字节"),
        ):  # fmt: skip
            if found > most:
                faults.append(words.format(found))
        return faults


def _memory(process: int) -> int:
    """What a process and those that it began hold of the memory; bytes."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it has ended meanwhile
            continue
        parents[int(stat.parent.name)] = int(words[1]), int(words[21])
    family = {process}
    while more := {each for each, (of, _) in parents.items() if of in family} - family:
        family |= more
    pages = sum(parents[each][1] for each in family if each in parents)
    return pages * os.sysconf("SC_PAGE_SIZE")


def _disk(folder: Path) -> int:
    """What lies in a folder; bytes."""
    size = 0
    for path in folder.rglob("*"):
        with suppress(OSError):  # it has gone meanwhile
            size += path.lstat().st_size if path.lstat().st_nlink < 2 else 0
    return size


def _ask(unit: Caller, sql: str) -> list[str]:
    answer = unit.sql(sql)
    return [] if "query-error" in answer else [f"查询没有被拒绝：{answer[:80]}"]


def _sixteen(unit: Caller) -> list[str]:
    answers: list[str] = []
    deaf = "SELECT levenshtein(repeat('a',700000), repeat('b',700000))"
    asking = [threading.Thread(target=lambda: answers.append(unit.sql(deaf))) for _ in range(16)]
    for each in asking:
        each.start()
    for each in asking:
        each.join()
    refused = sum("还在进行" in each for each in answers)
    return [] if refused >= 15 else [f"只拒绝了 {refused} 条"]


def _slow(at: str, count: int) -> list[str]:
    host, port = at.removeprefix("http://").split(":")
    slow = []
    for _ in range(count):
        connection = socket.create_connection((host, int(port)), timeout=10)
        connection.sendall(b"POST /login HTTP/1.1\r\nX: ")
        slow.append(connection)
    threading.Event().wait(10)
    for connection in slow:
        connection.close()
    return []


def _large_login(at: str) -> list[str]:
    host, port = at.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=30) as connection:
        connection.sendall(b"POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 629145600\r\n\r\n")
        said = connection.recv(100)
    return [] if b" 413 " in said else [f"没有拒绝：{said[:40]!r}"]


def _slow_upload(at: str, unit: Caller) -> list[str]:
    """One unit's file of two million rows; what another sends meanwhile is read."""
    head = ",".join(HAZARDS[0])
    rows = b"%s\n%s" % (head.encode(), b"1,,,,,\n" * 2_000_000)
    slow = _upload(unit, rows)
    opened = [threading.Thread(target=unit.page, args=(slow,)) for _ in range(8)]
    for each in opened:
        each.start()
    other = logged_in(at, "transport")
    begun = time.monotonic()
    small = f"{head}\n" + ",".join(HAZARDS[2])
    place = _upload(other, small.encode())
    while (answer := other.page(place)).status_code == 202:
        threading.Event().wait(0.5)
    took = time.monotonic() - begun
    for each in opened:
        each.join()
    is_read = answer.status_code == 200 and "确认报送" in answer.text
    return [] if is_read and took < 30 else [f"别的单位等了 {took:.0f} 秒，{answer.status_code}"]


def _upload(caller: Caller, content: bytes) -> str:
    """Where an upload can be looked at."""
    page = caller.page("/send")
    kept = str(page.headers.get("Set-Cookie", caller.headers["Cookie"])).partition(";")[0]
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert token, page.status_code
    answer = caller.request(
        "POST", f"{caller.at}/send", data={"csrf_token": token.group(1)},
        files={"file": ("隐患台账.csv", content)}, headers={"Cookie": kept},
        allow_redirects=False, timeout=300,
    )  # fmt: skip
    return answer.headers["Location"]
