"""What a ledger alone says of closing: where it counts, where it waits, and what is told."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis.accounts import Accounts, Role
from analysis.ingest.findings import Place, Places
from analysis.ingest.pipeline import ingest
from analysis.ingest.readings import closing_of
from analysis.ingest.versions.closing.claims import as_claimed
from analysis.ingest.versions.closing.earlier import closed_in, to_be_changed
from analysis.ingest.versions.closing.rule import NO_RULE, ClosingRule
from analysis.settings import Settings, load_settings
from analysis.warehouse.engine import fetch_rows, open_warehouse

Write = Callable[..., Path]
SIGNERS = ClosingRule(signers=("钱某", "赵某"))
ACCOUNTS = ClosingRule(has_accounts=True, shown={"wang2": "王某"})
HEAD = [
    "隐患编号", "场所名称", "隐患描述", "隐患等级", "责任单位", "责任人", "整改期限", "检查日期",
    "整改状态", "完成日期", "验收日期", "验收人", "销号日期",
]  # fmt: skip


def version(**changed: Any) -> dict[str, Any]:
    """A general hazard of 王某's that its ledger calls struck off."""
    return {
        "submission_id": "u1", "sheet": "台账", "row_no": 4, "item_id": "H-1", "level": "一般",
        "unit": "县教育局", "person": "王某", "status": "closed", "status_text": "已销号",
        "accepted_on": date(2023, 10, 12), "accepted_by": "钱某",
        "closed_on": date(2023, 10, 12), "known_from": date(2023, 10, 15), "known_to": None,
        "closure": None,
    } | changed  # fmt: skip


def claimed(rule: ClosingRule, *versions: dict[str, Any]) -> tuple[list[Any], list[str]]:
    """(closure, status) of each version, and the rules of what is told."""
    table, findings = as_claimed(pd.DataFrame(list(versions), dtype=object), rule, Places())
    rows = zip(table["closure"], table["status"], strict=True)
    return [*rows], [each.rule for each in findings]


@pytest.mark.parametrize(
    ("rule", "changed", "closure", "told"),
    [
        (NO_RULE, {}, ("ledger", "closed"), []),
        (NO_RULE, {"level": "重大"}, ("claimed", "pending_accept"), ["self_closed"]),
        (SIGNERS, {}, ("claimed", "pending_accept"), ["self_closed"]),
        (ACCOUNTS, {}, ("claimed", "pending_accept"), ["self_closed"]),
        (NO_RULE, {"accepted_by": "王某"}, ("self", "pending_accept"), ["self_accepted"]),
        (NO_RULE, {"accepted_by": "王 某（局长）"}, ("self", "pending_accept"), ["self_accepted"]),
        (NO_RULE, {"accepted_by": "李某、王某"}, ("self", "pending_accept"), ["self_accepted"]),
        (NO_RULE, {"person": "李某、钱某"}, ("self", "pending_accept"), ["self_accepted"]),
        (NO_RULE, {"accepted_by": "王局长"}, ("self", "pending_accept"), ["self_accepted"]),
        (NO_RULE, {"accepted_by": "本人"}, ("self", "pending_accept"), ["self_accepted"]),
        (ACCOUNTS, {"accepted_by": "wang2"}, ("self", "pending_accept"), ["self_accepted"]),
        (NO_RULE, {"person": None}, ("ledger", "closed"), []),
        (NO_RULE, {"status": "done"}, ("ledger", "done"), []),
        (SIGNERS, {"status": None}, ("claimed", "pending_accept"), ["self_closed"]),
        (SIGNERS, {"status": "done_onspot"}, ("claimed", "done_onspot"), ["self_closed"]),
        (SIGNERS, {"status": "suspended"}, ("claimed", "suspended"), ["self_closed"]),
        (SIGNERS, {"status": "in_progress"}, (None, "in_progress"), []),
        (SIGNERS, {"status": "void"}, (None, "void"), []),
        (SIGNERS, {"accepted_by": None}, (None, "closed"), []),
    ],
)
def test_what_a_claim_of_a_ledger_comes_to(
    rule: ClosingRule, changed: dict[str, Any], closure: tuple[Any, Any], told: list[str]
) -> None:
    assert claimed(rule, version(**changed)) == ([closure], told)


def test_a_ledger_with_one_column_of_days_means_both_by_it() -> None:
    """销号（验收）时间 is the day of both; beside a blank 验收日期 it is that of 销号 alone."""
    alone = version(accepted_on=None)
    places = Places([Place("u1", "台账", {"closed_on": "J", "accepted_by": "K"})])
    table, _ = as_claimed(pd.DataFrame([alone], dtype=object), NO_RULE, places)
    assert [*table["accepted_on"]] == [date(2023, 10, 12)]
    assert [*table["closure"]] == ["ledger"]
    places = Places(
        [Place("u1", "台账", {"closed_on": "J", "accepted_by": "K", "accepted_on": "I"})]
    )
    table, _ = as_claimed(pd.DataFrame([alone], dtype=object), NO_RULE, places)
    assert [*table["accepted_on"]] == [None]


def test_a_claim_is_told_once_and_again_where_it_is_another() -> None:
    later = version(known_from=date(2023, 11, 1), submission_id="u2")
    other = version(known_from=date(2023, 11, 16), submission_id="u3", accepted_by="孙某")
    rows, told = claimed(SIGNERS, version(), later, other)
    assert rows == [("claimed", "pending_accept")] * 3
    assert told == ["self_closed", "self_closed"]


