"""Web pages, which some systems send under the name of an xls → their tables, each as a sheet."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from lxml import etree, html

from analysis.errors import SourceError
from analysis.ingest.files.sheets import Grid, Range, Sheet, rectangular
from analysis.ingest.files.workbooks import LARGEST_CELLS

CELLS = ("td", "th")
#: No table of a ledger merges more columns or rows; a slip of the system that wrote it does.
LARGEST_SPAN = 200
#: Attributes of one tag: libxml2 compares each with all before it, so that a hundred thousand take
#: a minute. A picture in a tag is long, but has no blanks.
MOST_ATTRIBUTES = 2_000
TAG = re.compile(r"<[A-Za-z](?:[^\"'>]|\"[^\"]*\"|'[^']*')*+")
QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
APART = re.compile(r"[\s/]+")
#: libxml2 puts U+FFFD, which is text, in the place of NUL, which is none: this one stands in.
NUL, STAND_IN = "\0", "\ufdd0"
#: Bytes that could not be decoded; UTF-8 has no way to write what stands for them.
BROKEN = re.compile("[\ud800-\udfff]")


def read_page(name: str, text: str) -> Iterator[Sheet]:
    """The tables of a web page; a table within a table is part of the outer one's cell.

    Raises:
        SourceError: its tags are nested too deeply or have too many attributes, or its tables are
            too large.

    """
    number = 0
    for above, table in _tables(name, text):
        cells, merged = _grid(name, table)
        if not cells:
            continue
        number += 1
        remark = ("file_renamed", "文件其实是网页格式，已照常读取；请另存为 xlsx")
        remarks = (remark,) if number == 1 else ()
        yield Sheet(f"表格{number}", cells, merged, above=above, remarks=remarks)


def _tables(name: str, text: str) -> Iterator[tuple[str, Any]]:
    """Each table with what the page says in front of it, as a document's tables have it."""
    page = _parsed(name, text)
    if page is None:
        return
    lines = [""]
    for table, said in _walked(page, lambda element: element if element.tag == "table" else None):
        if table is None:
            _write(lines, said)
            continue
        above = [" ".join(line.split())[:LONGEST_ABOVE] for line in lines]
        yield " ".join(list(filter(None, above))[-LINES_ABOVE:]), table
        lines = [""]


def _parsed(name: str, text: str) -> Any | None:
    """The tree of a page; None where nothing is in it."""
    _must_have_few_attributes(name, text)
    # Bytes of a known encoding: what a page says of its own encoding has been found wrong often.
    parser = html.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True
    )
    try:
        content = BROKEN.sub(STAND_IN, text.replace(NUL, STAND_IN)).encode("utf-8")
        page = html.document_fromstring(content, parser=parser)
    except etree.ParserError:  # nothing in it
        return None
    if any(error.level == etree.ErrorLevels.FATAL for error in parser.error_log):
        # What stands below that depth is not in the tree, and must not go missing in silence.
        raise SourceError(
            f"{name}：网页的标签嵌套太深，没有读取；请用表格软件打开后另存为 xlsx 再发送。"
        )
    return page


def _must_have_few_attributes(name: str, text: str) -> None:
    # Tags are taken one behind the other, each character once: a quote that is never closed would
    # otherwise be looked for again from every tag.
    for tag in TAG.finditer(text):
        if len(tag[0]) < 2 * MOST_ATTRIBUTES:
            continue
        outside = len(APART.findall(QUOTED.sub("", tag[0])))
        if max(outside, sum(map(tag[0].count, " \t\n"))) > MOST_ATTRIBUTES:
            raise SourceError(
                f"{name}：网页里有一个标签带了几千个属性，没有读取；"
                "请用表格软件打开后另存为 xlsx 再发送。"
            )


def _grid(name: str, table: Any) -> tuple[Grid, list[Range]]:
    """Cells and merged ranges; a cell merged over several columns or rows stands top left."""
    rows: Grid = []
    merged: list[Range] = []
    taken_to: dict[int, int] = {}  # column → the first row below all that reaches into it
    left = width = 0
    walk = etree.iterwalk(table, events=("start",), tag=("table", "tr", *CELLS))
    for _, element in walk:
        if element.tag == "table":
            if element is not table:
                walk.skip_subtree()
            continue
        if element.tag == "tr" or not rows:
            rows.append([])
            left = 0
        if element.tag == "tr":
            continue
        row, top = rows[-1], len(rows) - 1
        while taken_to.get(left, 0) > top:
            left += 1
        across, down = _spans(element) if element.attrib else (1, 1)
        for column in range(left, left + across):
            taken_to[column] = max(taken_to.get(column, 0), top + down)
        row += [""] * (left + across - len(row))
        row[left] = _text(element)
        if across * down > 1:
            merged.append((top, left, top + down - 1, left + across - 1))
        left += across
        width = max(width, len(row))
        if len(rows) * width > LARGEST_CELLS:
            raise SourceError(
                f"{name}：网页里的表格有 {len(rows)} 行 {width} 列，没有读取；"
                "请拆成几个文件再发送。"
            )
    last = len(rows) - 1
    clipped = [(top, left, min(bottom, last), right) for top, left, bottom, right in merged]
    return rectangular(rows), clipped


