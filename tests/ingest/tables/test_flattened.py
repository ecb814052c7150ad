"""Tables of which a page kept a line for each cell. 模拟数据."""

from analysis.ingest.headers.vocabulary import Vocabulary
from analysis.ingest.tables.aligned import flattened_in_tabs
from analysis.ingest.tables.layout import known_word

IS_WORD = known_word(Vocabulary())
HEADER = ["序号", "存在问题", "整改措施", "责任单位", "责任人", "完成时限"]
ROWS = [
    ["1", "渡口无救生设施", "配备救生衣60件", "县交通运输局", "明某", "2024年8月20日"],
    ["2", "夜景灯带漏电", "更换防水灯带，逐段检测绝缘", "县城市管理局", "穆某某", "8月底前"],
    ["3", "值守空岗", "落实双人值守", "白水镇人民政府", "虞某", "立行立改"],
]


def read(lines: list[str], pages: tuple[int, ...] = ()) -> list[list[str]]:
    made = flattened_in_tabs(lines, IS_WORD, pages)
    assert len(made) == len(lines)
    return [line.split("\t") for line in made if "\t" in line]


def test_a_line_for_each_cell() -> None:
    lines = ["整改清单", *HEADER, *(cell for row in ROWS for cell in row), "备注：按月报送。"]
    assert read(lines) == [HEADER, *ROWS]


def test_cells_of_several_lines_are_known_by_their_columns() -> None:
    lines = [*HEADER, *ROWS[0]]
    lines += [
        "2",
        "夜景灯带",
        "漏电",
        "更换防水灯带，",
        "逐段检测绝缘",
        "县城市管理局",
        "穆某某",
        "8月底前",
    ]
    lines += ROWS[2]
    whole = [row[2:] for row in read(lines)]
    assert whole[2][1:] == ["县城市管理局", "穆某某", "8月底前"]
    assert whole[3] == ROWS[2][2:]


def test_a_cell_that_is_blank_leaves_the_others_in_their_columns() -> None:
    lines = [*HEADER, *ROWS[0], "2", "夜景灯带漏电", "更换防水灯带", "县城市管理局", "8月底前"]
    assert read(lines)[2] == ["2", "夜景灯带漏电", "更换防水灯带", "县城市管理局", "", "8月底前"]


def test_a_header_said_again_on_the_next_page() -> None:
    lines = [*HEADER, *ROWS[0], "- 1 -", *HEADER, *ROWS[1], *ROWS[2]]
    assert read(lines, (len(HEADER) + len(ROWS[0]) + 1,)) == [HEADER, *ROWS]


def test_words_without_rows_are_no_table() -> None:
    lines = [*HEADER, "1", "见附表"]
    assert flattened_in_tabs(lines, IS_WORD) == lines
