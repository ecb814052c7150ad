"""A row that names no unit, or a firm, is the sender's; never the 专班's, never nobody's."""

from datetime import date

import pytest
from openpyxl import Workbook

from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from tests.ingest.answering import ask

WEB, OFFICE = "2023-11-01/县教育局/001_台账.csv", "2023-10-15/台账.csv"
DUTIES = "履职类型,单位,人员,对象,开展日期,主题\n"
OWN = "培训演练,县教育局,,,2023-10-09,演练\n"
INSPECTIONS = "检查编号,检查日期,被检查单位,检查单位,检查人员,检查项数,发现隐患数,检查结果\n"
REPORTS = "报送单位,期次起,期次止,检查家次,发现隐患数\n"
UNITS = "单位名称,单位类别,联络员\n县教育局,成员单位,钱某\n县文化和旅游局,成员单位,孙某\n"


def send(home: Settings, path: str, text: str) -> None:
    file = home.raw / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def held(home: Settings) -> list[tuple[int, str]]:
    """The rows that wait for the office, each with why."""
    sql = "SELECT row_no, split_part(reason, '；', 1) FROM reject ORDER BY row_no"
    return [(row_no, why) for row_no, why in ask(home, sql)]


def test_a_meeting_without_a_unit_is_the_senders_and_none_of_the_office(home: Settings) -> None:
    send(
        home,
        WEB,
        f"{DUTIES}{OWN}形势研判会,,,,2023-10-20,10月形势研判会\n例会,,,,2023-10-21,例会\n",
    )
    ingest(home)
    sql = "SELECT kind, unit FROM duty ORDER BY held_on"
    assert ask(home, sql) == [
        ("培训演练", "县教育局"), ("形势研判会", "县教育局"), ("例会", "县教育局"),
    ]  # fmt: skip
    assert ask(home, "SELECT * FROM meetings(DATE '2023-11-02')") == []
    sql = "SELECT rule, row_no, message FROM quality WHERE field = 'unit' ORDER BY row_no"
    said = "没有填写单位，按填报单位“县教育局”统计"
    assert ask(home, sql) == [("unit_from_sender", n, said) for n in (3, 4)]


def test_what_the_office_takes_in_without_a_unit_is_its_own(home: Settings) -> None:
    send(home, OFFICE, f"{DUTIES}{OWN}形势研判会,,,,2023-10-20,10月形势研判会\n")
    ingest(home)
    sql = "SELECT kind, held_on FROM meetings(DATE '2023-11-02')"
    assert ask(home, sql) == [("形势研判会", date(2023, 10, 20))]


def test_an_inspection_without_a_unit_is_the_senders(home: Settings) -> None:
    rows = "JC1,2023-10-20,甲校,县教育局,某甲,9,0,\nJC2,2023-10-21,乙校,,某甲,9,0,\n"
    send(home, WEB, INSPECTIONS + rows)
    ingest(home)
    sql = "SELECT inspection_no, unit FROM inspection ORDER BY 1"
    assert ask(home, sql) == [("JC1", "县教育局"), ("JC2", "县教育局")]


def test_inspections_without_a_column_of_units_are_told_of_once(home: Settings) -> None:
    head = INSPECTIONS.replace("检查单位,", "", 1)
    send(home, WEB, f"{head}JC1,2023-10-20,甲校,某甲,9,0,\nJC2,2023-10-21,乙校,某甲,9,0,\n")
    ingest(home)
    assert ask(home, "SELECT DISTINCT unit FROM inspection") == [("县教育局",)]
    sql = "SELECT row_no, message FROM quality WHERE rule = 'unit_from_sender'"
    assert ask(home, sql) == [(None, "没有“检查单位”一列，各行按填报单位“县教育局”统计")]


