"""Code lists: every value a coded field may take, and the words that units write for it."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Code:
    """One allowed value, its Chinese label and the words that are read as it.

    ``is_claim``, of a kind of doubt: a unit says something by which an item of its own would count
    otherwise. Such doubts are asked before all others.
    """

    value: str
    label: str
    words: tuple[str, ...] = ()
    is_claim: bool = False


@dataclass(frozen=True)
class CodeList:
    """An ordered list of codes."""

    name: str
    codes: tuple[Code, ...]

    def __iter__(self) -> Iterator[Code]:
        return iter(self.codes)

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """Value → Chinese label."""
        return {code.value: code.label for code in self.codes}

    @cached_property
    def claims(self) -> tuple[str, ...]:
        """The values that are claims."""
        return tuple(code.value for code in self.codes if code.is_claim)

    @cached_property
    def words(self) -> Mapping[str, str]:
        """Every accepted word → value."""
        return {
            word: code.value
            for code in self.codes
            for word in (code.value, code.label, *code.words)
        }

    @cached_property
    def folded(self) -> Mapping[str, str]:
        """Every accepted word in compatibility form and without white space → value."""
        return {
            re.sub(r"\s", "", unicodedata.normalize("NFKC", word)): value
            for word, value in self.words.items()
        }

    def describe(self) -> list[str]:
        """``value（label）`` for each code, or the bare value where both are the same."""
        return [
            code.value if code.value == code.label else f"{code.value}（{code.label}）"
            for code in self.codes
        ]


def _plain(name: str, **words: tuple[str, ...]) -> CodeList:
    """Build a list whose values are the field's own Chinese words."""
    return CodeList(name, tuple(Code(value, value, said) for value, said in words.items()))


#: What a ledger says of an item. Overdue is never among them: it follows from dates alone.
#: 基本完成、阶段性完成 are not done; 逾期、督办、延期 describe an item that is still open.
STATUS = CodeList(
    "status",
    (
        Code(
            "not_started",
            "未整改",
            (
                "待整改",
                "未完成",
                "责令未整改",
                "上报未整改",
                "未销号",
                "否",
                "×",
                "0",
                "未启动",
                "未开始",
                "尚未整改",
                "未落实",
                "未办结",
                "逾期未整改",
                "超期未整改",
                "到期未整改",
                "限期未改",
                "逾期未销号",
                "0%",
            ),
        ),
        Code(
            "in_progress",
            "整改中",
            (
                "进行中",
                "正在整改",
                "推进中",
                "正在推进",
                "有序推进",
                "积极推进",
                "持续推进中",
                "部分完成",
                "部分整改",
                "基本完成",
                "阶段性完成",
                "初步完成",
                "已启动",
                "已制定方案",
                "整改实施中",
                "限期整改",
                "限时整改",
                "已通知待整改",
                "跟踪限改",
                "跟踪督办",
                "达到序时进度",
                "按序时推进",
                "未达序时进度",
                "滞后",
                "进展缓慢",
                "逾期",
                "超期",
                "已升级督办",
                "挂牌督办",
                "督办中",
                "延期",
                "已批准延期",
                "申请延期",
                "顺延",
                "办理中",
                # orders of the authorities, which say nothing of what came of them
                "责令停产停业",
                "停产停业整顿",
                "停业整顿",
                "停业整改",
                "临时查封",
            ),
        ),
        Code("blocked", "整改受阻", ("受阻", "暂缓", "存在困难", "资金未到位", "待审批")),
        Code(
            "rejected",
            "退回",
            (
                "审核不通过",
                "整改不合格",
                "验收不合格",
                "复查不合格",
                "不达标",
                "重新整改",
                "整改不到位",
                "虚假整改",
                "复发",
            ),
        ),
        Code(
            "done",
            "已整改",
            (
                "已完成",
                "整改完成",
                "完成",
                "已完成整改",
                "整改到位",
                "已整改完毕",
                "已整改到位",
                "整改完毕",
                "是",
                "√",
                "1",
                "100%",
                "已落实",
                "已改",
                "全部完成",
                "已整治",
                "已治理",
                "按期完成",
                "按时完成",
                "提前完成",
                "逾期完成",
                "整改达标",
                "达标",
            ),
        ),
        Code(
            "done_onspot",
            "现场整改",
            (
                "立行立改",
                "即查即改",
                "当场整改",
                "立即整改",
                "即知即改",
                "立查立改",
                "现场立即整改",
                "当场改正",
                "已现场整改",
                "立改",
                "即改",
                "边查边改",
            ),
        ),
        Code(
            "pending_accept",
            "待验收",
            (
                "待复查",
                "待审查",
                "待审核",
                "已整改待审核",
                "已整改待验收",
                "待核查",
                "已上报待验收",
                "申请销号",
                "提请验收",
                "待销号",
                "可销号",
            ),
        ),
        Code(
            "closed",
            "已销号",
            (
                "已闭环",
                "已关闭",
                "关闭",
                "已验收",
                "审核通过",
                "复查合格",
                "闭环",
                "销号",
                "销案",
                "已销案",
                "核销",
                "已核销",
                "验收合格",
                "验收通过",
                "已验收销号",
                "整改销号",
                "已摘牌",
                "办结",
                "已办结",
                "清零",
                "已清零",
                "已消除",
                "审核销号",
            ),
        ),
        Code(
            "ongoing",
            "长期坚持",
            ("长期", "已完成并长期坚持", "持续推进", "常态化", "常态长效", "长期推进", "坚持"),
        ),
        Code(
            "suspended",
            "停业关停",
            (
                "自行停业",
                "停业",
                "关停",
                "歇业",
                "注销",
                "取缔",
                "关闭企业",
                "依法关闭",
                "暂停营业",
            ),
        ),
        Code("transferred", "已移交", ("移送线索", "转办", "移交", "移送", "移交相关部门")),
        Code("void", "撤销", ("误报", "重复", "不属隐患", "不予认定", "无需整改")),
    ),
)

