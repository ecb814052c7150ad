"""An annex that says the measures of the body again in short: one measure, two places.

What the body says stands; who answers and by when is taken from the annex where it is silent. An
annex that alone tells the problems, and its measures in whole sentences, is the plan itself, and
the body no more than what leads it in. The rows are known by their words, by the numbers of
measures, or by those of problems.
"""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from analysis.ingest.measures.folding import folded
from analysis.ingest.measures.labels import FIELDS, label_of
from analysis.ingest.measures.parts import number_in
from analysis.ingest.plan.about import plain_line
from analysis.ingest.plan.items.found import Found, How, Stated, Value
from analysis.ingest.plan.items.taking import Collected
from analysis.ingest.plan.outline import Group
from analysis.ingest.tables.filling.ditto import without_ditto
from analysis.ingest.tables.shapes import pieces_of
from analysis.ledgers.labels import Role

Row = tuple[str, ...]
#: No cell is merged down.
NOTHING_LENT: Mapping[int, Sequence[str]] = {}
#: So much of the words of a row must stand in a measure, with its place in order or without.
ALIKE, ALIKE_IN_ORDER = 0.45, 0.3
#: So great a part of an annex must be of the body.
SHARE = 0.7
#: So great a part of the body's measures says who or when where the body lays them down.
SHARE_SAID = 0.4
#: An annex that says more than the body is no short form of it.
LONGEST = 1.3
#: What the annex says of one measure is nearer to it than what the body says of all or guesses.
_WEAK = frozenset({How.DOCUMENT, How.ACTOR, How.ADDRESSEE})
_TEXTS = frozenset({Role.MEASURE, Role.DETAIL})
_NUMBERS = re.compile(
    r"^(?:整改|对应|所属|工作|具体)?(?:措施|任务|问题|事项)?(?:序号|编号|序|号|项次)$|^对应(?:措施|任务)$"
)
_KEY = re.compile(
    r"(?:整改)?(?:措施|任务|问题|事项|第)?[(]?([\d]{1,3}(?:[-.]\d{1,2})?|[一二三四五六七八九十]{1,3}|[①-⑳])[)]?(?:[项条号.、])?"
)
_ONE = r"[(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)]?"
_POINTS = re.compile(
    rf"(?:上述|以上|前述)?第({_ONE}(?:(?:[、,和及与至到~—-]第?){_ONE})*)(?:项|条|款)(?:措施|任务|事项|问题|工作|内容)?"
)
_NOTE = re.compile(r"(?:说明|备?注|附注)\s*\d*\s*[:：]")
#: What heads an annex in a text of its own.
_ANNEX = re.compile(
    r"^附\s*(?:件|表|单)?\s*[\d一二三四五]{0,2}\s*[:：]?$|^附\s*件\s*[\d一二三四五]?\s*[:：]\S"
)


#: Columns of a table that nobody found are no measure.
_COLUMNS = re.compile(r"\S(?: {3,}|\u3000{2,}|\t)\S")


@dataclass(slots=True)
class Entry:
    """One measure of an annex, or one row that says something of several of the body."""

    line: int
    text: str = ""
    problem: str = ""
    key: str = ""
    values: dict[Role, Value] = field(default_factory=dict)
    row: Row = ()


def take_annexes(
    collected: Collected, lines: Sequence[str], paragraphs: Sequence[tuple[int, str]],
    told: Container[int] = (), lent: Mapping[int, Sequence[str]] = NOTHING_LENT,
) -> set[Row]:  # fmt: skip
    """Give the measures of the body what an annex says of them; the rows that were used up.

    Of rows on the lines ``told`` a person has said what they are: these say nothing of the body's.
    ``lent`` has the cells of rows, by line, of which some are merged down from the row above.
    """
    used: set[Row] = set()
    for entries in _tables(lines, lent):
        body = [
            n for n, item in enumerate(collected.items)
            if item.line < entries[0].line and not _COLUMNS.search(item.text)
        ]  # fmt: skip
        pairs = _pairs(entries, collected.items, body)
        if pairs and (
            _says_who_or_when(collected.items, body) or not _is_plan(pairs, collected.items)
        ):
            used |= {entry.row for entry in entries}
            _give(collected.items, [pair for pair in pairs if pair[0].line not in told])
            own = [each for each in entries if each not in [one for one, _ in pairs]]
            _add(collected, [each for each in own if each.line not in told])
    _take_list(collected, paragraphs)
    return used


