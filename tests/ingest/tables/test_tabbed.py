"""Tables that the paragraphs of a document set by tabs. 模拟数据."""

from datetime import date
from pathlib import Path

import docx
import pytest

from analysis.ingest.read_file import Desk, Submission, read_file
from analysis.ingest.tables.aligned import tabbed_tables

WORDS = {"整改措施", "责任处室", "责任人", "完成时间"}
HEADER = "整改措施\t责任处室\t责任人\t完成时间"
FIRST = "1.更换灭火器\t总务处\t李某\t5月16日前"
SECOND = "2.清理通道\t总务处\t李某\t立行立改"
HEADING = "3.宿舍用电整治"
BELOW = "（1）收缴违规电器\t政教处\t王某\t5月20日前"


def found(*lines: str, taken: tuple[tuple[str, ...], ...] = ()) -> list[tuple[int, list[str]]]:
    """Where each table begins, and its rows with a stroke between cells."""
    tables = tabbed_tables(lines, WORDS.__contains__, taken)
    return [(each.start, ["｜".join(row) for row in each.rows]) for each in tables]


def row(line: str) -> str:
    return line.replace("\t", "｜")


def test_a_header_with_its_rows_is_a_table_and_text_around_it_is_none() -> None:
    said = found("一、消防方面", HEADER, FIRST, SECOND, "二、工作要求", "各处室要落实责任。")
    assert said == [(1, [row(HEADER), row(FIRST), row(SECOND)])]


def test_a_short_line_between_rows_heads_those_below() -> None:
    assert found(HEADER, FIRST, HEADING, BELOW) == [
        (0, [row(HEADER), row(FIRST), f"{HEADING}｜｜｜", row(BELOW)])
    ]


def test_a_header_begins_the_next_table_and_what_heads_it_is_not_in_the_first() -> None:
    said = found(HEADER, FIRST, "二、食堂方面", HEADER, SECOND)
    assert said == [(0, [row(HEADER), row(FIRST)]), (3, [row(HEADER), row(SECOND)])]


@pytest.mark.parametrize(
    ("lines", "rows"),
    [
        ((HEADER, FIRST, "总务处负责灭火器的更换。", SECOND), 1),  # a sentence ends a table
        ((HEADER, FIRST, "", SECOND), 3),  # a blank line keeps its number
        ((HEADER, "1.更换灭火器\t\t总务处\t\t李某\t5月16日前"), 1),  # set by two tabs each
        ((HEADER, "更换灭火器"), 0),
        (("整改措施\t责任人", "更换灭火器\t李某"), 0),
    ],
)
def test_where_a_table_of_tabs_ends(lines: tuple[str, ...], rows: int) -> None:
    assert [len(table) - 1 for _, table in found(*lines)] == ([rows] if rows else [])


def test_a_row_of_a_real_table_begins_none() -> None:
    assert found(HEADER, FIRST, taken=(tuple(HEADER.split("\t")),)) == []


def read(path: Path) -> list[Submission]:
    return read_file(path, "0" * 64, Desk(path.parent, "甲县", register={path.name: DAY}))


DAY = date(2025, 5, 8)


def test_a_plan_set_by_tabs_is_read_with_its_place_in_the_document(tmp_path: Path) -> None:
    file = docx.Document()
    for line in ("甲校安全隐患整改计划", "一、消防方面", HEADER, FIRST, SECOND, HEADING, BELOW):
        file.add_paragraph(line)
    file.save(str(path := tmp_path / "计划.docx"))
    (table,) = read(path)
    assert table.facts["title"] == "甲校安全隐患整改计划 一、消防方面"
    assert table.records.get("row_no") == [4, 5, 7]
    assert table.records.get("sub_measure") == ["更换灭火器", "清理通道", "收缴违规电器"]
    assert table.records.get("unit") == ["总务处", "总务处", "政教处"]
    assert table.records.get("due_on") == [date(2025, 5, 16), None, date(2025, 5, 20)]
