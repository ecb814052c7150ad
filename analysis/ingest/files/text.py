"""Text files: their encoding, found by reading every byte."""

from pathlib import Path

from analysis.errors import SourceError


def read_text(path: Path) -> str:
    """Decode a text file: UTF-8 with or without its mark, UTF-16 with one, else GB18030.

    Raises:
        SourceError: none of them fits.

    """
    return path.read_text(encoding=encoding_of(path))


def encoding_of(path: Path) -> str:
    """The encoding by which every byte of a file can be read."""
    with path.open("rb") as file:
        has_mark = file.read(2) in {b"\xff\xfe", b"\xfe\xff"}
    tried = ["utf-16"] if has_mark else []
    for encoding in (*tried, "utf-8-sig", "gb18030"):
        try:
            with path.open(encoding=encoding) as text:
                while text.read(1 << 20):
                    pass
        except UnicodeError:
            continue
        return encoding
    raise SourceError(f"{path.name}：文字编码无法识别，请另存为 xlsx 或 UTF-8 编码的 csv 再发送。")
