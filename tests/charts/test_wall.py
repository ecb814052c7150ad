"""The 事项墙 from tiny frames: which squares, in which order, what is folded, what is said."""

import re
from datetime import date
from typing import Any

import pandas as pd
from lxml import etree

from analysis.charts import wall_svg
from analysis.charts.wall import Wall, arrange, columns_of, folded, today_at, told

DAY = date(2023, 11, 15)
ROW: dict[str, Any] = {
    "title": "灭火器过期", "region": "本县", "unit": "甲局", "person": "赵某", "township": "东河镇",
    "site_kind": "星级饭店", "site": "宾馆", "kind": "hazard", "is_node": True, "state": "open",
    "is_major": False, "is_done": False, "is_overdue": False, "is_counted": True,
    "days_late": None, "items": 1,
}  # fmt: skip


def rows(*rows: dict[str, Any]) -> pd.DataFrame:
    """Rows of ``item_wall``; ``due`` is «11-14», its column's end unless that is given."""
    made = []
    for number, row in enumerate(rows):
        row = ROW | {"item_id": f"H{number}"} | row
        due = row.pop("due", "11-29")
        row["due_on"] = pd.Timestamp(f"2023-{due}") if due else pd.NaT
        row["column_on"] = pd.Timestamp(row.pop("column", row["due_on"]))
        state = row["state"]
        row["is_done"] = state in ("closed", "accepting")
        row["is_overdue"] = row["days_late"] is not None
        made.append(row)
    frame = pd.DataFrame(made, columns=[*ROW, "item_id", "due_on", "column_on"])
    frame = frame.astype({"due_on": "datetime64[us]", "column_on": "datetime64[us]"})
    return frame.assign(days_late=frame["days_late"].astype("Int64"))


def late(days: int, **more: Any) -> dict[str, Any]:
    return {"state": "overdue", "days_late": days, "due": "10-30"} | more


def done(**more: Any) -> dict[str, Any]:
    return {"state": "closed", "due": "10-30"} | more


def signs(wall: Wall, row: int = 0) -> list[str]:
    return [square.sign for cell in wall.rows[row].cells for square in cell.squares]


def test_a_square_an_item_the_most_urgent_first_in_its_cell() -> None:
    items = rows(
        done(), {"state": "accepting", "due": "10-30"}, late(16), late(31), late(91),
        {"state": "due_soon", "due": "10-30"}, {"due": "10-30"}, late(29, item_id="X"),
    )  # fmt: skip
    (row,) = arrange(items, DAY).rows
    assert [square.sign for square in row.cells[0].squares] == [
        "late-3", "late-2", "late-1", "late-1", "due_soon", "open", "accepting", "closed",
    ]  # fmt: skip
    assert row.cells[0].squares[2].item_id == "X"  # the longer late of two
    assert (row.done, row.total, row.overdue) == (2, 8, 4)


def test_units_with_most_overdue_come_first_then_those_that_owe_most() -> None:
    items = rows(
        {"unit": "丁局"}, {"unit": "丁局"}, {"unit": "丙局"}, late(1, unit="乙局"),
        late(1, unit="甲局"), late(2, unit="甲局"),
    )  # fmt: skip
    assert [row.name for row in arrange(items, DAY).rows] == ["甲局", "乙局", "丁局", "丙局"]
    assert arrange(items, DAY, order=["丙局"]).rows[0].name == "丙局"


def test_units_whose_items_are_all_done_are_a_line_of_words() -> None:
    items = rows({"unit": "甲局"}, done(unit="乙局"), done(unit="丙局", items=3, item_id=None))
    wall = arrange(items, DAY)
    assert [row.name for row in wall.rows] == ["甲局"]
    assert wall.finished == "其余2个单位的4项全部完成：丙局、乙局"
    assert wall.items == 5
    only = arrange(rows(done(unit="乙局")), DAY)
    assert (list(only.rows), only.finished) == ([], "乙局的1项全部完成")


def test_what_stands_apart_from_the_rates_is_on_the_wall_and_told() -> None:
    wall = arrange(rows({}, {"state": "standing", "due": "", "is_counted": False}), DAY)
    assert (wall.rows[0].total, signs(wall)) == (1, ["open", "standing"])
    assert told(wall) == "共2项，其中1项长期坚持或经核实停业关停，不进比率"
    assert told(arrange(rows({}), DAY)) == "共1项"


