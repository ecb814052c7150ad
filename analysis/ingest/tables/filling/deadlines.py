"""Deadlines row by row: what a clause says of each, counted from the day that its row names."""

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any

from analysis.ingest.cells.deadlines import Clause, parse_clause
from analysis.ingest.cells.harmless import OF_PAPER
from analysis.ingest.cells.values import Problem, parse_column
from analysis.ingest.findings import Finding, Place
from analysis.ingest.headers.columns import Column
from analysis.ingest.measures.brackets import tails
from analysis.ingest.measures.days import (
    IMMEDIATE,
    LIMITED,
    NOW,
    STANDING,
    is_first_at_once,
    kind_of,
    own_day,
    stays,
)
from analysis.ingest.measures.responsibility import units_in
from analysis.ingest.tables.records import Records
from analysis.ledgers import Field, Ledger
from analysis.ledgers.codes import RECT_TYPE
from analysis.ledgers.labels import Role

#: Columns that a deadline clause fills beside the deadline, where the ledger has them.
CLAUSE_PARTS = frozenset({"start_on", "first_node_on", "node_days"})
#: A year in figures or signs.
HAS_YEAR = re.compile(r"\d{4}|[〇零一二三四五六七八九]{4}年")


def is_deadline(column: Column) -> bool:
    """Whether a column holds deadlines; they are read after the days that they count from."""
    return column.field is not None and column.field.kind == "deadline"


def by_anchors(
    cells: Sequence[Any],
    anchors: Sequence[date | None],
    field: Field,
    values: list[Any],
    problems: list[Problem],
) -> tuple[list[Any], list[Problem]]:
    """Deadlines without a year, read from the day on which each matter was found.

    «12月底前» in a ledger of January is of last year where the hazard was found in November.
    """
    bare = {text for text in set(cells) if isinstance(text, str) and not HAS_YEAR.search(text)}
    if not bare:
        return values, problems
    again = {
        position: anchor
        for position, (cell, anchor) in enumerate(zip(cells, anchors, strict=False))
        if anchor and cell in bare
    }
    told = {each.position for each in problems}
    problems = [each for each in problems if each.position not in again]
    problems += [
        Problem(
            position,
            cell,
            f"没有写年份，按报送日期或标题的日期推算为 {_day_of(day)}，请核对",
            "approximate",
            False,
        )
        for position, (cell, anchor, day) in enumerate(zip(cells, anchors, values, strict=False))
        if anchor is None and cell in bare and position not in told
        if _day_of(day)
    ]
    for position, anchor in again.items():
        (values[position],), found = parse_column([cells[position]], field, anchor)
        problems += [replace(each, position=position) for each in found]
    return values, problems


def _day_of(value: date | Clause | None) -> date | None:
    return value.due_on if isinstance(value, Clause) else value


def spread_clauses(
    records: Records, place: Place, ledger: Ledger, base: date, told_on: date, title: str = ""
) -> None:
    """Put what a deadline clause says into its columns, for each measure by its number.

    Where no column names the day that they count from, periods count from ``base``, the day of
    the submission, or that of an event which the title dates, and days without a year from
    ``told_on``, the day of which it tells.
    """
    columns = records.columns
    for name in ledger.names_of("deadline"):
        cells = records.get(name)
        if not any(isinstance(each, Clause) for each in cells):
            continue
        starts = (
            _from_paper(records.get(ledger.deadline_from), records, ledger[name], told_on)
            if ledger.deadline_from
            else [
                _dated(text, title) or _start(each, base, told_on)
                for each, text in zip(cells, records.get(ledger[name].text_in), strict=True)
            ]
        )
        columns[name] = [
            each.due_for(number, start) if isinstance(each, Clause) else each
            for each, number, start in zip(cells, records.get("sub_no"), starts, strict=True)
        ]
        for part in CLAUSE_PARTS & set(ledger.columns):
            columns[part] = [getattr(d, part) if isinstance(d, Clause) else None for d in cells]
        records.findings += _uncounted(records, place, ledger, ledger[name], cells)


def _from_paper(
    starts: Sequence[date | None], records: Records, field: Field, told_on: date
) -> list[date | None]:
    """The days from which periods count; «收到本清单后» that of the list, if no other is known."""
    texts = records.get(field.text_in)
    return [
        told_on if start is None and isinstance(text, str) and OF_PAPER.search(text) else start
        for start, text in zip(starts, texts, strict=True)
    ]


