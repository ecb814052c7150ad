"""What a text of progress tells with days: when the work was done, who accepted it and when.

A text is read clause by clause, «10月20日清洗完毕；10月22日何某验收»: a day is that of what its own
clause speaks of. A day beside a step on the way (材料到场), a plan or a denial is none of
completion, nor is one of how it came to be known, of who looked at it later, of a photo or of how
long something is good for; two days that may each be it leave it unread.
"""

import re
import unicodedata
from dataclasses import dataclass

from analysis.ingest.cells.codes.acts import act_of
from analysis.wording.persons.nobody import is_full_name

_CHINESE = "一二三四五六七八九"
#: What makes a number with a dot a measure and no day: 12.5米.
_MEASURE = (
    r"(?!\s*(?:米|平|立|公[里斤尺分顷]|千|毫|厘|万|元|亿|吨|升|兆|伏|安培|瓦|帕|度(?!假)|级|倍|寸|版|折|亩|"
    r"小时|天|分[钟米]|秒|个|成|[A-Za-z%℃㎡]))"
)
#: A day by which, or from which on, is no day on which something was done.
_NO_BOUND = r"(?!之?前|以前|底|起|至|到[^位]|[、和及与~—-]\d{1,2}[日号])"
#: A day in words, or in figures with their signs.
_WRITTEN = (
    rf"(?:\d{{4}}年)?\d{{1,2}}月\d{{1,2}}[日号]{_NO_BOUND}"
    rf"|(?:[〇零○{_CHINESE}]{{4}}年)?(?:十[一二]?|[{_CHINESE}])月"
    rf"(?:[二三]?十[{_CHINESE}]?|廿[{_CHINESE}]?|[{_CHINESE}])[日号]{_NO_BOUND}"
    r"|(?<=[(（])(?:\d{4}[-./])?(?:0?[1-9]|1[0-2])[./]\d{1,2}(?=[)）])"
    rf"|(?<![\d./-])20\d\d[./-](?:0?[1-9]|1[0-2])[./-]\d{{1,2}}(?![\d./-]){_NO_BOUND}"
)
_DOTTED = (
    rf"(?<![\d.])(?:20\d\d\.)?(?:0?[1-9]|1[0-2])\.(?:0?[1-9]|[12]\d|3[01])(?![\d.]){_MEASURE}"
    rf"{_NO_BOUND}"
)
#: Figures and a dot are a day where a clause begins with them, and beside a signature.
_DAY = re.compile(rf"{_WRITTEN}|(?:(?<=^)|(?<=[,;。、(])|(?<=于)){_DOTTED}")
_DAY_SIGNED = re.compile(rf"{_WRITTEN}|{_DOTTED}")
#: A clause ends at a sign outside of brackets.
_CLAUSE = re.compile(r"(?:[^,;。!(\n]|\([^)]*\)?)+")
#: Of which the words say that nothing was done then.
_PLANNED = re.compile(
    r"计划|原定|预计|预期|(?<![按照])要求|限[于期时在定]|[期时]限|到期|[较比][^,;。]{0,6}提前|拟|应于|应在|将|争取|力争|准备|承诺|确保|须|需"
)
#: «限10月30日».
_LIMIT = re.compile(rf"限(?:{_WRITTEN}|{_DOTTED})")
_DENIED = re.compile(r"[未没无不尚欠仍仅待]|部分|其余|剩余|余下|尚余|约[一二三四五六七八九半]")
#: Work that is left to do takes back whatever else a text says of an end.
_LEFT = re.compile(
    rf"其余|剩余|余下|[尚还仅]余|余[\d{_CHINESE}十两]|[尚还仍][有未需待]|暂未|未(?:能|全|完|更换|安装|整改|修|到)|"
    r"正在|继续|部分|待(?!验|复|销)"
)
#: Steps on the way to the work, before it and beside it.
_STEP = re.compile(
    r"到场|到货|进场|入场|采购|订购|订货|定制|购买|下单|付款|招标|中标|签订|签约|合同|设计|勘[察测]|"
    r"方案|图纸|制作|加工|预制|生产|运抵|约谈|通知|下达|下发|责令|督促|(?<![按照])要求|封闭|停用|停运|停业|"
    r"查封|警戒|联系|协调|委托|申请|报[验批审送修请]|提请|上报|移交|移送|立案|开工|动工|"
    r"启动|开始|着手|发现|检查|排查|巡查|检测|送检|研究|会议|论证|评估|"
    r"(?:材料|[木石钢板物]料|配件|零件|部件|构件|设备|器材|物资|资金|经费|人员|队伍)(?:(?!安装|更换|维修|整改)[^,;。]){0,6}(?:到位|齐备)"
)
#: The work itself, behind whatever step: 送检更换.
_WORK = r"(?:更换|安装|加装|修复|维修|修补|加固|拆除|清理|清除|清洗|清运|改造|补齐|补充|整改|增设)"
_WORK_LAST = re.compile(rf"{_WORK}[^,;。]?$")
_WORK_ENDED = re.compile(rf"{_WORK}[^,;。]?(?:完成|完毕|完工|到位|好|合格)")
#: What lies before the work or behind it.
_BESIDE = re.compile(
    r"接到|收到|举报|投诉|反映|来电|信访|回访|调研|视察|照片|图片|影像|附后|"
    r"有效期|保质期|质保|保修|下次"
)
_BARE_END = re.compile(r"\(?(?:已|均已|全部)?(?:到位|完成|完毕)\)?")
_DONE = re.compile(r"完成|完毕|完工|竣工|到位|整改好|修好|装好|换好|解决|消除|排除|整改(?:合格|$)")
#: What was done to all of it: 全部更换, 均已拆除.
_ALL = re.compile(r"(?:全部|全数|均|都)已?[^,;。]{1,}")
_ACCEPT = re.compile(r"验收|复查|复核|核查|复验|核验|销号")
#: The body whose person signs, in front of what it does: 镇应急办验收.
_BODY = re.compile(
    r"(?:[\u4e00-\u9fff]{0,10}?(?:专班办公室|办公室|专班办|专班|应急办|安办|安监办|[办局站所委队组处科]|"
    r"中心|政府|街道|公司))"
)
_VERB = (
    r"(?:已|现场|联合|组织|进行|共同)*(?:验收|复查|复核|核查|复验|核验)(?:了|并)?"
    r"(?:合格|通过|同意|销号|完毕|无误|符合要求|意见)*"
)
#: A clause of acceptance without its day: by whom, in front or in brackets behind.
_BY_FRONT = re.compile(rf"(?:经|由|并经|并由|后经)?{_BODY.pattern}?(?P<who>[^()]{{2,12}}?){_VERB}")
_BY_BEHIND = re.compile(
    rf"(?:经|由|并经|并由|后经)?{_BODY.pattern}?{_VERB}\((?:验收人[:]?)?(?P<who>[^()]{{2,12}})\)"
)
_EDGES = "、,;。:· \t\n"
#: A longer text is a story, in which no clause stands for itself.
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Told:
    """The days of a text as it writes them, and who accepted; empty where it does not say."""

    done: str = ""
    accepted: str = ""
    signer: str = ""


