"""Rows about one record get one name, whatever happens to numbers and words in between."""

from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.ingest.findings import Finding, Places
from analysis.ingest.versions import identity
from analysis.ingest.versions.history import PROVENANCE, chain
from analysis.ledgers import LEDGERS

HAZARD = LEDGERS["hazard"]
SAID = [name for name in HAZARD.columns if name not in PROVENANCE]


def ledger(*days: list[dict[str, Any]]) -> pd.DataFrame:
    """One list of rows for each submission of 甲局, a day apart."""
    rows = []
    for day, said in enumerate(days, start=1):
        for number, row in enumerate(said):
            where = {"submission_id": f"s{day}", "sheet": "台账", "row_no": number + 2}
            base = {"site": "宾馆", "found_on": date(2023, 9, 1), "sender": "甲局", "position": day}
            known = {"known_from": date(2023, 10, day)}
            rows.append(dict.fromkeys(HAZARD.columns) | where | base | known | row)
    return pd.DataFrame(rows, columns=[*HAZARD.columns, "sender", "position"], dtype=object)


def identify(table: pd.DataFrame) -> tuple[list[str], list[Finding]]:
    found = identity.identify(table, HAZARD, SAID, Places())
    return found.names, found.findings


def names(*days: list[dict[str, Any]]) -> list[str]:
    return identify(ledger(*days))[0]


def rules(*days: list[dict[str, Any]]) -> list[str]:
    return [found.rule for found in identify(ledger(*days))[1]]


def hazard(number: str | None, words: str, **more: Any) -> dict[str, Any]:
    return {"hazard_no": number, "description": words} | more


A, B, C = "灭火器过期", "安全出口上锁", "电线老化裸露"


def test_a_list_that_slips_by_a_line_is_the_same_list() -> None:
    before = [hazard("1", A), hazard("2", B), hazard("3", C)]
    after = [hazard("1", B), hazard("2", C)]
    assert names(before, after) == ["H-甲局-1", "H-甲局-2", "H-甲局-3", "H-甲局-2", "H-甲局-3"]
    assert rules(before, after) == ["renumbered", "renumbered"]


def test_a_row_put_in_at_the_top_is_new_and_moves_the_others() -> None:
    found = names(
        [hazard("1", A), hazard("2", B)], [hazard("1", C), hazard("2", A), hazard("3", B)]
    )
    assert found == ["H-甲局-1", "H-甲局-2", "H-甲局-1~2", "H-甲局-1", "H-甲局-2"]


def test_numbers_of_another_style_throughout_are_the_same_list() -> None:
    found = names([hazard("1", A), hazard("2", B)], [hazard("甲-001", A), hazard("甲-002", B)])
    assert found == ["H-甲局-1", "H-甲局-2"] * 2


def test_a_number_that_changed_alone_is_the_same_hazard() -> None:
    found = names([hazard("1", A), hazard("2", B)], [hazard("2", B), hazard("3", A)])
    assert found == ["H-甲局-1", "H-甲局-2", "H-甲局-2", "H-甲局-1"]


def test_of_two_that_only_say_see_the_picture_nobody_knows_whether_they_are_one() -> None:
    due = [{"due_on": date(2023, 10, day)} for day in (22, 25)]
    apart = names([hazard(None, "见照片", **due[0])], [hazard(None, "见照片2", **due[1])])
    assert len(set(apart)) == 2
    again = names([hazard(None, "见照片", **due[0])], [hazard(None, "见照片", **due[0])])
    assert len(set(again)) == 1


def test_two_numbers_that_stand_together_are_two_hazards() -> None:
    found = names([hazard("1", A), hazard("2", B)], [hazard(n, A) for n in ("1", "3")])
    assert found == ["H-甲局-1", "H-甲局-2", "H-甲局-1", "H-甲局-3"]


def test_without_numbers_other_words_for_it_are_the_same_hazard() -> None:
    first, second = names(
        [hazard(None, "灭火器过期未更换")], [hazard(None, "灭火器过期，未及时更换")]
    )
    assert first == second


BASE_WORDS = "车间配电箱门未关闭"


@pytest.mark.parametrize(
    ("words", "is_same"),
    [
        ("车间配电箱门未关闭好", True),
        ("车间配电箱箱门没有关闭", True),
        ("配电箱门敞开未关", True),
        ("车间配电箱内有杂物", False),
    ],
)
def test_without_numbers_the_same_is_said_of_one_thing(words: str, is_same: bool) -> None:
    first, second = names([hazard(None, BASE_WORDS)], [hazard(None, words)])
    assert (first == second) == is_same


