"""The day that a measure's own words give, and what kind of deadline a text is.

Only a day in figures that work is due by counts: a day of the past, of a beginning, of every
month or of an event is none.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from analysis.ingest.cells.dates import plain
from analysis.ingest.cells.deadlines import Clause, parse_clause
from analysis.ingest.cells.harmless import OF_PAPER, one_of
from analysis.ingest.cells.lunar import FESTIVALS
from analysis.ingest.cells.moments import BEFORE_SEASON
from analysis.ledgers.codes import RECT_TYPE

_YEAR = r"(?:(?:20\d{2}|今|明|当|本|次)年(?:度)?)"
_WHEN = (
    rf"(?:{_YEAR}?\d{{1,2}}月(?:份)?(?:\d{{1,2}}[日号]|月?底|末|[上中下]旬)?|"
    rf"{_YEAR}?(?:年)?年?底|{_YEAR}年?末|{_YEAR}?年内|"
    rf"{_YEAR}?(?:上半年|下半年)|{_YEAR}?第?[一二三四1-4]季度(?:末|底)?|{_YEAR}(?=底|末|前|内))"
)
#: «8月15日前», «2024年底前», «12月底之前», «于3月31日24时前».
_BY = re.compile(
    rf"({_WHEN})(?:上午|中午|下午|晚上|下班)?(?:\d{{1,2}}[时点:]\d{{0,2}})?(?:底|末)?(?:之前|以前|前|"
    rf"内|截止)(?!的|建成|已|期|后|至|往|先行|发生|发现|排查出|投入使用的|取得|开工)"
)
#: «10月31日完成», «力争年底建成»: a day and, in the same clause, that work is done by then.
_ON = re.compile(
    rf"({_WHEN})(?=[^,。;,、0-9]{{0,10}}(?:完成|到位|完毕|办结|印发|建成|投用|投入使用|销号|"
    rf"报送|上报|出台|交付|结束|整改到位))"
)
#: «务必于清明节前完成»: a season is a day only where work is done by it.
_BEFORE_SEASON = re.compile(
    rf"((?:20\d{{2}}年)?(?:{one_of([*FESTIVALS, *BEFORE_SEASON])})(?:节|假期)?(?:来临|到来)?之?前)"
    r"(?=[^,，。;；]{0,4}(?:完成|到位|完毕|办结|建成|投用|投入使用|公布|印发|出台))"
)
#: «12月份组织全员闭卷考试»: a clause begins with when something is held, and it is done then.
_HELD_IN = re.compile(
    r"(?:^|(?<=[,;。]))(?:于|在|拟于|计划于)?((?:20\d{2}年)?\d{1,2}月(?:份|底|末|[上中下]旬|\d{1,2}日))"
    r"(?=(?:集中|统一|分批)?(?:组织|开展|举办|举行|召开|进行)(?!的))"
)
_QUOTES = re.compile('[“”"]')
#: «县自来水公司3日内完成抢修»: so many days after the plan itself, unless the clause names what
#: they count from.
_WITHIN = re.compile(
    r"(?:^|[,，。;；])(?![^,，。;；]*(?:收到|接|受理|发现|发生|诉求|出具|申请|到期|当次))[^,，。;；]*?(?<![每起后过月\d])(\d{1,2}个?(?:工作日|日|天)(?:之?内|以内))(?=[^,，。;；]{0,6}(?:完成|到位|办结|报送))"
)
#: «甲局在一周内拨付首批资金», «限10日内清退».
_IN_SO_LONG = re.compile(
    r"(?:^|[,，。;；])(?![^,，。;；]*(?:收到|接|受理|发现|发生|诉求|出具|申请|到期|当次))[^,，。;；的每起后]*?[在于限]"
    r"((?:\d{1,2}|[一两三四五六七八九十])个?(?:工作日|日|天|周|星期|月)(?:之?内|以内))(?=[\u3400-\u9fff]{2})"
)
#: «至3月5日春运结束».
_UNTIL = re.compile(rf"[至到]({_WHEN})(?=[^,，。;；、0-9]{{0,8}}(?:结束|为止|止(?:$|[,，。;；])))")
#: «暑期完成，最迟不超过8月25日», «至迟于9月底拆除».
_NO_LATER = re.compile(rf"(?:不得?(?:超过|晚于|迟于)|(?:最迟|至迟)[于在]?)({_WHEN})(?!的)")
#: «自8月10日起开展为期两个月的整治», «从3月1日起用20天时间»: a day of beginning, and for how long.
_FOR_SO_LONG = re.compile(
    r"[自从]((?:20\d{2}年)?\d{1,2}月\d{1,2}[日号])(?:开始|起)?[,，]?"
    r"(?:[^,，。;；每]{0,12}?(?:为期|历时|利用|用|时间为))?"
    r"((?:\d{1,2}|[一两二三四五六七八九十])个?(?:月|周|星期|天|日))"
    r"(?=的|内|时间|左右|$|[,，。;；]|集中|专项)"
)
#: «会后10个工作日内»: so many days after a meeting, which its own minutes give.
_AFTER_MEETING = re.compile(
    r"(?:^|(?<=[,，。;；于在自]))(?:本次)?(?:会后|会议(?:结束|召开)?(?:之日)?(?:起|之?后))"
    r"(\d{1,3}个?(?:工作日|自然日|日|天|月|周)(?:之?内|以内))"
)
_NOT_BEFORE = re.compile(
    r"(?:每|每年|每季度|截至|截止|自|从|原|去年|上年|据|早在|到|至|[-—–~]|由)$"
)
_WITH_YEAR = re.compile(r"(20\d{2})年")
#: So many days after the plan itself is issued or received.
_AFTER_PLAN = re.compile(
    r"(?:自|从|在)?(?:接到|收到|接)?(?:本|此|该)?(?:发文|行文|成文|(?:印发|下发)(?=之日)|方案|通知书?|文件|清单|函|纪要|提示|承诺书?|责任书|任务书|表|交办单|督办单|"
    r"通知单|意见书?|任务|交办|公告|反馈|通报|移交|转办|本)"
    r"(?:印发|下发|发布|下达|印制|送达|签收|交办|公布|反馈|签订|签署)?"
    r"(?:之日)?(?:起|后)(?:的)?\d{1,3}个?(?:工作日|自然日|日|天|个?月|周)(?:之?内|以内)"
)
#: The same of a paper by any other name: «收到本责任清单后10个工作日内».
_AFTER_PAPER = re.compile(
    rf"{OF_PAPER.pattern}\d{{1,3}}个?(?:工作日|自然日|日|天|个?月|周)(?:之?内|以内)"
)
IMMEDIATE = re.compile(
    "立行立改|立查立改|即知即改|即查即改|立即整改|立整立改|边查边改|即改|当场整改|现场整改|"
    "立即|马上|即刻|第一时间|随时"
)
ONGOING = re.compile(
    "长期坚持|长期整改|长期推进|持续|常态化?|贯穿|长期|经常性|日常|久久为功|坚持经常"
)
#: What a measure without any deadline says of itself; «随时» and «马上» tell how work is done.
_AT_ONCE = re.compile(
    "立行立改|立查立改|即知即改|即查即改|立整立改|边查边改|随查随改|即[\u3400-\u9fff]即[改销办整拆清]|当场整改|现场整改|立即|即刻"
)
RECURRING = re.compile("每(?:个)?(?:年|月|季|周|半年|半月|日|天|旬|学期|两)|按[季月年周]|定期")
#: «立行立改，…», «立即更换…，4月25日前更换到位»: how soon stands first, the day is its end.
_BY_NAME = re.compile(
    r"(?:立行立改|立查立改|即知即改|即查即改|立整立改|边查边改|即行即改)[,，:：;；。、]"
)
_FIRST_AT_ONCE = re.compile(
    rf"{_BY_NAME.pattern}|(?:立即|马上|即刻)(?!启动|着手|开始|部署|谋划|成立|制定|编制|组织|开展)"
)
NOW, LIMITED, STANDING = "立行立改", "限期整改", "长期坚持"


@dataclass(frozen=True, slots=True)
class OwnDay:
    """A day in a measure's words, and the words that give it."""

    day: date
    text: str


