"""What a notebook uses: ``analysis.ingest()``, ``open_warehouse()``, ``metric()``, charts."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import analysis
from analysis import charts
from analysis.errors import QueryError
from analysis.settings import Settings

AS_OF = "2023-11-15"
HEADER = ["隐患编号", "场所名称", "隐患描述", "发现日期", "责任单位", "责任人", "整改期限"]


def test_from_files_to_figures_in_three_calls(
    home: Settings, write_sheet: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    row = ["1", "宾馆", "灭火器过期", "2023-10-01", "甲局", "赵某", "2023-10-20"]
    write_sheet("2023-10-15/a.xlsx", [HEADER, row])
    monkeypatch.setenv("YANPAN_HOME", str(home.home))
    assert analysis.ingest().rows_loaded == 1
    with analysis.open_warehouse() as con:
        assert con.sql("SELECT count(*) FROM 隐患").fetchall() == [(1,)]
    late = analysis.metric("overdue", date(2023, 11, 15), unit=["甲局"])
    assert late["days_late"].tolist() == [26]
    assert analysis.metric("overdue", date(2023, 11, 15), unit=["乙局"]).empty
    assert charts.nodes.node_progress.__module__ == "analysis.charts.nodes"


@pytest.mark.slow
def test_a_filter_that_does_not_exist_is_told(committed: Settings) -> None:
    with pytest.raises(QueryError, match="不能按 colour 筛选"):
        analysis.metric("overdue", date(2023, 11, 15), home=committed.home, colour=["红"])


@pytest.mark.slow
def test_a_notebook_holds_a_warehouse_that_knows_the_metrics(committed: Settings) -> None:
    with analysis.open_warehouse(committed.home) as wh:
        rows = wh.metric("completion", as_of="2023-11-15", level=["重大"])
        assert set(rows.loc[rows["dimension"] == "level", "member"]) == {"重大"}
        late = wh.metric("overdue", as_of=date(2023, 11, 15), unit="县交通局")
        assert set(late["unit"]) <= {"县交通局"}
        changed = wh.metric("since", as_of="2023-11-15", since="2023-10-31")
        assert changed["change"].is_unique is False
        assert set(wh.relation("items", AS_OF)["kind"]) == {"measure", "hazard", "decision"}
        with pytest.raises(QueryError, match="没有名为 nothing 的关系"):
            wh.relation("nothing", AS_OF)
        count = "SELECT count(*) FROM 整改措施"
        for ask in (wh.sql, wh.execute, wh.cursor().execute, wh.connection.query):
            assert ask(count).fetchall() == [
                (29,)
            ]  # twelve of the printed plan, thirteen and four of the demonstration's
        with pytest.raises(QueryError, match="“昨天”不是日期"):
            wh.metric("overview", as_of="昨天")
