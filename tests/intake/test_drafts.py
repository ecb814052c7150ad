"""An upload waits, counts nowhere, and lands whole and once when it is confirmed."""

import hashlib
import io
import os
import threading
import time
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from analysis.errors import SourceError, YanpanError
from analysis.ingest.pipeline import ingest, new_files
from analysis.intake.drafts import (
    DISPLACED,
    MOST_DRAFTS,
    PASSED_S,
    Draft,
    confirm_draft,
    drop_draft,
    find_draft,
    pass_draft,
    passed,
    received_lately,
    take_draft,
)
from analysis.intake.guard import names
from analysis.intake.publisher import FAILED, Publisher, failure, publish, waiting_since
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse
from analysis.warehouse.publish import is_of_this_program

CSV = (
    "隐患编号,场所名称,隐患描述,责任单位,责任人,整改期限,检查日期\n"
    "{n},甲校,灭火器过期{n},县教育局,张三,2023-12-01,2023-11-01\n"
)


def upload(settings: Settings, n: int = 1, name: str = "台账.csv", who: str = "edu") -> Draft:
    content = io.BytesIO(CSV.format(n=n).encode())
    return take_draft(settings, who, "县教育局", name, content)


def test_a_draft_counts_nowhere_until_it_is_confirmed(home: Settings) -> None:
    draft = upload(home)
    assert find_draft(home, draft.token, "edu") == draft
    assert new_files(home) == []
    received = confirm_draft(home, draft)
    assert received.path == f"{draft.day}/县教育局/001_台账.csv"
    kept = home.raw / received.path
    assert hashlib.sha256(kept.read_bytes()).hexdigest() == received.sha256
    assert (kept.parent / "SHA256SUMS").read_text() == f"{received.sha256}  001_台账.csv\n"
    assert new_files(home) == [kept]
    ingest(home)
    with open_warehouse(home.warehouse) as con:
        sql = "SELECT path, unit, sha256, rows_loaded FROM submission"
        assert fetch_rows(con, sql)[1] == [(received.path, "县教育局", received.sha256, 1)]


def test_a_later_file_of_a_day_is_the_later_whatever_it_is_called(home: Settings) -> None:
    confirm_draft(home, upload(home, 1, "乙.csv"))
    confirm_draft(home, upload(home, 2, "甲.csv"))
    names = [Path(path).name for path in received_lately(home, "县教育局")]
    assert names == ["002_甲.csv", "001_乙.csv"]
    assert received_lately(home, "县交通运输局") == []


def test_a_draft_is_confirmed_once(home: Settings) -> None:
    draft = upload(home)
    confirm_draft(home, draft)
    with pytest.raises(SourceError, match="已经确认、取消或过期"):
        find_draft(home, draft.token, "edu")
    with pytest.raises(SourceError, match="已经确认、取消或过期"):
        confirm_draft(home, draft)


def test_the_same_file_is_received_once_a_day(home: Settings) -> None:
    confirm_draft(home, upload(home, 1))
    with pytest.raises(SourceError, match="同样的文件今天已经收到（001_台账"):
        confirm_draft(home, upload(home, 1, "又.csv"))
    assert len(new_files(home)) == 1


def test_the_right_file_is_received_again_after_a_wrong_one(home: Settings) -> None:
    confirm_draft(home, upload(home, 1))
    confirm_draft(home, upload(home, 2))
    again = confirm_draft(home, upload(home, 1))
    assert again.path.endswith("/003_台账.csv")
    with pytest.raises(SourceError, match="同样的文件今天已经收到（003_台账"):
        confirm_draft(home, upload(home, 1))


def test_the_file_that_was_received_last_is_the_newest_version(home: Settings) -> None:
    for status in ("整改中", "已完成", "整改中"):
        content = "隐患编号,场所名称,隐患描述,责任单位,发现日期,整改状态\n"
        content += f"1,甲校,灭火器过期,县教育局,2023-11-01,{status}\n"
        draft = take_draft(home, "edu", "县教育局", "台账.csv", io.BytesIO(content.encode()))
        confirm_draft(home, draft)
    ingest(home)
    with open_warehouse(home.warehouse) as con:
        sql = "SELECT status FROM hazard WHERE known_to IS NULL"
        assert fetch_rows(con, sql)[1] == [("in_progress",)]


def test_a_draft_that_was_dropped_or_is_anothers_is_not_found(home: Settings) -> None:
    mine, dropped = upload(home, 1), upload(home, 2)
    drop_draft(dropped)
    for token, who in (
        (mine.token, "other"), (dropped.token, "edu"), ("../../etc", "edu"), ("x" * 22, "edu"),
        ("", "edu"), (f"{mine.token}/..", "edu"), (f"../{home.inbox.name}/{mine.token}", "edu"),
    ):  # fmt: skip
        with pytest.raises(SourceError, match="已经确认、取消或过期"):
            find_draft(home, token, who)


def test_a_file_changed_behind_our_back_is_not_taken_in(home: Settings) -> None:
    draft = upload(home)
    draft.path.write_bytes(b"something else")
    with pytest.raises(SourceError, match="已经确认、取消或过期"):
        confirm_draft(home, draft)
    assert new_files(home) == []