def test_beyond_sixty_the_finished_are_a_number_and_the_unfinished_stay() -> None:
    few = arrange(rows(late(1), *[done() for _ in range(59)]), DAY)
    assert (len(signs(few)), few.rows[0].cells[0].more) == (60, {})
    crowded = arrange(rows(late(1), *[done() for _ in range(60)]), DAY)
    (cell,) = crowded.rows[0].cells
    assert (signs(crowded), cell.done, cell.owed) == (["late-1"], 60, 0)
    assert ">✓ 60<" in wall_svg.parts(crowded).cells


def test_where_less_room_is_more_of_the_finished_are_a_number_but_for_a_few_and_the_lit() -> None:
    items = rows(late(1), *[done(item_id=f"M-{n}") for n in range(1, 6)])
    wall = arrange(items, DAY, lit=["M-5"])
    (cell,) = folded(wall, 4).rows[0].cells
    assert ([each.sign for each in cell.squares], cell.done) == (["late-1", "closed"], 4)
    assert folded(wall, 6) == wall  # no more than six
    few = arrange(rows(late(1), late(2), *[done() for _ in range(3)]), DAY)
    assert folded(few, 4) == few  # three take no more room than their number


def test_what_has_no_square_is_a_number_and_is_counted() -> None:
    items = rows(late(5), {**late(3), "item_id": None, "items": 40})
    (row,) = arrange(items, DAY).rows
    assert (row.overdue, row.cells[0].owed) == (41, 40)
    assert row.cells[0].words == "甲局，10月30日前，逾期41项"
    assert ">＋40<" in wall_svg.parts(arrange(items, DAY)).cells


def test_a_cell_speaks() -> None:
    items = rows(
        *[late(n, unit="县消防救援大队", due="11-14") for n in (1, 2, 3)],
        {"unit": "县消防救援大队", "due": "11-14"}, {"unit": "县消防救援大队", "due": "11-14"},
    )  # fmt: skip
    (cell,) = arrange(items, DAY).rows[0].cells
    assert cell.words == "县消防救援大队，11月14日前，逾期3项，未到期2项"
    (named,) = re.findall(r'class="wall-cell"[^>]*aria-label="([^"]*)"', cells(items))
    assert named == cell.words


def test_a_square_says_what_it_is_whose_and_when() -> None:
    (square,) = arrange(rows(late(16, is_major=True)), DAY).rows[0].cells[0].squares
    assert square.words == "逾期16天 · 重大隐患｜灭火器过期｜甲局 赵某，2023年10月30日到期"
    nobody = rows({"unit": None, "person": None, "due": "", "state": "undated"})
    (square,) = arrange(nobody, DAY).rows[0].cells[0].squares
    assert square.words == "时限不明｜灭火器过期｜责任单位未明确，没有期限"


def test_what_is_told_as_shut_stands_as_what_it_counts_as() -> None:
    shut = {"state": "suspended"}
    claimed = rows(late(40, **shut), shut, shut | {"due": ""}, shut | {"is_counted": False})
    assert signs(arrange(claimed, DAY)) == ["late-2", "open", "suspended", "undated"]
    soon = rows(shut | {"due": "11-22"}, shut | {"due": "11-23"})  # seven days, and eight
    assert signs(arrange(soon, DAY)) == ["due_soon", "open"]


def test_rows_are_units_townships_kinds_or_counties_and_blanks_have_a_name() -> None:
    items = rows(
        late(9, township=None), {"kind": "measure", "township": None, "region": "邻县"}, {},
    )  # fmt: skip
    names = {
        by: [row.label for row in arrange(items, DAY, by).rows]
        for by in ("township", "kind", "region")
    }
    assert names == {
        "township": ["未填", "不适用", "东河镇"],
        "kind": ["隐患", "三清单"],
        "region": ["本县", "邻县"],
    }


