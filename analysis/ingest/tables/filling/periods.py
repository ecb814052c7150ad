"""The period that a row sums up: out of its own cells, a heading, or the title."""

from collections.abc import Mapping, Sequence
from datetime import date

from analysis.ingest.cells.periods import PERIOD_HEADER, period_of
from analysis.ingest.cells.values import texts_of
from analysis.ingest.files.sheets import Grid
from analysis.ingest.headers.columns import Column
from analysis.ingest.tables.context import PERIOD_TEXT
from analysis.ingest.tables.records import Records
from analysis.ledgers import Ledger

#: First and last day of what a row sums up.
PERIOD = ("period_start", "period_end")


def spread_periods(
    records: Records,
    ledger: Ledger,
    rows: Grid,
    columns: Sequence[Column],
    titles: Sequence[str],
    base: date,
    numbers: Sequence[int],
    around: Mapping[int, Mapping[str, str]],
) -> None:
    """The period of a row, out of one cell such as «10月16日-10月31日», else out of a title."""
    claimed = {column.field.name for column in columns if column.field}
    if not set(ledger.columns).issuperset(PERIOD) or "period_end" in claimed:
        return
    over = [] if "period_start" in claimed else [period_of(title, base) for title in titles]
    said = next(filter(None, over), None)
    headed = [around.get(number, {}).get(PERIOD_TEXT) for number in numbers]
    periods = [(text and period_of(text, base)) or said for text in headed]
    for column in columns:
        is_start = column.field is not None and column.field.name == "period_start"
        if is_start or (column.field is None and PERIOD_HEADER.search(column.header)):
            texts = texts_of([row[column.index] for row in rows])
            own = [period_of(text, base) if text else None for text in texts]
            periods = [new or old for new, old in zip(own, periods, strict=True)]
    for place, name in enumerate(PERIOD):
        records.columns[name] = [
            period[place] if period else value
            for period, value in zip(periods, records.get(name), strict=True)
        ]


def add_months(
    records: Records, ledger: Ledger, rows: Grid, columns: Sequence[Column], base: date,
    titles: Sequence[str],
) -> None:  # fmt: skip
    """The first day of the month where a row says no more of its day than the month.

    A cell of which so much is read is not unreadable. A list of who has done it and who has not is
    of the period in its title: who has not has no day.
    """
    names = {"period_start", ledger.dated_in_months} if ledger.dated_in_months else set()
    starts, read = list(records.get("period_start")), set()
    for column in columns:
        if column.field and column.field.name in names:
            values = records.get(column.field.name)
            for n, text in enumerate(texts_of([row[column.index] for row in rows])):
                month = period_of(text, base) if text and values[n] is None else None
                if month and month[0].day == 1:
                    starts[n] = starts[n] or month[0]
                    read.add((column.field.name, records.columns["row_no"][n]))
    if ledger.dated_in_months and any(c.field and c.field.name == "is_held" for c in columns):
        period = next(filter(None, (period_of(title, base) for title in titles)), None)
        starts = [start or (period[0] if period else None) for start in starts]
    if any(starts):
        records.columns["period_start"] = starts
    if read:
        records.findings = [e for e in records.findings if (e.field, e.row_no) not in read]
