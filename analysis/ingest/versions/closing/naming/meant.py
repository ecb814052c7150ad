"""Which item an act is on: its 事项编号, else the unit's own number, else site and words.

A clerk has the paper before him, and on it the unit's own number, or only what the hazard is. What
was known on the day of the act decides; two items that may be meant are a question to the clerk,
never a guess, and so is a number of one beside the very words of another.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import pandas as pd

from analysis.ingest.cells.blanks import is_null
from analysis.ingest.findings import Finding, Places
from analysis.ingest.versions.closing.acts import REJECT, Record, text_of, void
from analysis.ingest.versions.closing.naming.described import (
    TOLD_BY,
    Described,
    agreeing,
    items_of,
    known_then,
    narrowed,
    of_unit,
)
from analysis.ingest.versions.closing.naming.letters import OfLetters, told_open
from analysis.ingest.versions.closing.naming.measures import names_measure
from analysis.ingest.versions.closing.naming.run_together import is_again, words_of_item
from analysis.ingest.versions.closing.naming.standing import Standing
from analysis.ledgers.acceptance import LETTER
from analysis.ledgers.hazard import HAZARD

#: What names an item where its id does not, the surest first.
NAMED_BY = ("hazard_no", "unit", "site", "description")
#: Signs that are written for one another; none is left out, 1-1 is not 11.
_DASHES = re.compile("[‐-―−－_]")
#: A number before the words of an item. Figures alone are the register's own count of its rows.
_NUMBER_FIRST = re.compile(
    r"^\s*(?:编号|隐患编号)?[:：]?\s*[（(【\[]?(?P<number>(?=\S*[^\W\d_])[^\s、,，:：；;（()）【】\[\]]*\d)"
    r"(?:[）)】\]][\s、,，:：；;]*|[\s、,，:：；;]+|$)"
)
#: Fewer signs begin the names of many items.
SHORTEST_NAME = 4
_NOT_SAID = "没有写明是哪一条事项，没有生效；请填事项编号，或责任单位和隐患编号，或场所和隐患描述"
_NONE = "没有这条事项，没有生效；请核对事项编号，或责任单位、隐患编号、场所和隐患描述"

#: The unit of which a text is a name, None of one that is none.
UnitOf = Callable[[str], str | None]
#: The id of the item meant, else what the row says; the field to blame and what is wrong.
_Named = tuple[Any, tuple[str, str] | None]


def named(
    acts: pd.DataFrame, versions: pd.DataFrame, known: Iterable[str], places: Places,
    unit_of: UnitOf = lambda text: None,
) -> tuple[pd.DataFrame, list[Finding]]:  # fmt: skip
    """The acts with the id of their item, and an error on each that names none or several.

    ``versions`` are those of the ledger whose items have numbers of their units (隐患), ``known``
    the ids of all items and their aliases, ``unit_of`` the unit of which a text is a name.
    """
    ids = set(known)
    findings: list[Finding] = []
    items = _Items(versions, ids, unit_of)
    records: list[dict[str, Any]] = acts.to_dict("records")  # type: ignore[assignment]
    found = [record["item_id"] for record in records]
    for place, record in sorted(enumerate(records), key=lambda each: each[1]["known_from"]):
        if is_null(record["item_id"]) or record["item_id"] not in ids:
            is_letters = record["sheet"] == LETTER
            found[place], fault = items.of_letter(record) if is_letters else items.meant(record)
            if fault and not names_measure(record):
                findings.append(_told(record, *fault, places))
            if not fault:
                items.acted_on(record, found[place])
    return acts.assign(item_id=pd.Series(found, index=acts.index, dtype=object)), findings


def _told(record: Record, name: str, why: str, places: Places) -> Finding:
    if record["sheet"] != LETTER:
        return void(places, record, name, why)
    message = told_open(record, why)
    return places.finding(record, name, "letter_open", "warning", message, record["act_text"])


class _Items:
    """The items that may be meant, by id, by number and by words."""

    def __init__(self, versions: pd.DataFrame, ids: set[str], unit_of: UnitOf) -> None:
        self.ids, self._unit_of = ids, unit_of
        self._by_unit: dict[tuple[str, str], set[str]] | None = None
        records = _told_of(versions)
        self.described = Described(records)
        self._standing = Standing(versions)
        self._versions = versions
        self._of_letters: OfLetters | None = None
        #: What the office called an item when it sent it back, until it is acted on again.
        self._sent_back: dict[tuple[str, str], str] = {}
        self.numbers: dict[str, list[Record]] = {}
        for record in records:
            if not is_null(record["hazard_no"]):
                self.numbers.setdefault(_plain(record["hazard_no"]), []).append(record)

    def meant(self, record: Record) -> _Named:
        """The one item meant. A clerk may write an id under 隐患编号, and a unit's number under
        事项编号.
        """
        said, number = record["item_id"], record["hazard_no"]
        for text in (said, number):
            if not is_null(text) and str(text).strip() in self.ids:
                return str(text).strip(), None
        if same := self._otherwise_spelled(said):
            return same, None
        name, text = ("item_id", said) if is_null(number) else ("hazard_no", number)
        described = self.described.meant(record)
        numbered = [] if is_null(text) else self._numbered(text, record)
        if numbered:
            return self._one(said, numbered, described, name)
        if is_null(text) and (begun := self._number_first(record)):
            numbered, described, others = begun
            if others:
                return said, ("description", _several([*numbered, *others]))
            return self._one(said, numbered, described, "description")
        if again := self._sent_back_before(record):
            return again, None
        if is_null(text):
            name = "item_id" if is_null(record["description"]) else "description"
        if len(described) > 1 and is_null(record["site"]):
            described = self._standing.not_over(described, record["known_from"]) or described
        if len(described) == 1:
            return described[0], None
        near = described or [*self.described.fitting(record)]
        return said, (name, _fault(is_null(text), record, described, self._standing.told(near)))

    def of_letter(self, record: Record) -> _Named:
        """The one item that a letter of the office's means."""
        if self._of_letters is None:
            self._of_letters = OfLetters(self._versions, self._standing)
        item_id, why = self._of_letters.meant(record)
        return item_id or record["item_id"], None if item_id else ("description", why)

    def acted_on(self, record: Record, item_id: str) -> None:
        """Remember what an item is called that is sent back: its next act may call it so again."""
        if record.get("act") == REJECT:
            self._sent_back[_name_of(record)] = item_id
        else:
            self._sent_back.pop(_name_of(record), None)

    def _sent_back_before(self, record: Record) -> str | None:
        """The item that the office sent back under the very words of a row: «…（复验）».

        Its unit may have put it in other words since, so that it looks like another one. The office
        may leave off the end of its own words, where one alone of what it sent back begins so.
        """
        if not is_null(record["site"]) or is_null(record["description"]):
            return None
        unit, name = _name_of(record)
        if (unit, name) in self._sent_back or not is_again(text_of(record["description"])):
            return self._sent_back.get((unit, name))
        begun = {
            item_id
            for (whose, whole), item_id in self._sent_back.items()
            if whose == unit and len(name) >= SHORTEST_NAME and whole.startswith(name)
        }
        return begun.pop() if len(begun) == 1 else None

    def _otherwise_spelled(self, said: Any) -> str | None:
        """The one item of an id in which its unit has another of its names (县农委)."""
        parts = [] if is_null(said) else [*self._parts(said)]
        if not parts:
            return None
        if self._by_unit is None:
            self._by_unit = {}
            for item_id in self.ids:
                for part in self._parts(item_id):
                    self._by_unit.setdefault(part, set()).add(item_id)
        found = {each for part in parts for each in self._by_unit.get(part, ())}
        return found.pop() if len(found) == 1 else None

    def _parts(self, item_id: Any) -> Iterator[tuple[str, str]]:
        """Unit and number of an id, wherever the one may end and the other begin."""
        prefix, *parts = _plain(item_id).split("-")
        if prefix != _plain(HAZARD.prefix):
            return
        for end in range(1, len(parts)):
            if unit := self._unit_of("-".join(parts[:end])):
                yield unit, "-".join(parts[end:])

    def _numbered(self, text: Any, record: Record) -> list[str]:
        """The items of a number that unit, site and words leave, in this order."""
        meant = [*of_unit(known_then(self.numbers.get(_plain(text), ()), record), record)]
        if not is_null(record["site"]):
            meant = [*agreeing(meant, record)]
        return items_of(narrowed(meant, record) if len(items_of(meant)) > 1 else meant)

    def _number_first(self, record: Record) -> tuple[list[str], list[str], list[str]] | None:
        """The items of the unit's number with which a row's words begin, those of the words, and
        others of a number behind it: «GL-018 观景平台护栏松动», «GL-018、GL-019». None where they
        begin with none.
        """
        match = _NUMBER_FIRST.match(text_of(record["description"]))
        if not match or not (numbered := self._numbered(match["number"], record)):
            return None
        words = record["description"][match.end() :] or None
        behind = _NUMBER_FIRST.match(words or "")
        others = {*self._numbered(behind["number"], record)} if behind else set()
        described = self.described.meant({**record, "description": words})
        return numbered, described, sorted(others - {*numbered})

    def _one(
        self, said: Any, numbered: Sequence[str], described: Sequence[str], name: str
    ) -> _Named:
        if len(numbered) > 1:
            return said, (
                name,
                f"有 {len(numbered)} 条事项是这个编号，没有生效；请写明责任单位、场所或事项编号",
            )
        if described and numbered[0] not in described:
            return said, (
                name,
                f"编号是 {numbered[0]} 的，场所和隐患描述却是 {described[0]} 的，没有生效；请核对",
            )
        return numbered[0], None


