"""The ranker recovers true risks, learns from the past alone, and keeps inspectors apart."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import roc_auc_score

from analysis.errors import YanpanError
from analysis.judgement.site_risk.backtest import auc, backtest, days_earlier, first_half, split
from analysis.judgement.site_risk.model import chances, learn
from analysis.judgement.site_risk.ranking import rank
from analysis.judgement.site_risk.site_evidence import figures_of
from analysis.judgement.site_risk.strictness import LAX, STRICT, empty_runs, strictness
from analysis.judgement.site_risk.visits import can_learn, known_before, of_roll, visits
from tests.judgement.authority import INSPECTORS, Authority, authority

#: The last quarter of the simulated two years.
START, END = date(2023, 10, 1), date(2023, 12, 31)


@pytest.fixture(scope="module")
def simulated() -> Authority:
    return authority()


@pytest.fixture(scope="module")
def history(simulated: Authority) -> pd.DataFrame:
    return visits(simulated.inspections, simulated.sites)


def inspections(*rows: tuple[str, str, int | None, int | None], who: str = "赵某") -> pd.DataFrame:
    """Site, day, hazards, major hazards."""
    frame = pd.DataFrame(
        rows, columns=["site", "inspected_on", "hazards_found", "major_hazards_found"]
    )
    frame["inspected_on"] = pd.to_datetime(frame["inspected_on"])
    return frame.assign(
        site_kind="宾馆", township="东河镇", kind=None, campaign=None, unit="甲局",
        inspectors=who, extra=None,
    )  # fmt: skip


SITES = pd.DataFrame(
    {
        "site": ["甲宾馆", "乙网吧"], "site_kind": ["宾馆", "网吧"], "township": ["东河镇"] * 2,
        "unit": "甲局", "person": "王某", "risk_level": ["红", "蓝"], "likelihood": [4.0, 1.0],
        "severity": [5.0, 1.0], "extra": [None, '{"面积": "120"}'],
    }
)  # fmt: skip


def test_a_visit_that_nobody_counted_is_unknown_and_one_without_hazards_found_none() -> None:
    rows = visits(
        inspections(
            ("甲宾馆", "2023-01-01", 3, 1), ("甲宾馆", "2023-01-02", 3, 0),
            ("甲宾馆", "2023-01-03", 0, None), ("甲宾馆", "2023-01-04", 3, None),
        ),
        SITES,
    )  # fmt: skip
    assert rows["found"].fillna(-1).tolist() == [1, 0, 0, -1]


def test_a_feature_knows_nothing_of_its_own_day_or_later() -> None:
    rows = visits(
        inspections(
            ("甲宾馆", "2023-01-01", 1, 1), ("甲宾馆", "2023-02-01", 0, 0),
            ("甲宾馆", "2023-02-01", 1, 1), ("甲宾馆", "2023-03-01", 0, 0),
        ),
        SITES,
    )  # fmt: skip
    known = known_before(rows, rows)
    assert np.expm1(known["visits"]).round().tolist() == [0, 1, 1, 3]
    assert known["last_found"].tolist()[:3] == [0, 1, 1]
    assert known["never_seen"].tolist() == [1, 0, 0, 0]
    early = known_before(rows, rows, until="2023-01-15")
    assert np.expm1(early["visits"]).round().tolist() == [0, 1, 1, 1]


def test_a_score_of_a_period_does_not_know_the_day_of_a_visit_in_it(history: pd.DataFrame) -> None:
    period = history.tail(500)
    moved = period.assign(day=period["day"].iloc[::-1].to_numpy())
    known = [known_before(history.head(5_000), each, until=START) for each in (period, moved)]
    assert known[0].equals(known[1])


def test_what_follows_changes_nothing_that_was_known(history: pd.DataFrame) -> None:
    first = history.head(800)
    turned = pd.concat([first, history.iloc[800:].assign(found=1.0, hazards=9.0)])
    assert known_before(turned, first).equals(known_before(first, first))


@pytest.mark.slow
def test_the_ranker_comes_near_to_who_knows_the_true_risks(
    simulated: Authority, history: pd.DataFrame
) -> None:
    before, during = split(history, START, END)
    model = learn(before)
    known = known_before(before, during, until=START)
    last = slice(len(before), len(before) + len(during))
    for inspectors, truth in ((False, simulated.site_chance), (True, simulated.true_chance)):
        best = roc_auc_score(during["found"], truth[last])
        ours = roc_auc_score(during["found"], chances(model, known, inspectors))
        assert ours > best - 0.03, (inspectors, ours, best)


@pytest.mark.slow
def test_the_interval_of_the_back_test_holds_the_true_gain(
    simulated: Authority, history: pd.DataFrame
) -> None:
    tried = backtest(history, START, END)
    gain = tried.sites_only[0]
    during = history["day"].between(pd.Timestamp(START), pd.Timestamp(END)).to_numpy()
    before = split(history, START, END)[0]
    chance = chances(
        learn(before), known_before(before, history[during].reset_index(drop=True), until=START)
    )
    # What the same order would gain on average, were the finding drawn again from the true risks.
    day = history["day"].to_numpy("datetime64[D]")[during]
    source = np.random.default_rng(1)
    drawn = [
        days_earlier(day, chance, (source.random(during.sum()) < simulated.true_chance[during]) * 1)
        for _ in range(200)
    ]
    assert gain.low <= np.mean(drawn) <= gain.high
    assert gain.low > 0
    assert tried.perfect_days > tried.with_inspectors[0].value > gain.value


def test_an_order_is_judged_by_the_days_it_gains() -> None:
    day = np.array(["2023-01-01", "2023-01-02", "2023-01-03", "2023-01-04"], "datetime64[D]")
    found = np.array([0.0, 0.0, 0.0, 1.0])
    assert days_earlier(day, found, found) == 3
    assert days_earlier(day, -found, found) == 0
    assert (first_half(found, found), first_half(-found, found)) == (1.0, 0.0)


def test_the_auc_counts_pairs_and_halves_those_of_equal_chances() -> None:
    found = np.array([1.0, 0.0, 1.0, 0.0])
    assert auc(np.array([4.0, 3.0, 2.0, 1.0]), found) == 3 / 4
    assert auc(np.array([2.0, 2.0, 2.0, 1.0]), found) == (0.5 + 1 + 0.5 + 1) / 4
    drawn = np.random.default_rng(2)
    chance, found = drawn.integers(0, 9, 200) / 9, drawn.integers(0, 2, 200) * 1.0
    assert auc(chance, found) == pytest.approx(roc_auc_score(found, chance))


def test_a_period_without_a_past_is_told_in_words(history: pd.DataFrame) -> None:
    with pytest.raises(YanpanError, match="不足以建模"):
        split(history, date(2022, 1, 2), END)
    with pytest.raises(YanpanError, match="没有可比的先后"):
        split(history, date(2024, 2, 1), date(2024, 3, 1))


@pytest.mark.slow
def test_strictness_is_found_whatever_sites_somebody_was_sent_to(history: pd.DataFrame) -> None:
    judged = strictness(history).set_index("who")
    people = judged[~judged["is_team"]]
    assert people["ratio"].sort_values().index.tolist() == sorted(INSPECTORS, key=INSPECTORS.get)
    assert people.loc["赵某", "judgement"] == LAX
    assert people.loc["周某", "judgement"] == STRICT
    assert (people["low"] <= people["ratio"]).all()
    assert people["visits"].sum() == len(history)


def test_a_run_of_empty_visits_to_a_red_site_is_listed() -> None:
    days = [f"2023-0{month}-01" for month in range(1, 6)]
    rows = visits(
        inspections(
            ("甲宾馆", days[0], 2, 0), *[("甲宾馆", day, 0, 0) for day in days[1:4]],
            *[("乙网吧", day, 0, 0) for day in days],
        ),
        SITES,
    )  # fmt: skip
    runs = empty_runs(rows)  # 乙网吧 is 蓝, and the first visit to 甲宾馆 found something
    assert runs[["site", "inspector", "visits"]].values.tolist() == [["甲宾馆", "赵某", 3]]
    assert [str(runs[name][0].date()) for name in ("first_on", "last_on")] == [days[1], days[3]]
    assert runs.columns.tolist() == ["site", "inspector", "level", "visits", "first_on", "last_on"]
    assert empty_runs(rows, least=4).empty


def test_reasons_are_told_with_figures_that_anyone_can_count() -> None:
    history = visits(
        inspections(
            ("甲宾馆", "2022-01-01", 4, 1), ("甲宾馆", "2023-01-01", 2, 0),
            ("乙网吧", "2023-10-01", 3, 1), ("乙网吧", "2023-10-02", 0, 0),
        ),
        SITES,
    )  # fmt: skip
    known = figures_of(history, of_roll(SITES, "2023-10-11")).iloc[0]
    assert known[["seen", "found", "seen_lately", "found_lately"]].tolist() == [2, 1, 1, 0]
    assert known[["last_hazards", "mean_hazards", "days_unseen"]].tolist() == [2, 3, 283]
    assert known[["rate", "township_rate", "township_lately_rate"]].tolist() == [0.5, 0.5, 0.5]
    assert (known["level"], known["points"], f"{known['last_on']:%m-%d}") == ("红", 20, "01-01")


def test_of_a_site_that_was_never_seen_no_figures_are_told() -> None:
    history = visits(inspections(("甲宾馆", "2023-01-01", 4, 1)), SITES)
    known = figures_of(history, of_roll(SITES, "2023-02-01")).iloc[1]
    assert known[["seen", "found", "last_on", "last_hazards", "days_unseen"]].isna().all()


HAZARDS = pd.DataFrame(
    {
        "item_id": ["1"], "site": ["场所3"], "level": "重大", "is_closed": False,
        "is_void": False, "is_done": False,
        "is_overdue": True, "township": None, "site_kind": None, "unit": None, "person": None,
    }
)  # fmt: skip
NOTHING = pd.DataFrame({"site": pd.Series(dtype=object), "item_id": pd.Series(dtype=object)})


def ranked(given: Authority, rows: pd.DataFrame, hazards: pd.DataFrame = HAZARDS) -> object:
    return rank(
        rows,
        given.sites,
        hazards,
        NOTHING,
        NOTHING,
        date(2023, 12, 31),
        (5, 10, 16),
        (0.1, 0.2, 0.4),
    )


def test_with_little_history_the_scorecard_stands_and_says_so(simulated: Authority) -> None:
    few = ranked(simulated, simulated.inspections.head(50))
    assert not few.is_model
    assert "标准评分表" in few.note
    assert few.sites["chance"].isna().all()
    assert len(few.sites) == len(simulated.sites)


@pytest.mark.slow
def test_the_model_ranks_by_chance_but_never_takes_an_open_major_hazard_off_red(
    simulated: Authority,
) -> None:
    best = ranked(simulated, simulated.inspections)
    assert best.is_model
    top = best.sites.iloc[0]
    assert (top["site"], top["colour"], top["basis"]) == ("场所3", "红", "有未销号的重大隐患")
    rest = best.sites.iloc[1:]
    for _, same in rest.groupby("colour"):
        assert same["chance"].is_monotonic_decreasing
    assert (rest.loc[rest["colour"] == "红", "chance"] >= 0.4).all()
    assert (rest.loc[rest["colour"] == "蓝", "chance"] < 0.1).all()
    assert rest.loc[rest["colour"] == "红", "reasons"].ne("").all()


@pytest.mark.slow
def test_the_chance_of_any_hazard_orders_sites_and_colours_none(simulated: Authority) -> None:
    best = rank(
        simulated.inspections, simulated.sites, HAZARDS, NOTHING, NOTHING, date(2023, 12, 31),
        (5, 10, 16), (0.1, 0.2, 0.4), "any",
    )  # fmt: skip
    assert best.sites["colour"].dropna().tolist() == ["红"]
    assert best.sites["chance"].iloc[1:].is_monotonic_decreasing


def test_numbers_from_other_columns_are_used_by_name() -> None:
    rows = visits(
        inspections(("甲宾馆", "2023-01-01", 1, 1), ("乙网吧", "2023-01-02", 0, 0)).assign(
            extra=['{"气温": 31.5}', None]
        ),
        SITES, extra=("气温", "面积"),
    )  # fmt: skip
    assert rows["气温"].fillna(-1).tolist() == [31.5, -1]
    assert rows["面积"].fillna(-1).tolist() == [-1, 120]
    with pytest.raises(YanpanError, match="没有“湿度”"):
        visits(inspections(("甲宾馆", "2023-01-01", 1, 1)), SITES, extra=("湿度",))


def test_too_few_visits_are_no_ground_for_a_model(history: pd.DataFrame) -> None:
    assert can_learn(history)
    assert not can_learn(history.head(100))
    assert not can_learn(history.assign(found=0.0))
    with pytest.raises(ValueError, match="太少"):
        learn(history.head(100))


@pytest.mark.slow
def test_without_a_roll_or_without_visits_there_is_still_an_answer(simulated: Authority) -> None:
    alone = visits(simulated.inspections, simulated.sites.iloc[:0])
    assert alone["level"].isna().all()
    assert chances(learn(alone), known_before(alone, alone.head(3))).size == 3
    nobody = ranked(simulated, simulated.inspections.iloc[:0])
    assert (nobody.is_model, len(nobody.sites)) == (False, len(simulated.sites))
    assert visits(simulated.inspections.iloc[:0], simulated.sites).empty