#: «自反馈之日起2个月内» under a title with «反馈时间：2023年11月6日».
_FROM = re.compile(
    r"(反馈|交办|下达|下发|印发|送达|公告|公示|移交|督办|通报|签收|发布|转办)[^,，。;；]{0,8}(?:起|后)"
)


def _dated(text: Any, title: str) -> date | None:
    """The day that a title gives to the event from which a deadline counts."""
    event = _FROM.search(text) if isinstance(text, str) else None
    day = (
        re.search(
            rf"{event[1]}(?:时间|日期)[:：]?\s*(20\d{{2}})[年./-](\d{{1,2}})[月./-](\d{{1,2}})",
            title,
        )
        if event
        else None
    )
    if day is None:
        return None
    with suppress(ValueError):
        return date(*map(int, day.groups()))
    return None


def _start(said: Any, base: date, told_on: date) -> date | None:
    """From when a deadline counts where no column says so.

    What is to be done at once is due on no day that a list sent again would move.
    """
    if isinstance(said, Clause) and said.days_after == 0:
        return None
    return told_on if isinstance(said, Clause) and said.hanging else base


def _uncounted(
    records: Records, place: Place, ledger: Ledger, field: Field, cells: Iterable[Any]
) -> list[Finding]:
    """Deadlines of so many days after a day that is not known."""
    columns = records.columns
    if not ledger.deadline_from:
        return []
    start = ledger[ledger.deadline_from].label
    return [
        place.finding(
            "deadline_without_base", "error",
            f"期限“{text}”从{start}起算，而{start}没有填写或读不出，暂无期限；请补填{start}",
            row_no=row_no, field=field.name, value=text,
        )
        for each, day, row_no, text in zip(
            cells, columns[field.name], columns["row_no"], records.get(field.text_in), strict=True
        )
        if isinstance(each, Clause) and each.days_after is not None and day is None
    ]  # fmt: skip


def add_rect_type(records: Records, ledger: Ledger) -> None:
    """A deadline or measure of one word, as 立行立改, is the 整改类别 where no cell says it."""
    if "rect_type" not in ledger.columns:
        return
    for name in ("due_text", "measure"):
        texts = records.columns.get(name, ())
        known = {text: _kind_word(text) for text in set(texts)}
        if name == "due_text":
            known = {text: kind or _at_once(text) for text, kind in known.items()}
        if any(known.values()):
            said = [known[text] for text in texts]
            given = records.get("rect_type")
            records.columns["rect_type"] = [a or b for a, b in zip(given, said, strict=True)]


def by_own_brackets(records: Records, is_part: Sequence[bool], base: date) -> None:
    """Who answers and by when, out of the brackets behind a measure, where its row says neither.

    A row of several measures speaks of all: what a measure's own bracket says is said of it alone.
    """
    is_part = is_part if len(is_part) == len(records) else [False] * len(records)
    texts = records.get("sub_measure")
    names = ("unit", "support_units", "person", "due_on", "due_text")
    columns = {name: records.get(name) for name in names}
    for n, text in enumerate(texts):
        if not text or not text.rstrip("。；; ").endswith((")", "）", "]", "】")):
            continue
        plain, said = tails(text)
        if not said or not plain:
            continue
        texts[n] = plain
        lead, others, person = units_in(said.texts.get(Role.LEAD, ""))
        helpers = "、".join(filter(None, (*others, said.texts.get(Role.SUPPORT, ""))))
        due = said.texts.get(Role.DUE)
        for name, value in (
            ("unit", lead), ("support_units", helpers),
            ("person", said.texts.get(Role.PERSON) or said.texts.get(Role.LEADER) or person),
            ("due_text", due),
        ):  # fmt: skip
            first, second = (value, columns[name][n]) if is_part[n] else (columns[name][n], value)
            columns[name][n] = first or second or None
        if due and (is_part[n] or columns["due_on"][n] is None):
            columns["due_on"][n] = _clause(due, base).due_for(None, base)
    records.columns |= columns | {"sub_measure": texts}


