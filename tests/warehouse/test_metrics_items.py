"""The metrics on items, over tables whose answers can be checked in the head."""

import warnings
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import CensoredData, ecdf

from tests.depth import some
from tests.tables import day, drawn, drawn_items, metric_over

VERSION = {
    "item_id": "1", "known_from": day("10-01"), "first_known_on": day("10-01"), "due_on": None,
    "extended_due_on": None, "says_done": False, "says_open": True, "known_to": None,
    "said_done_on": None,
}  # fmt: skip
FINDING = {"item_id": "1", "rule": "vanished", "known_from": day("10-15"), "path": "b.xlsx"}
NODES = "SELECT '本县' AS region, 1 AS node_no, DATE '2023-10-15' AS node_on, 15 AS node_days"


NONE_IN_DOUBT = drawn("item_id")


def told(frame: pd.DataFrame, *columns: str) -> list[list[object]]:
    """Rows as lists, empty cells as None."""
    return [
        [None if pd.isna(cell) else cell for cell in row]
        for row in frame[list(columns)].astype(object).to_numpy().tolist()
    ]


def test_due_soon_lists_what_is_due_within_a_week_the_nearest_first() -> None:
    items = drawn_items("""
item_id due_on state    days_left
1       11-20  due_soon 5
2       11-15  due_soon 0
3       11-14  overdue  -
4       12-20  open     35
""")
    assert told(metric_over("due_soon", "11-15", items), "item_id", "days_left") == [
        ["2", 0], ["1", 5],
    ]  # fmt: skip


LATE = """
item_id unit level due_on state     is_done is_overdue days_late opened_on standing
1       甲局 一般  11-20  open      no      no         -         11-15     no
2       甲局 重大  11-14  overdue   no      yes        1         10-15     no
3       乙局 一般  10-30  overdue   no      yes        16        10-01     no
4       -    一般  -      undated   no      no         -         01-01     no
5       甲局 一般  10-01  accepting yes     no         -         01-01     no
6       甲局 一般  -      standing  no      no         -         01-01     yes
7       甲局 一般  10-01  void      no      no         -         01-01     no
"""


def test_ageing_puts_each_unfinished_item_into_one_band_of_lateness_and_one_of_age() -> None:
    rows = metric_over("ageing", "11-15", drawn_items(LATE))
    whole = rows[rows["unit"] == "全部"]
    late = whole[whole["basis"] == "late"]
    assert told(late, "band", "items", "major_items", "longest_days") == [
        ["未到期", 1, 0, None],
        ["时限不明", 1, 0, None],
        ["逾期 1—14 天", 1, 1, 1],
        ["逾期 15—29 天", 1, 0, 16],
    ]
    age = whole[whole["basis"] == "open"]
    assert told(age, "band", "items") == [["15 天以内", 1], ["31—90 天", 2], ["超过 180 天", 1]]
    assert set(rows["unit"]) == {"全部", "甲局", "乙局", "未填"}
    for _, parts in rows[rows["unit"] != "全部"].groupby("basis"):
        assert parts["items"].sum() == 4


def test_what_is_shut_is_a_band_of_its_own_and_the_bands_add_up_to_what_is_not_done() -> None:
    shut = "8 甲局 重大 10-01 suspended no no - 01-01 no"
    rows = metric_over("ageing", "11-15", drawn_items(f"{LATE.strip()}\n{shut}"))
    whole = rows[rows["unit"] == "全部"]
    banded = whole[whole["band"] == "停业关停"]
    assert told(banded, "basis", "items", "major_items", "longest_days") == [
        ["late", 1, 1, None], ["open", 1, 1, None],
    ]  # fmt: skip
    assert whole.groupby("basis")["items"].sum().tolist() == [5, 5]


def test_a_site_that_is_shut_was_watched_up_to_the_day_reported() -> None:
    items = drawn_items(
        """
item_id is_done done_on is_closed closed_on state     suspended_on suspension closure
1       yes     10-11   no        -         accepting -            -          -
2       no      -       no        -         suspended 10-06        confirmed  -
3       yes     10-31   yes       10-31     closed    10-06        confirmed  gone
4       no      -       no        -         overdue   10-06        claimed    -
""",
        opened_on=day("10-01"),
    )
    rows = metric_over("close_times", "11-15", items).set_index(["until", "dimension"])
    done = rows.loc[("done", "all")]
    # On day 5 two leave without an end; of the other two one is done on day 10: one half.
    assert done[["items", "reached", "median_days", "mean_reached_days"]].tolist() == [4, 1, 10, 10]
    assert rows.loc[("closed", "all"), "reached"] == 0


