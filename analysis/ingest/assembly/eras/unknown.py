"""Rows of what there is not, which a unit sends: a new decision, a new measure, an act on another.

What a meeting decided and what a plan lays down is entered by the office; a unit reports on what
there is and is its own. By a row that fits nothing of its own it would hold a meeting, or give a
plan a measure and everybody a node. So would a 约谈 of another unit be an act on that unit, and a
meeting of the 专班 one that it never held.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from analysis.ingest.assembly.eras.acts import day_of, not_ones_own, told_late, year_of
from analysis.ingest.assembly.rows import rows_of
from analysis.ingest.assembly.sending import Sent
from analysis.ingest.assembly.terms import Terms
from analysis.ingest.cells.blanks import is_null
from analysis.ingest.findings import PROSE, Places
from analysis.ingest.plan.tracking import Tracking
from analysis.ingest.read_file import Submission
from analysis.ingest.received import uploader
from analysis.ingest.versions.closing.naming.run_together import clearly_meant, fit_of
from analysis.ingest.versions.history import PROVENANCE
from analysis.ingest.versions.identity.spelling import plain_words
from analysis.ingest.versions.spans import FOREVER
from analysis.ledgers import LEDGERS, Ledger
from analysis.ledgers.decision import DECISION
from analysis.ledgers.duty import DUTY
from analysis.ledgers.hazard import HAZARD
from analysis.ledgers.measure import MEASURE

#: Why a row of a ledger does not count; of 履职 each row says so itself.
_WHY = {
    MEASURE.name: "整改方案里没有这条措施，或者不是本单位的事项",
    DECISION.name: "没有这件议定事项，或者不是本单位的事项；新的议定事项由专班办公室登记",
    DUTY.name: "",
}
#: By what a hazard is known again.
_KNOWN_BY = ("hazard_no", "found_on", "site", "location", "description")
#: Submission and line.
_Place = tuple[str, int]
#: Unit, kind and day of an act; the days from the first until before the second.
_Act = tuple[Any, ...]
_Span = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Unknown:
    """A row that a unit sent; ``columns`` are all that it says, ``why`` it does not count."""

    submission: Submission
    sender: str
    row: Mapping[str, Any]
    why: str

    @property
    def ledger(self) -> Ledger:
        """What it is a row of."""
        return LEDGERS[self.submission.facts["ledger"]]


def unknown_rows(submissions: Sequence[Submission], terms: Terms) -> list[Unknown]:
    """The rows that units confirmed in the browser and that are of nothing of theirs."""
    of = {name: [each for each in submissions if _is_of(each, name)] for name in _WHY}
    if not any(of.values()):
        return []
    sent = Sent(submissions, terms)
    reasons = dict.fromkeys(_decisions(sent, terms, of[DECISION.name]), _WHY[DECISION.name])
    if of[MEASURE.name]:
        reasons |= dict.fromkeys(_measures(sent), _WHY[MEASURE.name])
    reasons |= _duties(sent, terms, of[DUTY.name])
    return [
        Unknown(each, uploader(each.facts["path"]) or "", row, reasons[place])
        for uploads in of.values()
        for each in uploads
        for row in _rows(each)
        if (place := (each.facts["submission_id"], row["row_no"])) in reasons
    ]


def nameless_rows(submissions: Sequence[Submission], terms: Terms) -> set[_Place]:
    """The rows of the office's papers that have «措施6» for all words, of which no plan has one."""
    if not any(map(_may_be_nameless, submissions)):
        return set()
    sent = Sent(submissions, terms)
    every = sent.of(MEASURE)
    tracking = _tracked(sent, Tracking(sent.sources(every), Places(), takes_nameless=False))
    papers = {each.facts["submission_id"] for each in every if _may_be_nameless(each)}
    return {place for place in tracking.nameless if place[0] in papers}


