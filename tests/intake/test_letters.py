"""A unit cannot act as the office by a letter that it sends in; the office can."""

import io

import pytest

from analysis.ingest.pipeline import ingest
from analysis.intake.drafts import confirm_draft, take_draft
from analysis.intake.readback import read_back
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse
from tests.dashboards.people import HAZARDS, UNITS, write

pytestmark = pytest.mark.slow

REPLY = [
    "关于{site}隐患延期整改的复函",
    "县教育局：",
    "同意{site}{words}隐患整改期限延至2023年12月31日。",
    "某县文化旅游安全专班办公室",
    "2023年10月20日",
]
NOTICE = [
    "关于调整专班成员单位的通知",
    "各成员单位：",
    "增补某县气象局为成员单位，自2023年11月上半月起报送半月报。",
    "某县文化旅游安全专班办公室",
    "2023年10月20日",
]


@pytest.fixture
def county(home: Settings) -> Settings:
    write(home.raw / "2023-10-15" / "县教育局隐患台账.xlsx", HAZARDS[:2])
    write(home.raw / "2023-10-15" / "成员单位名录.xlsx", UNITS)
    ingest(home)
    return home


def reply() -> str:
    said = dict(zip(HAZARDS[0], HAZARDS[1], strict=True))
    return "\n".join(REPLY).format(site=said["场所名称"], words=said["隐患描述"])


def extended(county: Settings) -> int:
    with open_warehouse(county.warehouse) as con:
        sql = "SELECT count(*) FROM hazard WHERE extended_due_on IS NOT NULL"
        return int(fetch_rows(con, sql)[1][0][0])


@pytest.mark.parametrize("text", [reply(), "\n".join(NOTICE)], ids=["reply", "notice"])
def test_a_unit_s_account_cannot_send_the_office_s_letter(county: Settings, text: str) -> None:
    content = io.BytesIO(text.encode())
    draft = take_draft(county, "someone", "县教育局", "来文.txt", content)
    assert any(
        "由专班办公室管理，不能由单位报送" in each for each in read_back(county, draft).refusals
    )


def test_one_that_lies_among_its_uploads_all_the_same_moves_nothing(county: Settings) -> None:
    path = county.raw / "2023-10-20" / "县教育局" / "001_复函.txt"
    path.parent.mkdir(parents=True)
    path.write_text(reply(), encoding="utf-8")
    ingest(county)
    assert extended(county) == 0


def test_the_office_sends_it_and_the_deadline_moves(county: Settings) -> None:
    draft = take_draft(county, "office", "", "复函.txt", io.BytesIO(reply().encode()), True)
    read = read_back(county, draft)
    assert read.refusals == []
    confirm_draft(county, draft, read.ledgers, is_office=True)
    ingest(county)
    assert extended(county) == 1
