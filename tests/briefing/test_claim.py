"""The claim of the first screen: whose it is that is late, and what is worst of the rest."""

import pytest

from analysis.briefing.statements.opening.claim import opening
from tests.briefing.statements.test_statements import NOW, Given
from tests.tables import drawn

HEAD = "dimension member total done overdue\n"


@pytest.mark.parametrize(
    ("units", "overdue", "claim"),
    [
        ("unit 甲局 6 3 2\nunit 乙局 4 4 0", 2, "2项逾期没有完成，都在甲局"),
        ("unit 甲局 6 3 2\nunit 乙局 4 1 3", 5, "5项逾期没有完成，3项在乙局"),
        ("unit 甲局 6 3 2", 2, "2项逾期没有完成"),  # whose else
        ("unit 未填 6 3 2\nunit 乙局 4 4 0", 2, "2项逾期没有完成"),
        ("unit 甲局 6 6 0\nunit 乙局 4 2 0", 0, "没有逾期事项，10项中已完成8项"),
    ],
)
def test_what_is_late_is_told_with_the_unit_of_most_of_it(
    units: str, overdue: int, claim: str
) -> None:
    now = NOW | {"overdue": overdue}
    assert opening(Given(completion=drawn(HEAD + units), now=now)).claim == claim


@pytest.mark.parametrize(
    ("changed", "second"),
    [
        ({}, "1条重大隐患应当挂牌督办，还没有挂"),
        ({"major_supervised": 3}, "3条重大隐患没有销号，都已挂牌督办"),
        ({"major_open": 0, "major_supervised": 0}, "2项7日内到期"),
    ],
)
def test_below_it_stands_what_is_worst_of_the_rest(changed: dict[str, int], second: str) -> None:
    rows = drawn(HEAD + "unit 甲局 6 3 2\nunit 乙局 4 4 0")
    assert opening(Given(completion=rows, now=NOW | changed)).details == (second,)
