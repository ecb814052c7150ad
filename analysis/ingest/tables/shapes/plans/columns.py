"""Columns of a plan's table that no field has claimed, read by the labels that plans use.

A plan's table has columns that a ledger has not: 具体内容 beside 工作任务, 责任分工 with who leads
and who supports in one cell, 牵头领导. What the header grammar claims stays as it is.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from analysis.ingest.files.sheets import Sheet
from analysis.ingest.headers.columns import Column
from analysis.ingest.headers.vocabulary import Header
from analysis.ingest.measures.labels import label_of
from analysis.ledgers.codes import RECT_TYPE
from analysis.ledgers.labels import Role
from analysis.ledgers.measure import MEASURE

#: What a column of a role is in the ledger of measures.
FIELD_OF = {
    Role.PROBLEM: "problem", Role.MANIFESTATION: "manifestation", Role.LEAD: "unit",
    Role.SUPPORT: "support_units", Role.PERSON: "person", Role.LEADER: "person",
    Role.DUE: "due_on", Role.KIND: "rect_type",
}  # fmt: skip


def as_in_plans(columns: Sequence[Column], rows: Sequence[Sequence[Any]]) -> list[Column]:
    """The columns, those of a plan's roles claimed where their fields are free."""
    made = _without_categories(_with_units(columns), rows)
    taken = {column.field.name for column in made if column.field}
    for n, column in enumerate(made):
        label = label_of(column.header) if column.field is None and not column.is_sequence else None
        name = FIELD_OF.get(label.role, "") if label else ""
        if name and name not in taken and not (name == "rect_type" and _groups(column, rows)):
            made[n] = replace(column, field=MEASURE[name], doubt="")
            taken.add(name)
    return _with_details(made, rows, taken)


def with_leaders(rows: Sequence[Sequence[Any]], columns: Sequence[Column]) -> list[list[Any]]:
    """The rows, who leads in the place of a person that is not named: 分管领导 beside 责任人."""
    made = [list(row) for row in rows]
    person = next((c.index for c in columns if c.field and c.field.name == "person"), None)
    leader = next((c.index for c in columns if c.field is None and _is_leader(c.header)), None)
    if person is None or leader is None:
        return made
    for row in made:
        row[person] = row[person] or row[leader]
    return made


def _is_leader(header: str) -> bool:
    label = label_of(header)
    return label is not None and label.role is Role.LEADER


def _without_categories(columns: Sequence[Column], rows: Sequence[Sequence[Any]]) -> list[Column]:
    """«任务类别» whose cells group the tasks by subject is no kind of rectification."""
    made = list(columns)
    for n, column in enumerate(made):
        if column.field and column.field.name == "rect_type" and _groups(column, rows):
            made[n] = replace(column, field=None)
    return made


def _groups(column: Column, rows: Sequence[Sequence[Any]]) -> bool:
    """Whether the cells of a column group the tasks, none of them being a kind."""
    texts = {str(row[column.index]).strip() for row in rows if row[column.index]}
    return bool(texts) and not any(word in text for word in RECT_TYPE.words for text in texts)


def _with_units(columns: Sequence[Column]) -> list[Column]:
    """«责任单位及责任人» names units first, where no other column does."""
    made = list(columns)
    if any(column.field and column.field.name == "unit" for column in made):
        return made
    for n, column in enumerate(made):
        label = label_of(column.header)
        if label and label.role is Role.LEAD and column.field and column.field.name == "person":
            made[n] = replace(column, field=MEASURE["unit"])
            break
    return made


#: Words of a title under which a table of tasks is a plan's.
TITLED = re.compile("整改|任务|分工|清单|方案|措施|行动|攻坚|分解|责任|督办|交办|计划|要点|问题")
_OF_MEETING = re.compile("(?<!联席)会议|议定|纪要|例会")
#: Titles of what somebody has found on a visit, and of what is laid down to be done about it.
_FOUND = re.compile("隐患|检查发现|排查|巡查发现|自查发现")
_LAID_DOWN = re.compile("方案|任务|分工|反馈|推进|计划|责任")
#: Columns that a list of hazards has and a plan has not.
_OF_HAZARDS = re.compile(
    "隐患|检查(?:时间|日期|单位|人)|被检|受检|场所|企业名称|单位名称|发现(?:时间|日期)|地址|部位|"
    "法律依据|验收(?!标准|要求|材料|单位)|复查|照片"
)
#: What a plan's table heads its deadlines with, where no other column does.
_WHEN = re.compile("时间|日期|时间安排|进度")
#: The header stands within the first rows.
_WITHIN = 8