def _tables(lines: Sequence[str], lent: Mapping[int, Sequence[str]]) -> Iterator[list[Entry]]:
    """The tables of a document whose headers name who answers or by when."""
    header: list[str] = []
    rows: list[tuple[int, Row]] = []
    for number, line in enumerate(lines, start=1):
        cells = tuple(cell.strip() for cell in line.split("\t"))
        if len(cells) < 3:
            if line.strip():  # a line of text ends a table
                yield from _table(header, rows, lent)
                header, rows = [], []
        elif _is_header(cells):
            yield from _table(header, rows, lent)
            header, rows = [*cells], []
        elif header:
            rows.append((number, cells))
    yield from _table(header, rows, lent)


def _is_header(cells: Row) -> bool:
    labels = [label for cell in cells if (label := label_of(cell))]
    return sum(each.role in FIELDS for each in labels) >= 2 and all(
        len(cell) <= 14 for cell in cells
    )


def _table(
    header: Sequence[str], rows: Sequence[tuple[int, Row]], lent: Mapping[int, Sequence[str]]
) -> Iterator[list[Entry]]:
    """The measures of one table, each told the problem over it; none where it has no rows."""
    roles = {n: label.role for n, cell in enumerate(header) if (label := label_of(cell))}
    numbers = [n for n, cell in enumerate(header) if _NUMBERS.match(plain_line(cell))]
    own = [(line, cells) for line, cells in rows if not _NOTE.match(cells[0])]
    if pointing := _pointing(own, len(header)):  # «第一、六项», whatever its header is called
        roles, numbers = {n: role for n, role in roles.items() if n not in pointing}, pointing
        rows = own
    width = len(header)
    whole = (lent.get(line, cells) for line, cells in rows)
    wide = [[*cells[:width], *[""] * (width - len(cells))] for cells in whole]
    problem, found = "", []
    for (line, row), cells in zip(rows, without_ditto(wide, dict(enumerate(header))), strict=True):
        for each in _entries(line, cells, roles, numbers):
            problem = each.problem = each.problem or problem
            each.row = row
            found.append(each)
    if found:
        yield found


def _pointing(rows: Sequence[tuple[int, Row]], width: int) -> list[int]:
    """The columns in which every row names measures by number: «第一、六项», «第二项»."""
    return [
        n for n in range(width)
        if rows and all(n < len(cells) and _keys_of(cells[n]) for _, cells in rows)
    ]  # fmt: skip


def _keys_of(cell: str) -> list[str]:
    """The numbers of «第一、六项», «第2至4项»; none where a cell says anything else."""
    match = _POINTS.fullmatch(re.sub(r"\s", "", folded(cell)).strip("。;,"))
    if match is None:
        return []
    numbers = [number_in(each) for each in re.findall(r"\d+|[一二三四五六七八九十]+", match[1])]
    if len(numbers) == 2 and re.search("[至到~—-]", match[1]) and all(map(str.isdigit, numbers)):
        return [str(n) for n in range(int(numbers[0]), int(numbers[1]) + 1)]
    return numbers