def test_half_of_the_items_closed_is_the_median_and_the_open_ones_count() -> None:
    items = drawn_items(
        """
item_id is_done done_on state
1       yes     10-11   accepting
2       yes     10-21   accepting
3       no      -       open
4       no      -       open
""",
        opened_on=day("10-01"),
    )
    rows = metric_over("close_times", "11-15", items).set_index(["until", "dimension"])
    done = rows.loc[("done", "all")]
    # Two of four by day 20: one half. Those who are done took 15 days on average: too flattering.
    assert done[["items", "reached", "median_days", "mean_reached_days"]].tolist() == [4, 2, 20, 15]
    assert pd.isna(done["p90_days"])
    assert rows.loc[("closed", "all"), "reached"] == 0
    assert pd.isna(rows.loc[("closed", "all"), "median_days"])


def test_fewer_than_five_items_have_no_interval() -> None:
    done = "\n".join(f"{n} yes 10-{10 + n} accepting" for n in range(1, 6))
    for many, is_shown in ((4, False), (5, True)):
        drawing = "item_id is_done done_on state\n" + "\n".join(done.splitlines()[:many])
        rows = metric_over("close_times", "11-15", drawn_items(drawing, opened_on=day("10-01")))
        row = rows.set_index(["until", "dimension"]).loc[("done", "all")]
        assert pd.notna(row["median_days"])
        assert pd.notna(row["median_low"]) == pd.notna(row["p90_low"]) == is_shown


def test_what_was_registered_late_is_watched_from_then_on() -> None:
    items = drawn_items(
        """
item_id first_known_on is_done done_on state
1       10-01          yes     10-11   accepting
2       10-01          yes     10-21   accepting
3       10-31          no      -       open
4       11-05          no      -       open
5       11-05          yes     10-06   accepting
""",
        opened_on=day("10-01"),
    )
    row = metric_over("close_times", "11-15", items).set_index(["until", "dimension"])
    done = row.loc[("done", "all")]
    # 4 came after 35 days and was not watched before: 1, 2 and 3 were (3 came within the month), of
    # whom one of three is done by day 10 and two by day 20. 5 had ended before anybody told of it.
    assert done[["items", "reached", "median_days"]].tolist() == [5, 3, 20]
    early = metric_over("close_times", "11-15", items.assign(first_known_on=day("10-01")))
    assert early.set_index(["until", "dimension"]).loc[("done", "all"), "median_days"] == 20


@pytest.mark.slow
@settings(max_examples=some(25))
@given(
    st.lists(
        st.tuples(st.integers(1, 90), st.booleans(), st.integers(0, 80)), min_size=1, max_size=12
    )
)
def test_close_times_are_the_product_limit_of_who_was_watched(
    rows: list[tuple[int, bool, int]],
) -> None:
    opened, as_of = date(2023, 1, 1), date(2023, 4, 1)
    items = drawn_items("item_id\n" + "\n".join(str(n) for n in range(len(rows))))
    ends = [as_of if not done else opened + timedelta(days=days) for days, done, _ in rows]
    starts = [opened if done else as_of - timedelta(days=days) for days, done, _ in rows]
    items["opened_on"], items["is_done"] = starts, [done for _, done, _ in rows]
    items["done_on"] = [end if done else None for end, (_, done, _) in zip(ends, rows, strict=True)]
    items["first_known_on"] = [
        start + timedelta(days=late) for start, (*_, late) in zip(starts, rows, strict=True)
    ]
    watched = [
        (days, done, late if late > 30 else -1) for days, done, late in rows
        if late <= 30 or days > late
    ]  # fmt: skip
    left, median = 1.0, None
    for at in sorted({days for days, done, _ in watched if done}):
        waiting = sum(late < at <= days for days, _, late in watched)
        left *= 1 - sum(days == at and done for days, done, _ in watched) / waiting
        if left <= 0.5 + 1e-9 and median is None:
            median = at
    answer = metric_over("close_times", "2023-04-01", items).set_index(["until", "dimension"])
    found = answer.loc[("done", "all"), "median_days"]
    assert (None if pd.isna(found) else found) == median


