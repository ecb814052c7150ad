"""Whose ledger it is that names no unit: that of the one report of its day that attaches one.

An export of a program, 隐患台账导出_20241017.csv, says nowhere whose it is. The half-monthly report
that came with it says «附台账», and has no ledger of its own. That is evidence where it can mean
one thing alone: one file of that day is without a sender, one unit lacks the ledger that it says is
there, and no other reports on that day of which no ledger has ever come. A report that says nothing
of a ledger and has none is evidence too, where the sums that it gives, 累计发现3处 and 累计整改2处,
are those of the list and no other report of that day without a ledger can be meant. The next
export repeats the numbers of this one. Else nobody knows, and nothing is guessed.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta

#: «附台账», «隐患台账附后», «台账见附件»; not «不再附台账», «台账按月另报».
_ATTACHED = re.compile(
    r"(?<![不未无没再])附(?:有|上|送|报|带)?[^。；;，,不未]{0,8}(?:台账|清单)"
    r"|(?:台账|清单)[^。；;，,不未]{0,6}(?:附后|另附|附上|随附|见附件|详见附|见附表)"
)
#: «台账按月另报», «台账未报», «本期无隐患台账»: no list comes with this report.
_SENT_APART = re.compile(
    r"(?:台账|清单)[^。；;]{0,6}(?:另|单独|按月|按季|不|未|无)|[不未无没][^。；;]{0,4}(?:台账|清单)"
)
#: Columns of a report that no field claims: 累计发现（处）, 累计整改, 未整改.
_FOUND_IN_ALL = re.compile(r"^累计(?!.*(?:整改|完成|销号|检查|出动))")
_DONE_IN_ALL = re.compile(r"^累计(?!.*[未待]).*(?:整改|完成)(?!率)")
_STILL_OPEN = re.compile(r"^(?:累计|现有|尚|剩余)*未(?:完成)?(?:整改|销号)?")
#: A ledger that came so long before its report is the one that this speaks of.
_LATELY = timedelta(7)
#: A number that a list has for itself: with letters, or long.
OWN_NUMBER = re.compile(r"[^\W\d_]|\d{6}")
#: The number of a record and the day of its find: no two lists have both by chance.
Mark = tuple[str, date]
#: How many hazards there are in all, and how many of them are put right.
Sums = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Paper:
    """One sheet: of which file and day, whose, as far as that is known.

    ``unit`` is by its one name, None where nothing names one and empty where several are named;
    ``says`` gives what the newest row of a report says in its texts, ``marks`` those of a list;
    ``sums`` are those that a report gives, or of a list's rows, None where they are not known.
    """

    key: str
    file: str
    received_on: date
    unit: str | None
    says: Callable[[], Iterable[str]] = tuple
    marks: Callable[[], AbstractSet[Mark]] = frozenset
    sums: Callable[[], Sums | None] = lambda: None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Whose a list is, and by what: the file of a report, or the earlier list that it goes on;
    ``by_sums``: the report does not speak of the list, but has its sums.
    """

    unit: str
    file: str
    goes_on: bool = False
    by_sums: bool = False


def attached(reports: Sequence[Paper], ledgers: Sequence[Paper]) -> Mapping[str, Evidence]:
    """The key of each ledger without a unit whose sender is evident, and what tells it.

    ``reports`` are half-monthly reports, ``ledgers`` are lists of items, those of known units too.
    """
    found: dict[str, Evidence] = {}
    seen: dict[Mark, Evidence] = {}
    for day in sorted({each.received_on for each in ledgers if each.unit is None}):
        of_day = [each for each in ledgers if each.received_on == day]
        left = []
        for each in (paper for paper in of_day if paper.unit is None):
            if before := _gone_on(each, seen):
                found[each.key] = before
            else:
                left.append(each)
        sent = [(e.received_on, found[e.key].unit if e.key in found else e.unit) for e in ledgers]
        ever = {unit for when, unit in sent if when <= day}
        lately = {unit for when, unit in sent if day - _LATELY <= when <= day}
        reported = [each for each in reports if each.received_on == day]
        if len({each.file for each in left}) != 1:
            continue
        if report := _of_report(reported, ever, lately) or _of_sums(reported, left, lately):
            found |= dict.fromkeys((each.key for each in left), report)
        for each in of_day:
            if each.key in found:
                unit = found[each.key].unit
                seen |= dict.fromkeys(each.marks(), Evidence(unit, each.file, goes_on=True))
    return found


def sums_said(cells: Mapping[str, str]) -> Sums | None:
    """How many hazards there are in all and how many are done, as the columns of a report say that
    no field claims; None where they do not say both, or contradict each other.
    """
    found, done, still_open = (
        {int(number) for label, cell in cells.items() if pattern.match(label)
         and (number := cell.strip().removesuffix(".0")).isdecimal()}
        for pattern in (_FOUND_IN_ALL, _DONE_IN_ALL, _STILL_OPEN)
    )  # fmt: skip
    if len(found) != 1 or len(done) > 1 or len(still_open) > 1 or not (done or still_open):
        return None
    (total,) = found
    ends = done | {total - each for each in still_open}
    return (total, ends.pop()) if len(ends) == 1 else None


def _gone_on(ledger: Paper, seen: Mapping[Mark, Evidence]) -> Evidence | None:
    """The earlier list of one unit of which a list repeats records by number and day."""
    if not seen:
        return None
    before = [seen[mark] for mark in sorted(ledger.marks()) if mark in seen]
    return before[0] if len({each.unit for each in before}) == 1 else None


def _of_report(
    reports: Iterable[Paper], ever: AbstractSet[str | None], lately: AbstractSet[str | None]
) -> Evidence | None:
    """The one report that says it attaches a list.

    ``ever`` are the units of which a list has come, ``lately`` those of which one has just come.
    """
    telling: dict[str, str] = {}
    for each in reports:
        if not each.unit or each.unit in lately:
            continue
        texts = list(each.says())
        if any(map(_ATTACHED.search, texts)):
            telling[each.unit] = each.file
        elif each.unit not in ever and not any(map(_SENT_APART.search, texts)):
            return None  # it may be the list of this unit, which says nothing
    return Evidence(*next(iter(telling.items()))) if len(telling) == 1 else None


def _of_sums(
    reports: Iterable[Paper], lists: Sequence[Paper], lately: AbstractSet[str | None]
) -> Evidence | None:
    """The one report whose sums are those of a file's lists, where no other can be meant."""
    parts = [each.sums() for each in lists]
    known = [each for each in parts if each is not None]
    sums = sum(found for found, _ in known), sum(done for _, done in known)
    if len(known) < len(parts) or not sums[0]:
        return None
    agreeing: dict[str, str] = {}
    for each in reports:
        if not each.unit or each.unit in lately or any(map(_SENT_APART.search, each.says())):
            continue
        given = each.sums()
        if given is None:
            return None  # it may be the list of this unit, which gives no sums
        if given == sums:
            agreeing[each.unit] = each.file
    return Evidence(*next(iter(agreeing.items())), by_sums=True) if len(agreeing) == 1 else None
