"""Brackets behind a measure that say who answers and by when: «（甲局牵头，6月底前）»."""

import re

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
from analysis.ledgers.labels import Role

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
    if all(is_unit_list(each) or is_due(each) for each in parts):
        for each in parts:
            said.add(Role.DUE if is_due(each) else Role.LEAD, each)
    return said
