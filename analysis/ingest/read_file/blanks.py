"""Tables that a text sets by blanks alone, as a PDF turned into text has them, draws with signs, or
sets by tabs, read as tables; and what a report of progress says paragraph by paragraph.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from analysis.ingest.files.documents import tables_in_text
from analysis.ingest.files.kinds import Contents
from analysis.ingest.files.sheets import Note, Sheet, apart, with_texts_cut
from analysis.ingest.findings import PROSE
from analysis.ingest.headers.vocabulary import Vocabulary
from analysis.ingest.measures.folding import unspaced
from analysis.ingest.plan.about import plain_line, title_of
from analysis.ingest.plan.progress import told_beside, told_in_paragraphs, told_of_one
from analysis.ingest.plan.text import furniture
from analysis.ingest.tables.aligned import drawn_in_tabs, flattened_in_tabs, in_tabs, tabbed_tables
from analysis.ingest.tables.layout import known_word
from analysis.ingest.tables.rows import folded

#: The title of a document stands within its first lines.
LONGEST_HEAD = 40
#: «第 3 行» is said in front of it.
OF_SEVERAL = "一段里写了几条措施的编号，没有读取；请每条措施写一段"


def with_tables_set_by_blanks(contents: Contents, vocabulary: Vocabulary) -> None:
    """Find the tables of a text whose columns blanks or signs set: its lines get tabs, and sheets
    follow.
    """
    is_word, pages = known_word(vocabulary), furniture(contents.lines)
    lines = unspaced(contents.lines)
    lines = in_tabs(drawn_in_tabs(lines, is_word, pages), is_word, pages)
    lines = flattened_in_tabs(lines, is_word, pages)
    if lines == contents.lines:
        return
    contents.lines[:] = lines
    contents.sheets[:] = _tables(lines)


def with_tables_drawn(contents: Contents, vocabulary: Vocabulary) -> None:
    """Find what the paragraphs of a document draw with signs, beside the tables that it has."""
    lines = drawn_in_tabs(contents.lines, known_word(vocabulary), furniture(contents.lines))
    drawn = {n for n, line in enumerate(lines) if "\t" in line and line != contents.lines[n]}
    if not drawn:
        return
    contents.lines[:] = lines
    for sheet in _tables(lines):
        if not drawn.isdisjoint(range(sheet.first_row, sheet.first_row + len(sheet.cells))):
            contents.sheets.append(replace(sheet, name=f"表格{len(contents.sheets) + 1}"))


def with_tables_of_tabs(contents: Contents, vocabulary: Vocabulary) -> None:
    """Find the tables that the paragraphs of a document set by tabs, beside those that it has."""
    taken = {
        tuple(str(cell).strip() for cell in row) for sheet in contents.sheets for row in sheet.cells
    }
    lines = contents.lines
    title = title_of([plain_line(line) for line in lines[:LONGEST_HEAD]])
    for found in tabbed_tables(lines, known_word(vocabulary), taken):
        above = next((line.strip() for line in reversed(lines[: found.start]) if line.strip()), "")
        width = len(found.rows[0])
        contents.sheets.append(
            Sheet(
                f"表格{len(contents.sheets) + 1}", [list(row) for row in found.rows],
                [(n, 0, n, width - 1) for n in found.headings],
                first_row=found.start, above=" ".join(dict.fromkeys((title, above))).strip(),
                is_document=True,
            )
        )  # fmt: skip


def with_progress_told(contents: Contents, lines: Sequence[str]) -> None:
    """Find what the paragraphs of a report say of the plan's measures, beside its tables."""
    told = told_in_paragraphs(lines) or told_of_one(lines) or told_beside(lines)
    if told is None:
        contents.sheets.extend([each for sheet in contents.sheets for each in _told_under(sheet)])
        return
    notes = tuple(
        Note(n - told.first + 1, None, "row_in_doubt", "warning", OF_SEVERAL, lines[n].strip())
        for n in told.several
    )
    first_row = told.first - 1  # the header stands for the line in front of the first measure
    contents.sheets.append(
        Sheet(PROSE, list(told.cells), first_row=first_row, above=told.above, notes=notes)
    )


def _told_under(sheet: Sheet) -> Iterator[Sheet]:
    """What lines above and below the tables of a sheet tell of the plan's measures."""
    texts = (list(dict.fromkeys(filter(None, map(folded, row)))) for row in sheet.cells)
    told = told_beside([said[0] if len(said) == 1 else "" for said in texts])
    if told and not sheet.is_document:
        first_row = sheet.first_row + told.first - 1
        yield Sheet(sheet.name, list(told.cells), first_row=first_row, above=told.above)


def _tables(lines: Sequence[str]) -> list[Sheet]:
    return [
        part for sheet in tables_in_text("\n".join(lines)) for part in apart(with_texts_cut(sheet))
    ]
