"""A cell of names → each name: one rule for the risk model, the draw, the roster and the rights.

Signs separate («张某、李某»). A blank separates two names where one of them has Chinese in it
(«张某 李某», «检查员1 检查员2»): Chinese names are written without blanks. It belongs to the name
between two words without («John Smith»). After a single Chinese character, which is no name, it
only pads one («张　某»), and falls away: surname first, so the character joins what follows it.
«等» and «等3人» behind names are no name.
"""

import re
from typing import Any

#: Signs that stand between two names, whoever is named.
SIGNS = r"[、，,;；。/／|｜\r\n\t]"
_BETWEEN = re.compile(rf"{SIGNS}+")
#: Chinese characters with 〇 and the dots of minority names («阿不都·买买提»).
_CHINESE = re.compile("[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff·•‧・]+")


#: Surnames of two characters, which a name of one may follow behind a blank («欧阳 某»).
LONG_SURNAMES = frozenset({
    "欧阳", "上官", "司马", "司徒", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "夏侯",
    "长孙", "宇文", "端木", "独孤", "南宫", "呼延", "轩辕", "澹台",
})  # fmt: skip
_AND_OTHERS = re.compile(r"等(\d*人)?$")


def names_of(text: Any) -> tuple[str, ...]:
    """«张某、李某» → each name once, in order; no names for what is no text."""
    if not isinstance(text, str):
        return ()
    return tuple(dict.fromkeys(name for part in _BETWEEN.split(text) for name in _parted(part)))


def _parted(part: str) -> list[str]:
    """The names between two signs."""
    names: list[str] = []
    for word in _AND_OTHERS.sub("", part.strip()).split():
        before = names[-1] if names else ""
        is_padded = _is_one_character(before) and _CHINESE.fullmatch(word)
        if is_padded or (before in LONG_SURNAMES and _is_one_character(word)):
            names[-1] += word
        elif names and not _CHINESE.search(before) and not _CHINESE.search(word):
            names[-1] += f" {word}"
        else:
            names.append(word)
    return names


def _is_one_character(name: str) -> bool:
    return len(name) == 1 and _CHINESE.fullmatch(name) is not None
