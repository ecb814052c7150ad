"""PDF documents: what has one run something, or ask another machine, when it is opened.

What waits for a click, as a link in a printed page does, is left; so is the page that a document
opens at. Whatever cannot be looked into is refused: a printed or scanned document is always plain.
"""

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from analysis.errors import SourceError

#: Each is too long to stand in a picture by chance, as «/JS» does in every tenth scan of two
#: million bytes.
_RUNS = re.compile(
    rb"/(JavaScript|Rendition|Launch|GoTo[RE]|SubmitForm|ImportData|EmbeddedFiles?|RichMedia)\b"
)
#: What begins an action without a click: when the document is opened, and all others.
_OPENS, _ADDS = re.compile(rb"/OpenAction\b"), re.compile(rb"/AA\b")
_COMMENT, _STRING = re.compile(rb"%[^\r\n]*"), re.compile(rb"\((?:[^()\\]|\\.)*\)", re.DOTALL)
_REFERENCE = re.compile(rb"(\d{1,10})[\s\0]+(\d{1,5})[\s\0]+R\b")
_HELD = re.compile(rb"<<[\s\0]*/")
#: Where a PDF keeps its objects packed, in any way of writing it; so many of which are looked at,
#: and so many bytes; what is packed begins within so many bytes behind its name, and its
#: description so many before.
_PACKED = re.compile(rb"/(?:O|#4[Ff])(?:b|#62)(?:j|#6[Aa])(?:S|#53)(?:t|#74)(?:m|#6[Dd])(?![\w#])")
_BEGINS = re.compile(rb"\bstream\r?\n")
MOST_PACKED, LARGEST_PACKED, NEAR = 5_000, 64 * 1024 * 1024, 400
#: So often a document may say what it opens at, and one object be written anew, as each saving
#: does; so long is the list of what is packed together at most.
MOST_OPENED, MOST_SAVED, LONGEST_LIST, PIECE = 20, 1_000, 1_000_000, 64 * 1024
#: All that programs say of packed objects; another filter, a predictor or another file is none.
_SAID = frozenset(b"Type ObjStm N First Length Filter FlateDecode Extends".split())
_NAME, _FIRST = re.compile(rb"/([^\s\0()<>\[\]{}/%]*)"), re.compile(rb"/First[\s\0]+(\d{1,9})")
_NUMBERED = re.compile(rb"#([0-9A-Fa-f]{2})")
STRANGE = "文件的内部结构不正常，没有收下；请重新打印成 PDF 再交。"
SEALED = "文件里有解不开的内容，看不出会不会自动运行程序，没有收下；请重新打印成 PDF 再交。"


@dataclass(frozen=True, slots=True)
class _Part:
    """Objects of a document as they are read; ``first`` is where those that were packed begin."""

    text: bytes
    first: int = -1

    def objects(self, number: int, generation: int) -> Iterator[bytes]:
        """All that the part says an object is."""
        if self.first >= 0:
            places = self.text[: self.first].split()
            for name, place in zip(places[::2], places[1::2], strict=False):
                if name.isdigit() and place.isdigit() and int(name) == number:
                    yield _value(self.text, self.first + int(place))
            return
        begins = rb"(?<!\d)0{0,9}%d[\s\0]+0{0,9}%d[\s\0]+obj\b" % (number, generation)
        for at in _places(re.compile(begins), self.text, MOST_SAVED):
            yield _value(self.text, at)


def runs_something(content: BinaryIO) -> bool:
    """Whether anything begins by itself when the document is opened.

    Raises:
        SourceError: it keeps more packed than any program would, or packed so that it is not seen.

    """
    content.seek(0)
    whole = content.read()
    # A name may be written with the numbers of its letters.
    parts = [_Part(_plain(whole)), *_packed_objects(whole)]
    acts = any(_RUNS.search(part.text) or _adds_action(part.text) for part in parts)
    return acts or not _are_pages(_opened(parts), parts)


def _plain(text: bytes) -> bytes:
    return _NUMBERED.sub(lambda each: bytes([int(each[1], 16)]), text)


def _value(text: bytes, at: int) -> bytes:
    """What stands behind a name, as far as it is looked at."""
    return _plain(_COMMENT.sub(b" ", text[at : at + NEAR]).lstrip(b" \t\r\n\f\0"))


