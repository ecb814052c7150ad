"""A value that speaks of several measures at once → what it says of each: by numbers, by lines.

«①7月20日前②7月底前», «第1项由甲局牵头，第2、3项由乙局牵头», a line of a cell for each measure.
"""

import re
from collections.abc import Mapping, Sequence

from analysis.ingest.cells.dates import chinese_number
from analysis.ingest.measures.enumerators import CODE_IN_TEXT, mark_at, with_plain_codes
from analysis.ingest.measures.folding import folded

_RING = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ONE = (
    rf"(?:[(（]?\d{{1,3}}(?:[-—–.]\d{{1,2}})?[)）]?|[{_RING}]|"
    rf"[(（]?[一二三四五六七八九十]{{1,3}}[)）]?)"
)
#: «第1项», «(5-1)、(5-2)项», «第②、③项», «1至3项», «措施1、2».
_REFERENCE = re.compile(
    rf"(?:第\s*)?({_ONE}(?:\s*(?:[、,，和及与至到—–~-]|第)+\s*{_ONE})*)\s*(?:项|"
    rf"条)(?:整改)?(?:措施|任务|问题|工作|事项|内容)?(?:由|为|[:：,，])?\s*"
    rf"|(?:整改|具体|细化|工作)?(?:措施|任务|"
    rf"事项)\s*({_ONE}(?:\s*[、,，和及与至到—–~-]\s*{_ONE})*)\s*(?:由|为|于|[:：,，]|(?=长期|立行|立即|持续))\s*"
    rf"|(?<=其中)(?:整改)?措施\s*({_ONE}(?:\s*[、,，和及与]\s*{_ONE})*)\s*"
)
_SPAN = re.compile(rf"({_ONE})\s*[至到—–~]\s*({_ONE})")
_OTHERS = re.compile(
    r"(?:其余|其他|其它|余下)(?:各)?(?:项|条)?(?:整改)?(?:措施|任务|工作)?(?:均|都)?(?:由|为|"
    r"[:：,，])?\s*"
)
OTHERS = "*"


def by_number(text: str) -> Mapping[str, str]:
    """Number (as 3 or 5-3) → what the value says of the measure of that number.

    Under ``OTHERS`` stands what holds for all that are not named; empty is what is said of one
    that it leaves out. Nothing where the value speaks of all alike, or of turns (``by_turn``).
    """
    return {} if _IN_TURN.search(text) else _by_number(text)


def _by_number(text: str) -> Mapping[str, str]:
    if _IN_ORDER.match(text):
        text = _IN_ORDER.sub(r"第\1项", text)
    if CODE_IN_TEXT.search(folded(text)):
        return _by_code(with_plain_codes(folded(text)))
    if groups := _groups(text):
        return groups
    return _by_reference(text)


#: «“一是”立行立改；“二是”6月20日前»: as the measures themselves are told.
_IN_ORDER = re.compile(r"[“\"]?([一二三四五六七八九十]{1,2})是[”\"]?\s*[:：,，]?")
#: «1.2.县民政局», «（1）（2）甲局；（3）乙局»: numbers that share what stands behind them.
_NUMBER_GROUP = re.compile(
    rf"(?:^|(?<=[\s;；,，。、)）\u3400-\u9fff]))((?:(?:[(（]\d{{1,2}}[)）]|[{_RING}]|\d{{1,2}}[.．、](?!\d{{1,2}}日))[\s、,，和及]*)+)"
)
_EACH = re.compile(rf"\d+|[{_RING}]")
#: «措施（1）…；措施（2）…»: the word in front of a number says no more than the number.
_NAMED_PIECE = re.compile(
    rf"(?:整改|细化|工作)?(?:措施|任务|事项)(?=[(（]\d{{1,2}}[)）]|[{_RING}])"
)


