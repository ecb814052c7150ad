"""Looking files over in processes of their own: one that takes all day takes nobody else's day.

A pattern or a library in C may hold the interpreter for as long as it likes, and a page of somebody
else's then waits. An account has one file looked over at a time, so that none has all processes.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, LifoQueue
from typing import Any

from analysis.confined import GIBIBYTE, Bounds, Confined, EndedError, NoProcessError
from analysis.errors import SourceError
from analysis.intake.guard.files import inspect, inspect_evidence

#: What looking over one file may take; a ledger of twenty million bytes takes a second.
BOUNDS = Bounds(memory=GIBIBYTE, seconds=10.0)
#: So many are looked over at once, and so long a sender waits for his turn.
AT_ONCE, LONGEST_WAIT_S = 2, 20.0
_PRELOAD = "analysis.intake.guard.files"


class Inspectors:
    """A few processes that look files over, begun when the first file comes."""

    def __init__(self, bounds: Bounds = BOUNDS, longest_wait: float = LONGEST_WAIT_S) -> None:
        """Nothing begins yet."""
        self._bounds, self._longest_wait = bounds, longest_wait
        # the one that was used last is ready, another may not have begun yet
        self._idle: LifoQueue[Confined] = LifoQueue()
        for _ in range(AT_ONCE):
            self._idle.put(Confined(_PRELOAD))
        self._busy: set[str] = set()
        self._lock = threading.Lock()

    def inspect(self, path: Path, account: str) -> None:
        """Look over a file that an account sends.

        Raises:
            SourceError: it is refused, see ``files.inspect``; it cannot be looked over in the time
                and memory that this may take; the account has another one looked over.

        """
        self._call(account, inspect, path)

    def inspect_evidence(self, name: str, body: bytes, account: str) -> str:
        """Look over evidence, and return its suffix.

        Raises:
            SourceError: as above, see ``files.inspect_evidence``.

        """
        return str(self._call(account, inspect_evidence, name, body))

    def _call(self, account: str, function: Callable[..., Any], *arguments: Any) -> Any:
        with self._turn_of(account), self._one() as confined:
            try:
                return confined.call(self._bounds, function, *arguments)
            except EndedError as error:
                raise SourceError(
                    f"文件的内部结构不正常（检查时{error}），没有收下；请重新另存后再交。"
                ) from error
            except NoProcessError:
                # a machine that lets no process begin receives all the same, if less guarded
                return function(*arguments)

    @contextmanager
    def _turn_of(self, account: str) -> Iterator[None]:
        with self._lock:
            if account in self._busy:
                raise SourceError("这个账号交的上一个文件还在检查，这一个没有收下；请稍后再交。")
            self._busy.add(account)
        try:
            yield
        finally:
            with self._lock:
                self._busy.discard(account)

    @contextmanager
    def _one(self) -> Iterator[Confined]:
        try:
            confined = self._idle.get(timeout=self._longest_wait)
        except Empty:
            raise SourceError("现在交的文件太多，这一个没有收下；请过几分钟再交。") from None
        try:
            yield confined
        finally:
            self._idle.put(confined)


#: Those of this process.
INSPECTORS = Inspectors()
