"""A day other than today for a dashboard that is served in this process."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, ClassVar

import pytest

#: Who asks the calendar: what people send or decide, when it came, what pages show.
ROOMS = ("analysis.intake", "analysis.ingest.received", "dashboards")


class Calendar:
    """The day that the dashboard takes for today; put another on it and a day has passed."""

    def __init__(self, today: date) -> None:
        self.today = today


@contextmanager
def calendar(today: date) -> Iterator[Calendar]:
    """The dashboard's day is what stands on the calendar, as long as this lasts."""
    shown = Calendar(today)
    stand_ins = {"date": _date_of(shown), "datetime": _datetime_of(shown)}
    with pytest.MonkeyPatch.context() as patch:
        for name, module in list(sys.modules.items()):
            if name.startswith(ROOMS):
                for kind, real in (("date", date), ("datetime", datetime)):
                    if vars(module).get(kind) is real:
                        patch.setattr(module, kind, stand_ins[kind])
        yield shown


class _Same(type):
    """What is asked whether it is a stand-in need only be of the real type."""

    real: ClassVar[type]

    def __instancecheck__(cls, value: object) -> bool:
        return isinstance(value, cls.real)


def _date_of(shown: Calendar) -> type:
    class Day(date, metaclass=_Same):
        real = date

        def __new__(cls, *parts: Any) -> Any:
            return date(*parts)

        @classmethod
        def today(cls) -> Any:
            return shown.today

    return Day


def _datetime_of(shown: Calendar) -> type:
    class Moment(datetime, metaclass=_Same):
        real = datetime

        def __new__(cls, *parts: Any, **more: Any) -> Any:
            return datetime(*parts, **more)

        @classmethod
        def now(cls, tz: Any = None) -> Any:
            """The day on the calendar, at the time of the day that it is."""
            return datetime.combine(shown.today, datetime.now(tz).time())

    return Moment
