"""How a text is compared: what a clerk writes in two ways without meaning two things.

Widths and cases, Chinese and Arabic numerals (两具 = 2具), floors (三楼 = 3层 = 3F), brackets and
punctuation, words of a company's form (有限公司) are no difference. What tells one thing from
another is kept apart from the words: floors, labels (2号, 305室, A03), quantities (2具, 缺2).
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from analysis.ingest.cells.blanks import is_null

NOISE = str.maketrans("", "", " \t\r\n\u3000，。；、,.;:：（）()")
DIGIT = (
    {c: n for n, c in enumerate("零一二三四五六七八九")}
    | {c: n for n, c in enumerate("〇壹贰叁肆伍陆柒捌玖")}
    | {"两": 2}
)
TENS = {"十": 10, "拾": 10, "百": 100}
#: Not where the sign is part of a word: 一般, 统一, 三角.
NUMERAL = re.compile(
    r"(?<![统唯同万单之专逐])[零〇一二两三四五六七八九十百壹贰叁肆伍陆柒捌玖拾]+(?![般些律直致旦定步体角周金货防齐切方])"
)
#: «2、4楼», «2至4楼» name two floors, as «2楼、4楼» does.
LISTED = re.compile(r"(?<![\d.])(\d{1,2})[、,和及至到~-](?=\d{1,2}(?:楼|层|f\b))")
FLOOR = re.compile(r"(地下|负|-|\bb)?(?<![\d.])(\d{1,2})(?:楼层|层楼|层|楼|f(?![a-z0-9]))")
FLOOR_BEHIND = re.compile(r"(?<![a-z0-9])([bf])(\d{1,2})(?![\d-])(?=层|楼|\b|[^a-z0-9.])")
FLOOR_NAME = re.compile(r" 负?\d+楼 ")
DAY = re.compile(r"(?:\d{2,4}年)?\d{1,2}月\d{1,2}[日号]|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}")
STAKE = re.compile(r"k(\d+)\+(\d{1,3})")
#: Lengths in metres, so that 18cm is 0.18米.
LENGTH = re.compile(r"(\d+(?:\.\d+)?)(毫米|mm|厘米|公分|cm|公里|km|米|m(?![a-z]))")
#: 一米一 is 1.1米.
HALF_LENGTH = re.compile(r"(?<![\d.])(\d)米(\d{1,2})(?![\d.米]|厘|公分|[a-z]|[处个具只条])")
AREA = re.compile(r"平方米|平米|m2")
METRES = {"毫": 0.001, "mm": 0.001, "厘": 0.01, "公分": 0.01, "cm": 0.01, "公里": 1000, "km": 1000}
#: What is said of a row rather than of the fault: where it came from, what stood in it before.
REMARK = re.compile(
    r"[(（][^()（）]*(?:移交|转来|转办|转交|移送|原报|误|更正|同\d+号)[^()（）]*[)）]"
)
#: Words of a quantity; what another word follows («3号», «305室») is a label.
MEASURE = (
    "平具个只块盏处根张把扇道条瓶件套组段支面颗台辆人名卷樘桶箱级升"
    "路架次份枚片座间种项斤吨度欧天年月盘堆副对串袋捆艘棵株顶盆罐"
)
#: 甲号路段, 乙级防火门: one of several, told from the others as by a letter.
STEM = re.compile(r"[甲乙丙丁戊己庚辛壬癸](?=[号区栋幢座组库段线班标院站级类])")
SHORT_OF = "缺少坏裂破损断松漏超"
MARK = re.compile(r"([a-z]*-?)(\d+(?:\.\d+)?)(\D?)")
#: The forms of companies, and what a register of firms puts behind a name.
COMPANY = re.compile(
    r"(?:股份)?有限(?:责任)?(?:公司)?|责任公司|股份公司|集团公司|(?:总|分)?公司(?=$)|个体工商户"
)


@dataclass(frozen=True, slots=True)
class Spelled:
    """A text as it is compared: its characters without numbers, and its numbers by kind.

    ``text`` is all of it, folded; ``words`` are its characters without marks; ``floors`` and
    ``labels`` name one of several things, ``amounts`` say how many, as «2» of «2具».
    """

    text: str
    words: str
    floors: frozenset[str]
    labels: frozenset[str]
    amounts: tuple[str, ...]


def plain_words(value: Any) -> str:
    """A value without white space and punctuation.

    Ids are made of it and stay as they were published: nothing more is ever folded here.
    """
    return "" if is_null(value) else str(value).translate(NOISE)


@lru_cache(maxsize=200_000)
def folded(text: str) -> str:
    """A text with one spelling for widths, numerals and floors, without punctuation."""
    return _letters(_floors(_numbers(text))[0])


@lru_cache(maxsize=100_000)
def site_key(text: str) -> str:
    """The name of a site without the words of its form of company."""
    name = folded(text)
    return COMPANY.sub("", name) or name


@lru_cache(maxsize=100_000)
def spelled(text: str, is_place: bool = False) -> Spelled:
    """The words and the numbers of a text; a bare number of a place («展厅1») is its label."""
    said = REMARK.sub(" ", unicodedata.normalize("NFKC", text).casefold())
    rest, floors = _floors(DAY.sub(" ", _numbers(said)))
    rest = FLOOR_NAME.sub(" ", rest)
    labels: set[str] = set()
    amounts: list[str] = []
    labels.update(STEM.findall(rest))
    rest = STAKE.sub(lambda m: f" {int(m[1]) * 1000 + int(m[2])}米处 ", rest)
    rest = AREA.sub("平", rest)

    def length(match: re.Match[str]) -> str:
        unit = match[2]
        factor = METRES.get(unit, METRES.get(unit[0], 1))
        metres = f"{float(match[1]) * factor:g}"
        if is_place or match.string[match.end() :].startswith("处"):
            labels.add(metres)
        else:
            amounts.append(metres)
        return " "

    def number(match: re.Match[str]) -> str:
        letters, digits, behind = match.groups()
        letters = letters.strip("-").removeprefix("no")
        before = match.string[: match.start()][-1:]
        counts = bool(behind) and behind in MEASURE
        is_bare = not behind.strip() and len(digits) < 3 and before not in tuple("#№-第号")
        is_bare = is_bare and not is_place
        is_amount = counts or "." in digits or is_bare or (before and before in SHORT_OF)
        if not letters and is_amount and before != "第":
            amounts.append(f"{float(digits):g}")
        else:
            labels.add(letters + (digits.lstrip("0") or "0"))
            counts = behind in {"号", "#"}
        return "" if counts else behind

    rest = MARK.sub(number, LENGTH.sub(length, rest))
    words = "".join(c for c in rest if "\u4e00" <= c <= "\u9fff" or c.isalpha())
    text = _letters(_floors(_numbers(said))[0])
    return Spelled(text, words, frozenset(floors), frozenset(labels), tuple(sorted(amounts)))


def site_name(parts: Iterable[Any]) -> str:
    """A site by what its fields say, as it is compared; empty where they say nothing."""
    return "".join(site_key(str(part)) for part in parts if not is_null(part))


def number_key(number: Iterable[str]) -> tuple[str, ...]:
    """A record's number as it is compared: one width, no leading zero of its digits."""
    return tuple(re.sub(r"(?<!\d)0+(?=\d)", "", folded(part)) for part in number)


