"""Header words → fields: who may claim a column, and what its values say to that."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from analysis.errors import SettingsError, did_you_mean
from analysis.ingest.cells.values import EMPTY, as_text, parse_column
from analysis.ingest.files.sheets import Grid
from analysis.ledgers import LEDGERS, Field, Ledger
from analysis.ledgers.codes import FINISHED, UNFINISHED
from analysis.ledgers.fields import Kind
from analysis.ledgers.grammar import may_be_header, sentence_of, weight_of

#: Ledger → field → headers that the office has added in yanpan.toml.
Added = Mapping[str, Mapping[str, Sequence[str]]]

#: So many texts are kept in the form in which they are compared.
REMEMBERED = 20_000
#: Headers of the running number: not a record's own, and no content.
SEQUENCE = frozenset({"序号", "项次", "行号", "序", "No.", "NO."})
BRACKETED = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|【([^【】]*)】|〔([^〔〕]*)〕")
#: Kinds whose cells show what they are; any words at all may be a text.
NARROW: frozenset[Kind] = frozenset({"date", "deadline", "integer", "number", "boolean", "code"})
#: What an office calls itself; a place of business does not.
ORGAN = re.compile(r"(局|委|办|办公室|委员会|大队|支队|人民政府|政府|街道|专班|检查组|中心)$")
#: A header that stands for who inspects in one ledger and for who is inspected in another.
TRAP = "检查单位"
#: Words that only a plan contains.
PLANNED = re.compile(r"前|底|末|旬|天|内|季度|立行|长期|持续|限期")
#: Distinct cells of a column that are tried.
SAMPLE = 40
#: «1.», «(二)», «A、» in front of a header.
ENUMERATED = re.compile(r"^(?:[(]?(?:[0-9]{1,2}|[A-Za-z]|[一二三四五六七八九十]{1,3})[)、.](?!\d))")
#: What is no part of a header's words; marks of width zero come with copies from web pages.
NOISE = re.compile(r"[\s*:★☆※●\u200b-\u200f\u2060\ufeff\u00ad]|[。;]$|^其中:?")
#: A header's last part that is so short takes its meaning from what stands above it.
BARE = 2
#: A listed header is as sure as can be; one that is read by the grammar is a little less so.
LISTED, READ = 1.0, 0.9
#: Below this a reading is told, so that somebody looks at it.
TOLD_BELOW = 0.7
#: A fit from which a column surely holds what a field wants, and below which it does not.
SURE, UNFIT, NEVER = 0.9, 0.5, -1.0


@dataclass(frozen=True, slots=True)
class Header:
    """One column's header: its whole path, its last part, and the unit in its brackets.

    ``above`` is the path without the last part, in a header of several rows.
    """

    path: str
    last: str
    unit: str
    above: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """A field that a header may stand for, and how surely, 0 to 1.

    ``is_listed``: the dictionary or the office has this very header. ``closeness`` is how near it
    comes to what the field means, so that of two listed ones 责任单位 goes before 监管单位.
    """

    field: Field
    weight: float
    closeness: float
    is_listed: bool = False


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


def normalise(text: Any) -> str:
    """A header as it is compared: NFKC, without brackets, numbering, white space and marks."""
    return _normalise(str(text))


@lru_cache(maxsize=REMEMBERED)
def _normalise(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).strip()
    folded = ENUMERATED.sub("", folded) or folded
    folded = BRACKETED.sub("", folded) or folded
    return NOISE.sub("", folded)


class Vocabulary:
    """Which headers stand for which fields: the dictionary's and the office's own."""

    def __init__(self, added: Added | None = None) -> None:
        must_be_fields(added or {})
        self.claims: dict[str, dict[str, list[Field]]] = {}
        self.own: dict[str, dict[str, str]] = {}
        for ledger in LEDGERS.values():
            mine = (added or {}).get(ledger.name, {})
            claims = self.claims.setdefault(ledger.name, {})
            self.own[ledger.name] = {
                normalise(header): name for name, headers in mine.items() for header in headers
            }
            for field in ledger:
                for header in (*field.headers, *mine.get(field.name, ())):
                    fields = claims.setdefault(normalise(header), [])
                    if field not in fields:
                        fields.append(field)
        #: The ledgers that a header fits, with their scores: most files repeat a few headers.
        self.fits: dict[tuple[Header, ...], list[Any]] = {}
        #: The only ledger that a sheet can be of, where the office has said so.
        self.only = ""
        self.known = frozenset(header for claims in self.claims.values() for header in claims)
        self._claims_of: dict[tuple[str, Header], list[Claim]] = {}
        self._decided: dict[str, Vocabulary] = {}

    def claims_of(self, ledger: Ledger, header: Header) -> list[Claim]:
        """The fields that a header may stand for: as it is listed, else as it is read."""
        key = (ledger.name, header)
        if key not in self._claims_of:
            listed = self.claims[ledger.name]
            is_bare = bool(header.above) and len(header.last) <= BARE
            fields = listed.get(header.path) or (not is_bare and listed.get(header.last)) or []
            self._claims_of[key] = [_listed(each, header) for each in fields] or (
                self._read(ledger, header) if may_be_header(header.last) else []
            )
        return self._claims_of[key]

    def candidates(self, ledger: Ledger, header: Header) -> list[Field]:
        """The fields that a header may stand for."""
        return [claim.field for claim in self.claims_of(ledger, header)]

    def _read(self, ledger: Ledger, header: Header) -> list[Claim]:
        """The fields whose phrases a header says, with what stands above it or without.

        A bare noun under words that say what it is of is never read without them: a day under
        «公示» is no other day.
        """
        last, above = header.last, header.above
        is_bound = len(last) <= BARE and len(sentence_of(last, above)) > 1
        for over in dict.fromkeys(["", above] if len(last) > BARE else [above, ""]):
            if is_bound and not over:
                break
            weights = ((each, weight_of(each.says, last, over)) for each in ledger)
            claims = [Claim(each, w * READ, w * READ) for each, w in weights if w]
            if claims:
                return claims
        if above and not is_bound and len(last) <= BARE:
            return [Claim(each, READ, READ) for each in self.claims[ledger.name].get(last, ())]
        return []

    def read_as(self, ledger: str) -> "Vocabulary":
        """The same words for a sheet of which the office has said what ledger it is."""
        if not ledger:
            return self
        if ledger not in self._decided:
            decided = copy(self)
            decided.only, decided.fits = ledger, {}
            self._decided[ledger] = decided
        return self._decided[ledger]

    def knows(self, word: str) -> bool:
        """Whether a word, as ``normalise`` gives it, is a header of any ledger."""
        if word in self.known:
            return True
        header = Header(word, word, "")
        return may_be_header(word) and any(
            self.claims_of(ledger, header) for ledger in LEDGERS.values() if ledger.is_received
        )

    def own_field(self, ledger: Ledger, header: Header) -> str | None:
        """The field that the office's own settings give to a header."""
        own = self.own[ledger.name]
        return own.get(header.path) or own.get(header.last)


