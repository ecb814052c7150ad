"""Where an item stands follows from its dates, its acceptance and what its unit says."""

from typing import Any

import pytest

from analysis.ledgers.codes import FINISHED, STATUS, UNFINISHED
from analysis.warehouse.sql_files import relations
from tests.tables import day, relation_over


def hazard(**said: Any) -> dict[str, Any]:
    """A hazard found on 1 October and due on 15 October, known since 5 October."""
    row = {"item_id": "H-1", "found_on": "10-01", "due_on": "10-15", "known_from": "10-05"} | said
    return {n: day(v) if v and n.endswith(("_on", "_from", "_to")) else v for n, v in row.items()}


def state(row: dict[str, Any], as_of: str) -> str:
    (item,) = relation_over("items", {"hazard": [row]}, as_of)
    return item["state"]


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [("10-07", "open"), ("10-08", "due_soon"), ("10-15", "due_soon"), ("10-16", "overdue")],
)
def test_an_open_item_is_due_soon_for_seven_days_and_late_only_after_its_deadline(
    as_of: str, expected: str
) -> None:
    assert state(hazard(), as_of) == expected


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ({"site": "某宾馆", "location": "二层"}, "某宾馆：灭火器过期"),
        ({"location": "二层"}, "二层：灭火器过期"),
        ({}, "灭火器过期"),
    ],
)
def test_a_hazard_is_titled_by_its_site_else_by_its_place(said: dict[str, str], title: str) -> None:
    row = hazard(description="灭火器过期") | said
    (item,) = relation_over("items", {"hazard": [row]}, "10-07")
    assert (item["title"], item["site"]) == (title, said.get("site"))


@pytest.mark.parametrize(("as_of", "late"), [("10-15", None), ("10-16", 1), ("11-15", 31)])
def test_days_late_count_from_the_day_after_the_deadline(as_of: str, late: int | None) -> None:
    (item,) = relation_over("items", {"hazard": [hazard()]}, as_of)
    assert item["days_late"] == late


def test_an_approved_extension_is_the_deadline_and_the_first_one_stays_on_record() -> None:
    row = hazard(extended_due_on="10-31")
    (item,) = relation_over("items", {"hazard": [row]}, "10-20")
    assert (item["state"], item["due_on"]) == ("open", day("10-31"))
    assert item["first_due_on"] == day("10-15")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"due_is_provisional": True}, True),
        ({"due_is_provisional": False}, False),
        ({}, False),
        # an extension that is granted is no reading of ours
        ({"due_is_provisional": True, "extended_due_on": day("10-31")}, False),
        ({"due_is_provisional": True, "due_on": None}, False),
    ],
)
def test_a_deadline_read_for_another_number_is_provisional_until_it_is_said(
    said: dict[str, Any], expected: bool
) -> None:
    row = {"item_id": "M-5-3", "due_on": day("10-15"), "known_from": day("10-01")} | said
    (item,) = relation_over("items", {"measure": [row]}, "10-20")
    assert item["due_is_provisional"] is expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"done_on": "10-10"}, "accepting"),
        ({"done_on": "10-10", "accepted_on": "10-12"}, "accepting"),  # nobody signed
        ({"done_on": "10-10", "accepted_on": "10-12", "accepted_by": "钱某"}, "closed"),
        (
            {"closed_on": "10-12", "status": "pending_accept"},
            "accepting",
        ),  # 销号 without acceptance
        ({"done_on": "10-10", "status": "in_progress"}, "overdue"),  # 基本完成 is not done
        ({"done_on": "11-01"}, "overdue"),  # done, but only later
        ({"status": "suspended"}, "suspended"),  # and late as well, while nobody has looked
        ({"status": "suspended", "suspension": "confirmed"}, "suspended"),
        ({"status": "suspended", "suspension": "denied"}, "overdue"),
        ({"status": "void"}, "void"),
        ({"due_on": None}, "undated"),
        ({"due_on": None, "rect_type": "长期坚持"}, "standing"),
        ({"rect_type": "长期坚持"}, "overdue"),  # 长期坚持 with a deadline counts like any other
    ],
)
def test_state_on_20_october(said: dict[str, Any], expected: str) -> None:
    assert state(hazard(**said), "10-20") == expected


