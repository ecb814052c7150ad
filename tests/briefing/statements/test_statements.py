"""Each statement on figures that a reader can check, and the edges of all of them."""

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest

from analysis.briefing.comparison import Comparison
from analysis.briefing.figures import Figures
from analysis.briefing.sections import due_soon_sentence, numbered, steps_sentence
from analysis.briefing.statements import CONCERNS, SUBJECTS, Statement
from analysis.judgement.alerts import RULES, Alert, written_to
from analysis.judgement.site_risk.ranking import Ranking
from analysis.ledgers import LEDGERS
from analysis.settings import Settings
from analysis.warehouse.client import Provenance
from analysis.warehouse.scope import Scope
from analysis.wording.values import UNNAMED
from tests.tables import drawn

AS_OF = date(2023, 11, 15)
MEETING = Comparison(date(2023, 10, 10), "10月10日形势研判会")
ALL_LEDGERS = frozenset(LEDGERS)
NOW = {
    "total": 10, "done": 8, "closed": 5, "due": 5, "on_time": 3, "late": 1, "overdue": 1,
    "suspended_due": 1, "undated_done": 0, "suspended": 2, "suspended_apart": 1, "due_soon": 2,
    "relieved": 2,
    "standing": 0, "void": 0, "completion_rate": 0.8, "closure_rate": 0.5, "on_time_rate": 0.6,
    "major_total": 4, "major_closed": 1, "major_open": 3, "major_supervised": 2,
    "supervised_open": 2,
}  # fmt: skip
BEFORE = NOW | {"overdue": 3, "completion_rate": 0.7, "closure_rate": 0.5}
NEVER = {**dict.fromkeys(NOW, 0), **dict.fromkeys([n for n in NOW if n.endswith("_rate")])}
NO_KINDS = drawn("dimension member total done overdue completion_rate")


class Told:
    """A source whose relations all have the same rows."""

    def __init__(self, rows: pd.DataFrame) -> None:
        self.rows = rows

    def relation(self, name: str, scope: Scope, /, *, part: str = "") -> pd.DataFrame:
        return self.rows

    def meetings(self, scope: Scope, /) -> pd.DataFrame:
        return pd.DataFrame({"kind": [], "held_on": pd.to_datetime([])})


class Related(Told):
    """A source of relations by name."""

    def __init__(self, **rows: pd.DataFrame) -> None:
        self.by_name = rows

    def relation(self, name: str, scope: Scope, /, *, part: str = "") -> pd.DataFrame:
        return self.by_name[name]


class Given(Figures):
    """Figures that a test gives, metrics by name; nothing is asked of any warehouse."""

    def __init__(self, as_of: date = AS_OF, **given: Any) -> None:
        columns = (
            "region", "occurred_on", "counted", "inspected_on", "node_on", "calendar_no", "plan",
            "ledger_until", "is_closed", "closure", "suspended_on", "item_id", "due_on",
            "first_due_on",
        )  # fmt: skip
        source = Told(pd.DataFrame({name: [] for name in columns}))
        super().__init__(source, Settings(), Scope(as_of))  # type: ignore[arg-type]
        self._metrics = {
            "completion": NO_KINDS,
            **{name: rows for name, rows in given.items() if isinstance(rows, pd.DataFrame)},
        }
        facts = {
            "received": ALL_LEDGERS, "comparison": MEETING, "now": NOW, "before": NEVER,
            "shown_before": NEVER, "change_counts": {}, "received_before": ALL_LEDGERS,
            "facts": Provenance(1, as_of, False),
        }  # fmt: skip
        rest = {n: v for n, v in given.items() if not isinstance(v, pd.DataFrame)}
        self.__dict__.update(facts | rest)


def said(subject: str, **given: Any) -> Statement:
    return {**SUBJECTS, **CONCERNS}[subject](Given(**given))


def test_the_opening_counts_compares_and_adds_up() -> None:
    told = said("overall", before=BEFORE, shown_before=BEFORE)
    assert told.claim == "应整改10项，已完成8项（80%），逾期1项"
    assert told.since == ("比10月10日形势研判会：整改完成率提高10个百分点，逾期未完成减少2项")
    assert "销号率50%（5/10），按期完成率60%（3/5），7日内到期2项" in told.paragraph
    assert told.details[0] == "停业关停1项单列"
    assert told.details[2] == "报停业待核实1项，核实以前照常统计"
    assert told.details[3] == "报撤销、延期、降级、挂牌等待核实2项，核实以前照原样统计"
    assert told.details[1] == (
        "已到期可判的5项中，按期完成3项，逾期完成1项，逾期未完成1项；期限已过而单列的：停业关停1项"
    )
    assert told.note == "变化与10月10日形势研判会相比。"


def test_what_was_shown_then_stands_beside_what_is_known_of_that_day_now() -> None:
    shown = BEFORE | {"overdue": 2}
    told = said("overall", before=BEFORE, shown_before=shown)
    assert told.since.endswith("逾期未完成减少2项（当时2项，补报后3项）")


def test_from_which_of_two_earlier_numbers_a_change_is_told_stands_beside_it() -> None:
    shown = BEFORE | {"overdue": 2}
    told = said("overall", before=BEFORE, shown_before=shown)
    assert told.since.startswith("比10月10日形势研判会（增减按补报后的数算）：")
    assert told.note == "变化与10月10日形势研判会相比，增减按补报后的数算。"
    # where nothing came late there is one number for that day
    assert "补报" not in said("overall", before=BEFORE, shown_before=BEFORE).paragraph