def _listed(field: Field, header: Header) -> Claim:
    read = weight_of(field.says, header.last) if may_be_header(header.last) else 0
    return Claim(field, LISTED, read or LISTED, is_listed=True)


def must_be_fields(added: Mapping[str, Iterable[str]]) -> None:
    """The office's own headers must name ledgers and fields that there are.

    Raises:
        SettingsError: some are unknown; one line for each.

    """
    faults = []
    received = [ledger.name for ledger in LEDGERS.values() if ledger.is_received]
    for name, fields in added.items():
        if name not in received:
            hint = did_you_mean(name, received) or f"，可填：{'、'.join(received)}。"
            faults.append(f"yanpan.toml 的 [headers.{name}] 不是台账名称{hint}")
            continue
        can_be = [field.name for field in LEDGERS[name] if field.header]
        for field in fields:
            if field not in can_be:
                hint = did_you_mean(field, can_be) or f"，可填：{'、'.join(can_be)}。"
                faults.append(f"yanpan.toml 的 [headers.{name}] 中没有字段“{field}”{hint}")
    if faults:
        raise SettingsError("\n".join(faults))


def read_headers(rows: Grid) -> list[Header]:
    """Each column's header out of one to three header rows."""
    headers = []
    for cells in zip(*rows, strict=True):
        said = [str(cell) for cell in cells if cell is not None and str(cell).strip()]
        parts = list(dict.fromkeys(map(normalise, said)))
        # «（全称）» in a row of its own says how to write the part above it.
        parts = [part for part in parts if not BRACKETED.fullmatch(part)] or parts
        unit = next(
            (
                "".join(filter(None, match.groups()))
                for cell in reversed(said)
                if (match := BRACKETED.search(unicodedata.normalize("NFKC", cell)))
            ),
            "",
        )
        last = parts[-1] if parts else ""
        headers.append(Header("".join(parts), last, unit, "".join(parts[:-1])))
    return headers


