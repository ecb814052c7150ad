"""What a heading announces: measures, problems, or what is asked of everybody and is no item."""

import re
from enum import StrEnum
from functools import lru_cache

from analysis.ingest.measures.folding import folded, without_blanks


class Zone(StrEnum):
    """What the paragraphs below a heading are."""

    MEASURES = "措施"
    PROBLEMS = "问题"
    BOTH = "问题及措施"
    REQUIREMENTS = "要求"
    STEPS = "步骤"
    OTHER = "其他"


_REQUIREMENTS = re.compile(
    r"指导思想|总体要求|总体思路|基本原则|工作原则|整改原则|基本要求|工作要求|有关要求|"
    r"相关要求|几点要求|整改要求$|具体要求$|保障措施|组织保障|工作保障|组织领导|加强领导|强化领导|"
    r"组织机构|工作机构|领导机构|机构设置|工作机制|工作纪律|纪律要求|责任追究|追责问责|"
    r"督导检查$|督查考核|考核评价|监督考核|监督问责|报送要求|信息报送|材料报送|销号程序|"
    r"销号要求|验收销号|"
    r"整改验收|验收程序|整改销号|销号管理|注意事项|领导小组|职责分工$|工作职责|主要职责|"
    r"会议制度|监督检查制度|保障机制|组织实施|强化保障|强化督导|严肃问责|有关事项|附则|"
    r"其他要求|其他事项|工作纪律|宣传引导"
)
_TARGETS = re.compile(
    r"^(?:总体|工作|整改|主要|行动|年度|阶段|任务)?(?:目标|目的|意义|背景|任务目标|目标任务)$|"
    r"总体目标|工作目标|整改目标"
)
_STEPS = re.compile(
    r"(?:实施|工作|方法|时间|推进|整改|行动|进度)(?:步骤|阶段|安排及步骤|步骤安排)|步骤(?:和|"
    r"及)(?:方法|时间|安排)|时间安排|阶段安排|^.{0,12}阶段$|进度安排|实施阶段|阶段划分"
)
_PAST = re.compile(
    r"基本情况|总体情况|工作开展情况|整改开展情况|工作情况|主要做法|工作成效|整改成效|"
    r"取得.{0,6}成效|检查情况|督查情况|反馈情况|存在原因|原因(?:分析|剖析)|整改进展|进展情况|"
    r"工作回顾|已完成|整改情况$|特点"
)
_MEASURES = re.compile(
    r"措施|任务|举措|整改内容|工作内容|重点工作|重点事项|分工|责任清单|议定|议决|决定事项|"
    r"明确事项|具体安排|工作安排|整改安排|行动内容|整治重点|整治内容|工作重点|推进事项|"
    r"交办事项|督办事项|督办要求|整改要求|办理要求|处理意见|整改意见|下一步|重点举措|整改方向|"
    r"工作部署"
)
_FAULTS = re.compile(r"问题|隐患|不足|短板|差距|反馈意见|薄弱环节|不到位|缺失|漏洞")
#: Words of a text that complains; a measure says what is done.
_COMPLAINS = re.compile(
    r"不(?:够|到位|足|严|实|力|高|强|深|细|全|清|及时|规范|健全|完善|落实|重视|扎实|彻底|符合|"
    r"合格|明确|明显|畅|齐|牢|准|合理|充分|平衡|平|紧|主动|经常|熟悉|了解|掌握|具备|按|能)|"
    r"未(?!成年|来|必|知)(?:[\u3400-\u9fff]|按|能|经|建立|开展|落实|制定|明确|设置|配备|安装|取得|签订|及时|严格|有效|完成|进行|"
    r"组织|编制|见|形成|履行|办理|定期|对|将|到位|整改|严|达|佩|张贴|落|公示|备案|报|在)|没有|"
    r"缺(?:乏|失|少|位|口|陷)|"
    r"薄弱|滞后|欠缺|流于形式|走过场|存在.{0,12}(?:现象|情况|问题|隐患|差距|漏洞)|有差距|悬空|"
    r"空缺|失效|破损|老化|堵塞|占用|私拉乱接|过期|松动|损坏|脱落|锈蚀|松懈|弱化|淡薄|缓慢|不符|"
    r"违规|违法|为零|仅(?:有|研究|召开|开展|完成)|只有|无(?:人|证|专人|记录|标识|警示|方案|"
    r"预案|台账)|偏(?:少|低|软|宽|弱|慢)|较(?:少|差|低|弱|慢)|宽松软|虚化|形式主义|擅自"
)
#: In front of what is done: how, when, by what rule, and who with.
_HOW = (
    r"(?:于|在|力争)?(?:\d{4}年)?\d{1,2}月[^,，]{0,8}前[,，]?|立即|尽快|全面|进一步|严格|依法|及时|定期|"
    r"持续|深入|切实|认真|扎实|坚决|严肃|从严|从快|从重|强力|大力|着力|稳步|有序|足额|逐步|主动|积极|彻底|务必|"
    r"抓紧|迅速|全力|同步|再次|逐|每|由|对|将|把|按照|结合|针对|围绕|在|以|县\S{0,10}(?:局|委|办)|各"
)
#: What is done: the first word of a measure.
_VERBS = (
    "重新|选聘|修编|核定|开展|组织|建立|制定|完善|加强|强化|落实|推进|推动|推行|督促|责令|清理|更换|修订|召开|"
    "签订|拆除|整改|整治|排查|检查|梳理|健全|实施|安排|配备|配齐|安装|设置|增设|明确|压实|"
    "提升|提高|举办|印发|出台|编制|委托|聘请|邀请|约谈|通报|处罚|查处|关停|取缔|补齐|补办|"
    "维修|修复|修缮|改造|规范|细化|优化|深化|学习|传达|培训|演练|指导|协调|做好|做到|确保|"
    "抓好|严查|严禁|停止|停业|撤除|疏通|恢复|张贴|悬挂|公示|公布|报送|上报|汇总|形成|建成|"
    "完成|投入|增加|充实|选派|列入|纳入|将|把|对|与|为|引入|成立|设立|开通|启动|运用|利用|"
    "依托|坚持|研究|调度|复查|复核|验收|核查|抽查|巡查|暗访|监督|监测|评估|检测|鉴定|登记|"
    "摸清|摸排|建档|下发|发放|宣传|普及|曝光|收集|清查|清退|补正|统一|统筹|构建|打造|拓宽|"
    "畅通|发挥|履行|签|挂牌|销号|追责|问责|移交|移送|扩容|采购|购置|划设|切断|封闭|封停|撤销|"
    "加装|加固|加大|加快|加密|集中|分类|分批|分级|逐项|逐户|逐一|限期|督导|督办|执行|实行|"
    "推广|支持|引导|动员|联合|会同|聚焦|紧盯|重点|举一反三|"
    "追回|收回|退还|退回|上缴|缴回|解除|终止|中止|调整|修改|打通|压减|核实|倒排|责成|发布|补录|补充|补建|"
    "补种|补植|补签|新建|改建|扩建|重建|搬迁|转移|撤离|注销|吊销|没收|立案|打击|严打|惩处|遏制|防止|杜绝|消除|"
    "化解|压缩|管控|留存|归档|移出|迁出|清运|清淤|疏浚|复绿|封堵|封存|隔离|下架|召回|下线|延伸|升级|更新|轮换|调离|调配|"
    "抽调|轮训|兑付|兑现|拨付|争取|筹措|筹集|安置|走访|回访|核对|比对|对接|接入|录入|更正|纠正|改正|销毁|"
    "查封|划定|界定|厘清|理顺|整合|撤并|下沉|开发|搭建|铺设|敷设|架设|浇筑|粉刷|清洗|清除|清零"
)
_ACTS = re.compile(rf"^(?:(?:{_HOW}){{0,2}}(?:对照)?(?:{_VERBS})|会同|联合)")
#: «在6家采石场安装称重设备»: where, in front of what is done there.
_SITED = re.compile(
    r"^在(?![^,，。;；]*(?:[未没无]|不(?!少于)|发现|存在))[^,，。;；]{2,40}?"
    r"(?:增设|设置|安装|加装|开展|建立|推行|实行|组织|张贴|悬挂|修建|新建|建设|划设|配备|投放|种植|开设|设立|"
    r"铺设|实施|举办|布设|配置)(?!的|不)"
)
#: «落实责任制不到位», «检查中发现…»: a text that only begins as a measure does.
_FAILS = re.compile(
    r"(?:不(?:够|到位|力|足|严|实|深入|规范|及时|健全|完善|彻底|扎实|细致|明显|经常|平衡|紧密|到边|严格|合理|"
    r"准确|全面|充分|强|高|深|细)|滞后|薄弱|缺失|缺位|流于形式|走过场|有差距|打折扣)$|"
    r"^[^,，。;；]{2,6}?(?:中|时)?(?:发现|显示|反馈)(?!的|后)"
)


