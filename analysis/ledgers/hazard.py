"""隐患: the hazard ledger, from discovery to striking off."""

from analysis.ledgers.codes import LEVEL, RECT_TYPE, STATUS
from analysis.ledgers.fields import (
    ACCEPTANCE,
    COMMON,
    CURRENT_DEADLINE,
    DECIDED,
    ITEM_ID,
    PAST,
    SUPPORT_UNITS,
    Field,
    Ledger,
    said,
)
from analysis.ledgers.grammar import phrase
from analysis.ledgers.phrases import (
    COMPLETION,
    DEADLINE,
    EXTENDED_DEADLINE,
    KIND_OF_BUSINESS,
    PLACE_OF_BUSINESS,
    PROGRESS,
    RESPONSIBLE_PERSON,
    RESPONSIBLE_UNIT,
    TOWNSHIP,
    WAY_OF_FIXING,
    WHAT_TO_DO,
)

FOUND = (
    phrase("TIME", "FIND", "INSPECT HAZARD SAFETY"),
    phrase("TIME", "INSPECT|CHECKED", "HAZARD SAFETY CHECKED CAMPAIGN GROUP", 0.9),
    phrase("TIME", "REPORT", "HAZARD SAFETY", 0.6),
    phrase("TIME", "HAZARD", "SAFETY", 0.5),
    phrase("TIME", weight=0.5),
    phrase("FIND", may="INSPECT HAZARD TIME", weight=0.6),  # «发现» over days
)
SOURCE = (
    phrase("SOURCE", may="HAZARD SAFETY FIND INSPECT SOURCE"),
    phrase("KIND WAY", "INSPECT|FIND", "SAFETY", 0.9),
)
NUMBER = (phrase("NUMBER", "HAZARD", "SAFETY INSPECT"),)
INSPECTION_NO = (phrase("NUMBER", "INSPECT", "SAFETY", 0.8),)
PART = (
    phrase("WHERE", may="HAZARD SAFETY INSPECT FIND BELONG SITE EVENT CHECKED"),
    phrase("ADDRESS", "HAZARD", "SAFETY"),
    phrase("SITE", "INSPECT|HAZARD", "BELONG", 0.5),
)
#: 发现问题, 重大隐患描述, 存在的安全隐患; a number or a kind of hazard is none.
DESCRIPTION = (
    phrase("ABOUT EXPRESSION", "HAZARD", "SAFETY MAJOR FIND INSPECT REPORT ABOUT SITUATION"),
    phrase("SITUATION", "HAZARD", "SAFETY MAJOR FIND INSPECT REPORT ABOUT SITUATION", 0.85),
    phrase("HAZARD", may="SAFETY MAJOR FIND INSPECT REPORT", weight=0.9),
    phrase("NAME", "HAZARD", "SAFETY MAJOR", 0.8),
    phrase("TITLE", "HAZARD", "SAFETY", 0.4),
    phrase("BARE", may="SITUATION", weight=0.4),
)
CATEGORY = (phrase("KIND", "HAZARD", "SAFETY"),)
GRADE = (
    phrase("LEVEL", "HAZARD", "SAFETY MAJOR JUDGE"),
    phrase("SEVERITY", may="HAZARD SAFETY", weight=0.8),
    phrase("HAZARD", "WHETHER MAJOR", "SAFETY"),
    # 风险等级 over 一般 and 重大; a register of sites has it of four colours.
    phrase("LEVEL", "RISK", "SAFETY RISK", 0.4),
)
BASIS = (
    phrase("BASIS", "JUDGE|BREACH|HAZARD|INSPECT", "SAFETY MAJOR FIND BASIS"),
    phrase("BASIS", "BASIS", "SAFETY"),
    phrase("ABOUT SITUATION", "BREACH", "SAFETY BASIS", 0.6),
)
FUND = (phrase("MONEY", may="FIX HANDLE HAZARD MUST FACT MONEY"),)
SUPERVISED = (phrase("SUPERVISE", "WHETHER", "HAZARD SAFETY MAJOR SUPERVISE ENTER"),)
FIVE = (
    phrase("FIVE", may="WHETHER FACT FIX HAZARD"),
    phrase("SITUATION STATE", "FIVE", "FIX HAZARD HANDLE"),
    phrase("HANDLE FACT", "FIVE", "WHETHER FIX HAZARD"),
)
SUPERVISED_ON = (phrase("TIME", "SUPERVISE", "HAZARD SAFETY MAJOR"),)
JUDGED_ON = (phrase("TIME", "JUDGE", "HAZARD SAFETY MAJOR"),)
FILED_ON = (phrase("TIME", "FILE", "HAZARD SAFETY"),)