def _groups(text: str) -> dict[str, str]:
    """A list whose numbers begin with the text: number → what stands behind it."""
    text = _NAMED_PIECE.sub("", text)
    found: dict[str, str] = {}
    starts = [
        (match.start(), match.end(), [number_in(each) for each in _EACH.findall(match.group(1))])
        for match in _NUMBER_GROUP.finditer(text)
    ]
    if not starts or starts[0][0] > 0 or starts[0][2][0] != "1":
        return {}
    ends = [*(start for start, _, _ in starts[1:]), len(text)]
    for (_, begin, numbers), end in zip(starts, ends, strict=True):
        said = text[begin:end].strip("；;，,。、 \n")
        for number in numbers:
            if int(number) != len(found) + 1 or not said:
                return {}
            found[number] = said
    return found if len(found) > 1 else {}


_CODED = re.compile(r"(?<![\d-])\d{1,2}(?:-\d{1,2}){1,2}(?![\d-])")
#: A row of codes: «C-1、C-2», «其中C-3».
_CODES = re.compile(
    rf"{_CODED.pattern}(?:[、,和及与]\s*{_CODED.pattern})*\s*[:：]?(?:项|均|由|于|为)?"
)


def _by_code(text: str) -> dict[str, str]:
    """«C-1、C-2由甲科牵头，其中C-1于6月底前完成»: number → all that is said of it.

    What is said of fewer measures of a day stands in front: the first that is said counts.
    """
    found: dict[str, list[str]] = {}
    places = list(_CODES.finditer(text))
    ends = [*(match.start() for match in places[1:]), len(text)]
    for match, end in zip(places, ends, strict=True):
        value = re.sub(r"(?:其中|[；;，,。、\s])+$", "", text[match.end() : end]).strip("；;，, ")
        for number in _CODED.findall(match.group()):
            found.setdefault(number, []).append(value)
    return {number: "，".join(filter(None, values)) for number, values in found.items()}


