"""履职: one act of duty, from a safety meeting to a report handed in."""

from analysis.ledgers.codes import DUTY_KIND
from analysis.ledgers.fields import COMMON, Field, Ledger, said
from analysis.ledgers.grammar import phrase
from analysis.ledgers.phrases import REPORT_DUE as DUE
from analysis.ledgers.phrases import REPORTED_ON as SUBMITTED

_ACTIVITY = "DUTY MEETING WORK HOLD INSPECT ISSUE DEED"
#: What a register of one kind of act is called, by the words of its title.
_TITLES = (
    ("例会", "例会"),
    ("形势研判会", "研判会|形势研判"),
    ("专题学习", "(?:专题|集中|理论|中心组)学习"),
    ("调研报告", "调研"),
    ("预警信息", "预警(?:信息|提示)|(?:安全|风险|气象)预警"),
    ("事故通报", "事故(?:情况)?通报"),
    ("约谈警示", "约谈"),
    ("媒体曝光", "曝光"),
    ("现场办公", "现场办公"),
    ("交叉互检", "互检"),
    ("督导检查", "督导|督查|带队检查"),
    ("培训演练", "培训|演练"),
    ("述职", "述职"),
    ("制度文件", "制度(?:文件|成果|性成果|清单)"),
    ("经验总结", "经验(?:做法|材料|总结)|(?:好|典型)(?:经验|做法)"),
)
#: Kinds that do not tell the ledger: what was inspected, and what of it was found, is 检查台账.
_INSPECTED = frozenset({"督导检查", "交叉互检"})
#: What a header says of its rows' kind: «约谈时间» is of 约谈.
_IMPLIED = (
    ("TALK", "kind", "约谈警示"),
    ("EXPOSE", "kind", "媒体曝光"),
    ("WARN", "kind", "预警信息"),
    ("ON_SITE", "kind", "现场办公"),
    ("ACCOUNT", "kind", "述职"),
    ("EXPERIENCE", "kind", "经验总结"),
    ("SIDE", "kind", "交叉互检"),
)

DUTY = Ledger(
    name="duty",
    label="履职",
    grain="一次履职活动一行",
    order=80,
    tests=(
        "历次 submission_id、sheet、row_no；"
        "非空 known_from；"
        "引用 submission_id → submission.submission_id"
    ),
    signature=("kind", "held_on"),
    said_in_title=("履职", "互检安排", "互检分组", "互检任务", "互检方案", "互检计划"),
    under_title=("held_on", "submitted_on", "unit", "is_held", "quantity"),
    titled=("kind", _TITLES),
    not_by_title=_INSPECTED,
    anchors=("subject", "kind", "person", "target"),
    key=("duty_id",),
    numbered_by="sender",
    fingerprint=("kind", "unit", "held_on", "subject", "person", "target", "period_start"),
    guard=("held_on", "subject"),
    asked_if_changed=(
        "kind",
        "held_on",
        "period_start",
        "is_held",
        "due_on",
        "submitted_on",
        "quantity",
    ),
    dated_in_months="held_on",
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
            note="没有这一列的，按标题和表头的用词",
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
            said("单位名称 组织单位 检查单位 督导单位 互检单位 检查方"),
            required=True,
            is_local=True,
            unless=("person",),
            says=(
                phrase("UNIT", "DUTY|HOLD|LEAD|SUBMIT|REPORT|ISSUE|DEED", f"{_ACTIVITY} LEAD"),
                phrase("SIDE GROUP", "INSPECT", weight=0.8),
                phrase("UNIT", weight=0.8),
            ),
            implies=_IMPLIED,
        ),
        Field(
            "person",
            "人员",
            "text",
            "述职的人、主持的人、谈话的人",
            said("姓名 述职人 述职人员 主持人 主持领导 带队领导 约谈人 主讲人 授课人"),
            says=(
                phrase(
                    "PERSON LEADER HEAD ANSWERABLE", "DUTY|MEETING|HOLD|DEED", f"{_ACTIVITY} LEAD"
                ),
                phrase("ANSWERABLE", may="UNIT LEAD", weight=0.6),
            ),
            implies=_IMPLIED,
        ),
        Field(
            "target",
            "对象",
            "text",
            "约谈、曝光、督导、互检的对象，预警信息发给谁；几个的用顿号分隔",
            said(
                "约谈对象 曝光对象 督导对象 互检对象 发布对象 发布范围 接收单位 被检查方 被约谈人"
            ),
            is_names=True,
            is_local=True,
            says=(
                phrase(
                    "UNIT SIDE OBJECT PERSON ANSWERABLE SITE", "CHECKED", f"{_ACTIVITY} SITE UNIT"
                ),
                phrase("OBJECT SCOPE", "DUTY|DEED|ISSUE|INSPECT", _ACTIVITY),
                phrase("TOWN", "DEED|INSPECT|ISSUE", _ACTIVITY),
                phrase("PARTY", weight=0.6),
            ),
            implies=_IMPLIED,
        ),
        Field(
            "is_held",
            "是否开展",
            "boolean",
            "名单里的人、单位是否已经开展；没有这一列的，有记录即为开展",
            said("是否召开 是否述职 是否完成 是否组织 是否学习 是否参加"),
            says=(
                phrase("DUTY MEETING HOLD DEED DONE", "WHETHER", f"{_ACTIVITY} DONE"),
                phrase("ACCOUNT", weight=0.6),
                phrase("SITUATION STATE", "DUTY|DEED|HOLD|DONE", f"{_ACTIVITY} DONE", 0.6),
            ),
            implies=_IMPLIED,
        ),
        Field(
            "held_on",
            "开展日期",
            "date",
            "开展的日期",
            said("召开日期 会议时间 活动日期 时间"),
            required=True,
            unless=("submitted_on", "period_start", "is_held"),
            implies=_IMPLIED,
            says=(
                phrase(
                    "TIME", "DUTY|MEETING|HOLD|WORK|DONE|FACT|ISSUE|DEED", f"{_ACTIVITY} DONE FACT"
                ),
                phrase("TIME", "INSPECT", _ACTIVITY, 0.6),
                phrase("TIME", weight=0.8),
            ),
        ),
        Field(
            "period_start",
            "所属期起",
            "date",
            "所对应时段的第一天；只知道是哪个月的，填那个月的 1 日",
            said("期次起 月份 所属月份 月度 所属期"),
            says=(phrase("MONTH_OF", may=_ACTIVITY),),
        ),
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
            unless=("person", "target", "period_start"),
            implies=_IMPLIED,
            says=(
                phrase("ABOUT THEME", "DUTY|MEETING|WORK|HOLD|DEED|ISSUE", f"{_ACTIVITY} THEME"),
                phrase("NAME TITLE REASON PLAN PROBLEM", "DEED|ISSUE", f"{_ACTIVITY} THEME"),
                phrase("NAME TITLE", "MEETING", _ACTIVITY, 0.6),
                phrase("ABOUT PLAN", "INSPECT", _ACTIVITY, 0.6),
                phrase("PROBLEM", "DECIDE|HANDLE", "DECIDE HANDLE", 0.6),
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
            says=(
                phrase("COUNT VISITS", may=f"{_ACTIVITY} SUBMIT"),
                phrase("MONTH", may="THIS_PERIOD", weight=0.6),
            ),
        ),
        *COMMON,
    ),
)
