"""Printed percentages are explained at the precision at which they were printed."""

import csv
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.ingest.cells.changes import Change, places_of
from analysis.ingest.cells.values import parse_column
from analysis.ingest.findings import Finding, Places
from analysis.ingest.rules.percentages import printed_percentages
from analysis.ledgers import LEDGERS
from tests.tables import day
from tests.warehouse.test_metrics import NO_ACCIDENTS, metric_over

LEDGER = LEDGERS["accident_stat"]
#: 124 figures as public bulletins print them, each with who published it and for which period;
#: the base where the bulletin gives it or the difference, or the same body's of the year before.
BULLETINS = list(
    csv.DictReader(Path(__file__).with_name("bulletins.csv").open(encoding="utf-8"))
)  # fmt: skip


def row_of(now: int, before: int | None, printed: str, twin: tuple[int, int] | None = None) -> Any:
    """A published total whose accidents have a printed percentage."""
    (percent,), problems = parse_column([printed], LEDGER["accidents_yoy_printed"], day("12-31"))
    assert problems == []
    return dict.fromkeys(LEDGER.columns) | {
        "submission_id": "s1", "sheet": "事故统计", "row_no": 4, "accidents": now,
        "accidents_prev": before, "accidents_yoy_printed": percent, "accidents_yoy_text": printed,
        "accidents_yoy_places": places_of(printed),
        "deaths": twin and twin[0], "deaths_prev": twin and twin[1],
    }  # fmt: skip


def findings(row: Any) -> list[Finding]:
    frame = pd.DataFrame([row], dtype=object)
    return printed_percentages({"accident_stat": frame}, Places())


def told(
    now: int, before: int | None, printed: str, twin: tuple[int, int] | None = None
) -> tuple[str, str]:
    """Severity and message of the one finding; nothing where there is none."""
    found = findings(row_of(now, before, printed, twin))
    assert len(found) <= 1
    return (found[0].severity, found[0].message) if found else ("", "")


@pytest.mark.parametrize(
    "figure", BULLETINS, ids=lambda f: f"{f['source']}{f['period']}{f['what']}"
)
def test_what_public_bulletins_print_is_explained(figure: dict[str, str]) -> None:
    before = int(figure["before"]) if figure["before"] else None
    severity, message = told(int(figure["now"]), before, figure["printed"])
    if figure["state"] in {"相符", "反推"}:
        assert severity == ""
        assert (before is None) == (figure["state"] == "反推")
    else:
        assert severity in {"info", "warning"}
        assert figure["state"] in message


def test_the_metric_says_of_the_bulletins_what_the_rule_says() -> None:
    rows = [
        row_of(int(f["now"]), int(f["before"]) if f["before"] else None, f["printed"])
        for f in BULLETINS
    ]
    totals = ", ".join(
        f"({n}, {r['accidents']}, {r['accidents_prev'] or 'NULL'}, {r['accidents_yoy_printed']}, "
        f"'{r['accidents_yoy_text']}', {r['accidents_yoy_places']})"
        for n, r in enumerate(rows)
    )
    found = metric_over(
        "accident_yoy", "2025-12-31", accidents=NO_ACCIDENTS,
        accident_totals=f"""
        SELECT
            CAST(n AS VARCHAR) AS region, '各类' AS industry, DATE '2023-01-01' AS period_start,
            DATE '2023-12-31' AS period_end, CAST(a AS BIGINT) AS accidents,
            CAST(p AS BIGINT) AS accidents_prev, CAST(c AS DOUBLE) AS accidents_yoy_printed,
            t AS accidents_yoy_text, d AS accidents_yoy_places, CAST(a AS BIGINT) AS deaths,
            CAST(p AS BIGINT) AS deaths_prev, CAST(c AS DOUBLE) AS deaths_yoy_printed,
            t AS deaths_yoy_text, d AS deaths_yoy_places
        FROM (VALUES {totals}) AS t(n, a, p, c, t, d)
        """,
    ).set_index("region")  # fmt: skip
    bases = {"相符": "printed", "上年数有修订": "printed", "反推": "derived"}
    for n, figure in enumerate(BULLETINS):
        row = found.loc[str(n)]
        for measure in ("accidents", "deaths"):
            assert row[f"{measure}_base"] == bases.get(figure["state"], "ambiguous"), figure
            agrees = {"相符": True, "反推": True, "上年数有修订": False}.get(figure["state"])
            assert (None if pd.isna(row[f"{measure}_agree"]) else row[f"{measure}_agree"]) == agrees
            if figure["state"] == "反推":
                change = Change(rows[n]["accidents_yoy_printed"], rows[n]["accidents_yoy_places"])
                assert row[f"{measure}_prev"] == change.only_base(int(figure["now"]))


