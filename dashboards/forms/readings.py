"""Uploads that are being read: apart from the threads that answer, and no unit before another.

A thread of the server waits a little while for a reading, and few of them at once; then its visitor
gets a page that asks again by itself. It begins when the file has arrived, not when its sender's
browser asks for the page. What a file takes to be read begins with its reading, not
with the queue, and what became of it is remembered: whoever opens the page again has nothing read
again. A unit has one file read at a time, and large files have a reader of their own, so that
nobody's waits for another's. A small one that takes long gives way, and is read by that reader too:
however many units send such files, the others have theirs read. Next is the unit whose files took
least time of late: who sends one large file after the other waits for who sends one now and then.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from analysis.confined import GIBIBYTE, Bounds, Confined, EndedError, LateError, NoProcessError
from analysis.errors import YanpanError
from analysis.intake.drafts import Draft
from analysis.intake.readback import Readback, read_back
from analysis.settings import Settings
from dashboards.serving.connections import Fading

#: A ledger that takes longer to read is none.
LONGEST_S = 60.0
#: What is small and takes longer is none either: a list of thousands of rows takes three.
LONGEST_ODD_S = 30.0
#: What a unit may have read of files that each take long, in seconds that count as ``HALF_S`` has
#: it: publishing reads them once more, and all others wait for it.
MOST_SPENT_S, LONG_S = 60.0, 2.0
#: A small one that takes longer gives way to those that wait; most take less than one second.
LONGEST_SMALL_S = 10.0
#: A file of more bytes is a large one.
LARGE = 2_000_000
#: What reading one may take of the machine's memory.
MEMORY_OF_SMALL, MEMORY_OF_LARGE = 2 * GIBIBYTE, 3 * GIBIBYTE
#: Readers of small files; large ones have one.
SMALL_READERS = 2
#: A thread of the server waits so long for a reading, and so many of its few threads may.
LONGEST_WAIT_S, MOST_WAITING = 15.0, 3
#: A second of reading counts half after so many.
HALF_S = 600.0
#: After so many seconds the page of one that is not read yet asks again: most take less than one.
ASKS_AGAIN_S = 1
#: What became of a reading is remembered so long, of so many.
KEPT_S, MOST_KEPT = 600.0, 100


@dataclass
class Reading:
    """One draft: whose, waiting, being read, or read with its result or what was wrong."""

    settings: Settings
    draft: Draft
    is_large: bool
    has_begun: bool = False
    #: Whether it took too long for a reader of small ones; it is a large one from then on.
    has_given_way: bool = False
    is_awaited: bool = False
    read: Readback | None = None
    error: str = ""
    ended_at: float = 0.0
    end: threading.Event = field(default_factory=threading.Event)

    @property
    def whose(self) -> str:
        """For whom a place is kept: all accounts of a unit are one."""
        return self.draft.unit or f"账号 {self.draft.account}"


class Readings:
    """Reads drafts in processes of their own, small ones beside large ones."""

    def __init__(self) -> None:
        """No process and no thread starts before the first upload."""
        self._changed = threading.Condition()
        self._known: OrderedDict[str, Reading] = OrderedDict()
        self._waiting = threading.BoundedSemaphore(MOST_WAITING)
        self._threads: list[threading.Thread] = []
        #: Whose files took how many seconds of late.
        self._spent = Fading(HALF_S)
        #: Whether processes begin as soon as somebody is about to send a file: where the program
        #: serves people, the first of them does not wait for pandas.
        self.is_ready_ahead = False

    def prepare(self) -> None:
        """Somebody is about to send a file."""
        if self.is_ready_ahead:
            with self._changed:
                self._start()

    def begin(self, settings: Settings, draft: Draft) -> None:
        """A draft has arrived, which its sender will look at in a moment."""
        if self.is_ready_ahead:
            self._wanted(settings, draft)

    def of(self, settings: Settings, draft: Draft) -> Readback | None:
        """A draft read back, after those that others have just sent; None while it is not read.

        Raises:
            YanpanError: the file takes too long or too much, or brings its reader down; once, and
                whenever it is asked for again.

        """
        reading = self._wanted(settings, draft)
        with self._place(reading) as may_wait:
            if may_wait:
                reading.end.wait(LONGEST_WAIT_S)
        if not reading.end.is_set():
            return None
        if reading.read is None:
            raise YanpanError(reading.error)
        return reading.read

    def forget(self, draft: Draft) -> None:
        """Let a draft go that was confirmed or dropped."""
        with self._changed:
            self._known.pop(draft.token, None)

    def _wanted(self, settings: Settings, draft: Draft) -> Reading:
        """The reading of a draft, begun where there is none."""
        with self._changed:
            self._sweep()
            reading = self._known.get(draft.token)
            if reading is None:
                is_large = draft.path.stat().st_size > LARGE if draft.path.exists() else False
                reading = self._known[draft.token] = Reading(settings, draft, is_large)
                self._start()
                self._changed.notify_all()
            return reading

    @contextmanager
    def _place(self, reading: Reading) -> Iterator[bool]:
        """Whether this thread may wait: it is the only one for the reading, and one of few."""
        with self._changed:
            may_wait = not reading.is_awaited and self._waiting.acquire(blocking=False)
            reading.is_awaited = reading.is_awaited or may_wait
        try:
            yield may_wait
        finally:
            if may_wait:
                reading.is_awaited = False
                self._waiting.release()

    def _sweep(self) -> None:
        now = time.monotonic()
        over = [
            token for token, each in self._known.items()
            if each.end.is_set() and now - each.ended_at > KEPT_S
        ]  # fmt: skip
        ended = [token for token, each in self._known.items() if each.end.is_set()]
        for token in {*over, *ended[: max(0, len(self._known) - MOST_KEPT)]}:
            del self._known[token]

    def _start(self) -> None:
        """Have the threads run that hand files to readers, those of the process that asks."""
        if not self._threads:
            for is_large in (*[False] * SMALL_READERS, True):
                thread = threading.Thread(
                    target=self._serve, args=(is_large,), name="reader", daemon=True
                )
                self._threads.append(thread)
                thread.start()

    def _serve(self, is_large: bool) -> None:
        confined = Confined("analysis.intake.readback")
        memory = MEMORY_OF_LARGE if is_large else MEMORY_OF_SMALL
        while True:
            if self.is_ready_ahead and not is_large:  # a large one's takes memory, and comes seldom
                with suppress(NoProcessError):  # told to whoever sends a file
                    confined.start()
            reading = self._next(is_large)
            begun = time.monotonic()
            bounds = Bounds(memory, self._longest(reading, is_large))
            try:
                reading.read = confined.call(bounds, read_back, reading.settings, reading.draft)
            except LateError as error:
                if not is_large:
                    self._spend(reading, begun)
                    self._give_way(reading)
                    continue
                reading.error = _unread(error)
            except (EndedError, NoProcessError) as error:
                reading.error = _unread(error)
            except YanpanError as error:
                reading.error = str(error)
            except Exception as error:  # the thread goes on for the next
                reading.error = f"这个文件读不下来（{type(error).__name__}），没有收下。"
            self._spend(reading, begun)
            self._must_not_hold_up(reading, time.monotonic() - begun)
            with self._changed:
                reading.ended_at = time.monotonic()
                reading.end.set()
                self._changed.notify_all()

    @staticmethod
    def _longest(reading: Reading, is_large: bool) -> float:
        if not is_large:
            return LONGEST_SMALL_S
        return LONGEST_ODD_S if reading.has_given_way else LONGEST_S

    def _must_not_hold_up(self, reading: Reading, took: float) -> None:
        """Refuse a unit's file that takes long, if those before it took long as well."""
        if reading.read is None or not reading.draft.unit or took <= LONG_S:
            return
        with self._changed:
            spent = self._spent.of(reading.whose)
        if spent > MOST_SPENT_S:
            reading.read = None
            reading.error = (
                f"这个文件读了 {took:.0f} 秒，"
                f"{reading.draft.unit}刚才报送的文件一共读了 {spent:.0f} 秒，会耽误别的单位，"
                "没有收下；请精简后重新保存，过半小时再上传，急用请联系专班办公室。"
            )

    def _spend(self, reading: Reading, begun: float) -> None:
        """Note how long a file was read: others have the next turn."""
        with self._changed:
            self._spent.add(reading.whose, time.monotonic() - begun)

    def _give_way(self, reading: Reading) -> None:
        """Have a reading begin again where long ones are read; its unit's others wait for it."""
        with self._changed:
            reading.has_begun, reading.has_given_way, reading.is_large = False, True, True
            self._changed.notify_all()

    def _next(self, is_large: bool) -> Reading:
        """The first that waits of the unit whose files were read least of late, where it has none
        being read.
        """
        with self._changed:
            while True:
                busy = {
                    each.whose
                    for each in self._known.values()
                    if (each.has_begun or each.has_given_way) and not each.end.is_set()
                }
                free = [
                    each
                    for each in self._known.values()
                    if each.is_large == is_large
                    and not each.has_begun
                    and (each.has_given_way or each.whose not in busy)
                ]
                if free:
                    had = {whose: self._spent.of(whose) for whose in {each.whose for each in free}}
                    first = min(free, key=lambda each: had[each.whose])  # of one unit, the first
                    first.has_begun = True
                    return first
                self._changed.wait()


def _unread(error: Exception) -> str:
    return f"这个文件读不下来（{error}），没有收下；请精简后重新保存，再上传一次。"
