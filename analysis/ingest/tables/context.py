"""What stands around the rows of a table → what it says of them: township, unit, meeting.

A list is cut into parts by headings such as 一、重大隐患, （二）城关镇, 宾馆类（2家）, with lines
above it such as «被检查单位：清风旅馆　检查时间：10月8日». What they name holds for each row below
that leaves the field blank, until the next heading of its rank.
"""

import re
from collections.abc import Callable, Container, Mapping, Sequence

from analysis.ingest.files.sheets import Sheet
from analysis.ingest.measures.days import kind_in_heading
from analysis.ingest.measures.responsibility import person_in
from analysis.ingest.tables.measures import LIST_KINDS, SELF_CHECK
from analysis.ingest.tables.rows import RowKind, folded
from analysis.ledgers import Ledger
from analysis.wording.units import is_whole

#: Which field a label stands for, if any, before such a value.
FieldOf = Callable[[str, str], str | None]
#: How a heading begins, from the highest rank to the lowest; without any it has a rank of its own.
RANKS = (
    re.compile(r"^第[一二三四五六七八九十\d]+(?:部分|[章节类])[、.:\s]*"),
    re.compile(r"^[一二三四五六七八九十]+\s*[、.．:]?\s*(?=\S)"),
    re.compile(r"^[(（][一二三四五六七八九十]+[)）]\s*"),
    re.compile(r"^\d+\s*[、.．]\s*"),
    re.compile(r"^[(（]\d+[)）]\s*|^[①-⑳]\s*"),
)
#: How many there are, and which day: no part of the name.
COUNT = re.compile(r"[(（][^()（）]*[)）]\s*$|[:：]?\s*共?\s*\d+\s*[家条项处个起]\s*$|[:：]\s*$")
TOWNSHIP = re.compile(r"^[\u4e00-\u9fff]{1,10}(?:[镇乡]|街道)(?:人民政府|办事处)?$")
ORGAN = re.compile(
    r"^[\u4e00-\u9fff]{2,16}(?:局|委|委员会|办|办公室|大队|支队|中心|镇人民政府|乡人民政府|办事处)$"
)
MEETING = re.compile(r"^[^:：]{2,40}(?:例会|会议|研判会|专题会|调度会|推进会|部署会|现场办公会)$")
DAY = re.compile(r"(?:\d{4}\s*年\s*)?\d{1,2}\s*月\s*\d{1,2}\s*日|\d{4}[-./]\d{1,2}[-./]\d{1,2}")
KIND = re.compile(r"^([\u4e00-\u9fff]{1,10})类(?:场所|企业|单位|问题|隐患)?$")
#: «检查时间：10月8日»; the value ends where the next label begins.
LABELLED = re.compile(
    r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff]{2,12})\s*[:：]\s*"
    r"([^:：]*?)(?=\s+[\u4e00-\u9fff]{2,12}\s*[:：]|\s{2,}|$)"
)
#: Coded fields by which a list is cut into parts.
HEADED = frozenset({"level", "risk_level", "rect_type", "grade", "kind"})
#: What a heading says of the period of the rows below, under a name that is no field's.
PERIOD_TEXT = "period_text"
PERIOD_NAME = re.compile(
    r"^(?:\d{4}\s*年)?\s*\d{1,2}\s*[月.](?:份?$|上半月|下半月|\s*\d{1,2}\s*日?\s*[-—~至到]+\s*(?:\d{4}\s*年)?"
    r"(?:\d{1,2}\s*[月.])?\s*\d{1,2}\s*日?)"
)
#: No name of a part is longer.
LONGEST_NAME = 20
#: So much of what stands over a table is looked through for labels.
LONGEST_LINES = 2_000
#: Labels that say too little: the day of what, whose unit.
TOO_SHORT = frozenset({"日期", "时间", "单位", "编号", "备注", "说明", "地点"})
#: Labels of the paper itself: when it was filled in, by whom.
OF_THE_PAPER = re.compile(r"填报|填表|填写|报送|上报|制表|统计|打印|汇总|审核|审批|导出|截止|截至")
#: The title stands above all headings.
TOP = -1
#: «主要问题一：…», «表现形式2：…», «整改措施5：…»: parts of a plan's list.
PART = re.compile(
    r"^(主要问题|反馈问题|自查问题|表现形式|整改措施)\s*[(（]?[一二三四五六七八九十\d]*[)）]?\s*[:：.、]\s*\S"
)
PARTS = {"主要问题": "problem", "反馈问题": "problem", "自查问题": "problem"} | {
    "表现形式": "manifestation", "整改措施": "measure"
}  # fmt: skip

