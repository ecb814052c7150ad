"""A simulated authority whose true risks are known: 模拟数据, for the ranker to recover."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

KINDS = {"宾馆": -2.6, "网吧": -2.2, "景区": -1.8, "歌舞娱乐": -1.4}
TOWNSHIPS = {"东河镇": -0.3, "西岭镇": 0.0, "南坪乡": 0.3}
#: How strict each inspector is, in log-odds; 赵某 finds almost nothing.
INSPECTORS = {"赵某": -1.6, "钱某": 0.0, "孙某": 0.2, "李某": 0.5, "周某": 0.9}


@dataclass(frozen=True)
class Authority:
    """The ledgers that would be sent, and what is true and never written down."""

    inspections: pd.DataFrame
    sites: pd.DataFrame
    #: The chance of each inspection with the average inspector, and with who really went.
    site_chance: np.ndarray
    true_chance: np.ndarray


def authority(visits: int = 9_000, sites: int = 150, seed: int = 7) -> Authority:
    """Two years of visits at random; each site has a risk of its own beside kind and township."""
    source = np.random.default_rng(seed)
    kind = source.choice(list(KINDS), sites)
    township = source.choice(list(TOWNSHIPS), sites)
    own = source.normal(0, 1.0, sites)
    base = np.array([KINDS[k] for k in kind]) + np.array([TOWNSHIPS[t] for t in township]) + own
    site = source.integers(0, sites, visits)
    who = source.choice(list(INSPECTORS), visits)
    strict = np.array([INSPECTORS[name] for name in who])
    odds = base[site]
    true_chance = 1 / (1 + np.exp(-(odds + strict)))
    found = source.random(visits) < true_chance
    day = source.integers(0, 730, visits)
    names = np.array([f"场所{n}" for n in range(sites)], dtype=object)
    order = np.lexsort((names[site].astype(str), day))  # as visits are ordered: by day, by site
    site, who, day, found = site[order], who[order], day[order], found[order]
    odds, true_chance = odds[order], true_chance[order]
    inspections = pd.DataFrame(
        {
            "site": names[site],
            "inspected_on": pd.Timestamp("2022-01-01") + pd.to_timedelta(day, "D"),
            "site_kind": kind[site], "township": township[site], "kind": "双随机抽查",
            "campaign": None, "unit": "县文化和旅游局", "inspectors": who,
            "hazards_found": np.where(found, 1 + source.poisson(1, visits), 0),
            "major_hazards_found": found.astype(int), "extra": None,
        }
    )  # fmt: skip
    roll = pd.DataFrame(
        {
            "site": names, "site_kind": kind, "township": township, "unit": "县文化和旅游局",
            "risk_level": None, "likelihood": np.nan, "severity": np.nan, "person": "王某",
            "extra": None,
        }
    )  # fmt: skip
    return Authority(inspections, roll, 1 / (1 + np.exp(-odds)), true_chance)
