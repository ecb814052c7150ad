"""The office's rule of closing: whose word closes an item in this home.

Where signers are confirmed, or accounts exist, only a record of 验收销号 closes; a 重大 hazard
needs one everywhere. Else a ledger may close the rest by itself, and it is told that it did.

A signer may be confirmed from a day on: what was received before it is judged as if he were not
there, so that naming one more leaves earlier closings as they are.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from analysis.ingest.cells.blanks import is_null
from analysis.wording.persons import is_himself, named_among, persons_of

MAJOR = "重大"


@dataclass(frozen=True, slots=True)
class ClosingRule:
    """``signers`` are the persons who may sign, as confirmed; ``shown`` gives for the name of an
    account the person whom it belongs to, empty where nobody is named; ``since`` the day from which
    a signer signs, where that is not the beginning.
    """

    signers: tuple[str, ...] = ()
    has_accounts: bool = False
    shown: Mapping[str, str] = field(default_factory=dict)
    since: Mapping[str, date] = field(default_factory=dict)

    def signers_on(self, day: date) -> tuple[str, ...]:
        """Who may sign what is received on a day."""
        return tuple(name for name in self.signers if self.since.get(name, day) <= day)

    def needs_record_on(self, day: date) -> bool:
        """Whether of what is received on a day nothing but a record of 验收销号 closes."""
        return self.has_accounts or bool(self.signers_on(day))

    def needs_record_of(self, item: Mapping[str, Any], day: date) -> bool:
        """Whether nothing but a record of 验收销号 closes this item, as told on a day."""
        return item.get("level") == MAJOR or self.needs_record_on(day)

    def may_sign(self, signature: Any, day: date) -> bool:
        """Whether one of those who signed may sign on a day; anybody, where none is confirmed."""
        signers = self.signers_on(day)
        return not signers or bool(named_among(self.named(signature), signers))

    def is_own(self, signature: Any, item: Mapping[str, Any]) -> bool:
        """Whether a person who signed answers for the item himself, under whatever account."""
        person = item.get("person")
        return is_himself(self.named(signature), None if is_null(person) else person)

    def named(self, text: Any) -> Any:
        """A signature, that of an account by the name of its person."""
        plain = text.strip() if isinstance(text, str) else text
        return self.shown.get(plain) or text if isinstance(plain, str) else text

    def recorder(self, record: Mapping[str, Any]) -> tuple[str, ...]:
        """Who recorded an act: the person, else the account that nobody is named for."""
        account = _text(record.get("recorded_by"))
        person = _text(record.get("recorded_person")) or self.shown.get(account, "")
        return persons_of(person) or (account,)

    def are_one(self, record: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
        """Whether two acts were recorded by one person, by one account or two."""
        accounts = {_text(each.get("recorded_by")) for each in (record, other)}
        return len(accounts) == 1 or bool({*self.recorder(record)} & {*self.recorder(other)})


NO_RULE = ClosingRule()


def _text(value: Any) -> str:
    return "" if is_null(value) else str(value).strip()
