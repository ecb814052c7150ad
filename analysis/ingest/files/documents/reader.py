"""Word documents and pasted text → the tables within, each as a sheet; the lines of text."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from analysis.errors import SourceError
from analysis.ingest.files.documents.body import Block, Paragraph, Table, read_body
from analysis.ingest.files.documents.package import open_word
from analysis.ingest.files.documents.tables import Rectangle, is_frame, lifted, rectangle
from analysis.ingest.files.sheets import Photo, Sheet, rectangular

#: So much of the text in front of a table can be its title and subtitle.
TITLE_PARAGRAPHS = 6
#: A cell of a table in text has no more lines.
LONGEST_CELL = 60
#: Rows and texts that a remark names; it says how many there are.
NAMED = 5


@dataclass(slots=True)
class Document:
    """A document: its lines, its tables, and what is to be said of it as a whole.

    A row of a table is one line, its cells apart by tabs. A table is named 表格1, 表格2 …, with
    the paragraphs in front of it. ``remarks`` are (rule, severity, message).
    """

    lines: list[str] = field(default_factory=list)
    tables: list[Sheet] = field(default_factory=list)
    remarks: list[tuple[str, str, str]] = field(default_factory=list)


def read_document(path: Path, content: BinaryIO) -> Document:
    """Read a Word file.

    Raises:
        SourceError: the file is damaged, locked, too large or nested too deep.

    """
    try:
        return _read(path, content)
    except RecursionError as error:
        raise SourceError(
            f"{path.name}：里面的内容一层套一层，层数太多；请复制到新的 Word 文件里再发送。"
        ) from error


def _read(path: Path, content: BinaryIO) -> Document:
    body = read_body(open_word(path, content))
    document = Document()
    above: list[str] = []
    hidden: list[str] = []
    beside: list[Photo] = []
    for block in _unframed(body.blocks):
        if isinstance(block, Paragraph):
            above.append(" ".join(block.text.split("\n")).strip())
            document.lines += block.text.split("\n")
            hidden += [block.hidden] if block.hidden else []
            beside += [Photo(None, None, name) for name in block.pictures]
            continue
        _add_table(document, block, above)
        above = []
        for inner in lifted(block):
            _add_table(document, inner, [])
    if beside and document.tables:  # they go with the first table, fixed to no cell
        first = document.tables[0]
        document.tables[0] = replace(first, photos=(*first.photos, *beside))
    elif beside:
        message = f"正文里有 {len(beside)} 张图片，没有归到哪一条；如是某一条的照片，请放进那一行"
        document.remarks.append(("picture_unplaced", "info", message))
    if hidden:
        message = f"正文里有隐藏的文字（{_some(hidden)}），整段隐藏的照常读取，其余没有读取，请核对"
        document.remarks.append(("hidden_text", "warning", message))
    if body.embedded:
        message = (
            f"文档里嵌有{'、'.join(body.embedded)}，其中的内容没有读取；"
            "请双击打开后另存，单独发送，或直接在文档里制表"
        )
        document.remarks.append(("embedded_unread", "error", message))
    return document


def tables_in_text(text: str) -> Iterator[Sheet]:
    """Runs of lines with tabs in a text file, each one table; the row numbers are the lines'."""
    lines = _whole_rows(text.splitlines())
    start: int | None = None
    number = 0
    for row, line in enumerate([*lines, "end"]):
        is_table = "\t" in line or (start is not None and not line.strip() and row < len(lines))
        if is_table and start is None:
            start = row
        elif not is_table and start is not None:
            number += 1
            cells = rectangular([line.split("\t") for line in lines[start:row]])
            above = " ".join(filter(None, map(str.strip, lines[max(0, start - 3) : start])))
            yield Sheet(f"表格{number}", cells, first_row=start, above=above, is_document=True)
            start = None


def _whole_rows(lines: list[str]) -> list[str]:
    """Lines of which a cell in quotes goes on in the next ones, as spreadsheets copy them.

    The row stands on its first line, and the lines that it took are blank: places stay.
    """
    made = list(lines)
    for n, _line in enumerate(lines):
        if "\t" not in made[n] or not _is_open(made[n]):
            continue
        for below in range(n + 1, min(len(lines), n + LONGEST_CELL)):
            joined = "\n".join([made[n], *lines[n + 1 : below + 1]])
            if not _is_open(joined):
                made[n : below + 1] = [_unquoted(joined), *[""] * (below - n)]
                break
    return made


def _is_open(row: str) -> bool:
    """Whether a cell of a row begins with a quote that is not closed."""
    return any(cell.startswith('"') and cell.count('"') % 2 for cell in row.split("\t"))


def _unquoted(row: str) -> str:
    cells = (
        cell[1:-1].replace('""', '"') if cell.startswith('"') and cell.endswith('"') else cell
        for cell in row.split("\t")
    )
    return "\t".join(cells)


def _unframed(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, with those of a frame in the frame's place."""
    for block in blocks:
        if isinstance(block, Table) and is_frame(block):
            for row in block.rows:
                for cell in row.cells:
                    yield from _unframed(cell.blocks)
        else:
            yield block


def _add_table(document: Document, table: Table, above: Sequence[str]) -> None:
    name = f"表格{len(document.tables) + 1}"
    found = rectangle(table)
    document.lines += ["\t".join(row) for row in found.cells]
    document.remarks += _remarks(name, found)
    remarks: tuple[tuple[str, str], ...] = ()
    if found.hidden_rows:
        message = f"有 {len(found.hidden_rows)} 个隐藏行，已照常读取，{_rows(found.hidden_rows)}"
        remarks = (("hidden_rows", message),)
    title = " ".join(filter(None, above[-TITLE_PARAGRAPHS:]))
    document.tables.append(
        Sheet(
            name,
            found.cells,
            found.merged,
            above=title,
            is_document=True,
            remarks=remarks,
            photos=tuple(found.photos),
        )
    )


def _remarks(name: str, found: Rectangle) -> Iterator[tuple[str, str, str]]:
    """What a reader of the paper does not see, and what became of it."""
    for texts, what in (
        (found.hidden_texts, "有隐藏的文字，没有读取"),
        (found.covered_texts, "的合并单元格下面还有文字，没有读取"),
    ):
        if texts:
            said = _some([text for _, text in texts])
            message = f"{name} {_rows([row for row, _ in texts])}{what}：{said}；请核对"
            yield "hidden_text", "warning", message
    if found.deleted_rows:
        message = (
            f"{name} {_rows(found.deleted_rows)}带有“删除”的修订标记，还没有接受，已照常读取；"
            "确要删除的，请接受修订后重新发送"
        )
        yield "deleted_rows", "warning", message


def _rows(rows: Sequence[int]) -> str:
    """Rows (from 0) as a reader counts them: 第 3、5 行."""
    numbers = list(dict.fromkeys(row + 1 for row in rows))
    return f"第 {'、'.join(map(str, numbers[:NAMED]))} 行" + ("等" if len(numbers) > NAMED else "")


def _some(texts: Sequence[str]) -> str:
    """The first texts in quotes, and how many there are where these are not all."""
    shown = "、".join(f"“{' '.join(text.split())[:40]}”" for text in texts[:NAMED])
    return shown + (f"等 {len(texts)} 处" if len(texts) > NAMED else "")
