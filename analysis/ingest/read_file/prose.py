"""The prose of a file: the plan or half-monthly report that it is, and tables that repeat it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from analysis.ingest.cells.blanks import is_empty
from analysis.ingest.files.kinds import Contents
from analysis.ingest.files.sheets import Sheet
from analysis.ingest.findings import PROSE, Finding, Place
from analysis.ingest.half_month import (
    Report,
    each_half,
    read_above,
    read_report,
    read_sheet,
    records_of_all,
    told_of_hazards,
)
from analysis.ingest.letters import (
    Letter,
    acts_of,
    members_of,
    read_frame,
    read_slips,
    told_of_others,
)
from analysis.ingest.measures.labels import role_of
from analysis.ingest.measures.segments import segments
from analysis.ingest.plan import (
    Plan,
    Told,
    calendar_lines,
    figures_part,
    key_values,
    plan_parts,
    read_plan,
)
from analysis.ingest.plan.about import about, plain_line, title_of
from analysis.ingest.plan.items.letters import is_letter, limit_in, sets_limit
from analysis.ingest.read_file.desk import Desk, known_day
from analysis.ingest.read_file.submission import (
    SIMULATED,
    Submission,
    counted,
    facts_of_sheet,
    guessed_day,
    place_of,
)
from analysis.ingest.received import path_below, received_on, uploader
from analysis.ingest.tables.layout import Layout
from analysis.ingest.tables.records import OFFICE_NAME, Records
from analysis.ingest.tables.rows import RowKind
from analysis.ingest.tables.shapes import measures_column
from analysis.ledgers.acceptance import LETTER
from analysis.ledgers.hazard import HAZARD
from analysis.ledgers.labels import Role
from analysis.ledgers.measure import MEASURE
from analysis.wording.characters import odd_in, without_odd

#: A title is shorter than this.
LONGEST_TITLE = 90
#: So great a part of a table's rows, its header apart, says again what the body says.
SHARE_RESTATED = 0.6
#: Whom a letter is written to stands within its first lines.
LONGEST_HEAD = 40
#: A ledger of thousands of rows need not be looked through.
LONGEST_PAPER = 400
#: A line that begins with who answers: «整改责任单位：某镇».
_OF_UNIT = re.compile(r"^[\u3400-\u9fff]{0,6}(?:责任|牵头|承办|整改|被督办)(?:单位|部门)[:：]")
#: A letter that gives somebody something to put right.
_GIVES = re.compile("[交督转承]办|整改(?:通知|函|指令|建议|意见)|责令|限期整改")
#: What a document of forms calls itself where these are a plan's, one for each problem.
OF_PLAN = re.compile("方案|清单|任务|交办|督办|反馈|台账|措施|分工|计划")


def or_form(
    plan: Plan | None, forms: set[int], sheets: Sequence[Sheet], layouts: Sequence[Layout | None]
) -> tuple[Plan | None, set[int]]:
    """A document of forms is a plan where its title says so, else what its forms are; the forms
    that are read with the plan.
    """
    others = {
        n
        for n, found in enumerate(layouts)
        if found and found.ledger is not MEASURE and (n in forms or RowKind.FORM in found.kinds)
    }
    if plan is None or not others:
        return plan, set()
    if not OF_PLAN.search(plan.title):
        return None, set()
    return plan, forms | {n for n in others if plan.says_all(_measures_in(sheets[n]))}


def _measures_in(form: Sheet) -> list[str]:
    """The cells of a form that say what is to be done."""
    labels = {Role.MEASURE, Role.DETAIL}
    return [
        str(row[1])
        for row in form.filled
        if len(row) > 1 and row[1] and role_of(str(row[0])) in labels
    ]


def is_form(sheet: Sheet) -> bool:
    """Whether each row of a table is a label and its value, several such pairs, or over these."""
    rows = ["\t".join(map(str, row)) for row in sheet.cells]
    return bool(rows) and all(map(key_values, rows, [*rows[1:], ""]))


def is_annex(sheet: Sheet, layout: Layout | None, plan: Plan) -> bool:
    """Whether a table of a plan says again what the body says, or is a form that was read with it.

    Other ledgers in the same document are not, nor a list with measures that the body has not.
    """
    if plan.restated and _is_restated(sheet, plan.restated):
        return True
    if layout is None or layout.doubt:
        cells = [str(cell) for row in sheet.cells for cell in row if cell]
        return is_form(sheet) or (
            any("整改措施" in cell for cell in cells) and plan.says_all(cells)
        )
    if layout.ledger is not MEASURE:
        return False
    column = measures_column(layout.headers)
    rows = [
        row for row, kind in zip(sheet.filled, layout.kinds, strict=True) if kind is RowKind.DATA
    ]
    texts = [str(row[column]) for row in rows if row[column]] if column is not None else []
    return plan.says_all(texts)


def _is_restated(sheet: Sheet, restated: set[tuple[str, ...]]) -> bool:
    """Whether the rows of a table below its header are those that say the body's measures again."""
    rows = [tuple(str(cell).strip() for cell in row) for row in sheet.cells if any(row)]
    known = [row for row in rows if row in restated]
    return bool(known) and len(known) >= SHARE_RESTATED * (len(rows) - 1)


