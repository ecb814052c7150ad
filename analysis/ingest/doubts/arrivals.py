"""Which of two files came first, as far as it is on record.

A file that was taken in has a number in the register, and the moment: files of one moment came in
one folder, and nobody knows which was written last. An upload of before there was a register has
its number in its unit's folder. What was put into ``data/raw`` by hand has neither; the name of a
file says nothing of when it was sent.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Arrival:
    """When a file came: day, number in the register and its moment, number in its unit's folder.

    ``is_by_unit``: a unit's account sent it, and nobody of the office asked whose its rows are.
    """

    on: date
    path: str
    number: int | None = None
    at: str | None = None
    folder: str = ""
    upload: int | None = None
    is_by_unit: bool = False

    @property
    def place(self) -> tuple[Any, ...]:
        """What files are sorted by: the same order on every machine, whatever is on record.

        Within a day those without a number stand first: since there is a register, what comes by
        the front door has one. Where nothing is on record the path decides, for the order of work
        alone; what then contradicts each other is a doubt.
        """
        return self.on, self.number or 0, self.folder, self.upload or 0, self.path

    def is_told_from(self, other: "Arrival") -> bool:
        """Whether it is on record which of the two came first."""
        if self.path == other.path or self.on != other.on:
            return True
        is_numbered = self.number is not None and other.number is not None
        if is_numbered and self.number != other.number and self.at != other.at:
            return True
        is_one_folder = self.folder == other.folder
        return is_one_folder and self.upload is not None and other.upload is not None


def arrival_of(
    facts: Mapping[str, Any], upload: tuple[str, int] | None, is_by_unit: bool = False
) -> Arrival:
    """The arrival of a submission; ``upload`` is the folder of an upload and its number there."""
    folder, number = upload or ("", None)
    return Arrival(
        facts["received_on"], facts["path"], facts["received_no"], facts["received_at"], folder,
        number, is_by_unit,
    )  # fmt: skip
