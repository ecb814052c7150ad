"""What a paragraph says of measures in sentences: decisions, who answers for all, what is asked."""

import re
from datetime import date

from analysis.ingest.measures.brackets import tails
from analysis.ingest.measures.days import IMMEDIATE, names_day, own_day, stays
from analysis.ingest.measures.folding import folded
from analysis.ingest.measures.parts import number_in, speaks_apart
from analysis.ingest.measures.responsibility import (
    CLOSING,
    actor,
    actor_in_clauses,
    actor_within,
    is_addressed,
    is_due,
    is_unit_list,
    sentence,
    unit_in_front,
    units_in,
)
from analysis.ingest.measures.segments import Said
from analysis.ingest.measures.splitting import split
from analysis.ingest.plan.items.headings import Zone, acts, complains, zone_of
from analysis.ingest.plan.outline import Group
from analysis.ledgers.labels import Role
from analysis.wording.units import is_whole

#: What a meeting says to everybody at its end.
SPOKEN = re.compile(r"会议(?:强调|指出|认为|要求)")
SIGNS = re.compile(r"[\s。;；]")
#: «关于活动审批。由县公安局…»: what the measure is about, as a heading of its own.
ABOUT = re.compile(r"^关于[^,，。:：]{2,30}[。:：](?=.{6})")
#: «原则同意甲局提出的计划。由甲局…»: what was agreed to, in front of what is done about it.
AGREED_TO = re.compile(
    r"^(?:会议)?(?:原则)?(?:上)?(?:同意|通过)[^。；;]{4,80}[。；;](?=(?:由|请|责成)[^。；;]{8})"
)
#: A sentence that speaks of the whole document, wherever it stands.
_EVERY = re.compile(
    r"^(?:以上|上述)?(?:各项|所有|全部)|^(?:以上|上述)[^,，。]{0,8}(?:凡|未(?:注明|明确|标明|列明))"
)
#: «以上三项由» counts all; «以上第一、二条由» names two.
_COUNTED = re.compile(
    r"^(?:以上|上述|前述)(?!第)[^由为,，。]{0,12}?(?=由|均|都|于|在|责任|牵头|[,，])"
)
#: What a letter asks for begins a sentence.
_ASKS = re.compile(
    r"(?<=[。；;])\s*(?:请|责令|责成|要求)(?=你|[\u3400-\u9fff]{2,20}?(?:局|委|办|政府|镇|乡|街道|公司|中心|大队|部门|单位))|"
    r"(?<=[。；;，,])\s*(?:请|限|务必)(?=(?:务必)?于\d|(?:务必)?在\d|\d|立即|尽快|抓紧|务必|切实)"
)
#: A decision of a meeting without a number.
_DECIDES = re.compile(r"会议(?:议定|决定|明确|确定|研究决定|同意)[,:]?(?!.{0,8}(?:以下|如下))")
_AGREED = re.compile(r"会议(?:原则)?(?:上)?同意")
#: A paragraph on what a meeting agreed to, not on what it thinks or asks of everybody.
_AGREES = re.compile(r"(?:会议)?(?:原则)?(?:同意|听取|研究|审议|讨论)|会议(?:议定|决定|明确|确定)")
#: What speaks of all measures of a block, in a sentence.
OF_ALL = re.compile(r"^(?:以上|上述|各项|所有|全部|本|此项|该项|前述|以下|上列)")
#: «现将任务分解如下：», «表2» lead in what is done, and are nothing that is done.
LEADS_IN = re.compile(
    r"(?:如下|见下表|详见附[件表]|如下表)(?:[(（][^()（）]*[)）])?[:：。]?$|"
    r"^(?:附?表|图)\s*(?:\d{1,2}(?:[-.]\d{1,2})?|[一二三四五六七八九十]{1,3})$"
)
LEADS = re.compile(
    "牵头|(?:责任|承办|配合|协办)(?:单位|部门|科室)(?:为|是)|(?:责任人|负责人)(?:为|是)|由.{2,40}负责"
)


def outer_tail(text: str) -> tuple[str, Said]:
    """A list in one paragraph whose last bracket names who and when for all its pieces.

    It does where no other piece has a bracket of its own, and behind a sign or parts without
    numbers.
    """
    pieces = split(text)
    if len(pieces) < 2:
        return text, Said()
    said = [tails(piece.text)[1] for piece in pieces]
    is_behind_all = re.search(r"[。;；]\s*[(（\[【][^()（）]*[)）\]】][。\s]*$", text) or not any(
        piece.mark for piece in pieces
    )
    if said[-1] and not any(said[:-1]) and is_behind_all:
        return text, said[-1]
    return text, Said()


