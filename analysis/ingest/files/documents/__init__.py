"""Word documents of any age, PDF and pasted text: the tables within, and the lines of text."""

from analysis.ingest.files.documents.office import as_docx, office_here
from analysis.ingest.files.documents.pdf import read_pdf
from analysis.ingest.files.documents.reader import Document, read_document, tables_in_text

__all__ = [
    "Document", "as_docx", "office_here", "read_document", "read_pdf",
    "tables_in_text",
]  # fmt: skip
