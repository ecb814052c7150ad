"""Before or after: what a header says of the photos below it."""

import pytest

from analysis.ingest.pictures.placing import stage_of


@pytest.mark.parametrize(
    ("header", "stage"),
    [
        ("整改前照片", "before"), ("隐患照片", "before"), ("问题图片", "before"),
        ("现场照片", "before"), ("检查照片", "before"), ("整改前图片(附件)", "before"),
        ("照片整改前", "before"), ("图片前", "before"), ("前照片", "before"),
        ("整改后照片", "after"), ("复查照片", "after"), ("验收影像", "after"),
        ("整改照片", "after"), ("整改完成图片", "after"), ("隐患整改后现场照片", "after"),
        ("照片整改后", "after"), ("治理之后", "after"), ("复查现场照片", "after"),
        ("整改前后对比照片", None), ("整改前、整改后照片", None), ("照片", None), ("附件", None),
        ("", None), ("备注", None), ("前厅照片", None), ("后勤照片", None), ("前台", None),
    ],
)  # fmt: skip
def test_stage_of_a_header(header: str, stage: str | None) -> None:
    assert stage_of(header) == stage
