"""Accidents, inspections, duties, half-month reports, decisions: what their ledgers say."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from analysis.briefing.changes import (
    accident_sentence,
    not_yet_received,
    percent,
    year_on_year,
)
from analysis.briefing.figures import Figures
from analysis.briefing.statements.absent import has_any, missed
from analysis.briefing.statements.statement import Statement, sentences
from analysis.judgement.compare import compare_counts, in_words
from analysis.judgement.gaps import gap_sentences
from analysis.wording.deadlines import chinese_day, chinese_month_day, half_month
from analysis.wording.labels import numbered
from analysis.wording.values import listed

#: How many units or periods a sentence names.
NAMED = 3
ACCIDENTS = ("accident", "accident_stat")


def accidents(figures: Figures) -> Statement:
    """This year so far by the ledger, each county apart; of what was published, the newest."""
    if not has_any(ACCIDENTS, figures.received):
        return Statement("accidents", missed(ACCIDENTS, figures.received), metric="accident_yoy")
    rows = figures["accident_yoy"]
    own = rows[rows["source"].eq("records") & rows["period"].eq("year")]
    told = [accident_sentence(row) for _, row in own.iterrows()]
    published = [f"最近一次公布的统计：{accident_sentence(row)}" for row in newest_published(rows)]
    chances = [
        f"{_region(row, len(own))}今年以来事故"
        + in_words(compare_counts(int(row["accidents"]), int(row["accidents_prev"])))
        for row in own.dropna(subset=["accidents", "accidents_prev"]).to_dict("records")
        if row["accidents"] + row["accidents_prev"]
    ]
    apart = gap_sentences(figures.source.relation("accidents", figures.scope), figures.scope.as_of)
    if len(own) > 1:
        claim, details = all_regions(own), told
    else:
        claim, details = (told[0] if told else ""), []
    claim = claim.rstrip("。") or "事故台账中没有今年以来的事故"
    claim = missed(["accident"], figures.received) or claim
    counted = own[own["accidents"].notna()]
    return Statement(
        "accidents", claim, (*details, *published, *chances, *apart),
        caveat=ledgers_end(counted, figures.scope.as_of), metric="accident_yoy",
    )  # fmt: skip


def ledgers_end(counted: pd.DataFrame, as_of: date) -> str:
    """Until when the ledgers go whose accidents are counted, where that is before the day."""
    told = [
        _region(row, len(counted)) + words
        for row in counted.to_dict("records")
        if (words := not_yet_received(row["covered_until"], as_of))
    ]
    return listed(told, NAMED, "个县（区）") if told else ""


def all_regions(own: pd.DataFrame) -> str:
    """The counties of a roll-up added up; without 同比 where one of them has nothing to compare.

    A county whose ledger does not reach into the year is no county without accidents.
    """
    counted = own[own["accidents"].notna()]
    lacking = len(own) - len(counted)
    rest = f"另有{lacking}个县（区）今年以来的事故台账尚未收到" if lacking else ""
    if counted.empty:
        return f"{len(own)}个县（区）今年以来的事故台账都尚未收到"
    now = int(counted["accidents"].sum())
    base = counted["accidents_prev"]
    before: Any = pd.NA if base.isna().any() else int(base.sum())
    words = f"{len(counted)}个县（区）今年以来发生事故{now}起（{year_on_year(now, before, '起')}）"
    return "，".join(filter(None, [words, rest]))


def newest_published(rows: pd.DataFrame) -> list[Any]:
    """Of each region and line of business, the published period that ends last; each once."""
    told = rows[rows["source"].eq("published") & rows["accidents"].notna()]
    told = told.sort_values(["period_end", "period_start"], kind="stable")
    told = told.drop_duplicates(["region", "industry"], keep="last")
    newest = told[told["period_end"] == told["period_end"].max()]
    return [row for _, row in newest.iterrows()]


def _region(row: Any, several: int) -> str:
    return str(row["region"]) if several > 1 and not pd.isna(row["region"]) else ""


def inspections(figures: Figures) -> Statement:
    """This year's visits, the sites that they reached, what they found."""
    if "inspection" not in figures.received:
        words = missed(["inspection"], figures.received)
        return Statement("inspections", words, metric="inspection_yield")
    reached, visits = (
        rows[rows["dimension"].eq("all")]
        for rows in (figures["inspection_coverage"], figures["inspection_yield"])
    )
    if visits.empty or not visits["visits"].iloc[0]:
        claim = f"检查台账中没有今年以来的检查{last_visit(figures)}"
        caveat = reported_visits(figures)
        return Statement("inspections", claim, caveat=caveat, metric="inspection_yield")
    row = visits.iloc[0]
    claim = f"今年以来检查{row['visits']}家次"
    if len(reached) and reached["sites"].iloc[0]:
        each = reached.iloc[0]
        covered = percent(each["coverage_rate"], each["sites"])
        claim += f"，检查过名录场所{each['inspected']}家、占{covered}"
    claim += (
        f"，发现隐患{_whole(row['hazards_found'])}条，其中重大隐患{_whole(row['major_found'])}条"
    )
    said = [*_registered(figures), reported_visits(figures), missed(["site"], figures.received)]
    caveat = "。".join(filter(None, said))
    return Statement(
        "inspections", claim, _published(row), caveat=caveat, metric="inspection_yield"
    )


