"""Photos of an xlsx: drawings over cells, WPS cell images (DISPIMG), Excel's «place in cell»."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from analysis.ingest.files.sheets import Photo
from analysis.ingest.pictures.package import Package, local, reference

WORKBOOK = "xl/workbook.xml"
CELL_IMAGES = "xl/cellimages.xml"
#: English metric units, in which drawings are measured, in a point and in a pixel.
EMU_PER_POINT, EMU_PER_PIXEL = 12_700, 9_525
#: A column's width is given in digits, of about so many pixels each, with a margin.
DIGIT_PX, MARGIN_PX = 7, 5
ROW_POINTS, COLUMN_DIGITS = 15.0, 8.43
#: A drawing over more rows or columns than this is a background: it stands where it begins.
LONGEST_SPAN = 500

ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\sr="(\d+)"([^>]*)>')
ROW_END = re.compile(rb"</(?:\w+:)?row>")
HEIGHT = re.compile(rb'\sht="([\d.]+)"')
DEFAULT_HEIGHT = re.compile(rb'\sdefaultRowHeight="([\d.]+)"')
COLUMN = re.compile(rb"<(?:\w+:)?col\b[^>]*>")
NUMBERS = re.compile(rb'\s(min|max|width)="([\d.]+)"')
CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\sr="([A-Z]+)(\d+)"([^>]*)>')
VALUE_META = re.compile(rb'\svm="(\d+)"')
CELL_IMAGE = re.compile(rb'DISPIMG\(\s*(?:&quot;|")([^"&]+)')


@dataclass(slots=True)
class _Grid:
    """What is to be known of a worksheet's cells: sizes in EMU, photos that stand in them."""

    heights: dict[int, float] = field(default_factory=dict)
    widths: dict[int, float] = field(default_factory=dict)
    height: float = ROW_POINTS * EMU_PER_POINT
    width: float = (COLUMN_DIGITS * DIGIT_PX + MARGIN_PX) * EMU_PER_PIXEL
    photos: list[Photo] = field(default_factory=list)


def workbook_photos(package: Package) -> Mapping[str, list[Photo]]:
    """Sheet → the photos on it; those whose part is empty are not in the file.

    Raises:
        ValueError, lxml.etree.XMLSyntaxError: a part that describes them cannot be read.

    """
    if not any(name.startswith(("xl/drawings/", "xl/richData/")) for name in package.names) and (
        CELL_IMAGES not in package.names
    ):
        return {}
    book = package.xml(WORKBOOK)
    if book is None:
        return {}
    parts = package.targets(WORKBOOK)
    images, rich = cell_images(package), _rich_images(package)
    found = {}
    for sheet in book.iter("{*}sheet"):
        _, part = parts.get(reference(sheet, "id"), ("", ""))
        drawings = [name for kind, name in package.targets(part).values() if kind == "drawing"]
        if not (drawings or images or rich):
            continue
        grid = _read_grid(package, part, images, rich)
        photos = [photo for name in drawings for photo in _anchored(package, name, grid)]
        found[sheet.get("name", "")] = [*photos, *grid.photos]
    return found


def cell_images(package: Package) -> dict[str, str]:
    """WPS's photos in cells: the id that a DISPIMG formula names → part."""
    root = package.xml(CELL_IMAGES)
    if root is None:
        return {}
    targets = package.targets(CELL_IMAGES)
    return {
        named.get("name", ""): targets.get(reference(blip, "embed"), ("", ""))[1]
        for image in root
        for named in image.iter("{*}cNvPr")
        for blip in image.iter("{*}blip")
    }


def _rich_images(package: Package) -> list[str]:
    """Excel's photos in cells: the part of each number that a cell's ``vm`` gives, from 1 on."""
    metadata = package.xml("xl/metadata.xml")
    values = package.xml("xl/richData/rdrichvalue.xml")
    shapes = package.xml("xl/richData/rdrichvaluestructure.xml")
    relations = "xl/richData/richValueRel.xml"
    if metadata is None or values is None or shapes is None or relations not in package.names:
        return []
    targets = package.targets(relations)
    parts = [targets.get(reference(each, "id"), ("", ""))[1] for each in package.xml(relations)]
    images = _images_of_values(values, shapes, parts)
    blocks = [
        int(block.get("i", -1))
        for kind in metadata.iter("{*}futureMetadata")
        if kind.get("name") == "XLRICHVALUE"
        for block in kind.iter("{*}rvb")
    ]
    return [
        images.get(blocks[number], "") if 0 <= number < len(blocks) else ""
        for cells in metadata.iter("{*}valueMetadata")
        for each in cells.iter("{*}rc")
        for number in [int(each.get("v", -1))]
    ]


