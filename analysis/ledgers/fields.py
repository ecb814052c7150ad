"""What a column and a table are: the shapes that every ledger declaration fills in."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from analysis.ledgers.codes import CLOSURE, CONDUCT, RELIEF, SUSPENSION, CodeList
from analysis.ledgers.grammar import Phrase
from analysis.ledgers.phrases import (
    ACCEPTANCE_DAY,
    ACCEPTED_BY,
    CLOSING_DAY,
    SUPPORTING_UNITS,
)

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
    """One column: its name in SQL, its Chinese label, and how a unit's file spells it."""

    name: str
    label: str
    kind: Kind
    #: What stands in it, as the person who fills in the template should understand it.
    description: str
    #: Other headers that units use for it.
    synonyms: tuple[str, ...] = ()
    #: How headers say it that nobody has listed; a listed one is the stronger evidence.
    says: tuple[Phrase, ...] = ()
    #: Class of words in the header, another field, its value: where that field has no column of its
    #: own, it holds for all rows. «重大隐患描述» says the level of every hazard below it.
    implies: tuple[tuple[str, str, str], ...] = ()
    #: How its texts look, a pattern, where the header alone does not tell it from another.
    shape: str = ""
    #: Unit of measure.
    unit: str = ""
    codes: CodeList | None = None
    #: Whether its absence is a finding.
    required: bool = False
    #: False for columns that the system fills in (numbers taken out of a text, history,
    #: provenance): they are never looked for in a header row and are not in the template.
    header: bool = True
    #: The field that keeps the text of the cell, where the value is something narrower.
    text_in: str = ""
    #: The field that keeps with how many decimals a percentage was printed.
    places_in: str = ""
    #: For a percentage, the fields of the count that has changed and of what it was before.
    change_of: tuple[str, str] | tuple[()] = ()
    #: What only a reader of the table has to know: in its COMMENT, not in the template.
    note: str = ""
    #: Whether the value is a number or name of one thing: digits in it are no telephone number.
    is_identifier: bool = False
    #: Whether the value means something within one county alone; a roll-up of many counties
    #: shows it with the county in front.
    is_local: bool = False
    #: Whether the column holds telephone numbers and nothing else.
    is_phone: bool = False
    #: Whether its cell is kept beside the other columns as it was written, too: names in it may be
    #: joined by those of another cell.
    is_kept_as_written: bool = False
    #: Whether several columns of it are one list: a roster has 简称 beside 别名.
    is_gathered: bool = False
    #: Whether its cell is a list of names, stored with a 、 between them.
    is_names: bool = False
    #: Fields of which one that is filled makes this one not missing; a yes or no where it says no.
    unless: tuple[str, ...] = ()
    #: Whether it is prose, which needs a wide column on paper.
    is_prose: bool = False
    #: For a date, how it lies to the day of its submission: ``near`` within some years before or
    #: after it, ``past`` near and not after it. Empty: anywhere.
    when: Literal["", "near", "past"] = ""
    #: The field that answers for this one in a table without a column of its own for it.
    stands_in: str = ""
    #: What a later row that leaves it blank says. ``descriptive``, what the matter is: nothing, the
    #: earlier value stays until a word takes it back. ``progress``, how far it has come: nothing
    #: either, but a status that goes back clears it. Empty for what the system writes itself.
    role: Literal["descriptive", "progress", ""] = "descriptive"

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
        """The column's Chinese comment: label, unit, codes, meaning, note."""
        parts = [f"{self.label}（{self.unit}）" if self.unit else self.label]
        if self.codes:
            parts.append("取值：" + "、".join(self.codes.describe()))
        parts += [self.description, self.note]
        return "。".join(part.rstrip("。") for part in parts if part) + "。"