def test_units_of_one_county_are_called_without_it_and_of_several_with_it() -> None:
    items = rows({"unit": "甲县·教育局"}, {"unit": None}, late(1, unit="甲县·商务局"))
    assert [row.label for row in arrange(items, DAY).rows] == ["商务局", "未填", "教育局"]
    assert arrange(items, DAY).rows[0].name == "甲县·商务局"
    several = rows({"unit": "甲县·教育局"}, {"unit": "乙县·教育局"})
    assert [row.label for row in arrange(several, DAY).rows] == ["乙县·教育局", "甲县·教育局"]


ENDS = ("2021-06-30", "2022-03-31", "2023-01-31", "2023-02-28", "2023-04-30", "2023-08-31",
        "2023-10-15", "2023-10-30", "2023-11-14", "2023-11-29", "2023-12-14", "2023-12-29",
        "2024-01-13", "2024-01-28")  # fmt: skip


def over(*ends: str) -> pd.DataFrame:
    found = rows(*[{} for _ in ends])
    days = pd.to_datetime(list(ends)).astype("datetime64[us]")
    return found.assign(
        column_on=days, due_on=days, is_node=[end >= "2023-10" for end in ends]
    )  # fmt: skip


def test_near_columns_stand_alone_and_what_is_far_is_put_together() -> None:
    columns = columns_of(over(*ENDS), DAY)
    assert [column.label for column in columns] == [
        "21/4–6", "22/1–3", "1–2月", "4月", "8月", "10/15", "10/30", "11/14",
        "11/29", "12/14", "12/29", "24/1/13", "以后",
    ]  # fmt: skip
    assert [column.start for column in columns[1:]] == [column.end for column in columns[:-1]]
    assert [column.is_node for column in columns[4:6]] == [False, True]


def test_nodes_put_together_say_the_day_on_which_they_end() -> None:
    nodes = ["2023-10-15", "2023-10-30", "2023-11-14", "2023-11-29", "2023-12-14", "2023-12-29"]
    months = ["2023-01-31", "2023-04-30", "2023-08-31", "2023-09-30"]
    nodes += ["2024-01-13", "2024-01-28", "2024-02-12"]
    then, later = (columns_of(over(*months, *nodes), day) for day in
                   (date(2023, 12, 31), date(2024, 1, 31)))  # fmt: skip
    assert [column.label for column in then[2:5]] == ["7–9月", "至10/30", "11/14"]
    assert then[3].words == "2023年10月1日至10月30日到期"
    assert [column.label for column in later[2:5]] == ["23/7–9", "至11/29", "23/12/14"]


def test_a_year_that_is_not_long_past_is_cut_into_quarters() -> None:
    columns = columns_of(over(*ENDS[2:]), DAY)
    assert [column.label for column in columns[:3]] == ["1月", "2月", "4月"]
    many = over("2023-01-31", "2023-02-28", "2023-03-31", "2023-04-30", "2023-05-31", *ENDS[5:])
    assert [column.label for column in columns_of(many, DAY)[:3]] == ["1–3月", "4–5月", "8月"]


def test_of_many_years_each_is_a_column_and_the_oldest_are_one() -> None:
    years = over(*[f"{year}-03-31" for year in range(2015, 2023)], *ENDS[5:10])
    columns = columns_of(years, DAY)
    assert [column.label for column in columns[:5]] == ["更早", "2020年", "2021年", "2022年", "8月"]
    assert columns[0].words == "2019年及以前到期"


def test_whatever_the_deadlines_no_item_is_lost() -> None:
    items = over(*ENDS)
    (row,) = arrange(items, DAY).rows
    assert sum(len(cell.squares) for cell in row.cells) == len(items)
    # also over the columns of another day, where there are none for some of them
    (row,) = arrange(items, DAY, columns=columns_of(over(*ENDS[4:9]), DAY)).rows
    assert sum(len(cell.squares) for cell in row.cells) == len(items)


def test_the_day_stands_between_what_is_past_and_what_is_to_come() -> None:
    columns = columns_of(over(*ENDS[6:11]), DAY)
    assert today_at(columns, DAY) == 3.0
    assert today_at(columns, date(2024, 5, 1)) == 5.0
    assert today_at(columns_of(rows({"due": ""}), DAY), DAY) is None


