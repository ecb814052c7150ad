"""What may be uploaded: ledgers of a sane size, without programs in them, under a name of ours."""

import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path, PureWindowsPath
from typing import IO, Any, BinaryIO

from analysis.errors import SourceError
from analysis.ingest.files.kinds import CONVERTED, OpenFile, UnsupportedError, opened
from analysis.ingest.files.trees import tree
from analysis.ingest.pictures.keeping import UnreadPhotoError, encoded

LARGEST = 20 * 1024 * 1024
#: What a workbook may unpack to, in so many parts; a real one of 20 MB stays far below.
LARGEST_UNPACKED = 400 * 1024 * 1024
MOST_PARTS = 5_000
#: What may be evidence of an acceptance, by how such a file begins.
EVIDENCE: Mapping[str, tuple[bytes, ...]] = {
    ".pdf": (b"%PDF-",), ".jpg": (b"\xff\xd8\xff",), ".jpeg": (b"\xff\xd8\xff",),
    ".png": (b"\x89PNG\r\n\x1a\n",), ".docx": (b"PK\x03\x04",),
}  # fmt: skip
SUFFIXES = (".xlsx", ".xls", ".csv", ".docx", ".txt", ".html", ".htm", ".pdf")
LONGEST_NAME = 60
_CHUNK = 1 << 20
#: Parts of an Office file that hold programs, whatever the file is called.
_PROGRAMS = re.compile(
    r"vbaproject|macrosheets/|/activex|\.bin$|\.exe$|\.dll$|\.js$", re.IGNORECASE
)
#: Parts that end in .bin and hold no program: how to print, how to look.
_HARMLESS = re.compile(r"printerSettings\d*\.bin$|/media/", re.IGNORECASE)
_OLE_PROGRAMS = ("_VBA_PROJECT".encode("utf-16-le"), "Macros".encode("utf-16-le"))
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
ELSEWHERE = (
    "文件引用了别的机器上的模板、图片或对象，一打开就会去取，没有收下；"
    "请打印成 PDF，或把图片改为嵌入后另存再交。"
)
LARGEST_TREE = 64 * 1024 * 1024
#: What has a PDF run something, or ask another machine, when it is opened; each too long to stand
#: in a picture by chance, as «/JS» does in every tenth scan of two million bytes.
_RUNS = re.compile(
    rb"/(JavaScript|Rendition|Launch|GoToR|SubmitForm|ImportData|EmbeddedFiles?|RichMedia)\b"
)
#: Where a PDF keeps its objects packed, so many of which are looked at, and so many bytes.
_PACKED = re.compile(rb"/ObjStm\b.{0,400}?\bstream\r?\n", re.DOTALL)
MOST_PACKED, LARGEST_PACKED = 5_000, 64 * 1024 * 1024
_NUMBERED = re.compile(rb"#([0-9A-Fa-f]{2})")
_NOT_IN_NAMES = re.compile(r"[^\w.\-（）()【】—]+")


def safe_name(name: str) -> str:
    """A name for a file of this name: no folder, no hidden or strange characters, not long.

    Raises:
        SourceError: it does not end like a ledger.

    """
    last = PureWindowsPath(unicodedata.normalize("NFKC", name)).name
    stem, dot, suffix = last.rpartition(".")
    suffix = f"{dot}{suffix.lower()}"
    if suffix not in SUFFIXES:
        raise SourceError(
            f"只收 {'、'.join(SUFFIXES)} 文件；请用表格软件另存为 xlsx（不带宏）再报送。"
        )
    stem = _NOT_IN_NAMES.sub("_", stem).strip("._ ")[:LONGEST_NAME]
    return f"{stem or '台账'}{suffix}"


def must_not_be_larger(size: int) -> None:
    """Refuse a file of more bytes than a ledger has.

    Raises:
        SourceError: it is larger.

    """
    if size > LARGEST:
        raise SourceError(f"文件太大，最多 {LARGEST // 1024 // 1024} MB；请分成几个文件报送。")


def inspect(path: Path) -> None:
    """Look a file over before anything reads it.

    Raises:
        SourceError: it is empty, too large, of another kind than it says, unpacks to too much,
            or holds a program.

    """
    must_not_be_larger(path.stat().st_size)
    with opened(path) as file:
        is_pdf = path.suffix.lower() == ".pdf"
        if file.kind in CONVERTED or (file.kind == "pdf") is not is_pdf:
            # Whatever it is called: what a stranger sends is given to no other program.
            raise UnsupportedError(
                f"{path.name}：不是能读的文件类型，请另存为 xlsx、docx 或 csv 再报送。"
            )
        if is_pdf and _runs_something(file.content):
            raise SourceError(
                "文件里有会自动运行的程序，没有收下；请重新另存为 PDF，或用 docx 报送。"
            )
        if file.kind in {"workbook", "document"}:
            _inspect_archive(file.content)
        elif file.kind == "old workbook" and _has_program(file):
            raise SourceError("文件里有宏，不能报送；请另存为 xlsx（不带宏）再报送。")


