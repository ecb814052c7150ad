"""Checks of settings: each says in Chinese what is allowed, and suggests the nearest name."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from ipaddress import ip_address
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, ValidationError, WrapValidator
from pydantic_core import PydanticCustomError

from analysis.errors import did_you_mean

#: The type of error that every check here raises; its message is the text of what is allowed.
FAULT = "setting"
_HOST = re.compile(r"[\w-]+(\.[\w-]+)*", re.ASCII)
#: Signs between two persons; each stands in quotes of his own.
_SEVERAL = re.compile("[、，,;；/|]")
_MONTH_AND_DAY = re.compile(r"\d\d-\d\d", re.ASCII)
#: Days of a holiday; more is a slip in the year.
_LONGEST_HOLIDAY = 60
#: Of no leap year, since a season's days must be there every year.
_ANY_YEAR = 2023
#: Columns and rows of tiles that a page has room for.
_MOST_TILES = 20


def fault(text: str) -> PydanticCustomError:
    """The error that says what is allowed."""
    return PydanticCustomError(FAULT, "{text}", {"text": text})


def allowed(
    text: str, holds: Callable[[Any], bool] = lambda value: True, names: Iterable[str] = ()
) -> WrapValidator:
    """Check the type, and that the value ``holds``; ``text`` says what is allowed.

    One fault a setting, however many of its parts are wrong.
    """

    def check(value: Any, handler: Callable[[Any], Any]) -> Any:
        try:
            kept = handler(value)
        except ValidationError:
            kept = None
        if kept is None or not holds(kept):
            raise fault(f"应为{text}{did_you_mean(value, names)}") from None
        return kept

    return WrapValidator(check)


def _no_truth(value: Any) -> Any:
    if isinstance(value, bool):
        raise ValueError("true is no number, though Python counts with it")
    return value


Whole = Annotated[int, BeforeValidator(_no_truth)]
Real = Annotated[float, Field(allow_inf_nan=False), BeforeValidator(_no_truth)]


def whole(least: int, most: int, unit: str = "") -> WrapValidator:
    """A whole number within bounds, both included."""
    unit = f"（{unit}）" if unit else ""
    return allowed(f" {least} 至 {most} 的整数{unit}", lambda value: least <= value <= most)


def one_of(names: Iterable[str]) -> WrapValidator:
    """One of these names."""
    known = tuple(names)
    return allowed(f"其中之一：{'、'.join(known)}", known.__contains__, known)


def some_of(names: Iterable[str]) -> WrapValidator:
    """A list of these names, none of them twice, at least one."""
    known = tuple(names)

    def holds(values: list[str]) -> bool:
        return 0 < len(set(values)) == len(values) and set(values) <= set(known)

    return allowed(f"不重复的几个，可用的有：{'、'.join(known)}", holds, known)


def is_rising(values: tuple[float, ...], least: float, most: float) -> bool:
    """Whether none is smaller than the one before, all of them within bounds."""
    return sorted(values) == [*values] and least <= values[0] and values[-1] <= most


def is_season(days: tuple[str, str]) -> bool:
    """Whether both are days of any year, written «05-01», the first before the last."""
    try:
        first, last = (date.fromisoformat(f"{_ANY_YEAR}-{day}") for day in days)
    except ValueError:
        return False
    return first < last and all(_MONTH_AND_DAY.fullmatch(day) for day in days)


def are_persons(signers: list[str | dict[str, Any]]) -> bool:
    """Whether each of these is one person, named alone or with a day, and none is named twice."""
    names = [each if isinstance(each, str) else each["name"] for each in signers]
    return len(set(names)) == len(names) and not any(_SEVERAL.search(name) for name in names)


def are_places(places: dict[str, tuple[int, int]]) -> bool:
    """Whether each stands in a column and a row that there are, and no two in one."""
    numbers = [number for place in places.values() for number in place]
    is_within = all(1 <= number <= _MOST_TILES for number in numbers)
    return is_within and len(set(places.values())) == len(places)


def are_holidays(spans: list[Any]) -> bool:
    """Whether each begins before it ends, is no longer than a season, and no day is both."""
    lengths = [(each["end"] - each["start"]).days for each in spans]
    worked = {day for each in spans for day in each.get("workdays", ())}
    is_free = any(each["start"] <= day <= each["end"] for each in spans for day in worked)
    return not is_free and all(0 <= days <= _LONGEST_HOLIDAY for days in lengths)


def is_host(name: str) -> bool:
    """Whether this is an address or a name of a machine, without scheme and port."""
    try:
        ip_address(name)
    except ValueError:
        # Four numbers that are no address are a slip, and no name.
        return bool(_HOST.fullmatch(name)) and not name.rpartition(".")[2].isdecimal()
    return True


def is_web_address(text: str) -> bool:
    """Whether this is a whole address of the web."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and is_host(parts.hostname or "") and " " not in text