@pytest.mark.parametrize(
    ("newest", "told"),
    [("10-30", "最近一次报送在2023年10月30日，其后没有收到报送，此后的整改没有计入"),
     ("10-31", ""), ("11-20", "")],
)  # fmt: skip
def test_that_nothing_has_come_for_more_than_a_half_month_is_told(newest: str, told: str) -> None:
    facts = Provenance(1, date.fromisoformat(f"2023-{newest}"), False)
    details = said("overall", facts=facts).details
    assert [each for each in details if "最近一次报送" in each] == [told] * bool(told)


@pytest.mark.parametrize(
    ("items", "told"),
    [("11-08", "事项和验收最近一次报送在2023年11月8日，"
      "此后的整改没有计入，其后到期的按没有完成统计"),
     ("11-09", ""), ("11-15", "")],
)  # fmt: skip
def test_a_newer_register_of_other_things_hides_no_silence_on_items(items: str, told: str) -> None:
    """后来只收到履职台账：最近一次报送不说明整改情况."""
    facts = Provenance(2, AS_OF, False, date.fromisoformat(f"2023-{items}"))
    details = said("overall", facts=facts).details
    assert [each for each in details if "最近一次报送" in each] == [told] * bool(told)


def test_what_nobody_has_seen_shut_for_thirty_days_is_told() -> None:
    items = drawn("suspended_on is_closed\n10-16 no\n10-17 no")
    figures = Given()
    figures.source = Told(items)  # type: ignore[assignment]
    (told,) = [each for each in SUBJECTS["overall"](figures).details if "停业待核实" in each]
    assert told.endswith("照常统计，其中报来满30天还没有核实的1项")


def test_what_is_closed_by_the_word_of_a_ledger_alone_is_told() -> None:
    items = drawn("is_closed closure\nyes ledger\nyes record\nno -")
    figures = Given(suspect_closure=drawn("reasons\n1"))
    figures.source = Related(items=items)  # type: ignore[assignment]
    assert CONCERNS["suspects"](figures).claim == (
        "报过完成的事项中1项有疑点，须核查，疑点不等于结论；"
        "已销号的2项中，1项只由台账自报（写明验收人和日期），没有专班的验收销号记录"
    )


def test_what_could_not_be_shown_then_was_no_zero() -> None:
    shown = BEFORE | {"major_open": 0, "on_time_rate": None}
    before = BEFORE | {"major_open": 4}
    told = said(
        "overall", before=before, shown_before=shown, received_before=frozenset({"measure"})
    )
    assert "重大隐患未销号减少1条（当时尚未收到，补报后4条）" in told.since
    assert "按期完成率持平（当时还没有可算的，补报后60%）" in told.since


def test_what_got_worse_is_told_before_what_got_better() -> None:
    worse = NOW | {"overdue": 0, "closure_rate": 0.4}
    told = said("overall", before=worse, shown_before=worse)
    assert told.since == "比10月10日形势研判会：逾期未完成增加1项，销号率提高10个百分点"


def test_nothing_is_compared_with_a_day_before_the_first_item() -> None:
    told = said("overall")
    assert told.since == ""
    assert told.note == "10月10日形势研判会还没有可比的数字。"


def test_without_items_and_with_all_closed() -> None:
    aside = NEVER | {"standing": 2, "void": 1}
    assert said("overall", now=aside).claim == (
        "没有列入统计的整改事项（长期坚持（无期限）2项、撤销1项单列）"
    )
    closed = NOW | {"overdue": 0, "done": 10, "completion_rate": 1.0}
    told = said("overall", now=closed, before=closed, shown_before=closed)
    assert (told.claim, told.since) == (
        "应整改10项，已完成10项（100%），没有逾期", "与10月10日形势研判会持平"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("received", "subject", "claim"),
    [
        (frozenset(), "overall", "尚未收到整改方案、隐患台账、议定事项，没有可以统计的事项"),
        (frozenset(), "overdue", "尚未收到整改方案、隐患台账、议定事项，无从统计逾期"),
        (frozenset({"measure"}), "major", "尚未收到隐患台账"),
        (frozenset({"hazard"}), "nodes", "尚未收到整改方案，没有工作节点"),
        (frozenset({"hazard"}), "accidents", "尚未收到事故台账、公布的事故统计"),
        (frozenset({"hazard"}), "inspections", "尚未收到检查台账"),
        (frozenset({"hazard"}), "reports", "尚未收到半月报"),
        (frozenset({"hazard"}), "decisions", "尚未收到议定事项"),
        (frozenset({"measure"}), "risk", "尚未收到场所名录、隐患台账"),
        (ALL_LEDGERS - {"measure"}, "duties", "尚未收到整改方案，没有定量履职要求"),
        (ALL_LEDGERS - {"half_month"}, "reports", "尚未收到半月报"),
        (ALL_LEDGERS - {"decision"}, "decisions", "尚未收到议定事项"),
        (ALL_LEDGERS - {"inspection"}, "inspections", "尚未收到检查台账"),
    ],
)
def test_what_was_not_received_is_not_zero(
    received: frozenset[str], subject: str, claim: str
) -> None:
    assert said(subject, received=received).claim == claim


def test_what_the_numbers_do_not_cover_is_said_beside_them() -> None:
    told = said("overall", received=frozenset({"measure"}), before=BEFORE, shown_before=BEFORE)
    assert told.caveat == "尚未收到隐患台账、议定事项"
    assert told.note == "变化与10月10日形势研判会相比。尚未收到隐患台账、议定事项。"


