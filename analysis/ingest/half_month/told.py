"""What a half-monthly report tells in its sentences of hazards that its unit has listed before.

«上月发现的游客码头护栏锈蚀问题，已于10月30日整改完成»: whoever lists hazards once, with site and
words in a table, tells in a sentence what became of them. Which one is meant is found among those
that there are; a sentence makes no new hazard.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.ingest.cells.codes.states import ContradictionError, state_of
from analysis.ingest.cells.dates import plain

HEADER = ("隐患描述", "整改情况")
_STATE = r"(?:目前|现|均|都|仍|尚|还)?(?:已|未|正在|于\d|\d{1,2}月\d{1,2}日)"
_FOUND = r"(?:检查|排查|巡查|督查|抽查|自查)?(?:中|时)?(?:发现|查出|排查出|检查出|上报|报送|通报)的"
#: A hazard and, behind a comma, what became of it; «发现的» stands in front, or 问题 behind.
_TOLD = re.compile(
    rf"(?:[^,。;:]{{0,12}}{_FOUND}(?P<found>[^,。;:]{{6,60}}?)(?:的?(?:安全)?(?:问题|隐患))?"
    rf"|(?P<named>[^,。;:]{{6,60}}?)的?(?:安全)?(?:问题|隐患)),(?P<state>{_STATE}[^。;]+)"
)
#: Several at once, or none in particular: «排查出的12处隐患», «上述问题».
_SEVERAL = re.compile(
    r"^(?:以?上述|以上|所有|全部|各类|各项|有关|相关|这些|其余|存在的?)|等\d*[处项条个]?$|"
    r"发现的?$|^(?:共|的)?[\d一二三四五六七八九十]+[处项条个](?:一般|重大|安全)?(?:隐患|问题)?$"
)


@dataclass(frozen=True, slots=True)
class Told:
    """The sentences as a table: ``cells`` are the header and a row for each line from ``first``
    (from 0) on; rows of lines that tell nothing are blank.
    """

    first: int
    cells: list[list[str]]


def told_of_hazards(lines: Sequence[str]) -> Told | None:
    """What the lines of a report tell of single hazards, one of each line; None where none does."""
    found = {n: said for n, line in enumerate(lines) if (said := _told_in(line))}
    first, last = min(found, default=0), max(found, default=0)
    if not first:
        return None
    rows = [list(found.get(n, ("", ""))) for n in range(first, last + 1)]
    return Told(first, [[*HEADER], *rows])


def _told_in(line: str) -> tuple[str, str] | None:
    """The hazard of which a line tells, and what became of it; None where it tells of several."""
    if "\t" in line:
        return None
    matches = list(_TOLD.finditer(plain(line)))
    said = [((each["found"] or each["named"]).strip(), each["state"]) for each in matches]
    said = [(words, state) for words, state in said if not _SEVERAL.search(words)]
    return said[0] if len(said) == 1 and _is_state(said[0][1]) else None


def _is_state(text: str) -> bool:
    try:
        return state_of(text) is not None
    except ContradictionError:
        return False
