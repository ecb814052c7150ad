"""Edges of what is said: one row, none, as many as are named, nothing of a kind received."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from analysis.briefing import slide_contents
from analysis.briefing.comparison import Comparison
from analysis.briefing.sections import next_steps
from analysis.briefing.slide_contents import MOST_POINTS, Slide, longest, slides
from analysis.briefing.stamp import stamp_words
from analysis.briefing.statements import SUBJECTS, Statement
from analysis.briefing.statements.books import reported_visits
from analysis.briefing.statements.hazards import REASONS, SITES, first_sites
from analysis.briefing.statements.headline import card, headlines
from analysis.briefing.statements.opening import ask
from analysis.briefing.statements.opening.numbers import _done, _last
from analysis.briefing.statements.registers import ALL, _often
from analysis.briefing.statements.work import LONG_LATE_BAND, calendar_words
from analysis.warehouse.client import Provenance
from analysis.warehouse.scope import Scope
from tests.briefing.statements.test_statements import (
    ALL_LEDGERS,
    AS_OF,
    NOW,
    VISITS_REPORTED,
    Given,
    Told,
    said,
)
from tests.tables import drawn

NO_NODES = pd.DataFrame({"node_on": pd.to_datetime([])})


def without(*ledgers: str) -> frozenset[str]:
    return ALL_LEDGERS - {*ledgers}


def dated(drawing: str) -> pd.DataFrame:
    """A table whose columns of days are days."""
    rows = drawn(drawing)
    days = [name for name in rows if str(name).endswith("_on") or str(name).startswith("period")]
    return rows.assign(**{str(name): pd.to_datetime(rows[name]) for name in days})


# Of what nothing was received, nothing is said that an empty table would say.


def test_without_half_month_reports_nothing_is_told_of_what_they_report() -> None:
    rows = drawn("unit period_start figure reported\n甲局 2023-01-01 检查家次 5")
    assert reported_visits(Given(report_reconciliation=rows)).startswith(
        "今年的半月报报有检查5家次"
    )
    assert reported_visits(Given(report_reconciliation=rows, received=without("half_month"))) == ""


def test_without_decisions_there_is_no_line_of_them() -> None:
    figures = Given(received=without("decision"))
    assert _last(figures).empty
    assert len(_last(figures).columns) == 0


# Inspections.


@pytest.mark.parametrize(
    ("covered", "words"),
    [
        ("", "今年以来检查3家次，发现隐患2条，其中重大隐患0条"),
        ("all 0 0 -", "今年以来检查3家次，发现隐患2条，其中重大隐患0条"),
        (
            "all 4 1 0.25",
            "今年以来检查3家次，检查过名录场所1家、占25%，发现隐患2条，其中重大隐患0条",
        ),
    ],
)
def test_the_share_of_sites_is_told_where_there_is_a_roll(covered: str, words: str) -> None:
    coverage = drawn("dimension sites inspected coverage_rate\n" + covered)
    coverage["coverage_rate"] = coverage["coverage_rate"].astype(float)
    visits = drawn("dimension visits hazards_found major_found to_publish\nall 3 2 - 0")
    told = said(
        "inspections", inspection_coverage=coverage, inspection_yield=visits,
        report_reconciliation=VISITS_REPORTED.head(0),
    )  # fmt: skip
    assert (told.claim, told.details) == (words, ())


# Half-month reports and decisions.


def test_one_unit_that_reports_in_time_is_asked_nothing() -> None:
    rows = dated("unit state period_start period_end\n甲局 in_time 10-16 10-31")
    told = said("reports", report_punctuality=rows)
    assert (told.claim, told.ask, told.count) == (
        "半月报（10月16日至10月31日）应报1家，按期1家", "", 0
    )  # fmt: skip


def decided(rows: str, source: str = "十一月会") -> Statement:
    table = dated(f"region opened_on is_done is_overdue\n{rows}").assign(source=source, unit="甲局")
    for name in ("is_done", "is_overdue"):
        table[name] = table[name].notna()
    figures = Given()
    figures.source = Told(table)  # type: ignore[assignment]
    return SUBJECTS["decisions"](figures)


def test_what_is_left_of_the_decisions_is_counted_and_what_is_late_is_asked() -> None:
    told = decided("甲县 11-10 yes -\n甲县 11-10 yes -\n甲县 11-10 - yes")
    assert told.claim == "十一月会（2023年11月10日）议定3项，已落实2项，逾期1项"
    assert told.ask == "十一月会议定而逾期的1项，是否约谈承办单位、重新明确时限"
    assert told.count == 1
    assert decided("甲县 11-10 yes -").ask == ""


def test_what_meetings_before_decided_and_is_late_is_told_beside_it() -> None:
    told = decided("甲县 11-10 yes -\n甲县 10-10 - yes\n甲县 10-10 yes -\n乙县 10-20 - yes")
    assert told.claim.endswith("议定2项，已落实1项，逾期1项")  # each county's last meeting
    assert told.details == ("此前会议议定而逾期的还有1项（甲局）",)
    assert told.ask.startswith("上次会议议定而逾期的1项、此前会议议定而逾期的1项，是否约谈")
    assert decided("甲县 11-10 - yes").details == ()


def test_a_meeting_that_has_no_name_is_the_last_one() -> None:
    told = decided("甲县 11-10 - yes", source=None)  # type: ignore[arg-type]
    assert told.claim.startswith("上次会议（2023年11月10日）议定1项")
    assert told.ask.startswith("上次会议议定而逾期的1项")


@pytest.mark.parametrize(("day", "done"), [("11-09", None), ("11-10", 0), ("11-12", 1)])
def test_decisions_are_counted_from_the_day_of_the_meeting_on(day: str, done: int | None) -> None:
    rows = dated("opened_on done_on\n11-10 11-12\n11-10 -").assign(is_done=[True, False])
    assert _done(rows, pd.Timestamp(f"2023-{day}")) == done


# Sites.


@pytest.mark.parametrize(
    ("reasons", "told"), [(REASONS, ""), (REASONS + 1, f"等{REASONS + 1}条理由")]
)
def test_reasons_beyond_those_that_are_named_are_counted(reasons: int, told: str) -> None:
    why = [f"理由{n}" for n in range(reasons)]
    sites = pd.DataFrame({"site": ["甲宾馆"], "colour": ["橙"], "reasons": ["；".join(why)]})
    named = "，".join(why[:REASONS])
    assert first_sites(sites) == [f"应先检查的场所：甲宾馆（橙色，{named}{told}）"]


def test_no_site_is_first_where_none_is_orange_or_red() -> None:
    sites = pd.DataFrame({"site": ["甲宾馆"], "colour": ["黄"], "reasons": ["满60天未检查"]})
    assert first_sites(sites) == []
    assert first_sites(sites.assign(colour="红", reasons="")) == []


def test_sites_beyond_those_that_are_named_are_counted() -> None:
    for count, rest in ((SITES, ""), (SITES + 1, f"等{SITES + 1}家")):
        names = [f"{n}号宾馆" for n in range(count)]
        sites = pd.DataFrame({"site": names, "colour": "红", "reasons": "有未销号的重大隐患"})
        (told,) = first_sites(sites)
        assert told.endswith(f"号宾馆（红色，有未销号的重大隐患）{rest}")


# Numbers and their changes.

FEW, MANY = {"total": 10, "done": 6}, {"total": 1000, "done": 600}
RATES = {"completion_rate": 0.6, "closure_rate": None, "on_time_rate": None}


def rate(now: dict[str, Any], before: dict[str, Any] | None) -> Any:
    found = headlines(NOW | RATES | now, before and NOW | RATES | before)
    return next(each for each in found if each.indicator.column == "completion_rate")


@pytest.mark.parametrize(
    ("now", "before", "change"),
    [
        (FEW, None, None),
        (FEW, FEW | {"completion_rate": None}, None),
        (FEW | {"completion_rate": None}, FEW, None),
        # of many: the difference of the two that are printed, 60.00 % and 33.33 %
        (MANY, MANY | {"completion_rate": 1 / 3}, 0.2667),
        # of few, which are printed without decimals: the difference itself
        (FEW, FEW | {"completion_rate": 1 / 3}, 0.6 - 1 / 3),
        (MANY, FEW | {"completion_rate": 1 / 3}, 0.6 - 1 / 3),
    ],
)
def test_a_rate_changes_by_what_is_printed(
    now: dict[str, Any], before: dict[str, Any] | None, change: float | None
) -> None:
    found = rate(now, before).change
    assert found == (None if change is None else pytest.approx(change, abs=1e-9))


def test_no_change_is_told_with_another_word() -> None:
    meeting = Comparison(date(2023, 10, 10), "10月10日形势研判会")
    changes = (rate(FEW, FEW | {"completion_rate": each}) for each in (0.6, 0.5))
    assert [card(each, meeting).change for each in changes] == [
        "与10月10日持平", "比10月10日提高10个百分点",
    ]  # fmt: skip


@pytest.mark.parametrize(("newest", "told"), [("11-14", False), ("11-15", False), ("11-16", True)])
def test_what_came_after_the_day_is_said_to_count(newest: str, told: bool) -> None:
    facts = Provenance(1, date.fromisoformat(f"2023-{newest}"), False)
    words = stamp_words(Scope(AS_OF), facts)
    assert any("截至日以后报来的也计入" in each for each in words) == told


# Papers.


def test_where_no_step_is_due_the_report_says_so_and_only_then() -> None:
    nothing = pd.DataFrame({"unit": pd.Series(dtype=object)})
    nothing_left = ["1．按既定时限推进，没有需要加重督办的事项。"]
    assert next_steps(Given(_alerts=([], []), due_soon=nothing)) == nothing_left
    soon = drawn("unit due_on\n甲局 11-16")
    (step,) = next_steps(Given(_alerts=([], []), due_soon=soon))
    assert step.startswith("1．7日内到期1项（")


def test_slides_that_are_but_a_sentence_stand_together(monkeypatch: pytest.MonkeyPatch) -> None:
    full = Slide("甲", "台账", points=["一"])
    bare = [Slide(f"句{n}", "台账") for n in range(MOST_POINTS + 1)]
    monkeypatch.setattr(slide_contents, "_of_subjects", lambda figures: [bare[0], full, *bare[1:]])
    monkeypatch.setattr(slide_contents, "steps", lambda figures: None)
    monkeypatch.setattr(slide_contents, "asked", lambda figures: Slide("问", "台账", request="问"))
    told = slides(Given())
    assert [each.message for each in told] == ["甲", "其他方面", "其他方面", "问"]
    assert [len(each.points) for each in told] == [1, MOST_POINTS, 1, 0]
    assert told[1].points[0] == "句0。"


def test_nothing_late_has_no_slide_of_the_longest() -> None:
    assert longest(Given(overdue=pd.DataFrame({"item_id": []}))) is None


# Several counties.


@pytest.mark.parametrize(
    ("frequencies", "words"),
    [
        (["每月", "每月"], "例会（每月1次）"), (["每季度", "每季度"], "季度例会（每季度1次）"),
        (["每月", "每季度"], "例会"),
    ],
)  # fmt: skip
def test_counties_that_are_asked_unlike_things_have_one_word(
    frequencies: list[str], words: str
) -> None:
    rows = pd.DataFrame(
        {
            "required": 1,
            "period_start": pd.Timestamp("2023-10-01"),
            "period_end": [
                pd.Timestamp("2023-10-31" if each == "每月" else "2023-12-31")
                for each in frequencies
            ],
        }
    )
    assert _often(rows, "例会") == words


@pytest.mark.parametrize(
    ("regions", "numbers", "is_told"),
    [
        ([None, None], [1, 2], True), (["甲县", "甲县"], [1, 2], True),
        (["甲县", "乙县"], [1, 2], False), (["甲县", None], [1, 2], False),
        (["甲县", "甲县"], [1, 1], False),
    ],
)  # fmt: skip
def test_calendars_are_told_of_one_county_with_several(
    regions: list[str | None], numbers: list[int], is_told: bool
) -> None:
    figures = Given()
    figures.source = Told(  # type: ignore[assignment]
        pd.DataFrame(
            {
                "region": pd.Series(regions, dtype=object),
                "calendar_no": numbers,
                "node_on": pd.to_datetime(["2023-10-31", "2023-11-30"]),
                "plan": ["〔2023〕6号", "〔2023〕9号"],
            }
        )
    )
    assert bool(calendar_words(figures)) == is_told


ACTS = "instrument acts open_then done_after done_rate alike_open alike_done alike_rate\n"


@pytest.mark.parametrize(
    ("then", "alike", "is_beside"), [(2, 4, True), (0, 4, False), (2, 0, False)]
)
def test_an_instrument_is_set_beside_others_where_there_are_any(
    then: int, alike: int, is_beside: bool
) -> None:
    rows = drawn(ACTS + f"约谈警示 3 {then} 1 - {alike} 1 -")
    rows = rows.assign(target=ALL, done_rate=0.5, alike_rate=0.5)
    told = said("instruments", instruments=rows)
    assert told.claim == "督促手段累计使用：约谈警示3次，按对象计"
    assert bool(told.details) == is_beside
    assert bool(told.caveat) == is_beside


# What is asked of the meeting.


def test_only_what_is_late_for_long_is_asked_each_unit_by_its_items() -> None:
    """What is late for less than 30 days, or waits for long (``open``), is not."""
    rows = drawn(
        f"""
        basis unit   band_no items overdue
        late  {ALL}  {LONG_LATE_BAND} 3 3
        late  甲局   {LONG_LATE_BAND} 2 2
        late  乙局   {LONG_LATE_BAND} 1 1
        late  丙局   0 5 5
        open  丁局   {LONG_LATE_BAND} 7 0
        """
    )
    late = drawn("title unit days_late due_on\n甲 甲局 40 10-01").assign(
        due_on=pd.Timestamp("2023-10-01"), person=None
    )
    made = ask(Given(ageing=rows, overdue=late, node_progress=NO_NODES), "overdue")
    assert made is not None
    assert "3项" in made.what
    assert "甲局2项" in made.whose
    assert "丁局" not in made.whose


def test_missing_reports_are_asked_of_whoever_owes_them() -> None:
    rows = dated(
        "unit state period_start period_end\n甲局 in_time 10-16 10-31\n乙局 missing 10-16 10-31"
    )
    made = ask(Given(report_punctuality=rows, node_progress=NO_NODES), "reports")
    assert made is not None
    assert made.whose == "乙局"
    in_time = rows.assign(state="in_time")
    assert ask(Given(report_punctuality=in_time, node_progress=NO_NODES), "reports") is None
