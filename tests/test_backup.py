"""A backup holds all that no ledger can make again, proves itself, and comes back to the digit."""

import hashlib
import json
import os
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from analysis.accounts import Accounts, AuditLog, Role
from analysis.backup import MANIFEST, back_up, problems_of_books, restore
from analysis.errors import YanpanError
from analysis.ingest.pipeline import ingest
from analysis.ledgers import LEDGERS
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse

PASSWORD = "correct-horse-7"
LEDGER = [
    ["隐患编号", "场所名称", "隐患描述", "责任单位", "整改期限", "检查日期"],
    ["1", "甲校", "灭火器过期", "县教育局", "2023-12-01", "2023-09-01"],
]


@pytest.fixture
def county(home: Settings, write_sheet: Callable[..., Path]) -> Settings:
    write_sheet("2023-10-15/县教育局.xlsx", LEDGER)
    undated = write_sheet("没有日期.xlsx", [LEDGER[0], ["2", "乙校", *LEDGER[1][2:]]])
    os.utime(undated, (1.69e9, 1.69e9))  # which is all that says when it came
    (home.home / "yanpan.toml").write_text('region = "兴县"\n', encoding="utf-8")
    home.alert_book.write_text('{"event": "raised"}\n', encoding="utf-8")
    home.evidence.mkdir()
    (home.evidence / f"{'a' * 64}.pdf").write_bytes(b"%PDF-1.7")
    Accounts(home.accounts).add("office", Role.OFFICE, PASSWORD)
    AuditLog(home.audit_log).add("登录", "office")
    ingest(home)
    return home


@pytest.fixture
def empty(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(home=tmp_path_factory.mktemp("empty"))


def tables(settings: Settings) -> dict[str, list[str]]:
    with open_warehouse(settings.warehouse) as con:
        return {name: [str(r) for r in fetch_rows(con, f"FROM {name} ORDER BY ALL")[1]]
                for name in LEDGERS}  # fmt: skip


@pytest.mark.slow
def test_what_was_backed_up_comes_back_to_the_digit(county: Settings, empty: Settings) -> None:
    before = tables(county)
    made = back_up(county)
    assert made.path.parent == county.home / "backups"
    assert made.path.stat().st_mode & 0o077 == 0
    restore(empty, made.path)
    ingest(empty)
    assert tables(empty) == before
    assert Accounts(empty.accounts).log_in("office", PASSWORD)
    lines = list(AuditLog(empty.audit_log).lines())
    assert lines[-1]["hash"] == made.sealed_by
    for path in (county.alert_book, county.home / "yanpan.toml", *county.evidence.iterdir()):
        copy = empty.home / path.relative_to(county.home)
        assert copy.read_bytes() == path.read_bytes()
    assert not empty.secret.exists()
    assert not list(empty.home.glob(".restore-*"))


def test_the_warehouse_and_the_key_are_not_in_it(county: Settings) -> None:
    county.secret.write_bytes(b"key")
    with zipfile.ZipFile(back_up(county).path) as packed:
        names = packed.namelist()
    assert not [name for name in names if "processed" in name or "secret" in name]
    assert "data/accounts.sqlite" in names
    assert "data/raw/2023-10-15/县教育局.xlsx" in names


def test_a_file_dated_before_there_were_zips_comes_back_with_its_day(
    county: Settings, empty: Settings
) -> None:
    old = county.raw / "没有日期.xlsx"
    os.utime(old, (0, 0))  # as a camera, or a clock without a battery, dates its files
    restore(empty, back_up(county).path)
    copy = empty.raw / "没有日期.xlsx"
    assert (copy.read_bytes(), copy.stat().st_mtime) == (old.read_bytes(), 0)


def test_a_home_with_data_is_not_written_over(county: Settings) -> None:
    made = back_up(county)
    with pytest.raises(YanpanError, match="已经有数据，没有恢复"):
        restore(county, made.path)


def changed(archive: Path, how: str) -> None:
    with zipfile.ZipFile(archive) as packed:
        content = {name: packed.read(name) for name in packed.namelist()}
    manifest = json.loads(content[MANIFEST])
    if how == "a ledger":
        content["data/raw/2023-10-15/县教育局.xlsx"] += b"x"
    elif how == "one more":
        content["data/raw/x.csv"] = b"x"
    elif how == "one less":
        del content["data/audit.jsonl"]
    elif how == "a way out":
        content["../evil"] = b"x"
        manifest["files"].append({"path": "../evil", "sha256": "0", "mtime": 0})
        content[MANIFEST] = json.dumps(manifest).encode()
    elif how == "another version":
        content[MANIFEST] = json.dumps(manifest | {"format": 0}).encode()
    elif how == "a newer version":
        content[MANIFEST] = json.dumps(manifest | {"format": 99}).encode()
    elif how == "no manifest":
        del content[MANIFEST]
    with zipfile.ZipFile(archive, "w") as packed:
        for name, body in content.items():
            packed.writestr(name, body)


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("a ledger", "县教育局.xlsx 已损坏"),
        ("one more", "和清单不符"),
        ("one less", "和清单不符"),
        ("a way out", "不该有的路径"),
        ("another version", "别的版本"),
        ("a newer version", "由更新版本的研判台写成，请升级后再打开"),
        ("no manifest", "不是本程序的备份"),
    ],
)
def test_a_backup_that_was_changed_is_refused_whole(
    county: Settings, empty: Settings, how: str, said: str
) -> None:
    made = back_up(county)
    changed(made.path, how)
    with pytest.raises(YanpanError, match=said):
        restore(empty, made.path)
    assert list(empty.home.iterdir()) == []


