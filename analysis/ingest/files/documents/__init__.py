"""Word documents of any age, PDF and pasted text: the tables within, and the lines of text."""

from analysis.ingest.files.documents.reader import Document, read_document, tables_in_text

__all__ = ["Document", "read_document", "tables_in_text"]
