"""Rules on typed rows: what is missing, impossible or not what it claims to be."""

from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing
import pandas as pd

from analysis.ingest.findings import Finding, Places
from analysis.ledgers import Ledger
from analysis.ledgers.codes import UNFINISHED
from analysis.wording.persons.nobody import names_unit

Rule = Callable[[pd.DataFrame, Ledger, Places], list[Finding]]
#: Date columns as day numbers, by name.
DayNumbers = Mapping[str, np.typing.NDArray[np.int64]]
#: Which rows of a frame a rule tells of.
Where = pd.Series | np.typing.NDArray[np.bool_]

#: A day so many days from its submission is a slip of the year.
FAR = 3 * 366
NO_DAY = 0


def check(
    frame: pd.DataFrame,
    ledger: Ledger,
    unread: set[tuple[str, int | None, str]],
    places: Places,
) -> list[Finding]:
    """Apply every rule to all rows of a ledger; return the findings.

    ``frame`` has the ledger's columns; a closure without acceptance is taken back in it.
    ``unread`` holds (submission_id, row_no, field) of cells that were already told of.
    """
    if frame.empty:
        return []
    findings = [finding for rule in RULES for finding in rule(frame, ledger, places)]
    return [
        finding
        for finding in findings
        if finding.rule not in {"missing", "R06"}
        or (finding.submission_id, finding.row_no, finding.field) not in unread
    ]


def _on_rows(
    places: Places,
    frame: pd.DataFrame,
    where: Where,
    name: str,
    value: str | None,
    rule: str,
    severity: str,
    message: str,
) -> list[Finding]:
    """One finding for each row ``where`` something is so; ``value`` names the column shown."""
    if not where.any():  # most rules find nothing, and a mask on a frame copies all its columns
        return []
    columns = dict.fromkeys(("submission_id", "sheet", "row_no", *filter(None, [value])))
    shown = frame.loc[where, [*columns]]
    return [
        places.finding(row, name, rule, severity, message, row[value] if value else None)
        for row in shown.to_dict("records")
    ]


def missing_required(frame: pd.DataFrame, ledger: Ledger, places: Places) -> list[Finding]:
    """三明确: an item names its person, unit and deadline; a record its own essentials."""
    standing = (
        frame["rect_type"].eq("长期坚持")
        if "rect_type" in frame
        else pd.Series(False, index=frame.index)
    )
    found = []
    for field in ledger.required():
        empty = frame[field.name].isna()
        if field.text_in:
            # 长期坚持 needs no deadline; nor is one missing where its text says something.
            empty &= frame[field.text_in].isna() & ~standing
        for other in field.unless:
            is_no = ledger[other].kind == "boolean"
            empty &= ~(frame[other].eq(False) if is_no else frame[other].notna())
        message = f"没有填写{field.label}"
        found += _on_rows(places, frame, empty, field.name, None, "missing", "warning", message)
    return found


def vague_unit(frame: pd.DataFrame, ledger: Ledger, places: Places) -> list[Finding]:
    """A unit such as «各成员单位» makes everybody responsible, and nobody."""
    owner = ledger.owner_column
    if "person" not in frame or not owner:
        return []
    units = frame[owner].dropna().unique()
    vague = {unit for unit in units if not names_unit(str(unit))}
    message = "责任主体过泛，没有落到具体单位；请写明单位名称"
    return _on_rows(
        places, frame, frame[owner].isin(vague), owner, owner, "vague_unit", "warning", message
    )


def unsigned_closure(frame: pd.DataFrame, ledger: Ledger, places: Places) -> list[Finding]:
    """销号 needs an acceptance with date and signature; without, the item waits for it.

    Where a sheet has one column of days for both, 销号日期 is that of acceptance.
    """
    if "accepted_on" not in frame or "status" not in frame:
        return []
    says_closed = frame["status"].eq("closed") | frame["closed_on"].notna()
    undated, unnamed = frame["accepted_on"].isna(), frame["accepted_by"].isna()
    dated = frame.loc[undated & ~unnamed & frame["closed_on"].notna(), "submission_id"]
    is_only = [not places.has_column(str(batch), "accepted_on") for batch in dated]
    undated &= ~frame.index.isin(dated.index[is_only] if len(dated) else [])
    found = []
    for lacking, name, what in (
        (undated & unnamed, "status", "验收日期和验收人签字"),
        (undated & ~unnamed, "accepted_on", "验收日期"),
        (~undated & unnamed, "accepted_by", "验收人签字"),
    ):
        message = f"报为销号，但没有{what}，按待验收统计；请补齐验收记录"
        found += _on_rows(
            places,
            frame,
            says_closed & lacking,
            name,
            "status_text",
            "unsigned_closure",
            "error",
            message,
        )
    unsigned = says_closed & (undated | unnamed)
    frame.loc[unsigned & frame["status"].eq("closed"), "status"] = "pending_accept"
    return found


