"""What the meeting is asked to decide: what, whose, by when, and what it would then decide."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pandas as pd

from analysis.briefing.figures import Figures
from analysis.briefing.statements import books, hazards, registers, work
from analysis.briefing.statements.absent import ITEM_LEDGERS, has_any
from analysis.briefing.statements.concerns import often, owners
from analysis.briefing.statements.statement import Statement
from analysis.wording.values import listed

#: A screen has room for so many.
MOST = 3
#: How many units it names.
NAMED = 1
#: Where no working node is ahead, something is asked for within so many days.
WITHIN_DAYS = 15


@dataclass(frozen=True, slots=True)
class Ask:
    """What a meeting is asked: what, whose, by when; ``task`` is what it would decide.

    ``unit`` is the one whose all of it is, empty where there are several, or none is named: what a
    meeting decides of several is not one's alone.
    """

    subject: str
    what: str
    task: str
    by: date
    whose: str = ""
    unit: str = ""


def asks(figures: Figures) -> list[Ask]:
    """What the meeting is asked to decide, the weightiest first; no more than there is room for."""
    return all_asks(figures)[:MOST]


def all_asks(figures: Figures) -> list[Ask]:
    """What the meeting is asked to decide, the weightiest first."""
    if not has_any(ITEM_LEDGERS, figures.received):
        return []
    return [made for make in ASKS.values() if (made := make(figures))]


def ask(figures: Figures, subject: str) -> Ask | None:
    """What is asked on one subject, whether there is room for it or not."""
    return ASKS[subject](figures) if subject in ASKS else None


def _of_late(figures: Figures) -> Ask | None:
    rows = figures["ageing"]
    of_units = rows[
        rows["basis"].eq("late")
        & rows["band_no"].ge(work.LONG_LATE_BAND)
        & rows["unit"].ne(work.ALL)
    ]
    units = pd.Series([unit for unit, n in zip(of_units["unit"], of_units["items"], strict=True)
                       for _ in range(int(n))], dtype=object)  # fmt: skip
    task = f"{work.LONG_LATE}的{len(units)}项逐项明确责任人和完成时限，约谈责任单位负责人"
    return _made(figures, work.overdue(figures), task, units.replace(work.UNSAID, None), "项")


def _of_major(figures: Figures) -> Ask | None:
    said = hazards.major(figures)
    if not said.ask:
        return None
    rows = figures["supervision"]
    units = rows[rows["standing_text"].eq("应挂未挂")]["unit"]
    return _made(figures, said, f"应挂未挂的{len(units)}条重大隐患挂牌督办", units, "条")


def _of_decisions(figures: Figures) -> Ask | None:
    said = books.decisions(figures)
    if not said.ask:
        return None
    units = books.late_decisions(figures)["unit"]
    return _made(
        figures,
        said,
        f"约谈逾期没有落实的议定事项{len(units)}项的承办单位，重新明确时限",
        units,
        "项",
    )


def _of_due(figures: Figures) -> Ask | None:
    said = work.coming(figures)
    if not said.ask:
        return None
    rows = figures["due_soon"]
    task = f"7日内到期的{len(rows)}项提前调度，按期完成"
    made = _made(figures, said, task, rows["unit"], "项")
    return made and replace(made, by=rows["due_on"].max().date())


def _of_conduct(figures: Figures) -> Ask | None:
    said = registers.conduct(figures)
    task = f"逐项核实台账写有拒不整改、推诿、虚假整改的{said.count}项，属实的移交"
    return _made(figures, said, task)


def _of_reports(figures: Figures) -> Ask | None:
    said = books.reports(figures)
    if not said.ask:
        return None
    last = books.newest_due(figures["report_punctuality"])
    units = last[last["state"].eq("missing")]["unit"]
    made = _made(figures, said, f"通报缺报半月报的{len(units)}家，限期补报", units)
    # each owes one report: how many there are, is how many units there are
    return made and replace(made, whose=listed(sorted(units), NAMED, "个单位"))


def _of_duties(figures: Figures) -> Ask | None:
    said = books.duties(figures)
    return _made(figures, said, f"补足定量履职不足的{said.count}项次")


def _of_responsibility(figures: Figures) -> Ask | None:
    said = registers.responsibility(figures)
    return _made(figures, said, f"明确{said.count}家场所的挂牌责任人")


def _of_meetings(figures: Figures) -> Ask | None:
    lacking = registers.missed_meetings(figures["meetings_held"])
    task = f"补开{listed(lacking, registers.MEETINGS_NAMED, '次会议')}"
    return _made(figures, registers.meetings(figures), task)


def _made(
    figures: Figures, said: Statement, task: str, units: Sequence[object] | pd.Series = (),
    unit: str = "项",
) -> Ask | None:  # fmt: skip
    """The ask of a statement, whose it is told from the units of what it is about."""
    if not said.ask:
        return None
    names = pd.Series(units, dtype=object)
    named = often(names.dropna())
    only = str(named.index[0]) if len(named) == 1 and names.notna().all() else ""
    return Ask(said.subject, said.ask, task, next_node(figures), owners(names, unit, NAMED), only)


def next_node(figures: Figures) -> date:
    """The first working node after the day, by which a meeting would want something done."""
    as_of = figures.scope.as_of
    if "measure" in figures.received:
        days = figures["node_progress"]["node_on"].dropna()
        coming = days[days > pd.Timestamp(as_of)]
        if len(coming):
            return pd.Timestamp(coming.min()).date()
    return as_of + timedelta(days=WITHIN_DAYS)


#: Subject → its ask, the weightiest first.
ASKS: Mapping[str, Callable[[Figures], Ask | None]] = {
    "overdue": _of_late,
    "major": _of_major,
    "decisions": _of_decisions,
    "due_soon": _of_due,
    "conduct": _of_conduct,
    "reports": _of_reports,
    "duties": _of_duties,
    "responsibility": _of_responsibility,
    "meetings": _of_meetings,
}
