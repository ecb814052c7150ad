"""What a report on something else tells of the plan's measures beside it. All 模拟数据."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest

from analysis.settings import Settings
from tests.ingest.plan.tracking.test_progress_by_number import PLAN, STATES, ask

Write = Callable[..., Path]
HAZARDS: list[list[Any]] = [
    ["序号", "地点", "隐患", "级别", "发现时间", "整改时间", "责任人", "完成时间"],
    [1, "渡口", "缆绳磨损", "一般", "2024/4/8", "2024/4/20", "邓某", "未完成"],
]


def known(home: Settings) -> list[Any]:
    return [row for row in ask(home, STATES) if row[1] or row[2]]


@pytest.mark.parametrize(
    ("line", "state"),
    [
        ("方案措施2-1进展：已完成，4月28日检完", ("2-1", "done", date(2024, 4, 28))),
        ("整改方案措施2-1（对索道逐台开展检验）：推进中", ("2-1", "in_progress", None)),
        ("方案中的细化措施2—1目前进展情况：已完成", ("2-1", "done", None)),
        ("整改方案任务（2-1）：已完成", ("2-1", "done", None)),
        ("措施2-1：索道检验台账已建立，共3台，4月28日完成", ("2-1", "done", date(2024, 4, 28))),
        ("三、整改措施2-1：客运索道已逐台检验，4月28日完成。", ("2-1", "done", date(2024, 4, 28))),
        (
            "措施落实：措施2-1（对索道逐台检验）已于4月28日完成，共核查3台",
            ("2-1", "done", date(2024, 4, 28)),
        ),
        (
            "整改方案措施2-1（对索道逐台检验）已于4月28日完成，共核查3台",
            ("2-1", "done", date(2024, 4, 28)),
        ),
        ("措施2-1：客运索道检验正在进行，已检2台", ("2-1", "in_progress", None)),
    ],
)
@pytest.mark.parametrize("is_sheet", [True, False])
def test_a_line_under_a_table_that_names_the_plans_number_tells_of_its_measure(
    home: Settings, write_sheet: Write, is_sheet: bool, line: str, state: tuple[Any, ...]
) -> None:
    write_sheet("2024-04-01/三清单.xlsx", PLAN)
    title = "青山乡4月下半月安全检查情况"
    if is_sheet:
        write_sheet("2024-05-06/青山.xlsx", [[title], *HAZARDS, [], [line], ["填表人：邓某"]])
    else:
        paper = docx.Document()
        paper.add_paragraph(f"{title}报告")
        paper.add_paragraph("我乡4月下半月检查2次，发现隐患1处，整改0处。")
        table = paper.add_table(0, len(HAZARDS[0]))
        for row in HAZARDS:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = str(text)
        paper.add_paragraph(line)
        paper.add_paragraph("青山乡人民政府")
        (home.raw / "2024-05-06").mkdir()
        paper.save(str(home.raw / "2024-05-06" / "青山.docx"))
    assert known(home) == [state]
    assert ask(home, "SELECT site FROM hazard") == [("渡口",)]
    assert ask(home, "SELECT count(DISTINCT item_id) FROM measure") == [(3,)]


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("青山乡4月下半月安全检查情况", "措施2-1：已完成"),  # of whose plan
        ("青山乡4月下半月安全检查情况", "整改方案措施2-1请于5月底前完成"),
        ("青山乡4月下半月安全检查情况", "措施2-1、2-2：客运索道和缆车均已检完"),
        ("青山乡4月下半月安全检查情况", "索道检验台账已建立，措施2-1完成"),
        ("青山乡文旅安全工作安排", "措施2-1：客运索道逐台检验，4月28日完成"),
        ("关于报送进展的通知", "整改方案措施2-1：已完成的请报验收"),
        ("整改工作提示", "整改方案措施2-1：已逾期，抓紧完成"),
    ],
)
def test_other_lines_and_other_papers_tell_of_none(
    home: Settings, write_sheet: Write, title: str, line: str
) -> None:
    write_sheet("2024-04-01/三清单.xlsx", PLAN)
    write_sheet("2024-05-06/青山.xlsx", [[title], *HAZARDS, [], [line]])
    assert known(home) == []


@pytest.mark.parametrize(
    ("lines", "state"),
    [
        (
            ["我局会同县交通局印发了办法，4月28日完成推演，措施2-1于2024年4月28日完成。"],
            ("2-1", "done", date(2024, 4, 28)),
        ),
        (["规程已制定印发，该项已完成。"], ("2-1", "done", None)),
        (["已检2台。", "其余1台正在检验。"], ("2-1", "in_progress", None)),
    ],
)
def test_a_report_on_one_measure_by_its_title_tells_of_it_in_all_sentences(
    home: Settings, write_sheet: Write, lines: list[str], state: tuple[Any, ...]
) -> None:
    write_sheet("2024-04-01/三清单.xlsx", PLAN)
    put(home, "关于措施2-1落实情况的报告", lines)
    assert known(home) == [state]


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于措施2-1、3-2落实情况的报告", ["均已完成。"]),
        ("关于措施2-1落实情况的通报", ["已完成。"]),
        ("关于措施2-1落实情况的报告", ["索道已检完，措施3-2也已完成。"]),
        ("关于措施落实情况的报告", ["索道检验已完成。"]),
    ],
)
def test_a_report_on_several_measures_or_none_tells_of_none_by_its_title(
    home: Settings, write_sheet: Write, title: str, lines: list[str]
) -> None:
    write_sheet("2024-04-01/三清单.xlsx", PLAN)
    put(home, title, lines)
    assert known(home) == []


def put(home: Settings, title: str, lines: list[str]) -> None:
    """Lay a report of a bureau into data/raw."""
    paper = docx.Document()
    for line in [title, "县专班办公室：", *lines, "县市监局", "2024年5月6日"]:
        paper.add_paragraph(line)
    (home.raw / "2024-05-06").mkdir()
    paper.save(str(home.raw / "2024-05-06" / "来件.docx"))


TASKS = ["工作任务", "时限", "进展", "完成时间"]


@pytest.mark.parametrize(
    "title", ["承担的整改方案任务进展", "整改措施推进情况", "三清单任务完成情况表"]
)
def test_a_table_of_tasks_under_such_a_title_names_measures_by_their_words(
    home: Settings, write_sheet: Write, title: str
) -> None:
    """«工作任务» is a column of what a meeting has settled as well."""
    write_sheet("2024-04-01/三清单.xlsx", PLAN)
    row = ["对索道逐台检验", "2024年6月30日", "已完成", "2024年4月29日"]
    write_sheet("2024-05-06/县市监局进展.xlsx", [[title], TASKS, row])
    assert known(home) == [("2-1", "done", date(2024, 4, 29))]
    assert ask(home, "SELECT count(*) FROM decision") == [(0,)]


@pytest.mark.parametrize("title", ["专题会议议定整改任务落实情况", "重点工作任务进展"])
def test_what_a_meeting_has_settled_stays_so(
    home: Settings, write_sheet: Write, title: str
) -> None:
    write_sheet("2024-04-01/三清单.xlsx", PLAN)
    row = ["对索道逐台检验", "2024年6月30日", "已完成", "2024年4月29日"]
    write_sheet("2024-05-06/县市监局进展.xlsx", [[title], TASKS, row])
    assert known(home) == []
