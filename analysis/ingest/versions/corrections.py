"""data/raw/corrections.toml: known errors in a unit's file, corrected as declared entries.

A file that was sent is never edited. An entry begins to hold on its own day: the version that
was received stands before it, the corrected one from then on, so that a figure shown earlier
comes out again. An entry that matches nothing, or whose source has since been mended, stops the
run and is named.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.errors import SourceError
from analysis.ingest.cells.blanks import is_null
from analysis.ingest.cells.deadlines import Clause
from analysis.ingest.cells.values import Problem, parse_column
from analysis.ingest.findings import Finding, Places
from analysis.ingest.versions.aliases import Aliases
from analysis.ingest.versions.spans import cut_at, in_force
from analysis.ledgers import LEDGERS, Field, Ledger
from analysis.settings.toml_file import read_toml
from analysis.wording.characters import without_odd

CORRECTIONS = "corrections.toml"
NEEDED = ("ledger", "match", "field", "value", "reason", "told", "status", "on")
#: 待更正: the source still says the wrong thing. 已更正: a later file of the unit says the right.
OPEN, MENDED = "待更正", "已更正"
PLACE = ("path", "sheet", "row_no")
NO_ALIASES = Aliases()


@dataclass(frozen=True, slots=True)
class Correction:
    """One entry: which rows, which field, what it should say, from which day on, and why."""

    number: int
    ledger: Ledger
    match: Mapping[str, Any]
    field: Field
    value: Any
    reason: str
    told: str
    status: str
    on: date

    @property
    def name(self) -> str:
        """How a person finds the entry."""
        match = "、".join(f"{name}={value}" for name, value in self.match.items())
        return f"{CORRECTIONS} 第 {self.number} 条（{self.ledger.label}：{match}）"


@dataclass(slots=True)
class Matches:
    """The entries that were of something, over the eras of a history.

    What an entry corrects may have been taken back with its file: it must be of something in one
    of the eras, and whether its source was mended is asked in the last.
    """

    is_last: bool = True
    numbers: set[int] = field(default_factory=set)


def read_corrections(raw: Path) -> list[Correction]:
    """Read the declared corrections; none where there is no such file.

    Raises:
        SourceError: the file is not TOML, or an entry is incomplete or impossible.

    """
    file = raw / CORRECTIONS
    entries = read_toml(file).get("correction", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise SourceError(f"{file} 里每一条更正要以单独一行 [[correction]] 开头。")
    return [_entry(number, entry) for number, entry in enumerate(_texts(entries), start=1)]


def _texts(said: Any) -> Any:
    """What is declared, its texts without characters that are none, as cells are read."""
    if isinstance(said, dict):
        return {name: _texts(value) for name, value in said.items()}
    if isinstance(said, list):
        return [_texts(value) for value in said]
    return without_odd(said) if isinstance(said, str) else said


def correct(
    versions: pd.DataFrame,
    ledger: Ledger,
    places: Places,
    paths: Mapping[str, str],
    entries: Sequence[Correction],
    aliases: Aliases = NO_ALIASES,
    matches: Matches | None = None,
) -> tuple[pd.DataFrame, list[Finding]]:
    """Apply the entries of one ledger to its versions.

    ``paths`` gives the file of each submission_id. Returns the versions, in which a corrected
    one follows the received one from the entry's day on, and a finding for each. An entry that
    names an item by an alias is of that item too, from the day on which that is known. ``matches``
    tells which were of something in an earlier era, where the history has several.

    Raises:
        SourceError: an entry matches nothing, or its source has since been mended.

    """
    findings: list[Finding] = []
    matches = matches or Matches()
    for entry in entries:
        if entry.ledger is not ledger:
            continue
        meant = [each for each in _meant(entry, aliases) if _hits(versions, each, paths).any()]
        if not meant and matches.is_last and entry.number not in matches.numbers:
            raise SourceError(f"{entry.name}：没有匹配到任何记录，请核对 match，或删去这一条。")
        if not meant:
            continue
        matches.numbers.add(entry.number)
        wrong = [_wrong(versions, each, paths) for each in meant]
        is_mended = all(in_force(versions[each]).empty for each in wrong)
        if entry.status == OPEN and is_mended and matches.is_last:
            raise SourceError(
                f"{entry.name}：来源已经更正，请把 status 改为“{MENDED}”，或删去这一条。"
            )
        for each in meant:
            versions, corrected = _apply(versions, _wrong(versions, each, paths), each, places)
            findings += corrected
    return versions, findings


def _meant(entry: Correction, aliases: Aliases) -> list[Correction]:
    """The entry, and the same of each item that its own turns out to be, from that day on."""
    if "item_id" not in entry.match:
        return [entry]
    return [
        replace(
            entry, match={**entry.match, "item_id": meaning.item_id},
            on=max(entry.on, meaning.start),
        )
        for meaning in aliases.meanings(str(entry.match["item_id"]))
    ]  # fmt: skip


def _wrong(versions: pd.DataFrame, entry: Correction, paths: Mapping[str, str]) -> pd.Series:
    """The versions that an entry matches and that do not say yet what it says."""
    is_right = [_same(value, entry.value) for value in versions[entry.field.name]]
    return _hits(versions, entry, paths) & ~pd.Series(is_right, index=versions.index)


def _apply(
    versions: pd.DataFrame, wrong: pd.Series, entry: Correction, places: Places
) -> tuple[pd.DataFrame, list[Finding]]:
    name = entry.field.name
    versions, corrected = cut_at(versions, wrong, entry.on)
    rows = versions[corrected].to_dict("records")
    versions.loc[corrected, name] = pd.Series(
        [entry.value] * len(rows), index=versions.index[corrected], dtype=object
    )
    if entry.field.places_in:  # what was printed is no longer what counts
        versions.loc[corrected, [entry.field.text_in, entry.field.places_in]] = None
    message = (
        f"{entry.field.label}更正为“{entry.value}”，自 {entry.on} 起；原因：{entry.reason}；"
        f"已告知：{entry.told}（{CORRECTIONS} 第 {entry.number} 条，{entry.status}）"
    )
    findings = [places.finding(row, name, "corrected", "info", message, row[name]) for row in rows]
    return versions, findings


def _hits(versions: pd.DataFrame, entry: Correction, paths: Mapping[str, str]) -> pd.Series:
    hit = pd.Series(True, index=versions.index)
    for name, wanted in entry.match.items():
        if name == "path":
            hit &= versions["submission_id"].map(paths).eq(wanted)
        else:
            hit &= pd.Series(
                [_same(value, wanted) for value in versions[name]], index=versions.index
            )
    return hit


def _entry(number: int, entry: Mapping[str, Any]) -> Correction:
    where = f"data/raw/{CORRECTIONS} 第 {number} 条"
    lacking = [name for name in NEEDED if name not in entry]
    if lacking:
        raise SourceError(f"{where}缺少 {'、'.join(lacking)}，请补上。")
    ledger = LEDGERS.get(entry["ledger"])
    if ledger is None or not ledger.is_received:
        names = "、".join(each.name for each in LEDGERS.values() if each.is_received)
        raise SourceError(f"{where}的 ledger“{entry['ledger']}”不存在，可填：{names}。")
    unknown = [
        name
        for name in (entry["field"], *entry["match"])
        if name not in ledger.columns and name not in PLACE
    ]
    if unknown:
        raise SourceError(f"{where}的字段“{unknown[0]}”不在“{ledger.label}”中，请对照数据字典。")
    if not entry["match"] or not isinstance(entry["match"], dict):
        raise SourceError(f"{where}的 match 是空的，请写明是哪一条记录。")
    if entry["status"] not in {OPEN, MENDED}:
        raise SourceError(f"{where}的 status 应为“{OPEN}”或“{MENDED}”。")
    if type(entry["on"]) is not date:
        raise SourceError(f"{where}的 on 应为日期，如 on = 2023-11-02（不加引号）。")
    field = ledger[entry["field"]]
    return Correction(
        number, ledger, entry["match"], field, _value(entry, field, where),
        str(entry["reason"]), str(entry["told"]), entry["status"], entry["on"],
    )  # fmt: skip


def _value(entry: Mapping[str, Any], field: Field, where: str) -> Any:
    (value,), problems = parse_column([entry["value"]], field, entry["on"])
    value = value.due_on if isinstance(value, Clause) else value
    if any(problem.is_unread for problem in problems) or not isinstance(
        value, str | int | float | bool | date | None
    ):
        said = problems[0] if problems else Problem(0, str(entry["value"]), "不是一个值")
        raise SourceError(f"{where}的 value“{said.text}”{said.message}。")
    return value


def _same(value: Any, wanted: Any) -> bool:
    if is_null(value) or is_null(wanted):
        return is_null(value) and is_null(wanted)
    return bool(value == wanted) or str(value) == str(wanted)
