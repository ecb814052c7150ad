"""What was confirmed is published by one process of its own, as often as there is something new.

Confirming never waits for it. Whoever dies in between, the file lies in ``data/raw``: the next
publisher finds at its start what is not published yet.
"""

import json
import logging
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from filelock import Timeout

from analysis.errors import YanpanError
from analysis.ingest.pipeline import BUSY, new_files
from analysis.ingest.readings import has_ledgers
from analysis.intake.drafts import WAITING
from analysis.intake.guard.quota import count_all
from analysis.intake.typed.settling import has_unpublished_answers
from analysis.intake.withdrawal import has_unpublished
from analysis.settings import Settings
from analysis.warehouse.publish import is_of_this_program

LOG = logging.getLogger(__name__)
#: How often it is looked whether something waits, and how soon a failure is tried again.
LOOK_EVERY_S = 1.0
AGAIN_AFTER_S = 30.0
#: What is confirmed meanwhile is published together: each publication costs every reader a little.
#: Publishing fills a fifth of the time at most; where it takes a second, nobody waits for a minute.
PAUSE_TIMES = 4.0
PAUSE_S = 60.0
#: How far behind those who only read it stands for the processor (``nice``).
NICENESS = 15
#: How soon a publication at hand notices that it is to stop, how long it has to end by itself, and
#: how long all of it may take: a system that is told to stop a service kills it after a while.
NOTICED_AFTER_S, ENDED_WITHIN_S, STOP_S = 0.2, 2.0, 8.0
#: What stands beside the warehouse while the newest files could not be published.
FAILED = "publish_failed.txt"


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether a publication came about, and what was said where it did not."""

    is_done: bool
    words: str = ""


class Background:
    """A thread beside a server that keeps what is published up to date."""

    def __init__(self, settings: Settings) -> None:
        """Nothing runs before ``start``."""
        self.settings = settings
        self._stop = threading.Event()
        name = type(self).__name__.lower()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End within seconds; a publication at hand is given up, and begins anew another time."""
        self._stop.set()
        self._thread.join(STOP_S)  # what then still runs ends with the process

    def _run(self) -> None:
        """What the thread does until ``_stop`` is set."""
        raise NotImplementedError


class Publisher(Background):
    """Publishes whenever something was confirmed; what an earlier run left unpublished first."""

    def _run(self) -> None:
        try:
            count_all(self.settings)
        except (YanpanError, OSError, Timeout):
            LOG.exception("what units have kept is counted when it is next asked for")
        seen = None if self._lacks() else waiting_since(self.settings)
        while not self._stop.is_set():
            now = waiting_since(self.settings)
            if now == seen:
                self._stop.wait(LOOK_EVERY_S)
                continue
            begun = time.monotonic()
            outcome = publish(self.settings, self._stop)
            if self._stop.is_set():
                return
            if outcome.is_done:
                seen = now
                self._stop.wait(min(PAUSE_S, PAUSE_TIMES * (time.monotonic() - begun)))
            else:
                LOG.error("publishing failed: %s", outcome.words)
                self._stop.wait(AGAIN_AFTER_S)

    def _lacks(self) -> bool:
        """Whether something is not published, or was by an older program."""
        path = self.settings.warehouse
        try:
            if path.exists() and not is_of_this_program(path):
                return True
            return (
                bool(new_files(self.settings))
                or has_unpublished(self.settings)
                or has_unpublished_answers(self.settings)
            )
        except YanpanError:
            return True  # a warehouse that cannot be read is made anew
        except OSError:
            LOG.exception("cannot look through %s", self.settings.raw)
            return True


def has_files(settings: Settings) -> bool:
    """Whether ledgers lie in the home, read or not: without any a page says how to begin."""
    return has_ledgers(settings)


def waiting_since(settings: Settings) -> float:
    """When something was last confirmed; 0 where never."""
    try:
        return (settings.inbox / WAITING).stat().st_mtime
    except OSError:
        return 0.0


def publish(settings: Settings, stop: threading.Event | None = None) -> Outcome:
    """Run the ingest in a process of its own, after those who only read.

    Where it is to ``stop``, the process is ended: nothing is lost, since a publication is put in
    place whole or not at all, and what it would have held is published by the next.
    """
    nice = ["nice", "-n", str(NICENESS)] if shutil.which("nice") else []
    command = [
        *nice, sys.executable, "-m", "analysis.cli", "--home", str(settings.home), "ingest",
        "--format", "json",
    ]  # fmt: skip
    process = subprocess.Popen(  # noqa: S603 - our own program
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
        cwd=Path(__file__).parents[2], start_new_session=True,
    )  # fmt: skip
    while True:
        try:
            said, errors = process.communicate(timeout=NOTICED_AFTER_S)
            break
        except subprocess.TimeoutExpired:
            if stop and stop.is_set():
                _end(process)
                return Outcome(False)
    note = settings.warehouse.with_name(FAILED)
    if process.returncode == 0:
        note.unlink(missing_ok=True)
        LOG.info("published %s files", json.loads(said)["files"])
        return Outcome(True)
    words = next(iter(errors.strip().splitlines()[-1:]), f"退出码 {process.returncode}")
    if words == BUSY:
        return Outcome(False, words)
    try:
        note.parent.mkdir(parents=True, exist_ok=True)
        note.write_text(words, encoding="utf-8")
    except OSError:
        LOG.warning("the disk takes no note of the failure")
    return Outcome(False, words)


def _end(process: "subprocess.Popen[str]") -> None:
    """End a run with the readers that it began; by force where it does not within seconds."""
    for word in ("SIGTERM", "SIGKILL"):
        if sys.platform == "win32":  # which knows no groups
            process.kill()
        else:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, getattr(signal, word))
        with suppress(subprocess.TimeoutExpired):
            process.communicate(timeout=ENDED_WITHIN_S)
            return


def failure(settings: Settings) -> str | None:
    """Why the newest files are not in the figures yet, where publishing them failed."""
    try:
        words = settings.warehouse.with_name(FAILED).read_text(encoding="utf-8")
    except OSError:
        return None
    return f"新收到的报送还没有计入，显示的是上一次发布的数字：{words}"
