"""What calamine leaves out of a worksheet, found in its XML while the part's checksum is checked.

A worksheet of 100,000 rows has 140 MB of XML. What is looked for in all of it is a plain piece of
text, which costs a tenth of a second; the patterns run only where that piece was found.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import IO

CHUNK = 1 << 20
#: A cell is never longer: 32,767 characters, written as entities.
LONGEST_CELL = 1 << 19
#: After so many places where a text might begin, it is looked for as a whole.
MOST_STARTS = 50
#: So much of a part shows whether its names have a prefix.
HEAD = 1 << 14

#: A cell beyond column Z or row 99,999. Those who write a worksheet put one blank before ``r=``.
FAR = re.compile(rb' r="(?:([A-Za-z]{2,3})(\d+)|[A-Za-z](\d{6,}))"')
ROW = re.compile(rb'<(?:\w+:)?row\s[^>]*?\br="(\d+)"')
HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row(?=\s[^>]*\bhidden="(?:1|true)")[^>]*?\sr="(\d+)"')
CELL = re.compile(rb'<(?:\w+:)?c\s(?:[^>]*?\s)?r="([A-Za-z]+)(\d+)"')
#: A cell with a format and nothing in it: whole columns are often given borders, to the last row.
BLANK = re.compile(rb"<(?:\w+:)?c\s[^>]*/>")
FORMULA = re.compile(
    rb"<(?:\w+:)?c\s(?P<about>[^>]*)>\s*<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>(?P<text>[^<]*)</(?:\w+:)?f>)"
    rb"\s*(?P<value><(?:\w+:)?v\s*/>|<(?:\w+:)?v(?:\s[^>]*)?>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
ERROR = re.compile(
    rb"<(?:\w+:)?c\s(?P<about>[^>]*\bt=\"e\"[^>]*)>(?:\s*<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>))?"
    rb"\s*<(?:\w+:)?v(?:\s[^>]*)?>(?P<text>[^<]*)</"
)
PLACE = re.compile(rb'(?:^|\s)r="([A-Za-z]+)(\d+)"')
#: What a program writes that has worked a formula out to an empty text.
WORKED_OUT = re.compile(rb'(?:^|\s)t="str"')


@dataclass(slots=True)
class Scan:
    """What was found: rows that are hidden, and by row and column, zero-based, the text of errors
    and of formulas whose value nobody has worked out; how far the cells reach.
    """

    hidden: set[int] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    rows: int = 1
    columns: int = 26

    @property
    def area(self) -> int:
        """The cells of the rectangle in which calamine would lay the sheet out, at most."""
        return self.rows * self.columns


def scan(part: IO[bytes]) -> Scan:
    """Read a worksheet's part to its end.

    Raises:
        zipfile.BadZipFile, zlib.error: the part is damaged.

    """
    found = Scan()
    formula_end = b""
    for piece in pieces(part):
        # Some programs write a prefix before each name, and no formula is without its end tag.
        formula_end = formula_end or (b":f>" if b":c>" in piece[:HEAD] else b"</f>")
        if FAR.search(piece):
            _reach(found, FAR.findall(BLANK.sub(b"", piece)))
        last = piece.rfind(b"row ")
        if last > 0 and (row := ROW.match(piece, piece.rfind(b"<", 0, last))):
            found.rows = max(found.rows, int(row[1]))
        if _holds(piece, b"hidden=", b"h"):
            found.hidden.update(map(int, HIDDEN_ROW.findall(piece)))
        if b't="e"' in piece:
            _collect(found.errors, ERROR.finditer(piece))
        if _holds(piece, formula_end, b"f"):
            unworked = (each for each in FORMULA.finditer(piece) if not _is_worked_out(each))
            _collect(found.formulas, unworked)
    return found


def _holds(piece: bytes, text: bytes, letter: bytes) -> bool:
    """Whether a text stands in a piece; ``letter`` is the one of it that a worksheet hardly has.

    A single letter is found ten times as fast as a text, and a few false starts cost nothing.
    """
    place = text.index(letter)
    at = -1
    for _ in range(MOST_STARTS):
        at = piece.find(letter, at + 1)
        if at < 0:
            return False
        if piece.startswith(text, max(at - place, 0)):
            return True
    return text in piece


def pieces(part: IO[bytes]) -> Iterator[bytes]:
    """The part in pieces of about ``CHUNK`` bytes, none of which ends within a cell or a tag."""
    rest = b""
    while chunk := part.read(CHUNK):
        text = rest + chunk
        end = text.rfind(b"</c>")
        end = max(end, text.rfind(b":c>", max(end, len(text) - LONGEST_CELL, 0)))
        if end < 0 and len(text) < LONGEST_CELL:
            rest = text
            continue
        end = end + 4 if end >= 0 else text.rfind(b">") + 1 or len(text)
        rest = text[end:]
        yield text[:end]
    if rest:
        yield rest


def column_number(letters: bytes) -> int:
    """A column as it is counted here: A → 0."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number - 1


def _reach(found: Scan, far: list[tuple[bytes, bytes, bytes]]) -> None:
    for letters, row, far_row in set(far):
        found.rows = max(found.rows, int(row or far_row))
        if letters:
            found.columns = max(found.columns, column_number(letters) + 1)


def _is_worked_out(cell: "re.Match[bytes]") -> bool:
    return cell["value"] is not None and bool(WORKED_OUT.search(cell["about"]))


def _collect(found: dict[tuple[int, int], str], cells: Iterator["re.Match[bytes]"]) -> None:
    for cell in cells:
        if place := PLACE.search(cell["about"]):
            text = unescape((cell["text"] or b"").decode("utf-8", "replace")).strip()
            found[int(place[2]) - 1, column_number(place[1])] = text
