"""履职: one act of duty, from a safety meeting to a report handed in."""

from analysis.ledgers.codes import DUTY_KIND
from analysis.ledgers.fields import COMMON, Field, Ledger, said
from analysis.ledgers.grammar import phrase
from analysis.ledgers.phrases import REPORT_DUE as DUE
from analysis.ledgers.phrases import REPORTED_ON as SUBMITTED

_ACTIVITY = "DUTY MEETING WORK HOLD INSPECT"

DUTY = Ledger(
    name="duty",
    label="履职",
    grain="一次履职活动一行",
    order=80,
    signature=("kind", "held_on"),
    said_in_title=("履职",),
    anchors=("subject", "kind"),
    key=("duty_id",),
    numbered_by="sender",
    fingerprint=("kind", "unit", "held_on", "subject"),
    guard=("held_on", "subject"),
    is_sent_by_units=True,
    owner_column="unit",
    is_of_sender=True,
    fields=(
        Field(
            "duty_id",
            "履职编号",
            "text",
            "记录的编号",
            said("编号"),
            is_identifier=True,
            is_local=True,
            says=(phrase("NUMBER", "DUTY|WORK", "WORK"),),
        ),
        Field(
            "kind",
            "履职类型",
            "code",
            "例会、专题学习、督导检查等",
            said("活动类型 工作类型"),
            codes=DUTY_KIND,
            required=True,
            says=(
                phrase("KIND WAY", "DUTY|MEETING|WORK|HOLD", _ACTIVITY),
                phrase("KIND WAY", weight=0.6),
                phrase("DUTY", "DUTY|WORK", "WORK", 0.6),
                phrase("WORK", "DUTY", "WORK", 0.6),
            ),
        ),
        Field(
            "unit",
            "单位",
            "unit",
            "履职的单位",
            said("单位名称 组织单位"),
            required=True,
            is_local=True,
            says=(phrase("UNIT", "DUTY|HOLD|LEAD|SUBMIT|REPORT", f"{_ACTIVITY} LEAD"),),
        ),
        Field(
            "held_on",
            "开展日期",
            "date",
            "开展的日期",
            said("召开日期 会议时间 活动日期 时间"),
            required=True,
            says=(
                phrase("TIME", "DUTY|MEETING|HOLD|WORK|DONE|FACT", f"{_ACTIVITY} DONE FACT"),
                phrase("TIME", "INSPECT", _ACTIVITY, 0.6),
                phrase("TIME", weight=0.8),
            ),
        ),
        Field("period_start", "所属期起", "date", "所对应时段的第一天", said("期次起")),
        Field("due_on", "应报送日期", "date", "材料应当报送的日期", said("报送期限"), says=DUE),
        Field(
            "submitted_on",
            "报送日期",
            "date",
            "材料实际报送的日期",
            said(
                "上报日期 报送时间 材料上报时间 材料报送时间 材料报送日期 材料提交时间 资料报送时间"
            ),
            says=SUBMITTED,
        ),
        Field(
            "subject",
            "主题",
            "text",
            "内容",
            said("内容 议题 活动内容"),
            required=True,
            says=(
                phrase("ABOUT THEME", "DUTY|MEETING|WORK|HOLD", f"{_ACTIVITY} THEME"),
                phrase("ABOUT THEME", may="ABOUT THEME", weight=0.8),
                phrase("SITUATION", "DUTY|MEETING|WORK|HOLD", _ACTIVITY, 0.7),
            ),
        ),
        Field(
            "quantity",
            "数量",
            "number",
            "次数或份数",
            said("份数 次数"),
            says=(phrase("COUNT VISITS", may=f"{_ACTIVITY} SUBMIT"),),
        ),
        *COMMON,
    ),
)
