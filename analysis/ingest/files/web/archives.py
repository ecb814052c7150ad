"""Web archives (mht), as Excel and systems save a page with all that belongs to it → its tables."""

from collections.abc import Iterator
from dataclasses import replace
from email import message_from_binary_file, policy
from email.message import Message
from io import BytesIO
from typing import BinaryIO

from analysis.errors import SourceError
from analysis.ingest.files.sheets import Sheet
from analysis.ingest.files.text import read_text
from analysis.ingest.files.web.pages import read_page

#: More than any ledger is, and less than a machine holds several times over.
LARGEST = 200 * 1024**2


def read_web_archive(name: str, content: BinaryIO) -> Iterator[Sheet]:
    """The tables of all pages in a web archive, 表格1, 表格2 …, through all of them.

    Raises:
        SourceError: it is too large, or holds no page.

    """
    content.seek(0, 2)
    if content.tell() > LARGEST:
        raise SourceError(f"{name}：网页文件超过 200 MB，没有读取；请拆成几个文件再发送。")
    content.seek(0)
    message = message_from_binary_file(content, policy=policy.compat32)
    pages = [part for part in message.walk() if part.get_content_type() == "text/html"]
    if not pages:
        raise SourceError(f"{name}：单个文件网页里没有网页正文，请用表格软件另存为 xlsx 再发送。")
    number = 0
    for page in pages:
        for sheet in read_page(name, _text(name, page)):
            number += 1
            remarks = sheet.remarks if number == 1 else ()
            yield replace(sheet, name=f"表格{number}", remarks=remarks)


def _text(name: str, page: Message) -> str:
    body = page.get_payload(decode=True)
    return read_text(name, BytesIO(body)) if isinstance(body, bytes) else ""