@pytest.mark.slow
@settings(max_examples=some(30))
@given(
    st.lists(st.tuples(st.integers(1, 40), st.booleans()), min_size=2, max_size=40).filter(
        lambda rows: any(done for _, done in rows)
    )
)
def test_close_times_agree_with_scipy(rows: list[tuple[int, bool]]) -> None:
    opened = pd.Timestamp("2023-10-01")
    items = drawn_items("item_id\n" + "\n".join(str(n) for n in range(len(rows))))
    # A censored item is one opened so many days ago and not done.
    as_of = opened + pd.Timedelta(days=40)
    items["opened_on"] = [
        (opened if done else as_of - pd.Timedelta(days=days)).date() for days, done in rows
    ]
    items["done_on"] = [
        (opened + pd.Timedelta(days=days)).date() if done else None for days, done in rows
    ]
    items["is_done"] = [done for _, done in rows]
    answer = metric_over("close_times", str(as_of.date()), items).set_index(["until", "dimension"])
    row = answer.loc[("done", "all")]
    sample = CensoredData(
        uncensored=[days for days, done in rows if done],
        right=[days for days, done in rows if not done],
    )
    survival = ecdf(sample).sf
    for share, name in ((0.5, "median_days"), (0.1, "p90_days")):
        reached = survival.quantiles[survival.probabilities <= share + 1e-9]
        expected = reached[0] if len(reached) else None
        assert (None if pd.isna(row[name]) else row[name]) == expected
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # undefined before the first and after the last
        low = survival.confidence_interval(method="log-log").low.probabilities
    below = survival.quantiles[np.nan_to_num(low, nan=1.0) <= 0.5]
    if len(below) and pd.notna(row["median_low"]):
        assert row["median_low"] <= below[0]


def test_the_flow_counts_who_reached_each_step_and_a_major_file_needs_its_day_of_filing() -> None:
    items = drawn_items("""
item_id level judged_on filed_on supervised is_done accepted_on accepted_by is_closed state
1       重大  10-01     10-02    yes        yes     10-20       王某        yes       closed
2       重大  10-01     -        no         yes     10-20       王某        yes       closed
3       一般  10-01     -        no         no      -           -           no        open
4       重大  10-01     10-02    yes        no      -           -           no        void
""")
    rows = metric_over("hazard_flow", "11-15", items)
    whole = rows[rows["level"] == "全部"]
    assert told(whole, "stage", "items") == [
        ["发现", 3], ["判定", 3], ["立案", 1], ["督改", 1],
        ["整改", 2], ["验收", 2], ["销号", 2], ["建档", 1],
    ]  # fmt: skip
    assert (rows["stage_rate"] <= 1).all()
    assert rows["level"].drop_duplicates().tolist() == ["全部", "重大", "一般"]


def test_the_mix_ranks_categories_and_its_shares_add_up() -> None:
    items = drawn_items("""
item_id category township level is_done is_closed state  is_overdue
1       消防设施 东河镇   一般  no      no        open   no
2       消防设施 东河镇   重大  no      no        overdue yes
3       燃气     西岭镇   一般  yes     yes       closed no
4       燃气     西岭镇   一般  no      no        void   no
""")
    rows = metric_over("hazard_mix", "11-15", items)
    ranked = rows[rows["dimension"] == "category"]
    assert told(ranked, "member", "items", "open_items", "overdue_items", "major_open") == [
        ["消防设施", 2, 2, 1, 1], ["燃气", 1, 0, 0, 0],
    ]  # fmt: skip
    assert ranked["cumulative_rate"].round(4).tolist() == [0.6667, 1.0]
    crossed = rows[rows["dimension"] == "township_category"]
    assert told(crossed, "member", "by_member", "items") == [
        ["东河镇", "消防设施", 2], ["西岭镇", "燃气", 1],
    ]  # fmt: skip
    assert rows.groupby("dimension")["items"].sum().eq(3).all()


