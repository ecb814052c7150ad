"""Blank ledgers: headers, drop-downs and date checks from the dictionary, and how to fill in."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from analysis.charts.tokens import BAD, GRID, PAPER
from analysis.errors import YanpanError
from analysis.ledgers import LEDGERS, Field, Ledger
from analysis.overwriting import whole_file
from analysis.reports.office.sheets import FONT, HEAD, plain, print_on_one_width

#: Rows for which the drop-downs and checks hold.
ROWS = 1000
HEADER_ROW = 3
#: Columns that can be read side by side on a sheet of A4.
COLUMNS_A_PAGE = 12
#: Excel takes no longer list than this in a cell's own drop-down.
LONGEST_LIST = 255
CLOSING = (
    "报销号须有验收日期和责任人以外的验收人签字；重大隐患，以及已有签字人或账号的，"
    "以专班的验收销号记录为准，没有记录的按待验收统计。"
)
OF_ACTS = (
    "由专班填写：验收、退回重改、撤回各占一行，用事项编号指明事项，或用责任单位和隐患编号"
    "（同一编号不止一条的加场所）；退回要写原因和重改期限，撤回和退回须由登记人以外的人登记。"
)
REQUIRED = PatternFill("solid", fgColor=plain(BAD))
GRID = Border(*(Side(style="thin", color=plain(GRID)) for _ in range(4)))


def template_names() -> list[str]:
    """The ledgers for which there is a blank one."""
    return [ledger.name for ledger in LEDGERS.values() if ledger.is_received]


def must_be_a_template(name: str) -> Ledger:
    """The ledger of that name, of which there is a blank one.

    Raises:
        YanpanError: there is none.

    """
    ledger = LEDGERS.get(name)
    if ledger is None or not ledger.is_received:
        known = "、".join(f"{each}（{LEDGERS[each].label}）" for each in template_names())
        raise YanpanError(f"没有“{name}”这种台账；可选：{known}。")
    return ledger


def write_template(name: str, path: Path) -> None:
    """Write a blank ledger that reads back without a finding.

    Raises:
        YanpanError: there is no such ledger, or the file cannot be written.

    """
    ledger = must_be_a_template(name)
    fields = [field for field in ledger if field.header]
    book = Workbook()
    _ledger_sheet(book.worksheets[0], ledger, fields)
    _instructions(book.create_sheet("填表说明"), ledger, fields)
    with whole_file(path) as part:
        book.save(part)


def _ledger_sheet(sheet: Any, ledger: Ledger, fields: list[Field]) -> None:
    sheet.title = f"{ledger.label}台账"
    last = get_column_letter(len(fields))
    sheet.merge_cells(f"A1:{last}1")
    sheet["A1"] = f"{ledger.label}台账"
    sheet["A1"].font = Font(name=FONT, size=16, bold=True)
    sheet["A1"].alignment = Alignment(horizontal="left", vertical="center")
    sheet.row_dimensions[1].height = 30
    sheet.merge_cells(f"A2:{last}2")
    sheet["A2"] = "填报单位：            截至      年    月    日            联络员："
    sheet["A2"].font = Font(name=FONT, size=10)
    for index, field in enumerate(fields, start=1):
        cell = sheet.cell(HEADER_ROW, index, _heading(field))
        cell.font = Font(name=FONT, bold=True, color=plain(PAPER))
        cell.fill = REQUIRED if field.required else HEAD
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        cell.border = GRID
        letter = get_column_letter(index)
        sheet.column_dimensions[letter].width = 32 if field.is_prose else 14
        if check := _validation(field):
            check.add(f"{letter}{HEADER_ROW + 1}:{letter}{HEADER_ROW + ROWS}")
            sheet.add_data_validation(check)
        if field.kind in {"date", "deadline"}:
            for row in range(HEADER_ROW + 1, HEADER_ROW + 51):
                sheet.cell(row, index).number_format = "yyyy-mm-dd"
    sheet.row_dimensions[HEADER_ROW].height = 32
    sheet.freeze_panes = f"A{HEADER_ROW + 1}"
    print_on_one_width(sheet, -(-len(fields) // COLUMNS_A_PAGE))
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"


def _heading(field: Field) -> str:
    return f"{field.label}（{field.unit}）" if field.unit else field.label


def _validation(field: Field) -> DataValidation | None:
    """The drop-down or the check of a column; a deadline may also be words."""
    choices = _choices(field)
    if choices and len(",".join(choices)) <= LONGEST_LIST:
        check = DataValidation("list", formula1=f'"{",".join(choices)}"', allow_blank=True)
    elif field.kind == "date":
        check = DataValidation(
            "date", operator="between", formula1="36526", formula2="73050", allow_blank=True
        )
        check.error = "请填写日期，如 2023-10-15"
    elif field.places_in:
        return None  # a change may be a fall, and may be said in words
    elif field.kind in {"integer", "number"}:
        check = DataValidation(
            "decimal", operator="greaterThanOrEqual", formula1="0", allow_blank=True
        )
        check.error = "请只填写数字"
    else:
        return None
    check.errorTitle = field.label
    check.error = check.error or "请从下拉列表中选择"
    check.showErrorMessage = True
    return check


def _choices(field: Field) -> list[str]:
    if field.kind == "boolean":
        return ["是", "否"]
    return list(field.codes.labels.values()) if field.codes else []


def _instructions(sheet: Any, ledger: Ledger, fields: list[Field]) -> None:
    sheet.column_dimensions["A"].width = 110
    print_on_one_width(sheet)
    whole = "每半月报送时在上次的台账上续填，已经销号的也不要删除。" if ledger.is_sent_whole else ""
    clause = "；期限没有确定日期的照实写，如“10月底前”“长期坚持”"
    closing = CLOSING if ledger.is_item else OF_ACTS if ledger.is_act_on_items else ""
    lines = [
        f"《{ledger.label}台账》填表说明",
        f"一、{ledger.grain}；红色表头为必填。表头不要改动、不要合并；不用的列可以留空。",
        f"二、第二行写明填报单位和截至日期。{whole}",
        f"三、日期写成 2023-10-15 的样子{clause if ledger.names_of('deadline') else ''}。",
        f"四、{closing}编号一经使用不要改动。",
        "五、各列的含义：",
        *(f"　　{line}" for line in map(_explain, fields)),
    ]
    for number, line in enumerate(lines, start=1):
        cell = sheet.cell(number, 1, line)
        cell.font = Font(name=FONT, size=14 if number == 1 else 10, bold=number == 1)
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _explain(field: Field) -> str:
    return f"{_heading(field)}：" + "；".join(_parts(field)) + "。"


def _parts(field: Field) -> Iterator[str]:
    yield field.description.rstrip("。")
    if choices := _choices(field):
        yield "可填 " + "、".join(choices)
    if field.required:
        yield "必填"
