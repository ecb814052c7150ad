"""Calendars, 同比, rates and Kaplan–Meier, by hand."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from tests.oracle.words import blank


def rounded(part, whole, places):
    """part / whole to so many decimals, half up; None of nothing."""
    if not whole:
        return None
    step = 10**places
    return (2 * part * step + whole) // (2 * whole) / step


def rate(part, whole):
    return None if not whole else part / whole


def month_end(day: date) -> date:
    return date(day.year, day.month, monthrange(day.year, day.month)[1])


def last_year(day: date) -> date:
    """The same day last year; of a month's last day, that month's last day."""
    if day == month_end(day):
        return month_end(date(day.year - 1, day.month, 1))
    return date(day.year - 1, day.month, day.day)


def half_month_of(day: date) -> tuple[date, date]:
    if day.day <= 15:
        return date(day.year, day.month, 1), date(day.year, day.month, 15)
    return date(day.year, day.month, 16), month_end(day)


def period_of(day: date, frequency: str) -> tuple[date, date]:
    if frequency == "half_month":
        return half_month_of(day)
    months = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}[frequency]
    first = (day.month - 1) // months * months + 1
    return date(day.year, first, 1), month_end(date(day.year, first + months - 1, 1))


def next_workday(day: date, rest: set) -> date:
    while day in rest:
        day += timedelta(1)
    return day


def nth_workday_after(day: date, n: int, rest: set) -> date:
    """The n-th working day; counting begins on the next working day after `day`."""
    while n:
        day += timedelta(1)
        if day not in rest:
            n -= 1
    return day


def yoy(this, last):
    """(this - last) / last in per cent, two decimals; None on no base or a zero base."""
    if this is None or not last:
        return None
    exact = Fraction(this - last) * 100 / Fraction(last)
    return float(
        (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(
            Decimal("0.01"), ROUND_HALF_UP
        )
    )


def printed(text):
    """(value, decimals) of a printed percentage; ("equal", None) for 持平; None for none."""
    if blank(text):
        return None
    if isinstance(text, (int, float)) and not isinstance(text, bool):
        text = format(Decimal(repr(text)).normalize(), "f")
    text = str(text).strip().replace("％", "%")
    if text in ("持平", "同比持平"):
        return "equal", None
    match = re.search(r"([-+−－])?\s*(\d+)(?:\.(\d+))?\s*%?", text)
    if not match:
        return None
    sign, whole, decimals = match.groups()
    value = Fraction(f"{whole}.{decimals}" if decimals else whole)
    if sign in ("-", "−", "－") or re.search("下降|减少|降低", text):
        value = -value
    return value, len(decimals or "")


def printed_value(text):
    read = printed(text)
    return None if read is None else 0.0 if read[0] == "equal" else float(read[0])


def fits(this: int, last: int, read) -> bool:
    """Does the printed percentage agree, rounded or cut off at the precision printed?"""
    value, decimals = read
    if value == "equal":
        return this == last
    if not last:
        return False
    exact = Fraction(this - last) * 100 / last
    step = Fraction(1, 10**decimals)
    if abs(exact - value) <= step / 2:  # rounded; a tie either way
        return True
    scaled = exact / step
    cut = (
        scaled.numerator // scaled.denominator
        if scaled >= 0
        else -((-scaled.numerator) // scaled.denominator)
    )
    return cut * step == value


def derive(this: int, read):
    """The base that the printed percentage gives back, only where exactly one whole number fits."""
    value, decimals = read
    if value == "equal":
        return this
    step = Fraction(1, 10**decimals)
    low, high = 100 + value - step, 100 + value + step
    if this == 0 or low <= 0:
        # no last year's number is singled out by -100 %
        if this == 0 or high <= 0:
            return None
        return None
    first, last = int(Fraction(100 * this) / high), int(Fraction(100 * this) / low) + 1
    found = [n for n in range(max(1, first - 1), last + 2) if fits(this, n, read)]
    return found[0] if len(found) == 1 else None


def km_median(spells, at=Fraction(1, 2)):
    """The first day on which no more than ``at`` are left, of spells (entry, exit, reached).

    At risk on day t is who came in before it, or at the start, and has not left before it.
    """
    times = sorted({leave for _, leave, reached in spells if reached})
    alive = Fraction(1)
    for t in times:
        risk = sum(1 for enter, leave, _ in spells if leave >= t and (enter < t or enter <= 0))
        gone = sum(
            1
            for enter, leave, reached in spells
            if reached and leave == t and (enter < t or enter <= 0)
        )
        if risk and gone:
            alive *= 1 - Fraction(gone, risk)
            if alive <= at:
                return t
    return None
