"""The lists of documents: what nobody is named for is said, and what is not filled in is blank."""

from datetime import date

import pandas as pd

from analysis.briefing.lists import basis, decision_rows, metric_rows, unclear_rows
from analysis.warehouse.sql_files import get_metric
from tests.briefing.statements.test_statements import Given, Related
from tests.tables import drawn, drawn_items

MEASURES = drawn(
    """
    plan             sub_no content          quantity start_on
    甲专班〔2023〕6号  1-2    每月召开例会     1        10-08
    甲专班〔2023〕6号  4-1    逐条挂牌督办     -        10-08
    甲专班〔2023〕9号  2-1    挂牌督办未立案的 -        10-20
    """
)
NODES = drawn(
    """
    plan             node_on node_days
    甲专班〔2023〕6号  10-15   15
    甲专班〔2023〕6号  10-30   15
    甲专班〔2023〕9号  10-31   30
    """
)


def based_on(name: str, measures: pd.DataFrame = MEASURES, nodes: pd.DataFrame = NODES) -> str:
    figures = Given(date(2023, 11, 15))
    figures.measures = measures
    figures.source = Related(nodes=nodes)  # type: ignore[assignment]
    return basis(get_metric(name), figures).partition("（本县方案：")[2].removesuffix("）")


def test_a_basis_cites_the_measures_of_the_plans_that_are_in_the_home() -> None:
    assert based_on("supervision") == "〔2023〕6号 4-1；〔2023〕9号 2-1"
    assert based_on("duty_compliance") == "〔2023〕6号 1-2"
    assert based_on("cross_checks") == ""  # no measure asks for it: none is cited
    assert based_on("supervision", MEASURES.head(0)) == ""


def test_nodes_are_told_by_the_calendars_of_the_home() -> None:
    assert based_on("node_progress") == (
        "〔2023〕6号10月8日启动，10月15日为第一个工作节点，以后每15天一个；"
        "〔2023〕9号10月20日启动，10月31日为第一个工作节点，以后每30天一个"
    )
    assert based_on("node_progress", MEASURES.head(0), NODES.head(0)) == ""


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
