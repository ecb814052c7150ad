"""Rows of others that do not count stand among those rejected, with what they say."""

import json

from analysis.ingest.assembly.eras.others import _without
from analysis.ingest.read_file import Submission
from analysis.ingest.tables.records import Records


def test_a_row_that_does_not_count_is_rejected_with_all_that_it_says() -> None:
    records = Records({"row_no": [2, 3], "site": ["宾馆", "甲校"], "person": [None, "某甲"]})
    facts = {"submission_id": "s1", "sheet": "台账", "rows_rejected": 1}
    made = _without(Submission(facts, records), {3: "不是报送的单位"})
    assert made.records.columns == {"row_no": [2], "site": ["宾馆"], "person": [None]}
    assert made.facts["rows_rejected"] == 2
    (rejected,) = made.records.rejects
    assert (rejected.row_no, rejected.reason) == (3, "不是报送的单位")
    assert json.loads(rejected.raw) == ["甲校", "某甲"]
