"""A process that waits to read files: begun before it is known which, since its start takes as long
as the reading of many a ledger.

Whoever is about to ingest has it begin first of all: it imports what it takes to read while the
caller imports what it takes to publish.
"""

import atexit
import os
from collections.abc import Sequence
from contextlib import suppress

from analysis.confined import Confined, NoProcessError

#: What a process that reads imports.
READS = "analysis.ingest.pool"
#: One at most; only whoever ingests many times has one of the run before.
_SPARE: list[Confined] = []
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_SPARE.clear)  # it answers to its parent alone


def prepare() -> None:
    """Have a process begin for what will be read, while its files are still being looked for."""
    if not _SPARE:
        _SPARE.append(Confined(READS))
    with suppress(NoProcessError):  # told by whoever reads
        _SPARE[0].start()


def readers(count: int) -> list[Confined]:
    """Processes to read with, the spare one first."""
    return [_SPARE.pop() if _SPARE else Confined(READS) for _ in range(count)]


def put_aside(used: Sequence[Confined]) -> None:
    """Keep one that may be used again, and end the others."""
    for each in used:
        if each.is_idle and not _SPARE:
            _SPARE.append(each)
        else:
            each.stop()


@atexit.register
def _end_spare() -> None:
    while _SPARE:
        _SPARE.pop().stop()
