"""What was confirmed is published by one process of its own, as often as there is something new.

Confirming never waits for it. Whoever dies in between, the file lies in ``data/raw``: the next
publisher finds at its start what is not published yet.
"""

import json
import logging
import shutil
import subprocess
import sys
import threading
import time
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
        """End after the publication at hand."""
        self._stop.set()
        self._thread.join()

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
            outcome = publish(self.settings)
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


def publish(settings: Settings) -> Outcome:
    """Run the ingest in a process of its own, after those who only read."""
    nice = ["nice", "-n", "15"] if shutil.which("nice") else []
    command = [
        *nice, sys.executable, "-m", "analysis.cli", "--home", str(settings.home), "ingest",
        "--format", "json",
    ]  # fmt: skip
    done = subprocess.run(  # noqa: S603 - our own program
        command, capture_output=True, text=True, encoding="utf-8", check=False,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    note = settings.warehouse.with_name(FAILED)
    if done.returncode == 0:
        note.unlink(missing_ok=True)
        LOG.info("published %s files", json.loads(done.stdout)["files"])
        return Outcome(True)
    words = next(iter(done.stderr.strip().splitlines()[-1:]), f"退出码 {done.returncode}")
    if words == BUSY:
        return Outcome(False, words)
    try:
        note.parent.mkdir(parents=True, exist_ok=True)
        note.write_text(words, encoding="utf-8")
    except OSError:
        LOG.warning("the disk takes no note of the failure")
    return Outcome(False, words)


def failure(settings: Settings) -> str | None:
    """Why the newest files are not in the figures yet, where publishing them failed."""
    try:
        words = settings.warehouse.with_name(FAILED).read_text(encoding="utf-8")
    except OSError:
        return None
    return f"新收到的报送还没有计入，显示的是上一次发布的数字：{words}"