def without_closing(text: str, line: int) -> tuple[str, Group | None]:
    """A paragraph without its last sentences where these name who and when for all before."""
    match = CLOSING.search(text)
    if match is None or match.start() == 0:
        return text, None
    group = of_all(text[match.start() :], line)
    return (text[: match.start()], group) if group.said or group.texts else (text, None)


def speaks_of_every(text: str) -> bool:
    """Whether a sentence speaks of all measures of the document, wherever it stands."""
    return bool(_EVERY.search(text))


def of_all(text: str, line: int) -> Group:
    """«以上措施由甲科牵头，乙科配合，8月底前完成», of all or of numbered ones."""
    group = Group(line)
    text = _COUNTED.sub("", text)
    if speaks_apart(text):
        group.texts.append((Role.LEAD, text, line))
        return group
    return group_of(sentence(text, in_brackets=True), line)


#: «（以上问题5、问题6责任领导均为某某）», «上述问题1至3…»: which problems are meant.
_PROBLEM_NO = r"(?:问题)?(?:\d{1,3}|[一二三四五六七八九十]{1,3})"
_PROBLEMS = re.compile(
    rf"^[(（\[]?(?:以上|上述|前述)?(?:反馈|自查)?(?=问题)({_PROBLEM_NO}(?:[、,，和及与至到—~-]{_PROBLEM_NO})*)"
)


def problems_named(text: str) -> set[str]:
    """The numbers of the problems of which a sentence tells who answers and by when."""
    match = _PROBLEMS.match(text.strip())
    if match is None:
        return set()
    numbers = [number_in(each) for each in re.findall(r"\d+|[一二三四五六七八九十]+", match[1])]
    if len(numbers) == 2 and re.search("[至到—~-]", match[1]):
        return {str(n) for n in range(int(numbers[0]), int(numbers[1]) + 1)}
    return set(numbers)


def request_in(text: str) -> tuple[str, str]:
    """What a letter asks for, and what is wrong: «…未及时报告。请甲局立即…» in one paragraph."""
    match = _ASKS.search(text)
    front = text[: match.start()] if match else ""
    if match is None or not (complains(front) or ABOUT.match(front)):
        return text, ""
    return text[match.start() :], ABOUT.sub("", text[: match.start()]) or text[: match.start()]


def in_sentences(group: Group, role: Role, text: str) -> Group:
    """What a paragraph below a heading of fields says, of all measures or of numbered ones."""
    group.texts.append((role, text, group.line))
    if not speaks_apart(text):
        said = sentence(text)
        group.said.update(said)
        if not said:
            group.said.add(role, text)
    return group


def group_of(said: Said, line: int) -> Group:
    """What a paragraph says as a group of fields, with its line for each."""
    return Group(
        line, said, dict.fromkeys(said.texts, line), [(r, t, line) for r, t in said.texts.items()]
    )


def is_sentence(text: str) -> bool:
    """Whether a numbered text says itself what is done, and is no title of what stands below."""
    return text.endswith(("。", "；", ";")) or bool(tails(text)[1])


def decisions(text: str) -> list[str]:
    """The sentences of a paragraph of minutes that say what is to be done, and by whom.

    They follow «会议决定，»; in a paragraph on what a meeting agreed to, they begin with 由 or 请.
    A sentence of another unit behind a decision is one as well; others go on with it.
    """
    found: list[str] = []
    is_of_meeting = bool(_AGREES.match(folded(text)))
    for whole in re.split(r"(?<=[。！])", text):
        said = whole.strip()
        decided = _DECIDES.match(folded(said))
        rest = said[decided.end() :] if decided else said
        unit = actor_in_clauses(rest).texts.get(Role.LEAD, "")
        if _AGREED.match(said) and actor_within(said):
            decided, rest = _AGREED.match(said), said
        if (
            (decided and (LEADS.search(rest) or unit))
            or (is_of_meeting and is_addressed(rest))
            or (found and unit and unit not in found[-1])
        ):
            found.append(rest)
        elif found:
            found[-1] += said
    return found