#: A status that says so explicitly keeps an item open, whatever dates stand beside it.
#: What was handed on to others is still to be done by them.
UNFINISHED = ("not_started", "in_progress", "blocked", "rejected", "transferred")
#: A status that reports completion; only an acceptance with date and signature closes.
FINISHED = ("done", "done_onspot", "pending_accept", "closed")

#: Only two grades are statutory; 较大 and 重点 are kept in level_text and never become 重大.
LEVEL = _plain(
    "level",
    一般=(
        "一般隐患", "一般事故隐患", "一般安全隐患", "一般火灾隐患", "一般性隐患", "一般问题",
        "较大", "较大隐患",
        "较大事故隐患", "较大安全隐患", "重点", "重点隐患", "轻微", "轻微隐患", "较小", "非重大",
        "非重大隐患", "非重大事故隐患", "Ⅱ级", "Ⅲ级", "Ⅳ级", "二级", "三级", "四级", "否",
    ),
    重大=(
        "重大隐患", "重大事故隐患", "重大安全隐患", "重大安全事故隐患", "重大安全生产隐患",
        "重大生产安全事故隐患", "重大火灾隐患", "重大问题", "特别重大", "Ⅰ级", "一级", "是",
    ),
)  # fmt: skip

RECT_TYPE = _plain(
    "rect_type",
    立行立改=(
        "立查立改", "即查即改", "即知即改", "立即整改", "现场整改", "当场整改", "立查立处",
        "立整立改", "立即改正", "当场改正", "边查边改", "立改", "即改",
    ),
    限期整改=(
        "限时整改", "限期", "分阶段整改", "集中整改", "阶段性整改", "跟踪督办",
        "限期改正", "限期治理", "责令限期整改", "责令限期改正",
    ),
    长期坚持=(
        "长期", "持续整改", "持续推进", "常态化", "常态长效", "长期整改", "长期推进", "常态化推进",
        "长期坚持整改",
    ),
)  # fmt: skip

LIST_KIND = _plain("list_kind", 反馈问题=(), 自查问题=())

RISK_LEVEL = _plain(
    "risk_level",
    红=("重大风险", "重大", "红色", "红色风险", "Ⅰ级", "1级", "一级", "一级风险", "🔴"),
    橙=("较大风险", "较大", "橙色", "橙色风险", "Ⅱ级", "2级", "二级", "二级风险", "🟠"),
    黄=("一般风险", "一般", "黄色", "黄色风险", "Ⅲ级", "3级", "三级", "三级风险", "🟡"),
    蓝=("低风险", "低", "蓝色", "蓝色风险", "Ⅳ级", "4级", "四级", "四级风险", "🔵"),
)

