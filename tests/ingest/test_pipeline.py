"""Files in, a published warehouse out: every row accounted for, every fault told in one line."""

import json
import os
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from analysis.errors import SourceError
from analysis.ingest.files.workbooks import archive as archives
from analysis.ingest.pipeline import Report, ingest
from analysis.ingest.read_file import Desk, read_file
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse

Write = Callable[..., Path]
Run = Callable[[], Report]
HEADER = [
    "隐患编号",
    "场所名称",
    "隐患描述",
    "发现日期",
    "责任单位",
    "责任人",
    "整改期限",
    "整改状态",
]
ROW = ["1", "宾馆", "灭火器过期", "2023-10-01", "甲局", "赵某", "2023-10-20", "整改中"]


def ask(home: Settings, sql: str) -> list[tuple[object, ...]]:
    with open_warehouse(home.warehouse) as con:
        return fetch_rows(con, sql)[1]


def test_every_row_ends_in_one_of_four_ways(
    home: Settings, write_sheet: Write, report_of: Run
) -> None:
    write_sheet(
        "2023-10-15/a.xlsx",
        [
            ["隐患台账（2023年10月）"],
            HEADER,
            ROW,
            ROW,
            ["2", "", "", "2023-10-01", "甲局", "", "", ""],
            ["合计", "", "", "", "", "", "", "2条"],
            [],
            ["注：每半月报送"],
        ],
    )
    report = report_of()
    counts = (report.rows_read, report.rows_loaded, report.rows_duplicate, report.rows_ignored)
    assert (*counts, report.rows_rejected) == (8, 1, 1, 5, 1)
    ((reason, raw),) = ask(home, "SELECT reason, raw FROM reject")
    assert "隐患描述、场所名称都没有填写" in str(reason)
    assert json.loads(str(raw))[:2] == ["2", None]


def test_an_unreadable_cell_loses_its_value_and_not_its_row(
    home: Settings, write_sheet: Write, report_of: Run
) -> None:
    write_sheet("2023-10-15/a.xlsx", [HEADER, [*ROW[:3], "2023-02-30", *ROW[4:6], "尽快", "很好"]])
    report_of()
    assert ask(home, "SELECT found_on, due_on, due_text, status, status_text FROM hazard") == [
        (None, None, "尽快", None, "很好")
    ]
    found = ask(home, "SELECT row_no, field, value, item_id FROM quality ORDER BY field")
    assert found == [
        (2, "due_on", "尽快", "H-甲局-1"),
        (2, "found_on", "2023-02-30", "H-甲局-1"),
        (2, "status", "很好", "H-甲局-1"),
    ]


def test_a_closure_without_a_signed_acceptance_waits_for_it(
    home: Settings, write_sheet: Write, report_of: Run
) -> None:
    write_sheet("2023-10-15/a.xlsx", [HEADER, [*ROW[:7], "已销号"]])
    report_of()
    assert ask(home, "SELECT status, status_text FROM hazard") == [("pending_accept", "已销号")]
    assert ask(home, "SELECT rule FROM quality") == [("unsigned_closure",)]
    assert ask(home, "SELECT state FROM items(DATE '2023-10-16')") == [("accepting",)]


def test_person_unit_and_deadline_must_be_named(
    home: Settings, write_sheet: Write, report_of: Run
) -> None:
    write_sheet("2023-10-15/a.xlsx", [HEADER, [*ROW[:4], "", "", "", "整改中"]])
    report_of()
    found = ask(home, "SELECT field FROM quality WHERE rule = 'missing' ORDER BY field")
    assert found == [("due_on",), ("person",), ("unit",)]
    assert ask(home, "SELECT count(*) FROM hazard") == [(1,)]