def given_in(stage: str) -> list[str]:
    """The sentences of a stage that give one unit, by name, what it has to do by a day."""
    parts = (part.strip() for part in re.split("(?<=[。；;])", stage))
    return [
        part for part in parts
        if (unit := actor(part).texts.get(Role.LEAD, "")) and not _ALL_OF_THEM.match(unit)
        if names_day(part)
    ]  # fmt: skip


#: «各牵头单位», «有关部门» are nobody's name.
_ALL_OF_THEM = re.compile(r"各|有关|相关|全[县市区州镇乡]|所有|上述")


def decides_on(text: str) -> bool:
    """Whether a topic of minutes goes on with who does what: «关于…问题。由甲局会同乙局…»."""
    about = ABOUT.match(text)
    rest = text[about.end() :] if about else ""
    return bool(decisions(rest)) or any(
        is_addressed(each) or Role.LEAD in sentence(each).texts
        for each in re.split(r"[。；;]", rest)
        if each.strip()
    )


def names_unit(text: str) -> bool:
    """Whether a paragraph says itself who answers for what it lays down."""
    if asks_everybody(text):
        return False
    return is_addressed(text) or bool({Role.LEAD, Role.PERSON} & tails(text)[1].texts.keys())


#: «请各承办单位明确1名联络员，每周五前报送进展»: how all of them report is no measure of anyone.
_OF_EVERYBODY = re.compile(
    r"^(?:请|要求|望)?(?:上述|以上)?(?:各|各有关|各相关|有关|相关|上述|以上)(?:承办|责任|牵头|主办|办理|整改|督办|被督办|有关|相关)+"
    r"(?:单位|部门|地区|科室)(?:[^。]{0,60}(?:报送|上报|报告|反馈|汇报|报(?:县|市|区|局|委|办|我))|(?:要|应|须|务必|必须)(?!于|在|牵头))"
)


def asks_everybody(text: str) -> bool:
    """Whether a paragraph without a number asks of all who have work to do that they report."""
    return bool(_OF_EVERYBODY.match(folded(text).strip())) and not names_lead(text)


def names_lead(text: str) -> bool:
    """Whether the bracket behind a text names who leads it."""
    return Role.LEAD in tails(text)[1].texts


#: How a text goes on behind a unit that is told what to do.
_MUST = re.compile(r"^(?:要|须|应|务必|必须|负责|立即|限|尽快|抓紧|于\d|在\d|\d+月)")


def tells_unit(text: str) -> bool:
    """Whether a text tells a unit what to do: «甲局要对损坏的路灯立即修复»."""
    unit = actor(text).texts.get(Role.LEAD, "")
    return bool(unit) and bool(_MUST.match(folded(text).partition(unit)[2].strip()))


#: «县应急局：对12家企业开展检查，…» in a paragraph of its own.
_TO_UNIT = re.compile(r"^([\u3400-\u9fff、()（）]{3,40})[:：]\s*(?=.{8})")


def unit_told(text: str, *, is_measure: bool = False) -> tuple[Said, str] | None:
    """Who is told what to do by the name in front of it, and what.

    What is known to be a measure need not begin with what is done.
    """
    match = _TO_UNIT.match(text)
    is_unit = match is not None and (is_whole(match[1]) or is_unit_list(match[1]))
    if match is None or not is_unit:
        return None
    rest = text[match.end() :]
    is_name = not re.search("[()（）]", match[1]) and not acts(match[1])
    if not acts(rest) and (not (is_measure and is_name) or complains(re.split("[,，]", rest)[0])):
        return None
    said = Said()
    said.add(Role.LEAD, match[1])
    return said, rest


#: «市住建局负责，», «甲局牵头，乙局配合，»: a clause that is nothing but who does it.
_WHO = re.compile(r"^[^。；;:：]*(?:牵头|负责|主责|主办|承办|配合|协助|协办|参与)[,，]$")


def led_in_front(text: str) -> tuple[Said, str]:
    """Who stands in clauses of their own in front of what is done: «甲局牵头，乙局配合，开展…».

    A sentence that begins with 由 stays whole.
    """
    clauses = re.split("(?<=[,，])", text)
    front = 0
    while front < len(clauses) - 1 and _WHO.search(clauses[front]):
        front += 1
    said, done = sentence("".join(clauses[:front])), "".join(clauses[front:])
    is_work = acts(done) and not _BY_THEN.match(done.rstrip("。；;"))
    if Role.LEAD not in said.texts or said.texts.keys() - _UNITS or not is_work:
        return Said(), text
    return said, text if text.startswith(("由", "请")) else done


