"""One trackable measure as a document states it, and how each of its fields was got."""

from dataclasses import dataclass, field
from enum import StrEnum

from analysis.ingest.measures.enumerators import Mark
from analysis.ledgers.labels import Role


class How(StrEnum):
    """Where a field of a measure comes from, the nearest first."""

    WORDS = "本条文字"
    ACTOR = "本条主语"
    TAIL = "本条括注"
    LABEL = "所在问题的标注"
    HEADING = "上级标题"
    DOCUMENT = "全文规定"
    REFERENCE = "按编号指明"
    ADDRESSEE = "主送单位"
    ANNEX = "附件"
    TOLD = "专班办公室改定"


@dataclass(frozen=True, slots=True)
class Value:
    """A field's text with the line (from 1) that says it, and how it was got."""

    text: str
    how: How
    line: int


@dataclass(frozen=True, slots=True)
class Stated:
    """Something that the document says under a number, with its line."""

    number: str
    text: str
    line: int


@dataclass(slots=True)
class Found:
    """One measure: its number and text, the lines that it stands on, what stands over it."""

    text: str
    line: int
    lines: tuple[int, ...]
    mark: Mark | None = None
    label_no: str = ""
    problem: Stated | None = None
    manifestation: Stated | None = None
    measure: Stated | None = None
    headings: tuple[str, ...] = ()
    is_self_check: bool = False
    #: Its place among the measures of the document, from 1.
    ordinal: int = 0
    values: dict[Role, Value] = field(default_factory=dict)
    #: Its number in each list that it stands in, by class: 1 in that of （一）, 2 in that of 1.
    numbered: dict[str, int] = field(default_factory=dict)

    @property
    def number(self) -> str:
        """The number under which the document points at it: 5-1, 3; empty where it has none."""
        return self.mark.written if self.mark and self.mark.number else self.label_no
