"""What a unit sends of no decision, no measure of its own, or as an act on another unit, waits."""

from datetime import date

import pytest

from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from tests.ingest.answering import settle
from tests.ingest.test_rows_of_others import ask

DECISIONS = "会议名称,会议日期,议定事项,责任单位,责任人,完成时限,办理状态\n"
DECIDED = "县专班形势研判会,2023-10-10,排查校车,县教育局,某甲,2023-12-01,{}"
INVENTED = "县专班形势研判会,2023-10-25,检查交通局,县教育局,某甲,2023-12-01,办理中"
MEASURES = "细化措施编号,细化措施,责任单位,责任人,完成时限,完成情况\n"
OWN = "5-1,开展校车安全大检查,县教育局,某甲,2023-12-01,{}"
THEIRS = "5-2,约谈违规的货运企业,{},某乙,2023-12-01,{}"
DUTIES = "履职类型,单位,人员,对象,开展日期,主题\n"
OFFICE, WEB = "2023-10-15/台账.csv", "2023-11-01/县教育局/001_台账.csv"


def send(home: Settings, path: str, head: str, *rows: str) -> None:
    file = home.raw / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(head + "\n".join(rows) + "\n", encoding="utf-8")


def take(home: Settings, on: str) -> None:
    ((key,),) = ask(home, "SELECT doubt_key FROM doubt WHERE rule = 'row_unknown'")
    (home.raw / "confirmations.toml").write_text(
        f'[[confirmation]]\ndoubt = "{key}"\nanswer = "take"\nby = "周九"\non = {on}\n'
        'why = "会上说过"\n',
        encoding="utf-8",
    )
    ingest(home)


def waiting(home: Settings) -> list[int]:
    sql = "SELECT row_no FROM reject WHERE reason LIKE '%等专班办公室确认%' ORDER BY row_no"
    return [row_no for (row_no,) in ask(home, sql)]


MEETINGS = "SELECT DISTINCT held_on FROM decision ORDER BY held_on"
DAY, INVENTED_DAY = date(2023, 10, 10), date(2023, 10, 25)


def test_a_new_decision_waits_and_holds_no_meeting(home: Settings) -> None:
    send(home, OFFICE, DECISIONS, DECIDED.format("办理中"))
    send(home, WEB, DECISIONS, DECIDED.format("已办结"), INVENTED)
    ingest(home)
    assert ask(home, MEETINGS) == [(DAY,)]
    assert ask(home, "SELECT status FROM decision WHERE known_to IS NULL") == [("pending_accept",)]
    assert waiting(home) == [3]
    sql = "SELECT severity, row_no FROM quality WHERE rule = 'row_unknown'"
    assert ask(home, sql) == [("doubt", 3)]
    take(home, "2023-11-05")
    assert ask(home, MEETINGS) == [(DAY,), (INVENTED_DAY,)]
    sql = "SELECT known_from FROM decision WHERE held_on = DATE '2023-10-25'"
    assert ask(home, sql) == [(date(2023, 11, 5),)]


def test_a_decision_that_is_another_units_or_decided_later_waits(home: Settings) -> None:
    theirs = DECIDED.format("办理中").replace("县教育局", "县交通运输局")
    send(home, OFFICE, DECISIONS, theirs)
    send(home, "2023-11-02/台账.csv", DECISIONS, INVENTED)
    send(home, WEB, DECISIONS, DECIDED.format("已办结"), INVENTED)
    ingest(home)
    assert waiting(home) == [2, 3]
    assert ask(home, "SELECT count(*) FROM decision") == [(2,)]


def test_the_offices_decisions_are_taken(home: Settings) -> None:
    send(home, OFFICE, DECISIONS, DECIDED.format("办理中"))
    send(home, "2023-11-01/专班办公室/001_台账.csv", DECISIONS, INVENTED)
    ingest(home)
    assert ask(home, MEETINGS) == [(DAY,), (INVENTED_DAY,)]
    assert waiting(home) == []


