"""The office's rule of closing: whose word closes an item in this home.

Where signers are confirmed, or accounts exist, only a record of 验收销号 closes; a 重大 hazard
needs one everywhere. Else a ledger may close the rest by itself, and it is told that it did.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from analysis.ingest.cells.blanks import is_null
from analysis.wording.persons import is_himself, named_among, persons_of

MAJOR = "重大"


@dataclass(frozen=True, slots=True)
class ClosingRule:
    """``signers`` are the persons who may sign, as confirmed; ``shown`` gives for the name of an
    account the person whom it belongs to, empty where nobody is named.
    """

    signers: tuple[str, ...] = ()
    has_accounts: bool = False
    shown: Mapping[str, str] = field(default_factory=dict)

    @property
    def needs_record(self) -> bool:
        """Whether nothing but a record of 验收销号 closes, whatever the item."""
        return bool(self.signers) or self.has_accounts

    def needs_record_of(self, item: Mapping[str, Any]) -> bool:
        """Whether nothing but a record of 验收销号 closes this item."""
        return self.needs_record or item.get("level") == MAJOR

    def may_sign(self, signature: Any) -> bool:
        """Whether one of those who signed may sign; anybody, where none is confirmed."""
        return not self.signers or bool(named_among(self.named(signature), self.signers))

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
