"""An upload is read back as the ingest will read it, and what is another's is refused."""

import io
from typing import Any

import pytest

from analysis.ingest.assembly.groups.outcome import OBLIVION, Outcome, Recent
from analysis.ingest.pipeline import ingest
from analysis.intake import readback
from analysis.intake.drafts import Draft, confirm_draft, take_draft
from analysis.intake.readback import Readback, read_back
from analysis.intake.rights import refusals
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse
from tests.dashboards.people import HAZARDS, UNITS, write

pytestmark = pytest.mark.slow

HEAD = HAZARDS[0]
MINE, THEIRS, DONE = HAZARDS[1:]


@pytest.fixture
def county(home: Settings) -> Settings:
    write(home.raw / "2023-10-15" / "县教育局隐患台账.xlsx", [HEAD, MINE, DONE])
    write(home.raw / "2023-10-15" / "县交通运输局隐患台账.xlsx", [HEAD, THEIRS])
    write(home.raw / "2023-10-15" / "成员单位名录.xlsx", UNITS)
    ingest(home)
    return home


def send(
    county: Settings, rows: list[list[Any]], unit: str = "县教育局", name: str = "台账.xlsx"
) -> tuple[Draft, Readback]:
    path = write(county.home / "upload.xlsx", rows)
    draft = take_draft(county, "someone", unit, name, io.BytesIO(path.read_bytes()))
    return draft, read_back(county, draft)


def but(row: list[Any], **changed: Any) -> list[Any]:
    return [changed.get(head, value) for head, value in zip(HEAD, row, strict=True)]


def test_it_tells_what_is_new_what_changed_and_what_is_gone(county: Settings) -> None:
    new = but(MINE, 隐患编号="4", 场所名称="丁校", 隐患描述="门锁坏了")
    _, read = send(county, [HEAD, new, but(DONE, 完成日期="2023-10-25")])
    assert read.refusals == []
    assert (read.counts["new"], read.counts["changed"], read.counts["vanished"]) == (1, 1, 1)
    (change,) = read.changes
    assert (change.field, change.before, change.now) == ("整改完成日期", "2023-10-20", "2023-10-25")
    assert any("没有了" in told.message for told in read.findings)
    (sheet,) = read.sheets
    assert (sheet.ledger, sheet.read, sheet.loaded, sheet.ignored) == ("隐患", 3, 2, 1)
    (table,) = read.tables
    assert table.total == 2
    assert dict(zip(table.heads, table.rows[0], strict=True))["场所名称"] == "丁校"


def test_the_same_again_is_all_duplicates(county: Settings) -> None:
    _, read = send(county, [HEAD, MINE, DONE])
    assert (read.sheets[0].duplicate, read.sheets[0].loaded) == (2, 0)
    assert (read.counts["new"], read.counts["changed"], read.counts["vanished"]) == (0, 0, 0)


def test_faults_are_told_with_row_and_column_before_they_count(county: Settings) -> None:
    _, read = send(county, [HEAD, but(MINE, 检查日期="不晓得"), [""] * 4 + ["县教育局"]])
    assert ("发现日期", "不晓得", 2) in {(t.field, t.value, t.row_no) for t in read.findings}
    assert [(told.row_no, told.value) for told in read.rejects] == [(3, "县教育局")]
    assert read.refusals == []  # what can be read loads, as it does from a folder


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["填报单位：县交通运输局"], HEAD, MINE], "写明填报单位是“县交通运输局”"),
        (UNITS, "由专班办公室管理"),
        (
            [
                ["事项编号", "验收动作", "验收日期", "验收人", "经办账号", "登记时间"],
                ["H-县教育局-1", "验收销号", "2023-10-20", "张三", "office", "2023-10-20 10:00"],
            ],
            "“验收销号”由专班办公室管理",
        ),
        ([["随便", "什么"], ["1", "2"], ["3", "4"]], "没有认出台账"),
    ],
)
def test_what_is_not_the_units_own_is_refused(
    county: Settings, rows: list[list[Any]], said: str
) -> None:
    _, read = send(county, rows)
    assert any(said in words for words in read.refusals), read.refusals


def test_rows_of_others_wait_and_the_rest_is_taken(county: Settings) -> None:
    new = but(MINE, 隐患编号="4", 场所名称="丁校", 隐患描述="门锁坏了")
    draft, read = send(county, [HEAD, new, THEIRS])
    assert read.refusals == []
    assert (read.counts["new"], read.counts["waiting"], read.counts["rejects"]) == (1, 1, 1)
    ((row_no, message),) = [(told.row_no, told.message) for told in read.rejects]
    assert row_no == 3
    assert "责任单位是“县交通运输局”，不是报送的县教育局；等专班办公室确认" in message
    confirm_draft(county, draft)
    ingest(county)
    with open_warehouse(county.warehouse) as con:
        sql = (
            "SELECT site FROM hazard JOIN submission USING (submission_id) WHERE path LIKE '%001%'"
        )
        assert fetch_rows(con, sql)[1] == [("丁校",)]


