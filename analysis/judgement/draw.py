"""双随机抽取: sites by weight and inspectors for each, at random, so that anyone can recompute it.

A key for each site is HMAC-SHA256 of its number under a seed text that was made public before; the
weighted order is that of Efraimidis and Spirakis (−ln u ÷ weight, ascending). Rosters are frozen
and hashed. Nothing depends on the machine: logarithms are decimal, and ordering is by number.
"""

import hashlib
import hmac
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from decimal import Context, Decimal
from typing import Any

from analysis.errors import YanpanError
from analysis.stores import must_not_be_newer

#: Digits of the logarithm: the same everywhere, since decimal rounds it by the book.
DIGITS = Context(prec=40)
#: What the record is called, so that a later program knows how to recompute it.
METHODS, METHOD_NUMBER = "yanpan-draw-", 1
METHOD = f"{METHODS}{METHOD_NUMBER}"


@dataclass(frozen=True, slots=True)
class Site:
    """A site on the roll (or, for 回头看, an item), by the number that tells it from all others.

    ``away`` names the people who must not go there, such as who accepted an item.
    """

    number: str
    name: str
    kind: str
    township: str
    unit: str
    colour: str
    away: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """An inspector: unit and township, and the sites, units or townships to stay away from."""

    name: str
    unit: str = ""
    township: str = ""
    recuses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rules:
    """How is drawn: how many, by which weights, with which floors and pairings.

    Sites of the colours in ``first`` are all taken before any other.
    """

    count: int
    weights: Mapping[str, int]
    floor_kind: int = 0
    floor_township: int = 0
    control: int = 0
    people_each: int = 2
    is_cross: bool = False
    first: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawn:
    """One site of the result: its place, why it was taken, and who goes."""

    place: int
    number: str
    name: str
    kind: str
    township: str
    colour: str
    weight: int
    group: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """All that is needed to recompute a draw."""

    seed: str
    rules: Rules
    sites: tuple[Site, ...]
    people: tuple[Person, ...]
    result: tuple[Drawn, ...]
    made_on: str
    version: str
    method: str = METHOD
    hashes: Mapping[str, str] = field(default_factory=dict)


#: Why a site was taken, in the order in which groups are filled.
BY_KIND, BY_TOWNSHIP, BY_WEIGHT, CONTROL = "业态保底", "乡镇保底", "按权重", "随机对照"


def draw(
    seed: str, sites: Sequence[Site], people: Sequence[Person], rules: Rules
) -> tuple[Drawn, ...]:
    """Draw sites and the people who go to each.

    Raises:
        YanpanError: there are too few sites or people, or the floors ask for more than is drawn.

    """
    _check(seed, sites, people, rules)
    chosen = _choose(seed, sites, rules)
    pairs = _assign(seed, [site for site, _ in chosen], people, rules)
    return tuple(
        Drawn(
            place, site.number, site.name, site.kind, site.township, site.colour,
            weight_of(site, rules), group, pair,
        )
        for place, ((site, group), pair) in enumerate(zip(chosen, pairs, strict=True), start=1)
    )  # fmt: skip


def weight_of(site: Site, rules: Rules) -> int:
    """The published weight of a site's colour; a site without a colour has the least of them."""
    return rules.weights.get(site.colour, min(rules.weights.values()))


def key(seed: str, purpose: str, number: str) -> int:
    """256 bits that nobody can choose, and anyone can compute: HMAC-SHA256 under the seed."""
    message = f"{METHOD}\n{purpose}\n{number}".encode()
    return int.from_bytes(hmac.new(seed.encode(), message, hashlib.sha256).digest())


def weighted_key(seed: str, purpose: str, number: str, weight: int) -> Decimal:
    """−ln u ÷ weight, u in (0, 1) from the key: in this order each draw goes by weight."""
    share = DIGITS.divide(Decimal(2 * key(seed, purpose, number) + 1), Decimal(2**257))
    return DIGITS.divide(-share.ln(DIGITS), Decimal(weight))


def _choose(seed: str, sites: Sequence[Site], rules: Rules) -> list[tuple[Site, str]]:
    ordered = sorted(
        sites,
        key=lambda s: (
            bool(rules.first) and s.colour not in rules.first,
            weighted_key(seed, "site", s.number, weight_of(s, rules)), s.number,
        ),
    )  # fmt: skip
    by_risk = rules.count - rules.control
    chosen: dict[str, tuple[Site, str]] = {}
    for name, floor, group in (
        ("kind", rules.floor_kind, BY_KIND), ("township", rules.floor_township, BY_TOWNSHIP)
    ):  # fmt: skip
        for value in sorted({getattr(site, name) for site in sites}):
            _take(chosen, [s for s in ordered if getattr(s, name) == value], floor, name, group)
    if len(chosen) > by_risk:
        raise YanpanError(
            f"各业态、各乡镇保底共需 {len(chosen)} 家，多于按风险抽取的 {by_risk} 家；"
            "请多抽一些，或降低保底数。"
        )
    for site in ordered:
        if len(chosen) < by_risk:
            chosen.setdefault(site.number, (site, BY_WEIGHT))
    rest = sorted(
        (s for s in sites if s.number not in chosen), key=lambda s: key(seed, "control", s.number)
    )
    chosen |= {site.number: (site, CONTROL) for site in rest[: rules.control]}
    return list(chosen.values())