@pytest.mark.parametrize(
    ("changed", "claim"),
    [
        ({"major_total": 0, "major_open": 0}, "隐患台账中没有重大隐患"),
        ({"major_closed": 4, "major_open": 0}, "重大隐患共4条，已销号4条，全部销号"),
        ({}, "重大隐患共4条，已销号1条，未销号3条，其中已挂牌督办2条、应挂未挂1条"),
        ({"major_supervised": 3}, "重大隐患共4条，已销号1条，未销号3条，其中已挂牌督办3条"),
    ],
)
def test_major_hazards(changed: dict[str, int], claim: str) -> None:
    told = said("major", now=NOW | changed)
    assert told.claim == claim
    assert told.ask == ("应挂未挂的重大隐患1条，是否挂牌督办" if "应挂未挂" in claim else "")


def test_kinds_are_told_apart_only_where_there_are_several() -> None:
    rows = drawn(
        """
        dimension member  total done overdue completion_rate
        all       all     5     4    1       -
        kind      hazard  4     3    1       -
        kind      measure 1     1    0       -
        """
    )
    rows["completion_rate"] = [0.8, 0.75, 1.0]
    words = "其中：隐患4项，完成3项（75%），逾期1项；三清单1项，完成1项（100%），逾期0项"
    assert words in said("overall", completion=rows).details
    assert "其中" not in said("overall", completion=rows.head(2)).paragraph


def test_changes_name_the_worse_first_and_every_kind() -> None:
    told = said("changes", change_counts={"done": 4, "overdue": 2, "found": 1, "reopened": 1})
    assert told.claim == (
        "与10月10日形势研判会当时所知相比：新逾期2项，重新打开1项，新完成4项，新发现1项"
    )
    assert said("changes").claim == "与10月10日形势研判会当时所知相比没有变化"


def test_what_was_late_or_closed_already_and_only_became_known_is_not_passed_off_as_new() -> None:
    counts = {"overdue": 7, "closed": 5, "found": 1}
    known = NOW | {"overdue": 4, "closed": 3}
    told = said("changes", change_counts=counts, before=known, shown_before=NEVER)
    assert told.caveat == (
        "新逾期、新销号含补报的：10月10日逾期当时所知0项、补报后4项，销号当时所知0项、补报后3项"
        "。一项有几种变化的各计一次"
    )
    same = said("changes", change_counts=counts, before=known, shown_before=known)
    assert same.caveat == "一项有几种变化的各计一次"
    none = said("changes", change_counts={"found": 1}, before=known, shown_before=NEVER)
    assert none.caveat == ""


def test_why_a_newer_meeting_is_passed_over_stands_where_the_changes_are_told() -> None:
    why = "11月10日形势研判会距截至日不足7天，不作比较日"
    near = replace(MEETING, why=why)
    told = said("overall", comparison=near, before=BEFORE, shown_before=BEFORE)
    assert told.since.startswith(f"比10月10日形势研判会（{why}）：整改完成率")
    assert told.note == f"变化与10月10日形势研判会相比，{why}。"
    assert said("changes", comparison=near, change_counts={"found": 1}).caveat == why


NODES = drawn(
    """
    unit node_no node_on planned done owed suspended_due
    全部 0       -       2       2    0    0
    全部 1       10-15   5       4    1    0
    全部 2       10-30   3       1    2    0
    甲局 1       10-15   5       4    1    0
    """
)
NODES["node_on"] = pd.to_datetime(NODES["node_on"])


@pytest.mark.parametrize(
    ("day", "passed", "claim", "told_of"),
    [
        ("2023-10-14", 2, "首个工作节点以前累计应完成2项，已完成2项，没有欠账",
         ("下一节点（10月15日）应完成5项，已完成4项",)),
        ("2023-10-15", 6, "到工作节点（10月15日）累计应完成7项，已完成6项，还欠1项",
         ("下一节点（10月30日）应完成3项，已完成1项",)),
        ("2023-10-20", 8, "到工作节点（10月15日）累计应完成7项，已完成6项，还欠1项",
         ("下一节点（10月30日）应完成3项，已完成1项", "期限已过的共8项，其中1项归入其后的节点。")),
        ("2023-10-31", 10, "到工作节点（10月30日）累计应完成10项，已完成7项，还欠3项", ()),
    ],
)  # fmt: skip
def test_what_the_nodes_asked_and_why_it_is_not_all_that_was_due(
    day: str, passed: int, claim: str, told_of: tuple[str, ...]
) -> None:
    told = said(
        "nodes",
        as_of=date.fromisoformat(day),
        node_progress=NODES,
        now=NOW | {"due": passed, "suspended_due": 0},
    )
    why = told.caveat.removesuffix("图中节点之前到期2项，已完成2项，未完成0项。")
    # beside the numbers, on a slide as well
    assert (told.claim, (*told.details, *filter(None, [why]))) == (claim, told_of)


CALENDARS = drawn(
    """
    region calendar_no plan node_on
    本县   1           6号  10-14
    本县   2           9号  10-15
    """
)
CALENDARS["node_on"] = pd.to_datetime(CALENDARS["node_on"])


