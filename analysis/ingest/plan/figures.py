"""Accidents in prose → period, counts and percentages as printed, in whatever words they stand.

A figure is a count of accidents with the period that its sentence, or the one before, names.
Crimes, aims («不发生») and parts of another figure («其中») are none.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from analysis.ingest.cells.dates import month_end
from analysis.ingest.plan.problems import Problem

_MONTH_RANGE = (
    r"\d{1,2}月?(?:上旬|中旬|下旬)?(?:份)?[-—–~至到]+\d{1,2}月(?:份)?(?:上旬|中旬|下旬|底|末)?"
)
#: A year, months of it, a quarter, a half, or months alone.
PERIOD = re.compile(
    rf"(?P<year>20\d{{2}})年(?:全年|以来)?(?:,?(?P<months>{_MONTH_RANGE})|(?P<quarter>第?[一二三四1-4]季度)|(?P<half>[上下]半年)|"
    rf"(?P<thirds>前[一二三四1-4]个?季度)|(?P<month>\d{{1,2}}月)(?!\d{{1,2}}日))?|(?P<bare>{_MONTH_RANGE})"
)
_ACCIDENTS = re.compile(
    r"(?:发生|共发生|累计发生|连续发生|接报)了?(?:各类|生产|安全|道路|运输|火灾|较大|一般|涉旅|旅游|文旅|及以上|的|等|行业|领域)*?(?:生产)?(?:安全)?(?:生产)?事故(?P<note>\([^)]*\))?(?:共|总计|合计)?(?P<accidents>\d+)起"
    r"|(?:发生|共发生|累计发生|连续发生)了?(?:各类)?(?:生产安全|安全生产|安全|生产)?(?:事故)?(?P<first>\d+)起(?:各类|生产|安全)*事故(?P<behind>\([^)]*\))?"
    r"|事故(?:总)?(?:起数|总数|总量)(?:为|共|达)?(?P<total>\d+)起"
)
_DEATHS = re.compile(r"(?:死亡(?:人数)?(?:为|共|达)?|造成|致)(\d+)人(?:死亡|遇难)?|(\d+)人死亡")
_NO_FIGURE = re.compile(
    r"(?:不|未|零|无|杜绝|遏制|防范|避免|减少)(?:再)?(?:发生)?[^,;。]{0,10}$|其中[^,;。]{0,8}$"
)
_UP = "上升|增长|增加|提高|上涨"
_DOWN = "下降|减少|降低|下跌"
_CHANGE = re.compile(rf"(?P<way>{_UP}|{_DOWN})了?(?P<per>[\d.]+)%")
_PER_CENT = re.compile(r"([\d.]+)%")
_QUARTERS = {sign: n for n, signs in enumerate(("一1", "二2", "三3", "四4"), 1) for sign in signs}
NO_YEAR_MESSAGE = (
    "没有年份，文件里没有写，收到日期也没有登记，日期暂空；请补写年份，或用 --received 登记收到日期"
)


@dataclass(slots=True)
class Figure:
    """One statement of accidents: period, counts, and percentages where they are printed."""

    line: int
    period: str
    start: date | None
    end: date | None
    accidents: int
    deaths: int
    note: str
    accidents_yoy: float | None
    deaths_yoy: float | None
    accidents_yoy_text: str | None = None
    deaths_yoy_text: str | None = None
    is_of_city: bool = False


@dataclass(frozen=True, slots=True)
class Years:
    """What gives a period without a year its year: when the document was issued, else received."""

    told_on: date | None
    year: int | None


def figures_of(
    paragraphs: Sequence[tuple[int, str]], years: Years, problems: list[Problem]
) -> Iterator[Figure]:
    """The figures of a document's paragraphs, half width and without blanks."""
    seen: set[tuple[date | None, date | None, int, int]] = set()
    for line, text in paragraphs:
        if "事故" not in text or "起" not in text:
            continue
        for figure in _of_paragraph(line, text, years, problems):
            key = (figure.start, figure.end, figure.accidents, figure.deaths)
            if key not in seen:
                seen.add(key)
                yield figure


