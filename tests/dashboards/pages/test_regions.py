"""The dashboard of a roll-up: counties side by side, every page for one of them, no forms."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect

from analysis.errors import WarehouseError
from analysis.settings import Settings
from analysis.warehouse.ahead import days_ahead
from analysis.warehouse.counties.engines import open_engine
from analysis.warehouse.counties.parquet import export_parquet
from analysis.warehouse.share import Share
from benchmarks.dashboard.run import served
from dashboards.app import create_app, page, pages
from dashboards.serving.address import Address
from dashboards.serving.data import Data
from dashboards.serving.roll_up import gather
from tests.conftest import YANPAN

pytestmark = pytest.mark.slow
REGIONS = ("某市乙县", "某市甲县")


@pytest.fixture(scope="module")
def rollup(committed: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Two counties that have the sample ledgers, rolled up."""
    folder = tmp_path_factory.mktemp("rollup")
    for region in REGIONS:
        copy = folder / region / "warehouse.duckdb"
        copy.parent.mkdir()
        copy.write_bytes(committed.warehouse.read_bytes())
        export_parquet(copy, folder / "汇总", region, "本县")
    settings = Settings(home=folder, rollup="汇总")
    gather(settings, open_engine("duckdb"), lambda line: None)
    return settings


def words_of(component: Any) -> str:
    return str(component.to_plotly_json() if hasattr(component, "to_plotly_json") else component)


@pytest.mark.parametrize("path", sorted(pages()))
@pytest.mark.parametrize("search", ["", "?region=某市甲县&as_of=2023-10-31"])
def test_every_page_stands(rollup: Settings, path: str, search: str) -> None:
    shown = words_of(page(Data(rollup), path, search))
    assert "这个页面出错了" not in shown
    assert "没有这个页面" not in shown


def test_a_region_has_half_of_what_two_alike_have(rollup: Settings) -> None:
    data = Data(rollup)
    rows, _ = data.regions_side_by_side()
    assert rows["region"].tolist() == list(REGIONS)
    assert rows["total"].nunique() == 1
    day, _ = data.described_day()
    whole = data.row("overview", Address().scope(day))
    one = data.row("overview", Address(chosen={"region": "某市甲县"}).scope(day))
    assert whole["total"] == 2 * one["total"] == 2 * rows["total"].iloc[0]
    choices = data.choices(Address().scope(day))
    assert choices["region"] == list(REGIONS)
    assert "某市甲县·县教育局" in choices["unit"]


def test_a_leader_sees_regions_and_what_was_worked_out_with_numbers_masked(
    rollup: Settings,
) -> None:
    """An account that reads all rows, telephone numbers masked, has a copy of its own."""
    whole, masked = Data(rollup), Data(rollup, lambda: Share(is_masked=True))
    rows, _ = masked.regions_side_by_side()
    assert rows.equals(whole.regions_side_by_side()[0])
    assert "这个页面出错了" not in words_of(page(masked, "/regions", ""))
    days = days_ahead(masked.warehouse().connection)
    assert days
    assert days.as_of == whole.described_day()[0]


def test_a_unit_sees_its_own_rows_of_its_own_county(rollup: Settings) -> None:
    share = Share(unit="某市甲县·县教育局", is_masked=True)
    data = Data(rollup, lambda: share)
    day, _ = data.described_day()
    units = data.metric("completion", Address().scope(day))
    assert set(units[units["dimension"] == "unit"]["member"]) == {share.unit}
    names = {name for (name,) in data.ask("SELECT table_name FROM duckdb_tables()").rows}
    assert not {name for name in names if name.startswith("ahead_")}


def test_a_county_has_no_page_of_regions(committed: Settings) -> None:
    data = Data(committed)
    assert "没有这个页面" in words_of(page(data, "/regions", ""))
    assert "/regions" not in words_of(page(data, "/", ""))
    assert data.choices(Address().scope(data.described_day()[0]))["region"] == []


