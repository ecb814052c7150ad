"""Which ledger a header is of, by all that speaks for it: its columns, the title, the values."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from analysis.ingest.cells.values import EMPTY, as_text, parse_column
from analysis.ingest.files.sheets import Grid, Sheet
from analysis.ingest.headers.columns import NARROW, UNFIT, Column
from analysis.ingest.headers.vocabulary import (
    LISTED,
    REMEMBERED_ROWS,
    SEQUENCE,
    SURELY,
    Header,
    Vocabulary,
    claim_by_words,
    normalise,
)
from analysis.ledgers import LEDGERS, Ledger
from analysis.ledgers.grammar import COUNTED, may_be_header

#: A ledger needs so many columns; one alone may stand in any table.
FEWEST_FIELDS = 2
#: So many where fewer than two are listed headers, and no less than this share of the columns:
#: a row of data may by chance hold words that are read as headers.
FEWEST_READ, SHARE_READ = 3, 0.4
#: What a column adds that only this ledger has: it outvotes a bare date and a site together.
BETRAYED = 2.5
#: What the title or the sheet's name adds.
TITLED = 1.5
#: A column of texts tells its ledger if so much speaks for it.
LIKELY = 0.5
#: So many columns that are headed by values of one field are its answers.
FEWEST_ANSWERS = 2
#: So many ledgers are worth comparing.
FEWEST_RIVALS = 2
#: Two ledgers nearer to each other than this are both possible.
CLOSE = 0.15
#: A ledger of which the very column is missing that makes it one, and which has so many others
#: that no sheet has by chance, casts doubt on one that fits less well by so much.
FEWEST_WITHOUT, BETTER_WITHOUT = 4, 1.0
#: Two ledgers nearer than this are tried on the values of the first rows.
WORTH_TRYING, ROWS_TRIED = 3.0, 30
#: Any day: only whether a cell can be read counts here.
ANY_DAY = date(2024, 1, 1)
#: Headers of what is printed in a checklist.
PRINTED = re.compile(r"(?:检查|排查|巡查)(?:项目|内容|标准|要点|事项|项)$")
#: What a unit is called; a place that units supervise is not.
ORGAN = re.compile(
    r"(?:局|委|办|部|办公室|委员会|大队|支队|人民政府|政府|办事处|专班|镇|乡|联合会|街道)$"
)
NUMBERS_ALONE = re.compile(r"[-+]?\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Fit:
    """A ledger that a header may be of: the fields claimed, each with column and certainty.

    ``is_own``: one of them no other ledger has. ``lacks`` is the label of the field that betrays
    the ledger, where no column is it: such a fit is never chosen, and may cast doubt on another.
    ``by_title``: it is chosen all the same where the title says what the sheet is; ``by_choice``
    names the field whose cells make it whole where they are words of a choice. Chosen, the sheet
    is of none of the ledgers it ``stands_for``. With ``in_doubt`` a column may betray one of these,
    as far as its header says: title and cells together make it whole.
    """

    ledger: Ledger
    score: float
    required: int
    fields: Mapping[str, tuple[int, float]]
    is_own: bool = False
    lacks: str = ""
    by_title: bool = False
    by_choice: str = ""
    stands_for: tuple[str, ...] = ()
    in_doubt: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A header that may be the sheet's: its first row, its height, its words, its ledger."""

    top: int
    height: int
    headers: list[Header]
    fit: Fit

    @property
    def rank(self) -> tuple[float, int]:
        """What candidates are compared by."""
        return self.fit.score, self.fit.required


@dataclass(frozen=True, slots=True)
class Choice:
    """The best of the candidates, the names of others as good; ``doubt`` says why none is sure."""

    best: Candidate | None
    rivals: tuple[str, ...] = ()
    doubt: str = ""


def fits(headers: Sequence[Header], vocabulary: Vocabulary) -> list[Fit]:
    """The ledgers that a header may be of."""
    key = tuple(headers)
    if key in vocabulary.fits:
        return vocabulary.fits[key]
    if not _may_be_any(headers, vocabulary):
        return []  # so are nearly all rows that are tried: data
    if len(vocabulary.fits) >= REMEMBERED_ROWS:
        vocabulary.fits.clear()
    vocabulary.fits[key] = list(_fits(headers, vocabulary))
    return vocabulary.fits[key]