def told_in(text: str, *, is_over: bool) -> Told:
    """What a text of progress tells with days.

    ``is_over`` says that the work is known to be over: then the one day that the text gives to
    what was done is that of completion, though its words do not call it so.
    """
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    if len(plain) > LONGEST:
        return Told()
    clauses = _CLAUSE.findall(plain)
    checks = [n for n, clause in enumerate(clauses) if _ACCEPT.search(clause)]
    work = [each for n, each in enumerate(clauses) if n not in checks]
    if any(_LEFT.search(each) for each in work):
        return Told()
    accepted, signer = _signature(clauses, checks)
    done, others, checked = set[str](), set[str](), set[str]()
    for n, clause in enumerate(clauses):
        rest = _DAY.sub("", clause)
        is_other = any(each.search(rest) for each in (_PLANNED, _DENIED, _BESIDE))
        if is_other or _LIMIT.search(clause):
            continue
        if n in checks:  # what was found good was done by then
            checked.update(_DAY_SIGNED.findall(clause) if act_of(rest) == "accept" else ())
        elif not _is_step(rest, clauses[n - 1] if n else ""):
            is_end = _DONE.search(rest) or _ALL.search(rest)
            (done if is_end else others).update(_DAY.findall(clause))
    days = done or (others if is_over or signer else set()) or (checked if is_over else set())
    day = _one_of(days)
    if not (day or any(map(_DONE.search, work)) or act_of(clauses[-1] if clauses else "")):
        return Told()
    return Told(day, accepted, signer)


def _one_of(days: set[str]) -> str:
    """The one day of several ways to write it, with its year where one has it; else nothing."""
    first, *others = sorted(days, key=len, reverse=True) or [""]
    is_one = all(first.endswith(f"年{each}") for each in others)
    return first if is_one else ""


def _is_step(rest: str, before: str) -> bool:
    """Whether a clause is of a step on the way; a bare 到位 is of what the clause before names."""
    if _BARE_END.fullmatch(rest):
        return bool(_STEP.search(before) and not _WORK_LAST.search(before))
    return bool(_STEP.search(rest) and not _WORK_ENDED.search(rest))


def _signature(clauses: list[str], checks: list[int]) -> tuple[str, str]:
    """The day and the name of the one acceptance that ends a text; nothing may be left to do."""
    if len(checks) != 1 or checks[0] != len(clauses) - 1:
        return "", ""
    if any(_DENIED.search(each) for each in clauses):
        return "", ""
    clause = clauses[-1]
    if _PLANNED.search(clause) or act_of(clause) in {"reject", "withdraw", "void"}:
        return "", ""
    days = _DAY_SIGNED.findall(clause)
    if len(days) != 1:
        return "", ""
    signer = signer_in(re.sub(rf"[于在]?{re.escape(days[0])}", ",", clause))
    return (days[0], signer) if signer else ("", "")


def verdict_signed(text: str) -> tuple[str, str]:
    """The day and the names that a verdict itself gives, each empty where it gives none or two."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    clauses = _CLAUSE.findall(plain) if len(plain) <= LONGEST else []
    days, signers = set[str](), set[str]()
    for clause in filter(_ACCEPT.search, clauses):
        found = _DAY_SIGNED.findall(clause)
        days.update(found)
        bare = re.sub(rf"[于在]?{re.escape(found[0])}", ",", clause) if found else clause
        signers.add(signer_in(bare))
    signers.discard("")
    return tuple(each.pop() if len(each) == 1 else "" for each in (days, signers))  # type: ignore[return-value]


def signer_in(clause: str) -> str:
    """Who accepted, by a clause without its day: «,何某验收合格», «镇办验收(,何某)»."""
    clause = re.sub(r"[,、]+(?=\))|(?<=\()[,、]+|^[,、]+|[,、]+$", "", clause)
    clause = re.sub(r"[,]", "、", clause)
    match = _BY_BEHIND.fullmatch(clause) or _BY_FRONT.fullmatch(clause)
    who = match["who"].strip(_EDGES) if match else ""
    names = [each for each in re.split(r"[、和及]", who) if each]
    return "、".join(names) if names and all(map(is_full_name, names)) else ""