def _several(items: Sequence[str]) -> str:
    return f"写了几条事项的编号（{'、'.join(items)}），没有生效；请每条事项写一行"


def _fault(is_unnumbered: bool, record: Record, described: Sequence[str], near: str) -> str:
    """Why a row means no item that has its number, or that it describes; which come near it."""
    if described:
        return f"有 {len(described)} 条事项是这样写的（{near}），没有生效；请写明隐患编号或事项编号"
    if is_unnumbered and is_null(record["description"]):
        return _NOT_SAID
    return f"{_NONE}；相近的有 {near}" if near else _NONE


def _told_of(versions: pd.DataFrame) -> list[Record]:
    """What versions say of their hazards, each combination once, from its first day on."""
    names = [name for name in TOLD_BY if name in versions]
    told = versions.sort_values("known_from", kind="stable").drop_duplicates(names)
    records: list[dict[str, Any]] = told.to_dict("records")  # type: ignore[assignment]
    return [dict.fromkeys((*HAZARD.columns, *TOLD_BY)) | record for record in records]


def _name_of(record: Record) -> tuple[str, str]:
    """What a row calls its item, without what it says of the act."""
    unit, text = record["unit"], record["description"]
    return text_of(unit), words_of_item(text_of(text))


def _plain(value: Any) -> str:
    """A number or name in one width, without blanks."""
    text = unicodedata.normalize("NFKC", str(value)).casefold()
    return _DASHES.sub("-", re.sub(r"\s", "", text))
