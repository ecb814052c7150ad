"""Texts that name nobody: «相关负责人», «各有关单位», «待定» stand where a name should.

Such a text is made of parts that fit anybody: who is meant is left to words like 各 and 相关, to a
post, to what kind of body it is, or to a later day. One part that is somebody's own is a name.
"""

import re
from functools import lru_cache
from typing import Any

from analysis.wording.names import LONG_SURNAMES
from analysis.wording.persons import persons_of
from analysis.wording.persons.titles import TITLE
from analysis.wording.units import is_whole, units_of

#: Words that single nobody out.
_ANY = (
    "各级|各个|各|全体|所有|其他|其它|相关|有关|相应|对应|涉及|涉事|上述|以上|本级|直接|具体|第一|"
    "分管|主管|主要|牵头|配合|责任|负责|属地|辖区|所在地|所在|当地|一把手|本|该"
)
#: What kind of body or of people, without saying which.
_KIND = (
    r"单位|部门|科室|股室|处室|乡镇|乡\(镇\)|镇村|村镇|镇街|街道|社区|村组|县直|市直|企业|公司|场所|景区|景点|"
    "酒店|宾馆|饭店|民宿|网吧|学校|商户|门店|经营者|经营户|业主|法人|主体|行业|岗位|班子|成员|领导|干部|"
    "人员|职工|员工|同志|党政|安全|生产|消防|值班|管理|技术|现场|经营|监管|执法|检查|工作|整改|验收|"
    "党委|政府|人|者|等|及|和|与|或|的"
)
#: «待定», «另行明确», «尚未确定», «暂缺»: it is not known yet.
_LATER = (
    r"(?:暂|尚|仍)?(?:待|未|没有|另行?)(?:研究|最终|进一步|再)?"
    r"(?:定|明确|确定|落实|安排|补充|补报|补|填写|填|指定|分配|通知|确认|报)|暂定|暂无|暂缺|空缺|不详|不明|无"
)
_ANYBODY = re.compile(rf"(?:{_ANY}|{_KIND}|{TITLE}|{_LATER}|\d+[个家名]|[\W_])+")
#: What a county's own body may be called, and is one: 县政府, 镇党委.
_OWN_BODY = re.compile(r"[省市县区镇乡](?:委|人民)*(?:政府|党委)")
#: «兴县各有关部门», «县专班成员单位»: many bodies of a kind at the end, whatever stands before.
_MANY = re.compile(
    r"(?:各|各个|相关|有关|所有|全体|其他|其它)[^局委办]{0,4}(?:单位|部门|乡镇|乡\(镇\)|街道|企业|场所|景区|村|学校)$"
    r"|成员单位$"
)
#: What papers say of an item for which ``names_person`` finds nobody: one rule, one sentence.
NAMES_NOBODY = "没有写明责任人是谁（只写职务、单位的也算）"
#: Endings of bodies that are no endings of names.
_BODY = re.compile(
    r".+(?:局|厅|委员会|委|办公室|办|大队|支队|中队|公司|集团|银行|中心|政府|街道|办事处|专班|小组|单位|部门)"
)
#: Longest name of a person without a dot in it that may end as a body does: 李春园, 王小会.
_LONGEST_NAME = 3
#: The commonest surnames, by which 李春园 is no garden.
_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘"
    "杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文闫闻肖某"
    "温芦祁牛樊葛邢安齐梅庄辛管祝左涂谷祁时舒耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边"
)


def names_person(text: Any) -> bool:
    """Whether a cell names at least one person: «分管领导», «县文旅局», «待定» name none."""
    if not isinstance(text, str) or _ANYBODY.fullmatch(text):
        return False
    return any(map(_is_somebody, persons_of(text)))


def is_full_name(text: str) -> bool:
    """Whether a text is one person's name by its surname and its length: 何某, 王建国, 欧阳某某."""
    is_double = text[:2] in LONG_SURNAMES
    longest = _LONGEST_NAME + is_double
    has_surname = is_double or text[:1] in _SURNAMES - {"某"}
    return has_surname and 2 + is_double <= len(text) <= longest and not _ANYBODY.fullmatch(text)


@lru_cache(maxsize=50_000)
def names_unit(text: Any) -> bool:
    """Whether a cell says which unit: «各相关单位», «成员单位», «属地乡镇», «待定» do not."""
    if not isinstance(text, str):
        return False
    plain = units_of(text).lead.translate(str.maketrans("（）", "()"))
    if _OWN_BODY.fullmatch(plain):
        return True
    return not _ANYBODY.fullmatch(plain) and not _MANY.search(plain)


@lru_cache(maxsize=50_000)
def _is_somebody(name: str) -> bool:
    if _ANYBODY.fullmatch(name):
        return False
    is_short = len(name) <= _LONGEST_NAME or name[:2] in LONG_SURNAMES
    if is_short and (name[0] in _SURNAMES or name[:2] in LONG_SURNAMES):
        return not _BODY.fullmatch(name) or len(name) == len("王某")
    return not is_whole(name)
