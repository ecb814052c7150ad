"""Slow, large and broken requests over real sockets: nobody else waits for them."""

import shutil
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import flask
import pytest

from analysis.settings import Settings
from dashboards.access.session import signed_in
from dashboards.app import create_app
from dashboards.serving import connections
from tests.dashboards.people import BASE, Caller, Visitor, served

pytestmark = pytest.mark.slow

HEAD = b"POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: %d\r\n\r\n"


@pytest.fixture(scope="module")
def at(county: Settings) -> Iterator[str]:
    with served(county) as at:
        yield at


def connect(at: str) -> socket.socket:
    port = urlsplit(at).port
    assert port
    return socket.create_connection(("127.0.0.1", port), timeout=30)


def health_s(at: str) -> float:
    begun = time.monotonic()
    assert Caller(at).page("/healthz").status_code == 200
    return time.monotonic() - begun


def told(connection: socket.socket) -> bytes:
    """What the server says until it closes."""
    said = b""
    while some := connection.recv(65536):
        said += some
    return said


def test_a_hundred_and_thirty_slow_callers_keep_nobody_waiting(at: str) -> None:
    health_s(at)
    slow = [connect(at) for _ in range(130)]
    for each in slow:
        each.sendall(b"POST /login HTTP/1.1\r\nX: ")
    try:
        assert health_s(at) < 2
    finally:
        for each in slow:
            each.close()


def test_where_there_are_too_many_whoever_keeps_waiting_longest_goes(
    at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    health_s(at)
    monkeypatch.setattr(connections, "MOST", 20)
    slow = [connect(at) for _ in range(40)]
    try:
        assert health_s(at) < 2
        assert told(slow[0]) == b""  # let go, without a word
        slow[-1].sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        assert b"200 OK" in told(slow[-1])
    finally:
        for each in slow:
            each.close()


@pytest.mark.skipif(sys.platform != "linux", reason="this machine has one address of its own")
def test_one_address_that_asks_for_much_keeps_no_other_waiting(at: str) -> None:
    health_s(at)
    port = urlsplit(at).port or 0
    ask = b"GET /login HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    greedy = [
        socket.create_connection(("127.0.0.1", port), 30, source_address=("127.0.0.2", 0))
        for _ in range(50)
    ]
    for each in greedy:
        each.sendall(ask * connections.MOST_PIPELINED)
    try:
        assert health_s(at) < 2  # a thousand requests wait
    finally:
        for each in greedy:
            each.close()


def test_who_sends_very_many_requests_before_an_answer_is_let_go(at: str) -> None:
    health_s(at)
    greedy = connect(at)
    greedy.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 200)
    with suppress(ConnectionResetError):
        assert told(greedy).count(b"HTTP/1.1 200") <= connections.MOST_PIPELINED
    assert health_s(at) < 2


def waiting(address: str, cookies: str | None = None) -> Any:
    """A channel with a request that has come."""
    request = SimpleNamespace(headers={"COOKIE": cookies} if cookies else {})
    return SimpleNamespace(addr=(address, 1), requests=[request], of=cookies)


def test_each_address_has_its_turn() -> None:
    turns = connections.Turns(lambda cookies: None)
    for address in "aaabbc":
        turns.append(waiting(address))
    assert len(turns) == 6
    assert "".join(turns.popleft().addr[0] for _ in range(len(turns))) == "abcaba"
    assert not turns


