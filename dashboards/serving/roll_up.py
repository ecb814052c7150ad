"""A roll-up is made again when a county has exported, or a new day begins, while it is served."""

import logging
from collections.abc import Callable
from datetime import date

from analysis.errors import YanpanError
from analysis.intake.publisher import Background
from analysis.settings import Settings
from analysis.warehouse.counties.engines import Engine, open_engine
from analysis.warehouse.counties.exports import local_folder
from analysis.warehouse.counties.rollup import is_current, publish_rollup
from analysis.warehouse.scope import day_shown

LOOK_EVERY_S = 60.0
LOG = logging.getLogger(__name__)


def gather(settings: Settings, engine: Engine, say: Callable[[str], None]) -> None:
    """Publish the roll-up of the exports as they are now, unless that is what is published.

    Raises:
        YanpanError: there are none, or one is not whole; what was published stands.

    """
    here = local_folder(settings.rollup)
    exports = engine.exports(settings.rollup if here is None else str(settings.home / here))
    day, _ = day_shown(exports.newest, date.today(), settings.stale_after_days)
    if not is_current(settings.warehouse, exports, day):
        publish_rollup(engine, exports, settings.warehouse, day, say)


class Gatherer(Background):
    """Gathers again and again; DuckDB is enough for what is new by the day."""

    def _run(self) -> None:
        engine = open_engine("duckdb")
        while not self._stop.wait(LOOK_EVERY_S):
            try:
                gather(self.settings, engine, LOG.info)
            except YanpanError as error:
                LOG.warning("the roll-up cannot be made again: %s", error)
            except Exception:
                LOG.exception("the roll-up cannot be made again")
