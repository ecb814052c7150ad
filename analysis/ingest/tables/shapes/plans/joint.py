"""One column for who answers and by when, «责任单位及完成时限» → a column for each of these.

A cell of it says «牵头：甲局 配合：乙局 时限：6月底前», «甲局牵头，乙局配合，6月底前» or «同上».
Beside it offices head what is done as they like: 具体工作, 工作要点, 主要做法.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from analysis.ingest.files.sheets import Sheet
from analysis.ingest.measures.brackets import tails
from analysis.ingest.measures.folding import folded, without_blanks
from analysis.ingest.measures.labels import FIELDS, Label, label_of
from analysis.ingest.measures.responsibility import fields_of, is_due, take
from analysis.ingest.measures.segments import Said, segments
from analysis.ingest.tables.filling.ditto import ABOVE, points_at
from analysis.ingest.tables.shapes.plans.columns import TITLED
from analysis.ledgers.labels import Role
from analysis.wording.persons.nobody import names_person
from analysis.wording.units import is_whole

#: The header stands within the first rows; a list of a plan is no larger.
_WITHIN, _MOST_ROWS, _MOST_COLUMNS = 8, 1_000, 60
_LONGEST_HEADER = 24
_WHO = frozenset({Role.LEAD, Role.SUPPORT, Role.PERSON, Role.LEADER})
_DONE = frozenset({Role.MEASURE, Role.DETAIL})
#: Between the parts of a header.
_JOINER = re.compile(r"以及|及其|[及和与兼暨/、,;+&()（）\s-]")
#: What says when as part of a header, and by itself says too little.
_WHEN = re.compile(
    r"(?:完成|工作|整改)?(?:时间|日期|进度|节点|时间节点|进度安排|时间安排)(?:要求)?"
)
#: The columns that come of one, by what is said there.
_HEADERS: Mapping[Role, str] = {
    Role.LEAD: "牵头单位", Role.SUPPORT: "配合单位", Role.PERSON: "责任人", Role.DUE: "完成时限",
}  # fmt: skip
#: How what is done is headed beside who answers for it, where no other reader knows the word.
_WORK = re.compile(
    r"^(?:具体|主要|重点|工作|实施|整治|推进|落实|任务|专项|年度|攻坚)*"
    r"(?:工作|做法|内容|安排|要点|项目|举措|措施|分解|重点|方法|事项|打法)$"
)
_KNOWN_WORK = "具体措施"
#: «县住建局/2024年8月底前», and no day in figures: 2024/8/31.
_SLASH = re.compile(r"(?<!\d)\s*[/|｜]\s*|\s*[/|｜]\s*(?!\d)")


@dataclass(frozen=True, slots=True)
class _Joint:
    """A joint column of a sheet: its place, the row of the header (-1 where none stands), how wide
    the sheet was.
    """

    column: int
    header: int
    width: int


def with_joint_columns_parted(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets, each column of who and by when parted, and what is done headed in known words.

    A table of a document without a header goes on with the columns of the one before it.
    """
    made: list[Sheet] = []
    before: _Joint | None = None
    for sheet in sheets:
        if not sheet.cells or len(sheet.cells) > _MOST_ROWS or len(sheet.cells[0]) > _MOST_COLUMNS:
            made.append(sheet)
            continue
        sheet = _with_overseers_in_charge(_with_known_work(sheet))
        width = len(sheet.cells[0])
        joint = _joint_in(sheet)
        if joint is None and before and sheet.is_document and width == before.width:
            joint = replace(before, header=-1) if _header_of(sheet) < 0 else None
        before = joint
        made.append(_parted(sheet, joint) if joint else sheet)
    return made


def _header_of(sheet: Sheet) -> int:
    """The last row of a header of what is done or who answers; -1 where a sheet has none."""
    head = list(map(_is_header, sheet.filled[:_WITHIN]))
    first = head.index(True) if True in head else -1
    return first + 1 if first >= 0 and head[first + 1 : first + 2] == [True] else first


def _is_header(row: Sequence[Any]) -> bool:
    roles = {_role(cell) for cell in row} | {role for cell in row for role in _roles_of(cell)}
    words = {str(cell) for cell in row if cell not in {None, ""}}
    return bool(roles & (_WHO | {Role.DUE})) and len(words) > 2


