"""复函 on 延期: which deadlines move by a letter of the office's, and what moves none."""

from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from tests.ingest.letters.conftest import (
    LEDGER,
    OFFICE,
    Send,
    as_before,
    asked,
    hazard,
    state_of,
    told,
)

TITLE = "关于县少年宫隐患延期整改的复函"
DOOR, BOX = "舞蹈室疏散门", "配电箱"
CONSENT = "同意县少年宫三楼舞蹈室疏散门上锁隐患整改期限延至2023年11月20日。"


@pytest.mark.parametrize(
    "body",
    [
        CONSENT,
        "经研究，同意县少年宫舞蹈室疏散门隐患整改期限由2023年10月31日延至2023年11月20日，其间停止使用。",
        "你局关于县少年宫三楼疏散门上锁隐患延期的来文收悉。同意该隐患整改期限延长至11月20日。",
        "县少年宫三楼舞蹈室的门须定制，情况属实。准予整改时限顺延至2023年11月20日。",
        "你局申请收悉，同意县少年宫“三楼舞蹈室疏散门上锁”整改期限调整为2023年11月20日。",
        CONSENT.replace("。", "（不同意延至2023年12月31日），其间停止使用。"),
        CONSENT.replace("。", "，不同意延至2023年12月31日。"),
        "不同意延期至2023年12月31日，同意县少年宫三楼舞蹈室疏散门上锁隐患延期至2023年11月20日。",
        "不予延期三个月，县少年宫三楼舞蹈室疏散门上锁隐患整改期限调整为2023年11月20日。",
    ],
)
def test_a_letter_that_grants_moves_the_deadline_of_the_hazard_that_it_names(
    county: Settings, send: Send, body: str
) -> None:
    send(TITLE, body)
    assert state_of(county, DOOR) == ("2023-11-20", "open", "沙湾县教育局")
    assert state_of(county, BOX) == ("2023-10-31", "overdue", "沙湾县教育局")
    assert told(county) == []


def test_it_counts_from_the_day_of_receipt_and_first_deadlines_stay(
    county: Settings, send: Send
) -> None:
    send(TITLE, CONSENT)
    sql = (
        "SELECT known_from, due_on, extended_due_on FROM hazard "
        "WHERE description LIKE '%舞蹈室%' ORDER BY known_from"
    )
    rows = [tuple(str(cell) for cell in row) for row in asked(county, sql)]
    assert rows == [
        ("2023-10-15", "2023-10-31", "None"),
        ("2023-10-24", "2023-10-31", "2023-11-20"),
    ]


def test_it_stands_though_the_ledger_goes_on_with_the_old_day(
    county: Settings, send: Send, write_sheet: Callable[..., Path]
) -> None:
    row = hazard("县少年宫", "三楼舞蹈室疏散门上锁，钥匙在门卫", "县教育局")
    write_sheet("2023-11-01/隐患台账.xlsx", [["沙湾县隐患整改台账"], LEDGER, row])
    send(TITLE, CONSENT)
    assert state_of(county, DOOR)[:2] == ("2023-11-20", "open")


def test_of_two_hazards_of_a_site_the_old_deadline_alone_tells_none(
    county: Settings, send: Send
) -> None:
    send(TITLE, "你局请示收悉。同意整改期限由2023年10月31日延至2023年11月20日。")
    assert as_before(county)
    (message,) = told(county)
    assert "有 2 条事项说得通" in message
    assert "验收动作“同意延期”、延期至“2023-11-20”" in message


def test_of_one_hazard_of_a_site_the_old_deadline_is_enough(county: Settings, send: Send) -> None:
    body = "你局请示收悉。同意整改期限由2023年10月31日延至2023年11月20日。"
    send("关于柳泉水库观景台重大隐患延期的复函", body, to="沙湾县水利局")
    assert state_of(county, "护栏立柱")[0] == "2023-11-20"
    assert state_of(county, "泄洪警报器")[0] == "2023-10-31"


@pytest.mark.parametrize(
    ("body", "to"),
    [
        ("同意县少年宫隐患整改期限延至2023年11月20日。", "沙湾县教育局"),
        ("同意县文化馆舞台幕布未阻燃隐患整改期限延至2023年11月20日。", "沙湾县教育局"),
        ("同意县少年宫四楼舞蹈室疏散门上锁隐患整改期限延至2023年11月20日。", "沙湾县教育局"),
        (CONSENT.replace("延至", "由2023年10月15日延至"), "沙湾县教育局"),
        (CONSENT, "沙湾县水利局"),
        ("同意县少年宫重大隐患“三楼舞蹈室疏散门上锁”整改期限延至2023年11月20日。", "沙湾县教育局"),
    ],
    ids=[
        "site alone",
        "no such site",
        "other floor",
        "other deadline",
        "other unit",
        "other level",
    ],
)
def test_where_the_hazard_is_not_sure_nothing_moves_and_one_line_says_what_to_enter(
    county: Settings, send: Send, body: str, to: str
) -> None:
    send("关于隐患延期整改的复函", body, to=to)
    assert as_before(county)
    (message,) = told(county)
    assert "没有生效" in message
    assert "验收销号登记里补登：事项编号、验收动作“同意延期”、延期至“2023-11-20”" in message