_UNITS = frozenset({Role.LEAD, Role.SUPPORT})
#: «由甲局会同乙街道，»: a clause that is nothing but whose it is.
_WHOSE = re.compile(r"^(?:由|请|责成)?([^,，。;；]{3,50})[,，]\s*(?=.{6})")
#: «；逾期未拆的，由乙局依法强制拆除。» tells what comes of it where it is not done.
_ELSE = re.compile(r"[。;；]\s*(?:对)?逾期(?:未|不|仍|拒)[^。]*[。]?$")
#: «甲局、乙局各负其责», «甲局做好技术指导»: clauses behind a decision on who else has a part.
_EACH = re.compile(r"^(?:由)?(.{3,40}?)(?:各负其责|分头落实|分别落实|按职责分工落实)$")
_HELPS = re.compile(
    r"^(?:由|请)?(.{3,40}?)(?:要|应)?(?:做好|提供|予以|给予|加强|负责)(?:技术|业务|工作|资金|政策)?(?:指导|支持|保障|配合|协助)(?:工作)?$"
)
_PAID = re.compile(r"^(?:所需|有关|相关)?(?:经费|资金)由.{2,30}$")
#: «力争在6月10日前完成»: a clause that is nothing but by when.
_BY_THEN = re.compile(
    r"^(?:力争|确保|务必|必须|须|应|要)?(?:在|于)?(?:20\d{2}年)?\d{1,2}月(?:\d{1,2}日|底)(?:之?前|以前)?(?:全部|全面)?(?:完成|整改到位|到位|办结)?$"
)
#: Who has to do it, and how that goes on: «甲局要…».
_HAS_TO = re.compile(r"^(?:要|须|应当?|务必|必须|负责)(?![求点用])")
#: «由甲局牵头，乙局配合，…»: a sentence that tells who and what together stays whole.
_LEADS_UNIT = re.compile(r"^[^。;；]{2,60}?(?:牵头|负责|主责)")
#: «全县26处雨量站» are no unit.
_COUNTS = re.compile(r"\d|^全")
_ANY_DAY = date(2000, 1, 1)


def decided(text: str) -> tuple[Said, str]:
    """Who is to do what a meeting decided, and by when where that stands around it; and what."""
    said = Said()
    by_whom = _DECIDES.match(folded(text))
    rest = text[by_whom.end() :].lstrip(",，") if by_whom else text
    rest = _ELSE.sub("。", rest)
    kept = re.split("(?<=[,，])", rest)
    while len(kept) > 1 and (behind := _behind(kept[-1].strip(" ,，。;；"))) is not None:
        said.update(behind)
        kept.pop()
    rest = "".join(kept).rstrip("，, ")
    lead, done = Said(), rest
    whose = _WHOSE.match(rest)
    if whose and is_unit_list(re.sub("会同|联合", "、", whose[1])):
        lead, done = actor(rest[: whose.end(1)]), rest[whose.end() :]
    elif not _LEADS_UNIT.search(rest) and (is_addressed(rest) or tells_unit(rest)):
        lead = actor(rest)
        if _COUNTS.search(lead.texts[Role.LEAD]):
            return said, rest
        front = rest.partition(lead.texts[Role.LEAD])
        if not front[1] or Role.SUPPORT in lead.texts:
            return said, rest
        done = _HAS_TO.sub("", front[2].strip())
        first = own_day(done, _ANY_DAY)
        if first and done.startswith(first.text):
            lead.add(Role.DUE, first.text)
            done = done[len(first.text) :].lstrip("，,完成")
    lead.update(said)
    return lead, done


def _behind(clause: str) -> Said | None:
    """What a last clause of a decision says of who and when; None where it says what is done."""
    said = Said()
    if _PAID.match(clause):
        return said
    if match := _EACH.match(clause):
        lead, others, _ = units_in(match[1])
        said.add(Role.LEAD, lead)
        said.add(Role.SUPPORT, "、".join(others))
        return said
    if match := _HELPS.match(clause):
        said.add(Role.SUPPORT, match[1] if is_unit_list(match[1]) else "")
        return said if said else None
    if _BY_THEN.match(clause) or IMMEDIATE.fullmatch(clause):
        said.add(Role.DUE, clause)
        return said
    found = sentence(clause)
    return found if Role.PERSON in found.texts else None


