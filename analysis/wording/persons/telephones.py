"""Telephone numbers in the texts of ledgers, however they are written, as patterns that mask them.

The patterns are RE2's, which the warehouse applies to every text of a share: it is linear, and
knows nothing of what stands before or behind a match, so that what bounds a number is caught too.
A number of the right length may be an amount or a date: it is no telephone number unless it begins
as one, and its pieces are as long as those of one.
"""

from collections.abc import Iterator, Sequence

#: A digit of either width, and what somebody may put between two of a telephone number: blanks,
#: dashes (一 is typed for one), dots, brackets, signs that are not seen.
_DIGIT = "[0-9０-９]"
_BETWEEN = r"[\s\p{Z}\p{Pd}\p{Pc}\p{Cf}一ー─━−~～.．。｡·•・･‧∙⋅/／()（）]"
_GAP, _NO_GAP_OR_ONE = f"{_BETWEEN}{{1,4}}", f"{_BETWEEN}{{0,4}}"
#: What bounds a number; the last digits of one that is masked begin no other.
_BEFORE, _BEHIND = "(^|[^0-9０-９*])", "($|[^0-9０-９])"
_ZERO, _ONE, _SECOND = "[0０]", "[1１]", "[3-9３-９]"
_COUNTRY = f"[8８][6６]{_NO_GAP_OR_ONE}"
_ABROAD = f"(?:[+＋]|{_ZERO}{{2}}){_COUNTRY}"
_AREA = f"(?:{_ONE}{_ZERO}|[2２]{_DIGIT}|{_SECOND}{_DIGIT}{{2}})"
#: The four digits between the first three and the last four of a mobile number, where its pieces
#: are of three digits and more.
_MIDDLE = "|".join(
    (
        f"{_NO_GAP_OR_ONE}{_DIGIT}{{4}}{_NO_GAP_OR_ONE}",
        f"{_DIGIT}{_GAP}{_DIGIT}{{3}}{_NO_GAP_OR_ONE}",
        f"{_NO_GAP_OR_ONE}{_DIGIT}{{3}}{_GAP}{_DIGIT}",
        f"{_DIGIT}{{2}}{_GAP}{_DIGIT}{{2}}",
    )
)
#: The pieces of mobile numbers that are written in no usual way. No amounts or days in a row are
#: so long: «138 2023-11-15», «13.5 14.2 15.3 16» have other pieces.
SCATTERED = (
    (1,) * 11, (1, 2, 2, 2, 2, 2), (2, 2, 2, 2, 2, 1), (3, 2, 2, 2, 2), (3, 3, 3, 2),
    (1, 3, 3, 4), (1, 3, 4, 3), (1, 2, 4, 4), (1, 10), (2, 9), (2, 3, 3, 3), (3, 5, 3), (5, 3, 3),
)  # fmt: skip


def _in_pieces(pieces: Sequence[int]) -> str:
    """A mobile number in pieces of such lengths."""
    digits = iter((_ONE, _SECOND, *[_DIGIT] * 9))
    return _GAP.join("".join(next(digits) for _ in range(piece)) for piece in pieces)


def _patterns() -> Iterator[tuple[str, str]]:
    """Pattern → what stands in its place."""
    mobile = f"(?:{_ZERO}{{0,2}}{_COUNTRY}|{_ZERO})?{_ONE}{_SECOND}{_DIGIT}"
    yield f"{_BEFORE}({mobile})(?:{_MIDDLE})({_DIGIT}{{4}}){_BEHIND}", r"\1\2****\3\4"
    fixed = (
        f"(?:{_ZERO}{{0,2}}{_COUNTRY})?{_ZERO}{_AREA}|{_ABROAD}(?:{_ZERO}{_NO_GAP_OR_ONE})?{_AREA}"
    )
    local = f"{_NO_GAP_OR_ONE}{_DIGIT}{{3,4}}{_NO_GAP_OR_ONE}"
    yield f"{_BEFORE}({fixed}){local}({_DIGIT}{{4}}){_BEHIND}", r"\1\2****\3\4"
    scattered = "|".join(map(_in_pieces, SCATTERED))
    yield f"{_BEFORE}(?:{scattered}){_BEHIND}", rf"\1{'*' * 11}\2"


#: Twice, since one number may begin where another ends.
_MASKS = tuple(_patterns()) * 2
#: What holds fewer digits near each other than the shortest number is left at once: most texts.
_MAY_HOLD_ONE = f"{_DIGIT}(?:[^0-9０-９]{{0,4}}{_DIGIT}){{9}}"


def may_hold_one(sql: str) -> str:
    """The SQL of whether a telephone number may stand in a text; where not, there is none."""
    return f"regexp_matches({sql}, '{_MAY_HOLD_ONE}')"


def masked_text(sql: str) -> str:
    """The SQL of a text with the middle of every telephone number in it masked.

    Each use has its patterns read anew, which takes a hundredth of a second: it is for columns in
    which some text may hold one.
    """
    masked = sql
    for pattern, instead in _MASKS:
        masked = f"regexp_replace({masked}, '{pattern}', '{instead}', 'g')"
    return f"CASE WHEN {may_hold_one(sql)} THEN {masked} ELSE {sql} END"


def masked_number(sql: str) -> str:
    """The SQL of a text that is a telephone number, or several, with all but its end masked."""
    return rf"regexp_replace(left({sql}, -4), '\p{{Nd}}', '*', 'g') || right({sql}, 4)"