@pytest.mark.parametrize(("seconds", "is_believed"), [(0, True), (PASSED_S + 1, False)])
def test_a_reading_is_believed_for_a_quarter_of_an_hour(
    home: Settings, seconds: int, is_believed: bool
) -> None:
    assert PASSED_S == 15 * 60
    draft = upload(home)
    assert passed(draft) is None
    pass_draft(draft, ["hazard"])
    then = time.time() - seconds
    os.utime(draft.folder / "passed", (then, then))
    assert passed(draft) == (frozenset({"hazard"}) if is_believed else None)
    assert passed(replace(draft, sha256="0" * 64)) is None


def test_what_is_refused_leaves_nothing(home: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(names, "LARGEST", 10)
    with pytest.raises(SourceError, match="文件太大"):
        upload(home)
    assert [path for path in home.inbox.iterdir() if path.is_dir()] == []


def test_an_account_keeps_its_last_drafts_alone(home: Settings) -> None:
    made = []
    for n in range(MOST_DRAFTS + 2):
        made.append(upload(home, n))
        os.utime(made[-1].folder, (n + 2e9, n + 2e9))
    other = upload(home, 99, who="other")
    left = {path.parent.name for path in home.inbox.glob("*/draft.json")}
    assert left == {draft.token for draft in [*made[2:], other]}
    assert not made[0].raw.exists()
    for draft, who, said in (
        (made[0], "edu", "被后来的上传挤掉"), (made[1], "edu", "被后来的上传挤掉"),
        (made[0], "other", "已经确认、取消或过期"),
    ):  # fmt: skip
        with pytest.raises(SourceError, match=said):
            find_draft(home, draft.token, who)


def test_no_upload_displaces_one_of_another_account_and_few_marks_are_left(home: Settings) -> None:
    other = upload(home, 99, who="other")
    for n in range(2 * MOST_DRAFTS + 5):
        upload(home, n)
    assert find_draft(home, other.token, "other") == other
    assert len(list(home.inbox.glob("*/draft.json"))) == MOST_DRAFTS + 1
    assert len(list(home.inbox.glob(f"*/{DISPLACED}"))) <= MOST_DRAFTS + 1


def test_many_confirmed_at_once_all_land(home: Settings) -> None:
    waiting = [upload(home, n, who=f"u{n}") for n in range(12)]
    failed: list[BaseException] = []

    def confirm(draft: Draft) -> None:
        try:
            confirm_draft(home, draft)
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=confirm, args=(draft,)) for draft in waiting]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert len(new_files(home)) == 12
    names = sorted(path.name[:3] for path in new_files(home))
    assert names == [f"{n:03}" for n in range(1, 13)]


def test_a_full_disk_is_one_line_and_the_draft_stays(
    home: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = upload(home)

    def full(*about: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.replace", full)
        with pytest.raises(YanpanError, match=r"^写不进磁盘，没有收下；"):
            confirm_draft(home, draft)
        patch.setattr("os.fsync", full)
        with pytest.raises(YanpanError, match=r"^写不进磁盘，没有收下；"):
            upload(home, 2)
        patch.setattr("os.mkdir", full)  # not even a folder for it
        with pytest.raises(YanpanError, match=r"^写不进磁盘，没有收下；"):
            upload(home, 2)
    assert new_files(home) == []
    confirm_draft(home, find_draft(home, draft.token, "edu"))
    assert len(new_files(home)) == 1


@pytest.mark.slow
def test_what_was_confirmed_is_published_and_a_failure_is_told(home: Settings) -> None:
    assert waiting_since(home) == 0
    confirm_draft(home, upload(home, 1))
    assert waiting_since(home) > 0
    assert publish(home).is_done
    assert failure(home) is None
    (home.raw / "corrections.toml").write_text("not = [toml", encoding="utf-8")
    outcome = publish(home)
    assert not outcome.is_done
    assert "corrections.toml" in str(failure(home))
    assert "\n" not in outcome.words
    (home.raw / "corrections.toml").unlink()
    assert publish(home).is_done
    assert not home.warehouse.with_name(FAILED).exists()


@pytest.mark.slow
def test_a_warehouse_of_an_older_program_is_made_anew(home: Settings) -> None:
    confirm_draft(home, upload(home, 1))
    ingest(home)
    assert not Publisher(home)._lacks()
    with duckdb.connect(str(home.warehouse)) as con:
        con.execute('DROP VIEW "验收销号"')
        con.execute("DROP TABLE acceptance")
    assert not is_of_this_program(home.warehouse)
    assert Publisher(home)._lacks()


@pytest.mark.slow
def test_a_warehouse_whose_macros_an_older_program_wrote_is_made_anew(home: Settings) -> None:
    confirm_draft(home, upload(home, 1))
    ingest(home)
    assert is_of_this_program(home.warehouse)
    with duckdb.connect(str(home.warehouse)) as con:
        con.execute(
            "CREATE OR REPLACE MACRO duty_compliance(as_of, known_on := NULL) "
            "AS TABLE SELECT 1 AS n"
        )
    assert not is_of_this_program(home.warehouse)
    assert Publisher(home)._lacks()


@pytest.mark.slow
def test_a_publisher_begins_with_what_an_earlier_one_left(home: Settings) -> None:
    confirm_draft(home, upload(home, 1))
    publisher = Publisher(home)
    publisher.start()
    for _ in range(600):
        if home.warehouse.exists():
            break
        threading.Event().wait(0.1)
    publisher.stop()
    assert home.warehouse.exists()
    assert new_files(home) == []


def test_a_warehouse_that_cannot_be_read_is_made_anew(home: Settings) -> None:
    home.warehouse.parent.mkdir(parents=True)
    home.warehouse.write_bytes(b"broken" * 1000)
    assert Publisher(home)._lacks()
