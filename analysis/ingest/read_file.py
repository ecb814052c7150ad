"""One file → its submissions: a sheet each, with the rows read and nothing yet compared."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path
from typing import Any

from analysis.errors import SourceError
from analysis.ingest.files.kinds import (
    Contents,
    OpenFile,
    UnsupportedError,
    opened,
    read_contents,
)
from analysis.ingest.files.refusals import SEND_THE_ORIGINAL
from analysis.ingest.files.sheets import Note, Sheet, column_letters, with_text_alone
from analysis.ingest.findings import Finding, Place
from analysis.ingest.half_month import read_report, records_of
from analysis.ingest.headers.columns import ORGAN, Column, claim_by_values
from analysis.ingest.headers.recognition import is_blank_checklist
from analysis.ingest.headers.vocabulary import Header, Vocabulary, normalise
from analysis.ingest.measures.labels import role_of
from analysis.ingest.pictures.album import Album
from analysis.ingest.pictures.placing import Heading, place_photos
from analysis.ingest.plan import (
    Plan,
    Taught,
    Told,
    calendar_lines,
    figures_part,
    key_values,
    plan_parts,
    read_figures,
    read_plan,
    why_not,
    word_known,
)
from analysis.ingest.plan.evidence import is_rule
from analysis.ingest.received import (
    is_dated,
    path_below,
    received_on,
    title_day,
    title_sender,
    title_start,
    uploader,
)
from analysis.ingest.tables.context import lent
from analysis.ingest.tables.forms import read_form
from analysis.ingest.tables.layout import (
    Layout,
    go_on,
    is_filled,
    looks_like_table,
    recognise,
    split_tables,
)
from analysis.ingest.tables.reading import read_records
from analysis.ingest.tables.records import Records, reject
from analysis.ingest.tables.rows import RowKind
from analysis.ingest.tables.shapes import (
    answered,
    as_in_plans,
    continued,
    in_one_column,
    in_words_of_body,
    is_of_plan,
    joined,
    joined_by_numbers,
    measures_column,
    parted,
    put_together,
    with_common_limit,
    with_known_headers,
    with_units,
)
from analysis.ledgers import LEDGERS
from analysis.ledgers.labels import Role
from analysis.ledgers.measure import MEASURE
from analysis.wording.characters import file_name, odd_in, without_odd

SIMULATED = "模拟数据"
#: Sheets that tell how to fill in a form; nobody needs to hear that they hold no ledger.
INSTRUCTIONS = ("说明", "选项", "填报要求")
#: A report in prose with a table of the same figures.
PROSE_UNREAD = (
    "half_month_unread",
    "info",
    "正文也是半月报，已按其中的半月报表格读取，正文没有另行读取",
)
#: A title is shorter than this.
LONGEST_TITLE = 90
#: What a document of forms calls itself where these are a plan's, one for each problem.
OF_PLAN = re.compile("方案|清单|任务|交办|督办|反馈|台账|措施|分工|计划")
#: Ledgers that a plan may fill by its tables, and how long these are at most.
OF_PLANS = frozenset({"measure", "decision"})
MOST_ROWS_SEEN = 5_000
#: Ledgers whose columns a plan's table may have as well.
DECIDED_BY_TITLE = frozenset({"decision", "hazard"})
#: How a row that was read may end.
ENDS = ("rows_loaded", "rows_duplicate", "rows_ignored", "rows_rejected")


@dataclass(frozen=True)
class Desk:
    """What reading a file depends on beside the file: folder, region, headers, register.

    ``sheets`` says of which ledger a sheet is: a pattern of its name or its file's, the ledger.
    ``words`` are those for codes that the office has taught: ledger, field, word, value. Photos
    are kept below ``processed``; without it nothing is written.
    """

    raw: Path
    region: str
    headers: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)
    register: Mapping[str, date] = field(default_factory=dict)
    sheets: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)
    processed: Path | None = None
    #: What the office has set right of readings of plans.
    taught: Taught = field(default_factory=Taught)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The headers that are known here."""
        return Vocabulary(self.headers, self.words)

    @cached_property
    def described(self) -> tuple[str, ...]:
        """What the office has said of headers, sheets and words, as texts that tell desks apart."""
        said = (self.headers, [*self.sheets.items()], self.words)
        return tuple(json.dumps(each, sort_keys=True, default=list) for each in said)

    def words_for(self, relative: str, sheet: str) -> Vocabulary:
        """The headers that are known for one sheet: of one ledger, where the office says so."""
        for pattern, ledger in self.sheets.items():
            if any(fnmatchcase(name, pattern) for name in (relative, Path(relative).name, sheet)):
                return self.vocabulary.read_as(ledger)
        return self.vocabulary


