"""A row that was pasted twice under numbers that only count the lines."""

from collections.abc import Sequence
from typing import Any

from analysis.ingest.cells.values import as_text
from analysis.ingest.findings import Place
from analysis.ingest.tables.records import Records
from analysis.ledgers import Ledger


def number_pasted_as_first(records: Records, place: Place, ledger: Ledger) -> None:
    """Give a row that says all that an earlier one says the number of that, with a finding, where
    the numbers of a list run from 1 to its end as line numbers do: 编号 1, 2, 3.

    Numbers of the unit's own (Y-7, 20231008) make two records of two rows, whatever they say.
    """
    if ledger.numbered_by != "sender" or len(ledger.key) != 1 or not ledger.is_item:
        return
    (key,) = ledger.key
    numbers = list(records.get(key))
    if [as_text(number) for number in numbers] != [str(n + 1) for n in range(len(numbers))]:
        return
    others = [name for name in records.columns if name not in {key, "row_no"}]
    rows = list(zip(*(records.columns[name] for name in others), strict=True))
    if not others or len(set(rows)) == len(rows):
        return
    lines: Sequence[int] = records.columns["row_no"]
    first: dict[Any, int] = {}
    for n, row in enumerate(rows):
        at = first.setdefault(row, n)
        if at == n:
            continue
        message = (
            f"除{ledger[key].label}外与第 {lines[at]} 行完全相同，编号只是行的顺序，按同一条计；"
            "确有两条的请把不同之处写明"
        )
        records.findings.append(
            place.finding(
                "R31", "warning", message, row_no=lines[n], field=key, value=as_text(numbers[n])
            )
        )
        numbers[n] = numbers[at]
    records.columns[key] = numbers
