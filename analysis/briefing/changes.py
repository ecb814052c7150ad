"""Figures in the field's own words: rises, falls, 持平, and what cannot be compared."""

import re
from typing import Any

import pandas as pd

from analysis.wording.deadlines import chinese_day, chinese_month_day
from analysis.wording.values import per_cent, rounded, share, share_places

NO_BASE = "无同期可比数据"
NO_BEFORE = "尚无上期"
NOTHING = "—"


def percent(rate: float | None, of: float | None = None) -> str:
    """A rate of 0–1 as a percentage, of few in whole per cent; no denominator, no rate."""
    return NOTHING if rate is None else share(rate, of)


def count(value: float | None) -> str:
    """A whole number."""
    return NOTHING if value is None else f"{int(value):,}"


def change_of_rate(change: float | None, of: float | None = None) -> str:
    """The difference of two rates in percentage points; of few with one decimal."""
    if change is None:
        return NO_BEFORE
    points = rounded(change * 100, 1 if share_places(of) == 0 else 2)
    words = f"{abs(points)}".removesuffix(".0")
    return "持平" if points == 0 else f"{'提高' if points > 0 else '下降'}{words}个百分点"


def change_of_count(change: float | None, unit: str) -> str:
    """The difference of two counts."""
    if change is None:
        return NO_BEFORE
    return "持平" if change == 0 else f"{'增加' if change > 0 else '减少'}{abs(int(change))}{unit}"


def year_on_year(now: Any, before: Any, unit: str) -> str:
    """同比 in words: no percentage on a base of zero, 持平 for equal, no base said as such."""
    if _missing(now) or _missing(before):
        return NO_BASE
    difference = int(now) - int(before)
    if difference == 0:
        return "同比持平"
    words = f"同比{'增加' if difference > 0 else '减少'}{abs(difference)}{unit}"
    if before == 0 or now == 0:
        return words
    way = "上升" if difference > 0 else "下降"
    return f"{words}、{way}{per_cent(abs(difference) / int(before))}"


def accident_sentence(row: Any) -> str:
    """One period of ``accident_yoy`` as a sentence; where no ledger covers it, that."""
    start, end = row["period_start"], row["period_end"]
    span = f"{chinese_day(start)}至{chinese_month_day(end)}"
    place = "" if _missing(row["region"]) else row["region"]
    if _missing(row["accidents"]):
        return f"{place}{not_yet_received(row['covered_until'], end)}。"
    return (
        f"{place}{span}发生事故{int(row['accidents'])}起"
        f"（{_compared(row, 'accidents', '起')}）"
        + ("" if _missing(row["deaths"]) else deaths_words(row))
        + "。"
    )


def not_yet_received(until: Any, as_of: Any) -> str:
    """«事故台账截至12月31日，1月的尚未收到»: nothing where the ledger goes up to the day."""
    if _missing(until) or pd.Timestamp(until) >= pd.Timestamp(as_of):
        return ""
    until, as_of = pd.Timestamp(until), pd.Timestamp(as_of)
    day = chinese_month_day(until) if until.year == as_of.year else chinese_day(until)
    after = until + pd.Timedelta(days=1)
    is_one_month = after.day == 1 and (after.year, after.month) == (as_of.year, as_of.month)
    return f"事故台账截至{day}，{f'{as_of.month}月' if is_one_month else '其后'}的尚未收到"


def deaths_words(row: Any) -> str:
    """The second half of a sentence on accidents, where the deaths are known."""
    return f"，死亡{int(row['deaths'])}人（{_compared(row, 'deaths', '人')}）"


def _compared(row: Any, measure: str, unit: str) -> str:
    """同比 by the counts; without a base what was printed, and why there is no more."""
    percent = row.get(f"{measure}_yoy_printed")
    if not _missing(row[f"{measure}_prev"]) or _missing(percent):
        return year_on_year(row[measure], row[f"{measure}_prev"], unit)
    return f"公布{printed_change(percent, row.get(f'{measure}_yoy_text'))}，上年同期数无法唯一还原"


def printed_change(percent: float, text: Any = None) -> str:
    """A printed 同比 in words, with the decimals that were printed: «同比下降11.0%»."""
    if percent == 0:
        return "同比持平"
    digits = re.search(r"\d[\d.,]*", "" if _missing(text) or "倍" in text else text)
    amount = digits.group() if digits else f"{abs(float(percent)):g}"
    return f"同比{'上升' if percent > 0 else '下降'}{amount}%"


def _missing(value: Any) -> bool:
    return bool(pd.isna(value))
