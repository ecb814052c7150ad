"""半月报: one unit's half-monthly report."""

from analysis.ledgers.fields import COMMON, Field, Ledger, said
from analysis.ledgers.grammar import phrase
from analysis.ledgers.phrases import REPORT_DUE, REPORTED_ON

_OF_HAZARDS = "HAZARD SAFETY FIND INSPECT OF_PERIOD"
_FIXED = "FIX|DONE|FACT|CLOSE"
_OF_FIXING = "HAZARD SAFETY FIX DONE FACT OF_PERIOD"

HALF_MONTH = Ledger(
    name="half_month",
    label="半月报",
    grain="一个单位一期半月报一行",
    order=100,
    tests=(
        "历次 submission_id、sheet、row_no；"
        "非空 known_from；"
        "引用 submission_id → submission.submission_id"
    ),
    signature=("zero_report", "progress", "visits"),
    own=("zero_report", "visits"),
    under_title=("hazards_found", "hazards_done", "sites_inspected", "submitted_on"),
    said_in_title=("半月报", "半月工作", "半月情况", "半月统计"),
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
            says=(
                phrase("UNIT", "SUBMIT|REPORT", "SUBMIT REPORT LEAD"),
                phrase("NAME", "UNIT SUBMIT|REPORT", "SUBMIT REPORT"),
                phrase("UNIT", may="LEAD BELONG", weight=0.7),
            ),
        ),
        Field("period_start", "期次起", "date", "1 日或 16 日", said("统计起"), required=True),
        Field("period_end", "期次止", "date", "15 日或月末", said("统计止"), required=True),
        Field(
            "due_on",
            "应报日期",
            "date",
            "应当报送的日期",
            said("报送期限"),
            note="单位填写的原样；按期与否看报送期次的应报日期",
            says=REPORT_DUE,
        ),
        Field(
            "submitted_on",
            "报送日期",
            "date",
            "实际报送的日期；未报为空",
            said("报送时间 上报日期"),
            note="按期与否看 reported_on",
            says=REPORTED_ON,
        ),
        Field(
            "zero_report",
            "零报告",
            "boolean",
            "是否零报告",
            said("是否零报告"),
            says=(phrase("ZERO", may="WHETHER"), phrase("SITUATION", "ZERO")),
        ),
        Field(
            "visits",
            "检查家次",
            "integer",
            "检查的次数，同一场所可多次",
            said("家次"),
            unit="家次",
            says=(phrase("VISITS", "INSPECT", "SITE UNIT OBJECT SAFETY INSPECT OF_PERIOD"),),
        ),
        Field(
            "sites_inspected",
            "检查家数",
            "integer",
            "检查的场所数，去重",
            said("检查单位数"),
            unit="家",
            says=(
                phrase("PLACES", "INSPECT|CHECKED", "SITE UNIT OBJECT SAFETY INSPECT OF_PERIOD"),
                phrase("COUNT", "INSPECT|CHECKED SITE|UNIT|OBJECT", "SAFETY INSPECT OF_PERIOD"),
            ),
        ),
        Field(
            "hazards_found",
            "发现隐患数",
            "integer",
            "本期发现",
            said("隐患数"),
            unit="条",
            says=(
                phrase("COUNT", "HAZARD", _OF_HAZARDS),
                phrase("HAZARD", "FIND|INSPECT", _OF_HAZARDS, 0.8),
                phrase("COUNT", "FIND", _OF_HAZARDS, 0.8),
                phrase("HAZARD", may="SAFETY", weight=0.6),
            ),
        ),
        Field(
            "hazards_done",
            "整改完成数",
            "integer",
            "本期整改完成",
            said("已整改数"),
            unit="条",
            says=(
                phrase("COUNT", _FIXED, _OF_FIXING),
                phrase("FIX DONE FACT", _FIXED, _OF_FIXING, 0.8),
                phrase("HAZARD", "FIX|DONE FIX|DONE|FACT", _OF_FIXING, 0.8),
                phrase("FIX DONE FACT", "HAZARD", _OF_FIXING, 0.7),
            ),
        ),
        Field(
            "major_found",
            "重大隐患数",
            "integer",
            "本期发现的重大隐患",
            said("发现重大隐患 重大隐患发现数 重大隐患新增数"),
            unit="条",
            says=(
                phrase("COUNT", "MAJOR", _OF_HAZARDS),
                phrase("HAZARD", "MAJOR", _OF_HAZARDS, 0.9),
                phrase("MAJOR", may=f"{_OF_HAZARDS} COUNT", weight=0.7),
            ),
        ),
        Field(
            "major_closed",
            "重大隐患销号数",
            "integer",
            "本期销号的重大隐患",
            unit="条",
            says=(
                phrase("COUNT", "MAJOR CLOSE", _OF_FIXING),
                phrase("CLOSE", "MAJOR", f"{_OF_FIXING} MAJOR"),
                phrase("HAZARD", "CLOSE MAJOR", "SAFETY FACT"),
            ),
        ),
        Field(
            "supervised",
            "挂牌督办数",
            "integer",
            "期末挂牌督办中的隐患",
            said("挂牌数 期末挂牌督办 期末挂牌督办数 挂牌督办隐患数"),
            unit="条",
            says=(
                phrase("SUPERVISE", may="MAJOR HAZARD SAFETY SUPERVISE"),
                phrase("COUNT", "SUPERVISE", "MAJOR HAZARD SAFETY"),
                phrase("HAZARD", "SUPERVISE", "MAJOR SAFETY SUPERVISE"),
            ),
        ),
        Field(
            "progress",
            "进展情况",
            "text",
            "反馈问题整改进展",
            said("本期进展 工作进展"),
            is_prose=True,
            says=(
                phrase("STATE SITUATION", "FIX|WORK|DONE|HANDLE", "HAZARD REPORT WORK STATE HOLD"),
                phrase("STATE", "THIS_PERIOD|REPORT", "HAZARD FIX WORK"),
                phrase("WORK", "THIS_PERIOD", "WORK", 0.8),
                phrase("SITUATION ABOUT WORK", "WORK", "HOLD THIS_PERIOD DONE", 0.7),
            ),
        ),
        Field(
            "difficulties",
            "存在困难",
            "text",
            "困难与问题",
            said("存在问题"),
            is_prose=True,
            says=(
                phrase("DIFFICULTY", may="HAZARD WORK COORDINATE"),
                phrase("HAZARD ABOUT WORK", "DIFFICULTY|COORDINATE", "HAZARD DIFFICULTY HANDLE"),
                phrase("MEASURE", "DIFFICULTY", "HAZARD", 0.8),
            ),
        ),
        Field(
            "next_steps",
            "下一步打算",
            "text",
            "下一步工作",
            said("下步计划 下步打算"),
            is_prose=True,
            says=(
                phrase("PLAN MEASURE WORK ABOUT", "NEXT", "PLAN WORK FIX MEASURE"),
                phrase("NEXT", weight=0.7),
                phrase("PLAN", "WORK", weight=0.5),
            ),
        ),
        Field(
            "reported_on",
            "计报日期",
            "date",
            "按期与否以此为准：网页确认的日期；手工收的按报送日期，没有的按收到日期",
            header=False,
            note="不晚于首次收到；空表示未报",
        ),
        *COMMON,
    ),
)