#: What a reader of the table should know of the site.
ONLY_PLACE = (
    "没有场所一列的台账，唯一写明地点的一列（位置、地点、设备、路段等）就是场所；"
    "多数只写部位的（一楼大厅）仍是隐患部位"
)

HAZARD = Ledger(
    name="hazard",
    label="隐患",
    grain="一条隐患一行",
    order=20,
    tests=(
        "历次 item_id；"
        "非空 item_id、known_from；"
        "引用 submission_id → submission.submission_id；"
        "成立 首次收到不晚于本版：first_known_on <= known_from"
    ),
    signature=("description",),
    said_in_title=("隐患",),
    anchors=("description", "site"),
    key=("hazard_no",),
    numbered_by="sender",
    fingerprint=("site", "location", "found_on", "description"),
    guard=("site", "description"),
    wording="description",
    id_prefix="H",
    is_sent_whole=True,
    is_item=True,
    kind_label="隐患",
    title=("hazard_no", "site", "description"),
    deadline_from="found_on",
    date_order=(
        ("found_on", "due_on"),
        ("found_on", "done_on"),
        ("done_on", "accepted_on"),
        ("accepted_on", "closed_on"),
    ),
    is_sent_by_units=True,
    owner_column="unit",
    is_of_sender=True,
    inspection_column="inspection_no",
    fields=(
        ITEM_ID,
        Field(
            "hazard_no",
            "隐患编号",
            "text",
            "填报单位自己的编号",
            said(
                "隐患排查单号 流水号 案件编号 编号 记录编号 隐患编码 问题编号 台账编号 "
                "整改通知书编号 指令书编号 通知书编号 责令书编号"
            ),
            is_identifier=True,
            is_local=True,
            says=NUMBER,
        ),
        Field(
            "found_on",
            "发现日期",
            "date",
            "检查发现隐患的日期",
            said(
                "检查日 被检查时间 日期 排查发现时间 录入时间 下达时间 交办时间 反馈时间 "
                "排查日期 检查日期 检查时间 排查时间 发现时间 隐患发现时间 登记时间"
            ),
            required=True,
            when="past",
            says=FOUND,
        ),
        Field(
            "source",
            "隐患来源",
            "text",
            "双随机、专项、交叉互检等",
            said(
                "台账来源 任务来源 发现渠道 排查主体 检查类别 来源 检查类型 检查形式 检查方式 "
                "发现方式 排查方式"
            ),
            says=SOURCE,
        ),
        Field(
            "inspection_no",
            "检查编号",
            "text",
            "对应检查记录的编号",
            said("检查单号 检查记录编号"),
            is_identifier=True,
            is_local=True,
            says=INSPECTION_NO,
        ),
        Field(
            "site",
            "场所名称",
            "text",
            "存在隐患的单位或场所",
            said(
                "排查对象 所在单位 生产经营单位 生产经营单位名称 经营单位 被检查对象 "
                "检查单位 市场主体名称 门店名称 点位名称 单位名称 被检查单位 企业名称 "
                "地点 检查地点 隐患单位 检查对象 受检单位 经营场所 被检单位 场所 景区名称 "
                "隐患所在单位"
            ),
            required=True,
            is_local=True,
            note=ONLY_PLACE,
            says=PLACE_OF_BUSINESS,
        ),
        Field(
            "site_kind",
            "场所类型",
            "text",
            "业态",
            said(
                "类别 类型 分类 性质 行业和领域 重点行业 监管行业 行业分类 领域 业态 行业领域 "
                "行业类别 行业 所属行业"
            ),
            says=KIND_OF_BUSINESS,
        ),
        Field(
            "township",
            "乡镇",
            "text",
            "属地",
            said(
                "区县 县（市、区） 乡（镇） 所在地 归属地 行政区划 属地 街道 所在乡镇 辖区 所属乡镇"
            ),
            is_local=True,
            says=TOWNSHIP,
        ),
        Field(
            "location",
            "隐患部位",
            "text",
            "场所内的具体位置",
            said(
                "位置补充说明 发生区域 检查区域 检查场所 隐患地点 风险点 点位 部位 检查地点 "
                "具体地点 检查部位 所在部位 地点 位置 具体位置"
            ),
            says=PART,
        ),
        Field(
            "description",
            "隐患描述",
            "text",
            "隐患的内容",
            said(
                "隐患名称 发现的违规行为和事故隐患 检查情况 具体问题表述 主要问题 隐患问题 "
                "存在的主要问题 隐患现状 隐患具体情况 问题表现 隐患基本情况 简要情况 "
                "问题或隐患 隐患内容 隐患问题描述 问题描述 存在问题 存在隐患或问题 "
                "存在的问题或隐患 具体隐患 隐患情况 主要隐患 问题隐患 安全隐患 "
                "现场具体隐患"
            ),
            required=True,
            is_prose=True,
            says=DESCRIPTION,
            implies=(("MAJOR", "level", "重大"),),
        ),
        Field(
            "category",
            "隐患类别",
            "text",
            "消防设施、疏散通道、用电用火等",
            said(
                "类别 类型 分类 隐患标签 风险类型 隐患种类 所属类别 可能导致的事故类型 事故类别 "
                "隐患类型 问题类型 问题类别 隐患分类"
            ),
            says=CATEGORY,
        ),
        Field(
            "level",
            "隐患等级",
            "code",
            "法定只有一般、重大两级",
            said(
                "问题等级 隐患性质 性质 是否重大事故隐患 隐患类别 类别 类型 隐患级别 等级 级别 "
                "是否重大隐患 隐患分级"
            ),
            codes=LEVEL,
            text_in="level_text",
            says=GRADE,
        ),
        Field("level_text", "等级原文", "text", "等级一格的原文", header=False),
        Field(
            "basis",
            "判定依据",
            "text",
            "判定的标准与条款",
            said(
                "法规政策依据 检查依据 违反法规条款 对应条款 判定条款 法律依据 违反条款 "
                "判定情形 隐患判定依据 依据 判定标准"
            ),
            says=BASIS,
        ),
        Field(
            "unit",
            "责任单位",
            "unit",
            "负责整改或督促整改的单位",
            said(
                "整改部门 具体责任单位 责任方 整改责任主体 牵头单位 牵头部门 主办单位 "
                "承办单位 责任主体 整改主体 主责单位 整改责任部门 落实单位 责任科室 "
                "责任股室 行业主管部门 监管责任单位 整改责任单位 整改单位 责任部门 "
                "治理责任单位 整治责任单位 "
                "监管单位 督办单位 监管部门 督促整改单位 督促单位 督改单位"
            ),
            required=True,
            is_local=True,
            says=RESPONSIBLE_UNIT,
        ),
        Field(
            "person",
            "责任人",
            "text",
            "整改责任人",
            said(
                "跟踪人员 处理人 整改责任人员 具体责任人 直接责任人 企业责任人 经办人 "
                "联系人 责任单位负责人 整改第一责任人 责任领导 分管负责人 包联领导 "
                "整改责任人 整改负责人 整改人 负责人"
            ),
            required=True,
            says=RESPONSIBLE_PERSON,
        ),
        SUPPORT_UNITS,
        Field(
            "measure",
            "整改措施",
            "text",
            "采取的措施",
            said(
                "整改措施内容 采取的整改措施 细化的整改措施 管控措施 整改建议 整改对策 "
                "整改方案 治理方案 防范措施 整改内容 细化措施 处理意见 现场处理决定 "
                "整改要求 治理措施 整改意见 措施"
            ),
            is_prose=True,
            says=WHAT_TO_DO,
        ),
        Field(
            "plan_ok",
            "五落实",
            "boolean",
            "措施、责任、资金、时限、预案是否都落实",
            said("达到“五到位”要求的 五到位情况 五落实情况 五到位 达到五到位要求"),
            says=FIVE,
        ),
        Field(
            "fund_10k",
            "整改资金",
            "number",
            "落实的整改资金",
            said("累计落实治理资金 资金落实情况 计划投入 整改投入 治理资金 资金 投入资金"),
            unit="万元",
            says=FUND,
        ),
        Field(
            "rect_type",
            "整改类别",
            "code",
            "立行立改、限期整改还是长期坚持",
            said("类别 整改方式 整改类型 治理类型"),
            codes=RECT_TYPE,
            says=WAY_OF_FIXING,
        ),
        Field("due_text", "期限原文", "text", "整改期限一格的原文", header=False),
        Field(
            "due_on",
            "整改期限",
            "deadline",
            "要求完成的原定期限，批准的延期不改这一列",
            said(
                "限期改正日期 计划完成时限 计划完成 化解时限 办理时限 工作完成时限要求 "
                "整改日期 完成日期 完成期限 整改限期 要求完成日期 规定整改时间 治理期限 "
                "治理时限 截止时间 截止日期 限期 整改完成时限 拟完成时间 预计完成时间 "
                "应完成时间 办结时限 销号时限 督办期限 责令整改期限 目标时限 整改时限 "
                "完成时限 计划完成时间 计划完成日期 要求完成时间 限期整改日期 整改到期时间 "
                "时限 整改完成时间 完成时间 整改截止日期"
            ),
            text_in="due_text",
            required=True,
            note=CURRENT_DEADLINE,
            when="near",
            says=DEADLINE,
        ),
        Field(
            "extended_due_on",
            "延期后期限",
            "date",
            "批准延期后的期限",
            said("变更后时限 申请延期 延期时限 延期至 延长期限 新整改期限"),
            when="near",
            says=EXTENDED_DEADLINE,
        ),
        Field(
            "supervised",
            "是否挂牌督办",
            "boolean",
            "是否列入挂牌督办",
            said("是否挂牌 挂牌督办的重大事故隐患 挂牌督办 挂牌情况"),
            says=SUPERVISED,
        ),
        Field(
            "supervised_on",
            "挂牌日期",
            "date",
            "挂牌督办的日期",
            said("挂牌时间 挂牌督办日期"),
            says=SUPERVISED_ON,
        ),
        Field(
            "judged_on",
            "判定日期",
            "date",
            "判定等级的日期",
            said("判定时间"),
            says=JUDGED_ON,
        ),
        Field(
            "filed_on",
            "立案日期",
            "date",
            "立案的日期",
            said("立案时间"),
            says=FILED_ON,
        ),
        Field(
            "status",
            "整改状态",
            "code",
            "填报的状态；逾期与否只由日期推出",
            said(
                "处理情况 处理状态 进度情况 目前进度 化解情况 办理情况 "
                "具体责任单位整改情况 是否已完成整改 是否整改到位 是否完成 整改落实情况 "
                "落实情况 整改进度 工作进展 治理情况 治理进展 目前进展 当前状态 完成进度 "
                "销号情况 销号状态 是否销号 整改情况 整改进展 完成情况 整改完成情况 "
                "隐患状态 状态 进展情况 是否整改 是否整改完成 整改结果"
            ),
            codes=STATUS,
            text_in="status_text",
            role="progress",
            says=PROGRESS,
        ),
        Field("status_text", "状态原文", "text", "状态一格的原文", header=False, role="progress"),
        Field(
            "done_on",
            "整改完成日期",
            "date",
            "实际完成整改的日期",
            said(
                "对应的完成时间 关闭时间 闭环时间 治理完成时间 整改日期 办结时间 "
                "完成日期 实际完成日期 实际完成时间 整改到位时间 整改完成时间 完成时间 "
                "办结日期"
            ),
            when="past",
            says=COMPLETION,
            role="progress",
        ),
        *ACCEPTANCE,
        Field("campaign", "专项行动", "text", "隐患所属的专项行动", said("专项 专项名称")),
        *COMMON,
        *PAST,
        *DECIDED,
    ),
)
