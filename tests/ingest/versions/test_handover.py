"""Which records of two units are compared with each other: few, whatever one of them sends."""

from datetime import date

import pandas as pd

from analysis.ingest.versions.identity.senders.handover import _Held, _pairs, _Sites

DAY, OTHER_DAY = date(2023, 10, 1), date(2023, 10, 2)


def test_sites_that_are_near_are_others_of_the_same_day_with_two_signs_in_common() -> None:
    keys = [(DAY, "东河镇客运站1号"), (DAY, "东河镇客运站2号"), (DAY, "客运站"), (DAY, "甲校"),
            (OTHER_DAY, "客运站")]  # fmt: skip
    who = pd.DataFrame(
        {"block": [0, 1, 2, 3, 4, -1], "sender": ["甲", "甲", "乙", "乙", "乙", "乙"]}
    )
    sites = _Sites(keys, who)
    assert sites.of_others(0, "甲") == {2}  # of its own other site nothing is asked
    assert sites.of_others(2, "乙") == {0, 1}


def test_what_stands_near_is_compared_with_ones_own_and_not_with_each_other() -> None:
    own = [_Held("a", "甲", [3]), _Held("b", "甲", [5])]
    near = [_Held("c", "乙", [1]), _Held("d", "乙", [4]), _Held("e", "丙", [2])]
    assert [(one.name, other.name) for one, other in _pairs(own, near)] == [
        ("c", "a"), ("c", "b"), ("e", "a"), ("e", "b"), ("a", "d"), ("d", "b"),
    ]  # fmt: skip
    assert [(one.name, other.name) for one, other in _pairs(near, [])] == [("c", "e"), ("e", "d")]