def test_a_half_monthly_report_without_a_unit_is_no_record(home: Settings) -> None:
    rows = "县教育局,2023-10-01,2023-10-15,3,1\n,2023-10-16,2023-10-31,9,9\n"
    send(home, WEB, REPORTS + rows)
    ingest(home)
    assert ask(home, "SELECT unit, visits FROM half_month") == [("县教育局", 3)]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("约谈警示,,,,2023-10-20,约谈县文化和旅游局主要负责人", "对象是别的单位"),
        ("约谈警示,县教育局,文旅局,,2023-10-20,逾期", "对象是别的单位"),
        ("媒体曝光,县教育局,,县文旅局王某,2023-10-20,逾期", "对象是别的单位"),
        ("述职,,县文化和旅游局,,2023-10-20,述职", "述职的是别的单位"),
        ("述职,县教育局,某甲,县文化和旅游局,2023-10-20,述职", "述职的是别的单位"),
        ("形势研判会,,专班办公室,,2023-10-20,研判", "是专班的会议"),
        ("例会,县教育局,某甲,,2023-10-20,县专班10月例会", "是专班的会议"),
    ],
)
def test_what_is_said_of_another_waits_in_whatever_column(
    home: Settings, row: str, why: str
) -> None:
    send(home, "2023-10-14/单位名录.csv", UNITS)
    send(home, WEB, f"{DUTIES}{OWN}{row}\n")
    ingest(home)
    assert held(home) == [(3, why)]
    assert ask(home, "SELECT kind FROM duty") == [("培训演练",)]


@pytest.mark.parametrize(
    "row",
    [
        "约谈警示,,,东河客运公司,2023-10-20,约谈东河客运公司",
        "约谈警示,县教育局,,县教育局招生办,2023-10-20,约谈本局招生办",
        "述职,,某甲,专班办公室,2023-10-20,向专班述职",
        "督导检查,,,县文化和旅游局,2023-10-20,督导",
        "预警信息,,,县文化和旅游局,2023-10-20,大风",
        "例会,,,,2023-10-20,传达专班例会精神",
    ],
)
def test_what_a_unit_does_itself_counts_at_once(home: Settings, row: str) -> None:
    send(home, "2023-10-14/单位名录.csv", UNITS)
    send(home, WEB, f"{DUTIES}{OWN}{row}\n")
    ingest(home)
    assert held(home) == []
    assert ask(home, "SELECT DISTINCT unit FROM duty") == [("县教育局",)]


HAZARDS = "隐患编号,场所名称,隐患描述,发现日期,整改期限,责任单位\n"
ROSTER = "单位名称,简称,单位类别,联络员\n{},成员单位,钱某\n"


@pytest.mark.parametrize("path", ["2023-10-16/县教育局.csv", "2023-10-16/县教育局/001_台账.csv"])
@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("某某建筑有限公司", "县教育局"), ("后勤保障部", "县教育局"), ("安全科", "县教育局"),
        ("平安客栈", "县教育局"), ("县教育局", "县教育局"), ("县少年宫", "县教育局"),
        ("校车车队", "县教育局"), ("食堂承包户田某", "县教育局"), ("县第一中学", "县教育局"),
        ("县燃气公司", "县燃气公司"),  # on the roster
    ],
)  # fmt: skip
def test_for_a_firm_and_a_part_of_a_body_answers_whoever_sent_the_ledger(
    home: Settings, path: str, written: str, unit: str
) -> None:
    """No page of a unit and no chart by unit may lose a hazard to a name on no roster."""
    send(home, "2023-10-10/名录.csv", ROSTER.format("县教育局,,成员单位,孙某\n县燃气公司,"))
    send(home, path, f"{HAZARDS}1,甲校,灯具松动,2023-10-08,2023-11-08,{written}\n")
    ingest(home)
    if unit == "县燃气公司" and "001" in path:  # what is another member's waits
        assert ask(home, "SELECT unit FROM hazard") == []
        return
    kept = "extra" if written != unit else "NULL"
    assert ask(home, f"SELECT unit, {kept} FROM hazard") == [
        (unit, f'{{"责任单位": "{written}"}}' if written != unit else None)
    ]
    sql = "SELECT value, message FROM quality WHERE rule = 'unit_from_sender'"
    told = f"责任单位“{written}”不是成员单位，按填报单位“{unit}”统计"
    assert ask(home, sql) == ([(written, told)] if written != unit else [])


@pytest.mark.parametrize("written", ["县水利局", "各相关单位", "市教育研究中心", "东河镇"])
def test_an_office_that_is_on_no_roster_and_nobody_stay_what_is_written(
    home: Settings, written: str
) -> None:
    send(home, "2023-10-10/名录.csv", ROSTER.format("县教育局,"))
    row = f"1,甲校,灯具松动,2023-10-08,2023-11-08,{written}\n"
    send(home, "2023-10-16/县教育局.csv", HAZARDS + row)
    ingest(home)
    assert ask(home, "SELECT unit FROM hazard") == [(written,)]