def test_half_a_backup_is_refused(county: Settings, empty: Settings) -> None:
    path = back_up(county).path
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(YanpanError, match="不是完好的备份"):
        restore(empty, path)
    assert list(empty.home.iterdir()) == []


def test_a_log_that_was_tampered_with_is_told_before_it_is_backed_up(county: Settings) -> None:
    text = county.audit_log.read_text(encoding="utf-8")
    county.audit_log.write_text(text.replace("office", "leader"), encoding="utf-8")
    with pytest.raises(YanpanError, match="第 1 行被改动过"):
        back_up(county)


def test_a_full_disk_leaves_no_half_backup(
    county: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*about: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(YanpanError, match="备份没有写成"):
        back_up(county)
    assert list((county.home / "backups").iterdir()) == []


def test_nothing_that_is_there_is_written_over(county: Settings, empty: Settings) -> None:
    made = back_up(county, county.home / "a.zip")
    empty.alert_book.parent.mkdir(parents=True)
    empty.alert_book.write_bytes(b"mine")
    with pytest.raises(YanpanError, match=r"里已经有 data/alerts\.jsonl"):
        restore(empty, made.path)
    assert [path for path in empty.home.rglob("*") if path.is_file()] == [empty.alert_book]
    assert empty.alert_book.read_bytes() == b"mine"


def test_settings_that_are_there_are_kept_aside_each_time(
    county: Settings, empty: Settings
) -> None:
    made = back_up(county, county.home / "a.zip")
    for name in ("yanpan.toml", "yanpan.toml.before"):
        (empty.home / name).write_text(f"# {name}", encoding="utf-8")
    restore(empty, made.path)
    assert "兴县" in (empty.home / "yanpan.toml").read_text(encoding="utf-8")
    kept = [(empty.home / f"yanpan.toml.before{n}").read_text("utf-8") for n in ("", "1")]
    assert kept == ["# yanpan.toml.before", "# yanpan.toml"]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
def test_files_whose_names_are_no_text_are_kept_too(county: Settings, empty: Settings) -> None:
    folder = os.fsencode(county.raw / "2023-10-15")
    header, row = LEDGER
    for number, name in enumerate(("台账.csv".encode("gb18030"), b"\xff.csv", "台账.csv".encode())):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(f"{','.join(header)}\nX{number},{','.join(row[1:])}")
    ingest(county)
    made = back_up(county, county.home / "a.zip")
    restore(empty, made.path)
    ingest(empty)
    numbers = {str(row) for row in tables(empty)["hazard"]}
    assert all(any(f"X{number}" in row for row in numbers) for number in range(3))


def packed_as(archive: Path, files: dict[str, bytes], /, **manifest: object) -> Path:
    """A zip with a manifest that fits it to the byte, as somebody forges it."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        facts = []
        for name, body in files.items():
            packed.writestr(name, body)
            digest = hashlib.sha256(body).hexdigest()
            facts.append({"path": name, "sha256": digest, "mtime": 1e9})
        told = {"format": 1, "at": "2023-11-15T01:30:00", "sealed_by": "", "files": facts}
        packed.writestr(MANIFEST, json.dumps(told | manifest))
    return archive


@pytest.mark.parametrize(
    "name",
    [
        "data/secret.key", "data/seal.key", ".bashrc", ".ssh/authorized_keys", "data/.hidden",
        "data/processed/warehouse.duckdb", "data/inbox/x/draft.json", "backups/x.zip", "x.py",
        "data/evidence/../secret.key", "data/evidence/run.sh", "版式/../x.docx", "C:/x", "/etc/x",
        "data\\raw\\x.csv", "layouts/x.docx", "data/raw/../../x", "data/accounts.sqlite-journal",
    ],
)  # fmt: skip
def test_what_is_no_place_of_a_backup_is_refused(empty: Settings, name: str) -> None:
    forged = packed_as(empty.home / "x.zip", {"data/raw/a.csv": b"1", name: b"x"})
    with pytest.raises(YanpanError, match="里有不该有的路径"):
        restore(empty, forged)
    assert list(empty.home.iterdir()) == [forged]


@pytest.mark.parametrize(
    ("layouts", "name"),
    [("data", "data/secret.docx"), (".", "x.docx"), ("..", "x.docx"), (".ssh", ".ssh/x.docx")],
)
def test_no_setting_of_a_backup_widens_its_places(empty: Settings, layouts: str, name: str) -> None:
    settings = f'layouts = "{layouts}"'.encode()
    forged = packed_as(empty.home / "x.zip", {"yanpan.toml": settings, name: b"x"})
    with pytest.raises(YanpanError, match="里有不该有的路径"):
        restore(empty, forged)


@pytest.mark.parametrize(
    "entry",
    [{}, {"path": "data/raw/a.csv"}, {"path": 1, "sha256": "x", "mtime": 1},
     {"path": "data/raw/a.csv", "sha256": "x", "mtime": "1"},
     {"path": "data/raw/a.csv", "sha256": "x", "mtime": float("nan")},
     {"path": "data/raw/a.csv", "sha256": "x", "mtime": 1e300}, [], "x", None],
    ids=str,
)  # fmt: skip
def test_a_manifest_of_nonsense_is_no_backup(empty: Settings, entry: object) -> None:
    forged = packed_as(empty.home / "x.zip", {"data/raw/a.csv": b"1"}, files=[entry])
    with pytest.raises(YanpanError, match="不是本程序的备份"):
        restore(empty, forged)
    assert list(empty.home.iterdir()) == [forged]


def test_layouts_come_back_and_what_lies_about_does_not(empty: Settings) -> None:
    files = {
        "yanpan.toml": 'layouts = "样子"'.encode(), "样子/督办函.docx": b"PK",
        "样子/说明.txt": b"x", "data/raw/.DS_Store": b"x", "data/raw/2023-10-15/甲/a.csv": b"1",
        "样子/乡镇.geojson": b"{}",
    }  # fmt: skip
    made = restore(empty, packed_as(empty.home / "x.zip", files))
    assert (made.files, made.left_out) == (4, ("样子/说明.txt", "data/raw/.DS_Store"))
    assert (empty.home / "样子" / "督办函.docx").read_bytes() == b"PK"
    kept = {path.name for path in (empty.home / "样子").iterdir()}
    assert kept == {"督办函.docx", "乡镇.geojson"}


@pytest.mark.slow
def test_what_unpacks_to_much_more_than_itself_is_refused_before_it_does(
    empty: Settings,
) -> None:
    forged = packed_as(empty.home / "x.zip", {"data/raw/a.csv": bytes(300 << 20)})
    assert forged.stat().st_size < 1 << 20
    with pytest.raises(YanpanError, match="展开后有 300 MB，是它自己的许多倍"):
        restore(empty, forged)
    assert list(empty.home.iterdir()) == [forged]


def test_files_of_blanks_that_a_unit_may_send_are_restored_where_there_is_room(
    empty: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    blanks = {f"data/raw/2023-10-15/甲/{n:03}_a.csv": b"1" + b" " * (2 << 20) for n in range(5)}
    packed = packed_as(empty.home / "x.zip", blanks)
    monkeypatch.setattr("analysis.backup.reading.FLOOR", 3 << 20)
    assert packed.stat().st_size * 50 < 10 << 20
    monkeypatch.setattr("shutil.disk_usage", lambda path: SimpleNamespace(free=120 << 20))
    with pytest.raises(YanpanError, match="磁盘放不下"):
        restore(empty, packed)
    monkeypatch.setattr("shutil.disk_usage", lambda path: SimpleNamespace(free=1 << 30))
    assert restore(empty, packed).files == 5


def test_what_the_disk_cannot_hold_is_refused_before_it_is_full(
    county: Settings, empty: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = back_up(county)
    monkeypatch.setattr("shutil.disk_usage", lambda path: SimpleNamespace(free=100 << 20))
    with pytest.raises(YanpanError, match="磁盘放不下：展开后有 0 MB，只剩 100 MB"):
        restore(empty, made.path)


def test_a_backup_is_known_by_the_hash_that_was_noted(county: Settings, empty: Settings) -> None:
    made = back_up(county)
    with pytest.raises(YanpanError, match="不是当时的那一份"):
        restore(empty, made.path, "0123456789abcdef")
    assert restore(empty, made.path, made.sealed_by[:16]).sealed_by == made.sealed_by


def test_a_log_that_was_shortened_in_the_backup_is_found(county: Settings, empty: Settings) -> None:
    for number in range(5):
        AuditLog(county.audit_log).add("登录", f"账号{number}")
    with zipfile.ZipFile(back_up(county).path) as packed:
        files = {name: packed.read(name) for name in packed.namelist() if name != MANIFEST}
        seals = json.loads(packed.read(MANIFEST))["seals"]
    files["data/audit.jsonl"] = b"".join(files["data/audit.jsonl"].splitlines(keepends=True)[:2])
    for told in ({"seals": seals}, {}):  # the accounts of the backup remember it too
        forged = packed_as(empty.home / "x.zip", files, **told)
        with pytest.raises(YanpanError, match="备份里的审计日志少了 4 条"):
            restore(empty, forged)


def test_a_home_that_was_restored_seals_its_books_by_a_key_of_its_own(
    county: Settings, empty: Settings
) -> None:
    restore(empty, back_up(county).path)
    assert problems_of_books(empty) == []
    AuditLog(empty.audit_log).add("登录", "office")
    assert problems_of_books(empty) == []
    key = empty.audit_log.with_name("seal.key").read_bytes()
    assert key != county.audit_log.with_name("seal.key").read_bytes()


def test_a_backup_tells_of_a_log_that_was_emptied_with_its_seals(county: Settings) -> None:
    back_up(county)
    for name in ("accounts.sqlite", "seal.key", "audit.jsonl"):
        (county.audit_log.parent / name).unlink()
    for path in (county.warehouse.parent / "publications").glob("*.seal"):
        path.unlink()
    (told,) = problems_of_books(county)
    assert told.startswith("审计日志不见了：封签（")
    assert "备份 yanpan_" in told
    with pytest.raises(YanpanError, match=r"审计日志不见了.*\n没有备份"):
        back_up(county)


def test_each_publication_keeps_the_seals_of_its_day(county: Settings) -> None:
    (beside,) = (county.warehouse.parent / "publications").glob("*.seal")
    (seal,) = [each for each in json.loads(beside.read_text("utf-8")) if "audit" in each["book"]]
    assert seal["lines"] == 1