ACCIDENT_GRADE = _plain(
    "grade",
    一般=("一般事故",),
    较大=("较大事故",),
    重大=("重大事故",),
    特别重大=("特别重大事故", "特大", "特大事故"),
)

UNIT_KIND = _plain("unit_kind", 成员单位=("专班成员单位",), 乡镇=("乡（镇）", "乡镇政府"), 其他=())

DUTY_KIND = _plain(
    "duty_kind",
    例会=("安全生产例会", "安全例会", "工作例会", "专班例会"),
    形势研判会=("形势研判", "研判会", "形势分析会"),
    专题学习=("中心组学习", "党组学习", "学习", "理论学习", "集中学习", "专题学习会"),
    调研报告=("调研",),
    预警信息=("预警", "安全预警"),
    事故通报=("通报",),
    约谈警示=("约谈", "警示约谈", "约谈提醒", "警示教育约谈"),
    媒体曝光=("曝光",),
    现场办公=("现场办公会",),
    督导检查=("督导", "督查", "督查检查", "带队检查", "领导带队检查", "督导调研"),
    交叉互检=("互检", "交叉检查", "交叉执法"),
    培训演练=("培训", "演练", "应急演练", "教育培训", "安全培训", "培训会"),
    述职=("述职报告",),
    制度文件=("制度", "制度性成果"),
    经验总结=("经验材料", "经验做法"),
)

#: What the office records about an item's acceptance.
ACCEPTANCE_ACT = CodeList(
    "acceptance_act",
    (
        Code(
            "accept", "验收销号", ("验收", "销号", "销号验收", "同意销号", "准予销号", "验收通过")
        ),
        Code(
            "reject",
            "退回重改",
            (
                "退回",
                "退回整改",
                "重新整改",
                "验收不合格",
                "验收不通过",
                "验收未通过",
                "复查不合格",
                "不予销号",
                "不同意销号",
                "不合格",
                "未通过",
                "不通过",
            ),
        ),
        Code(
            "withdraw",
            "撤回",
            ("撤回验收", "撤销验收", "撤回销号", "撤销销号", "取消销号", "撤销", "撤回验收销号"),
        ),
        Code(
            "void",
            "撤销事项",
            ("误报", "系误报", "误报撤销", "撤销隐患", "不属隐患", "不构成隐患", "不予认定"),
        ),
        Code("extend", "同意延期", ("准予延期", "批准延期", "同意延长期限", "批准延长期限")),
        Code("refuse", "不同意延期", ("不予延期", "不批准延期", "不准延期", "延期不予批准")),
        Code("transfer", "移交", ("移交责任", "移交整改责任", "移交责任单位", "调整责任单位")),
    ),
)

#: On what a closing rests; two are claims that close nothing, the last is no rectification.
CLOSURE = CodeList(
    "closure",
    (
        Code("record", "验收销号记录"),
        Code("ledger", "由台账自报"),
        Code("claimed", "台账自报，待验收"),
        Code("self", "责任人自己验收，待验收"),
        Code("gone", "经核实主体灭失"),
    ),
)

#: A claim that a site is shut, at which nobody has looked for so many days, is a fault of the
#: office's.
SHUT_SEEN_WITHIN = 30
#: Whether a site that its ledger calls shut is: the first until the office has looked.
SUSPENSION = CodeList(
    "suspension",
    (
        Code("claimed", "报停业待核实"),
        Code("confirmed", "经核实停业关停"),
        Code("gone", "经核实主体灭失"),
        Code("denied", "经核实没有停业"),
    ),
)

#: What a unit says of an item that would free it, and that does not count until the office says so.
RELIEF = CodeList(
    "relief",
    (
        Code("void", "报撤销待核实"),
        Code("later", "报延期待核实"),
        Code("undated", "报取消期限待核实"),
        Code("lowered", "报降级待核实"),
        Code("reworded", "报改写待核实"),
        Code("redated", "报改完成日期待核实"),
        Code("backdated", "报完成日期待核实"),
        Code("untold", "久后才报完成待核实"),
        Code("listed", "报挂牌待核实"),
        Code("unlisted", "报摘牌待核实"),
    ),
)

#: How an item that is done, and has a deadline, stands to it.
PUNCTUALITY = CodeList(
    "punctuality",
    (Code("in_time", "按期"), Code("late", "逾期完成"), Code("undated", "完成时间不明")),
)

