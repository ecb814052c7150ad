"""验收销号登记表 with one column for all that an item is: site and words together, cut short."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis.ingest.findings import Places
from analysis.ingest.pipeline import ingest
from analysis.ingest.versions.closing.naming import measures_named, named
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse

Write = Callable[..., Path]
LEDGER = ["序号", "场所", "隐患内容", "隐患级别", "责任人", "整改期限", "整改状态", "完成日期"]
HEAD = ["序号", "事项（隐患）", "责任单位", "验收日期", "验收人", "结论", "备注"]
TITLE = "某县文旅安全专班办公室验收销号登记表"
HAZARDS = (
    ("白鹿原国家湿地公园", "环湖栈道三处踏板腐朽"),
    ("云栖大酒店有限公司", "自动喷水灭火系统末端试水无压力"),
    ("听涛台", "1号平台东侧护栏立柱松动"),
    ("听涛台", "2号平台东侧护栏立柱松动"),
    ("河口渔村民宿", "厨房排烟罩未清洗、油垢堆积"),
    ("河口渔村民宿", "二楼走道2具灭火器压力不足"),
    ("河口渔村民宿二店", "厨房灭火器压力不足"),
)


def act(item: str, verdict: str = "合格", unit: str = "河口镇", remark: str = "") -> list[Any]:
    return [1, item, unit, "10月22日", "程某、王某", verdict, remark]


def meant(
    item: str,
    unit: str = "河口镇",
    hazards: Sequence[Sequence[str]] = HAZARDS,
    number: str = "",
    placed_in: str = "site",
) -> tuple[str | None, str]:
    """The words of the hazard that a row of the register means, else what is told of it."""
    versions: list[dict[str, Any]] = [
        {
            "item_id": f"H-{n}", "hazard_no": f"{number}{n}" if number else None, "unit": "河口镇",
            "sender": "河口镇", "site": None, "location": None, "description": words,
            "status": "done", "known_from": date(2023, 10, 15),
        } | {placed_in: site}
        for n, (site, words) in enumerate(hazards, start=1)
    ]  # fmt: skip
    row = {
        "submission_id": "a", "sheet": "登记", "row_no": 3, "item_id": None, "unit": unit,
        "hazard_no": None, "site": None, "description": item, "act": "accept",
        "known_from": date(2023, 10, 24),
    }  # fmt: skip
    known = [version["item_id"] for version in versions]
    acts, findings = named(
        pd.DataFrame([row], dtype=object), pd.DataFrame(versions, dtype=object), known, Places()
    )
    found = {version["item_id"]: version["description"] for version in versions}
    return found.get(acts["item_id"][0]), "".join(each.message for each in findings)


@pytest.fixture
def county(home: Settings, write_sheet: Write) -> Settings:
    """A township's ledger of hazards, all 重大 and reported done on 10 October."""
    rows = [
        [n, site, words, "重大", "张某", "2023-10-20", "已整改", "2023-10-10"]
        for n, (site, words) in enumerate(HAZARDS, start=1)
    ]
    ledger = [["河口镇隐患整改台账"], ["填报单位：河口镇"], LEDGER, *rows]
    write_sheet("2023-10-15/河口镇隐患台账.xlsx", ledger)
    return home


@pytest.fixture
def register(write_sheet: Write) -> Callable[..., None]:
    def write(*rows: Sequence[Any], head: Sequence[str] = HEAD, on: str = "2023-10-24") -> None:
        write_sheet(f"{on}/登记表.xlsx", [[TITLE], [*head], *rows])

    return write


def asked(home: Settings, sql: str) -> list[tuple[Any, ...]]:
    with open_warehouse(home.warehouse) as con:
        return fetch_rows(con, sql)[1]


def states(home: Settings, day: str = "2023-11-01") -> dict[str, str]:
    """Words of the hazards that are not waiting for acceptance any more, and how they stand."""
    sql = (
        (
            "SELECT description, state FROM items($day) JOIN in_force(hazard) USING (item_id) "
            "WHERE state <> 'accepting'"
        )
        .replace("$day", f"DATE '{day}'")
        .replace(
            "in_force(hazard)",
            "(SELECT item_id, min(description) AS description FROM hazard GROUP BY 1)",
        )
    )
    return {str(words): str(state) for words, state in asked(home, sql)}


