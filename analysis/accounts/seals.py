"""Seals of the books that are only ever added to: 审计日志, 预警登记簿.

A seal says how many lines a book had, and the hash of them all. It is kept outside the book: the
newest in the accounts database, others beside each publication and in each backup (witnesses.py),
so that lines that are cut off, a book that is emptied, deleted, or written anew with hashes that
fit are found. Each seal bears an HMAC by a key beside the accounts: who can write the database and
has not the key can make none.

Before a line is written, the seal that the book will then have is announced. A program killed in
between leaves a book that bears one of the two.
"""

import hashlib
import hmac
import json
import os
import secrets
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from filelock import FileLock

from analysis.accounts.book import FORMS
from analysis.errors import YanpanError
from analysis.stores import BUSY_S, bring_forward

#: File name of a book → what people call it.
BOOKS = {"audit.jsonl": "审计日志", "alerts.jsonl": "预警登记簿"}
ACCOUNTS, KEY = "accounts.sqlite", "seal.key"
KEY_BYTES = 32
#: The hash of no line at all.
START = "0" * 64
WAIT_S = 10
#: Of what a seal is: the newest, the announced one, one that was found broken, the moment from
#: which a book was sealed anew, one that is kept elsewhere.
NOW, NEXT, BROKEN, ANEW, KEPT = "now", "next", "broken", "anew", "kept"
#: What is said behind the name of a book of its seal.
LOST, FORGED = "的封签不见了：账号文件里没有它", "的封签被改动过，不是本程序写的"

_TABLE = """
CREATE TABLE IF NOT EXISTS seal (
    book TEXT NOT NULL, kind TEXT NOT NULL, lines INTEGER NOT NULL, size INTEGER NOT NULL,
    hash TEXT NOT NULL, at TEXT NOT NULL, what TEXT NOT NULL, key TEXT NOT NULL, mac TEXT NOT NULL
)
"""
_COLUMNS = "book, kind, lines, size, hash, at, what, key, mac"


@dataclass(frozen=True, slots=True)
class Seal:
    """What a book was: lines, bytes, the hash of its lines; ``what`` is how a broken one differed.

    ``key`` names the key by which ``mac`` was made, and does not tell it.
    """

    book: str
    kind: str
    lines: int
    size: int
    hash: str
    at: str
    what: str = ""
    key: str = ""
    mac: str = ""

    def followed_by(self, added: Iterable[bytes], size: int) -> "Seal":
        """The seal of the book with so many more lines, and of that size."""
        lines, digest = self.lines, self.hash
        for line in added:
            lines, digest = lines + 1, _next_hash(digest, line)
        return Seal(self.book, NEXT, lines, size, digest, _now())

    def signed(self, key: bytes) -> "Seal":
        """The seal with the HMAC of a key."""
        return replace(self, key=_name_of(key), mac=self._mac(key))

    def is_signed_by(self, key: bytes) -> bool:
        """Whether the seal bears the HMAC of a key."""
        return hmac.compare_digest(self.mac, self._mac(key))

    def _mac(self, key: bytes) -> str:
        content = [self.book, self.kind, self.lines, self.size, self.hash, self.at, self.what]
        text = json.dumps(content, ensure_ascii=False)
        return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class Witness:
    """A seal that is kept elsewhere, and where, in words."""

    place: str
    seal: Seal


def book_lock(path: Path) -> FileLock:
    """The lock of whoever adds to a book, or looks whether it is whole."""
    return FileLock(path.with_name(f".{path.name}.lock"), timeout=WAIT_S)


def append_whole(path: Path, text: bytes) -> None:
    """Put lines at the end of a book and on the disk: all of them, or none.

    Where the disk takes no more, what it took is taken back: half a line is none that was sealed.
    The book's lock is held.

    Raises:
        YanpanError: the disk takes no more.

    """
    with path.open("ab", buffering=0) as book:
        size = book.seek(0, os.SEEK_END)
        try:
            left = memoryview(text)
            while left:
                left = left[book.write(left) :]
            os.fsync(book.fileno())
        except OSError as error:
            book.truncate(size)
            name = BOOKS.get(path.name, path.name)
            raise YanpanError(f"{name}没有写成，请检查磁盘空间：{error.strerror}") from error


