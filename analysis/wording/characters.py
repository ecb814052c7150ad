"""Which characters are text: what stands in a cell may be anything, what is shown may not.

Control characters move a terminal's cursor, and neither they nor the code points that Unicode keeps
from being characters may stand in an XML file, which every Word and Excel document is made of.
"""

import re
from contextlib import suppress

#: Control characters but for tab and line ends; halves of surrogate pairs; the 66 non-characters
#: (U+FDD0–U+FDEF and the last two of each plane).
_NO_TEXT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane * 0x10000 + last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "]"
)


#: What a terminal would obey, whole: colours and moves of the cursor, titles of its window. A bare
#: escape takes nothing with it, since what follows may be text.
_COMMAND = re.compile(
    "(?:\x1b\\[|\x9b)[0-?]{0,40}[ -/]{0,4}[@-~]|\x1b\\][^\x07\x1b]{0,1000}(?:\x07|\x1b\\\\)"
)
#: What is not seen and says nothing: blanks of no width, marks of order and soft hyphens, which
#: programs leave behind when text is pasted. A word with one in it is the same word. The joiner
#: stays within a picture that it joins.
_UNSEEN = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u2060-\u2064\ufeff]"
    "|(?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d"
)
#: What turns the order of what is seen: the text is another one than a person has read.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")

#: How Excel keeps a non-character in a cell; those who read cells decode its other escapes.
_ESCAPED = re.compile("_xFFF([EF])_")


def is_text(text: str) -> bool:
    """Whether a text is plainly nothing but text, which is much faster to see than what is not."""
    return text.isprintable() and "_xFFF" not in text


def without_odd(text: str) -> str:
    """The text without the characters that are none, and without those that nobody sees."""
    if is_text(text):
        return text
    text = _TURNING.sub("", _UNSEEN.sub("", _COMMAND.sub("", text)))
    return _NO_TEXT.sub("", _ESCAPED.sub("", text))


def for_terminal(text: str) -> str:
    """The text as a terminal may be given it: nothing of it is obeyed, no line goes over another.

    The one guard of everything that a command prints, for whoever reads it through a pipe too.
    """
    return without_odd(text).replace("\r\n", "\n").replace("\r", "\n")


def escaped(json: str) -> str:
    """A JSON text with what is no text as ``\\u001b``: a program reads back what there was."""
    if is_text(json):
        return json
    return _TURNING.sub(_as_escape, _NO_TEXT.sub(_as_escape, json))


def _as_escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x10000:
        return f"\\u{code:04x}"
    high, low = divmod(code - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"


def odd_in(text: str) -> list[str]:
    """The characters of a text that are none, each once, as «U+FFFE», and those that turn it.

    What is merely not seen is taken out without a word: it changes nothing for a reader.
    """
    if is_text(text):
        return []
    text = _ESCAPED.sub(lambda match: chr(0xFFF0 + int(match[1], 16)), text)
    found = _NO_TEXT.findall(text) + _TURNING.findall(text)
    return [f"U+{ord(char):04X}" for char in dict.fromkeys(found)]


#: So much of a text stands in a sentence of ours.
_MOST_CITED = 120
_INNER = str.maketrans('“”„‟"＂', "‘’‘’'＇")


def within_marks(text: object, most: int = _MOST_CITED) -> str:
    """What somebody wrote as it stands between quotation marks of ours: it closes none of them."""
    said = " ".join(str(text).split()).translate(_INNER)
    return said if len(said) <= most else f"{said[: most - 1]}…"


def cited(text: object) -> str:
    """What somebody wrote, in quotation marks that end where his words end: what stands within
    them is his, what stands outside is ours.
    """
    return f"“{within_marks(text)}”"


def file_name(name: str) -> str:
    """A name or path of a file as it can be shown and kept; those that are text stay as they are.

    Bytes that are no UTF-8 are read as GB18030, in which older programs name files; what remains
    stands as «%1B».
    """
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        with suppress(UnicodeError):
            name = name.encode("utf-8", "surrogateescape").decode("gb18030")
    return _NO_TEXT.sub(lambda match: f"%{ord(match[0]):02X}", name)