def _published(row: pd.Series) -> tuple[str, ...]:
    """Of this year's random checks, how many were published in time."""
    due = _whole(row["to_publish"])
    if due < 1:
        return ()
    share = percent(row["publish_rate"], due)
    in_time = _whole(row["published_in_time"])
    return (f"双随机抽查应公示{due}家次，及时公示{in_time}家次、占{share}",)


def reported_visits(figures: Figures) -> str:
    """This year's visits of which half-month reports tell, where the ledger of them has none."""
    if "half_month" not in figures.received:
        return ""
    rows = figures["report_reconciliation"]
    is_this_year = pd.to_datetime(rows["period_start"]).dt.year.eq(figures.scope.as_of.year)
    rows = rows[is_this_year & rows["figure"].eq("检查家次") & rows["reported"].gt(0)]
    if rows.empty:
        return ""
    told = rows.groupby("unit", sort=True)["reported"].sum()
    told = told.sort_values(ascending=False, kind="stable")
    units = listed((f"{unit}{count:.0f}家次" for unit, count in told.items()), NAMED, "个单位")
    return f"今年的半月报报有检查{told.sum():.0f}家次（{units}），检查台账没有记载，须核对"


def _registered(figures: Figures) -> list[str]:
    """What the ledger of hazards has, where it has another number than inspections have found."""
    rows = figures["completion"]
    rows = rows[rows["dimension"].eq("kind") & rows["member"].eq("hazard")]
    if rows.empty or "hazard" not in figures.received:
        return []
    total, major = int(rows["total"].iloc[0]), int(figures.now["major_total"])
    return [
        f"发现数是检查台账填写的，只计今年；隐患台账另行登记，列入统计的{total}条、其中重大隐患共"
        f"{major}条，含不由检查发现的"
    ]


def last_visit(figures: Figures) -> str:
    """The day of the last inspection by the ledger: days without one are those since then."""
    days = figures.source.relation("inspections", figures.scope, part="dated")["inspected_on"]
    return f"，最近一次检查在{chinese_day(days.max())}" if len(days) else ""


def duties(figures: Figures) -> Statement:
    """定量履职: periods that were met, fell short."""
    if "measure" not in figures.received:
        words = f"{missed(['measure'], figures.received)}，没有定量履职要求"
        return Statement("duties", words, metric="duty_compliance")
    judged = judged_duties(figures["duty_compliance"], figures.scope.as_of)
    unjudged = unjudged_duties(figures["duty_compliance"], figures.scope.as_of)
    if judged.empty:
        claim = "还没有到期的定量履职要求"
        return Statement("duties", claim, caveat=unjudged, metric="duty_compliance")
    short = judged[judged["state"].eq("short")]
    claim = f"定量履职要求到期{len(judged)}项次，达标{len(judged) - len(short)}项次"
    if short.empty:
        claim += "，全部达标"
    else:
        units = listed(short["unit"].dropna().drop_duplicates(), NAMED, "个单位")
        claim += f"，不足{len(short)}项次" + (f"（{units}）" if units else "")
    claimed = claimed_done(figures, short)
    caveat = sentences([unjudged, missed(["duty"], figures.received)]).removesuffix("。")
    ask = f"履职不足的{len(short)}项次，限何时补足" if len(short) else ""
    return Statement(
        "duties", claim, claimed, ask=ask, caveat=caveat, count=len(short),
        metric="duty_compliance",
    )  # fmt: skip


