"""Who accepted and on which day in one cell: both are read, and what is no signature is not."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from analysis.ingest.files.sheets import Sheet
from analysis.ingest.headers.vocabulary import Vocabulary
from analysis.ingest.pipeline import ingest
from analysis.ingest.tables.layout import recognise
from analysis.ingest.tables.shapes import signed_apart
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse

Write = Callable[..., Path]
HEAD = ["场所名称", "隐患描述", "责任人", "整改状态", "完成日期"]
BOTH = "验收人/验收日期"


def signed(header: str, *cells: str, more: tuple[str, ...] = ()) -> list[tuple[Any, ...]]:
    """What the columns that were added say, by row; nothing where none was."""
    head = [*HEAD, *more, header]
    rows = [["甲宾馆", f"隐患{n}", "李某", "已整改", "10月20日", *("" for _ in more), cell]
            for n, cell in enumerate(cells)]  # fmt: skip
    sheet = Sheet("一", [head, *rows])
    layout = recognise(sheet, Vocabulary())
    assert layout
    wide, _ = signed_apart(sheet, layout, Vocabulary())
    return [tuple(row[len(head) :]) for row in wide.cells[1:]]


@pytest.mark.parametrize(
    ("cell", "who", "day"),
    [
        ("陆某 2023.10.30", "陆某", "2023.10.30"),
        ("陆某，2023年10月30日", "陆某", "2023年10月30日"),
        ("10月30日 陆某", "陆某", "10月30日"),
        ("陆某（10月30日）", "陆某", "10月30日"),
        ("10月30日（陆某）", "陆某", "10月30日"),
        ("10月30日由陆某验收", "陆某", "10月30日"),
        ("陆某，10月30日验收合格", "陆某", "10月30日"),
        ("陆某、韩某 2023-10-30", "陆某、韩某", "2023-10-30"),
        ("验收人：陆某 时间：10月30日", "陆某", "10月30日"),
        ("陆某\n10月30日", "陆某", "10月30日"),
        ("陆某２０２３．１０．３０", "陆某", "2023.10.30"),
        ("陆某", "陆某", ""),  # a day or a person alone is told as in columns of their own
        ("10月30日", "", "10月30日"),
    ],
)
def test_a_cell_says_who_and_when_in_either_order(cell: str, who: str, day: str) -> None:
    assert signed(BOTH, cell) == [(who, day)]


@pytest.mark.parametrize(
    "cell",
    [
        "10月30日验收不合格，陆某",
        "陆某 10月30日退回重改",
        "陆某10月30日、韩某11月2日",  # which of the two
        "待验收",
        "整改中，预计10月30日完成",
        "县林草局 10月30日",  # no person
        "10月底 陆某",
    ],
)
def test_what_is_no_signature_stays_as_it_is(cell: str) -> None:
    assert signed(BOTH, "陆某 10月30日", cell) == [("陆某", "10月30日"), ("", "")]


@pytest.mark.parametrize(
    "header",
    [
        "验收人及验收日期",
        "验收人及日期",
        "验收日期/验收人",
        "验收时间、人员",
        "验收人（日期）",
        "验收（人、日期）",
        "复查人及时间",
        "复核人、复核时间",
        "销号人/销号日期",
        "验收签字及日期",
        "验收人",
        "验收日期",
        "验收情况",
        "复查意见",
        "销号情况",
        "验收",
        "复查验收",
        "验收、销号",
    ],
)
def test_a_header_says_both_or_one_or_neither(header: str) -> None:
    assert signed(header, "陆某 10月30日") == [("陆某", "10月30日")]


@pytest.mark.parametrize(
    ("header", "more"),
    [
        ("验收人", ("验收日期",)),  # the day has a column of its own
        ("验收情况", ("验收人", "验收日期")),
        ("整改责任人及完成日期", ()),
        ("检查人/检查日期", ()),
        ("备注", ()),
    ],
)
def test_a_column_of_something_else_is_left_alone(header: str, more: tuple[str, ...]) -> None:
    assert signed(header, "陆某 10月30日", more=more) == [()]


@pytest.mark.parametrize(
    ("header", "cell", "read"),
    [
        ("验收人", "县林草局", ("县林草局", "")),  # as under the header of a signer alone
        ("验收日期", "10月底", ("", "10月底")),
        ("验收人", "10月30日验收不合格", ("", "")),
    ],
)
def test_what_is_not_torn_apart_is_what_its_header_says(
    header: str, cell: str, read: tuple[str, str]
) -> None:
    both = ("陆某", "10月30日")
    assert signed(header, "陆某 10月30日", "陆某 10月30日", cell) == [both, both, read]


def test_one_cell_that_is_no_signature_takes_no_signer_from_the_others(
    home: Settings, write_sheet: Write
) -> None:
    head = ["场所", "隐患内容", "责任人", "整改状态", "完成日期", "验收人（签字）"]
    cells = ["陆某 10月30日", "韩某 10月30日", "10月30日退回重改"]
    rows = [[f"甲宾馆{n}号楼", "灭火器过期", "李某", "已整改", "10月20日", cell]
            for n, cell in enumerate(cells, start=1)]  # fmt: skip
    write_sheet("2023-11-02/河口镇隐患台账.xlsx", [["河口镇隐患台账"], head, *rows])
    ingest(home)
    with open_warehouse(home.warehouse) as con:
        said = fetch_rows(con, "SELECT accepted_by FROM hazard ORDER BY site")[1]
    assert said == [("陆某",), ("韩某",), (None,)]


def test_who_has_not_been_looked_at_yet_takes_nothing_from_the_others() -> None:
    cells = ("未验收", "陆某 10月30日", "未验收", "未验收")
    assert signed("验收情况", *cells) == [("", ""), ("陆某", "10月30日"), ("", ""), ("", "")]


@pytest.mark.parametrize("cell", ["未验收", "暂未组织验收", "待销号", "/"])
def test_of_what_nobody_has_signed_yet_a_column_tells_nothing(cell: str) -> None:
    """However many rows say so, it stays one of signatures."""
    said = signed("验收", "陆某 2023.10.30验收", cell, cell)
    assert said == [("陆某", "2023.10.30"), ("", ""), ("", "")]


@pytest.mark.parametrize("office", ["县专班办公室", "文旅安全专班", "市专班办"])
def test_the_office_signs_for_its_persons(office: str) -> None:
    assert signed(BOTH, f"{office}/2023.10.30") == [(office, "2023.10.30")]


@pytest.mark.parametrize("cells", [("已销号", "未销号"), ("已销号", "陆某 10月30日", "未整改")])
def test_a_column_of_states_is_none_of_signatures(cells: tuple[str, ...]) -> None:
    assert signed("销号情况", *cells) == [() for _ in cells]


def test_a_column_of_names_is_one_of_names() -> None:
    assert signed("验收人", "陆某", "韩某、陆某") == [(), ()]


def test_an_ordinary_hazard_is_closed_by_it_and_a_major_one_or_by_himself_is_not(
    home: Settings, write_sheet: Write
) -> None:
    head = ["序号", "场所", "隐患内容", "隐患级别", "责任人", "整改期限", "整改状态", "完成日期",
            "验收人/验收日期"]  # fmt: skip
    rows = [
        [n, f"甲宾馆{n}号楼", "灭火器过期", level, "李某", "10月25日", state, "10月20日", cell]
        for n, level, state, cell in (
            (1, "一般", "已整改", "陆某 10月30日"),
            (2, "重大", "已整改", "陆某 10月30日"),
            (3, "一般", "已整改", "李某 10月30日"),
            (4, "一般", "已销号", "陆某"),
            (5, "一般", "已销号", "10月30日"),
            (6, "一般", "已整改", "10月30日陆某验收不合格"),
        )
    ]
    ledger = [["河口镇隐患台账"], ["填报单位：河口镇"], head, *rows]
    write_sheet("2023-11-02/河口镇隐患台账.xlsx", ledger)
    ingest(home)
    with open_warehouse(home.warehouse) as con:
        closed = fetch_rows(
            con, "SELECT site, is_closed FROM items(DATE '2023-11-10') ORDER BY site"
        )[1]
        said = fetch_rows(con, "SELECT accepted_by, accepted_on FROM hazard ORDER BY site")[1]
        told = fetch_rows(con, "SELECT row_no FROM quality WHERE rule = 'unsigned_closure'")[1]
    assert [is_closed for _, is_closed in closed] == [True, False, False, False, False, False]
    day = date(2023, 10, 30)
    assert said == [("陆某", day), ("陆某", day), ("李某", day), ("陆某", None), (None, day),
                    (None, None)]  # fmt: skip
    assert sorted(told) == [(7,), (8,)]