def own_day(
    text: str, base: date | None, start: date | None = None, held_on: date | None = None
) -> OwnDay | None:
    """The last day by which a measure's own words say that it is done.

    Days without a year are counted from ``base``, so many days from ``start`` if it is known, and
    those after a meeting from ``held_on``, which only its minutes give.
    """
    if base is None and not _WITH_YEAR.search(text):
        return None
    found = list(_days(plain(text), base, start or base))
    found += _after_meeting(plain(text), held_on) if held_on else ()
    return max(found, key=lambda each: each.day, default=None)


#: Whether a text names a day at all does not depend on it.
_ANY_DAY = date(2000, 1, 1)


def names_day(text: str) -> bool:
    """Whether a text names a day by which something is done."""
    return own_day(text, _ANY_DAY) is not None


def _days(text: str, base: date | None, start: date | None) -> Iterator[OwnDay]:
    year = ""
    taken = -1
    for match in sorted(
        (m for form in (_BY, _ON, _UNTIL, _NO_LATER, _HELD_IN) for m in form.finditer(text)),
        key=lambda m: (m.start(1), -m.end()),
    ):
        phrase = match.group(1)
        own = _WITH_YEAR.search(phrase)
        year = own.group(1) if own else year
        if match.start() < taken or _NOT_BEFORE.search(text[: match.start()][-4:]):
            continue
        if not re.search(r"\d|年", phrase) or (
            re.fullmatch(r"年末?|\d{4}年", phrase) and "底" not in match.group()
        ):
            continue
        taken = match.end()
        said = phrase if own or not year or "年" in phrase else f"{year}年{phrase}"
        said += "底" if said.endswith("年") else ""
        if base is None and not _WITH_YEAR.search(said):
            continue
        with suppress(ValueError):
            clause = parse_clause(f"{said}前", base or date(int(year), 3, 6))
            is_past = match.re is _HELD_IN and base and clause.due_on and clause.due_on < base
            if clause.due_on and not is_past:
                yield OwnDay(clause.due_on, match.group())
    if base is not None:
        yield from _ends_of_periods(text, base)
    if start is not None:
        yield from _counted_days(text, start)


