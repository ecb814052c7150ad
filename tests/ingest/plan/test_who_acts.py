"""Who acts in a sentence, by when, and what is said behind of several problems. 模拟数据."""

from datetime import date

import pytest

from analysis.ingest.measures.days import own_day
from analysis.ingest.measures.responsibility import actor_in_clauses, units_in
from analysis.ingest.plan import Plan, read_plan
from analysis.ledgers.labels import Role

RECEIVED = date(2024, 9, 9)
MINUTES = """甲县文旅专委会会议纪要
（2024年9月6日）
会议议定以下事项：
一、关于高风险项目监管
会议认为，监管存在空白地带，须尽快明确。会议议定：一是由县文旅局牵头，县应急局配合，9月20日前逐一过堂；二是未经评估的项目即日起停运，由属地镇（街道）负责落实；三是县市场监管局10月底前拿出责任清单。
二、关于节前检查
会议同意县文旅局提出的检查方案。县文旅局会同县交通局于9月23日至27日开展联合检查，检查情况9月28日中午前报县政府办公室。
三、关于民宿安全
会议决定分两步走：（1）各镇（街道）10月15日前完成底数摸排，汇总至县文旅局；（2）由县公安局牵头，11月底前完成分类处置。
四、关于值班值守
节假日期间，县文旅局、各A级景区实行领导带班和24小时值班。"""
BEHIND = """甲局党组关于巡察反馈意见的整改方案
（2022年11月9日）
一、整改任务及措施
问题1.协管员违规借调。
整改措施：（1）清退违规借调人员；（2）制定借调管理办法。
问题2.会议记录缺失。
整改措施：补正缺失的会议记录，12月份组织一次抽查。
（以上问题1、问题2责任领导均为覃某某，责任股室为人事股，整改时限为2022年12月20日前）"""


def read(text: str) -> Plan:
    """The plan that a text is, which it has to be."""
    plan = read_plan(text.splitlines(), RECEIVED)
    assert plan is not None
    return plan


def test_minutes_name_who_acts_by_the_kind_of_place_and_when() -> None:
    assert [(item.text[:8], item.unit, item.due_on) for item in read(MINUTES).items] == [
        ("由县文旅局牵头，", "县文旅局", date(2024, 9, 20)),
        ("未经评估的项目即", "属地镇（街道）", None),
        ("县市场监管局10", "县市场监管局", date(2024, 10, 31)),
        ("会议同意县文旅局", "县文旅局", date(2024, 9, 28)),
        ("各镇（街道）10", "各镇(街道)", date(2024, 10, 15)),
        ("由县公安局牵头，", "县公安局", date(2024, 11, 30)),
        ("节假日期间，县文", "县文旅局", None),
    ]


def test_a_bracket_behind_several_problems_names_their_leader() -> None:
    assert [(item.person, item.unit, item.due_on) for item in read(BEHIND).items] == [
        ("覃某某", "人事股", date(2022, 12, 20)),
        ("覃某某", "人事股", date(2022, 12, 20)),
        ("覃某某", "人事股", date(2022, 12, 31)),
    ]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("各县（区）于9月15日前报送行动总结", "各县(区)"),
        ("各县（市、区）开展一次自查", "各县(市、区)"),
        ("县直各乡镇（街道）制定实施细则", "县直各乡镇(街道)"),
    ],
)
def test_all_places_of_a_kind_act(text: str, unit: str) -> None:
    assert actor_in_clauses(text).texts[Role.LEAD] == unit
    assert units_in(unit) == (unit, (), None)  # 区 is nobody's name


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("开展执法培训，12月份组织全员考试", date(2022, 12, 31)),
        ("检查情况11月28日中午前报县政府办公室", date(2022, 11, 28)),
        ("整改情况11月30日下班前上报", date(2022, 11, 30)),
        ("每年12月份组织全员考试", None),
        ("2021年5月份开展排查时发现的问题逐项整改", None),
        ("12月份组织的考试成绩纳入考核", None),
    ],
)
def test_when_something_is_held_is_its_day(text: str, day: date | None) -> None:
    found = own_day(text, date(2022, 11, 9))
    assert (found.day if found else None) == day
