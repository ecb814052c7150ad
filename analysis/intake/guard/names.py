"""How an upload may be called, and how large it may be."""

import re
import unicodedata
from pathlib import PureWindowsPath

from analysis.errors import SourceError

LARGEST = 20 * 1024 * 1024
SUFFIXES = (".xlsx", ".xls", ".csv", ".docx", ".txt", ".html", ".htm", ".pdf")
LONGEST_NAME = 60
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
