"""The cookbook of ad-hoc questions: each runs, and each gives what its heading promises."""

import re

import pytest

from analysis.settings import Settings
from analysis.warehouse.engine import fetch_some, open_warehouse
from tests.conftest import ROOT

COOKBOOK = (ROOT / "docs" / "即席查询.md").read_text(encoding="utf-8")
QUESTIONS = re.findall(r"^## (\d+)\. (.+?)\n+```sql\n(.+?)```", COOKBOOK, re.MULTILINE | re.DOTALL)
pytestmark = pytest.mark.slow


def test_there_are_twenty_questions() -> None:
    assert [number for number, _, _ in QUESTIONS] == [str(n) for n in range(1, 21)]


@pytest.mark.parametrize(("number", "title", "sql"), QUESTIONS, ids=[q[0] for q in QUESTIONS])
def test_each_question_has_an_answer_with_chinese_columns(
    committed: Settings, number: str, title: str, sql: str
) -> None:
    with open_warehouse(committed.warehouse) as con:
        answer = fetch_some(con, sql)
    assert answer.rows, title
    assert not answer.is_cut
    assert all(re.search(r"[\u4e00-\u9fff]", column) for column in answer.columns)
