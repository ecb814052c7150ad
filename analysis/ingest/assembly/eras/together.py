"""Of one file so many rows are asked about one by one; the rest of it is one question.

A file of thirty thousand rows of others would be as many questions, and nobody would find any
other among them. Which rows are the rest follows from the file alone, never from what is known of
units, and the question is named by what the whole file is: so an answer stays that of the same rows
whatever comes later, and a file with anything else in it is asked about anew.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from analysis.ingest.assembly.eras.others import (
    LEAVE,
    RULE,
    TAKE,
    RowOfAnother,
    rows_of_others,
)
from analysis.ingest.assembly.terms import Terms
from analysis.ingest.cells.blanks import is_null
from analysis.ingest.doubts.doubt import Answer, Doubt
from analysis.ingest.read_file import Submission
from analysis.ingest.received import uploader
from analysis.ingest.versions.closing.rule import MAJOR
from analysis.ledgers import LEDGERS, codes

#: An inspection of a county lists some dozens of rows; more than this nobody reads one by one.
MOST_ALONE = 200
#: Submission and line.
_Place = tuple[str, int]


def rows_that_wait(submissions: Sequence[Submission], terms: Terms) -> list[RowOfAnother]:
    """The rows that wait for the office's word, each with the question by which it is settled."""
    rows = rows_of_others(submissions, terms)
    rest: dict[tuple[str, str], list[RowOfAnother]] = {}
    files = _files(submissions, {row.submission_id for row in rows})
    beyond = {rule: {*_beyond(files.values(), rule)} for rule in {row.doubt.rule for row in rows}}
    paths = {each.facts["submission_id"]: path for path, mine in files.items() for each in mine}
    for row in rows:
        if row.place in beyond[row.doubt.rule]:
            rest.setdefault((paths[row.submission_id], row.doubt.rule), []).append(row)
    asked = {
        row.place: replace(row, doubt=doubt, alone=row.doubt)
        for (path, _), mine in rest.items()
        for doubt in [_question(files[path][0], mine)]
        for row in mine
    }
    return [asked.get(row.place, row) for row in rows]


def _files(submissions: Iterable[Submission], batches: set[str]) -> dict[str, list[Submission]]:
    """The sheets of each file of which a row waits, in an order that does not change."""
    waiting = {s.facts["path"] for s in submissions if s.facts["submission_id"] in batches}
    files: dict[str, list[Submission]] = {path: [] for path in sorted(waiting)}
    for each in submissions:
        if each.facts["path"] in files:
            files[each.facts["path"]].append(each)
    for mine in files.values():
        mine.sort(key=lambda each: str(each.facts["submission_id"]))
    return files


def _beyond(files: Iterable[Sequence[Submission]], rule: str) -> Iterator[_Place]:
    """The rows of each file behind its first ones that might be asked about."""
    for sheets in files:
        places = [place for each in sheets for place in _askable(each, rule)]
        yield from places[MOST_ALONE:]


def _askable(submission: Submission, rule: str) -> list[_Place]:
    """The rows of a sheet about which it might be asked, as they are written."""
    facts, records = submission.facts, submission.whole
    ledger = LEDGERS.get(facts["ledger"] or "")
    if ledger is None:
        return []
    numbers = records.get("row_no")
    if rule == RULE:
        owners = records.get(ledger.owner_column or "")
        own = uploader(facts["path"])
        pairs = zip(numbers, owners, strict=True)
        numbers = [number for number, unit in pairs if not is_null(unit) and unit != own]
    return [(facts["submission_id"], number) for number in dict.fromkeys(numbers)]


def _question(sheet: Submission, rows: Sequence[RowOfAnother]) -> Doubt:
    """The one question about the rest of a file's rows."""
    facts, first = sheet.facts, rows[0]
    label = codes.RULE.labels[first.doubt.rule]
    sender = uploader(facts["path"]) or ""
    return Doubt(
        first.doubt.rule, ("rest", sender, facts["sha256"]),
        f"{sender}在网页上报送的这个文件里，除前 {MOST_ALONE} 行逐行列出以外，还有 {len(rows)} 行"
        f"（从第 {first.row_no} 行起）也是“{label}”{_grave_among(rows)}，是否一并收入；"
        "逐行见“退回行”",
        replace(first.doubt.one, text=f"{len(rows)} 行，第一行：{first.doubt.one.text}"), None,
        (Answer(LEAVE, "不收，不计入"), Answer(TAKE, "收入，按各行所写的计入")),
        first.received_on,
    )  # fmt: skip


def _grave_among(rows: Sequence[RowOfAnother]) -> str:
    """How many of the rows nobody should take unread: of 重大 hazards, said to be done, their
    sender's own until now, or known of their unit already.
    """
    hazard = LEDGERS["hazard"]
    level, status = hazard["level"].label, hazard["status"].label
    done = {codes.STATUS.labels[code] for code in codes.FINISHED}
    majors = sum(row.told.get(level) == MAJOR for row in rows)
    finished = sum(row.told.get(status) in done for row in rows)
    given = sum(row.is_given for row in rows)
    said = [f"重大 {majors} 行"] * bool(majors) + [f"报已完成 {finished} 行"] * bool(finished)
    twice = sum(row.is_twice for row in rows)
    said += [f"报送单位先前报为自己的 {given} 行（收入即由它移交）"] * bool(given)
    said += [f"责任单位自己已经报过的 {twice} 行（收入即两条并列）"] * bool(twice)
    return f"，其中{'、'.join(said)}" if said else ""
