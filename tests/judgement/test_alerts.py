"""Each rule speaks on its day and not on the day before; an alert is raised once and has a life."""

from dataclasses import fields, replace
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from analysis.cli import app
from analysis.errors import YanpanError
from analysis.intake.alert_book import DONE, GONE, NOTED, AlertBook, by_key, standing
from analysis.judgement.alerts import (
    NAMED,
    RULES,
    Alert,
    Facts,
    configured,
    evaluate,
    letter_days,
)  # fmt: skip
from analysis.judgement.holidays import coming, flood_season, holidays
from analysis.settings import Settings

DAY = date(2023, 11, 15)
SEASON = ("05-01", "09-30")
WHERE = {"path": "a.xlsx", "sheet": "台账", "row_no": 4}
ITEM = {"item_id": "H-1", "title": "宾馆：灭火器过期", "unit": "甲局", **WHERE}
COLUMNS = {
    "due_soon": ["days_left"], "due_later": ["days_left"], "overdue": ["days_late"],
    "node_progress": ["unit", "node_on", "owed"],
    "report_punctuality": ["state", "days_late", "period_start", "unit"],
    "duty_compliance": ["state", "period_start", "sub_no", "unit"],
    "major": ["is_closed", "filed_on", "supervised", "opened_on"], "recurrence": ["opened_on"],
    "suspect_closure": ["reasons"], "conduct": ["conduct"],
    "accident_yoy": ["source", "period", "accidents", "accidents_prev"],
    "nodes": ["region", "calendar_no", "node_on", "plan"],
    "high_sites": ["site", "unit"], "inspections": ["site", "inspected_on"],
}  # fmt: skip


def day(text: str) -> pd.Timestamp:
    return pd.Timestamp(f"2023-{text}")


def facts(**rows: list[dict[str, object]]) -> Facts:
    """Facts with some rows; all else is empty."""
    return Facts(
        **{
            each.name: pd.DataFrame(rows[each.name])
            if each.name in rows
            else pd.DataFrame(columns=COLUMNS[each.name], dtype=object)
            for each in fields(Facts)
        }
    )


def said(as_of: date = DAY, **rows: list[dict[str, object]]) -> list[str]:
    """The names of the rules that speak."""
    return [alert.rule for alert in evaluate(facts(**rows), as_of, RULES, SEASON)[0]]


@pytest.mark.parametrize(("left", "rules"), [(0, ["due_soon"]), (7, ["due_soon"]), (8, [])])
def test_seven_days_before_the_deadline(left: int, rules: list[str]) -> None:
    row = ITEM | {"due_on": pd.Timestamp(DAY + timedelta(left)), "days_left": left}
    assert said(due_soon=[row]) == rules


@pytest.mark.parametrize(
    ("late", "rule"),
    [(1, "overdue_1"), (14, "overdue_1"), (15, "overdue_15"), (29, "overdue_15"),
     (30, "overdue_30"), (300, "overdue_30")],
)  # fmt: skip
def test_an_overdue_item_stands_on_the_highest_step_that_it_has_reached(
    late: int, rule: str
) -> None:
    row = ITEM | {"due_on": pd.Timestamp(DAY - timedelta(late)), "days_late": late}
    assert said(overdue=[row]) == [rule]


def test_a_node_is_missed_on_the_day_after_it_and_only_the_last_counts() -> None:
    rows = [
        {"unit": "甲局", "node_on": day("10-30"), "planned": 3, "owed": 1},
        {"unit": "甲局", "node_on": day("11-14"), "planned": 2, "owed": 2},
        {"unit": "乙局", "node_on": day("11-14"), "planned": 2, "owed": 0},
        {"unit": "全部", "node_on": day("11-14"), "planned": 4, "owed": 2},
        {"unit": "甲局", "node_on": day("11-29"), "planned": 5, "owed": 5},
    ]
    nodes = calendar(1, "10-30", "11-14", "11-29")
    (alert,) = evaluate(facts(node_progress=rows, nodes=nodes), DAY, RULES, SEASON)[0]
    assert (alert.unit, "还欠 2 项" in alert.message) == ("甲局", True)
    eve = date(2023, 11, 14)
    (before,) = evaluate(facts(node_progress=rows, nodes=nodes), eve, RULES, SEASON)[0]
    assert "10-30 节点" in before.message


