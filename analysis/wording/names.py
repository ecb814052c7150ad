"""A cell of names → each name: one rule for the risk model, the draw, the roster and the rights.

Signs separate («张某、李某»). A blank separates two names where one of them is Chinese («张某
李某»): Chinese names are written without blanks. It belongs to the name between two words that
are not Chinese («John Smith»). Beside a single Chinese character, which is no name, it only pads
one («张　某», «欧阳 某»), and falls away: surname first, so the character joins what follows it.
"""

import re
from typing import Any

_BETWEEN = re.compile(r"[、，,;；/／|｜\r\n\t]+")
#: Chinese characters with 〇 and the dots of minority names («阿不都·买买提»).
_CHINESE = re.compile("[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff·•‧・]+")


def names_of(text: Any) -> tuple[str, ...]:
    """«张某、李某» → each name once, in order; no names for what is no text."""
    if not isinstance(text, str):
        return ()
    return tuple(dict.fromkeys(name for part in _BETWEEN.split(text) for name in _parted(part)))


def _parted(part: str) -> list[str]:
    """The names between two signs."""
    names: list[str] = []
    for word in part.split():
        if names and _is_one_character(names[-1]) and _CHINESE.fullmatch(word):
            names[-1] += word
        elif names and not _CHINESE.fullmatch(names[-1]) and not _CHINESE.fullmatch(word):
            names[-1] += f" {word}"
        else:
            names.append(word)
    if len(names) > 1 and _is_one_character(names[-1]) and _CHINESE.fullmatch(names[-2]):
        names[-2:] = [names[-2] + names[-1]]
    return names


def _is_one_character(name: str) -> bool:
    return len(name) == 1 and _CHINESE.fullmatch(name) is not None