def _places(name: re.Pattern[bytes], text: bytes, most: int) -> list[int]:
    places = []
    for found in name.finditer(text):
        places.append(found.end())
        if len(places) > most:
            raise SourceError(STRANGE)
    return places


def _adds_action(text: bytes) -> bool:
    """Whether a page, a field or the document has actions that wait for no click.

    The name is short, and stands in a scan by chance: only with what it holds it is one.
    """
    values = (_value(text, at) for at in _places(_ADDS, text, MOST_PACKED))
    return any(not value or _HELD.match(value) or _REFERENCE.match(value) for value in values)


def _opened(parts: Sequence[_Part]) -> Iterator[bytes]:
    for part in parts:
        for at in _places(_OPENS, part.text, MOST_OPENED):
            yield _value(part.text, at)


def _are_pages(values: Iterator[bytes], parts: Sequence[_Part]) -> bool:
    """Whether a document opens at a page of its own, and does nothing else."""
    named = set()
    for value in values:
        if found := _REFERENCE.match(value):
            named.add((int(found[1]), int(found[2])))
        elif not _is_destination(value):
            return False
    for reference in named:
        said = [each for part in parts for each in part.objects(*reference)]
        if not said or not all(map(_is_destination, said)):
            return False
    return True


def _is_destination(value: bytes) -> bool:
    if not value.startswith(b"<<"):
        return value.startswith((b"[", b"/", b"(", b"<", b"null"))
    bare, depth = _STRING.sub(b"", value), 0
    for found in re.finditer(rb"<<|>>", bare):
        depth += 1 if found[0] == b"<<" else -1
        if depth == 0:
            names = set(_NAME.findall(bare[: found.end()]))
            does = names & {b"GoTo", b"Named"} and not names & {b"URI", b"Next"}
            return bool(does) and b"(" not in bare[: found.end()]
    return False


def _packed_objects(pdf: bytes) -> Iterator[_Part]:
    """The objects that a PDF keeps packed, where they are packed as all programs do it."""
    packed = unpacked = 0
    for at in _places(_PACKED, pdf, MOST_PACKED):  # before each of them is looked behind
        found = _BEGINS.search(pdf, at, at + NEAR)
        before = pdf.rfind(b"obj", max(at - NEAR, 0), at - len("/ObjStm"))
        if not found or before < 0:
            raise SourceError(STRANGE)
        said = _plain(pdf[before : found.start()])
        names = _NAME.findall(said)
        is_packed = b"FlateDecode" in names
        is_told_once = len(set(names)) == len(names) and is_packed == (b"Filter" in names)
        if not _SAID.issuperset(names) or not is_told_once:
            raise SourceError(SEALED)
        first = _FIRST.search(said)
        if not is_packed:
            end = pdf.find(b"endstream", found.end(), found.end() + LARGEST_PACKED)
            content, read = pdf[found.end() : end], end - found.end()
        else:
            content, read = _unpacked(pdf, found.end(), LARGEST_PACKED - max(packed, unpacked))
        packed, unpacked = packed + read, unpacked + len(content)
        begins = int(first[1]) if first else 0
        if max(packed, unpacked) > LARGEST_PACKED or read < 0 or begins > LONGEST_LIST:
            raise SourceError(STRANGE)
        # Offsets are of what is packed, before its names are read.
        yield _Part(content, begins)
        yield _Part(_plain(content), 0)


def _unpacked(pdf: bytes, at: int, most: int) -> tuple[bytes, int]:
    """What is packed at a place, to its own end, whatever is said of its length; bytes read."""
    unpacking, pieces, start, held = zlib.decompressobj(), list[bytes](), at, 0
    try:
        while not unpacking.eof and at < len(pdf):
            packed = pdf[at : at + PIECE]
            piece = unpacking.decompress(packed, most - held + 1)
            pieces.append(piece)
            at, held = at + len(packed), held + len(piece)
            if held > most or at - start > most + PIECE:
                raise SourceError(STRANGE)
    except zlib.error as error:
        raise SourceError(SEALED) from error
    return b"".join(pieces), at - start - len(unpacking.unused_data)
