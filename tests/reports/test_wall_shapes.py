"""The 事项墙 on a slide: shapes of PowerPoint's own, each late item one of its own."""

from datetime import date

import pandas as pd
from pptx import Presentation
from pptx.util import Inches

from analysis.charts.wall import arrange
from analysis.reports.office.wall_shapes import add_wall, counted_words
from tests.charts.test_wall import DAY, done, late, rows

BOX = (Inches(0.6), Inches(1.5), Inches(12), Inches(4.9))


def drawn(items: pd.DataFrame, day: date = DAY) -> list[tuple[str, str]]:
    """The name and the text of every shape."""
    deck = Presentation()
    page = deck.slides.add_slide(deck.slide_layouts[6])
    add_wall(page, arrange(items, day), BOX, "微软雅黑")
    for shape in page.shapes:
        assert shape.left >= BOX[0] - 2
        assert shape.left + shape.width <= BOX[0] + BOX[2] + Inches(0.8)  # a text may be wider
        assert BOX[1] - Inches(0.1) <= shape.top <= BOX[1] + BOX[3]
    return [
        (shape.name, shape.text_frame.text if shape.has_text_frame else "")
        for shape in page.shapes
    ]  # fmt: skip


def test_what_is_late_is_a_shape_each_and_the_others_one_a_sign() -> None:
    shapes = drawn(rows(late(3), late(40), done(), done(), done(), {}, {"is_major": True}))
    names = [name for name, _ in shapes]
    assert sum(name.startswith("逾期3天｜灭火器过期｜甲局 赵某") for name in names) == 1
    assert sum(name.startswith("逾期40天") for name in names) == 1
    in_legend = 1
    assert names.count("已销号") == 1 + in_legend + 1  # the legend's frame has one within
    assert names.count("重大隐患") == 1 + in_legend
    texts = [text for _, text in shapes]
    assert {"甲局", "3/7", "2", "10/30", "11/29", "截至11月15日"} <= set(texts)


def test_the_head_of_a_column_stands_above_its_squares() -> None:
    deck = Presentation()
    page = deck.slides.add_slide(deck.slide_layouts[6])
    wall = arrange(rows(late(16)), DAY)
    add_wall(page, wall, BOX, "微软雅黑")
    (square,) = (each for each in page.shapes if each.name.startswith("逾期16天"))
    due = next(column.label for column in wall.columns if column.label == "10/30")
    (head,) = (e for e in page.shapes if e.has_text_frame and e.text_frame.text == due)
    assert head.left <= square.left
    assert square.left + square.width <= head.left + head.width


def test_rows_without_room_and_finished_units_are_told() -> None:
    items = rows(
        *[{"unit": f"局{n:02}"} for n in range(40)], late(1, unit="甲局"), done(unit="乙局")
    )  # fmt: skip
    texts = [text for _, text in drawn(items)]
    shown = [text for text in texts if text.startswith("局")]
    assert 8 < len(shown) < 40
    assert "甲局" in texts
    assert texts[-1] == (
        f"没有画出的{41 - len(shown)}项：另有{40 - len(shown)}个单位{40 - len(shown)}项"
        f"（未完成{40 - len(shown)}项，其中逾期0项），见看板；乙局的1项全部完成"
    )


def test_what_is_folded_is_a_number() -> None:
    texts = [text for _, text in drawn(rows(late(1), *[done() for _ in range(60)]))]
    assert "✓ 60" in texts


def test_squares_numbers_and_what_is_left_out_add_up_to_the_items() -> None:
    others = {"unit": "丙局"}, done(unit="乙局", items=3, item_id=None)
    wall = arrange(rows(late(1), *[done() for _ in range(60)], *others), DAY)
    assert counted_words(wall, 1) == (
        "一格一项，共65项，撤销的不在内；图中61项（其中60项合为格里的数字），没有画出的4项见图下一行"
    )
    assert counted_words(arrange(rows({}), DAY), 1) == "一格一项，共1项，撤销的不在内；图中1项"
