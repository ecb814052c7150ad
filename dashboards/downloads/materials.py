"""会议材料 of the scope on screen: the same package as ``yanpan report`` writes, in one file."""

import logging
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from dash import html

from analysis.confined import Bounds, Confined, EndedError, NoProcessError
from analysis.errors import YanpanError
from analysis.reports.package import pack
from analysis.settings import Settings
from analysis.warehouse.scope import Scope
from dashboards.serving.address import Address
from dashboards.serving.publication_copies import Copy

PATH = "/materials.zip"
KINDS = {"monthly": "月度", "quarterly": "季度"}
#: A county's papers take half a minute. Whoever sends twenty thousand rows on one day makes them
#: take longer, and must not make them take for ever.
BOUNDS = Bounds(memory=None, seconds=240.0)
#: Pages go before papers: nobody else is to notice that some are made.
NICE = 10
LOG = logging.getLogger(__name__)
#: One package at a time: each starts a browser of its own for the pictures. Who comes meanwhile
#: is told so, and keeps no thread of the server waiting.
_ONE = Lock()


class BusyError(YanpanError):
    """Somebody else's package is being made."""


class NotMadeError(YanpanError):
    """A package takes more than it may."""


def materials(copy: Copy, settings: Settings, scope: Scope, kind: str) -> bytes:
    """All documents of the meeting as one zip, made in a process of its own from one publication.

    Raises:
        BusyError: another is being made.
        NotMadeError: it takes longer than it may.
        YanpanError: nothing of it can be written.

    """
    with (
        _alone(),
        tempfile.TemporaryDirectory(prefix="yanpan-papers-", ignore_cleanup_errors=True) as folder,
    ):
        packed = Path(folder) / "packed.zip"
        missing = _made(copy.path, settings, scope, kind, packed)
        if missing:  # what is wrong with which stands in the note, not in a log
            LOG.error("%s papers of a package could not be written", missing)
        return packed.read_bytes()


def _made(published: Path, *asked: Any) -> int:
    making = Confined(pack.__module__, NICE)
    try:
        return int(making.call(BOUNDS, pack, published, *asked))
    except EndedError as error:
        raise NotMadeError(
            f"会议材料没有做完，已停止：{error}；请先选一个单位或乡镇再下载，"
            "或者请管理员用 yanpan report 写出。"
        ) from error
    except NoProcessError:
        # a machine that lets no process begin has its papers all the same, if not beside pages
        return pack(published, *asked)
    finally:
        making.stop()  # before its folder goes


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
                    title=f"{label}会议的报告、汇报、附件、图片和督办函，一个压缩包；约需半分钟，事项上万条的要几分钟",
                )
                for kind, label in KINDS.items()
            ),
        ],
        className="materials",
    )  # fmt: skip