@pytest.mark.parametrize(
    ("closure", "expected", "shown", "signed_by"),
    [
        (None, "closed", None, "钱某"),  # of an edition that did not ask
        ("ledger", "closed", "ledger", "钱某"),
        ("record", "closed", "record", "钱某"),
        ("claimed", "accepting", "claimed", None),
        ("self", "accepting", "self", None),
    ],
)
def test_a_claim_that_does_not_count_closes_nothing(
    closure: str | None, expected: str, shown: str | None, signed_by: str | None
) -> None:
    row = hazard(
        done_on="10-10", accepted_on="10-12", accepted_by="钱某", closure=closure,
        status="pending_accept" if expected == "accepting" else "closed",
    )  # fmt: skip
    (item,) = relation_over("items", {"hazard": [row]}, "10-20")
    assert (item["state"], item["closure"], item["accepted_by"]) == (expected, shown, signed_by)
    assert item["is_done"]


def test_an_item_closed_later_is_still_open_in_the_past() -> None:
    row = hazard(done_on="10-10", accepted_on="10-12", accepted_by="钱某")
    assert [state(row, d) for d in ("10-09", "10-10", "10-12")] == [
        "due_soon",
        "accepting",
        "closed",
    ]


def test_done_without_a_date_counts_from_the_day_on_which_it_was_first_said() -> None:
    versions = [
        hazard(status="in_progress", known_to="10-31"),
        hazard(status="done", known_from="10-31", known_to="11-15"),
        hazard(status="done", known_from="11-15", location="二层"),
    ]
    at = {
        d: relation_over("items", {"hazard": versions}, d)[0] for d in ("10-30", "10-31", "11-20")
    }
    assert [item["state"] for item in at.values()] == ["overdue", "accepting", "accepting"]
    assert at["11-20"]["done_on"] == day("10-31")


def test_an_acceptance_does_not_move_the_day_of_a_completion_without_a_day() -> None:
    signed = {"accepted_on": "10-25", "accepted_by": "钱某", "closed_on": "10-25"}
    versions = [
        hazard(status="done", known_from="10-14", known_to="10-26"),
        hazard(status="closed", known_from="10-26", **signed),
    ]
    (item,) = relation_over("items", {"hazard": versions}, "11-20")
    assert (item["done_on"], item["done_as_reported"]) == (day("10-14"), True)
    assert (item["punctuality"], item["days_late"]) == ("in_time", None)


@pytest.mark.parametrize(
    ("as_of", "open_until", "expected"),
    [
        # done by the 15th, the deadline, whenever the report came
        ("10-14", None, "in_time"),
        ("10-15", "10-10", "in_time"),
        ("10-16", None, "undated"),
        ("10-16", "10-14", "undated"),
        # not done on the day of the deadline, so done after it
        ("10-16", "10-15", "late"),
        ("10-31", "10-20", "late"),
    ],
)
def test_reports_decide_whether_a_completion_without_a_day_was_in_time(
    as_of: str, open_until: str | None, expected: str
) -> None:
    row = hazard(status="done", known_from="10-31", first_known_on="10-05")
    said = {"said_done_as_of": day(as_of), "said_open_until": open_until and day(open_until)}
    (item,) = relation_over("items", {"hazard": [row | said]}, "11-20")
    assert (item["punctuality"], item["done_on"]) == (expected, day("10-31"))
    assert item["days_late"] == (16 if expected == "late" else None)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"done_on": "10-15"}, ("in_time", False)),
        ({"done_on": "10-16"}, ("late", False)),
        ({"done_on": "10-16", "due_on": None}, (None, False)),
        ({"status": "in_progress"}, (None, False)),
        ({"accepted_on": "10-12", "accepted_by": "钱某"}, ("in_time", True)),
        # accepted after the deadline: when it was done before that nobody knows
        ({"accepted_on": "10-20", "accepted_by": "钱某"}, ("undated", True)),
    ],
)
def test_a_stated_day_decides_and_an_acceptance_is_a_report(
    said: dict[str, Any], expected: tuple[str | None, bool]
) -> None:
    (item,) = relation_over("items", {"hazard": [hazard(**said)]}, "11-20")
    assert (item["punctuality"], item["done_as_reported"]) == expected


