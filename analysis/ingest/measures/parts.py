"""A value that speaks of several measures at once → what it says of each: by numbers, by lines.

«①7月20日前②7月底前», «第1项由甲局牵头，第2、3项由乙局牵头», a line of a cell for each measure.
"""

import re
from collections.abc import Mapping, Sequence

from analysis.ingest.cells.dates import chinese_number
from analysis.ingest.measures.enumerators import mark_at
from analysis.ingest.measures.folding import folded
from analysis.ingest.measures.splitting import top_list

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
    rf"事项)\s*({_ONE}(?:\s*[、,，和及与至到—–~-]\s*{_ONE})*)\s*(?:由|为|[:：,，])\s*"
)
_SPAN = re.compile(rf"({_ONE})\s*[至到—–~]\s*({_ONE})")
_OTHERS = re.compile(
    r"(?:其余|其他|其它|余下)(?:各)?(?:项|条)?(?:整改)?(?:措施|任务|工作)?(?:均|都)?(?:由|为|"
    r"[:：,，])?\s*"
)
OTHERS = "*"


def by_number(text: str) -> Mapping[str, str]:
    """Number (as 3 or 5-3) → what the value says of the measure of that number.

    Under ``OTHERS`` stands what holds for all that are not named. Empty where the value speaks of
    all alike.
    """
    lead_in, listed = top_list(text)
    if listed and len({mark.number for mark, _ in listed}) > 1 and not lead_in:
        return {mark.written: piece.strip("；;，,。 \n") for mark, piece in listed}
    return _by_reference(text)


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


def _by_reference(text: str) -> dict[str, str]:
    places = [
        (m.start(), m.end(), _numbers(m.group(1) or m.group(2))) for m in _REFERENCE.finditer(text)
    ]
    others = [(m.start(), m.end(), [OTHERS]) for m in _OTHERS.finditer(text)]
    if not places:
        return {}
    cuts = sorted([*places, *others])
    found: dict[str, str] = {}
    ends = [*(start for start, _, _ in cuts[1:]), len(text)]
    for (_, begin, numbers), end in zip(cuts, ends, strict=True):
        said = text[begin:end].strip("；;，,。、 \n")
        for number in numbers:
            found[number] = f"{found[number]}，{said}" if number in found else said
    return found


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
