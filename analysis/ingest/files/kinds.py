"""Files → sheets: the content decides how a file is read, whatever its name ends in."""

import csv
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from analysis.errors import SourceError
from analysis.ingest.files.sheets import Sheet, rectangular
from analysis.ingest.files.text import encoding_of, read_text
from analysis.wording.characters import file_name

#: What a person may call a file that is text.
TEXT_SUFFIXES = frozenset({".csv", ".tsv", ".txt", ".xls", ".xlsx", ".htm", ".html"})
ZIP_MAGIC = b"PK\x03\x04"
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: How an OLE file names its streams: in UTF-16.
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
WORD_STREAM = "WordDocument".encode("utf-16-le")
#: Rows on which the delimiter of a text is tried out.
SAMPLE_ROWS = 30


class UnsupportedError(SourceError):
    """A file of a kind that is not read at all."""


def read_sheets(path: Path) -> list[Sheet]:
    """Read every sheet of a file.

    Raises:
        UnsupportedError: the file is of no kind that is read.
        SourceError: the file cannot be read; one line says why and what to do.

    """
    kind = file_kind(path)
    sheets = list(READERS[kind](path))
    if not sheets and kind not in {"document", "text"}:
        raise SourceError(f"{path.name}：文件里没有工作表，可能已损坏，请重新发送。")
    return sheets


def file_kind(path: Path) -> str:
    """What a file is by its content: a name of ``READERS``.

    Raises:
        UnsupportedError: the file is of no kind that is read.
        SourceError: the file is empty, or locked by a password.

    """
    if path.stat().st_size == 0:
        raise SourceError(f"{path.name}：文件是空的（0 字节），请重新发送。")
    with path.open("rb") as file:
        head = file.read(2048)
    if head.startswith(ZIP_MAGIC):
        is_called_so = path.suffix.lower() in {".xlsx", ".xlsm"}
        return "workbook" if is_called_so else _archive_kind(path)
    if head.startswith(OLE_MAGIC):
        return _ole_kind(path)
    if path.suffix.lower() not in TEXT_SUFFIXES:
        raise _unsupported(path)
    said = head.replace(b"\0", b"").lower()
    if b"<html" in said or b"<table" in said or b"<!doctype html" in said:
        return "html"
    if b"urn:schemas-microsoft-com:office:spreadsheet" in said:
        raise SourceError(f"{path.name}：是 XML 表格，请用表格软件打开后另存为 xlsx 再发送。")
    if path.suffix.lower() == ".txt":
        return "text"
    if path.suffix.lower() == ".xlsx":
        raise SourceError(
            f"{path.name}：不是完好的 Excel 文件，请用表格软件打开后另存为 xlsx 再发送。"
        )
    return "csv"


def _archive_kind(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, NotImplementedError, EOFError, ValueError):
        return "workbook" if path.suffix.lower() != ".docx" else "document"
    if "word/document.xml" in names:
        return "document"
    if any(name.startswith("xl/") for name in names) or "content.xml" in names:
        return "workbook"
    if path.suffix.lower() in {".xlsx", ".xlsm", ".xls"}:
        return "workbook"
    raise _unsupported(path)


def _ole_kind(path: Path) -> str:
    content = path.read_bytes()
    if ENCRYPTED_STREAM in content:
        raise SourceError(f"{path.name}：文件有密码，请取消密码后重新发送。")
    if WORD_STREAM in content:
        raise UnsupportedError(
            f"{path.name}：是旧版 Word 文件（doc），请用 Word 或 WPS 另存为 docx 再发送。"
        )
    return "old workbook"


def _unsupported(path: Path) -> SourceError:
    return UnsupportedError(f"{path.name}：不是能读的文件类型，请另存为 xlsx、docx 或 csv 再发送。")


def _read_workbook(path: Path) -> Iterator[Sheet]:
    from analysis.ingest.files.workbooks import read_archive

    yield from read_archive(path)


def _read_old_workbook(path: Path) -> Iterator[Sheet]:
    from analysis.ingest.files.workbooks import read_book

    yield from read_book(path)


def _read_document(path: Path) -> Iterator[Sheet]:
    from analysis.ingest.files.documents import read_tables

    yield from read_tables(path)


def _read_html(path: Path) -> Iterator[Sheet]:
    from analysis.ingest.files.documents import read_html

    yield from read_html(read_text(path))


def _read_csv(path: Path) -> Iterator[Sheet]:
    encoding = encoding_of(path)
    seen: dict[str, str] = {}
    try:
        with path.open(encoding=encoding, newline="") as file:
            delimiter = _delimiter(file.read(20_000))
        with path.open(encoding=encoding, newline="") as file:
            # One object for each distinct cell: a million rows repeat few words.
            rows = [
                [seen.setdefault(cell, cell) for cell in row]
                for row in csv.reader(file, delimiter=delimiter, strict=True)
            ]
    except csv.Error as error:
        raise SourceError(
            f"{path.name}：引号不成对或含有无法识别的字符，请用表格软件另存为 xlsx 再发送。"
        ) from error
    yield Sheet(file_name(path.stem), rectangular(rows))


def _delimiter(text: str) -> str:
    """The delimiter that cuts the first rows into most columns; a comma where none does."""
    lines = [line for line in text.splitlines() if line.strip()][:SAMPLE_ROWS]

    def columns(delimiter: str) -> int:
        return sum(len(row) for row in csv.reader(lines, delimiter=delimiter))

    return max(",\t;|", key=columns)


def _read_text_table(path: Path) -> Iterator[Sheet]:
    """A text file is an official document or a table that was pasted with tabs."""
    from analysis.ingest.files.documents import tables_in_text

    yield from tables_in_text(read_text(path))


READERS: Mapping[str, Callable[[Path], Iterator[Sheet]]] = {
    "workbook": _read_workbook,
    "old workbook": _read_old_workbook,
    "document": _read_document,
    "html": _read_html,
    "csv": _read_csv,
    "text": _read_text_table,
}
