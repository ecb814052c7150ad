"""What a tree of a document is made of: headings, problems, measures, and what stands in them."""

from dataclasses import dataclass, field
from typing import Optional

from analysis.ingest.measures.enumerators import Mark
from analysis.ingest.measures.labels import Label
from analysis.ingest.measures.segments import Said
from analysis.ledgers.labels import Role


@dataclass(slots=True)
class Text:
    """A paragraph without a number or label of its own."""

    line: int
    text: str
    lines: tuple[int, ...] = ()


@dataclass(slots=True)
class Group:
    """Labels of fields that stand together, with their lines by role."""

    line: int
    said: Said = field(default_factory=Said)
    lines: dict[Role, int] = field(default_factory=dict)
    #: Raw values that may point at numbers of measures: «第1项由甲局牵头».
    texts: list[tuple[Role | None, str, int]] = field(default_factory=list)


Event = "Node | Group | Text"


@dataclass(slots=True)
class Node:
    """A numbered or labelled paragraph and what stands below it.

    ``text`` is its own text; ``said`` are fields that its own line names. ``events`` are its
    children, groups and texts in their order.
    """

    line: int
    text: str = ""
    mark: Mark | None = None
    label: Label | None = None
    lines: tuple[int, ...] = ()
    parent: Optional["Node"] = field(default=None, repr=False)
    said: Group | None = None
    events: list["Node | Group | Text"] = field(default_factory=list, repr=False)

    @property
    def role(self) -> Role | None:
        """What its label says that it is."""
        return self.label.role if self.label else None

    @property
    def kind(self) -> str:
        """The class of number or label by which its siblings are known."""
        if self.mark and self.mark.kind != "bullet":
            return f"{self.mark.kind}{self.mark.under}"
        if self.label:
            return f"label:{self.label.role}"
        return "bullet"

    @property
    def nodes(self) -> list["Node"]:
        """Its children."""
        return [each for each in self.events if isinstance(each, Node)]

    @property
    def texts(self) -> list[Text]:
        """Its paragraphs."""
        return [each for each in self.events if isinstance(each, Text)]

    @property
    def is_container(self) -> bool:
        """Whether a label makes it hold measures."""
        return self.role in {Role.MEASURE, Role.DETAIL}
