"""A plan → rows of the ledgers that it fills: its measures, its figures, its member units."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.ingest.cells.changes import places_of
from analysis.ingest.findings import Place
from analysis.ingest.measures.days import LIMITED
from analysis.ingest.plan import agreement, duties
from analysis.ingest.plan.document import AnnexRow, Plan, PlanItem
from analysis.ingest.plan.items import Stated
from analysis.ingest.plan.items.found import How
from analysis.ingest.plan.problems import Problem
from analysis.ingest.tables.measures import SELF_CHECK, frequency, quantity
from analysis.ingest.tables.records import Records
from analysis.ingest.units.mentions import MEMBERS_OF_PLAN
from analysis.ledgers.codes import RECT_TYPE
from analysis.ledgers.labels import Role
from analysis.wording.units import units_of

#: Between Chinese signs, a mark of half width stands for the full one.
FULL_WIDTH = str.maketrans(",;:!?", "，；：！？")
HALF_MARK = re.compile(r"(?<=[\u4e00-\u9fff”》）)%])[,;:!?]|[,;:!?](?=[\u4e00-\u9fff“《])")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a plan as a submission: its sheet name, ledger, records, and lines read."""

    name: str
    ledger: str
    records: Records
    rows_read: int


def plan_parts(plan: Plan, region: str, place_of: Callable[[str], Place]) -> Iterator[Part]:
    """The parts of a plan; the first holds its measures and every finding on it.

    ``place_of`` gives the place of the part of a name.
    """
    body, organisation = "正文", MEMBERS_OF_PLAN
    row_of = _decision_row if plan.is_minutes else _measure_row
    measures = _columns(row_of(plan, item, region) for item in plan.items)
    lines = len(plan.lines)
    loaded = len(set(measures["row_no"]))
    findings = [
        place_of(body).finding(
            problem.rule, problem.severity, problem.message,
            row_no=problem.line, field=problem.field, value=problem.value or None,
        )
        for problem in apply_rules(plan)
    ]  # fmt: skip
    records = Records(measures, findings=findings, rows_ignored=lines - loaded)
    yield Part(body, "decision" if plan.is_minutes else "measure", records, lines)
    if plan.figures:
        yield figures_part(plan, region)
    if plan.members:
        members = _columns(
            {"row_no": plan.members_line, "unit": name, "unit_kind": "成员单位", "region": region}
            for name in plan.members
        )
        message = f"{len(plan.members)} 个成员单位都没有写明联络员和电话；请补单位名录"
        no_liaison = place_of(organisation).finding(
            "missing", "warning", message, row_no=plan.members_line, field="liaison"
        )
        yield Part(organisation, "unit", Records(members, findings=[no_liaison]), 1)


def figures_part(plan: Plan, region: str) -> Part:
    """The accident figures of a document."""
    figures = _columns(_figure_row(plan, n, region) for n in range(len(plan.figures)))
    return Part("正文·事故数字", "accident_stat", Records(figures), len(set(figures["row_no"])))


def apply_rules(plan: Plan) -> list[Problem]:
    """What could not be read of a plan, and what every rule reports on it."""
    rules = (*agreement.RULES, *duties.RULES)
    return [*plan.unread_days, *(problem for rule in rules for problem in rule(plan))]


def full_width(text: str) -> str:
    """Marks of full width between Chinese signs, as an official document has them."""
    return HALF_MARK.sub(lambda match: match.group().translate(FULL_WIDTH), text)


