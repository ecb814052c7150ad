"""What a sentence of the office's decides: a deadline granted or refused, an item sent back to be
done again, or handed over.

Only what is said to be so from now on: not what was so before, what a unit asked for, nor what
will be if something else happens.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

_YEAR = r"(?:20\d{2}年|今年|明年|本年)?"
DAY = rf"{_YEAR}\d{{1,2}}月(?:\d{{1,2}}[日号]|底|末)"
_CAN_END = r"(?:期限|时限|时间|期)"
#: «延至», «延期到», «期限调整为»: to which day.
_TO = (
    rf"(?:(?:延|顺延|推迟|展期|宽限)(?:长|期|后|缓)?{_CAN_END}?"
    rf"|{_CAN_END}(?:统一)?(?:相应)?(?:调整|变更|延长|后延|更改))(?:至|到|为)"
)
_NEW = re.compile(rf"{_TO}(?P<day>{DAY})")
_FORMER = re.compile(
    rf"由(?:原(?:来|定)?的?)?(?P<one>{DAY})(?:之?前)?[,，]?(?:延|调整|变更|推迟|顺延|展期|后延)"
    rf"|原(?:定|整改|完成|来|报|要求)*{_CAN_END}?(?:完成|整改)?{_CAN_END}?(?:为|是|于|至|计)?(?P<other>{DAY})"
)
_CONSENT = re.compile("同意|准予|批准|核准|准许")
_DELAY = r"(?:延期|延长|延缓|顺延|展期|推迟|延至|延到)"
_REFUSAL = re.compile(
    rf"不(?:予|再|能|宜|得)?(?:同意|批准|核准|准予|准许)[^,，。;；]{{0,24}}?{_DELAY}|{_DELAY}[^,，。;；]{{0,12}}?不予?(?:同意|批准|核准)|不(?:予|得|再|能|准){_DELAY}"
)
_CLAUSE = re.compile(r"[^,，;；()（）]+")
#: So long, or until when, a unit would have had more time.
_ASKED = re.compile(rf"{DAY}|[\d一二两三四五六七八九十半]+个?(?:月|年|周|天|日)")
_BACK = re.compile(
    r"退回(?:给?\w{0,12}?)?(?:重新|继续|限期)?(?:整改|重改)|(?:予以|现|作)退回|退回处理"
    r"|(?:责令|[须应]|要求|请)[^,，。;；]{0,10}?(?:重新|继续|返工)整改"
    r"|恢复为未(?:完成|整改|销号)|不予销号|验收(?:结果)?(?:为)?不(?:予)?(?:通过|合格)"
)
_BY = re.compile(
    rf"{_CAN_END}(?:重新)?(?:调整|确定|定|变更|延长|延|限)?(?:为|至|到|于)(?P<one>{DAY})|限?[于在]?(?P<other>{DAY})(?:之|以)?前"
)
#: A new deadline in the place of the old one, not one of the second try.
_SET_ANEW = re.compile(
    rf"{_CAN_END}(?:统一)?(?:相应)?(?:调整|变更|延长|延)(?:为|至|到)(?P<day>{DAY})"
)
_SEEN = re.compile(rf"(?P<day>{DAY})[^。;；]{{0,50}}?(?:复查|核查|检查|验收|复验|回头看|现场查看)")
_UNIT = r"((?:(?!移交|移送|划转)[\u3400-\u9fff()（）]){2,30}?)"
_HANDS = re.compile("移交|移送|划转|接收|交由|改由|转由|调整责任")
_TAKES = re.compile(
    rf"(?:改|转|交)?(?<![自理缘经事原])由{_UNIT}(?:负责|承担|接续|继续|牵头|统一|落实|组织)"
    rf"|(?:移交|移送|划转)(?:至|给|到|由)?{_UNIT}(?:负责|整改|承担|落实|牵头|办理|统计|$|[,，。;；])"
)
_SINCE = re.compile(rf"自(?P<day>{DAY})起")
#: What hangs on something else, is only meant to be, was before, or is what somebody said.
_IF = re.compile(
    r"(?:^|[,，])(?:如(?![期下实上此])|若|凡|倘|假如|一旦)|拟同?意?|建议|可否|能否|是否|妥否|原则上?同意|"
    r"(?:待|视)[^,，]{1,20}(?:后|再|情况)|[^,，]{0,12}(?:批准|同意|审批|研究)后(?:再|方可?|可)|将(?:予以|按|退回|视)|一律|逾期[^,，]{0,12}的"
)
#: What holds of whatever is so.
_RULE = re.compile(
    r"(?:逾期|未|不|没有)[^,，。;；]{0,24}的[,，](?:一律|应|须|要|将|由|按|予以|不予|退回|责令|请|视为)"
)
_BEFORE = re.compile(
    r"(?:已|曾|此前|先前|前期|上次|日前|前次|原)(?:经|于)?[^,，。;；]{0,14}?(?:同意|批准|准予|延|移交|退回)|"
    r"(?:来[文函]|请示|申请|你\w{1,3}|该\w{1,3})(?:中)?(?:称|反映|提出|申请|请求|要求|建议)"
)
_SEVERAL = re.compile(
    r"分别|均|各(?:自|项|条)|一并|等[\d一二两三四五六七八九十]*[项处条个]"
    r"|(?<!\d)(?:[2-9]|1\d|[两二三四五六七八九十])(?:项|条|个)\w{0,4}隐患"
    r"|\d[-.]\d{1,3}[、,，和及与至到~]\d{1,3}[-.]\d"
)


class Act(StrEnum):
    """An act by letter, by its code in the register."""

    EXTEND = "extend"
    REFUSE = "refuse"
    REJECT = "reject"
    TRANSFER = "transfer"


@dataclass(frozen=True, slots=True)
class Decision:
    """What one sentence decides. Days are as they are written, empty where it says none.

    ``ends``: what names the item stands before this sign of the sentence. ``doubt`` says why it may
    not be taken at its word; ``set_anew``: the day of an item that is sent back stands in the place
    of the one by which it was due.
    """

    act: Act
    ends: int
    day: str = ""
    former: str = ""
    seen: str = ""
    unit: str = ""
    since: str = ""
    set_anew: bool = False
    doubt: str = ""


def sentences_of(paragraph: str) -> list[str]:
    """A paragraph in its sentences; what stands in quotes or brackets stays together."""
    parts = re.split(r"(?<=[。;；!！])(?![^“”]*”)(?![^()（）]*[)）])", paragraph)
    return [part for part in parts if part.strip("。;；!！")]


def decisions_in(sentence: str, title: str = "") -> Iterator[Decision]:
    """What a sentence decides, or may; nothing of one that speaks of something else, or that lays
    down what becomes of whatever is so: «逾期未改的，退回重新整改».
    """
    if _RULE.search(sentence):
        return
    granted = _without_refused(sentence)
    if granted != sentence and (news := [*_NEW.finditer(granted)]):
        yield _grant(granted, news)
    elif match := _REFUSAL.search(sentence):
        former = _day_of(_FORMER.search(sentence))
        yield Decision(Act.REFUSE, match.end(), former=former, doubt=_doubt(sentence, match))
    elif back := _BACK.search(sentence):
        due = _SET_ANEW.search(sentence)
        day = due["day"] if due else _day_of(_BY.search(sentence, back.end()))
        yield Decision(
            Act.REJECT, back.end(), day, seen=_day_of(_SEEN.search(sentence)), set_anew=bool(due),
            doubt=_doubt(sentence, back),
        )  # fmt: skip
    elif _HANDS.search(title + sentence) and (takes := _TAKES.search(sentence)):
        unit = (takes[1] or takes[2]).strip()
        since = _day_of(_SINCE.search(sentence))
        yield Decision(
            Act.TRANSFER, takes.start(), unit=unit, since=since, doubt=_doubt(sentence, takes)
        )
    elif (news := [*_NEW.finditer(sentence)]) and _grants(sentence, news[0]):
        yield _grant(sentence, news)
    elif _CONSENT.search(sentence) and re.search(_DELAY, sentence):
        yield Decision(Act.EXTEND, len(sentence), doubt="没有写明延期到哪一天")


def _without_refused(sentence: str) -> str:
    """A sentence with blanks for what it refuses of what was asked: «(不同意延至12月31日)».

    A refusal that names no time of its own is one of all.
    """

    def blanked(match: re.Match[str]) -> str:
        clause = match.group()
        is_refused = _REFUSAL.search(clause) and _ASKED.search(clause)
        return " " * len(clause) if is_refused else clause

    return _CLAUSE.sub(blanked, sentence)


def _grant(sentence: str, news: Sequence[re.Match[str]]) -> Decision:
    """The new day of a sentence, or the doubt whether it is granted."""
    new = news[0]
    former = _day_of(_FORMER.search(sentence))
    doubt = "" if _grants(sentence, new) else "没有写明是否同意"
    doubt = "写了几个日期" if len({match["day"] for match in news}) > 1 else doubt
    doubt = doubt or _doubt(sentence, new)
    return Decision(Act.EXTEND, new.start(), new["day"], former, doubt=doubt)


def _grants(sentence: str, new: re.Match[str]) -> bool:
    """Whether a new day is granted: by a word of consent, or set by the office itself."""
    return bool(_CONSENT.search(sentence[: new.start()])) or bool(_SET_ANEW.search(sentence))


def _doubt(sentence: str, match: re.Match[str]) -> str:
    """Why the words of an act may not say that it is done."""
    start = max(sentence.rfind(sign, 0, match.start()) for sign in ",，") + 1
    consent = _CONSENT.search(sentence)
    start = min(start, max(consent.start() - 6, 0)) if consent else start
    clause = sentence[start : match.end()]
    if _IF.search(clause) or re.search(
        r"(?:^|[,，])(?:如(?![期下实上此])|若|凡|倘)", sentence[: match.end()]
    ):
        return "写的是有条件的或者打算的事"
    if _BEFORE.search(clause):
        return "写的是以前的事或者来文的话"
    if _SEVERAL.search(sentence):
        return "写了不止一项"
    return ""


def _day_of(match: re.Match[str] | None) -> str:
    if match is None:
        return ""
    return next(filter(None, match.groupdict().values()), "")
