"""Whose ledger it is that names no unit: that of the one report of its day that attaches one.

An export of a program, 隐患台账导出_20241017.csv, says nowhere whose it is. The half-monthly report
that came with it says «附台账», and has no ledger of its own. That is evidence where it can mean
one thing alone: one file of that day is without a sender, and one unit lacks the ledger that it
says is there. The next export repeats the numbers of this one. Else nobody knows, and nothing is
guessed.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

#: «附台账», «隐患台账附后», «台账见附件»; not «不再附台账», «台账按月另报».
_ATTACHED = re.compile(
    r"(?<![不未无没再])附(?:有|上|送|报|带)?[^。；;，,不未]{0,8}(?:台账|清单)"
    r"|(?:台账|清单)[^。；;，,不未]{0,6}(?:附后|另附|附上|随附|见附件|详见附|见附表)"
)
#: A number that a list has for itself: with letters, or long.
OWN_NUMBER = re.compile(r"[^\W\d_]|\d{6}")
#: The number of a record and the day of its find: no two lists have both by chance.
Mark = tuple[str, date]


@dataclass(frozen=True, slots=True)
class Paper:
    """One sheet: of which file and day, whose, as far as that is known.

    ``unit`` is by its one name, None where nothing names one and empty where several are named;
    ``says`` gives what the newest row of a report says in its texts, ``marks`` those of a list.
    """

    key: str
    file: str
    received_on: date
    unit: str | None
    says: Callable[[], Iterable[str]] = tuple
    marks: Callable[[], AbstractSet[Mark]] = frozenset


@dataclass(frozen=True, slots=True)
class Evidence:
    """Whose a list is, and by what: the file of a report, or the earlier list that it goes on."""

    unit: str
    file: str
    goes_on: bool = False


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
        have = {each.unit for each in of_day} | {
            found[e.key].unit for e in of_day if e.key in found
        }
        if report := _of_report([e for e in reports if e.received_on == day], left, have):
            found |= dict.fromkeys((each.key for each in left), report)
        for each in of_day:
            if each.key in found:
                unit = found[each.key].unit
                seen |= dict.fromkeys(each.marks(), Evidence(unit, each.file, goes_on=True))
    return found


def _gone_on(ledger: Paper, seen: Mapping[Mark, Evidence]) -> Evidence | None:
    """The earlier list of one unit of which a list repeats records by number and day."""
    if not seen:
        return None
    before = [seen[mark] for mark in sorted(ledger.marks()) if mark in seen]
    return before[0] if len({each.unit for each in before}) == 1 else None


def _of_report(
    reports: Iterable[Paper], left: Sequence[Paper], have: AbstractSet[str | None]
) -> Evidence | None:
    """The one report that says it attaches a list, where one file alone may be it."""
    if len({each.file for each in left}) != 1:
        return None
    telling = {
        each.unit: each.file
        for each in reports
        if each.unit and each.unit not in have and any(map(_ATTACHED.search, each.says()))
    }
    return Evidence(*next(iter(telling.items()))) if len(telling) == 1 else None
