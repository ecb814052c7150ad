"""What a label says: a label of a text, a header of a column and a heading are of one grammar.

A label is a head (单位, 时限, 措施 …) with words in front that say more of it. Its role is what
stands behind it in a plan, whatever ledger the plan ends in.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from analysis.ingest.measures.folding import folded, without_blanks


class Role(StrEnum):
    """What a piece of a plan is."""

    PROBLEM = "问题"
    MANIFESTATION = "表现形式"
    MEASURE = "措施"
    DETAIL = "细化措施"
    LEAD = "牵头单位"
    SUPPORT = "配合单位"
    PERSON = "责任人"
    LEADER = "责任领导"
    DUE = "时限"
    KIND = "整改类别"
    OVERSEER = "督导"
    GOAL = "目标"
    PROGRESS = "进展"
    CONTEXT = "其他"


#: Roles that a measure takes from what stands around it.
FIELDS = frozenset(
    {Role.LEAD, Role.SUPPORT, Role.PERSON, Role.LEADER, Role.DUE, Role.KIND, Role.OVERSEER}
)

_WORK = (
    "整改|完成|办理|办结|落实|治理|销号|解决|推进|处置|工作|任务|交办|督办|实施|执行|整治|"
    "推动|消除|改进"
)
_OF_WORK = (
    f"(?:{_WORK}|目标|问题|隐患|要求|计划|限期|拟|预计|总体|最终|阶段|进度|各项|具体|"
    f"本项|的|所|应|拟定|规定|推进)*"
)
_BODY = (
    "(?:单位|部门|科室|股室|处室|机构|主体|机关|乡镇|镇街|党组织|支部|站所|中心|单位部门|部门单位)"
)
_BODIES = rf"{_BODY}(?:(?:[、/和及与]|或)?{_BODY})*"
_WHO = (
    "(?:县级|市级|区级|省级|局|县|市|区|第一|直接|主要|具体|相关|有关|行业|属地|整改|工作|"
    "任务|问题|隐患|包案)*"
)
_LEADS = "(?:牵头|责任|承办|主办|主责|主抓|负责|主体责任|整改|落实|实施|办理|承接|执行|整改落实)"
_SUPPORTS = "(?:配合|协办|协助|参与|协同|会办|参加|协作)"
_OVERSEES = (
    "(?:督导|督办|验收|监督|复核|督促|复查|核查|跟踪|监督检查|跟踪督办|督查|指导|审核|"
    "监管|行业监管|行业主管)"
)
_FAULTS = "问题|隐患|短板|不足|缺陷|薄弱环节|不合格项|漏洞|违法行为|违规行为"
_OF_FAULT = (
    "(?:反馈|存在|具体|自查|发现|查摆|主要|突出|共性|个性|整改|指出|督导|督察|督查|巡察|巡视|"
    "检查|暗访|移交|"
    "交办|通报|挂牌|督办|重大|事故|安全|风险|火灾|一般|的|其他|专项|审计|考核|曝光|举报|投诉|"
    "梳理|排查|"
    "中|出|方面|需|待|拟|对照|所|查出|查找|点名|涉及|现场)*"
)
#: A role, and what a label of it is made of; the first that fits counts.
_GRAMMAR: tuple[tuple[Role, str], ...] = (
    (Role.CONTEXT, r"(?:验收|复查|核查)(?:时间|日期|结果|情况|意见|结论)|(?:检查|发现|排查|"
            r"召开|会议|印发|填报|报送|接报|发生|受理|下发|登记|"
     r"实际|反馈|通报|制表|上报|到期复查|督导|督查|督察|巡察|交办|移交|检查起止|"
     r"检查开始)(?:的)?(?:时间|日期)|实际(?:完成|办结|整改)(?:时间|日期)"),
    (Role.CONTEXT, rf"{_OF_FAULT}(?:问题|隐患|风险)?(?:来源|编号|序号|依据|原因|成因|分析|等级|"
            rf"级别|数量|个数|地点|位置|部位|场所|单位名称)"
     r"|原因分析|问题(?:类别|类型|性质|分类)|类别|类型|问题原因|产生原因|备注|说明|附注|序号|"
     r"编号|联系人|联系电话|电话|填报人|填报单位|制表人|审核人|签发人|签收人|法律?依据|"
     r"违反条款|检查依据|依据|被检查单位|检查单位|检查人员|受检单位|单位名称|单位地址|地址|"
     r"企业名称|场所名称|时间|地点|参加人员|主持人|主持|记录人|记录|出席|列席|抄送|抄报|分送|"
     r"主送|附件|注|报|送|发|印发"),
    (Role.OVERSEER, rf"{_WHO}{_OVERSEES}(?:责任)?(?:{_BODIES}|人|领导|责任人|人员|小组|组|"
            rf"专班)(?:及?责任人)?"),
    (Role.SUPPORT, rf"{_WHO}{_SUPPORTS}(?:责任)?(?:{_BODIES}|单位|方)?(?:及?(?:其)?(?:责任人|"
            rf"负责人))?"),
    (Role.LEADER, rf"{_WHO}(?:责任|分管|包联|牵头|主管|包抓|挂联|包保|联系|督办|挂包|挂帅|带队|"
            rf"协管|包案|整改)?(?:责任)?(?:县级|市级|局|班子|区级)?"
     r"(?:领导|县领导|市领导|区领导|局领导|领导同志|班子成员|领导班子成员|县级领导干部|"
     r"领导干部|负责同志|分管负责人|分管负责同志)"),
    (Role.PERSON, rf"{_WHO}{_LEADS}?(?:单位)?(?:第一|直接|具体|主要)?(?:责任人|负责人|责任人员|"
            rf"经办人|承办人|责任者|牵头人|责任人姓名|责任人及职务|责任人和职务|承办人员|"
            rf"责任民警|负责人员)(?:姓名)?(?:及?职务)?"),
    (Role.LEAD, rf"{_WHO}{_LEADS}(?:责任)?(?:{_BODIES})(?:(?:[、/,]|及其?|和|与)?(?:责任人|"
            rf"负责人|分管负责人|主要负责人|责任领导|人员|个人|配合单位|协办单位))?"),
    (Role.LEAD, rf"{_WHO}(?:主体责任|责任分工|任务分工|责任落实|职责分工|牵头|责任|责任(?:单位|"
            rf"部门)?分工|分工|责任主体|牵头责任|责任方|整改责任|承办|主办|工作分工|分工安排)"),
    (Role.DUE, rf"{_OF_WORK}(?:时限|期限|限期|时序进度|时序安排|时间安排|时间进度|进度安排|"
            rf"时间节点|时间要求|时限要求|节点|节点要求|时间表|节点安排|时间期限|序时进度|进度要求|"
     r"时间时限|时限安排|截止时间|截止日期|截至时间|截止日|完成时|进度时限|期限要求|时间及要求)"),
    (Role.DUE, rf"(?:{_WORK}|要求|计划|限期|拟|预计|规定|最终|最迟|应|的|目标|总体|问题|"
            rf"任务)+(?:时间|日期|时点|进度)"),
    (Role.KIND, rf"(?:{_WORK}|措施)+(?:类别|类型|方式|性质|分类|属性)"),
    (Role.GOAL, r"(?:整改|工作|预期|任务|总体|阶段|治理|主要|行动|年度|完成|验收|销号|成果|"
            r"整治|办结|达到|具体|绩效)*(?:的)?(?:目标|标准|标志|成效|成果|成果形式|效果|"
            r"目标任务要求|目标要求|验收标准|目标标准|预期效果|产出|工作成果)(?:要求)?"),
    (Role.PROGRESS, r"(?:整改|工作|目前|当前|落实|完成|推进|办理|任务|问题|最新|本期|阶段|"
            r"已)*(?:进展|情况|进展情况|完成情况|落实情况|现状|状态|进度情况|结果|是否完成|"
            r"推进情况|销号情况|办理结果)"),
    (Role.MANIFESTATION, r"(?:问题|具体|主要|突出)*(?:的)?(?:表现形式|具体表现|主要表现|表现)"),
    (Role.DETAIL, r"(?:细化|分解)(?:分解|整改|工作|具体|的)*(?:措施|举措|任务|内容|要求|方案)|"
            r"(?:子|分)任务|任务分解|措施分解|细化分解"),
    (Role.MEASURE, r"(?:整改|工作|具体|落实|推进|防控|治理|管控|处置|主要|重点|整治|拟采取|"
            r"采取|下步|下一步|拟|防范|的|对应|改进|处理|实施|针对|本项|解决|监管|推动|长效|制度|"
     r"所|拟定|相关|年度|办理|交办|督办|议定|攻坚|行动|应对|保障性?|分项|各项)*(?:措施|举措|"
     r"任务|对策|办法|任务内容|工作内容|内容|任务要求|措施内容|事项|任务事项|清单任务|措施要求|"
     r"任务清单|措施清单|整改清单|任务举措|措施任务|任务措施|思路|方案|建议|意见|要求)"),
    (Role.PROBLEM, rf"{_OF_FAULT}(?:{_FAULTS})(?:和不足|及不足|短板|隐患|问题|和问题|"
            rf"与不足)*(?:的)?(?:表述|描述|清单|内容|事项|情况|概述|名称|简述|详情|概况|现状|"
            rf"摘要|点|线索)?(?:及?表现形式)?"),
    (Role.PROBLEM, r"(?:反馈|督导|督察|巡察|检查|暗访)(?:的)?(?:意见|事项|内容|情况)|"
            r"违法(?:违规)?事实|检查情况|基本情况|事实|案由"),
)  # fmt: skip
#: «整改措施及责任分工»: what is done, with who answers in one column.
_WITH_WHO = re.compile(
    r"(?:及其?|和|与|、|暨|/)(?:责任)?(?:分工|单位|部门|科室|人|落实|时限|完成时限|整改时限|责任分工|标准|目标|要求)+$"
)
_ROLES = tuple((role, re.compile(f"(?:{form})$")) for role, form in _GRAMMAR)
_NUMBERED = re.compile(
    r"^(.*?)[(\[]?(?:第)?(\d{1,3}(?:[-.]\d{1,2})*|[一二三四五六七八九十]{1,3}|"
    r"[①-⑳])[)\]]?(?:条|项)?$"
)
#: A remark in brackets behind a label: 责任单位（盖章）, 牵头单位(分管负责人).
_REMARK = re.compile(r"[(\[][^()\[\]]*[)\]]$")
#: A label longer than this is a sentence.
LONGEST = 16


@dataclass(frozen=True, slots=True)
class Label:
    """A label: its role, its words, the number behind it (3 of «表现形式3»)."""

    role: Role
    text: str
    number: str = ""


@lru_cache(maxsize=20_000)
def label_of(text: str) -> Label | None:
    """What a text says as a label; None where it is none."""
    plain = without_blanks(folded(text)).strip("[]<>《》“”\"':*.、。-—●◆■")
    plain = plain.translate(_PLAIN_DASHES)
    if not plain or len(plain) > LONGEST + 12:
        return None
    if found := _bare(plain):
        return Label(found, plain)
    if remark := _REMARK.search(plain):
        bare = plain[: remark.start()]
        if found := _bare(bare):
            number = _NUMBERED.match(plain)
            return Label(found, bare, number[2] if number and number[1] == bare else "")
    if (match := _NUMBERED.match(plain)) and match[1] and (found := _bare(match[1].rstrip(":"))):
        return Label(found, match[1], match[2])
    return None


_PLAIN_DASHES = str.maketrans("—–－", "---")


def _bare(text: str) -> Role | None:
    if not text or len(text) > LONGEST:
        return None
    found = next((role for role, form in _ROLES if form.match(text)), None)
    if found is None and (match := _WITH_WHO.search(text)) and match.start() > 1:
        inner = _bare(text[: match.start()])
        return inner if inner in {Role.MEASURE, Role.DETAIL, Role.PROBLEM} else None
    return found


def role_of(text: str) -> Role | None:
    """The role of a label; None where it is none."""
    label = label_of(text)
    return label.role if label else None