@pytest.mark.parametrize(
    ("today", "passed", "told_of"),
    [
        # the one that the node asks for is not past yet; a hazard waits for the node of plan 6
        ("measure 9号", 6, "累计应完成的7项中1项今日到期，次日起才算期限已过。"),
        ("measure 9号\nhazard -\nmeasure 6号\nmeasure -", 6,
         "今日到期的4项中1项计入该节点、3项归入其后的节点，次日起才算期限已过。"),
        ("measure 9号", 8, "期限已过的共8项，其中2项归入其后的节点。"
         "累计应完成的7项中1项今日到期，次日起才算期限已过。"),
        ("hazard -", 7, "今日到期的1项归入其后的节点，次日起才算期限已过。"),
    ],
)  # fmt: skip
def test_of_what_is_due_today_only_the_plan_whose_node_it_is_asks(
    today: str, passed: int, told_of: str
) -> None:
    figures = Given(
        date(2023, 10, 15), node_progress=NODES, now=NOW | {"due": passed, "suspended_due": 0}
    )
    items = drawn(f"kind plan\n{today}").assign(region="本县")
    figures.source = Related(nodes=CALENDARS, items=items)  # type: ignore[assignment]
    said_of = SUBJECTS["nodes"](figures).caveat
    assert said_of.removesuffix("图中节点之前到期2项，已完成2项，未完成0项。") == told_of


def test_each_plans_last_and_next_node_are_told_where_plans_have_their_own() -> None:
    figures = Given(date(2023, 10, 31), node_progress=NODES)
    days = drawn(
        """
        region calendar_no plan         node_on
        本县   1           县〔2023〕6号 10-15
        本县   1           县〔2023〕6号 10-30
        本县   1           县〔2023〕6号 11-14
        本县   2           县〔2023〕9号 10-31
        """
    )
    days["node_on"] = pd.to_datetime(days["node_on"])
    items = pd.DataFrame(columns=["kind", "plan", "region"])
    figures.source = Related(nodes=days, items=items)  # type: ignore[assignment]
    assert SUBJECTS["nodes"](figures).details[-1] == (
        "各方案的节点分别排定：〔2023〕6号最近的是10月30日、下一个是11月14日；"
        "〔2023〕9号今天（10月31日）是节点"
    )


def test_nodes_count_more_than_the_measures_and_say_so() -> None:
    kinds = drawn("dimension member total\nkind hazard 4\nkind measure 1")
    rows = kinds.assign(done=0, overdue=0, completion_rate=0.0)
    day = date(2023, 10, 31)
    told = said("nodes", as_of=day, node_progress=NODES, completion=rows)
    assert told.claim.startswith("各类事项合计，到工作节点（10月30日）累计应完成10项")
    alone = said("nodes", as_of=day, node_progress=NODES, completion=rows.tail(1))
    assert alone.claim.startswith("到工作节点")


def test_what_inspections_found_and_what_the_ledger_has_are_told_apart() -> None:
    covered = pd.DataFrame(
        {"dimension": ["all"], "sites": [4], "inspected": [3], "coverage_rate": [0.75]}
    )
    found = pd.DataFrame(
        {
            "dimension": ["all"], "visits": [9], "hazards_found": [6], "major_found": [3],
            "to_publish": [0],
        }
    )  # fmt: skip
    kinds = drawn("dimension member total\nkind hazard 8").assign(done=0)
    told = said(
        "inspections", inspection_coverage=covered, inspection_yield=found, completion=kinds,
        report_reconciliation=VISITS_REPORTED.head(0),
    )  # fmt: skip
    assert told.caveat == (
        "发现数是检查台账填写的，只计今年；隐患台账另行登记，列入统计的8条、其中重大隐患共4条，"
        "含不由检查发现的"
    )


def test_the_newest_half_month_that_is_wholly_due() -> None:
    rows = drawn(
        """
        unit state    period_start period_end
        甲局 in_time  10-16        10-31
        乙局 late     10-16        10-31
        丙局 missing  10-16        10-31
        甲局 in_time  11-01        11-15
        丙局 pending  11-01        11-15
        """
    )
    assert said("reports", report_punctuality=rows).claim == (
        "半月报（10月16日至10月31日）应报3家，按期1家，迟报1家，缺报1家（丙局）"
    )
    assert said("reports", report_punctuality=rows.tail(2)).claim == "还没有到期的半月报"
    days = pd.to_datetime(rows["period_start"])
    earlier = rows.assign(period_start=days - pd.DateOffset(months=1))
    owed = pd.concat([rows.assign(period_start=days), earlier[earlier["state"].eq("missing")]])
    assert said("reports", report_punctuality=owed).details == (
        "此前仍缺报的：9月下半月1家（丙局）",
    )


def test_of_a_metric_of_all_units_a_unit_is_told_its_own_rows() -> None:
    rows = drawn("unit state period_start\n甲局 missing 10-16\n乙局 missing 10-16")

    class Narrowed(Told):
        def metric(self, name: str, scope: Scope) -> pd.DataFrame:
            return self.rows

    scope = Scope(AS_OF, filters={"unit": ("甲局",)})
    figures = Figures(Narrowed(rows), Settings(), scope)  # type: ignore[arg-type]
    assert figures["report_punctuality"]["unit"].tolist() == ["甲局"]
    assert len(figures["overdue"]) == 2  # narrowed where it is counted


def test_duties_that_were_met_and_fell_short() -> None:
    rows = drawn(
        "unit state   period_end frequency\n甲局 met     10-31 每月\n乙局 short   10-31 每月\n"
        "甲局 running 11-30 每月\n丙局 met     11-30 每月"
    )
    rows["period_end"] = pd.to_datetime(rows["period_end"])
    claims = [said("duties", duty_compliance=each).claim for each in (rows, rows[:1], rows[2:])]
    assert claims == [
        "定量履职要求到期2项次，达标1项次，不足1项次（乙局）",
        "定量履职要求到期1项次，达标1项次，全部达标", "还没有到期的定量履职要求",
    ]  # fmt: skip
    caveats = [said("duties", duty_compliance=each).caveat for each in (rows, rows[:1], rows[2:3])]
    assert caveats == [
        "时段到截至日还没有过完的2项次不计入，其中1项次已达标", "",
        "时段到截至日还没有过完的1项次不计入",
    ]  # fmt: skip
    of_no_kind = rows[:1].assign(state=None)  # nobody knows an act that would meet it
    told = said("duties", duty_compliance=pd.concat([rows[2:3], of_no_kind])).caveat
    assert told == "时段到截至日还没有过完的1项次不计入，没有对应履职类型的1项次没有判定"