def _text(cell: Any) -> str:
    """What stands in a cell, a line break for each <br>.

    A cell that lies within this one for want of an end tag is another cell, and left out.
    """
    parts = [cell.text or ""]
    if not len(cell):  # most hold nothing but text, and a walk costs ten times as much
        return _plain(parts[0])
    tables = 0
    walk = etree.iterwalk(cell, events=("start", "end"))
    for event, element in walk:
        if element is cell:
            continue
        is_start = event == "start"
        if is_start and (element.tag in {"script", "style"} or (not tables and _is_cell(element))):
            walk.skip_subtree()
        elif is_start:
            parts.append("\n" if element.tag == "br" else element.text or "")
        if element.tag == "table":
            tables += 1 if is_start else -1
        if not is_start:
            parts.append(element.tail or "")
    return _plain("".join(parts))


def _plain(text: str) -> str:
    return text.replace(STAND_IN, NUL).strip()


def _is_cell(element: Any) -> bool:
    return element.tag in (*CELLS, "tr")


def _spans(cell: Any) -> tuple[int, int]:
    across, down = (cell.get(name, "").strip() for name in ("colspan", "rowspan"))
    return _span(across), _span(down)


def _span(text: str) -> int:
    return max(1, min(int(text), LARGEST_SPAN)) if text.isdecimal() else 1


#: So much of what stands in front of a table may name it.
LINES_ABOVE, LONGEST_ABOVE = 6, 300
#: Elements that stand on lines of their own.
BLOCKS = frozenset({
    "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table", "ul", "ol", "section",
    "article", "header", "footer", "blockquote", "dd", "dt", "dl", "pre", "center", "form",
    "fieldset", "main", "title", "hr",
})  # fmt: skip
LISTS = ("ol", "ul")
#: What a reader of the page does not see, or is no text of it.
UNSEEN = frozenset(
    {"script", "style", "head", "noscript", "template", "select", "option", "button"}
)
#: So many filled cells make a row of a table; fewer are a frame around text.
ROW_CELLS = 3


def lines_of_page(name: str, text: str) -> list[str]:
    """What a web page says, a line for each block and each row of a table, cells apart by tabs.

    Items of a numbered list have their numbers in front.

    Raises:
        SourceError: its tags are nested too deeply or have too many attributes.

    """
    page = _parsed(name, text)
    lines: list[str] = []
    if page is not None:
        body = page.find("body")
        _add_lines(page if body is None else body, lines)
    return [
        line for line in (re.sub(r"[ \r\n\xa0]+", " ", each).strip(" ") for each in lines) if line
    ]


def _add_lines(top: Any, lines: list[str]) -> None:
    lines.append("")
    for row, said in _walked(top, _row_line):
        if row is None:
            _write(lines, said)
        else:
            lines += [row, ""]


def _write(lines: list[str], said: str | None) -> None:
    """Go on with the last line, or begin a new one where nothing is said."""
    if said is None:
        lines.append("")
    else:
        lines[-1] += said


def _walked(
    top: Any, whole: Callable[[Any], Any | None]
) -> Iterator[tuple[Any | None, str | None]]:
    """What stands below an element, in its order: texts, None where a line ends, and by itself
    what ``whole`` makes of an element, whose inside is passed over.
    """
    numbers: list[int] = []
    walk = etree.iterwalk(top, events=("start", "end"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        is_own_line = tag in BLOCKS or tag in CELLS
        if event == "end":
            if tag in LISTS and numbers:
                numbers.pop()
            if is_own_line:
                yield None, None
            if element is not top:
                yield None, element.tail or ""
            continue
        if tag in UNSEEN:
            walk.skip_subtree()
            continue
        if (taken := whole(element)) is not None:
            yield taken, None
            walk.skip_subtree()
            continue
        if is_own_line or tag == "br":
            yield None, None
        yield None, _number(element, tag, numbers) + (element.text or "")


def _number(element: Any, tag: str, numbers: list[int]) -> str:
    """The number that a reader sees in front of an item; ``numbers`` are those of its lists."""
    if tag in LISTS:
        numbers.append(int(element.get("start") or 1) if tag == "ol" else -1)
    if tag != "li" or not numbers or numbers[-1] < 0:
        return ""
    numbers[-1] += 1
    return f"{numbers[-1] - 1}."


def _row_line(row: Any) -> str | None:
    """A row of a table as one line; None where it only frames text or other tables, or is none."""
    if row.tag != "tr" or next(row.iter("table"), None) is not None:
        return None
    cells = [re.sub(r"[ \t\xa0]+", " ", _text(cell)).strip() for cell in row if cell.tag in CELLS]
    is_form = len(cells) == 2 and all(cells) and len(cells[0]) < 20
    return "\t".join(cells) if sum(map(bool, cells)) >= ROW_CELLS or is_form else None
