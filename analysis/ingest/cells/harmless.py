"""Words that a reader of days and deadlines may leave over: all others make a cell unread.

No word here denies, doubts, moves or ends anything: 未, 不, 原, 后 are not among them, so that
«10月31日未完成» or «10月31日后» cannot pass for the day that stands in it.
"""

import re
from collections.abc import Iterable, Mapping


def _words(text: str) -> tuple[str, ...]:
    """Words written with blanks between them."""
    return tuple(text.split())


#: Marks at the ends of a day.
MARKS = r"[()\[\]【】,;:。、.!·\s\"'“”‘’]"
#: «About»: the value stands with a remark.
ABOUT = ("左右", "前后", "大约", "大概", "约")

#: What may stand before or behind any day.
OF_A_DAY = _words("于 在 为 是 当日 当天 时间 日期 时 的 了")
#: What else may stand beside the day of something that happened, by the column it stands in.
OF_AN_EVENT: Mapping[str, tuple[str, ...]] = {
    "found_on": _words(
        "发现 检查 排查 巡查 督查 抽查 暗访 查 查出 检查时 经 现场 检查发现 排查发现 下达 "
        "检查时间 检查日期 排查时间 排查日期 发现时间 发现日期"
    ),
    "done_on": _words(
        "已 已经 均已 完成 全部 全面 整改 整改到位 到位 完毕 整改完毕 落实 办结 改正 治理 整治 "
        "消除 现场 当场 立即 按期 按时 如期 提前 实际 完成时间"
    ),
    "accepted_on": _words("已 已经 验收 复查 通过 合格 验收合格 验收通过 完成 全部 组织"),
    "closed_on": _words("已 已经 销号 销案 闭环 验收 同意 完成 整改 全部 办结"),
    "held_on": _words("召开 开会 会议"),
    "extended_due_on": _words("延期 延长 延 推迟 顺延 至 到 前 之前 以前 止 完成 同意 批准"),
}

#: What may stand beside a deadline: how it binds, and what is to be done by then.
OF_A_DEADLINE = _words(
    "前 之前 以前 止 为止 底前 截止 截至 内 之内 以内 期间 不超过 不晚于 不迟于 不得超过 "
    "不得晚于 不得迟于 最迟 最晚 于 在 从 自 由 到 至 直至 须 应 应当 必须 务必 需 需要 要 "
    "力争 争取 确保 保证 计划 预计 拟 将 限 限于 要求 请 为 是 起 含当日 含当天 含 完成 "
    "全部 全面 基本 彻底 整改 整改到位 到位 完毕 落实 整治 治理 改正 纠正 解决 办结 办理 "
    "处理 排查 摸排 自查 制定 印发 出台 方案 建立 健全 完善 修订 台账 制度 机制 体系 巩固 "
    "提升 取得 阶段性 阶段 成效 实效 进展 成果 明显 初步 推进 分阶段 分步 分批 逐步 有序 实施 施工 "
    "建设 安装 调试 更换 维修 采购 招标 任务 目标 工作 措施 问题 隐患 项目 工程 所有 各 本 "
    "该 其 并 和 及 与 以及 的 且 同时 其中 其余 其他 其它 剩余 余下 逐项 按 按照 节点 时间 "
    "日期 时限 期限 整改期限 完成时限 定量 规定 组织 开展 集中 专项 行动 培训 演练 宣传 "
    "教育 会议 清零 见效 责任 清单 一次 首次 形成 报告 总结 资料 材料 安全 消防 接到 收到 "
    "送达 下达 下发 签收 发现 检查 交办 通知 通知书 通知书后 决定书后 意见书后 告知书后 "
    "文书后 通知后 通知单 文件 之日 当日 日起 "
    "反馈 公告 公示 公布 发布 通报 移交 转办 反馈后 公告后 公示后 公布后 发布后 "
    "通报后 移交后 转办后 "
    "之日起 发现后 收到后 接到后 检查后 下发后 印发后 送达后 交办后 计算 本方案 方案印发 "
    "备案 建成 清退 拆除 清理 清除 取缔 关停 投用 投入使用 投运 达标 修复 修缮 补齐 补办 配齐 "
    "配备 到岗 上线 竣工 完工 交付 覆盖 全覆盖 拨付 追回 缴回 上缴 退还 搬迁 搬离 "
    "本表 本表后 收到本表后 本单后 本提示 提示后 本纪要 纪要后 本函 本函后 发函 发函后 "
    "本承诺书 承诺书后 签订 签订后 签署 "
    "签署后 报结果 报送结果 上报结果 反馈结果 清洗 "
    "撤除 分两批 分三批 分四批 分批次 发文 行文 成文"
)
#: How much is to be done by then: 12次, 100%.
AMOUNT = r"\d+(?:\.\d+)?(?:%|次|项|处|家|场|份|人次|条|户|座|台|套|具|个(?!工作|月|季|星期|周|年))"


_CALLED = r"[\u3400-\u9fff“”\"《》]{0,12}?"
#: How a paper that lays work down is called at its end: 责任清单, 督办单, 分解表, 本通知.
_PAPER = (
    r"(?:通知|通报|通告|公告|清单|台账|方案|纪要|意见|决定|批示|要求|任务|提示|提醒|文件|材料|反馈|交办|督办|安排|"
    r"批办|指令|[书单函表文件令账案告])[》”]?"
)
#: What a unit waits for, and what tells of something else than the paper: 检测报告, 专家意见.
_OTHERS = (
    "检测|检验|鉴定|评估|评审|审查|审批|审核|验收|化验|专家|"
    "申请|举报|投诉|诉求|报警|货|款|资金|批复"
)
_SENT = "印发|下发|发布|下达|送达|签收|交办|公布|反馈|签订|签署|发文|移交|转办|通报|收到|收悉"
_NUMBER = r"(?:\d{1,3}|[一二两三四五六七八九十半]{1,3})个?(?:工作日|自然日|日|天|周|星期|月|小时)"
#: A paper behind a word of receipt or 本, or by itself; what is done with it; and from when.
_RECEIVED = (
    rf"(?:收到|接到|接|签收|收悉|领取|本|此|该)(?!{_CALLED}(?:{_OTHERS})){_CALLED}{_PAPER}|"
    r"收悉|收文|收函|收件|接件|接文|签收|"
    r"(?:方案|清单|台账|通知|通报|文件|纪要|任务书)(?=印发|下发|发布|下达)"
)
#: «收到本台账后15个工作日内», «自本责任清单下发之日起»: a period from the day of the paper itself.
OF_PAPER = re.compile(
    rf"(?:自|从|在|于)?(?:{_RECEIVED})(?:{_SENT})?(?:之日|当日|当天|次日)?(?:起|后|之后|以后)?"
    rf"(?:的)?[,，]?(?={_NUMBER})"
)


def one_of(words: Iterable[str]) -> str:
    """A pattern of any of the words, the longest first."""
    return "|".join(map(re.escape, sorted(set(words), key=len, reverse=True)))
