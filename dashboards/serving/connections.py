"""The web server's sockets: who takes long over his request waits, and keeps nobody else waiting.

waitress stops taking connections when it has its number of them, whoever holds them: a hundred
callers that send a byte every ten seconds shut everybody out. Here a new caller is always taken in;
where there are too many, whoever has kept the server waiting longest has to go.
"""

import copy
import os
import select
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

import flask
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.server import TcpWSGIServer
from waitress.task import ErrorTask, ThreadedTaskDispatcher

from dashboards.access.error_pages import ERROR_TEXTS, error_text
from dashboards.access.limits import FILES_TO, LARGEST_CALLBACK, LARGEST_REQUEST
from dashboards.access.session import signed_in

#: A file that is somewhat too large is read to its end, so that its sender is told on a page.
LARGEST_READ = 2 * LARGEST_REQUEST
#: A browser's address and cookies are far smaller.
LARGEST_HEAD = 64 * 1024
#: Connections at one time: each is looked at whenever anything happens on any, so that a thousand
#: would be felt. ``select``, all that Windows has, takes no more than 512.
MOST = 500 if hasattr(select, "poll") else 300
#: No browser, and no proxy, sends a second request before its first is answered.
MOST_PIPELINED = 20
#: A request has so long to arrive, and beside that a second for each so many bytes of its body.
LONGEST_HEAD_S, SLOWEST_BYTES_S = 20.0, 4_096
#: Nothing happens on a connection for so long, and it is closed.
LONGEST_IDLE_S = 60
LOOK_EVERY_S = 2
#: What has arrived of bodies that are not complete lies on the disk; no more of it than this.
MOST_ARRIVING = 1 << 30
#: So do answers that their callers do not take; where they are more, the largest go.
MOST_UNREAD = 1 << 30
#: A turn that somebody had so long ago counts half; so many senders are remembered by their turns.
HALF_S, MOST_SENDERS = 20.0, 2_000
#: An account with so many turns of late has the next when they are fewer, whoever else asks: so
#: many at once, then three a second for as long as it likes. A page takes some twenty to open.
MOST_TURNS = 80
#: A second of work for somebody is so many turns: what has the server work for long is not asked
#: for as often as what is at hand. An account has so many requests worked on at once.
TURNS_A_SECOND, MOST_AT_ONCE = 8, 3
LOOK_AGAIN_S = 0.1
#: An answer this large is put aside, so that no thread waits for who reads slowly.
LARGEST_ANSWER = 1 << 29
_ACCOUNT = "account "


class Parser(HTTPRequestParser):
    """A request, whose body may be as large as its path takes."""

    adj: Adjustments

    def parse_header(self, header_plus: bytes) -> None:
        """Read the head; from then on the limit is that of the path."""
        super().parse_header(header_plus)
        if self.chunked and "CONTENT_LENGTH" in self.headers:
            # Whoever stands before us may go by the one, we by the other: a request in a request.
            raise ParsingError("a length and chunks")
        if not str(getattr(self, "path", "")).startswith(FILES_TO):
            self.adj = copy.copy(self.adj)
            self.adj.max_request_body_size = LARGEST_CALLBACK + 1  # told by a page of ours


