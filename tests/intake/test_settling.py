"""The office settles a doubt: which answer may follow which, and what is written."""

from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from analysis.errors import YanpanError
from analysis.ingest.doubts.confirmations import CONFIRMATIONS
from analysis.intake.typed import settling
from analysis.intake.typed.settling import (
    TAKEN_BACK,
    Asked,
    Confirmation,
    SettledError,
    answers_given,
    has_unpublished_answers,
    settle,
)
from analysis.settings import Settings

TODAY = date.today()


def answered(home: Path, answer: str, seen: int = 0) -> Confirmation:
    asked = [Asked("k", ("confirmed", "denied"), seen)]
    (entry,) = settle(Settings(home=home), asked, answer, "周九", "看过")
    return entry


def several(*seen: int) -> list[Asked]:
    """Doubts k0, k1, … of which so many entries were seen."""
    return [Asked(f"k{n}", ("leave", "take"), number) for n, number in enumerate(seen)]


def test_an_answer_is_one_of_those_of_the_doubt(tmp_path: Path) -> None:
    with pytest.raises(YanpanError, match="请选这个疑问的一个答案"):
        answered(tmp_path, "different")
    assert not (tmp_path / "data" / "raw" / CONFIRMATIONS).exists()
    entry = answered(tmp_path, "confirmed")
    assert entry == Confirmation(1, "k", "confirmed", "周九", TODAY, "看过")


def test_an_answer_that_stands_can_be_changed_and_taken_back_once(tmp_path: Path) -> None:
    with pytest.raises(YanpanError, match="没有答案可以撤回"):
        answered(tmp_path, TAKEN_BACK)
    answered(tmp_path, "confirmed")
    with pytest.raises(YanpanError, match="已经是这个答案"):
        answered(tmp_path, "confirmed", seen=1)
    assert answered(tmp_path, "denied", seen=1).number == 2
    assert answered(tmp_path, TAKEN_BACK, seen=2).answer is None
    with pytest.raises(YanpanError, match="没有答案可以撤回"):
        answered(tmp_path, TAKEN_BACK, seen=3)


def test_who_looked_before_another_answered_is_told_of_it(tmp_path: Path) -> None:
    answered(tmp_path, "confirmed")
    with pytest.raises(SettledError, match=r"周九已于 .* 答了“confirmed”"):
        answered(tmp_path, "denied", seen=0)


def test_an_answer_from_a_later_day_on_is_not_overtaken(tmp_path: Path) -> None:
    file = tmp_path / "data" / "raw" / CONFIRMATIONS
    answered(tmp_path, "confirmed")
    later = file.read_text("utf-8").replace(str(TODAY), str(TODAY + timedelta(days=1)))
    file.write_text(later, "utf-8")
    with pytest.raises(YanpanError, match="第 1 条已写明从"):
        answered(tmp_path, "denied", seen=1)


def test_several_are_settled_in_one_write_one_entry_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Settings(home=tmp_path)
    settle(home, several(0), "take", "周九", "先")
    writes: list[bytes] = []
    write = settling.write_whole
    monkeypatch.setattr(
        settling, "write_whole", lambda file, said: (writes.append(said), write(file, said))
    )
    entries = settle(home, several(1, 0, 0), "leave", "周九", "同一个文件")
    assert len(writes) == 1
    assert [(e.number, e.doubt, e.answer, e.why) for e in entries] == [
        (2, "k0", "leave", "同一个文件"), (3, "k1", "leave", "同一个文件"),
        (4, "k2", "leave", "同一个文件"),
    ]  # fmt: skip
    assert [*answers_given(home).entries[1:]] == entries


@pytest.mark.parametrize(
    ("asked", "answer", "said"),
    [
        (several(0, 0), "take", "周九已于"),  # k0 was answered since
        (several(1, 9), "leave", ""),  # nobody answered k1: there is nothing that was not seen
        (several(1, 0), "take", "已经是这个答案"),
        (several(1, 0), TAKEN_BACK, "没有答案可以撤回"),
        ([*several(1), Asked("x", ("other",), 0)], "leave", "请选这些疑问共有的一个答案"),
        ([], "leave", "请选这些疑问共有的一个答案"),
    ],
)
def test_where_one_of_several_cannot_be_none_is_settled(
    tmp_path: Path, asked: list[Asked], answer: str, said: str
) -> None:
    home = Settings(home=tmp_path)
    settle(home, several(0), "take", "周九", "先")
    file = home.raw / CONFIRMATIONS
    before = file.read_bytes()
    if not said:
        assert len(settle(home, asked, answer, "周九", "")) == 2
        return
    with pytest.raises(YanpanError, match=said):
        settle(home, asked, answer, "周九", "")
    assert file.read_bytes() == before


def test_a_file_that_somebody_edits_is_read_again(tmp_path: Path) -> None:
    home = Settings(home=tmp_path)
    assert answers_given(home).entries == ()
    settle(home, several(0), "take", "周九", "")
    assert answers_given(home) is answers_given(home)  # tens of thousands take seconds to read
    file = home.raw / CONFIRMATIONS
    file.write_text(file.read_text("utf-8").replace("take", "leave"), "utf-8")
    assert answers_given(home).entries[0].answer == "leave"


def test_what_an_older_program_published_rests_on_no_answer(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    settings.warehouse.parent.mkdir(parents=True)
    with duckdb.connect(str(settings.warehouse)) as con:
        con.execute("CREATE TABLE hazard (n INTEGER)")
    assert not has_unpublished_answers(settings)
    answered(tmp_path, "confirmed")
    assert has_unpublished_answers(settings)