def _entries(
    line: int, cells: Sequence[str], roles: dict[int, Role], numbers: Sequence[int]
) -> Iterator[Entry]:
    said = {role: cells[n] for n, role in roles.items() if cells[n]}
    values = {role: Value(text, How.ANNEX, line) for role, text in said.items() if role in FIELDS}
    texts = [said[role] for role in (Role.DETAIL, Role.MEASURE) if role in said]
    keys = (_KEY.fullmatch(folded(cells[n])) for n in numbers)
    key = next((number_in(match[1]) for match in keys if match), "")
    several = next(filter(None, (_keys_of(cells[n]) for n in numbers)), [])
    if several and not texts:
        for each in several:
            yield Entry(line, "", said.get(Role.PROBLEM, ""), each, values)
        return
    pieces = [text for _, text in pieces_of(texts[0])] if texts else [""]
    for piece in pieces:
        alone = key if len(pieces) == 1 else ""
        yield Entry(line, piece, said.get(Role.PROBLEM, ""), alone, values)


def _is_plan(pairs: Sequence[tuple[Entry, list[int]]], items: Sequence[Found]) -> bool:
    """Whether an annex tells its measures in sentences, and problems of which the body is silent.

    What names no measure, or only its title, speaks of those of the body.
    """
    told = [entry for entry, _ in pairs if entry.text.rstrip().endswith(("。", "；", ";"))]
    has_problems = all(entry.problem for entry, _ in pairs)
    is_alone = not any(items[n].problem for _, places in pairs for n in places)
    return has_problems and is_alone and 2 * len(told) >= len(pairs)


def _says_who_or_when(items: Sequence[Found], body: Sequence[int]) -> bool:
    """Whether the body lays its measures down itself, and does not leave that to the annex."""
    return sum(_is_said(items[n]) for n in body) >= SHARE_SAID * len(body)


def _is_said(item: Found) -> bool:
    """Whether a measure has a day of its own, or is told who answers behind a label."""
    return any(
        value.how not in _WEAK
        and (
            value.how is not How.WORDS or (role is Role.DUE and bool(re.search(r"\d", value.text)))
        )
        for role, value in item.values.items()
        if role in FIELDS
    )


def _pairs(
    entries: Sequence[Entry], items: Sequence[Found], body: Sequence[int]
) -> list[tuple[Entry, list[int]]]:
    """The measures of the body of which each entry speaks; none where it is no short form."""
    if not body or len(entries) < 2:
        return []
    if any(entry.text for entry in entries):
        pairs = _by_words(entries, items, body)
    elif any(entry.problem for entry in entries):
        pairs = _by_problems(entries, items, body)
    else:
        pairs = _by_numbers(entries, items, body)
    return pairs if len(pairs) >= max(2, SHARE * len(entries)) else []


def _by_words(
    entries: Sequence[Entry], items: Sequence[Found], body: Sequence[int]
) -> list[tuple[Entry, list[int]]]:
    likest = sorted(
        (
            (_likeness(entry, items[n], in_order=place == at, count=len(entries)), place, n)
            for place, entry in enumerate(entries)
            for at, n in enumerate(body)
            if entry.text
        ),
        key=lambda each: (-each[0], each[1], each[2]),
    )
    found: dict[int, int] = {}
    for likeness, place, n in likest:
        if likeness > 0 and place not in found and n not in found.values():
            found[place] = n
    pairs = [(entries[place], [n]) for place, n in sorted(found.items())]
    said = sum(len(entry.text) for entry, _ in pairs)
    whole = sum(len(items[n].text) for _, (n,) in pairs)
    return pairs if said <= LONGEST * whole else []


def _likeness(entry: Entry, item: Found, *, in_order: bool, count: int) -> float:
    """How surely an entry is a measure, 0 where it is not."""
    shared = _covered(entry.text, item.text)
    is_of_problem = _is_of(item, entry.problem)
    is_near = in_order or is_of_problem or (bool(entry.key) and entry.key in _keys(item))
    if shared < (ALIKE_IN_ORDER if is_near else ALIKE):
        return 0.0
    return shared + 0.2 * in_order + 0.1 * is_of_problem


def _covered(short: str, whole: str) -> float:
    """How many pairs of signs of a text stand in another."""
    one, other = (re.sub(r"[\W_]", "", folded(text)) for text in (short, whole))
    pairs = {one[n : n + 2] for n in range(len(one) - 1)}
    return sum(pair in other for pair in pairs) / len(pairs) if pairs else 0.0