#: A doubt stands first: until a person settles it, a figure rests on a guess.
SEVERITY = CodeList(
    "severity",
    (Code("doubt", "疑问"), Code("error", "错误"), Code("warning", "警告"), Code("info", "提示")),
)

#: Kinds of doubt that are claims of units on how their own items count.
_CLAIMS = frozenset(
    {
        "suspended",
        "voiding",
        "extension",
        "lowering",
        "rewording",
        "redating",
        "listing",
        "handing",
        "revising",
    }
)

#: What a finding is about. R-numbers are those of the office's catalogue of checks.
RULE = CodeList(
    "rule",
    tuple(
        Code(value, label, is_claim=value in _CLAIMS)
        for value, label in (
            ("missing", "没有填写"), ("unreadable", "读不出"), ("vague_unit", "责任主体过泛"),
            ("several_units", "一格几个单位"), ("unit_from_sender", "按填报单位统计"),
            ("unit_may_be_one", "疑为同一单位"),
            ("alias_claimed_twice", "别名有两个单位"),
            ("odd_characters", "有不是文字的字符"),
            ("formula_unread", "公式没有算出"), ("formula_worked_out", "按公式算出"),
            ("far_cell", "离表格很远的格"), ("broken_quotes", "引号不成对"),
            ("other_delimiter", "分隔符不一致"),
            ("vague_deadline", "期限不明确"), ("deadline_without_base", "期限无从起算"),
            ("float_ambiguous", "日期两可"), ("day_month_ambiguous", "日月两可"),
            ("lost_chars", "日期缺字"), ("approximate", "约数"),
            ("unsigned_closure", "无签字销号"),
            ("self_closed", "自报销号"), ("self_accepted", "自己验收"),
            ("sent_back", "退回重改"), ("not_redone", "退回后没有重新完成"),
            ("done_but_open", "状态与日期不符"),
            ("done_on_inferred", "按当日完成计"),
            ("done_backdated", "完成日期早于未完成的报送"), ("date_order", "日期颠倒"),
            ("date_far", "日期过远"), ("date_in_future", "日期在报送之后"),
            ("number_repeated", "编号重复"), ("renumbered", "编号变动"),
            ("reworded", "改写而按同一条跟踪"), ("same_or_not", "疑似同一条"), ("handover", "移交"),
            ("vanished", "未销号而消失"), ("no_progress", "本期未报进展"),
            ("partial_ledger", "只报了一部分"), ("reported_day", "报送日期不符"),
            ("returned", "漏报后又报上来"), ("deadline_slip", "期限推迟"),
            ("deadline_extended", "期限延长"), ("extension_in_words", "延期只写在文字里"),
            ("reopened", "重新打开"),
            ("blank_kept", "空白沿用原值"), ("withdrawn", "撤销原值"),
            ("submission_withdrawn", "报送已撤回"), ("row_of_another", "其他单位的事项"),
            ("row_unknown", "没有的事项"),
            ("plan_differs", "与方案不符"), ("plan_dropped", "新方案未列入"),
            ("plan_unclear", "所属方案待确认"),
            ("accepted_but_open", "已验收而仍报未完成"), ("acceptance_void", "验收没有生效"),
            ("letter_open", "公函待登记"), ("office_decided", "专班已决定"),
            ("found_not_listed", "检查发现未登记"),
            ("same_day", "同日两版，先后不明"), ("due_year", "期限存疑"),
            ("suspended", "停业待核实"), ("voiding", "撤销待核实"), ("extension", "延期待核实"),
            ("lowering", "降级待核实"), ("rewording", "改写待核实"),
            ("redating", "完成日期待核实"),
            ("listing", "挂牌待核实"),
            ("handing", "移交待核实"), ("revising", "改报待核实"),
            ("corrected", "已更正"), ("received_guessed", "收到日期待定"),
            ("unclaimed_column", "列未识别"), ("header_ambiguous", "表头两可"),
            ("header_guessed", "表头近似"),
            ("row_in_doubt", "行有疑问"), ("sheet_joined", "按序号合并的工作表"),
            ("ledger_ambiguous", "台账类型两可"), ("ledger_unknown", "不是已知台账"),
            ("sheet_ignored", "不是台账"), ("hidden_sheet", "隐藏的工作表"),
            ("picture_unread", "图片读不出"), ("picture_unplaced", "图片不在记录的行里"),
            ("picture_only", "只有图片没有文字"),
            ("hidden_rows", "隐藏的行"), ("hidden_text", "隐藏的文字"),
            ("deleted_rows", "修订中删除的行"), ("embedded_unread", "嵌入的内容没有读取"),
            ("pdf_tables_unread", "PDF 表格没有读取"),
            ("half_month_unread", "半月报数字没有读取"), ("file_renamed", "文件类型与名称不符"),
            ("file_unreadable", "文件读不出"), ("file_unsupported", "文件类型不支持"),
            ("R01", "R01 编号不一致"), ("R02", "R02 引用不存在"), ("R03", "R03 同号异文"),
            ("R04", "R04 异号同文"), ("R05", "R05 频次冲突"), ("R06", "R06 长期坚持而有期限"),
            ("R07", "R07 节点与半月并存"), ("R08", "R08 期限相近"), ("R09", "R09 缺定量目标"),
            ("R10", "R10 缺标准或期限"), ("R11", "R11 措施未承接"), ("R12", "R12 层级不符"),
            ("R13", "R13 单位待确认"), ("R14", "R14 责任不具体"), ("R15", "R15 同比不符"),
            ("R16", "R16 口径或基期缺失"), ("R17", "R17 占比不符"), ("R18", "R18 计数不符"),
            ("R19", "R19 自我验收"), ("signers_named", "可作签字人"), ("R26", "R26 双随机不合规"),
            ("R27", "R27 互检自检"), ("R29", "R29 疑似错字"), ("R30", "R30 断行与合并"),
            ("R31", "R31 疑似重复"), ("R32", "R32 部分大于合计"),
            ("line_unread", "方案里没有读懂的行"),
        )
    ),
)  # fmt: skip

