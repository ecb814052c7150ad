"""The decisions of a letter as rows: acts on items, and lines of the register of units.

A row is a sentence of the letter, numbered from its title, which is the first.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from analysis.ingest.cells.deadlines import Clause
from analysis.ingest.cells.values import parse_column
from analysis.ingest.findings import Finding, Place
from analysis.ingest.letters.frame import Letter
from analysis.ingest.letters.members import Member, is_of_members, members_in, takes_off
from analysis.ingest.letters.sentences import Act, Decision, decisions_in, sentences_of
from analysis.ingest.tables.records import Records
from analysis.ingest.units.names import home_of, read_name
from analysis.ledgers.codes import ACCEPTANCE_ACT
from analysis.ledgers.hazard import HAZARD

#: More of a text is not kept.
_LONGEST = 400
_MEASURE = re.compile(
    r"(?:措施|任务|举措)[第(]?\d{1,3}(?:[-.]\d{1,3}){1,2}[项条号]?[)]?(?:[(](?P<words>[^()]{2,80})[)])?"
)
_ABOUT = re.compile(r"^(?:关于)?(?:不?同意)?")
_SEEN = re.compile(
    r"(?P<day>(?:20\d{2}年)?\d{1,2}月\d{1,2}日)[^。;]{0,60}?(?:复查|核查|检查|验收|复验|回头看)"
)
#: What a letter calls the unit that it writes to, where it writes to several.
_EVERYBODY = re.compile("^各|各有关|全体")


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence of a letter that decides something: its number, and what names its item."""

    number: int
    text: str
    about: str
    decision: Decision


def acts_of(letter: Letter, place: Place, region: str) -> Records:
    """The acts of the office's letter on items, and what is told of those that are not sure."""
    said = [*_decisions(letter)]
    rows, findings = [], []
    for each in said:
        row = _row(letter, each, region)
        if doubt := each.decision.doubt or _lacks(row):
            findings.append(_told(letter, each, row, doubt, place))
        else:
            rows.append(row)
    names = list(dict.fromkeys(name for row in rows for name in row))
    columns = {name: [row.get(name) for row in rows] for name in names}
    ignored = len(letter) - len({row["row_no"] for row in rows})
    return Records(columns if rows else {}, findings=findings, rows_ignored=ignored)


def members_of(letter: Letter, place: Place, region: str) -> Records | None:
    """The lines of the register of units that the office's notice amounts to; None without any.

    Of a letter that is a unit's own, only what the unit itself is called from now on.
    """
    if not is_of_members(letter.title):
        return None
    rows: list[dict[str, Any]] = []
    findings: list[Finding] = []
    for number, text in _numbered(letter):
        for member in members_in(text, letter.signed_on):
            if not (letter.is_office or _is_of_signer(member, letter, region)):
                continue
            aliases = [member.short, f"{member.former}（原名）" if member.former else ""]
            rows.append({
                "row_no": number, "unit": member.unit, "liaison": member.liaison or None,
                "aliases": "、".join(filter(None, aliases)) or None,
                "has_to_report": member.has_to_report, "owes_from": member.owes_from,
                "region": region,
            })  # fmt: skip
        if letter.is_office and takes_off(text):
            message = f"“{text[:60]}”要减去成员单位或者报送，没有生效；请收新的成员单位名单"
            findings.append(place.finding("letter_open", "warning", message, row_no=number))
    if not rows and not findings:
        return None
    columns = {name: [row[name] for row in rows] for name in rows[0]} if rows else {}
    ignored = len(letter) - len({row["row_no"] for row in rows})
    return Records(columns, findings=findings, rows_ignored=ignored)


def _is_of_signer(member: Member, letter: Letter, region: str) -> bool:
    """Whether a line says what the unit that signed was called before, and nothing of others."""
    home = home_of(region, (letter.signed_by, member.unit, member.former))
    names = (read_name(text, home) for text in (member.unit, member.former))
    return bool(member.former) and read_name(letter.signed_by, home) in names


def told_of_others(letter: Letter, is_uploaded: bool, place: Place) -> Finding | None:
    """What is told of a letter by which the office decides nothing; None where it does not look as
    if anything were decided.
    """
    if letter.asks:
        message = (
            f"“{letter.title}”只是请示，期限、责任单位和状态都不变；"
            "同意的，请收专班办公室的复函，或在验收销号登记里登“同意延期”"
        )
        return place.finding("letter_open", "info", message)
    if not (any(True for _ in _decisions(letter)) or _lines_of_members(letter)):
        return None
    why = letter.fault or (
        "由单位账号报送" if is_uploaded else f"落款是“{letter.signed_by}”，不是专班办公室"
    )
    message = (
        f"“{letter.title}”{why}，不作为专班办公室的决定，什么都没有改；"
        "确是专班决定的，请收原件，或在验收销号登记、成员单位名单里补登"
    )
    return place.finding("letter_open", "warning", message)


