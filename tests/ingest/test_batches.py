"""Small files go to a reading process a few at a time, and none of them is forgotten."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from analysis.ingest.pool import BYTES_TOGETHER, TOGETHER, Job, _batches


@given(st.lists(st.integers(1, 500_000), min_size=1, max_size=60), st.integers(1, 4))
def test_small_files_are_handed_over_together_in_their_order(sizes: list[int], count: int) -> None:
    jobs = [Job(Path(f"{n}.xlsx"), "", str(n), size) for n, size in enumerate(sizes)]
    batches = list(_batches(jobs, count))
    assert [job for batch in batches for job in batch] == jobs
    assert all(len(batch) <= TOGETHER for batch in batches)
    assert all(
        len(batch) == 1 or sum(job.size for job in batch) <= BYTES_TOGETHER for batch in batches
    )
    assert len(batches) >= min(len(jobs), count)  # no process is without work