def test_in_a_list_of_the_offices_a_firm_stays_what_it_is_called(home: Settings) -> None:
    row = "1,甲校,灯具松动,2023-10-08,2023-11-08,某某建筑有限公司\n"
    send(home, "2023-10-16/专班办公室.csv", HAZARDS + row)
    ingest(home)
    assert ask(home, "SELECT unit FROM hazard") == [("某某建筑有限公司",)]


def test_a_file_is_of_who_governs_the_place_that_it_is_named_after(home: Settings) -> None:
    send(home, "2023-10-10/名录.csv", ROSTER.format("青龙湖景区管理委员会,"))
    row = "1,码头,缆绳磨损,2023-10-08,2023-11-08,船务部\n"
    send(home, "2023-10-16/青龙湖景区巡查导出_20231016.csv", HAZARDS + row)
    ingest(home)
    assert ask(home, "SELECT unit FROM hazard") == [("青龙湖景区管理委员会",)]


def test_whose_unit_is_renamed_later_was_called_as_it_was(home: Settings) -> None:
    """Also where nothing but the file's name tells whose the rows are."""
    send(home, "2023-10-10/名录.csv", ROSTER.format("青龙湖景区管理委员会,"))
    row = "1,码头,缆绳磨损,2023-10-08,2023-11-08,船务部\n"
    send(home, "2023-10-16/青龙湖景区巡查导出_20231016.csv", HAZARDS + row)
    renamed = (
        "单位名称,别名,单位类别\n青龙湖旅游区管理委员会,青龙湖景区管理委员会（原名）,成员单位\n"
    )
    send(home, "2023-12-05/名录.csv", renamed)
    ingest(home)
    sql = "SELECT unit FROM items(DATE '2023-12-10', known_on := DATE '{}')"
    assert ask(home, sql.format("2023-12-04")) == [("青龙湖景区管理委员会",)]
    assert ask(home, sql.format("2023-12-05")) == [("青龙湖旅游区管理委员会",)]


def book(home: Settings, path: str, **sheets: list[list[object]]) -> None:
    """Write a workbook with these sheets."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
    file = home.raw / path
    file.parent.mkdir(parents=True, exist_ok=True)
    workbook.save(file)


LIST: list[list[object]] = [
    ["隐患排查治理台账"],
    ["序号", "场所", "隐患内容", "发现日期", "整改期限"],
    [1, "渡口", "缆绳磨损", "2023.10.8", "2023.10.20"],
]


def report(unit: str) -> list[list[object]]:
    title: list[object] = [f"{unit}安全生产半月报（2023年10月上半月）"]
    return [title, ["检查次数", "发现隐患", "整改数"], [4, 1, 0]]


def test_a_sheet_that_names_nobody_is_of_the_unit_of_its_book(home: Settings) -> None:
    """Whose the book is its other sheet says, whatever the file is called."""
    book(home, "2023-10-16/报表1016.xlsx", 半月报=report("甲县交投公司"), 隐患=LIST)
    ingest(home)
    assert ask(home, "SELECT unit FROM hazard") == [("甲县交投公司",)]


@pytest.mark.parametrize("others", [("甲县交投公司", "甲县水务局"), ("文旅安全专班办公室",), ()])
def test_of_a_book_of_several_or_of_the_offices_a_list_is_nobodys(
    home: Settings, others: tuple[str, ...]
) -> None:
    sheets = {f"表{n}": report(unit) for n, unit in enumerate(others)}
    book(home, "2023-10-16/报表1016.xlsx", **sheets, 隐患=LIST)
    ingest(home)
    assert ask(home, "SELECT unit FROM hazard") == [(None,)]


def test_who_stands_in_the_rows_of_a_list_sent_it(home: Settings) -> None:
    own = [LIST[0], [*LIST[1], "责任单位"], [*LIST[2], "县水务局"]]
    book(home, "2023-10-16/报表1016.xlsx", 半月报=report("甲县交投公司"), 隐患=own)
    ingest(home)
    assert ask(home, "SELECT unit FROM hazard") == [("县水务局",)]
    sql = "SELECT unit_written FROM submission WHERE ledger = 'hazard'"
    assert ask(home, sql) == [(None,)]
