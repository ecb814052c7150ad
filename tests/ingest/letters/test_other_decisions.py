"""移交函, 复查通报, notices of the member units: what each changes, and what it does not."""

from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.settings import Settings
from tests.ingest.letters.conftest import (
    LEDGER,
    Send,
    as_before,
    asked,
    hazard,
    state_of,
    told,
)

SNOW = "魔毯急停按钮"
BACK = "10月20日，专班办公室对柳泉滑雪场“魔毯急停按钮失效”隐患复查，发现2号魔毯按钮仍失效。"


@pytest.mark.parametrize(
    ("decision", "due"),
    [
        ("现退回重新整改，限2023年11月15日前完成。", "2023-10-31"),
        ("现退回重新整改，整改期限调整为2023年11月15日。", "2023-11-15"),
        ("责令继续整改，2023年11月15日前整改到位。", "2023-10-31"),
    ],
)
def test_a_report_on_a_second_look_sends_the_item_back(
    county: Settings, send: Send, decision: str, due: str
) -> None:
    """A day for the second try stands apart; only «整改期限调整为» moves the deadline."""
    send("关于柳泉滑雪场隐患复查情况的通报", BACK + decision, to="柳泉乡人民政府")
    late = "overdue" if due == "2023-10-31" else "open"
    assert state_of(county, SNOW)[:2] == (due, late)
    sql = "SELECT act, CAST(accepted_on AS VARCHAR), CAST(rework_due_on AS VARCHAR) FROM acceptance"
    assert asked(county, sql) == [("reject", "2023-10-20", "2023-11-15")]


@pytest.mark.parametrize(
    "decision",
    ["逾期仍未整改到位的，将退回重新整改。", "请加强管理。", "已于10月12日退回重新整改。"],
)
def test_a_report_that_sends_nothing_back_leaves_it_done(
    county: Settings, send: Send, decision: str
) -> None:
    send("关于柳泉滑雪场隐患复查情况的通报", BACK + decision, to="柳泉乡人民政府")
    assert state_of(county, SNOW)[1] == "accepting"


MOVE = "关于移交柳泉水库观景台重大隐患整改责任的函"
SAID = "因管护权已划转，“护栏立柱锈蚀断裂”重大隐患自2023年10月26日起由{}负责整改和报送。"


def test_a_letter_hands_an_item_over_from_its_day_on(county: Settings, send: Send) -> None:
    send(MOVE, SAID.format("县体育公司"), to="沙湾县水利局、沙湾县体育公司")
    assert state_of(county, "护栏立柱")[2] == "沙湾县体育公司"
    sql = (
        "SELECT CAST(known_from AS VARCHAR), unit FROM hazard "
        "WHERE description LIKE '护栏立柱%' ORDER BY known_from"
    )
    assert asked(county, sql) == [
        ("2023-10-15", "沙湾县水利局"), ("2023-10-26", "沙湾县体育公司"),
    ]  # fmt: skip
    assert state_of(county, "泄洪警报器")[2] == "沙湾县水利局"


def test_who_handed_it_over_need_not_list_it_and_does_not_get_it_back(
    county: Settings, send: Send, write_sheet: Callable[..., Path]
) -> None:
    """The old unit lists what is left of its own; the one whom it went to lists nothing yet."""
    rows = [hazard("柳泉水库", "泄洪警报器失灵", "县水利局")]
    head = [["沙湾县水利局隐患整改台账"], LEDGER]
    write_sheet("2023-11-02/县水利局隐患台账.xlsx", [*head, *rows])
    send(MOVE, SAID.format("县体育公司"), to="沙湾县水利局、沙湾县体育公司")
    assert state_of(county, "护栏立柱")[2] == "沙湾县体育公司"
    vanished = "SELECT count(*) FROM quality WHERE rule = 'vanished' AND item_id IN "
    vanished += "(SELECT item_id FROM hazard WHERE description LIKE '护栏立柱%')"
    assert asked(county, vanished) == [(0,)]


@pytest.mark.parametrize("unit", ["县气象局", "有关单位"])
def test_to_a_unit_that_nobody_knows_nothing_goes(county: Settings, send: Send, unit: str) -> None:
    send(MOVE, SAID.format(unit), to="沙湾县水利局")
    assert as_before(county)
    (message,) = told(county)
    assert f"移交单位“{unit}”不是已知的单位" in message


def test_only_what_a_letter_says_of_handing_over_is_that(county: Settings, send: Send) -> None:
    send(
        "关于做好观景台管护工作的通知", "柳泉水库观景台由县体育公司负责日常管护。", to="各成员单位"
    )
    assert as_before(county)
    assert told(county) == []