def test_mended_on_the_spot_is_the_day_found_only_where_the_first_report_says_so() -> None:
    at_once = [
        hazard(status="done_onspot", known_to="10-31"),
        hazard(status="closed", known_from="10-31", accepted_on="10-28", accepted_by="钱某"),
    ]
    (item,) = relation_over("items", {"hazard": at_once}, "11-20")
    assert (item["done_on"], item["done_as_reported"]) == (day("10-01"), False)
    later = [hazard(known_to="10-31"), hazard(status="done_onspot", known_from="10-31")]
    (item,) = relation_over("items", {"hazard": later}, "11-20")
    assert (item["done_on"], item["done_as_reported"]) == (day("10-31"), True)
    assert item["punctuality"] == "undated"


def test_a_site_that_is_shut_stands_apart_from_the_day_reported_once_the_office_has_looked() -> (
    None
):
    """Due on 15 October, reported shut on the 20th, looked at on 1 November."""
    versions = [
        hazard(status="in_progress", known_to="10-20"),
        hazard(status="suspended", known_from="10-20", known_to="11-01", suspension="claimed"),
        hazard(status="suspended", known_from="11-01", suspension="confirmed"),
    ]

    def seen(as_of: str, known_on: str | None = None) -> tuple[Any, ...]:
        (item,) = relation_over("items", {"hazard": versions}, as_of, known_on)
        return item["state"], item["suspension"], item["suspended_on"]

    assert seen("10-18") == ("overdue", None, None)
    assert seen("10-25") == ("suspended", "confirmed", day("10-20"))
    assert seen("10-25", "10-25") == ("suspended", "claimed", day("10-20"))
    assert seen("10-25", "10-19") == ("overdue", None, None)


def test_a_site_that_opens_again_has_its_old_deadline() -> None:
    versions = [
        hazard(status="suspended", known_to="11-01", suspension="confirmed"),
        hazard(status="in_progress", known_from="11-01"),
    ]
    (item,) = relation_over("items", {"hazard": versions}, "11-10")
    assert (item["state"], item["suspended_on"], item["days_late"]) == ("overdue", None, 26)


def test_what_has_no_subject_any_more_is_closed_as_such_and_neither_in_time_nor_late() -> None:
    """Reported shut on 10 October, before its deadline; found to be gone on the 20th."""
    gone = {"accepted_on": "10-20", "accepted_by": "钱某", "closed_on": "10-20", "closure": "gone"}
    versions = [
        hazard(status="suspended", known_from="10-10", known_to="10-20", suspension="claimed"),
        hazard(status="suspended", known_from="10-20", suspension="gone", **gone),
    ]
    at = {d: relation_over("items", {"hazard": versions}, d)[0] for d in ("10-15", "10-25")}
    assert [item["state"] for item in at.values()] == ["suspended", "closed"]
    last = at["10-25"]
    assert (last["closure"], last["punctuality"], last["days_late"]) == ("gone", "undated", None)
    assert (last["suspension"], last["suspended_on"]) == ("confirmed", day("10-10"))


def test_a_report_corrected_on_the_day_of_its_receipt_leaves_no_trace_in_the_figures() -> None:
    versions = [
        hazard(status="in_progress", known_from="10-31", known_to="10-31"),
        hazard(status="done", known_from="10-31"),
    ]
    assert relation_over("items", {"hazard": versions}, "11-01")[0]["state"] == "accepting"


def test_the_relation_and_the_code_list_agree_on_what_is_finished() -> None:
    sql = relations()["received"].sql
    for name, statuses in (("says_done", FINISHED), ("says_open", UNFINISHED)):
        listed = ", ".join(f"'{status}'" for status in statuses)
        assert f"coalesce(status IN ({listed}), FALSE) AS {name}" in sql
    assert set(FINISHED) | set(UNFINISHED) <= set(STATUS.labels)


def test_a_completion_taken_back_makes_the_item_open_again() -> None:
    versions = [
        hazard(status="done", known_to="10-31"),
        hazard(status="rejected", known_from="10-31"),
    ]
    assert relation_over("items", {"hazard": versions}, "11-15")[0]["state"] == "overdue"


def test_what_was_handed_on_is_not_done_whatever_day_stands_beside_it() -> None:
    versions = [
        hazard(status="done", done_on="10-12", known_to="10-31"),
        hazard(status="transferred", done_on="10-12", known_from="10-31"),
    ]
    assert relation_over("items", {"hazard": versions}, "11-15")[0]["state"] == "overdue"


