"""Who may have a query run now, and the processes in which queries run.

A query that cannot run at once is refused at once: whoever waits in a thread of the server keeps
that thread from everybody else.
"""

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from analysis.adhoc.child import run
from analysis.confined import GIBIBYTE, Bounds, Confined, EndedError, NoProcessError
from analysis.errors import QueryError, WarehouseError
from analysis.warehouse.engine import LONGEST_S, MOST_ROWS, Answer

#: So many queries run at once; they share what pages leave of the machine.
MOST_AT_ONCE = 2
#: Each query has a process begun anew: five accounts that ask without a pause would take a core for
#: starts alone. Not as nice as the query itself, or a busy machine would let none begin in time.
NICE_AT_START = 10
#: What a process may have for one query. The engine is held to less; this holds what does not ask
#: the engine for its memory, as ``repeat`` and ``levenshtein`` do not.
MOST_MEMORY = 3 * GIBIBYTE // 2
#: No file that it writes grows beyond this.
MOST_WRITTEN = GIBIBYTE
#: What an answer may weigh.
MOST_BYTES = 24 << 20
BUSY = "正在进行的即席查询太多，请过一会儿再试。"
#: A unit's own rows are few: what takes longer than this is in other units' way.
LONGEST_OF_A_UNIT_S = 20.0
#: So many queries an account asks for in a minute, run or refused: a person cannot read faster,
#: and a program that goes on asking would take the threads of the server and fill the log.
MOST_A_MINUTE = 30
TOO_OFTEN = f"一分钟里最多查询 {MOST_A_MINUTE} 次，请过一会儿再查。"
OWN = "您的上一条查询还在进行，等它结束以后再查（最多一分钟）。"


class Queries:
    """Runs what people write: one query a person, few in all, each in a process of its own."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """No process begins before the first query."""
        self._clock = clock
        self._asked: dict[str, tuple[float, int]] = {}
        self._lock = threading.Lock()
        self._who: set[str] = set()
        self._idle = [Confined("analysis.adhoc.child", NICE_AT_START) for _ in range(MOST_AT_ONCE)]

    def count(self, who: str) -> int:
        """How many queries somebody has asked for in his minute; it begins with the first."""
        now = self._clock()
        with self._lock:
            begun, asked = self._asked.get(who, (now, 0))
            begun, asked = (now, 0) if now - begun >= 60 else (begun, asked)
            self._asked[who] = begun, asked + 1
        return asked + 1

    def ask(
        self, who: str, warehouse: Path, sql: str, seconds: float = LONGEST_S,
        leaves_one: bool = False,
    ) -> Answer:  # fmt: skip
        """The rows of a query of somebody's on a warehouse that nobody replaces meanwhile.

        Whoever ``leaves_one`` never takes the last place, and none for long: two accounts of a unit
        that ask without a pause would keep the office from asking at all, and other units waiting.

        Raises:
            QueryError: his last one still runs, or too many do; it does more than read, is wrong,
                takes or brings too much.

        """
        most = min(seconds, LONGEST_OF_A_UNIT_S) if leaves_one else seconds
        bounds = Bounds(MOST_MEMORY, most, MOST_WRITTEN)
        with self._place(who, leaves_one) as confined, _folder_with(warehouse) as path:
            try:
                answer: Answer = confined.call(bounds, run, path, sql, MOST_ROWS, MOST_BYTES)
            except EndedError as error:
                raise QueryError(
                    f"查询没有做完，已停止：{error}；请缩小范围，或加上 LIMIT 和筛选条件。"
                ) from error
            except NoProcessError as error:
                raise QueryError(f"现在不能查询：{error}，请过一会儿再试。") from error
            finally:
                confined.stop()  # before its folder goes; the next query has a process of its own
            return answer

    @contextmanager
    def _place(self, who: str, leaves_one: bool) -> Iterator[Confined]:
        with self._lock:
            if who in self._who:
                raise QueryError(OWN)
            if len(self._idle) <= leaves_one:
                raise QueryError(BUSY)
            self._who.add(who)
            confined = self._idle.pop()
        try:
            yield confined
        finally:
            with suppress(NoProcessError):  # told by the next query
                confined.start()  # which then finds it ready
            with self._lock:
                self._who.discard(who)
                self._idle.append(confined)


@contextmanager
def _folder_with(warehouse: Path) -> Iterator[Path]:
    """The warehouse in a folder of this query's own: whatever is put aside goes with it."""
    try:
        folder = TemporaryDirectory(
            prefix="query-", dir=warehouse.parent, ignore_cleanup_errors=True
        )
        path = Path(folder.name) / warehouse.name
        try:
            os.link(warehouse, path)
        except OSError:  # a file system without links
            shutil.copyfile(warehouse, path)
    except OSError as error:
        raise WarehouseError("现在不能查询：临时目录写不进，请告诉管理员检查磁盘。") from error
    with folder:
        yield path