def test_a_row_that_the_office_has_let_in_is_sent_again_without_a_word(county: Settings) -> None:
    draft, _ = send(county, [HEAD, MINE, but(THEIRS, 隐患编号="8")])
    confirm_draft(county, draft)
    ingest(county)
    with open_warehouse(county.warehouse) as con:
        ((key,),) = fetch_rows(con, "SELECT doubt_key FROM doubt")[1]
    (county.raw / "confirmations.toml").write_text(
        f'[[confirmation]]\ndoubt = "{key}"\nanswer = "take"\nby = "周九"\n'
        f'on = {draft.day}\nwhy = "核对过"\n',
        encoding="utf-8",
    )
    ingest(county)
    _, read = send(county, [HEAD, MINE, but(THEIRS, 隐患编号="8", 整改状态="受阻")])
    assert (read.refusals, read.counts["waiting"], read.rejects) == ([], 0, [])
    _, read = send(county, [HEAD, MINE, but(THEIRS, 隐患编号="8", 整改状态="已完成整改")])
    assert (read.refusals, read.counts["waiting"]) == ([], 1)


def test_a_measure_of_another_units_cannot_be_reported_on(county: Settings) -> None:
    head = ["序号", "细化措施编号", "细化措施", "责任单位", "责任人", "完成时限", "完成情况"]
    theirs = ["1", "5-1", "开展客运安全检查", "县交通运输局", "李四", "2023-12-01", "整改中"]
    own = ["2", "5-2", "开展校车安全检查", "县教育局", "王五", "2023-12-01", "整改中"]
    write(county.raw / "2023-10-20" / "三清单.xlsx", [head, theirs, own])
    ingest(county)
    mine = [*theirs[:3], "", "", "", "已完成"]
    _, read = send(county, [head, mine])
    (reject,) = read.rejects
    assert "不是本单位的事项；等专班办公室确认" in reject.message
    assert read.counts["waiting"] == 1
    assert not {"县交通运输局", "李四", "2023-12-01"} & set(_cells(read))


def _cells(read: Readback) -> list[str]:
    """All that is told of a file."""
    told = [*read.findings, *read.rejects]
    cells = [cell for table in read.tables for row in table.rows for cell in row]
    changes = [text for each in read.changes for text in (each.item, each.before, each.now)]
    return [*cells, *changes, *(each.message for each in told)]


#: 模拟数据: what two units are to do, each measure with its own.
PLAN = """甲县文旅局文件
甲文旅发〔2023〕7号
关于印发整改方案的通知
各乡(镇)人民政府,县专班成员单位:
表现形式2:会议要求笼统。
整改措施(4):会议要明确时限要求。"""
MEASURE = """细化措施:
({number}):{words}。
责任单位:{unit}
责任人:张三局长
完成时限:2023年12月30日前完成。"""
SAID = [
    MEASURE.format(number="4-1", words="每月召开1次安全生产例会", unit="县教育局"),
    MEASURE.format(number="4-2", words="检查校园门卫值守情况", unit="县教育局"),
    MEASURE.format(number="4-3", words="约谈违规的货运企业", unit="县交通运输局"),
]


def test_of_a_plan_that_a_unit_sends_it_learns_nothing_of_others(county: Settings) -> None:
    """No unit lays down a plan: what it leaves out is nobody's measure that was dropped."""
    (county.raw / "2023-10-20").mkdir()
    (county.raw / "2023-10-20" / "方案.txt").write_text("\n".join([PLAN, *SAID]))
    ingest(county)
    mine = io.BytesIO("\n".join([PLAN, SAID[0]]).encode())
    read = read_back(county, take_draft(county, "someone", "县教育局", "方案.txt", mine))
    assert not any("以前的方案列有" in told.message for told in read.findings)
    assert not any("货运" in cell for cell in _cells(read))
    assert read.counts["findings"] == len(read.findings)


def test_of_anothers_hazard_it_is_told_that_it_is_not_its_own(county: Settings) -> None:
    """One of its own, which the office has handed to another unit since."""
    handed = but(MINE, 责任单位="县交通运输局", 责任人="李四", 整改期限="2023-12-25")
    title = ["填报单位：县教育局"]
    write(county.raw / "2023-10-20" / "县教育局移交.xlsx", [title, HEAD, handed])
    ingest(county)
    _, read = send(county, [HEAD, but(MINE, 责任人="", 整改期限="", 整改状态="已完成")])
    assert any("第 2 行以前是本单位的，后来由别的单位报送" in words for words in read.refusals)
    assert not {"县交通运输局", "李四", "2023-12-25"} & set(_cells(read))


