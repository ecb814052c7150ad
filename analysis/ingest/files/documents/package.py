"""A Word file → its parts as trees: body, styles, numbering, whatever wrote it and called it.

Templates and files with macros are documents as well; strict OOXML says the same in other words.
The parts are found by their relations, as Word finds them. No macro is looked at, nothing that a
part names outside is fetched.
"""

import posixpath
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import BadZipFile, ZipFile

from analysis.errors import SourceError
from analysis.ingest.files.documents.names import MATH, MATH_STRICT, W_STRICT, W
from analysis.ingest.files.documents.numbering import Style, read_styles
from analysis.ingest.files.refusals import locked
from analysis.ingest.files.trees import tree
from analysis.ingest.files.workbooks import LARGEST_UNPACKED

RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
#: What the strict form calls otherwise, by namespace.
STRICT = {W_STRICT: W, MATH_STRICT: MATH}


@dataclass(frozen=True, slots=True)
class WordFile:
    """The trees of a Word file; ``numbering`` is None where it has no list."""

    body: Any
    styles: dict[str, Style]
    numbering: Any | None


def open_word(path: Path, content: BinaryIO) -> WordFile:
    """Unpack a Word file.

    Raises:
        SourceError: it is damaged, locked or too large.

    """
    from lxml.etree import XMLSyntaxError

    try:
        with ZipFile(content) as archive:
            if sum(part.file_size for part in archive.infolist()) > LARGEST_UNPACKED:
                raise SourceError(f"{path.name}：解压后超过 1 GB，没有读取；请拆成几个文件。")
            if archive.testzip():
                raise broken_document(path.name)
            return _read_parts(path, archive)
    except RuntimeError as error:  # how zipfile says that a part has a password
        raise locked(path.name) from error
    except (
        XMLSyntaxError, BadZipFile, zlib.error, KeyError, ValueError, OSError, EOFError,
        NotImplementedError,
    ) as error:  # fmt: skip
        raise broken_document(path.name) from error


def broken_document(name: str) -> SourceError:
    """The file is no whole document, whatever its name says."""
    return SourceError(f"{name}：不是完好的 Word 文件，请用 Word 或 WPS 打开后另存为 docx 再发送。")


def _read_parts(path: Path, archive: ZipFile) -> WordFile:
    # Some programs write the names of parts with the other slash.
    names = {name.replace("\\", "/").lstrip("/"): name for name in archive.namelist()}
    main = _related(archive, names, "").get("officeDocument", "word/document.xml")
    root = _tree(archive, names, main)
    related = _related(archive, names, main)
    body = None if root is None else root.find(f"{W}body")
    if body is None:
        raise broken_document(path.name)
    styles = _tree(archive, names, related.get("styles", ""))
    return WordFile(body, read_styles(styles), _tree(archive, names, related.get("numbering", "")))


def _related(archive: ZipFile, names: dict[str, str], part: str) -> dict[str, str]:
    """Kind of part → its name, for the parts inside the file to which a part is related."""
    folder, name = posixpath.split(part)
    root = _tree(archive, names, posixpath.join(folder, "_rels", f"{name}.rels"))
    found: dict[str, str] = {}
    for relation in [] if root is None else root.iter(RELATION):
        if relation.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
            found.setdefault(posixpath.basename(relation.get("Type", "")), target.lstrip("/"))
    return found


def _tree(archive: ZipFile, names: dict[str, str], part: str) -> Any | None:
    if part not in names:
        return None
    root = tree(archive.read(names[part]), remove_comments=True, remove_pis=True)
    if root.tag.startswith(W_STRICT):
        _loosen(root)
    return root


def _loosen(root: Any) -> None:
    """Strict names as those of the usual form, which say the same."""
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        for strict, usual in STRICT.items():
            if element.tag.startswith(strict):
                element.tag = usual + element.tag[len(strict) :]
            for name, text in list(element.attrib.items()):
                if name.startswith(strict):
                    del element.attrib[name]
                    element.set(usual + name[len(strict) :], text)
