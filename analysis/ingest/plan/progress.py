"""A report of progress in paragraphs → a table of it: «3-2 加强火源管控：设卡6处，持续推进。».

Each paragraph that begins with a number of the plan's says how that measure stands. Only a paper
that calls itself a report of progress on measures is read so: a plan, minutes, a notice or a letter
has paragraphs that begin alike and lay something down.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.ingest.cells.dates import chinese_number
from analysis.ingest.measures.folding import folded
from analysis.ingest.plan.about import plain_line, title_of
from analysis.wording.units import is_whole

HEADER = ("细化措施编号", "细化措施", "进展情况")
#: So many lines in front of the first measure are the paper's head.
HEAD_LINES = 6
_TITLE_WITHIN, LONGEST_HEAD, LONGEST_UNIT = 15, 40, 30
#: A heading and what is told below it.
FEWEST_BELOW = 2
#: A measure's words in a report are no longer than this; what is longer tells of it.
LONGEST_TEXT = 80

_TITLE = re.compile(
    r"(?:措施|三清单|整改任务|整改清单|任务清单)[^。]{0,16}?"
    r"(?:进展|进度|落实|完成|推进|办理|整改)(?:情况)?的?(?:报告|汇报|说明|小结)?(?:\([^()]*\))?$"
)
#: Titles of papers that ask for progress, decide on it or lay it down; half months have a reader.
_OTHER_TITLE = re.compile(
    r"半月|通知|通报|纪要|会议|例会|调度|提醒|提示|督办|交办|模板|样表|"
    r"(?:方案|计划|清单|台账|分工)表?(?:及|和|与|暨|、)"
)
#: A title that speaks of hazards is of them, whose numbers are their own, but for these.
_OF_PLAN = re.compile(r"细化措施|三清单|整改任务|任务清单")
#: «各乡镇：»: whom a notice speaks to.
_TO_MANY = re.compile(r"^(?:各|有关|全县)[^。;]{0,40}:$|成员单位:$")
_CODE = r"(?:自查\s*\d{1,2}|\d{1,2}\s*[-—–−‐]\s*\d{1,2})"
#: «(一)», «1.», «第», «细化措施» may stand in front of a number, «项», «号措施» behind it; «3-2月»
#: is no number.
_NUMBERED = re.compile(
    r"\s*(?:(?:\([一二三四五六七八九十\d]+\)|[一二三四五六七八九十]+、|\d{1,2}[.、])\s*)?(?:关于|第)*\s*"
    r"(?:(?:细化|整改|具体|工作)?(?:措施|任务)|编号)?\s*:?\s*"
    rf"[(\[【]?\s*(?P<code>{_CODE})\s*[)\]】]?(?:号|项|条)?(?:(?:细化|整改)?(?:措施|任务)(?=[\s:(“]|$))?"
    rf"(?P<more>(?:\s*[、,和及与至到~]\s*[(\[]?{_CODE}[)\]]?)*)"
    r"(?![\d%/]|\.\d|月(?!度)|日(?!常|巡|查)|年(?!度))\s*[、.:,]?"
)
#: A number that runs through the plan: «措施6：», «措施六（电气火灾排查）», «方案第十项措施，».
_PLAIN = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_RUNNING = re.compile(
    r"\s*(?:(?:根据|按照|对照|关于|落实|围绕)\s*)?(?:(?:整改)?(?:工作)?(?:方案|任务清单|清单)(?:中|的)?\s*)?"
    rf"(?:(?:细化|整改)?(?:措施|任务)\s*(?P<behind>{_PLAIN})(?=\s*[(:,“])"
    rf"|第\s*(?P<within>{_PLAIN})\s*[项条]\s*(?:细化|整改|工作)*(?:措施|任务))\s*[:,]?"
)
#: «方案第十项措施» in a paper of another title says what it reports on.
_OF_THE_PLAN = re.compile(rf"(?:方案|任务清单)(?:中|的)?第\s*{_PLAIN}\s*[项条]")
#: The title of a short paper that tells how a thing stands: «消防水源改造进展».
_HOW_IT_STANDS = re.compile(r"情况(?:的?(?:报告|汇报|说明|小结))?$|进展$")
#: So many lines has a short paper.
SHORT_PAPER = 12
#: What sets a number apart from the words behind it: a sign, a blank, or a name in front of it.
_SET_APART = re.compile(r"\D*(?:措施|任务|编号|[(\[【])|.*(?:[\s、.:,)\]】]|措施|任务)$", re.DOTALL)
#: «进展情况：» in front of what it heads.
_LABEL = re.compile(
    r"(?:^|(?<=[。;,\s]))(?:目前|当前|工作|整改|截至目前|最新)*(?:进展|进度|完成|落实|推进)(?:情况)?\s*:"
)
#: Words with which progress begins, and no measure.
_TELLS = re.compile(
    r"(?:已|正在|目前|截至|现|共|累计|全部|完成|尚|未|推进|正|持续|长期|暂|因|按|年度|本期|于|"
    r"\d{1,4}[年月])"
)
#: «整改方案措施4-1（全员持证）进展：已完成»: in any paper, a line that says whose number it is.
_BESIDE = re.compile(
    rf"\s*(?:整改)?方案(?:中|的)*(?:细化|整改|具体)?(?:措施|任务)\s*[(\[]?(?P<code>{_CODE})[)\]]?(?:号|项)?"
    r"\s*(?:\((?P<text>[^()]*)\))?\s*的?(?:目前|最新|整改|工作)?(?:进展|进度|完成|落实|推进)?(?:情况)?\s*:"
    r"(?P<progress>.+)"
)
#: «三、整改措施4-1：某处救生设施已补齐», «措施落实：措施3-1（核查检验）已于10月11日完成»: a
#: line of a report that does not say of whose plan, and says the measure's words instead.
_WITH_WORDS = re.compile(
    r"\s*(?:(?:\([一二三四五六七八九十\d]+\)|[一二三四五六七八九十]+、|\d{1,2}[.、])\s*)?"
    r"(?:[^\d。;:()]{2,10}:\s*)?(?:其中,?)?(?:(?:整改)?方案(?:中|的)*)?(?:细化|整改|具体)?"
    r"(?:措施|任务)\s*"
    rf"[(\[]?(?P<code>{_CODE})[)\]]?(?:号|项)?(?!\s*[、,和及与至到~]\s*[(\[]?\d)\s*"
    r"(?:\((?P<text>[^()]{4,})\)\s*:?|:)(?P<progress>.+)"
)
#: What a paper is called that tells how things stand.
_TELLING = re.compile(r"情况|半月报|报告|汇报|小结|总结|进展")
#: The first clause of a line that says more than a state is so long at least.
FEWEST_WORDS = 6
#: «关于措施5-2落实情况的报告»: the one measure on which a paper reports.
_OF_ONE = re.compile(
    rf"(?:措施|任务)\s*[(\[]?(?P<code>{_CODE})[)\]]?(?:号|项)?(?!\s*[、,和及与至到~])"
)
#: Papers that ask for progress, decide on it or lay it down; a half month's report tells it.
_NO_REPORT = re.compile(_OTHER_TITLE.pattern.replace("半月|", ""))
_BETWEEN = re.compile(r":|——|--")
#: A heading of a part, and of one that tells no progress.
_PART = re.compile(
    r"\s*(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|第[一二三四五六七八九十]+部分)"
)
_OTHER_PART = re.compile(r"存在的?(?:主要|突出)?(?:问题|困难)|困难|下一?步|打算|意见建议|工作计划")
_CLOSING = re.compile(r"\s*(?:特此|专此|附件|附:|联系人|填报人|审核人|备注|注:|说明:|以上)")
_DAY = re.compile(r"20\d{2}\s*[年.-]\s*\d{1,2}\s*[月.-]\s*\d{1,2}")
_AS_OF = re.compile(r"截[至止]")
#: Who signed behind the unit: «乙县教育局  某甲».
_SIGNED = re.compile(r"(?<=\S\S\S)\s+[\u4e00-\u9fff]{1,4}$")
_PUNCTUATION = " \t\u3000:：,，。；;、—-"


@dataclass(slots=True)
class _Told:
    """What a report says of one measure: its number, its words where they stand, how it stands."""

    number: str
    text: str
    progress: list[str]


@dataclass(frozen=True, slots=True)
class ProgressReport:
    """A report as a table: ``cells`` are its header and a row for each line from the first number
    on, so that ``cells[1]`` is line ``first`` (from 0); rows of lines that tell nothing are blank.

    ``above`` has title and subtitle, ``several`` the lines that speak of several measures at once.
    """

    first: int
    cells: list[list[str]]
    above: str
    several: list[int]


def told_in_paragraphs(lines: Sequence[str]) -> ProgressReport | None:
    """What the paragraphs of a report tell of measures; None of any other paper."""
    if not is_progress_report(lines):
        return None
    told, several = _told(lines)
    first = min([*told, *several], default=0)
    if first == 0:
        return None
    last = max([*told, *several])
    cells = [[*HEADER]]
    for n in range(first, last + 1):
        each = told.get(n)
        cells.append([each.number, each.text, "；".join(each.progress)] if each else [""] * 3)
    head = _head(lines[:first], lines[last + 1 :])
    return ProgressReport(first, cells, head, several)


def told_beside(lines: Sequence[str]) -> ProgressReport | None:
    """What single lines of another report tell of measures, «整改方案措施4-1进展：已完成»."""
    filled = [each for line in lines[:LONGEST_HEAD] if (each := plain_line(line))]
    title = title_of(filled) or next(iter(filled), "")
    is_telling = bool(_TELLING.search(title))
    found = [
        (n, match) for n, line in enumerate(lines) if (match := _line_of_one(line, is_telling))
    ]
    if not found or found[0][0] == 0 or _NO_REPORT.search(title):
        return None
    if any(map(_TO_MANY.search, filled)):
        return None
    first, last = found[0][0], found[-1][0]
    cells = [[*HEADER], *([""] * len(HEADER) for _ in range(first, last + 1))]
    for n, match in found:
        number = _number_of(match)
        cells[n - first + 1] = [number, _as_text(match["text"] or ""), match["progress"].strip()]
    return ProgressReport(first, cells, _head(lines[:first], lines[last + 1 :]), [])


def _line_of_one(line: str, is_telling: bool) -> re.Match[str] | None:
    """What a line tells of one measure; ``is_telling``: its paper tells how things stand."""
    plain = folded(line)
    if match := _BESIDE.match(plain):
        return match
    match = _WITH_WORDS.match(plain) if is_telling and "\t" not in line else None
    if match is None or match["text"]:
        return match
    said = re.split("[,。;]", match["progress"].strip(), maxsplit=1)[0]
    return match if len(said) >= FEWEST_WORDS and not _TELLS.match(said) else None


def told_of_one(lines: Sequence[str]) -> ProgressReport | None:
    """What a report tells of the one measure that its title names, in sentences that begin with no
    number: each of its paragraphs is of that measure.
    """
    title = next(filter(None, map(plain_line, lines)), "")
    named = [*_OF_ONE.finditer(folded(title))]
    if len(named) != 1 or not is_progress_report(lines):
        return None
    filled = [n for n, line in enumerate(lines) if plain_line(line)]
    if len(filled) > SHORT_PAPER:
        return None
    number = _number_of(named[0])
    others = (match for n in filled for match in _OF_ONE.finditer(folded(lines[n])))
    if any("\t" in lines[n] for n in filled) or any(_number_of(each) != number for each in others):
        return None
    body = [
        n for n in filled[1:]
        if not (_ends_one(folded(lines[n])) or folded(lines[n]).strip().endswith(":"))
    ]  # fmt: skip
    if not body:
        return None
    said = "；".join(lines[n].strip(_PUNCTUATION) for n in body)
    first = body[0]
    head = _head(lines[:first], lines[body[-1] + 1 :])
    return ProgressReport(first, [[*HEADER], [number, "", said]], head, [])


def _number_of(match: re.Match[str]) -> str:
    """5-1 of «5—1»."""
    return re.sub(r"[—–−‐]", "-", re.sub(r"\s", "", match["code"]))


def is_progress_report(lines: Sequence[str]) -> bool:
    """Whether a paper calls itself a report of progress on measures."""
    filled = [each for line in lines[:LONGEST_HEAD] if (each := plain_line(line))][:_TITLE_WITHIN]
    title = title_of(filled) or _title_among(filled[:3])
    if _OTHER_TITLE.search(title) or not (_TITLE.search(title) or _is_short_of_one(title, filled)):
        return False
    if "隐患" in title and not _OF_PLAN.search(title):
        return False
    ends = [n for n, line in enumerate(filled) if title.endswith(line)]
    behind = filled[ends[0] + 1 : ends[0] + 2]
    return not any(line.startswith("的") for line in behind) and not any(
        map(_TO_MANY.search, filled)
    )


def _title_among(lines: Sequence[str]) -> str:
    """The first line that is a title of such a report, else of a short paper."""
    found = (each for how in (_TITLE, _HOW_IT_STANDS) for each in lines if how.search(each))
    return next(found, "")


def _is_short_of_one(title: str, filled: Sequence[str]) -> bool:
    """Whether a few lines under «…进展», «…情况» begin with a measure's number."""
    if len(filled) > SHORT_PAPER or not _HOW_IT_STANDS.search(title):
        return False
    told = [plain for line in filled if not title.endswith(line) and (plain := folded(line))]
    found = [match for plain in told if (match := _RUNNING.match(plain))]
    return any(match["behind"] or _OF_THE_PLAN.search(match.group()) for match in found)


