"""Who sends a ledger decides how many names there are; what is drawn of them stays small."""

import pandas as pd

from analysis.charts.mix import MOST_LINES, heat_map
from analysis.charts.shown import fold_names
from analysis.charts.sites import MOST, four_colours


def test_names_beyond_the_most_are_one_and_keep_their_sum() -> None:
    names, weights = pd.Series(list("aabcd")), pd.Series([1, 1, 3, 1, 1])
    assert fold_names(names, weights, 3, "个").tolist() == ["a", "a", "b", "其余2个", "其余2个"]
    assert fold_names(names, weights, 4, "个").tolist() == list("aabcd")


def test_a_map_of_very_many_cells_is_folded_and_counts_all() -> None:
    names = [f"某{n}镇" for n in range(3000)]
    cells = pd.DataFrame({"member": names, "by_member": [f"类{n}" for n in range(3000)]})
    (drawn,) = heat_map(cells.assign(items=1)).data
    assert len(drawn.z) == len(drawn.z[0]) == MOST_LINES
    assert sum(map(sum, drawn.z)) == 3000
    assert list(drawn.customdata[-1][-1]) == ["其余2961个", "其余2961类"]


def test_groups_of_sites_beyond_the_most_are_one_bar_below_and_the_red_ones_are_seen() -> None:
    colours = ["蓝"] * 100 + ["红"]
    sites = pd.DataFrame({"township": [f"某{n}镇" for n in range(101)], "colour": colours})
    red, *_, blue = (bar for bar in four_colours(sites, "township").data if any(bar.x))
    assert len(red.y) == MOST
    assert red.y[-1] == "某100镇　1家"  # on top
    assert (blue.y[0], blue.x[0]) == ("其余62个　62家", 62)