def test_every_major_hazard_not_struck_off_is_listed_or_ought_to_be() -> None:
    items = drawn_items("""
item_id level supervised supervised_on is_closed closed_on state
1       重大  no         -             no        -         open
2       重大  yes        11-05         no        -         open
3       一般  yes        11-01         yes       11-11     closed
4       重大  no         -             yes       11-01     closed
5       一般  no         -             no        -         open
6       重大  no         -             no        -         void
""")
    rows = metric_over("supervision", "11-15", items)
    assert told(rows, "item_id", "standing_text", "days_supervised") == [
        ["1", "应挂未挂", None], ["2", "督办中", 10], ["3", "已摘牌", 10],
    ]  # fmt: skip


def test_what_is_found_again_within_ninety_days_recurs_once_and_with_the_last_one_done() -> None:
    items = drawn_items("""
item_id site category opened_on is_done done_on
1       宾馆 燃气     06-01     yes     06-10
2       宾馆 燃气     07-01     yes     07-10
3       宾馆 燃气     10-08     no      -
4       宾馆 燃气     10-09     no      -
5       宾馆 消防     07-20     no      -
6       影院 燃气     07-20     no      -
7       -    燃气     07-20     no      -
""")
    rows = metric_over("recurrence", "11-15", items)
    # 7-10 to 10-08 is 90 days, to 10-09 it is 91.
    assert told(rows, "first_item_id", "item_id", "days_between") == [
        ["2", "3", 90],
        ["1", "2", 21],
    ]


def test_what_is_found_on_the_day_on_which_it_was_done_is_no_recurrence() -> None:
    items = drawn_items("""
item_id site category opened_on is_done done_on
1       宾馆 燃气     06-01     yes     06-10
2       宾馆 燃气     06-10     no      -
""")
    assert metric_over("recurrence", "11-15", items).empty


def test_a_deadline_that_moves_is_told_with_its_first_and_its_present_day() -> None:
    versions = drawn(
        """
item_id known_from known_to due_on extended_due_on
1       10-01      10-15    10-20  -
1       10-15      10-30    10-30  -
1       10-30      -        11-20  -
2       10-01      10-15    10-20  -
2       10-15      -        11-20  11-20
3       10-01      10-15    10-20  -
3       10-15      -        -      -
4       10-01      -        10-20  -
5       10-01      10-15    -      -
5       10-15      -        10-20  -
6       10-01      11-20    10-20  -
6       11-20      -        12-20  -
""",
        **VERSION,
    )
    items = drawn_items("item_id\n1\n2\n3\n4\n5\n6", known_from=day("10-15"))
    rows = metric_over("deadline_slip", "11-15", items, versions=versions)
    # 5 was given a deadline later; 6 was reported as moved after the day, and items go by it
    assert told(rows, "item_id", "slip", "days_moved", "moves", "is_approved") == [
        ["3", "cancelled", None, 1, False], ["6", "later", 61, 1, False],
        ["1", "later", 31, 2, False],
        ["2", "later", 31, 1, True], ["5", "set", None, 0, False],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("dues", "row"),
    [
        (("10-20", "10-30", "10-20"), None),  # moved and came back
        (("10-20", "-", "10-20"), None),  # taken away and given back
        (("10-20", "10-20", "10-20"), None),
        (("-", "-", "-"), None),
        (("-", "10-20", "10-20"), ["set", "10-20", "10-20", None, 0, "10-15"]),
        (("-", "10-20", "10-30"), ["later", "10-20", "10-30", 10, 1, "10-30"]),
        (("-", "10-20", "-"), ["cancelled", "10-20", None, None, 1, "10-30"]),
        (("10-20", "10-10", "10-10"), ["earlier", "10-20", "10-10", -10, 1, "10-15"]),
        (("10-20", "-", "10-25"), ["later", "10-20", "10-25", 5, 1, "10-30"]),
    ],
)
def test_cancelled_first_set_and_come_back_are_three(
    dues: tuple[str, str, str], row: list[object] | None
) -> None:
    days = ("10-01 10-15", "10-15 10-30", "10-30 -")
    lines = [f"1 {span} {due}" for span, due in zip(days, dues, strict=True)]
    versions = drawn("item_id known_from known_to due_on\n" + "\n".join(lines), **VERSION)
    items = drawn_items("item_id\n1", known_from=day("10-30"))
    rows = metric_over("deadline_slip", "11-15", items, versions=versions)
    columns = ("slip", "first_due_on", "due_on", "days_moved", "moves", "moved_on")
    shown = [
        [f"{cell:%m-%d}" if isinstance(cell, pd.Timestamp) else cell for cell in found]
        for found in told(rows, *columns)
    ]
    assert shown == ([row] if row else [])


