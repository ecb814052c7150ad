"""Charts draw the numbers that they are given, and say so where there is nothing to draw."""

from datetime import date

import pandas as pd

from analysis.briefing.plots import ageing_plot, nodes_plot
from analysis.charts import theme
from analysis.charts.accidents import change_label, gaps, period_label, published_yoy
from analysis.charts.bands import ageing
from analysis.charts.completion import completion, fold_rest
from analysis.charts.flow import close_times
from analysis.charts.nodes import node_progress
from analysis.charts.shown import (
    drawn_nodes,
    late_bands,
    node_note,
    published_notes,
    task_note,
    times_notes,
)

NODES = pd.DataFrame(
    {
        "node_no": [0, 1, 2],
        "node_on": pd.to_datetime([None, "2023-10-15", "2023-10-30"]),
        "planned": [9, 4, 2],
        "on_time": [8, 2, 0],
        "late": [0, 1, 0],
        "undated_done": [0, 0, 0],
        "suspended_due": [0, 0, 0],
        "owed": [1, 1, 2],
        "done": [8, 3, 0],
        "completion_rate": [8 / 9, 11 / 13, 11 / 15],
    }
)


def test_what_is_owed_is_late_at_a_past_node_and_open_at_a_coming_one() -> None:
    bars = {bar.name: list(bar.y) for bar in node_progress(NODES, date(2023, 10, 20)).data}
    assert bars["按期完成"] == [2, 0]
    assert (bars["未完成"], bars["未到节点"]) == ([1, 0], [0, 2])


def test_the_parts_of_a_node_add_up_to_what_it_asked() -> None:
    nodes = NODES.assign(undated_done=[0, 1, 0], suspended_due=[0, 0, 1], planned=[9, 5, 3])
    day = date(2023, 10, 20)
    drawn = nodes_plot(nodes.assign(unit="全部"), day)
    assert "完成时间不明" in drawn.series
    assert [sum(each) for each in zip(*drawn.series.values(), strict=True)] == [5, 3]
    bars = [bar for bar in node_progress(nodes, day).data if bar.type == "bar"]
    assert [sum(each) for each in zip(*(bar.y for bar in bars), strict=True)] == [5, 3]
    assert "完成时间不明" not in {bar.name for bar in node_progress(NODES, day).data}


def test_deadlines_before_the_first_node_are_told() -> None:
    assert node_note(NODES, date(2023, 10, 20)) == "图中节点之前到期9项，已完成8项，未完成1项。"


def test_of_many_nodes_the_latest_and_the_next_are_drawn_and_the_rest_is_told() -> None:
    many = pd.DataFrame(
        {
            "node_no": range(31),
            "node_on": [None, *pd.date_range("2023-10-15", periods=30, freq="15D")],
            "planned": 1,
            "done": [1] * 10 + [0] * 21,
            "owed": [0] * 10 + [1] * 21,
            "suspended_due": 0,
        }
    )
    as_of = many["node_on"].iloc[20].date()
    assert drawn_nodes(many, as_of)["node_no"].tolist() == list(range(13, 25))
    assert node_note(many, as_of) == (
        "图中节点之前到期13项，已完成10项，未完成3项。图中节点之后到期6项，已完成0项，未完成6项。"
    )


def test_what_is_shut_down_has_a_bar_of_its_own_where_there_is_any() -> None:
    day = date(2023, 10, 20)
    assert "停业关停" not in {bar.name for bar in node_progress(NODES, day).data}
    shut = NODES.assign(suspended_due=[0, 1, 0], planned=[9, 5, 2])
    bars = {bar.name: list(bar.y) for bar in node_progress(shut, day).data}
    assert bars["停业关停"] == [1, 0]


def test_measures_without_a_task_are_told_once_for_all_nodes() -> None:
    assert task_note(NODES.assign(without_task=3)) == (
        "另有3项措施没有期限也没有写明数量，各节点均为无定量任务。"
    )
    assert task_note(NODES.assign(without_task=0)) == ""


def test_nothing_to_draw_is_said_in_words() -> None:
    fig = node_progress(NODES.head(0), date(2023, 10, 20))
    assert [note.text for note in fig.layout.annotations] == ["没有按工作节点推进的事项"]


MEMBERS = pd.DataFrame(
    {"member": ["甲", "乙", "丙", "丁"], "total": [4, 9, 2, 3], "done": [4, 8, 0, 3],
     "closed": [3, 8, 0, 3], "overdue": [0, 1, 2, 0]}
)  # fmt: skip


def test_members_with_most_overdue_come_first_and_the_rest_is_summed() -> None:
    folded = fold_rest(MEMBERS, most=3)
    assert folded["member"].tolist() == ["丙", "乙", "其余2个"]
    assert folded[["total", "done", "closed", "overdue"]].sum().tolist() == [18, 15, 14, 3]


LATE_BANDS = pd.DataFrame(
    {
        "basis": "late",
        "unit": ["甲", "甲", "乙", "丙", "丁", "戊"],
        "band_no": [1, 3, 4, 5, 3, 1],
        "band": ["未到期", "逾期 1—14 天", "逾期 15—29 天", "逾期 30—90 天", "逾期 1—14 天", "-"],
        "items": [4, 2, 2, 1, 1, 9],
    }
)  # fmt: skip