#: How somebody went about rectification, as a ledger says; nobody has looked into it.
CONDUCT = CodeList(
    "conduct",
    (
        Code("refused", "写有拒不整改"),
        Code("shirked", "写有推诿扯皮"),
        Code("faked", "写有虚假整改"),
    ),
)

#: What a photo of an item shows, by the header of its column.
PICTURE_STAGE = CodeList("stage", (Code("before", "整改前"), Code("after", "整改后")))

#: Derived, never read from a file: where an item stands on the day that a figure describes.
STATE = CodeList(
    "state",
    (
        Code("closed", "已销号"),
        Code("accepting", "待验收"),
        Code("overdue", "逾期"),
        Code("due_soon", "临期"),
        Code("open", "整改中"),
        Code("suspended", "停业关停"),
        Code("standing", "长期坚持"),
        Code("undated", "时限不明"),
        Code("void", "已撤销"),
    ),
)

#: What became of an item between two days, as the metric ``since`` tells it.
CHANGE = CodeList(
    "change",
    (
        Code("found", "新发现"),
        Code("registered", "补报"),
        Code("done", "新完成"),
        Code("backdated", "补记完成"),
        Code("closed", "新销号"),
        Code("reopened", "重新打开"),
        Code("overdue", "新逾期"),
        Code("later", "期限推迟"),
        Code("earlier", "期限提前"),
        Code("cancelled", "期限取消"),
        Code("void", "撤销"),
        Code("vanished", "漏报"),
    ),
)


def _words(text: str) -> list[str]:
    """Words written with blanks between them."""
    return text.split()


YES = frozenset(
    _words(
        "是 是的 有 对 √ ✓ ✔ 1 true y yes 已 已落实 全部落实 均已落实 都落实 已全部落实 落实 "
        "已到位 达到 已达到 "
        "已述职 已开展 已召开 已组织 已参加 已完成 "
        "符合 五落实 已挂牌 挂牌 已挂牌督办 挂牌督办 已督办 计入 计入统计 零报告"
    )
)
NO = frozenset(
    _words(
        "否 不是 无 没有 × ✗ ✘ 0 false n no 未 未落实 未全部落实 没有落实 未到位 未达到 "
        "不符合 未挂牌 不挂牌 "
        "未述职 未开展 未召开 未组织 未参加 未完成 尚未述职 尚未开展 尚未召开 尚未完成 "
        "未挂牌督办 未督办 不计入 未计入 不计入统计 非零报告"
    )
)
#: The question does not apply to the record: neither yes nor no.
NOT_APPLICABLE = frozenset(_words("不涉及 不适用 未涉及 不需要 无需 免"))
