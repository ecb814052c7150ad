"""A unit's account that uploads without end, over a real socket: it is refused, others are not."""

from pathlib import Path

import pytest
import requests

from analysis.accounts import Accounts, AuditLog, Role
from analysis.settings import Settings
from tests.dashboards.people import PASSWORD, Caller, Visitor, served

pytestmark = pytest.mark.slow

#: A little less than a ledger may have: 模拟数据, all of it blank rows.
BLANKS = "隐患编号,场所名称,隐患描述\n".encode() + b",,\n" * 1_000_000


def logged_in(at: str, name: str) -> Caller:
    caller = Caller(at)
    caller.headers["Cookie"] = caller.log_in(name).headers["Set-Cookie"].partition(";")[0]
    return caller


def upload(caller: Caller, content: bytes) -> requests.Response:
    form = caller.page("/send")
    kept = form.headers.get("Set-Cookie", caller.headers["Cookie"])
    return caller.request(
        "POST", f"{caller.at}/send", data={"csrf_token": Visitor.token_in(form.text)}, timeout=60,
        files={"file": ("空白.csv", content)}, allow_redirects=False,
        headers={"Cookie": str(kept).partition(";")[0]},
    )  # fmt: skip


def bytes_below(folder: Path) -> int:
    return sum(each.stat().st_size for each in folder.rglob("*") if each.is_file())


def test_blank_ledgers_without_end_stop_at_the_bound(home: Settings, quick_passwords: None) -> None:
    accounts = Accounts(home.accounts)
    accounts.add("education", Role.UNIT, PASSWORD, "县教育局")
    accounts.add("education2", Role.UNIT, PASSWORD, "县教育局")
    accounts.add("water", Role.UNIT, PASSWORD, "县水利局")
    accounts.add("office", Role.OFFICE, PASSWORD, person="周九")
    settings = home.model_copy(update={"login": True, "unit_mb_a_day": 20})
    with served(settings) as at:
        mine = logged_in(at, "education")
        done = [upload(mine, BLANKS) for _ in range(9)]
        assert [each.status_code for each in done] == [302] * 6 + [400] * 3
        assert "今天已经上传 6 个文件、17 MB（最多 150 个、20 MB）" in done[-1].text
        assert "请明天再传，急用请联系县文化旅游安全专班办公室。" in done[-1].text
        assert bytes_below(settings.inbox) < 20 * 1024 * 1024
        # A second account of the unit adds nothing; other units and the office go on.
        assert upload(logged_in(at, "education2"), BLANKS).status_code == 400
        assert upload(logged_in(at, "water"), BLANKS).status_code == 302
        office = logged_in(at, "office")
        assert upload(office, BLANKS).status_code == 302
        assert "县教育局今天已经上传 6 个文件、17 MB" in office.page("/send").text
        assert "快到上限的报送" not in mine.page("/send").text
    refused = [e for e in AuditLog(settings.audit_log).lines() if e["event"] == "上传被拒"]
    assert [e["who"] for e in refused] == ["education", "education2"]  # not once each time
    # Begun anew, the server has not forgotten.
    with served(settings) as at:
        assert upload(logged_in(at, "education"), BLANKS).status_code == 400
