"""Which measures a group of labels holds for: those in front of it or behind it, in its block.

Labels stand over their measures or under them, as a document likes. Where a block begins with
labels they hold for all of it; elsewhere a group holds for the measures since the last group.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from analysis.ingest.plan.outline import Group


@dataclass(slots=True)
class Scope:
    """One block: its measures and groups in their order, and what its heading says of all."""

    events: list[int | Group] = field(default_factory=list)
    heading: Group | None = None

    def add(self, event: int | Group) -> None:
        """Take in the next measure, by its place, or group; groups side by side are one."""
        last = self.events[-1] if self.events else None
        if isinstance(event, Group) and isinstance(last, Group):
            self.events[-1] = merged(last, event)
        else:
            self.events.append(event)

    def groups_for(self, item: int) -> Iterator[Group]:
        """The groups of this block that hold for a measure, the nearest first."""
        yield from self._near(item)
        if self._opening is not None:
            yield self._opening
        if self.heading is not None:
            yield self.heading

    def turn_of(self, item: int, group: Group) -> tuple[int, int]:
        """Which measure of those that a group holds for one is, from 1, and how many these are."""
        runs: list[list[int]] = [[]]
        for event in self.events:
            if isinstance(event, int):
                runs[-1].append(event)
            elif event is not self._opening:
                runs.append([])
        of_all = [n for run in runs for n in run]
        is_of_all = group is self.heading or group is self._opening
        run = of_all if is_of_all else next(run for run in runs if item in run)
        return run.index(item) + 1, len(run)

    @property
    def _opening(self) -> Group | None:
        first = self.events[0] if self.events else None
        return first if isinstance(first, Group) else None

    def _near(self, item: int) -> Iterator[Group]:
        at = self.events.index(item)
        step = -1 if self._is_forward else 1
        place = at + step
        while 0 <= place < len(self.events):
            event = self.events[place]
            if isinstance(event, Group):
                if event is not self._opening:
                    yield event
                return
            place += step

    @property
    def _is_forward(self) -> bool:
        """Whether groups stand in front of their measures, the last one too."""
        opening = self._opening
        if opening is None or isinstance(self.events[-1], Group):
            return False
        later = [each for each in self.events[1:] if isinstance(each, Group)]
        return any(each.said.texts.keys() & opening.said.texts.keys() for each in later)


def merged(one: Group, other: Group) -> Group:
    """Two groups that stand side by side as one."""
    both = Group(one.line, texts=[*one.texts, *other.texts], lines=other.lines | one.lines)
    for each in (one, other):
        for role, text in each.said.texts.items():
            both.said.add(role, text)
    return both


def innermost_first(scopes: Sequence[Scope]) -> Iterator[Scope]:
    """The blocks of a measure from the nearest to the document."""
    return iter(reversed(scopes))
