"""Who may sign is proposed from the plan, and what will no longer be closed is listed before."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from typer.testing import CliRunner

from analysis.cli import app
from analysis.ingest.pipeline import ingest
from analysis.intake.signers import proposed_signers
from analysis.settings import Settings, load_settings
from analysis.warehouse.engine import open_warehouse
from tests.ingest.plan.test_plan import LINES

Write = Callable[..., Path]
#: The plan of its reader's tests, with who leads by it.
LED = ["组长:张某县委常委、副县长", "副组长:李某（副县长）、孙 某"]
PLAN = [line for each in LINES for line in (LED if each.startswith("副组长") else [each])]
HEAD = [
    "隐患编号", "场所名称", "隐患描述", "责任单位", "责任人", "整改期限", "检查日期", "整改状态",
    "完成日期", "验收日期", "验收人", "销号日期",
]  # fmt: skip
ROW = [
    "1", "甲校", "灭火器过期", "县教育局", "王某", "2023-12-20", "2023-09-01", "已销号",
    "2023-10-10", "2023-10-12", "钱某", "2023-10-12",
]  # fmt: skip


def plan_of(home: Settings) -> None:
    path = home.raw / "2023-09-22" / "方案.txt"
    path.parent.mkdir(parents=True)
    path.write_text("\n".join(PLAN), encoding="utf-8")


def test_the_leaders_of_the_plan_are_proposed_and_never_taken(home: Settings) -> None:
    plan_of(home)
    ingest(home)
    assert home.acceptance == {}
    with open_warehouse(home.warehouse) as con:
        assert proposed_signers(con, home)[1:] == [
            "[acceptance]", 'signers = ["张某", "李某", "孙某"]',
        ]  # fmt: skip
        some = home.model_copy(update={"acceptance": {"signers": ["李 某（副组长）"]}})
        assert proposed_signers(con, some)[-1] == 'signers = ["李 某（副组长）", "张某", "孙某"]'
        dated = {"name": "李 某（副组长）", "from": date(2023, 12, 1)}
        some = home.model_copy(update={"acceptance": {"signers": [dated]}})
        assert proposed_signers(con, some)[-1] == (
            'signers = [{name = "李 某（副组长）", from = 2023-12-01}, "张某", "孙某"]'
        )
        everybody = home.model_copy(update={"acceptance": {"signers": ["张某", "李某", "孙某"]}})
        assert proposed_signers(con, everybody) == []
    answer = CliRunner().invoke(app, ["--home", str(home.home), "config", "check"])
    assert 'signers = ["张某", "李某", "孙某"]' in answer.stdout


def test_what_the_next_run_will_not_count_as_closed_is_listed(
    home: Settings, write_sheet: Write
) -> None:
    write_sheet("2023-10-15/县教育局.xlsx", [HEAD, ROW])
    ingest(home)

    def checked() -> str:
        return CliRunner().invoke(app, ["--home", str(home.home), "check"]).stdout

    assert "下次读取起不再算销号" not in checked()
    (home.home / "yanpan.toml").write_text('[acceptance]\nsigners = ["钱某"]\n', encoding="utf-8")
    assert "由台账自报销号的事项 1 条下次读取起不再算销号" in checked()
    assert "H-县教育局-1" in checked()
    ingest(load_settings(home.home))
    assert "下次读取起不再算销号" not in checked()