def told(home: Settings) -> list[str]:
    sql = "SELECT message FROM quality WHERE rule = 'acceptance_void'"
    return [message for (message,) in asked(home, sql)]


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ("湿地公园环湖栈道三处踏板腐朽", "环湖栈道三处踏板腐朽"),
        ("湿地公园栈道3处踏板腐朽", "环湖栈道三处踏板腐朽"),
        ("云栖大酒店喷淋末端试水无压力", "自动喷水灭火系统末端试水无压力"),
        ("云栖大酒店喷淋末端试水无压力（复验）", "自动喷水灭火系统末端试水无压力"),
        ("云栖大酒店末端试水无压力（10月10日修复）", "自动喷水灭火系统末端试水无压力"),
        ("云栖大酒店末端试水无压力（台账第2项）", "自动喷水灭火系统末端试水无压力"),
        ("登记号2023-05 云栖大酒店喷淋末端试水无压力", "自动喷水灭火系统末端试水无压力"),
        ("验收登记编号：第7号，云栖大酒店喷淋末端试水无压力", "自动喷水灭火系统末端试水无压力"),
        ("重大隐患：云栖大酒店末端试水无压力问题", "自动喷水灭火系统末端试水无压力"),
        ("听涛台2号平台东侧护栏立柱松动", "2号平台东侧护栏立柱松动"),
        ("听涛台：2号平台护栏立柱松动", "2号平台东侧护栏立柱松动"),
        ("河口渔村民宿厨房排烟罩油垢堆积", "厨房排烟罩未清洗、油垢堆积"),
        ("河口渔村民宿走道灭火器压力不足", "二楼走道2具灭火器压力不足"),
        ("厨房排烟罩油垢堆积（河口渔村民宿）", "厨房排烟罩未清洗、油垢堆积"),
    ],
)
def test_the_one_hazard_that_fits_is_meant(item: str, words: str) -> None:
    assert meant(item) == (words, "")


@pytest.mark.parametrize(
    ("item", "named"),
    [
        ("听涛台平台东侧护栏立柱松动", ["1号平台", "2号平台"]),  # either
        ("听涛台3号平台东侧护栏立柱松动", []),  # another one
        ("听涛台2号平台西侧护栏立柱松动", []),
        ("湿地公园栈道5处踏板腐朽", []),
        ("湿地公园栈道踏板腐朽（5处）", []),  # that bracket is of the hazard
        ("云栖大酒店客房烟感失效", []),
        ("云栖大酒店", []),  # a site alone
        ("末端试水无压力", []),  # words alone
        ("碧波大酒店末端试水无压力", []),  # another site
        ("河口渔村民宿灭火器压力不足、排烟罩油垢未清洗", ["排烟罩", "灭火器"]),  # two in a row
    ],
)
def test_where_two_may_be_meant_or_none_it_is_none_and_they_are_named(
    item: str, named: list[str]
) -> None:
    words, message = meant(item)
    assert words is None
    assert "没有生效" in message
    assert all(name in message for name in named)


def test_one_that_fits_closes_and_one_that_does_not_closes_nothing(
    county: Settings, register: Callable[..., None]
) -> None:
    register(act("云栖大酒店喷淋末端试水无压力"), act("听涛台平台护栏立柱松动"))
    ingest(county)
    assert states(county) == {"自动喷水灭火系统末端试水无压力": "closed"}
    (message,) = told(county)
    assert "有 2 条事项是这样写的" in message


@pytest.mark.parametrize(
    ("item", "closed"),
    [
        ("GL-011 观景台护栏松动", ["护栏松动"]),
        ("ＧＬ－０１１：观景台护栏松动", ["护栏松动"]),
        ("【GL-011】", ["护栏松动"]),
        ("隐患编号：GL-011", ["护栏松动"]),
        ("GL-011 观景台的护栏有松的", ["护栏松动"]),
        ("(GL-011)护栏", ["护栏松动"]),
        ("GL-011 观景台灯杆倾斜", []),  # number and words are of two
        ("GL-011、GL-012", []),  # two numbers
        ("GL-011 GL-012 观景台护栏松动、灯杆倾斜", []),
        ("GL-015 观景台护栏松动", ["护栏松动"]),  # no number of the unit's
        ("18 观景台灯杆倾斜", ["灯杆倾斜"]),  # a count of the register's own rows
    ],
)
def test_a_unit_s_number_may_stand_before_the_words(item: str, closed: list[str]) -> None:
    hazards = [("观景台", "护栏松动"), ("观景台", "灯杆倾斜")]
    words, message = meant(item, hazards=hazards, number="GL-01")
    assert ([words] if words else []) == closed
    assert bool(message) == (not closed)