def _of_paragraph(line: int, text: str, years: Years, problems: list[Problem]) -> Iterator[Figure]:
    found = [m for m in _ACCIDENTS.finditer(text) if not _NO_FIGURE.search(text[: m.start()])]
    for place, match in enumerate(found):
        until = found[place + 1].start() if place + 1 < len(found) else len(text)
        periods = list(PERIOD.finditer(text, 0, match.start()))
        if not periods:
            continue
        period = periods[-1]
        stop = re.compile("[;。]").search(text, match.end())
        rest = text[match.end() : min(until, stop.start() if stop else len(text))]
        deaths = _DEATHS.search(rest)
        start, end = _span(period, years, line, problems)
        first, second = _changes(rest)
        note = match.group("note") or match.group("behind") or ""
        accidents = next(filter(None, match.group("accidents", "first", "total")))
        yield Figure(
            line, period.group(), start, end, int(accidents),
            int(next(filter(None, deaths.groups()))) if deaths else 0, note.strip("()"),
            first and first[0], second and second[0], first and first[1], second and second[1],
            "全市" in text,
        )  # fmt: skip


def _changes(rest: str) -> tuple[tuple[float, str] | None, tuple[float, str] | None]:
    """The printed changes of accidents and of deaths, «分别同比上升33.33%、34.78%»."""
    ways = list(_CHANGE.finditer(rest))
    if not ways:
        return None, None
    first = ways[0]
    sign = -1 if re.fullmatch(_DOWN, first.group("way")) else 1
    one = sign * float(first.group("per")), f"{_word(first.group('way'))}{first.group('per')}%"
    if len(ways) > 1:
        then = ways[1]
        back = -1 if re.fullmatch(_DOWN, then.group("way")) else 1
        return one, (
            back * float(then.group("per")),
            f"{_word(then.group('way'))}{then.group('per')}%",
        )
    shares = _PER_CENT.findall(rest[first.start() :])
    if len(shares) > 1:
        return one, (sign * float(shares[1]), f"{_word(first.group('way'))}{shares[1]}%")
    is_of_deaths = (
        "死亡" in rest[: first.start()]
        and "分别" not in rest
        and re.search(rf"死亡(?:人数)?(?:同比)?(?:{_UP}|{_DOWN})", rest)
    )
    return (None, one) if is_of_deaths else (one, None)


def _word(way: str) -> str:
    return "下降" if re.fullmatch(_DOWN, way) else "上升"


def _span(
    match: re.Match[str], years: Years, line: int, problems: list[Problem]
) -> tuple[date, date] | tuple[None, None]:
    """First and last day of a period; months without a year are over when the document comes."""
    first, last = _months(match)
    told_on = years.told_on
    year = int(match.group("year") or 0)
    if not year:
        year = told_on.year - (last > told_on.month) if told_on else years.year or 0
    period = match.group()
    message = f"事故数字的时段“{period}”{NO_YEAR_MESSAGE}"
    try:
        if year:
            return date(year, first, 1), month_end(date(year, last, 1))
    except ValueError:
        message = f"事故数字的时段“{period}”里没有这一天，时段暂空；请核对月份"
    problems.append(Problem(line, "unreadable", "error", message, period, "period_start"))
    return None, None


def _months(match: re.Match[str]) -> tuple[int, int]:
    said = match.group("months") or match.group("bare")
    if said:
        first, last = (int(each) for each in re.findall(r"\d{1,2}", said)[:2])
        return first, last
    if quarter := match.group("quarter"):
        n = _QUARTERS[quarter.removeprefix("第")[0]]
        return 3 * n - 2, 3 * n
    if thirds := match.group("thirds"):
        return 1, 3 * _QUARTERS[thirds[1]]
    if half := match.group("half"):
        return (1, 6) if half.startswith("上") else (7, 12)
    if month := match.group("month"):
        return int(month.rstrip("月")), int(month.rstrip("月"))
    return 1, 12
