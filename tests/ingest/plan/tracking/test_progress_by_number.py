"""Short reports of progress name measures by the plan's numbers. All 模拟数据."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest

from analysis.ingest.pipeline import ingest
from analysis.ingest.plan.progress import is_progress_report
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse

Write = Callable[..., Path]
Row = list[Any]
PLAN = [
    ["乙县文旅安全整改三清单（模拟数据）"],
    ["编号", "主要问题", "整改措施", "细化措施", "牵头单位", "责任人", "完成时限"],
    ["1-1", "责任不清", "压实责任", "制定值班制度并上墙公示", "县文旅局", "某甲", "2024-04-30"],
    ["1-2", "责任不清", "压实责任", "逐家签订承诺书", "县文旅局", "某甲", "2024-05-31"],
    ["2-1", "排查不细", "全面排查", "对索道逐台开展检验", "县市监局", "某乙", "2024-06-30"],
]
#: What is known of each measure at last: its number, how it stands, since when it is done.
STATES = "SELECT sub_no, status, done_on FROM measure WHERE known_to IS NULL ORDER BY sub_no"
TOLD = "SELECT rows_loaded, rows_ignored, rows_rejected FROM submission WHERE path LIKE '%进展%'"


def ask(home: Settings, sql: str) -> list[tuple[Any, ...]]:
    ingest(home)
    with open_warehouse(home.warehouse) as con:
        return fetch_rows(con, sql)[1]


def put_document(home: Settings, lines: Sequence[str], rows: Sequence[Sequence[str]] = ()) -> None:
    """A paper of paragraphs with a table behind them."""
    paper = docx.Document()
    for line in lines:
        paper.add_paragraph(line)
    table = paper.add_table(0, 3)
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    (home.raw / "2024-05-06").mkdir(parents=True)
    paper.save(str(home.raw / "2024-05-06" / "县市监局进展.docx"))


def states(home: Settings, write: Write, rows: list[Row], name: str = "县市监局进展") -> list[Any]:
    write("2024-04-01/三清单.xlsx", PLAN)
    write(f"2024-05-06/{name}.xlsx", rows)
    return [row for row in ask(home, STATES) if row[1] or row[2]]


@pytest.mark.parametrize(
    ("rows", "known"),
    [
        (  # one row of one cell beside its number
            [
                ["县市监局整改措施进展表"],
                ["措施编号", "状态", "完成时间"],
                ["2-1", "推进中", ""],
                [],
                ["填报日期：2024年5月6日", "", ""],
            ],
            [("2-1", "in_progress", None)],
        ),
        (
            [
                ["整改措施落实情况"],
                ["序号", "本期进展", "完成日期", "备注"],
                ["1-1", "已完成", "2024.4.20", ""],
                ["1-2", "已签40家，正在推进", "", "缺6家"],
            ],
            [("1-1", "done", date(2024, 4, 20)), ("1-2", "in_progress", None)],
        ),
        (
            [["措施", "完成情况"], ["（2－1）", "整改中"]],
            [("2-1", "in_progress", None)],
        ),
        (  # the number says which, whatever a column calls it
            [["三清单进展"], ["编号", "任务名称", "进度"], ["1.1", "值班", "已完成"]],
            [("1-1", "done", None)],
        ),
        (
            [["措施", "状态"], ["2-1 对索道逐台检验", "推进中"], ["1-1、制定值班制度", "已完成"]],
            [("1-1", "done", None), ("2-1", "in_progress", None)],
        ),
        (  # a total is no measure
            [
                ["整改措施进展"],
                ["措施编号", "状态", ""],
                ["第1-1项", "已完成", ""],
                ["合计", "完成1项", ""],
            ],
            [("1-1", "done", None)],
        ),
        (
            [["文旅场所安全隐患整改任务进展"], ["编号", "状态"], ["1-1", "已完成"]],
            [("1-1", "done", None)],
        ),
    ],
)
def test_a_table_of_numbers_and_states_tells_of_the_plans_measures(
    home: Settings, write_sheet: Write, rows: list[Row], known: list[Any]
) -> None:
    assert states(home, write_sheet, rows) == known


def test_the_words_of_a_measure_stay_those_of_the_plan(home: Settings, write_sheet: Write) -> None:
    write_sheet("2024-04-01/三清单.xlsx", PLAN)
    rows = [["整改措施进展"], ["措施编号", "状态"], ["2-1", "推进中"], ["1-2", ""]]
    write_sheet("2024-05-06/县市监局进展.xlsx", rows)
    latest = "SELECT sub_measure, unit, due_on FROM measure WHERE sub_no = '2-1' AND {}"
    before, now = (
        ask(home, latest.format(when)) for when in ("known_to IS NOT NULL", "known_to IS NULL")
    )
    assert before == now == [("对索道逐台开展检验", "县市监局", date(2024, 6, 30))]
    # title, header and a number of which nothing is said
    assert ask(home, TOLD) == [(1, 3, 0)]


def test_a_row_of_several_measures_is_told_and_not_read(home: Settings, write_sheet: Write) -> None:
    rows = [["整改措施进展"], ["措施编号", "状态"], ["2-1", "推进中"], ["1-1、1-2", "已完成"]]
    assert states(home, write_sheet, rows) == [("2-1", "in_progress", None)]
    assert ask(home, "SELECT row_no, value FROM quality WHERE rule = 'row_in_doubt'") == [
        (4, "1-1、1-2")
    ]
    assert ask(home, "SELECT count(DISTINCT item_id) FROM measure") == [(3,)]


def test_a_number_that_the_plan_has_not_is_told(home: Settings, write_sheet: Write) -> None:
    rows = [["整改措施进展"], ["措施编号", "状态"], ["2-7", "推进中"], ["2-1", "推进中"]]
    assert len(states(home, write_sheet, rows)) == 2
    assert ask(home, "SELECT row_no, value FROM quality WHERE rule = 'row_in_doubt'") == [
        (3, "2-7")
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [["隐患整改措施进展"], ["编号", "状态", "完成时间"], ["2-1", "已整改", "2024-05-01"]],
        [["隐患编号", "状态", "完成时间"], ["2-1", "已整改", "2024-05-01"]],
        [["专题会议措施落实情况"], ["编号", "状态", "完成时间"], ["2-1", "已完成", "2024-05-01"]],
        [["整改措施进展"], ["序号", "状态", "完成时间"], ["1", "已完成", "2024.5.1"]],
        [["小区消防整改任务进展"], ["楼号", "状态", "完成时间"], ["2-1", "已完成", "2024.5.1"]],
        [
            ["整改措施进展"],
            ["编号", "金额", "状态"],
            ["2-1", "3万", "已支付"],
            ["某甲", "", "已付"],
        ],
    ],
)
def test_numbers_of_anything_else_tell_of_no_measure(
    home: Settings, write_sheet: Write, rows: list[Row]
) -> None:
    assert states(home, write_sheet, rows) == []


def test_a_row_of_the_words_of_rules_makes_no_report_a_paper_of_rules(
    home: Settings, write_sheet: Write
) -> None:
    write_sheet("2024-04-01/三清单.xlsx", PLAN)
    rows = [
        ("措施编号", "措施内容（摘要）", "进展情况"),
        ("1-1", "制定值班制度", "已完成，4月20日印发值班制度"),
        ("2-1", "对索道逐台检验", "推进中，参照应急预案"),
    ]
    put_document(home, ["乙县市场监督管理局整改措施进展情况", "截至2024年5月6日，进展如下："], rows)
    assert [row for row in ask(home, STATES) if row[1]] == [
        ("1-1", "done", date(2024, 4, 20)), ("2-1", "in_progress", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("paragraphs", "known"),
    [
        (
            ["2-1 对索道逐台开展检验：已检3台，共7台。"],
            [("2-1", "in_progress", None)],
        ),
        (
            ["（1-1）制定值班制度：已完成，完成日期2024年4月20日。", "措施1-2：长期坚持。"],
            [("1-1", "done", date(2024, 4, 20)), ("1-2", "ongoing", None)],
        ),
        (
            [
                "一、已完成的",
                "1.1-1号措施",
                "完成情况：已完成。",
                "二、下一步打算",
                "2-1：继续推进",
            ],
            [("1-1", "done", None)],
        ),
        (  # where numbers are set apart, others run into their words
            ["1-1 制定值班制度：推进中", "1-2楼正在张贴。", "3-5名队员继续值守。"],
            [("1-1", "in_progress", None)],
        ),
        (
            ["1-1制定值班制度：推进中", "1-2签订承诺书：已完成"],
            [("1-1", "in_progress", None), ("1-2", "done", None)],
        ),
        (  # a draft is not the thing, and neither is the half of it
            ["1-1 制定值班制度：已完成初稿，正在征求意见", "1-2 县文旅局：已印发，签字待组织"],
            [],
        ),
    ],
)
def test_paragraphs_of_a_report_that_begin_with_numbers_tell_of_measures(
    home: Settings, write_sheet: Write, paragraphs: list[str], known: list[Any]
) -> None:
    write_sheet("2024-04-01/三清单.xlsx", PLAN)
    head = ["整改措施进展情况", "截至2024年5月5日，我单位进展如下（模拟数据）："]
    put_document(home, [*head, *paragraphs, "乙县市场监督管理局", "2024年5月6日"])
    assert [row for row in ask(home, STATES) if row[1]] == known
    sent = "SELECT unit_written, period_on, is_simulated FROM submission WHERE path LIKE '%进展%'"
    assert ask(home, sent) == [("乙县市场监督管理局", date(2024, 5, 5), True)]
    assert ask(home, "SELECT count(DISTINCT sub_no) FROM measure") == [(3,)]


@pytest.mark.parametrize(
    "title",
    [
        ["整改措施进展情况"],
        ["乙县市监局三清单落实情况的报告"],
        ["乙县市场监督管理局", "关于整改措施推进情况的汇报"],
        ["整改任务进展情况说明（5月）"],
        ["文旅安全隐患整改任务清单办理情况"],
    ],
)
def test_the_title_says_that_a_paper_reports_on_measures(title: list[str]) -> None:
    assert is_progress_report([*title, "2-1：推进中"])


@pytest.mark.parametrize(
    "title",
    [
        ["关于报送整改措施进展情况的通知"],
        ["关于报送整改措施进展情况", "的通知"],
        ["5月上半月整改措施进展情况半月报"],
        ["整改措施落实情况专题会议纪要"],
        ["关于整改措施进展情况的提醒函"],
        ["整改工作方案"],
        ["隐患整改进展情况"],
        ["隐患整改措施落实情况"],
        ["整改措施进展情况", "各乡镇："],
    ],
)
def test_other_papers_with_such_paragraphs_tell_of_no_measure(
    home: Settings, write_sheet: Write, title: list[str]
) -> None:
    write_sheet("2024-04-01/三清单.xlsx", PLAN)
    put_document(home, [*title, "2-1 对索道逐台开展检验：已完成。", "乙县市场监督管理局"])
    assert [row for row in ask(home, STATES) if row[1]] == []


def test_a_paragraph_of_several_measures_is_told_and_not_read(
    home: Settings, write_sheet: Write
) -> None:
    write_sheet("2024-04-01/三清单.xlsx", PLAN)
    put_document(home, ["整改措施进展情况", "2-1：推进中", "1-1、1-2已完成"])
    assert [row for row in ask(home, STATES) if row[1]] == [("2-1", "in_progress", None)]
    told = ask(home, "SELECT row_no, value FROM quality WHERE rule = 'row_in_doubt'")
    assert told == [(3, "1-1、1-2已完成")]


def test_a_number_that_a_spreadsheet_has_made_a_day_is_the_number(
    home: Settings, write_sheet: Write
) -> None:
    rows: list[Row] = [
        ["整改措施进展"],
        ["措施编号", "状态", "完成时间"],
        [date(2024, 1, 1), "已完成", date(2024, 4, 20)],  # 1-1 as it was typed
        [date(2024, 2, 1), "推进中", None],
    ]
    done = ("1-1", "done", date(2024, 4, 20))
    assert states(home, write_sheet, rows) == [done, ("2-1", "in_progress", None)]


def test_a_report_that_all_is_done_tells_of_the_measures_that_it_numbers(
    home: Settings, write_sheet: Write
) -> None:
    write_sheet("2024-04-01/三清单.xlsx", PLAN)
    rows = [("措施编号", "措施内容", "完成情况"), ("1-1", "制定值班制度", "已完成")]
    put_document(home, ["整改措施完成情况的报告"], rows)
    assert [row for row in ask(home, STATES) if row[1]] == [("1-1", "done", None)]


#: Its second measure goes on with 2: the plan's numbers run through.
RUNNING = [
    PLAN[0], PLAN[1],
    ["1-1", "责任不清", "压实责任", "制定值班制度并上墙公示", "县文旅局", "某甲", "2024-04-30"],
    ["2-2", "排查不细", "全面排查", "对索道逐台开展检验", "县市监局", "某乙", "2024-06-30"],
    ["2-3", "排查不细", "全面排查", "对站房排查消防隐患", "县消防大队", "某丙", "2024-06-30"],
]  # fmt: skip


@pytest.mark.parametrize(
    ("title", "told", "known"),
    [
        ("索道检验进展", "措施2：已检3台，正在检验其余4台。", [("2-2", "in_progress", None)]),
        ("整改措施落实情况", "措施二（对索道逐台检验）：已完成", [("2-2", "done", None)]),
        (
            "关于开展检验的情况报告",
            "根据方案第二项措施，我局于4月29日完成索道检验，该项措施已完成。",
            [("2-2", "done", date(2024, 4, 29))],
        ),
        # the third measure is another unit's, and there is no seventh
        ("索道检验进展", "措施3：已完成。", []),
        ("索道检验进展", "措施7：已完成。", []),
        # no paper on the plan
        ("隐患整改进展情况", "措施2：已完成。", []),
        ("关于报送进展情况的通知", "措施2：已完成。", []),
    ],
)
def test_a_number_that_runs_through_the_plan_is_the_units_own_measure(
    home: Settings, write_sheet: Write, title: str, told: str, known: list[Any]
) -> None:
    write_sheet("2024-04-01/三清单.xlsx", RUNNING)
    put_document(home, [title, told, "乙县市监局  某乙", "2024年5月6日"])
    assert [row for row in ask(home, STATES) if row[1]] == known
    assert ask(home, "SELECT count(DISTINCT item_id) FROM measure") == [(3,)]


def test_where_each_measure_begins_with_one_a_bare_number_is_nobodys_and_told(
    home: Settings, write_sheet: Write
) -> None:
    write_sheet("2024-04-01/三清单.xlsx", PLAN)
    put_document(home, ["索道检验进展", "措施2：已完成。", "乙县市监局"])
    assert [row for row in ask(home, STATES) if row[1]] == []
    assert ask(home, "SELECT row_no, reason FROM reject") == [
        (2, "只有编号，方案里没有对得上的措施；请写措施原文，或写成方案里的编号")
    ]