@pytest.mark.parametrize(
    "body",
    [
        CONSENT.replace("同意", "拟同意"),
        CONSENT.replace("同意", "原则同意"),
        "若专家论证通过，同意县少年宫三楼舞蹈室疏散门上锁隐患整改期限延至2023年11月20日。",
        "此前已同意县少年宫三楼舞蹈室疏散门上锁隐患延期至2023年11月20日。",
        "同意县少年宫三楼舞蹈室疏散门、配电箱两项隐患整改期限延至2023年11月20日。",
        "同意县少年宫三楼舞蹈室疏散门、配电箱隐患整改期限分别延至2023年11月20日、2023年11月30日。",
        "同意县少年宫三楼舞蹈室疏散门上锁隐患延期整改。",
        "县少年宫三楼舞蹈室疏散门上锁隐患不同意延至2023年12月31日，可延至2023年11月20日。",
        CONSENT.replace("同意", "拟同意").replace("。", "（不同意延至2023年12月31日）。"),
    ],
    ids=[
        "meant",
        "in principle",
        "if",
        "before",
        "two items",
        "two days",
        "no day",
        "less without consent",
        "less, meant",
    ],
)
def test_what_is_not_said_plainly_is_told(county: Settings, send: Send, body: str) -> None:
    send(TITLE, body)
    assert as_before(county)
    (message,) = told(county)
    assert "没有生效" in message


@pytest.mark.parametrize(
    "body",
    [
        "确不能按期完成的，应书面报专班办公室，经同意后按新期限计算。",
        "10月下半月半月报截止日逢休息日，顺延至11月3日。",
        "请于2023年11月20日前完成整改并报送结果。",
    ],
)
def test_what_is_no_decision_on_an_item_is_none(county: Settings, send: Send, body: str) -> None:
    send("关于做好隐患整改工作的通知", body, to="各成员单位")
    assert as_before(county)
    assert told(county) == []


def test_a_letter_that_decides_on_several_takes_each_by_its_own_words(
    county: Settings, send: Send
) -> None:
    send(
        "关于县少年宫隐患延期整改的复函",
        "一、同意县少年宫三楼舞蹈室疏散门上锁隐患整改期限延至2023年11月20日。",
        "二、同意县少年宫配电箱箱体未接地隐患整改期限延至2023年11月10日。",
    )
    assert state_of(county, DOOR)[0] == "2023-11-20"
    assert state_of(county, BOX)[0] == "2023-11-10"


@pytest.mark.parametrize(
    "body",
    [
        "县少年宫三楼舞蹈室仍在上课，不同意疏散门隐患延期，按原期限2023年10月31日计算。",
        "不同意县少年宫三楼舞蹈室疏散门上锁隐患延至2023年11月30日，仍按2023年10月31日执行。",
    ],
)
def test_a_refusal_takes_back_the_later_day_that_the_unit_wrote(
    county: Settings, send: Send, write_sheet: Callable[..., Path], body: str
) -> None:
    row = hazard("县少年宫", "三楼舞蹈室疏散门上锁", "县教育局", due="2023-11-30")
    write_sheet("2023-10-20/隐患台账.xlsx", [["沙湾县隐患整改台账"], LEDGER, row])
    send(TITLE, body)
    assert state_of(county, DOOR)[:2] == ("2023-10-31", "overdue")
    assert told(county) == []


PAPERS = [
    ("关于县少年宫隐患延期整改的请示", {"by": "沙湾县教育局", "to": OFFICE}),
    ("关于县少年宫隐患延期整改的请示", {}),
    (TITLE, {"by": "沙湾县教育局"}),
    (TITLE, {"by": "柳泉乡文化旅游安全专班办公室"}),
    (TITLE, {"by": "沙湾县应急管理局"}),
    (f"{TITLE}（征求意见稿）", {}),
    (TITLE, {"on": "2023年  月  日"}),
    (TITLE, {"path": "2023-10-24/复函（代拟稿）.txt"}),
    (TITLE, {"path": "2023-10-24/沙湾县教育局/001_复函.txt"}),
    (f"转发{TITLE}", {}),
    (TITLE, {"behind": "沙湾县教育局\n2023年10月25日"}),
]


@pytest.mark.parametrize(("title", "how"), PAPERS)
def test_nothing_moves_by_a_unit_s_word_a_draft_or_a_copy(
    county: Settings, send: Send, title: str, how: dict[str, str]
) -> None:
    send(title, CONSENT, **how)
    assert as_before(county)
    (message,) = told(county)
    assert "延期整改" in message


def test_a_copy_in_an_annex_moves_nothing(county: Settings, send: Send) -> None:
    send(
        "关于报送整改情况的函",
        "现报送整改情况。",
        by="沙湾县教育局",
        behind=f"附件：\n{TITLE}\n{CONSENT}",
    )
    assert as_before(county)


def test_measures_are_meant_by_their_number(county: Settings, send: Send) -> None:
    plan = [
        "沙湾县整改方案",
        "一、主要问题：责任不落实",
        "（一）表现形式：一、制度不健全",
        "1.整改措施：健全制度",
        "细化措施1-1：印发值班制度。责任单位：县教育局，完成时限：2023年10月31日",
        "细化措施1-2：开展应急演练。责任单位：县教育局，完成时限：2023年10月31日",
    ]
    (county.raw / "2023-10-01" / "方案.txt").write_text("\n".join(plan), encoding="utf-8")
    ingest(county)
    measures = "SELECT sub_no, CAST(due_on AS VARCHAR) FROM items(DATE '2023-11-05') JOIN "
    measures += "(SELECT DISTINCT item_id, sub_no FROM measure) USING (item_id) ORDER BY sub_no"
    assert asked(county, measures) == [("1-1", "2023-10-31"), ("1-2", "2023-10-31")]
    send(
        "关于措施1-2延期的复函",
        "你局来文收悉，同意措施1-2（开展应急演练）完成时限延至2023年12月15日。",
    )
    assert asked(county, measures) == [("1-1", "2023-10-31"), ("1-2", "2023-12-15")]
