"""Tables that a text draws with signs become tables like any other."""

from collections.abc import Callable
from unicodedata import east_asian_width

import pytest

from analysis.ingest.headers.vocabulary import Vocabulary
from analysis.ingest.tables.aligned import drawn_in_tabs, in_tabs
from analysis.ingest.tables.layout import known_word

IS_WORD = known_word(Vocabulary())
HEADER = ["序号", "存在问题", "整改措施", "责任单位", "完成时限"]
ROWS = [
    ["1", "码头护栏锈蚀。", "更换护栏260米，增设救生圈30只；更换前拉设警戒带，专人看守。",
     "县水利局、河口镇", "2024年6月底前"],
    ["2", "夜间值守无记录。", "落实双人值守。", "河口镇", "立行立改"],
    ["3", "游船救生衣配备不足，部分已过期，未按核载人数配齐。", "按核载人数的120%配齐救生衣。",
     "县交通运输局", "7月15日"],
]  # fmt: skip
WIDTHS = [4, 16, 20, 10, 12]


def places(text: str) -> int:
    return sum(2 if east_asian_width(sign) in "WFA" else 1 for sign in text)


def wrapped(text: str, width: int) -> list[str]:
    lines = [""]
    for sign in text:
        if places(lines[-1] + sign) > width:
            lines.append("")
        lines[-1] += sign
    return lines


def row_drawn(cells: list[str], sign: str, *, is_framed: bool) -> list[str]:
    columns = [wrapped(cell, width) for cell, width in zip(cells, WIDTHS, strict=True)]
    drawn = []
    for n in range(max(map(len, columns))):
        texts = [lines[n] if n < len(lines) else "" for lines in columns]
        padded = [
            f" {text}{' ' * (width - places(text))} "
            for text, width in zip(texts, WIDTHS, strict=True)
        ]
        line = sign.join(padded)
        drawn.append(f"{sign}{line}{sign}" if is_framed else line.rstrip())
    return drawn