def units(home: Settings) -> dict[str, tuple[bool, str]]:
    sql = "SELECT unit, has_to_report, CAST(owes_from AS VARCHAR) FROM unit WHERE known_to IS NULL"
    return {unit: (has_to, since) for unit, has_to, since in asked(home, sql)}


@pytest.mark.parametrize(
    "renamed",
    [
        "原柳泉乡人民政府更名为柳泉镇人民政府。",
        "“柳泉乡人民政府”更名为“柳泉镇人民政府”，职责不变。",
    ],
)
def test_a_notice_renames_a_unit_and_lets_one_join(
    county: Settings, send: Send, renamed: str
) -> None:
    send(
        "关于调整专班成员单位的通知",
        f"一、柳泉乡撤乡设镇，自2023年11月1日起{renamed}",
        "二、增补沙湾县气象局（简称县气象局，联络员雷某）为成员单位，自2023年11月上半月起报送半月报。",
        "三、其他成员单位不变。",
        to="各成员单位",
    )
    assert state_of(county, SNOW)[2] == "柳泉镇人民政府"
    found = units(county)
    assert found["沙湾县气象局"] == (True, "2023-11-01")
    assert found["柳泉镇人民政府"][0] is True
    assert found["沙湾县教育局"][0] is True
    assert "柳泉乡人民政府" not in found


OWN_NAME = (
    "根据机构改革安排，自2023年10月20日起，沙湾县水利局更名为沙湾县水务和湖泊局（简称县水湖局），"
    "原局任务由更名后的局承担。"
)


@pytest.mark.parametrize("by", ["沙湾县水务和湖泊局", "沙湾县水利局", "县水利局"])
def test_a_unit_says_itself_what_it_is_called_from_now_on(
    county: Settings, send: Send, by: str
) -> None:
    send("关于单位更名的函", OWN_NAME, to="县文旅安全专班办公室", by=by)
    found = units(county)
    assert "沙湾县水务和湖泊局" in found
    assert "沙湾县水利局" not in found
    sql = "SELECT unit FROM items(DATE '{0}', known_on := DATE '{0}') WHERE title LIKE '%警报器%'"
    assert asked(county, sql.format("2023-10-23")) == [("沙湾县水利局",)]
    assert asked(county, sql.format("2023-10-24")) == [("沙湾县水务和湖泊局",)]
    written = asked(county, "SELECT DISTINCT unit FROM unit_name WHERE written = '县水湖局'")
    assert written == [("沙湾县水务和湖泊局",)]
    assert told(county) == []


@pytest.mark.parametrize(
    ("line", "how"),
    [
        (OWN_NAME, {"by": "沙湾县教育局"}),
        (OWN_NAME, {"path": "2023-10-24/沙湾县水利局/001_函.txt"}),
        ("拟自2023年11月1日起，沙湾县水利局更名为沙湾县水务和湖泊局。", {}),
        ("沙湾县教育局更名为沙湾县教育和体育局。", {}),
    ],
    ids=["another's", "uploaded by a unit", "meant", "of another"],
)
def test_of_another_units_name_a_unit_says_nothing(
    county: Settings, send: Send, line: str, how: dict[str, str]
) -> None:
    send("关于单位更名的函", line, **{"to": "县文旅安全专班办公室", "by": "沙湾县水利局"} | how)
    assert {"沙湾县教育局", "沙湾县水利局"} <= {*units(county)}
    assert len(units(county)) == 4


@pytest.mark.parametrize(
    ("line", "how"),
    [
        ("拟增补沙湾县气象局为成员单位。", {}),
        ("增补沙湾县气象局为成员单位。", {"by": "沙湾县教育局"}),
        ("增补沙湾县气象局为成员单位。", {"path": "2023-10-24/沙湾县教育局/001_通知.txt"}),
        ("县体育馆更名为县全民健身馆。", {}),
    ],
    ids=["meant", "a unit's", "uploaded by a unit", "a place"],
)
def test_units_stay_as_they_were_by_any_other_word(
    county: Settings, send: Send, line: str, how: dict[str, str]
) -> None:
    send("关于调整专班成员单位的通知", line, to="各成员单位", **how)
    assert len(units(county)) == 4


def test_who_leaves_is_told_and_asked_for_by_a_list(county: Settings, send: Send) -> None:
    send("关于调整专班成员单位的通知", "沙湾县体育公司不再作为成员单位。", to="各成员单位")
    assert len(units(county)) == 4
    (message,) = told(county)
    assert "请收新的成员单位名单" in message
