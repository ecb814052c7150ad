"""What the office has taught is read; check proposes it; what is wrong is told."""

from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from analysis.cli import app
from analysis.errors import SettingsError, YanpanError
from analysis.ingest.cache import shelf_key
from analysis.ingest.pipeline import ingest, must_be_readable
from analysis.ingest.readings import desk_of
from analysis.intake.teaching import _word, proposals
from analysis.ledgers import LEDGERS
from analysis.settings import LEARNED_NAME, Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse

HEADER = 'hazard.description.headers."查见不符" = { by = "某甲", on = 2023-10-15 }'
WORD = 'hazard.status.words."整好 了" = { value = "done", by = "某甲", on = 2023-10-15 }'
LEDGER = (
    "隐患台账（模拟数据）,,,\n"
    "场所名称,查见不符,隐患部位,整改状态\n"
    "宾馆,灭火器过期,二楼,整好了\n"
    "影院,通道堵塞,大厅,整改中\n"
)


@pytest.fixture
def home(tmp_path: Path) -> Settings:
    folder = tmp_path / "data" / "raw" / "2023-10-15"
    folder.mkdir(parents=True)
    (folder / "隐患.csv").write_text(LEDGER, encoding="utf-8")
    return Settings(home=tmp_path)


def teach(home: Settings, *lines: str) -> None:
    (home.home / LEARNED_NAME).write_text("\n".join(lines), encoding="utf-8")


def rows(home: Settings, sql: str) -> list[tuple[object, ...]]:
    with open_warehouse(home.warehouse) as con:
        return fetch_rows(con, sql)[1]


def test_a_taught_header_and_a_taught_word_are_read(home: Settings) -> None:
    teach(home, HEADER, WORD)
    ingest(home)
    found = rows(home, "SELECT description, status FROM hazard ORDER BY 1")
    assert found == [("灭火器过期", "done"), ("通道堵塞", "in_progress")]


def test_what_was_taught_has_files_read_again(home: Settings) -> None:
    (path,) = home.raw.rglob("*.csv")
    before = shelf_key(path, "0", desk_of(home))
    teach(home, WORD)
    assert shelf_key(path, "0", desk_of(home)) != before


def test_check_proposes_a_line_that_can_be_added_as_it_is(home: Settings) -> None:
    text = LEDGER.replace("查见不符", "隐患描述").replace("隐患部位", "具体部位处")
    next(home.raw.rglob("*.csv")).write_text(text, encoding="utf-8")
    ingest(home)
    with open_warehouse(home.warehouse) as con:
        lines = proposals(con, "某甲", date(2023, 10, 15))
    by = 'by = "某甲", on = 2023-10-15 }'
    assert lines == [
        f'hazard.location.headers."具体部位处" = {{ {by}',
        f'# hazard.status.words."整好了" = {{ value = "{_values()}", {by}',
    ]
    teach(home, lines[0], WORD)
    ingest(home)
    assert rows(home, "SELECT location, status FROM hazard ORDER BY 1") == [
        ("二楼", "done"), ("大厅", "in_progress"),
    ]  # fmt: skip
    with open_warehouse(home.warehouse) as con:
        assert proposals(con, "某甲", date(2023, 10, 15)) == []


def test_what_is_longer_than_a_word_is_no_word_to_teach() -> None:
    status = LEDGERS["hazard"]
    assert [said for _, said, _ in _word(status, "status", "整" * 12)] == ["整" * 12]
    assert [*_word(status, "status", "整" * 13)] == []


def _values() -> str:
    from analysis.ledgers.codes import STATUS

    return "|".join(STATUS.labels)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('hazard.description.headers."甲" = "某甲"', "等号后面应写成 { by ="),
        ('hazard.status.words."甲" = { by = "某甲", on = 2023-10-15 }', "等号后面应写成 { value ="),
        ('hazard.description."甲" = { by = "某甲" }', "应写成 台账.字段.headers"),
        (HEADER.replace("hazard", "hazards"), "hazards 不是台账名称，是不是 hazard？"),
        (HEADER.replace("description", "place"), "learned.toml 的 hazard 中没有字段“place”"),
        (WORD.replace("status", "site"), "中没有可教词语的字段“site”"),
        (WORD.replace('"done"', '"fertig"'), "的“整好 了” = fertig 不行，可填：not_started"),
        (WORD.replace("整好 了", "未整改"), "的“未整改”本来就读作 not_started，不能再教成 done"),
        ("hazard = ", "不合写法"),
    ],
)  # fmt: skip
def test_a_wrong_line_is_told_in_one_line(home: Settings, line: str, told: str) -> None:
    teach(home, line)
    with pytest.raises(YanpanError, match=r"learned\.toml") as error:
        must_be_readable(home)
    assert told in str(error.value)
    assert len(str(error.value).splitlines()) == 1
    answer = CliRunner().invoke(app, ["--home", str(home.home), "config", "check"])
    assert answer.exit_code == 1
    assert told in f"{answer.output}{answer.exception}"


def test_every_wrong_line_is_told(home: Settings) -> None:
    teach(home, 'a.b.headers."x" = 1', 'a.b.words."x" = 1')
    with pytest.raises(SettingsError) as error:
        must_be_readable(home)
    assert len(str(error.value).splitlines()) == 2


def test_a_pattern_must_name_a_ledger(home: Settings) -> None:
    with pytest.raises(SettingsError, match="“暗访”的 hazards 不是台账名称，是不是 hazard？"):
        must_be_readable(home.model_copy(update={"sheets": {"暗访": "hazards"}}))
