"""Many files → their submissions, on every core: each process reads, and hands over JSON.

What a process of the pool imports is what it takes to read: neither pandas nor DuckDB.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from analysis.errors import SourceError, YanpanError
from analysis.ingest.cache import pack, unpack
from analysis.ingest.read_file import Desk, Submission, read_file
from analysis.ingest.received import path_below

#: So many bytes to read are worth the start of a second process.
WORTH_A_PROCESS = 4_000_000
#: Files are handed to a process by so many at a time.
CHUNK = 8


@dataclass(frozen=True, slots=True)
class Job:
    """One file to read, and under what key its reading is kept."""

    path: Path
    sha256: str
    key: str


def read_files(
    jobs: Sequence[Job], desk: Desk, workers: int = 1
) -> Iterator[tuple[Job, list[Submission], bytes]]:
    """Read files one after the other, or in several processes; these hand over packed forms.

    What was read here, or is too large to be packed, comes without one.

    Raises:
        SourceError: the program failed on a file; the line names it.

    """
    size = sum(job.path.stat().st_size for job in jobs)
    left = list(jobs)
    if workers > 1 and len(jobs) > 1 and size > WORTH_A_PROCESS:
        try:
            with ProcessPoolExecutor(workers, get_context("spawn"), _sit_down, (desk,)) as pool:
                packed = pool.map(_read_packed, jobs, chunksize=CHUNK)
                for job, body in zip(jobs, packed, strict=True):
                    # What is too large to be packed cannot be handed over: it is read here.
                    yield job, unpack(body) if body else _read_or_tell(job, desk), body
                    left.remove(job)
        except BrokenProcessPool:  # a host that allows no processes: read on in this one
            pass
    for job in left:
        yield job, _read_or_tell(job, desk), b""


_desk: list[Desk] = []


def _sit_down(desk: Desk) -> None:
    """Set up a process of the pool."""
    _desk[:] = [desk]


def _read_packed(job: Job) -> bytes:
    return pack(_read_or_tell(job, _desk[0]))


def _read_or_tell(job: Job, desk: Desk) -> list[Submission]:
    try:
        return read_file(job.path, job.sha256, desk)
    except YanpanError:
        raise
    except Exception as error:
        raise SourceError(
            f"{path_below(job.path, desk.raw)}：读取时程序出错"
            f"（{type(error).__name__}: {error}），这次没有发布，原有数字不变；"
            "请先把该文件移出 data/raw，再报告这个问题。"
        ) from error
