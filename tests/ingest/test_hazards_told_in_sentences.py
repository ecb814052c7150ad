"""What a half-monthly report tells in sentences of hazards that a table has listed. 模拟数据."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest

from analysis.ingest.half_month import told_of_hazards
from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from tests.ingest.answering import ask

Write = Callable[..., Path]
LISTED: list[list[Any]] = [
    ["甲县水务局隐患台账"],
    ["序号", "场所", "隐患内容", "发现日期", "整改期限", "责任人"],
    [1, "东湖码头", "护栏底部锈蚀，3处松动", "2023-10-08", "2023-10-31", "邓某"],
    [2, "东湖码头", "救生圈不足", "2023-10-08", "2023-10-31", "邓某"],
    [3, "西山水库", "溢洪道警示牌缺失", "2023-10-09", "2023-10-31", "邓某"],
]


def put_report(home: Settings, *paragraphs: str, title: str = "") -> None:
    paper = docx.Document()
    paper.add_paragraph(title or "甲县水务局关于2023年10月下半月安全监管工作的半月报")
    paper.add_paragraph("2023年10月16日至10月31日，我局检查5次，发现隐患0处，整改1处。")
    for text in paragraphs:
        paper.add_paragraph(text)
    paper.add_paragraph("甲县水务局")
    paper.add_paragraph("2023年11月1日")
    (home.raw / "2023-11-01").mkdir(parents=True)
    paper.save(str(home.raw / "2023-11-01" / "甲县水务局10月下半月半月报.docx"))


def states(home: Settings, write: Write, *paragraphs: str, title: str = "") -> list[Any]:
    """Site and words, state and day of completion of what is known to be done or begun."""
    write("2023-10-16/甲县水务局隐患台账.xlsx", LISTED)
    put_report(home, *paragraphs, title=title)
    ingest(home)
    assert ask(home, "SELECT count(DISTINCT item_id) FROM hazard") == [(3,)]
    sql = "SELECT description, status, done_on FROM hazard WHERE known_to IS NULL AND status > ''"
    return ask(home, f"{sql} ORDER BY description")


@pytest.mark.parametrize(
    ("text", "state"),
    [
        (
            "二、前期隐患整改。上月发现的东湖码头护栏底部锈蚀3处松动问题，已于10月30日整改完成，待组织验收。",
            ("护栏底部锈蚀，3处松动", "pending_accept", date(2023, 10, 30)),
        ),
        (
            "西山水库溢洪道警示牌缺失隐患，正在整改，牌子已定制。",
            ("溢洪道警示牌缺失", "in_progress", None),
        ),
        (
            "检查发现的西山水库溢洪道警示牌缺失，已于10月28日整改到位。",
            ("溢洪道警示牌缺失", "done", date(2023, 10, 28)),
        ),
    ],
)  # fmt: skip
def test_a_sentence_tells_what_became_of_a_listed_hazard(
    home: Settings, write_sheet: Write, text: str, state: tuple[Any, ...]
) -> None:
    assert states(home, write_sheet, text) == [state]
    assert ask(home, "SELECT unit FROM half_month") == [("甲县水务局",)]


@pytest.mark.parametrize(
    "text",
    [
        "上月发现的南门车站灭火器过期问题，已于10月30日整改完成。",  # nobody has listed it
        "上月发现的东湖码头隐蔽角落问题，已于10月30日整改完成。",  # which of the two
    ],
)
def test_a_sentence_that_means_none_or_several_makes_none_and_is_told(
    home: Settings, write_sheet: Write, text: str
) -> None:
    assert states(home, write_sheet, text) == []
    ((reason,),) = ask(home, "SELECT reason FROM reject")
    assert reason == "正文里说到的这一处隐患，和以前报送的台账对不上，没有计入；请在台账里写明"


def test_a_report_of_nobody_makes_none(home: Settings, write_sheet: Write) -> None:
    write_sheet("2023-10-16/甲县水务局隐患台账.xlsx", LISTED)
    paper = docx.Document()
    for text in (
        "2023年10月下半月安全监管半月报", "发现隐患0处。",
        "上月发现的东湖码头救生圈不足问题，已于10月30日整改完成。",
    ):  # fmt: skip
        paper.add_paragraph(text)
    (home.raw / "2023-11-01").mkdir(parents=True)
    paper.save(str(home.raw / "2023-11-01" / "半月报.docx"))
    ingest(home)
    assert ask(home, "SELECT count(DISTINCT item_id), max(done_on) FROM hazard") == [(3, None)]


def test_only_a_half_months_report_is_read_so(home: Settings, write_sheet: Write) -> None:
    text = "上月发现的东湖码头救生圈不足问题，已于10月30日整改完成。"
    title = "关于东湖码头安全问题的会议纪要"
    assert states(home, write_sheet, text, title=title) == []


@pytest.mark.parametrize(
    "line",
    [
        "对排查出的5处隐患，已整改3处。", "上述问题，已整改完成。",
        "检查中发现的问题，已全部整改到位。",
        "发现的甲宾馆灭火器过期、乙宾馆电线老化等问题，已整改。", "重大隐患，已整改。",
        "发现隐患1处，已整改。", "上月发现的东湖码头救生圈不足问题，已整改，但未整改到位又已整改。",
        "东湖码头救生圈不足问题，要求10月底前整改。",
    ],
)  # fmt: skip
def test_what_is_of_many_or_tells_no_state_is_no_sentence_of_one(line: str) -> None:
    assert told_of_hazards(["半月报", line]) is None


@pytest.mark.parametrize(
    "text", ["另有一处农家乐存在用电隐患，已口头要求整改。", "溢洪道标牌缺失隐患，正在整改。"]
)
def test_a_hazard_that_the_first_line_tells_of_takes_nothing_from_the_report(
    home: Settings, write_sheet: Write, text: str
) -> None:
    """Nor is what a report tells of one hazard the list of its unit, which leaves out others."""
    write_sheet("2023-10-16/甲县水务局隐患台账.xlsx", LISTED)
    paper = docx.Document()
    said = f"10月16日至31日，我局检查5家，新发现隐患0处，整改完成0处。{text}"
    for line in ("甲县水务局2023年10月下半月安全情况", said, "甲县水务局", "2023年11月1日"):
        paper.add_paragraph(line)
    (home.raw / "2023-11-01").mkdir(parents=True)
    paper.save(str(home.raw / "2023-11-01" / "甲县水务局10月下半月情况.docx"))
    ingest(home)
    sql = "SELECT unit, sites_inspected, hazards_found FROM half_month"
    assert ask(home, sql) == [("甲县水务局", 5, 0)]
    assert ask(home, "SELECT count(DISTINCT item_id) FROM hazard") == [(3,)]
    assert ask(home, "SELECT * FROM vanished(DATE '2023-11-20')") == []