def _head(above: Sequence[str], below: Sequence[str]) -> str:
    """Title and subtitle: whose the report is, and of which day; other days are of other things."""
    said = [line.strip() for line in above if line.strip() and "\t" not in line]
    said = [line for line in said if _AS_OF.search(line) or not _is_aside(line)]
    signed = next((line.strip() for line in reversed(below) if _is_unit(folded(line))), "")
    return " ".join([*said[-HEAD_LINES:], *([f"填报单位：{signed}"] if signed else [])])


def _is_aside(line: str) -> bool:
    """Whether a line in front of the first measure names a day of something else, or a part."""
    return bool(_DAY.search(folded(line)) or _PART.match(folded(line)))


def _told(lines: Sequence[str]) -> tuple[dict[int, _Told], list[int]]:
    """Line (from 0) → what a paragraph that begins there says of a measure, with those below it;
    the lines that speak of several measures at once.
    """
    found: dict[int, _Told] = {}
    by_number: dict[str, _Told] = {}
    several: list[int] = []
    current: _Told | None = None
    numbered = _numbered(lines)
    for n, line in enumerate(lines):
        plain = folded(line)
        match = numbered.get(n)
        running = None if "\t" in line or match else _RUNNING.match(plain)
        if match and match["more"]:
            several.append(n)
            current = None
        elif match := match or running:
            number = _number(match)
            said = _parted(number, line[match.end() :])
            current = by_number.setdefault(number, said)
            if current is said:
                found[n] = said
            else:  # it goes on about the same one
                current.progress += said.progress
        elif _OTHER_PART.search(plain) and (_PART.match(plain) or plain.strip().endswith(":")):
            break
        elif "\t" in line or _ends_one(plain):
            current = None
        elif plain.strip() and current:
            label = _LABEL.search(plain)
            is_headed = label is not None and label.start() == 0
            current.progress += _list(line[label.end() :] if label and is_headed else line)
    return {n: _with_progress(each) for n, each in found.items()}, several


