"""检查: one visit to one site."""

from analysis.ledgers.fields import COMMON, Field, Ledger, said

INSPECTION = Ledger(
    name="inspection",
    label="检查",
    grain="对一个场所的一次检查一行",
    signature=("inspected_on", "result", "hazards_found"),
    anchors=("site", "inspection_no"),
    key=("inspection_no",),
    fingerprint=("site", "inspected_on", "kind", "inspectors"),
    guard=("site", "inspected_on"),
    fields=(
        Field(
            "inspection_no",
            "检查编号",
            "text",
            "检查记录的编号",
            said("编号 抽查任务编号 文书编号 记录编号 检查单号"),
        ),
        Field(
            "inspected_on",
            "检查日期",
            "date",
            "检查的日期",
            said("被检查时间 检查起止时间 日期 检查时间 执法日期"),
            required=True,
        ),
        Field(
            "kind",
            "检查类型",
            "text",
            "双随机抽查、专项检查、交叉互检等",
            said("检查形式 检查方式 检查类别"),
        ),
        Field(
            "site",
            "被检查单位",
            "text",
            "受检的场所",
            said(
                "企业名称 经营场所 检查单位 被检单位 被检查对象 场所 场所名称 检查对象 "
                "受检单位 单位名称 检查场所 市场主体名称"
            ),
            required=True,
        ),
        Field("site_kind", "场所类型", "text", "业态", said("业态 行业类别 行业")),
        Field("township", "乡镇", "text", "属地", said("属地 所在乡镇 所属乡镇")),
        Field(
            "unit",
            "检查单位",
            "unit",
            "实施检查的单位",
            said("检查组 督查单位 核查单位 带队单位 检查机构 检查部门 执法单位"),
            required=True,
        ),
        Field(
            "inspectors",
            "检查人员",
            "text",
            "检查人员，顿号分隔",
            said("检查人 执法人员 执法人员姓名"),
        ),
        Field(
            "items_checked",
            "检查项数",
            "integer",
            "检查的项目数",
            said("检查项目数 检查事项数"),
            unit="项",
        ),
        Field(
            "hazards_found",
            "发现隐患数",
            "integer",
            "发现的隐患数",
            said("隐患数 发现问题数 发现隐患 问题数"),
            unit="条",
        ),
        Field(
            "major_hazards_found",
            "重大隐患数",
            "integer",
            "其中重大隐患数",
            said("发现重大隐患数 重大隐患"),
            unit="条",
        ),
        Field("result", "检查结果", "text", "检查的结论", said("检查结论 检查情况 抽查情况")),
        Field("action", "处理意见", "text", "处理的措施", said("现场处理决定 处理措施 处理情况")),
        Field(
            "published_on",
            "公示日期",
            "date",
            "检查结果公示的日期",
            said("检查结果公示日期 结果公示日期"),
        ),
        Field("campaign", "专项行动", "text", "检查所属的专项行动", said("专项名称")),
        *COMMON,
    ),
)
