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
