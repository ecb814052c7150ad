"""A deadline that a person has still to confirm says so beside the day, wherever it is shown."""

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pandas as pd
import pytest

from analysis.briefing.lists import hazard_rows, measure_rows, metric_rows
from analysis.charts.timeline import timeline
from analysis.judgement.alerts import RULES, Facts, evaluate
from analysis.reports import letters
from analysis.warehouse.sql_files import get_metric
from analysis.wording.deadlines import cell_of, counted_state, marked, state_text, text_of
from dashboards.downloads.tables import as_csv
from dashboards.pages import item, progress
from dashboards.parts.first_screen.late_cards import late_rows
from dashboards.parts.grid import items_grid, metric_grid
from tests.tables import drawn_items, metric_over

AS_OF = date(2023, 11, 15)
TOLD, PLAIN = "2023-11-10（待确认）", "2023-11-10"

#: Two measures that are five days late: of the first the deadline is provisional.
ITEMS = drawn_items(
    """
    item_id  due_is_provisional
    5-3      yes
    5-5      no
    """,
    kind="measure", title="调研", due_on=pd.Timestamp(AS_OF) - pd.Timedelta(days=5),
    first_due_on=pd.Timestamp(AS_OF) - pd.Timedelta(days=5), state="overdue", is_overdue=True,
    days_late=5, problem="责任不清", sub_no="5-3", manifestation="分工不明", measure="明确分工",
)  # fmt: skip
OVERDUE = metric_over("overdue", "11-15", ITEMS)


@pytest.mark.parametrize(
    ("text", "is_provisional", "expected"),
    [
        (PLAIN, True, TOLD),
        (PLAIN, False, PLAIN),
        (PLAIN, None, PLAIN),
        (PLAIN, float("nan"), PLAIN),
        ("", True, ""),  # nothing is there to confirm
    ],
)
def test_the_mark_stands_only_beside_a_day(text: str, is_provisional: Any, expected: str) -> None:
    assert marked(text, is_provisional) == expected


def test_only_deadlines_bear_the_mark_and_the_others_stay_days() -> None:
    row = {"due_on": AS_OF, "done_on": AS_OF, "due_is_provisional": True}
    assert text_of(row, "due_on") == cell_of(row, "due_on") == "2023-11-15（待确认）"
    assert (text_of(row, "done_on"), cell_of(row, "done_on")) == ("2023-11-15", AS_OF)
    assert cell_of(row | {"due_is_provisional": False}, "due_on") == AS_OF
    assert cell_of({"due_on": AS_OF}, "due_on") == AS_OF  # of a metric that has only hazards


def test_a_completion_that_no_ledger_dates_says_that_its_day_is_that_of_the_report() -> None:
    reported = ITEMS.assign(
        state="accepting", is_done=True, done_on=pd.Timestamp(AS_OF), done_as_reported=[True, False]
    )
    days = ["2023-11-15（按首次报告）", AS_OF]
    assert [row["完成日期"] for row in measure_rows(reported)] == days
    shown = items_grid("rows", reported, ("title", "done_on")).rowData
    assert [row["done_on"] for row in shown] == [days[0], "2023-11-15"]


def test_days_of_what_is_late_and_of_what_was_done_late_stand_apart() -> None:
    done = ITEMS.assign(state=["accepting", "overdue"])
    told = [(row["逾期天数"], row["逾期完成天数"]) for row in measure_rows(done)]
    assert told == [(None, 5), (5, None)]


def test_in_the_grids_of_the_pages() -> None:
    by_metric = metric_grid("rows", get_metric("overdue"), OVERDUE)
    by_item = items_grid("rows", ITEMS, ("title", "due_on"))
    for rows in (by_metric.rowData, by_item.rowData):
        assert {row["item_id"]: row["due_on"] for row in rows} == {"5-3": TOLD, "5-5": PLAIN}
    assert "due_is_provisional" not in {column["field"] for column in by_metric.columnDefs}


@pytest.mark.parametrize(("place", "told"), [(0, TOLD), (1, PLAIN)])
def test_on_the_pages_beside_each_item(place: int, told: str) -> None:
    row = ITEMS.iloc[place]
    facts = {head.children: cell.children for head, cell in cells(item._facts(row))}
    assert (facts["现行期限"], facts["首次期限"]) == (told, told)
    assert progress._leaf(row).children[2].children == told
    (card,) = late_rows(OVERDUE.iloc[[place]])
    assert card["due_on"] == told.replace(PLAIN, "11月10日")


def cells(table: Any) -> list[Any]:
    return [line.children for line in table.children.children]


