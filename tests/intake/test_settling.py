"""The office settles a doubt: which answer may follow which, and what is written."""

from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from analysis.errors import YanpanError
from analysis.ingest.doubts.confirmations import CONFIRMATIONS
from analysis.intake.typed.settling import (
    TAKEN_BACK,
    Confirmation,
    SettledError,
    has_unpublished_answers,
    settle,
)
from analysis.settings import Settings

TODAY = date.today()


def answered(home: Path, answer: str, seen: int = 0) -> Confirmation:
    return settle(Settings(home=home), "k", ("confirmed", "denied"), answer, "周九", "看过", seen)


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


def test_what_an_older_program_published_rests_on_no_answer(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    settings.warehouse.parent.mkdir(parents=True)
    with duckdb.connect(str(settings.warehouse)) as con:
        con.execute("CREATE TABLE hazard (n INTEGER)")
    assert not has_unpublished_answers(settings)
    answered(tmp_path, "confirmed")
    assert has_unpublished_answers(settings)
