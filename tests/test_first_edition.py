"""The first edition's home lives on: it opens, nothing in it is lost, and its figures come again.

``tests/first_edition/README.md`` says what is in it, and works its figures out in the head.
"""

import hashlib
import json
import shutil
import sqlite3
import tarfile
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from analysis.accounts import Accounts, AuditLog, Role
from analysis.accounts.book import FORMS
from analysis.backup import MANIFEST, back_up, restore
from analysis.errors import YanpanError
from analysis.ingest.doubts.confirmations import CONFIRMATIONS
from analysis.ingest.pipeline import ingest
from analysis.intake.acceptance import acts_on, evidence_path, standing
from analysis.intake.alert_book import DONE, NOTED, RAISED, AlertBook
from analysis.intake.drafts import confirm_draft, find_draft
from analysis.judgement.draw import from_json, verify
from analysis.settings import Settings, load_settings
from analysis.stores import SqliteForms, bring_forward
from analysis.warehouse.client import Warehouse
from analysis.warehouse.counties.exports import read_lists
from analysis.warehouse.counties.parquet import export_parquet
from analysis.warehouse.engine import fetch_rows, open_warehouse
from analysis.warehouse.publications import (
    Kept,
    current,
    find_publication,
    kept_publications,
    macros,
    metric_as_published,
    open_kept,
)
from analysis.warehouse.publish import is_of_this_program
from analysis.warehouse.scope import Scope
from analysis.warehouse.sql_files import get_metric, metrics
from dashboards.app import create_app
from tests.conftest import ROOT
from tests.dashboards.people import Visitor
from tests.test_cli import yanpan

if TYPE_CHECKING:  # a class held in an annotation makes duckdb report leaks when Python ends
    from pandas import DataFrame

pytestmark = pytest.mark.slow

ARCHIVE = ROOT / "tests" / "first_edition" / "home.tar.xz"
PASSWORD = "correct-horse-7"
SCHOOL, HOTEL = "H-县教育局-1", "H-县文化和旅游局-1"
DAY = date(2023, 11, 15)
NEWER = "由更新版本的研判台写成，请升级后再打开。"


def unpacked(folder: Path) -> Settings:
    with tarfile.open(ARCHIVE) as archive:
        archive.extractall(folder, filter="data")
    return load_settings(folder)


@pytest.fixture
def first(tmp_path: Path) -> Settings:
    """The home as the first edition left it."""
    return unpacked(tmp_path)


