"""A half-monthly report in words on a small sheet: labels with their texts, one row, or sentences.

«半月工作情况表» says in its cells what a paper says in sentences (工作开展 | 巡查岸线86公里), and
«期间 | 查处违停（起） | 重点工作» counts what no other unit counts. No ledger has these columns;
that the unit has reported counts all the same. Only a sheet that is called so by its title or its
name is one, or by the file's where it is the only sheet. «下半月值班情况», «下半月隐患情况» may be
a list of anything: it is one only if it counts or tells what reports do.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from analysis.ingest.cells.dates import past, plain
from analysis.ingest.cells.periods import PERIOD_HEADER
from analysis.ingest.cells.values import EMPTY
from analysis.ingest.files.sheets import Sheet
from analysis.ingest.half_month.figures import read_figures
from analysis.ingest.half_month.report import (
    Report,
    half_month_in,
    is_about_reports,
    parts_of,
    signed_in,
    unit_of_title,
)
from analysis.ingest.headers.vocabulary import normalise
from analysis.ingest.tables.records import OFFICE_NAME
from analysis.ingest.tables.rows import folded

#: No such sheet is longer, no label either, and so many names make a header.
LONGEST, LONGEST_LABEL, FEWEST_COLUMNS = 30, 16, 2
#: «半月报», «半月工作情况表», «2023年10月下半月文旅安全情况»; of anything else: «半月值班情况».
CALLED = re.compile(r"半月(?P<of>[^,，。;；:：|\d]{0,8}?)(?:报(?!送)|情况|小结|总结|统计|汇报)")
_OF_THE_WORK = re.compile(r"(?:工作|安全|生产|文化|文旅|旅游)*")
#: What is no report, though it speaks of one.
OTHERS = re.compile(
    r"通知|通报|要求|模板|样表|样式|样例|须知|方案|办法|制度|名录|名单|台账|清单|汇总|安排|提示|通讯录"
)
_UNIT = re.compile(r"^(?:填报|报送|上报|报告|填表)?(?:单位|部门)(?:名称)?$")
_BODY = re.compile(r"(?:局|委|办|部|处|会|队|所|站|院|中心|办公室|政府|街道|镇|乡|公司|集团|景区)$")
_DAY = re.compile(r"^(?:填报|填表|报送|上报|制表)(?:时间|日期)$")
#: «报送：2023年10月8日», as a line of a title has it.
_SENT_ON = re.compile(
    r"(?:填报|填表|报送|上报|制表)(?:时间|日期)?:\s*((?:20\d{2}[年./-])?\d{1,2}[月./-]\d{1,2}日?)"
)
_OF_HAZARDS = re.compile(r"(?:发现|查出)(?=\d+[条处项个件])")
_PERSON = re.compile(
    r"^(?:填报|填表|报送|上报|制表|审核|审签|签发|联系|经办|负责|分管|复核)(?:人|人员|领导)?$"
    r"|^(?:联系)?(?:电话|方式)$|^(?:序号|编号|备注)$"
)
_PERIOD = re.compile(rf"{PERIOD_HEADER.pattern}|报送期|所属期|^期限?$|^时间$|^月份$|^日期$")
_LABELLED = re.compile(r"([^\s:：，。；]{2,10})[:：]\s*(\S+)")
_WRITTEN = re.compile(r"(?:(20\d{2})[年./-])?(\d{1,2})[月./-](\d{1,2})日?$")


@dataclass(slots=True)
class _Said:
    """What a sheet says: of itself, and of the half month, by the row from 0."""

    units: list[str] = field(default_factory=list)
    spans: list[str] = field(default_factory=list)
    days: list[str] = field(default_factory=list)
    lines: list[tuple[int, str]] = field(default_factory=list)


def read_sheet(sheet: Sheet, name: str, received: date, *, is_alone: bool) -> Report | None:
    """The report that a sheet is, which is of no ledger by its columns; None where it is none.

    ``name`` is that of the file, without its folders, ``is_alone`` whether it has no other sheet.
    A report without a unit may be its sender's.
    """
    rows = [n for n, row in enumerate(sheet.cells) if any(map(folded, row))]
    if not rows or len(rows) > LONGEST or sheet.joined_from or sheet.joined_to:
        return None
    first = _texts(sheet, rows[0])
    top = first[0] if len(first) == 1 and not _of_paper(first[0]) else ""
    titles = [sheet.above, top, sheet.name]
    called = [*_called(titles), *(_called([name]) if is_alone else [])]
    if not called:
        return None
    if any(map(OTHERS.search, titles)) or any(map(is_about_reports, titles)):
        return None
    said = _said(sheet, rows[bool(top) :])
    title = next((text for text in (top, sheet.above) if text), sheet.name)
    unit = next(iter(said.units), "") or next(filter(None, map(unit_of_title, titles[:2])), "")
    start, end = half_month_in([*said.spans, *titles, name], received)
    halves = {half_month_in([text], received) for text in map(_of_half, said.lines)}
    is_several = len(set(said.units)) > 1 or len(set(map(plain, said.spans))) > 1
    is_several = is_several or len(halves - {(None, None)}) > 1
    if not said.lines or not start or is_several or OFFICE_NAME in unit:
        return None
    texts = parts_of([(sheet.first_row + n + 1, line) for n, line in said.lines])
    figures = read_figures(texts["progress"], plain(title))
    tells = figures.taken or texts["difficulties"] or texts["next_steps"]
    if not tells and not any(map(_OF_THE_WORK.fullmatch, called)):
        return None
    return Report(
        sheet.first_row + said.lines[0][0] + 1, title, unit, start, end,
        next(filter(None, (_day(text, received) for text in said.days)), None),
        figures,
        {part: "\n".join(text for _, text in lines) for part, lines in texts.items()},
    )  # fmt: skip


def read_above(
    lines: Sequence[tuple[int, str]], sheet: Sheet, name: str, received: date
) -> Report | None:
    """The report that the lines above a list of hazards are: «10月下半月情况», «检查4家，发现1处»;
    None where they call themselves none, or do not say how many places were seen.

    ``lines`` stand with their numbers, from 1. A bare number found is one of hazards there.
    """
    titles = [sheet.above, sheet.name, *(text for _, text in lines)]
    if not lines or not _called(titles) or any(map(OTHERS.search, titles)):
        return None
    start, end = half_month_in([*titles, name], received)
    figures = read_figures([(n, _OF_HAZARDS.sub(r"\g<0>隐患", text)) for n, text in lines])
    unit = next(filter(None, map(unit_of_title, titles)), "")
    if not start or not {"visits", "sites_inspected"} & figures.taken.keys() or OFFICE_NAME in unit:
        return None
    sent = (match.group(1) for _, text in lines if (match := _SENT_ON.search(plain(text))))
    return Report(
        lines[0][0], " ".join(text for _, text in lines), unit, start, end,
        next(filter(None, (_day(text, received) for text in sent)), None), figures,
    )  # fmt: skip


def _called(titles: Sequence[str]) -> list[str]:
    """Of what those titles that call it a report of a half month say that it is."""
    found = (CALLED.search(text) for text in titles if not OTHERS.search(text))
    return [match["of"] for match in found if match]


def _texts(sheet: Sheet, row: int) -> list[str]:
    return list(dict.fromkeys(_text(cell) for cell in sheet.cells[row] if folded(cell)))


def _text(cell: object) -> str:
    return f"{cell:%Y-%m-%d}" if isinstance(cell, date | datetime) else str(cell).strip()


def _said(sheet: Sheet, rows: Sequence[int]) -> _Said:
    """The cells of a sheet in reading order: headers over their rows, labels, sentences."""
    said = _Said()
    headers: dict[int, str] = {}
    for at, n in enumerate(rows):
        cells = {c: _text(cell) for c, cell in enumerate(sheet.cells[n]) if folded(cell)}
        after = sheet.cells[rows[at + 1]] if at + 1 < len(rows) else []
        beneath = {c: _text(cell) for c, cell in enumerate(after) if folded(cell)}
        if not headers and _is_header(cells, beneath):
            headers = cells
        elif headers and len(cells) > 1 and set(cells) <= set(headers):
            for c, text in cells.items():
                _take(said, n, headers[c], text)
        else:
            headers = {}
            for label, text in _pairs(list(dict.fromkeys(cells.values()))):
                _take(said, n, label, text)
    return said


def _is_header(cells: dict[int, str], beneath: dict[int, str]) -> bool:
    """Whether a row names what stands beneath it: short names, a text or a number under each."""
    texts = list(cells.values())
    if len(set(texts)) < FEWEST_COLUMNS or any(len(text) > LONGEST_LABEL for text in texts):
        return False
    if any(re.match(r"[\d.]+$", text) or re.search("[:：，。；]", text) for text in texts):
        return False
    labels = [normalise(text) for text in texts]
    is_pair = bool(_UNIT.match(labels[0]) and _BODY.search(texts[1])) or bool(
        _PERIOD.search(labels[0]) and half_month_in(texts[1:2], date.max)[0]
    )
    are_over = len(beneath) >= FEWEST_COLUMNS and set(beneath) <= set(cells)
    are_over = are_over and not _is_of_paper(normalise(next(iter(beneath.values()))))
    has_values = any(
        re.match(r"\d+(?:\.\d+)?$", text) or half_month_in([text], date.max)[0]
        for text in beneath.values()
    )
    return are_over and has_values and not is_pair


def _pairs(texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Label and text of the cells of a row without a header; a sentence has no label."""
    at = 0
    while at < len(texts):
        text = texts[at]
        if of_paper := _of_paper(text):
            yield from of_paper
            at += 1
        elif at + 1 < len(texts) and len(text) <= LONGEST_LABEL and ":" not in plain(text):
            yield text, texts[at + 1]
            at += 2
        else:
            yield "", text
            at += 1


