"""事故: one accident."""

from analysis.ledgers.codes import ACCIDENT_GRADE
from analysis.ledgers.fields import COMMON, Field, Ledger, said
from analysis.ledgers.grammar import phrase

ACCIDENT = Ledger(
    name="accident",
    label="事故",
    grain="一起事故一行",
    order=40,
    tests=(
        "历次 submission_id、sheet、row_no；"
        "非空 known_from；"
        "引用 submission_id → submission.submission_id"
    ),
    signature=("occurred_on",),
    said_in_title=("事故",),
    under_title=("deaths",),
    anchors=("occurred_on", "accident_no"),
    key=("accident_no",),
    fingerprint=("occurred_on", "region", "industry", "kind", "deaths"),
    guard=("occurred_on",),
    fields=(
        Field(
            "accident_no",
            "事故编号",
            "text",
            "事故记录的编号",
            said("编号"),
            is_identifier=True,
            is_local=True,
            says=(phrase("NUMBER", "ACCIDENT"),),
        ),
        Field(
            "occurred_on",
            "发生日期",
            "date",
            "事故发生的日期",
            said("发生时间 事故日期 事故发生时间"),
            required=True,
            says=(
                phrase("TIME", "ACCIDENT|OCCUR", "SAFETY"),
                phrase("OCCUR", "TIME", "ACCIDENT SAFETY"),
                phrase("TIME", weight=0.6),
            ),
        ),
        Field(
            "region",
            "地区",
            "text",
            "事故发生的地区",
            said("发生地点 发生地区 县区"),
            says=(
                phrase("TOWN REGION", "ACCIDENT|OCCUR", "SAFETY BELONG"),
                phrase("TOWN REGION", may="BELONG TOWN", weight=0.9),
                phrase("BELONG", weight=0.8),
                phrase("WHERE", "ACCIDENT|OCCUR", "SAFETY", 0.8),
            ),
        ),
        Field(
            "industry",
            "行业",
            "text",
            "行业领域",
            said("行业领域 事故管理分类"),
            says=(
                phrase("TRADE", may="BELONG OVERSEE TRADE ACCIDENT SAFETY"),
                phrase("KIND", "TRADE", "BELONG ACCIDENT"),
            ),
        ),
        Field(
            "kind",
            "事故类型",
            "text",
            "火灾、坍塌、淹溺等",
            said("事故类别"),
            says=(
                phrase("KIND WAY", "ACCIDENT", "SAFETY"),
                phrase("KIND", weight=0.6),
            ),
        ),
        Field(
            "deaths",
            "死亡人数",
            "integer",
            "死亡人数",
            said("死亡 亡"),
            unit="人",
            required=True,
            says=(
                phrase("DEATH", may="ACCIDENT PEOPLE"),
                phrase("COUNT PEOPLE", "DEATH", "ACCIDENT PEOPLE"),
                # one column for both, which is parted: 死亡/受伤, 伤亡情况
                phrase("MINOR_INJURY PEOPLE", "DEATH", "MINOR_INJURY PEOPLE", 0.5),
                phrase("DEATH", "MINOR_INJURY", "MINOR_INJURY PEOPLE", 0.5),
                phrase("CASUALTIES", may="ACCIDENT PEOPLE", weight=0.5),
                phrase("PEOPLE SITUATION", "CASUALTIES", "ACCIDENT PEOPLE", 0.5),
            ),
        ),
        Field(
            "serious_injuries",
            "重伤人数",
            "integer",
            "重伤人数",
            said("重伤"),
            unit="人",
            says=(
                phrase("SERIOUS_INJURY", may="ACCIDENT PEOPLE"),
                phrase("COUNT PEOPLE", "SERIOUS_INJURY", "ACCIDENT PEOPLE"),
            ),
        ),
        Field(
            "minor_injuries",
            "轻伤人数",
            "integer",
            "轻伤人数",
            said("轻伤 受伤人数"),
            unit="人",
            says=(
                phrase("MINOR_INJURY", may="ACCIDENT PEOPLE"),
                phrase("COUNT PEOPLE", "MINOR_INJURY", "ACCIDENT PEOPLE"),
            ),
        ),
        Field(
            "loss_10k",
            "直接经济损失",
            "number",
            "直接经济损失",
            said("经济损失"),
            unit="万元",
            says=(
                phrase("LOSS", may="ACCIDENT"),
                phrase("MONEY", "LOSS", "ACCIDENT"),
            ),
        ),
        Field(
            "grade",
            "事故等级",
            "code",
            "按死亡、重伤、损失取最高",
            said("等级"),
            codes=ACCIDENT_GRADE,
            says=(
                phrase("LEVEL", "ACCIDENT", "SAFETY"),
                phrase("LEVEL", weight=0.6),
            ),
        ),
        Field(
            "counted",
            "是否计入统计",
            "boolean",
            "一般交通事故、刑事案件不计入；没有填写按计入处理",
            said("是否计入 计入统计"),
            says=(
                phrase(
                    "STATISTICS ACCIDENT",
                    "COUNTED_IN|WHETHER",
                    "WHETHER COUNTED_IN SAFETY ACCIDENT STATISTICS",
                ),
                phrase("COUNTED_IN", "WHETHER", "STATISTICS"),
                phrase("COUNTED_IN", "STATISTICS", "WHETHER"),
            ),
        ),
        *COMMON[1:],
    ),
)
