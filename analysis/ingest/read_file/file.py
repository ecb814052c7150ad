"""One file → its submissions: a sheet each, with the rows read and nothing yet compared."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from analysis.errors import SourceError
from analysis.ingest.cells.blanks import is_empty
from analysis.ingest.cells.values import use_office_days
from analysis.ingest.files.kinds import Contents, OpenFile, UnsupportedError, opened, read_contents
from analysis.ingest.files.refusals import SEND_THE_ORIGINAL
from analysis.ingest.files.sheets import Sheet, with_text_alone
from analysis.ingest.pictures.album import Album
from analysis.ingest.plan import read_figures, why_not
from analysis.ingest.plan.about import issued_on
from analysis.ingest.plan.evidence import is_rule, reports_done
from analysis.ingest.plan.taught import LineRole
from analysis.ingest.read_file.blanks import (
    with_progress_told,
    with_tables_drawn,
    with_tables_of_tabs,
    with_tables_set_by_blanks,
)
from analysis.ingest.read_file.desk import Desk, Seen, in_known_words, known_day, told_on
from analysis.ingest.read_file.layouts import recognise_all
from analysis.ingest.read_file.prose import (
    findings_of_odd,
    give_to_addressee,
    is_annex,
    is_form,
    limit_of_letter,
    or_form,
    plan_of,
    submission_above,
    submission_of_sheet,
    submissions_of_letter,
    submissions_of_plan,
    submissions_of_report,
    text_alone,
    unit_of_all,
    with_hazards_told,
)
from analysis.ingest.read_file.rows_told import RowsTold, alone
from analysis.ingest.read_file.sheet import submission_of
from analysis.ingest.read_file.submission import Submission, counted, facts_of_sheet, place_of
from analysis.ingest.received import path_below, received_on
from analysis.ingest.tables.layout import Layout, split_tables
from analysis.ingest.tables.records import Records
from analysis.ingest.tables.rows import RowKind
from analysis.ingest.tables.shapes import (
    continued,
    in_words_of_body,
    joined_by_numbers,
    names_numbers,
    said_of_all,
    with_blanks_filled,
    with_days_of_remarks,
    with_footnotes,
    with_joint_columns_parted,
    with_leads_of_remarks,
)
from analysis.ingest.tables.visits import left_to_list
from analysis.ledgers.acceptance import ACCEPTANCE
from analysis.ledgers.measure import MEASURE
from analysis.wording.characters import file_name

#: A report in prose with a table of the same figures.
PROSE_UNREAD = (
    "half_month_unread",
    "info",
    "正文也是半月报，已按其中的半月报表格读取，正文没有另行读取",
)
#: «工作表…的» is said in front of it.
OF_RULES = (
    "分工在预案、制度一类的文件里，不是整改方案，没有作为整改措施读取；确是整改任务的请单独成表报送"
)
OF_REPORT = (
    "在整改完成情况报告里，各项都写着已办，没有作为隐患或者措施读取；"
    "需要登记的请按台账格式单独成表报送"
)
#: «已销号», «已补设防护栏杆»: a row of what is done.
_DONE = re.compile(r"\s*(?:已|均已|全部已)")


def read_file(path: Path, sha256: str, desk: Desk, seen: Seen | None = None) -> list[Submission]:
    """Read every sheet of a file; a file that cannot be read is a submission with a finding.

    ``seen`` is filled with what stands in the file.
    """
    use_office_days(desk.rest, desk.work)
    try:
        with opened(path) as file:
            return _read_open(file, sha256, desk, seen)
    except SourceError as error:
        return [unreadable(path, sha256, desk, error)]


def unreadable(path: Path, sha256: str, desk: Desk, error: SourceError) -> Submission:
    """What stands for a file that could not be read: no row, and a finding that says why."""
    day, basis = received_on(path, desk.raw, [], desk.register)
    rule = "file_unsupported" if isinstance(error, UnsupportedError) else "file_unreadable"
    facts = facts_of_sheet(path_below(path, desk.raw), sha256, Sheet("", []), day, basis)
    unread = place_of(facts).finding(rule, "error", file_name(str(error)))
    return counted(facts, Records({}, findings=[unread]))


def _read_open(
    file: OpenFile, sha256: str, desk: Desk, seen: Seen | None = None
) -> list[Submission]:
    path, contents = file.path, read_contents(file)
    album = Album(file.kind, contents.package or file.content)
    relative = path_below(path, desk.raw)
    if file.kind == "text":
        with_tables_set_by_blanks(contents, desk.vocabulary)
    elif contents.lines:
        with_tables_of_tabs(contents, desk.vocabulary)
        with_tables_drawn(contents, desk.vocabulary)
    lines, odd_lines = text_alone(contents.lines)
    told = told_on(path, desk)
    plan = plan_of(path, lines, contents.sheets, desk, told)
    if plan is None:
        with_progress_told(contents, lines)
        with_hazards_told(contents, path, lines, desk)
    rows_told = RowsTold.of(lines, contents.sheets if told or seen is not None else (), told)
    sheets = [
        part
        for sheet in album.with_photos(contents.sheets)
        for part in split_tables(in_known_words(with_text_alone(sheet), told), desk.vocabulary)
    ]
    sheets = with_joint_columns_parted(continued(sheets))
    sheets = with_leads_of_remarks(with_days_of_remarks(sheets))
    counted_from = issued_on(lines) if any("之日起" in line for line in lines) else None
    sheets = with_blanks_filled(with_footnotes(sheets, lines), lines, counted_from)
    if plan is None:  # else what stands in lines is of its own measures
        sheets = said_of_all(sheets, unit_of_all(lines), limit_of_letter(lines))
    sheets = joined_by_numbers(sheets)
    forms = {n for n, sheet in enumerate(sheets) if is_form(sheet)}
    contents.sheets.clear()  # so that the cells of a sheet can go as soon as they are read
    layouts = recognise_all(sheets, relative, desk)
    plan, gone = or_form(plan, forms, sheets, layouts)
    if plan is None and any(each and each.ledger is MEASURE for each in layouts):
        plan = read_figures(lines, known_day(path, desk))
    if seen is not None:
        seen.lines, seen.plan = lines, plan if plan and plan.items else None
        seen.why_not = "" if seen.plan else why_not(lines, known_day(path, desk), told)
    titles = [layout.title if layout else "" for layout in layouts]
    day, basis = received_on(path, desk.raw, titles, desk.register)
    if plan:
        submissions = submissions_of_plan(plan, path, relative, sha256, desk)
    else:
        submissions = submissions_of_report(path, lines, sha256, desk)
        if submissions and any(each and each.ledger.name == "half_month" for each in layouts):
            submissions = []  # its table says the same, and says it in cells
            contents.remarks.append(PROSE_UNREAD)
        if any(each and each.ledger is ACCEPTANCE and not each.doubt for each in layouts):
            submissions = []  # what the office accepted in a half month is no report on one
    if plan is None and not submissions:
        submissions = submissions_of_letter(path, lines, relative, sha256, desk)
    if submissions:
        submissions[0].records.findings += findings_of_odd(submissions[0].place, odd_lines)
    has_report = any(each.facts["ledger"] == "half_month" for each in submissions) or any(
        each and each.ledger.name == "half_month" for each in layouts
    )
    for number, layout in enumerate(layouts):
        sheet = sheets.pop(0)
        if number in gone:
            continue  # it was read with the plan
        if layout is None and plan is None and not has_report:
            told_in_words = submission_of_sheet(
                path, sheet, sha256, desk, is_alone=len(layouts) == 1
            )
            if told_in_words:
                submissions.append(told_in_words)
                continue
        if layout and layout.ledger is MEASURE:
            sheet = in_words_of_body(sheet, layout, lines)
            if plan is None and is_rule(lines):
                layout = replace(layout, doubt=OF_RULES)
        if plan is None and _is_of_report(sheet, layout, lines):
            layout = replace(layout, doubt=OF_REPORT) if layout else None
        if plan and plan.items and is_annex(sheet, layout, plan):
            roles = rows_told.roles(sheet, layout)
            if layout is None or LineRole.MEASURE not in roles.values():
                continue  # the plan has been read with its annex
            layout = alone(layout, roles)
        facts = facts_of_sheet(relative, sha256, sheet, day, basis)
        if any(each.facts["submission_id"] == facts["submission_id"] for each in submissions):
            # a report and what its first line tells of a hazard are both the body of one file
            apart = replace(sheet, name=f"{sheet.name}（隐患）")
            own = facts_of_sheet(relative, sha256, apart, day, basis)
            facts["submission_id"] = own["submission_id"]
        submissions.append(submission_of(sheet, layout, facts, desk, album, rows_told))
        if plan is None and lines:
            give_to_addressee(submissions[-1], lines)
        if plan is None and layout and not layout.doubt and not has_report:
            above = submission_above(path, sheet, layout, sha256, desk)
            if above and is_empty(submissions[-1].records.get("unit")):  # of one unit alone
                submissions.append(above)
        if layout and not layout.doubt:
            read, place = submissions[-1].records, submissions[-1].place
            read.findings += left_to_list(sheet, layout, read, place)
        if seen is not None:
            seen.note(sheet, layout, submissions[-1], rows_told)
    if not submissions:
        raise _nothing_in(file, contents)
    place = submissions[0].place
    submissions[0].records.findings += [place.finding(*each) for each in contents.remarks]
    _share_sender(submissions)
    return submissions


def _is_of_report(sheet: Sheet, layout: Layout | None, lines: Sequence[str]) -> bool:
    """Whether a table of a report on what has been done tells of each row that it is done, and
    does not say of which measures of a plan: these have their ledger.
    """
    if layout is None or not reports_done(lines):
        return False
    rows = [
        row for row, kind in zip(sheet.cells, layout.kinds, strict=False) if kind is RowKind.DATA
    ]
    if layout.ledger is MEASURE and names_numbers(rows):
        return False
    return bool(rows) and all(any(_DONE.match(str(cell)) for cell in row) for row in rows)


def _nothing_in(file: OpenFile, contents: Contents) -> SourceError:
    """Why nothing of a document was read: it holds nothing, or nothing that can be read."""
    errors = [message for _, severity, message in contents.remarks if severity == "error"]
    if file.kind == "pdf":
        errors = [f"PDF 里的表格不读，{SEND_THE_ORIGINAL}"]
    name, why = file.path.name, "".join(f"；{each}" for each in errors)
    return SourceError(f"{name}：里面没有台账表格，也不是整改方案或半月报，没有读取{why}。")


def _share_sender(submissions: Sequence[Submission]) -> None:
    """A sheet that names no sender has the one that the other sheets of its file name."""
    named = {each.facts["unit"] for each in submissions if each.facts["unit"]}
    if len(named) == 1:
        (sender,) = named
        for each in submissions:
            if each.facts["ledger"]:
                each.facts["unit"] = sender
