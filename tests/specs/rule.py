"""What a spec of a rule of findings is: files as units send them, and all that is told of them."""

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis.ingest.assembly.assemble import assemble
from analysis.ingest.assembly.terms import Terms
from analysis.ingest.periods.due_days import DueDays
from analysis.ingest.read_file import read_file
from analysis.ingest.readings import desk_of
from analysis.settings import Settings
from tests.specs.spec import BLANK, cells_of

#: Behind the question of a doubt stands how it is answered.
HOW_TO_ANSWER = "，请专班办公室核对后在“待核实”页答复"


class Told(NamedTuple):
    """A finding: the row of its file, the field, what stands there, how grave, in which words."""

    path: str
    row_no: int | None
    field: str
    value: str
    severity: str
    message: str


@dataclass(frozen=True, slots=True)
class Made:
    """A file that no drawing can show: what is in it, and how it is made."""

    shown: str
    write: Callable[[Path], None]


@dataclass(frozen=True, slots=True)
class RuleSpec:
    """A rule over files received on days of 2023 («10-15/甲局.csv»), and all that it tells.

    A text that is called csv is a drawing; of another name it stands as it is.
    """

    rule: str
    title: str
    files: Mapping[str, str | bytes | Made]
    expected: tuple[Told, ...]


def told(spec: RuleSpec, home: Path) -> tuple[Told, ...]:
    """What the rule of a spec tells of its files, read and put together as ``ingest`` does."""
    settings = Settings(home=home)
    paths = [_put(settings.raw, name, content) for name, content in spec.files.items()]
    desk = desk_of(settings)
    submissions = [each for path in paths for each in read_file(path, path.name, desk)]
    tables = assemble(submissions, terms=Terms(due_days=DueDays()))
    quality = tables["quality"][tables["quality"]["rule"] == spec.rule]
    names = dict(
        zip(tables["submission"]["submission_id"], tables["submission"]["path"], strict=True)
    )
    rows = quality.astype(object).where(quality.notna(), None).to_dict("records")
    found = [
        Told(
            names[row["submission_id"]].removeprefix("2023-"),
            None if pd.isna(row["row_no"]) else int(row["row_no"]),
            row["field"] or "", row["value"] or "", row["severity"],
            row["message"].partition(HOW_TO_ANSWER)[0],
        )
        for row in rows
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda each: (each.path, each.row_no or 0, *each[2:])))


def _put(raw: Path, name: str, content: str | bytes | Made) -> Path:
    """Write a file of a spec where it was received."""
    path = raw / f"2023-{name}"
    path.parent.mkdir(parents=True, exist_ok=True)
    match content:
        case Made():
            content.write(path)
        case bytes():
            path.write_bytes(content)
        case _ if path.suffix == ".csv":
            with path.open("w", newline="", encoding="utf-8-sig") as file:
                csv.writer(file).writerows(sheet_rows(content))
        case _:
            path.write_text(content.strip() + "\n", encoding="utf-8")
    return path


def sheet_rows(drawing: str) -> list[list[str]]:
    """The cells of a drawn sheet; what is blank is empty."""
    return [["" if cell == BLANK else cell for cell in line] for line in cells_of(drawing)]
