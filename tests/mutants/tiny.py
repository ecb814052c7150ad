"""A tiny room, whose mutants are known by hand."""

LIMIT = 7


def is_due(days: int) -> bool:
    """Whether so many days are within the limit."""
    return days <= LIMIT


def countdown(days: int) -> int:
    """How many steps it takes to nought."""
    steps = 0
    while days > 0:
        days -= 1
        steps += 1
    return steps
