"""The book of doubts: each question with both its places, how it was settled, what is still open.

A doubt is kept whether or not it was settled, so that whoever reads a figure can see what it rests
on. Only what is open is a finding: nobody is asked twice.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from analysis.ingest.doubts.confirmations import CONFIRMATIONS, Confirmation, Confirmations
from analysis.ingest.doubts.doubt import Doubt, Side
from analysis.ingest.findings import Finding, Place, Places
from analysis.ledgers import LEDGERS

#: Which row of which sheet: submission, sheet, line.
_Line = tuple[str, str, int | None]


class Book:
    """All doubts of a run beside all confirmations."""

    def __init__(
        self, doubts: Iterable[Doubt], confirmations: Confirmations, places: Places,
        paths: Mapping[str, str], items: pd.DataFrame,
    ) -> None:  # fmt: skip
        """``paths`` gives the file of each submission_id; ``items`` (submission_id, sheet, row_no,
        item_id) the item of each row, for sides that do not name theirs.
        """
        self._doubts = _each_once(doubts)
        self._confirmations = confirmations
        self._places = places
        self._paths = paths
        self._items = _items_of(self._doubts, items)

    def doubt_table(self) -> pd.DataFrame:
        """One row a doubt, with the answer that holds once all entries are in force."""
        rows = [self._row(doubt) for doubt in self._doubts]
        return pd.DataFrame(rows, columns=LEDGERS["doubt"].columns, dtype=object)

    def confirmation_table(self) -> pd.DataFrame:
        """One row an entry, in the order of the file."""
        known = {doubt.key for doubt in self._doubts}
        rows = [
            {
                "doubt_key": entry.doubt, "entry_no": entry.number, "answer": entry.answer,
                "answered_by": entry.by, "answered_on": entry.on, "why": entry.why,
                "has_doubt": entry.doubt in known,
            }
            for entry in self._confirmations.entries
        ]  # fmt: skip
        return pd.DataFrame(rows, columns=LEDGERS["confirmation"].columns, dtype=object)

    def findings(self) -> list[Finding]:
        """A finding for each open doubt, at its first side, naming the other."""
        return [self._finding(doubt) for doubt in self._doubts if self._settled_by(doubt) is None]

    def _settled_by(self, doubt: Doubt) -> Confirmation | None:
        last = self._confirmations.last(doubt.key)
        return last if last and last.answer is not None else None

    def _row(self, doubt: Doubt) -> dict[str, Any]:
        entry = self._settled_by(doubt)
        answers = [{"code": each.code, "label": each.label} for each in doubt.answers]
        return {
            "doubt_key": doubt.key, "rule": doubt.rule, "question": doubt.question,
            **self._side(doubt.one, ""), **self._side(doubt.other, "other_"),
            "answers": json.dumps(answers, ensure_ascii=False),
            "default_answer": doubt.answers[0].code, "answer": entry and entry.answer,
            "answered_by": entry and entry.by, "answered_on": entry and entry.on,
            "known_from": doubt.known_from, "known_to": doubt.known_to,
        }  # fmt: skip

    def _side(self, side: Side | None, prefix: str) -> dict[str, Any]:
        if side is None:
            return {}
        said = {
            "submission_id": side.submission_id, "path": self._paths.get(side.submission_id),
            "sheet": side.sheet, "row_no": side.row_no, "cell": self._cell(side),
            "field": side.field or None, "text": side.text or None, "item_id": self._item(side),
        }  # fmt: skip
        return {f"{prefix}{name}": value for name, value in said.items()}

    def _item(self, side: Side) -> str | None:
        line = (side.submission_id, side.sheet, side.row_no)
        return side.item_id or self._items.get(line)

    def _cell(self, side: Side) -> str | None:
        return self._places.address(side.submission_id, side.field, side.row_no)

    def _finding(self, doubt: Doubt) -> Finding:
        one, other = doubt.one, doubt.other
        beside = f"；另一处：{self._where(other)}“{other.text}”" if other else ""
        message = (
            f"{doubt.question}{beside}；暂按“{doubt.answers[0].label}”计，请专班办公室核对后在"
            f"“待核实”页答复，或写进 {CONFIRMATIONS}（疑问编号 {doubt.key}，写法见 yanpan check）"
        )
        finding = Place(one.submission_id, one.sheet).finding(
            doubt.rule, "doubt", message, row_no=one.row_no, field=one.field, value=one.text,
            item_id=self._item(one), cell=self._cell(one), doubt_key=doubt.key,
        )  # fmt: skip
        return replace(finding, known_to=doubt.known_to)

    def _where(self, side: Side) -> str:
        parts = [self._paths.get(side.submission_id, ""), f"工作表“{side.sheet}”"]
        parts += [f"第 {side.row_no} 行"] if side.row_no else []
        return "，".join(filter(None, parts))


def answers_of(doubts: pd.DataFrame) -> dict[str, list[str]]:
    """Key of each doubt of the table → the codes of its answers."""
    pairs = zip(doubts["doubt_key"], doubts["answers"], strict=True)
    return {key: [each["code"] for each in json.loads(answers)] for key, answers in pairs}


def _each_once(doubts: Iterable[Doubt]) -> Sequence[Doubt]:
    """Each question once, where it first stood; by day, then by key."""
    ordered = sorted(doubts, key=lambda doubt: (doubt.known_from, doubt.key))
    first: dict[str, Doubt] = {}
    for doubt in ordered:
        first.setdefault(doubt.key, doubt)
    return list(first.values())


def _items_of(doubts: Iterable[Doubt], items: pd.DataFrame) -> dict[_Line, str]:
    """The item of each row that a side stands in."""
    sides = [side for doubt in doubts for side in (doubt.one, doubt.other) if side]
    wanted = items[items["submission_id"].isin({side.submission_id for side in sides})]
    columns = (wanted[name] for name in ("submission_id", "sheet", "row_no", "item_id"))
    found: dict[_Line, str] = {}
    for submission_id, sheet, row_no, item_id in zip(*columns, strict=True):
        found.setdefault((submission_id, sheet, row_no), item_id)
    return found
