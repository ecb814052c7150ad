"""Deadlines that name a period of the plan: «集中整改期内», which its text says ends on a day."""

import re
from collections.abc import Mapping, Sequence

from analysis.ingest.measures.days import kind_in_heading
from analysis.ingest.measures.folding import folded
from analysis.ingest.plan.items.found import Found, How, Value
from analysis.ledgers.labels import Role

_PERIOD = r"(集中整改|集中攻坚|集中治理|专项整治|专项行动|整改|攻坚|整治)(?:期限|期间|期|阶段|时间)"
_DAY = r"(?:20\d{2}\s*年\s*)?\d{1,2}\s*月\s*(?:\d{1,2}\s*日|底)"
#: «集中整改期为3个月，自2025年4月10日起至2025年7月10日止».
_ENDS = re.compile(
    rf"{_PERIOD}[^。;；]{{0,40}}?(?:至|到|截至|截止|—|~)\s*({_DAY})|{_PERIOD}\(({_DAY})\)前"
)
_WITHIN = re.compile(
    rf"^(?:在)?{_PERIOD}(?:以?内|结束前|届满前|末|完成)+(?:[,，;；]?并?(?:长期|持续)坚持)?$"
)


def periods_of(lines: Sequence[str]) -> dict[str, str]:
    """Each period that the text of a plan names, with the day on which it ends."""
    ends: dict[str, str] = {}
    for line in lines:
        for match in _ENDS.finditer(folded(line)):
            ends.setdefault(match[1] or match[3], match[2] or match[4])
    return ends


#: How many there are, behind a heading: «立行立改事项（3项）».
_COUNT = re.compile(r"[(][^()]*\d+\s*[个项条件][^()]*[)]$")
#: «一、4月份任务», «（二）5月重点工作», «三季度任务»: what stands below is done by its end.
_OF_MONTH = re.compile(
    r"^(?:20\d{2}年)?(?:\d{1,2}月(?:份)?|(?:第?[一二三四]季度|[上下]半年))(?:的)?(?:重点|主要|整改|推进|工作)*(?:任务|工作|措施|计划|目标|事项|安排)$"
)
_MONTH = re.compile(r"^(?:20\d{2}年)?(?:\d{1,2}月|第?[一二三四]季度|[上下]半年)")


def by_headings(items: Sequence[Found]) -> None:
    """Below a heading of a month or quarter a measure without a day is due by the end of it; below
    one of a kind of rectification, «一、立行立改事项», it is of that kind.
    """
    for item in items:
        headings = [_COUNT.sub("", folded(each).strip(" :。")) for each in reversed(item.headings)]
        if kind := next(filter(None, map(kind_in_heading, headings)), ""):
            item.values.setdefault(Role.KIND, Value(kind, How.HEADING, item.line))
        month = next(
            (m.group() for h in headings if _OF_MONTH.match(h) and (m := _MONTH.match(h))), ""
        )
        if month:
            value = Value(f"{month}底前", How.HEADING, item.line)
            item.values.setdefault(Role.DUE, value)


def by_period(items: Sequence[Found], ends: Mapping[str, str]) -> None:
    """Put the day on which a period ends in the place of its name."""
    for item in items if ends else ():
        due = item.values.get(Role.DUE)
        named = _WITHIN.match(folded(due.text).strip(" 。;；,，")) if due else None
        if due and named and named[1] in ends:
            item.values[Role.DUE] = Value(f"{ends[named[1]]}前", due.how, due.line)
