"""Which ledger a sheet is follows from all its columns, its title and its values; or is told."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from analysis.ingest.files.sheets import Sheet
from analysis.ingest.headers.columns import claim_by_values
from analysis.ingest.headers.vocabulary import Vocabulary
from analysis.ingest.read_file import Desk, Submission, read_file
from analysis.ingest.tables.layout import Layout
from analysis.ingest.tables.layout import recognise as recognise_by
from analysis.ingest.tables.rows import RowKind

VOCABULARY = Vocabulary()


def recognise(*rows: list[Any], name: str = "Sheet1") -> Layout | None:
    width = max(map(len, rows))
    cells = [[*row, *[""] * (width - len(row))] for row in rows]
    return recognise_by(Sheet(name, cells), VOCABULARY)


def ledger_of(*rows: list[Any], name: str = "Sheet1") -> str:
    layout = recognise(*rows, name=name)
    assert layout
    assert not layout.doubt
    return layout.ledger.name


@pytest.mark.parametrize(
    "name",
    ["发现问题", "存在的安全隐患", "重大隐患描述", "检查发现问题", "不合格项描述", "隐患简述",
     "排查出的隐患", "查出的问题", "主要隐患内容", "消防隐患情况", "隐患事项", "问题描述及照片"],
)  # fmt: skip
def test_a_description_makes_a_hazard_whatever_stands_beside_it(name: str) -> None:
    assert ledger_of(["序号", "检查日期", "受检单位", name, "检查人员"]) == "hazard"
    assert ledger_of(["序号", "单位名称", name, "整改措施", "责任单位", "完成时限"]) == "hazard"


def test_a_record_of_a_visit_stays_one_though_it_counts_hazards() -> None:
    header = ["检查日期", "被检查单位", "检查人员", "检查结果", "发现隐患数"]
    assert ledger_of(header, ["2023-10-01", "宾馆", "某甲", "合格", 0]) == "inspection"


def test_values_tell_a_number_of_hazards_from_a_hazard() -> None:
    header = ["检查日期", "被检查单位", "检查人员", "发现隐患"]
    assert ledger_of(header, ["2023-10-01", "宾馆", "某甲", 2]) == "inspection"
    assert ledger_of(header, ["2023-10-01", "宾馆", "某甲", "灭火器过期"]) == "hazard"


def test_the_title_and_the_name_of_the_sheet_count() -> None:
    header = ["序号", "主要问题", "整改措施", "责任单位", "完成时限"]
    assert ledger_of(["隐患整改台账"], header) == "hazard"
    assert ledger_of(["三清单"], header) == "measure"
    assert ledger_of(header, name="三清单") == "measure"


def test_two_ledgers_that_are_close_are_told() -> None:
    layout = recognise(["主要问题", "整改措施", "责任单位", "责任人", "完成时限"])
    assert layout
    assert "既像“" in layout.doubt
    assert "[sheets]" in layout.doubt


def test_a_ledger_without_its_own_column_is_not_taken_for_another() -> None:
    header = [
        "序号",
        "企业名称",
        "查见不符",
        "检查时间",
        "整改时限",
        "责任单位",
        "责任人",
        "整改情况",
    ]
    layout = recognise(header)
    assert layout
    assert "没有认出“隐患描述”一列" in layout.doubt


def test_a_level_of_risk_makes_no_register_of_what_has_deadlines() -> None:
    life = ["风险等级", "发现时间", "整改责任单位", "责任人", "整改时限", "整改情况"]
    header = ["序号", "河流", "部位及隐患描述", *life]
    assert ledger_of(header, name="水域") == "hazard"
    nameless = recognise(["序号", "河流", "查见不符", *life], name="水域")
    assert nameless
    assert "没有认出“隐患描述”一列" in nameless.doubt
    named = ["序号", "场所名称", "查见不符", *life]
    told = recognise(["某县隐患台账"], named)
    assert told
    assert "没有认出“隐患描述”一列" in told.doubt


def test_a_register_stays_one_though_its_title_speaks_of_hazards() -> None:
    header = ["序号", "场所名称", "业态", "风险等级", "监管单位", "责任人", "检查时间", "整改情况"]
    assert ledger_of(["重点场所名录"], header) == "site"
    assert ledger_of(["易发隐患的场所"], header[:6]) == "site"


def test_a_row_of_data_is_no_header_though_its_words_are_known() -> None:
    assert recognise(["酒店", "一般隐患", "已整改", 1], ["民宿", "重大隐患", "整改", 2]) is None
    assert recognise(["汇总", "甲", "乙"], ["隐患", "酒店", 3], ["问题", "民宿", 4]) is None


def desk(raw: Path, **facts: Any) -> Desk:
    return Desk(raw, "模拟县", **facts)


def read(path: Path, text: str, **facts: Any) -> Submission:
    path.write_text(text, encoding="utf-8")
    (submission,) = read_file(path, "0", desk(path.parent, **facts))
    return submission


CLOSE = "主要问题,整改措施,责任单位,责任人,完成时限\n灭火器过期,更换,县文旅局,某甲,2023-10-31\n"


def test_no_row_is_loaded_while_nobody_knows_the_ledger(tmp_path: Path) -> None:
    submission = read(tmp_path / "a.csv", CLOSE)
    assert submission.facts["ledger"] is None
    assert len(submission.records) == 0
    (reject,) = submission.records.rejects
    assert "灭火器过期" in reject.raw
    (finding,) = [f for f in submission.records.findings if f.rule == "ledger_ambiguous"]
    assert finding.severity == "error"
    assert submission.facts["rows_read"] == 2
    assert submission.facts["rows_ignored"] + submission.facts["rows_rejected"] == 2


def test_the_office_decides_by_a_pattern_of_the_name(tmp_path: Path) -> None:
    submission = read(tmp_path / "暗访.csv", CLOSE, sheets={"*暗访*": "hazard"})
    assert submission.facts["ledger"] == "hazard"
    assert submission.records.get("description") == ["灭火器过期"]


def test_a_blank_checklist_is_one_word(tmp_path: Path) -> None:
    text = (
        "序号,检查项目,检查内容,检查结果,检查人员,检查时间\n"
        "1,消防通道,是否畅通,,,\n2,灭火器,是否有效,,,\n"
    )
    submission = read(tmp_path / "检查表.csv", text)
    assert not submission.records.rejects
    assert submission.facts["rows_ignored"] == 3
    (finding,) = [f for f in submission.records.findings if f.rule != "received_guessed"]
    assert "空白检查表" in finding.message


def test_columns_of_one_header_keep_their_values_apart(tmp_path: Path) -> None:
    text = (
        "场所名称,隐患描述,责任单位,整改单位,整改单位,整改单位\n"
        "宾馆,灭火器过期,县文旅局,甲公司,乙公司,丙公司\n"
    )
    (extra,) = read(tmp_path / "a.csv", text).records.get("extra")
    assert extra == '{"整改单位": "甲公司", "整改单位（2）": "乙公司", "整改单位（3）": "丙公司"}'


def test_a_header_says_the_level_of_all_its_hazards(tmp_path: Path) -> None:
    text = "企业名称,重大隐患描述,检查时间\n宾馆,疏散通道封堵,2023-10-01\n旅馆,,2023-10-01\n"
    assert read(tmp_path / "a.csv", text).records.get("level") == ["重大", None]
    text = "企业名称,重大隐患描述,隐患等级\n宾馆,疏散通道封堵,一般\n"
    assert read(tmp_path / "b.csv", text).records.get("level") == ["一般"]


def test_who_inspects_is_no_site_beside_the_one_inspected(tmp_path: Path) -> None:
    text = "检查单位,检查工点,隐患描述,检查时间\n县监督站,文化广场,护栏缺失,2023-10-01\n"
    records = read(tmp_path / "a.csv", text).records
    assert records.get("site") == ["文化广场"]
    assert records.get("extra") == ['{"检查单位": "县监督站"}']


def test_a_column_of_its_own_keeps_a_ledger_from_doubt() -> None:
    progress = [
        "编号",
        "细化措施",
        "整改类别",
        "牵头单位",
        "责任人",
        "完成时限",
        "整改状态",
        "完成日期",
    ]
    assert ledger_of(progress) == "measure"  # a hazard ledger has as many of them, and no 隐患描述
    assert ledger_of(["反馈问题", "整改措施", "责任单位", "整改时限", "整改进展"]) == "measure"
    assert ledger_of(["检查日期", "被检查单位", "存在问题", "检查人员"]) == "hazard"
    assert ledger_of(["问题表现", "工作措施", "牵头单位", "配合单位", "完成时限"]) == "measure"


def test_a_sheet_that_lacks_only_the_description_says_so() -> None:
    layout = recognise(["隐患编号", "隐患地点", "要求办结日", "责任单位", "责任人", "怎么回事"])
    assert layout
    assert "没有认出“隐患描述”一列" in layout.doubt


def fields_of(*rows: list[object], merged: tuple[tuple[int, int, int, int], ...] = ()) -> list[str]:
    """The field of each column of a table with these rows, the header first; «-» is none."""
    sheet = Sheet("Sheet1", [list(row) for row in rows], merged=list(merged))
    layout = recognise_by(sheet, VOCABULARY)
    assert layout
    data = [sheet.filled[n] for n, kind in enumerate(layout.kinds) if kind is RowKind.DATA]
    columns = claim_by_values(VOCABULARY, layout.ledger, layout.headers, data, date(2023, 10, 31))
    return [column.field.name if column.field else "-" for column in columns]


def test_figures_of_two_years_side_by_side_are_of_this_one_and_of_the_one_before() -> None:
    assert fields_of(
        ["地区", "2022年1-10月", "2022年1-10月", "2023年1-10月", "2023年1-10月"],
        ["地区", "起数", "死亡", "起数", "死亡"],
        ["甲镇", 8, 4, 6, 3],
        merged=((0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 0, 4)),
    ) == ["region", "accidents_prev", "deaths_prev", "accidents", "deaths"]


def test_a_share_is_no_number_of_accidents_more() -> None:
    header = ["地区", "起数", "死亡人数", "起数同比增减（起）", "起数同比增减（%）"]
    assert fields_of(header, ["甲镇", 6, 3, -2, -25]) == [
        "region", "accidents", "deaths", "-", "accidents_yoy_printed"
    ]  # fmt: skip


def test_a_bare_noun_is_of_the_column_on_its_left() -> None:
    behind_site = ["检查日期", "场所", "类别", "隐患描述", "整改期限"]
    behind_hazard = ["检查日期", "场所", "隐患描述", "类别", "整改期限"]
    row = ["2023-10-16", "某剧院", "演出场所", "通道堵塞", "2023-10-20"]
    assert fields_of(behind_site, row)[2] == "site_kind"
    row = ["2023-10-16", "某剧院", "通道堵塞", "疏散通道", "2023-10-20"]
    assert fields_of(behind_hazard, row)[3] == "category"


def test_a_place_is_the_site_where_another_column_says_which_part_of_it() -> None:
    assert fields_of(["地点", "部位", "发现问题", "发现时间"])[:2] == ["site", "location"]
    assert fields_of(["场所名称", "地点", "发现问题", "发现时间"])[:2] == ["site", "location"]


def test_a_count_is_one_only_where_its_cells_are() -> None:
    header = ["检查日期", "受检单位", "检查项目", "检查结果"]
    assert fields_of(header, ["2023-10-16", "某酒店", 16, "合格"])[2] == "items_checked"
    assert fields_of(header, ["2023-10-16", "某酒店", "消防通道", "合格"])[2] == "-"


def test_a_register_without_grades_is_known_by_its_title() -> None:
    header = ["民宿名称", "乡镇", "客房数"]
    row = ["某民宿", "甲镇", "12"]
    assert recognise(header, row) is None
    titled = recognise(["民宿名录", "", ""], header, row)
    assert titled
    assert titled.ledger.name == "site"


def test_the_rows_of_a_header_are_those_that_its_merged_cells_join() -> None:
    """整改情况 over three answers to tick: its second row says which column is which."""
    sheet = Sheet(
        "Sheet1",
        [
            ["场所名称", "隐患描述", "整改情况", "", ""],
            ["", "", "已整改", "整改中", "未整改"],
            ["某酒店", "通道堵塞", "", "√", ""],
        ],
        merged=[(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 4)],
    )
    layout = recognise_by(sheet, VOCABULARY)
    assert layout
    assert [header.last for header in layout.headers][2:] == ["已整改", "整改中", "未整改"]


def test_a_line_of_whoever_reports_is_no_row_of_the_header() -> None:
    layout = recognise(
        ["填报单位", "某局", "填报日期", 20240115],
        ["序号", "隐患描述", "使用单位", "发现日期"],
        [1, "通道堵塞", "某酒店", "2024-01-02"],
    )
    assert layout
    assert [header.above for header in layout.headers] == ["", "", "", ""]


def test_of_a_header_that_counts_some_of_them_the_sheet_is_read() -> None:
    header = ["检查日期", "受检单位", "发现隐患数", "其中：重大隐患数"]
    assert fields_of(header)[2:] == ["hazards_found", "major_hazards_found"]


def test_a_register_of_acceptances_says_what_each_line_is_without_a_column_of_it(
    tmp_path: Path,
) -> None:
    text = (
        "隐患验收销号登记簿（模拟数据）,,,\n事项编号,验收日期,验收人,撤回原因\n"
        "2-1,2024-01-10,某甲,\n2-1,,,反弹\n"
    )
    records = read(tmp_path / "a.csv", text).records
    assert records.get("act") == ["accept", "withdraw"]
