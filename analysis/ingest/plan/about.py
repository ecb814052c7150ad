"""What a document says of itself: number, title, day of issue, to whom it goes, who leads."""

import re
import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from analysis.ingest.cells.dates import plain
from analysis.ingest.measures.enumerators import without_mark
from analysis.ingest.measures.labels import role_of
from analysis.ingest.plan.items import Stated
from analysis.ledgers.labels import Role

DOC_NO = re.compile(r"(\w{1,8}发)[〔\[(](\d{4})[〕\])](\d+)号")
#: A document's own number, by itself on a line; within a sentence it is another document's.
OWN_NUMBER = re.compile(r"^\w{2,12}[〔\[(](20\d{2})[〕\])]\d+号$")
#: A number without the name of an office, as minutes have it: 〔2024〕6号.
BARE_NUMBER = re.compile(r"^\w{0,12}[〔\[(](20\d{2})[〕\])]第?\d+[号期]$")
#: Signs and words of a sentence: what it numbers or dates is another document, or the past.
SENTENCE = re.compile(r"[。,;:\t]|按照|根据|依据|落实|自\d|截至")
#: The day under a document, alone or behind the office that issues it: 2023年9月28日印发,
#: or 印 alone.
ISSUED = re.compile(
    r"^\(?\D{0,25}(20\d{2})(?:年(\d{1,2})月(\d{1,2})日|([-./])(\d{1,2})\4(\d{1,2}))(?:印发?)?\)?$"
)
#: The day of a list: 填报日期：2024年6月5日.
FILLED_ON = re.compile(
    r"(?:填报|填表|制表|印发|发文|下发|交办|签发|成文|制定|编制|发布|通知|落款|起草)(?:日期|时间|于):?\s*(20\d{2})(?:年(\d{1,2})月(\d{1,2})日|([-./])(\d{1,2})\4(\d{1,2}))"
)
#: The year of a plan that its title names.
TITLE_YEAR = re.compile(r"(20\d{2})年?(?=.*(?:方案|计划|清单|通知|台账|行动|要点|分工))")
#: The title stands among the first lines.
HEAD_LINES = 15
#: A line that is a label alone is shorter.
LONGEST_LABEL = 16
ADDRESSEES = re.compile(r"^.*(?:人民政府|成员单位|各单位).*:$")
#: «县文化和旅游局：» in front of a letter.
SALUTATION = re.compile(
    r"^((?!各|全县|有关)[^,。;:、]{2,24}?(?:局|委|办|办公室|中心|大队|镇|乡|街道|公司|政府|景区|馆|馆长|酒店|委员会|管委会|队|部|院|校|站|所|办事处)):$"
)
#: Any paragraph that speaks to somebody in front of a letter: «各责任单位：».
_SPOKEN_TO = re.compile(
    r"^(?!.*(?:如下|以下|问题:|抄送|主送|附件)|(?:责任|牵头|承办|配合|填报|整改|受检)单位:)[^。;:]{2,80}:$"
)
ROLE = re.compile(r"^(组长|副组长|成员):(.+)")
DIRECTOR = re.compile(r"办公室主任由(.+?)担任")
#: The word with which a title says what the paper is.
_TITLE_END = re.compile(
    r"(?:方案|计划|清单|台账|通知书|通知单|通知|纪要|分工表|任务表|分解表|一览表|推进表|跟踪表|明细表|汇总表|交办单|督办单|督办函|交办函|整改函|函|任务书|责任书|意见书|意见|建议书|措施|要点|"
    r"安排|分工|任务|事项|表|报告|总结|汇报|情况|简报|信息|预案|通报|制度|办法|规定|讲话|进展|决定|公告|书|单)(?:[(][^()]*[)])?$"
)
#: A letter may be called by what it is and no more.
_LETTER = re.compile(
    r"(?:安全|事故|重大|隐患|问题)*(?:[督交转承]办(?:通知书|通知单|通知|单|函)|整改(?:通知书|通知单|函))"
)


@dataclass(frozen=True, slots=True)
class About:
    """The head and the organisation of a document; lines count from 1."""

    number: str = ""
    title: str = ""
    issued_on: date | None = None
    year: int | None = None
    addressees: Stated | None = None
    addressee: Stated | None = None
    roles: list[Stated] = field(default_factory=list)
    members: list[str] = field(default_factory=list)
    members_line: int = 0


