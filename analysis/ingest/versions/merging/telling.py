"""What is told of a merge: which blank cells keep what was known, and what no longer holds."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from analysis.ingest.findings import Finding, Places
from analysis.ingest.versions.merging.overlay import Mask, Merged
from analysis.ingest.versions.merging.withdrawal import is_withdrawal
from analysis.ledgers import Ledger

#: How what there is to be done is taken back: with its whole row.
_WHOLE = "要撤销这一条的，请把状态写为“撤销”"


def findings_of(raw: pd.DataFrame, merged: Merged, ledger: Ledger, places: Places) -> list[Finding]:
    """All that a merge has to tell; ``raw`` are the rows as they were sent."""
    return [
        *_kept_blanks(raw, merged, ledger, places),
        *_dayless(raw, merged, ledger, places),
        *_withdrawn(merged, ledger, places),
        *_overruled(raw, merged, ledger, places),
    ]


def _kept_blanks(
    raw: pd.DataFrame, merged: Merged, ledger: Ledger, places: Places
) -> Iterator[Finding]:
    """A blank cell in a column that there is; a column that is absent needs no word."""
    ids = merged.rows["submission_id"]
    for each in ledger:
        if each.role != "descriptive" or not each.header or each.name not in merged.carried:
            continue
        with_column = [i for i in ids.unique() if places.has_column(i, each.name)]
        carried = merged.carried[each.name] & ids.isin(with_column)
        blank = carried & raw[each.name].isna()
        if each.text_in:
            blank &= raw[each.text_in].isna()
        for row in _shown(merged.rows, blank, each.name):
            cell = places.address(row["submission_id"], each.name, row["row_no"])
            how = _WHOLE if each.name == ledger.wording else "确要撤销的，请在格里写“取消”"
            message = f"{cell} 格{each.label}空白，沿用以前的“{row[each.name]}”；{how}"
            yield places.finding(row, each.name, "blank_kept", "info", message)
        if each.name == ledger.wording:
            stated = merged.rows.assign(stated=raw[each.name])
            for row in _shown(stated, carried & raw[each.name].notna(), each.name, "stated"):
                if not is_withdrawal(row["stated"]):
                    continue  # a plan has the last word
                cell = places.address(row["submission_id"], each.name, row["row_no"])
                message = (
                    f"{cell} 格写“{row['stated']}”，不能只撤销{each.label}，"
                    f"沿用以前的“{row[each.name]}”；{_WHOLE}"
                )
                yield places.finding(row, each.name, "blank_kept", "info", message, row["stated"])


def _dayless(
    raw: pd.DataFrame, merged: Merged, ledger: Ledger, places: Places
) -> Iterator[Finding]:
    for name, which in merged.dayless.items():
        text_in = ledger[name].text_in
        for row in _shown(merged.rows.assign(stated=raw[text_in]), which, name, "stated"):
            message = (
                f"{ledger[name].label}“{row['stated']}”没有写明哪一天，沿用以前的 {row[name]}；"
                "确已取消的，请写“取消期限”"
            )
            yield places.finding(row, name, "blank_kept", "info", message, row["stated"])


def _withdrawn(merged: Merged, ledger: Ledger, places: Places) -> Iterator[Finding]:
    for name, which in merged.withdrawn.items():
        for row in _shown(merged.rows, which, name):
            message = f"按这一格的文字撤销了以前的{ledger[name].label}"
            yield places.finding(row, name, "withdrawn", "info", message)


def _overruled(
    raw: pd.DataFrame, merged: Merged, ledger: Ledger, places: Places
) -> Iterator[Finding]:
    """What a ledger says otherwise than the plan; texts are compared where they are matched."""
    for name, which in merged.overruled.items():
        each = ledger[name]
        if each.is_prose or not each.header or each.is_identifier:
            continue
        for row in _shown(merged.rows.assign(stated=raw[name]), which, name, "stated"):
            rule, severity, more = "plan_differs", "warning", ""
            if each.kind == "deadline":
                more = "；确已批准延期的，请填写延期后期限"
                if abs((row["stated"] - row[name]).days) == 1:
                    rule, severity, more = "R08", "info", "；只差一天，疑同指一日"
            message = f"{each.label}写为“{row['stated']}”，方案为“{row[name]}”，按方案统计{more}"
            yield places.finding(row, name, rule, severity, message, row["stated"])


def _shown(rows: pd.DataFrame, which: "Mask | pd.Series", *names: str) -> list[dict[str, Any]]:
    """The rows of a mask, with what a finding on them names."""
    if not which.any():
        return []
    columns = ["submission_id", "sheet", "row_no", "item_id", *names]
    wanted = [name for name in dict.fromkeys(columns) if name in rows]
    return rows.loc[which, wanted].to_dict("records")  # type: ignore[return-value]