def _measure_row(plan: Plan, item: PlanItem, region: str) -> dict[str, Any]:
    """One trackable measure: what the body says, and from the annex what the body leaves out."""
    row = plan.annex_row(item)
    in_annex = units_of(_cell(row, "unit") or "")
    due_text = item.due_text or full_width(_cell(row, "due_text") or "")
    clause = item.clause if item.due_text else plan.clause_of(row)
    lead = item.values.get(Role.LEAD)
    is_guess = lead is not None and lead.how is How.ACTOR  # the annex says it more surely
    manifestation, measure = item.manifestation, item.measure
    own_no = "" if item.is_self_check else item.number
    supporters = (_cell(row, "support_units"), item.support_units)
    due_on = item.due_on if item.due_text else clause.due_for(item.number)
    return {
        "row_no": item.line,
        "region": region,
        "list_kind": "自查问题" if item.is_self_check else "反馈问题",
        "problem": full_width(_cell(row, "problem") or item.problem) or None,
        "manifestation_no": (manifestation.number or None) if manifestation else None,
        "manifestation": _labelled("表现形式", "", manifestation) if manifestation else None,
        "measure_no": measure.number if own_no and measure and measure.number else item.number,
        "measure": full_width(_measure_text(item)),
        "sub_no": item.number,
        "sub_measure": full_width(item.text),
        "rect_type": RECT_TYPE.words.get(_cell(row, "rect_type") or "") or _kind_said(item),
        "unit": (in_annex.lead if is_guess else "") or item.unit or in_annex.lead or None,
        "person": full_width(item.person or _cell(row, "person") or "") or in_annex.person,
        "support_units": "、".join(filter(None, supporters)) or None,
        "due_text": full_width(due_text) or None,
        "start_on": clause.start_on,
        "first_node_on": clause.first_node_on,
        "node_days": clause.node_days,
        "due_on": due_on,
        "quantity": quantity(item.text),
        "frequency": frequency(item.text),
        "measure_quantity": quantity(measure.text) if measure else None,
        "measure_frequency": frequency(measure.text) if measure else None,
    }


def _kind_said(item: PlanItem) -> str | None:
    """The kind that the words say; that a day makes it 限期整改 an annex may know better."""
    return item.rect_type if item.kind_is_said or item.rect_type != LIMITED else None


def _decision_row(plan: Plan, item: PlanItem, region: str) -> dict[str, Any]:
    """One thing that a meeting decided."""
    return {
        "row_no": item.line,
        "region": region,
        "meeting": plan.title or None,
        "held_on": plan.held_on,
        "task": full_width(item.text),
        "unit": item.unit or None,
        "support_units": item.support_units or None,
        "person": full_width(item.person) or None,
        "due_text": full_width(item.due_text) or None,
        "due_on": item.due_on,
    }


def _measure_text(item: PlanItem) -> str:
    """The 整改措施 over a detailed measure, or the measure itself where nothing is over it."""
    if item.is_self_check:
        return f"整改措施{item.number.removeprefix(SELF_CHECK)}：{item.text}"
    if item.measure and item.measure.text:
        return _labelled("整改措施", "（）", item.measure)
    return item.text


def _labelled(label: str, brackets: str, stated: Stated) -> str:
    """«整改措施（5）：…», the text alone where it has no number of its own in the document."""
    if not stated.number:
        return full_width(stated.text)
    number = f"{brackets[:1]}{stated.number}{brackets[1:]}"
    return full_width(f"{label}{number}：{stated.text}")


def _cell(row: AnnexRow | None, name: str) -> str | None:
    return (row.cells.get(name) or None) if row else None


def _figure_row(plan: Plan, index: int, region: str) -> dict[str, Any]:
    figure = plan.figures[index]
    return {
        "row_no": figure.line,
        "region": "全市" if figure.is_of_city else region,
        "industry": "各类生产安全事故" + (f"，{figure.note}" if figure.note else ""),
        "period_start": figure.start,
        "period_end": figure.end,
        "accidents": figure.accidents,
        "deaths": figure.deaths,
        "accidents_yoy_printed": figure.accidents_yoy,
        "deaths_yoy_printed": figure.deaths_yoy,
        "accidents_yoy_text": figure.accidents_yoy_text,
        "accidents_yoy_places": _places(figure.accidents_yoy_text),
        "deaths_yoy_text": figure.deaths_yoy_text,
        "deaths_yoy_places": _places(figure.deaths_yoy_text),
    }


def _places(text: str | None) -> int | None:
    return places_of(text) if text else None


def _columns(rows: Iterator[dict[str, Any]] | Sequence[dict[str, Any]]) -> dict[str, list[Any]]:
    listed = list(rows)
    names = list(listed[0]) if listed else ["row_no"]
    columns = {name: [row[name] for row in listed] for name in names}
    return {
        name: values
        for name, values in columns.items()
        if name == "row_no" or any(value is not None for value in values)
    }
