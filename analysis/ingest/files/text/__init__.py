"""Text files: their encoding; the tables whose cells a sign cuts apart."""

from analysis.ingest.files.text.delimited import is_table, read_delimited
from analysis.ingest.files.text.encodings import decoded, encoding_of, read_text

__all__ = ["decoded", "encoding_of", "is_table", "read_delimited", "read_text"]
