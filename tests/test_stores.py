"""A store says its form: an older one is brought forward whole, a newer one is left as it is."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from analysis.errors import YanpanError
from analysis.stores import SqliteForms, bring_forward

TABLES = ("CREATE TABLE pet (name TEXT, kind TEXT NOT NULL DEFAULT '')",)
#: Form 1 had no kind, form 2 called it sort.
FORMS = SqliteForms(
    "登记册", TABLES,
    (
        ("ALTER TABLE pet ADD COLUMN sort TEXT NOT NULL DEFAULT ''",
         "UPDATE pet SET sort = '猫' WHERE name = '甲'"),
        ("ALTER TABLE pet RENAME COLUMN sort TO kind",),
    ),
)  # fmt: skip


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """What the first edition left: a table, and no number."""
    path = tmp_path / "pets.sqlite"
    made(path, "CREATE TABLE pet (name TEXT)", "INSERT INTO pet VALUES ('甲'), ('乙')")
    return path


def made(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as con, con:
        for statement in statements:
            con.execute(statement)


def opened(path: Path, forms: SqliteForms = FORMS) -> tuple[int, list[tuple[str, ...]]]:
    """The number and the rows of a store, once it was brought forward."""
    with closing(sqlite3.connect(path)) as con:
        bring_forward(con, path, forms)
    return found(path)


def found(path: Path) -> tuple[int, list[tuple[str, ...]]]:
    with closing(sqlite3.connect(path)) as con:
        ((form,),) = con.execute("PRAGMA user_version").fetchall()
        return form, con.execute("SELECT * FROM pet ORDER BY rowid").fetchall()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_store_is_made_of_the_newest_form(tmp_path: Path) -> None:
    assert opened(tmp_path / "pets.sqlite") == (3, [])
    assert names(tmp_path) == ["pets.sqlite"]


def test_an_older_one_goes_through_every_step_and_is_kept_aside(first: Path) -> None:
    assert opened(first) == (3, [("甲", "猫"), ("乙", "")])
    assert names(first.parent) == ["pets.sqlite", "pets.sqlite.form1"]
    aside = first.with_name("pets.sqlite.form1")
    assert found(aside) == (0, [("甲",), ("乙",)])
    assert aside.stat().st_mode & 0o077 == 0
    assert opened(first) == (3, [("甲", "猫"), ("乙", "")])
    assert names(first.parent) == ["pets.sqlite", "pets.sqlite.form1"]


def test_one_of_the_second_form_takes_the_last_step_alone(first: Path) -> None:
    made(first, "ALTER TABLE pet ADD COLUMN sort TEXT DEFAULT '狗'", "PRAGMA user_version = 2")
    assert opened(first) == (3, [("甲", "狗"), ("乙", "狗")])
    assert names(first.parent) == ["pets.sqlite", "pets.sqlite.form2"]


def test_what_was_kept_aside_before_is_never_written_over(first: Path) -> None:
    first.with_name("pets.sqlite.form1").write_bytes(b"mine")
    opened(first)
    assert names(first.parent) == ["pets.sqlite", "pets.sqlite.form1", "pets.sqlite.form1_1"]
    assert first.with_name("pets.sqlite.form1").read_bytes() == b"mine"


def test_one_of_this_form_is_not_touched(first: Path) -> None:
    before = first.read_bytes()
    assert opened(first, SqliteForms("登记册", TABLES)) == (0, [("甲",), ("乙",)])
    assert first.read_bytes() == before
    assert names(first.parent) == ["pets.sqlite"]


@pytest.mark.parametrize("wrong", [("ALTER TABLE cat ADD COLUMN x TEXT",), ("no SQL",)])
def test_a_step_that_fails_leaves_the_store_as_it_was(first: Path, wrong: Sequence[str]) -> None:
    before = found(first)
    with pytest.raises(YanpanError, match=r"登记册 pets\.sqlite 没有写成，原来的没有改动"):
        opened(first, SqliteForms("登记册", TABLES, (*FORMS.steps, wrong)))
    assert found(first) == before


def test_a_newer_one_is_refused_and_left_alone(first: Path) -> None:
    made(first, "PRAGMA user_version = 4")
    before = first.read_bytes()
    with pytest.raises(YanpanError) as told:
        opened(first)
    assert str(told.value) == "登记册 pets.sqlite 由更新版本的研判台写成，请升级后再打开。"
    assert first.read_bytes() == before
    assert names(first.parent) == ["pets.sqlite"]