def calendar(number: int, *days: str) -> list[dict[str, object]]:
    return [
        {
            "region": "甲县",
            "calendar_no": number,
            "node_on": day(each),
            "plan": f"县〔2023〕{number}号",
        }
        for each in days
    ]


def test_the_last_node_of_each_plan_counts() -> None:
    """Another plan's node of yesterday does not hide what is owed at the first one's."""
    rows = [
        {"unit": "甲局", "node_on": day("10-30"), "planned": 1, "owed": 1},
        {"unit": "甲局", "node_on": day("11-10"), "planned": 3, "owed": 2},
        {"unit": "甲局", "node_on": day("11-14"), "planned": 1, "owed": 0},
        {"unit": "乙局", "node_on": day("11-14"), "planned": 4, "owed": 3},
    ]
    nodes = [*calendar(1, "10-30", "11-14", "11-29"), *calendar(2, "10-26", "11-10", "11-25")]
    found, _ = evaluate(facts(node_progress=rows, nodes=nodes), DAY, RULES, SEASON)
    assert {(each.unit, each.message[:10]) for each in found} == {
        ("甲局", "2023-11-10"), ("乙局", "2023-11-14"),
    }  # fmt: skip
    nodes_told = {each.unit: each.evidence[0] for each in found}
    assert nodes_told == {"甲局": "〔2023〕2号11月10日节点", "乙局": "〔2023〕1号11月14日节点"}


def test_a_node_bears_its_plan_also_before_the_first_node_of_another() -> None:
    """第二个方案的首个节点还没有过，节点也写明是哪个方案的."""
    rows = [{"unit": "甲局", "node_on": day("10-30"), "planned": 1, "owed": 1}]
    nodes = [*calendar(1, "10-30", "11-29"), *calendar(2, "11-20")]
    (alert,) = evaluate(facts(node_progress=rows, nodes=nodes), DAY, RULES, SEASON)[0]
    assert alert.evidence[0] == "〔2023〕1号10月30日节点"
    alone = calendar(1, "10-30", "11-29")
    (alert,) = evaluate(facts(node_progress=rows, nodes=alone), DAY, RULES, SEASON)[0]
    assert alert.evidence[0] == "10月30日节点"


@pytest.mark.parametrize(
    ("state", "late", "rules"),
    [("missing", 1, ["report_late"]), ("missing", 0, []), ("late", 3, []), ("pending", None, [])],
)
def test_a_half_monthly_report_that_is_missing(
    state: str, late: int | None, rules: list[str]
) -> None:
    row = {
        "unit": "甲局", "period_start": day("10-16"), "period_end": day("10-31"),
        "due_on": day("11-05"), "state": state, "days_late": late,
    }  # fmt: skip
    assert said(report_punctuality=[row]) == rules


def test_a_half_month_of_another_year_bears_its_year() -> None:
    owed = [
        {"unit": "甲局", "period_start": pd.Timestamp(start), "period_end": pd.Timestamp(end),
         "due_on": pd.Timestamp(end), "state": "missing", "days_late": 9}
        for start, end in (("2023-12-16", "2023-12-31"), ("2024-01-01", "2024-01-15"))
    ]  # fmt: skip
    (alert,) = evaluate(facts(report_punctuality=owed), date(2024, 1, 31), RULES, SEASON)[0]
    assert alert.evidence == ("2023年12月下半月", "1月上半月")


@pytest.mark.parametrize(
    ("state", "rules"), [("short", ["duty_short"]), ("running", []), ("met", [])]
)
def test_a_meeting_that_was_not_held_often_enough(state: str, rules: list[str]) -> None:
    row = {
        "sub_no": "5-1", "plan_no": None, "requirement": "每月至少1次。", "unit": "甲局",
        "required": 2.0, "done": 1.0, "missing": 1.0, "period_start": day("10-01"),
        "period_end": day("10-31"), "state": state,
    }  # fmt: skip
    assert said(duty_compliance=[row]) == rules


def test_what_fell_short_is_told_in_words_that_a_letter_can_bear() -> None:
    row = {
        "sub_no": "5-1", "plan_no": "〔2023〕6号", "requirement": "报告2份。", "unit": "甲局",
        "required": 2.0, "done": 1.0, "missing": 1.0, "period_start": day("10-01"),
        "period_end": day("10-31"), "state": "short",
    }  # fmt: skip
    (alert,) = evaluate(facts(duty_compliance=[row]), DAY, RULES, SEASON)[0]
    assert alert.message == (
        "〔2023〕6号 5-1 报告2份（2023年10月1日至2023年10月31日）要求2、完成1、缺1"
    )


