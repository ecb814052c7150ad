"""整改措施: the detailed measures of the 三清单 (问题清单, 整改清单, 责任清单)."""

from analysis.ledgers.codes import LIST_KIND, RECT_TYPE, STATUS
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
    PROGRESS,
    RESPONSIBLE_PERSON,
    RESPONSIBLE_UNIT,
    WAY_OF_FIXING,
    WHAT_TO_DO,
)

#: 5-1, 自查1, «（5-1）», «细化措施5-1»: a number of the plan's; «3» is a line's.
NUMBERED = (
    r"(?:细化)?(?:措施)?[(\[]?(?:(?:自查|反馈)?\d+(?:[-—–−.]\d+)+|(?:自查|反馈)\d+)[)\]]?[、.:]?"
)
#: «第6项»: a number that runs through a plan, as its reports name it.
RUNNING = r"第\d{1,3}项"

MEASURE = Ledger(
    name="measure",
    label="整改措施",
    grain="三清单的一条细化措施一行",
    order=10,
    tests=(
        "历次 item_id；"
        "非空 item_id、known_from；"
        "引用 submission_id → submission.submission_id；"
        "成立 首次收到不晚于本版：first_known_on <= known_from"
    ),
    signature=("sub_measure", "measure"),
    own=("sub_measure", "manifestation", "support_units"),
    said_in_title=("三清单", "细化措施", "整改清单", "反馈问题", "自查问题"),
    anchors=("sub_measure", "measure"),
    key=("sub_no",),
    fingerprint=("unit", "measure", "sub_measure"),
    guard=("sub_measure",),
    wording="sub_measure",
    master=frozenset(
        said(
            "list_kind problem manifestation_no manifestation measure_no measure sub_no "
            "sub_measure rect_type unit person support_units due_on start_on first_node_on "
            "node_days quantity frequency measure_quantity measure_frequency plan"
        )
    ),
    id_prefix="M",
    is_sent_whole=True,
    is_planned=True,
    is_item=True,
    kind_label="三清单",
    title=("sub_no", "sub_measure"),
    date_order=(
        ("start_on", "due_on"),
        ("done_on", "accepted_on"),
        ("accepted_on", "closed_on"),
    ),
    is_sent_by_units=True,
    owner_column="unit",
    fields=(
        ITEM_ID,
        Field(
            "list_kind", "清单类别", "code", "反馈问题还是自查问题", codes=LIST_KIND, header=False
        ),
        Field(
            "problem",
            "主要问题",
            "text",
            "督导检查反馈的问题，或自查发现的问题",
            said("自查问题 反馈问题 问题清单"),
            is_prose=True,
            says=(
                phrase("PROBLEM", may="REPORT INSPECT FIND SAFETY", weight=0.7),
                phrase("ABOUT SITUATION NAME", "PROBLEM", "REPORT INSPECT FIND", 0.7),
            ),
        ),
        Field(
            "manifestation_no",
            "表现形式编号",
            "text",
            "取自表现形式的文字",
            header=False,
            is_identifier=True,
        ),
        Field(
            "manifestation",
            "表现形式",
            "text",
            "问题的具体表现",
            said("问题表现"),
            is_prose=True,
            says=(
                phrase("EXPRESSION", may="PROBLEM EXPRESSION ABOUT"),
                phrase("SITUATION", "EXPRESSION", "PROBLEM"),
            ),
        ),
        Field(
            "measure_no", "措施编号", "text", "取自整改措施的文字", header=False, is_identifier=True
        ),
        Field(
            "measure",
            "整改措施",
            "text",
            "针对问题的整改措施",
            said("工作措施 整改任务"),
            is_prose=True,
            says=WHAT_TO_DO,
        ),
        Field(
            "sub_no",
            "细化措施编号",
            "text",
            "如 5-1；自查问题的措施为“自查1”",
            said("细化编号"),
            is_identifier=True,
            shape=f"{NUMBERED}|{RUNNING}",
            says=(
                phrase("NUMBER", "DETAILED|MEASURE|WORK", "FIX"),
                phrase("NUMBER", weight=0.8),
            ),
        ),
        Field(
            "sub_measure",
            "细化措施",
            "text",
            "可以逐项跟踪的措施，不带编号",
            said("细化的整改措施"),
            is_prose=True,
            says=(phrase("DETAILED", may="FIX MEASURE WORK ABOUT"),),
        ),
        Field(
            "rect_type",
            "整改类别",
            "code",
            "整改要求的类别，与期限、状态互相独立",
            said("整改类型 治理类型"),
            codes=RECT_TYPE,
            says=WAY_OF_FIXING,
        ),
        Field(
            "unit",
            "牵头单位",
            "unit",
            "负主责的单位",
            said("责任单位 牵头部门 主办单位 整改责任单位"),
            required=True,
            is_local=True,
            says=RESPONSIBLE_UNIT,
        ),
        Field(
            "person",
            "责任人",
            "text",
            "牵头单位的分管负责人",
            said("分管负责人 负责人 责任领导 牵头领导"),
            required=True,
            says=RESPONSIBLE_PERSON,
        ),
        SUPPORT_UNITS,
        Field("due_text", "时限原文", "text", "完成时限一格的原文", header=False),
        Field("start_on", "启动日期", "date", "“X日前全部进入工作状态”的日期", header=False),
        Field("first_node_on", "第一个工作节点", "date", "第一个工作节点的日期", header=False),
        Field(
            "node_days",
            "节点间隔",
            "integer",
            "相邻两个工作节点相隔的天数",
            unit="天",
            header=False,
        ),
        Field(
            "due_on",
            "完成时限",
            "deadline",
            "本条措施的原定期限，批准的延期不改这一列；没有则为空",
            said(
                "要求完成时间 工作完成时限要求 办理时限 整改完成时限 计划完成日期 完成日期 "
                "完成时间 整改完成时间 完成期限 整改时限 整改期限 时序进度 计划完成时间 "
                "时限"
            ),
            text_in="due_text",
            required=True,
            note=CURRENT_DEADLINE,
            when="near",
            says=DEADLINE,
        ),
        Field(
            "due_is_provisional",
            "期限待确认",
            "boolean",
            "时限写给了不存在的条目，只可能指这一条，期限暂按此计；空表示期限是写明的",
            header=False,
        ),
        Field(
            "extended_due_on",
            "延期后期限",
            "date",
            "批准延期后的期限",
            said("延期至 延长期限 变更后时限 新整改期限"),
            when="near",
            says=EXTENDED_DEADLINE,
        ),
        Field("quantity", "定量目标", "number", "每期或合计应完成的数量", header=False),
        Field("frequency", "频次", "text", "如每月、每季度；一次性的为空", header=False),
        Field(
            "measure_quantity",
            "整改措施定量目标",
            "number",
            "整改措施自己的文字写明的数量，与细化措施的分列",
            header=False,
        ),
        Field(
            "measure_frequency",
            "整改措施频次",
            "text",
            "整改措施自己的文字写明的频次；没有的为空",
            header=False,
        ),
        Field(
            "status",
            "整改状态",
            "code",
            "填报的状态；逾期与否只由日期推出",
            said(
                "办理情况 目前进展 工作进展 是否完成 是否已完成整改 完成进度 整改情况 "
                "完成情况 进展情况 整改进展 落实情况 状态"
            ),
            codes=STATUS,
            text_in="status_text",
            role="progress",
            says=PROGRESS,
        ),
        Field("status_text", "状态原文", "text", "状态一格的原文", header=False, role="progress"),
        Field(
            "done_on",
            "完成日期",
            "date",
            "实际完成的日期",
            said("整改完成时间 办结日期 办结时间 实际完成时间 实际完成日期 整改完成日期 完成时间"),
            when="past",
            says=COMPLETION,
            role="progress",
        ),
        *ACCEPTANCE,
        Field(
            "plan",
            "所属方案",
            "text",
            "整改方案的文号，没有文号的为标题，见整改方案表；空表示还没有收到方案",
            header=False,
            is_identifier=True,
        ),
        *COMMON,
        *PAST,
        *DECIDED,
    ),
)
