"""Letters to whoever has to put things right: one day for all, one unit, what is wrong and asked
for in one sentence.
"""

import re
from collections.abc import Sequence

from analysis.ingest.measures.blanks import said_of_blanks
from analysis.ingest.measures.enumerators import mark_at
from analysis.ingest.measures.folding import folded
from analysis.ingest.measures.responsibility import is_addressed
from analysis.ingest.plan.items.found import Found, How, Stated, Value
from analysis.ingest.plan.items.headings import acts, complains
from analysis.ingest.plan.items.saying import asks_everybody
from analysis.ledgers.labels import Role

_LETTER = re.compile(
    r"通知书|通知单|[交督转承]办|整改(?:函|单|通知单)|函(?:[(][^()]*[)])?$|整改.{0,6}通知|建议书|意见书|指令书|决定书|告知单|提示单"
)
#: A letter that answers, invites or asks for an opinion.
_ANSWERS = re.compile(r"(?:答复|回复|复|回|邀请|征求意见|商洽|感谢)(?:函|信)(?:[(][^()]*[)])?$")
_DAY = (
    r"(?:20\d{2}年)?\d{1,2}月(?:\d{1,2}日|底|[上中下]旬)(?:下班|\d{1,2}[时点])?(?:之前|以前|前|内)?"
)
_WITHIN = (
    r"(?:(?:自|从|在)?(?:收到|接到|接|签收|发文|本|送达)[^,。;]{0,14}?(?:之日起|之日|后|起)[,]?)?"
    r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})个?(?:工作)?(?:日|天|月|周)(?:之内|以内|内)"
)
#: By when, in a sentence of a letter.
_BY = re.compile(rf"{_DAY}|{_WITHIN}")
#: Who is spoken to, or what is spoken of, in a sentence that sets a day for all.
_SPEAKS_OF_ALL = re.compile(
    r"请|[限责]|务必|务求|须|要求|必须|[你贵](?:单位|局|镇|乡|公司|馆|委|办|们)|各(?:单位|部门|责任)|以上|上述|前述|逐项|全部"
)
_DONE = re.compile(
    r"^[^,。;]{0,10}?(?:完成|整改|办结|落实|办理|解决|消除|整治|销号|到位|处理|办毕|改正|治理)"
)
_TOLD = re.compile(r"^[^。;]{0,30}?(?:报|反馈|函复|回复|书面)")
#: What is done when all is done, by whoever set it right.
_AFTERWARDS = re.compile(r"申请(?:复查|验收)|联系人|电话|复议|诉讼|组织(?:复查|验收|核查)")
#: «…水位不足，应立即补水»: what is asked for behind what is wrong.
_SHOULD = re.compile(
    r"[,。;]\s*(?:现|对此|因此)?(?:请|责令|要求)?(?:你(?:单位|局|镇|乡|公司|馆)|其|该单位|企业)?"
    r"(?:应当|应(?![急用聘届知对收付缴])|须|必须|需要?|要)(?=[\u3400-\u9fff\d])"
)
_AT_ONCE = re.compile(r"^(?:立即|马上|尽快|抓紧|限期|及时|迅速|于|在)")


def is_letter(title: str) -> bool:
    """Whether a paper asks somebody to put things right: 交办单, 督办函, 责令整改通知书."""
    return bool(_LETTER.search(title)) and not _ANSWERS.search(title)


def limit_in(text: str) -> tuple[str, bool]:
    """The day that a paragraph of a letter sets for all that it asks, and whether by then all is
    done, or told at least; empty where it sets none.
    """
    reported = ""
    for sentence in re.split("[。;]", folded(text).strip()):
        if not _SPEAKS_OF_ALL.search(sentence):
            continue
        for match in _BY.finditer(sentence):
            behind = sentence[match.end() :]
            if _AFTERWARDS.search(re.split(",", behind)[0]) or _hangs(sentence, match):
                continue
            if _DONE.match(behind):
                return match.group(), True
            if not reported and _TOLD.match(behind):
                reported = match.group()
    return reported, False


#: «验收合格后5个工作日内报我办摘牌»: a period from what comes later.
_EVENT = re.compile(r"[\u3400-\u9fff](?:后|之日起)[,]?$")


def _hangs(sentence: str, match: re.Match[str]) -> bool:
    """Whether a day is counted from something else than the letter."""
    is_period = match.group()[0].isdigit() and "月" not in match.group()[:3]
    return is_period and bool(_EVENT.search(sentence[: match.start()]))


def sets_limit(text: str) -> bool:
    """Whether a paragraph of a letter sets a day for all, and lays nothing down for one unit."""
    day, is_done = limit_in(text)
    return bool(day) and not is_addressed(text) and (is_done or not asks_everybody(text))


def asked_behind(text: str) -> tuple[str, str]:
    """What a sentence of a letter asks for, and what it says is wrong in front of that."""
    plain = folded(text)
    for match in _SHOULD.finditer(plain):
        front, rest = plain[: match.start()], plain[match.end() :]
        is_told = _AT_ONCE.match(rest) or acts(rest) or not complains(rest)
        if is_told and (complains(front) or not acts(front)):
            return text[match.end() :].strip(), text[: match.start() + 1].strip()
    return text, ""


def take_letter(
    items: Sequence[Found], addressee: Stated | None, body: Sequence[tuple[int, str]]
) -> None:
    """In a letter to one unit that unit answers, by the day that the letter sets.

    A day in one of its numbered measures is that one's own. «除另有注明外，整改期限均为…» is put
    where nothing else is said, by whoever fills blanks.
    """
    own = {item.line for item in items}
    limits = [
        (line, *limit_in(text))
        for line, text in body
        if sets_limit(text) and not (line in own and mark_at(text))
    ]
    is_said = any(Role.DUE in said_of_blanks(text).texts for _, text in body)
    limit = None if is_said else max(limits, key=lambda each: each[2], default=None)
    for item in items:
        if addressee:
            item.values.setdefault(Role.LEAD, Value(addressee.text, How.ADDRESSEE, addressee.line))
        if limit:
            item.values.setdefault(Role.DUE, Value(limit[1], How.DOCUMENT, limit[0]))