def test_who_has_a_single_site_is_named_by_where_in_it() -> None:
    words = "2号平台东侧护栏立柱松动"
    assert meant("听涛台2号平台护栏立柱松动", placed_in="location") == (words, "")


def test_a_hazard_of_another_unit_is_not_meant() -> None:
    words, message = meant("云栖大酒店末端试水无压力", unit="上游镇")
    assert (words, bool(message)) == (None, True)


@pytest.mark.parametrize(
    ("verdict", "remark", "state"),
    [
        ("合格", "第二次验收", {"closed"}),
        ("同意销号", "", {"closed"}),
        ("不合格", "稳压泵不能启动，退回", {"overdue"}),
        ("退回", "", {"overdue"}),
        ("撤销", "系误报，附鉴定意见", {"void"}),
        ("撤销", "", {"void"}),
        ("误报，予以撤销", "", {"void"}),
        ("不属于隐患", "", {"void"}),
        ("撤销验收", "", set()),  # nothing was accepted
        ("撤回", "", set()),
        ("疑似误报，待核实", "", set()),
    ],
)
def test_each_verdict_does_what_it_says(
    county: Settings, register: Callable[..., None], verdict: str, remark: str, state: set[str]
) -> None:
    register(act("云栖大酒店末端试水无压力", verdict, remark=remark))
    ingest(county)
    assert {*states(county).values()} == state


def test_what_was_accepted_is_no_false_alarm_by_a_bare_word(
    county: Settings, register: Callable[..., None]
) -> None:
    """撤销 behind an acceptance is of the acceptance: what was 重大 does not vanish by it."""
    register(act("云栖大酒店末端试水无压力"))
    register(act("云栖大酒店末端试水无压力", "撤销"), on="2023-10-28")
    ingest(county)
    assert "void" not in states(county).values()


def test_nobody_who_answers_for_it_says_that_it_is_none(
    county: Settings, register: Callable[..., None]
) -> None:
    row = act("云栖大酒店末端试水无压力", "误报")
    row[4] = "张某"
    register(row)
    ingest(county)
    assert states(county) == {}
    assert "没有撤销" in told(county)[0]


def test_what_is_void_stays_so_though_its_unit_goes_on_reporting_it(
    county: Settings, register: Callable[..., None], write_sheet: Write
) -> None:
    register(act("云栖大酒店末端试水无压力", "误报"))
    row = [1, *HAZARDS[1], "重大", "张某", "2023-10-20", "整改中", ""]
    write_sheet("2023-10-30/河口镇隐患台账.xlsx", [["填报单位：河口镇"], LEDGER, row])
    ingest(county)
    assert states(county)[HAZARDS[1][1]] == "void"
    assert asked(county, "SELECT count(*) FROM quality WHERE rule = 'accepted_but_open'") == [(1,)]


@pytest.mark.parametrize(
    "again",
    ["云栖大酒店喷淋末端试水无压力（复验）", "登记号2023-04（复验）云栖大酒店喷淋",
     "云栖大酒店喷淋（第二次验收）"],
)  # fmt: skip
def test_what_was_sent_back_is_found_again_under_the_words_of_its_return(
    again: str, county: Settings, register: Callable[..., None], write_sheet: Write
) -> None:
    """Its unit lists it beside a new one that fits the words better."""
    register(act("云栖大酒店喷淋末端试水无压力", "不合格"))
    rows = [
        [1, "云栖大酒店有限公司", "自动喷水灭火系统末端试水无压力", "重大", "张某", "2023-10-20",
         "已整改", "2023-10-28"],
        [2, "云栖大酒店有限公司", "喷淋末端试水无压力，水泵漏水", "重大", "张某", "2023-12-20",
         "已整改", "2023-10-29"],
    ]  # fmt: skip
    write_sheet("2023-10-30/河口镇隐患台账.xlsx", [["填报单位：河口镇"], LEDGER, *rows])
    row = act(again)
    row[3] = "11月1日"
    register(row, on="2023-11-02")
    ingest(county)
    assert states(county, "2023-11-10") == {"自动喷水灭火系统末端试水无压力": "closed"}


def test_the_beginning_of_what_was_sent_back_means_it_only_where_it_is_looked_at_again(
    county: Settings, register: Callable[..., None]
) -> None:
    register(act("云栖大酒店喷淋末端试水无压力", "不合格"))
    register(act("云栖大酒店喷淋"), act("河口渔村民宿厨房（复验）"), on="2023-11-02")
    ingest(county)
    assert "closed" not in states(county, "2023-11-10").values()
    assert len(told(county)) == 2


