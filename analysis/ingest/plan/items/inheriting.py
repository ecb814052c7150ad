"""The fields of each measure from the nearest place that says them: its own words, its brackets,
the labels of its block, the headings over it, the document.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from analysis.ingest.measures.blanks import said_of_blanks
from analysis.ingest.measures.days import SOON_IN_FRONT, STANDING, names_day, own_day, stays
from analysis.ingest.measures.enumerators import CODE_IN_TEXT
from analysis.ingest.measures.labels import FIELDS, Label
from analysis.ingest.measures.parts import OTHERS, by_number, by_turn, number_in, speaks_apart
from analysis.ingest.measures.responsibility import (
    EACH_BODY,
    actor,
    actor_in_clauses,
    actor_of_measure,
    is_due,
    sentence,
    take,
)
from analysis.ingest.measures.segments import Said
from analysis.ingest.plan.items.found import Found, How, Value
from analysis.ingest.plan.items.headings import acts, complains
from analysis.ingest.plan.items.scopes import Scope
from analysis.ingest.plan.items.taking import Collected
from analysis.ingest.plan.outline import Group
from analysis.ingest.tables.filling.ditto import ABOVE, points_at
from analysis.ledgers.labels import Role
from analysis.wording.persons.nobody import names_unit

#: A measure that goes on with who leads it.
_LED = re.compile("牵头|主责|责任单位|作为[\u3400-\u9fff]{2}主体")

#: «…。该项由甲镇负责。»: the last sentence of a measure says whose it is.
_OF_ITSELF = re.compile(
    r"(?<=[。；;])(?:该|此|本)项(?:工作|任务|措施)?由[^。；;]{2,40}(?:负责|牵头|落实|实施|承担)[^。；;]*[。；;]?$"
)


def _named_actor(text: str) -> Said:
    """The unit that acts in a measure, where it is one: «责令相关场所…» names none.

    «每月至少召开1次例会» begins with what is done, whatever a body's name may end with.
    """
    found = actor(text)
    unit = found.texts.get(Role.LEAD, "")
    is_unit = names_unit(unit) or bool(EACH_BODY.fullmatch(unit))
    is_unit = is_unit and not acts(unit) and not _NO_BODY.search(unit)
    return found if is_unit else Said()


#: Numbers, times, and meetings are of no unit's name.
_NO_BODY = re.compile(r"\d|^每|(?<!委员)(?<!协)(?<!商)(?<!党委)会$|(?:不|至)少")


#: «…。由甲科牵头，乙中心配合，于10月底前完成，所需经费从…列支。»: a sentence on who and when.
_BY_WHOM = re.compile(
    r"(?<=[。；;])由[^。；;,，]{2,40}(?:牵头|负责|主责)(?=[,，、])[^。；;]*[。；;]?$"
)
_FUNDS = re.compile(r"(?:所需|有关|相关)?(?:经费|资金)")


def _said_behind(text: str) -> re.Match[str] | None:
    """The last sentence of a measure where it says nothing but who does it, when, and who pays."""
    match = _BY_WHOM.search(text)
    clauses = re.split("[,，]", match.group().rstrip("。；;")) if match else []
    is_apart = all(sentence(each) or is_due(each) or _FUNDS.match(each) for each in clauses)
    return match if is_apart else None


def inherit(
    collected: Collected, base: date | None, *, by_actor: bool = False, held_on: date | None = None
) -> None:
    """Fill the values of all measures; ``by_actor`` lets a sentence's own subject lead.

    ``base`` is the day from which days without a year are counted, ``held_on`` that of the meeting
    of which these are the minutes.
    """
    for place, item in enumerate(collected.items):
        for said, how in _said_of(collected, place, base, held_on):
            for role, value in said.items():
                item.values.setdefault(
                    role,
                    Value(value.text, how if value.how is How.LABEL else value.how, value.line),
                )
        if Role.LEAD not in item.values:  # «县文旅局负责», else who acts in the sentence
            text = SOON_IN_FRONT.sub("", item.text)
            found = sentence(text)
            if Role.LEAD not in found.texts and by_actor:
                found.update(actor_in_clauses(text))
            if Role.LEAD not in found.texts:
                found.update(actor_of_measure(text))
            if acts(found.texts.get(Role.LEAD, "")):
                found = Said()  # «组织全县景区落实…»: what is done, and to whom
            for role, text in found.texts.items():
                item.values.setdefault(role, Value(text, How.WORDS, item.line))
        if Role.LEAD not in item.values:  # nobody else is named: whoever acts in it
            own = SOON_IN_FRONT.sub("", item.text)
            for role, text in _named_actor(own).texts.items():
                item.values.setdefault(role, Value(text, How.ACTOR, item.line))
    for place in range(len(collected.items)):
        _follow(collected, place)


def fill_blanks(collected: Collected, paragraphs: Iterable[tuple[int, str]]) -> None:
    """Give measures of which nobody says who or when what a note says of all such.

    What a label says of its block, «完成时限：除注明外，…», has been taken by that.
    """
    labels = {str(role) for role in FIELDS}
    notes = [
        (line, said_of_blanks(text))
        for line, text in paragraphs
        if collected.roles.get(line) not in labels
    ]
    for item in collected.items:
        for line, said in notes:
            for role, text in said.texts.items():
                own = item.values.get(role)
                if own is None or own.how is How.ACTOR:
                    item.values[role] = Value(text, How.DOCUMENT, line)


def _follow(collected: Collected, place: int) -> None:
    """What another measure says, where a value points there: «责任单位：同上», «时限同第1项»."""
    item = collected.items[place]
    for role, value in list(item.values.items()):
        to = points_at(value.text)
        if not to:
            continue
        numbered = _numbered(collected, to, is_of_problem=bool(_OF_PROBLEM.search(value.text)))
        meant = collected.items[place - 1] if to == ABOVE and place else next(numbered, None)
        if meant is not None and meant is not item and role in meant.values:
            item.values[role] = Value(meant.values[role].text, How.REFERENCE, value.line)


#: «同隐患（三）»: a problem, whose measures may have numbers of their own or none.
_OF_PROBLEM = re.compile("问题|隐患")


def _numbered(collected: Collected, number: str, *, is_of_problem: bool) -> Iterator[Found]:
    """The measures of a number, those of the problem of that number first where one is meant."""
    if is_of_problem:
        for each in collected.items:
            if each.problem and number_in(each.problem.number) == number:
                yield each
    for each in collected.items:
        if number_in(each.number) == number:
            yield each


def _said_of(
    collected: Collected, place: int, base: date | None, held_on: date | None
) -> Iterator[tuple[dict[Role, Value], How]]:
    item, scopes = collected.items[place], collected.scopes[place]
    own = collected.own[place]
    yield _words(item, own.said, base, held_on), How.WORDS
    yield _of_group(own, item), How.TAIL
    for depth, scope in enumerate(reversed(scopes)):
        is_document = depth == len(scopes) - 1
        for group in scope.groups_for(place):
            how = (
                How.DOCUMENT
                if is_document
                else How.HEADING
                if group is scope.heading
                else How.LABEL
            )
            turn = scope.turn_of(place, group)
            yield _of_group(group, item, turn) | _in_order(collected, scope, group, place), how


#: What parts of a deadline have in common with any measure.
_OF_ANY = re.compile(r"[\d\s年月日前底内末上中下旬]|完成|实现|全部|整改|到位|工作|建立|开展")


def _in_order(collected: Collected, scope: Scope, group: Group, place: int) -> dict[Role, Value]:
    """«5月底前实现巡诊全覆盖；9月底前完成招录» of two measures, each told by its words."""
    said = [(text, line) for role, text, line in group.texts if role is Role.DUE]
    measures = [each for each in scope.events if isinstance(each, int)]
    parts = re.split("[；;]", said[0][0].strip("；;。 ")) if len(said) == 1 else []
    parts = re.split("[，,]", parts[0]) if len(parts) == 1 else parts
    if len(parts) < 2 or len(parts) != len(measures) or place not in measures:
        return {}
    texts = [collected.items[each].text for each in measures]
    for n, part in enumerate(parts):
        shared = [_shared(part, text) for text in texts]
        if not names_day(part) or not shared[n] or shared[n] < max(shared):
            return {}
    return {Role.DUE: Value(parts[measures.index(place)], How.REFERENCE, said[0][1])}


def _shared(part: str, text: str) -> int:
    """How many pairs of signs of a part of a deadline stand in a measure."""
    bare = _OF_ANY.sub("", part)
    return len({bare[n : n + 2] for n in range(len(bare) - 1) if bare[n : n + 2] in text})


#: «…，时限同第1项。», «…。时限与上一项相同。»: at the end of a measure, where its day stands.
_SAME_DAY = re.compile(
    r"[,，。;；]\s*(?:整改|完成)?(?:时限|期限)[:：]?((?:同|与|和|按)[^,，。;；]{1,12}?)(?:相同|一致|一样)?[。;；]?$"
)


def _words(item: Found, tail: Said, base: date | None, held_on: date | None) -> dict[Role, Value]:
    """What a measure's own words say: the last day in figures, and who leads it."""
    found: dict[Role, Value] = {}
    if day := own_day(item.text, base, held_on=held_on):
        found[Role.DUE] = Value(day.text, How.WORDS, item.line)
    elif stays(item.text):  # its block's day is no end of it
        found[Role.DUE] = Value(STANDING, How.WORDS, item.line)
    elif (same := _SAME_DAY.search(item.text)) and points_at(same[1]):
        found[Role.DUE] = Value(same[1], How.WORDS, item.line)
        item.text = item.text[: same.start()]
    if own := _OF_ITSELF.search(item.text) or _said_behind(item.text):
        for role, text in sentence(own.group()).texts.items():
            if role is not Role.DUE or role not in found:  # the last of all days counts
                found[role] = Value(text, How.WORDS, item.line)
        front = item.text[: own.start()].rstrip()
        if not complains(
            re.split("[。；;]", front.rstrip("。；;"))[-1]
        ):  # else what is done about it stands behind who does it
            item.text = front
    if Role.LEAD not in tail.texts and _LED.search(item.text):
        said = sentence(item.text)
        if Role.LEAD in said.texts:
            found |= {role: Value(text, How.WORDS, item.line) for role, text in said.texts.items()
                      if role in {Role.LEAD, Role.SUPPORT, Role.PERSON}}  # fmt: skip
    return found


