"""The audit log: only ever added to, and any change to what was written shows."""

import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from analysis.accounts import AuditLog
from analysis.accounts.seals import KEY, Seals, book_lock
from analysis.errors import YanpanError


@pytest.fixture
def log(tmp_path: Path) -> AuditLog:
    log = AuditLog(tmp_path / "audit.jsonl")
    for n in range(4):
        log.add("登录", f"账号{n}", address="10.0.0.1")
    return log


def test_the_lines_come_back_in_order_each_sealed(log: AuditLog) -> None:
    lines = list(log.lines())
    assert [line["who"] for line in lines] == ["账号0", "账号1", "账号2", "账号3"]
    assert [line["before"] for line in lines[1:]] == [line["hash"] for line in lines[:-1]]


def test_nothing_written_is_an_empty_log(tmp_path: Path) -> None:
    assert list(AuditLog(tmp_path / "audit.jsonl").lines()) == []


def changed(lines: list[str], how: str) -> list[str]:
    if how == "a word":
        return [lines[0], lines[1].replace("账号1", "账号9"), *lines[2:]]
    if how == "a line out":
        return [lines[0], *lines[2:]]
    if how == "a line in":
        return [lines[0], lines[0], *lines[1:]]
    if how == "two lines swapped":
        return [lines[0], lines[2], lines[1], lines[3]]
    if how == "a new hash too":
        forged = json.loads(lines[1]) | {"who": "账号9"}
        return [lines[0], json.dumps(forged | {"hash": "0" * 64}), *lines[2:]]
    return [lines[0], "{", *lines[2:]]


@pytest.mark.parametrize(
    "how",
    ["a word", "a line out", "a line in", "two lines swapped", "a new hash too", "no JSON"],
)
def test_a_change_is_found_at_its_line(log: AuditLog, how: str) -> None:
    lines = log.path.read_text(encoding="utf-8").splitlines()
    log.path.write_text("\n".join(changed(lines, how)) + "\n", encoding="utf-8")
    with pytest.raises(YanpanError, match="第 2 行被改动过"):
        list(log.lines())


@pytest.mark.slow
def test_many_at_once_leave_one_whole_chain(tmp_path: Path) -> None:
    path = tmp_path / "audit.jsonl"
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: AuditLog(path).add("导出", f"账号{n}"), range(40)))
    assert len(list(AuditLog(path).lines())) == 40


def all_at_once(log: AuditLog, count: int) -> list[str | YanpanError]:
    """What so many threads are told that come while another process writes."""

    def add(number: int) -> str | YanpanError:
        try:
            return log.add("导出", f"账号{number}")
        except YanpanError as error:
            return error

    with ThreadPoolExecutor(count) as pool:
        with book_lock(log.path):
            added = [pool.submit(add, n) for n in range(count)]
            while len(log._waiting) < count - 1:  # one of them is at the lock
                pass
        return [each.result() for each in added]


def test_threads_that_write_at_once_wait_for_the_disk_together(
    log: AuditLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[int] = []
    sync = os.fsync
    monkeypatch.setattr(os, "fsync", lambda handle: waits.append(handle) or sync(handle))
    told = all_at_once(log, 20)
    lines = list(log.lines())[4:]
    assert sorted(map(str, told)) == sorted(line["hash"] for line in lines)
    assert {line["who"] for line in lines} == {f"账号{n}" for n in range(20)}
    assert len(waits) == 2
    assert Seals(log.path.parent).problems() == []


@pytest.mark.skipif(os.name == "nt", reason="modes of files")
def test_each_of_them_is_told_why_nothing_was_written(log: AuditLog) -> None:
    (log.path.parent / KEY).chmod(0o644)
    assert {str(each)[:12] for each in all_at_once(log, 5)} == {"封签的密钥别人也能读，请"}
    (log.path.parent / KEY).chmod(0o600)
    log.add("登录", "账号5")
    assert len(list(log.lines())) == 5


@pytest.mark.skipif(os.name == "nt", reason="limits of a process")
def test_a_disk_that_takes_half_a_line_leaves_none(log: AuditLog) -> None:
    import resource

    log.add("导出", "账号5", query="x" * 300_000)
    size, (soft, hard) = log.path.stat().st_size, resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 50, hard))
    try:
        with pytest.raises(YanpanError, match="审计日志没有写成，请检查磁盘空间"):
            log.add("导出", "账号6")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert log.path.stat().st_size == size
    assert Seals(log.path.parent).problems() == []
    log.add("导出", "账号7")
    assert [line["who"] for line in log.lines()][4:] == ["账号5", "账号7"]


def test_a_line_half_written_by_a_power_cut_is_seen(log: AuditLog) -> None:
    with log.path.open("a", encoding="utf-8") as file:
        file.write('{"at": "2023\n')
    log.add("登录", "账号5")
    with pytest.raises(YanpanError, match="第 5 行"):
        list(log.lines())


@pytest.mark.parametrize("text", ["x" * 300_000, "甲\u2028乙", "甲\x85乙", "甲\x1e乙\n丙"])
def test_no_text_of_anybodys_breaks_the_chain(log: AuditLog, text: str) -> None:
    for _ in range(2):
        log.add("导出", "账号5", query=text)
    assert [line.get("query") for line in log.lines()][4:] == [text, text]
