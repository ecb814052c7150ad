"""停业待核实: a ledger says that the site of an item is shut; the office has to look.

A unit that calls a site shut would be rid of a deadline, so it counts as before until somebody has
looked. One question an item, from the day reported until the unit says something else; the same
words sent again are the same question, and a site that opens and is shut again is another. What is
found to be gone for good (关闭, 注销, 取缔) has nothing left to mend and is struck off, a 重大
hazard by a record of 验收销号 alone.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast

import pandas as pd

from analysis.ingest.cells.blanks import is_null
from analysis.ingest.doubts.confirmations import Confirmation, Confirmations
from analysis.ingest.doubts.doubt import Answer, Doubt, Side
from analysis.ledgers import Ledger
from analysis.ledgers.codes import SHUT_SEEN_WITHIN
from analysis.wording.characters import cited

RULE = "suspended"
SUSPENDED, CLAIMED, CONFIRMED, GONE, DENIED = (
    "suspended", "claimed", "confirmed", "gone", "denied",
)  # fmt: skip
TO_BE_SEEN_WITHIN = timedelta(days=SHUT_SEEN_WITHIN)
ANSWERS = (
    Answer(DENIED, "没有停业，照常整改"),
    Answer(CONFIRMED, "确已停业关停，从报告之日起单列"),
    Answer(GONE, "主体灭失（关闭、注销、取缔），销号"),
)
#: What only a record of 验收销号 closes.
MAJOR = "重大"
#: Closings that hold: whoever is struck off is asked nothing.
RECORD = "record"
CLOSED_BY = (RECORD, "ledger")


@dataclass(frozen=True, slots=True)
class Claim:
    """The versions of an item that call its site shut, from ``since`` on without a break."""

    doubt: Doubt
    item_id: str
    since: date

    def answers(self, confirmations: Confirmations) -> list[tuple[date, Confirmation]]:
        """What persons answered, each from its day on; none holds before the claim was made."""
        return [(max(each.on, self.since), each) for each in confirmations.of(self.doubt.key)]


def claims(versions: pd.DataFrame, ledger: Ledger) -> Iterator[Claim]:
    """The claims of a ledger's versions, which have ``suspended_since``, in order of the items."""
    shut = versions[versions["suspended_since"].notna() & ~versions["closure"].isin(CLOSED_BY)]
    # What was replaced on its own day was known on no day.
    shut = shut[shut["known_from"] != shut["known_to"]].sort_values("known_from", kind="stable")
    for key, run in shut.groupby(["item_id", "suspended_since"], sort=True):
        item_id, since = cast(tuple[str, date], key)
        ends = run["known_to"].tolist()
        end = None if any(map(is_null, ends)) else max(ends)
        yield _claim(run.iloc[0].to_dict(), ledger, item_id, since, end)


def as_answered(versions: pd.DataFrame) -> pd.DataFrame:
    """Versions whose ``answer`` is an entry of the office's: with ``suspension`` instead, and
    struck off where their site is gone; a 重大 hazard from the record of 验收销号 on.
    """
    entries = versions.pop("answer")
    for index, entry in entries[entries.notna()].items():
        answer = entry.answer or CLAIMED
        versions.at[index, "suspension"] = answer
        if answer == GONE and not _is_major(versions, index):
            closed = {"accepted_on": entry.on, "accepted_by": entry.by, "closed_on": entry.on}
            for name, value in {**closed, "closure": GONE}.items():
                versions.at[index, name] = value
    return _struck_off_by_record(versions)


def _struck_off_by_record(versions: pd.DataFrame) -> pd.DataFrame:
    """The versions, in which an acceptance of what is gone is no rectification."""
    gone = versions.loc[versions["suspension"].eq(GONE), "item_id"]
    mine = versions[versions["item_id"].isin(set(gone))].sort_values("known_from", kind="stable")
    for _, history in mine.groupby("item_id", sort=False):
        is_gone = False
        for index, version in history.iterrows():
            is_gone = version["suspension"] == GONE or (is_gone and version["closure"] == RECORD)
            if is_gone and version["closure"] == RECORD:
                columns = {"status": SUSPENDED, "suspension": GONE, "closure": GONE}
                versions.loc[index, list(columns)] = list(columns.values())
    return versions


def _claim(
    row: Mapping[Any, Any], ledger: Ledger, item_id: str, since: date, end: date | None
) -> Claim:
    text = row["status_text"] if isinstance(row["status_text"], str) else ""
    site = row.get("site")
    whose = cited(site) if isinstance(site, str) else ""
    question = (
        f"{whose}{since} 起报停业关停{_worth(row)}，是否属实；核实以前照常统计，"
        f"请在 {since + TO_BE_SEEN_WITHIN} 以前到现场核实"
    )
    side = Side(row["submission_id"], row["sheet"], row["row_no"], "status", text, item_id)
    subject = (ledger.name, item_id, since.isoformat())
    return Claim(Doubt(RULE, subject, question, side, None, ANSWERS, since, end), item_id, since)


def _worth(row: Mapping[Any, Any]) -> str:
    """What would stand apart: its level and its deadline, where it has them."""
    level = row.get("level")
    due = next((d for d in map(row.get, ("extended_due_on", "due_on")) if not is_null(d)), None)
    said = ["" if is_null(level) else f"{level}隐患", f"期限 {due}" if due else ""]
    return f"（{'，'.join(filter(None, said))}）" if any(said) else ""


def _is_major(versions: pd.DataFrame, index: Any) -> bool:
    return "level" in versions and bool(versions.at[index, "level"] == MAJOR)
