"""When was a file received? The register, a dated folder, the title, else the file's own date."""

import hashlib
import json
import os
import re
import shutil
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from analysis.errors import SourceError
from analysis.ingest.cells.dates import month_end
from analysis.ingest.cells.periods import EVER_SINCE
from analysis.stores import OFFICE_FOLDERS, UPLOADED
from analysis.wording.characters import file_name
from analysis.wording.units import is_whole

REGISTER = "received.toml"
#: Whoever lands something in ``data/raw`` holds this, one at a time.
LOCK = ".intake.lock"
LOCK_S = 30
#: Hashes of the files in a folder, as ``sha256sum -c`` reads them.
SUMS = "SHA256SUMS"
FOLDER = re.compile(r"^(\d{4})-(\d{2})-(\d{2})$")
UPLOAD = re.compile(UPLOADED)
TITLE_DAY = re.compile(r"(\d{4})[年.\-/](\d{1,2})[月.\-/](\d{1,2})日?")
TITLE_HALF = re.compile(r"(\d{4})年(\d{1,2})月上半月")
TITLE_SECOND_HALF = re.compile(r"\d{4}年\d{1,2}月下半月")
#: The last day of the first half of a month.
HALF = 15
TITLE_MONTH = re.compile(r"(\d{4})年(\d{1,2})月")
SENDER = re.compile(r"(?:填报|报送|上报)(单位|部门)?(?:\(.*?\))?:\s*([^\s:]+)")


def path_below(path: Path, raw: Path) -> str:
    """Where a file lies below ``data/raw``, as every table and register names it."""
    return file_name(_below(path, raw))


def _below(path: Path, raw: Path) -> str:
    """The part of a path below a folder, with «/» between; quicker than ``relative_to``."""
    whole, above = str(path), f"{raw}{os.sep}"
    if not whole.startswith(above):
        return path.relative_to(raw).as_posix()
    return whole[len(above) :].replace(os.sep, "/")


def title_day(title: str) -> date | None:
    """The last day that a title or subtitle speaks of: a day, a half month or a month.

    From when on it lists, «2023年9月以来», is no such day.
    """
    text = EVER_SINCE.sub("", unicodedata.normalize("NFKC", title))
    days = [_day(*match) for match in TITLE_DAY.findall(text)]
    if not any(days):
        text = TITLE_DAY.sub("", text)
        days = [_day(year, month, "15") for year, month in TITLE_HALF.findall(text)]
        months = TITLE_MONTH.findall(TITLE_HALF.sub("", text))
        days += [_day(year, month, None) for year, month in months]
    return max(filter(None, days), default=None)


def title_start(title: str) -> date | None:
    """The first day of the period that a title speaks of, or its day."""
    text = unicodedata.normalize("NFKC", title)
    last = title_day(text)
    if last is None or any(TITLE_DAY.findall(text)):
        return last
    is_second_half = last.day > HALF and TITLE_SECOND_HALF.search(text)
    return last.replace(day=HALF + 1 if is_second_half else 1)


def title_sender(title: str) -> str | None:
    """The unit named after 填报单位 in a subtitle; after 填报 alone, what may be a person's name
    too, where it ends as the name of a body does.
    """
    for match in SENDER.finditer(unicodedata.normalize("NFKC", title)):
        label, name = match.groups()
        if label or is_whole(name):
            return name
    return None


def received_on(
    path: Path, raw: Path, titles: Iterable[str], register: Mapping[str, date]
) -> tuple[date, str]:
    """The day on which the office took a file in, and what says so."""
    relative = path_below(path, raw)
    if relative in register:
        return register[relative], "登记"
    if day := _folder_day(path, raw):
        return day, "目录日期"
    if day := max(filter(None, map(title_day, titles)), default=None):
        return day, "标题日期"
    return datetime.fromtimestamp(path.stat().st_mtime).date(), "文件日期"


def is_dated(path: Path, raw: Path, register: Mapping[str, date]) -> bool:
    """Whether the register or a folder says when a file came, whatever stands in it."""
    return path_below(path, raw) in register or _folder_day(path, raw) is not None


def _folder_day(path: Path, raw: Path) -> date | None:
    """The day of the innermost dated folder in which a file lies."""
    folders = _below(path, raw).split("/")[:-1]
    matches = filter(None, map(FOLDER.match, reversed(folders)))
    return next((day for match in matches if (day := _day(*match.groups()))), None)