@pytest.mark.parametrize(
    ("words", "is_same"),
    [
        ("车间配电箱门未关闭", True),
        ("车间配电箱内有杂物", False),
        ("配电箱门敞开未关", True),
        ("一层车间配电箱门未关闭", True),
        ("未关闭", True),
    ],
)
def test_under_one_number_less_need_be_shared(words: str, is_same: bool) -> None:
    first, second = names([hazard("1", BASE_WORDS)], [hazard("1", words)])
    assert (first == second) == is_same


def test_one_floor_is_not_another_however_alike_the_words() -> None:
    first, second = names(
        [hazard(None, "一层灭火器过期未更换")], [hazard(None, "二层灭火器过期未更换")]
    )
    assert first != second


def test_a_number_used_again_for_another_floor_or_day_swallows_nothing() -> None:
    first = hazard("1", "一层灭火器过期未更换")
    assert names([first], [hazard("1", "二层灭火器过期未更换")]) == ["H-甲局-1", "H-甲局-1~2"]
    later = hazard("1", "一层的灭火器过期，未更换", found_on=date(2023, 9, 20))
    assert names([first], [later]) == ["H-甲局-1", "H-甲局-1~2"]
    assert names([first], [later | {"found_on": date(2023, 9, 1)}]) == ["H-甲局-1"] * 2
    assert names([first], [first | {"found_on": date(2023, 9, 2)}]) == ["H-甲局-1"] * 2


def test_the_same_words_on_another_day_are_another_hazard() -> None:
    first, second = names([hazard(None, A)], [hazard(None, A, found_on=date(2023, 9, 20))])
    assert first != second


def test_a_number_given_later_does_not_make_a_new_hazard() -> None:
    first, second = names([hazard(None, A)], [hazard("7", A)])
    assert first == second


def find(*days: list[dict[str, Any]]) -> list[tuple[str, str | None]]:
    return [(f.rule, f.item_id) for f in chain(ledger(*days), HAZARD, Places()).findings]


def test_a_deadline_moved_later_or_cancelled_by_a_word_is_told_and_no_other_is() -> None:
    def due(day: int) -> list[dict[str, Any]]:
        return [hazard("1", A, due_on=date(2023, 10, day))]

    assert find(due(10), due(20)) == [("deadline_slip", "H-甲局-1")]
    assert find(due(20), due(10)) == []
    assert find(due(10), [hazard("1", A)]) == []
    cancelled = [hazard("1", A, due_text="取消期限")]
    assert find(due(10), cancelled) == [("withdrawn", "H-甲局-1"), ("deadline_slip", "H-甲局-1")]


def test_a_deadline_kept_is_told_of_no_more_than_one_given_for_the_first_time() -> None:
    due = hazard("1", A, due_on=date(2023, 10, 10))
    assert find([due], [due | {"status": "in_progress"}]) == []
    assert find([hazard("1", A)], [due]) == []


def test_an_approved_extension_is_no_slip() -> None:
    first = hazard("1", A, due_on=date(2023, 10, 10))
    extended = first | {"extended_due_on": date(2023, 11, 10)}
    assert find([first], [extended]) == [("deadline_extended", "H-甲局-1")]
    assert find([extended], [extended | {"status": "in_progress"}]) == []
    assert find([extended], [first]) == []


@pytest.mark.parametrize(
    ("then", "now", "severity"),
    [
        ("closed", "in_progress", "error"),
        ("closed", "rejected", "error"),
        ("pending_accept", "in_progress", "warning"),
        ("done", "not_started", "warning"),
        ("done_onspot", "blocked", "warning"),
        ("closed", "done", None),
        ("in_progress", "rejected", None),
        ("in_progress", "done", None),
        ("done", "suspended", None),
    ],
)
def test_a_closure_taken_back_is_a_reopening(then: str, now: str, severity: str | None) -> None:
    table = ledger([hazard("1", A, status=then)], [hazard("1", A, status=now)])
    found = [(each.rule, each.severity) for each in chain(table, HAZARD, Places()).findings]
    assert found == [("reopened", severity)] * bool(severity)


