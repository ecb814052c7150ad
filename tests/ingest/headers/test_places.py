"""Which column names the place of a hazard where none is headed as its site."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.ingest.files.sheets import Sheet
from analysis.ingest.headers.columns import Column, claim_by_values
from analysis.ingest.headers.places import is_named, is_part
from analysis.ingest.headers.vocabulary import Vocabulary
from analysis.ingest.tables.layout import recognise

REST = ["隐患描述", "等级", "发现日期", "责任人", "整改期限"]
ROW = ["灭火器过期", "一般", "2023-10-18", "某甲", "2023-11-30"]
SITES = ["白鹭湖游船“白鹭2号”", "县道X012线K5+300处", "望江楼民宿", "城南小学"]
PARTS = ["一楼大厅", "二层楼梯口", "后厨", "3号楼东侧走廊"]
PLAIN = Vocabulary()


def columns_of(
    headers: list[str],
    *rows: list[str],
    vocabulary: Vocabulary = PLAIN,
    lent: tuple[str, ...] = (),
) -> list[Column]:
    """The columns of a ledger of hazards, of which these are the first ones."""
    data: list[list[object]] = [[*row, *ROW] for row in rows]
    layout = recognise(Sheet("隐患台账", [[*headers, *REST], *data]), vocabulary)
    assert layout
    return claim_by_values(
        vocabulary, layout.ledger, layout.headers, data, date(2023, 11, 1), lent
    )[: len(headers)]


def fields_of(headers: list[str], *rows: list[str], lent: tuple[str, ...] = ()) -> list[str]:
    columns = columns_of(headers, *rows, lent=lent)
    return [column.field.name if column.field else "-" for column in columns]


@pytest.mark.parametrize(
    "header",
    ["位置", "地点", "隐患位置", "隐患地点", "所在地点", "检查地点", "部位", "隐患区域", "路段",
     "设备", "设施名称", "设备/场所", "场所或设备", "设备（场所）", "路段、桥梁", "船舶名称",
     "隐患点名称", "管理单位", "设备使用单位"],
)  # fmt: skip
def test_the_only_column_that_says_where_is_the_site(header: str) -> None:
    rows = [[site] for site in (*SITES, "云峰山观景台", "平安路口")]
    assert fields_of([header], *rows) == ["site"]


@pytest.mark.parametrize("header", ["位置", "隐患地点", "部位", "隐患点位", "设备/场所"])
def test_what_tells_parts_alone_is_no_site(header: str) -> None:
    assert fields_of([header], *([part] for part in PARTS)) == ["location"]


def test_a_part_stays_one_where_a_column_or_a_line_above_names_the_site() -> None:
    rows = [["望江楼民宿", "门前停车场"], ["城南小学", "操场看台"]]
    assert fields_of(["场所名称", "隐患位置"], *rows) == ["site", "location"]
    assert fields_of(["隐患位置"], ["游客中心"], ["观景台"], lent=("site",)) == ["location"]


def test_parts_and_places_under_one_header_go_by_the_most() -> None:
    assert fields_of(["隐患位置"], ["望江楼民宿"], ["城南小学"], ["一楼大厅"]) == ["site"]
    assert fields_of(["隐患位置"], ["望江楼民宿"], ["后厨"], ["一楼大厅"]) == ["location"]


def test_paths_and_squares_of_a_scenic_area_are_sites_under_a_header_of_parts() -> None:
    assert fields_of(["隐患部位"], ["听涛栈道"], ["云梯步道"], ["飞天秋千"]) == ["site"]
    assert fields_of(["隐患部位"], ["消防通道"], ["旋转木马"], ["收银台"]) == ["location"]


def test_an_unknown_header_over_names_of_sites_is_the_site_and_over_offices_is_not() -> None:
    assert fields_of(["排查单位"], ["望江楼民宿"], ["城南小学"]) == ["site"]
    assert fields_of(["排查单位"], ["县文旅局"], ["县消防救援大队"]) == ["-"]
    assert fields_of(["陪同人员"], ["望江楼民宿"], ["城南小学"]) == ["-"]
    assert fields_of(["管理单位"], ["县文旅局"], ["县消防救援大队"]) == ["-"]


def test_an_address_is_where_it_is_and_no_site() -> None:
    assert fields_of(["详细地址"], ["城关镇建设路12号"], ["平安街3号"]) == ["location"]


def test_a_guess_is_told_with_the_header_and_what_it_was_read_as() -> None:
    (guessed,) = columns_of(["设备/场所"], ["望江楼民宿"])
    assert guessed.doubt == "“设备/场所”按“场所名称”读取，如不对请改用标准表头"
    (plain,) = columns_of(["隐患场所"], ["望江楼民宿"])
    assert plain.doubt == ""


def test_what_the_office_has_said_of_a_header_stands() -> None:
    taught = Vocabulary({"hazard": {"location": ["隐患位置"]}})
    (column,) = columns_of(["隐患位置"], ["望江楼民宿"], vocabulary=taught)
    assert column.field is not None
    assert column.field.name == "location"


def test_a_column_of_which_nothing_is_filled_in_is_read_by_its_header() -> None:
    assert fields_of(["隐患位置"], [""]) == ["location"]
    assert fields_of(["隐患点位"], [""]) == ["site"]


@pytest.mark.parametrize(
    ("text", "part", "named"),
    [
        ("一楼大厅", True, False), ("地下车库", True, False), ("B区2号门", True, False),
        ("客房部走廊", True, False), ("望江楼民宿一楼大厅", False, True),
        ("城南小学配电室", False, True), ("平安路口", False, True), ("3号检票口", False, False),
        ("好唱KTV", False, True),
    ],
)  # fmt: skip
def test_a_part_says_not_of_what_it_is_one(text: str, part: bool, named: bool) -> None:
    assert (is_part(text), is_named(text)) == (part, named)


@given(st.text(alphabet="一楼大厅东西侧门口出入路民宿3号 （", max_size=60))
def test_nothing_is_a_part_and_a_named_place(text: str) -> None:
    assert not (is_part(text) and is_named(text))
