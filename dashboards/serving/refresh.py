"""A new publication is prepared before its readers see it: their shares, and the pages they are at.

Putting a page together takes longer than a reader likes to wait, and after a publication all
would wait at once. So one thread makes each share that is in use, asks for the pages that were
looked at lately, and only then lets the readers have both.
"""

import logging
import threading
from collections.abc import Callable

from analysis.errors import YanpanError
from analysis.warehouse.share import Share
from dashboards.serving.page_cache import Asked, PageMemory
from dashboards.serving.publication_copies import Copies, reading

LOOK_EVERY_S = 1.0
LOG = logging.getLogger(__name__)


class Refresher:
    """The thread; from its start on readers are patient."""

    def __init__(self, copies: Copies, memory: PageMemory, ask: Callable[[Asked], None]) -> None:
        """``ask`` makes a request again, as the one who made it."""
        self._copies, self._memory, self._ask = copies, memory, ask
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="refresher", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._copies.is_patient = True
        self._thread.start()

    def stop(self) -> None:
        """End after what is at hand: no copy is open in a thread when the program ends."""
        self._stop.set()
        self._thread.join()

    def look(self) -> None:
        """Bring whatever is due up to date, once."""
        for share in self._copies.due():
            self._refresh(share)

    def _run(self) -> None:
        while not self._stop.wait(LOOK_EVERY_S):
            try:
                self.look()
            except YanpanError as error:
                LOG.warning("the next publication cannot be prepared: %s", error)
            except Exception:
                LOG.exception("the next publication cannot be prepared")

    def _refresh(self, share: Share) -> None:
        ahead = self._copies.prepare(share)
        if self._copies.is_new(ahead):
            with reading(ahead):
                for asked in self._memory.recent(share):
                    self._ask(asked)
        self._copies.put(ahead)