ROW = st.builds(
    hazard,
    st.sampled_from(["1", "2", "3", None]),
    st.sampled_from([A, B, C, A + "未更换"]),
    location=st.sampled_from(["一层", "二层", None]),
    status=st.sampled_from(["done", "in_progress", None]),
)


@pytest.mark.slow
@given(st.lists(st.lists(ROW, max_size=4), min_size=1, max_size=4))
def test_within_a_submission_rows_of_one_name_say_exactly_the_same(
    days: list[list[dict[str, Any]]],
) -> None:
    """However numbers and words are mixed, no row hides another of its own submission."""
    table = ledger(*days)
    table["name"] = identify(table)[0]
    for _, same in table.groupby(["submission_id", "name"]):
        assert len(same[SAID].drop_duplicates()) == 1


NUMBERED = st.builds(hazard, st.sampled_from(["1", "2", "3"]), st.sampled_from([A, B, C]))


@pytest.mark.slow
@given(st.lists(st.lists(NUMBERED, max_size=3), min_size=1, max_size=4))
def test_an_orderly_ledger_is_named_at_a_glance_as_it_would_be_row_by_row(
    days: list[list[dict[str, Any]]],
) -> None:
    table = ledger(*days)
    at_a_glance = identify(table)[0]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(identity, "is_orderly", lambda *_: False)
        assert identify(table)[0] == at_a_glance


@pytest.mark.slow
@given(st.lists(st.lists(ROW, max_size=4), min_size=1, max_size=4))
def test_what_a_later_submission_says_is_what_is_known(days: list[list[dict[str, Any]]]) -> None:
    """Every row of the last submission stands in the figures with all that it says."""
    table = ledger(*days)
    kept = chain(table, HAZARD, Places()).versions
    current = kept.loc[kept["known_to"].isna(), SAID].to_dict("records")
    last = table.loc[table["submission_id"] == f"s{len(days)}", SAID].to_dict("records")
    for row in last:
        stated = {name: value for name, value in row.items() if value is not None}
        assert any(stated.items() <= version.items() for version in current)


DUE = {"site": "望江宾馆", "due_on": date(2023, 9, 20), "status": "in_progress"}
SAID_BEFORE = hazard(None, "吊扇晃得凶", location="阶梯教室", **DUE)
SAID_AGAIN = hazard(None, "吊扇固定不牢、晃动", location="阶梯教室", **DUE)


def test_a_hazard_in_other_words_is_told_by_its_site_and_days() -> None:
    first, second = names([SAID_BEFORE], [SAID_AGAIN])
    assert first == second


@pytest.mark.parametrize(
    "apart",
    [
        {"location": "音乐教室"},
        {"location": "三楼阶梯教室", "description": "3楼吊扇固定不牢、晃动"},
        {"description": "投影仪固定不牢"},
        {"found_on": date(2023, 9, 29)},
        {"site": "临河宾馆"},
    ],
)
def test_little_likeness_will_not_do_where_something_is_told_apart(apart: dict[str, Any]) -> None:
    old = SAID_BEFORE | ({"location": "二楼阶梯教室"} if "三楼" in str(apart) else {})
    first, second = names([old], [SAID_AGAIN | apart])
    assert first != second


def test_little_likeness_will_not_do_where_two_rows_may_be_meant() -> None:
    twin = hazard(None, "吊扇有异响、晃动", location="阶梯教室", **DUE)
    found = identity.identify(ledger([SAID_BEFORE], [SAID_AGAIN, twin]), HAZARD, SAID, Places())
    assert len(set(found.names)) == 3
    assert {doubt.rule for doubt in found.doubts} == {"same_or_not"}


@pytest.mark.slow
@given(st.permutations(["青石", "白塔", "东河", "云顶", "临江"]))
def test_of_several_that_are_as_like_the_latest_is_asked_for(lands: list[str]) -> None:
    """Ids without a number are hashes; which of them is asked for does not hang on their order."""
    old = {"site": f"{lands[0]}宾馆", "due_on": None}
    before = [hazard(None, A, **old, found_on=date(2023, month, 1)) for month in (3, 4, 5)]
    again = hazard(None, A, **old, found_on=date(2023, 9, 1))
    found = identity.identify(ledger(before, [again]), HAZARD, SAID, Places())
    assert [doubt.one.item_id for doubt in found.doubts] == [found.names[2]]


