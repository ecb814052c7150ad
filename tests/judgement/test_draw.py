"""A draw follows its weights, is the same everywhere, and cannot be changed unnoticed."""

import json
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook
from scipy import stats
from typer.testing import CliRunner

from analysis.cli import app
from analysis.cli.draw import _closed
from analysis.errors import YanpanError
from analysis.ingest.files.inspector_roster import read_people
from analysis.judgement.draw import (
    BY_KIND,
    BY_TOWNSHIP,
    BY_WEIGHT,
    CONTROL,
    Person,
    Rules,
    Site,
    as_json,
    draw,
    from_json,
    may_go,
    record,
    verify,
)  # fmt: skip
from analysis.settings import Settings

WEIGHTS = {"红": 8, "橙": 4, "黄": 2, "蓝": 1}
SITES = [
    Site(f"{n}", f"场所{n}", ("宾馆", "网吧", "景区")[n % 3], ("东河镇", "西岭镇")[n % 2],
         ("甲局", "乙局")[n % 2], "红橙黄蓝"[n % 4])
    for n in range(12)
]  # fmt: skip
PEOPLE = [Person(name) for name in ("赵某", "钱某", "孙某", "李某")]


def drawn(seed: str = "种子", people: list[Person] = PEOPLE, **rules: object) -> list:
    return list(draw(seed, SITES, people, Rules(**({"count": 6, "weights": WEIGHTS} | rules))))


def test_the_same_seed_gives_the_same_draw_on_any_machine_and_python() -> None:
    assert [(each.number, *each.people) for each in drawn("2023年11月15日")] == GOLDEN
    assert drawn("2023年11月15日") == drawn("2023年11月15日")
    assert drawn("2023年11月15日") != drawn("2023年11月16日")


@pytest.mark.slow
def test_five_thousand_draws_follow_the_weights() -> None:
    four = [Site(c, c, "宾馆", "东河镇", "甲局", c) for c in WEIGHTS]
    rules = Rules(2, WEIGHTS)
    draws = [draw(f"种子{n}", four, PEOPLE, rules) for n in range(5_000)]
    first = Counter(each[0].colour for each in draws)
    total = sum(WEIGHTS.values())
    expected = [5_000 * weight / total for weight in WEIGHTS.values()]
    assert stats.chisquare([first[c] for c in WEIGHTS], expected).pvalue > 0.001
    # After 红 went first, the second follows the weights of the other three.
    second = Counter(each[1].colour for each in draws if each[0].colour == "红")
    left = {c: w for c, w in WEIGHTS.items() if c != "红"}
    expected = [first["红"] * w / sum(left.values()) for w in left.values()]
    assert stats.chisquare([second[c] for c in left], expected).pvalue > 0.001


@pytest.mark.slow
def test_people_are_drawn_evenly() -> None:
    pairs = Counter(
        each[0].people[0] for each in (drawn(f"种子{n}", count=1) for n in range(2_000))
    )
    assert stats.chisquare(list(pairs.values())).pvalue > 0.001


def test_each_kind_and_township_has_its_floor() -> None:
    result = drawn(floor_kind=1, floor_township=2)
    assert set(Counter(each.kind for each in result)) == {"宾馆", "网吧", "景区"}
    assert min(Counter(each.township for each in result).values()) >= 2
    assert {each.group for each in result} <= {BY_KIND, BY_TOWNSHIP, BY_WEIGHT}
    with pytest.raises(YanpanError, match="保底共需 9 家"):
        drawn(floor_kind=3)


def test_a_control_is_drawn_regardless_of_weights_from_what_is_left() -> None:
    result = drawn(count=6, control=2)
    assert [each.group for each in result] == [BY_WEIGHT] * 4 + [CONTROL] * 2
    assert len({each.number for each in result}) == 6
    same = [replace(site, colour="蓝") for site in SITES]
    rules = Rules(6, WEIGHTS, control=6)
    plain = [each.number for each in draw("种子", same, PEOPLE, rules)]
    assert plain == [each.number for each in draw("种子", SITES, PEOPLE, rules)]


