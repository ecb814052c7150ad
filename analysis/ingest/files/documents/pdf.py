"""PDF → its lines of text, for plans and reports. Tables are never read: a PDF does not have any.

What looks like a table there is lines and words at places; whoever makes cells of them guesses, and
a guessed cell is a wrong number.
"""

from pathlib import Path
from typing import BinaryIO

from analysis.errors import SourceError
from analysis.ingest.files.refusals import SEND_THE_ORIGINAL, locked

#: No plan has so many; a book is not read for minutes to find that it is none.
MOST_PAGES = 300
#: Fewer signs than this on a page are a page number or a stamp.
LEAST_SIGNS_A_PAGE = 10


def read_pdf(path: Path, content: BinaryIO) -> list[str]:
    """The lines of a PDF as they stand on its pages.

    Raises:
        SourceError: it is damaged, locked, too long, or holds pictures of pages alone.

    """
    from pypdf import PdfReader

    try:
        reader = PdfReader(content)
        if reader.is_encrypted and not reader.decrypt(""):
            raise locked(path.name)
        if len(reader.pages) > MOST_PAGES:
            raise SourceError(
                f"{path.name}：PDF 超过 {MOST_PAGES} 页，没有读取；{SEND_THE_ORIGINAL}。"
            )
        pages = [page.extract_text() for page in reader.pages]
    except SourceError:
        raise
    except Exception as error:  # a damaged PDF fails in any of a dozen ways that share no base
        raise SourceError(f"{path.name}：不是完好的 PDF；{SEND_THE_ORIGINAL}。") from error
    if sum(len("".join(page.split())) for page in pages) < LEAST_SIGNS_A_PAGE * len(pages):
        raise SourceError(f"{path.name}：是扫描件，里面没有文字；{SEND_THE_ORIGINAL}。")
    return [line.strip() for page in pages for line in page.splitlines()]