def test_what_was_finished_does_not_become_unfinished_in_other_words() -> None:
    old = hazard(None, "木楼梯第三步松了，晃", **DUE)
    new = hazard(None, "木楼梯第三级踏板松动", **DUE)
    first, second = names([old], [new])
    assert first == second
    first, second = names([old | {"status": "done"}], [new])
    assert first != second


def test_a_row_that_names_the_day_of_the_find_speaks_of_it() -> None:
    again = hazard(
        None,
        "9月1日查出的吊扇晃动，仍未整改",
        location="阶梯教室",
        **DUE,
        found_on=date(2023, 10, 2),
    )
    first, second = names([SAID_BEFORE], [again])
    assert first == second


def test_month_and_day_that_are_swapped_are_one_day() -> None:
    first, second = names(
        [SAID_BEFORE | {"found_on": date(2023, 9, 8)}],
        [SAID_AGAIN | {"found_on": date(2023, 8, 9)}],
    )
    assert first == second


def test_a_hundred_in_the_name_of_a_site_is_no_number() -> None:
    words = {"site": "百花商场"}
    first, second = names(
        [hazard(None, "梳齿缺3根", location="2#扶梯", **DUE | words)],
        [hazard(None, "梳齿板缺齿3根", location="4#扶梯", **DUE | words)],
    )
    assert first != second


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("防火卷帘不下降", "防火卷帘下堆物"),
        ("消控室值班人员某甲无证上岗", "消控室值班人员只有一人"),
        ("锅炉安全阀未校验", "锅炉水位表模糊"),
        ("疏散指示灯不亮", "疏散指示标志脱落"),
    ],
)
def test_another_fault_under_a_number_is_another_hazard(before: str, after: str) -> None:
    first, second = names([hazard("1", before, **DUE)], [hazard("1", after, **DUE)])
    assert first != second


@pytest.mark.parametrize("number", ["1", None])
def test_which_of_several_is_meant_is_asked(number: str | None) -> None:
    """观景台 may be any of the three that the next ledger has."""
    before = [hazard(number, "未设限载牌", location="观景台", **DUE)]
    after = [
        hazard(number and str(n), "未设限载牌", location=f"{n}号观景台", **DUE) for n in (1, 2, 3)
    ]
    found = identity.identify(ledger(before, after), HAZARD, SAID, Places())
    assert len(set(found.names)) == 4
    assert {doubt.rule for doubt in found.doubts} == {"same_or_not"}


def test_one_of_several_is_meant_where_the_others_were_known() -> None:
    second = hazard("2", "未设限载牌", location="2号观景台", **DUE)
    before = [hazard("1", "未设限载牌", location="观景台", **DUE), second]
    found = names(before, [hazard("1", "未设限载牌", location="1号观景台", **DUE), second])
    assert found == ["H-甲局-1", "H-甲局-2"] * 2


def test_a_place_may_stand_in_the_name_of_the_site() -> None:
    first, second = names(
        [hazard(None, "保护绳磨损", location="攀岩墙", **DUE | {"site": "体育公园攀岩馆"})],
        [hazard(None, "攀岩墙保护绳磨损严重", location="攀岩馆", **DUE | {"site": "滨海体育公园"})],
    )
    assert first == second


@pytest.mark.parametrize(
    ("site", "location", "is_same"),
    [("桔子酒店", "走廊", True), ("桔子酒店", "厨房", False), ("临河客栈", "走廊", False)],
)
def test_a_number_holds_a_name_together_that_is_written_in_another_way(
    site: str, location: str, is_same: bool
) -> None:
    first, second = names(
        [hazard("1", "防火门玻璃破损", location="走廊", **DUE | {"site": "橘子酒店"})],
        [hazard("1", "防火门玻璃破碎", location=location, **DUE | {"site": site})],
    )
    assert (first == second) == is_same


#: What a clerk pastes into the row of another place.
PASTED = "消火栓箱内缺水带一盘，箱门玻璃破损，未见巡查记录卡"