def test_what_was_known_then_comes_out_again_after_later_submissions() -> None:
    versions = [
        hazard(known_to="10-31"),
        hazard(known_from="10-31", done_on="10-12"),  # a back-dated completion
    ]
    then = relation_over("items", {"hazard": versions}, "10-20", known_on="10-30")
    now = relation_over("items", {"hazard": versions}, "10-20")
    assert (then[0]["state"], now[0]["state"]) == ("overdue", "accepting")


def test_a_hazard_without_a_readable_day_of_discovery_is_counted_from_its_receipt() -> None:
    items = relation_over("items", {"hazard": [hazard(found_on=None)]}, "10-20")
    assert [item["opened_on"] for item in items] == [day("10-05")]


def test_a_hazard_dated_after_its_receipt_is_counted_from_its_receipt() -> None:
    items = relation_over("items", {"hazard": [hazard(found_on="2033-10-01")]}, "10-20")
    assert [item["opened_on"] for item in items] == [day("10-05")]


@pytest.mark.parametrize(
    ("said", "listed"),
    [(True, [False, True]), (None, [False, True]), (False, [False, False])],
)  # a day without a word is a listing; a word against it is not overruled
def test_supervision_counts_from_the_day_of_listing(said: bool | None, listed: list[bool]) -> None:
    row = hazard(supervised=said, supervised_on="10-10")
    found = [
        relation_over("items", {"hazard": [row]}, d)[0]["supervised"] for d in ("10-09", "10-10")
    ]
    assert found == listed


def test_measures_and_decisions_stand_in_the_same_list() -> None:
    ledgers = {
        "measure": [
            {"item_id": "M-5-3", "sub_no": "5-3", "sub_measure": "调研", "known_from": day("09-30")}
        ],
        "decision": [
            {"item_id": "D-1", "task": "演练", "held_on": day("10-01"), "known_from": day("10-05")}
        ],
    }  # fmt: skip
    items = relation_over("items", ledgers, "10-20")
    assert {(i["kind"], i["title"], i["opened_on"]) for i in items} == {
        ("measure", "5-3 调研", day("09-30")),
        ("decision", "演练", day("10-01")),
    }


def test_working_nodes_are_exactly_fifteen_days_apart_until_the_last_deadline_is_past() -> None:
    plan = {
        "first_node_on": day("10-15"),
        "node_days": 15,
        "due_on": day("12-20"),
        "known_from": day("09-30"),
    }
    nodes = relation_over("nodes", {"measure": [plan]}, "11-15")
    days = [node["node_on"].strftime("%m-%d") for node in sorted(nodes, key=lambda n: n["node_no"])]
    assert days == ["10-15", "10-30", "11-14", "11-29", "12-14", "12-29"]


def test_whether_a_name_is_one_is_told_by_ingest_and_by_the_cell_where_it_has_not() -> None:
    sent = {"known_from": day("10-05"), "unit": "甲局", "person": "分管领导"}
    hazards = [
        sent | {"item_id": "1", "has_named_person": False, "has_named_unit": True},
        sent | {"item_id": "2"},
    ]
    items = relation_over("items", {"hazard": hazards}, "10-20")
    told = {item["item_id"]: (item["has_named_person"], item["has_named_unit"]) for item in items}
    assert told == {"1": (False, True), "2": (True, True)}


def test_a_list_and_a_meeting_are_no_categories_of_hazards() -> None:
    known = {"known_from": day("10-05")}
    ledgers = {
        "measure": [known | {"item_id": "M", "list_kind": "反馈问题"}],
        "decision": [known | {"item_id": "D", "meeting": "10月例会", "held_on": day("10-01")}],
        "hazard": [known | {"item_id": "H", "category": "燃气"}],
    }
    items = relation_over("items", ledgers, "10-20")
    assert {item["item_id"]: item["category"] for item in items} == {
        "M": None, "D": None, "H": "燃气",
    }  # fmt: skip


def test_who_has_begun_has_reported_so_or_is_done() -> None:
    sent = {"known_from": day("10-05"), "found_on": day("10-01")}
    hazards = [
        sent | {"item_id": "1", "status": "not_started"},
        sent | {"item_id": "2", "status": "in_progress"},
        sent | {"item_id": "3"},
        sent | {"item_id": "4", "done_on": day("10-03")},
    ]
    items = relation_over("items", {"hazard": hazards}, "10-20")
    assert {item["item_id"]: item["has_begun"] for item in items} == {
        "1": False, "2": True, "3": False, "4": True,
    }  # fmt: skip


