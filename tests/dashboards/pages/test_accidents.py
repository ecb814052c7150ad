"""The page of accidents: regions apart, the open gap, what was printed without a base."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from analysis.warehouse.scope import Scope
from dashboards.pages.accidents import content, gap_file
from dashboards.serving.data import Data

pytestmark = pytest.mark.slow

AS_OF = date(2023, 11, 30)
HEADER = ["事故编号", "发生日期", "地区", "行业", "事故类型", "死亡人数（人）", "是否计入统计"]
TOTALS = ["地区", "统计口径", "统计起始日", "统计截止日", "事故起数（起）", "死亡人数（人）",
          "上年同期起数（起）", "起数同比（%）"]  # fmt: skip


@pytest.fixture
def data(home: Settings, write_sheet: Callable[..., Any]) -> Data:
    """模拟数据: 甲县 has an accident in 60 days, then four in November; 乙县 one in 60 days."""
    steady = [AS_OF - timedelta(days=60 * n) for n in range(1, 12)]
    days = [("甲县", day) for day in [*steady, *(date(2023, 11, n) for n in (20, 22, 24, 26))]]
    days += [("乙县", day) for day in steady]
    rows = [
        [f"{n}", day, region, "文旅", "火灾", 0, "是"] for n, (region, day) in enumerate(days, 1)
    ]
    write_sheet("2023-11-30/事故.xlsx", [["模拟数据 事故台账"], HEADER, *rows])
    totals = [
        ["全国", "各类", date(2014, 1, 1), date(2014, 12, 31), 33876, 1, None, "下降11.0%"],
        ["全市", "各类", date(2022, 1, 1), date(2022, 12, 31), 24, 1, None, "33.33"],
        ["全市", "较大", date(2022, 1, 1), date(2022, 12, 31), 24, 1, 18, "20.0"],
    ]
    write_sheet("2023-11-30/事故统计.xlsx", [["模拟数据 事故统计台账"], TOTALS, *totals])
    ingest(home)
    return Data(home)


def texts(part: Any) -> list[str]:
    """All texts of a part of a page, in order, those of its figures too."""
    if isinstance(part, str):
        return [part]
    if isinstance(part, list | tuple):
        return [text for each in part for text in texts(each)]
    if figure := getattr(part, "figure", None):
        shown = (trace.text for trace in figure.data if trace.text is not None)
        return [text for each in shown for text in each if text]
    return texts(getattr(part, "children", None) or [])


def test_regions_stand_apart_and_what_cannot_be_derived_is_said(data: Data) -> None:
    told = texts(content(data, Scope(AS_OF)))
    (sudden,) = [text for text in told if text.startswith("甲县：")]
    (steady,) = [text for text in told if text.startswith("乙县：")]
    assert sudden.startswith("甲县：距上一起事故（2023年11月26日）已4天；最近")
    assert sudden.endswith("事故明显变密，应查明原因。")
    assert steady.startswith("乙县：距上一起事故（2023年10月1日）已60天，历次间隔平均60天；")
    assert steady.endswith("没有异常。")
    assert told.index(sudden) < told.index(steady)  # what warns comes first
    assert {"至今 4 天", "至今 60 天"} <= set(told)
    assert any("公布同比 下降11.0%" in text for text in told)
    notes = "".join(told)
    assert "上年同期数无法唯一还原，只照公布的显示" in notes
    assert "有公布的同比与起数、死亡人数对不上" in notes
    assert "（公布同比下降11.0%，上年同期数无法唯一还原）" not in notes  # no base: not compared


def test_the_open_gap_is_the_last_row_of_its_region_in_the_file(data: Data) -> None:
    headings, rows = gap_file(data, Scope(AS_OF))
    assert headings == ["地区", "发生日期", "与上一起相隔（天）", "说明"]
    ends = [row for row in rows if row[3] == "至今"]
    assert ends == [("乙县", None, 60, "至今"), ("甲县", None, 4, "至今")]
    assert rows[-2] == ("甲县", date(2023, 11, 26), 2, "")
