"""The metrics on accidents, inspections, sites, duties, reports and submissions, in the head."""

from datetime import date

import pandas as pd
import pytest

from analysis.ingest.periods.workdays import Calendar
from tests.tables import day, drawn, drawn_items, metric_over
from tests.warehouse.test_metrics_items import told

ACCIDENT = {
    "region": "本县", "industry": "旅游", "kind": "其他", "grade": "一般", "deaths": 0,
    "counted": True, "occurred_on": None, "ledger_until": None,
}  # fmt: skip
VISIT = {
    "inspection_no": None,
    "region": "本县", "site": "宾馆", "kind": "日常检查", "unit": "甲局", "site_kind": "宾馆",
    "township": "东河镇", "campaign": None, "inspected_on": day("10-01"), "hazards_found": 0,
    "major_hazards_found": 0, "published_on": None, "told_on": None,
}  # fmt: skip
SITE = {
    "region": "本县", "site_kind": "宾馆", "township": "东河镇", "risk_level": "黄", "unit": "甲局",
    "person": "赵某", "person_post": "经理",
}  # fmt: skip
REPORT = {
    "unit": "甲局", "region": "本县", "due_on": None, "submitted_on": None, "zero_report": False,
    "told_on": None,
    "visits": None, "sites_inspected": None, "hazards_found": None, "hazards_done": None,
    "major_found": None, "major_closed": None, "path": "b.xlsx", "sheet": "台账", "row_no": 4,
}  # fmt: skip
#: Of every half month since the first.
OWED = {"owes_from": None, "owes_until": None}
NO_UNITS = drawn("unit has_to_report region", **OWED)
NO_CALENDAR = drawn("region period_start period_end due_on")


def monthly(drawing: str, as_of: str = "03-15") -> pd.DataFrame:
    return metric_over("accident_monthly", as_of, accidents=drawn(drawing, **ACCIDENT))


def test_months_stand_beside_the_same_months_of_the_year_before_and_add_up() -> None:
    rows = monthly("""
occurred_on deaths
2022-01-10  1
2022-02-10  0
2022-03-20  0
2023-01-05  2
2023-03-15  0
2023-03-16  0
""")
    whole = rows[rows["dimension"] == "all"]
    # 20 March of last year is after 15 March: it is not compared; nor is 16 March of this year.
    columns = ("accidents", "accidents_prev", "accidents_total", "accidents_total_prev")
    assert told(whole, *columns) == [
        [1, 1, 1, 1], [0, 1, 1, 2], [1, 0, 2, 2],
    ]  # fmt: skip
    assert told(whole, "deaths_total", "deaths_total_prev") == [[2, 1], [2, 1], [2, 1]]
    assert [str(rise) for rise in whole["accidents_yoy"]] == ["0.0", "-50.0", "0.0"]
    assert whole["deaths_yoy"].astype(float).tolist() == [100.0] * 3


def test_february_of_28_days_is_compared_with_the_whole_february_of_29() -> None:
    drawing = "occurred_on\n2024-01-31\n2024-02-29\n2025-02-28"
    for as_of, before in (("2025-02-28", [1, 1]), ("2025-02-27", [1, 0])):
        rows = monthly(drawing, as_of)
        whole = rows[rows["dimension"] == "all"]
        assert whole["accidents_prev"].tolist() == before, as_of
    assert whole["accidents_total_prev"].tolist() == [1, 1]


def test_without_a_year_before_there_is_nothing_to_compare() -> None:
    rows = monthly("occurred_on\n2023-01-05")
    assert rows["accidents_prev"].isna().all()
    assert rows["accidents_yoy"].isna().all()


def test_what_is_not_counted_stands_apart() -> None:
    rows = monthly("occurred_on counted\n2023-01-05 yes\n2023-01-06 no\n2023-01-07 no")
    january = rows[(rows["dimension"] == "all") & (rows["month_start"] == "2023-01-01")]
    assert told(january, "counted", "accidents") == [[True, 1], [False, 2]]


