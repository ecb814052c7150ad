"""A column for each year or quarter of a plan → one column of deadlines.

«进度安排» over 2024年 | 2025年 | 2026年 says what is reached in each; the last that says something
says by when all of it is done.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from analysis.ingest.files.sheets import Sheet
from analysis.ingest.headers.vocabulary import Header
from analysis.ingest.measures.days import RECURRING
from analysis.ingest.tables.layout import Layout
from analysis.ingest.tables.rows import RowKind, folded
from analysis.ledgers.measure import MEASURE

#: The whole of a header of such a column.
PERIOD = re.compile(r"(20\d{2})年(?:度)?|(?:(20\d{2})年)?(?:第?[一二三四1-4]季度|[上下]半年)")
#: A day in the words of a cell, with its month at least.
MONTH = re.compile(r"\d{1,2}月(?:份)?(?:\d{1,2}日|底|末|[上中下]旬)?前?")
#: A remark that is nothing but a deadline.
DUE = re.compile(r"20\d{2}年\d{1,2}月(?:\d{1,2}日)?(?:底)?前?")
#: One column alone may be of anything.
FEWEST_PERIODS = 2
HEADER = Header("完成时限", "完成时限", "")


def in_one_column(sheet: Sheet, layout: Layout) -> tuple[Sheet, Layout]:
    """A list of measures with such columns as one of deadlines; others stay as they are."""
    columns = [
        n for n, word in enumerate(layout.lowest or ()) if PERIOD.fullmatch(folded(word or ""))
    ]
    has_due = any("时限" in header.path for header in layout.headers)
    if layout.ledger is not MEASURE or len(columns) < FEWEST_PERIODS or has_due:
        return sheet, layout
    cells = [list(row) for row in sheet.cells]
    for number, kind in enumerate(layout.kinds):
        if kind is RowKind.DATA:
            row = cells[number]
            due = _due([(layout.lowest[n], str(row[n] or "")) for n in columns], row)
            for n in columns:
                row[n] = ""
            row[columns[0]] = due
    headers = list(layout.headers)
    for n in columns:
        headers[n] = Header("", "", "")
    headers[columns[0]] = HEADER
    return replace(sheet, cells=cells), replace(layout, headers=headers)


def _due(said: Sequence[tuple[str, str]], row: Sequence[object]) -> str:
    """By when all is done: in the last period that says something, by its own day if it has one."""
    periods = [(folded(period), folded(text)) for period, text in said if text.strip()]
    if not periods:
        return ""
    period, text = periods[-1]
    if not MONTH.search(text):
        remark = next((cell for cell in map(folded, row) if DUE.fullmatch(cell)), "")
        of_period = re.search(r"20\d{2}", period)
        if remark and of_period and of_period[0] in remark:
            return remark
    if RECURRING.search(text) or "长期坚持" in map(folded, row):
        return "长期坚持"
    if day := MONTH.search(text):
        year = period if period.endswith("年") else ""
        return f"{year}{day.group()}"
    return f"{period}底前"
