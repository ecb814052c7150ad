"""三清单 rows: one row for each detailed measure, with the numbers that stand inside its texts."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from analysis.ingest.cells.dates import chinese_number

#: «细化措施：(18-1)：», «5-1 », «(5-1)» in front of a measure; a «1-4月» within it is no number.
SUB_NO = re.compile(r"^(?:(?:细化|整改|工作|具体)?(?:措施|举措))?:?\(?(\d+-\d+|自查\d+)\)?")
#: «整改措施5：», «表现形式3：», «(18)…», «1、…»; a bare «19个行业» is no number.
LEADING_NO = re.compile(
    r"^(?:(?:细化|整改|工作|具体)?(?:措施|举措)|表现形式|自查问题):?\(?(\d+)(?![\d-])|^\(?(\d+)[)、.:]"
)
#: The same labels, to be taken off the words of a measure as they stand.
LABEL = re.compile(
    r"^(?:(?:细化|整改|工作|具体)?(?:措施|举措)\s*[:：]?\s*[（(]?\d+(?:-\d+)?|[（(]?\d+-\d+|[（(]?自查\d+|"
    r"[（(]?\d+(?=[）)、.:：])|[①-⑳])"
    r"[）)]?\s*[:：、.]?\s*"
)
#: Where the next of several measures in one cell begins; «(5-3)项» refers to one.
NEXT_SUB = re.compile(
    r"(?:细化|具体)(?:措施|举措)\s*[:：]?\s*[（(]?\s*\d+-\d+|[（(]\s*\d+-\d+\s*[）)](?!\s*项)|(?:^|\n)\s*\d+-\d+(?=[\s:：、.])"
)
FREQUENCY = re.compile(r"每(?:个)?(半月|月|季度|季|半年|年|周)")
#: How often a duty is owed in a year, of the periods in which duties are judged.
A_YEAR = {"月": 12, "季度": 4, "季": 4, "半年": 2, "年": 1}
QUANTITY = re.compile(r"(\d+|[一二两三四五六七八九十])(?:次|份|篇|家|场)")
DASHES = re.compile(r"[—–―‐‑−~.至_]+(?=\d)")
PLAN_NUMBER = re.compile(r"(?:反馈|自查)?\d+(?:-\d+)*")
SELF_CHECK = "自查"
#: The two lists of a plan: by whether a row is of the second.
SELF_CHECKED = "自查问题"
LIST_KINDS = {False: "反馈问题", True: SELF_CHECKED}

Columns = dict[str, list[Any]]


def split_measures(texts: Sequence[str | None]) -> list[list[str | None]]:
    """The measures in each cell: most hold one, some several with a number each."""
    return [_split(text) if text else [text] for text in texts]


def number_measures(columns: Columns) -> Columns:
    """Fill manifestation_no, measure_no, sub_no, quantity and frequency, those of the measure too.

    ``columns`` has at least list_kind, sub_no, measure, sub_measure and manifestation. A row of
    the 自查问题 has no 细化措施, or one without a number of its own; its 整改措施 is then the thing
    to track, under the number 自查1.
    """
    measures, subs = columns["measure"], columns["sub_measure"]
    tracked = [sub or measure for sub, measure in zip(subs, measures, strict=True)]
    is_self_check = [kind == SELF_CHECKED for kind in columns["list_kind"]]
    measure_no = [
        (own and SELF_CHECK * is_self + own)
        for text, is_self in zip(measures, is_self_check, strict=True)
        for own in [text and leading_no(text)]
    ]
    found = [
        (text and sub_no(text)) or (number if is_self else None)
        for text, number, is_self in zip(subs, measure_no, is_self_check, strict=True)
    ]
    return {
        "manifestation_no": [text and leading_no(text) for text in columns["manifestation"]],
        "measure_no": measure_no,
        "sub_no": [
            (given and plan_number(given)) or number
            for given, number in zip(columns["sub_no"], found, strict=True)
        ],
        "sub_measure": [text and LABEL.sub("", text) for text in tracked],
        "frequency": [text and frequency(text) for text in tracked],
        "quantity": [text and quantity(text) for text in tracked],
        "measure_frequency": [text and frequency(text) for text in measures],
        "measure_quantity": [text and quantity(text) for text in measures],
    }


def expand(columns: Mapping[str, list[Any]], pieces: Sequence[Sequence[Any]]) -> Columns:
    """Repeat each row for each of its pieces."""
    return {
        name: [value for value, parts in zip(values, pieces, strict=True) for _ in parts]
        for name, values in columns.items()
    }


def sub_no(text: str) -> str | None:
    """5-1 of «细化措施5-1：…»."""
    match = SUB_NO.match(_plain(text))
    return match.group(1) if match else None


def plan_number(value: object) -> str:
    """5-1 of «（5－1）», 自查1 of «自查 1»; any other text as it stands, without its blanks."""
    text = DASHES.sub("-", _plain(str(value or "")))
    match = PLAN_NUMBER.search(text)
    return match.group() if match else text


def number_typed(cell: Any) -> Any:
    """1-2 for the second of January, which a spreadsheet makes of it as it is typed."""
    return f"{cell.month}-{cell.day}" if isinstance(cell, date) else cell


def leading_no(text: str) -> str | None:
    """18 of «整改措施(18)：…»."""
    match = LEADING_NO.match(_plain(text))
    return match.group(1) or match.group(2) if match else None


def frequency(text: str) -> str | None:
    """每月 of «每月至少1次»; of several clauses the strictest, monthly before quarterly."""
    plain = _plain(text)
    match = FREQUENCY.search(plain)
    strictest = _strictest(plain)
    return strictest[0] if strictest else match and f"每{match.group(1)}"


def quantity(text: str) -> float | None:
    """2 of «形成调研报告2份»; where several clauses say how often, that of the strictest."""
    plain = SUB_NO.sub("", _plain(text))
    if strictest := _strictest(plain):
        return strictest[1]
    match = QUANTITY.search(plain)
    return _number(match) if match else None


def _strictest(plain: str) -> tuple[str, float] | None:
    """Of the clauses «每月1次», the one that asks for most in a year, the shorter first."""
    found = [*FREQUENCY.finditer(plain)]
    ends = [*(match.start() for match in found[1:]), len(plain)]
    clauses = []
    for often, end in zip(found, ends, strict=False):  # of no clause there is one end
        many = QUANTITY.search(plain, often.end(), end)
        if many and (a_year := A_YEAR.get(often.group(1))):
            clauses.append((a_year * _number(many), a_year, f"每{often.group(1)}", _number(many)))
    return max(clauses)[2:] if clauses else None


def _number(match: re.Match[str]) -> float:
    said = match.group(1)
    return float(said if said.isdigit() else chinese_number(said))


def _split(text: str) -> list[str | None]:
    starts = [match.start() for match in NEXT_SUB.finditer(text)]
    if len(starts) < 2:
        return [text]
    if text[: starts[0]].strip(" \n:：细化措施"):
        starts[0] = 0  # words in front of the first number belong to it
    ends = [*starts[1:], len(text)]
    pieces = [text[start:end].strip() for start, end in zip(starts, ends, strict=True)]
    return [re.sub(r"\s*细化措施\s*[:：]?\s*$", "", piece) for piece in pieces if piece]


def _plain(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
