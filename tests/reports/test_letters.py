"""The 督办函 says what the figures say, in the official form, and any ledger's words as text."""

import io
from datetime import date

import docx
import pandas as pd
import pytest
from docx.oxml.ns import qn
from docx.shared import Pt

from analysis.errors import QueryError
from analysis.ingest.pipeline import ingest
from analysis.judgement.alerts import RULES, Alert
from analysis.reports.letters import Sender, body, noticed_words, rows, supervision_letter
from analysis.reports.package import unit_letter
from analysis.settings import Settings
from analysis.warehouse.client import Warehouse
from analysis.warehouse.scope import Scope
from tests.tables import drawn_items

SENDER = Sender("县专班办公室", reply_days=5)
LATE = drawn_items(
    """
    item_id title      person level due_on days_late sheet row_no
    1       灭火器过期 赵某   一般  10-16  30        台账  4
    2       通道堵塞   -      重大  11-05  10        台账  7
    """
)
NONE = LATE.head(0)


def said(overdue: pd.DataFrame, unlisted: pd.DataFrame = NONE, noticed: str = "") -> str:
    day = date(2023, 11, 15)
    return "\n".join(text for _, text in body(overdue, unlisted, day, SENDER, (), noticed))


def test_the_letter_counts_what_is_late_and_asks_for_an_answer_within_days() -> None:
    text = said(LATE)
    assert "有2项逾期未完成，其中重大隐患1条，最长逾期30天（见附件）" in text
    assert "附件中没有写明责任人是谁（只写职务、单位的也算）的1项，请逐项明确到人" in text
    assert "请于11月20日前将整改情况书面报送县专班办公室" in text
    assert "挂牌" not in text


def test_nothing_is_said_that_the_figures_do_not_say() -> None:
    text = said(LATE.head(1))
    assert "有1项逾期未完成，最长逾期30天" in text
    assert "重大隐患" not in text
    assert "责任人" not in text
    assert "应当挂牌督办而没有挂牌的1条（已列入附件）" in said(LATE, LATE.tail(1))
    assert "应当挂牌督办而没有挂牌的2条（均已列入附件）" in said(LATE, LATE)
    assert "应当挂牌督办而没有挂牌的2条（其中1条已列入附件），没有列入的是“通道堵塞”。" in said(
        LATE.head(1), LATE
    )
    assert "应当挂牌督办而没有挂牌的2条：“灭火器过期”、“通道堵塞”。" in said(NONE, LATE)


def test_a_post_names_nobody_in_the_letter_as_in_the_report() -> None:
    late = LATE.assign(person=["局长", "分管领导"])
    assert "责任人是谁（只写职务、单位的也算）的2项" in said(late)
    assert "责任人是谁" not in said(late.assign(person=["赵某", "局长钱某"]))


def test_a_unit_is_written_to_for_what_else_stands_on_that_step() -> None:
    rules = [RULES["duty_short"], RULES["major_unfiled"]]
    others = [
        Alert(rule.name, rule.name, rule.step, rule.title, "甲局", said_so, rule.act, rule.clause)
        for rule, said_so in zip(rules, ("5-1 每月学习：10 月缺 1", "灭火器过期：还没有立案"),
                                 strict=True)
    ]  # fmt: skip
    text = "\n".join(text for _, text in body(NONE, NONE, date(2023, 11, 15), SENDER, others))
    assert "你单位没有逾期未完成的整改事项。定量履职不足：5-1 每月学习：10 月缺 1。" in text
    assert "未销号的重大隐患满3天未立案：灭火器过期：还没有立案。" in text
    assert (
        "1．定量履职不足的，补足并说明原因。\n2．没有立案的重大隐患，抓紧立案查处，不予立案的书面说明理由。\n3．整改完成的"
        in text
    )
    assert "逾期原因" not in text
    content = supervision_letter(
        "甲局", NONE, NONE, date(2023, 11, 15), SENDER, "数据截至某日", None, others
    )
    document = docx.Document(io.BytesIO(content))
    assert not document.tables
    assert not any("清单" in paragraph.text for paragraph in document.paragraphs)


def test_what_is_told_of_first_stands_apart_from_what_is_demanded() -> None:
    """逾期不满15天的先通报：不列入附件，不要求说明."""
    noticed = noticed_words(LATE.tail(1), 15)
    assert noticed == "1项逾期不满15天，先通报，请一并抓紧"
    both = said(LATE.head(1), NONE, noticed)
    assert (
        "有1项逾期未完成，最长逾期30天（见附件）。另有1项逾期不满15天，先通报，请一并抓紧。" in both
    )
    alone = said(NONE, NONE, noticed)
    assert "你单位有1项逾期不满15天，先通报，请一并抓紧。" in alone
    assert "查明逾期原因" not in alone
    assert noticed_words(NONE, 15) == ""


