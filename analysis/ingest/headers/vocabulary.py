"""Header words → fields: which a header may stand for, as it is listed, taught or read."""

import re
import unicodedata
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any, TypeVar

from analysis.errors import SettingsError, did_you_mean
from analysis.ingest.files.sheets import Grid
from analysis.ledgers import LEDGERS, Field, Ledger
from analysis.ledgers.grammar import may_be_header, says, sentence_of, weight_of

T = TypeVar("T")
#: Ledger → field → headers that the office has added in yanpan.toml or learned.toml.
Added = Mapping[str, Mapping[str, Sequence[str]]]
#: Ledger → field → word → value: what the office has taught in learned.toml.
Taught = Mapping[str, Mapping[str, Mapping[str, str]]]

#: So many texts are kept in the form in which they are compared.
REMEMBERED = 20_000
#: Of so many headers in each ledger; a text file may have twenty thousand columns.
REMEMBERED_CLAIMS = 500_000
#: Of so many header rows what was found is kept.
REMEMBERED_ROWS = 2_000
#: Headers of the running number: not a record's own, and no content.
SEQUENCE = frozenset({"序号", "项次", "行号", "序", "No.", "NO."})
#: A noun of time that ends a header over others, and what under it lacks a noun of its own.
WHEN = re.compile(r"(?:时间|日期|时限|期限)$")
UNDER_WHEN = re.compile(
    r"^(?:计划|要求|规定|预计|拟|应|限期|实际|已)(?:整改)?(?:完成|办结|到位|完毕)?$"
)
BRACKETED = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|【([^【】]*)】|〔([^〔〕]*)〕")
#: «1.», «(二)», «A、», «A » in front of a header.
ENUMERATED = re.compile(
    r"^[(]?(?:(?:[0-9]{1,2}|[A-Za-z]|[一二三四五六七八九十]{1,3})[)、.](?!\d)"
    r"|(?:[0-9]{1,2}|[A-Za-z])\s+(?=[^\x00-\x7f]))"
)
#: What is no part of a header's words; marks of width zero come with copies from web pages.
NOISE = re.compile(
    r"[\s*:★☆※●“”‘’\"'「」\u200b-\u200f\u2060\ufeff\u00ad]|[。;]$|(?<=[^\x00-\x7f])[±+%↑↓-]+$|^其中:?"
)
#: «2023年1-10月» over a column, or in front of what it counts.
FOR_A_YEAR = re.compile(r"^(\d{4})年度?(?:\d{1,2}(?:[-~至—]\d{1,2})?月份?)?")
#: Units of what is counted.
COUNTED_IN = frozenset({"起", "人", "条", "处", "个", "家", "次", "家次"})
#: What a figure of this year or of the year before is called, whichever years they are.
THIS_YEAR, YEAR_BEFORE = "本期", "去年同期"
#: A header's last part that is so short takes its meaning from what stands above it.
BARE = 2
#: A listed header is as sure as can be; one that is read by the grammar is a little less so.
LISTED, READ = 1.0, 0.9
#: A word alone is no label if it only may be one: 民宿 heads a column, and is a kind of site.
SURELY = 0.75


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

    def __init__(self, added: Added | None = None, taught: Taught | None = None) -> None:
        must_be_fields(added or {})
        must_be_codes(taught or {})
        self._taught = {
            (ledger, name): _with_words(LEDGERS[ledger][name], words)
            for ledger, fields in (taught or {}).items()
            for name, words in fields.items()
        }
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
        #: What longer headers begin with.
        self.beginnings = frozenset(w[:n] for w in self.known for n in range(1, len(w)))
        #: What texts count for in a header, and their words (glance.py).
        self.seen: dict[str, tuple[int, str]] = {}
        #: Words that were asked for, and whether they are headers: most are asked for again.
        self.asked: dict[str, bool] = {}
        self._claims_of: dict[tuple[str, Header], list[Claim]] = {}
        self._decided: dict[str, Vocabulary] = {}
        self._known_of_rows: dict[Hashable, Any] = {}

    def once(self, key: Hashable, find: Callable[[], T]) -> T:
        """What is found of a header row, found once: most files repeat a few header rows.

        ``key`` names all that it depends on beside the words known here, and what it is.
        """
        if key not in self._known_of_rows:
            if len(self._known_of_rows) >= REMEMBERED_ROWS:
                self._known_of_rows.clear()
            self._known_of_rows[key] = find()
        found: T = self._known_of_rows[key]
        return found

    def claims_of(self, ledger: Ledger, header: Header) -> list[Claim]:
        """The fields that a header may stand for: as it is listed, else as it is read."""
        key = (ledger.name, header)
        if len(self._claims_of) >= REMEMBERED_CLAIMS and key not in self._claims_of:
            self._claims_of.clear()
        if key not in self._claims_of and (whole := _under_its_noun(header)):
            self._claims_of[key] = self.claims_of(ledger, whole)
        elif key not in self._claims_of:
            listed = self.claims[ledger.name]
            is_bare = bool(header.above) and len(header.last) <= BARE
            fields = listed.get(header.path) or (not is_bare and listed.get(header.last)) or []
            claims = [_listed(each, header) for each in fields]
            if may_be_header(header.last):
                over = self._fitting(ledger, header.last, header.above) if claims else []
                if not claims or (header.above and _is_of_another(over, fields)):
                    claims = over or self._read(ledger, header)
            if header.unit in COUNTED_IN:  # «同比增减（起）» is no share
                claims = [claim for claim in claims if claim.field.unit != "%"]
            self._claims_of[key] = claims
        return self._claims_of[key]

    def candidates(self, ledger: Ledger, header: Header) -> list[Field]:
        """The fields that a header may stand for."""
        return [claim.field for claim in self.claims_of(ledger, header)]

    def _read(self, ledger: Ledger, header: Header) -> list[Claim]:
        """The fields whose phrases a header says, the surest first.

        A unit in brackets says more where the words are not enough: 检查单位（家次） counts.
        """
        claims = self._said(ledger, header.last, header.above)
        if not claims and header.unit:
            claims = self._said(ledger, header.last + header.unit, header.above)
        if not header.above and header.last in _values() - self.known:
            # «重大隐患» may head a count; as a text it is what stands under 隐患等级.
            claims = [claim for claim in claims if claim.field.kind in {"integer", "boolean"}]
        return sorted(claims, key=lambda claim: -claim.weight)

    def _said(self, ledger: Ledger, last: str, above: str) -> list[Claim]:
        """The fields whose phrases are said, with what stands above or without.

        A bare noun under words that say what it is of is never read without them: a day under
        «公示» is no other day.
        """
        # «发现数» under «重大隐患» counts those alone.
        is_major = says(above, "MAJOR") and not says(last, "MAJOR")
        is_more = len(sentence_of(last, above)) > len(sentence_of(last))
        is_bound = is_major or (len(last) <= BARE and is_more)
        for over in dict.fromkeys([above, ""] if is_major or len(last) <= BARE else ["", above]):
            if is_bound and not over:
                break
            if claims := self._fitting(ledger, last, over):
                return claims
        if above and not is_bound and len(last) <= BARE:
            return [Claim(each, READ, READ) for each in self.claims[ledger.name].get(last, ())]
        return []

    def _fitting(self, ledger: Ledger, last: str, above: str) -> list[Claim]:
        weights = ((each, weight_of(each.says, last, above)) for each in ledger)
        return [Claim(each, w * READ, w * READ) for each, w in weights if w]

    def taught(self, ledger: Ledger, field: Field) -> Field:
        """A field with the words for its codes that the office has taught."""
        return self._taught.get((ledger.name, field.name), field)

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
        if word not in self.asked:
            if len(self.asked) >= REMEMBERED:
                self.asked.clear()
            self.asked[word] = self._may_be_label(word)
        return self.asked[word]

    def _may_be_label(self, word: str) -> bool:
        if word in _values() or not may_be_header(word):
            return False  # «一般隐患» is what stands under 隐患等级
        header = Header(word, word, "")
        return any(
            claim.weight >= SURELY
            for ledger in LEDGERS.values()
            if ledger.is_received
            for claim in self.claims_of(ledger, header)
        )

    def own_field(self, ledger: Ledger, header: Header) -> str | None:
        """The field that the office's own settings give to a header."""
        own = self.own[ledger.name]
        return own.get(header.path) or own.get(header.last)


