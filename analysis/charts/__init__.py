"""Pure functions DataFrame → plotly Figure; they know no database and no page.

``charts.nodes.node_progress(rows, day)``: a module comes when it is named.
"""

from importlib import import_module
from types import ModuleType


def __getattr__(name: str) -> ModuleType:
    """The module of that name."""
    full = f"{__name__}.{name}"
    try:
        return import_module(full)
    except ModuleNotFoundError as error:
        if error.name != full:
            raise
        raise AttributeError(f"{__name__} 里没有 {name}") from error
