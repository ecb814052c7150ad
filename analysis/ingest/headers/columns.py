"""Columns → fields: of those that a header may stand for, the one that its values are of."""

import re
import unicodedata
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from analysis.ingest.cells.values import EMPTY, as_text, parse_column
from analysis.ingest.files.sheets import Grid
from analysis.ingest.headers.changes import name_the_changes
from analysis.ingest.headers.places import name_the_place
from analysis.ingest.headers.vocabulary import (
    READ,
    SEQUENCE,
    Claim,
    Header,
    Vocabulary,
    normalise,
)
from analysis.ledgers import Field, Ledger
from analysis.ledgers.codes import FINISHED, UNFINISHED
from analysis.ledgers.fields import Kind

#: Kinds whose cells show what they are; any words at all may be a text.
NARROW: frozenset[Kind] = frozenset({"date", "deadline", "integer", "number", "boolean", "code"})
#: Of these, a cell is nothing else; what may be one by its header alone needs cells that are.
PROVEN: frozenset[Kind] = frozenset({"integer", "number", "boolean", "code"})
#: What an office calls itself; a place of business does not.
ORGAN = re.compile(r"(局|委|办|办公室|委员会|大队|支队|人民政府|政府|街道|专班|检查组|中心)$")
#: Headers that stand for who inspects or answers in one ledger, and for a place in another.
TRAPS = frozenset({"检查单位", "单位", "抽查单位", "排查单位", "督查单位", "巡查单位"})
#: How a column of numbers is headed.
NUMBERS = re.compile("序号|编号|编码|号$|^序$|项次")
#: Words that only a plan contains.
PLANNED = re.compile(r"前|底|末|旬|天|内|季度|立行|长期|持续|限期")
#: Distinct cells of a column that are tried.
SAMPLE = 40
#: Below this a reading is told, so that somebody looks at it.
TOLD_BELOW = 0.7
#: A fit from which a column surely holds what a field wants, and below which it does not.
SURE, UNFIT, NEVER = 0.9, 0.5, -1.0


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a recognised table: the field that claims it, or none.

    ``doubt`` says why no field claims a column that two might, or by what a claim was guessed.
    """

    index: int
    header: str
    unit: str
    field: Field | None
    is_sequence: bool = False
    doubt: str = ""


def claim_by_values(
    vocabulary: Vocabulary,
    ledger: Ledger,
    headers: Sequence[Header],
    rows: Grid,
    base: date,
    lent: Container[str] = (),
) -> list[Column]:
    """Give each column to at most one field, and each field at most one column, but for those
    that gather what several say: by the office's word, the values, the header.

    ``lent`` are the fields that lines above the rows say.
    """
    taken: dict[int, Field] = {}
    for _, index, field in sorted(
        _offers(vocabulary, ledger, headers, rows, base), key=lambda offer: offer[0]
    ):
        if index not in taken and (field.is_gathered or field not in taken.values()):
            taken[index] = field
    doubts = name_the_place(vocabulary, ledger, headers, rows, taken, lent)
    _claim_by_shape(ledger, headers, rows, taken)
    doubts |= name_the_changes(ledger, headers, rows, taken)
    doubts |= _settle_completion(vocabulary, ledger, headers, taken, rows, base)
    for index, field in taken.items():
        claims = vocabulary.claims_of(ledger, headers[index])
        if any(claim.field is field and claim.weight < TOLD_BELOW for claim in claims):
            doubts[index] = f"“{headers[index].path}”按“{field.label}”读取，如不对请改用标准表头"
    return [
        Column(
            index,
            header.path,
            header.unit,
            vocabulary.taught(ledger, taken[index]) if index in taken else None,
            is_sequence=header.last in SEQUENCE,
            doubt=doubts.get(index, ""),
        )
        for index, header in enumerate(headers)
    ]


def _claim_by_shape(
    ledger: Ledger, headers: Sequence[Header], rows: Grid, taken: dict[int, Field]
) -> None:
    """A column of numbers is a field's where all are of its shape, though it is headed 序号."""
    for field in ledger:
        if not field.shape or field in taken.values():
            continue
        for index, header in enumerate(headers):
            cells = _sample(rows, index) if NUMBERS.search(header.path) else []
            if index not in taken and cells and _of_shape(field, cells) == 1:
                taken[index] = field
                break


