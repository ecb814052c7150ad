"""Office files, which are zips of many parts: no programs, nothing fetched, nothing that bursts."""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from typing import IO, Any, BinaryIO

from analysis.errors import SourceError
from analysis.ingest.files.trees import tree

#: What a workbook may unpack to, in so many parts; a real one of 20 MB stays far below.
LARGEST_UNPACKED = 400 * 1024 * 1024
MOST_PARTS = 5_000
_CHUNK = 1 << 20
#: Parts of an Office file that hold programs, whatever the file is called.
_PROGRAMS = re.compile(
    r"vbaproject|macrosheets/|/activex|\.bin$|\.exe$|\.dll$|\.js$", re.IGNORECASE
)
#: Parts that end in .bin and hold no program: how to print, how to look.
_HARMLESS = re.compile(r"printerSettings\d*\.bin$|/media/", re.IGNORECASE)
#: What a Word document without macros declares its main part as, and where it stands.
_DOCUMENT = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TYPES, _MAIN = "[Content_Types].xml", "word/document.xml"
#: Where a part says what it refers to, and what of that Word fetches unasked when it opens a file;
#: a link waits for a click, and a template on the writer's own disk is every other document's.
_RELATIONS = re.compile(r"_rels/[^/]*\.rels$", re.IGNORECASE)
#: Pictures of web pages come with what is pasted from one: a ledger may have them, nobody asks for
#: them where it is read.
_FETCHED = re.compile(
    r"/(attachedTemplate|oleObject|subDocument|frame|aFChunk|mailMerge\w*|recipientData)$"
)
_SHOWN = re.compile(r"/image$")
#: A field that has Word start another program.
_STARTS = re.compile(r"\bDDE(AUTO)?\b", re.IGNORECASE)
#: Fields that take in what their first words say where it lies; a picture stands apart, as above.
_TAKES_IN = re.compile(
    r"\b(?:INCLUDETEXT|INCLUDE|IMPORT|LINK|RD|DATABASE)\b([^{}]*)", re.IGNORECASE
)
_SHOWS = re.compile(r"\bINCLUDEPICTURE\b([^{}]*)", re.IGNORECASE)
_WORD_OF_FIELD = re.compile(r'[^\s"“”]+')
_FIELD = re.compile(rb"instrText|fldSimple")
_ELSEWHERE = re.compile(r"\s*(?!file:/*[a-z]:)(?:[a-z][a-z0-9+.-]+:|[\\/]{2})", re.IGNORECASE)
#: What begins a grammar of one's own, in any way of writing letters; what has a workbook start a
#: program that gives it values.
_DEFINES = tuple("<!DOCTYPE".encode(way) for way in ("ascii", "utf-16-le", "utf-16-be"))
_ASKS = b"ddeLink"
_LONGEST_MARK = max(map(len, _DEFINES))
ELSEWHERE = (
    "文件引用了别的机器上的模板、图片或对象，一打开就会去取，没有收下；"
    "请打印成 PDF，或把图片改为嵌入后另存再交。"
)
#: A part whose fields or references are looked at has not more bytes than this, nor more tags, and
#: its fields do not say more.
LARGEST_TREE, MOST_TAGS, LONGEST_FIELDS = 64 * 1024 * 1024, 2_000_000, 2_000_000
DAMAGED = "文件已损坏或有密码，打不开；请重新保存后再报送。"


def is_document(body: bytes) -> bool:
    """Whether a zip is a Word document, and none that may hold macros."""
    try:
        with zipfile.ZipFile(BytesIO(body)) as archive:
            names = set(archive.namelist())
            if not {_TYPES, _MAIN} <= names:
                return False
            with archive.open(_TYPES) as types:
                return _DOCUMENT in types.read(_CHUNK)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError):
        return False