@pytest.mark.parametrize(
    ("unit", "ended", "claim"),
    [
        ("乙局", "11-14", "定量履职要求到期1项次，达标0项次，不足1项次（乙局）"),
        ("-", "11-14", "定量履职要求到期1项次，达标0项次，不足1项次"),
        ("乙局", "11-15", "还没有到期的定量履职要求"),
    ],
)
def test_a_duty_is_judged_the_day_after_its_period_whosever_it_is(
    unit: str, ended: str, claim: str
) -> None:
    rows = drawn(f"unit state period_end frequency\n{unit} short {ended} 每月")
    rows["period_end"] = pd.to_datetime(rows["period_end"])
    assert said("duties", duty_compliance=rows).claim == claim


def test_a_measure_reported_done_of_whose_acts_there_are_too_few_is_told() -> None:
    rows = drawn(
        "unit state period_end frequency required done\n甲局 short 10-31 - 2 1\n"
        "甲局 short 10-31 每月 1 0\n乙局 short 10-31 - 1 0"
    ).assign(sub_no=["4-2", "5-1", "6-1"], plan_no="〔2023〕6号")
    rows["period_end"] = pd.to_datetime(rows["period_end"])
    figures = Given(duty_compliance=rows)
    figures.source.rows = rows.assign(item_id=["a", "b", "c"])  # type: ignore[attr-defined]
    figures.measures = pd.DataFrame(
        {"item_id": ["a", "b", "c"], "is_done": [True, True, False], "region": "甲县"}
    )
    told = SUBJECTS["duties"](figures)
    assert told.details == ("台账报为完成而履职记录不足的1项（〔2023〕6号 4-2要求2、有1），须核对",)
    figures.measures["region"] = ["甲县", "乙县", "甲县"]  # duties do not say whose they are
    assert SUBJECTS["duties"](figures).details == ()


VISITS_REPORTED = drawn(
    """
    unit period_start figure   reported
    甲局 2023-01-01   检查家次 5
    乙局 2023-01-16   检查家次 2
    乙局 2022-12-16   检查家次 9
    乙局 2023-01-01   发现隐患 4
    """
)


def test_where_nothing_was_inspected_this_year_the_last_day_is_told() -> None:
    class Visited(Given):
        def __init__(self, rows: pd.DataFrame) -> None:
            super().__init__(
                inspection_coverage=rows, inspection_yield=rows,
                report_reconciliation=VISITS_REPORTED,
            )  # fmt: skip
            self.source.rows = pd.DataFrame(  # type: ignore[attr-defined]
                {"inspected_on": pd.to_datetime(["2022-12-30", "2022-12-01"])}
            )

    none = drawn("dimension sites inspected visits")
    told = SUBJECTS["inspections"](Visited(none))
    assert told.claim == "检查台账中没有今年以来的检查，最近一次检查在2022年12月30日"
    # and what units report of it themselves: of this year, not of the last
    assert told.caveat == (
        "今年的半月报报有检查7家次（甲局5家次、乙局2家次），检查台账没有记载，须核对"
    )


def test_inspections_of_this_year() -> None:
    covered = pd.DataFrame(
        {"dimension": ["all"], "sites": [4], "inspected": [3], "coverage_rate": [0.75]}
    )
    found = pd.DataFrame(
        {
            "dimension": ["all"], "visits": [9], "hazards_found": [6], "major_found": [pd.NA],
            "to_publish": [4], "published_in_time": [3], "publish_rate": [0.75],
        }
    )  # fmt: skip
    told = said(
        "inspections", inspection_coverage=covered, inspection_yield=found,
        report_reconciliation=VISITS_REPORTED,
    )  # fmt: skip
    assert told.claim == (
        "今年以来检查9家次，检查过名录场所3家、占75%，发现隐患6条，其中重大隐患0条"
    )
    assert told.details == ("双随机抽查应公示4家次，及时公示3家次、占75%",)
    assert "检查台账没有记载，须核对" in told.caveat
    none = found.assign(visits=0)
    told = said(
        "inspections", inspection_coverage=covered, inspection_yield=none,
        report_reconciliation=VISITS_REPORTED.head(0),
    )  # fmt: skip
    assert told.claim == "检查台账中没有今年以来的检查"


YEAR = {
    "source": "records", "period": "year", "region": "本县", "industry": None,
    "period_start": pd.Timestamp("2023-01-01"), "period_end": pd.Timestamp("2023-11-15"),
    "covered_until": pd.Timestamp("2023-11-15"),
}  # fmt: skip


def year(**counts: Any) -> pd.DataFrame:
    return pd.DataFrame([YEAR | {"deaths": None, "deaths_prev": None} | counts])


def test_accidents_with_and_without_last_year() -> None:
    both = year(accidents=3, accidents_prev=4, deaths=2, deaths_prev=2)
    assert said("accidents", accident_yoy=both).claim == (
        "本县2023年1月1日至11月15日发生事故3起（同比减少1起、下降25.00%），死亡2人（同比持平）"
    )
    first = year(accidents=3, accidents_prev=None)
    assert said("accidents", accident_yoy=first).claim == (
        "本县2023年1月1日至11月15日发生事故3起（无同期可比数据）"
    )
    assert said("accidents", accident_yoy=first.head(0)).claim == "事故台账中没有今年以来的事故"