@pytest.mark.parametrize(
    ("row", "waits"),
    [
        (OWN.format("已完成"), False),
        ("5-1,开展校车检查,,,,已完成", False),
        ("9-9,新设一条措施,县教育局,某甲,2024-12-01,整改中", True),
        (THEIRS.format("县教育局", "已完成"), True),
        (THEIRS.format("", "已完成"), True),
    ],
)
def test_a_unit_reports_on_measures_that_there_are_and_that_are_its_own(
    home: Settings, row: str, waits: bool
) -> None:
    send(home, OFFICE, MEASURES, OWN.format("整改中"), THEIRS.format("县交通运输局", "整改中"))
    send(home, WEB, MEASURES, row)
    ingest(home)
    assert waiting(home) == [2] * waits
    sql = "SELECT item_id, unit, status FROM measure WHERE known_to IS NULL ORDER BY 1"
    mine = "in_progress" if waits else "done"
    assert ask(home, sql) == [("M-5-1", "县教育局", mine), ("M-5-2", "县交通运输局", "in_progress")]


def test_under_another_plans_number_a_measure_waits_and_no_node_is_added(home: Settings) -> None:
    plans = {
        "甲文旅发〔2023〕1号 客运整治整改方案三清单": OWN.format(""),
        "甲文旅发〔2023〕2号 货运治超整改方案三清单": THEIRS.format("县交通运输局", ""),
    }
    for number, (title, row) in enumerate(plans.items()):
        send(home, f"2023-10-1{number}/台账.csv", f"{title}\n{MEASURES}", row)
    ingest(home)
    before = ask(home, "SELECT * FROM node_calendar ORDER BY ALL")
    send(
        home, WEB, f"甲文旅发〔2023〕2号\n{MEASURES}", OWN.format("").replace("2023-12", "2029-12")
    )
    ingest(home)
    assert waiting(home) == [3]
    assert ask(home, "SELECT * FROM node_calendar ORDER BY ALL") == before
    assert ask(home, "SELECT count(DISTINCT item_id) FROM measure") == [(2,)]


def test_an_interview_of_another_unit_waits_and_one_of_a_firm_counts(home: Settings) -> None:
    send(home, OFFICE, MEASURES, OWN.format("整改中"), THEIRS.format("县交通运输局", "整改中"))
    send(
        home, WEB, DUTIES,
        "约谈警示,县教育局,某甲,县交通运输局,2023-10-20,约谈",
        "媒体曝光,县教育局,某甲,东河客运公司、县交通运输局,2023-10-21,曝光",
        "约谈警示,县教育局,某甲,东河客运公司,2023-10-22,约谈",
        "督导检查,县教育局,某甲,县交通运输局,2023-10-23,督导",
    )  # fmt: skip
    ingest(home)
    assert waiting(home) == [2, 3]
    assert ask(home, "SELECT count(*) FROM duty") == [(2,)]


def test_an_act_of_which_a_unit_tells_a_quarter_later_waits(home: Settings) -> None:
    """One told in time is told again for as long as anybody likes."""
    first, long_ago = (f"安全学习,县教育局,某甲,,2023-07-2{n},学习" for n in (5, 6))
    send(home, "2023-07-31/县教育局/001_履职.csv", DUTIES, first)
    send(home, "2023-10-31/县教育局/002_履职.csv", DUTIES, first, long_ago)
    ingest(home)
    held = "SELECT CAST(held_on AS VARCHAR) FROM duty"
    assert ask(home, held) == [("2023-07-25",)]
    ((key, question),) = ask(home, "SELECT doubt_key, question FROM doubt")
    assert "是 97 天以前的履职，当时没有报送" in question
    settle(home, key, ("take", "2023-11-02"))
    assert ask(home, f"{held} ORDER BY held_on") == [("2023-07-25",), ("2023-07-26",)]


@pytest.mark.parametrize(
    ("said", "waits"),
    [
        ("2023-06-30,,", True),  # 123 days
        (",2023-06-30,", True),
        (",,2023-07-01", False),  # the last day of July is 92 days before
        (",,2023年6月", True),
        ("2023年7月,,", False),
        ("2023年6月,,", True),
    ],
)
def test_whichever_column_tells_of_the_day(home: Settings, said: str, waits: bool) -> None:
    head = "履职类型,单位,主题,开展日期,报送日期,所属期起\n"
    send(home, "2023-10-31/县教育局/001_履职.csv", head, f"调研报告,县教育局,校车,{said}")
    ingest(home)
    assert waiting(home) == ([2] if waits else [])


