"""会议材料 of the scope on screen: the same package as ``yanpan report`` writes, in one file."""

import io
import logging
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from dash import html

from analysis.errors import YanpanError
from analysis.reports.package import write_package
from analysis.warehouse.scope import Scope
from dashboards.serving.address import Address
from dashboards.serving.data import Data

PATH = "/materials.zip"
KINDS = {"monthly": "月度", "quarterly": "季度"}
#: What is not in the package and why.
NOTES = "说明.txt"
LOG = logging.getLogger(__name__)
#: One package at a time: each starts a browser of its own for the pictures. Who comes meanwhile
#: is told so, and keeps no thread of the server waiting.
_ONE = Lock()


class BusyError(YanpanError):
    """Somebody else's package is being made."""


def materials(data: Data, scope: Scope, kind: str) -> bytes:
    """All documents of the meeting as one zip.

    Raises:
        BusyError: another is being made.
        YanpanError: nothing of it can be written.

    """
    out = io.BytesIO()
    with _alone(), tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(out, "w") as packed:
        root = Path(folder)
        # Of one publication from the report to the last letter, whatever is published meanwhile.
        written = write_package(data.warehouse(), data.settings, scope, kind, root)
        if not written.files:
            raise YanpanError("".join(written.missing) or "没有可以写出的材料。")
        for path in written.files:
            packed.write(path, path.relative_to(root), zipfile.ZIP_DEFLATED)
        if written.missing:  # what is wrong with which stands in the note, not in a log
            LOG.error("%s papers of a package could not be written", len(written.missing))
        if told := [*written.missing, *written.notes]:
            packed.writestr(NOTES, "\n".join(told))
    return out.getvalue()


@contextmanager
def _alone() -> Iterator[None]:
    if not _ONE.acquire(blocking=False):
        raise BusyError("会议材料正在做另一份，请过一分钟再下载。")
    try:
        yield
    finally:
        _ONE.release()


def links(address: Address) -> Any:
    """One link for each meeting."""
    return html.Span(
        [
            "会议材料：",
            *(
                html.A(
                    label, href=f"{PATH}{address.search() or '?'}&kind_of={kind}", download="",
                    className="materials-link",
                    title=f"{label}会议的报告、汇报、附件、图片和督办函，一个压缩包；约需半分钟",
                )
                for kind, label in KINDS.items()
            ),
        ],
        className="materials",
    )  # fmt: skip