@pytest.mark.parametrize("number", ["1", None])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"location": "物理实验室"}, {"location": "化学实验室"}),
        ({"location": "1号楼物理实验室"}, {"location": "1号楼化学实验室"}),
        ({"location": "攀岩墙"}, {"location": "高空滑索"}),
        ({"location": "中一班"}, {"location": "中二班"}),
        ({"location": "2栋1单元"}, {"location": "2栋2单元"}),
        ({"location": "客梯"}, {"location": "货梯"}),
        ({"location": "乙号看台"}, {"location": "丁号看台"}),
        ({"site": "县第一中学", "location": "1号楼"}, {"site": "县第一中学", "location": "2号楼"}),
        ({"site": "县钟鼓楼", "location": "钟楼"}, {"site": "县钟鼓楼", "location": "鼓楼"}),
        ({"site": "新时空网吧"}, {"site": "新时代网吧"}),
        ({"site": "金源旅店"}, {"site": "鑫源旅店"}),
        ({"description": "音乐教室" + PASTED}, {"description": "美术教室" + PASTED}),
        ({"description": "钟楼" + PASTED}, {"description": "鼓楼" + PASTED}),
        ({"description": "游泳馆" + PASTED}, {"description": "乒乓球室" + PASTED}),
        ({"description": "张记羊汤" + PASTED}, {"description": "李记羊汤" + PASTED}),
        ({"description": "清江号" + PASTED}, {"description": "清河号" + PASTED}),
        ({"description": "冀G5D312校车" + PASTED}, {"description": "冀G5D321校车" + PASTED}),
        (
            {"description": "完成乙号路段护栏加固" + PASTED},
            {"description": "完成辛号路段护栏加固" + PASTED},
        ),
        ({"description": "户主王某甲违规搭建棚屋"}, {"description": "户主王某乙违规搭建棚屋"}),
    ],
)
def test_a_pasted_row_of_another_place_or_person_is_another(
    number: str | None, before: dict[str, Any], after: dict[str, Any]
) -> None:
    base = hazard(number, PASTED, **DUE)
    first, second = names([base | before], [base | after])
    assert first != second


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("攀岩墙", "攀岩区"),
        ("A座宴会厅", "A栋宴会厅"),
        ("天台", "楼顶"),
        ("3号厅", "三号影厅"),
        ("门市部", "滨河门市"),
        ("2至3层", "二、三楼"),
        ("女生宿舍", "男生宿舍（上期误写）"),
    ],
)
def test_a_number_holds_a_place_together_that_is_written_in_another_way(
    before: str, after: str
) -> None:
    said = "护栏松动，高度不足"
    first, second = names(
        [hazard("1", said, location=before, **DUE)],
        [hazard("1", said, location=after, **DUE)],
    )
    assert first == second


def test_a_row_of_the_right_place_is_the_record_and_the_pasted_row_is_new() -> None:
    place, elsewhere = {"location": "学生宿舍1号楼"}, {"location": "学生宿舍2号楼"}
    text = "东侧安全出口夜间上锁，钥匙由一人保管，无法及时撤离"
    old, short, pasted = names(
        [hazard("2", text, **DUE | place)],
        [hazard("1", "东出口晚上锁门", **DUE | place), hazard("2", text, **DUE | elsewhere)],
    )
    assert (old == short, old == pasted) == (True, False)


def test_a_row_that_names_the_site_exactly_keeps_another_from_taking_its_record() -> None:
    """Where 喜羊羊 stands in the file too, 喜洋洋 under its number is no slip of the keyboard."""
    site, like = {"site": "喜羊羊宾馆"}, {"site": "喜洋洋宾馆"}
    text = "前台后线路杂乱，插线板多级串接，地面线路未穿管"
    before = [hazard("2", text, location="大厅", **DUE | site)]
    asked = hazard("2", text, location="大厅", **DUE | like)
    assert len(set(names(before, [asked]))) == 1
    short = hazard("1", "插线板串接", location="大厅", **DUE | site)
    old, first, second = names(before, [short, asked])
    assert second not in {old, first}


def test_a_find_that_lies_behind_its_receipt_has_a_slip_of_the_year() -> None:
    first, second = names(
        [hazard("1", "旋转门旁平开门上锁", found_on=date(2023, 9, 28), **DUE)],
        [hazard("1", "旋转门侧平开门锁闭", found_on=date(2024, 9, 28), **DUE)],
    )
    assert first == second


def test_what_one_list_has_as_the_site_and_another_as_the_place_is_one_hazard() -> None:
    """A column 隐患部位 is read as the one or the other, by what stands in it that day."""
    said, site = "玻璃面板有裂纹", {"site": "听涛栈道"}
    place = {"site": None, "location": "听涛栈道"}
    assert len(set(names([hazard(None, said, **site)], [hazard(None, said, **place)]))) == 1
    assert len(set(names([hazard(None, said, **place)], [hazard(None, said, **site)]))) == 1
    other = {"site": None, "location": "望海亭"}
    assert len(set(names([hazard(None, said, **site)], [hazard(None, said, **other)]))) == 2
    anew = {"site": None, "location": "听涛栈道", "found_on": date(2023, 9, 20)}
    assert len(set(names([hazard(None, said, **site)], [hazard(None, said, **anew)]))) == 2


