"""What labels, brackets and clauses name: who leads, who supports, who answers, by when.

What is read is taken as raw text by role; units_of and parse_clause make units and days of it.
"""

import re

from analysis.ingest.measures.folding import HAN, folded, without_blanks
from analysis.ingest.measures.labels import FIELDS, Label, label_of
from analysis.ingest.measures.segments import Said, segments
from analysis.ledgers.labels import Role
from analysis.wording.persons import persons_of
from analysis.wording.persons.nobody import names_person
from analysis.wording.units import BODY, is_whole, units_of

LEADING = "牵头|主责|主办|主抓|承办|负责|为主|抓总|组织实施|落实"
#: «由各乡镇人民政府作为实施主体».
BEARING = "(?:实施|责任|建设|整改|落实|管护|治理|工作)主体"
SUPPORTING = "配合|协助|协办|参与|协同"
UNIT_WORD = rf"(?:{BODY}|乡镇|镇街|街道|各部门|相关部门|有关部门|成员单位|经营者|经营主体)"
_PLACES = r"\((?:[县区市州乡镇办场]|街道|镇街|办事处|园区|管委会|、)+\)"
#: Bodies that are named by their kind, all of them: «各乡镇», «各县(市、区)», «各镇(街道)人民政府».
EACH_BODY = re.compile(
    r"(?:[县区市]直)?各(?:乡镇|镇街|街道|县区|市县|县市区|乡镇街道|村|社区|行业部门|成员单位|[县区市州乡镇])"
    rf"(?:{_PLACES})?(?:人民政府|政府|办事处|村委会)?"
)
#: The end of a unit's name in running text.
ENDS_UNIT = re.compile(rf"(?:{UNIT_WORD}|队|室)(?:{_PLACES})?$|^各[县区市州]{_PLACES}$")
_LEADS = re.compile(
    rf"^(?:.*?由)?(.+?)(?:为|作为)?(?:共同|联合|分别|具体|统一|统筹)?(?:负责)?(?:{LEADING}|{BEARING})(?:单位|部门|负责|落实|抓落实|实施|"
    rf"组织|推进|整改|督办|组织实施|牵头)*$"
)
_SUPPORTS = re.compile(
    rf"^(?:由)?(.+?)(?:为|作为)?(?:负责)?(?:按(?:照)?(?:各自)?职责(?:分工)?|予以|做好|"
    rf"积极)?(?:{SUPPORTING})(?:单位|部门|落实|实施|推进|抓落实|工作)*$"
)
#: «牵头单位县委编办»: a label with nothing between it and its value.
_GLUED = re.compile(
    rf"^((?:牵头|责任|配合|协办|承办)(?:单位|部门|科室)|责任人|牵头领导)(?![为是由及和与、])([{HAN}]{{2,}}.*)$"
)
_IS = re.compile(r"^(.{2,10}?)(?:均|都|统一)?(?:为|是|由)(.+?)(?:负责|担任|承担)?$")
#: «请石某副县长抓好统筹调度».
_ASKED = re.compile(r"^请(.{2,12}?)(?:同志)?(?:抓好|负责|牵头|统筹|具体|督促|协调)")
_PERSON = re.compile(
    r"^(?:由)?(.{0,24}?)(?:同志)?(?:负总责|包抓|包联|具体抓|任组长|具体负责|总负责|负责|牵头负责|牵头)$"
)
_DUE_WORDS = re.compile(
    r"全年|\d+月|\d{4}年|年底|年内|长期|持续|立行立改|立即|即知即改|常态|季度|工作日|节前|汛期|日内|"
    r"天内|月内|上半年|下半年|每[年月季周]|每半[年月]|立查立改|随时|\d日前"
)
_COMPANION = re.compile(r"会同|联合|会商")


#: «以上三项由…牵头», «上述措施由…负责，6月底前完成» at the end of a paragraph.
CLOSING = re.compile(
    r"(?:^|(?<=[。；;\s]))(?:以上|上述|前述)(?:所有|全部|各)?(?:第?[一二两三四五六七八九十\d、,，和至]*)"
    r"(?:项|条|个)?(?:整改)?(?:措施|任务|工作|问题|事项)?(?=[^。]*(?:牵头|负责|配合|完成|责任|承办|整改到位))"
)


def fields_of(text: str) -> Said:
    """What a stretch with labels says: «牵头单位：甲局；配合单位：乙局；完成时限：6月底»."""
    said = Said()
    for each in segments(text):
        if each.label and each.label.role in FIELDS:
            take(said, each.label, each.text)
    return said