def judged_duties(rows: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """The periods that are over and were met or fell short: what runs yet is not judged."""
    return rows[rows["state"].isin(["met", "short"]) & (rows["period_end"] < pd.Timestamp(as_of))]


def unfinished_duties(rows: pd.DataFrame, as_of: date) -> str:
    """The periods that run yet, and how many of them are met already: they are in no number."""
    rows = rows[rows["state"].isin(["met", "running"])]
    runs = rows[rows["period_end"].isna() | (rows["period_end"] >= pd.Timestamp(as_of))]
    if runs.empty:
        return ""
    met = int(runs["state"].eq("met").sum())
    words = f"时段到截至日还没有过完的{len(runs)}项次不计入"
    return words + (f"，其中{met}项次已达标" if met else "")


def unjudged_duties(rows: pd.DataFrame, as_of: date) -> str:
    """What is in no number: periods that run yet, and requirements of which no act is known."""
    unknown = int(rows["state"].isna().sum())
    words = f"没有对应履职类型的{unknown}项次没有判定" if unknown else ""
    return "，".join(filter(None, (unfinished_duties(rows, as_of), words)))


def claimed_done(figures: Figures, short: pd.DataFrame) -> tuple[str, ...]:
    """Measures reported as done of whose acts the ledger of duties has fewer than they ask for."""
    once = short[short["frequency"].isna()]
    # duties name no county: of several, one county's measure would be held against another's acts
    if once.empty or figures.measures["region"].nunique(dropna=False) > 1:
        return ()
    done = figures.measures[figures.measures["is_done"].astype(bool)]["item_id"]
    asked = figures.source.relation("requirements", figures.scope)
    asked = asked[asked["item_id"].isin(done)]
    keys = {(numbered(row), row["unit"]) for row in asked.to_dict("records")}
    told = [
        f"{numbered(row)}要求{row['required']:.0f}、有{row['done']:.0f}"
        for row in once.to_dict("records")
        if (numbered(row), row["unit"]) in keys
    ]
    if not told:
        return ()
    return (f"台账报为完成而履职记录不足的{len(told)}项（{listed(told, NAMED, '项')}），须核对",)


def reports(figures: Figures) -> Statement:
    """The newest half month whose reports are all due: who was in time, late, missing."""
    if "half_month" not in figures.received:
        words = missed(["half_month"], figures.received)
        return Statement("reports", words, metric="report_punctuality")
    last = newest_due(figures["report_punctuality"])
    if last.empty:
        return Statement("reports", "还没有到期的半月报", metric="report_punctuality")
    first = last.iloc[0]
    span = f"{chinese_month_day(first['period_start'])}至{chinese_month_day(first['period_end'])}"
    counts = last["state"].value_counts()
    missing = last[last["state"].eq("missing")]["unit"]
    claim = f"半月报（{span}）应报{len(last)}家，按期{counts.get('in_time', 0)}家"
    claim += f"，迟报{counts['late']}家" if counts.get("late") else ""
    claim += f"，缺报{len(missing)}家（{listed(missing, NAMED, '家')}）" if len(missing) else ""
    ask = f"缺报半月报的{len(missing)}家，是否通报" if len(missing) else ""
    return Statement(
        "reports", claim, tuple(filter(None, [_still_owed(figures, first["period_start"])])),
        ask=ask, count=len(missing), metric="report_punctuality",
    )  # fmt: skip


def _still_owed(figures: Figures, before: pd.Timestamp) -> str:
    """The reports of earlier half months that have not come yet, each with its half month."""
    rows = figures["report_punctuality"]
    owed = rows[rows["state"].eq("missing") & (rows["period_start"] < before)]
    if owed.empty:
        return ""
    year = before.year
    told = [
        f"{half_month(day, year)}{len(each)}家（{listed(sorted(each['unit']), NAMED, '家')}）"
        for day in sorted(owed["period_start"].unique(), reverse=True)
        for each in [owed[owed["period_start"].eq(day)]]
    ]
    return f"此前仍缺报的：{listed(told, NAMED, '期')}"


def newest_due(rows: pd.DataFrame) -> pd.DataFrame:
    """The reports of the newest half month of which nobody's is pending any more."""
    pending = rows[rows["state"].eq("pending")]["period_start"]
    past = rows[~rows["period_start"].isin(pending)]
    last: pd.DataFrame = past[past["period_start"] == past["period_start"].max()]
    return last


def decisions(figures: Figures) -> Statement:
    """What the last meeting decided, and what became of it."""
    if "decision" not in figures.received:
        words = missed(["decision"], figures.received)
        return Statement("decisions", words, metric="completion")
    last = last_decisions(figures)
    if last.empty:
        return Statement("decisions", "没有议定事项", metric="completion")
    done, late = int(last["is_done"].sum()), int(last["is_overdue"].sum())
    days = last["opened_on"].drop_duplicates()
    if len(days) == 1:
        meetings = listed(last["source"].dropna().drop_duplicates(), NAMED, "次会议")
        meetings = meetings or "上次会议"
        when = f"{meetings}（{chinese_day(days.iloc[0].date())}）"
    else:
        meetings = "上次会议"
        when = f"{last['region'].nunique(dropna=False)}个县（区）各自的上次会议"
    claim = f"{when}议定{len(last)}项，已落实{done}项"
    claim += f"，逾期{late}项" if late else ""
    before = len(_late_before(figures))
    told = [f"{meetings}议定而逾期的{late}项"] if late else []
    told += [f"此前会议议定而逾期的{before}项"] if before else []
    ask = f"{'、'.join(told)}，是否约谈承办单位、重新明确时限" if told else ""
    return Statement(
        "decisions", claim, tuple(_told_before(figures)), ask=ask, count=len(last) - done,
        metric="completion",
    )  # fmt: skip


def late_decisions(figures: Figures) -> pd.DataFrame:
    """What any meeting decided and is late; rows of the relation ``items``."""
    rows = _decisions(figures)
    late: pd.DataFrame = rows[rows["is_overdue"].astype(bool)]
    return late


def _late_before(figures: Figures) -> pd.DataFrame:
    """What meetings before the last one decided and is late."""
    rows = _decisions(figures)
    late: pd.DataFrame = rows[rows["is_overdue"].astype(bool) & ~_is_of_last(rows)]
    return late


def _told_before(figures: Figures) -> Iterator[str]:
    late = _late_before(figures)
    if len(late):
        units = listed(late["unit"].dropna().drop_duplicates(), NAMED, "个单位")
        yield f"此前会议议定而逾期的还有{len(late)}项" + (f"（{units}）" if units else "")


def last_decisions(figures: Figures) -> pd.DataFrame:
    """The decisions of each county's last meeting; rows of the relation ``items``."""
    rows = _decisions(figures)
    last: pd.DataFrame = rows[_is_of_last(rows)]
    return last


def _decisions(figures: Figures) -> pd.DataFrame:
    if "decision" not in figures.scope.filters.get("kind", ("decision",)):
        return figures.source.relation("items", figures.scope, part="none")
    narrowed = replace(figures.scope, filters={**figures.scope.filters, "kind": ("decision",)})
    return figures.source.relation("items", narrowed, part="not_void")


def _is_of_last(rows: pd.DataFrame) -> pd.Series:
    newest = rows["opened_on"].groupby(rows["region"], dropna=False).transform("max")
    return rows["opened_on"] == newest


def _whole(value: Any) -> int:
    return 0 if pd.isna(value) else int(value)