def _is_of_another(read: Sequence[Claim], listed: Sequence[Field]) -> bool:
    """Whether the words above make another field of a listed header: 事故起数 of last year."""
    return bool(read) and all(c.weight >= SURELY and c.field not in listed for c in read)


@cache
def _values() -> frozenset[str]:
    """The words that stand for a value of some field, as they are compared."""
    coded = (
        field.codes
        for ledger in LEDGERS.values()
        for field in ledger
        if field.codes and field.header
    )
    return frozenset(normalise(word) for codes in coded for word in codes.words)


def _under_its_noun(header: Header) -> Header | None:
    """«计划完成» and «实际完成» under «完成时间» as headers with the noun that stands over them."""
    noun = WHEN.search(header.above)
    if not noun or not UNDER_WHEN.match(header.last):
        return None
    is_fact = header.last.startswith(("实际", "已"))
    whole = header.last + ("时间" if is_fact else noun.group())
    return Header(whole, whole, header.unit)


def _listed(field: Field, header: Header) -> Claim:
    read = weight_of(field.says, header.last) if may_be_header(header.last) else 0
    return Claim(field, LISTED, read or LISTED, is_listed=True)


def _with_words(field: Field, words: Mapping[str, str]) -> Field:
    """A field of codes that knows more words for them."""
    if field.codes is None:
        raise TypeError(f"{field.name} has no code list")
    more = {value: [_folded(w) for w, v in words.items() if v == value] for value in words.values()}
    codes = (replace(c, words=(*c.words, *more.get(c.value, ()))) for c in field.codes)
    return replace(field, codes=replace(field.codes, codes=tuple(codes)))


