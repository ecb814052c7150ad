"""Half-month reports of many units on one sheet: the title says of which half month."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse


def test_a_table_with_its_period_in_the_title_is_one_report_for_each_unit(
    home: Settings, write_sheet: Callable[..., Path]
) -> None:
    write_sheet(
        "2023-10-17/汇总（模拟数据）.xlsx",
        [
            ["成员单位半月报表（2023年10月1日—10月15日）"],
            ["序号", "单位", "检查场所数", "发现隐患数", "完成整改数", "报送人", "报送日期"],
            [1, "县甲局", 8, 4, 1, "某甲", "2023-10-16"],
            [2, "县乙局", 3, 0, 0, "某乙", None],
        ],
        ["A1:G1"],
    )
    assert ingest(home).rows_rejected == 0
    sql = """
        SELECT unit, period_start, period_end, sites_inspected, hazards_found, hazards_done
        FROM half_month ORDER BY unit
    """
    period = (date(2023, 10, 1), date(2023, 10, 15))
    with open_warehouse(home.warehouse) as con:
        found = fetch_rows(con, sql)[1]
    assert found == [("县乙局", *period, 3, 0, 0), ("县甲局", *period, 8, 4, 1)]
