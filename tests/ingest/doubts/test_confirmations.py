"""A doubt is settled from its day on, by whoever says so last; a slip in the file is named."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import SourceError
from analysis.ingest.doubts.confirmations import (
    Confirmation,
    Confirmations,
    must_be_answers,
    read_confirmations,
    unmatched,
)

D1, D2, D3 = date(2023, 11, 1), date(2023, 11, 5), date(2023, 11, 9)


def entry(number: int, answer: str | None, on: date, doubt: str = "k") -> Confirmation:
    return Confirmation(number, doubt, answer, "某甲", on, "电话核对")


def write(raw: Path, text: str) -> Path:
    (raw / "confirmations.toml").write_text(text, encoding="utf-8")
    return raw


WHOLE = """
[[confirmation]]
doubt = "k"
answer = "same"
by = "某甲"
on = 2023-11-01
why = "电话核对"
"""


def test_an_answer_stands_from_its_day_until_the_next_entry(tmp_path: Path) -> None:
    second = WHOLE.replace("same", "撤回").replace("11-01", "11-05").replace("某甲", "某乙")
    said = read_confirmations(write(tmp_path, WHOLE + second))
    assert said.entries[1] == Confirmation(2, "k", None, "某乙", D2, "电话核对")
    assert said.days("k") == [(D1, "same"), (D2, None)]
    days = [D1 - timedelta(1), D1, D2 - timedelta(1), D2, D3]
    assert [said.answer("k", day) for day in days] == [None, "same", "same", None, None]
    assert said.answer("other", D3) is None
    assert said.days("other") == []


def test_the_later_day_wins_and_on_one_day_the_later_entry() -> None:
    said = Confirmations([entry(1, "b", D2), entry(2, "a", D1), entry(3, "c", D2)])
    assert said.days("k") == [(D1, "a"), (D2, "c")]
    last = said.last("k")
    assert last is not None
    assert last.number == 3


def test_without_the_file_nothing_is_settled(tmp_path: Path) -> None:
    assert read_confirmations(tmp_path).entries == ()


ENTRIES = st.lists(
    st.tuples(st.sampled_from("kl"), st.sampled_from(["a", "b", None]), st.dates(D1, D3))
)


@pytest.mark.slow
@given(ENTRIES, st.dates(D1, D3))
def test_the_answer_is_that_of_the_last_entry_by_then(
    said: list[tuple[str, str | None, date]], day: date
) -> None:
    entries = [entry(n, answer, on, doubt) for n, (doubt, answer, on) in enumerate(said)]
    by_then = [(each.on, each.number, each.answer) for each in entries]
    by_then = [each for each in by_then if each[0] <= day and entries[each[1]].doubt == "k"]
    expected = max(by_then, key=lambda each: each[:2])[2] if by_then else None
    assert Confirmations(entries).answer("k", day) == expected


@pytest.mark.parametrize(
    ("slip", "named"),
    [
        (('why = "电话核对"', ""), "第 1 条缺少 why"),
        (('by = "某甲"', 'by = ""'), "第 1 条缺少 by"),
        (("2023-11-01", '"2023-11-01"'), "on 应为日期"),
        (("2023-11-01", "2023-11-01T08:00:00"), "on 应为日期"),
        (('"same"', "1"), "answer 应为文字"),
        (("[[confirmation]]", "[confirmation]"), r"\[\[confirmation\]\]"),
        (("[[confirmation]]", "[[confirmations]]"), "confirmations.*不在任何一条里"),
        (('by = "某甲"', 'by = "某甲"\nwho = "某乙"'), "“who”不认识"),
        (('"same"', "same"), "第 4 行"),
    ],
)
def test_a_slip_is_one_line_that_names_the_entry(
    tmp_path: Path, slip: tuple[str, str], named: str
) -> None:
    with pytest.raises(SourceError, match=named) as raised:
        read_confirmations(write(tmp_path, WHOLE.replace(*slip)))
    assert "\n" not in str(raised.value)


def test_an_answer_that_the_doubt_does_not_have_is_refused() -> None:
    said = Confirmations([entry(1, "same", D1), entry(2, None, D2)])
    must_be_answers(said, {"k": ["same", "two"]})
    with pytest.raises(SourceError, match=r"第 1 条.*“same”不是这个疑问的答案，可填：one、撤回"):
        must_be_answers(said, {"k": ["one"]})


def test_an_entry_of_a_doubt_that_is_gone_is_told_and_stops_nothing() -> None:
    said = Confirmations([entry(1, "same", D1), entry(2, "same", D1, "gone")])
    must_be_answers(said, {"k": ["same"]})
    (line,) = unmatched(said, ["k"])
    assert "第 2 条（doubt = gone）" in line