def _of_shape(field: Field, cells: Sequence[Any]) -> float:
    """How many of some cells look as a field's values do, 0 to 1."""
    texts = [re.sub(r"\s", "", unicodedata.normalize("NFKC", as_text(c) or "")) for c in cells]
    return sum(bool(re.fullmatch(field.shape, text)) for text in texts) / len(texts)


#: By the office's word or not; how well the values fit; whether who inspects and who is inspected
#: is a guess, whether the header is not the label, whether it only may mean the field, whether the
#: column has other choices; how far the field is from that of the column on the left, where both
#: the choices are as good; whether no row says anything in it; how far the header is from what the
#: field means; place.
Rank = tuple[int, int, bool, bool, bool, bool, int, bool, float, int]


def _offers(
    vocabulary: Vocabulary,
    ledger: Ledger,
    headers: Sequence[Header],
    rows: Grid,
    base: date,
) -> Iterator[tuple[Rank, int, Field]]:
    """Each pair of column and field that could be, with its rank: the lowest is the best."""
    plain = vocabulary.once(
        ("offers", ledger.name, tuple(headers)),
        lambda: _plain_offers(vocabulary, ledger, headers, base),
    )
    labels = {header.last for header in headers}
    for index, offers in enumerate(plain):
        if offers is not None:
            yield from offers
        else:
            sample = _sample(rows, index)
            yield from _offers_of(vocabulary, ledger, headers, labels, index, sample, base)


def _plain_offers(
    vocabulary: Vocabulary, ledger: Ledger, headers: Sequence[Header], base: date
) -> list[list[tuple[Rank, int, Field]] | None]:
    """The offers of each column to which its values add nothing; None for the others."""
    claims = [vocabulary.claims_of(ledger, header) for header in headers]
    wanted = Counter(claim.field.name for each in claims for claim in each)
    labels = {header.last for header in headers}
    return [
        list(_offers_of(vocabulary, ledger, headers, labels, index, [], base))
        if _is_plain(header, choices, wanted)
        else None
        for index, (header, choices) in enumerate(zip(headers, claims, strict=True))
    ]


def _offers_of(
    vocabulary: Vocabulary,
    ledger: Ledger,
    headers: Sequence[Header],
    labels: Container[str],
    index: int,
    sample: Sequence[Any],
    base: date,
) -> Iterator[tuple[Rank, int, Field]]:
    """The fields that one column could be, by a sample of its values."""
    header = headers[index]
    choices = vocabulary.claims_of(ledger, header)
    own = vocabulary.own_field(ledger, header)
    narrow_rivals = any(claim.field.kind not in NARROW for claim in choices)
    for claim in choices:
        field = claim.field
        is_weak = claim.weight < TOLD_BELOW
        if is_weak and field.kind in PROVEN and not sample:
            continue
        fit = _fit(ledger, field, header, sample, base)
        is_label = normalise(field.label) == header.last
        is_sole = is_label or len(choices) == 1
        is_sure = claim.weight >= READ
        if field.name == own:
            yield (0, 0, False, False, False, False, 0, False, 0, index), index, field
        elif fit >= UNFIT or (fit > 0 and claim.is_listed) or (fit == 0 and is_sole and is_sure):
            has_rival = narrow_rivals and normalise(field.label) not in labels
            by_values = has_rival and field.kind in NARROW and fit >= SURE
            rank = 1 if by_values else 2 if fit >= UNFIT else 3
            is_guess = header.last in TRAPS and not is_label
            order = (is_guess, not is_label, is_weak, len(choices) > 1)
            apart = 0
            if _is_bare(choices):
                left = [vocabulary.claims_of(ledger, each) for each in headers[:index]]
                apart = _apart(ledger, field, left)
            place = (apart, not sample, 1 - claim.closeness, index)
            yield (1, rank, *order, *place), index, field


def _is_bare(choices: Sequence[Claim]) -> bool:
    """Whether a header such as 类别 says no more of one of its fields than of another."""
    return len(choices) > 1 and len({claim.closeness for claim in choices}) == 1


def _apart(ledger: Ledger, field: Field, left: Sequence[Sequence[Claim]]) -> int:
    """How far a field stands in the dictionary from what the nearest column on the left is.

    类别 behind 场所名称 is the kind of site, behind 隐患描述 that of hazard.
    """
    names = ledger.columns
    near = next((choices[0].field.name for choices in reversed(left) if choices), "")
    return abs(names.index(near) - names.index(field.name)) if near else 0


