"""All specs, by subject, in the order of the page."""

from tests.specs import (
    accidents,
    asked,
    changes,
    doubts,
    duties,
    edges,
    hazards,
    hung,
    inspections,
    items,
    order,
    printed,
    progress,
    quality,
    reports,
    rows,
    rules_cells,
    rules_files,
    rules_history,
    rules_ledgers,
    rules_plans,
    sent,
    wall,
)

SUBJECTS = (
    items, rows, progress, wall, hung, changes, doubts, hazards, inspections, duties, asked,
    reports, sent, accidents, printed, quality, edges, order,
)  # fmt: skip
SPECS = tuple(spec for subject in SUBJECTS for spec in subject.SPECS)
RULE_SUBJECTS = (rules_ledgers, rules_history, rules_cells, rules_plans, rules_files)
RULE_SPECS = tuple(spec for subject in RULE_SUBJECTS for spec in subject.SPECS)

#: Rules over what no table shows (photos, revisions, what a person has written elsewhere), or that
#: take more files than a reader would follow: what they tell of, and the test that holds them.
ELSEWHERE = {
    "R04": (
        "附件里整改措施的编号是这一条，文字却是另一条的",
        "ingest/plan/tracking/test_tracking.py::test_a_measure_under_the_text_of_another_is_told",
    ),
    "line_unread": (
        "方案里没有读懂的一行",
        "ingest/plan/test_forms.py::test_a_line_of_which_nothing_was_made_is_told",
    ),
    "plan_unclear": (
        "几个方案都有这个编号，进展是哪个方案的，问一次",
        "ingest/plan/tracking/test_tracking.py::test_where_two_plans_may_be_meant_a_person_is_asked",
    ),
    "row_of_another": (
        "单位在网页上报的台账里有别的单位的行，先放着，由专班办公室定",
        "ingest/test_rows_of_others.py::"
        "test_the_rest_is_taken_and_the_row_waits_where_everybody_sees_it",
    ),
    "row_unknown": (
        "单位在网页上报送的台账里有一件专班办公室没有登记过的议定事项，先放着，由专班办公室定",
        "ingest/test_rows_of_nothing.py::test_a_new_decision_waits_and_holds_no_meeting",
    ),
    "received_guessed": (
        "文件名、目录、标题都没有日期，按文件自己的日期，请登记",
        "ingest/test_pipeline.py::test_without_any_date_the_files_own_counts_and_is_told",
    ),
    "corrected": (
        "按 corrections.toml 里写明的更正改了一格",
        "ingest/versions/test_corrections.py::"
        "test_a_correction_holds_from_its_day_and_leaves_the_past_as_it_was_shown",
    ),
    "submission_withdrawn": (
        "一份报送已经撤回，写明谁、为什么",
        "ingest/test_withdrawals.py::test_it_stays_on_record_with_who_took_it_back_and_why",
    ),
    "hidden_text": (
        "Word 里隐藏的文字照读，并说明",
        "ingest/files/test_documents.py::test_hidden_rows_and_texts_are_told",
    ),
    "deleted_rows": (
        "Word 里用修订删除、还没有接受的行照读，并说明",
        "ingest/files/test_documents.py::test_a_row_struck_out_and_not_yet_gone_is_read_and_told",
    ),
    "embedded_unread": (
        "嵌在文件里的另一个文件没有读取",
        "ingest/files/test_documents.py::test_what_is_embedded_and_not_read_is_told",
    ),
    "pdf_tables_unread": (
        "PDF 里的表格没有读取，只读文字",
        "ingest/files/test_other_documents.py::test_the_lines_of_a_pdf",
    ),
    "picture_unread": (
        "图片坏了，读不出",
        "ingest/pictures/test_photos_in_files.py::"
        "test_a_cell_image_whose_picture_was_lost_is_told_and_no_text",
    ),
    "picture_unplaced": (
        "图片不在任何一条记录的行里，留着并说明",
        "ingest/pictures/test_photos_in_files.py::test_a_photo_beside_the_records_is_kept_and_told",
    ),
    "picture_only": (
        "必填的一格只有图片没有文字",
        "ingest/pictures/test_photos_in_files.py::"
        "test_a_required_field_with_a_photo_alone_is_not_simply_blank",
    ),
}
