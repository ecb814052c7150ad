"""The other copy of what is called 重复: it stays where the one that is struck off goes, so whoever
agrees has to see what that one says.
"""

from collections.abc import Mapping
from datetime import date
from itertools import islice
from typing import Any

import pandas as pd

from analysis.ingest.cells.blanks import is_null
from analysis.ingest.versions.granting.kinds import VOID
from analysis.ingest.versions.granting.telling import due_of
from analysis.ingest.versions.identity.spelling import folded, site_key
from analysis.ledgers import Ledger
from analysis.ledgers.codes import STATUS
from analysis.wording.characters import cited

#: How a unit says that its item is another one's copy.
REPEATED = "重复"
_NOBODY = "（没有场所和描述相同的另一条）"
#: More are counted and not named: a question is one line.
_NAMED = 3


class Copies:
    """The items of a ledger by their words and their sites, spelling left aside."""

    def __init__(self, versions: pd.DataFrame, ledger: Ledger) -> None:
        self._versions, self._ledger = versions, ledger
        self._by_words: dict[tuple[str, str], list[Mapping[Any, Any]]] | None = None
        self._then: dict[tuple[date, str, str], dict[str, Mapping[Any, Any]]] = {}

    def told(self, version: Mapping[Any, Any]) -> str:
        """What the copies of an item say on the day of a version that calls it 重复; empty where
        it is called something else.
        """
        if REPEATED not in str(version.get("status_text")):
            return ""
        day, own = version["known_from"], version["item_id"]
        known = self._known(day, self._words(version))
        count = len(known) - (own in known)
        if not count:
            return _NOBODY
        others = (each for name, each in known.items() if name != own)
        said = "、".join(_as_sent(each) for each in islice(others, _NAMED))
        more = f"，共 {count} 条" if count > _NAMED else ""
        return f"（相同的另有{said}{more}）"

    def _known(self, day: date, words: tuple[str, str]) -> dict[str, Mapping[Any, Any]]:
        """The last version until a day of each item of some words that is not struck off."""
        if (asked := self._then.get((day, *words))) is not None:
            return asked
        if self._by_words is None:
            self._by_words = {}
            sent = self._versions.sort_values(["item_id", "known_from"], kind="stable")
            for version in sent.to_dict("records"):
                self._by_words.setdefault(self._words(version), []).append(version)
        alike = self._by_words.get(words, ())
        last = {each["item_id"]: each for each in alike if each["known_from"] <= day}
        found = {name: each for name, each in last.items() if each["status"] != VOID}
        return self._then.setdefault((day, *words), found)

    def _words(self, version: Mapping[Any, Any]) -> tuple[str, str]:
        place = "site" if "site" in self._ledger.columns else "unit"
        where, what = (version.get(name) for name in (place, self._ledger.wording))
        return (
            "" if is_null(where) else site_key(str(where)),
            "" if is_null(what) else folded(str(what)),
        )


def _as_sent(version: Mapping[Any, Any]) -> str:
    """A copy by its name, with what it is worth and how far it is."""
    level, status, due = version.get("level"), version["status"], due_of(version)
    said = (
        "" if is_null(level) else f"{level}隐患",
        f"期限 {due}" if due else "没有期限",
        STATUS.labels.get(status, status),
    )
    return f"{cited(version['item_id'])}（{'，'.join(filter(None, said))}）"
