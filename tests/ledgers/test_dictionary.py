"""The dictionary is consistent: everything else is derived from it."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

import analysis.ledgers.hazard
from analysis.ingest.headers.vocabulary import normalise
from analysis.ledgers import LEDGERS, Ledger, registry
from analysis.ledgers.codes import RULE
from analysis.ledgers.fields import ACCEPTANCE, ITEM_ID, PAST
from analysis.warehouse.sql_files import relations

ROOT = Path(__file__).parents[2]

EVERY = pytest.mark.parametrize("ledger", LEDGERS.values(), ids=LEDGERS)

#: The tables and columns that others rely on (beside the common ones).
FIXED = {
    "measure": "item_id list_kind problem manifestation_no manifestation measure_no measure sub_no "
    "sub_measure rect_type unit person support_units due_text start_on first_node_on node_days "
    "due_on extended_due_on quantity frequency status status_text done_on accepted_on accepted_by "
    "closed_on plan due_is_provisional",
    "hazard": "item_id hazard_no found_on source inspection_no site site_kind township location "
    "description category level level_text basis unit person support_units measure plan_ok "
    "fund_10k rect_type due_text due_on extended_due_on supervised supervised_on judged_on "
    "filed_on status status_text done_on accepted_on accepted_by closed_on campaign",
    "inspection": "inspection_no inspected_on kind site site_kind township unit inspectors "
    "items_checked hazards_found major_hazards_found result action published_on campaign",
    "accident": "accident_no occurred_on region industry kind deaths serious_injuries "
    "minor_injuries loss_10k grade counted",
    "accident_stat": "region industry period_start period_end accidents deaths accidents_prev "
    "deaths_prev accidents_yoy_printed deaths_yoy_printed accidents_yoy_text accidents_yoy_places "
    "deaths_yoy_text deaths_yoy_places",
    "site": "site_id site site_kind township unit risk_level likelihood severity person "
    "person_post",
    "unit": "unit unit_kind liaison phone aliases has_to_report owes_from owes_until region_prefix",
    "duty": "duty_id kind unit held_on period_start due_on submitted_on subject quantity",
    "decision": "item_id meeting held_on task leader unit person support_units due_text due_on "
    "deliverable status status_text done_on accepted_on accepted_by closed_on",
    "half_month": "unit period_start period_end due_on submitted_on zero_report visits "
    "sites_inspected hazards_found hazards_done major_found major_closed supervised progress "
    "difficulties next_steps",
    "acceptance": "item_id act accepted_on accepted_by closed_on evidence evidence_sha256 "
    "recorded_by recorded_at reason",
    "plan": "plan_id number title issued_on",
    "submission": "submission_id path sha256 sheet ledger unit period_on received_on rows_read "
    "rows_loaded rows_duplicate rows_ignored rows_rejected",
    "reject": "submission_id sheet row_no reason raw",
    "quality": "submission_id sheet row_no field value rule severity message item_id cell "
    "doubt_key",
    "doubt": "doubt_key rule question submission_id path sheet row_no cell field text item_id "
    "other_submission_id other_path other_sheet other_row_no other_cell other_field other_text "
    "other_item_id answers default_answer answer answered_by answered_on known_from",
    "confirmation": "doubt_key entry_no answer answered_by answered_on why has_doubt",
    "item_alias": "alias item_id known_from known_to why",
    "report_period": "region period_start period_end due_on",
    "workday": "region day is_workday workday_no is_arranged",
    "node_calendar": "region plan first_node_on node_days last_due_on known_from known_to",
    "picture": "sha256 item_id submission_id sheet row_no cell field header stage path known_from "
    "known_to",
    "unit_name": "written unit known_from known_to",
}
COMMON = "region submission_id sheet row_no extra known_from known_to"
LABELS = {
    "measure": "整改措施", "hazard": "隐患", "inspection": "检查", "accident": "事故",
    "accident_stat": "事故统计", "site": "场所", "unit": "单位", "duty": "履职",
    "decision": "议定事项", "half_month": "半月报", "acceptance": "验收销号",
    "plan": "整改方案", "submission": "报送批次", "reject": "退回行",
    "doubt": "疑问", "confirmation": "疑问确认",
    "quality": "数据质量", "item_alias": "事项别号", "picture": "照片",
    "report_period": "报送期次", "workday": "工作日", "node_calendar": "节点日历",
    "unit_name": "单位写法",
}  # fmt: skip


def test_all_tables_are_declared_with_their_chinese_names() -> None:
    assert {name: ledger.label for name, ledger in LEDGERS.items()} == LABELS


@EVERY
def test_fixed_columns_are_there(ledger: Ledger) -> None:
    fixed = FIXED[ledger.name].split() + (COMMON.split() if ledger.is_received else [])
    assert set(fixed) <= set(ledger.columns)


@EVERY
def test_names_are_snake_case_and_labels_unique(ledger: Ledger) -> None:
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", name) for name in ledger.columns)
    labels = [field.label for field in ledger]
    assert len(set(labels)) == len(labels)
    assert len(set(ledger.columns)) == len(ledger.columns)


@EVERY
def test_every_field_says_what_it_is_in_chinese(ledger: Ledger) -> None:
    for field in ledger:
        assert re.search(r"[\u4e00-\u9fff]", field.label), field.name
        assert len(field.description) >= 2, field.name
        assert (field.kind == "code") == (field.codes is not None), field.name


@EVERY
def test_fields_named_elsewhere_in_a_declaration_exist(ledger: Ledger) -> None:
    named = {
        *ledger.signature, *ledger.anchors, *ledger.key, *ledger.fingerprint, *ledger.guard,
        *ledger.title, *(name for pair in ledger.date_order for name in pair), ledger.wording,
        ledger.deadline_from, ledger.owner_column, ledger.inspectors_column,
        ledger.inspection_column, ledger.dated_by, *(field.text_in for field in ledger),
    }  # fmt: skip
    assert named - {""} <= set(ledger.columns)
    assert ledger.wording in {"", *ledger.fingerprint}


@EVERY
def test_days_are_compared_with_days(ledger: Ledger) -> None:
    days = {*ledger.names_of("date"), *ledger.names_of("deadline")}
    assert {name for pair in ledger.date_order for name in pair} <= days
    assert {field.name for field in ledger if field.when} <= days
    assert {ledger.deadline_from, ledger.dated_by} - {""} <= days


@EVERY
def test_a_ledger_of_items_has_what_every_item_has(ledger: Ledger) -> None:
    of_items = {ITEM_ID, *ACCEPTANCE, *PAST}
    assert ledger.is_item == (of_items <= set(ledger.fields))
    assert ledger.is_item == bool(ledger.kind_label)
    if ledger.is_item:
        assert {"unit", "person", "due_on", "due_text", "done_on", "status"} <= set(ledger.columns)
        assert ledger.title
        # an acceptance names an item by its number alone, hence no two ledgers may begin alike
        assert [each.id_prefix for each in LEDGERS.values()].count(ledger.id_prefix) == 1
        assert f"'{ledger.name}'" in relations()["received"].sql


@EVERY
def test_whose_a_row_is_stands_in_a_column_of_units(ledger: Ledger) -> None:
    assert ledger.owner_column in {"", *ledger.names_of("unit")}
    assert all(ledger[name].is_local for name in ledger.names_of("unit"))
    if ledger.is_sent_by_units:  # nobody may write over the record of another unit
        is_checked = ledger.is_item  # by its item, when it is read back
        assert ledger.owner_column
        assert is_checked or ledger.numbered_by == "sender" or ledger.owner_column in ledger.key


@EVERY
def test_what_an_inspector_sees_hangs_on_an_inspection(ledger: Ledger) -> None:
    visits = [each for each in LEDGERS.values() if each.inspectors_column]
    shared = ledger.inspection_column
    assert not shared or any(shared in each.columns for each in visits)


def test_ledgers_stand_in_the_declared_order() -> None:
    assert list(LEDGERS) == list(LABELS)
    places = [ledger.order for ledger in LEDGERS.values()]
    assert places == sorted(set(places))


def test_two_ledgers_of_one_name_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    twin = replace(LEDGERS["hazard"], label="隐患二")
    monkeypatch.setattr(analysis.ledgers.hazard, "TWIN", twin, raising=False)
    with pytest.raises(ValueError, match="two ledgers are called hazard"):
        registry()


@EVERY
def test_no_header_claims_one_field_twice(ledger: Ledger) -> None:
    for field in ledger:
        headers = [normalise(header) for header in field.headers]
        assert len(set(headers)) == len(headers), field.name


@EVERY
def test_no_word_stands_for_two_codes(ledger: Ledger) -> None:
    for field in ledger:
        if field.codes:
            words = [w for c in field.codes for w in {c.value, c.label, *c.words}]
            assert len(set(words)) == len(words), field.name


def test_every_finding_that_the_program_can_make_has_a_name_for_people() -> None:
    rooms = (ROOT / "analysis" / "ingest").rglob("*.py")
    source = "".join(path.read_text(encoding="utf-8") for path in rooms)
    made = {
        rule
        for pattern in (
            r'"(\w+)",\s*(?:"(?:error|warning|info)"|severity)',
            r'(?:DoubtError|Noted)\((?:\s*\w+,)?\s*"(\w+)"',
            r'"((?:hidden|file)_[a-z]+)"',
            r'"(R\d\d)"',
        )
        for rule in re.findall(pattern, source)
    }
    assert len(made) > 40
    assert made <= set(RULE.labels)