@pytest.mark.parametrize(
    ("found", "filed", "listed", "closed", "rules"),
    [
        ("11-12", None, True, False, ["major_unfiled"]), ("11-13", None, True, False, []),
        ("11-12", "11-13", False, False, ["major_unlisted"]),
        ("11-13", "11-13", False, False, []), ("11-12", "11-13", True, False, []),
        ("11-12", None, False, True, []),
        # filed on the day counts; filed on the next, as a later ledger says, it was not filed yet
        ("11-12", "11-15", True, False, []), ("11-12", "11-16", True, False, ["major_unfiled"]),
        ("11-12", None, False, False, ["major_unlisted", "major_unfiled"]),
    ],
)  # fmt: skip
def test_a_major_hazard_is_filed_and_listed_within_three_days(
    found: str, filed: str | None, listed: bool, closed: bool, rules: list[str]
) -> None:
    row = ITEM | {
        "opened_on": day(found), "filed_on": day(filed) if filed else pd.NaT, "supervised": listed,
        "is_closed": closed,
    }  # fmt: skip
    assert said(major=[row]) == rules


@pytest.mark.parametrize(("found", "rules"), [("08-17", ["recurrence"]), ("08-16", [])])
def test_what_came_back_within_the_last_ninety_days(found: str, rules: list[str]) -> None:
    row = ITEM | {"opened_on": day(found), "days_between": 30, "first_item_id": "H-0"}
    assert said(recurrence=[row]) == rules


@pytest.mark.parametrize("code", ["refused", "shirked", "faked"])
def test_what_a_ledger_says_of_conduct_is_quoted_and_proposed_for_handing_over(code: str) -> None:
    row = ITEM | {"conduct": code, "conduct_words": "业主拒不整改"}
    (alert,) = evaluate(facts(conduct=[row]), DAY, RULES, SEASON)[0]
    assert (alert.rule, alert.step, alert.unit, alert.item_id) == (code, "移交", "甲局", "H-1")
    assert alert.message == "宾馆：灭火器过期：台账写有“业主拒不整改”，尚未核实"
    assert "核实后建议移交" in alert.act
    assert alert.evidence == ("a.xlsx 台账 第 4 行",)


@pytest.mark.parametrize(("reasons", "rules"), [(1, []), (2, ["suspect_closure"])])
def test_a_closure_with_two_doubts(reasons: int, rules: list[str]) -> None:
    assert said(suspect_closure=[ITEM | {"reasons": reasons}]) == rules


@pytest.mark.parametrize(
    ("now", "before", "rules"), [(24, 18, []), (40, 18, ["accident_rise"]), (18, 40, [])]
)
def test_a_rise_in_accidents_only_beyond_chance(now: int, before: int, rules: list[str]) -> None:
    row = {
        "source": "records", "period": "year", "region": "本县", "accidents": now,
        "accidents_prev": before, "period_start": day("01-01"),
    }  # fmt: skip
    assert said(accident_yoy=[row]) == rules
    assert said(accident_yoy=[row | {"period": "month"}]) == []


@pytest.mark.parametrize(
    ("as_of", "seen", "rules"),
    [
        (date(2023, 9, 14), "07-16", ["ahead"]), (date(2023, 9, 13), "07-01", []),
        (date(2023, 9, 14), "07-17", []),
        (date(2023, 9, 29), None, []), (date(2023, 9, 28), None, ["ahead"]),
        (date(2023, 4, 13), None, []), (date(2023, 4, 14), None, ["ahead"]),
        (date(2023, 4, 15), None, ["ahead"]), (date(2023, 4, 16), None, ["ahead"] * 2),
    ],
)  # fmt: skip
def test_high_risk_sites_are_seen_before_holidays_and_floods(
    as_of: date, seen: str | None, rules: list[str]
) -> None:
    # 中秋节、国庆节 began on 29 September, 劳动节 on 29 April; the flood season begins on 1 May.
    site = {"site": "宾馆", "unit": "甲局"}
    seen_on = day(seen) if seen else pd.NaT
    told = said(as_of, high_sites=[site], inspections=[{"site": "宾馆", "inspected_on": seen_on}])
    assert told == rules