def _number(match: re.Match[str]) -> str:
    """5-1 of «5—1», 第6项 of «措施六»."""
    if match.re is _NUMBERED:
        return _number_of(match)
    number = match["behind"] or match["within"]
    return f"第{number if number.isdigit() else chinese_number(number)}项"


def _numbered(lines: Sequence[str]) -> dict[int, re.Match[str]]:
    """The lines that begin with a number of the plan's.

    Where a paper sets its numbers apart, what runs into the words is none: «1-2楼», «3-5名队员».
    """
    found = {
        n: match
        for n, line in enumerate(lines)
        if "\t" not in line and (match := _NUMBERED.match(folded(line)))
    }
    apart = {n: match for n, match in found.items() if _is_apart(match)}
    return apart or found


def _is_apart(match: re.Match[str]) -> bool:
    is_all = match.end() == len(match.string.rstrip())
    return is_all or bool(match["more"] or _SET_APART.match(match.group()))


def _ends_one(plain: str) -> bool:
    """Whether a line tells of no measure: a heading, a closing, who signed and when."""
    is_day = _DAY.match(plain.strip(_PUNCTUATION + "()")) and len(plain.strip()) <= LONGEST_UNIT
    return bool(_PART.match(plain) or _CLOSING.match(plain) or is_day) or _is_unit(plain)


