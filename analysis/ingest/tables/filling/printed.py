"""Columns of printed percentages: what each cell prints, and shares that stand for per cent."""

import re
from collections.abc import Sequence
from typing import Any

from analysis.ingest.cells.changes import Change, places_of, printed
from analysis.ingest.cells.values import EMPTY
from analysis.ingest.findings import Place
from analysis.ingest.tables.records import Records
from analysis.ledgers import Field, Ledger

#: A number that says neither per cent nor which way.
BARE = re.compile(r"[-+]?[\d.]+")


def keep_as_printed(
    records: Records, field: Field, cells: Sequence[Any], formats: Sequence[str]
) -> None:
    """The text of each printed percentage, and the decimals of those that were read."""
    looks = formats or [""] * len(cells)
    texts = [printed(cell, look) for cell, look in zip(cells, looks, strict=True)]
    texts = [None if text in EMPTY else text for text in texts]
    records.columns[field.text_in] = texts
    records.columns[field.places_in] = [
        places_of(text) if text and value is not None else None
        for text, value in zip(texts, records.columns[field.name], strict=True)
    ]


def shares_in_per_cent(records: Records, ledger: Ledger, place: Place) -> None:
    """Read 0.333 as 33.3 % where the counts beside it leave nothing else.

    A csv, or a workbook of the old format, does not say that a number was shown as a percentage.
    """
    for field in ledger:
        if not field.change_of or field.name not in records.columns:
            continue
        now, before = map(records.get, field.change_of)
        values, places = records.columns[field.name], records.columns[field.places_in]
        texts = records.columns[field.text_in]
        for n, value in enumerate(values):
            if value is None or now[n] is None or not BARE.fullmatch(texts[n] or ""):
                continue
            if not _is_share(Change(value, places[n]), now[n], before[n]):
                continue
            share = Change(value * 100, places[n] - 2)
            values[n], places[n] = round(share.percent, 4), share.places
            message = f"{field.label}“{texts[n]}”是小数，按 {values[n]:g}% 计；请写成百分数"
            records.findings.append(
                place.finding(
                    "approximate", "warning", message,
                    row_no=records.columns["row_no"][n], field=field.name, value=texts[n],
                )
            )  # fmt: skip


def _is_share(change: Change, now: int, before: int | None) -> bool:
    """Whether counts that no change of so many per cent gives are those of so large a share.

    Where nothing is given before, it has to be less than one: 12 for 13 is wrong, and no 1200 %.
    """
    share = Change(change.percent * 100, change.places - 2)
    if before is not None:
        return before > 0 and not change.follows(now, before) and share.follows(now, before)
    is_part = 0 < abs(change.percent) < 1
    return is_part and not _is_possible(change, now) and share.only_base(now) is not None


def _is_possible(change: Change, now: int) -> bool:
    least, most = change.bases(now)
    return most is None or least <= most
