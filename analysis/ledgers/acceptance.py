"""验收销号: one act of the office's own on an item: accepted and struck off, sent back to be done
again, or an acceptance withdrawn.

The item is named by its 事项编号, or as a clerk knows it: 责任单位, 隐患编号, and 场所 where these
are not enough.
"""

from dataclasses import replace

from analysis.ledgers.codes import ACCEPTANCE_ACT
from analysis.ledgers.fields import ACCEPTANCE as CLOSING
from analysis.ledgers.fields import COMMON, Field, Ledger, said
from analysis.ledgers.grammar import phrase
from analysis.ledgers.phrases import RESPONSIBLE_UNIT

#: A register without a column of the act: a day of acceptance is one, a reason to withdraw is that.
_ACCEPTED = (("ACCEPT", "act", "accept"),)
_TAKEN_BACK = (("RETURN", "act", "reject"), ("WITHDRAW", "act", "withdraw"))

ACCEPTANCE = Ledger(
    name="acceptance",
    label="验收销号",
    grain="专班对一条事项的一次验收销号、一次退回重改，或一次撤回，一行",
    order=110,
    signature=("act",),
    under_title=("accepted_on",),
    said_in_title=(
        "验收销号",
        "销号登记",
        "验收登记",
        "销号台账",
        "验收台账",
        "销号记录",
        "验收记录",
    ),
    anchors=("item_id", "hazard_no"),
    fingerprint=("item_id", "unit", "hazard_no", "site", "act", "accepted_on", "recorded_at"),
    is_act_on_items=True,
    date_order=(("accepted_on", "closed_on"),),
    fields=(
        Field(
            "item_id",
            "事项编号",
            "text",
            "验收的是哪一条事项，看板和附件里有；不知道的填责任单位和隐患编号",
            is_identifier=True,
            is_local=True,
            says=(phrase("NUMBER", may="WORK ABOUT HAZARD MEASURE DETAILED FIX CLOSE ACCEPT"),),
        ),
        Field(
            "unit",
            "责任单位",
            "unit",
            "没有填事项编号的，写明是哪个单位的隐患",
            said("整改责任单位 整改单位 责任部门"),
            is_local=True,
            says=RESPONSIBLE_UNIT,
        ),
        Field(
            "hazard_no",
            "隐患编号",
            "text",
            "没有填事项编号的，写单位台账里的编号",
            is_identifier=True,
            is_local=True,
            says=(phrase("NUMBER", "HAZARD", "SAFETY INSPECT"),),
        ),
        Field(
            "site",
            "场所名称",
            "text",
            "同一编号不止一条时，写明场所",
            said("场所 被检查单位"),
            is_local=True,
        ),
        Field(
            "act",
            "验收动作",
            "code",
            "验收销号，验收不合格的退回重改，或撤回以前的验收",
            codes=ACCEPTANCE_ACT,
            required=True,
            says=(
                phrase("KIND ACT", "ACCEPT|CLOSE|HANDLE|REPORT|ACT", "ABOUT ACT WORK CLOSE"),
                phrase("ACT", weight=0.9),
                phrase("KIND", weight=0.6),
                phrase("WITHDRAW", "CLOSE|ACCEPT", "CLOSE", 0.8),
                # No sign of this ledger, since others have it; but never to be passed over in it.
                phrase("OUTCOME", "ACCEPT", "FIX CLOSE WORK", 0.45),
            ),
        ),
        *(
            replace(each, implies=_ACCEPTED, description="验收（复查）的日期，不论通过与否")
            if each.name == "accepted_on"
            else each
            for each in CLOSING
        ),
        Field(
            "rework_due_on",
            "重改期限",
            "date",
            "退回重改的，改好的期限；按期与否仍按原来的整改期限算",
            said("重改时限 重新整改期限 重新整改时限 再次整改期限 退回整改期限"),
            when="near",
            says=(phrase("LIMIT TIME", "RETURN", "FIX DONE MUST EXTEND"),),
        ),
        Field(
            "evidence",
            "依据文件",
            "text",
            "验收单等依据文件的名称",
            said("验收依据"),
            says=(
                phrase("EVIDENCE", may="ACCEPT CLOSE FIX BASIS"),
                phrase("BASIS", "ACCEPT|CLOSE", "CLOSE"),
                phrase("NAME NUMBER", "EVIDENCE", "ACCEPT CLOSE", 0.8),
            ),
        ),
        Field(
            "evidence_sha256",
            "依据文件校验值",
            "text",
            "依据文件内容的 SHA-256",
            is_identifier=True,
        ),
        Field(
            "reason",
            "退回或撤回原因",
            "text",
            "退回重改或撤回时写明为什么",
            said("撤回原因 退回原因 原因 不合格原因"),
            says=(phrase("REASON", "WITHDRAW|RETURN", "ACCEPT CLOSE FIX"),),
            implies=_TAKEN_BACK,
        ),
        Field("recorded_by", "经办账号", "text", "登记的账号，网页登记的自动填写", said("经办")),
        Field("recorded_person", "经办人", "text", "登记的人的姓名", said("登记人")),
        Field("recorded_at", "登记时间", "text", "什么时候登记的"),
        *COMMON,
    ),
)