def _lines_of_members(letter: Letter) -> bool:
    """Whether a letter is of the member units, and names one that joins or is renamed."""
    if not is_of_members(letter.title):
        return False
    return any(True for _, text in _numbered(letter) for _ in members_in(text, letter.signed_on))


def _decisions(letter: Letter) -> Iterator[_Said]:
    numbered = [*_numbered(letter)]
    found = {number: [*decisions_in(text, letter.title)] for number, text in numbered}
    is_alone = sum(map(len, found.values())) == 1
    before: list[str] = []
    first = 2
    for paragraph in letter.body:
        sentences = sentences_of(paragraph)
        numbers = range(first, first + len(sentences))
        first += len(sentences)
        of_one = sum(len(found[n]) for n in numbers) == 1
        for number, text in zip(numbers, sentences, strict=True):
            for decision in found[number]:
                about = [text[: decision.ends]]
                if of_one or is_alone:
                    about = [*sentences[: number - numbers[0]], *about]
                if is_alone:
                    about = [_ABOUT.sub("", letter.title), *before, *about]
                yield _Said(number, text, "；".join(about), decision)
        before += sentences


def _numbered(letter: Letter) -> Iterator[tuple[int, str]]:
    """The sentences of a letter by their numbers; its title is the first."""
    sentences = (each for paragraph in letter.body for each in sentences_of(paragraph))
    yield from enumerate(sentences, start=2)


def _row(letter: Letter, said: _Said, region: str) -> dict[str, Any]:
    decision, base = said.decision, letter.signed_on
    seen = decision.seen or _seen_in(said.about)
    day = _day(decision.day, base)
    is_back = decision.act is Act.REJECT
    units = [each for each in letter.addressees if not _EVERYBODY.search(each)]
    is_of_one = len(units) == 1 and decision.act is not Act.TRANSFER
    checked = _past(seen, base) if is_back else _day(decision.since, base)
    return {
        "row_no": said.number,
        "unit": units[0] if is_of_one else None,
        "description": _item_named(letter.title, said),
        "act": decision.act.value,
        "act_text": said.text[:_LONGEST],
        "accepted_on": checked or base,
        "extended_due_on": day if decision.act is Act.EXTEND or decision.set_anew else None,
        "rework_due_on": day if is_back else None,
        "former_due_on": _day(decision.former, base, is_past=True),
        "new_unit": decision.unit or None,
        "reason": said.about[:_LONGEST] if is_back else None,
        "evidence": letter.title,
        "region": region,
    }


def _item_named(title: str, said: _Said) -> str:
    """What names the item: a measure by its number, else the words of the letter."""
    if "隐患" not in title + said.text:
        measures = {match.group() for match in _MEASURE.finditer(title + said.text)}
        whole = max(measures, key=len, default="")
        if whole and all(each in whole for each in measures):
            return whole
    return _MEASURE.sub("", said.about)[:_LONGEST]


def _lacks(row: dict[str, Any]) -> str:
    """What an act cannot do without."""
    if row["act"] == Act.EXTEND and row["extended_due_on"] is None:
        return "没有读出延期到哪一天"
    if row["act"] == Act.TRANSFER and not row["new_unit"]:
        return "没有读出移交给哪个单位"
    return ""


def _told(letter: Letter, said: _Said, row: dict[str, Any], doubt: str, place: Place) -> Finding:
    label = ACCEPTANCE_ACT.labels[said.decision.act.value]
    message = (
        f"公函“{letter.title}”里“{said.text[:60]}”{doubt}，没有生效；"
        f"请核对，确是的在验收销号登记里补登：事项编号、验收动作“{label}”{_with(row)}"
    )
    return place.finding("letter_open", "warning", message, row_no=said.number)


def _with(row: dict[str, Any]) -> str:
    """What is to be entered beside the act."""
    if row["act"] == Act.EXTEND:
        return f"、延期至“{row['extended_due_on'] or '日期'}”"
    if row["act"] == Act.TRANSFER:
        return f"、移交单位“{row['new_unit'] or '单位'}”"
    return f"、重改期限“{row['rework_due_on'] or '日期'}”" if row["act"] == Act.REJECT else ""


def _seen_in(text: str) -> str:
    match = _SEEN.search(text)
    return match["day"] if match else ""


def _past(text: str, base: date) -> date | None:
    """A day that lies before another."""
    day = _day(text, base, is_past=True)
    return day if day is None or day <= base else None


def _day(text: str, base: date, is_past: bool = False) -> date | None:
    """A day of a letter; of one without a year, the next one, or the last where it is past."""
    if not text:
        return None
    (value,), problems = _parsed([text], base)
    day = value.due_on if isinstance(value, Clause) else value
    if not isinstance(day, date) or any(each.is_unread for each in problems):
        return None
    is_bare = not re.match(r"20\d{2}年|[今明本]年", text)
    if is_bare and is_past and day > base and (day - base).days > 183:
        return day.replace(year=day.year - 1)
    return day


def _parsed(texts: Sequence[str], base: date) -> tuple[list[Any], list[Any]]:
    values, problems = parse_column(texts, HAZARD["due_on"], base)
    return list(values), list(problems)
