"""A unit sends and keeps so much and no more, and the disk keeps room for publishing: 模拟数据."""

import io
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from analysis.errors import SourceError
from analysis.intake.drafts import Draft, Received, confirm_draft, drop_draft, take_draft
from analysis.intake.guard import quota
from analysis.intake.guard.quota import MB, QuotaError, count_all, count_sent, near_bounds
from analysis.intake.withdrawal import withdraw
from analysis.settings import Settings

UNIT = "县教育局"


def bounded(home: Settings, **bounds: int) -> Settings:
    return home.model_copy(update={"contact": "某甲", "contact_phone": "0000-1", **bounds})


def upload(settings: Settings, n: int, unit: str = UNIT, size: int = 0) -> Draft:
    body = f"模拟数据\n隐患编号,场所名称\n{n},甲校\n".encode()
    body += b",\n" * (max(0, size - len(body)) // 2)
    return take_draft(settings, "edu", unit, f"{n}.csv", io.BytesIO(body))


def send(settings: Settings, n: int, unit: str = UNIT, size: int = 0) -> Received:
    return confirm_draft(settings, upload(settings, n, unit, size))


def old_file(settings: Settings, name: str, size: int, day: str = "2023-10-15") -> Path:
    file = settings.raw / day / UNIT / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"x" * size)
    return file


def test_more_files_than_a_day_has_are_refused_and_nothing_is_left(home: Settings) -> None:
    settings = bounded(home, unit_files_a_day=2)
    drop_draft(upload(settings, 1))  # sent, though it was never confirmed
    send(settings, 2)
    with pytest.raises(QuotaError) as refused:
        upload(settings, 3)
    assert str(refused.value) == (
        "县教育局今天已经上传 2 个文件、0 MB（最多 2 个、300 MB），这个 0.0 MB 的没有收下；"
        "请明天再传，急用请联系县文化旅游安全专班办公室（某甲，0000-1）。"
    )
    assert not [each for each in settings.inbox.iterdir() if each.is_dir()]


def test_more_bytes_than_a_day_has_are_refused(home: Settings) -> None:
    settings = bounded(home, unit_mb_a_day=20)
    upload(settings, 1, size=15 * MB)
    with pytest.raises(QuotaError, match=r"今天已经上传 1 个文件、15 MB（最多 150 个、20 MB）"):
        upload(settings, 2, size=6 * MB)
    upload(settings, 3, size=4 * MB)


def test_the_office_sends_for_a_unit_that_has_sent_all_it_may(home: Settings) -> None:
    """A unit's bounds are its own accounts'; what the office filed for it is kept all the same."""
    settings = bounded(home, unit_files_a_day=1, unit_files_kept=1)
    send(settings, 1)
    body = "模拟数据\n隐患编号,场所名称\n2,甲校\n".encode()
    draft = take_draft(settings, "office", UNIT, "2.csv", io.BytesIO(body), is_office=True)
    with pytest.raises(QuotaError):
        confirm_draft(settings, draft)
    confirm_draft(settings, draft, is_office=True)
    assert count_all(settings)[UNIT].files == 2
    with pytest.raises(QuotaError):
        upload(settings, 3)


