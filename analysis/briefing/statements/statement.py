"""One statement on one subject: a claim, its numbers, its change, what it leaves open."""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.briefing.statements.headline import Headline


@dataclass(frozen=True, slots=True)
class Statement:
    """What is told of one subject, by screen, slide, report and letter alike.

    ``claim`` is one sentence without its end mark: the title of a screen and of a slide, the first
    sentence of a paragraph. ``details`` are further sentences, for who has room for them.
    ``numbers`` are what cards show. ``since`` tells the changes and the day from which they are
    told, ``compared`` that day alone, for cards that tell their own change. ``ask`` is what the
    meeting is asked for. ``caveat`` says what the numbers do not cover. ``count`` is how many
    things ought to be looked at, where that is the subject. ``metric`` names the definition behind
    it. A statement whose claim is empty has nothing to say.
    """

    subject: str
    claim: str
    details: tuple[str, ...] = ()
    numbers: tuple[Headline, ...] = ()
    since: str = ""
    compared: str = ""
    ask: str = ""
    region: str = ""
    caveat: str = ""
    count: int = 0
    metric: str = ""

    @property
    def note(self) -> str:
        """What stands below a chart or cards: the day of the changes, what numbers do not cover."""
        return sentences([self.compared if self.numbers else self.since, self.caveat])

    @property
    def request(self) -> str:
        """What the meeting is asked to decide, as a sentence; empty where it is asked nothing."""
        return f"请会议研究：{self.ask}。" if self.ask else ""

    @property
    def paragraph(self) -> str:
        """All of it in running text."""
        numbers = "，".join(number.in_words for number in self.numbers if not number.is_claimed)
        told = [self.claim, numbers, *self.details, self.since, self.caveat, self.request]
        return sentences(told)


def sentences(parts: Sequence[str]) -> str:
    """Texts as sentences one after the other; what is empty is left out."""
    return "".join(part if part.endswith("。") else f"{part}。" for part in parts if part)
