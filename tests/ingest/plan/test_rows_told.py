"""What the office sets right in rows of a plan's tables holds when it is read again. 模拟数据."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import docx
import pytest
from openpyxl import Workbook, load_workbook

from analysis.ingest.beside.reading import beside_of
from analysis.ingest.beside.view import Beside, ItemRead, LineRead
from analysis.ingest.plan.taught import PLAN_READINGS, read_taught
from analysis.ingest.read_file import ENDS, Desk, Submission, read_file

#: Each reads a file as the office does.
pytestmark = pytest.mark.slow

DAY = date(2024, 6, 25)
HEAD = ["序号", "存在问题", "整改措施", "牵头单位", "配合单位", "责任人", "完成时限"]
STAIRS = ["1", "疏散通道堵塞", "清理疏散通道", "县市场监管局", "甲镇", "李某", "2024年7月31日前"]
WIRES = ["2", "摊位私拉乱接", "更换老化线路", "县供电公司", "", "王某", "2024年8月15日前"]
BOATS = ["3", "救生衣不足", "配齐救生衣", "县交通运输局", "县公安局", "张某", "2024年8月底前"]
WATER = ["二、水上安全"]
PATROL = ["由县应急管理局牵头，县公安局配合，对以上场所开展夜间巡查"]
ROWS = [HEAD, STAIRS, WIRES, WATER, BOATS, PATROL]
ENTRY = """
[[reading]]
set = "{what}"
document = "{place[0]}"
line = "{place[1]}"
nth = {place[2]}
value = "{value}"
quote = "…"
by = "某甲"
on = 2024-06-25
why = "读错了"
"""


def workbook(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["甲县夜游安全整改任务清单"])
    for number, row in enumerate(rows, start=2):
        sheet.append(list(row))
        if len(row) == 1:
            sheet.merge_cells(f"A{number}:G{number}")
    book.save(path)
    return path


def document(path: Path, rows: Sequence[Sequence[str]], *lines: str) -> Path:
    file = docx.Document()
    for line in lines or ("甲县夜游安全整改任务清单",):
        file.add_paragraph(line)
    table = file.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        cells = list(table.add_row().cells)
        if len(row) == 1:
            cells[0] = cells[0].merge(cells[-1])
        for cell, text in zip(cells, row, strict=False):
            cell.text = text
    file.save(str(path))
    return path


MAKERS = pytest.mark.parametrize(
    ("make", "name"), [(workbook, "清单.xlsx"), (document, "清单.docx")]
)


def desk(path: Path) -> Desk:
    return Desk(path.parent, "甲县", register={path.name: DAY}, taught=read_taught(path.parent))


def shown(path: Path) -> Beside:
    return beside_of(path, desk(path))


def read(path: Path) -> list[Submission]:
    return read_file(path, "0" * 64, desk(path))


def row(path: Path, text: str) -> LineRead:
    """The row of a table, told before the lines of a body, that says a text."""
    parts = sorted(shown(path).parts, key=lambda part: not part.is_table)
    return next(line for part in parts for line in part.lines if text in line.text)


def item(path: Path, text: str, of: int = 0) -> ItemRead:
    return row(path, text).items[of]


def fields(one: ItemRead) -> dict[str, tuple[str, str]]:
    return {each.name: (each.text, each.how) for each in one.fields if each.text}


def say(path: Path, of: LineRead | ItemRead, what: str, value: str) -> None:
    with (path.parent / PLAN_READINGS).open("a", encoding="utf-8") as file:
        file.write(ENTRY.format(what=what, place=of.place, value=value))


@MAKERS
def test_a_row_that_is_no_measure_counts_no_more(make, name: str, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = make(tmp_path / name, ROWS)
    assert [each.text for each in shown(path).items] == [
        "清理疏散通道", "更换老化线路", "配齐救生衣",
    ]  # fmt: skip
    say(path, row(path, "老化线路"), "角色", "正文")
    assert [each.text for each in shown(path).items] == ["清理疏散通道", "配齐救生衣"]
    assert (str(row(path, "老化线路").role), row(path, "老化线路").is_told) == ("正文", True)


@MAKERS
def test_a_text_merged_over_the_table_is_a_measure(make, name: str, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = make(tmp_path / name, ROWS)
    assert str(row(path, "夜间巡查").role) == "标题"
    say(path, row(path, "夜间巡查"), "角色", "措施")
    assert item(path, "夜间巡查").text == PATROL[0]
    assert fields(item(path, "夜间巡查")) == {
        "牵头单位": ("县应急管理局", "本条文字"), "配合单位": ("县公安局", "本条文字"),
    }  # fmt: skip


@MAKERS
def test_fields_set_right_say_how_they_were_got(make, name: str, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = make(tmp_path / name, ROWS)
    boats = item(path, "配齐救生衣")
    say(path, boats, "牵头单位", "县水利局牵头，乙镇配合")
    say(path, boats, "责任人", "某丙")
    say(path, boats, "完成期限", "2024年9月30日前")
    assert fields(item(path, "配齐救生衣")) == {
        "牵头单位": ("县水利局", "专班办公室改定"), "配合单位": ("乙镇、县公安局", "所在列"),
        "责任人": ("某丙", "专班办公室改定"),
        "完成期限": ("2024年9月30日前 → 2024-09-30", "专班办公室改定"),
    }  # fmt: skip
    assert fields(item(path, "更换老化线路"))["牵头单位"] == ("县供电公司", "所在列")


def test_what_is_told_of_a_row_is_read_again_whatever_its_number(tmp_path: Path) -> None:
    path = workbook(tmp_path / "清单.xlsx", ROWS)
    say(path, item(path, "配齐救生衣"), "牵头单位", "县水利局")
    say(path, row(path, "夜间巡查"), "角色", "措施")
    workbook(path, [HEAD, STAIRS, [], [], WIRES, WATER, [], BOATS, PATROL])
    assert fields(item(path, "配齐救生衣"))["牵头单位"][0] == "县水利局"
    assert len(shown(path).items) == 4
    workbook(path, [HEAD, STAIRS, WIRES, WATER, [*BOATS[:6], "2024年9月"], PATROL])
    assert fields(item(path, "配齐救生衣"))["牵头单位"][0] == "县交通运输局"
    assert len(shown(path).items) == 3


def test_an_entry_taken_back_holds_no_more(tmp_path: Path) -> None:
    path = workbook(tmp_path / "清单.xlsx", ROWS)
    boats = item(path, "配齐救生衣")
    say(path, boats, "牵头单位", "县水利局")
    say(path, boats, "牵头单位", "撤回")
    assert fields(item(path, "配齐救生衣"))["牵头单位"] == ("县交通运输局", "所在列")


@pytest.mark.parametrize(
    ("role", "said", "column"),
    [
        ("问题", "二、水上安全", "problem"), ("表现形式", "表现形式：水上安全", "manifestation"),
        ("责任", "责任单位：县水利局", "unit"), ("责任", "县水利局", "unit"),
        ("期限", "2024年9月底前", "due_text"),
    ],
)  # fmt: skip
def test_a_heading_tells_the_rows_below_it_what_they_leave_blank(
    role: str, said: str, column: str, tmp_path: Path
) -> None:
    blank = ["3", "", "配齐救生衣", "", "", "", ""]
    path = workbook(tmp_path / "清单.xlsx", [HEAD, STAIRS, [said], blank, WATER, [*blank, "另"]])
    say(path, row(path, said), "角色", role)
    (table,) = read(path)
    words = {
        "问题": "水上安全",
        "表现形式": "水上安全",
        "责任": "县水利局",
        "期限": "2024年9月底前",
    }
    assert table.records.get(column)[1:] == [words[role], None]


def test_a_heading_goes_on_to_head_its_rows(tmp_path: Path) -> None:
    path = workbook(tmp_path / "清单.xlsx", ROWS)
    say(path, row(path, "水上安全"), "角色", "标题")
    assert [each.text for each in shown(path).items] == [
        "清理疏散通道", "更换老化线路", "配齐救生衣",
    ]  # fmt: skip


def test_numbers_and_days_of_a_workbook_are_shown_as_it_shows_them(tmp_path: Path) -> None:
    path = workbook(tmp_path / "清单.xlsx", [HEAD, STAIRS])
    book = load_workbook(path)
    book.worksheets[0]["A3"], book.worksheets[0]["G3"] = 1, date(2024, 7, 31)
    book.save(path)
    told = "1\t疏散通道堵塞\t清理疏散通道\t县市场监管局\t甲镇\t李某\t2024-07-31"
    assert row(path, "疏散通道").text == told
    say(path, item(path, "疏散通道"), "责任人", "某丙")
    assert fields(item(path, "疏散通道"))["责任人"] == ("某丙", "专班办公室改定")


def test_no_row_is_lost(tmp_path: Path) -> None:
    path = workbook(tmp_path / "清单.xlsx", ROWS)
    say(path, row(path, "老化线路"), "角色", "要求")
    say(path, row(path, "夜间巡查"), "角色", "措施")
    say(path, row(path, "水上安全"), "角色", "问题")
    (table,) = read(path)
    assert table.facts["rows_read"] == len(ROWS) + 1
    counts = table.facts | {"rows_loaded": table.records.rows}
    assert sum(counts[end] for end in ENDS) == len(ROWS) + 1
    assert table.records.get("row_no") == [3, 6, 7]


def test_of_rows_that_say_the_same_the_one_is_meant_that_was_set_right(tmp_path: Path) -> None:
    alike = [[str(n), f"问题{n}", "立即整改", "县市场监管局", "", "李某", "7月"] for n in (1, 2, 3)]
    path = workbook(tmp_path / "清单.xlsx", [HEAD, *alike])
    say(path, item(path, "问题2"), "牵头单位", "县水利局")
    say(path, row(path, "问题1"), "角色", "正文")
    (table,) = read(path)
    assert table.records.get("unit") == ["县水利局", "县市场监管局"]


def test_of_a_row_of_several_measures_one_is_set_right(tmp_path: Path) -> None:
    both = [
        "1",
        "通道堵塞",
        "（1）清理通道；（2）安装照明灯",
        "县市场监管局",
        "",
        "李某",
        "7月底前",
    ]
    path = workbook(tmp_path / "清单.xlsx", [HEAD, both, WIRES])
    say(path, item(path, "通道堵塞", of=1), "牵头单位", "县消防救援大队")
    say(path, item(path, "通道堵塞", of=1), "完成期限", "长期坚持")
    (table,) = read(path)
    assert table.records.get("unit") == ["县市场监管局", "县消防救援大队", "县供电公司"]
    assert table.records.get("due_on") == [date(2024, 7, 31), None, date(2024, 8, 15)]


@pytest.mark.parametrize(
    ("kind", "told", "read_as"),
    [
        ("", "立行立改", "立行立改"),
        ("", "2024年9月底前", None),
        ("限期整改", "长期坚持", "限期整改"),
    ],
)
def test_a_kind_goes_with_the_deadline_that_said_it(
    kind: str, told: str, read_as: str | None, tmp_path: Path
) -> None:
    path = workbook(
        tmp_path / "清单.xlsx", [[*HEAD, "整改类别"], [*BOATS[:6], "长期坚持", kind], [*WIRES, ""]]
    )
    say(path, item(path, "配齐救生衣"), "完成期限", told)
    (table,) = read(path)
    assert table.records.get("rect_type")[0] == read_as


def test_what_was_wrong_with_a_cell_goes_with_it(tmp_path: Path) -> None:
    path = workbook(tmp_path / "清单.xlsx", [HEAD, [*BOATS[:6], "2024年9月31日前"], WIRES])
    (before,) = read(path)
    assert [each.row_no for each in before.records.findings if each.field == "due_on"] == [3]
    say(path, item(path, "配齐救生衣"), "完成期限", "2024年9月30日前")
    (after,) = read(path)
    assert [each for each in after.records.findings if each.field == "due_on"] == []


def test_a_row_set_right_makes_no_plan_of_the_lines_around_its_table(tmp_path: Path) -> None:
    path = document(tmp_path / "清单.docx", ROWS)
    say(path, row(path, "夜间巡查"), "角色", "措施")
    assert [each.facts["sheet"] for each in read(path)] == ["表格1"]


BODY = (
    "甲县夜游安全问题整改方案", "一、问题一：夜游场所有隐患", "整改措施：",
    "1.清理疏散通道，拆除杂物。", "2.更换老化线路，逐户登记。", "3.配齐救生衣，每季度检查。",
    "2024年6月20日", "附件",
)  # fmt: skip
SHORT = [
    [HEAD[0], *HEAD[2:4], *HEAD[5:]],
    *([each[0], *each[2:4], *each[5:]] for each in (STAIRS, WIRES, BOATS)),
]


def test_a_row_of_an_annex_that_says_nothing_again_is_a_measure_of_its_own(tmp_path: Path) -> None:
    path = document(tmp_path / "方案.docx", SHORT, *BODY)
    assert (str(row(path, "县供电公司").role), len(shown(path).items)) == ("附表", 3)
    assert fields(shown(path).items[1])["牵头单位"] == ("县供电公司", "附件")
    say(path, row(path, "县供电公司"), "角色", "措施")
    beside = shown(path)
    assert [each.text for each in beside.items[1:]] == [
        "更换老化线路，逐户登记。", "配齐救生衣，每季度检查。", "更换老化线路",
    ]  # fmt: skip
    assert "牵头单位" not in fields(beside.items[1])
    assert fields(beside.items[3])["牵头单位"] == ("县供电公司", "所在列")


def test_a_row_of_an_annex_that_is_none_says_nothing_of_the_body(tmp_path: Path) -> None:
    path = document(tmp_path / "方案.docx", SHORT, *BODY)
    say(path, row(path, "县供电公司"), "角色", "正文")
    assert ["牵头单位" in fields(each) for each in shown(path).items] == [True, False, True]
    assert len(shown(path).parts) == 1