def test_a_new_day_begins_anew(home: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = bounded(home, unit_files_a_day=1)
    count_sent(settings, UNIT, 1)
    with pytest.raises(QuotaError):
        count_sent(settings, UNIT, 1)

    class Tomorrow(date):
        @classmethod
        def today(cls) -> "Tomorrow":
            return cls.fromordinal((date.today() + timedelta(days=1)).toordinal())

    monkeypatch.setattr(quota, "date", Tomorrow)
    count_sent(settings, UNIT, 1)


def test_what_was_withdrawn_is_kept_and_counts(home: Settings) -> None:
    settings = bounded(home, unit_files_kept=1)
    sent = send(settings, 1)
    withdraw(settings, sent.path, "edu", unit=UNIT)
    with pytest.raises(QuotaError, match=r"（撤回的也在内）已有 1 个文件、0 MB（最多 1 个"):
        upload(settings, 2)


def test_what_lay_there_before_counts_and_what_the_office_clears_no_longer(
    home: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = bounded(home, unit_files_kept=2)
    first = old_file(settings, "001_a.csv", 10)
    old_file(settings, "002_b.csv", 10, "2023-11-01")
    old_file(settings, "SHA256SUMS", 10)  # the program's own note is no file of the unit's
    with pytest.raises(QuotaError):
        upload(settings, 3)
    first.unlink()
    with pytest.raises(QuotaError):  # counted a moment ago: no walk for each that is refused
        upload(settings, 3)
    monkeypatch.setattr(quota, "AGAIN_AFTER_S", -1.0)
    assert send(settings, 3).path.endswith("001_3.csv")


def test_files_are_walked_over_once_and_not_for_each_upload(
    home: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    walks: list[str] = []
    walk = quota.kept_on_disk

    def walked(settings: Settings, folder: str) -> Any:
        walks.append(folder)
        return walk(settings, folder)

    monkeypatch.setattr(quota, "kept_on_disk", walked)
    for n in range(4):
        send(home, n)
    assert walks == [UNIT]


def test_of_two_that_are_confirmed_at_once_where_one_fits_one_lands(home: Settings) -> None:
    settings = bounded(home, unit_files_kept=3)
    waiting = [upload(settings, n) for n in range(8)]
    together = threading.Barrier(len(waiting))

    def confirm(draft: Draft) -> str:
        together.wait()
        try:
            return confirm_draft(settings, draft).path
        except QuotaError:
            return ""

    with ThreadPoolExecutor(len(waiting)) as pool:
        landed = [path for path in pool.map(confirm, waiting) if path]
    assert len(landed) == 3
    assert sorted(settings.raw.glob(f"*/{UNIT}/0*")) == sorted(settings.raw / p for p in landed)


def test_of_two_that_are_sent_at_once_where_one_fits_one_is_counted(home: Settings) -> None:
    settings = bounded(home, unit_files_a_day=3)
    together = threading.Barrier(8)

    def sent(n: int) -> bool:
        together.wait()
        try:
            count_sent(settings, UNIT, n)
        except QuotaError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(sent, range(8))) == 3


def test_what_does_not_land_is_not_counted(home: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = bounded(home, unit_files_kept=1)
    draft = upload(settings, 1)

    def broken(*about: Any) -> None:
        raise OSError(5, "坏了")

    with monkeypatch.context() as patch:
        patch.setattr("analysis.intake.drafts.os.replace", broken)
        with pytest.raises(Exception, match="坏了"):
            confirm_draft(settings, draft)
    assert confirm_draft(settings, draft).path.endswith("001_1.csv")


def test_a_refused_draft_stays_until_there_is_room(home: Settings) -> None:
    draft = upload(home, 1)
    settings = bounded(home, unit_files_kept=1)
    old_file(settings, "001_a.csv", 10)
    count_all(settings)
    with pytest.raises(QuotaError, match="清理旧文件或者调高上限"):
        confirm_draft(settings, draft)
    assert confirm_draft(home, draft).path.endswith("001_1.csv")


def test_the_office_has_no_bound_of_its_own(home: Settings) -> None:
    settings = bounded(home, unit_files_a_day=1, unit_files_kept=1)
    assert [send(settings, n, unit="").path[11:] for n in range(3)] == [
        f"专班办公室/00{n + 1}_{n}.csv" for n in range(3)
    ]


def test_units_do_not_pay_for_each_other(home: Settings) -> None:
    settings = bounded(home, unit_files_a_day=1)
    upload(settings, 1)
    assert upload(settings, 2, unit="县水利局").unit == "县水利局"


def test_a_disk_without_room_takes_nobodys_file(
    home: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = upload(home, 1, unit="")
    left = shutil.disk_usage(home.home)._replace(free=1999 * MB)
    monkeypatch.setattr("analysis.intake.guard.quota.shutil.disk_usage", lambda path: left)
    for refused in (lambda: upload(home, 2, unit=""), lambda: confirm_draft(home, draft)):
        with pytest.raises(QuotaError, match="服务器磁盘剩余不足 2000 MB，暂停收文件，没有收下"):
            refused()
    assert near_bounds(home)[0].startswith("磁盘剩余 1999 MB，不足 disk_mb_left = 2000 MB")
    smaller = bounded(home, disk_mb_left=1999)
    assert confirm_draft(smaller, draft).path.endswith("001_1.csv")


def test_the_office_is_told_who_is_near_a_bound(home: Settings) -> None:
    settings = bounded(home, unit_files_kept=5, unit_files_a_day=5)
    assert near_bounds(settings) == []
    for n in range(3):
        old_file(settings, f"00{n + 1}_a.csv", 10)
    count_all(settings)
    assert near_bounds(settings) == []  # 3 of 5
    send(settings, 4)
    assert near_bounds(settings) == [
        "县教育局留存的报送（撤回的也在内）已有 4 个文件、0 MB（最多 5 个、8000 MB），用了 80%。"
    ]


def test_a_broken_note_of_the_use_says_what_to_do_and_can_be_deleted(home: Settings) -> None:
    note = home.home / "data" / "quota.sqlite"
    note.parent.mkdir(parents=True, exist_ok=True)
    note.write_bytes(b"nothing" * 1000)
    with pytest.raises(Exception, match="请删掉它，会按磁盘上的文件重新数"):
        upload(home, 1)
    note.unlink()
    old_file(home, "001_a.csv", 10)
    send(home, 2)
    assert count_all(home)[UNIT].files == 2


def test_what_is_no_ledger_is_refused_before_it_is_counted(home: Settings) -> None:
    with pytest.raises(SourceError, match="只收"):
        take_draft(home, "edu", UNIT, "x.exe", io.BytesIO(b"x"))
    assert not (home.home / "data" / "quota.sqlite").exists()
