"""The log of logins, uploads, exports and acceptances: only ever added to, each line sealed.

A line holds the hash of the line before it and its own, so that a line that is changed, taken out
or put in between breaks the chain at its place. Lines cut off at the end, and a chain that somebody
made anew, are whole: those are found by the seals that are kept elsewhere (seals.py).

A line costs five waits for the disk: four of the seal's transaction, one of the line. Threads that
have something to note at the same moment share them: whoever comes to the book first writes for all
who wait.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from datetime import datetime
from pathlib import Path
from threading import Condition
from typing import Any

from analysis.accounts.seals import Seals, append_whole, book_lock
from analysis.errors import YanpanError
from analysis.stores import FIRST, must_not_be_newer

#: The form of the lines that are written; a line that names none is of the first.
FORM = 1
#: What stands in the first line for the line before it.
START = "0" * 64
_TAIL = 1 << 16


class AuditLog:
    """The log at a path; it begins empty."""

    def __init__(self, path: Path) -> None:
        """Open the log that is, or will be, at ``path``."""
        self.path = path
        self._waiting: list[tuple[dict[str, Any], Future[str]]] = []
        self._turn, self._is_writing = Condition(), False

    def add(self, event: str, who: str, **about: Any) -> str:
        """Put one line at the end, on the disk before this returns; return its hash.

        Raises:
            YanpanError: the last line is a newer program's, which seals lines as it may; or no seal
                can be written.

        """
        at = datetime.now().isoformat(timespec="seconds")
        done: Future[str] = Future()
        with self._turn:
            self._waiting.append(({"at": at, "event": event, "who": who, **about}, done))
            self._turn.wait_for(lambda: done.done() or not self._is_writing)
            if done.done():  # another thread wrote it with its own
                return done.result()
            self._is_writing = True
            together, self._waiting = self._waiting, []
        try:
            _settle(together, self._write)
        finally:
            with self._turn:
                self._is_writing = False
                self._turn.notify_all()
        return done.result()

    def _write(self, contents: Sequence[dict[str, Any]]) -> list[str]:
        """Put lines at the end, one behind the other; return their hashes."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with book_lock(self.path):
            lines, before = [], self._last_hash()
            for content in contents:
                line = content | {"form": FORM, "before": before}
                line["hash"] = before = _hash(line)
                lines.append(line)
            texts = [json.dumps(x, ensure_ascii=False, default=str).encode() + b"\n" for x in lines]
            size = self.path.stat().st_size if self.path.exists() else 0
            coming = size + sum(map(len, texts))
            Seals(self.path.parent).announce(self.path, texts, coming)
            append_whole(self.path, b"".join(texts))
        return [str(line["hash"]) for line in lines]

    def lines(self) -> Iterator[dict[str, Any]]:
        """Every line, the first first, the chain proved on the way.

        Raises:
            YanpanError: a line was changed, taken out or put in; its number is told. Or it is a
                newer program's.

        """
        if not self.path.exists():
            return
        before = START
        with self.path.open(encoding="utf-8") as log:
            for number, text in enumerate(log, start=1):
                line = self._read(text)
                if line is None or line["before"] != before or line["hash"] != _hash(line):
                    raise YanpanError(
                        f"审计日志 {self.path.name} 第 {number} 行被改动过，或者前面少了、"
                        "多了一行；请与备份中的日志核对。"
                    )
                before = line["hash"]
                yield line

    def _last_hash(self) -> str:
        if not self.path.exists():
            return START
        text = self._last_line()
        if not text:
            return START
        last = self._read(text)
        # A line that a power cut left half written is sealed in as it stands, and so is seen.
        return last["hash"] if last else hashlib.sha256(text.encode()).hexdigest()

    def _last_line(self) -> str:
        """The last line whole, however long it is and whatever stands in it: a line separator
        (U+2028) in somebody's words ends no line.
        """
        with self.path.open("rb") as log:
            size = log.seek(0, os.SEEK_END)
            span = _TAIL
            while True:
                log.seek(max(0, size - span))
                tail = log.read().strip()
                if b"\n" in tail or span >= size:
                    break
                span *= 8
        return tail.rpartition(b"\n")[2].decode("utf-8", errors="replace").strip()

    def _read(self, text: str) -> dict[str, Any] | None:
        try:
            line = json.loads(text)
        except ValueError:
            return None
        if not isinstance(line, dict):
            return None
        must_not_be_newer(line.get("form", FIRST), FORM, f"审计日志 {self.path.name} ")
        return line if {"before", "hash"} <= line.keys() else None


def _settle(
    together: Sequence[tuple[dict[str, Any], Future[str]]],
    write: Callable[[Sequence[dict[str, Any]]], list[str]],
) -> None:
    """Write lines, and tell each who waits for one its hash, or why it was not written."""
    try:
        hashes = write([line for line, _ in together])
    except BaseException as error:
        for _, done in together:
            done.set_exception(error)
        return
    for (_, done), digest in zip(together, hashes, strict=True):
        done.set_result(digest)


def _hash(line: dict[str, Any]) -> str:
    told = {name: value for name, value in line.items() if name != "hash"}
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