def test_accidents_of_which_no_ledger_has_come_are_no_zero() -> None:
    """台账只到上月末的不写0起，写到哪天为止；到本年某天的，数到那一天."""
    none = {"accidents": None, "accidents_prev": None}
    lacking = year(**none).assign(covered_until=pd.Timestamp("2023-10-31"))
    assert said("accidents", accident_yoy=lacking).claim == (
        "本县事故台账截至10月31日，11月的尚未收到"
    )
    end = pd.Timestamp("2023-09-30")
    partly = year(accidents=3, accidents_prev=4, period_end=end, covered_until=end)
    told = said("accidents", accident_yoy=partly)
    assert told.claim.startswith("本县2023年1月1日至9月30日发生事故3起")
    assert told.caveat == "事故台账截至9月30日，其后的尚未收到"
    both = pd.concat([partly.assign(region="甲县"), lacking.assign(region="乙县")])
    told = said("accidents", accident_yoy=both)
    assert told.claim == (
        "1个县（区）今年以来发生事故3起（同比减少1起、下降25.00%），"
        "另有1个县（区）今年以来的事故台账尚未收到"
    )
    assert told.details[1] == "乙县事故台账截至10月31日，11月的尚未收到。"


def test_the_counties_of_a_roll_up_are_added_up_and_told_apart() -> None:
    rows = pd.concat(
        [
            year(region="甲县", accidents=3, accidents_prev=4),
            year(region="乙县", accidents=2, accidents_prev=1),
        ]
    )
    told = said("accidents", accident_yoy=rows)
    assert told.claim == "2个县（区）今年以来发生事故5起（同比持平）"
    assert [detail[:2] for detail in told.details[:2]] == ["甲县", "乙县"]
    chances = [detail for detail in told.details if "县今年以来事故" in detail]
    assert [detail[:2] for detail in chances] == ["甲县", "乙县"]
    nowhere = year(region=None, accidents=3, accidents_prev=4)
    of_both = said("accidents", accident_yoy=pd.concat([rows, nowhere])).details
    assert any(detail.startswith("今年以来事故") for detail in of_both), "no county called nan"
    new = pd.concat([rows, year(region="丙县", accidents=1, accidents_prev=None)])
    assert said("accidents", accident_yoy=new).claim.endswith("6起（无同期可比数据）")


def test_a_published_total_of_a_region_is_told_once_and_the_newest() -> None:
    old = YEAR | {"source": "published", "period": "published", "accidents": 9, "accidents_prev": 9,
                  "deaths": None, "deaths_prev": None, "industry": "旅游"}  # fmt: skip
    new = old | {"period_end": pd.Timestamp("2023-11-30"), "accidents": 11}
    rows = pd.DataFrame([old, new, new])
    told = said("accidents", accident_yoy=rows)
    assert [detail for detail in told.details if "公布" in detail] == [
        "最近一次公布的统计：本县2023年1月1日至11月30日发生事故11起（同比增加2起、上升22.22%）。"
    ]


def test_whether_accidents_rose_by_more_than_chance() -> None:
    def chance(now: int, before: int | None) -> str:
        rows = year(accidents=now, accidents_prev=before)
        return "".join(said("accidents", accident_yoy=rows).details)

    assert "超出偶然波动" in chance(40, 18)
    assert "仍在偶然波动范围内" in chance(5, 4)
    assert chance(0, 0) == chance(3, None) == ""


LATE = drawn(
    """
    title unit days_late
    通道堵 甲局 40
    器材缺 甲局 9
    漏电   -    2
    """
)
BANDS = drawn("basis unit band_no items\nlate 全部 5 1\nlate 全部 3 2\nopen 全部 6 3")
UNITS = drawn(
    """
    dimension member total done overdue
    unit      甲局   5     2    2
    unit      未填   1     0    1
    unit      乙局   4     4    0
    """
)


def test_what_is_late_and_whose_it_is() -> None:
    told = said("overdue", overdue=LATE, ageing=BANDS, completion=UNITS, now=NOW | {"overdue": 3})
    assert told.claim == "逾期未完成3项，最长的逾期40天，逾期满30天的1项"
    assert told.details == (
        "有逾期事项的：甲局2项；责任单位未明确的逾期1项",
        "最长的是甲局“通道堵”",
    )
    assert told.count == 3
    none = said("overdue", now=NOW | {"overdue": 0})
    assert (none.claim, none.count) == ("没有逾期事项", 0)


def test_what_is_cut_says_so_and_how_many_there_are() -> None:
    rows = pd.DataFrame({"unit": ["甲局", "甲局", "乙局", "丙局", "丁局"]})
    words = due_soon_sentence(rows)
    assert words.startswith("7日内到期5项（甲局2项、丁局1项、丙局1项等4个单位）")
    assert due_soon_sentence(rows.head(0)) == ""


def test_concerns_that_are_not_there_are_not_told() -> None:
    none = pd.DataFrame(
        columns=["unit", "standing_text", "due_on", "days_moved", "is_approved", "opened_on",
                 "site", "reasons", "moved_on", "first_due_on", "state"]
    )  # fmt: skip
    rows = dict.fromkeys(
        ("supervision", "vanished", "deadline_slip", "recurrence", "suspect_closure"), none
    )
    rows["vanished"] = none.assign(title="")
    for subject in ("unlisted", "vanished", "slips", "recurrence", "suspects"):
        told = said(subject, **rows)
        assert (told.claim, told.count, told.paragraph) == ("", 0, "")


