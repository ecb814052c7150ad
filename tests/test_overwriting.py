"""The user's files are the user's: every command that writes, twice, over what somebody edited."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from analysis import demo
from analysis.briefing.figures import Figures
from analysis.cli import app
from analysis.errors import YanpanError
from analysis.ingest.pipeline import ingest
from analysis.overwriting import must_be_free, whole_file, with_suffix
from analysis.reports import document, package, slides, workbook
from analysis.settings import Settings
from tests.dashboards.people import write
from tests.reports.first_months import LEDGERS_ALONE

EDITED = b"what a person wrote"
Command = Callable[..., str]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose ledgers were read once, to be copied."""
    made = Settings(home=tmp_path_factory.mktemp("office"))
    for name in ("隐患", "场所", "检查"):
        write(made.raw / "2023-10-15" / f"{name}.xlsx", LEDGERS_ALONE[name])
    ingest(made)
    return made.home


@pytest.fixture
def office(published: Path, tmp_path: Path) -> Settings:
    shutil.copytree(published, tmp_path, dirs_exist_ok=True)
    return Settings(home=tmp_path)


@pytest.fixture
def run(office: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Run a command in an empty folder: what it printed, or why it refused."""
    (tmp_path / "desk").mkdir()
    monkeypatch.chdir(tmp_path / "desk")

    def command(*words: str) -> str:
        answer = CliRunner().invoke(app, ["--home", str(office.home), *words])
        if isinstance(answer.exception, YanpanError):
            assert "\n" not in str(answer.exception)
            return str(answer.exception)
        assert answer.exit_code == 0, answer.output
        return "done"

    return command


DRAW = ("draw", "--seed", "公开", "--count", "1", "--again", "--as-of", "2023-11-15")
#: Command → the files that it writes; the demonstration writes many.
WRITES = {
    ("template", "hazard"): ["隐患台账.xlsx"],
    ("template", "hazard", "-o", "甲局.xlsx"): ["甲局.xlsx"],
    DRAW: ["抽取结果_2023-11-15.xlsx", "抽取结果_2023-11-15.json"],
    (*DRAW, "-o", "抽取"): ["抽取.xlsx", "抽取.json"],
    ("backup", "--out", "备份.zip"): ["备份.zip"],
    ("check", "-o", "质量.xlsx"): ["质量.xlsx"],
    ("demo", "--out", "演示", "--until", "2023-03-01"): [],
}


@pytest.mark.slow
@pytest.mark.parametrize("words", WRITES, ids=lambda words: " ".join(words[:3]))
def test_a_command_writes_once_and_then_only_by_force(
    run: Command, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    # What is in the hundred files of the demonstration is not asked here.
    monkeypatch.setattr(demo, "write_page", lambda page, path: path.write_bytes(b"a page"))
    assert run(*words) == "done"
    written = sorted(path for path in Path().rglob("*") if path.is_file())
    assert set(map(Path, WRITES[words])) <= set(written)
    for edited in written[:2]:
        for path in written:
            path.unlink(missing_ok=True)
        edited.parent.mkdir(parents=True, exist_ok=True)
        edited.write_bytes(EDITED)
        refused = run(*words)
        assert str(edited) in refused
        assert "--force" in refused
        assert edited.read_bytes() == EDITED
        assert [path for path in Path().rglob("*") if path.is_file()] == [edited]
    assert run(*words, "--force") == "done"
    assert sorted(path for path in Path().rglob("*") if path.is_file()) == written
    assert all(path.read_bytes() != EDITED for path in written)


#: Command → its option for a place, and whether that is a folder.
PLACES = {
    ("template", "hazard", "-o"): ".xlsx", ("check", "-o"): ".xlsx", (*DRAW, "-o"): ".xlsx",
    ("backup", "--out"): ".zip", ("demo", "--out"): "", ("export", "parquet", "--out"): "",
    ("report", "monthly", "--images", "none", "--out"): "",
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("words", PLACES, ids=lambda words: " ".join((words[0], words[-1])))
def test_a_place_that_is_a_slip_is_refused_in_one_line(
    run: Command, words: tuple[str, ...]
) -> None:
    wrong = "材料.docx"
    said = "扩展名应为" if PLACES[words] else "这里要写目录，请去掉 .docx"
    assert said in run(*words, wrong)
    assert "没有 没有的 这个目录" in run(*words, f"没有的/名{PLACES[words]}")
    Path("文件").write_bytes(EDITED)
    assert "不是目录" in run(*words, f"文件/名{PLACES[words]}")
    assert [path.name for path in Path().iterdir()] == ["文件"]


@pytest.mark.slow
def test_a_report_without_a_name_goes_into_a_folder_of_its_own(
    run: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Where they go is asked, not what they say.
    made: list[Figures] = []
    gathered = package._gathered
    monkeypatch.setattr(
        package, "_gathered", lambda *of: made[0] if made else made.append(gathered(*of)) or made[0]
    )
    monkeypatch.setattr(document, "write_document", lambda *_: b"report")
    monkeypatch.setattr(slides, "write_slides", lambda *_: b"deck")
    monkeypatch.setattr(workbook, "write_workbook", lambda _, path: path.write_bytes(b"annex"))
    words = ("report", "monthly", "--as-of", "2023-11-15", "--images", "none")
    assert (run(*words), run(*words)) == ("done", "done")
    first, second = Path("会议材料_2023-11-15"), Path("会议材料_2023-11-15_2")
    assert {path.name for path in first.iterdir()} == {path.name for path in second.iterdir()}
    edited = first / "形势研判报告.docx"
    edited.write_bytes(EDITED)
    assert run(*words) == "done"
    assert edited.read_bytes() == EDITED
    assert Path("会议材料_2023-11-15_3").is_dir()
    assert "--force" in run(*words, "--out", str(first))


@pytest.mark.slow
@pytest.mark.parametrize("force", [(), ("--force",)])
def test_invented_ledgers_never_come_among_others(run: Command, force: tuple[str, ...]) -> None:
    real = Path("台账") / "2023-10-15" / "县教育局.xlsx"
    real.parent.mkdir(parents=True)
    real.write_bytes(EDITED)
    (Path("台账") / "received.toml").write_bytes(b"")
    refused = run("demo", "--out", "台账", "--until", "2023-03-01", *force)
    assert "里有别的台账（2023-10-15/县教育局.xlsx），没有写" in refused
    assert len(list(Path("台账").rglob("*"))) == 3


@pytest.mark.slow
def test_a_record_of_a_draw_is_not_its_table(run: Command) -> None:
    assert "扩展名应为 .xlsx" in run(*DRAW, "-o", "抽取.json")
    assert list(Path().iterdir()) == []


@pytest.mark.slow
def test_a_record_that_is_a_link_does_not_change_what_it_points_at(run: Command) -> None:
    Path("公布.json").write_bytes(EDITED)
    Path("抽取.json").symlink_to("公布.json")
    assert "--force" in run(*DRAW, "-o", "抽取.xlsx")
    assert run(*DRAW, "-o", "抽取.xlsx", "--force") == "done"
    assert Path("公布.json").read_bytes() == EDITED
    assert json.loads(Path("抽取.json").read_text(encoding="utf-8"))["seed"] == "公开"


@pytest.mark.slow
def test_the_quality_report_is_renewed_each_day_and_kept_where_somebody_wrote_into_it(
    run: Command, office: Settings
) -> None:
    report = office.warehouse.with_name("质量报告.xlsx")
    assert (run("check"), run("check")) == ("done", "done")
    assert list(report.parent.glob("质量报告*")) == [report]
    report.write_bytes(EDITED)
    os.utime(report, (0, 0))
    assert run("check") == "done"
    (kept,) = {*report.parent.glob("质量报告*")} - {report}
    assert kept.read_bytes() == EDITED
    assert report.read_bytes() != EDITED


def test_a_folder_in_the_way_is_no_file_to_replace(tmp_path: Path) -> None:
    (tmp_path / "报告.docx").mkdir()
    for force in (False, True):
        with pytest.raises(YanpanError, match=r"报告\.docx 是目录"):
            must_be_free([tmp_path / "报告.docx"], force)


def test_a_file_where_the_folder_would_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "督办函").write_bytes(b"")
    with pytest.raises(YanpanError, match="督办函 不是目录"):
        must_be_free([tmp_path / "督办函" / "a.docx"], force=True)


def test_a_link_to_nothing_is_in_the_way_too(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").symlink_to(tmp_path / "nothing")
    with pytest.raises(YanpanError, match=r"a\.xlsx 已经有了"):
        must_be_free([tmp_path / "a.xlsx"])
    must_be_free([tmp_path / "a.xlsx"], force=True)
    must_be_free([tmp_path / "b.xlsx"])


def test_many_files_in_the_way_are_counted(tmp_path: Path) -> None:
    paths = [tmp_path / f"{n}.docx" for n in range(5)]
    for path in paths:
        path.touch()
    with pytest.raises(YanpanError, match=r"2\.docx等 5 个 已经有了"):
        must_be_free(paths)


@pytest.mark.parametrize(
    ("said", "meant"), [("a", "a.xlsx"), ("a.xlsx", "a.xlsx"), ("A.XLSX", "A.XLSX")]
)
def test_an_ending_is_added_where_there_is_none(said: str, meant: str) -> None:
    assert with_suffix(Path(said), ".xlsx") == Path(meant)


def test_what_the_system_does_not_take_is_one_line_and_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(EDITED)
    for where, why in ((path, "No space left"), (tmp_path / ("长" * 300), "too long")):
        with pytest.raises(YanpanError, match="写不了") as told:
            _write_half(where)
        assert why in str(told.value)
        assert "\n" not in str(told.value)
        assert list(tmp_path.iterdir()) == [path]
    assert path.read_bytes() == EDITED


def _write_half(path: Path) -> None:
    with whole_file(path) as part:
        part.write_bytes(b"half")
        raise OSError(28, "No space left on device")


def test_a_folder_is_no_name_of_a_file(tmp_path: Path) -> None:
    with pytest.raises(YanpanError, match="是目录，没有写；请写明文件名"):
        with_suffix(tmp_path, ".zip")  # else the backup would lie beside the disk, not on it
