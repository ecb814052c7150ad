"""Seals outside the books: whatever is cut off, emptied, deleted or written anew is found."""

import hashlib
import json
import os
import sqlite3
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.accounts import AuditLog
from analysis.accounts.seals import ACCOUNTS, KEY, Seals, Witness, read_book
from analysis.accounts.witnesses import keep_beside, look_over, witnesses
from analysis.errors import YanpanError
from analysis.intake.alert_book import NOTED, AlertBook
from analysis.judgement.alerts import Alert
from tests.depth import some

LINES = 40


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with an audit log of 40 lines."""
    log = AuditLog(tmp_path / "audit.jsonl")
    for number in range(LINES):
        log.add("登录", f"账号{number}")
    return tmp_path


def problems(folder: Path) -> list[str]:
    return look_over(folder, folder / "publications", folder / "backups")


def lines_of(folder: Path) -> list[str]:
    return (folder / "audit.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)


def cut(folder: Path) -> None:
    (folder / "audit.jsonl").write_text("".join(lines_of(folder)[:10]), encoding="utf-8")


def empty(folder: Path) -> None:
    (folder / "audit.jsonl").write_bytes(b"")


def delete(folder: Path) -> None:
    (folder / "audit.jsonl").unlink()


def chain_anew(folder: Path) -> None:
    """Write another name, and every hash behind it so that the chain is whole again."""
    lines, before = [json.loads(line) for line in lines_of(folder)], "0" * 64
    lines[3]["who"] = "账号9"
    for line in lines:
        line["before"] = before
        told = {name: value for name, value in line.items() if name != "hash"}
        text = json.dumps(told, ensure_ascii=False, sort_keys=True)
        line["hash"] = before = hashlib.sha256(text.encode()).hexdigest()
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    (folder / "audit.jsonl").write_text(text, encoding="utf-8")
    assert len(list(AuditLog(folder / "audit.jsonl").lines())) == LINES  # the chain sees nothing


def put_in(folder: Path) -> None:
    """A false line at the end whose hash fits."""
    spare = folder / "elsewhere"
    spare.mkdir()
    (spare / "audit.jsonl").write_text("".join(lines_of(folder)), encoding="utf-8")
    AuditLog(spare / "audit.jsonl").add("登录", "账号9")
    (spare / "audit.jsonl").replace(folder / "audit.jsonl")


TAMPERED = [
    (cut, "审计日志少了 30 条：封签（.+）记着 40 条，现在是 10 条。"),
    (empty, "审计日志被清空：封签（.+）记着 40 条，现在是 0 条。"),
    (delete, "审计日志不见了：封签（.+）记着 40 条。"),
    (chain_anew, "审计日志被改动过：.+ 封住的前 40 条与封签不符。"),
    (put_in, "审计日志多了 1 条没有封签的：封签（.+）记着 40 条。"),
]


@pytest.mark.slow
def test_a_log_as_it_was_written_has_no_problem(data: Path) -> None:
    assert problems(data) == []


@pytest.mark.slow
@pytest.mark.parametrize(("how", "said"), TAMPERED)
def test_what_was_done_to_the_log_is_told(
    data: Path, how: Callable[[Path], None], said: str
) -> None:
    how(data)
    (told,) = problems(data)
    assert_says(told, said)


@pytest.mark.slow
@pytest.mark.parametrize(("how", "said"), TAMPERED)
def test_it_stays_told_whatever_is_written_afterwards(
    data: Path, how: Callable[[Path], None], said: str
) -> None:
    how(data)
    for _ in range(50):  # more than were cut off
        AuditLog(data / "audit.jsonl").add("登录", "账号1")
    said = said.replace("前 40 条", r"前 \d+ 条")
    assert any(says(told, said) for told in problems(data))


def says(text: str, pattern: str) -> bool:
    import re

    return re.fullmatch(pattern.replace("（.+）", "（[^）]+）"), text) is not None


def assert_says(text: str, pattern: str) -> None:
    assert says(text, pattern), text


@pytest.mark.parametrize("kill", [b"", b'{"at": "2023'])
def test_a_program_killed_while_it_writes_cuts_nothing_off(data: Path, kill: bytes) -> None:
    book = data / "audit.jsonl"
    was = book.read_bytes()
    AuditLog(book).add("登录", "账号1")
    book.write_bytes(was)  # the seal was announced, and the line never came
    assert problems(data) == []
    AuditLog(book).add("登录", "账号2")
    assert problems(data) == []
    book.write_bytes(book.read_bytes() + kill)
    assert bool(problems(data)) == bool(kill)


def test_who_looks_while_others_write_sees_nothing_wrong(data: Path) -> None:
    log = AuditLog(data / "audit.jsonl")
    with ThreadPoolExecutor(3) as pool:
        written = [pool.submit(log.add, "导出", f"账号{n}") for n in range(60)]
        seen = [problems(data) for _ in range(30)]
        assert all(each.result() for each in written)
    assert seen == [[]] * 30
    assert problems(data) == []


def test_a_log_from_before_there_were_seals_is_read_and_sealed_from_then_on(data: Path) -> None:
    os.remove(data / ACCOUNTS)
    os.remove(data / KEY)
    cut(data)  # nobody knows of it
    assert problems(data) == []
    AuditLog(data / "audit.jsonl").add("登录", "账号1")
    assert (problems(data), len(lines_of(data))) == ([], 11)
    empty(data)
    assert_says(problems(data)[0], "审计日志被清空：封签（.+）记着 11 条，现在是 0 条。")


def test_a_name_that_is_changed_in_the_alert_book_is_found(tmp_path: Path) -> None:
    book = AlertBook(tmp_path / "alerts.jsonl")
    alert = Alert("k", "overdue_15", "督办函", "逾期", "县教育局", "x", "y", "z")
    book.raise_new([alert], date(2023, 11, 1))
    book.mark(1, NOTED, "某甲", date(2023, 11, 2))
    assert problems(tmp_path) == []
    text = book.path.read_text(encoding="utf-8")
    book.path.write_text(text.replace("某甲", "某乙"), encoding="utf-8")
    (told,) = problems(tmp_path)
    assert_says(told, "预警登记簿被改动过：.+ 封住的前 2 条与封签不符。")


def change_seals(folder: Path, sql: str) -> None:
    with closing(sqlite3.connect(folder / ACCOUNTS)) as con, con:
        con.execute(sql)


def test_a_seal_that_somebody_else_made_is_none(data: Path) -> None:
    cut(data)
    book = read_book(data / "audit.jsonl")
    change_seals(
        data, f"UPDATE seal SET lines = 10, size = {book.size}, hash = '{book.hashes[10]}'"
    )
    assert "审计日志的封签被改动过，不是本程序写的。" in problems(data)


def test_a_seal_that_was_taken_away_is_missed(data: Path) -> None:
    change_seals(data, "DELETE FROM seal WHERE book = 'audit.jsonl'")
    said = ["审计日志的封签不见了：账号文件里没有它。"]
    assert problems(data) == said
    AuditLog(data / "audit.jsonl").add("登录", "账号1")
    assert problems(data) == said


def test_without_its_key_no_seal_is_believed(data: Path) -> None:
    os.remove(data / KEY)
    assert f"审计日志的封签没法核对：密钥 {KEY} 不见了。" in problems(data)
    AuditLog(data / "audit.jsonl").add("登录", "账号1")  # makes another key
    assert problems(data)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_the_key_is_for_its_owner_alone(data: Path) -> None:
    key = data / KEY
    assert (key.stat().st_mode & 0o777, len(key.read_bytes())) == (0o600, 32)
    key.chmod(0o644)
    with pytest.raises(YanpanError, match="别人也能读，请先运行 chmod 600"):
        AuditLog(data / "audit.jsonl").add("登录", "账号1")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_a_book_that_others_could_read_is_closed_to_them(data: Path) -> None:
    book = data / "audit.jsonl"
    book.chmod(0o644)
    AuditLog(book).add("登录", "账号1")
    assert book.stat().st_mode & 0o777 == 0o600


def test_a_key_of_one_byte_is_refused(data: Path) -> None:
    (data / KEY).write_bytes(b"x")
    with pytest.raises(YanpanError, match=r"密钥 .+ 不完整"):
        problems(data)


def test_a_publication_keeps_a_seal_that_outlives_the_accounts(data: Path) -> None:
    folder = data / "publications"
    folder.mkdir()
    for name in ("000001_20231101T000000_ab.duckdb", "000002_20231102T000000_cd.duckdb"):
        (folder / name).touch()
        keep_beside(folder / name, Seals(data).kept())
    assert {each.place for each in witnesses(folder, folder)} == {
        "数据仓库第 1 次发布旁", "数据仓库第 2 次发布旁",
    }  # fmt: skip
    (folder / "000001_20231101T000000_ab.duckdb").unlink()
    keep_beside(folder / "000002_20231102T000000_cd.duckdb", Seals(data).kept())
    assert len(witnesses(folder, folder)) == 1
    for name in (ACCOUNTS, KEY, "audit.jsonl"):
        os.remove(data / name)
    (told,) = problems(data)
    assert_says(told, "审计日志不见了：封签（.+）记着 40 条（数据仓库第 2 次发布旁的封签）。")


def test_books_that_were_sealed_anew_are_compared_with_nothing_older(data: Path) -> None:
    before = [Witness("备份里", seal) for seal in Seals(data).kept()]
    cut(data)
    assert len(Seals(data).problems(before)) == 2
    Seals(data).renew()
    assert Seals(data).problems(before) == []
    empty(data)
    assert_says(problems(data)[0], "审计日志被清空：封签（.+）记着 10 条，现在是 0 条。")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole")
    for number in range(5):
        AuditLog(folder / "audit.jsonl").add("登录", f"账号{number}")
    return folder


@settings(max_examples=some(60), deadline=None)
@given(place=st.integers(0, 10_000), to=st.binary(max_size=3), span=st.integers(0, 40))
def test_no_change_of_bytes_goes_unseen(whole: Path, place: int, to: bytes, span: int) -> None:
    book = whole / "audit.jsonl"
    was = book.read_bytes()
    place %= len(was)
    now = was[:place] + to + was[place + span :]
    same_lines = [line.rstrip(b"\r\n") for line in now.splitlines(keepends=True)]
    try:
        book.write_bytes(now)
        is_same = same_lines == was.splitlines()
        assert (problems(whole) == []) == is_same
    finally:
        book.write_bytes(was)
