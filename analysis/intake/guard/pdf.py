"""PDF documents: what has one run something, or ask another machine, when it is opened."""

import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from analysis.errors import SourceError

#: Each is too long to stand in a picture by chance, as «/JS» does in every tenth scan of two
#: million bytes.
_RUNS = re.compile(
    rb"/(JavaScript|Rendition|Launch|GoToR|SubmitForm|ImportData|EmbeddedFiles?|RichMedia)\b"
)
#: Where a PDF keeps its objects packed, so many of which are looked at, and so many bytes; what is
#: packed begins within so many bytes behind its name.
_PACKED, _BEGINS = b"/ObjStm", re.compile(rb"\bstream\r?\n")
MOST_PACKED, LARGEST_PACKED, NEAR = 5_000, 64 * 1024 * 1024, 400
_NUMBERED = re.compile(rb"#([0-9A-Fa-f]{2})")
STRANGE = "文件的内部结构不正常，没有收下；请重新打印成 PDF 再交。"


def runs_something(content: BinaryIO) -> bool:
    """Whether anything begins by itself when the document is opened.

    Raises:
        SourceError: it keeps more packed than any program would.

    """
    content.seek(0)
    whole = content.read()
    # A name may be written with the numbers of its letters.
    return any(
        _RUNS.search(_NUMBERED.sub(lambda each: bytes([int(each[1], 16)]), part))
        for part in (whole, *_packed_objects(whole))
    )


def _packed_objects(pdf: bytes) -> Iterator[bytes]:
    """The objects that a PDF keeps packed, where they are packed as all programs do it."""
    if pdf.count(_PACKED) > MOST_PACKED:  # before each of them is looked behind
        raise SourceError(STRANGE)
    packed = unpacked = 0
    at = pdf.find(_PACKED)
    while at >= 0:
        at += len(_PACKED)
        if found := _BEGINS.search(pdf, at, at + NEAR):
            end = pdf.find(b"endstream", found.end())
            part = pdf[found.end() : end if end >= 0 else len(pdf)]
            packed += len(part)
            try:
                content = zlib.decompressobj().decompress(part, LARGEST_PACKED)
            except zlib.error:
                content = b""
            unpacked += len(content)
            if max(packed, unpacked) > LARGEST_PACKED:
                raise SourceError(STRANGE)
            yield content
        at = pdf.find(_PACKED, at)