def inspect_evidence(name: str, body: bytes) -> str:
    """Look over what is kept as evidence of an acceptance; return its suffix.

    Raises:
        SourceError: it is of another kind, is not what its name says, is damaged, too large, or
            holds a program.

    """
    suffix = Path(name).suffix.lower()
    if suffix not in EVIDENCE:
        raise SourceError(f"依据文件只收 {'、'.join(EVIDENCE)}。")
    must_not_be_larger(len(body))
    if not body.startswith(EVIDENCE[suffix]) or (suffix == ".docx" and not _is_document(body)):
        raise SourceError("依据文件的内容和它的类型不符，可能已损坏，请重新选择。")
    if suffix == ".docx":
        _inspect_archive(BytesIO(body), is_evidence=True)
    elif suffix == ".pdf" and _runs_something(BytesIO(body)):
        raise SourceError("依据文件里有会自动运行的程序，没有收下；请打印成 PDF 或拍照再交。")
    elif suffix != ".pdf":
        try:
            encoded(body)  # the whole picture is decoded once, within bounds
        except UnreadPhotoError as error:
            raise SourceError(f"依据文件的图片{error}。") from error
    return suffix


def _is_document(body: bytes) -> bool:
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


def _runs_something(content: BinaryIO) -> bool:
    content.seek(0)
    whole = content.read()
    # A name may be written with the numbers of its letters.
    return any(
        _RUNS.search(_NUMBERED.sub(lambda each: bytes([int(each[1], 16)]), part))
        for part in (whole, *_packed_objects(whole))
    )


def _packed_objects(pdf: bytes) -> Iterator[bytes]:
    """The objects that a PDF keeps packed, where they are packed as all programs do it."""
    packed = unpacked = 0
    for number, found in enumerate(_PACKED.finditer(pdf)):
        end = pdf.find(b"endstream", found.end())
        part = pdf[found.end() : end if end >= 0 else len(pdf)]
        packed += len(part)
        try:
            content = zlib.decompressobj().decompress(part, LARGEST_PACKED)
        except zlib.error:
            content = b""
        unpacked += len(content)
        if number >= MOST_PACKED or max(packed, unpacked) > LARGEST_PACKED:
            raise SourceError("文件的内部结构不正常，没有收下；请重新打印成 PDF 再交。")
        yield content


def _has_program(file: OpenFile) -> bool:
    file.content.seek(0)
    content = file.content.read()
    return any(mark in content for mark in _OLE_PROGRAMS)


def _inspect_archive(file: BinaryIO, is_evidence: bool = False) -> None:
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
                with archive.open(part) as content:
                    first = content.read(_CHUNK)
                    if part.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in first:
                        raise SourceError("文件的内部结构不正常（含有外部定义），没有收下。")
                    unpacked += len(first)
                    while chunk := content.read(_CHUNK):
                        unpacked += len(chunk)
                        _must_fit(unpacked)
                _must_fit(unpacked)
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
        raise SourceError("文件已损坏或有密码，打不开；请重新保存后再报送。") from error


def _tree_of(part: IO[bytes]) -> Any:
    """A part of an Office file as a tree."""
    from lxml.etree import XMLSyntaxError

    with part:
        content = part.read(LARGEST_TREE + 1)
    if len(content) > LARGEST_TREE:
        raise SourceError("文件的内部结构不正常（部件太大），没有收下。")
    try:
        return tree(content)
    except XMLSyntaxError as error:
        raise SourceError("文件已损坏或有密码，打不开；请重新保存后再报送。") from error


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
    fields = ["".join(each.text or "" for each in document.iter("{*}instrText"))]
    fields += (said for each in document.iter("{*}fldSimple") for said in each.attrib.values())
    if any(map(_STARTS.search, fields)):
        raise SourceError(
            "文件里有会自动运行的程序（DDE 域），没有收下；请打印成 PDF 或删去后再交。"
        )
    taking = (_TAKES_IN, _SHOWS) if is_evidence else (_TAKES_IN,)
    taken = (found.group(1) for said in fields for each in taking for found in each.finditer(said))
    if any(_ELSEWHERE.match(word) for said in taken for word in _WORD_OF_FIELD.findall(said)[:2]):
        raise SourceError(ELSEWHERE)


def _inspect_name(part: str) -> None:
    if _PROGRAMS.search(part) and not _HARMLESS.search(part):
        raise SourceError("文件里有宏或嵌入的程序，不能报送；请另存为 xlsx（不带宏）再报送。")


def _must_fit(unpacked: int) -> None:
    if unpacked > LARGEST_UNPACKED:
        raise SourceError("文件展开后大得不正常，没有收下；请删去空白的行列、压缩图片后重新保存。")