def _joint_in(sheet: Sheet) -> _Joint | None:
    number = _header_of(sheet)
    if number < 0:
        return None
    row = sheet.filled[number]
    has_days = any(_role(cell) is Role.DUE and not _roles_of(cell) for cell in row)
    if not any(_role(cell) in _DONE for cell in row):
        return None
    below = sheet.filled[number + 1 :]
    for column, cell in enumerate(row):
        said = [_said(str(each[column])) for each in below if each[column] not in {None, ""}]
        dated = sum(Role.DUE in each.texts for each in said)
        is_joint = bool(_roles_of(cell)) and dated > 0
        is_dated = is_joint or (_role(cell) is Role.LEAD and dated * 2 > len(said))
        if (is_dated and not has_days) or _names_several(cell, said):
            return _Joint(column, number, len(row))
    return None


def _names_several(cell: Any, said: Sequence[Said]) -> bool:
    """«责任领导及牵头单位», «牵头和配合单位»: a column that names the unit and somebody else."""
    named = _parts_of(cell)
    roles = set(named)
    if named[:1] == [Role.LEAD] and Role.SUPPORT not in roles:
        return False  # «责任单位及责任人»: each unit with its person, as cells of units are read
    is_told = bool(said) and all({Role.LEAD} < each.texts.keys() for each in said)
    return is_told and {Role.LEAD} < roles and Role.DUE not in roles


def _role(cell: Any) -> Role | None:
    text = str(cell) if cell is not None else ""
    label = label_of(text) if 0 < len(text) <= _LONGEST_HEADER else None
    return label.role if label else None


def _roles_of(cell: Any) -> set[Role]:
    """The roles that a header of who and by when names; nothing where it names one of these."""
    roles = set(_parts_of(cell))
    return roles if Role.DUE in roles and roles & _WHO else set()


def _parts_of(cell: Any) -> list[Role]:
    """The roles that a header names, in their order."""
    text = folded(str(cell or "")).strip()
    if not text or len(text) > _LONGEST_HEADER:
        return []
    parts = [part for part in _JOINER.split(text) if part]
    if len(parts) == 1:
        bare = without_blanks(text)
        cuts = ((bare[:n], bare[n:]) for n in range(2, len(bare) - 1))
        parts = next((list(cut) for cut in cuts if _is_of_both(*map(_field, cut))), parts)
    return [role for part in parts if (role := _field(part))]


def _is_of_both(first: Role | None, second: Role | None) -> bool:
    """Whether two words run together say who and by when; 牵头领导 is one word."""
    return bool(first and second) and (first is Role.DUE) != (second is Role.DUE)


def _field(part: str) -> Role | None:
    role = _role(part)
    return role if role in FIELDS else Role.DUE if _WHEN.fullmatch(part) else None


def _said(text: str) -> Said:
    """What a cell says of who and by when."""
    plain, behind = tails(_SLASH.sub("，", text.strip()))
    said = fields_of(plain)
    front = next((each.text for each in segments(plain) if each.label is None), "")
    first, *rest = re.split(r"[,，;；\s]+", front, maxsplit=1)
    if rest and is_due(first) and not is_whole(first):
        said.add(Role.DUE, first)  # «2024年8月底前，县住建局牵头»
        front = rest[0]
    if front:
        units = Said()
        take(units, Label(Role.LEAD, _HEADERS[Role.LEAD]), front)
        said.update(units)
    said.update(behind)
    names = re.split(r"[、,，;；\s]+", said.texts.get(Role.LEAD, ""))
    persons = [each for each in names if names_person(each) and not is_whole(each)]
    if persons and len(persons) < len(names) and Role.PERSON not in said.texts:
        said.texts[Role.PERSON] = "、".join(persons)
        said.texts[Role.LEAD] = "、".join(each for each in names if each not in persons)
    return said


