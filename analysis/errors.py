"""The one family of errors that a person sees: a single Chinese line that says what to do."""


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


def first_line(error: BaseException) -> str:
    """The first line of an engine's message, which says the most."""
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
