"""The Gantt from tiny frames: the order, what is drawn of each measure, what is folded."""

from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from analysis.charts.first_screen import gantt
from analysis.charts.first_screen.gantt import folded, lines_of
from analysis.charts.svg_text import text_width

DAY = date(2023, 11, 15)
ROW: dict[str, Any] = {
    "label": "43-2 印发工作机制", "title": "43-2 印发专班办公室实体化运行工作机制", "unit": "甲局",
    "start_on": "2023-10-07", "due_on": None, "done_on": None, "state": "open", "is_done": False,
    "done_as_reported": False, "is_overdue": False,
    "days_late": None, "days_left": None, "is_major": False,
}  # fmt: skip
NODES = pd.DataFrame({"node_on": pd.to_datetime(["2023-10-15", "2023-10-30", "2023-11-14"])})
NO_TICKS = pd.DataFrame({"item_id": [], "due_on": pd.to_datetime([]), "state": []})


def measures(*rows: dict[str, Any]) -> pd.DataFrame:
    made = []
    for number, row in enumerate(rows):
        row = ROW | {"item_id": f"M{number}"} | row
        due = row["due_on"] = pd.Timestamp(row["due_on"]) if row["due_on"] else pd.NaT
        if pd.notna(due) and not row["is_done"]:
            days = (due - pd.Timestamp(DAY)).days
            row |= {"days_left": days} if days >= 0 else {
                "days_late": -days, "is_overdue": True, "state": "overdue"
            }  # fmt: skip
        made.append(row)
    frame = pd.DataFrame(made, columns=["item_id", *ROW])
    frame["is_done"] = frame["is_done"].astype(bool)
    for name in ("start_on", "due_on", "done_on"):
        frame[name] = pd.to_datetime(frame[name]).astype("datetime64[us]")
    return frame.astype({"days_late": "Int64", "days_left": "Int64"})


def done(on: str, due: str = "2023-10-31", **more: Any) -> dict[str, Any]:
    return {"due_on": due, "done_on": on, "state": "closed", "is_done": True} | more


def ticks(**of: str) -> pd.DataFrame:
    """``M0="met short running coming"``: a period a month, from October on."""
    rows = [
        (item_id, pd.Timestamp("2023-10-31") + pd.offsets.MonthEnd(n), state)
        for item_id, states in of.items()
        for n, state in enumerate(states.split())
    ]
    return pd.DataFrame(rows, columns=["item_id", "due_on", "state"])


def draw(*rows: dict[str, Any], of: pd.DataFrame = NO_TICKS, **how: Any) -> Any:
    return etree.fromstring(gantt.draw(measures(*rows), of, NODES, DAY, **how))


def texts(drawn: Any) -> list[str]:
    return [str(each) for each in drawn.xpath(".//*[local-name()='text']/text()")]


def kinds(drawn: Any) -> list[str]:
    """The rectangles of a line, behind which stands its back."""
    return [str(each) for each in drawn.xpath(".//*[local-name()='rect']/@class")][1:]


def test_the_longest_late_come_first_then_the_nearest_then_duties_then_what_is_done() -> None:
    rows = measures(
        done("2023-10-20"), {"due_on": "2023-12-20"}, {}, {"due_on": "2023-10-31"},
        {"due_on": "2023-11-20"}, {"due_on": "2023-09-30"}, done("2023-10-28"), {},
    )  # fmt: skip
    lines = lines_of(rows, ticks(M2="met"), DAY)
    assert [line.row["item_id"] for line in lines] == [
        "M5", "M3", "M4", "M1", "M2", "M6", "M0", "M7",
    ]  # fmt: skip
    assert [line.group for line in lines] == [
        "late", "late", "coming", "coming", "recurring", "done", "done", "undated",
    ]  # fmt: skip


def test_what_is_late_burns_from_its_deadline_to_the_day() -> None:
    for due, sign, words in (
        ("2023-10-30", "late-1", "逾期 16 天"), ("2023-10-16", "late-2", "逾期 30 天"),
        ("2023-08-16", "late-3", "逾期 91 天"),
    ):  # fmt: skip
        (line,) = draw({"due_on": due}).xpath("//*[@class='line']")
        assert kinds(line) == ["fade", sign]
        assert texts(line) == ["43-2 印发工作机制", words]
        burning, today = (
            line.xpath(f".//*[@class='{sign}']")[0],
            line.getparent().xpath("./*[@class='today']")[0],
        )
        end = float(burning.get("x")) + float(burning.get("width"))
        assert abs(end - float(today.get("x1"))) < 0.2


