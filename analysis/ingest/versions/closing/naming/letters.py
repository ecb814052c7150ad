"""Which hazard a letter of the office's decides on.

A letter has no columns: it names the site somewhere in its title or its sentences, and mostly some
words of the hazard, its level or the day by which it was due. The one hazard of the unit that all
of this fits is meant. A site alone is not enough, and what does not fit is a question to the clerk.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from analysis.ingest.cells.blanks import is_null
from analysis.ingest.versions.closing.acts import Record
from analysis.ingest.versions.closing.naming.described import of_unit
from analysis.ingest.versions.closing.naming.run_together import names_site
from analysis.ingest.versions.closing.naming.standing import Standing
from analysis.ingest.versions.identity.likeness.sites import Site
from analysis.ingest.versions.identity.matching import bigrams
from analysis.ingest.versions.identity.spelling import folded, spelled
from analysis.ledgers.codes import ACCEPTANCE_ACT

#: Days of a letter are no marks of what it is about.
_DAYS = re.compile(r"(?:20\d{2}年)?\d{1,2}月(?:\d{1,2}[日号]|底|末)?|20\d{2}年")
#: Where a name may begin: behind what leads to it.
_LEADS = re.compile(
    r"^(?:[一二三四五六七八九十\d]+[、.)])?(?:经\w{0,8}研究|现|兹|经审核)?[,，]?(?:原则)?(?:不?(?:予)?同意|关于|对于?|因|鉴于|就|将|你\w{1,3}|贵\w{1,3}|来文|移交|所报|报来的?|申请的?|专班办?公?室?|我办|的)+"
)
_PARTS = re.compile(
    r"[,，。;；:：、“”\"'《》!！?？\s]|(?<=[^\W\d_])(?:对|关于|移交|同意)(?=[\u3400-\u9fff])"
)
#: The longest name of a site that is looked for.
_LONGEST = 24
#: So many pairs of signs of a hazard's words make it meant, and the next one has far fewer.
_ENOUGH, _APART = 2, 2
_MAJOR, _MINOR = re.compile(r"重大\w{0,6}隐患"), re.compile(r"一般\w{0,6}隐患")


@dataclass(frozen=True, slots=True)
class _Near:
    """A hazard whose site a letter names: how many pairs of signs of its words stand there, whether
    the letter names its deadline, or another one, and whether a mark tells the two apart.
    """

    item_id: str
    common: int
    is_due: bool
    is_due_otherwise: bool
    is_told_apart: bool

    @property
    def fits(self) -> bool:
        """Whether nothing speaks against it."""
        return not (self.is_due_otherwise or self.is_told_apart)

    @property
    def is_said(self) -> bool:
        """Whether more than its site speaks for it."""
        return self.is_due or self.common >= _ENOUGH


class OfLetters:
    """Hazards by what a letter may say of them."""

    def __init__(self, versions: pd.DataFrame, standing: Standing) -> None:
        self._standing = standing
        self._records: list[dict[str, Any]] = versions.sort_values(  # type: ignore[assignment]
            "known_from", kind="stable"
        ).to_dict("records")

    def meant(self, record: Record) -> tuple[str | None, str]:
        """The id of the hazard that a letter means; None, and why, where that is not sure."""
        near = [*self._near(record)]
        sure = [each for each in near if each.fits and each.is_said]
        if len(sure) > 1:
            sure = _by_words(sure)
        if len(sure) == 1:
            return sure[0].item_id, ""
        shown = self._standing.told([each.item_id for each in near])
        return None, _fault(record, near, sure, shown)

    def _near(self, record: Record) -> Iterator[_Near]:
        text = unicodedata.normalize("NFKC", str(record["description"]))
        known = [each for each in self._records if each["known_from"] <= record["known_from"]]
        mine = [*of_unit(known, record)]
        items = {str(each["item_id"]) for each in mine if each.get("status") != "void"}
        if record["act"] != "reject":
            items &= {*self._standing.not_over(items, record["known_from"])}
        if _MAJOR.search(text) or _MINOR.search(text):
            wrong = "一般" if _MAJOR.search(text) else "重大"
            last = {str(each["item_id"]): each.get("level") for each in mine}
            items -= {item_id for item_id, level in last.items() if level == wrong}
        named = _named(text, [each for each in mine if str(each["item_id"]) in items])
        for item_id, versions in named.items():
            yield _compared(item_id, text, versions, record.get("former_due_on"))


def told_open(record: Record, why: str) -> str:
    """What is told of an act by letter that has no effect, with what to enter instead."""
    label = ACCEPTANCE_ACT.labels.get(str(record["act"]), str(record["act"]))
    more = [
        f"、{name}“{record[field]}”"
        for name, field in (
            ("延期至", "extended_due_on"),
            ("移交单位", "new_unit"),
            ("重改期限", "rework_due_on"),
        )
        if not is_null(record.get(field))
    ]
    return (
        f"公函“{record['evidence']}”{why}，没有生效；"
        f"请核对，在验收销号登记里补登：事项编号、验收动作“{label}”{''.join(more)}"
    )


def _fault(record: Record, near: Sequence[_Near], sure: Sequence[_Near], shown: str) -> str:
    if len(sure) > 1:
        return f"有 {len(sure)} 条事项说得通（{shown}）"
    if not near:
        return "没有认出是哪一条事项"
    if any(each.is_due_otherwise for each in near):
        return f"写的原定期限 {record['former_due_on']} 与事项的期限不同（{shown}）"
    return f"没有认准是哪一条事项（相近的有 {shown}）"


def _by_words(sure: Sequence[_Near]) -> list[_Near]:
    """Of several the one of whose words far more stand in the letter."""
    first, second, *_ = sorted(sure, key=lambda each: -each.common)
    is_apart = first.common >= _ENOUGH and first.common >= _APART * second.common + 1
    return [first] if is_apart else [*sure]


def _named(text: str, versions: Iterable[Record]) -> dict[str, list[Record]]:
    """The hazards whose site a letter names, by item; those of a site within whose name another
    one's stands are meant by the longer.
    """
    starts, signs = [*_starts(text)], bigrams(folded(text))
    found: dict[str, list[Record]] = {}
    names: dict[str, set[str]] = {}
    sites: dict[str, set[str]] = {}
    for version in versions:
        place = version.get("site") if not is_null(version.get("site")) else version.get("location")
        if is_null(place):
            continue
        item_id, site = str(version["item_id"]), str(place)
        if site not in sites:  # most have no two signs in common with a letter
            is_near = bool(bigrams(folded(site)) & signs)
            sites[site] = {*_names_of(site, starts)} if is_near else set()
        if sites[site]:
            names.setdefault(item_id, set()).update(sites[site])
        found.setdefault(item_id, []).append(version)
    whole = {name for each in names.values() for name in each}
    return {
        item_id: found[item_id]
        for item_id, mine in names.items()
        if any(not _is_inner(name, whole) for name in mine)
    }


def _is_inner(name: str, names: Iterable[str]) -> bool:
    return any(len(other) > len(name) and other.startswith(name) for other in names)


def _names_of(site: str, starts: Sequence[str]) -> Iterator[str]:
    """The names by which a letter calls a site, whole ones where there are any."""
    outside = re.sub(r"[(（][^()（）]*[)）]", "", site) or site
    surely, perhaps = set(), set()
    for start in starts:
        for end in range(min(len(start), _LONGEST), 1, -1):
            name = start[:end]
            agreed = max(
                (names_site(name, each) or Site.OTHER for each in {site, outside}),
                default=Site.OTHER,
            )
            if agreed >= Site.NEAR:
                surely.add(name)
                break
            if agreed >= Site.WITHIN:
                perhaps.add(name)
    yield from surely or sorted(perhaps, key=len)[-1:]


def _starts(text: str) -> Iterator[str]:
    """The parts of a letter with which a name may begin, in one spelling."""
    seen = set()
    for part in _PARTS.split(_DAYS.sub(" ", text)):
        for said in (part, _LEADS.sub("", part)):
            if (plain := folded(said)) and len(plain) > 1 and plain not in seen:
                seen.add(plain)
                yield plain


def _compared(item_id: str, text: str, versions: Sequence[Record], former: Any) -> _Near:
    bare = _DAYS.sub(" ", text)
    signs = bigrams(folded(bare))
    words = [
        folded(str(each["description"])) for each in versions if not is_null(each["description"])
    ]
    site = {
        pair
        for each in versions
        if not is_null(each["site"])
        for pair in bigrams(folded(str(each["site"])))
    }
    common = max((len((bigrams(each) - site) & signs) for each in words), default=0)
    dues = {
        each.get(name)
        for each in versions
        for name in ("due_on", "extended_due_on")
        if not is_null(each.get(name))
    }
    is_told = isinstance(former, date) and not is_null(former)
    last = versions[-1]
    return _Near(
        item_id, common, is_told and former in dues, bool(is_told and dues and former not in dues),
        _is_told_apart(bare, last),
    )  # fmt: skip


def _is_told_apart(text: str, version: Record) -> bool:
    """Whether a floor, a label or an amount of the letter's is another than the hazard's."""
    said = spelled(text)
    names = ("site", "location", "description")
    theirs = spelled(" ".join(str(version[n]) for n in names if not is_null(version.get(n))))
    pairs = (
        (said.floors, theirs.floors),
        (said.labels, theirs.labels),
        ({*said.amounts}, {*theirs.amounts}),
    )
    return any(one and other and not one & other for one, other in pairs)