@pytest.mark.parametrize(
    ("found", "more", "is_same"),
    [
        (date(2023, 9, 11), {}, True),  # 1日 with a figure more
        (date(2023, 8, 1), {}, True),
        (date(2023, 9, 12), {}, False),  # two figures
        (date(2023, 9, 11), {"due_on": date(2023, 10, 31)}, False),  # found anew
        (date(2023, 9, 11), {"description": "安全带超期未检"}, False),
        (date(2023, 9, 11), {"site": "宾馆南楼"}, False),
    ],
)
def test_one_figure_of_the_day_is_a_slip_where_all_else_is_the_same(
    found: date, more: dict[str, Any], is_same: bool
) -> None:
    due = {"due_on": date(2023, 9, 30)}
    first, second = names(
        [hazard(None, "安全带超期未检，无年检报告", **due)],
        [hazard(None, "安全带超期未检，无年检报告", found_on=found, **due | more)]
        if "description" not in more
        else [hazard(None, more["description"], found_on=found, **due)],
    )
    assert (first == second) == is_same


@pytest.mark.parametrize(
    ("label", "is_same"), [("B20629", True), ("B20692", False), ("C629", True), ("1629", False)]
)
def test_the_last_digits_of_a_plate_name_a_car(label: str, is_same: bool) -> None:
    first, second = names(
        [hazard(None, "尾号629大巴安全锤缺两把", **DUE)],
        [hazard(None, f"{label}大巴安全锤少2把", **DUE)],
    )
    assert (first == second) == is_same


def test_what_a_meeting_decided_is_one_in_other_words() -> None:
    """议定事项 have no deadline to speak for them and another field for their words."""
    decision = LEDGERS["decision"]
    said = [name for name in decision.columns if name not in PROVENANCE]
    rows = [
        dict.fromkeys(decision.columns)
        | {"meeting": "专班第一次会议", "held_on": date(2023, 9, 1), "task": task}
        | {"submission_id": f"s{day}", "sheet": "台账", "row_no": 2, "sender": "甲局"}
        | {"position": day, "known_from": date(2023, 10, day)}
        for day, task in enumerate(("印发专班工作方案", "印发了专班的工作方案"), start=1)
    ]
    table = pd.DataFrame(rows, columns=[*decision.columns, "sender", "position"], dtype=object)
    first, second = identity.identify(table, decision, said, Places()).names
    assert first == second


def two_units(*days: list[dict[str, Any]]) -> tuple[list[str], list[Any]]:
    """The names of rows and whose each is; a row says by whom it was sent."""
    table = ledger(*days)
    table["unit"] = table["sender"]
    found = identity.identify(table, HAZARD, SAID, Places())
    return found.names, list(found.columns.get("unit", table["unit"]))


GONE = '{"备注": "已移交乙局"}'
CAME = '{"备注": "由甲局10月2日移交我局"}'


def test_a_handing_over_that_stands_in_the_remarks_alone_is_one() -> None:
    first = [hazard("1", "趸船护栏锈蚀断裂")]
    came = [hazard("9", "趸船护栏锈蚀断裂", sender="乙局", extra=CAME)]
    still = [hazard("1", "趸船护栏锈蚀断裂", extra=GONE)]
    later = [hazard("9", "趸船护栏锈蚀断裂", sender="乙局", found_on=None)]
    names, units = two_units(first, came, still, later)
    assert names == ["H-甲局-1"] * 4
    # who gave it away and still lists it does not take it back
    assert units == ["甲局", "乙局", "乙局", "乙局"]


def test_a_heading_that_speaks_of_handing_over_says_nothing_of_a_row() -> None:
    no = '{"是否移交": "否"}'
    first = [hazard("1", "趸船护栏锈蚀断裂", extra=no)]
    other = [hazard("9", "趸船护栏锈蚀断裂", sender="乙局", extra=no)]
    names, _ = two_units(first, other)
    assert names == ["H-甲局-1", "H-乙局-9"]
