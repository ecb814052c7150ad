"""What stands around a table is said of its rows, where they leave it blank."""

import pytest

from analysis.ingest.files.sheets import Sheet
from analysis.ingest.tables.context import lent, names, pairs
from analysis.ingest.tables.filling.ditto import without_ditto
from analysis.ingest.tables.rows import RowKind
from analysis.ledgers import LEDGERS

HAZARD, SITE, DECISION, MEASURE = (
    LEDGERS[name] for name in ("hazard", "site", "decision", "measure")
)
KNOWN = {"被检查单位": "site", "检查时间": "found_on", "乡镇": "township"}


def field_of(label: str, value: str) -> str | None:
    return KNOWN.get(label)


D, B = RowKind.DATA, RowKind.BAND


@pytest.mark.parametrize(
    ("heading", "rank", "said"),
    [
        ("一、重大隐患", 1, {"level": "重大隐患"}),
        ("（二）城关镇", 2, {"township": "城关镇"}),
        ("河口乡人民政府", 5, {"township": "河口乡"}),
        ("三、县商务局（3条）", 1, {"unit": "县商务局"}),
        ("二、消防设施类：共2条", 1, {"category": "消防设施"}),
        ("其他", 5, {}),
    ],
)  # fmt: skip
def test_a_heading_names_a_field_by_its_words(
    heading: str, rank: int, said: dict[str, str]
) -> None:
    assert names(heading, HAZARD) == (rank, said)


def test_what_a_heading_names_depends_on_the_ledger() -> None:
    assert names("一、宾馆类（2家）", SITE)[1] == {"site_kind": "宾馆"}
    assert names("二、红色等级", SITE)[1] == {"risk_level": "红色"}
    meeting = {"meeting": "第三次安全例会", "held_on": "9月8日"}
    assert names("第三次安全例会（9月8日）", DECISION)[1] == meeting


def test_labels_in_a_line_are_pairs() -> None:
    line = "被检查单位：清风旅馆　　检查时间：2023年10月8日   填报人：某甲"
    assert pairs(line, field_of) == {"site": "清风旅馆", "found_on": "2023年10月8日"}


def test_a_heading_holds_until_the_next_of_its_rank() -> None:
    rows = ["一、重大隐患", "x", "（一）城关镇", "x", "（二）河口乡", "x", "二、一般隐患", "x"]
    sheet = Sheet("台账", [[row] for row in rows])
    assert lent(sheet, [B, D] * 4, HAZARD, "", field_of) == {
        1: {"level": "重大隐患"},
        3: {"level": "重大隐患", "township": "城关镇"},
        5: {"level": "重大隐患", "township": "河口乡"},
        7: {"level": "一般隐患"},
    }


def test_a_line_of_labels_between_the_rows_begins_anew() -> None:
    sheet = Sheet("台账", [["x"], ["被检查单位：云水茶馆"], ["x"]])
    assert lent(sheet, [D, B, D], HAZARD, "被检查单位：清风旅馆", field_of) == {
        0: {"site": "清风旅馆"},
        2: {"site": "云水茶馆"},
    }


def test_ditto_says_what_stands_above_it_however_often() -> None:
    rows = [["甲局", "10月底前"], ["同上", "同上"], ["乙局", "〃"], ["同上级部门协调", ""]]
    assert without_ditto(rows) == [
        ["甲局", "10月底前"],
        ["甲局", "10月底前"],
        ["乙局", "10月底前"],
        ["同上级部门协调", ""],
    ]


@pytest.mark.parametrize(
    ("name", "title", "unit"),
    [
        ("Sheet1", "整改清单 单位：（盖章）县人民医院   填报人：史某某", "县人民医院"),
        ("红旗镇卫生院 ", "整改清单", "红旗镇卫生院"),
        ("Sheet1", "整改清单 单位：万元", None),
    ],
)
def test_a_list_of_one_unit_says_whose_it_is(name: str, title: str, unit: str | None) -> None:
    sheet = Sheet(name, [["x"]])
    said = lent(sheet, [D], MEASURE, title, lambda label, value: None)
    assert said == ({0: {"unit": unit}} if unit else {})
    assert lent(sheet, [D], HAZARD, title, lambda label, value: None) == {}