def test_what_is_to_come_is_an_outline_with_its_deadline_marked() -> None:
    rows = [{"due_on": "2023-11-20", "state": "due_soon"}, {"due_on": "2023-12-20"},
            {"due_on": "2023-11-15", "state": "due_soon"}]  # fmt: skip
    today, soon, later = draw(*rows).xpath("//*[@class='line']")
    assert [texts(each)[1] for each in (today, soon, later)] == [
        "今天到期", "还剩 5 天", "还剩 35 天",
    ]  # fmt: skip
    assert (kinds(soon), kinds(later)) == (["open", "due_soon"], ["open", "end"])


def test_what_is_done_fades_and_says_when_and_how_late() -> None:
    (line,) = draw(done("2023-11-08", days_late=8)).xpath("//*[@class='line']")
    assert kinds(line) == ["fade"]
    assert texts(line)[1] == "11月8日完成，晚 8 天"
    (line,) = draw(done("2023-11-08", done_as_reported=True)).xpath("//*[@class='line']")
    assert texts(line)[1] == "11月8日首次报完成"
    (line,) = draw(done("")).xpath("//*[@class='line']")
    assert texts(line)[1] == "已完成"


def test_a_duty_that_recurs_has_a_tick_a_period_and_says_how_many_were_met() -> None:
    (line,) = draw({}, of=ticks(M0="short running coming")).xpath("//*[@class='line']")
    assert kinds(line) == ["short", "running", "coming"]
    assert texts(line)[1] == "不足 1 进行中 1"
    assert line.xpath(".//*[@class='bad']")
    (line,) = draw({}, of=ticks(M0="met running")).xpath("//*[@class='line']")
    assert not line.xpath(".//*[@class='bad']")


def test_what_runs_yet_and_is_met_stands_apart_as_in_the_papers() -> None:
    """15 November: October fell short, November is met and not over."""
    (line,) = draw({}, of=ticks(M0="short met coming")).xpath("//*[@class='line']")
    assert texts(line)[1] == "不足 1 本期已达标"


def test_a_major_hazard_has_a_black_frame() -> None:
    (line,) = draw({"due_on": "2023-12-20", "is_major": True}).xpath("//*[@class='line']")
    assert kinds(line)[-1] == "major"


def test_the_day_and_the_nodes_have_lines_and_heads_that_are_too_near_have_no_words() -> None:
    drawn = draw({"due_on": "2023-11-20"})
    assert texts(drawn)[:3] == ["10/15", "10/30", "截至 11月15日"]
    assert len(drawn.xpath("//*[@class='node']")) == 3
    near = pd.DataFrame({"node_on": pd.to_datetime(["2023-10-15", "2023-10-17"])})
    svg = gantt.draw(measures({"due_on": "2023-11-20"}), NO_TICKS, near, DAY)
    assert svg.count('class="node"') == 2
    assert "10/17" not in svg


def test_a_long_text_is_cut_and_stands_whole_in_what_is_told() -> None:
    title = "对全县民宿、星级饭店和歌舞娱乐场所逐家开展消防安全专项检查并建立问题隐患台账"
    (line,) = draw({"due_on": "2023-11-20", "label": title, "title": title}).xpath(
        "//*[@class='line']"
    )
    assert texts(line)[0].endswith("…")
    told = f"{title}｜甲局｜2023年11月20日到期｜整改中｜还剩 5 天"
    assert line.get("aria-label") == told
    assert line.xpath("./*[local-name()='title']/text()") == [told]


def test_those_without_room_or_deadline_are_told_by_what_they_are() -> None:
    rows = [{"due_on": "2023-10-31"}, {"due_on": "2023-11-20"}, {"due_on": "2023-11-21"},
            done("2023-10-20"), {}, {}]  # fmt: skip
    drawn = draw(*rows, of=ticks(M4="met"), most=2)
    assert len(drawn.xpath("//*[@class='line']")) == 2
    assert texts(drawn)[-1] == "另有 4 项：未到期 1 项、定期开展 1 项、已完成 1 项、没有期限 1 项"
    assert drawn.get("aria-label") == (
        "三清单措施的期限，截至11月15日：逾期1项、未到期2项、定期开展1项、已完成1项、没有期限1项"
    )