class Refusal(ErrorTask):
    """What is refused before the program sees it, in words of ours."""

    def execute(self) -> None:
        """One line, and the connection is over."""
        error = self.request.error
        body = error_text(
            error.code if error.code in ERROR_TEXTS else 400, str(getattr(self.request, "path", ""))
        ).encode()
        self.status = f"{error.code} {error.reason}"
        self.response_headers.append(("Content-Type", "text/plain; charset=utf-8"))
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class Channel(HTTPChannel):
    """One connection, and since when its caller keeps the server waiting."""

    parser_class = Parser
    error_task_class = Refusal

    def __init__(self, *about: Any, **named: Any) -> None:
        """Taken in now: a request is owed."""
        self.owed_since = time.monotonic()
        #: Whose turn its request has.
        self.sender = ""
        super().__init__(*about, **named)

    def received(self, data: bytes) -> bool:
        """Note when a request begins to arrive, and when nothing is owed any more."""
        if self.request is None:
            self.owed_since = time.monotonic()
        taken: bool = super().received(data)
        if len(self.requests) > MOST_PIPELINED:
            self.will_close = True
        if self.request is None:
            self.owed_since = time.monotonic()
        return taken

    def service(self) -> None:
        """Answer a request, and note what work it was."""
        # another request of the same caller may have its turn before this one's is noted
        sender, begun = self.sender, time.thread_time()
        try:
            super().service()
        finally:
            dispatcher = self.server.task_dispatcher
            with dispatcher.lock:
                dispatcher.queue.finished(sender, time.thread_time() - begun)
                dispatcher.queue_cv.notify()

    @property
    def arriving(self) -> int:
        """Bytes of a body that is not complete."""
        return self.request.body_bytes_received if self.request is not None else 0

    def is_late(self, now: float) -> bool:
        """Whether a request takes longer to arrive than it may."""
        allowed = LONGEST_HEAD_S + self.arriving / SLOWEST_BYTES_S
        return self.request is not None and now - self.owed_since > allowed