def test_concerns_that_are_there() -> None:
    listed = drawn("unit standing_text\n甲局 应挂未挂\n乙局 督办中")
    assert said("unlisted", supervision=listed).claim == ("未销号的重大隐患中应挂未挂1条：甲局1条")
    told = said("vanished", vanished=listed.assign(title=["楼梯松动", "通道堵塞"]))
    assert told.claim == (
        "漏报2项（没有销号而在后来报送的台账中不见了）：乙局1项、甲局1项，仍按未销号统计"
    )
    assert told.details == ("漏报的是“楼梯松动”、“通道堵塞”",)
    moved = pd.DataFrame(
        {"item_id": ["1", "2", "3"], "due_on": pd.to_datetime(["2023-12-01", None, "2023-10-01"]),
         "days_moved": [15, None, -3], "is_approved": [True, False, False],
         "first_due_on": pd.to_datetime(["2023-11-16", "2023-11-15", "2023-10-04"]),
         "moved_on": pd.to_datetime(["2023-11-15", "2023-11-01", "2023-11-16"]), "state": "open"}
    )  # fmt: skip
    assert said("slips", deadline_slip=moved).claim == (
        "报来以后期限推迟或取消的累计2项，其中1项没有延期审批记录，暂按改后的期限统计"
    )
    assert said("slips", deadline_slip=moved.head(1)).claim.endswith("累计1项，均填写了延期期限")
    figures = Given(deadline_slip=moved.head(1))
    figures.source = Told(  # type: ignore[assignment]
        drawn("item_id first_due_on due_on\n1 11-16 12-01\n8 11-16 12-01\n9 11-16 11-16")
    )
    assert CONCERNS["slips"](figures).details == ("另有1项首次报来就写有延期",)


def test_a_deadline_moved_by_nobodys_leave_spares_no_one_in_silence() -> None:
    moved = pd.DataFrame(
        {"item_id": [*"1234"], "due_on": pd.to_datetime(["2023-12-15"] * 4), "days_moved": 45,
         "is_approved": False,
         "first_due_on": pd.to_datetime(["2023-10-31", "2023-11-14", "2023-11-15", "2023-10-31"]),
         "moved_on": pd.to_datetime(["2023-11-16", "2023-11-15", "2023-11-15", "2023-11-16"]),
         "state": ["open", "due_soon", "open", "closed"]}
    )  # fmt: skip
    assert said("slips", deadline_slip=moved).claim == (
        "报来以后期限推迟或取消的累计4项（含11月15日以后才报来的2项），其中4项没有延期审批记录，"
        "暂按改后的期限统计（按首次期限已经逾期而没有列入逾期的2项）"
    )
    again = drawn("site opened_on\n宾馆 11-02\n宾馆 2023-08-16")
    again["opened_on"] = pd.to_datetime(again["opened_on"])
    assert said("recurrence", recurrence=again).claim == (
        "近90天发现的屡查屡犯1条（整改后90天内同类再次查出的）：宾馆1条"
    )
    assert said("suspects", suspect_closure=pd.DataFrame({"reasons": [1, 2]})).claim == (
        "报过完成的事项中2项有疑点，其中1项有两处以上，须核查，疑点不等于结论"
    )


def test_the_three_clarities() -> None:
    row = pd.DataFrame(
        {"unit": ["全部"], "items": [5], "with_person": [4], "with_unit": [5],
         "with_deadline": [3], "clear": [3]}
    )  # fmt: skip
    assert said("clarity", clarity=row).claim == (
        "责任、时限不明确的2项（含已完成的）：没有写明责任人是谁（只写职务、单位的也算）的1项，"
        "没有时限（长期坚持的不在内）的2项"
    )
    assert said("clarity", clarity=row.assign(clear=5)).claim == ""


SITES = pd.DataFrame(
    {
        "site": ["甲馆", "乙吧", "丙店"],
        "colour": ["红", "橙", None],
        "rated": ["黄", "橙", None],
        "basis": ["有未销号的重大隐患", "名录评定", "名录没有评定"],
        "reasons": ["逾期 1 条；a", "b", ""],
        "hint": ["", "", "模型提示：…"],
    }
)


def test_colours_of_sites_and_what_raised_them() -> None:
    told = said("risk", ranking=Ranking(SITES, False, ""))
    assert told.claim == "场所3家：红色1家，橙色1家，未评定1家"
    assert told.details == (
        "名录评定：橙色1家，黄色1家，未评定1家；高于名录评定的1家（有未销号的重大隐患1家）",
        "应先检查的场所：甲馆（红色，逾期 1 条，a）；乙吧（橙色，b）",
        "模型提示风险高于四色的1家，只作参考，不改变颜色",
    )
    none = said("risk", ranking=Ranking(SITES.head(0), False, ""))
    assert none.claim == "名录和隐患台账中都没有写明场所"