def test_another_day_lies_within_a_column_behind_the_first_deadline_there() -> None:
    items = rows({"due": "11-14"}, {"due": "11-20", "column": "2023-11-29"}, {"due": "11-29"})
    columns = columns_of(items, DAY)
    assert today_at(columns, date(2023, 11, 18)) == 1.0
    assert today_at(columns, date(2023, 11, 25)) == 1 + 5 / 10
    folded = items.assign(due_on=items["due_on"].where(items["due_on"].ne("2023-11-20")))
    assert today_at(columns_of(folded, DAY), date(2023, 11, 22)) == 1 + 7 / 15


def test_the_day_stands_before_what_is_due_next_though_months_lie_between() -> None:
    columns = columns_of(over("2023-10-30", "2024-02-12"), DAY)
    assert today_at(columns, DAY) == 1.0


def cells(items: pd.DataFrame, **how: Any) -> str:
    return wall_svg.parts(arrange(items, DAY, **how)).cells


def test_what_a_ledger_says_is_never_markup() -> None:
    bad = '<img src=x onerror="alert(1)">&"\''
    items = rows({"title": bad, "unit": bad, "person": bad, "item_id": bad})
    parts = wall_svg.parts(arrange(items, DAY))
    for part in (parts.heads, parts.names, parts.cells):
        assert "<img" not in part
        etree.fromstring(part)
    root = etree.fromstring(parts.cells)
    assert [each.get("data-id") for each in root.iter("rect") if each.get("data-id")] == [bad]
    etree.fromstring(wall_svg.picture(arrange(items, DAY), bad, bad))


def test_a_major_hazard_has_a_frame_and_what_changed_is_lit() -> None:
    items = rows({"is_major": True}, {})
    assert cells(items).count('class="frame"') == 1
    lit = cells(items, lit={"H0"})
    assert lit.count("sq open lit") == lit.count('class="frame lit"') == 1
    finished = arrange(rows(done()), DAY, lit={"H0"})
    assert signs(finished) == ["closed"]  # what changed is seen where all is done, too


def test_the_four_colours_have_their_letters_and_what_is_done_has_none() -> None:
    items = rows({"site": "甲"}, {"site": "乙"}, done(site="甲", due="11-29"))
    drawn = cells(items, colours={"甲": "红"})
    assert re.findall(r">(.)</text>", drawn) == ["红"]
    assert 'class="sq none"' in drawn
    assert 'class="sq closed"' in drawn
    assert "红色场所" in drawn


def test_a_picture_has_values_for_all_colours_and_says_its_day() -> None:
    drawn = wall_svg.picture(arrange(rows(late(3), {"is_major": True}), DAY), "事项墙", "截至某日")
    assert "var(" not in drawn
    assert "截至某日" in drawn


def test_every_state_of_an_item_has_a_sign() -> None:
    from analysis.charts import tokens
    from analysis.charts.wall import SIGNS
    from analysis.ledgers.codes import STATE

    known = {*STATE.labels} - {"overdue", "void"}
    assert known <= SIGNS.keys()
    assert SIGNS.keys() == tokens.SIGNS.keys() == tokens.SQUARES.keys()


def test_no_digit_of_a_sum_is_cut_off_however_many_items_a_row_has() -> None:
    many = arrange(rows(done(items=30_769), {"due": "10-30", "items": 7_693}), DAY)
    few = arrange(rows(done(items=307), {"due": "10-30", "items": 69}), DAY)
    assert wall_svg.sums_of(few) == wall_svg.SUMS  # 307/376
    more = wall_svg.sums_of(many) - wall_svg.SUMS  # 30769/38462: four signs more
    assert more == 30
    text = wall_svg.parts(many).cells
    assert f'x="{54 + more}" y="20">30769/38462<' in text.replace("&#x27;", "'")


def test_numbers_that_are_wider_than_a_cell_stand_in_two_lines() -> None:
    def cell(owed: int, finished: int) -> Any:
        items = rows(
            done(items=finished, item_id=None), {"due": "10-30", "items": owed, "item_id": None}
        )
        return arrange(items, DAY).rows[0].cells[0]

    assert wall_svg.numbers(cell(12, 7)) == ["＋12 ✓ 7"]
    assert wall_svg.numbers(cell(1923, 7690)) == ["＋1923", "✓ 7690"]
    wide = wall_svg.FINE.below(cell(1923, 7690))
    assert len(wide) == 2
