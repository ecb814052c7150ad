"""A table of the office's verdicts is a register of acceptances, though its headers say no act."""

import docx
import pytest

from analysis.ingest.files.sheets import Sheet
from analysis.ingest.headers.vocabulary import Vocabulary
from analysis.ingest.pipeline import ingest
from analysis.ingest.tables.verdicts import with_acts_headed
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse

VOCABULARY = Vocabulary()
TITLE = "某县专班验收销号情况（三月）"
HEAD = ["日期", "事项", "单位", "处理意见", "经办"]
ROWS = (
    ["3月8日", "清风旅馆灭火器过期", "县商务局", "现场查看属实，验收通过，销号", "某甲"],
    ["3月9日", "SW-12 白鹭湖栈道护栏松动", "白鹭湖管理处", "仍有晃动，退回重改", "某甲"],
    ["3月9日", "白鹭湖码头灯坏", "白鹭湖管理处", "系误报，同意撤销", "某乙"],
)


def headed(
    head: list[str], title: str = TITLE, rows: tuple[list[str], ...] = ROWS
) -> list[str] | None:
    """The headers as they are then read; None where the table is left as it is."""
    cells = [[title, *[""] * (len(head) - 1)], head, *rows]
    found = with_acts_headed(Sheet("表格1", [[*each] for each in cells]), VOCABULARY)
    return found.cells[1] if found else None


@pytest.mark.parametrize(
    "head",
    [
        HEAD,
        ["时间", "隐患", "责任单位", "意见", "经办人"],
        ["处理日期", "销号事项", "单位", "审核结果", "办理人员"],
        ["日期", "问题隐患", "整改单位", "专班意见", "承办人"],
    ],
)
def test_the_verdicts_and_a_title_of_acceptances_make_a_register(head: list[str]) -> None:
    assert headed(head) == ["验收日期", head[1], head[2], "验收动作", "验收人"]


def test_a_day_and_a_signer_of_the_act_stay_as_they_are() -> None:
    head = ["验收日期", "事项", "单位", "结论", "验收人"]
    assert headed(head) == ["验收日期", "事项", "单位", "验收动作", "验收人"]


def test_a_title_above_the_table_of_a_document_counts() -> None:
    sheet = Sheet("表格1", [HEAD, *map(list, ROWS)], above="三月撤销及验收情况")
    assert with_acts_headed(sheet, VOCABULARY)


@pytest.mark.parametrize("title", ["三月检查情况", "某县验收销号办法", "申请验收的事项", ""])
def test_another_title_makes_none(title: str) -> None:
    assert headed(HEAD, title) is None


def test_what_says_no_act_makes_none() -> None:
    asked = tuple([*row[:3], "请抓紧整改", row[4]] for row in ROWS)
    assert headed(HEAD, rows=asked) is None


@pytest.mark.parametrize(
    "head",
    [
        ["隐患", "单位", "整改期限", "处理意见", "经办"],
        ["隐患", "单位", "发现时间", "处理意见", "经办"],
        ["隐患", "单位", "整改状态", "处理意见", "经办"],
        ["日期", "事项", "单位", "整改情况", "经办"],
        ["日期", "经费", "单位", "处理意见", "经办"],
    ],
)
def test_a_list_of_hazards_or_of_other_things_stays_one(head: list[str]) -> None:
    assert headed(head) is None


@pytest.mark.parametrize(
    ("title", "ledgers"),
    [
        ("专班办公室验收及撤销情况（2024年3月上半月）", ["acceptance"]),
        ("某县商务局隐患整改工作情况（2024年3月上半月）", ["half_month"]),
    ],
)
def test_what_was_accepted_in_a_half_month_is_no_report_on_one(
    home: Settings, title: str, ledgers: list[str]
) -> None:
    paper = docx.Document()
    paper.add_paragraph(title)
    if ledgers == ["acceptance"]:
        table = paper.add_table(0, len(HEAD))
        for row in (HEAD, *ROWS):
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    paper.add_paragraph("2024年3月15日")
    (home.raw / "2024-03-15").mkdir(parents=True)
    paper.save(str(home.raw / "2024-03-15" / "情况.docx"))
    ingest(home)
    with open_warehouse(home.warehouse) as con:
        assert [name for (name,) in fetch_rows(con, "SELECT ledger FROM submission")[1]] == ledgers
