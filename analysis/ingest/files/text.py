"""Text files: their encoding, found by reading every byte."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from analysis.errors import SourceError


def read_text(name: str, content: BinaryIO) -> str:
    """Decode a text file: UTF-8 with or without its mark, UTF-16 with one, else GB18030.

    Raises:
        SourceError: none of them fits.

    """
    with decoded(content, encoding_of(name, content)) as text:
        return text.read()


def encoding_of(name: str, content: BinaryIO) -> str:
    """The encoding by which every byte of a file can be read.

    Raises:
        SourceError: there is none.

    """
    content.seek(0)
    has_mark = content.read(2) in {b"\xff\xfe", b"\xfe\xff"}
    for encoding in (*(["utf-16"] if has_mark else []), "utf-8-sig", "gb18030"):
        try:
            with decoded(content, encoding) as text:
                while text.read(1 << 20):
                    pass
        except UnicodeError:
            continue
        return encoding
    raise SourceError(f"{name}：文字编码无法识别，请另存为 xlsx 或 UTF-8 编码的 csv 再发送。")


@contextmanager
def decoded(
    content: BinaryIO, encoding: str, newline: str | None = None
) -> Iterator[io.TextIOWrapper]:
    """A file from its beginning as text; the file stays open."""
    content.seek(0)
    text = io.TextIOWrapper(content, encoding=encoding, newline=newline)
    try:
        yield text
    finally:
        text.detach()
