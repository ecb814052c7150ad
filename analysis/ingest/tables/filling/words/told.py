"""What the words of a progress cell tell beside the status: days of completion and acceptance.

«已整改（10月12日）» dates the work; «10月20日清洗完毕；10月22日何某验收» has the acceptance as
well, which counts where the table has no columns for it.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from analysis.ingest.cells.codes.told_days import Told, told_in
from analysis.ingest.cells.values import parse_column, texts_of
from analysis.ingest.files.sheets import Grid
from analysis.ingest.findings import Place
from analysis.ingest.headers.columns import Column
from analysis.ingest.tables.records import Records
from analysis.ledgers import Ledger
from analysis.ledgers.codes import FINISHED, STATUS

DONE, ACCEPTED, SIGNER = "done_on", "accepted_on", "accepted_by"
#: The columns of an acceptance; where a table has one of them, a blank cell is missing.
SIGNED = (ACCEPTED, SIGNER, "closed_on")


def add_state_of_days(records: Records, rows: Grid, columns: Sequence[Column]) -> None:
    """What «完成时间» says of the state, where no column tells of it: 未完成 beside days."""
    fields = {column.field.name: column for column in columns if column.field}
    if DONE not in fields or "status" in fields or "status" in records.columns:
        return
    texts = texts_of([row[fields[DONE].index] for row in rows])
    words = [STATUS.folded.get(text.strip()) if text else None for text in texts]
    if not any(words):
        return
    days = records.get(DONE)
    pairs = list(zip(words, days, strict=True))
    records.columns["status"] = [word or ("done" if day else None) for word, day in pairs]
    records.columns["status_text"] = [
        text if word else None for text, word in zip(texts, words, strict=True)
    ]


def add_told(records: Records, place: Place, ledger: Ledger, base: date) -> None:
    """Fill the days of completion and acceptance from the cells of progress that tell them.

    ``base`` is the day of the submission: a day without a year is the last such day before it.
    """
    if not {"status", DONE, *SIGNED} <= {*ledger.columns} or "status" not in records.columns:
        return
    may_sign = not any(name in records.columns for name in SIGNED)
    columns = {name: list(records.get(name)) for name in (DONE, ACCEPTED, SIGNER)}
    statuses, texts = records.get("status"), records.get("status_text")
    for n, (status, text) in enumerate(zip(statuses, texts, strict=True)):
        row = {name: values[n] for name, values in columns.items()}
        is_signed = row[ACCEPTED] is not None and row[SIGNER] is not None
        if text is None or not (status in FINISHED or status is None):
            continue
        told = told_in(text, is_over=status in FINISHED or is_signed)
        for name, value in _filled(row, told, ledger, base, may_sign=may_sign).items():
            if name == DONE and not (status in FINISHED or is_signed or told.signer):
                continue  # words without a state: «11月28日全部加固» may be one of several works
            columns[name][n] = value
            if name != SIGNER:
                message = f"状态一格写明了日期，{ledger[name].label}按 {value} 计"
                records.findings.append(
                    place.finding(
                        f"{DONE}_inferred", "info", message,
                        row_no=records.columns["row_no"][n], field="status", value=text,
                    )
                )  # fmt: skip
    records.columns |= columns


def _filled(
    row: Mapping[str, Any], told: Told, ledger: Ledger, base: date, *, may_sign: bool
) -> dict[str, Any]:
    """What a text adds to a row; nothing that its own cells say, no day out of order."""
    found: dict[str, Any] = {}
    accepted = row[ACCEPTED]
    if may_sign and told.signer and (day := _day(told.accepted, ledger, base)):
        found = {ACCEPTED: day, SIGNER: told.signer}
        accepted = day
    done = _day(told.done, ledger, base) if told.done and row[DONE] is None else None
    if done and (accepted is None or done <= accepted):
        found[DONE] = done
    elif done and found:  # accepted before it was done: one of the two days is a slip
        return {}
    return found


def _day(text: str, ledger: Ledger, base: date) -> date | None:
    (day,), problems = parse_column([text], ledger[DONE], base)
    return None if problems or not isinstance(day, date) or day > base else day
