"""Words can be read, and states told apart, also by whoever sees no red or no green."""

import itertools
import re
from pathlib import Path

import pytest

from analysis.charts import tokens
from analysis.charts.tokens import GROUND, PARTS, RISK_TINTS, SIGNS, SQUARES, Both
from analysis.reference import ASSETS, STYLES

ROOT = Path(__file__).parents[2]
LEAST_OF_WORDS, LEAST_OF_LINES, LEAST_OF_NEIGHBOURS = 4.5, 3.0, 1.5

#: Machado, Oliveira, Fernandes: A Physiologically-based Model for Simulation of Color Vision
#: Deficiency (IEEE TVCG 15(6), 2009), severity 1.0; on linear red, green, blue.
EYES = {
    "all": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
}  # fmt: skip

#: Parts that stand beside each other in one bar, where those between them are none.
BARS = (
    ("closed", "accepting", "open", "overdue"),
    ("closed", "late_done", "overdue", "open", "suspended"),
    ("open", "undated", "late-0", "late-1", "late-2", "late-3"),
    ("last_year", "this_year"),
)  # fmt: skip
#: Of these only one of the two has an outline, which tells them apart where lightness does not.
TOLD_BY_OUTLINE = (
    ("closed", "open"), ("undated", "late-0"), ("undated", "late-1"), ("late_done", "suspended"),
)  # fmt: skip
GROUNDS = ("light", "dark")


def linear(colour: str) -> list[float]:
    parts = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    return [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts]


def luminance(colour: str, eye: str = "all") -> float:
    """Relative luminance (WCAG 2) of a colour as that eye sees it."""
    seen = [
        min(max(sum(a * b for a, b in zip(row, linear(colour), strict=True)), 0), 1)
        for row in EYES[eye]
    ]
    return 0.2126 * seen[0] + 0.7152 * seen[1] + 0.0722 * seen[2]


def contrast(one: str, other: str, eye: str = "all") -> float:
    dark, light = sorted((luminance(one, eye), luminance(other, eye)))
    return (light + 0.05) / (dark + 0.05)


def on(both: Both, ground: str) -> str:
    return str(getattr(both, ground))


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    # red and green of the same lightness differ for most eyes, and hardly for these
    assert luminance("#ff0000", "protanopia") < 0.6 * luminance("#ff0000")


WORDS = [
    *itertools.product(
        ("ink", "muted", "link", "good", "bad", "warn"), ("paper", "ground", "quiet", "stripe")
    ),
    ("good-ink", "good-tint"), ("bad-ink", "bad-tint"), ("bad", "bad-tint"), ("warn", "warn-tint"),
    ("ink", "good-tint"), ("on-navy", "navy"), ("on-navy-quiet", "navy"),
]  # fmt: skip


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize(("words", "behind"), WORDS)
def test_words_can_be_read(words: str, behind: str, ground: str) -> None:
    assert contrast(on(GROUND[words], ground), on(GROUND[behind], ground)) >= LEAST_OF_WORDS


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("name", tokens._PARTS)
def test_words_on_a_part_can_be_read(name: str, ground: str) -> None:
    fill, _, words = tokens._PARTS[name]
    assert contrast(on(fill, ground), on(words, ground)) >= LEAST_OF_WORDS


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("name", tokens.LINES)
def test_the_word_and_the_text_of_a_plans_line_can_be_read(name: str, ground: str) -> None:
    bar, tint, words = tokens.LINES[name]
    assert contrast(on(bar, ground), on(words, ground)) >= LEAST_OF_WORDS
    assert contrast(on(tint, ground), on(GROUND["ink"], ground)) >= LEAST_OF_WORDS
    assert contrast(on(tint, ground), on(GROUND["muted"], ground)) >= LEAST_OF_WORDS


@pytest.mark.parametrize("name", tokens.RISK)
def test_the_letter_of_a_risk_can_be_read(name: str) -> None:
    assert contrast(tokens.RISK[name], tokens.ON_RISK[name]) >= LEAST_OF_WORDS
    tint, words = RISK_TINTS[name]
    for ground in GROUNDS:
        assert contrast(on(tint, ground), on(words, ground)) >= LEAST_OF_WORDS


def test_numbers_on_fields_of_colour_can_be_read() -> None:
    fields = [colour for _, colour in [*tokens.HEAT, *tokens.MATRIX]]
    assert all(
        contrast(str(colour), tokens.INK) >= LEAST_OF_WORDS
        for colour in [*fields, *tokens.REPORTS.values()]
    )
    assert tokens.HEAT[0][1] == tokens.PAPER  # nothing is not seen


