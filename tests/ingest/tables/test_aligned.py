"""Tables that a text sets by blanks: found by their header, and never made of prose."""

import random

from analysis.ingest.headers.vocabulary import Vocabulary
from analysis.ingest.tables.aligned import in_tabs
from analysis.ingest.tables.layout import known_word

IS_WORD = known_word(Vocabulary())


def read(text: str, pages: tuple[int, ...] = ()) -> list[list[str]]:
    lines = text.strip("\n").split("\n")
    made = in_tabs(lines, IS_WORD, pages)
    assert len(made) == len(lines)  # every line keeps its place
    return [line.split("\t") for line in made if "\t" in line]


def test_cells_of_several_lines_are_one_row() -> None:
    table = """
序号    主要任务                  牵头单位        完成时限
1       对全县瓶装液化气用户完成  县住建局        5月底前
        一轮入户安检。
2       更换超期未检气瓶8600只。  县市场监管局    8月底前
"""
    assert read(table) == [
        ["序号", "主要任务", "牵头单位", "完成时限"],
        ["1", "对全县瓶装液化气用户完成一轮入户安检。", "县住建局", "5月底前"],
        ["2", "更换超期未检气瓶8600只。", "县市场监管局", "8月底前"],
    ]


def test_numbers_in_the_middle_of_their_rows() -> None:
    table = """
序号    主要任务                  牵头单位        完成时限
        对全县瓶装液化气用户完成
1       一轮入户安检，隐患当场告  县住建局        5月底前
        知。
        更换超期未检气瓶8600只，                  2025年12月
2       一压扁处理。              县市场监管局    底前
"""
    assert [row[1:] for row in read(table)[1:]] == [
        ["对全县瓶装液化气用户完成一轮入户安检，隐患当场告知。", "县住建局", "5月底前"],
        ["更换超期未检气瓶8600只，一压扁处理。", "县市场监管局", "2025年12月底前"],
    ]


def test_a_row_of_one_line_among_rows_in_the_middle() -> None:
    table = """
序号    存在问题        整改措施                  完成时限
1       通道堵塞。      清理疏散通道杂物，拆除违  5月底前
                        规设置的防盗网。
        水质检测能力不  补齐快检设备；与县疾控中
2       足，部分设备停  心签订检测协议，确保出厂  6月底前
        用。            水按规定检测。
"""
    assert [row[1:] for row in read(table)[1:]] == [
        ["通道堵塞。", "清理疏散通道杂物，拆除违规设置的防盗网。", "5月底前"],
        [
            "水质检测能力不足，部分设备停用。",
            "补齐快检设备；与县疾控中心签订检测协议，确保出厂水按规定检测。",
            "6月底前",
        ],
    ]


def test_one_blank_parts_columns_below_known_words() -> None:
    table = """
序号 整改措施       责任单位 完成时限
1    清理疏散通道。 县教育局 5月底前
"""
    assert read(table)[1] == ["1", "清理疏散通道。", "县教育局", "5月底前"]


def test_signs_that_some_programs_hold_for_narrow_move_no_cell() -> None:
    table = """
序号    主要任务                  牵头单位        完成时限
1       落实“三个责任人”制度。  县水利局        4月底前
2       更换超期未检气瓶8600只。  县市场监管局    8月底前
"""
    assert read(table)[1] == ["1", "落实“三个责任人”制度。", "县水利局", "4月底前"]


def test_a_page_between_rows_is_no_row() -> None:
    table = """
序号    主要任务                  牵头单位        完成时限

1       更换超期未检气瓶8600只。  县市场监管局    8月底前

                 - 5 -
                       云山县安委会文件

序号    主要任务                  牵头单位        完成时限

二、能力提升

2       对全县瓶装液化气用户完成  县住建局        5月底前
        一轮入户安检。
备注：牵头单位负责统筹推进，每季度末月25日前报送进展。
"""
    rows = read(table, pages=(5,))
    assert [row[0] for row in rows] == ["序号", "1", "序号", "二、能力提升", "2"]
    assert not any("县安委会文件" in cell for row in rows for cell in row)