def test_an_empty_plan_is_told() -> None:
    drawn = draw()
    assert drawn.get("aria-label") == "三清单措施的期限，截至11月15日：没有措施"
    assert not drawn.xpath("//*[@class='line']")


def test_far_deadlines_stand_at_the_edge_and_near_ones_within() -> None:
    drawn = draw({"due_on": "2025-06-30"}, {"due_on": "2023-11-20"}, width=860)
    near, far = drawn.xpath("//*[@class='line']")
    assert (kinds(near), kinds(far)) == (["open", "end"], ["open"])
    assert texts(far)[1] == "还剩 593 天 →"
    (bar,) = far.xpath(".//*[@class='open']")
    assert float(bar.get("x")) + float(bar.get("width")) == 860 - gantt.WORDS


def test_words_beside_the_last_bar_have_room_however_long_they_are() -> None:
    """«达标 10 不足 34 进行中 1», where the last period ends at the edge."""
    states = ["met"] * 10 + ["short"] * 34 + ["running"]
    days = pd.to_datetime(["2023-10-31"] * 44 + ["2023-12-31"])
    periods = pd.DataFrame({"item_id": "M0", "due_on": days, "state": states})
    drawn = draw({}, of=periods)
    for words in drawn.iter("{*}text"):
        if "达标" in (words.text or ""):
            assert float(words.get("x")) + text_width(words.text) <= 860
            return
    pytest.fail("no words beside the ticks")


def test_what_was_due_long_ago_does_not_press_the_rest_together() -> None:
    """75 days back and 15 ahead are shown, whatever is older: 9 days late are a tenth of that."""
    drawn = draw({"due_on": "2021-06-30"}, {"due_on": "2023-11-06"}, width=860)
    across = (860 - gantt.WORDS) - (gantt.names_width(860) + 8)
    old, new = drawn.xpath("//*[starts-with(@class, 'late-')]")
    assert float(new.get("width")) == pytest.approx(across / 10, abs=0.1)
    assert float(old.get("width")) == pytest.approx(across * 75 / 90, abs=0.1)


def test_texts_are_text_and_a_click_leads_where_the_page_says() -> None:
    drawn = draw(
        {"due_on": "2023-11-20", "label": "<script>", "title": "<script>", "item_id": '"M"'},
        {"due_on": "2023-11-21"}, links={"M1": "/item/M1"},
    )  # fmt: skip
    first, second = drawn.xpath("//*[@class='line']")
    assert (first.get("data-id"), texts(first)[0]) == ('"M"', "<script>")
    assert (first.get("role"), second.get("href")) == ("button", "/item/M1")


ANY = st.fixed_dictionaries(
    {
        "due_on": st.none() | st.dates(date(2021, 1, 1), date(2026, 1, 1)).map(date.isoformat),
        "start_on": st.none() | st.dates(date(2021, 1, 1), date(2026, 1, 1)).map(date.isoformat),
        "state": st.sampled_from(["open", "due_soon", "suspended", "standing"]),
        "is_done": st.booleans(),
        "unit": st.none() | st.just("甲局"),
    }
)


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(st.lists(ANY, max_size=12), st.integers(0, 8), st.sets(st.integers(0, 11)))
def test_whatever_the_measures_none_is_lost(
    rows: list[dict[str, Any]], most: int, recurring: set[int]
) -> None:
    frame, periods = measures(*rows), ticks(**{f"M{n}": "met coming" for n in recurring})
    drawn = etree.fromstring(gantt.draw(frame, periods, NODES, DAY, most=most))
    shown = drawn.xpath("//*[@class='line']/@data-id")
    lines = lines_of(frame, periods, DAY)
    rest = [line for line in lines if line.row["item_id"] not in shown]
    assert len(set(shown)) == len(shown) <= most
    assert len(shown) + len(rest) == len(rows)
    assert (folded(rest) in texts(drawn)) or not rest
    assert not rest or folded(rest).startswith(f"另有 {len(rest)} 项：")
