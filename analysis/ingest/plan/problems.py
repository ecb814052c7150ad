"""What a rule on a plan reports: a problem on the line of the first place, which names the other.

Each message says what stands where, what is used here and why. Nothing in a source is changed.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """A contradiction or a gap, on a line of the plan; ``field`` where it is one of a measure."""

    line: int
    rule: str
    severity: str
    message: str
    value: str = ""
    field: str = ""