def test_what_the_office_enters_is_never_too_late(home: Settings) -> None:
    send(home, "2023-10-31/履职.csv", DUTIES, "安全学习,县教育局,某甲,,2023-01-26,学习")
    ingest(home)
    assert ask(home, "SELECT count(*) FROM duty") == [(1,)]


def test_a_second_row_of_one_decision_is_a_new_one_and_waits(home: Settings) -> None:
    """A full stop more, and another state: the office registered one; the same row twice is one."""
    send(home, OFFICE, DECISIONS, DECIDED.format("办理中"))
    open_, done = DECIDED.format("办理中"), DECIDED.format("已办结").replace("校车", "校车。")
    send(home, WEB, DECISIONS, open_, done, open_)
    ingest(home)
    assert waiting(home) == [3]
    assert ask(home, "SELECT count(DISTINCT item_id) FROM decision") == [(1,)]


def test_what_the_office_registers_today_is_known_today(home: Settings) -> None:
    send(home, "2023-11-01/专班办公室/001_台账.csv", DECISIONS, DECIDED.format("办理中"))
    send(home, "2023-11-01/县教育局/001_台账.csv", DECISIONS, DECIDED.format("已办结"))
    ingest(home)
    assert waiting(home) == []


def test_as_many_rows_as_the_office_registered_are_of_them(home: Settings) -> None:
    send(home, OFFICE, DECISIONS, DECIDED.format("办理中"))
    send(home, "2023-10-20/台账.csv", DECISIONS, DECIDED.format("办理中"))  # the same once more
    send(home, WEB, DECISIONS, DECIDED.format("已办结"))
    ingest(home)
    assert waiting(home) == []


def test_two_decisions_of_one_meeting_that_are_told_apart_by_a_stem_are_two(home: Settings) -> None:
    """Both due on one day: the second list has only the second, which the first has not."""
    of_road = "测试事项{0}：完成{0}号路段护栏加固并报验收材料"
    text = f"县专班形势研判会,2023-10-10,{of_road},县教育局,某甲,{{1}},办理中"
    first = (text.format(name, day) for name, day in (("甲", "2023-11-10"), ("乙", "2023-12-01")))
    send(home, "2023-10-12/台账.csv", DECISIONS, *first)
    send(home, "2023-10-13/台账.csv", DECISIONS, text.format("辛", "2023-12-01"))
    ingest(home)
    assert ask(home, "SELECT count(DISTINCT item_id) FROM decision") == [(3,)]


LISTED = "履职编号,履职类型,单位,人员,对象,开展日期,主题,数量,是否开展,所属期起\n"


def act(number: str, day: str, quantity: str, kind: str = "预警信息", **others: str) -> str:
    held, period = others.get("held", ""), others.get("period", "")
    return f"{number},{kind},县教育局,某甲,,{day},大风预警,{quantity},{held},{period}"


@pytest.mark.parametrize(
    ("told", "waits"),
    [
        (act("9", "2023-10-12", "20"), True),
        (act("1", "2023-10-12", "1"), True),  # the same once more
        (act("9", "2023-10-13", "1"), False),
        (act("9", "2023-10-12", "1", kind="培训演练"), False),
    ],
)
def test_an_act_that_the_office_has_registered_counts_once(
    home: Settings, told: str, waits: bool
) -> None:
    office = "2023-10-15/专班办公室/001_履职.csv"
    send(home, office, LISTED, act("1", "2023-10-12", "1"))
    send(home, WEB, LISTED, told)
    ingest(home)
    assert waiting(home) == ([2] if waits else [])
    if waits:
        ((question,),) = ask(home, "SELECT question FROM doubt")
        assert "专班办公室已经登记过同一天的这一次，按登记的统计" in question


def test_what_a_unit_told_before_the_office_registered_it_counted_then(home: Settings) -> None:
    send(home, WEB, LISTED, act("9", "2023-10-12", "1"))
    send(home, "2023-11-05/专班办公室/001_履职.csv", LISTED, act("1", "2023-10-12", "1"))
    ingest(home)
    assert waiting(home) == []


def test_its_own_list_that_the_office_took_in_is_no_register(home: Settings) -> None:
    """As a file of 县教育局 before it had an account."""
    row = act("1", "2023-10-12", "1")
    send(home, "2023-10-15/县教育局履职台账.csv", LISTED, row)
    send(home, WEB, LISTED, row, act("2", "2023-10-30", "1"))
    ingest(home)
    assert waiting(home) == []
    assert ask(home, "SELECT count(*) FROM duty") == [(2,)]