def test_what_has_vanished_stands_until_it_returns_or_is_closed() -> None:
    findings = drawn(
        """
item_id rule     known_from
1       vanished 10-15
2       vanished 10-15
2       returned 10-30
3       vanished 10-15
4       returned 10-15
4       vanished 10-30
""",
        **FINDING,
    )
    items = drawn_items("item_id state\n1 overdue\n2 open\n3 closed\n4 open\n5 open")
    rows = metric_over("vanished", "11-15", items, findings=findings)
    assert told(rows, "item_id", "missing_in") == [["1", "b.xlsx"], ["4", "b.xlsx"]]


REASONS = [
    "no_acceptance", "self_accepted", "same_day_major", "bunched", "recurred", "reopened", "copied",
]  # fmt: skip


def suspects(
    items: pd.DataFrame, findings: str = "item_id", versions: str = "item_id"
) -> dict[str, list[str]]:
    rows = metric_over(
        "suspect_closure", "11-15", items, nodes=NODES,
        findings=drawn(findings, **(FINDING | {"rule": "unsigned_closure"})),
        versions=drawn(versions, **VERSION),
    )  # fmt: skip
    return {
        row["item_id"]: [name for name in REASONS if row[name]] for row in rows.to_dict("records")
    }


DONE = {"is_done": True, "state": "closed", "is_closed": True, "content": "短"}


def test_each_reason_for_doubt_has_its_own_column() -> None:
    items = drawn_items(
        """
item_id person accepted_by level opened_on done_on site category
1       赵某   赵某        一般  10-01     10-05   甲   消防
2       赵某   王某        重大  10-01     10-01   乙   消防
3       赵某   王某        一般  10-01     10-05   丙   消防
4       赵某   王某        一般  10-01     10-05   丁   消防
5       -      -           一般  10-01     10-05   戊   消防
""",
        **DONE,
    )
    assert suspects(items) == {"1": ["self_accepted"], "2": ["same_day_major"]}
    versions = (
        "item_id known_from known_to says_done says_open\n"
        "4 10-01 10-05 yes no\n4 10-05 10-09 no yes\n4 10-09 - yes no"
    )
    assert suspects(items, versions=versions)["4"] == ["reopened"]


def test_what_was_done_and_is_open_again_is_a_doubt_while_it_is_open() -> None:
    items = drawn_items(
        "item_id is_done state is_closed\n1 no overdue no\n2 no overdue no\n3 no void no"
    )
    versions = (
        "item_id known_from known_to says_done says_open\n"
        "1 10-01 10-05 yes no\n1 10-05 - no yes\n2 10-01 10-05 no yes\n2 10-05 - no yes\n"
        "3 10-01 10-05 yes no\n3 10-05 - no yes"
    )
    assert suspects(items, versions=versions) == {"1": ["reopened"]}


def test_who_signed_for_himself_is_told_by_the_rule_of_persons() -> None:
    items = drawn_items(
        "item_id closure accepted_by\n1 self -\n2 claimed -\n3 ledger 赵某\n4 record 王某",
        **DONE | {"done_on": day("10-05")},
    )
    assert suspects(items) == {"1": ["self_accepted"], "3": ["self_accepted"]}


def test_said_to_be_struck_off_without_a_signature() -> None:
    items = drawn_items(
        "item_id state is_closed\n1 accepting no\n2 closed yes", **{**DONE, "done_on": day("10-05")}
    )
    assert suspects(items, findings="item_id\n1\n2") == {"1": ["no_acceptance"]}


@pytest.mark.parametrize(("done_on", "count", "is_told"), [
    ("10-13", 5, True), ("10-15", 5, True), ("10-12", 5, False), ("10-16", 5, False),
    ("10-15", 4, False),
])  # fmt: skip
def test_five_done_by_a_unit_on_one_day_right_before_a_node(
    done_on: str, count: int, is_told: bool
) -> None:
    lines = "\n".join(f"{n} {done_on} 场所{n}" for n in range(count))
    items = drawn_items(f"item_id done_on site\n{lines}", **DONE)
    assert suspects(items) == ({str(n): ["bunched"] for n in range(count)} if is_told else {})


