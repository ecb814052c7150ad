"""撤销、延期、降级、改写、挂牌、完成日期待核实: a unit says that an item is none, may wait, is no
longer 重大, is something else, is listed, was done earlier than it said or showed.

Each of these frees somebody of what is owed, so no unit decides it by its account: the item counts
as it did before, until the office has said so, from the day of the answer on. 误报 of a 重大 hazard
is asked about whoever sent it. What the office sent, or put right, is the office's word.

A deadline may come back to one that has counted since the office last told of it, if nothing that
was late is on time by that, and may always be an earlier one. One question an item and day; the
same words sent again are the same question.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

import pandas as pd

from analysis.ingest.cells.blanks import is_null
from analysis.ingest.doubts.confirmations import Confirmations
from analysis.ingest.doubts.doubt import Doubt, Side
from analysis.ingest.periods.half_months import HalfMonth
from analysis.ingest.versions.changes import LISTS_ARE_OLD
from analysis.ingest.versions.closing.rule import MAJOR
from analysis.ingest.versions.granting.asking import (
    AsSent,
    ever_asked,
    parts_of,
    standing,
    with_counted,
)
from analysis.ingest.versions.granting.copies import Copies
from analysis.ingest.versions.granting.kinds import (
    BACKDATED,
    COMPARED,
    DEADLINE,
    DENIED,
    FOUND,
    GRANTED,
    KINDS,
    LATER,
    LISTED,
    LISTING,
    LOWERED,
    OF_ANY,
    OF_DAYS,
    PROGRESS,
    REDATED,
    REWORDED,
    TITLE,
    TOLD_LATE,
    UNDATED,
    UNLISTED,
    UNTOLD,
    VOID,
    WORDS,
)  # fmt: skip
from analysis.ingest.versions.granting.recurring import PAIRED, Recurring
from analysis.ingest.versions.granting.telling import (
    as_done,
    as_is,
    done_of,
    due_of,
    is_otherwise,
    respelled,
    told_in_between,
    undated,
    words_of,
    written,
)
from analysis.ingest.versions.past import (
    NO_EVIDENCE,
    SAYS_OPEN,
    Evidence,
    says_done,
    which_say_done,
)
from analysis.ingest.versions.spans import known_during
from analysis.ledgers import Ledger
from analysis.wording.characters import cited

#: What is told of a hazard that would be a pair with another one no longer.
_LEAVES = "（同场所同类别另有隐患，改后可能不再算屡查屡犯）"
_COUNTED = tuple(dict.fromkeys(("level", *WORDS, *DEADLINE, *LISTING, "status", *PROGRESS)))


@dataclass(frozen=True, slots=True)
class _Relief:
    """What one version says of its item that would free its unit."""

    kind: str
    doubt: Doubt
    #: The fields that stay as they were until it is granted.
    held: tuple[str, ...]


@dataclass(slots=True)
class _Item:
    """How an item counts, as its versions are gone through."""

    counted: dict[str, Any] = field(default_factory=dict)
    #: The day on which it was first told of.
    first: date = date.min
    #: Whether nobody but its unit said anything of it.
    is_own: bool = True
    #: The latest deadline that has counted since the office last told of it.
    latest: date | None = None
    #: The day after its deadline on which it was said to be done, where it was last said so.
    late: date | None = None
    #: The day of the last list that says it is not done.
    open_on: date | None = None
    #: The day for which its unit itself last said so, the same day among them.
    said_open: date | None = None
    #: The day of the list in which its sender could have told that it was done, and did not.
    silent: date | None = None
    #: Whether its completion is told a quarter after the day of it.
    is_told_late: bool = False
    #: Whether it counts as done on another day than was said last.
    is_day_held: bool = False
    #: What its copies say, where it is called one of several.
    copies: str = ""
    #: Whether what counts of it is one of several of its kind at its site.
    is_recurring: bool = False
    #: Since which day it is called void, or no 重大 hazard, without a break.
    since: dict[str, date] = field(default_factory=dict)

    def before(self, version: Mapping[Any, Any]) -> dict[str, Any]:
        """What counts when a version comes, if nothing that it claims is granted.

        Of the first one of an item that is what it says without its claims: it is not listed, its
        progress is unknown, and a day that it has for the first time is its deadline, however that
        is called.
        """
        if self.counted:
            return dict(self.counted)
        row = {name: version.get(name) for name in _COUNTED if name in version}
        if not is_null(row.get("due_on")) and DEADLINE[0] in row:
            row[DEADLINE[0]] = None
        return row | dict.fromkeys(("status", *PROGRESS, *LISTING))

    @property
    def done_before(self) -> date | None:
        """The day of completion that counts as long as no other one is granted."""
        return self.late or (done_of(self.counted) if says_done(self.counted) else None)

    def take_over(self, row: dict[str, Any]) -> None:
        """Have a row count."""
        self.counted = row
        if (due := due_of(row)) is not None:
            self.latest = max(self.latest or due, due)
        if says_done(row) and (done := done_of(row)):
            self.late = done if due is not None and done > due else None


def as_granted(
    versions: pd.DataFrame, ledger: Ledger, by_units: Collection[str],
    confirmations: Confirmations, as_sent: pd.DataFrame | None = None,
    evidence: Evidence = NO_EVIDENCE,
) -> tuple[pd.DataFrame, list[Doubt]]:  # fmt: skip
    """Versions of a ledger of items as they count, with ``relief``; and what is asked of them.

    ``by_units`` are the submissions that units' accounts sent; ``as_sent`` are the versions before
    the office corrected them, ``evidence`` what rows say that made no version. Columns that a
    relief would change hold what counts, its question says what was sent. A version is cut on each
    day from which another answer holds. What a unit sends twice on one day was seen in between:
    the second counts against the first, but for a slip in a deadline that has not passed.
    """
    by_unit = versions["submission_id"].isin(set(by_units))
    recurring = Recurring(versions if by_unit.any() else versions.iloc[:0])
    items = _concerned(versions, by_unit)
    if not items:
        return versions, []
    mine = versions["item_id"].isin(items)
    history = versions[mine].assign(is_by_unit=by_unit[mine])
    history = history.sort_values(["item_id", "known_from"], kind="stable")
    sent, told_open = AsSent(as_sent, _COUNTED), _days_open(evidence, items, by_units)
    copies = Copies(versions, ledger)
    counted: list[dict[str, Any]] = []
    asked: dict[str, Doubt] = {}
    item, item_id = _Item(), None
    for version in history.to_dict("records"):
        if version["item_id"] != item_id:
            item, item_id = _Item(first=version["known_from"]), version["item_id"]
        decided = sent.decided(version)
        if version["is_by_unit"]:
            names = (each for each in COMPARED if each not in decided)
            version |= respelled(names, item.counted, version)
        told = told_open.get(str(item_id), ())
        days = [day for day, since in told if since <= version["known_from"]]
        item.open_on = max([*days, *filter(None, [item.said_open])], default=None)
        item.is_told_late = _is_told_late(version)
        item.silent = _silent(version, evidence) if item.is_told_late else None
        item.is_recurring = recurring.has(item.counted, version["known_from"])
        item.copies = copies.told(version) if version["status"] == VOID else ""
        reliefs = [*_reliefs(version, item, ledger, decided)]
        counted += _counting(version, item, reliefs, confirmations)
        if not version["is_by_unit"]:  # what the office sets is the latest there is
            item.latest = due_of(item.counted)
        item.is_own = item.is_own and version["is_by_unit"]
        if version["is_by_unit"] and version["status"] in SAYS_OPEN:
            item.said_open = evidence.open_on(version["submission_id"], version["known_from"])
        for relief in reliefs:
            asked[relief.doubt.key] = standing(asked, relief.doubt)
    return with_counted(versions, mine, counted), ever_asked(asked)


def _days_open(
    evidence: Evidence, items: Collection[str], by_units: Collection[str]
) -> dict[str, list[tuple[date, date]]]:
    """The days for which lists say of an item that it is not done, each with the day from which
    that tells against its unit: from the next on, where the unit says so itself.
    """
    rows = evidence.not_done
    if rows.empty:
        return {}
    mine = rows[rows["item_id"].isin(items)]
    own = mine["submission_id"].isin(set(by_units))
    found: dict[str, list[tuple[date, date]]] = {}
    columns = (mine[name] for name in ("item_id", "submission_id", "known_from"))
    for item_id, batch, day, is_own in zip(*columns, own, strict=True):
        spoken = evidence.open_on(batch, day)
        found.setdefault(item_id, []).append(
            (spoken, spoken + timedelta(days=1) if is_own else spoken)
        )
    return found


def _is_told_late(version: Mapping[Any, Any]) -> bool:
    done = done_of(version)
    return done is not None and bool(version["known_from"] - done > TOLD_LATE)


def _silent(version: Mapping[Any, Any], evidence: Evidence) -> date | None:
    """The first list of the sender of a version that could have told of its completion and did
    not.
    """
    done, told = version["done_on"], version["known_from"]
    # what came a few days ago may be the other part of the same list
    days = evidence.heard(version["submission_id"], told - LISTS_ARE_OLD)
    return next((day for day in days if done + LISTS_ARE_OLD < day), None)


def _concerned(versions: pd.DataFrame, by_unit: pd.Series) -> set[str]:
    """The items of which a version may say something that frees its unit."""
    items, nothing = versions["item_id"], pd.Series(False, index=versions.index)
    is_void = versions["status"].eq(VOID)
    is_major = versions["level"].eq(MAJOR) if "level" in versions else nothing
    majors = set(items[is_major])
    found = set(items[is_void & (by_unit | items.isin(majors))])
    if not by_unit.any():
        return found
    found |= set(items[by_unit & ~is_major & items.isin(majors)])
    words = [name for name in WORDS if name in versions and name not in COMPARED]
    found |= majors & _of_several(versions, items[by_unit], words)
    found |= _of_several(versions, items[by_unit], [n for n in COMPARED if n in versions])
    if DEADLINE[0] in versions:
        found |= set(items[by_unit & versions[DEADLINE[0]].notna()])
    if LISTING[0] in versions:
        is_listed = versions["supervised"].eq(True) | versions["supervised_on"].notna()
        found |= set(items[by_unit & items.isin(set(items[is_listed]))])
    if "done_on" in versions:
        done = versions[which_say_done(versions)]
        found |= _of_several(done, items[by_unit], ["done_on"])
        known = done.loc[by_unit & done["done_on"].notna(), ["item_id", "done_on", "known_from"]]
        pairs = zip(known["done_on"], known["known_from"], strict=True)
        found |= set(known["item_id"][[day + LISTS_ARE_OLD < seen for day, seen in pairs]])
    return found | _of_several(versions, items[by_unit], ["due_on"])


def _of_several(versions: pd.DataFrame, items: pd.Series, names: list[str]) -> set[str]:
    """Those of the items whose versions do not all say the same in some columns."""
    mine = versions["item_id"].duplicated(keep=False) & versions["item_id"].isin(set(items))
    said = versions.loc[mine, ["item_id", *names]].drop_duplicates()
    return set(said.loc[said["item_id"].duplicated(), "item_id"])


def _reliefs(
    version: Mapping[Any, Any], item: _Item, ledger: Ledger, decided: Collection[str]
) -> Iterator[_Relief]:
    """What of a version is for the office to grant; ``decided`` are the fields that it has."""
    is_by_unit = version["is_by_unit"]
    rewritten = _rewritten(version, item, decided)
    is_major = MAJOR in (version.get("level"), item.counted.get("level"))
    was_void = item.counted.get("status") == VOID
    for kind, is_said, may_be in (
        (LOWERED, _is_lowered(version, item), is_by_unit),
        (REWORDED, bool(rewritten), is_by_unit),
        (LISTED, _is_listed(version), is_by_unit and not _is_listed(item.counted)),
        (UNLISTED, not _is_listed(version), is_by_unit and _is_listed(item.counted)),
        (REDATED, _is_redated(version, item), is_by_unit),
        (BACKDATED, _is_backdated(version, item), is_by_unit and item.late is None),
        (UNTOLD, _is_untold(version, item), is_by_unit and item.late is None),
        (
            VOID, version["status"] == VOID,
            not was_void and (is_major or bool(is_by_unit and item.counted)),
        ),
    ):  # fmt: skip
        if not is_said:
            item.since.pop(kind, None)
            continue
        since = item.since.setdefault(kind, version["known_from"])
        if may_be and (kind == REWORDED or not {*KINDS[kind].fields} & {*decided}):
            # who agreed to some words, or to a day, has not read others, or what they stand for
            what = since.isoformat()
            if kind == REWORDED:
                what = "\n".join(words_of(row, rewritten) for row in (item.counted, version))
            elif kind in OF_DAYS:
                what = f"{item.done_before if kind == REDATED else None} {done_of(version)}"
            yield _relief(kind, version, item, ledger, what, rewritten)
    due, held = due_of(version), due_of(item.before(version))
    if not is_by_unit or {*DEADLINE} & {*decided}:
        return
    if held is None:
        if due and item.counted and says_done(version):  # a day that comes with the work, or after
            yield _relief(LATER, version, item, ledger, f"- {due.isoformat()}")
    elif due is None:
        yield _relief(UNDATED, version, item, ledger, held.isoformat())
    elif due > held and not (_goes_back(version, item, held, due) or _is_slip(version, item, held)):
        # from which one it is put off is a part of what is agreed to
        yield _relief(LATER, version, item, ledger, f"{held.isoformat()} {due.isoformat()}")


def _goes_back(version: Mapping[Any, Any], item: _Item, held: date, due: date) -> bool:
    """Whether a unit goes back to a deadline that has counted, and nothing that was late is on time
    by it.
    """
    day: date = version["known_from"]
    done = done_of(version)
    if due > (item.latest or held):
        return False
    if held >= day:
        return True
    if not says_done(version):
        return due < day
    return done is not None and (done <= held or done > due)


def _is_slip(version: Mapping[Any, Any], item: _Item, held: date) -> bool:
    """Whether a unit puts its own deadline right, which has not passed, on the day of its item's
    first row; that of a 重大 hazard never.
    """
    is_major = MAJOR in (version.get("level"), item.counted.get("level"))
    is_second = bool(item.counted) and item.is_own and version["known_from"] == item.first
    return is_second and not is_major and item.first <= held


def _is_lowered(version: Mapping[Any, Any], item: _Item) -> bool:
    return item.counted.get("level") == MAJOR and version.get("level") != MAJOR


def _rewritten(
    version: Mapping[Any, Any], item: _Item, decided: Collection[str]
) -> tuple[str, ...]:
    """The fields by which a 重大 hazard is called another thing, or stands in another place, or one
    of several leaves them, or any counts elsewhere.

    What was blank may be filled in, but for its 专项行动: where nothing is written it counts in
    that of its inspection.
    """
    is_major = item.counted.get("level") == MAJOR
    paired = PAIRED if item.is_recurring else ()
    dated = FOUND if _is_of_another_half_month(version, item) else ()
    names = WORDS if is_major else tuple(dict.fromkeys((*OF_ANY, *paired, *dated)))
    is_listing = _is_listed(version) != _is_listed(item.counted)
    return tuple(
        name
        for name in names
        if not (is_null(item.counted.get(name)) and (name != "campaign" or not item.counted))
        and is_otherwise(name, item.counted.get(name), version.get(name))
        and name not in decided
        and not (is_listing and name in LISTING)
    )


def _is_of_another_half_month(version: Mapping[Any, Any], item: _Item) -> bool:
    """Whether a hazard would be found in another half month: reports of these tell how many."""
    days: list[Any] = [row.get(FOUND[0]) for row in (item.counted, version)]
    return len({HalfMonth.of(day) for day in days if not is_null(day)}) > 1


def _is_redated(version: Mapping[Any, Any], item: _Item) -> bool:
    """Whether what was said to be done late is said to be done earlier, or on no day; or a hazard
    on any other day of which there are several: another one found soon after is 屡查屡犯.
    """
    if not says_done(version):
        return False
    done, before = done_of(version), done_of(item.counted)
    if item.late is not None and (done is None or done < item.late):
        return True
    return item.is_recurring and says_done(item.counted) and before not in {None, done}


def _is_backdated(version: Mapping[Any, Any], item: _Item) -> bool:
    """Whether it is said to be done in time against a list after the deadline that says it is not;
    one of a half month ago may not have known.

    In time by the deadline that counts or by the one that is sent beside it: the second may be
    granted, or be one that has counted. What counts as done in time on that day is not asked anew.
    """
    dues, open_on = _in_time_by(version, item), item.open_on
    if not dues or open_on is None:
        return False
    return min(dues) < open_on and bool(version["done_on"] < open_on - LISTS_ARE_OLD)


def _is_untold(version: Mapping[Any, Any], item: _Item) -> bool:
    """Whether a completion is told a quarter late, of an item that was known as not done, or in
    time by whom has reported in between, and nobody said meanwhile that it is not done: of that he
    is asked already.
    """
    if not item.is_told_late or _is_backdated(version, item):
        return False
    in_time = bool(_in_time_by(version, item))
    was_known = bool(item.counted) and item.first < version["known_from"]
    was_open = was_known and says_done(version) and not says_done(item.counted)
    # a day that is filled in later claims what it would have claimed at once
    was_undated = was_known and says_done(item.counted) and done_of(item.counted) is None
    return was_open or item.is_day_held or (in_time and bool(item.silent or was_undated))


def _in_time_by(version: Mapping[Any, Any], item: _Item) -> list[date]:
    """The deadlines, that which counts and that which is sent, by which a version says that its
    item was done in time; none where it counts so already.
    """
    done, counted, before = done_of(version), due_of(item.counted), done_of(item.counted)
    if not says_done(version) or done is None:
        return []
    if before and counted and says_done(item.counted) and max(before, done) <= counted:
        return []
    dues = (due_of(item.before(version)), due_of(version))
    return [due for due in dues if due is not None and done <= due]


def _leaves_its_pair(version: Mapping[Any, Any], item: _Item) -> bool:
    """Whether a hazard of which there are several would be of another kind, place or day."""
    said = ((name, item.counted.get(name), version.get(name)) for name in PAIRED)
    return item.is_recurring and any(is_otherwise(*each) for each in said)


def _was_done(version: Mapping[Any, Any], item: _Item) -> str:
    """On which day it was said to be done, and what hangs on that."""
    done = done_of(version)
    frees = item.late is not None and (done is None or done < item.late)
    means = f"（晚于期限 {due_of(item.before(version))}）" if frees else _LEAVES
    return f"{item.done_before}{means}"


def _is_listed(row: Mapping[Any, Any]) -> bool:
    """Whether a row says that its hazard is listed; a day of listing says so."""
    is_said, day = (row.get(name) for name in LISTING)
    return not is_null(day) if is_null(is_said) else bool(is_said)


def _relief(
    kind: str, version: Mapping[Any, Any], item: _Item, ledger: Ledger, what: str,
    rewritten: tuple[str, ...] = (),
) -> _Relief:  # fmt: skip
    means = KINDS[kind]
    place = next((n for n in means.fields if not is_null(version.get(n))), means.fields[-1])
    text_in = ledger[place].text_in if place in ledger.columns else ""
    text = version.get(text_in) if text_in else None
    value = version.get(place)
    value = ("是" if value else "否") if isinstance(value, bool) else value
    said = next((str(each) for each in (text, value) if not is_null(each)), "")
    words = {
        "text": cited(said) if said else "空白",
        "due": due_of(version), "held": due_of(item.before(version)) or "空白",
        "was_done": _was_done(version, item), "done_before": item.done_before,
        "open": item.open_on, "silent": told_in_between(item.silent), "as_done": as_done(version),
        "undated": undated(version),
        "as_is": as_is(item.before(version)), "copies": item.copies,
        "level": item.counted.get("level") or "",
        "major": f"{MAJOR}隐患，" if item.before(version).get("level") == MAJOR else "",
        "recurring": _LEAVES if _leaves_its_pair(version, item) else "",
        "words": cited(words_of(item.counted, TITLE)),
        "rewritten": written(rewritten, item.counted, version, ledger),
    }  # fmt: skip
    doubt = Doubt(
        means.rule, (ledger.name, version["item_id"], kind, what),
        means.question.format(**words),
        Side(
            version["submission_id"], version["sheet"], version["row_no"], place, said,
            version["item_id"],
        ),
        None,
        tuple(replace(each, label=each.label.format(**words)) for each in means.answers),
        version["known_from"], None if is_null(version["known_to"]) else version["known_to"],
    )  # fmt: skip
    held = rewritten if kind == REWORDED else (*means.fields, *means.held)
    return _Relief(kind, doubt, held)


def _counting(
    version: Mapping[Any, Any], item: _Item, reliefs: Collection[_Relief],
    confirmations: Confirmations,
) -> Iterator[dict[str, Any]]:  # fmt: skip
    """A version as it counts: one part from each day on which another answer begins to hold."""
    before, done_before = item.before(version), item.done_before
    for day, until in parts_of(version, (each.doubt for each in reliefs), confirmations):
        row = {name: version.get(name) for name in _COUNTED if name in version}
        if due_of(row) == due_of(before):  # an extension that counts is sent again as the deadline
            row |= _of_row(before, row, DEADLINE)
        told, late = None, item.late
        item.is_day_held = False
        for relief in reliefs:
            answer = confirmations.answer(relief.doubt.key, day)
            if answer != GRANTED:
                row |= _of_row(before, row, relief.held)
                if relief.kind in OF_DAYS:  # it may have been told as open in between
                    row["done_on"] = done_before or _day_told(version)
                    item.is_day_held = True
                told = told if answer == DENIED else relief.kind
            elif relief.kind == LATER and DEADLINE[0] in row:
                row |= {"extended_due_on": due_of(row), "due_on": before.get("due_on")}
        yield known_during(dict(version) | row | {"relief": told}, day, until)
        item.take_over(row)
        if item.is_day_held:  # that it counts as late is nobody's word
            item.late = late


def _day_told(version: Mapping[Any, Any]) -> date | None:
    """The day on which a version tells that its item is done, whatever day it gives for that."""
    day: date = version["known_from"]
    return day if says_done({"status": version["status"]}) else None


def _of_row(
    before: Mapping[str, Any], row: Mapping[str, Any], names: Iterable[str]
) -> dict[str, Any]:
    """What counted before of those fields that the row has."""
    return {name: before.get(name) for name in names if name in row}