def test_nobody_goes_where_he_must_stay_away() -> None:
    people = [
        Person("赵某", recuses=("甲局",)), Person("钱某", township="东河镇"),
        Person("孙某", recuses=("场所1", "西岭镇")), *(Person(f"某{n}") for n in range(3)),
    ]  # fmt: skip
    result = drawn(people=people, count=12, is_cross=True)
    units = {site.number: site.unit for site in SITES}
    assert all(len(set(each.people)) == 2 for each in result)
    for each in result:
        assert not ("赵某" in each.people and units[each.number] == "甲局")
        assert not ("钱某" in each.people and each.township == "东河镇")
        assert not ("孙某" in each.people and each.township == "西岭镇")
    with pytest.raises(YanpanError, match="只剩 1 名检查人员"):
        drawn(people=[Person("赵某"), Person("钱某", recuses=("甲局", "乙局"))])


@pytest.mark.parametrize(
    ("of", "at", "goes"),
    [("东河镇", "东河镇", False), ("东河镇", "西岭镇", True), ("", "东河镇", True), ("", "", True)],
)
def test_in_a_cross_check_nobody_goes_where_he_is_from_and_who_is_from_nowhere_goes_anywhere(
    of: str, at: str, goes: bool
) -> None:
    site = replace(SITES[0], township=at)
    cross = Rules(1, WEIGHTS, is_cross=True)
    assert may_go(Person("钱某", township=of), site, cross) is goes
    assert may_go(Person("钱某", township=of), site, replace(cross, is_cross=False))


def test_who_accepted_an_item_does_not_look_back_at_it_and_doubts_come_first() -> None:
    items = [
        Site(f"H-{n}", f"隐患{n}", "消防", "东河镇", "甲局", "有疑点" if n % 3 == 0 else "无疑点",
             ("赵某",))
        for n in range(9)
    ]  # fmt: skip
    rules = Rules(5, {"有疑点": 1, "无疑点": 1}, first=("有疑点",))
    result = draw("种子", items, PEOPLE, rules)
    assert [each.colour for each in result] == ["有疑点"] * 3 + ["无疑点"] * 2
    assert all("赵某" not in each.people for each in result)


def test_work_is_spread_evenly() -> None:
    gone = Counter(name for each in drawn(count=12) for name in each.people)
    assert max(gone.values()) - min(gone.values()) <= 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"seed": " "}, "种子"), ({"count": 13}, "只有 12 家"), ({"control": 7}, "随机对照"),
        ({"people": [*PEOPLE, PEOPLE[0]]}, "“赵某”有两条"), ({"weights": {"红": 0}}, "1 以上"),
        ({"weights": WEIGHTS | {"蓝": 0}}, "1 以上"), ({"weights": {}}, "1 以上"),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_is_told(change: dict, said: str) -> None:
    with pytest.raises(YanpanError, match=said):
        drawn(**change)


def test_a_record_verifies_and_a_changed_one_does_not() -> None:
    made = record("种子", SITES, PEOPLE, Rules(4, WEIGHTS), "2023-11-15", "0.1.0")
    assert verify(from_json(as_json(made))) == []
    told = {
        "场所名单": replace(made, sites=made.sites[:-1]),
        "检查人员名单": replace(made, people=(*made.people, Person("周某"))),
        "抽取规则": replace(made, rules=replace(made.rules, weights=WEIGHTS | {"蓝": 9})),
        "第一处": replace(made, seed="别的种子"),
        "应抽出 4 家": replace(made, result=made.result[:3]),
    }
    for said, changed in told.items():
        assert said in "".join(verify(changed))
    with pytest.raises(YanpanError, match="不是一份抽取记录"):
        from_json("{}")
    with pytest.raises(YanpanError, match=r"抽取方法是 lottery-1，本程序只会核对 yanpan-draw-1"):
        from_json(as_json(replace(made, method="lottery-1")))
    with pytest.raises(YanpanError, match="这份抽取记录"):
        from_json(as_json(replace(made, method="yanpan-draw-9")))


