"""The lists of documents: what nobody is named for is said, and what is not filled in is blank."""

from analysis.briefing.lists import decision_rows, metric_rows, unclear_rows
from tests.tables import drawn, drawn_items


def test_of_whom_nobody_knows_whose_it_is_the_list_says_so() -> None:
    rows = drawn("unit person level\n甲局 赵某 一般\n- - -")
    told = metric_rows("overdue", rows, columns=("unit", "person", "level"))
    assert [[*row.values()] for row in told] == [
        ["甲局", "赵某", "一般"],
        ["未明确", "未明确", None],
    ]


def test_what_a_sentence_counts_stands_whole_in_the_annex() -> None:
    items = drawn_items(
        """
        item_id kind     person has_named_person due_on standing
        1       hazard   赵某   yes              11-15  no
        2       hazard   局长   no               11-15  no
        3       hazard   -      no               -      no
        4       measure  赵某   yes              -      yes
        5       decision 赵某   yes              11-20  no
        """
    )
    told = [(row["责任人"], row["没有写明"]) for row in unclear_rows(items)]
    assert told == [("局长", "责任人"), ("未明确", "责任人、时限")]
    assert [row["责任人"] for row in decision_rows(items)] == ["赵某"]
