"""Which plans there are, and of which plan each submission of measures is.

A plan is one document through all its versions: of one number, or named 修订 or 更正. Annexes and
progress ledgers are of the plan that they name, else of the only one, else of the one whose
measures they share most. Plans stand side by side; none ends by the arrival of another.
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from analysis.ingest.doubts.doubt import Answer, Doubt, Side
from analysis.ingest.plan.document import DOC_NO
from analysis.ingest.plan.tracking.matching import Measures, Said, likeness, match, numerals, shares

#: How much a row has to say of what a plan lays down: a progress ledger, the annex, the body.
LEDGER, ANNEX, BODY = 1, 2, 3
PARTS = {BODY: "方案正文", ANNEX: "三清单", LEDGER: "台账"}
#: Two titles that share this much name one plan.
ONE_TITLE = 0.85
#: What titles of any plan have in common.
GENERIC = re.compile(
    r"\d{4}年\d{1,2}月(?:\d{1,2}日)?|截至|填报单位.*|关于|印发|修订|更正|补充|转发|的?通知|的?公告|"
    r"三清单|清单|进展情况|工作进展|进展|情况|跟踪表|一览表|汇总表|台账|报表|附件\d*|方案|整改措施|"
    r"整改|措施|反馈|自查|问题|工作|落实|任务|表$|[\s“”\"'《》<>〈〉()（）\[\]〔〕【】,，。:：、;；.·—-]"
)
REVISED = re.compile("修订|更正|修改|勘误")
QUOTED = re.compile("《([^》]{4,})》")


@dataclass(frozen=True, slots=True)
class Source:
    """What a submission of measures says of itself.

    ``node_line`` and ``half_month_line`` are the lines of a body that lay down working nodes and
    half-monthly reports, 0 for none. What a unit confirmed in the browser, ``is_of_unit``, is a
    ledger on a plan, however it is laid out: no unit lays down a plan.
    """

    submission_id: str
    sheet: str
    title: str
    number: str
    issued_on: date | None
    received_on: date
    is_body: bool
    sender: str
    node_line: int = 0
    half_month_line: int = 0
    is_of_unit: bool = False

    @classmethod
    def of(cls, facts: Mapping[str, Any], is_of_unit: bool = False) -> "Source":
        """The source that the facts of a submission describe."""
        title = facts["title"] or ""
        match = DOC_NO.search(re.sub(r"\s", "", unicodedata.normalize("NFKC", title)))
        named = f"{match.group(1)}〔{match.group(2)}〕{match.group(3)}号" if match else ""
        return cls(
            facts["submission_id"], facts["sheet"], title, facts["document_no"] or named,
            facts["issued_on"], facts["received_on"], bool(facts["is_plan"]) and not is_of_unit,
            facts["unit"] or "", facts.get("node_line", 0), facts.get("half_month_line", 0),
            is_of_unit,
        )  # fmt: skip

    @property
    def core(self) -> str:
        """The title without what titles of any plan have in common."""
        return core_of(self.title)

    @property
    def is_revision(self) -> bool:
        """Whether the title says that it renews a plan."""
        return bool(REVISED.search(self.title))


@dataclass(slots=True)
class PlanBook:
    """One plan: how it is called, its measures, and what marks the ids of its measures.

    ``plan_id`` is empty while only ledgers of it have come that name no plan.
    """

    plan_id: str
    number: str
    title: str
    core: str
    issued_on: date | None
    mark: str
    measures: Measures = field(default_factory=Measures)

    @property
    def own_mark(self) -> str:
        """What tells ids of its measures from those of other plans: 2024.3, else of its title."""
        if number := DOC_NO.fullmatch(self.number):
            return f"{number.group(2)}.{number.group(3)}"
        named = self.core or self.title or self.plan_id
        return "#" + hashlib.sha256(named.encode()).hexdigest()[:6]


@dataclass(slots=True)
class Register:
    """All plans in the order in which they became known, and the doubts about them.

    ``answer`` gives what a person has answered to a doubt, by its key; None where nobody has.
    """

    answer: Callable[[str], str | None] = lambda doubt: None
    plans: list[PlanBook] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    #: Each state of a plan that became known: the plan's place, the state, the submission.
    states: list[tuple[int, dict[str, Any], Source]] = field(default_factory=list)

    def plan_of(self, source: Source, rank: int, rows: Sequence[Said]) -> PlanBook:
        """The plan of a submission; a new one where it is of none that is known."""
        found = (
            self._of_body(source, rows) if source.is_body else self._of_sheet(source, rank, rows)
        )
        if found is None:
            found = _new(source, rank, is_first=not self.plans)
            self.plans.append(found)
        elif rank >= ANNEX:
            _name(found, source)
        if rank >= ANNEX:
            self._adopt(found, rows)
        self._note(found, source)
        return found

    def _adopt(self, plan: PlanBook, rows: Sequence[Said]) -> None:
        """Take over what ledgers said before anybody knew of the plan, and no other plan states."""
        mine = match(rows, plan.measures, is_of_plan=False)
        new = [row for row, measure in zip(rows, mine, strict=True) if row.text and not measure]
        for other in self.plans:
            orphans = [each for each in other.measures.all if each.text and not each.is_stated]
            if other is plan or not new or not orphans:
                continue
            found = [each for each in match(new, Measures.of(orphans), False) if each]
            names = {each.name for each in found}
            rest = [each for each in other.measures.all if each.name not in names]
            other.measures = Measures.of(rest) if names else other.measures
            for each in found:
                plan.measures.add(each)

    def table(self, columns: Sequence[str]) -> pd.DataFrame:
        """The plans through time, one row for each state that differs from the one before."""
        rows: list[dict[str, Any]] = []
        last: dict[int, dict[str, Any]] = {}
        for place, state, source in self.states:
            if place in last:
                last[place]["known_to"] = source.received_on
            last[place] = dict.fromkeys(columns) | state | {
                "submission_id": source.submission_id, "sheet": source.sheet,
                "known_from": source.received_on,
            }  # fmt: skip
            rows.append(last[place])
        return pd.DataFrame(rows, columns=list(columns), dtype=object)

    def _note(self, plan: PlanBook, source: Source) -> None:
        place = self.plans.index(plan)
        state = {
            "plan_id": plan.plan_id, "number": plan.number or None, "title": plan.title or None,
            "issued_on": plan.issued_on,
        }  # fmt: skip
        known = [said for number, said, _ in self.states if number == place]
        if plan.plan_id and known[-1:] != [state]:
            self.states.append((place, state, source))

    def _of_body(self, source: Source, rows: Sequence[Said]) -> PlanBook | None:
        if same := [each for each in self.plans if source.number and each.number == source.number]:
            return same[0]
        open_ones = [
            each for each in self.plans if not (source.number and each.number) or source.is_revision
        ]
        named = [each for each in open_ones if _is_one_title(source.core, each.core)]
        return next(iter(named or [each for each in open_ones if _is_stated_in(rows, each)]), None)

    def _of_sheet(self, source: Source, rank: int, rows: Sequence[Said]) -> PlanBook | None:
        if named := [each for each in self.plans if source.number and each.number == source.number]:
            return named[0]
        if source.number and rank >= ANNEX and all(each.number for each in self.plans):
            return None
        named = [each for each in self.plans if _is_one_title(source.core, each.core)]
        if len(named) == 1:
            return named[0]
        counted = [(*shares(rows, each.measures), each) for each in self.plans]
        sharing = [each for each in counted if each[0] and each[0] >= each[1]]
        if sharing:
            most = max(alike for alike, _, _ in sharing)
            likest = [each for alike, _, each in sharing if alike == most]
            return self._likeliest(source, likest)
        without_conflict = [each for _, against, each in counted if not against]
        if rank >= ANNEX and rows and self.plans:
            return None  # a list of its own
        return self._likeliest(source, without_conflict)

    def _likeliest(self, source: Source, plans: Sequence[PlanBook]) -> PlanBook | None:
        """The only plan, else the one that a person says, else the latest with the question."""
        if len(plans) > 1:
            doubt = _doubt(source, plans)
            self.doubts.append(doubt)
            said = self.answer(doubt.key)
            return next((each for each in plans if _code_of(each) == said), plans[-1])
        return plans[-1] if plans else None


def core_of(title: str) -> str:
    """What names a plan in a title: of 《…整改方案》 the words that no other plan has."""
    plain = unicodedata.normalize("NFKC", title)
    quoted = QUOTED.search(plain)
    return GENERIC.sub("", DOC_NO.sub("", quoted.group(1) if quoted else plain))


def _is_one_title(one: str, other: str) -> bool:
    """Whether two titles, without what is generic in them, name one plan."""
    if len(one) < 4 or len(other) < 4:
        return False
    return numerals(one) == numerals(other) and likeness(one, other) >= ONE_TITLE


def _is_stated_in(rows: Sequence[Said], plan: PlanBook) -> bool:
    """Whether a document states the measures of a plan; of one without a name, some of them."""
    alike, against = shares(rows, plan.measures)
    return alike > against and (2 * alike >= len(rows) or not plan.plan_id)


def _new(source: Source, rank: int, is_first: bool) -> PlanBook:
    plan = PlanBook("", "", "", source.core, None, "")
    if rank >= ANNEX or not is_first:
        _name(plan, source)
    plan.mark = "" if is_first else plan.own_mark
    return plan


def _name(plan: PlanBook, source: Source) -> None:
    """Give a plan what a submission of it says; a number once given stays, a body's title wins."""
    plan.number = plan.number or source.number
    if source.is_body or not plan.title:
        plan.title = title_of(source.title) or plan.title
        plan.core = source.core or plan.core
    plan.issued_on = source.issued_on or plan.issued_on
    plan.plan_id = plan.number or plan.title or source.sender or source.sheet


def title_of(title: str) -> str:
    """The name of a plan as it is shown: what stands in 《》, else the title without its number."""
    quoted = QUOTED.search(title)
    shown = quoted.group(1) if quoted else DOC_NO.sub("", title)
    return re.split(r"填报单位|截至", re.sub(r"\s+", " ", shown))[0].strip()


def _code_of(plan: PlanBook) -> str:
    return plan.plan_id or "首个方案"


def _doubt(source: Source, plans: Sequence[PlanBook]) -> Doubt:
    latest = list(reversed(plans))
    answers = tuple(Answer(_code_of(each), each.title or "未具名") for each in latest)
    question = (
        f"工作表“{source.sheet}”的措施属于哪个整改方案？"
        f"未定前按“{answers[0].label}”统计；请在标题里写明方案文号"
    )
    side = Side(source.submission_id, source.sheet, None, "plan", source.title)
    return Doubt(
        "plan_unclear", (source.core, source.sender, *sorted(each.code for each in answers)),
        question, side, None, answers, source.received_on,
    )  # fmt: skip
