"""Settings: what ``yanpan.toml`` and the environment say, each checked before anything runs."""

from analysis.settings.learned import LEARNED_NAME, Learned
from analysis.settings.model import (
    FILE_NAME,
    NOT_IN_FILE,
    SCREENS,
    SECRET,
    STEPS,
    Alerts,
    Settings,
    home_of,
    load_settings,
    sources_of,
)

__all__ = [
    "FILE_NAME", "LEARNED_NAME", "NOT_IN_FILE", "SCREENS", "SECRET", "STEPS", "Alerts", "Learned",
    "Settings", "home_of", "load_settings", "sources_of",
]  # fmt: skip