def _ends_of_periods(text: str, base: date) -> Iterator[OwnDay]:
    """The day on which a period ends that begins on a day of its own."""
    for match in _FOR_SO_LONG.finditer(text):
        with suppress(ValueError):
            begun = parse_clause(f"{match[1]}前", base).due_on
            day = parse_clause(f"{match[2]}内", begun).due_for(None, begun) if begun else None
            if day:
                yield OwnDay(day, match.group())


def _after_meeting(text: str, held_on: date) -> Iterator[OwnDay]:
    for match in _AFTER_MEETING.finditer(text):
        with suppress(ValueError):
            if day := parse_clause(match[1], held_on).due_for(None, held_on):
                yield OwnDay(day, match.group())


def _counted_days(text: str, base: date) -> Iterator[OwnDay]:
    """Days that only the day of the plan gives: so many after it, a season of its year."""
    found = [m.group() for form in (_AFTER_PLAN, _AFTER_PAPER) for m in form.finditer(text)]
    bare = _QUOTES.sub("", text)
    found += [m[1] for form in (_BEFORE_SEASON, _WITHIN, _IN_SO_LONG) for m in form.finditer(bare)]
    for phrase in found:
        with suppress(ValueError):
            day = parse_clause(phrase, base).due_for(None, base)
            if day and day >= base:  # «汛前» of a plan in June is no day any more
                yield OwnDay(day, phrase)


