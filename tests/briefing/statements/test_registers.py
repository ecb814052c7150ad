"""What is told of 挂牌责任制, 专项行动, meetings, 述职, instruments, and what is asked."""

import pandas as pd
import pytest

from analysis.briefing.statements import CONCERNS, SUBJECTS, Statement
from analysis.briefing.statements.opening import ask
from tests.briefing.statements.test_statements import Given, said
from tests.tables import drawn


def rated(drawing: str) -> pd.DataFrame:
    """A table with rates as numbers."""
    rows = drawn(drawing)
    return rows.assign(**{n: rows[n].astype(float) for n in map(str, rows) if n.endswith("_rate")})


SITES = "dimension sites with_person with_post responsibility_rate\n"


@pytest.mark.parametrize(
    ("row", "claim", "ask"),
    [
        ("all 4 3 2 0.75", "名录场所4家，有挂牌责任人的3家（75%），写明职务的2家",
         "没有挂牌责任人的1家，由谁明确、何时到位"),
        ("all 4 0 0 0.0", "名录场所4家，都没有填写挂牌责任人",
         "没有挂牌责任人的4家，由谁明确、何时到位"),
        ("all 4 4 4 1.0", "名录场所4家，有挂牌责任人的4家（100%），写明职务的4家", ""),
        ("all 0 0 0 -", "场所名录中没有场所", ""),
    ],
)  # fmt: skip
def test_how_many_sites_have_somebody_who_answers(row: str, claim: str, ask: str) -> None:
    told = said("responsibility", site_responsibility=rated(SITES + row))
    assert (told.claim, told.ask) == (claim, ask)


def test_what_is_asked_stands_in_the_paragraph_and_is_a_sentence_of_its_own() -> None:
    told = said("responsibility", site_responsibility=rated(SITES + "all 4 3 2 0.75"))
    assert told.request == "请会议研究：没有挂牌责任人的1家，由谁明确、何时到位。"
    assert told.paragraph.endswith(told.request)
    assert said("responsibility", site_responsibility=rated(SITES + "all 4 4 4 1")).request == ""


CAMPAIGNS = "campaign visits hazards apart done overdue completion_rate\n"


def test_each_campaign_with_what_it_found() -> None:
    rows = rated(CAMPAIGNS + "百日行动 9 6 1 4 1 0.8\n冬季整治 3 0 0 0 0 -")
    told = said("campaigns", campaign_progress=rows)
    assert (
        told.claim
        == "专项行动开展以来：百日行动检查9家次，列入台账的隐患6条，已完成4条（80%），逾期1条"
    )
    assert told.details == ("冬季整治检查3家次，列入台账的隐患0条",)
    none = said("campaigns", campaign_progress=rows.head(0))
    assert none.claim == "检查台账没有填写专项行动"


@pytest.mark.parametrize(
    ("count", "details", "rest"), [(1, 0, ""), (6, 5, ""), (7, 5, "等7个专项行动")]
)
def test_campaigns_that_are_cut_say_how_many_there_are(count: int, details: int, rest: str) -> None:
    rows = rated(CAMPAIGNS + "\n".join(f"行动{n} 1 0 0 0 0 -" for n in range(count)))
    told = said("campaigns", campaign_progress=rows)
    named = [told.claim, *told.details]
    assert len(named) == 1 + details
    assert (
        named[-1].removeprefix("专项行动开展以来：")
        == f"行动{details}检查1家次，列入台账的隐患0条{rest}"
    )


NO_LIST = drawn("year member listed reported missing report_rate")


def meetings(drawing: str, reports: pd.DataFrame = NO_LIST, months: int = 3) -> Statement:
    """``months`` is how long the period of a 例会 is; a 形势研判会 is due each month."""
    rows = drawn(f"kind period_start state\n{drawing}", required=1)
    rows["period_start"] = pd.to_datetime(rows["period_start"])
    length = rows["kind"].map({"形势研判会": 1}).fillna(months)
    rows["period_end"] = [
        start + pd.DateOffset(months=int(n)) - pd.Timedelta(days=1)
        for start, n in zip(rows["period_start"], length, strict=True)
    ]
    rows["held"] = rows["state"].eq("met").astype(int)
    return said("meetings", meetings_held=rows, self_reports=reports)


def test_which_month_lacks_its_meeting() -> None:
    told = meetings(
        "形势研判会 10-01 met\n形势研判会 11-01 short\n例会 10-01 met\n形势研判会 12-01 running"
    )
    assert told.claim == (
        "形势研判会（每月1次）应开3次，已开1次，没有召开的：2023年11月，"
        "时段未结束、还没有召开的：2023年12月；季度例会（每季度1次）应开1次，已开1次"
    )
    assert told.count == 1
    assert told.ask == "没有召开的2023年11月形势研判会，何时补开"
    assert not meetings("形势研判会 10-01 met").ask
    assert meetings("形势研判会 12-01 met").claim == "形势研判会（每月1次）应开1次，已开1次"
    begun = meetings("形势研判会 12-01 running")
    assert begun.claim == (
        "形势研判会（每月1次）应开1次，已开0次，时段未结束、还没有召开的：2023年12月"
    )
    assert (begun.count, begun.ask) == (0, "")


