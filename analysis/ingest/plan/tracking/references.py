"""Deadlines for a measure that there is not: «（5-4）项11月20日前完成» where the last one is 5-3.

Such a day is neither lost nor given to anybody in silence. Where just one measure can be meant, it
counts for that one, provisionally, until a person says so or the plan itself does.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from analysis.ingest.cells.deadlines import parse_clause
from analysis.ingest.doubts.doubt import Answer, Doubt, Side
from analysis.ingest.findings import Finding, Places
from analysis.ingest.plan.tracking.matching import Measure, Said
from analysis.ingest.plan.tracking.register import PlanBook, Source
from analysis.ingest.versions.spans import set_from

REFERENCE = re.compile(r"\(?(\d+-\d+)\)?项")
#: The answer that leaves the deadline to nobody.
NOBODY = Answer("都不是", "不是这几条的期限")


@dataclass(frozen=True, slots=True)
class Reference:
    """A deadline that names no measure of the plan, with the measures that may be meant."""

    number: str
    day: date
    text: str
    said: Said
    meant: Sequence[Measure]
    siblings: Sequence[Measure]

    @property
    def only(self) -> Measure | None:
        """The one measure that can be meant."""
        return self.meant[0] if len(self.meant) == 1 else None


def dangling(rows: Sequence[Said], plan: PlanBook) -> Iterator[Reference]:
    """The references of a submission to measures that its plan does not have."""
    seen: set[tuple[str, str]] = set()
    for said in rows:
        text = said.row.get("due_text") or ""
        for number in REFERENCE.findall(_plain(text)) if "项" in text else ():
            if (number, text) in seen or plan.measures.numbered(number):
                continue
            seen.add((number, text))
            if day := _day(text, number, said, plan):
                parent = number.rpartition("-")[0]
                siblings = [
                    each for each in plan.measures.all if each.number.startswith(f"{parent}-")
                ]
                undated = [each for each in siblings if not each.has_due]
                once = [each for each in undated if not each.row.get("frequency")]
                yield Reference(number, day, text, said, once or undated, siblings)


def finding_of(reference: Reference, places: Places) -> Finding:
    """R02, on the row in which the deadline stands."""
    names = "、".join(each.number for each in reference.meant)
    if only := reference.only:
        then = f"疑为（{only.number}），其期限暂按 {reference.day} 计（期限待确认），请确认"
    elif names:
        then = f"可能是（{names}），暂不计入任何一条，请确认"
    else:
        then = "同一措施下没有别的未定期限的条目，请核对编号"
    message = f"时限指向（{reference.number}），方案里没有这一条细化措施；{then}"
    return places.finding(reference.said.row, "due_on", "R02", "error", message, reference.number)


def doubt_of(reference: Reference, plan: PlanBook, source: Source) -> Doubt | None:
    """Which measure is meant; None where there is nothing to choose from."""
    if not reference.siblings:
        return None
    answers = [Answer(each.number, f"{each.number} 的期限") for each in reference.siblings]
    first = [each for each in answers if reference.only and each.code == reference.only.number]
    answers = [*(first or [NOBODY]), *(each for each in answers if each not in first)]
    row, only = reference.said.row, reference.only
    other = only and Side(
        only.row["submission_id"], only.row["sheet"], only.row["row_no"], "sub_measure",
        only.row.get("sub_measure") or "", only.name,
    )  # fmt: skip
    return Doubt(
        "R02",
        (plan.plan_id, reference.number, reference.day.isoformat()),
        f"时限“{reference.text}”指向的（{reference.number}）不存在，"
        f"{reference.day} 是哪一条的期限？",
        Side(row["submission_id"], row["sheet"], row["row_no"], "due_on", reference.text),
        other or None,
        (*answers, *([NOBODY] if first else [])),
        source.received_on,
    )


def with_answers(
    versions: pd.DataFrame,
    reference: Reference,
    measure: Measure,
    decided: Sequence[tuple[date, str | None]],
) -> pd.DataFrame:
    """The versions of one measure with its deadline as persons decided, each from his day on.

    ``decided`` are the days from which answers stand, None where one is taken back.
    """
    is_only = measure is reference.only
    if not is_only and all(answer != measure.number for _, answer in decided):
        return versions
    given = [
        (on, reference.day if answer == measure.number or (is_only and answer is None) else None)
        for on, answer in decided
    ]
    flags = [(on, True if is_only and answer is None else None) for on, answer in decided]
    mine = versions["item_id"].eq(measure.name)
    is_open = versions["due_on"].isna() | versions["due_is_provisional"].notna()
    versions = set_from(versions, mine & is_open, "due_on", given)
    is_given = versions["due_on"].isna() | versions["due_on"].eq(reference.day)
    is_mine = versions["item_id"].eq(measure.name) & is_given
    return set_from(versions, is_mine, "due_is_provisional", flags)


def _day(text: str, number: str, said: Said, plan: PlanBook) -> date | None:
    row: dict[str, Any] = said.row
    near = row.get("start_on") or row.get("first_node_on") or plan.issued_on or row["known_from"]
    try:
        return parse_clause(text, near).due_by_number.get(number)
    except ValueError:
        return None  # a day that does not exist was told of as unreadable


def _plain(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