def take(said: Said, label: Label, text: str) -> None:
    """Take in a labelled value: it may name more than its label says."""
    text = text.strip(" \t\r\n\u3000;；" + ("" if label.role is Role.DUE else "。"))
    if text.endswith((")", "）", "]", "】")) and not re.search(r"[(（\[【]", text):
        text = text[:-1]
    if label.role in {Role.LEAD, Role.SUPPORT, Role.PERSON}:
        text, due = _without_due(_DEFINED.sub(r"\1", text))
        said.add(Role.DUE, due)
    if label.role is Role.LEAD:
        # 牵头单位 behind 责任单位 leads all the same
        others = said.texts.pop(Role.LEAD, "") if _LEADS_FIRST.search(label.text) else ""
        _take_units(said, text)
        said.add(Role.LEAD, others)
    else:
        said.add(label.role, text)


_LEADS_FIRST = re.compile("牵头|主责|主办|主抓")
#: «县安全生产委员会办公室（以下简称县安委办）»: from here on it goes by the short name.
_DEFINED = re.compile(
    r"[^、,，;；。:：\s()（）]+[(（]以下(?:统称|简称)[:：]?[“\"]?([^()（）“”\"]+)[”\"]?[)）]"
)
_SIGNS = re.compile(r"[、,，;；。\s]+")


def _without_due(text: str) -> tuple[str, str]:
    """Units without what follows them unlabelled and says when: «甲局、乙局、12月10日前»."""
    cuts = list(_SIGNS.finditer(text))
    end = len(text)
    for cut in reversed(cuts):
        piece = text[cut.end() : end].strip()
        if piece and (not is_due(piece) or is_whole(piece)):
            break
        end = cut.start()
    if is_due(text[:end]) and not re.search(rf"(?:{BODY})(?:$|[、,，])", text[:end]):
        return "", text  # «其中第2项6月底前完成»
    return text[:end], text[end:].strip("、,，;；。 \t\u3000") if end < len(text) else ""


#: Who leads and who helps, in a bracket behind a name.
_MARKED = re.compile(rf"[(（](?:{LEADING}|{SUPPORTING})(?:单位|部门|科室)?[)）](?:$|[、,，;；\s])")


def _take_units(said: Said, text: str) -> None:
    """«甲局牵头，乙局配合», «牵头：甲局 配合：乙局», «甲局 某甲» as what each says."""
    inner = [each for each in segments(text) if each.label and each.label.role in FIELDS]
    if inner:
        said.update(fields_of(text))
        lead = next((e.text for e in segments(text) if e.label is None), "")
        if lead and Role.LEAD not in said.texts:
            said.add(Role.LEAD, lead)
    elif _MARKED.search(text):  # «甲医院（牵头），乙股» is a list of units
        said.add(Role.LEAD, text)
    elif re.search(f"{LEADING}|{SUPPORTING}", text) and (parts := sentence(text, in_brackets=True)):
        said.update(parts)
        if Role.LEAD not in parts.texts:
            _take_first(said, text)
    else:
        said.add(Role.LEAD, text)


#: «甲站（站长：某甲）»: the post and the person in a bracket behind a unit.
_WITH_POST = re.compile(rf"^([^()]+)\((?:[{HAN}]{{2,8}}:)?\s*([{HAN}]{{2,4}})\)$")


def _take_first(said: Said, text: str) -> None:
    """«甲站（站长：某甲）；乙局协助»: whoever stands in front of those that help leads."""
    first = _CLAUSES.split(folded(text), maxsplit=1)[0].strip()
    named = _WITH_POST.match(first)
    unit = named[1].strip() if named else first
    if not is_unit_list(unit) or re.search(SUPPORTING, unit):
        return
    said.add(Role.LEAD, unit)
    if named and names_person(named[2]):
        said.add(Role.PERSON, named[2])


def units_in(text: str) -> tuple[str, tuple[str, ...], str | None]:
    """Who leads, who supports and the person that a text of units names.

    Blanks and line breaks part names; «甲局 某甲» is a unit and its person.
    """
    text = re.sub(
        rf"(?<=[{HAN}）)])[ \t\u3000]+(?=(?:{BODY})(?:[\s、,，;；]|$))", "、", text.strip()
    )
    person = None
    match = re.fullmatch(
        rf"(\S*(?:{BODY}))[ \t\u3000/]+([{HAN}]{{2,4}})((?:[ \t\u3000、]+\S+)?)", text
    )
    if match and is_whole(match[1]) and not is_whole(match[2]):
        text, person = match[1], match[2]
    found = units_of(text)
    lead, others = found.lead, list(found.supporters)
    named = re.fullmatch(rf"(.+(?:{BODY}))([{HAN}]{{1,2}}某{{1,2}})", lead)
    if named and is_whole(named[1]):
        lead, person = named[1], person or named[2]
    return lead, tuple(others), found.person or person