def text_alone(lines: list[str]) -> tuple[list[str], list[tuple[int, str]]]:
    """Lines without the characters that are none; the lines (from 1) that had some, and which."""
    odd = [(n, "、".join(which)) for n, line in enumerate(lines, 1) if (which := odd_in(line))]
    return [without_odd(line) for line in lines], odd


def plan_of(
    path: Path, lines: list[str], sheets: Sequence[Sheet], desk: Desk, told: Told
) -> Plan | None:
    """The plan that a document lays down in its body, if it is one."""
    # The date of the file itself says when it was copied, and no year for what stands in it.
    return read_plan(lines, known_day(path, desk), told, merged_down(lines, sheets))


def merged_down(lines: Sequence[str], sheets: Sequence[Sheet]) -> dict[int, list[str]]:
    """Line (from 1) of a document → the cells of a row of its tables, with those that are merged
    down into it from the row above; rows without any are left out.
    """
    found: dict[int, list[str]] = {}
    if not lines or not any(top < bottom for each in sheets for top, _, bottom, _ in each.merged):
        return found
    start = 0
    for sheet in sheets:
        rows = ["\t".join(map(str, row)) for row in sheet.cells]
        places = (n for n in range(start, len(lines)) if lines[n] == rows[0])
        at = next((n for n in places if lines[n : n + len(rows)] == rows), None)
        if at is None:
            continue
        start = at + len(rows)
        for top, left, bottom, _ in sheet.merged:
            for n in range(top + 1, bottom + 1):
                cells = found.setdefault(at + n + 1, [str(cell) for cell in sheet.cells[n]])
                cells[left] = str(sheet.cells[top][left])
    return found


def unit_of_all(lines: Sequence[str]) -> str:
    """The one unit that a paper with a list names beside it as the one that answers, or, a letter,
    writes to.
    """
    if len(lines) > LONGEST_PAPER:
        return ""
    said = {
        each.text
        for line in lines
        for text in key_values(line) or ([] if "\t" in line else [line])
        if _OF_UNIT.match(plain_line(text))
        for each in segments(text)
        if each.label and each.label.role is Role.LEAD
    }
    if said:
        return said.pop() if len(said) == 1 else ""
    plain = [plain_line(line) for line in lines[:LONGEST_HEAD]]
    if not is_letter(title_of(plain)):
        return ""
    addressee = about(plain, list(enumerate(plain, start=1))).addressee
    return addressee.text if addressee else ""


def give_to_addressee(submission: Submission, lines: Sequence[str]) -> None:
    """Hazards that a letter asks a unit to put right are that unit's, where no column says whose.

    Who found them, or who writes, does not answer for them; of a letter by which a unit sends its
    own list the addressee does not either.
    """
    records, facts = submission.records, submission.facts
    is_open = facts["ledger"] == HAZARD.name and not facts["unit"] and "unit" not in records.letters
    if not is_open or not len(records) or not is_empty(records.get("unit")):
        return
    title = title_of([plain_line(line) for line in lines[:LONGEST_HEAD]])
    unit = unit_of_all(lines) if _GIVES.search(title) else ""
    if not unit or OFFICE_NAME in unit:
        return
    records.columns["unit"] = [unit] * len(records)
    message = f"没有“责任单位”一列，各行按来函的主送单位“{unit}”统计"
    records.findings.append(
        submission.place.finding("unit_from_sender", "info", message, field="unit", value=unit)
    )