def uploader(relative: str) -> str | None:
    """The unit whose account uploaded a file, by where it lies; whatever the file is called."""
    match = UPLOAD.match(relative)
    return match.group(1) if match and match.group(1) not in OFFICE_FOLDERS else None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the register says of a file: the day that was given with ``--received``, the moment at
    which it was taken in, its number among all files ever taken in; None where it says nothing.
    ``ledgers`` are those that were found in it as it was confirmed in the browser.
    """

    on: date | None = None
    at: datetime | None = None
    number: int | None = None
    ledgers: tuple[str, ...] = ()

    @property
    def facts(self) -> dict[str, Any]:
        """What the submissions of the file say of it."""
        at = self.at and self.at.isoformat(" ")
        return {"received_no": self.number, "received_at": at}

    def written(self) -> str:
        """The receipt as TOML; a day alone as the first edition wrote it."""
        said = {"on": self.on, "at": self.at, "number": self.number}
        parts = [
            f"{name} = {value.isoformat() if isinstance(value, date) else value}"
            for name, value in said.items()
            if value is not None
        ]
        if self.ledgers:
            parts.append(f"ledgers = {json.dumps(self.ledgers)}")
        return str(self.on) if self.on and len(parts) == 1 else f"{{ {', '.join(parts)} }}"


#: What an entry of the register may say, and what it must be.
_PARTS: Mapping[str, type] = {"on": date, "at": datetime, "number": int, "ledgers": list}
#: The key of the events by which what was sent is taken back (``withdrawals``); no file's name.
WITHDRAWN = "withdrawn"


def uploaded_as(relative: str) -> tuple[str, int] | None:
    """The folder of an upload, and its number there; None of a file that is none."""
    match = UPLOAD.match(relative)
    return (relative[: match.start(2)], int(match.group(2))) if match else None


def read_receipts(raw: Path) -> dict[str, Receipt]:
    """Path below ``data/raw`` → what the register says of the file.

    Raises:
        SourceError: the file is no TOML, or says something else than days, moments and numbers.

    """
    file = raw / REGISTER
    # Here, since whoever only reads files needs no settings, and they take long to import.
    from analysis.settings.toml_file import read_toml

    said = read_toml(file)
    if isinstance(said.get(WITHDRAWN), list):
        del said[WITHDRAWN]
    return {path: _receipt(file, path, entry) for path, entry in said.items()}


def read_register(raw: Path) -> dict[str, date]:
    """Path below ``data/raw`` → the day given with ``--received``.

    Raises:
        SourceError: the register cannot be used.

    """
    return {path: each.on for path, each in read_receipts(raw).items() if each.on}


def _receipt(file: Path, path: str, said: Any) -> Receipt:
    entry = said if isinstance(said, dict) else {"on": said}
    for name, value in entry.items():
        if type(value) is not _PARTS.get(name):
            what = f"收到日期“{value}”不是日期" if name == "on" else f"“{name} = {value}”读不懂"
            raise SourceError(
                f"{file} 里“{file_name(path)}”的{what}；"
                "请写成 2023-10-15 的样子，不加引号；at、number、ledgers 是程序自己记的，不要改。"
            )
    return Receipt(**entry | {"ledgers": tuple(map(str, entry.get("ledgers", ())))})


def take_in(
    paths: Iterable[Path],
    raw: Path,
    received: date | None,
    at: datetime | None = None,
    landing: AbstractContextManager[None] | None = None,
) -> None:
    """Copy files from outside into ``data/raw`` and register them: moment, number, and the day on
    which they came, where one is given.

    ``at`` is the moment, now where none is given; ``landing`` holds the lock while the register is
    written. Nothing in ``data/raw`` is ever overwritten:
    another content of the same name is kept beside it under a name with its hash.
    """
    read_receipts(raw)  # a register that cannot be used is told before anything is copied
    kept = []
    for source, folder in _with_folders(paths):
        inside = source.resolve().is_relative_to(raw.resolve())
        kept.append(source.resolve() if inside else _keep(source, folder, raw, received))
    if kept:
        with landing or nullcontext():
            register(raw, [path_below(path, raw.resolve()) for path in kept], received, at)


def register(
    raw: Path, paths: Sequence[str], received: date | None = None, at: datetime | None = None,
    ledgers: Iterable[str] = (),
) -> None:  # fmt: skip
    """Give files below ``data/raw`` their moment and their number; whoever asks holds the lock.

    A number is one more than the highest that was ever given. A file that has one keeps it, and
    its moment: reading it again is no second receipt. ``ledgers`` are those that they hold.
    """
    receipts = read_receipts(raw)
    at = at or datetime.now()
    last = max((each.number or 0 for each in receipts.values()), default=0)
    for path in paths:
        before = receipts.get(path, Receipt())
        is_new = before.number is None
        last += is_new
        receipts[path] = Receipt(
            received or before.on, at if is_new else before.at, last if is_new else before.number,
            tuple(sorted(ledgers)) or before.ledgers,
        )  # fmt: skip
    write_register(raw, receipts, read_events(raw))


def read_events(raw: Path) -> list[dict[str, Any]]:
    """The entries of what was taken back, as they stand in the register.

    Raises:
        SourceError: the file is no TOML.

    """
    from analysis.settings.toml_file import read_toml

    events = read_toml(raw / REGISTER).get(WITHDRAWN, [])
    return [event for event in events if isinstance(event, dict)] if type(events) is list else []


def write_register(
    raw: Path, receipts: Mapping[str, Receipt], events: Iterable[Mapping[str, Any]]
) -> None:
    """Write the register anew; whoever asks holds the lock."""
    lines = [f"{json.dumps(p, ensure_ascii=False)} = {r.written()}" for p, r in receipts.items()]
    lines.sort()
    for event in events:
        lines += ["", f"[[{WITHDRAWN}]]"]
        lines += [f"{name} = {_as_toml(value)}" for name, value in event.items()]
    with _whole(raw / REGISTER) as part:
        part.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _as_toml(value: Any) -> str:
    is_day = isinstance(value, date)
    return str(value.isoformat()) if is_day else json.dumps(value, ensure_ascii=False)


#: What Windows leaves in folders that somebody looked into; nobody sent it.
LEFT_BY_WINDOWS = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini"})


def is_sent(path: Path) -> bool:
    """Whether somebody sent this: a file, and neither hidden, a program's lock or a leftover."""
    return has_senders_name(path.name) and path.is_file()