def test_the_office_may_send_anything(county: Settings) -> None:
    _, read = send(county, UNITS, unit="")
    assert read.refusals == []
    _, read = send(county, [HEAD, MINE, THEIRS], unit="")
    assert read.refusals == []


def test_the_offices_own_file_is_compared_with_what_came_of_its_ledgers(county: Settings) -> None:
    _, read = send(county, [HEAD, THEIRS, but(DONE, 完成日期="2023-10-25")], unit="")
    assert (read.counts["new"], read.counts["changed"]) == (0, 1)


def test_what_a_file_is_called_makes_it_nobody_elses(county: Settings) -> None:
    """A unit's file named after another unit closes no line of that unit's and hides none."""
    new = but(MINE, 隐患编号="4", 场所名称="丁校", 隐患描述="门锁坏了")
    draft, read = send(county, [HEAD, MINE, new], name="县交通运输局隐患台账.xlsx")
    assert read.counts["vanished"] == 1  # its own third hazard, not that of the other unit
    confirm_draft(county, draft)
    ingest(county)
    with open_warehouse(county.warehouse) as con:
        sql = "SELECT unit, path FROM submission WHERE path LIKE '%001_%'"
        assert [unit for unit, _ in fetch_rows(con, sql)[1]] == ["县教育局"]
        sql = "SELECT item_id, message FROM quality WHERE rule = 'vanished'"
        assert [item for item, _ in fetch_rows(con, sql)[1]] == ["H-县教育局-3"]


def test_what_was_shown_is_what_the_ingest_makes_of_it(county: Settings) -> None:
    new = but(MINE, 隐患编号="4", 场所名称="丁校", 隐患描述="门锁坏了", 整改期限="十二月底前")
    draft, read = send(county, [["填报单位：县教育局"], HEAD, MINE, new])
    received = confirm_draft(county, draft)
    ingest(county)
    with open_warehouse(county.warehouse) as con:
        sql = (
            "SELECT sheet, rows_read, rows_loaded, rows_duplicate, rows_ignored, rows_rejected "
            "FROM submission WHERE path = $path"
        )
        (sheet,) = fetch_rows(con, sql, {"path": received.path})[1]
        sql = (
            "SELECT row_no, message FROM quality WHERE submission_id IN "
            "(SELECT submission_id FROM submission WHERE path = $path)"
        )
        found = fetch_rows(con, sql, {"path": received.path})[1]
    shown = read.sheets[0]
    assert sheet[1:] == (
        shown.read, shown.loaded, shown.duplicate, shown.ignored, shown.rejected
    )  # fmt: skip
    assert sorted(found, key=str) == sorted(((t.row_no, t.message) for t in read.findings), key=str)