def by_lines(text: str, count: int) -> Sequence[str]:
    """The lines of a value where it has one for each of so many measures, else nothing."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines if count > 1 and len(lines) == count else []


def number_in(written: str) -> str:
    """3 of ③, （三） and (3); 5-3 of （5-3）."""
    plain = folded(written).strip("() ")
    if plain in _RING:
        return str(_RING.index(plain) + 1)
    if re.fullmatch(r"[一二三四五六七八九十]{1,3}", plain):
        return str(chinese_number(plain))
    return re.sub(r"[—–.]", "-", plain)


#: «9月15日前完成第①项，第②项长期坚持»: what is said of a number may stand in front of it.
_IN_FRONT = re.compile(
    rf"([^,，;；。]*\d[^,，;；。]*?前)(?:完成|整改)(?:上述|以上|前述)?"
    rf"((?:第)?{_ONE}(?:[、,和及至到—~-]第?{_ONE})*项)(?:整改)?(?=[,，;；。]|$)"
)


#: «第1项至第3项».
_SPANNED = re.compile(rf"第\s*({_ONE})\s*(?:项|条)\s*[至到—~-]\s*第?\s*({_ONE})\s*(?:项|条)")
#: «除第6项外，均由甲公司负责»: of all but those that are named.
_BUT_FOR = re.compile(
    rf"除了?(?:第\s*)?({_ONE}(?:\s*(?:[、,，和及与至到—–~-]|第)+\s*{_ONE})*)\s*(?:项|条)(?:整改)?(?:措施|任务|问题)?"
    r"(?:以外|之外|外)[,，]?(?:其余|其他|其它|余下)?(?:各)?(?:项|条)?(?:整改)?(?:措施|任务|工作)?(?:均|都|一律)?(?:由|为)?"
)


def _by_reference(text: str) -> dict[str, str]:
    text = _SPANNED.sub(r"第\1至\2项", _IN_FRONT.sub(r"\2\1", text))
    apart = [number for match in _BUT_FOR.finditer(text) for number in _numbers(match[1])]
    found = _named_apart(_BUT_FOR.sub("其余各项：", text))
    return {**dict.fromkeys(apart, ""), **found} if found else {}


def _named_apart(text: str) -> dict[str, str]:
    places = [
        (m.start(), m.end(), _numbers(next(filter(None, m.groups()))))
        for m in _REFERENCE.finditer(text)
    ]
    others = [(m.start(), m.end(), [OTHERS]) for m in _OTHERS.finditer(text)]
    if not places and not text.startswith("其余各项："):
        return {}
    cuts = sorted([*places, *others])
    found: dict[str, str] = {}
    front = re.sub(r"(?:其中|以上|上述|除|[(（,，;；：:。\s])+$", "", text[: cuts[0][0]]).strip()
    front = _ALL.sub("", front)
    if front and not re.search("以上|上述|其中", front):
        found[OTHERS] = front  # «6月底前（其中第1项立行立改）»
    ends = [*(start for start, _, _ in cuts[1:]), len(text)]
    shared: list[str] = []
    for (_, begin, numbers), end in zip(cuts, ends, strict=True):
        if not re.sub(r"[、,，和及\s]", "", text[begin:end]):
            shared += numbers  # «第8项、第9项由甲局牵头»
            continue
        numbers, shared = [*shared, *numbers], []
        said = re.sub(r"(?:其中|外|[；;，,。、)）\s])+$", "", text[begin:end]).strip("；;，, ")
        for number in numbers:
            found[number] = f"{found[number]}，{said}" if number in found else said
    return found


#: «以上由甲局负责；第1项6月底前…»: what stands in front holds for all.
_ALL = re.compile(
    r"^(?:以上|上述|前述)(?:各|所有|全部)?(?:项|条)?(?:整改)?(?:措施|任务|工作)?(?=由)"
)
_COUNT = r"([一二两三四五六七八九十]|\d{1,2})"
#: «前两项», «后一项», «最后一项», «第4项以后»: measures by their turn in the block around.
_IN_TURN = re.compile(
    rf"(前|最后|后|末){_COUNT}(?:项|条)(?:整改)?(?:措施|任务|工作|问题)?|首项|末项|"
    rf"第({_ONE})(?:项|条)(?:及其?以后|以后|之后|及以下|以下)(?:各)?(?:项|条)?"
)


def speaks_apart(text: str) -> bool:
    """Whether a value says of some measures what it does not say of others."""
    return bool(by_number(text) or _IN_TURN.search(text))


def by_turn(text: str, count: int) -> Mapping[str, str]:
    """Turn in a block of so many measures → what a value says of it: «前一项…，后一项…».

    Empty where it speaks of no turn.
    """
    if not _IN_TURN.search(text):
        return {}

    def numbered(match: re.Match[str]) -> str:
        if match[3] is not None:
            return f"第{number_in(match[3])}至{count}项"
        if match[2] is None:
            return "第1项" if match.group() == "首项" else f"第{count}项"
        many = min(count, int(match[2]) if match[2].isdigit() else chinese_number(match[2]))
        first, last = (1, many) if match[1] == "前" else (count - many + 1, count)
        return f"第{first}至{last}项" if first < last else f"第{first}项"

    return _by_number(_IN_TURN.sub(numbered, text))


def _numbers(text: str) -> list[str]:
    """1, 2 and 3 of «1至3», 5-1 and 5-2 of «(5-1)、(5-2)»."""
    found: list[str] = []
    if span := _SPAN.fullmatch(text.strip()):
        first, last = (number_in(each) for each in span.groups())
        if first.isdigit() and last.isdigit() and int(first) < int(last) <= int(first) + 50:
            return [str(n) for n in range(int(first), int(last) + 1)]
    found += [number_in(each) for each in re.findall(_ONE, text)]
    return found


def value_for(text: str, number: str) -> str | None:
    """What a value says of one measure; None where it names others alone, all where it names "
    "none."""
    said = by_number(text)
    if not said:
        return text
    return said.get(number, said.get(OTHERS))


def is_numbered(text: str) -> bool:
    """Whether a value begins with a number."""
    return mark_at(text) is not None