@dataclass(slots=True)
class Submission:
    """One sheet as received: its birth certificate, and its records where a ledger fits.

    ``key`` names the reading of its file, and nothing that is not kept; ``gist`` is what is kept of
    it for those who need no rows, which ``whole`` has.
    """

    facts: dict[str, Any]
    records: Records
    key: str = ""
    gist: Any = field(default=None, compare=False)
    load: Callable[[], Records] | None = field(default=None, compare=False)

    @property
    def whole(self) -> Records:
        """The records with their rows, off the shelf where they are there."""
        return self.load() if self.load else self.records

    @property
    def place(self) -> Place:
        """The sheet, to make findings on it."""
        return Place(self.facts["submission_id"], self.facts["sheet"], self.records.letters)


@dataclass(slots=True)
class TableSeen:
    """One table of a file as it was laid out, before its rows were read."""

    name: str
    first_row: int
    cells: list[list[Any]]
    kinds: Sequence[RowKind]
    submission: Submission


@dataclass(slots=True)
class Seen:
    """What a reading has seen of a file, kept for whoever shows the file beside it."""

    lines: list[str] = field(default_factory=list)
    plan: Plan | None = None
    why_not: str = ""
    tables: list[TableSeen] = field(default_factory=list)

    def note(self, sheet: Sheet, layout: Layout | None, submission: Submission) -> None:
        """Keep a table that may be a plan's; a ledger of thousands of rows is none."""
        if layout and layout.ledger.name in OF_PLANS and len(sheet.cells) <= MOST_ROWS_SEEN:
            self.tables.append(
                TableSeen(sheet.name, sheet.first_row, sheet.cells, layout.kinds, submission)
            )


def read_file(path: Path, sha256: str, desk: Desk, seen: Seen | None = None) -> list[Submission]:
    """Read every sheet of a file; a file that cannot be read is a submission with a finding.

    ``seen`` is filled with what stands in the file.
    """
    try:
        with opened(path) as file:
            return _read_open(file, sha256, desk, seen)
    except SourceError as error:
        return [unreadable(path, sha256, desk, error)]


def unreadable(path: Path, sha256: str, desk: Desk, error: SourceError) -> Submission:
    """What stands for a file that could not be read: no row, and a finding that says why."""
    day, basis = received_on(path, desk.raw, [], desk.register)
    rule = "file_unsupported" if isinstance(error, UnsupportedError) else "file_unreadable"
    facts = _facts(path_below(path, desk.raw), sha256, Sheet("", []), day, basis)
    unread = _place(facts).finding(rule, "error", file_name(str(error)))
    return _counted(facts, Records({}, findings=[unread]))


