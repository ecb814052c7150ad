"""半月报: one unit's half-monthly report."""

from analysis.ledgers.fields import COMMON, Field, Ledger, said

HALF_MONTH = Ledger(
    name="half_month",
    label="半月报",
    grain="一个单位一期半月报一行",
    order=100,
    signature=("zero_report", "progress", "visits"),
    said_in_title=("半月报",),
    anchors=("unit",),
    key=("unit", "period_start"),
    fingerprint=("unit", "period_start"),
    date_order=(("period_start", "period_end"),),
    is_sent_by_units=True,
    owner_column="unit",
    is_of_sender=True,
    fields=(
        Field(
            "unit",
            "报送单位",
            "unit",
            "报送半月报的单位",
            said("填报单位 单位名称 单位"),
            required=True,
            is_local=True,
        ),
        Field("period_start", "期次起", "date", "1 日或 16 日", said("统计起"), required=True),
        Field("period_end", "期次止", "date", "15 日或月末", said("统计止"), required=True),
        Field("due_on", "应报日期", "date", "应当报送的日期", said("报送期限")),
        Field(
            "submitted_on",
            "报送日期",
            "date",
            "实际报送的日期；未报为空",
            said("报送时间 上报日期"),
        ),
        Field("zero_report", "零报告", "boolean", "是否零报告", said("是否零报告")),
        Field(
            "visits", "检查家次", "integer", "检查的次数，同一场所可多次", said("家次"), unit="家次"
        ),
        Field(
            "sites_inspected",
            "检查家数",
            "integer",
            "检查的场所数，去重",
            said("检查单位数"),
            unit="家",
        ),
        Field("hazards_found", "发现隐患数", "integer", "本期发现", said("隐患数"), unit="条"),
        Field("hazards_done", "整改完成数", "integer", "本期整改完成", said("已整改数"), unit="条"),
        Field(
            "major_found",
            "重大隐患数",
            "integer",
            "本期发现的重大隐患",
            said("发现重大隐患"),
            unit="条",
        ),
        Field("major_closed", "重大隐患销号数", "integer", "本期销号的重大隐患", unit="条"),
        Field(
            "supervised", "挂牌督办数", "integer", "期末挂牌督办中的隐患", said("挂牌数"), unit="条"
        ),
        Field(
            "progress",
            "进展情况",
            "text",
            "反馈问题整改进展",
            said("本期进展 工作进展"),
            is_prose=True,
        ),
        Field("difficulties", "存在困难", "text", "困难与问题", said("存在问题"), is_prose=True),
        Field(
            "next_steps",
            "下一步打算",
            "text",
            "下一步工作",
            said("下步计划 下步打算"),
            is_prose=True,
        ),
        *COMMON,
    ),
)
