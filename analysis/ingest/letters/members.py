"""What a notice says of the member units: one that is called otherwise from now on, one that joins
and from which half month on it reports.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

_OF_MEMBERS = re.compile(r"成员单位|专班(?:成员|组成)|单位(?:名称|更名)|更名|机构改革")
_NAME = r"[\u3400-\u9fff()（）]{2,30}?"
_ORGAN = re.compile(
    r"(?:局|委|委员会|办|办公室|办事处|大队|支队|中心|公司|政府|街道|镇|乡|管委会|联合会|院|队)$"
)
_RENAMED = re.compile(
    rf"(?:^|[,，;；:：、]|起|将|由|原)[“\"]?(?P<old>{_NAME})[”\"]?(?:正式|统一)?(?:更名|改称|改名)为?"
    rf"[“\"]?(?P<new>{_NAME})[”\"]?(?=[,，。;；(（]|$)"
)
_JOINS = re.compile(
    r"(?:增补|增加|新增|吸收|补充)(?P<units>[\u3400-\u9fff、]{2,60}?)(?:[(（](?P<note>[^()（）]*)[)）])?(?:为|作为)[^,，。;；]{0,14}?成员单位"
)
_LEAVES = re.compile(
    r"(?:不再(?:作为|列为|担任)|调出|退出|移出)[^,，。;；]{0,14}?成员单位|成员单位[^,，。;；]{0,6}(?:退出|调出)|不再报送半月报"
)
_SINCE = re.compile(
    r"自(?:(?P<year>20\d{2})年)?(?P<month>\d{1,2})月(?:份)?(?P<half>上半月|下半月)?(?:(?P<day>\d{1,2})日)?起[^。;；]{0,10}?报"
)
_SHORT = re.compile(r"(?:简称|以下称)[“\"]?(?P<short>[\u3400-\u9fff]{2,16})")
_IN_BRACKETS = re.compile(r"^[(（]([^()（）]*)[)）]")
_LIAISON = re.compile(r"联络员[:：为]?(?P<name>[\u3400-\u9fff]{2,4})")
_IF = re.compile("拟|建议|可否|是否|原则|如|若|待")


@dataclass(frozen=True, slots=True)
class Member:
    """A line of the register of units; ``former`` is what the unit was called before."""

    unit: str
    former: str = ""
    short: str = ""
    liaison: str = ""
    has_to_report: bool | None = None
    owes_from: date | None = None


def is_of_members(title: str) -> bool:
    """Whether a notice is of the units that are members."""
    return bool(_OF_MEMBERS.search(title))


def members_in(sentence: str, signed_on: date) -> Iterator[Member]:
    """The units that a sentence of such a notice renames or lets join."""
    if _IF.search(sentence.split("(")[0]):
        return
    for match in _RENAMED.finditer(sentence):
        old, new = match["old"].removeprefix("原"), match["new"]
        if _ORGAN.search(old) and _ORGAN.search(new):
            bracket = _found(_IN_BRACKETS, sentence[match.end() :])
            yield Member(new, former=old, short=_found(_SHORT, bracket))
    for match in _JOINS.finditer(sentence):
        units = [each for each in match["units"].split("、") if _ORGAN.search(each)]
        member = Member(
            "", has_to_report=True if _SINCE.search(sentence) else None,
            owes_from=_since(sentence, signed_on),
        )  # fmt: skip
        note = match["note"] or ""
        if len(units) == 1 and note:
            member = replace(member, short=_found(_SHORT, note), liaison=_found(_LIAISON, note))
        yield from (replace(member, unit=unit) for unit in units)


def takes_off(sentence: str) -> bool:
    """Whether a sentence takes a unit off the list, which only a new list says for sure."""
    return bool(_LEAVES.search(sentence))


def _since(sentence: str, signed_on: date) -> date | None:
    match = _SINCE.search(sentence)
    if match is None:
        return None
    month = int(match["month"])
    year = int(match["year"] or signed_on.year + (month + 6 < signed_on.month))
    day = int(match["day"] or (16 if match["half"] == "下半月" else 1))
    try:
        return date(year, month, 16 if day > 15 else 1)
    except ValueError:
        return None


def _found(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match[1] if match else ""