@dataclass(frozen=True, slots=True)
class Book:
    """A book as it is there, with the hash of its first lines for some numbers of lines."""

    is_there: bool
    lines: int
    size: int
    hashes: Mapping[int, str]

    def difference(self, seal: Seal, is_newest: bool = False) -> str:
        """How the book differs from a seal, in words; empty where it begins as the seal says.

        It may have grown since; beyond the newest seal nothing may stand. The hash of the seal's
        number of lines must have been asked of ``read_book``.
        """
        if self.lines < seal.lines:
            if not self.is_there:
                return f"不见了：封签（{seal.at}）记着 {seal.lines} 条"
            gone = f"少了 {seal.lines - self.lines} 条" if self.lines else "被清空"
            return f"{gone}：封签（{seal.at}）记着 {seal.lines} 条，现在是 {self.lines} 条"
        if self.hashes[seal.lines] != seal.hash:
            return f"被改动过：{seal.at} 封住的前 {seal.lines} 条与封签不符"
        if is_newest and self.lines > seal.lines:
            more = self.lines - seal.lines
            return f"多了 {more} 条没有封签的：封签（{seal.at}）记着 {seal.lines} 条"
        return ""


def read_book(path: Path, asked: Iterable[int] = ()) -> Book:
    """Read a book once; one that is not there has no lines.

    The hash is told of all lines, and of the first so many for each number asked.
    """
    wanted, lines, digest = set(asked), 0, START
    hashes = {0: START}
    is_there = path.exists()
    if is_there:
        with path.open("rb") as file:
            for line in file:
                lines, digest = lines + 1, _next_hash(digest, line)
                if lines in wanted:
                    hashes[lines] = digest
    return Book(is_there, lines, _size(path), hashes | {lines: digest})


def seal_of(path: Path, kind: str = NOW) -> Seal:
    """The seal of a book as it is there, unsigned."""
    book = read_book(path)
    return Seal(path.name, kind, book.lines, book.size, book.hashes[book.lines], _now())


