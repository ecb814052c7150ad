"""May what was read take the place of what is published? Nothing received is not zero.

An unmounted share, a mistyped home or a reader that lost a ledger all look like an office that has
little to report; none of them may wipe the figures that leaders act on.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from analysis.errors import SourceError, WarehouseError, YanpanError
from analysis.ledgers import LEDGERS
from analysis.warehouse.engine import fetch_rows, open_warehouse
from analysis.warehouse.publications import publications

#: Ledger → rows that are in the tables by it; None stands for sheets of no known ledger.
Loaded = Mapping[str | None, int]

_LOADED = "SELECT ledger, CAST(sum(rows_loaded) AS BIGINT) FROM submission GROUP BY ledger"


def nothing_to_read(raw: Path) -> SourceError:
    """What is said where a folder holds no ledger: which, and how to publish nothing after all."""
    what = "里没有一个台账文件" if raw.is_dir() else "不存在"
    return SourceError(
        f"{raw} {what}，没有发布，原有数字不变；请核对目录（共享盘没有挂上？--home 写错了？），"
        "确实要发布空的数据仓库，请加 --allow-empty。"
    )


def loaded_before(published: Path) -> Loaded:
    """The rows of the publication before, ledger by ledger; nothing where there is none.

    Where the published file cannot be read, the newest kept one that can stands in for it.
    """
    for path in (published, *reversed(publications(published))):
        try:
            with open_warehouse(path) as con:
                return dict(fetch_rows(con, _LOADED)[1])
        except YanpanError:  # it does not open, or is none of ours
            continue
    return {}


def loaded_now(sheets: Iterable[tuple[str | None, int]]) -> Loaded:
    """The rows of this run, ledger by ledger, from ledger and rows loaded of each sheet."""
    rows: Counter[str | None] = Counter()
    for ledger, loaded in sheets:
        rows[ledger] += loaded
    return rows


def must_not_shrink(before: Loaded, now: Loaded) -> None:
    """Refuse rows that have fallen by more than half in all.

    Raises:
        WarehouseError: they have; the line gives both numbers and the ledgers that fell.

    """
    was, rows = sum(before.values()), sum(now.values())
    if 2 * rows < was:
        fallen = "、".join(_fallen(before, now))
        raise WarehouseError(
            f"这次入库 {rows} 行，上一次发布是 {was} 行，少了一半以上（{fallen}），没有发布，"
            "原有数字不变；请核对 data/raw 是否完整，确实如此请加 --allow-fewer。"
        )


def fewer_rows(before: Loaded, now: Loaded) -> list[str]:
    """A line that names the ledgers with fewer rows than before; a published row rarely goes."""
    fallen = _fallen(before, now)
    return (
        [f"注意：比上一次发布少——{'、'.join(fallen)}；请核对 data/raw 是否完整。"] if fallen else []
    )


def _fallen(before: Loaded, now: Loaded) -> list[str]:
    return [
        # the publication before may hold a ledger that this program no longer knows
        f"{LEDGERS[name].label if name in LEDGERS else name} {rows}→{now.get(name, 0)} 行"
        for name, rows in before.items()
        if name and now.get(name, 0) < rows
    ]
