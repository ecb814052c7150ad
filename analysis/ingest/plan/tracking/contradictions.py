"""Where the body of a plan, its annex and the ledgers on it say different things of one measure.

The body has the last word, then the annex. What is told stands on the row that came last, whichever
of the two it is, and names what counts.
"""

from collections.abc import Iterator
from typing import Any

from analysis.ingest.findings import Finding, Places
from analysis.ingest.plan.document import bare
from analysis.ingest.plan.tracking.matching import (
    ONE_TEXT,
    Measure,
    Measures,
    Said,
    agree,
    is_firm,
    likeness,
)
from analysis.ingest.plan.tracking.register import ANNEX, BODY, LEDGER, PARTS

#: Below this, the text of a measure is another one's.
OTHER_TEXT = 0.6


def contradictions(
    said: Said, measure: Measure, rank: int, plan: Measures, places: Places
) -> Iterator[Finding]:
    """What a row says otherwise than the measure that it is, as it was known before."""
    yield from _numbers(said, measure, rank, places)
    yield from _words(said, measure, rank, places)
    yield from _frequencies(said, measure, rank, places)
    if {rank, measure.rank} == {ANNEX, BODY}:
        yield from _measures(said, measure, plan, places)


def _numbers(said: Said, measure: Measure, rank: int, places: Places) -> Iterator[Finding]:
    """R01: one measure under two numbers."""
    new, old = said.number, measure.number
    if not new or not old or new == old:
        return
    if rank == measure.rank:
        message = f"编号由“{old}”变为“{new}”而内容相同，按同一条跟踪；请固定编号，不要随行号变动"
        yield places.finding(said.row, "sub_no", "renumbered", "warning", message, new)
    elif is_firm(new) and is_firm(old):
        counts = new if rank > measure.rank else old
        message = (
            f"{PARTS[rank]}里编号为 {new}，{PARTS[measure.rank]}里同一内容的编号为 {old}；"
            f"按 {counts} 跟踪，请核对编号"
        )
        yield places.finding(said.row, "sub_no", "R01", "error", message, new)


def _words(said: Said, measure: Measure, rank: int, places: Places) -> Iterator[Finding]:
    """R03: other words under one number; a ledger may shorten them."""
    new, old = said.text, measure.text
    if not new or not old or new == old:
        return
    is_ledger = LEDGER in (rank, measure.rank)
    if is_ledger and (rank == measure.rank or agree(new, old)):
        return
    severity = "info" if likeness(new, old) >= ONE_TEXT else "warning" if is_ledger else "error"
    counts = PARTS[max(rank, measure.rank)]
    what = "略有不同" if severity == "info" else "不符，请核对是否同一条"
    message = (
        f"{measure.number or said.number} 的文字与以前收到的{PARTS[measure.rank]}{what}；"
        f"按同一条跟踪，采用{counts}的文字"
    )
    value = said.row.get("sub_measure") or said.row.get("measure")
    yield places.finding(said.row, "sub_measure", "R03", severity, message, value)


def _frequencies(said: Said, measure: Measure, rank: int, places: Places) -> Iterator[Finding]:
    """R05: every month in one place, every quarter in another."""
    new, old = said.row.get("frequency"), measure.row.get("frequency")
    if rank == measure.rank or not new or not old or new == old:
        return
    counts = new if rank > measure.rank else old
    message = (
        f"{measure.number or said.number} 在{PARTS[rank]}里为{new}，"
        f"在{PARTS[measure.rank]}里为{old}；按{counts}统计，请核对"
    )
    yield places.finding(said.row, "frequency", "R05", "error", message, new)


def _measures(said: Said, measure: Measure, plan: Measures, places: Places) -> Iterator[Finding]:
    """R01, R03, R04: the 表现形式 and 整改措施 above a 细化措施, in the annex and in the body."""
    for name, label in (("manifestation", "表现形式"), ("measure", "整改措施")):
        here, there = _bare(said.row, name), _bare(measure.row, name)
        if not here or not there or here == there or here == said.text:
            continue
        number, other = said.row.get(f"{name}_no"), measure.row.get(f"{name}_no")
        is_one = likeness(here, there) >= OTHER_TEXT
        if is_one and number and other and number != other:
            message = (
                f"{label}编号为 {number}，以前收到的{PARTS[measure.rank]}同一内容的编号为 {other}；"
                "采用正文编号"
            )
            yield places.finding(said.row, name, "R01", "warning", message, number)
        if not is_one and name == "measure":
            yield _other_measure(said, measure, plan, places, here)


def _other_measure(
    said: Said, measure: Measure, plan: Measures, places: Places, here: str
) -> Finding:
    twin = next(
        (
            each.row["measure_no"]
            for each in plan.all
            if each is not measure and likeness(here, _bare(each.row, "measure")) >= ONE_TEXT
        ),
        None,
    )
    if twin:
        message = f"整改措施的文字其实是措施（{twin}）的，疑为错贴；采用正文的文字"
        return places.finding(said.row, "measure", "R04", "error", message, said.row["measure"])
    message = f"整改措施的文字与以前收到的{PARTS[measure.rank]}不符；采用正文的文字"
    return places.finding(said.row, "measure", "R03", "error", message, said.row["measure"])


def _bare(row: dict[str, Any], name: str) -> str:
    return bare(row.get(name) or "")