def _of_paper(text: str) -> list[tuple[str, str]]:
    """Labels and texts of a line that tells of nothing but the report itself."""
    found: list[tuple[str, str]] = _LABELLED.findall(text)
    return found if all(_is_of_paper(normalise(label)) for label, _ in found) else []


def _is_of_paper(label: str) -> bool:
    """Whether a label tells of the report itself: whose, of when, by whom."""
    kinds = (_UNIT, _DAY, _PERSON)
    return any(each.match(label) for each in kinds) or bool(_PERIOD.search(label))


def _take(said: _Said, row: int, label: str, text: str) -> None:
    word = normalise(label)
    if _UNIT.match(word):
        said.units.append(text)
    elif _DAY.match(word):
        said.days.append(text)
    elif word and _PERIOD.search(word) and half_month_in([text], date.max)[0]:
        said.spans.append(text)
    elif not word and (signed := signed_in(text)):
        said.units += [] if said.units else [signed]
        said.days.append(text)
    elif not (word and _PERSON.match(word)) and text not in EMPTY and not _is_mark(text):
        said.lines.append((row, f"{label}：{text}" if label else text))


def _is_mark(text: str) -> bool:
    return plain(text).strip("()") == "模拟数据"


def _of_half(line: tuple[int, str]) -> str:
    """What a label says, where it says no more than a half month: «项目：10月上半月»."""
    text = line[1].partition("：")[2]
    return text if len(text) <= LONGEST_LABEL else ""


def _day(text: str, received: date) -> date | None:
    """The day on which a report was filled in, as a cell says."""
    match = _WRITTEN.search(plain(text))
    try:
        if match and match.group(1):
            return date(*map(int, match.groups()))
        return past(int(match.group(2)), int(match.group(3)), received) if match else None
    except (ValueError, IndexError):  # no such day
        return None
