"""What a row does not say in a column of its own: out of headers, names, titles, other cells."""

import re
from collections.abc import Sequence
from datetime import date

from analysis.ingest.cells.periods import half_month_since
from analysis.ingest.cells.values import as_text, parse_column, texts_of
from analysis.ingest.files.sheets import Grid
from analysis.ingest.findings import Place
from analysis.ingest.headers.columns import Column
from analysis.ingest.tables.records import Records
from analysis.ledgers import Ledger
from analysis.ledgers.codes import FINISHED
from analysis.ledgers.grammar import says

#: Headers of what an act is called: 会议名称, 活动名称.
NAMING = re.compile(r"(?:名称|标题|题目)$")
#: Who has to report no longer: «否（自1月起）», «自1月起不再报送».
NO_DUTY = re.compile(r"^\W*(?:否|不|无需)|不再|停报|免报")
#: A day in the words of a status.
DAY_IN_STATUS = re.compile(
    r"(?:\d{4}年)?\d{1,2}月\d{1,2}日(?!之?前|以前|底)|"
    r"(?<=[(（])(?:\d{4}[-./])?(?:0?[1-9]|1[0-2])[./]\d{1,2}(?=[)）])|"
    r"(?<![\d./-])20\d{2}[./-](?:0?[1-9]|1[0-2])[./-]\d{1,2}(?![\d./-]|[日]?(?:之?前|以前|底))"
)
#: A day of which the words say that it is no completion.
NOT_DONE_THEN = re.compile(r"计划|原定|预计|要求|限|拟|应于")


def add_standing_in(records: Records, columns: Sequence[Column], ledger: Ledger) -> None:
    """Who leads a task answers for it where the table has no column of those who do it."""
    claimed = {column.field.name for column in columns if column.field}
    for field in ledger:
        if field.stands_in in claimed and field.name not in claimed:
            records.columns[field.name] = list(records.get(field.stands_in))


def add_implied(records: Records, columns: Sequence[Column], ledger: Ledger) -> None:
    """What a header says of all its rows, where no column says it of each.

    Of two that say it the one counts that stands later in the dictionary: a day of acceptance with
    a new deadline behind it is a return, in whichever order the columns stand.
    """
    claimed = {column.field.name for column in columns if column.field}
    order = {name: place for place, name in enumerate(ledger.columns)}
    for column in sorted(columns, key=lambda each: order[each.field.name] if each.field else 0):
        for word_class, name, value in column.field.implies if column.field else ():
            if name not in claimed and says(column.header, word_class):
                texts = records.get(column.field.name) if column.field else []
                before = records.get(name)
                records.columns[name] = [
                    value if text else old for text, old in zip(texts, before, strict=True)
                ]


def add_start(records: Records, rows: Grid, columns: Sequence[Column], base: date) -> None:
    """From which half month on a unit has to report, where the cell says so: 是（自12月上半月起）.

    A cell of which all is read is not unreadable.
    """
    asked = next((c for c in columns if c.field and c.field.name == "has_to_report"), None)
    if asked is None:
        return
    texts = texts_of([row[asked.index] for row in rows])
    starts = [half_month_since(text, base) if text else None for text in texts]
    if any(starts):
        records.columns["owes_from"] = starts
        records.columns["has_to_report"] = [
            not NO_DUTY.search(text or "") if start else said
            for text, start, said in zip(texts, starts, records.get("has_to_report"), strict=True)
        ]
        read = {no for no, day in zip(records.columns["row_no"], starts, strict=True) if day}
        records.findings = [
            each
            for each in records.findings
            if each.field != "has_to_report" or each.row_no not in read
        ]


def add_titled(
    records: Records, ledger: Ledger, title: str, rows: Grid, columns: Sequence[Column]
) -> None:
    """What the name of a row, else the title, says, where no column and no header says it.

    A cell that is blank in a column of its own is missing, and not to be guessed.
    """
    if not ledger.titled or ledger.titled[0] in records.letters:
        return
    name = ledger.titled[0]
    of_all = ledger.values_titled(title)
    called = [column.index for column in columns if NAMING.search(column.header)]
    told = []
    for said, row in zip(records.get(name), rows, strict=True):
        own = ledger.values_titled(" ".join(as_text(row[n]) or "" for n in called))
        values = own if len(own) == 1 else of_all
        told.append(said or (values[0] if len(values) == 1 else None))
    records.columns[name] = told


def add_done_on(records: Records, place: Place, ledger: Ledger, base: date) -> None:
    """The day that stands in the cell of a status such as «已整改（10月12日）»."""
    if not {"status", "done_on"} <= set(ledger.columns) or "status" not in records.columns:
        return
    done = list(records.get("done_on"))
    for n, (status, text) in enumerate(
        zip(records.get("status"), records.get("status_text"), strict=True)
    ):
        if text is None or status not in FINISHED or done[n] is not None:
            continue
        days = DAY_IN_STATUS.findall(text)
        if len(days) != 1 or NOT_DONE_THEN.search(text):
            continue
        (done[n],), problems = parse_column([days[0]], ledger["done_on"], base)
        if not problems:
            message = f"状态一格写明了日期，整改完成日期按 {done[n]} 计"
            row_no = records.columns["row_no"][n]
            records.findings.append(
                place.finding(
                    "done_on_inferred", "info", message, row_no=row_no, field="status", value=text
                )
            )
    records.columns["done_on"] = done