def choose(candidates: Iterable[Candidate], sheet: Sheet) -> Choice:
    """The candidate for which most speaks, the first where several are equal.

    Where another ledger comes near it, or one that lacks its own column has far more of the
    others, nobody knows: the choice has a doubt, a sentence for the office.
    """
    several = list(candidates)
    is_alone = len({each.fit.ledger.name for each in several}) < FEWEST_RIVALS
    if not is_alone or any(each.fit.lacks for each in several):
        own = frozenset(
            each.fit.ledger.name for each in several if each.fit.is_own and not each.fit.lacks
        )
        several = [_with_choices(_with_title(each, sheet, own), sheet) for each in several]
    several = [e for e in several if not e.fit.lacks or len(e.fit.fields) >= FEWEST_WITHOUT]
    several = [each for each in several if not _is_repeated(each, several)]
    complete = [each for each in several if not each.fit.lacks]
    # without a column that makes a row a record, every row would be sent back
    complete = [each for each in complete if _has_anchor(each.fit)] or complete
    best = max(complete, key=lambda each: (*each.rank, -_flaws(each, sheet)), default=None)
    if best is None:
        nearest = max(several, key=lambda each: each.rank, default=None)
        return Choice(nearest, doubt=_told_lack(nearest.fit) if nearest else "")
    near = [each for each in complete if _is_near(each, best)]
    if any(each.fit.ledger is not best.fit.ledger for each in near):
        near = [_with_values(each, sheet) for each in near]
        best = max(near, key=lambda each: (*each.rank, -_flaws(each, sheet)))
    others = [
        each
        for each in near
        if each.top == best.top and each.fit.ledger is not best.fit.ledger
        if best.fit.score - each.fit.score < CLOSE
    ]
    rivals = tuple(dict.fromkeys(each.fit.ledger.name for each in others))
    without = [each for each in several if each.fit.lacks and each.top == best.top]
    return Choice(best, rivals, _doubt(best, rivals, without, _title(best, sheet)))


def is_blank_checklist(columns: Sequence[Column], rows: Grid) -> bool:
    """Whether lines of a checklist are printed, and nothing that a field claims is filled in."""
    if not any(PRINTED.search(column.header) for column in columns):
        return False
    claimed = [column.index for column in columns if column.field]
    return bool(rows) and not any(_is_said(row[index]) for row in rows for index in claimed)


def _may_be_any(headers: Sequence[Header], vocabulary: Vocabulary) -> bool:
    """Whether there are words enough for any ledger."""
    known = vocabulary.known
    if sum(each.path in known or each.last in known for each in headers) >= FEWEST_FIELDS:
        return True
    readable = sum(may_be_header(each.last) for each in headers)
    return readable >= max(FEWEST_READ, SHARE_READ * _columns(headers))


def _columns(headers: Sequence[Header]) -> int:
    return sum(each.last != "" and each.last not in SEQUENCE for each in headers)


def _fits(headers: Sequence[Header], vocabulary: Vocabulary) -> Iterable[Fit]:
    claimed = {
        ledger.name: claim_by_words(vocabulary, ledger, headers)
        for ledger in LEDGERS.values()
        if ledger.is_received and vocabulary.only in {"", ledger.name}
    }
    columns = _columns(headers)
    for name, fields in claimed.items():
        ledger = LEDGERS[name]
        fields |= _answered(ledger, headers, fields)
        belying = [*_belying(ledger, fields, claimed)]
        is_belied = bool(belying)
        in_doubt = is_belied and all(_may_be_fact(headers[n], vocabulary) for n in belying)
        by_title = _is_by_title(ledger, fields) and (in_doubt or not is_belied)
        betraying = [field for field in ledger.signature if _is_sure(ledger, fields, field)]
        is_decided = bool(vocabulary.only)
        if not by_title and not _may_be(fields, columns, bool(betraying), is_decided):
            continue
        is_own = any(
            _is_own(ledger, field, headers[fields[field][0]], vocabulary)
            for field in _own(ledger)
            if _is_sure(ledger, fields, field)
        )
        others = _own_of_others(ledger)
        weight = sum(weight for field, (_, weight) in fields.items() if field not in others)
        weight += BETRAYED * is_own
        required = sum(field.name in fields for field in ledger.required())
        is_whole = bool(betraying) or is_decided
        if is_whole and not _may_be(fields, columns, bool(betraying), is_decided):
            if not by_title:
                continue
            is_whole = False
        lacks = "" if is_whole else ledger[ledger.signature[0]].label
        is_together = bool(ledger.together) and fields.keys() >= {*ledger.together}
        by_choice = ledger.together[0] if is_together and not is_belied else ""
        stands_for = () if is_belied else ledger.stands_for
        yield Fit(
            ledger, round(weight, 2), required, fields, is_own, lacks, by_title, by_choice,
            stands_for, in_doubt,
        )  # fmt: skip