@pytest.mark.parametrize(
    "head",
    [
        ["序号", "销号事项", "责任单位", "验收时间", "验收组成员", "验收意见", "备注"],
        ["序号", "验收内容", "整改单位", "验收日期", "验收人员", "验收结论", "备注"],
        ["编号", "隐患（事项）名称", "单位", "复查日期", "复查人", "销号意见", "说明"],
        ["序号", "事项", "责任部门", "验收日期", "验收人", "验收结果", "备注"],
    ],
)
@pytest.mark.parametrize("title", [TITLE, "十月份"])
def test_a_register_is_known_by_its_columns_and_verdicts_whatever_its_title(
    county: Settings, write_sheet: Write, head: list[str], title: str
) -> None:
    rows = [act("云栖大酒店末端试水无压力"), act("湿地公园栈道踏板腐朽", "不合格")]
    write_sheet("2023-10-24/文件.xlsx", [[title], head, *rows])
    ingest(county)
    assert {*states(county).values()} == {"closed", "overdue"}


@pytest.mark.parametrize(
    ("title", "head", "row"),
    [
        (
            "专班会议议定事项落实情况",
            ["序号", "事项", "责任单位", "完成时限", "验收日期", "验收人", "落实情况"],
            [1, "印发工作规则", "河口镇", "2023-11-01", "2023-10-20", "程某", "已完成"],
        ),
        (
            "重点工作任务表",
            ["序号", "议定事项", "责任单位", "验收日期", "验收人", "结论"],
            [1, "印发工作规则", "河口镇", "2023-10-20", "程某", "已完成"],
        ),
    ],
)
def test_what_a_meeting_decided_stays_so(
    home: Settings, write_sheet: Write, title: str, head: list[str], row: list[Any]
) -> None:
    write_sheet("2023-10-24/文件.xlsx", [[title], head, row])
    ingest(home)
    assert asked(home, "SELECT ledger FROM submission") == [("decision",)]


MEASURES = (("1-1", "1-1. 制定印发专班工作规则"), ("1-2", "1-2. 与经营单位签订安全责任书"))


@pytest.mark.parametrize(
    ("item", "unit", "closed"),
    [
        ("整改措施1-1 专班工作规则印发", "县文旅局", ["M-1-1"]),
        ("措施（1－2）", "县文旅局", ["M-1-2"]),
        ("整改措施第1-2项：责任书签订", "县文旅局", ["M-1-2"]),
        ("1-2 责任书签订", "县文旅局", ["M-1-2"]),
        ("整改措施1-2 专班工作规则印发", "县文旅局", []),  # the words are of another one
        ("整改措施1-1 专班工作规则印发", "县住建局", []),
        ("整改措施1-9", "县文旅局", []),
        ("1-2", "县文旅局", []),
    ],
)
def test_a_measure_is_named_by_its_number_among_words(
    item: str, unit: str, closed: list[str]
) -> None:
    versions = [
        {"item_id": f"M-{number}", "sub_no": number, "unit": "县文旅局", "sub_measure": text}
        for number, text in MEASURES
    ]
    row = {
        "submission_id": "a", "sheet": "登记", "row_no": 3, "item_id": None, "unit": unit,
        "hazard_no": None, "description": item, "known_from": date(2023, 10, 24),
    }  # fmt: skip
    known = [version["item_id"] for version in versions]
    acts, findings = measures_named(
        pd.DataFrame([row], dtype=object), pd.DataFrame(versions, dtype=object), known, Places()
    )
    assert [each for each in acts["item_id"] if each] == closed
    # figures alone are no name of a measure: other items may be meant by them
    assert len(findings) == (not closed and "措施" in item)


def test_an_accepted_measure_is_closed(home: Settings, write_sheet: Write) -> None:
    plan = [
        ["整改措施清单"],
        ["问题清单", "整改措施", "细化措施", "责任单位", "完成时限"],
        ["制度不全", "1. 健全制度", "1-1. 制定印发专班工作规则", "县文旅局", "2023-10-31"],
    ]
    write_sheet("2023-09-28/整改方案清单.xlsx", plan)
    rows = [act("整改措施1-1 工作规则印发", unit="县文旅局"), act("整改措施1-9", unit="县文旅局")]
    write_sheet("2023-10-24/登记表.xlsx", [[TITLE], HEAD, *rows])
    ingest(home)
    sql = "SELECT item_id FROM items(DATE '2023-11-01') WHERE is_closed"
    assert asked(home, sql) == [("M-1-1",)]
    assert len(told(home)) == 1