def test_a_version_that_is_confirmed_tells_so() -> None:
    version = dict.fromkeys(item.SAID) | {
        "path": "a.docx", "sheet": "正文", "row_no": 4, "known_from": AS_OF, "first_due_on": AS_OF,
    }  # fmt: skip
    versions = pd.DataFrame([version | {"due_is_provisional": flag} for flag in (True, False)])
    _, change = item._history(versions)
    assert [line.children for line in change.children[-1].children] == [
        "期限：2023-11-15（待确认） → 2023-11-15"
    ]


def test_in_the_annex_and_the_papers() -> None:
    for rows, label in (
        (metric_rows("overdue", OVERDUE), "现行期限"),
        (measure_rows(ITEMS), "期限"),
        (hazard_rows(ITEMS.assign(kind="hazard")), "期限"),
    ):
        assert [row[label] for row in rows] == [TOLD, date(2023, 11, 10)]
    assert [row[4] for row in letters.rows(OVERDUE)] == [TOLD, PLAIN]


def test_in_the_timeline_and_the_alerts() -> None:
    points = [point for trace in timeline(ITEMS, pd.Series(dtype="datetime64[us]"), AS_OF).data
              for point in trace.customdata]  # fmt: skip
    assert sorted(point[1] for point in points) == [PLAIN, TOLD]
    nothing = {each.name: pd.DataFrame() for each in fields(Facts)}
    rules = {n: replace(rule, on=n.startswith("overdue")) for n, rule in RULES.items()}
    facts = Facts(**nothing | {"overdue": OVERDUE})
    found, _ = evaluate(facts, AS_OF, rules, ("06-01", "09-15"))
    assert [alert.message for alert in found] == [
        f"调研：{day} 到期，已逾期 5 天" for day in (TOLD, PLAIN)
    ]


@pytest.mark.parametrize(
    ("facts", "counted", "words"),
    [
        ({"state": "overdue", "days_late": 3}, "overdue", "逾期"),
        ({"suspension": "claimed", "days_late": 3}, "overdue", "逾期（报停业待核实）"),
        ({"suspension": "claimed", "due_on": AS_OF, "days_left": 7}, "due_soon",
         "临期（报停业待核实）"),
        ({"suspension": "claimed", "due_on": AS_OF, "days_left": 8}, "open",
         "整改中（报停业待核实）"),
        ({"suspension": "claimed", "due_on": None}, "undated", "时限不明（报停业待核实）"),
        # a metric that does not say how many days are left
        ({"suspension": "claimed", "due_on": AS_OF}, "suspended", "报停业待核实"),
        ({"suspension": "confirmed", "due_on": AS_OF, "days_left": 2}, "suspended", "停业关停"),
    ],
)  # fmt: skip
def test_what_is_told_as_shut_is_listed_as_it_is_counted(
    facts: dict[str, Any], counted: str, words: str
) -> None:
    row = {"state": "suspended"} | facts
    assert (counted_state(row), state_text(row)) == (counted, words)
    assert text_of(row, "state", "items") == cell_of(row, "state", "items") == words
    assert text_of({"state": "missing"}, "state", "report_punctuality") == "缺报"


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"state": "overdue", "relief": "void"}, "逾期（报撤销待核实）"),
        ({"state": "accepting", "relief": "lowered"}, "待验收（报降级待核实）"),
        ({"state": "suspended", "suspension": "claimed", "days_late": 3, "relief": "later"},
         "逾期（报停业待核实、报延期待核实）"),
        ({"state": "open", "relief": None}, "整改中"),
    ],
)  # fmt: skip
def test_what_a_unit_claims_of_an_item_stands_behind_its_state(
    facts: dict[str, Any], words: str
) -> None:
    assert state_text(facts) == words


def test_rows_that_a_list_calls_late_are_as_many_as_the_number_that_is_told() -> None:
    items = drawn_items(
        """
        item_id state     suspension is_overdue days_late due_on
        1       overdue   -          yes        3         11-12
        2       suspended claimed    yes        9         11-06
        3       suspended confirmed  no         -         11-06
        """
    )
    told = [row["状态"] for row in hazard_rows(items)]
    assert told == ["逾期", "逾期（报停业待核实）", "停业关停"]
    late = metric_over("overdue", "11-15", items)
    assert sum(word.startswith("逾期") for word in told) == len(late)
    cells = items_grid("p", items, ("title", "state")).rowData
    assert [cell["state"] for cell in cells] == told
    listed = metric_over("supervision", "11-15", items.assign(level="重大"))
    assert "逾期（报停业待核实）" in as_csv(get_metric("supervision"), listed)
