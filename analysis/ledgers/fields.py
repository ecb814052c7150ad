"""What a column and a table are: the shapes that every ledger declaration fills in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from analysis.ledgers.codes import CodeList

Kind = Literal["text", "unit", "date", "deadline", "integer", "number", "boolean", "code", "json"]

#: How each kind is stored. A deadline is a date whose text may also be a clause or a frequency.
SQL_TYPES: Mapping[Kind, str] = {
    "text": "VARCHAR",
    "unit": "VARCHAR",
    "date": "DATE",
    "deadline": "DATE",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "code": "VARCHAR",
    "json": "VARCHAR",
}


def said(headers: str) -> tuple[str, ...]:
    """The headers that units use for a field, written with blanks between them."""
    return tuple(headers.split())


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its name in SQL, its Chinese label, and how a unit's file spells it.

    ``header`` is False for columns that the system fills in (numbers taken out of a text,
    history, provenance); they are never looked for in a header row. ``text_in`` names the field
    that keeps the words of the cell when its value is read into something narrower.
    """

    name: str
    label: str
    kind: Kind
    description: str
    synonyms: tuple[str, ...] = ()
    unit: str = ""
    codes: CodeList | None = None
    required: bool = False
    header: bool = True
    text_in: str = ""

    @property
    def sql_type(self) -> str:
        """The column's type in the warehouse."""
        return SQL_TYPES[self.kind]

    @property
    def headers(self) -> tuple[str, ...]:
        """Every header that claims this field, the label first."""
        return (self.label, *self.synonyms) if self.header else ()

    @property
    def comment(self) -> str:
        """The column's Chinese comment: label, unit, codes, meaning."""
        parts = [f"{self.label}（{self.unit}）" if self.unit else self.label]
        if self.codes:
            parts.append("取值：" + "、".join(self.codes.describe()))
        parts.append(self.description)
        return "。".join(part.rstrip("。") for part in parts if part) + "。"


@dataclass(frozen=True, slots=True)
class Ledger:
    """One table: what a row is, its fields, and how rows of two submissions are told apart.

    ``signature`` are the fields that betray the record type in a header row; a sheet is of this
    ledger only if it has at least one of them. ``anchors`` are the fields of which a row must
    fill one, or it is no record. ``key`` is a record's natural number, ``fingerprint`` the
    fields that identify it where it has none. Two rows with one number are taken for one record
    only if every ``guard`` field agrees as well, so that a number used twice swallows no record.
    ``wording`` is the part of the fingerprint that a unit may put in other words.
    """

    name: str
    label: str
    grain: str
    fields: tuple[Field, ...]
    signature: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    fingerprint: tuple[str, ...] = ()
    guard: tuple[str, ...] = ()
    wording: str = ""

    def __getitem__(self, name: str) -> Field:
        return next(field for field in self.fields if field.name == name)

    def __iter__(self) -> Iterator[Field]:
        return iter(self.fields)

    @property
    def columns(self) -> list[str]:
        """Names of all columns, in table order."""
        return [field.name for field in self.fields]

    @property
    def is_received(self) -> bool:
        """Whether units send this ledger (the others are the system's own books)."""
        return bool(self.signature)

    def required(self) -> list[Field]:
        """The fields whose absence is a finding."""
        return [field for field in self.fields if field.required]


#: Behind the own columns of every ledger that units send.
COMMON: tuple[Field, ...] = (
    Field("region", "地区", "text", "记录所属的县（市、区）", header=False),
    Field("submission_id", "报送批次", "text", "来自哪一次报送，见报送批次表", header=False),
    Field("sheet", "工作表", "text", "来源工作表", header=False),
    Field("row_no", "行号", "integer", "来源行，与表格软件左侧行号一致", header=False),
    Field("extra", "其他列", "json", "没有字段认领的列，JSON 文本", header=False),
    Field("known_from", "收到日期", "date", "专班办公室收到这一版记录的日期", header=False),
    Field("known_to", "被替代日期", "date", "被后一版替代的日期；空表示现行有效", header=False),
)

#: What the versions before this one say, for records that units send again and again: kept with
#: the version, so that no question about an item has to read all that was ever sent.
PAST: tuple[Field, ...] = (
    Field(
        "first_known_on",
        "首次收到日期",
        "date",
        "首次收到这条记录的日期；空表示只收到过这一版",
        header=False,
    ),
    Field(
        "said_done_since",
        "报完成起始日期",
        "date",
        "从哪一天的报送起一直报为已完成；空表示这一版没有报完成，或只收到过这一版",
        header=False,
    ),
)

#: How an item is closed: accepted, with date and signature, and only then struck off.
ACCEPTANCE: tuple[Field, ...] = (
    Field(
        "accepted_on",
        "验收日期",
        "date",
        "验收（复查）通过的日期",
        said("验收时间 复查时间 复查日期 整改验收时间 复查完成时间 核查时间"),
    ),
    Field(
        "accepted_by",
        "验收人",
        "text",
        "签字验收的人",
        said("验收签字 验收人员 复查人 复核人 核查人 签字人 签字 组长签字 牵头领导签字 销号签字"),
    ),
    Field(
        "closed_on",
        "销号日期",
        "date",
        "销号的日期",
        said("销号时间 销案日期 核销时间 闭环日期"),
    ),
)