def test_a_roster_is_read_by_its_headings(tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_text(
        "姓名,单位,乡镇,回避\n赵某,甲局,东河镇,场所1、乙局\n钱某,,,\n,丙局,,\n", "utf-8"
    )
    assert read_people(path) == [
        {"name": "赵某", "unit": "甲局", "township": "东河镇", "recuses": ("场所1", "乙局")},
        {"name": "钱某", "unit": "", "township": "", "recuses": ()},
    ]
    path.write_text("谁\n赵某\n", "utf-8")
    with pytest.raises(YanpanError, match="没有“姓名”一列"):
        read_people(path)
    with pytest.raises(YanpanError, match="读不了"):
        read_people(tmp_path / "没有.xlsx")


@pytest.mark.slow
def test_the_command_draws_writes_and_verifies(committed: Settings, tmp_path: Path) -> None:
    def asked(*words: str) -> tuple[int, str]:
        answer = CliRunner().invoke(app, ["--home", str(committed.home), "draw", *words])
        return answer.exit_code, f"{answer.output}{answer.exception or ''}"

    out = tmp_path / "抽取.xlsx"
    day = ["--as-of", "2023-11-15"]
    seed = ["--seed", "公开的种子", *day]
    code, said = asked(*seed, "--count", "8", "--control", "1", "-o", str(out))
    assert code == 0, said
    rows = list(load_workbook(out)["抽取结果"].values)
    assert len(rows) == 8 + 3  # title, note and header stand above
    assert asked("--verify", str(out.with_suffix(".json")))[0] == 0
    made = json.loads(out.with_suffix(".json").read_text("utf-8"))
    made["result"][0]["people"] = ["某人", "他人"]
    changed = tmp_path / "改过.json"
    changed.write_text(json.dumps(made, ensure_ascii=False), "utf-8")
    code, said = asked("--verify", str(changed))
    assert code == 1
    assert "有 1 家与重算的不同" in said
    hashes = asked("--hash-only", *day)[1]
    assert made["hashes"]["sites"] in hashes
    look = tmp_path / "回头看.xlsx"
    assert (
        asked("--seed", "公开的种子", "--lookback", "--count", "3", *day, "-o", str(look))[0] == 0
    )
    assert {row[4] for row in list(load_workbook(look)["抽取结果"].values)[3:]} == {"有疑点"}


def test_a_site_seen_in_the_period_is_drawn_again_only_when_asked(committed: Settings) -> None:
    def hashed(*words: str) -> int:
        words = ("draw", "--hash-only", "--as-of", "2023-11-15", *words)
        answer = CliRunner().invoke(app, ["--home", str(committed.home), *words])
        return int(answer.output.split()[1])

    assert hashed("--again") == 150
    assert hashed() < hashed("--since", "2023-11-01") < 150


#: What every machine and every version of Python must draw from that seed.
GOLDEN = [
    ("5", "李某", "赵某"), ("8", "钱某", "孙某"), ("10", "李某", "赵某"), ("0", "钱某", "孙某"),
    ("7", "孙某", "钱某"), ("1", "赵某", "李某"),
]  # fmt: skip


def test_each_of_two_who_accepted_an_item_stays_away_from_it() -> None:
    done = {
        "item_id": "H-1", "title": "宾馆：灭火器过期", "category": "消防", "township": "东河镇",
        "unit": "甲局", "accepted_by": "赵某 钱　某", "done_on": pd.Timestamp("2023-11-01"),
    }  # fmt: skip
    tables = {"done": pd.DataFrame([done]), "suspect_closure": pd.DataFrame({"item_id": []})}
    (site,) = _closed(tables, date(2023, 10, 1))
    assert site.away == ("赵某", "钱某")
