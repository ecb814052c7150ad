"""Tables that a text sets by blanks alone, as a PDF turned into text has them, read as tables."""

from analysis.ingest.files.documents import tables_in_text
from analysis.ingest.files.kinds import Contents
from analysis.ingest.files.sheets import apart, with_texts_cut
from analysis.ingest.headers.vocabulary import Vocabulary
from analysis.ingest.plan.text import furniture
from analysis.ingest.tables.aligned import in_tabs
from analysis.ingest.tables.layout import known_word


def with_tables_set_by_blanks(contents: Contents, vocabulary: Vocabulary) -> None:
    """Find the tables of a text whose columns blanks set: its lines get tabs, and sheets follow."""
    lines = in_tabs(contents.lines, known_word(vocabulary), furniture(contents.lines))
    if lines == contents.lines:
        return
    contents.lines[:] = lines
    contents.sheets[:] = [
        part for sheet in tables_in_text("\n".join(lines)) for part in apart(with_texts_cut(sheet))
    ]
