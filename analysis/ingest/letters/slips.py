"""A unit's letter that sets right a day of its own ledger: «整改时限误填为11月5日，应为11月25日».

It is the unit's own word on its own row, and counts as its ledger would that says the right day;
which hazard is meant is found among those that the unit has listed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.ingest.letters.frame import LONGEST, fold, signature_of
from analysis.ingest.letters.sentences import DAY, sentences_of

_TITLE = re.compile(r"(?:更正|勘误|订正)[^。;]{0,12}(?:说明|函|报告|声明)$")
_ITEM = r"(?:“(?P<quoted>[^“”]{6,80})”|(?P<bare>[^,。;:“”]{8,60}?))"
_NAME = r"(?P<name>(?:整改|完成)*(?:时限|期限)|(?:整改)?完成(?:日期|时间))"
_WRONG = r"(?:因?笔误|误|错)(?:填|写|录|报|登)?(?:为|成|作)"
_SLIP = re.compile(
    rf"{_ITEM}(?:这?[一1][条项]|该[条项]|隐患|问题|的)*(?:,|中)?(?:的|其)?{_NAME}{_WRONG}{DAY}"
    rf"[,;]?(?:现)?(?:应当?[为是]|更正为|改为|实为|正确的?(?:应)?[为是])(?P<right>{DAY})"
)
_NOT_SURE = re.compile("拟|是否|可否|申请|请示|建议|妥否")
_COLUMNS = {True: "整改期限", False: "整改完成日期"}
HEADER = ("隐患描述", *_COLUMNS.values())


@dataclass(frozen=True, slots=True)
class Slips:
    """What a letter sets right as a table: ``cells`` are a header and a row for each line from
    ``first`` (from 0) on, blank where a line says nothing; ``unit`` signed it.
    """

    first: int
    cells: list[list[str]]
    unit: str


def read_slips(lines: Sequence[str]) -> Slips | None:
    """What a unit's letter sets right; None of any other paper, or where it is not sure."""
    if len(lines) > LONGEST:
        return None
    folded = [fold(line) for line in lines]
    filled = [n for n, line in enumerate(folded) if line]
    title = next((n for n in filled[:4] if _TITLE.search(folded[n])), None)
    signed = signature_of([folded[n] for n in filled])
    if title is None or not signed or any("\t" in line for line in lines):
        return None
    found = {n: said for n in filled if n > title and (said := _said_in(folded[n]))}
    if not found or any(map(_NOT_SURE.search, folded)):
        return None
    first, last = min(found), max(found)
    rows = [found.get(n, ["", "", ""]) for n in range(first, last + 1)]
    return Slips(first, [[*HEADER], *rows], signed)


def _said_in(line: str) -> list[str] | None:
    """The hazard of which a line corrects a day, and the right day in its column."""
    matches = [match for each in sentences_of(line) for match in _SLIP.finditer(each)]
    if len(matches) != 1:
        return None
    match = matches[0]
    is_limit = "限" in match["name"]
    days = [match["right"] if column == is_limit else "" for column in _COLUMNS]
    return [match["quoted"] or match["bare"], *days]
