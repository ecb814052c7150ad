"""What our own SVG is made of: text that is data, its width, colours by name and by value.

On a page a colour is the name of a token, so that one drawing is light and dark; in a file it is
the value that the token has on light paper.
"""

import re
from html import escape

from analysis.charts import tokens
from analysis.wording.characters import without_odd

#: Of the size of the type: a Chinese sign is square, a Latin letter or a digit about so wide.
_LATIN = 0.58
_VARIABLE = re.compile(r"var\(--([^)]+)\)")


def text(words: object) -> str:
    """Words as they may stand in SVG, between tags and in quotes: nothing of them is markup."""
    return escape(without_odd(str(words)))


def text_width(words: str, size: int = tokens.SIZES["note"]) -> float:
    """About how many pixels words of a size take."""
    return sum(size * (_LATIN if each.isascii() else 1) for each in words)


def cut(words: str, width: float, size: int = tokens.SIZES["note"]) -> str:
    """Words that fit into so many pixels, with «…» where some are left out."""
    if text_width(words, size) <= width:
        return words
    kept, room = "", width - size
    for each in words:
        room -= text_width(each, size)
        if room < 0:
            break
        kept += each
    return f"{kept.rstrip()}…"


def on_paper(svg: str) -> str:
    """A drawing for a file: every colour and size by the value that it has on light paper."""
    values = {name: both.light for name, both in tokens.properties()}
    values |= {f"size-{name}": f"{size}px" for name, size in tokens.SIZES.items()}
    values["yanpan-font"] = tokens.FONT.replace('"', "'")
    return _VARIABLE.sub(lambda found: values[found.group(1)], svg)
