"""Tables that go on over a page, who makes what, steps that name who and by when. 模拟数据."""

from datetime import date

import pytest

from analysis.ingest.files.sheets import Sheet
from analysis.ingest.headers.columns import Column
from analysis.ingest.measures.days import own_day
from analysis.ingest.pipeline import ingest
from analysis.ingest.plan import read_plan
from analysis.ingest.tables.shapes.one_hazard import one_hazard_each
from analysis.ledgers.hazard import HAZARD
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse
from tests.ingest.files.test_files import save_docx

HEADER = ["序号", "重点任务", "具体措施", "牵头领导", "牵头单位", "责任单位", "完成时限"]


@pytest.mark.parametrize("caption", ["（续表）", "续表1：", "表1（续）", "二、公共服务"])
def test_a_table_on_the_next_page_is_of_the_same_ledger(home: Settings, caption: str) -> None:
    folder = home.raw / "2024-03-01"
    folder.mkdir(parents=True)
    save_docx(
        folder / "分解表.docx",
        "甲县迎检重点任务分解表（模拟数据）",
        [HEADER, ["1", "体制", "编制旅游规划并报审", "甲某", "甲局", "乙局", "5月底"]],
        caption,
        [HEADER, ["2", "服务", "开通2条公交专线", "乙某", "丙局", "丁局", "6月底"]],
    )
    ingest(home)
    with open_warehouse(home.warehouse) as con:
        rows = fetch_rows(con, "SELECT unit, person, due_on FROM measure ORDER BY unit")[1]
    assert rows == [
        ("丙局", "乙某", date(2024, 6, 30)),
        ("甲局", "甲某", date(2024, 5, 31)),
    ]


def of_text(text: str) -> list[tuple[str, str, date | None]]:
    plan = read_plan(text.splitlines(), date(2024, 3, 1))
    assert plan is not None
    return [(item.text, item.unit, item.due_on) for item in plan.items]


def test_who_bears_the_work_leads_and_what_was_agreed_to_is_no_measure() -> None:
    assert of_text(
        """专题会议纪要
        （模拟数据）
        2024年3月1日，甲县召开专题会议。会议议定：
        一、护栏修复由各相关乡镇人民政府作为实施主体，县交通运输局做好技术指导，6月底前完工。
        二、原则同意县水务局提出的清淤计划。由县水务局抓紧办理手续，5月底前完工。
        三、由县公安局牵头，县城管局配合，自4月1日起开展为期两个月的集中整治。
        四、由县住建局牵头，县财政局配合，会后10个工作日内形成清单。
        """
    ) == [
        (
            "护栏修复由各相关乡镇人民政府作为实施主体，县交通运输局做好技术指导，6月底前完工。",
            "各相关乡镇人民政府", date(2024, 6, 30),
        ),
        ("由县水务局抓紧办理手续，5月底前完工。", "县水务局", date(2024, 5, 31)),
        (
            "由县公安局牵头，县城管局配合，自4月1日起开展为期两个月的集中整治。",
            "县公安局", date(2024, 6, 1),
        ),
        ("由县住建局牵头，县财政局配合，会后10个工作日内形成清单。", "县住建局", date(2024, 3, 15)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("暑期完成，最迟不超过8月25日", date(2024, 8, 25)),
        ("从5月1日起用20天时间清理", date(2024, 5, 21)),
        ("自3月5日起每10天巡查", None),
        ("例会后3个工作日内通报", None),
    ],
)
def test_the_day_of_a_measure_in_its_own_words(words: str, day: date | None) -> None:
    found = own_day(words, date(2024, 3, 1))
    assert (found.day if found else None) == day


def test_a_step_that_gives_a_unit_its_day_is_a_measure() -> None:
    assert of_text(
        """甲镇环境整治实施方案
        （模拟数据）
        一、整治任务
        1.清理河道垃圾，4月底前完成。（牵头单位：镇水利站）
        二、实施步骤
        （一）动员部署阶段（3月1日—3月10日）。各村于3月10日前广泛发动。
        （二）总结阶段（5月1日—5月31日）。由镇党政办公室逐项检查验收，5月20日前通报结果；各单位巩固成果。
        """
    ) == [
        ("清理河道垃圾，4月底前完成。", "镇水利站", date(2024, 4, 30)),
        ("由镇党政办公室逐项检查验收，5月20日前通报结果；", "镇党政办公室", date(2024, 5, 20)),
    ]


def test_who_leads_in_a_bracket_leads_before_a_comma_too() -> None:
    ((_, unit, _),) = of_text(
        """整改清单
        问题一
        整改措施：增设自助挂号机2台。
        责任股室：县人民医院（牵头），医政股
        整改时限：5月底前
        """
    )
    assert unit == "县人民医院"


#: 序号 | 隐患描述 | 责任单位 | 整改措施 | 整改期限 | 整改状态
COLUMNS = [
    Column(0, "序号", "", None, is_sequence=True),
    *(
        Column(n, HAZARD[name].label, "", HAZARD[name])
        for n, name in enumerate(("description", "unit", "measure", "due_on", "status"), start=1)
    ),
]
MERGED = ((1, 0, 2, 0), (1, 1, 2, 1))


def hazards(second_unit: str, merged: tuple[tuple[int, ...], ...]) -> list[list[str | None]]:
    rows: list[list[str | None]] = [
        ["1", "护栏过低", "甲校", "加高护栏", "立行立改", "已整改"],
        ["1", "护栏过低", second_unit, "每周检查", "4月10日", "整改中"],
    ]
    cells = [["序号", "描述", "单位", "措施", "期限", "状态"], *rows]
    sheet = Sheet("隐患", cells, merged=list(merged))  # type: ignore[arg-type]
    return one_hazard_each(sheet, rows, [1, 2], COLUMNS, date(2024, 3, 1))[0]


def test_measures_under_one_merged_hazard_are_of_one() -> None:
    assert hazards("甲校", MERGED) == [
        ["1", "护栏过低", "甲校", "1.加高护栏；2.每周检查。", "4月10日", "整改中"]
    ]


def test_rows_of_two_units_or_without_merged_cells_stay_apart() -> None:
    assert len(hazards("乙校", MERGED)) == 2
    assert len(hazards("甲校", MERGED[:1])) == 2
