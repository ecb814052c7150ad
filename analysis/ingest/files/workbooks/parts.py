"""An xlsx as the archive that it is: its parts, which of them are worksheets, what it declares."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import join, normpath
from typing import Any

from analysis.ingest.files.trees import tree

#: Only what is written about the workbook is parsed whole; it is small.
LARGEST_DECLARATION = 8 * 1024**2
WORKBOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
STYLES = "xl/styles.xml"


@dataclass(frozen=True, slots=True)
class Declared:
    """What a workbook says of itself: the part of each worksheet by the sheet's name, and whether
    its days count from 1904.
    """

    parts: dict[str, str]
    is_from_1904: bool = False


def declared(archive: zipfile.ZipFile) -> Declared:
    """Read what an xlsx declares; nothing of a workbook that is kept in another form (xlsb)."""
    book, relations = (_read(archive, name) for name in (WORKBOOK, RELATIONS))
    if book is None or relations is None:
        return Declared({})
    targets = {each.get("Id"): each.get("Target", "") for each in relations.iter("{*}Relationship")}
    parts = {
        sheet.get("name", ""): _path(target)
        for sheet in book.iter("{*}sheet")
        if (target := targets.get(_relation(sheet)))
    }
    about = next(book.iter("{*}workbookPr"), None)
    is_from_1904 = about is not None and about.get("date1904") in {"1", "true", "on"}
    return Declared(parts, is_from_1904)


def formats(archive: zipfile.ZipFile) -> list[str]:
    """The number format of each cell style, by its number."""
    styles = _read(archive, STYLES)
    if styles is None:
        return []
    codes = {each.get("numFmtId"): each.get("formatCode", "") for each in styles.iter("{*}numFmt")}
    listed = styles.find("{*}cellXfs")
    return [
        codes.get(each.get("numFmtId")) or BUILT_IN.get(each.get("numFmtId", "0"), "General")
        for each in _children(listed)
    ]


#: Formats that a workbook names by number alone, as far as one may ask for them here: those of
#: numbers and percentages; days are read as such.
BUILT_IN = {
    "1": "0", "2": "0.00", "3": "#,##0", "4": "#,##0.00", "9": "0%", "10": "0.00%",
    "11": "0.00E+00", "12": "# ?/?", "13": "# ??/??", "14": "mm-dd-yy", "16": "d-mmm",
    "17": "mmm-yy", "20": "h:mm", "21": "h:mm:ss", "49": "@",
}  # fmt: skip


def _children(element: Any) -> Iterator[Any]:
    return iter(element) if element is not None else iter(())


def _relation(sheet: Any) -> str | None:
    return next((value for key, value in sheet.items() if key.endswith("}id")), None)


def _path(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))


def _read(archive: zipfile.ZipFile, name: str) -> Any:
    """A small part as a tree; None where there is none, or calamine alone can make sense of it."""
    from lxml import etree

    # Workbooks are found whose parts are named in other letters.
    names = {each.filename.lower(): each for each in archive.infolist()}
    part = names.get(name)
    if part is None or part.file_size > LARGEST_DECLARATION:
        return None
    try:
        # calamine reads over slips in the XML, and so must this.
        return tree(re.sub(rb"^\s+", b"", archive.read(part)), recover=True)
    except etree.XMLSyntaxError:
        return None