def _belying(
    ledger: Ledger,
    fields: Mapping[str, tuple[int, float]],
    claimed: Mapping[str, Mapping[str, tuple[int, float]]],
) -> Iterable[int]:
    """The columns that only a ledger has whose other columns this one repeats."""
    has_own = any(name in fields for name in ledger.signature)
    telling = ledger.belied_by if has_own else (*ledger.belied_by, *ledger.belied_without)
    mine = {index for index, _ in fields.values()}
    return (
        claimed[name][field][0]
        for name in ledger.stands_for
        if name in claimed
        for field in telling
        if _is_sure(LEDGERS[name], claimed[name], field) and claimed[name][field][0] not in mine
    )


def _may_be_fact(header: Header, vocabulary: Vocabulary) -> bool:
    """Whether a day is as well that of the work as that by which it is due: 整改完成时间."""
    claims = vocabulary.claims_of(LEDGERS["hazard"], header)
    return {"due_on", "done_on"} <= {claim.field.name for claim in claims}


def _is_by_title(ledger: Ledger, fields: Mapping[str, tuple[int, float]]) -> bool:
    """Whether these columns are of a ledger if its title says so: what a row is, and one more.

    A column that may hold the very words of a record, as far as its header goes, does under such a
    title where a record's life stands beside it: 描述 | 等级 | 发现日期 of an 隐患台账. A plan of
    work under the same title has 内容 and 时限, and no 等级.
    """
    is_told = any(f in fields for f in ledger.anchors) and any(
        f in fields for f in ledger.under_title
    )
    is_worded = (
        ledger.wording in ledger.signature
        and ledger.wording in fields
        and bool(ledger.deadline_from)
        and _is_sure(ledger, fields, ledger.deadline_from)
        and any(ledger[name].codes for name in fields)
    )
    return is_told or (is_worded and len(fields) >= FEWEST_WITHOUT)


def _answered(
    ledger: Ledger, headers: Sequence[Header], fields: Mapping[str, tuple[int, float]]
) -> dict[str, tuple[int, float]]:
    """Fields of which each answer has a column, ticked or counted: 已整改 | 整改中 | 未整改."""
    found = {}
    for field in ledger:
        if not field.codes or not field.header or field.name in fields:
            continue
        words = field.codes.words
        is_titled = ledger.titled is not None and ledger.titled[0] == field.name
        columns = [
            n for n, each in enumerate(headers)
            if each.last in words or (is_titled and COUNTED.sub("", each.last) in words)
        ]  # fmt: skip
        if len({headers[n].last for n in columns}) >= FEWEST_ANSWERS:
            found[field.name] = (columns[0], LISTED)
    return found


def _is_own(ledger: Ledger, field: str, header: Header, vocabulary: Vocabulary) -> bool:
    """Whether a column speaks for a ledger of which it is an own one, and for no other as much."""
    mine = ledger[field]
    if normalise(mine.label) == header.last:
        return True
    is_read = not any(claim.is_listed for claim in vocabulary.claims_of(ledger, header))
    return not any(
        is_read or claim.field.name in _own(other) or normalise(claim.field.label) == header.last
        for other in LEDGERS.values()
        if other is not ledger and other.is_received
        for claim in vocabulary.claims_of(other, header)
        # A count and a text under one header are told apart by the values.
        if claim.is_listed and (claim.field.kind in NARROW) == (mine.kind in NARROW)
    )


def _own(ledger: Ledger) -> tuple[str, ...]:
    return ledger.own or ledger.signature


@cache
def _own_of_others(ledger: Ledger) -> frozenset[str]:
    """The fields of a ledger that speak for another one, which has them as its own: 配合单位."""
    others = (each for each in LEDGERS.values() if each is not ledger)
    return frozenset(name for each in others for name in each.own) - {*_own(ledger)}


def _is_sure(ledger: Ledger, fields: Mapping[str, tuple[int, float]], field: str) -> bool:
    """Whether a column tells which ledger it is: not one that may be a count, if its cells are."""
    needed = SURELY if ledger[field].kind in NARROW else LIKELY
    return field in fields and fields[field][1] >= needed