def _of_group(group: Group, item: Found, turn: tuple[int, int] = (1, 1)) -> dict[Role, Value]:
    """What a group of labels says of one measure: of all alike, by numbers, or by its turn."""
    pointed = _pointed(group, item, turn)
    named = {role for role, text, _ in group.texts if role and _points(role, text)}
    of_all = Said()
    for role, text, _ in group.texts:
        if role in named and not _points(role, text):  # beside «除第1项立即实施外…» of the same
            take(of_all, Label(role, str(role)), text)
    found = dict(pointed)
    for role, text in group.said.texts.items():
        said = of_all.texts.get(role, "") if role in named else text
        if said and role not in found:
            found[role] = Value(said, How.LABEL, group.lines.get(role, group.line))
    return found


def _points(role: Role | None, text: str) -> bool:
    """Whether a value speaks of numbered measures apart; a deadline's own grammar knows 5-3."""
    numbers = by_number(text)
    return (not numbers and speaks_apart(text)) or any(
        "-" not in number or CODE_IN_TEXT.search(text) for number in numbers if number != OTHERS
    )


def _pointed(group: Group, item: Found, turn: tuple[int, int]) -> dict[Role, Value]:
    found: dict[Role, Value] = {}
    for role, text, line in group.texts:
        said, numbers = by_turn(text, turn[1]), [str(turn[0])]
        if not said and _points(role, text):
            said, numbers = by_number(text), _numbers(item, text)
        mine = next((said[number] for number in numbers if number in said), None)
        others = said.get(OTHERS) if mine != "" else None  # «除第2项外»: not of that one
        for value in filter(None, (mine, others)):
            for each, part in _parts(role, value).texts.items():
                found.setdefault(each, Value(part, How.REFERENCE, line))
    return found


#: «第（一）项» is of the list that is numbered so, at whatever depth the measure stands in it.
_OF_CLASS = {"han_bracket": re.compile(r"[(（][一二三四五六七八九十]{1,3}[)）]项")}


def _numbers(item: Found, text: str) -> list[str]:
    """The numbers by which a value may point at a measure, the likeliest first."""
    for kind, form in _OF_CLASS.items():
        if form.search(text) and kind in item.numbered:
            return [str(item.numbered[kind])]
    own = (item.number, item.number.rpartition("-")[2], str(item.ordinal))
    return [each for each in own if each]


def _parts(role: Role | None, text: str) -> Said:
    """What is said of one measure by number: of its day alone, or of all who are named."""
    parts = Said()
    if role is Role.DUE or role is None:
        parts.add(Role.DUE, text)
        return parts
    take(parts, Label(role, str(role)), text)
    if role is not Role.PERSON:
        parts.update(sentence(text, in_brackets=True))
    return parts
