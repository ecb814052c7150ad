"""What a cell says of how somebody went about rectification: 拒不整改, 推诿, 虚假整改.

Only what is said to have happened: «未发现虚假整改» and «对拒不整改的依法查处» say no such thing.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import pandas as pd


class Conduct(NamedTuple):
    """A code of ``CONDUCT``, and the clause that says so."""

    code: str
    words: str


_SAID = {
    "refused": r"拒不(?:整改|改正|执行|配合|落实|接受|履行|停业|停产|停用)|"
    r"拒绝(?:整改|改正|配合|执行|接受检查|检查)|拒改|抗拒(?:执法|检查|整改)|拒签整改",
    "shirked": r"推诿|推委|扯皮|推卸责任|推脱|互相推|相互推|踢皮球",
    "faked": r"(?:虚假|造假|作假|假)(?:整改|销号|验收|完成|报送|填报|闭环)|弄虚作假|整改[造作]假|"
    r"(?:虚报|谎报|假报)(?:整改|完成|销号|进度)|(?:伪造|编造|套用|盗用)(?:整改|照片|材料|记录|台账|资料)|"
    r"(?:照片|材料|记录|资料|台账)(?:造假|作假|系伪造|是假的)",
}
_PATTERN = re.compile("|".join(f"(?P<{code}>{words})" for code, words in _SAID.items()))
#: Before the words, in the same clause: that it is not so, or that it must not be.
_DENIED = re.compile(
    r"未|没有|无|不存在|并非|不是|不曾|否认|杜绝|严禁|禁止|防止|避免|不得|严防|谨防|防范|不搞|不许|不准|不能|不再|"
    r"如有|如果|若|凡|一旦|对于|对(?!方)|是否|有无|纠治|整治|坚决反对|查处"
)
#: Behind them: that it is spoken of in general.
_IN_GENERAL = re.compile(
    r"^(?:的(?!情况|行为|情形|问题|现象|事实|嫌疑)|等?(?:现象|行为|问题)?(?:依法|一律|将|的话)|者)"
)
_CLAUSE = re.compile(r'[^,，。;；!！?？\n"“”{}]+')
#: A text without any of these says nothing of it: nearly all are done with at this.
_HINT = re.compile("[拒推扯踢假伪编套盗谎虚]")
LONGEST_WORDS = 60
#: Where a ledger says how rectification goes on, the surest first.
TOLD_IN = ("status_text", "progress", "extra")


def with_conduct(versions: pd.DataFrame) -> pd.DataFrame:
    """Versions of items with ``conduct``, where one of their texts tells of any, and its words.

    Told once for each version, so that no question has to read the texts again.
    """
    found: list[Conduct | None] = [None] * len(versions)
    for name in TOLD_IN:
        if name in versions:
            texts = versions[name].tolist()
            found = [
                before or (conduct_in(text) if isinstance(text, str) else None)
                for before, text in zip(found, texts, strict=True)
            ]
    codes, words = ([each and each[n] for each in found] for n in (0, 1))
    return versions.assign(
        conduct=pd.Series(codes, index=versions.index, dtype=object),
        conduct_words=pd.Series(words, index=versions.index, dtype=object),
    )


@lru_cache(maxsize=20_000)
def conduct_in(text: str) -> Conduct | None:
    """The first thing of the kind that a text says, with the clause in which it stands."""
    return next(_conducts(text), None) if _HINT.search(text) else None


def _conducts(text: str) -> Iterator[Conduct]:
    for clause in _CLAUSE.findall(text):
        for match in _PATTERN.finditer(clause):
            before, behind = clause[: match.start()], clause[match.end() :]
            if not _DENIED.search(before) and not _IN_GENERAL.search(behind):
                words = clause.strip()
                if len(words) > LONGEST_WORDS:
                    start = max(0, match.start() - LONGEST_WORDS // 2)
                    words = clause[start : start + LONGEST_WORDS].strip()
                yield Conduct(str(match.lastgroup), words)