def test_a_year_that_is_not_in_the_calendar_is_told_and_floods_still_come() -> None:
    with pytest.raises(YanpanError, match="2099 年的放假安排还没有收进日历"):
        holidays(2099)
    spans, unknown = coming(date(2099, 4, 20), 15, SEASON)
    assert [span.name for span in spans] == ["汛期"]
    assert len(unknown) == 1
    assert flood_season(2023, SEASON).end == date(2023, 9, 30)


@pytest.mark.parametrize(
    ("as_of", "spans"),
    [
        (date(2023, 12, 29), [("元旦节", date(2023, 12, 30), date(2024, 1, 1))]),
        (date(2023, 12, 31), []),  # it has begun
    ],
)
def test_a_holiday_over_the_turn_of_the_year_is_one(
    as_of: date, spans: list[tuple[str, date, date]]
) -> None:
    """元旦 of 2024 began on 30 December: its days of two years were told of as two holidays."""
    found = coming(as_of, 15, SEASON)[0]
    assert [(span.name, span.start, span.end) for span in found] == spans


def test_a_holiday_lasts_from_its_first_free_day_to_its_last() -> None:
    spring = next(span for span in holidays(2023) if span.name == "春节")
    assert (spring.start, spring.end) == (date(2023, 1, 21), date(2023, 1, 27))


def test_an_office_sets_its_own_rules() -> None:
    rules = configured({"overdue_15": {"at": 20, "step": "约谈警示"}, "due_soon": {"on": False}})
    row = ITEM | {"due_on": day("10-30"), "days_late": 16}
    assert [a.rule for a in evaluate(facts(overdue=[row]), DAY, rules, SEASON)[0]] == ["overdue_1"]
    assert (rules["overdue_15"].title, rules["overdue_15"].step) == ("逾期20至29天", "约谈警示")
    assert rules["overdue_1"].title == "逾期1至19天"
    soon = ITEM | {"due_on": day("11-16"), "days_left": 1}
    assert evaluate(facts(due_soon=[soon]), DAY, rules, SEASON)[0] == []


@pytest.mark.parametrize(
    ("at", "rules"), [(15, ["due_soon"] * 2), (10, ["due_soon"] * 2), (3, []), (5, ["due_soon"])]
)
def test_a_threshold_beyond_the_seven_days_of_the_metric_is_kept(at: int, rules: list[str]) -> None:
    rows = [ITEM | {"due_on": day(f"11-{15 + left}"), "days_left": left} for left in (5, 10)]
    chosen = configured({"due_soon": {"at": at}})
    # As ``relations`` asks for them: what is due later comes only where the threshold lies there.
    given = facts(due_soon=rows[:1], **({"due_later": rows[1:]} if at > 7 else {}))
    assert [alert.rule for alert in evaluate(given, DAY, chosen, SEASON)[0]] == rules


def test_a_title_names_the_number_that_an_office_has_set() -> None:
    rules = configured({"recurrence": {"at": 60}, "overdue_30": {"on": False}})
    assert rules["recurrence"].title == "近60天屡查屡犯"
    assert rules["overdue_15"].title == "逾期满15天"


@pytest.mark.parametrize(
    ("chosen", "days"),
    [
        ({}, 15),  # 1 day: 预警; 15 days: 督办函; 30 days: 约谈警示
        ({"overdue_15": {"on": False}}, 30),
        ({"overdue_15": {"step": "预警"}}, 30),
        ({"overdue_1": {"step": "督办函"}}, 1),
        ({"overdue_15": {"step": "挂牌督办"}}, 15),
        ({"overdue_15": {"on": False}, "overdue_30": {"on": False}}, 1),  # no step: any lateness
    ],
)
def test_a_letter_is_written_from_the_first_step_that_is_one_or_higher(
    chosen: dict[str, dict[str, object]], days: int
) -> None:
    assert letter_days(configured(chosen)) == days


@pytest.mark.parametrize(("sites", "names"), [(NAMED, "场所"), (NAMED + 1, "场所等")])
def test_more_sites_than_are_named_end_in_deng(sites: int, names: str) -> None:
    rows = [{"site": f"{n:02}场所", "unit": "甲局"} for n in range(sites)]
    ((alert,), _) = evaluate(facts(high_sites=rows), date(2023, 9, 28), RULES, SEASON)
    assert f"红色、橙色场所 {sites} 家" in alert.message
    assert alert.message.endswith(names)
    assert alert.message.count("场所") == NAMED + 1