@pytest.mark.parametrize(
    ("day", "period", "waits"),
    [
        ("2023-10-20", "2023-01-01", False),
        ("2023-10-20", "2022-01-01", True),  # of a year that is over since a quarter
        ("2022-12-30", "2022-01-01", True),
    ],
)
def test_a_name_on_the_list_of_a_year_is_as_late_as_the_year_is_over(
    home: Settings, day: str, period: str, waits: bool
) -> None:
    send(home, WEB, LISTED, act("9", day, "1", kind="述职", held="是", period=period))
    ingest(home)
    assert waiting(home) == ([2] if waits else [])


ROSTER = "履职类型,单位,人员,开展日期,是否开展,所属期起\n"
ACCOUNT = "述职,县教育局,{},{},{},2023-01-01"


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (("某甲", "2023-10-12", "是"), "专班办公室的名单登记为没有述职"),
        (("某甲", "", "是"), "专班办公室的名单登记为没有述职"),
        (("某甲", "2023-10-20", "是"), ""),  # since the office told
        (("某甲", "", "否"), ""),
        (("某乙", "", "是"), ""),  # the office says so too
        (("某丙", "2023-10-20", "是"), "专班办公室登记的述职名单里没有这个人"),
    ],
)
def test_who_has_to_give_an_account_stands_on_the_offices_list(
    home: Settings, told: tuple[str, str, str], why: str
) -> None:
    listed = ACCOUNT.format("某甲", "", "否"), ACCOUNT.format("某乙", "2023-09-30", "是")
    send(home, "2023-10-15/专班办公室/001_述职.csv", ROSTER, *listed)
    send(home, WEB, ROSTER, ACCOUNT.format(*told))
    ingest(home)
    asked = [question for (question,) in ask(home, "SELECT question FROM doubt")]
    assert [why in each for each in asked] == ([True] if why else [])


def test_without_a_list_of_the_offices_a_units_own_is_taken(home: Settings) -> None:
    send(home, WEB, ROSTER, ACCOUNT.format("某丙", "2023-10-20", "是"))
    ingest(home)
    assert waiting(home) == []


def test_a_second_row_of_one_measure_is_a_new_one_and_waits(home: Settings) -> None:
    """The number and the words of a measure, with another day, are no report on it."""
    send(home, OFFICE, MEASURES, OWN.format("整改中"))
    other = OWN.format("已完成").replace("2023-12-01", "2024-12-01")
    send(home, WEB, MEASURES, OWN.format("已完成"), other, OWN.format("已完成"))
    ingest(home)
    assert waiting(home) == [3]
    assert ask(home, "SELECT count(DISTINCT item_id) FROM measure") == [(1,)]


def test_an_act_on_another_site_is_another(home: Settings) -> None:
    head = "履职类型,单位,人员,对象,开展日期,主题\n"
    row = "督导检查,县教育局,某甲,{},2023-10-12,督导"
    send(home, "2023-10-15/专班办公室/001_履职.csv", head, row.format("古镇景区"))
    send(home, WEB, head, row.format("温泉酒店"), row.format("古镇景区"))
    ingest(home)
    assert waiting(home) == [3]


def test_what_the_office_took_back_is_registered_no_more(home: Settings) -> None:
    path = "2023-10-15/专班办公室/001_履职.csv"
    send(home, path, LISTED, act("1", "2023-10-12", "1"))
    (home.raw / "received.toml").write_text(
        f'[[withdrawn]]\npath = "{path}"\non = 2023-10-20\nby = "周九"\nreason = "报错了"\n',
        encoding="utf-8",
    )
    send(home, WEB, LISTED, act("9", "2023-10-12", "1"))
    ingest(home)
    assert waiting(home) == []


def test_what_the_office_enters_later_lets_nothing_in_before_that_day(home: Settings) -> None:
    long_ago = act("9", "2023-06-10", "1")
    send(home, WEB, LISTED, long_ago)
    send(home, "2023-11-20/专班办公室/001_履职.csv", LISTED, act("1", "2023-06-10", "1"))
    ingest(home)
    assert waiting(home) == [2]