def limit_of_letter(lines: Sequence[str]) -> str:
    """The day that a letter sets for all that it lists; empty where it sets none."""
    plain = [plain_line(line) for line in lines[:LONGEST_HEAD]]
    if len(lines) > LONGEST_PAPER or not is_letter(title_of(plain)):
        return ""
    said = [limit_in(line) for line in lines if "\t" not in line and sets_limit(line)]
    return next((day for day, is_done in said if is_done), "")


def findings_of_odd(place: Place, lines: Sequence[tuple[int, str]]) -> list[Finding]:
    """Lines of a document from which characters were taken that are none."""
    return [
        place.finding(
            "odd_characters", "warning",
            f"第 {number} 行里有不是文字的字符（{which}），已去掉，其余照读；请删去后重新发送",
            row_no=number,
        )
        for number, which in lines
    ]  # fmt: skip


def submissions_of_plan(
    plan: Plan, path: Path, relative: str, sha256: str, desk: Desk
) -> list[Submission]:
    """The parts of a plan, each as a submission."""
    about = (line.strip() for line in plan.lines if "关于" in line and len(line) < LONGEST_TITLE)
    title = next(about, "") or plan.title
    day, basis = received_on(path, desk.raw, [], desk.register)
    submissions = []

    def facts_of(name: str) -> dict[str, Any]:
        return facts_of_sheet(relative, sha256, Sheet(name, []), day, basis)

    nodes, half_months = calendar_lines(plan)
    parts = plan_parts(plan, desk.region, lambda name: place_of(facts_of(name)))
    for part in parts if plan.items else [figures_part(plan, desk.region)]:
        facts = facts_of(part.name) | {
            "ledger": part.ledger,
            "title": " ".join(filter(None, (plan.doc_no, title))) or None,
            "is_plan": part.ledger == "measure",
            "document_no": plan.doc_no or None,
            "issued_on": plan.issued_on,
            "node_line": nodes,
            "half_month_line": half_months,
            "period_on": plan.base,
            "rows_read": part.rows_read,
        }
        submissions.append(counted(facts, part.records))
    return submissions


def submissions_of_report(
    path: Path, lines: list[str], sha256: str, desk: Desk
) -> list[Submission]:
    """The half-monthly report that a document is in prose, if it is one; one on both halves of a
    month has a row of each.
    """
    day, _ = received_on(path, desk.raw, [], desk.register)
    halves = ((first, read_report(half, day, path.stem)) for first, half in each_half(lines))
    reports = [replace(each, line=max(first, each.line)) for first, each in halves if each]
    if not reports:
        return []
    rows = sum("\t" not in line for line in lines)
    return [_of_reports(reports, Sheet(PROSE, []), rows, path, sha256, desk)]


def with_hazards_told(contents: Contents, path: Path, lines: Sequence[str], desk: Desk) -> None:
    """Find what a half-monthly report tells in sentences of hazards that its unit has listed, or a
    letter sets right of them.
    """
    if slips := read_slips(lines):
        above = f"隐患整改情况 填报单位：{slips.unit}"
        contents.sheets.append(Sheet(PROSE, slips.cells, first_row=slips.first - 1, above=above))
        return
    told = told_of_hazards(lines)
    day, _ = received_on(path, desk.raw, [], desk.register)
    report = read_report([*lines], day, path.stem) if told else None
    if told and report:
        unit = f"填报单位：{report.unit}" if report.unit else ""
        above = " ".join(filter(None, (f"{report.title} 隐患整改情况", unit)))
        # the header stands for the line in front of the first sentence
        contents.sheets.append(Sheet(PROSE, told.cells, first_row=told.first - 1, above=above))


