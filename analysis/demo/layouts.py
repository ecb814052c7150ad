"""A sending as a page: title, header, cells, as untidy as units keep them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from analysis.demo.sending import MARK, Row, Sending

#: How units write a day; the second list is for days without their year.
DAY_STYLES: Sequence[Callable[[date], Any]] = (
    lambda day: day,
    lambda day: f"{day.year}.{day.month}.{day.day}",
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: day.isoformat(),
)
STATUS_WORDS = {
    "in_progress": "整改中", "done": "已整改", "pending_accept": "已整改，待验收",
    "closed": "已销号", "void": "误报", "suspended": "停业", "accept": "验收销号",
}  # fmt: skip
PHOTO_HEADERS = ("整改前照片", "整改后照片")


@dataclass(frozen=True, slots=True)
class Line:
    """A row of cells; ``text`` where one text stands over the whole width; ``photos`` beside it."""

    cells: Sequence[Any] = ()
    text: str | None = None
    photos: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """What is written into a file."""

    name: str
    suffix: str
    titles: Sequence[str]
    groups: Sequence[tuple[str, int]]
    header: Sequence[str]
    lines: Sequence[Line]
    closing: Sequence[str]
    #: Places of columns whose equal neighbours are merged downwards.
    merged: Sequence[int]
    #: Pairs of label and value, for a form.
    form: Sequence[tuple[str, Any]]
    #: Paragraphs, for prose.
    text: Sequence[str]


def page_of(sending: Sending) -> Page:
    """The page that a unit makes of what it sends."""
    look = sending.look
    if look.has_table:  # columns that the prose says stand in no table
        sending = replace(sending, columns=[c for c in sending.columns if c[0] != c[1]])
    columns = sending.columns
    header = [text for text, _ in columns] + list(PHOTO_HEADERS if look.photos else ())
    until = sending.until
    titles = [
        sending.title,
        f"填报单位：{sending.signed}    截至{until.year}年{until.month}月{until.day}日",
    ]
    if look.is_form:
        (row,) = sending.rows
        form = [(text, _cell(sending, name, row)) for text, name in columns]
        return Page(f"{MARK}_{sending.name}", look.suffix, titles[:1], (), (), (), look.closing,
                    (), form, ())  # fmt: skip
    merged = [place for place, (_, name) in enumerate(columns) if name in look.merges]
    return Page(
        f"{MARK}_{sending.name}", look.suffix, titles, look.groups, header,
        list(_lines(sending)) if look.has_table or not look.text else (), look.closing, merged, (),
        look.text,
    )  # fmt: skip


def _lines(sending: Sending) -> Iterator[Line]:
    look = sending.look
    rows = list(sending.rows)
    if look.has_bands:  # townships in the order in which they come up
        order = list(dict.fromkeys(row.facts["township"] for row in rows))
        rows.sort(key=lambda row: order.index(row.facts["township"]))
    if look.repeats_last and rows:
        rows.append(rows[-1])
    band = None
    for number, row in enumerate(rows, start=1):
        if look.has_bands and row.facts["township"] != band:
            band = row.facts["township"]
            yield Line(text=f"{band}")
        yield Line(_cells(sending, row, number), photos=look.photos.get(row.key, 0))
    if look.has_total:
        total: list[Any] = [""] * len(sending.columns)
        total[1] = "合计"
        names = [name for _, name in sending.columns]
        total[names.index("description")] = f"{len(sending.rows)}条"
        yield Line(total)


def _cells(sending: Sending, row: Row, number: int) -> list[Any]:
    first, *_ = sending.columns[0]
    cells = [_cell(sending, name, row) for _, name in sending.columns]
    if first in ("序号", "项次"):
        cells[0] = number
    return cells


def _cell(sending: Sending, name: str | None, row: Row) -> Any:
    """A fact as the unit writes it."""
    value = row.facts.get(name) if name else None
    look = sending.look
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        if name in look.yearless:
            return f"{value.month}月{value.day}日前"
        return DAY_STYLES[look.day_style](value)
    if name in ("status", "act"):
        return look.words.get(str(value)) or STATUS_WORDS[str(value)]
    if name == "fund_10k" and value and look.in_yuan:
        return value * 10_000
    if name == "unit" and value == sending.unit:
        return sending.signed
    return value