def _read_open(
    file: OpenFile, sha256: str, desk: Desk, seen: Seen | None = None
) -> list[Submission]:
    path, contents = file.path, read_contents(file)
    album = Album(file.kind, contents.package or file.content)
    relative = path_below(path, desk.raw)
    lines, odd_lines = _text_alone(contents.lines)
    told = _told(path, desk)
    plan = _plan_of(path, lines, desk, told)
    sheets = [
        part
        for sheet in album.with_photos(contents.sheets)
        for part in split_tables(_known(with_text_alone(sheet), told), desk.vocabulary)
    ]
    sheets = joined_by_numbers(with_common_limit(continued(sheets), lines))
    forms = {n for n, sheet in enumerate(sheets) if is_form(sheet)}
    contents.sheets.clear()  # so that the cells of a sheet can go as soon as they are read
    layouts = _recognise_all(sheets, relative, desk)
    plan, gone = _or_form(plan, forms, sheets, layouts)
    if plan is None and any(each and each.ledger is MEASURE for each in layouts):
        plan = read_figures(lines, _known_day(path, desk))
    if seen is not None:
        seen.lines, seen.plan = lines, plan if plan and plan.items else None
        seen.why_not = "" if seen.plan else why_not(lines, _known_day(path, desk), told)
    titles = [layout.title if layout else "" for layout in layouts]
    day, basis = received_on(path, desk.raw, titles, desk.register)
    if plan:
        submissions = _read_plan(plan, path, relative, sha256, desk)
    else:
        submissions = _read_report(path, lines, sha256, desk)
        if submissions and any(each and each.ledger.name == "half_month" for each in layouts):
            submissions = []  # its table says the same, and says it in cells
            contents.remarks.append(PROSE_UNREAD)
    if submissions:
        submissions[0].records.findings += _odd_lines(submissions[0].place, odd_lines)
    for number, layout in enumerate(layouts):
        sheet = sheets.pop(0)
        if number in gone:
            continue  # it was read with the plan
        if layout and layout.ledger is MEASURE:
            sheet = in_words_of_body(sheet, layout, lines)
            if plan is None and is_rule(lines):
                layout = replace(layout, doubt=OF_RULES)
        if plan and plan.items and _is_annex(sheet, layout, plan):
            continue  # the plan has been read with its annex
        facts = _facts(relative, sha256, sheet, day, basis)
        submissions.append(_submission(sheet, layout, facts, desk, album))
        if seen is not None:
            seen.note(sheet, layout, submissions[-1])
    if not submissions:
        raise _nothing_in(file, contents)
    place = submissions[0].place
    submissions[0].records.findings += [place.finding(*each) for each in contents.remarks]
    _share_sender(submissions)
    return submissions


#: «工作表…的» is said in front of it.
OF_RULES = (
    "分工在预案、制度一类的文件里，不是整改方案，没有作为整改措施读取；确是整改任务的请单独成表报送"
)


def _nothing_in(file: OpenFile, contents: Contents) -> SourceError:
    """Why nothing of a document was read: it holds nothing, or nothing that can be read."""
    errors = [message for _, severity, message in contents.remarks if severity == "error"]
    if file.kind == "pdf":
        errors = [f"PDF 里的表格不读，{SEND_THE_ORIGINAL}"]
    name, why = file.path.name, "".join(f"；{each}" for each in errors)
    return SourceError(f"{name}：里面没有台账表格，也不是整改方案或半月报，没有读取{why}。")


