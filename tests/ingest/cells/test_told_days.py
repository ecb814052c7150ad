"""Which day of a text of progress is that of completion, and who accepted. 模拟数据."""

import pytest

from analysis.ingest.cells.codes.told_days import told_in


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("11月9日更换完毕", "11月9日"),
        ("11.9更换完毕", "11.9"),
        ("11月9日更换完毕，整改于2023年11月9日完成", "2023年11月9日"),
        ("1月9日更换完毕，2023年11月9日完成整改", ""),
        ("十一月九日更换完毕", "十一月九日"),
        ("二〇二四年一月八日全部更换", "二〇二四年一月八日"),
        ("新配灭火器20具，10.23到位", "10.23"),
        ("破损座椅已拆除，10月3日新装座椅完成", "10月3日"),
        ("护栏于10.12加固完成，拟申请验收", "10.12"),
        ("10月12日施工队进场，10月20日修复完成", "10月20日"),
        ("钢瓶已送检更换，10月18日完成", "10月18日"),
        ("10月18日采购安装完成", "10月18日"),
        ("按要求于10月12日整改完成", "10月12日"),
        ("10月20日清洗完毕，县局10月25日复查合格", "10月20日"),
    ],
)
def test_the_day_of_a_clause_that_tells_of_an_end_is_that_of_completion(
    text: str, day: str
) -> None:
    assert told_in(text, is_over=False).done == day


@pytest.mark.parametrize(
    "text",
    [
        "钢材10.5到场",
        "钢材采购，10.5到位",
        "配件10月5日到位",
        "更换方案设计，10月5日完成",
        "10月5日更换方案设计完成",
        "整改方案，10月5日完成",
        "10月5日整改方案完成",
        "10月5日施工队进场",
        "10.5米护栏更换完毕",  # so long, and no day
        "10月5日前更换完毕",
        "10月5日起更换",
        "计划10月5日更换完毕",
        "10月5日更换完毕3处，其余2处正在更换",
        "10月5日东侧完成，10月9日西侧完成",  # of which of the two
        "10月5日未完成",
        "限10月5日，已整改",
        "10月5日（期限）已整改",
        "较10月5日提前完成",
        "10月5日、9日分两次更换完毕",
    ],
)
def test_a_step_a_plan_and_a_part_have_no_day_of_completion(text: str) -> None:
    assert told_in(text, is_over=True).done == ""


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("10月3日接到举报，已整改", ""),
        ("已更换，有效期2023年10月3日", ""),
        ("已完成，见10月3日照片", ""),
        ("已整改，10月3日回访正常", ""),
        ("10月3日检验合格，恢复使用，已整改", "10月3日"),
        ("已完成，10月3日组织演练", "10月3日"),
        ("10月3日已补装，整改完成", "10月3日"),
        ("已于10月3日更换桥板并挂限载牌", "10月3日"),
        ("10月3日，已整改", "10月3日"),
        ("已整改（10月3日）", "10月3日"),
        ("10月3日恢复供电", "10月3日"),
    ],
)
def test_what_lies_before_the_work_or_behind_it_dates_no_completion(text: str, day: str) -> None:
    assert told_in(text, is_over=True).done == day


def test_what_does_not_call_itself_an_end_is_dated_only_where_the_work_is_over() -> None:
    text = "10月5日安装围网80米"
    assert told_in(text, is_over=False).done == ""
    assert told_in(text, is_over=True).done == "10月5日"
    assert told_in("10月5日县局复查合格", is_over=True).done == "10月5日"  # done by then


@pytest.mark.parametrize(
    ("text", "accepted", "signer"),
    [
        ("10月5日换板完成；10月9日魏某验收", "10月9日", "魏某"),
        ("十月五日换板完成；十月九日魏某验收合格", "十月九日", "魏某"),
        ("已于10月5日换板，镇安监站验收（10月9日，魏某）", "10月9日", "魏某"),
        ("镇安办魏某 10月9日验收合格", "10月9日", "魏某"),
        ("10.5换板完成，魏某10.9验收", "10.9", "魏某"),
        ("10月5日换好；由魏某、邹某于10月9日复查合格", "10月9日", "魏某、邹某"),
    ],
)
def test_an_acceptance_in_prose_has_its_own_day_and_a_person(
    text: str, accepted: str, signer: str
) -> None:
    told = told_in(text, is_over=False)
    assert (told.accepted, told.signer) == (accepted, signer)


@pytest.mark.parametrize(
    "text",
    [
        "10月9日魏某验收",  # of what?
        "10月5日换板完成，县局10月9日验收合格",  # no person
        "10月5日换板完成，魏某验收合格",  # no day
        "10月5日换板完成，计划10月9日魏某验收",
        "10月5日换板完成，魏某10月9日验收不合格",
        "10月5日换板完成，10月9日魏某验收，退回重改",
        "10月5日换板3处，其余2处未换；10月9日魏某验收",
        "10月5日换板完成，10月9日组织验收",
        "10月5日换板完成，10月9日报告齐全验收",
    ],
)
def test_without_a_person_a_day_or_an_end_nothing_is_accepted(text: str) -> None:
    told = told_in(text, is_over=True)
    assert (told.accepted, told.signer) == ("", "")
