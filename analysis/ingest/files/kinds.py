"""Files → sheets and lines: the content decides how a file is read, whatever its name ends in.

A file is opened once. Its kind is found on the open file, and the reader of that kind goes on
with it: a file on a shared disk may be slow to open, and must not be another one by then.
"""

import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from analysis.errors import SourceError
from analysis.ingest.files.refusals import SEND_THE_ORIGINAL, broken_workbook, locked
from analysis.ingest.files.sheets import Sheet, apart, looked_through, with_texts_cut
from analysis.ingest.files.text import is_table, read_delimited, read_text
from analysis.wording.characters import file_name

#: What a person may call a file that is text.
TEXT_SUFFIXES = frozenset(
    {".csv", ".tsv", ".txt", ".xls", ".xlsx", ".htm", ".html", ".mht", ".mhtml"}
)
ZIP_MAGIC = b"PK\x03\x04"
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: How an OLE file names its streams: in UTF-16.
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
WORD_STREAM = "WordDocument".encode("utf-16-le")
XML_TABLE = b"urn:schemas-microsoft-com:office:spreadsheet"
RTF_MAGIC, PDF_MAGIC = b"{\\rtf", b"%PDF-"
#: What older programs call a document; some of these are web pages.
OLD_DOCUMENTS = frozenset({".doc", ".dot", ".wps", ".wpt"})
#: Word's own XML of 2003, and a whole package in one file.
WORD_XML = (b"schemas.microsoft.com/office/word/2003/wordml", b"office/2006/xmlpackage")
#: How a zip file of an open document begins: with its type, unpacked.
OPEN_TEXT = b"mimetypeapplication/vnd.oasis.opendocument.text"
#: Kinds that only LibreOffice reads, with the ending by which it knows them.
CONVERTED = {
    "old document": ".doc", "rich text": ".rtf", "open document": ".odt", "word xml": ".xml",
}  # fmt: skip