def test_coverage_counts_sites_once_visits_each_time_and_who_is_not_on_the_list_apart() -> None:
    sites = drawn("site risk_level\n宾馆 红\n影院 红\n网吧 蓝", **SITE)
    visits = drawn(
        """
site inspected_on
宾馆 2022-12-31
宾馆 01-01
宾馆 11-01
影院 2022-12-01
棋牌 11-01
""",
        **VISIT,
    )
    rows = metric_over("inspection_coverage", "11-15", sites=sites, inspections=visits)
    columns = ("member", "sites", "inspected", "visits", "idle_60", "coverage_rate")
    by_risk = rows[rows["dimension"] == "risk_level"]
    assert told(by_risk, *columns) == [
        ["红", 2, 1, 2, 1, 0.5], ["蓝", 1, 0, 0, 1, 0.0], ["名录外", 0, 1, 1, 0, None],
    ]  # fmt: skip


def test_sixty_days_without_an_inspection_are_idle_and_fifty_nine_are_not() -> None:
    sites = drawn("site\n宾馆\n影院", **SITE)
    visits = drawn("site inspected_on\n宾馆 09-17\n影院 09-16", **VISIT)
    rows = metric_over("inspection_coverage", "11-15", sites=sites, inspections=visits)
    assert rows.loc[rows["dimension"] == "all", "idle_60"].tolist() == [1]


#: October and November 2023: the first six days of October are free, the weekend after is worked.
WORKDAYS = Calendar().table({"本县"}, day("10-01"), day("11-30"))
NO_WORKDAYS = WORKDAYS.head(0)


def published(drawing: str, as_of: str = "11-15", workdays: pd.DataFrame = WORKDAYS) -> list[int]:
    """应公示, 及时公示, and of the first those whose year has no arrangement yet."""
    visits = drawn(drawing, **(VISIT | {"kind": "双随机抽查"}))
    rows = metric_over("inspection_yield", as_of, inspections=visits, workdays=workdays)
    whole = rows[rows["dimension"] == "all"].iloc[0]
    return [int(whole[name]) for name in ("to_publish", "published_in_time", "by_weekdays")]


def test_yield_leaves_out_visits_that_do_not_say_what_they_found() -> None:
    visits = drawn(
        """
site hazards_found kind       inspected_on
宾馆 2             双随机抽查 10-01
宾馆 0             双随机抽查 10-01
影院 -             双随机抽查 10-19
影院 1             日常检查   2022-12-31
影院 -             双随机抽查 10-05
""",
        **VISIT,
    )
    rows = metric_over("inspection_yield", "11-15", inspections=visits, workdays=WORKDAYS)
    whole = rows[rows["dimension"] == "all"].iloc[0]
    assert whole[["visits", "sites", "with_hazards", "hazards_found"]].tolist() == [4, 2, 1, 2]
    assert (whole["per_visit"], whole["yield_rate"]) == (1.0, 0.5)


@pytest.mark.parametrize(
    ("row", "as_of", "counts"),
    [
        # From Tuesday 10 October on: the twentieth working day is Monday 6 November.
        ("10-09 -", "11-06", [0, 0, 0]),  # it is not over yet
        ("10-09 -", "11-07", [1, 0, 0]),
        ("10-09 10-20", "11-06", [0, 0, 0]),
        ("10-09 11-06", "11-07", [1, 1, 0]),
        ("10-09 11-07", "11-08", [1, 0, 0]),
        ("10-09 10-08", "11-08", [1, 0, 0]),  # before the inspection
        # Inspected on a day off: counting begins on Saturday 7 October, which is worked.
        ("10-02 11-01", "11-15", [1, 1, 0]),
        ("10-02 11-02", "11-15", [1, 0, 0]),
    ],
)
def test_an_inspection_is_made_public_within_twenty_working_days(
    row: str, as_of: str, counts: list[int]
) -> None:
    assert published(f"inspected_on published_on\n{row}", as_of) == counts