@pytest.fixture(scope="module")
def today(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The home once this edition has read its ledgers."""
    settings = unpacked(tmp_path_factory.mktemp("today"))
    read_and_agreed(settings)
    return settings


def read_and_agreed(settings: Settings) -> None:
    """Read by this edition, which asks about a completion that was told three years after it: the
    office agrees on the day on which it was told.
    """
    ingest(settings)
    sql = "SELECT doubt_key, known_from FROM doubt WHERE rule = 'redating'"
    with open_warehouse(settings.warehouse) as con:
        _, ((key, day),) = fetch_rows(con, sql)
    with (settings.raw / CONFIRMATIONS).open("a", encoding="utf-8") as file:
        file.write(
            f'\n[[confirmation]]\ndoubt = "{key}"\nanswer = "granted"\nby = "某乙"\non = {day}\n'
            'why = "对照整改资料"\n'
        )
    ingest(settings)


def asked(settings: Settings, name: str, scope: Scope) -> "DataFrame":
    with Warehouse(settings.warehouse) as warehouse:
        return warehouse.metric(name, scope)


def kept(settings: Settings, number: int) -> Kept:
    return find_publication(settings.warehouse, number)


def test_its_settings_are_read(first: Settings) -> None:
    assert (first.region, first.login) == ("某县", True)
    assert first.headers == {"hazard": {"site": ["点位"]}}
    assert first.alerts == {"overdue_15": {"at": 20}}


# The books that people keep.


@pytest.mark.slow
def test_its_accounts_log_in_with_their_passwords(first: Settings) -> None:
    accounts = Accounts(first.accounts)
    found = {a.name: (a.role, a.unit, a.person, a.is_disabled) for a in accounts.everyone()}
    assert found == {
        "office": (Role.OFFICE, "", "周某", False), "second": (Role.OFFICE, "", "吴某", False),
        "leader": (Role.LEADER, "", "郑某", False),
        "education": (Role.UNIT, "县教育局", "张某", False),
        "inspector": (Role.INSPECTOR, "", "赵某", False),
        "retired": (Role.LEADER, "", "王某", True),
    }  # fmt: skip
    for name in set(found) - {"retired"}:
        assert accounts.log_in(name, PASSWORD).name == name
    for name, password in (("retired", PASSWORD), ("office", "correct-horse-8")):
        with pytest.raises(YanpanError, match="账号或密码不对"):
            accounts.log_in(name, password)


def test_its_accounts_can_be_brought_forward(first: Settings) -> None:
    """The next form, whatever it will be, is a step from these rows."""
    before = Accounts(first.accounts).everyone()
    step = ("ALTER TABLE account ADD COLUMN post TEXT NOT NULL DEFAULT ''",)
    with closing(sqlite3.connect(first.accounts)) as con:
        later = SqliteForms(FORMS.label, FORMS.tables, (*FORMS.steps, step))
        bring_forward(con, first.accounts, later)
        assert con.execute("SELECT name, post FROM account ORDER BY name").fetchall() == [
            (account.name, "") for account in before
        ]
    aside = first.accounts.with_name("accounts.sqlite.form1")
    assert Accounts(aside).everyone() == before


def test_its_audit_log_is_whole_and_goes_on(first: Settings) -> None:
    log = AuditLog(first.audit_log)
    before = list(log.lines())
    assert len(before) == 16
    assert [line["event"] for line in before[-3:]] == ["上传", "报送", "上传"]
    log.add("登录", "office")
    *older, new = log.lines()
    assert older == before
    assert (new["event"], new["before"]) == ("登录", before[-1]["hash"])


def test_its_alerts_stand_where_they_stood(first: Settings) -> None:
    book = AlertBook(first.alert_book)
    entries = book.entries()
    assert [(e.number, e.state, e.by, e.remark) for e in entries] == [
        (1, NOTED, "周某", ""), (2, DONE, "周某", "已发督办函"), (3, RAISED, "", ""),
        (4, RAISED, "", ""),
    ]  # fmt: skip
    assert book.raise_new([entry.alert for entry in entries], DAY) == []
    book.mark(3, DONE, "吴某", DAY)
    assert [entry.state for entry in book.entries()] == [NOTED, DONE, DONE, RAISED]


@pytest.mark.slow
def test_what_is_overdue_there_is_no_new_alert_here(today: Settings) -> None:
    answer = yanpan("alerts", "--as-of", str(DAY), home=today.home)
    assert "在列 3 件，新登记 0 件" in answer.stdout  # the second is done


def test_its_acceptances_count(today: Settings) -> None:
    act = standing(today, acts_on(today, SCHOOL))
    assert act
    assert (act.recorded_by, act.accepted_by, act.accepted_on, act.closed_on) == (
        "office", "沈某", "2023-10-25", "2023-10-26",
    )  # fmt: skip
    assert evidence_path(today, act.evidence_sha256)
    assert standing(today, acts_on(today, HOTEL)) is None  # it was withdrawn
    with open_warehouse(today.warehouse) as con:
        states = dict(
            fetch_rows(con, f"SELECT item_id, state FROM items(DATE '{DAY}') WHERE is_done")[1]
        )
    assert (states[SCHOOL], states[HOTEL]) == ("closed", "accepting")


@pytest.mark.slow
def test_an_upload_that_waited_is_confirmed_by_who_sent_it(first: Settings) -> None:
    (draft,) = first.inbox.glob("*/draft.json")
    education = Visitor(create_app(first).server.test_client())
    assert education.log_in("education", PASSWORD).status_code == 302
    check = f"/send/{draft.parent.name}"
    assert "2023-11-11" in education.get(check).get_data(True)
    assert education.post(check, check, do="confirm").headers["Location"] == "/send"
    assert [line["event"] for line in AuditLog(first.audit_log).lines()][16:] == ["登录", "报送"]
    assert list(first.raw.glob("*/县教育局/*_模拟数据_待确认.csv"))


def test_its_draw_is_recomputed(first: Settings) -> None:
    made = from_json((first.home / "抽取结果.json").read_text("utf-8"))
    assert [drawn.name for drawn in made.result] == ["甲校", "乙校"]
    assert verify(made) == []


@pytest.mark.slow
def test_its_export_is_read(first: Settings) -> None:
    answer = yanpan(
        "metric", "overview", "--data", str(first.home / "汇总"), "--as-of", str(DAY),
        "--format", "json",
    )  # fmt: skip
    (row,) = json.loads(answer.stdout)
    assert (row["total"], row["done"], row["overdue"]) == (6, 4, 2)


@pytest.mark.slow
def test_its_backup_comes_back_with_the_same_figures(first: Settings, tmp_path: Path) -> None:
    empty = Settings(home=tmp_path / "empty")
    empty.home.mkdir()
    restore(empty, first.home / "备份.zip")
    restored = load_settings(empty.home)
    read_and_agreed(restored)
    row = asked(restored, "overview", Scope(DAY)).iloc[0]
    assert (row["total"], row["done"], row["closed"], row["overdue"]) == (6, 4, 1, 2)
    assert len(list(AuditLog(restored.audit_log).lines())) == 16
    assert len(Accounts(restored.accounts).everyone()) == 6
    assert back_up(restored).files == 22  # with the answer


# The publications.

#: Publication and day → done, closed, due, on time, overdue of the six items.
SHOWN = {
    (1, date(2023, 10, 15)): (1, 0, 2, 1, 1),
    (2, date(2023, 10, 31)): (3, 0, 3, 2, 0),
    (3, date(2023, 10, 31)): (3, 1, 3, 2, 0),
    (3, DAY): (4, 1, 5, 2, 2),
}


@pytest.mark.parametrize(("number", "day"), SHOWN)
def test_a_publication_gives_the_figures_that_were_shown(
    first: Settings, number: int, day: date
) -> None:
    found = metric_as_published(kept(first, number), "overview", day, {}, 45)
    row = dict(zip(found.columns, found.rows[0], strict=True))
    assert row["total"] == 6
    names = ("done", "closed", "due", "on_time", "overdue")
    assert tuple(row[name] for name in names) == SHOWN[number, day]


@pytest.mark.parametrize(("number", "day"), [(1, date(2023, 10, 15)), (2, date(2023, 10, 31))])
def test_without_a_day_it_is_the_one_that_was_shown_then(
    first: Settings, number: int, day: date
) -> None:
    """Published long after the newest delivery, the page showed the day of that one."""
    found = metric_as_published(kept(first, number), "overview", None, {}, 45)
    assert (found.as_of, found.is_stale) == (day, True)
    sooner = replace(kept(first, number), at=datetime(2023, 11, 20, 9))
    found = metric_as_published(sooner, "overview", None, {}, 45)
    assert (found.as_of, found.is_stale) == (date(2023, 11, 20), False)


def test_a_publication_takes_the_days_that_its_macro_takes(first: Settings) -> None:
    third = kept(first, 3)
    known = {"known_on": date(2023, 10, 31), "since": None}
    then = metric_as_published(third, "overdue", DAY, known, 45)
    assert [row[0] for row in then.rows] == ["D-#82e69f0dd4", "H-县文化和旅游局-2"]
    known = {"known_on": date(2023, 10, 15), "since": None}
    then = metric_as_published(third, "overdue", DAY, known, 45)
    assert len(then.rows) == 4  # nobody had reported anything done, nor moved a deadline
    for since, late in ((date(2023, 11, 10), ["H-县文化和旅游局-2"]), (date(2023, 11, 11), [])):
        found = metric_as_published(third, "since", DAY, {"since": since}, 45)
        assert [row[1] for row in found.rows if row[0] == "overdue"] == late


def test_a_definition_that_has_changed_since_gives_the_figure_of_then(first: Settings) -> None:
    second = kept(first, 2)
    with duckdb.connect(str(second.path)) as con:
        con.execute("CREATE OR REPLACE MACRO overdue(as_of, known_on := NULL) AS TABLE "
                    "SELECT count(*) AS late FROM items(as_of) WHERE due_on <= as_of")  # fmt: skip
        con.execute("COMMENT ON MACRO TABLE overdue IS '逾期。一行：合计。当日到期的也算。'")
    found = metric_as_published(second, "overdue", date(2023, 10, 31), {}, 45)
    assert (found.columns, found.rows) == (["late"], [(4,)])  # those of today's due too
    assert (found.macro.title, found.macro.is_as_today) == ("逾期", False)
    assert metric_as_published(second, "site_responsibility", DAY, {}, 45).macro.is_as_today


@pytest.mark.slow
def test_the_command_lists_publications_and_says_which_it_asked(first: Settings) -> None:
    rows = json.loads(
        yanpan("metric", "--publications", "--format", "json", home=first.home).stdout
    )
    assert [(row["号"], row["最近一次报送"], row["报送批次"], row["现用"]) for row in rows] == [
        (1, "2023-10-15", 7, ""), (2, "2023-10-31", 9, ""), (3, "2026-11-27", 13, "是"),
    ]  # fmt: skip
    said = yanpan("metric", "overview", "--publication", "2", home=first.home)
    assert "截至 2023-10-31    第 2 次发布（2026-11-27 " in said.stdout
    assert "整改完成率" in said.stdout
    assert "50.00%" in said.stdout
    rows = yanpan("metric", "overview", "--publication", "2", "--format", "json", home=first.home)
    assert json.loads(rows.stdout)[0]["completion_rate"] == 0.5
    assert "第 2 次发布" in rows.stderr
    then = yanpan(
        "metric", "site_responsibility", "--publication", "1", "--explain", home=first.home
    )
    assert get_metric("site_responsibility").definition in then.stdout
    listed = yanpan("metric", "--publication", "1", "--format", "json", home=first.home)
    assert {"overview", "overdue", "since"} <= {row["名称"] for row in json.loads(listed.stdout)}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["overdue", "--publication", "7"], "没有保留第 7 次发布；保留着的是第 1、2、3 次。"),
        (["overdu", "--publication", "2"], "第 2 次发布里没有名为 overdu 的指标，是不是 overdue？"),
        (["items", "--publication", "2"], "第 2 次发布里没有名为 items 的指标，"),
        (["overdue", "--publication", "2", "--unit", "县教育局", "--where", "level=重大"],
         "只能照当时的口径整体计算，不能加 --where、--unit；"),
        (["overdue", "--publication", "2", "--by", "region"], "不能加 --by；"),
    ],
)  # fmt: skip
def test_what_a_publication_cannot_answer_is_one_line(
    first: Settings, words: list[str], told: str
) -> None:
    answer = yanpan("metric", *words, home=first.home)
    assert (answer.returncode, answer.stdout, answer.stderr.count("\n")) == (1, "", 1)
    assert told in answer.stderr


def test_where_nothing_was_published_there_is_nothing_to_ask(home: Settings) -> None:
    assert kept_publications(home.warehouse) == []
    with pytest.raises(YanpanError, match="还没有保留的发布，请先运行 yanpan ingest"):
        find_publication(home.warehouse, 1)


@pytest.mark.slow
def test_a_publication_that_does_not_open_says_so_and_the_others_stand(first: Settings) -> None:
    kept(first, 2).path.write_bytes(b"broken" * 1000)
    answer = yanpan("metric", "overview", "--publication", "2", home=first.home)
    assert (answer.returncode, answer.stderr.count("\n")) == (1, 1)
    assert "第 2 次发布（000002_" in answer.stderr
    listed = yanpan("metric", "--publications", "--format", "json", home=first.home)
    assert [row["最近一次报送"] for row in json.loads(listed.stdout)] == [
        "2023-10-15", "读不了", "2026-11-27",
    ]  # fmt: skip


# What this edition makes of the same ledgers.


def test_reading_again_keeps_what_was_published(first: Settings) -> None:
    before = {each.path.name: each.path.read_bytes() for each in kept_publications(first.warehouse)}
    ingest(first)
    after = kept_publications(first.warehouse)
    assert [each.number for each in after] == [1, 2, 3, 4]
    assert current(first.warehouse) == after[3].path
    assert {name: (after[0].path.parent / name).read_bytes() for name in before} == before
    ingest(first)
    assert len(kept_publications(first.warehouse)) == 4  # the same again is no other publication


def macros_of(publication: Kept) -> set[str]:
    with open_kept(publication) as con:
        return set(macros(con))


@pytest.mark.parametrize(
    ("number", "day", "known_on"),
    [(1, date(2023, 10, 15), date(2023, 10, 15)), (2, date(2023, 10, 31), date(2023, 10, 31)),
     (3, DAY, None)],
)  # fmt: skip
@pytest.mark.parametrize("name", [name for name, each in metrics().items() if not each.changes])
def test_this_edition_gives_the_same_figures_where_no_definition_says_otherwise(
    today: Settings, name: str, number: int, day: date, known_on: date | None
) -> None:
    """Columns may come; of those that were there, each value is the one that was shown."""
    if name not in macros_of(kept(today, number)):
        pytest.skip("the first edition had no such metric")
    then = metric_as_published(kept(today, number), name, day, {}, 45)
    with open_warehouse(today.warehouse) as con:
        names = ", ".join(f'"{column}"' for column in then.columns)
        days = "known_on := $known_on" if known_on else "known_on := NULL"
        sql = f"SELECT {names} FROM {name}(DATE '{day}', {days})"
        _, rows = fetch_rows(con, sql, {"known_on": known_on} if known_on else None)
    assert rows == then.rows


@pytest.mark.slow
def test_what_can_be_made_again_is_made_again(first: Settings) -> None:
    """A later edition's cache and warehouse are no hindrance to this one."""
    cache = first.warehouse.with_name("reading.sqlite")
    cache.unlink()
    with closing(sqlite3.connect(cache)) as con:
        con.execute("CREATE TABLE shelf (key TEXT PRIMARY KEY, form INTEGER, body BLOB)")
        con.execute("PRAGMA user_version = 9")
    first.warehouse.write_bytes(b"of a later engine" * 1000)
    read_and_agreed(first)
    assert is_of_this_program(first.warehouse)
    assert asked(first, "overview", Scope(DAY))["done"].tolist() == [4]


# Stores of a form that this program does not know.


def sealed(line: dict[str, Any]) -> str:
    told = json.dumps(line, ensure_ascii=False, sort_keys=True)
    return json.dumps(line | {"hash": hashlib.sha256(told.encode()).hexdigest()}) + "\n"


def newer_accounts(settings: Settings) -> Path:
    with closing(sqlite3.connect(settings.accounts)) as con:
        con.execute("PRAGMA user_version = 9")
    return settings.accounts


def newer_audit_log(settings: Settings) -> Path:
    *_, last = AuditLog(settings.audit_log).lines()
    with settings.audit_log.open("a", encoding="utf-8") as log:
        log.write(sealed({"form": 9, "event": "登录", "before": last["hash"]}))
    return settings.audit_log


def newer_alert_book(settings: Settings) -> Path:
    with settings.alert_book.open("a", encoding="utf-8") as book:
        book.write(json.dumps({"form": 9, "event": "put off", "number": 3}) + "\n")
    return settings.alert_book


def newer_draft(settings: Settings) -> Path:
    (path,) = settings.inbox.glob("*/draft.json")
    return with_form(path, "form", 9)


def newer_list(settings: Settings) -> Path:
    (path,) = (settings.home / "汇总" / "_exports").glob("*.json")
    return with_form(path, "form", 9)


def newer_draw(settings: Settings) -> Path:
    return with_form(settings.home / "抽取结果.json", "method", "yanpan-draw-9")


def newer_backup(settings: Settings) -> Path:
    path, old = settings.home / "备份.zip", settings.home / "old.zip"
    shutil.move(path, old)
    with zipfile.ZipFile(old) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            body = source.read(name)
            if name == MANIFEST:
                body = json.dumps(json.loads(body) | {"format": 9}).encode()
            target.writestr(name, body)
    return path


def with_form(path: Path, name: str, value: object) -> Path:
    told = json.loads(path.read_text("utf-8")) | {name: value}
    path.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    return path


def draft_of(settings: Settings) -> Any:
    (path,) = settings.inbox.glob("*/draft.json")
    return find_draft(settings, path.parent.name, "education")


#: What makes a store a newer one, and all that reads or writes it.
STORES: list[tuple[Callable[[Settings], Path], Callable[[Settings], object]]] = [
    (newer_accounts, lambda s: Accounts(s.accounts).everyone()),
    (newer_accounts, lambda s: Accounts(s.accounts).log_in("office", PASSWORD)),
    (newer_accounts, lambda s: Accounts(s.accounts).add("new", Role.LEADER, PASSWORD)),
    (newer_audit_log, lambda s: list(AuditLog(s.audit_log).lines())),
    (newer_audit_log, lambda s: AuditLog(s.audit_log).add("登录", "office")),
    (newer_audit_log, back_up),
    (newer_alert_book, lambda s: AlertBook(s.alert_book).entries()),
    (newer_alert_book, lambda s: AlertBook(s.alert_book).raise_new([], DAY)),
    (newer_alert_book, lambda s: AlertBook(s.alert_book).mark(3, DONE, "吴某", DAY)),
    (newer_draft, lambda s: confirm_draft(s, draft_of(s))),
    (newer_list, lambda s: read_lists(s.home / "汇总")),
    (newer_draw, lambda s: from_json((s.home / "抽取结果.json").read_text("utf-8"))),
    (newer_backup, lambda s: restore(Settings(home=s.home / "收件"), s.home / "备份.zip")),
]


@pytest.mark.parametrize(("newer", "touch"), STORES)
def test_a_newer_form_is_refused_in_one_line_and_left_as_it_is(
    first: Settings, newer: Callable[[Settings], Path], touch: Callable[[Settings], object]
) -> None:
    path = newer(first)
    before = path.read_bytes()
    with pytest.raises(YanpanError) as told:
        touch(first)
    assert str(told.value).endswith(NEWER)
    assert "\n" not in str(told.value)
    assert path.read_bytes() == before


@pytest.mark.slow
def test_an_export_does_not_take_the_place_of_a_newer_one(today: Settings, tmp_path: Path) -> None:
    target = tmp_path / "汇总"
    export_parquet(today.warehouse, target, "某县", "某县")
    (listed,) = (target / "_exports").glob("*.json")
    before = with_form(listed, "form", 9).read_bytes()
    with pytest.raises(YanpanError, match=NEWER):
        export_parquet(today.warehouse, target, "某县", "某县")
    assert listed.read_bytes() == before