def test_units_that_find_no_room_in_the_bars_of_lateness_are_one_bar() -> None:
    table = late_bands(LATE_BANDS, 3)
    assert table.index.tolist() == ["甲", "乙", "其余3个"]  # as late, and more to do
    assert table.to_numpy().sum() == LATE_BANDS["items"].sum()
    bars = ageing(LATE_BANDS, 3).data
    assert sum(sum(bar.x) for bar in bars if not bar.name.startswith("未")) == 6
    assert sum(map(sum, ageing_plot(LATE_BANDS).series.values())) == 6


def test_shares_of_a_member_add_up_to_the_whole() -> None:
    bars = [bar for bar in completion(MEMBERS).data if bar.type == "bar"]
    assert [sum(shares) for shares in zip(*(bar.x for bar in bars), strict=True)] == [1.0] * 4


def test_a_units_name_is_never_markup() -> None:
    nasty = MEMBERS.assign(member=["<b>甲", "乙", "丙", "丁"])
    names = list(completion(nasty).data[0].y)
    assert any(name.startswith("&lt;b&gt;甲") for name in names)
    assert theme.plain("一" * 20) == "一" * 15 + "…"


def test_a_derived_base_is_marked_and_a_missing_one_said() -> None:
    totals = pd.DataFrame(
        {
            "period_start": pd.to_datetime(["2022-01-01", "2023-05-01"]),
            "period_end": pd.to_datetime(["2022-12-31", "2023-06-30"]),
            "accidents": pd.array([24, 8], "Int64"),
            "accidents_prev": pd.array([18, None], "Int64"),
            "accidents_base": ["derived", "none"], "accidents_yoy": [33.33, None],
            "deaths": pd.array([31, 18], "Int64"), "deaths_prev": pd.array([31, None], "Int64"),
            "deaths_base": ["printed", "none"], "deaths_yoy": [0.0, None],
            "accidents_yoy_text": ["33.33", None], "deaths_yoy_text": ["持平", "下降<b>11%"],
        }
    )  # fmt: skip
    before, now, _, deaths = published_yoy(totals).data
    assert "公布同比 下降&lt;b&gt;11%" in deaths.text[1]
    assert list(before.text) == ["18*", ""]
    assert "24" in now.text[0]
    assert "▲33.33%" in now.text[0]
    assert "无同期可比数据" in now.text[1]
    assert list(now.y) == ["2022年", "2023年<br>5–6月"]


def test_totals_of_two_regions_are_no_one_bar() -> None:
    none = pd.array([None, None], "Int64")
    totals = pd.DataFrame({
        "region": ["甲<县", "乙县"], "industry": ["各类", "各类"],
        "period_start": pd.to_datetime(["2022-01-01"] * 2),
        "period_end": pd.to_datetime(["2022-12-31"] * 2),
        **{f"{m}{end}": [1, 2] if not end else none if end == "_prev" else [None, None]
           for m in ("accidents", "deaths") for end in ("", "_prev", "_base", "_yoy", "_yoy_text")},
    })  # fmt: skip
    totals["accidents_base"] = totals["deaths_base"] = "none"
    labels = published_yoy(totals).data[0].y
    assert list(labels) == ["甲&lt;县<br>2022年", "乙县<br>2022年"]


def test_the_gap_that_is_still_open_is_shown() -> None:
    rows = pd.DataFrame({
        "event_on": pd.to_datetime(["2023-02-01", "2023-03-01"]), "days": [31, 28],
        "is_unusual": [False, False],
    })  # fmt: skip
    closed, still_open = gaps(rows, 29.5, 180, date(2023, 5, 1), 61).data
    assert (list(closed.y), list(still_open.y), still_open.text[0]) == (
        [31, 28],
        [61],
        "至今 61 天",
    )


def test_labels_of_periods_and_changes() -> None:
    assert period_label(pd.Timestamp("2023-05-01"), pd.Timestamp("2023-05-31")) == "2023年<br>5月"
    assert period_label(pd.Timestamp("2022-01-01"), pd.Timestamp("2022-12-31")) == "2022年"
    months = period_label(pd.Timestamp("2022-03-01"), pd.Timestamp("2022-12-31"))
    assert months == "2022年<br>3–12月", "ten months are no year"
    labels = [change_label(c, b) for c, b in ((-16.67, 6), (0.0, 4), (None, 0), (None, None))]
    assert labels == ["▼16.67%", "持平", "上年同期为0", "无同期可比数据"]


def test_the_chart_of_times_says_whom_it_leaves_out_and_why_there_is_no_median() -> None:
    times = pd.DataFrame(
        {"member": ["甲局", "乙局", "丙局"], "median_days": [9.0, None, 12.0],
         "p90_days": [None] * 3, "median_low": [None] * 3, "median_high": [None] * 3,
         "reached": [4, 12, 5], "items": [9, 16, 7]}
    )  # fmt: skip
    assert times_notes(times, 2) == [
        "按中位用时列出最长的2个，其余1个单位中位用时较短：甲局。",
        "“估计没有过半”：首次报来时就已办结的不进估计，所以名后的数可以已经过半。",
    ]
    drawn = close_times(times, 2).data[0].y
    assert [name.split("　")[0] for name in drawn] == ["乙局", "丙局"]
    assert times_notes(times.dropna(subset=["median_days"]), 2) == []


def test_a_star_in_a_chart_has_its_note() -> None:
    rows = pd.DataFrame(
        {"accidents_base": ["derived"], "deaths_base": ["printed"], "accidents_agree": [True],
         "deaths_agree": [True]}
    )  # fmt: skip
    (note,) = published_notes(rows)
    assert note.startswith("* 上年同期数没有公布")
