"""A world as the units send it: DIR/2023-10-16/某县教育局.xlsx, one sheet a ledger."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from openpyxl import Workbook

from tests.oracle.story import World
from tests.oracle.words import LABELS
from tests.oracle.worlds import OFFICE

TITLES = {
    "measure": "整改措施台账",
    "hazard": "隐患台账",
    "decision": "议定事项台账",
    "inspection": "检查台账",
    "accident": "事故台账",
    "accident_stat": "事故统计表",
    "site": "场所名录",
    "unit": "成员单位名录",
    "duty": "履职台账",
    "half_month": "半月报",
    "acceptance": "验收销号记录",
}
ALWAYS = {
    "hazard": (
        "hazard_no",
        "found_on",
        "site",
        "description",
        "level",
        "unit",
        "person",
        "due_on",
        "status",
        "done_on",
    ),
    "measure": (
        "measure_no",
        "measure",
        "sub_no",
        "sub_measure",
        "rect_type",
        "unit",
        "person",
        "due_on",
        "status",
        "done_on",
    ),
    "decision": ("meeting", "held_on", "task", "unit", "person", "due_on", "status", "done_on"),
}
ACTS = {"accept": "验收销号", "reject": "退回重改", "withdraw": "撤回"}


def chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


#: What a ledger has no columns for: it stands in the cell of the deadline, or nowhere.
IN_WORDS = ("start_on", "first_node_on", "node_days")
UNWRITTEN = ("list_kind", "measure_no")


def in_words(row):
    """启动日期 and the nodes as the plan says them, in the cell of the deadline."""
    parts = []
    if row.get("start_on"):
        parts.append(f"{chinese(row['start_on'])}前全部进入工作状态")
    if row.get("first_node_on"):
        parts.append(f"{chinese(row['first_node_on'])}为第一个工作节点")
    if row.get("node_days"):
        parts.append(f"以后每{row['node_days']}天为一个工作节点")
    if isinstance(row.get("due_on"), date):
        parts.append(f"{chinese(row['due_on'])}前完成")
    left = {name: value for name, value in row.items() if name not in (*IN_WORDS, *UNWRITTEN)}
    return (
        left | {"due_on": "，".join(parts)}
        if len(parts) > isinstance(row.get("due_on"), date)
        else left
    )


def columns(ledger, rows):
    used = {name for row in rows for name, value in row.items() if value is not None} | set(
        ALWAYS.get(ledger, ())
    )
    return [name for name in LABELS[ledger] if name in used]


def cell(value):
    if isinstance(value, bool):
        return "是" if value else "否"
    return value


def put(book, ledger, title, rows):
    sheet = book.create_sheet(TITLES[ledger])
    if ledger == "measure":
        rows = [in_words(row) for row in rows]
    names = columns(ledger, rows)
    sheet.append([title])
    if len(names) > 1:
        sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(names))
    sheet.append([LABELS[ledger][name] for name in names])
    for row in rows:
        sheet.append([cell(row.get(name)) for name in names])
        for one in sheet[sheet.max_row]:
            if isinstance(one.value, date):
                one.number_format = "yyyy-mm-dd"
    for column in sheet.columns:
        sheet.column_dimensions[column[1].column_letter].width = 14


def write(w: World, folder) -> list[Path]:
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    books, out = {}, []

    def book(received, name):
        key = received, name
        if key not in books:
            books[key] = Workbook()
            books[key].remove(books[key].active)
        return books[key]

    for report in w.reports:
        name = (
            f"{report.sender}.xlsx"
            if report.sender != OFFICE
            else f"{OFFICE}{TITLES[report.ledger]}.xlsx"
        )
        upto = f"（截至{chinese(report.speaks_for)}）" if report.speaks_for else ""
        put(
            book(report.received, name),
            report.ledger,
            f"{report.sender}{TITLES[report.ledger]}{upto}",
            report.rows,
        )
    acts = {}
    for a in w.acceptances:
        assert a.kind == "hazard", "a record on a measure needs the product's own 事项编号"
        acts.setdefault(a.received, []).append(
            {
                "unit": a.unit,
                "hazard_no": a.number,
                "act": ACTS[a.act],
                "accepted_on": a.accepted_on,
                "accepted_by": a.accepted_by,
                "closed_on": a.closed_on,
                "rework_due_on": a.rework_due_on,
                "reason": None if a.act == "accept" else "现场核查不合格",
            }
        )
    for received, rows in acts.items():
        put(
            book(received, f"{OFFICE}验收销号记录.xlsx"),
            "acceptance",
            f"{OFFICE}验收销号记录",
            rows,
        )
    for (received, name), made in sorted(books.items()):
        path = folder / received.isoformat() / name
        path.parent.mkdir(exist_ok=True)
        made.save(path)
        out.append(path)
    return out