def claim_by_words(
    vocabulary: Vocabulary, ledger: Ledger, headers: Sequence[Header]
) -> dict[str, tuple[int, float]]:
    """The fields that the headers alone would fill, each with its column and how surely."""
    taken: dict[str, tuple[int, float]] = {}
    claims = [vocabulary.claims_of(ledger, header) for header in headers]
    for index in sorted(range(len(headers)), key=lambda index: _readiness(claims[index])):
        free = next((claim for claim in claims[index] if claim.field.name not in taken), None)
        if free:
            taken[free.field.name] = (index, free.weight)
    return taken


def _readiness(claims: Sequence[Claim]) -> tuple[int, float]:
    """Columns with fewer choices are given theirs first, and of these the surest."""
    return len(claims), -max((claim.weight for claim in claims), default=0)


def claim_by_values(
    vocabulary: Vocabulary,
    ledger: Ledger,
    headers: Sequence[Header],
    rows: Grid,
    base: date,
) -> list[Column]:
    """Give each column to at most one field: by the office's word, the values, the header."""
    taken: dict[int, Field] = {}
    for _, index, field in sorted(
        _offers(vocabulary, ledger, headers, rows, base), key=lambda offer: offer[0]
    ):
        if index not in taken and field not in taken.values():
            taken[index] = field
    doubts = _settle_completion(vocabulary, ledger, headers, taken, rows, base)
    for index, field in taken.items():
        claims = vocabulary.claims_of(ledger, headers[index])
        if any(claim.field is field and claim.weight < TOLD_BELOW for claim in claims):
            doubts[index] = f"“{headers[index].path}”按“{field.label}”读取，如不对请改用标准表头"
    return [
        Column(
            index,
            header.path,
            header.unit,
            taken.get(index),
            is_sequence=header.last in SEQUENCE,
            doubt=doubts.get(index, ""),
        )
        for index, header in enumerate(headers)
    ]


#: By the office's word or not; how well the values fit; whether who inspects and who is inspected
#: is a guess, whether the header is not the label, whether the column has other choices; how far
#: the header is from what the field means; place.
Rank = tuple[int, int, bool, bool, bool, float, int]


def _offers(
    vocabulary: Vocabulary,
    ledger: Ledger,
    headers: Sequence[Header],
    rows: Grid,
    base: date,
) -> Iterator[tuple[Rank, int, Field]]:
    """Each pair of column and field that could be, with its rank: the lowest is the best."""
    labels = {header.last for header in headers}
    claims = [vocabulary.claims_of(ledger, header) for header in headers]
    wanted = Counter(claim.field.name for each in claims for claim in each)
    for index, (header, choices) in enumerate(zip(headers, claims, strict=True)):
        own = vocabulary.own_field(ledger, header)
        sample = [] if _is_plain(header, choices, wanted) else _sample(rows, index)
        narrow_rivals = any(claim.field.kind not in NARROW for claim in choices)
        for claim in choices:
            field = claim.field
            fit = _fit(ledger, field, header, sample, base)
            is_label = normalise(field.label) == header.last
            is_sole = is_label or len(choices) == 1
            is_sure = claim.weight >= READ
            if field.name == own:
                yield (0, 0, False, False, False, 0, index), index, field
            elif (
                fit >= UNFIT or (fit > 0 and claim.is_listed) or (fit == 0 and is_sole and is_sure)
            ):
                has_rival = narrow_rivals and normalise(field.label) not in labels
                by_values = has_rival and field.kind in NARROW and fit >= SURE
                rank = 1 if by_values else 2 if fit >= UNFIT else 3
                is_guess = header.last == TRAP and not is_label
                order = (is_guess, not is_label, len(choices) > 1, 1 - claim.closeness)
                yield (1, rank, *order, index), index, field


def _is_plain(header: Header, choices: Sequence[Claim], wanted: Mapping[str, int]) -> bool:
    """Whether values add nothing: the header is listed, for one field that nobody else wants."""
    if len(choices) != 1 or header.last == TRAP:
        return False
    return choices[0].is_listed and wanted[choices[0].field.name] == 1


def _fit(ledger: Ledger, field: Field, header: Header, cells: Sequence[Any], base: date) -> float:
    """How much of a column's sample a field could read, 0 to 1; 0.6 where nothing speaks."""
    if header.last == TRAP:
        organs = sum(bool(ORGAN.search(as_text(cell) or "")) for cell in cells)
        is_organ = organs * 2 >= len(cells)
        if field.kind != "unit":
            return NEVER if cells and is_organ else 0.6
        return 0.6 if is_organ or not cells else 0.3
    if not cells or field.kind not in NARROW:
        return 0.6
    _, problems = parse_column(cells, field, base, header.unit)
    return 1 - sum(problem.is_unread for problem in problems) / len(cells)


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
    if open_blank and done_filled:
        return "done_on"
    return None