def test_the_steps_of_an_overdue_item_rise() -> None:
    with pytest.raises(YanpanError, match="overdue_15 为 40、overdue_30 为 30"):
        configured({"overdue_15": {"at": 40}})
    with pytest.raises(YanpanError, match="一档比一档大"):
        configured({"overdue_1": {"at": 15}})
    assert configured({"overdue_15": {"at": 40}, "overdue_30": {"on": False}})


ALERT = Alert("overdue_1/H-1/2023-11-14", "overdue_1", "预警", "逾期", "甲局", "逾期 1 天", "", "")


def test_an_alert_is_raised_once_and_what_is_done_stays_done(tmp_path: Path) -> None:
    book = AlertBook(tmp_path / "data" / "alerts.jsonl")
    assert [entry.number for entry in book.raise_new([ALERT], DAY)] == [1]
    again = replace(ALERT, message="逾期 2 天")
    assert book.raise_new([again], DAY + timedelta(1)) == []
    other = replace(ALERT, key="overdue_1/H-2/2023-11-14")
    assert [entry.number for entry in book.raise_new([again, other], DAY)] == [2]
    book.mark(1, NOTED, "王某", DAY)
    book.mark(1, DONE, "李某", DAY + timedelta(3), "已整改")
    first, second = book.entries()
    assert (first.state, first.by, first.on, first.remark) == (DONE, "李某", "2023-11-18", "已整改")
    assert book.raise_new([ALERT, other], DAY) == []
    assert standing(second, [other.key]) == "未处理"
    assert standing(second, []) == GONE
    assert len((tmp_path / "data" / "alerts.jsonl").read_text("utf-8").splitlines()) == 4


def test_an_alert_of_a_record_that_was_joined_to_an_older_one_goes_on_as_the_older_ones(
    tmp_path: Path,
) -> None:
    book = AlertBook(tmp_path / "alerts.jsonl")
    later = replace(ALERT, key="overdue_1/H-12/2023-11-14", item_id="H-12")
    often = replace(ALERT, key="recurrence/H-12", rule="recurrence", item_id="H-12")
    other = replace(ALERT, key="overdue_1/H-123/2023-11-14", item_id="H-123")
    book.raise_new([later, often, other], DAY)
    joined = {"H-12": "H-1"}
    earlier = replace(ALERT, item_id="H-1")
    assert [entry.alert.key for entry in book.entries(joined)] == [
        "overdue_1/H-1/2023-11-14", "recurrence/H-1", "overdue_1/H-123/2023-11-14",
    ]  # fmt: skip
    first = book.entries(joined)[0]
    assert (first.alert.item_id, standing(first, [earlier.key])) == ("H-1", "未处理")
    assert book.raise_new([earlier], DAY, joined) == []
    # The join is taken back: it is the later record's again.
    assert standing(book.entries()[0], [later.key, earlier.key]) == "未处理"
    assert [entry.number for entry in book.raise_new([earlier], DAY)] == [4]
    # Joined once more, the alert has two entries: what was done with either was done with it.
    book.mark(4, DONE, "王某", DAY)
    assert by_key(book.entries(joined))[earlier.key].number == 4


def test_what_cannot_be_marked_is_told(tmp_path: Path) -> None:
    book = AlertBook(tmp_path / "alerts.jsonl")
    book.raise_new([ALERT], DAY)
    for number, by, told in ((2, "王某", "没有 2 号"), (1, " ", "--by")):
        with pytest.raises(YanpanError, match=told):
            book.mark(number, NOTED, by, DAY)
    book.mark(1, DONE, "王某", DAY)
    with pytest.raises(YanpanError, match="已由王某于 2023-11-15 办结"):
        book.mark(1, NOTED, "李某", DAY)
    book.path.write_text("{", "utf-8")
    with pytest.raises(YanpanError, match="第 1 行读不了"):
        book.entries()


@pytest.mark.parametrize("text", ["甲\u2028乙", "甲\x85乙", "甲\n乙"])
def test_no_remark_breaks_the_book(tmp_path: Path, text: str) -> None:
    book = AlertBook(tmp_path / "alerts.jsonl")
    book.raise_new([ALERT], DAY)
    book.mark(1, NOTED, "王某", DAY, text)
    assert book.entries()[0].remark == text


