"""What is shown of a reading: the lines of a document, their roles, and what was made of each."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from analysis.ingest.plan import Plan
from analysis.ingest.plan.document import PlanItem
from analysis.ingest.plan.figures import Figure
from analysis.ingest.plan.items import Value
from analysis.ingest.plan.lines import LineRole, roles_of
from analysis.ledgers.codes import RECT_TYPE
from analysis.ledgers.labels import Role

#: Role of a measure's field → what it is called beside the line.
SHOWN_FIELDS = {
    Role.LEAD: "牵头单位", Role.SUPPORT: "配合单位", Role.PERSON: "责任人", Role.LEADER: "责任领导",
    Role.DUE: "完成期限",
}  # fmt: skip
Place = tuple[str, str, int]
NOWHERE: Place = ("", "", 0)


@dataclass(frozen=True, slots=True)
class Given:
    """One field: its name, what was read, how it was got, the line that says it (0: its own)."""

    name: str
    text: str
    how: str = ""
    line: int = 0

    @property
    def origin(self) -> str:
        """How it was got, and on which line where that is another one."""
        return f"{self.how}，第 {self.line} 行" if self.line else self.how


@dataclass(frozen=True, slots=True)
class ItemRead:
    """One measure as it was read; ``place`` is by what its fields are set right."""

    number: str
    text: str
    fields: tuple[Given, ...]
    is_due: bool
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class LineRead:
    """One line: its number in the file, role, text, the measures that begin on it, what else it
    gave. ``goes_on`` is the line on which its paragraph begins, where that is another one;
    ``place`` is by what its role is set right.
    """

    number: int
    role: LineRole
    text: str
    items: tuple[ItemRead, ...] = ()
    gave: tuple[Given, ...] = ()
    goes_on: int = 0
    place: Place = NOWHERE
    is_told: bool = False

    @property
    def is_filled(self) -> bool:
        """Whether anything stands on it."""
        return self.role is not LineRole.BLANK


@dataclass(frozen=True, slots=True)
class Part:
    """The body of a document, or one table of it, as it is called in the file."""

    name: str
    lines: tuple[LineRead, ...]
    is_table: bool = False


@dataclass(frozen=True, slots=True)
class Beside:
    """A document beside its reading; ``why_not`` says why it is no plan, empty where it is one."""

    name: str
    title: str = ""
    parts: tuple[Part, ...] = ()
    why_not: str = ""
    #: The document's own counts with what was read, as sentences.
    counts: tuple[str, ...] = ()
    remarks: tuple[str, ...] = field(default_factory=tuple)
    problems: int = 0

    @property
    def lines(self) -> list[LineRead]:
        """All lines of all parts."""
        return [line for part in self.parts for line in part.lines]

    @property
    def items(self) -> list[ItemRead]:
        """All measures."""
        return [item for line in self.lines for item in line.items]

    @property
    def unread(self) -> list[tuple[str, LineRead]]:
        """The lines that were not understood, each with the part that it stands in."""
        return [
            (part.name, line)
            for part in self.parts
            for line in part.lines
            if line.role is LineRole.UNREAD
        ]

    @property
    def roles(self) -> Counter[LineRole]:
        """How many lines have each role."""
        return Counter(line.role for line in self.lines)

    def line_at(self, part: int, number: int) -> LineRead | None:
        """A line of a part, counted from 0, by its number in the file."""
        lines = self.parts[part].lines if part < len(self.parts) else ()
        return next((line for line in lines if line.number == number), None)

    @property
    def summary(self) -> str:
        """The figures of a reading in one line."""
        due = sum(item.is_due for item in self.items)
        return (
            f"{self.problems} 个问题，{len(self.items)} 条措施，{due} 条有期限，"
            f"没有读懂 {len(self.unread)} 行"
        )


def lines_of_plan(plan: Plan) -> tuple[LineRead, ...]:
    """The lines of a plan's body and annex."""
    roles = roles_of(plan)
    items: dict[int, list[ItemRead]] = {}
    for item in plan.items:
        items.setdefault(item.line, []).append(_item(item))
    gave = _given_to_others(plan)
    for figure in plan.figures:
        gave.setdefault(figure.line, []).append(_figure(figure))
    found = []
    for number, text in enumerate(plan.lines, 1):
        first = number if number in plan.keys else plan.begins.get(number, 0)
        key = plan.keys.get(first)
        found.append(
            LineRead(
                number, roles[number], text.rstrip(), tuple(items.get(number, ())),
                tuple(gave.get(number, ())), first if first and first != number else 0,
                (plan.document, *key) if key else NOWHERE, first in plan.told_roles,
            )
        )  # fmt: skip
    return tuple(found)


def _item(item: PlanItem) -> ItemRead:
    fields: list[Given] = []
    shown = {
        "牵头单位": (item.unit, Role.LEAD),
        "配合单位": (item.support_units, Role.SUPPORT),
        "责任人": (item.person, Role.PERSON if Role.PERSON in item.values else Role.LEADER),
    }
    for name, (text, role) in shown.items():
        value = item.values.get(role) or item.values.get(Role.LEAD)
        fields.append(_given(name, text, value, item.line))
    due = item.values.get(Role.DUE)
    day = item.due_on.isoformat() if item.due_on else ""
    text = " → ".join(filter(None, (item.due_text, day)))
    fields.append(_given("完成期限", text, due, item.line))
    if item.rect_type:
        fields.append(Given("整改类别", RECT_TYPE.labels.get(item.rect_type, item.rect_type)))
    return ItemRead(item.number, item.text, tuple(fields), item.due_on is not None, item.key)


def _given(name: str, text: str, value: Value | None, line: int) -> Given:
    if not text:
        return Given(name, "")
    if value is None:
        return Given(name, text)
    return Given(name, text, str(value.how), 0 if value.line == line else value.line)


def _given_to_others(plan: Plan) -> dict[int, list[Given]]:
    """Line → what it says of measures that stand on other lines."""
    said: dict[tuple[int, Role, str], list[PlanItem]] = {}
    for item in plan.items:
        for role, value in item.values.items():
            if role in SHOWN_FIELDS and value.line not in item.lines:
                said.setdefault((value.line, role, value.text), []).append(item)
    found: dict[int, list[Given]] = {}
    for (line, role, text), items in said.items():
        use = f"用于 {numbers_of(items)}"
        found.setdefault(line, []).append(Given(SHOWN_FIELDS[role], text, use))
    return found


def numbers_of(items: Sequence[PlanItem]) -> str:
    """«1-1、1-2 等 9 条»."""
    named = "、".join(item.number for item in items[:4])
    return f"{named} 等 {len(items)} 条" if len(items) > 4 else named


def _figure(figure: Figure) -> Given:
    deaths = f"，死亡 {figure.deaths} 人" if figure.deaths else ""
    return Given("事故", f"{figure.period} {figure.accidents} 起{deaths}")
