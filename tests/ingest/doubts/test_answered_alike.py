"""Claims that were answered alike are worked out together and count as each alone: 模拟数据."""

from typing import Any

import pytest

from analysis.ingest.pipeline import ingest
from analysis.ingest.versions import past
from analysis.ingest.versions.spans import set_from
from analysis.settings import Settings
from analysis.warehouse.engine import fetch_rows, open_warehouse

HEAD = "隐患编号,场所名称,隐患描述,责任单位,责任人,整改期限,发现日期,整改状态\n"
STATES = """
SELECT site, suspension FROM items(DATE '2023-12-20', known_on := $known_on) ORDER BY site
"""


def ask(home: Settings, sql: str, **given: Any) -> list[tuple[Any, ...]]:
    with open_warehouse(home.warehouse) as con:
        return fetch_rows(con, sql, given or None)[1]


def test_what_was_answered_in_one_act_is_worked_out_in_one(
    home: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[int] = []

    def counted(versions: Any, which: Any, *about: Any) -> Any:
        calls.append(int(which.sum()))
        return set_from(versions, which, *about)

    monkeypatch.setattr(past, "set_from", counted)
    file = home.raw / "2023-10-15" / "县教育局" / "001_隐患.csv"
    file.parent.mkdir(parents=True)
    sites = "甲乙丙丁"
    rows = (
        f"{n},{site}校,配电箱没有上锁,县教育局,某甲,2023-12-01,2023-10-01,已停业"
        for n, site in enumerate(sites)
    )
    file.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    ingest(home)
    assert calls == []
    keys = [key for (key,) in ask(home, "SELECT doubt_key FROM doubt ORDER BY row_no")]
    # 甲、乙 are confirmed in one act and taken back in another; 丙 is denied; 丁 is left open.
    entries = [
        (keys[0], "confirmed", "11-01"), (keys[1], "confirmed", "11-01"),
        (keys[2], "denied", "11-01"), (keys[0], "撤回", "11-10"), (keys[1], "撤回", "11-10"),
    ]  # fmt: skip
    text = "\n".join(
        f'[[confirmation]]\ndoubt = "{key}"\nanswer = "{code}"\nby = "周九"\non = 2023-{on}\n'
        'why = "到现场看过"\n'
        for key, code, on in entries
    )
    (home.raw / "confirmations.toml").write_text(text, encoding="utf-8")
    ingest(home)
    assert sorted(calls) == [1, 2]
    known = {
        on: [state for _, state in ask(home, STATES, known_on=f"2023-{on}")]
        for on in ("10-31", "11-01", "11-10")
    }
    # in the order of 丁校, 丙校, 乙校, 甲校
    assert known == {
        "10-31": ["claimed", "claimed", "claimed", "claimed"],
        "11-01": ["claimed", None, "confirmed", "confirmed"],
        "11-10": ["claimed", None, "claimed", "claimed"],
    }