def rule_drawn(level: str, crossing: str, *, is_framed: bool) -> str:
    line = crossing.join(level * ((width + 2) // places(level)) for width in WIDTHS)
    return f"{crossing}{line}{crossing}" if is_framed else line


def table_drawn(signs: str, *, has_rules: bool, is_framed: bool) -> list[str]:
    upright, level, crossing = signs
    rule = rule_drawn(level, crossing, is_framed=is_framed)
    row: Callable[[list[str]], list[str]] = lambda cells: row_drawn(  # noqa: E731
        cells, upright, is_framed=is_framed
    )
    lines = [*([rule] if is_framed else []), *row(HEADER), rule]
    for n, cells in enumerate(ROWS):
        lines += row(cells)
        lines += [rule] if has_rules and n + 1 < len(ROWS) else []
    return [*lines, *([rule] if is_framed else [])]


def read(lines: list[str], pages: tuple[int, ...] = ()) -> list[list[str]]:
    made = drawn_in_tabs(lines, IS_WORD, pages)
    assert len(made) == len(lines)  # every line keeps its place
    return [line.split("\t") for line in made if "\t" in line]


@pytest.mark.parametrize("signs", ["│─┼", "┃━╋", "║═╬", "|-+", "｜－＋", "|=+"])
@pytest.mark.parametrize("has_rules", [True, False])
@pytest.mark.parametrize("is_framed", [True, False])
def test_cells_of_several_lines_are_one_row(signs: str, has_rules: bool, is_framed: bool) -> None:
    drawn = table_drawn(signs, has_rules=has_rules, is_framed=is_framed)
    assert read(["某县整改清单", "", *drawn, "备注：每月报送。"]) == [HEADER, *ROWS]


@pytest.mark.parametrize("is_framed", [True, False])
def test_signs_alone_part_rows_that_are_numbered(is_framed: bool) -> None:
    rows = [row_drawn(cells, "|", is_framed=is_framed) for cells in [HEADER, *ROWS]]
    assert read(["某县整改清单", *[line for row in rows for line in row]]) == [HEADER, *ROWS]


def test_every_line_of_a_list_of_marks_is_a_row() -> None:
    written = [HEADER, *([*row[1:], "—"] for row in ROWS)]
    rows = ["|".join(["", *cells, ""]) for cells in written]
    lines = [rows[0], "|:--|:-:|---|---|--:|", *rows[1:]]
    assert read(lines) == written


def test_a_rule_across_some_columns_parts_the_rows_beside_a_merged_cell() -> None:
    table = """
┌────┬──────────┬────────────┬────────┐
│序号│问题      │整改措施    │责任单位│
├────┼──────────┼────────────┼────────┤
│ 1  │消防通道被│清理杂物。  │县教育局│
│    │占。      ├────────────┼────────┤
│    │          │划设禁停线。│县公安局│
├────┼──────────┼────────────┼────────┤
│ 2  │无预案。  │编制预案。  │县教育局│
└────┴──────────┴────────────┴────────┘
"""
    assert read(table.strip().split("\n"))[1:] == [
        ["1", "消防通道被占。", "清理杂物。", "县教育局"],
        ["1", "消防通道被占。", "划设禁停线。", "县公安局"],
        ["2", "无预案。", "编制预案。", "县教育局"],
    ]


def test_a_page_ends_within_a_table() -> None:
    table = """
+------+----------+----------+
| 序号 | 整改措施 | 责任单位 |
+------+----------+----------+
|  1   | 清理杂物 | 县教育局 |
+------+----------+----------+
- 1 -
+------+----------+----------+
|  2   | 编制预案 | 县公安局 |
+------+----------+----------+
"""
    assert read(table.strip().split("\n"), (6,))[1:] == [
        ["1", "清理杂物", "县教育局"],
        ["2", "编制预案", "县公安局"],
    ]


def test_a_heading_between_rows_has_one_cell() -> None:
    table = """
│序号│整改措施    │责任单位│
├──┼──────┼────┤
│一、应急类            │
├──┼──────┼────┤
│ 1  │编制预案。  │县教育局│
├──┼──────┼────┤
│ 2  │组织演练。  │县公安局│
"""
    assert read(table.strip().split("\n"))[1] == ["一、应急类", "", ""]


def test_a_form_of_labels_and_values_is_drawn_as_well() -> None:
    table = """
┌──────┬──────────────┐
│ 整改措施   │ 拆除彩钢房，恢复消防车道 │
│            │ 。                       │
├──────┼──────────────┤
│ 责任单位   │ 某镇人民政府             │
└──────┴──────────────┘
"""
    assert read(table.strip().split("\n")) == [
        ["整改措施", "拆除彩钢房，恢复消防车道。"],
        ["责任单位", "某镇人民政府"],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "首页 | 政务公开 | 通知公告",
        "电话：0351-4041234 | 传真",
        "————————",
        "热线 12345|12350\n见附件",
    ],
)
def test_what_is_no_table_stays(text: str) -> None:
    lines = text.split("\n")
    assert drawn_in_tabs(lines, IS_WORD) == lines


@pytest.mark.parametrize(
    "rule", ["-" * 60, "─" * 30, "====  ======================  ========  ========"]
)
def test_rules_over_and_under_a_table_set_by_blanks(rule: str) -> None:
    table = f"""
{rule}
序号  整改措施                责任单位  完成时限
{rule}
1     清理疏散通道，拆除防盗  县教育局  5月底前
      网。
2     编制预案。              县公安局  6月底前
{rule}
以上请抓好落实。
"""
    lines = table.strip().split("\n")
    made = in_tabs(lines, IS_WORD)
    assert [line.split("\t") for line in made if "\t" in line] == [
        ["序号", "整改措施", "责任单位", "完成时限"],
        ["1", "清理疏散通道，拆除防盗网。", "县教育局", "5月底前"],
        ["2", "编制预案。", "县公安局", "6月底前"],
    ]
    assert made[-1] == lines[-1]
