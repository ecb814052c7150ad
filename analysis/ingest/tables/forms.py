"""Forms of label and value → records: a notice, a card, one hazard or several on a page.

«场所名称 | 城关宾馆 | 检查日期 | 2023-10-01» is no header with a row of data under it. A form is
read where its labels, taken as a header, say more of a ledger than any row of the sheet does.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.ingest.cells.periods import PERIOD_HEADER
from analysis.ingest.files.sheets import Sheet
from analysis.ingest.headers.recognition import Fit, fits, said_weight
from analysis.ingest.headers.vocabulary import SEQUENCE, Header, Vocabulary, normalise
from analysis.ingest.pictures.placing import of_form
from analysis.ingest.tables.context import LABELLED
from analysis.ingest.tables.layout import Layout
from analysis.ingest.tables.rows import HINT, RowKind, folded
from analysis.ledgers import LEDGERS, Ledger

#: So many labels with a value make a form, and no form is longer than so many rows.
FEWEST_LABELS, LONGEST_FORM = 4, 200
#: A header for which so much speaks is one; nothing else need be tried.
SURE = 7.0
#: No label is longer.
LONGEST_LABEL = 16
LONGEST_PERIOD_LABEL = 6
#: What a page that explains a form is called, and how much of a title is looked at.
INSTRUCTION, LONGEST_TITLE = re.compile(r"说明|须知|填[报表写]要求|选项|字典|模板|样表"), 60
#: What is filled in by whoever is served, or signs.
LEFT_OVER = "表单其他内容"


@dataclass(frozen=True, slots=True)
class _Entry:
    """A label with its value, and the row in which it stands."""

    label: str
    value: Any
    row: int


def read_form(
    sheet: Sheet, layout: Layout | None, vocabulary: Vocabulary
) -> tuple[Sheet, Layout] | None:
    """A form as a sheet with one row a record, and its layout; None where the sheet is none.

    ``layout`` is how the sheet would be read as a table. The sheet keeps its number of rows: a
    record stands in the row where the form says what it is about.
    """
    is_plainly_a_table = layout is not None and not layout.doubt and layout.score >= SURE
    if is_plainly_a_table or len(sheet.cells) > LONGEST_FORM:
        return None
    entries, others, title = _entries(sheet, vocabulary)
    labels = list(dict.fromkeys(entry.label for entry in entries if folded(entry.value)))
    if len(labels) < FEWEST_LABELS or _tells_how_to_fill_in(sheet, entries, others, title):
        return None
    headers = [Header(label, label, "") for label in labels]
    best = max(
        (fit for fit in fits(headers, vocabulary) if not fit.lacks or _is_named(fit, title)),
        key=lambda fit: fit.score + said_weight(fit) * _is_said(fit, title),
        default=None,
    )
    score = best.score + said_weight(best) * _is_said(best, title) if best else 0
    if best is None or (layout and not layout.doubt and layout.score >= score):
        return None
    records = _records(entries, _label_of(best, headers))
    return _as_table(sheet, records, headers, best, others, title)


def _is_named(fit: Fit, title: str) -> bool:
    """Whether the title says what the labels alone would not: 半月报表."""
    return fit.by_title and _is_said(fit, title)


def _is_said(fit: Fit, title: str) -> bool:
    return any(word in title for word in fit.ledger.said_in_title)


def _tells_how_to_fill_in(
    sheet: Sheet, entries: Sequence[_Entry], others: Sequence[str], title: str
) -> bool:
    """Whether labels stand there to be explained: by the name, the words, or much beside them."""
    hints = sum(bool(HINT.search(folded(entry.value))) for entry in entries)
    return (
        bool(INSTRUCTION.search(f"{sheet.name} {title[:LONGEST_TITLE]}"))
        or hints * 3 > len(entries)
        or len(others) > len(entries)
    )


def _entries(sheet: Sheet, vocabulary: Vocabulary) -> tuple[list[_Entry], list[str], str]:
    """The labels with their values in reading order, what else stands there, and the title."""
    entries: list[_Entry] = []
    others: list[str] = []
    title = [sheet.above] if sheet.above else []
    for number, row in enumerate(sheet.cells):
        cells = [cell for cell in row if folded(cell)]
        parts = list(_parts_of(cells, vocabulary, _ledger_said_in(" ".join(title))))
        found = [part for part in parts if isinstance(part, tuple)]
        rest = [str(part).strip() for part in parts if not isinstance(part, tuple)]
        entries += [_Entry(label, value, number) for label, value in found]
        rest = list(filter(None, rest))
        if not found and entries:  # labels that nobody knows, each with its value
            rest = [" ".join(rest[at : at + 2]) for at in range(0, len(rest), 2)]
        (others if entries else title).extend(rest)
    return entries, others, " ".join(title)


def _ledger_said_in(title: str) -> Ledger | None:
    """The ledger that a title names, if its forms are known by that."""
    return next(
        (
            ledger
            for ledger in LEDGERS.values()
            if ledger.under_title and any(word in title for word in ledger.said_in_title)
        ),
        None,
    )


def _parts_of(
    cells: Sequence[Any], vocabulary: Vocabulary, said: Ledger | None
) -> Iterator[tuple[str, Any] | Any]:
    """The pairs of label and value in the cells of a row, and the cells that are in none; ``said``
    is the ledger that the title names.
    """
    at = 0
    while at < len(cells):
        text = folded(cells[at])
        if inline := [
            (normalise(label), value)
            for label, value in LABELLED.findall(text)
            if value.strip() and vocabulary.knows(normalise(label))
        ]:
            yield from inline
            at += 1
        elif _is_label(text, vocabulary, said):
            after = folded(cells[at + 1]) if at + 1 < len(cells) else None
            has_value = after is not None and not _is_label(after, vocabulary, said)
            yield normalise(text), cells[at + 1] if has_value else ""
            at += 2 if has_value else 1
        else:
            yield cells[at]
            at += 1


def _is_label(text: str, vocabulary: Vocabulary, said: Ledger | None) -> bool:
    word = normalise(text)
    if not 0 < len(word) <= LONGEST_LABEL or word in SEQUENCE:
        return False
    is_period = len(word) <= LONGEST_PERIOD_LABEL and bool(PERIOD_HEADER.search(word))
    # «新增隐患» alone may be anything; under 半月报 it is a figure of the report.
    is_of_title = said is not None and bool(vocabulary.candidates(said, Header(word, word, "")))
    return is_period or is_of_title or vocabulary.knows(word)


def _label_of(fit: Fit, headers: Sequence[Header]) -> str:
    """The label under which a form of this ledger says what a record is about."""
    for name in (fit.ledger.wording, *fit.ledger.anchors):
        if name in fit.fields:
            return headers[fit.fields[name][0]].path
    return ""


def _records(entries: Iterable[_Entry], subject: str) -> list[dict[str, _Entry]]:
    """The entries of each record.

    A record ends where a label comes again that it has a value for. What was said before that
    label, such as the place and day of the visit, holds for the next one as well.
    """
    records: list[dict[str, _Entry]] = [{}]
    for entry in entries:
        record = records[-1]
        if entry.label in record and folded(record[entry.label].value):
            kept = list(record)[: list(record).index(entry.label)]
            records.append({label: record[label] for label in kept} if subject not in kept else {})
        if entry.label not in records[-1] or folded(entry.value):
            records[-1][entry.label] = entry
    return [record for record in records if any(folded(each.value) for each in record.values())]


def _as_table(
    sheet: Sheet,
    records: Sequence[dict[str, _Entry]],
    headers: Sequence[Header],
    fit: Fit,
    others: Sequence[str],
    title: str,
) -> tuple[Sheet, Layout]:
    labels = [header.path for header in headers]
    subject = _label_of(fit, headers)
    cells: list[list[Any]] = [[""] * (len(labels) + 1) for _ in sheet.cells]
    kinds = [RowKind.FORM if any(map(folded, row)) else RowKind.BLANK for row in sheet.cells]
    for record in records:
        row = _place_of(record, subject, kinds)
        cells[row] = [record[label].value if label in record else "" for label in labels]
        cells[row].append("；".join(others))
        kinds[row] = RowKind.DATA
    table = Sheet(
        sheet.name, cells, first_row=sheet.first_row, is_hidden=sheet.is_hidden,
        is_document=sheet.is_document, remarks=sheet.remarks, notes=sheet.notes,
        is_from_1904=sheet.is_from_1904,
        photos=of_form(sheet, [n for n, kind in enumerate(kinds) if kind is RowKind.DATA]),
    )  # fmt: skip
    layout = Layout(
        fit.ledger, [*headers, Header(LEFT_OVER, LEFT_OVER, "")], kinds, title, score=fit.score
    )
    return table, layout


def _place_of(record: dict[str, _Entry], subject: str, kinds: Sequence[RowKind]) -> int:
    """The row for a record: where it says what it is about, else the first that is free."""
    rows = [record[subject].row] if subject in record else []
    rows += [entry.row for entry in record.values()]
    return next(row for row in rows if kinds[row] is not RowKind.DATA)
