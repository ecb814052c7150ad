"""A unit floods 待核实 over a real socket: the page stays small, one act answers all: 模拟数据."""

import re
import tomllib

import pytest

from analysis.accounts import Accounts, Role
from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from tests.dashboards.people import PASSWORD, Caller, served

pytestmark = pytest.mark.slow

HEAD = "隐患编号,场所名称,隐患描述,责任单位,责任人,整改期限,发现日期,整改状态\n"
UNIT = "县消防救援大队"
FLOOD = f"/doubts?kind=suspended&sender={UNIT}"


def send(settings: Settings, unit: str, number: int) -> None:
    file = settings.raw / "2023-10-15" / unit / "001_隐患.csv"
    file.parent.mkdir(parents=True, exist_ok=True)
    rows = (
        f"{n},{unit}模拟场所{n},第{n}处漏水,{unit},某甲,2023-12-01,2023-10-01,已停业\n"
        for n in range(number)
    )
    file.write_text(HEAD + "".join(rows), encoding="utf-8")


def test_a_flood_of_doubts_hides_nothing_and_is_answered_in_one_act(
    home: Settings, quick_passwords: None
) -> None:
    send(home, UNIT, 1_000)
    send(home, "县教育局", 1)
    ingest(home)
    Accounts(home.accounts).add("office", Role.OFFICE, PASSWORD, person="周九")
    with served(home.model_copy(update={"login": True})) as at:
        office = Caller(at)
        office.headers["Cookie"] = office.log_in("office").headers["Set-Cookie"].partition(";")[0]
        first = office.page("/doubts").text
        assert "县教育局模拟场所0" in first
        assert f"停业待核实 · {UNIT}（1000 个）" in first
        assert len(first) < 20_000
        group = office.page(FLOOD).text
        assert "第 1 页，共 20 页" in group
        assert len(group) < 300_000
        (stamp,) = re.findall(r'name="stamp" value="([^"]+)"', group)
        form = {"kind": "suspended", "sender": UNIT, "which": "all", "why": "同一个文件"}
        done = office.post_form("/doubts", FLOOD, answer="denied", stamp=stamp, **form)
        assert done.status_code == 302
        assert "停业待核实 · " not in office.page("/doubts").text
        assert "县教育局模拟场所0" in office.page("/doubts").text
    entries = tomllib.loads((home.raw / "confirmations.toml").read_text("utf-8"))["confirmation"]
    assert len({each["doubt"] for each in entries}) == 1_000
    assert {(each["answer"], each["by"]) for each in entries} == {("denied", "周九（office）")}