def about(lines: Sequence[str], body: Sequence[tuple[int, str]]) -> About:
    """Read the head of a document; ``lines`` and the paragraphs of ``body`` are ``plain_line``s."""
    numbered = (line for line in lines if not SENTENCE.search(line))
    match = next((m for line in numbered if (m := DOC_NO.search(line))), None)
    number = f"{match.group(1)}〔{match.group(2)}〕{match.group(3)}号" if match else ""
    issued_on = _day_of_issue(lines)
    year = int(match.group(2)) if match else _own_year(lines)
    year = issued_on.year if issued_on else year
    roles, members, members_line = _organisation(body)
    to_all = next((Stated("", t, n) for n, t in body if ADDRESSEES.match(t) and "政府" in t), None)
    first = next(((n, t) for n, t in body[:HEAD_LINES] if _SPOKEN_TO.match(t)), (0, ""))
    one = SALUTATION.match(first[1])
    addressee = Stated("", one.group(1), first[0]) if one else None
    return About(
        number, title_of(lines), issued_on, year, to_all, addressee, roles, members, members_line
    )


def issued_on(lines: Sequence[str]) -> date | None:
    """The day of issue under a document; None where it names none."""
    return _day_of_issue([plain_line(line) for line in lines])


def plain_line(line: str) -> str:
    """A line of half width without blanks, as its words are looked for."""
    return re.sub(r"[ \u3000]", "", unicodedata.normalize("NFKC", line)).strip()


def title_of(lines: Sequence[str]) -> str:
    """The title: the first lines up to one that says what the paper is; empty where none does."""
    head = [line for line in lines[: 2 * HEAD_LINES] if line][:HEAD_LINES]
    parts: list[str] = []
    for line in head:
        if re.match(r"[一二三四五六七八九十]+、|第一[章部]", line) or line.count("\t") > 1:
            break
        if (
            OWN_NUMBER.match(line)
            or BARE_NUMBER.match(line)
            or re.search("文件$|^附件|^签发", line)
        ):
            parts = []
            continue
        if re.search(r"[。,;:\t]", line) or len(line) > 60:
            parts = []
            continue
        parts.append(line)
        joined = "".join(parts[-3:])
        if _TITLE_END.search(line) and (len(joined) > 5 or _LETTER.fullmatch(joined)):
            return joined
    return ""


def _day_of_issue(lines: Sequence[str]) -> date | None:
    """The last day that stands by itself on a line."""
    filled = [line for line in lines if line]
    due = {
        below for above, below in pairwise(filled)
        if len(above) < LONGEST_LABEL and role_of(without_mark(above)) is Role.DUE
    }  # fmt: skip
    for line in reversed(lines):
        match = None if SENTENCE.search(line) or line in due else ISSUED.match(plain(line))
        if match and (found := _day(match.groups())):
            return found
    for line in lines:
        if (match := FILLED_ON.search(plain(line))) and (found := _day(match.groups())):
            return found
    return None


def _day(groups: Sequence[str | None]) -> date | None:
    parts = [int(part) for part in groups if part and part.isdigit()]
    with suppress(ValueError):
        return date(*parts)
    return None


def _own_year(lines: Sequence[str]) -> int | None:
    """The year of the document's own number, else of its title; a sentence gives none."""
    numbers = (OWN_NUMBER.match(line) or BARE_NUMBER.match(line) for line in lines)
    titles = (
        TITLE_YEAR.search(plain(line)) for line in lines[:HEAD_LINES] if not SENTENCE.search(line)
    )
    match = next(filter(None, (*numbers, *titles)), None)
    return int(match.group(1)) if match else None


def _organisation(body: Sequence[tuple[int, str]]) -> tuple[list[Stated], list[str], int]:
    """Who leads by the document, and the units that are members."""
    roles: list[Stated] = []
    members: list[str] = []
    members_line = 0
    for line, text in body:
        if match := ROLE.match(text):
            if match.group(1) == "成员":
                said = re.sub(r"(分管)?负责人$", "", match.group(2).rstrip("。"))
                members = [each for each in re.split(r"[、,]", said) if each]
                members_line = line
            else:
                roles.append(Stated(match.group(1), match.group(2), line))
        if match := DIRECTOR.search(text):
            roles.append(Stated("办公室主任", match.group(1), line))
    return roles, members, members_line
