"""How soon a measure says that it is done, and periods from the day of a paper. 模拟数据."""

from datetime import date

import pytest

from analysis.ingest.cells.deadlines import Clause, parse_clause
from analysis.ingest.measures.days import kind_of, own_day

ISSUED = date(2023, 4, 20)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("立行立改，疏通北侧排水沟，5月6日前恢复排水。", "立行立改"),
        ("立即更换3具失效灭火器，5月6日前更换到位。", "立行立改"),
        ("立即启动招标，5月6日前完成建设。", "限期整改"),  # only the beginning is at once
        ("疏通排水沟，5月6日前完成；发现堵塞立即清理。", "限期整改"),
        ("立行立改，5月6日前恢复，长期坚持。", "长期坚持"),
    ],
)
def test_a_measure_that_begins_with_at_once_is_so_beside_its_day(words: str, kind: str) -> None:
    own = own_day(words, ISSUED)
    assert own is not None
    assert own.day == date(2023, 5, 6)
    assert kind_of("", own, "", Clause(), words, has_day=True) == kind


@pytest.mark.parametrize(
    ("text", "due_on"),
    [
        ("收到本台账后10日内", date(2023, 4, 30)),
        ("收到整改函告之日起1个月内", date(2023, 5, 20)),
        ("接到《隐患告知单》后5个工作日内完成", date(2023, 4, 26)),
        ("自本分解表下发之日起10日内", date(2023, 4, 30)),
        ("收文后10日内", date(2023, 4, 30)),
        ("收到检测报告后10日内", None),  # nobody knows when that comes
        ("接到举报后2日内", None),
    ],
)
def test_a_period_from_the_receipt_of_the_paper_counts_from_its_day(
    text: str, due_on: date | None
) -> None:
    assert parse_clause(text, ISSUED).due_for(None, ISSUED) == due_on
    own = own_day(f"组织清理，{text}完成。", ISSUED)
    assert (own and own.day) == due_on