def _is_plain(header: Header, choices: Sequence[Claim], wanted: Mapping[str, int]) -> bool:
    """Whether values add nothing: the header is listed, for one field that nobody else wants."""
    if len(choices) != 1 or header.last in TRAPS:
        return False
    return choices[0].is_listed and wanted[choices[0].field.name] == 1


def _fit(ledger: Ledger, field: Field, header: Header, cells: Sequence[Any], base: date) -> float:
    """How much of a column's sample a field could read, 0 to 1; 0.6 where nothing speaks."""
    if header.last in TRAPS:
        organs = sum(bool(ORGAN.search(as_text(cell) or "")) for cell in cells)
        is_organ = organs * 2 >= len(cells)
        if field.kind != "unit":
            return NEVER if cells and is_organ else 0.6
        return 0.6 if is_organ or not cells else 0.3
    if cells and field.shape:
        return _of_shape(field, cells)
    if not cells or field.kind not in NARROW:
        return 0.6
    _, problems = parse_column(cells, field, base, header.unit)
    # Prose of which nothing was read is no error of the unit's, but does not speak for the field.
    unread = sum(problem.is_unread or problem.rule == "unreadable" for problem in problems)
    return 1 - unread / len(cells)


def _sample(rows: Grid, index: int) -> list[Any]:
    """The first distinct cells of a column that say something."""
    seen: dict[Any, None] = {}
    for row in rows[:400]:
        cell = row[index]
        if (as_text(cell) or "") not in EMPTY:
            seen.setdefault(cell)
            if len(seen) == SAMPLE:
                break
    return list(seen)


def _settle_completion(
    vocabulary: Vocabulary,
    ledger: Ledger,
    headers: Sequence[Header],
    taken: dict[int, Field],
    rows: Grid,
    base: date,
) -> dict[int, str]:
    """«整改完成时间» is a plan in one ledger and a fact in another: the values tell, or nobody.

    Where both or neither a deadline and a completion have columns of their own, there is nothing
    to settle. Returns the doubts by column; a doubtful column is claimed by no field.
    """
    doubts: dict[int, str] = {}
    names = {field.name: index for index, field in taken.items()}
    for index, header in enumerate(headers):
        fields = {field.name: field for field in vocabulary.candidates(ledger, header)}
        if not {"due_on", "done_on"} <= set(fields) or vocabulary.own_field(ledger, header):
            continue
        others = {name for name, column in names.items() if column != index}
        if "due_on" in others or "done_on" in others:
            continue  # the other one has its own column; this is what is left
        status = next((i for i, field in taken.items() if field.name == "status"), None)
        said = _plan_or_fact(ledger, rows, index, status, base)
        if said:
            taken[index] = fields[said]
        else:
            taken.pop(index, None)
            doubts[index] = (
                f"“{header.path}”看不出是计划期限还是实际完成日期，没有读取，原文保存在“其他列”；"
                f"请在 yanpan.toml 的 [headers.{ledger.name}] 中写明，"
                f'如 due_on = ["{header.last}"]'
            )
    return doubts


def _plan_or_fact(
    ledger: Ledger, rows: Grid, index: int, status: int | None, base: date
) -> str | None:
    cells = [row[index] for row in rows]
    texts = [as_text(cell) or "" for cell in cells]
    filled = [text not in EMPTY for text in texts]
    if not any(filled):
        return "due_on"
    if any(isinstance(cell, str) and PLANNED.search(cell) for cell in cells):
        return "due_on"
    days, _ = parse_column(cells, ledger["done_on"], base)
    if any(isinstance(day, date) and day > base for day in days):
        return "due_on"
    if all(type(cell) in {int, float} and 0 < cell <= 365 for cell in cells if cell):
        return "due_on"
    if status is None:
        return None
    states, _ = parse_column([row[status] for row in rows], ledger["status"], base)
    open_filled = sum(f for f, state in zip(filled, states, strict=True) if state in UNFINISHED)
    open_blank = sum(not f for f, state in zip(filled, states, strict=True) if state in UNFINISHED)
    done_filled = sum(f for f, state in zip(filled, states, strict=True) if state in FINISHED)
    if open_filled > open_blank:
        return "due_on"  # a fact cannot stand on what is unfinished
    others = sum(state not in FINISHED for state in states)
    blank = sum(not f for f, state in zip(filled, states, strict=True) if state not in FINISHED)
    # «完成情况 | 完成时间»: who tells of the state first tells of the fact after it.
    is_told_of = index == status + 1
    if done_filled and blank == others and (others or is_told_of):
        return "done_on"
    return None
