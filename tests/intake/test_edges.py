"""Edges of what is typed, taken back, learnt and looked into before it is taken in: 模拟数据."""

import zlib
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pandas as pd
import pytest

from analysis.errors import SourceError, YanpanError
from analysis.intake.alert_book import DONE, GONE, NOTED, RAISED, Entry, standing
from analysis.intake.guard.pdf import _is_destination, _unpacked, runs_something
from analysis.intake.readback import _findings, _new_and_known
from analysis.intake.teaching import _headers, _line, _word
from analysis.intake.typed.settling import LONGEST as LONGEST_REASON
from analysis.intake.typed.settling import _reason, _with_entries
from analysis.intake.typed.values import LONGEST, past_day, plain
from analysis.intake.withdrawal import found_path
from analysis.judgement.alerts import Alert
from analysis.ledgers import LEDGERS
from analysis.settings import Settings

DAY = date(2023, 11, 15)
HAZARD = LEDGERS["hazard"]


# What is typed into a form.


@pytest.mark.parametrize("text", ["", "   ", "字" * (LONGEST + 1)])
def test_a_text_has_a_length(text: str) -> None:
    with pytest.raises(YanpanError, match=f"请填写理由（最多 {LONGEST} 字）"):
        plain("理由", text)


@pytest.mark.parametrize("text", ["=1+1", "+1", "@SUM(A1)", "已核\u200b实", "已\x07核实"])
def test_a_text_is_no_formula_and_has_no_signs_that_nobody_sees(text: str) -> None:
    with pytest.raises(YanpanError, match="也不能有特殊字符"):
        plain("理由", text)


def test_a_text_stands_in_one_line() -> None:
    assert plain("理由", "  已到现场\n核实 ") == "已到现场 核实"
    assert plain("理由", "字" * LONGEST) == "字" * LONGEST


def test_today_is_past_and_tomorrow_is_not() -> None:
    today = date.today()
    assert past_day("日期", today.isoformat()) == today
    with pytest.raises(YanpanError, match="还没有到"):
        past_day("日期", (today + timedelta(1)).isoformat())


def test_a_reason_is_as_long_as_it_may_be_and_says_no_if_there_is_none() -> None:
    assert _reason("字" * LONGEST_REASON) == "字" * LONGEST_REASON
    with pytest.raises(YanpanError, match=f"理由最多 {LONGEST_REASON} 字"):
        _reason("字" * (LONGEST_REASON + 1))
    assert _reason(" \n ") == _reason("")
    assert _reason("")


ENTRY = {"doubt": "a|b", "answer": "same", "on": DAY}


@pytest.mark.parametrize(
    ("before", "between"),
    [
        (None, b""),
        (b'[[confirmation]]\ndoubt = "x"\nanswer = "same"\non = 2023-11-01\n', b"\n"),
        (b'[[confirmation]]\ndoubt = "x"\nanswer = "same"\non = 2023-11-01', b"\n\n"),
        (b'[[confirmation]]\r\ndoubt = "x"\r\nanswer = "same"\r\non = 2023-11-01\r\n', b"\r\n"),
    ],
)
def test_an_entry_is_added_in_the_files_own_line_ends(
    tmp_path: Path, before: bytes | None, between: bytes
) -> None:
    file = tmp_path / "confirmations.toml"
    if before is not None:
        file.write_bytes(before)
    end = b"\r\n" if between == b"\r\n" else b"\n"
    lines = (b"[[confirmation]]", b'doubt = "a|b"', b'answer = "same"', b"on = 2023-11-15", b"")
    assert _with_entries(file, [ENTRY]) == (before or b"") + between + end.join(lines)


# What may be taken back.


def test_only_a_file_below_the_ledgers_can_be_named(home: Settings, tmp_path: Path) -> None:
    sent = home.raw / "2023-11-15" / "甲局.csv"
    sent.parent.mkdir(parents=True)
    sent.write_text("模拟数据", encoding="utf-8")
    outside = tmp_path / "旁边.csv"
    outside.write_text("模拟数据", encoding="utf-8")
    assert found_path(home, Path("2023-11-15/甲局.csv")) == "2023-11-15/甲局.csv"
    assert found_path(home, sent) == "2023-11-15/甲局.csv"
    for named in (outside, Path("../../旁边.csv"), Path("2023-11-15"), Path("2023-11-15/乙局.csv")):
        with pytest.raises(SourceError):
            found_path(home, named)


# What was not read, as lines that teach it.


@pytest.mark.parametrize(
    ("place", "value", "is_comment"),
    [
        ("hazard.description.headers", "", False), ("hazard.字段.headers", "", True),
        ("hazard.status.words", "open", False), ("hazard.status.words", "open|done", True),
    ],
)  # fmt: skip
def test_a_line_that_a_person_must_fill_in_is_a_comment(
    place: str, value: str, is_comment: bool
) -> None:
    line = _line(place, "某词", value, "某甲", DAY)
    assert line.startswith("# ") == is_comment
    what = f'value = "{value}", ' if value else ""
    assert line.removeprefix("# ") == f'{place}."某词" = {{ {what}by = "某甲", on = 2023-11-15 }}'


