"""A change in per cent as bulletins print it: 下降18.2%, ↑33.3, 持平, 增长1.5倍, a percentage cell.

What was printed is kept with its decimals: −18.2 says less than −18.20, and what a number agrees
with is a question of how exactly it was printed.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

#: Against what: the column says so already.
AGAINST = re.compile(
    r"^(?:[与比较和同]?(?:上年度?|去年)(?:的?同期)?(?:相比|相较|比)?|同比|同期)?[,:]?"
    r"(?:同比)?(?:增减|升降|变化|变动)?(?:率|幅度)?[,:]?"
)
#: A word with an amount: 增长-5% is a fall, and 下降-5% leaves open what it is.
CHANGE = re.compile(
    r"^(?:(?P<fall>↓|▼|降幅|下降|减少|降低|下滑|回落|减|降)|"
    r"(?:↑|▲|增幅|升幅|上升|增加|增长|上涨|升高|升|增))[了:]?"
    r"(?P<about>约|近)?(?P<minus>-)?(?P<amount>\d[\d,.]*|\.\d+)(?P<measure>%|倍)?(?P<rest>左右)?$"
)
#: The difference in counts in front of the percentage: 减少4起，下降18.2%; 增加6起（33.3%).
DIFFERENCE = re.compile(
    r"^(?P<word>减少|增加|下降|上升)了?\d+(?:起|人|例|件|宗|次|个)[,、;和及]?\(?(?P<rest>[^()]*\d%?)\)?$"
)
#: What is said of a percentage behind it, in brackets: 上升100%（上年同期为0）.
REMARK = re.compile(r"(?<=[%平倍\d番])\([^()]*[\u4e00-\u9fff][^()]*\)$")
#: Words for there being nothing to compare with.
NO_BASE = re.compile(
    r"^(?:不可比|无法比较|不作比较|(?:无|没有)(?:同期)?可比(?:性|数据|数)?|(?:无|没有)(?:上年|去年)?同期数?据?|"
    r"(?:上年|去年)?(?:同期|基数)(?:数?为|是)?(?:0|零|无))$"
)
BRACKETED = re.compile(r"\((\D.*)\)")
#: Minus signs that are none of the keyboard's; only in front of a digit are they one.
MINUS = re.compile(r"^[−–—](?=[\d.])")
IN_HUNDREDS = re.compile(r"百分之(\d[\d.]*)")
LEVEL = frozenset({"持平", "平", "不变", "无变化", "没有变化", "无增减", "相同", "一致", "→"})
ABOUT_LEVEL = frozenset({"基本持平", "大致持平"})
DOUBLED = re.compile(r"^(?:增加|增长|上升)?翻(?:了?一)?番$")
#: More decimals are a spreadsheet's, which nobody has printed.
MOST_PLACES = 4
#: One of so many times more is a hundred per cent, with two decimals fewer.
TIMES_PLACES = 2
#: Parts of a number format that are shown as they stand: "上升", \%, [红色].
AS_IT_STANDS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')
GENERAL = "General"


def shown(cell: float, number_format: str = "") -> str:
    """A number as its cell shows it: 0.3333 under 0.0% is 33.3%.

    A format may hide decimals, and adds none: 33.3 under 0.00 was typed in with one.
    """
    bare = AS_IT_STANDS.sub("", (number_format or GENERAL).split(";")[0])
    is_share = "%" in bare
    value = Decimal(repr(float(cell))) * (100 if is_share else 1)
    exponent = value.normalize().as_tuple().exponent
    places = min(max(-int(exponent), 0), MOST_PLACES)
    if bare.strip() not in {GENERAL, "@", ""}:
        places = min(places, len(re.findall(r"[0#?]", bare.partition(".")[2])))
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{rounded or abs(rounded):f}{'%' if is_share else ''}"  # 0, and not −0


def plain(text: str) -> str:
    """A printed change without what its column says anyway, in one way of writing."""
    folded = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    if bracketed := BRACKETED.fullmatch(folded):  # (18.2) alone may be a fall, and may not
        folded = bracketed.group(1)
    folded = REMARK.sub("", AGAINST.sub("", folded, count=1))
    if counted := DIFFERENCE.match(folded):
        says_itself = not re.match(r"[\d.]", counted["rest"])
        folded = ("" if says_itself else counted["word"]) + counted["rest"]
    return IN_HUNDREDS.sub(r"\1%", MINUS.sub("-", folded))


def says_no_base(text: str) -> bool:
    """Whether a cell says that there is nothing to compare with: 不可比, 上年同期为0."""
    folded = re.sub(r"[\s—/-]", "", unicodedata.normalize("NFKC", text)).strip("()")
    return bool(NO_BASE.match(folded))


def amount(text: str) -> tuple[str, float]:
    """What is to be read as a number, and by what it has to be multiplied.

    下降18.2% is 18.2% times −1, 增长1.5倍 is 1.5 times 100; other texts are given back.
    """
    text = plain(text)
    if text in LEVEL:
        return "0%", 1
    if text in ABOUT_LEVEL:
        return "约0%", 1
    if DOUBLED.match(text):
        return "100%", 1
    match = CHANGE.match(text)
    is_times = match is not None and match["measure"] == "倍"
    if match is None or (match["fall"] and (match["minus"] or is_times)):
        return text, 1
    sign = -1 if match["fall"] or match["minus"] else 1
    measure = "" if is_times else match["measure"] or ""
    words = f"{match['about'] or ''}{match['amount']}{measure}{match['rest'] or ''}"
    return words, sign * (100 if is_times else 1)


def printed(cell: Any, number_format: str = "") -> str | None:
    """What a cell prints, None where it is empty."""
    if cell is None or cell != cell or isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        return shown(cell, number_format)
    return str(cell).strip() or None


def places_of(text: str) -> int:
    """How many decimals a printed change has: 2 of 33.30, −1 of 1.5倍, the most of 持平.

    持平 says that both are equal; 0.0% says so to a tenth.
    """
    text = plain(text)
    if text in LEVEL:
        return MOST_PLACES
    places = len(decimals.group(1)) if (decimals := re.search(r"\.(\d+)", text)) else 0
    return min(places, MOST_PLACES) - (TIMES_PLACES if "倍" in text else 0)


@dataclass(frozen=True, slots=True)
class Change:
    """A printed change in per cent, a rise positive, and its number of decimals.

    Decimals below none are of hundreds: 1.5倍 is 150 to the nearest ten, −1.
    """

    percent: float
    places: int

    @property
    def whole(self) -> int:
        """How many units of the last printed decimal are a hundred per cent."""
        return int(10 ** (2 + min(max(self.places, -TIMES_PLACES), MOST_PLACES)))

    @property
    def units(self) -> int:
        """The change in units of its last printed decimal."""
        return round(self.percent * self.whole / 100)

    def bases(self, now: int) -> tuple[int, int | None]:
        """The least and the most that may have been before ``now``, to give this change.

        A printed p stands for changes from half a unit below it, where it was rounded, up to one
        above, where it was cut off. The most is None where there is none, and less than the least
        where no number gives the change.
        """
        if now == 0:
            return (0, 0) if self.units == 0 else (1, None if self.units == -self.whole else 0)
        if self.units <= -self.whole:  # all gone, and yet there are some
            return 1, 0
        # Twice as many units, so that the half of one is whole: high and low are 1 + change.
        high = 2 * (self.whole + self.units) + (1 if self.units < 0 else 2)
        low = 2 * (self.whole + self.units) - (1 if self.units > 0 else 2)
        doubled = 2 * self.whole * now
        least = (doubled + high - (self.units < 0)) // high
        return least, None if low <= 0 else (doubled - (self.units <= 0)) // low

    def only_base(self, now: int) -> int | None:
        """What was before ``now``, where a single number gives this change."""
        least, most = self.bases(now)
        return least if least == most else None

    def follows(self, now: int, before: int) -> bool:
        """Whether it is the change from ``before`` to ``now``; nothing from nothing is 持平."""
        least, most = self.bases(now)
        return least <= before and (most is None or before <= most)