def has_senders_name(name: str) -> bool:
    """Whether a file's name is one that somebody gives, rather than a program for itself."""
    name = name.lower()
    is_left = name in LEFT_BY_WINDOWS or name.endswith(".tmp") or name.startswith(("~$", "."))
    return not is_left


def file_hash(path: Path) -> str:
    """SHA-256 of a file's content, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _with_folders(paths: Iterable[Path]) -> Iterable[tuple[Path, Path]]:
    """Each file to take in, with the folder below ``data/raw`` that keeps its dated folder."""
    for path in paths:
        if not path.exists():
            raise SourceError(f"找不到 {file_name(str(path))}；请核对路径。")
        if path.is_file():
            if not is_sent(path):  # the shell has named all that lies there
                continue
            dated = path.parent.name if FOLDER.match(path.parent.name) else ""
            yield path, Path(dated)
            continue
        for file in sorted(path.rglob("*")):
            if is_sent(file):
                base = path.parent if FOLDER.match(path.name) else path
                yield file, file.parent.relative_to(base)


def _keep(source: Path, folder: Path, raw: Path, received: date | None) -> Path:
    target = raw.resolve() / (Path(received.isoformat()) / folder if received else folder)
    target.mkdir(parents=True, exist_ok=True)
    kept = target / source.name
    if kept.exists() and file_hash(kept) != file_hash(source):
        kept = target / f"{source.stem}.{file_hash(source)[:8]}{source.suffix}"
    if not kept.exists():
        with _whole(kept) as part:
            shutil.copyfile(source, part)
            times = source.stat()  # its day counts where nothing else tells one; who reads it not
            os.utime(part, ns=(times.st_atime_ns, times.st_mtime_ns))
    return kept


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """A hidden file to write, which is then ``path``: whoever is killed leaves no half ledger.

    Raises:
        SourceError: it cannot be written, or what goes into it cannot be read; nothing is left.

    """
    part = path.with_name(f".{path.name}.part")
    try:
        yield part
        part.replace(path)
    except OSError as error:
        raise SourceError(
            f"{file_name(path.name)} 收不进 {path.parent}（{error.strerror or error}），没有发布，"
            "原有数字不变；请检查磁盘空间和权限以后再运行，已经收进来的不会重复。"
        ) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _day(year: str, month: str, day: str | None) -> date | None:
    try:
        named = date(int(year), int(month), int(day or 1))
    except ValueError:
        return None
    return named if day else month_end(named)