def _parted(number: str, rest: str) -> _Told:
    """The words of a measure and what is told of it."""
    rest = rest.strip(_PUNCTUATION)
    plain = folded(rest)
    if label := _LABEL.search(plain):
        return _Told(number, _as_text(rest[: label.start()]), _list(rest[label.end() :]))
    stop = _BETWEEN.search(plain) or re.search("。(?=.)", plain)
    if stop and not _TELLS.match(plain):
        text, progress = rest[: stop.start()], _list(rest[stop.end() :])
        if _is_unit(folded(text)):  # who acts, and no measure
            return _Told(number, "", progress)
        if len(text) <= LONGEST_TEXT:
            return _Told(number, _as_text(text), progress)
    return _Told(number, "", _list(rest))


def _as_text(text: str) -> str:
    return text.strip(_PUNCTUATION + '()（）[]【】“”"《》')


def _list(text: str) -> list[str]:
    return [said] if (said := text.strip(_PUNCTUATION)) else []


def _with_progress(told: _Told) -> _Told:
    """A heading alone, of which the paragraphs below tell, is the measure's words."""
    if told.text or len(told.progress) < FEWEST_BELOW or _TELLS.match(folded(told.progress[0])):
        return told
    return _Told(told.number, _as_text(told.progress[0]), told.progress[1:])


def _is_unit(plain: str) -> bool:
    name = _SIGNED.sub("", plain.strip())
    is_name = 0 < len(name) <= LONGEST_UNIT and not re.search(r"[,。;:、\d]", name)
    return is_name and is_whole(re.sub(r"\s", "", name))
