"""Who leads, supports and answers, and by when, wherever a measure says it. 模拟数据."""

from datetime import date

import pytest

from analysis.ingest.cells.deadlines import Clause
from analysis.ingest.measures.brackets import tails
from analysis.ingest.measures.days import kind_of, own_day
from analysis.ingest.measures.parts import by_number
from analysis.ingest.measures.responsibility import actor, person_in, sentence, units_in
from analysis.ingest.measures.segments import segments
from analysis.ledgers.labels import Role


def test_several_labels_on_one_line_are_cut() -> None:
    found = segments("责任单位：甲局  责任人：某甲　整改时限：6月底")
    assert [(each.label.text, each.text) for each in found if each.label] == [
        ("责任单位", "甲局"), ("责任人", "某甲"), ("整改时限", "6月底"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "做甲事（甲局牵头，乙局、丙局配合，6月底前完成）。",
            ("甲局", "乙局、丙局", "6月底前完成"),
        ),
        ("做甲事。（牵头单位：甲局；配合单位：乙局；完成时限：6月底）", ("甲局", "乙局", "6月底")),
        ("做甲事（县文旅局，2024年9月底前）", ("县文旅局", None, "2024年9月底前")),
        ("检查3家酒店（甲酒店、乙酒店）", (None, None, None)),
        ("落实规定（以下简称规定）", (None, None, None)),
    ],
)
def test_a_bracket_behind_a_measure(text: str, said: tuple[str | None, ...]) -> None:
    _, found = tails(text)
    roles = (Role.LEAD, Role.SUPPORT, Role.DUE)
    assert tuple(found.texts.get(role) for role in roles) == said


def test_a_sentence_names_who() -> None:
    found = sentence("由县公安局牵头，县文化和旅游局配合，对景区开展检查").texts
    assert found == {Role.LEAD: "县公安局", Role.SUPPORT: "县文化和旅游局"}
    assert actor("请甲镇人民政府会同县水务局对河道进行清理").texts == {
        Role.LEAD: "甲镇人民政府", Role.SUPPORT: "县水务局",
    }  # fmt: skip
    assert not actor("建立健全全县文化市场台账")


def test_a_cell_of_units() -> None:
    assert units_in("县文旅局 某甲") == ("县文旅局", (), "某甲")
    assert units_in("市场管理股 办公室") == ("市场管理股", ("办公室",), None)
    assert person_in("副馆长某甲") == "某甲（副馆长）"
    assert person_in("某甲  副馆长") == "某甲 副馆长"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("①7月20日前②7月底前", {"1": "7月20日前", "2": "7月底前"}),
        (
            "第1项由甲局牵头，第2、3项由乙局牵头",
            {"1": "甲局牵头", "2": "乙局牵头", "3": "乙局牵头"},
        ),
        ("1.2.甲局\n3.乙局", {"1": "甲局", "2": "甲局", "3": "乙局"}),
        ("6月底前（其中第1项立行立改）", {"*": "6月底前", "1": "立行立改"}),
        ("2024.6.30", {}),
        ("甲局、乙局", {}),
    ],
)
def test_a_value_may_speak_of_each_measure_apart(text: str, said: dict[str, str]) -> None:
    assert by_number(text) == said


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("5月15日前印发", date(2024, 5, 15)),
        ("2024年9月底前完成改造，2025年6月底前验收", date(2025, 6, 30)),
        ("于二〇二四年六月底前完成", date(2024, 6, 30)),
        ("接到本通知后10个工作日内报送", date(2024, 5, 8)),
        ("每月25日前召开例会", None),
        ("对2018年前建成的场所", None),
        ("自2024年5月1日起实行", None),
        ("会后3个工作日内印发", None),
    ],
)
def test_the_day_that_a_measures_own_words_give(text: str, day: date | None) -> None:
    found = own_day(text, date(2024, 4, 22))
    assert (found.day if found else None) == day


@pytest.mark.parametrize(
    ("stated", "words", "kind"),
    [
        ("限期整改（分阶段）", "", "限期整改"),  # not in the very words of the list
        ("常态化落实", "", "长期坚持"),
        ("立行立改、长期坚持", "", None),
        ("其他", "", None),
        ("", "立即清理疏散通道", "立行立改"),
        ("", "每月开展一次消防检查", "长期坚持"),
        ("", "持续开展宣传", "长期坚持"),
        ("", "清理疏散通道", None),
    ],
)
def test_the_kind_of_a_measure_without_a_deadline(
    stated: str, words: str, kind: str | None
) -> None:
    assert kind_of(stated, None, "", Clause(), words, has_day=False) == kind