@dataclass(frozen=True, slots=True)
class Ledger:
    """One table: what a row is, its fields, and all that the rest of the program asks about it.

    Everything but the first four has a default that is safe for a ledger that does not need it:
    no unit may see it or send it, and none of its rows is an item.
    """

    name: str
    label: str
    #: What one row is.
    grain: str
    fields: tuple[Field, ...]
    #: Its place among the ledgers, on pages and where a sheet's headers fit two ledgers equally
    #: well: the lower one is taken. Ledgers of one place stand by name.
    order: int = 500

    # How a sheet and a row are recognised.
    #: Fields that betray the record type: a sheet is of this ledger only if it has one of them.
    #: Without any, nobody sends the ledger: it is one of the system's own books.
    signature: tuple[str, ...] = ()
    #: Fields that mark this ledger where a sheet might be of another; the ones above, where none is
    #: named. One of them outvotes what a sheet shares with others, such as a day and a place.
    own: tuple[str, ...] = ()
    #: Words of a title or of a sheet's name that speak for this ledger.
    said_in_title: tuple[str, ...] = ()
    #: Fields that betray it as well, where the title or the sheet's name speaks for it.
    under_title: tuple[str, ...] = ()
    #: A coded field of which the title of a sheet may say the value for all rows, and each value
    #: with the pattern of the titles that say it. Such a title speaks for the ledger, too, where no
    #: column is another ledger's own.
    titled: tuple[str, tuple[tuple[str, str], ...]] | None = None
    #: Its values that say of what kind the rows are, and nothing of the ledger.
    not_by_title: frozenset[str] = frozenset()
    #: Fields that betray it where a sheet has all of them, whatever its title, and the first has
    #: words that only it has, ``chosen_by``, a pattern.
    together: tuple[str, ...] = ()
    chosen_by: str = ""
    #: Ledgers whose columns its sheets repeat, to say what a row is about: a sheet that is of this
    #: one is of none of them, unless it has a column that is theirs alone: one of ``belied_by``, or
    #: one of ``belied_without`` where no column is of its signature.
    stands_for: tuple[str, ...] = ()
    belied_by: tuple[str, ...] = ()
    belied_without: tuple[str, ...] = ()
    #: Fields of which a row must fill one, or it is no record.
    anchors: tuple[str, ...] = ()

    # Which rows of two submissions are one record.
    #: A record's natural number.
    key: tuple[str, ...] = ()
    #: Who gives the numbers: one ``office`` for all, or each ``sender`` its own, so that two
    #: senders' number 1 are two records.
    numbered_by: Literal["office", "sender"] = "office"
    #: Whether a row's own unit stands for its sender, whoever's sheet it is on: the office's list
    #: of two units' inspections has two of number 1.
    is_numbered_by_owner: bool = False
    #: Fields that identify a record without a number.
    fingerprint: tuple[str, ...] = ()
    #: Fields that must agree as well where two rows have one number, so that a number used twice
    #: swallows no record.
    guard: tuple[str, ...] = ()
    #: The field of the fingerprint that a unit may put in other words.
    wording: str = ""
    #: Fields in which the document that lays a record down has the last word (方案): what ledgers
    #: say otherwise is told and does not count.
    master: frozenset[str] = frozenset()
    #: What a record's identity begins with; the ledger's name where there is none.
    id_prefix: str = ""
    #: Whether a file holds the whole list each time, so that a record missing from a sender's next
    #: one is a finding. Else a later file holds what came after.
    is_sent_whole: bool = False
    #: Whether a plan lays down its records: what a ledger leaves out has not vanished, its unit
    #: has only not reported on it.
    is_planned: bool = False

    # What kind of record it is.
    #: Whether a row is an item: something that a unit owes by a deadline, with a state, accepted
    #: and then closed. Has ITEM_ID, ACCEPTANCE and PAST; the relation ``received`` says which of
    #: its columns stand for what.
    is_item: bool = False
    #: What the items are called as a kind of item.
    kind_label: str = ""
    #: Whether a row is an act of the office's on an item of another ledger: read before the items,
    #: seen by whoever sees the item. 验收销号 is the only such ledger.
    is_act_on_items: bool = False
    #: Whether it is a register (名录): what there is, rather than what was done. Always read
    #: together with an upload, whoever sent it.
    is_register: bool = False
    #: Fields by which a reader knows a record again.
    title: tuple[str, ...] = ()
    #: Field of the day from which a deadline such as «15日内» counts; the day of the submission
    #: where there is none.
    deadline_from: str = ""
    #: Field of the day of which a row may say the month alone, kept as ``period_start`` then.
    dated_in_months: str = ""
    #: Fields that figures of acts rest on: a unit that changes what it has told of one is asked.
    asked_if_changed: tuple[str, ...] = ()
    #: The one of them that is a day of which each list should tell, so that one that is told of
    #: long after is asked about as well.
    told_of_in_time: str = ""
    #: Pairs of date fields, the first of which cannot be later than the second.
    date_order: tuple[tuple[str, str], ...] = ()

    # Whose it is.
    #: Whether units send it themselves. The others are the office's: its registers and totals, and
    #: those by whose numbers a unit could write over another's record.
    is_sent_by_units: bool = False
    #: Field of the unit that answers for a row, and that sent it where the sheet names no sender.
    #: A unit's account sees the rows that have its name there; without the field, none.
    owner_column: str = ""
    #: Whether its rows are about their sender: without a column of units, all are the sender's own.
    is_of_sender: bool = False
    #: Field of the inspectors' names: an inspector's account sees the rows that name him.
    inspectors_column: str = ""
    #: Field that a row shares with an inspection: an inspector sees it if he sees the inspection.
    inspection_column: str = ""

    #: Field of the day by whose year Parquet files are partitioned; without, by the year in which
    #: the submission was received. The day must never change, or a row would change files.
    dated_by: str = "known_from"
    #: What must hold of its rows beside the codes of its columns, as ``warehouse.checks`` reads it:
    #: at least what one row is.
    tests: str = ""

    def __getitem__(self, name: str) -> Field:
        return next(field for field in self.fields if field.name == name)

    def __iter__(self) -> Iterator[Field]:
        return iter(self.fields)

    @property
    def columns(self) -> list[str]:
        """Names of all columns, in table order."""
        return [field.name for field in self.fields]

    @property
    def prefix(self) -> str:
        """What a record's identity begins with."""
        return self.id_prefix or self.name

    @property
    def is_senders_item(self) -> bool:
        """Whether its records are items that each sender numbers for itself."""
        return self.is_item and self.numbered_by == "sender"

    @property
    def is_received(self) -> bool:
        """Whether units send this ledger (the others are the system's own books)."""
        return bool(self.signature)

    def values_titled(self, title: str) -> list[str]:
        """The values of the field ``titled`` that a title says."""
        patterns = self.titled[1] if self.titled else ()
        return [value for value, pattern in patterns if re.search(pattern, title)]

    def required(self) -> list[Field]:
        """The fields whose absence is a finding."""
        return [field for field in self.fields if field.required]

    def names_of(self, kind: Kind) -> list[str]:
        """Names of the fields of a kind."""
        return [field.name for field in self.fields if field.kind == kind]