def _parted(sheet: Sheet, joint: _Joint) -> Sheet:
    """A sheet with a column for each of what one says: that of who leads in its place, the others
    behind the last one.
    """
    column, width = joint.column, joint.width
    made: list[dict[Role, Any]] = []
    for row in sheet.cells:  # «同上» of a part that the one above does not have says nothing
        is_above = made and points_at(str(row[column] or "")) == ABOVE
        made.append(made[-1] if is_above else _of_cell(row[column]))
    below = made[joint.header + 1 :]
    parts = (Role.SUPPORT, Role.PERSON, Role.DUE)
    more = [role for role in parts if any(role in said for said in below)]
    cells: list[list[Any]] = []
    for number, (row, said) in enumerate(zip(sheet.cells, made, strict=True)):
        if number < joint.header:
            cells.append([*row, *(None for _ in more)])
        elif number == joint.header:
            cells.append([*_put(row, column, _HEADERS[Role.LEAD]), *(_HEADERS[r] for r in more)])
        else:
            lead = said.get(Role.LEAD, "" if said else row[column])
            cells.append([*_put(row, column, lead), *(said.get(role, "") for role in more)])
    places = range(width, width + len(more))
    return replace(
        sheet, cells=cells, merged=list(_merged(sheet, column, places)),
        parts_of={**sheet.parts_of, **dict.fromkeys(places, column)},
    )  # fmt: skip


def _of_cell(cell: Any) -> dict[Role, Any]:
    text = str(cell) if cell is not None else ""
    if points_at(text):
        return dict.fromkeys(_HEADERS, text)
    said = dict(_said(text).texts)
    if Role.LEADER in said:
        said.setdefault(Role.PERSON, said[Role.LEADER])
    return {role: said[role] for role in _HEADERS if role in said}


def _put(row: Sequence[Any], column: int, value: Any) -> list[Any]:
    return [*row[:column], value, *row[column + 1 :]]


def _merged(sheet: Sheet, column: int, places: range) -> list[tuple[int, int, int, int]]:
    """The merged ranges: those of the column hold for its parts, those of whole rows go on."""
    made = []
    for top, left, bottom, right in sheet.merged:
        is_whole_row = right > left and right == places.start - 1
        made.append((top, left, bottom, places.stop - 1 if is_whole_row else right))
        if left == right == column:
            made += [(top, place, bottom, place) for place in places]
    return made


def _with_known_work(sheet: Sheet) -> Sheet:
    """A sheet whose longest texts stand below a word for work, that header in a known word."""
    number = _header_of(sheet)
    if number < 0:
        return sheet
    row = sheet.filled[number]
    lengths = [sum(len(str(each[n] or "")) for each in sheet.filled[number + 1 :])
               for n in range(len(row))]  # fmt: skip
    known = max((lengths[n] for n, cell in enumerate(row) if _role(cell) in _DONE), default=0)
    unknown = [
        n for n, cell in enumerate(row)
        if _role(cell) is None and _WORK.match(without_blanks(folded(str(cell or ""))))
    ]  # fmt: skip
    column = max(unknown, key=lambda n: lengths[n], default=-1)
    if column < 0 or lengths[column] <= known or not TITLED.search(_titles(sheet, number)):
        return sheet
    cells = [list(each) for each in sheet.cells]
    cells[number][column] = _KNOWN_WORK
    return replace(sheet, cells=cells)


#: «督办责任单位», «督办责任人» in the head of a list.
_PRESSES = re.compile(r"^(?:挂牌|跟踪)?督[办导](?=(?:责任|牵头)(?:单位|部门|科室|人|领导)$)")


def _with_overseers_in_charge(sheet: Sheet) -> Sheet:
    """A sheet whose units that press matters answer for them, where no other column leads."""
    number = _header_of(sheet)
    row = sheet.cells[number] if number >= 0 else []
    if any(_role(cell) is Role.LEAD for cell in row):
        return sheet
    header = [_PRESSES.sub("", cell) if isinstance(cell, str) else cell for cell in row]
    if header == row:
        return sheet
    return replace(sheet, cells=[*sheet.cells[:number], header, *sheet.cells[number + 1 :]])


def _titles(sheet: Sheet, header: int) -> str:
    """What stands over the header of a sheet, and what the sheet is called."""
    above = (str(cell) for row in sheet.cells[:header] for cell in row if cell)
    return " ".join([sheet.name, sheet.above, sheet.heading, *above])
