"""撤回报送: what was sent and is taken back, as events in ``data/raw/received.toml``.

Nothing is deleted. The file stays in ``data/raw`` and its sheets in the table ``submission``; its
rows count up to the day of the event and no more from that day on. Whoever wants it to count
again sends it again.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from analysis.errors import SourceError
from analysis.ingest.received import (
    REGISTER,
    WITHDRAWN,
    read_events,
    read_receipts,
    write_register,
)
from analysis.settings.toml_file import read_toml
from analysis.wording.characters import file_name, without_odd

#: What an event must say, and what it may.
NEEDED: Mapping[str, type] = {"path": str, "on": date, "by": str, "reason": str}
MAY: Mapping[str, type] = {"at": datetime}
#: How such a value is written.
WRITTEN: Mapping[type, str] = {
    str: "文字，写在半角引号里",
    date: "日期，如 on = 2023-11-02（不加引号）",
    datetime: "时刻，如 at = 2023-11-02T09:30:00（不加引号）",
}
ONE_LINE = "每一条撤回要以单独一行 [[withdrawn]] 开头"


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A file that was taken back: from which day on, by whose account, when and why."""

    path: str
    on: date
    by: str
    reason: str
    at: datetime | None = None

    def since(self, received_on: date) -> date:
        """The day from which a sheet of the file counts no more: never before it came."""
        return max(self.on, received_on)

    @property
    def message(self) -> str:
        """What is told of it."""
        return (
            f"这份报送已于 {self.on} 撤回（{self.by}；{self.reason}），从这一天起不再计入，"
            "以前的数字不变；要再计入，请重新报送"
        )


def read_withdrawals(raw: Path) -> dict[str, Withdrawal]:
    """Path below ``data/raw`` → its withdrawal; the first, where a file has several.

    Raises:
        SourceError: the register is no TOML, or an event is incomplete or impossible.

    """
    events = read_toml(raw / REGISTER).get(WITHDRAWN, [])
    if isinstance(events, date | dict):  # a file of that name
        return {}
    if not isinstance(events, list) or not all(isinstance(event, dict) for event in events):
        raise SourceError(f"{raw / REGISTER} 里{ONE_LINE}。")
    found: dict[str, Withdrawal] = {}
    for number, event in enumerate(events, 1):
        withdrawal = _withdrawal(f"{raw / REGISTER} 第 {number} 条撤回", event)
        found.setdefault(withdrawal.path, withdrawal)
    return found


def withdrawn_paths(raw: Path) -> frozenset[str]:
    """The files that were taken back.

    Raises:
        SourceError: the register cannot be used.

    """
    return frozenset(read_withdrawals(raw))


def note_withdrawal(raw: Path, withdrawal: Withdrawal) -> None:
    """Put an event at the end of the register; whoever asks holds the lock.

    Raises:
        SourceError: the register cannot be used or written.

    """
    said = {name: value for name, value in asdict(withdrawal).items() if value is not None}
    write_register(raw, read_receipts(raw), [*read_events(raw), said])


def without_file(raw: Path, withdrawals: Mapping[str, Withdrawal]) -> list[str]:
    """A line for each event whose file is not there."""
    return [
        f"{REGISTER} 撤回的“{file_name(path)}”不在 {raw} 里，这一条撤回没有作用；请核对路径。"
        for path in sorted(withdrawals)
        if not (raw / path).is_file()
    ]


def _withdrawal(where: str, event: Mapping[str, Any]) -> Withdrawal:
    lacking = [name for name in NEEDED if event.get(name) in (None, "")]
    if lacking:
        raise SourceError(f"{where}缺少 {'、'.join(lacking)}，请补上。")
    kinds = {**NEEDED, **MAY}
    if unknown := sorted(event.keys() - kinds.keys()):
        raise SourceError(f"{where}的“{unknown[0]}”不认识，可写：{'、'.join(kinds)}。")
    for name, value in event.items():
        if type(value) is not kinds[name]:
            raise SourceError(f"{where}的 {name} 应为{WRITTEN[kinds[name]]}。")
    said: dict[str, Any] = {
        name: without_odd(value).strip() if isinstance(value, str) else value
        for name, value in event.items()
    }
    return Withdrawal(**said)