def _or_form(
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
    """Whether each row of a table is a label and its value, or several such pairs."""
    return bool(sheet.cells) and all(key_values("\t".join(map(str, row))) for row in sheet.cells)


def _is_annex(sheet: Sheet, layout: Layout | None, plan: Plan) -> bool:
    """Whether a table of a plan says again what the body says, or is a form that was read with it.

    Other ledgers in the same document are not, nor a list with measures that the body has not.
    """
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


def _share_sender(submissions: Sequence[Submission]) -> None:
    """A sheet that names no sender has the one that the other sheets of its file name."""
    named = {each.facts["unit"] for each in submissions if each.facts["unit"]}
    if len(named) == 1:
        (sender,) = named
        for each in submissions:
            if each.facts["ledger"]:
                each.facts["unit"] = sender


def _text_alone(lines: list[str]) -> tuple[list[str], list[tuple[int, str]]]:
    """Lines without the characters that are none; the lines (from 1) that had some, and which."""
    odd = [(n, "、".join(which)) for n, line in enumerate(lines, 1) if (which := odd_in(line))]
    return [without_odd(line) for line in lines], odd


def _plan_of(path: Path, lines: list[str], desk: Desk, told: Told) -> Plan | None:
    """The plan that a document lays down in its body, if it is one."""
    # The date of the file itself says when it was copied, and no year for what stands in it.
    return read_plan(lines, _known_day(path, desk), told)


def _told(path: Path, desk: Desk) -> Told:
    """What had been set right by the day on which a file came."""
    if not desk.taught.entries:
        return Told()
    day, _ = received_on(path, desk.raw, [], desk.register)
    return desk.taught.told(day)


def _known(sheet: Sheet, told: Told) -> Sheet:
    """A sheet with the labels that were taught in the words that every reader knows."""
    if not told.labels:
        return sheet
    cells = [
        [word_known(cell, told.labels) if isinstance(cell, str) else cell for cell in row]
        for row in sheet.cells
    ]
    return replace(sheet, cells=cells)


def _known_day(path: Path, desk: Desk) -> date | None:
    """The day on which a file came, where anybody has said so."""
    day, _ = received_on(path, desk.raw, [], desk.register)
    return day if is_dated(path, desk.raw, desk.register) else None


def _odd_lines(place: Place, lines: Sequence[tuple[int, str]]) -> list[Finding]:
    """Lines of a document from which characters were taken that are none."""
    return [
        place.finding(
            "odd_characters", "warning",
            f"第 {number} 行里有不是文字的字符（{which}），已去掉，其余照读；请删去后重新发送",
            row_no=number,
        )
        for number, which in lines
    ]  # fmt: skip


def _read_plan(plan: Plan, path: Path, relative: str, sha256: str, desk: Desk) -> list[Submission]:
    about = (line.strip() for line in plan.lines if "关于" in line and len(line) < LONGEST_TITLE)
    title = next(about, "") or plan.title
    day, basis = received_on(path, desk.raw, [], desk.register)
    submissions = []

    def facts_of(name: str) -> dict[str, Any]:
        return _facts(relative, sha256, Sheet(name, []), day, basis)

    nodes, half_months = calendar_lines(plan)
    parts = plan_parts(plan, desk.region, lambda name: _place(facts_of(name)))
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
        submissions.append(_counted(facts, part.records))
    return submissions


def _read_report(path: Path, lines: list[str], sha256: str, desk: Desk) -> list[Submission]:
    """The half-monthly report that a document is in prose, if it is one."""
    day, basis = received_on(path, desk.raw, [], desk.register)
    report = read_report(lines, day)
    if report is None:
        return []
    relative = path_below(path, desk.raw)
    if basis == "文件日期" and report.submitted_on:
        day, basis = report.submitted_on, "标题日期"
    report.unit = report.unit or uploader(relative) or ""
    facts = _facts(relative, sha256, Sheet("正文", []), day, basis) | {
        "ledger": "half_month",
        "title": report.title,
        "unit": report.unit or None,
        "period_on": report.end,
        "rows_read": sum("\t" not in line for line in lines),
    }
    facts["is_simulated"] = facts["is_simulated"] or SIMULATED in report.title
    records = records_of(report, _place(facts), desk.region, facts["rows_read"])
    records.findings += _guessed_day(facts)
    return [_counted(facts, records)]


def _recognise_all(sheets: list[Sheet], relative: str, desk: Desk) -> list[Layout | None]:
    """The layout of each sheet; a document's table without a header goes on with the last one.

    A form is put in the place of its sheet as the table that it amounts to, and so is a table
    with a column for each answer, or with two days in one.
    """
    layouts: list[Layout | None] = []
    before: Layout | None = None
    for number, sheet in enumerate(sheets):
        vocabulary = desk.words_for(relative, sheet.name)
        sheet = sheets[number] = with_units(sheet)
        if sheet.joined_to:
            layouts.append(None)
            continue
        layout = _recognised(sheet, vocabulary)
        if form := read_form(sheet, layout, vocabulary):
            sheets[number], layout = form
        elif layout:
            sheets[number], layout = answered(sheet, layout)
        if layout is None and before and sheet.is_document:
            layout = go_on(sheet, before, vocabulary)
        before = layout or (before if sheet.is_document else None)
        layouts.append(layout)
    for number, (sheet, found) in enumerate(zip(sheets, layouts, strict=True)):
        if found:  # not before: a document's table goes on with the columns as they stand
            vocabulary = desk.words_for(relative, sheet.name)
            sheet, found = in_one_column(*parted(sheet, found, vocabulary))
            whole = put_together(sheet, found) if found.ledger is MEASURE else (sheet, found)
            sheets[number], layouts[number] = whole
    _join(sheets, layouts, relative, desk)
    return layouts


def _recognised(sheet: Sheet, vocabulary: Vocabulary) -> Layout | None:
    """The layout of a sheet; a plan's table is one of measures, whatever else its columns allow."""
    layout = None if sheet.joined_from else recognise(sheet, vocabulary)
    if vocabulary.only or (layout and layout.ledger is MEASURE and not layout.doubt):
        return layout
    is_open = layout is None or bool(layout.doubt) or layout.ledger.name in DECIDED_BY_TITLE
    if sheet.joined_from or (is_open and is_of_plan(sheet)):
        as_measures = vocabulary.read_as(MEASURE.name)
        found = recognise(sheet, as_measures)
        return found or recognise(with_known_headers(sheet), as_measures) or layout
    return layout


def _join(sheets: list[Sheet], layouts: list[Layout | None], relative: str, desk: Desk) -> None:
    """Join to a table what goes on with its numbers on a sheet that is no ledger by itself."""
    for number, sheet in enumerate(sheets):
        if layouts[number] or sheet.is_document or sheet.joined_to:
            continue
        vocabulary = desk.words_for(relative, sheet.name)
        for first, layout in enumerate(layouts):
            wide = layout and joined(sheets[first], layout, sheet, vocabulary)
            if wide:
                sheets[number] = replace(sheet, joined_to=sheets[first].name)
                sheets[first], layouts[first] = wide
                break


def _facts(relative: str, sha256: str, sheet: Sheet, received: date, basis: str) -> dict[str, Any]:
    parts = [relative, sha256, sheet.name, *([str(sheet.first_row)] if sheet.first_row else [])]
    parts += [column_letters(sheet.first_column)] if sheet.first_column else []
    digest = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
    facts: dict[str, Any] = dict.fromkeys(LEDGERS["submission"].columns)
    return facts | {
        "submission_id": digest[:16], "path": relative, "sha256": sha256, "sheet": sheet.name,
        "received_on": received, "received_basis": basis,
        "is_simulated": SIMULATED in relative,
        "rows_read": 0, **dict.fromkeys(ENDS, 0),
    }  # fmt: skip


def _place(facts: Mapping[str, Any]) -> Place:
    return Place(facts["submission_id"], facts["sheet"])


def _submission(
    sheet: Sheet, layout: Layout | None, facts: dict[str, Any], desk: Desk, album: Album
) -> Submission:
    facts["rows_read"] = len(sheet.cells)
    columns: Sequence[Column] = ()
    if sheet.joined_to:
        message = f"工作表“{sheet.name}”按序号并入了工作表“{sheet.joined_to}”"
        told = _place(facts).finding("sheet_joined", "info", message)
        records = Records({}, findings=[told], rows_ignored=len(sheet.cells))
    elif layout is None:
        records = _unrecognised(sheet, _place(facts))
    elif layout.doubt:
        records = _undecided(sheet, layout, _place(facts))
    else:
        facts |= {
            "ledger": layout.ledger.name,
            "title": layout.title or None,
            "unit": title_sender(layout.title),
            "period_on": title_day(layout.title),
            "is_simulated": facts["is_simulated"] or SIMULATED in layout.title,
        }
        records, columns = _read(sheet, layout, facts, desk)
    _keep_photos(records, sheet, columns, facts, desk, album)
    records.findings += [
        _place(facts).finding(rule, "info", f"工作表“{sheet.name}”{message}")
        for rule, message in sheet.remarks
    ]
    records.findings += [_noted(_place(facts), sheet, note) for note in sheet.notes]
    return _counted(facts, records)


def _noted(place: Place, sheet: Sheet, note: Note) -> Finding:
    """What the reader of the file has to tell of a cell or a row."""
    row_no = sheet.first_row + note.row + 1
    is_cell = note.column is not None
    cell = f"{column_letters(sheet.first_column + (note.column or 0))}{row_no}" if is_cell else None
    where = f"{cell} 格" if cell else f"第 {row_no} 行"
    return place.finding(
        note.rule, note.severity, f"{where}{without_odd(note.message)}",
        row_no=row_no, value=without_odd(note.value or "") or None, cell=cell,
    )  # fmt: skip


def _read(
    sheet: Sheet, layout: Layout, facts: dict[str, Any], desk: Desk
) -> tuple[Records, Sequence[Column]]:
    base = facts["received_on"]
    grid = sheet.filled
    rows = [grid[n] for n, kind in enumerate(layout.kinds) if kind is RowKind.DATA]

    def field_of(label: str, value: str) -> str | None:
        word = normalise(label)
        fields = desk.vocabulary.candidates(layout.ledger, Header(word, word, ""))
        # 检查单位 is who inspects, or who is inspected: the name tells.
        is_unit = bool(ORGAN.search(value))
        fields = sorted(fields, key=lambda field: (field.kind == "unit") is not is_unit)
        return fields[0].name if fields else None

    around = lent(sheet, layout.kinds, layout.ledger, layout.title, field_of)
    columns = claim_by_values(
        desk.vocabulary, layout.ledger, layout.headers, rows, base,
        {name for said in around.values() for name in said},
    )  # fmt: skip
    if layout.ledger is MEASURE:
        columns = as_in_plans(columns, rows)
    if RowKind.STRAY not in layout.kinds and is_blank_checklist(columns, rows):
        message = f"工作表“{sheet.name}”是空白检查表，各行都没有填写，未读取"
        blank = _place(facts).finding("sheet_ignored", "info", message)
        return Records({}, findings=[blank], rows_ignored=len(grid)), columns

    records = read_records(
        sheet,
        layout,
        columns,
        _place(facts),
        base,
        desk.region,
        field_of,
        facts["unit"],
        anchor_of(facts),
    )
    records.findings += _guessed_day(facts)
    return records, columns


def anchor_of(facts: Mapping[str, Any]) -> date:
    """The day from which the deadlines of a submission count that name no year: that of which its
    title tells, or the plan's own, where it is not after the receipt; else the receipt.
    """
    received: date = facts["received_on"]
    title, told_on = facts["title"] or "", facts["period_on"]
    if told_on and told_on == title_day(title):
        told_on = title_start(title)
    return min(told_on, received) if told_on else received


def _guessed_day(facts: Mapping[str, Any]) -> list[Finding]:
    """That nobody said when a file came."""
    if facts["received_basis"] != "文件日期":
        return []
    message = "没有登记收到日期，目录和标题也没有日期，暂按文件日期计；请用 --received 指明"
    return [_place(facts).finding("received_guessed", "warning", message, field="received_on")]


def _keep_photos(
    records: Records, sheet: Sheet, columns: Sequence[Column], facts: Mapping[str, Any],
    desk: Desk, album: Album,
) -> None:  # fmt: skip
    """Put the photos of a sheet into its records, with what is to be said of them."""
    if not sheet.photos:
        return
    headings = [Heading(column.header, column.field) for column in columns]
    rows = set(records.get("row_no"))
    place = replace(_place(facts), letters=records.letters)
    records.pictures, findings = place_photos(
        sheet, headings, rows, place, album.read, desk.processed
    )
    records.findings += findings


def _counted(facts: dict[str, Any], records: Records) -> Submission:
    """A submission with the counts of its rows that became no record."""
    counts = {"rows_ignored": records.rows_ignored, "rows_rejected": len(records.rejects)}
    return Submission(facts | counts, records)


def _unrecognised(sheet: Sheet, place: Place) -> Records:
    """A sheet of no known ledger: a table's rows are rejected, prose is ignored, with a finding."""
    filled = [n for n, row in enumerate(sheet.cells) if any(map(is_filled, row))]
    if not looks_like_table(sheet):
        ignored = place.finding("sheet_ignored", "info", f"工作表“{sheet.name}”不是台账，未读取")
        is_instruction = any(word in sheet.name for word in INSTRUCTIONS)
        findings = [] if is_instruction else [ignored]
        return Records({}, findings=findings, rows_ignored=len(sheet.cells))
    message = f"工作表“{sheet.name}”的表头不属于任何已知台账，请对照模板核对表头"
    rejects = [reject(place, sheet.first_row + n + 1, message, sheet.cells[n]) for n in filled]
    unknown = place.finding("ledger_unknown", "error", message)
    return Records({}, rejects, [unknown], len(sheet.cells) - len(filled))


def _undecided(sheet: Sheet, layout: Layout, place: Place) -> Records:
    """A sheet that may be of several ledgers: no row is loaded under a wrong name."""
    message = f"工作表“{sheet.name}”的{layout.doubt}"
    numbers = [
        number for number, kind in enumerate(layout.kinds) if kind in {RowKind.DATA, RowKind.STRAY}
    ]
    rejects = [reject(place, sheet.first_row + n + 1, message, sheet.cells[n]) for n in numbers]
    unsure = place.finding("ledger_ambiguous", "error", message)
    return Records({}, rejects, [unsure], len(sheet.cells) - len(numbers))
