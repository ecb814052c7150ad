"""Brackets behind a measure that say who answers and by when: «（甲局牵头，6月底前）»."""

import re
from collections.abc import Iterator, Sequence

from analysis.ingest.measures.folding import folded
from analysis.ingest.measures.responsibility import (
    LEADING,
    SUPPORTING,
    fields_of,
    is_due,
    is_unit_list,
    sentence,
)
from analysis.ingest.measures.segments import Said, brackets, segments
from analysis.ledgers.codes import RECT_TYPE
from analysis.ledgers.labels import Role
from analysis.wording.persons.nobody import names_person
from analysis.wording.persons.titles import TITLES
from analysis.wording.units import is_whole

#: What may stand behind the last bracket of a measure.
_TAIL = re.compile(r"[\s。；;.,，、]*$")

#: «…加装护栏。——甲局，8月底前»: a dash in the place of brackets.
_DASHED = re.compile(r"\s*(?:—{2}|―{2}|-{2,3}|－{2})\s*([^—―\n]{2,80}?)[。；;\s]*$")
#: «…——县城管局、景区管委会——6月20日前»: who and when behind a dash each.
_DASHED_TWICE = re.compile(
    r"\s*(?:—{2}|―{2}|-{2,3}|－{2})\s*([^—―\n]{2,60}?)\s*(?:—{2}|―{2}|-{2,3}|－{2})\s*([^—―\n]{2,40}?)[。；;\s]*$"
)


def tails(text: str) -> tuple[str, Said]:
    """A measure's text without the brackets that say who and by when, and what they say."""
    said = Said()
    if (twice := _DASHED_TWICE.search(text)) and (
        found := bracket(f"{twice[1]}，{twice[2]}", is_tail=True)
    ):
        said.update(found)
        text = text[: twice.start()].rstrip()
    if (dashed := _DASHED.search(text)) and (found := bracket(dashed[1], is_tail=True)):
        said.update(found)
        text = text[: dashed.start()].rstrip()
    plain = folded(text)
    cut: list[tuple[int, int]] = []
    for start, end in brackets(plain):
        inner = text[start + 1 : end - 1]
        is_last = bool(_TAIL.match(plain[end:])) or not plain[:start].strip()
        found = bracket(inner, is_tail=is_last)
        if found:
            said.update(found)
            cut.append((start, end))
    for start, end in reversed(cut):
        text = text[:start] + text[end:]
    return re.sub(r"([。；;])[。；;]+", r"\1", text).strip(), said


def bracket(inner: str, *, is_tail: bool) -> Said:
    """What a bracket says of who and when; nothing where it explains something else."""
    if labelled := fields_of(inner):
        front = next((each.text for each in segments(inner) if each.label is None), "")
        labelled.update(_named(front))  # «（甲局；责任人：某甲）»
        if re.search(f"{LEADING}|{SUPPORTING}", front):
            labelled.update(sentence(front, in_brackets=True))  # «（甲局负责，责任人：某甲）»
        return labelled
    plain = folded(inner).strip()
    if len(plain) > 160:
        return Said()
    if re.search(f"{LEADING}|{SUPPORTING}", plain):
        return sentence(inner, in_brackets=True)
    return _named(inner) if is_tail else Said()


def _named(text: str) -> Said:
    """Units and a day without a word of what they have to do; nothing where more is said."""
    said = Said()
    parts = [each for each in re.split(r"[,，;；。\s]+", text) if each]
    roles = [_role_of(each, parts[n - 1] if n else "") for n, each in enumerate(parts)]
    if any(role is Role.DUE and each not in RECT_TYPE.words for each, role in _pairs(parts, roles)):
        # «（立行立改，10月3日前）»: the day is the deadline
        roles = [
            Role.KIND if each in RECT_TYPE.words else role for each, role in _pairs(parts, roles)
        ]
    if {Role.DUE, Role.PERSON} & set(roles):  # beside these a place of business is a unit as well
        roles = [
            role or (Role.LEAD if is_whole(each) else None) for each, role in _pairs(parts, roles)
        ]
    if all(roles) and {Role.LEAD, Role.DUE} & set(roles):
        for each, role in _pairs(parts, roles):
            if role and role is not Role.CONTEXT:
                said.add(role, each)
            if each in RECT_TYPE.words:  # beside a day in the measure's own words it is its kind
                said.add(Role.KIND, each)
    return said


def _pairs(parts: Sequence[str], roles: Sequence[Role | None]) -> Iterator[tuple[str, Role | None]]:
    return zip(parts, roles, strict=True)


def _role_of(part: str, before: str) -> Role | None:
    """What a part of a bracket without labels is: a day, a unit, a post, who holds it."""
    if is_due(part):
        return Role.DUE
    if TITLES.fullmatch(part):
        return Role.CONTEXT  # a post, with the name behind it
    if names_person(part) and (_SOMEBODY.fullmatch(part) or TITLES.fullmatch(before)):
        return Role.PERSON
    return Role.LEAD if is_unit_list(part) else None


#: A person whose given name is left out.
_SOMEBODY = re.compile(r"[\u3400-\u9fff]{1,2}某{1,2}")
