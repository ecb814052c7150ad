"""One sheet → its submission: the rows read, its photos, and what is to be said of it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from analysis.ingest.files.sheets import Note, Sheet, column_letters
from analysis.ingest.findings import Finding, Place
from analysis.ingest.headers.columns import ORGAN, Column, claim_by_values
from analysis.ingest.headers.recognition import is_blank_checklist
from analysis.ingest.headers.vocabulary import Header, normalise
from analysis.ingest.pictures.album import Album
from analysis.ingest.pictures.placing import Heading, place_photos
from analysis.ingest.read_file.desk import Desk
from analysis.ingest.read_file.rows_told import RowsTold, as_told
from analysis.ingest.read_file.submission import (
    SIMULATED,
    Submission,
    anchor_of,
    counted,
    guessed_day,
    place_of,
)
from analysis.ingest.received import title_day, title_sender
from analysis.ingest.tables.context import lent
from analysis.ingest.tables.layout import Layout, is_filled, known_word, looks_like_table
from analysis.ingest.tables.reading import read_records
from analysis.ingest.tables.records import Records, reject
from analysis.ingest.tables.rows import RowKind
from analysis.ingest.tables.shapes import as_in_plans
from analysis.ledgers.measure import MEASURE
from analysis.wording.characters import without_odd

#: Sheets that tell how to fill in a form; nobody needs to hear that they hold no ledger.
INSTRUCTIONS = ("说明", "选项", "填报要求")

#: «本表只填本期新增和进展有变化的，以往上报且无变化的不再重复填报»; not «不得只报新增», and nothing
#: of columns.
_ONLY_NEW = re.compile(
    r"(?<![不勿])(?<![不勿][得要能应可])(?:只|仅)(?:需|须)?(?:填报|填写|填|上报|报送|报|列|登记|反映)"
    r"[^。;；]{0,12}(?:新增|变化|变动|新发现)(?!的?[列栏])|"
    r"(?:没有|未|无)(?:发生)?变化(?!的?[列栏])的?[^。;；]{0,6}不(?:再|用|需)?(?:重复)?(?:填|报|列|上报)"
)
#: «其余未整改完的全部列入», «未销号的均在表内»: all that is open is listed.
_ALL_OPEN = re.compile(
    r"未(?:整改|销号|完成|办结)[完毕到位]*的?(?:隐患|问题)?(?:全部|均|都|一律)(?:列入|列出|在列|在表|保留)"
)
#: What stands behind the title of such a list.
NOTED_PART, NOTED_WHOLE = "（注明只报新增）", "（注明未整改的全部列入）"


def submission_of(
    sheet: Sheet, layout: Layout | None, facts: dict[str, Any], desk: Desk, album: Album,
    rows_told: RowsTold,
) -> Submission:  # fmt: skip
    """What was read of a sheet, whether a ledger fits it, none does, or several do."""
    facts["rows_read"] = len(sheet.cells)
    columns: Sequence[Column] = ()
    if sheet.joined_to:
        message = f"工作表“{sheet.name}”按序号并入了工作表“{sheet.joined_to}”"
        told = place_of(facts).finding("sheet_joined", "info", message)
        records = Records({}, findings=[told], rows_ignored=len(sheet.cells))
    elif layout is None:
        records = _unrecognised(sheet, place_of(facts), desk)
    elif layout.doubt:
        records = _undecided(sheet, layout, place_of(facts))
    else:
        facts |= {
            "ledger": layout.ledger.name,
            "title": (layout.title + _as_noted(sheet, layout)) or None,
            "unit": title_sender(layout.title),
            "period_on": title_day(layout.title),
            "is_simulated": facts["is_simulated"] or SIMULATED in layout.title,
        }
        fields = rows_told.fields(sheet, layout, facts["received_on"], anchor_of(facts))
        if roles := rows_told.roles(sheet, layout):
            sheet, layout = as_told(sheet, layout, roles, desk.vocabulary)
        records, columns = _read(sheet, layout, facts, desk)
        if fields:
            fields.put(records)
    _keep_photos(records, sheet, columns, facts, desk, album)
    records.findings += [
        place_of(facts).finding(rule, "info", f"工作表“{sheet.name}”{message}")
        for rule, message in sheet.remarks
    ]
    records.findings += [_noted(place_of(facts), sheet, note) for note in sheet.notes]
    return counted(facts, records)


def _as_noted(sheet: Sheet, layout: Layout) -> str:
    """What a note under the table says of the whole list: that it holds only what is new, or all
    that is open.
    """
    notes = (n for n, kind in enumerate(layout.kinds) if kind is RowKind.NOTE)
    texts = ["".join(str(cell) for cell in sheet.cells[n] if cell) for n in notes]
    if any(map(_ONLY_NEW.search, texts)):
        return NOTED_PART
    return NOTED_WHOLE if any(map(_ALL_OPEN.search, texts)) else ""


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

    around = lent(sheet, layout.kinds, layout.ledger, layout.title, field_of, layout.told)
    columns = claim_by_values(
        desk.vocabulary, layout.ledger, layout.headers, rows, base,
        {name for said in around.values() for name in said},
    )  # fmt: skip
    if layout.ledger is MEASURE:
        columns = as_in_plans(columns, rows)
    if RowKind.STRAY not in layout.kinds and is_blank_checklist(columns, rows):
        message = f"工作表“{sheet.name}”是空白检查表，各行都没有填写，未读取"
        blank = place_of(facts).finding("sheet_ignored", "info", message)
        return Records({}, findings=[blank], rows_ignored=len(grid)), columns

    records = read_records(
        sheet,
        layout,
        columns,
        place_of(facts),
        base,
        desk.region,
        field_of,
        facts["unit"],
        anchor_of(facts),
    )
    records.findings += guessed_day(facts)
    return records, columns


def _keep_photos(
    records: Records, sheet: Sheet, columns: Sequence[Column], facts: Mapping[str, Any],
    desk: Desk, album: Album,
) -> None:  # fmt: skip
    """Put the photos of a sheet into its records, with what is to be said of them."""
    if not sheet.photos:
        return
    headings = [Heading(column.header, column.field) for column in columns]
    rows = set(records.get("row_no"))
    place = replace(place_of(facts), letters=records.letters)
    records.pictures, findings = place_photos(
        sheet, headings, rows, place, album.read, desk.processed, album.makes
    )
    records.findings += findings


def _unrecognised(sheet: Sheet, place: Place, desk: Desk) -> Records:
    """A sheet of no known ledger: a table's rows are rejected, prose is ignored, with a finding."""
    filled = [n for n, row in enumerate(sheet.cells) if any(map(is_filled, row))]
    if not looks_like_table(sheet, known_word(desk.vocabulary)):
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