#: How an item is named through all its submissions; the first column of every ledger of items.
ITEM_ID = Field(
    "item_id",
    "事项编号",
    "text",
    "全库唯一，跨各次报送不变",
    header=False,
    is_identifier=True,
    is_local=True,
    role="",
)

#: Who helps the unit that answers for an item: named in a column, or behind the lead in one cell.
SUPPORT_UNITS = Field(
    "support_units",
    "配合单位",
    "text",
    "配合的单位，责任单位一格写了几个单位的，其余的也在这里",
    said("配合单位/部门 参与单位 协同部门 配合部门 协办单位 协助单位"),
    says=SUPPORTING_UNITS,
    is_kept_as_written=True,
)

#: A deadline in a ledger of items is the first one; an approved extension has a column of its own.
CURRENT_DEADLINE = (
    "关系 items 里这一列叫 first_due_on，due_on 是现行期限（有批准的延期时为延期后的期限）"
)

#: Behind the own columns of every ledger that units send.
COMMON: tuple[Field, ...] = (
    Field("region", "地区", "text", "记录所属的县（市、区）", header=False),
    Field(
        "submission_id",
        "报送批次",
        "text",
        "来自哪一次报送，见报送批次表",
        header=False,
        is_identifier=True,
        is_local=True,
        role="",
    ),
    Field("sheet", "工作表", "text", "来源工作表", header=False, role=""),
    Field("row_no", "行号", "integer", "来源行，与表格软件左侧行号一致", header=False, role=""),
    Field(
        "extra", "其他列", "json", "没有字段认领的列和读不出的单元格的原文，JSON 文本", header=False
    ),
    Field(
        "known_from", "收到日期", "date", "专班办公室收到这一版记录的日期", header=False, role=""
    ),
    Field(
        "known_to",
        "被替代日期",
        "date",
        "被后一版替代的日期；空表示现行有效",
        header=False,
        role="",
    ),
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
        role="",
    ),
    Field(
        "said_done_since",
        "报完成起始日期",
        "date",
        "从哪一天的报送起一直报为已完成；空表示这一版没有报完成，或只收到过这一版",
        header=False,
        role="",
    ),
    Field(
        "said_done_as_of",
        "首次报完成的截至日期",
        "date",
        "首次这样报完成的那次报送截至哪一天（标题写明的截至日期或期末，没有写的为收到日期）；空表示没有报完成",
        header=False,
        role="",
    ),
    Field(
        "said_open_until",
        "报未完成的截至日期",
        "date",
        "报完成以前各次报送中，仍报未完成的截至到哪一天，内容没有变化的重复报送也算；空表示以前没有报过未完成",
        header=False,
        role="",
    ),
    Field(
        "is_onspot",
        "首次即报现场整改",
        "boolean",
        "首次报送就报现场整改，此后一直报为已完成",
        header=False,
        role="",
    ),
    Field(
        "suspended_since",
        "报停业起始日期",
        "date",
        "从哪一天的报送起一直报为停业关停；空表示这一版没有报停业",
        header=False,
        role="",
    ),
)