def test_where_the_keyboard_is_can_be_seen() -> None:
    for ground, behind in itertools.product(GROUNDS, ("paper", "navy", "ground")):
        seen = contrast(on(GROUND["focus"], ground), on(GROUND[behind], ground))
        assert seen >= LEAST_OF_LINES


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("name", sorted(set(SQUARES) - {"closed"}))
def test_whatever_is_not_done_stands_out_from_the_paper(name: str, ground: str) -> None:
    assert contrast(on(SQUARES[name], ground), on(GROUND["paper"], ground)) >= LEAST_OF_LINES


def test_what_is_done_fades_and_what_is_late_burns() -> None:
    for ground in GROUNDS:
        paper = on(GROUND["paper"], ground)
        closed = contrast(on(SQUARES["closed"], ground), paper)
        late = [contrast(on(SQUARES[f"late-{n}"], ground), paper) for n in (1, 2, 3)]
        assert closed < 2 < 3 < late[0] < late[1] < late[2]


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("ground", GROUNDS)
def test_two_states_of_the_wall_differ_in_lightness_or_in_shape(ground: str, eye: str) -> None:
    """Any two may be neighbours: solid squares differ in lightness, all others in their sign."""
    alike = [
        (one, other)
        for one, other in itertools.combinations(SQUARES, 2)
        if SIGNS[one] == SIGNS[other]
        and contrast(on(SQUARES[one], ground), on(SQUARES[other], ground), eye)
        < LEAST_OF_NEIGHBOURS
    ]
    assert alike == []


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("ground", GROUNDS)
def test_neighbours_in_a_bar_differ_in_lightness_or_by_an_outline(ground: str, eye: str) -> None:
    for bar in BARS:
        for one, other in itertools.combinations(bar, 2):
            (fill, edge, _), (fill_2, edge_2, _) = tokens._PARTS[one], tokens._PARTS[other]
            is_outlined = on(edge, ground) != on(edge_2, ground)
            seen = contrast(on(fill, ground), on(fill_2, ground), eye)
            assert is_outlined or seen >= LEAST_OF_NEIGHBOURS, (one, other, seen)


def test_outlines_are_the_only_thing_for_as_few_pairs_as_can_be() -> None:
    """The pairs that an outline alone tells apart are named, so that one more is a decision."""
    by_outline = {
        frozenset((one, other))
        for ground, eye in itertools.product(GROUNDS, EYES)
        for bar in BARS
        for one, other in itertools.combinations(bar, 2)
        if contrast(
            on(tokens._PARTS[one][0], ground), on(tokens._PARTS[other][0], ground), eye
        ) < LEAST_OF_NEIGHBOURS
    }  # fmt: skip
    assert by_outline == set(map(frozenset, TOLD_BY_OUTLINE))


def test_no_state_is_green() -> None:
    for both in [*SQUARES.values(), *(fill for fill, _, _ in tokens._PARTS.values())]:
        for colour in filter(None, both):
            red, green, blue = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
            assert not green > max(red, blue) + 12, colour


def test_no_type_is_smaller_than_a_note() -> None:
    assert min(tokens.SIZES.values()) == tokens.SIZES["note"] == 13
    for path in [*ASSETS.glob("*.css")]:
        sizes = re.findall(r"font(?:-size)?:[^;]*?(\d+)px", path.read_text(encoding="utf-8"))
        assert all(int(size) >= 13 for size in sizes), path.name


@pytest.mark.parametrize("name", STYLES)
def test_a_style_sheet_is_what_its_module_says(name: str) -> None:
    assert (ASSETS / name).read_text(encoding="utf-8") == STYLES[name](), "run make docs"


@pytest.mark.parametrize("folder", ["analysis", "dashboards"])
def test_no_colour_is_written_anywhere_else(folder: str) -> None:
    """An official document's red head and the frames of a template are the form's, not ours."""
    own = {"tokens.py", "00-tokens.css"}
    found = [
        path.name
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".css", ".js", ".html", ".svg"}
        and path.name not in own
        and re.search(r"#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b(?=[;\"' ])", path.read_text("utf-8"))
    ]
    assert found == []


def test_every_part_has_words_and_a_mark_that_is_seen() -> None:
    assert PARTS.keys() == tokens.MARK.keys()
    assert all(contrast(colour, tokens.PAPER) > 1.2 for colour in tokens.MARK.values())
