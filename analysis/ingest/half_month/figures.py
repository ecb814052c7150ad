"""Sentences of a half-monthly report → its figures: 检查 12 家次, 发现隐患 7 条, 已整改 5 条.

A figure is a number with its measure; what it counts is said by the words in front of it, back to
the figure before, and by those behind it. A number that no rule knows is nobody's figure, and is
told; two different numbers for one field are none.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from analysis.ingest.cells.dates import chinese_number

LABELS = {
    "visits": "检查家次", "sites_inspected": "检查家数", "hazards_found": "发现隐患数",
    "hazards_done": "整改完成数", "major_found": "重大隐患数", "major_closed": "重大隐患销号数",
    "supervised": "挂牌督办数",
}  # fmt: skip

#: What is counted on the way to a field.
PART = "minor_found"

_VISITS = ("家次", "户次", "处次", "点次", "个次", "所次", "店次", "厂次", "座次")
_SITES = ("家", "户", "所", "座")
_ITEMS = ("条", "处", "项", "个", "件", "起", "例", "宗")
_OTHERS = ("人次", "车次", "台次", "场次", "班次", "次", "人", "名", "份", "场", "期", "辆", "台",
           "具", "块", "张", "部", "万元", "元", "篇", "幅", "天", "%")  # fmt: skip
_MEASURES = sorted((*_VISITS, *_SITES, *_ITEMS, *_OTHERS), key=len, reverse=True)
_COUNT = re.compile(
    r"(?P<about>约|近|逾|超过)?(?<![\d.])(?P<number>\d[\d,]*|[〇零一二两三四五六七八九十百]+)"
    rf"(?P<odd>余|多)?(?P<measure>{'|'.join(_MEASURES)})(?!月|工作日|小时|百分点|半月|星期|方面|重大危险源)"
    r"|(?<=[:为])(?P<bare>\d[\d,]*)(?=$|[,、;。)])"
)
#: A figure without a measure is one only behind the name of what it counts.
_LABEL = re.compile(r"(?:家次|家数|户次|条数|隐患数?|问题数?|整改数?|督办数?|销号数?|数量?)[:为]$")
_SENTENCE = re.compile(r"[^。;!?\n]+")
_END = re.compile(r"[,、:。;)(]")

_INSPECT = re.compile(r"检查|排查|巡查|督查|抽查|暗访|走访|督导|巡检|查看")
_PLACES = re.compile(r"场所|单位|企业|商户|点位|景区|景点|门店|网点|经营户|酒店|宾馆|旅行社|项目")
_FOUND = re.compile(r"发现|查出|排查|查找|检查出|检出|梳理|存在|新增|整治|查改")
_HAZARD = re.compile(r"隐患|问题")
_MAJOR = re.compile(r"重大")
_MINOR = re.compile(r"一般|较大|较重|轻微")
_RECTIFY = re.compile(r"整改|办结|闭环|治理完成|整治到位|消除")
_NOT_YET = re.compile(
    r"(?:未|待|正在|正|限期|责令|督促|要求|需|须|尚|继续|拟|无法|逾期|确保|力争|计划)"
    r"[^,;]{0,8}(?:整改|办结|闭环|消除)|整改中|整改(?:率|通知|建议|意见|指令|文书|方案|措施)"
)
_ON_THE_SPOT = re.compile(r"当场|现场|当即|立即|立行立改|立查立改|即知即改|边查边改")
_PLANNED = re.compile(r"计划|预计|力争|不少于|至少|目标|将(?:检查|开展|排查)|拟")
#: What is of another time than the half month.
_OTHER_TIME = re.compile(
    r"累计|截至|截止|今年以来|年初以来|以来|去年|上年|同期|同比|环比|上期|上半年|下半年|全年|较"
    r"|现有|存量|在册|历史|遗留|剩余|尚有|往期"
)
#: What is of the half month, whatever stands in front of it.
_THIS_TIME = re.compile(r"本半月|本期|本次|当期|[本这](?:上|下)半月")
_PART = re.compile(r"其中|包括|包含|分别为|含")
_LISTED = re.compile(r"^[、和及与]")
_SUPERVISED = re.compile(r"挂牌")
_CLOSED = re.compile(r"销号|摘牌")

_NONE = r"(?:未|没有|未曾|暂未)(?:检查|排查|再)?(?:发现|查出|排查出|检查出|出现|存在)"
_NO_MAJOR = re.compile(rf"(?:{_NONE}|无|没有)[^,;、]{{0,4}}重大[^,;、]{{0,6}}(?:隐患|问题)")
_NO_HAZARD = re.compile(
    rf"{_NONE}(?![^,;]{{0,4}}(?:其他|其它|新|同类|类似|重大))[^,;、]{{0,8}}(?:隐患|问题)"
    r"|(?<!有)无(?:任何|各类|安全|事故)*隐患(?!排查|治理)"
)
_ALL_DONE = re.compile(
    r"(?:全部|均|都|悉数)[^,;\d]{0,6}(?:整改|办结|闭环)|整改率(?:为|达到?|均为)?100%"
)
_WANTED = re.compile(r"确保|要求|督促|力争|限期|责令|将|未|务必|必须|重大")
_ZERO = re.compile(r"零报告(?!制度|机制|要求)")
_ZERO_RULE = re.compile(r"(?:实行|执行|落实|严格|坚持|实施|做好|日报告)[^,;]{0,10}零报告")


@dataclass(frozen=True, slots=True)
class Mention:
    """A figure in its place: field and value, line, words; ``rank`` 1 gives way to 0.

    A field of ``PART`` is none of the ledger's: 一般隐患, which make a total with the major ones.
    """

    field: str
    value: int
    line: int
    text: str
    rank: int = 0
    is_about: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """What is said of each field, what contradicts itself, and numbers that are nobody's."""

    taken: dict[str, Mention]
    doubtful: dict[str, list[Mention]]
    others: list[str]
    is_zero: bool | None