#: A problem told by a person holds over its manifestations, these over who answers and by when.
PART_RANKS = {"problem": 0, "manifestation": 1}
#: Nothing was set right.
NOTHING_TOLD: Mapping[int, Mapping[str, str]] = {}


def lent(
    sheet: Sheet,
    kinds: Sequence[RowKind],
    ledger: Ledger,
    title: str,
    field_of: FieldOf,
    told: Mapping[int, Mapping[str, str]] = NOTHING_TOLD,
) -> dict[int, dict[str, str]]:
    """Row of data → what the title and the headings above it say, by field.

    ``field_of`` tells which field a label stands for; ``told`` is what a person has said that a
    heading tells, by row.
    """
    labelled = _of_sheet(sheet, title, ledger) | captioned(title, ledger) | pairs(title, field_of)
    if RowKind.BAND not in kinds and not labelled:
        return {}
    named = {field.name for field in ledger} | {PERIOD_TEXT}
    found: dict[int, dict[str, str]] = {}
    above: list[tuple[int, dict[str, str]]] = [(TOP, labelled)]
    for number, kind in enumerate(kinds):
        if kind is RowKind.BAND and number in told:
            _take_told(above, told[number], named)
        elif kind is RowKind.BAND:
            texts = dict.fromkeys(filter(None, map(folded, sheet.cells[number])))
            text = " ".join(texts)
            if said := pairs(text, field_of):
                rank = 0
            else:
                rank, said = names(text, ledger)
            above = [each for each in above if each[0] < rank]
            above.append((rank, {name: text for name, text in said.items() if name in named}))
        elif kind is RowKind.DATA and any(said for _, said in above):
            found[number] = {name: text for _, said in above for name, text in said.items()}
    return found


def _take_told(
    above: list[tuple[int, dict[str, str]]], told: Mapping[str, str], named: Container[str]
) -> None:
    """Take in a heading of which a person has said what it tells.

    A problem ends what was said under the one before it; who answers and by when stand side by
    side. The next heading of the table's own ends both.
    """
    said = {name: text for name, text in told.items() if name in named}
    below = min((PART_RANKS.get(name, len(PART_RANKS)) for name in said), default=len(PART_RANKS))
    rank = len(RANKS) + 1 + below
    is_beside = below == len(PART_RANKS)
    above[:] = [
        each for each in above if each[0] < rank or (is_beside and each[1].keys().isdisjoint(said))
    ]
    above.append((rank, said))


#: «表一　县文化和旅游局», «（大队长徐某为总责任人）», «所有问题应于12月20日前全部销号».
CAPTION = re.compile(
    r"(?:^|\s)表\s*[一二三四五六七八九十\d]{1,3}\s*[、.:：]?\s*"
    r"([\u4e00-\u9fff]{2,16}(?:局|委|委员会|办公室|大队|支队|中心|人民政府|办事处))(?=$|[\s(（:：])"
)
ANSWERS_FOR_ALL = re.compile(r"(?:^|[\s(（，,。])([\u4e00-\u9fff]{2,12})为总(?:责任人|负责人)")
ALL_BY = re.compile(
    r"(?:所有|全部|各项|以上)[^。，,]{0,10}(?:问题|任务|措施|事项)[^。，,]{0,8}?[于在]"
    r"((?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|底)前)[^。，,]{0,6}(?:完成|销号|到位|办结)"
)


#: «任务清单（2024年8月底前完成）»: the title says by when.
IN_TITLE = re.compile(
    r"[(（](?:均|全部|统一|限|须)*[于在]?((?:20\d{2}年)?\d{1,2}月(?:\d{1,2}日|底)前?)(?:全部|全面)?(?:完成|整改到位|整改完毕|办结)[)）]"
)