def inspect_archive(file: BinaryIO, is_evidence: bool = False) -> None:
    """Unpack every part once, counting: what a part says of its own size is not believed.

    What has the program that opens it ask another machine, or start another program, is refused;
    of evidence a picture that lies elsewhere is as well.
    """
    unpacked = 0
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS:
                raise SourceError("文件的内部结构不正常（部件太多），没有收下。")
            for part in parts:
                _inspect_name(part.filename)
                first, before = b"", b""
                with archive.open(part) as content:
                    while chunk := content.read(_CHUNK):
                        unpacked += len(chunk)
                        _must_fit(unpacked)
                        if part.filename.endswith((".xml", ".rels")):
                            _must_define_nothing(before + chunk)
                        first, before = first or chunk, chunk[-_LONGEST_MARK:]
                name = part.filename.replace("\\", "/")
                if _RELATIONS.search(name):
                    _must_fetch_nothing(_tree_of(archive.open(part)), is_evidence)
                elif (
                    name.endswith(".xml")
                    and name.startswith("word/")
                    and (len(first) == _CHUNK or _FIELD.search(first))
                ):
                    _must_start_nothing(_tree_of(archive.open(part)), is_evidence)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise SourceError(DAMAGED) from error


def _tree_of(part: IO[bytes]) -> Any:
    """A part of an Office file as a tree."""
    from lxml.etree import XMLSyntaxError

    with part:
        content = part.read(LARGEST_TREE + 1)
    if len(content) > LARGEST_TREE:
        raise SourceError("文件的内部结构不正常（部件太大），没有收下。")
    if content.count(b"<") > MOST_TAGS:
        raise SourceError("文件的内部结构不正常（标记太多），没有收下。")
    try:
        return tree(content)
    except XMLSyntaxError as error:
        raise SourceError(DAMAGED) from error


def _must_fetch_nothing(relations: Any, is_evidence: bool) -> None:
    """Refuse a template or object of another machine's: to open the file tells that machine."""
    for each in relations.iter("{*}Relationship"):
        kind = each.get("Type", "")
        is_fetched = _FETCHED.search(kind) or (is_evidence and _SHOWN.search(kind))
        is_outside = each.get("TargetMode", "").lower() == "external"
        if is_fetched and is_outside and _ELSEWHERE.match(each.get("Target", "")):
            raise SourceError(ELSEWHERE)


def _must_start_nothing(document: Any, is_evidence: bool) -> None:
    """Refuse a field that starts another program or has Word ask another machine, in however many
    pieces it is written.
    """
    for said in _fields(document):
        if _STARTS.search(said):
            raise SourceError(
                "文件里有会自动运行的程序（DDE 域），没有收下；请打印成 PDF 或删去后再交。"
            )
        for each in (_TAKES_IN, _SHOWS) if is_evidence else (_TAKES_IN,):
            for found in each.finditer(said):
                words = islice(_WORD_OF_FIELD.finditer(found.group(1)), 2)
                if any(_ELSEWHERE.match(word.group()) for word in words):
                    raise SourceError(ELSEWHERE)


def _fields(document: Any) -> Iterator[str]:
    """What the fields of a document say: those in attributes, then those in pieces, as one text.

    Raises:
        SourceError: they say more than the fields of any document.

    """
    for each in document.iter("{*}fldSimple"):
        yield from (str(value) for value in each.attrib.values())
    said = "".join(each.text or "" for each in document.iter("{*}instrText"))
    if len(said) > LONGEST_FIELDS:
        raise SourceError("文件的内部结构不正常（域太长），没有收下。")
    yield said


def _must_define_nothing(content: bytes) -> None:
    """Refuse what brings a grammar of its own: it has others read what lies elsewhere."""
    if any(mark in content for mark in _DEFINES):
        raise SourceError("文件的内部结构不正常（含有外部定义），没有收下。")
    if _ASKS in content:
        raise SourceError("文件里有会自动运行的程序（DDE 链接），没有收下；请断开链接后另存再交。")


def _inspect_name(part: str) -> None:
    if _PROGRAMS.search(part) and not _HARMLESS.search(part):
        raise SourceError("文件里有宏或嵌入的程序，不能报送；请另存为 xlsx（不带宏）再报送。")


def _must_fit(unpacked: int) -> None:
    if unpacked > LARGEST_UNPACKED:
        raise SourceError("文件展开后大得不正常，没有收下；请删去空白的行列、压缩图片后重新保存。")
