"""议定事项: one thing that a meeting decided."""

from analysis.ledgers.codes import STATUS
from analysis.ledgers.fields import ACCEPTANCE, COMMON, PAST, Field, Ledger, said

DECISION = Ledger(
    name="decision",
    label="议定事项",
    grain="会议议定的一件事一行",
    signature=("task", "meeting"),
    anchors=("task",),
    fingerprint=("meeting", "held_on", "task"),
    wording="task",
    fields=(
        Field("item_id", "事项编号", "text", "全库唯一，跨各次报送不变", header=False),
        Field("meeting", "会议名称", "text", "作出决定的会议", said("会议"), required=True),
        Field(
            "held_on", "会议日期", "date", "开会的日期", said("会议时间 召开日期"), required=True
        ),
        Field(
            "task",
            "议定事项",
            "text",
            "要办的事",
            said("工作任务 工作事项 重点任务"),
            required=True,
        ),
        Field("leader", "责任领导", "text", "牵头的领导", said("牵头领导 分管领导")),
        Field(
            "unit",
            "责任单位",
            "unit",
            "承办的单位",
            said("牵头单位 主办单位 承办单位"),
            required=True,
        ),
        Field("person", "责任人", "text", "承办的人", said("经办人 具体责任人"), required=True),
        Field("due_text", "时限原文", "text", "完成时限一格的原文", header=False),
        Field(
            "due_on",
            "完成时限",
            "deadline",
            "要求办结的日期",
            said("办结时限 计划完成时间 办理时限 要求完成时间 时限"),
            text_in="due_text",
            required=True,
        ),
        Field("deliverable", "交付成果", "text", "办结的标志", said("交付物 验收标准")),
        Field(
            "status",
            "办理状态",
            "code",
            "填报的状态；逾期与否只由日期推出",
            said("办理情况 进展情况 完成情况 状态"),
            codes=STATUS,
            text_in="status_text",
        ),
        Field("status_text", "状态原文", "text", "状态一格的原文", header=False),
        Field("done_on", "完成日期", "date", "实际办结的日期", said("实际完成日期 办结日期")),
        *ACCEPTANCE,
        *COMMON,
        *PAST,
    ),
)
