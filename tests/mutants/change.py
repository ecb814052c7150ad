"""What a mutant is: one small change of one file, by which its reason is found again."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

#: So much of an expression is shown.
LONGEST = 90
#: What is shown where something is left out.
NOTHING = "（删去）"


@dataclass(frozen=True, slots=True)
class Mutant:
    """A change: where, from what to what, and its number among all that its file may suffer."""

    file: str
    #: A function by its qualified name, «» for what a module does as it is imported, or a query.
    place: str
    line: int
    change: str
    number: int

    @property
    def key(self) -> str:
        """By what a reason is filed: lines move, functions and what they say move less."""
        return f"{self.place}：{self.change}" if self.place else self.change

    @property
    def is_sql(self) -> bool:
        """Whether a query is changed, and not a module."""
        return self.file.endswith(".sql")


def told(before: str, after: str) -> str:
    """A change in one line: what differs, with what stands around it."""
    before, after = " ".join(before.split()), " ".join(after.split())
    start = next(
        (n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b),
        min(len(before), len(after)),
    )
    cut = max(0, start - LONGEST // 2)
    return f"{_cut(before, cut)} → {_cut(after, cut) or NOTHING}"


def _cut(text: str, start: int) -> str:
    shown = text[start : start + LONGEST]
    return f"{'…' if start else ''}{shown}{'…' if len(text) > start + LONGEST else ''}"


def numbered(mutants: Iterable[Mutant]) -> list[Mutant]:
    """The mutants of a file, those that read alike within one function told apart."""
    seen: Counter[str] = Counter()
    found = []
    for mutant in mutants:
        seen[mutant.key] += 1
        again = seen[mutant.key]
        found.append(
            replace(mutant, change=f"{mutant.change}（第 {again} 处）") if again > 1 else mutant
        )
    return found