@pytest.mark.parametrize(
    ("now", "before", "printed"),
    [
        (24, 18, "33.33"), (24, 18, "33.3"), (24, 18, "33%"), (24, 18, "上升33.3%"),
        (18, 22, "-18.18"), (18, 22, "下降18.2%"), (18, 22, "下降18.1%"), (18, 22, "-18"),
        (37, 45, "-17.78"), (37, 45, "-17.77"), (0, 5, "-100"), (5, 5, "持平"), (0, 0, "持平"),
        (0, 0, "0"), (45, 18, "增长1.5倍"), (36, 18, "翻一番"), (24, None, "33.33"),
        (9, None, "200"), (18, None, "持平"), (1998, None, "-0.05"), (1999, None, "-0.05"),
    ],
)  # fmt: skip
def test_rounded_or_cut_off_at_any_precision_is_right(
    now: int, before: int | None, printed: str
) -> None:
    assert told(now, before, printed) == ("", "")


@pytest.mark.parametrize(
    ("now", "before", "printed", "severity", "why"),
    [
        (24, 18, "33.30", "error", "计算应为 33.33%"),  # says more than 33.3
        (24, 18, "33.34", "error", "计算应为 33.33%"),
        (24, 18, "20.0", "error", "计算应为 33.33%"),
        (1003, 1000, "持平", "error", "计算应为 0.30%"),
        (24, 18, "下降33.3%", "error", "升降写反了"),
        (24, 18, "0.333", "error", "是小数，百分数应为 33.3%"),
        (24, 18, "25.0", "error", "是以本期 24 为分母算的"),
        (24, 18, "41.18", "warning", "与上年同期 17 相符，而填报的上年同期是 18，差一起"),
        (24, 18, "26.32", "warning", "与上年同期 19 相符"),
        (3, 0, "上升100%", "info", "上年同期为 0，没有百分比，只报增减数：增加 3 起"),
        (3, 0, "300%", "info", "上年同期为 0"),
        (3, 0, "50%", "error", "没有同比"),
        (0, 0, "100", "error", "没有同比"),
        (3, None, "上升100%", "info", "多半是上年同期为 0"),
        (9, None, "201", "error", "没有任何整数的上年同期数能得出"),
        (1, None, "-100", "error", "没有任何整数的上年同期数能得出"),
        (0, None, "-101", "error", "没有任何整数的上年同期数能得出"),
        (0, None, "-100", "info", "许多整数都能得出，上年同期数无法唯一还原"),
        (33876, None, "-11.0", "info", "个整数都能得出，上年同期数无法唯一还原"),
    ],
)  # fmt: skip
def test_what_does_not_follow_is_explained(
    now: int, before: int | None, printed: str, severity: str, why: str
) -> None:
    found = told(now, before, printed)
    assert found[0] == severity
    assert found[1].startswith(f"起数同比填报“{printed}”，")
    assert why in found[1]


def test_a_revised_base_is_the_last_explanation() -> None:
    """−10.0 fits 18 of 20; of 19 before it would be a slip by one, and here it is deaths'."""
    assert "差一起" in told(18, 19, "-10.0")[1]
    assert told(18, 19, "-10.0", twin=(9, 10)) == (
        "error", "起数同比填报“-10.0”，与死亡人数的同比相符，疑填错了列；按计算值统计，请核对",
    )  # fmt: skip


def test_decimals_that_nobody_wrote_down_are_those_of_the_number() -> None:
    row = row_of(24, 18, "33.3") | {"accidents_yoy_text": None, "accidents_yoy_places": None}
    assert findings(row) == []
    (found,) = findings(row | {"accidents_yoy_printed": 33.34})
    assert found.message.startswith("起数同比填报“33.34%”")


@given(st.integers(0, 90), st.integers(-2, 3), st.data())
def test_bases_are_those_that_trying_each_number_finds(
    now: int, places: int, data: st.DataObject
) -> None:
    whole = 10 ** (2 + places)
    before = data.draw(st.integers(1, 120))
    near = data.draw(st.integers(-2, 2))
    units = (now - before) * whole // before + near
    change = Change(units * 100 / whole, places)
    assert [b for b in range(400) if change.follows(now, b)] == [
        b for b in range(400) if _gives(now, b, units, whole)
    ]


def _gives(now: int, before: int, units: int, whole: int) -> bool:
    """Whether two counts give so many units of the last decimal, rounded or cut off; a fall by a
    hundred per cent leaves none, however it is rounded.
    """
    if before == 0:
        return now == 0 == units
    if units == -whole:
        return now == 0
    sign = 1 if now > before else -1
    exact = abs(now - before) * whole
    return units in {sign * (exact // before), sign * ((2 * exact + before) // (2 * before))}