def _take(
    chosen: dict[str, tuple[Site, str]], ordered: Iterable[Site], floor: int, name: str, group: str
) -> None:
    """Take from one stratum until it has its floor, those already taken counted."""
    here = list(ordered)
    had = sum(site.number in chosen for site in here)
    for site in here:
        if had >= floor:
            return
        if site.number not in chosen:
            chosen[site.number] = (site, group)
            had += 1


def _assign(
    seed: str, sites: Sequence[Site], people: Sequence[Person], rules: Rules
) -> list[tuple[str, ...]]:
    """For each site those who go: whoever has gone least so far, by key among equals."""
    gone: Counter[str] = Counter()
    pairs = []
    for site in sites:
        free = sorted(
            (p for p in people if may_go(p, site, rules)),
            key=lambda p: (gone[p.name], key(seed, f"person {site.number}", p.name)),
        )
        if len(free) < rules.people_each:
            raise YanpanError(
                f"{site.name}：回避和交叉互检以后只剩 {len(free)} 名检查人员，"
                f"不足 {rules.people_each} 名；请补充检查人员名单。"
            )
        pair = tuple(person.name for person in free[: rules.people_each])
        gone.update(pair)
        pairs.append(pair)
    return pairs


def may_go(person: Person, site: Site, rules: Rules) -> bool:
    """Whether somebody need not stay away (回避), and comes from elsewhere where that is asked."""
    if person.name in site.away:
        return False
    if {site.number, site.name, site.unit, site.township} & set(person.recuses):
        return False
    return not (rules.is_cross and person.township and person.township == site.township)


def _check(seed: str, sites: Sequence[Site], people: Sequence[Person], rules: Rules) -> None:
    if not seed.strip():
        raise YanpanError("抽取要有公开的种子文字，请用 --seed 写明，如某日公布的开奖号码。")
    for what, names in (
        ("场所", [s.number for s in sites]),
        ("检查人员", [p.name for p in people]),
    ):
        if twice := [name for name, times in Counter(names).items() if times > 1]:
            raise YanpanError(f"{what}名单中“{twice[0]}”有两条，分不清是谁，请先改正。")
    if not rules.weights or min(rules.weights.values()) < 1:
        raise YanpanError("权重应为 1 以上的整数；不想抽的场所请从名单中去掉。")
    if rules.count > len(sites):
        raise YanpanError(f"可抽的场所只有 {len(sites)} 家，抽不出 {rules.count} 家。")
    if not 0 <= rules.control <= rules.count:
        raise YanpanError("随机对照的家数不能多于抽取的家数。")


def record(
    seed: str, sites: Sequence[Site], people: Sequence[Person], rules: Rules, made_on: str,
    version: str,
) -> Record:  # fmt: skip
    """Draw, and keep all that it takes to recompute the draw; rosters in order of their numbers."""
    frozen = tuple(sorted(sites, key=lambda s: s.number))
    known = tuple(sorted(people, key=lambda p: p.name))
    result = draw(seed, frozen, known, rules)
    hashes = {"sites": digest(frozen), "people": digest(known), "rules": digest((rules,))}
    return Record(seed, rules, frozen, known, result, made_on, version, METHOD, hashes)


def digest(rows: Sequence[Any]) -> str:
    """SHA-256 of rows as canonical JSON."""
    plain = [asdict(row) for row in rows]
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def as_json(made: Record) -> str:
    """The record as it is written beside the result."""
    return json.dumps(asdict(made), ensure_ascii=False, indent=1)


def from_json(text: str) -> Record:
    """A record that was written.

    Raises:
        YanpanError: it is no record of a draw, or is one of a newer program's.

    """
    try:
        said = json.loads(text)
        if said["method"] != METHOD:
            number = said["method"].removeprefix(METHODS)
            must_not_be_newer(number.isdecimal() and int(number), METHOD_NUMBER, "这份抽取记录")
            raise YanpanError(f"这份记录的抽取方法是 {said['method']}，本程序只会核对 {METHOD}。")
        return Record(
            said["seed"], Rules(**said["rules"] | {"first": tuple(said["rules"]["first"])}),
            tuple(Site(**row | {"away": tuple(row["away"])}) for row in said["sites"]),
            tuple(Person(**row | {"recuses": tuple(row["recuses"])}) for row in said["people"]),
            tuple(Drawn(**row | {"people": tuple(row["people"])}) for row in said["result"]),
            said["made_on"], said["version"], said["method"], said["hashes"],
        )  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise YanpanError(f"这不是一份抽取记录：{error}") from error


def verify(made: Record) -> list[str]:
    """What does not hold of a record, in words; nothing where it can be recomputed as it stands."""
    said = []
    for name, label, rows in (
        ("sites", "场所名单", made.sites), ("people", "检查人员名单", made.people),
        ("rules", "抽取规则", (made.rules,)),
    ):  # fmt: skip
        if made.hashes.get(name) != digest(rows):
            said.append(f"{label}与记录的摘要不符，抽取以后被改动过。")
    again = draw(made.seed, made.sites, made.people, made.rules)
    if len(made.result) != len(again):
        said.append(f"应抽出 {len(again)} 家，记录有 {len(made.result)} 家。")
    wrong = [(a, b) for a, b in zip(made.result, again, strict=False) if a != b]
    if wrong:
        then, now = wrong[0]
        said.append(
            f"有 {len(wrong)} 家与重算的不同，第一处是第 {then.place} 家，"
            f"应为 {now.name}（{'、'.join(now.people)}），"
            f"记录为 {then.name}（{'、'.join(then.people)}）。"
        )
    return said
