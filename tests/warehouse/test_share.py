"""A share of the warehouse holds an account's rows and no others, whatever is asked of it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from pandas.testing import assert_frame_equal

from analysis.errors import YanpanError
from analysis.ingest.pipeline import ingest
from analysis.ledgers import LEDGERS
from analysis.reports.quality import open_doubts
from analysis.settings import Settings
from analysis.warehouse.client import Warehouse
from analysis.warehouse.engine import fetch_rows, open_warehouse
from analysis.warehouse.scope import Scope
from analysis.warehouse.share import Share, _masks, _texts, make_share, must_be_known
from analysis.warehouse.sql_files import metrics
from tests.depth import DEEP
from tests.warehouse.invented import WORKED_OUT

HAZARDS = [
    ["隐患编号", "场所名称", "隐患描述", "责任单位", "责任人", "整改期限", "检查日期", "检查编号"],
    ["1", "甲校", "缺栓，张三13812345678", "县教育局", "张三", "2023-12-01", "2023-11-01", "J1"],
    ["2", "乙站", "通道堵塞", "县交通运输局", "李四", "2023-12-01", "2023-11-01", "J2"],
]  # fmt: skip
INSPECTIONS = [
    ["检查编号", "检查日期", "检查类型", "被检查场所", "检查单位", "检查人员", "检查结果"],
    ["J1", "2023-11-01", "双随机", "甲校", "县教育局", "王五、赵六", "有隐患"],
    ["J2", "2023-11-01", "双随机", "乙站", "县交通运输局", "赵六七", "有隐患"],
]
UNITS = [
    ["单位名称", "单位性质", "联络员", "联系电话"],
    ["县教育局", "成员单位", "钱七", "13912345678"],
    ["县交通运输局", "成员单位", "孙八", "0595-22345678"],
]


@pytest.fixture
def whole(home: Settings, write_sheet: Callable[..., Path]) -> Path:
    write_sheet("2023-11-10/隐患台账.xlsx", HAZARDS)
    write_sheet("2023-11-10/检查台账.xlsx", INSPECTIONS)
    write_sheet("2023-11-10/成员单位名录.xlsx", UNITS)
    write_sheet("2023-11-10/县教育局隐患台账.xlsx", [HAZARDS[0], [""] * 2 + ["", "县教育局"]])
    ingest(home)
    return home.warehouse


@pytest.fixture
def ask(whole: Path, tmp_path: Path) -> Callable[..., list[tuple[Any, ...]]]:
    made: dict[Share, Path] = {}

    def ask(share: Share, sql: str) -> list[tuple[Any, ...]]:
        path = made.setdefault(share, tmp_path / f"{len(made)}.duckdb")
        if not path.exists():
            make_share(whole, share, path)
        with open_warehouse(path) as con:
            return fetch_rows(con, sql)[1]

    return ask


EDUCATION, ZHAO = Share(unit="县教育局", is_masked=True), Share(inspector="赵六", is_masked=True)


@pytest.mark.parametrize(
    ("share", "sites", "inspections", "units"),
    [
        (Share(is_masked=True), ["甲校", "乙站"], ["J1", "J2"], ["县教育局", "县交通运输局"]),
        (EDUCATION, ["甲校"], ["J1"], ["县教育局"]),
        (Share(unit="县交通运输局"), ["乙站"], ["J2"], ["县交通运输局"]),
        (Share(unit="县教育"), [], [], []),  # part of a name is another name
        (Share(unit="' OR 1=1 --"), [], [], []),
        (ZHAO, ["甲校"], ["J1"], []),  # 赵六七 is somebody else
        (Share(inspector="赵"), [], [], []),
    ],
)
def test_a_share_holds_its_own_rows(
    ask: Callable[..., Any], share: Share, sites: list[str], inspections: list[str],
    units: list[str],
) -> None:  # fmt: skip
    assert ask(share, "SELECT site FROM hazard ORDER BY hazard_no") == [(s,) for s in sites]
    found = ask(share, "SELECT inspection_no FROM inspection ORDER BY 1")
    assert found == [(each,) for each in inspections]
    assert sorted(ask(share, "SELECT unit FROM unit")) == sorted((u,) for u in units)


@pytest.mark.slow
@pytest.mark.parametrize("share", [EDUCATION, ZHAO], ids=["unit", "inspector"])
def test_no_table_of_a_share_speaks_of_others(ask: Callable[..., Any], share: Share) -> None:
    for name in LEDGERS:
        said = str(ask(share, f"FROM {name}"))
        assert "县交通运输局" not in said, name
        assert "乙站" not in said, name
        assert "孙八" not in said, name


@pytest.mark.slow
def test_every_metric_can_be_asked_of_every_share(ask: Callable[..., Any]) -> None:
    """Of the other two by ``make test`` those that together read every relation."""
    for share in (EDUCATION, ZHAO, Share(unit="没有")):
        names = metrics() if DEEP or share == EDUCATION else WORKED_OUT
        counts = [f"(SELECT count(*) FROM {name}(DATE '2023-11-15'))" for name in names]
        assert len(ask(share, f"SELECT {', '.join(counts)}")[0]) == len(names)
    (row,) = ask(EDUCATION, "SELECT total FROM overview(DATE '2023-11-15')")
    assert row == (1,)


def test_the_books_of_a_share_tell_of_its_own_files_and_rows(ask: Callable[..., Any]) -> None:
    paths = ask(EDUCATION, "SELECT DISTINCT path FROM submission ORDER BY 1")
    assert [path for (path,) in paths] == [
        "2023-11-10/县教育局隐患台账.xlsx", "2023-11-10/成员单位名录.xlsx",
        "2023-11-10/检查台账.xlsx", "2023-11-10/隐患台账.xlsx",
    ]  # fmt: skip
    rejects = "SELECT count(*) FROM reject"
    assert ask(EDUCATION, rejects) == [(1,)]  # the row of its own file that says nothing
    assert ask(Share(unit="县交通运输局"), rejects) == [(0,)]


def test_telephone_numbers_are_masked(ask: Callable[..., Any]) -> None:
    phones = "SELECT phone FROM unit ORDER BY unit"
    assert ask(Share(is_masked=True), phones) == [("****-****5678",), ("*******5678",)]
    text = "SELECT description FROM hazard WHERE hazard_no = '1'"
    assert ask(EDUCATION, text) == [("缺栓，张三138****5678",)]
    assert ask(Share(unit="县教育局"), text) == [("缺栓，张三13812345678",)]


#: What a cell says → what a share without telephone numbers has there.
NUMBERS = {
    "13812345678，13912345679": "138****5678，139****5679",
    "13812345678 13912345679": "138****5678 139****5679",
    "138 1234 5678": "138****5678",
    "0595-22345678": "0595****5678",
    "020-1234567": "020****4567",
    "+8613812345678、（０９１２）３４５６７８９": "+86138****5678、（０９１２****６７８９",
    "138.1234.5678，138–1234–5678": "138****5678，138****5678",
    "编号202311150001": "编号202311150001",
    "213812345678": "213812345678",
    "2023-11-15": "2023-11-15",
}


def test_what_is_a_telephone_number(
    home: Settings, write_sheet: Callable[..., Path], tmp_path: Path
) -> None:
    _, _, _, *rest = HAZARDS[1]
    rows = [[f"{n}", f"{n}校", said, *rest] for n, said in enumerate(NUMBERS, 1)]
    write_sheet("2023-11-10/隐患台账.xlsx", [HAZARDS[0], *rows])
    ingest(home)
    make_share(home.warehouse, Share(is_masked=True), tmp_path / "share.duckdb")
    with open_warehouse(tmp_path / "share.duckdb") as con:
        found = fetch_rows(con, "SELECT description FROM hazard ORDER BY row_no")[1]
    assert dict(zip(NUMBERS, [text for (text,) in found], strict=True)) == NUMBERS


@pytest.mark.parametrize(("answered_on", "is_new"), [(None, False), ("2023-11-12", True)])
def test_what_may_be_anothers_item_is_not_new_and_nothing_of_the_other_is_told(
    whole: Path, tmp_path: Path, answered_on: str | None, is_new: bool
) -> None:
    """The later item of a doubt, seen by its unit alone; new once somebody says that it is."""
    with duckdb.connect(str(whole)) as con:
        con.execute("""
            INSERT INTO doubt (doubt_key, rule, question, item_id, submission_id, text, answers,
                default_answer, other_item_id, other_submission_id, other_text, known_from)
            SELECT 'k', 'same_or_not', '甲校的是同一条吗', one.item_id, one.submission_id, '甲校',
                '[]', 'different', two.item_id, two.submission_id, '乙站', DATE '2023-11-10'
            FROM hazard AS one, hazard AS two WHERE one.site = '甲校' AND two.site = '乙站'
        """)
        if answered_on:
            con.execute(
                "INSERT INTO confirmation (doubt_key, entry_no, answer, answered_on, why) "
                "VALUES ('k', 1, 'different', $day, '甲校的不是')", {"day": answered_on},
            )  # fmt: skip
    make_share(whole, Share(unit="县交通运输局"), tmp_path / "share.duckdb")
    with open_warehouse(tmp_path / "share.duckdb") as con:
        changes = "SELECT change FROM since(DATE '2023-11-15', since := DATE '2023-11-01')"
        assert fetch_rows(con, changes)[1] == [("registered",)] * is_new
        told = fetch_rows(con, "SELECT question, item_id, text, other_text FROM doubt")[1]
        assert told == [(None, None, None, None)]
        assert {why for (why,) in fetch_rows(con, "SELECT why FROM confirmation")[1]} <= {None}
        assert open_doubts(con) == []
    make_share(whole, Share(unit="县教育局"), tmp_path / "other.duckdb")
    with open_warehouse(tmp_path / "other.duckdb") as con:
        assert fetch_rows(con, "SELECT * FROM doubt")[1] == []


def test_an_account_is_for_a_unit_that_the_ledgers_know(whole: Path, tmp_path: Path) -> None:
    assert must_be_known(whole, "县教育局") == must_be_known(whole, "教育局") == "县教育局"
    must_be_known(tmp_path / "nothing.duckdb", "县教育局")  # before the first ledger came
    with pytest.raises(YanpanError, match="没有单位“市教育局”；相近的有：县教育局"):
        must_be_known(whole, "市教育局")


def test_an_account_can_be_made_over_what_a_program_with_fewer_ledgers_published(
    tmp_path: Path,
) -> None:
    path = tmp_path / "old.duckdb"
    with duckdb.connect(str(path)) as con:
        con.execute("CREATE TABLE unit AS SELECT '县教育局' AS unit")
    must_be_known(path, "县教育局")


def test_an_inspector_sees_nothing_of_another_units_inspection_of_the_same_number(
    home: Settings, write_sheet: Callable[..., Path], tmp_path: Path
) -> None:
    mine, theirs = (["1", *row[1:]] for row in INSPECTIONS[1:])
    write_sheet("2023-11-10/检查台账.xlsx", [INSPECTIONS[0], mine, theirs])
    write_sheet("2023-11-10/隐患台账.xlsx", [HAZARDS[0], *([*r[:7], "1"] for r in HAZARDS[1:])])
    ingest(home)
    make_share(home.warehouse, ZHAO, tmp_path / "share.duckdb")
    with open_warehouse(tmp_path / "share.duckdb") as con:
        assert fetch_rows(con, "SELECT site FROM inspection")[1] == [("甲校",)]
        assert fetch_rows(con, "SELECT site FROM hazard")[1] == [("甲校",)]


def test_the_meetings_of_the_committee_are_everybodys_and_what_was_said_there_is_not(
    home: Settings, write_sheet: Callable[..., Path], tmp_path: Path
) -> None:
    write_sheet("2023-11-10/隐患台账.xlsx", HAZARDS)
    write_sheet(
        "2023-11-10/履职台账.xlsx",
        [
            ["履职类型", "单位", "开展日期", "主题"],
            ["形势研判会", "县文化旅游安全专班办公室", "2023-10-10", "议题甲"],
            ["约谈警示", "县文化旅游安全专班办公室", "2023-10-12", "约谈丁"],
            ["例会", "县交通运输局", "2023-10-20", "议题乙"],
            ["例会", "县教育局", "2023-10-21", "议题丙"],
        ],
    )
    ingest(home)
    make_share(home.warehouse, EDUCATION, tmp_path / "share.duckdb")
    with Warehouse(tmp_path / "share.duckdb") as warehouse:
        scope = Scope(date(2023, 11, 15))
        assert warehouse.meetings(scope)["held_on"].dt.date.tolist() == [date(2023, 10, 10)]
        duties = warehouse.relation("duties", scope)
        assert warehouse.metric("instruments", scope).empty  # whom the office talked to
    assert sorted(duties["subject"].dropna()) == ["议题丙"]
    assert "县交通运输局" not in set(duties["unit"])


def test_a_unit_without_measures_has_the_nodes_that_the_office_sees_for_it(
    whole: Path, home: Settings, write_sheet: Callable[..., Path], tmp_path: Path
) -> None:
    clause = "10月15日为第一个工作节点，以后每15天为一个工作节点，12月20日前完成"
    write_sheet(
        "2023-11-10/整改措施清单.xlsx",
        [["整改措施", "细化措施", "责任单位", "时序进度"],
         ["（5）会议要有实招", "（5-1）每月召开形势研判会", "县交通运输局", clause]],
    )  # fmt: skip
    ingest(home)
    make_share(home.warehouse, Share("县教育局"), tmp_path / "own.duckdb")
    day = date(2023, 12, 2)
    own = Warehouse(tmp_path / "own.duckdb").metric("node_progress", day)
    office = Warehouse(home.warehouse).metric("node_progress", day, unit="县教育局")
    assert_frame_equal(own, office)
    # 1 December lies before the node of the 14th; the other's 20th makes one node more.
    assert own[own["unit"] == "全部"]["planned"].tolist() == [0, 0, 0, 0, 0, 1, 0]


def seen(home: Settings, share: Share, path: Path) -> dict[str, list[str]]:
    """The sites of the hazards and of the inspections that a share holds."""
    make_share(home.warehouse, share, path)
    with open_warehouse(path) as con:
        return {
            name: [site for (site,) in fetch_rows(con, f"SELECT site FROM {name} ORDER BY 1")[1]]
            for name in ("hazard", "inspection")
        }


def test_what_a_unit_uploads_gives_an_inspector_sight_of_its_own_rows_alone(
    home: Settings, write_sheet: Callable[..., Path], tmp_path: Path
) -> None:
    # The office entered J1 (赵六) and J2; the third hazard names J3, which is not on file.
    more = ["3", "丁厅", "线路老化", "县文旅局", "周九", "2023-12-01", "2023-11-01", "J3"]
    write_sheet("2023-11-10/隐患台账.xlsx", [*HAZARDS, more])
    write_sheet("2023-11-10/检查台账.xlsx", INSPECTIONS)
    ingest(home)
    assert seen(home, ZHAO, tmp_path / "before.duckdb") == {
        "hazard": ["甲校"],
        "inspection": ["甲校"],
    }

    # 县水利局 uploads inspections of its own under those numbers, naming 赵六 and the right sites.
    forged = [
        [number, "2023-11-01", "双随机", site, "县水利局", "赵六", "有隐患"]
        for number, site in (("J1", "甲校"), ("J2", "乙站"), ("J3", "丁厅"), ("S1", "水库"))
    ]
    own = ["9", "水库", "护栏破损", "县水利局", "吴十", "2023-12-01", "2023-11-01", "S1"]
    write_sheet("2023-11-12/县水利局/001_检查.xlsx", [INSPECTIONS[0], *forged])
    write_sheet("2023-11-12/县水利局/002_隐患.xlsx", [HAZARDS[0], own])
    ingest(home)
    assert seen(home, ZHAO, tmp_path / "after.duckdb") == {
        "hazard": ["水库", "甲校"], "inspection": ["丁厅", "乙站", "水库", "甲校", "甲校"],
    }  # fmt: skip
    # Who is known to work for 县教育局 sees nothing of it at all.
    known = Share(inspector="赵六", is_masked=True, body="县教育局")
    assert seen(home, known, tmp_path / "known.duckdb") == {
        "hazard": ["甲校"],
        "inspection": ["甲校"],
    }


def test_a_hazard_that_a_unit_uploads_under_anothers_number_is_not_of_that_inspection(
    home: Settings, write_sheet: Callable[..., Path], tmp_path: Path
) -> None:
    forged = ["9", "水库", "护栏破损", "县水利局", "吴十", "2023-12-01", "2023-11-01", "J1"]
    own = ["8", "乙校", "插座破损", "县教育局", "张三", "2023-12-01", "2023-11-01", "J1"]
    write_sheet("2023-11-10/检查台账.xlsx", INSPECTIONS)
    write_sheet("2023-11-12/县水利局/001_隐患.xlsx", [HAZARDS[0], forged])
    write_sheet("2023-11-12/县教育局/001_隐患.xlsx", [HAZARDS[0], own])
    ingest(home)
    assert seen(home, ZHAO, tmp_path / "share.duckdb")["hazard"] == ["乙校"]


def test_an_inspection_that_his_body_uploaded_leads_to_what_it_uploaded(
    home: Settings, write_sheet: Callable[..., Path], tmp_path: Path
) -> None:
    write_sheet("2023-11-10/县教育局/001_检查.xlsx", INSPECTIONS[:2])
    write_sheet("2023-11-10/县教育局/002_隐患.xlsx", HAZARDS[:2])
    ingest(home)
    for body in ("", "县教育局"):
        share = Share(inspector="赵六", is_masked=True, body=body)
        path = tmp_path / f"share{len(body)}.duckdb"
        assert seen(home, share, path) == {"hazard": ["甲校"], "inspection": ["甲校"]}


@pytest.mark.parametrize(
    ("is_identifier", "is_phone", "said"),
    [
        (False, False, "联系138****5678"),
        (True, False, "联系13812345678"),
        (False, True, "联系*******5678"),
    ],
)
def test_digits_of_an_identifier_are_no_telephone_number(
    is_identifier: bool, is_phone: bool, said: str
) -> None:
    texts = _texts([("text", "VARCHAR", is_identifier, is_phone), ("n", "BIGINT", False, False)])
    with duckdb.connect() as con:
        con.execute("CREATE TABLE t AS SELECT '联系13812345678' AS text, 13812345678 AS n")
        masked = _masks(con, texts, "t").get("text", "text")
        assert con.execute(f"SELECT {masked} FROM t").fetchone() == (said,)
        assert "n" not in texts


def test_only_columns_in_which_a_number_may_stand_are_gone_through_for_them() -> None:
    """In rows that are not asked for there is none either; two columns together make none."""
    texts = _texts((name, "VARCHAR", False, False) for name in ("one", "two", "three"))
    with duckdb.connect() as con:
        con.execute("CREATE TABLE t (n INT, one VARCHAR, two VARCHAR, three VARCHAR)")
        con.execute(
            "INSERT INTO t VALUES (1, '13812', '345678', NULL), (2, '联13812345678', '', '')"
        )
        assert _masks(con, texts, "t WHERE n = 1") == {}
        assert list(
            _masks(con, texts, "t WHERE CAST(n AS VARCHAR) IN (SELECT unnest($n))", {"n": ["2"]})
        ) == ["one"]
        assert _masks(con, texts, "t WHERE n = 3") == {}
