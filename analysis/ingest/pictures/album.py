"""An open file → its sheets with their photos, and the bytes of each photo when they are wanted."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, BinaryIO
from zipfile import BadZipFile

from analysis.ingest.files.sheets import Photo, Sheet, rows_with
from analysis.ingest.pictures.keeping import UnreadPhotoError, pixels_of
from analysis.ingest.pictures.package import Package
from analysis.ingest.pictures.workbooks import CELL_IMAGES, cell_images, workbook_photos

DOCUMENT = "word/document.xml"
#: What WPS leaves in a cell for programs that know no cell images; never what somebody wrote.
DISPIMG = re.compile(r'^\s*=?\s*(?:_xlfn\.)?DISPIMG\(\s*"?([^",)]*)', re.IGNORECASE)
#: A sheet of so many cells is searched for them, whatever its file says of cell images.
SMALL = 200_000
#: All pictures of a file may have so many pixels, and a few more for each byte that they take: what
#: a camera makes takes far more bytes, and a small file cannot have a minute of decoding.
MOST_PIXELS_IN_ALL, PIXELS_A_BYTE = 300_000_000, 8
TOO_MANY_PIXELS = "文件里的图片像素合计太多，没有解开；请压缩图片或分成几个文件后重新报送"
#: The photos that are kept of a file take so many times what was received, and a little more: a
#: drawing of few bytes may be a JPEG of many, and would fill the disk past every bound on uploads.
BYTES_A_BYTE, MOST_MORE = 2, 4_000_000
TOO_MANY_BYTES = "文件里的图片存为照片后合计太大，没有保存；请换成照片或分成几个文件后重新报送"
#: How a JPEG and a PNG begin, wherever they stand.
PHOTO_BYTES = re.compile(rb"\xff\xd8\xff[\xe0\xe1]..(?:JFIF|Exif)|\x89PNG\r\n\x1a\n", re.DOTALL)
UNREAD_DRAWINGS = ("picture_unread", "里的图片没有读出，文字照读；请另存为 xlsx 再发送")


class Album:
    """The photos of one file, which must stay open as long as they are asked for.

    ``kind`` is that of the open file; ``content`` holds the photos: the file, or the docx that
    LibreOffice made of it.
    """

    def __init__(self, kind: str, content: BinaryIO) -> None:
        self._kind = kind
        self._content = content
        self._pixels = 0
        self._more: dict[str, int] = {}

    def read(self, part: str) -> bytes | None:
        """A photo as it stands in the file; None where the file does not hold it.

        Raises:
            UnreadPhotoError: with those read before it, it has more pixels than are decoded.

        """
        try:
            photo = self._package.read(part) if self._package and part else None
        except (BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError):
            return None
        if photo:
            pixels = max(0, pixels_of(photo) - PIXELS_A_BYTE * len(photo))
            if self._pixels + pixels > MOST_PIXELS_IN_ALL:
                raise UnreadPhotoError(TOO_MANY_PIXELS)
            self._pixels += pixels
        return photo

    def makes(self, sha256: str, received: int, kept: int) -> None:
        """Count what a photo takes beyond what it was received as, each once.

        Raises:
            UnreadPhotoError: with those before it, too much.

        """
        more = {**self._more, sha256: max(0, kept - BYTES_A_BYTE * received)}
        if sum(more.values()) > MOST_MORE:
            raise UnreadPhotoError(TOO_MANY_BYTES)
        self._more = more

    def with_photos(self, sheets: Sequence[Sheet]) -> list[Sheet]:
        """The sheets with their photos; a cell that holds nothing else is empty."""
        try:
            if any(sheet.photos for sheet in sheets):
                return [self._of_document(sheet) for sheet in sheets]
            photos = workbook_photos(self._package) if self._package else {}
            images = cell_images(self._package) if self._package else {}
        except Exception:  # whatever is wrong with the drawings, the rows are to be read
            return [_told(replace(sheet, photos=())) for sheet in sheets]
        has_images = self._package is not None and CELL_IMAGES in self._package.names
        found: list[Sheet] = []
        for sheet in sheets:
            stretch = [each.first_row for each in sheets if each.name == sheet.name]
            is_small = len(sheet.cells) * len(sheet.cells[0] if sheet.cells else ()) <= SMALL
            named = _formulas(sheet, images) if has_images or is_small else []
            drawn = _on_stretch(photos.get(sheet.name, ()), sheet.first_row, stretch)
            found.append(_emptied(sheet, [*drawn, *named]))
        if found and self._has_unread:
            found[0] = _told(found[0])
        return found

    def _of_document(self, sheet: Sheet) -> Sheet:
        """A table whose photos name relationships of the document's: they name its parts."""
        photos = (
            replace(each, part=self._targets.get(each.part, ("", ""))[1]) for each in sheet.photos
        )
        return replace(sheet, photos=tuple(dict.fromkeys(photos)))

    @cached_property
    def _package(self) -> Package | None:
        """What holds the photos as a zip archive; None where it is none."""
        try:
            return Package(self._content)
        except (BadZipFile, OSError, ValueError, NotImplementedError):
            return None

    @cached_property
    def _targets(self) -> dict[str, tuple[str, str]]:
        if self._package is None:
            return {}
        mains = dict(self._package.targets("").values())
        return self._package.targets(mains.get("officeDocument", DOCUMENT))

    @cached_property
    def _has_unread(self) -> bool:
        """Whether an ods or an old xls holds pictures: these are not read."""
        if self._kind == "old workbook":
            self._content.seek(0)
            return bool(PHOTO_BYTES.search(self._content.read()))
        names = self._package.names if self._package else ()
        return any(name.startswith("Pictures/") for name in names)


def _on_stretch(photos: Sequence[Photo], top: int, tops: Sequence[int]) -> list[Photo]:
    """The photos of a worksheet on that stretch of its rows which begins with row ``top``.

    One between two stretches goes with the upper one, one that is fixed to no row with the first.
    """
    return [
        each if each.row is None else replace(each, row=each.row - top)
        for each in photos
        if top == max((n for n in tops if n <= (each.row or 0)), default=min(tops))
    ]


def _formulas(sheet: Sheet, images: Mapping[str, str]) -> list[Photo]:
    """The cells whose text is WPS's formula for a cell image."""
    return [
        Photo(number, column, images.get(match[1], ""), is_value=True)
        for number, row in rows_with("photo", sheet)
        for column, cell in enumerate(row)
        if type(cell) is str and (match := DISPIMG.match(cell))
    ]


def _emptied(sheet: Sheet, photos: Sequence[Photo]) -> Sheet:
    """The sheet with these photos, and nothing in the cells of which one is the value."""
    if not photos:
        return sheet
    cells: list[list[Any]] = list(sheet.cells)
    values = {(each.row, each.column) for each in photos if each.is_value}
    for row, column in values:
        if row is not None and column is not None and row < len(cells):
            cells[row] = ["" if n == column else cell for n, cell in enumerate(cells[row])]
    # What is told of a formula or an error there is no fault of the ledger's.
    notes = tuple(note for note in sheet.notes if (note.row, note.column) not in values)
    return replace(sheet, cells=cells, notes=notes, photos=tuple(dict.fromkeys(photos)))


def _told(sheet: Sheet) -> Sheet:
    return replace(sheet, remarks=(*sheet.remarks, UNREAD_DRAWINGS))
