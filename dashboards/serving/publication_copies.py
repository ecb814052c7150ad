"""The dashboard's own copies of a publication: publishing never waits for a reader, nor he for it.

There is one copy of the whole, and one of each share of it that accounts have asked for. Where a
new publication cannot be read, the one before it goes on being served, and says so.
"""

import logging
import os
import shutil
import tempfile
import threading
import weakref
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import WarehouseError, first_line
from analysis.warehouse.client import Warehouse
from analysis.warehouse.publications import publications
from analysis.warehouse.share import Share, make_share

#: Identifies one publication: inode, time and size change together when it is replaced.
Publication = tuple[int, int, int]
#: Identifies what a copy holds: the publication of the whole, the rows of a share.
Content = Publication | str
#: Shares that are held open; the one that nobody asked for longest goes first.
MOST_SHARES = 40
LOG = logging.getLogger(__name__)


class Copy:
    """One database file of our own, held open for as long as its warehouse is."""

    def __init__(self, name: str, make: Callable[[Path], Content]) -> None:
        """Have ``make`` write the file into a folder of its own, and open it.

        Raises:
            WarehouseError: it cannot be made or opened, or the disk takes no more.

        """
        folder = tempfile.mkdtemp(prefix="yanpan-")
        self.path = Path(folder) / name
        try:
            self.content = make(self.path)
            self.warehouse = Warehouse(self.path)
        except OSError as error:
            shutil.rmtree(folder, ignore_errors=True)
            raise WarehouseError(f"看板复制不了数据仓库：{first_line(error)}") from error
        except WarehouseError:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        # Who holds the warehouse may go on asking it, when the copy has long been replaced.
        weakref.finalize(self.warehouse, _discard, self.warehouse.connection.close, folder)


@dataclass(frozen=True, slots=True)
class Ahead:
    """The next copy of a share, not yet given to its readers."""

    share: Share
    whole: Copy
    copy: Copy


#: The copy that is read in this context instead of what readers have, where there is one.
_AHEAD: ContextVar[tuple[Share, Copy] | None] = ContextVar("ahead", default=None)


@contextmanager
def reading(ahead: Ahead) -> Iterator[None]:
    """Within, whoever asks for the share reads what was prepared."""
    token = _AHEAD.set((ahead.share, ahead.copy))
    try:
        yield
    finally:
        _AHEAD.reset(token)


class Copies:
    """The copies of whatever is published now; an older one goes when its last reader is done.

    Where ``is_patient``, whoever holds a share goes on reading it after a new publication, until
    ``put`` gives him the next one: somebody else prepares it meanwhile.
    """

    def __init__(self, published: Path) -> None:
        """Nothing is copied before the first question."""
        self.published = published
        self.is_patient = False
        #: What is wrong with the newest publication while an older one is served.
        self.trouble: str | None = None
        self._lock = threading.Lock()
        self._looked_at: Publication | None = None
        self._whole: Copy | None = None
        #: Of which whole each share was made, and its copy.
        self._shares: OrderedDict[Share, tuple[Copy, Copy]] = OrderedDict()

    def content(self, share: Share) -> Content:
        """What an account that has this share is served now.

        Raises:
            WarehouseError: nothing is published, or nothing of it can be read.

        """
        return self.current(share).content

    def current(self, share: Share) -> Copy:
        """The copy of a share of what is published now, made when it is first asked for.

        A publication that changes others' rows alone leaves the share's copy as it is.

        Raises:
            WarehouseError: nothing is published, or it cannot be copied or opened.

        """
        if (ahead := _AHEAD.get()) and ahead[0] == share:
            return ahead[1]
        with self._lock:
            of, held = self._shares.get(share, (None, None))
            if held is None or not self.is_patient:
                whole = self._newest()
                if held is None or of is not whole:
                    held = self._keep(share, whole, _made(self.published.name, whole, share))
            self._shares.move_to_end(share)
            return held

    def due(self) -> list[Share]:
        """The shares that are held and are not of what is published now."""
        with self._lock:
            if not self._shares:
                return []  # nobody has asked for anything yet
            whole = self._newest()
            return [share for share, (of, _) in self._shares.items() if of is not whole]

    def prepare(self, share: Share) -> Ahead:
        """The share of what is published now, for ``put``; nobody has to wait for it."""
        with self._lock:
            whole = self._newest()
        return Ahead(share, whole, _made(self.published.name, whole, share))

    def put(self, ahead: Ahead) -> None:
        """Give readers of a share what was prepared."""
        with self._lock:
            self._keep(ahead.share, ahead.whole, ahead.copy)

    def is_new(self, ahead: Ahead) -> bool:
        """Whether what was prepared holds other rows than what is read now."""
        with self._lock:
            _, held = self._shares.get(ahead.share, (None, None))
        return held is None or held.content != ahead.copy.content

    def _keep(self, share: Share, whole: Copy, made: Copy) -> Copy:
        _, held = self._shares.get(share, (None, None))
        if held is not None and held.content == made.content:
            made = held
        self._shares[share] = whole, made
        while len(self._shares) > MOST_SHARES:
            self._shares.popitem(last=False)
        return made

    def _newest(self) -> Copy:
        """The newest publication that can be read; one that could not is not tried again."""
        now = _published(self.published)
        if self._whole is None or now != self._looked_at:
            self._whole, self.trouble = self._read(self._whole)
            self._looked_at = now
        return self._whole

    def _read(self, before: Copy | None) -> tuple[Copy, str | None]:
        try:
            return Copy(self.published.name, _whole_of(self.published)), None
        except WarehouseError as error:
            served = before or self._kept()
            if served is None:
                raise
            LOG.warning("cannot read the newest publication: %s", error)
            return served, f"最新的数据仓库读不了，显示的是上一次发布的数字：{error}"

    def _kept(self) -> Copy | None:
        """The newest of the kept publications that can be read."""
        for kept in reversed(publications(self.published)):
            try:
                return Copy(self.published.name, _whole_of(kept))
            except WarehouseError:
                LOG.warning("cannot read the kept publication %s", kept.name)
        return None


def _published(path: Path) -> Publication | None:
    try:
        stat = path.stat()
    except FileNotFoundError:
        return None
    return stat.st_ino, stat.st_mtime_ns, stat.st_size


def _whole_of(published: Path) -> Callable[[Path], Content]:
    def make(path: Path) -> Content:
        if not published.exists():
            raise WarehouseError(
                "还没有数据仓库，请先运行 yanpan ingest；也可以先在“报送”页上传台账。"
            )
        # The open file is one publication, whatever takes its place meanwhile.
        with published.open("rb") as source, path.open("wb") as target:
            stat = os.fstat(source.fileno())
            shutil.copyfileobj(source, target, 1 << 20)
        return stat.st_ino, stat.st_mtime_ns, stat.st_size

    return make


def _made(name: str, whole: Copy, share: Share) -> Copy:
    """A copy of the share; the whole is its own."""
    if share.is_whole:
        return whole
    return Copy(name, lambda path: make_share(whole.path, share, path))


def _discard(close: Callable[[], None], folder: str) -> None:
    close()
    shutil.rmtree(folder, ignore_errors=True)