def test_found_again_and_copied_from_another_site() -> None:
    items = drawn_items("""
item_id site category opened_on is_done done_on state  content
1       甲   燃气     10-01     yes     10-05   closed 燃气瓶存放在室内且没有检测；已移出室外
2       甲   燃气     10-20     no      -       open   短
3       乙   消防     10-01     yes     10-05   closed 燃气瓶存放在室内且没有检测；已移出室外
4       乙   电气     10-01     yes     10-05   closed 短
5       丙   电气     10-01     yes     10-05   closed 短
""")
    assert suspects(items) == {"1": ["recurred", "copied"], "3": ["copied"]}


def test_what_changed_between_two_days() -> None:
    before = drawn_items("""
item_id due_on is_done is_closed is_overdue state
1       11-20  no      no        no         open
2       11-20  no      no        no         open
3       11-20  yes     no        no         accepting
4       11-20  yes     no        no         accepting
5       11-10  no      no        no         open
6       11-20  no      no        no         open
7       11-20  no      no        no         open
8       11-20  no      no        no         open
9       11-20  no      no        no         open
""")
    now = drawn_items("""
item_id due_on opened_on is_done done_on is_closed is_overdue state
1       11-20  10-01     yes     11-10   no        no         accepting
2       11-20  10-01     yes     10-20   no        no         accepting
3       11-20  10-01     yes     10-20   yes       no         closed
4       11-20  10-01     no      -       no        no         open
5       11-10  10-01     no      -       no        yes        overdue
6       12-20  10-01     no      -       no        no         open
7       11-18  10-01     no      -       no        no         open
8       -      10-01     no      -       no        no         undated
9       11-20  10-01     no      -       no        no         void
10      11-20  11-05     no      -       no        no         open
11      11-20  10-20     yes     11-01   no        no         accepting
12      11-20  10-20     yes     10-25   no        no         accepting
""")
    findings = drawn("item_id known_from\n6 11-10\n7 10-20", **FINDING)
    rows = metric_over(
        "since", "11-15", now, items_before=before, findings=findings,
        in_doubt=NONE_IN_DOUBT, in_doubt_before=NONE_IN_DOUBT,
    )  # fmt: skip
    # Without a day the changes are those since 31 October.
    assert told(rows, "change", "item_id") == [
        ["found", "10"], ["registered", "11"], ["registered", "12"], ["done", "1"], ["done", "11"],
        ["backdated", "12"], ["backdated", "2"], ["closed", "3"], ["reopened", "4"],
        ["overdue", "5"], ["later", "6"], ["earlier", "7"], ["cancelled", "8"], ["void", "9"],
        ["vanished", "6"],
    ]  # fmt: skip


def test_what_may_be_an_older_item_is_told_as_new_when_it_is_settled_that_it_is_not() -> None:
    drawing = """
item_id opened_on
1       11-05
2       11-05
3       10-20
4       10-20
5       10-20
"""
    now, before = drawn_items(drawing), drawn_items(drawing).iloc[[2, 3]]
    rows = metric_over(
        "since", "11-15", now, items_before=before, findings=drawn("item_id known_from", **FINDING),
        in_doubt=drawn("item_id\n2\n4"), in_doubt_before=drawn("item_id\n3\n4"),
    )  # fmt: skip
    # 1 and 5 are new and in no doubt, 2 is; 3 was until after 31 October, 4 was then and still is.
    assert told(rows, "change", "item_id") == [
        ["found", "1"], ["registered", "3"], ["registered", "5"],
    ]  # fmt: skip


def test_clear_is_who_names_person_unit_and_deadline() -> None:
    items = drawn_items("""
item_id unit has_named_unit has_named_person due_on standing state
1       甲局 yes            yes              11-20  no       open
2       甲局 yes            no               11-20  no       open
3       -    no             yes              -      no       undated
4       甲局 yes            yes              -      yes      standing
5       甲局 yes            no               -      no       void
""")
    rows = metric_over("clarity", "11-15", items)
    assert told(rows, "unit", "items", "with_person", "with_unit", "with_deadline", "clear") == [
        ["全部", 4, 3, 3, 3, 2], ["未填", 1, 1, 0, 0, 0], ["甲局", 3, 2, 3, 3, 2],
    ]  # fmt: skip
    nothing = metric_over("clarity", "11-15", items.head(0))
    assert told(nothing, "unit", "items", "clarity_rate") == [["全部", 0, None]]