def test_a_column_that_nobody_claims_is_kept(
    home: Settings, write_sheet: Write, report_of: Run
) -> None:
    write_sheet("2023-10-15/a.xlsx", [[*HEADER, "天气"], [*ROW, "晴"]])
    report_of()
    assert ask(home, "SELECT extra FROM hazard") == [('{"天气": "晴"}',)]
    assert ask(home, "SELECT value FROM quality WHERE rule = 'unclaimed_column'") == [("天气",)]


def test_csv_of_either_encoding(home: Settings, report_of: Run) -> None:
    folder = home.raw / "2023-10-15"
    folder.mkdir()
    text = "\n".join(",".join(cells) for cells in (HEADER, ROW))
    (folder / "a.csv").write_text(text, encoding="utf-8-sig")
    (folder / "b.csv").write_text(
        text.replace("宾馆", "影院").replace("\n1,", "\n2,"), encoding="gb18030"
    )
    report_of()
    assert ask(home, "SELECT site FROM hazard ORDER BY 1") == [("宾馆",), ("影院",)]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("空.xlsx", b"", "文件是空的"),
        ("坏.xlsx", b"PK\x03\x04 broken", "不是完好的 Excel 文件"),
        ("假.xls", b"<html></html>", "没有工作表"),
        ("图.pdf", b"%PDF", "不是能读的文件类型"),
        ("码.csv", b"\xff\xfe\xff\xff\x81", "文字编码无法识别"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_line_and_the_run_goes_on(
    home: Settings, write_sheet: Write, report_of: Run, name: str, content: bytes, says: str
) -> None:
    write_sheet("2023-10-15/好.xlsx", [HEADER, ROW])
    (home.raw / name).write_bytes(content)
    report = report_of()
    assert report.rows_loaded == 1
    (line,) = report.failures
    assert line.startswith(name)
    assert says in line
    assert "\n" not in line


def test_a_workbook_that_unpacks_to_more_than_memory_is_not_read(
    home: Settings, write_sheet: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_sheet("大.xlsx", [HEADER, ROW])
    monkeypatch.setattr(archives, "LARGEST_UNPACKED", 1000)
    ((finding,),) = [each.records.findings for each in read_file(path, "", Desk(home.raw, "县"))]
    assert finding.message.startswith("大.xlsx：解压后有")


def test_one_flipped_bit_in_a_workbook_is_told_and_never_read_as_data(
    home: Settings, write_sheet: Write, report_of: Run
) -> None:
    path = write_sheet("2023-10-15/a.xlsx", [HEADER, ROW])
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        part = archive.getinfo("xl/worksheets/sheet1.xml")
    content[part.header_offset + 30 + len(part.filename) + part.compress_size // 2] ^= 1
    path.write_bytes(content)
    (line,) = report_of().failures
    assert "不是完好的 Excel 文件" in line


def test_a_table_of_an_unknown_kind_is_rejected_row_by_row(
    home: Settings, write_sheet: Write, report_of: Run
) -> None:
    write_sheet("a.xlsx", [["品名", "单价", "数量"], ["笔", 2, 3], ["纸", 1, 9]])
    report = report_of()
    assert (report.rows_read, report.rows_rejected) == (3, 3)
    assert ask(home, "SELECT rule FROM quality") == [("ledger_unknown",)]


def test_two_tables_on_a_sheet_are_both_read(
    home: Settings, write_sheet: Write, report_of: Run
) -> None:
    write_sheet("2023-10-15/a.xlsx", [HEADER[1:4], ROW[1:4], [], HEADER, ["2", "影院", *ROW[2:]]])
    report = report_of()
    assert (report.rows_loaded, report.rows_ignored, report.rows_rejected) == (2, 3, 0)
    assert ask(home, "SELECT site, row_no FROM hazard ORDER BY row_no") == [
        ("宾馆", 2),
        ("影院", 5),
    ]


def test_one_number_on_two_sheets_of_a_file_keeps_both(
    home: Settings, write_sheet: Write, report_of: Run
) -> None:
    write_sheet("2023-10-15/a.xlsx", [HEADER, ROW])
    write_sheet("2023-10-15/b.xlsx", [HEADER, [*ROW[:2], "安全出口上锁", *ROW[3:]]])
    report_of()
    assert ask(home, "SELECT count(*) FROM items(DATE '2023-11-15')") == [(2,)]
    assert ask(home, "SELECT rule FROM quality") == [("number_repeated",)]


@pytest.mark.parametrize(
    ("path", "title", "day", "basis"),
    [
        ("2023-10-15/a.xlsx", "隐患台账", "2023-10-15", "目录日期"),
        ("2023-10-15/甲局/a.xlsx", "截至2023年9月30日", "2023-10-15", "目录日期"),
        ("a.xlsx", "填报单位：甲局  截至2023年10月20日", "2023-10-20", "标题日期"),
        ("a.xlsx", "隐患台账（2023年10月上半月）", "2023-10-15", "标题日期"),
        ("a.xlsx", "隐患台账（2023年9月）", "2023-09-30", "标题日期"),
    ],
)
def test_the_day_of_receipt(
    home: Settings, write_sheet: Write, report_of: Run, path: str, title: str, day: str, basis: str
) -> None:
    write_sheet(path, [[title], HEADER, ROW], merge=["A1:H1"])
    report_of()
    found = ask(home, "SELECT received_on, received_basis FROM submission")
    assert found == [(date.fromisoformat(day), basis)]
    assert ask(home, "SELECT known_from FROM hazard") == [(date.fromisoformat(day),)]


def test_without_any_date_the_files_own_counts_and_is_told(
    home: Settings, write_sheet: Write, report_of: Run
) -> None:
    os.utime(write_sheet("a.xlsx", [HEADER, ROW]), (1_697_328_000, 1_697_328_000))
    report_of()
    assert ask(home, "SELECT received_basis FROM submission") == [("文件日期",)]
    assert ask(home, "SELECT rule FROM quality") == [("received_guessed",)]


def test_a_file_from_outside_is_copied_in_with_the_day_of_its_receipt(
    home: Settings, write_sheet: Write, tmp_path: Path
) -> None:
    outside = write_sheet("a.xlsx", [HEADER, ROW]).rename(tmp_path / "收件.xlsx")
    ingest(home, [outside], received=date(2023, 10, 31))
    assert (home.raw / "2023-10-31" / "收件.xlsx").exists()
    ingest(home)  # from scratch, the same
    assert ask(home, "SELECT path, received_on, received_basis FROM submission") == [
        ("2023-10-31/收件.xlsx", date(2023, 10, 31), "登记")
    ]


def test_the_day_of_receipt_alone_holds_for_the_files_that_are_new(
    home: Settings, write_sheet: Write
) -> None:
    write_sheet("a.xlsx", [["台账（2023年9月）"], HEADER, ROW], merge=["A1:H1"])
    ingest(home)
    write_sheet("b.xlsx", [HEADER, ["2", "影院", *ROW[2:]]])
    ingest(home, received=date(2023, 10, 31))
    assert ask(home, "SELECT path, received_on FROM submission ORDER BY 1") == [
        ("a.xlsx", date(2023, 9, 30)),
        ("b.xlsx", date(2023, 10, 31)),
    ]


def test_another_file_of_the_same_name_does_not_overwrite_the_first(
    home: Settings, write_sheet: Write, tmp_path: Path
) -> None:
    first = write_sheet("a.xlsx", [HEADER, ROW]).rename(tmp_path / "a.xlsx")
    ingest(home, [first], received=date(2023, 10, 31))
    other = write_sheet("a.xlsx", [HEADER, ["2", "影院", *ROW[2:]]]).rename(tmp_path / "a.xlsx")
    ingest(home, [other], received=date(2023, 10, 31))
    assert ask(home, "SELECT hazard_no FROM hazard ORDER BY 1") == [("1",), ("2",)]


def test_a_path_that_does_not_exist_is_an_error(home: Settings) -> None:
    with pytest.raises(SourceError, match="找不到"):
        ingest(home, [home.raw / "没有.xlsx"])


def test_units_are_written_by_the_name_in_the_register(
    home: Settings, write_sheet: Write, report_of: Run
) -> None:
    write_sheet(
        "2023-10-01/单位.xlsx", [["单位名称", "联络员", "别名"], ["县甲局", "赵某", "甲局、甲"]]
    )
    write_sheet("2023-10-15/a.xlsx", [["填报单位：甲"], HEADER, ROW], merge=["A1:H1"])
    report_of()
    assert ask(home, "SELECT item_id, unit FROM hazard") == [("H-县甲局-1", "县甲局")]


def test_what_is_marked_simulated_in_name_or_title_is_simulated(
    home: Settings, write_sheet: Write, report_of: Run
) -> None:
    write_sheet("2023-10-15/模拟数据_a.xlsx", [HEADER, ROW])
    write_sheet(
        "2023-10-15/b.xlsx",
        [["台账（模拟数据）"], HEADER, ["2", "影院", *ROW[2:]]],
        merge=["A1:H1"],
    )
    write_sheet("2023-10-15/c.xlsx", [HEADER, ["3", "书店", *ROW[2:]]])
    report_of()
    found = ask(home, "SELECT title, is_simulated FROM items(DATE '2023-11-01') ORDER BY 1")
    assert [is_simulated for _, is_simulated in found] == [False, True, True]


def test_text_from_a_ledger_is_never_sql(
    home: Settings, write_sheet: Write, report_of: Run
) -> None:
    nasty = "'); DROP TABLE hazard; --"
    write_sheet("2023-10-15/a.xlsx", [HEADER, [nasty, nasty, nasty, *ROW[3:]]])
    report_of()
    assert ask(home, "SELECT hazard_no, site, description FROM hazard") == [(nasty, nasty, nasty)]


def test_a_run_that_fails_leaves_the_published_warehouse_as_it_was(
    home: Settings, write_sheet: Write, report_of: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_sheet("2023-10-15/a.xlsx", [HEADER, ROW])
    report_of()
    before = home.warehouse.read_bytes()
    write_sheet("2023-10-15/b.xlsx", [HEADER, ["2", "影院", *ROW[2:]]])

    def full_disk(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(Exception, match="原有的没有改动"):
        report_of()
    assert home.warehouse.read_bytes() == before
    assert not list(home.warehouse.parent.glob("*.part*"))


def test_progress_counts_files_and_rows(home: Settings, write_sheet: Write) -> None:
    write_sheet("a.xlsx", [HEADER, ROW])
    seen: list[tuple[int, int, int, str]] = []
    ingest(home, on_progress=lambda *said: seen.append(said))
    assert seen == [(0, 1, 0, "a.xlsx"), (1, 1, 2, "")]


@pytest.mark.parametrize(
    ("subtitle", "headers", "unit"),
    [
        ("填报单位：县甲局", ["场所名称", "隐患描述"], "县甲局"),
        ("填报单位：县甲局", ["场所名称", "隐患描述", "责任单位"], None),  # left blank by the unit
        ("填报单位：文旅安全专班办公室", ["场所名称", "隐患描述"], None),  # which lists others'
    ],
)
def test_a_hazard_is_its_senders_where_no_column_says_whose_it_is(
    home: Settings, write_sheet: Write, subtitle: str, headers: list[str], unit: str | None
) -> None:
    write_sheet("2023-10-15/台账.xlsx", [[subtitle], headers, ["甲宾馆", "灭火器过期"]], ["A1:B1"])
    ingest(home)
    with open_warehouse(home.warehouse) as con:
        (shown,) = fetch_rows(con, "SELECT unit FROM hazard")[1]
        rules = {rule for (rule,) in fetch_rows(con, "SELECT rule FROM quality")[1]}
    assert shown == (unit,)
    assert ("unit_from_sender" in rules) == bool(unit)
