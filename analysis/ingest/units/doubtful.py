"""Units that may be one, aliases that several claim: doubts, which a person settles once."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from analysis.ingest.doubts.doubt import Answer, Doubt, Side
from analysis.ingest.units.likeness import may_be_one, traits
from analysis.ingest.units.names import Name
from analysis.ingest.units.state import Claim, Mention, State
from analysis.wording.characters import cited

RULE = "unit_may_be_one"
TWO = Answer("two", "是两个单位，分开统计")
ONE = Answer("one", "是同一个单位，合在一起统计")

CLAIMED_TWICE = "alias_claimed_twice"
#: The answer that gives an alias to neither of the two.
NOBODYS = Answer("都不是", "不是这两个单位的别名，单独统计")

#: A spelling, and where it first stood.
_Said = tuple[str, Mention]


def doubts_of(
    state: State, first: Mapping[str, Mention], settled: Container[str] = ()
) -> list[tuple[Doubt, str, str]]:
    """The doubts on all names that were seen, each with the two spellings that it is about.

    ``state`` is without any answer; ``settled`` are the keys of doubts that have one, which stand
    on record even where a roster has answered since. Those that a roster lists are two.
    """
    said: dict[Name, _Said] = {}
    for text, mention in first.items():
        said.setdefault(state.name(text), (text, mention))
    came = {name: place for place, name in enumerate(said)}
    found: dict[frozenset[Name], tuple[Doubt, str, str]] = {}
    for one, other in _alike(said):
        pair = sorted((one, other), key=came.__getitem__)
        doubt = _doubt(pair[0], said[pair[0]], pair[1], said[pair[1]])
        roots = frozenset(map(state.root, pair))
        is_known = len(roots) == 1 or state.listed.issuperset(roots)
        if (is_known or _is_claimed(pair, state)) and doubt.key not in settled:
            continue
        asked = found.get(roots)
        if asked is None or (doubt.known_from, doubt.key) < (asked[0].known_from, asked[0].key):
            found[roots] = doubt, said[pair[0]][0], said[pair[1]][0]
    return sorted(found.values(), key=lambda each: (each[0].known_from, each[0].subject))


@dataclass(frozen=True, slots=True)
class Contest:
    """The doubt whose an alias is; ``owners`` gives the unit of each answer."""

    doubt: Doubt
    alias: Name
    owners: Mapping[str, Name]


def contests_of(state: State) -> list[Contest]:
    """The doubts on the aliases that several units claim: the first beside each of the others.

    ``state`` is without any answer.
    """
    return [
        _contest(alias, first, other, state)
        for alias, (first, *others) in state.contested.items()
        for other in others
    ]


def _contest(alias: Name, first: Claim, other: Claim, state: State) -> Contest:
    text = other.text
    if first.unit == alias:
        answers = [Answer(first.text, "是单独的单位，不是别名"), _is_of(other)]
        said = f"{cited(text)}在单位名录里既是一个单位，又是{cited(other.mention.text)}的别名"
    else:
        answers = [_is_of(first), _is_of(other), NOBODYS]
        answers.sort(key=lambda answer: answer is not NOBODYS or state.root(alias) != alias)
        said = (
            f"{cited(text)}是{cited(first.mention.text)}和{cited(other.mention.text)}两个单位的别名"
        )
    pair = sorted((first.unit.text, other.unit.text))
    doubt = Doubt(
        CLAIMED_TWICE, (alias.text, *pair), f"{said}，是谁的",
        _side(first, alias), _side(other, alias), tuple(answers),
        max(first.mention.day, other.mention.day),
    )  # fmt: skip
    owners = {NOBODYS.code: alias, first.mention.text: first.unit, other.mention.text: other.unit}
    return Contest(doubt, alias, owners)


def _side(claim: Claim, alias: Name) -> Side:
    field = "unit" if claim.unit == alias else "aliases"
    return replace(claim.mention.side, field=field, text=claim.text)


def _is_of(claim: Claim) -> Answer:
    return Answer(claim.mention.text, f"是{cited(claim.mention.text)}的别名")


def _is_claimed(pair: list[Name], state: State) -> bool:
    """Whether it is asked already if the one is an alias of the other."""
    return any(
        other in {claim.unit for claim in state.contested.get(alias, ())}
        for alias, other in (pair, reversed(pair))
    )


def _alike(said: Mapping[Name, _Said]) -> Iterator[tuple[Name, Name]]:
    """The pairs of names that may be one unit, of those that share a word at least."""
    by_trait: dict[str, list[Name]] = {}
    for name in said:
        for trait in traits(name):
            by_trait.setdefault(trait, []).append(name)
    seen: set[frozenset[Name]] = set()
    for names in by_trait.values():
        for one, other in combinations(names, 2):
            pair = frozenset((one, other))
            if pair not in seen:
                seen.add(pair)
                if may_be_one(one, other):
                    yield one, other


def _doubt(one: Name, first: _Said, other: Name, second: _Said) -> Doubt:
    question = (
        f"{cited(first[0])}与{cited(second[0])}疑为同一个单位，没有确认以前按两个单位统计；"
        "是一个单位的，请在单位名录的“别名”里写上另一个名称"
    )
    return Doubt(
        RULE, tuple(sorted((one.text, other.text))), question, first[1].side, second[1].side,
        (TWO, ONE), max(first[1].day, second[1].day),
    )  # fmt: skip
