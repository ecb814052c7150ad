"""检查: one visit to one site."""

from analysis.ledgers.fields import COMMON, Field, Ledger, said
from analysis.ledgers.grammar import phrase
from analysis.ledgers.phrases import KIND_OF_BUSINESS, PLACE_OF_BUSINESS, TOWNSHIP

INSPECTION = Ledger(
    name="inspection",
    label="检查",
    grain="对一个场所的一次检查一行",
    order=30,
    tests=(
        "历次 submission_id、sheet、row_no；"
        "非空 known_from；"
        "引用 submission_id → submission.submission_id"
    ),
    signature=("inspected_on", "result", "hazards_found"),
    own=("result", "hazards_found"),
    said_in_title=("检查", "巡查", "抽查", "督查", "双随机"),
    anchors=("site", "inspection_no"),
    key=("inspection_no",),
    numbered_by="sender",
    is_numbered_by_owner=True,
    fingerprint=("site", "inspected_on", "kind", "inspectors"),
    guard=("site", "inspected_on"),
    asked_if_changed=(
        "inspected_on",
        "kind",
        "township",
        "hazards_found",
        "major_hazards_found",
        "published_on",
        "campaign",
        "inspectors",
    ),
    told_of_in_time="published_on",
    date_order=(("inspected_on", "published_on"),),
    is_sent_by_units=True,
    owner_column="unit",
    inspectors_column="inspectors",
    fields=(
        Field(
            "inspection_no",
            "检查编号",
            "text",
            "检查记录的编号",
            said("编号 抽查任务编号 文书编号 记录编号 检查单号"),
            is_identifier=True,
            is_local=True,
        ),
        Field(
            "inspected_on",
            "检查日期",
            "date",
            "检查的日期",
            said("被检查时间 检查起止时间 日期 检查时间 执法日期"),
            required=True,
            says=(
                phrase("TIME", "INSPECT", "SAFETY CHECKED CAMPAIGN GROUP FACT HOLD"),
                phrase("TIME", "CHECKED", "SAFETY"),
                phrase("TIME", weight=0.6),
            ),
        ),
        Field(
            "kind",
            "检查类型",
            "text",
            "双随机抽查、专项检查、交叉互检等",
            said("检查形式 检查方式 检查类别 类别 类型 性质 分类"),
            says=(
                phrase("KIND WAY NATURE", "INSPECT", "SAFETY CAMPAIGN"),
                phrase("KIND WAY", "CAMPAIGN", "SAFETY", 0.7),
                phrase("SOURCE", "INSPECT|CAMPAIGN", weight=0.6),
            ),
        ),
        Field(
            "site",
            "被检查单位",
            "text",
            "受检的场所",
            said(
                "企业名称 经营场所 检查单位 被检单位 被检查对象 场所 场所名称 检查对象 "
                "受检单位 单位名称 检查场所 检查地点 市场主体名称"
            ),
            required=True,
            is_local=True,
            says=PLACE_OF_BUSINESS,
        ),
        Field(
            "site_kind",
            "场所类型",
            "text",
            "业态",
            said("业态 类别 类型 性质 分类 行业类别 行业"),
            says=KIND_OF_BUSINESS,
        ),
        Field(
            "township",
            "乡镇",
            "text",
            "属地",
            said("属地 所在乡镇 所属乡镇"),
            is_local=True,
            says=TOWNSHIP,
        ),
        Field(
            "unit",
            "检查单位",
            "unit",
            "实施检查的单位",
            said("检查组 督查单位 核查单位 带队单位 检查机构 检查部门 执法单位"),
            required=True,
            is_local=True,
            says=(
                phrase("UNIT", "INSPECT", "SAFETY LEAD HOLD CAMPAIGN JOIN", 0.8),
                phrase("GROUP", "INSPECT", "SAFETY", 0.8),
                phrase("UNIT", "LEAD|HOLD|JOIN", "INSPECT SAFETY CAMPAIGN", 0.6),
                phrase("NAME", "UNIT|GROUP INSPECT", "SAFETY", 0.6),
            ),
        ),
        Field(
            "inspectors",
            "检查人员",
            "text",
            "检查人员，顿号分隔",
            said(
                "检查人 执法人员 执法人员姓名 民警 检查民警 检查员 监督员 消防监督员 监督检查人员"
            ),
            says=(
                phrase("PERSON", "INSPECT", "SAFETY JOIN GROUP PERSON LEAD"),
                phrase("PERSON", "JOIN", "SAFETY GROUP PERSON", 0.8),
                phrase("PERSON", "GROUP", "JOIN SAFETY", 0.8),
                phrase("PERSON", "HEAD", "INSPECT GROUP LEAD", 0.6),
                phrase("NAME", "PERSON INSPECT", "SAFETY JOIN GROUP"),
            ),
        ),
        Field(
            "items_checked",
            "检查项数",
            "integer",
            "检查的项目数",
            said("检查项目数 检查事项数"),
            unit="项",
            says=(
                phrase("ITEM_COUNT", may="INSPECT SAFETY"),
                phrase("COUNT ITEM_COUNT", "ITEMS", "SAFETY"),
                phrase("ITEMS", weight=0.7),
            ),
        ),
        Field(
            "hazards_found",
            "发现隐患数",
            "integer",
            "发现的隐患数",
            said("隐患数 发现问题数 发现隐患 问题数"),
            unit="条",
            says=(
                phrase("COUNT", "HAZARD", "SAFETY FIND INSPECT MAJOR"),
                phrase("HAZARD", "FIND|INSPECT|SAFETY", "SAFETY FIND INSPECT", 0.7),
                phrase("HAZARD", weight=0.6),
            ),
        ),
        Field(
            "major_hazards_found",
            "重大隐患数",
            "integer",
            "其中重大隐患数",
            said("发现重大隐患数 重大隐患"),
            unit="条",
            says=(
                phrase("COUNT", "MAJOR HAZARD", "SAFETY FIND INSPECT"),
                phrase("COUNT", "MAJOR", "SAFETY FIND INSPECT", 0.9),
                phrase("HAZARD", "MAJOR", "SAFETY FIND INSPECT", 0.7),
                phrase("MAJOR", may="HAZARD SAFETY FIND INSPECT COUNT", weight=0.7),
            ),
        ),
        Field(
            "result",
            "检查结果",
            "text",
            "检查的结论",
            said("检查结论 检查情况 抽查情况"),
            is_prose=True,
            says=(
                phrase("OUTCOME SITUATION", "INSPECT", "SAFETY CAMPAIGN"),
                phrase("OUTCOME", "JUDGE", "INSPECT SAFETY"),
                phrase("ANSWERED", "WHETHER", "INSPECT SAFETY"),
                phrase("OUTCOME", weight=0.7),
                # 发现问题 over words, and not over numbers
                phrase("HAZARD", "FIND|INSPECT", "SAFETY FIND INSPECT", 0.4),
            ),
        ),
        Field(
            "action",
            "处理意见",
            "text",
            "处理的措施",
            said("现场处理决定 处理措施 处理情况"),
            says=(
                phrase("RULED", "RULING", "SAFETY HAZARD INSPECT RULED"),
                phrase("OUTCOME", "RULING", "SAFETY HAZARD", 0.8),
                phrase("MEASURE", may="FIX RULING HAZARD SAFETY", weight=0.6),
            ),
        ),
        Field(
            "published_on",
            "公示日期",
            "date",
            "检查结果公示的日期",
            said("检查结果公示日期 结果公示日期"),
            says=(phrase("TIME", "PUBLISH", "INSPECT OUTCOME SAFETY"),),
        ),
        Field(
            "campaign",
            "专项行动",
            "text",
            "检查所属的专项行动",
            said("专项名称"),
            says=(
                phrase("CAMPAIGN", may="BELONG INSPECT SAFETY", weight=0.8),
                phrase("NAME", "CAMPAIGN", "INSPECT SAFETY BELONG CAMPAIGN"),
            ),
        ),
        *COMMON,
    ),
)
