"""Papers in which whoever presses a matter answers for it: «督办责任单位：甲镇人民政府».

Where a paper names units in charge besides, 责任单位 or 牵头单位, the one that presses stays apart.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from analysis.ingest.measures.folding import folded
from analysis.ingest.measures.labels import role_of
from analysis.ingest.plan.text.paragraphs import Paragraph
from analysis.ledgers.labels import Role

_PRESSES = re.compile(
    r"(?<![\u3400-\u9fff])(?:挂牌|跟踪|包案|专项)?督[办导](?=(?:责任|牵头)(?:单位|部门|科室|人|领导)\s*[:：\]】])"
)
_LABEL = re.compile(r"(?<![\u3400-\u9fff])([\u3400-\u9fff]{2,10})\s*[:：\]】]")


def with_overseers_in_charge(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs, 督办责任单位 as 责任单位 and 督办责任人 as 责任人 where nobody else leads."""
    if not any(_PRESSES.search(each.text) for each in paragraphs):
        return list(paragraphs)
    labels = {match[1] for each in paragraphs for match in _LABEL.finditer(folded(each.text))}
    if any(role_of(label) is Role.LEAD for label in labels):
        return list(paragraphs)
    return [replace(each, text=_PRESSES.sub("", each.text)) for each in paragraphs]