def _images_of_values(values: Any, shapes: Any, parts: list[str]) -> dict[int, str]:
    """Number of a rich value → its part, for those that are photos."""
    keys = [[key.get("n") for key in shape if local(key) == "k"] for shape in shapes]
    images = {}
    for number, value in enumerate(each for each in values if local(each) == "rv"):
        said = [each.text or "" for each in value if local(each) == "v"]
        shape = int(value.get("s", -1))
        named = dict(zip(keys[shape], said, strict=False)) if 0 <= shape < len(keys) else {}
        place = named.get("_rvRel:LocalImageIdentifier", "")
        if place.isdigit() and int(place) < len(parts):
            images[number] = parts[int(place)]
    return images


def _read_grid(package: Package, part: str, images: Mapping[str, str], rich: list[str]) -> _Grid:
    grid = _Grid()
    for piece in package.pieces(part, ROW_END):
        if (default := DEFAULT_HEIGHT.search(piece)) is not None:
            grid.height = float(default[1]) * EMU_PER_POINT
        for column in COLUMN.findall(piece) if b"<cols" in piece or b":cols" in piece else ():
            _widen(grid, {name: float(value) for name, value in NUMBERS.findall(column)})
        for row in ROW.finditer(piece):
            if height := HEIGHT.search(row[0]):
                grid.heights[int(row[1]) - 1] = float(height[1]) * EMU_PER_POINT
        if b"DISPIMG" in piece or (rich and b" vm=" in piece):
            grid.photos += _in_cells(piece, images, rich)
    return grid


def _widen(grid: _Grid, said: Mapping[bytes, float]) -> None:
    first, last = int(said.get(b"min", 1)), int(said.get(b"max", 1))
    width = (said.get(b"width", COLUMN_DIGITS) * DIGIT_PX + MARGIN_PX) * EMU_PER_PIXEL
    # «all columns to the end» is said of the empty ones on the right.
    for column in range(first, min(last, first + LONGEST_SPAN) + 1):
        grid.widths[column - 1] = width


def _in_cells(piece: bytes, images: Mapping[str, str], rich: list[str]) -> Iterator[Photo]:
    """The photos that stand in the cells of a row; a cell goes up to the one after it."""
    cells = list(CELL.finditer(piece))
    for cell, after in zip(cells, [*cells[1:], None], strict=True):
        body = piece[cell.end() : after.start() if after else len(piece)]
        row, column = int(cell[2]) - 1, _column(cell[1])
        meta = VALUE_META.search(cell[0])
        if image := CELL_IMAGE.search(body):
            yield Photo(row, column, images.get(image[1].decode("utf-8", "replace"), ""), True)
        elif meta and 0 < int(meta[1]) <= len(rich) and (part := rich[int(meta[1]) - 1]):
            yield Photo(row, column, part, True)


def _anchored(package: Package, drawing: str, grid: _Grid) -> Iterator[Photo]:
    """The photos that lie over the cells, each in the cell under its middle."""
    root = package.xml(drawing)
    if root is None:
        return
    targets = package.targets(drawing)
    for anchor in root:
        # A photo may be given for several programs at once; any one of them is enough.
        linked = dict.fromkeys(reference(blip, "embed") for blip in anchor.iter("{*}blip"))
        if not linked:
            continue
        row, column = _middle_cell(anchor, grid)
        for name in linked:
            yield Photo(row, column, targets.get(name, ("", ""))[1])


def _middle_cell(anchor: Any, grid: _Grid) -> tuple[int | None, int | None]:
    """The cell under the middle of a drawing: its edges often reach into the neighbours'."""
    begin, end, size = (anchor.find(f"{{*}}{name}") for name in ("from", "to", "ext"))
    if begin is None:
        return None, None
    row = _middle(
        begin, end, size, ("row", "rowOff", "cy"), lambda n: grid.heights.get(n, grid.height)
    )
    column = _middle(
        begin, end, size, ("col", "colOff", "cx"), lambda n: grid.widths.get(n, grid.width)
    )
    return row, column


def _middle(begin: Any, end: Any, size: Any, names: tuple[str, str, str], length: Any) -> int:
    cell, offset, extent = names
    first, start = _number(begin, cell), _number(begin, offset)
    if end is not None:
        last = _number(end, cell)
        if not first < last <= first + LONGEST_SPAN:
            return first
        whole = sum(map(length, range(first, last))) + _number(end, offset)
        middle = (start + whole) / 2
    else:
        middle = start + (int(size.get(extent, 0)) / 2 if size is not None else 0)
    place = first
    while middle > length(place) and place < first + LONGEST_SPAN:
        middle -= length(place)
        place += 1
    return place


def _number(element: Any, name: str) -> int:
    text = element.findtext(f"{{*}}{name}") or "0"
    return max(0, int(text))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
