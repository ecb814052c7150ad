"""隐患: the hazard ledger, from discovery to striking off."""

from analysis.ledgers.codes import LEVEL, RECT_TYPE, STATUS
from analysis.ledgers.fields import COMMON, Field, Ledger

HAZARD = Ledger(
    name="hazard",
    label="隐患",
    grain="一条隐患一行",
    signature=("description",),
    anchors=("description", "site"),
    key=("hazard_no",),
    fingerprint=("site", "location", "found_on", "description"),
    guard=("site", "description"),
    fields=(
        Field("item_id", "事项编号", "text", "全库唯一，跨各次报送不变", header=False),
        Field(
            "hazard_no", "隐患编号", "text", "填报单位自己的编号",
            ("编号", "记录编号", "隐患编码", "问题编号", "台账编号", "整改通知书编号"),
        ),
        Field(
            "found_on", "发现日期", "date", "检查发现隐患的日期",
            ("排查日期", "检查日期", "检查时间", "排查时间", "发现时间", "隐患发现时间", "登记时间"),
            required=True,
        ),
        Field(
            "source", "隐患来源", "text", "双随机、专项、交叉互检等",
            ("来源", "检查类型", "检查形式", "检查方式", "发现方式", "排查方式"),
        ),
        Field("inspection_no", "检查编号", "text", "对应检查记录的编号", ("检查单号", "检查记录编号")),
        Field(
            "site", "场所名称", "text", "存在隐患的单位或场所",
            ("单位名称", "被检查单位", "企业名称", "隐患单位", "检查对象", "受检单位", "经营场所",
             "被检单位", "场所", "景区名称", "隐患所在单位"),
            required=True,
        ),
        Field("site_kind", "场所类型", "text", "业态", ("业态", "行业领域", "行业类别", "行业", "所属行业")),
        Field("township", "乡镇", "text", "属地", ("属地", "街道", "所在乡镇", "辖区", "所属乡镇")),
        Field(
            "location", "隐患部位", "text", "场所内的具体位置",
            ("部位", "具体地点", "检查部位", "所在部位", "地点", "位置", "具体位置"),
        ),
        Field(
            "description", "隐患描述", "text", "隐患的内容",
            ("隐患内容", "隐患问题描述", "问题描述", "存在问题", "存在隐患或问题", "存在的问题或隐患",
             "具体隐患", "隐患情况", "主要隐患", "问题隐患", "安全隐患", "现场具体隐患"),
            required=True,
        ),
        Field("category", "隐患类别", "text", "消防设施、疏散通道、用电用火等",
              ("隐患类型", "问题类型", "问题类别", "隐患分类")),
        Field(
            "level", "隐患等级", "code", "法定只有一般、重大两级",
            ("隐患级别", "等级", "级别", "是否重大隐患", "隐患分级"),
            codes=LEVEL, text_in="level_text",
        ),
        Field("level_text", "等级原文", "text", "等级一格的原文", header=False),
        Field("basis", "判定依据", "text", "判定的标准与条款", ("隐患判定依据", "依据", "判定标准")),
        Field(
            "unit", "责任单位", "unit", "负责整改或督促整改的单位",
            ("整改责任单位", "整改单位", "责任部门", "监管单位", "督办单位", "监管部门"),
            required=True,
        ),
        Field(
            "person", "责任人", "text", "整改责任人",
            ("整改责任人", "整改负责人", "整改人", "负责人"), required=True,
        ),
        Field("measure", "整改措施", "text", "采取的措施", ("整改要求", "治理措施", "整改意见", "措施")),
        Field("plan_ok", "五落实", "boolean", "措施、责任、资金、时限、预案是否都落实",
              ("五落实情况", "五到位", "达到五到位要求")),
        Field("fund_10k", "整改资金", "number", "落实的整改资金", ("治理资金", "资金", "投入资金"),
              unit="万元"),
        Field(
            "rect_type", "整改类别", "code", "立行立改、限期整改还是长期坚持",
            ("整改方式", "整改类型", "治理类型"), codes=RECT_TYPE,
        ),
        Field("due_text", "期限原文", "text", "整改期限一格的原文", header=False),
        Field(
            "due_on", "整改期限", "deadline", "要求完成的日期",
            ("整改时限", "完成时限", "计划完成时间", "计划完成日期", "要求完成时间", "限期整改日期",
             "整改到期时间", "时限", "整改完成时间", "完成时间", "整改截止日期"),
            text_in="due_text", required=True,
        ),
        Field(
            "extended_due_on", "延期后期限", "date", "批准延期后的期限",
            ("延期至", "延长期限", "新整改期限"),
        ),
        Field("supervised", "是否挂牌督办", "boolean", "是否列入挂牌督办", ("挂牌督办", "挂牌情况")),
        Field("supervised_on", "挂牌日期", "date", "挂牌督办的日期", ("挂牌时间", "挂牌督办日期")),
        Field("judged_on", "判定日期", "date", "判定等级的日期", ("判定时间",)),
        Field("filed_on", "立案日期", "date", "立案的日期", ("立案时间",)),
        Field(
            "status", "整改状态", "code", "填报的状态；逾期与否只由日期推出",
            ("整改情况", "整改进展", "完成情况", "整改完成情况", "隐患状态", "状态", "进展情况",
             "是否整改", "是否整改完成", "整改结果"),
            codes=STATUS, text_in="status_text",
        ),
        Field("status_text", "状态原文", "text", "状态一格的原文", header=False),
        Field(
            "done_on", "整改完成日期", "date", "实际完成整改的日期",
            ("完成日期", "实际完成日期", "实际完成时间", "整改到位时间", "整改完成时间", "完成时间",
             "办结日期"),
        ),
        Field("accepted_on", "验收日期", "date", "验收（复查）通过的日期",
              ("验收时间", "复查时间", "复查日期", "整改验收时间")),
        Field("accepted_by", "验收人", "text", "签字验收的人",
              ("验收签字", "验收人员", "复查人", "签字人", "签字")),
        Field("closed_on", "销号日期", "date", "销号的日期", ("销号时间", "销案日期", "核销时间")),
        Field("campaign", "专项行动", "text", "隐患所属的专项行动", ("专项", "专项名称")),
        *COMMON,
    ),
)
