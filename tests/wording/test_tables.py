"""Rows for a person: aligned whatever characters they hold, nothing cut, nothing obeyed."""

import json
import sys

import pytest
from rich.cells import cell_len

from analysis.wording.tables import as_json, as_table


def test_columns_stand_one_below_the_other_in_a_terminal() -> None:
    rows = [{"场所": "[red]甲宾馆[/red] :smile: 😀", "数": 3.0}, {"场所": "é乙", "数": None}]
    head, rule, first, second = as_table(["场所", "数"], rows).splitlines()
    assert first == "[red]甲宾馆[/red] :smile: 😀  3"  # data, never markup
    assert (head[-1], rule[-1], second[-1]) == ("数", "─", "—")
    width = cell_len(rows[0]["场所"]) + 2
    assert {cell_len(line[: line.rindex("  ") + 2]) for line in (head, rule, first, second)} == {
        width
    }


def test_nothing_is_cut_or_wrapped_where_it_is_piped() -> None:
    long = "很长的事由" * 200
    assert long in as_table(["事由"], [{"事由": long}]).splitlines()[2]


def test_nothing_that_a_terminal_obeys_is_printed() -> None:
    line = as_table(["事由"], [{"事由": "a\x1b[31mb\u202ec\nd"}]).splitlines()[2]
    assert line == "abc d"


def test_where_a_terminal_is_too_narrow_each_field_has_its_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", "12")
    assert as_table(["场所", "n"], [{"场所": "甲乙丙丁戊", "n": True}] * 2).splitlines() == [
        "场所  甲乙丙丁戊", "n     是", "", "场所  甲乙丙丁戊", "n     是",
    ]  # fmt: skip


def test_json_is_for_programs() -> None:
    assert json.loads(as_json(["state", "ok"], [{"state": "overdue", "ok": True}])) == [
        {"state": "overdue", "ok": True}
    ]


def test_a_number_that_readers_of_json_round_is_given_as_text() -> None:
    assert json.loads(as_json(["n"], [{"n": 2**53 + 1}, {"n": 2**53}])) == [
        {"n": "9007199254740993"}, {"n": 2**53},
    ]  # fmt: skip
