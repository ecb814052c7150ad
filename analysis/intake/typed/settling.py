"""The office settles a doubt: an entry at the end of ``confirmations.toml``, nothing else.

What stands in the file stays byte for byte as it is: a person may have written it.
"""

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from filelock import FileLock

from analysis.errors import SourceError, YanpanError
from analysis.ingest.doubts.confirmations import (
    CONFIRMATIONS,
    TAKEN_BACK,
    Confirmation,
    Confirmations,
    read_confirmations,
)
from analysis.ingest.received import LOCK, LOCK_S
from analysis.intake.drafts import no_room, wake_publisher, write_whole
from analysis.settings import Settings
from analysis.stores import OFFICE
from analysis.warehouse.engine import fetch_rows, open_warehouse, table_names
from analysis.wording.characters import without_odd

LONGEST = 200
#: What stands for a reason where nobody gives one: every entry has one.
NO_REASON = "网页登记，没有写理由"
NOT_OF_ALL = "请选这些疑问共有的一个答案。"
__all__ = [
    "LONGEST", "TAKEN_BACK", "Asked", "Confirmation", "Confirmations", "SettledError",
    "answers_given", "has_unpublished_answers", "settle",
]  # fmt: skip


class SettledError(YanpanError):
    """Somebody else settled the doubt since whoever answers looked at it."""


def answers_given(settings: Settings) -> Confirmations:
    """What has been answered by now, published or not; read again only when the file has changed.

    Raises:
        SourceError: the file cannot be used.

    """
    try:
        about = (settings.raw / CONFIRMATIONS).stat()
    except FileNotFoundError:
        return Confirmations()
    return _read_as_of(settings.raw, about.st_ino, about.st_mtime_ns, about.st_size)


@lru_cache(2)
def _read_as_of(raw: Path, *about: int) -> Confirmations:
    """The answers, of tens of thousands of which reading takes seconds."""
    return read_confirmations(raw)


@dataclass(frozen=True, slots=True)
class Asked:
    """A doubt as whoever answers saw it: its key, the codes of its answers, and the number of the
    entry that decided it then; 0 for none.
    """

    doubt: str
    codes: tuple[str, ...]
    seen: int


def settle(
    settings: Settings, asked: Sequence[Asked], answer: str, by: str, why: str
) -> list[Confirmation]:
    """Answer doubts alike from today on, or take the answers before back: all of them or none.

    Raises:
        SettledError: another entry decides one of them by now.
        YanpanError: there is no such answer or nothing to take back, the reason is too long, the
            file cannot be used, or the disk takes no more.

    """
    if not asked or any(answer not in (*each.codes, TAKEN_BACK) for each in asked):
        raise YanpanError("请选这个疑问的一个答案。" if len(asked) == 1 else NOT_OF_ALL)
    today, by, why = date.today(), by or OFFICE, _reason(why)
    held = None if answer == TAKEN_BACK else answer
    said = [
        {"doubt": each.doubt, "answer": answer, "by": by, "on": today, "why": why}
        for each in asked
    ]  # fmt: skip
    try:
        settings.raw.mkdir(parents=True, exist_ok=True)
        with FileLock(settings.raw / LOCK, timeout=LOCK_S):
            given = answers_given(settings)
            for each in asked:
                _must_follow(given.last(each.doubt), answer, each.seen, today)
            file = settings.raw / CONFIRMATIONS
            write_whole(file, _with_entries(file, said))
            wake_publisher(settings)
    except OSError as error:
        raise no_room(error) from error
    first = len(given.entries) + 1
    return [
        Confirmation(number, each.doubt, held, by, today, why)
        for number, each in enumerate(asked, first)
    ]


def has_unpublished_answers(settings: Settings) -> bool:
    """Whether something was answered that the published figures do not rest on."""
    given = [
        (each.number, each.doubt, each.answer, each.on)
        for each in read_confirmations(settings.raw).entries
    ]
    if not settings.warehouse.exists():
        return bool(given)
    with open_warehouse(settings.warehouse) as con:
        if "confirmation" not in table_names(con):
            return bool(given)
        sql = "SELECT entry_no, doubt_key, answer, answered_on FROM confirmation ORDER BY entry_no"
        return fetch_rows(con, sql)[1] != given


def _must_follow(last: Confirmation | None, answer: str, seen: int, today: date) -> None:
    """Refuse an answer that whoever gives it would not have given, had he known of the last."""
    if last and last.number != seen:
        done = "撤回了答案" if last.answer is None else f"答了“{last.answer}”"
        raise SettledError(f"{last.by}已于 {last.on} {done}，没有再记；请看现在的情形再定。")
    if last and last.on > today:
        raise SettledError(
            f"{CONFIRMATIONS} 第 {last.number} 条已写明从 {last.on} 起的答案，今天的答案不会算数；"
            "要改请在文件里改。"
        )
    stands = last.answer if last else None
    if answer == TAKEN_BACK and stands is None:
        raise YanpanError("这个疑问没有答案可以撤回。")
    if answer == stands:
        raise YanpanError("已经是这个答案，不用再记。")


def _with_entries(file: Path, said: Sequence[Mapping[str, Any]]) -> bytes:
    """The file with some entries more, in its own line ends.

    Raises:
        SourceError: they would not be read back as they are meant, as in a file that lists its
            entries in brackets: then nothing is written, or the next publication would fail.

    """
    before = file.read_bytes() if file.exists() else b""
    end = "\r\n" if b"\r\n" in before else "\n"
    lines = [] if not before else [""] if before.endswith(b"\n") else ["", ""]
    for each in said:
        lines += ["[[confirmation]]", *(f"{n} = {_toml(v)}" for n, v in each.items()), ""]
    content = before + end.join(lines).encode()
    try:
        entries = tomllib.loads(content.decode("utf-8-sig"))["confirmation"]
        last = [{name: _read(value) for name, value in e.items()} for e in entries[-len(said) :]]
        is_meant = last == [*said]
    except tomllib.TOMLDecodeError:
        is_meant = False
    if not is_meant:
        raise SourceError(f"{CONFIRMATIONS} 里接不上这一条，没有记；请照 yanpan check 的样子手写。")
    return content


def _read(value: Any) -> Any:
    """A value as the ingest takes it."""
    return without_odd(value).strip() if isinstance(value, str) else value


def _toml(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    # JSON leaves U+007F as it is, which TOML does not take.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _reason(text: str) -> str:
    said = " ".join(without_odd(text).split())
    if len(said) > LONGEST or not said.isprintable():
        raise YanpanError(f"理由最多 {LONGEST} 字，不能有特殊字符。")
    return said or NO_REASON
