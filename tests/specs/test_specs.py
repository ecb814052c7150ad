"""Every relation, metric and rule of findings has a spec, and answers as the spec draws it."""

from decimal import Decimal
from typing import Any

import pytest

from analysis.warehouse.sql_files import metrics, relations
from tests.specs.book import SPECS
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


def test_no_two_specs_have_one_title() -> None:
    titles = [(spec.name, spec.title) for spec in SPECS]
    assert len(titles) == len(set(titles))
