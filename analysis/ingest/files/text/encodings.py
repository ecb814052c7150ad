"""Text files: their encoding, found by reading every byte."""

import codecs
import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from analysis.errors import SourceError

CHUNK = 1 << 20
HEAD = 2048
MARKS = {b"\xff\xfe", b"\xfe\xff"}
#: Bytes that cannot be decoded, to all that are no ASCII; a text with more is in another encoding.
MOST_BROKEN = 0.02
#: So many bytes that are no ASCII show which encoding a text is not in.
ENOUGH = 20_000
#: A text of two bytes a character has at least so many NULs, of digits and line ends.
LEAST_NULS = 0.1
#: How a byte that cannot be decoded stands in the text: as U+DC00 and above. That is half a
#: character, and as such taken out of cells and lines with a finding that names the place.
KEPT = "yanpan.kept"
BEYOND_ASCII = bytes(range(0x80, 0x100))


def _keep(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    broken = error.object[error.start : error.end]
    return "".join(chr(0xDC00 + byte) for byte in broken), error.end


codecs.register_error(KEPT, _keep)


def read_text(name: str, content: BinaryIO) -> str:
    """Decode a text file: UTF-8 with or without its mark, UTF-16, else GB18030.

    Raises:
        SourceError: none of them fits.

    """
    with decoded(content, encoding_of(name, content)) as text:
        return text.read()


def encoding_of(name: str, content: BinaryIO) -> str:
    """The encoding by which every byte of a file can be read, or all but a few.

    Raises:
        SourceError: there is none.

    """
    content.seek(0)
    wide = _wide(content.read(HEAD))
    for encoding in (*wide, "utf-8-sig", "gb18030"):
        # Nearly all UTF-8 can be read as GB18030 as well, as quite other characters: a few broken
        # bytes must not make it so.
        if _is_whole(content, encoding) or _is_nearly_whole(content, encoding):
            return encoding
    raise SourceError(f"{name}：文字编码无法识别，请另存为 xlsx 或 UTF-8 编码的 csv 再发送。")


def _wide(head: bytes) -> list[str]:
    """UTF-16 where its mark says so, or NULs that all stand in every other place."""
    if head[:2] in MARKS:
        return ["utf-16"]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if even + odd < LEAST_NULS * len(head) or min(even, odd) > LEAST_NULS * max(even, odd):
        return []
    return ["utf-16-le" if odd > even else "utf-16-be"]


def _is_whole(content: BinaryIO, encoding: str) -> bool:
    try:
        with decoded(content, encoding, errors="strict") as text:
            while text.read(CHUNK):
                pass
    except UnicodeError:
        return False
    return True


def _is_nearly_whole(content: BinaryIO, encoding: str) -> bool:
    """Whether hardly any of the bytes that are no ASCII cannot be decoded."""
    content.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)(errors=KEPT)
    broken = beyond = 0
    while True:
        chunk = content.read(CHUNK)
        beyond += len(chunk) - len(chunk.translate(None, BEYOND_ASCII))
        text = decoder.decode(chunk, final=not chunk)
        broken += sum("\udc00" <= char <= "\udcff" for char in text)
        if not chunk:
            return broken <= MOST_BROKEN * beyond
        if beyond > ENOUGH and broken > MOST_BROKEN * beyond:
            return False


@contextmanager
def decoded(
    content: BinaryIO, encoding: str, newline: str | None = None, errors: str = KEPT
) -> Iterator[io.TextIOWrapper]:
    """A file from its beginning as text; the file stays open."""
    content.seek(0)
    text = io.TextIOWrapper(content, encoding=encoding, errors=errors, newline=newline)
    try:
        yield text
    finally:
        text.detach()
