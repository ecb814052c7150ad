"""``yanpan plan``: any plan beside its reading, without a home, and files that are nobody's yet."""

from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from analysis.cli import app, main
from analysis.errors import YanpanError
from tests.conftest import ROOT

pytestmark = pytest.mark.slow

PLAN = ROOT / "tests/files/模拟数据_对照/夜游整改方案.txt"
HOSTILE = """甲县整改方案
1.问题：通道<script>堵塞\x1b[2J。
整改措施：=1+1，清理通道。
牵头单位：县文旅局
"""
SUMMARY = "甲县上半年工作总结\n1.落实措施：已清理。\n牵头单位：县文旅局\n"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["plan", *map(str, arguments)])


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder that is no home."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_plan_is_told_line_by_line(nowhere: Path) -> None:
    told = run(PLAN).output
    assert "  28 〔措施〕" in told
    assert "牵头单位：县交通运输局（本条括注）" in told
    assert "牵头单位：县消防救援大队（所在问题的标注，第 21 行）" in told
    assert "4 个问题，4 条措施，4 条有期限，没有读懂 6 行" in told
    assert "“3个方面4个问题”，读到 4 个问题，相符" in told
    assert list(nowhere.iterdir()) == []


def test_what_is_no_plan_says_why(nowhere: Path) -> None:
    (nowhere / "总结.txt").write_text(SUMMARY, "utf-8")
    assert "不是方案：标题“甲县上半年工作总结”是总结" in run("总结.txt").output


def test_a_table_of_tasks_is_a_plan(nowhere: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (
        ["甲县文旅安全任务分工表（模拟数据）"],
        ["序号", "整改措施", "责任单位", "责任人", "完成时限"],
        [1, "清理通道", "县文旅局", "某甲", "2024年6月30日"],
    ):  # fmt: skip
        sheet.append(row)
    book.save(nowhere / "分工.xlsx")
    told = run("分工.xlsx").output
    assert "〔表头〕序号" in told
    assert "→  清理通道" in told
    assert "1 条措施，1 条有期限，没有读懂 0 行" in told


def test_a_page_holds_no_tag_of_the_plans_and_needs_no_script(nowhere: Path) -> None:
    (nowhere / "x.txt").write_text(HOSTILE, "utf-8")
    assert run("x.txt", "-o", "x.html").exit_code == 0
    page = (nowhere / "x.html").read_text("utf-8")
    assert "&lt;script&gt;" in page
    assert "<script" not in page
    assert "http" not in page
    assert "\x1b" not in page


def test_a_terminal_is_told_nothing_that_it_would_obey(nowhere: Path) -> None:
    (nowhere / "x.txt").write_text(HOSTILE, "utf-8")
    assert "\x1b" not in run("x.txt").output


def test_a_workbook_and_a_csv_run_no_formula(nowhere: Path) -> None:
    (nowhere / "x.txt").write_text(HOSTILE.replace("整改措施：=", "整改措施：\n="), "utf-8")
    for name in ("x.xlsx", "x.csv"):
        assert run("x.txt", "-o", name).exit_code == 0
    cells = [c for row in openpyxl.load_workbook("x.xlsx").worksheets[0].iter_rows() for c in row]
    assert [c.data_type for c in cells if str(c.value).startswith("=1")] != []
    assert {c.data_type for c in cells if c.value is not None} <= {"s", "n"}
    assert ",'=1+1" in (nowhere / "x.csv").read_text("utf-8-sig")


def test_nothing_is_written_over(nowhere: Path) -> None:
    (nowhere / "x.html").write_text("mine", "utf-8")
    result = run(PLAN, "-o", "x.html")
    assert isinstance(result.exception, YanpanError)
    assert "已经有了" in str(result.exception)
    assert (nowhere / "x.html").read_text("utf-8") == "mine"
    assert run(PLAN, "-o", "x.html", "--force").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(("没有.docx",), "没有 没有.docx 这个文件"), ((PLAN, "-o", "x.docx"), "扩展名应为"),
     ((PLAN, "-o", "no/x.html"), "没有 no 这个目录")],
)  # fmt: skip
def test_what_cannot_be_is_one_line(
    nowhere: Path, arguments: tuple[str | Path, ...], said: str
) -> None:
    result = run(*arguments)
    assert isinstance(result.exception, YanpanError)
    assert said in str(result.exception)


def test_a_file_that_is_none_is_one_line(
    nowhere: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (nowhere / "x.docx").write_bytes(b"PK\x03\x04 broken")
    monkeypatch.setattr("sys.argv", ["yanpan", "plan", "x.docx"])
    with pytest.raises(SystemExit):
        main()
    assert "Traceback" not in capsys.readouterr().err
