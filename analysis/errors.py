"""The one family of errors that a person sees: a single Chinese line that says what to do."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any


class YanpanError(Exception):
    """Something a user can mend; the command prints the message and exits 1."""


class SourceError(YanpanError):
    """A file that cannot be read; names the file and, where known, the sheet."""


class SettingsError(YanpanError):
    """Settings that cannot be; one line for each, with where it was set and what is allowed."""


class WarehouseError(YanpanError):
    """No warehouse, or one that cannot be opened or written."""


class QueryError(YanpanError):
    """A query or metric that cannot be run as it was asked."""


class AddressError(YanpanError):
    """An address that cannot be read; whoever wrote it is told what is wrong with it."""


class MemberError(QueryError):
    """A filter asks for a member that no ledger has: a unit, a township … of no such name."""


def first_line(error: BaseException) -> str:
    """The first line of an engine's message, which says the most."""
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__


#: Python reads no number of more digits from a text: it would take it hours.
_TOO_MANY_DIGITS = "Exceeds the limit ("


def of_the_program(error: BaseException) -> str:
    """What is told of an error that nobody foresaw, where a file was read."""
    if isinstance(error, ValueError) and str(error).startswith(_TOO_MANY_DIGITS):
        return "里面有一串几千位的数字，请删去再报"
    return f"程序出错（{type(error).__name__}: {first_line(error)}）"


def did_you_mean(value: Any, names: Iterable[str]) -> str:
    """«，是不是 X？» for a name that is none but near one; of a list, for each such name."""
    known = {name.lower(): name for name in names}
    values = value if isinstance(value, list | tuple | Mapping) else [value]
    near = [
        known[match]
        for name in values
        if isinstance(name, str) and name not in known.values()
        for match in get_close_matches(name.lower().replace("-", "_"), known, n=1)
    ]
    return f"，是不是 {'、'.join(near)}？" if near else ""
