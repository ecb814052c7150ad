"""Looking a file over before anything reads it, or before it is kept as evidence."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from analysis.errors import SourceError
from analysis.ingest.files.kinds import CONVERTED, OpenFile, UnsupportedError, opened
from analysis.ingest.pictures.keeping import UnreadPhotoError, encoded
from analysis.intake.guard.archives import inspect_archive, is_document
from analysis.intake.guard.names import must_not_be_larger
from analysis.intake.guard.pdf import runs_something

#: What may be evidence of an acceptance, by how such a file begins.
EVIDENCE: Mapping[str, tuple[bytes, ...]] = {
    ".pdf": (b"%PDF-",), ".jpg": (b"\xff\xd8\xff",), ".jpeg": (b"\xff\xd8\xff",),
    ".png": (b"\x89PNG\r\n\x1a\n",), ".docx": (b"PK\x03\x04",),
}  # fmt: skip
_OLE_PROGRAMS = ("_VBA_PROJECT".encode("utf-16-le"), "Macros".encode("utf-16-le"))


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
        if is_pdf and runs_something(file.content):
            raise SourceError(
                "文件里有会自动运行的程序，没有收下；请重新另存为 PDF，或用 docx 报送。"
            )
        if file.kind in {"workbook", "document"}:
            inspect_archive(file.content)
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
    if not body.startswith(EVIDENCE[suffix]) or (suffix == ".docx" and not is_document(body)):
        raise SourceError("依据文件的内容和它的类型不符，可能已损坏，请重新选择。")
    if suffix == ".docx":
        inspect_archive(BytesIO(body), is_evidence=True)
    elif suffix == ".pdf" and runs_something(BytesIO(body)):
        raise SourceError("依据文件里有会自动运行的程序，没有收下；请打印成 PDF 或拍照再交。")
    elif suffix != ".pdf":
        try:
            encoded(body)  # the whole picture is decoded once, within bounds
        except UnreadPhotoError as error:
            raise SourceError(f"依据文件的图片{error}。") from error
    return suffix


def _has_program(file: OpenFile) -> bool:
    file.content.seek(0)
    content = file.content.read()
    return any(mark in content for mark in _OLE_PROGRAMS)
