"""Numbers, amounts and frequencies are taken from where they stand, and from nowhere else."""

from typing import Any

import pytest

from analysis.ingest.tables.measures import number_measures, split_measures


def numbered(
    measure: str | None, sub_measure: str | None, self_check: bool = False
) -> dict[str, Any]:
    columns = {
        "manifestation": ["表现形式3：要求笼统"], "measure": [measure],
        "sub_measure": [sub_measure], "sub_no": [None],
        "list_kind": ["自查问题" if self_check else "反馈问题"],
    }  # fmt: skip
    return {name: values[0] for name, values in number_measures(columns).items()}


@pytest.mark.parametrize(
    ("sub_measure", "sub_no", "words"),
    [
        ("5-1 每月学习1次", "5-1", "每月学习1次"),
        ("(5-1)：每月学习1次", "5-1", "每月学习1次"),
        ("细化措施：（18-2）：增强能力", "18-2", "增强能力"),
        ("细化措施43-1:掌握动态", "43-1", "掌握动态"),
        ("每月至少2次检查", None, "每月至少2次检查"),  # an amount is no label
        ("总结1-4月事故教训", None, "总结1-4月事故教训"),
        ("2023年完成2份报告", None, "2023年完成2份报告"),
    ],
)
def test_number_and_words_of_a_detailed_measure(
    sub_measure: str, sub_no: str | None, words: str
) -> None:
    row = numbered("整改措施5：会议", sub_measure)
    assert (row["sub_no"], row["sub_measure"]) == (sub_no, words)


@pytest.mark.parametrize(
    ("measure", "number"),
    [
        ("整改措施5：会议", "5"), ("整改措施(18)：举一反三", "18"), ("措施43", "43"),
        ("1、推行责任制", "1"), ("推动19个行业", None), ("2023年底前完成", None),
    ],
)  # fmt: skip
def test_number_of_a_measure(measure: str, number: str | None) -> None:
    assert numbered(measure, "x")["measure_no"] == number


def test_a_self_check_measure_is_tracked_itself() -> None:
    row = numbered("整改措施2：健全双重预防机制", None, self_check=True)
    assert row["sub_no"] == "自查2"
    assert row["sub_measure"] == "健全双重预防机制"


def test_a_self_check_measure_without_a_number_has_none() -> None:
    row = numbered("健全双重预防机制", None, self_check=True)
    assert (row["sub_no"], row["sub_measure"]) == (None, "健全双重预防机制")


@pytest.mark.parametrize(
    ("words", "frequency", "quantity"),
    [
        ("每月至少跟进学习1次", "每月", 1), ("每季度召开一次例会", "每季度", 1),
        ("完成调研报告2份", None, 2), ("3个月内推动19个行业", None, None), ("印发机制", None, None),
        # of two clauses the stricter, wherever it stands
        ("每季度召开1次例会，其中每月至少调度2次", "每月", 2),
        ("每月召开1次例会，每年不少于20次", "每年", 20), ("每月1次，每季度3次", "每月", 1),
        ("每月报送，每季度至少召开1次例会", "每季度", 1),
    ],
)  # fmt: skip
def test_frequency_and_amount(words: str, frequency: str | None, quantity: float | None) -> None:
    row = numbered("整改措施5", f"5-1 {words}")
    assert (row["frequency"], row["quantity"]) == (frequency, quantity)


def test_a_measures_own_clause_stands_apart_from_that_of_its_detail() -> None:
    row = numbered("整改措施（43）：每月至少召开1次例会", "（43-1）：每季度通报2次")
    assert (row["measure_frequency"], row["measure_quantity"]) == ("每月", 1)
    assert (row["frequency"], row["quantity"]) == ("每季度", 2)
    assert numbered("整改措施5", "5-1 学习")["measure_frequency"] is None


@pytest.mark.parametrize(
    ("cell", "pieces"),
    [
        ("细化措施5-1：学习。 细化措施5-2：例会。", ["细化措施5-1：学习。", "细化措施5-2：例会。"]),
        ("细化措施：(18-1)：检查。细化措施：(18-2)：研判。",
         ["细化措施：(18-1)：检查。", "细化措施：(18-2)：研判。"]),
        ("5-1 学习\n5-2 例会", ["5-1 学习", "5-2 例会"]),
        ("(5-3)：形成报告，(5-3)项11月20日前完成", ["(5-3)：形成报告，(5-3)项11月20日前完成"]),
        ("1-4月每月学习", ["1-4月每月学习"]),
    ],
)  # fmt: skip
def test_several_measures_in_one_cell_are_several(cell: str, pieces: list[str]) -> None:
    assert split_measures([cell]) == [pieces]
