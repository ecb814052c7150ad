"""Word documents and pasted text → the tables within, each as a sheet; paragraphs."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import ZipFile

from analysis.errors import SourceError
from analysis.ingest.files.refusals import locked
from analysis.ingest.files.sheets import Range, Sheet, rectangular
from analysis.ingest.files.workbooks import LARGEST_UNPACKED

#: So much of the text in front of a table can be its title and subtitle.
TITLE_PARAGRAPHS = 6
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read_document(path: Path, content: BinaryIO) -> tuple[list[str], list[Sheet]]:
    """The lines of a docx, and its tables.

    A row of a table is one line, its cells apart by tabs. A table is named 表格1, 表格2 …, with
    the paragraphs in front of it.

    Raises:
        SourceError: the file is damaged, locked or too large.

    """
    lines: list[str] = []
    tables: list[Sheet] = []
    above: list[str] = []
    for block in _body(path, content):
        if block.tag == f"{W}p":
            above.append(_paragraph(block))
            lines.append(above[-1])
        elif block.tag == f"{W}tbl":
            cells, merged = _table(block)
            lines += ["\t".join(row) for row in cells]
            title = " ".join(filter(None, above[-TITLE_PARAGRAPHS:]))
            name = f"表格{len(tables) + 1}"
            tables.append(Sheet(name, cells, merged, above=title, is_document=True))
            above = []
    return lines, tables


def tables_in_text(text: str) -> Iterator[Sheet]:
    """Runs of lines with tabs in a text file, each one table; the row numbers are the lines'."""
    lines = text.splitlines()
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


def _body(path: Path, content: BinaryIO) -> Iterator[Any]:
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import XMLSyntaxError

    broken = SourceError(
        f"{path.name}：不是完好的 Word 文件，请用 Word 或 WPS 打开后另存为 docx 再发送。"
    )
    try:
        with ZipFile(content) as archive:
            if sum(part.file_size for part in archive.infolist()) > LARGEST_UNPACKED:
                raise SourceError(f"{path.name}：解压后超过 1 GB，没有读取；请拆成几个文件。")
            if archive.testzip():
                raise broken
        body = docx.Document(content).element.body
    except SourceError:
        raise
    except RuntimeError as error:
        raise locked(path.name) from error
    except (PackageNotFoundError, XMLSyntaxError, KeyError, ValueError, OSError) as error:
        raise broken from error
    except Exception as error:  # zip, zlib and package errors share no base
        raise broken from error
    return iter(body)


def _paragraph(block: Any) -> str:
    parts = []
    for node in block.iter(f"{W}t", f"{W}tab", f"{W}br"):
        parts.append(node.text or "" if node.tag == f"{W}t" else "\t "[node.tag == f"{W}br"])
    return "".join(parts)


def _table(table: Any) -> tuple[list[list[Any]], list[Range]]:
    """Cells and merged ranges; a cell merged over several columns or rows stands top left."""
    rows: list[list[Any]] = []
    merged: list[Range] = []
    open_at: dict[int, int] = {}
    for number, tr in enumerate(table.findall(f"{W}tr")):
        row: list[Any] = [""] * _number(tr, "trPr", "gridBefore", 0)
        for tc in tr.findall(f"{W}tc"):
            left, width = len(row), _number(tc, "tcPr", "gridSpan", 1)
            row += ["\n".join(map(_paragraph, tc.iter(f"{W}p"))).strip(), *[""] * (width - 1)]
            merge = tc.find(f"{W}tcPr/{W}vMerge")
            goes_on = merge is not None and merge.get(f"{W}val") != "restart"
            if goes_on and left in open_at:
                top, _, _, right = merged[open_at[left]]
                merged[open_at[left]] = (top, left, number, right)
                row[left] = ""
            elif merge is not None or width > 1:
                open_at[left] = len(merged)
                merged.append((number, left, number, left + width - 1))
        rows.append(row)
    return rectangular(rows), merged


def _number(element: Any, properties: str, name: str, default: int) -> int:
    found = element.find(f"{W}{properties}/{W}{name}")
    value = found.get(f"{W}val", "") if found is not None else ""
    return min(int(value), 500) if value.isdigit() else default