#: What the office's word, its rule of closing and the grammar of names make of an item: no part of
#: what a ledger says.
DECIDED: tuple[Field, ...] = (
    Field(
        "closure",
        "销号依据",
        "code",
        "销号凭什么：验收销号记录，还是台账自报；自报而不算销号的也在这里，空表示没有报销号",
        codes=CLOSURE,
        header=False,
        role="",
    ),
    Field(
        "suspension",
        "停业核实",
        "code",
        "报停业关停的是否属实；空表示这一版没有报停业",
        codes=SUSPENSION,
        header=False,
        role="",
    ),
    Field(
        "relief",
        "报送待核实",
        "code",
        "单位报送的撤销、延期、取消期限、降级、挂牌、摘牌，专班没有核实，没有计入；空表示没有",
        codes=RELIEF,
        header=False,
        role="",
    ),
    Field(
        "returned_on",
        "退回日期",
        "date",
        "最近一次验收不合格、退回重改的日期",
        header=False,
        role="",
    ),
    Field(
        "rework_due_on",
        "重改期限",
        "date",
        "退回时定的新期限；按期与否仍按整改期限算",
        header=False,
        role="",
    ),
    Field(
        "has_named_person",
        "责任人明确",
        "boolean",
        "责任人写明到人；“分管领导”“相关负责人”“待定”和只写单位的不算",
        header=False,
        role="",
    ),
    Field(
        "has_named_unit",
        "责任单位明确",
        "boolean",
        "责任单位写明是哪一个；“各相关单位”“成员单位”“待定”不算",
        header=False,
        role="",
    ),
    Field(
        "conduct",
        "待核实情形",
        "code",
        "状态、进展或其他列写有拒不整改、推诿、虚假整改；是台账的说法，没有经过核实，空表示没有这样写",
        codes=CONDUCT,
        header=False,
        role="",
    ),
    Field(
        "conduct_words",
        "待核实情形的原文",
        "text",
        "写明这种情形的那一句",
        header=False,
        role="",
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
        when="past",
        says=ACCEPTANCE_DAY,
        role="progress",
    ),
    Field(
        "accepted_by",
        "验收人",
        "text",
        "签字验收的人",
        said("验收签字 验收人员 复查人 复核人 核查人 签字人 签字 组长签字 牵头领导签字 销号签字"),
        says=ACCEPTED_BY,
        role="progress",
    ),
    Field(
        "closed_on",
        "销号日期",
        "date",
        "销号的日期",
        said("销号时间 销案日期 核销时间 闭环日期"),
        when="past",
        says=CLOSING_DAY,
        role="progress",
    ),
)