def _keys(item: Found) -> set[str]:
    return {number_in(item.number), str(item.ordinal)} - {""}


def _by_numbers(
    entries: Sequence[Entry], items: Sequence[Found], body: Sequence[int]
) -> list[tuple[Entry, list[int]]]:
    """Rows that name their measures by number alone, each of them once."""
    own = [number_in(items[n].number) for n in body]
    if len(set(own)) < len(own) or not all(own):
        own = [str(at) for at, _ in enumerate(body, start=1)]
    by_key = dict(zip(own, body, strict=True))
    pairs = [(entry, [by_key[entry.key]]) for entry in entries if entry.key in by_key]
    return pairs if len(pairs) == len(entries) == len(body) else []


def _by_problems(
    entries: Sequence[Entry], items: Sequence[Found], body: Sequence[int]
) -> list[tuple[Entry, list[int]]]:
    """Rows that name a problem, by number or in words, and say who answers for its measures."""
    pairs = []
    for entry in entries:
        match = _KEY.fullmatch(folded(entry.problem))
        key = number_in(match[1]) if match else entry.key
        meant = [n for n in body if _is_of(items[n], entry.problem if not match else "")]
        if not meant and key:
            meant = [n for n in body if _number_of_problem(items[n]) == key]
        if meant:
            pairs.append((entry, meant))
    return pairs


def _is_of(item: Found, problem: str) -> bool:
    return bool(problem and item.problem) and _covered(problem, item.problem.text) >= ALIKE  # type: ignore[union-attr]


def _number_of_problem(item: Found) -> str:
    return number_in(item.problem.number) if item.problem and item.problem.number else ""


def _give(items: Sequence[Found], pairs: Sequence[tuple[Entry, list[int]]]) -> None:
    """Fill what the body leaves open, or says of all alike, by what the annex says of one."""
    for entry, places in pairs:
        for n in places:
            for role, value in entry.values.items():
                own = items[n].values.get(role)
                if own is None or own.how in _WEAK:
                    items[n].values[role] = value


def _add(collected: Collected, entries: Sequence[Entry]) -> None:
    """What an annex lays down beside the measures of the body is a measure as well."""
    for entry in entries:
        if not entry.text:
            continue
        problem = Stated("", entry.problem, entry.line) if entry.problem else None
        item = Found(entry.text, entry.line, (entry.line,), problem=problem, values=entry.values)
        item.ordinal = len(collected.items) + 1
        collected.items.append(item)
        collected.scopes.append(())
        collected.own.append(Group(entry.line))


def _take_list(collected: Collected, paragraphs: Sequence[tuple[int, str]]) -> None:
    """A list in an annex that says measures of the body again goes, what it says of them stays."""
    start = next(
        (
            line for line, text in paragraphs
            if _ANNEX.match(text) and any(item.line < line for item in collected.items)
            and any(item.line > line for item in collected.items)
        ), 0,
    )  # fmt: skip
    if not start:
        return
    places = [n for n, item in enumerate(collected.items) if item.line > start]
    body = [n for n, item in enumerate(collected.items) if item.line < start]
    entries = [_of_item(n, collected.items[n]) for n in places]
    pairs = _pairs(entries, collected.items, body)
    if _says_who_or_when(collected.items, body):
        _give(collected.items, pairs)
        gone = {int(entry.row[0]) for entry, _ in pairs}
    else:
        gone = {n for _, meant in pairs for n in meant}
    kept = [n for n in range(len(collected.items)) if n not in gone]
    collected.items[:] = [collected.items[n] for n in kept]
    collected.scopes[:] = [collected.scopes[n] for n in kept]
    collected.own[:] = [collected.own[n] for n in kept]


def _of_item(place: int, item: Found) -> Entry:
    values = {
        role: Value(value.text, How.ANNEX, value.line)
        for role, value in item.values.items()
        if value.how not in _WEAK
    }
    problem = item.problem.text if item.problem else ""
    return Entry(item.line, item.text, problem, number_in(item.number), values, (str(place),))