def test_each_plan_has_working_nodes_of_its_own() -> None:
    begun = {"first_node_on": day("10-15"), "node_days": 15, "known_from": day("09-30")}
    measures = [
        begun | {"item_id": "M-1", "plan": "乙方案"},
        begun | {"item_id": "M-2", "plan": "甲方案", "node_days": 30},
        begun | {"item_id": "M-3", "plan": "丙方案", "first_node_on": day("10-05")},
        {"item_id": "M-4", "plan": "丁方案", "due_on": day("11-10"), "known_from": day("09-30")},
    ]
    nodes = relation_over("nodes", {"measure": measures}, "10-31")
    told = sorted((n["calendar_no"], n["plan"], n["node_on"].strftime("%m-%d")) for n in nodes)
    assert told == [
        (1, "丙方案", "10-05"), (1, "丙方案", "10-20"), (1, "丙方案", "11-04"),
        (1, "丙方案", "11-19"),
        (2, "乙方案", "10-15"), (2, "乙方案", "10-30"), (2, "乙方案", "11-14"),
        (3, "甲方案", "10-15"), (3, "甲方案", "11-14"),
    ]  # fmt: skip


def test_nodes_run_to_the_last_deadline_of_all_items_of_the_region() -> None:
    plan = {
        "item_id": "M-1", "first_node_on": day("10-15"), "node_days": 15, "due_on": day("10-20"),
        "known_from": day("09-30"), "region": "甲县",
    }  # fmt: skip
    hazard = {"known_from": day("10-05"), "region": "甲县"}
    ledgers = {
        "measure": [plan],
        "hazard": [
            hazard | {"item_id": "H-1", "due_on": day("11-20"), "extended_due_on": day("11-30")},
            hazard | {"item_id": "H-2", "due_on": day("12-31"), "status": "void"},
            hazard | {"item_id": "H-3", "due_on": day("12-31"), "region": "乙县"},
        ],
        "decision": [
            {"item_id": "D-1", "due_on": day("12-10"), "known_from": day("10-05"), "region": "甲县"}
        ],
    }

    def last(known_on: str | None = None) -> str:
        nodes = relation_over("nodes", ledgers, "10-10", known_on)
        return str(max(node["node_on"] for node in nodes))

    assert last() == "2023-12-14"  # the meeting's decision of 10 December
    assert last("10-01") == "2023-10-30"  # only the plan had come


def requirements(*measures: dict[str, object]) -> list[tuple[object, ...]]:
    sent = {"known_from": day("09-25"), "unit": "甲局", "region": "甲县"}
    rows = relation_over("requirements", {"measure": [sent | each for each in measures]}, "11-15")
    columns = ("sub_no", "duty_kind", "frequency", "start_on")
    return sorted(tuple(row[name] for name in columns) for row in rows)


def test_a_requirement_starts_when_it_was_first_stated_whatever_is_sent_later() -> None:
    monthly = {"item_id": "M-1", "sub_no": "5-1", "sub_measure": "学习", "frequency": "每月",
               "quantity": 1}  # fmt: skip
    first = monthly | {"known_to": day("12-05"), "start_on": day("09-30")}
    for start in ("2023-01-01", "2023-12-05"):
        later = monthly | {"known_from": day("12-05"), "start_on": day(start)}
        assert requirements(first, later) == [("5-1", "专题学习", "每月", day("09-30"))]
    # Without a day of its own work begins with the first node's window, else when it was known.
    node = {"first_node_on": day("10-15"), "node_days": 15}
    assert requirements(monthly | node)[0][3] == day("09-30")
    assert requirements(monthly)[0][3] == day("09-25")