def is_of_plan(sheet: Sheet, *, is_among_plans: bool = False) -> bool:
    """Whether a table lays down measures with who answers and by when, as plans do.

    What it calls itself decides where its columns allow a list of hazards or of decisions too;
    ``is_among_plans`` says that another sheet of the same title lays down measures.
    """
    for number, row in enumerate(sheet.filled[:_WITHIN]):
        words = list(dict.fromkeys(str(cell).strip() for cell in row if cell not in {None, ""}))
        labels = [label for word in words if len(word) < 20 and (label := label_of(word))]
        roles = {label.role for label in labels}
        if Role.DUE not in roles and any(_WHEN.fullmatch(word) for word in words):
            roles.add(Role.DUE)
        if not roles & {Role.MEASURE, Role.DETAIL} or len(words) < 3:
            continue
        titles = " ".join(
            [sheet.name, sheet.above, sheet.heading]
            + [str(cell) for above in sheet.cells[:number] for cell in above if cell]
        )
        if any(_OF_HAZARDS.search(word) for word in words) or _OF_MEETING.search(titles):
            return False
        is_found = _FOUND.search(titles) and not _LAID_DOWN.search(titles)
        if is_found and not is_among_plans:
            return False
        named = len(roles & {Role.LEAD, Role.PERSON, Role.LEADER, Role.DUE, Role.SUPPORT})
        is_enough = named > 1 or (named == 1 and Role.PROBLEM in roles)
        return is_enough and bool(TITLED.search(titles))
    return False


def _with_details(
    columns: list[Column], rows: Sequence[Sequence[Any]], taken: set[str]
) -> list[Column]:
    """Of two columns of measures the longer texts are the measures, the shorter head them."""
    if "sub_measure" in taken:
        return columns
    spare = [
        n for n, column in enumerate(columns)
        if column.field is None and (label := label_of(column.header))
        and label.role in {Role.MEASURE, Role.DETAIL}
    ]  # fmt: skip
    if not spare:
        return columns
    longest = max(spare, key=lambda n: _length(columns[n], rows))
    head = next((n for n, c in enumerate(columns) if c.field and c.field.name == "measure"), None)
    field = "sub_measure" if head is not None else "measure"
    if head is not None and _length(columns[head], rows) > _length(columns[longest], rows):
        columns[head] = replace(columns[head], field=MEASURE["sub_measure"])
        field = "measure"
    columns[longest] = replace(columns[longest], field=MEASURE[field], doubt="")
    return columns


def _length(column: Column, rows: Sequence[Sequence[Any]]) -> int:
    return sum(len(str(row[column.index] or "")) for row in rows)


def measures_column(headers: Sequence[Header]) -> int | None:
    """The column of a header that holds the measures to be tracked, the detailed ones first."""
    labels = [label_of(header.last) for header in headers]
    for role in (Role.DETAIL, Role.MEASURE):
        found = [n for n, label in enumerate(labels) if label and label.role is role]
        if found:
            return found[-1]
    return None


#: A header that every ledger of measures knows, by what a column is in a plan.
_KNOWN_AS = {
    Role.PROBLEM: "主要问题", Role.MEASURE: "整改措施", Role.DETAIL: "细化措施",
    Role.LEAD: "牵头单位", Role.SUPPORT: "配合单位", Role.PERSON: "责任人", Role.DUE: "完成时限",
}  # fmt: skip


def with_known_headers(sheet: Sheet) -> Sheet:
    """A plan's table whose header says in known words what its labels say; each word once."""
    for number, row in enumerate(sheet.cells[:_WITHIN]):
        labels = [label_of(str(cell)) if cell and len(str(cell)) < 20 else None for cell in row]
        roles = {label.role for label in labels if label}
        if not roles & {Role.MEASURE, Role.DETAIL} or len(roles) < 2:
            continue
        header, taken = list(row), set()
        for n, label in enumerate(labels):
            word = _KNOWN_AS.get(label.role, "") if label else ""
            if word and word not in taken:
                header[n] = word
                taken.add(word)
        if _KNOWN_AS[Role.DUE] not in taken:
            when = (n for n, cell in enumerate(row) if _WHEN.fullmatch(str(cell or "").strip()))
            if (column := next(when, None)) is not None:
                header[column] = _KNOWN_AS[Role.DUE]
        cells = [*sheet.cells[:number], header, *sheet.cells[number + 1 :]]
        return replace(sheet, cells=cells)
    return sheet