def read_figures(lines: Iterable[tuple[int, str]], title: str = "") -> Figures:
    """The figures in lines (number and text) that tell of the half month."""
    found: list[Mention] = []
    others: list[str] = []
    is_zero = bool(_ZERO.search(folded(title)))
    for number, line in lines:
        for sentence in _SENTENCE.findall(folded(line)):
            found += _zeros(sentence, number)
            for mention, text in _mentions(sentence, number):
                found += [mention] if mention else []
                others += [] if mention else [text]
            done, text = _all_done(sentence, number, found)
            found += [done] if done else []
            others += [text] if text else []
            is_zero |= bool(_ZERO.search(sentence)) and not _ZERO_RULE.search(sentence)
    taken, doubtful = _settled(found)
    hazards = taken.get("hazards_found")
    if hazards and hazards.value == 0:
        is_zero = True
    if "hazards_found" in doubtful or (is_zero and hazards and hazards.value):
        return Figures(taken, doubtful, others, None)
    return Figures(taken, doubtful, others, is_zero or (False if hazards else None))


def folded(text: str) -> str:
    """NFKC without white space; enumerators in circles are no numbers."""
    text = re.sub(r"[\u2460-\u2473\u3251-\u325f]", "", text)
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    return text.replace("(次)", "次")


def _mentions(sentence: str, line: int) -> Iterator[tuple[Mention | None, str]]:
    """Each figure of a sentence with what it counts, None where no rule knows it."""
    start, before, is_part, is_aside = 0, Mention("", 0, line, ""), False, False
    for match in _COUNT.finditer(sentence):
        lead = sentence[start : match.start()]
        if match["bare"] and not _LABEL.search(lead):
            continue
        rest = sentence[match.end() :]
        end, following = _END.search(rest), _COUNT.search(rest)
        stops = [each.start() for each in (end, following) if each]
        tail = rest[: min(stops, default=len(rest))]
        start = match.end()
        if _THIS_TIME.search(lead):
            is_part, is_aside = False, False
        else:
            is_part |= bool(_PART.search(lead))
            is_aside = bool(_OTHER_TIME.search(lead)) or (is_aside and is_part)
        text = lead.lstrip(",、:和及")[-16:] + match.group() + tail[:8]
        read = (
            None
            if is_aside or _PLANNED.search(lead)
            else _field(lead, tail, match, before, is_part)
        )
        if read is None:
            yield None, text
            continue
        field, rank = read
        if field:
            before = Mention(field, _value(match), line, text, rank, _is_about(match))
            yield before, text


def _field(
    lead: str, tail: str, match: re.Match[str], before: Mention, is_part: bool
) -> tuple[str, int] | None:
    """What a figure counts, and its rank; an empty field for a part of one that has been read.

    ``before`` is the figure in front of it in the sentence.
    """
    said = lead + tail
    measure = match["measure"] or _measure_of(lead)
    if measure in _ITEMS:
        read = _of_items(lead, tail, before, _value(match))
        if read and is_part and read[0] == "hazards_found":
            return "", 0
        if read or not (_INSPECT.search(lead) and _PLACES.search(said)):
            return read
    is_of_places = before.field in {"visits", "sites_inspected"}
    is_listed = bool(_LISTED.match(lead)) and is_of_places
    field = "visits" if measure in _VISITS else "sites_inspected"
    if measure not in (*_VISITS, *_SITES, *_ITEMS):
        return None
    if is_part:
        return ("", 0) if is_of_places else None
    if _FOUND.search(re.sub(r"排查", "", lead)) or _HAZARD.search(lead) or _RECTIFY.search(said):
        return None
    is_inspected = bool(_INSPECT.search(lead)) or ("对" in lead and bool(_INSPECT.search(tail)))
    return (field, 0) if is_inspected or is_listed or measure in _VISITS else None


