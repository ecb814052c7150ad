"""A file with more rows of others than anybody reads one by one: one question for the rest."""

from typing import Any

import pytest

from analysis.ingest.assembly.eras import together
from analysis.ingest.pipeline import ingest
from analysis.settings import Settings
from tests.ingest.test_rows_of_others import AGAIN, HEAD, OWN, SENT, ask, send, sites

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def two_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(together, "MOST_ALONE", 2)


def theirs(number: int, unit: str = "县教育局") -> str:
    return f"{number},模拟{number}校,灭火器过期,{unit},某乙,2023-12-01,2023-10-01,整改中"


FLOOD = [OWN, *(theirs(n) for n in (2, 3, 4, 5, 6))]
ALL_OF_IT = {"消防队部", *(f"模拟{n}校" for n in (2, 3, 4, 5, 6))}


def doubts(home: Settings) -> list[tuple[Any, ...]]:
    """Each question: its key, and the line of its row, in the order of the lines."""
    return ask(home, "SELECT doubt_key, row_no FROM doubt ORDER BY row_no, known_from")


def answer(home: Settings, *entries: tuple[str, str, str]) -> None:
    """Write entries of key, answer and day, and publish them."""
    text = "\n".join(
        f'[[confirmation]]\ndoubt = "{key}"\nanswer = "{code}"\nby = "周九"\non = 2023-{on}\n'
        'why = "核对过"\n'
        for key, code, on in entries
    )
    (home.raw / "confirmations.toml").write_text(text, encoding="utf-8")
    ingest(home)


def test_the_rest_of_a_file_is_one_question_and_every_row_stands_among_those_rejected(
    home: Settings,
) -> None:
    send(home, SENT, *FLOOD)
    ingest(home)
    assert [row_no for _, row_no in doubts(home)] == [3, 4, 5]
    question, text = ask(home, "SELECT question, text FROM doubt WHERE row_no = 5")[0]
    assert "除前 2 行逐行列出以外，还有 3 行（从第 5 行起）也是“其他单位的事项”" in question
    assert text == "3 行，第一行：县教育局"
    assert ask(home, "SELECT row_no FROM reject ORDER BY row_no") == [(n,) for n in range(3, 8)]
    assert ask(home, "SELECT count(*) FROM quality WHERE severity = 'doubt'") == [(3,)]
    assert ask(home, "SELECT rows_loaded, rows_rejected FROM submission") == [(1, 5)]


def test_the_one_question_says_how_many_are_major_or_said_to_be_done(home: Settings) -> None:
    header = f"{HEAD.strip()},隐患等级\n"
    grave = [row.replace("整改中", "已完成") + ",重大" for row in FLOOD[-2:]]
    path = home.raw / SENT
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(header + "\n".join([*FLOOD[:-2], *grave]) + "\n", encoding="utf-8")
    ingest(home)
    ((question,),) = ask(home, "SELECT question FROM doubt WHERE row_no = 5")
    assert "也是“其他单位的事项”，其中重大 2 行、报已完成 2 行，是否一并收入" in question


def test_as_many_rows_as_are_asked_alone_are_asked_alone(home: Settings) -> None:
    send(home, SENT, *FLOOD[:3])
    ingest(home)
    assert ask(home, "SELECT count(*) FROM doubt WHERE question LIKE '%逐行%'") == [(0,)]
    assert [row_no for _, row_no in doubts(home)] == [3, 4]


def test_one_answer_takes_the_rest_in_from_its_day_on_and_only_the_rest(home: Settings) -> None:
    send(home, SENT, *FLOOD)
    ingest(home)
    (_, (_, _), (rest, _)) = doubts(home)
    answer(home, (rest, "take", "10-25"), (rest, "leave", "11-05"))
    found = [sites(home, on) for on in ("10-24", "10-25", "11-05")]
    taken = {"消防队部", "模拟4校", "模拟5校", "模拟6校"}
    assert found == [{"消防队部"}, taken, {"消防队部"}]


def test_answers_to_the_first_rows_move_none_of_the_rest(home: Settings) -> None:
    send(home, SENT, *FLOOD)
    ingest(home)
    (one, _), (two, _), (rest, _) = doubts(home)
    answer(home, (one, "take", "10-20"), (two, "take", "10-20"), (rest, "take", "10-25"))
    assert [key for key, _ in doubts(home)] == [one, two, rest]
    assert sites(home, "10-25") == ALL_OF_IT


def test_the_same_file_once_more_is_the_same_question_and_another_file_is_not(
    home: Settings,
) -> None:
    send(home, SENT, *FLOOD)
    ingest(home)
    rest = doubts(home)[-1][0]
    answer(home, (rest, "take", "10-25"))
    send(home, AGAIN, *FLOOD)
    ingest(home)
    assert [key for key, _ in doubts(home)].count(rest) == 1
    assert len(doubts(home)) == 3
    # What comes hidden in an answered file's clothes is asked about anew.
    send(home, AGAIN, *FLOOD, theirs(7))
    ingest(home)
    assert len(doubts(home)) == 4
    assert sites(home, "11-20") == ALL_OF_IT - {"模拟2校", "模拟3校", "模拟7校"}


def test_what_was_said_of_one_row_alone_stands_before_what_is_said_of_the_rest(
    home: Settings,
) -> None:
    send(home, SENT, theirs(6))
    ingest(home)
    ((six, _),) = doubts(home)
    send(home, AGAIN, *FLOOD)
    ingest(home)
    rest = next(key for key, row_no in doubts(home) if row_no == 5)
    answer(home, (rest, "take", "11-05"), (six, "leave", "11-02"))
    assert sites(home, "11-05") == {"消防队部", "模拟4校", "模拟5校"}
    answer(home, (rest, "take", "11-05"), (six, "leave", "11-02"), (six, "撤回", "11-08"))
    assert "模拟6校" not in sites(home, "11-07")
    assert "模拟6校" in sites(home, "11-08")


def test_a_unit_that_turns_out_to_be_the_sender_moves_no_row_out_of_what_was_answered(
    home: Settings,
) -> None:
    """Which rows are the rest is by how they are written, not by what is known of units."""
    rows = [theirs(2, "县应急救援站"), *(theirs(n) for n in (3, 4, 5))]
    send(home, SENT, OWN, *rows)
    ingest(home)
    rest = doubts(home)[-1][0]
    answer(home, (rest, "take", "10-25"))
    before, asked = sites(home, "10-26"), len(doubts(home))
    roster = home.raw / "2023-11-01" / "成员单位名录.csv"
    roster.parent.mkdir(parents=True, exist_ok=True)
    roster.write_text(
        "单位名称,单位性质,别名\n县消防救援大队,成员单位,县应急救援站\n", encoding="utf-8"
    )
    ingest(home)
    assert len(doubts(home)) == asked - 1
    assert rest in [key for key, _ in doubts(home)]
    assert {"模拟4校", "模拟5校"} <= before <= sites(home, "10-26")


def test_the_one_question_says_how_many_its_sender_had_for_its_own(home: Settings) -> None:
    own = [row.replace("县教育局", "县消防救援大队") for row in FLOOD[-2:]]
    send(home, "2023-10-05/县消防救援大队.csv", *own)
    send(home, SENT, *FLOOD)
    ingest(home)
    ((question,),) = ask(home, "SELECT question FROM doubt WHERE row_no = 5")
    assert "其中报送单位先前报为自己的 2 行（收入即由它移交），是否一并收入" in question
