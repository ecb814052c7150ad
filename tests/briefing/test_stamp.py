"""What every document says of its figures: the day, the submissions, until when they came."""

from datetime import date

import pytest

from analysis.briefing.stamp import stamp_line
from analysis.warehouse.client import Provenance
from analysis.warehouse.scope import Scope

DAY = date(2023, 11, 15)


@pytest.mark.parametrize(
    ("scope", "facts", "line"),
    [
        (Scope(DAY), Provenance(3, date(2023, 11, 10), False),
         "截至 2023年11月15日 · 计入报送 3 批 · 最近一次 2023年11月10日"),
        (Scope(DAY), Provenance(3, date(2023, 11, 10), False, date(2023, 10, 31)),
         "截至 2023年11月15日 · 计入报送 3 批 · 最近一次 2023年11月10日，其中事项和验收的 "
         "2023年10月31日"),
        (Scope(DAY), Provenance(0, None, False), "截至 2023年11月15日 · 计入报送 0 批"),
        (Scope(DAY, known_on=date(2023, 11, 1), filters={"unit": ("甲局",), "level": ("重大",)}),
         Provenance(1, date(2023, 10, 31), True),
         "截至 2023年11月15日 · 计入报送 1 批 · 最近一次 2023年10月31日 · "
         "只计 2023年11月1日 以前收到的 · 责任单位：甲局，等级：重大 · "
         "含模拟数据，不得作为正式文件"),
    ],
)  # fmt: skip
def test_the_stamp_of_a_document(scope: Scope, facts: Provenance, line: str) -> None:
    assert stamp_line(scope, facts) == line
