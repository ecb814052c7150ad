"""A cell of units → who leads and who supports: one rule for every ledger and for the plan.

A unit's name ends with what kind of body it is (局, 大队, 街道 …). So a blank or a 和 parts two
units where a whole name stands on either side, and belongs to the name elsewhere: «发展和改革局»
is one unit, «县公安局和县消防大队» are two. Signs part as they part all names.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.wording.names import SIGNS

#: What the name of a body ends with.
BODY = (
    "局|厅|委|委员会|部|办|办公室|中心|大队|支队|中队|公司|集团|银行|支行|分行|院|校|大学|中学|小学|"
    "幼儿园|乡|镇|街道|办事处|村|社区|委会|政府|党工委|站|所|馆|会|社|台|场|矿|园|专班|小组|股|科|处|"
    "景区|酒店|单位|部门|企业"
)
_TOWNSHIP, _VILLAGE = re.compile(r"(?:乡|镇|街道)$"), re.compile(r"^.*?(?:村|社区)$")
#: «区» in «各县（区）» names a kind of places, as «市、区» does, and no person.
_PLACES = "(?:[县区市州]、?)+"
_WHOLE = re.compile(
    rf".+(?:{BODY})(?:[（(][^（）()]*[）)])?$|(?:.*直)?各[县区市州](?:[（(]{_PLACES}[)）])?$"
)
#: «政府» behind «甲镇党委、»: the other half of one township.
_HALF = re.compile(r"(?:人民)?政府|党委|党工委|管委会")
#: What a unit has to do with a matter, by rank: it leads, it answers, it supports; who oversees
#: has no part in it.
_ROLES = (
    ("牵头", "主责", "主办", "主抓"),
    ("责任", "承办", "负责", "落实", "整改"),
    ("配合", "协办", "协助", "协同", "参与", "参加", "会办"),
    ("督办", "督导", "监督", "督促", "验收", "包保"),
)
_RANK = {word: rank for rank, words in enumerate(_ROLES) for word in words}
_ANSWERS, _SUPPORTS, _OVERSEES = 1, 2, 3
_ROLE = "|".join(_RANK)
#: «牵头单位：» in front of those who lead; without a colon at the beginning of a piece alone.
_LABEL = re.compile(
    rf"({_ROLE})(?:单位|部门|科室)?[:：]|(?:^|(?<={SIGNS}))({_ROLE})(?:单位|部门|科室)(?=..)"
)
#: «县公安局（配合单位）», and «县公安局牵头» where the rest is a whole name.
_IN_BRACKETS = re.compile(rf"(.+)[（(](?:为)?({_ROLE})(?:单位|部门)?[）)]")
#: A bracket that names others with their part: «甲局（配合单位：乙局、丙局）», «甲局（乙股配合）».
_LABEL_INSIDE = re.compile(rf"(?<=.)[（(]({_ROLE})(?:单位|部门|科室)?[:：]([^（）()]+)[）)]$")
_ROLE_INSIDE = re.compile(r"(?<=.)[（(]([^（）()]{2,})(配合|协办|协助|参与)[）)]$")
_BEHIND = re.compile(
    rf"(?:由)?(.+?)(?:按(?:照)?(?:各自)?职责(?:分工)?)?(?:共同|联合|分别|具体)?({_ROLE})"
)
_SIGN = re.compile(rf"{SIGNS}+(?![^（(]*[）)])")
_AND = re.compile(r"以及|会同|联合|和|与|及")
_AND_OTHERS = re.compile(
    r"(?<=.)(等(?:[\d一二三四五六七八九十两]+)?[个家]?(?:有关|相关|成员)*(?:单位|部门|乡镇)?)$"
)
_BRACKET = re.compile(r"(.+?)\s*[（(]([^（）()]*)[）)]")
#: What stands in brackets behind a unit and is no person: the form's own placeholder, a stamp.
_NOBODY = frozenset({
    "分管负责人", "负责人", "主要负责人", "姓名", "盖章", "公章", "签章", "章", "加盖公章",
})  # fmt: skip


#: Firms and places of business, and the parts into which a body is divided.
_FIRM = (
    "公司|集团|厂|店|酒楼|宾馆|客栈|民宿|农家乐|剧院|剧场|影院|影城|网吧|旅行社|合作社|超市|商场|"
    "景区|度假村|山庄|营地|乐园|会所|KTV|经营户|业主|物业"
)
_PART = "(?<!宣传)(?<!组织)(?<!统战)(?<!武装)(?<!人武)部|[科股室]|(?<=[\u4e00-\u9fff]{2})班组?"
_NO_OFFICE = re.compile(rf"(?:{_FIRM}|{_PART})(?:[（(][^（）()]*[）)])?$", re.IGNORECASE)
_OFFICE_ROOM = re.compile(r"办公室$")
#: How the names of bodies end that answer for what they have to mend; of any other the roster says.
_OFFICE = re.compile(
    r"(?:局|厅|委|委员会|政府|街道|街道办|办事处|[镇乡]|支队|大队|总队|专班|指挥部|领导小组|办公室|"
    r"办|党工委|管委会|管理处|法院|检察院|武装部|人武部|宣传部|组织部|统战部|派出所|司法所|工会|团委|"
    r"妇联|联合会)(?:[（(][^（）()]*[）)])?$"
)


@dataclass(frozen=True, slots=True)
class Units:
    """What a cell says: the unit that leads, its person, those that support it.

    ``is_several`` tells that it names more than one, in whatever part.
    """

    lead: str
    person: str | None = None
    supporters: tuple[str, ...] = ()
    is_several: bool = False


def is_no_office(text: str) -> bool:
    """Whether a name is of a firm, or of a part of a body: who has to do the work, and no unit that
    answers for it: «某某酒店有限公司», «工程部».
    """
    return bool(_NO_OFFICE.search(text)) and not _OFFICE_ROOM.search(text)


def is_office(text: str) -> bool:
    """Whether a name is of a kind of body that answers to the office for itself."""
    return bool(_OFFICE.search(text))


def units_of(text: str) -> Units:
    """«牵头：甲局 配合：乙局、丙局» → 甲局, supported by 乙局 and 丙局."""
    ranked = [
        _rank(piece, role)
        for role, body in _labelled(_opened(without_blanks(text)))
        for piece in _pieces(body)
    ]
    if not ranked:
        return Units(without_blanks(text))
    first = min(ranked, key=lambda pair: pair[0])[1]
    others = sorted(
        ((rank, name) for rank, name in ranked if name != first and rank < _OVERSEES),
        key=lambda pair: pair[0],
    )
    lead, person = unit_and_person(first)
    names = tuple(dict.fromkeys(name for _, name in others))
    return Units(lead, person, names, is_several=len(ranked) > 1)


def _opened(text: str) -> str:
    """«甲局（配合：乙股）» and «甲局（乙股配合）» with what is in brackets behind a label."""
    text = _LABEL_INSIDE.sub(r"、\1：\2", text)
    return _ROLE_INSIDE.sub(lambda m: f"、{m[2]}：{m[1]}" if is_whole(m[1]) else m[0], text)


def unit_and_person(text: str) -> tuple[str, str | None]:
    """«单位（负责人）» → unit and person; no person is a placeholder or a second name plate."""
    match = _BRACKET.fullmatch(text)
    if not match:
        return text, None
    unit, said = match.group(1), re.sub(r"\s", "", match.group(2))
    if is_whole(said) or re.fullmatch(rf"{BODY}|{_PLACES}", said):
        return text, None
    return unit, None if said in _NOBODY else said or None


def without_blanks(text: str) -> str:
    """A cell of units without blanks: where one parts two whole names, a sign stands for it."""
    joined, *more = text.split() or [""]
    for part in more:
        last = _SIGN.split(joined)[-1]
        joined += f"、{part}" if is_whole(last) and is_whole(_SIGN.split(part)[0]) else part
    return joined


def is_whole(name: str) -> bool:
    """Whether a text ends as the name of a body does, its role apart."""
    behind = _BEHIND.fullmatch(name)
    return bool(_WHOLE.fullmatch(behind.group(1) if behind else name))


def _labelled(text: str) -> Iterator[tuple[str, str]]:
    """The parts of a cell, each with the role that stands in front of it."""
    role, start = "", 0
    for match in _LABEL.finditer(text):
        yield role, text[start : match.start()]
        role, start = match.group(1) or match.group(2), match.end()
    yield role, text[start:]


def _rank(piece: str, role: str) -> tuple[int, str]:
    """How near a unit is to leading, and its name without the word that says so."""
    for pattern in (_IN_BRACKETS, _BEHIND):
        match = pattern.fullmatch(piece)
        if match and (pattern is _IN_BRACKETS or _WHOLE.fullmatch(match.group(1))):
            return _RANK[match.group(2)], match.group(1)
    return _RANK.get(role, _SUPPORTS if piece.startswith("等") else _ANSWERS), piece


def _pieces(body: str) -> list[str]:
    """The units that stand under one role."""
    pieces: list[str] = []
    for part in _SIGN.split(body):
        if pieces and _HALF.fullmatch(part):
            pieces[-1] += part
        elif part:
            name, others = _and_others(part)
            pieces += [*_parted(name), *others]
    return _one_name(pieces)


def _and_others(part: str) -> tuple[str, list[str]]:
    """«甲局等5个部门» → 甲局, and who is not named."""
    match = _AND_OTHERS.search(part)
    if match and is_whole(part[: match.start()]):
        return part[: match.start()], [match.group(1)] if len(match.group(1)) > 1 else []
    return part, []


def _parted(part: str) -> list[str]:
    """The units between two signs, parted at a 和 that stands between whole names."""
    for match in _AND.finditer(part):
        before, after = part[: match.start()], part[match.end() :]
        is_village = _TOWNSHIP.search(before) and _VILLAGE.search(after)  # «甲镇和平社区»
        if is_whole(before) and is_whole(after) and not is_village:
            return [before, *_parted(after)]
    return [part]


def _one_name(pieces: Sequence[str]) -> list[str]:
    """«文化、广电和旅游局»: signs within one name, of which the last part alone is whole."""
    *leading, last = pieces or [""]
    if leading and not any(map(is_whole, leading)) and re.search(r"..[和与及]..", last):
        return ["、".join(pieces)]
    return list(pieces)