def test_a_book_that_was_saved_without_its_last_line_end_goes_on(tmp_path: Path) -> None:
    book = AlertBook(tmp_path / "alerts.jsonl")
    book.raise_new([ALERT], DAY)
    book.path.write_bytes(book.path.read_bytes().rstrip())
    book.mark(1, DONE, "王某", DAY)
    assert [entry.state for entry in book.entries()] == [DONE]


@pytest.mark.slow
def test_the_command_raises_once_notes_and_closes(committed: Settings, tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "data" / "processed").mkdir(parents=True)
    (home / "data" / "processed" / "warehouse.duckdb").symlink_to(committed.warehouse)

    def asked(*words: str) -> str:
        answer = CliRunner().invoke(app, ["--home", str(home), "alerts", *words])
        return f"{answer.output}{answer.exception or ''}"

    day = ["--as-of", "2023-11-15"]
    first = asked(*day).splitlines()[-1]
    assert first.startswith("截至 2023-11-15，在列 ")
    number = int(first.split("新登记 ")[1].split(" ")[0])
    assert number > 10
    assert asked(*day).splitlines()[-1].endswith("新登记 0 件")
    assert "已由王某记为已办结" in asked("--done", "1", "--by", "王某", "--remark", "已约谈")
    assert asked(*day).splitlines()[-1] == f"截至 2023-11-15，在列 {number - 1} 件，新登记 0 件"
    assert "王某" in asked(*day, "--all", "--format", "csv")
    assert "overdue_15" in asked("--rules")


def test_the_manual_lists_the_rules_as_they_are() -> None:
    manual = (Path(__file__).parents[2] / "docs" / "预警.md").read_text("utf-8")
    for rule in RULES.values():
        at = rule.at or "—"
        line = f"| `{rule.name}` | {rule.title} | {rule.step} | {at} | {rule.act} | {rule.clause} |"
        assert line in manual


def test_sites_that_nobody_ever_inspected_are_unseen() -> None:
    site = {"site": "宾馆", "unit": "甲局"}
    empty = pd.DataFrame(
        {"site": pd.Series(dtype=object), "inspected_on": pd.Series(dtype="M8[s]")}
    )
    given = replace(facts(high_sites=[site]), inspections=empty)
    assert [a.rule for a in evaluate(given, date(2023, 9, 20), RULES, SEASON)[0]] == ["ahead"]


def test_a_unit_that_owes_many_reports_is_one_alert_until_it_has_caught_up() -> None:
    def missing(unit: str, start: str, end: str, late: int) -> dict[str, object]:
        return {
            "unit": unit, "period_start": day(start), "period_end": day(end),
            "due_on": day(end) + pd.Timedelta(days=2), "state": "missing", "days_late": late,
        }  # fmt: skip

    owed = [
        missing("甲局", "10-01", "10-15", 29), missing("甲局", "10-16", "10-31", 13),
        missing("乙局", "10-16", "10-31", 13),
    ]  # fmt: skip
    found = evaluate(facts(report_punctuality=owed), DAY, RULES, SEASON)[0]
    assert {alert.unit: alert.message for alert in found} == {
        "甲局": "缺报半月报 2 期：2023-10-01 至 2023-10-15、2023-10-16 至 2023-10-31；"
        "最早的应于 2023-10-17 报送，已迟 29 天",
        "乙局": "缺报半月报 1 期：2023-10-16 至 2023-10-31；最早的应于 2023-11-02 报送，已迟 13 天",
    }
    (first,) = (alert.key for alert in found if alert.unit == "甲局")
    later = evaluate(facts(report_punctuality=owed[1:]), DAY, RULES, SEASON)[0]
    assert first not in {alert.key for alert in later}


def test_all_that_a_unit_fell_short_of_is_one_alert() -> None:
    row = {"requirement": "每月至少1次", "unit": "甲局", "required": 1, "done": 0, "missing": 1,
           "plan_no": None, "state": "short"}  # fmt: skip
    rows = [
        row | {"sub_no": "5-1", "period_start": day("10-01"), "period_end": day("10-31")},
        row | {"sub_no": "5-2", "period_start": day("10-01"), "period_end": day("10-31")},
    ]
    (alert,) = evaluate(facts(duty_compliance=rows), DAY, RULES, SEASON)[0]
    assert alert.message.count("缺1") == 2
