"""The register of units: which spellings are one unit, and what it was called on each day.

What is learned of a name on a day (a roster with aliases, the plan's list, an answer to a doubt)
holds from that day on; before it the figures stay as they were shown. A unit is shown by the name
that the latest roster gives it, else the plan, else the way of writing that came first.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import pairwise

from analysis.ingest.doubts.doubt import Doubt
from analysis.ingest.units.doubtful import ONE, Contest, contests_of, doubts_of
from analysis.ingest.units.names import Home, Name, home_of, own_forms, read_name
from analysis.ingest.units.state import Mention, State, state_of
from analysis.wording.persons.nobody import names_unit
from analysis.wording.units import is_no_office, is_office

#: Doubt → the days from which an answer stands; None where it was taken back.
Settled = Mapping[str, Sequence[tuple[date, str | None]]]


#: What may stand in front of the name: a number, a day, brackets, 附件.
_UNNAMED = re.compile(r"^(?:附件|附表)?[\W\d_]*")
#: No unit's name is longer.
_LONGEST_NAME = 24
#: A shorter one may be part of any word.
SHORTEST = 3
#: Where a unit's name may end.
_HEAD_NOUN = re.compile(
    r"局|委员会|委|办公室|办事处|办|大队|支队|队|中心|公司|政府|街道|镇|乡|所|院|校|馆|部"
)

#: What governs the place that it is named after.
_GOVERNING = re.compile(r"(?:管理委员会|管委会|街道办事处|办事处|人民政府)$")
#: What a scenic area is called in full, and in short: 景区.
_SCENIC = re.compile(r"(?:风景名胜区|风景旅游区|旅游风景区|旅游景区|风景区)$")


class Register:
    """The units of all submissions.

    ``mentions`` are in order of receipt; ``region`` is the office's; ``settled`` are the answers
    to doubts by the key of each.
    """

    def __init__(
        self, mentions: Iterable[Mention], region: str = "本县", settled: Settled | None = None
    ) -> None:
        self._first: dict[str, Mention] = {}
        self._said = [each for each in mentions if self._is_news(each)]
        self._region, self._settled = region, settled or {}
        answered = {day for answers in self._settled.values() for day, _ in answers}
        self._days = sorted({each.day for each in self._said} | answered) or [date.min]
        self._states = [self._state_on(day) for day in self._days]

    @property
    def home(self) -> Home:
        """The office's own region, as far as anything says so."""
        return self._states[-1].home

    @property
    def doubts(self) -> list[Doubt]:
        """Units that may be one and aliases of two, as yet or before somebody said so."""
        return [*(doubt for doubt, *_ in self._doubts), *(each.doubt for each in self._contests)]

    def unit(self, text: str) -> str:
        """The one name of a unit, as it is finally known."""
        return self.known(text) or text

    def unit_then(self, text: str, day: date) -> str:
        """What a unit was called on a day, by what had been received."""
        at = max(bisect_right(self._days, day) - 1, 0)
        return self._states[at].unit(text) or text

    def names_of(self, text: str) -> list[tuple[date, str]]:
        """What a spelling has meant, each from its day on; nothing of one that means nothing."""
        # A spelling that means something once always means something.
        first = bisect_left(self._states, True, key=lambda state: state.unit(text) is not None)
        found: list[tuple[date, str]] = []
        for at in (first, *(turn for turn in self._turns if turn > first)):
            unit = self._states[at].unit(text) if at < len(self._states) else None
            if unit and (not found or found[-1][1] != unit):
                found.append((self._days[at], unit))
        return found

    def renamed_on(self, text: str) -> list[date]:
        """The days on which a spelling came to mean another name."""
        return [day for day, _ in self.names_of(text)[1:]]

    def called_before(self, text: str) -> dict[str, date]:
        """What a spelling's unit was called and is no longer, and from which day no longer."""
        days = self.renamed_on(text)
        names = {state.unit(text) for state in self._states} - {None, self.unit(text)}
        return {name: days[-1] for name in names if name} if days else {}

    def known(self, text: str) -> str | None:
        """The unit of which a text is a spelling, if it is one that was seen."""
        return self._states[-1].unit(text)

    def is_under(self, text: str, sender: str) -> bool:
        """Whether a name is of a firm, or of a part of a body, and on no roster and in no plan: for
        its hazards answers whoever sent them.

        Of a member's list also whatever else is no member's name and no office's: its 文化馆, its
        游船队, «经营户某某». No firm answers for others.
        """
        if not sender or is_no_office(sender):
            return False
        if self._root(text) in self._members or not names_unit(text):
            return False
        is_members = self._root(sender) in self._members and not self.region_prefix(text)
        return is_no_office(text) or (is_members and not is_office(text))

    def within(self, text: str) -> str | None:
        """The unit whose longest spelling stands in a text such as a file name."""
        found = [name for name in self._spellings if len(name) >= SHORTEST and name in text]
        if not found:
            return None
        name = max(found, key=lambda each: (len(each), each))
        # «市教育局» holds 教育局, and is another.
        is_other = text[: text.index(name)].endswith(("市", "省"))
        return None if is_other else self.known(name)

    def leading(self, text: str) -> str | None:
        """The unit with which a title or a file's name begins, in whatever way it is written; by
        its first name, where only what it governs is written.
        """
        said = _UNNAMED.sub("", text)[:_LONGEST_NAME]
        ends = [match.end() for match in _HEAD_NOUN.finditer(said)]
        units = (self.known(said[:end]) for end in reversed(ends))
        whole = next(filter(None, units), None)
        return whole or next((name for stem, name in self._stems if said.startswith(stem)), None)

    def named_in(self, text: str) -> set[str]:
        """The units that prose speaks of, in whatever way they are formally written.

        Of names within a name the longest counts; «市教育局» is not the county's.
        """
        found: set[str] = set()
        at = 0
        while at < len(text):
            lengths = self._lengths.get(text[at], ())
            name = next(
                (text[at : at + n] for n in lengths if text[at : at + n] in self._forms), ""
            )
            if name and text[at - 1 : at] not in {"市", "省"}:
                found.add(self._forms[name])
            at += len(name) or 1
        return found

    def region_prefix(self, text: str) -> str | None:
        """The other region that a name is of; None where it is the office's own."""
        return read_name(text, self.home).place or None

    @property
    def first_seen(self) -> Mapping[str, date]:
        """Every spelling, and the day on which it first came."""
        return {text: each.day for text, each in self._first.items()}

    @property
    def rosters(self) -> Mapping[date, frozenset[str]]:
        """Day of receipt → the units that rosters list; the plan's list of members is none."""
        listed: dict[date, set[str]] = {}
        for each in self._said:
            if each.source == "roster":
                listed.setdefault(each.day, set()).add(self.unit(each.text))
        return {day: frozenset(units) for day, units in listed.items()}

    def _is_news(self, mention: Mention) -> bool:
        """Whether a mention says more than those before it; notes the spellings that it brings."""
        texts = [text for text in (mention.text, *mention.aliases) if text not in self._first]
        self._first.update(dict.fromkeys(texts, mention))
        return bool(texts) or mention.source != "ledger"

    def _state_on(self, day: date) -> State:
        known = [each for each in self._said if each.day <= day]
        texts = [text for text, each in self._first.items() if each.day <= day]
        home = home_of(self._region, texts)
        return state_of(known, home, self._called_one(day), self._given(day))

    def _called_one(self, day: date) -> list[tuple[str, str]]:
        """The pairs that somebody has called one unit by a day."""
        if not self._settled:
            return []
        pairs = {doubt.key: (one, other) for doubt, one, other in self._doubts}
        found = []
        for key in self._settled:
            if key in pairs and self._answer(key, day) == ONE.code:
                found.append(pairs[key])
        return found

    def _given(self, day: date) -> dict[Name, Name]:
        """The aliases that several claim, and to whom somebody has given them by a day."""
        if not self._settled:
            return {}
        answers = ((each, self._answer(each.doubt.key, day)) for each in self._contests)
        return {each.alias: each.owners[answer] for each, answer in answers if answer}

    def _answer(self, doubt: str, day: date) -> str | None:
        until = [answer for since, answer in self._settled.get(doubt, ()) if since <= day]
        return until[-1] if until else None

    def _root(self, text: str) -> Name:
        state = self._states[-1]
        return state.root(state.name(text))

    @cached_property
    def _members(self) -> frozenset[Name]:
        """The units of rosters and plans, by whatever name."""
        return frozenset(
            self._root(text)
            for each in self._said
            if each.source != "ledger"
            for text in (each.text, *each.aliases)
        )

    @cached_property
    def _stems(self) -> list[tuple[str, str]]:
        """What the names of members begin with that is theirs alone, the longest first: «某某景区»
        of 某某景区管理委员会, and of 某某风景名胜区管理委员会.
        """
        found: dict[str, list[str]] = {}
        for each in self._said:
            stem = _GOVERNING.sub("", each.text)
            if each.source != "ledger" and stem != each.text and len(stem) > SHORTEST:
                for form in {stem, _SCENIC.sub("景区", stem)}:
                    found.setdefault(form, []).append(each.text)
        own = [
            (stem, names[0])
            for stem, names in found.items()
            if len({self.unit(name) for name in names}) == 1
        ]
        return sorted(own, key=lambda each: -len(each[0]))

    @cached_property
    def _turns(self) -> list[int]:
        """The states in which a name means something else than in the state before."""
        pairs = enumerate(pairwise(self._states), start=1)
        return [at for at, (before, after) in pairs if before.is_turned_by(after)]

    @cached_property
    def _unanswered(self) -> State:
        return state_of(self._said, home_of(self._region, self._first))

    @cached_property
    def _doubts(self) -> list[tuple[Doubt, str, str]]:
        return doubts_of(self._unanswered, self._first, self._settled.keys())

    @cached_property
    def _contests(self) -> list[Contest]:
        return contests_of(self._unanswered)

    @cached_property
    def _forms(self) -> Mapping[str, str]:
        """Every way in which a unit is written, and its name; not what may be anybody: 各单位."""
        written = {form for text in self._spellings for form in (text, *own_forms(text, self.home))}
        units = {form: self.known(form) for form in written if len(form) >= SHORTEST}
        return {form: unit for form, unit in units.items() if unit and names_unit(unit)}

    @cached_property
    def _lengths(self) -> Mapping[str, list[int]]:
        """How long the names are that begin with a character, the longest first."""
        lengths: dict[str, set[int]] = {}
        for form in self._forms:
            lengths.setdefault(form[0], set()).add(len(form))
        return {first: sorted(each, reverse=True) for first, each in lengths.items()}

    @cached_property
    def _spellings(self) -> frozenset[str]:
        return frozenset((*self._first, *self._states[-1].shown.values()))
