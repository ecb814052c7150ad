"""The sections of a 形势研判报告: the statements on each subject, one paragraph each."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby

import pandas as pd

from analysis.briefing.figures import Figures
from analysis.briefing.statements import concerns_of, statement
from analysis.briefing.statements.concerns import owners
from analysis.briefing.statements.opening import all_asks
from analysis.briefing.statements.work import NAMED
from analysis.judgement.alerts import LETTER, STEPS, UNSEEN_DAYS, Alert, is_written_of
from analysis.wording.deadlines import chinese_day
from analysis.wording.values import listed

#: Subjects of the first section and of the third, in their order.
OVERALL = (
    "changes", "nodes", "major", "reports", "duties", "meetings", "inspections", "campaigns",
    "responsibility", "instruments", "practice", "accidents", "decisions",
)  # fmt: skip
RISKS = ("risk", "mix")


def sections(figures: Figures) -> list[tuple[str, list[str]]]:
    """Headings with their paragraphs; a section about which nothing can be said says so."""
    return [
        ("总体情况", overall_situation(figures)),
        ("主要问题", problems(figures) or ["台账中没有需要提请会议研究的问题。"]),
        ("风险研判", numbered(told(figures, RISKS))),
        ("下步措施", next_steps(figures)),
        *([("提请会议研究的事项", asked)] if (asked := requests(figures)) else []),
    ]


def overall_situation(figures: Figures) -> list[str]:
    """What is done, what changed, nodes, major hazards, reports, duties, inspections, accidents."""
    day = chinese_day(figures.scope.as_of)
    return [f"截至{day}，{statement(figures, 'overall').paragraph}", *told(figures, OVERALL)]


def told(figures: Figures, subjects: Iterable[str]) -> list[str]:
    """The paragraphs of subjects, those that have something to say."""
    return [words for name in subjects if (words := statement(figures, name).paragraph)]


def problems(figures: Figures) -> list[str]:
    """What ought to be zero and is not, the weightiest first; each with its number."""
    return numbered(each.paragraph for each in concerns_of(figures))


def numbered(paragraphs: Iterable[str]) -> list[str]:
    """Paragraphs with their numbers in front; «3.7日内» would read as 3.7 days."""
    return [f"{number}．{words}" for number, words in enumerate(paragraphs, start=1)]


def next_steps(figures: Figures) -> list[str]:
    """What the rules of the plan's own ladder ask for, the highest step first."""
    steps = [steps_sentence(step, list(each)) for step, each in _by_step(figures.alerts)]
    due = due_soon_sentence(figures["due_soon"])
    told = [*steps, *filter(None, [due])] or ["按既定时限推进，没有需要加重督办的事项。"]
    return numbered(told)


def requests(figures: Figures) -> list[str]:
    """What the meeting is asked to decide, in the order of the first screen, which shows the first
    of them.
    """
    return numbered(f"{each.what}。" for each in all_asks(figures))


def steps_sentence(step: str, alerts: Sequence[Alert]) -> str:
    """All alerts of one step: of which kind how many, of whom, and what is to be done."""
    order = sorted(alerts, key=lambda alert: alert.title)
    parts = []
    for _, group in groupby(order, key=lambda alert: alert.title):
        each = list(group)
        tell = OF_UNITS.get(each[0].rule, _of_items)
        parts.append(f"{tell(each)}，{_act(each[0])}")
    return f"{step}：{'；'.join(parts)}。"


def _act(alert: Alert) -> str:
    """What is to be done; who is written to is told so, whatever else an office does."""
    if is_written_of(alert) and LETTER not in alert.act:
        return f"发{LETTER}，{alert.act}"
    return alert.act


def _of_items(alerts: Sequence[Alert]) -> str:
    """Items of one kind, and whose they are."""
    first = alerts[0]
    unit = "条" if first.rule in OF_HAZARDS else "项"
    units = owners(pd.Series([alert.unit for alert in alerts]), unit)
    return f"{first.title}共{len(alerts)}{unit}（{units}）"


def _of_nodes(alerts: Sequence[Alert]) -> str:
    """What units owe of the last node, and which node that is: of those before it is told above."""
    nodes = "、".join(dict.fromkeys(alert.evidence[0] for alert in alerts))
    owed: dict[str, int] = {}
    for alert in alerts:
        count = int("".join(filter(str.isdigit, alert.evidence[1])))
        owed[alert.unit] = owed.get(alert.unit, 0) + count
    most = sorted(owed.items(), key=lambda each: (-each[1], each[0]))
    units = listed((f"{unit}{count}项" for unit, count in most), NAMED, "个单位")
    return f"{alerts[0].title}（只算{nodes}当期）共{sum(owed.values())}项（{units}）"


def _of_reports(alerts: Sequence[Alert]) -> str:
    """Units without their reports, and of which half months: the report tells of the newest."""
    late = sorted((alert.evidence for alert in alerts), key=len, reverse=True)
    spans = list(dict.fromkeys(span for owed in late for span in owed))
    told = "、".join(spans)
    if len(spans) > 1:
        told = f"涉及{told}，各单位缺报的期次不尽相同"
    return f"{_of_whole_units(alerts).removesuffix('）')}；{told}）"


def _of_whole_units(alerts: Sequence[Alert]) -> str:
    """Units of which each has one alert for all that it is about."""
    units = sorted({alert.unit for alert in alerts})
    return f"{alerts[0].title}共{len(units)}家（{listed(units, NAMED, '家')}）"


def _of_sites(alerts: Sequence[Alert]) -> str:
    """Sites that nobody has seen, each once whatever lies ahead, and who supervises them."""
    whose = {site: alert.unit for alert in alerts for site in alert.evidence}
    sites, units = set(whose), owners(pd.Series([*whose.values()], dtype=object), "家")
    title = f"{alerts[0].title}（满{UNSEEN_DAYS}天检查台账没有记载）"
    return f"{title}的红色、橙色场所共{len(sites)}家（{units}）"


#: Rules whose items are hazards.
OF_HAZARDS = frozenset({"major_unfiled", "major_unlisted", "recurrence"})
#: Rules that speak once of a unit for all that it is about, and how that is told.
OF_UNITS: Mapping[str, Callable[[Sequence[Alert]], str]] = {
    "node_missed": _of_nodes, "report_late": _of_reports, "duty_short": _of_whole_units,
    "ahead": _of_sites,
}  # fmt: skip


def due_soon_sentence(rows: pd.DataFrame) -> str:
    """What falls due within a week and whose it is."""
    if rows.empty:
        return ""
    return f"7日内到期{len(rows)}项（{owners(rows['unit'], '项')}），提前调度，确保按期完成。"


def _by_step(alerts: Iterable[Alert]) -> Iterable[tuple[str, Iterable[Alert]]]:
    def height(alert: Alert) -> int:
        return -STEPS.index(alert.step)

    key: Callable[[Alert], str] = lambda alert: alert.step  # noqa: E731
    kept = [alert for alert in alerts if alert.rule != "due_soon"]
    return groupby(sorted(kept, key=height), key=key)
