"""研判台 for a notebook: ``from yanpan import charts, open_warehouse`` and ``%load_ext yanpan``.

It is the public face of ``analysis`` under a name that is nobody else's. An analyst's own
``analysis`` beside a notebook is found before the program's, and what Python says then («cannot
import name …») names no cause; whoever comes by this name hears what is in the way.
"""

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

__all__ = ["charts", "ingest", "metric", "open_warehouse"]


class InTheWayError(ImportError):
    """Another ``analysis`` is found before the program's own."""

    def _render_traceback_(self) -> list[str]:
        """What IPython shows in the place of a traceback."""
        return [str(self)]


def must_find_our_own() -> None:
    """Refuse to go on with another ``analysis``.

    Raises:
        InTheWayError: the message names it.

    """
    found = found_analysis()
    if found and found != Path(__file__).resolve().with_name("analysis"):
        raise InTheWayError(
            f"“{found}”和研判台的程序包 analysis 同名，挡住了它，用不了 open_warehouse、charts 等；"
            "请把它改名或移走，再重新启动内核（或重新运行程序）。"
        )


def found_analysis() -> Path | None:
    """The folder or file that Python takes for ``analysis``."""
    module = sys.modules.get("analysis")
    spec = module.__spec__ if module else find_spec("analysis")
    if spec is None:
        return None
    if spec.origin is None:  # a folder without __init__.py
        return next((Path(each).resolve() for each in spec.submodule_search_locations or ()), None)
    path = Path(spec.origin).resolve()
    return path.parent if path.name == "__init__.py" else path


def load_ipython_extension(shell: "InteractiveShell") -> None:
    """Make ``%%sql`` known to a notebook; IPython calls this."""
    from analysis.notebook import load_ipython_extension as load

    load(shell)


must_find_our_own()

from analysis import charts, ingest, metric, open_warehouse  # noqa: E402 - only where it is ours
