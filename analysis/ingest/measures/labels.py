"""What a label says: a label of a text, a header of a column and a heading are of one grammar.

A label is a head (单位, 时限, 措施 …) with words in front that say more of it. Its role is what
stands behind it in a plan, whatever ledger the plan ends in.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from analysis.ingest.measures.folding import folded, without_blanks
from analysis.ledgers.grammar import UNKNOWN, sentence_of
from analysis.ledgers.labels import LABELS, Role

#: Roles that a measure takes from what stands around it.
FIELDS = frozenset(
    {Role.LEAD, Role.SUPPORT, Role.PERSON, Role.LEADER, Role.DUE, Role.KIND, Role.OVERSEER}
)

_OF_ALL = re.compile(
    r"^(?:以上|上述|前述)(?:所有|全部|各项|各)?(?:整改|重点)?(?:任务|措施|工作|事项|问题|内容)?的?"
)
#: What joins two labels in one; the first says what stands there.
_JOINED = re.compile(r"及其?|和|与|、|暨|/|或")
#: What an unknown word in front may tell: whose check it was (审计查出问题, 巡视指出问题).
_FOUND_BY = frozenset({"FIND", "REPORT", "INSPECT", "FEEDBACK"})
#: What may stand behind any other in one label: «整改措施及责任分工», «责任单位及责任人».
_ADDED = FIELDS | {Role.GOAL, Role.PROGRESS, Role.MANIFESTATION, Role.CONTEXT}
_NUMBERED = re.compile(
    r"^(.*?)[(\[]?(?:第)?(\d{1,3}(?:[-.]\d{1,2})*|[一二三四五六七八九十]{1,3}|"
    r"[①-⑳])[)\]]?(?:条|项)?$"
)
#: A remark in brackets behind a label: 责任单位（盖章）, 牵头单位(分管负责人).
_REMARK = re.compile(r"[(\[][^()\[\]]*[)\]]$")
#: A label longer than this is a sentence.
LONGEST = 16


@dataclass(frozen=True, slots=True)
class Label:
    """A label: its role, its words, the number behind it (3 of «表现形式3»).

    ``is_of_all`` says that it speaks of all that stands above: «以上任务牵头单位».
    """

    role: Role
    text: str
    number: str = ""
    is_of_all: bool = False


@lru_cache(maxsize=20_000)
def label_of(text: str) -> Label | None:
    """What a text says as a label; None where it is none."""
    plain = without_blanks(folded(text)).strip("[]<>《》“”\"':*.、。-—●◆■")
    plain = plain.translate(_PLAIN_DASHES)
    if not plain or len(plain) > LONGEST + 12:
        return None
    if found := _bare(plain):
        return Label(found, plain)
    if (above := _OF_ALL.match(plain)) and (found := _bare(plain[above.end() :])):
        return Label(found, plain[above.end() :], is_of_all=True)
    if remark := _REMARK.search(plain):
        bare = plain[: remark.start()]
        if found := _bare(bare):
            number = _NUMBERED.match(plain)
            return Label(found, bare, number[2] if number and number[1] == bare else "")
    if (match := _NUMBERED.match(plain)) and match[1] and (found := _bare(match[1].rstrip(":"))):
        return Label(found, match[1], match[2])
    if (within := _WITHIN.sub("", plain)) != plain and (found := _bare(within)):
        return Label(found, within)
    return None


#: «牵头(责任)单位», «完成(整改)时限»: the other word for the same.
_WITHIN = re.compile(r"(?<=[\u4e00-\u9fff])\([\u4e00-\u9fff]{2,4}\)(?=[\u4e00-\u9fff])")


_PLAIN_DASHES = str.maketrans("—–－", "---")
#: Whose leader it is: 局分管领导, 县包联领导.
_LEVEL = re.compile(
    r"^(?:[省市县区乡镇局委厅院校办]|街道|党组|党委|班子|本?单位)(?=(?:分管|主管|包|责任|牵头|联系|挂|负责).*(?:领导|负责人)$)"
)


#: What stands in front of measures with a colon, though as a word it says little.
_ALONE = frozenset({"整改", "整治", "办理"})


def _bare(text: str) -> Role | None:
    text = _LEVEL.sub("", text)
    if not text or len(text) > LONGEST:
        return None
    if text in _ALONE:
        return Role.MEASURE
    if (joint := _JOINED.search(text)) and (first := _said(text[: joint.start()])):
        second = _said(text[joint.end() :])
        if second and first is not Role.CONTEXT:
            # «问题及整改措施» heads a chapter of both, and is the label of neither.
            return first if second in _ADDED or second is first else None
    return _said(text)


def _said(text: str) -> Role | None:
    """The role that a label's words say most surely."""
    sentence = sentence_of(text)
    roles: Collection[Role] = LABELS
    if sentence and sentence[0] is UNKNOWN:
        is_found = any(word & _FOUND_BY for word in sentence[1:-1])
        sentence, roles = sentence[1:], [Role.PROBLEM] if is_found else []
    if not sentence or not roles:
        return None
    weights = {
        role: max((each.weight for each in LABELS[role] if each.fits(sentence)), default=0.0)
        for role in roles
    }
    likeliest = max(weights, key=lambda role: weights[role])
    return likeliest if weights[likeliest] else None


def role_of(text: str) -> Role | None:
    """The role of a label; None where it is none."""
    label = label_of(text)
    return label.role if label else None
