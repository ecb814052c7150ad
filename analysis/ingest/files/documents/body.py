"""One walk over the body of a Word file: paragraphs and tables, in order, as a reader sees them.

What Word wraps, marks or draws is no other text: a row in a content control is a row. ``OPENED``,
``SKIPPED``, ``FIXED`` and ``READERS`` say what each tag means; a tag that none of them has is
opened, so that what an unknown program wraps is not lost.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from analysis.ingest.files.documents import symbols
from analysis.ingest.files.documents.names import (
    DRAWING,
    DRAWING_STRICT,
    MATH,
    MC,
    OFFICE,
    RELATION_ID,
    VML,
    W14,
    W,
    is_on,
    value,
)
from analysis.ingest.files.documents.numbering import Numbering, chain_of
from analysis.ingest.files.documents.package import WordFile


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: its automatic number, what one sees, and what is hidden in it.

    ``pictures`` are the relations by which it names those that stand in it.
    """

    label: str
    visible: str
    hidden: str = ""
    pictures: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """What stands there; text that is hidden as a whole stands there all the same."""
        said = self.visible if self.visible.strip() or not self.hidden else self.hidden
        if not said.strip():
            return ""
        # «1.» in front of «5公里» would become another number.
        gap = " " if self.label[-1:] in set(".0123456789") and said[:1].isdigit() else ""
        return f"{self.label}{gap}{said}"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its blocks, over how many columns, and whether it goes on from above."""

    blocks: "list[Block]"
    width: int = 1
    is_merged: bool = False
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; ``before`` columns are left free in front of its cells.

    ``is_deleted``: somebody struck it out, and nobody has accepted that yet.
    """

    cells: list[Cell]
    before: int = 0
    is_hidden: bool = False
    is_deleted: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it stands: rows of cells, not yet a rectangle."""

    rows: list[Row]


Block = Paragraph | Table


@dataclass(slots=True)
class Body:
    """What a walk brings: the blocks, and what lies in the document and is none of them."""

    blocks: list[Block]
    embedded: list[str]


def read_body(word: WordFile) -> Body:
    """The blocks of a document in reading order; a text box stands behind its paragraph."""
    walk = _Walk(word)
    blocks = list(walk.blocks(word.body))
    return Body(blocks, list(dict.fromkeys(walk.embedded)))


#: Only their content counts.
OPENED = frozenset(
    W + name
    for name in ("sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink", "fldSimple",
                 "dir", "bdo", "ruby", "rubyBase")
)  # fmt: skip
#: Deleted and moved text, properties, and what stands elsewhere on the page.
SKIPPED = frozenset(
    W + name
    for name in ("del", "moveFrom", "delText", "delInstrText", "rPr", "pPr", "tblPr", "tblPrEx",
                 "tblGrid", "trPr", "tcPr", "sectPr", "sdtPr", "sdtEndPr", "customXmlPr",
                 "smartTagPr", "rt", "rubyPr", "footnoteReference", "endnoteReference",
                 "footnoteRef", "endnoteRef", "annotationRef", "commentReference", "softHyphen")
) | {MATH + "rPr", MATH + "ctrlPr"}  # fmt: skip
#: In a row that was struck out as a whole the deleted text is all that it says: a hazard does not
#: vanish because of a change that nobody has accepted.
DELETED = {f"{W}del": f"{W}ins", f"{W}delText": f"{W}t"}
#: Tags that stand for one sign.
FIXED = {
    f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-",
}  # fmt: skip
#: Tags that name a picture.
PICTURES = (f"{DRAWING}blip", f"{DRAWING_STRICT}blip", f"{VML}imagedata")
#: What a control says while nobody has chosen anything.
PROMPT = re.compile(
    r"^\s*[\[【(（]?\s*(?:请|单击|点击|双击|选择|输入|Click|Choose|Select|Enter)", re.I
)
PLACEHOLDER_STYLE = re.compile(r"placeholder|占位符", re.I)
#: An embedded file by the name of the program that opens it.
EMBEDDED = {"excel": "Excel 表格", "et": "WPS 表格", "word": "Word 文档", "package": "文件"}


@dataclass(slots=True)
class _Field:
    """A field that is open: its code until «separate», then what it shows."""

    is_code: bool = True
    code: str = ""
    shown: str = ""
    has_result: bool = False


class _Walk:
    """Where the walk stands: in which run, control and field."""

    def __init__(self, word: WordFile) -> None:
        self._styles = word.styles
        self._numbering = Numbering(word.numbering, word.styles)
        self.embedded: list[str] = []
        self._said: list[tuple[str, bool]] = []
        self._boxes: list[Block] = []
        self._pictures: list[str] = []
        self._fields: list[_Field] = []
        #: What the control shows in the place of its text, then nothing; None outside of one.
        self._control: list[str] | None = None
        self._font = ""
        self._is_hidden = False
        self._is_in_deleted_row = False

    def blocks(self, parent: Any) -> Iterator[Block]:
        """Paragraphs and tables below an element.

        The text of a paragraph whose end was deleted goes on in the next one.
        """
        carried: Paragraph | None = None
        for child in self._opened(parent):
            if child.tag == f"{W}p":
                paragraph, boxes = self._paragraph(child)
                if carried:
                    paragraph = _joined(carried, paragraph)
                carried = paragraph if _is_end_deleted(child) else None
                if carried is None:
                    yield paragraph
                yield from boxes
            elif child.tag == f"{W}tbl":
                yield self._table(child)
            elif child.tag in {f"{W}altChunk", f"{W}subDoc"}:
                self.embedded.append("另一份文件")
        if carried:
            yield carried

    def _opened(self, parent: Any, *, is_inline: bool = False) -> Iterator[Any]:
        """The elements below one, those that only wrap them opened.

        Whoever asks must be done with an element before asking for the next: that it stands in
        a control is known only in between.
        """
        for child in parent:
            tag = child.tag
            if self._is_in_deleted_row and tag in DELETED:
                tag = DELETED[tag]
            if tag in SKIPPED:
                continue
            if tag in OPENED:
                yield from self._opened(child, is_inline=is_inline)
            elif tag == f"{W}sdt":
                outer = self._control
                if outer is None:
                    self._control = self._shown_by(child)
                for content in child.findall(f"{W}sdtContent"):
                    yield from self._opened(content, is_inline=is_inline)
                if is_inline and self._control and outer is None:
                    self._say("")  # an empty control may show something: a box
                self._control = outer
            elif tag == f"{MC}AlternateContent":
                branch = _branch(child)
                if branch is not None:
                    yield from self._opened(branch, is_inline=is_inline)
            else:
                yield child

    def _shown_by(self, control: Any) -> list[str] | None:
        """What a control shows in the place of its text; None where the text itself counts."""
        properties = control.find(f"{W}sdtPr")
        if properties is None:
            return None
        box = properties.find(f"{W14}checkbox")
        if box is not None:
            checked = box.find(f"{W14}checked")
            return [symbols.check_mark(checked is not None and is_on(checked, W14))]
        text = "".join(each.text or "" for each in control.iter(f"{W}t"))
        chosen = [properties.find(W + name) for name in ("date", "dropDownList", "comboBox")]
        is_prompt = properties.find(f"{W}showingPlcHdr") is not None and (
            bool(PROMPT.match(text)) or self._is_in_placeholder_style(control)
        )
        if is_prompt or (any(each is not None for each in chosen) and PROMPT.match(text)):
            return [""]
        day = "" if chosen[0] is None else chosen[0].get(f"{W}fullDate", "")[:10]
        return [day] if _is_day_in_short(text, day) else None

    def _is_in_placeholder_style(self, control: Any) -> bool:
        """Whether a control shows its prompt: some programs fill it in and leave the mark."""
        runs = [run for run in control.iter(f"{W}r") if run.find(f"{W}t") is not None]
        styles = [value(p, "rStyle") for r in runs if (p := r.find(f"{W}rPr")) is not None]
        names = [self._styles[each].name for each in styles if each in self._styles]
        return len(names) == len(runs) and all(map(PLACEHOLDER_STYLE.search, names))

    def _paragraph(self, element: Any) -> tuple[Paragraph, list[Block]]:
        outer = (self._said, self._boxes, self._font, self._is_hidden, self._pictures)
        self._said, self._boxes, self._font, self._is_hidden, self._pictures = [], [], "", False, []
        properties = element.find(f"{W}pPr")
        style = "" if properties is None else value(properties, "pStyle")
        self._inline(element, self._is_style_hidden(style))
        # A field whose code never ends would swallow the rest of the document.
        self._fields = [each for each in self._fields if not each.is_code]
        parts, boxes, pictures = self._said, self._boxes, tuple(dict.fromkeys(self._pictures))
        self._said, self._boxes, self._font, self._is_hidden, self._pictures = outer
        visible = "".join(text for text, is_hidden in parts if not is_hidden)
        hidden = "".join(text for text, is_hidden in parts if is_hidden)
        is_gone = not (visible or hidden) and _is_end_deleted(element)
        label = "" if is_gone else self._numbering.label(properties, style)
        return Paragraph(label, visible, hidden.strip(), pictures), boxes

    def _inline(self, parent: Any, is_style_hidden: bool) -> None:
        for child in self._opened(parent, is_inline=True):
            tag = child.tag
            if tag == f"{W}r":
                self._run(child, is_style_hidden)
            elif tag == f"{W}t" or (self._is_in_deleted_row and tag == f"{W}delText"):
                self._say(symbols.in_font(self._font, child.text or ""))
            elif tag in FIXED:
                self._say(FIXED[tag])
            elif tag in READERS:
                READERS[tag](self, child)
            else:
                self._inline(child, is_style_hidden)

    def _run(self, run: Any, is_style_hidden: bool) -> None:
        outer = self._font, self._is_hidden
        self._is_hidden = is_style_hidden
        properties = run.find(f"{W}rPr")
        if properties is not None:
            fonts, vanish = properties.find(f"{W}rFonts"), properties.find(f"{W}vanish")
            self._font = "" if fonts is None else fonts.get(f"{W}ascii", "")
            self._is_hidden |= self._is_style_hidden(value(properties, "rStyle"))
            if vanish is not None:
                self._is_hidden = is_on(vanish)
        self._inline(run, self._is_hidden)
        self._font, self._is_hidden = outer

    def _is_style_hidden(self, style: str) -> bool:
        said = (each.is_hidden for each in chain_of(style, self._styles))
        return bool(next((each for each in said if each is not None), False))

    def _say(self, text: str) -> None:
        if any(each.is_code for each in self._fields):
            return
        if self._control is not None:
            text = self._control.pop() if self._control else ""
        if text:
            for each in self._fields:
                each.has_result = True
            self._said.append((text, self._is_hidden))

    def _symbol(self, element: Any) -> None:
        code = element.get(f"{W}char", "")
        if re.fullmatch(r"[0-9A-Fa-f]{1,6}", code):
            self._say(symbols.symbol(element.get(f"{W}font", ""), int(code, 16)))

    def _field_code(self, element: Any) -> None:
        if self._fields and self._fields[-1].is_code:
            self._fields[-1].code += element.text or ""

    def _field_mark(self, element: Any) -> None:
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            self._fields.append(_Field(shown=_form_field(element)))
        elif kind == "separate" and self._fields:
            self._fields[-1].is_code = False
        elif kind == "end" and self._fields:
            ended = self._fields.pop()
            if not ended.has_result:
                self._say(ended.shown or symbols.overlaid(ended.code))

    def _box(self, element: Any) -> None:
        """A text box: its blocks come behind the paragraph that holds it."""
        outer = self._said, self._fields, self._control
        self._fields, self._control = [], None
        inside = list(self.blocks(element))
        self._said, self._fields, self._control = outer
        self._boxes += inside

    def _word_art(self, element: Any) -> None:
        self._say(element.get("string", ""))

    def _math(self, element: Any) -> None:
        self._say(element.text or "")

    def _picture(self, element: Any) -> None:
        name = "id" if element.tag == f"{VML}imagedata" else "embed"
        self._pictures.append(next(filter(None, (element.get(r + name) for r in RELATION_ID)), ""))

    def _embedded(self, element: Any) -> None:
        program = element.get("ProgID", "").partition(".")[0].lower()
        if program in EMBEDDED:
            self.embedded.append(EMBEDDED[program])

    def _table_in_line(self, element: Any) -> None:
        """A table where only text may stand: some programs put one into a paragraph."""
        self._boxes.append(self._table(element))

    def _paragraph_in_line(self, element: Any) -> None:
        paragraph, boxes = self._paragraph(element)
        self._boxes += [paragraph, *boxes]

    def _table(self, element: Any) -> Table:
        rows = []
        for tr in self._opened(element):
            if tr.tag != f"{W}tr":
                continue
            properties = tr.find(f"{W}trPr")
            hidden = None if properties is None else properties.find(f"{W}hidden")
            is_hidden = hidden is not None and is_on(hidden)
            outer = self._is_in_deleted_row
            is_deleted = properties is not None and _has(properties, "del")
            self._is_in_deleted_row |= is_deleted
            cells = self._cells(tr)
            self._is_in_deleted_row = outer
            if is_deleted and not any(map(_says_something, cells)):
                continue  # it was moved, and stands where it went
            before = 0 if properties is None else _number(value(properties, "gridBefore"), 0)
            rows.append(Row(cells, before, is_hidden, is_deleted))
        return Table(rows)

    def _cells(self, tr: Any) -> list[Cell]:
        cells: list[Cell] = []
        for tc in self._opened(tr):
            if tc.tag != f"{W}tc":
                continue
            said = _properties(tc)
            if f"{W}cellDel" in said:
                continue
            inside = list(self.blocks(tc))
            width = _number(said.get(f"{W}gridSpan", ""), 1)
            if cells and said.get(f"{W}hMerge") == "continue":
                left = cells[-1]
                cells[-1] = replace(left, blocks=left.blocks + inside, width=left.width + width)
                continue
            merge = said.get(f"{W}vMerge", "")
            cells.append(Cell(inside, width, bool(merge), merge == "continue"))
        return cells


#: Tags that are read by a way of their own.
READERS: Mapping[str, Callable[[_Walk, Any], None]] = {
    f"{W}sym": _Walk._symbol,
    f"{W}instrText": _Walk._field_code,
    f"{W}fldChar": _Walk._field_mark,
    f"{W}txbxContent": _Walk._box,
    f"{W}tbl": _Walk._table_in_line,
    f"{W}p": _Walk._paragraph_in_line,
    f"{VML}textpath": _Walk._word_art,
    f"{MATH}t": _Walk._math,
    f"{OFFICE}OLEObject": _Walk._embedded,
    **dict.fromkeys(PICTURES, _Walk._picture),
}
#: What shows that a branch of a choice can be read here.
_CONTENT = (f"{W}t", f"{W}sym", f"{W}tbl", f"{MATH}t", f"{OFFICE}OLEObject", *PICTURES)
_SHORT_DAY = re.compile(r"^[\d年月日号/.\-\s]+$")


def _says_something(cell: Cell) -> bool:
    return any(isinstance(block, Table) or bool(block.text) for block in cell.blocks)


def _branch(choices: Any) -> Any | None:
    """The one branch of a choice that counts: the first that says something."""
    branches = [*choices.findall(f"{MC}Choice"), *choices.findall(f"{MC}Fallback")]
    speaking = (each for each in branches if next(each.iter(*_CONTENT), None) is not None)
    return next(speaking, None)


def _is_end_deleted(paragraph: Any) -> bool:
    """Whether the end of a paragraph was deleted or moved away: the next one joins it."""
    marks = paragraph.find(f"{W}pPr/{W}rPr")
    return marks is not None and (_has(marks, "del") or _has(marks, "moveFrom"))


def _has(properties: Any, name: str) -> bool:
    return properties.find(W + name) is not None


def _properties(tc: Any) -> dict[str, str]:
    """The properties of a cell by their tags; a merge that says no more goes on."""
    found = tc.find(f"{W}tcPr")
    return {} if found is None else {each.tag: each.get(f"{W}val", "continue") for each in found}


def _number(text: str, default: int) -> int:
    """A number of columns; a table of Word has 63 at most."""
    return min(int(text), 500) if text.isdecimal() else default


def _joined(first: Paragraph, then: Paragraph) -> Paragraph:
    return Paragraph(
        first.label or then.label,
        first.visible + then.visible,
        "\n".join(filter(None, (first.hidden, then.hidden))),
        first.pictures + then.pictures,
    )


def _form_field(begin: Any) -> str:
    """What a field of an older form shows: its box, or the chosen line of its list."""
    box, chosen = (begin.find(f"{W}ffData/{W}{name}") for name in ("checkBox", "ddList"))
    if box is not None:
        marks = (box.find(W + name) for name in ("checked", "default"))
        mark = next((each for each in marks if each is not None), None)
        return symbols.check_mark(mark is not None and is_on(mark))
    if chosen is not None:
        lines = [each.get(f"{W}val", "") for each in chosen.findall(f"{W}listEntry")]
        text = value(chosen, "result") or value(chosen, "default") or "0"
        at = int(text) if text.isdecimal() else 0
        return lines[at] if at < len(lines) else ""
    return ""


def _is_day_in_short(text: str, day: str) -> bool:
    """Whether a date picker shows a day without its year, or in an order of its own.

    ``day`` is what it keeps, 2023-10-08; where a person wrote another day over it, the text counts.
    """
    match = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", day)
    if not match or not _SHORT_DAY.match(text) or re.match(r"\s*\d{4}", text):
        return False
    year, month, number = map(int, match.groups())
    shown = [int(each) for each in re.findall(r"\d+", text)]
    left = [each for each in shown if each not in {year, year % 100}] if len(shown) > 2 else shown
    return sorted(left) == sorted((month, number))