#: «6月20日前：县公路局完成…», «长期坚持：…».
_DAY_FIRST = re.compile(r"^([^:：,，。;；]{2,16}?(?:前|底|内|坚持|立改|开展))[:：]\s*(?=.{8})")
#: «由甲局牵头、乙局配合，负责对…»: who, in front of what is done.
_WHO_FIRST = re.compile(
    r"^由[^。；;]{2,60}?(?:牵头|配合|负责)[^。；;]{0,20}?[,，]\s*(?:负责)?(?=.{8})"
)


def stands_alone(text: str) -> tuple[str, Said] | None:
    """What a paragraph without number or label lays down, and what it names of who and when."""
    day = _DAY_FIRST.match(text)
    if day and is_due(day[1]) and (unit_in_front(text[day.end() :]) or acts(text[day.end() :])):
        said = Said()
        said.add(Role.DUE, day[1])
        said.add(Role.LEAD, unit_in_front(text[day.end() :]))
        return text[day.end() :], said
    plain, named = tails(text)
    if Role.LEAD in named.texts and acts(plain):
        return plain, named
    first = _WHO_FIRST.match(text)
    has_end = names_day(text) or stays(text)
    if first and has_end:
        return text[first.end() :], sentence(first.group())
    return (text, Said()) if has_end and tells_unit(text) else None


def is_of_all(text: str) -> bool:
    """«本阶段工作由甲局牵头，乙局配合»: a sentence on all that stands around it."""
    text = unwrapped(text)
    return bool(OF_ALL.match(text) and LEADS.search(text) and sentence(text, in_brackets=True))


def unwrapped(text: str) -> str:
    """«（以上除单独注明外，8月底前完成）»: what is said of all, without the brackets around it."""
    match = _WRAPPED.match(text.strip())
    return match[1] if match and OF_ALL.match(match[1]) else text


#: A paragraph that is one bracket.
_WRAPPED = re.compile(
    r"^[(（\[【〔]([^()（）]+(?:[(（][^()（）]*[)）][^()（）]*)*)[)）\]】〕][。;；]?$"
)


#: «此项由甲局牵头»: the one matter of a heading.
_THIS = re.compile(r"^(?:此|该|本)(?:项|事|问题)(?:整改)?(?:工作|任务|事项|问题)?(?=由|请)")
#: What says no more than that somebody sees to it.
_NO_WORK = re.compile(r"^(?:按|抓好|做好|切实|确保|负责|所需|认真|共同|限|于|在)")


def work_behind(text: str) -> tuple[Said, str] | None:
    """«此项由甲局牵头，乙局配合，利用空地增设泊位，年底前完成»: who, and what is done by them."""
    match = _THIS.match(text)
    clauses = re.split("(?<=[,，])", text[match.end() :]) if match else []
    front = 0
    while (
        front < len(clauses) and {Role.LEAD, Role.SUPPORT} & sentence(clauses[front]).texts.keys()
    ):
        front += 1
    done = "".join(clauses[front:])
    is_work = len(clauses[front:]) > 1 or len(done) >= LEAST_WORK
    if not front or not is_work or _NO_WORK.match(done):
        return None
    return sentence("".join(clauses[:front])), done


#: A clause that lays work down has so many signs.
LEAST_WORK = 16


def is_apart(text: str) -> bool:
    """Whether a paragraph is nothing but brackets that say who and when."""
    plain, said = tails(text)
    return bool(said) and not SIGNS.sub("", plain)


def apart_group(text: str, line: int) -> Group:
    """«（第2项由甲局负责，乙局配合）», «（以上由甲局牵头）»: what a bracket by itself says."""
    inner = re.sub(r"^[(（\[【〔]|[)）\]】〕][。;；\s]*$", "", text.strip())
    return of_all(inner, line) if speaks_apart(inner) else group_of(tails(text)[1], line)


def announced(text: str, zone: Zone | None) -> Zone | None:
    """What a sentence says that follows: «会议议定以下事项：», «会议强调，…»."""
    plain = folded(text).rstrip()
    if re.match(r"会议(?:强调|指出|认为|听取|传达|学习|要求)", plain) and not plain.endswith(":"):
        return None
    if not plain.endswith(":") or plain.endswith(("是:", "为:", "包括:")):
        return zone  # «整治重点是：» tells what work is about
    last = re.split(r"[,，。;；]", plain.rstrip(":"))[-1]
    return zone_of(last) or zone
