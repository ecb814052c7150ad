"""data/raw/plan_readings.toml: what the office has set right of readings, by whom, when and why.

An entry teaches a label of any plan («整治举措» is 措施), or sets right the role of one line or a
field of one measure of one document, which is known by the hash of its text. A row of a table is a
line whose hash is that of its cells; a measure in it has that of the row and its own words, since
rows of one table often say the same is to be done. It holds for plans
received from its day on: what was read before stays as it was shown. It is never edited; another
entry of a later day, or further down on the same day, takes its place, and one whose value is
«撤回» takes it back.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from analysis.errors import SourceError
from analysis.ingest.cells.values import as_text
from analysis.ingest.measures.folding import folded, without_blanks
from analysis.ledgers.labels import Role
from analysis.settings.toml_file import read_entries
from analysis.wording.characters import without_odd

PLAN_READINGS = "plan_readings.toml"
#: The value that takes the entry before back.
TAKEN_BACK = "撤回"
#: What an entry sets: a label of any plan, the role of a line, else a field of a measure.
LABEL, ROLE = "标签", "角色"
FIELDS_TO_SET: Mapping[str, Role] = {
    "牵头单位": Role.LEAD, "配合单位": Role.SUPPORT, "责任人": Role.PERSON, "完成期限": Role.DUE,
}  # fmt: skip
NEEDED: dict[str, type] = {"set": str, "value": str, "by": str, "on": date, "why": str}
OF_LABEL: dict[str, type] = {"label": str}
OF_LINE: dict[str, type] = {"document": str, "line": str, "nth": int, "quote": str}
#: So many signs of a hash tell texts apart.
SIGNS = 16
#: What stands in front of each cell of a row in the text of its hash.
CELL = "｜"
#: A role that can be taught → the label by which every plan says it.
WORD_OF: Mapping[Role, str] = {
    Role.PROBLEM: "存在问题", Role.MANIFESTATION: "表现形式", Role.MEASURE: "整改措施",
    Role.DETAIL: "细化措施", Role.LEAD: "责任单位", Role.SUPPORT: "配合单位",
    Role.PERSON: "责任人", Role.LEADER: "责任领导", Role.DUE: "完成时限", Role.KIND: "整改类别",
    Role.GOAL: "整改目标", Role.PROGRESS: "进展情况", Role.CONTEXT: "备注",
}  # fmt: skip
#: A label is no longer than a header; one sign is none.
SHORTEST_LABEL, LONGEST_LABEL = 2, 16


class LineRole(StrEnum):
    """What a line of a document is; each line has one."""

    TITLE = "标题"
    HEAD = "文头落款"
    PROBLEM = "问题"
    MANIFESTATION = "表现形式"
    MEASURE = "措施"
    WHO = "责任"
    DUE = "期限"
    KIND = "类别"
    REQUIREMENT = "要求"
    STEP = "步骤"
    GOAL = "目标"
    PROGRESS = "进展"
    FIGURES = "事故数字"
    ORGANISATION = "组织"
    HEADER = "表头"
    ROW = "附表"
    BODY = "正文"
    OTHER = "其他"
    PAGE = "页码页眉"
    BLANK = "空行"
    UNREAD = "没有读懂"


#: Roles that a person can give to a line, a row of a table among them.
ROLES_TO_SET = (
    LineRole.PROBLEM, LineRole.MANIFESTATION, LineRole.MEASURE, LineRole.WHO, LineRole.DUE,
    LineRole.REQUIREMENT, LineRole.TITLE, LineRole.BODY,
)  # fmt: skip
#: Document, text and how many of the document's equal texts stand in front of it, itself included.
Place = tuple[str, str, int]


def digest(text: str) -> str:
    """The hash of a text, whatever its widths and blanks."""
    plain = without_blanks(folded(without_odd(text)))
    return hashlib.sha256(plain.encode()).hexdigest()[:SIGNS]


def digest_of(lines: Iterable[str]) -> str:
    """The hash of a whole document."""
    return digest("".join(lines))


def digest_of_row(cells: Iterable[Any]) -> str:
    """The hash of a row of a table: its texts cell by cell, whatever is blank or merged between.

    No line of the same words has it.
    """
    return digest("".join(f"{CELL}{text}" for text in dict.fromkeys(map(as_text, cells)) if text))


def place_in_row(row: Place, text: str, before: int) -> Place:
    """By what the fields of a measure in a row of a table are set right: the row's words and its
    own; ``before`` is how many measures of the row say the same in front of it.
    """
    document, words, nth = row
    return document, digest(f"{words}{CELL}{text}{CELL * before}"), nth


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry; ``value`` is None where it takes the one before it back."""

    number: int
    what: str
    value: str | None
    by: str
    on: date
    why: str
    label: str = ""
    place: Place = ("", "", 0)
    quote: str = ""

    @property
    def subject(self) -> tuple[Any, ...]:
        """What the entry is about; a later one on the same takes its place."""
        return (self.what, self.label, *self.place)


