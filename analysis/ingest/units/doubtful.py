"""Units that may be one: a doubt for each pair, which a person settles once."""

from collections.abc import Container, Iterator, Mapping
from itertools import combinations

from analysis.ingest.doubts.doubt import Answer, Doubt
from analysis.ingest.units.likeness import may_be_one, traits
from analysis.ingest.units.names import Name
from analysis.ingest.units.state import Mention, State

RULE = "unit_may_be_one"
TWO = Answer("two", "是两个单位，分开统计")
ONE = Answer("one", "是同一个单位，合在一起统计")

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
        if is_known and doubt.key not in settled:
            continue
        asked = found.get(roots)
        if asked is None or (doubt.known_from, doubt.key) < (asked[0].known_from, asked[0].key):
            found[roots] = doubt, said[pair[0]][0], said[pair[1]][0]
    return sorted(found.values(), key=lambda each: (each[0].known_from, each[0].subject))


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
        f"“{first[0]}”与“{second[0]}”疑为同一个单位，没有确认以前按两个单位统计；"
        "是一个单位的，请在单位名录的“别名”里写上另一个名称"
    )
    return Doubt(
        RULE, tuple(sorted((one.text, other.text))), question, first[1].side, second[1].side,
        (TWO, ONE), max(first[1].day, second[1].day),
    )  # fmt: skip
