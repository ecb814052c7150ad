"""验收销号: one act of the office's own on an item: accepted and struck off, sent back to be done
again, an acceptance withdrawn; a later deadline granted or refused, the item handed over to another
unit. A letter of the office's that says so is read as such an act (公函).

The item is named by its 事项编号, or as a clerk knows it: 责任单位 and 隐患编号, or the 场所 and
the words of the hazard, as they stand in the unit's ledger.
"""

from dataclasses import replace

from analysis.ledgers.codes import ACCEPTANCE_ACT
from analysis.ledgers.fields import ACCEPTANCE as CLOSING
from analysis.ledgers.fields import COMMON, Field, Ledger, said
from analysis.ledgers.grammar import phrase
from analysis.ledgers.hazard import HAZARD
from analysis.ledgers.phrases import RESPONSIBLE_UNIT

#: What the sheet is called that a letter of the office's is read as.
LETTER = "公函"
#: One column for all that an item is known by, site and hazard run together, or a measure: 事项,
#: 销号事项, 验收内容. Others have it as well, so it is no sign of this ledger.
_IN_ONE_CELL = (
    phrase("WORK", may="ACCEPT CLOSE FIX HAZARD ABOUT WORK"),
    phrase("NAME", "WORK", "ACCEPT CLOSE FIX HAZARD ABOUT WORK"),
    phrase("ABOUT", "WORK|ACCEPT|CLOSE", "ACCEPT CLOSE FIX HAZARD WORK"),
    phrase("MEASURE", "HAZARD", "FIX"),
)
#: A register without a column of the act: a day of acceptance is one, a reason to withdraw is that.
_ACCEPTED = (("ACCEPT", "act", "accept"),)
_STRUCK_OFF = (("CLOSE", "act", "accept"),)
_SENT_BACK = (("RETURN", "act", "reject"),)
_TAKEN_BACK = (*_SENT_BACK, ("WITHDRAW", "act", "withdraw"))
#: What a register without a column of the act says by the days that it has.
_IMPLIED = {"accepted_on": _ACCEPTED, "closed_on": _STRUCK_OFF}


def _of_register(field: Field) -> Field:
    """A field of the closing, as a register means it that has the failures as well."""
    says = "验收（复查）的日期，不论通过与否" if field.name == "accepted_on" else field.description
    return replace(field, implies=_IMPLIED.get(field.name, ()), description=says)


ACCEPTANCE = Ledger(
    name="acceptance",
    label="验收销号",
    grain="专班对一条事项的一次验收销号、退回重改、撤回，或者同意（不同意）延期、移交，一行",
    order=110,
    tests=(
        "历次 submission_id、sheet、row_no；"
        "非空 known_from；"
        "引用 submission_id → submission.submission_id"
    ),
    signature=("act",),
    under_title=("accepted_on", "closed_on", "act"),
    said_in_title=(
        "验收销号",
        "销号验收",
        "销号登记",
        "验收登记",
        "销号台账",
        "验收台账",
        "销号记录",
        "验收记录",
        "销号一览",
        "销号清单",
        "销号汇总",
        "验收一览",
        "验收汇总",
        "验收表",
        "销号表",
        "验收情况登记",
        "验收结果登记",
        "销号情况登记",
        "验收情况表",
        "销号情况表",
    ),
    together=("act", "accepted_on", "accepted_by"),
    # «已整改» alone is what a unit reports when it looked again.
    chosen_by="合格|通过|达标|符合|销号|退回|重改|同意",
    stands_for=("hazard",),
    belied_by=("found_on", "due_on", "status"),
    belied_without=("level", "person", "measure", "done_on"),
    anchors=("item_id", "hazard_no", "description", "site"),
    fingerprint=(
        "item_id",
        "unit",
        "hazard_no",
        "site",
        "description",
        "act",
        "accepted_on",
        "recorded_at",
        "extended_due_on",
        "new_unit",
    ),
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
            said(
                "整改责任单位 整改单位 责任部门 单位 所属单位 隐患单位 报送单位 填报单位 "
                "申请单位 报验单位 申报单位 提请单位"
            ),
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
            "没有编号，或同一编号不止一条时，写明场所",
            HAZARD["site"].synonyms,
            is_local=True,
            says=HAZARD["site"].says,
        ),
        Field(
            "description",
            "隐患描述",
            "text",
            "没有编号的，照单位台账写隐患的内容，场所可以连着写在前面；整改措施写措施编号；有编号的可不填",
            HAZARD["description"].synonyms,
            is_prose=True,
            says=(*HAZARD["description"].says, *_IN_ONE_CELL),
        ),
        Field(
            "act",
            "验收动作",
            "code",
            "验收销号，验收不合格的退回重改，或撤回以前的验收；同意或不同意延期，移交别的单位",
            said("验收是否合格 验收是否通过 是否通过验收 是否同意销号 是否准予销号"),
            codes=ACCEPTANCE_ACT,
            text_in="act_text",
            required=True,
            says=(
                phrase("KIND ACT", "ACCEPT|CLOSE|HANDLE|REPORT|ACT", "ABOUT ACT WORK CLOSE"),
                phrase("ACT", weight=0.9),
                phrase("KIND", weight=0.6),
                phrase("WITHDRAW", "CLOSE|ACCEPT", "CLOSE", 0.8),
                # No sign of this ledger, since others have it; but never to be passed over in it.
                phrase("OUTCOME MEASURE", "ACCEPT", "FIX CLOSE WORK", 0.45),
                phrase("OUTCOME MEASURE", "CLOSE", "FIX WORK", 0.45),
                phrase("SITUATION STATE", "ACCEPT", "FIX CLOSE WORK", 0.4),
                phrase("OUTCOME", weight=0.45),
                phrase("ANSWERED", "WHETHER", "ACCEPT FIX", 0.6),
            ),
        ),
        Field("act_text", "动作原文", "text", "验收动作或验收结论一格的原文", header=False),
        *(_of_register(each) for each in CLOSING),
        Field(
            "rework_due_on",
            "重改期限",
            "date",
            "退回重改的，改好的期限；按期与否仍按原来的整改期限算",
            said("重改时限 重新整改期限 重新整改时限 再次整改期限 退回整改期限"),
            when="near",
            says=(phrase("LIMIT TIME", "RETURN", "FIX DONE MUST EXTEND"),),
            implies=_SENT_BACK,
        ),
        Field(
            "extended_due_on",
            "延期至",
            "date",
            "同意延期的，延期后的期限",
            when="near",
        ),
        Field(
            "former_due_on",
            "原定期限",
            "date",
            "公函里写的原来的期限，用来核对是哪一条事项",
            header=False,
        ),
        Field(
            "new_unit",
            "移交单位",
            "text",
            "移交的，接收的单位",
            said("接收单位 移交至 移交给"),
            is_local=True,
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