@dataclass(frozen=True, slots=True)
class Told:
    """What is in force on a day."""

    labels: Mapping[str, Role] = field(default_factory=dict)
    roles: Mapping[Place, LineRole] = field(default_factory=dict)
    fields: Mapping[Place, Mapping[Role, str]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.labels or self.roles or self.fields)


@dataclass(frozen=True, slots=True)
class Taught:
    """All entries."""

    entries: Sequence[Entry] = ()

    def told(self, day: date) -> Told:
        """What holds for a plan that was received on a day."""
        labels: dict[str, Role] = {}
        roles: dict[Place, LineRole] = {}
        fields: dict[Place, dict[Role, str]] = {}
        for entry in self.in_force(day):
            if entry.value is None:
                continue
            if entry.what == LABEL:
                labels[entry.label] = Role(entry.value)
            elif entry.what == ROLE:
                roles[entry.place] = LineRole(entry.value)
            else:
                fields.setdefault(entry.place, {})[FIELDS_TO_SET[entry.what]] = entry.value
        return Told(labels, roles, fields)

    def in_force(self, day: date) -> list[Entry]:
        """The last entry on each subject that has begun by a day; those taken back among them."""
        begun = sorted(
            (each for each in self.entries if each.on <= day), key=lambda each: each.on
        )  # stable: of one day the one further down counts
        return sorted({each.subject: each for each in begun}.values(), key=lambda e: e.number)


def read_taught(raw: Path) -> Taught:
    """Read what was set right; nothing where there is no such file.

    Raises:
        SourceError: the file is not TOML, or an entry is incomplete or impossible.

    """
    entries = read_entries(raw / PLAN_READINGS, "reading")
    return Taught(tuple(entry_of(number, each) for number, each in enumerate(entries, 1)))


def entry_of(number: int, said: Mapping[str, Any]) -> Entry:
    """One entry as it stands in the file.

    Raises:
        SourceError: it is incomplete or impossible; the line says which and what is allowed.

    """
    where = f"data/raw/{PLAN_READINGS} 第 {number} 条"
    needed = NEEDED | (OF_LABEL if said.get("set") == LABEL else OF_LINE)
    if lacking := [name for name in needed if said.get(name) in (None, "")]:
        raise SourceError(f"{where}缺少 {'、'.join(lacking)}，请补上。")
    if unknown := sorted(said.keys() - needed.keys()):
        raise SourceError(f"{where}的“{unknown[0]}”不认识，可写：{'、'.join(needed)}。")
    for name, kind in needed.items():
        if type(said[name]) is not kind:
            form = {date: "日期，如 on = 2023-11-02（不加引号）", int: "整数"}.get(
                kind, "文字，写在半角引号里"
            )
            raise SourceError(f"{where}的 {name} 应为{form}。")
    texts: dict[str, Any] = {
        n: without_odd(v).strip() if isinstance(v, str) else v for n, v in said.items()
    }
    value = texts["value"]
    allowed = values_of(texts["set"], where)
    if allowed and value not in {*allowed, TAKEN_BACK}:
        raise SourceError(
            f"{where}的 value“{value}”不认识，可填：{'、'.join((*allowed, TAKEN_BACK))}。"
        )
    label = without_blanks(folded(texts.get("label", "")))
    if "label" in texts and not SHORTEST_LABEL <= len(label) <= LONGEST_LABEL:
        raise SourceError(f"{where}的 label 应为 {SHORTEST_LABEL} 至 {LONGEST_LABEL} 个字。")
    place = (texts["document"], texts["line"], texts["nth"]) if "line" in texts else ("", "", 0)
    return Entry(
        number, texts["set"], None if value == TAKEN_BACK else value, texts["by"], texts["on"],
        texts["why"], label, place, texts.get("quote", ""),
    )  # fmt: skip


def values_of(what: str, where: str = "") -> tuple[str, ...]:
    """The values that an entry of a kind may have; none where any text is one.

    Raises:
        SourceError: there is no such kind.

    """
    if what == LABEL:
        return tuple(map(str, WORD_OF))
    if what == ROLE:
        return tuple(map(str, ROLES_TO_SET))
    if what not in FIELDS_TO_SET:
        raise SourceError(
            f"{where}的 set“{what}”不认识，可填：{'、'.join((LABEL, ROLE, *FIELDS_TO_SET))}。"
        )
    return ()