def _flaws(candidate: Candidate, sheet: Sheet) -> int:
    """How many merged cells a header of this place and height tears apart, or has as its foot.

    What is merged across columns in its last row stands over parts in the row below. A number in
    its first row is of a line above the header: 填报日期 | 20240115.
    """
    top, bottom = candidate.top, candidate.top + candidate.height - 1
    has_number = any(isinstance(cell, int | float) for cell in sheet.cells[top])
    return has_number + sum(
        first < top <= last or first <= bottom < last or (last == bottom and right > left)
        for first, left, last, right in sheet.merged
        if first <= bottom and last >= top
    )


def _may_be(
    fields: Mapping[str, tuple[int, float]], columns: int, is_betrayed: bool, is_decided: bool
) -> bool:
    """Whether these fields make it possible that a header is of a ledger at all."""
    if not is_betrayed and not is_decided:
        return len(fields) >= FEWEST_WITHOUT
    if sum(weight == LISTED for _, weight in fields.values()) >= FEWEST_FIELDS:
        return True
    return len(fields) >= max(FEWEST_READ, SHARE_READ * columns)


def _with_title(candidate: Candidate, sheet: Sheet, own: frozenset[str] = frozenset()) -> Candidate:
    """A candidate for which the title or the sheet's name speaks, if its ledger is named there.

    ``own`` are the ledgers of which a column is theirs alone: where another has one, a title that
    only says of what kind the rows are does not count.
    """
    title = _title(candidate, sheet)
    fit = candidate.fit
    is_named = any(word in title for word in fit.ledger.said_in_title)
    kinds = {*fit.ledger.values_titled(title)} - fit.ledger.not_by_title
    is_kind = bool(kinds) and not own - {fit.ledger.name}
    if not is_named and not is_kind:
        return candidate
    if fit.in_doubt and not (is_named and _is_chosen(candidate, sheet, of_all=True)):
        return candidate
    stands_for = fit.ledger.stands_for if fit.in_doubt else fit.stands_for
    whole = replace(fit, lacks="") if fit.lacks and fit.by_title else fit
    whole = replace(whole, stands_for=stands_for)
    return _changed(replace(candidate, fit=whole), said_weight(fit))


def _title(candidate: Candidate, sheet: Sheet) -> str:
    """What says over a header, and as the sheet's name, what the sheet is."""
    return " ".join([sheet.name, sheet.above, *_titles(sheet.cells[: candidate.top])])


def _with_choices(candidate: Candidate, sheet: Sheet) -> Candidate:
    """A candidate that is whole by the words of a choice, if half of its cells have them."""
    fit = candidate.fit
    if not (fit.lacks and fit.by_choice and _is_chosen(candidate, sheet)):
        return candidate
    return _changed(replace(candidate, fit=replace(fit, lacks="")), BETRAYED)


def _is_chosen(candidate: Candidate, sheet: Sheet, of_all: bool = False) -> bool:
    """Whether half of the cells of the choice that makes a ledger have its words.

    ``of_all``: every row that names an item has them, as no list has that waits for some.
    """
    fit = candidate.fit
    if not fit.ledger.together or fit.ledger.together[0] not in fit.fields:
        return False
    index, _ = fit.fields[fit.ledger.together[0]]
    anchors = [fit.fields[name][0] for name in fit.ledger.anchors if name in fit.fields]
    rows = sheet.filled[candidate.top + candidate.height :]
    if of_all:
        texts = {
            as_text(row[index]) or "" for row in rows
            if len(set(row)) > 1 and any(_is_said(row[n]) for n in anchors)
        }  # fmt: skip
    else:
        texts = {as_text(row[index]) or "" for row in rows[:ROWS_TRIED] if _is_said(row[index])}
    chosen = sum(bool(re.search(fit.ledger.chosen_by, text)) for text in texts)
    return bool(texts) and chosen * 2 >= len(texts) * (1 + of_all)


def _is_repeated(candidate: Candidate, several: Sequence[Candidate]) -> bool:
    """Whether another candidate of the same rows only repeats the columns of this one's ledger."""
    rows = range(candidate.top, candidate.top + candidate.height)
    return any(
        candidate.fit.ledger.name in each.fit.stands_for and not each.fit.lacks
        for each in several
        if each.top in rows or candidate.top in range(each.top, each.top + each.height)
    )


