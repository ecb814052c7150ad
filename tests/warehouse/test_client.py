"""Every question to a warehouse, over a published file small enough to answer in the head."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from analysis.errors import QueryError, WarehouseError
from analysis.settings import Settings
from analysis.warehouse.client import Provenance, Warehouse
from analysis.warehouse.publish import lay_out
from analysis.warehouse.scope import PARTS, Scope
from analysis.warehouse.sql_files import metrics, relations
from dashboards.serving.data import Data
from tests.tables import day

NOV_15 = Scope(date(2023, 11, 15))
COMMON: dict[str, Any] = {
    "region": "本县", "submission_id": "s1", "sheet": "台账", "known_from": day("10-15"),
}  # fmt: skip
HAZARD = COMMON | {
    "site": "宾馆", "description": "灭火器过期", "found_on": day("10-01"), "due_on": day("10-31"),
    "level": "一般", "status": "in_progress", "person": "赵某",
}  # fmt: skip
#: A plan of one measure, with a node every fifteen days from 30 October; three hazards, of which
#: one was sent again on 10 November as done and then accepted on a page; a site, its inspections.
ROWS: dict[str, list[dict[str, Any]]] = {
    "submission": [
        {"submission_id": "s1", "path": "2023-10-15/甲局/一.xlsx", "sheet": "台账", "unit": "甲局",
         "ledger": "hazard", "received_on": day("10-15"), "rows_loaded": 3, "rows_duplicate": 1,
         "rows_rejected": 0, "is_simulated": True},
        {"submission_id": "s2", "path": "2023-11-10/乙局/二.xlsx", "sheet": "台账", "unit": "乙局",
         "ledger": "hazard", "received_on": day("11-10"), "rows_loaded": 1, "rows_duplicate": 0,
         "rows_rejected": 2, "is_simulated": True},
        {"submission_id": "s3", "path": "2023-11-12/通知.docx", "sheet": "", "unit": None,
         "ledger": None, "received_on": day("11-12"), "rows_loaded": 0, "rows_duplicate": 0,
         "rows_rejected": 0, "is_simulated": False},
    ],
    "hazard": [
        HAZARD | {"item_id": "H1", "unit": "甲局", "row_no": 4},
        HAZARD | {"item_id": "H2", "unit": "甲局", "row_no": 5, "level": "重大",
                  "due_on": day("10-30")},
        HAZARD | {"item_id": "H3", "unit": "乙局", "row_no": 6, "known_to": day("11-10")},
        HAZARD | {"item_id": "H3", "unit": "乙局", "row_no": 4, "known_from": day("11-10"),
                  "first_known_on": day("10-15"), "submission_id": "s2", "status": "done",
                  "done_on": day("11-08"), "accepted_on": day("11-14"), "accepted_by": "钱某"},
    ],
    "measure": [
        COMMON | {"item_id": "M1", "problem": "责任不清", "manifestation": "无清单",
                  "measure": "建立清单", "sub_no": "1-1", "sub_measure": "印发清单", "unit": "甲局",
                  "status": "in_progress", "first_node_on": day("10-30"), "node_days": 15,
                  "due_on": day("12-31"), "row_no": 3},
    ],
    "site": [COMMON | {"site_id": "1", "site": "宾馆", "unit": "甲局", "row_no": 2}],
    "inspection": [
        COMMON | {"inspection_no": "J1", "inspected_on": day("10-01"), "site": "宾馆", "row_no": 2},
        COMMON | {"inspection_no": "J2", "inspected_on": None, "site": "宾馆", "row_no": 3},
    ],
    "acceptance": [COMMON | {"item_id": "H3", "evidence_sha256": "abc", "submission_id": "s3"}],
    "item_alias": [
        {"alias": "H18", "item_id": "H19", "known_from": day("11-01"), "known_to": None},
        {"alias": "H19", "item_id": "H1", "known_from": day("11-10"), "known_to": None},
        {"alias": "H17", "item_id": "H2", "known_from": day("11-01"), "known_to": day("11-05")},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = Settings(home=tmp_path_factory.mktemp("tiny"))
    settings.warehouse.parent.mkdir(parents=True)
    with duckdb.connect() as con:
        lay_out(con, settings.warehouse)
        for table, rows in ROWS.items():
            for row in rows:
                names, marks = ", ".join(row), ", ".join("?" * len(row))
                con.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(row.values()))
        con.execute("CHECKPOINT part")
    return settings


@pytest.fixture
def warehouse(home: Settings) -> Iterator[Warehouse]:
    with Warehouse(home.warehouse) as opened:
        yield opened


def test_a_metric_is_asked_by_a_scope_or_as_a_notebook_writes_it(warehouse: Warehouse) -> None:
    late = warehouse.metric("overdue", NOV_15)
    assert late["item_id"].tolist() == ["H2", "H1"]
    assert late["days_late"].tolist() == [16, 15]
    scope = Scope(date(2023, 11, 15), date(2023, 11, 1), {"unit": ["乙局"]})
    assert warehouse.metric("overdue", scope)["item_id"].tolist() == ["H3"]  # not yet sent as done
    written = warehouse.metric("overdue", "2023-11-15", known_on="2023-11-01", unit="乙局")
    pd.testing.assert_frame_equal(warehouse.metric("overdue", scope), written)
    with pytest.raises(QueryError, match="Scope 里已有日期和筛选"):
        warehouse.metric("overdue", scope, unit="甲局")


def test_a_filter_that_does_nothing_is_an_error_in_a_notebook_and_passed_over_on_a_page(
    warehouse: Warehouse,
) -> None:
    with pytest.raises(QueryError, match="accident_yoy 不能按 unit 筛选"):
        warehouse.metric("accident_yoy", "2023-11-15", unit="甲局")
    scope = Scope(date(2023, 11, 15), None, {"unit": ["甲局"]})
    pd.testing.assert_frame_equal(
        warehouse.metric("accident_yoy", scope), warehouse.metric("accident_yoy", NOV_15)
    )


def test_rows_as_python_values_keep_whole_numbers_beside_what_is_missing(
    warehouse: Warehouse,
) -> None:
    columns, rows = warehouse.metric_rows("overdue", NOV_15)
    assert columns == list(metrics()["overdue"].columns)
    found = [dict(zip(columns, row, strict=True)) for row in rows]
    assert [(row["item_id"], row["due_on"], row["days_late"]) for row in found] == [
        ("H2", date(2023, 10, 30), 16),
        ("H1", date(2023, 10, 31), 15),
    ]


@pytest.mark.parametrize(("most", "shown"), [(1, ["H2"]), (2, ["H2", "H1"]), (9, ["H2", "H1"])])
def test_the_first_rows_come_with_how_many_there_are(
    warehouse: Warehouse, most: int, shown: list[str]
) -> None:
    rows, total = warehouse.first_rows("overdue", NOV_15, most)
    assert (rows["item_id"].tolist(), total) == (shown, 2)


@pytest.mark.parametrize(
    ("after", "until", "found"),
    [
        ("10-30", "12-31", ["M1", "H1", "H3"]), (None, "10-30", ["H2"]), ("10-29", "10-30", ["H2"]),
        (None, None, []),
    ],
)  # fmt: skip
def test_items_by_when_they_are_due(
    warehouse: Warehouse, after: str | None, until: str | None, found: list[str]
) -> None:
    days = (each and day(each) for each in (after, until))
    rows = warehouse.items_due(NOV_15, *days)
    assert sorted(rows["item_id"]) == sorted(found)
    assert list(rows) == list(warehouse.items(NOV_15))


def test_the_first_rows_of_each_group_come_with_how_many_it_has(warehouse: Warehouse) -> None:
    rows = warehouse.first_rows_per_group("overdue", NOV_15, "unit", 1)
    assert rows[["unit", "item_id", "in_all"]].to_numpy().tolist() == [["甲局", "H1", 2]]
    with pytest.raises(QueryError, match="overdue 没有名为 units 的列，是不是 unit？"):
        warehouse.first_rows_per_group("overdue", NOV_15, "units", 1)


def test_every_relation_has_an_answer_and_every_part_of_it(warehouse: Warehouse) -> None:
    for name in relations():
        assert not warehouse.relation(name, "2023-11-15").columns.empty, name
        for part in PARTS.get(name, {}):
            kept = warehouse.relation(name, NOV_15, part=part)
            assert len(kept) <= len(warehouse.relation(name, NOV_15)), part


def test_a_relation_or_part_that_does_not_exist_is_met_with_the_nearest(
    warehouse: Warehouse,
) -> None:
    with pytest.raises(QueryError, match="没有名为 item 的关系，是不是 items？"):
        warehouse.relation("item", NOV_15)
    with pytest.raises(QueryError, match="items 没有名为 overdu 的部分，是不是 overdue？"):
        warehouse.items(NOV_15, "overdu")
    with pytest.raises(QueryError, match="“昨天”不是日期"):
        warehouse.relation("items", "昨天")


@pytest.mark.parametrize(
    ("part", "items"),
    [
        ("", ["M1", "H1", "H2", "H3"]),
        ("hazards", ["H1", "H2", "H3"]),
        ("major_open", ["H2"]),
        ("overdue", ["H1", "H2"]),
        ("counted_not_done", ["M1", "H1", "H2"]),
        ("past_deadline_not_on_time", ["H1", "H2", "H3"]),
        ("accepted_here", ["H3"]),
    ],
)
def test_items_are_listed_in_the_order_of_their_files(
    warehouse: Warehouse, part: str, items: list[str]
) -> None:
    assert warehouse.items(NOV_15, part)["item_id"].tolist() == items


def test_one_item_has_its_state_and_its_versions(warehouse: Warehouse) -> None:
    assert warehouse.item("H3", NOV_15)["state"].tolist() == ["closed"]
    assert warehouse.item("H9", NOV_15).empty
    versions = warehouse.versions("H3", NOV_15)
    assert versions["status"].tolist() == ["in_progress", "done"]
    assert versions["path"].tolist() == [ROWS["submission"][n]["path"] for n in (0, 1)]
    then = Scope(date(2023, 11, 15), date(2023, 11, 9))
    assert warehouse.versions("H3", then)["status"].tolist() == ["in_progress"]


def test_measures_have_what_stands_above_them_in_the_plan(warehouse: Warehouse) -> None:
    found = warehouse.measures(NOV_15)
    assert found[["item_id", "problem", "manifestation", "measure"]].to_numpy().tolist() == [
        ["M1", "责任不清", "无清单", "建立清单"]
    ]
    assert warehouse.measures(Scope(date(2023, 11, 15), date(2023, 10, 14))).empty


def test_the_last_submissions_are_those_of_one_unit_or_of_all(warehouse: Warehouse) -> None:
    found = warehouse.last_submissions("", 2)
    assert found["path"].tolist() == ["2023-11-12/通知.docx", "2023-11-10/乙局/二.xlsx"]
    (row,) = warehouse.last_submissions("甲局", 9).to_dict("records")
    assert (row["rows_loaded"], row["rows_duplicate"], row["rows_rejected"]) == (3, 1, 0)


def test_evidence_is_known_by_its_hash(warehouse: Warehouse) -> None:
    assert warehouse.has_evidence("abc") is True
    assert warehouse.has_evidence("abd") is False


@pytest.mark.parametrize(
    ("known_on", "expected"),
    [
        (
            None,
            Provenance(2, date(2023, 11, 10), True, date(2023, 11, 10)),
        ),  # what is no ledger does not count
        (date(2023, 11, 9), Provenance(1, date(2023, 10, 15), True, date(2023, 10, 15))),
        (date(2023, 10, 14), Provenance(0, None, False)),
    ],
)
def test_figures_rest_on_the_submissions_of_their_day(
    warehouse: Warehouse, known_on: date | None, expected: Provenance
) -> None:
    assert warehouse.provenance(Scope(date(2023, 11, 15), known_on)) == expected


@pytest.mark.parametrize(
    ("known_on", "expected"),
    [
        ("10-31", {}),
        ("11-04", {"H18": "H19", "H17": "H2"}),
        ("11-09", {"H18": "H19"}),  # that H17 is H2 was taken back
        ("11-10", {"H18": "H1", "H19": "H1"}),
    ],
)
def test_each_other_id_leads_to_the_item_that_it_is_by_now(
    warehouse: Warehouse, known_on: str, expected: dict[str, str]
) -> None:
    assert warehouse.present_ids(Scope(day("11-15"), day(known_on))) == expected


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2023-11-11", ("2023-11-11", False)),
        ("2023-12-25", ("2023-12-25", False)),  # 45 days after 10 November
        ("2023-12-26", ("2023-11-10", True)),
    ],
)
def test_without_a_day_it_is_today_unless_the_newest_submission_is_old(
    warehouse: Warehouse, today: str, expected: tuple[str, bool]
) -> None:
    described, is_stale = expected
    assert warehouse.described_day(day(today), 45) == (day(described), is_stale)


def test_a_county_is_no_roll_up(warehouse: Warehouse) -> None:
    assert warehouse.regions() == []
    with pytest.raises(QueryError, match="rollup"):
        warehouse.regions_side_by_side()


def test_a_query_of_a_persons_own_is_answered_within_limits(warehouse: Warehouse) -> None:
    answer = warehouse.ask("SELECT item_id FROM hazard ORDER BY 1", rows=2)
    assert (answer.columns, answer.rows, answer.is_cut) == (["item_id"], [("H1",), ("H2",)], True)
    with pytest.raises(QueryError, match="只能查询"):
        warehouse.ask("DELETE FROM hazard")
    assert warehouse.sql("SELECT count(*) FROM hazard").fetchall() == [(4,)]


def test_threads_may_ask_one_warehouse_at_once(warehouse: Warehouse) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda name: warehouse.metric(name, NOV_15), list(metrics()) * 3))
    for name, frame in zip(list(metrics()) * 3, found, strict=True):
        assert list(frame.columns) == list(metrics()[name].columns)


def test_without_a_publication_there_is_nothing_to_ask(tmp_path: Path) -> None:
    with pytest.raises(WarehouseError, match="请先运行 yanpan ingest"):
        Warehouse(tmp_path / "none.duckdb")


def test_a_page_keeps_an_answer_and_asks_anew_for_other_arguments(home: Settings) -> None:
    data = Data(home)
    late = data.metric("overdue", NOV_15)
    assert data.metric("overdue", Scope(date(2023, 11, 15), filters={})) is late
    assert (
        data.metric("overdue", Scope(date(2023, 11, 15), filters={"unit": ("甲局",)})) is not late
    )
    assert data.first_rows("overdue", NOV_15, 1)[1] == 2
    assert data.first_rows("overdue", NOV_15, 1) is not data.first_rows("overdue", NOV_15, 2)
    assert data.items(NOV_15, "overdue") is data.items(NOV_15, "overdue")
    assert data.relation("items", NOV_15, part="overdue")["item_id"].tolist() == ["H1", "H2"]
    assert data.row("overview", NOV_15)["overdue"] == 2
    assert data.choices(NOV_15)["unit"] == ["乙局", "甲局"]


def test_who_holds_a_warehouse_reads_one_publication_to_the_end(home: Settings) -> None:
    data = Data(home)
    held = data.warehouse()
    home.warehouse.touch()  # published again
    assert data.warehouse() is not held
    assert held.metric("overdue", NOV_15)["item_id"].tolist() == ["H2", "H1"]


@pytest.mark.parametrize(
    ("item", "known_on", "aliases"),
    [
        ("H1", "11-10", ["H19", "H18"]),
        ("H1", "11-09", []),
        ("H19", "11-09", ["H18"]),
        ("H2", "11-04", ["H17"]),
        ("H2", "11-05", []),
    ],
)
def test_an_item_has_the_other_ids_that_were_known_and_those_of_these(
    warehouse: Warehouse, item: str, known_on: str, aliases: list[str]
) -> None:
    assert warehouse.aliases(item, Scope(day("11-15"), day(known_on))) == aliases


def test_any_of_its_ids_finds_an_item(warehouse: Warehouse) -> None:
    for name in ("H1", "H19", "H18"):
        assert warehouse.item(name, NOV_15)["item_id"].tolist() == ["H1"]
    then = Scope(date(2023, 11, 15), date(2023, 11, 9))
    assert warehouse.item("H18", then).empty  # of which nobody knew yet that it is H1


def test_what_was_received_is_known_by_its_rows_or_its_files(warehouse: Warehouse) -> None:
    sent = {"acceptance", "hazard", "inspection", "measure", "site"}
    assert warehouse.received(NOV_15) == sent
    assert warehouse.received(Scope(date(2023, 11, 15), date(2023, 10, 14))) == set()
