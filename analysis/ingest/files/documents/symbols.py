"""Signs that Word keeps as a font and a code, or draws by a field → the characters that one sees.

A tick in a ledger is most often no character: it is code FE of Wingdings, a form's check box, or a
field that lays √ over □. Read without them, «☑已整改 □未整改» says both or neither.
"""

import re
from collections.abc import Mapping

TICKED, EMPTY_BOX, CROSSED = "☑", "□", "☒"
#: Stands for a sign of a symbol font that is not in the table, so that nobody takes it for none.
UNKNOWN_SIGN = "〓"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"
_NEGATIVE = "❶❷❸❹❺❻❼❽❾❿"

#: Font → code of a sign in it → the character.
SYMBOL_FONTS: Mapping[str, Mapping[int, str]] = {
    "wingdings": {
        0xFE: TICKED, 0xFD: CROSSED, 0xA8: EMPTY_BOX, 0x6F: EMPTY_BOX, 0x70: EMPTY_BOX,
        0x71: EMPTY_BOX, 0x72: EMPTY_BOX, 0xFC: "√", 0xFB: "×", 0x6E: "■", 0xA7: "▪", 0x6C: "●",
        0xA1: "○", 0x9F: "•", 0x75: "◆", 0x76: "❖", 0xAB: "★", 0xD8: "➢", 0xDF: "←", 0xE0: "→",
        0xE1: "↑", 0xE2: "↓", 0xE8: "→", 0xF0: "⇨", 0x28: "☎", 0x2A: "✉",
        **{0x81 + n: sign for n, sign in enumerate(_CIRCLED)},
        **{0x8C + n: sign for n, sign in enumerate(_NEGATIVE)},
    },
    "wingdings 2": {
        0x52: TICKED, 0x51: CROSSED, 0x53: CROSSED, 0x54: CROSSED, 0x50: "√", 0x4F: "×",
        0xA3: EMPTY_BOX, 0x2A: EMPTY_BOX, 0xA2: "■",
        **{0x6A + n: sign for n, sign in enumerate(_CIRCLED)},
        **{0x76 + n: sign for n, sign in enumerate(_NEGATIVE)},
    },
    "webdings": {0x61: "√", 0x72: "×", 0x63: EMPTY_BOX, 0x67: "■"},
    "symbol": {
        0xA3: "≤", 0xA5: "∞", 0xAE: "→", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "·",
        0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xD6: "√",
    },
}  # fmt: skip
#: Signs that answer a question; other bullets only adorn.
ANSWERS = frozenset({TICKED, EMPTY_BOX, CROSSED, "√", "×"})

#: 带圈字符: one sign laid over another, «eq \\o\\ac(□,√)».
_OVERLAID = re.compile(r"^\s*eq\s*\\o\s*(?:\\a[lcr]\s*)?\(\s*(.+?)\s*[,，;]\s*(.+?)\s*\)\s*$", re.I)
#: Where programs keep the codes of symbol fonts.
_PRIVATE = re.compile("[\uf000-\uf0ff]")
_BOXES, _CIRCLES = frozenset("□◻☐▢"), frozenset("○◯〇⃝")


def symbol(font: str, code: int) -> str:
    """The character of a code in a font; codes of symbol fonts are kept from U+F000 on.

    A font that is none of these keeps its own characters.
    """
    signs = SYMBOL_FONTS.get(font.strip().lower())
    is_private = 0xF000 <= code <= 0xF0FF
    if signs is None and not is_private:
        return chr(code) if 0x20 <= code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
    return (signs or SYMBOL_FONTS["wingdings"]).get(code & 0xFF, UNKNOWN_SIGN)


def in_font(font: str, text: str) -> str:
    """Text of a run: letters set in a symbol font are signs, and so are private code points."""
    is_symbolic = bool(font) and font.strip().lower() in SYMBOL_FONTS
    if not is_symbolic and not _PRIVATE.search(text):
        return text
    return "".join(
        symbol(font, ord(char))
        if "\uf000" <= char <= "\uf0ff" or (is_symbolic and " " < char < "\u0100")
        else char
        for char in text
    )


def check_mark(is_ticked: bool) -> str:
    """A check box as a character."""
    return TICKED if is_ticked else EMPTY_BOX


def overlaid(instruction: str) -> str:
    """What a field that lays two signs over each other shows; nothing for other fields."""
    match = _OVERLAID.match(instruction)
    if not match:
        return ""
    under, over = match.groups()
    if over in _BOXES | _CIRCLES:  # either order draws the same
        under, over = over, under
    if under in _BOXES and over in {"√", "✓", "✔", "v", "V"}:
        return TICKED
    if under in _BOXES and over in {"×", "x", "X", "✗"}:
        return CROSSED
    if under in _CIRCLES and over.isdecimal():
        return circled(int(over))
    return over


def circled(number: int) -> str:
    """① to ㊿; beyond them the number in brackets."""
    for first, last, code in ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1)):
        if first <= number <= last:
            return chr(code + number - first)
    return f"({number})"