def _folded(word: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", word))


def must_be_fields(
    added: Mapping[str, Iterable[str]], place: str = "yanpan.toml 的 [headers.{}]"
) -> None:
    """The office's own headers must name ledgers and fields that there are.

    ``place`` is how people call the part of the settings that speaks of a ledger.

    Raises:
        SettingsError: some are unknown; one line for each.

    """
    faults = []
    for name, fields in added.items():
        if fault := _unknown_ledger(name):
            faults.append(f"{place.format(name)} {fault}")
            continue
        can_be = [field.name for field in LEDGERS[name] if field.header]
        for field in fields:
            if field not in can_be:
                hint = did_you_mean(field, can_be) or f"，可填：{'、'.join(can_be)}。"
                faults.append(f"{place.format(name)} 中没有字段“{field}”{hint}")
    if faults:
        raise SettingsError("\n".join(faults))


def must_be_codes(taught: Taught, place: str = "learned.toml 的 {}") -> None:
    """Words that were taught must stand for a value of a field of codes, and for no other already.

    Raises:
        SettingsError: some do not; one line for each.

    """
    faults = []
    for name, fields in taught.items():
        if fault := _unknown_ledger(name):
            faults.append(f"{place.format(name)} {fault}")
            continue
        coded = {field.name: field.codes for field in LEDGERS[name] if field.codes}
        for field, words in fields.items():
            codes = coded.get(field)
            if codes is None:
                hint = did_you_mean(field, coded) or f"，可填：{'、'.join(coded)}。"
                faults.append(f"{place.format(name)} 中没有可教词语的字段“{field}”{hint}")
                continue
            for word, value in words.items():
                known = codes.words.get(_folded(word), value)
                if value not in codes.labels:
                    allowed = "、".join(codes.describe())
                    faults.append(
                        f"{place.format(name)}.{field} 的“{word}” = {value} 不行，可填：{allowed}。"
                    )
                elif known != value:
                    faults.append(
                        f"{place.format(name)}.{field} 的“{word}”本来就读作 {known}，"
                        f"不能再教成 {value}。"
                    )
    if faults:
        raise SettingsError("\n".join(faults))


def must_be_ledgers(sheets: Mapping[str, str]) -> None:
    """What the office says of which ledger a sheet is must name ledgers that there are.

    Raises:
        SettingsError: some are unknown; one line for each.

    """
    faults = [
        f"yanpan.toml 的 [sheets] 中“{pattern}”的 {name} {fault}"
        for pattern, name in sheets.items()
        if (fault := _unknown_ledger(name))
    ]
    if faults:
        raise SettingsError("\n".join(faults))


def _unknown_ledger(name: str) -> str:
    """What is wrong with a name of a ledger that units send; empty where nothing is."""
    received = [ledger.name for ledger in LEDGERS.values() if ledger.is_received]
    if name in received:
        return ""
    hint = did_you_mean(name, received) or f"，可填：{'、'.join(received)}。"
    return f"不是台账名称{hint}"


def read_headers(rows: Grid) -> list[Header]:
    """Each column's header out of one to three header rows.

    Where two years stand side by side, a column is of this one or of the one before.
    """
    named = years_compared(normalise(cell) for cells in rows for cell in cells if cell is not None)
    headers = []
    for cells in zip(*rows, strict=True):
        said = [part_of(str(cell)) for cell in cells if cell is not None]
        parts = list(dict.fromkeys(text for text, _, _ in said if text))
        # «（全称）» in a row of its own says how to write the part above it.
        own = [text for text, _, is_remark in said if text and not is_remark]
        parts = list(dict.fromkeys(own)) if own and len(own) < len(said) else parts
        unit = next((unit for _, unit, _ in reversed(said) if unit), "")
        last = parts[-1] if parts else ""
        path = "".join(parts)
        if named:
            *parts, last = [_without_year(part, named) for part in parts] or [""]
        else:
            parts = parts[:-1]
        headers.append(Header(path, last, unit, "".join(parts)))
    return headers


def years_compared(texts: Iterable[str]) -> dict[str, str]:
    """What two years that follow each other are, if these and no others stand in a header."""
    years = sorted({match[1] for text in texts if (match := FOR_A_YEAR.match(text))})
    if len(years) != 2 or int(years[1]) - int(years[0]) != 1:
        return {}
    return {years[1]: THIS_YEAR, years[0]: YEAR_BEFORE}


def _without_year(part: str, named: Mapping[str, str]) -> str:
    return FOR_A_YEAR.sub(lambda match: named.get(match[1], match[0]), part)


@lru_cache(maxsize=REMEMBERED)
def part_of(cell: str) -> tuple[str, str, bool]:
    """A cell as a part of a header: its words, the unit in its brackets, whether it is no more.

    Without words where it is blank.
    """
    folded = unicodedata.normalize("NFKC", cell).strip()
    if not folded:
        return "", "", False
    match = BRACKETED.search(folded)
    unit = "".join(filter(None, match.groups())) if match else ""
    return normalise(cell), unit, bool(match and match[0] == folded)


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