#: «驻局纪检监察组韩某»: where somebody works, and his name with nothing between.
_OF_GROUP = re.compile(rf".{{3,}}[组室队科股处办]([{HAN}]某{{1,2}})")


#: «镇人大主席 何某»: a post, and behind a blank the name.
_POST_AND_NAME = re.compile(rf"([{HAN}]{{2,16}}) +([{HAN}]{{1,2}}某{{1,2}}|[{HAN}]{{2,3}})")


def has_post_in_front(text: str) -> bool:
    """Whether a text is a post and, behind a blank, the name of who holds it."""
    match = _POST_AND_NAME.fullmatch(re.sub(r"\s+", " ", text.strip()))
    return bool(match) and bool(_ENDS_POST.search(match[1])) and names_person(match[2])  # type: ignore[index]


#: The end of what a post is called.
_ENDS_POST = re.compile(
    r"(?:长|任|席|书记|支书|委员|总监|经理|主管|组织员|专员|员|总|领导|负责人)$"
)


def person_in(text: str) -> str:
    """A person's text with the name in front: «副馆长毕某» → 毕某（副馆长）."""
    plain = re.sub(r"\s+", " ", text.strip())
    if has_post_in_front(plain):
        post, name = plain.split(" ")
        return f"{name}（{post}）"
    parted = ((name, _OF_GROUP.fullmatch(name)) for name in persons_of(plain))
    names = [
        name for name in (match[1] if match else each for each, match in parted)
        if len(name) <= 4 and name not in {"电话", "手机", "联系电话"}
        and names_person(name)
        and not is_whole(name)
        and not re.search(r"[书局县部科股主][记长任]$", name)
    ]  # fmt: skip
    if not names:
        return plain
    bare = without_blanks(plain)
    at = min((bare.find(name) for name in names if name in bare), default=0)
    name = next((name for name in names if bare.find(name) == at), names[0])
    if at <= 0 or not re.sub(r"[〔〈<\[(（“\"]", "", bare[:at]):
        return plain
    more = [each for each in names if each != name]
    front = bare[:at].strip("、,，(（:：") or ""
    shown = "、".join([name, *more])
    return f"{shown}（{front}）" if front else shown


def person_for(text: str, lead: str) -> str:
    """Of persons that a text names each with his unit, the one of the unit that leads.

    «甲公司总经理廖某；乙镇副镇长石某», «县住建局：王某；县城管局：李某».
    """
    parts = [part.strip() for part in re.split(r"[；;\n]|(?<=某)[、，,]", text) if part.strip()]
    if len(parts) < 2 or not lead:
        return person_in(text)
    mine = [part for part in parts if part.startswith(lead)]
    named = [part for part in parts if any(map(names_person, persons_of(part)))]
    if len(mine) != 1 or len(named) < len(parts):
        return person_in(text)
    return person_in(mine[0].removeprefix(lead).strip(":： 　的"))


#: Bodies that a bracket at the end can name without a word of what they have to do.
_OFFICE = re.compile(
    r"(?:局|委|委员会|办|办公室|部|政府|大队|支队|中队|街道|办事处|乡|镇|中心|股|科|室|队|"
    r"各乡镇|管委会|公司|馆|站|所)$"
)


def is_unit_list(text: str) -> bool:
    """Whether a text is nothing but names of units."""
    names = [each for each in re.split(r"[、和及与]", text) if each]
    return (
        bool(names)
        and all(_OFFICE.search(name) and len(name) > 2 for name in names[-1:])
        and all(is_whole(name) or _OFFICE.search(name) for name in names)
    )


def is_due(text: str) -> bool:
    """Whether a short text says by when."""
    plain = folded(text)
    return (
        bool(_DUE_WORDS.search(plain))
        and len(plain) <= 40
        and not re.search(r"以来|发现|修订|通过|起施行|已", plain)
    )


#: Signs between clauses; «甲局牵头、乙局配合» are two as well.
_CLAUSES = re.compile(r"[,，;；。]|(?<=牵头|负责|主责|主办|承办|配合|协办)、")


def sentence(text: str, *, in_brackets: bool = False) -> Said:
    """What clauses such as «由甲局牵头，乙局、丙局配合，6月底前完成» say.

    In brackets a clause that names units or a day says so without a verb.
    """
    said = Said()
    for clause in _CLAUSES.split(text):
        bare = clause.strip(" \t\u3000")
        if bare:
            _clause(said, bare, in_brackets)
    return said


