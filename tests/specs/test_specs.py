"""Every relation, metric and rule of findings has a spec, and answers as the spec draws it."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from analysis.ledgers.codes import RULE
from analysis.warehouse.sql_files import metrics, relations
from tests.conftest import ROOT
from tests.specs.book import ELSEWHERE, RULE_SPECS, SPECS
from tests.specs.rule import RuleSpec, told
from tests.specs.running import answer, column_types, expected
from tests.specs.spec import Spec, shown


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: f"{spec.name}-{spec.title}")
def test_the_answer_is_what_the_spec_draws(spec: Spec) -> None:
    columns = spec.expected_columns
    got = [{name: row[name] for name in columns} for row in answer(spec)]
    wanted = expected(spec)
    if spec.name in relations():  # a relation has no order
        got, wanted = sorted(got, key=as_text), sorted(wanted, key=as_text)
    assert [as_text(row) for row in got] == [as_text(row) for row in wanted]


def as_text(row: dict[str, Any]) -> list[str]:
    return [
        shown(round(float(v), 6) if isinstance(v, float | Decimal) else v) for v in row.values()
    ]


def test_every_relation_and_metric_has_a_spec() -> None:
    assert {spec.name for spec in SPECS} == {*relations(), *metrics()}


def test_every_column_of_a_metric_is_in_one_of_its_specs() -> None:
    drawn = {(spec.name, column) for spec in SPECS for column in spec.expected_columns}
    wanted = {(name, column) for name in metrics() for column in column_types()[name]}
    assert sorted(wanted - drawn) == []


@pytest.mark.slow
@pytest.mark.parametrize("spec", RULE_SPECS, ids=lambda spec: f"{spec.rule}-{spec.title}")
def test_a_rule_tells_what_the_spec_draws(spec: RuleSpec, tmp_path: Path) -> None:
    assert told(spec, tmp_path) == spec.expected


def test_every_rule_has_a_spec_or_a_test_elsewhere() -> None:
    rules = {spec.rule for spec in RULE_SPECS}
    assert rules | set(ELSEWHERE) == set(RULE.labels)
    assert rules & set(ELSEWHERE) == set()


@pytest.mark.parametrize("rule", ELSEWHERE)
def test_a_test_elsewhere_is_there_and_is_about_its_rule(rule: str) -> None:
    file, _, name = ELSEWHERE[rule][1].partition("::")
    text = (ROOT / "tests" / file).read_text(encoding="utf-8")
    body = text.partition(f"def {name}(")[2].partition("\ndef ")[0]
    assert f'"{rule}"' in body or f"'{rule}'" in body


def test_a_spec_of_a_rule_has_something_to_tell() -> None:
    assert [spec.rule for spec in RULE_SPECS if not spec.expected] == []


def test_no_two_specs_have_one_title() -> None:
    titles = [(spec.name, spec.title) for spec in SPECS]
    assert len(titles) == len(set(titles))