def _of_items(lead: str, tail: str, before: Mention, value: int) -> tuple[str, int] | None:
    """What a number of 条, 处, 项 … counts."""
    said = f"{lead}|{tail}"
    is_major = bool(_MAJOR.search(said))
    is_behind_major = before.field in {"major_found", "supervised"}
    is_closed = bool(_CLOSED.search(re.split(r"[,、:]", lead)[-1] + tail))
    if _SUPERVISED.search(said) and not is_closed:
        return None if re.search(r"(?:未|拟|建议)[^,;]{0,4}挂牌", said) else ("supervised", 0)
    if _NOT_YET.search(said):
        return None
    if _CLOSED.search(said) and (is_major or is_behind_major):
        return "major_closed", 0
    if _RECTIFY.search(said):
        # «其中重大隐患1条,已整改1条» may mean that one; six can only be six of all.
        is_of_major = is_major or (is_behind_major and value <= before.value)
        return None if is_of_major else ("hazards_done", int(bool(_ON_THE_SPOT.search(said))))
    if _CLOSED.search(said):
        return None
    names_hazard = bool(_HAZARD.search(said))
    if is_major:
        goes_on = before.field in {"hazards_found", "major_found", PART}
        return ("major_found", 0) if names_hazard or goes_on else None
    if _MINOR.search(said) and (names_hazard or before.field == "hazards_found"):
        return PART, 0
    is_found = bool(_FOUND.search(lead)) or re.fullmatch(r"[,、]?(?:安全|各类)?隐患数?[:为]?", lead)
    is_listed = bool(_LISTED.match(lead)) and before.field == "hazards_found"
    return ("hazards_found", 0) if names_hazard and (is_found or is_listed) else None


def _measure_of(lead: str) -> str:
    """The measure that stands in the name of a figure: 检查家次：12."""
    if "家次" in lead or "户次" in lead:
        return "家次"
    return "家" if re.search(r"家数|户数", lead) else "条"


def _zeros(sentence: str, line: int) -> Iterator[Mention]:
    """未发现隐患, 无重大隐患: a figure of 0; not where only some of the places are meant."""
    if (match := _NO_MAJOR.search(sentence)) and not _OTHER_TIME.search(sentence):
        yield Mention("major_found", 0, line, match.group())
    match = _NO_HAZARD.search(sentence)
    if match and not re.search(r"[家户处个]$|其中|累计", sentence[: match.start()]):
        yield Mention("hazards_found", 0, line, match.group())


def _all_done(
    sentence: str, line: int, found: Sequence[Mention]
) -> tuple[Mention | None, str]:  # fmt: skip
    """已全部整改到位: as many as were found; its words alone where nobody says how many."""
    match = _ALL_DONE.search(sentence)
    if not match or _WANTED.search(_clause_before(sentence, match) + match.group()):
        return None, ""
    total = _settled(found)[0].get("hazards_found")
    if total is None:
        return None, match.group()
    return Mention("hazards_done", total.value, line, match.group(), 0, total.is_about), ""


def _clause_before(sentence: str, match: re.Match[str]) -> str:
    return re.split(r"[,;]", sentence[: match.start()])[-1]


def _settled(found: Sequence[Mention]) -> tuple[dict[str, Mention], dict[str, list[Mention]]]:
    """The one figure of each field, or those that contradict each other."""
    taken: dict[str, Mention] = {}
    doubtful: dict[str, list[Mention]] = {}
    for field in (*LABELS, PART):
        mine = [each for each in found if each.field == field]
        least = min((each.rank for each in mine), default=0)
        best = [each for each in mine if each.rank == least]
        if len({each.value for each in best}) > 1:
            whole = _sum_among(best)
            doubtful |= {} if whole else {field: best}
            taken |= {field: whole} if whole else {}
        elif best:
            taken[field] = best[0]
    doubtful.pop(PART, None)
    minor, major = taken.pop(PART, None), taken.get("major_found")
    if minor and major and not {"hazards_found"} & (taken.keys() | doubtful.keys()):
        text = f"{minor.text}、{major.text}"
        total = minor.value + major.value
        taken["hazards_found"] = Mention("hazards_found", total, minor.line, text, 1)
    return taken, doubtful


def _sum_among(mentions: Sequence[Mention]) -> Mention | None:
    """The figure that is the sum of all others of its line: 宾馆5家次、影院7家次，共12家次."""
    most = max(mentions, key=lambda each: each.value)
    others = [each for each in mentions if each is not most]
    is_sum = len(others) > 1 and sum(each.value for each in others) == most.value
    return most if is_sum and {each.line for each in others} == {most.line} else None


def _value(match: re.Match[str]) -> int:
    text = (match["number"] or match["bare"]).replace(",", "")
    return int(text) if text.isdecimal() else chinese_number(text)


def _is_about(match: re.Match[str]) -> bool:
    return bool(match["about"] or match["odd"])
