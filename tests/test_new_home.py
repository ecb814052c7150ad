"""``yanpan init`` makes a home of an office's own: settings, a page to read, and no ledgers."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from analysis.cli import app
from analysis.errors import YanpanError
from analysis.new_home import README, make_home
from analysis.settings import load_settings
from tests.conftest import ROOT


def init(*words: str) -> str:
    done = CliRunner().invoke(app, ["init", *words])
    if isinstance(done.exception, YanpanError):
        return str(done.exception)
    assert done.exit_code == 0, done.output
    return done.output


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def test_a_new_home_has_folders_settings_a_page_and_no_ledgers(tmp_path: Path) -> None:
    said = init(str(tmp_path / "县"))
    assert names(tmp_path / "县") == {"data", "data/raw", "版式", "yanpan.toml", README}
    assert load_settings(tmp_path / "县").region == "本县"
    assert "下一步：改 yanpan.toml，把台账放进" in said


def test_its_settings_are_the_ones_that_are_documented(tmp_path: Path) -> None:
    make_home(tmp_path)
    documented = (ROOT / "yanpan.toml").read_bytes()
    assert (tmp_path / "yanpan.toml").read_bytes() == documented, "run make docs"


def test_its_page_can_be_read_in_any_notepad_and_names_what_there_is(tmp_path: Path) -> None:
    make_home(tmp_path)
    page = (tmp_path / README).read_bytes()
    assert page.startswith(b"\xef\xbb\xbf")
    assert page.count(b"\n") == page.count(b"\r\n")
    text = page.decode("utf-8-sig")
    for command in ("config check", "ingest", "serve", "check", "report monthly", "backup"):
        assert f"yanpan --home 这个目录 {command}" in text


@pytest.mark.slow
def test_a_demonstration_is_a_home_with_invented_ledgers_alone(tmp_path: Path) -> None:
    assert "个模拟台账到" in init(str(tmp_path / "演示"), "--demo")
    ledgers = [path for path in (tmp_path / "演示/data/raw").rglob("*") if path.is_file()]
    assert len(ledgers) > 100
    assert all("模拟数据" in path.name or path.name == "received.toml" for path in ledgers)


@pytest.mark.parametrize("words", [(), ("--demo",)])
def test_a_home_is_never_made_over(tmp_path: Path, words: tuple[str, ...]) -> None:
    (tmp_path / "data/raw").mkdir(parents=True)
    (tmp_path / "data/raw/隐患台账.xlsx").write_bytes(b"x")
    assert "里已经有数据，没有改动" in init(str(tmp_path), *words)
    assert names(tmp_path) == {"data", "data/raw", "data/raw/隐患台账.xlsx"}


def test_settings_that_are_there_are_left(tmp_path: Path) -> None:
    (tmp_path / "yanpan.toml").write_text('region = "甲县"', encoding="utf-8")
    assert "yanpan.toml 已经有了" in init(str(tmp_path))
    assert names(tmp_path) == {"yanpan.toml"}


def test_a_slip_is_told(tmp_path: Path) -> None:
    assert "这个目录，没有写" in init(str(tmp_path / "没有" / "县"))
    (tmp_path / "县").write_bytes(b"x")
    assert "不是目录" in init(str(tmp_path / "县"))