def test_a_year_without_a_calendar_goes_by_weekdays_and_says_so() -> None:
    plain = Calendar().table({"本县"}, date(2090, 1, 1), date(2090, 12, 31))
    assert not plain["is_arranged"].any()
    row = "inspected_on published_on\n2090-10-02 2090-10-30"  # a Monday
    assert published(row, "2090-10-30", plain) == [0, 0, 0]
    assert published(row, "2090-10-31", plain) == [1, 1, 1]
    # What was published by an older program has no table of working days: 28 days.
    assert published("inspected_on published_on\n10-09 11-06", "11-07", NO_WORKDAYS) == [1, 1, 0]


DUTY = {
    "unit": "甲局", "region": "本县", "held_on": None, "submitted_on": None, "quantity": None,
    "period_start": None,
}  # fmt: skip
REQUIREMENT = {
    "item_id": "M-5-1", "plan_no": None, "sub_no": "5-1", "sub_measure": "学习", "unit": "甲局",
    "region": "本县",
    "duty_kind": "专题学习", "frequency": "每月", "quantity": 1, "start_on": day("09-30"),
    "due_on": None,
}  # fmt: skip


def duty(requirement: dict[str, object], duties: str) -> list[list[object]]:
    asked = pd.DataFrame([REQUIREMENT | requirement], dtype=object)
    held = drawn(duties, **DUTY)
    rows = metric_over("duty_compliance", "11-15", requirements=asked, duties=held)
    return told(rows, "required", "done", "missing", "state")


def test_a_duty_is_due_in_every_month_from_its_start() -> None:
    held = "kind held_on unit\n专题学习 09-25 甲局\n专题学习 10-10 乙局\n例会 10-10 甲局"
    begun = {"start_on": day("09-01")}
    assert duty(begun, held) == [[1, 1, 0, "met"], [1, 0, 1, "short"], [1, 0, 1, "running"]]
    in_a_month = "kind period_start quantity\n专题学习 10-01 2"
    assert [row[3] for row in duty(begun, in_a_month)] == ["short", "met", "running"]
    by_office = "kind held_on unit\n专题学习 10-10 专班办公室"
    assert [row[3] for row in duty(begun, by_office)] == ["short", "met", "running"]


@pytest.mark.parametrize(
    ("frequency", "start", "first"),
    [
        ("每月", "09-30", "10-01"),
        ("每月", "09-02", "10-01"),
        ("每月", "09-01", "09-01"),  # the whole month is after the start
        ("每季度", "09-25", "10-01"),
        ("每季度", "07-02", "10-01"),
        ("每季度", "07-01", "07-01"),
        ("每季", "07-01", "07-01"),
        ("每半年", "07-01", "07-01"),
        ("每半年", "2022-12-01", "2023-01-01"),
        ("每年", "2022-12-01", "2023-01-01"),
    ],
)
def test_a_duty_owes_nothing_for_a_period_that_had_begun_before_the_work(
    frequency: str, start: str, first: str
) -> None:
    asked = pd.DataFrame(
        [REQUIREMENT | {"frequency": frequency, "start_on": day(start)}], dtype=object
    )
    held = drawn("kind held_on\n例会 10-10", **DUTY)
    rows = metric_over("duty_compliance", "11-15", requirements=asked, duties=held)
    assert rows["period_start"].min().date() == day(first)


def clauses(drawing: str, duties: str = "kind held_on\n例会 10-10") -> list[list[object]]:
    asked = drawn(drawing, **(REQUIREMENT | {"duty_kind": "例会", "start_on": day("07-01")}))
    asked["sub_no"] = asked["sub_no"].astype(str)
    asked["item_id"] = "M-" + asked["sub_no"]
    held = drawn(duties, **DUTY)
    rows = metric_over("duty_compliance", "11-15", requirements=asked, duties=held)
    rows = rows.assign(month=rows["period_start"].dt.month)
    return told(rows, "sub_no", "month", "done", "missing", "state", "stricter_no")


