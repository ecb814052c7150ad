"""Number formats of a sheet's cells, read only when one is asked for, from the file still open."""

import re
import zipfile
from collections.abc import Callable
from functools import cache
from typing import BinaryIO

from analysis.ingest.files.workbooks.parts import formats
from analysis.ingest.files.workbooks.worksheet_xml import PLACE, column_number, pieces

STYLED = re.compile(rb'<(?:\w+:)?c\s([^>]*?\bs="(\d+)"[^>]*)>')
GENERAL = "General"


def formats_of(content: BinaryIO, part: str) -> Callable[[int, int], str]:
    """The format of a cell by its row and column, zero-based: «0%», «General»."""

    @cache
    def styled() -> dict[tuple[int, int], str]:
        with zipfile.ZipFile(content) as archive:
            codes = formats(archive)
            with archive.open(part) as file:
                return {
                    (int(place[2]) - 1, column_number(place[1])): codes[style]
                    for piece in pieces(file)
                    for about, number in STYLED.findall(piece)
                    if (style := int(number)) < len(codes)
                    and codes[style] != GENERAL
                    and (place := PLACE.search(about))
                }

    return lambda row, column: styled().get((row, column), GENERAL)
