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
#: Behind which a line may end, the best first.
_STOPS = "；，、"
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
    return f"{words[: _fitting(words, width - size, size)].rstrip()}…"


def wrapped(words: str, width: float, size: int = tokens.SIZES["note"]) -> list[str]:
    """Words in as many lines as they need, none left out; a line ends behind a stop, if it can."""
    lines, rest = [], words
    while (most := max(_fitting(rest, width, size), 1)) < len(rest):
        stops = (rest.rfind(sign, 0, most) + 1 for sign in _STOPS)
        end = next((stop for stop in stops if stop), most)
        lines.append(rest[:end])
        rest = rest[end:]
    return [*lines, rest] if rest else lines


def _fitting(words: str, width: float, size: int) -> int:
    """How many signs from the first on take no more than so many pixels."""
    for n, each in enumerate(words):
        width -= text_width(each, size)
        if width < 0:
            return n
    return len(words)


def on_paper(svg: str) -> str:
    """A drawing for a file: every colour and size by the value that it has on light paper."""
    values = {name: both.light for name, both in tokens.properties()}
    values |= {f"size-{name}": f"{size}px" for name, size in tokens.SIZES.items()}
    values["yanpan-font"] = tokens.FONT.replace('"', "'")
    return _VARIABLE.sub(lambda found: values[found.group(1)], svg)