def test_the_annex_of_a_letter_is_what_is_late_enough_for_one(home: Settings) -> None:
    head = "隐患编号,隐患描述,责任单位,责任人,发现日期,整改期限,完成日期,隐患等级\n"
    long = "H-1,灭火器过期,{0},赵某,2023-10-01,2023-10-16,,一般\n"
    short = "H-2,通道堵塞,{0},赵某,2023-10-01,2023-11-05,,一般\n"
    for unit, lines in (("县教育局", long + short), ("县水利局", short)):
        text = head + lines.format(unit)
        (home.raw / f"模拟数据_隐患台账_{unit}.csv").write_text(text, encoding="utf-8")
    ingest(home)
    scope = Scope(date(2023, 11, 15))
    with Warehouse(home.warehouse) as warehouse:
        letter = docx.Document(io.BytesIO(unit_letter(warehouse, home, scope, "县教育局")))
        with pytest.raises(QueryError, match="县水利局有1项逾期不满15天，先通报，不用督办函"):
            unit_letter(warehouse, home, scope, "县水利局")
    assert [row.cells[1].text for row in letter.tables[0].rows] == ["事项", "灭火器过期"]
    assert any("另有1项逾期不满15天" in paragraph.text for paragraph in letter.paragraphs)


def test_what_the_meeting_is_asked_no_letter_and_no_measure_has_done_already() -> None:
    """会上议“是否”的，措施和函里只能写“提请”."""
    asked = {"overdue_30": "约谈", "major_unlisted": "挂牌督办", "report_late": "通报"}
    for rule, what in asked.items():
        assert f"提请{what}" in RULES[rule].act
    letter = said(LATE, LATE.tail(1))
    assert "请报送材料，按程序提请挂牌督办" in letter
    assert "约谈" not in letter
    assert "通报" not in letter


def test_what_is_told_as_shut_bears_its_mark_in_the_annex() -> None:
    late = LATE.assign(suspension=["claimed", None])
    assert [row[1] for row in rows(late)] == ["灭火器过期（报停业待核实）", "通道堵塞"]


def test_the_letter_has_the_official_form() -> None:
    content = supervision_letter("甲局", LATE, NONE, date(2023, 11, 15), SENDER, "数据截至某日")
    document = docx.Document(io.BytesIO(content))
    section = document.sections[0]
    margins = [section.top_margin, section.bottom_margin, section.left_margin, section.right_margin]
    assert [round(each.mm) for each in margins if each] == [37, 35, 28, 26]
    sides = [section.page_width, section.page_height]
    assert [round(each.mm) for each in sides if each] == [210, 297]
    style = document.styles["公文正文"]
    assert style.font.size == Pt(16)
    assert style.paragraph_format.line_spacing == Pt(28)
    assert style.element.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋_GB2312"
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "甲局：" in text
    assert "〔2023〕" in text
    assert "数据截至某日" in text
    table = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert table[1] == [
        "1", "灭火器过期", "隐患", "赵某", "2023-10-16", "30", "a 台账 第4行"
    ]  # fmt: skip
    assert table[2][3] == "未明确"
    assert table[2][2] == "隐患（重大）"  # the one that the letter counts
    # who signs has a line of the text above him on his page
    tied = [p.text for p in document.paragraphs if p.paragraph_format.keep_with_next]
    assert tied[-4].startswith("请于11月20日前")
    assert document.styles["公文落款"].paragraph_format.keep_with_next


def test_a_sheet_that_has_the_name_of_its_file_is_named_once() -> None:
    of_csv = LATE.head(1).assign(path="raw/隐患台账.csv", sheet="隐患台账")
    assert rows(of_csv)[0][-1] == "隐患台账 第4行"


def test_a_ledger_that_came_again_is_told_by_its_day() -> None:
    again = LATE.head(1).assign(path="2023-11-01/隐患台账.csv", sheet="隐患台账")
    assert rows(again)[0][-1] == "隐患台账 第4行（2023-11-01 收到）"


def test_words_that_no_file_can_hold_do_not_break_the_letter() -> None:
    nasty = LATE.assign(title=["<w:p>\x00\x0b&", "=1+1" + "长" * 5000])
    content = supervision_letter("甲局\x01", nasty, NONE, date(2023, 11, 15), SENDER, "")
    table = docx.Document(io.BytesIO(content)).tables[0]
    assert table.rows[1].cells[1].text == "<w:p>&"


def test_nobody_is_asked_to_answer_on_a_day_of_rest() -> None:
    week_end = {date(2023, 11, 18), date(2023, 11, 19)}
    sender = Sender("县专班办公室", reply_days=3, is_rest_day=week_end.__contains__)
    assert sender.reply_by(date(2023, 11, 14)) == date(2023, 11, 17)
    assert sender.reply_by(date(2023, 11, 15)) == date(2023, 11, 20)