def test_where_hazards_are() -> None:
    rows = pd.DataFrame(
        {"dimension": "category", "member": ["消防", "未填", "燃气"], "items": [5, 3, 2],
         "share_rate": [0.5, 0.3, 0.2], "open_items": [1, 0, 0]}
    )  # fmt: skip
    told = said("mix", hazard_mix=rows)
    assert told.claim == "隐患共2类（另有3条没有填写类别），较多的是消防5条、燃气2条"
    assert told.details == ("分别占50%、20%，未完成1条、0条",)
    assert said("mix", hazard_mix=rows.head(2)).claim == ""
    names = ["甲", "乙", "丙", "丁", "戊"]
    tied = pd.DataFrame({"dimension": "category", "member": names, "items": [5, 3, 2, 2, 1],
                         "share_rate": 0.2, "open_items": 0})  # fmt: skip
    assert said("mix", hazard_mix=tied).claim == "隐患共5类，较多的是甲5条、乙3条、丙2条、丁2条"
    everywhere = rows.drop(index=1).assign(dimension="township")
    assert said("mix", hazard_mix=everywhere).claim == ("隐患涉及2个乡镇，较多的是消防5条、燃气2条")


def test_steps_name_how_many_whose_and_what_to_do() -> None:
    found = [alert("overdue_30", "甲局"), alert("overdue_30", "乙局"), alert("recurrence", "甲局")]
    assert steps_sentence("约谈警示", found) == (
        "约谈警示：近90天屡查屡犯共1条（甲局1条），约谈场所负责人，回头看；"
        "逾期满30天共2项（乙局1项、甲局1项），发督办函，提请约谈责任单位负责人。"
    )


def alert(name: str, unit: str, *evidence: str) -> Alert:
    rule = RULES[name]
    return Alert(unit, name, rule.step, rule.title, unit, "", rule.act, rule.clause, evidence)


def test_steps_count_what_each_rule_speaks_of_and_name_the_node() -> None:
    nodes = [
        alert("node_missed", "甲局", "12月29日节点", "欠1项"),
        alert("node_missed", "乙局", "12月29日节点", "欠3项"),
        alert("node_missed", "甲局", "12月30日节点", "欠1项"),
    ]
    late = [alert("report_late", "丙局", "10月下半月"), alert("report_late", "乙局", "10月下半月")]
    assert steps_sentence("预警", [*nodes, *late]) == (
        "预警：上一节点有欠账（只算12月29日节点、12月30日节点当期）共5项（乙局3项、甲局2项），"
        "按节点调度，逐项明确完成时间；"
        "缺报半月报的单位共2家（丙局、乙局；10月下半月），催报，连续缺报的提请通报。"
    )


def test_units_that_owe_different_half_months_do_not_all_owe_each() -> None:
    late = [alert("report_late", "丙局", "10月下半月"),
            alert("report_late", "乙局", "10月下半月", "11月上半月")]  # fmt: skip
    told = steps_sentence("预警", late)
    assert "2家（丙局、乙局；涉及10月下半月、11月上半月，各单位缺报的期次不尽相同）" in told


def test_a_number_before_a_number_stays_a_number_of_the_list() -> None:
    assert numbered(["7日内到期2项。", "12月形势研判会议定。"]) == [
        "1．7日内到期2项。", "2．12月形势研判会议定。",
    ]  # fmt: skip


def test_reasons_that_are_cut_say_how_many_there_are() -> None:
    rows = SITES.head(1).assign(reasons="一；二；三；四")
    told = said("risk", ranking=Ranking(rows, False, ""))
    assert "应先检查的场所：甲馆（红色，一，二，三等4条理由）" in told.details


def test_what_nobody_has_seen_before_a_holiday_is_counted_in_sites() -> None:
    found = [alert("ahead", "甲局", "甲馆", "乙馆"), alert("ahead", "乙局", "丙馆"),
             alert("ahead", "甲局", "甲馆")]  # fmt: skip
    assert steps_sentence("提示", found) == (
        "提示：节假日、汛期前未查（满60天检查台账没有记载）的红色、橙色场所共3家（甲局2家、乙局1家），节前汛前查到位。"
    )


def test_who_stands_on_the_step_of_the_letter_is_said_to_be_written_to() -> None:
    found = [
        alert("duty_short", "甲局"),
        alert("major_unfiled", "乙局"),
        alert("overdue_15", "丙局"),
    ]
    assert steps_sentence("督办函", found) == (
        "督办函：定量履职不足的单位共1家（甲局），发督办函，补足并说明原因；"
        "未销号的重大隐患满3天未立案共1条（乙局1条），发督办函，督促立案查处；"
        "逾期15至29天共1项（丙局1项），向责任单位发督办函。"
    )
    assert written_to([*found, alert("overdue_30", "丁局"), alert("overdue_1", "戊局"),
                       alert("recurrence", "己局"), alert("duty_short", UNNAMED)]) == {
        "甲局", "乙局", "丙局", "丁局",
    }  # fmt: skip


DECISIONS = drawn(
    """
    region opened_on source   is_done is_overdue
    甲县   10-10     十月会   yes     -
    甲县   11-10     十一月会 yes     -
    甲县   11-10     十一月会 -       -
    乙县   10-12     例会     -       -
    """
)
DECISIONS["opened_on"] = pd.to_datetime(DECISIONS["opened_on"])
DECISIONS["is_done"] = DECISIONS["is_done"].notna()
DECISIONS["is_overdue"] = False


@pytest.mark.parametrize(
    ("rows", "claim"),
    [
        (DECISIONS.head(3), "十一月会（2023年11月10日）议定2项，已落实1项"),
        (DECISIONS, "2个县（区）各自的上次会议议定3项，已落实1项"),
        (DECISIONS.head(0), "没有议定事项"),
    ],
)
def test_each_countys_last_meeting_decided(rows: pd.DataFrame, claim: str) -> None:
    figures = Given()
    figures.source = Told(rows)  # type: ignore[assignment]
    assert SUBJECTS["decisions"](figures).claim == claim
