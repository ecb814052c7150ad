"""Lines of a document → a half-monthly report, where its title says that it is one.

A plan, a notice or minutes speak of half months and of hazards as well: only what the paper calls
itself counts, never what it tells of.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from analysis.ingest.cells.dates import month_end, plain
from analysis.ingest.half_month.figures import Figures, read_figures
from analysis.ingest.tables.records import OFFICE_NAME

#: So many lines may be the title; so many behind it may say the half month in its place.
TITLE_LINES, FIRST_LINES = 5, 3
LONGEST_TITLE_LINE = 60
#: A signature stands in the last lines.
LAST_LINES = 6

_HALF = re.compile(r"(?:(\d{4})年)?(?:第?(\d{1,2})月份?)\(?(上|下)半月")
_RANGE = re.compile(
    r"(?:(\d{4})[年.\-/])?(\d{1,2})[月.\-/](\d{1,2})日?(?:至|到|-+|—+|–|~)"
    r"(?:(?:\d{4})[年.\-/])?(?:(\d{1,2})[月.\-/])?(\d{1,2})日?"
)
#: «10月上», as the name of a sheet or a file has it.
_SHORT = re.compile(r"(\d月份?[上下])(?![半旬午周个])")
_SAYS_HALF = re.compile(r"半月(?:工作)?(?:报|情况|小结|总结|汇报|统计)|[上下]半月")
#: What tells of the reports of others: who sent one, who owes one.
#: What such a report is of; one of anything else, 值班, 例会, must tell what reports do.
_OF_THE_WORK = re.compile(r"工作|安全|文旅|文化|旅游|隐患|整改|半月(?:报|情况|小结|总结|汇报)")
_ABOUT_REPORTS = re.compile(
    r"半月报[^,]{0,6}(?:报送|上报|收报)|(?:报送|收报)(?:工作)?(?:情况|统计|汇总)|[缺迟催漏]报"
)
#: What a paper is: the word with which its title ends.
_ENDS = re.compile(
    r"(?:报告|汇报|半月报|总结|小结|情况|进展|通知|方案|纪要|函|意见|制度|办法|通报|预案|计划|批复|公告|细则|"
    r"要点|名单|模板|样表|样式|提纲|请示|讲话|发言|新闻|安排|打算|部署|提示|决定|台账|清单|说明|规定|规范)$"
)
#: A line below the title that gives the time alone.
_PERIOD_LINE = re.compile(r"^(?:20\d{2}年)?[\d年月日.\-—~至到上下半月第期]+$")
_REPORTS = frozenset({"报告", "汇报", "半月报", "总结", "小结", "情况", "进展"})
#: «总结及下步打算» is a report still.
_AND_PLANS = re.compile(
    r"(?:及|和|与|暨|、)(?:下[^,、]{0,6}|近期|后续)?(?:工作)?(?:打算|计划|安排|思路)"
)
_NOT_TITLE = re.compile(
    r"^\w{2,12}[〔\[(]\d{4}[〕\])]\d+号|文件$|^签发人|^(?:秘密|机密|内部)|^附件"
)
_OPENING = re.compile(r"^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|\d+[.、])")
_ENUMERATOR = re.compile(r"^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)|\d+[.、])")
_ADDRESSEE = re.compile(r"^[^,。]{2,40}:$")
_SENDER = re.compile(r"^(?:填报|报送|上报|报告)单位(?:\(.*?\))?:(.+?)(?:填报|报送|日期|时间|$)")
_UNIT_END = (
    "办公室|管委会|办事处|委员会|政府|街道|大队|支队|中队|中心|公司|集团|协会|专班|景区|学校|"
    "局|委|办|乡|镇|队|所|站|院|馆|部|厅|处|社|会"
)
_UNIT = re.compile(rf"^[^,。:\d]{{1,28}}(?:{_UNIT_END})$")
_TITLE_UNIT = re.compile(
    rf"^([^,。:\d]{{1,28}}?(?:{_UNIT_END}))(?=关于|\d|安全|文化|旅游|文旅|半月|[上下]半月|重大|隐患|工作|开展)"
)
_SIGNED = re.compile(r"^(\D{2,30}?)?\(?(\d{4})年(\d{1,2})月(\d{1,2})日\)?$")
#: A last line without a day: the unit alone, or with who wrote it, «县甲局 某甲».
_SIGNED_BY = re.compile(
    r"^(?!检查|排查|巡查|督查|抽查|走访|召开|会同|联合|督促|整改|配合|移交|[已由报抄])"
    r"(\S{2,28}?)(?:[ \u3000\t]+[\u4e00-\u9fff]{1,4})?$"
)

_DIFFICULTIES = re.compile(
    r"(?:存在|面临|遇到)的?(?:主要|突出)?(?:困难|问题|不足|短板)[^,。;:\d隐患整改]{0,12}"
    r"|(?:主要)?(?:困难|不足)(?:和|与|及)(?:问题|建议|不足)"
)
_NEXT = re.compile(
    r"(?:下一?步|下一?阶段|下半月|接下来|下期)(?:的|重点|主要)*(?:工作)?"
    r"(?:打算|计划|安排|措施|思路|重点)?"
)
_PROGRESS = re.compile(r"(?:工作|整改|进展|排查|检查)[^,。;]{0,12}(?:情况|进展|成效|落实)|主要做法")
LONGEST_HEADING = 30
#: A shorter line ends by itself; a page has more signs in a line.
LEAST_LINE = 20


@dataclass(slots=True)
class Report:
    """A half-monthly report: what it says of itself, its figures, its texts by field.

    ``line`` is that of its title, from 1. What could not be read is empty.
    """

    line: int
    title: str
    unit: str
    start: date | None
    end: date | None
    submitted_on: date | None
    figures: Figures
    texts: dict[str, str] = field(default_factory=dict)


def read_report(lines: Sequence[str], received: date, name: str = "") -> Report | None:
    """Read the lines of a document; None where its title does not call it a half-monthly report.

    ``received`` is the day on which it came: a half month without a year lies before it. ``name``
    is that of the file: it tells the half month where the paper does not. The office that collects
    the reports sends none.
    """
    texts = [plain(line) if "\t" not in line else "" for line in lines]
    block = _title_block(texts)
    title = "".join(texts[number] for number in block)
    body = [n for n in range(block[-1] + 1, len(texts)) if texts[n]] if block else []
    if not block or not _is_report(title, [texts[n] for n in body[:FIRST_LINES]]):
        return None
    signed, signature, signed_on = _signature(texts, body)
    if body and not signed:
        signed, signature = _signature_alone(lines, body[-1])
    senders = (match for text in texts[:20] if (match := _SENDER.match(text)))
    by_label = next((match.group(1) for match in senders), "")
    named = _TITLE_UNIT.match(title)
    unit = by_label or (named.group(1) if named else "") or signature
    if OFFICE_NAME in unit:  # whoever collects the reports owes none
        return None
    first = [texts[n] for n in body[:FIRST_LINES]]
    start, end = _period([title, *first, plain(name)], signed_on or received)
    said = [n for n in body if n not in signed and not _is_formality(texts[n])]
    parts = parts_of(_joined([(n + 1, lines[n].strip()) for n in said]))
    figures = read_figures(parts["progress"], title)
    tells = figures.taken or parts["difficulties"] or parts["next_steps"]
    if not tells and not _OF_THE_WORK.search(title, named.end() if named else 0):
        return None
    return Report(
        block[0] + 1,
        title,
        unit,
        start,
        end,
        signed_on,
        figures,
        {name: "\n".join(text for _, text in part) for name, part in parts.items()},
    )


def half_month_in(texts: Sequence[str], known: date) -> tuple[date, date] | tuple[None, None]:
    """First and last day of the half month that the first of some texts names; without a year it
    lies before ``known``.
    """
    return _period([_SHORT.sub(r"\1半月", plain(text)) for text in texts], known)


def unit_of_title(title: str) -> str:
    """The unit with which a title begins; empty where it begins with none."""
    match = _TITLE_UNIT.match(plain(title))
    return match.group(1) if match else ""


def signed_in(line: str) -> str:
    """The unit that a line is the signature of, with its day, or who wrote it; else empty."""
    match = _SIGNED.match(plain(line))
    unit = (match.group(1) or "") if match else ""
    return unit if _UNIT.match(unit) else _signature_alone([line], 0)[1]


def _title_block(texts: Sequence[str]) -> list[int]:
    """The lines of the title: those before the first sentence, heading or addressee."""
    block: list[int] = []
    for number, text in enumerate(texts):
        if not text or (not block and _NOT_TITLE.search(text)) or _SENDER.match(text):
            continue
        if (
            len(block) == TITLE_LINES
            or len(text) > LONGEST_TITLE_LINE
            or re.search(r"[。;]", text)
            or _ADDRESSEE.match(text)
            or _ENUMERATOR.match(text)
            or (block and text.count(",") > 1)
        ):
            break
        is_whole = bool(block) and _ENDS.search(_bare("".join(texts[n] for n in block)))
        if is_whole and not (text.startswith(("的", "(")) or _PERIOD_LINE.match(text)):
            break
        block.append(number)
    return block


def _bare(title: str) -> str:
    """A title without brackets, its number and its half month behind it."""
    bare = re.sub(r"\([^)]*\)", "", title)
    return re.sub(r"(?:第?\d+期|\d{4}年|[\d年月日.\-—至到]+|[上下]半月)+$", "", bare)


def _is_report(title: str, first: Sequence[str]) -> bool:
    """Whether a paper calls itself a report on a half month."""
    kind = _ENDS.search(_AND_PLANS.sub("", _bare(title)))
    if kind is None or kind.group() not in _REPORTS or is_about_reports(title):
        return False
    if _SAYS_HALF.search(title) or _half_of(title):
        return True
    return any(_SAYS_HALF.search(text) and "如下" in text for text in first)


def is_about_reports(title: str) -> bool:
    """Whether a title speaks of who sent or owes reports, not of what one unit did."""
    return bool(_ABOUT_REPORTS.search(_bare(title)))


def _half_of(text: str) -> tuple[str | None, int, bool] | None:
    """Year (where it stands), month, and whether it is the first half, of the first half named."""
    if match := _HALF.search(text):
        return match.group(1), int(match.group(2)), match.group(3) == "上"
    for match in _RANGE.finditer(text):
        year, month, first, other, last = match.groups()
        if other and int(other) != int(month):
            continue
        if (int(first), int(last)) == (1, 15):
            return year, int(month), True
        if int(first) == 16 and int(last) in {28, 29, 30, 31}:
            return year, int(month), False
    return None


def _period(texts: Sequence[str], known: date) -> tuple[date, date] | tuple[None, None]:
    """First and last day; the title counts before the first lines. ``known`` gives the year."""
    found = next((half for text in texts if (half := _half_of(text))), None)
    if found is None or not 1 <= found[1] <= 12:
        return None, None
    year, month, is_first = found
    named = year or next((y for t in texts[:1] for y in re.findall(r"(20\d{2})年", t)), None)
    start = date(int(named or known.year), month, 1 if is_first else 16)
    if not named and start > known:  # nobody reports on what is to come
        start = start.replace(year=start.year - 1)
    return start, start.replace(day=15) if is_first else month_end(start)


def _signature(texts: Sequence[str], body: Sequence[int]) -> tuple[set[int], str, date | None]:
    """The lines of the signature, who signed, and when."""
    last = list(body[-LAST_LINES:])
    for position in reversed(range(len(last))):
        match = _SIGNED.match(texts[last[position]])
        if not match:
            continue
        lines, unit = {last[position]}, match.group(1) or ""
        before = texts[last[position - 1]] if position else ""
        if not unit and _UNIT.match(before):
            lines, unit = lines | {last[position - 1]}, before
        try:
            return lines, unit if _UNIT.match(unit) else "", date(*map(int, match.groups()[1:]))
        except ValueError:
            return lines, unit if _UNIT.match(unit) else "", None
    return set(), "", None


def _signature_alone(lines: Sequence[str], last: int) -> tuple[set[int], str]:
    """A signature without a day in the last line, and who signed."""
    match = _SIGNED_BY.match(lines[last].strip())
    if match is None or not _UNIT.match(plain(match.group(1))):
        return set(), ""
    return {last}, plain(match.group(1))


def _is_formality(text: str) -> bool:
    return bool(
        _ADDRESSEE.match(text)
        or _SENDER.match(text)
        or re.match(r"^(?:特此报告|专此报告|妥否|联系人|\(?联系电话|填报人|审核人|抄送)", text)
    )


def _joined(lines: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """Paragraphs of lines that the edge of a page had cut, as those of a PDF are."""
    joined: list[tuple[int, str]] = []
    for number, line in lines:
        before = joined[-1][1] if joined else ""
        is_cut = len(before) >= LEAST_LINE and before[-1] not in "。；;：:！!？?）)"
        if is_cut and not _ENUMERATOR.match(plain(line)):
            joined[-1] = (joined[-1][0], before + line)
        else:
            joined.append((number, line))
    return joined


def parts_of(lines: Sequence[tuple[int, str]]) -> dict[str, list[tuple[int, str]]]:
    """The lines of each part: what was done, what is difficult, what comes next.

    A part begins with its heading, or with a sentence that names it: «下一步，…».
    """
    parts: dict[str, list[tuple[int, str]]] = {"progress": [], "difficulties": [], "next_steps": []}
    name = "progress"
    for number, line in lines:
        heading = _ENUMERATOR.match(plain(line)) is not None
        pieces = re.findall(r"[^。；;]+[。；;]?", line)
        if heading or len(line) <= LONGEST_HEADING:
            bare = _ENUMERATOR.sub("", plain(pieces[0] if pieces else ""))
            name = _part_of(bare, name, is_heading=True)
            if _is_heading(bare, line):
                continue
        text = ""
        for piece in pieces:
            part = _part_of(_ENUMERATOR.sub("", plain(piece)), name)
            if part != name:
                parts[name] += [(number, text)] if text.strip() else []
                name, text = part, ""
            text += piece
        parts[name] += [(number, text)] if text.strip() else []
    return {each: [_without_label(each, *line) for line in part] for each, part in parts.items()}


def _part_of(text: str, name: str, *, is_heading: bool = False) -> str:
    """The part that a sentence or heading begins; ``name`` where it begins none."""
    is_short = is_heading and len(text) <= LONGEST_HEADING
    if (match := _DIFFICULTIES.match(text)) and (is_short or _goes_on(text, match, ":,是有")):
        return "difficulties"
    if (match := _NEXT.match(text)) and (is_short or _goes_on(text, match, ":,")):
        return "next_steps"
    return "progress" if is_short and _PROGRESS.search(text) else name


def _is_heading(bare: str, line: str) -> bool:
    """Whether a line is nothing but the heading of a part."""
    is_named = any(each.match(bare) for each in (_DIFFICULTIES, _NEXT)) or _PROGRESS.search(bare)
    return bool(is_named) and not re.search(r"[。；;，,：:\d]", _ENUMERATOR.sub("", plain(line)))


def _goes_on(text: str, match: re.Match[str], with_any_of: str) -> bool:
    return match.end() < len(text) and text[match.end()] in with_any_of


def _without_label(part: str, number: int, text: str) -> tuple[int, str]:
    """«存在困难：专业人员不足» says 专业人员不足; a heading of its own stays."""
    match = re.match(r"^\s*[^：:，,。；;]{2,12}[：:]\s*(?=\S)", text)
    is_label = match and part == "difficulties" and _DIFFICULTIES.match(plain(text))
    return number, (text[match.end() :] if match and is_label else text).strip()
