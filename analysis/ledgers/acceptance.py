"""验收销号: one act of the office's own: an item accepted and struck off, or that withdrawn."""

from dataclasses import replace

from analysis.ledgers.codes import ACCEPTANCE_ACT
from analysis.ledgers.fields import ACCEPTANCE as CLOSING
from analysis.ledgers.fields import COMMON, Field, Ledger, said
from analysis.ledgers.grammar import phrase

#: A register without a column of the act: a day of acceptance is one, a reason to withdraw is that.
_ACCEPTED = (("ACCEPT", "act", "accept"),)
_WITHDRAWN = (("WITHDRAW", "act", "withdraw"),)

ACCEPTANCE = Ledger(
    name="acceptance",
    label="验收销号",
    grain="专班对一条事项的一次验收销号，或一次撤回，一行",
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
    anchors=("item_id",),
    fingerprint=("item_id", "recorded_at"),
    is_act_on_items=True,
    date_order=(("accepted_on", "closed_on"),),
    fields=(
        Field(
            "item_id",
            "事项编号",
            "text",
            "验收的是哪一条事项",
            required=True,
            is_identifier=True,
            is_local=True,
            says=(phrase("NUMBER", may="WORK ABOUT HAZARD MEASURE DETAILED FIX CLOSE ACCEPT"),),
        ),
        Field(
            "act",
            "验收动作",
            "code",
            "验收销号，或撤回以前的验收",
            codes=ACCEPTANCE_ACT,
            required=True,
            says=(
                phrase("KIND ACT", "ACCEPT|CLOSE|HANDLE|REPORT|ACT", "ABOUT ACT WORK CLOSE"),
                phrase("ACT", weight=0.9),
                phrase("KIND", weight=0.6),
                phrase("WITHDRAW", "CLOSE|ACCEPT", "CLOSE", 0.8),
            ),
        ),
        *(
            replace(each, implies=_ACCEPTED) if each.name == "accepted_on" else each
            for each in CLOSING
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
        Field("recorded_by", "经办账号", "text", "谁登记的", said("经办"), required=True),
        Field("recorded_at", "登记时间", "text", "什么时候登记的", required=True),
        Field(
            "reason",
            "撤回原因",
            "text",
            "撤回时写明为什么",
            said("原因"),
            says=(phrase("REASON", "WITHDRAW", "ACCEPT CLOSE"),),
            implies=_WITHDRAWN,
        ),
        *COMMON,
    ),
)
