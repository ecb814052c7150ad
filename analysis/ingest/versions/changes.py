"""What a new version changes that its unit should say more about: put off, extended, reopened, done
before it was last said not to be.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta

import pandas as pd

from analysis.ingest.cells.blanks import is_null
from analysis.ingest.findings import Finding, Places
from analysis.ingest.versions.past import which_say_done
from analysis.ledgers import Ledger
from analysis.ledgers.codes import FINISHED, UNFINISHED

#: A list is of the half month before it comes: so much older a day of completion may be than the
#: list that did not know of it.
LISTS_ARE_OLD = timedelta(days=16)


def changes_of(
    kept: pd.DataFrame, before: pd.Series, ledger: Ledger, places: Places
) -> list[Finding]:
    """What a unit should say more about: a deadline put off, a closure taken back."""
    if before.empty:
        return []
    now = kept.loc[before.index].reset_index(drop=True)
    then = kept.loc[before].reset_index(drop=True)
    return [
        *_slips(now, then, places),
        *_extensions(now, then, places),
        *_reopenings(now, then, ledger, places),
        *_backdated(now, then, ledger, places),
    ]


def _slips(now: pd.DataFrame, then: pd.DataFrame, places: Places) -> Iterable[Finding]:
    had = then["due_on"].notna()
    cancelled = had & now["due_on"].isna()
    both = had & now["due_on"].notna()
    later = pd.Series(False, index=now.index)
    later[both] = now.loc[both, "due_on"] > then.loc[both, "due_on"]
    for index in now.index[cancelled | later]:
        new, row, old = now["due_on"][index], now.loc[index], then.loc[index]
        what = "被取消" if is_null(new) else f"推迟到 {new}"
        message = (
            f"完成期限{what}（{old['known_from']} 报送时为 {old['due_on']}），没有批准延期的记录；"
            "请说明原因，或填写延期后期限"
        )
        yield places.finding(row, "due_on", "deadline_slip", "warning", message, new)


def _extensions(now: pd.DataFrame, then: pd.DataFrame, places: Places) -> Iterable[Finding]:
    if "extended_due_on" not in now:
        return
    given = now["extended_due_on"].notna()
    changed = given & (now["extended_due_on"] != then["extended_due_on"])
    for index in now.index[changed]:
        row, new = now.loc[index], now["extended_due_on"][index]
        message = f"期限延到 {new}（原期限 {row['due_on']}）"
        yield places.finding(row, "extended_due_on", "deadline_extended", "info", message, new)


def _labels_of_status(ledger: Ledger) -> Mapping[str, str]:
    codes = ledger["status"].codes
    return codes.labels if codes else {}


def _reopenings(
    now: pd.DataFrame, then: pd.DataFrame, ledger: Ledger, places: Places
) -> Iterable[Finding]:
    labels = _labels_of_status(ledger)
    taken_back = then["status"].isin(FINISHED) & now["status"].isin(UNFINISHED)
    for index in now.index[taken_back]:
        row, old = now.loc[index], then.loc[index]
        message = (
            f"{old['known_from']} 报送时为“{labels[old['status']]}”，"
            f"现在又报为“{labels[row['status']]}”，按重新打开统计；请说明原因"
        )
        severity = "error" if old["status"] == "closed" else "warning"
        value = row["status_text"]
        yield places.finding(row, "status", "reopened", severity, message, value)


def _backdated(
    now: pd.DataFrame, then: pd.DataFrame, ledger: Ledger, places: Places
) -> Iterable[Finding]:
    """Done on a day long before the last list that said it was not: whoever accepts the work should
    know.
    """
    labels = _labels_of_status(ledger)
    is_new = then["status"].isin(UNFINISHED) & which_say_done(now)
    for index in now.index[is_new & now["done_on"].notna()]:
        row, old = now.loc[index], then.loc[index]
        if row["done_on"] >= old["known_from"] - LISTS_ARE_OLD:
            continue
        message = (
            f"完成日期 {row['done_on']}，而 {old['known_from']} 报送时仍为"
            f"“{labels[old['status']]}”，验收时请核实"
        )
        yield places.finding(row, "done_on", "done_backdated", "warning", message, row["done_on"])
