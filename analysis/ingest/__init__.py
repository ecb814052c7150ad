"""Raw ledgers → typed, checked, versioned tables.

The package is also the function of its name, so that a notebook says ``analysis.ingest()``.
"""

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.ingest.pipeline import Report


class _Room(ModuleType):
    """A package that can be called."""

    def __call__(
        self, home: Path | None = None, paths: Sequence[Path] = (), received: date | None = None,
        *, allow_empty: bool = False, allow_fewer: bool = False,
    ) -> "Report":  # fmt: skip
        """Read all ledgers of ``home``, after taking in ``paths``, and publish the warehouse."""
        from analysis.ingest.pipeline import ingest
        from analysis.settings import load_settings

        return ingest(
            load_settings(home), paths, received,
            allow_empty=allow_empty, allow_fewer=allow_fewer,
        )  # fmt: skip


sys.modules[__name__].__class__ = _Room