class Seals:
    """The seals of the books in a folder, in the accounts database of the same folder."""

    def __init__(self, folder: Path) -> None:
        """Open what is, or will be, in ``folder``; nothing is made before the first seal."""
        self.folder = folder
        self._key_path = folder / KEY

    def announce(self, path: Path, added: Sequence[bytes], size: int) -> None:
        """Note that a book is about to have these lines too, and then so many bytes.

        Called with the book's lock held. Where the book is not as its seal says, that is noted and
        stays noted; what happens is written down all the same.

        Raises:
            YanpanError: the seal cannot be written, or its key cannot be used.

        """
        if os.name != "nt" and path.exists() and path.stat().st_mode & 0o077:
            path.chmod(0o600)  # a book of an older program, which others could read
        with self._writing() as (con, key):
            was = self._as_it_stands(con, path, key)
            coming = was.followed_by(added, size)
            con.execute(
                "DELETE FROM seal WHERE book = ? AND kind IN (?, ?)", (path.name, NOW, NEXT)
            )
            _insert(con, replace(was, kind=NOW).signed(key))
            _insert(con, coming.signed(key))

    def kept(self) -> list[Seal]:
        """The newest seal of each book that has any lines, to be kept elsewhere.

        Raises:
            YanpanError: as for ``announce``.

        """
        if not (self._key_path.exists() or any(_size(path) for path in self._books())):
            return []
        with self._writing() as (con, key):
            newest = [_newest(self._rows_of(con, path.name), _size(path)) for path in self._books()]
            return [replace(seal, kind=KEPT).signed(key) for seal in newest if seal and seal.lines]

    def renew(self, names: Iterable[str] = tuple(BOOKS)) -> None:
        """Seal books as they are there; what seals said before does not count any more.

        Raises:
            YanpanError: as for ``announce``.

        """
        with self._writing() as (con, key):
            for name in names:
                con.execute("DELETE FROM seal WHERE book = ?", (name,))
                seal = seal_of(self.folder / name)
                _insert(con, seal.signed(key))
                _insert(con, replace(seal, kind=ANEW).signed(key))

    def problems(self, witnesses: Iterable[Witness] = ()) -> list[str]:
        """What is wrong with the books, a line each; nothing where they are as they were sealed.

        A book that no seal tells of is not judged: it is from before there were seals.
        """
        elsewhere = list(witnesses)
        has_seals = self._key_path.exists() or bool(self._rows())
        found: list[str] = []
        for path in self._books():
            others = [each for each in elsewhere if each.seal.book == path.name]
            if has_seals or others:
                differences = self._differences(*self._book_and_seals(path, others), others)
                found += dict.fromkeys(f"{BOOKS[path.name]}{what}。" for what in differences)
        return found

    def _book_and_seals(self, path: Path, others: Sequence[Witness]) -> tuple[Book, Sequence[Seal]]:
        """A book and its seals of one moment: nobody writes a line between the two."""
        with book_lock(path):
            mine = [seal for seal in self._rows() if seal.book == path.name]
            asked = [seal.lines for seal in (*mine, *(each.seal for each in others))]
            return read_book(path, asked), mine

    def newest(self) -> dict[str, list[Seal]]:
        """By book, the newest seals in the database, whoever signed them."""
        found: dict[str, list[Seal]] = {}
        for seal in self._rows():
            if seal.kind in {NOW, NEXT}:
                found.setdefault(seal.book, []).append(seal)
        return {name: sorted(seals, key=lambda s: -s.lines) for name, seals in found.items()}

    def _differences(
        self, book: Book, mine: Sequence[Seal], others: Sequence[Witness]
    ) -> Iterator[str]:
        """How a book differs from all that seals say of it."""
        key = self._read_key()
        if key is None and mine:
            yield f"的封签没法核对：密钥 {KEY} 不见了"
        elif key and not any(seal.kind in {NOW, NEXT} for seal in mine):
            yield LOST
        if key and not all(seal.is_signed_by(key) for seal in mine):
            yield FORGED
        yield from (seal.what for seal in mine if seal.kind == BROKEN)
        if (newest := _newest(mine, book.size)) and (what := book.difference(newest, True)):
            yield what
        since = max((seal.at for seal in mine if seal.kind == ANEW), default="")
        yield from _differences_elsewhere(book, key, since, others)

    def _as_it_stands(self, con: sqlite3.Connection, path: Path, key: bytes) -> Seal:
        """The seal that the book bears; where it bears none, that is noted, and it gets one."""
        was = _newest(self._rows_of(con, path.name), _size(path))
        if was and was.size == _size(path) and was.is_signed_by(key):
            return was
        what = LOST
        if was:
            what = read_book(path, [was.lines]).difference(was, is_newest=True) or FORGED
        anew = seal_of(path)
        if path.name in BOOKS:
            _insert(con, replace(was or anew, kind=BROKEN, what=what).signed(key))
        return anew

    def _rows_of(self, con: sqlite3.Connection, book: str) -> list[Seal]:
        sql = f"SELECT {_COLUMNS} FROM seal WHERE book = ? ORDER BY rowid DESC"  # noqa: S608
        return [Seal(*row) for row in con.execute(sql, (book,))]

    def _rows(self) -> list[Seal]:
        """All seals in the database, where there is one."""
        path = self.folder / ACCOUNTS
        if not path.exists():
            return []
        try:
            with closing(sqlite3.connect(path, timeout=BUSY_S)) as con:
                has_table = con.execute(
                    "SELECT 1 FROM sqlite_schema WHERE name = 'seal'"
                ).fetchone()
                rows = con.execute(f"SELECT {_COLUMNS} FROM seal") if has_table else ()  # noqa: S608
                return [Seal(*row) for row in rows]
        except sqlite3.DatabaseError as error:
            raise YanpanError(f"账号文件 {path.name} 读不了，请从备份恢复：{error}") from error

    @contextmanager
    def _writing(self) -> Iterator[tuple[sqlite3.Connection, bytes]]:
        """One transaction that no other writer runs beside, and the key."""
        path = self.folder / ACCOUNTS
        self.folder.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.touch(0o600)  # accounts may come into it
        try:
            with closing(sqlite3.connect(path, timeout=BUSY_S, isolation_level=None)) as con:
                bring_forward(con, path, FORMS)
                con.execute("BEGIN IMMEDIATE")
                key = self._read_key()
                try:
                    con.execute(_TABLE)
                    yield con, key or self._begin(con)
                    con.execute("COMMIT")
                except BaseException:
                    with suppress(sqlite3.Error):
                        con.execute("ROLLBACK")
                    if key is None:  # a key without a seal would tell of seals that were lost
                        self._key_path.unlink(missing_ok=True)
                    raise
        except (sqlite3.Error, OSError) as error:
            raise YanpanError(
                f"封签没有写成，请检查磁盘空间和 {path} 的权限，或从备份恢复：{error}"
            ) from error

    def _begin(self, con: sqlite3.Connection) -> bytes:
        """Make the key, and seal every book as it is: from now on one without a seal has lost it.

        Seals by a key that is gone stay, to be told of.
        """
        key = secrets.token_bytes(KEY_BYTES)
        handle = os.open(self._key_path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(key)
            file.flush()
            os.fsync(file.fileno())
        for path in self._books():
            if not self._rows_of(con, path.name):
                _insert(con, seal_of(path).signed(key))
        return key

    def _read_key(self) -> bytes | None:
        """The key, or None where there is none yet.

        Raises:
            YanpanError: it is no key of ours, or others can read it.

        """
        try:
            key = self._key_path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise YanpanError(f"封签的密钥 {self._key_path} 读不了：{error.strerror}。") from error
        if len(key) != KEY_BYTES:
            raise YanpanError(f"封签的密钥 {self._key_path} 不完整，请从原处恢复，或移走它再运行。")
        if os.name != "nt" and self._key_path.stat().st_mode & 0o077:
            raise YanpanError(f"封签的密钥别人也能读，请先运行 chmod 600 {self._key_path}")
        return key

    def _books(self) -> list[Path]:
        return [self.folder / name for name in BOOKS]


def _newest(rows: Iterable[Seal], size: int) -> Seal | None:
    """Of the seal announced last and the one before it, the one of a book of so many bytes; where
    neither is, the one that claims more lines.
    """
    known = [seal for seal in rows if seal.kind in {NOW, NEXT}]
    return min(known, key=lambda seal: (seal.size != size, -seal.lines), default=None)


def _differences_elsewhere(
    book: Book, key: bytes | None, since: str, others: Sequence[Witness]
) -> Iterator[str]:
    """How a book differs from seals that are kept elsewhere, the one of most lines alone.

    Those from before ``since``, when the book was sealed anew, do not count.
    """
    for each in sorted(others, key=lambda each: -each.seal.lines):
        if each.seal.at <= since:
            continue
        if key and each.seal.key == _name_of(key) and not each.seal.is_signed_by(key):
            yield f"在{each.place}的封签被改动过，不是本程序写的"
        elif what := book.difference(each.seal):
            yield f"{what}（{each.place}的封签）"
            return


def _insert(con: sqlite3.Connection, seal: Seal) -> None:
    values = (
        seal.book, seal.kind, seal.lines, seal.size, seal.hash, seal.at, seal.what, seal.key,
        seal.mac,
    )  # fmt: skip
    con.execute(f"INSERT INTO seal ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)  # noqa: S608


def _next_hash(before: str, line: bytes) -> str:
    return hashlib.sha256(before.encode() + line.rstrip(b"\r\n")).hexdigest()


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _name_of(key: bytes) -> str:
    return hashlib.sha256(b"name" + key).hexdigest()[:12]


def _now() -> str:
    return datetime.now().isoformat(timespec="seconds")
