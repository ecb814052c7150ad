"""Who acts in a sentence: its subject, the unit that it is addressed to, the one behind 由."""

import re

from analysis.ingest.measures.folding import HAN, folded
from analysis.ingest.measures.responsibility.clauses import ENDS_UNIT, add_units, units_at_end
from analysis.ingest.measures.segments import Said
from analysis.ledgers.labels import Role
from analysis.wording.units import BODY

#: A decision that agrees to what a unit proposes is that unit's to carry out.
_AGREED = re.compile(r"^(?:会议)?(?:原则)?(?:上)?同意")
_CLAUSE_ENDS = re.compile(r"[,，;；。:：]")
_ADDRESSED = re.compile(r"^(?:由|请|责成|责令|要求)")
#: «《办法》由县水务局修改»: whose it is stands within the sentence.
_BY = re.compile(r"(?<![自理缘经])由(?=[\u3400-\u9fff])")


def actor(text: str) -> Said:
    """The unit with which a sentence begins: «县交通运输局负责制定…», «请甲镇人民政府会同乙局…».

    It counts only where nobody else is named: a measure may tell what another unit does.
    """
    plain = folded(text).strip()
    agreed = _AGREED.match(plain)
    addressed = _ADDRESSED.match(plain)
    if agreed and (within := actor_within(plain[agreed.end() :])):
        return within  # «同意甲局提出的方案，资金由乙局统筹»
    start = agreed.end() if agreed else addressed.end() if addressed else 0
    return _acting(plain[start:], is_addressed=addressed is not None)


def unit_in_front(clause: str) -> str:
    """The unit with which a clause begins, whatever it does; empty where it begins with none."""
    plain = folded(clause).strip()
    addressed = _ADDRESSED.match(plain)
    return _subject(plain[addressed.end() if addressed else 0 :], is_addressed=True)


def actor_within(text: str) -> Said:
    """The unit that a sentence names behind 由, wherever: «疏导点由甲街道会同乙局设置»."""
    plain = folded(text)
    found = (_acting(plain[match.end() :], is_addressed=True) for match in _BY.finditer(plain))
    return next(filter(None, found), Said())


def actor_of_measure(text: str) -> Said:
    """The unit behind 由 in the first clause of a measure, which has the whole of it in hand.

    A later clause tells of one step: «建立一栋一档，档案由乙局保管». A title in front of it,
    «消防设施配备。由甲大队…», is none.
    """
    plain = folded(text).strip()
    first = _CLAUSE_ENDS.split(plain, maxsplit=1)[0]
    is_title = len(first) <= _LONGEST_TITLE and plain[len(first) :].startswith("。由")
    if is_title or (_ABOUT.match(first) and plain[len(first) :].startswith((",由", "，由"))):
        first = _CLAUSE_ENDS.split(plain[len(first) + 1 :], maxsplit=1)[0]
    return actor_within(first)


#: «针对应急物资不足问题，由甲管委会补充…»: what it is about.
_ABOUT = re.compile(
    r"^(?:[一二三四五六七八九十]是)?(?:针对|关于|对于|围绕).*(?:问题|情况|隐患|现象)$"
)
#: A title in front of a measure is no longer.
_LONGEST_TITLE = 16


def actor_in_clauses(text: str) -> Said:
    """The unit with which the first clause that has one begins: «其间，甲乡政府每天安排…»."""
    clauses = (text, *re.split(r"[,，;；。]", text))
    return next(filter(None, map(actor, clauses)), Said())


def is_addressed(text: str) -> bool:
    """Whether a text begins with who has to act: «由甲局…», «请乙镇…», «责成丙局…»."""
    plain = folded(text).strip()
    return bool(_ADDRESSED.match(plain)) and bool(actor(plain))


def _acting(text: str, *, is_addressed: bool) -> Said:
    said = Said()
    found = _subject(text, is_addressed=is_addressed)
    if not found:
        return said
    add_units(said, Role.LEAD, found)
    if match := re.match(rf"(?:会同|联合)([{HAN}（()）、]{{2,60}})", text[len(found) :]):
        said.add(Role.SUPPORT, _subject(match[1], is_addressed=is_addressed))
    return said


#: How a sentence goes on behind its subject.
_GOES_ON = re.compile(
    r"^(?:要|应|须|将|会同|联合|负责|牵头|按|安排|对|制定|组织|开展|尽快|抓紧|配合|督促|指导|加强|做好|完成|落实|"
    r"自[^自,，。;；]{1,10}起|于|在|每|\d|立即|严格|建立|聘请|委托|协调|进一步|从|提出|根据|结合|把|向|为|以|就|同|及时|定期|继续|统筹|起草|"
    r"报|出台|印发|举办|明确|承担|启动|推进|推动|落实|全面|依法|认真|迅速|限期|运用|利用|采用|采取|通过|出动|选派|抽调|"
    r"调派|调配|调集|筹集|安装|设置|更换|拆除|清理|整改|整治|增设|加装|加密|检修|维修|修复|汇总|审核|核查|排查|检查|复核|抽查|巡查|"
    r"抽检|筹措|完善|加快|组建|编制|修订|发布|公布|公开|受理|处置|处理|查处|取缔|关停|封闭|疏通|开通|新建|改造|建成|"
    r"购置|采购|配备|配齐|签订|发放|通报|约谈|曝光|培训|演练|登记|移交|争取|"
    r"提供|协助|参与|办理|研究|确保|保障|向|实行|执行|实施(?!方案)|成立|召开|指定|组成|派出|派驻|保证|收集|跟踪|[,，])"
)
#: What shows that a name is not at its end, or is no subject.
_NO_SUBJECT = re.compile(rf"^(?:[的、和与及()]|公室|员会|(?:{BODY})(?![{HAN}]{{0,2}}要))")


#: What stands in no unit's name, beside the ends of clauses: «由专人在临崖平台放行».
_NO_NAME = re.compile(rf"{_CLAUSE_ENDS.pattern}|专人|人员|现场|在")
#: More of a name, as in 县公安局|交通警察大队.
_MAY_GO_ON = re.compile(r"[^各对将把全]{0,8}$")


def _subject(text: str, *, is_addressed: bool = False) -> str:
    """The units with which a text begins, as its verb shows; empty where it begins with none.

    Behind 由 the end of a name is enough: whatever follows is what that unit does.
    """
    likely = ""
    for end in range(3, min(60, len(text)) + 1):
        head, rest = text[:end], text[end:]
        if _NO_NAME.search(head) or (likely and not _MAY_GO_ON.match(head[len(likely) :])):
            break
        if not ENDS_UNIT.search(head) or units_at_end(head) != head:
            continue
        if not rest or _GOES_ON.match(rest):
            return head
        if is_addressed and not likely and not _NO_SUBJECT.match(rest):
            likely = head
    return likely