def test_what_is_remembered_of_earlier_uploads_is_what_would_be_made_again(
    county: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One process reads upload after upload; what it remembers never stands for something else."""

    def twice(rows: list[list[Any]]) -> Readback:
        _, remembered = send(county, rows)
        with monkeypatch.context() as without:
            without.setattr(readback, "_MEMORY", OBLIVION)
            _, anew = send(county, rows)
        assert remembered == anew
        return remembered

    monkeypatch.setattr(readback, "_MEMORY", Recent(4, 100))
    few = [HEAD, but(MINE, 隐患编号="4", 场所名称="丁校", 隐患描述="门锁坏了"), DONE]
    assert twice(few).counts["vanished"] == 1
    draft, read = send(county, [HEAD, but(MINE, 场所名称="戊校", 隐患编号="9"), MINE, DONE])
    confirm_draft(county, draft, read.ledgers)
    ingest(county)
    assert twice(few).counts["vanished"] == 0, "two parts of one day are one ledger"
    # The office calls the unit otherwise: its register says so, no file of the unit.
    renamed = [[*UNITS[0], "别名"], ["县教体局", *UNITS[1][1:], "县教育局"], [*UNITS[2], None]]
    write(county.raw / "2023-10-20" / "成员单位名录.xlsx", renamed)
    ingest(county)
    assert twice(few).counts["new"] == 1


def test_only_the_last_and_small_outcomes_are_remembered() -> None:
    small, other, large = (Outcome({"name": ["x"] * rows}, {}, {}) for rows in (1, 2, 3))
    memory = Recent(outcomes=2, versions=2)
    memory.keep("large", large)
    assert memory.recall("large") is None
    memory.keep("one", small)
    memory.keep("two", other)
    assert memory.recall("one") is small
    memory.keep("three", small)
    assert memory.recall("two") is None, "asked for least of late"
    assert memory.recall("one") is small


def test_a_register_that_a_unit_may_not_send_shows_it_nothing_of_others(county: Settings) -> None:
    """模拟数据: beside what it writes stand the person and the telephone that the register has."""
    _, read = send(county, [["成员单位名录"], UNITS[0], ["县交通运输局", "乡镇", "", ""]])
    assert "由专班办公室管理，不能由单位报送" in read.refusals[0]
    assert not {"孙八", "13812345678"} & set(_cells(read))
    assert read.tables == []


#: 模拟数据: a register of sites, one of them another unit's.
SITES = [
    ["场所编号", "场所名称", "场所类型", "乡镇", "监管单位", "风险等级", "可能性", "严重性",
     "挂牌责任人", "责任人职务"],
    ["CS001", "甲镇民宿3号", "旅游民宿", "甲镇", "县交通运输局", "红", 4, 5, "赵六", "局长"],
]  # fmt: skip


def test_names_of_sites_alone_are_not_filled_in_from_the_offices_register(county: Settings) -> None:
    write(county.raw / "2023-10-16" / "场所名录.xlsx", [["场所名录"], *SITES])
    ingest(county)
    named = [None, *SITES[1][1:4], *[None] * 6]
    _, read = send(county, [["场所名录"], SITES[0], named])
    assert "由专班办公室管理，不能由单位报送" in read.refusals[0]
    assert not [c for c in _cells(read) for said in ("CS001", "交通", "赵六", "红") if said in c]
    (sheet,) = read.sheets
    assert (sheet.ledger, sheet.read, sheet.loaded) == ("场所", 3, 0)
    assert sheet.ignored + sheet.rejected == 3


def test_a_sheet_that_says_another_sent_it_is_not_filled_in_from_the_others(
    county: Settings,
) -> None:
    head = ["检查编号", "检查日期", "被检查单位", "检查单位", "检查人员", "检查项数", "检查结果"]
    theirs = ["J9", "2023-10-09", "乙站", "县交通运输局", "赵六", 9, "未发现问题"]
    own = ["J1", "2023-10-08", "甲校", "县教育局", "张三", 9, "未发现问题"]
    write(county.raw / "2023-10-16" / "检查台账.xlsx", [head, theirs, own])
    ingest(county)
    _, read = send(county, [["填报单位：县交通运输局"], head, [*theirs[:3], *[""] * 4]])
    assert "写明填报单位是“县交通运输局”，不是县教育局" in read.refusals[0]
    assert not [cell for cell in _cells(read) if "赵六" in cell]
    (sheet,) = read.sheets
    assert (sheet.ledger, sheet.loaded) == ("检查", 0)


def test_a_unit_that_brings_more_than_it_may_is_sent_to_the_office(
    county: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has two items, one of which comes again; three are new."""
    monkeypatch.setattr(refusals, "MOST_NEW", 2)
    new = [but(MINE, 隐患编号=str(n), 场所名称=f"{n}校", 隐患描述="门锁坏了") for n in (7, 8, 9)]
    _, read = send(county, [HEAD, MINE, *new])
    (told,) = read.refusals
    assert told.startswith("连同这一份，今天新增的事项、检查、履职有 3 条，超过一天最多的 2 条")
    assert send(county, [HEAD, MINE, *new], unit="")[1].refusals == []
    assert send(county, [HEAD, MINE, *new[:2]])[1].refusals == []


def test_inspections_are_new_as_items_are_and_one_that_changes_is_not(
    county: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A few rows are known since October; of the inspections one comes with another result."""
    monkeypatch.setattr(refusals, "MOST_NEW", 2)
    head = ["检查编号", "检查日期", "被检查场所", "检查单位", "检查人员", "检查项数", "检查结果"]
    known = [[f"J{n}", "2023-10-08", f"{n}校", "县教育局", "张三", 9, "未发现问题"] for n in (1, 2)]
    write(county.raw / "2023-10-16" / "检查台账.xlsx", [["填报单位：县教育局"], head, *known])
    ingest(county)
    changed = [*known[0][:6], "发现问题已责令改正"]
    new = [
        [f"J{n}", "2023-10-09", f"{n}校", "县教育局", "张三", 9, "未发现问题"]
        for n in range(20, 29)
    ]
    (told,) = send(county, [head, changed, *new])[1].refusals
    assert "今天新增的事项、检查、履职有 9 条" in told
    assert send(county, [head, changed, *new[:3]])[1].refusals == []
