"""Many files → their submissions, each read in a confined process: no file ends the run.

What a process of the pool imports is what it takes to read: neither pandas nor DuckDB. Small files
are handed to it a few at a time; where it comes to grief over them, each is handed to it alone, so
that it is known which one brought it down.
"""

import pickle
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from queue import SimpleQueue
from threading import Event

from analysis.confined import GIBIBYTE, Bounds, Confined, EndedError, NoProcessError
from analysis.errors import SourceError, YanpanError, first_line, of_the_program
from analysis.ingest.packing import pack, unpack
from analysis.ingest.read_file import Desk, Submission, read_file, unreadable
from analysis.ingest.standby import put_aside, readers

#: So many bytes to read are worth the start of a second process.
WORTH_A_PROCESS = 4_000_000
#: So many small files, and so many bytes of them, are handed over together.
TOGETHER, BYTES_TOGETHER = 8, 400_000
#: What any file may take to be read, and what each of its bytes may take beside that. A county's
#: largest ledgers take a tenth of the time and a third of the memory on a slow machine.
LEAST_MEMORY, LEAST_S = 2 * GIBIBYTE, 60.0
MEMORY_OF_A_BYTE, SECONDS_OF_A_BYTE = 8, 2e-6
#: A process that has read a file of more bytes than this holds too much to be kept.
MOST_TO_KEEP = 8_000_000


@dataclass(frozen=True, slots=True)
class Job:
    """One file to read, and under what key its reading is kept."""

    path: Path
    sha256: str
    key: str
    size: int


def read_files(
    jobs: Sequence[Job], desk: Desk, workers: int = 1
) -> Iterator[tuple[Job, list[Submission], bytes]]:
    """Read files in as many processes as are worth it; their submissions, and these packed.

    A file that brings its process down, takes too long or too much, or at which the program fails,
    is a submission with a finding, without a packed form: it is tried again the next time.
    """
    if not jobs:
        return
    size = sum(job.size for job in jobs)
    count = min(workers, len(jobs)) if size > WORTH_A_PROCESS else 1
    batches = list(_batches(jobs, count))
    pool: SimpleQueue[Confined] = SimpleQueue()
    used = readers(count)
    for each in used:
        pool.put(each)

    is_over = Event()
    packed_desk = pickle.dumps(desk, protocol=5)  # the register of a few years is no small thing

    def read(batch: Sequence[Job]) -> list[bytes | str]:
        """The files packed, or why there is nothing of one."""
        confined = pool.get()
        try:
            if is_over.is_set():
                return []
            together = _read_together(confined, batch, packed_desk) if len(batch) > 1 else None
            return together or [
                _read_confined(confined, job, packed_desk, is_over) for job in batch
            ]
        finally:
            pool.put(confined)

    threads = ThreadPoolExecutor(count)
    try:
        for batch, results in zip(batches, threads.map(read, batches), strict=True):
            for job, read_or_why in zip(batch, results, strict=True):
                if isinstance(read_or_why, bytes):
                    yield job, unpack(read_or_why), read_or_why
                else:
                    yield job, [_unread(job, desk, read_or_why)], b""
    finally:
        is_over.set()  # whoever stops in the middle waits for no file
        threads.shutdown(wait=False, cancel_futures=True)
        put_aside(used)


def _batches(jobs: Sequence[Job], count: int) -> Iterator[list[Job]]:
    """The files in their order, small ones together, but so that ``count`` processes have work."""
    most = max(1, min(TOGETHER, len(jobs) // (4 * count)))
    batch: list[Job] = []
    for job in jobs:
        if batch and (len(batch) == most or sum(e.size for e in batch) + job.size > BYTES_TOGETHER):
            yield batch
            batch = []
        batch.append(job)
    yield batch


def _read_together(
    confined: Confined, batch: Sequence[Job], packed_desk: bytes
) -> list[bytes | str] | None:
    """Small files packed; None where one of them has brought all down, or cannot be opened.

    They have less time together than each has alone: what hangs will hang once more.
    """
    size = sum(job.size for job in batch)
    try:
        packed: list[bytes | str] = confined.call(
            _bounds(size, LEAST_S / 4), read_each_at_desk, read_packed, batch, packed_desk
        )
    except (EndedError, SourceError, NoProcessError):
        return None
    return packed


def _bounds(size: int, seconds: float) -> Bounds:
    """What so many bytes may take, on top of what any file may."""
    return Bounds(LEAST_MEMORY + MEMORY_OF_A_BYTE * size, round(seconds + SECONDS_OF_A_BYTE * size))


def _read_confined(confined: Confined, job: Job, packed_desk: bytes, is_over: Event) -> bytes | str:
    try:
        packed: bytes = confined.call(
            _bounds(job.size, LEAST_S), read_at_desk, read_packed, job, packed_desk
        )
    except (EndedError, SourceError) as error:
        return str(error)
    except NoProcessError as error:
        # A machine that lets no process begin reads all the same, if with less of a guard; but a
        # file that may have taken the memory of all others is not brought in here, nor is one whose
        # process was ended at its start because nobody wants the file any more.
        if confined.has_begun or is_over.is_set():
            return str(error)
        return _read_here(job, _desk_of(packed_desk))
    if job.size > MOST_TO_KEEP:  # its memory is needed for what it has handed over
        confined.stop()
    return packed


def read_at_desk(read: Callable[[Job, Desk], bytes], job: Job, packed_desk: bytes) -> bytes:
    """Read a file at a desk that is the same for all: what it learns of headers is learned once."""
    return read(job, _desk_of(packed_desk))


def read_each_at_desk(
    read: Callable[[Job, Desk], bytes], jobs: Sequence[Job], packed_desk: bytes
) -> list[bytes]:
    """Read files at one desk, one after the other."""
    return [read_at_desk(read, job, packed_desk) for job in jobs]


@lru_cache(maxsize=1)
def _desk_of(packed: bytes) -> Desk:
    desk: Desk = pickle.loads(packed)  # noqa: S301 - our own parent
    return desk


def read_packed(job: Job, desk: Desk) -> bytes:
    """Read a file, as a process of the pool hands it over.

    Raises:
        SourceError: it cannot be opened now, which may be otherwise the next time.

    """
    try:
        return pack(read_file(job.path, job.sha256, desk))
    except OSError as error:
        raise SourceError(f"打不开（{error.strerror or first_line(error)}）") from error


def _read_here(job: Job, desk: Desk) -> bytes | str:
    try:
        return read_packed(job, desk)
    except SourceError as error:
        return str(error)
    except YanpanError:
        raise
    except Exception as error:
        return of_the_program(error)


def _unread(job: Job, desk: Desk, why: str) -> Submission:
    return unreadable(
        job.path, job.sha256, desk,
        SourceError(
            f"{job.path.name}：读取时{why}，没有读取，其他文件照常；"
            "请打开核对后另存为 xlsx 再发送，仍然不行请报告这个问题。"
        ),
    )  # fmt: skip
