"""How far the tests go: what finds a fault in minutes every time, what takes an hour by ``DEEP=1``.

A property held by forty worlds is looked at in ten of them by ``make test``, in all of them by
``make torture``; what alone takes minutes runs there only.
"""

import os

import pytest

#: Whether the long way is gone.
DEEP = bool(os.environ.get("DEEP"))

#: For what takes minutes by itself and repeats, at a larger size, what shorter tests hold.
only_deep = pytest.mark.skipif(not DEEP, reason="minutes of work: make torture")


def some(many: int) -> int:
    """How many examples of a property to look at, of as many as are worth it."""
    return many if DEEP else max(1, many // 4)
