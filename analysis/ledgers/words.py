"""Words of which headers and labels are made, each with what it says: the classes of a header.

A class is a meaning, not a field: «限期» sets a limit whatever is limited. A word may be of two
classes («要求» is what must be done, and that something must). Which classes make a field is said
by phrases.py; a word that is missing here leaves its header unread, never misread.
"""

from collections.abc import Mapping

CLASSES: Mapping[str, str] = {
    # heads: what stands in the column
    "TIME": "时间 日期 时刻 日 年月日 时点",
    "LIMIT": "最后期限 时限 期限 限期 截止日 到期日 截止日期 截止时间 到期时间",
    "UNIT": "单位 部门 科室 股室 机关 机构 主体 处室 班组 单位部门 责任方",
    "PERSON": "人 人员 领导 组长 专员 责任者 成员",
    "ANSWERABLE": "责任人 负责人 第一责任人 责任人员 责任领导 经办人 承办人 联系人",
    "ABOUT": "描述 事项 内容 详情 表现 简述 概况 说明 摘要 现状 明细 简介 表述 概述 清单 事实 "
    "简况",
    "SITUATION": "情况",
    "STATE": "状态 进度 进展 状况 动态 与否",
    "OUTCOME": "结果 结论",
    "NAME": "姓名 名称 名字 全称 名",
    "TITLE": "标题 题目",
    "WHERE": "地点 位置 部位 区域 点位 地段 方位 处所 风险点 风险点位",
    "ADDRESS": "地址 住址 住所",
    "LEVEL": "等级 级别 程度 等次 性质 分级 定级 层级",
    "SEVERITY": "严重程度 严重性",
    "KIND": "大类 小类 类 类别 类型 种类 分类 类目 属性",
    "WAY": "方式 形式",
    "TRADE": "行业 业态 领域 行业领域",
    "TOWN": "乡镇 镇街 街道 乡 镇 街镇 乡镇街道 镇街道 区县 县区 县市区 辖区",
    "MEASURE": "措施 对策 方案 建议 要求 意见 办法 举措",
    "MONEY": "资金 经费 费用 投入 金额",
    "NUMBER": "编号 编码 单号 流水号 序列号",
    "BASIS": "依据 条款 标准 法规 条文",
    "COUNT": "数 数量 个数 起数 条数 总数 项数 处数 次数 人数 家数 家次 天数 比例 率 占比",
    "SOURCE": "来源 渠道",
    # what a head is about
    "HAZARD": "隐患 问题 问题隐患 隐患问题 事故隐患 火灾隐患 风险隐患 不合格项 不合格 不符合项 "
    "不符合 缺陷 违规行为 违法行为 违法违规行为 违章行为 违章 违规 薄弱环节 短板 漏洞 不足",
    "SAFETY": "风险 安全 消防 事故 火灾 生产 安全生产 质量 设备 用电 燃气",
    "ACCIDENT": "事故",
    "OCCUR": "发生",
    "MAJOR": "重大 特大",
    "FIND": "发现 查出 查找 查摆",
    "INSPECT": "检查 排查 巡查 自查 暗访 抽查 督查 督导 巡检 互检 明查暗访 抽检 督察 摸排 普查 "
    "执法 现场检查 双随机 安检 自查自纠",
    "REPORT": "登记 录入 上报 交办 反馈 下达 通报 转办 受理",
    "FIX": "改进 改善 整改 治理 改正 整治 消除 化解 整顿 纠正",
    "HANDLE": "解决 处置 处理 办理 落实 防范 管控 防控 修复 维修",
    "DONE": "完成 办结 完结",
    "FACT": "实际 已 完毕 到位 结束 关闭 闭环",
    "MUST": "限改 限办 最后 限期 限时 限定 要求 规定 计划 拟 拟定 预计 预期 预定 目标 应 应当 "
    "须 责令 承诺 约定 截止 截至 到期 最迟 最终",
    "EXTEND": "延期 延期后 延长 变更后 顺延 展期",
    "ACCEPT": "验收 复查 复核 核查 复验 核验 复检 验证",
    "CLOSE": "销号 销案 核销 摘牌",
    "SUPERVISE": "挂牌 督办",
    "JUDGE": "评估 评定 判定 认定",
    "BREACH": "违反 法律 法律法规 政策",
    "FILE": "立案",
    "LEAD": "负责 责任 主责 牵头 承办 主办 主体责任 主要责任 直接责任",
    "OVERSEE": "监管 主管 监督 行业主管 分管 包保 包联 跟踪",
    "SUPPORT": "配合 协助 协办 参与 协同 会同",
    "CHECKED": "被检 受检 被查 受查 迎检 被 受 涉及",
    "OBJECT": "对象",
    "SITE": "施工项目 工地 施工现场 场所 酒店 宾馆 饭店 星级饭店 旅馆 民宿 农家乐 景区 景点 "
    "公园 乐园 度假区 旅行社 网吧 影院 影剧院 剧场 剧院 歌厅 KTV 歌舞厅 娱乐场所 文化场馆 场馆 "
    "博物馆 纪念馆 图书馆 文化馆 美术馆 书店 文保单位 文物单位 企业 公司 门店 店铺 商户 商铺 "
    "商家 市场主体 经营主体 经营单位 生产经营单位 经营场所 营业场所 生产经营场所 九小场所 "
    "游泳馆 滑雪场 培训机构 学校 工点 项目 工程 游乐场",
    "BELONG": "所属 所在 属地 隶属 归属",
    "WHETHER": "是否",
    "EVENT": "事件",
    # words that change nothing
    "FILLER": "所需 需要 的 所 之 及 和 与 或 等 、 / , ， 本 各 该 项 相关 有关 具体 基本 主要 "
    "详细 简要 现场 当前 目前 最新 全部 本次 此次 县级 市级 省级 区级 存在 现存 现有 采取 "
    "拟采取 一般 日常 情形 细化",
    # words that say that the column is of something else: no phrase allows them
    "OTHER": "电话 手机 手机号 联系方式 照片 图片 影像 附件 备注 文号 职务 签字 签名 盖章 原因 "
    "成因 打算 预案 后果 逾期 频次 方法 未 率 开始 起始 计划数 下次 上次 前 后 项目数 事项数 "
    "处罚 有效 检查项目",
}  # fmt: skip

#: Words that are one only at the end of a header: «日» is no day in «日常».
ONLY_LAST = frozenset({"日", "人", "名", "数", "率", "乡", "镇", "类"})


def words() -> dict[str, frozenset[str]]:
    """Each word with its classes."""
    found: dict[str, set[str]] = {}
    for name, listed in CLASSES.items():
        for word in listed.split():
            found.setdefault(word, set()).add(name)
    return {word: frozenset(classes) for word, classes in found.items()}
