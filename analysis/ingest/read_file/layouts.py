"""The sheets of a file → the ledger and the columns of each."""

from dataclasses import replace
from pathlib import PurePosixPath

from analysis.ingest.files.sheets import Sheet
from analysis.ingest.half_month import read_received
from analysis.ingest.headers.vocabulary import Vocabulary
from analysis.ingest.read_file.desk import Desk
from analysis.ingest.tables.forms import read_form
from analysis.ingest.tables.joint.casualties import casualties_apart
from analysis.ingest.tables.layout import Layout, go_on, recognise
from analysis.ingest.tables.rows import folded
from analysis.ingest.tables.shapes import (
    answered,
    in_one_column,
    is_of_plan,
    joined,
    one_report,
    parted,
    put_together,
    reports_on_plan,
    signed_apart,
    with_known_headers,
    with_numbered_rows,
    with_numbers_headed,
    with_units,
)
from analysis.ingest.tables.verdicts import with_acts_headed
from analysis.ingest.tables.visits import as_visits
from analysis.ledgers.acceptance import ACCEPTANCE
from analysis.ledgers.measure import MEASURE

#: Ledgers whose columns a plan's table may have as well.
DECIDED_BY_TITLE = frozenset({"decision", "hazard"})


def recognise_all(sheets: list[Sheet], relative: str, desk: Desk) -> list[Layout | None]:
    """The layout of each sheet; a document's table without a header goes on with the last one.

    A form is put in the place of its sheet as the table that it amounts to, and so is a table
    with a column for each answer, or with two days in one, or a day and who signed.
    """
    layouts: list[Layout | None] = []
    before: Layout | None = None
    for number, sheet in enumerate(sheets):
        vocabulary = desk.words_for(relative, sheet.name)
        sheet = sheets[number] = with_units(sheet)
        if sheet.joined_to:
            layouts.append(None)
            continue
        sheet, layout = _recognised(sheet, vocabulary)
        sheets[number] = sheet
        if _is_open(layout, vocabulary) and (headed := with_acts_headed(sheet, vocabulary)):
            found = recognise(headed, vocabulary.read_as(ACCEPTANCE.name))
            sheet, layout = (headed, found) if found else (sheet, layout)
            sheets[number] = sheet
        layout = (layout and as_visits(sheet, layout, vocabulary)) or layout
        name = PurePosixPath(relative).stem
        form = read_received(sheet, name, vocabulary) or one_report(sheet, name, vocabulary)
        if form := form or read_form(sheet, layout, vocabulary):
            sheets[number], layout = form
        elif layout:
            sheets[number], layout = answered(sheet, layout)
        if before and sheet.is_document:
            layout = _gone_on(sheet, layout, before, vocabulary)
        before = layout or (before if sheet.is_document else None)
        layouts.append(layout)
    _like_its_sisters(sheets, layouts, relative, desk)
    for number, (sheet, found) in enumerate(zip(sheets, layouts, strict=True)):
        if found:  # not before: a document's table goes on with the columns as they stand
            vocabulary = desk.words_for(relative, sheet.name)
            sheet, found = in_one_column(*parted(sheet, found, vocabulary))
            sheet, found = signed_apart(sheet, found, vocabulary)
            sheet, found = casualties_apart(sheet, found, vocabulary)
            whole = put_together(sheet, found) if found.ledger is MEASURE else (sheet, found)
            sheets[number], layouts[number] = whole
    _join(sheets, layouts, relative, desk)
    return layouts


def _is_open(layout: Layout | None, vocabulary: Vocabulary) -> bool:
    """Whether a sheet may still be a register of acceptances: none has found or been told of."""
    is_found = layout is not None and layout.ledger in (ACCEPTANCE, MEASURE) and not layout.doubt
    return not (vocabulary.only or is_found)


def _recognised(sheet: Sheet, vocabulary: Vocabulary) -> tuple[Sheet, Layout | None]:
    """The layout of a sheet, which may have more to tell; a plan's table is one of measures,
    whatever else its columns allow.
    """
    layout = None if sheet.joined_from else recognise(sheet, vocabulary)
    if vocabulary.only or (layout and layout.ledger is MEASURE and not layout.doubt):
        return sheet, layout
    is_open = layout is None or bool(layout.doubt) or layout.ledger.name in DECIDED_BY_TITLE
    as_measures = vocabulary.read_as(MEASURE.name)
    is_told = is_of_plan(sheet) or reports_on_plan(sheet, vocabulary)
    if sheet.joined_from or (is_open and is_told):
        found = recognise(sheet, as_measures)
        layout = found or recognise(with_known_headers(sheet), as_measures) or layout
    is_open = layout is None or bool(layout.doubt)
    if is_open and (numbered := with_numbers_headed(sheet, vocabulary)):
        found = recognise(numbered, as_measures)
        return with_numbered_rows(sheet, found) if found else (sheet, layout)
    return sheet, layout


def _gone_on(
    sheet: Sheet, layout: Layout | None, before: Layout, vocabulary: Vocabulary
) -> Layout | None:
    """The layout of a document's table behind another, which it may go on with.

    Under the same header, and with no title of its own that tells its ledger, it is of the ledger
    that the title of the first one decided: a page repeats the heads of a table, not its title.
    """
    if layout is None:
        return go_on(sheet, before, vocabulary)
    is_repeated = [each.last for each in layout.headers] == [each.last for each in before.headers]
    if not is_repeated or not layout.doubt:
        return layout
    again = recognise(sheet, vocabulary.read_as(before.ledger.name))
    return replace(again, title=f"{before.title} {again.title}".strip()) if again else layout


def _like_its_sisters(
    sheets: list[Sheet], layouts: list[Layout | None], relative: str, desk: Desk
) -> None:
    """Sheets of a workbook under one title, one for each unit, are lists of one kind.

    What lays down measures on one of them does so on all, be its columns fewer.
    """
    titles = {
        _first_line(sheet)
        for sheet, layout in zip(sheets, layouts, strict=True)
        if layout and layout.ledger is MEASURE and not layout.doubt and not sheet.is_document
    }
    for number, (sheet, layout) in enumerate(zip(sheets, layouts, strict=True)):
        is_other = layout is not None and layout.ledger.name in DECIDED_BY_TITLE
        title = _first_line(sheet)
        if is_other and title and title in titles and is_of_plan(sheet, is_among_plans=True):
            vocabulary = desk.words_for(relative, sheet.name)
            layouts[number] = recognise(sheet, vocabulary.read_as(MEASURE.name)) or layout


def _first_line(sheet: Sheet) -> str:
    """The title of a sheet, which stands alone in its first filled row; empty where none does."""
    rows = (list(dict.fromkeys(map(folded, row))) for row in sheet.cells)
    first = next((said for row in rows if (said := [*filter(None, row)])), [])
    return first[0] if len(first) == 1 else ""


def _join(sheets: list[Sheet], layouts: list[Layout | None], relative: str, desk: Desk) -> None:
    """Join to a table what goes on with its numbers on a sheet that is no ledger by itself."""
    for number, sheet in enumerate(sheets):
        if layouts[number] or sheet.is_document or sheet.joined_to:
            continue
        vocabulary = desk.words_for(relative, sheet.name)
        for first, layout in enumerate(layouts):
            wide = layout and joined(sheets[first], layout, sheet, vocabulary)
            if wide:
                sheets[number] = replace(sheet, joined_to=sheets[first].name)
                sheets[first], layouts[first] = wide
                break
