"""The lists of documents: what nobody is named for is said, and what is not filled in is blank."""

from analysis.briefing.lists import metric_rows
from tests.tables import drawn


def test_of_whom_nobody_knows_whose_it_is_the_list_says_so() -> None:
    rows = drawn("unit person level\n甲局 赵某 一般\n- - -")
    told = metric_rows("overdue", rows, columns=("unit", "person", "level"))
    assert [[*row.values()] for row in told] == [
        ["甲局", "赵某", "一般"],
        ["未明确", "未明确", None],
    ]
