"""A paper on both halves of a month is a report on each, where it says what is of which."""

from datetime import date

import docx
import pytest

from analysis.ingest.half_month import each_half, read_report
from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from tests.ingest.answering import ask

KNOWN = date(2023, 12, 4)
TITLE = "甲镇11月份（上、下半月）安全情况报告"
ONE_LINE = [
    "上半月（11月1日—15日）：检查2家，未发现隐患。下半月（11月16日—30日）：检查3家，发现隐患1处。"
]
TWO_LINES = ["上半月：检查2家，未发现隐患。", "下半月：检查3家，发现隐患1处。"]
HEADED = [
    "一、上半月情况", "检查2家，未发现隐患。", "二、下半月情况", "检查3家，发现隐患1处。",
]  # fmt: skip


def figures(title: str, body: list[str]) -> list[tuple[date | None, int, int]]:
    found = []
    for _, lines in each_half([title, *body, "甲镇人民政府", "2023年12月4日"]):
        report = read_report(lines, KNOWN)
        assert report is not None
        taken = report.figures.taken
        found.append((report.start, taken["sites_inspected"].value, taken["hazards_found"].value))
    return found


@pytest.mark.parametrize("body", [ONE_LINE, TWO_LINES, HEADED], ids=["line", "lines", "headings"])
@pytest.mark.parametrize(
    "title",
    [
        TITLE, "甲镇2023年11月上半月、下半月安全情况报告", "甲镇11月上、下半月半月报",
        "甲镇11月上半月和下半月工作情况",
    ],
)  # fmt: skip
def test_each_half_has_its_own_figures(title: str, body: list[str]) -> None:
    assert figures(title, body) == [(date(2023, 11, 1), 2, 0), (date(2023, 11, 16), 3, 1)]


@pytest.mark.parametrize(
    ("title", "body"),
    [
        (TITLE, ["本月检查5家，发现隐患1处。"]),  # of which half nobody knows
        (TITLE, ["下半月：检查5家，发现隐患1处。"]),
        ("甲镇11月上半月安全情况报告", ["检查2家。下半月：继续检查。上半月：平稳。"]),
    ],
)
def test_any_other_paper_is_left_as_it_is(title: str, body: list[str]) -> None:
    assert each_half([title, *body]) == [(1, [title, *body])]


def test_both_are_reported_on_the_day_of_the_paper(home: Settings) -> None:
    paper = docx.Document()
    for line in (TITLE, *ONE_LINE, "甲镇人民政府", "2023年12月4日"):
        paper.add_paragraph(line)
    (home.raw / "2023-12-04").mkdir(parents=True)
    paper.save(str(home.raw / "2023-12-04" / "甲镇情况.docx"))
    ingest(home)
    sql = "SELECT unit, period_start, reported_on, sites_inspected FROM half_month ORDER BY 2"
    assert ask(home, sql) == [
        ("甲镇", date(2023, 11, 1), KNOWN, 2),
        ("甲镇", date(2023, 11, 16), KNOWN, 3),
    ]