def submissions_of_letter(
    path: Path, lines: list[str], relative: str, sha256: str, desk: Desk
) -> list[Submission]:
    """What the office decides in a letter, and what is told of a letter that decides nothing; none
    of a paper that is no letter, or that speaks of other things.
    """
    letter = read_frame(lines, path.stem)
    if letter is None:
        return []
    day, basis = received_on(path, desk.raw, [], desk.register)
    facts = facts_of_sheet(relative, sha256, Sheet(LETTER, []), day, basis)
    facts |= {"title": letter.title, "rows_read": len(letter)}
    place = place_of(facts)
    is_uploaded = uploader(relative) is not None
    members = _members_of(letter, relative, sha256, (day, basis), desk)
    if letter.names_itself(is_uploaded) and members:
        return [members]
    if not letter.decides(is_uploaded):
        told = told_of_others(letter, is_uploaded, place)
        nothing = Records({}, findings=[told] if told else [], rows_ignored=len(letter))
        return [counted(facts, nothing)] if told else []
    acts = acts_of(letter, place, desk.region)
    found = []
    if acts.columns or acts.findings:
        acts.findings += guessed_day(facts)
        found.append(counted(facts | {"ledger": "acceptance"}, acts))
    return [*found, members] if members else found


def _members_of(
    letter: Letter, relative: str, sha256: str, received: tuple[date, str], desk: Desk
) -> Submission | None:
    """The lines of the register of units that a letter amounts to."""
    sheet = Sheet(f"{LETTER}·成员单位", [])
    facts = facts_of_sheet(relative, sha256, sheet, *received) | {
        "title": letter.title, "ledger": "unit", "rows_read": len(letter),
    }  # fmt: skip
    members = members_of(letter, place_of(facts), desk.region)
    return None if members is None else counted(facts, members)


def submission_of_sheet(
    path: Path, sheet: Sheet, sha256: str, desk: Desk, *, is_alone: bool
) -> Submission | None:
    """The half-monthly report that a sheet of no ledger is in words, if it is one."""
    day, _ = received_on(path, desk.raw, [], desk.register)
    report = read_sheet(sheet, path.stem, day, is_alone=is_alone)
    if report is None:
        return None
    return _of_reports([report], sheet, len(sheet.cells), path, sha256, desk)


def submission_above(
    path: Path, sheet: Sheet, layout: Layout, sha256: str, desk: Desk
) -> Submission | None:
    """The half-monthly report that the lines above a list of hazards are, if they are one."""
    if layout.ledger is not HAZARD:
        return None
    day, _ = received_on(path, desk.raw, [], desk.register)
    titles = [n for n, kind in enumerate(layout.kinds) if kind is RowKind.TITLE]
    texts = {n: " ".join(dict.fromkeys(str(c) for c in sheet.cells[n] if c)) for n in titles}
    lines = [(sheet.first_row + n + 1, text) for n, text in texts.items() if text]
    report = read_above(lines, sheet, path.stem, day)
    if report is None:
        return None
    own = Sheet(f"{sheet.name}·半月报", [], first_row=sheet.first_row)
    return _of_reports([report], own, len(lines), path, sha256, desk)


def _of_reports(
    reports: Sequence[Report], sheet: Sheet, rows: int, path: Path, sha256: str, desk: Desk
) -> Submission:
    report = reports[-1]
    day, basis = received_on(path, desk.raw, [], desk.register)
    relative = path_below(path, desk.raw)
    if basis == "文件日期" and report.submitted_on:
        day, basis = report.submitted_on, "标题日期"
    report.unit = report.unit or uploader(relative) or ""
    facts = facts_of_sheet(relative, sha256, sheet, day, basis) | {
        "ledger": "half_month",
        "title": report.title,
        "unit": report.unit or None,
        "period_on": report.end,
        "rows_read": rows,
    }
    facts["is_simulated"] = facts["is_simulated"] or SIMULATED in report.title
    records = records_of_all(reports, place_of(facts), desk.region, facts["rows_read"])
    records.findings += guessed_day(facts)
    return counted(facts, records)