class UnsupportedError(SourceError):
    """A file of a kind that is not read at all."""


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A file that is open, with what it is by its content: a name of ``READERS``."""

    path: Path
    kind: str
    content: BinaryIO


@dataclass(frozen=True, slots=True)
class Contents:
    """The worksheets or tables of a file; of a document also its lines, which may be a plan's.

    ``remarks`` on the file as a whole are (rule, severity, message). ``package`` holds the photos
    of the sheets, where it is not the file itself: LibreOffice has made another of it.
    """

    sheets: list[Sheet]
    lines: list[str] = field(default_factory=list)
    remarks: list[tuple[str, str, str]] = field(default_factory=list)
    package: BinaryIO | None = None


@contextmanager
def opened(path: Path) -> Iterator[OpenFile]:
    """Open a file and find its kind.

    Raises:
        UnsupportedError: the file is of no kind that is read.
        SourceError: the file is empty, or locked by a password.

    """
    with path.open("rb") as content:
        yield OpenFile(path, _kind(path, content), content)


def read_contents(file: OpenFile) -> Contents:
    """Read an open file, which must stay open while its sheets are in use.

    Raises:
        SourceError: the file cannot be read; one line says why and what to do.

    """
    file.content.seek(0)
    contents = READERS[file.kind](file.path, file.content)
    contents.sheets[:] = [
        part for sheet in looked_through(contents.sheets) for part in apart(with_texts_cut(sheet))
    ]
    may_be_lines = file.kind in {"document", "text", "pdf", *CONVERTED} or bool(contents.lines)
    if not contents.sheets and not may_be_lines:
        raise SourceError(f"{file.path.name}：文件里没有工作表，可能已损坏，请重新发送。")
    return contents


def _kind(path: Path, content: BinaryIO) -> str:
    head = content.read(2048)
    if not head:
        raise SourceError(f"{path.name}：文件是空的（0 字节），请重新发送。")
    if head.startswith(ZIP_MAGIC):
        if head[30:].startswith(OPEN_TEXT):
            return "open document"
        is_called_so = path.suffix.lower() in {".xlsx", ".xlsm"}
        return "workbook" if is_called_so else _archive_kind(path, content)
    if head.startswith(OLE_MAGIC):
        return _ole_kind(path, head + content.read())
    if head.lstrip().startswith(RTF_MAGIC):
        return "rich text"
    if PDF_MAGIC in head[:1024]:
        return "pdf"
    text = head.replace(b"\0", b"").lower()
    if XML_TABLE in text and b"<workbook" in text:
        return "xml table"
    if path.suffix.lower() not in TEXT_SUFFIXES | OLD_DOCUMENTS | {".xml"}:
        raise _unsupported(path)
    if text.lstrip().startswith((b"mime-version:", b"from:", b"content-type: multipart")):
        return "web archive"
    if b"<html" in text or b"<table" in text or b"<!doctype html" in text:
        return "html"
    if any(name in text for name in WORD_XML):
        return "word xml"
    if path.suffix.lower() not in TEXT_SUFFIXES:
        raise _unsupported(path)
    if path.suffix.lower() == ".txt":
        return "text"
    if path.suffix.lower() == ".xlsx":
        raise broken_workbook(path.name)
    return "csv"


def _archive_kind(path: Path, content: BinaryIO) -> str:
    try:
        with zipfile.ZipFile(content) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, NotImplementedError, EOFError, ValueError):
        return "workbook" if path.suffix.lower() != ".docx" else "document"
    if any(name.replace("\\", "/").startswith("word/") for name in names):
        return "document"
    if any(name.startswith("xl/") for name in names) or "content.xml" in names:
        return "workbook"
    if path.suffix.lower() in {".xlsx", ".xlsm", ".xls"}:
        return "workbook"
    raise _unsupported(path)


def _ole_kind(path: Path, content: bytes) -> str:
    if ENCRYPTED_STREAM in content:
        raise locked(path.name)
    if WORD_STREAM in content or path.suffix.lower() in OLD_DOCUMENTS:
        return "old document"
    return "old workbook"


def _unsupported(path: Path) -> SourceError:
    return UnsupportedError(f"{path.name}：不是能读的文件类型，请另存为 xlsx、docx 或 csv 再发送。")


def _read_workbook(path: Path, content: BinaryIO) -> Contents:
    from analysis.ingest.files.workbooks import read_archive

    return Contents(list(read_archive(path, content)))


def _read_old_workbook(path: Path, content: BinaryIO) -> Contents:
    from analysis.ingest.files.workbooks import read_old_book

    return Contents(read_old_book(path, content))


def _read_document(path: Path, content: BinaryIO) -> Contents:
    from analysis.ingest.files.documents import read_document

    document = read_document(path, content)
    return Contents(document.tables, document.lines, document.remarks, content)


def _converted(kind: str) -> Callable[[Path, BinaryIO], Contents]:
    """The reader of a kind of document that LibreOffice makes a docx of."""

    def read(path: Path, content: BinaryIO) -> Contents:
        from analysis.ingest.files.documents import as_docx

        made = as_docx(path, content, CONVERTED[kind])
        if made is None:
            raise UnsupportedError(
                f"{path.name}：是旧版或其他软件的文档（{CONVERTED[kind].lstrip('.')}），"
                "请用 Word 或 WPS 另存为 docx 再发送。"
            )
        return _read_document(path, made)

    return read


def _read_pdf(path: Path, content: BinaryIO) -> Contents:
    from analysis.ingest.files.documents import read_pdf

    message = f"只读了 PDF 里的文字，里面的表格没有读取；{SEND_THE_ORIGINAL}"
    return Contents([], read_pdf(path, content), [("pdf_tables_unread", "warning", message)])


def _read_html(path: Path, content: BinaryIO) -> Contents:
    from analysis.ingest.files.web.pages import lines_of_page, read_page

    text = read_text(path.name, content)
    return Contents(list(read_page(path.name, text)), lines_of_page(path.name, text))


def _read_web_archive(path: Path, content: BinaryIO) -> Contents:
    from analysis.ingest.files.web.archives import read_web_archive

    return Contents(list(read_web_archive(path.name, content)))


def _read_xml_table(path: Path, content: BinaryIO) -> Contents:
    from analysis.ingest.files.web.xml_tables import read_xml_tables

    return Contents(read_xml_tables(path.name, content))


def _read_csv(path: Path, content: BinaryIO) -> Contents:
    return Contents([read_delimited(file_name(path.stem), path.name, content)])


def _read_text_table(path: Path, content: BinaryIO) -> Contents:
    """A text file is an official document, a table that was pasted with tabs, or a csv."""
    from analysis.ingest.files.documents import tables_in_text

    text = read_text(path.name, content)
    tables = list(tables_in_text(text))
    if not tables and is_table(text):
        return _read_csv(path, content)
    return Contents(tables, text.splitlines())


READERS: Mapping[str, Callable[[Path, BinaryIO], Contents]] = {
    "workbook": _read_workbook,
    "old workbook": _read_old_workbook,
    "document": _read_document,
    "html": _read_html,
    "web archive": _read_web_archive,
    "xml table": _read_xml_table,
    "csv": _read_csv,
    "text": _read_text_table,
    "pdf": _read_pdf,
    **{kind: _converted(kind) for kind in CONVERTED},
}