def hazards_told(
    submissions: Sequence[Submission], terms: Terms
) -> dict[_Place, Mapping[str, Any] | None]:
    """For each row that a sentence of a report makes, by what the one hazard is known that it
    means of those that its sender had listed by then; None where it means none of them or several.
    """
    papers = {each.facts["submission_id"] for each in submissions if _tells_of_hazards(each)}
    if not papers:
        return {}
    sent = Sent(submissions, terms)
    units = {
        each.facts["submission_id"]: {
            sent.register.unit(name) for name in sent.senders_in(each, HAZARD) if name
        }
        for each in sent.of(HAZARD)
    }
    wanted = set[str]().union(*(units[batch] for batch in papers))
    batches = papers | {batch for batch, mine in units.items() if mine & wanted}
    lists = [each for each in sent.of(HAZARD) if each.facts["submission_id"] in batches]
    names = [*_KNOWN_BY, "submission_id", "row_no", "known_from", "sender"]
    table = rows_of(lists, HAZARD, sent)
    columns = (table[name].tolist() for name in names)
    rows = [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
    listed: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        if row["submission_id"] not in papers and not is_null(row["site"]):
            listed.setdefault(row["sender"], []).append(row)
    return {
        (row["submission_id"], row["row_no"]): _meant(
            row["description"],
            [e for e in listed.get(row["sender"], ()) if e["known_from"] <= row["known_from"]],
        )
        for row in rows
        if row["submission_id"] in papers
    }


def _meant(text: Any, listed: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """By what the hazard is known, as listed last, that a text means: site and words in one."""
    last = {str([row[name] for name in _KNOWN_BY]): row for row in listed}
    fits = {key: fit for key, row in last.items() if (fit := fit_of(str(text or ""), row))}
    meant = [last[key] for key in clearly_meant(fits)]
    # One hazard that was called otherwise later was found on one day, and no list has it twice.
    batches = Counter(row["submission_id"] for row in meant)
    if not meant or len({row["found_on"] for row in meant}) > 1 or max(batches.values()) > 1:
        return None
    newest = max(meant, key=lambda row: row["known_from"])
    return {name: newest[name] for name in _KNOWN_BY}


def _tells_of_hazards(submission: Submission) -> bool:
    facts = submission.facts
    return (facts["ledger"], facts["sheet"]) == (HAZARD.name, PROSE)


def _may_be_nameless(submission: Submission) -> bool:
    facts = submission.facts
    is_prose = facts["ledger"] == MEASURE.name and facts["sheet"] == PROSE
    return is_prose and not facts["is_plan"]


def _is_of(submission: Submission, ledger: str) -> bool:
    facts = submission.facts
    return facts["ledger"] == ledger and uploader(facts["path"]) is not None


def _rows(submission: Submission) -> Iterator[dict[str, Any]]:
    """The records of a sheet, the first of each line."""
    columns = submission.whole.columns
    seen: set[int] = set()
    for values in zip(*columns.values(), strict=True):
        row = dict(zip(columns, values, strict=True))
        if row["row_no"] not in seen:
            seen.add(row["row_no"])
            yield row


def _measures(sent: Sent) -> set[_Place]:
    """By following all measures as they are followed for good, with nothing new from a unit: a row
    of the same number that says anything else than the one before it is a second measure.
    """
    every = sent.of(MEASURE)
    return _tracked(sent, Tracking(sent.sources(every), Places(), takes_new=False)).strange


def _tracked(sent: Sent, tracking: Tracking) -> Tracking:
    rows = rows_of(sent.of(MEASURE), MEASURE, sent)
    tracking(rows, [each for each in MEASURE.columns if each in rows and each not in PROVENANCE])
    return tracking


def _decisions(sent: Sent, terms: Terms, uploads: Iterable[Submission]) -> set[_Place]:
    """Those that no list of the office's has on their day, in the same words and as their own."""
    spans: dict[tuple[str, ...], list[tuple[date, date]]] = {}
    for each in sent.of(DECISION):
        facts = each.facts
        if uploader(facts["path"]) is None:
            span = _span(each, terms)
            for row in _rows(each):
                if not is_null(unit := row.get(DECISION.owner_column)):
                    key = sent.register.unit(str(unit)), *_words(row)
                    spans.setdefault(key, []).append(span)
    return {
        place
        for each in uploads
        for key, places in _alike(each, _own(each, sent)).items()
        for place in places[_known(spans.get(key, ()), each.facts["received_on"]) :]
    }


def _span(submission: Submission, terms: Terms) -> _Span:
    """The days on which a submission counts."""
    day, gone = submission.facts["received_on"], terms.withdrawn.get(submission.facts["path"])
    return day, gone.since(day) if gone else FOREVER


def _known(spans: Iterable[tuple[date, date]], day: date) -> int:
    """How many decisions of the same words stand on a day; lists of one day are told of it once."""
    begun = Counter(start for start, end in spans if start <= day < end)
    return max(begun.values(), default=0)


def _alike(upload: Submission, own: str) -> dict[tuple[str, ...], list[_Place]]:
    """The places of the rows of the same words; those that say the same throughout are one."""
    told: dict[tuple[str, ...], dict[tuple[Any, ...], _Place]] = {}
    for row in _rows(upload):
        place = upload.facts["submission_id"], row["row_no"]
        said = tuple((name, str(value)) for name, value in row.items() if name != "row_no")
        told.setdefault((own, *_words(row)), {}).setdefault(said, place)
    return {key: [*places.values()] for key, places in told.items()}


def _words(row: Mapping[str, Any]) -> list[str]:
    return [plain_words(row.get(name)) for name in DECISION.fingerprint]


def _own(submission: Submission, sent: Sent) -> str:
    return sent.register.unit(uploader(submission.facts["path"]) or "")


def _duties(sent: Sent, terms: Terms, uploads: Sequence[Submission]) -> dict[_Place, str]:
    """The acts that are not the sender's own, that the office has told of itself, or that are told
    of for the first time long after, each with why.
    """
    if not uploads:
        return {}
    acts = _Acts(sent, terms)
    return {
        (each.facts["submission_id"], row["row_no"]): why
        for each in uploads
        for own in [_own(each, sent)]
        for row in _rows(each)
        if (
            why := not_ones_own(row, own, sent.register)
            or acts.off_the_list(each, row)
            or acts.registered(each, row, own)
            or acts.late(each, row, own)
        )
    }


class _Acts:
    """What is told of acts, and on which days: by units in time, by the office, by both."""

    def __init__(self, sent: Sent, terms: Terms) -> None:
        self._in_time: dict[_Act, list[_Span]] = {}
        self._registered: dict[_Act, list[tuple[_Span, Mapping[str, Any]]]] = {}
        self._own: dict[_Act, date] = {}
        #: Of a year: what the office's lists say of whom, each with the days on which it stands.
        self._lists: dict[int, list[tuple[_Span, str, bool]]] = {}
        for each in sent.of(DUTY):
            facts = each.facts
            span, day = _span(each, terms), facts["received_on"]
            is_of_unit = uploader(facts["path"]) is not None
            for row in _rows(each):
                written = str(row.get(DUTY.owner_column) or facts["unit"] or "")
                act = _act(row, sent.register.unit(written))
                if not is_of_unit or not told_late(row, day):
                    self._in_time.setdefault(act, []).append(span)
                if is_of_unit:
                    self._own[act] = min(day, self._own.get(act, day))
                elif facts["unit"] != act[0]:  # else it is the unit's list, which the office keeps
                    self._registered.setdefault(act, []).append((span, row))
                    if (year := year_of(row)) is not None:
                        name = plain_words(row.get("person")) or act[0]
                        listed = span, name, row.get("is_held") is not False
                        self._lists.setdefault(year, []).append(listed)

    def off_the_list(self, upload: Submission, row: Mapping[str, Any]) -> str | None:
        """Why somebody's 述职 is the office's to enter: its list of that year lacks him, or says
        that he has not, after the day on which he is said to have.
        """
        year, day = year_of(row), upload.facts["received_on"]
        lists = [*self._lists.get(year, ())] if year is not None else []
        stand = [(span[0], name, held) for span, name, held in lists if span[0] <= day < span[1]]
        if not stand:
            return None
        own = plain_words(row.get("person"))
        of_him = [(since, held) for since, name, held in stand if name == own]
        if own and not of_him:
            return "专班办公室登记的述职名单里没有这个人"
        held_on = row.get("held_on")
        is_new = isinstance(held_on, date) and all(since <= held_on for since, _ in of_him)
        if row.get("is_held") is False or is_new or any(held for _, held in of_him):
            return None
        return "专班办公室的名单登记为没有述职"

    def registered(self, upload: Submission, row: Mapping[str, Any], own: str) -> str | None:
        """Why an act that stands in a list of the office's does not count once more."""
        act, day = _act(row, own), upload.facts["received_on"]
        if act[-1] is None or year_of(row) is not None:  # of a list, each name counts once
            return None
        for (start, end), other in self._registered.get(act, ()):
            was_told = self._own.get(act, day) < start
            if start <= day < end and not was_told and not _is_another(row, other):
                return "专班办公室已经登记过同一天的这一次，按登记的统计"
        return None

    def late(self, upload: Submission, row: Mapping[str, Any], own: str) -> str | None:
        """Why an act comes too late to count, of which nobody told in time by then."""
        day = upload.facts["received_on"]
        if any(start <= day < end for start, end in self._in_time.get(_act(row, own), ())):
            return None
        return told_late(row, day)


def _is_another(row: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two acts of a kind and day are on others, or by others."""
    said = ((plain_words(row.get(n)), plain_words(other.get(n))) for n in ("target", "person"))
    return any(one and two and one != two for one, two in said)


def _act(row: Mapping[str, Any], unit: str) -> _Act:
    """By what an act is the same when it is told of again."""
    return unit, row.get("kind"), day_of(row)