def done_on_the_spot(frame: pd.DataFrame, ledger: Ledger, places: Places) -> list[Finding]:
    """What its first report says to have been put right on the spot was done as it was found.

    The day is no cell of the ledger's and stays out of it: who says so later says nothing of when.
    """
    if "found_on" not in frame or "done_on" not in frame:
        return []
    undated = (
        frame["status"].eq("done_onspot") & frame["done_on"].isna() & frame["found_on"].notna()
    )
    if "name" in frame:
        undated &= ~frame["name"].duplicated()
    message = "现场整改而没有完成日期，按发现当日完成计"
    return _on_rows(places, frame, undated, "done_on", None, "done_on_inferred", "info", message)


def dates_plausible(frame: pd.DataFrame, ledger: Ledger, places: Places) -> list[Finding]:
    """What cannot be of the days that are told: in this order, and so far from the submission."""
    placed = [field.name for field in ledger if field.when]
    ordered = [name for pair in ledger.date_order for name in pair]
    days = {name: days_of(frame[name]) for name in dict.fromkeys((*placed, *ordered))}
    return [
        *dates_in_order(frame, ledger, places, days),
        *dates_within_reach(frame, ledger, places, days),
    ]


def dates_in_order(
    frame: pd.DataFrame, ledger: Ledger, places: Places, days: DayNumbers
) -> list[Finding]:
    """An earlier step cannot be dated after a later one."""
    found = []
    for earlier, later in ledger.date_order:
        first, second = days[earlier], days[later]
        wrong = (second != NO_DAY) & (second < first)  # NO_DAY is before every first day
        message = f"{ledger[later].label}早于{ledger[earlier].label}，请核对"
        found += _on_rows(places, frame, wrong, later, later, "date_order", "error", message)
    return found


def dates_within_reach(
    frame: pd.DataFrame, ledger: Ledger, places: Places, days: DayNumbers
) -> list[Finding]:
    """A day years away from its submission, or a thing done after it, is a slip.

    A document of years ago that is sent today speaks of its own time: ``told_on``, where the frame
    has it, is the day of which the submission tells.
    """
    found = []
    sent = days_of(frame["known_from"])
    told = days_of(frame["told_on"]) if "told_on" in frame else sent
    for field in ledger:
        if not field.when:
            continue
        name = field.name
        away = np.where(days[name] == NO_DAY, 0, days[name] - sent)
        from_told = np.where(days[name] == NO_DAY, 0, days[name] - told)
        is_far = np.minimum(np.abs(away), np.abs(from_told)) > FAR
        message = f"{field.label}离报送日期三年以上，请核对年份"
        found += _on_rows(places, frame, is_far, name, name, "date_far", "error", message)
        if field.when == "past":
            later = (away > 0) & (away <= FAR)
            message = f"{field.label}晚于报送日期，事情还没有发生，请核对"
            found += _on_rows(places, frame, later, name, name, "date_in_future", "error", message)
    return found


def days_of(column: pd.Series) -> np.typing.NDArray[np.int64]:
    """Dates as day numbers, ``NO_DAY`` where there is none; each distinct date is read once."""
    values = column.tolist()
    known = {day: NO_DAY if pd.isna(day) else day.toordinal() for day in set(values)}
    return np.array(list(map(known.__getitem__, values)), dtype="int64")


def done_but_open(frame: pd.DataFrame, ledger: Ledger, places: Places) -> list[Finding]:
    """A completion date beside a status that says otherwise: counted as not done."""
    if "done_on" not in frame or "status" not in frame:
        return []
    wrong = frame["status"].isin(UNFINISHED) & frame["done_on"].notna()
    message = "填了完成日期而状态是未完成，按未完成统计；请核对"
    return _on_rows(places, frame, wrong, "done_on", "done_on", "done_but_open", "error", message)


def standing_with_deadline(frame: pd.DataFrame, ledger: Ledger, places: Places) -> list[Finding]:
    """R06: 长期坚持 with an end: counted by its deadline until done, reviewed by period after."""
    if "rect_type" not in frame:
        return []
    both = frame["rect_type"].eq("长期坚持") & frame["due_on"].notna()
    message = "整改类别是长期坚持而又有完成时限：到期前按期限统计，完成后转为定期复核"
    return _on_rows(places, frame, both, "rect_type", "due_text", "R06", "info", message)


RULES: tuple[Rule, ...] = (
    missing_required,
    vague_unit,
    unsigned_closure,
    done_on_the_spot,
    dates_plausible,
    done_but_open,
    standing_with_deadline,
)