@lru_cache(maxsize=10_000)
def zone_of(text: str) -> Zone | None:
    """What a heading announces; None where it says nothing of it."""
    plain = without_blanks(folded(text)).strip("：:。")
    first = re.split(r"[。;;:]", plain, maxsplit=1)[0]
    if not first or len(first) > 40:
        return None
    has_measures, has_faults = bool(_MEASURES.search(first)), bool(_FAULTS.search(first))
    if re.search("关于.{2,60}(?:问题|方面)$|针对.{2,60}(?:问题|方面)", first) and not re.search(
        "措施|任务|举措", first
    ):
        return Zone.PROBLEMS
    is_of_faults = has_faults and has_measures and not re.search("保障|组织领导", first)
    if re.search("保障措施", first) or (
        _REQUIREMENTS.search(first) and len(first) <= 22 and not is_of_faults
    ):
        return Zone.REQUIREMENTS
    if _TARGETS.search(first) and not re.search("措施|任务", first.replace("目标任务", "")):
        return Zone.REQUIREMENTS
    if _PAST.search(first) and not has_measures:
        return Zone.OTHER
    if has_measures and has_faults:
        return Zone.BOTH
    if first.startswith("关于") and has_faults and not complains(first):
        return None  # what a decision is about
    if _STEPS.search(first) and not has_measures:
        return Zone.STEPS
    if has_measures:
        return Zone.MEASURES
    if has_faults:
        return Zone.PROBLEMS
    return None


@lru_cache(maxsize=10_000)
def complains(text: str) -> bool:
    """Whether a text tells what is wrong, rather than what is to be done."""
    plain = without_blanks(folded(text))
    if acts(plain) and not plain.endswith(("问题", "问题。")):
        return False
    return bool(_COMPLAINS.search(plain)) or bool(re.search(r"问题[。.]?$", plain))


@lru_cache(maxsize=10_000)
def acts(text: str) -> bool:
    """Whether a text begins with what is to be done."""
    plain = without_blanks(folded(text))
    first = re.split("[。;；]", plain, maxsplit=1)[0]
    begins = _ACTS.match(plain) or _SITED.match(plain)
    return bool(begins) and not _FAILS.search(first)