def number_tail(number: tuple[str, ...]) -> str:
    """The last digits of a number: what is left of it when its style changes."""
    digits = re.findall(r"\d+", number[-1]) if number else []
    return digits[-1].lstrip("0") if digits else ""


def shared(one: str, other: str) -> int:
    """How many characters two texts share, in any order."""
    return (Counter(one) & Counter(other)).total()


def _numbers(text: str) -> str:
    """One width and case, Chinese numerals in digits."""
    said = unicodedata.normalize("NFKC", text).casefold().replace("首层", "1楼")
    return HALF_LENGTH.sub(r"\1.\2米", NUMERAL.sub(_arabic, said))


def _arabic(match: re.Match[str]) -> str:
    text = match.group()
    if text in "百佰":  # of a name: 百花商场
        return text
    if not TENS.keys() & set(text):
        return "".join(str(DIGIT[c]) for c in text)
    total, digit = 0, 0
    for c in text:
        if c in TENS:
            total, digit = total + (digit or 1) * TENS[c], 0
        else:
            digit = DIGIT[c]
    return str(total + digit)


def _floors(text: str) -> tuple[str, set[str]]:
    """The text with one way to write a floor, and the floors that it names."""
    found: set[str] = set()

    def one(sign: str, number: str) -> str:
        name = f"{'负' if sign else ''}{int(number)}楼"
        found.add(name)
        return f" {name} "

    while (listed := LISTED.sub(r"\1楼 ", text)) != text:
        text = listed
    text = FLOOR.sub(lambda m: one(m[1] or "", m[2]), text)
    text = FLOOR_BEHIND.sub(lambda m: one("-" if m[1] == "b" else "", m[2]), text)
    return text, found


def _letters(text: str) -> str:
    """A text without white space and punctuation; a decimal point stays."""
    return "".join(
        c
        for i, c in enumerate(text)
        if c.isalnum()
        or (c in ".+-" and text[i - 1 : i].isdigit() and text[i + 1 : i + 2].isdigit())
    )
