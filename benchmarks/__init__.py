"""``yanpan bench``: speed as ratios of times taken in turn on one machine, over invented data."""

from pathlib import Path

#: Whence a benchmark's own processes are started, that they find the benchmarks.
ROOT = Path(__file__).parents[1]
