"""Ledgers in, figures out: one unit under all its names, as they were known on each day."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from analysis.errors import YanpanError
from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from analysis.warehouse.client import Warehouse
from analysis.warehouse.engine import fetch_rows, open_warehouse
from analysis.warehouse.scope import Scope
from analysis.warehouse.share import Share, make_share, must_be_known

Write = Callable[..., Path]
HEADER = [
    "隐患编号",
    "发现日期",
    "场所名称",
    "隐患描述",
    "责任单位",
    "责任人",
    "整改期限",
    "整改状态",
]
ROSTER = ["单位名称", "单位类别", "联络员", "联系电话", "别名", "是否报送"]
OCTOBER, DECEMBER = date(2023, 10, 31), date(2023, 12, 1)


def hazard(number: str, unit: str, status: str = "整改中") -> list[str]:
    return [
        number,
        "2023-10-01",
        f"某甲宾馆{number}",
        "安全出口上锁",
        unit,
        "某甲",
        "2023-10-20",
        status,
    ]


def ask(warehouse: Path, sql: str) -> list[tuple[object, ...]]:
    with open_warehouse(warehouse) as con:
        return fetch_rows(con, sql)[1]


@pytest.fixture
def renamed(home: Settings, write_sheet: Write) -> Path:
    """教体股 and 县教育局 are two units in October; a roster of 20 November calls them one."""
    ledger = [["隐患台账（模拟数据）"], HEADER, hazard("1", "教体股"), hazard("2", "兴县教育局")]
    write_sheet("2023-10-16/专班办公室/隐患台账.xlsx", ledger)
    write_sheet(
        "2023-11-20/名录.xlsx",
        [ROSTER, ["县教育局", "成员单位", "某甲", "", "教体股", ""]],
    )  # fmt: skip
    ingest(home)
    return home.warehouse


def test_a_name_learned_later_changes_no_earlier_figure(renamed: Path) -> None:
    def units(known_on: date) -> list[object]:
        sql = f"SELECT unit FROM items(DATE '2023-12-01', DATE '{known_on}') ORDER BY 1"
        return [unit for (unit,) in ask(renamed, sql)]

    assert units(OCTOBER) == ["兴县教育局", "教体股"]
    assert units(date(2023, 11, 19)) == ["兴县教育局", "教体股"]
    assert units(date(2023, 11, 20)) == units(DECEMBER) == ["县教育局", "县教育局"]
    spans = ask(renamed, "SELECT unit, known_from, known_to FROM hazard WHERE hazard_no = '1' "
                "ORDER BY known_from")  # fmt: skip
    assert spans == [
        ("教体股", date(2023, 10, 16), date(2023, 11, 20)), ("县教育局", date(2023, 11, 20), None),
    ]  # fmt: skip
    assert ask(renamed, "SELECT DISTINCT first_known_on FROM hazard WHERE known_to IS NULL") == [
        (date(2023, 10, 16),)
    ]


def test_a_filter_may_say_any_formal_name_and_means_what_was_known(renamed: Path) -> None:
    with Warehouse(renamed) as warehouse:

        def titles(unit: str, known_on: date | None = None) -> int:
            return len(warehouse.items(Scope(DECEMBER, known_on, {"unit": [unit]})))

        assert [titles(unit) for unit in ("县教育局", "兴县教育局", "教育局", "教体股")] == [2] * 4
        assert [titles(unit, OCTOBER) for unit in ("县教育局", "教育局", "教体股")] == [1, 1, 1]
        assert titles("市教育局") == 0


def test_a_submission_is_its_units_by_the_name_that_was_known(
    home: Settings, write_sheet: Write
) -> None:
    """教体股 sends in October; from the roster of 20 November on it is 县教育局."""
    ledger = [["填报单位：教体股"], HEADER, hazard("1", "教体股")]
    write_sheet("2023-10-16/隐患台账.xlsx", ledger)
    write_sheet("2023-11-20/名录.xlsx",
                [ROSTER, ["县教育局", "成员单位", "某甲", "", "教体股", ""]])  # fmt: skip
    ingest(home)
    sql = "SELECT unit FROM {}(DATE '2023-12-01', known_on := DATE '{}') WHERE unit <> '全部'"
    for known_on, unit in (("2023-11-19", "教体股"), ("2023-11-20", "县教育局")):
        of_ledgers = sql.format("submissions", known_on) + " AND ledger = 'hazard'"
        assert ask(home.warehouse, of_ledgers) == [(unit,)]
        assert (unit,) in ask(home.warehouse, sql.format("submission_quality", known_on))
    with Warehouse(home.warehouse) as warehouse:
        for day in (OCTOBER, DECEMBER):
            scope = Scope(DECEMBER, day, {"unit": ["教体股"]})
            assert len(warehouse.relation("submissions", scope)) == 1


def test_an_account_sees_its_rows_of_all_days_by_any_formal_name(
    renamed: Path, tmp_path: Path
) -> None:
    assert must_be_known(renamed, "兴县教育局") == must_be_known(renamed, "教体股") == "县教育局"
    with pytest.raises(YanpanError, match="没有单位“市教育局”"):
        must_be_known(renamed, "市教育局")
    for number, unit in enumerate(("县教育局", "兴县教育局", "教体股")):
        share = tmp_path / f"{number}.duckdb"
        make_share(renamed, Share(unit=unit), share)
        assert ask(share, "SELECT count(*) FROM hazard") == [(4,)]
        assert {unit for (unit,) in ask(share, "SELECT unit FROM unit_name")} == {
            "县教育局", "兴县教育局", "教体股",
        }  # fmt: skip


def test_a_roster_sent_again_takes_nothing_from_the_one_before(
    home: Settings, write_sheet: Write
) -> None:
    write_sheet("2023-10-16/名录.xlsx", [
        ROSTER,
        ["县教育局", "成员单位", "某甲", "13800000001", "教育局", ""],
        ["县水利局", "成员单位", "某乙", "", "", "否"],
        ["某甲镇", "乡镇", "某丙", "", "", "是"],
        ["市教育局", "其他", "某丁", "", "", ""],
    ])  # fmt: skip
    write_sheet("2023-11-20/名录.xlsx", [ROSTER[:3], ["兴县教育局", "", "某戊"]])
    ingest(home)
    sql = ("SELECT unit, unit_kind, liaison, phone, has_to_report, region_prefix "
           "FROM units(DATE '2023-12-01', NULL) ORDER BY row_number() OVER ()")  # fmt: skip
    assert sorted(ask(home.warehouse, sql), key=str) == sorted([
        ("兴县教育局", "成员单位", "某戊", "13800000001", True, None),
        ("县水利局", "成员单位", "某乙", None, False, None),
        ("某甲镇", "乡镇", "某丙", None, True, None),
        ("市教育局", "其他", "某丁", None, False, "市"),
    ], key=str)  # fmt: skip
    earlier = "SELECT unit, liaison FROM units(DATE '2023-12-01', DATE '2023-10-31')"
    assert ("县教育局", "某甲") in ask(home.warehouse, earlier)


def test_of_several_units_in_a_cell_one_leads(home: Settings, write_sheet: Write) -> None:
    write_sheet("2023-10-16/隐患台账.xlsx", [
        ["隐患台账（模拟数据）"],
        HEADER,
        hazard("1", "县公安局、县消防救援大队"),
        hazard("2", "牵头：县住建局 配合：县应急局"),
        hazard("3", "县文化和旅游局（某乙）"),
    ])  # fmt: skip
    ingest(home)
    sql = "SELECT unit, support_units, person, extra FROM hazard ORDER BY hazard_no"
    assert ask(home.warehouse, sql) == [
        ("县公安局", "县消防救援大队", "某甲", '{"责任单位": "县公安局、县消防救援大队"}'),
        ("县住建局", "县应急局", "某甲", '{"责任单位": "牵头：县住建局、配合：县应急局"}'),
        ("县文化和旅游局", None, "某甲", None),
    ]
    told = ask(home.warehouse, "SELECT rule, row_no, cell FROM quality WHERE field = 'unit'")
    assert told == [("several_units", 3, "E3"), ("several_units", 4, "E4")]


@pytest.mark.parametrize(
    ("subtitle", "unit", "as_whose"),
    [("填报单位：县教育局", "县教育局", "按填报单位“县教育局”统计"), ("", None, "没有当作单位")],
)
def test_the_person_in_the_units_cell_is_no_unit(
    home: Settings, write_sheet: Write, subtitle: str, unit: str | None, as_whose: str
) -> None:
    write_sheet("2023-10-16/隐患台账.xlsx", [
        ["隐患台账（模拟数据）"],
        [subtitle],
        HEADER,
        hazard("1", "县教育局"),
        hazard("2", "某甲"),  # the same as in 责任人
    ])  # fmt: skip
    ingest(home)
    sql = "SELECT unit, person FROM hazard ORDER BY hazard_no"
    assert ask(home.warehouse, sql) == [("县教育局", "某甲"), (unit, "某甲")]
    told = ask(home.warehouse, "SELECT cell, message FROM quality WHERE rule = 'unreadable'")
    assert told == [("E5", f"责任单位写的是人名“某甲”，{as_whose}；请写单位名称")]


def test_a_person_in_the_units_cell_takes_no_item_from_its_unit(
    home: Settings, write_sheet: Write
) -> None:
    for received, unit in (("2023-10-16", "县教育局"), ("2023-11-02", "欧阳某")):
        write_sheet(f"{received}/县教育局隐患台账.xlsx",
                    [["县教育局隐患台账（模拟数据）"], HEADER, hazard("1", unit)])  # fmt: skip
    ingest(home)
    assert ask(home.warehouse, "SELECT DISTINCT item_id, unit FROM hazard") == [
        ("H-县教育局-1", "县教育局")
    ]


def test_two_units_that_may_be_one_are_asked_about_and_counted_apart(
    home: Settings, write_sheet: Write
) -> None:
    write_sheet("2023-10-16/隐患台账.xlsx",
                [HEADER, hazard("1", "县卫健委"), hazard("2", "县卫体局")])  # fmt: skip
    ingest(home)
    assert ask(home.warehouse, "SELECT count(DISTINCT unit) FROM hazard") == [(2,)]
    ((message,),) = ask(
        home.warehouse, "SELECT message FROM quality WHERE rule = 'unit_may_be_one'"
    )
    assert "“县卫健委”与“县卫体局”" in str(message)


def test_a_township_in_the_roster_of_members_has_to_report_once_it_has_begun_to(
    home: Settings, write_sheet: Write
) -> None:
    """The title says 成员单位 of all, and of townships not so surely: 乙镇 has never reported."""
    write_sheet("2023-10-16/花名册.xlsx", [
        ["专班成员单位联络员花名册（模拟数据）"],
        ["单位名称", "联络员"],
        ["县教育局", "某甲"], ["甲镇人民政府", "某乙"], ["乙镇人民政府", "某丙"],
    ])  # fmt: skip
    header = ["报送单位", "报告期", "本期发现隐患数", "报送日期"]
    write_sheet("2023-10-17/第一期.xlsx", [
        ["半月报表（2023年10月1日—10月15日，模拟数据）"],
        header,
        ["县教育局", "10月1日—10月15日", 2, "10月16日"],
        ["甲镇", "10月1日—10月15日", 1, "10月16日"],
    ])  # fmt: skip
    write_sheet("2023-11-02/第二期.xlsx", [
        ["半月报表（2023年10月16日—10月31日，模拟数据）"],
        header,
        ["县教育局", "10月16日—10月31日", 0, "11月1日"],
        ["甲镇", "", "", ""],
    ])  # fmt: skip
    ingest(home)
    sql = "SELECT unit, has_to_report FROM units(DATE '2023-11-10', NULL) ORDER BY unit"
    assert ask(home.warehouse, sql) == [
        ("乙镇人民政府", None), ("县教育局", True), ("甲镇人民政府", None),
    ]  # fmt: skip
    sql = ("SELECT unit, period_start, state FROM report_punctuality(DATE '2023-11-10') "
           "ORDER BY period_start, unit")  # fmt: skip
    first, second = date(2023, 10, 1), date(2023, 10, 16)
    assert ask(home.warehouse, sql) == [
        ("县教育局", first, "in_time"), ("甲镇人民政府", first, "in_time"),
        ("县教育局", second, "in_time"), ("甲镇人民政府", second, "missing"),
    ]  # fmt: skip


def test_an_alias_of_two_units_is_told_with_both_rows(home: Settings, write_sheet: Write) -> None:
    ledger = [["隐患台账（模拟数据）"], HEADER, hazard("1", "文管所"), hazard("2", "县文旅局")]
    write_sheet("2023-10-16/专班办公室/隐患台账.xlsx", ledger)
    write_sheet("2023-11-20/名录.xlsx", [
        ROSTER,
        ["县文旅局", "成员单位", "某甲", "", "文管所", ""],
        ["县住建局", "成员单位", "某乙", "", "文管所", ""],
    ])  # fmt: skip
    ingest(home)
    units = ask(home.warehouse, "SELECT unit FROM items(DATE '2023-12-01') ORDER BY 1")
    assert units == [("县文旅局",), ("文管所",)]
    sql = "SELECT cell, severity, message FROM quality WHERE rule = 'alias_claimed_twice'"
    ((cell, severity, message),) = ask(home.warehouse, sql)
    assert (cell, severity) == ("E2", "doubt")
    assert "“文管所”是“县文旅局”和“县住建局”两个单位的别名" in str(message)
    assert "名录.xlsx，工作表“Sheet”，第 3 行" in str(message)


def test_short_names_in_a_column_of_their_own_are_aliases_too(
    home: Settings, write_sheet: Write
) -> None:
    """文管所 stands under 简称, 文物所 under 别名: both are the 县文物保护中心 of the roster."""
    ledger = [["隐患台账（模拟数据）"], HEADER, hazard("1", "文管所"), hazard("2", "文物所")]
    write_sheet("2023-10-16/专班办公室/隐患台账.xlsx", ledger)
    header = ["单位名称", "简称", "别名", "联络员"]
    row = ["县文物保护中心", "文管所", "文物所、文物办", "某甲"]
    write_sheet("2023-10-16/名录.xlsx", [["成员单位名录（模拟数据）"], header, row])
    ingest(home)
    assert ask(home.warehouse, "SELECT unit FROM hazard") == [("县文物保护中心",)] * 2
    assert ask(home.warehouse, "SELECT aliases, extra FROM unit") == [
        ("文管所、文物所、文物办", None)
    ]
