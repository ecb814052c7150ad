"""``yanpan risk`` from ledgers as an authority would send them: 模拟数据."""

import json
from collections.abc import Sequence
from typing import Any

import pytest
from openpyxl import Workbook
from typer.testing import CliRunner, Result

from analysis.cli import app
from analysis.ingest.pipeline import ingest
from analysis.judgement.site_risk import backtest
from analysis.settings import Settings
from tests.judgement.authority import authority

pytestmark = pytest.mark.slow
DAY = ["--as-of", "2023-12-31"]
PERIOD = ["--backtest", "--from", "2023-10-01", "--to", "2023-12-31"]


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Two years of inspections and the roll of sites, ingested once: the command only reads."""
    home = Settings(home=tmp_path_factory.mktemp("sent"))
    home.raw.mkdir(parents=True)
    given = authority(visits=2_400, sites=60)
    heads = ["被检查单位", "检查日期", "场所类型", "乡镇", "检查单位", "检查人员", "发现隐患数",
             "重大隐患数", "气温"]  # fmt: skip
    rows = [
        [row.site, f"{row.inspected_on:%Y-%m-%d}", row.site_kind, row.township, row.unit,
         row.inspectors, int(row.hazards_found), int(row.major_hazards_found), number % 40]
        for number, row in enumerate(given.inspections.itertuples())
    ]  # fmt: skip
    _save(home, "模拟数据_检查台账.xlsx", [heads, *rows])
    roll = [
        [s.site, s.site_kind, s.township, s.unit, s.person, "蓝"] for s in given.sites.itertuples()
    ]
    heads = ["场所名称", "场所类型", "乡镇", "监管单位", "挂牌责任人", "风险等级"]
    _save(home, "模拟数据_场所名录.xlsx", [heads, *roll])
    assert ingest(home).rows_rejected == 0
    return home


def _save(home: Settings, name: str, rows: Sequence[Sequence[Any]]) -> None:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    book.save(home.raw / name)


def asked(home: Settings, *words: str) -> Result:
    return CliRunner().invoke(app, ["--home", str(home.home), "risk", *words])


def rows_of(home: Settings, *words: str) -> list[dict[str, Any]]:
    answer = asked(home, *words, "--format", "json")
    assert answer.exit_code == 0, answer.output
    rows: list[dict[str, Any]] = json.loads(answer.stdout)
    return rows


def test_sites_are_ranked_by_chance_with_reasons(sent: Settings) -> None:
    rows = rows_of(sent, *DAY, "--top", "60")
    assert len(rows) == 60
    by_colour = {
        row["colour"]: [r["chance"] for r in rows if r["colour"] == row["colour"]] for row in rows
    }
    assert all(chances == sorted(chances, reverse=True) for chances in by_colour.values())
    assert rows[0]["reasons"]
    said = asked(sent, *DAY, "--top", "3").output
    assert "按下一次检查发现重大隐患的概率排序" in said
    assert "另有 57 家" in said
    assert "另有" not in asked(sent, *DAY, "--top", "60").output, "none is left out"


def test_a_back_test_tells_both_orders_and_what_the_second_is_worth(
    sent: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    work_out, tried = backtest.backtest, []

    def once(*asked: Any) -> backtest.Backtest:
        """Worked out once and shown twice: seconds, and the same to the last digit."""
        if not tried:
            tried.append(work_out(*asked))
        return tried[0]

    monkeypatch.setattr(backtest, "backtest", once)
    rows = rows_of(sent, *PERIOD)
    days = {row["inspectors"]: row for row in rows if row["name"] == "days_earlier"}
    assert days[False]["low"] <= days[False]["value"] <= days[False]["high"]
    assert days[True]["value"] > days[False]["value"] > 0
    assert "不能当作场所排序的成效" in asked(sent, *PERIOD).output


def test_the_lax_and_the_strict_are_named(sent: Settings) -> None:
    rows = rows_of(sent, *DAY, "--inspectors")
    people = {row["who"]: row["ratio"] for row in rows if not row["is_team"]}
    assert min(people, key=people.__getitem__) == "赵某"
    assert max(people, key=people.__getitem__) == "周某"


def test_a_column_of_the_authoritys_own_is_used_by_name(sent: Settings) -> None:
    """Visits have it; of the visits to come, which are ranked, nobody knows it."""
    rows = rows_of(sent, *DAY, "--features", "气温", "--top", "60")
    assert len(rows) == 60
    assert all(0 < row["chance"] < 1 for row in rows)
    wrong = asked(sent, *DAY, "--features", "湿度")
    assert wrong.exit_code == 1


def test_a_back_test_needs_its_period(sent: Settings) -> None:
    assert asked(sent, "--backtest").exit_code == 2
    assert asked(sent, "--backtest", "--from", "2023-12-31", "--to", "2023-10-01").exit_code == 2
