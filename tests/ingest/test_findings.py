"""A finding is whole when it is made, and says where: sheet, row, cell."""

from dataclasses import FrozenInstanceError, fields, replace
from datetime import date

import pytest

from analysis.ingest.findings import Finding, Place, Places, Reject
from analysis.ingest.packing import pack, unpack
from analysis.ingest.read_file import Submission
from analysis.ingest.tables.records import Records
from analysis.ledgers import LEDGERS

PLACE = Place("s1", "台账", {"due_on": "F"})
ROW = {"submission_id": "s1", "sheet": "台账", "row_no": 4}


def test_findings_and_rejects_have_the_columns_of_their_tables() -> None:
    assert [field.name for field in fields(Finding)] == LEDGERS["quality"].columns
    assert [field.name for field in fields(Reject)] == LEDGERS["reject"].columns


def test_a_finding_on_a_field_names_its_cell_from_the_start() -> None:
    finding = PLACE.finding("unreadable", "error", "…", row_no=4, field="due_on", value="尽快")
    assert finding == Finding(
        "s1", "台账", 4, "due_on", "尽快", "unreadable", "error", "…", None, "F4"
    )


def test_there_is_no_cell_without_a_row_or_a_column() -> None:
    assert PLACE.finding("missing", "warning", "…", field="due_on").cell is None
    assert PLACE.finding("missing", "warning", "…", row_no=4, field="person").cell is None


def test_a_finding_on_a_row_of_a_table_names_sheet_cell_and_item() -> None:
    row = ROW | {"item_id": "H-1"}
    finding = Places([PLACE]).finding(row, "due_on", "R06", "info", "…", date(2023, 10, 1))
    assert (finding.cell, finding.item_id, finding.value) == ("F4", "H-1", "2023-10-01")


def test_a_row_of_a_sheet_that_was_not_read_here_has_no_cell() -> None:
    finding = Places().finding(ROW, "due_on", "R06", "info", "…", float("nan"))
    assert (finding.submission_id, finding.cell, finding.item_id) == ("s1", None, None)
    assert finding.value is None


def test_a_finding_cannot_be_filled_in_later() -> None:
    with pytest.raises(FrozenInstanceError):
        PLACE.finding("missing", "warning", "…").item_id = "H-1"  # type: ignore[misc]


def test_what_was_packed_comes_out_equal() -> None:
    finding = PLACE.finding("unreadable", "error", "…", row_no=4, field="due_on", value="尽快")
    reject = Reject("s1", "台账", 5, "都没有填写", '["2", null]')
    records = Records(
        {"row_no": [4], "due_on": [date(2023, 10, 1)]},
        [reject],
        [finding, replace(finding, item_id="H-1", cell=None)],
        rows_ignored=2,
        letters={"due_on": "F"},
    )
    facts = {
        "submission_id": "s1",
        "ledger": "hazard",
        "sheet": "台账",
        "received_on": date(2023, 10, 15),
    }
    submission = Submission(facts, records)
    assert unpack(pack([submission])) == [submission]
