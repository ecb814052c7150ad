"""Screen, slide and report tell one number of one thing: each shows no other than the next."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from pptx import Presentation

from analysis.briefing.figures import Figures
from analysis.briefing.lists import items_rows, metric_rows, site_rows, unit_rows
from analysis.briefing.sections import sections
from analysis.briefing.slide_contents import Slide, slides
from analysis.briefing.statements import SUBJECTS, statement
from analysis.briefing.statements.books import last_decisions
from analysis.charts.wall import arrange
from analysis.demo import UNTIL
from analysis.reports.document import RATE_OF, write_document
from analysis.reports.office.wall_shapes import counted_words
from analysis.reports.slides import write_slides
from analysis.settings import Settings
from analysis.warehouse.client import Warehouse
from analysis.warehouse.scope import Scope
from dashboards.pages import meeting, overview, progress
from dashboards.serving.data import Data
from tests.depth import DEEP

pytestmark = pytest.mark.slow

#: Before the first file, the day after the first node, the end of the year, after the demo's last
#: day.
EDGES = [date(2023, 9, 20), date(2023, 10, 16), date(2023, 12, 31), date(2024, 3, 1)]
#: The other half months, of which each tells what one of those tells, with other numbers.
BETWEEN = [
    date(2023, 10, 2), date(2023, 10, 15), date(2023, 10, 31), date(2023, 11, 15),
    date(2023, 11, 30), date(2023, 12, 15), date(2024, 1, 15), UNTIL,
]  # fmt: skip
#: A number with the word that says of what it is.
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?(?:%|个百分点|家次|项次|项|条|起|人|天|家)")
#: Which statement each screen of the meeting shows.
SCREENS = {
    "overall": "overall", "changes": "changes", "nodes": "nodes", "units": "units",
    "late": "overdue", "major": "major", "risk": "risk", "accidents": "accidents",
    "inspections": "inspections", "campaigns": "campaigns", "responsibility": "responsibility",
    "reports": "reports", "duties": "duties", "decisions": "decisions",
}  # fmt: skip


def numbers(*texts: str) -> Counter[str]:
    """The numbers of texts, by how often each stands there."""
    return Counter(found for text in texts for found in NUMBER.findall(text))


@pytest.fixture(scope="module")
def warehouse(committed: Settings) -> Iterator[Warehouse]:
    with Warehouse(committed.warehouse) as opened:
        yield opened


@pytest.fixture(scope="module")
def data(committed: Settings) -> Data:
    return Data(committed)


@pytest.fixture(scope="module", params=EDGES + (BETWEEN if DEEP else []), ids=str)
def scope(request: pytest.FixtureRequest) -> Scope:
    return Scope(request.param)


@pytest.fixture(scope="module")
def figures(warehouse: Warehouse, committed: Settings, scope: Scope) -> Figures:
    """What the documents of a day are written from."""
    return Figures(warehouse, committed, scope)


@pytest.fixture(scope="module")
def shown(data: Data, committed: Settings, scope: Scope) -> Figures:
    """What the pages of that day show."""
    return Figures(data, committed, scope)


def texts_of(part: Any) -> Iterator[str]:
    """The texts of a page, charts apart."""
    if isinstance(part, str | int | float):
        yield str(part)
    elif isinstance(part, list | tuple):
        for each in part:
            yield from texts_of(each)
    elif part is not None and "figure" not in getattr(part, "_prop_names", ()):
        yield from texts_of(getattr(part, "children", None))


def on_screen(body: Any) -> str:
    return "\n".join(texts_of(body))


def on_slide(slide: Slide) -> list[str]:
    cards = [f"{each.label}{each.value}{each.change}" for each in slide.cards]
    cells = [str(value) for row in slide.rows for value in row.values()]
    return [slide.message, *cards, *cells, *slide.points, slide.note, slide.request]


def in_report(figures: Figures) -> list[str]:
    """Paragraphs and annexes, whole: the document says where an annex is cut."""
    wall = arrange(figures["item_wall"], figures.scope.as_of)
    tables = [
        metric_rows("overdue", figures["overdue"]),
        metric_rows("supervision", figures["supervision"]),
        unit_rows(figures["completion"]),
        site_rows(figures.ranking.sites),
        items_rows(last_decisions(figures), ("title", "state")),
    ]
    cells = [str(value) for rows in tables for row in rows for value in row.values()]
    texts = [text for _, paragraphs in sections(figures) for text in paragraphs]
    return [*texts, *cells, counted_words(wall, len(wall.rows))]


def test_what_the_projector_shows_stands_on_slides_and_that_in_the_report(
    committed: Settings, figures: Figures, shown: Figures
) -> None:
    drawn = (meeting.SCREENS[name](shown) for name in committed.meeting)
    screens = [on_screen([*screen]) for screen in drawn if screen]
    told = [text for slide in slides(figures) for text in on_slide(slide)]
    reported = in_report(figures)
    # how a list is cut is the page's own
    cut = re.compile(
        r"……另有.*项|共\d+\S+，列出前\d+\S+，全部见(?:附件.xlsx|报告)|列出前\d+\S+，共\d+[^，。]+"
    )
    projector = {*numbers(*(cut.sub("", text) for text in screens))}
    deck = {*numbers(*(cut.sub("", text) for text in told))}
    assert projector <= deck
    assert deck <= {*numbers(*reported)}


def test_rates_of_the_annexes_have_the_decimals_of_the_text(
    figures: Figures, tmp_path: Path
) -> None:
    (tmp_path / "a.docx").write_bytes(write_document(figures))
    for table in docx.Document(str(tmp_path / "a.docx")).tables:
        names, *rows = [[cell.text for cell in row.cells] for row in table.rows]
        for row in rows:
            told = dict(zip(names, row, strict=True))
            for rate, of in RATE_OF.items():
                if told.get(rate):
                    assert ("." in told[rate]) == (int(told[of]) >= 100), (told, rate)


def test_no_slide_has_a_title_alone(figures: Figures) -> None:
    told = slides(figures)
    assert not any(slide.is_bare for slide in told)
    if figures["campaign_progress"].empty:
        claim = statement(figures, "campaigns").claim
        assert sum(claim in text for slide in told for text in on_slide(slide)) == 1


def test_each_claim_stands_word_for_word_on_screen_slide_and_report(
    figures: Figures, shown: Figures, data: Data, scope: Scope
) -> None:
    deck = "\n".join(
        text for slide in slides(figures) for text in (slide.message, slide.request, *slide.points)
    )
    report = "\n".join(text for _, texts in sections(figures) for text in texts)
    for name, subject in SCREENS.items():
        claim = statement(figures, subject).claim
        screen = meeting.SCREENS[name](shown)
        # a screen with nothing to draw and nothing to ask is left out
        assert screen is None or claim == screen[0]
        assert claim in deck
        # what is late is told among the problems, where there is something late
        assert claim in report or not statement(figures, subject).count
        request = statement(figures, subject).request
        assert request in on_screen([*(screen or ())])
        assert request in deck
        assert request in report
    for page, subjects in ((overview, ("opening", "changes")), (progress, ("overall", "major"))):
        shown_there = on_screen(page.content(data, scope))
        for subject in subjects:
            assert statement(figures, subject).claim.partition("：")[0] in shown_there


def test_the_files_say_what_their_contents_say(
    warehouse: Warehouse, committed: Settings, tmp_path: Path
) -> None:
    figures = Figures(warehouse, committed, Scope(date(2023, 11, 15)))
    (tmp_path / "a.pptx").write_bytes(write_slides(figures))
    (tmp_path / "a.docx").write_bytes(write_document(figures))
    deck = "\n".join(
        shape.text_frame.text
        for slide in Presentation(str(tmp_path / "a.pptx")).slides
        for shape in slide.shapes
        if shape.has_text_frame
    )
    report = "\n".join(each.text for each in docx.Document(str(tmp_path / "a.docx")).paragraphs)
    for subject in SUBJECTS:
        claim = statement(figures, subject).claim
        if subject == "opening":  # two lines of the first screen: other words, the same numbers
            assert set(numbers(claim)) <= set(numbers(report, *in_report(figures)))
            continue
        assert claim in report, subject
        if subject in SCREENS.values():
            assert claim in deck, subject
