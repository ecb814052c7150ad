"""The words by which a cell takes back what was known: 撤销, 取消期限. A blank cell does not.

A cell of a day or a number with such a word in it holds no value, and its reader calls it
unreadable; here it is told apart from a cell that nobody can read.
"""

import re
from collections.abc import Iterable

from analysis.ingest.findings import Finding

#: Submission, row, field.
Cell = tuple[str, int | None, str]

#: The whole cell, and no more than what is taken back: «取消该隐患点的违规用电» is a measure.
WITHDRAWAL = re.compile(
    r"^[已经现]?(?:予以)?(?:撤销|取消|作废|删除|删去)了?(?:原|该|此|本)?"
    r"(?:项|条|栏|完成|整改|办理)?(?:期限|时限|时间|日期|要求|内容|填写|类别|等级)?[。.]?$"
)


def is_withdrawal(value: object) -> bool:
    """Whether a cell says that what stood there holds no longer."""
    return isinstance(value, str) and bool(WITHDRAWAL.match(value.strip()))


def withdrawn_cells(findings: Iterable[Finding]) -> set[Cell]:
    """The cells that were called unreadable, and take back what was known."""
    return {
        (each.submission_id, each.row_no, each.field)
        for each in findings
        if each.rule == "unreadable" and each.field and is_withdrawal(each.value)
    }
