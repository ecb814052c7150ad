"""Serve the application, by one process or several at one address, until stopped."""

import logging
import multiprocessing
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.process import BaseProcess

import flask

from analysis.errors import YanpanError
from analysis.intake.publisher import Background, Publisher
from analysis.settings import Settings
from dashboards.app import REFRESHER, create_app
from dashboards.forms.submission import READINGS
from dashboards.serving.connections import Server, make_server
from dashboards.serving.logs import set_up_logs
from dashboards.serving.refresh import Refresher
from dashboards.serving.roll_up import Gatherer

THREADS = 8
#: Pages are prepared in a thread that calculates without a pause: whoever answers meanwhile gives
#: the interpreter away at every read and lock, and has it back after this, not after 5 ms.
SWITCH_S = 0.0005
SERVER_NAME = "yanpan"
#: How often it is looked whether every worker lives; one that died is begun anew.
LOOK_EVERY_S = 2.0
LOG = logging.getLogger(__name__)


def serve(settings: Settings, say: Callable[[str], None], workers: int = 1) -> None:
    """Serve until stopped, and publish what is sent in meanwhile.

    Raises:
        YanpanError: the address needs accounts and there are none, or the port is taken.

    """
    set_up_logs()
    app = create_app(settings) if workers == 1 else None
    if app is None:
        create_app(settings)  # what is wrong is told here, once, and not by every worker
    listener = _listen(settings)
    address = f"http://{settings.host}:{listener.getsockname()[1]}/"
    signal.signal(signal.SIGTERM, _stop)
    publisher: Background = Gatherer(settings) if settings.rollup else Publisher(settings)
    publisher.start()
    say(f"看板已就绪：{address} （按 Ctrl+C 结束）")
    try:
        if app is None:
            _watch(settings, listener, workers)
        else:
            _run(app.server, listener, settings.https)
    except KeyboardInterrupt:
        LOG.info("stopped")
    finally:
        publisher.stop()
        listener.close()


def _stop(*about: object) -> None:
    """Being told to stop by the system is like being told by the keyboard."""
    raise KeyboardInterrupt


def _listen(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        if sys.platform != "win32":  # there it would let two programs share one port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((settings.host, settings.port))
        listener.listen(1024)
    except OSError as error:
        listener.close()
        raise YanpanError(
            f"不能在 {settings.host}:{settings.port} 上监听，端口可能已被占用，"
            f"请用 --port 换一个：{error.strerror}"
        ) from error
    return listener


def make_waitress(server: flask.Flask, listener: socket.socket, https: bool) -> Server:
    """The web server at a socket that listens; ``run()`` serves until ``close()``."""
    return make_server(server, listener, THREADS, SERVER_NAME, https)


def _run(server: flask.Flask, listener: socket.socket, https: bool) -> None:
    sys.setswitchinterval(SWITCH_S)
    refresher: Refresher = server.extensions[REFRESHER]
    refresher.start()
    if READINGS in server.extensions:  # a roll-up takes in no files
        server.extensions[READINGS].is_ready_ahead = True
    try:
        make_waitress(server, listener, https).run()
    finally:
        refresher.stop()


def _work(settings: Settings, listener: socket.socket) -> None:
    """What a worker process does, for as long as the process that began it lives."""
    set_up_logs()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with suppress(KeyboardInterrupt):
        _run(create_app(settings).server, listener, settings.https)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)  # killed without a word to us: nobody is to serve on unwatched


def _watch(settings: Settings, listener: socket.socket, workers: int) -> None:
    """Keep so many workers at the one socket until this process is stopped."""
    spawn = multiprocessing.get_context("spawn")

    def begin() -> BaseProcess:
        process = spawn.Process(target=_work, args=(settings, listener))
        process.start()
        return process

    running = [begin() for _ in range(workers)]
    never = threading.Event()
    try:
        while not never.wait(LOOK_EVERY_S):
            for place, process in enumerate(running):
                if not process.is_alive():
                    LOG.error("a worker ended with %s; another takes its place", process.exitcode)
                    running[place] = begin()
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.join()
