"""研判台: rectification ledgers in, trustworthy figures out. The public face for notebooks."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analysis.settings import load_settings as load_settings
    from analysis.warehouse.catalog import Scope as Scope
    from analysis.warehouse.catalog import run_metric as run_metric
    from analysis.warehouse.engine import fetch as fetch
    from analysis.warehouse.engine import open_warehouse as open_warehouse

#: Name → module; imported at first use, so that the command line answers at once.
_FACE = {
    "Scope": "analysis.warehouse.catalog",
    "fetch": "analysis.warehouse.engine",
    "load_settings": "analysis.settings",
    "open_warehouse": "analysis.warehouse.engine",
    "run_metric": "analysis.warehouse.catalog",
}


def __getattr__(name: str) -> Any:
    if name in _FACE:
        return getattr(import_module(_FACE[name]), name)
    raise AttributeError(f"module 'analysis' has no attribute {name!r}")