def by_own_words(records: Records, is_part: Sequence[bool], base: date) -> None:
    """The day and the kind that a measure's own words say, where its row says neither for it.

    A row of several measures has one deadline for all; a measure that names its own day has that.
    A row of one measure is due as its column says, where that is a day.
    """
    if len(is_part) != len(records):  # rows were rejected
        is_part = [False] * len(records)
    due, kinds = records.get("due_on"), records.get("rect_type")
    texts, due_texts = records.get("sub_measure"), records.get("due_text")
    _by_milestones(records, due, due_texts, base)
    for n, (text, due_text) in enumerate(zip(texts, due_texts, strict=True)):
        own = own_day(text, base) if text and (is_part[n] or due[n] is None) else None
        is_stated = kinds[n] is not None and kinds[n] != _kind_word(due_text)
        if text and is_part[n] and not own and stays(text):  # its row's day is that of the others
            due[n], kinds[n] = None, kinds[n] if is_stated else STANDING
            continue
        if own and not (due[n] is not None and not is_part[n]):
            due[n] = own.day
            by_words = NOW if is_first_at_once(text or "") else LIMITED
            kinds[n] = kinds[n] if is_stated else by_words
        elif kinds[n] is None:
            kinds[n] = _kind_by(due_text, _clause(due_text, base), due[n], text or "")
    records.columns["due_on"], records.columns["rect_type"] = due, kinds


def _kind_by(text: str | None, clause: Clause, day: date | None, words: str = "") -> str | None:
    """The kind that a deadline says, or a measure's own words by name; a day is of every kind."""
    has_day = day is not None and bool(clause.recurring)
    is_named = is_first_at_once(words, by_name=True) or (not text and stays(words))
    words = words if is_named else ""
    said = kind_of("", None, text or "", clause, words, has_day=has_day)
    return said if said != LIMITED else None


def put_deadline(
    records: Records, n: int, text: str, ledger: Ledger, base: date, told_on: date
) -> None:
    """Put a deadline in the place of the one that was read of a record, with all that it says.

    Days and periods count as those of the columns do. A kind that the deadline before had said
    goes with it.
    """
    anchor = records.get(ledger.deadline_from)[n] if ledger.deadline_from else None
    clause = _clause(text, anchor or told_on)
    start = anchor if ledger.deadline_from else _start(clause, base, told_on)
    day = clause.due_for(records.get("sub_no")[n], start)
    before, due = records.get("due_text")[n], records.get("due_on")[n]
    said: dict[str, Any] = {"due_on": day, "due_text": text}
    said |= {part: getattr(clause, part) for part in CLAUSE_PARTS & set(ledger.columns)}
    if "rect_type" in ledger.columns:
        kind = records.get("rect_type")[n]
        by_deadline = _kind_word(before), _kind_by(before, _clause(before, told_on), due)
        if "rect_type" not in records.letters or kind in {None, *by_deadline}:
            said["rect_type"] = _kind_word(text) or _at_once(text) or _kind_by(text, clause, day)
    for name, value in said.items():
        records.columns[name] = list(records.get(name))
        records.columns[name][n] = value


def _by_milestones(
    records: Records, due: list[Any], due_texts: Sequence[str | None], base: date
) -> None:
    """«8月底前形成报告，年底前完成转化»: of the days by which something is done the last counts.

    The finding that such a text was not understood goes.
    """
    rows = set()
    for n, text in enumerate(due_texts):
        own = own_day(text, base) if text and due[n] is None and _clause(text, base).left else None
        if own:
            due[n] = own.day
            rows.add(records.columns["row_no"][n])
    records.findings = [
        each
        for each in records.findings
        if not (each.field == "due_on" and each.rule == "unreadable" and each.row_no in rows)
    ]


#: «立即», «马上整改»: a deadline that is no day.
_AT_ONCE = re.compile(rf"(?:{IMMEDIATE.pattern})(?:进行)?(?:整改|完成|落实|办理|到位)*[。;；]?")


def _at_once(text: str | None) -> str | None:
    return NOW if _AT_ONCE.fullmatch(str(text or "").strip()) else None


def _kind_word(text: str | None) -> str | None:
    return RECT_TYPE.words.get(str(text or "").strip())


def _clause(text: str | None, base: date) -> Clause:
    """The clause of a deadline text that has been read and told of before."""
    try:
        return parse_clause(text, base) if text else Clause()
    except ValueError:
        return Clause()