def ledger(level: str, by: str, number: str = "1") -> list[Any]:
    return [
        number, f"甲校{number}", f"灭火器过期{number}", level, "县教育局", "王某", "2023-12-20",
        "2023-09-01", "已销号", "2023-10-10", "2023-10-12", by, "2023-10-12",
    ]  # fmt: skip


def items(home: Settings) -> list[tuple[Any, ...]]:
    sql = (
        "SELECT item_id, state, closure, accepted_by, done_on IS NOT NULL "
        "FROM items(DATE '2023-11-05', NULL) ORDER BY item_id"
    )
    with open_warehouse(home.warehouse) as con:
        return fetch_rows(con, sql)[1]


def test_a_home_without_signers_and_accounts(home: Settings, write_sheet: Write) -> None:
    rows = [ledger("一般", "钱某"), ledger("重大", "钱某", "2"), ledger("一般", "王 某", "3")]
    write_sheet("2023-10-15/县教育局.xlsx", [HEAD, *rows])
    ingest(home)
    assert items(home) == [
        ("H-县教育局-1", "closed", "ledger", "钱某", True),
        ("H-县教育局-2", "accepting", "claimed", None, True),
        ("H-县教育局-3", "accepting", "self", None, True),
    ]
    with open_warehouse(home.warehouse) as con:
        doubts = fetch_rows(
            con, "SELECT item_id FROM suspect_closure(DATE '2023-11-05') WHERE self_accepted"
        )[1]
    assert doubts == [("H-县教育局-3",)]


def test_who_confirms_signers_or_opens_accounts_asks_for_records_of_all(
    home: Settings, write_sheet: Write
) -> None:
    write_sheet("2023-10-15/县教育局.xlsx", [HEAD, ledger("一般", "钱某")])
    assert not ingest(home).notices
    assert items(home)[0][1] == "closed"
    (home.home / "yanpan.toml").write_text('[acceptance]\nsigners = ["钱某"]\n', encoding="utf-8")
    (line,) = ingest(load_settings(home.home)).notices
    assert "由台账自报销号的事项 1 条" in line
    assert "H-县教育局-1" in line
    assert items(home)[0][1] == "accepting"
    assert not ingest(load_settings(home.home)).notices  # told as it changes, not for ever


@pytest.mark.parametrize(
    ("told_on", "wanted"),
    [
        ("2023-10-15", ("closed", "ledger")),
        ("2023-11-01", ("accepting", "claimed")),
        ("2023-11-02", ("accepting", "claimed")),
    ],
)
def test_a_signer_from_a_day_on_leaves_what_was_told_before_as_it_was(
    home: Settings, write_sheet: Write, told_on: str, wanted: tuple[str, str]
) -> None:
    write_sheet(f"{told_on}/县教育局.xlsx", [HEAD, ledger("一般", "钱某")])
    again = ledger("一般", "钱某")
    again[2] += "，已更换"  # told again in other words, the claim being the same
    write_sheet("2023-11-04/县教育局.xlsx", [HEAD, again])
    ingest(home)
    assert items(home)[0][1:3] == ("closed", "ledger")
    (home.home / "yanpan.toml").write_text(
        '[acceptance]\nsigners = [{name = "赵某", from = 2023-11-01}]\n', encoding="utf-8"
    )
    settings = load_settings(home.home)
    with open_warehouse(home.warehouse) as con:
        lines = to_be_changed(closed_in(con), closing_of(settings))
    assert len(lines) == (wanted[0] != "closed")
    assert len(ingest(settings).notices) == len(lines)
    assert items(home)[0][1:3] == wanted


def test_one_more_signer_signs_from_his_day_on() -> None:
    rule = ClosingRule(("钱某", "赵某"), since={"赵某": date(2023, 11, 1)})
    before, on_the_day = date(2023, 10, 31), date(2023, 11, 1)
    assert [rule.may_sign("赵某", day) for day in (before, on_the_day)] == [False, True]
    assert [rule.may_sign("钱某", day) for day in (before, on_the_day)] == [True, True]
    # Before the first signer's day anybody may sign, as ever.
    alone = ClosingRule(("赵某",), since={"赵某": on_the_day})
    assert [alone.may_sign("孙某", day) for day in (before, on_the_day)] == [True, False]
    assert [alone.needs_record_on(day) for day in (before, on_the_day)] == [False, True]


def test_the_accounts_are_known_to_the_rule_by_their_persons(home: Settings) -> None:
    assert not closing_of(home).needs_record_on(date.max)
    accounts = Accounts(home.accounts)
    accounts.add("zhou", Role.OFFICE, "correct-horse-7", person="周某")
    accounts.add("zhou2", Role.OFFICE, "correct-horse-7", person="周 某（主任）")
    accounts.add("office1", Role.OFFICE, "correct-horse-7")
    accounts.add("office2", Role.OFFICE, "correct-horse-7")
    rule = closing_of(home)
    assert rule.needs_record_on(date.min)
    assert rule.are_one({"recorded_by": "zhou"}, {"recorded_by": "zhou2"})
    assert not rule.are_one({"recorded_by": "office1"}, {"recorded_by": "office2"})
    assert not rule.are_one({"recorded_by": "zhou"}, {"recorded_by": "office1"})
    accounts.set_disabled("zhou", is_disabled=True)
    assert closing_of(home).are_one({"recorded_by": "zhou"}, {"recorded_by": "zhou2"})
