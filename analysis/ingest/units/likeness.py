"""Whether two names may be of one unit: what a person has to say."""

import re
from functools import lru_cache

from analysis.ingest.units.facts import SHORT_FORMS, SUCCESSORS
from analysis.ingest.units.names import REMEMBERED, Name, stem_of, unjoined
from analysis.wording.units import BODY, is_whole

_TOWNSHIP = re.compile(r"(.+)(?:乡|镇|街道)")
_DEPARTMENT = re.compile(r"(.+?)(?:局|厅|委|委员会)")
#: Endings that a ledger leaves out: «教育», «蔡家崖».
_ENDINGS = ("局", "委", "办", "部", "中心", "大队", "乡", "镇", "街道")
_SUCCESSORS = frozenset(frozenset(map(stem_of, pair)) for pair in SUCCESSORS)
#: Words that say nothing of a field of work.
_GENERAL = frozenset({"管理", "事务", "服务", "监督", "工作", "综合", "行政"})


def may_be_one(one: Name, other: Name) -> bool:
    """卫健委 and 卫体局, 教育局 and 教体局, 甲乡 and 甲镇: alike, and not the same."""
    if one.place != other.place:
        # whose city «市教育局» is of nobody has said
        return (
            one.stem == other.stem
            and "市" in {one.place, other.place}
            and one.place[-1:] == (other.place[-1:])
        )
    if one.stem == other.stem:
        return False
    if frozenset({one.stem, other.stem}) in _SUCCESSORS or _lacks_its_ending(one, other):
        return True
    towns = _TOWNSHIP.fullmatch(one.stem), _TOWNSHIP.fullmatch(other.stem)
    if all(towns):
        return towns[0].group(1) == towns[1].group(1)  # type: ignore[union-attr]
    first, second = _field_of_work(one.full), _field_of_work(other.full)
    if len(first) > 1 < len(second) and first[0] == second[0]:
        return True  # 教育科技局 and 教育体育局
    return bool(first and second) and (set(first) <= set(second) or set(second) <= set(first))


@lru_cache(maxsize=REMEMBERED)
def traits(name: Name) -> frozenset[str]:
    """What two names share at least if they may be one: so few pairs have to be looked at."""
    found = set(_field_of_work(name.full))
    found |= {"/".join(sorted(pair)) for pair in _SUCCESSORS if name.stem in pair}
    for text in (name.full, name.stem):
        found |= {text, *(text.removesuffix(end) for end in _ENDINGS if text.endswith(end))}
    return frozenset(each for each in found if len(each) > 1)


def _lacks_its_ending(one: Name, other: Name) -> bool:
    """«教育» beside 教育局."""
    for short, long in ((one, other), (other, one)):
        if is_whole(short.full) or re.fullmatch(BODY, short.full) or len(short.full) < 2:
            continue
        if any(f"{short.full}{ending}" in {long.full, long.stem} for ending in _ENDINGS):
            return True
    return False


@lru_cache(maxsize=REMEMBERED)
def _field_of_work(name: str) -> tuple[str, ...]:
    """The words of two characters of which a bureau's full name is made; none of other bodies."""
    full = next((full for full in SHORT_FORMS.get(name, ()) if len(full) > len(name)), name)
    match = _DEPARTMENT.fullmatch(unjoined(full))
    body = match.group(1) if match else ""
    words = (body[n : n + 2] for n in range(0, len(body), 2))
    return tuple(word for word in words if word not in _GENERAL)
