"""Whatever stands in the cells: every row is accounted for, and a warehouse results."""

from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import IllegalCharacterError

from analysis.ingest.pipeline import ingest
from analysis.ledgers import LEDGERS
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse
from tests.depth import some

pytestmark = pytest.mark.slow

RECEIVED = [ledger for ledger in LEDGERS.values() if ledger.is_received]
CELLS = st.one_of(
    st.sampled_from(
        ["", "合计", "2月30日", "10月30日前完成", "长期坚持", "√", "=1+1", "<b>x</b>", "３万", "无",
         "重大", "（5-4）项13月40日前完成", "每0天为一个工作节点", "0001-01-01", "2023-10-15",
         "注："]
    ),
    st.sampled_from([1e308, 10**20, -1, True, date(1900, 1, 1), datetime(2023, 1, 1, 3), time(3)]),
    st.text(max_size=8),
    st.floats(allow_nan=False, allow_infinity=False),
)  # fmt: skip


@st.composite
def sheets(draw: st.DrawFn) -> list[list[Any]]:
    """A header of some ledger, now and then damaged, over rows of anything."""
    ledger = draw(st.sampled_from(RECEIVED))
    header = [field.label for field in ledger if field.header]
    header = draw(st.lists(st.sampled_from(header), min_size=1, max_size=len(header), unique=True))
    rows = draw(st.lists(st.lists(CELLS, min_size=len(header), max_size=len(header)), max_size=5))
    return [["台账（2023年10月）"], header, *rows]


@given(sheets())
@examples(
    max_examples=some(40),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_anything_in_the_cells(tmp_path: Path, rows: list[list[Any]]) -> None:
    home = Settings(home=tmp_path)
    home.raw.mkdir(parents=True, exist_ok=True)
    book = Workbook()
    try:
        for row in rows:
            book.worksheets[0].append(row)
    except IllegalCharacterError:
        return  # no workbook can hold such a character
    book.save(home.raw / "a.xlsx")
    report = ingest(home, allow_empty=True, allow_fewer=True)
    assert report.rows_read == (
        report.rows_loaded + report.rows_duplicate + report.rows_ignored + report.rows_rejected
    )


COMMITTED = sorted((Path(__file__).parents[2] / "data" / "raw").rglob("*.xlsx"))


@given(st.data())
@examples(
    max_examples=some(25),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_a_real_workbook_with_other_things_in_its_cells(
    tmp_path: Path, data: st.DataObject
) -> None:
    """Cells changed, rows put in and taken out, columns moved: every row is accounted for."""
    source = data.draw(st.sampled_from(COMMITTED))
    book = load_workbook(source)
    sheet = book.worksheets[0]
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))
    places = st.tuples(st.integers(1, sheet.max_row), st.integers(1, sheet.max_column))
    for (row, column), value in data.draw(st.lists(st.tuples(places, CELLS), max_size=30)):
        try:
            sheet.cell(row, column).value = value
        except IllegalCharacterError:
            continue  # no workbook can hold such a character
    for row in data.draw(st.lists(st.integers(1, sheet.max_row), max_size=3)):
        (sheet.delete_rows if row % 2 else sheet.insert_rows)(row)
    if data.draw(st.booleans()):
        sheet.insert_cols(data.draw(st.integers(1, sheet.max_column)))
    home = Settings(home=tmp_path)
    home.raw.mkdir(parents=True, exist_ok=True)
    book.save(home.raw / "a.xlsx")
    report = ingest(home, allow_empty=True, allow_fewer=True)
    assert report.rows_read == (
        report.rows_loaded + report.rows_duplicate + report.rows_ignored + report.rows_rejected
    )
    assert report.failures == ()


@given(st.data())
@examples(
    max_examples=some(30),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_a_damaged_file_is_read_or_told(tmp_path: Path, data: st.DataObject) -> None:
    source = Path(__file__).parents[2] / "data" / "raw" / "三清单.xlsx"
    content = bytearray(source.read_bytes())
    places = st.integers(0, len(content) - 1)
    for place, byte in data.draw(st.lists(st.tuples(places, st.integers(0, 255)), max_size=20)):
        content[place] = byte
    home = Settings(home=tmp_path)
    home.raw.mkdir(parents=True, exist_ok=True)
    (home.raw / "a.xlsx").write_bytes(
        content[: data.draw(places)] if data.draw(st.booleans()) else content
    )
    report = ingest(home, allow_empty=True, allow_fewer=True)
    assert report.files == 1


WORDS = [
    "序号",
    "隐患编号",
    "发现日期",
    "责任单位",
    "整改期限",
    "整改状态",
    "隐患类别",
    "备注",
    "检查单位",
]
OTHER = [
    ["检查日期", "被检查单位", "检查单位", "检查结果"],
    ["2023-10-01", "宾馆", "县应急局", "好"],
]


@st.composite
def stacked_tables(draw: st.DrawFn) -> tuple[list[list[Any]], list[str]]:
    """Hazard tables of different columns on one sheet, with what stands between; their hazards."""
    rows: list[list[Any]] = []
    hazards: list[str] = []
    for _ in range(draw(st.integers(1, 3))):
        rows += draw(st.sampled_from([[], [["隐患台账"]], [["填报单位：县文旅局"]], [[]]]))
        more = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6, unique=True))
        header = draw(st.permutations(["场所名称", "隐患描述", *more]))
        rows.append(header)
        for _ in range(draw(st.integers(0, 4))):
            hazards.append(f"第{len(hazards) + 1}处隐患")
            cells = {"场所名称": draw(st.sampled_from(["宾馆", ""])), "隐患描述": hazards[-1]}
            rows.append(
                [cells.get(word, draw(st.sampled_from(["", "5", "一般"]))) for word in header]
            )
            rows += draw(st.sampled_from([[], [], [[]], [header], [["合计"]]]))
        rows += draw(st.sampled_from([[], [[]], OTHER, [["注：每半月报送"]]]))
    return rows, hazards


@given(stacked_tables())
@examples(
    max_examples=some(25),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_no_hazard_on_a_sheet_of_many_tables_is_lost_or_misread(
    tmp_path: Path, drawn: tuple[list[list[Any]], list[str]]
) -> None:
    """Each stands in the ledger as a hazard that is in force, or among the rejected rows."""
    rows, hazards = drawn
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    home = Settings(home=tmp_path)
    (home.raw / "2023-10-15").mkdir(parents=True, exist_ok=True)
    book.save(home.raw / "2023-10-15" / "a.xlsx")
    ingest(home, allow_empty=True, allow_fewer=True)
    with open_warehouse(home.warehouse) as con:
        known = "SELECT description FROM hazard WHERE known_to IS NULL"
        loaded = {text for (text,) in fetch_rows(con, known)[1]}
        rejected = " ".join(raw for (raw,) in fetch_rows(con, "SELECT raw FROM reject")[1])
    assert [text for text in hazards if text not in loaded and text not in rejected] == []