#: «单位：（盖章）甲镇卫生院» over the list of one unit.
OF_ONE_UNIT = re.compile(r"(?:^|\s)单\s*位\s*[:：]\s*(?:[(（][公盖]?章[)）])?\s*([^\s(（:：]+)")


def _of_sheet(sheet: Sheet, title: str, ledger: Ledger) -> dict[str, str]:
    """Whose list of measures a sheet is, one of several for a unit each, as head or name says."""
    if ledger.name != "measure":
        return {}
    match = OF_ONE_UNIT.search(title)
    said = filter(is_whole, (match[1] if match else "", folded(sheet.name)))
    name = next(said, "")
    return {"unit": name} if name else {}


def captioned(title: str, ledger: Ledger) -> dict[str, str]:
    """What the caption of a plan's table says of all its rows: whose it is, who answers, by when.

    Only where a list of measures has no other word for it; elsewhere a title says more or less.
    """
    if ledger.name != "measure":
        return {}
    found = {
        "unit": CAPTION.search(title), "person": ANSWERS_FOR_ALL.search(title),
        "due_on": ALL_BY.search(title) or IN_TITLE.search(title),
    }  # fmt: skip
    said = {name: match.group(1) for name, match in found.items() if match}
    if "person" in said:
        said["person"] = person_in(said["person"])
    return said


def pairs(text: str, field_of: FieldOf) -> dict[str, str]:
    """Field → value of each «label：value» in a line whose label stands for a field."""
    found: dict[str, str] = {}
    for label, value in LABELLED.findall(text[:LONGEST_LINES]):
        if value.endswith((")", "）")) and not re.search("[(（]", value):
            value = value[:-1]  # «三、人员密集场所（牵头单位：县商务局）»
        name = "" if label in TOO_SHORT or OF_THE_PAPER.match(label) else field_of(label, value)
        if name and value.strip():
            found.setdefault(name, value.strip())
    return found


def names(heading: str, ledger: Ledger) -> tuple[int, dict[str, str]]:
    """The rank of a heading, 0 the highest, and the fields that it fills."""
    if match := PART.match(heading):
        return list(PARTS).index(match.group(1)), {PARTS[match.group(1)]: heading}
    rank, bare = len(RANKS), heading
    for place, form in enumerate(RANKS):
        if match := form.match(heading):
            rank, bare = place, heading[match.end() :]
            break
    if PERIOD_NAME.match(bare):
        return rank, {PERIOD_TEXT: bare}
    if "问题" in bare and (SELF_CHECK in bare or "反馈" in bare) and len(bare) <= LONGEST_NAME:
        return rank, {"list_kind": LIST_KINDS[SELF_CHECK in bare]}
    if said := _code(COUNT.sub("", COUNT.sub("", bare)).strip(), ledger):
        return rank, said
    days = DAY.findall(bare)
    name = COUNT.sub("", COUNT.sub("", bare)).strip()
    for is_so, fields in _READINGS:
        if is_so(name):
            said = fields(name, ledger)
            if days and "meeting" in said:
                said["held_on"] = days[0]
            return rank, said
    return rank, {}


def _code(name: str, ledger: Ledger) -> dict[str, str]:
    """The coded field, such as level or colour, of whose words a heading is one."""
    if "rect_type" in ledger.columns and (kind := kind_in_heading(name)):
        return {"rect_type": kind}
    short = re.sub(r"(?:场所|单位|企业|点位|区域|等级)$", "", name)
    for field in ledger:
        words = field.codes.words if field.codes and field.name in HEADED else {}
        if said := next((each for each in (name, short) if len(each) > 1 and each in words), None):
            return {field.name: said}
    return {}


def _kind(name: str, ledger: Ledger) -> dict[str, str]:
    match = KIND.match(name)
    said = match.group(1) if match else name
    return {"site_kind" if ledger.is_register else "category": said}


Reading = Callable[[str, Ledger], dict[str, str]]
_READINGS: tuple[tuple[Callable[[str], object], Reading], ...] = (
    (TOWNSHIP.match, lambda name, _: {"township": re.sub(r"(人民政府|办事处)$", "", name)}),
    (ORGAN.match, lambda name, ledger: {ledger.owner_column: name} if ledger.owner_column else {}),
    (MEETING.match, lambda name, _: {"meeting": name}),
    (KIND.match, _kind),
)
