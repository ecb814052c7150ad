"""An Office file as the zip archive that it is: its parts, and which part refers to which."""

import posixpath
import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any, BinaryIO
from zipfile import ZipFile

from analysis.ingest.files.trees import tree

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
R_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}"
#: No drawing of a ledger is described by more; what is larger is not read.
LARGEST_XML = 64 * 1024**2
#: No photo of a ledger is larger as it stands in the file.
LARGEST_PART = 60 * 1024**2
CHUNK = 1 << 20


class Package:
    """The parts of an open Office file, which must stay open as long as they are asked for."""

    def __init__(self, content: BinaryIO) -> None:
        self._archive = ZipFile(content)
        self._sizes = {part.filename: part.file_size for part in self._archive.infolist()}

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of all parts."""
        return frozenset(self._sizes)

    def xml(self, name: str) -> Any:
        """A part's root element; None where there is no such part.

        Raises:
            ValueError: the part is too large.
            lxml.etree.XMLSyntaxError: it is no XML.

        """
        if name not in self._sizes:
            return None
        if self._sizes[name] > LARGEST_XML:
            raise ValueError(f"{name} is too large")
        return tree(self._archive.read(name))

    def targets(self, name: str) -> dict[str, tuple[str, str]]:
        """What a part refers to within the file: id → (kind, name of the other part)."""
        folder, base = posixpath.split(name)
        root = self.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        return {
            each.get("Id", ""): (
                each.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, each.get("Target", "")))[1:],
            )
            for each in (() if root is None else root)
            if isinstance(each.tag, str) and each.get("TargetMode") != "External"
        }

    def read(self, name: str) -> bytes | None:
        """A part as it stands; None where there is none, or it is too large to be a photo."""
        if self._sizes.get(name, LARGEST_PART + 1) > LARGEST_PART:
            return None
        return self._archive.read(name)

    def pieces(self, name: str, end: re.Pattern[bytes]) -> Iterator[bytes]:
        """A part piece by piece, each up to a tag that ends one, without holding all of it."""
        if name not in self._sizes:
            return
        rest = b""
        with self._archive.open(name) as part:
            while chunk := part.read(CHUNK):
                *whole, rest = end.split(rest + chunk)
                yield from whole
        yield rest


def reference(element: Any, name: str) -> str:
    """An attribute such as ``r:embed``, in either dialect of the format; empty where none."""
    return str(element.get(f"{R}{name}") or element.get(f"{R_STRICT}{name}") or "")


def local(element: Any) -> str:
    """The name of an element without its namespace; empty for comments."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