def test_who_asks_without_a_pause_waits_behind_who_asks_now_and_then(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """All behind one proxy: «bad» has had eight turns, «new» none, «old» had one long ago."""
    now = [0.0]
    turns = connections.Turns(lambda cookies: cookies, lambda: now[0])

    def served(*cookies: str | None) -> list[str | None]:
        for each in cookies:
            turns.append(waiting("proxy", each))
        return [turns.popleft().of for _ in cookies]  # type: ignore[attr-defined]

    monkeypatch.setattr(connections, "MOST_AT_ONCE", 10)
    assert served("old") == ["old"]
    now[0] = 10.0
    assert served(*["bad"] * 8) == ["bad"] * 8
    assert served("bad", "bad", "old", "new") == ["new", "old", "bad", "bad"]
    # whoever is nobody's shares one line, whatever he writes into his cookies
    forged = connections.Turns(lambda cookies: cookies if cookies == "real" else None)
    for each in ("x1", "x2", "x3", "real"):
        forged.append(waiting("proxy", each))
    assert [forged.popleft().of for _ in range(4)] == ["x1", "real", "x2", "x3"]  # type: ignore[attr-defined]


def test_an_account_that_asks_without_a_pause_is_held_back_and_nobody_else() -> None:
    now = [0.0]
    turns = connections.Turns(lambda cookies: cookies, lambda: now[0])
    for _ in range(connections.MOST_TURNS):
        turns.append(waiting("proxy", "bad"))
        turns.finished(turns.popleft().sender, 0)
    turns.append(waiting("proxy", "bad"))
    assert len(turns) == 1
    assert not turns, "nobody may have a turn"
    turns.append(waiting("proxy", "good"))
    assert turns.popleft().of == "good"  # type: ignore[attr-defined]
    assert not turns
    now[0] = 1.0
    assert turns.popleft().of == "bad"  # type: ignore[attr-defined]
    # Behind one address may sit a whole office that needs no account.
    for _ in range(connections.MOST_TURNS + 1):
        turns.append(waiting("office"))
        turns.popleft()


def test_an_account_has_few_requests_worked_on_at_once_and_work_counts_as_turns() -> None:
    now = [0.0]
    turns = connections.Turns(lambda cookies: cookies, lambda: now[0])
    for _ in range(connections.MOST_AT_ONCE + 1):
        turns.append(waiting("proxy", "bad"))
    senders = [turns.popleft().sender for _ in range(connections.MOST_AT_ONCE)]
    assert not turns, "the last one waits until one of the others is answered"
    turns.finished(senders[0], 0.1)
    assert turns
    turns.finished(turns.popleft().sender, connections.MOST_TURNS / connections.TURNS_A_SECOND)
    turns.append(waiting("proxy", "bad"))
    assert not turns, "so much work is as many turns"
    now[0] = connections.HALF_S
    assert turns.popleft().of == "bad"  # type: ignore[attr-defined]


def test_a_thread_that_waits_looks_again_where_somebody_is_held_back() -> None:
    lock, turns = threading.Lock(), connections.Turns(lambda cookies: cookies)
    bell = connections.Bell(lock, turns)
    turns.append(waiting("proxy", "bad"))
    with lock:
        assert bell.wait() is False, "woken by itself"


def test_a_session_is_known_by_its_cookie_and_no_forged_one_is(county: Settings) -> None:
    server = create_app(county).server
    visitor = Visitor(server.test_client())
    visitor.log_in("office")
    cookie = visitor.client.get_cookie("yanpan", urlsplit(BASE).hostname or "")
    assert cookie is not None
    whose = signed_in(server)
    assert str(whose(f"a=b; yanpan={cookie.value}")).endswith(":office")
    for forged in (
        f"yanpan={cookie.value}x",
        "yanpan=",
        f"yanpan={'x' * 5000}",
        "yanpan=a.b.c",
        "other=1",
        "\x00",
        "yanpan=\xff",
    ):
        assert whose(forged) is None


def test_a_request_that_takes_too_long_to_arrive_is_ended(
    at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "LONGEST_HEAD_S", 0.2)
    head, body = connect(at), connect(at)
    head.sendall(b"GET / HTTP/1.1\r\nX: ")
    body.sendall(HEAD % (b"/send", 1000) + b"x")
    assert told(head) == b""
    assert told(body) == b""


@pytest.mark.parametrize("path", [b"/login", b"/", b"/_dash-update-component", b"/account"])
def test_a_large_body_is_taken_only_where_files_are_sent(at: str, path: bytes) -> None:
    free = shutil.disk_usage("/").free
    caller = connect(at)
    caller.sendall(HEAD % (path, 600 << 20))
    said = told(caller)
    assert said.startswith(b"HTTP/1.1 413")
    assert "请求太大" in said.decode()
    assert free - shutil.disk_usage("/").free < 100 << 20


def test_a_body_of_which_nobody_said_how_large_it_is_is_counted(at: str) -> None:
    caller = connect(at)
    caller.sendall(
        b"POST /login HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n"
        + b"8000\r\n" + b"x" * 0x8000 + b"\r\n8000\r\n" + b"x" * 0x8000 + b"\r\n8000\r\nx"
    )  # fmt: skip
    assert told(caller).startswith(b"HTTP/1.1 413")


def test_bodies_that_never_end_do_not_fill_the_disk(
    at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "MOST_ARRIVING", 1 << 20)
    callers = [connect(at) for _ in range(4)]
    for each in callers:
        each.sendall(HEAD % (b"/send", 30 << 20) + b"x" * (1 << 19))
    assert told(callers[0]) == b""
    for each in callers:
        each.close()


def test_of_answers_that_nobody_reads_the_largest_are_let_go(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(connections, "MOST_UNREAD", 100)
    channels = [SimpleNamespace(total_outbufs_len=size) for size in (0, 30, 70, 60, 20)]
    gone = connections.too_much_unread(channels)  # type: ignore[arg-type]
    assert [each.total_outbufs_len for each in gone] == [70, 60]  # 180 bytes wait, then 50
    assert connections.too_much_unread(channels[:3]) == []  # type: ignore[arg-type]


def test_a_server_lets_them_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "MOST_UNREAD", 99)
    gone: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = connections.make_server(flask.Flask("test"), listener, 1, "test", https=False)
        server.active_channels.update({
            n: SimpleNamespace(
                total_outbufs_len=size, requests=[1], arriving=0, owed_since=0.0,
                handle_close=lambda size=size: gone.append(f"{size} bytes"),
            )
            for n, size in enumerate([10, 90])
        })  # fmt: skip
        server.maintenance(0.0)
        server.active_channels.clear()
        server.close()
    assert gone == ["90 bytes"]


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GET / HTTP/1.1\r\nCookie: ".ljust(connections.LARGEST_HEAD, b"x"), b"431"),
        (b"GET / HTTP/1.1\r\n bad\r\n\r\n", b"400"),
        (b"POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n", b"400"),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: x\r\n\r\n", b"501"),
        (
            b"POST / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            b"400",
        ),
    ],
    ids=["long", "bent", "no length", "unknown encoding", "two lengths"],
)
def test_what_is_no_request_is_told_in_a_line(at: str, sent: bytes, status: bytes) -> None:
    caller = connect(at)
    caller.sendall(sent)
    head, _, body = told(caller).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 " + status) or head.startswith(b"HTTP/1.0 " + status)
    assert not body.decode().isascii()
    assert "\n" not in body.decode()
