"""How items stood on a day by their ledgers, and what they are called in a sentence."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import pandas as pd

from analysis.ingest.cells.blanks import is_null
from analysis.ingest.versions.closing.acts import Record

#: What an item is closed, or taken for none, by.
_OVER = frozenset({"closed", "void"})
#: So many items are named in one sentence, and so much of what each is.
_NAMED, _LONGEST = 4, 30


class Standing:
    """The versions of a ledger's items, by item and day."""

    def __init__(self, versions: pd.DataFrame) -> None:
        self._versions = versions
        self._by_item: dict[str, list[dict[str, Any]]] = {}

    def not_over(self, items: Iterable[str], day: date) -> list[str]:
        """Those that were neither closed nor taken for none on a day."""
        return [item_id for item_id in items if not self._is_over(item_id, day)]

    def told(self, items: Sequence[str]) -> str:
        """Some items with their sites and words."""
        named = [self._told(item_id) for item_id in items[:_NAMED]]
        return "、".join(named) + (" 等" if len(items) > _NAMED else "")

    def _is_over(self, item_id: str, day: date) -> bool:
        known = [each for each in self._of(item_id) if each["known_from"] <= day]
        if not known:
            return False
        last = known[-1]
        is_signed = not (is_null(last.get("accepted_on")) or is_null(last.get("accepted_by")))
        return is_signed or last.get("status") in _OVER

    def _told(self, item_id: str) -> str:
        last: Record = next(iter(reversed(self._of(item_id))), {})
        said = (last.get(name) for name in ("site", "description"))
        words = " ".join(str(text) for text in said if not is_null(text))
        return f"{item_id}（{words[:_LONGEST]}）" if words else item_id

    def _of(self, item_id: str) -> list[dict[str, Any]]:
        if item_id not in self._by_item:
            mine = self._versions[self._versions["item_id"] == item_id]
            mine = mine.sort_values("known_from", kind="stable")
            self._by_item[item_id] = mine.to_dict("records")  # type: ignore[assignment]
        return self._by_item[item_id]