def test_a_measures_own_clause_is_a_requirement_where_no_detail_takes_it_up() -> None:
    measure = {"measure_no": "43", "measure": "每月至少召开1次例会", "measure_frequency": "每月",
               "measure_quantity": 1}  # fmt: skip
    details = [
        measure | {"item_id": "M-1", "sub_no": "43-1", "sub_measure": "研判安全形势"},
        measure | {"item_id": "M-2", "sub_no": "43-2", "sub_measure": "制定运行机制"},
    ]
    assert requirements(*details) == [("43", "例会", "每月", day("09-25"))]
    own = {"item_id": "M-3", "sub_no": "43-3", "sub_measure": "每季度召开例会1次",
           "frequency": "每季度", "quantity": 1}  # fmt: skip
    assert requirements(*details, measure | own) == [("43-3", "例会", "每季度", day("09-25"))]


def test_an_item_is_in_doubt_until_a_person_has_said_whether_it_is_an_older_one() -> None:
    asked = {"rule": "same_or_not", "known_from": day("10-10")}
    doubts = [
        asked | {"doubt_key": "a", "item_id": "H-1", "other_item_id": "H-2"},
        asked | {"doubt_key": "b", "item_id": "H-0", "other_item_id": "H-2"},
        asked | {"doubt_key": "c", "item_id": "H-1", "other_item_id": "H-3"},
        asked | {"doubt_key": "d", "other_item_id": "H-4", "rule": "due_year"},
        asked | {"doubt_key": "e"},  # of rows that are no items
    ]
    said = [
        {"doubt_key": key, "entry_no": n, "answer": answer, "answered_on": day(on)}
        for n, (key, answer, on) in enumerate(
            [("a", "different", "10-20"), ("b", "different", "10-25"), ("b", None, "11-05")]
        )
    ]

    def in_doubt(as_of: str, known_on: str | None = None) -> list[str]:
        ledgers = {"doubt": doubts, "confirmation": said}
        return sorted(row["item_id"] for row in relation_over("in_doubt", ledgers, as_of, known_on))

    assert in_doubt("10-09") == []
    assert in_doubt("11-30", "10-10") == ["H-2", "H-3"]
    assert in_doubt("11-30", "10-20") == ["H-2", "H-3"]  # of two questions one is open
    assert in_doubt("11-30", "10-25") == ["H-3"]
    assert in_doubt("11-30") == ["H-2", "H-3"]  # the answer was taken back


def test_who_has_to_report_is_the_registers_flag_and_without_one_the_members() -> None:
    listed = [
        ("甲局", "成员单位", None), ("乙局", "成员单位", False), ("丙镇", "乡镇", True),
        ("丁镇", "乡镇", None), ("戊局", None, None),
    ]  # fmt: skip
    rows = [
        {"unit": unit, "unit_kind": kind, "has_to_report": flag, "known_from": day("10-01")}
        for unit, kind, flag in listed
    ]
    units = relation_over("units", {"unit": rows}, "11-15")
    assert {row["unit"]: row["has_to_report"] for row in units} == {
        "甲局": True, "乙局": False, "丙镇": True, "丁镇": False, "戊局": None,
    }  # fmt: skip


def test_what_is_only_told_as_shut_is_shown_so_and_goes_on_being_late() -> None:
    shut = hazard(status="suspended", due_on="10-19", known_from="10-10")
    (item,) = relation_over("items", {"hazard": [shut]}, "10-25")
    assert (item["state"], item["is_suspended"], item["is_overdue"], item["days_late"]) == (
        "suspended", False, True, 6,
    )  # fmt: skip


def test_where_several_plans_stand_a_measure_is_called_by_its_plan_too() -> None:
    known = {"known_from": day("09-30")}
    numbers = ("甲发〔2023〕6号", "乙发〔2023〕12号")
    plans = [known | {"plan_id": number, "number": number} for number in numbers]
    measures = [
        known | {"item_id": number, "plan": number, "sub_no": "1-1", "sub_measure": "学习"}
        for number in (*numbers, "三清单")
    ]
    hazard = known | {"item_id": "H-1", "site": "甲宾馆", "description": "缺栓"}

    def titles(*plans: dict[str, object]) -> list[object]:
        ledgers = {"measure": measures, "hazard": [hazard], "plan": list(plans)}
        return sorted(item["title"] for item in relation_over("items", ledgers, "10-20"))

    assert titles(*plans) == [
        "1-1 学习",
        "〔2023〕12号 1-1 学习",
        "〔2023〕6号 1-1 学习",
        "甲宾馆：缺栓",
    ]
    assert titles(plans[0]) == ["1-1 学习", "1-1 学习", "1-1 学习", "甲宾馆：缺栓"]
