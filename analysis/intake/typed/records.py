"""A record that a form makes: a ledger of one row, which lands like a file that somebody sent."""

import csv
import hashlib
import io
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from filelock import FileLock

from analysis.ingest.received import LOCK, LOCK_S
from analysis.intake.drafts import Received, next_number, no_room, note_landed, write_whole
from analysis.settings import Settings


def record(
    settings: Settings, sender: str, name: str, made: Callable[[Path], bytes],
    ledgers: Iterable[str] = (),
) -> Received:  # fmt: skip
    """Write what ``made`` gives into today's folder of a sender, one at a time.

    ``made`` gets this folder, where it may look at what was recorded before, and refuses by
    raising; ``ledgers`` are noted with the receipt.

    Raises:
        YanpanError: the disk is full, or whatever ``made`` raises.

    """
    folder = settings.raw / date.today().isoformat() / sender
    try:
        settings.raw.mkdir(parents=True, exist_ok=True)
        with FileLock(settings.raw / LOCK, timeout=LOCK_S):
            content = made(folder)
            folder.mkdir(parents=True, exist_ok=True)
            target = folder / f"{next_number(folder):03}_{name}"
            write_whole(target, content)
            digest = hashlib.sha256(content).hexdigest()
            note_landed(settings, target, digest, ledgers)
    except OSError as error:
        raise no_room(error) from error
    return Received(target.relative_to(settings.raw).as_posix(), digest)


def one_row(cells: Iterable[tuple[str, object]]) -> bytes:
    """A ledger of one row: the heading and the value of each column."""
    headings, values = zip(*cells, strict=True)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(headings)
    writer.writerow(values)
    return ("\ufeff" + out.getvalue()).encode()