class Fading:
    """What each has had, of which a part counts less the longer it is past."""

    def __init__(self, half_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        """After ``half_s`` seconds a part counts half."""
        self._half_s, self._clock = half_s, clock
        self._had: dict[str, tuple[float, float]] = {}

    def of(self, name: str) -> float:
        """How much one has had."""
        had, at = self._had.get(name, (0.0, 0.0))
        return had * 0.5 ** ((self._clock() - at) / self._half_s)

    def add(self, name: str, part: float) -> None:
        """One has had more; of very many those who had next to nothing are forgotten."""
        self._had[name] = self.of(name) + part, self._clock()
        if len(self._had) > MOST_SENDERS:
            self._had = {each: had for each, had in self._had.items() if self.of(each) > 0.1}


class Turns:
    """The requests that wait for a thread: next is whoever had fewest turns of late, however many
    he sends.

    Who is signed in waits in a line of his own, all others of an address in one: behind a proxy
    all come from one address, and there the proxy limits those that nobody knows. An account that
    asks without a pause, for much work, or for many things at once is held back even where nobody
    waits: what it would take is missed by the one who comes a moment later.
    """

    def __init__(
        self, signed_in: Callable[[str], str | None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        """``signed_in`` tells of a header of cookies whose session it is, None for nobody's."""
        self._signed_in = signed_in
        self._waiting: dict[str, deque[Channel]] = {}
        self._turns = Fading(HALF_S, clock)
        self._running: Counter[str] = Counter()

    def __len__(self) -> int:
        return sum(map(len, self._waiting.values()))

    def __bool__(self) -> bool:
        """Whether anybody may have a turn now."""
        return any(map(self._may_have, self._waiting))

    def append(self, channel: Channel) -> None:
        """Have a channel's next request wait behind those of its own sender."""
        self._waiting.setdefault(self._sender(channel), deque()).append(channel)

    def popleft(self) -> Channel:
        """The first of the sender whose turn it is; of several, the one who waits longest."""
        sender = min(filter(self._may_have, self._waiting), key=self._turns.of)
        waiting = self._waiting.pop(sender)
        first = waiting.popleft()
        if waiting:
            self._waiting[sender] = waiting
        self._turns.add(sender, 1)
        self._running[sender] += 1
        first.sender = sender
        return first

    def finished(self, sender: str, seconds: float) -> None:
        """A request of a sender's was answered, with so many seconds of work."""
        self._running[sender] -= 1
        if not self._running[sender]:
            del self._running[sender]
        self._turns.add(sender, TURNS_A_SECOND * seconds)

    def _sender(self, channel: Channel) -> str:
        cookies = channel.requests[0].headers.get("COOKIE") if channel.requests else None
        name = self._signed_in(cookies) if cookies else None
        return f"{_ACCOUNT}{name}" if name else f"address {channel.addr[0]}"

    def _may_have(self, sender: str) -> bool:
        if not sender.startswith(_ACCOUNT):
            return True
        return self._turns.of(sender) < MOST_TURNS and self._running[sender] < MOST_AT_ONCE


class Bell(threading.Condition):
    """Wakes who waits for a request; where some are held back, it looks by itself whether one may
    have its turn.
    """

    def __init__(self, lock: threading.Lock, turns: Turns) -> None:
        """``lock`` guards ``turns``."""
        super().__init__(lock)
        self._turns = turns

    def wait(self, timeout: float | None = None) -> bool:
        """Wait for a request, or a moment."""
        return super().wait(LOOK_AGAIN_S if len(self._turns) else timeout)


def too_much_unread(channels: Iterable[Channel]) -> list[Channel]:
    """Those who have to go for the others' answers to have room on the disk: the largest first."""
    by_size = sorted(channels, key=lambda each: -each.total_outbufs_len)
    total = sum(each.total_outbufs_len for each in by_size)
    go: list[Channel] = []
    while total > MOST_UNREAD:
        go.append(by_size[len(go)])
        total -= go[-1].total_outbufs_len
    return go


class Server(TcpWSGIServer):
    """A web server that always takes in whoever comes."""

    channel_class = Channel

    def handle_accept(self) -> None:
        """Take one in, and let go of the one who keeps waiting longest where there are too many."""
        super().handle_accept()
        if len(self.active_channels) > MOST:
            for channel in self._waiting()[:1]:
                channel.handle_close()

    def maintenance(self, now: float) -> None:
        """Let go of who takes too long, and of who sends too much at once with others."""
        super().maintenance(now)
        for channel in self._waiting():
            if channel.is_late(time.monotonic()):
                channel.will_close = True
        arriving = sum(each.arriving for each in self.active_channels.values())
        for channel in self._waiting():
            if arriving <= MOST_ARRIVING:
                break
            arriving -= channel.arriving
            channel.will_close = channel.will_close or channel.arriving > 0
        for channel in too_much_unread(self.active_channels.values()):
            channel.handle_close()

    def _waiting(self) -> list[Channel]:
        """Those of whom a request is owed, or who do not take their answer; the longest first."""
        waiting = [each for each in self.active_channels.values() if not each.requests]
        return sorted(waiting, key=lambda each: float(each.owed_since))


def make_server(
    server: flask.Flask, listener: Any, threads: int, ident: str, https: bool
) -> Server:
    """The web server at a socket that listens."""
    _allow_files()
    settings = Adjustments(
        sockets=[listener], threads=threads, ident=ident, url_scheme="https" if https else "http",
        # By itself waitress takes the headers of proxies away, and nobody could tell any more
        # who calls, nor that a proxy brings him: ``proxies.py`` decides what is believed.
        clear_untrusted_proxy_headers=False,
        max_request_body_size=LARGEST_READ, max_request_header_size=LARGEST_HEAD,
        outbuf_high_watermark=LARGEST_ANSWER, channel_timeout=LONGEST_IDLE_S,
        cleanup_interval=LOOK_EVERY_S, asyncore_use_poll=hasattr(select, "poll"),
        connection_limit=2 * MOST + 100,  # never reached
    )  # fmt: skip
    dispatcher = ThreadedTaskDispatcher()
    dispatcher.queue = Turns(signed_in(server))
    dispatcher.queue_cv = Bell(dispatcher.lock, dispatcher.queue)
    dispatcher.set_thread_count(threads)
    about = (listener.family, listener.type, listener.proto, listener.getsockname())
    return Server(
        server, {}, True, listener, dispatcher=dispatcher, adj=settings, sockinfo=about,
        bind_socket=False,
    )  # fmt: skip


def _allow_files() -> None:
    """Have room for as many sockets as are taken in, and for what is read beside them."""
    try:
        import resource
    except ImportError:  # Windows counts otherwise
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 4 * MOST if hard == resource.RLIM_INFINITY else min(4 * MOST, hard)
    if os.name == "posix" and soft < wanted:
        with suppress(ValueError, OSError):  # then there is room for fewer
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