def said_weight(fit: Fit) -> float:
    """What it adds to a fit that the title says so: the column that makes it, where that lacks."""
    return TITLED + BETRAYED * bool(fit.lacks and fit.by_title)


def _has_anchor(fit: Fit) -> bool:
    return any(name in fit.fields for name in fit.ledger.anchors)


def _titles(rows: Grid) -> list[str]:
    """Rows that say one thing alone, as titles do."""
    said = [{str(cell).strip() for cell in row if _is_said(cell)} for row in rows]
    return [text for texts in said if len(texts) == 1 for text in texts]


def _with_values(candidate: Candidate, sheet: Sheet) -> Candidate:
    """A candidate without the columns whose values are nothing that its fields could hold."""
    start = candidate.top + candidate.height
    rows = sheet.filled[start : start + ROWS_TRIED]
    misread = 0.0
    for name, (index, weight) in candidate.fit.fields.items():
        cells = list(dict.fromkeys(row[index] for row in rows if _is_said(row[index])))
        if cells and not _could_hold(candidate.fit.ledger, name, cells, candidate.headers[index]):
            ledger = candidate.fit.ledger
            is_what_it_is = name in _own(ledger) or _names_register(ledger, name)
            misread += weight + BETRAYED * is_what_it_is
    return _changed(candidate, -misread)


def _could_hold(ledger: Ledger, name: str, cells: list[Any], header: Header) -> bool:
    """Whether half of the cells at least are what a field may hold; prose is no bare number."""
    field = ledger[name]
    if _names_register(ledger, name):
        organs = sum(bool(ORGAN.search(as_text(cell) or "")) for cell in cells)
        return (organs * 2 >= len(cells)) == (field.kind == "unit")
    if field.kind in NARROW:
        _, problems = parse_column(cells, field, ANY_DAY, header.unit)
        return 1 - sum(problem.is_unread for problem in problems) / len(cells) >= UNFIT
    numbers = sum(bool(NUMBERS_ALONE.fullmatch(as_text(cell) or "")) for cell in cells)
    return not field.is_prose or numbers * 2 < len(cells)


def _names_register(ledger: Ledger, name: str) -> bool:
    """Whether a field names the rows of a register: places of business, or units."""
    return ledger.is_register and name == ledger.anchors[0]


def _doubt(best: Candidate, rivals: Sequence[str], without: Sequence[Candidate], title: str) -> str:
    """Why no ledger is sure; empty where one is.

    A column of its own makes one so; but no register under a title of what has a life, nor one
    without names: 隐患台账 with 风险等级 is no 名录.
    """
    ledger = best.fit.ledger
    if rivals:
        labels = "”“".join(LEDGERS[name].label for name in rivals)
        return (
            f"表头既像“{ledger.label}”，又像“{labels}”，没有读取；请在标题里写明是什么台账，"
            f'或在 yanpan.toml 的 [sheets] 中写明，如 "*文件或工作表的名称*" = "{ledger.name}"'
        )
    if best.fit.is_own:
        is_told = any(word in title for word in ledger.said_in_title)
        without = [] if is_told or not ledger.is_register else without
        said = [e for e in without if any(word in title for word in e.fit.ledger.said_in_title)]
        without = said if _has_anchor(best.fit) else without
    # Where no row could become a record, any that is as good will do.
    better = BETTER_WITHOUT if _has_anchor(best.fit) else 0
    for each in sorted(without, key=lambda each: each.rank, reverse=True):
        if each.fit.score >= best.fit.score + better:
            return _told_lack(each.fit)
    return ""


def _told_lack(fit: Fit) -> str:
    return (
        f"表头像“{fit.ledger.label}”，但没有认出“{fit.lacks}”一列，没有读取；请改用标准表头，"
        f"或在 yanpan.toml 的 [headers.{fit.ledger.name}] 中写明，"
        f'如 {fit.ledger.signature[0]} = ["表头"]'
    )


def _is_near(candidate: Candidate, best: Candidate) -> bool:
    return best.fit.score - candidate.fit.score < WORTH_TRYING


def _changed(candidate: Candidate, by: float) -> Candidate:
    fit = replace(candidate.fit, score=round(candidate.fit.score + by, 2))
    return replace(candidate, fit=fit)


def _is_said(cell: Any) -> bool:
    return (as_text(cell) or "") not in EMPTY
