"""Header words → fields: who may claim a column, and what its values say to that."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
#: Shortest known header that is recognised within a longer one.
WITHIN_MIN_LENGTH = 4
#: A header that holds a known one and speaks of something else: the phone of the 责任人.
ABOUT_ANOTHER = re.compile(
    r"电话|手机|联系方式|照片|图片|附件|备注|原因|打算|计划|文号|职务|签字|未"
)
#: A fit from which a column surely holds what a field wants, and below which it does not.
SURE, UNFIT, NEVER = 0.9, 0.5, -1.0


@dataclass(frozen=True, slots=True)
class Header:
    """One column's header: its whole path, its last part, and the unit in its brackets."""

    path: str
    last: str
    unit: str


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
    """A header as it is compared: NFKC, without white space, brackets, stars and colons."""
    return _normalise(str(text))


@lru_cache(maxsize=REMEMBERED)
def _normalise(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text)
    folded = BRACKETED.sub("", folded) or folded
    return re.sub(r"[\s*:★]|^其中:?", "", folded)


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
        self.fits: dict[tuple[Header, ...], list[tuple[Ledger, tuple[int, ...]]]] = {}
        self.known = frozenset(header for claims in self.claims.values() for header in claims)

    def candidates(self, ledger: Ledger, header: Header) -> list[Field]:
        """The fields that a header may stand for; one within a longer header is the last resort."""
        claims = self.claims[ledger.name]
        return claims.get(header.path) or claims.get(header.last) or []

    def within(self, ledger: Ledger, header: Header) -> list[Field]:
        """The fields of the longest known header that stands within this one."""
        if ABOUT_ANOTHER.search(header.last):
            return []
        claims = self.claims[ledger.name]
        inside = [
            known
            for known in claims
            if len(known) >= WITHIN_MIN_LENGTH and known in header.last != known
        ]
        return claims[max(inside, key=len)] if inside else []

    def own_field(self, ledger: Ledger, header: Header) -> str | None:
        """The field that the office's own settings give to a header."""
        own = self.own[ledger.name]
        return own.get(header.path) or own.get(header.last)


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
        unit = next(
            (
                "".join(filter(None, match.groups()))
                for cell in reversed(said)
                if (match := BRACKETED.search(unicodedata.normalize("NFKC", cell)))
            ),
            "",
        )
        headers.append(Header("".join(parts), parts[-1] if parts else "", unit))
    return headers


def claim_by_words(vocabulary: Vocabulary, ledger: Ledger, headers: Sequence[Header]) -> set[str]:
    """Names of the fields that the headers alone would fill: what a ledger is recognised by."""
    taken: set[str] = set()
    by_choice = sorted((vocabulary.candidates(ledger, header) for header in headers), key=len)
    for fields in by_choice:
        free = next((field for field in fields if field.name not in taken), None)
        if free:
            taken.add(free.name)
    return taken


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
        if not vocabulary.candidates(ledger, headers[index]):
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


Rank = tuple[int, int, int, int]


def _offers(
    vocabulary: Vocabulary,
    ledger: Ledger,
    headers: Sequence[Header],
    rows: Grid,
    base: date,
) -> Iterator[tuple[Rank, int, Field]]:
    """Each pair of column and field that could be, with its rank: the lowest is the best."""
    labels = {header.last for header in headers}
    claims = [vocabulary.candidates(ledger, header) for header in headers]
    wanted = Counter(field.name for fields in claims for field in fields)
    for index, (header, fields) in enumerate(zip(headers, claims, strict=True)):
        own = vocabulary.own_field(ledger, header)
        inside = [] if fields else vocabulary.within(ledger, header)
        # Where nobody else wants the field, and the column nothing else, values add nothing.
        is_plain = len(fields) == 1 and wanted[fields[0].name] == 1 and header.last != TRAP
        sample = [] if is_plain else _sample(rows, index)
        for field in fields or inside:
            fit = _fit(ledger, field, header, sample, base)
            is_label = normalise(field.label) == header.last
            is_sole = is_label or len(fields) == 1
            if field.name == own:
                yield (0, 0, 0, index), index, field
            elif fit >= UNFIT or (fit > 0 and not inside) or (fit == 0 and is_sole):
                has_rival = any(other.kind not in NARROW for other in fields)
                has_rival &= normalise(field.label) not in labels
                by_values = has_rival and field.kind in NARROW and fit >= SURE
                rank = 1 if by_values else 2 if fit >= UNFIT else 3
                words = 0 if is_label else 1 if not inside else 2
                yield (rank, words, len(fields or inside), index), index, field


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
