"""许可证: a ledger that the program does not have, as somebody would add it.

The test puts it into ``analysis/ledgers/`` of a copy of the program, and changes nothing else.
"""

from analysis.ledgers.fields import COMMON, Field, Ledger, said

PERMIT = Ledger(
    name="permit",
    label="许可证",
    grain="一张许可证一行",
    order=35,
    tests=(
        "历次 submission_id、sheet、row_no；"
        "非空 known_from；"
        "引用 submission_id → submission.submission_id"
    ),
    signature=("valid_until", "permit_kind"),
    anchors=("permit_no", "site"),
    key=("permit_no",),
    numbered_by="sender",
    fingerprint=("site", "permit_kind"),
    guard=("site",),
    is_sent_whole=True,
    title=("permit_no", "site"),
    date_order=(("issued_on", "valid_until"),),
    is_sent_by_units=True,
    owner_column="regulator",
    fields=(
        Field(
            "permit_no",
            "许可证编号",
            "text",
            "证上的编号",
            said("证号 编号"),
            is_identifier=True,
            is_local=True,
        ),
        Field("site", "场所名称", "text", "持证的场所", said("持证单位"), is_local=True),
        Field("permit_kind", "许可事项", "text", "许可做什么", required=True),
        Field("issued_on", "发证日期", "date", "发证的日期", required=True, when="past"),
        Field("valid_until", "有效期至", "date", "最后一天", said("到期日期"), required=True),
        Field("regulator", "监管部门", "unit", "负监管责任的单位", required=True, is_local=True),
        Field("contact", "联系方式", "text", "场所的联系人和电话"),
        *COMMON,
    ),
)