def test_a_header_and_a_word_are_proposed_as_what_they_are_near_to() -> None:
    assert [*_headers(HAZARD, "隐患描述情形")] == [("description.headers", "隐患描述情形", "")]
    assert [*_headers(HAZARD, "甲乙｜丙丁")] == [
        ("字段.headers", "甲乙", ""), ("字段.headers", "丙丁", "")
    ]  # fmt: skip
    assert next(_word(HAZARD, "status", "已整改完毕啦"))[1:] == ("已整改完毕啦", "done")
    assert "|" in next(_word(HAZARD, "status", "龘"))[2]
    assert [*_word(HAZARD, "status", "字" * 13)] == []
    assert [*_word(HAZARD, "description", "某词")] == []


# What becomes of an alert.


@pytest.mark.parametrize(
    ("state", "is_current", "gone"),
    [(RAISED, True, False), (RAISED, False, True), (NOTED, False, True), (DONE, False, False)],
)
def test_an_alert_whose_reason_has_gone_is_so_unless_it_was_done(
    state: str, is_current: bool, gone: bool
) -> None:
    alert = Alert("overdue_1/H-1", "overdue_1", "预警", "逾期", "甲局", "逾期1天", "发函", "第1条")
    entry = Entry(1, alert, "2023-11-15", state)
    assert (standing(entry, [alert.key] if is_current else []) == GONE) == gone


# What a PDF holds packed.


def test_a_packed_part_is_unpacked_to_its_end_and_no_further() -> None:
    packed = zlib.compress(b"a" * 100)
    assert _unpacked(b"xx" + packed + b"rest", 2, 100) == (b"a" * 100, len(packed))
    with pytest.raises(SourceError):
        _unpacked(b"xx" + packed, 2, 99)


@pytest.mark.parametrize(
    ("value", "is_one"),
    [
        (b"[3 0 R /Fit]", True),
        (b"/Name", True),
        (b"null", True),
        (b"7", False),
        (b"<< /S /GoTo /D [3 0 R] >>", True),
        (b"<< /S /Named /N /NextPage >>", True),
        (b"<< /S /GoTo /Next << /S /URI >> >>", False),
        (b"<< /S /URI /URI (x) >>", False),
        (b"<< /S /GoTo /D [3 0 R]", False),  # which does not end
        (b"<< /A << /S /GoTo >> >> << /S /URI >>", True),
    ],
)
def test_a_document_may_open_at_a_page_of_its_own(value: bytes, is_one: bool) -> None:
    assert _is_destination(value) == is_one


def test_a_document_may_name_the_page_at_which_it_opens_and_nothing_that_is_not_there() -> None:
    assert not runs_something(BytesIO(b"%PDF-1.7\n1 0 obj << /OpenAction 4 0 R >> endobj "
                                      b"4 0 obj [3 0 R /Fit] endobj"))  # fmt: skip
    assert runs_something(BytesIO(b"%PDF-1.7\n1 0 obj << /OpenAction 5 0 R >> endobj "
                                  b"4 0 obj [3 0 R /Fit] endobj"))  # fmt: skip


# What a unit has sent today.


def table(*spans: tuple[date, date | None]) -> pd.DataFrame:
    return pd.DataFrame(
        {"item_id": [str(n) for n in range(len(spans))], "known_from": [a for a, _ in spans],
         "known_to": [b for _, b in spans]}
    )  # fmt: skip


def test_what_changed_today_is_no_news() -> None:
    """Of visits one was known and goes, one comes in its place, one more comes, one stays."""
    old, today = DAY - timedelta(9), DAY
    empty = {name: table() for name in LEDGERS}
    visits = table((old, today), (today, None), (today, None), (old, None), (old, old))
    tables = empty | {"inspection": visits, "hazard": table((old, None), (today, None))}
    # known: of visits the one that goes today and the one that stays, and one hazard
    assert _new_and_known(tables, today) == (1 + 1, 2 + 1)


def test_findings_stand_by_their_weight_then_where_they_are() -> None:
    rows = [
        {"severity": severity, "sheet": sheet, "row_no": row_no, "field": None, "value": None,
         "message": str(number), "submission_id": "s"}
        for number, (severity, sheet, row_no) in enumerate(
            [("warning", "乙", 3), ("error", "乙", 9), ("error", "乙", 4), ("error", None, None)]
        )
    ]  # fmt: skip
    new = [type("Sent", (), {"facts": {"submission_id": "s", "ledger": "hazard"}})()]
    told = _findings(rows, new)  # type: ignore[arg-type]
    assert [each.message for each in told] == ["3", "2", "1", "0"]
    assert [(each.sheet, each.row_no) for each in told[:2]] == [("", None), ("乙", 4)]