def test_of_two_clauses_on_one_duty_the_stricter_is_judged_and_the_other_shown() -> None:
    rows = clauses("sub_no frequency quantity\n5-2 每季度 1\n43 每月 1")
    assert rows == [
        ["43", 7, 0, 1, "short", None], ["43", 8, 0, 1, "short", None],
        ["43", 9, 0, 1, "short", None], ["43", 10, 1, 0, "met", None],
        ["43", 11, 0, 1, "running", None],
        ["5-2", 7, 0, None, "stricter", "43"], ["5-2", 10, 1, None, "stricter", "43"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("drawing", "judged"),
    [
        ("sub_no frequency quantity\n5-2 每季度 1\n43 每季度 1", {"5-2", "43"}),  # alike
        ("sub_no frequency quantity\n5-2 每季度 4\n43 每月 1", {"5-2", "43"}),  # 3 are not 4
        ("sub_no frequency quantity\n5-2 每季度 3\n43 每月 1", {"43"}),
        ("sub_no frequency quantity\n5-2 每季度 1\n43 每季度 2", {"43"}),
        ("sub_no frequency quantity unit\n5-2 每季度 1 甲局\n43 每月 1 乙局", {"5-2", "43"}),
        ("sub_no frequency quantity duty_kind\n5-2 每季度 1 约谈警示\n43 每月 1 例会",
         {"5-2", "43"}),
    ],
)  # fmt: skip
def test_a_clause_gives_way_only_to_one_that_does_it_as_well(
    drawing: str, judged: set[str]
) -> None:
    assert {row[0] for row in clauses(drawing) if row[4] != "stricter"} == judged


def test_a_quarter_before_the_stricter_clause_began_is_judged_by_its_own() -> None:
    rows = clauses(
        "sub_no frequency quantity start_on\n5-2 每季度 1 07-01\n43 每月 1 10-01",
    )
    quarters = [row for row in rows if row[0] == "5-2"]
    assert [(row[1], row[4]) for row in quarters] == [(7, "short"), (10, "stricter")]


def test_a_quarter_is_one_period_and_a_deadline_another() -> None:
    quarterly = {"frequency": "每季度", "duty_kind": "例会", "start_on": day("07-01")}
    assert [row[3] for row in duty(quarterly, "kind held_on\n例会 07-01")] == ["met", "running"]
    once = {"frequency": None, "duty_kind": "调研报告", "quantity": 2, "due_on": day("11-20")}
    said = "kind held_on submitted_on quantity\n调研报告 - 11-01 1\n调研报告 11-16 - 1"
    # What is dated after the day counts for nothing yet: the relation leaves it out; here it is in.
    assert duty(once, said) == [[2, 2, 0, "met"]]
    assert duty(once | {"due_on": day("11-14")}, said) == [[2, 1, 1, "short"]]


def test_a_requirement_without_a_kind_of_duty_is_not_judged() -> None:
    rows = duty({"duty_kind": None, "frequency": None}, "kind held_on\n例会 10-10")
    assert rows == [[1, None, None, None]]


def test_each_member_owes_a_report_for_each_half_month() -> None:
    reports = drawn(
        """
unit period_start period_end due_on submitted_on
甲局 10-01        10-15      10-30  10-17
甲局 10-16        10-31      11-30  11-05
乙镇 10-16        10-31      11-02  -
""",
        **REPORT,
    )
    # Whatever 甲局 writes, the calendar says when a report is due; what it lacks, two days do.
    calendar = drawn(
        """
period_start period_end due_on
10-01        10-15      10-18
10-16        10-31      11-02
""",
        region="本县",
    )
    units = drawn("unit has_to_report region\n甲局 yes 本县\n丙局 yes 本县\n丁镇 no 本县", **OWED)
    rows = metric_over(
        "report_punctuality", "11-15", reports=reports, units=units, report_periods=calendar
    )
    states = rows.set_index(["unit", "period_start"])["state"]
    periods = [str(each.date()) for each in rows["period_start"].drop_duplicates()]
    assert periods == ["2023-11-01", "2023-10-16", "2023-10-01"]
    assert set(rows["unit"]) == {"甲局", "乙镇", "丙局"}
    assert states["甲局"].tolist() == ["pending", "late", "in_time"]
    assert states["丙局"].tolist() == ["pending", "missing", "missing"]
    late = rows[rows["state"].isin(["late", "missing"])].set_index(["unit", "period_start"])
    assert late["days_late"].tolist() == [13, 13, 3, 28, 28]


def test_a_report_that_has_not_come_by_the_day_is_no_zero_report_yet() -> None:
    reports = drawn("period_start submitted_on zero_report\n10-01 10-16 yes\n10-16 - yes", **REPORT)
    rows = metric_over(
        "report_punctuality", "11-01", reports=reports, units=NO_UNITS, report_periods=NO_CALENDAR
    )
    assert told(rows, "state", "zero_report") == [["pending", None], ["in_time", True]]


def test_who_need_not_report_owes_nothing_and_what_it_reports_is_listed() -> None:
    reports = drawn(
        """
unit period_start submitted_on
甲局 10-01        10-16
乙镇 10-01        10-20
""",
        **REPORT,
    )
    units = drawn("unit has_to_report region\n甲局 yes 本县\n乙镇 no 本县", **OWED)
    rows = metric_over(
        "report_punctuality", "11-10", reports=reports, units=units, report_periods=NO_CALENDAR
    )
    assert told(rows, "unit", "state") == [
        ["甲局", "missing"], ["乙镇", "late"], ["甲局", "in_time"],
    ]  # fmt: skip


def test_of_whom_the_register_does_not_say_it_reports_once_it_has_begun_to() -> None:
    reports = drawn("unit period_start submitted_on\n丙局 10-01 10-16", **REPORT)
    units = drawn("unit has_to_report region\n甲局 yes 本县\n丙局 - 本县\n丁局 - 本县", **OWED)
    rows = metric_over(
        "report_punctuality", "11-10", reports=reports, units=units, report_periods=NO_CALENDAR
    )
    assert told(rows, "unit", "state") == [
        ["丙局", "missing"], ["甲局", "missing"], ["丙局", "in_time"], ["甲局", "missing"],
    ]  # fmt: skip


def test_a_report_on_a_half_month_of_long_ago_is_a_slip_and_makes_no_arrears() -> None:
    reports = drawn(
        """
unit period_start submitted_on
甲局 2003-10-01   10-16
乙局 10-16        10-31
""",
        **REPORT,
    )
    rows = metric_over(
        "report_punctuality", "11-15", reports=reports, units=NO_UNITS, report_periods=NO_CALENDAR
    )
    assert sorted({str(each.date()) for each in rows["period_start"]}) == [
        "2023-10-16", "2023-11-01",
    ]  # fmt: skip


def test_what_a_report_counts_is_compared_with_the_ledger() -> None:
    reports = drawn(
        "period_start period_end submitted_on visits sites_inspected hazards_found hazards_done\n"
        "10-01        10-15      10-16        2      2               3             -",
        **REPORT,
    )
    visits = drawn("site inspected_on\n宾馆 10-01\n宾馆 10-15\n宾馆 10-16", **VISIT)
    items = drawn_items(
        "item_id opened_on state\n1 10-01 open\n2 10-15 open\n3 10-15 void\n4 10-16 open"
    )
    rows = metric_over("report_reconciliation", "11-15", items, reports=reports, inspections=visits)
    assert told(rows, "figure", "reported", "in_ledger", "difference") == [
        ["发现隐患", 3, 2, 1], ["检查家数", 2, 1, 1], ["检查家次", 2, 2, 0],
    ]  # fmt: skip


def test_a_site_has_somebody_on_its_plate_or_not() -> None:
    sites = drawn(
        "site township person person_post\n宾馆 东 赵某 -\n影院 东 - -\n网吧 西 钱某 经理", **SITE
    )
    rows = metric_over("site_responsibility", "11-15", sites=sites)
    by_township = rows[rows["dimension"] == "township"]
    assert told(by_township, "member", "sites", "with_person", "with_post") == [
        ["东", 2, 1, 0], ["西", 1, 1, 1],
    ]  # fmt: skip
    nothing = metric_over("site_responsibility", "11-15", sites=sites.head(0))
    assert told(nothing, "dimension", "sites", "responsibility_rate") == [["all", 0, None]]


def test_a_hazard_is_of_the_campaign_of_its_inspection_by_number_else_by_site_and_day() -> None:
    visits = drawn(
        """
inspection_no unit site inspected_on campaign
1             甲局 宾馆 10-02        百日
2             甲局 影院 10-03        夜查
2             乙局 网吧 10-04        -
3             甲局 书吧 10-05        百日
4             甲局 书吧 10-05        夜查
""",
        **VISIT,
    )
    items = drawn_items("""
item_id unit inspection_no site opened_on campaign
1       甲局 1             茶楼 10-09     -
2       甲局 1             茶楼 10-09     冬防
3       乙局 2             茶楼 10-09     -
4       丙局 -             影院 10-03     -
5       丙局 -             影院 10-04     -
6       丙局 -             书吧 10-05     -
""")
    rows = metric_over("campaign_progress", "11-15", items, inspections=visits)
    # 3 is of its own unit's inspection, which is of no campaign; 6 could be of either
    assert told(rows, "campaign", "hazards") == [["冬防", 1], ["夜查", 1], ["百日", 1]]


def test_what_is_shut_down_or_goes_on_for_ever_is_in_no_rate_of_a_campaign() -> None:
    items = drawn_items(
        """
item_id is_done is_closed standing state
1       yes     yes       no       closed
2       no      no        no       overdue
3       no      no        no       suspended
4       yes     no        yes      accepting
""",
        campaign="百日",
    )
    rows = metric_over(
        "campaign_progress", "11-15", items, inspections=drawn("site\n茶楼", **VISIT)
    )
    columns = ("hazards", "apart", "done", "completion_rate", "closure_rate")
    assert told(rows, *columns) == [[4, 2, 1, 0.5, 0.5]]


def test_a_campaign_has_visits_and_hazards_and_may_have_but_one_of_them() -> None:
    visits = drawn(
        "site campaign inspected_on\n宾馆 百日 10-09\n宾馆 百日 10-20\n"
        "影院 夜查 10-30\n影院 夜查 10-31",
        **VISIT,
    )
    items = drawn_items("""
item_id campaign level is_done is_closed is_overdue state
1       百日     重大  yes     yes       no         closed
2       百日     一般  no      no        yes        overdue
3       百日     一般  no      no        no         void
4       冬防     一般  no      no        no         open
""")
    rows = metric_over("campaign_progress", "11-15", items, inspections=visits)
    columns = ("campaign", "visits", "sites", "hazards", "done", "overdue", "major_closed")
    assert told(rows, *columns) == [
        ["冬防", 0, 0, 1, 0, 0, 0], ["夜查", 2, 1, 0, 0, 0, 0], ["百日", 2, 1, 2, 1, 1, 1],
    ]  # fmt: skip
    night = rows.set_index("campaign").loc["夜查"]
    assert [night["first_on"].date(), night["last_on"].date()] == [day("10-30"), day("10-31")]


def test_a_row_with_two_errors_is_one_wrong_row() -> None:
    counts = {"rows_read": 4, "rows_loaded": 2, "rows_duplicate": 1, "rows_rejected": 1}
    sent = drawn(
        "submission_id unit ledger received_on\na 甲局 hazard 10-15\nb - - 10-16", **counts
    )
    findings = drawn("submission_id row_no severity\na 4 error\na 4 error\na 5 warning\na 6 error")
    rows = metric_over("submission_quality", "11-15", submissions=sent, findings=findings)
    columns = ("unit", "sheets", "unrecognised", "errors", "rows_with_errors", "error_rate")
    assert told(rows, *columns) == [
        ["全部", 2, 1, 3, 2, 0.25], ["甲局", 1, 0, 3, 2, 0.5], ["未写明", 1, 1, 0, 0, 0.0],
    ]  # fmt: skip