def test_a_quarter_without_its_meeting_is_named_by_its_quarter() -> None:
    assert meetings("例会 10-01 short").claim == (
        "季度例会（每季度1次）应开1次，已开0次，没有召开的：2023年第4季度"
    )


def test_a_regular_meeting_that_the_plan_wants_each_month_is_told_by_months() -> None:
    told = meetings("例会 11-01 met\n例会 12-01 short", months=1)
    assert told.claim == "例会（每月1次）应开2次，已开1次，没有召开的：2023年12月"
    assert told.ask == "没有召开的2023年12月例会，何时补开"


def test_a_meeting_in_the_month_in_which_the_plan_began_is_told_beside() -> None:
    rows = drawn("kind period_start period_end required held state\n"
                 "形势研判会 11-01 11-30 1 1 met")  # fmt: skip
    rows = rows.assign(**{name: pd.to_datetime(rows[name]) for name in rows.columns[1:3]})
    figures = Given(meetings_held=rows, self_reports=NO_LIST)
    days = pd.to_datetime(["2023-09-30", "2023-10-10", "2023-11-10"])
    figures.source.meetings = lambda scope: pd.DataFrame(  # type: ignore[method-assign]
        {"kind": "形势研判会", "held_on": days}
    )
    assert SUBJECTS["meetings"](figures).claim == (
        "形势研判会（每月1次）应开1次，已开1次（10月10日召开的在启动当月，不计）"
    )


def test_six_of_twelve_have_reported() -> None:
    lists = rated("""
year member listed reported missing report_rate
2023 all    3      2        1       0.6667
2023 某丙   1      0        1       0.0
2023 某甲   1      1        0       1.0
2022 all    9      9        0       1.0
""")
    told = meetings("形势研判会 12-01 running", lists)
    assert told.details == (
        "2023年度述职名单3人（以报来的名单为准），已述职2人（67%），未述职的：某丙",
    )


USED = "instrument target acts open_then done_after done_rate alike_open alike_done alike_rate\n"


def test_what_followed_an_instrument_is_told_beside_others_and_no_cause_is_claimed() -> None:
    rows = rated(
        USED
        + """约谈警示 全部 2 4 2 0.5 8 2 0.25
约谈警示 甲局 2 4 2 0.5 8 2 0.25
媒体曝光 全部 1 0 0 - 5 1 0.2"""
    )
    told = said("instruments", instruments=rows)
    assert told.claim == "督促手段累计使用：约谈警示2次，媒体曝光1次，按对象计"
    (detail,) = told.details
    assert "4条次，其后30天内完成2条次（50%）" in detail
    assert detail.endswith("其他隐患8条次完成2条次（25%）")
    assert told.caveat == "两者并列，不说明手段的作用"
    assert said("instruments", instruments=rows.head(0)).claim == ""


def test_warnings_of_this_year_and_what_was_written_up() -> None:
    issued = drawn("month_on unit warnings\n10-01 全部 2\n10-01 甲局 2\n2022-12-01 全部 9")
    written = drawn("unit told_on\n甲局 10-01\n乙局 01-01\n甲局 11-15\n丙局 2022-12-31")
    told = said("practice", warnings_issued=issued, good_practice=written)
    assert told.claim == "今年以来发布预警信息2条，经验做法和制度成果3项（甲局、乙局）"
    none = said("practice", warnings_issued=issued.head(0), good_practice=written.head(0))
    assert none.claim == ""


def test_what_ledgers_write_of_conduct_is_asked_to_be_looked_into() -> None:
    class Quoting(Given):
        def __init__(self, rows: pd.DataFrame) -> None:
            super().__init__()
            self.source.rows = rows  # type: ignore[attr-defined]

    rows = drawn("unit conduct\n甲局 refused\n乙局 refused\n- shirked")
    told = CONCERNS["conduct"](Quoting(rows))
    assert told.claim == (
        "台账写有拒不整改、推诿、虚假整改的3项（拒不整改2项、推诿1项），均未核实，涉及甲局、乙局"
    )
    assert told.request.startswith("请会议研究：")
    assert CONCERNS["conduct"](Quoting(rows.head(0))).count == 0


@pytest.mark.parametrize(
    ("units", "whose", "unit"),
    [
        ("甲局\n甲局", "甲局2条", "甲局"),
        # what is decided of several is not one's alone, nor where one is not written down
        ("甲局\n甲局\n乙局", "甲局2条等2个单位", ""),
        ("甲局\n甲局\n-", "甲局2条等2个单位", ""),
    ],
)
def test_an_ask_names_its_unit_only_where_there_is_one(units: str, whose: str, unit: str) -> None:
    rows = drawn(f"unit\n{units}").assign(standing_text="应挂未挂")
    nodes = pd.DataFrame({"node_on": pd.to_datetime(["2023-11-29"])})
    made = ask(Given(supervision=rows, node_progress=nodes), "major")
    assert made is not None
    assert (made.whose, made.unit) == (whose, unit)