def test_nothing_can_be_sent_in(rollup: Settings) -> None:
    rules = {rule.rule for rule in create_app(rollup).server.url_map.iter_rules()}
    assert not rules & {"/send", "/acceptance", "/alerts", "/doubts"}
    assert any(rule.startswith("/data/") for rule in rules)


def test_the_regions_are_a_file_too(rollup: Settings) -> None:
    answer = create_app(rollup).server.test_client().get(
        "/data/regions.csv", base_url="http://127.0.0.1"
    )  # fmt: skip
    text = answer.data.decode("utf-8-sig")
    assert answer.status_code == 200
    assert text.splitlines()[0].startswith("地区,事项（项）,整改完成率")
    assert [line.split(",")[0] for line in text.splitlines()[1:]] == list(REGIONS)


def test_the_rows_of_the_wall_are_counties_and_of_one_its_units(rollup: Settings) -> None:
    client = create_app(rollup).server.test_client()

    def rows(asked: str) -> list[str]:
        text = client.get(f"/wall?{asked}", base_url="http://127.0.0.1").get_data(True)
        return re.findall(r'data-member="([^"]+)"', text)

    assert sorted(rows("")) == sorted(REGIONS)
    assert sorted(rows("as_of=2023-11-15")) == sorted(REGIONS)
    assert "某市甲县·县教育局" in rows("as_of=2023-11-15&region=某市甲县")


def test_counties_are_tiles_and_of_one_its_townships(rollup: Settings) -> None:
    client = create_app(rollup).server.test_client()

    def tiles(asked: str) -> list[tuple[str, str]]:
        text = client.get(f"/first/{asked}", base_url="http://127.0.0.1").get_data(True)
        return re.findall(r'data-dimension="([^"]+)" data-member="([^"]+)"', text)

    assert sorted(tiles("regions")) == [("region", name) for name in sorted(REGIONS)]
    of_one = tiles("townships?region=某市甲县")
    assert of_one
    assert {dimension for dimension, _ in of_one} == {"township"}


def test_an_export_that_is_not_whole_leaves_what_is_shown(rollup: Settings) -> None:
    file = next(Path(rollup.home / "汇总" / "hazard").rglob("*.parquet"))
    kept, before = file.read_bytes(), rollup.warehouse.read_bytes()
    file.write_bytes(kept[:-1])
    try:
        with pytest.raises(WarehouseError, match="导出不完整"):
            gather(rollup, open_engine("duckdb"), lambda line: None)
    finally:
        file.write_bytes(kept)
    assert rollup.warehouse.read_bytes() == before


@pytest.fixture(scope="module")
def address(rollup: Settings) -> Iterator[str]:
    folder = str(rollup.home / "汇总")  # rolled up already, which serve sees
    command = [*YANPAN, "serve", "--port", "0", "--data", folder, "--home", str(rollup.home)]
    with served(command, "看板已就绪：") as address:
        yield address


@pytest.mark.browser
def test_a_click_on_a_region_narrows_every_page_to_it(person: BrowserContext, address: str) -> None:
    tab = person.new_page()
    tab.set_viewport_size({"width": 1366, "height": 900})
    tab.goto(f"{address}/regions")
    expect(tab.locator("#regions-table .ag-row").first).to_be_visible(timeout=60_000)
    expect(tab.locator("#regions-completion .main-svg").first).to_be_visible()
    box = tab.locator("#regions-completion .bars .point path").first.bounding_box()
    assert box
    tab.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(tab).to_have_url(re.compile(r"region="))
    expect(tab.locator(".chosen")).to_contain_text("地区：某市")  # the links have it, too, by then
    tab.get_by_role("link", name="总览", exact=True).first.click()
    expect(tab.locator(".kpi").first).to_be_visible(timeout=60_000)
    expect(tab.locator(".chosen")).to_contain_text("地区：某市")
    tab.close()