#: «…，长期坚持。» at the end of a measure's own words.
_STAYS = re.compile(
    r"^(?:长期坚持|常年坚持|持续坚持|常态化开展|长期开展)(?=[\u3400-\u9fff])|"
    r"(?:^|[,，;；])?(?:并)?(?:长期坚持|常态化坚持|持续坚持|长期推进|常态长效推进|常年坚持|(?:常年|长期|常态化?)(?:保持|落实|开展))[。.;；]?$|"
    r"[,，;；](?:并)?(?:长期坚持|常态化坚持|持续坚持|常年坚持)[,，;；]"
)


def stays(words: str) -> bool:
    """Whether a measure's own words end, or begin, with that it goes on for good."""
    return bool(_STAYS.search(words.rstrip()))


#: Whose it is, in front of how soon: «由甲局立即补配…».
_WHOSE = (
    r"(?:由|请)?[\u3400-\u9fff]{2,14}?(?:局|委|办|政府|管委会|办事处|镇|乡|街道|中心|大队|公司)"
)
#: «立行立改，由甲局…»: what stands in front of who does it.
SOON_IN_FRONT = re.compile(rf"^\s*{_BY_NAME.pattern}\s*")
#: «立行立改类», «需长期坚持的问题», «限期整改事项»: what stands beside a kind of rectification.
_OF_KIND = re.compile(
    r"^(?:可以|能够|必须|需要|需|应当?|须|要|属于)?(.+?)(?:类|型|性)?的?(?:整改)?(?:的)?"
    r"(?:任务|问题|事项|措施|项目|隐患|内容|部分|清单|台账|类)*$"
)


def kind_in_heading(text: str) -> str:
    """The kind of rectification that a heading says of all below it; empty where it says none."""
    match = _OF_KIND.match(text.strip(" :：。"))
    names = (match[1], f"{match[1]}整改") if match else ()
    return next((each for each in names if each in RECT_TYPE.words), "")


def is_first_at_once(words: str, *, by_name: bool = False) -> bool:
    """Whether a measure's own words begin with that it is done at once, whatever its day; by the
    name of that kind where others may have given the day.
    """
    if by_name:
        return bool(_BY_NAME.match(words.strip()))
    return bool(re.match(f"(?:{_WHOSE})?(?:{_FIRST_AT_ONCE.pattern})", words.strip()))


def kind_of(
    stated: str, own: OwnDay | None, due_text: str, clause: Clause, words: str, *, has_day: bool
) -> str | None:
    """The kind of a measure: as stated, else by its own day, its deadline, its words."""
    if stays(words):
        return STANDING  # whatever is said of all measures of a problem
    if known := _stated(stated):
        return known
    if own is not None:
        if re.search("(?:并|，|,)(?:长期坚持|持续坚持|常态化坚持)", words):
            return STANDING
        return NOW if is_first_at_once(words) else LIMITED
    if IMMEDIATE.search(due_text) or is_first_at_once(words, by_name=True):
        return NOW
    if clause.is_ongoing or ONGOING.search(due_text):
        return STANDING
    if has_day or clause.days_after is not None:
        return LIMITED
    if RECURRING.search(due_text) or clause.recurring:
        return STANDING
    return _by_words(words) if not due_text else None


def _stated(text: str) -> str | None:
    plain_text = re.sub(r"\s", "", text or "")
    if not plain_text:
        return None
    if known := RECT_TYPE.words.get(plain_text):
        return str(known)
    found = [value for word, value in RECT_TYPE.words.items() if word in plain_text]
    return str(found[0]) if len(set(found)) == 1 else None


def _by_words(text: str) -> str | None:
    """What a measure without any deadline is by its own words."""
    if _AT_ONCE.search(text):
        return NOW
    return STANDING if RECURRING.search(text) or ONGOING.search(text) else None