def _clause(said: Said, clause: str, in_brackets: bool) -> None:
    plain = folded(clause)
    if glued := _GLUED.match(plain):
        take(said, label_of(glued[1]) or Label(Role.LEAD, ""), clause[glued.start(2) :])
        return
    named = _IS.match(plain)
    label = label_of(named[1]) if named else None
    if label and label.role in FIELDS:
        take(said, label, clause[named.start(2) : named.end(2)])  # type: ignore[union-attr]
        return
    for form, role in ((_SUPPORTS, Role.SUPPORT), (_LEADS, Role.LEAD)):
        match = form.match(plain)
        units = match and units_at_end(clause[match.start(1) : match.end(1)])
        if units:
            add_units(said, role, units)
            return
    match = _ASKED.match(plain) or _PERSON.match(plain)
    if match and (person := _person_at_end(clause[match.start(1) : match.end(1)])):
        said.add(Role.PERSON, person)
        return
    if in_brackets:
        if is_due(clause):
            said.add(Role.DUE, clause)
        elif match := _WITH_PERSON.fullmatch(clause.strip()):
            if is_unit_list(match[1]) and names_person(match[2]):  # «保卫科 沈某，急诊科配合»
                said.add(Role.LEAD, match[1])
                said.add(Role.PERSON, match[2])
        elif is_unit_list(clause):
            said.add(Role.SUPPORT if Role.LEAD in said.texts else Role.LEAD, clause)


#: A unit and, behind a blank, its person.
_WITH_PERSON = re.compile(rf"([{HAN}]{{3,}})[ \u3000]+([{HAN}]{{1,2}}某{{1,2}}|[{HAN}]{{2,3}})")


def add_units(said: Said, role: Role, units: str) -> None:
    """Units of a role; «甲局会同乙局牵头» has one that leads and one that supports."""
    first, *others = _COMPANION.split(units, maxsplit=1)
    said.add(role, first)
    for each in others:
        said.add(Role.SUPPORT, each)


#: Words in front of a list of units within a clause.
_FRONT = re.compile(
    r"^(?:.*?(?:此项工作|该项工作|上述工作|本项任务|具体工作|工作|任务|事项|整改)?由|责成|请|明确)?"
)


def units_at_end(text: str) -> str:
    """The list of units with which a clause ends in front of its verb; empty where it has none."""
    rest = re.split("[:：]", text.strip())[-1]  # «餐饮燃气：县商务局牵头»
    match = re.search(r"由([^由]+)$", rest)
    rest = match[1] if match else rest
    rest = re.sub(r"^(?:请|责成|责令)", "", rest)
    rest = re.sub(r"(?:等|等有关|等相关)(?:部门|单位)?(?:按职责分工)?$", "", rest)
    rest = re.sub(r"(?:按|按照)(?:各自)?职责(?:分工)?$", "", rest)
    names = [each for each in re.split(r"[、和及与]|会同|联合", rest) if each]
    if not names or len(rest) > 90:
        return ""
    if all(_is_unit(name) for name in names):
        return rest
    if _is_unit(rest):
        return rest
    return ""


#: How what is done begins, and how no body is called.
_DOES = re.compile(
    r"^(?:对|将|把|对照|督促|指导|责令|要求|加强|组织(?!部)|开展|建立|完善|制定|进一步|全面|"
    r"严格|落实|推动|聘请|委托|报|向|与|该|此|其|你|贵|我(?!市|县|区|省|局|委|办|镇|乡)|限|结果|情况|通过|数据|所需|联系|修缮|升级)|"
    r"设置|安装|加装|配备|配齐|增设|增配|更换|新增|新建|拆除|清理|疏通|修订|补齐|补设|"
    r"\d+(?:余)?[处个所家座间台套辆艘名栋站]$|整改不|"
    r"[全内外局底顶上下前后中头尾根端]部$|(?:控制|值班|会议|配电|阅览|活动|更衣|教|机|泵|库)室$"
)


def _is_unit(name: str) -> bool:
    plain = re.sub(r"[(（][^()（）]*[)）]$", "", name.strip())
    return (
        2 <= len(plain) <= 24
        and bool(ENDS_UNIT.search(plain) or EACH_BODY.fullmatch(folded(name.strip())))
        and not _DOES.search(plain)
    )


def _person_at_end(text: str) -> str:
    """A person's name with which a clause ends, perhaps behind his post."""
    bare = re.sub(r"同志$", "", without_blanks(text).rpartition("由")[2])
    if not bare or is_whole(bare) or len(bare) > 24:
        return ""
    names = [
        name
        for name in persons_of(bare)
        if re.fullmatch(rf"[{HAN}]{{1,3}}某{{0,2}}|[{HAN}]{{2,4}}", name)
    ]
    if bare in names and not re.search("某|同志", text):
        return ""  # any word of three signs might be a name
    return bare if names and not is_whole(names[-1]) else ""
