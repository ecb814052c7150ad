"""Signs that a document writes in a font of signs are read as what a person sees."""

import pytest

from analysis.ingest.files.documents.symbols import in_font


@pytest.mark.parametrize(
    ("font", "code", "seen"),
    [
        ("Symbol", 0xF0B8, "÷"), ("Symbol", 0xF0B9, "≠"), ("Symbol", 0xF0B3, "≥"),
        ("Webdings", 0xF061, "√"), ("Wingdings 2", 0xF04F, "×"),
    ],
)  # fmt: skip
def test_a_sign_of_a_font_is_the_sign_that_is_seen(font: str, code: int, seen: str) -> None:
    assert in_font(font, chr(code)) == seen


#: Font → codes and what is seen, by the tables of the fonts.
SEEN = {
    "Wingdings": (
        "FE☑ FD☒ A8□ 6F□ 70□ 71□ 72□ FC√ FB× 6E■ A7▪ 6C● A1○ 9F• 75◆ 76❖ AB★ D8➢ DF← E0→ E1↑ E2↓ "
        "E8→ F0⇨ 28☎ 2A✉ 81① 8A⑩ 8C❶ 95❿"
    ),
    "Wingdings 2": "52☑ 51☒ 53☒ 54☒ 50√ 4F× A3□ 2A□ A2■ 6A① 73⑩ 76❶ 7F❿",
    "Webdings": "61√ 72× 63□ 67■",
    "Symbol": "A3≤ A5∞ AE→ B0° B1± B3≥ B4× B7· B8÷ B9≠ BB≈ D6√",
}


@pytest.mark.parametrize("font", SEEN)
def test_each_sign_of_a_font_and_one_that_is_in_no_table(font: str) -> None:
    for each in SEEN[font].split():
        code, seen = int(each[:2], 16), each[2:]
        assert in_font(font, chr(0xF000 + code)) == seen
    assert in_font(font, chr(0xF0FF)) == "〓"
