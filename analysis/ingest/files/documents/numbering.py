"""Automatic numbers made visible: what Word counts by itself stands in no text of the file.

A number is a level of a list: its kind (一, 1, ①), where it begins, and a pattern as «（%1）» or
«%1.%2». Paragraphs name list and level themselves or through their style.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from analysis.ingest.files.documents.names import W, is_on, value
from analysis.ingest.files.documents.symbols import ANSWERS, circled, in_font

#: Word has nine levels; a file that names more is no list.
LEVELS = 9
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_DIGITS, _LEGAL = "〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"
_PLACES, _LEGAL_PLACES = ("", "十", "百", "千"), ("", "拾", "佰", "仟")
#: Largest number that is written in words; no list of an office is longer.
_LARGEST_IN_WORDS = 9_999


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list; ``restart`` is the level (from 1) after which it begins again."""

    kind: str = "decimal"
    custom: str = ""
    pattern: str = ""
    start: int = 1
    is_legal: bool = False
    restart: int | None = None
    style: str = ""
    font: str = ""


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says of its paragraphs' numbers and of hidden text."""

    based_on: str = ""
    list_id: str = ""
    level: int | None = None
    is_hidden: bool | None = None
    name: str = ""


@dataclass(slots=True)
class _List:
    levels: Mapping[int, Level]
    counted: dict[int, int] = field(default_factory=dict)
    style: str = ""


class Numbering:
    """The lists of a document; it counts, so ask for each paragraph once and in order."""

    def __init__(self, root: Any | None, styles: Mapping[str, Style]) -> None:
        self._styles = styles
        self._lists = {} if root is None else {
            item.get(f"{W}abstractNumId"): _List(_levels(item), style=value(item, "numStyleLink"))
            for item in root.findall(f"{W}abstractNum")
        }  # fmt: skip
        self._uses: dict[str, tuple[str, dict[int, Level], dict[int, int]]] = {}
        for item in [] if root is None else root.findall(f"{W}num"):
            overrides = item.findall(f"{W}lvlOverride")
            starts = {_level_no(each): s for each in overrides if (s := _start(each)) is not None}
            levels = {n: level for each in overrides for n, level in _levels(each).items()}
            self._uses[item.get(f"{W}numId")] = (value(item, "abstractNumId"), levels, starts)
        self._begun: set[tuple[str, int]] = set()

    def label(self, properties: Any | None, style: str) -> str:
        """The number in front of a paragraph; nothing where it has none.

        ``properties`` is its ``w:pPr``; ``style`` the name of its style, which may number it.
        """
        list_id, level = self._of_paragraph(properties, style)
        use = self._uses.get(list_id)
        if use is None or not 0 <= level < LEVELS:
            return ""
        abstract, own, starts = use
        numbered = self._list(abstract)
        if numbered is None:
            return ""
        levels = {**numbered.levels, **own}
        if level not in levels:
            return ""
        self._count(numbered.counted, list_id, level, levels, starts)
        return _written(levels, level, numbered.counted)

    def _of_paragraph(self, properties: Any | None, style: str) -> tuple[str, int]:
        own = None if properties is None else properties.find(f"{W}numPr")
        list_id = "" if own is None else value(own, "numId")
        text = "" if own is None else value(own, "ilvl")
        level = int(text) if text.isdigit() else None
        for each in chain_of(style, self._styles):
            if not list_id and each.list_id:
                list_id = each.list_id
                level = level if level is not None else each.level
        if level is None and style and (numbered := self._list_of(list_id)):
            level = next((n for n, each in numbered.levels.items() if each.style == style), None)
        return list_id, level or 0

    def _list_of(self, list_id: str) -> _List | None:
        use = self._uses.get(list_id)
        return self._list(use[0]) if use else None

    def _list(self, abstract: str) -> _List | None:
        """A list, or the one that its style names in its place."""
        numbered = self._lists.get(abstract)
        if numbered and numbered.style and not numbered.levels:
            linked = self._styles.get(numbered.style)
            use = self._uses.get(linked.list_id) if linked else None
            return self._lists.get(use[0]) if use else None
        return numbered

    def _count(
        self, counted: dict[int, int], list_id: str, level: int, levels: Mapping[int, Level],
        starts: Mapping[int, int],
    ) -> None:  # fmt: skip
        for above in range(level):
            counted.setdefault(above, starts.get(above, levels.get(above, Level()).start))
        if level in starts and (list_id, level) not in self._begun:
            counted[level] = starts[level]
        elif level in counted:
            counted[level] += 1
        else:
            counted[level] = starts.get(level, levels[level].start)
        self._begun.add((list_id, level))
        for below in [n for n in counted if n > level]:
            restart = levels.get(below, Level()).restart
            if restart is None or level < restart:
                del counted[below]


def chain_of(style: str, styles: Mapping[str, Style]) -> list[Style]:
    """A style and those that it is based on; a circle of styles ends where it closes."""
    found: list[Style] = []
    seen: set[str] = set()
    while style in styles and style not in seen:
        seen.add(style)
        found.append(styles[style])
        style = styles[style].based_on
    return found


