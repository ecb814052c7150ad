"""A number → a mutant of a ledger: the same number is the same file, byte for byte."""

import random
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from tests.torture.files import WRITERS, archive_of, parts_of
from tests.torture.grids import GRID_MUTATIONS, sound_grid

#: What may stand where XML had a number or a reference.
_ODD_VALUES = (
    b"", b"0", b"-1", b"999999999", b"4294967296", b"1e999", b"XFD1048576", b"A0", b"A1:XFD1048576",
    b"B2:A1", b"inf", b"\xe4\xb8\x80", b"true", b"s", b"e", b"str", b"inlineStr", b"[h]:mm:ss",
    b"&amp;" * 9,
)  # fmt: skip
_VALUE = re.compile(rb'="([^"<>]{0,40})"')
#: What means something to a reader of csv or HTML.
_ODD_SIGNS = (
    '"', '""', "'", ",", ";", "\t", "|", "\n", "\r", "\r\n\r\n", "\0", "\x1a", "，", "\u2028",
    "<td>", "</tr>", "<table>", "</table>", "<td rowspan=9>", "<td colspan=1e9>", "<!--", "&#0;",
    "&#xFFFE;", "&nbsp;", "<script>", "\x1b[31m", "\ufffe", "\u202e",
)  # fmt: skip
_TELLING = re.compile(r"sheet1|document\.xml$|content|styles|workbook\.xml$")
_INNER = re.compile(rb">([^<>]{1,40})<")


@dataclass(frozen=True, slots=True)
class Mutant:
    """A file made wrong: its number, name and content, and what was done to it."""

    number: int
    name: str
    content: bytes
    done: tuple[str, ...]


def mutant(number: int) -> Mutant:
    """The mutant of a number: one or two things wrong with the cells, the file, or both."""
    draw = random.Random(number)  # noqa: S311 - a torture, no secret
    suffix = list(WRITERS)[number % len(WRITERS)]
    grid, done = sound_grid(draw), []
    for change in draw.sample(GRID_MUTATIONS, draw.choice([0, 1, 2, 3])):
        change(grid, draw)
        done.append(change.__name__)
    content = WRITERS[suffix](grid, draw)
    # What breaks the file as a whole is told at once; most mutants must get further than that.
    how_often = draw.choice([0, 0, 1, 1, 1, 2]) if done and suffix != ".xls" else 1
    for damage in draw.sample(_damages(suffix), how_often):
        content = damage(content, draw)
        done.append(damage.__name__)
    name = f"模拟数据_{number}{draw.choice([suffix] * 12 + ['.xlsx', '.xls', '.csv'])}"
    return Mutant(number, name, content, tuple(done))


def _damages(suffix: str) -> tuple[Callable[[bytes, random.Random], bytes], ...]:
    if suffix == ".xls":
        return BYTE_MUTATIONS
    return TEXT_MUTATIONS if suffix in {".csv", ".html"} else ARCHIVE_MUTATIONS


def change_text(content: bytes, draw: random.Random) -> bytes:
    """Other signs in a text: quotes, delimiters, tags, ends of lines, in UTF-8 throughout."""
    text = content.decode(errors="replace")
    for _ in range(draw.choice([1, 3, 12])):
        place = draw.randrange(len(text) + 1)
        gone = draw.choice([0, 0, 1, 5])
        text = text[:place] + draw.choice(_ODD_SIGNS) + text[place + gone :]
    return text.encode(errors="replace")


def flip_bytes(content: bytes, draw: random.Random) -> bytes:
    """Some bytes otherwise."""
    changed = bytearray(content)
    for _ in range(draw.choice([1, 1, 3, 20]) if changed else 0):
        changed[draw.randrange(len(changed))] = draw.randrange(256)
    return bytes(changed)


def change_numbers(content: bytes, draw: random.Random) -> bytes:
    """Whole numbers of four bytes otherwise: sizes, offsets, links of sectors."""
    changed = bytearray(content)
    for _ in range(draw.randint(1, 6) if len(changed) > 8 else 0):
        place = draw.randrange(len(changed) // 4) * 4
        number = draw.choice([0, 1, 0xFFFFFFFF, 0x7FFFFFFF, draw.randrange(200)])
        changed[place : place + 4] = number.to_bytes(4, "little")
    return bytes(changed)


def truncate(content: bytes, draw: random.Random) -> bytes:
    """The beginning alone, or the beginning and something else."""
    kept = content[: draw.randrange(len(content) + 1)]
    return kept + draw.choice([b"", b"", bytes(200), content[-50:]])


def swap_blocks(content: bytes, draw: random.Random) -> bytes:
    """Two blocks in each other's place."""
    first, second, third = sorted(draw.randrange(len(content) + 1) for _ in range(3))
    return content[:first] + content[second:third] + content[first:second] + content[third:]


def drop_part(content: bytes, draw: random.Random) -> bytes:
    """A zip without one of its parts, or with an empty one."""
    parts = parts_of(content)
    if not parts:
        return content
    name = draw.choice(sorted(parts))
    if draw.random() < 0.5:
        del parts[name]
    else:
        parts[name] = b""
    return archive_of(parts)


def change_values(content: bytes, draw: random.Random) -> bytes:
    """Other values of attributes and other texts in a part, packed as it should be."""
    return _with_part(content, draw, lambda part: _changed(part, draw))


def cut_part(content: bytes, draw: random.Random) -> bytes:
    """A part that ends too early or has other bytes, with a sum that is right."""
    wrong = draw.choice([truncate, flip_bytes, swap_blocks])
    return _with_part(content, draw, lambda part: wrong(part, draw))


def repeat_element(content: bytes, draw: random.Random) -> bytes:
    """An element of a part many times, or nested in itself."""

    def repeated(part: bytes) -> bytes:
        tags = list(re.finditer(rb"<([\w:]+)[^<>/]*>[^<>]*</\1>", part))
        if not tags:
            return part
        tag = draw.choice(tags)
        times = draw.choice([2, 50, 3000])
        return part[: tag.end()] + tag[0] * times + part[tag.end() :]

    return _with_part(content, draw, repeated)


def _with_part(content: bytes, draw: random.Random, change: Callable[[bytes], bytes]) -> bytes:
    parts = parts_of(content)
    names = [name for name in sorted(parts) if name.endswith((".xml", ".rels"))]
    if not names:
        return content
    # The sheet, the text and the styles say most; the others now and then.
    telling = [
        n for n in names if re.search(r"sheet1|document\.xml$|content|styles|workbook\.xml$", n)
    ]
    name = draw.choice(telling or names) if draw.random() < 0.8 else draw.choice(names)
    parts[name] = change(parts[name])
    return archive_of(parts)


def _changed(part: bytes, draw: random.Random) -> bytes:
    for _ in range(draw.choice([1, 1, 2, 5])):
        places = list(draw.choice([_VALUE, _INNER]).finditer(part))
        if places:
            place = draw.choice(places)
            part = part[: place.start(1)] + draw.choice(_ODD_VALUES) + part[place.end(1) :]
    return part


BYTE_MUTATIONS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    flip_bytes, change_numbers, truncate, swap_blocks,
)  # fmt: skip
TEXT_MUTATIONS = (change_text, change_text, change_text, flip_bytes, truncate)
ARCHIVE_MUTATIONS = (
    change_values, change_values, change_values, change_values, repeat_element, repeat_element,
    cut_part, drop_part, flip_bytes, truncate, swap_blocks,
)  # fmt: skip


def fingerprint(one: Mutant) -> int:
    """A number that is another one where the file is another one."""
    return zlib.crc32(one.content)