def test_headings_part_rows_without_blank_lines_and_are_no_rows_that_lack_cells() -> None:
    table = """
序号    主要任务                  牵头单位        完成时限
一、能力提升
（一）燃气安全
（二）气瓶
1       更换超期未检气瓶8600只。  县市场监管局    8月底前
二、专项整治
（一）入户
2       对全县瓶装液化气用户完成  县住建局        5月底前
        一轮入户安检。
"""
    rows = read(table)
    assert [row[0] for row in rows] == [
        "序号", "一、能力提升", "（一）燃气安全", "（二）气瓶", "1",
        "二、专项整治", "（一）入户", "2",
    ]  # fmt: skip
    assert rows[-1][1] == "对全县瓶装液化气用户完成一轮入户安检。"


def test_headings_part_rows_without_numbers_and_those_below_one_are_not_one() -> None:
    table = """
整改措施                  责任单位      责任人    整改时限
一、能力提升
更换超期未检气瓶8600只。  县住建局      张某某    5月底前
落实库区网格化巡查，      白石镇        李某某    长期坚持
每周不少于2次。
二、专项整治
清理疏散通道。            县教育局      王某某    6月底前
"""
    assert [row[0] for row in read(table)[1:]] == [
        "一、能力提升", "更换超期未检气瓶8600只。", "落实库区网格化巡查，每周不少于2次。",
        "二、专项整治", "清理疏散通道。",
    ]  # fmt: skip


def test_a_row_without_a_number_begins_where_its_line_is_full() -> None:
    table = """
整改措施                  责任单位      责任人    整改时限
更换超期未检气瓶8600只。  县住建局      张某某    5月底前
落实库区网格化巡查，      白石镇        李某某    长期坚持
每周不少于2次。
"""
    assert read(table)[2] == ["落实库区网格化巡查，每周不少于2次。", "白石镇", "李某某", "长期坚持"]


def test_prose_with_gaps_stays_prose() -> None:
    text = """
        云山县安全生产委员会办公室
云安办〔2025〕5号              签发人：张某某

各乡镇人民政府：
    责任单位    县住建局
    组  长：张某某    县长      副组长：李某某    副县长
    联系人：王某某    电话：123456    邮箱：无
                                云山县安委会
                                2025年3月14日
"""
    assert read(text) == []


def test_a_header_without_rows_below_is_no_table() -> None:
    text = """
序号    整改措施    责任单位    完成时限
    各单位要按照上述格式逐项填报整改措施，于每月25日前报县安委办，逾期通报批评。
"""
    assert read(text) == []


WORDS = [
    "整改措施",
    "责任单位",
    "县住建局",
    "要按照要求",
    "完成时限",
    "于6月底前",
    "张某某",
    "1.",
    "落实",
]


def test_prose_with_any_indents_and_gaps_stays_as_it_is() -> None:
    for seed in range(200):
        draw = random.Random(seed)  # noqa: S311
        lines = []
        for _ in range(draw.randint(1, 12)):
            words = [draw.choice(WORDS) for _ in range(draw.randint(1, 8))]
            sentence = "".join(words) + draw.choice(["。", "；", "，", "："])
            gap = sentence.find("，")
            if draw.random() < 0.3:
                sentence = sentence[:gap] + " " * draw.randint(1, 6) + sentence[gap:]
            lines.append(" " * draw.randint(0, 40) + sentence)
        assert in_tabs(lines, IS_WORD) == lines, seed


def test_another_measure_of_a_numbered_row_has_a_day_of_its_own() -> None:
    table = """
序号    存在问题        整改措施                  责任单位        完成时限
1       通道堵塞。      清理疏散通道杂物，拆除违  县教育局        5月底前
                        规设置的防盗网。
                        划设禁停标线。            县公安局        6月10日前
2       水质不达标。    补齐快检设备。            县水利局        2025年10
                                                                  月底前
"""
    assert [row[2:] for row in read(table)[1:]] == [
        ["清理疏散通道杂物，拆除违规设置的防盗网。", "县教育局", "5月底前"],
        ["划设禁停标线。", "县公安局", "6月10日前"],
        ["补齐快检设备。", "县水利局", "2025年10月底前"],
    ]


def test_a_mark_hangs_over_the_end_of_its_column() -> None:
    table = """
序号 整改措施                     责任单位   完成时限
1    降低库水位至汛限水位以下运行， 县水利局 6月底前
     开展安全复核
"""
    assert read(table)[1] == [
        "1",
        "降低库水位至汛限水位以下运行，开展安全复核",
        "县水利局",
        "6月底前",
    ]