def read_styles(root: Any | None) -> dict[str, Style]:
    """Style identifier → what it says, from a document's ``styles.xml``."""
    styles = {}
    for item in [] if root is None else root.findall(f"{W}style"):
        numbered = item.find(f"{W}pPr/{W}numPr")
        hidden = item.find(f"{W}rPr/{W}vanish")
        level = "" if numbered is None else value(numbered, "ilvl")
        styles[item.get(f"{W}styleId", "")] = Style(
            value(item, "basedOn"),
            "" if numbered is None else value(numbered, "numId"),
            int(level) if level.isdigit() else None,
            None if hidden is None else is_on(hidden),
            value(item, "name"),
        )
    return styles


def _levels(parent: Any) -> dict[int, Level]:
    return {_level_no(each): _level(each) for each in parent.findall(f"{W}lvl")}


def _level_no(element: Any) -> int:
    text = element.get(f"{W}ilvl", "")
    return int(text) if text.isdigit() else -1


def _start(override: Any) -> int | None:
    text = value(override, "startOverride")
    return int(text) if text.isdigit() else None


def _level(item: Any) -> Level:
    kind = next(item.iter(f"{W}numFmt"), None)  # a new kind stands within a choice
    fonts = item.find(f"{W}rPr/{W}rFonts")
    start, restart = value(item, "start"), value(item, "lvlRestart")
    legal = item.find(f"{W}isLgl")
    level = Level(
        pattern=value(item, "lvlText"),
        start=int(start) if start.isdigit() else 1,
        is_legal=legal is not None and is_on(legal),
        restart=int(restart) if restart.isdigit() else None,
        style=value(item, "pStyle"),
        font="" if fonts is None else fonts.get(f"{W}ascii", ""),
    )
    if kind is None:
        return level
    return replace(level, kind=kind.get(f"{W}val", "decimal"), custom=kind.get(f"{W}format", ""))


def _written(levels: Mapping[int, Level], level: int, counted: Mapping[int, int]) -> str:
    said = levels[level]
    if said.kind == "bullet":
        sign = in_font(said.font, said.pattern)
        return sign if sign in ANSWERS else ""

    def number(match: re.Match[str]) -> str:
        at = int(match.group(1)) - 1
        of = levels.get(at, Level())
        kind = "decimal" if said.is_legal and of.kind != "none" else of.kind
        return in_words(counted.get(at, of.start), kind, of.custom)

    return re.sub(r"%([1-9])", number, said.pattern)


def in_words(number: int, kind: str, custom: str = "") -> str:
    """A number as a list of this kind writes it: (11, "chineseCounting") → 十一.

    A kind that is not known is written in figures: the number is right, its dress is not.
    """
    write = KINDS.get(kind)
    if custom:  # «001, 002, 003, ...»
        return str(number).zfill(len(custom.partition(",")[0].strip()))
    if write is None or not 0 <= number <= _LARGEST_IN_WORDS:
        return str(number)
    return write(number)


def _counted(number: int, digits: str, places: tuple[str, ...], zero: str) -> str:
    """二十一, 一百零五; from ten to nineteen without the one in front."""
    if number == 0:
        return digits[0]
    text, gap = "", False
    for place, sign in reversed(list(enumerate(str(number)[::-1]))):
        if sign == "0":
            gap = bool(text)
            continue
        text += (zero if gap else "") + digits[int(sign)] + places[place]
        gap = False
    return text


def _chinese(number: int) -> str:
    text = _counted(number, _DIGITS, _PLACES, "零")
    return text[1:] if 10 <= number < 20 else text


def _digital(number: int) -> str:
    return "".join(_DIGITS[int(sign)] for sign in str(number))


def _roman(number: int) -> str:
    text = ""
    for amount, sign in _ROMAN:
        times, number = divmod(number, amount)
        text += sign * times
    return text


def _letters(number: int) -> str:
    """A … Z, AA, BB: a letter is doubled, not carried."""
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number else ""


def _of(signs: str) -> Callable[[int], str]:
    return lambda number: signs[(number - 1) % len(signs)] if number else ""


def _block(first: int, last: int) -> Callable[[int], str]:
    """Signs that follow each other from a code point on, for 1 to ``last``."""
    return lambda number: chr(first + number - 1) if 1 <= number <= last else str(number)


KINDS: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "decimalHalfWidth": str,
    "decimalFullWidth": lambda number: str(number).translate(
        {ord("0") + n: 0xFF10 + n for n in range(10)}
    ),
    "decimalFullWidth2": lambda number: str(number).translate(
        {ord("0") + n: 0xFF10 + n for n in range(10)}
    ),
    "none": lambda number: "",
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
    "numberInDash": lambda number: f"- {number} -",
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "taiwaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "koreanCounting": _chinese,
    "ideographDigital": _digital,
    "japaneseDigitalTenThousand": _digital,
    "taiwaneseDigital": _digital,
    "chineseLegalSimplified": lambda number: _counted(number, _LEGAL, _LEGAL_PLACES, "零"),
    "ideographLegalTraditional": lambda number: _counted(number, _LEGAL, _LEGAL_PLACES, "零"),
    "ideographTraditional": _of("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _of("子丑寅卯辰巳午未申酉戌亥"),
    "decimalEnclosedCircle": circled,
    "decimalEnclosedCircleChinese": circled,
    "decimalEnclosedParen": _block(0x2474, 20),
    "decimalEnclosedFullstop": _block(0x2488, 20),
    "ideographEnclosedCircle": _block(0x3280, 10),
    "ideographParenthesized": _block(0x3220, 10),
}
